#include "rubis-account-chooser.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-search.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

#define MAX_FOUND 40
#define ACCOUNT_KEY "rubis-account"

struct _RubisAccountChooser
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkLabel *label;
  GtkPopover *popover;
  GtkWidget *search;
  GtkListBox *list;
  GtkLabel *nothing;

  RubisSession *session;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the search */
  GCancellable *naming;      /* (owned) (nullable) of reading the name */
  gint64 account_id;
  gboolean empty; /* stays so until the user chooses */
};

G_DEFINE_FINAL_TYPE (RubisAccountChooser, rubis_account_chooser, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_ACCOUNT_ID,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];

static void
show_name (RubisAccountChooser *self, const char *name)
{
  g_autofree char *spoken = g_strdup_printf (_ ("Account: %s"), name);

  gtk_label_set_label (self->label, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
take (RubisAccountChooser *self, gint64 account_id, const char *name)
{
  show_name (self, name);
  if (self->account_id == account_id)
    return;
  self->account_id = account_id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCOUNT_ID]);
}

/* --- search --- */

static GtkWidget *
make_row (RubisAccountChooser *self, RubisFoundAccount *found)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = gtk_label_new (found->name);
  GtkWidget *code = gtk_label_new (found->code);
  RubisCurrency currency = rubis_session_get_currency (self->session);
  g_autofree char *amount = rubis_ui_format_amount (found->overdue, currency, currency);
  GtkWidget *overdue = gtk_label_new (amount);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", found->name, found->code);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_widget_add_css_class (code, "dim-label");
  gtk_widget_add_css_class (overdue, "numeric");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), code);
  gtk_box_append (GTK_BOX (box), overdue);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), ACCOUNT_KEY, found, (GDestroyNotify)rubis_found_account_free);
  return row;
}

static void
show_found (RubisAccountChooser *self, GPtrArray *found)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), found->len == 0);
  while (found->len > 0)
    gtk_list_box_append (self->list, make_row (self, g_ptr_array_steal_index (found, 0)));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAccountChooser) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result))
    return;
  g_clear_object (&self->cancellable);
  if (found == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The Accounts Could Not Be Read"), error, FALSE);
      return;
    }
  if (self->account_id == 0 && !self->empty && found->len > 0)
    {
      const RubisFoundAccount *first = g_ptr_array_index (found, 0);

      take (self, first->id, first->name);
    }
  show_found (self, found);
}

static gpointer
search_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_search_accounts (session, data, MAX_FOUND, error);
}

static void
cancel (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
search (RubisAccountChooser *self)
{
  if (self->session == NULL)
    return;
  cancel (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (self->session, search_work,
                       g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))), g_free,
                       (GDestroyNotify)g_ptr_array_unref, self->cancellable, found_cb, g_object_ref (self));
}

static void
row_activated_cb (RubisAccountChooser *self, GtkListBoxRow *row)
{
  const RubisFoundAccount *found = g_object_get_data (G_OBJECT (row), ACCOUNT_KEY);

  gtk_popover_popdown (self->popover);
  take (self, found->id, found->name);
}

/* Enter takes the first one found. */
static void
search_activated_cb (RubisAccountChooser *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    row_activated_cb (self, row);
}

/* Escape in a search entry is the entry's own: it means the whole search. */
static void
stop_search_cb (RubisAccountChooser *self)
{
  gtk_popover_popdown (self->popover);
}

static gboolean
search_key_cb (RubisAccountChooser *self, guint key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (key != GDK_KEY_Down || row == NULL)
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return TRUE;
}

static void
shown_cb (RubisAccountChooser *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search (self);
  gtk_widget_grab_focus (self->search);
}

/* --- the account set --- */

static void
named_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAccountChooser) self = user_data;
  g_autoptr (RubisFoundAccount) found = rubis_session_run_finish (RUBIS_SESSION (source), result, NULL);

  if (rubis_plain_is_abandoned (result))
    return;
  g_clear_object (&self->naming);
  if (found != NULL)
    take (self, found->id, found->name);
}

static gpointer
name_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_get_account (session, *(gint64 *)data, error);
}

static void
rubis_account_chooser_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACCOUNT_ID)
    g_value_set_int64 (value, RUBIS_ACCOUNT_CHOOSER (object)->account_id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rubis_account_chooser_dispose (GObject *object)
{
  RubisAccountChooser *self = RUBIS_ACCOUNT_CHOOSER (object);

  cancel (&self->cancellable);
  cancel (&self->naming);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_ACCOUNT_CHOOSER);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_account_chooser_parent_class)->dispose (object);
}

static void
rubis_account_chooser_class_init (RubisAccountChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_account_chooser_dispose;
  object_class->get_property = rubis_account_chooser_get_property;
  properties[PROP_ACCOUNT_ID] = g_param_spec_int64 ("account-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-account-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisAccountChooser, button);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountChooser, label);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountChooser, search);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountChooser, list);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountChooser, nothing);
  gtk_widget_class_bind_template_callback (widget_class, search);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, shown_cb);
}

static void
rubis_account_chooser_init (RubisAccountChooser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rubis_account_chooser_set_session (RubisAccountChooser *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_CHOOSER (self));
  g_return_if_fail (session == NULL || RUBIS_IS_SESSION (session));

  cancel (&self->cancellable);
  cancel (&self->naming);
  g_set_object (&self->session, session);
  if (session != NULL && (self->account_id == 0 || self->empty))
    search (self);
}

void
rubis_account_chooser_set_account (RubisAccountChooser *self, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_CHOOSER (self));

  if (account_id == 0 || account_id == self->account_id || self->session == NULL)
    return;
  cancel (&self->naming);
  self->naming = g_cancellable_new ();
  rubis_ui_read_async (self->session, name_work, g_memdup2 (&account_id, sizeof account_id), g_free,
                       (GDestroyNotify)rubis_found_account_free, self->naming, named_cb, g_object_ref (self));
}

void
rubis_account_chooser_clear (RubisAccountChooser *self)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_CHOOSER (self));

  self->empty = TRUE;
  take (self, 0, _ ("Choose an account…"));
}

gint64
rubis_account_chooser_get_account (RubisAccountChooser *self)
{
  g_return_val_if_fail (RUBIS_IS_ACCOUNT_CHOOSER (self), 0);

  return self->account_id;
}
