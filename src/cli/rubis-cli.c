#include "rubis-cli.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-money-entry.h"
#include "rubis-session-check.h"

/* rubisctl help COMMAND and the list of commands both read this. */
static const struct {
  const char *name;
  const char *arguments; /* untranslated, (nullable) */
  const char *summary;   /* untranslated */
  RubisCommandFunc run;
} commands[] = {
  { "init", NULL, N_("create a dossier for your company"), rubis_cli_run_init },
  { "demo", NULL, N_("create a dossier with a year of a fictional company"), rubis_cli_run_demo },
  { "import", N_("FILE…"), N_("read exports of the accounting software"), rubis_cli_run_import },
  { "undo-import", N_("BATCH"), N_("take an import back"), rubis_cli_run_undo_import },
  { "account", N_("show CODE | change CODE | contact add|change|remove CODE"),
    N_("all of one account, its terms and its people"), rubis_cli_run_account },
  { "group", N_("show NAME"), N_("what the accounts of a group owe together, and how they pay"), rubis_cli_run_group },
  { "timeline", NULL, N_("everything that happened with an account or a group"), rubis_cli_run_timeline },
  { "accounts", NULL, N_("list the accounts and what they owe"), rubis_cli_run_accounts },
  { "addresses", N_("check | set"), N_("list the addresses that letters would not reach, correct one"), rubis_cli_run_addresses },
  { "items", NULL, N_("list invoices, credits and payments"), rubis_cli_run_items },
  { "actor", N_("list | add NAME | change NAME"), N_("list, add and change colleagues who resolve disputes"),
    rubis_cli_run_actor },
  { "field", N_("list | add NAME | change NAME | remove NAME | set NAME VALUE"),
    N_("fields that you add to accounts and items, and their values"), rubis_cli_run_field },
  { "filter", N_("list | save NAME | remove NAME"), N_("list, save and remove filters of lists"), rubis_cli_run_filter },
  { "bulk", NULL, N_("change many accounts or items at once"), rubis_cli_run_bulk },
  { "agenda", NULL, N_("list what is to be done today"), rubis_cli_run_agenda },
  { "why", NULL, N_("say why an account or an item is dunned, or why not"), rubis_cli_run_why },
  { "run", NULL, N_("do today’s automatic actions"), rubis_cli_run_run },
  { "call", N_("list | sheet | note | callback list|add|cancel NUMBER | made"),
    N_("whom to call, what to know while talking, what came of it"), rubis_cli_run_call },
  { "dispute", N_("list | show ID | open | change ID | move ID | close ID | comment ID TEXT | ask ID | attach ID FILE… | stats | reasons"),
    N_("follow what customers contest, from opening to outcome"), rubis_cli_run_dispute },
  { "letter", NULL, N_("write one letter as PDF"), rubis_cli_run_letter },
  { "statement", NULL, N_("write the statement of an account as PDF"), rubis_cli_run_statement },
  { "company", N_("show | set KEY=VALUE…"), N_("show and change your company’s details"), rubis_cli_run_company },
  { "letterhead", N_("show | set KEY=VALUE… | logo FILE [NUMBER] | signature FILE | preview"),
    N_("show and change the paper of your letters"), rubis_cli_run_letterhead },
  { "post", N_("list | print | jobs | answer JOB printed|failed | prices | hand-over SENDER [DOCUMENT…]"),
    N_("list and print the letters that wait to be posted"), rubis_cli_run_post },
  { "inbox", N_("list | show ID | fetch | take FILE… | apply ID[.N] | dismiss ID[.N] | assign ID | close ID"),
    N_("read what came back: returned emails, answers and what they propose"), rubis_cli_run_inbox },
  { "outbox", N_("list | show ID | send [ID…] | approve ID… | cancel ID… | retry ID… | settle ID… | hold on|off | links on|off | follow"),
    N_("list, send and take back what leaves by email, SMS or a provider"), rubis_cli_run_outbox },
  { "plan", N_("list | add | show ID | sign ID | agreement ID | accelerate ID | cancel ID | insurer-told ID"),
    N_("agree on payment plans and follow their instalments"), rubis_cli_run_plan },
  { "promise", N_("list | add | withdraw ID | seen ID"), N_("note and list what customers promised to pay"),
    rubis_cli_run_promise },
  { "tasks", NULL, N_("list broken promises, callbacks, late disputes and plans"), rubis_cli_run_tasks },
  { "attach", N_("FILE… | list | remove FILE… | folder [FOLDER]"),
    N_("keep copies of invoices with an account, and say where copies lie"), rubis_cli_run_attach },
  { "documents", N_("list | save DOCUMENT"), N_("list what left, or save a copy of it"), rubis_cli_run_documents },
  { "reprint", N_("DOCUMENT"), N_("write a document that left once more, byte for byte"), rubis_cli_run_reprint },
  { "legal-file", NULL, N_("make the file for the court"), rubis_cli_run_legal_file },
  { "interest", NULL, N_("compute late-payment interest and indemnity"), rubis_cli_run_interest },
  { "events", NULL, N_("list the journal"), rubis_cli_run_events },
  { "search", N_("TEXT…"), N_("find accounts, invoices, people and history by name, number or amount"), rubis_cli_run_search },
  { "check", NULL, N_("check that the dossier agrees with itself"), rubis_cli_run_check },
  { "registered", N_("list | write CODE | number ID NUMBER | state ID… STATE | deposit ID… | proof [ID] FILE | slip ID | stock … | track [ID…]"),
    N_("follow registered letters: numbers, posting, answers, proofs"), rubis_cli_run_registered },
  { "sender", N_("list | add [KEY=VALUE…] | show NAME | set NAME KEY=VALUE… | secret NAME | authorize NAME | test NAME | trial NAME | remove NAME | guess ADDRESS"),
    N_("say who sends emails and through what; test it"), rubis_cli_run_sender },
  { "template", N_("list | show ID | lint [ID|FILE…] | export PATH [ID] | import PATH… | reference"),
    N_("list, check, write and read the templates, and what they may contain"), rubis_cli_run_template },
};

