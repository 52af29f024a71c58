#include "rubis-barcode.h"

#include "rubis-letter-writer.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <zint.h>

/* Modules of a version 13 code, the largest that EPC069-12 allows. */
#define MAX_SIDE 69
/* Of Code 128, in points: as printed on slips of registered letters, and the least that readers take. */
#define MAX_MODULE (0.33 * 72 / 25.4)
#define MIN_MODULE (0.19 * 72 / 25.4)

typedef struct zint_symbol Symbol;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Symbol, ZBarcode_Delete)

static Symbol *
encode_qr (const char *payload, gsize length, GError **error)
{
  g_autoptr (Symbol) symbol = ZBarcode_Create ();
  int status;

  if (symbol == NULL)
    g_error ("out of memory");
  symbol->symbology = BARCODE_QRCODE;
  symbol->input_mode = DATA_MODE;
  symbol->option_1 = 2; /* error correction M */
  status = ZBarcode_Encode (symbol, (const unsigned char *)payload, (int)length);
  if (status >= ZINT_ERROR || symbol->width > MAX_SIDE)
    {
      g_set_error (error, RUBIS_LETTER_ERROR, RUBIS_LETTER_ERROR_QR,
                   _ ("The payment QR code cannot be made: shorten the beneficiary or the reference"));
      return NULL;
    }
  return g_steal_pointer (&symbol);
}

static gboolean
is_dark (const Symbol *symbol, int row, int column)
{
  return ((symbol->encoded_data[row][column >> 3] >> (column & 7)) & 1) != 0;
}

/* The dark runs of a row as rectangles of @height. */
static void
add_row (const Symbol *symbol, int row, cairo_t *cr, double x, double y, double module, double height)
{
  for (int column = 0; column < symbol->width; column++)
    {
      int first = column;

      while (column < symbol->width && is_dark (symbol, row, column))
        column++;
      if (column > first)
        cairo_rectangle (cr, x + first * module, y, (column - first) * module, height);
    }
}

gboolean
rubis_barcode_draw_qr (const char *payload, cairo_t *cr, double x, double y, double size, GError **error)
{
  g_autoptr (Symbol) symbol = NULL;
  double module;

  g_return_val_if_fail (payload != NULL, FALSE);

  symbol = encode_qr (payload, strlen (payload), error);
  if (symbol == NULL)
    return FALSE;
  module = size / symbol->width;
  for (int row = 0; row < symbol->rows; row++)
    add_row (symbol, row, cr, x, y + row * module, module, module);
  cairo_fill (cr);
  return TRUE;
}

char *
rubis_barcode_qr_to_string (const char *payload, gsize length, GError **error)
{
  g_autoptr (Symbol) symbol = NULL;
  GString *text;

  g_return_val_if_fail (payload != NULL, NULL);

  symbol = encode_qr (payload, length, error);
  if (symbol == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (int row = 0; row < symbol->rows; row++)
    {
      if (row > 0)
        g_string_append_c (text, '\n');
      for (int column = 0; column < symbol->width; column++)
        g_string_append_c (text, is_dark (symbol, row, column) ? '1' : '0');
    }
  return g_string_free (text, FALSE);
}

double
rubis_barcode_draw_code128 (const char *text, cairo_t *cr, double x, double y, double max_width,
                            double height)
{
  g_autoptr (Symbol) symbol = NULL;
  double module;

  g_return_val_if_fail (text != NULL, 0);

  symbol = ZBarcode_Create ();
  if (symbol == NULL)
    g_error ("out of memory");
  symbol->symbology = BARCODE_CODE128;
  symbol->input_mode = DATA_MODE;
  if (ZBarcode_Encode (symbol, (const unsigned char *)text, (int)strlen (text)) >= ZINT_ERROR)
    return 0;
  module = MIN (max_width / symbol->width, MAX_MODULE);
  if (module < MIN_MODULE)
    return 0;
  add_row (symbol, 0, cr, x, y, module, height);
  cairo_fill (cr);
  return symbol->width * module;
}
