#include "rubis-account-tree.h"

#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct {
  char *folder;
  RubisSession *session;
  RubisAccountTree *tree;
  gint64 garcon;
  gint64 lefevre;
} Fixture;

static void
join (Fixture *fixture, const char *group, gint64 account_id)
{
  RubisStore *store = rubis_session_lock (fixture->session);
  g_autoptr(GError) error = NULL;

  rubis_store_join_group (rubis_store_get_database (store), "agency", group, account_id, &error);
  g_assert_no_error (error);
  rubis_session_unlock (fixture->session);
}

/* Two agencies; Lefèvre is in both; one account in none, one stopped, one settled. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  RubisSession *session;
  gint64 id;

  fixture->folder = rubis_test_make_folder ();
  fixture->session = session = rubis_test_session_new (fixture->folder);
  fixture->garcon = rubis_test_add_account (session, "C00412", "Éclairage Garçon");
  rubis_test_add_item (session, fixture->garcon, "F-1", RUBIS_ITEM_INVOICE, "2026-11-19", 10000, 10000, NULL);
  rubis_test_add_item (session, fixture->garcon, "F-2", RUBIS_ITEM_INVOICE, "2026-12-19", 3000, 3000, NULL);
  rubis_test_add_item (session, fixture->garcon, "A-1", RUBIS_ITEM_CREDIT, "2026-10-01", -500, -500, NULL);
  fixture->lefevre = rubis_test_add_account (session, "C00007", "Lefèvre");
  rubis_test_add_item (session, fixture->lefevre, "F-3", RUBIS_ITEM_INVOICE, "2026-08-01", 20000, 7000, NULL);
  rubis_test_add_item (session, fixture->lefevre, "U-1", RUBIS_ITEM_INVOICE, "2026-11-01", 9900, 9900, "USD");
  join (fixture, "Agence Lyon", fixture->garcon);
  join (fixture, "Agence Lyon", fixture->lefevre);
  join (fixture, "Grands comptes", fixture->lefevre);
  id = rubis_test_add_account (session, "C00009", "Dépôt seul");
  rubis_test_add_item (session, id, "F-4", RUBIS_ITEM_INVOICE, "2026-12-01", 4000, 4000, NULL);
  id = rubis_test_add_account (session, "C00010", "Arrêté SARL");
  rubis_test_add_item (session, id, "F-5", RUBIS_ITEM_INVOICE, "2026-10-01", 600, 600, NULL);
  join (fixture, "Grands comptes", id);
  rubis_test_exec (session, "UPDATE account SET stop = 1 WHERE code = 'C00010'");
  id = rubis_test_add_account (session, "C00011", "Soldé SAS");
  rubis_test_add_item (session, id, "F-6", RUBIS_ITEM_INVOICE, "2026-10-01", 600, 0, NULL);

  fixture->tree = rubis_account_tree_new (session);
  rubis_test_wait_for (fixture->tree, "loaded");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->tree);
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static RubisAccountNode *
get_node (GListModel *model, guint position)
{
  RubisAccountNode *node = g_list_model_get_item (model, position);

  g_assert_nonnull (node);
  g_object_unref (node);
  return node;
}

/* "All|Agence Lyon(Éclairage Garçon,Lefèvre)|…" */
static char *
describe (GListModel *model)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      RubisAccountNode *node = get_node (model, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", node->name);
      if (node->children != NULL)
        {
          g_autofree char *children = describe (G_LIST_MODEL (node->children));

          g_string_append_printf (text, "(%s)", children);
        }
    }
  return g_string_free (text, FALSE);
}

static void
assert_tree (Fixture *fixture, const char *expected)
{
  g_autofree char *text = describe (rubis_account_tree_get_roots (fixture->tree));

  g_assert_cmpstr (text, ==, expected);
}

static void
test_shape_and_sums (Fixture *fixture, gconstpointer data)
{
  GListModel *roots = rubis_account_tree_get_roots (fixture->tree);
  RubisAccountNode *all = get_node (roots, 0);
  RubisAccountNode *lyon = get_node (roots, 1);
  RubisAccountNode *big = get_node (roots, 2);
  RubisAccountNode *garcon = get_node (G_LIST_MODEL (lyon->children), 0);

  assert_tree (fixture, "All|Agence Lyon(Éclairage Garçon|Lefèvre)|Grands comptes(Lefèvre)|Dépôt seul"
                        "|Stopped(Arrêté SARL)|Settled(Soldé SAS)");
  g_assert_cmpint (all->overdue, ==, 10000 + 7000 + 600);
  g_assert_cmpint (all->balance, ==, 10000 + 3000 - 500 + 7000 + 4000 + 600);
  g_assert_true (all->other_currencies);
  g_assert_cmpint (all->n_accounts, ==, 5);
  g_assert_cmpint (all->n_items, ==, 7);
  g_assert_cmpint (all->days_late, ==, 111);
  g_assert_cmpint (all->state, ==, RUBIS_NODE_STATE_STOP);
  g_assert_null (all->children);

  g_assert_cmpint (lyon->overdue, ==, 17000);
  g_assert_cmpint (lyon->state, ==, RUBIS_NODE_STATE_LATE_OVER);
  /* The stopped account still counts in its group. */
  g_assert_cmpint (big->overdue, ==, 7600);
  g_assert_cmpint (big->n_accounts, ==, 2);

  g_assert_cmpint (garcon->kind, ==, RUBIS_NODE_ACCOUNT);
  g_assert_cmpint (garcon->id, ==, fixture->garcon);
  g_assert_cmpstr (garcon->code, ==, "C00412");
  g_assert_cmpint (garcon->balance, ==, 12500);
  g_assert_cmpint (garcon->overdue, ==, 10000);
  g_assert_cmpint (garcon->days_late, ==, 1);
  g_assert_cmpint (garcon->n_items, ==, 3);
  g_assert_cmpint (garcon->state, ==, RUBIS_NODE_STATE_LATE_30);
  g_assert_false (garcon->other_currencies);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  GListModel *roots = rubis_account_tree_get_roots (fixture->tree);

  rubis_account_tree_set_search (fixture->tree, "GARCON ecl");
  assert_tree (fixture, "Éclairage Garçon");
  rubis_account_tree_set_search (fixture->tree, "c0001");
  assert_tree (fixture, "Arrêté SARL|Soldé SAS");
  rubis_account_tree_set_search (fixture->tree, "lyon");
  assert_tree (fixture, "Agence Lyon(Éclairage Garçon|Lefèvre)");
  rubis_account_tree_set_search (fixture->tree, "garcon lyon");
  assert_tree (fixture, "");
  rubis_account_tree_set_search (fixture->tree, " ");
  g_assert_cmpuint (g_list_model_get_n_items (roots), ==, 6);
  g_assert_true (roots == rubis_account_tree_get_roots (fixture->tree));
}

