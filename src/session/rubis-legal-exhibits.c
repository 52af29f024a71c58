/* The exhibits of a legal file, in the order in which a court reads them.
 *
 * The words are those of the file, which goes to a French court: they do not follow the window.
 */
#include "rubis-legal-file-private.h"

#include "rubis-attachments.h"
#include "rubis-copy-index.h"
#include "rubis-format.h"
#include "rubis-letter-writer.h"
#include "rubis-message-text.h"
#include "rubis-pdf-binder.h"
#include "rubis-pdf-text.h"
#include "rubis-text-pages.h"

static const struct
{
  const char *kind; /* of an attachment */
  RubisExhibitKind exhibit;
  const char *title; /* before the number of the invoice, or alone */
} attachment_kinds[] = {
  { "terms", RUBIS_EXHIBIT_TERMS, "Conditions générales" },
  { "contract", RUBIS_EXHIBIT_TERMS, "Contrat" },
  { "order", RUBIS_EXHIBIT_ORDER, "Commande" },
  { "delivery", RUBIS_EXHIBIT_DELIVERY, "Bon de livraison" },
  { "invoice", RUBIS_EXHIBIT_INVOICE, "Facture" },
  { "deposit_proof", RUBIS_EXHIBIT_PROOF, "Preuve de dépôt de la lettre recommandée" },
  { "receipt", RUBIS_EXHIBIT_PROOF, "Avis de réception" },
  { "returned_envelope", RUBIS_EXHIBIT_PROOF, "Pli retourné à l’expéditeur" },
  { "agreement", RUBIS_EXHIBIT_AGREEMENT, "Accord signé" },
  { "other", RUBIS_EXHIBIT_OTHER, "Pièce" },
};

static void
exhibit_free (gpointer data)
{
  RubisLegalExhibit *self = data;

  g_free (self->key);
  g_free (self->title);
  g_free (self->file_name);
  g_free (self->media_type);
  g_clear_pointer (&self->original, g_bytes_unref);
  g_clear_pointer (&self->pages, g_bytes_unref);
  g_free (self);
}

/* What a document that was made is in a court's eyes; FALSE: receipts, statements, papers of the house and
 * the like are no exhibits.
 */
static gboolean
classify_document (RubisLegalCase *self, const RubisCaseFile *file, RubisExhibitKind *kind)
{
  static const char *const letters[] = { "letter", "email", "registered", "sms", NULL };
  RubisSessionTemplate *template_ = rubis_library_get_template (self->library, file->template_id, "fr");
  RubisTemplateKind made = RUBIS_TEMPLATE_REMINDER;

  if (template_ != NULL && template_->template_ != NULL)
    made = rubis_template_get_kind (template_->template_);
  else if (g_str_equal (file->kind, "registered"))
    made = RUBIS_TEMPLATE_FORMAL;
  *kind = made == RUBIS_TEMPLATE_FORMAL      ? RUBIS_EXHIBIT_NOTICE
          : made == RUBIS_TEMPLATE_AGREEMENT ? RUBIS_EXHIBIT_AGREEMENT
                                             : RUBIS_EXHIBIT_REMINDER;
  if (made == RUBIS_TEMPLATE_AGREEMENT)
    return TRUE;
  return g_strv_contains (letters, file->kind)
         && (made == RUBIS_TEMPLATE_FORMAL || made == RUBIS_TEMPLATE_REMINDER
             || made == RUBIS_TEMPLATE_NOTICE);
}

gboolean
rubis_legal_case_is_notice (RubisLegalCase *self, const RubisCaseFile *file)
{
  RubisExhibitKind kind;

  return file->source == RUBIS_CASE_DOCUMENT && classify_document (self, file, &kind)
         && kind == RUBIS_EXHIBIT_NOTICE;
}

gboolean
rubis_legal_case_concerns (RubisLegalCase *self, const RubisCaseFile *file)
{
  if (file->item_id != 0)
    return rubis_legal_file_find_item (self->file, file->item_id) != NULL;
  if (file->source == RUBIS_CASE_DOCUMENT)
    return g_hash_table_contains (self->events, &file->event_id);
  /* Terms, contracts and other files of the customer. */
  return TRUE;
}

