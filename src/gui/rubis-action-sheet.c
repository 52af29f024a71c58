#include "rubis-action-sheet.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-plain.h"
#include "rubis-preview-pane.h"
#include "rubis-print-run.h"
#include "rubis-sums.h"
#include "rubis-today-entry.h"
#include "rubis-send-notice.h"
#include "rubis-ui.h"

#define MAX_ITEM_ROWS 12

struct _RubisActionSheet {
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *stop_button;
  GtkProgressBar *progress;
  GtkStack *stack;
  GtkLabel *name;
  GtkLabel *facts;
  GtkImage *channel;
  GtkLabel *step;
  GtkLabel *lateness;
  GtkLabel *amount;
  GtkWidget *credits_box;
  GtkLabel *credits;
  GtkLabel *contacts;
  GtkGrid *items;
  GtkLabel *reasons;
  GtkWidget *talk_box;
  GtkEntry *note;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkWidget *post_button;
  GtkWidget *save_button;
  GtkButton *do_button;
  RubisPreviewPane *pane;
  AdwStatusPage *end;
  GtkWidget *end_button;
  GtkWidget *end_post_button;

  RubisSession *session;       /* (owned) */
  GPtrArray *actions;          /* (owned) (element-type RubisActionRow) largest amount first */
  guint position;
  guint n_done;
  guint n_skipped;
  guint n_waiting;             /* letters that were written and not printed */
  char *printer;               /* (owned) (nullable) chosen for the letter being done */
  GtkPrintSettings *settings;  /* (owned) (nullable) of it */
  GCancellable *printing;      /* (owned) (nullable) of the waiting for the printer */
  gboolean busy;
  GCancellable *cancellable;   /* (owned) of the account's facts */
};

G_DEFINE_FINAL_TYPE (RubisActionSheet, rubis_action_sheet, ADW_TYPE_WINDOW)

typedef struct {
  RubisActionRow *action;
  char *folder;   /* (nullable) */
  char *note;     /* (nullable) */
  RubisRunOptions options; /* of what is above */
} Order;

static void show_current (RubisActionSheet *self);

static void
order_free (Order *order)
{
  g_object_unref (order->action);
  g_free (order->folder);
  g_free (order->note);
  g_free (order);
}

static RubisActionRow *
get_current (RubisActionSheet *self)
{
  return self->position < self->actions->len ? self->actions->pdata[self->position] : NULL;
}

static gboolean
is_letter (RubisActionRow *action)
{
  return action->channel == RUBIS_CHANNEL_LETTER || action->channel == RUBIS_CHANNEL_REGISTERED;
}

static gboolean
is_talk (RubisActionRow *action)
{
  return !is_letter (action) && action->channel != RUBIS_CHANNEL_EMAIL;
}

static void
set_problem (RubisActionSheet *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
  gtk_widget_set_visible (self->post_button, FALSE);
}

/* A button that cannot be pressed says why. */
static void
tell_what_is_awaited (RubisActionSheet *self)
{
  const char *awaited = rubis_preview_pane_get_awaited (self->pane);
  g_autofree char *text = awaited != NULL ? g_strdup_printf (_("Type %s above the letter first"), awaited) : NULL;

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->do_button), text);
  gtk_widget_set_tooltip_text (self->save_button,
                               text != NULL ? text : _("Save the letter and mark it as done (Ctrl+S)"));
}

static void
update_actions (RubisActionSheet *self)
{
  RubisActionRow *action = get_current (self);
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean ready = action != NULL && !self->busy && rubis_preview_pane_is_ready (self->pane);

  /* A call may be noted although its script cannot be written. */
  gtk_widget_action_set_enabled (widget, "sheet.do", ready || (action != NULL && !self->busy && is_talk (action)));
  gtk_widget_action_set_enabled (widget, "sheet.save", ready && is_letter (action));
  gtk_widget_action_set_enabled (widget, "sheet.skip", action != NULL && !self->busy);
  tell_what_is_awaited (self);
}

/* The document is there: Enter does it, or goes on with the note of a call. */
static void
loaded_cb (RubisActionSheet *self)
{
  RubisActionRow *action = get_current (self);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  update_actions (self);
  if (action == NULL || (focus != NULL && gtk_widget_is_ancestor (focus, self->talk_box)))
    return;
  gtk_widget_grab_focus (is_talk (action) ? GTK_WIDGET (self->note) : GTK_WIDGET (self->do_button));
}

/* --- facts of the account --- */

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static void
add_cell (GtkGrid *grid, const char *text, int column, int row, float xalign)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_set_hexpand (label, column == 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), column == 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static gboolean
is_of_action (RubisActionRow *action, gint64 item_id)
{
  for (guint i = 0; i < action->item_ids->len; i++)
    {
      if (g_array_index (action->item_ids, gint64, i) == item_id)
        return TRUE;
    }
  return FALSE;
}

