#include "rubis-cli-choices.h"

#include <glib/gi18n-lib.h>

#include "rubis-record.h"

static const RubisColumn reason_columns[] = {
  { "id", N_ ("Id"), RUBIS_COLUMN_TEXT },
  { "label", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "days", N_ ("Days to resolve"), RUBIS_COLUMN_NUMBER },
  { "active", N_ ("Offered"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn result_columns[] = {
  { "id", N_ ("Id"), RUBIS_COLUMN_TEXT },
  { "label", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "days", N_ ("Days to the next call"), RUBIS_COLUMN_NUMBER },
  { "spoken", N_ ("Spoken to"), RUBIS_COLUMN_TEXT },
  { "active", N_ ("Offered"), RUBIS_COLUMN_TEXT },
};

static gboolean
is_results (const RubisCliChoices *options)
{
  return g_str_equal (options->list, RUBIS_CHOICES_CALL_RESULT);
}

static RubisExit
list_choices (RubisCli *cli, RubisSession *session, const RubisCliChoices *options, gboolean all)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = rubis_session_list_choices (session, options->list, all, &error);
  g_autoptr (RubisOutput) output = NULL;

  if (choices == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = is_results (options)
               ? rubis_output_new (cli->format, result_columns, G_N_ELEMENTS (result_columns))
               : rubis_output_new (cli->format, reason_columns, G_N_ELEMENTS (reason_columns));
  for (guint i = 0; i < choices->len; i++)
    {
      const RubisChoice *choice = g_ptr_array_index (choices, i);
      g_autoptr (GVariant) value = NULL;
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "id", choice->id);
      rubis_record_add_text (&record, "label", choice->label);
      rubis_record_add_int (&record, "days", choice->days);
      if (is_results (options))
        rubis_record_add_bool (&record, "spoken", choice->contact);
      rubis_record_add_bool (&record, "own", choice->own);
      rubis_record_add_bool (&record, "active", choice->active);
      value = g_variant_ref_sink (g_variant_builder_end (&record));
      rubis_output_add (output, value);
    }
  rubis_output_finish (output, "");
  return RUBIS_EXIT_DONE;
}

/* What is not said of the choice stays as it is. */
static gboolean
change (RubisSession *session, const RubisCliChoices *options, GError **error)
{
  g_autoptr (GPtrArray) choices = rubis_session_list_choices (session, options->list, TRUE, error);
  const char *label = options->label != NULL ? options->label : options->id;
  RubisChoice input = { .days = options->days, .active = !options->off, .contact = TRUE };

  if (choices == NULL)
    return FALSE;
  for (guint i = 0; i < choices->len; i++)
    {
      const RubisChoice *choice = g_ptr_array_index (choices, i);

      if (g_strcmp0 (choice->id, options->id) != 0)
        continue;
      label = options->label != NULL ? label : choice->label;
      input.days = input.days > 0 ? input.days : choice->days;
      input.active = options->on || (choice->active && !options->off);
      input.contact = choice->contact;
    }
  if (options->spoken != NULL)
    input.contact = g_str_equal (options->spoken, "yes");
  input.id = (char *)options->id;
  input.label = (char *)label;
  return rubis_session_set_choice (session, options->list, &input, NULL, error);
}

RubisExit
rubis_cli_run_choices (RubisCli *cli, RubisSession *session, const RubisCliChoices *options,
                       const char *usage)
{
  g_autoptr (GError) error = NULL;

  if (options->spoken != NULL && !g_str_equal (options->spoken, "yes")
      && !g_str_equal (options->spoken, "no"))
    {
      rubis_cli_say (_ ("Say “--spoken yes” or “--spoken no”."));
      return RUBIS_EXIT_USAGE;
    }
  if (options->label == NULL && options->id == NULL && !options->off && !options->on
      && options->spoken == NULL)
    return list_choices (cli, session, options, options->all);
  if ((options->off && options->on) || (options->label == NULL && options->id == NULL))
    {
      rubis_cli_say ("%s", usage);
      return RUBIS_EXIT_USAGE;
    }
  if (!change (session, options, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  return list_choices (cli, session, options, TRUE);
}
