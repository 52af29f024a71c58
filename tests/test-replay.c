/* Twelve customers, 200 days: exports, imports, agenda and sending, day by day, against the journal kept in
 * tests/data/replay. RUBIS_UPDATE_GOLDEN=1 writes it anew; read every line before keeping it.
 */
#include <string.h>

#include "rubis-agenda-list.h"
#include "rubis-import-preview.h"
#include "rubis-session-why.h"
#include "rubis-promises-private.h"
#include "rubis-store-disputes.h"
#include "rubis-store-plans.h"
#include "rubis-store-events.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

#define FIRST_DAY "2026-01-05"
#define N_DAYS 200

/* An item as the accounting software knows it. */
typedef struct {
  char *account;
  char *number;
  char *type;
  RubisDate issued;
  RubisDate due;
  gint64 total;
  gint64 open;
  char *currency;
  char *means;
  gboolean gone;
} Line;

/* A line of the script. */
typedef struct {
  RubisDate date;
  GStrv words;               /* from the verb on */
} Fact;

typedef struct {
  char *folder;
  RubisSession *session;
  RubisDate day;
  GPtrArray *facts;          /* (element-type Fact) */
  GPtrArray *lines;          /* (element-type Line) */
  gboolean changed;          /* since the last export */
  GHashTable *agreements;    /* "dispute F401" -> id */
  GHashTable *refusals;      /* account -> reason mask shown last */
  GString *journal;
} World;

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->account);
  g_free (line->number);
  g_free (line->type);
  g_free (line->currency);
  g_free (line->means);
  g_free (line);
}

static void
fact_free (gpointer data)
{
  Fact *fact = data;

  g_strfreev (fact->words);
  g_free (fact);
}

static gint64
number_of (const char *text)
{
  gint64 number = 0;

  g_assert_true (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL));
  return number;
}

static void
load_script (World *world)
{
  g_autofree char *path = rubis_test_data ("replay/script.txt");
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      Fact *fact;

      if (lines[i][0] == '#' || lines[i][0] == '\0')
        continue;
      fact = g_new0 (Fact, 1);
      fact->date = rubis_date_parse_iso (strndupa (lines[i], 10));
      fact->words = g_strsplit (lines[i] + 11, " ", -1);
      g_assert_cmpint (fact->date, !=, RUBIS_DATE_NONE);
      g_ptr_array_add (world->facts, fact);
    }
}

/* --- The accounting software ------------------------------------------------------------------ */

static void
add_line (World *world, GStrv words)
{
  guint n = g_strv_length (words);
  Line *line = g_new0 (Line, 1);

  g_assert_cmpuint (n, >=, 7);
  line->account = g_strdup (words[1]);
  line->number = g_strdup (words[2]);
  line->type = g_strdup (words[3]);
  line->issued = rubis_date_parse_iso (words[4]);
  line->due = rubis_date_parse_iso (words[5]);
  line->total = line->open = number_of (words[6]);
  line->currency = g_strdup (n > 7 ? words[7] : "EUR");
  line->means = g_strdup (n > 8 ? words[8] : "");
  g_ptr_array_add (world->lines, line);
}

static void
change_line (World *world, GStrv words)
{
  gboolean found = FALSE;

  for (guint i = 0; i < world->lines->len; i++)
    {
      Line *line = g_ptr_array_index (world->lines, i);

      if (!g_str_equal (line->account, words[1]) || !g_str_equal (line->number, words[2]))
        continue;
      if (g_str_equal (words[0], "open") && line->due != rubis_date_parse_iso (words[3]))
        continue;
      if (g_str_equal (words[0], "open"))
        line->open = number_of (words[4]);
      else if (g_str_equal (words[0], "due"))
        line->due = rubis_date_parse_iso (words[3]);
      else
        line->gone = g_str_equal (words[0], "gone");
      found = TRUE;
    }
  g_assert_true (found);
}

static char *
amount_text (gint64 cents)
{
  gint64 whole = ABS (cents) / 100;

  return g_strdup_printf ("%s%" G_GINT64_FORMAT ",%02d", cents < 0 ? "-" : "", whole, (int) (ABS (cents) % 100));
}

