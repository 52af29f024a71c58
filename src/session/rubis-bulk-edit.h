/* rubis-bulk-edit.h: one change of many accounts or items: previewed, done in one transaction, undone at
 * once. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_BULK_POLICY, /* accounts: value is the policy's id, "" for the default one */
  RUBIS_BULK_STOP,   /* accounts or items: value is the reason, @date its end */
  RUBIS_BULK_UNSTOP,
  RUBIS_BULK_SALES_REP, /* accounts, items */
  RUBIS_BULK_LANGUAGE,  /* accounts: "fr", "" for that of the dossier */
  RUBIS_BULK_INSURER,   /* accounts */
  RUBIS_BULK_FIELD,     /* accounts or items: @field_id, value as typed */
} RubisBulkKind;
#define RUBIS_N_BULK_KINDS 7
/* What is changed, for people. (static) */
const char *rubis_bulk_kind_to_label (RubisBulkKind kind);
/* Whether items have such a value of their own; accounts have all of them. */
gboolean rubis_bulk_kind_is_of_items (RubisBulkKind kind);

typedef struct
{
  RubisBulkKind kind;
  gboolean of_items; /* the ids are of items */
  GArray *ids;       /* (element-type gint64) */
  const char *value; /* (nullable) */
  RubisDate date;    /* RUBIS_DATE_NONE */
  gint64 field_id;   /* 0 */
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
  GPtrArray *lines; /* (element-type RubisBulkLine) the first RUBIS_BULK_MAX_LINES that change */
} RubisBulkPreview;
#define RUBIS_BULK_MAX_LINES 200
void rubis_bulk_preview_free (RubisBulkPreview *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisBulkPreview, rubis_bulk_preview_free)

/* RUBIS_SESSION_ERROR_VALUE when the value makes no sense. Accounts and items that went meanwhile are passed
 * over. */
RubisBulkPreview *rubis_session_preview_bulk (RubisSession *self, const RubisBulkChange *change,
                                              GError **error);
/* Returns how many were changed, -1 on error. Journaled on each account that it concerns. @progress:
 * (nullable) */
int rubis_session_do_bulk (RubisSession *self, const RubisBulkChange *change, RubisProgress *progress,
                           GError **error);

/* Codes of accounts, or numbers of items, as ids: (transfer full) (element-type gint64). G_IO_ERROR_NOT_FOUND
 * names the first that is not there; a number stands for all items that have it.
 */
GArray *rubis_session_find_bulk_ids (RubisSession *self, gboolean of_items, const char *const *names,
                                     GError **error);
/* The accounts of some items, each once; of a group and those below it. (transfer full) (element-type gint64)
 */
GArray *rubis_session_list_accounts_of_items (RubisSession *self, GArray *item_ids, GError **error);
GArray *rubis_session_list_accounts_of_group (RubisSession *self, gint64 group_id, GError **error);

G_END_DECLS
