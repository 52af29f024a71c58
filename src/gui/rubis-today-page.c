#include "rubis-today-page.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-tree.h"
#include "rubis-action-sheet.h"
#include "rubis-agenda-list.h"
#include "rubis-day.h"
#include "rubis-day-run.h"
#include "rubis-plain.h"
#include "rubis-preview-window.h"
#include "rubis-progress-ring.h"
#include "rubis-today-list.h"
#include "rubis-today-old-data.h"
#include "rubis-today-row.h"
#include "rubis-today-task.h"
#include "rubis-ui.h"

struct _RubisTodayPage {
  AdwBin parent_instance;

  RubisProgressRing *ring;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkSpinner *spinner;
  GtkWidget *refresh_button;
  GtkWidget *notice_box;
  GtkLabel *notice;
  GtkWidget *notice_buttons;
  GtkWidget *registered_box;
  GtkLabel *registered_label;
  GtkWidget *printer_box;
  GtkLabel *printer_label;
  GtkStack *stack;
  GtkListView *view;
  GtkCheckButton *all_check;
  GtkLabel *selection_label;
  AdwStatusPage *nothing;
  AdwStatusPage *error;

  RubisSession *session;          /* (owned) */
  gint64 group_id;
  gint64 account_id;
  RubisAccountTree *tree;         /* (owned) (nullable) who is in the group */
  RubisTodayList *list;           /* (owned) */
  GtkSingleSelection *selection;  /* (owned) */
  GCancellable *cancellable;      /* (owned) (nullable) of the computing */
  gboolean stale;                 /* the dossier changed while the day was computed */
  gboolean no_data;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (RubisTodayPage, rubis_today_page, ADW_TYPE_BIN)

enum { PROP_0, PROP_SESSION, PROP_GROUP_ID, PROP_ACCOUNT_ID, N_PROPS };
static GParamSpec *properties[N_PROPS];
enum { ACCOUNT_ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

static RubisTodayEntry *
get_selected (RubisTodayPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
update_actions (RubisTodayPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  RubisTodayEntry *entry = get_selected (self);
  gboolean line = entry != NULL && entry->action != NULL;
  guint n_ticked = rubis_today_list_get_n_ticked (self->list);
  g_autoptr(GPtrArray) to_do = rubis_today_list_dup_to_do (self->list);

  gtk_widget_action_set_enabled (widget, "today.do", n_ticked > 0);
  gtk_widget_action_set_enabled (widget, "today.preview-all", to_do->len > 0);
  gtk_widget_action_set_enabled (widget, "today.process", to_do->len > 0);
  gtk_widget_action_set_enabled (widget, "today.preview", line && rubis_today_entry_can_tick (entry));
  gtk_widget_action_set_enabled (widget, "today.why", line);
}

static void
update_selection (RubisTodayPage *self)
{
  guint n_ticked = rubis_today_list_get_n_ticked (self->list);
  g_autoptr(GPtrArray) to_do = rubis_today_list_dup_to_do (self->list);
  g_autofree char *sums = rubis_today_list_dup_ticked_sums (self->list);
  g_autofree char *count = g_strdup_printf (ngettext ("%u selected", "%u selected", n_ticked), n_ticked);
  g_autofree char *text = *sums != '\0' ? g_strdup_printf ("%s · %s", count, sums) : g_strdup (count);

  self->updating = TRUE;
  gtk_label_set_label (self->selection_label, text);
  gtk_check_button_set_active (self->all_check, n_ticked > 0 && n_ticked == to_do->len);
  gtk_check_button_set_inconsistent (self->all_check, n_ticked > 0 && n_ticked < to_do->len);
  gtk_widget_set_sensitive (GTK_WIDGET (self->all_check), to_do->len > 0);
  self->updating = FALSE;
  update_actions (self);
}

static void
update_top (RubisTodayPage *self)
{
  guint n_to_do = rubis_today_list_get_n_to_do (self->list);
  guint n_done = rubis_today_list_get_n_done (self->list);
  g_autofree char *sums = rubis_today_list_dup_to_do_sums (self->list);
  g_autofree char *date = rubis_ui_format_long_date (rubis_session_get_today (self->session));
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  if (n_to_do > 0)
    title = g_strdup_printf (ngettext ("%u action to do", "%u actions to do", n_to_do), n_to_do);
  else
    title = g_strdup (n_done > 0 ? _("The day is done") : _("Today"));
  subtitle = *sums != '\0' ? g_strdup_printf ("%s · %s", sums, date) : g_strdup (date);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle), subtitle);
  rubis_progress_ring_set (self->ring, n_done, n_done + n_to_do);
  gtk_widget_set_visible (GTK_WIDGET (self->ring), n_done + n_to_do > 0);
}

static void
update_place (RubisTodayPage *self)
{
  const char *place = "list";

  update_top (self);
  update_selection (self);
  if (self->no_data)
    place = "empty";
  else if (g_list_model_get_n_items (rubis_today_list_get_model (self->list)) == 0)
    place = "nothing";
  adw_status_page_set_description (self->nothing,
                                   self->group_id != 0 || self->account_id != 0
                                       ? _("No step is reached for what is chosen at the left. Choose “All” to see "
                                           "the whole day.")
                                       : _("No step is reached. Rubis looks again after the next import, and "
                                           "tomorrow."));
  gtk_stack_set_visible_child_name (self->stack, place);
}

static void
show_notice (RubisTodayPage *self, RubisDay *day)
{
  g_autofree char *text = rubis_day_describe_obstacle (day);
  g_autofree char *at_printer
      = g_strdup_printf (ngettext ("%u letter went to the printer, and nobody has said how it came out.",
                                   "%u letters went to the printer, and nobody has said how they came out.",
                                   day->n_at_printer),
                         day->n_at_printer);

  gtk_label_set_label (self->printer_label, at_printer);
  gtk_widget_set_visible (self->printer_box, day->n_at_printer > 0);
  gtk_label_set_label (self->notice, text);
  gtk_widget_set_visible (self->notice_box, *text != '\0');
  gtk_widget_set_visible (self->notice_buttons, rubis_day_is_stale (day));
  gtk_label_set_label (self->registered_label, day->registered);
  gtk_widget_set_visible (self->registered_box, *day->registered != '\0');
}

/* The keys of the list work at once, unless the user is elsewhere. */
static void
take_focus (RubisTodayPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && (focus == NULL || focus == self->refresh_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
computed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisTodayPage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisDay) day = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result))
    return;
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  if (day == NULL)
    {
      rubis_plain_set_description (self->error, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
      return;
    }
  self->no_data = day->no_data;
  show_notice (self, day);
  rubis_today_list_set_tasks (self->list, day->tasks, rubis_session_get_today (self->session));
  rubis_today_list_set_actions (self->list, day->actions);
  update_place (self);
  take_focus (self);
  if (self->stale)
    rubis_today_page_refresh (self);
}

