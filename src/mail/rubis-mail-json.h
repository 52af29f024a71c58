/* rubis-mail-json.h: the fields of a message as the JSON of a provider. */
#pragma once

#include <json-glib/json-glib.h>

#include "rubis-mail-fields.h"

G_BEGIN_DECLS

/* A member that is a string; left out when @value is empty. */
void rubis_mail_json_add_string (JsonBuilder *builder, const char *member, const char *value);
/* A member that is one person, the first of @people, under the names that the provider gives to both parts;
 * left out when there is none. */
void rubis_mail_json_add_person (JsonBuilder *builder, const char *member, GPtrArray *people,
                                 const char *name, const char *email);
/* A member that is an array of people; left out when there is none. */
void rubis_mail_json_add_people (JsonBuilder *builder, const char *member, GPtrArray *people,
                                 const char *name, const char *email);
/* Each header as a member of the object that is open. */
void rubis_mail_json_add_headers (JsonBuilder *builder, GPtrArray *headers);
/* A member that holds the bytes in base64. */
void rubis_mail_json_add_bytes (JsonBuilder *builder, const char *member, GBytes *bytes);

G_END_DECLS
