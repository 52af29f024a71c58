#include "rubis-agenda-maker.h"

#include "rubis-agenda-files.h"
#include "rubis-attachments.h"

/* Emails of these steps carry the statement when the policy says nothing. */
#define STATEMENT_FROM_RANK 2

struct _RubisAgendaMaker
{
  RubisSession *session;     /* (unowned) */
  RubisDatabase *db;         /* (unowned) */
  RubisLibrary *library;     /* (owned) */
  RubisLetterWriter *writer; /* (owned) */
  RubisCopyIndex *copies;    /* (owned) (nullable) read when it is needed first */
};

RubisAgendaMaker *
rubis_agenda_maker_new (RubisSession *session, RubisDatabase *db)
{
  RubisAgendaMaker *self = g_new0 (RubisAgendaMaker, 1);

  self->session = session;
  self->db = db;
  self->library = rubis_session_get_library (session);
  self->writer = rubis_letter_writer_new ();
  return self;
}

void
rubis_agenda_maker_free (RubisAgendaMaker *self)
{
  g_clear_pointer (&self->copies, rubis_copy_index_free);
  rubis_letter_writer_free (self->writer);
  rubis_library_unref (self->library);
  g_free (self);
}

RubisSession *
rubis_agenda_maker_get_session (RubisAgendaMaker *self)
{
  return self->session;
}

RubisDatabase *
rubis_agenda_maker_get_database (RubisAgendaMaker *self)
{
  return self->db;
}

const RubisStep *
rubis_agenda_maker_find_step (RubisAgendaMaker *self, const RubisActionRow *action)
{
  return rubis_policy_get_step_by_rank (rubis_library_get_policy (self->library, action->policy_id),
                                        action->rank);
}

void
rubis_action_paper_free (RubisActionPaper *self)
{
  g_clear_pointer (&self->filled, rubis_filled_document_free);
  g_clear_pointer (&self->enclosures, rubis_enclosures_free);
  g_free (self);
}

/* What goes with the document of an action. */
static guint
choose_attachments (const RubisActionRow *action, const RubisStep *step)
{
  gboolean email = action->channel == RUBIS_CHANNEL_EMAIL;

  if (!email && !rubis_channel_is_letter (action->channel))
    return 0;
  /* A letter in place of an email carries the copies, not the statement: it lists what is due itself. */
  if (step != NULL && step->attach >= 0)
    return action->channel == step->channel ? (guint)step->attach
                                            : (guint)step->attach & ~RUBIS_ATTACH_STATEMENT;
  return email && action->rank >= STATEMENT_FROM_RANK ? RUBIS_ATTACH_STATEMENT : 0;
}

static gboolean
load_copies (RubisAgendaMaker *self, GError **error)
{
  g_autofree char *folder = NULL;

  if (self->copies != NULL)
    return TRUE;
  folder = rubis_session_get_copies_folder (self->session);
  self->copies = rubis_copy_index_load (self->db, folder, error);
  return self->copies != NULL;
}

void
rubis_agenda_maker_make_request (RubisAgendaMaker *self, const RubisActionRow *action,
                                 RubisDocumentRequest *request)
{
  *request = (RubisDocumentRequest){
    .account_id = action->account_id,
    .currency = action->currency,
    .template_id = action->template_id,
    .step = rubis_agenda_maker_find_step (self, action),
    .item_ids = action->item_ids,
    .registered_number = action->registered_number,
  };
}

gboolean
rubis_agenda_maker_refill (RubisAgendaMaker *self, const RubisDocumentRequest *request,
                           RubisActionPaper *paper, GError **error)
{
  RubisDocumentRequest with_enclosures = *request;
  RubisFilledDocument *filled;

  with_enclosures.enclosures = paper->enclosures;
  filled = rubis_agenda_fill_document (self->session, self->db, &with_enclosures, error);
  if (filled == NULL)
    return FALSE;
  g_clear_pointer (&paper->filled, rubis_filled_document_free);
  paper->filled = filled;
  return TRUE;
}

RubisActionPaper *
rubis_agenda_maker_fill_request (RubisAgendaMaker *self, const RubisDocumentRequest *request, guint bits,
                                 GError **error)
{
  g_autoptr (RubisActionPaper) paper = g_new0 (RubisActionPaper, 1);

  if ((bits & RUBIS_ATTACH_INVOICES) != 0 && !load_copies (self, error))
    return NULL;
  paper->enclosures
      = rubis_enclosures_collect (self->session, self->db, self->copies, request, bits, self->writer, error);
  if (paper->enclosures == NULL || !rubis_agenda_maker_refill (self, request, paper, error))
    return NULL;
  return g_steal_pointer (&paper);
}

RubisActionPaper *
rubis_agenda_maker_fill (RubisAgendaMaker *self, const RubisActionRow *action, GError **error)
{
  RubisDocumentRequest request;

  rubis_agenda_maker_make_request (self, action, &request);
  return rubis_agenda_maker_fill_request (self, &request, choose_attachments (action, request.step), error);
}

static GBytes *
write_with_copies (RubisAgendaMaker *self, RubisActionPaper *paper, guint *n_pages, GError **error)
{
  const char *subject = rubis_document_get_subject (paper->filled->document);
  g_autoptr (RubisAgendaFiles) files = rubis_agenda_files_new_temporary (self->session, subject, error);
  guint n = 0;

  if (files == NULL || !rubis_agenda_files_append (files, paper->filled, &n, error))
    return NULL;
  *n_pages = n;
  for (guint i = 0; i < paper->enclosures->parts->len; i++)
    {
      const RubisEnclosure *part = g_ptr_array_index (paper->enclosures->parts, i);

      if (!rubis_agenda_files_append_pdf (files, part->pdf, FALSE, &n, error))
        return NULL;
      *n_pages += n;
    }
  return rubis_agenda_files_finish_bytes (files, error);
}

GBytes *
rubis_agenda_maker_write_letter (RubisAgendaMaker *self, RubisActionPaper *paper, guint *n_pages,
                                 GError **error)
{
  g_autoptr (RubisLetterhead) letterhead = NULL;
  guint n = 0;
  GBytes *pdf;

  if (paper->enclosures->parts->len > 0)
    pdf = write_with_copies (self, paper, &n, error);
  else
    {
      letterhead = rubis_agenda_make_letterhead (self->session, paper->filled->language, error);
      if (letterhead == NULL)
        return NULL;
      pdf = rubis_letter_writer_write (self->writer, paper->filled->document, letterhead, NULL, &n, error);
    }
  if (n_pages != NULL)
    *n_pages = n;
  return pdf;
}
