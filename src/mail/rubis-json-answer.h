/* rubis-json-answer.h: the JSON of a server's answer, read without trusting its shape.
 *
 * A place in it is a path of names and numbers: "error.code", "Messages.0.To.0.MessageID". What is not there,
 * or of another type, reads as "", 0 or nothing.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _RubisJsonAnswer RubisJsonAnswer;

/* Never NULL: what is no JSON reads as empty. */
RubisJsonAnswer *rubis_json_answer_new (GBytes *body);
void rubis_json_answer_free (RubisJsonAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisJsonAnswer, rubis_json_answer_free)

/* Whether it is JSON at all. */
gboolean rubis_json_answer_is_valid (RubisJsonAnswer *self);
gboolean rubis_json_answer_has (RubisJsonAnswer *self, const char *path);
/* Of strings; numbers are given in decimal. (transfer full) never NULL */
char *rubis_json_answer_dup (RubisJsonAnswer *self, const char *path);
/* Of numbers, and of strings that are one. */
gint64 rubis_json_answer_get_int (RubisJsonAnswer *self, const char *path);
gboolean rubis_json_answer_get_boolean (RubisJsonAnswer *self, const char *path);
/* Members of an array; 0 for anything else. @path "": the whole */
guint rubis_json_answer_get_length (RubisJsonAnswer *self, const char *path);
/* (transfer none) (nullable) */
JsonNode *rubis_json_answer_get_node (RubisJsonAnswer *self, const char *path);

/* The bytes of what @builder holds. */
GBytes *rubis_json_build (JsonBuilder *builder);

G_END_DECLS
