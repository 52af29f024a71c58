#include "rubis-letterhead-settings.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-letterhead-probe.h"
#include "rubis-letterhead-settings-private.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-settings.h"
#include "rubis-text.h"

#define MAX_IMAGE_BYTES (5 * 1024 * 1024)
#define MAX_LINE_CHARS 240

typedef enum
{
  KIND_CHOICE,
  KIND_LENGTH,
  KIND_COLOUR,
  KIND_FLAG,
  KIND_NAME,
  KIND_LINES
} Kind;

static const char *const positions[] = { "auto", "france", "din-b", "din-a", "swiss", NULL };
static const char *const places[] = { "left", "center", "right", NULL };

typedef struct
{
  const char *key;
  const char *setting; /* of the store */
  Kind kind;
  gsize offset;
  const char *const *choices; /* KIND_CHOICE */
  double fallback;            /* KIND_LENGTH, with the bounds */
  double least;
  double most;
} Field;

#define AT(field) G_STRUCT_OFFSET (RubisLetterheadSettings, field)
#define LENGTH(name, fallback, least, most)                                                                  \
  {                                                                                                          \
#name, "letterhead." #name, KIND_LENGTH, AT(name), NULL, fallback, least, most                           \
  }

/* Lengths: what leaves room for the text, the holes of a binder and printers. */
static const Field fields[] = {
  { "position", "letterhead.position", KIND_CHOICE, AT (position), positions, 0, 0, 0 },
  { "logo_place", "letterhead.logo_place", KIND_CHOICE, AT (logo_place), places, 0, 0, 0 },
  LENGTH (logo_height, 16, 6, 40),
  LENGTH (signature_height, 16, 8, 40),
  /* The company's accent is the letterhead's: emails take it too. */
  { "accent", "company.accent", KIND_COLOUR, AT (accent), NULL, 0, 0, 0 },
  { "text_colour", "letterhead.text_colour", KIND_COLOUR, AT (text_colour), NULL, 0, 0, 0 },
  { "font", "letterhead.font", KIND_NAME, AT (font), NULL, 0, 0, 0 },
  LENGTH (margin_left, 25, 12, 40),
  LENGTH (margin_right, 20, 10, 40),
  LENGTH (margin_top, RUBIS_LETTERHEAD_MARGIN_TOP, 5, 25),
  LENGTH (margin_bottom, 10, 5, 40),
  { "fold_marks", "letterhead.fold_marks", KIND_FLAG, AT (fold_marks), NULL, 0, 0, 0 },
  { "footer", "letterhead.footer", KIND_LINES, AT (footer), NULL, 0, 0, 0 },
};

static const Field *
find_field (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (g_str_equal (fields[i].key, key))
        return &fields[i];
    }
  return NULL;
}

RubisLetterheadSettings *
rubis_letterhead_settings_new (void)
{
  RubisLetterheadSettings *self = g_new0 (RubisLetterheadSettings, 1);

  self->font = g_strdup ("");
  self->footer = g_strdup ("");
  self->fold_marks = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (fields[i].kind == KIND_LENGTH)
        G_STRUCT_MEMBER (double, self, fields[i].offset) = fields[i].fallback;
    }
  return self;
}

RubisLetterheadSettings *
rubis_letterhead_settings_copy (const RubisLetterheadSettings *self)
{
  RubisLetterheadSettings *copy = g_new (RubisLetterheadSettings, 1);

  *copy = *self;
  copy->font = g_strdup (self->font);
  copy->footer = g_strdup (self->footer);
  for (guint i = 0; i < RUBIS_LETTERHEAD_N_IMAGES; i++)
    {
      if (copy->images[i] != NULL)
        g_bytes_ref (copy->images[i]);
    }
  return copy;
}

void
rubis_letterhead_settings_free (RubisLetterheadSettings *self)
{
  g_free (self->font);
  g_free (self->footer);
  for (guint i = 0; i < RUBIS_LETTERHEAD_N_IMAGES; i++)
    g_clear_pointer (&self->images[i], g_bytes_unref);
  g_free (self);
}

