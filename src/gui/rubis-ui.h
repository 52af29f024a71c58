/* rubis-ui.h: what all widgets share: resources, amounts and dates as shown, words to the user. */
#pragma once

#include <adwaita.h>

#include "rubis-date.h"
#include "rubis-money.h"
#include "rubis-session.h"

G_BEGIN_DECLS

/* Where the templates of ui/ lie: RUBIS_UI_PATH "rubis-window.ui". */
#define RUBIS_RESOURCE_PATH "/fr/rubis/Rubis"
#define RUBIS_UI_PATH RUBIS_RESOURCE_PATH "/ui/"

/* Registers resources and the types that templates name: the linker drops from a static library
 * what nobody mentions. Called by main and by tests, after adw_init() or before it.
 */
void rubis_ui_init (void);

/* An amount for a grid cell or a total: "1 234,56", "−12,00", "–" for zero; with the currency when
 * it differs from @own (pass an empty one to have it always). In the language of the user.
 */
char *rubis_ui_format_amount (gint64 minor, RubisCurrency currency, RubisCurrency own);
/* An amount for narrow places, without decimals from 1,000 on: "98 213", "412". */
char *rubis_ui_format_short_amount (gint64 minor, RubisCurrency currency);
char *rubis_ui_format_count (gint64 count);
/* "02/11/2026", and "2 novembre 2026" in prose. */
char *rubis_ui_format_date (RubisDate date);
char *rubis_ui_format_long_date (RubisDate date);

/* A date as typed: "2/11/2026", "02.11.26", "2026-11-02"; RUBIS_DATE_NONE when it is no date. */
RubisDate rubis_ui_parse_date (const char *text);

/* The CSS class of a lateness: "late-0" (not due), "late-30", "late-60", "late-90", "late-over". */
const char *rubis_ui_late_class (int days_late);

/* A confirmation, at the bottom of the main window over which @widget is shown; when @undo is set it
 * has a button that undoes the last edit. Does nothing without a main window.
 */
void rubis_ui_toast (GtkWidget *widget, const char *text, gboolean undo);
/* The same with a button for an action of the main window. @target: (nullable), floating */
void rubis_ui_toast_action (GtkWidget *widget, const char *text, const char *label, const char *action,
                            GVariant *target);
/* Says once what went wrong, in words: a small message in the main window, or (@blocking) a dialog
 * with @title. Cancelled work is no error: nothing is shown.
 */
void rubis_ui_show_error (GtkWidget *widget, const char *title, const GError *error, gboolean blocking);

/* Runs @func, which only reads, in a thread of its own: what a user looks up does not wait for the
 * work of the session. Finish with rubis_session_run_finish(); cancelled reads end as such.
 */
void rubis_ui_read_async (RubisSession *session, RubisWorkFunc func, gpointer data, GDestroyNotify destroy_data,
                          GDestroyNotify destroy_result, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);

G_END_DECLS
