#include "rubis-typesetter.h"

#include <pango/pangofc-fontmap.h>

/* Liberation Sans has tabular figures and every sign that a letter needs; the others stand in. */
#define FAMILIES "Liberation Sans,Arimo,Arial,Helvetica,DejaVu Sans,Sans"
/* Repeated words kept: the labels of a few letterheads and languages. */
#define MAX_LABELS 512

static const struct
{
  double size;
  gboolean bold;
} styles[RUBIS_N_TYPE_STYLES] = {
  [RUBIS_TYPE_BODY] = { 10, FALSE },       [RUBIS_TYPE_BOLD] = { 10, TRUE },
  [RUBIS_TYPE_SUBJECT] = { 10.5, TRUE },   [RUBIS_TYPE_HEADING] = { 11.5, TRUE },
  [RUBIS_TYPE_NAME] = { 15, TRUE },        [RUBIS_TYPE_SMALL] = { 8.5, FALSE },
  [RUBIS_TYPE_SMALL_BOLD] = { 8.5, TRUE }, [RUBIS_TYPE_TABLE] = { 9, FALSE },
  [RUBIS_TYPE_TABLE_BOLD] = { 9, TRUE },   [RUBIS_TYPE_TABLE_HEAD] = { 8, FALSE },
  [RUBIS_TYPE_TINY] = { 7, FALSE },        [RUBIS_TYPE_DENSE] = { 7.8, FALSE },
  [RUBIS_TYPE_DENSE_BOLD] = { 7.8, TRUE },
};

struct _RubisTypesetter
{
  PangoFontMap *font_map;                           /* (owned) */
  PangoContext *context;                            /* (owned) */
  PangoFontDescription *fonts[RUBIS_N_TYPE_STYLES]; /* (owned) */
  PangoLayout *scratch[RUBIS_N_TYPE_STYLES];        /* (owned); one line each */
  GPtrArray *pool;                                  /* (owned) (element-type PangoLayout) */
  guint n_borrowed;
  GHashTable *labels; /* (owned) (element-type utf8 PangoLayout); the key starts with the style */
};

static PangoContext *
make_context (PangoFontMap *font_map)
{
  PangoContext *context = pango_font_map_create_context (font_map);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Paper has no pixels: nothing is moved to a grid. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  pango_context_set_round_glyph_positions (context, FALSE);
  /* A name in Arabic must not turn the letter round. */
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  cairo_font_options_destroy (options);
  return context;
}

static PangoLayout *
make_layout (RubisTypesetter *self, RubisTypeStyle style)
{
  PangoLayout *layout = pango_layout_new (self->context);

  pango_layout_set_font_description (layout, self->fonts[style]);
  pango_layout_set_auto_dir (layout, FALSE);
  return layout;
}

RubisTypesetter *
rubis_typesetter_new (const char *family)
{
  RubisTypesetter *self = g_new0 (RubisTypesetter, 1);
  g_autofree char *families = family != NULL ? g_strconcat (family, "," FAMILIES, NULL) : g_strdup (FAMILIES);

  self->font_map = pango_cairo_font_map_new_for_font_type (CAIRO_FONT_TYPE_FT);
  if (self->font_map == NULL)
    self->font_map = pango_cairo_font_map_new ();
  /* One unit is one point. */
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (self->font_map), 72);
  self->context = make_context (self->font_map);
  for (int i = 0; i < RUBIS_N_TYPE_STYLES; i++)
    {
      self->fonts[i] = pango_font_description_new ();
      pango_font_description_set_family (self->fonts[i], families);
      pango_font_description_set_size (self->fonts[i], (int)(styles[i].size * PANGO_SCALE));
      pango_font_description_set_weight (self->fonts[i],
                                         styles[i].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
      self->scratch[i] = make_layout (self, i);
      pango_layout_set_single_paragraph_mode (self->scratch[i], TRUE);
      pango_layout_set_ellipsize (self->scratch[i], PANGO_ELLIPSIZE_END);
    }
  self->pool = g_ptr_array_new_with_free_func (g_object_unref);
  self->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

void
rubis_typesetter_free (RubisTypesetter *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->labels);
  g_ptr_array_unref (self->pool);
  for (int i = 0; i < RUBIS_N_TYPE_STYLES; i++)
    {
      g_object_unref (self->scratch[i]);
      pango_font_description_free (self->fonts[i]);
    }
  g_object_unref (self->context);
  g_object_unref (self->font_map);
  g_free (self);
}

PangoContext *
rubis_typesetter_get_context (RubisTypesetter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->context;
}

const PangoFontDescription *
rubis_typesetter_get_font (RubisTypesetter *self, RubisTypeStyle style)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fonts[style];
}

double
rubis_typesetter_get_size (RubisTypeStyle style)
{
  return styles[style].size;
}

PangoLayout *
rubis_typesetter_borrow (RubisTypesetter *self, RubisTypeStyle style, double width)
{
  PangoLayout *layout;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->n_borrowed == self->pool->len)
    g_ptr_array_add (self->pool, make_layout (self, style));
  layout = g_ptr_array_index (self->pool, self->n_borrowed++);
  pango_layout_set_font_description (layout, self->fonts[style]);
  pango_layout_set_attributes (layout, NULL);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  return layout;
}

void
rubis_typesetter_reset (RubisTypesetter *self)
{
  g_return_if_fail (self != NULL);

  self->n_borrowed = 0;
}

double
rubis_typesetter_measure (RubisTypesetter *self, RubisTypeStyle style, const char *text)
{
  int width;

  g_return_val_if_fail (self != NULL, 0);

  pango_layout_set_width (self->scratch[style], -1);
  pango_layout_set_text (self->scratch[style], text, -1);
  pango_layout_get_size (self->scratch[style], &width, NULL);
  return (double)width / PANGO_SCALE;
}

static PangoLayout *
find_label (RubisTypesetter *self, RubisTypeStyle style, const char *text)
{
  g_autofree char *key = g_strdup_printf ("%c%s", 'A' + (char)style, text);
  PangoLayout *layout = g_hash_table_lookup (self->labels, key);

  if (layout != NULL)
    return layout;
  if (g_hash_table_size (self->labels) >= MAX_LABELS)
    g_hash_table_remove_all (self->labels);
  layout = make_layout (self, style);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  g_hash_table_insert (self->labels, g_steal_pointer (&key), layout);
  return layout;
}

void
rubis_typesetter_show (RubisTypesetter *self, cairo_t *cr, RubisTypeStyle style, const char *text, double x,
                       double baseline, RubisAlign align, double max_width, gboolean repeated)
{
  PangoLayout *layout;
  int width;

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  if (*text == '\0')
    return;
  if (repeated)
    layout = find_label (self, style, text);
  else
    {
      layout = self->scratch[style];
      pango_layout_set_width (layout, -1);
      pango_layout_set_text (layout, text, -1);
    }
  pango_layout_get_size (layout, &width, NULL);
  if (!repeated && max_width > 0 && width > max_width * PANGO_SCALE)
    {
      pango_layout_set_width (layout, (int)(max_width * PANGO_SCALE));
      pango_layout_get_size (layout, &width, NULL);
    }
  if (align == RUBIS_ALIGN_RIGHT)
    x -= (double)width / PANGO_SCALE;
  else if (align == RUBIS_ALIGN_CENTER)
    x -= (double)width / PANGO_SCALE / 2;
  cairo_move_to (cr, x, baseline);
  pango_cairo_show_layout_line (cr, pango_layout_get_line_readonly (layout, 0));
}
