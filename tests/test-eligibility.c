/* Cases of tests/data/eligibility, written as text: facts, then the answers expected of them.
 *
 * Lines of a case, which begins by "== title":
 *   policy ID                        a policy of resources/policies
 *   change GROUP/KEY=VALUE           one key of it
 *   today DATE
 *   dossier KEY=VALUE…               paused, paused-until, data (last import), freshness
 *   account KEY=VALUE…               see read_account()
 *   item NAME KEY=VALUE…             see read_item()
 *   expect NAME yes KEY=VALUE…       step, channel, validation, note, date (first day of the step)
 *   expect NAME no CODE… KEY=VALUE…  also: next (first eligible day, or "never"), until=CODE:DATE
 *   action KEY=VALUE…                step, channel, validation, amount, credits, items=NAME:LEVEL,…,
 * unallocated action none KEY=VALUE…           refused=CODE,…
 */
#include <string.h>

#include "rubis-agenda.h"
#include "rubis-calendar.h"
#include "rubis-eligibility.h"
#include "rubis-test.h"

typedef struct
{
  char *title;
  GPtrArray *lines; /* (element-type char*) */
} Case;

typedef struct
{
  GKeyFile *policy_file;
  RubisPolicy *policy;
  RubisDate today;
  RubisDossierFacts dossier;
  gboolean data_given;
  RubisAccountFacts account;
  GPtrArray *names; /* (element-type char*) of items */
  GArray *items;    /* (element-type RubisAgendaItem) */
} World;

/* Codes that some case expects, so that none is forgotten. */
static guint32 covered;

static RubisDate
read_date (const char *text)
{
  RubisDate date = rubis_date_parse_iso (text);

  if (g_str_equal (text, "none"))
    return RUBIS_DATE_NONE;
  g_assert_cmpint (date, !=, RUBIS_DATE_NONE);
  return date;
}

static gint64
read_amount (const char *text)
{
  g_autoptr (GError) error = NULL;
  gint64 minor = 0;

  g_assert_true (rubis_money_parse (text, RUBIS_CURRENCY_EUR, &minor, &error));
  g_assert_no_error (error);
  return minor;
}

static gboolean
read_flag (const char *text)
{
  g_assert_true (g_str_equal (text, "yes") || g_str_equal (text, "no"));
  return g_str_equal (text, "yes");
}

static guint32
read_code (const char *code)
{
  for (int i = 1; i < RUBIS_N_REASONS; i++)
    {
      if (g_str_equal (rubis_reason_to_code ((RubisReason)i), code))
        {
          covered |= RUBIS_REASON_BIT (i);
          return RUBIS_REASON_BIT (i);
        }
    }
  g_error ("no reason %s", code);
}

static guint32
read_codes (const char *text)
{
  g_auto (GStrv) codes = g_strsplit (text, ",", -1);
  guint32 mask = 0;

  for (int i = 0; codes[i] != NULL; i++)
    mask |= read_code (codes[i]);
  return mask;
}

static char *
show_codes (guint32 mask)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 1; i < RUBIS_N_REASONS; i++)
    {
      if (mask & RUBIS_REASON_BIT (i))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "",
                                rubis_reason_to_code ((RubisReason)i));
    }
  return g_strdup (text->str);
}

static void
assert_codes (guint32 found, guint32 expected)
{
  g_autofree char *found_text = show_codes (found);
  g_autofree char *expected_text = show_codes (expected);

  g_assert_cmpstr (found_text, ==, expected_text);
}

static void
assert_date (RubisDate found, const char *expected)
{
  g_autofree char *text = rubis_date_to_iso (found);

  g_assert_cmpstr (found == RUBIS_DATE_NONE ? "never" : text, ==, expected);
}

/* Splits "key=value"; @value points into @word. */
static char *
split (char *word)
{
  char *value = strchr (word, '=');

  if (value == NULL)
    g_error ("“%s” is not key=value", word);
  *value = '\0';
  return value + 1;
}

static void
read_dossier (World *world, GStrv words)
{
  for (int i = 1; words[i] != NULL; i++)
    {
      const char *value = split (words[i]);

      if (g_str_equal (words[i], "paused"))
        world->dossier.paused = read_flag (value);
      else if (g_str_equal (words[i], "paused-until"))
        world->dossier.paused_until = read_date (value);
      else if (g_str_equal (words[i], "data"))
        world->dossier.data_date = read_date (value);
      else if (g_str_equal (words[i], "freshness"))
        world->dossier.freshness_days = atoi (value);
      else
        g_error ("dossier %s", words[i]);
      world->data_given = world->data_given || g_str_equal (words[i], "data");
    }
}

