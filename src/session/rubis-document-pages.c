#include "rubis-document-pages.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-message-text.h"
#include "rubis-pdf-binder.h"
#include "rubis-session-private.h"
#include "rubis-store-events.h"
#include "rubis-text-pages.h"

/* "a.pdf, b.pdf" of the files that can be shown as pages, or of the others. */
static char *
join_names (const RubisMessageText *message, gboolean shown)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < message->attachments->len; i++)
    {
      if ((rubis_pdf_binder_count_pages (g_ptr_array_index (message->contents, i)) > 0) == shown)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                (const char *)g_ptr_array_index (message->attachments, i));
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* Who, when, what about, and the text. */
static GBytes *
draw_message (const RubisDocumentRecord *record, const RubisMessageText *message, GError **error)
{
  /* The time in its head is the same for every email: only the day says something. */
  g_autofree char *date = rubis_format_date_long (record->date, rubis_format_ui_language ());
  g_autofree char *shown = join_names (message, TRUE);
  g_autofree char *others = join_names (message, FALSE);
  const RubisTextField fields[] = {
    { _ ("Sender"), message->from }, { _ ("Recipient"), message->to },
    { _ ("Copy to"), message->cc },  { _ ("Date"), date },
    { _ ("Attached"), shown },       { _ ("Not shown here"), others },
  };
  const RubisTextPages pages = {
    .title = message->subject,
    .fields = fields,
    .n_fields = G_N_ELEMENTS (fields),
    .body = message->text,
    .date = record->date,
    .language = record->language,
  };

  return rubis_text_pages_draw (&pages, NULL, error);
}

/* @pages and after them the files of the message that can be shown as pages. */
static GBytes *
bind_attachments (const RubisDocumentRecord *record, const RubisMessageText *message, GBytes *pages,
                  GError **error)
{
  const RubisPdfBinderFacts facts
      = { .title = message->subject, .language = record->language, .date = record->date };
  const RubisPdfBinderPart first = { .title = message->subject, .content = pages };
  g_autoptr (RubisPdfBinder) binder = rubis_pdf_binder_new (&facts);
  guint n_parts = 1;

  if (!rubis_pdf_binder_add_part (binder, &first, NULL, NULL, error))
    return NULL;
  for (guint i = 0; i < message->contents->len; i++)
    {
      const RubisPdfBinderPart part = { .title = g_ptr_array_index (message->attachments, i),
                                        .content = g_ptr_array_index (message->contents, i) };

      /* The others are named on the first page. */
      if (rubis_pdf_binder_add_part (binder, &part, NULL, NULL, NULL))
        n_parts++;
    }
  return n_parts > 1 ? rubis_pdf_binder_finish (binder, error) : g_bytes_ref (pages);
}

static GBytes *
render_email (const RubisDocumentRecord *record, GError **error)
{
  g_autoptr (RubisMessageText) message = rubis_message_text_new (record->content, error);
  g_autoptr (GBytes) pages = NULL;

  if (message == NULL)
    return NULL;
  if (*message->text == '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("The email “%s” has no plain text to show: save it and open it in your mail program."),
                   record->subject);
      return NULL;
    }
  pages = draw_message (record, message, error);
  return pages != NULL ? bind_attachments (record, message, pages, error) : NULL;
}

static GBytes *
render (const RubisDocumentRecord *record, GError **error)
{
  if (g_str_equal (record->media_type, "application/pdf"))
    return g_bytes_ref (record->content);
  if (g_str_equal (record->media_type, "message/rfc822"))
    return render_email (record, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _ ("“%s” cannot be shown as pages: save it and open it in another program."),
               record->file_name);
  return NULL;
}

/* "relance.eml" becomes "relance.pdf". */
static char *
make_pdf_name (const char *file_name)
{
  const char *dot = strrchr (file_name, '.');
  gsize stem = dot != NULL ? (gsize)(dot - file_name) : strlen (file_name);

  return g_strdup_printf ("%.*s.pdf", (int)stem, file_name);
}

GBytes *
rubis_session_render_document (RubisSession *self, gint64 document_id, char **file_name, GError **error)
{
  RubisDatabase *db;
  g_autoptr (RubisDocumentRecord) record = NULL;
  g_autoptr (GError) load_error = NULL;
  GBytes *pages;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  record = rubis_store_load_document (db, document_id, &load_error);
  rubis_session_return_reader (self, db);
  if (record == NULL)
    {
      if (load_error != NULL)
        g_propagate_error (error, g_steal_pointer (&load_error));
      else
        g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such document."));
      return NULL;
    }
  pages = render (record, error);
  if (pages != NULL && file_name != NULL)
    *file_name = make_pdf_name (record->file_name);
  return pages;
}
