/* rubis-invoice-grid.h: the place "Invoices": the items of the chosen accounts as a grid.
 *
 * Properties "session" (construct only), "group-id" and "account-id" (gint64, 0: all). Signal
 * "account-activated" (gint64): the account of the line that has the focus.
 * Actions, for the selected lines: grid.copy, grid.stop, grid.lift-stop, grid.letter, grid.why,
 * grid.open-account, grid.statement, grid.select-all.
 */
#pragma once

#include <adwaita.h>

#include "rubis-item-list.h"
#include "rubis-preferences.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_INVOICE_GRID (rubis_invoice_grid_get_type ())
G_DECLARE_FINAL_TYPE (RubisInvoiceGrid, rubis_invoice_grid, RUBIS, INVOICE_GRID, AdwBin)

/* @preferences: (unowned) (nullable) remembers columns, sort and filter; outlives the grid */
GtkWidget *rubis_invoice_grid_new (RubisSession *session, RubisPreferences *preferences);
/* Puts the cursor in the text filter (Ctrl+F). */
void rubis_invoice_grid_focus_filter (RubisInvoiceGrid *self);
/* Brings the line of that item into sight, chosen and with the focus; filters that hide it are taken off. */
void rubis_invoice_grid_show_item (RubisInvoiceGrid *self, gint64 item_id);
/* The day changed: lateness is another one. */
void rubis_invoice_grid_set_today (RubisInvoiceGrid *self, RubisDate today);
void rubis_invoice_grid_refresh (RubisInvoiceGrid *self);

G_END_DECLS
