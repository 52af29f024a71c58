/* What a provider gets of a letter, and what it tells of it later. */
#include "rubis-hand-over-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-facts.h"
#include "rubis-outbox.h"
#include "rubis-registered-private.h"
#include "rubis-registered.h"

/* The lines of @block and the country's letters below; a foreign country's name in the block gives way to
 * them. */
static char *
make_address (char **lines, const char *country)
{
  GString *text = g_string_new (NULL);
  gboolean foreign = *country != '\0' && !g_str_equal (country, "FR");
  guint n = g_strv_length (lines);

  for (guint i = 0; i < n - (foreign && n > 1 ? 1 : 0); i++)
    g_string_append_printf (text, "%s\n", lines[i]);
  g_string_append (text, *country != '\0' ? country : "FR");
  return g_string_free (text, FALSE);
}

static char *
make_return_address (const RubisCompany *company)
{
  g_auto (GStrv) street = g_strsplit (company->address, "\n", -1);
  guint n = g_strv_length (street);
  RubisPostalAddress address = {
    .line1 = company->name,
    .line3 = n > 1 ? street[0] : "",
    .street = n > 0 ? street[n - 1] : "",
    .postcode = company->postcode,
    .city = company->city,
    .country = company->country,
  };
  g_autoptr (RubisPostalBlock) block = rubis_postal_block_new (&address);

  return make_address (block->lines, company->country);
}

gboolean
rubis_hand_over_fill_parcel (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *record,
                             RubisParcel *parcel, GError **error)
{
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (db, record->account_id, error);
  g_autoptr (GPtrArray) contacts
      = account != NULL ? rubis_store_list_contacts (db, account->id, error) : NULL;
  g_autoptr (RubisCompany) company = contacts != NULL ? rubis_session_read_company (db, error) : NULL;
  const RubisContactRecord *contact;
  g_autoptr (RubisPostalBlock) block = NULL;
  g_autofree char *address = NULL;
  g_autofree char *return_address = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  if (company == NULL)
    return FALSE;
  contact = rubis_agenda_choose_recipient (contacts, RUBIS_CONTACT_ACCOUNTS_PAYABLE);
  block = rubis_agenda_make_postal_block (account, contact, account->language);
  address = make_address (block->lines, account->country);
  return_address = make_return_address (company);
  name = contact != NULL ? rubis_agenda_dup_contact_name (contact, NULL) : g_strdup ("");
  title = g_strdup_printf ("%s %s", record->step_name, account->code);
  rubis_parcel_set (parcel, address, address);
  rubis_parcel_set (parcel, return_address, return_address);
  rubis_parcel_set (parcel, to_name, name[0] != '\0' ? name : account->name);
  rubis_parcel_set (parcel, to_company, account->name);
  rubis_parcel_set (parcel, to_email, record->recipient);
  rubis_parcel_set (parcel, title, title);
  rubis_parcel_set (parcel, reference, account->code);
  parcel->to_professional = account->kind != RUBIS_PARTY_CONSUMER;
  return TRUE;
}

/* (transfer full) (nullable) */
static RubisRegisteredLetter *
find_letter (RubisSession *session, gint64 account_id, gint64 document_id, GError **error)
{
  g_autoptr (GPtrArray) letters = rubis_session_list_registered (session, account_id, error);

  for (guint i = 0; letters != NULL && i < letters->len; i++)
    {
      RubisRegisteredLetter *letter = g_ptr_array_index (letters, i);

      if (letter->document_id == document_id)
        return g_object_ref (letter);
    }
  return NULL;
}

static gboolean
advance (RubisSession *session, RubisRegisteredLetter *letter, RubisRegisteredState state, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (state <= letter->course.state || rubis_registered_state_is_closed (letter->course.state))
    return TRUE;
  g_array_append_val (ids, letter->id);
  return rubis_session_advance_registered (session, ids, state, rubis_session_get_today (session), error);
}

gboolean
rubis_hand_over_learn (RubisSession *session, gint64 outbox_id, const RubisParcel *parcel,
                       const RubisDelivery *delivery, GError **error)
{
  g_autoptr (GError) find_error = NULL;
  g_autoptr (RubisOutboxRow) row = NULL;
  g_autoptr (RubisRegisteredLetter) letter = NULL;
  RubisRegisteredState state;

  if (parcel->kind == RUBIS_PARCEL_EMAIL || parcel->kind == RUBIS_PARCEL_SMS)
    return TRUE;
  row = rubis_session_load_outbox (session, outbox_id, error);
  if (row == NULL)
    return FALSE;
  letter = find_letter (session, row->account_id, row->document_id, &find_error);

  if (letter == NULL)
    {
      if (find_error == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&find_error));
      return FALSE;
    }
  if (delivery->tracking[0] != '\0' && letter->number[0] == '\0'
      && !rubis_session_number_registered (session, letter->id, delivery->tracking, NULL, error))
    return FALSE;
  if (delivery->fate == RUBIS_FATE_SENT && !advance (session, letter, RUBIS_REGISTERED_PRINTED, error))
    return FALSE;
  if (delivery->course[0] == '\0' || !rubis_registered_state_from_id (delivery->course, &state))
    return TRUE;
  /* What was never deposited cannot be presented: the provider did both between two questions. */
  if (state > RUBIS_REGISTERED_DEPOSITED && letter->course.state < RUBIS_REGISTERED_DEPOSITED
      && !advance (session, letter, RUBIS_REGISTERED_DEPOSITED, error))
    return FALSE;
  return advance (session, letter, state, error);
}
