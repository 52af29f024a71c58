/* rubis-letter-blocks.c: bank details with their QR code, signature, images. */
#include "rubis-letter-private.h"

#include "rubis-letterhead-private.h"
#include "rubis-barcode.h"
#include "rubis-words.h"

#define FACT_LEADING 12.5
#define FACT_VALUE 92.0 /* from the left of the labels to the values */
#define BLOCK_PADDING 6.0
#define QR_SIZE RUBIS_MM (23.5)
/* Four modules of the smallest code that a payment makes are a ninth of its side. */
#define QR_MARGIN RUBIS_MM (3.2)
#define SCAN_LEADING 10.0
#define SIGNATURE_WIDTH RUBIS_MM (62)
#define SIGNATURE_HEIGHT RUBIS_MM (16)
#define SIGNATURE_LEADING 13.0

typedef struct
{
  const char *label;
  const char *value;
} Fact;
#define MAX_FACTS 6

static guint
list_facts (RubisLetter *self, const char *iban, Fact facts[MAX_FACTS])
{
  const RubisPaymentDetails *payment = rubis_document_get_payment (self->document);
  const Fact all[] = {
    { rubis_words_get (RUBIS_WORD_BENEFICIARY, self->language),
      payment->iban != NULL ? payment->beneficiary : NULL },
    { "IBAN", iban },
    { "BIC", payment->bic },
    { rubis_words_get (RUBIS_WORD_REFERENCE, self->language), payment->reference },
    { rubis_words_get (RUBIS_WORD_AMOUNT, self->language), payment->amount },
    { rubis_words_get (RUBIS_WORD_PAY_ONLINE, self->language), payment->link },
  };
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if (all[i].value != NULL && *all[i].value != '\0')
        facts[n++] = all[i];
    }
  return n;
}

double
rubis_letter_measure_payment (RubisLetter *self)
{
  const RubisPaymentDetails *payment = rubis_document_get_payment (self->document);
  Fact facts[MAX_FACTS];
  double height = (list_facts (self, payment->iban, facts) + 1) * FACT_LEADING;

  if (payment->qr != NULL)
    height = MAX (height, QR_SIZE + QR_MARGIN + SCAN_LEADING);
  return height + 2 * BLOCK_PADDING;
}

static gboolean
draw_qr (RubisLetter *self, const RubisBox *box, cairo_t *cr, const char *payload, GError **error)
{
  double x = self->sheet.right - QR_SIZE - QR_MARGIN;
  gboolean drawn;

  cairo_set_source_rgb (cr, 0, 0, 0);
  rubis_letter_begin (self, cr, "Figure");
  drawn = rubis_barcode_draw_qr (payload, cr, x, box->y + BLOCK_PADDING, QR_SIZE, error);
  rubis_letter_end (self, cr, "Figure");
  if (!drawn)
    return FALSE;
  rubis_letter_set_colour (cr, RUBIS_GREY);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_TINY, rubis_words_get (RUBIS_WORD_SCAN, self->language),
                         self->sheet.right, box->y + BLOCK_PADDING + QR_SIZE + QR_MARGIN + 5,
                         RUBIS_ALIGN_RIGHT, 0, TRUE);
  return TRUE;
}

gboolean
rubis_letter_draw_payment (RubisLetter *self, const RubisBox *box, cairo_t *cr, GError **error)
{
  const RubisPaymentDetails *payment = rubis_document_get_payment (self->document);
  g_autofree char *iban = rubis_document_group_iban (payment->iban);
  Fact facts[MAX_FACTS];
  guint n = list_facts (self, iban, facts);
  double x = self->sheet.left + 10;
  double y = box->y + BLOCK_PADDING + FACT_LEADING - 3.5;
  double room = self->sheet.right - x - FACT_VALUE - (payment->qr != NULL ? QR_SIZE + 3 * QR_MARGIN : 0);

  rubis_letter_set_colour (cr, self->accent);
  cairo_rectangle (cr, self->sheet.left, box->y + BLOCK_PADDING, 1.6, (n + 1) * FACT_LEADING);
  cairo_fill (cr);
  rubis_letter_begin (self, cr, "P");
  rubis_typesetter_show (
      self->type, cr, RUBIS_TYPE_TABLE_BOLD,
      rubis_words_get (payment->iban != NULL ? RUBIS_WORD_PAY_BY_TRANSFER : RUBIS_WORD_PAY_ONLINE,
                       self->language),
      x, y, RUBIS_ALIGN_LEFT, 0, TRUE);
  for (guint i = 0; i < n; i++)
    {
      gboolean wide;

      y += FACT_LEADING;
      rubis_letter_set_colour (cr, RUBIS_GREY);
      rubis_typesetter_show (self->type, cr, RUBIS_TYPE_SMALL, facts[i].label, x, y, RUBIS_ALIGN_LEFT, 0,
                             TRUE);
      /* A long reference must not lose its end. */
      wide = rubis_typesetter_measure (self->type, RUBIS_TYPE_TABLE, facts[i].value) > room;
      rubis_letter_set_colour (cr, self->ink);
      rubis_typesetter_show (self->type, cr, wide ? RUBIS_TYPE_TINY : RUBIS_TYPE_TABLE, facts[i].value,
                             x + FACT_VALUE, y, RUBIS_ALIGN_LEFT, room, FALSE);
    }
  rubis_letter_end (self, cr, "P");
  return payment->qr == NULL || draw_qr (self, box, cr, payment->qr, error);
}

