#include "rubis-email-private.h"

#include <sys/random.h>

#include <glib/gi18n-lib.h>

#include "rubis-answer-links.h"
#include "rubis-attachments.h"
#include "rubis-email-settings.h"
#include "rubis-message.h"
#include "rubis-qr-image.h"
#include "rubis-store-attachments.h"
#include "rubis-store-items.h"
#include "rubis-store-settings.h"
#include "rubis-words.h"

#define SETTING_ANSWER_KEY "dossier.answer-key"
#define ANSWER_KEY_SIZE 32
/* Columns of the plain text. */
#define TEXT_WIDTH 76
/* What a file takes in base64, with its line ends: 78 bytes for 57. */
#define ENCODED(size) ((size) / 57 * 78 + 78)

/* An email in the making. */
typedef struct
{
  RubisAgendaMaker *maker;
  RubisSession *session;
  RubisDatabase *db;
  const RubisEmailSource *source;
  const RubisEmailOptions *options;
  RubisCompany *company; /* (owned) */
  RubisEmail *email;     /* (owned) */
  GPtrArray *images;     /* (owned) (element-type RubisHtmlImage) of the page */
} Making;

static void
email_file_free (gpointer data)
{
  RubisEmailFile *self = data;

  g_free (self->name);
  g_free (self->media_type);
  g_bytes_unref (self->content);
  g_free (self);
}

static RubisEmail *
email_new (void)
{
  RubisEmail *self = g_new0 (RubisEmail, 1);

  self->files = g_ptr_array_new_with_free_func (email_file_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
rubis_email_free (RubisEmail *self)
{
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->message_id);
  g_free (self->thread_id);
  g_free (self->from_name);
  g_free (self->from_email);
  g_free (self->reply_to);
  g_free (self->to_name);
  g_free (self->to_email);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->html);
  g_free (self->language);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/* --- the key of answer links --- */

/* Bytes that nobody can guess, as hexadecimal digits. */
static char *
make_random (gsize n_bytes)
{
  g_autofree guint8 *bytes = g_malloc (n_bytes);
  GString *digits = g_string_new (NULL);

  if (getrandom (bytes, n_bytes, 0) != (gssize)n_bytes)
    g_error ("the system gives no random bytes");
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (digits, "%02x", bytes[i]);
  return g_string_free (digits, FALSE);
}

GBytes *
rubis_email_load_answer_key (RubisDatabase *db, GError **error)
{
  g_autofree char *value = rubis_store_get_setting (db, SETTING_ANSWER_KEY, error);
  g_autofree guint8 *bytes = NULL;

  if (value == NULL || strspn (value, "0123456789abcdef") != 2 * ANSWER_KEY_SIZE)
    return NULL;
  bytes = g_malloc (ANSWER_KEY_SIZE);
  for (gsize i = 0; i < ANSWER_KEY_SIZE; i++)
    bytes[i] = (guint8)(g_ascii_xdigit_value (value[2 * i]) << 4 | g_ascii_xdigit_value (value[2 * i + 1]));
  return g_bytes_new_take (g_steal_pointer (&bytes), ANSWER_KEY_SIZE);
}

gboolean
rubis_email_ensure_answer_key (RubisDatabase *db, GError **error)
{
  g_autoptr (GError) load_error = NULL;
  g_autoptr (GBytes) key = rubis_email_load_answer_key (db, &load_error);
  g_autofree char *made = NULL;

  if (key != NULL)
    return TRUE;
  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  made = make_random (ANSWER_KEY_SIZE);
  return rubis_store_set_setting (db, SETTING_ANSWER_KEY, made, error);
}

/* --- heads --- */

char *
rubis_email_to_ascii (const char *email)
{
  const char *at = strrchr (email, '@');
  g_autofree char *host = NULL;

  if (at == NULL || g_str_is_ascii (at))
    return g_strdup (email);
  host = g_hostname_to_ascii (at + 1);
  return host != NULL ? g_strdup_printf ("%.*s@%s", (int)(at - email), email, host) : g_strdup (email);
}

static void
fill_addresses (Making *m)
{
  const RubisSender *sender = m->options->sender;
  const RubisFilledDocument *filled = m->source->paper->filled;
  RubisEmail *email = m->email;

  email->from_name
      = g_strdup (sender != NULL && sender->from_name[0] != '\0' ? sender->from_name : m->company->name);
  email->from_email
      = rubis_email_to_ascii (sender != NULL && sender->email[0] != '\0' ? sender->email : m->company->email);
  email->reply_to = sender != NULL && sender->reply_to[0] != '\0' ? rubis_email_to_ascii (sender->reply_to)
                                                                  : g_strdup (email->from_email);
  if (m->source->to_email != NULL
      && (m->options->dispute_id != 0 || g_ascii_strcasecmp (m->source->to_email, filled->email) != 0))
    {
      email->to_email = rubis_email_to_ascii (m->source->to_email);
      email->to_name = g_strdup (m->source->to_name != NULL ? m->source->to_name : "");
      return;
    }
  email->to_email = rubis_email_to_ascii (filled->email);
  email->to_name = g_strdup (filled->contact[0] != '\0' ? filled->contact : filled->account->name);
}

/* "<random>.<what it is>@<domain of the sender>": never used again, and a bounce that quotes nothing else
 * tells of which message it is.
 */
static char *
make_message_id (const Making *m)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, m->options->key, -1);
  g_autofree char *random = make_random (10);
  const char *at = strrchr (m->email->from_email, '@');

  return g_strdup_printf ("%s.%.12s@%s", random, digest, at != NULL ? at + 1 : "rubis.invalid");
}

