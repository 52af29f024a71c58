/* sender: who sends, and through what. Secrets come from standard input, never from arguments, which other
 * users of the machine can see. */
#include "rubis-cli-sender.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-cli-secret.h"
#include "rubis-record.h"
#include "rubis-sender-fields.h"
#include "rubis-sender-needs.h"

static const RubisColumn columns[] = {
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },         { "transport", N_ ("Sends by"), RUBIS_COLUMN_TEXT },
  { "email", N_ ("Address"), RUBIS_COLUMN_TEXT },     { "server", N_ ("Server"), RUBIS_COLUMN_TEXT },
  { "active", N_ ("In use"), RUBIS_COLUMN_TEXT },     { "actor", N_ ("For the user"), RUBIS_COLUMN_TEXT },
  { "wait_reason", N_ ("Waits"), RUBIS_COLUMN_TEXT },
};

/* --- Output ----------------------------------------------------------------------------------- */

/* Numbers and switches keep their kind. */
static void
add_field (GVariantBuilder *record, const RubisSender *sender, const char *field)
{
  static const char *const numbers[]
      = { "port", "imap_port", "recall_minutes", "per_minute", "per_day", "position", NULL };
  g_autofree char *text = rubis_sender_dup_field (sender, field);

  if (g_strv_contains (numbers, field))
    rubis_record_add_int (record, field, g_ascii_strtoll (text, NULL, 10));
  else if (g_str_equal (field, "active"))
    rubis_record_add_bool (record, field, sender->active);
  else
    rubis_record_add_text (record, field, text);
}

static void
fill_record (GVariantBuilder *record, const RubisSender *sender)
{
  const char *const *fields = rubis_sender_list_fields ();

  rubis_record_init (record);
  rubis_record_add_int (record, "id", sender->id);
  rubis_record_add_text (record, "transport", rubis_transport_to_id (sender->transport));
  for (int i = 0; fields[i] != NULL; i++)
    add_field (record, sender, fields[i]);
  rubis_record_add_text (record, "wait_reason", sender->wait_reason);
}

void
rubis_cli_sender_print (RubisCli *cli, const RubisSender *sender, gboolean all)
{
  const char *const *fields = rubis_sender_list_fields ();
  g_autoptr (RubisSender) plain = rubis_sender_new (sender->transport);
  GVariantBuilder record;

  if (cli->format == RUBIS_OUTPUT_JSON)
    {
      fill_record (&record, sender);
      rubis_output_print_json (g_variant_builder_end (&record));
      return;
    }
  rubis_output_print_line ("transport=%s", rubis_transport_to_id (sender->transport));
  for (int i = 0; fields[i] != NULL; i++)
    {
      g_autofree char *text = rubis_sender_dup_field (sender, fields[i]);
      g_autofree char *usual = rubis_sender_dup_field (plain, fields[i]);

      if (all || !g_str_equal (text, usual))
        rubis_output_print_line ("%s=%s", fields[i], text);
    }
}

/* Texts for people. */
static GVariant *
make_row (const RubisSender *sender, RubisOutputFormat format)
{
  GVariantBuilder record;

  if (format != RUBIS_OUTPUT_TEXT)
    {
      fill_record (&record, sender);
      return g_variant_builder_end (&record);
    }
  rubis_record_init (&record);
  rubis_record_add_text (&record, "name", sender->name);
  rubis_record_add_text (&record, "transport", rubis_transport_to_label (sender->transport));
  rubis_record_add_text (&record, "email", sender->email);
  rubis_record_add_text (&record, "server", sender->server);
  rubis_record_add_text (&record, "active", sender->active ? _ ("Yes") : _ ("No"));
  rubis_record_add_text (&record, "actor", sender->actor);
  rubis_record_add_text (&record, "wait_reason", sender->wait_reason);
  return g_variant_builder_end (&record);
}

static RubisExit
list (RubisCli *cli, RubisSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) senders = rubis_session_list_senders (session, &error);
  g_autoptr (RubisOutput) output = NULL;

  if (senders == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  output = rubis_output_new (cli->format, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < senders->len; i++)
    {
      g_autoptr (GVariant) row = g_variant_ref_sink (make_row (g_ptr_array_index (senders, i), cli->format));

      rubis_output_add (output, row);
    }
  rubis_output_finish (output, _ ("There is no sender: “rubisctl sender add” adds one."));
  return RUBIS_EXIT_DONE;
}

/* --- Secrets ---------------------------------------------------------------------------------- */

