#include "rubis-archive.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <zip.h>

#define MAX_NAME 100
#define MAX_EXTENSION 6

typedef struct
{
  char *name;      /* (owned) with its folder */
  GBytes *content; /* (owned) */
} Member;

struct _RubisArchive
{
  RubisDate date;
  GPtrArray *members; /* (element-type Member) */
  GHashTable *names;  /* (element-type utf8) taken, folded */
};

static void
member_free (Member *member)
{
  g_free (member->name);
  g_bytes_unref (member->content);
  g_free (member);
}

RubisArchive *
rubis_archive_new (RubisDate date)
{
  RubisArchive *self = g_new0 (RubisArchive, 1);

  self->date = date;
  self->members = g_ptr_array_new_with_free_func ((GDestroyNotify)member_free);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
rubis_archive_free (RubisArchive *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->members);
  g_hash_table_unref (self->names);
  g_free (self);
}

/* The names of devices, which Windows refuses whatever the extension. */
static gboolean
is_reserved (const char *name)
{
  static const char *const reserved[]
      = { "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "LPT1", "LPT2", "LPT3", NULL };
  g_autofree char *stem = g_strndup (name, strcspn (name, "."));

  for (gsize i = 0; reserved[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (stem, reserved[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Shortens @name to MAX_NAME characters before its extension. */
static void
shorten (GString *name)
{
  const char *dot = strrchr (name->str, '.');
  g_autofree char *extension = NULL;
  glong keep;

  if (g_utf8_strlen (name->str, -1) <= MAX_NAME)
    return;
  extension = g_strdup (dot != NULL && strlen (dot) <= MAX_EXTENSION ? dot : "");
  keep = MAX_NAME - g_utf8_strlen (extension, -1);
  g_string_truncate (name, (gsize)(g_utf8_offset_to_pointer (name->str, keep) - name->str));
  g_string_append (name, extension);
}

char *
rubis_archive_make_safe_name (const char *name)
{
  g_autofree char *valid = NULL;
  g_autofree char *composed = NULL;
  g_autoptr (GString) safe = g_string_new (NULL);

  g_return_val_if_fail (name != NULL, NULL);

  valid = g_utf8_make_valid (name, -1);
  composed = g_utf8_normalize (valid, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  for (const char *p = composed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || (c < 128 && strchr ("/\\:*?\"<>|", (int)c) != NULL))
        g_string_append_c (safe, '-');
      else if (g_unichar_isspace (c))
        g_string_append_c (safe, ' ');
      else
        g_string_append_unichar (safe, c);
    }
  while (safe->len > 0 && (safe->str[0] == '.' || safe->str[0] == ' '))
    g_string_erase (safe, 0, 1);
  shorten (safe);
  while (safe->len > 0 && (safe->str[safe->len - 1] == '.' || safe->str[safe->len - 1] == ' '))
    g_string_truncate (safe, safe->len - 1);
  if (safe->len == 0 || is_reserved (safe->str))
    g_string_prepend_c (safe, '_');
  return g_string_free (g_steal_pointer (&safe), FALSE);
}

/* Takes the name if it is free; file systems that ignore case would lose one of two alike. */
static gboolean
take_name (RubisArchive *self, const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  if (g_hash_table_contains (self->names, folded))
    return FALSE;
  g_hash_table_add (self->names, g_steal_pointer (&folded));
  return TRUE;
}

const char *
rubis_archive_add (RubisArchive *self, const char *folder, const char *name, GBytes *content)
{
  g_autofree char *safe = NULL;
  g_autofree char *safe_folder = NULL;
  g_autofree char *path = NULL;
  Member *member;
  const char *dot;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL && content != NULL, NULL);

  safe = rubis_archive_make_safe_name (name);
  safe_folder = folder != NULL ? rubis_archive_make_safe_name (folder) : NULL;
  path = safe_folder != NULL ? g_strconcat (safe_folder, "/", safe, NULL) : g_strdup (safe);
  dot = strrchr (path, '.');
  if (dot == NULL || strchr (dot, '/') != NULL)
    dot = path + strlen (path);
  member = g_new0 (Member, 1);
  member->name = g_strdup (path);
  for (int n = 2; !take_name (self, member->name); n++)
    {
      g_free (member->name);
      member->name = g_strdup_printf ("%.*s (%d)%s", (int)(dot - path), path, n, dot);
    }
  member->content = g_bytes_ref (content);
  g_ptr_array_add (self->members, member);
  return member->name;
}

static void
set_error (GError **error, zip_error_t *cause)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The ZIP file cannot be made: %s"),
               zip_error_strerror (cause));
}

static gboolean
add_members (RubisArchive *self, zip_t *zip)
{
  int year, month, day;
  zip_uint16_t date;

  rubis_date_to_ymd (self->date, &year, &month, &day);
  /* The dates of ZIP files begin in 1980. */
  date = (zip_uint16_t)((MAX (year - 1980, 0) << 9) | (month << 5) | day);
  for (guint i = 0; i < self->members->len; i++)
    {
      Member *member = g_ptr_array_index (self->members, i);
      gsize size;
      const void *data = g_bytes_get_data (member->content, &size);
      zip_source_t *source = zip_source_buffer (zip, data, size, 0);
      zip_int64_t index;

      if (source == NULL)
        return FALSE;
      index = zip_file_add (zip, member->name, source, ZIP_FL_ENC_UTF_8);
      if (index < 0)
        {
          zip_source_free (source);
          return FALSE;
        }
      if (zip_file_set_dostime (zip, (zip_uint64_t)index, 0, date, 0) != 0)
        return FALSE;
    }
  return TRUE;
}

/* All bytes of a source that was written. */
static GBytes *
read_source (zip_source_t *source, GError **error)
{
  g_autofree char *bytes = NULL;
  zip_stat_t stat;

  zip_stat_init (&stat);
  if (zip_source_stat (source, &stat) != 0 || zip_source_open (source) != 0)
    {
      set_error (error, zip_source_error (source));
      return NULL;
    }
  bytes = g_malloc (stat.size);
  if (zip_source_read (source, bytes, stat.size) != (zip_int64_t)stat.size)
    {
      set_error (error, zip_source_error (source));
      zip_source_close (source);
      return NULL;
    }
  zip_source_close (source);
  return g_bytes_new_take (g_steal_pointer (&bytes), stat.size);
}

GBytes *
rubis_archive_finish (RubisArchive *self, GError **error)
{
  zip_error_t cause;
  zip_source_t *source;
  zip_t *zip;
  GBytes *bytes;

  g_return_val_if_fail (self != NULL, NULL);

  zip_error_init (&cause);
  source = zip_source_buffer_create (NULL, 0, 0, &cause);
  if (source == NULL)
    {
      set_error (error, &cause);
      return NULL;
    }
  zip_source_keep (source);
  zip = zip_open_from_source (source, ZIP_TRUNCATE, &cause);
  if (zip == NULL)
    {
      set_error (error, &cause);
      zip_source_free (source);
      zip_source_free (source);
      return NULL;
    }
  if (!add_members (self, zip) || zip_close (zip) != 0)
    {
      set_error (error, zip_get_error (zip));
      zip_discard (zip);
      zip_source_free (source);
      return NULL;
    }
  bytes = read_source (source, error);
  zip_source_free (source);
  return bytes;
}