static const char *
get_answered (const Making *m)
{
  return m->options->in_reply_to != NULL ? m->options->in_reply_to : m->source->in_reply_to;
}

static gboolean
fill_thread (Making *m, GError **error)
{
  g_autofree char *thread_id = NULL;

  m->email->message_id = make_message_id (m);
  if (m->options->dispute_id != 0
          ? !rubis_store_find_dispute_requests (m->db, m->options->dispute_id, &thread_id, NULL, NULL, error)
          : !rubis_store_find_thread (m->db, m->source->request.account_id, &thread_id, error))
    return FALSE;
  m->email->thread_id = g_strdup (*thread_id != '\0' ? thread_id : m->email->message_id);
  return TRUE;
}

gint64
rubis_email_get_noon (RubisDate day)
{
  return (gint64)(day - rubis_date_from_ymd (1970, 1, 1)) * 86400 + 43200;
}

/* Minutes east of UTC of this machine's clock at @time. */
static int
get_zone (gint64 time)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (time);

  return local != NULL ? (int)(g_date_time_get_utc_offset (local) / G_TIME_SPAN_MINUTE) : 0;
}

/* --- files --- */

static void
add_file (RubisEmail *email, char *name, const char *media_type, GBytes *content)
{
  RubisEmailFile *file = g_new0 (RubisEmailFile, 1);

  g_strdelimit (name, "/\\", '-');
  file->name = name;
  file->media_type = g_strdup (media_type);
  file->content = g_bytes_ref (content);
  g_ptr_array_add (email->files, file);
}

static void
add_pdf (RubisEmail *email, char *name, GBytes *pdf)
{
  add_file (email, name, "application/pdf", pdf);
}

/* What was kept with the dispute, as it is. */
static gboolean
add_dispute_files (Making *m, GError **error)
{
  g_autoptr (GPtrArray) records = NULL;

  if (m->options->dispute_id == 0)
    return TRUE;
  records = rubis_store_list_dispute_attachments (m->db, m->options->dispute_id, error);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const RubisAttachmentRecord *listed = g_ptr_array_index (records, i);
      g_autoptr (RubisAttachmentRecord) record = rubis_store_load_attachment (m->db, listed->id, error);

      if (record == NULL)
        return FALSE;
      add_file (m->email, g_strdup (record->file_name), record->media_type, record->content);
    }
  return records != NULL;
}