static void
count_change (GListModel *model, guint position, guint removed, guint added, guint *n_changes)
{
  (*n_changes)++;
}

static void
note_change (RubisAccountNode *node, guint *n_changes)
{
  (*n_changes)++;
}

static void
test_refresh_keeps_nodes (Fixture *fixture, gconstpointer data)
{
  GListModel *roots = rubis_account_tree_get_roots (fixture->tree);
  RubisAccountNode *lyon = get_node (roots, 1);
  RubisAccountNode *garcon = get_node (G_LIST_MODEL (lyon->children), 0);
  guint n_root_changes = 0;
  guint n_changes = 0;
  guint n_other_changes = 0;

  g_signal_connect (roots, "items-changed", G_CALLBACK (count_change), &n_root_changes);
  g_signal_connect (garcon, "changed", G_CALLBACK (note_change), &n_changes);
  g_signal_connect (get_node (roots, 3), "changed", G_CALLBACK (note_change), &n_other_changes);
  rubis_test_add_item (fixture->session, fixture->garcon, "F-7", RUBIS_ITEM_INVOICE, "2026-11-01", 100, 100, NULL);
  rubis_session_mark_changed (fixture->session);
  rubis_test_wait_for (fixture->tree, "loaded");
  g_assert_cmpint (garcon->overdue, ==, 10100);
  g_assert_cmpint (garcon->days_late, ==, 19);
  g_assert_cmpuint (n_root_changes, ==, 0);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (n_other_changes, ==, 0);

  /* A new group comes in and an account is settled: the rest stays where it is. */
  join (fixture, "Agence Brest", fixture->garcon);
  rubis_test_exec (fixture->session, "DELETE FROM item WHERE number = 'F-4'");
  rubis_account_tree_refresh (fixture->tree);
  rubis_test_wait_for (fixture->tree, "loaded");
  assert_tree (fixture, "All|Agence Brest(Éclairage Garçon)|Agence Lyon(Éclairage Garçon|Lefèvre)"
                        "|Grands comptes(Lefèvre)|Stopped(Arrêté SARL)|Settled(Dépôt seul|Soldé SAS)");
  g_assert_true (get_node (roots, 2) == lyon);
  g_assert_true (get_node (G_LIST_MODEL (lyon->children), 0) == garcon);
  g_assert_cmpuint (n_root_changes, ==, 2);
}

static void
test_stop_that_ended (Fixture *fixture, gconstpointer data)
{
  rubis_test_exec (fixture->session, "UPDATE account SET stop_until = 20410 WHERE code = 'C00010'");
  rubis_account_tree_refresh (fixture->tree);
  rubis_test_wait_for (fixture->tree, "loaded");
  assert_tree (fixture, "All|Agence Lyon(Éclairage Garçon|Lefèvre)|Grands comptes(Arrêté SARL|Lefèvre)|Dépôt seul"
                        "|Settled(Soldé SAS)");
}

/* Renaming changes the order of the list. */
static void
test_new_order (Fixture *fixture, gconstpointer data)
{
  RubisStore *store = rubis_session_lock (fixture->session);
  g_autoptr(GError) error = NULL;

  rubis_store_set_account_field (rubis_store_get_database (store), fixture->garcon, "name", "Zénith", &error);
  g_assert_no_error (error);
  rubis_session_unlock (fixture->session);
  rubis_account_tree_refresh (fixture->tree);
  rubis_test_wait_for (fixture->tree, "loaded");
  assert_tree (fixture, "All|Agence Lyon(Lefèvre|Zénith)|Grands comptes(Lefèvre)|Dépôt seul"
                        "|Stopped(Arrêté SARL)|Settled(Soldé SAS)");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/account-tree/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("shape-and-sums", test_shape_and_sums);
  ADD ("search", test_search);
  ADD ("refresh-keeps-nodes", test_refresh_keeps_nodes);
  ADD ("stop-that-ended", test_stop_that_ended);
  ADD ("new-order", test_new_order);
#undef ADD
  return g_test_run ();
}