static void
changed_cb (RubisTodayPage *self)
{
  if (self->cancellable != NULL)
    self->stale = TRUE;
  else
    rubis_today_page_refresh (self);
}

/* --- scope --- */

static void
apply_scope (RubisTodayPage *self)
{
  g_autoptr(GHashTable) accounts = NULL;

  if (self->account_id != 0 || self->group_id != 0)
    accounts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (self->account_id != 0)
    g_hash_table_add (accounts, g_memdup2 (&self->account_id, sizeof self->account_id));
  else if (self->group_id != 0)
    {
      if (self->tree == NULL)
        {
          self->tree = rubis_account_tree_new (self->session);
          g_signal_connect_object (self->tree, "loaded", G_CALLBACK (apply_scope), self, G_CONNECT_SWAPPED);
        }
      rubis_day_collect_group (rubis_account_tree_get_roots (self->tree), self->group_id, accounts);
    }
  rubis_today_list_set_accounts (self->list, accounts);
  if (self->cancellable == NULL)
    update_place (self);
}

/* --- what the user asks for --- */

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_today_page_refresh (RUBIS_TODAY_PAGE (widget));
}

static GtkWindow *
get_window (RubisTodayPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
do_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (widget);
  g_autoptr(GPtrArray) actions = rubis_today_list_dup_ticked (self->list);

  gtk_window_present (GTK_WINDOW (rubis_day_run_new (get_window (self), self->session, actions)));
}