/* FALSE: it could not be kept. @given: (out) whether there was one */
static gboolean
ask (RubisSession *session, const RubisSender *sender, const RubisSenderNeed *need, gboolean *given,
     GError **error)
{
  char *secret = rubis_cli_secret_read (need->label);
  gboolean kept = TRUE;

  *given = secret != NULL;
  if (secret != NULL)
    kept = rubis_session_store_secret (session, sender, need->name, secret, error);
  rubis_cli_secret_free (secret);
  if (*given && kept)
    rubis_cli_say (_ ("%s: in the keyring of this desktop."), need->label);
  return kept;
}

/* A name as it is typed in a shell. */
static char *
quote (const char *name)
{
  for (const char *p = name; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("@.-_+", *p) == NULL && (guchar)*p < 0x80)
        return g_shell_quote (name);
    }
  return g_strdup (name);
}

static void
say_next (const RubisSender *sender)
{
  g_autofree char *advice = rubis_sender_dup_advice (sender);
  g_autofree char *name = quote (sender->name);

  if (advice != NULL)
    rubis_cli_say ("%s", advice);
  if (rubis_sender_signs_in (sender) && *sender->client_id == '\0')
    rubis_cli_say (
        _ ("Next: “rubisctl sender set %s client_id=ID”, then “rubisctl sender authorize %s” signs in."),
        name, name);
  else if (rubis_sender_signs_in (sender))
    rubis_cli_say (
        _ ("Next: “rubisctl sender authorize %s” signs in, “rubisctl sender test %s” tries the settings."),
        name, name);
}

/* What is missing is said at once, in the words of its provider. */
static void
warn (const RubisSender *sender)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = quote (sender->name);

  if (rubis_sender_check_complete (sender, NULL, &error))
    return;
  rubis_cli_say ("%s", error->message);
  rubis_cli_say (_ ("Give them by “rubisctl sender set %s KEY=VALUE…”."), name);
}

/* Asks for each secret of @sender. Optional ones are asked only of a person who names them. */
static RubisExit
ask_all (RubisSession *session, const RubisSender *sender)
{
  g_autoptr (GArray) needs = rubis_sender_list_needs (sender);
  RubisExit status = RUBIS_EXIT_DONE;

  for (guint i = 0; i < needs->len; i++)
    {
      const RubisSenderNeed *need = &g_array_index (needs, RubisSenderNeed, i);
      g_autoptr (GError) error = NULL;
      g_autofree char *name = NULL;
      gboolean given = FALSE;

      if (need->optional)
        continue;
      if (!ask (session, sender, need, &given, &error))
        {
          rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
          return RUBIS_EXIT_DEVICE;
        }
      if (given)
        continue;
      name = quote (sender->name);
      rubis_cli_say (
          _ ("%s: nothing was given. “rubisctl sender secret %s” asks again; until then nothing can be "
             "sent by “%s”."),
          need->label, name, sender->name);
      status = RUBIS_EXIT_PARTIAL;
    }
  return status;
}

/* What the provider understands by its settings, beside them. */
static void
explain (const RubisSender *sender)
{
  const char *const *fields = rubis_sender_list_fields ();
  g_autoptr (GArray) needs = rubis_sender_list_needs (sender);

  for (int i = 0; fields[i] != NULL; i++)
    {
      const char *meaning = rubis_sender_get_meaning (sender->transport, fields[i]);

      if (meaning != NULL)
        rubis_cli_say (_ ("%s: %s"), fields[i], meaning);
    }
  for (guint i = 0; i < needs->len; i++)
    {
      const RubisSenderNeed *need = &g_array_index (needs, RubisSenderNeed, i);

      rubis_cli_say (_ ("Secret “%s”: %s"), need->name, need->label);
    }
  warn (sender);
}

/* One secret by its name, or all that are needed. */
static RubisExit
set_secret (RubisSession *session, const RubisSender *sender, const char *name)
{
  g_autoptr (GArray) needs = rubis_sender_list_needs (sender);
  g_autoptr (GString) known = g_string_new (NULL);

  if (name == NULL)
    return ask_all (session, sender);
  for (guint i = 0; i < needs->len; i++)
    {
      const RubisSenderNeed *need = &g_array_index (needs, RubisSenderNeed, i);
      g_autoptr (GError) error = NULL;
      gboolean given = FALSE;

      g_string_append_printf (known, "%s%s (%s)", i > 0 ? ", " : "", need->name, need->label);
      if (!g_str_equal (need->name, name))
        continue;
      if (!ask (session, sender, need, &given, &error))
        {
          rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
          return RUBIS_EXIT_DEVICE;
        }
      if (!given)
        rubis_cli_say (_ ("%s: nothing was given, nothing was changed."), need->label);
      return given ? RUBIS_EXIT_DONE : RUBIS_EXIT_PARTIAL;
    }
  if (known->len > 0)
    rubis_cli_say (_ ("“%s” has no secret “%s”. It has: %s."), sender->name, name, known->str);
  else
    rubis_cli_say (_ ("“%s” needs no password."), sender->name);
  return RUBIS_EXIT_USAGE;
}

