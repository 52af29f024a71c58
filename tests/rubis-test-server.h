/* rubis-test-server.h: a real server, or a local fake, as a child of the test (tests/servers/).
 *
 * The child ends when it is freed, or when the test is gone, whatever ended it.
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _RubisTestServer RubisTestServer;

/* Runs tests/servers/@name ("exim.py") and waits until it is ready. Options end by NULL. NULL, and the test
 * is marked as skipped, when it cannot run here.
 */
RubisTestServer *rubis_test_server_new (const char *name, ...) G_GNUC_NULL_TERMINATED;
void rubis_test_server_free (RubisTestServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTestServer, rubis_test_server_free)

/* Members of its first line; they abort when there is none. (unowned) */
const char *rubis_test_server_get_string (RubisTestServer *self, const char *member);
int rubis_test_server_get_int (RubisTestServer *self, const char *member);
/* Gives it a command; what it answered. (transfer full) */
JsonObject *rubis_test_server_command (RubisTestServer *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
