#include "rubis-custom-fields-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-store-fields.h"
#include "rubis-store-items.h"
#include "rubis-text.h"

void
rubis_field_value_free (RubisFieldValue *self)
{
  rubis_custom_field_free (self->field);
  g_free (self->value);
  g_free (self->text);
  g_free (self);
}

char *
rubis_fields_read_typed (RubisSession *self, const RubisCustomField *field, const char *typed, GError **error)
{
  g_autoptr (GError) read_error = NULL;
  char *value = rubis_custom_field_read (field, rubis_session_get_currency (self), typed,
                                         rubis_format_ui_language (), &read_error);

  if (value == NULL)
    g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, read_error->message);
  return value;
}

char *
rubis_fields_format (RubisSession *self, const RubisCustomField *field, const char *value)
{
  return rubis_custom_field_format (field, rubis_session_get_currency (self), value,
                                    rubis_format_ui_language ());
}

GPtrArray *
rubis_session_list_fields (RubisSession *self, RubisFieldOwner owner, GError **error)
{
  RubisDatabase *db;
  GPtrArray *fields;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  fields = rubis_store_list_fields (db, owner, error);
  rubis_session_return_reader (self, db);
  return fields;
}

RubisCustomField *
rubis_session_load_field (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  RubisCustomField *field;
  RubisDatabase *db;
  gboolean removed = FALSE;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  field = rubis_store_load_field (db, id, &removed, &load_error);
  rubis_session_return_reader (self, db);
  if (field != NULL && removed)
    g_clear_pointer (&field, rubis_custom_field_free);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (field == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This field is not in the dossier any more."));
  return field;
}

static void
set_not_found (const char *name, GPtrArray *fields, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((const RubisCustomField *)g_ptr_array_index (fields, i))->name);
  if (fields->len == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("There is no field “%s”: none was added to this dossier yet."), name);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no field “%s”. There are: %s."), name,
                 names->str);
}

RubisCustomField *
rubis_session_find_field (RubisSession *self, RubisFieldOwner owner, const char *name, GError **error)
{
  g_autoptr (GPtrArray) fields = NULL;
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && name != NULL, NULL);

  fields = rubis_session_list_fields (self, owner, error);
  if (fields == NULL)
    return NULL;
  wanted = rubis_text_fold (name);
  for (guint i = 0; i < fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (fields, i);
      g_autofree char *folded = rubis_text_fold (field->name);

      if (g_str_equal (folded, wanted))
        return rubis_custom_field_copy (field);
    }
  set_not_found (name, fields, error);
  return NULL;
}

/* --- Values ----------------------------------------------------------------------------------- */

GPtrArray *
rubis_session_list_values (RubisSession *self, RubisFieldOwner owner, gint64 owner_id, GError **error)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_field_value_free);
  g_autoptr (GPtrArray) fields = NULL;
  RubisDatabase *db;
  gboolean done = TRUE;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  fields = rubis_store_list_fields (db, owner, error);
  for (guint i = 0; done && fields != NULL && i < fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (fields, i);
      char *value = rubis_store_get_field_value (db, owner, field->id, owner_id, error);
      RubisFieldValue *line;

      done = value != NULL;
      if (!done)
        continue;
      line = g_new0 (RubisFieldValue, 1);
      line->field = rubis_custom_field_copy (field);
      line->text = rubis_fields_format (self, field, value);
      line->value = value;
      g_ptr_array_add (values, line);
    }
  rubis_session_return_reader (self, db);
  return done && fields != NULL ? g_steal_pointer (&values) : NULL;
}

/* What setting a value puts in, then what it took out. */
typedef struct
{
  RubisFieldOwner owner;
  gint64 field_id;
  gint64 owner_id;
  gint64 account_id; /* whose journal tells of it */
  char *value;
} ValueState;

static void
value_state_free (gpointer data)
{
  ValueState *state = data;

  g_free (state->value);
  g_free (state);
}

static gboolean
swap_value (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  ValueState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autofree char *before
      = rubis_store_get_field_value (db, state->owner, state->field_id, state->owner_id, error);

  if (before == NULL
      || !rubis_store_set_field_value (db, state->owner, state->field_id, state->owner_id, state->value,
                                       error)
      || !rubis_journaled_edit_note (session, db, edit, state->account_id, error))
    return FALSE;
  g_free (state->value);
  state->value = g_steal_pointer (&before);
  journaled->n_swaps++;
  return TRUE;
}

/* Fills in the account and the present value, and names the owner. (transfer full) (nullable) */
static char *
load_owner (RubisDatabase *db, ValueState *state, char **before, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  char *name = NULL;

  state->account_id = state->owner_id;
  if (state->owner == RUBIS_FIELD_OF_ITEM)
    rubis_store_get_item_name (db, state->owner_id, &state->account_id, &name, &load_error);
  else
    name = rubis_store_get_account_field (db, state->owner_id, "name", &load_error);
  *before = name != NULL
                ? rubis_store_get_field_value (db, state->owner, state->field_id, state->owner_id, error)
                : NULL;
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (name == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This item is not in the dossier any more."));
  if (*before == NULL)
    g_clear_pointer (&name, g_free);
  return name;
}

gboolean
rubis_session_set_value (RubisSession *self, gint64 field_id, gint64 owner_id, const char *typed,
                         GError **error)
{
  g_autoptr (RubisCustomField) field = NULL;
  g_autofree char *value = NULL;
  g_autofree char *before = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_autofree char *detail = NULL;
  ValueState state = { .field_id = field_id, .owner_id = owner_id };
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && typed != NULL, FALSE);

  field = rubis_session_load_field (self, field_id, error);
  value = field != NULL ? rubis_fields_read_typed (self, field, typed, error) : NULL;
  db = value != NULL ? rubis_session_take_reader (self, error) : NULL;
  if (db == NULL)
    return FALSE;
  state.owner = field->owner;
  name = load_owner (db, &state, &before, error);
  rubis_session_return_reader (self, db);
  if (name == NULL)
    return FALSE;
  if (g_str_equal (before, value))
    return TRUE;
  detail = rubis_fields_format (self, field, value);
  /* Translators: the name of a field, then the account or the item that it belongs to. */
  label = g_strdup_printf (_ ("%s changed: %s"), field->name, name);
  state.value = g_steal_pointer (&value);
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (label, "field", detail, swap_value,
                                                          g_memdup2 (&state, sizeof state), value_state_free),
                                error);
}