/* One file of all, or each by itself, as the dossier has it. */
static gboolean
fill_files (Making *m, GError **error)
{
  const RubisActionPaper *paper = m->source->paper;
  const char *language = paper->filled->language;
  const char *code = paper->filled->account->code;
  GPtrArray *parts = paper->enclosures->parts;

  g_ptr_array_set_size (m->email->files, 0);
  if (parts->len > 1 && rubis_session_get_attachments_merged (m->session))
    {
      g_autofree char *title = g_strdup_printf ("%s %s", rubis_enclosures_get_title (language), code);
      g_autoptr (GBytes) merged = rubis_enclosures_merge (paper->enclosures, title, language,
                                                          rubis_session_get_today (m->session), NULL, error);

      if (merged == NULL)
        return FALSE;
      add_pdf (m->email, g_strconcat (title, ".pdf", NULL), merged);
      return add_dispute_files (m, error);
    }
  for (guint i = 0; i < parts->len; i++)
    {
      const RubisEnclosure *part = g_ptr_array_index (parts, i);
      g_autofree char *title = rubis_enclosure_dup_title (part, language);

      add_pdf (m->email,
               part->kind == RUBIS_ENCLOSURE_INVOICE ? g_strconcat (title, ".pdf", NULL)
                                                     : g_strdup_printf ("%s %s.pdf", title, code),
               part->pdf);
    }
  return add_dispute_files (m, error);
}

/* --- bodies --- */

/* Formal notices ask for an answer in writing, thanks for none. */
static gboolean
offers_answers (const Making *m)
{
  RubisTemplateKind kind = m->source->paper->filled->kind;

  if (!m->source->asks || !rubis_session_get_answer_links (m->session))
    return FALSE;
  return kind == RUBIS_TEMPLATE_REMINDER || kind == RUBIS_TEMPLATE_NOTICE || kind == RUBIS_TEMPLATE_STATEMENT
         || m->source->request.template_ != NULL;
}

/* The numbers of the items spoken of, each once. (transfer full) */
static GPtrArray *
list_numbers (Making *m, GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  GArray *ids = m->source->request.item_ids;

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (GError) load_error = NULL;
      g_autofree char *number = NULL;
      gint64 account_id;

      if (!rubis_store_get_item_name (m->db, g_array_index (ids, gint64, i), &account_id, &number,
                                      &load_error)
          && load_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&load_error));
          return NULL;
        }
      if (number != NULL && !g_ptr_array_find_with_equal_func (numbers, number, g_str_equal, NULL))
        g_ptr_array_add (numbers, g_steal_pointer (&number));
    }
  return g_steal_pointer (&numbers);
}

/* @links: (out) (transfer full) (element-type RubisAnswerLink) NULL when none are shown. */
static gboolean
make_links (Making *m, GPtrArray **links, GError **error)
{
  gboolean actor = m->options->dispute_id > 0;
  g_autoptr (GError) load_error = NULL;
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GPtrArray) numbers = NULL;

  *links = NULL;
  if (!actor && (m->options->outbox_id <= 0 || !offers_answers (m)))
    return TRUE;
  key = rubis_email_load_answer_key (m->db, &load_error);
  numbers = load_error == NULL ? list_numbers (m, &load_error) : NULL;
  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  /* Until something leaves there is no key: the preview shows links that nobody can use. */
  if (key == NULL)
    key = g_bytes_new_static ("preview", 7);
  *links = rubis_answer_links_make (&(RubisAnswerLinkRequest){
      .key = key,
      .audience = actor ? RUBIS_TOKEN_ACTOR : RUBIS_TOKEN_CUSTOMER,
      .subject = actor ? m->options->dispute_id : m->options->outbox_id,
      .email = m->email->reply_to,
      .numbers = numbers,
      .language = m->email->language,
  });
  return TRUE;
}

/* The document, then what the page has below it. */
static char *
make_text (Making *m, GPtrArray *links, const char *signature)
{
  g_autofree char *body = rubis_document_to_text (m->source->paper->filled->document, TEXT_WIDTH);
  GString *text = g_string_new (g_strchomp (body));

  g_string_append_c (text, '\n');
  if (*signature != '\0')
    g_string_append_printf (text, "\n%s\n", signature);
  if (links != NULL)
    g_string_append_printf (text, "\n%s\n", rubis_answer_links_get_title (m->email->language));
  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      const RubisAnswerLink *link = g_ptr_array_index (links, i);

      g_string_append_printf (text, "– %s%s%s\n", link->label,
                              rubis_words_get (RUBIS_WORD_COLON, m->email->language), link->short_url);
    }
  return g_string_free (text, FALSE);
}

