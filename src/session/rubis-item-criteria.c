#include "rubis-item-criteria.h"

#include <glib/gi18n-lib.h>

#include "rubis-custom-fields.h"
#include "rubis-import-preview.h"
#include "rubis-saved-filters.h"
#include "rubis-session-private.h"
#include "rubis-store-items.h"

static const struct
{
  const char *id;
  RubisItemState state;
} states[] = {
  { "open", RUBIS_ITEM_STATE_OPEN },       { "overdue", RUBIS_ITEM_STATE_OVERDUE },
  { "not-due", RUBIS_ITEM_STATE_NOT_DUE }, { "credits", RUBIS_ITEM_STATE_CREDITS },
  { "all", RUBIS_ITEM_STATE_ALL },
};

static const char *const periods[]
    = { "any", "month", "next-month", "last-month", "quarter", "year", "custom", NULL };

RubisItemCriteria *
rubis_item_criteria_new (void)
{
  RubisItemCriteria *self = g_new0 (RubisItemCriteria, 1);

  self->state = g_strdup ("open");
  self->period = g_strdup ("any");
  self->custom_from = self->custom_to = RUBIS_DATE_NONE;
  self->text = g_strdup ("");
  self->tests = rubis_field_tests_copy (NULL);
  return self;
}

void
rubis_item_criteria_free (RubisItemCriteria *self)
{
  g_free (self->state);
  g_free (self->period);
  g_free (self->text);
  g_ptr_array_unref (self->tests);
  g_free (self);
}

gboolean
rubis_item_criteria_has_state (const char *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_strcmp0 (states[i].id, state) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
rubis_item_criteria_has_period (const char *period)
{
  return period != NULL && g_strv_contains (periods, period);
}

static RubisDate
start_of_month (RubisDate date)
{
  int year, month, day;

  rubis_date_to_ymd (date, &year, &month, &day);
  return rubis_date_from_ymd (year, month, 1);
}

void
rubis_item_criteria_get_period (const RubisItemCriteria *self, RubisDate today, RubisDate *from,
                                RubisDate *to)
{
  const char *id = self->period;
  RubisDate month = start_of_month (today);
  int year, number, day;

  *from = *to = RUBIS_DATE_NONE;
  rubis_date_to_ymd (today, &year, &number, &day);
  if (g_str_equal (id, "custom"))
    {
      *from = self->custom_from;
      *to = self->custom_to;
    }
  else if (g_str_equal (id, "month"))
    *from = month;
  else if (g_str_equal (id, "last-month"))
    *from = rubis_date_add_months (month, -1);
  else if (g_str_equal (id, "next-month"))
    *from = rubis_date_add_months (month, 1);
  else if (g_str_equal (id, "quarter"))
    {
      *from = rubis_date_from_ymd (year, (number - 1) / 3 * 3 + 1, 1);
      *to = rubis_date_end_of_month (rubis_date_add_months (*from, 2));
    }
  else if (g_str_equal (id, "year"))
    {
      *from = rubis_date_from_ymd (year, 1, 1);
      *to = rubis_date_from_ymd (year, 12, 31);
    }
  if (*from != RUBIS_DATE_NONE && *to == RUBIS_DATE_NONE && !g_str_equal (id, "custom"))
    *to = rubis_date_end_of_month (*from);
}

void
rubis_item_criteria_get_filter (const RubisItemCriteria *self, RubisDate today, RubisItemFilter *filter)
{
  *filter = (RubisItemFilter){ .state = RUBIS_ITEM_STATE_OPEN, .min_days_late = self->since };
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_equal (states[i].id, self->state))
        filter->state = states[i].state;
    }
  rubis_item_criteria_get_period (self, today, &filter->due_from, &filter->due_to);
  filter->text = *self->text != '\0' ? self->text : NULL;
  filter->tests = self->tests->len > 0 ? self->tests : NULL;
}

gboolean
rubis_item_criteria_is_narrowed (const RubisItemCriteria *self)
{
  return !g_str_equal (self->state, "open") || self->since > 0 || !g_str_equal (self->period, "any")
         || *self->text != '\0' || self->tests->len > 0;
}

/* --- As they are kept ------------------------------------------------------------------------- */

static void
add_date (GVariantDict *dict, const char *key, RubisDate date)
{
  g_autofree char *iso = rubis_date_to_iso (date);

  if (*iso != '\0')
    g_variant_dict_insert (dict, key, "s", iso);
}

GVariant *
rubis_item_criteria_to_variant (const RubisItemCriteria *self)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  GVariantBuilder tests;

  if (!g_str_equal (self->state, "open"))
    g_variant_dict_insert (&dict, "state", "s", self->state);
  if (self->since > 0)
    g_variant_dict_insert (&dict, "since", "i", self->since);
  if (!g_str_equal (self->period, "any"))
    g_variant_dict_insert (&dict, "period", "s", self->period);
  if (g_str_equal (self->period, "custom"))
    {
      add_date (&dict, "from", self->custom_from);
      add_date (&dict, "to", self->custom_to);
    }
  if (*self->text != '\0')
    g_variant_dict_insert (&dict, "text", "s", self->text);
  if (self->tests->len == 0)
    return g_variant_dict_end (&dict);
  g_variant_builder_init (&tests, G_VARIANT_TYPE ("a(xss)"));
  for (guint i = 0; i < self->tests->len; i++)
    {
      const RubisFieldTest *test = g_ptr_array_index (self->tests, i);

      g_variant_builder_add (&tests, "(xss)", test->field_id, test->from, test->to);
    }
  g_variant_dict_insert_value (&dict, "fields", g_variant_builder_end (&tests));
  return g_variant_dict_end (&dict);
}

