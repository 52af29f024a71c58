/* rubis-account-tree.h: groups and accounts with what they owe, as a tree of list models. */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_NODE_ALL,      /* "All": every account */
  RUBIS_NODE_GROUP,
  RUBIS_NODE_ACCOUNT,
  RUBIS_NODE_STOPPED,  /* folded section at the end: stopped accounts */
  RUBIS_NODE_SETTLED,  /* folded section at the end: accounts that owe nothing */
} RubisNodeKind;

/* The worst thing to know of an account or group, mild to bad. */
typedef enum {
  RUBIS_NODE_STATE_NONE,
  RUBIS_NODE_STATE_NOT_DUE,
  RUBIS_NODE_STATE_LATE_30,  /* 1 to 30 days */
  RUBIS_NODE_STATE_LATE_60,
  RUBIS_NODE_STATE_LATE_90,
  RUBIS_NODE_STATE_LATE_OVER,
  RUBIS_NODE_STATE_STOP,
  RUBIS_NODE_STATE_LEGAL,
} RubisNodeState;

#define RUBIS_TYPE_ACCOUNT_NODE (rubis_account_node_get_type ())
G_DECLARE_FINAL_TYPE (RubisAccountNode, rubis_account_node, RUBIS, ACCOUNT_NODE, GObject)

/* Fields are read-only for everybody but the tree. A node stays the same object as long as its account
 * or group exists; signal "changed" when fields have got new values.
 */
struct _RubisAccountNode {
  GObject parent_instance;

  RubisNodeKind kind;
  gint64 id;              /* of the group or account; 0 otherwise */
  char *name;
  char *code;             /* "" for groups */
  gint64 overdue;         /* minor units of the dossier's currency */
  gint64 balance;
  gboolean other_currencies; /* amounts in other currencies exist besides */
  int days_late;          /* of the oldest overdue item */
  int n_accounts;
  int n_items;            /* open items */
  RubisNodeState state;
  GListStore *children;   /* (owned) (nullable) (element-type RubisAccountNode) NULL for accounts and "All" */
};

#define RUBIS_TYPE_ACCOUNT_TREE (rubis_account_tree_get_type ())
G_DECLARE_FINAL_TYPE (RubisAccountTree, rubis_account_tree, RUBIS, ACCOUNT_TREE, GObject)

/* Loads in the background and again after each change; signal "loaded". Main thread only. */
RubisAccountTree *rubis_account_tree_new (RubisSession *session);
/* The roots, in order: all, groups, accounts in no group, stopped, settled (each of the last two only
 * when there are such accounts; these are not listed in their groups, but count in their sums). While a search is set:
 * the matching accounts and groups alone. One list for the life of the tree.
 */
GListModel *rubis_account_tree_get_roots (RubisAccountTree *self);
/* Matches code and name, without regard to case and accents; every word must match. "" ends it. */
void rubis_account_tree_set_search (RubisAccountTree *self, const char *text);
void rubis_account_tree_refresh (RubisAccountTree *self);

G_END_DECLS
