#include "rubis-template-preview-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-letter-writer.h"
#include "rubis-sms.h"
#include "rubis-template-check.h"
#include "rubis-template-text.h"

struct _RubisPreviewDesk
{
  RubisSession *session;       /* (unowned) */
  RubisLetterWriter *writer;   /* (owned) */
  RubisLetterhead *letterhead; /* (owned) (nullable) */
  char *letterhead_language;
  RubisLibrary *library;      /* (owned) (nullable) of @step */
  RubisFilledContext *filled; /* (owned) (nullable) for the key below */
  GPtrArray *hashtags;        /* (owned) (nullable) (element-type RubisHashtagEntry) of @filled */
  gint64 account_id;
  RubisDate date;
  char *id;
  char *language;
  RubisTemplateKind kind;
  const RubisStep *step; /* (nullable) */
  guint images;
  gboolean with_penalties;
};

static void
remark_free (gpointer data)
{
  RubisTemplateRemark *remark = data;

  g_free (remark->code);
  g_free (remark->message);
  g_free (remark);
}

static void
hashtag_entry_free (gpointer data)
{
  RubisHashtagEntry *entry = data;

  g_free (entry->name);
  g_free (entry->alias);
  g_free (entry->family_label);
  g_free (entry->description);
  g_free (entry->value);
  g_free (entry);
}

static void
preview_clear (gpointer data)
{
  RubisTemplatePreview *self = data;

  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->remarks, g_ptr_array_unref);
  g_clear_pointer (&self->hashtags, g_ptr_array_unref);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_free (self->error);
  g_free (self->warning);
  g_free (self->subject);
  g_free (self->recipient);
  g_free (self->plain);
  g_free (self->html);
  g_free (self->culprit);
}

RubisTemplatePreview *
rubis_template_preview_ref (RubisTemplatePreview *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rubis_template_preview_unref (RubisTemplatePreview *self)
{
  g_atomic_rc_box_release_full (self, preview_clear);
}

RubisTemplateRequest *
rubis_template_request_copy (const RubisTemplateRequest *self)
{
  RubisTemplateRequest *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  copy->id = g_strdup (self->id);
  return copy;
}

void
rubis_template_request_free (RubisTemplateRequest *self)
{
  g_free (self->text);
  g_free (self->id);
  g_free (self);
}

RubisPreviewDesk *
rubis_preview_desk_new (RubisSession *session)
{
  RubisPreviewDesk *self = g_new0 (RubisPreviewDesk, 1);

  self->session = session;
  self->writer = rubis_letter_writer_new ();
  return self;
}

void
rubis_preview_desk_forget (RubisPreviewDesk *self)
{
  g_clear_pointer (&self->filled, rubis_filled_context_free);
  g_clear_pointer (&self->hashtags, g_ptr_array_unref);
  g_clear_pointer (&self->letterhead, rubis_letterhead_unref);
  g_clear_pointer (&self->letterhead_language, g_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->library, rubis_library_unref);
  self->step = NULL;
}

void
rubis_preview_desk_free (RubisPreviewDesk *self)
{
  rubis_preview_desk_forget (self);
  rubis_letter_writer_free (self->writer);
  g_free (self);
}

/* --- what the template is filled with --- */

/* The step that uses the template: of the account's policy, else of any. */
static const RubisStep *
find_step (RubisLibrary *library, RubisDatabase *db, const RubisTemplateRequest *request)
{
  const RubisStep *step = rubis_agenda_find_step_of_template (library, db, request->account_id, request->id);

  for (guint i = 0; step == NULL && i < library->ordered->len; i++)
    {
      const RubisPolicy *policy = g_ptr_array_index (library->ordered, i);

      for (int j = 0; step == NULL && j < rubis_policy_get_n_steps (policy); j++)
        {
          const RubisStep *candidate = rubis_policy_get_step (policy, j);

          if (g_strcmp0 (candidate->template_id, request->id) == 0
              || g_strcmp0 (candidate->fallback_template_id, request->id) == 0)
            step = candidate;
        }
    }
  return step;
}

static RubisHashtagEntry *
make_hashtag (RubisHashtag hashtag, RubisDocumentContext *context, RubisTemplate *template_)
{
  RubisHashtagEntry *entry = g_new0 (RubisHashtagEntry, 1);
  gboolean french = g_str_equal (rubis_template_get_language (template_), "fr");

  entry->name = g_strdup (rubis_hashtag_get_name (hashtag, french ? "fr" : "en"));
  entry->alias = g_strdup (rubis_hashtag_get_name (hashtag, french ? "en" : "fr"));
  entry->family = (int)rubis_hashtag_get_family (hashtag);
  entry->family_label = g_strdup (rubis_hashtag_family_to_label (rubis_hashtag_get_family (hashtag)));
  entry->description = g_strdup (rubis_hashtag_get_description (hashtag));
  entry->value = rubis_template_dup_value (hashtag, context, rubis_template_get_channel (template_));
  if (entry->value != NULL)
    g_strdelimit (entry->value, "\n", ' ');
  entry->has_value = rubis_template_has_value (hashtag, context);
  entry->only_asked = rubis_hashtag_get_value_type (hashtag) == RUBIS_VALUE_FLAG;
  return entry;
}

static int
compare_families (gconstpointer a, gconstpointer b)
{
  return (*(const RubisHashtagEntry *const *)a)->family - (*(const RubisHashtagEntry *const *)b)->family;
}

static GPtrArray *
list_hashtags (RubisDocumentContext *context, RubisTemplate *template_)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (hashtag_entry_free);

  for (int i = 0; i < RUBIS_N_HASHTAGS; i++)
    g_ptr_array_add (entries, make_hashtag ((RubisHashtag)i, context, template_));
  g_ptr_array_sort (entries, compare_families);
  return entries;
}