static const RubisCustomField *
find_field (GPtrArray *fields, gint64 id)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (fields, i);

      if (field->id == id)
        return field;
    }
  return NULL;
}

static void
read_tests (RubisItemCriteria *self, GVariant *state, GPtrArray *fields)
{
  g_autoptr (GVariant) tests = g_variant_lookup_value (state, "fields", G_VARIANT_TYPE ("a(xss)"));
  const char *from;
  const char *to;
  GVariantIter iter;
  gint64 id;

  if (tests == NULL)
    return;
  g_variant_iter_init (&iter, tests);
  while (g_variant_iter_next (&iter, "(x&s&s)", &id, &from, &to))
    {
      const RubisCustomField *field = find_field (fields, id);

      if (field != NULL && self->tests->len < RUBIS_MAX_FIELD_TESTS)
        g_ptr_array_add (self->tests, rubis_field_test_new (field, from, to));
    }
}

static void
replace (char **text, const char *value)
{
  g_free (*text);
  *text = g_strdup (value);
}

RubisItemCriteria *
rubis_item_criteria_new_from_variant (GVariant *state, GPtrArray *fields)
{
  RubisItemCriteria *self = rubis_item_criteria_new ();
  const char *text = NULL;

  g_return_val_if_fail (state != NULL && g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT), self);

  if (g_variant_lookup (state, "state", "&s", &text) && rubis_item_criteria_has_state (text))
    replace (&self->state, text);
  g_variant_lookup (state, "since", "i", &self->since);
  self->since = MAX (self->since, 0);
  if (g_variant_lookup (state, "period", "&s", &text) && rubis_item_criteria_has_period (text))
    replace (&self->period, text);
  if (g_variant_lookup (state, "from", "&s", &text))
    self->custom_from = rubis_date_parse_iso (text);
  if (g_variant_lookup (state, "to", "&s", &text))
    self->custom_to = rubis_date_parse_iso (text);
  if (g_variant_lookup (state, "text", "&s", &text))
    replace (&self->text, text);
  if (fields != NULL)
    read_tests (self, state, fields);
  return self;
}

/* --- In the dossier --------------------------------------------------------------------------- */

GPtrArray *
rubis_session_list_all_fields (RubisSession *self, GError **error)
{
  g_autoptr (GPtrArray) of_accounts = rubis_session_list_fields (self, RUBIS_FIELD_OF_ACCOUNT, error);
  g_autoptr (GPtrArray) of_items = NULL;

  of_items = of_accounts != NULL ? rubis_session_list_fields (self, RUBIS_FIELD_OF_ITEM, error) : NULL;
  if (of_items == NULL)
    return NULL;
  g_ptr_array_extend_and_steal (of_accounts, g_steal_pointer (&of_items));
  return g_steal_pointer (&of_accounts);
}

RubisItemCriteria *
rubis_session_load_criteria (RubisSession *self, const char *name, GError **error)
{
  g_autoptr (RubisSavedFilter) filter = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GVariant) state = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && name != NULL, NULL);

  filter = rubis_session_find_filter (self, RUBIS_FILTERS_INVOICES, name, error);
  fields = filter != NULL ? rubis_session_list_all_fields (self, error) : NULL;
  if (fields == NULL)
    return NULL;
  state = g_variant_parse (G_VARIANT_TYPE_VARDICT, filter->body, NULL, NULL, NULL);
  if (state != NULL)
    return rubis_item_criteria_new_from_variant (state, fields);
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _ ("The filter “%s” cannot be read: remove it and save it anew."), name);
  return NULL;
}

GArray *
rubis_session_list_matching_items (RubisSession *self, const RubisItemCriteria *criteria, GError **error)
{
  g_autoptr (GArray) found = NULL;
  RubisItemFilter filter;
  RubisItemQuery query = { 0 };
  RubisDatabase *db;
  GArray *ids;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && criteria != NULL, NULL);

  rubis_item_criteria_get_filter (criteria, rubis_session_get_today (self), &filter);
  query.state = (int)filter.state;
  query.min_days_late = filter.min_days_late;
  query.due_from = filter.due_from;
  query.due_to = filter.due_to;
  query.text = filter.text;
  query.tests = filter.tests;
  query.today = rubis_session_get_today (self);
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  found = rubis_store_list_item_ids (db, &query, error);
  rubis_session_return_reader (self, db);
  if (found == NULL)
    return NULL;
  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), found->len);
  for (guint i = 0; i < found->len; i++)
    {
      gint64 id = g_array_index (found, guint32, i);

      g_array_append_val (ids, id);
    }
  return ids;
}
