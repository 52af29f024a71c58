/* Edits that the journal tells of, and checks of what is typed. */
#include "rubis-session-edits-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "rubis-format.h"
#include "rubis-import-preview.h"

static void
journaled_edit_free (gpointer data)
{
  RubisJournaledEdit *self = data;

  if (self->destroy_state != NULL && self->state != NULL)
    self->destroy_state (self->state);
  g_free (self->kind);
  g_free (self->detail);
  g_free (self);
}

RubisEdit *
rubis_journaled_edit_new (const char *label, const char *kind, const char *detail, RubisEditFunc swap, gpointer state,
                          GDestroyNotify destroy_state)
{
  RubisEdit *edit = g_new0 (RubisEdit, 1);
  RubisJournaledEdit *journaled = g_new0 (RubisJournaledEdit, 1);

  journaled->kind = g_strdup (kind);
  journaled->detail = g_strdup (detail);
  journaled->state = state;
  journaled->destroy_state = destroy_state;
  edit->label = g_strdup (label);
  edit->swap = swap;
  edit->data = journaled;
  edit->destroy = journaled_edit_free;
  return edit;
}

/* {"detail": "…"}, or NULL when there is nothing to say. (transfer full) */
static char *
make_data (const char *detail)
{
  g_autoptr(JsonObject) object = NULL;
  g_autoptr(JsonNode) root = NULL;

  if (detail == NULL || *detail == '\0')
    return NULL;
  object = json_object_new ();
  json_object_set_string_member (object, "detail", detail);
  root = json_node_init_object (json_node_alloc (), object);
  return json_to_string (root, FALSE);
}

gboolean
rubis_journaled_edit_note (RubisSession *session, RubisDatabase *db, RubisEdit *edit, gint64 account_id,
                           GError **error)
{
  gint64 event_id;

  return rubis_journaled_edit_note_event (session, db, edit, account_id, &event_id, error);
}

gboolean
rubis_journaled_edit_note_event (RubisSession *session, RubisDatabase *db, RubisEdit *edit, gint64 account_id,
                                 gint64 *event_id, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  g_autoptr(RubisEventRecord) event = NULL;
  g_autofree char *data = NULL;
  g_autofree char *summary = NULL;
  const char *kind = journaled->kind;

  if (journaled->n_swaps == 0)
    {
      data = make_data (journaled->detail);
      summary = g_strdup (edit->label);
    }
  else if (journaled->n_swaps % 2 == 1)
    {
      kind = "undo";
      summary = g_strdup_printf (_("Undone: %s"), edit->label);
    }
  else
    {
      kind = "redo";
      data = make_data (journaled->detail);
      summary = g_strdup_printf (_("Done again: %s"), edit->label);
    }
  event = rubis_session_new_event (session, kind, account_id, summary, data);
  if (!rubis_store_append_event (db, event, error))
    return FALSE;
  *event_id = event->id;
  return TRUE;
}

/* Letters, digits and the signs that mail systems take, none of which could end a header. */
static gboolean
is_plain (const char *text, const char *signs)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr (signs, *p) == NULL && (guchar) *p < 0x80)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_email (const char *email)
{
  const char *at = strchr (email, '@');
  g_autofree char *local = NULL;
  const char *domain;

  if (at == NULL || at == email || at - email > 64 || strlen (email) > 254 || strchr (at + 1, '@') != NULL)
    return FALSE;
  local = g_strndup (email, (gsize) (at - email));
  domain = at + 1;
  return is_plain (local, "!#$%&'*+-/=?^_`{|}~.") && is_plain (domain, "-.") && strchr (domain, '.') != NULL
         && *domain != '.' && !g_str_has_suffix (domain, ".") && strstr (email, "..") == NULL && *local != '.'
         && !g_str_has_suffix (local, ".");
}

gboolean
rubis_session_check_email (const char *email, GError **error)
{
  if (*email == '\0' || (g_utf8_validate (email, -1, NULL) && is_email (email)))
    return TRUE;
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _("“%s” is not an email address: write one address such as name@company.fr."), email);
  return FALSE;
}

gboolean
rubis_session_check_phone (const char *phone, GError **error)
{
  int n_digits = 0;
  gboolean plain = TRUE;

  if (*phone == '\0')
    return TRUE;
  for (const char *p = phone; *p != '\0'; p++)
    {
      n_digits += g_ascii_isdigit (*p) ? 1 : 0;
      plain = plain && (g_ascii_isdigit (*p) || strchr (" .-/()", *p) != NULL || (*p == '+' && p == phone));
    }
  if (plain && n_digits >= 4 && n_digits <= 15)
    return TRUE;
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _("“%s” is not a phone number: write digits such as 04 72 00 00 00 or +33 4 72 00 00 00."), phone);
  return FALSE;
}

RubisAccountRecord *
rubis_edits_load_account (RubisSession *self, gint64 account_id, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr(GError) load_error = NULL;
  RubisAccountRecord *account;

  if (db == NULL)
    return NULL;
  account = rubis_store_load_account (db, account_id, &load_error);
  rubis_session_return_reader (self, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (account == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("This account is not in the dossier any more."));
  return account;
}

gboolean
rubis_edits_check_until (RubisSession *self, gboolean stop, RubisDate until, GError **error)
{
  RubisDate today = rubis_session_get_today (self);
  g_autofree char *day = NULL;

  if (!stop || until == RUBIS_DATE_NONE || until >= today)
    return TRUE;
  day = rubis_format_date_short (until, rubis_format_ui_language ());
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _("A stop cannot end on %s, which has passed: choose a later day, or none."), day);
  return FALSE;
}

char *
rubis_edits_describe_stop (const char *reason, RubisDate until)
{
  g_autofree char *day = NULL;

  if (until == RUBIS_DATE_NONE)
    return g_strdup (reason);
  day = rubis_format_date_short (until, rubis_format_ui_language ());
  if (*reason == '\0')
    return g_strdup_printf (_("Until %s"), day);
  /* Translators: the reason of a stop, and its last day. */
  return g_strdup_printf (_("%s, until %s"), reason, day);
}