/* --- What all commands share ------------------------------------------------------------------ */

void
rubis_cli_say (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fflush (stdout);
  fprintf (stderr, "rubisctl: %s\n", text);
}

RubisExit
rubis_cli_fail (const GError *error, RubisExit other)
{
  rubis_cli_say ("%s", error->message);
  if (error->domain == RUBIS_SESSION_ERROR)
    return error->code == RUBIS_SESSION_ERROR_VALUE ? RUBIS_EXIT_USAGE : RUBIS_EXIT_PARTIAL;
  return rubis_session_error_is_of_dossier (error) ? RUBIS_EXIT_DOSSIER : other;
}

static void
show_progress (double fraction, const char *text, gpointer user_data)
{
  if (fraction >= 0)
    fprintf (stderr, "\r%3d %%", (int) (fraction * 100));
  fflush (stderr);
}

void
rubis_cli_progress_init (RubisProgress *progress)
{
  *progress = (RubisProgress){ .func = isatty (STDERR_FILENO) ? show_progress : NULL };
}

void
rubis_cli_progress_end (RubisProgress *progress)
{
  if (progress->func != NULL)
    fputs ("\r     \r", stderr);
}

gboolean
rubis_cli_read_date (const char *text, const char *option, RubisDate *date)
{
  RubisDate read;

  if (text == NULL)
    return TRUE;
  read = rubis_date_parse_iso (text);
  if (read == RUBIS_DATE_NONE)
    {
      rubis_cli_say (_("%s: “%s” is not a date. Write it as YYYY-MM-DD, such as 2026-11-21."), option, text);
      return FALSE;
    }
  *date = read;
  return TRUE;
}

/* Digits behind the only comma or point of @text, -1 when there is none or several. */
static int
count_behind_mark (const char *text)
{
  const char *mark = strpbrk (text, ",.");
  int digits = 0;

  if (mark == NULL || strpbrk (mark + 1, ",.") != NULL)
    return -1;
  for (const char *p = mark + 1; *p != '\0'; p++)
    digits += g_ascii_isdigit (*p) ? 1 : 0;
  return digits;
}

gboolean
rubis_cli_read_amount (const char *text, const char *option, RubisCurrency currency, gint64 *amount)
{
  int exponent = rubis_currency_exponent (currency);
  int behind;

  if (text == NULL)
    return TRUE;
  behind = count_behind_mark (text);
  if (behind == 3 && exponent != 0 && exponent != 3)
    {
      rubis_cli_say (_ ("%s: “%s” may be meant in two ways. Write the decimals too, as in 1234.56 or 1 234,56."),
                     option, text);
      return FALSE;
    }
  if ((behind <= exponent || behind == 3) && rubis_money_entry_parse (text, currency, amount, NULL))
    return TRUE;
  rubis_cli_say (_ ("%s: “%s” is no amount. Write it as 1234.56 or 1 234,56."), option, text);
  return FALSE;
}

