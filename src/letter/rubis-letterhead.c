#include "rubis-letterhead-private.h"

#include "rubis-letter-writer.h"
#include "rubis-words.h"

#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n-lib.h>

#define DEFAULT_ACCENT 0x2a4a6b
#define SIGNATURE_HEIGHT 16.0 /* millimetres */
/* Pixels: a larger logo only makes every letter heavy. */
#define MAX_IMAGE_SIDE 1600

static GdkPixbuf *
decode (GBytes *image, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (image);
  g_autoptr (GError) cause = NULL;
  GdkPixbuf *pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, &cause);

  if (pixbuf == NULL)
    {
      g_set_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_IMAGE,
                   _ ("The image cannot be read (%s): use a PNG or JPEG file"), cause->message);
      return NULL;
    }
  if (MAX (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf)) > MAX_IMAGE_SIDE)
    {
      double scale
          = (double)MAX_IMAGE_SIDE / MAX (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf));
      GdkPixbuf *smaller = gdk_pixbuf_scale_simple (
          pixbuf, MAX ((int)(gdk_pixbuf_get_width (pixbuf) * scale), 1),
          MAX ((int)(gdk_pixbuf_get_height (pixbuf) * scale), 1), GDK_INTERP_HYPER);

      g_object_unref (pixbuf);
      pixbuf = smaller;
    }
  return pixbuf;
}

/* One pixel of a pixbuf as Cairo keeps it: native-endian ARGB, premultiplied. */
static guint32
convert_pixel (const guchar *p, int n_channels)
{
  guint32 alpha = n_channels == 4 ? p[3] : 255;
  guint32 red = p[0] * alpha / 255;
  guint32 green = p[1] * alpha / 255;
  guint32 blue = p[2] * alpha / 255;

  return alpha << 24 | red << 16 | green << 8 | blue;
}

cairo_surface_t *
rubis_letterhead_load_image (GBytes *image, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = decode (image, error);
  cairo_surface_t *surface;
  const guchar *pixels;
  guchar *data;
  int width, height, stride, n_channels;

  if (pixbuf == NULL)
    return NULL;
  width = gdk_pixbuf_get_width (pixbuf);
  height = gdk_pixbuf_get_height (pixbuf);
  n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  pixels = gdk_pixbuf_read_pixels (pixbuf);
  surface = cairo_image_surface_create (n_channels == 4 ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, width,
                                        height);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; data != NULL && y < height; y++)
    {
      for (int x = 0; x < width; x++)
        {
          guint32 pixel = convert_pixel (
              pixels + (gsize)y * (gsize)gdk_pixbuf_get_rowstride (pixbuf) + x * n_channels, n_channels);

          memcpy (data + (gsize)y * (gsize)stride + (gsize)x * 4, &pixel, sizeof pixel);
        }
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* "SAS au capital de 50 000 €  ·  SIREN 732 829 320  ·  RCS Lyon  ·  TVA FR44732829320" */
static char **
make_legal (const RubisLetterheadFacts *facts, const char *language)
{
  g_autoptr (GString) line = g_string_new (facts->name);
  const char *separator = "  ·  ";
  g_auto (GStrv) address = NULL;

  if (facts->legal_form != NULL)
    g_string_append_printf (line, "%s%s", separator, facts->legal_form);
  if (facts->capital != NULL)
    g_string_append_printf (line, " %s %s", rubis_words_get (RUBIS_WORD_CAPITAL, language), facts->capital);
  if (facts->siren != NULL && strlen (facts->siren) == 9)
    g_string_append_printf (line, "%sSIREN %.3s\u00a0%.3s\u00a0%.3s", separator, facts->siren,
                            facts->siren + 3, facts->siren + 6);
  else if (facts->siren != NULL)
    g_string_append_printf (line, "%sSIREN %s", separator, facts->siren);
  if (facts->rcs != NULL)
    g_string_append_printf (line, "%s%s%s", separator, g_str_has_prefix (facts->rcs, "RCS") ? "" : "RCS ",
                            facts->rcs);
  if (facts->vat != NULL)
    g_string_append_printf (line, "%s%s %s", separator, rubis_words_get (RUBIS_WORD_VAT, language),
                            facts->vat);
  address = g_strsplit (facts->address != NULL ? facts->address : "", "\n", -1);
  if (address[0] != NULL && *address[0] != '\0')
    {
      g_autofree char *joined = g_strjoinv (", ", address);

      g_string_append_printf (line, "\n%s", joined);
      if (facts->website != NULL)
        g_string_append_printf (line, "%s%s", separator, facts->website);
    }
  return g_strsplit (line->str, "\n", -1);
}

/* The lines of the footer that replace the legal mentions. */
static char **
split_footer (const char *footer)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = g_strsplit (footer, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL && n < RUBIS_MAX_FOOTER_LINES; i++)
    {
      if (*g_strstrip (lines[i]) == '\0')
        continue;
      g_strv_builder_add (builder, lines[i]);
      n++;
    }
  return g_strv_builder_end (builder);
}

