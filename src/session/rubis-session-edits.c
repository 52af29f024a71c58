/* What users change of accounts. */
#include "rubis-session-edits-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-address-private.h"
#include "rubis-account-card.h"
#include "rubis-account-view.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-store-accounts.h"

#define MAX_FIELDS 9

/* Fields of one account with the values to put in. */
typedef struct {
  gint64 account_id;
  const char *fields[MAX_FIELDS];  /* static; NULL ends them */
  char *values[MAX_FIELDS];
} AccountState;

static void
account_state_free (gpointer data)
{
  AccountState *state = data;

  for (int i = 0; i < MAX_FIELDS; i++)
    g_free (state->values[i]);
  g_free (state);
}

static gboolean
swap_account (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  AccountState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  char *before[MAX_FIELDS] = { NULL };
  gboolean done = TRUE;

  /* All are read before the first is set: one field may change another. */
  for (int i = 0; done && i < MAX_FIELDS && state->fields[i] != NULL; i++)
    {
      before[i] = rubis_store_get_account_field (db, state->account_id, state->fields[i], error);
      done = before[i] != NULL;
    }
  for (int i = 0; done && i < MAX_FIELDS && state->fields[i] != NULL; i++)
    done = rubis_store_set_account_field (db, state->account_id, state->fields[i], state->values[i], error);
  done = done && rubis_journaled_edit_note (session, db, edit, state->account_id, error);
  for (int i = 0; i < MAX_FIELDS; i++)
    {
      if (done)
        {
          g_free (state->values[i]);
          state->values[i] = g_steal_pointer (&before[i]);
        }
      g_free (before[i]);
    }
  journaled->n_swaps += done ? 1 : 0;
  return done;
}

/* @label and @state: (transfer full) */
static gboolean
edit_account (RubisSession *self, const RubisAccountRecord *account, char *label, const char *kind,
              const char *detail, AccountState *state, GError **error)
{
  g_autofree char *owned_label = label;

  state->account_id = account->id;
  return rubis_session_do_edit (
    self, rubis_journaled_edit_new (owned_label, kind, detail, swap_account, state, account_state_free), error);
}

static AccountState *
account_state_new (const char *field, const char *value)
{
  AccountState *state = g_new0 (AccountState, 1);

  state->fields[0] = field;
  state->values[0] = g_strdup (value);
  return state;
}

gboolean
rubis_session_set_note (RubisSession *self, gint64 account_id, const char *note, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && note != NULL, FALSE);

  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  if (g_str_equal (account->note, note))
    return TRUE;
  return edit_account (self, account, g_strdup_printf (_("Note changed: %s"), account->name), "note", note,
                       account_state_new ("note", note), error);
}

gboolean
rubis_session_set_account_stop (RubisSession *self, gint64 account_id, gboolean stop, const char *reason,
                                RubisDate until, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autofree char *detail = NULL;
  AccountState *state;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  if (!stop || reason == NULL)
    reason = "";
  if (!stop)
    until = RUBIS_DATE_NONE;
  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL || !rubis_edits_check_until (self, stop, until, error))
    return FALSE;
  if (account->stop == stop && g_str_equal (account->stop_reason, reason) && account->stop_until == until)
    return TRUE;
  state = account_state_new ("stop", stop ? "1" : "0");
  state->fields[1] = "stop_reason";
  state->values[1] = g_strdup (reason);
  state->fields[2] = "stop_until";
  state->values[2] = until != RUBIS_DATE_NONE ? g_strdup_printf ("%d", until) : g_strdup ("");
  detail = rubis_edits_describe_stop (reason, until);
  return edit_account (self, account,
                       g_strdup_printf (stop ? _("Dunning stopped: %s") : _("Dunning resumed: %s"), account->name),
                       stop ? "stop" : "unstop", detail, state, error);
}

gboolean
rubis_session_set_account_policy (RubisSession *self, gint64 account_id, const char *policy_id, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autoptr(RubisLibrary) library = NULL;
  const RubisPolicy *policy;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && policy_id != NULL, FALSE);

  library = rubis_session_get_library (self);
  policy = g_hash_table_lookup (library->policies, policy_id);
  if (policy == NULL && *policy_id != '\0')
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _("There is no policy “%s”."), policy_id);
      return FALSE;
    }
  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  if (g_str_equal (account->policy_id, policy_id))
    return TRUE;
  return edit_account (self, account, g_strdup_printf (_("Policy changed: %s"), account->name), "policy",
                       policy != NULL ? rubis_policy_get_name (policy) : "",
                       account_state_new ("policy_id", policy_id), error);
}

/* Addresses of people stay out of the journal, which is kept for ever. */
gboolean
rubis_session_set_account_email (RubisSession *self, gint64 account_id, const char *email, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autofree char *typed = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && email != NULL, FALSE);

  typed = g_strstrip (g_strdup (email));
  if (!rubis_session_check_email (typed, error))
    return FALSE;
  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  if (g_str_equal (account->email, typed))
    return TRUE;
  return edit_account (self, account, g_strdup_printf (_("Email address changed: %s"), account->name), "contact",
                       NULL, account_state_new ("email", typed), error);
}

