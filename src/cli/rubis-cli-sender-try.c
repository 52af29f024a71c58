/* sender test, trial, authorize, guess: what asks servers, or the table of providers. */
#include "rubis-cli-sender.h"

#include <stdio.h>
#include <string.h>

#include <gio/gio.h>

#include <glib/gi18n-lib.h>

#include "rubis-record.h"
#include "rubis-sender-needs.h"

/* --- Test and trial --------------------------------------------------------------------------- */

static void
show_step (double fraction, const char *text, gpointer user_data)
{
  GPtrArray *steps = user_data;

  if (steps != NULL)
    g_ptr_array_add (steps, g_strdup (text));
  else
    rubis_output_print_line ("✓ %s", text);
}

static void
print_json (GPtrArray *steps, const GError *error)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_bool (&record, "works", error == NULL);
  rubis_record_add_texts (&record, "steps", steps);
  if (error != NULL)
    rubis_record_add_text (&record, "problem", error->message);
  else
    rubis_record_add_null (&record, "problem");
  rubis_output_print_json (g_variant_builder_end (&record));
}

RubisExit
rubis_cli_sender_test (RubisCli *cli, RubisSession *session, const RubisSender *sender)
{
  gboolean json = cli->format == RUBIS_OUTPUT_JSON;
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_free);
  RubisProgress progress = { .func = show_step, .user_data = json ? steps : NULL };
  g_autoptr (GError) error = NULL;
  gboolean works = rubis_session_test_sender (session, sender, &progress, &error);
  RubisExit status = RUBIS_EXIT_DONE;

  if (!works)
    status = rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  if (json)
    print_json (steps, error);
  else if (works)
    rubis_output_print_line (_ ("“%s” works."), sender->name);
  return status;
}

RubisExit
rubis_cli_sender_trial (RubisSession *session, const RubisSender *sender, const char *recipient)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  if (recipient == NULL)
    {
      rubis_cli_say (_ ("Who gets the trial message? Name an address that you read: --to ADDRESS."));
      return RUBIS_EXIT_USAGE;
    }
  answer = rubis_session_send_trial (session, sender, recipient, g_get_real_time () / G_USEC_PER_SEC, NULL,
                                     &error);
  if (answer == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  rubis_output_print_line ("%s", answer);
  return RUBIS_EXIT_DONE;
}

/* --- Signing in ------------------------------------------------------------------------------- */

/* The address is shown in any case: the browser may be on another screen, or there is none. */
static gboolean
open_browser (const char *uri, gpointer user_data)
{
  gboolean display = g_getenv ("WAYLAND_DISPLAY") != NULL || g_getenv ("DISPLAY") != NULL;

  rubis_cli_say (
      _ ("Sign in with the browser of this computer. If it does not open by itself, open this address:"));
  rubis_output_print_line ("%s", uri);
  fflush (stdout);
  return display && g_app_info_launch_default_for_uri (uri, NULL, NULL);
}

static void
show_code (const char *code, const char *uri, gpointer user_data)
{
  rubis_cli_say (_ ("Open this address in any browser, and type the code %s there:"), code);
  rubis_output_print_line ("%s", uri);
  fflush (stdout);
}

RubisExit
rubis_cli_sender_authorize (RubisSession *session, const RubisSender *sender, gboolean by_code)
{
  g_autoptr (GError) error = NULL;
  gboolean done = by_code
                      ? rubis_session_authorize_by_code (session, sender, show_code, NULL, NULL, &error)
                      : rubis_session_authorize_sender (session, sender, open_browser, NULL, NULL, &error);
  RubisExit status;

  if (done)
    {
      rubis_output_print_line (_ ("“%s” may send now."), sender->name);
      return RUBIS_EXIT_DONE;
    }
  status = rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  if (*sender->client_id == '\0' && rubis_sender_signs_in (sender))
    rubis_cli_say (_ ("Give it by “rubisctl sender set NAME client_id=ID”."));
  return status;
}

/* --- Guess ------------------------------------------------------------------------------------ */

RubisExit
rubis_cli_sender_guess (RubisCli *cli, const char *email, gboolean look_up)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSender) sender
      = look_up ? rubis_sender_guess_online (email, NULL, &error) : rubis_sender_guess (email);
  g_autofree char *advice = NULL;

  if (error != NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  if (strchr (email, '@') == NULL)
    {
      rubis_cli_say (_ ("“%s” is not an address such as name@company.fr."), email);
      return RUBIS_EXIT_USAGE;
    }
  if (sender == NULL)
    {
      rubis_cli_say (
          look_up ? _ ("The settings for “%s” are not known: ask whoever runs its mail.")
                  : _ ("The settings for “%s” are not known: --look-up asks the network who carries its "
                       "mail."),
          email);
      return RUBIS_EXIT_PARTIAL;
    }
  rubis_cli_sender_print (cli, sender, FALSE);
  advice = rubis_sender_dup_advice (sender);
  if (advice != NULL)
    rubis_cli_say ("%s", advice);
  return RUBIS_EXIT_DONE;
}
