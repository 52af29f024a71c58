#include "rubis-ui-test.h"

#include <string.h>

#include "rubis-demo.h"
#include "rubis-ui.h"

gboolean
rubis_ui_test_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }
  adw_init ();
  rubis_ui_init ();
  return TRUE;
}

RubisSession *
rubis_ui_test_demo (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, "demo.rubis", NULL);
  RubisSession *session = rubis_session_create_demo (path, RUBIS_UI_TODAY, NULL, &error);

  g_assert_no_error (error);
  return session;
}

RubisSession *
rubis_ui_test_copy_demo (const char *folder)
{
  static GBytes *made = NULL;
  g_autofree char *path = g_build_filename (folder, "demo.rubis", NULL);
  g_autoptr (GError) error = NULL;
  RubisSession *session;

  if (made == NULL)
    {
      g_autofree char *content = NULL;
      gsize size;

      session = rubis_ui_test_demo (folder);
      rubis_session_close (session);
      g_object_unref (session);
      g_file_get_contents (path, &content, &size, &error);
      g_assert_no_error (error);
      made = g_bytes_new_take (g_steal_pointer (&content), size);
    }
  g_file_set_contents (path, g_bytes_get_data (made, NULL), (gssize)g_bytes_get_size (made), &error);
  g_assert_no_error (error);
  session = rubis_session_open (path, RUBIS_UI_TODAY, &error);
  g_assert_no_error (error);
  return session;
}

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  if (GTK_IS_BUTTON (widget))
    return gtk_button_get_label (GTK_BUTTON (widget)) != NULL ? gtk_button_get_label (GTK_BUTTON (widget))
                                                              : gtk_button_get_icon_name (GTK_BUTTON (widget));
  if (ADW_IS_PREFERENCES_ROW (widget))
    return adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  if (GTK_IS_CHECK_BUTTON (widget))
    return gtk_check_button_get_label (GTK_CHECK_BUTTON (widget));
  return NULL;
}

gpointer
rubis_ui_find (gpointer root, GType type, const char *text)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && (text == NULL || g_strcmp0 (get_text (root), text) == 0))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = rubis_ui_find (child, type, text);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gpointer
rubis_ui_find_named (gpointer root, GType type, const char *name)
{
  g_autofree char *wrong = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    {
      wrong = gtk_test_accessible_check_property (root, GTK_ACCESSIBLE_PROPERTY_LABEL, name);
      if (wrong == NULL)
        return root;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = rubis_ui_find_named (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

gpointer
rubis_ui_find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i - 1);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  return NULL;
}

static void
collect (GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_INSCRIPTION (widget) && gtk_inscription_get_text (GTK_INSCRIPTION (widget)) != NULL)
    g_string_append_printf (text, "%s\n", gtk_inscription_get_text (GTK_INSCRIPTION (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

char *
rubis_ui_collect_text (gpointer root)
{
  GString *text = g_string_new (NULL);

  collect (root, text);
  return g_string_free (text, FALSE);
}

static gboolean
wait_until (RubisUiCondition condition, gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  while (!condition (data))
    {
      if (g_get_monotonic_time () > deadline)
        return FALSE;
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (2000);
    }
  return TRUE;
}

void
rubis_ui_wait (RubisUiCondition condition, gpointer data)
{
  if (!wait_until (condition, data))
    {
      g_autofree char *all = NULL;
      GListModel *windows = gtk_window_get_toplevels ();
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, 0);

      all = window != NULL ? rubis_ui_collect_text (window) : NULL;
      g_error ("what was waited for never came; there is:\n%s", all != NULL ? all : "no window");
    }
}

typedef struct {
  gpointer root;
  const char *text;
} Wanted;

static gboolean
has_text (gpointer data)
{
  Wanted *wanted = data;
  g_autofree char *text = rubis_ui_collect_text (wanted->root);

  return strstr (text, wanted->text) != NULL;
}

void
rubis_ui_wait_text (gpointer root, const char *text)
{
  Wanted wanted = { root, text };

  if (!wait_until (has_text, &wanted))
    {
      g_autofree char *all = rubis_ui_collect_text (root);

      g_error ("“%s” never came; there is:\n%s", text, all);
    }
}

void
rubis_ui_settle (void)
{
  for (int i = 0; i < 50; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (1000);
    }
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

void
rubis_ui_destroy (gpointer window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (window, &weak);
  gtk_window_destroy (window);
  rubis_ui_wait (is_null, &weak);
}

static gboolean
can_click (gpointer data)
{
  Wanted *wanted = data;
  GtkWidget *button = rubis_ui_find (wanted->root, GTK_TYPE_BUTTON, wanted->text);

  return button != NULL && gtk_widget_get_mapped (button) && gtk_widget_is_sensitive (button);
}

void
rubis_ui_click (gpointer root, const char *text)
{
  Wanted wanted = { root, text };

  if (!wait_until (can_click, &wanted))
    g_error ("the button “%s” cannot be pressed", text);
  g_signal_emit_by_name (rubis_ui_find (root, GTK_TYPE_BUTTON, text), "clicked");
}

static void
pressed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

void
rubis_ui_press (const char *key)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "key",
                                                     "--clearmodifiers", key, NULL);
  gboolean done = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, pressed_cb, &done);
  rubis_ui_wait (is_true, &done);
  rubis_ui_settle ();
}

static gboolean
says_what_it_is (GtkWidget *widget)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
  const char *text = GTK_IS_BUTTON (widget) ? gtk_button_get_label (GTK_BUTTON (widget)) : get_text (widget);

  return (text != NULL && *text != '\0') || gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
         || gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

void
rubis_ui_check_names (gpointer root)
{
  GType types[] = { GTK_TYPE_BUTTON, GTK_TYPE_SWITCH, GTK_TYPE_ENTRY, GTK_TYPE_SEARCH_ENTRY, GTK_TYPE_LIST_VIEW,
                    GTK_TYPE_DROP_DOWN, GTK_TYPE_TEXT_VIEW };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      if (G_TYPE_CHECK_INSTANCE_TYPE (root, types[i]) && !says_what_it_is (root))
        g_error ("a %s has no name for those who cannot see it", G_OBJECT_TYPE_NAME (root));
    }
  /* The insides of rows and choosers are the toolkit's. */
  if (ADW_IS_PREFERENCES_ROW (root) || GTK_IS_DROP_DOWN (root) || GTK_IS_SPIN_BUTTON (root)
      || GTK_IS_SEARCH_ENTRY (root))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    rubis_ui_check_names (child);
}
