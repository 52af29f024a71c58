/* rubis-print-letters.h: printing letters, with the question whether they came out properly.
 *
 * Nothing may be noted as printed before the printer, or the user, has said so.
 */
#pragma once

#include "rubis-print.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;          /* of the job */
  const char *printer;        /* (nullable) NULL: a dialog asks for it */
  GtkPrintSettings *settings; /* (nullable) with @printer: copies */
  RubisPrintSides sides;      /* for which the file was made */
  gboolean one;               /* one letter: the questions speak of it */
  gboolean ask_always;        /* also when the printer says that all is well */
} RubisPrintOrder;

/* Prints @pdf. When the printer gets into trouble, and always with @ask_always, the user is asked how it came
 * out. */
void rubis_print_letters (GtkWindow *parent, GBytes *pdf, const RubisPrintOrder *order,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* TRUE when the letters came out. Errors: RUBIS_PRINT_ERROR_CANCELLED and G_IO_ERROR_CANCELLED are nothing to
 * tell of; the others are, in words. @facts: (out) (nullable) what the job was printed with.
 */
gboolean rubis_print_letters_finish (GAsyncResult *result, RubisPrintFacts *facts, GError **error);

G_END_DECLS
