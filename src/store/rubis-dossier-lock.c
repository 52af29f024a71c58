#include "rubis-dossier-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* A note from another machine counts for so long after it was last touched. */
#define FOREIGN_SECONDS 300
/* The note is touched at most this often. */
#define TOUCH_SECONDS 30

struct _RubisDossierLock {
  char *path;
  int fd;
  gint64 touched; /* monotonic, microseconds */
};

static char *
read_note (int fd)
{
  char buffer[1024];
  ssize_t length = pread (fd, buffer, sizeof buffer - 1, 0);

  if (length <= 0)
    return g_strdup ("");
  buffer[length] = '\0';
  return g_utf8_make_valid (buffer, -1);
}

/* The line of a note that starts with @key and a blank. (nullable) */
static char *
note_value (const char *note, const char *key)
{
  g_auto(GStrv) lines = g_strsplit (note, "\n", -1);

  for (int i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], key) && lines[i][strlen (key)] == ' ')
        return g_strdup (lines[i] + strlen (key) + 1);
    }
  return NULL;
}

static char *
describe_holder (const char *note)
{
  g_autofree char *program = note_value (note, "program");
  g_autofree char *user = note_value (note, "user");
  g_autofree char *machine = note_value (note, "machine");
  g_autofree char *process = note_value (note, "process");

  if (program == NULL || user == NULL || machine == NULL)
    return g_strdup (_("another program"));
  /* Translators: who holds the dossier: program, user, machine, process number. */
  return g_strdup_printf (_("%s, user %s on %s (process %s)"), program, user, machine,
                          process != NULL ? process : "?");
}

/* A note that another machine keeps alive: its kernel's lock is not seen from here. */
static gboolean
held_elsewhere (int fd, const char *note)
{
  g_autofree char *machine = note_value (note, "machine");
  struct stat status;

  if (machine == NULL || g_str_equal (machine, g_get_host_name ()) || fstat (fd, &status) != 0)
    return FALSE;
  return g_get_real_time () / G_USEC_PER_SEC - (gint64) status.st_mtime < FOREIGN_SECONDS;
}

static gboolean
write_note (int fd)
{
  const char *path = g_get_prgname ();
  g_autofree char *program = g_path_get_basename (path != NULL ? path : "rubis");
  g_autofree char *note = g_strdup_printf ("program %s\nuser %s\nmachine %s\nprocess %d\n",
                                           program, g_get_user_name (), g_get_host_name (),
                                           (int) getpid ());
  ssize_t length = (ssize_t) strlen (note);

  return ftruncate (fd, 0) == 0 && pwrite (fd, note, (size_t) length, 0) == length;
}

static int
open_note (const char *path, GError **error)
{
  int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  int saved_errno = errno;
  g_autofree char *name = NULL;

  if (fd >= 0)
    return fd;
  name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), _("“%s” could not be written: %s"), name,
               g_strerror (saved_errno));
  return -1;
}

/* The holder before may have removed the file between our opening and our locking of it. */
static gboolean
is_still_there (const char *path, int fd)
{
  GStatBuf by_path;
  struct stat by_fd;

  return g_stat (path, &by_path) == 0 && fstat (fd, &by_fd) == 0 && by_path.st_ino == by_fd.st_ino
         && by_path.st_dev == by_fd.st_dev;
}

/* Beside the dossier itself, by whatever links it is reached: one dossier has one lock. (transfer full) */
static char *
make_path (const char *dossier)
{
  char *real = realpath (dossier, NULL);
  char *path = g_strconcat (real != NULL ? real : dossier, ".lock", NULL);

  free (real);
  return path;
}

RubisDossierLock *
rubis_dossier_lock_take (const char *dossier, char **holder, GError **error)
{
  g_autofree char *path = make_path (dossier);
  RubisDossierLock *self;
  int fd;

  *holder = NULL;
  for (;;)
    {
      /* A lock of the open file, not of the process: two windows of one program exclude each other too. */
      struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
      g_autofree char *note = NULL;

      fd = open_note (path, error);
      if (fd < 0)
        return NULL;
      note = read_note (fd);
      if (fcntl (fd, F_OFD_SETLK, &whole) != 0 || held_elsewhere (fd, note))
        {
          *holder = describe_holder (note);
          close (fd);
          return NULL;
        }
      if (is_still_there (path, fd))
        break;
      close (fd);
    }
  if (!write_note (fd))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("The disk is full: the dossier cannot be opened."));
      g_unlink (path);
      close (fd);
      return NULL;
    }
  self = g_new0 (RubisDossierLock, 1);
  self->path = g_steal_pointer (&path);
  self->fd = fd;
  self->touched = g_get_monotonic_time ();
  return self;
}

void
rubis_dossier_lock_touch (RubisDossierLock *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now - self->touched < TOUCH_SECONDS * G_USEC_PER_SEC)
    return;
  self->touched = now;
  futimens (self->fd, NULL);
}

void
rubis_dossier_lock_free (RubisDossierLock *self)
{
  g_unlink (self->path);
  close (self->fd);
  g_free (self->path);
  g_free (self);
}
