#include "rubis-filter-words.h"

#include <glib/gi18n-lib.h>

#include "rubis-actors.h"
#include "rubis-choices.h"
#include "rubis-format.h"
#include "rubis-item-criteria.h"
#include "rubis-timeline.h"

static const struct
{
  const char *id;
  const char *label; /* untranslated */
} places[] = {
  { RUBIS_FILTERS_INVOICES, N_ ("Invoices") }, { RUBIS_FILTERS_TODAY, N_ ("Today") },
  { RUBIS_FILTERS_OUTBOX, N_ ("Outbox") },     { RUBIS_FILTERS_SENT, N_ ("Sent") },
  { RUBIS_FILTERS_ANSWERS, N_ ("Answers") },   { RUBIS_FILTERS_DISPUTES, N_ ("Disputes") },
  { RUBIS_FILTERS_TIMELINE, N_ ("History") },
};

static const struct
{
  const char *id;
  const char *label; /* untranslated */
} states[] = {
  { "open", NC_ ("items", "Open") },       { "overdue", NC_ ("items", "Overdue") },
  { "not-due", NC_ ("items", "Not due") }, { "credits", NC_ ("items", "Credits") },
  { "all", NC_ ("items", "All") },
};

static const struct
{
  const char *id;
  const char *label; /* untranslated */
} periods[] = {
  { "month", N_ ("due this month") },      { "next-month", N_ ("due next month") },
  { "last-month", N_ ("due last month") }, { "quarter", N_ ("due this quarter") },
  { "year", N_ ("due this year") },
};

/* As the pages number them. */
static const char *const outbox_chips[]
    = { NC_ ("messages", "All"),     NC_ ("messages", "To approve"), NC_ ("messages", "Can be recalled"),
        NC_ ("messages", "Waiting"), NC_ ("messages", "Sent today"), NC_ ("messages", "Returned"),
        NC_ ("messages", "Refused"), NC_ ("messages", "Unknown") };
static const char *const answer_chips[]
    = { NC_ ("incoming", "Waiting"), NC_ ("incoming", "Answers"), NC_ ("incoming", "Returned"),
        NC_ ("incoming", "Whose is it?"), NC_ ("incoming", "All that was received") };
static const char *const dispute_states[]
    = { NC_ ("disputes", "Open"), NC_ ("disputes", "Closed"), NC_ ("disputes", "All") };

const char *
rubis_filter_place_to_label (const char *place)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (g_strcmp0 (places[i].id, place) == 0)
        return _ (places[i].label);
    }
  return NULL;
}

const char *
rubis_filter_state_to_label (const char *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_equal (states[i].id, state))
        return g_dpgettext2 (GETTEXT_PACKAGE, "items", states[i].label);
    }
  return state;
}

const char *
rubis_filter_chip_to_label (const char *place, guint chip)
{
  if (g_str_equal (place, RUBIS_FILTERS_OUTBOX) && chip < G_N_ELEMENTS (outbox_chips))
    return g_dpgettext2 (GETTEXT_PACKAGE, "messages", outbox_chips[chip]);
  if (g_str_equal (place, RUBIS_FILTERS_ANSWERS) && chip < G_N_ELEMENTS (answer_chips))
    return g_dpgettext2 (GETTEXT_PACKAGE, "incoming", answer_chips[chip]);
  return NULL;
}

/* @text: (transfer full) */
static void
add (GString *words, char *text)
{
  g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", text);
  g_free (text);
}

static void
add_typed (GString *words, const char *text)
{
  /* Translators: of a filter: what was typed to be found. */
  if (text != NULL && *text != '\0')
    add (words, g_strdup_printf (_ ("with “%s”"), text));
}

static void
add_days (GString *words, RubisDate from, RubisDate to)
{
  const char *language = rubis_format_ui_language ();
  g_autofree char *first = rubis_format_date_short (from, language);
  g_autofree char *last = rubis_format_date_short (to, language);

  /* Translators: of a filter: days, the first and the last that pass. */
  if (from != RUBIS_DATE_NONE)
    add (words, g_strdup_printf (_ ("from %s"), first));
  if (to != RUBIS_DATE_NONE)
    add (words, g_strdup_printf (_ ("until %s"), last));
}

/* --- Invoices --------------------------------------------------------------------------------- */

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
add_period (GString *words, const RubisItemCriteria *criteria)
{
  if (g_str_equal (criteria->period, "custom"))
    add_days (words, criteria->custom_from, criteria->custom_to);
  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      if (g_str_equal (periods[i].id, criteria->period))
        add (words, g_strdup (_ (periods[i].label)));
    }
}