gboolean
rubis_letterhead_settings_equal (const RubisLetterheadSettings *a, const RubisLetterheadSettings *b)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *one = rubis_letterhead_settings_get (a, fields[i].key);
      g_autofree char *other = rubis_letterhead_settings_get (b, fields[i].key);

      if (!g_str_equal (one, other))
        return FALSE;
    }
  for (guint i = 0; i < RUBIS_LETTERHEAD_N_IMAGES; i++)
    {
      if ((a->images[i] == NULL) != (b->images[i] == NULL)
          || (a->images[i] != NULL && !g_bytes_equal (a->images[i], b->images[i])))
        return FALSE;
    }
  return TRUE;
}

const char *const *
rubis_letterhead_settings_list_keys (void)
{
  static const char *keys[G_N_ELEMENTS (fields) + 1];

  static gsize filled;

  if (g_once_init_enter (&filled))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
        keys[i] = fields[i].key;
      g_once_init_leave (&filled, 1);
    }
  return keys;
}

void
rubis_letterhead_settings_get_range (const char *key, double *least, double *most)
{
  const Field *field = find_field (key);

  g_return_if_fail (field != NULL && field->kind == KIND_LENGTH);

  *least = field->least;
  *most = field->most;
}

/* --- as text --- */

static char *
length_to_text (double length)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (
      g_ascii_formatd (buffer, sizeof buffer, length == floor (length) ? "%.0f" : "%.1f", length));
}

char *
rubis_letterhead_settings_get (const RubisLetterheadSettings *self, const char *key)
{
  const Field *field = find_field (key);
  guint32 colour;

  if (field == NULL)
    return NULL;
  switch (field->kind)
    {
    case KIND_CHOICE:
      return g_strdup (field->choices[G_STRUCT_MEMBER (guint, self, field->offset)]);
    case KIND_LENGTH:
      return length_to_text (G_STRUCT_MEMBER (double, self, field->offset));
    case KIND_COLOUR:
      colour = G_STRUCT_MEMBER (guint32, self, field->offset);
      return colour != 0 ? g_strdup_printf ("#%06x", colour) : g_strdup ("");
    case KIND_FLAG:
      return g_strdup (G_STRUCT_MEMBER (gboolean, self, field->offset) ? "yes" : "no");
    case KIND_NAME:
    case KIND_LINES:
    default:
      return g_strdup (G_STRUCT_MEMBER (char *, self, field->offset));
    }
}

G_GNUC_PRINTF (2, 3) static gboolean refuse (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, text);
  return FALSE;
}

static gboolean
set_choice (const Field *field, guint *place, const char *value, GError **error)
{
  g_autofree char *known = g_strjoinv (", ", (char **)field->choices);

  for (guint i = 0; field->choices[i] != NULL; i++)
    {
      if (g_str_equal (field->choices[i], *value != '\0' ? value : field->choices[0]))
        {
          *place = i;
          return TRUE;
        }
    }
  return refuse (error, _ ("%s: “%s” is not known. Use one of: %s."), field->key, value, known);
}

static gboolean
set_length (const Field *field, double *place, const char *value, GError **error)
{
  g_autofree char *plain = g_strdelimit (g_strdup (value), ",", '.');
  char *end = NULL;
  double length = g_ascii_strtod (plain, &end);

  if (*value == '\0')
    length = field->fallback;
  else if (end == plain || *end != '\0' || !(length >= field->least && length <= field->most))
    return refuse (error, _ ("%s: “%s” is not a length from %g to %g mm."), field->key, value, field->least,
                   field->most);
  *place = round (length * 10) / 10;
  return TRUE;
}

