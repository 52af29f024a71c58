/* rubis-enclosures.h: what goes with a document: statement, account of interest, copies of invoices.
 *
 * Private to session. Only what belongs to the items of the document; what cannot be read is left out with
 * a warning that names it, never an error.
 */
#pragma once

#include "rubis-agenda-private.h"
#include "rubis-copy-index.h"
#include "rubis-letter-writer.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_ENCLOSURE_STATEMENT,
  RUBIS_ENCLOSURE_ANNEX,
  RUBIS_ENCLOSURE_INVOICE,
} RubisEnclosureKind;

typedef struct
{
  RubisEnclosureKind kind;
  char *number; /* of the invoice, "" */
  GBytes *pdf;
  guint n_pages;
} RubisEnclosure;

struct _RubisEnclosures
{
  GPtrArray *parts;    /* (element-type RubisEnclosure) in the order in which they are joined */
  GPtrArray *warnings; /* (element-type utf8) sentences for the user */
};
void rubis_enclosures_free (RubisEnclosures *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisEnclosures, rubis_enclosures_free)

/* Collects what @bits (RubisAttach) asks for. @copies: (nullable) the folder of copies. */
RubisEnclosures *rubis_enclosures_collect (RubisSession *session, RubisDatabase *db, RubisCopyIndex *copies,
                                           const RubisDocumentRequest *request, guint bits,
                                           RubisLetterWriter *writer, GError **error);
/* "Copie de la facture F-12" in the language of a document. (transfer full) */
char *rubis_enclosure_dup_title (const RubisEnclosure *enclosure, const char *language);
/* "Pièces jointes" (static) */
const char *rubis_enclosures_get_title (const char *language);
/* One line each, with the number of pages. (transfer full) */
char *rubis_enclosures_dup_lines (const RubisEnclosures *self, const char *language);
/* All as one PDF with bookmarks; NULL without error when there is nothing. @n_pages: (out) (nullable) */
GBytes *rubis_enclosures_merge (const RubisEnclosures *self, const char *title, const char *language,
                                RubisDate date, guint *n_pages, GError **error);

G_END_DECLS
