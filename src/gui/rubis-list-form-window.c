#include "rubis-list-form-window.h"

#include <glib/gi18n-lib.h>

#include "rubis-plain.h"
#include "rubis-ui.h"

typedef struct
{
  GtkListBox *list;
  AdwWindowTitle *list_title;
  AdwWindowTitle *form_title;
  GtkButton *add_button;
  GtkButton *empty_add_button;
  GtkButton *remove_button;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkLabel *problem;
  AdwBin *form_bin;

  RubisListFormTexts texts;
  GtkWidget *first;      /* (unowned) */
  RubisSession *session; /* (owned) (nullable) */
  GPtrArray *records;    /* (owned) (nullable) */
  char *shown;           /* (owned) (nullable) key of the record in the form; NULL: a new one, or none */
  gboolean adding;
  gboolean edited;
  gboolean updating;
} RubisListFormWindowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RubisListFormWindow, rubis_list_form_window, ADW_TYPE_WINDOW)

static RubisListFormWindowPrivate *
get_private (RubisListFormWindow *self)
{
  return rubis_list_form_window_get_instance_private (self);
}

static void
show_problem (RubisListFormWindow *self, const char *text)
{
  RubisListFormWindowPrivate *priv = get_private (self);

  gtk_label_set_label (priv->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->problem), text != NULL);
}

static void
set_edited (RubisListFormWindow *self, gboolean edited)
{
  get_private (self)->edited = edited;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.save", edited);
}

/* --- the list and the form --- */

static gpointer
find_record (RubisListFormWindow *self, const char *key)
{
  RubisListFormWindowPrivate *priv = get_private (self);

  for (guint i = 0; key != NULL && priv->records != NULL && i < priv->records->len; i++)
    {
      gpointer record = g_ptr_array_index (priv->records, i);
      g_autofree char *other = RUBIS_LIST_FORM_WINDOW_GET_CLASS (self)->dup_key (record);

      if (g_str_equal (key, other))
        return record;
    }
  return NULL;
}

static GtkWidget *
make_row (RubisListFormWindow *self, gpointer record)
{
  RubisListFormWindowClass *klass = RUBIS_LIST_FORM_WINDOW_GET_CLASS (self);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;
  gboolean active = klass->describe (self, record, &title, &subtitle);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  rubis_plain_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_set_tooltip_text (row, title);
  if (!active)
    gtk_widget_add_css_class (row, "dim-label");
  g_object_set_data_full (G_OBJECT (row), "rubis-key", klass->dup_key (record), g_free);
  return row;
}

static void
show_form (RubisListFormWindow *self)
{
  RubisListFormWindowClass *klass = RUBIS_LIST_FORM_WINDOW_GET_CLASS (self);
  RubisListFormWindowPrivate *priv = get_private (self);
  gpointer record = find_record (self, priv->shown);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  show_problem (self, NULL);
  set_edited (self, FALSE);
  gtk_stack_set_visible_child_name (priv->stack, record != NULL || priv->adding ? "form" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.remove", record != NULL && klass->remove != NULL);
  gtk_widget_set_visible (GTK_WIDGET (priv->remove_button), record != NULL && klass->remove != NULL);
  if (record != NULL)
    klass->describe (self, record, &title, &subtitle);
  adw_window_title_set_title (priv->form_title, record != NULL ? title
                                                : priv->adding ? priv->texts.new_title
                                                               : "");
  priv->updating = TRUE;
  if (record != NULL || priv->adding)
    klass->show (self, record);
  priv->updating = FALSE;
}

static void
row_selected_cb (RubisListFormWindow *self, GtkListBoxRow *row)
{
  RubisListFormWindowPrivate *priv = get_private (self);

  if (priv->updating || priv->list == NULL || row == NULL)
    return;
  g_free (priv->shown);
  priv->shown = g_strdup (g_object_get_data (G_OBJECT (row), "rubis-key"));
  priv->adding = FALSE;
  show_form (self);
}

static void
fill (RubisListFormWindow *self)
{
  RubisListFormWindowClass *klass = RUBIS_LIST_FORM_WINDOW_GET_CLASS (self);
  RubisListFormWindowPrivate *priv = get_private (self);
  gboolean found = find_record (self, priv->shown) != NULL;
  GtkWidget *child;

  if (!found && !priv->adding && priv->records->len > 0)
    {
      g_free (priv->shown);
      priv->shown = klass->dup_key (g_ptr_array_index (priv->records, 0));
    }
  priv->updating = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (priv->list))) != NULL)
    gtk_list_box_remove (priv->list, child);
  for (guint i = 0; i < priv->records->len; i++)
    {
      GtkWidget *row = make_row (self, g_ptr_array_index (priv->records, i));

      gtk_list_box_append (priv->list, row);
      if (!priv->adding && g_strcmp0 (g_object_get_data (G_OBJECT (row), "rubis-key"), priv->shown) == 0)
        gtk_list_box_select_row (priv->list, GTK_LIST_BOX_ROW (row));
    }
  priv->updating = FALSE;
  /* What is being typed stays. */
  if (!priv->edited || (!found && !priv->adding))
    show_form (self);
}