static void
read_account (World *world, GStrv words)
{
  RubisAccountFacts *account = &world->account;

  for (int i = 1; words[i] != NULL; i++)
    {
      const char *value = split (words[i]);

      if (g_str_equal (words[i], "kind"))
        g_assert_true (rubis_party_kind_from_id (value, &account->kind));
      else if (g_str_equal (words[i], "insolvency"))
        g_assert_true (rubis_insolvency_from_id (value, &account->insolvency));
      else if (g_str_equal (words[i], "stop"))
        account->stop = read_flag (value);
      else if (g_str_equal (words[i], "stop-until"))
        account->stop_until = read_date (value);
      else if (g_str_equal (words[i], "agent"))
        account->with_agent = read_flag (value);
      else if (g_str_equal (words[i], "direct-debit"))
        account->direct_debit = read_flag (value);
      else if (g_str_equal (words[i], "email"))
        account->has_email = read_flag (value);
      else if (g_str_equal (words[i], "address"))
        account->has_address = read_flag (value);
      else if (g_str_equal (words[i], "phone"))
        account->has_phone = read_flag (value);
      else if (g_str_equal (words[i], "last-contact"))
        account->last_contact = read_date (value);
      else
        g_error ("account %s", words[i]);
    }
}

static gboolean
read_item_state (RubisItemFacts *item, const char *key, const char *value)
{
  if (g_str_equal (key, "stop"))
    item->stop = read_flag (value);
  else if (g_str_equal (key, "stop-until"))
    item->stop_until = read_date (value);
  else if (g_str_equal (key, "direct-debit"))
    item->direct_debit = read_flag (value);
  else if (g_str_equal (key, "other-means"))
    item->other_means = read_flag (value);
  else if (g_str_equal (key, "returned"))
    item->debit_returned = read_flag (value);
  else if (g_str_equal (key, "draft"))
    item->draft = read_flag (value);
  else if (g_str_equal (key, "agent"))
    item->with_agent = read_flag (value);
  else if (g_str_equal (key, "promise"))
    item->promise_date = read_date (value);
  else if (g_str_equal (key, "notice-until"))
    item->notice_until = read_date (value);
  else if (g_str_equal (key, "plan"))
    item->plan = read_flag (value);
  else if (g_str_equal (key, "plan-until"))
    item->plan_until = read_date (value);
  else if (g_str_equal (key, "share"))
    item->plan_share = read_amount (value);
  else if (g_str_equal (key, "resumed"))
    item->resumed_date = read_date (value);
  else
    return FALSE;
  return TRUE;
}

static void
read_item (World *world, GStrv words)
{
  RubisAgendaItem item = {
    .id = (gint64)world->items->len,
    .facts = { .due_date = RUBIS_DATE_NONE,
               .stop_until = RUBIS_DATE_NONE,
               .promise_date = RUBIS_DATE_NONE,
               .plan_until = RUBIS_DATE_NONE,
               .resumed_date = RUBIS_DATE_NONE,
               .first_seen = RUBIS_DATE_NONE,
               .level = RUBIS_LEVEL_NONE,
               .level_date = RUBIS_DATE_NONE },
  };
  gboolean total_given = FALSE;

  for (int i = 2; words[i] != NULL; i++)
    {
      const char *value = split (words[i]);

      if (g_str_equal (words[i], "type"))
        g_assert_true (rubis_item_type_from_code (value, &item.facts.type));
      else if (g_str_equal (words[i], "due"))
        item.facts.due_date = read_date (value);
      else if (g_str_equal (words[i], "total"))
        item.facts.total = read_amount (value);
      else if (g_str_equal (words[i], "open"))
        item.facts.open = read_amount (value);
      else if (g_str_equal (words[i], "disputed"))
        item.facts.disputed = read_amount (value);
      else if (g_str_equal (words[i], "seen"))
        item.facts.first_seen = read_date (value);
      else if (g_str_equal (words[i], "level"))
        item.facts.level = atoi (value);
      else if (g_str_equal (words[i], "level-date"))
        item.facts.level_date = read_date (value);
      else if (!read_item_state (&item.facts, words[i], value))
        g_error ("item %s", words[i]);
      total_given = total_given || g_str_equal (words[i], "total");
    }
  if (!total_given)
    item.facts.total = item.facts.open;
  g_ptr_array_add (world->names, g_strdup (words[1]));
  g_array_append_val (world->items, item);
}

static void
load_policy (World *world, const char *id)
{
  g_autofree char *name = g_strconcat (id, ".ini", NULL);
  g_autofree char *path
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources", "policies", name, NULL);
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (world->policy_file, path, G_KEY_FILE_KEEP_TRANSLATIONS, &error);
  g_assert_no_error (error);
}

