/* rubis-bulk-edit.h: one change of many accounts or items: previewed, done in one transaction, undone at once. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_BULK_POLICY,    /* accounts: value is the policy's id */
  RUBIS_BULK_STOP,      /* accounts or items: value is the reason, @date its end */
  RUBIS_BULK_UNSTOP,
  RUBIS_BULK_SALES_REP, /* accounts, items */
  RUBIS_BULK_LANGUAGE,  /* accounts */
  RUBIS_BULK_INSURER,   /* accounts */
  RUBIS_BULK_FIELD,     /* accounts or items: @field_id, value as typed */
} RubisBulkKind;

typedef struct
{
  RubisBulkKind kind;
  gboolean of_items;   /* the ids are of items */
  GArray *ids;         /* (element-type gint64) */
  const char *value;   /* (nullable) */
  RubisDate date;      /* RUBIS_DATE_NONE */
  gint64 field_id;     /* 0 */
} RubisBulkChange;

/* A line of the preview. */
typedef struct
{
  gint64 id;
  char *name;   /* of the account, number of the item */
  char *before; /* for people */
  char *after;
} RubisBulkLine;
void rubis_bulk_line_free (RubisBulkLine *self);
typedef struct
{
  int n_changed;
  int n_same;
  GPtrArray *lines; /* (element-type RubisBulkLine) the first 200 that change */
} RubisBulkPreview;
void rubis_bulk_preview_free (RubisBulkPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisBulkPreview, rubis_bulk_preview_free)

/* RUBIS_SESSION_ERROR_VALUE when the value makes no sense. */
RubisBulkPreview *rubis_session_preview_bulk (RubisSession *self, const RubisBulkChange *change, GError **error);
/* Returns how many were changed, -1 on error. Journaled on each account that it concerns. */
int rubis_session_do_bulk (RubisSession *self, const RubisBulkChange *change, RubisProgress *progress, GError **error);

G_END_DECLS
