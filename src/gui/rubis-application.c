#include "rubis-application.h"

#include <glib/gi18n-lib.h>

#include "rubis-help-window.h"
#include "rubis-template-editor.h"
#include "rubis-preferences.h"
#include "rubis-ui.h"
#include "rubis-window.h"

struct _RubisApplication {
  AdwApplication parent_instance;

  RubisPreferences *preferences;  /* (owned) */
  RubisClockFunc clock;
  RubisDate today;
  gboolean fixed_today;           /* by --today: the clock is not asked */
  guint clock_timeout;
};

G_DEFINE_FINAL_TYPE (RubisApplication, rubis_application, ADW_TYPE_APPLICATION)

static const struct {
  const char *action;
  const char *keys[3];
} accels[] = {
  { "win.new", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.import", { "<Control>i" } },
  { "win.search", { "<Control>k" } },
  { "win.filter", { "<Control>f" } },
  { "win.refresh", { "F5" } },
  { "win.recall", { "<Control><Shift>r" } },
  { "win.thread(int64 0)", { "<Control>e" } },
  { "win.show-scope-view", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.call-session", { "<Control><Shift>t" } },
  { "win.toggle-tree", { "F9" } },
  { "win.toggle-panel", { "F12", "<Alt>Return" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.place::today", { "<Control>1" } },
  { "win.place::invoices", { "<Control>2" } },
  { "win.place::disputes", { "<Control>3" } },
  { "win.place::letters", { "<Control>4" } },
  { "window.close", { "<Control>w" } },
  { "app.help", { "F1" } },
  { "app.quit", { "<Control>q" } },
};

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (user_data));

  adw_show_about_window (parent,
                         "application-name", "Rubis",
                         "application-icon", RUBIS_APPLICATION_ID,
                         "version", RUBIS_VERSION,
                         "comments", _("Your invoices paid on time, and proof of every step."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

/* One help window is enough: it comes to the front. */
static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *self = GTK_APPLICATION (user_data);
  GtkWindow *parent = gtk_application_get_active_window (self);
  GListModel *windows = gtk_window_get_toplevels ();

  GtkWidget *focus = parent != NULL ? gtk_window_get_focus (parent) : NULL;
  GtkWidget *help = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows) && help == NULL; i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (RUBIS_IS_HELP_WINDOW (window))
        help = GTK_WIDGET (window);
    }
  if (help == NULL)
    help = rubis_help_window_new (parent);
  gtk_window_present (GTK_WINDOW (help));
  /* Who writes a template asks about templates. */
  if (focus != NULL && gtk_widget_get_ancestor (focus, RUBIS_TYPE_TEMPLATE_EDITOR) != NULL)
    rubis_help_window_show_topic (RUBIS_HELP_WINDOW (help), RUBIS_GUIDE_TEMPLATES);
}

/* From the notification of a callback: the dossier may be open in another window, or closed by now. */
static void
call_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  const char *path;
  gint64 account_id;

  g_variant_get (parameter, "(&sx)", &path, &account_id);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (user_data)); l != NULL; l = l->next)
    {
      RubisSession *session = RUBIS_IS_WINDOW (l->data) ? rubis_window_get_session (l->data) : NULL;

      if (session == NULL || g_strcmp0 (rubis_session_get_path (session), path) != 0)
        continue;
      gtk_window_present (GTK_WINDOW (l->data));
      gtk_widget_activate_action (GTK_WIDGET (l->data), "win.call", "x", account_id);
      return;
    }
}

/* Each window is asked to close, so that it keeps its size and what was being typed. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static gboolean
clock_cb (gpointer user_data)
{
  RubisApplication *self = user_data;
  RubisDate today = self->clock ();

  if (today == self->today)
    return G_SOURCE_CONTINUE;
  self->today = today;
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (RUBIS_IS_WINDOW (l->data))
        rubis_window_set_today (l->data, today);
    }
  return G_SOURCE_CONTINUE;
}

static RubisWindow *
make_window (RubisApplication *self)
{
  return rubis_window_new (GTK_APPLICATION (self), self->preferences, self->today);
}

/* The window that shows @path, else one without a dossier, else a new one. */
static RubisWindow *
find_window_for (RubisApplication *self, const char *path)
{
  RubisWindow *empty = NULL;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      RubisSession *session = RUBIS_IS_WINDOW (l->data) ? rubis_window_get_session (l->data) : NULL;

      if (session != NULL && g_strcmp0 (rubis_session_get_path (session), path) == 0)
        return l->data;
      if (session == NULL && RUBIS_IS_WINDOW (l->data))
        empty = l->data;
    }
  return empty != NULL ? empty : make_window (self);
}

