/* rubis-filter-bar.h: the row of filters over the invoice grid.
 *
 * Properties, each also an action of the same name in the group "filter": "state" (string: "open",
 * "overdue", "not-due", "credits", "all"), "since" (int, days late at least), "period" (string: "any",
 * "month", "next-month", "last-month", "quarter", "year", "custom"). Signal "changed": the filter is
 * another one. Signal "fields-read": the fields that users added may be others.
 */
#pragma once

#include <adwaita.h>

#include "rubis-item-list.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_FILTER_BAR (rubis_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (RubisFilterBar, rubis_filter_bar, RUBIS, FILTER_BAR, AdwBin)

GtkWidget *rubis_filter_bar_new (void);
/* Whose fields and saved filters are offered. @session: (nullable) */
void rubis_filter_bar_set_session (RubisFilterBar *self, RubisSession *session);
/* The fields that users added, once they were read. (transfer none) (nullable) (element-type RubisCustomField) */
GPtrArray *rubis_filter_bar_get_fields (RubisFilterBar *self);
/* The day on which periods are reckoned. */
void rubis_filter_bar_set_today (RubisFilterBar *self, RubisDate today);
/* The filter as set by the user. The text belongs to the bar and lasts until it is changed. */
void rubis_filter_bar_get_filter (RubisFilterBar *self, RubisItemFilter *filter);
/* TRUE when anything but the plain open items is asked for. */
gboolean rubis_filter_bar_is_narrowed (RubisFilterBar *self);
/* Open items of any age, without text. */
void rubis_filter_bar_reset (RubisFilterBar *self);
/* A period of one's own; RUBIS_DATE_NONE leaves that side open. */
void rubis_filter_bar_set_custom_period (RubisFilterBar *self, RubisDate from, RubisDate to);
void rubis_filter_bar_focus_text (RubisFilterBar *self);

G_END_DECLS
