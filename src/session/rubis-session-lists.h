/* rubis-session-lists.h: accounts, items and events as records for the command line.
 *
 * The keys are those of the JSON that other programs rely on.
 */
#pragma once

#include "rubis-item-criteria.h"
#include "rubis-session.h"

G_BEGIN_DECLS

/* Called for each record, an a{sv} that is borrowed. */
typedef void (*RubisRecordFunc) (GVariant *record, gpointer user_data);

/* The account of that code. Errors: G_IO_ERROR_NOT_FOUND, in words. */
gboolean rubis_session_find_account (RubisSession *self, const char *code, gint64 *id, GError **error);

/* One record an account and currency, by code; one in the dossier's currency for those that owe nothing. */
gboolean rubis_session_each_account_record (RubisSession *self, RubisRecordFunc func, gpointer user_data,
                                            GError **error);

typedef enum {
  RUBIS_ITEM_RECORDS_ALL,
  RUBIS_ITEM_RECORDS_OPEN,    /* something is open */
  RUBIS_ITEM_RECORDS_OVERDUE, /* debits past their due date */
} RubisItemRecords;

/* @account: (nullable) code of the only account wanted. @criteria: (nullable) what else the items must have. By account code, then due date; each with the
 * answer of eligibility for the session's day.
 */
gboolean rubis_session_each_item_record (RubisSession *self, const char *account, RubisItemRecords which,
                                         const RubisItemCriteria *criteria, RubisRecordFunc func, gpointer user_data, GError **error);

/* The journal, oldest first. @account: (nullable) */
gboolean rubis_session_each_event_record (RubisSession *self, const char *account, RubisRecordFunc func,
                                          gpointer user_data, GError **error);

/* The templates of the dossier: id, name, language, version, lines. @language: (nullable) only those in it */
gboolean rubis_session_each_template_record (RubisSession *self, const char *language, RubisRecordFunc func,
                                             gpointer user_data, GError **error);
/* The text of a template in @language (NULL: that of the reader, else the first there is of French, English and the
 * others). Errors: G_IO_ERROR_NOT_FOUND. (transfer full)
 */
char *rubis_session_get_template_text (RubisSession *self, const char *id, const char *language, GError **error);

/* A run of a day before the last contact made is refused: a wrong clock would otherwise dun from a
 * state that is no longer true. Errors: RUBIS_SESSION_ERROR_RULE.
 */
gboolean rubis_session_check_run_date (RubisSession *self, GError **error);

G_END_DECLS
