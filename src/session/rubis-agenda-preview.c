/* What actions would send, without doing them. */
#include <glib/gi18n-lib.h>

#include "rubis-agenda-files.h"
#include "rubis-email.h"
#include "rubis-sms-message.h"
#include "rubis-notice-private.h"
#include "rubis-registered-private.h"

static void
action_file_free (gpointer data)
{
  RubisActionFile *self = data;

  g_free (self->name);
  g_free (self->media_type);
  g_free (self);
}

static RubisActionPreview *
preview_new (RubisChannel channel)
{
  RubisActionPreview *self = g_new0 (RubisActionPreview, 1);

  self->channel = channel;
  self->from = g_strdup ("");
  self->reply_to = g_strdup ("");
  self->files = g_ptr_array_new_with_free_func (action_file_free);
  return self;
}

void
rubis_action_preview_free (RubisActionPreview *self)
{
  g_free (self->subject);
  g_free (self->recipient);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->text);
  g_free (self->html);
  g_free (self->from);
  g_free (self->reply_to);
  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
  g_clear_pointer (&self->missing, g_ptr_array_unref);
  g_free (self);
}

/* The email as it would leave now by the sender that would be chosen. */
static RubisEmail *
make_email (RubisSession *self, RubisAgendaMaker *maker, const RubisActionRow *action,
            RubisActionPaper *paper, gboolean *has_sender, GError **error)
{
  g_autoptr (GError) sender_error = NULL;
  g_autoptr (RubisSender) sender = rubis_session_choose_sender (self, RUBIS_PARCEL_EMAIL, &sender_error);
  RubisEmailOptions options = { .key = action->key, .sender = sender };

  if (sender_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&sender_error));
      return NULL;
    }
  *has_sender = sender != NULL;
  options.now = rubis_email_get_noon (rubis_session_get_today (self));
  options.outbox_id = rubis_store_next_outbox_id (rubis_agenda_maker_get_database (maker), error);
  return options.outbox_id > 0 ? rubis_email_make_for_action (maker, action, paper, &options, error) : NULL;
}

static void
list_files (RubisActionPreview *preview, const RubisEmail *email)
{
  for (guint i = 0; i < email->files->len; i++)
    {
      const RubisEmailFile *file = g_ptr_array_index (email->files, i);
      RubisActionFile *shown = g_new0 (RubisActionFile, 1);

      shown->name = g_strdup (file->name);
      shown->media_type = g_strdup (file->media_type);
      shown->size = (gint64)g_bytes_get_size (file->content);
      g_ptr_array_add (preview->files, shown);
    }
}

static RubisActionPreview *
preview_email (RubisSession *self, RubisAgendaMaker *maker, const RubisActionRow *action,
               RubisActionPaper *paper, GError **error)
{
  g_autoptr (RubisActionPreview) preview = preview_new (action->channel);
  gboolean has_sender = FALSE;
  g_autoptr (RubisEmail) email = make_email (self, maker, action, paper, &has_sender, error);
  guint n_pages = 0;

  if (email == NULL)
    return NULL;
  preview->warnings = g_ptr_array_ref (email->warnings);
  if (!has_sender)
    g_ptr_array_add (preview->warnings,
                     g_strdup (_ ("No sender carries emails: add one, or switch one on.")));
  preview->missing = g_ptr_array_ref (paper->filled->missing);
  preview->subject = g_strdup (email->subject);
  preview->recipient = g_strdup (email->to_email);
  preview->text = g_strdup (email->text);
  preview->html = g_strdup (email->html);
  g_free (preview->from);
  preview->from = g_strdup_printf ("%s <%s>", email->from_name, email->from_email);
  if (g_ascii_strcasecmp (email->reply_to, email->from_email) != 0)
    {
      g_free (preview->reply_to);
      preview->reply_to = g_strdup (email->reply_to);
    }
  list_files (preview, email);
  if (paper->enclosures->parts->len == 0)
    return g_steal_pointer (&preview);
  preview->pdf = rubis_enclosures_merge (paper->enclosures, rubis_enclosures_get_title (email->language),
                                         email->language, rubis_session_get_today (self), &n_pages, error);
  preview->n_pages = (int)n_pages;
  return preview->pdf != NULL ? g_steal_pointer (&preview) : NULL;
}

