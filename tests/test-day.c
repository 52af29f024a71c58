/* The place "Today" on the demonstration: what is listed, ticked, previewed and done. Needs a display. */
#include <string.h>

#include "rubis-account-card.h"
#include "rubis-account-panel.h"
#include "rubis-action-sheet.h"
#include "rubis-agenda-list.h"
#include "rubis-day-run.h"
#include "rubis-pdf-view.h"
#include "rubis-post-job.h"
#include "rubis-preview-window.h"
#include "rubis-promise-box.h"
#include "rubis-test.h"
#include "rubis-today-list.h"
#include "rubis-today-page.h"
#include "rubis-ui-test.h"
#include "rubis-why-popover.h"

typedef struct {
  char *folder;
  RubisSession *session;
  GtkWidget *window;
  RubisTodayPage *page;
} Fixture;

static gboolean
is_computed (gpointer data)
{
  return rubis_today_page_get_n_to_do (RUBIS_TODAY_PAGE (data)) > 0;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_ui_test_demo (fixture->folder);
  fixture->window = gtk_window_new ();
  fixture->page = RUBIS_TODAY_PAGE (rubis_today_page_new (fixture->session));
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 720);
  gtk_window_present (GTK_WINDOW (fixture->window));
  rubis_ui_wait (is_computed, fixture->page);
  rubis_ui_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->page), (gpointer *) &fixture->page);
  rubis_ui_destroy (fixture->window);
  rubis_ui_settle ();
  g_assert_null (fixture->page);
  g_assert_finalize_object (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static GPtrArray *
compute (RubisSession *session)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *actions = rubis_session_compute_agenda (session, NULL, &error);

  g_assert_no_error (error);
  return actions;
}

static RubisActionRow *
find_action (GPtrArray *actions, RubisActionState state, RubisChannel channel)
{
  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = actions->pdata[i];

      if (action->state == state && action->channel == channel && *action->error == '\0')
        return action;
    }
  g_assert_not_reached ();
}

static guint
count_files (const char *folder, const char *ending)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += g_str_has_suffix (name, ending) ? 1 : 0;
  return n;
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) actions = compute (fixture->session);
  g_autoptr(RubisTodayList) list = rubis_today_list_new ();
  g_autoptr(GHashTable) accounts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GListModel *model = rubis_today_list_get_model (list);
  RubisActionRow *action = find_action (actions, RUBIS_ACTION_TO_DO, RUBIS_CHANNEL_EMAIL);
  g_autoptr(RubisTodayEntry) head = NULL;
  guint n_ticked;
  guint n_items;

  rubis_today_list_set_actions (list, actions);
  n_ticked = rubis_today_list_get_n_ticked (list);
  g_assert_cmpuint (n_ticked, >, 0);
  g_assert_cmpuint (n_ticked, <, rubis_today_list_get_n_to_do (list));

  /* The first group is that of the calls: nobody calls by itself, so none is ticked. */
  head = g_list_model_get_item (model, 0);
  g_assert_null (head->action);
  g_assert_cmpint (head->kind, ==, RUBIS_TODAY_CALLS);
  g_assert_cmpuint (head->n_ticked, ==, 0);
  rubis_today_list_set_ticked (list, head, TRUE);
  g_assert_cmpuint (rubis_today_list_get_n_ticked (list), ==, n_ticked + head->n_actions);
  g_assert_cmpuint (head->n_ticked, ==, head->n_actions);

  /* Ticks stay when the day is computed again. */
  rubis_today_list_set_actions (list, actions);
  g_assert_cmpuint (rubis_today_list_get_n_ticked (list), ==, n_ticked + head->n_actions);

  n_items = g_list_model_get_n_items (model);
  rubis_today_list_set_unfolded (list, head, FALSE);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, n_items - head->n_actions);

  g_hash_table_add (accounts, g_memdup2 (&action->account_id, sizeof action->account_id));
  rubis_today_list_set_accounts (list, accounts);
  g_assert_cmpuint (rubis_today_list_get_n_to_do (list), <=, 2);
  rubis_today_list_set_accounts (list, NULL);
  rubis_today_list_set_all_ticked (list, FALSE);
  g_assert_cmpuint (rubis_today_list_get_n_ticked (list), ==, 0);
}