/* The document of a registered letter; NULL when there is none. */
static const RubisCaseFile *
find_letter (RubisLegalCase *self, gint64 registered_id)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const RubisCaseFile *file = g_ptr_array_index (self->files, i);

      if (file->source == RUBIS_CASE_DOCUMENT && file->registered_id == registered_id)
        return file;
    }
  return NULL;
}

/* A proof follows its letter: it counts when that one does. */
static gboolean
is_wanted (RubisLegalCase *self, const RubisCaseFile *file)
{
  const RubisCaseFile *letter;
  RubisExhibitKind kind;

  if (file->source != RUBIS_CASE_DOCUMENT && file->registered_id != 0)
    {
      letter = find_letter (self, file->registered_id);
      return letter != NULL && rubis_legal_case_concerns (self, letter);
    }
  if (file->source == RUBIS_CASE_DOCUMENT && !classify_document (self, file, &kind))
    return FALSE;
  return rubis_legal_case_concerns (self, file);
}

static RubisExhibitKind
classify (RubisLegalCase *self, const RubisCaseFile *file)
{
  if (file->source == RUBIS_CASE_DEPOSIT_LIST)
    return RUBIS_EXHIBIT_PROOF;
  if (file->source == RUBIS_CASE_DOCUMENT)
    {
      RubisExhibitKind kind;

      classify_document (self, file, &kind);
      return kind;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (attachment_kinds); i++)
    {
      if (g_str_equal (attachment_kinds[i].kind, file->kind))
        return attachment_kinds[i].exhibit;
    }
  return RUBIS_EXHIBIT_OTHER;
}

static const char *
get_word (const RubisCaseFile *file)
{
  for (gsize i = 0; i < G_N_ELEMENTS (attachment_kinds); i++)
    {
      if (g_str_equal (attachment_kinds[i].kind, file->kind))
        return attachment_kinds[i].title;
    }
  return "Pièce";
}

static char *
make_title (RubisLegalCase *self, const RubisCaseFile *file)
{
  const RubisLegalItem *item = rubis_legal_file_find_item (self->file, file->item_id);
  const RubisCaseFile *letter = file->registered_id != 0 ? find_letter (self, file->registered_id) : NULL;
  g_autofree char *date = NULL;

  if (file->source == RUBIS_CASE_DOCUMENT)
    {
      date = rubis_format_date_long (file->date, "fr");
      if (rubis_legal_case_is_notice (self, file))
        return g_strdup_printf ("Mise en demeure du %s", date);
      if (classify (self, file) == RUBIS_EXHIBIT_AGREEMENT)
        return g_strdup_printf ("Accord du %s : %s", date, file->title);
      if (g_str_equal (file->media_type, "message/rfc822"))
        return g_strdup_printf ("Courriel du %s : %s", date, file->title);
      return g_strdup_printf ("Lettre du %s : %s", date, file->title);
    }
  if (file->source == RUBIS_CASE_DEPOSIT_LIST)
    return g_strdup ("Bordereau de dépôt des lettres recommandées");
  if (item != NULL && g_str_equal (file->kind, "invoice"))
    return g_strdup_printf ("Facture %s", item->number);
  if (item != NULL)
    return g_strdup_printf ("%s (facture %s)", *file->title != '\0' ? file->title : get_word (file),
                            item->number);
  if (letter != NULL)
    {
      date = rubis_format_date_long (letter->date, "fr");
      return g_strdup_printf ("%s (lettre du %s)", get_word (file), date);
    }
  return g_strdup (*file->title != '\0' ? file->title : get_word (file));
}

/* An email on paper: who, when, what about, and its text. */
static GBytes *
print_email (RubisLegalExhibit *exhibit, RubisDate date)
{
  g_autoptr (RubisMessageText) message = rubis_message_text_new (exhibit->original, NULL);
  g_autofree char *names = NULL;
  RubisTextPages text = { .title = exhibit->title, .date = date, .language = "fr" };

  /* One without plain text is better read in its own program. */
  if (message == NULL || *message->text == '\0')
    return NULL;
  g_ptr_array_add (message->attachments, NULL);
  names = g_strjoinv (", ", (char **)message->attachments->pdata);
  text.fields = (const RubisTextField[]){ { "De", message->from },       { "À", message->to },
                                          { "Copie", message->cc },      { "Date", message->date },
                                          { "Objet", message->subject }, { "Fichiers joints", names } };
  text.n_fields = 6;
  text.body = message->text;
  return rubis_text_pages_draw (&text, &exhibit->n_pages, NULL);
}

