/* rubis-json.h: records as JSON, and back. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @value as indented JSON with a final newline; dictionaries keep their order, an empty maybe is
 * null. A floating @value is consumed. (transfer full)
 */
char *rubis_json_write (GVariant *value);
/* The same on one line without a newline, for the journal. (transfer full) */
char *rubis_json_write_line (GVariant *value);
/* A JSON object as a{sv}. (transfer full) (nullable) NULL when @text is something else */
GVariant *rubis_json_read (const char *text);

G_END_DECLS
