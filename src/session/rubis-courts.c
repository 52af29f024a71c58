#include "rubis-courts.h"

#include <string.h>

#include <gio/gio.h>

#include "rubis-policies-resource.h"

/* The words are those of the request, which goes to a French court. */
static const struct
{
  const char *code;
  const char *name;
} kinds[] = {
  { "tc", "tribunal de commerce" },
  { "tae", "tribunal des activités économiques" },
  { "tmc", "tribunal mixte de commerce" },
  { "tj", "chambre commerciale du tribunal judiciaire" },
};

char *
rubis_courts_dup_department (const char *postcode)
{
  g_return_val_if_fail (postcode != NULL, NULL);

  for (int i = 0; i < 5; i++)
    {
      if (!g_ascii_isdigit (postcode[i]))
        return g_strdup ("");
    }
  if (postcode[5] != '\0')
    return g_strdup ("");
  if (g_str_has_prefix (postcode, "97") || g_str_has_prefix (postcode, "98"))
    return g_strndup (postcode, 3);
  if (g_str_has_prefix (postcode, "20"))
    return g_strdup (strcmp (postcode, "20200") < 0 ? "2A" : "2B");
  return g_strndup (postcode, 2);
}

/* "de Dijon", "d’Agen", "du Mans", "de La Rochelle" */
static char *
with_article (const char *seat)
{
  static const char vowels[] = "AEIOUYÉÈÊÂÎÔÀ";

  if (g_str_has_prefix (seat, "Le "))
    return g_strconcat ("du ", seat + strlen ("Le "), NULL);
  if (g_utf8_strchr (vowels, -1, g_utf8_get_char (seat)) != NULL)
    return g_strconcat ("d’", seat, NULL);
  return g_strconcat ("de ", seat, NULL);
}

/* "tae Lyon" as "tribunal des activités économiques de Lyon"; NULL when it is no such entry. */
static char *
make_name (const char *entry)
{
  const char *space = strchr (entry, ' ');

  for (gsize i = 0; space != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      if (strlen (kinds[i].code) == (gsize)(space - entry) && g_str_has_prefix (entry, kinds[i].code))
        {
          g_autofree char *place = with_article (space + 1);

          return g_strconcat (kinds[i].name, " ", place, NULL);
        }
    }
  return NULL;
}

GPtrArray *
rubis_courts_list_commercial (const char *postcode, GError **error)
{
  g_autoptr (GPtrArray) courts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *department = rubis_courts_dup_department (postcode);
  g_auto (GStrv) entries = NULL;
  g_autoptr (GBytes) bytes = NULL;

  bytes = g_resource_lookup_data (rubis_policies_get_resource (), "/fr/rubis/data/courts.ini", 0, error);
  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, error))
    return NULL;
  entries = g_key_file_get_string_list (file, "commercial", department, NULL, NULL);
  for (int i = 0; entries != NULL && entries[i] != NULL; i++)
    {
      char *name = make_name (entries[i]);

      if (name != NULL)
        g_ptr_array_add (courts, name);
    }
  return g_steal_pointer (&courts);
}