/* The sheet that stands in the place of a file which cannot be printed. */
static GBytes *
print_cover (const RubisCaseFile *file, const char *title, guint *n_pages, GError **error)
{
  RubisTextPages text = { .title = title, .date = file->date, .language = "fr" };
  const RubisTextField fields[] = { { "Fichier", file->file_name }, { "Format", file->media_type } };

  text.fields = fields;
  text.n_fields = G_N_ELEMENTS (fields);
  text.body = "Ce fichier ne peut pas être imprimé ici : il est remis à part, sous le même numéro.";
  return rubis_text_pages_draw (&text, n_pages, error);
}

static gboolean
fill_pages (RubisLegalExhibit *exhibit, const RubisCaseFile *file, GError **error)
{
  if (g_str_equal (file->media_type, "message/rfc822"))
    exhibit->pages = print_email (exhibit, file->date);
  else if ((exhibit->n_pages = rubis_pdf_binder_count_pages (exhibit->original)) > 0)
    exhibit->pages = g_bytes_ref (exhibit->original);
  if (exhibit->pages == NULL)
    {
      exhibit->replaced = TRUE;
      exhibit->pages = print_cover (file, exhibit->title, &exhibit->n_pages, error);
    }
  return exhibit->pages != NULL;
}

/* @key: (transfer full) An exhibit at the end, or NULL when the user leaves it out. */
static RubisLegalExhibit *
append_exhibit (RubisLegalCase *self, char *key)
{
  RubisLegalExhibit *exhibit;

  if (self->request->without != NULL && g_strv_contains (self->request->without, key))
    {
      g_free (key);
      return NULL;
    }
  exhibit = g_new0 (RubisLegalExhibit, 1);
  exhibit->key = key;
  g_ptr_array_add (self->file->exhibits, exhibit);
  return exhibit;
}

/* A copy that lies outside the dossier goes by its invoice. */
static char *
make_key (const RubisCaseFile *file)
{
  static const char *const sources[] = { "document", "attachment", "deposit" };

  if (file->id == 0)
    return g_strdup_printf ("copy:%" G_GINT64_FORMAT, file->item_id);
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, sources[file->source], file->id);
}

static gboolean
add_file (RubisLegalCase *self, const RubisCaseFile *file, GError **error)
{
  RubisLegalExhibit *exhibit;
  const RubisLegalItem *item = rubis_legal_file_find_item (self->file, file->item_id);

  if (!is_wanted (self, file))
    return TRUE;
  exhibit = append_exhibit (self, make_key (file));
  if (exhibit == NULL)
    return TRUE;
  exhibit->kind = classify (self, file);
  exhibit->title = make_title (self, file);
  /* The copy of an invoice bears the invoice's day, not that on which it was added. */
  exhibit->date
      = exhibit->kind == RUBIS_EXHIBIT_INVOICE && item != NULL && item->issue_date != RUBIS_DATE_NONE
            ? item->issue_date
            : file->date;
  exhibit->file_name = g_strdup (file->file_name);
  exhibit->by_text = file->by_text;
  exhibit->media_type = g_strdup (file->media_type);
  exhibit->original = file->content != NULL ? g_bytes_ref (file->content) : g_bytes_new (NULL, 0);
  exhibit->event_id = file->event_id;
  exhibit->item_id = file->item_id;
  exhibit->registered_id = file->registered_id;
  exhibit->of_deposit = g_str_equal (file->kind, "deposit_proof");
  return fill_pages (exhibit, file, error);
}

