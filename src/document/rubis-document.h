/* rubis-document.h: a document filled in: the tree that the writers turn into PDF, HTML or text.
 *
 * Immutable once made, so that several threads may read it. The text in it is plain: whatever a
 * writer needs escaped, it escapes itself.
 */
#pragma once

#include "rubis-item-table.h"

G_BEGIN_DECLS

typedef struct _RubisDocument RubisDocument;

typedef enum {
  RUBIS_SPAN_PLAIN = 0,
  RUBIS_SPAN_BOLD = 1 << 0,
  RUBIS_SPAN_ITALIC = 1 << 1,
  RUBIS_SPAN_MISSING = 1 << 2, /* a hashtag without value, in a preview */
} RubisSpanStyle;

/* A run of text in one style. A '\n' in it is a forced line break. */
typedef struct {
  char *text;
  RubisSpanStyle style;
  char *url; /* nullable; http, https, mailto or tel only */
} RubisSpan;

typedef enum {
  RUBIS_BLOCK_PARAGRAPH, /* spans */
  RUBIS_BLOCK_HEADING,   /* spans, level 1–6 */
  RUBIS_BLOCK_LIST,      /* children: RUBIS_BLOCK_ENTRY; level: number of the first, 0 for bullets */
  RUBIS_BLOCK_ENTRY,     /* children */
  RUBIS_BLOCK_QUOTE,     /* children */
  RUBIS_BLOCK_RULE,
  RUBIS_BLOCK_PAGE_BREAK,
  RUBIS_BLOCK_TABLE,     /* table */
  RUBIS_BLOCK_GRID,      /* grid */
  RUBIS_BLOCK_IMAGE,     /* image */
  RUBIS_BLOCK_PAYMENT,   /* the document's payment details */
  RUBIS_BLOCK_SIGNATURE, /* the document's signatory */
} RubisBlockKind;

typedef struct _RubisBlock RubisBlock;
struct _RubisBlock {
  RubisBlockKind kind;
  int level;
  GPtrArray *spans;    /* (element-type RubisSpan), NULL when the kind has none */
  GPtrArray *children; /* (element-type RubisBlock), NULL when the kind has none */
  RubisItemTable *table;
  RubisGrid *grid;
  GBytes *image;
};

/* A line of the reference block: "Votre compte", "C00412". */
typedef struct {
  char *label;
  char *value;
  char *code; /* nullable; what a bar code of it says */
} RubisReference;

/* How to pay. Every field may be NULL. */
typedef struct {
  char *beneficiary;
  char *iban; /* without spaces */
  char *bic;
  char *reference;
  char *amount; /* as the document writes it */
  char *link;
  char *qr; /* payload of the QR code */
} RubisPaymentDetails;

/* Who signs. Every field may be NULL. */
typedef struct {
  char *name;
  char *role;
  char *company;
  GBytes *image;
} RubisSignatory;

RubisDocument *rubis_document_ref (RubisDocument *self);
void rubis_document_unref (RubisDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisDocument, rubis_document_unref)

/* All borrowed. Strings may be "" but are never NULL unless said. */
const char *rubis_document_get_language (RubisDocument *self);
RubisDate rubis_document_get_date (RubisDocument *self);
RubisChannel rubis_document_get_channel (RubisDocument *self);
const char *rubis_document_get_subject (RubisDocument *self);
/* The sender, for the metadata of files. */
const char *rubis_document_get_author (RubisDocument *self);
/* The place before the date in a letter. */
const char *rubis_document_get_place (RubisDocument *self);
/* The postal lines of the recipient, separated by '\n'. */
const char *rubis_document_get_recipient (RubisDocument *self);
/* (element-type RubisReference) */
GPtrArray *rubis_document_get_references (RubisDocument *self);
/* (element-type RubisBlock) */
GPtrArray *rubis_document_get_blocks (RubisDocument *self);
const RubisPaymentDetails *rubis_document_get_payment (RubisDocument *self);
const RubisSignatory *rubis_document_get_signatory (RubisDocument *self);

/* "FR76 3000 6000 0112 …" for @iban without spaces; NULL for NULL. */
char *rubis_document_group_iban (const char *iban);

/* The body as an HTML page: styles inlined, no script, no outside file. Images become data: URIs. @accent:
 * 0xRRGGBB, made darker where it could not be read.
 */
char *rubis_document_to_html (RubisDocument *self, guint32 accent);

/* A picture that a page shows as "cid:…". */
typedef struct {
  char *cid;
  char *name;
  const char *media_type; /* (static) */
  GBytes *content;
} RubisHtmlImage;

/* What the page of an email has beside the document. Start from zero. */
typedef struct {
  guint32 accent;
  const char *title;     /* (nullable) instead of the document's subject */
  const char *domain;    /* of the cid: addresses */
  GPtrArray *images;     /* (element-type RubisHtmlImage) filled: pictures travel beside the page */
  GBytes *qr;            /* (nullable) PNG of the payment's QR code */
  GPtrArray *links;      /* (nullable) (element-type RubisAnswerLink) shown as a row below the text */
  const char *signature; /* (nullable) lines below everything */
} RubisHtmlEmail;
/* (transfer full) (element-type RubisHtmlImage) empty */
GPtrArray *rubis_html_images_new (void);

/* The same page for an email: pictures as cid: addresses, since mail programs drop data: URIs; nothing is fetched from
 * elsewhere and nothing tells that it was read. Light and dark colours are both given.
 */
char *rubis_document_to_email_html (RubisDocument *self, const RubisHtmlEmail *email);
/* The body as plain text of at most @width columns per paragraph line (0: unlimited), for the text
 * alternative of an email, an SMS or a call script. Tables are aligned with spaces; one that is
 * wider than @width becomes a list.
 */
char *rubis_document_to_text (RubisDocument *self, guint width);

G_END_DECLS
