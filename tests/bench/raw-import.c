/* The baseline of imports: reads the bench's CSV as fast as a small program can and inserts its rows
 * into the same tables. It knows the columns beforehand, checks nothing and journals nothing.
 *
 *   raw-import FILE.csv FILE.db 001.sql item-indexes.sql
 */
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rubis-date.h"

enum
{
  CODE,
  NAME,
  SIREN,
  ADDRESS,
  POSTCODE,
  CITY,
  COUNTRY,
  EMAIL,
  PHONE,
  REP,
  NUMBER,
  TYPE,
  ISSUED,
  DUE,
  CURRENCY,
  TOTAL,
  OPEN,
  MEANS,
  ORDER,
  N_FIELDS
};

typedef struct
{
  const char *start;
  int length;
} Field;

typedef struct
{
  sqlite3 *db;
  sqlite3_stmt *party;
  sqlite3_stmt *account;
  sqlite3_stmt *item;
  sqlite3_stmt *allocation;
  GHashTable *accounts; /* code -> id */
} Import;

static void
check (sqlite3 *db, int result)
{
  if (result != SQLITE_OK && result != SQLITE_DONE && result != SQLITE_ROW)
    g_error ("%s", sqlite3_errmsg (db));
}

static void
run_file (sqlite3 *db, const char *path)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &sql, NULL, &error))
    g_error ("%s", error->message);
  check (db, sqlite3_exec (db, sql, NULL, NULL, NULL));
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check (db, sqlite3_prepare_v2 (db, sql, -1, &statement, NULL));
  return statement;
}

static void
bind_text (sqlite3_stmt *statement, int index, Field field)
{
  sqlite3_bind_text (statement, index, field.start, field.length, SQLITE_STATIC);
}

/* "1234,56" */
static sqlite3_int64
read_amount (Field field)
{
  sqlite3_int64 minor = 0;
  int decimals = -1;

  for (int i = 0; i < field.length; i++)
    {
      char c = field.start[i];

      if (g_ascii_isdigit (c))
        {
          minor = minor * 10 + (c - '0');
          decimals += decimals >= 0 ? 1 : 0;
        }
      else if (c == ',')
        decimals = 0;
    }
  for (decimals = MAX (decimals, 0); decimals < 2; decimals++)
    minor *= 10;
  return field.start[0] == '-' ? -minor : minor;
}

/* "26/04/2023" */
static int
read_date (Field field, int *year)
{
  const char *p = field.start;

  if (field.length != 10)
    return RUBIS_DATE_NONE;
  *year = (p[6] - '0') * 1000 + (p[7] - '0') * 100 + (p[8] - '0') * 10 + p[9] - '0';
  return rubis_date_from_ymd (*year, (p[3] - '0') * 10 + p[4] - '0', (p[0] - '0') * 10 + p[1] - '0');
}

static gint64
take_account (Import *self, const Field *fields)
{
  g_autofree char *code = g_strndup (fields[CODE].start, (gsize)fields[CODE].length);
  gpointer known = g_hash_table_lookup (self->accounts, code);
  gint64 id;

  if (known != NULL)
    return GPOINTER_TO_INT (known);
  bind_text (self->party, 1, fields[NAME]);
  bind_text (self->party, 2, fields[SIREN]);
  check (self->db, sqlite3_step (self->party));
  sqlite3_reset (self->party);
  sqlite3_bind_int64 (self->account, 1, sqlite3_last_insert_rowid (self->db));
  bind_text (self->account, 2, fields[CODE]);
  bind_text (self->account, 3, fields[NAME]);
  bind_text (self->account, 4, fields[NAME]);
  for (int i = ADDRESS; i <= REP; i++)
    bind_text (self->account, i + 2, fields[i]);
  check (self->db, sqlite3_step (self->account));
  sqlite3_reset (self->account);
  id = sqlite3_last_insert_rowid (self->db);
  g_hash_table_insert (self->accounts, g_steal_pointer (&code), GINT_TO_POINTER ((int)id));
  return id;
}

static void
bind_date (sqlite3_stmt *statement, int index, int date)
{
  if (date == RUBIS_DATE_NONE)
    sqlite3_bind_null (statement, index);
  else
    sqlite3_bind_int (statement, index, date);
}

