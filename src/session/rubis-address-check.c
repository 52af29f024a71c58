#include "rubis-address-check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-account-address-private.h"
#include "rubis-agenda-private.h"
#include "rubis-facts.h"
#include "rubis-letterhead-probe.h"
#include "rubis-letterhead-settings-private.h"
#include "rubis-text.h"
#include "rubis-words.h"

/* No line of so few characters is wider than a window. */
#define ALWAYS_FITS 20
#define OVER_38                                                                                              \
  (RUBIS_POSTAL_LINE1_OVER_38 | RUBIS_POSTAL_LINE2_OVER_38 | RUBIS_POSTAL_LINE3_OVER_38                      \
   | RUBIS_POSTAL_STREET_OVER_38 | RUBIS_POSTAL_SPECIAL_OVER_38 | RUBIS_POSTAL_CITY_OVER_38)

struct _RubisAddressChecker
{
  RubisSession *session;             /* (owned) */
  RubisLetterheadSettings *settings; /* (owned) */
  RubisAddressGauge *gauge;          /* (owned) (nullable) made when a line is to be measured */
};

static void
problem_free (gpointer data)
{
  RubisAddressProblem *self = data;

  g_free (self->message);
  g_free (self);
}

void
rubis_address_check_free (RubisAddressCheck *self)
{
  g_free (self->account_code);
  g_free (self->name);
  g_free (self->block);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

char *
rubis_agenda_dup_contact_name (const RubisContactRecord *contact, const char *language)
{
  g_autofree char *title = language != NULL ? rubis_words_make_title (contact->salutation, TRUE, language)
                                            : g_strdup (contact->salutation);
  g_autofree char *full = g_strjoin (" ", title, contact->first_name, contact->last_name, NULL);

  return rubis_text_normalise_spaces (full);
}

/* Without the empty ones. (transfer full) */
static char **
split_lines (const char *text)
{
  g_auto (GStrv) typed = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint i = 0; typed[i] != NULL; i++)
    {
      if (*g_strstrip (typed[i]) != '\0')
        g_strv_builder_add (lines, typed[i]);
    }
  return g_strv_builder_end (lines);
}

/* The first @n lines as one. */
static char *
join_lines (char **lines, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", lines[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

RubisPostalBlock *
rubis_agenda_make_postal_block (const RubisAccountRecord *account, const RubisContactRecord *contact,
                                const char *language)
{
  g_auto (GStrv) lines = split_lines (account->address);
  guint n = g_strv_length (lines);
  g_autofree char *person
      = contact != NULL ? rubis_agenda_dup_contact_name (contact, language) : g_strdup ("");
  gboolean named = *person != '\0';
  /* The last line is the street; what does not find a line of its own shares one: nothing is dropped. */
  g_autofree char *above = named || n < 2 ? g_strdup ("") : join_lines (lines, n - 2);
  g_autofree char *beside = n < 2   ? g_strdup ("")
                            : named ? join_lines (lines, n - 1)
                                    : g_strdup (lines[n - 2]);
  RubisPostalAddress address = {
    .line1 = account->name,
    .line2 = named ? person : above,
    .line3 = beside,
    .street = n > 0 ? lines[n - 1] : "",
    .postcode = account->postcode,
    .city = account->city,
    .country = account->country,
  };

  return rubis_postal_block_new (&address);
}

static void
add_problem (RubisAddressCheck *check, const char *code, const char *message)
{
  RubisAddressProblem *problem = g_new0 (RubisAddressProblem, 1);

  problem->code = code;
  problem->message = g_strdup (message);
  g_ptr_array_add (check->problems, problem);
}

/* --- the window --- */

static RubisAddressGauge *
make_gauge (RubisAddressChecker *self)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (self->session);
  RubisLetterheadFacts facts;
  g_autofree char *sender = rubis_letterhead_settings_fill_facts (self->settings, company, NULL, &facts);

  /* It takes no room from the address. */
  facts.logo = NULL;
  return rubis_address_gauge_new (&facts, NULL);
}

static gboolean
is_cut (RubisAddressChecker *self, const char *line)
{
  if (g_utf8_strlen (line, -1) <= ALWAYS_FITS)
    return FALSE;
  if (self->gauge == NULL)
    self->gauge = make_gauge (self);
  return self->gauge != NULL && rubis_address_gauge_cuts (self->gauge, line);
}

static void
find_cut_line (RubisAddressChecker *self, RubisAddressCheck *check, const RubisPostalBlock *block)
{
  for (guint i = 0; block->lines[i] != NULL; i++)
    {
      if (is_cut (self, block->lines[i]))
        {
          g_autofree char *message = g_strdup_printf (
              _ ("“%s” is wider than the window in the smallest type that the post reads"), block->lines[i]);

          add_problem (check, "too_wide", message);
          return;
        }
    }
}

/* --- an account --- */

static void
find_problems (RubisAddressChecker *self, RubisAddressCheck *check, const RubisAccountRecord *account,
               const RubisPostalBlock *block)
{
  /* Without a street and a town the rest says nothing new. */
  if (!rubis_facts_has_postal_address (account))
    {
      add_problem (check, "no_address", _ ("The address is missing: a letter would not arrive"));
      return;
    }
  for (int i = 0; i < RUBIS_N_POSTAL_WARNINGS; i++)
    {
      RubisPostalWarning warning = 1 << i;

      if ((block->warnings & (guint)warning) != 0)
        add_problem (check, rubis_postal_warning_to_id (warning), rubis_postal_warning_to_label (warning));
    }
  /* What is too long is too wide: said once. */
  if ((block->warnings & OVER_38) == 0)
    find_cut_line (self, check, block);
}