/* By the sender that would be chosen; without one a person sends it by hand. */
static RubisActionPreview *
preview_sms (RubisSession *self, const RubisActionRow *action, RubisActionPaper *paper, GError **error)
{
  g_autoptr (GError) sender_error = NULL;
  g_autoptr (RubisSender) sender = rubis_session_choose_sender (self, RUBIS_PARCEL_SMS, &sender_error);
  g_autoptr (RubisActionPreview) preview = preview_new (action->channel);
  g_autoptr (RubisSmsMessage) sms = NULL;

  preview->warnings = g_ptr_array_ref (paper->enclosures->warnings);
  preview->missing = g_ptr_array_ref (paper->filled->missing);
  preview->subject = g_strdup (rubis_document_get_subject (paper->filled->document));
  preview->recipient = g_strdup (paper->filled->phone);
  if (sender == NULL)
    {
      if (sender_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&sender_error));
          return NULL;
        }
      preview->text = rubis_document_to_text (paper->filled->document, 76);
      return g_steal_pointer (&preview);
    }
  sms = rubis_sms_message_new (paper, sender, error);
  if (sms == NULL)
    return NULL;
  preview->text = g_strdup (sms->text);
  g_free (preview->recipient);
  preview->recipient = rubis_sms_message_describe (sms, rubis_session_get_currency (self));
  return g_steal_pointer (&preview);
}

static RubisActionPreview *
preview_paper (RubisSession *self, RubisAgendaMaker *maker, const RubisActionRow *action,
               RubisActionPaper *paper, GError **error)
{
  g_autoptr (RubisActionPreview) preview = NULL;
  RubisFilledDocument *filled = paper->filled;
  guint n_pages = 0;

  if (action->channel == RUBIS_CHANNEL_EMAIL)
    return preview_email (self, maker, action, paper, error);
  if (action->channel == RUBIS_CHANNEL_SMS)
    return preview_sms (self, action, paper, error);
  preview = preview_new (action->channel);
  preview->warnings = g_ptr_array_ref (paper->enclosures->warnings);
  preview->missing = g_ptr_array_ref (filled->missing);
  preview->subject = g_strdup (rubis_document_get_subject (filled->document));
  if (!rubis_channel_is_letter (action->channel))
    {
      preview->recipient = g_strdup (action->channel == RUBIS_CHANNEL_CALL ? filled->phone : filled->email);
      preview->text = rubis_document_to_text (filled->document, 76);
      return g_steal_pointer (&preview);
    }
  preview->text = g_strdup ("");
  preview->recipient = g_strdup (filled->account->name);
  preview->pdf = rubis_agenda_maker_write_letter (maker, paper, &n_pages, error);
  preview->n_pages = (int)n_pages;
  return preview->pdf != NULL ? g_steal_pointer (&preview) : NULL;
}

RubisActionPreview *
rubis_session_preview_action (RubisSession *self, RubisActionRow *action, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  RubisActionPreview *preview = NULL;

  if (db == NULL)
    return NULL;
  if (action->template_id[0] == '\0')
    {
      preview = preview_new (action->channel);
      preview->subject = g_strdup (action->step_name);
      preview->recipient = g_strdup (action->account_name);
      preview->text = g_strdup ("");
      preview->warnings = g_ptr_array_new_with_free_func (g_free);
      preview->missing = g_ptr_array_new_with_free_func (g_free);
    }
  else
    {
      g_autoptr (RubisAgendaMaker) maker = rubis_agenda_maker_new (self, db);
      g_autoptr (RubisActionPaper) paper = rubis_agenda_maker_fill (maker, action, error);

      if (paper != NULL)
        preview = preview_paper (self, maker, action, paper, error);
    }
  rubis_session_return_reader (self, db);
  return preview;
}
