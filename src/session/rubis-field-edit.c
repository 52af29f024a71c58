/* Adding, changing, ordering and removing the fields that users define. */
#include "rubis-custom-fields-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-store-fields.h"
#include "rubis-text.h"

#define MAX_NAME 60
/* Values that are named when they do not fit. */
#define MAX_NAMED 5

typedef struct
{
  gint64 owner_id;
  char *value;
} OwnedValue;

static void
owned_value_clear (gpointer data)
{
  g_free (((OwnedValue *)data)->value);
}

/* What an edit of a field puts in, then what it took out. */
typedef struct
{
  RubisCustomField *field; /* (owned) its id is 0 before it is stored for the first time */
  gboolean removed;
  GArray
      *order; /* (owned) (nullable) (element-type gint64) ids of all fields of its owner, 0 for a new one */
  GArray *values; /* (owned) (nullable) (element-type OwnedValue) in the form of @field */
} FieldState;

static void
field_state_free (gpointer data)
{
  FieldState *state = data;

  rubis_custom_field_free (state->field);
  g_clear_pointer (&state->order, g_array_unref);
  g_clear_pointer (&state->values, g_array_unref);
  g_free (state);
}

static GArray *
owned_values_new (void)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (OwnedValue));

  g_array_set_clear_func (values, owned_value_clear);
  return values;
}

static void
collect_value (gint64 owner_id, gint64 field_id, const char *value, gpointer user_data)
{
  OwnedValue owned = { owner_id, g_strdup (value) };

  g_array_append_val (user_data, owned);
}

/* (transfer full) (nullable) */
static GArray *
load_values (RubisDatabase *db, const RubisCustomField *field, GError **error)
{
  g_autoptr (GArray) values = owned_values_new ();

  if (!rubis_store_each_value_of_field (db, field->owner, field->id, collect_value, values, error))
    return NULL;
  return g_steal_pointer (&values);
}

/* (transfer full) (nullable) */
static GArray *
load_order (RubisDatabase *db, RubisFieldOwner owner, GError **error)
{
  g_autoptr (GPtrArray) fields = rubis_store_list_fields (db, owner, error);
  GArray *order;

  if (fields == NULL)
    return NULL;
  order = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < fields->len; i++)
    g_array_append_val (order, ((const RubisCustomField *)g_ptr_array_index (fields, i))->id);
  return order;
}

