/* What is done with the selected lines of the invoice grid. */
#include "rubis-invoice-grid-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-agenda-list.h"
#include "rubis-grid-table.h"
#include "rubis-preview-window.h"
#include "rubis-stop-dialog.h"
#include "rubis-ui.h"
#include "rubis-why-popover.h"

/* Each line is asked for when it is copied; more would keep the window waiting. */
#define MAX_COPIED 20000

/* Work on some items, for the thread of the session. */
typedef struct {
  GArray *ids;          /* (owned) (element-type gint64) */
  gboolean stop;
  char *reason;         /* (owned) (nullable) */
  RubisDate until;
  gint64 account_id;
  int level;
} ItemWork;

static ItemWork *
item_work_new (GArray *ids)
{
  ItemWork *self = g_new0 (ItemWork, 1);

  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), ids->len);
  g_array_append_vals (self->ids, ids->data, ids->len);
  self->until = RUBIS_DATE_NONE;
  return self;
}

static void
item_work_free (gpointer data)
{
  ItemWork *self = data;

  g_array_unref (self->ids);
  g_free (self->reason);
  g_free (self);
}

static gpointer
stop_items_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  ItemWork *work = data;
  gboolean done = rubis_session_set_items_stop (session, work->ids, work->stop, work->reason, work->until, error);

  return GINT_TO_POINTER (done);
}

static void
stop_items_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisInvoiceGrid) self = user_data;
  g_autoptr(GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error != NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _("The stop could not be set"), error, FALSE);
  else
    rubis_ui_toast (GTK_WIDGET (self), _("Stop changed"), TRUE);
}

static void
run_stop (RubisInvoiceGrid *self, ItemWork *work)
{
  rubis_session_run_async (self->session, NULL, stop_items_work, work, item_work_free, NULL, self->cancellable,
                           stop_items_done_cb, g_object_ref (self));
}

static void
stop_agreed_cb (const char *reason, RubisDate until, gpointer user_data)
{
  RubisInvoiceGrid *self = user_data;
  ItemWork *work = item_work_new (rubis_grid_selection_get_ids (self->selection));

  work->stop = TRUE;
  work->reason = g_strdup (reason);
  work->until = until;
  run_stop (self, work);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (widget);
  guint n = rubis_grid_selection_get_ids (self->selection)->len;
  g_autofree char *count = rubis_ui_format_count (n);
  g_autofree char *heading = g_strdup_printf (ngettext ("Stop the reminders of %s item?",
                                                        "Stop the reminders of %s items?", n), count);

  rubis_stop_dialog_present (GTK_WINDOW (gtk_widget_get_root (widget)), heading,
                             rubis_session_get_today (self->session), stop_agreed_cb, g_object_ref (self),
                             g_object_unref);
}

static void
lift_stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (widget);

  run_stop (self, item_work_new (rubis_grid_selection_get_ids (self->selection)));
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (widget);
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GArray) columns = rubis_grid_columns_list_visible (self->view);
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;
  g_autofree char *count = NULL;
  g_autofree char *said = NULL;
  g_autoptr(GBytes) bytes = NULL;
  GdkContentProvider *providers[2];
  g_autoptr(GdkContentProvider) both = NULL;
  GtkBitsetIter iter;
  guint position;

  if (!gtk_bitset_iter_init_first (&iter, selected, &position))
    return;
  do
    g_ptr_array_add (rows, g_list_model_get_item (G_LIST_MODEL (self->list), position));
  while (rows->len < MAX_COPIED && gtk_bitset_iter_next (&iter, &position));

  text = rubis_grid_table_to_text (columns, rows);
  html = rubis_grid_table_to_html (columns, rows);
  bytes = g_bytes_new (html, strlen (html));
  providers[0] = gdk_content_provider_new_for_bytes ("text/html", bytes);
  providers[1] = gdk_content_provider_new_typed (G_TYPE_STRING, text);
  both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), both);

  count = rubis_ui_format_count (rows->len);
  if (rows->len < gtk_bitset_get_size (selected))
    said = g_strdup_printf (_("Only the first %s lines were copied: filter first to copy the others"), count);
  else
    said = g_strdup_printf (ngettext ("%s line copied", "%s lines copied", rows->len), count);
  rubis_ui_toast (widget, said, FALSE);
}

static void
select_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (RUBIS_INVOICE_GRID (widget)->selection));
}

static void
reset_filters_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_filter_bar_reset (RUBIS_INVOICE_GRID (widget)->filter_bar);
}

static void
open_account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr(RubisItemRow) row = rubis_invoice_grid_dup_current (RUBIS_INVOICE_GRID (widget));

  if (row != NULL)
    gtk_widget_activate_action (widget, "win.show-account-view", "x", row->account_id);
}

