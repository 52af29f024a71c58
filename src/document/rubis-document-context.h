/* rubis-document-context.h: what one document is filled with: values by hashtag, and items.
 *
 * The caller states facts (names, items, the penalty of each item); sums are computed here, by
 * rubis_document_context_complete(), from the same rows that the tables show, so that a total
 * never differs from its list. Nothing is formatted here: the language of the document decides
 * later how amounts and dates are written.
 *
 * A context belongs to one thread at a time. Setting a value again replaces it; NULL or "" takes
 * it away.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-grid.h"
#include "rubis-hashtag.h"
#include "rubis-money.h"
#include "rubis-types.h"

G_BEGIN_DECLS

typedef struct _RubisDocumentContext RubisDocumentContext;

/* One item as a table shows it. Amounts are minor units of @currency; what the customer owes is
 * positive, credits and payments are negative. Strings are copied by
 * rubis_document_context_add_item() and may be NULL.
 */
typedef struct {
  const char *number;
  const char *label;     /* "Facture", "Avoir"…; NULL: the word for @type in the document's language */
  const char *order_ref; /* the customer's own reference */
  RubisItemType type;
  RubisDate issue_date;
  RubisDate due_date;
  int days_late; /* <= 0: not late */
  int level;     /* level that the item reached; 0: none */
  RubisCurrency currency;
  gint64 total;
  gint64 open;
  gint64 disputed;  /* part of @open that is contested */
  gint64 penalty;   /* late-payment interest */
  gint64 indemnity; /* fixed indemnity for recovery costs */
  gboolean selected; /* concerned by this step, credits to deduct included: #ListeSelection */
  gboolean leader;
} RubisDocumentItem;

/* Whether #ListeEchues, #ListeNonEchues… shows the item. Down-payment requests are never listed:
 * they are not owed.
 */
gboolean rubis_document_item_is_in (const RubisDocumentItem *item, RubisHashtag list);

/* @language: "fr", "en"…; @date: the day the document bears; @currency: the account's. */
RubisDocumentContext *rubis_document_context_new (const char *language, RubisDate date,
                                                  RubisCurrency currency);
RubisDocumentContext *rubis_document_context_ref (RubisDocumentContext *self);
void rubis_document_context_unref (RubisDocumentContext *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisDocumentContext, rubis_document_context_unref)

const char *rubis_document_context_get_language (RubisDocumentContext *self);
RubisDate rubis_document_context_get_date (RubisDocumentContext *self);
RubisCurrency rubis_document_context_get_currency (RubisDocumentContext *self);

/* Text fits every hashtag except images, flags, tables and grids: a rate may be said in words. */
void rubis_document_context_set_text (RubisDocumentContext *self, RubisHashtag hashtag, const char *text);
void rubis_document_context_set_amount (RubisDocumentContext *self, RubisHashtag hashtag, gint64 minor,
                                        RubisCurrency currency);
/* One more currency beside those already set ("1 200,00 € et 300,00 USD"). */
void rubis_document_context_add_amount (RubisDocumentContext *self, RubisHashtag hashtag, gint64 minor,
                                        RubisCurrency currency);
void rubis_document_context_set_date (RubisDocumentContext *self, RubisHashtag hashtag, RubisDate date);
void rubis_document_context_set_count (RubisDocumentContext *self, RubisHashtag hashtag, gint64 count);
/* @hundredths of a percent a year: 1240 is 12.40 %. */
void rubis_document_context_set_rate (RubisDocumentContext *self, RubisHashtag hashtag, gint64 hundredths);
void rubis_document_context_set_flag (RubisDocumentContext *self, RubisHashtag hashtag, gboolean value);
/* @image: a PNG or JPEG file; a reference is taken. */
void rubis_document_context_set_image (RubisDocumentContext *self, RubisHashtag hashtag, GBytes *image);
/* The table that a hashtag of type RUBIS_VALUE_GRID draws; a reference is taken. A grid without rows is
 * no value.
 */
void rubis_document_context_set_grid (RubisDocumentContext *self, RubisHashtag hashtag, RubisGrid *grid);
/* Sets the flags professional, consumer and public body from the kind of the party. */
void rubis_document_context_set_party_kind (RubisDocumentContext *self, RubisPartyKind kind);

/* Adds a row; rows are shown in the order in which they were added. */
void rubis_document_context_add_item (RubisDocumentContext *self, const RubisDocumentItem *item);
guint rubis_document_context_get_n_items (RubisDocumentContext *self);
/* Borrowed until the next row is added. */
const RubisDocumentItem *rubis_document_context_get_item (RubisDocumentContext *self, guint index);

/* Marks as selected the overdue items and the available credits. */
void rubis_document_context_select_overdue (RubisDocumentContext *self);

/* Computes from the items what has not been set: totals, aging, counts, penalties, the leading
 * item. Sums follow the lists: #TotalEchu is the total of #ListeEchues, that is overdue items less
 * available credits and payments; #TotalDu and #SoldeCompte are the total of #ListePieces;
 * #TotalSelection that of #ListeSelection. When no item is selected, the overdue ones are.
 * Counts, dates, penalties, contested amounts and the leading item are those of the selected
 * items, or of all when none is overdue; #TotalHorsLitige is what this step asks for, and
 * #TotalAvecPenalites the same with penalties and indemnities.
 * FALSE when a sum does not fit in 64 bits. Call it once, after the last item.
 */
gboolean rubis_document_context_complete (RubisDocumentContext *self, GError **error);

/* Whether the hashtag has a value: a flag that is set, a count or an amount that is not zero, a
 * text or list that is not empty. What #SI{…} asks.
 */
gboolean rubis_document_context_has (RubisDocumentContext *self, RubisHashtag hashtag);
/* Whether a value was set or computed, zero included. */
gboolean rubis_document_context_is_set (RubisDocumentContext *self, RubisHashtag hashtag);
/* The value as the document's language writes it, or NULL when there is none. Lines are separated
 * by '\n'. Zero is a value here ("0", "0,00 €").
 */
char *rubis_document_context_dup_text (RubisDocumentContext *self, RubisHashtag hashtag);
/* The number behind a count, a rate, a date or the amount in the context's currency; 0 for others. */
gint64 rubis_document_context_get_number (RubisDocumentContext *self, RubisHashtag hashtag);
/* The same for the total of a list with modifiers (#TotalEchu_AvecPenalites), which is what that list with
 * these modifiers asks for, once the context is complete. Any other hashtag: as without modifiers.
 */
char *rubis_document_context_dup_total (RubisDocumentContext *self, RubisHashtag hashtag,
                                        RubisListModifiers modifiers);
gint64 rubis_document_context_get_total (RubisDocumentContext *self, RubisHashtag hashtag,
                                         RubisListModifiers modifiers);
gboolean rubis_document_context_has_total (RubisDocumentContext *self, RubisHashtag hashtag,
                                           RubisListModifiers modifiers);
/* Borrowed, or NULL. */
GBytes *rubis_document_context_get_image (RubisDocumentContext *self, RubisHashtag hashtag);
RubisGrid *rubis_document_context_get_grid (RubisDocumentContext *self, RubisHashtag hashtag);

G_END_DECLS
