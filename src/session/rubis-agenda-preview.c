/* What actions would send, without doing them. */
#include <glib/gi18n-lib.h>

#include "rubis-agenda-files.h"
#include "rubis-notice-private.h"
#include "rubis-registered-private.h"

void
rubis_action_preview_free (RubisActionPreview *self)
{
  g_free (self->subject);
  g_free (self->recipient);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->text);
  g_free (self->html);
  g_ptr_array_unref (self->warnings);
  g_ptr_array_unref (self->missing);
  g_free (self);
}

static gboolean
preview_email (RubisActionPreview *preview, RubisSession *self, RubisActionPaper *paper, GError **error)
{
  g_autoptr (RubisCompany) company = rubis_session_dup_company (self);
  const char *language = paper->filled->language;
  guint n_pages = 0;

  preview->html
      = rubis_document_to_html (paper->filled->document, rubis_agenda_parse_accent (company->accent));
  if (paper->enclosures->parts->len == 0)
    return TRUE;
  preview->pdf = rubis_enclosures_merge (paper->enclosures, rubis_enclosures_get_title (language), language,
                                         rubis_session_get_today (self), &n_pages, error);
  preview->n_pages = (int)n_pages;
  return preview->pdf != NULL;
}

static RubisActionPreview *
preview_paper (RubisSession *self, RubisAgendaMaker *maker, const RubisActionRow *action,
               RubisActionPaper *paper, GError **error)
{
  g_autoptr (RubisActionPreview) preview = g_new0 (RubisActionPreview, 1);
  RubisFilledDocument *filled = paper->filled;
  guint n_pages = 0;

  preview->channel = action->channel;
  preview->warnings = g_ptr_array_ref (paper->enclosures->warnings);
  preview->missing = g_ptr_array_ref (filled->missing);
  preview->subject = g_strdup (rubis_document_get_subject (filled->document));
  if (rubis_channel_is_letter (action->channel))
    {
      preview->text = g_strdup ("");
      preview->recipient = g_strdup (filled->account->name);
      preview->pdf = rubis_agenda_maker_write_letter (maker, paper, &n_pages, error);
      preview->n_pages = (int)n_pages;
      return preview->pdf != NULL ? g_steal_pointer (&preview) : NULL;
    }
  preview->recipient = g_strdup (action->channel == RUBIS_CHANNEL_CALL ? filled->phone : filled->email);
  preview->text = rubis_document_to_text (filled->document, 76);
  if (action->channel == RUBIS_CHANNEL_EMAIL && !preview_email (preview, self, paper, error))
    return NULL;
  return g_steal_pointer (&preview);
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
      preview = g_new0 (RubisActionPreview, 1);
      preview->channel = action->channel;
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

static gboolean
append_paper (RubisAgendaFiles *files, RubisActionPaper *paper, GError **error)
{
  if (!rubis_agenda_files_append (files, paper->filled, NULL, error))
    return FALSE;
  for (guint i = 0; i < paper->enclosures->parts->len; i++)
    {
      const RubisEnclosure *part = g_ptr_array_index (paper->enclosures->parts, i);

      if (!rubis_agenda_files_append_pdf (files, part->pdf, FALSE, NULL, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
append_actions (RubisAgendaMaker *maker, RubisAgendaFiles *files, GPtrArray *actions, RubisProgress *progress,
                int *n, GError **error)
{
  g_autoptr(GError) held_back = NULL;

  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = g_ptr_array_index (actions, i);
      g_autoptr (RubisActionPaper) paper = NULL;

      if (!rubis_channel_is_letter (action->channel) || action->state != RUBIS_ACTION_TO_DO)
        continue;
      paper = rubis_agenda_maker_fill (maker, action, error);
      if (paper == NULL)
        return FALSE;
      /* What will not be done is not printed either. */
      g_clear_error (&held_back);
      if (!rubis_notice_may_leave (rubis_agenda_maker_get_session (maker), action, paper->filled, &held_back))
        continue;
      if (!append_paper (files, paper, error))
        return FALSE;
      *n += 1;
      if (progress != NULL && progress->func != NULL)
        progress->func ((double)(i + 1) / actions->len, NULL, progress->user_data);
    }
  if (*n == 0 && held_back != NULL)
    g_propagate_error (error, g_steal_pointer (&held_back));
  else if (*n == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("There is no letter to print among the selected actions."));
  return *n > 0;
}

GBytes *
rubis_session_join_letters (RubisSession *self, GPtrArray *actions, RubisProgress *progress, int *n_letters,
                            GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (RubisAgendaMaker) maker = NULL;
  g_autoptr (RubisAgendaFiles) files = NULL;
  GBytes *joined = NULL;
  int n = 0;

  if (db == NULL)
    return NULL;
  maker = rubis_agenda_maker_new (self, db);
  if (rubis_registered_assign_numbers (db, actions, error))
    files = rubis_agenda_files_new_temporary (self, _ ("Letters of the day"), error);
  if (files != NULL && append_actions (maker, files, actions, progress, &n, error))
    joined = rubis_agenda_files_finish_bytes (files, error);
  g_clear_pointer (&maker, rubis_agenda_maker_free);
  rubis_session_return_reader (self, db);
  if (n_letters != NULL)
    *n_letters = n;
  return joined;
}
