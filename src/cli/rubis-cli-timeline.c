/* timeline: everything that happened with an account, a group or all of them. */
#include <glib/gi18n-lib.h>

#include "rubis-account-view.h"
#include "rubis-cli.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"
#include "rubis-timeline.h"

static const RubisColumn columns[] = {
  { "date", N_ ("Date"), RUBIS_COLUMN_DATE },     { "subject_label", N_ ("Subject"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },  { "title", N_ ("What happened"), RUBIS_COLUMN_TEXT },
  { "detail", N_ ("Detail"), RUBIS_COLUMN_TEXT }, { "actor", N_ ("By"), RUBIS_COLUMN_TEXT },
};

typedef struct
{
  char *account;
  char *group;
  char **subjects;
  char *text;
  char *from;
  char *to;
} TimelineOptions;

static void
timeline_options_clear (TimelineOptions *options)
{
  g_free (options->account);
  g_free (options->group);
  g_strfreev (options->subjects);
  g_free (options->text);
  g_free (options->from);
  g_free (options->to);
}

static gboolean
read_subjects (char **words, guint *subjects)
{
  for (int i = 0; words != NULL && words[i] != NULL; i++)
    {
      RubisTimelineSubject subject;

      if (!rubis_timeline_subject_from_id (words[i], &subject))
        {
          rubis_cli_say (_ ("--subject: “%s” is none of reminders, calls, answers, payments, agreements, "
                            "notes, changes."),
                         words[i]);
          return FALSE;
        }
      *subjects |= subject;
    }
  return TRUE;
}

static GVariant *
make_record (const RubisEventRow *row)
{
  RubisTimelineSubject subject = rubis_timeline_subject_of (row->kind);
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "event", row->id);
  rubis_record_add_date (&record, "date", row->date);
  rubis_record_add_text (&record, "kind", row->kind);
  rubis_record_add_text (&record, "subject", rubis_timeline_subject_to_id (subject));
  rubis_record_add_text (&record, "subject_label", rubis_timeline_subject_to_label (subject));
  rubis_record_add_text (&record, "name", row->account_name);
  rubis_record_add_text (&record, "title", row->title);
  rubis_record_add_text (&record, "detail", row->detail);
  rubis_record_add_text (&record, "actor", row->actor);
  rubis_record_add_int (&record, "document", row->document_id);
  return g_variant_ref_sink (g_variant_builder_end (&record));
}

static RubisExit
print_timeline (RubisCli *cli, RubisSession *session, const RubisTimelineFilter *filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_list_timeline (session, filter, 0, &error);
  g_autoptr (RubisOutput) output = NULL;

  if (rows == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (GVariant) record = make_record (g_ptr_array_index (rows, i));

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, _ ("Nothing has happened that fits."));
  return RUBIS_EXIT_DONE;
}

static RubisExit
run_timeline (RubisCli *cli, const TimelineOptions *options)
{
  RubisTimelineFilter filter = RUBIS_TIMELINE_FILTER_INIT;
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (GError) error = NULL;

  if (options->account != NULL && options->group != NULL)
    {
      rubis_cli_say ("%s", _ ("Write --account or --group, not both."));
      return RUBIS_EXIT_USAGE;
    }
  filter.text = options->text;
  if (!read_subjects (options->subjects, &filter.subjects)
      || !rubis_cli_read_date (options->from, "--from", &filter.from)
      || !rubis_cli_read_date (options->to, "--to", &filter.to))
    return RUBIS_EXIT_USAGE;
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if ((options->account != NULL
       && !rubis_session_find_account (session, options->account, &filter.account_id, &error))
      || (options->group != NULL
          && !rubis_session_find_group (session, options->group, &filter.group_id, &error)))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  return print_timeline (cli, session, &filter);
}

RubisExit
rubis_cli_run_timeline (RubisCli *cli, int argc, char **argv)
{
  TimelineOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("Only those of this account"),
      N_ ("CODE") },
    { "group", 0, 0, G_OPTION_ARG_STRING, &options.group,
      N_ ("Only those of this group and of those below it"), N_ ("NAME") },
    { "subject", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.subjects,
      N_ ("reminders, calls, answers, payments, agreements, notes or changes; may be repeated"),
      N_ ("SUBJECT") },
    { "text", 0, 0, G_OPTION_ARG_STRING, &options.text, N_ ("Words that are all to be found"), N_ ("TEXT") },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options.from, N_ ("First day"), N_ ("DATE") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.to, N_ ("Last day"), N_ ("DATE") },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 0, 0, &argv))
    status = run_timeline (cli, &options);
  timeline_options_clear (&options);
  return status;
}