RubisExit
rubis_cli_print_done (const RubisCli *cli, RubisSession *session)
{
  g_autofree char *label = NULL;

  g_object_get (session, "undo-label", &label, NULL);
  if (cli->format == RUBIS_OUTPUT_TEXT)
    rubis_output_print_line ("%s", label != NULL ? label : _ ("Nothing changed."));
  return RUBIS_EXIT_DONE;
}

/* The values of the shared options while they are parsed. */
typedef struct {
  char *dossier;
  char *date;
  char *format;
  char *language;
} SharedOptions;

static void
shared_options_clear (SharedOptions *options)
{
  g_free (options->dossier);
  g_free (options->date);
  g_free (options->format);
  g_free (options->language);
}

static GOptionGroup *
make_shared_group (SharedOptions *options)
{
  const GOptionEntry entries[] = {
    { "dossier", 'd', 0, G_OPTION_ARG_FILENAME, &options->dossier,
      N_("The dossier to work on (default: what the environment variable RUBIS_DOSSIER names)"), N_("FILE.rubis") },
    { "date", 0, 0, G_OPTION_ARG_STRING, &options->date, N_("The day to work as (default: today)"), "YYYY-MM-DD" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format, N_("How results are written (default: text)"),
      "text|json|csv" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &options->language, N_("Language of texts and messages"), "fr|en" },
    { 0 },
  };
  GOptionGroup *group = g_option_group_new ("shared", _("Options of all commands:"), _("Show the options of all commands"),
                                            NULL, NULL);

  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  return group;
}

static gboolean
read_format (const char *text, RubisOutputFormat *format)
{
  static const char *const names[] = { "text", "json", "csv" };

  if (text == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (text, names[i]))
        {
          *format = (RubisOutputFormat) i;
          return TRUE;
        }
    }
  rubis_cli_say (_("--format: “%s” is not known. Use text, json or csv."), text);
  return FALSE;
}

static gboolean
take_shared (RubisCli *cli, SharedOptions *options)
{
  if (options->language != NULL && !g_str_equal (options->language, "fr") && !g_str_equal (options->language, "en"))
    {
      rubis_cli_say (_("--lang: “%s” is not known. Use fr or en."), options->language);
      return FALSE;
    }
  if (options->dossier != NULL)
    {
      g_free (cli->dossier);
      cli->dossier = g_steal_pointer (&options->dossier);
    }
  return rubis_cli_read_date (options->date, "--date", &cli->today) && read_format (options->format, &cli->format);
}

gboolean
rubis_cli_parse (RubisCli *cli, const GOptionEntry *entries, int min, int max, char ***argv)
{
  g_autoptr(GOptionContext) context = g_option_context_new (cli->arguments != NULL ? _(cli->arguments) : NULL);
  SharedOptions options = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean parsed;
  int n_arguments;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _(cli->summary));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_group (context, make_shared_group (&options));
  parsed = g_option_context_parse_strv (context, argv, &error);
  if (!parsed)
    rubis_cli_say (_("%s. Try “rubisctl %s --help”."), error->message, cli->name);
  else
    parsed = take_shared (cli, &options);
  shared_options_clear (&options);
  if (!parsed)
    return FALSE;
  n_arguments = (int) g_strv_length (*argv) - 1;
  if (n_arguments < min)
    rubis_cli_say (_("“%s” needs more arguments. Try “rubisctl %s --help”."), cli->name, cli->name);
  else if (max >= 0 && n_arguments > max)
    rubis_cli_say (_("“%s” is one argument too many. Try “rubisctl %s --help”."), (*argv)[max + 1], cli->name);
  return n_arguments >= min && (max < 0 || n_arguments <= max);
}

RubisSession *
rubis_cli_open (RubisCli *cli)
{
  g_autoptr(GError) error = NULL;
  RubisSession *session;

  if (cli->dossier == NULL)
    {
      rubis_cli_say (_("Which dossier? Name it with -d FILE.rubis, or in the environment variable RUBIS_DOSSIER."));
      return NULL;
    }
  session = rubis_session_open (cli->dossier, cli->today, &error);
  if (session == NULL)
    rubis_cli_say ("%s", error->message);
  return session;
}

/* --- The program ------------------------------------------------------------------------------ */

const char *
rubis_cli_find_language (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      if (g_str_has_prefix (argv[i], "--lang="))
        return argv[i] + strlen ("--lang=");
      if (g_str_equal (argv[i], "--lang") && i + 1 < argc)
        return argv[i + 1];
    }
  return NULL;
}