static void
test_page (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) actions = compute (fixture->session);
  RubisActionRow *action = find_action (actions, RUBIS_ACTION_TO_DO, RUBIS_CHANNEL_CALL);
  g_autofree char *text = rubis_ui_collect_text (fixture->page);
  guint n_all = rubis_today_page_get_n_to_do (fixture->page);

  g_assert_nonnull (strstr (text, action->account_name));
  g_assert_nonnull (strstr (text, action->account_code));
  g_assert_nonnull (strstr (text, "November 2026"));

  g_object_set (fixture->page, "account-id", action->account_id, NULL);
  g_assert_cmpuint (rubis_today_page_get_n_to_do (fixture->page), >=, 1);
  g_assert_cmpuint (rubis_today_page_get_n_to_do (fixture->page), <, n_all);
  g_object_set (fixture->page, "account-id", (gint64) 0, NULL);
  g_assert_cmpuint (rubis_today_page_get_n_to_do (fixture->page), ==, n_all);
}

static gboolean
day_is_shorter (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *text = rubis_ui_collect_text (fixture->page);

  return strstr (text, "Done today") != NULL;
}

static void
test_do_cancelled (Fixture *fixture, gconstpointer data)
{
  guint n_to_do = rubis_today_page_get_n_to_do (fixture->page);
  g_autofree char *outgoing = rubis_session_get_outgoing_folder (fixture->session);
  RubisDayRun *run;

  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "today.do", NULL);
  run = rubis_ui_find_window (RUBIS_TYPE_DAY_RUN);
  rubis_ui_settle ();
  rubis_ui_destroy (run);
  g_assert_cmpuint (rubis_today_page_get_n_to_do (fixture->page), ==, n_to_do);
  g_assert_cmpuint (count_files (outgoing, ".eml"), ==, 0);
}

static guint
count_tasks (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) tasks = rubis_session_list_tasks (fixture->session, 0, 0, &error);

  g_assert_no_error (error);
  return tasks->len;
}

static gboolean
has_actions (gpointer data)
{
  Fixture *fixture = data;

  return rubis_today_page_get_n_to_do (fixture->page) > count_tasks (fixture);
}

static void
test_old_data (Fixture *fixture, gconstpointer data)
{
  gpointer dialog;

  /* Three weeks later nothing has been imported: nothing leaves, unless the user says so. */
  rubis_session_set_today (fixture->session, RUBIS_UI_TODAY + 21);
  rubis_today_page_refresh (fixture->page);
  rubis_ui_wait_text (fixture->page, "nothing leaves on data that old");
  g_assert_false (has_actions (fixture));
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "today.accept-old-data", NULL);
  dialog = rubis_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  adw_message_dialog_response (dialog, "accept");
  rubis_ui_wait (has_actions, fixture);
  rubis_ui_destroy (dialog);
}

/* What win.call and win.new-promise were asked. */
static void
asked_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GString *asked = user_data;
  g_autofree char *text = g_variant_print (parameter, FALSE);

  g_string_append_printf (asked, "%s %s\n", g_action_get_name (G_ACTION (action)), text);
}

static void
install_actions (Fixture *fixture, GString *asked)
{
  static const struct
  {
    const char *name;
    const char *type;
  } actions[] = { { "call", "x" }, { "new-promise", "(xax)" } };
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr(GVariantType) type = g_variant_type_new (actions[i].type);
      g_autoptr(GSimpleAction) action = g_simple_action_new (actions[i].name, type);

      g_signal_connect (action, "activate", G_CALLBACK (asked_cb), asked);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (fixture->window, "win", G_ACTION_GROUP (group));
}

static gboolean
lost_the_promise (gpointer data)
{
  Fixture *fixture = data;
  g_autofree char *text = rubis_ui_collect_text (fixture->page);

  return strstr (text, "on top of my pile") == NULL;
}

/* The broken promise is the first line of the day, in the customer's words; what can be done with it is one key away,
 * and it comes back by undo.
 */