static gboolean
is_call (RubisTodayEntry *entry)
{
  return entry != NULL && entry->action != NULL && entry->action->channel == RUBIS_CHANNEL_CALL;
}

static void
process_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (widget);
  RubisTodayEntry *entry = get_selected (self);
  g_autoptr(GPtrArray) actions = rubis_today_list_dup_to_do (self->list);
  guint n_calls = 0;

  /* Calls have a window of their own. */
  for (guint i = actions->len; i > 0; i--)
    {
      if (((RubisActionRow *) actions->pdata[i - 1])->channel != RUBIS_CHANNEL_CALL)
        continue;
      g_ptr_array_remove_index (actions, i - 1);
      n_calls++;
    }
  if (n_calls > 0 && (actions->len == 0 || is_call (entry)))
    gtk_widget_activate_action (widget, "win.call-session", NULL);
  else
    gtk_window_present (GTK_WINDOW (rubis_action_sheet_new (get_window (self), self->session, actions)));
}

static void
preview_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (widget);
  g_autoptr(GPtrArray) actions = rubis_today_list_dup_ticked (self->list);

  if (actions->len == 0)
    {
      g_clear_pointer (&actions, g_ptr_array_unref);
      actions = rubis_today_list_dup_to_do (self->list);
    }
  gtk_window_present (GTK_WINDOW (rubis_preview_window_new (get_window (self), self->session, actions, 0)));
}

static void
preview_entry (RubisTodayPage *self, RubisTodayEntry *entry)
{
  g_autoptr(GPtrArray) actions = rubis_today_list_dup_to_do (self->list);
  guint position;

  if (g_ptr_array_find (actions, entry->action, &position))
    gtk_window_present (
        GTK_WINDOW (rubis_preview_window_new (get_window (self), self->session, actions, position)));
}

static void
preview_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (widget);

  preview_entry (self, get_selected (self));
}

static void
accept_old_data_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (widget);

  rubis_today_ask_old_data (self, self->session);
}

static void
why_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (widget);
  RubisTodayEntry *entry = get_selected (self);

  rubis_today_list_set_unfolded (self->list, entry, !entry->unfolded);
}

