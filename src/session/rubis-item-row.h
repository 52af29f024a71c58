/* rubis-item-row.h: one line of the invoice grid, as a list model hands it out.
 *
 * A row is a snapshot: its fields are read-only for everybody but the model that made it.
 */
#pragma once

#include <gio/gio.h>

#include "rubis-date.h"
#include "rubis-eligibility.h"
#include "rubis-money.h"
#include "rubis-types.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ITEM_ROW (rubis_item_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisItemRow, rubis_item_row, RUBIS, ITEM_ROW, GObject)

struct _RubisItemRow {
  GObject parent_instance;

  gint64 id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  char *number;
  char *order_ref;         /* "" when none */
  char *label;             /* "" when none */
  char *sales_rep;         /* "" when none */
  RubisItemType type;
  RubisDate issue_date;    /* RUBIS_DATE_NONE when unknown */
  RubisDate due_date;      /* RUBIS_DATE_NONE when unknown */
  gboolean due_date_computed;
  RubisCurrency currency;
  gint64 total;            /* minor units */
  gint64 open;
  int days_late;           /* 0 or less: not due */
  int level;               /* RUBIS_LEVEL_NONE: not yet dunned */
  RubisDate level_date;
  RubisPaymentMeans means;
  gboolean stop;
  gboolean disputed;
  gint64 contested;        /* part of the open amount, minor units */
  gboolean promised;       /* for today or later */
  gboolean promise_passed; /* for a day that has passed, and it is still open */
  gboolean leading;        /* the account's oldest overdue item: the one letters are led by */
  GHashTable *values;      /* (nullable) (element-type gint64 utf8) of custom fields, for people */
};

RubisItemRow *rubis_item_row_new (void);
/* What the item has in a custom field, as the user reads it; "" when nothing. */
const char *rubis_item_row_get_value (RubisItemRow *self, gint64 field_id);

G_END_DECLS