/* @new_id: what stands for 0 in the order. */
static gboolean
write_order (RubisDatabase *db, GArray *order, gint64 new_id, GError **error)
{
  for (guint i = 0; order != NULL && i < order->len; i++)
    {
      gint64 id = g_array_index (order, gint64, i);

      if (!rubis_store_set_field_position (db, id != 0 ? id : new_id, (int)i + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
swap_values (RubisDatabase *db, FieldState *state, GError **error)
{
  g_autoptr (GArray) before = NULL;

  if (state->values == NULL)
    return TRUE;
  before = load_values (db, state->field, error);
  if (before == NULL)
    return FALSE;
  for (guint i = 0; i < state->values->len; i++)
    {
      const OwnedValue *owned = &g_array_index (state->values, OwnedValue, i);

      if (!rubis_store_set_field_value (db, state->field->owner, state->field->id, owned->owner_id,
                                        owned->value, error))
        return FALSE;
    }
  g_array_unref (state->values);
  state->values = g_steal_pointer (&before);
  return TRUE;
}

/* Stores the field and gives what it was. A field whose adding is undone is marked as removed: its values
 * come back when it is done again. (transfer full) (nullable)
 */
static RubisCustomField *
swap_record (RubisDatabase *db, FieldState *state, gboolean *removed, GError **error)
{
  g_autoptr (RubisCustomField) before = NULL;

  *removed = TRUE;
  if (state->field->id == 0)
    {
      before = rubis_custom_field_copy (state->field);
      return rubis_store_insert_field (db, before, error) ? g_steal_pointer (&before) : NULL;
    }
  before = rubis_store_load_field (db, state->field->id, removed, error);
  if (before == NULL || !rubis_store_update_field (db, state->field, state->removed, error))
    return NULL;
  return g_steal_pointer (&before);
}

static gboolean
swap_field (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  FieldState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisCustomField) before = NULL;
  g_autoptr (GArray) order = NULL;
  gboolean removed;

  if (state->order != NULL)
    {
      order = load_order (db, state->field->owner, error);
      if (order == NULL)
        return FALSE;
    }
  before = swap_record (db, state, &removed, error);
  if (before == NULL || !swap_values (db, state, error) || !write_order (db, state->order, before->id, error)
      || !rubis_journaled_edit_note (session, db, edit, 0, error))
    return FALSE;
  rubis_custom_field_free (state->field);
  state->field = g_steal_pointer (&before);
  state->removed = removed;
  g_clear_pointer (&state->order, g_array_unref);
  state->order = g_steal_pointer (&order);
  journaled->n_swaps++;
  return TRUE;
}

/* --- What may be changed ---------------------------------------------------------------------- */

static const RubisCustomField *
find_by_name (GPtrArray *fields, const char *name)
{
  g_autofree char *wanted = rubis_text_fold (name);

  for (guint i = 0; i < fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (fields, i);
      g_autofree char *folded = rubis_text_fold (field->name);

      if (g_str_equal (folded, wanted))
        return field;
    }
  return NULL;
}

static const RubisCustomField *
find_by_id (GPtrArray *fields, gint64 id)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (fields, i);

      if (field->id == id)
        return field;
    }
  return NULL;
}

static gboolean
check_field (const RubisCustomField *field, GPtrArray *fields, GError **error)
{
  const RubisCustomField *same = find_by_name (fields, field->name);

  if (*field->name == '\0')
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _ ("A field needs a name."));
  else if (g_utf8_strlen (field->name, -1) > MAX_NAME)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _ ("The name of a field has %d letters at most: shorten “%s”."), MAX_NAME, field->name);
  else if (same != NULL && same->id != field->id)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _ ("There is already a field “%s”: choose another name."), same->name);
  else if (field->kind == RUBIS_FIELD_CHOICE && *field->choices == '\0')
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _ ("%s: write what there is to choose from, a line each."), field->name);
  else
    return TRUE;
  return FALSE;
}

/* The values of @before in the form of @after; fails naming those that have none. (transfer full) */
static GArray *
convert_values (RubisSession *self, const RubisCustomField *before, const RubisCustomField *after,
                GArray *values, GError **error)
{
  g_autoptr (GArray) converted = owned_values_new ();
  g_autoptr (GString) named = g_string_new (NULL);
  RubisCurrency currency = rubis_session_get_currency (self);
  const char *language = rubis_format_ui_language ();
  guint n_bad = 0;

  for (guint i = 0; i < values->len; i++)
    {
      const OwnedValue *owned = &g_array_index (values, OwnedValue, i);
      OwnedValue fitting
          = { owned->owner_id, rubis_custom_field_convert (before, after, currency, owned->value, language) };
      g_autofree char *text = NULL;

      if (fitting.value != NULL)
        {
          g_array_append_val (converted, fitting);
          continue;
        }
      text = rubis_fields_format (self, before, owned->value);
      if (strstr (named->str, text) == NULL && n_bad < MAX_NAMED)
        g_string_append_printf (named, "%s“%s”", named->len > 0 ? ", " : "", text);
      n_bad++;
    }
  if (n_bad == 0)
    return g_steal_pointer (&converted);
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               ngettext ("%s stays as it is, since %u value does not fit: %s. Change it first.",
                         "%s stays as it is, since %u values do not fit: %s. Change them first.", n_bad),
               before->name, n_bad, named->str);
  return NULL;
}

/* Reads, and converts, the values that a change of the kind or of the choices concerns. */
static gboolean
prepare_values (RubisSession *self, const RubisCustomField *before, FieldState *state, GError **error)
{
  const RubisCustomField *after = state->field;
  g_autoptr (GArray) values = NULL;
  RubisDatabase *db;

  if (before->kind == after->kind && g_str_equal (before->choices, after->choices))
    return TRUE;
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  values = load_values (db, before, error);
  rubis_session_return_reader (self, db);
  if (values == NULL)
    return FALSE;
  state->values = convert_values (self, before, after, values, error);
  return state->values != NULL;
}

