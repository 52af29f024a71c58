#include "rubis-address-window.h"

#include <glib/gi18n-lib.h>

#include "rubis-address-check.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

struct _RubisAddressWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkStack *stack;
  GtkListView *list;
  AdwStatusPage *message;

  RubisSession *session;     /* (unowned) NULL when the dossier was closed: the window goes then */
  GListStore *entries;       /* (owned) (element-type RubisAddressEntry) */
  GCancellable *cancellable; /* (owned) (nullable) of the running check */
  gboolean running;
};

G_DEFINE_FINAL_TYPE (RubisAddressWindow, rubis_address_window, ADW_TYPE_WINDOW)

/* One account of the list. */
#define RUBIS_TYPE_ADDRESS_ENTRY (rubis_address_entry_get_type ())
G_DECLARE_FINAL_TYPE (RubisAddressEntry, rubis_address_entry, RUBIS, ADDRESS_ENTRY, GObject)

struct _RubisAddressEntry
{
  GObject parent_instance;

  RubisAddressCheck *check; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RubisAddressEntry, rubis_address_entry, G_TYPE_OBJECT)

static void
rubis_address_entry_finalize (GObject *object)
{
  g_clear_pointer (&RUBIS_ADDRESS_ENTRY (object)->check, rubis_address_check_free);
  G_OBJECT_CLASS (rubis_address_entry_parent_class)->finalize (object);
}

static void
rubis_address_entry_class_init (RubisAddressEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_address_entry_finalize;
}

static void
rubis_address_entry_init (RubisAddressEntry *self)
{
}

/* --- checking --- */

/* The answer of the worker. */
typedef struct
{
  GPtrArray *checks;
  int n_checked;
} Checked;

static void
checked_free (gpointer data)
{
  Checked *self = data;

  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_free (self);
}

static gpointer
check_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Checked *checked = g_new0 (Checked, 1);

  checked->checks = rubis_session_check_addresses (session, progress, &checked->n_checked, error);
  if (checked->checks != NULL)
    return checked;
  checked_free (checked);
  return NULL;
}

static void
show_checks (RubisAddressWindow *self, const Checked *checked)
{
  g_autofree char *subtitle = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u to look at, of %d account that owes something",
                   "%u to look at, of %d accounts that owe something", (gulong)checked->n_checked),
      checked->checks->len, checked->n_checked);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);

  adw_window_title_set_subtitle (self->window_title, subtitle);
  while (checked->checks->len > 0)
    {
      RubisAddressEntry *entry = g_object_new (RUBIS_TYPE_ADDRESS_ENTRY, NULL);

      entry->check = g_ptr_array_steal_index (checked->checks, 0);
      g_ptr_array_add (entries, entry);
    }
  g_list_store_splice (self->entries, 0, g_list_model_get_n_items (G_LIST_MODEL (self->entries)),
                       entries->pdata, entries->len);
  if (entries->len > 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "list");
      return;
    }
  adw_status_page_set_icon_name (self->message, "emblem-ok-symbolic");
  adw_status_page_set_title (self->message, _ ("All addresses are fine"));
  adw_status_page_set_description (self->message, _ ("Every account that owes something can be written to."));
  gtk_stack_set_visible_child_name (self->stack, "message");
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAddressWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  Checked *checked = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (!rubis_plain_is_abandoned (result))
    {
      self->running = FALSE;
      if (checked != NULL)
        show_checks (self, checked);
      else
        {
          adw_status_page_set_icon_name (self->message, "dialog-warning-symbolic");
          adw_status_page_set_title (self->message, _ ("The addresses could not be checked"));
          rubis_plain_set_description (self->message, error->message);
          gtk_stack_set_visible_child_name (self->stack, "message");
        }
    }
  g_clear_pointer (&checked, checked_free);
}

static void
check (RubisAddressWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = TRUE;
  rubis_ui_read_async (self->session, check_work, NULL, NULL, checked_free, self->cancellable, checked_cb,
                       g_object_ref (self));
}

static gboolean
leave_cb (gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (data));
  return G_SOURCE_REMOVE;
}

/* The list must not keep a dossier open which the main window let go of. */
static void
session_gone_cb (gpointer data, GObject *session)
{
  RubisAddressWindow *self = data;

  self->session = NULL;
  g_idle_add_full (G_PRIORITY_DEFAULT, leave_cb, g_object_ref (self), g_object_unref);
}

static void
activate_cb (RubisAddressWindow *self, guint position)
{
  g_autoptr (RubisAddressEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->entries), position);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL && entry != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-account", "x", entry->check->account_id);
}

/* --- rows: the name with the reasons, and the address as it would be printed --- */

static GtkWidget *
make_label (const char *css_class, gboolean wrap)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), wrap);
  gtk_label_set_ellipsize (GTK_LABEL (label), wrap ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *left = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *address = make_label ("caption", FALSE);

  gtk_widget_set_hexpand (left, TRUE);
  gtk_box_append (GTK_BOX (left), make_label ("heading", FALSE));
  gtk_box_append (GTK_BOX (left), make_label ("warning", TRUE));
  gtk_widget_add_css_class (address, "dim-label");
  gtk_label_set_width_chars (GTK_LABEL (address), 36);
  gtk_label_set_max_width_chars (GTK_LABEL (address), 36);
  gtk_widget_set_valign (address, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (row), left);
  gtk_box_append (GTK_BOX (row), address);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  RubisAddressEntry *entry = gtk_list_item_get_item (item);
  GtkWidget *row = gtk_list_item_get_child (item);
  GtkWidget *left = gtk_widget_get_first_child (row);
  GtkWidget *name = gtk_widget_get_first_child (left);
  g_autofree char *title = g_strdup_printf ("%s (%s)", entry->check->name, entry->check->account_code);
  g_autoptr (GString) reasons = g_string_new (NULL);

  for (guint i = 0; i < entry->check->problems->len; i++)
    {
      const RubisAddressProblem *problem = entry->check->problems->pdata[i];

      g_string_append_printf (reasons, "%s%s", i > 0 ? "\n" : "", problem->message);
    }
  gtk_label_set_label (GTK_LABEL (name), title);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (name)), reasons->str);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (row)), entry->check->block);
}

/* --- object --- */

static void
rubis_address_window_dispose (GObject *object)
{
  RubisAddressWindow *self = RUBIS_ADDRESS_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_ADDRESS_WINDOW);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->entries);
  if (self->session != NULL)
    g_object_weak_unref (G_OBJECT (self->session), session_gone_cb, self);
  self->session = NULL;
  G_OBJECT_CLASS (rubis_address_window_parent_class)->dispose (object);
}

static void
rubis_address_window_class_init (RubisAddressWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_address_window_dispose;
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-address-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisAddressWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressWindow, list);
  gtk_widget_class_bind_template_child (widget_class, RubisAddressWindow, message);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
rubis_address_window_init (RubisAddressWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->entries = g_list_store_new (RUBIS_TYPE_ADDRESS_ENTRY);
  selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->entries)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
}

GtkWindow *
rubis_address_window_present (GtkWindow *parent, RubisSession *session)
{
  RubisAddressWindow *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_ADDRESS_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  self->session = session;
  g_object_weak_ref (G_OBJECT (session), session_gone_cb, self);
  g_signal_connect_object (session, "changed", G_CALLBACK (check), self, G_CONNECT_SWAPPED);
  check (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}

gboolean
rubis_address_window_is_ready (RubisAddressWindow *self)
{
  g_return_val_if_fail (RUBIS_IS_ADDRESS_WINDOW (self), FALSE);

  return !self->running;
}
