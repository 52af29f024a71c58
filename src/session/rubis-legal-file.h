/* rubis-legal-file.h: the file for the court: request for a payment order, exhibits, chronology.
 *
 * A file is prepared from the dossier on a day: what is claimed, which court is asked, which exhibits
 * prove it and what is missing. Making the PDF and the ZIP changes nothing in the dossier. French law;
 * its documents are in French.
 */
#pragma once

#include "rubis-interest.h"
#include "rubis-session.h"
#include "rubis-types.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_LEGAL_BLOCKING, /* a rule refuses the request; made only when forced */
  RUBIS_LEGAL_WARNING,  /* the court may refuse it, or less is obtained */
  RUBIS_LEGAL_ADVICE,
} RubisLegalSeverity;

/* Where the user puts it right. */
typedef enum
{
  RUBIS_LEGAL_PLACE_NONE,
  RUBIS_LEGAL_PLACE_COMPANY, /* the own company's identity */
  RUBIS_LEGAL_PLACE_ACCOUNT, /* the customer's */
  RUBIS_LEGAL_PLACE_ITEM,    /* an invoice */
  RUBIS_LEGAL_PLACE_LETTERS, /* formal notices and their proofs */
  RUBIS_LEGAL_PLACE_COURT,   /* the choice of the court */
} RubisLegalPlace;

typedef struct
{
  RubisLegalSeverity severity;
  const char *code; /* stable: "no-formal-notice"; static */
  char *message;    /* in the user's language */
  char *way_out;    /* what to do; "" when there is nothing to do */
  RubisLegalPlace place;
  gint64 item_id; /* 0: of no item */
} RubisLegalProblem;

/* An invoice that is claimed, or a credit that is deducted. Minor units of the file's currency. */
typedef struct
{
  gint64 id;
  RubisItemType type;
  char *number;
  char *order_ref;
  RubisDate issue_date;
  RubisDate due_date;
  gint64 total;
  gint64 open;
  gint64 disputed;
  gint64 principal;              /* claimed: the undisputed part; negative for a credit */
  RubisInterestResult *interest; /* (nullable) none: no rule, no rate or no delay */
  gint64 indemnity;
  RubisDate limitation;  /* last day to sue, payments left aside; NONE for credits */
  RubisDate interrupted; /* the same, with the payments on account that interrupt it */
  gboolean with_agent;
  gboolean in_plan;
  gboolean plan_kept; /* a plan that runs holds it, and no instalment of that is late */
  gboolean plan_late;
  RubisDate promise_date;
} RubisLegalItem;
/* Interest of an item; 0 when none. */
gint64 rubis_legal_item_get_interest (const RubisLegalItem *item);

typedef enum
{
  RUBIS_EXHIBIT_TERMS,
  RUBIS_EXHIBIT_ORDER,
  RUBIS_EXHIBIT_DELIVERY,
  RUBIS_EXHIBIT_INVOICE,
  RUBIS_EXHIBIT_STATEMENT,
  RUBIS_EXHIBIT_REMINDER,
  RUBIS_EXHIBIT_NOTICE, /* formal notice */
  RUBIS_EXHIBIT_PROOF,  /* of its deposit, receipt or return */
  RUBIS_EXHIBIT_AGREEMENT,
  RUBIS_EXHIBIT_OTHER,
  RUBIS_EXHIBIT_INTEREST, /* the account of interest */
} RubisExhibitKind;

typedef struct
{
  guint number; /* from 1 */
  char *key;    /* tells it from all others, whatever its number: "attachment:12" */
  RubisExhibitKind kind;
  char *title; /* "Facture FA-2026-0131" */
  RubisDate date;
  char *file_name; /* of the original */
  char *media_type;
  GBytes *original;  /* as the dossier holds it */
  GBytes *pages;     /* PDF or picture that is bound */
  gboolean replaced; /* the original cannot be bound: @pages is a sheet that says so */
  gboolean by_text;  /* a copy that was found by the number in its text only */
  guint n_pages;
  gint64 event_id;      /* of the letter; 0: none */
  gint64 item_id;       /* 0: of no item alone */
  gint64 registered_id; /* 0: none */
  gboolean of_deposit;  /* proves the deposit, not the answer, of a registered letter */
} RubisLegalExhibit;

