/* rubis-registered-private.h: what the files on registered letters share. */
#pragma once

#include "rubis-agenda-list.h"
#include "rubis-registered-letter.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-events.h"
#include "rubis-store-registered.h"

G_BEGIN_DECLS

/* (transfer full) */
RubisRegisteredLetter *rubis_registered_letter_from_record (const RubisRegisteredRecord *record);
/* Errors: G_IO_ERROR_NOT_FOUND. (transfer full) */
RubisRegisteredRecord *rubis_registered_load (RubisDatabase *db, gint64 id, GError **error);
/* "1A 787 789 3287 8 (Menuiserie Garçon)": how messages name a letter. (transfer full) */
char *rubis_registered_describe (const RubisRegisteredRecord *record);
/* A number as it is stored. Errors: RUBIS_SESSION_ERROR_VALUE. @warning: (out) (nullable). (transfer full) */
char *rubis_registered_read_number (const char *typed, char **warning, GError **error);

/* An edit of letters: puts @records (transfer full, element-type RubisRegisteredRecord) in. What the journal says of
 * each comes from @summaries (transfer full, element-type utf8), in the same order. @moved: their course changes,
 * not only what is known of their forms.
 */
gboolean rubis_registered_edit (RubisSession *self, const char *label, GPtrArray *records, GPtrArray *summaries,
                                gboolean moved, GError **error);
/* The same for letters that come on the deposit list in @list, which is kept. */
gboolean rubis_registered_edit_list (RubisSession *self, const char *label, GPtrArray *records, GPtrArray *summaries,
                                     GBytes *list, RubisDate date, GError **error);

/* The numbers of forms that the registered letters among @actions will have, in their order, are written into
 * them; letters for which there is no form go without.
 */
gboolean rubis_registered_assign_numbers (RubisDatabase *db, GPtrArray *actions, GError **error);
/* Opens the course of a letter that the agenda wrote for @step (nullable). @number: "" or that of the form, which
 * stands in it.
 */
gboolean rubis_registered_begin (RubisDatabase *db, const RubisDocumentRecord *document, const char *number,
                                 const RubisStep *step, GError **error);

G_END_DECLS
