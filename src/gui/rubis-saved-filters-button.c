#include "rubis-saved-filters-button.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

struct _RubisSavedFiltersButton
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkListBox *list;
  GtkWidget *list_area;
  GtkEditable *name_entry;
  GtkButton *save_button;
  GtkLabel *problem;

  RubisSession *session;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) of the reads */
  const char *place;
  RubisFilterGetFunc get;
  RubisFilterSetFunc set;
  gpointer owner;     /* (unowned) */
  GtkEditable *search;     /* (unowned) (nullable) of a place that has no more than these */
  GtkToggleButton **chips; /* (unowned) (nullable) */
  guint n_chips;
  gint64 renaming_id; /* whose name is in the entry; 0: that of a new one */
};

G_DEFINE_FINAL_TYPE (RubisSavedFiltersButton, rubis_saved_filters_button, ADW_TYPE_BIN)

static void
show_problem (RubisSavedFiltersButton *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* The entry is for the name of a new filter, or for that of @filter. */
static void
set_renaming (RubisSavedFiltersButton *self, const RubisSavedFilter *filter)
{
  self->renaming_id = filter != NULL ? filter->id : 0;
  gtk_editable_set_text (self->name_entry, filter != NULL ? filter->name : "");
  gtk_button_set_label (self->save_button, filter != NULL ? _ ("_Rename") : _ ("_Save"));
  show_problem (self, NULL);
}

/* --- the list --- */

static const RubisSavedFilter *
get_filter (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "rubis-filter");
}

static void remove_cb (GtkButton *button, RubisSavedFiltersButton *self);

static void
rename_cb (GtkButton *button, RubisSavedFiltersButton *self)
{
  set_renaming (self, get_filter (button));
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
  gtk_editable_select_region (self->name_entry, 0, -1);
}

/* @text: (transfer full) what it does */
static GtkWidget *
make_button (RubisSavedFiltersButton *self, const RubisSavedFilter *filter, const char *icon, char *text,
             GCallback clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *owned = text;

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, owned);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, owned, -1);
  g_object_set_data (G_OBJECT (button), "rubis-filter", (gpointer)filter);
  g_signal_connect (button, "clicked", clicked, self);
  return button;
}

/* @filter: (transfer full) kept with the row */
static GtkWidget *
make_row (RubisSavedFiltersButton *self, RubisSavedFilter *filter)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (filter->name);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box),
                  make_button (self, filter, "document-edit-symbolic",
                               g_strdup_printf (_ ("Rename “%s”"), filter->name), G_CALLBACK (rename_cb)));
  gtk_box_append (GTK_BOX (box),
                  make_button (self, filter, "user-trash-symbolic",
                               g_strdup_printf (_ ("Delete “%s”"), filter->name), G_CALLBACK (remove_cb)));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, filter->name, -1);
  g_object_set_data_full (G_OBJECT (row), "rubis-filter", filter, (GDestroyNotify)rubis_saved_filter_free);
  return row;
}

static void
fill (RubisSavedFiltersButton *self, GPtrArray *filters)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  gtk_widget_set_visible (self->list_area, filters->len > 0);
  g_ptr_array_set_free_func (filters, NULL);
  for (guint i = 0; i < filters->len; i++)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_index (filters, i)));
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_filters (session, data, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSavedFiltersButton) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) filters = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session != RUBIS_SESSION (source) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (filters != NULL)
    fill (self, filters);
  else
    show_problem (self, error->message);
}

static void
refresh (RubisSavedFiltersButton *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session == NULL || self->place == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (self->session, read_work, (gpointer)self->place, NULL,
                       (GDestroyNotify)g_ptr_array_unref, self->cancellable, read_cb, g_object_ref (self));
}

/* --- keeping --- */

typedef struct
{
  RubisSavedFiltersButton *button; /* (owned) */
  gint64 id;
  char *name; /* (nullable) NULL: it is removed */
  char *body; /* (nullable) NULL: it is renamed */
} Order;

static void
order_free (Order *self)
{
  g_object_unref (self->button);
  g_free (self->name);
  g_free (self->body);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

static gpointer
do_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Order *order = data;
  gboolean done;

  if (order->name == NULL)
    done = rubis_session_remove_filter (session, order->id, error);
  else if (order->body == NULL)
    done = rubis_session_rename_filter (session, order->id, order->name, error);
  else
    done = rubis_session_save_filter (session, order->button->place, order->name, order->body, error) != 0;
  return GINT_TO_POINTER (done);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  RubisSavedFiltersButton *self = order->button;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  if (error != NULL)
    {
      show_problem (self, error->message);
      return;
    }
  set_renaming (self, NULL);
  if (order->body != NULL)
    gtk_menu_button_popdown (self->button);
  rubis_ui_toast (GTK_WIDGET (self),
                  order->name == NULL   ? _ ("Filter deleted")
                  : order->body == NULL ? _ ("Filter renamed")
                                        : _ ("Filter saved"),
                  TRUE);
  refresh (self);
}

