/* filter: what lists of items are narrowed to, under a name. */
#include "rubis-cli.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-custom-fields.h"
#include "rubis-filter-words.h"
#include "rubis-format.h"
#include "rubis-item-criteria.h"
#include "rubis-record.h"
#include "rubis-saved-filters.h"

static const RubisColumn columns[] = {
  { "place_name", N_ ("Place"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "words", N_ ("What passes"), RUBIS_COLUMN_TEXT },
};

static const char *const places[]
    = { RUBIS_FILTERS_INVOICES, RUBIS_FILTERS_TODAY,    RUBIS_FILTERS_OUTBOX,   RUBIS_FILTERS_SENT,
        RUBIS_FILTERS_ANSWERS,  RUBIS_FILTERS_DISPUTES, RUBIS_FILTERS_TIMELINE, NULL };

typedef struct
{
  char *place;
  char *state;
  int since;
  char *period;
  char *from;
  char *to;
  char *text;
  char **fields;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->place);
  g_free (options->state);
  g_free (options->period);
  g_free (options->from);
  g_free (options->to);
  g_free (options->text);
  g_strfreev (options->fields);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static RubisExit
list (RubisCli *cli, RubisSession *session, const char *only)
{
  g_autoptr (RubisOutput) output = rubis_output_new (cli->format, columns, G_N_ELEMENTS (columns));
  g_autoptr (GError) error = NULL;

  for (int p = 0; places[p] != NULL; p++)
    {
      g_autoptr (GPtrArray) filters = NULL;

      if (only != NULL && !g_str_equal (only, places[p]))
        continue;
      filters = rubis_session_list_filters (session, places[p], &error);
      if (filters == NULL)
        return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
      for (guint i = 0; i < filters->len; i++)
        {
          const RubisSavedFilter *filter = g_ptr_array_index (filters, i);
          g_autoptr (GVariant) sunk = NULL;
          g_autofree char *words = NULL;
          GVariantBuilder record;

          words = rubis_session_describe_filter (session, places[p], filter->body, &error);
          if (words == NULL)
            return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
          rubis_record_init (&record);
          rubis_record_add_text (&record, "place", places[p]);
          rubis_record_add_text (&record, "place_name", rubis_filter_place_to_label (places[p]));
          rubis_record_add_text (&record, "name", filter->name);
          rubis_record_add_text (&record, "words", words);
          rubis_record_add_text (&record, "body", filter->body);
          sunk = g_variant_ref_sink (g_variant_builder_end (&record));
          rubis_output_add (output, sunk);
        }
    }
  rubis_output_finish (output, _ ("No filter was saved yet."));
  return RUBIS_EXIT_DONE;
}

/* A field of items of that name, else one of accounts. (transfer full) (nullable) */
static RubisCustomField *
find_field (RubisSession *session, const char *name, GError **error)
{
  RubisCustomField *field = rubis_session_find_field (session, RUBIS_FIELD_OF_ITEM, name, NULL);

  return field != NULL ? field : rubis_session_find_field (session, RUBIS_FIELD_OF_ACCOUNT, name, error);
}

/* "NAME=VALUE", "NAME=FROM..TO". */
static gboolean
add_test (RubisSession *session, RubisItemCriteria *criteria, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);
  g_autoptr (RubisCustomField) field = find_field (session, parts[0], error);
  RubisCurrency currency = rubis_session_get_currency (session);
  const char *language = rubis_format_ui_language ();
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  char *dots = parts[0] != NULL && parts[1] != NULL ? strstr (parts[1], "..") : NULL;
  gboolean range;

  if (field == NULL)
    return FALSE;
  range = dots != NULL && field->kind != RUBIS_FIELD_TEXT && field->kind != RUBIS_FIELD_CHOICE;
  if (range)
    *dots = '\0';
  from = rubis_custom_field_read (field, currency, parts[1] != NULL ? parts[1] : "", language, error);
  if (from == NULL)
    return FALSE;
  if (range)
    to = rubis_custom_field_read (field, currency, dots + 2, language, error);
  else
    to = g_strdup (field->kind == RUBIS_FIELD_NUMBER || field->kind == RUBIS_FIELD_AMOUNT
                           || field->kind == RUBIS_FIELD_DATE
                       ? from
                       : "");
  if (to == NULL)
    return FALSE;
  g_ptr_array_add (criteria->tests, rubis_field_test_new (field, from, to));
  return TRUE;
}

static void
replace (char **text, const char *value)
{
  if (value == NULL)
    return;
  g_free (*text);
  *text = g_strdup (value);
}

