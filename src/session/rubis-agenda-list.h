/* rubis-agenda-list.h: the actions of the day, and doing them. */
#pragma once

#include "rubis-agenda.h"
#include "rubis-outbox.h"
#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_ACTION_TO_DO,
  RUBIS_ACTION_DONE,     /* done today */
  RUBIS_ACTION_REFUSED,  /* due, but a rule forbids it */
} RubisActionState;

#define RUBIS_TYPE_ACTION_ROW (rubis_action_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisActionRow, rubis_action_row, RUBIS, ACTION_ROW, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisActionRow {
  GObject parent_instance;

  RubisActionState state;
  gint64 account_id;
  char *account_code;
  char *account_name;
  char *policy_id;
  gint64 plan_id;              /* the payment plan whose instalments it follows; 0: none */
  int rank;                    /* of the step */
  char *step_name;
  RubisChannel channel;        /* it leaves by */
  RubisChannel step_channel;   /* that the step asks for; another one when the account has no address for it */
  RubisValidation validation;
  char *language;
  char *template_id;
  RubisCurrency currency;
  gint64 amount;               /* claimed, minor units */
  gint64 credits;              /* available credits, positive */
  int n_items;
  int days_late;               /* of the oldest item */
  GArray *item_ids;            /* (element-type gint64) */
  GArray *levels;              /* (element-type int) */
  GPtrArray *numbers;          /* (element-type utf8) item numbers */
  GPtrArray *reasons;          /* (element-type utf8) sentences: why this, or why not */
  guint32 reason_mask;         /* refused: RUBIS_REASON_BIT */
  char *error;                 /* "" or what prevents its document (missing value, no template) */
  char *key;                   /* unique key of what would leave: account, currency, step, items */
  gint64 event_id;             /* done: its event */
  char *registered_number;     /* of the form that a registered letter takes, once it was printed; "" for none */
};

/* All actions of the day, to do first (by channel, then amount), then done, then refused.
 * (transfer full) (element-type RubisActionRow)
 */
GPtrArray *rubis_session_compute_agenda (RubisSession *self, RubisProgress *progress, GError **error);

/* Lets reminders leave today although the data are older than the dossier's freshness limit; journaled. */
gboolean rubis_session_accept_old_data (RubisSession *self, GError **error);

/* A file that an email carries. */
typedef struct {
  char *name;
  char *media_type;
  gint64 size;           /* bytes */
} RubisActionFile;

/* What an action would send, and for an email exactly that: rubis-email.h makes both. */
typedef struct {
  RubisChannel channel;
  char *subject;
  char *recipient;       /* email address, phone number, or the first address line */
  GBytes *pdf;           /* (nullable) letters: the PDF with its copies; emails: what is attached, as one PDF */
  char *text;            /* email body or call script as plain text; "" for letters */
  char *html;            /* (nullable) email body */
  char *from;            /* of an email: "Verrerie du Rhône <credit@verrerie.example>"; "" */
  char *reply_to;        /* of an email: where answers go, when that is another address; "" */
  GPtrArray *files;      /* (element-type RubisActionFile) attached to an email, in order */
  GPtrArray *warnings;   /* (element-type utf8) */
  GPtrArray *missing;    /* (element-type utf8) what a formal notice lacks: it leaves only when somebody confirms it,
                          * see rubis-notice.h */
  int n_pages;           /* of the PDF */
} RubisActionPreview;
void rubis_action_preview_free (RubisActionPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisActionPreview, rubis_action_preview_free)

RubisActionPreview *rubis_session_preview_action (RubisSession *self, RubisActionRow *action, GError **error);

typedef struct {
  gint64 account_id;
  char *account_code;
  int rank;
  char *step_name;
  RubisChannel channel;
  RubisCurrency currency;
  gint64 amount;
  int n_pages;
  gint64 document_id;    /* 0: none */
  char *file;            /* (nullable) where the letter or .eml was written */
  RubisOutboxState state; /* of an email; of the rest SENT, or QUEUED while a letter waits */
  gint64 send_after;     /* of an email that waits: seconds since 1970 */
  GPtrArray *numbers;    /* (element-type utf8) */
  GPtrArray *warnings;   /* (element-type utf8) copies that were left out or may be the wrong ones */
} RubisRunEntry;

typedef struct {
  GPtrArray *done;        /* (element-type RubisRunEntry) */
  GPtrArray *refused;     /* (element-type RubisActionRow) not done, with their reasons or error */
  char *joined_file;      /* (nullable) the PDF for the printer */
} RubisRunReport;
void rubis_run_report_free (RubisRunReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisRunReport, rubis_run_report_free)

/* How what is done leaves. All zero: letters were printed, by whoever calls. */
typedef struct {
  const char *folder;     /* (nullable) letters are written to it as files; they go on waiting for the printer */
  const char *note;       /* (nullable) comment of a call */
  gboolean keep_letters;  /* without @folder: letters are written and wait to be posted, nothing left yet */
  const char *printer;    /* (nullable) letters were printed on it already: noted as a print job */
  int copies;
  gboolean duplex;
  gint64 now;             /* seconds since 1970: recall windows begin; 0: as this machine's clock says */
  gboolean unattended;    /* nobody looked at what needs no confirmation */
} RubisRunOptions;

/* Does @actions: one transaction. Each is judged again on the spot; one whose answer has changed
 * (paid, stopped, already done) is refused, never sent stale. Letters are written to @folder
 * (nullable: not written, they stay printable from the history). Emails go to the outbox, approved; those of a folder
 * become files at once, those of other senders leave with rubis_session_send_outbox(). @note: comment of a call, or
 * NULL.
 */
RubisRunReport *rubis_session_perform (RubisSession *self, GPtrArray *actions, const char *folder, const char *note,
                                       RubisProgress *progress, GError **error);
/* The same with more to say. */
RubisRunReport *rubis_session_perform_with (RubisSession *self, GPtrArray *actions, const RubisRunOptions *options,
                                            RubisProgress *progress, GError **error);

/* The folder where emails are put as .eml files, beside the dossier. (transfer full) */
char *rubis_session_get_outgoing_folder (RubisSession *self);

/* A document that was sent, byte for byte. @media_type: (out) (transfer full) (nullable) */
GBytes *rubis_session_load_document (RubisSession *self, gint64 document_id, char **media_type, char **file_name,
                                     GError **error);
/* A statement of account (relevé) of the day as PDF; writes nothing. */
GBytes *rubis_session_write_statement (RubisSession *self, gint64 account_id, GError **error);
/* A letter by any template, outside the agenda; writes nothing. */
GBytes *rubis_session_write_letter (RubisSession *self, gint64 account_id, const char *template_id, GArray *item_ids,
                                    GError **error);

G_END_DECLS