/* A document that is made for the file itself. @pages: (transfer full) */
static void
add_made (RubisLegalCase *self, RubisExhibitKind kind, const char *key, const char *title, GBytes *pages,
          guint n_pages)
{
  RubisLegalExhibit *exhibit = append_exhibit (self, g_strdup (key));

  if (exhibit == NULL)
    {
      g_bytes_unref (pages);
      return;
    }
  exhibit->kind = kind;
  exhibit->title = g_strdup (title);
  exhibit->date = self->file->date;
  exhibit->file_name = g_strconcat (key, ".pdf", NULL);
  exhibit->media_type = g_strdup ("application/pdf");
  exhibit->original = g_bytes_ref (pages);
  exhibit->pages = pages;
  exhibit->n_pages = n_pages;
}

/* The account as it stands, without the letter around it nor the means to pay. */
static gboolean
add_statement (RubisLegalCase *self, GError **error)
{
  RubisDocumentRequest request = { .account_id = self->file->account_id, .template_id = "releve-piece" };
  g_autoptr (RubisFilledDocument) filled
      = rubis_agenda_fill_document (self->session, self->db, &request, error);
  g_autoptr (RubisLetterWriter) writer = NULL;
  RubisLetterOptions options = { .form = RUBIS_LETTER_FORM_PAPER };
  g_autofree char *date = rubis_format_date_long (self->file->date, "fr");
  g_autofree char *title = g_strdup_printf ("Relevé de compte au %s", date);
  GBytes *pages;
  guint n_pages = 0;

  if (filled == NULL)
    return FALSE;
  writer = rubis_letter_writer_new ();
  pages = rubis_letter_writer_write (writer, filled->document, NULL, &options, &n_pages, error);
  if (pages == NULL)
    return FALSE;
  add_made (self, RUBIS_EXHIBIT_STATEMENT, "releve", title, pages, n_pages);
  return TRUE;
}

static gboolean
add_interest_account (RubisLegalCase *self, GError **error)
{
  g_autofree char *date = rubis_format_date_long (self->file->date, "fr");
  g_autofree char *title = g_strdup_printf ("Décompte des intérêts arrêté au %s", date);
  GBytes *pages;
  guint n_pages = 0;

  if (self->file->interest == 0 && self->file->indemnity == 0)
    return TRUE;
  pages = rubis_legal_draw_document (self->session, self->file, "decompte-interets", 0, &n_pages, error);
  if (pages == NULL)
    return FALSE;
  add_made (self, RUBIS_EXHIBIT_INTEREST, "decompte-interets", title, pages, n_pages);
  return TRUE;
}

/* Place of an exhibit among the others: by the kinds of one invoice first, then by kind; a proof comes
 * right after its letter.
 */
static void
get_rank (const RubisLegalFile *file, const RubisLegalExhibit *exhibit, int rank[3])
{
  RubisExhibitKind kind = exhibit->kind;

  rank[0] = (int)kind;
  rank[1] = 0;
  rank[2] = (int)kind;
  if (kind == RUBIS_EXHIBIT_ORDER || kind == RUBIS_EXHIBIT_DELIVERY || kind == RUBIS_EXHIBIT_INVOICE)
    {
      rank[0] = (int)RUBIS_EXHIBIT_ORDER;
      rank[1] = (int)file->items->len;
      for (guint i = 0; i < file->items->len; i++)
        {
          const RubisLegalItem *item = g_ptr_array_index (file->items, i);

          if (item->id == exhibit->item_id)
            rank[1] = (int)i;
        }
    }
  else if (exhibit->registered_id != 0)
    {
      rank[0] = (int)RUBIS_EXHIBIT_NOTICE;
      rank[1] = (int)exhibit->registered_id;
    }
}

static int
compare_exhibits (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RubisLegalExhibit *first = *(const RubisLegalExhibit *const *)a;
  const RubisLegalExhibit *second = *(const RubisLegalExhibit *const *)b;
  int one[3], two[3];

  get_rank (user_data, first, one);
  get_rank (user_data, second, two);
  for (int i = 0; i < 3; i++)
    {
      if (one[i] != two[i])
        return one[i] - two[i];
    }
  if (first->date != second->date)
    return first->date < second->date ? -1 : 1;
  /* As they came. */
  return (first->number > second->number) - (first->number < second->number);
}

