#include "fault-vfs.h"

#include <sqlite3.h>

typedef struct {
  sqlite3_file base;
  sqlite3_file *real;      /* lies behind this struct */
} FaultFile;

static sqlite3_vfs *real_vfs;
static FaultMode fault_mode;
static gint fault_at;      /* atomic */
static gint fault_count;   /* atomic */
static gint fault_hit;     /* atomic */

/* SQLITE_OK, or what the operation fails with. */
static int
take_fault (int code)
{
  int at = g_atomic_int_get (&fault_at);
  int count;

  if (at == 0)
    return SQLITE_OK;
  count = g_atomic_int_add (&fault_count, 1) + 1;
  if (count < at || (fault_mode == FAULT_ONCE && count > at))
    return SQLITE_OK;
  g_atomic_int_set (&fault_hit, 1);
  return fault_mode == FAULT_FULL && code == SQLITE_IOERR_WRITE ? SQLITE_FULL : code;
}

static sqlite3_file *
real_of (sqlite3_file *file)
{
  return ((FaultFile *) file)->real;
}

static int
fault_close (sqlite3_file *file)
{
  return real_of (file)->pMethods->xClose (real_of (file));
}

static int
fault_read (sqlite3_file *file, void *data, int length, sqlite3_int64 offset)
{
  return real_of (file)->pMethods->xRead (real_of (file), data, length, offset);
}

static int
fault_write (sqlite3_file *file, const void *data, int length, sqlite3_int64 offset)
{
  int fault = take_fault (SQLITE_IOERR_WRITE);

  if (fault != SQLITE_OK)
    {
      /* Half of it arrives, as when a disk fills up. */
      real_of (file)->pMethods->xWrite (real_of (file), data, length / 2, offset);
      return fault;
    }
  return real_of (file)->pMethods->xWrite (real_of (file), data, length, offset);
}

static int
fault_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  int fault = take_fault (SQLITE_IOERR_TRUNCATE);

  return fault != SQLITE_OK ? fault : real_of (file)->pMethods->xTruncate (real_of (file), size);
}

static int
fault_sync (sqlite3_file *file, int flags)
{
  return take_fault (SQLITE_IOERR_FSYNC);
}

static int
fault_file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  return real_of (file)->pMethods->xFileSize (real_of (file), size);
}

static int
fault_lock (sqlite3_file *file, int level)
{
  return real_of (file)->pMethods->xLock (real_of (file), level);
}

static int
fault_unlock (sqlite3_file *file, int level)
{
  return real_of (file)->pMethods->xUnlock (real_of (file), level);
}

static int
fault_check_reserved_lock (sqlite3_file *file, int *result)
{
  return real_of (file)->pMethods->xCheckReservedLock (real_of (file), result);
}

static int
fault_file_control (sqlite3_file *file, int op, void *argument)
{
  return real_of (file)->pMethods->xFileControl (real_of (file), op, argument);
}

static int
fault_sector_size (sqlite3_file *file)
{
  return real_of (file)->pMethods->xSectorSize (real_of (file));
}

static int
fault_device_characteristics (sqlite3_file *file)
{
  return real_of (file)->pMethods->xDeviceCharacteristics (real_of (file));
}

static int
fault_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **address)
{
  return real_of (file)->pMethods->xShmMap (real_of (file), page, size, extend, address);
}

static int
fault_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  return real_of (file)->pMethods->xShmLock (real_of (file), offset, n, flags);
}

static void
fault_shm_barrier (sqlite3_file *file)
{
  real_of (file)->pMethods->xShmBarrier (real_of (file));
}

static int
fault_shm_unmap (sqlite3_file *file, int delete_flag)
{
  return real_of (file)->pMethods->xShmUnmap (real_of (file), delete_flag);
}

static const sqlite3_io_methods fault_methods = {
  .iVersion = 2,
  .xClose = fault_close,
  .xRead = fault_read,
  .xWrite = fault_write,
  .xTruncate = fault_truncate,
  .xSync = fault_sync,
  .xFileSize = fault_file_size,
  .xLock = fault_lock,
  .xUnlock = fault_unlock,
  .xCheckReservedLock = fault_check_reserved_lock,
  .xFileControl = fault_file_control,
  .xSectorSize = fault_sector_size,
  .xDeviceCharacteristics = fault_device_characteristics,
  .xShmMap = fault_shm_map,
  .xShmLock = fault_shm_lock,
  .xShmBarrier = fault_shm_barrier,
  .xShmUnmap = fault_shm_unmap,
};

static int
fault_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  int result;

  self->real = (sqlite3_file *) (self + 1);
  result = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  file->pMethods = self->real->pMethods != NULL ? &fault_methods : NULL;
  return result;
}

static int
fault_delete (sqlite3_vfs *vfs, const char *name, int sync_dir)
{
  int fault = take_fault (SQLITE_IOERR_DELETE);

  return fault != SQLITE_OK ? fault : real_vfs->xDelete (real_vfs, name, FALSE);
}

void
fault_vfs_register (void)
{
  static sqlite3_vfs vfs;

  real_vfs = sqlite3_vfs_find (NULL);
  vfs = *real_vfs;
  vfs.zName = "fault";
  vfs.szOsFile = (int) sizeof (FaultFile) + real_vfs->szOsFile;
  vfs.pNext = NULL;
  vfs.xOpen = fault_open;
  vfs.xDelete = fault_delete;
  g_assert_cmpint (sqlite3_vfs_register (&vfs, 1), ==, SQLITE_OK);
}

void
fault_vfs_arm (FaultMode mode, int n)
{
  fault_mode = mode;
  g_atomic_int_set (&fault_count, 0);
  g_atomic_int_set (&fault_hit, 0);
  g_atomic_int_set (&fault_at, n);
}

gboolean
fault_vfs_disarm (void)
{
  g_atomic_int_set (&fault_at, 0);
  return g_atomic_int_get (&fault_hit) != 0;
}