static void
import_export (World *world)
{
  g_autofree char *path = g_build_filename (world->folder, "export.csv", NULL);
  g_autoptr(GString) csv = g_string_new (
    "Code client;N° pièce;Type;Date pièce;Échéance;Montant TTC;Reste dû;Devise;Mode de règlement\n");
  g_autoptr(RubisImportPreview) preview = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < world->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (world->lines, i);
      g_autofree char *issued = rubis_date_to_iso (line->issued);
      g_autofree char *due = rubis_date_to_iso (line->due);
      g_autofree char *total = amount_text (line->total);
      g_autofree char *open = amount_text (line->open);

      if (!line->gone)
        g_string_append_printf (csv, "%s;%s;%s;%s;%s;%s;%s;%s;%s\n", line->account, line->number, line->type, issued,
                                due, total, open, line->currency,
                                g_str_equal (line->means, "debit") ? "Prélèvement" : "Virement");
    }
  g_assert_true (g_file_set_contents (path, csv->str, -1, NULL));
  preview = rubis_session_open_import (world->session, path, &error);
  g_assert_no_error (error);
  preview->options.force = TRUE;
  rubis_session_preview_import (world->session, preview, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (preview->n_rejected, ==, 0);
  /* What changes nothing is imported too, so that data stay fresh. */
  rubis_session_apply_import (world->session, preview, NULL, &error);
  g_assert_no_error (error);
  world->changed = FALSE;
}

/* --- What the accountant learns --------------------------------------------------------------- */

/* Looked up by account and number; the first instalment. */
static gint64
item_id (World *world, const char *account, const char *number)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT i.id FROM item i JOIN account a ON a.id = i.account_id WHERE a.code = '%s' AND i.number = '%s' "
    "ORDER BY i.id LIMIT 1",
    account, number);
  gint64 id = rubis_test_query (world->session, sql);

  g_assert_cmpint (id, >, 0);
  return id;
}

static gint64
account_id (World *world, const char *code)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM account WHERE code = '%s'", code);

  return rubis_test_query (world->session, sql);
}

/* All that is open of the item, due in four months. */
static gint64
add_plan (RubisDatabase *db, gint64 account, gint64 item, RubisDate day, GError **error)
{
  g_autoptr(RubisPlanRecord) plan = rubis_plan_record_new ();
  RubisPlanItemRecord part = { .item_id = item };
  g_autofree char *sql = g_strdup_printf ("SELECT open FROM item WHERE id = %" G_GINT64_FORMAT, item);
  RubisInstalment instalment = { day + 120, 0 };

  rubis_database_query_int (db, sql, &part.part.amount, error);
  instalment.amount = part.part.amount;
  plan->account_id = account;
  plan->currency = RUBIS_CURRENCY_EUR;
  plan->agreed_on = day;
  g_array_append_val (plan->items, part);
  g_array_append_val (plan->instalments, instalment);
  rubis_store_add_plan (db, plan, error);
  return plan->id;
}

static void
promise (World *world, RubisDatabase *db, gint64 account, GArray *items, GStrv words, GError **error)
{
  RubisPromiseInput input = {
    .account_id = account,
    .item_ids = items,
    .date = rubis_date_parse_iso (words[3]),
    .amount = number_of (words[4]),
    .channel = RUBIS_CHANNEL_CALL,
  };
  g_autoptr(RubisPromiseGift) gift = rubis_promise_gift_new (world->session, db, &input, error);

  if (gift != NULL)
    rubis_promise_gift_swap (gift, db, error);
}

static gint64
contest (World *world, RubisDatabase *db, gint64 account, gint64 item, gint64 amount, GError **error)
{
  g_autoptr(RubisDisputeRecord) record = rubis_dispute_record_new ();
  RubisDisputeShare share = { item, amount };

  record->account_id = account;
  record->opened_on = world->day;
  g_free (record->reason);
  record->reason = g_strdup ("delivery");
  rubis_currency_parse ("EUR", &record->currency);
  g_array_append_val (record->shares, share);
  rubis_store_save_dispute (db, record, error);
  return record->id;
}

static void
settle (World *world, RubisDatabase *db, gint64 id, const char *state, GError **error)
{
  g_autoptr(RubisDisputeRecord) record = rubis_store_load_dispute (db, id, FALSE, error);

  if (record == NULL)
    return;
  g_free (record->state);
  record->state = g_strdup (state);
  record->closed_on = world->day;
  rubis_store_save_dispute (db, record, error);
}

