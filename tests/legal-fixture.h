/* legal-fixture.h: a customer with two late invoices, their copies, a reminder and a formal notice. */
#pragma once

#include "rubis-legal-file.h"
#include "rubis-pdf.h"
#include "rubis-test-session.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 first;  /* 10,000.00 due on 31 March 2026 */
  gint64 second; /* 6,000.00 due on 30 June 2026, of which 2,500.00 were paid */
} LegalFixture;

/* Two late invoices, one that is not due yet, and a credit of 500.00. */
void legal_fixture_set_up (LegalFixture *f, gconstpointer data);
void legal_fixture_tear_down (LegalFixture *f, gconstpointer data);
/* The copy of each invoice, an order, a damaged file, an email, and a formal notice that was received. */
void legal_fixture_add_proofs (LegalFixture *f);
RubisLegalFile *legal_fixture_prepare (LegalFixture *f, GArray *ids, const char *court, gboolean force);

/* "blocking:insolvency", once for each problem, separated by spaces. */
char *legal_fixture_list_codes (const RubisLegalFile *file);
void legal_fixture_assert_code (const RubisLegalFile *file, const char *code, gboolean there);
/* The text with every kind of blank as a space. */
char *legal_fixture_make_plain (const char *raw);
char *legal_fixture_page_text (RubisPdf *pdf, guint page);
void legal_fixture_assert_has (const char *text, const char *word);

G_END_DECLS
