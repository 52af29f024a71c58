#include "rubis-dispute-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-account-chooser.h"
#include "rubis-actors.h"
#include "rubis-choices.h"
#include "rubis-dispute-lists.h"
#include "rubis-contested-items.h"
#include "rubis-item-list.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

/* More open items of an account than this are not offered: the grid opens disputes on chosen ones. */
#define MAX_ITEMS 100

struct _RubisDisputeDialog
{
  AdwWindow parent_instance;

  GtkWidget *problem_box;
  GtkLabel *problem;
  RubisAccountChooser *account;
  GtkStack *stack;
  GtkLabel *parts_label;
  RubisContestedItems *parts;
  GtkLabel *left_out;
  RubisChoiceDrop *reason;
  RubisChoiceDrop *resolver;
  GtkEditable *due;
  GtkEditable *line;
  GtkTextView *words;
  GtkSwitch *keep;
  GtkBox *files_box;
  GtkWidget *open_button;

  RubisSession *session;     /* (owned) */
  GCancellable *cancellable; /* (owned) of reading for the account */
  RubisItemList *items;      /* (owned) (nullable) open ones of the account */
  RubisDisputeLists *lists;  /* (owned) (nullable) */
  GArray *item_ids;          /* (owned) (element-type gint64) ticked at first */
  GPtrArray *paths;          /* (owned) (element-type utf8) files to go with it */
  gint64 first_account;
  gboolean due_typed; /* the day is the user's, not that of the reason */
  gboolean resolver_chosen;
  gboolean filling;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (RubisDisputeDialog, rubis_dispute_dialog, ADW_TYPE_WINDOW)

static void
set_problem (RubisDisputeDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

static gint64
get_account (RubisDisputeDialog *self)
{
  gint64 chosen = rubis_account_chooser_get_account (self->account);

  return chosen != 0 ? chosen : self->first_account;
}

static void
update (RubisDisputeDialog *self)
{
  gboolean any = rubis_contested_items_get_n_lines (self->parts) > 0;
  g_autofree char *text = any ? rubis_contested_items_describe (self->parts) : NULL;

  gtk_label_set_label (self->parts_label, text != NULL ? text : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dispute.open", any && !self->busy);
}

/* --- reasons and colleagues --- */

static void
propose_due (RubisDisputeDialog *self)
{
  const char *id = rubis_choice_drop_get_id (self->reason);

  if (*id != '\0')
    gtk_widget_remove_css_class (GTK_WIDGET (self->reason), "error");
  if (self->due_typed || self->lists == NULL)
    return;
  for (guint i = 0; i < self->lists->reasons->len; i++)
    {
      const RubisChoice *reason = self->lists->reasons->pdata[i];
      g_autofree char *day = NULL;

      if (!g_str_equal (reason->id, id))
        continue;
      day = rubis_ui_format_date (rubis_session_get_today (self->session) + reason->days);
      self->filling = TRUE;
      gtk_editable_set_text (self->due, reason->days > 0 ? day : "");
      self->filling = FALSE;
    }
}

static void
due_typed_cb (RubisDisputeDialog *self)
{
  if (!self->filling)
    self->due_typed = TRUE;
  gtk_widget_remove_css_class (GTK_WIDGET (self->due), "error");
}

static void
resolver_chosen_cb (RubisDisputeDialog *self)
{
  self->resolver_chosen = TRUE;
}

/* What is read for an account. */
typedef struct
{
  gint64 account_id;
  RubisDisputeLists *lists;
  gint64 resolver_id;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_pointer (&self->lists, rubis_dispute_lists_free);
  g_free (self);
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->account_id = *(gint64 *)data;
  reading->lists = rubis_dispute_lists_load (session, error);
  if (reading->lists == NULL)
    {
      reading_free (reading);
      return NULL;
    }
  /* Nobody is a good guess too. */
  if (reading->account_id != 0)
    reading->resolver_id = rubis_session_guess_actor (session, reading->account_id, NULL);
  return reading;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisDisputeDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (reading == NULL || rubis_plain_is_abandoned (result))
    {
      if (reading != NULL)
        reading_free (reading);
      else if (!rubis_plain_is_abandoned (result))
        set_problem (self, error->message);
      return;
    }
  g_clear_pointer (&self->lists, rubis_dispute_lists_free);
  self->lists = g_steal_pointer (&reading->lists);
  rubis_dispute_lists_fill_reasons (self->lists, self->reason, _ ("Choose a Reason"), TRUE);
  rubis_dispute_lists_fill_resolvers (self->lists, self->resolver, NULL, TRUE);
  if (!self->resolver_chosen)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, reading->resolver_id);

      rubis_choice_drop_set_id (self->resolver, id, NULL);
    }
  propose_due (self);
  reading_free (reading);
}

/* A reason or a colleague may have been added meanwhile. */
static void
read_lists (RubisDisputeDialog *self)
{
  gint64 account_id = get_account (self);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (self->session, read_work, g_memdup2 (&account_id, sizeof account_id), g_free,
                       reading_free, self->cancellable, read_cb, g_object_ref (self));
}

/* --- items --- */

static gboolean
is_wanted (RubisDisputeDialog *self, gint64 id)
{
  for (guint i = 0; i < self->item_ids->len; i++)
    {
      if (g_array_index (self->item_ids, gint64, i) == id)
        return TRUE;
    }
  return FALSE;
}

/* Adds the items that are asked for, or the others; returns how many have another currency. */
static guint
add_items (RubisDisputeDialog *self, gboolean wanted)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  guint n_left = 0;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RubisItemRow) row = NULL;
      RubisDisputeItem item = { 0 };

      if (is_wanted (self, rubis_item_list_get_id (self->items, i)) != wanted
          || (!wanted && rubis_contested_items_get_n_lines (self->parts) >= MAX_ITEMS))
        continue;
      row = g_list_model_get_item (G_LIST_MODEL (self->items), i);
      item = (RubisDisputeItem){ .item_id = row->id,
                                 .amount = row->open - row->contested,
                                 .number = row->number,
                                 .open = row->open - row->contested,
                                 .total = row->total,
                                 .due_date = row->due_date };
      /* Credits, and what is contested already, cannot be. */
      if (item.open > 0
          && !rubis_contested_items_add (self->parts, &item, row->currency,
                                         wanted || (n == 1 && self->item_ids->len == 0)))
        n_left++;
    }
  return n_left;
}