/* Images are read for the templates that draw them. */
static guint
find_images (RubisTemplate *template_)
{
  guint images = 0;

  for (guint i = 0; i <= RUBIS_HASHTAG_LOGO_10 - RUBIS_HASHTAG_LOGO; i++)
    images |= rubis_template_uses (template_, (RubisHashtag)(RUBIS_HASHTAG_LOGO + i)) ? 1u << i : 0;
  return images | (rubis_template_uses (template_, RUBIS_HASHTAG_USER_SIGNATURE) ? 1u << 30 : 0);
}

static gboolean
is_filled_for (RubisPreviewDesk *self, const RubisTemplateRequest *request, RubisTemplate *template_)
{
  return self->filled != NULL && self->account_id == request->account_id && self->date == request->date
         && g_strcmp0 (self->id, request->id) == 0
         && g_strcmp0 (self->language, rubis_template_get_language (template_)) == 0
         && self->kind == rubis_template_get_kind (template_) && self->images == find_images (template_)
         && self->with_penalties == rubis_agenda_needs_penalties (template_, self->step);
}

static gboolean
fill (RubisPreviewDesk *self, const RubisTemplateRequest *request, RubisTemplate *template_, GError **error)
{
  RubisDatabase *db;
  RubisDocumentRequest wanted
      = { .account_id = request->account_id, .template_ = template_, .date = request->date };

  if (is_filled_for (self, request, template_))
    return TRUE;
  db = rubis_session_take_reader (self->session, error);
  if (db == NULL)
    return FALSE;
  g_clear_pointer (&self->filled, rubis_filled_context_free);
  g_clear_pointer (&self->hashtags, g_ptr_array_unref);
  g_clear_pointer (&self->library, rubis_library_unref);
  self->library = rubis_session_get_library (self->session);
  self->step = find_step (self->library, db, request);
  wanted.step = self->step;
  self->filled = rubis_agenda_fill_context (self->session, db, &wanted, error);
  rubis_session_return_reader (self->session, db);
  if (self->filled == NULL)
    return FALSE;
  g_free (self->id);
  g_free (self->language);
  self->id = g_strdup (request->id);
  self->language = g_strdup (rubis_template_get_language (template_));
  self->account_id = request->account_id;
  self->date = request->date;
  self->kind = rubis_template_get_kind (template_);
  self->images = find_images (template_);
  self->with_penalties = rubis_agenda_needs_penalties (template_, self->step);
  self->hashtags = list_hashtags (self->filled->context, template_);
  return TRUE;
}

/* --- reading the text --- */

static RubisChannel
get_channel (RubisPreviewForm form, RubisChannel own)
{
  switch (form)
    {
    case RUBIS_PREVIEW_EMAIL:
    case RUBIS_PREVIEW_EMAIL_TEXT:
      return RUBIS_CHANNEL_EMAIL;
    case RUBIS_PREVIEW_SMS:
      return RUBIS_CHANNEL_SMS;
    case RUBIS_PREVIEW_LETTER:
    default:
      return own == RUBIS_CHANNEL_REGISTERED ? own : RUBIS_CHANNEL_LETTER;
    }
}

/* Names that are still being typed are shown as they stand. (transfer full) */
static char *
escape_unknown (const char *text)
{
  g_autoptr (GArray) spans = rubis_template_scan (text);
  GString *escaped = g_string_new (NULL);
  gsize from = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const RubisTemplateSpan *span = &g_array_index (spans, RubisTemplateSpan, i);

      if (span->kind != RUBIS_SPAN_UNKNOWN)
        continue;
      g_string_append_len (escaped, text + from, (gssize)(span->offset - from));
      g_string_append_c (escaped, '#');
      from = span->offset;
    }
  g_string_append (escaped, text + from);
  return g_string_free (escaped, FALSE);
}

