/* The shipped policies, and what is wrong in policies that users write. */
#include <string.h>

#include "rubis-policy.h"
#include "rubis-test.h"

static const char *const shipped[] = {
  "standard-pme", "risky", "key-account", "public-body", "consumer", "direct-debit", "intragroup",
};

static const char minimal[] = "[policy]\nid=own\nname=Own\n[step 1]\nname=First\ndelay=3\ntemplate=a\n";

static RubisPolicy *
load (const char *id, const char *language)
{
  g_autofree char *name = g_strconcat (id, ".ini", NULL);
  g_autofree char *path
      = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources", "policies", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  RubisPolicy *policy;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  policy = rubis_policy_new_from_data (text, -1, language, &error);
  g_assert_no_error (error);
  return policy;
}

static void
assert_template (const char *id)
{
  static const char *const languages[] = { "fr", "en" };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = g_strconcat (id, ".md", NULL);
      g_autofree char *path = g_build_filename (g_getenv ("RUBIS_SOURCE_DIR"), "resources", "templates",
                                                languages[i], name, NULL);

      g_test_message ("%s", path);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

/* Steps in order, each later than the one before, with a template in both languages. */
static void
test_shipped (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_autoptr (RubisPolicy) fr = load (shipped[i], "fr");
      g_autoptr (RubisPolicy) en = load (shipped[i], "en");
      int n_steps = rubis_policy_get_n_steps (fr);

      g_test_message ("%s", shipped[i]);
      g_assert_cmpstr (rubis_policy_get_id (fr), ==, shipped[i]);
      g_assert_cmpstr (rubis_policy_get_name (fr), !=, rubis_policy_get_name (en));
      g_assert_cmpint (rubis_policy_get_active (fr), ==, strcmp (shipped[i], "intragroup") != 0);
      g_assert_cmpint (n_steps > 0, ==, rubis_policy_get_active (fr));
      g_assert_cmpint (rubis_policy_get_n_steps (en), ==, n_steps);
      for (int s = 0; s < n_steps; s++)
        {
          const RubisStep *step = rubis_policy_get_step (fr, s);

          g_assert_cmpstr (step->name, !=, rubis_policy_get_step (en, s)->name);
          g_assert_true (rubis_policy_get_step_by_rank (fr, step->rank) == step);
          if (s > 0)
            {
              const RubisStep *before = rubis_policy_get_step (fr, s - 1);

              g_assert_cmpint (step->rank, >, before->rank);
              g_assert_cmpint (step->delay, >, before->delay);
            }
          if (step->template_id != NULL)
            assert_template (step->template_id);
          if (step->fallback_template_id != NULL)
            assert_template (step->fallback_template_id);
        }
    }
}

static void
assert_ladder (const char *id, const char *expected)
{
  g_autoptr (RubisPolicy) policy = load (id, "fr");
  g_autoptr (GString) ladder = g_string_new (NULL);

  for (int s = 0; s < rubis_policy_get_n_steps (policy); s++)
    {
      const RubisStep *step = rubis_policy_get_step (policy, s);

      g_string_append_printf (ladder, "%s%d:%+d %s", s > 0 ? ", " : "", step->rank, step->delay,
                              rubis_channel_to_id (step->channel));
    }
  g_assert_cmpstr (ladder->str, ==, expected);
}

/* The default ladder and the one of risky customers, whose delays are divided by 1.5. */
static void
test_ladders (void)
{
  assert_ladder ("standard-pme",
                 "0:-5 email, 1:+2 email, 2:+9 email, 3:+16 call, 4:+23 letter, 5:+30 registered, "
                 "6:+40 decision");
  assert_ladder ("risky",
                 "1:+1 email, 2:+6 email, 3:+11 call, 4:+15 letter, 5:+20 registered, 6:+27 decision");
  assert_ladder ("intragroup", "");
}