static void
show_items (RubisActionSheet *self, RubisActionRow *action, RubisAccountCard *card)
{
  int row = 0;

  clear_grid (self->items);
  for (guint i = 0; i < card->items->len && row < MAX_ITEM_ROWS; i++)
    {
      RubisItemRow *item = card->items->pdata[i];
      g_autofree char *due = rubis_ui_format_date (item->due_date);
      g_autofree char *open = rubis_ui_format_amount (item->open, item->currency, action->currency);
      g_autofree char *level = item->level > 0 ? g_strdup_printf (_("level %d"), item->level) : g_strdup ("");

      if (!is_of_action (action, item->id))
        continue;
      add_cell (self->items, item->number, 0, row, 0);
      add_cell (self->items, due, 1, row, 1);
      add_cell (self->items, level, 2, row, 1);
      add_cell (self->items, open, 3, row, 1);
      row++;
    }
  if (row < action->n_items)
    {
      int more = action->n_items - row;
      g_autofree char *text = g_strdup_printf (ngettext ("and %d more", "and %d more", more), more);

      add_cell (self->items, text, 0, row, 0);
    }
}

static void
show_contacts (RubisActionSheet *self, RubisAccountCard *card)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < card->contacts->len; i++)
    {
      RubisContactRow *contact = card->contacts->pdata[i];

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", contact->name);
      if (*contact->role != '\0')
        g_string_append_printf (text, ", %s", contact->role);
      if (*contact->phone != '\0')
        g_string_append_printf (text, "\n%s", contact->phone);
      if (*contact->email != '\0')
        g_string_append_printf (text, "\n%s", contact->email);
    }
  if (*card->phone != '\0' && strstr (text->str, card->phone) == NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", card->phone);
  if (*card->email != '\0' && strstr (text->str, card->email) == NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", card->email);
  gtk_label_set_label (self->contacts, text->len > 0 ? text->str : _("none known"));
}

static gpointer
card_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_load_account (session, *(gint64 *) data, error);
}

static void
card_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisActionSheet) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisAccountCard) card = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  RubisActionRow *action = get_current (self);

  if (rubis_plain_is_abandoned (result))
    return;
  if (card == NULL)
    {
      set_problem (self, error->message);
      return;
    }
  if (action != NULL && card->id == action->account_id)
    {
      show_items (self, action, card);
      show_contacts (self, card);
    }
}

static void
show_reasons (RubisActionSheet *self, RubisActionRow *action)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < action->reasons->len; i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", (char *) action->reasons->pdata[i]);
  gtk_label_set_label (self->reasons, text->str);
}

static void
show_action (RubisActionSheet *self, RubisActionRow *action)
{
  RubisCurrency none = { "" };
  g_autofree char *facts
      = g_strdup_printf (ngettext ("%s · %d item", "%s · %d items", action->n_items), action->account_code,
                         action->n_items);
  g_autofree char *amount = rubis_ui_format_amount (action->amount, action->currency, none);
  g_autofree char *late = action->days_late > 0
                              ? g_strdup_printf (ngettext ("%d day late", "%d days late", action->days_late),
                                                 action->days_late)
                              : g_strdup (_("not due yet"));
  g_autofree char *credit_amount = rubis_ui_format_amount (action->credits, action->currency, none);
  g_autofree char *credits = g_strdup_printf (
      _("%s of payments or credits are not allocated: allocate them first if they belong to these items."),
      credit_amount);

  gtk_label_set_label (self->name, action->account_name);
  gtk_label_set_label (self->facts, facts);
  gtk_image_set_from_icon_name (self->channel, rubis_today_channel_to_icon (action->channel));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->channel), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rubis_channel_to_label (action->channel), -1);
  gtk_label_set_label (self->step, action->step_name);
  gtk_label_set_label (self->lateness, late);
  gtk_label_set_label (self->amount, amount);
  gtk_label_set_label (self->credits, credits);
  gtk_widget_set_visible (self->credits_box, action->credits > 0);
  show_reasons (self, action);
  clear_grid (self->items);
  gtk_label_set_label (self->contacts, "");
  gtk_widget_set_visible (self->talk_box, is_talk (action));
  gtk_editable_set_text (GTK_EDITABLE (self->note), "");
  gtk_widget_set_visible (self->save_button, is_letter (action));
  gtk_button_set_label (self->do_button, is_letter (action) ? _("_Print…")
                                         : is_talk (action) ? _("_Done")
                                                            : rubis_send_notice_get_label (self->session));
}