static void
take_row (Import *self, const Field *fields)
{
  gint64 account = take_account (self, fields);
  gint64 total = read_amount (fields[TOTAL]);
  gint64 open = read_amount (fields[OPEN]);
  int year = 0;
  int ignored = 0;
  int issued = read_date (fields[ISSUED], &year);

  sqlite3_bind_int64 (self->item, 1, account);
  sqlite3_bind_int (self->item, 2, fields[TYPE].start[0] == 'A');
  bind_text (self->item, 3, fields[NUMBER]);
  sqlite3_bind_int (self->item, 4, year);
  bind_date (self->item, 5, issued);
  bind_date (self->item, 6, read_date (fields[DUE], &ignored));
  bind_text (self->item, 7, fields[CURRENCY]);
  sqlite3_bind_int64 (self->item, 8, total);
  sqlite3_bind_int64 (self->item, 9, open);
  sqlite3_bind_int (self->item, 10, fields[MEANS].length > 0 ? fields[MEANS].start[0] % 7 : 0);
  bind_text (self->item, 11, fields[ORDER]);
  bind_text (self->item, 12, fields[REP]);
  check (self->db, sqlite3_step (self->item));
  sqlite3_reset (self->item);
  if (open == total)
    return;
  sqlite3_bind_int64 (self->allocation, 1, sqlite3_last_insert_rowid (self->db));
  sqlite3_bind_int64 (self->allocation, 2, total - open);
  check (self->db, sqlite3_step (self->allocation));
  sqlite3_reset (self->allocation);
}

/* A field may be quoted, with doubled quotes inside; those are left doubled. */
static const char *
split_line (const char *p, const char *end, Field *fields)
{
  for (int i = 0; i < N_FIELDS; i++)
    {
      fields[i].start = p;
      if (p < end && *p == '"')
        {
          fields[i].start = ++p;
          while (p < end && (*p != '"' || (p + 1 < end && p[1] == '"' && p++)))
            p++;
          fields[i].length = (int)(p - fields[i].start);
          p++;
        }
      else
        {
          while (p < end && *p != ';' && *p != '\n' && *p != '\r')
            p++;
          fields[i].length = (int)(p - fields[i].start);
        }
      if (p < end && *p == ';')
        p++;
    }
  while (p < end && *p != '\n')
    p++;
  return p + 1;
}

static void
prepare_all (Import *self)
{
  self->party = prepare (self->db, "INSERT INTO party (name, siren) VALUES (?, ?)");
  self->account
      = prepare (self->db, "INSERT INTO account (party_id, code, name, search_key, address, postcode, city, "
                           "country, email, phone, sales_rep, first_batch) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)");
  self->item
      = prepare (self->db, "INSERT INTO item (account_id, type, number, fiscal_year, issue_date, due_date, "
                           "currency, total, open, means, order_ref, sales_rep, first_seen, first_batch) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 20634, 1)");
  self->allocation = prepare (self->db, "INSERT INTO allocation (item_id, amount, date, source, batch_id) "
                                        "VALUES (?, ?, 20634, 'erp', 1)");
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
import (Import *self, const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC);
  struct stat info;
  const char *data;
  const char *end;
  Field fields[N_FIELDS];

  if (fd < 0 || fstat (fd, &info) != 0)
    g_error ("%s cannot be read", path);
  data = mmap (NULL, (gsize)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  g_assert (data != MAP_FAILED);
  end = data + info.st_size;
  /* The header. */
  for (const char *p = (const char *)memchr (data, '\n', (gsize)info.st_size) + 1; p < end;)
    {
      p = split_line (p, end, fields);
      take_row (self, fields);
    }
  munmap ((gpointer)data, (gsize)info.st_size);
  close (fd);
}

int
main (int argc, char **argv)
{
  Import self = { 0 };

  if (argc != 5)
    g_error ("usage: raw-import FILE.csv FILE.db 001.sql item-indexes.sql");
  g_unlink (argv[2]);
  check (NULL, sqlite3_open (argv[2], &self.db));
  /* As Rubis opens a dossier. */
  check (self.db,
         sqlite3_exec (self.db,
                       "PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                       "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -131072; BEGIN",
                       NULL, NULL, NULL));
  run_file (self.db, argv[3]);
  check (
      self.db,
      sqlite3_exec (self.db,
                    "INSERT INTO import_batch VALUES (1, 'items', 'stock', '', '', '', 20634, '', '', 0, 0, "
                    "0, 0, 0, 0, NULL)",
                    NULL, NULL, NULL));
  prepare_all (&self);
  import (&self, argv[1]);
  run_file (self.db, argv[4]);
  check (self.db, sqlite3_exec (self.db, "COMMIT", NULL, NULL, NULL));
  sqlite3_finalize (self.party);
  sqlite3_finalize (self.account);
  sqlite3_finalize (self.item);
  sqlite3_finalize (self.allocation);
  g_hash_table_unref (self.accounts);
  check (self.db, sqlite3_close (self.db));
  return 0;
}
