/* letterhead: the paper of the own company. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-cli.h"
#include "rubis-letterhead-check.h"
#include "rubis-letterhead-preview.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"

typedef struct
{
  char *account;
  char *file;
  gboolean envelope;
} LetterheadOptions;

static const char *
describe_image (const RubisLetterheadSettings *settings, guint image)
{
  return settings->images[image] != NULL ? "yes" : "no";
}

static GVariant *
make_problems (GPtrArray *problems)
{
  GVariantBuilder list;

  rubis_records_init (&list);
  for (guint i = 0; i < problems->len; i++)
    {
      const RubisLetterheadProblem *problem = problems->pdata[i];
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_text (&record, "code", problem->code);
      rubis_record_add_text (&record, "severity",
                             problem->severity == RUBIS_LETTERHEAD_WARNING ? "warning" : "advice");
      rubis_record_add_text (&record, "text", problem->message);
      rubis_records_add (&list, &record);
    }
  return g_variant_builder_end (&list);
}

static void
print_json (const RubisLetterheadSettings *settings, GPtrArray *problems)
{
  const char *const *keys = rubis_letterhead_settings_list_keys ();
  GVariantBuilder record;

  rubis_record_init (&record);
  for (int i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = rubis_letterhead_settings_get (settings, keys[i]);

      rubis_record_add_text (&record, keys[i], value);
    }
  for (guint i = 0; i < RUBIS_LETTERHEAD_N_LOGOS; i++)
    {
      g_autofree char *key = i == 0 ? g_strdup ("logo") : g_strdup_printf ("logo%u", i + 1);

      if (i == 0 || settings->images[i] != NULL)
        rubis_record_add_bool (&record, key, settings->images[i] != NULL);
    }
  rubis_record_add_bool (&record, "signature", settings->images[RUBIS_LETTERHEAD_SIGNATURE] != NULL);
  rubis_record_add_value (&record, "problems", make_problems (problems));
  rubis_output_print_json (g_variant_builder_end (&record));
}

/* KEY=VALUE as "letterhead set" takes it; lines of the footer are parted by \n. */
static void
print_text (const RubisLetterheadSettings *settings, GPtrArray *problems)
{
  const char *const *keys = rubis_letterhead_settings_list_keys ();

  for (int i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = rubis_letterhead_settings_get (settings, keys[i]);
      g_auto (GStrv) lines = g_strsplit (value, "\n", -1);
      g_autofree char *joined = g_strjoinv ("\\n", lines);

      rubis_output_print_line ("%s=%s", keys[i], joined);
    }
  rubis_output_print_line ("logo: %s", describe_image (settings, 0));
  rubis_output_print_line ("signature: %s", describe_image (settings, RUBIS_LETTERHEAD_SIGNATURE));
  for (guint i = 0; i < problems->len; i++)
    rubis_output_print_line ("• %s", ((const RubisLetterheadProblem *)problems->pdata[i])->message);
}

