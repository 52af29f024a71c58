/* The help on templates in its window; and the code that is typed to send an incomplete formal notice. Needs
 * a display.
 */
#include <string.h>

#include "rubis-action-sheet.h"
#include "rubis-agenda-list.h"
#include "rubis-help-window.h"
#include "rubis-notice.h"
#include "rubis-template-editing.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

/* No text is cut: every label has the height that its words need. Returns how many there are. */
static guint
check_heights (GtkWidget *widget)
{
  guint n = 0;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget))
    {
      int needed;

      /* Measures count the margins, sizes do not. */
      gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL,
                          gtk_widget_get_width (widget) + gtk_widget_get_margin_start (widget) +
                            gtk_widget_get_margin_end (widget),
                          &needed, NULL, NULL, NULL);
      needed -= gtk_widget_get_margin_top (widget) + gtk_widget_get_margin_bottom (widget);
      g_test_message ("%s", gtk_label_get_text (GTK_LABEL (widget)));
      g_assert_cmpint (gtk_widget_get_height (widget), >=, needed);
      n++;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += check_heights (child);
  return n;
}

static void
test_help (void)
{
  GtkWidget *window = rubis_help_window_new (NULL);
  RubisHelpWindow *help = RUBIS_HELP_WINDOW (window);
  GtkEditable *search;
  g_autofree char *text = NULL;
  guint n_all;

  gtk_window_present (GTK_WINDOW (window));
  rubis_ui_settle ();
  text = rubis_ui_collect_text (window);
  /* The source and what became of it. */
  g_assert_nonnull (strstr (text, "#PLURAL{Your invoice is overdue|"));
  g_assert_nonnull (strstr (text, "Your 2 invoices are overdue: please pay them."));
  g_assert_nonnull (strstr (text, "#CustomerName"));
  g_assert_cmpuint (check_heights (window), >, 200);
  n_all = rubis_help_window_count_shown (help);
  g_assert_cmpuint (n_all, >, 150);
  search = rubis_ui_find (window, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (search, "IBAN");
  g_signal_emit_by_name (search, "search-changed");
  rubis_ui_settle ();
  g_assert_cmpuint (rubis_help_window_count_shown (help), <, n_all / 4);
  g_assert_cmpuint (rubis_help_window_count_shown (help), >, 1);
  gtk_editable_set_text (search, "zzzzz");
  g_signal_emit_by_name (search, "search-changed");
  rubis_ui_wait_text (window, "Nothing about this");
  rubis_ui_destroy (window);
}

/* A chapter is gone to, also with the keyboard, and the search is over then. */
static void
test_chapters (void)
{
  GtkWidget *window = rubis_help_window_new (NULL);
  GtkListBox *contents = rubis_ui_find (window, GTK_TYPE_LIST_BOX, NULL);
  GtkEditable *search = rubis_ui_find (window, GTK_TYPE_SEARCH_ENTRY, NULL);
  guint n_all = rubis_help_window_count_shown (RUBIS_HELP_WINDOW (window));

  gtk_window_present (GTK_WINDOW (window));
  rubis_ui_settle ();
  gtk_editable_set_text (search, "IBAN");
  g_signal_emit_by_name (search, "search-changed");
  g_signal_emit_by_name (contents, "row-activated", gtk_list_box_get_row_at_index (contents, 3));
  rubis_ui_settle ();
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  g_assert_cmpuint (rubis_help_window_count_shown (RUBIS_HELP_WINDOW (window)), ==, n_all);
  rubis_ui_destroy (window);
}

/* The formal notices of the demonstration, without the sentence of the court. */
static GPtrArray *
make_notices (RubisSession *session)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = rubis_session_load_template (session, "mise-en-demeure", "fr", 0, &error);
  g_auto(GStrv) parts = g_strsplit (text, "saisir, sans autre avis, la juridiction compétente", 2);
  g_autofree char *shorter = g_strjoinv ("agir", parts);
  g_autoptr(GPtrArray) actions = NULL;
  GPtrArray *notices = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_no_error (error);
  rubis_session_save_template (session, "mise-en-demeure", "fr", shorter, NULL, &error);
  g_assert_no_error (error);
  actions = rubis_session_compute_agenda (session, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < actions->len && notices->len == 0; i++)
    {
      RubisActionRow *action = g_ptr_array_index (actions, i);

      if (action->state == RUBIS_ACTION_TO_DO && g_str_equal (action->template_id, "mise-en-demeure") &&
          g_str_equal (action->language, "fr"))
        g_ptr_array_add (notices, g_object_ref (action));
    }
  return notices;
}

static GtkWidget *
find_entry (GtkWidget *window)
{
  GtkWidget *label = rubis_ui_find (window, GTK_TYPE_LABEL, "This formal notice lacks what it must hold");

  g_assert_nonnull (label);
  return rubis_ui_find (gtk_widget_get_parent (label), GTK_TYPE_ENTRY, NULL);
}

static void
test_notice (void)
{
  g_autofree char *folder = rubis_test_make_folder ();
  RubisSession *session = rubis_ui_test_demo (folder);
  g_autoptr(GPtrArray) notices = make_notices (session);
  GtkWidget *window;
  GtkWidget *entry;
  GtkWidget *print;

  g_assert_cmpuint (notices->len, ==, 1);
  window = rubis_action_sheet_new (NULL, session, notices);
  gtk_window_present (GTK_WINDOW (window));
  rubis_ui_wait_text (window, "This formal notice lacks what it must hold");
  rubis_ui_wait_text (window, "competent court");
  entry = find_entry (window);
  print = rubis_ui_find (window, GTK_TYPE_BUTTON, "_Print…");
  g_assert_false (gtk_widget_is_sensitive (print));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (print), rubis_notice_get_word (notices->pdata[0])));
  gtk_editable_set_text (GTK_EDITABLE (entry), "oui");
  rubis_ui_settle ();
  g_assert_false (gtk_widget_is_sensitive (print));
  gtk_editable_set_text (GTK_EDITABLE (entry), rubis_notice_get_word (notices->pdata[0]));
  rubis_ui_settle ();
  g_assert_true (gtk_widget_is_sensitive (print));
  g_assert_null (gtk_widget_get_tooltip_text (print));
  g_assert_true (rubis_session_is_notice_confirmed (session, notices->pdata[0]));
  rubis_ui_destroy (window);
  g_ptr_array_set_size (notices, 0);
  g_assert_finalize_object (session);
  rubis_test_remove_tree (folder);
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 77;
  g_test_add_func ("/help/window", test_help);
  g_test_add_func ("/help/chapters", test_chapters);
  g_test_add_func ("/help/notice", test_notice);
  return g_test_run ();
}