/* All ids with that of the field at @position. (transfer full) */
static GArray *
make_order (GPtrArray *fields, gint64 id, int position)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (fields, i);

      if (field->id != id)
        g_array_append_val (order, field->id);
    }
  if (position < 0 || (guint)position > order->len)
    position = (int)order->len;
  g_array_insert_val (order, (guint)position, id);
  return order;
}

static gboolean
is_in_place (GPtrArray *fields, gint64 id, int position)
{
  return position < 0
         || ((guint)position < fields->len
             && ((const RubisCustomField *)g_ptr_array_index (fields, (guint)position))->id == id);
}

/* Without blanks at the ends, choices tidied. (transfer full) */
static RubisCustomField *
dup_typed (const RubisCustomField *field)
{
  RubisCustomField *typed = rubis_custom_field_copy (field);
  g_auto (GStrv) choices = rubis_custom_field_split_choices (field->choices);

  g_free (typed->name);
  typed->name = rubis_text_normalise_spaces (field->name);
  g_free (typed->choices);
  typed->choices = field->kind == RUBIS_FIELD_CHOICE ? g_strjoinv ("\n", choices) : g_strdup ("");
  return typed;
}

/* @state: (transfer full) */
static gboolean
do_field (RubisSession *self, FieldState *state, const char *label, GError **error)
{
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (label, "field", NULL, swap_field, state, field_state_free), error);
}

static gint64
add_field (RubisSession *self, RubisCustomField *typed, GPtrArray *fields, int position, GError **error)
{
  FieldState *state = g_new0 (FieldState, 1);
  g_autofree char *label = g_strdup_printf (_ ("Field added: %s"), typed->name);
  g_autofree char *name = g_strdup (typed->name);
  g_autoptr (RubisCustomField) stored = NULL;
  RubisFieldOwner owner = typed->owner;

  state->field = typed;
  state->order = make_order (fields, 0, position);
  if (!do_field (self, state, label, error))
    return 0;
  stored = rubis_session_find_field (self, owner, name, error);
  return stored != NULL ? stored->id : 0;
}

gint64
rubis_session_set_field (RubisSession *self, const RubisCustomField *field, int position, GError **error)
{
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (RubisCustomField) typed = NULL;
  g_autofree char *label = NULL;
  const RubisCustomField *before;
  FieldState *state;
  gint64 id;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && field != NULL, 0);

  id = field->id;
  typed = dup_typed (field);
  fields = rubis_session_list_fields (self, field->owner, error);
  if (fields == NULL || !check_field (typed, fields, error))
    return 0;
  if (id == 0)
    return add_field (self, g_steal_pointer (&typed), fields, position, error);
  before = find_by_id (fields, id);
  if (before == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This field is not in the dossier any more."));
      return 0;
    }
  if (g_str_equal (before->name, typed->name) && before->kind == typed->kind
      && g_str_equal (before->choices, typed->choices) && is_in_place (fields, id, position))
    return id;
  label = g_strdup_printf (_ ("Field changed: %s"), typed->name);
  state = g_new0 (FieldState, 1);
  state->field = g_steal_pointer (&typed);
  state->order = is_in_place (fields, id, position) ? NULL : make_order (fields, id, position);
  if (!prepare_values (self, before, state, error))
    {
      field_state_free (state);
      return 0;
    }
  return do_field (self, state, label, error) ? id : 0;
}

gboolean
rubis_session_remove_field (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (RubisCustomField) field = NULL;
  g_autofree char *label = NULL;
  FieldState *state;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  field = rubis_session_load_field (self, id, error);
  if (field == NULL)
    return FALSE;
  label = g_strdup_printf (_ ("Field removed: %s"), field->name);
  state = g_new0 (FieldState, 1);
  state->field = g_steal_pointer (&field);
  state->removed = TRUE;
  return do_field (self, state, label, error);
}