/* "Name · street · town" */
static char *
make_sender (const RubisLetterheadFacts *facts)
{
  GString *sender = g_string_new (facts->name);
  g_auto (GStrv) lines = g_strsplit (facts->address != NULL ? facts->address : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*g_strstrip (lines[i]) != '\0')
        g_string_append_printf (sender, " · %s", lines[i]);
    }
  return g_string_free (sender, FALSE);
}

static char **
make_address (const RubisLetterheadFacts *facts, const char *language)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = g_strsplit (facts->address != NULL ? facts->address : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*g_strstrip (lines[i]) != '\0')
        g_strv_builder_add (builder, lines[i]);
    }
  if (facts->phone != NULL)
    {
      g_autofree char *phone
          = g_strconcat (rubis_words_get (RUBIS_WORD_PHONE, language), " ", facts->phone, NULL);

      g_strv_builder_add (builder, phone);
    }
  if (facts->email != NULL)
    g_strv_builder_add (builder, facts->email);
  return g_strv_builder_end (builder);
}

RubisLetterhead *
rubis_letterhead_new (const RubisLetterheadFacts *facts, GError **error)
{
  RubisLetterhead *self;
  const char *language;

  g_return_val_if_fail (facts != NULL, NULL);
  g_return_val_if_fail (facts->name != NULL, NULL);

  if (facts->logo != NULL)
    {
      cairo_surface_t *logo = rubis_letterhead_load_image (facts->logo, error);

      if (logo == NULL)
        return NULL;
      cairo_surface_destroy (logo);
    }
  language = facts->language != NULL ? facts->language : "fr";
  self = g_new0 (RubisLetterhead, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup (facts->name);
  self->language = g_strdup (language);
  self->address = make_address (facts, language);
  self->sender = make_sender (facts);
  self->legal = facts->footer != NULL && *facts->footer != '\0' ? split_footer (facts->footer)
                                                                : make_legal (facts, language);
  self->logo = facts->logo != NULL ? g_bytes_ref (facts->logo) : NULL;
  self->accent = facts->accent != 0 ? facts->accent : DEFAULT_ACCENT;
  self->ink = facts->text_colour != 0 ? facts->text_colour : RUBIS_INK;
  self->font = g_strdup (facts->font);
  self->logo_place = facts->logo_place;
  self->signature_height
      = RUBIS_MM (facts->signature_height > 0 ? CLAMP (facts->signature_height, 8, 40) : SIGNATURE_HEIGHT);
  self->without_folds = facts->without_folds;
  rubis_sheet_init (&self->sheet, facts, g_strv_length (self->legal));
  return self;
}

RubisLetterhead *
rubis_letterhead_ref (RubisLetterhead *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rubis_letterhead_unref (RubisLetterhead *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_free (self->language);
  g_free (self->sender);
  g_free (self->font);
  g_strfreev (self->address);
  g_strfreev (self->legal);
  g_clear_pointer (&self->logo, g_bytes_unref);
  g_free (self);
}