static void
agree (World *world, RubisDatabase *db, GStrv words, GError **error)
{
  gint64 account = account_id (world, words[1]);
  gint64 item = item_id (world, words[1], words[2]);
  g_autoptr(GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = GPOINTER_TO_SIZE (g_hash_table_lookup (world->agreements, words[2]));

  g_array_append_val (items, item);
  if (g_str_equal (words[0], "dispute"))
    id = contest (world, db, account, item, number_of (words[3]), error);
  else if (g_str_equal (words[0], "settle"))
    settle (world, db, id, words[3], error);
  else if (g_str_equal (words[0], "promise"))
    promise (world, db, account, items, words, error);
  else if (g_str_equal (words[0], "plan"))
    id = add_plan (db, account, item, world->day, error);
  else if (g_str_equal (words[0], "unplan"))
    rubis_store_set_plan_state (db, id, words[3], world->day, "", error);
  else if (g_str_equal (words[0], "returned"))
    rubis_store_set_debit_returned (db, item, TRUE, error);
  else
    g_error ("script: no verb “%s”", words[0]);
  g_hash_table_insert (world->agreements, g_strdup (words[2]), GSIZE_TO_POINTER ((gsize) id));
}

static void
set_field (World *world, RubisDatabase *db, GStrv words, GError **error)
{
  RubisDate date = rubis_date_parse_iso (words[3]);
  g_autofree char *value = date != RUBIS_DATE_NONE ? g_strdup_printf ("%d", date) : g_strdup (words[3]);

  rubis_store_set_account_field (db, account_id (world, words[1]), words[2], value, error);
}

static void
learn (World *world, GStrv words)
{
  RubisStore *store = rubis_session_lock (world->session);
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr(GError) error = NULL;

  rubis_store_begin (store, &error);
  g_assert_no_error (error);
  if (g_str_equal (words[0], "set"))
    set_field (world, db, words, &error);
  else
    agree (world, db, words, &error);
  g_assert_no_error (error);
  rubis_store_commit (store, &error);
  g_assert_no_error (error);
  rubis_session_unlock (world->session);
}

/* --- A day ------------------------------------------------------------------------------------ */

/* Facts of the books come before the export, what the accountant learns after it. */
static void
live (World *world, gboolean of_the_books)
{
  for (guint i = 0; i < world->facts->len; i++)
    {
      const Fact *fact = g_ptr_array_index (world->facts, i);
      const char *verb = fact->words[0];
      gboolean books = g_str_equal (verb, "item") || g_str_equal (verb, "open") || g_str_equal (verb, "due")
                       || g_str_equal (verb, "gone") || g_str_equal (verb, "back");

      if (fact->date != world->day || books != of_the_books)
        continue;
      if (!books)
        learn (world, fact->words);
      else if (g_str_equal (verb, "item"))
        add_line (world, fact->words);
      else
        change_line (world, fact->words);
      world->changed = world->changed || books;
    }
}

static void
write_day (World *world)
{
  g_autofree char *day = rubis_date_to_iso (world->day);

  g_string_append_printf (world->journal, "%s ", day);
}

/* Why the accountant leaves a proposal alone today; NULL: it is done. */
static const char *
hesitate (World *world, const RubisActionRow *row, GHashTable *parties)
{
  g_autofree char *sql = g_strdup_printf ("SELECT party_id FROM account WHERE id = %d", (int) row->account_id);
  gpointer party = GSIZE_TO_POINTER ((gsize) rubis_test_query (world->session, sql));
  gsize other = GPOINTER_TO_SIZE (g_hash_table_lookup (parties, party));

  if (row->credits * 10 >= row->amount)
    return "credits to allocate";
  if (other != 0 && other != (gsize) row->account_id)
    return "the same company hears of its other account today";
  g_hash_table_insert (parties, party, GSIZE_TO_POINTER ((gsize) row->account_id));
  return NULL;
}

static void
note_waiting (World *world, const RubisActionRow *row, const char *hesitation)
{
  guint mask = row->state == RUBIS_ACTION_REFUSED ? row->reason_mask : hesitation != NULL ? 1 : 0;
  guint before = GPOINTER_TO_UINT (g_hash_table_lookup (world->refusals, row->account_code));

  if (row->state == RUBIS_ACTION_DONE || mask == before)
    return;
  g_hash_table_insert (world->refusals, g_strdup (row->account_code), GUINT_TO_POINTER (mask));
  if (mask == 0)
    return;
  write_day (world);
  g_string_append_printf (world->journal, "%s   waits:", row->account_code);
  for (int r = 1; r < RUBIS_N_REASONS; r++)
    {
      if ((mask & RUBIS_REASON_BIT (r)) != 0)
        g_string_append_printf (world->journal, " %s", rubis_reason_to_code ((RubisReason) r));
    }
  g_string_append_printf (world->journal, "%s%s\n", hesitation != NULL ? " " : "", hesitation != NULL ? hesitation : "");
}

/* "Why?" gives the answer that the agenda gives. */
static void
check_why (World *world, const RubisActionRow *row)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = rubis_session_explain_account_record (world->session, row->account_code, &error);
  gboolean eligible = FALSE;

  g_assert_no_error (error);
  g_assert_true (g_variant_lookup (answer, "eligible", "b", &eligible));
  if (row->state == RUBIS_ACTION_TO_DO)
    g_assert_true (eligible);
  else if (row->state == RUBIS_ACTION_REFUSED)
    g_assert_false (eligible);
}

