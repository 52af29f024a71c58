/* paper-fixture.h: one customer with items, payments and credits, and papers written for it. */
#pragma once

#include "rubis-paper.h"
#include "rubis-test-session.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
} PaperFixture;

void paper_fixture_set_up (PaperFixture *f, gconstpointer data);
/* Checks the dossier before it goes. */
void paper_fixture_tear_down (PaperFixture *f, gconstpointer data);

/* The text of a PDF, every kind of blank one space. */
char *paper_read_pdf (GBytes *content);
/* Aborts unless @expected is in @text; its blanks may be of any kind. */
void paper_assert_holds (const char *text, const char *expected);
/* Writes a paper, which must succeed. @text: of the plain text form, whose tables are in reading order, and
 * of the PDF. */
RubisPaper *paper_write (PaperFixture *f, gint64 account, const RubisPaperOptions *options, char **text);

G_END_DECLS