static void
statement_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr(RubisItemRow) row = rubis_invoice_grid_dup_current (RUBIS_INVOICE_GRID (widget));

  if (row != NULL)
    gtk_widget_activate_action (widget, "win.statement", "x", row->account_id);
}

/* Where the row that has the focus is seen, or the middle of the grid. */
static void
find_current_area (RubisInvoiceGrid *self, GdkRectangle *area)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  graphene_rect_t bounds;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view))
      && gtk_widget_compute_bounds (focus, GTK_WIDGET (self), &bounds))
    *area = (GdkRectangle){ (int) bounds.origin.x + 48, (int) (bounds.origin.y + bounds.size.height - 4), 1, 1 };
  else
    *area = (GdkRectangle){ gtk_widget_get_width (GTK_WIDGET (self)) / 2,
                            gtk_widget_get_height (GTK_WIDGET (self)) / 2, 1, 1 };
}

static void
why_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (widget);
  g_autoptr(RubisItemRow) row = rubis_invoice_grid_dup_current (self);
  GdkRectangle area;

  if (row == NULL)
    return;
  find_current_area (self, &area);
  rubis_why_popover_present_item (widget, &area, self->session, row->id, row->number);
}

/* The step whose text fits items that reached @level: the next written one, else the last. */
static const RubisStep *
find_written_step (RubisPolicy *policy, int level)
{
  const RubisStep *found = NULL;

  for (int i = 0; i < rubis_policy_get_n_steps (policy); i++)
    {
      const RubisStep *step = rubis_policy_get_step (policy, i);
      gboolean written = step->channel == RUBIS_CHANNEL_LETTER || step->channel == RUBIS_CHANNEL_REGISTERED
                         || step->channel == RUBIS_CHANNEL_EMAIL;

      if (!written || step->rank < 1)
        continue;
      found = step;
      if (step->rank > level)
        break;
    }
  return found;
}

static gpointer
write_letter_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  ItemWork *work = data;
  g_autoptr(RubisAccountCard) card = rubis_session_load_account (session, work->account_id, error);
  g_autoptr(GPtrArray) policies = card != NULL ? rubis_session_list_policies (session, error) : NULL;

  if (policies == NULL)
    return NULL;
  for (guint i = 0; i < policies->len; i++)
    {
      RubisPolicy *policy = policies->pdata[i];
      const RubisStep *step = find_written_step (policy, work->level);

      if (g_str_equal (rubis_policy_get_id (policy), card->policy_id) && step != NULL)
        return rubis_session_write_letter (session, work->account_id, step->template_id, work->ids, error);
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _("The policy of %s sends no letters: choose another one in the account panel"), card->name);
  return NULL;
}

static void
letter_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisInvoiceGrid) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) pdf = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (pdf == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _("The letter could not be written"), error, TRUE);
  else if (root != NULL)
    gtk_window_present (GTK_WINDOW (rubis_preview_window_new_for_pdf (GTK_WINDOW (root), _("Letter"),
                                                                      _("letter.pdf"), pdf)));
}

/* A letter, a dispute and the like are for one account: that of the current line, with those of its lines that are
 * selected. @level: (out) (optional) the highest of theirs. (transfer full) (element-type gint64)
 */
static GArray *
dup_ids_like (RubisInvoiceGrid *self, RubisItemRow *current, int *level)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  int highest = 0;
  GtkBitsetIter iter;
  guint position;
  guint n_seen = 0;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more && n_seen < MAX_COPIED;
       more = gtk_bitset_iter_next (&iter, &position), n_seen++)
    {
      g_autoptr(RubisItemRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);

      if (row->account_id != current->account_id || !rubis_currency_equal (row->currency, current->currency))
        continue;
      g_array_append_val (ids, row->id);
      highest = MAX (highest, row->level);
    }
  if (ids->len == 0)
    g_array_append_val (ids, current->id);
  if (level != NULL)
    *level = highest;
  return ids;
}

static void
letter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (widget);
  g_autoptr(RubisItemRow) current = rubis_invoice_grid_dup_current (self);
  g_autoptr(GArray) ids = NULL;
  ItemWork *work;
  int level;

  if (current == NULL)
    return;
  ids = dup_ids_like (self, current, &level);
  work = item_work_new (ids);
  work->account_id = current->account_id;
  work->level = level;
  rubis_ui_read_async (self->session, write_letter_work, work, item_work_free, (GDestroyNotify) g_bytes_unref,
                       self->cancellable, letter_written_cb, g_object_ref (self));
}

/* Activates an action of the window that takes an account and some of its items. */
static void
activate_on_items (RubisInvoiceGrid *self, const char *action)
{
  g_autoptr(RubisItemRow) current = rubis_invoice_grid_dup_current (self);
  g_autoptr(GArray) ids = NULL;

  if (current == NULL)
    return;
  ids = dup_ids_like (self, current, NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), action, "(x@ax)", current->account_id,
                              g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, ids->data, ids->len, sizeof (gint64)));
}