/* Everything that is proposed, calls and decisions too, except where a careful person looks first. */
static void
do_the_day (World *world)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) agenda = rubis_session_compute_agenda (world->session, NULL, &error);
  g_autoptr(GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr(GHashTable) parties = g_hash_table_new (NULL, NULL);
  g_autoptr(RubisRunReport) report = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < agenda->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (agenda, i);
      const char *hesitation = row->state == RUBIS_ACTION_TO_DO ? hesitate (world, row, parties) : NULL;

      if (row->state == RUBIS_ACTION_TO_DO && hesitation == NULL)
        g_ptr_array_add (chosen, row);
      note_waiting (world, row, hesitation);
      check_why (world, row);
    }
  report = rubis_session_perform (world->session, chosen, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < report->refused->len; i++)
    {
      RubisActionRow *row = g_ptr_array_index (report->refused, i);

      write_day (world);
      g_string_append_printf (world->journal, "%s   refused: %s\n", row->account_code, row->error);
    }
}

/* The events of the day, with the items and the levels they reach; no clock, no hash, no actor. */
static void
write_events (World *world)
{
  RubisDatabase *db = rubis_session_take_reader (world->session, NULL);
  g_autoptr(GPtrArray) events = rubis_store_list_events_on (db, world->day, NULL);
  g_autoptr(RubisStatement) document = rubis_database_prepare (
    db, "SELECT template_id, language FROM document WHERE event_id = $1", NULL);
  g_autoptr(RubisStatement) items = rubis_database_prepare (
    db,
    "SELECT i.number || CASE WHEN i.instalment > 0 THEN '/' || i.instalment ELSE '' END, coalesce (x.level, -2) "
    "FROM event_item x JOIN item i ON i.id = x.item_id WHERE x.event_id = $1 ORDER BY i.id",
    NULL);

  for (guint i = 0; i < events->len; i++)
    {
      const RubisEventRecord *event = g_ptr_array_index (events, i);
      g_autofree char *sql = g_strdup_printf ("SELECT substr (code, 2) FROM account WHERE id = %d",
                                              (int) event->account_id);

      if (g_str_equal (event->kind, "import") && strstr (event->summary, " 0 new, 0 changed, 0 settled") != NULL)
        continue;
      write_day (world);
      if (event->account_id != 0)
        g_string_append_printf (world->journal, "A%02d %s: ", (int) rubis_test_query (world->session, sql), event->kind);
      g_string_append_printf (world->journal, "%s", event->summary);
      rubis_statement_bind (items, "i", event->id);
      while (rubis_statement_step (items, NULL) == RUBIS_STEP_ROW)
        {
          g_string_append_printf (world->journal, " [%s", rubis_statement_text (items, 0));
          if (rubis_statement_int (items, 1) != RUBIS_EVENT_NO_LEVEL)
            g_string_append_printf (world->journal, " level %d", (int) rubis_statement_int (items, 1));
          g_string_append_c (world->journal, ']');
        }
      rubis_statement_bind (document, "i", event->id);
      while (rubis_statement_step (document, NULL) == RUBIS_STEP_ROW)
        g_string_append_printf (world->journal, " {%s %s}", rubis_statement_text (document, 0),
                                rubis_statement_text (document, 1));
      g_string_append_c (world->journal, '\n');
    }
  g_clear_pointer (&document, rubis_statement_free);
  g_clear_pointer (&items, rubis_statement_free);
  rubis_session_return_reader (world->session, db);
}

/* --- The company ------------------------------------------------------------------------------ */

