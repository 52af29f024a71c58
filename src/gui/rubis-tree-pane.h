/* rubis-tree-pane.h: groups and accounts with what they owe; the chosen node filters every place.
 *
 * Properties "group-id" and "account-id" (gint64, read-only, 0: all) say what is chosen; they change
 * together and signal "scope-changed" follows. Signal "account-activated" (gint64): an account was
 * chosen, for the account panel.
 */
#pragma once

#include <adwaita.h>

#include "rubis-account-tree.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_TREE_PANE (rubis_tree_pane_get_type ())
G_DECLARE_FINAL_TYPE (RubisTreePane, rubis_tree_pane, RUBIS, TREE_PANE, AdwBin)

GtkWidget *rubis_tree_pane_new (RubisSession *session);
gint64 rubis_tree_pane_get_group_id (RubisTreePane *self);
gint64 rubis_tree_pane_get_account_id (RubisTreePane *self);
/* What is chosen, as users read it. (transfer none) */
const char *rubis_tree_pane_get_title (RubisTreePane *self);
/* Puts the cursor in the search entry. */
void rubis_tree_pane_focus_search (RubisTreePane *self);
/* Chooses a group or an account (the other 0; both: all), whether its row is unfolded or not. */
void rubis_tree_pane_choose (RubisTreePane *self, gint64 group_id, gint64 account_id, const char *title);
/* Chooses all accounts again. */
void rubis_tree_pane_select_all_accounts (RubisTreePane *self);

G_END_DECLS