static gboolean
set_colour (const Field *field, guint32 *place, const char *value, GError **error)
{
  guint64 colour = 0;

  if (*value != '\0'
      && (*value != '#' || strlen (value) != 7
          || !g_ascii_string_to_unsigned (value + 1, 16, 0, 0xffffff, &colour, NULL)))
    return refuse (error, _ ("%s: “%s” is not a colour. Write it as #8c1c3c."), field->key, value);
  /* Zero means the default: black is the next to it. */
  *place = *value != '\0' ? MAX ((guint32)colour, 1) : 0;
  return TRUE;
}

static gboolean
set_flag (const Field *field, gboolean *place, const char *value, GError **error)
{
  if (!g_str_equal (value, "yes") && !g_str_equal (value, "no") && *value != '\0')
    return refuse (error, _ ("%s: “%s” is not known. Use one of: %s."), field->key, value, "yes, no");
  *place = !g_str_equal (value, "no");
  return TRUE;
}

static gboolean
set_lines (const Field *field, char **place, const char *value, GError **error)
{
  g_auto (GStrv) typed = g_strsplit (value, "\n", -1);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) kept = NULL;

  for (guint i = 0; typed[i] != NULL; i++)
    {
      g_autofree char *line = rubis_text_normalise_spaces (typed[i]);

      if (g_utf8_strlen (line, -1) > MAX_LINE_CHARS)
        return refuse (error, _ ("%s: a line has at most %d characters."), field->key, MAX_LINE_CHARS);
      if (*line != '\0')
        g_strv_builder_add (lines, line);
    }
  kept = g_strv_builder_end (lines);
  if (g_strv_length (kept) > (field->kind == KIND_LINES ? RUBIS_MAX_FOOTER_LINES : 1))
    return refuse (error, _ ("%s: at most %d lines find room."), field->key,
                   field->kind == KIND_LINES ? RUBIS_MAX_FOOTER_LINES : 1);
  g_free (*place);
  *place = g_strjoinv ("\n", kept);
  return TRUE;
}

gboolean
rubis_letterhead_settings_set (RubisLetterheadSettings *self, const char *key, const char *value,
                               GError **error)
{
  const Field *field = find_field (key);

  if (field == NULL)
    {
      g_autofree char *known = g_strjoinv (", ", (char **)rubis_letterhead_settings_list_keys ());

      return refuse (error, _ ("There is no setting “%s” of the letterhead. There are: %s."), key, known);
    }
  if (!g_utf8_validate (value, -1, NULL))
    return refuse (error, _ ("%s: this is not text."), field->key);
  switch (field->kind)
    {
    case KIND_CHOICE:
      return set_choice (field, G_STRUCT_MEMBER_P (self, field->offset), value, error);
    case KIND_LENGTH:
      return set_length (field, G_STRUCT_MEMBER_P (self, field->offset), value, error);
    case KIND_COLOUR:
      return set_colour (field, G_STRUCT_MEMBER_P (self, field->offset), value, error);
    case KIND_FLAG:
      return set_flag (field, G_STRUCT_MEMBER_P (self, field->offset), value, error);
    case KIND_NAME:
    case KIND_LINES:
    default:
      return set_lines (field, G_STRUCT_MEMBER_P (self, field->offset), value, error);
    }
}

/* --- images --- */

static gboolean
is_png_or_jpeg (GBytes *bytes)
{
  static const guchar png[] = { 0x89, 'P', 'N', 'G' };
  static const guchar jpeg[] = { 0xff, 0xd8, 0xff };
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);

  return size > sizeof png && (memcmp (data, png, sizeof png) == 0 || memcmp (data, jpeg, sizeof jpeg) == 0);
}

gboolean
rubis_letterhead_check_image (GBytes *bytes, GError **error)
{
  int width, height;

  g_return_val_if_fail (bytes != NULL, FALSE);

  if (g_bytes_get_size (bytes) > MAX_IMAGE_BYTES)
    return refuse (error, _ ("This picture is larger than 5 MB: choose a smaller one."));
  if (!is_png_or_jpeg (bytes) || !rubis_letterhead_probe_image (bytes, &width, &height))
    return refuse (error, _ ("This is not a picture that can be printed: choose a PNG or JPEG file."));
  return TRUE;
}

