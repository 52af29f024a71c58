/* rubis-tree-plan.h: the account tree as plain data, computed in the background; private to session. */
#pragma once

#include "rubis-account-tree.h"
#include "rubis-database.h"

G_BEGIN_DECLS

/* A node to be; positions are indexes into the plan's nodes. */
typedef struct {
  RubisNodeKind kind;
  gint64 id;
  char *name;
  char *code;
  char *search_key;          /* folded name and code */
  gint64 overdue;
  gint64 balance;
  gboolean other_currencies;
  int days_late;
  int n_accounts;
  int n_items;
  RubisNodeState state;
  GArray *children;          /* (owned) (nullable) (element-type guint) */
} RubisPlanNode;

typedef struct {
  GPtrArray *nodes;          /* (owned) (element-type RubisPlanNode) groups before accounts */
  GArray *roots;             /* (owned) (element-type guint) */
} RubisTreePlan;

void rubis_tree_plan_free (RubisTreePlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTreePlan, rubis_tree_plan_free)

/* Reads the dossier on the day @today; amounts in @currency, the dossier's. (transfer full) */
RubisTreePlan *rubis_tree_plan_new (RubisDatabase *db, RubisDate today, RubisCurrency currency, GError **error);

G_END_DECLS
