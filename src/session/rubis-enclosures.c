#include "rubis-enclosures.h"

#include <glib/gi18n-lib.h>

#include "rubis-attachments.h"
#include "rubis-pdf-binder.h"
#include "rubis-pdf-text.h"
#include "rubis-store-attachments.h"
#include "rubis-store-items.h"

/* What the customer reads, in the languages of documents. */
static const struct
{
  const char *language;
  const char *statement;
  const char *annex;
  const char *copy; /* with the number of the invoice */
  const char *page;
  const char *pages;
  const char *all;
} words[] = {
  { "fr", "Relevé de compte", "Décompte des intérêts de retard", "Copie de la facture %s", "%u page",
    "%u pages", "Pièces jointes" },
  { "en", "Statement of account", "Account of late-payment interest", "Copy of invoice %s", "%u page",
    "%u pages", "Enclosures" },
  { "de", "Kontoauszug", "Berechnung der Verzugszinsen", "Kopie der Rechnung %s", "%u Seite", "%u Seiten",
    "Anlagen" },
  { "es", "Extracto de cuenta", "Cálculo de los intereses de demora", "Copia de la factura %s", "%u página",
    "%u páginas", "Documentos adjuntos" },
  { "it", "Estratto conto", "Calcolo degli interessi di mora", "Copia della fattura %s", "%u pagina",
    "%u pagine", "Allegati" },
  { "nl", "Rekeningoverzicht", "Berekening van de vertragingsrente", "Kopie van factuur %s", "%u pagina",
    "%u pagina’s", "Bijlagen" },
};

/* What one collecting shares. */
typedef struct
{
  RubisSession *session;
  RubisDatabase *db;
  RubisCopyIndex *copies; /* (nullable) */
  const RubisDocumentRequest *request;
  RubisLetterWriter *writer;
  RubisAccountRecord *account; /* (owned) */
  RubisEnclosures *enclosures;
  gint64 size;
  gint64 limit;
} Collecting;

static void
enclosure_free (gpointer data)
{
  RubisEnclosure *self = data;

  g_free (self->number);
  g_bytes_unref (self->pdf);
  g_free (self);
}

void
rubis_enclosures_free (RubisEnclosures *self)
{
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

static gsize
find_words (const char *language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_strcmp0 (words[i].language, language) == 0)
        return i;
    }
  return 1;
}

char *
rubis_enclosure_dup_title (const RubisEnclosure *enclosure, const char *language)
{
  gsize i = find_words (language);
  GString *title;

  if (enclosure->kind == RUBIS_ENCLOSURE_STATEMENT)
    return g_strdup (words[i].statement);
  if (enclosure->kind == RUBIS_ENCLOSURE_ANNEX)
    return g_strdup (words[i].annex);
  title = g_string_new (words[i].copy);
  g_string_replace (title, "%s", enclosure->number, 1);
  return g_string_free (title, FALSE);
}

const char *
rubis_enclosures_get_title (const char *language)
{
  return words[find_words (language)].all;
}

