/* field: fields that users add to accounts and items, and their values. */
#include "rubis-cli.h"

#include <glib/gi18n-lib.h>

#include "rubis-bulk-edit.h"
#include "rubis-custom-fields.h"
#include "rubis-record.h"

static const RubisColumn columns[] = {
  { "of", N_ ("Of"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "kind", N_ ("Kind"), RUBIS_COLUMN_TEXT },
  { "choices", N_ ("Choices"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn value_columns[] = {
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "text", N_ ("Value"), RUBIS_COLUMN_TEXT },
};

typedef struct
{
  char *of;
  char *name;
  char *kind;
  char *choices;
  char *account;
  char *item;
  int position;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->of);
  g_free (options->name);
  g_free (options->kind);
  g_free (options->choices);
  g_free (options->account);
  g_free (options->item);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *
owner_to_label (RubisFieldOwner owner)
{
  return owner == RUBIS_FIELD_OF_ITEM ? _ ("Items") : _ ("Accounts");
}

static GVariant *
make_record (const RubisCustomField *field, RubisOutputFormat format)
{
  gboolean people = format == RUBIS_OUTPUT_TEXT;
  g_auto (GStrv) choices = rubis_custom_field_split_choices (field->choices);
  g_autofree char *joined = g_strjoinv (", ", choices);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  GVariantBuilder record;

  for (int i = 0; choices[i] != NULL; i++)
    g_ptr_array_add (list, choices[i]);
  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", field->id);
  rubis_record_add_text (&record, "of",
                         people ? owner_to_label (field->owner) : rubis_field_owner_to_id (field->owner));
  rubis_record_add_text (&record, "name", field->name);
  rubis_record_add_text (&record, "kind",
                         people ? rubis_field_kind_to_label (field->kind)
                                : rubis_field_kind_to_id (field->kind));
  if (format == RUBIS_OUTPUT_JSON)
    rubis_record_add_texts (&record, "choices", list);
  else
    rubis_record_add_text (&record, "choices", joined);
  return g_variant_builder_end (&record);
}

static gboolean
add_fields (RubisCli *cli, RubisSession *session, RubisFieldOwner owner, RubisOutput *output, GError **error)
{
  g_autoptr (GPtrArray) fields = rubis_session_list_fields (session, owner, error);

  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      g_autoptr (GVariant) record
          = g_variant_ref_sink (make_record (g_ptr_array_index (fields, i), cli->format));

      rubis_output_add (output, record);
    }
  return fields != NULL;
}

/* The account or item that the options name; 0: said why not. */
static gint64
find_owner (RubisSession *session, const Options *options, RubisFieldOwner *owner, GError **error)
{
  const char *names[] = { options->item != NULL ? options->item : options->account, NULL };
  g_autoptr (GArray) ids = NULL;

  *owner = options->item != NULL ? RUBIS_FIELD_OF_ITEM : RUBIS_FIELD_OF_ACCOUNT;
  ids = rubis_session_find_bulk_ids (session, options->item != NULL, names, error);
  return ids != NULL ? g_array_index (ids, gint64, 0) : 0;
}

static RubisExit
list_values (RubisCli *cli, RubisSession *session, const Options *options)
{
  g_autoptr (RubisOutput) output
      = rubis_output_new (cli->format, value_columns, G_N_ELEMENTS (value_columns));
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GError) error = NULL;
  RubisFieldOwner owner;
  gint64 id = find_owner (session, options, &owner, &error);

  values = id != 0 ? rubis_session_list_values (session, owner, id, &error) : NULL;
  if (values == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  for (guint i = 0; i < values->len; i++)
    {
      const RubisFieldValue *value = g_ptr_array_index (values, i);
      g_autoptr (GVariant) sunk = NULL;
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "name", value->field->name);
      rubis_record_add_text (&record, "kind", rubis_field_kind_to_id (value->field->kind));
      rubis_record_add_text (&record, "value", value->value);
      rubis_record_add_text (&record, "text", value->text);
      sunk = g_variant_ref_sink (g_variant_builder_end (&record));
      rubis_output_add (output, sunk);
    }
  rubis_output_finish (output, _ ("No field was added yet."));
  return RUBIS_EXIT_DONE;
}

static RubisExit
list (RubisCli *cli, RubisSession *session, const Options *options)
{
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GError) error = NULL;

  if (options->account != NULL || options->item != NULL)
    return list_values (cli, session, options);
  output = rubis_output_new (cli->format, columns, G_N_ELEMENTS (columns));
  if (!add_fields (cli, session, RUBIS_FIELD_OF_ACCOUNT, output, &error)
      || !add_fields (cli, session, RUBIS_FIELD_OF_ITEM, output, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_finish (output, _ ("No field was added yet."));
  return RUBIS_EXIT_DONE;
}

static gboolean
apply_options (RubisCustomField *field, const Options *options)
{
  if (options->name != NULL)
    {
      g_free (field->name);
      field->name = g_strdup (options->name);
    }
  if (options->kind != NULL && !rubis_field_kind_from_id (options->kind, &field->kind))
    {
      rubis_cli_say (_ ("--kind: “%s” is not known. Use text, number, amount, date, yes_no or choice."),
                     options->kind);
      return FALSE;
    }
  if (options->choices != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (options->choices, ",", -1);

      g_free (field->choices);
      field->choices = g_strjoinv ("\n", parts);
    }
  return TRUE;
}

/* @field: (transfer full) */
static RubisExit
keep (RubisCli *cli, RubisSession *session, RubisCustomField *field, const Options *options)
{
  g_autoptr (RubisCustomField) owned = field;
  g_autoptr (RubisCustomField) kept = NULL;
  g_autoptr (GVariant) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (!apply_options (field, options))
    return RUBIS_EXIT_USAGE;
  id = rubis_session_set_field (session, field, options->position > 0 ? options->position - 1 : -1, &error);
  kept = id != 0 ? rubis_session_load_field (session, id, &error) : NULL;
  if (kept == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  record = g_variant_ref_sink (make_record (kept, cli->format));
  if (cli->format == RUBIS_OUTPUT_JSON)
    rubis_output_print_json (record);
  else
    rubis_output_print_line (_ ("The field “%s” is kept."), kept->name);
  return RUBIS_EXIT_DONE;
}

static RubisExit
set_value (RubisSession *session, const char *name, const char *value, const Options *options)
{
  g_autoptr (RubisCustomField) field = NULL;
  g_autoptr (GError) error = NULL;
  RubisFieldOwner owner;
  gint64 id = find_owner (session, options, &owner, &error);

  field = id != 0 ? rubis_session_find_field (session, owner, name, &error) : NULL;
  if (field == NULL || !rubis_session_set_value (session, field->id, id, value, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  rubis_output_print_line (_ ("%s is kept."), field->name);
  return RUBIS_EXIT_DONE;
}

static RubisExit
run (RubisCli *cli, RubisSession *session, char **argv, const Options *options)
{
  RubisFieldOwner owner = RUBIS_FIELD_OF_ACCOUNT;
  RubisCustomField *field;
  g_autoptr (RubisCustomField) gone = NULL;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (argv[0], "list"))
    return list (cli, session, options);
  if (g_str_equal (argv[0], "set"))
    return set_value (session, argv[1], argv[2], options);
  if (options->of != NULL && !rubis_field_owner_from_id (options->of, &owner))
    {
      rubis_cli_say (_ ("--of: “%s” is not known. Use account or item."), options->of);
      return RUBIS_EXIT_USAGE;
    }
  if (g_str_equal (argv[0], "add"))
    {
      field = rubis_custom_field_new (owner);
      g_free (field->name);
      field->name = g_strdup (argv[1]);
      return keep (cli, session, field, options);
    }
  field = rubis_session_find_field (session, owner, argv[1], &error);
  if (field == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (g_str_equal (argv[0], "change"))
    return keep (cli, session, field, options);
  gone = field;
  if (!rubis_session_remove_field (session, field->id, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_print_line (_ ("The field “%s” is removed."), field->name);
  return RUBIS_EXIT_DONE;
}

/* How many words a verb takes after itself; -1: no such verb. */
static int
count_words (const char *verb)
{
  if (g_str_equal (verb, "list"))
    return 0;
  if (g_str_equal (verb, "set"))
    return 2;
  return g_str_equal (verb, "add") || g_str_equal (verb, "change") || g_str_equal (verb, "remove") ? 1 : -1;
}

RubisExit
rubis_cli_run_field (RubisCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "of", 0, 0, G_OPTION_ARG_STRING, &options.of, N_ ("Whose field it is (default: account)"),
      "account|item" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("Another name"), N_ ("NAME") },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options.kind, N_ ("What it holds (default: text)"),
      "text|number|amount|date|yes_no|choice" },
    { "choices", 0, 0, G_OPTION_ARG_STRING, &options.choices, N_ ("What there is to choose from"), "A,B,C" },
    { "position", 0, 0, G_OPTION_ARG_INT, &options.position, N_ ("Its place among the others, from 1"),
      N_ ("NUMBER") },
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("The account whose values are meant"),
      N_ ("CODE") },
    { "item", 0, 0, G_OPTION_ARG_STRING, &options.item, N_ ("The item whose values are meant"),
      N_ ("NUMBER") },
    { 0 },
  };
  g_autoptr (RubisSession) session = NULL;
  int n_words;

  if (!rubis_cli_parse (cli, entries, 1, 3, &argv))
    return RUBIS_EXIT_USAGE;
  n_words = count_words (argv[1]);
  if (n_words < 0 || (int)g_strv_length (argv) != n_words + 2
      || (n_words == 2 && (options.account != NULL) == (options.item != NULL)))
    {
      rubis_cli_say (
          _ ("Write “field list”, “field add|change|remove NAME”, or “field set NAME VALUE” with --account "
             "or --item."));
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  return run (cli, session, argv + 1, &options);
}