/* --- reading --- */

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return RUBIS_LIST_FORM_WINDOW_GET_CLASS (data)->list (data, session, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisListFormWindow) self = user_data;
  RubisListFormWindowPrivate *priv = get_private (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (priv->session == NULL)
    return;
  if (records == NULL)
    {
      show_problem (self, error->message);
      return;
    }
  g_clear_pointer (&priv->records, g_ptr_array_unref);
  priv->records = g_steal_pointer (&records);
  fill (self);
}

static void
refresh (RubisListFormWindow *self)
{
  RubisListFormWindowPrivate *priv = get_private (self);

  if (priv->session != NULL)
    /* The reference of the answer holds the window meanwhile; one of the work could be let go by another
     * thread. */
    rubis_ui_read_async (priv->session, read_work, self, NULL, (GDestroyNotify)g_ptr_array_unref, NULL,
                         read_cb, g_object_ref (self));
}

/* --- keeping --- */

typedef struct
{
  RubisListFormWindow *window; /* (owned) */
  gpointer record;             /* (owned) */
  gboolean remove;
} Order;

static void
order_free (Order *self)
{
  RUBIS_LIST_FORM_WINDOW_GET_CLASS (self->window)->free_record (self->record);
  g_object_unref (self->window);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

/* The key of what was kept, "" when it was removed. */
static gpointer
do_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Order *order = data;
  RubisListFormWindowClass *klass = RUBIS_LIST_FORM_WINDOW_GET_CLASS (order->window);

  if (!order->remove)
    return klass->save (order->window, session, order->record, error);
  return klass->remove (order->window, session, order->record, error) ? g_strdup ("") : NULL;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  RubisListFormWindow *self = order->window;
  RubisListFormWindowPrivate *priv = get_private (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *key = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (priv->session == NULL)
    return;
  show_problem (self, error != NULL ? error->message : NULL);
  if (key == NULL)
    return;
  set_edited (self, FALSE);
  priv->adding = FALSE;
  g_free (priv->shown);
  priv->shown = order->remove ? NULL : g_steal_pointer (&key);
  rubis_ui_toast (GTK_WIDGET (self), order->remove ? priv->texts.removed : priv->texts.kept, TRUE);
  refresh (self);
}

/* @record: (transfer full) */
static void
run (RubisListFormWindow *self, gpointer record, gboolean remove)
{
  Order *order = g_new0 (Order, 1);

  order->window = g_object_ref (self);
  order->record = record;
  order->remove = remove;
  rubis_session_run_async (get_private (self)->session, NULL, do_work, order, NULL, g_free, NULL, done_cb,
                           order);
}

/* @widget's record, as typed */
static gpointer
read_form (RubisListFormWindow *self)
{
  return RUBIS_LIST_FORM_WINDOW_GET_CLASS (self)->read (self, rubis_list_form_window_get_shown (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisListFormWindow *self = RUBIS_LIST_FORM_WINDOW (widget);

  if (get_private (self)->session != NULL)
    run (self, read_form (self), FALSE);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisListFormWindow *self = RUBIS_LIST_FORM_WINDOW (widget);

  if (get_private (self)->session != NULL && rubis_list_form_window_get_shown (self) != NULL)
    run (self, read_form (self), TRUE);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisListFormWindow *self = RUBIS_LIST_FORM_WINDOW (widget);
  RubisListFormWindowPrivate *priv = get_private (self);

  g_clear_pointer (&priv->shown, g_free);
  priv->adding = TRUE;
  gtk_list_box_unselect_all (priv->list);
  show_form (self);
  gtk_widget_grab_focus (priv->first);
}

/* --- the class --- */

static void
rubis_list_form_window_dispose (GObject *object)
{
  RubisListFormWindowPrivate *priv = get_private (RUBIS_LIST_FORM_WINDOW (object));

  if (priv->session != NULL)
    g_signal_handlers_disconnect_by_data (priv->session, object);
  g_clear_object (&priv->session);
  g_clear_pointer (&priv->records, g_ptr_array_unref);
  g_clear_pointer (&priv->shown, g_free);
  /* GTK 4.8 disposes templates of the last class only: the children go with the content of the window. */
  G_OBJECT_CLASS (rubis_list_form_window_parent_class)->dispose (object);
}

static void
rubis_list_form_window_class_init (RubisListFormWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_list_form_window_dispose;
  gtk_widget_class_install_action (widget_class, "form.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "form.remove", NULL, remove_action);
  gtk_widget_class_install_action (widget_class, "form.add", NULL, add_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "form.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "form.add", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-list-form-window.ui");
  gtk_widget_class_bind_template_child_private (widget_class, RubisListFormWindow, list);
  gtk_widget_class_bind_template_child_private (widget_class, RubisListFormWindow, list_title);
  gtk_widget_class_bind_template_child_private (widget_class, RubisListFormWindow, form_title);
  gtk_widget_class_bind_template_child_private (widget_class, RubisListFormWindow, add_button);
  gtk_widget_class_bind_template_child_private (widget_class, RubisListFormWindow, empty_add_button);
  gtk_widget_class_bind_template_child_private (widget_class, RubisListFormWindow, remove_button);
  gtk_widget_class_bind_template_child_private (widget_class, RubisListFormWindow, stack);
  gtk_widget_class_bind_template_child_private (widget_class, RubisListFormWindow, empty_page);
  gtk_widget_class_bind_template_child_private (widget_class, RubisListFormWindow, problem);
  gtk_widget_class_bind_template_child_private (widget_class, RubisListFormWindow, form_bin);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
rubis_list_form_window_init (RubisListFormWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rubis_list_form_window_build (RubisListFormWindow *self, const RubisListFormTexts *texts, GtkWidget *form,
                              GtkWidget *first)
{
  RubisListFormWindowPrivate *priv = get_private (self);

  g_return_if_fail (RUBIS_IS_LIST_FORM_WINDOW (self) && texts != NULL);

  priv->texts = *texts;
  priv->first = first;
  gtk_window_set_title (GTK_WINDOW (self), texts->title);
  adw_window_title_set_title (priv->list_title, texts->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->list), GTK_ACCESSIBLE_PROPERTY_LABEL, texts->title,
                                  -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (priv->add_button), texts->add);
  gtk_accessible_update_property (GTK_ACCESSIBLE (priv->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  texts->add, -1);
  gtk_button_set_label (priv->empty_add_button, texts->new_title);
  adw_status_page_set_title (priv->empty_page, texts->title);
  rubis_plain_set_description (priv->empty_page, texts->empty);
  if (texts->remove != NULL)
    gtk_button_set_label (priv->remove_button, texts->remove);
  else
    gtk_box_remove (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (priv->remove_button))),
                    GTK_WIDGET (priv->remove_button));
  adw_bin_set_child (priv->form_bin, form);
}

void
rubis_list_form_window_mark_edited (RubisListFormWindow *self)
{
  g_return_if_fail (RUBIS_IS_LIST_FORM_WINDOW (self));

  if (!get_private (self)->updating)
    set_edited (self, TRUE);
}

gconstpointer
rubis_list_form_window_get_shown (RubisListFormWindow *self)
{
  g_return_val_if_fail (RUBIS_IS_LIST_FORM_WINDOW (self), NULL);

  return find_record (self, get_private (self)->shown);
}

GPtrArray *
rubis_list_form_window_get_records (RubisListFormWindow *self)
{
  g_return_val_if_fail (RUBIS_IS_LIST_FORM_WINDOW (self), NULL);

  return get_private (self)->records;
}

void
rubis_list_form_window_keep (RubisListFormWindow *self, gpointer record)
{
  g_return_if_fail (RUBIS_IS_LIST_FORM_WINDOW (self) && record != NULL);

  run (self, record, FALSE);
}

void
rubis_list_form_window_open (RubisListFormWindow *self, RubisSession *session)
{
  RubisListFormWindowPrivate *priv = get_private (self);

  g_return_if_fail (RUBIS_IS_LIST_FORM_WINDOW (self) && RUBIS_IS_SESSION (session));

  priv->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  gtk_window_present (GTK_WINDOW (self));
}
