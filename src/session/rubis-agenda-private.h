/* rubis-agenda-private.h: what the files of the agenda share. */
#pragma once

#include "rubis-agenda-list.h"
#include "rubis-document-context.h"
#include "rubis-document.h"
#include "rubis-letterhead-settings.h"
#include "rubis-letterhead.h"
#include "rubis-paper.h"
#include "rubis-postal-address.h"
#include "rubis-session-private.h"
#include "rubis-store-accounts.h"

G_BEGIN_DECLS

/* A row with empty arrays and strings. */
RubisActionRow *rubis_action_row_new (void);
/* Puts a copy of @value in place of a text field. */
#define rubis_action_row_set(row, field, value)                                                                        \
  G_STMT_START                                                                                                         \
  {                                                                                                                    \
    g_free ((row)->field);                                                                                             \
    (row)->field = g_strdup (value);                                                                                   \
  }                                                                                                                    \
  G_STMT_END

/* (transfer full) */
RubisActionRow *rubis_agenda_copy_row (const RubisActionRow *row);
gboolean rubis_channel_is_letter (RubisChannel channel);

/* The policy of an account: the one chosen for it, else by its kind and means of payment. (unowned) */
RubisPolicy *rubis_agenda_choose_policy (RubisLibrary *library, const char *policy_id, const RubisAccountFacts *facts);

/* The agenda as @db sees it: within a transaction on the writing connection, or on a reader. */
GPtrArray *rubis_agenda_compute_in (RubisSession *self, RubisDatabase *db, RubisProgress *progress, GError **error);
/* Adds what was done today. */
gboolean rubis_agenda_add_done (RubisSession *self, RubisDatabase *db, GPtrArray *rows, GError **error);

/* Whom a letter names under the company: of @role, else somebody who can be reached. (unowned) (nullable) */
const RubisContactRecord *rubis_agenda_choose_recipient (GPtrArray *contacts, RubisContactRole role);
/* "Mme Anne Noël"; in an address of @language "Frau Anne Noël", NULL: the title as typed. (transfer full) */
char *rubis_agenda_dup_contact_name (const RubisContactRecord *contact, const char *language);
/* The address block of letters to @account. @contact: (nullable); @language: of the letter (nullable) (transfer full) */
RubisPostalBlock *rubis_agenda_make_postal_block (const RubisAccountRecord *account, const RubisContactRecord *contact,
                                                  const char *language);

/* A document filled for an account. */
typedef struct {
  RubisDocument *document;      /* (owned) */
  RubisAccountRecord *account;  /* (owned) */
  char *language;
  char *template_id;
  char *template_name;
  int template_version;
  char *email;                  /* "" when none */
  char *phone;
  char *mobile;            /* of the same contact, "" */
  char *contact;                /* name of the contact, "" when none */
  GPtrArray *missing;           /* (owned) (element-type utf8) elements that a formal notice lacks */
  RubisTemplateKind kind;
  RubisCurrency currency;
  gint64 amount;                /* what the document asks for or is about */
} RubisFilledDocument;
void rubis_filled_document_free (RubisFilledDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisFilledDocument, rubis_filled_document_free)

/* What goes with a document: rubis-enclosures.h. */
typedef struct _RubisEnclosures RubisEnclosures;

/* What a document is made for. */
typedef struct {
  gint64 account_id;
  RubisCurrency currency;       /* code "": the account's only or main currency */
  const char *template_id;
  const RubisStep *step;        /* (nullable) */
  GArray *item_ids;             /* (nullable) (element-type gint64) items concerned; NULL: all overdue ones */
  const RubisPaperOptions *paper; /* (nullable) of a statement, plan, receipt or write-off sheet; its language counts */
  const RubisLetterheadSettings *letterhead; /* (nullable) of a preview; NULL: those of the dossier */
  const char *registered_number; /* (nullable) of the form that the letter takes; "" for none */
  RubisTemplate *template_;     /* (nullable) instead of the one of the dossier */
  RubisDate date;               /* 0: today */
  const RubisEnclosures *enclosures; /* (nullable) what goes with it */
} RubisDocumentRequest;

/* Fills a template from the dossier. The error names what is missing. */
RubisFilledDocument *rubis_agenda_fill_document (RubisSession *self, RubisDatabase *db,
                                                 const RubisDocumentRequest *request, GError **error);

/* What a template is filled with, before there is a document. */
typedef struct {
  RubisDocumentContext *context;   /* (owned) complete but for the payment */
  RubisCompany *company;           /* (owned) */
  RubisFilledDocument *addressee;  /* (owned) without a document */
} RubisFilledContext;
void rubis_filled_context_free (RubisFilledContext *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisFilledContext, rubis_filled_context_free)

RubisFilledContext *rubis_agenda_fill_context (RubisSession *self, RubisDatabase *db,
                                               const RubisDocumentRequest *request, GError **error);
/* Who writes, and who signs. */
void rubis_agenda_fill_company (RubisDocumentContext *context, const RubisCompany *company);
/* Sets how to pay what @template_ asks for. */
void rubis_agenda_fill_payment (RubisDocumentContext *context, RubisTemplate *template_, const RubisCompany *company,
                                const RubisAccountRecord *account);
/* Whether the document asks for a payment: a reminder, a notice, a script. */
gboolean rubis_agenda_asks_for_payment (RubisTemplate *template_);
/* Whether @id is among @ids (element-type gint64). */
gboolean rubis_agenda_is_chosen (const GArray *ids, gint64 id);
/* A letter that asks for payment where credits or disputes leave nothing to claim is never written:
 * RUBIS_SESSION_ERROR_RULE. @name: of the account.
 */
gboolean rubis_agenda_check_claim (RubisTemplate *template_, RubisDocumentContext *context, const char *name,
                                   GError **error);
/* Whether interest has to be computed: the step says so, or the template prints it. */
gboolean rubis_agenda_needs_penalties (RubisTemplate *template_, const RubisStep *step);
/* The step of the account's policy that uses a template, for its deadline and penalties. (unowned) of @library (nullable) */
const RubisStep *rubis_agenda_find_step_of_template (RubisLibrary *library, RubisDatabase *db, gint64 account_id,
                                                     const char *template_id);
/* "#8c1c3c" as 0x8c1c3c; 0 for anything else */
guint32 rubis_agenda_parse_accent (const char *text);
/* The own company's paper. */
RubisLetterhead *rubis_agenda_make_letterhead (RubisSession *self, const char *language, GError **error);

G_END_DECLS
