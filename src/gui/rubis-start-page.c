#include "rubis-start-page.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

struct _RubisStartPage {
  AdwBin parent_instance;

  GtkWidget *recent_box;
  GtkListBox *recent_list;
};

G_DEFINE_FINAL_TYPE (RubisStartPage, rubis_start_page, ADW_TYPE_BIN)

static GtkWidget *
make_recent_row (const char *path)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name_shown = g_filename_display_name (name);
  g_autofree char *folder_shown = g_filename_display_name (folder);
  char *extension = strrchr (name_shown, '.');

  if (extension != NULL && extension != name_shown)
    *extension = '\0';
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name_shown);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder_shown);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-path");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", path);
  return row;
}

static void
rubis_start_page_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_START_PAGE);
  G_OBJECT_CLASS (rubis_start_page_parent_class)->dispose (object);
}

static void
rubis_start_page_class_init (RubisStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_start_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisStartPage, recent_box);
  gtk_widget_class_bind_template_child (widget_class, RubisStartPage, recent_list);
}

static void
rubis_start_page_init (RubisStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_start_page_new (void)
{
  return g_object_new (RUBIS_TYPE_START_PAGE, NULL);
}

void
rubis_start_page_set_recent (RubisStartPage *self, const char *const *paths)
{
  GtkWidget *child;

  g_return_if_fail (RUBIS_IS_START_PAGE (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL)
    gtk_list_box_remove (self->recent_list, child);
  /* More than five would push the choices out of a small window; the others are in "Open". */
  for (guint i = 0; paths != NULL && paths[i] != NULL && i < 5; i++)
    gtk_list_box_append (self->recent_list, make_recent_row (paths[i]));
  gtk_widget_set_visible (self->recent_box, paths != NULL && paths[0] != NULL);
}
