/* rubis-choices.h: the lists that users may extend: reasons of disputes, results of calls. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_CHOICES_DISPUTE_REASON "dispute_reason"
#define RUBIS_CHOICES_CALL_RESULT "call_result"

/* Texts are never NULL. */
typedef struct
{
  char *id;     /* stable: "price"; of the user's own: made from the label */
  char *label;  /* as the user changed it, else as shipped */
  int days;     /* until its follow-up */
  gboolean own; /* not one of those that are shipped */
  gboolean active;
  gboolean contact; /* result of a call: somebody was spoken to */
} RubisChoice;
void rubis_choice_free (RubisChoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisChoice, rubis_choice_free)

/* In the order in which they are offered; @all: those switched off too. (transfer full) (element-type
 * RubisChoice) */
GPtrArray *rubis_session_list_choices (RubisSession *self, const char *list, gboolean all, GError **error);
/* The label of an id, the id itself when nobody knows it. (transfer full) */
char *rubis_session_dup_choice_label (RubisSession *self, const char *list, const char *id);
/* Adds @choice (its id is NULL) or changes it; undoable. @new_id: (out) (optional) (transfer full) */
gboolean rubis_session_set_choice (RubisSession *self, const char *list, const RubisChoice *choice, char **new_id,
                                   GError **error);
/* Whether somebody was spoken to in a call that ended so. */
gboolean rubis_session_is_call_contact (RubisSession *self, const char *result);

G_END_DECLS