/* (transfer full) (nullable) NULL: said what is wrong */
static RubisItemCriteria *
read_criteria (RubisSession *session, const Options *options)
{
  g_autoptr (RubisItemCriteria) criteria = rubis_item_criteria_new ();
  g_autoptr (GError) error = NULL;

  if (options->state != NULL && !rubis_item_criteria_has_state (options->state))
    {
      rubis_cli_say (_ ("--state: “%s” is not known. Use open, overdue, not-due, credits or all."),
                     options->state);
      return NULL;
    }
  if (options->period != NULL && !rubis_item_criteria_has_period (options->period))
    {
      rubis_cli_say (_ ("--period: “%s” is not known. Use month, next-month, last-month, quarter or year."),
                     options->period);
      return NULL;
    }
  if (!rubis_cli_read_date (options->from, "--from", &criteria->custom_from)
      || !rubis_cli_read_date (options->to, "--to", &criteria->custom_to))
    return NULL;
  replace (&criteria->state, options->state);
  replace (&criteria->period, options->from != NULL || options->to != NULL ? "custom" : options->period);
  replace (&criteria->text, options->text);
  criteria->since = MAX (options->since, 0);
  for (int i = 0; options->fields != NULL && options->fields[i] != NULL; i++)
    {
      if (criteria->tests->len < RUBIS_MAX_FIELD_TESTS
          && !add_test (session, criteria, options->fields[i], &error))
        {
          rubis_cli_say ("%s", error->message);
          return NULL;
        }
    }
  return g_steal_pointer (&criteria);
}

static RubisExit
save (RubisSession *session, const char *name, const Options *options)
{
  g_autoptr (RubisItemCriteria) criteria = read_criteria (session, options);
  g_autoptr (GVariant) state = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;

  if (criteria == NULL)
    return RUBIS_EXIT_USAGE;
  state = g_variant_ref_sink (rubis_item_criteria_to_variant (criteria));
  body = g_variant_print (state, TRUE);
  if (rubis_session_save_filter (session, RUBIS_FILTERS_INVOICES, name, body, &error) == 0)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_print_line (_ ("The filter “%s” is saved."), name);
  return RUBIS_EXIT_DONE;
}

static RubisExit
remove_filter (RubisSession *session, const char *place, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSavedFilter) filter = rubis_session_find_filter (session, place, name, &error);

  if (filter == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (!rubis_session_remove_filter (session, filter->id, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_print_line (_ ("The filter “%s” is removed."), filter->name);
  return RUBIS_EXIT_DONE;
}

RubisExit
rubis_cli_run_filter (RubisCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "place", 0, 0, G_OPTION_ARG_STRING, &options.place, N_ ("The place whose filters are meant"),
      "invoices|today|outbox|sent|answers|disputes|timeline" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &options.state, N_ ("Which items (default: open)"),
      "open|overdue|not-due|credits|all" },
    { "since", 0, 0, G_OPTION_ARG_INT, &options.since, N_ ("Days late at least"), N_ ("DAYS") },
    { "period", 0, 0, G_OPTION_ARG_STRING, &options.period, N_ ("When they are due"),
      "month|next-month|last-month|quarter|year" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_ ("Due on this day or later"), "YYYY-MM-DD" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("Due on this day or before"), "YYYY-MM-DD" },
    { "text", 0, 0, G_OPTION_ARG_STRING, &options.text, N_ ("In number, reference, label or account"),
      N_ ("TEXT") },
    { "field", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.fields, N_ ("What a field of one’s own holds"),
      N_ ("NAME=VALUE or NAME=FROM..TO") },
    { 0 },
  };
  g_autoptr (RubisSession) session = NULL;
  gboolean listing;

  if (!rubis_cli_parse (cli, entries, 1, 2, &argv))
    return RUBIS_EXIT_USAGE;
  listing = g_str_equal (argv[1], "list");
  if ((!listing && !g_str_equal (argv[1], "save") && !g_str_equal (argv[1], "remove"))
      || listing == (argv[2] != NULL))
    {
      rubis_cli_say (_ ("Write “filter list”, “filter save NAME” or “filter remove NAME”."));
      return RUBIS_EXIT_USAGE;
    }
  if (options.place != NULL && rubis_filter_place_to_label (options.place) == NULL)
    {
      rubis_cli_say (
          _ ("--place: “%s” is not known. Use invoices, today, outbox, sent, answers, disputes or timeline."),
          options.place);
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (listing)
    return list (cli, session, options.place);
  if (g_str_equal (argv[1], "save"))
    return save (session, argv[2], &options);
  return remove_filter (session, options.place != NULL ? options.place : RUBIS_FILTERS_INVOICES, argv[2]);
}