static void
test_tasks (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) tasks = rubis_session_list_tasks (fixture->session, 0, 0, NULL);
  RubisTask *task = tasks->pdata[0];
  g_autofree char *text = rubis_ui_collect_text (fixture->page);
  g_autofree char *expected = NULL;
  g_autofree char *undone = NULL;
  g_autoptr(GString) asked = g_string_new (NULL);
  guint n_to_do = rubis_today_page_get_n_to_do (fixture->page);

  g_assert_cmpint (task->kind, ==, RUBIS_TASK_BROKEN_PROMISE);
  g_assert_cmpint (task->amount, ==, 328000);
  g_assert_nonnull (strstr (text, "“It is on top of my pile, I make the transfer before that day.” said Mme Noël on "
                                  "16\302\240October, on the phone"));
  g_assert_true (strstr (text, "€3,280.00 for 23\302\240October") < strstr (text, "Calls"));

  install_actions (fixture, asked);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->page));
  rubis_ui_press ("Home");
  rubis_ui_press ("Down");
  rubis_ui_press ("t");
  rubis_ui_press ("p");
  expected = g_strdup_printf ("call %" G_GINT64_FORMAT "\nnew-promise (%" G_GINT64_FORMAT ", [%" G_GINT64_FORMAT "])\n",
                              task->account_id, task->account_id, g_array_index (task->item_ids, gint64, 0));
  g_assert_cmpstr (asked->str, ==, expected);

  rubis_ui_press ("v");
  rubis_ui_wait (lost_the_promise, fixture);
  g_assert_cmpuint (rubis_today_page_get_n_to_do (fixture->page), ==, n_to_do - 1);
  undone = rubis_session_undo (fixture->session, NULL);
  g_assert_cmpstr (undone, ==, "Broken promise dealt with: Charpente Lamy");
  rubis_ui_wait_text (fixture->page, "on top of my pile");
  g_assert_cmpuint (rubis_today_page_get_n_to_do (fixture->page), ==, n_to_do);
}

/* Where the amounts of all lines end, and where the days do: each is one number when they stand in line. */
static void
collect_edges (GtkWidget *widget, GtkWidget *page, const char *css_class, GHashTable *edges)
{
  graphene_rect_t bounds;

  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, css_class) && gtk_widget_get_mapped (widget)
      && gtk_widget_compute_bounds (widget, page, &bounds))
    g_hash_table_add (edges, GINT_TO_POINTER ((int) (bounds.origin.x + bounds.size.width)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_edges (child, page, css_class, edges);
}

static void
test_columns (Fixture *fixture, gconstpointer data)
{
  static const char *const classes[] = { "today-amount", "today-days" };

  gtk_widget_set_size_request (GTK_WIDGET (fixture->page), 640, -1);
  gtk_widget_set_halign (GTK_WIDGET (fixture->page), GTK_ALIGN_START);
  rubis_ui_settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autoptr(GHashTable) edges = g_hash_table_new (NULL, NULL);

      collect_edges (GTK_WIDGET (fixture->page), GTK_WIDGET (fixture->page), classes[i], edges);
      g_assert_cmpuint (g_hash_table_size (edges), ==, 1);
    }
}

/* The account's panel says how its word is kept, and what was said; a promise is withdrawn there. */
static void
test_panel (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) tasks = rubis_session_list_tasks (fixture->session, 0, 0, NULL);
  RubisTask *task = tasks->pdata[0];
  GtkWidget *window = gtk_window_new ();
  GtkWidget *panel = rubis_account_panel_new (fixture->session);
  GtkWidget *box;
  g_autofree char *undone = NULL;

  gtk_window_set_child (GTK_WINDOW (window), panel);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 900);
  gtk_window_present (GTK_WINDOW (window));
  rubis_account_panel_set_account (RUBIS_ACCOUNT_PANEL (panel), task->account_id);
  rubis_ui_wait_text (panel, "Promises · 1 broken");
  rubis_ui_wait_text (panel, "€3,280.00 for 23/10/2026");
  rubis_ui_wait_text (panel, "“It is on top of my pile, I make the transfer before that day.” · Mme Noël · FA");
  box = rubis_ui_find (panel, RUBIS_TYPE_PROMISE_BOX, NULL);
  rubis_ui_check_names (box);
  rubis_ui_click (box, "edit-clear-symbolic");
  rubis_ui_wait_text (panel, "Withdrawn");
  rubis_ui_wait (lost_the_promise, fixture);
  undone = rubis_session_undo (fixture->session, NULL);
  g_assert_cmpstr (undone, ==, "Promise withdrawn: Charpente Lamy, €3,280.00 for 23/10/2026");
  rubis_ui_wait_text (panel, "Promises · 1 broken");
  rubis_ui_destroy (window);
}