static void
activated_cb (RubisTodayPage *self, guint position)
{
  g_autoptr(RubisTodayEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (entry == NULL)
    return;
  if (entry->task != NULL)
    rubis_today_task_do (GTK_WIDGET (self), self->session, entry->task, rubis_today_task_get_main_verb (entry->task));
  else if (!rubis_today_entry_can_tick (entry) || rubis_today_entry_is_head (entry))
    rubis_today_list_set_unfolded (self->list, entry, !entry->unfolded);
  else if (is_call (entry))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.call", "x", entry->action->account_id);
  else
    preview_entry (self, entry);
}

static void
all_toggled_cb (RubisTodayPage *self)
{
  if (self->updating)
    return;
  rubis_today_list_set_all_ticked (self->list, gtk_check_button_get_active (self->all_check));
  update_selection (self);
}

/* The letters are those of the grid. */
static gboolean
do_letter (RubisTodayPage *self, RubisTodayEntry *entry, guint key)
{
  gint64 account_id = rubis_today_entry_get_account (entry);

  if (account_id == 0 || (key != GDK_KEY_t && key != GDK_KEY_p && key != GDK_KEY_v))
    return FALSE;
  if (key == GDK_KEY_t)
    rubis_today_call (GTK_WIDGET (self), account_id);
  else if (key == GDK_KEY_p)
    rubis_today_promise (GTK_WIDGET (self), account_id,
                         entry->task != NULL ? entry->task->item_ids : entry->action->item_ids);
  else if (entry->task != NULL)
    rubis_today_task_do (GTK_WIDGET (self), self->session, entry->task, RUBIS_TODAY_VERB_SETTLE);
  return TRUE;
}

static gboolean
key_cb (RubisTodayPage *self, guint key, guint code, GdkModifierType state)
{
  RubisTodayEntry *entry = get_selected (self);
  gboolean ticked;

  if (entry == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (do_letter (self, entry, key))
    return GDK_EVENT_STOP;
  switch (key)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      ticked = rubis_today_entry_is_head (entry) ? entry->n_ticked == entry->n_actions : entry->ticked;
      rubis_today_list_set_ticked (self->list, entry, !ticked);
      return GDK_EVENT_STOP;
    case GDK_KEY_question:
      gtk_widget_activate_action (GTK_WIDGET (self), "today.why", NULL);
      return GDK_EVENT_STOP;
    case GDK_KEY_Left:
    case GDK_KEY_Right:
      rubis_today_list_set_unfolded (self->list, entry, key == GDK_KEY_Right);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
selected_cb (RubisTodayPage *self)
{
  RubisTodayEntry *entry = get_selected (self);

  update_actions (self);
  if (entry != NULL && !rubis_today_entry_is_head (entry))
    g_signal_emit (self, signals[ACCOUNT_ACTIVATED], 0, rubis_today_entry_get_account (entry));
}

/* --- rows --- */

static void
row_tick_cb (RubisTodayPage *self, gboolean ticked, RubisTodayRow *row)
{
  rubis_today_list_set_ticked (self->list, rubis_today_row_get_entry (row), ticked);
}

static void
row_unfold_cb (RubisTodayPage *self, gboolean unfolded, RubisTodayRow *row)
{
  rubis_today_list_set_unfolded (self->list, rubis_today_row_get_entry (row), unfolded);
}

static void
row_preview_cb (RubisTodayPage *self, RubisTodayRow *row)
{
  preview_entry (self, rubis_today_row_get_entry (row));
}

static void
row_verb_cb (RubisTodayPage *self, guint verb, RubisTodayRow *row)
{
  rubis_today_task_do (GTK_WIDGET (self), self->session, rubis_today_row_get_entry (row)->task, (RubisTodayVerb) verb);
}

static void
setup_cb (RubisTodayPage *self, GtkListItem *item)
{
  GtkWidget *row = rubis_today_row_new ();

  g_signal_connect_object (row, "tick", G_CALLBACK (row_tick_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "unfold", G_CALLBACK (row_unfold_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "preview", G_CALLBACK (row_preview_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "verb", G_CALLBACK (row_verb_cb), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (RubisTodayPage *self, GtkListItem *item)
{
  rubis_today_row_set_entry (RUBIS_TODAY_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (RubisTodayPage *self, GtkListItem *item)
{
  rubis_today_row_set_entry (RUBIS_TODAY_ROW (gtk_list_item_get_child (item)), NULL);
}

/* --- object --- */

static void
rubis_today_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_GROUP_ID:
      g_value_set_int64 (value, self->group_id);
      break;
    case PROP_ACCOUNT_ID:
      g_value_set_int64 (value, self->account_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_scope (RubisTodayPage *self, gint64 *scope, gint64 id, guint property)
{
  if (*scope == id)
    return;
  *scope = id;
  apply_scope (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
rubis_today_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_GROUP_ID:
      set_scope (self, &self->group_id, g_value_get_int64 (value), PROP_GROUP_ID);
      break;
    case PROP_ACCOUNT_ID:
      set_scope (self, &self->account_id, g_value_get_int64 (value), PROP_ACCOUNT_ID);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rubis_today_page_constructed (GObject *object)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (object);

  G_OBJECT_CLASS (rubis_today_page_parent_class)->constructed (object);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  rubis_today_page_refresh (self);
}

static void
rubis_today_page_dispose (GObject *object)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_TODAY_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->tree);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_today_page_parent_class)->dispose (object);
}

/* Coming from outside, the list is what one wants, not the buttons above it. */
static gboolean
rubis_today_page_focus (GtkWidget *widget, GtkDirectionType direction)
{
  RubisTodayPage *self = RUBIS_TODAY_PAGE (widget);

  if (gtk_widget_get_focus_child (widget) == NULL && gtk_widget_get_mapped (GTK_WIDGET (self->view))
      && gtk_widget_grab_focus (GTK_WIDGET (self->view)))
    return TRUE;
  return GTK_WIDGET_CLASS (rubis_today_page_parent_class)->focus (widget, direction);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "today.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "today.do", NULL, do_action);
  gtk_widget_class_install_action (widget_class, "today.process", NULL, process_action);
  gtk_widget_class_install_action (widget_class, "today.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "today.preview-all", NULL, preview_all_action);
  gtk_widget_class_install_action (widget_class, "today.why", NULL, why_action);
  gtk_widget_class_install_action (widget_class, "today.accept-old-data", NULL, accept_old_data_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "today.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "today.do", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "today.process", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "today.preview-all", NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, ring);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, title);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, notice_box);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, notice);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, notice_buttons);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, registered_box);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, registered_label);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, printer_box);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, printer_label);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, view);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, all_check);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, selection_label);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayPage, error);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_toggled_cb);
}

static void
rubis_today_page_class_init (RubisTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags id_flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rubis_today_page_get_property;
  object_class->set_property = rubis_today_page_set_property;
  object_class->constructed = rubis_today_page_constructed;
  object_class->dispose = rubis_today_page_dispose;
  GTK_WIDGET_CLASS (klass)->focus = rubis_today_page_focus;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, RUBIS_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_GROUP_ID] = g_param_spec_int64 ("group-id", NULL, NULL, 0, G_MAXINT64, 0, id_flags);
  properties[PROP_ACCOUNT_ID] = g_param_spec_int64 ("account-id", NULL, NULL, 0, G_MAXINT64, 0, id_flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACCOUNT_ACTIVATED] = g_signal_new ("account-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  g_type_ensure (RUBIS_TYPE_PROGRESS_RING);
  install_actions (GTK_WIDGET_CLASS (klass));
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
rubis_today_page_init (RubisTodayPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->list = rubis_today_list_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = gtk_single_selection_new (g_object_ref (rubis_today_list_get_model (self->list)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "ticks-changed", G_CALLBACK (update_selection), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->view, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  /* Before the list view takes Space for its own selection. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  update_actions (self);
}

GtkWidget *
rubis_today_page_new (RubisSession *session)
{
  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  return g_object_new (RUBIS_TYPE_TODAY_PAGE, "session", session, NULL);
}

void
rubis_today_page_refresh (RubisTodayPage *self)
{
  g_return_if_fail (RUBIS_IS_TODAY_PAGE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = FALSE;
  gtk_spinner_start (self->spinner);
  rubis_session_run_async (self->session, _("Computing the day"), rubis_day_compute, NULL, NULL,
                           (GDestroyNotify) rubis_day_free, self->cancellable, computed_cb, g_object_ref (self));
}

guint
rubis_today_page_get_n_to_do (RubisTodayPage *self)
{
  g_return_val_if_fail (RUBIS_IS_TODAY_PAGE (self), 0);

  return rubis_today_list_get_n_to_do (self->list);
}