char *
rubis_enclosures_dup_lines (const RubisEnclosures *self, const char *language)
{
  gsize w = find_words (language);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      const RubisEnclosure *part = g_ptr_array_index (self->parts, i);
      g_autofree char *title = rubis_enclosure_dup_title (part, language);
      g_autofree char *count = g_strdup_printf ("%u", part->n_pages);
      g_autoptr (GString) pages = g_string_new (part->n_pages == 1 ? words[w].page : words[w].pages);

      g_string_replace (pages, "%u", count, 1);
      g_string_append_printf (lines, "%s%s (%s)", i > 0 ? "\n" : "", title, pages->str);
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

/* (transfer full) @text */
static void
warn (Collecting *c, char *text)
{
  g_ptr_array_add (c->enclosures->warnings, text);
}

/* Adds a file unless it is too much. @name: as the warning calls it. */
static void
add_part (Collecting *c, RubisEnclosureKind kind, const char *number, GBytes *pdf, guint n_pages,
          const char *name)
{
  RubisEnclosure *part;
  gint64 size = (gint64)g_bytes_get_size (pdf);

  if (c->limit > 0 && c->size + size > c->limit)
    {
      g_autofree char *limit = g_format_size ((guint64)c->limit);

      /* Translators: a file that goes with a letter, and how much may go with one. */
      warn (c, g_strdup_printf (_ ("“%s” is left out: all copies together would be larger than %s."), name,
                                limit));
      return;
    }
  c->size += size;
  part = g_new0 (RubisEnclosure, 1);
  part->kind = kind;
  part->number = g_strdup (number);
  part->pdf = g_bytes_ref (pdf);
  part->n_pages = n_pages;
  g_ptr_array_add (c->enclosures->parts, part);
}

/* A picture as a page. */
static GBytes *
draw_picture (GBytes *picture, const char *name, RubisDate date, GError **error)
{
  const RubisPdfBinderFacts facts = { .title = name, .language = "fr", .date = date };
  const RubisPdfBinderPart part = { .content = picture };
  g_autoptr (RubisPdfBinder) binder = rubis_pdf_binder_new (&facts);

  return rubis_pdf_binder_add_part (binder, &part, NULL, NULL, error)
             ? rubis_pdf_binder_finish (binder, error)
             : NULL;
}

/* A copy that can be read. What the user chose is sent even when its text speaks of something else, with a
 * warning; what was found in the folder is not: it may be another customer's.
 */
static void
add_copy (Collecting *c, const RubisItemRecord *item, const char *name, GBytes *content, gboolean chosen,
          gboolean by_text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_pages = 0;

  text = rubis_pdf_read_text (content, RUBIS_COPY_PAGES, &n_pages, &error);
  if (text == NULL)
    {
      warn (c, g_strdup_printf (_ ("“%s” is left out: it is protected or damaged."), name));
      return;
    }
  /* A number in a text may be that of something else. */
  if (by_text && !rubis_copy_text_names (text, NULL, c->account->name))
    return;
  if (*text != '\0' && !chosen && !rubis_copy_text_names (text, item->number, c->account->name))
    {
      warn (c, g_strdup_printf (
                   _ ("“%s” is left out: its text has neither %s nor the customer’s name. Keep it with the "
                      "invoice if it is the right file."),
                   name, item->number));
      return;
    }
  if (*text != '\0' && !rubis_copy_text_names (text, item->number, c->account->name))
    warn (c,
          g_strdup_printf (_ ("“%s” may be the wrong file: its text has neither %s nor the customer’s name."),
                           name, item->number));
  add_part (c, RUBIS_ENCLOSURE_INVOICE, item->number, content, n_pages, name);
}

/* What was kept with the item. FALSE on error. */
static gboolean
add_kept (Collecting *c, const RubisItemRecord *item, gboolean *found, GError **error)
{
  g_autoptr (GPtrArray) records = rubis_store_list_attachments (c->db, item->account_id, item->id, error);

  *found = FALSE;
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const RubisAttachmentRecord *record = g_ptr_array_index (records, i);
      g_autoptr (RubisAttachmentRecord) full = NULL;

      if (!g_str_equal (record->kind, "invoice"))
        continue;
      full = rubis_store_load_attachment (c->db, record->id, error);
      if (full == NULL)
        return FALSE;
      *found = TRUE;
      if (g_str_has_prefix (full->media_type, "image/"))
        {
          g_autoptr (GBytes) page
              = draw_picture (full->content, full->file_name, rubis_session_get_today (c->session), NULL);

          if (page != NULL)
            add_part (c, RUBIS_ENCLOSURE_INVOICE, item->number, page, 1, full->file_name);
          else
            warn (c, g_strdup_printf (_ ("“%s” is left out: it is protected or damaged."), full->file_name));
        }
      else
        add_copy (c, item, full->file_name, full->content, TRUE, FALSE);
    }
  return records != NULL;
}

static void
add_from_folder (Collecting *c, const RubisItemRecord *item)
{
  gboolean by_text = FALSE;
  g_autofree char *path
      = c->copies != NULL ? rubis_copy_index_find (c->copies, item->number, &by_text) : NULL;
  g_autofree char *name = NULL;
  char *content = NULL;
  gsize length = 0;
  g_autoptr (GBytes) bytes = NULL;

  if (path == NULL)
    return;
  name = g_path_get_basename (path);
  if (!g_file_get_contents (path, &content, &length, NULL))
    {
      warn (c, g_strdup_printf (_ ("“%s” is left out: it cannot be read."), name));
      return;
    }
  bytes = g_bytes_new_take (content, length);
  add_copy (c, item, name, bytes, FALSE, by_text);
}

/* An item that is asked for, kept until its query has ended. */
typedef struct
{
  gint64 id;
  gint64 account_id;
  RubisItemType type;
  char *number;
} WantedItem;

static void
wanted_item_free (gpointer data)
{
  WantedItem *item = data;

  g_free (item->number);
  g_free (item);
}

typedef struct
{
  const RubisDocumentRequest *request;
  RubisDate today;
  GPtrArray *items; /* (element-type WantedItem) */
} Wanting;

static gboolean
is_wanted (const Wanting *wanting, const RubisItemRecord *item)
{
  GArray *ids = wanting->request->item_ids;

  if (item->open <= 0
      || (wanting->request->currency.code[0] != '\0'
          && !rubis_currency_equal (item->currency, wanting->request->currency)))
    return FALSE;
  if (ids == NULL)
    return item->due_date != RUBIS_DATE_NONE && item->due_date < wanting->today;
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, gint64, i) == item->id)
        return TRUE;
    }
  return FALSE;
}

static gboolean
want_item (const RubisItemRecord *item, gpointer user_data)
{
  Wanting *wanting = user_data;
  WantedItem *wanted;

  if (!is_wanted (wanting, item))
    return TRUE;
  /* Instalments of one invoice have one copy. */
  for (guint i = 0; i < wanting->items->len; i++)
    {
      if (g_str_equal (((WantedItem *)g_ptr_array_index (wanting->items, i))->number, item->number))
        return TRUE;
    }
  wanted = g_new0 (WantedItem, 1);
  wanted->id = item->id;
  wanted->account_id = item->account_id;
  wanted->type = item->type;
  wanted->number = g_strdup (item->number);
  g_ptr_array_add (wanting->items, wanted);
  return TRUE;
}

