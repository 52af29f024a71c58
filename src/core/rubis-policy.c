#include "rubis-policy.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-calendar.h"

struct _RubisPolicy
{
  int ref_count; /* atomic */
  char *id;
  char *name;
  gboolean active;
  RubisLateEntry late_entry;
  RubisNoticeFrom notice_from;
  int min_contact_days;
  int transit_days;
  int promise_grace;
  gint64 min_item_amount;
  gint64 min_account_amount;
  gint64 max_auto_amount;
  int unallocated_percent;
  gboolean exclude_direct_debit;
  char *calendar;
  guint send_days;
  GPtrArray *steps;  /* (owned) (element-type RubisStep) in order of rank */
  RubisStep *thanks; /* (owned) (nullable) */
};

typedef struct
{
  GKeyFile *file; /* (unowned) */
  const char *language;
  const char *group;
  GError *error; /* (owned) (nullable) the first thing that was wrong */
} Reader;

static const char *const policy_keys[] = {
  "id",
  "name",
  "active",
  "late-entry",
  "notice-from",
  "min-contact-days",
  "transit-days",
  "promise-grace",
  "min-item-amount",
  "min-account-amount",
  "max-auto-amount",
  "unallocated-percent",
  "exclude-direct-debit",
  "calendar",
  "send-days",
  NULL,
};

static const char *const step_keys[] = {
  "name",          "delay",          "min-gap",           "channel",      "fallback-channel",
  "validation",    "template",       "fallback-template", "contact-role", "penalties",
  "deadline-days", "own-level-only", "min-amount",        "attach",
  NULL,
};

static const char *const role_ids[RUBIS_N_CONTACT_ROLES] = {
  "accounts_payable", "approver", "buyer", "director", "legal",
};

static const char *const role_labels[RUBIS_N_CONTACT_ROLES] = {
  N_ ("Accounts payable"), N_ ("Approver"), N_ ("Buyer"), N_ ("Director"), N_ ("Legal department"),
};

G_DEFINE_QUARK (rubis - policy - error - quark, rubis_policy_error)

const char *
rubis_contact_role_to_id (RubisContactRole role)
{
  return role_ids[(guint)role < RUBIS_N_CONTACT_ROLES ? (guint)role : 0];
}

const char *
rubis_contact_role_to_label (RubisContactRole role)
{
  return _ (role_labels[(guint)role < RUBIS_N_CONTACT_ROLES ? (guint)role : 0]);
}

