/* rubis-choices-private.h: the lists as a connection sees them, for the other files of session. */
#pragma once

#include "rubis-choices.h"
#include "rubis-database.h"

G_BEGIN_DECLS

/* NULL when neither Rubis nor the user knows @id. (transfer full) (nullable) */
RubisChoice *rubis_choices_find (RubisDatabase *db, const char *list, const char *id);
/* (transfer full) the label of an id, the id itself when nobody knows it */
char *rubis_choices_dup_label (RubisDatabase *db, const char *list, const char *id);

G_END_DECLS