static gboolean
add_invoices (Collecting *c, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (wanted_item_free);
  Wanting wanting = { c->request, rubis_session_get_today (c->session), items };

  if (!rubis_store_each_item_of (c->db, c->account->id, FALSE, want_item, &wanting, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    {
      const WantedItem *wanted = g_ptr_array_index (items, i);
      RubisItemRecord item = {
        .id = wanted->id, .account_id = wanted->account_id, .type = wanted->type, .number = wanted->number
      };
      gboolean found = FALSE;

      if (!add_kept (c, &item, &found, error))
        return FALSE;
      if (!found)
        add_from_folder (c, &item);
    }
  return TRUE;
}

/* A document that is written for the occasion. */
static gboolean
add_written (Collecting *c, RubisEnclosureKind kind, const char *template_id, GError **error)
{
  RubisDocumentRequest request = *c->request;
  g_autoptr (RubisFilledDocument) filled = NULL;
  g_autoptr (RubisLetterhead) letterhead = NULL;
  g_autoptr (GBytes) pdf = NULL;
  const RubisEnclosure named = { .kind = kind, .number = (char *)"" };
  g_autofree char *title = NULL;
  guint n_pages = 0;

  request.template_id = template_id;
  request.enclosures = NULL;
  if (kind == RUBIS_ENCLOSURE_STATEMENT)
    request = (RubisDocumentRequest){ .account_id = c->account->id, .template_id = template_id };
  filled = rubis_agenda_fill_document (c->session, c->db, &request, error);
  if (filled == NULL)
    return FALSE;
  letterhead = rubis_agenda_make_letterhead (c->session, filled->language, error);
  if (letterhead == NULL)
    return FALSE;
  pdf = rubis_letter_writer_write (c->writer, filled->document, letterhead, NULL, &n_pages, error);
  if (pdf == NULL)
    return FALSE;
  title = rubis_enclosure_dup_title (&named, filled->language);
  add_part (c, kind, "", pdf, n_pages, title);
  return TRUE;
}

RubisEnclosures *
rubis_enclosures_collect (RubisSession *session, RubisDatabase *db, RubisCopyIndex *copies,
                          const RubisDocumentRequest *request, guint bits, RubisLetterWriter *writer,
                          GError **error)
{
  g_autoptr (RubisEnclosures) enclosures = g_new0 (RubisEnclosures, 1);
  g_autoptr (RubisAccountRecord) account = NULL;
  Collecting c = { .session = session,
                   .db = db,
                   .copies = copies,
                   .request = request,
                   .writer = writer,
                   .enclosures = enclosures };

  enclosures->parts = g_ptr_array_new_with_free_func (enclosure_free);
  enclosures->warnings = g_ptr_array_new_with_free_func (g_free);
  if (bits == 0)
    return g_steal_pointer (&enclosures);
  account = rubis_store_load_account (db, request->account_id, error);
  if (account == NULL)
    return NULL;
  c.account = account;
  c.limit = rubis_session_get_attachment_limit (session);
  if ((bits & RUBIS_ATTACH_STATEMENT) != 0 && !add_written (&c, RUBIS_ENCLOSURE_STATEMENT, "releve", error))
    return NULL;
  if ((bits & RUBIS_ATTACH_ANNEX) != 0 && !add_written (&c, RUBIS_ENCLOSURE_ANNEX, "annexe-penalites", error))
    return NULL;
  if ((bits & RUBIS_ATTACH_INVOICES) != 0 && !add_invoices (&c, error))
    return NULL;
  return g_steal_pointer (&enclosures);
}

GBytes *
rubis_enclosures_merge (const RubisEnclosures *self, const char *title, const char *language, RubisDate date,
                        guint *n_pages, GError **error)
{
  const RubisPdfBinderFacts facts = { .title = title, .language = language, .date = date };
  g_autoptr (RubisPdfBinder) binder = NULL;

  if (self->parts->len == 0)
    return NULL;
  /* What stands alone stays as it is. */
  if (self->parts->len == 1)
    {
      const RubisEnclosure *part = g_ptr_array_index (self->parts, 0);

      if (n_pages != NULL)
        *n_pages = part->n_pages;
      return g_bytes_ref (part->pdf);
    }
  binder = rubis_pdf_binder_new (&facts);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const RubisEnclosure *part = g_ptr_array_index (self->parts, i);
      g_autofree char *part_title = rubis_enclosure_dup_title (part, language);
      const RubisPdfBinderPart bound = { .title = part_title, .content = part->pdf };

      if (!rubis_pdf_binder_add_part (binder, &bound, NULL, NULL, error))
        return NULL;
    }
  if (n_pages != NULL)
    *n_pages = rubis_pdf_binder_get_n_pages (binder);
  return rubis_pdf_binder_finish (binder, error);
}