gboolean
rubis_contact_role_from_id (const char *id, RubisContactRole *role)
{
  for (int i = 0; id != NULL && i < RUBIS_N_CONTACT_ROLES; i++)
    {
      if (g_ascii_strcasecmp (role_ids[i], id) == 0)
        {
          *role = (RubisContactRole)i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
step_free (gpointer data)
{
  RubisStep *step = data;

  if (step == NULL)
    return;
  g_free (step->name);
  g_free (step->template_id);
  g_free (step->fallback_template_id);
  g_free (step);
}

static void
reader_fail (Reader *reader, const char *key, const char *value, const char *expected)
{
  if (reader->error != NULL)
    return;
  /* Translators: a policy file: group, key, the value found, what is allowed there. */
  g_set_error (&reader->error, RUBIS_POLICY_ERROR, RUBIS_POLICY_ERROR_VALUE,
               _ ("[%s] %s: “%s” is not allowed, it takes %s"), reader->group, key, value, expected);
}

static void
reader_fail_key (Reader *reader, const char *key, const char *value, const char *known)
{
  if (reader->error != NULL)
    return;
  /* Translators: a policy file: group, unknown key, its value, the keys that exist. */
  g_set_error (&reader->error, RUBIS_POLICY_ERROR, RUBIS_POLICY_ERROR_VALUE,
               _ ("[%s] %s: there is no such key (its value is “%s”); the keys are %s"), reader->group, key,
               value, known);
}

/* (nullable) the value of a key, empty ones counting as absent */
static char *
read_string (Reader *reader, const char *key)
{
  g_autofree char *value = g_key_file_get_string (reader->file, reader->group, key, NULL);

  return value != NULL && *g_strstrip (value) != '\0' ? g_steal_pointer (&value) : NULL;
}

/* (nullable) a name in the reader's language, "name[fr]", else the plain one */
static char *
read_name (Reader *reader)
{
  g_autofree char *key = g_strdup_printf ("name[%s]", reader->language);
  char *name = read_string (reader, key);

  if (name == NULL)
    name = read_string (reader, "name");
  if (name == NULL)
    reader_fail (reader, "name", "", _ ("the name that users read"));
  return name;
}

static int
read_int (Reader *reader, const char *key, int fallback, int min, int max)
{
  g_autofree char *value = read_string (reader, key);
  gint64 number = 0;

  if (value == NULL)
    return fallback;
  if (!g_ascii_string_to_signed (value, 10, min, max, &number, NULL))
    {
      g_autofree char *expected = g_strdup_printf (_ ("a whole number from %d to %d"), min, max);

      reader_fail (reader, key, value, expected);
      return fallback;
    }
  return (int)number;
}

static gboolean
read_boolean (Reader *reader, const char *key, gboolean fallback)
{
  g_autofree char *value = read_string (reader, key);

  if (value == NULL)
    return fallback;
  if (g_str_equal (value, "true") || g_str_equal (value, "false"))
    return g_str_equal (value, "true");
  reader_fail (reader, key, value, "true, false");
  return fallback;
}

/* An amount in units of a currency with two decimals; other currencies take the same minor count. */
static gint64
read_amount (Reader *reader, const char *key)
{
  g_autofree char *value = read_string (reader, key);
  gint64 minor = 0;

  if (value == NULL)
    return 0;
  if (!rubis_money_parse (value, RUBIS_CURRENCY_EUR, &minor, NULL) || minor < 0)
    reader_fail (reader, key, value, _ ("an amount such as 15.00"));
  return minor;
}

/* The index of the key's value in @ids. */
static int
read_choice (Reader *reader, const char *key, int fallback, const char *const *ids)
{
  g_autofree char *value = read_string (reader, key);

  if (value == NULL)
    return fallback;
  for (int i = 0; ids[i] != NULL; i++)
    {
      if (g_str_equal (ids[i], value))
        return i;
    }
  {
    g_autofree char *expected = g_strjoinv (", ", (char **)ids);

    reader_fail (reader, key, value, expected);
  }
  return fallback;
}

/* A key that is spelt wrong would otherwise be left out in silence. */
static void
check_keys (Reader *reader, const char *const *known)
{
  g_auto (GStrv) keys = g_key_file_get_keys (reader->file, reader->group, NULL, NULL);

  for (int i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *value = NULL;
      g_autofree char *expected = NULL;

      if (g_strv_contains (known, keys[i]) || g_str_has_prefix (keys[i], "name["))
        continue;
      value = read_string (reader, keys[i]);
      expected = g_strjoinv (", ", (char **)known);
      reader_fail_key (reader, keys[i], value != NULL ? value : "", expected);
    }
}

static RubisChannel
read_channel (Reader *reader, const char *key, RubisChannel fallback)
{
  g_autofree char *value = read_string (reader, key);
  RubisChannel channel = fallback;

  if (value != NULL && !rubis_channel_from_id (value, &channel))
    reader_fail (reader, key, value, "email, letter, registered, call, visit, sms, decision");
  return channel;
}

/* "statement invoices annex", "none"; -1 when nothing is said. */
static int
read_attach (Reader *reader, const char *key)
{
  static const char *const names[] = { "statement", "invoices", "annex" };
  g_autofree char *value = read_string (reader, key);
  g_auto (GStrv) words = NULL;
  int bits = 0;

  if (value == NULL)
    return -1;
  words = g_strsplit_set (value, " ,", -1);
  for (int i = 0; words[i] != NULL; i++)
    {
      gsize n = 0;

      if (*words[i] == '\0' || g_str_equal (value, "none"))
        continue;
      while (n < G_N_ELEMENTS (names) && !g_str_equal (words[i], names[n]))
        n++;
      if (n == G_N_ELEMENTS (names))
        reader_fail (reader, key, words[i], "none, statement, invoices, annex");
      else
        bits |= 1 << n;
    }
  return bits;
}

static guint
read_send_days (Reader *reader, const char *key)
{
  static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  static const char weekdays[] = "mon, tue, wed, thu, fri, sat, sun";
  g_autofree char *value = read_string (reader, key);
  g_auto (GStrv) words = NULL;
  guint days = 0;

  if (value == NULL)
    return 0x3e; /* Monday to Friday */
  words = g_strsplit_set (value, " ,;", -1);
  for (int i = 0; words[i] != NULL; i++)
    {
      gboolean known = FALSE;

      if (*words[i] == '\0')
        continue;
      for (guint d = 0; d < G_N_ELEMENTS (names); d++)
        {
          if (!g_str_equal (names[d], words[i]))
            continue;
          days |= 1u << (d + 1);
          known = TRUE;
        }
      if (!known)
        reader_fail (reader, key, words[i], weekdays);
    }
  if (days == 0)
    reader_fail (reader, key, value, weekdays);
  return days;
}

/* The id of a holiday calendar, "" for none. */
static char *
read_calendar (Reader *reader)
{
  g_autofree char *value = read_string (reader, "calendar");
  RubisCalendar calendar;

  if (value == NULL)
    return g_strdup ("");
  if (!rubis_calendar_from_id (value, &calendar))
    {
      GString *expected = g_string_new (NULL);

      for (int i = 0; i < RUBIS_N_CALENDARS; i++)
        g_string_append_printf (expected, "%s%s", i > 0 ? ", " : "", rubis_calendar_to_id ((RubisCalendar)i));
      reader_fail (reader, "calendar", value, expected->str);
      g_string_free (expected, TRUE);
    }
  return g_steal_pointer (&value);
}

static char *
read_id (Reader *reader)
{
  char *id = read_string (reader, "id");

  if (id == NULL || strpbrk (id, " \t/") != NULL)
    reader_fail (reader, "id", id != NULL ? id : "", _ ("a short name without blanks"));
  return id;
}

static RubisStep *
read_step (Reader *reader, const RubisPolicy *policy, int rank)
{
  static const char *const validations[] = { "auto", "confirm", "manual", NULL };
  static const char *const penalties[] = { "hidden", "displayed", "claimed", NULL };
  RubisStep *step = g_new0 (RubisStep, 1);
  g_autofree char *role = read_string (reader, "contact-role");

  check_keys (reader, step_keys);
  step->rank = rank;
  step->name = read_name (reader);
  step->delay = read_int (reader, "delay", 0, -60, 3650);
  step->min_gap = read_int (reader, "min-gap", policy->min_contact_days, 0, 3650);
  step->channel = read_channel (reader, "channel", RUBIS_CHANNEL_EMAIL);
  step->fallback = read_channel (reader, "fallback-channel", step->channel);
  step->validation
      = (RubisValidation)read_choice (reader, "validation", RUBIS_VALIDATION_CONFIRM, validations);
  step->template_id = read_string (reader, "template");
  step->fallback_template_id = read_string (reader, "fallback-template");
  step->penalties = (RubisPenalties)read_choice (reader, "penalties", RUBIS_PENALTIES_HIDDEN, penalties);
  step->deadline_days = read_int (reader, "deadline-days", 0, 0, 365);
  step->own_level_only = read_boolean (reader, "own-level-only", FALSE);
  step->min_amount = read_amount (reader, "min-amount");
  step->attach = read_attach (reader, "attach");
  if (role != NULL && !rubis_contact_role_from_id (role, &step->role))
    reader_fail (reader, "contact-role", role, "accounts_payable, approver, buyer, director, legal");
  if (step->template_id == NULL && step->channel != RUBIS_CHANNEL_DECISION
      && step->channel != RUBIS_CHANNEL_VISIT)
    reader_fail (reader, "template", "", _ ("the id of a template"));
  return step;
}

static gint
compare_ranks (gconstpointer a, gconstpointer b)
{
  const RubisStep *left = *(const RubisStep *const *)a;
  const RubisStep *right = *(const RubisStep *const *)b;

  return left->rank - right->rank;
}

static void
check_steps (Reader *reader, const RubisPolicy *self)
{
  if (self->active && self->steps->len == 0)
    {
      reader->group = "policy";
      reader_fail (reader, "active", "true", _ ("at least one group [step 1], or false"));
    }
  for (guint i = 1; i < self->steps->len; i++)
    {
      const RubisStep *before = g_ptr_array_index (self->steps, i - 1);
      const RubisStep *step = g_ptr_array_index (self->steps, i);
      g_autofree char *group = g_strdup_printf ("step %d", step->rank);
      g_autofree char *value = g_strdup_printf ("%d", step->delay);

      reader->group = group;
      if (step->rank == before->rank)
        reader_fail (reader, "", group, _ ("one group for each step"));
      if (step->delay <= before->delay)
        reader_fail (reader, "delay", value, _ ("more days than the step before it"));
      reader->group = "policy";
    }
}

static void
read_steps (Reader *reader, RubisPolicy *self)
{
  g_auto (GStrv) groups = g_key_file_get_groups (reader->file, NULL);

  for (int i = 0; groups[i] != NULL; i++)
    {
      gint64 rank = 0;

      reader->group = groups[i];
      if (g_str_equal (groups[i], "policy"))
        continue;
      if (g_str_equal (groups[i], "thanks"))
        self->thanks = read_step (reader, self, RUBIS_LEVEL_NONE);
      else if (g_str_has_prefix (groups[i], "step ")
               && g_ascii_string_to_signed (groups[i] + strlen ("step "), 10, 0, 99, &rank, NULL))
        g_ptr_array_add (self->steps, read_step (reader, self, (int)rank));
      else
        reader_fail (reader, "", groups[i], "[policy], [step 0] … [step 99], [thanks]");
    }
  g_ptr_array_sort (self->steps, compare_ranks);
  check_steps (reader, self);
}

static void
read_policy (Reader *reader, RubisPolicy *self)
{
  static const char *const late_entries[] = { "first", "jump", NULL };
  static const char *const notice_froms[] = { "presentation", "deposit", NULL };

  reader->group = "policy";
  check_keys (reader, policy_keys);
  self->id = read_id (reader);
  self->name = read_name (reader);
  self->active = read_boolean (reader, "active", TRUE);
  self->late_entry = (RubisLateEntry)read_choice (reader, "late-entry", RUBIS_LATE_ENTRY_FIRST, late_entries);
  self->notice_from
      = (RubisNoticeFrom)read_choice (reader, "notice-from", RUBIS_NOTICE_FROM_PRESENTATION, notice_froms);
  self->min_contact_days = read_int (reader, "min-contact-days", 5, 0, 365);
  self->transit_days = read_int (reader, "transit-days", 0, 0, 60);
  self->promise_grace = read_int (reader, "promise-grace", 2, 0, 60);
  self->min_item_amount = read_amount (reader, "min-item-amount");
  self->min_account_amount = read_amount (reader, "min-account-amount");
  self->max_auto_amount = read_amount (reader, "max-auto-amount");
  self->unallocated_percent = read_int (reader, "unallocated-percent", 10, 0, 100);
  self->exclude_direct_debit = read_boolean (reader, "exclude-direct-debit", TRUE);
  self->calendar = read_calendar (reader);
  self->send_days = read_send_days (reader, "send-days");
}

RubisPolicy *
rubis_policy_new_from_data (const char *data, gssize length, const char *language, GError **error)
{
  g_autoptr (RubisPolicy) self = g_new0 (RubisPolicy, 1);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) syntax_error = NULL;
  Reader reader = { .file = file, .language = language };
  gsize size = length < 0 ? strlen (data) : (gsize)length;

  g_return_val_if_fail (data != NULL && language != NULL, NULL);

  self->ref_count = 1;
  self->steps = g_ptr_array_new_with_free_func (step_free);
  if (!g_key_file_load_from_data (file, data, size, G_KEY_FILE_KEEP_TRANSLATIONS, &syntax_error))
    {
      g_set_error (error, RUBIS_POLICY_ERROR, RUBIS_POLICY_ERROR_SYNTAX, _ ("This is not a policy: %s"),
                   syntax_error->message);
      return NULL;
    }
  read_policy (&reader, self);
  read_steps (&reader, self);
  if (reader.error != NULL)
    {
      g_propagate_error (error, reader.error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

RubisPolicy *
rubis_policy_ref (RubisPolicy *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
rubis_policy_unref (RubisPolicy *self)
{
  if (!g_atomic_int_dec_and_test (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->calendar);
  g_ptr_array_unref (self->steps);
  step_free (self->thanks);
  g_free (self);
}

const char *
rubis_policy_get_id (const RubisPolicy *self)
{
  return self->id;
}

const char *
rubis_policy_get_name (const RubisPolicy *self)
{
  return self->name;
}

gboolean
rubis_policy_get_active (const RubisPolicy *self)
{
  return self->active;
}

int
rubis_policy_get_n_steps (const RubisPolicy *self)
{
  return (int)self->steps->len;
}

const RubisStep *
rubis_policy_get_step (const RubisPolicy *self, int index)
{
  g_return_val_if_fail (index >= 0 && index < (int)self->steps->len, NULL);

  return g_ptr_array_index (self->steps, (guint)index);
}

const RubisStep *
rubis_policy_get_step_by_rank (const RubisPolicy *self, int rank)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const RubisStep *step = g_ptr_array_index (self->steps, i);

      if (step->rank == rank)
        return step;
    }
  return NULL;
}

const RubisStep *
rubis_policy_get_thanks (const RubisPolicy *self)
{
  return self->thanks;
}

RubisLateEntry
rubis_policy_get_late_entry (const RubisPolicy *self)
{
  return self->late_entry;
}

RubisNoticeFrom
rubis_policy_get_notice_from (const RubisPolicy *self)
{
  return self->notice_from;
}

int
rubis_policy_get_min_contact_days (const RubisPolicy *self)
{
  return self->min_contact_days;
}

int
rubis_policy_get_transit_days (const RubisPolicy *self)
{
  return self->transit_days;
}

int
rubis_policy_get_promise_grace (const RubisPolicy *self)
{
  return self->promise_grace;
}

gint64
rubis_policy_get_min_item_amount (const RubisPolicy *self)
{
  return self->min_item_amount;
}

gint64
rubis_policy_get_min_account_amount (const RubisPolicy *self)
{
  return self->min_account_amount;
}

gint64
rubis_policy_get_max_auto_amount (const RubisPolicy *self)
{
  return self->max_auto_amount;
}

int
rubis_policy_get_unallocated_percent (const RubisPolicy *self)
{
  return self->unallocated_percent;
}

gboolean
rubis_policy_get_exclude_direct_debit (const RubisPolicy *self)
{
  return self->exclude_direct_debit;
}

const char *
rubis_policy_get_calendar (const RubisPolicy *self)
{
  return self->calendar;
}

guint
rubis_policy_get_send_days (const RubisPolicy *self)
{
  return self->send_days;
}
