#include "rubis-cli-provider.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-hand-over.h"
#include "rubis-record.h"
#include "rubis-registered-tracking.h"

static const RubisColumn plan_columns[] = {
  { "document", N_ ("Document"), RUBIS_COLUMN_NUMBER }, { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },           { "subject", N_ ("Subject"), RUBIS_COLUMN_TEXT },
  { "pages", N_ ("Pages"), RUBIS_COLUMN_NUMBER },       { "price", N_ ("Price"), RUBIS_COLUMN_AMOUNT },
  { "refused", N_ ("Why not"), RUBIS_COLUMN_TEXT },
};

static const RubisColumn track_columns[] = {
  { "id", N_ ("Id"), RUBIS_COLUMN_NUMBER },
  { "account", N_ ("Account"), RUBIS_COLUMN_TEXT },
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "number", N_ ("Number"), RUBIS_COLUMN_TEXT },
  { "state_text", N_ ("State"), RUBIS_COLUMN_TEXT },
  { "date", N_ ("Date"), RUBIS_COLUMN_DATE },
  { "words", N_ ("La Poste says"), RUBIS_COLUMN_TEXT },
};

/* NULL: said what is wrong. @ids: may be empty */
static GArray *
read_ids (char **ids)
{
  g_autoptr (GArray) array = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (char **id = ids; *id != NULL; id++)
    {
      guint64 value;
      gint64 number;

      if (!g_ascii_string_to_unsigned (*id, 10, 1, G_MAXINT32, &value, NULL))
        {
          rubis_cli_say (_ ("“%s” is not the number of a letter; the list shows them."), *id);
          return NULL;
        }
      number = (gint64)value;
      g_array_append_val (array, number);
    }
  return g_steal_pointer (&array);
}

static GVariant *
make_plan (const RubisHandOver *plan)
{
  GVariantBuilder list;

  rubis_records_init (&list);
  for (guint i = 0; i < plan->letters->len; i++)
    {
      const RubisHandOverLetter *letter = g_ptr_array_index (plan->letters, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_int (&record, "document", letter->document_id);
      rubis_record_add_text (&record, "account", letter->account_code);
      rubis_record_add_text (&record, "name", letter->account_name);
      rubis_record_add_text (&record, "subject", letter->subject);
      rubis_record_add_bool (&record, "registered", letter->registered);
      rubis_record_add_int (&record, "pages", letter->n_pages);
      rubis_record_add_text (&record, "currency", plan->currency.code);
      if (letter->price >= 0)
        rubis_record_add_amount (&record, "price", letter->price, plan->currency);
      if (letter->to_email[0] != '\0')
        rubis_record_add_text (&record, "email", letter->to_email);
      if (letter->refused[0] != '\0')
        rubis_record_add_text (&record, "refused", letter->refused);
      rubis_records_add (&list, &record);
    }
  return g_variant_ref_sink (g_variant_builder_end (&list));
}

static void
say_price (const RubisHandOver *plan)
{
  g_autofree char *price = rubis_format_amount (plan->price, plan->currency, rubis_format_ui_language ());

  if (plan->n_unpriced == 0)
    rubis_cli_say (
        ngettext ("%d letter by %s, about %s.", "%d letters by %s, about %s.", (gulong)plan->n_letters),
        plan->n_letters, plan->sender_name, price);
  else
    rubis_cli_say (ngettext ("%d letter by %s, about %s and %d of unknown price.",
                             "%d letters by %s, about %s and %d of unknown price.", (gulong)plan->n_letters),
                   plan->n_letters, plan->sender_name, price, plan->n_unpriced);
}

RubisExit
rubis_cli_hand_over (RubisCli *cli, RubisSession *session, const char *name, char **ids, gboolean confirm)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) documents = read_ids (ids);
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (RubisHandOver) plan = NULL;
  g_autoptr (GVariant) letters = NULL;
  int n_done = 0;

  if (documents == NULL)
    return RUBIS_EXIT_USAGE;
  sender = rubis_session_find_sender (session, name, &error);
  if (sender == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  plan = rubis_session_plan_hand_over (session, documents->len > 0 ? documents : NULL, sender->id, &error);
  if (plan == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_PARTIAL);
  letters = make_plan (plan);
  rubis_output_print_list (cli->format, letters, plan_columns, G_N_ELEMENTS (plan_columns),
                           _ ("No letter waits to be posted."));
  if (plan->n_letters == 0)
    return RUBIS_EXIT_PARTIAL;
  say_price (plan);
  if (!confirm)
    {
      rubis_cli_say (_ ("Nothing was handed over yet: add --confirm."));
      return RUBIS_EXIT_PARTIAL;
    }
  n_done = rubis_session_hand_over (session, plan, g_get_real_time () / G_USEC_PER_SEC, &error);
  if (n_done < 0)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_cli_say (ngettext ("%d letter waits in the outbox: “outbox send” sends what is due.",
                           "%d letters wait in the outbox: “outbox send” sends what is due.", (gulong)n_done),
                 n_done);
  return n_done == (int)plan->letters->len ? RUBIS_EXIT_DONE : RUBIS_EXIT_PARTIAL;
}

RubisExit
rubis_cli_track (RubisCli *cli, RubisSession *session, char **ids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) numbers = read_ids (ids);
  g_autoptr (GPtrArray) letters = NULL;
  g_autoptr (RubisOutput) output = NULL;

  if (numbers == NULL)
    return RUBIS_EXIT_USAGE;
  letters = rubis_session_track_registered (session, numbers->len > 0 ? numbers : NULL, NULL, &error);
  if (letters == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  output = rubis_output_new (cli->format, track_columns, G_N_ELEMENTS (track_columns));
  for (guint i = 0; i < letters->len; i++)
    {
      const RubisTrackedLetter *letter = g_ptr_array_index (letters, i);
      g_autoptr (GVariant) value = NULL;
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_int (&record, "id", letter->id);
      rubis_record_add_text (&record, "account", letter->account_code);
      rubis_record_add_text (&record, "name", letter->account_name);
      rubis_record_add_text (&record, "number", letter->number);
      rubis_record_add_text (&record, "state", rubis_registered_state_to_id (letter->state));
      rubis_record_add_text (&record, "state_text", rubis_registered_state_to_label (letter->state));
      rubis_record_add_date (&record, "date", letter->date);
      rubis_record_add_bool (&record, "changed", letter->changed);
      rubis_record_add_text (&record, "words", letter->words);
      value = g_variant_ref_sink (g_variant_builder_end (&record));
      rubis_output_add (output, value);
    }
  rubis_output_finish (output, _ ("No registered letter is under way."));
  return RUBIS_EXIT_DONE;
}
