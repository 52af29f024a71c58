#include "rubis-bulk-private.h"

#include <stdlib.h>

#include <glib/gi18n-lib.h>

#include "rubis-store-bulk.h"
#include "rubis-store-fields.h"
#include "rubis-store-items.h"
#include "rubis-template-list.h"

/* Columns of an account, by kind; NULL ends them. Items and fields have functions of their own. */
static const char *const columns[RUBIS_N_BULK_KINDS][RUBIS_BULK_MAX_VALUES] = {
  { "policy_id" },
  { "stop", "stop_reason", "stop_until" },
  { "stop", "stop_reason", "stop_until" },
  { "sales_rep" },
  { "language" },
  { "insurer" },
  { NULL },
};

void
rubis_bulk_target_clear (RubisBulkTarget *self)
{
  g_clear_pointer (&self->name, g_free);
  for (int i = 0; i < RUBIS_BULK_MAX_VALUES; i++)
    g_clear_pointer (&self->values[i], g_free);
}

static gboolean
load_account (RubisDatabase *db, const RubisBulkSubject *subject, RubisBulkTarget *target, GError **error)
{
  g_autoptr (GError) load_error = NULL;

  target->account_id = target->id;
  target->name = rubis_store_get_account_field (db, target->id, "name", &load_error);
  if (target->name == NULL)
    {
      if (!g_error_matches (load_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  for (int i = 0; i < RUBIS_BULK_MAX_VALUES && columns[subject->kind][i] != NULL; i++)
    {
      target->values[i] = rubis_store_get_account_field (db, target->id, columns[subject->kind][i], error);
      if (target->values[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_item (RubisDatabase *db, const RubisBulkSubject *subject, RubisBulkTarget *target, GError **error)
{
  RubisItemStop stop;

  if (!rubis_store_load_item_stop (db, target->id, &stop, error))
    return FALSE;
  target->account_id = stop.account_id;
  target->name = g_steal_pointer (&stop.number);
  if (subject->kind == RUBIS_BULK_STOP || subject->kind == RUBIS_BULK_UNSTOP)
    {
      target->values[0] = g_strdup (stop.stop ? "1" : "0");
      target->values[1] = g_steal_pointer (&stop.reason);
      target->values[2] = stop.until != RUBIS_DATE_NONE ? g_strdup_printf ("%d", stop.until) : g_strdup ("");
    }
  rubis_item_stop_clear (&stop);
  if (subject->kind == RUBIS_BULK_SALES_REP)
    target->values[0] = rubis_store_get_item_sales_rep (db, target->id, error);
  return subject->kind != RUBIS_BULK_SALES_REP || target->values[0] != NULL;
}

gboolean
rubis_bulk_target_load (RubisDatabase *db, const RubisBulkSubject *subject, RubisBulkTarget *target,
                        GError **error)
{
  if (!(subject->of_items ? load_item (db, subject, target, error)
                          : load_account (db, subject, target, error)))
    return FALSE;
  if (subject->kind != RUBIS_BULK_FIELD)
    return TRUE;
  target->values[0]
      = rubis_store_get_field_value (db, subject->field->owner, subject->field->id, target->id, error);
  return target->values[0] != NULL;
}

static RubisDate
read_until (const char *text)
{
  return *text != '\0' ? atoi (text) : RUBIS_DATE_NONE;
}

gboolean
rubis_bulk_target_store (RubisDatabase *db, const RubisBulkSubject *subject, const RubisBulkTarget *target,
                         GError **error)
{
  char *const *values = target->values;

  if (subject->kind == RUBIS_BULK_FIELD)
    return rubis_store_set_field_value (db, subject->field->owner, subject->field->id, target->id, values[0],
                                        error);
  if (subject->of_items && subject->kind == RUBIS_BULK_SALES_REP)
    return rubis_store_set_item_sales_rep (db, target->id, values[0], error);
  if (subject->of_items)
    return rubis_store_set_item_stop (db, target->id, g_str_equal (values[0], "1"), values[1],
                                      read_until (values[2]), error);
  for (int i = 0; i < RUBIS_BULK_MAX_VALUES && columns[subject->kind][i] != NULL; i++)
    {
      if (!rubis_store_set_account_field (db, target->id, columns[subject->kind][i], values[i], error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rubis_bulk_target_has_values (const RubisBulkTarget *self, char *const *values)
{
  for (int i = 0; i < RUBIS_BULK_MAX_VALUES; i++)
    {
      if (g_strcmp0 (self->values[i], values[i]) != 0)
        return FALSE;
    }
  return TRUE;
}

/* --- For people ------------------------------------------------------------------------------- */

static char *
describe_policy (RubisSession *session, const char *id)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (session);
  const RubisPolicy *policy = rubis_library_get_policy (library, id);

  if (*id == '\0')
    return g_strdup_printf (_ ("%s (default)"), rubis_policy_get_name (policy));
  return g_strdup (rubis_policy_get_name (policy));
}

static char *
describe_stop (char *const *values)
{
  g_autofree char *why = NULL;

  if (!g_str_equal (values[0], "1"))
    return g_strdup (_ ("Dunned"));
  why = rubis_edits_describe_stop (values[1], read_until (values[2]));
  return *why != '\0' ? g_strdup_printf (_ ("Stopped: %s"), why) : g_strdup (_ ("Stopped"));
}

char *
rubis_bulk_describe (RubisSession *session, const RubisBulkSubject *subject, char *const *values)
{
  g_autofree char *text = NULL;

  switch (subject->kind)
    {
    case RUBIS_BULK_POLICY:
      return describe_policy (session, values[0]);
    case RUBIS_BULK_STOP:
    case RUBIS_BULK_UNSTOP:
      return describe_stop (values);
    case RUBIS_BULK_LANGUAGE:
      return g_strdup (*values[0] != '\0' ? rubis_template_language_to_label (values[0])
                                          : _ ("That of the dossier"));
    case RUBIS_BULK_FIELD:
      text = rubis_fields_format (session, subject->field, values[0]);
      break;
    case RUBIS_BULK_SALES_REP:
    case RUBIS_BULK_INSURER:
    default:
      text = g_strdup (values[0]);
      break;
    }
  return *text != '\0' ? g_steal_pointer (&text) : g_strdup ("–");
}
