#include "rubis-copies-dialog.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-copies.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

struct _RubisCopiesDialog
{
  AdwWindow parent_instance;

  GtkWidget *cancel_button;
  GtkButton *keep_button;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkLabel *working_label;
  GtkProgressBar *progress;
  GtkLabel *heading;
  GtkLabel *advice;
  GtkListView *view;
  AdwStatusPage *error;

  RubisSession *session;     /* (owned) */
  GPtrArray *paths;          /* (owned) (element-type utf8) */
  GPtrArray *copies;         /* (owned) (nullable) (element-type RubisImportCopy) what was found */
  GCancellable *cancellable; /* (owned) (nullable) of the work in progress */
  guint n_recognised;
};

G_DEFINE_FINAL_TYPE (RubisCopiesDialog, rubis_copies_dialog, ADW_TYPE_WINDOW)

static guint kept_signal;

/* --- the list --- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *subtitle = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_wrap (GTK_LABEL (subtitle), TRUE);
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), subtitle);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_widget_set_margin_top (row, 6);
  gtk_widget_set_margin_bottom (row, 6);
  gtk_widget_set_margin_start (row, 6);
  gtk_widget_set_margin_end (row, 6);
  gtk_list_item_set_child (item, row);
  gtk_list_item_set_activatable (item, FALSE);
}

static char *
describe (const RubisImportCopy *copy)
{
  switch (copy->state)
    {
    case RUBIS_COPY_RECOGNISED:
      return g_strdup_printf (copy->by_text ? _ ("%s, %s: found in its text")
                                            : _ ("%s, %s: found in its name"),
                              copy->number, copy->customer);
    case RUBIS_COPY_KEPT_BEFORE:
      return *copy->number != '\0' ? g_strdup_printf ("%s: %s", copy->number, copy->reason)
                                   : g_strdup (copy->reason);
    case RUBIS_COPY_UNKNOWN:
    case RUBIS_COPY_AMBIGUOUS:
    case RUBIS_COPY_UNREADABLE:
    default:
      return g_strdup (copy->reason);
    }
}

static const char *
get_icon (const RubisImportCopy *copy)
{
  if (rubis_copy_is_left (copy))
    return "dialog-warning-symbolic";
  return copy->state == RUBIS_COPY_RECOGNISED ? "emblem-ok-symbolic" : "emblem-documents-symbolic";
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  RubisCopiesDialog *self = user_data;
  GtkStringObject *index = gtk_list_item_get_item (item);
  guint64 position = g_ascii_strtoull (gtk_string_object_get_string (index), NULL, 10);
  const RubisImportCopy *copy = g_ptr_array_index (self->copies, position);
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *title = gtk_widget_get_first_child (gtk_widget_get_next_sibling (icon));
  g_autofree char *name = g_filename_display_basename (copy->path);
  g_autofree char *text = describe (copy);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), get_icon (copy));
  gtk_label_set_label (GTK_LABEL (title), name);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), text);
}

/* What the user has to look at stands first. */
static void
fill_list (RubisCopiesDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GtkNoSelection) model = NULL;

  for (int left = 1; left >= 0; left--)
    {
      for (guint i = 0; i < self->copies->len; i++)
        {
          g_autofree char *index = g_strdup_printf ("%u", i);

          if (rubis_copy_is_left (g_ptr_array_index (self->copies, i)) == left)
            gtk_string_list_append (list, index);
        }
    }
  model = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&list)));
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (model));
}

/* --- what is shown --- */

static void
show_place (RubisCopiesDialog *self, const char *place)
{
  gboolean list = g_str_equal (place, "list");

  gtk_stack_set_visible_child_name (self->stack, place);
  gtk_widget_set_visible (GTK_WIDGET (self->keep_button), list);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "copies.keep", list);
  if (g_str_equal (place, "working"))
    gtk_spinner_start (self->spinner);
  else
    gtk_spinner_stop (self->spinner);
}

static void
show_error (RubisCopiesDialog *self, const GError *error)
{
  rubis_plain_set_description (self->error, error->message);
  show_place (self, "error");
}

