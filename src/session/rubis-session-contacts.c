/* The people at the customer. */
#include "rubis-session-edits-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-import-preview.h"

typedef enum
{
  CONTACT_ADDED,
  CONTACT_CHANGED,
  CONTACT_REMOVED,
} ContactEditKind;

typedef struct
{
  ContactEditKind kind;
  RubisContactRecord *contact; /* (owned) as it is put in by the next swap; of an added one the id is 0 until then */
} ContactEdit;

static void
contact_edit_free (gpointer data)
{
  ContactEdit *self = data;

  rubis_contact_record_free (self->contact);
  g_free (self);
}

static void
set_not_found (GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This contact is not in the dossier any more."));
}

/* Puts the fields of @state in and keeps those that were there. */
static gboolean
exchange_contact (ContactEdit *state, RubisDatabase *db, GError **error)
{
  g_autoptr(RubisContactRecord) before = rubis_store_load_contact (db, state->contact->id, error);

  if (before == NULL)
    {
      if (error != NULL && *error == NULL)
        set_not_found (error);
      return FALSE;
    }
  if (!rubis_store_update_contact (db, state->contact, error))
    return FALSE;
  rubis_contact_record_free (state->contact);
  state->contact = g_steal_pointer (&before);
  return TRUE;
}

static gboolean
swap_contact (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  ContactEdit *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  gboolean undo = journaled->n_swaps % 2 == 1;
  gboolean is_new = state->contact->id == 0;
  gboolean done;

  if (state->kind == CONTACT_CHANGED)
    done = exchange_contact (state, db, error);
  else if (is_new)
    done = rubis_store_insert_contact (db, state->contact, error);
  else
    done = rubis_store_set_contact_removed (db, state->contact->id, (state->kind == CONTACT_REMOVED) != undo, error);
  if (!done || !rubis_journaled_edit_note (session, db, edit, state->contact->account_id, error))
    {
      if (is_new)
        state->contact->id = 0;
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
  record->mobile = dup_typed (typed->mobile);
  record->note = dup_typed (typed->note);
  return record;
}

static gboolean
check_contact (const RubisContactRecord *record, GError **error)
{
  if (*record->last_name == '\0' && *record->first_name == '\0' && *record->email == '\0' && *record->phone == '\0'
      && *record->mobile == '\0')
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("A contact needs a name, an email address or a phone number."));
      return FALSE;
    }
  return rubis_session_check_email (record->email, error) && rubis_session_check_phone (record->phone, error)
         && rubis_session_check_phone (record->mobile, error);
}

/* @label, @contact: (transfer full). People stay out of the journal, which is kept for ever. */
static gboolean
do_contact_edit (RubisSession *self, ContactEditKind kind, RubisContactRecord *contact, char *label, GError **error)
{
  g_autofree char *owned_label = label;
  ContactEdit *state = g_new0 (ContactEdit, 1);

  state->kind = kind;
  state->contact = contact;
  return rubis_session_do_edit (
    self, rubis_journaled_edit_new (owned_label, "contact", NULL, swap_contact, state, contact_edit_free), error);
}

gboolean
rubis_session_add_contact (RubisSession *self, gint64 account_id, const RubisContactInput *contact, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autoptr(RubisContactRecord) record = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && contact != NULL, FALSE);

  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  record = contact_record_new (account_id, contact);
  if (!check_contact (record, error))
    return FALSE;
  return do_contact_edit (self, CONTACT_ADDED, g_steal_pointer (&record),
                          g_strdup_printf (_("Contact added: %s"), account->name), error);
}

static RubisContactRecord *
load_contact (RubisSession *self, gint64 id, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr(GError) load_error = NULL;
  RubisContactRecord *contact;

  if (db == NULL)
    return NULL;
  contact = rubis_store_load_contact (db, id, &load_error);
  rubis_session_return_reader (self, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (contact == NULL)
    set_not_found (error);
  return contact;
}

static gboolean
same_contact (const RubisContactRecord *a, const RubisContactRecord *b)
{
  return g_str_equal (a->salutation, b->salutation) && g_str_equal (a->first_name, b->first_name)
         && g_str_equal (a->last_name, b->last_name) && g_str_equal (a->job, b->job) && g_str_equal (a->role, b->role)
         && g_str_equal (a->email, b->email) && g_str_equal (a->phone, b->phone)
         && g_str_equal (a->mobile, b->mobile) && g_str_equal (a->note, b->note);
}

gboolean
rubis_session_change_contact (RubisSession *self, gint64 contact_id, const RubisContactInput *contact, GError **error)
{
  g_autoptr(RubisContactRecord) before = NULL;
  g_autoptr(RubisContactRecord) typed = NULL;
  g_autoptr(RubisAccountRecord) account = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && contact != NULL, FALSE);

  before = load_contact (self, contact_id, error);
  account = before != NULL ? rubis_edits_load_account (self, before->account_id, error) : NULL;
  if (account == NULL)
    return FALSE;
  typed = contact_record_new (before->account_id, contact);
  typed->id = contact_id;
  if (!check_contact (typed, error))
    return FALSE;
  if (same_contact (before, typed))
    return TRUE;
  return do_contact_edit (self, CONTACT_CHANGED, g_steal_pointer (&typed),
                          g_strdup_printf (_("Contact changed: %s"), account->name), error);
}

gboolean
rubis_session_remove_contact (RubisSession *self, gint64 contact_id, GError **error)
{
  g_autoptr(RubisContactRecord) contact = NULL;
  g_autoptr(RubisAccountRecord) account = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  contact = load_contact (self, contact_id, error);
  account = contact != NULL ? rubis_edits_load_account (self, contact->account_id, error) : NULL;
  if (account == NULL)
    return FALSE;
  return do_contact_edit (self, CONTACT_REMOVED, g_steal_pointer (&contact),
                          g_strdup_printf (_("Contact removed: %s"), account->name), error);
}
