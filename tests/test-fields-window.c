/* Windows of colleagues, fields of one's own, choices and bulk edits; saved filters of the grid. Needs a
 * display. */
#include "rubis-actors-window.h"
#include "rubis-actors.h"
#include "rubis-bulk-dialog.h"
#include "rubis-bulk-edit.h"
#include "rubis-choices-window.h"
#include "rubis-choices.h"
#include "rubis-custom-fields-window.h"
#include "rubis-custom-fields.h"
#include "rubis-filter-bar.h"
#include "rubis-grid-columns.h"
#include "rubis-invoice-grid.h"
#include "rubis-outbox-page.h"
#include "rubis-saved-filters.h"
#include "rubis-test-session.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = rubis_test_make_folder ();
  f->session = rubis_ui_test_demo (f->folder);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  rubis_ui_settle ();
  g_assert_finalize_object (f->session);
  rubis_test_remove_tree (f->folder);
  g_free (f->folder);
}

static gpointer
find_row (gpointer root, const char *title)
{
  gpointer row = rubis_ui_find (root, ADW_TYPE_PREFERENCES_ROW, title);

  g_assert_nonnull (row);
  return row;
}

static void
type (gpointer root, const char *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_row (root, row)), text);
}

static gboolean
has_actor (gpointer data)
{
  return rubis_session_find_actor (data, "Inès Noël", NULL) != 0;
}

/* A colleague is added; what is wrong is said in the form, and nothing typed is lost. */
static void
test_actors (Fixture *f, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (rubis_actors_window_present (NULL, f->session));
  g_autoptr (RubisActor) actor = NULL;
  g_autoptr (GError) error = NULL;

  rubis_ui_wait_text (window, "Colleagues resolve disputes");
  rubis_ui_click (window, "New Colleague");
  type (window, "Name", "Inès Noël");
  type (window, "Email address", "ines@");
  rubis_ui_check_names (window);
  rubis_ui_click (window, "_Save");
  rubis_ui_wait_text (window, "“ines@” is not an email address");
  type (window, "Email address", "ines@corindon.example");
  type (window, "Role", "Sales");
  rubis_ui_click (window, "_Save");
  rubis_ui_wait (has_actor, f->session);
  rubis_ui_wait_text (window, "Sales");
  actor = rubis_session_load_actor (f->session, rubis_session_find_actor (f->session, "Inès Noël", &error),
                                    &error);
  g_assert_no_error (error);
  g_assert_cmpstr (actor->email, ==, "ines@corindon.example");
  rubis_ui_destroy (window);
}

static gboolean
has_two_fields (gpointer data)
{
  g_autoptr (GPtrArray) fields = rubis_session_list_fields (data, RUBIS_FIELD_OF_ACCOUNT, NULL);

  return fields->len == 2;
}

static gboolean
is_region_first (gpointer data)
{
  g_autoptr (GPtrArray) fields = rubis_session_list_fields (data, RUBIS_FIELD_OF_ACCOUNT, NULL);

  return fields->len == 2
         && g_str_equal (((RubisCustomField *)g_ptr_array_index (fields, 0))->name, "Region");
}

static gboolean
has_one_field (gpointer data)
{
  g_autoptr (GPtrArray) fields = rubis_session_list_fields (data, RUBIS_FIELD_OF_ACCOUNT, NULL);

  return fields->len == 1;
}

/* Fields are added, put in another order and removed. */
static void
test_custom_fields (Fixture *f, gconstpointer data)
{
  GtkWidget *window;
  g_autoptr (RubisCustomField) first = rubis_custom_field_new (RUBIS_FIELD_OF_ACCOUNT);
  g_autoptr (GError) error = NULL;

  g_free (first->name);
  first->name = g_strdup ("Limit");
  first->kind = RUBIS_FIELD_AMOUNT;
  g_assert_cmpint (rubis_session_set_field (f->session, first, -1, &error), >, 0);
  window = GTK_WIDGET (rubis_custom_fields_window_present (NULL, f->session));
  rubis_ui_wait_text (window, "Accounts · Amount");
  gtk_widget_activate_action (window, "form.add", NULL);
  type (window, "Name", "Region");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (window, "Kind")), RUBIS_FIELD_CHOICE);
  rubis_ui_check_names (window);
  rubis_ui_click (window, "_Save");
  rubis_ui_wait_text (window, "write what there is to choose from");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (window, "Kind")), RUBIS_FIELD_TEXT);
  rubis_ui_click (window, "_Save");
  rubis_ui_wait (has_two_fields, f->session);
  rubis_ui_wait_text (window, "Accounts · Text");
  rubis_ui_settle ();
  gtk_widget_activate_action (window, "field.up", NULL);
  rubis_ui_wait (is_region_first, f->session);
  rubis_ui_settle ();
  rubis_ui_click (window, "_Remove This Field");
  rubis_ui_wait (has_one_field, f->session);
  rubis_ui_destroy (window);
}

