/* Messages that are no step of a scenario: prepared, then approved by a person. */
#include "rubis-outbox-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-email.h"
#include "rubis-import-preview.h"
#include "rubis-json.h"
#include "rubis-store-accounts.h"
#include "rubis-store-disputes.h"
#include "rubis-store-senders.h"

/* --- what was asked for, as it is kept --- */

static char *
write_request (const RubisDraftRequest *request)
{
  g_autoptr (GVariant) value = NULL;
  GVariantBuilder builder;
  const struct
  {
    const char *key;
    const char *text;
  } texts[] = {
    { "key", request->key },
    { "title", request->title },
    { "template", request->template_id },
    { "subject", request->subject },
    { "text", request->text },
    { "to", request->to_email },
    { "reply-to", request->in_reply_to },
    { "to-name", request->to_name },
  };

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (texts[i].text != NULL)
        g_variant_builder_add (&builder, "{sv}", texts[i].key, g_variant_new_string (texts[i].text));
    }
  g_variant_builder_add (&builder, "{sv}", "copies", g_variant_new_boolean (request->copies));
  if (request->item_ids != NULL)
    {
      g_autoptr (GString) list = g_string_new (NULL);

      for (guint i = 0; i < request->item_ids->len; i++)
        g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                                g_array_index (request->item_ids, gint64, i));
      g_variant_builder_add (&builder, "{sv}", "items", g_variant_new_string (list->str));
    }
  value = g_variant_ref_sink (g_variant_builder_end (&builder));
  return rubis_json_write_line (value);
}

/* @values: what was kept; the request borrows from it. @items: (owned by the caller) */
static void
read_request (const RubisOutboxRecord *record, GVariant *values, GArray *items, RubisDraftRequest *request)
{
  const char *list = NULL;

  request->account_id = record->account_id;
  request->channel = (RubisChannel)record->channel;
  g_variant_lookup (values, "key", "&s", &request->key);
  g_variant_lookup (values, "title", "&s", &request->title);
  g_variant_lookup (values, "template", "&s", &request->template_id);
  g_variant_lookup (values, "subject", "&s", &request->subject);
  g_variant_lookup (values, "text", "&s", &request->text);
  g_variant_lookup (values, "to", "&s", &request->to_email);
  g_variant_lookup (values, "reply-to", "&s", &request->in_reply_to);
  g_variant_lookup (values, "to-name", "&s", &request->to_name);
  request->dispute_id = record->dispute_id;
  g_variant_lookup (values, "copies", "b", &request->copies);
  if (g_variant_lookup (values, "items", "&s", &list))
    {
      g_auto (GStrv) ids = g_strsplit (list, ",", -1);

      for (guint i = 0; ids[i] != NULL; i++)
        {
          gint64 id = g_ascii_strtoll (ids[i], NULL, 10);

          if (id != 0)
            g_array_append_val (items, id);
        }
      request->item_ids = items;
    }
}

/* --- its bytes --- */

static RubisSender *
choose_sender (RubisDatabase *db, GError **error)
{
  g_autoptr (GError) choose_error = NULL;
  RubisSender *sender
      = rubis_store_choose_sender (db, RUBIS_PARCEL_EMAIL, g_get_user_name (), 0, &choose_error);

  if (choose_error != NULL)
    g_propagate_error (error, g_steal_pointer (&choose_error));
  else if (sender == NULL)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                 _ ("No sender carries emails: add one, or switch one on."));
  return sender;
}

/* Makes the email of @request at @now, keeps it as a document, and notes in @record what it says. */
static gboolean
write_email (RubisSession *session, RubisDatabase *db, const RubisDraftRequest *request, gint64 now,
             RubisOutboxRecord *record, GError **error)
{
  g_autoptr (RubisSender) sender = choose_sender (db, error);
  g_autoptr (RubisAgendaMaker) maker = sender != NULL ? rubis_agenda_maker_new (session, db) : NULL;
  RubisEmailOptions options = { .outbox_id = record->id,
                                .dispute_id = request->dispute_id,
                                .key = request->key,
                                .sender = sender,
                                .now = now };
  g_autoptr (RubisEmail) email = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *file_name = g_strdup_printf ("message-%" G_GINT64_FORMAT ".eml", record->id);
  RubisDocumentRecord document = { .event_id = record->event_id,
                                   .account_id = record->account_id,
                                   .kind = (char *)rubis_channel_to_id (RUBIS_CHANNEL_EMAIL),
                                   .currency = record->currency.code,
                                   .date = rubis_session_get_today (session),
                                   .file_name = file_name,
                                   .media_type = (char *)"message/rfc822" };

  if (maker == NULL || !rubis_email_ensure_answer_key (db, error))
    return FALSE;
  email = rubis_email_make_for_draft (maker, request, &options, error);
  if (email == NULL)
    return FALSE;
  if (request->copies && request->dispute_id == 0 && email->files->len == 0)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                   _ ("There is no copy of these invoices: drop their PDF on the account, or name the folder of copies, "
                      "then do it again."));
      return FALSE;
    }
  g_ptr_array_add (email->warnings, NULL);
  reason = g_strjoinv (" ", (char **)email->warnings->pdata);
  rubis_outbox_set (record, reason, reason);
  document.template_id = (char *)(request->template_id != NULL ? request->template_id : "");
  document.language = email->language;
  document.subject = email->subject;
  document.recipient = email->to_email;
  document.content = email->content;
  if (!rubis_store_insert_document (db, &document, error))
    return FALSE;
  record->document_id = document.id;
  record->sender_id = sender->id;
  record->send_after = now + sender->recall_minutes * 60;
  rubis_outbox_set (record, recipient, email->to_email);
  rubis_outbox_set (record, from_email, email->from_email);
  rubis_outbox_set (record, subject, email->subject);
  rubis_outbox_set (record, message_id, email->message_id);
  rubis_outbox_set (record, thread_id, email->thread_id);
  return TRUE;
}

