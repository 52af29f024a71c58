/* rubis-template-preview.h: a template that is being written, filled for a real account: what it would print,
 * and what is wrong with it.
 *
 * Offsets, lines and columns are those of the whole text of the template (head included), in bytes and
 * characters.
 */
#pragma once

#include "rubis-template-list.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_PREVIEW_LETTER,     /* as it is posted, on the letterhead */
  RUBIS_PREVIEW_EMAIL,      /* the HTML of an email, drawn */
  RUBIS_PREVIEW_EMAIL_TEXT, /* its plain text, for programs that show no HTML */
  RUBIS_PREVIEW_SMS,
} RubisPreviewForm;
#define RUBIS_N_PREVIEW_FORMS 4

typedef struct
{
  char *text; /* the template */
  char *id;   /* whose step in the policies decides deadlines and penalties */
  gint64 account_id;
  RubisDate date; /* of the document */
  RubisPreviewForm form;
  gboolean envelope; /* letters: shows the window of the envelope */
} RubisTemplateRequest;
RubisTemplateRequest *rubis_template_request_copy (const RubisTemplateRequest *self);
void rubis_template_request_free (RubisTemplateRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTemplateRequest, rubis_template_request_free)

typedef enum
{
  RUBIS_MARK_HASHTAG, /* known */
  RUBIS_MARK_EMPTY,   /* known, and without value for this customer */
  RUBIS_MARK_LOGIC,
  RUBIS_MARK_UNKNOWN,
  RUBIS_MARK_ESCAPE,
} RubisTemplateMarkKind;
#define RUBIS_N_MARK_KINDS 5

typedef struct
{
  gsize offset;
  gsize length;
  RubisTemplateMarkKind kind;
} RubisTemplateMark;

typedef enum
{
  RUBIS_REMARK_ERROR, /* the template cannot be saved */
  RUBIS_REMARK_WARNING,
  RUBIS_REMARK_ADVICE,
} RubisTemplateRemarkKind;

typedef struct
{
  RubisTemplateRemarkKind kind;
  char *code; /* stable: "unknown-hashtag" */
  char *message;
  guint line;   /* from 1 */
  guint column; /* from 1 */
  gsize offset;
  gsize length;
} RubisTemplateRemark;

/* A word that a template may contain. */
typedef struct
{
  char *name;  /* in the language of the template, without '#' */
  char *alias; /* in the other language */
  int family;
  char *family_label;
  char *description;
  char *value; /* (nullable) for the account, cut to one line; NULL: none, or not printed as text */
  gboolean has_value;
  gboolean only_asked; /* for conditions; prints nothing */
} RubisHashtagEntry;

typedef struct
{
  GArray *marks;       /* (element-type RubisTemplateMark) in the order of the text */
  GPtrArray *remarks;  /* (element-type RubisTemplateRemark) in the order of the text */
  GPtrArray *hashtags; /* (element-type RubisHashtagEntry) by family */
  char *error;         /* (nullable) why nothing can be drawn */
  char *warning;       /* (nullable) why it would not leave although it can be drawn */
  char *subject;
  char *recipient; /* email address or number, "" when the account has none */
  GBytes *pdf;     /* (nullable) letters and emails */
  guint n_pages;
  char *plain;        /* (nullable) text of an email, of an SMS */
  char *html;         /* (nullable) of an email, as it is sent */
  guint n_characters; /* SMS */
  guint n_segments;
  char *culprit; /* (nullable) SMS: the character that shortens its segments */
} RubisTemplatePreview;
RubisTemplatePreview *rubis_template_preview_ref (RubisTemplatePreview *self);
void rubis_template_preview_unref (RubisTemplatePreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTemplatePreview, rubis_template_preview_unref)

/* One preview, from any thread. Errors: the account or the dossier cannot be read; what is wrong with the
 * text is in the preview.
 */
RubisTemplatePreview *rubis_session_preview_template (RubisSession *self, const RubisTemplateRequest *request,
                                                      GError **error);

/* Many previews of one text as it is typed: a thread of its own keeps what does not change between two
 * keystrokes. Signal "ready" (RubisTemplatePreview *), on the main thread, for the newest request only.
 */
#define RUBIS_TYPE_TEMPLATE_PREVIEWER (rubis_template_previewer_get_type ())
G_DECLARE_FINAL_TYPE (RubisTemplatePreviewer, rubis_template_previewer, RUBIS, TEMPLATE_PREVIEWER, GObject)

/* For the dossier of @session, which it holds. */
RubisTemplatePreviewer *rubis_template_previewer_new (RubisSession *session);
/* Takes the place of a request that waits; one that runs is dropped when it ends. */
void rubis_template_previewer_request (RubisTemplatePreviewer *self, const RubisTemplateRequest *request);
/* TRUE while a request is not answered. */
gboolean rubis_template_previewer_is_busy (RubisTemplatePreviewer *self);
/* Ends the thread; no signal comes any more. */
void rubis_template_previewer_stop (RubisTemplatePreviewer *self);

G_END_DECLS