typedef struct
{
  RubisDate date;
  char *text;
  guint exhibit; /* 0: none */
  char *kind;    /* "invoice", "payment", or the kind of the event */
  char *numbers; /* invoices concerned, "" when none */
  gint64 amount; /* of an invoice, a payment or a credit; 0: none */
} RubisLegalStep;

typedef struct
{
  gint64 account_id;
  RubisCurrency currency;     /* code "": the account's main one */
  GArray *item_ids;           /* (nullable) (element-type gint64) NULL: all overdue invoices */
  const char *court;          /* (nullable) chosen by the user */
  const char *const *without; /* (nullable) keys of exhibits that are left out */
  gboolean force;             /* made in spite of what blocks */
} RubisLegalRequest;

typedef struct
{
  RubisDate date;
  char *account_code;
  char *account_name;
  gint64 account_id;
  RubisCurrency currency;
  RubisPartyKind debtor_kind;
  char *creditor; /* identity as the request gives it, over several lines; blanks are marked */
  char *debtor;
  char *contacts; /* at the customer, one a line */
  gboolean forced;
  RubisInterestRegime regime;
  gboolean has_regime;     /* FALSE: no interest is claimed */
  RubisDate interest_from; /* of a consumer: after the formal notice; NONE: after each due date */
  GPtrArray *items;        /* (element-type RubisLegalItem) invoices, then credits; by due date */
  gint64 principal;        /* credits deducted */
  gint64 interest;
  gint64 indemnity;
  gint64 total;
  int n_indemnities;
  char *court;         /* "" when not known */
  GPtrArray *courts;   /* (element-type utf8) those to choose from */
  const char *form;    /* number of the official form: "12946"; static */
  GPtrArray *exhibits; /* (element-type RubisLegalExhibit) by number */
  GPtrArray *steps;    /* (element-type RubisLegalStep) by date */
  GPtrArray *problems; /* (element-type RubisLegalProblem) blocking ones first */
} RubisLegalFile;

/* Reads the dossier. Errors: G_IO_ERROR_NOT_FOUND, those of the store. A long work: it draws exhibits. */
RubisLegalFile *rubis_session_prepare_legal_file (RubisSession *self, const RubisLegalRequest *request,
                                                  RubisProgress *progress, GError **error);
void rubis_legal_file_free (RubisLegalFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisLegalFile, rubis_legal_file_free)

gboolean rubis_legal_file_is_blocked (const RubisLegalFile *self);
/* "blocking", "warning", "advice" */
const char *rubis_legal_severity_to_id (RubisLegalSeverity severity);

/* The whole file as one PDF: request, list of exhibits, chronology, exhibits. @n_pages may be NULL. The same
 * dossier and day give the same bytes. Errors: RUBIS_SESSION_ERROR_RULE when it is blocked and not forced.
 */
GBytes *rubis_session_make_legal_pdf (RubisSession *self, RubisLegalFile *file, guint *n_pages,
                                      GError **error);
/* The PDF, each exhibit as its own numbered file, and a spreadsheet. */
GBytes *rubis_session_make_legal_zip (RubisSession *self, RubisLegalFile *file, guint *n_pages,
                                      GError **error);
/* The spreadsheet alone. */
GBytes *rubis_session_make_legal_workbook (RubisSession *self, RubisLegalFile *file, GError **error);

/* The open invoices of those numbers. (transfer full) (element-type gint64) Errors:
 * RUBIS_SESSION_ERROR_VALUE, which names the first that is not there.
 */
GArray *rubis_session_find_claimed_items (RubisSession *self, gint64 account_id, char **numbers,
                                          GError **error);

/* Journals what was made: its name, amount, pages and SHA-256. */
gboolean rubis_session_keep_legal_file (RubisSession *self, const RubisLegalFile *file, const char *file_name,
                                        GBytes *content, guint n_pages, GError **error);
/* The invoices were handed over to @to (a lawyer, the court…; "" when not said): they are not dunned any
 * more. Journaled; can be undone. Invoices that are handed over already are left as they are.
 */
gboolean rubis_session_transmit_items (RubisSession *self, GArray *item_ids, const char *to, GError **error);

/* What the command line prints: figures, court, exhibits, problems. (transfer floating) */
GVariant *rubis_legal_file_to_record (const RubisLegalFile *self);

G_END_DECLS
