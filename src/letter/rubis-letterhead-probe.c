#include "rubis-letterhead-probe.h"

#include "rubis-letterhead-private.h"
#include "rubis-typesetter.h"

#include <string.h>

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <hb.h>

/* NF Z 10-011 */
#define SMALLEST_TYPE 9.0
/* Beside the number of the page. */
#define FOOTER_INDENT RUBIS_MM (20)
/* What a letter in French cannot do without. */
#define NEEDED "aàâæçéèêëîïôœùûüÿAÀÉÊÎÔŒ0123456789€«»’–·"

static guint
count_cut_lines (RubisTypesetter *type, char **lines, double width)
{
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    n += rubis_typesetter_measure (type, RUBIS_TYPE_TINY, lines[i]) > width ? 1 : 0;
  return n;
}

gboolean
rubis_letterhead_probe (const RubisLetterheadFacts *facts, RubisLetterheadProbe *probe, GError **error)
{
  g_autoptr (RubisLetterhead) letterhead = rubis_letterhead_new (facts, error);
  g_autoptr (RubisTypesetter) type = NULL;
  const RubisSheet *sheet;
  RubisLetterheadFacts tallest = *facts;
  RubisSheet room;
  int width, height;

  memset (probe, 0, sizeof *probe);
  if (letterhead == NULL)
    return FALSE;
  sheet = &letterhead->sheet;
  type = rubis_typesetter_new (letterhead->font);
  tallest.logo_height = 1000;
  rubis_sheet_init (&room, &tallest, g_strv_length (letterhead->legal));
  probe->logo_room = room.logo.height / RUBIS_MM (1);
  if (facts->logo != NULL && rubis_letterhead_probe_image (facts->logo, &width, &height))
    probe->logo_resolution = 72 / MIN (sheet->logo.width / width, sheet->logo.height / height);
  probe->n_footer_cut = count_cut_lines (type, letterhead->legal, sheet->right - sheet->left - FOOTER_INDENT);
  return TRUE;
}

struct _RubisAddressGauge
{
  RubisTypesetter *type; /* (owned) */
  double width;          /* of the window, in points */
};

RubisAddressGauge *
rubis_address_gauge_new (const RubisLetterheadFacts *facts, GError **error)
{
  g_autoptr (RubisLetterhead) letterhead = rubis_letterhead_new (facts, error);
  RubisAddressGauge *self;

  if (letterhead == NULL)
    return NULL;
  self = g_new0 (RubisAddressGauge, 1);
  self->type = rubis_typesetter_new (letterhead->font);
  self->width = letterhead->sheet.address.width;
  return self;
}

void
rubis_address_gauge_free (RubisAddressGauge *self)
{
  rubis_typesetter_free (self->type);
  g_free (self);
}

gboolean
rubis_address_gauge_cuts (RubisAddressGauge *self, const char *line)
{
  double scale = SMALLEST_TYPE / rubis_typesetter_get_size (RUBIS_TYPE_BODY);

  g_return_val_if_fail (self != NULL && line != NULL, FALSE);

  return rubis_typesetter_measure (self->type, RUBIS_TYPE_BODY, line) * scale > self->width;
}

char *
rubis_letterhead_dup_mentions (const RubisLetterheadFacts *facts)
{
  RubisLetterheadFacts bare = *facts;
  g_autoptr (RubisLetterhead) letterhead = NULL;

  bare.footer = NULL;
  bare.logo = NULL;
  letterhead = rubis_letterhead_new (&bare, NULL);
  return g_strjoinv ("\n", letterhead->legal);
}

gboolean
rubis_letterhead_probe_image (GBytes *image, int *width, int *height)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (image);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, NULL);

  if (pixbuf == NULL)
    return FALSE;
  *width = gdk_pixbuf_get_width (pixbuf);
  *height = gdk_pixbuf_get_height (pixbuf);
  return TRUE;
}

/* --- fonts --- */

/* The field fsType of the table OS/2: restricted licences and bitmaps only. */
static gboolean
may_be_embedded (hb_face_t *face)
{
  hb_blob_t *table = hb_face_reference_table (face, HB_TAG ('O', 'S', '/', '2'));
  unsigned int length;
  const char *data = hb_blob_get_data (table, &length);
  guint type = length >= 10 ? (guint)(guchar)data[8] << 8 | (guchar)data[9] : 0;

  hb_blob_destroy (table);
  /* The least strict of the bits decides; 2 alone forbids it. */
  return (type & 0x0200) == 0 && ((type & 0x000e) != 0x0002);
}

static gboolean
has_letters (hb_font_t *font)
{
  for (const char *p = NEEDED; *p != '\0'; p = g_utf8_next_char (p))
    {
      hb_codepoint_t glyph;

      if (!hb_font_get_nominal_glyph (font, g_utf8_get_char (p), &glyph))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_usable (PangoFontMap *map, PangoContext *context, const char *family)
{
  PangoFontDescription *wanted = pango_font_description_new ();
  PangoFont *font;
  PangoFontDescription *found = NULL;
  hb_font_t *hb_font;
  gboolean usable = FALSE;

  pango_font_description_set_family (wanted, family);
  pango_font_description_set_size (wanted, 10 * PANGO_SCALE);
  font = pango_font_map_load_font (map, context, wanted);
  pango_font_description_free (wanted);
  if (font == NULL)
    return FALSE;
  /* "Sans" and "Monospace" stand for another family. */
  found = pango_font_describe (font);
  hb_font = pango_font_get_hb_font (font);
  usable = g_strcmp0 (pango_font_description_get_family (found), family) == 0 && has_letters (hb_font)
           && may_be_embedded (hb_font_get_face (hb_font));
  pango_font_description_free (found);
  g_object_unref (font);
  return usable;
}

gboolean
rubis_letterhead_has_font (const char *family)
{
  g_autoptr (RubisTypesetter) type = rubis_typesetter_new (NULL);
  PangoContext *context = rubis_typesetter_get_context (type);

  return is_usable (pango_context_get_font_map (context), context, family);
}

static gboolean
is_scalable (PangoFontFamily *family)
{
  PangoFontFace *face = pango_font_family_get_face (family, NULL);
  int *sizes = NULL;
  int n_sizes = 0;

  if (face == NULL)
    return FALSE;
  pango_font_face_list_sizes (face, &sizes, &n_sizes);
  g_free (sizes);
  return n_sizes == 0;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *)a, *(const char *const *)b);
}

char **
rubis_letterhead_list_fonts (void)
{
  g_autoptr (RubisTypesetter) type = rubis_typesetter_new (NULL);
  PangoContext *context = rubis_typesetter_get_context (type);
  PangoFontMap *map = pango_context_get_font_map (context);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree PangoFontFamily **families = NULL;
  int n_families = 0;

  pango_font_map_list_families (map, &families, &n_families);
  for (int i = 0; i < n_families; i++)
    {
      const char *name = pango_font_family_get_name (families[i]);

      if (is_scalable (families[i]) && is_usable (map, context, name))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