static double
get_signature_height (const RubisLetter *self)
{
  return self->letterhead != NULL ? self->letterhead->signature_height : SIGNATURE_HEIGHT;
}

double
rubis_letter_measure_signature (RubisLetter *self)
{
  const RubisSignatory *signatory = rubis_document_get_signatory (self->document);

  return get_signature_height (self) + SIGNATURE_LEADING * (signatory->role != NULL ? 2 : 1) + 6;
}

gboolean
rubis_letter_draw_signature (RubisLetter *self, const RubisBox *box, cairo_t *cr, GError **error)
{
  const RubisSignatory *signatory = rubis_document_get_signatory (self->document);
  double left = MIN (RUBIS_MM (110), self->sheet.right - SIGNATURE_WIDTH);
  double room = self->sheet.right - left;
  double y = box->y + SIGNATURE_LEADING - 3;

  rubis_letter_begin (self, cr, "P");
  rubis_letter_set_colour (cr, self->ink);
  rubis_typesetter_show (self->type, cr, RUBIS_TYPE_BOLD, signatory->name != NULL ? signatory->name : "",
                         left, y, RUBIS_ALIGN_LEFT, room, FALSE);
  if (signatory->role != NULL)
    {
      y += SIGNATURE_LEADING;
      rubis_letter_set_colour (cr, RUBIS_GREY);
      rubis_typesetter_show (self->type, cr, RUBIS_TYPE_TABLE, signatory->role, left, y, RUBIS_ALIGN_LEFT,
                             room, FALSE);
    }
  rubis_letter_end (self, cr, "P");
  /* Without an image the room stays free for a signature by hand. */
  return signatory->image == NULL
         || rubis_letter_show_image (
             self, cr, signatory->image,
             &(RubisZone){ left, y + 6, SIGNATURE_WIDTH, get_signature_height (self) * self->squeeze },
             RUBIS_ALIGN_LEFT, error);
}

gboolean
rubis_letter_show_image (RubisLetter *self, cairo_t *cr, GBytes *image, const RubisZone *zone,
                         RubisAlign align, GError **error)
{
  cairo_surface_t *surface = g_hash_table_lookup (self->images, image);
  double scale;
  double room;

  if (surface == NULL)
    {
      surface = rubis_letterhead_load_image (image, error);
      if (surface == NULL)
        return FALSE;
      g_hash_table_insert (self->images, g_bytes_ref (image), surface);
    }
  scale = MIN (zone->width / cairo_image_surface_get_width (surface),
               zone->height / cairo_image_surface_get_height (surface));
  room = zone->width - cairo_image_surface_get_width (surface) * scale;
  rubis_letter_begin (self, cr, "Figure");
  cairo_save (cr);
  cairo_translate (cr,
                   zone->x
                       + (align == RUBIS_ALIGN_RIGHT    ? room
                          : align == RUBIS_ALIGN_CENTER ? room / 2
                                                        : 0),
                   zone->y);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, surface, 0, 0);
  /* Other filters ask the reader to interpolate, which ISO 19005 forbids. */
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_FAST);
  /* Painting would close the elements of the structure, in Cairo 1.16. */
  cairo_rectangle (cr, 0, 0, cairo_image_surface_get_width (surface),
                   cairo_image_surface_get_height (surface));
  cairo_fill (cr);
  cairo_restore (cr);
  rubis_letter_end (self, cr, "Figure");
  return TRUE;
}

gboolean
rubis_letter_draw_image (RubisLetter *self, const RubisBox *box, cairo_t *cr, GError **error)
{
  const RubisZone zone = { self->sheet.left, box->y, rubis_letter_get_width (self), box->height };

  return rubis_letter_show_image (self, cr, box->block->image, &zone, RUBIS_ALIGN_LEFT, error);
}