static void
promise_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate_on_items (RUBIS_INVOICE_GRID (widget), "win.new-promise");
}

static void
plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  activate_on_items (RUBIS_INVOICE_GRID (widget), "win.new-plan");
}

/* An item that is contested as a whole has its dispute already. */
static void
dispute_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (widget);
  g_autoptr(RubisItemRow) current = rubis_invoice_grid_dup_current (self);

  if (current != NULL && current->contested > 0 && current->contested >= current->open)
    gtk_widget_activate_action (widget, "win.show-item-dispute", "x", current->id);
  else
    activate_on_items (self, "win.new-dispute");
}

static void
bulk_edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GArray *ids = rubis_grid_selection_get_ids (RUBIS_INVOICE_GRID (widget)->selection);

  if (ids->len > 0)
    gtk_widget_activate_action (widget, "win.bulk-edit", "(b@ax)", TRUE,
                                g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, ids->data, ids->len,
                                                           sizeof (gint64)));
}

static void
popup_menu_at (RubisInvoiceGrid *self, const GdkRectangle *area)
{
  gtk_popover_set_pointing_to (self->menu, area);
  gtk_popover_popup (self->menu);
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisInvoiceGrid *self = RUBIS_INVOICE_GRID (widget);
  GdkRectangle area;

  find_current_area (self, &area);
  popup_menu_at (self, &area);
}

static void
right_click_cb (RubisInvoiceGrid *self, int n_press, double x, double y, GtkGesture *gesture)
{
  GtkWidget *target = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);
  GtkListItem *item = rubis_grid_columns_get_list_item (target);
  guint position = item != NULL ? gtk_list_item_get_position (item) : GTK_INVALID_LIST_POSITION;
  double menu_x, menu_y;

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), x, y, &menu_x, &menu_y);
  popup_menu_at (self, &(GdkRectangle){ (int) menu_x, (int) menu_y, 1, 1 });
}

static void
call_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr(RubisItemRow) current = rubis_invoice_grid_dup_current (RUBIS_INVOICE_GRID (widget));

  if (current != NULL)
    gtk_widget_activate_action (widget, "win.call", "x", current->account_id);
}

void
rubis_invoice_grid_add_shortcuts (RubisInvoiceGrid *self)
{
  static const struct {
    const char *trigger;
    const char *action;
  } keys[] = {
    { "<Control>c", "grid.copy" }, { "c", "grid.letter" }, { "t", "grid.call" },       { "s", "grid.stop" },
    { "question", "grid.why" },    { "<Shift>F10", "grid.menu" }, { "Menu", "grid.menu" },
    { "<Shift>question", "grid.why" }, { "n", "win.edit-note" },
    { "l", "grid.dispute" },       { "m", "grid.bulk-edit" },
    { "p", "grid.promise" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger),
                                                            gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (right_click_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
}

void
rubis_invoice_grid_update_actions (RubisInvoiceGrid *self)
{
  gboolean any = rubis_grid_selection_get_n_selected (self->selection) > 0;
  static const char *const names[] = { "grid.copy", "grid.stop", "grid.lift-stop", "grid.letter", "grid.statement",
                                       "grid.why", "grid.open-account", "grid.dispute", "grid.bulk-edit",
                                       "grid.call", "grid.promise", "grid.plan" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), names[i], any);
}

void
rubis_invoice_grid_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "grid.bulk-edit", NULL, bulk_edit_action);
  gtk_widget_class_install_action (widget_class, "grid.call", NULL, call_action);
  gtk_widget_class_install_action (widget_class, "grid.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "grid.dispute", NULL, dispute_action);
  gtk_widget_class_install_action (widget_class, "grid.letter", NULL, letter_action);
  gtk_widget_class_install_action (widget_class, "grid.lift-stop", NULL, lift_stop_action);
  gtk_widget_class_install_action (widget_class, "grid.menu", NULL, menu_action);
  gtk_widget_class_install_action (widget_class, "grid.open-account", NULL, open_account_action);
  gtk_widget_class_install_action (widget_class, "grid.plan", NULL, plan_action);
  gtk_widget_class_install_action (widget_class, "grid.promise", NULL, promise_action);
  gtk_widget_class_install_action (widget_class, "grid.reset-filters", NULL, reset_filters_action);
  gtk_widget_class_install_action (widget_class, "grid.select-all", NULL, select_all_action);
  gtk_widget_class_install_action (widget_class, "grid.statement", NULL, statement_action);
  gtk_widget_class_install_action (widget_class, "grid.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "grid.why", NULL, why_action);
}