static gboolean
describe_items (RubisSession *self, GVariant *state, GString *words, GError **error)
{
  g_autoptr (GPtrArray) fields = rubis_session_list_all_fields (self, error);
  g_autoptr (RubisItemCriteria) criteria = NULL;

  if (fields == NULL)
    return FALSE;
  criteria = rubis_item_criteria_new_from_variant (state, fields);
  if (!g_str_equal (criteria->state, "open") || !rubis_item_criteria_is_narrowed (criteria))
    add (words, g_strdup (rubis_filter_state_to_label (criteria->state)));
  if (criteria->since > 0)
    add (words, g_strdup_printf (ngettext ("Late for %d day", "Late for %d days", (gulong)criteria->since),
                                 criteria->since));
  add_period (words, criteria);
  for (guint i = 0; i < criteria->tests->len; i++)
    {
      const RubisFieldTest *test = g_ptr_array_index (criteria->tests, i);
      const RubisCustomField *field = find_field (fields, test->field_id);

      if (field != NULL)
        add (words, rubis_field_test_describe (test, field, rubis_session_get_currency (self),
                                               rubis_format_ui_language ()));
    }
  add_typed (words, criteria->text);
  return TRUE;
}

/* --- Other places ----------------------------------------------------------------------------- */

static void
describe_disputes (RubisSession *self, GVariant *state, GString *words)
{
  const char *reason = "";
  const char *resolver = "";
  const char *text = "";
  gboolean late = FALSE;
  guint states_shown = 0;
  gint64 id = 0;

  g_variant_lookup (state, "states", "u", &states_shown);
  g_variant_lookup (state, "reason", "&s", &reason);
  g_variant_lookup (state, "resolver", "&s", &resolver);
  g_variant_lookup (state, "text", "&s", &text);
  g_variant_lookup (state, "late", "b", &late);
  if (states_shown > 0 && states_shown < G_N_ELEMENTS (dispute_states))
    add (words, g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "disputes", dispute_states[states_shown])));
  if (*reason != '\0')
    add (words, rubis_session_dup_choice_label (self, RUBIS_CHOICES_DISPUTE_REASON, reason));
  if (*resolver != '\0' && g_ascii_string_to_signed (resolver, 10, 0, G_MAXINT64, &id, NULL))
    {
      g_autoptr (RubisActor) actor = id != 0 ? rubis_session_load_actor (self, id, NULL) : NULL;

      add (words, g_strdup (actor != NULL ? actor->name : _ ("Nobody Yet")));
    }
  if (late)
    add (words, g_strdup (C_ ("disputes", "Late")));
  add_typed (words, text);
}

static void
describe_timeline (GVariant *state, GString *words)
{
  const char *text = "";
  guint subjects = 0;
  RubisDate from = RUBIS_DATE_NONE;
  RubisDate to = RUBIS_DATE_NONE;

  g_variant_lookup (state, "subjects", "u", &subjects);
  g_variant_lookup (state, "text", "&s", &text);
  g_variant_lookup (state, "from", "i", &from);
  g_variant_lookup (state, "to", "i", &to);
  for (int i = 0; i < RUBIS_N_TIMELINE_SUBJECTS; i++)
    {
      if ((subjects & (1u << i)) != 0)
        add (words, g_strdup (rubis_timeline_subject_to_label ((RubisTimelineSubject)(1u << i))));
    }
  add_days (words, from, to);
  add_typed (words, text);
}

char *
rubis_session_describe_filter (RubisSession *self, const char *place, const char *body, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GVariant) state = NULL;
  const char *text = "";
  guint chip = 0;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && place != NULL && body != NULL, NULL);

  state = g_variant_parse (G_VARIANT_TYPE_VARDICT, body, NULL, NULL, NULL);
  if (state == NULL)
    return g_strdup (_ ("cannot be read: save it anew"));
  if (g_str_equal (place, RUBIS_FILTERS_INVOICES))
    {
      if (!describe_items (self, state, words, error))
        return NULL;
    }
  else if (g_str_equal (place, RUBIS_FILTERS_DISPUTES))
    describe_disputes (self, state, words);
  else if (g_str_equal (place, RUBIS_FILTERS_TIMELINE))
    describe_timeline (state, words);
  else
    {
      g_variant_lookup (state, "chip", "u", &chip);
      g_variant_lookup (state, "text", "&s", &text);
      if (chip > 0 && rubis_filter_chip_to_label (place, chip) != NULL)
        add (words, g_strdup (rubis_filter_chip_to_label (place, chip)));
      add_typed (words, text);
    }
  return g_strdup (words->len > 0 ? words->str : _ ("everything"));
}
