/* call sheet: all that one has to know while talking. */
#include "rubis-cli-call.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-record.h"

const char *
rubis_cli_call_cause_to_id (RubisCallCause cause)
{
  static const char *const ids[] = { "callback", "broken_promise", "step", "by_hand" };

  return ids[cause];
}

RubisCallEntry *
rubis_cli_load_call_entry (RubisSession *session, gint64 account, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) entries = NULL;

  g_array_append_val (ids, account);
  entries = rubis_session_list_calls (session, ids, NULL, error);
  return entries != NULL ? g_object_ref (g_ptr_array_index (entries, 0)) : NULL;
}

/* (transfer full) */
static char *
describe_marks (const RubisCallItem *item)
{
  g_autofree char *day = rubis_format_date_short (item->promise_date, rubis_format_ui_language ());

  if (item->disputed <= 0 && !item->in_plan && item->promise_broken)
    return g_strdup_printf (_ ("promise for %s broken"), day);
  return g_strdup (item->disputed > 0                      ? _ ("contested")
                   : item->in_plan                         ? _ ("in a plan")
                   : item->promise_date != RUBIS_DATE_NONE ? _ ("promised")
                                                           : "");
}

static void
print_sheet (const RubisCallEntry *entry, const RubisCallSheet *sheet)
{
  const char *language = rubis_format_ui_language ();

  rubis_output_print_line ("%s %s", entry->account_code, entry->account_name);
  rubis_output_print_line ("%s", entry->why);
  if (*sheet->promised != '\0')
    rubis_output_print_line ("%s", sheet->promised);
  for (guint i = 0; i < sheet->contacts->len; i++)
    {
      const RubisCallContact *contact = g_ptr_array_index (sheet->contacts, i);

      rubis_output_print_line ("  %s%s%s  %s", contact->name, *contact->role != '\0' ? ", " : "",
                               contact->role, contact->phone);
    }
  rubis_output_print_line ("%s", "");
  for (guint i = 0; i < sheet->items->len; i++)
    {
      const RubisCallItem *item = g_ptr_array_index (sheet->items, i);
      g_autofree char *due = rubis_format_date_short (item->due_date, language);
      g_autofree char *open = rubis_format_amount (item->open, item->currency, language);
      g_autofree char *marks = describe_marks (item);

      rubis_output_print_line ("  %s  %s  %s  %s", item->number, due, open, marks);
    }
  if (*sheet->habits != '\0')
    rubis_output_print_line ("\n%s", sheet->habits);
  if (*sheet->payment_process != '\0')
    rubis_output_print_line ("\n%s", sheet->payment_process);
  for (guint i = 0; i < sheet->script->len; i++)
    {
      const RubisScriptSection *section = g_ptr_array_index (sheet->script, i);

      if (*section->title != '\0')
        rubis_output_print_line ("\n%s", section->title);
      if (*section->text != '\0')
        rubis_output_print_line ("%s%s", *section->title == '\0' ? "\n" : "", section->text);
    }
}

static void
add_script (GVariantBuilder *record, const RubisCallSheet *sheet)
{
  GVariantBuilder sections;

  rubis_records_init (&sections);
  for (guint i = 0; i < sheet->script->len; i++)
    {
      const RubisScriptSection *section = g_ptr_array_index (sheet->script, i);
      GVariantBuilder part;

      rubis_record_init (&part);
      rubis_record_add_int (&part, "level", section->level);
      rubis_record_add_text (&part, "title", section->title);
      rubis_record_add_text (&part, "text", section->text);
      rubis_records_add (&sections, &part);
    }
  rubis_record_add_value (record, "script", g_variant_builder_end (&sections));
}

static void
add_items (GVariantBuilder *record, const RubisCallSheet *sheet)
{
  GVariantBuilder items;

  rubis_records_init (&items);
  for (guint i = 0; i < sheet->items->len; i++)
    {
      const RubisCallItem *item = g_ptr_array_index (sheet->items, i);
      GVariantBuilder one;

      rubis_record_init (&one);
      rubis_record_add_text (&one, "number", item->number);
      rubis_record_add_date (&one, "due_date", item->due_date);
      rubis_record_add_int (&one, "days_late", item->days_late);
      rubis_record_add_text (&one, "currency", item->currency.code);
      rubis_record_add_amount (&one, "open", item->open, item->currency);
      rubis_record_add_amount (&one, "disputed", item->disputed, item->currency);
      rubis_record_add_date (&one, "promise_date", item->promise_date);
      rubis_record_add_bool (&one, "promise_broken", item->promise_broken);
      rubis_record_add_bool (&one, "in_plan", item->in_plan);
      rubis_records_add (&items, &one);
    }
  rubis_record_add_value (record, "items", g_variant_builder_end (&items));
}

static void
add_contacts (GVariantBuilder *record, const RubisCallSheet *sheet)
{
  GVariantBuilder contacts;

  rubis_records_init (&contacts);
  for (guint i = 0; i < sheet->contacts->len; i++)
    {
      const RubisCallContact *contact = g_ptr_array_index (sheet->contacts, i);
      GVariantBuilder one;

      rubis_record_init (&one);
      rubis_record_add_text (&one, "name", contact->name);
      rubis_record_add_text (&one, "role", contact->role);
      rubis_record_add_text (&one, "phone", contact->phone);
      rubis_record_add_text (&one, "uri", contact->uri);
      rubis_records_add (&contacts, &one);
    }
  rubis_record_add_value (record, "contacts", g_variant_builder_end (&contacts));
}

RubisExit
rubis_cli_show_call_sheet (RubisCli *cli, RubisSession *session, gint64 account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisCallEntry) entry = NULL;
  g_autoptr (RubisCallSheet) sheet = NULL;
  g_autoptr (GVariant) value = NULL;
  GVariantBuilder record;

  entry = rubis_cli_load_call_entry (session, account, &error);
  sheet = entry != NULL ? rubis_session_load_call_sheet (session, entry, &error) : NULL;
  if (sheet == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  if (cli->format != RUBIS_OUTPUT_JSON)
    {
      print_sheet (entry, sheet);
      return RUBIS_EXIT_DONE;
    }
  rubis_record_init (&record);
  rubis_record_add_text (&record, "account", entry->account_code);
  rubis_record_add_text (&record, "name", entry->account_name);
  rubis_record_add_text (&record, "cause", rubis_cli_call_cause_to_id (entry->cause));
  rubis_record_add_text (&record, "why", entry->why);
  rubis_record_add_text (&record, "promised", sheet->promised);
  rubis_record_add_text (&record, "time_zone", sheet->time_zone);
  rubis_record_add_text (&record, "habits", sheet->habits);
  rubis_record_add_text (&record, "payment_process", sheet->payment_process);
  add_contacts (&record, sheet);
  add_items (&record, sheet);
  add_script (&record, sheet);
  value = g_variant_ref_sink (g_variant_builder_end (&record));
  rubis_output_print_json (value);
  return RUBIS_EXIT_DONE;
}