static void
show_end (RubisActionSheet *self)
{
  g_autofree char *done = g_strdup_printf (ngettext ("%u done", "%u done", self->n_done), self->n_done);
  g_autofree char *text = NULL;

  if (self->n_skipped > 0)
    text = g_strdup_printf (ngettext ("%s, %u skipped: it stays in the list.", "%s, %u skipped: they stay in the list.",
                                      self->n_skipped),
                            done, self->n_skipped);
  else
    text = g_strdup_printf ("%s.", done);
  if (self->n_waiting > 0)
    {
      g_autofree char *before = g_steal_pointer (&text);

      g_autofree char *waiting = g_strdup_printf (
          ngettext ("%u letter is written but not marked as printed: it waits under Letters, To post.",
                    "%u letters are written but not marked as printed: they wait under Letters, To post.",
                    self->n_waiting),
          self->n_waiting);

      text = g_strdup_printf ("%s\n%s", before, waiting);
    }
  gtk_widget_set_visible (self->end_post_button, self->n_waiting > 0);
  adw_status_page_set_title (self->end, _("You have gone through all the actions of the day"));
  adw_status_page_set_description (self->end, text);
  gtk_widget_set_visible (self->stop_button, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "end");
  gtk_widget_grab_focus (self->end_button);
}

static void
show_current (RubisActionSheet *self)
{
  RubisActionRow *action = get_current (self);
  g_autofree char *position = NULL;

  gtk_progress_bar_set_fraction (self->progress,
                                 self->actions->len > 0 ? (double) self->position / self->actions->len : 1);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set_problem (self, NULL);
  if (action == NULL)
    {
      adw_window_title_set_subtitle (self->window_title, "");
      update_actions (self);
      show_end (self);
      return;
    }
  position = g_strdup_printf ("%u / %u", self->position + 1, self->actions->len);
  adw_window_title_set_subtitle (self->window_title, position);
  show_action (self, action);
  self->cancellable = g_cancellable_new ();
  rubis_session_run_async (self->session, NULL, card_work,
                           g_memdup2 (&action->account_id, sizeof action->account_id), g_free, g_object_unref,
                           self->cancellable, card_cb, g_object_ref (self));
  rubis_preview_pane_load (self->pane, self->session, action);
  update_actions (self);
}

/* --- doing --- */

static gpointer
perform_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Order *order = data;
  g_autoptr(GPtrArray) actions = g_ptr_array_new ();

  g_ptr_array_add (actions, order->action);
  order->options.note = order->note;
  return rubis_session_perform_with (session, actions, &order->options, progress, error);
}

/* On to the next; @problem (nullable) tells where the letter is that was not printed. */
static void
go_on (RubisActionSheet *self, const char *problem)
{
  self->n_done += problem == NULL ? 1 : 0;
  self->n_waiting += problem != NULL ? 1 : 0;
  self->position++;
  show_current (self);
  set_problem (self, problem);
  gtk_widget_set_visible (self->post_button, problem != NULL);
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisActionSheet) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) left_out = rubis_print_run_finish (result, &error);

  self->busy = FALSE;
  go_on (self, error != NULL ? error->message : NULL);
}

/* The letter is written and waits: now it may go to the printer. */
static void
print_written (RubisActionSheet *self, const RubisRunReport *report)
{
  RubisActionRow *action = get_current (self);
  g_autoptr(GArray) ids = rubis_print_run_list_letters (report);
  g_autofree char *title = g_strdup_printf ("%s, %s", action->account_name, action->step_name);
  const RubisPrintOrder order = { .title = title, .printer = self->printer, .settings = self->settings };

  g_clear_object (&self->printing);
  self->printing = g_cancellable_new ();
  rubis_print_run (GTK_WINDOW (self), self->session, ids, &order, self->printing, printed_cb, g_object_ref (self));
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisActionSheet) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisRunReport) report = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (report != NULL && report->done->len > 0 && self->printer != NULL)
    {
      print_written (self, report);
      return;
    }
  self->busy = FALSE;
  if (report == NULL)
    {
      set_problem (self, error->message);
      update_actions (self);
      return;
    }
  if (report->done->len == 0 && report->refused->len > 0)
    {
      RubisActionRow *refused = report->refused->pdata[0];
      const char *reason = *refused->error != '\0'        ? refused->error
                           : refused->reasons->len > 0 ? refused->reasons->pdata[0]
                                                       : _("A rule forbids it by now.");

      set_problem (self, reason);
      update_actions (self);
      return;
    }
  if (report->done->len > 0)
    rubis_send_notice_show_one (GTK_WIDGET (self), report);
  go_on (self, NULL);
}

