/* rubis-letter-structure.c: says in the PDF what its parts are, for screen readers. An element ends with its
 * page: a table that goes on is another one with headings of its own.
 */
#include "rubis-letter-private.h"

void
rubis_letter_begin (const RubisLetter *self, cairo_t *cr, const char *element)
{
  if (self->tagged)
    cairo_tag_begin (cr, element, NULL);
}

void
rubis_letter_end (const RubisLetter *self, cairo_t *cr, const char *element)
{
  if (self->tagged)
    cairo_tag_end (cr, element);
}

/* What a box is part of: a list, a table, or nothing. */
static const char *
get_block (const RubisBox *box, gconstpointer *key)
{
  *key = NULL;
  if (box == NULL)
    return NULL;
  if (box->kind == RUBIS_BOX_LINE)
    return box->listed ? "L" : NULL;
  if (box->grid == NULL && box->cells == NULL)
    return NULL;
  *key = box->grid != NULL ? (gconstpointer)box->grid : box->cells;
  return "Table";
}

static const char *
get_paragraph (const RubisBox *box)
{
  static const char *const headings[] = { "H2", "H3", "H4", "H5", "H6", "H6" };

  if (box->listed)
    return "LI";
  /* The subject is the heading above all. */
  return box->heading > 0 ? headings[MIN (box->heading, G_N_ELEMENTS (headings)) - 1] : "P";
}

void
rubis_letter_enter_box (const RubisLetter *self, cairo_t *cr, RubisStructure *structure, const RubisBox *box)
{
  PangoLayout *layout = box != NULL && box->kind == RUBIS_BOX_LINE ? box->layout : NULL;
  gconstpointer key;
  const char *block = get_block (box, &key);
  gboolean same = block == structure->block && key == structure->key;

  if (!self->tagged)
    return;
  if (structure->paragraph != NULL && (layout != structure->layout || !same))
    {
      rubis_letter_end (self, cr, structure->paragraph);
      structure->paragraph = NULL;
    }
  if (!same && structure->block != NULL)
    rubis_letter_end (self, cr, structure->block);
  if (!same && block != NULL)
    rubis_letter_begin (self, cr, block);
  if (layout != NULL && structure->paragraph == NULL)
    {
      structure->paragraph = get_paragraph (box);
      rubis_letter_begin (self, cr, structure->paragraph);
    }
  structure->block = block;
  structure->key = key;
  structure->layout = layout;
}
