#include "rubis-mail-json.h"

void
rubis_mail_json_add_string (JsonBuilder *builder, const char *member, const char *value)
{
  if (*value == '\0')
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_person (JsonBuilder *builder, const RubisMailPerson *person, const char *name, const char *email)
{
  json_builder_begin_object (builder);
  rubis_mail_json_add_string (builder, email, person->email);
  rubis_mail_json_add_string (builder, name, person->name);
  json_builder_end_object (builder);
}

void
rubis_mail_json_add_person (JsonBuilder *builder, const char *member, GPtrArray *people, const char *name,
                            const char *email)
{
  if (people->len == 0)
    return;
  json_builder_set_member_name (builder, member);
  add_person (builder, people->pdata[0], name, email);
}

void
rubis_mail_json_add_people (JsonBuilder *builder, const char *member, GPtrArray *people, const char *name,
                            const char *email)
{
  if (people->len == 0)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < people->len; i++)
    add_person (builder, people->pdata[i], name, email);
  json_builder_end_array (builder);
}

void
rubis_mail_json_add_headers (JsonBuilder *builder, GPtrArray *headers)
{
  for (guint i = 0; i < headers->len; i++)
    {
      const RubisMailHeader *header = headers->pdata[i];

      rubis_mail_json_add_string (builder, header->name, header->value);
    }
}

void
rubis_mail_json_add_bytes (JsonBuilder *builder, const char *member, GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autofree char *coded = g_base64_encode (data, size);

  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, coded);
}
