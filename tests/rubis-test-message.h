/* rubis-test-message.h: emails as another library reads them: the email module of Python. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What tests/read-message.py finds in the bytes of an email. (transfer full) */
JsonObject *rubis_test_read_message (GBytes *bytes);
/* Nothing in it is against the rules of mail. */
void rubis_test_assert_well_formed (JsonObject *message);
/* A header that may be there once, decoded; NULL when it is not there. */
const char *rubis_test_get_header (JsonObject *message, const char *name);
/* The @i-th part of a multipart. (unowned) */
JsonObject *rubis_test_get_part (JsonObject *part, guint i);
/* The first part of a type, searched in depth. (unowned) (nullable) */
JsonObject *rubis_test_find_part (JsonObject *part, const char *type);

G_END_DECLS