static void
number_exhibits (RubisLegalFile *file)
{
  for (guint i = 0; i < file->exhibits->len; i++)
    ((RubisLegalExhibit *)g_ptr_array_index (file->exhibits, i))->number = i + 1;
}

static gboolean
has_copy (RubisLegalCase *self, const RubisLegalItem *item)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      const RubisCaseFile *file = g_ptr_array_index (self->files, i);

      if (file->source == RUBIS_CASE_ATTACHMENT && file->item_id == item->id
          && g_str_equal (file->kind, "invoice"))
        return TRUE;
    }
  return FALSE;
}

/* Whether a file of the folder of copies may be the one of an invoice. One whose text speaks of something
 * else may be another customer's; of a number in a text alone nobody knows what it numbers. Scans cannot be
 * judged.
 */
static gboolean
is_copy_of (RubisLegalCase *self, const RubisLegalItem *item, GBytes *content, gboolean by_text)
{
  g_autofree char *text = rubis_pdf_read_text (content, RUBIS_COPY_PAGES, NULL, NULL);

  return text == NULL || *text == '\0'
         || rubis_copy_text_names (text, by_text ? NULL : item->number, self->account->name);
}

/* The copy of an invoice in the folder of copies, as if it had been added to the dossier. What cannot be read
 * stays missing, and is said to be.
 */
static void
add_copy (RubisLegalCase *self, RubisCopyIndex *index, const RubisLegalItem *item)
{
  gboolean by_text = FALSE;
  g_autofree char *path = rubis_copy_index_find (index, item->number, &by_text);
  g_autoptr (GBytes) bytes = NULL;
  RubisCaseFile *file;
  char *content;
  gsize length;

  if (path == NULL || !g_file_get_contents (path, &content, &length, NULL))
    return;
  bytes = g_bytes_new_take (content, length);
  if (!is_copy_of (self, item, bytes, by_text))
    return;
  file = g_new0 (RubisCaseFile, 1);
  file->source = RUBIS_CASE_ATTACHMENT;
  file->kind = g_strdup ("invoice");
  file->title = g_strdup ("");
  file->by_text = by_text;
  file->file_name = g_path_get_basename (path);
  file->media_type = g_strdup ("application/pdf");
  file->template_id = g_strdup ("");
  file->date = self->file->date;
  file->item_id = item->id;
  file->content = g_steal_pointer (&bytes);
  g_ptr_array_add (self->files, file);
}

/* Copies of invoices that lie in the folder of copies. */
static gboolean
find_copies (RubisLegalCase *self, GError **error)
{
  g_autofree char *folder = rubis_session_get_copies_folder (self->session);
  g_autoptr (RubisCopyIndex) index = NULL;

  if (folder == NULL || *folder == '\0')
    return TRUE;
  index = rubis_copy_index_load (self->db, folder, error);
  if (index == NULL)
    return FALSE;
  for (guint i = 0; i < self->file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (self->file->items, i);

      if (item->open > 0 && !has_copy (self, item))
        add_copy (self, index, item);
    }
  return TRUE;
}

gboolean
rubis_legal_case_add_exhibits (RubisLegalCase *self, GError **error)
{
  g_ptr_array_set_free_func (self->file->exhibits, exhibit_free);
  if (!find_copies (self, error))
    return FALSE;
  for (guint i = 0; i < self->files->len; i++)
    {
      if (!add_file (self, g_ptr_array_index (self->files, i), error))
        return FALSE;
    }
  if (!add_statement (self, error) || !add_interest_account (self, error))
    return FALSE;
  number_exhibits (self->file);
  g_ptr_array_sort_with_data (self->file->exhibits, compare_exhibits, self->file);
  number_exhibits (self->file);
  return TRUE;
}

guint
rubis_legal_file_find_exhibit (const RubisLegalFile *self, gint64 event_id, gint64 item_id,
                               RubisExhibitKind kind)
{
  for (guint i = 0; i < self->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (self->exhibits, i);

      if (event_id != 0 ? exhibit->event_id == event_id
                        : exhibit->item_id == item_id && exhibit->kind == kind)
        return exhibit->number;
    }
  return 0;
}