/* @folder: (transfer full) (nullable) */
static void
perform (RubisActionSheet *self, char *folder)
{
  RubisActionRow *action = get_current (self);
  Order *order = g_new0 (Order, 1);
  const char *note = gtk_editable_get_text (GTK_EDITABLE (self->note));

  order->action = g_object_ref (action);
  order->options.folder = order->folder = folder;
  /* Also what is printed next waits until the printer has done its work. */
  order->options.keep_letters = TRUE;
  if (is_talk (action) && *note != '\0')
    order->note = g_strdup (note);
  self->busy = TRUE;
  set_problem (self, NULL);
  update_actions (self);
  rubis_session_run_async (self->session, NULL, perform_work, order, (GDestroyNotify) order_free,
                           (GDestroyNotify) rubis_run_report_free, NULL, performed_cb, g_object_ref (self));
}

static void
forget_printer (RubisActionSheet *self)
{
  g_clear_pointer (&self->printer, g_free);
  g_clear_object (&self->settings);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisActionSheet) self = user_data;
  g_autoptr(GError) error = NULL;

  forget_printer (self);
  if (rubis_print_choose_finish (result, &self->printer, &self->settings, &error))
    {
      perform (self, NULL);
      return;
    }
  self->busy = FALSE;
  if (!g_error_matches (error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_CANCELLED))
    set_problem (self, error->message);
  update_actions (self);
}

static void
do_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisActionSheet *self = RUBIS_ACTION_SHEET (widget);

  if (!is_letter (get_current (self)))
    {
      forget_printer (self);
      perform (self, NULL);
      return;
    }
  self->busy = TRUE;
  update_actions (self);
  rubis_print_choose (GTK_WINDOW (self), RUBIS_PRINT_SIDES_CHOSEN, chosen_cb, g_object_ref (self));
}

static void
to_post_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_print_run_show_post (gtk_window_get_transient_for (GTK_WINDOW (widget)));
  gtk_window_close (GTK_WINDOW (widget));
}

/* Who does not wait for the printer is told where the letter is; the window closes after that. */
static gboolean
close_request_cb (RubisActionSheet *self)
{
  g_cancellable_cancel (self->printing);
  return self->busy ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
folder_chosen_cb (RubisActionSheet *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      forget_printer (self);
      perform (self, g_file_get_path (file));
    }
  g_object_unref (dialog);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisActionSheet *self = RUBIS_ACTION_SHEET (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Folder for the letters"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"),
                                                              NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (folder_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
skip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisActionSheet *self = RUBIS_ACTION_SHEET (widget);

  self->n_skipped++;
  self->position++;
  show_current (self);
}

static int
compare_amounts (gconstpointer a, gconstpointer b)
{
  RubisActionRow *first = *(RubisActionRow *const *) a;
  RubisActionRow *second = *(RubisActionRow *const *) b;

  if (first->amount != second->amount)
    return first->amount > second->amount ? -1 : 1;
  return g_strcmp0 (first->account_code, second->account_code);
}

static void
rubis_action_sheet_dispose (GObject *object)
{
  RubisActionSheet *self = RUBIS_ACTION_SHEET (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_ACTION_SHEET);
  g_clear_pointer (&self->actions, g_ptr_array_unref);
  forget_printer (self);
  g_clear_object (&self->printing);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_action_sheet_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, stop_button);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, progress);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, name);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, facts);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, channel);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, step);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, lateness);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, amount);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, credits_box);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, credits);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, contacts);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, items);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, reasons);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, talk_box);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, note);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, save_button);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, do_button);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, pane);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, end);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, end_button);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, end_post_button);
  gtk_widget_class_bind_template_child (widget_class, RubisActionSheet, post_button);
}

static void
rubis_action_sheet_class_init (RubisActionSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_action_sheet_dispose;
  gtk_widget_class_install_action (widget_class, "sheet.do", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "sheet.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "sheet.skip", NULL, skip_action);
  gtk_widget_class_install_action (widget_class, "sheet.to-post", NULL, to_post_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "sheet.do", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "sheet.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "sheet.skip", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  g_type_ensure (RUBIS_TYPE_PREVIEW_PANE);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-action-sheet.ui");
  bind_children (widget_class);
}

static void
rubis_action_sheet_init (RubisActionSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_window_title_set_title (self->window_title, _("One by one"));
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  g_signal_connect_object (self->pane, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
rubis_action_sheet_new (GtkWindow *parent, RubisSession *session, GPtrArray *actions)
{
  RubisActionSheet *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);
  g_return_val_if_fail (actions != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_ACTION_SHEET, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->actions = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < actions->len; i++)
    {
      RubisActionRow *action = actions->pdata[i];

      if (action->state == RUBIS_ACTION_TO_DO && *action->error == '\0')
        g_ptr_array_add (self->actions, g_object_ref (action));
    }
  g_ptr_array_sort (self->actions, compare_amounts);
  show_current (self);
  return GTK_WIDGET (self);
}
