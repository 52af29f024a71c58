#include "rubis-session-check.h"

#include <glib/gi18n-lib.h>

#include "rubis-record.h"
#include "rubis-session-private.h"
#include "rubis-store-check.h"

static const struct {
  const char *id;
  const char *text;  /* untranslated */
  const char *fault; /* untranslated, with what the first fault is about */
} texts[] = {
  { "pages", N_("The pages and indexes of the file fit together"),
    N_("The file is damaged (%s): restore the last backup") },
  { "references", N_("Every reference leads to its row"), N_("A reference leads nowhere (%s): restore the last backup") },
  { "open", N_("What is open is the total less its payments"),
    N_("The open amount of “%s” is not its total less its payments: restore the last backup") },
  { "levels", N_("The levels are those of the journal"),
    N_("The level of “%s” is not what the journal says: restore the last backup") },
  { "agreements", N_("Disputes, promises and plans are those of their items"),
    N_("Disputes, promises or plans of “%s” are not those of its file: restore the last backup") },
  { "notices", N_("The deadlines of items are those of their registered letters"),
    N_("The deadline of “%s” is not that of its registered letter: restore the last backup") },
  { "contacts", N_("The last contacts are those of the journal"),
    N_("The last contact of account “%s” is not what the journal says: restore the last backup") },
  { "outbox", N_("Everything that left has its event and its document"),
    N_("“%s” left without its event or its document: restore the last backup") },
  { "attempts", N_("Every message has the attempts to send it, and none that may have left is sent again"),
    N_("The attempts to send “%s” do not fit its state: restore the last backup") },
  { "not-left", N_("What never left counts neither as a reminder nor as a contact"),
    N_("“%s” never left and counts as a reminder: restore the last backup") },
  { "documents", N_("Every document is byte for byte what left, and every file what was kept"),
    N_("The document “%s” is no longer what left: restore the last backup") },
  { "journal", N_("The journal is whole"), N_("The journal was changed at line %s: restore the last backup") },
};

/* The sentence for a result; @fault is replaced in it. */
static char *
describe (const RubisCheckResult *result)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (!g_str_equal (texts[i].id, result->id))
        continue;
      if (result->n_faults == 0)
        return g_strdup (_ (texts[i].text));
      {
        g_auto(GStrv) parts = g_strsplit (_ (texts[i].fault), "%s", 2);

        return g_strjoinv (result->first, parts);
      }
    }
  return g_strdup (result->id);
}

GVariant *
rubis_session_check (RubisSession *self, gboolean *sound, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr(GPtrArray) results = NULL;
  GVariantBuilder checks;
  GVariantBuilder record;

  if (db == NULL)
    return NULL;
  results = rubis_store_check (db, error);
  rubis_session_return_reader (self, db);
  if (results == NULL)
    return NULL;
  *sound = TRUE;
  rubis_records_init (&checks);
  for (guint i = 0; i < results->len; i++)
    {
      const RubisCheckResult *result = g_ptr_array_index (results, i);
      g_autofree char *text = describe (result);
      GVariantBuilder check;

      rubis_record_init (&check);
      rubis_record_add_text (&check, "check", result->id);
      rubis_record_add_bool (&check, "ok", result->n_faults == 0);
      rubis_record_add_int (&check, "faults", result->n_faults);
      rubis_record_add_text (&check, "text", text);
      rubis_records_add (&checks, &check);
      if (result->n_faults > 0)
        *sound = FALSE;
    }
  rubis_record_init (&record);
  rubis_record_add_bool (&record, "ok", *sound);
  rubis_record_add_value (&record, "checks", g_variant_builder_end (&checks));
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

gboolean
rubis_session_error_is_of_dossier (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  return error->domain == RUBIS_STORE_ERROR || error->domain == RUBIS_DATABASE_ERROR;
}