static void
show_copies (RubisCopiesDialog *self)
{
  guint n_left = 0;
  guint n_before = 0;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *label = NULL;

  self->n_recognised = 0;
  for (guint i = 0; i < self->copies->len; i++)
    {
      const RubisImportCopy *copy = g_ptr_array_index (self->copies, i);

      self->n_recognised += copy->state == RUBIS_COPY_RECOGNISED;
      n_before += copy->state == RUBIS_COPY_KEPT_BEFORE;
      n_left += rubis_copy_is_left (copy) != FALSE;
    }
  g_string_append_printf (text, ngettext ("%u copy recognised", "%u copies recognised", self->n_recognised),
                          self->n_recognised);
  if (n_before > 0)
    g_string_append_printf (text, ngettext (", %u kept already", ", %u kept already", n_before), n_before);
  if (n_left > 0)
    g_string_append_printf (text, ngettext (", %u to be assigned", ", %u to be assigned", n_left), n_left);
  gtk_label_set_label (self->heading, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->advice), n_left > 0);
  label = self->n_recognised == 0
              ? g_strdup (_ ("_Close"))
              : g_strdup_printf (ngettext ("_Keep %u copy", "_Keep %u copies", self->n_recognised),
                                 self->n_recognised);
  gtk_button_set_label (self->keep_button, label);
  gtk_widget_set_visible (self->cancel_button, self->n_recognised > 0);
  fill_list (self);
  show_place (self, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->keep_button));
}

/* --- looking for the items --- */

static gpointer
match_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_match_copies (session, data, progress, error);
}

static void
matched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisCopiesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) copies = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (copies != NULL)
    {
      self->copies = g_steal_pointer (&copies);
      show_copies (self);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_window_close (GTK_WINDOW (self));
  else
    show_error (self, error);
}

static void
match (RubisCopiesDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->working_label, _ ("Reading the copies"));
  show_place (self, "working");
  rubis_session_run_async (self->session, _ ("Reading the copies"), match_work, g_ptr_array_ref (self->paths),
                           (GDestroyNotify)g_ptr_array_unref, (GDestroyNotify)g_ptr_array_unref,
                           self->cancellable, matched_cb, g_object_ref (self));
}

/* --- keeping --- */

static gpointer
keep_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return GINT_TO_POINTER (rubis_session_keep_copies (session, data, progress, NULL, error));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisCopiesDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (error == NULL)
    {
      g_signal_emit (self, kept_signal, 0, self->n_recognised);
      gtk_window_close (GTK_WINDOW (self));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_place (self, "list");
  else
    show_error (self, error);
}

static void
keep_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisCopiesDialog *self = RUBIS_COPIES_DIALOG (widget);

  if (self->n_recognised == 0)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->working_label, _ ("Keeping the copies"));
  show_place (self, "working");
  rubis_session_run_async (self->session, _ ("Keeping the copies"), keep_work, g_ptr_array_ref (self->copies),
                           (GDestroyNotify)g_ptr_array_unref, NULL, self->cancellable, kept_cb,
                           g_object_ref (self));
}

static void
cancel_cb (RubisCopiesDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* What runs is stopped first: its end closes the window, or shows the list again. */
static gboolean
close_request_cb (RubisCopiesDialog *self)
{
  if (self->cancellable == NULL)
    return GDK_EVENT_PROPAGATE;
  g_cancellable_cancel (self->cancellable);
  return GDK_EVENT_STOP;
}

/* --- the window --- */

static void
rubis_copies_dialog_dispose (GObject *object)
{
  RubisCopiesDialog *self = RUBIS_COPIES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_COPIES_DIALOG);
  g_clear_pointer (&self->copies, g_ptr_array_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_copies_dialog_parent_class)->dispose (object);
}

static void
rubis_copies_dialog_class_init (RubisCopiesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_copies_dialog_dispose;
  kept_signal = g_signal_new ("kept", RUBIS_TYPE_COPIES_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_install_action (widget_class, "copies.keep", NULL, keep_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "copies.keep", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-copies-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisCopiesDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RubisCopiesDialog, keep_button);
  gtk_widget_class_bind_template_child (widget_class, RubisCopiesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisCopiesDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisCopiesDialog, working_label);
  gtk_widget_class_bind_template_child (widget_class, RubisCopiesDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, RubisCopiesDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, RubisCopiesDialog, advice);
  gtk_widget_class_bind_template_child (widget_class, RubisCopiesDialog, view);
  gtk_widget_class_bind_template_child (widget_class, RubisCopiesDialog, error);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
rubis_copies_dialog_init (RubisCopiesDialog *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  gtk_list_view_set_factory (self->view, factory);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

RubisCopiesDialog *
rubis_copies_dialog_present (GtkWindow *parent, RubisSession *session, GPtrArray *paths)
{
  RubisCopiesDialog *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);
  g_return_val_if_fail (paths != NULL && paths->len > 0, NULL);

  self = g_object_new (RUBIS_TYPE_COPIES_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->paths = g_ptr_array_ref (paths);
  g_object_bind_property (session, "job-fraction", self->progress, "fraction", G_BINDING_SYNC_CREATE);
  match (self);
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