static void
show_items (RubisDisputeDialog *self)
{
  guint n_left;

  if (self->items == NULL || rubis_item_list_get_loading (self->items))
    return;
  rubis_contested_items_clear (self->parts);
  n_left = add_items (self, TRUE) + add_items (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out), n_left > 0);
  if (n_left > 0)
    {
      g_autofree char *text
          = g_strdup_printf (ngettext ("%u item in another currency needs a dispute of its own.",
                                       "%u items in another currency need a dispute of their own.", n_left),
                             n_left);

      gtk_label_set_label (self->left_out, text);
    }
  gtk_stack_set_visible_child_name (
      self->stack, rubis_contested_items_get_n_lines (self->parts) > 0 ? "items" : "nothing");
  update (self);
}

static void
load_items (RubisDisputeDialog *self)
{
  gint64 account_id = get_account (self);

  if (account_id == 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "choose");
      update (self);
      return;
    }
  if (self->items == NULL)
    {
      self->items = rubis_item_list_new (self->session);
      g_signal_connect_object (self->items, "loaded", G_CALLBACK (show_items), self, G_CONNECT_SWAPPED);
    }
  rubis_item_list_set_scope (self->items, 0, account_id);
}

static void
account_cb (RubisDisputeDialog *self)
{
  self->first_account = 0;
  rubis_contested_items_clear (self->parts);
  set_problem (self, NULL);
  load_items (self);
  read_lists (self);
}