static RubisExit
show (RubisCli *cli, RubisSession *session)
{
  g_autoptr (RubisLetterheadSettings) settings = rubis_session_dup_letterhead (session);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = rubis_session_check_letterhead (session, settings, 0, &error);

  if (problems == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  if (cli->format == RUBIS_OUTPUT_JSON)
    print_json (settings, problems);
  else
    print_text (settings, problems);
  return RUBIS_EXIT_DONE;
}

static RubisExit
store (RubisCli *cli, RubisSession *session, const RubisLetterheadSettings *settings)
{
  g_autoptr (GError) error = NULL;

  if (!rubis_session_set_letterhead (session, settings, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  return show (cli, session);
}

/* All of them or none. */
static RubisExit
set_values (RubisCli *cli, RubisSession *session, char **pairs)
{
  g_autoptr (RubisLetterheadSettings) settings = rubis_session_dup_letterhead (session);

  for (int i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (pairs[i], '=');
      g_autofree char *key = equals != NULL ? g_strndup (pairs[i], (gsize)(equals - pairs[i])) : NULL;
      g_auto (GStrv) lines = equals != NULL ? g_strsplit (equals + 1, "\\n", -1) : NULL;
      g_autofree char *value = equals != NULL ? g_strjoinv ("\n", lines) : NULL;
      g_autoptr (GError) error = NULL;

      if (equals == NULL)
        {
          rubis_cli_say (_ ("“%s”: write settings as KEY=VALUE, such as position=din-b."), pairs[i]);
          return RUBIS_EXIT_USAGE;
        }
      if (!rubis_letterhead_settings_set (settings, key, value, &error))
        return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
    }
  return store (cli, session, settings);
}

/* @file: "none" takes the image away. */
static RubisExit
set_image (RubisCli *cli, RubisSession *session, guint image, const char *file)
{
  g_autoptr (RubisLetterheadSettings) settings = rubis_session_dup_letterhead (session);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (file, "none"))
    {
      char *content;
      gsize size;

      if (!g_file_get_contents (file, &content, &size, &error))
        {
          rubis_cli_say ("%s", error->message);
          return RUBIS_EXIT_INPUT;
        }
      bytes = g_bytes_new_take (content, size);
    }
  if (!rubis_letterhead_settings_set_image (settings, image, bytes, &error))
    {
      rubis_cli_say (_ ("%s: %s"), file, error->message);
      return RUBIS_EXIT_INPUT;
    }
  return store (cli, session, settings);
}

static RubisExit
set_logo (RubisCli *cli, RubisSession *session, const char *file, const char *number)
{
  guint64 n = 1;

  if (number != NULL && !g_ascii_string_to_unsigned (number, 10, 1, RUBIS_LETTERHEAD_N_LOGOS, &n, NULL))
    {
      rubis_cli_say (_ ("“%s” is not the number of a logo: use 1 to %d."), number, RUBIS_LETTERHEAD_N_LOGOS);
      return RUBIS_EXIT_USAGE;
    }
  return set_image (cli, session, (guint)n - 1, file);
}

static RubisExit
preview (RubisSession *session, const LetterheadOptions *options)
{
  g_autoptr (RubisLetterheadSettings) settings = rubis_session_dup_letterhead (session);
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GError) error = NULL;
  gint64 account = 0;

  if (options->file == NULL)
    {
      rubis_cli_say (_ ("Where shall it be written? Add --out FILE.pdf."));
      return RUBIS_EXIT_USAGE;
    }
  if (options->account != NULL && !rubis_session_find_account (session, options->account, &account, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  pdf = rubis_session_preview_letterhead (session, settings, account, options->envelope, &error);
  if (pdf == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  if (!rubis_cli_write_file (options->file, pdf, &error))
    {
      rubis_cli_say ("%s", error->message);
      return RUBIS_EXIT_DEVICE;
    }
  rubis_output_print_line ("%s", options->file);
  return RUBIS_EXIT_DONE;
}

static RubisExit
run (RubisCli *cli, RubisSession *session, char **argv, int n, const LetterheadOptions *options)
{
  if (g_str_equal (argv[0], "show") && n == 1)
    return show (cli, session);
  if (g_str_equal (argv[0], "set") && n > 1)
    return set_values (cli, session, argv + 1);
  if (g_str_equal (argv[0], "logo") && (n == 2 || n == 3))
    return set_logo (cli, session, argv[1], argv[2]);
  if (g_str_equal (argv[0], "signature") && n == 2)
    return set_image (cli, session, RUBIS_LETTERHEAD_SIGNATURE, argv[1]);
  if (g_str_equal (argv[0], "preview") && n == 1)
    return preview (session, options);
  rubis_cli_say (
      _ ("Say “letterhead show”, “set KEY=VALUE…”, “logo FILE [NUMBER]”, “signature FILE” (“none” takes one "
         "away) or “preview --out FILE.pdf”."));
  return RUBIS_EXIT_USAGE;
}

RubisExit
rubis_cli_run_letterhead (RubisCli *cli, int argc, char **argv)
{
  LetterheadOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account, N_ ("Preview a letter to this account"),
      N_ ("CODE") },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options.file, N_ ("The PDF to write"), N_ ("FILE.pdf") },
    { "envelope", 0, 0, G_OPTION_ARG_NONE, &options.envelope,
      N_ ("Show the windows of envelopes in the preview"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 1, -1, &argv))
    {
      g_autoptr (RubisSession) session = rubis_cli_open (cli);

      if (session == NULL)
        status = cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
      else
        status = run (cli, session, argv + 1, (int)g_strv_length (argv) - 1, &options);
    }
  g_free (options.account);
  g_free (options.file);
  return status;
}
