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
} RubisChoice;
void rubis_choice_free (RubisChoice *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisChoice, rubis_choice_free)

/* In the order in which they are offered; @all: those switched off too. (transfer full) (element-type
 * RubisChoice) */
GPtrArray *rubis_session_list_choices (RubisSession *self, const char *list, gboolean all, GError **error);
/* The label of an id, the id itself when nobody knows it. (transfer full) */
char *rubis_session_dup_choice_label (RubisSession *self, const char *list, const char *id);
/* Adds one (@id NULL) or changes it; undoable. @new_id: (out) (optional) (transfer full) */
gboolean rubis_session_set_choice (RubisSession *self, const char *list, const char *id, const char *label,
                                   int days, gboolean active, char **new_id, GError **error);

G_END_DECLS
