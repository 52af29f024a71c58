/* rubis-test-credentials.h: secrets that a test gives, whoever the sender. */
#pragma once

#include "rubis-credentials.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_TEST_CREDENTIALS (rubis_test_credentials_get_type ())
G_DECLARE_FINAL_TYPE (RubisTestCredentials, rubis_test_credentials, RUBIS, TEST_CREDENTIALS, RubisCredentials)

/* Pairs of name and secret, NULL at the end. The secret "access-token" is the bearer; once a renewed one was
 * asked for, "renewed-token" is, if there is one.
 */
RubisCredentials *rubis_test_credentials_new (const char *name, ...) G_GNUC_NULL_TERMINATED;
/* How often a renewed token was asked for. */
guint rubis_test_credentials_get_n_renewals (RubisTestCredentials *self);

G_END_DECLS