static void
change_policy (World *world, const char *text)
{
  g_auto (GStrv) path = g_strsplit (text, "/", 2);
  const char *value = split (path[1]);

  g_key_file_set_string (world->policy_file, path[0], path[1], value);
}

/* Called when all facts are read. */
static void
complete (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (world->policy != NULL)
    return;
  text = g_key_file_to_data (world->policy_file, &length, NULL);
  world->policy = rubis_policy_new_from_data (text, (gssize)length, "en", &error);
  g_assert_no_error (error);
  if (!world->data_given)
    world->dossier.data_date = world->today;
  rubis_agenda_sum_account (&world->account, (const RubisAgendaItem *)(gpointer)world->items->data,
                            world->items->len, world->today);
}

static gboolean
is_open (RubisDate date, gpointer user_data)
{
  const RubisPolicy *policy = user_data;
  RubisCalendar calendar;

  if ((rubis_policy_get_send_days (policy) & (1u << rubis_date_weekday (date))) == 0)
    return FALSE;
  return !rubis_calendar_from_id (rubis_policy_get_calendar (policy), &calendar)
         || !rubis_calendar_is_holiday (calendar, date);
}

static const RubisItemFacts *
find_item (const World *world, const char *name)
{
  for (guint i = 0; i < world->names->len; i++)
    {
      if (g_str_equal (world->names->pdata[i], name))
        return &g_array_index (world->items, RubisAgendaItem, i).facts;
    }
  g_error ("no item %s", name);
}

static void
check_until (const World *world, const RubisItemFacts *item, const RubisVerdict *verdict, char *value)
{
  char *date = strchr (value, ':');
  RubisDate until;

  *date++ = '\0';
  until = rubis_eligibility_reason_until ((RubisReason)g_bit_nth_lsf (read_code (value), 0), world->policy,
                                          &world->dossier, &world->account, item, verdict, world->today);
  assert_date (until, date);
}

static void
check_detail (const World *world, const RubisItemFacts *item, const RubisVerdict *verdict, const char *key,
              char *value)
{
  if (g_str_equal (key, "step"))
    g_assert_cmpint (verdict->step != NULL ? verdict->step->rank : RUBIS_LEVEL_NONE, ==, atoi (value));
  else if (g_str_equal (key, "channel"))
    g_assert_cmpstr (rubis_channel_to_id (verdict->channel), ==, value);
  else if (g_str_equal (key, "validation"))
    g_assert_cmpstr (rubis_validation_to_id (verdict->validation), ==, value);
  else if (g_str_equal (key, "note"))
    assert_codes (verdict->notes, read_codes (value));
  else if (g_str_equal (key, "date"))
    assert_date (verdict->step_date, value);
  else if (g_str_equal (key, "until"))
    check_until (world, item, verdict, value);
  else if (g_str_equal (key, "next"))
    assert_date (rubis_agenda_next_date (world->policy, &world->dossier, &world->account, item, world->today,
                                         is_open, world->policy),
                 value);
  else
    g_error ("expect %s", key);
}

static void
check_item (const World *world, GStrv words)
{
  const RubisItemFacts *item = find_item (world, words[1]);
  RubisVerdict verdict;
  guint32 expected = 0;
  int i = 3;

  rubis_eligibility_evaluate (world->policy, &world->dossier, &world->account, item, world->today,
                              is_open (world->today, world->policy), &verdict);
  for (; words[i] != NULL && words[i][0] == 'E'; i++)
    expected |= read_code (words[i]);
  assert_codes (verdict.reasons, expected);
  g_assert_cmpint (verdict.eligible, ==, read_flag (words[2]));
  g_assert_cmpint (verdict.eligible, ==, expected == 0);
  for (; words[i] != NULL; i++)
    {
      char *value = split (words[i]);

      check_detail (world, item, &verdict, words[i], value);
    }
}

static char *
show_items (const World *world, const RubisAgendaAction *action)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_cmpuint (action->items->len, ==, action->levels->len);
  for (guint i = 0; i < action->items->len; i++)
    g_string_append_printf (text, "%s%s:%d", i > 0 ? "," : "",
                            (const char *)world->names->pdata[g_array_index (action->items, gint64, i)],
                            g_array_index (action->levels, int, i));
  return g_strdup (text->str);
}