static gboolean
has_choice (gpointer data)
{
  g_autoptr (GPtrArray) choices
      = rubis_session_list_choices (data, RUBIS_CHOICES_DISPUTE_REASON, FALSE, NULL);

  for (guint i = 0; i < choices->len; i++)
    {
      const RubisChoice *choice = g_ptr_array_index (choices, i);

      if (g_str_equal (choice->label, "Wrong colour") && choice->own)
        return TRUE;
    }
  return FALSE;
}

static void
test_choices (Fixture *f, gconstpointer data)
{
  GtkWidget *window
      = GTK_WIDGET (rubis_choices_window_present (NULL, f->session, RUBIS_CHOICES_DISPUTE_REASON));

  rubis_ui_wait_text (window, "Reasons of Disputes");
  gtk_widget_activate_action (window, "form.add", NULL);
  type (window, "Text", "Wrong colour");
  rubis_ui_check_names (window);
  rubis_ui_click (window, "_Save");
  rubis_ui_wait (has_choice, f->session);
  rubis_ui_wait_text (window, "Wrong colour");
  rubis_ui_destroy (window);
}

static gboolean
are_stopped (gpointer data)
{
  return rubis_test_query (data, "SELECT count (*) FROM account WHERE stop_reason = 'Merger'") > 1;
}

/* The accounts of the items that were chosen: what changes is shown before it does. */
static void
test_bulk (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 n_before = rubis_test_query (f->session, "SELECT count (*) FROM account WHERE stop <> 0");
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = NULL;
  GtkWidget *window;

  for (gint64 id = 1; id <= 40; id++)
    g_array_append_val (ids, id);
  window = GTK_WIDGET (g_object_ref (rubis_bulk_dialog_present (NULL, f->session, TRUE, ids)));
  rubis_ui_wait_text (window, "will change");
  rubis_ui_check_names (window);
  gtk_drop_down_set_selected (rubis_ui_find_named (window, GTK_TYPE_DROP_DOWN, "Whom it concerns"), 1);
  rubis_ui_settle ();
  gtk_drop_down_set_selected (rubis_ui_find_named (window, GTK_TYPE_DROP_DOWN, "What is changed"),
                              RUBIS_BULK_STOP);
  gtk_editable_set_text (rubis_ui_find_named (window, GTK_TYPE_ENTRY, "Value"), "Merger");
  rubis_ui_wait_text (window, "Stopped: Merger");
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account WHERE stop <> 0"), ==,
                   n_before);
  rubis_ui_click (window, "_Apply");
  rubis_ui_wait (are_stopped, f->session);
  rubis_ui_settle ();
  undone = rubis_session_undo (f->session, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (undone, "Dunning of "));
  g_assert_cmpint (rubis_test_query (f->session, "SELECT count (*) FROM account WHERE stop <> 0"), ==,
                   n_before);
  g_object_unref (window);
}

static gboolean
has_filter (gpointer data)
{
  g_autoptr (RubisSavedFilter) filter
      = rubis_session_find_filter (data, RUBIS_FILTERS_INVOICES, "Late ones", NULL);

  return filter != NULL;
}

/* A filter is kept under a name; taken off and asked for by that name, it is the same again. */
static void
test_saved_filter (Fixture *f, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  RubisFilterBar *bar = RUBIS_FILTER_BAR (rubis_filter_bar_new ());
  RubisItemFilter before;
  RubisItemFilter after;
  gpointer list;

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (bar));
  rubis_filter_bar_set_today (bar, RUBIS_UI_TODAY);
  rubis_filter_bar_set_session (bar, f->session);
  gtk_window_present (GTK_WINDOW (window));
  g_object_set (bar, "state", "overdue", "since", 30, NULL);
  rubis_filter_bar_set_custom_period (bar, rubis_date_parse_iso ("2026-01-01"), RUBIS_DATE_NONE);
  rubis_filter_bar_get_filter (bar, &before);
  gtk_editable_set_text (rubis_ui_find_named (window, GTK_TYPE_ENTRY, "Name of the filter"), "Late ones");
  g_signal_emit_by_name (rubis_ui_find (window, GTK_TYPE_BUTTON, "_Save"), "clicked");
  rubis_ui_wait (has_filter, f->session);
  rubis_filter_bar_reset (bar);
  g_assert_false (rubis_filter_bar_is_narrowed (bar));
  rubis_ui_settle ();
  list = rubis_ui_find_named (window, GTK_TYPE_LIST_BOX, "Saved filters");
  while (list != NULL && gtk_list_box_get_row_at_index (list, 0) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  rubis_filter_bar_get_filter (bar, &after);
  g_assert_cmpint (after.state, ==, RUBIS_ITEM_STATE_OVERDUE);
  g_assert_cmpint (after.min_days_late, ==, 30);
  g_assert_cmpint (after.due_from, ==, before.due_from);
  g_assert_cmpint (after.due_to, ==, RUBIS_DATE_NONE);
  rubis_ui_destroy (window);
}

