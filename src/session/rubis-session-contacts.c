/* The people at the customer. */
#include "rubis-session-edits-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-import-preview.h"

static gboolean
swap_contact (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  RubisContactRecord *contact = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  gint64 id = contact->id;

  contact->id = 0;
  if (id != 0 ? !rubis_store_delete_contact (db, id, error) : !rubis_store_insert_contact (db, contact, error))
    {
      contact->id = id;
      return FALSE;
    }
  if (!rubis_journaled_edit_note (session, db, edit, contact->account_id, error))
    {
      contact->id = id;
      return FALSE;
    }
  journaled->n_swaps++;
  return TRUE;
}

/* Without blanks at the ends; "" for NULL. */
static char *
dup_typed (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

static RubisContactRecord *
contact_record_new (gint64 account_id, const RubisContactInput *typed)
{
  RubisContactRecord *record = g_new0 (RubisContactRecord, 1);

  record->account_id = account_id;
  record->salutation = dup_typed (typed->salutation);
  record->first_name = dup_typed (typed->first_name);
  record->last_name = dup_typed (typed->last_name);
  record->job = dup_typed (typed->job);
  record->role = g_strdup (rubis_contact_role_to_id (typed->role));
  record->email = dup_typed (typed->email);
  record->phone = dup_typed (typed->phone);
  return record;
}

static gboolean
check_contact (const RubisContactRecord *record, GError **error)
{
  if (*record->last_name == '\0' && *record->first_name == '\0' && *record->email == '\0' && *record->phone == '\0')
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("A contact needs a name, an email address or a phone number."));
      return FALSE;
    }
  return rubis_session_check_email (record->email, error) && rubis_session_check_phone (record->phone, error);
}

gboolean
rubis_session_add_contact (RubisSession *self, gint64 account_id, const RubisContactInput *contact, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  RubisContactRecord *record;
  g_autofree char *label = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && contact != NULL, FALSE);

  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  record = contact_record_new (account_id, contact);
  if (!check_contact (record, error))
    {
      rubis_contact_record_free (record);
      return FALSE;
    }
  label = g_strdup_printf (_("Contact added: %s"), account->name);
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (label, "contact", NULL, swap_contact, record,
                                                          (GDestroyNotify) rubis_contact_record_free),
                                error);
}