static void
rubis_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (make_window (RUBIS_APPLICATION (application)));
  gtk_window_present (window);
}

/* A dossier opens in a window of its own; other files are read into the dossier that is open. */
static void
rubis_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  RubisApplication *self = RUBIS_APPLICATION (application);
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  RubisWindow *window = NULL;

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_file_get_path (files[i]);

      if (path == NULL)
        continue;
      if (!g_str_has_suffix (path, ".rubis"))
        {
          g_ptr_array_add (others, g_steal_pointer (&path));
          continue;
        }
      window = find_window_for (self, path);
      rubis_window_open (window, path);
      gtk_window_present (GTK_WINDOW (window));
    }
  if (others->len == 0 && window != NULL)
    return;
  rubis_application_activate (application);
  window = RUBIS_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  if (others->len > 0)
    rubis_window_take_files (window, others);
}

static int
rubis_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  RubisApplication *self = RUBIS_APPLICATION (application);
  const char *text;

  self->today = self->clock ();
  if (!g_variant_dict_lookup (options, "today", "&s", &text))
    return -1;
  self->today = rubis_date_parse_iso (text);
  self->fixed_today = TRUE;
  if (self->today != RUBIS_DATE_NONE)
    {
      /* A day of its own is not for the windows that are open already. */
      g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
      return -1;
    }
  g_printerr (_("“%s” is not a day: write it as YYYY-MM-DD\n"), text);
  return 2;
}

static void
rubis_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { "about", about_action, NULL, NULL, NULL, { 0 } },
    { "help", help_action, NULL, NULL, NULL, { 0 } },
    { "quit", quit_action, NULL, NULL, NULL, { 0 } },
    { "call", call_action, "(sx)", NULL, NULL, { 0 } },
  };
  RubisApplication *self = RUBIS_APPLICATION (application);

  G_APPLICATION_CLASS (rubis_application_parent_class)->startup (application);
  rubis_ui_init ();
  self->preferences = rubis_preferences_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           (const char *const *) accels[i].keys);
  gtk_window_set_default_icon_name (RUBIS_APPLICATION_ID);
  if (!self->fixed_today)
    self->clock_timeout = g_timeout_add_seconds (60, clock_cb, self);
}

static void
rubis_application_shutdown (GApplication *application)
{
  RubisApplication *self = RUBIS_APPLICATION (application);

  g_clear_handle_id (&self->clock_timeout, g_source_remove);
  G_APPLICATION_CLASS (rubis_application_parent_class)->shutdown (application);
}

static void
rubis_application_finalize (GObject *object)
{
  RubisApplication *self = RUBIS_APPLICATION (object);

  g_clear_pointer (&self->preferences, rubis_preferences_free);
  G_OBJECT_CLASS (rubis_application_parent_class)->finalize (object);
}

static void
rubis_application_class_init (RubisApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rubis_application_finalize;
  application_class->startup = rubis_application_startup;
  application_class->shutdown = rubis_application_shutdown;
  application_class->activate = rubis_application_activate;
  application_class->open = rubis_application_open;
  application_class->handle_local_options = rubis_application_handle_local_options;
}

static void
rubis_application_init (RubisApplication *self)
{
}

RubisApplication *
rubis_application_new (RubisClockFunc clock)
{
  RubisApplication *self;

  g_return_val_if_fail (clock != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_APPLICATION,
                       "application-id", RUBIS_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", RUBIS_RESOURCE_PATH,
                       NULL);
  self->clock = clock;
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[FILE…]"));
  g_application_add_main_option (G_APPLICATION (self), "today", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING,
                                 _("The day to work as (default: today)"), _("YYYY-MM-DD"));
  return self;
}