static void
test_do (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) before = compute (fixture->session);
  g_autoptr(GPtrArray) after = NULL;
  g_autoptr(RubisRunReport) report = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *outgoing = rubis_session_get_outgoing_folder (fixture->session);
  g_autofree char *letters = g_build_filename (fixture->folder, "demo letters 2026-11-02", NULL);
  guint n_to_do = rubis_today_page_get_n_to_do (fixture->page);
  RubisActionRow *email = find_action (before, RUBIS_ACTION_TO_DO, RUBIS_CHANNEL_EMAIL);
  g_autoptr(GPtrArray) again = g_ptr_array_new ();
  RubisDayRun *run;

  g_assert_cmpuint (count_files (outgoing, ".eml"), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "today.do", NULL);
  run = rubis_ui_find_window (RUBIS_TYPE_DAY_RUN);
  g_assert_nonnull (run);
  rubis_ui_click (run, "_Do");
  rubis_ui_click (run, "_Close");
  rubis_ui_wait (day_is_shorter, fixture);

  g_assert_cmpuint (count_files (outgoing, ".eml"), >, 0);
  g_assert_cmpuint (count_files (letters, ".pdf"), >, 0);
  g_assert_cmpuint (rubis_today_page_get_n_to_do (fixture->page), <, n_to_do);

  /* Doing it again does nothing. */
  g_ptr_array_add (again, email);
  report = rubis_session_perform (fixture->session, again, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->done->len, ==, 0);
  g_assert_cmpuint (report->refused->len, ==, 1);
}

static gboolean
says_nothing_of_printer (gpointer page)
{
  g_autofree char *text = rubis_ui_collect_text (page);

  return strstr (text, "went to the printer") == NULL;
}

/* A print job without an answer is asked about, also after the program was killed. */
static void
test_at_printer (Fixture *fixture, gconstpointer data)
{
  const RubisRunOptions keep = { .keep_letters = TRUE };
  g_autoptr(GPtrArray) actions = compute (fixture->session);
  g_autoptr(GPtrArray) letters = g_ptr_array_new ();
  g_autoptr(RubisRunReport) report = NULL;
  g_autoptr(RubisPostBatch) batch = NULL;
  g_autoptr(RubisPostJob) job = NULL;
  g_autoptr(GError) error = NULL;
  gint64 id;

  g_assert_true (says_nothing_of_printer (fixture->page));
  g_ptr_array_add (letters, find_action (actions, RUBIS_ACTION_TO_DO, RUBIS_CHANNEL_LETTER));
  report = rubis_session_perform_with (fixture->session, letters, &keep, NULL, &error);
  g_assert_no_error (error);
  batch = rubis_session_load_post (fixture->session, RUBIS_DATE_NONE, FALSE, NULL, &error);
  job = rubis_session_join_post (fixture->session, batch->letters, FALSE, NULL, &error);
  g_assert_no_error (error);
  id = rubis_session_begin_print_job (fixture->session, job, "Laser", 1, &error);
  g_assert_no_error (error);
  rubis_ui_wait_text (fixture->page, "1 letter went to the printer, and nobody has said how it came out.");
  g_assert_true (rubis_session_end_print_job (fixture->session, id, TRUE, &error));
  rubis_ui_wait (says_nothing_of_printer, fixture->page);
}

static gboolean
pdf_is_ready (gpointer data)
{
  RubisPdfView *view = rubis_ui_find (data, RUBIS_TYPE_PDF_VIEW, NULL);

  return view != NULL && gtk_widget_get_mapped (GTK_WIDGET (view)) && rubis_pdf_view_is_ready (view);
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) actions = compute (fixture->session);
  g_autoptr(GPtrArray) shown = g_ptr_array_new ();
  RubisActionRow *email = find_action (actions, RUBIS_ACTION_TO_DO, RUBIS_CHANNEL_EMAIL);
  RubisActionRow *letter = find_action (actions, RUBIS_ACTION_TO_DO, RUBIS_CHANNEL_LETTER);
  GtkWidget *window;
  RubisPdfView *view;

  g_ptr_array_add (shown, email);
  g_ptr_array_add (shown, letter);
  window = rubis_preview_window_new (NULL, fixture->session, shown, 0);
  gtk_window_present (GTK_WINDOW (window));
  rubis_ui_wait_text (window, "Subject");
  rubis_ui_wait_text (window, email->account_name);
  gtk_widget_activate_action (window, "preview.next", NULL);
  rubis_ui_wait_text (window, letter->account_name);
  rubis_ui_wait (pdf_is_ready, window);
  view = rubis_ui_find (window, RUBIS_TYPE_PDF_VIEW, NULL);
  g_assert_cmpuint (rubis_pdf_view_get_n_pages (view), >=, 1);
  rubis_ui_wait_text (window, "Page 1 / ");
  gtk_widget_activate_action (GTK_WIDGET (view), "pdf.zoom-original", NULL);
  rubis_ui_wait_text (window, "100 %");
  rubis_ui_destroy (window);
}

