#include "rubis-find-bar.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

struct _RubisFindBar
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkWidget *find_entry;
  GtkLabel *count_label;
  GtkWidget *replace_box;
  GtkWidget *replace_entry;

  GtkSourceView *view;               /* (unowned) */
  GtkSourceSearchSettings *settings; /* (owned) */
  GtkSourceSearchContext *context;   /* (owned) */
};

G_DEFINE_FINAL_TYPE (RubisFindBar, rubis_find_bar, ADW_TYPE_BIN)

static GtkTextBuffer *
get_buffer (RubisFindBar *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view));
}

static void
update_count (RubisFindBar *self)
{
  GtkTextIter start, end;
  int n = gtk_source_search_context_get_occurrences_count (self->context);
  gboolean searches = *gtk_editable_get_text (GTK_EDITABLE (self->find_entry)) != '\0';
  g_autofree char *text = NULL;
  int position;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  position = gtk_source_search_context_get_occurrence_position (self->context, &start, &end);
  if (!searches || n < 0)
    text = g_strdup ("");
  else if (n == 0)
    text = g_strdup (_ ("Not found"));
  else if (position > 0)
    /* Translators: which of the places found, as in "2 of 5". */
    text = g_strdup_printf (_ ("%d of %d"), position, n);
  else
    text = g_strdup_printf (ngettext ("%d found", "%d found", (gulong)n), n);
  gtk_label_set_label (self->count_label, text);
  if (searches && n == 0)
    gtk_widget_add_css_class (self->find_entry, "error");
  else
    gtk_widget_remove_css_class (self->find_entry, "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.replace", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "find.replace-all", n > 0);
}

static void
show_match (RubisFindBar *self, const GtkTextIter *start, const GtkTextIter *end)
{
  gtk_text_buffer_select_range (get_buffer (self), start, end);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (get_buffer (self)),
                                0.1, FALSE, 0, 0);
}

/* From the selection on, or from before it. */
static void
go (RubisFindBar *self, gboolean back, gboolean stay)
{
  GtkTextIter start, end, match_start, match_end;
  gboolean wrapped;
  gboolean found;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  found = back
              ? gtk_source_search_context_backward (self->context, &start, &match_start, &match_end, &wrapped)
              : gtk_source_search_context_forward (self->context, stay ? &start : &end, &match_start,
                                                   &match_end, &wrapped);
  if (found)
    show_match (self, &match_start, &match_end);
  update_count (self);
}

static void
find_changed_cb (RubisFindBar *self)
{
  gtk_source_search_settings_set_search_text (self->settings,
                                              gtk_editable_get_text (GTK_EDITABLE (self->find_entry)));
  go (self, FALSE, TRUE);
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go (RUBIS_FIND_BAR (widget), g_str_equal (name, "find.previous"), FALSE);
}

static void
next_cb (RubisFindBar *self)
{
  go (self, FALSE, FALSE);
}

static void
replace_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisFindBar *self = RUBIS_FIND_BAR (widget);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->replace_entry));
  GtkTextIter start, end;

  if (g_str_equal (name, "find.replace-all"))
    gtk_source_search_context_replace_all (self->context, text, (int)strlen (text), NULL);
  else
    {
      gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
      gtk_source_search_context_replace (self->context, &start, &end, text, (int)strlen (text), NULL);
    }
  go (self, FALSE, FALSE);
}

static void
replace_activated_cb (RubisFindBar *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "find.replace", NULL);
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_find_bar_close (RUBIS_FIND_BAR (widget));
}

static void
rubis_find_bar_dispose (GObject *object)
{
  RubisFindBar *self = RUBIS_FIND_BAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_FIND_BAR);
  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (rubis_find_bar_parent_class)->dispose (object);
}

static void
rubis_find_bar_class_init (RubisFindBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_find_bar_dispose;
  gtk_widget_class_install_action (widget_class, "find.next", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "find.previous", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "find.replace", NULL, replace_action);
  gtk_widget_class_install_action (widget_class, "find.replace-all", NULL, replace_action);
  gtk_widget_class_install_action (widget_class, "find.close", NULL, close_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "find.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK, "find.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "find.previous", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-find-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RubisFindBar, find_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisFindBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, RubisFindBar, replace_box);
  gtk_widget_class_bind_template_child (widget_class, RubisFindBar, replace_entry);
  gtk_widget_class_bind_template_callback (widget_class, find_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, replace_activated_cb);
}

static void
rubis_find_bar_init (RubisFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rubis_find_bar_set_view (RubisFindBar *self, GtkSourceView *view)
{
  g_return_if_fail (RUBIS_IS_FIND_BAR (self));
  g_return_if_fail (GTK_SOURCE_IS_VIEW (view));

  self->view = view;
  self->settings = gtk_source_search_settings_new ();
  gtk_source_search_settings_set_wrap_around (self->settings, TRUE);
  self->context = gtk_source_search_context_new (GTK_SOURCE_BUFFER (get_buffer (self)), self->settings);
  gtk_source_search_context_set_highlight (self->context, FALSE);
  g_signal_connect_object (self->context, "notify::occurrences-count", G_CALLBACK (update_count), self,
                           G_CONNECT_SWAPPED);
}

void
rubis_find_bar_open (RubisFindBar *self, gboolean replace)
{
  GtkTextIter start, end;

  g_return_if_fail (RUBIS_IS_FIND_BAR (self));

  gtk_widget_set_visible (self->replace_box, replace);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_source_search_context_set_highlight (self->context, TRUE);
  if (gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end)
      && gtk_text_iter_get_line (&start) == gtk_text_iter_get_line (&end))
    {
      g_autofree char *selected = gtk_text_buffer_get_text (get_buffer (self), &start, &end, FALSE);

      gtk_editable_set_text (GTK_EDITABLE (self->find_entry), selected);
    }
  gtk_editable_select_region (GTK_EDITABLE (self->find_entry), 0, -1);
  gtk_widget_grab_focus (self->find_entry);
  find_changed_cb (self);
}

void
rubis_find_bar_close (RubisFindBar *self)
{
  g_return_if_fail (RUBIS_IS_FIND_BAR (self));

  if (!gtk_revealer_get_reveal_child (self->revealer))
    return;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  gtk_source_search_context_set_highlight (self->context, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