/* What the law forbids or asks for, by kind of customer. */
static void
test_legal (void)
{
  g_autoptr (RubisPolicy) consumer = load ("consumer", "fr");
  g_autoptr (RubisPolicy) standard = load ("standard-pme", "fr");
  const RubisStep *notice = rubis_policy_get_step_by_rank (standard, 5);

  for (int s = 0; s < rubis_policy_get_n_steps (consumer); s++)
    g_assert_cmpint (rubis_policy_get_step (consumer, s)->penalties, ==, RUBIS_PENALTIES_HIDDEN);
  g_assert_true (notice->own_level_only);
  g_assert_cmpint (notice->validation, ==, RUBIS_VALIDATION_MANUAL);
  g_assert_cmpint (notice->deadline_days, ==, 8);
  g_assert_cmpint (notice->role, ==, RUBIS_CONTACT_DIRECTOR);
  g_assert_cmpint (rubis_policy_get_step_by_rank (standard, 0)->min_amount, ==, 100000);
  g_assert_cmpint (rubis_policy_get_thanks (standard)->delay, ==, 2);
  g_assert_cmpint (rubis_policy_get_thanks (standard)->rank, ==, RUBIS_LEVEL_NONE);
}

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPolicy) policy = rubis_policy_new_from_data (minimal, -1, "fr", &error);
  const RubisStep *step;

  g_assert_no_error (error);
  step = rubis_policy_get_step (policy, 0);
  /* No French name: the plain one. */
  g_assert_cmpstr (step->name, ==, "First");
  g_assert_cmpint (step->channel, ==, RUBIS_CHANNEL_EMAIL);
  g_assert_cmpint (step->fallback, ==, RUBIS_CHANNEL_EMAIL);
  g_assert_cmpint (step->validation, ==, RUBIS_VALIDATION_CONFIRM);
  g_assert_cmpint (step->min_gap, ==, 5);
  g_assert_true (rubis_policy_get_active (policy));
  g_assert_true (rubis_policy_get_exclude_direct_debit (policy));
  g_assert_cmpint (rubis_policy_get_late_entry (policy), ==, RUBIS_LATE_ENTRY_FIRST);
  g_assert_cmpint (rubis_policy_get_promise_grace (policy), ==, 2);
  g_assert_cmpint (rubis_policy_get_unallocated_percent (policy), ==, 10);
  g_assert_cmpint (rubis_policy_get_send_days (policy), ==, 0x3e);
  g_assert_cmpstr (rubis_policy_get_calendar (policy), ==, "");
  g_assert_null (rubis_policy_get_thanks (policy));
  g_assert_null (rubis_policy_get_step_by_rank (policy, 2));
}

/* Groups may come in any order. */
static void
test_order (void)
{
  static const char text[]
      = "[step 10]\nname=Ten\ndelay=30\ntemplate=a\n[thanks]\nname=T\ntemplate=t\n"
        "[step 2]\nname=Two\ndelay=9\ntemplate=a\n[policy]\nid=own\nname=Own\nmin-contact-days=3\n"
        "send-days=sat, mon\nmin-item-amount=12.5\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPolicy) policy = rubis_policy_new_from_data (text, -1, "en", &error);

  g_assert_no_error (error);
  g_assert_cmpint (rubis_policy_get_n_steps (policy), ==, 2);
  g_assert_cmpint (rubis_policy_get_step (policy, 0)->rank, ==, 2);
  g_assert_cmpint (rubis_policy_get_step (policy, 1)->rank, ==, 10);
  g_assert_cmpint (rubis_policy_get_step (policy, 0)->min_gap, ==, 3);
  g_assert_cmpint (rubis_policy_get_send_days (policy), ==, (1 << 6) | (1 << 1));
  g_assert_cmpint (rubis_policy_get_min_item_amount (policy), ==, 1250);
}

