/* rubis-print-run.h: printing the letters that were just written, so that none is ever sent twice.
 *
 * They wait in the dossier already. A print job is noted before the printer gets them and answered
 * afterwards: whatever happens in between, they are not proposed again, and the job asks for its answer under
 * "To post".
 */
#pragma once

#include "rubis-agenda-list.h"
#include "rubis-print-letters.h"

G_BEGIN_DECLS

/* The ids of the letters that @report says were written. (transfer full) (element-type gint64) */
GArray *rubis_print_run_list_letters (const RubisRunReport *report);

/* Prints the waiting letters @document_ids (element-type gint64) on the printer that @order names. Cancelled
 * once the printer has them, the job stays without an answer.
 */
void rubis_print_run (GtkWindow *parent, RubisSession *session, GArray *document_ids,
                      const RubisPrintOrder *order, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data);
/* The letters (element-type RubisPostLetter) that were left out because they are no longer owed; all the
 * others were printed and are noted as such. NULL with @error, in words that say where the letters wait, when
 * they were not printed or nobody knows. (transfer full)
 */
GPtrArray *rubis_print_run_finish (GAsyncResult *result, GError **error);

/* Shows what waits to be posted in the window @parent belongs to. */
void rubis_print_run_show_post (GtkWindow *parent);

G_END_DECLS