static void
run (RubisSavedFiltersButton *self, gint64 id, const char *name, const char *body)
{
  Order *order = g_new0 (Order, 1);

  order->button = g_object_ref (self);
  order->id = id;
  order->name = g_strdup (name);
  order->body = g_strdup (body);
  rubis_session_run_async (self->session, NULL, do_work, order, NULL, NULL, NULL, done_cb, order);
}

static void
remove_cb (GtkButton *button, RubisSavedFiltersButton *self)
{
  if (self->session != NULL)
    run (self, get_filter (button)->id, NULL, NULL);
}

static void
save_cb (RubisSavedFiltersButton *self)
{
  const char *name = gtk_editable_get_text (self->name_entry);
  g_autoptr (GVariant) state = NULL;
  g_autofree char *body = NULL;

  if (self->session == NULL || self->get == NULL)
    return;
  if (self->renaming_id != 0)
    {
      run (self, self->renaming_id, name, NULL);
      return;
    }
  state = g_variant_ref_sink (self->get (self->owner));
  body = g_variant_print (state, TRUE);
  run (self, 0, name, body);
}

static void
row_activated_cb (RubisSavedFiltersButton *self, GtkListBoxRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) state
      = g_variant_parse (G_VARIANT_TYPE_VARDICT, get_filter (row)->body, NULL, NULL, &error);

  if (state == NULL)
    {
      show_problem (self, _ ("This filter cannot be read: delete it and save it anew."));
      return;
    }
  gtk_menu_button_popdown (self->button);
  if (self->set != NULL)
    self->set (self->owner, state);
}

static void
shown_cb (RubisSavedFiltersButton *self)
{
  set_renaming (self, NULL);
}

static void
rubis_saved_filters_button_dispose (GObject *object)
{
  RubisSavedFiltersButton *self = RUBIS_SAVED_FILTERS_BUTTON (object);

  rubis_saved_filters_button_set_session (self, NULL);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_SAVED_FILTERS_BUTTON);
  G_OBJECT_CLASS (rubis_saved_filters_button_parent_class)->dispose (object);
}

static void
rubis_saved_filters_button_class_init (RubisSavedFiltersButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_saved_filters_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-saved-filters-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisSavedFiltersButton, button);
  gtk_widget_class_bind_template_child (widget_class, RubisSavedFiltersButton, list);
  gtk_widget_class_bind_template_child (widget_class, RubisSavedFiltersButton, list_area);
  gtk_widget_class_bind_template_child (widget_class, RubisSavedFiltersButton, name_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisSavedFiltersButton, save_button);
  gtk_widget_class_bind_template_child (widget_class, RubisSavedFiltersButton, problem);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
rubis_saved_filters_button_init (RubisSavedFiltersButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The button inside a menu button is what the keyboard and screen readers meet. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->button))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Saved filters"), -1);
}

GtkWidget *
rubis_saved_filters_button_new (void)
{
  return g_object_new (RUBIS_TYPE_SAVED_FILTERS_BUTTON, NULL);
}

void
rubis_saved_filters_button_bind (RubisSavedFiltersButton *self, const char *place, RubisFilterGetFunc get,
                                 RubisFilterSetFunc set, gpointer owner)
{
  g_return_if_fail (RUBIS_IS_SAVED_FILTERS_BUTTON (self));
  g_return_if_fail (place != NULL && get != NULL && set != NULL);

  self->place = place;
  self->get = get;
  self->set = set;
  self->owner = owner;
  refresh (self);
}

static GVariant *
get_search (gpointer owner)
{
  RubisSavedFiltersButton *self = owner;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  const char *text = gtk_editable_get_text (self->search);

  if (*text != '\0')
    g_variant_dict_insert (&dict, "text", "s", text);
  for (guint i = 1; i < self->n_chips; i++)
    {
      if (gtk_toggle_button_get_active (self->chips[i]))
        g_variant_dict_insert (&dict, "chip", "u", i);
    }
  return g_variant_dict_end (&dict);
}

static void
set_search (gpointer owner, GVariant *state)
{
  RubisSavedFiltersButton *self = owner;
  const char *text = "";
  guint chip = 0;

  g_variant_lookup (state, "text", "&s", &text);
  g_variant_lookup (state, "chip", "u", &chip);
  if (chip < self->n_chips)
    gtk_toggle_button_set_active (self->chips[chip], TRUE);
  gtk_editable_set_text (self->search, text);
}

void
rubis_saved_filters_button_bind_search (RubisSavedFiltersButton *self, const char *place, GtkEditable *search,
                                        GtkToggleButton **chips, guint n_chips)
{
  g_return_if_fail (RUBIS_IS_SAVED_FILTERS_BUTTON (self));
  g_return_if_fail (GTK_IS_EDITABLE (search));

  self->search = search;
  self->chips = chips;
  self->n_chips = n_chips;
  rubis_saved_filters_button_bind (self, place, get_search, set_search, self);
}

void
rubis_saved_filters_button_set_session (RubisSavedFiltersButton *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_SAVED_FILTERS_BUTTON (self));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
}