/* --- Settings --------------------------------------------------------------------------------- */

static gboolean
is_secret (const char *key)
{
  static const char *const secrets[]
      = { "password", "passwd", "secret", "key", "token", "api_key", "client_secret", "client-secret", NULL };

  return g_strv_contains (secrets, key);
}

/* All of them or none. FALSE: said what is wrong. */
static gboolean
apply (RubisSender *sender, char **pairs)
{
  for (int i = 0; pairs[i] != NULL; i++)
    {
      const char *equals = strchr (pairs[i], '=');
      g_autofree char *key = equals != NULL ? g_strndup (pairs[i], (gsize)(equals - pairs[i])) : NULL;
      g_autoptr (GError) error = NULL;

      if (key == NULL)
        {
          rubis_cli_say (_ ("“%s”: write settings as KEY=VALUE, such as server=smtp.company.fr."), pairs[i]);
          return FALSE;
        }
      if (is_secret (key))
        {
          rubis_cli_say (
              _ ("%s: passwords and keys are never arguments, which other users of this machine can "
                 "read; Rubis asks for them on standard input."),
              key);
          return FALSE;
        }
      if (!rubis_sender_set_field (sender, key, equals + 1, &error))
        {
          rubis_cli_say ("%s", error->message);
          return FALSE;
        }
    }
  return TRUE;
}

static char *
list_transports (void)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < RUBIS_N_TRANSPORTS; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", rubis_transport_to_id ((RubisTransportKind)i));
  return g_string_free (text, FALSE);
}

/* From --transport, or from what the address tells. NULL: said why not. */
static RubisSender *
begin (const RubisCliSenderOptions *options)
{
  g_autofree char *known = list_transports ();
  g_autoptr (GError) error = NULL;
  RubisTransportKind transport;
  RubisSender *sender;

  if (options->transport != NULL && rubis_transport_from_id (options->transport, &transport))
    return rubis_sender_new (transport);
  if (options->transport != NULL)
    {
      rubis_cli_say (_ ("--transport: “%s” is not known. There are: %s."), options->transport, known);
      return NULL;
    }
  if (options->email == NULL)
    {
      rubis_cli_say (_ ("Say --email ADDRESS, or --transport and the settings. There are: %s."), known);
      return NULL;
    }
  sender = options->look_up ? rubis_sender_guess_online (options->email, NULL, &error)
                            : rubis_sender_guess (options->email);
  if (sender != NULL)
    return sender;
  if (error != NULL)
    rubis_cli_say ("%s", error->message);
  rubis_cli_say (_ ("The settings for “%s” are not known. Say them, for a mail server: --transport smtp "
                    "server=NAME port=587 security=starttls."),
                 options->email);
  if (!options->look_up)
    rubis_cli_say (_ ("Or let --look-up ask the network who carries the mail of this address."));
  return NULL;
}

