/* rubis-item-criteria.h: what a list of items is narrowed to, in the form that users keep: a period such as
 * "this month" is reckoned anew each day.
 */
#pragma once

#include "rubis-field-test.h"
#include "rubis-item-list.h"

G_BEGIN_DECLS

/* Texts are never NULL. */
typedef struct
{
  char *state;  /* "open", "overdue", "not-due", "credits", "all" */
  int since;    /* days late at least */
  char *period; /* "any", "month", "next-month", "last-month", "quarter", "year", "custom" */
  RubisDate custom_from;
  RubisDate custom_to;
  char *text;
  GPtrArray *tests; /* (element-type RubisFieldTest) */
} RubisItemCriteria;

/* Open items of any age. (transfer full) */
RubisItemCriteria *rubis_item_criteria_new (void);
void rubis_item_criteria_free (RubisItemCriteria *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisItemCriteria, rubis_item_criteria_free)

/* Whether there is such a state, such a period. */
gboolean rubis_item_criteria_has_state (const char *state);
gboolean rubis_item_criteria_has_period (const char *period);
/* First and last day of the period, reckoned on @today; RUBIS_DATE_NONE: no limit. */
void rubis_item_criteria_get_period (const RubisItemCriteria *self, RubisDate today, RubisDate *from,
                                     RubisDate *to);
/* What a list is asked for; it borrows from @self. */
void rubis_item_criteria_get_filter (const RubisItemCriteria *self, RubisDate today, RubisItemFilter *filter);
/* TRUE when anything but the plain open items is asked for. */
gboolean rubis_item_criteria_is_narrowed (const RubisItemCriteria *self);

/* a{sv} without what is as at first. (transfer floating) */
GVariant *rubis_item_criteria_to_variant (const RubisItemCriteria *self);
/* The other way round. @fields: (element-type RubisCustomField) those there are: conditions on others are
 * left out, as is all that cannot be understood. (transfer full)
 */
RubisItemCriteria *rubis_item_criteria_new_from_variant (GVariant *state, GPtrArray *fields);

/* The fields of accounts, then those of items, for the function above. (transfer full) (element-type
 * RubisCustomField) */
GPtrArray *rubis_session_list_all_fields (RubisSession *self, GError **error);
/* The criteria of a saved filter of the place "invoices". G_IO_ERROR_NOT_FOUND names those there are.
 * (transfer full) */
RubisItemCriteria *rubis_session_load_criteria (RubisSession *self, const char *name, GError **error);
/* The items that pass, by due date. (transfer full) (element-type gint64) */
GArray *rubis_session_list_matching_items (RubisSession *self, const RubisItemCriteria *criteria,
                                           GError **error);

G_END_DECLS