/* --- files --- */

static void
remove_file_cb (RubisDisputeDialog *self, GtkWidget *button)
{
  const char *path = g_object_get_data (G_OBJECT (button), "rubis-path");
  guint position;

  gtk_box_remove (self->files_box, gtk_widget_get_parent (button));
  if (g_ptr_array_find_with_equal_func (self->paths, path, g_str_equal, &position))
    g_ptr_array_remove_index (self->paths, position);
}

static void
add_file (RubisDisputeDialog *self, const char *path)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *remove = g_strdup_printf (_ ("Remove %s"), name);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  g_object_set_data_full (G_OBJECT (button), "rubis-path", g_strdup (path), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_file_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("mail-attachment-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (self->files_box, box);
  g_ptr_array_add (self->paths, g_strdup (path));
}

void
rubis_dispute_dialog_add_files (RubisDisputeDialog *self, GSList *files)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_DIALOG (self));

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      if (path != NULL)
        add_file (self, path);
    }
}

static gboolean
drop_cb (RubisDisputeDialog *self, const GValue *value)
{
  rubis_dispute_dialog_add_files (self, g_value_get_boxed (value));
  return TRUE;
}

static void
files_chosen_cb (RubisDisputeDialog *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));

      for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (chosen, i);
          GSList one = { file, NULL };

          rubis_dispute_dialog_add_files (self, &one);
        }
    }
  g_object_unref (dialog);
}

static void
attach_cb (RubisDisputeDialog *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Files of the Dispute"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Keep"), NULL);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (files_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- opening --- */

/* Work for the thread of the session. */
typedef struct
{
  RubisDisputeDialog *dialog; /* (owned) */
  RubisDisputeInput input;
  char *reason; /* (owned) these are of @input */
  char *words;
  char *line;
  GPtrArray *paths; /* (owned) (element-type utf8) */
  char *unkept;     /* (owned) (nullable) why a file was not kept */
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->dialog);
  g_array_unref (self->input.items);
  g_free (self->reason);
  g_free (self->words);
  g_free (self->line);
  g_ptr_array_unref (self->paths);
  g_free (self->unkept);
  g_free (self);
}

static gpointer
open_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Opening *opening = data;
  gint64 id = rubis_session_open_dispute (session, &opening->input, error);

  for (guint i = 0; id != 0 && i < opening->paths->len; i++)
    {
      g_autoptr (GError) file_error = NULL;

      /* The dispute is open: a file that cannot be read is told and does not undo it. */
      if (rubis_session_attach_to_dispute (session, id, opening->paths->pdata[i], &file_error) == 0
          && opening->unkept == NULL)
        opening->unkept = g_strdup (file_error->message);
    }
  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opening *opening = user_data;
  RubisDisputeDialog *self = opening->dialog;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  self->busy = FALSE;
  if (id == NULL)
    {
      set_problem (self, error->message);
      update (self);
    }
  else
    {
      if (parent != NULL && opening->unkept != NULL)
        rubis_ui_toast (GTK_WIDGET (parent), opening->unkept, FALSE);
      if (parent != NULL)
        rubis_ui_toast (GTK_WIDGET (parent), _ ("Dispute opened"), TRUE);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  opening_free (opening);
}

/* Nobody's guess: statistics, colleagues and delays follow from it. */
static gboolean
has_reason (RubisDisputeDialog *self)
{
  if (*rubis_choice_drop_get_id (self->reason) != '\0')
    return TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self->reason), "error");
  set_problem (self, _ ("Choose the reason why it is contested."));
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
  return FALSE;
}