static gboolean
fill_bodies (Making *m, GError **error)
{
  RubisDocument *document = m->source->paper->filled->document;
  const RubisSender *sender = m->options->sender;
  /* Colleagues do not pay. */
  const char *payload = m->options->dispute_id == 0 ? rubis_document_get_payment (document)->qr : NULL;
  const char *at = strrchr (m->email->from_email, '@');
  g_autofree char *signature = g_strstrip (g_strdup (sender != NULL ? sender->signature : ""));
  /* What can be paid without the code is sent without it. */
  g_autoptr (GBytes) qr = payload != NULL ? rubis_qr_image_new (payload, NULL) : NULL;
  g_autoptr (GPtrArray) links = NULL;

  if (!make_links (m, &links, error))
    return FALSE;
  g_ptr_array_set_size (m->images, 0);
  g_free (m->email->text);
  g_free (m->email->html);
  m->email->text = make_text (m, links, signature);
  m->email->html
      = rubis_document_to_email_html (document, &(RubisHtmlEmail){
                                                    .accent = rubis_agenda_parse_accent (m->company->accent),
                                                    .title = m->email->subject,
                                                    .domain = at != NULL ? at + 1 : "rubis.invalid",
                                                    .images = m->images,
                                                    .qr = qr,
                                                    .links = links,
                                                    .signature = signature,
                                                });
  return TRUE;
}

static gboolean
write_message (Making *m, GError **error)
{
  const char *answered = get_answered (m);
  const RubisEmail *email = m->email;
  g_autoptr (RubisMessage) message = rubis_message_new ();

  rubis_message_set (message, from_name, email->from_name);
  rubis_message_set (message, from_email, email->from_email);
  if (g_ascii_strcasecmp (email->reply_to, email->from_email) != 0)
    rubis_message_set (message, reply_to, email->reply_to);
  rubis_message_set (message, to_name, email->to_name);
  rubis_message_set (message, to_email, email->to_email);
  rubis_message_set (message, subject, email->subject);
  rubis_message_set (message, id, email->message_id);
  if (!g_str_equal (email->thread_id, email->message_id))
    {
      rubis_message_set (message, in_reply_to, email->thread_id);
      rubis_message_set (message, references, email->thread_id);
    }
  if (answered != NULL && *answered != '\0')
    {
      g_autofree char *references = g_strdup_printf ("%s %s", message->references, answered);

      rubis_message_set (message, in_reply_to, answered);
      rubis_message_set (message, references, references);
    }
  rubis_message_set (message, language, email->language);
  rubis_message_set (message, text, email->text);
  rubis_message_set (message, html, email->html);
  message->time = m->options->now;
  message->zone = get_zone (m->options->now);
  message->auto_submitted = m->options->unattended;
  for (guint i = 0; i < m->images->len; i++)
    {
      const RubisHtmlImage *image = g_ptr_array_index (m->images, i);

      rubis_message_embed (message, image->cid, image->name, image->media_type, image->content);
    }
  for (guint i = 0; i < email->files->len; i++)
    {
      const RubisEmailFile *file = g_ptr_array_index (email->files, i);

      rubis_message_attach (message, file->name, file->media_type, file->content);
    }
  g_clear_pointer (&m->email->content, g_bytes_unref);
  m->email->content = rubis_message_write (message, error);
  return m->email->content != NULL;
}

/* --- size --- */

/* How many bytes it is over what the sender takes; not over 0 when it fits. */
static gint64
get_excess (const Making *m)
{
  const RubisSender *sender = m->options->sender;

  if (sender == NULL || sender->max_size <= 0)
    return 0;
  return (gint64)g_bytes_get_size (m->email->content) - sender->max_size;
}

/* Leaves out copies of invoices, the last ones first, until @excess bytes are gone; FALSE when there is none.
 */