static void
create_dossier (World *world)
{
  static const char *const names[] = { "Partiel SARL", "Avoirs SAS", "Mairie de Deux-Échéances", "Litige SA",
                                       "Paul Promesse", "Échéancier SARL", "Traite & Fils", "Prélevé SAS",
                                       "Groupe Maison", "Jumeau Nord", "Jumeau Sud", "Export Ltd" };
  g_autofree char *path = g_build_filename (world->folder, "replay.rubis", NULL);
  g_autoptr(RubisCompany) company = rubis_company_new ();
  g_autoptr(GError) error = NULL;

  rubis_company_set (company, name, "Verrerie Duval");
  rubis_company_set (company, siren, "732829320");
  rubis_company_set (company, address, "3 quai Perrache");
  rubis_company_set (company, postcode, "69002");
  rubis_company_set (company, city, "LYON");
  rubis_company_set (company, phone, "04 65 71 00 10");
  rubis_company_set (company, email, "credit@verrerie.example");
  rubis_company_set (company, iban, "FR7630006000011234567890189");
  rubis_company_set (company, signatory, "Claire Duval");
  world->session = rubis_session_create (path, company, world->day, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *code = g_strdup_printf ("A%02d", (int) i + 1);

      rubis_test_add_account (world->session, code, names[i]);
    }
  rubis_test_exec (world->session,
                   "UPDATE account SET address = '1 rue des Lilas', postcode = '69003', city = 'LYON', "
                   "email = lower (code) || '@client.example', phone = '04 65 71 00 20', language = 'fr', country = 'FR';"
                   "UPDATE account SET language = 'en' WHERE code = 'A12';"
                   "UPDATE account SET email = '' WHERE code = 'A11';"
                   "UPDATE account SET means = 5 WHERE code = 'A08';"
                   "UPDATE account SET party_id = (SELECT party_id FROM account WHERE code = 'A10') WHERE code = 'A11';"
                   "UPDATE party SET kind = 2 WHERE id = (SELECT party_id FROM account WHERE code = 'A03');"
                   "UPDATE party SET kind = 1 WHERE id = (SELECT party_id FROM account WHERE code = 'A05');"
                   "UPDATE party SET kind = 3 WHERE id = (SELECT party_id FROM account WHERE code = 'A09');"
                   "DELETE FROM party WHERE id NOT IN (SELECT party_id FROM account)");
}

static void
compare_with_golden (World *world)
{
  g_autofree char *path = rubis_test_data ("replay/journal.txt");
  g_autofree char *golden = NULL;
  g_auto(GStrv) expected = NULL;
  g_auto(GStrv) found = NULL;

  if (g_getenv ("RUBIS_UPDATE_GOLDEN") != NULL)
    {
      g_assert_true (g_file_set_contents (path, world->journal->str, -1, NULL));
      return;
    }
  g_assert_true (g_file_get_contents (path, &golden, NULL, NULL));
  expected = g_strsplit (golden, "\n", -1);
  found = g_strsplit (world->journal->str, "\n", -1);
  for (int i = 0; expected[i] != NULL && found[i] != NULL; i++)
    g_assert_cmpstr (found[i], ==, expected[i]);
  g_assert_cmpuint (g_strv_length (found), ==, g_strv_length (expected));
}

static void
test_replay (void)
{
  World world = { .folder = rubis_test_make_folder (), .day = rubis_date_parse_iso (FIRST_DAY) };

  world.facts = g_ptr_array_new_with_free_func (fact_free);
  world.lines = g_ptr_array_new_with_free_func (line_free);
  world.agreements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world.refusals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  world.journal = g_string_new (NULL);
  load_script (&world);
  create_dossier (&world);
  for (int i = 0; i < N_DAYS; i++, world.day++)
    {
      rubis_session_set_today (world.session, world.day);
      live (&world, TRUE);
      if (world.changed || rubis_date_weekday (world.day) == 1)
        import_export (&world);
      live (&world, FALSE);
      do_the_day (&world);
      write_events (&world);
    }
  rubis_test_check_dossier (world.session);
  compare_with_golden (&world);

  rubis_session_close (world.session);
  g_clear_object (&world.session);
  g_ptr_array_unref (world.facts);
  g_ptr_array_unref (world.lines);
  g_hash_table_unref (world.agreements);
  g_hash_table_unref (world.refusals);
  g_string_free (world.journal, TRUE);
  rubis_test_remove_tree (world.folder);
  g_free (world.folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/replay/200-days", test_replay);
  return g_test_run ();
}