static char *
list_commands (void)
{
  g_autoptr(GString) text = g_string_new (_("Commands:\n"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-13s %s\n", commands[i].name, _(commands[i].summary));
  g_string_append_printf (text, "  %-13s %s\n\n", "help", _("show the help of a command"));
  g_string_append (text, _("“rubisctl COMMAND --help” shows the options of a command.\n"
                           "Exit status: 0 done; 1 done in part or refused by a rule; 2 wrong usage; "
                           "3 the dossier cannot be opened; 4 an input file cannot be read; "
                           "5 writing or sending failed.\n"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GOptionContext *
make_context (SharedOptions *options, gboolean *version)
{
  g_autofree char *list = list_commands ();
  GOptionContext *context = g_option_context_new (_("COMMAND …"));
  GOptionGroup *group = make_shared_group (options);
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, version, N_("Show the version"), NULL },
    { 0 },
  };

  g_option_group_add_entries (group, entries);
  g_option_context_set_main_group (context, group);
  g_option_context_set_summary (context, _("Gets invoices paid: the work of Rubis without its window."));
  g_option_context_set_description (context, list);
  g_option_context_set_strict_posix (context, TRUE);
  return context;
}

static RubisExit
run_command (RubisCli *cli, const char *name, int argc, char **argv)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (commands[i].name, name))
        {
          cli->name = commands[i].name;
          cli->summary = commands[i].summary;
          cli->arguments = commands[i].arguments;
          return commands[i].run (cli, argc, argv);
        }
    }
  rubis_cli_say (_("There is no command “%s”. “rubisctl help” lists them."), name);
  return RUBIS_EXIT_USAGE;
}

/* "help" alone shows the general help; "help import" is "import --help"; "help templates" explains their language, "help
 * follow-up" disputes, promises, plans, calls and the search.
 */
static RubisExit
run_help (RubisCli *cli, GOptionContext *context, char **argv)
{
  g_autofree char *help = NULL;

  if (argv[1] != NULL && g_strcmp0 (argv[2], "follow-up") == 0)
    return rubis_cli_print_guide (RUBIS_GUIDE_FOLLOW_UP, rubis_format_ui_language ());
  if (argv[1] != NULL && g_strcmp0 (argv[2], "templates") == 0)
    {
      const char *const words[] = { "template", "reference", "--guide", NULL };
      /* Parsing takes the options out of it and frees them. */
      g_auto(GStrv) arguments = g_strdupv ((char **) words);

      return run_command (cli, "template", 3, arguments);
    }
  if (argv[1] != NULL && argv[2] != NULL)
    {
      char *arguments[] = { argv[2], (char *) "--help", NULL };
      return run_command (cli, argv[2], 2, arguments);
    }
  help = g_option_context_get_help (context, FALSE, NULL);
  rubis_output_print (help);
  return RUBIS_EXIT_DONE;
}

static RubisExit
run (RubisCli *cli, GOptionContext *context, SharedOptions *options, gboolean *version, char ***argv)
{
  g_autoptr(GError) error = NULL;

  if (!g_option_context_parse_strv (context, argv, &error))
    {
      rubis_cli_say (_("%s. Try “rubisctl help”."), error->message);
      return RUBIS_EXIT_USAGE;
    }
  if (*version)
    {
      rubis_output_print_line ("rubisctl %s", RUBIS_VERSION);
      return RUBIS_EXIT_DONE;
    }
  if (!take_shared (cli, options))
    return RUBIS_EXIT_USAGE;
  if ((*argv)[1] == NULL)
    {
      rubis_cli_say (_("Which command? “rubisctl help” lists them."));
      return RUBIS_EXIT_USAGE;
    }
  if (g_str_equal ((*argv)[1], "help"))
    return run_help (cli, context, *argv);
  return run_command (cli, (*argv)[1], (int) g_strv_length (*argv) - 1, *argv + 1);
}

int
rubis_cli_main (int argc, char **argv, RubisDate today)
{
  SharedOptions options = { 0 };
  gboolean version = FALSE;
  g_autoptr(GOptionContext) context = make_context (&options, &version);
  const char *from_environment = g_getenv ("RUBIS_DOSSIER");
  RubisCli cli = { .today = today };
  g_auto(GStrv) arguments = g_strdupv (argv);
  int status;

  if (from_environment != NULL && *from_environment != '\0')
    cli.dossier = g_strdup (from_environment);
  status = run (&cli, context, &options, &version, &arguments);
  shared_options_clear (&options);
  g_free (cli.dossier);
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      rubis_cli_say (_("The result cannot be written: is the disk full, or the reader gone?"));
      return RUBIS_EXIT_DEVICE;
    }
  return status;
}