static void
check_action_detail (const World *world, const RubisAgendaAction *action, const char *key, const char *value)
{
  if (g_str_equal (key, "step"))
    g_assert_cmpint (action->step->rank, ==, atoi (value));
  else if (g_str_equal (key, "channel"))
    g_assert_cmpstr (rubis_channel_to_id (action->channel), ==, value);
  else if (g_str_equal (key, "validation"))
    g_assert_cmpstr (rubis_validation_to_id (action->validation), ==, value);
  else if (g_str_equal (key, "note"))
    assert_codes (action->notes, read_codes (value));
  else if (g_str_equal (key, "amount"))
    g_assert_cmpint (action->amount, ==, read_amount (value));
  else if (g_str_equal (key, "credits"))
    g_assert_cmpint (action->credits, ==, read_amount (value));
  else if (g_str_equal (key, "unallocated"))
    g_assert_cmpint (action->unallocated, ==, read_flag (value));
  else if (g_str_equal (key, "items"))
    {
      g_autofree char *items = show_items (world, action);

      g_assert_cmpstr (items, ==, value);
    }
  else
    g_error ("action %s", key);
}

static void
check_action (const World *world, GStrv words)
{
  guint32 refused = 0;
  g_autoptr (RubisAgendaAction) action = rubis_agenda_build (
      world->policy, &world->dossier, &world->account, (const RubisAgendaItem *)(gpointer)world->items->data,
      world->items->len, world->today, is_open (world->today, world->policy), &refused);
  gboolean none = words[1] != NULL && g_str_equal (words[1], "none");

  g_assert_cmpint (action == NULL, ==, none);
  for (int i = none ? 2 : 1; words[i] != NULL; i++)
    {
      char *value = split (words[i]);

      if (g_str_equal (words[i], "refused"))
        assert_codes (refused, read_codes (value));
      else
        check_action_detail (world, action, words[i], value);
    }
}

static void
read_line (World *world, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  g_test_message ("%s", line);
  if (g_str_equal (words[0], "policy"))
    load_policy (world, words[1]);
  else if (g_str_equal (words[0], "change"))
    change_policy (world, line + strlen ("change "));
  else if (g_str_equal (words[0], "today"))
    world->today = read_date (words[1]);
  else if (g_str_equal (words[0], "dossier"))
    read_dossier (world, words);
  else if (g_str_equal (words[0], "account"))
    read_account (world, words);
  else if (g_str_equal (words[0], "item"))
    read_item (world, words);
  else
    {
      complete (world);
      if (g_str_equal (words[0], "expect"))
        check_item (world, words);
      else if (g_str_equal (words[0], "action"))
        check_action (world, words);
      else
        g_error ("“%s”", line);
    }
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  World world = {
    .policy_file = g_key_file_new (),
    .dossier = { .paused_until = RUBIS_DATE_NONE, .data_date = RUBIS_DATE_NONE, .freshness_days = 7 },
    .account = { .stop_until = RUBIS_DATE_NONE,
                 .has_email = TRUE,
                 .has_address = TRUE,
                 .has_phone = TRUE,
                 .last_contact = RUBIS_DATE_NONE },
    .names = g_ptr_array_new_with_free_func (g_free),
    .items = g_array_new (FALSE, FALSE, sizeof (RubisAgendaItem)),
  };

  for (guint i = 0; i < one->lines->len; i++)
    read_line (&world, one->lines->pdata[i]);
  g_assert_nonnull (world.policy);
  rubis_policy_unref (world.policy);
  g_key_file_unref (world.policy_file);
  g_ptr_array_unref (world.names);
  g_array_unref (world.items);
}

static void
test_all_reasons (void)
{
  guint32 all = 0;

  for (int i = 1; i < RUBIS_N_REASONS; i++)
    {
      all |= RUBIS_REASON_BIT (i);
      g_assert_cmpstr (rubis_reason_to_text ((RubisReason)i), !=, "");
    }
  assert_codes (covered, all);
}

static void
case_free (gpointer data)
{
  Case *one = data;

  g_free (one->title);
  g_ptr_array_unref (one->lines);
  g_free (one);
}

static void
read_cases (const char *path, GPtrArray *cases)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  Case *one = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (lines[i][0] == '\0' || lines[i][0] == '#')
        continue;
      if (g_str_has_prefix (lines[i], "== "))
        {
          one = g_new0 (Case, 1);
          one->title = g_strdelimit (g_strdup (lines[i] + strlen ("== ")), "/", '-');
          one->lines = g_ptr_array_new_with_free_func (g_free);
          g_ptr_array_add (cases, one);
        }
      else
        g_ptr_array_add (one->lines, g_strdup (lines[i]));
    }
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func (case_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);
  folder = rubis_test_data ("eligibility");
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (files, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (files, compare_names);
  for (guint i = 0; i < files->len; i++)
    read_cases (files->pdata[i], cases);
  for (guint i = 0; i < cases->len; i++)
    {
      const Case *one = cases->pdata[i];
      g_autofree char *path = g_strconcat ("/eligibility/", one->title, NULL);

      g_test_add_data_func (path, one, test_case);
    }
  /* Last: it looks at what the cases before it expected. */
  g_test_add_func ("/eligibility/zz-all-reasons", test_all_reasons);
  return g_test_run ();
}
