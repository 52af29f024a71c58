/* rubis-postage.h: what letters weigh and what their postage will be, by a table of prices.
 *
 * An estimate: the table is the user's, and the post office has the last word. A table is a text in
 * key-file form (resources/data/postage.ini is the shipped one) and never changes once parsed.
 */
#pragma once

#include "rubis-date.h"
#include "rubis-money.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_POSTAGE_GREEN,
  RUBIS_POSTAGE_TRACKED,
  RUBIS_POSTAGE_R1, /* registered, by the compensation for loss */
  RUBIS_POSTAGE_R2,
  RUBIS_POSTAGE_R3,
  RUBIS_POSTAGE_ABROAD,
  RUBIS_POSTAGE_ABROAD_REGISTERED,
} RubisPostageService;
#define RUBIS_N_POSTAGE_SERVICES 7

/* Stable id: "verte", "suivie", "r1"… */
const char *rubis_postage_service_to_id (RubisPostageService service);
gboolean rubis_postage_service_from_id (const char *id, RubisPostageService *service);
/* In the language of the interface. */
const char *rubis_postage_service_to_label (RubisPostageService service);

#define RUBIS_POSTAGE_ERROR (rubis_postage_error_quark ())
typedef enum
{
  RUBIS_POSTAGE_ERROR_TABLE, /* the text is no table of prices; the error says where */
} RubisPostageError;
GQuark rubis_postage_error_quark (void);

typedef struct _RubisPostageTable RubisPostageTable;

/* Parses a table. The error names the group, key and value that are wrong. */
RubisPostageTable *rubis_postage_table_new_from_data (const char *data, gssize length, GError **error);
void rubis_postage_table_free (RubisPostageTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPostageTable, rubis_postage_table_free)

/* The day from which the prices hold. */
RubisDate rubis_postage_table_get_date (const RubisPostageTable *self);
/* FALSE while nobody has compared the prices with those of the post office. */
gboolean rubis_postage_table_get_checked (const RubisPostageTable *self);
const char *rubis_postage_table_get_name (const RubisPostageTable *self);
RubisCurrency rubis_postage_table_get_currency (const RubisPostageTable *self);

/* A letter as the post office sees it. */
typedef struct
{
  int n_sheets;
  int grams;            /* paper and envelope, rounded up */
  const char *envelope; /* "DL", "C5" or "C4" */
  int weight_class;     /* grams, of the class that it falls into; 0: heavier than all of them */
  gint64 price;         /* minor units; 0 when there is no class for it */
} RubisPostage;

/* Sheets of A4 for @n_pages. */
int rubis_postage_count_sheets (int n_pages, gboolean duplex);
/* Weighs and prices one letter; @receipt: with a receipt that comes back, for registered ones. */
void rubis_postage_table_estimate (const RubisPostageTable *self, RubisPostageService service, int n_sheets,
                                   gboolean receipt, RubisPostage *postage);

G_END_DECLS