gboolean
rubis_letterhead_settings_set_image (RubisLetterheadSettings *self, guint image, GBytes *bytes,
                                     GError **error)
{
  g_return_val_if_fail (image < RUBIS_LETTERHEAD_N_IMAGES, FALSE);

  if (bytes != NULL && !rubis_letterhead_check_image (bytes, error))
    return FALSE;
  if (bytes != NULL)
    g_bytes_ref (bytes);
  g_clear_pointer (&self->images[image], g_bytes_unref);
  self->images[image] = bytes;
  return TRUE;
}

/* --- in the dossier --- */

char *
rubis_letterhead_settings_name_image (guint image)
{
  if (image == 0)
    return g_strdup ("logo");
  return image == RUBIS_LETTERHEAD_SIGNATURE ? g_strdup ("signature") : g_strdup_printf ("logo%u", image + 1);
}

RubisLetterheadSettings *
rubis_letterhead_settings_read (RubisDatabase *db, gboolean with_images, GError **error)
{
  g_autoptr (RubisLetterheadSettings) self = rubis_letterhead_settings_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = rubis_store_get_setting (db, fields[i].setting, error);

      if (value == NULL)
        return NULL;
      /* What another version wrote and this one does not know is the default. */
      if (!rubis_letterhead_settings_set (self, fields[i].key, value, NULL))
        rubis_letterhead_settings_set (self, fields[i].key, "", NULL);
    }
  for (guint i = 0; with_images && i < RUBIS_LETTERHEAD_N_IMAGES; i++)
    {
      g_autofree char *name = rubis_letterhead_settings_name_image (i);
      g_autoptr (GError) image_error = NULL;

      self->images[i] = rubis_store_get_image (db, name, &image_error);
      if (image_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&image_error));
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

static gboolean
write_settings (RubisDatabase *db, const RubisLetterheadSettings *self, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *value = rubis_letterhead_settings_get (self, fields[i].key);

      if (!rubis_store_set_setting (db, fields[i].setting, value, error))
        return FALSE;
    }
  for (guint i = 0; i < RUBIS_LETTERHEAD_N_IMAGES; i++)
    {
      g_autofree char *name = rubis_letterhead_settings_name_image (i);

      if (!rubis_store_set_image (db, name, self->images[i], error))
        return FALSE;
    }
  return TRUE;
}

RubisLetterheadSettings *
rubis_session_dup_letterhead (RubisSession *self)
{
  RubisDatabase *db = rubis_session_take_reader (self, NULL);
  RubisLetterheadSettings *settings = NULL;

  if (db != NULL)
    {
      settings = rubis_letterhead_settings_read (db, TRUE, NULL);
      rubis_session_return_reader (self, db);
    }
  return settings != NULL ? settings : rubis_letterhead_settings_new ();
}

static gboolean
swap_settings (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisLetterheadSettings) before = rubis_letterhead_settings_read (db, TRUE, error);
  RubisLetterheadSettings *after = journaled->state;

  if (before == NULL || !write_settings (db, after, error)
      || !rubis_journaled_edit_note (session, db, edit, 0, error))
    return FALSE;
  rubis_letterhead_settings_free (after);
  journaled->state = g_steal_pointer (&before);
  journaled->n_swaps++;
  return TRUE;
}

gboolean
rubis_session_set_letterhead (RubisSession *self, const RubisLetterheadSettings *settings, GError **error)
{
  g_autoptr (RubisLetterheadSettings) before = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && settings != NULL, FALSE);

  before = rubis_session_dup_letterhead (self);
  if (rubis_letterhead_settings_equal (before, settings))
    return TRUE;
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (_ ("Letterhead changed"), "company", NULL,
                                                          swap_settings,
                                                          rubis_letterhead_settings_copy (settings),
                                                          (GDestroyNotify)rubis_letterhead_settings_free),
                                error);
}