static gboolean
drop_copies (Making *m, gint64 excess)
{
  RubisEnclosures *enclosures = m->source->paper->enclosures;
  g_autofree char *limit = g_format_size ((guint64)m->options->sender->max_size);
  gboolean dropped = FALSE;

  while (excess > 0 && enclosures->parts->len > 0)
    {
      const RubisEnclosure *part = g_ptr_array_index (enclosures->parts, enclosures->parts->len - 1);
      g_autofree char *title = NULL;

      if (part->kind != RUBIS_ENCLOSURE_INVOICE)
        break;
      title = rubis_enclosure_dup_title (part, m->source->paper->filled->language);
      g_ptr_array_add (enclosures->warnings,
                       g_strdup_printf (_ ("“%s” is left out: the email would be larger than the %s that its "
                                           "sender takes."),
                                        title, limit));
      excess -= ENCODED ((gint64)g_bytes_get_size (part->pdf));
      g_ptr_array_remove_index (enclosures->parts, enclosures->parts->len - 1);
      dropped = TRUE;
    }
  return dropped;
}

/* The text names what goes with it: with fewer copies it is filled again. */
static gboolean
fit (Making *m, GError **error)
{
  gint64 excess;

  while ((excess = get_excess (m)) > 0)
    {
      g_autofree char *size = g_format_size (g_bytes_get_size (m->email->content));
      g_autofree char *limit = g_format_size ((guint64)m->options->sender->max_size);

      if (!drop_copies (m, excess))
        {
          g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                       _ ("The email has %s without any copy of an invoice, and its sender takes %s: choose "
                          "another sender or correct its largest size."),
                       size, limit);
          return FALSE;
        }
      if (!rubis_agenda_maker_refill (m->maker, &m->source->request, m->source->paper, error)
          || !fill_files (m, error) || !fill_bodies (m, error) || !write_message (m, error))
        return FALSE;
    }
  return TRUE;
}

/* --- all of it --- */

static gboolean
make (Making *m, GError **error)
{
  const RubisActionPaper *paper = m->source->paper;
  RubisEmail *email = m->email;

  fill_addresses (m);
  if (email->from_email[0] == '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("Emails need the address of your company: add it to your company's details."));
      return FALSE;
    }
  email->subject = g_strdup (
      m->source->subject != NULL ? m->source->subject : rubis_document_get_subject (paper->filled->document));
  email->language = g_strdup (paper->filled->language);
  if (!fill_thread (m, error) || !fill_files (m, error))
    return FALSE;
  if (!fill_bodies (m, error) || !write_message (m, error) || !fit (m, error))
    return FALSE;
  for (guint i = 0; i < paper->enclosures->warnings->len; i++)
    g_ptr_array_add (email->warnings, g_strdup (g_ptr_array_index (paper->enclosures->warnings, i)));
  return TRUE;
}

RubisEmail *
rubis_email_make (RubisAgendaMaker *maker, const RubisEmailSource *source, const RubisEmailOptions *options,
                  GError **error)
{
  g_autoptr (RubisEmail) email = email_new ();
  RubisSession *session = rubis_agenda_maker_get_session (maker);
  g_autoptr (RubisCompany) company = rubis_session_dup_company (session);
  g_autoptr (GPtrArray) images = rubis_html_images_new ();
  Making m = { .maker = maker,
               .session = session,
               .db = rubis_agenda_maker_get_database (maker),
               .source = source,
               .options = options,
               .company = company,
               .email = email,
               .images = images };

  return make (&m, error) ? g_steal_pointer (&email) : NULL;
}

RubisEmail *
rubis_email_make_for_action (RubisAgendaMaker *maker, const RubisActionRow *action, RubisActionPaper *paper,
                             const RubisEmailOptions *options, GError **error)
{
  RubisEmailSource source = { .paper = paper, .asks = TRUE };

  g_return_val_if_fail (action != NULL && paper != NULL && options != NULL && options->key != NULL, NULL);

  rubis_agenda_maker_make_request (maker, action, &source.request);
  return rubis_email_make (maker, &source, options, error);
}
