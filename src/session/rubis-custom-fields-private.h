/* rubis-custom-fields-private.h: what the edits of fields and of many values share. */
#pragma once

#include "rubis-custom-fields.h"
#include "rubis-session-edits-private.h"

G_BEGIN_DECLS

/* The canonical form of @typed; RUBIS_SESSION_ERROR_VALUE says what is awaited. (transfer full) */
char *rubis_fields_read_typed (RubisSession *self, const RubisCustomField *field, const char *typed,
                               GError **error);
/* A value as the user reads it. (transfer full) */
char *rubis_fields_format (RubisSession *self, const RubisCustomField *field, const char *value);

G_END_DECLS