static RubisExit
add (RubisCli *cli, RubisSession *session, const RubisCliSenderOptions *options, char **pairs)
{
  g_autoptr (RubisSender) sender = begin (options);
  g_autoptr (GError) error = NULL;
  RubisExit status;

  if (sender == NULL)
    return RUBIS_EXIT_USAGE;
  if (options->email != NULL)
    rubis_sender_set (sender, email, options->email);
  if (options->name != NULL)
    rubis_sender_set (sender, name, options->name);
  else if (*sender->name == '\0')
    rubis_sender_set (sender, name,
                      options->email != NULL ? options->email : rubis_transport_to_id (sender->transport));
  if (!apply (sender, pairs))
    return RUBIS_EXIT_USAGE;
  if (!rubis_session_save_sender (session, sender, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  warn (sender);
  say_next (sender);
  status = ask_all (session, sender);
  rubis_cli_sender_print (cli, sender, FALSE);
  return status;
}

static RubisExit
set_values (RubisCli *cli, RubisSession *session, RubisSender *sender, char **pairs)
{
  g_autoptr (GError) error = NULL;

  if (!apply (sender, pairs))
    return RUBIS_EXIT_USAGE;
  if (!rubis_session_save_sender (session, sender, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  warn (sender);
  rubis_cli_sender_print (cli, sender, FALSE);
  return RUBIS_EXIT_DONE;
}

static RubisExit
remove_sender (RubisSession *session, const RubisSender *sender)
{
  g_autoptr (GError) error = NULL;

  if (!rubis_session_remove_sender (session, sender->id, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  rubis_output_print_line (_ ("“%s” was removed, and its passwords were forgotten."), sender->name);
  return RUBIS_EXIT_DONE;
}

/* --- The command ------------------------------------------------------------------------------ */

static RubisExit
say_usage (void)
{
  rubis_cli_say (
      _ ("Say “sender list”, “add --email ADDRESS [KEY=VALUE…]”, or “show”, “set”, “secret”, “authorize”, "
         "“test”, “trial --to ADDRESS” or “remove” with the name of a sender, or “guess ADDRESS”."));
  return RUBIS_EXIT_USAGE;
}

/* @argv: the verb, the name of a sender, then what the verb takes */
static RubisExit
run_on_one (RubisCli *cli, RubisSession *session, char **argv, int n, const RubisCliSenderOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSender) sender = NULL;
  const char *verb = argv[0];
  static const char *const alone[] = { "show", "test", "trial", "remove", "authorize", NULL };

  if (n < 2 || (g_strv_contains (alone, verb) && n > 2) || (g_str_equal (verb, "secret") && n > 3)
      || (g_str_equal (verb, "set") && n < 3))
    return say_usage ();
  sender = rubis_session_find_sender (session, argv[1], &error);
  if (sender == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  if (g_str_equal (verb, "set"))
    return set_values (cli, session, sender, argv + 2);
  if (g_str_equal (verb, "secret"))
    return set_secret (session, sender, argv[2]);
  if (g_str_equal (verb, "authorize"))
    return rubis_cli_sender_authorize (session, sender, options->by_code);
  if (g_str_equal (verb, "test"))
    return rubis_cli_sender_test (cli, session, sender);
  if (g_str_equal (verb, "trial"))
    return rubis_cli_sender_trial (session, sender, options->recipient);
  if (g_str_equal (verb, "remove"))
    return remove_sender (session, sender);
  rubis_cli_sender_print (cli, sender, TRUE);
  explain (sender);
  return RUBIS_EXIT_DONE;
}

static RubisExit
run (RubisCli *cli, char **argv, int n, const RubisCliSenderOptions *options)
{
  static const char *const on_one[]
      = { "show", "set", "secret", "authorize", "test", "trial", "remove", NULL };
  g_autoptr (RubisSession) session = NULL;

  if (g_str_equal (argv[0], "guess") && n == 2)
    return rubis_cli_sender_guess (cli, argv[1], options->look_up);
  if (!g_strv_contains (on_one, argv[0]) && !g_str_equal (argv[0], "add")
      && !(g_str_equal (argv[0], "list") && n == 1))
    return say_usage ();
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  if (g_str_equal (argv[0], "list"))
    return list (cli, session);
  if (g_str_equal (argv[0], "add"))
    return add (cli, session, options, argv + 1);
  return run_on_one (cli, session, argv, n, options);
}

RubisExit
rubis_cli_run_sender (RubisCli *cli, int argc, char **argv)
{
  RubisCliSenderOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "transport", 0, 0, G_OPTION_ARG_STRING, &options.transport,
      N_ ("How the new sender sends (default: what its address tells; “sender add” alone lists them)"),
      N_ ("TRANSPORT") },
    { "email", 0, 0, G_OPTION_ARG_STRING, &options.email, N_ ("Address of the new sender"), N_ ("ADDRESS") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("Name of the new sender (default: its address)"),
      N_ ("NAME") },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options.recipient, N_ ("Who gets the trial message"),
      N_ ("ADDRESS") },
    { "code", 0, 0, G_OPTION_ARG_NONE, &options.by_code,
      N_ ("Sign in by a code that is typed in the browser of another device"), NULL },
    { "look-up", 0, 0, G_OPTION_ARG_NONE, &options.look_up,
      N_ ("Ask the network who carries the mail of the address"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;

  if (rubis_cli_parse (cli, entries, 1, -1, &argv))
    status = run (cli, argv + 1, (int)g_strv_length (argv) - 1, &options);
  g_free (options.transport);
  g_free (options.email);
  g_free (options.name);
  g_free (options.recipient);
  return status;
}
