/* rubis-paper.h: documents made outside the agenda: letters by hand, statements, payment plans, receipts, write-off
 * sheets.
 *
 * None of them moves an item to a level. Writing one changes nothing; a paper that the user prints or saves may be kept
 * in the dossier, byte for byte, with a line of the journal.
 */
#pragma once

#include "rubis-instalments.h"
#include "rubis-session.h"

G_BEGIN_DECLS

/* The shipped templates that take parameters. */
#define RUBIS_PAPER_STATEMENT "releve"
#define RUBIS_PAPER_STATEMENT_OVERDUE "releve-echu"
#define RUBIS_PAPER_STATEMENT_PERIOD "releve-periode"
#define RUBIS_PAPER_AGREEMENT "echeancier"
#define RUBIS_PAPER_RECEIPT "recu"
#define RUBIS_PAPER_WRITE_OFF "passage-en-perte"

typedef enum {
  RUBIS_PAPER_FORM_LETTER, /* PDF */
  RUBIS_PAPER_FORM_EMAIL,  /* the HTML body */
  RUBIS_PAPER_FORM_TEXT,
} RubisPaperForm;

/* What a paper is made with; start from RUBIS_PAPER_OPTIONS_INIT. What the template does not use is not looked at. */
typedef struct {
  const char *template_id;
  const char *language;   /* (nullable) the account's, else the dossier's; an internal sheet: that of the program */
  GArray *item_ids;       /* (nullable) (element-type gint64) NULL: all that is overdue */
  RubisPaperForm form;
  /* a statement of a period: both days are in it */
  RubisDate from;
  RubisDate to;
  /* a payment plan: n_instalments of equal amounts, or the given ones */
  int n_instalments;
  RubisDate first_date;
  RubisInterval interval;
  GArray *instalments;    /* (nullable) (element-type RubisInstalment) */
  const char *interest;   /* (nullable) what the agreement says of interest */
  gint64 plan_id;         /* of a plan of the dossier: its own items and instalments; 0: none */
  const struct _RubisPlanInput *plan_input; /* (nullable) the same of one that is not agreed yet */
  /* a receipt: a payment of the dossier, or an amount and a date */
  gint64 payment_id;      /* 0: none */
  gint64 amount;
  RubisDate date;
  /* a write-off sheet */
  const char *reason;
  int vat_rate;           /* hundredths of a percent; -1: not stated */
  /* a request to a colleague */
  gint64 dispute_id;      /* 0: none */
} RubisPaperOptions;
#define RUBIS_PAPER_OPTIONS_INIT                                                                                       \
  ((RubisPaperOptions){ .from = RUBIS_DATE_NONE,                                                                       \
                        .to = RUBIS_DATE_NONE,                                                                         \
                        .first_date = RUBIS_DATE_NONE,                                                                 \
                        .date = RUBIS_DATE_NONE,                                                                       \
                        .vat_rate = -1 })

typedef struct {
  GBytes *content;
  char *media_type;
  char *file_name;       /* "C00412-releve-2026-11-20.pdf" */
  char *kind;            /* "statement", "agreement", "receipt", "internal", "letter" */
  char *template_id;
  int template_version;
  char *name;            /* of the template, as users see it */
  char *language;
  char *subject;
  RubisCurrency currency;
  gint64 amount;         /* what the paper is about: claim, balance, plan, payment */
  int n_pages;           /* 0 unless a letter */
} RubisPaper;
RubisPaper *rubis_paper_copy (const RubisPaper *self);
void rubis_paper_free (RubisPaper *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPaper, rubis_paper_free)

/* Writes nothing into the dossier. Errors: RUBIS_SESSION_ERROR_VALUE for options that make no sense,
 * RUBIS_SESSION_ERROR_RULE when there is nothing to write about, G_IO_ERROR_NOT_FOUND for an unknown account, template
 * or payment, RUBIS_TEMPLATE_ERROR_MISSING, RUBIS_INSTALMENT_ERROR.
 */
RubisPaper *rubis_session_write_paper (RubisSession *self, gint64 account_id, const RubisPaperOptions *options,
                                       GError **error);
/* Keeps a paper as a document of the account, with a line of the journal: one transaction. @document_id: (out)
 * (nullable)
 */
gboolean rubis_session_keep_paper (RubisSession *self, gint64 account_id, const RubisPaper *paper, gint64 *document_id,
                                   GError **error);
/* The payment of that number of an account. Errors: G_IO_ERROR_NOT_FOUND. */
gboolean rubis_session_find_payment (RubisSession *self, gint64 account_id, const char *number, gint64 *payment_id,
                                     GError **error);
/* The items of those numbers, all of the account. (transfer full) (element-type gint64) Errors: G_IO_ERROR_NOT_FOUND. */
GArray *rubis_session_find_items (RubisSession *self, gint64 account_id, const char *const *numbers, GError **error);

/* The payments of an account, newest first, for a choice. (transfer full) (element-type RubisPaymentChoice) */
typedef struct {
  gint64 id;
  char *label; /* "RG-12, 3 November 2026, 1 200,00 €" */
} RubisPaymentChoice;
void rubis_payment_choice_free (RubisPaymentChoice *self);
GPtrArray *rubis_session_list_payments (RubisSession *self, gint64 account_id, GError **error);

G_END_DECLS