gboolean
rubis_session_set_account_phone (RubisSession *self, gint64 account_id, const char *phone, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autofree char *typed = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && phone != NULL, FALSE);

  typed = g_strstrip (g_strdup (phone));
  if (!rubis_session_check_phone (typed, error))
    return FALSE;
  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  if (g_str_equal (account->phone, typed))
    return TRUE;
  return edit_account (self, account, g_strdup_printf (_("Phone number changed: %s"), account->name), "contact",
                       NULL, account_state_new ("phone", typed), error);
}

gboolean
rubis_session_set_payment_process (RubisSession *self, gint64 account_id, const char *text, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && text != NULL, FALSE);

  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  if (g_str_equal (account->payment_process, text))
    return TRUE;
  return edit_account (self, account, g_strdup_printf (_("Way of paying changed: %s"), account->name), "account", text,
                       account_state_new ("payment_process", text), error);
}

gboolean
rubis_session_set_insurer (RubisSession *self, gint64 account_id, const char *insurer, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autofree char *typed = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && insurer != NULL, FALSE);

  typed = g_strstrip (g_strdup (insurer));
  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  if (g_str_equal (account->insurer, typed))
    return TRUE;
  return edit_account (self, account, g_strdup_printf (_("Credit insurer changed: %s"), account->name), "account",
                       typed, account_state_new ("insurer", typed), error);
}

gboolean
rubis_session_set_credit_limit (RubisSession *self, gint64 account_id, gint64 limit, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autofree char *value = NULL;
  g_autofree char *amount = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  if (limit < -1)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("A credit limit is not below zero: write an amount, or nothing for none."));
      return FALSE;
    }
  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  if (account->credit_limit == limit)
    return TRUE;
  value = limit >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, limit) : g_strdup ("");
  amount = limit >= 0 ? rubis_format_amount (limit, rubis_session_get_currency (self), rubis_format_ui_language ())
                      : g_strdup ("");
  return edit_account (self, account, g_strdup_printf (_("Credit limit changed: %s"), account->name), "account",
                       amount, account_state_new ("credit_limit", value), error);
}

gboolean
rubis_session_set_time_zone (RubisSession *self, gint64 account_id, const char *zone, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autofree char *typed = NULL;
  g_autoptr(GTimeZone) known = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && zone != NULL, FALSE);

  typed = g_strstrip (g_strdup (zone));
  known = *typed != '\0' ? g_time_zone_new_identifier (typed) : NULL;
  if (*typed != '\0' && known == NULL)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("“%s” is not a time zone: write one such as Europe/Paris, or nothing for that of the country."),
                   typed);
      return FALSE;
    }
  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  if (g_str_equal (account->time_zone, typed))
    return TRUE;
  return edit_account (self, account, g_strdup_printf (_("Time zone changed: %s"), account->name), "account", typed,
                       account_state_new ("time_zone", typed), error);
}

static gboolean
is_typed_over (const RubisAccountRecord *account)
{
  return *account->file_address != '\0' || *account->file_postcode != '\0' || *account->file_city != '\0'
         || *account->file_country != '\0';
}

/* What stands in @before and came from a file is remembered with @typed, so that the next file that says
 * the same again does not take back what the user wrote.
 */
static AccountState *
make_address_state (const RubisAccountRecord *before, const RubisAccountRecord *typed)
{
  gboolean over = is_typed_over (before);
  const struct {
    const char *field;
    const char *value;
  } parts[] = {
    { "address", typed->address },
    { "postcode", typed->postcode },
    { "city", typed->city },
    { "country", typed->country },
    { "file_address", over ? before->file_address : before->address },
    { "file_postcode", over ? before->file_postcode : before->postcode },
    { "file_city", over ? before->file_city : before->city },
    { "file_country", over ? before->file_country : before->country },
    /* Last: undone, it is marked again after the address is back. */
    { "address_bad", "0" },
  };
  AccountState *state = g_new0 (AccountState, 1);

  G_STATIC_ASSERT (G_N_ELEMENTS (parts) <= MAX_FIELDS);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      state->fields[i] = parts[i].field;
      state->values[i] = g_strdup (parts[i].value);
    }
  return state;
}

gboolean
rubis_session_set_account_address (RubisSession *self, gint64 account_id, const RubisAccountAddress *address,
                                   GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autoptr(RubisAccountRecord) typed = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && address != NULL, FALSE);

  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  typed = rubis_account_record_new ();
  rubis_account_address_apply (address, typed);
  if (g_str_equal (account->address, typed->address) && g_str_equal (account->postcode, typed->postcode)
      && g_str_equal (account->city, typed->city) && g_str_equal (account->country, typed->country))
    return TRUE;
  return edit_account (self, account, g_strdup_printf (_("Postal address changed: %s"), account->name), "contact",
                       NULL, make_address_state (account, typed), error);
}

GPtrArray *
rubis_session_list_policies (RubisSession *self, GError **error)
{
  g_autoptr(RubisLibrary) library = NULL;
  GPtrArray *policies;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  library = rubis_session_get_library (self);
  policies = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_policy_unref);
  for (guint i = 0; i < library->ordered->len; i++)
    g_ptr_array_add (policies, rubis_policy_ref (g_ptr_array_index (library->ordered, i)));
  return policies;
}