/* The template as the form wants it; NULL and @error when nothing can be drawn. */
static RubisTemplate *
read_template (const RubisTemplateRequest *request, GError **error)
{
  g_autoptr (RubisTemplateText) text = rubis_template_text_new (request->text);
  RubisChannel own = RUBIS_CHANNEL_EMAIL;
  g_autofree char *joined = NULL;
  g_autofree char *escaped = NULL;
  g_autoptr (RubisTemplate) template_ = NULL;

  rubis_channel_from_id (rubis_template_text_get (text, "channel"), &own);
  rubis_template_text_set (text, "channel", rubis_channel_to_id (get_channel (request->form, own)));
  joined = rubis_template_text_join (text);
  escaped = escape_unknown (joined);
  template_ = rubis_template_new (escaped, request->id, error);
  return g_steal_pointer (&template_);
}

/* A template with the same head and an empty body: what is known of the account while the text cannot be
 * read. */
static RubisTemplate *
make_substitute (const RubisTemplateRequest *request)
{
  g_autoptr (RubisTemplateText) text = rubis_template_text_new (request->text);
  g_autofree char *head = NULL;
  g_autofree char *plain = NULL;
  RubisTemplate *template_;

  rubis_template_text_set (text, "subject", "");
  rubis_template_text_set_body (text, "\n");
  head = rubis_template_text_join (text);
  template_ = rubis_template_new (head, request->id, NULL);
  if (template_ != NULL)
    return template_;
  plain = g_strdup_printf ("---\nid: x\nlanguage: %s\nchannel: letter\nkind: reminder\n---\n",
                           *rubis_template_text_get (text, "language") != '\0'
                               ? rubis_template_text_get (text, "language")
                               : "fr");
  return rubis_template_new (plain, request->id, NULL);
}

static GArray *
make_marks (const char *text, RubisDocumentContext *context)
{
  g_autoptr (GArray) spans = rubis_template_scan (text);
  GArray *marks = g_array_sized_new (FALSE, FALSE, sizeof (RubisTemplateMark), spans->len);

  for (guint i = 0; i < spans->len; i++)
    {
      const RubisTemplateSpan *span = &g_array_index (spans, RubisTemplateSpan, i);
      RubisTemplateMark mark = { .offset = span->offset, .length = span->length };

      switch (span->kind)
        {
        case RUBIS_SPAN_HASHTAG:
          mark.kind = context == NULL || rubis_template_has_value (span->hashtag, context)
                          ? RUBIS_MARK_HASHTAG
                          : RUBIS_MARK_EMPTY;
          break;
        case RUBIS_SPAN_UNKNOWN:
          mark.kind = RUBIS_MARK_UNKNOWN;
          break;
        case RUBIS_SPAN_ESCAPE:
          mark.kind = RUBIS_MARK_ESCAPE;
          break;
        case RUBIS_SPAN_LOGIC:
        default:
          mark.kind = RUBIS_MARK_LOGIC;
          break;
        }
      g_array_append_val (marks, mark);
    }
  return marks;
}

static GPtrArray *
make_remarks (const RubisTemplateRequest *request, RubisDocumentContext *context)
{
  g_autoptr (GPtrArray) problems = rubis_template_check (request->text, NULL, context);
  GPtrArray *remarks = g_ptr_array_new_with_free_func (remark_free);

  for (guint i = 0; i < problems->len; i++)
    {
      const RubisTemplateProblem *problem = g_ptr_array_index (problems, i);
      RubisTemplateRemark *remark = g_new0 (RubisTemplateRemark, 1);

      remark->kind = problem->severity == RUBIS_PROBLEM_ERROR     ? RUBIS_REMARK_ERROR
                     : problem->severity == RUBIS_PROBLEM_WARNING ? RUBIS_REMARK_WARNING
                                                                  : RUBIS_REMARK_ADVICE;
      remark->code = g_strdup (problem->code);
      remark->message = g_strdup (problem->message);
      remark->line = problem->line;
      remark->column = problem->column;
      remark->offset = problem->offset;
      remark->length = problem->length;
      g_ptr_array_add (remarks, remark);
    }
  return remarks;
}

/* --- drawing --- */

static gboolean
need_letterhead (RubisPreviewDesk *self, const char *language, GError **error)
{
  if (self->letterhead != NULL && g_strcmp0 (self->letterhead_language, language) == 0)
    return TRUE;
  g_clear_pointer (&self->letterhead, rubis_letterhead_unref);
  g_free (self->letterhead_language);
  self->letterhead_language = g_strdup (language);
  self->letterhead = rubis_agenda_make_letterhead (self->session, language, error);
  return self->letterhead != NULL;
}