/* @typed: (nullable) instead of its own address.
 * (transfer full) (nullable) NULL without error when there is no such account */
static RubisAddressCheck *
check_account (RubisAddressChecker *self, RubisDatabase *db, gint64 account_id, const RubisAccountAddress *typed,
               GError **error)
{
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (db, account_id, error);
  g_autoptr (GPtrArray) contacts = account != NULL ? rubis_store_list_contacts (db, account_id, error) : NULL;
  g_autoptr (RubisPostalBlock) block = NULL;
  RubisAddressCheck *check;

  if (contacts == NULL)
    return NULL;
  if (typed != NULL)
    rubis_account_address_apply (typed, account);
  block = rubis_agenda_make_postal_block (
      account, rubis_agenda_choose_recipient (contacts, RUBIS_CONTACT_ACCOUNTS_PAYABLE),
      account->language[0] != '\0' ? account->language : NULL);
  check = g_new0 (RubisAddressCheck, 1);
  check->account_id = account_id;
  check->account_code = g_strdup (account->code);
  check->name = g_strdup (account->name);
  check->block = g_strjoinv ("\n", block->lines);
  check->problems = g_ptr_array_new_with_free_func (problem_free);
  find_problems (self, check, account, block);
  return check;
}

const RubisContactRecord *
rubis_agenda_choose_recipient (GPtrArray *contacts, RubisContactRole role)
{
  const RubisContactRecord *by_email = rubis_facts_choose_contact (contacts, role, RUBIS_REACH_EMAIL);

  return by_email != NULL ? by_email : rubis_facts_choose_contact (contacts, role, RUBIS_REACH_PHONE);
}

RubisAddressChecker *
rubis_address_checker_new (RubisSession *session, const RubisLetterheadSettings *settings)
{
  RubisAddressChecker *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_new0 (RubisAddressChecker, 1);
  self->session = g_object_ref (session);
  self->settings
      = settings != NULL ? rubis_letterhead_settings_copy (settings) : rubis_session_dup_letterhead (session);
  return self;
}

void
rubis_address_checker_free (RubisAddressChecker *self)
{
  g_clear_pointer (&self->gauge, rubis_address_gauge_free);
  rubis_letterhead_settings_free (self->settings);
  g_object_unref (self->session);
  g_free (self);
}

RubisAddressCheck *
rubis_session_check_address (RubisSession *self, gint64 account_id, GError **error)
{
  g_autoptr (RubisAddressChecker) checker = rubis_address_checker_new (self, NULL);

  return rubis_address_checker_check (checker, account_id, error);
}

RubisAddressCheck *
rubis_address_checker_check (RubisAddressChecker *self, gint64 account_id, GError **error)
{
  return rubis_address_checker_check_typed (self, account_id, NULL, error);
}

RubisAddressCheck *
rubis_address_checker_check_typed (RubisAddressChecker *self, gint64 account_id, const RubisAccountAddress *address,
                                   GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self->session, error);
  g_autoptr (GError) load_error = NULL;
  RubisAddressCheck *check;

  if (db == NULL)
    return NULL;
  check = check_account (self, db, account_id, address, &load_error);
  rubis_session_return_reader (self->session, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (check == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This account is not in the dossier any more."));
  return check;
}

/* An account in two currencies comes twice, one after the other. */
static void
note_debtor (const RubisBalanceRecord *balance, gpointer user_data)
{
  GArray *debtors = user_data;

  if (balance->balance > 0
      && (debtors->len == 0 || g_array_index (debtors, gint64, debtors->len - 1) != balance->account_id))
    g_array_append_val (debtors, balance->account_id);
}

static GPtrArray *
check_debtors (RubisAddressChecker *checker, RubisDatabase *db, GArray *debtors, RubisProgress *progress,
               GError **error)
{
  g_autoptr (GPtrArray) checks = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_address_check_free);

  for (guint i = 0; i < debtors->len; i++)
    {
      g_autoptr (RubisAddressCheck) check = NULL;
      g_autoptr (GError) check_error = NULL;

      if (progress != NULL && g_cancellable_set_error_if_cancelled (progress->cancellable, error))
        return NULL;
      if (progress != NULL && progress->func != NULL && i % 256 == 0)
        progress->func ((double)i / debtors->len, _ ("Addresses"), progress->user_data);
      check = check_account (checker, db, g_array_index (debtors, gint64, i), NULL, &check_error);
      if (check_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&check_error));
          return NULL;
        }
      if (check != NULL && check->problems->len > 0)
        g_ptr_array_add (checks, g_steal_pointer (&check));
    }
  return g_steal_pointer (&checks);
}

GPtrArray *
rubis_session_check_addresses (RubisSession *self, RubisProgress *progress, int *n_checked, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GArray) debtors = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RubisAddressChecker) checker = rubis_address_checker_new (self, NULL);
  GPtrArray *checks = NULL;

  if (db == NULL)
    return NULL;
  if (rubis_store_each_balance (db, 0, rubis_session_get_today (self), note_debtor, debtors, error))
    checks = check_debtors (checker, db, debtors, progress, error);
  rubis_session_return_reader (self, db);
  if (n_checked != NULL)
    *n_checked = (int)debtors->len;
  return checks;
}
