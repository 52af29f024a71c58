/* rubis-cli-secret.h: passwords and keys from standard input: without echo on a terminal, a line each
 * elsewhere. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Asks for @label on standard error. NULL: nothing was given (the end, or an empty line). Free it with
 * rubis_cli_secret_free().
 */
char *rubis_cli_secret_read (const char *label);
void rubis_cli_secret_free (char *secret);

G_END_DECLS