/* @line is put into @group of the minimal policy; an earlier line of that key gives way. */
static void
assert_wrong (const char *group, const char *key, const char *value, const char *message)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_assert_true (
      g_key_file_load_from_data (file, minimal, strlen (minimal), G_KEY_FILE_KEEP_TRANSLATIONS, NULL));
  if (value != NULL)
    g_key_file_set_value (file, group, key, value);
  else
    g_key_file_remove_key (file, group, key, NULL);
  text = g_key_file_to_data (file, &length, NULL);
  g_assert_null (rubis_policy_new_from_data (text, (gssize)length, "en", &error));
  g_assert_error (error, RUBIS_POLICY_ERROR, RUBIS_POLICY_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_wrong_values (void)
{
  static const char weekdays[] = "mon, tue, wed, thu, fri, sat, sun";
  static const struct
  {
    const char *group;
    const char *key;
    const char *value;
    const char *expected;
  } cases[] = {
    { "policy", "id", NULL, "a short name without blanks" },
    { "policy", "id", "my own", "a short name without blanks" },
    { "policy", "name", NULL, "the name that users read" },
    { "policy", "active", "yes", "true, false" },
    { "policy", "late-entry", "ask", "first, jump" },
    { "policy", "notice-from", "receipt", "presentation, deposit" },
    { "policy", "min-contact-days", "-1", "a whole number from 0 to 365" },
    { "policy", "transit-days", "61", "a whole number from 0 to 60" },
    { "policy", "promise-grace", "2.5", "a whole number from 0 to 60" },
    { "policy", "min-item-amount", "5,00", "an amount such as 15.00" },
    { "policy", "min-account-amount", "-1", "an amount such as 15.00" },
    { "policy", "max-auto-amount", "10 k", "an amount such as 15.00" },
    { "policy", "unallocated-percent", "101", "a whole number from 0 to 100" },
    { "policy", "exclude-direct-debit", "1", "true, false" },
    { "policy", "calendar", "France", "none, FR, FR-AM, TARGET, DE, BE, LU, IT, ES, NL, CH, GB-EAW" },
    { "policy", "send-days", "monday", weekdays },
    { "policy", "send-days", ", ,", weekdays },
    { "step 1", "name", NULL, "the name that users read" },
    { "step 1", "delay", "soon", "a whole number from -60 to 3650" },
    { "step 1", "min-gap", "-2", "a whole number from 0 to 3650" },
    { "step 1", "channel", "fax", "email, letter, registered, call, visit, sms, decision" },
    { "step 1", "fallback-channel", "post", "email, letter, registered, call, visit, sms, decision" },
    { "step 1", "validation", "never", "auto, confirm, manual" },
    { "step 1", "template", NULL, "the id of a template" },
    { "step 1", "contact-role", "boss", "accounts_payable, approver, buyer, director, legal" },
    { "step 1", "penalties", "some", "hidden, displayed, claimed" },
    { "step 1", "deadline-days", "366", "a whole number from 0 to 365" },
    { "step 1", "own-level-only", "oui", "true, false" },
    { "step 1", "min-amount", "-5", "an amount such as 15.00" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message
          = g_strdup_printf ("[%s] %s: “%s” is not allowed, it takes %s", cases[i].group, cases[i].key,
                             cases[i].value != NULL ? cases[i].value : "", cases[i].expected);

      /* A list of days names the day that is wrong; of an empty list, the value. */
      assert_wrong (cases[i].group, cases[i].key, cases[i].value, message);
    }
}

static void
test_wrong_shape (void)
{
  assert_wrong ("step 2", "name", "Second",
                "[step 2] template: “” is not allowed, it takes the id of a template");
  assert_wrong ("steps", "name", "A",
                "[steps] : “steps” is not allowed, it takes [policy], [step 0] … [step 99], [thanks]");
  assert_wrong ("step 100", "name", "A",
                "[step 100] : “step 100” is not allowed, it takes [policy], [step 0] … [step 99], [thanks]");
  assert_wrong (
      "step 1", "dealy", "5",
      "[step 1] dealy: there is no such key (its value is “5”); the keys are name, delay, min-gap, channel, "
      "fallback-channel, validation, template, fallback-template, contact-role, penalties, deadline-days, "
      "own-level-only, min-amount, attach");
  assert_wrong (
      "policy", "min-contact", "5",
      "[policy] min-contact: there is no such key (its value is “5”); the keys are id, name, active, "
      "late-entry, notice-from, min-contact-days, transit-days, promise-grace, min-item-amount, min-account-amount, "
      "max-auto-amount, unallocated-percent, exclude-direct-debit, calendar, send-days");
}

static void
assert_refused (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rubis_policy_new_from_data (text, -1, "en", &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_wrong_steps (void)
{
  assert_refused ("[policy]\nid=a\nname=A\n[step 1]\nname=F\ndelay=9\ntemplate=a\n[step "
                  "2]\nname=S\ndelay=9\ntemplate=a\n",
                  "[step 2] delay: “9” is not allowed, it takes more days than the step before it");
  assert_refused ("[policy]\nid=a\nname=A\n[step 1]\nname=F\ndelay=9\ntemplate=a\n[step "
                  "01]\nname=S\ndelay=12\ntemplate=a\n",
                  "[step 1] : “step 1” is not allowed, it takes one group for each step");
  assert_refused ("[policy]\nid=a\nname=A\n",
                  "[policy] active: “true” is not allowed, it takes at least one group [step 1], or false");
  assert_refused ("Dear customer",
                  "This is not a policy: Key file contains line “Dear customer” which is not a "
                  "key-value pair, group, or comment");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/shipped", test_shipped);
  g_test_add_func ("/policy/ladders", test_ladders);
  g_test_add_func ("/policy/legal", test_legal);
  g_test_add_func ("/policy/defaults", test_defaults);
  g_test_add_func ("/policy/order", test_order);
  g_test_add_func ("/policy/wrong-values", test_wrong_values);
  g_test_add_func ("/policy/wrong-shape", test_wrong_shape);
  g_test_add_func ("/policy/wrong-steps", test_wrong_steps);
  return g_test_run ();
}