static void
test_sheet (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) actions = compute (fixture->session);
  g_autoptr(GPtrArray) two = g_ptr_array_new ();
  RubisActionRow *call = find_action (actions, RUBIS_ACTION_TO_DO, RUBIS_CHANNEL_CALL);
  RubisActionRow *email = find_action (actions, RUBIS_ACTION_TO_DO, RUBIS_CHANNEL_EMAIL);
  gboolean call_first = call->amount > email->amount;
  g_autoptr(RubisAccountCard) card = NULL;
  g_autoptr(GError) error = NULL;
  GtkWidget *sheet;
  gboolean noted = FALSE;

  g_ptr_array_add (two, call);
  g_ptr_array_add (two, email);
  sheet = rubis_action_sheet_new (NULL, fixture->session, two);
  gtk_window_present (GTK_WINDOW (sheet));
  rubis_ui_wait_text (sheet, call_first ? call->account_name : email->account_name);
  if (call_first)
    {
      gtk_editable_set_text (rubis_ui_find (sheet, GTK_TYPE_ENTRY, NULL), "Mme Noël pays on Friday");
      rubis_ui_click (sheet, "_Done");
      rubis_ui_wait_text (sheet, email->account_name);
      gtk_widget_activate_action (sheet, "sheet.skip", NULL);
    }
  else
    {
      gtk_widget_activate_action (sheet, "sheet.skip", NULL);
      rubis_ui_wait_text (sheet, call->account_name);
      gtk_editable_set_text (rubis_ui_find (sheet, GTK_TYPE_ENTRY, NULL), "Mme Noël pays on Friday");
      rubis_ui_click (sheet, "_Done");
    }
  rubis_ui_wait_text (sheet, "1 done, 1 skipped");
  rubis_ui_destroy (sheet);

  card = rubis_session_load_account (fixture->session, call->account_id, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < card->events->len; i++)
    {
      RubisEventRow *event = card->events->pdata[i];

      noted |= strstr (event->title, "Noël pays on Friday") != NULL
               || strstr (event->detail, "Noël pays on Friday") != NULL;
    }
  g_assert_true (noted);
}

static void
test_why (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) actions = compute (fixture->session);
  RubisActionRow *call = find_action (actions, RUBIS_ACTION_TO_DO, RUBIS_CHANNEL_CALL);
  gint64 item_id = g_array_index (call->item_ids, gint64, 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) reasons = rubis_session_explain_item (fixture->session, item_id, &error);
  RubisWhyPopover *popover;

  g_assert_no_error (error);
  g_assert_cmpuint (reasons->len, >, 0);
  popover = rubis_why_popover_present_item (GTK_WIDGET (fixture->page), NULL, fixture->session, item_id,
                                            call->numbers->pdata[0]);
  rubis_ui_wait_text (popover, reasons->pdata[0]);
  gtk_popover_popdown (GTK_POPOVER (popover));
  rubis_ui_settle ();
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 77;
  g_test_add ("/ui/day/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/ui/day/page", Fixture, NULL, set_up, test_page, tear_down);
  g_test_add ("/ui/day/do-cancelled", Fixture, NULL, set_up, test_do_cancelled, tear_down);
  g_test_add ("/ui/day/old-data", Fixture, NULL, set_up, test_old_data, tear_down);
  g_test_add ("/ui/day/tasks", Fixture, NULL, set_up, test_tasks, tear_down);
  g_test_add ("/ui/day/columns", Fixture, NULL, set_up, test_columns, tear_down);
  g_test_add ("/ui/day/panel", Fixture, NULL, set_up, test_panel, tear_down);
  g_test_add ("/ui/day/do", Fixture, NULL, set_up, test_do, tear_down);
  g_test_add ("/ui/day/at-printer", Fixture, NULL, set_up, test_at_printer, tear_down);
  g_test_add ("/ui/day/preview", Fixture, NULL, set_up, test_preview, tear_down);
  g_test_add ("/ui/day/sheet", Fixture, NULL, set_up, test_sheet, tear_down);
  g_test_add ("/ui/day/why", Fixture, NULL, set_up, test_why, tear_down);
  return g_test_run ();
}
