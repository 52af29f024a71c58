/* rubis-print.h: PDF files to printers.
 *
 * Letters are finished PDF files: they are handed to the printing system as they are, and the job
 * is followed until it is printed or the printer says that it is in trouble.
 */
#pragma once

#include <gtk/gtk.h>
#include <gtk/gtkunixprint.h>

G_BEGIN_DECLS

#define RUBIS_PRINT_ERROR (rubis_print_error_quark ())
typedef enum {
  RUBIS_PRINT_ERROR_CANCELLED,  /* the user closed the dialog */
  RUBIS_PRINT_ERROR_NO_PRINTER, /* there is no printer of that name */
  RUBIS_PRINT_ERROR_REFUSED,    /* the job was not taken: nothing was printed */
  RUBIS_PRINT_ERROR_TROUBLE,    /* the job was taken, then the printer stopped: unknown what came out */
} RubisPrintError;
GQuark rubis_print_error_quark (void);

typedef enum {
  RUBIS_PRINT_PRINTED, /* the printing system says that the job is finished */
  RUBIS_PRINT_QUEUED,  /* handed over without complaint; it waits for its turn */
} RubisPrintOutcome;

/* Sends @pdf to the printer called @printer, without a dialog. @settings: copies, duplex…; NULL for
 * the printer's own. The callback comes when the job is finished, in trouble, or has waited quietly
 * for a minute.
 */
void rubis_print_send (const char *printer, GBytes *pdf, const char *title, GtkPrintSettings *settings,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rubis_print_send_finish (GAsyncResult *result, RubisPrintOutcome *outcome, GError **error);

/* Which sides of the sheets are printed. A file of several letters was made for one of the two: printed otherwise,
 * two customers' letters would share a sheet.
 */
typedef enum {
  RUBIS_PRINT_SIDES_CHOSEN, /* as the user says: a single letter */
  RUBIS_PRINT_SIDES_ONE,
  RUBIS_PRINT_SIDES_TWO,
} RubisPrintSides;

/* Asks for the printer, copies and duplex, then sends as above. The choice is kept for the next time; @sides goes
 * before it.
 */
void rubis_print_run_dialog (GtkWindow *parent, GBytes *pdf, const char *title, RubisPrintSides sides,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Asks for the same, and prints nothing: for letters that are noted before they go to the printer. */
void rubis_print_choose (GtkWindow *parent, RubisPrintSides sides, GAsyncReadyCallback callback, gpointer user_data);
/* @printer: (out) (transfer full) its name. @settings: (out) (transfer full). FALSE with
 * RUBIS_PRINT_ERROR_CANCELLED when the user thought better of it.
 */
gboolean rubis_print_choose_finish (GAsyncResult *result, char **printer, GtkPrintSettings **settings, GError **error);
/* Makes @settings print @sides, whatever they said. */
void rubis_print_settings_set_sides (GtkPrintSettings *settings, RubisPrintSides sides);
gboolean rubis_print_run_dialog_finish (GAsyncResult *result, RubisPrintOutcome *outcome, GError **error);

/* What a job was printed with. */
typedef struct {
  char *printer;   /* (owned) "" when none was chosen */
  int copies;
  gboolean duplex;
} RubisPrintFacts;
/* Of the result of either of the two above. @facts: (out) its printer is to be freed */
void rubis_print_take_facts (GAsyncResult *result, RubisPrintFacts *facts);

/* The names of the printers that take jobs; also called when there is none. (element-type utf8) */
typedef void (*RubisPrintersFunc) (GPtrArray *names, gpointer user_data);
void rubis_print_list_printers (RubisPrintersFunc func, gpointer user_data, GDestroyNotify destroy);

G_END_DECLS