static gboolean
draw (RubisPreviewDesk *self, const RubisTemplateRequest *request, RubisDocument *document,
      RubisTemplatePreview *preview, GError **error)
{
  const RubisFilledDocument *addressee = self->filled->addressee;
  RubisLetterOptions options = { .envelope = request->envelope };
  RubisSmsLength length;

  preview->subject = g_strdup (rubis_document_get_subject (document));
  preview->recipient = g_strdup (request->form == RUBIS_PREVIEW_SMS ? addressee->phone : addressee->email);
  switch (request->form)
    {
    case RUBIS_PREVIEW_SMS:
      preview->plain = g_strstrip (rubis_document_to_text (document, 0));
      rubis_sms_measure (preview->plain, &length);
      preview->n_characters = length.n_characters;
      preview->n_segments = length.n_segments;
      preview->culprit = length.unicode ? g_strdup (length.culprit) : NULL;
      return TRUE;
    case RUBIS_PREVIEW_EMAIL_TEXT:
      preview->plain = rubis_document_to_text (document, 76);
      return TRUE;
    case RUBIS_PREVIEW_EMAIL:
      preview->html
          = rubis_document_to_html (document, rubis_agenda_parse_accent (self->filled->company->accent));
      options.form = RUBIS_LETTER_FORM_PREVIEW;
      options.envelope = FALSE;
      break;
    case RUBIS_PREVIEW_LETTER:
    default:
      break;
    }
  if (!need_letterhead (self, rubis_document_get_language (document), error))
    return FALSE;
  preview->pdf = rubis_letter_writer_write (self->writer, document, self->letterhead, &options,
                                            &preview->n_pages, error);
  return preview->pdf != NULL;
}

/* A dossier without accounts: the text can be written and checked all the same. */
static RubisTemplatePreview *
check_alone (const RubisTemplateRequest *request, RubisTemplate *basis)
{
  RubisTemplatePreview *preview = g_atomic_rc_box_new0 (RubisTemplatePreview);
  g_autoptr (RubisDocumentContext) context
      = rubis_document_context_new (rubis_template_get_language (basis), request->date, RUBIS_CURRENCY_EUR);

  preview->marks = make_marks (request->text, NULL);
  preview->remarks = make_remarks (request, NULL);
  preview->hashtags = list_hashtags (context, basis);
  preview->error = g_strdup (_ ("There is no account yet: import your customers to see their letters."));
  return preview;
}

RubisTemplatePreview *
rubis_preview_desk_make (RubisPreviewDesk *self, const RubisTemplateRequest *request, GError **error)
{
  g_autoptr (RubisTemplatePreview) preview = g_atomic_rc_box_new0 (RubisTemplatePreview);
  g_autoptr (GError) text_error = NULL;
  g_autoptr (GError) claim_error = NULL;
  g_autoptr (RubisTemplate) template_ = read_template (request, &text_error);
  g_autoptr (RubisTemplate) basis
      = template_ != NULL ? rubis_template_ref (template_) : make_substitute (request);
  g_autoptr (RubisDocument) document = NULL;
  const RubisFilledDocument *addressee;

  if (request->account_id == 0)
    return check_alone (request, basis);
  if (!fill (self, request, basis, error))
    return NULL;
  addressee = self->filled->addressee;
  preview->marks = make_marks (request->text, self->filled->context);
  preview->hashtags = g_ptr_array_ref (self->hashtags);
  if (template_ != NULL)
    {
      rubis_agenda_fill_payment (self->filled->context, template_, self->filled->company, addressee->account);
      document = rubis_template_render (template_, self->filled->context, RUBIS_RENDER_PREVIEW, &text_error);
    }
  preview->remarks = make_remarks (request, self->filled->context);
  if (document == NULL)
    {
      preview->error = g_strdup (text_error->message);
      return g_steal_pointer (&preview);
    }
  if (!rubis_agenda_check_claim (template_, self->filled->context, addressee->account->name, &claim_error))
    preview->warning = g_strdup (claim_error->message);
  return draw (self, request, document, preview, error) ? g_steal_pointer (&preview) : NULL;
}

RubisTemplatePreview *
rubis_session_preview_template (RubisSession *self, const RubisTemplateRequest *request, GError **error)
{
  g_autoptr (RubisPreviewDesk) desk = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);
  g_return_val_if_fail (request != NULL && request->text != NULL && request->id != NULL, NULL);

  desk = rubis_preview_desk_new (self);
  return rubis_preview_desk_make (desk, request, error);
}
