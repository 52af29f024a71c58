/* rubis-registered.h: registered letters: their numbers, their course at the post, their proofs.
 *
 * Every change is one transaction, journaled for the account, and can be undone.
 */
#pragma once

#include "rubis-registered-letter.h"
#include "rubis-session.h"

G_BEGIN_DECLS

/* The newest first; @account_id 0: of all accounts. (transfer full) (element-type RubisRegisteredLetter) */
GPtrArray *rubis_session_list_registered (RubisSession *self, gint64 account_id, GError **error);
/* Errors: G_IO_ERROR_NOT_FOUND. (transfer full) */
RubisRegisteredLetter *rubis_session_get_registered (RubisSession *self, gint64 id, GError **error);

/* Gives a letter the number of its form, as typed or scanned: spaces and small letters do not matter, "" takes the
 * number away. The letter itself stays as it was written. @warning: (out) (nullable) what looks wrong with the
 * number, which is kept all the same. Errors: RUBIS_SESSION_ERROR_VALUE for what cannot be a number and for one
 * that another letter has, which is named; RUBIS_SESSION_ERROR_RULE when the number stands in the letter.
 */
gboolean rubis_session_number_registered (RubisSession *self, gint64 id, const char *number, char **warning,
                                          GError **error);
/* @guarantee: "R1", "R2" or "R3". */
gboolean rubis_session_set_registered_form (RubisSession *self, gint64 id, const char *guarantee,
                                            gboolean with_receipt, GError **error);
/* Notes what became of letters, on a day (rubis_registered_course_advance() has the rules). Where one of them
 * cannot, none is changed, and the error names it. @ids: (element-type gint64)
 *
 * With the state come its consequences: the deadline of the notice, for which the items wait; a wrong address is
 * marked on the account, and the items go back to the step before, so that the notice is due again as soon as the
 * address was corrected or confirmed.
 */
gboolean rubis_session_advance_registered (RubisSession *self, GArray *ids, RubisRegisteredState state,
                                           RubisDate date, GError **error);
/* The user looked: letters may go to this address again. */
gboolean rubis_session_confirm_address (RubisSession *self, gint64 account_id, GError **error);

/* Adds @count numbers, from @first on, to the stock of forms. The agenda hands them out in this order and prints
 * them in the letters. Errors: RUBIS_SESSION_ERROR_VALUE, also when the numbers after the first cannot be told
 * because its check digit does not fit the rule.
 */
gboolean rubis_session_add_registered_stock (RubisSession *self, const char *first, guint count, GError **error);
/* Takes a spoilt form out of the stock. Errors: G_IO_ERROR_NOT_FOUND. */
gboolean rubis_session_remove_registered_stock (RubisSession *self, const char *number, GError **error);
/* The numbers left, next first. (transfer full) (element-type utf8) */
GPtrArray *rubis_session_list_registered_stock (RubisSession *self, GError **error);

/* What waits for the user: shown among what is to do today. */
typedef struct {
  guint n_to_number;
  guint n_to_post;
  guint n_to_ask;      /* presented more than 15 days ago, and nothing came back */
  GPtrArray *returned; /* (element-type RubisRegisteredLetter) whose address has to be checked */
} RubisRegisteredTasks;
RubisRegisteredTasks *rubis_session_list_registered_tasks (RubisSession *self, GError **error);
void rubis_registered_tasks_free (RubisRegisteredTasks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisRegisteredTasks, rubis_registered_tasks_free)

G_END_DECLS