static gboolean
read_due (RubisDisputeDialog *self, RubisDate *due)
{
  const char *text = gtk_editable_get_text (self->due);

  *due = rubis_ui_parse_date (text);
  if (*text == '\0' || (*due != RUBIS_DATE_NONE && *due >= rubis_session_get_today (self->session)))
    return TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self->due), "error");
  set_problem (self, *due == RUBIS_DATE_NONE ? _ ("This is no day: type it as 20/11/2026.")
                                             : _ ("The day to resolve it by lies behind."));
  gtk_widget_grab_focus (GTK_WIDGET (self->due));
  return FALSE;
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisDisputeDialog *self = RUBIS_DISPUTE_DIALOG (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  g_autoptr (GError) error = NULL;
  GArray *parts;
  RubisDate due;
  Opening *opening;

  set_problem (self, NULL);
  parts = rubis_contested_items_read (self->parts, &error);
  if (parts == NULL)
    set_problem (self, error->message);
  if (parts == NULL || !has_reason (self) || !read_due (self, &due))
    {
      g_clear_pointer (&parts, g_array_unref);
      return;
    }
  opening = g_new0 (Opening, 1);
  opening->dialog = g_object_ref (self);
  opening->reason = g_strdup (rubis_choice_drop_get_id (self->reason));
  g_object_get (buffer, "text", &opening->words, NULL);
  g_strstrip (opening->words);
  opening->line = g_strstrip (g_strdup (gtk_editable_get_text (self->line)));
  opening->paths = g_ptr_array_ref (self->paths);
  opening->input = (RubisDisputeInput){ .account_id = get_account (self),
                                        .items = parts,
                                        .reason = opening->reason,
                                        .description = opening->words,
                                        .product_line = opening->line,
                                        .due_date = due,
                                        .keep_dunning = gtk_switch_get_active (self->keep) };
  opening->input.resolver_id = g_ascii_strtoll (rubis_choice_drop_get_id (self->resolver), NULL, 10);
  self->busy = TRUE;
  update (self);
  rubis_session_run_async (self->session, NULL, open_work, opening, NULL, g_free, NULL, opened_cb, opening);
}

/* --- the window --- */

static void
rubis_dispute_dialog_dispose (GObject *object)
{
  RubisDisputeDialog *self = RUBIS_DISPUTE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->items);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_DISPUTE_DIALOG);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->lists, rubis_dispute_lists_free);
  g_clear_pointer (&self->item_ids, g_array_unref);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_dispute_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, account);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, parts_label);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, parts);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, left_out);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, resolver);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, due);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, line);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, words);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, keep);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, files_box);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeDialog, open_button);
}

static void
rubis_dispute_dialog_class_init (RubisDisputeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_dispute_dialog_dispose;
  g_type_ensure (RUBIS_TYPE_ACCOUNT_CHOOSER);
  g_type_ensure (RUBIS_TYPE_CHOICE_DROP);
  g_type_ensure (RUBIS_TYPE_CONTESTED_ITEMS);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-dispute-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, account_cb);
  gtk_widget_class_bind_template_callback (widget_class, propose_due);
  gtk_widget_class_bind_template_callback (widget_class, resolver_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, due_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, attach_cb);
  gtk_widget_class_install_action (widget_class, "dispute.open", NULL, open_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rubis_dispute_dialog_init (RubisDisputeDialog *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->cancellable = g_cancellable_new ();
  self->item_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->paths = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  /* Before the words take it for a line break. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>Return|<Control>KP_Enter"),
                        gtk_named_action_new ("dispute.open")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWindow *
rubis_dispute_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id, GArray *item_ids)
{
  RubisDisputeDialog *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_DISPUTE_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->first_account = account_id;
  if (item_ids != NULL)
    g_array_append_vals (self->item_ids, item_ids->data, item_ids->len);
  rubis_account_chooser_clear (self->account);
  rubis_account_chooser_set_session (self->account, session);
  rubis_account_chooser_set_account (self->account, account_id);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_lists), self, G_CONNECT_SWAPPED);
  load_items (self);
  read_lists (self);
  /* Without an account that is what comes first. */
  if (account_id != 0)
    gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->words));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->account));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