/* --- a draft --- */

typedef struct
{
  RubisSession *session;
  const RubisDraftRequest *request;
  gint64 id;
} Addition;

static gboolean
add_draft (RubisStore *store, gpointer user_data, GError **error)
{
  Addition *addition = user_data;
  const RubisDraftRequest *request = addition->request;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (RubisOutboxRecord) record = g_new0 (RubisOutboxRecord, 1);
  g_autofree char *summary = g_strdup_printf (_ ("To approve: %s"), request->title);
  g_autoptr (RubisEventRecord) event
      = rubis_session_new_event (addition->session, request->dispute_id != 0 ? "dispute" : "outbox",
                                 request->account_id, summary, NULL);

  record->id = rubis_store_next_outbox_id (db, error);
  record->key = g_strdup (request->key);
  record->account_id = request->account_id;
  record->currency = rubis_session_get_currency (addition->session);
  record->rank = RUBIS_OUTBOX_NO_STEP;
  record->step_name = g_strdup (request->title);
  record->channel = (int)request->channel;
  record->n_items = request->item_ids != NULL ? (int)request->item_ids->len : 0;
  record->state = g_strdup ("draft");
  record->date = rubis_session_get_today (addition->session);
  record->draft = write_request (request);
  record->dispute_id = request->dispute_id;
  if (record->id == 0
      || !write_email (addition->session, db, request, g_get_real_time () / G_USEC_PER_SEC, record, error))
    return FALSE;
  record->send_after = 0;
  record->sender_id = 0;
  if (!rubis_store_insert_outbox (db, record, error) || !rubis_store_append_event (db, event, error))
    return FALSE;
  addition->id = record->id;
  return TRUE;
}

gint64
rubis_session_add_draft (RubisSession *self, const RubisDraftRequest *request, GError **error)
{
  Addition addition = { .session = self, .request = request };
  RubisStore *store;
  gboolean done = FALSE;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && request != NULL && request->key != NULL
                            && request->title != NULL && request->channel == RUBIS_CHANNEL_EMAIL,
                        0);

  store = rubis_session_lock (self);
  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else
    done = rubis_store_transact (store, add_draft, &addition, error);
  rubis_session_unlock (self);
  if (done)
    rubis_session_mark_changed (self);
  return done ? addition.id : 0;
}

/* --- its approval --- */

static gint64
journal_message (RubisSession *session, RubisDatabase *db, const RubisOutboxRecord *record, GArray *items,
                 GError **error)
{
  g_autoptr (RubisEventRecord) event
      = rubis_session_new_event (session, record->dispute_id != 0 ? "dispute" : "message", record->account_id,
                                 record->step_name, NULL);

  if (!rubis_store_append_event (db, event, error))
    return 0;
  for (guint i = 0; i < items->len; i++)
    {
      if (!rubis_store_link_event_item (db, event->id, g_array_index (items, gint64, i), RUBIS_EVENT_NO_LEVEL,
                                        event->date, error))
        return 0;
    }
  return event->id;
}

gboolean
rubis_outbox_approve (RubisSession *session, RubisDatabase *db, RubisOutboxRecord *record, gint64 now,
                      GError **error)
{
  g_autoptr (GVariant) values = rubis_json_read (record->draft);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisDraftRequest request = { .title = record->step_name, .key = record->key };
  gint64 before = record->document_id;

  if (values == NULL)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("The message “%s” cannot be made again: take it back and write it anew."),
                   record->step_name);
      return FALSE;
    }
  read_request (record, values, items, &request);
  record->event_id = journal_message (session, db, record, items, error);
  if (record->event_id == 0 || !write_email (session, db, &request, now, record, error))
    return FALSE;
  if (record->dispute_id != 0
      && !rubis_store_set_dispute_asked (db, record->dispute_id, rubis_session_get_today (session), error))
    return FALSE;
  rubis_outbox_set (record, state, "approved");
  /* What was shown before is replaced by what leaves. */
  return rubis_outbox_update (session, db, record, error)
         && (before == 0 || rubis_store_delete_document (db, before, error));
}