static gboolean
has_besnard (gpointer data)
{
  g_autoptr (RubisSavedFilter) filter
      = rubis_session_find_filter (data, RUBIS_FILTERS_OUTBOX, "Of Martel", NULL);

  return filter != NULL && g_str_equal (filter->body, "{'text': <'besnard'>, 'chip': <uint32 1>}");
}

/* The places of letters keep what they are filtered by, too: the chip and the text. */
static void
test_outbox_filter (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = g_object_new (RUBIS_TYPE_OUTBOX_PAGE, NULL);
  gpointer search;
  gpointer list;

  g_assert_cmpint (rubis_session_save_filter (f->session, RUBIS_FILTERS_OUTBOX, "Of Martel",
                                              "{'text': <'martel'>, 'chip': <uint32 1>}", &error),
                   >, 0);
  gtk_window_set_child (GTK_WINDOW (window), page);
  rubis_outbox_page_set_session (RUBIS_OUTBOX_PAGE (page), f->session);
  gtk_window_present (GTK_WINDOW (window));
  list = rubis_ui_find_named (window, GTK_TYPE_LIST_BOX, "Saved filters");
  while (gtk_list_box_get_row_at_index (list, 0) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  search = rubis_ui_find (window, GTK_TYPE_SEARCH_ENTRY, NULL);
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "martel");
  rubis_ui_settle ();
  gtk_editable_set_text (rubis_ui_find_named (window, GTK_TYPE_ENTRY, "Name of the filter"), "OF MARTEL");
  gtk_editable_set_text (search, "besnard");
  g_signal_emit_by_name (rubis_ui_find (window, GTK_TYPE_BUTTON, "_Save"), "clicked");
  rubis_ui_wait (has_besnard, f->session);
  rubis_ui_settle ();
  rubis_ui_destroy (window);
}

static gboolean
is_shown (gpointer window)
{
  g_autofree char *text = rubis_ui_collect_text (window);

  return strstr (text, "Quay 7") != NULL;
}

static gboolean
has_column (gpointer view)
{
  GActionGroup *actions = rubis_grid_columns_get_actions (view);

  return g_action_group_has_action (actions, "field-1");
}

/* A field of items is a column of the grid, hidden until it is asked for, and goes with the field. */
static void
test_grid_column (Fixture *f, gconstpointer data)
{
  g_autoptr (RubisCustomField) field = rubis_custom_field_new (RUBIS_FIELD_OF_ITEM);
  g_autoptr (GError) error = NULL;
  GtkWidget *window;
  gint64 first = rubis_test_query (f->session,
                                   "SELECT id FROM item WHERE open <> 0 ORDER BY due_date, open, id LIMIT 1");
  gpointer view;

  g_free (field->name);
  field->name = g_strdup ("Site");
  g_assert_cmpint (rubis_session_set_field (f->session, field, -1, &error), ==, 1);
  g_assert_true (rubis_session_set_value (f->session, 1, first, "Quay 7", &error));
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 500);
  gtk_window_set_child (GTK_WINDOW (window), rubis_invoice_grid_new (f->session, NULL));
  gtk_window_present (GTK_WINDOW (window));
  view = rubis_ui_find (window, GTK_TYPE_COLUMN_VIEW, NULL);
  rubis_ui_wait (has_column, view);
  rubis_ui_settle ();
  g_assert_false (is_shown (window));
  g_action_group_change_action_state (rubis_grid_columns_get_actions (view), "field-1",
                                      g_variant_new_boolean (TRUE));
  rubis_ui_wait (is_shown, window);
  g_assert_true (rubis_session_remove_field (f->session, 1, &error));
  while (has_column (view))
    g_main_context_iteration (NULL, TRUE);
  rubis_ui_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
  g_test_add ("/ui/fields/actors", Fixture, NULL, set_up, test_actors, tear_down);
  g_test_add ("/ui/fields/custom-fields", Fixture, NULL, set_up, test_custom_fields, tear_down);
  g_test_add ("/ui/fields/choices", Fixture, NULL, set_up, test_choices, tear_down);
  g_test_add ("/ui/fields/bulk", Fixture, NULL, set_up, test_bulk, tear_down);
  g_test_add ("/ui/fields/saved-filter", Fixture, NULL, set_up, test_saved_filter, tear_down);
  g_test_add ("/ui/fields/outbox-filter", Fixture, NULL, set_up, test_outbox_filter, tear_down);
  g_test_add ("/ui/fields/grid-column", Fixture, NULL, set_up, test_grid_column, tear_down);
  return g_test_run ();
}
