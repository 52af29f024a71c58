#include "rubis-outbox-page-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-filter-words.h"
#include "rubis-moment.h"
#include "rubis-outbox-line.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

/* What left is in "Sent", too: here are the last ones. */
#define MAX_LEFT 2000
/* From this width on, the message stands beside the list. */
#define WIDE 900

G_DEFINE_FINAL_TYPE (RubisOutboxPage, rubis_outbox_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_GROUP_ID,
  PROP_ACCOUNT_ID,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
enum
{
  ACCOUNT_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

#define BIT(state) (1u << RUBIS_OUTBOX_##state)
#define LEFT (BIT (SENT) | BIT (DELIVERED))
#define ALL_STATES ((1u << RUBIS_N_OUTBOX_STATES) - 1)

typedef enum
{
  CHIP_ALL,
  CHIP_DRAFT,
  CHIP_APPROVED,
  CHIP_QUEUED,
  CHIP_LEFT,
  CHIP_RETURNED,
  CHIP_REFUSED,
  CHIP_UNKNOWN,
} Chip;

/* Called as rubis_filter_chip_to_label() says. */
static const guint chips[RUBIS_N_OUTBOX_CHIPS] = {
  [CHIP_ALL] = ALL_STATES,
  [CHIP_DRAFT] = BIT (DRAFT),
  [CHIP_APPROVED] = BIT (APPROVED),
  [CHIP_QUEUED] = BIT (QUEUED) | BIT (SENDING),
  [CHIP_LEFT] = LEFT,
  [CHIP_RETURNED] = BIT (BOUNCED_SOFT) | BIT (BOUNCED_HARD),
  [CHIP_REFUSED] = BIT (REFUSED),
  [CHIP_UNKNOWN] = BIT (UNKNOWN),
};

/* --- what is listed --- */

static gboolean
fits (RubisOutboxRow *row, guint chip, RubisDate day)
{
  if ((chips[chip] & (1u << row->state)) == 0)
    return FALSE;
  return chip != CHIP_LEFT || (row->sent_at != 0 && rubis_moment_get_day (row->sent_at) == day);
}

static void
update_chips (RubisOutboxPage *self)
{
  RubisDate day = rubis_moment_get_day (rubis_moment_now ());

  self->updating = TRUE;
  for (guint i = 0; i < RUBIS_N_OUTBOX_CHIPS; i++)
    {
      const char *title = rubis_filter_chip_to_label (RUBIS_FILTERS_OUTBOX, i);
      guint n = 0;
      g_autofree char *label = NULL;

      for (guint k = 0; k < self->rows->len; k++)
        n += fits (self->rows->pdata[k], i, day) ? 1 : 0;
      label = g_strdup_printf ("%s %u", title, n);
      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
      gtk_toggle_button_set_active (self->buttons[i], i == self->chip);
      gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), n > 0 || i == CHIP_ALL || i == self->chip);
    }
  self->updating = FALSE;
}

static void
show_count (RubisOutboxPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  guint64 n_selected = rubis_grid_selection_get_n_selected (self->selection);
  g_autofree char *text = NULL;

  if (n_selected > 1)
    text = g_strdup_printf (ngettext ("%u selected", "%u selected", (guint)n_selected), (guint)n_selected);
  else
    text = g_strdup_printf (ngettext ("%u message", "%u messages", n), n);
  gtk_label_set_label (self->count, text);
}

static void
fill (RubisOutboxPage *self)
{
  RubisDate day = rubis_moment_get_day (rubis_moment_now ());
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (fits (self->rows->pdata[i], self->chip, day))
        g_ptr_array_add (shown, self->rows->pdata[i]);
    }
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), shown->pdata,
                       shown->len);
  update_chips (self);
  gtk_stack_set_visible_child_name (self->stack, shown->len > 0 ? "list" : "empty");
  adw_status_page_set_title (self->empty, self->rows->len == 0 ? _ ("Nothing leaves, nothing waits")
                                                               : _ ("No message here"));
  adw_status_page_set_description (
      self->empty, self->rows->len == 0
                       ? _ ("Emails that you confirm in Today come here, wait for the end of their recall "
                            "window and leave; what returns or is refused stays here until you have seen it.")
                       : _ ("Choose “All” to see every message."));
  if (shown->len > 0 && rubis_grid_selection_get_n_selected (self->selection) == 0)
    gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), 0, TRUE);
  show_count (self);
}

/* --- above the list --- */

static void
update_recall (RubisOutboxPage *self)
{
  gint64 now = rubis_moment_now ();
  gint64 first = 0;
  guint n = 0;
  g_autofree char *moment = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      RubisOutboxRow *row = self->rows->pdata[i];

      if (row->state != RUBIS_OUTBOX_APPROVED || row->send_after <= now)
        continue;
      n++;
      first = first == 0 ? row->send_after : MIN (first, row->send_after);
    }
  gtk_widget_set_visible (self->recall_box, n > 0 && !self->held);
  if (n == 0)
    return;
  moment = rubis_moment_format (first, now);
  text = g_strdup_printf (ngettext ("%u message can be recalled until %s", "%u messages can be recalled until %s", n), n,
                          moment);
  gtk_label_set_label (self->recall_label, text);
}

static gboolean
clock_cb (gpointer user_data)
{
  RubisOutboxPage *self = user_data;
  gint64 now = rubis_moment_now ();

  for (guint i = 0; i < self->lines->len; i++)
    rubis_outbox_line_tick (self->lines->pdata[i], now);
  update_recall (self);
  return G_SOURCE_CONTINUE;
}

static void
run_clock (RubisOutboxPage *self)
{
  gboolean wanted = gtk_widget_get_mapped (GTK_WIDGET (self));

  if (wanted && self->clock == 0)
    self->clock = g_timeout_add_seconds (1, clock_cb, self);
  else if (!wanted)
    g_clear_handle_id (&self->clock, g_source_remove);
}

static void
show_hold (RubisOutboxPage *self, gboolean held)
{
  self->held = held;
  self->updating = TRUE;
  gtk_switch_set_active (self->hold_switch, held);
  self->updating = FALSE;
  gtk_widget_set_visible (self->hold_box, held);
}

static gboolean
hold_set_cb (RubisOutboxPage *self, gboolean state)
{
  if (!self->updating && self->session != NULL)
    rubis_outbox_page_set_hold (self, state);
  return FALSE;
}

/* --- reading --- */

typedef struct
{
  gint64 group_id;
  gint64 account_id;
  char *text;
  GPtrArray *rows;    /* (nullable) */
  GPtrArray *senders; /* (nullable) */
  gboolean held;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_free (self->text);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Reading *wanted = data;
  Reading *reading = g_new0 (Reading, 1);
  const guint rest = LEFT | BIT (CANCELLED);
  g_autoptr (GPtrArray) left = NULL;

  reading->held = rubis_session_get_outbox_hold (session);
  reading->senders = rubis_session_list_senders (session, error);
  if (reading->senders != NULL)
    reading->rows = rubis_session_list_outbox (session, ALL_STATES & ~rest, wanted->group_id,
                                               wanted->account_id, wanted->text, 0, error);
  if (reading->rows != NULL && rubis_session_explain_outbox (session, reading->rows, rubis_moment_now (), error))
    left = rubis_session_list_outbox (session, rest, wanted->group_id, wanted->account_id, wanted->text,
                                      MAX_LEFT, error);
  if (left == NULL)
    {
      reading_free (reading);
      return NULL;
    }
  for (guint i = 0; i < left->len; i++)
    {
      RubisOutboxRow *row = left->pdata[i];

      /* Paper that nobody carries electronically is in "To post". */
      if (row->sender_id != 0 || row->channel == RUBIS_CHANNEL_EMAIL)
        g_ptr_array_add (reading->rows, g_object_ref (row));
    }
  return reading;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisOutboxPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result))
    {
      g_clear_pointer (&reading, reading_free);
      return;
    }
  g_clear_object (&self->cancellable);
  if (reading == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The outbox cannot be read"), error, FALSE);
      return;
    }
  g_ptr_array_unref (self->rows);
  self->rows = g_steal_pointer (&reading->rows);
  show_hold (self, reading->held);
  rubis_outbox_page_show_senders (self, reading->senders);
  reading_free (reading);
  fill (self);
  update_recall (self);
  if (self->stale)
    rubis_outbox_page_refresh (self);
}

void
rubis_outbox_page_refresh (RubisOutboxPage *self)
{
  Reading *wanted;

  if (self->session == NULL)
    return;
  if (self->cancellable != NULL)
    {
      self->stale = TRUE;
      return;
    }
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  wanted = g_new0 (Reading, 1);
  wanted->group_id = self->group_id;
  wanted->account_id = self->account_id;
  wanted->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  rubis_ui_read_async (self->session, read_work, wanted, reading_free, reading_free, self->cancellable,
                       read_cb, g_object_ref (self));
}

/* --- selection --- */

RubisOutboxRow *
rubis_outbox_page_get_current (RubisOutboxPage *self)
{
  guint position = rubis_grid_selection_get_current_position (self->selection);
  g_autoptr (RubisOutboxRow) row = position != GTK_INVALID_LIST_POSITION
                                       ? g_list_model_get_item (G_LIST_MODEL (self->store), position)
                                       : NULL;

  return row; /* the store holds it */
}

GArray *
rubis_outbox_page_dup_targets (RubisOutboxPage *self, guint states)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->store)); i++)
    {
      g_autoptr (RubisOutboxRow) row = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), i)
          && (states & (1u << row->state)) != 0)
        g_array_append_val (ids, row->id);
    }
  return ids;
}

static void
selection_changed_cb (RubisOutboxPage *self)
{
  guint64 n = rubis_grid_selection_get_n_selected (self->selection);
  RubisOutboxRow *row = n > 0 ? rubis_outbox_page_get_current (self) : NULL;

  rubis_outbox_pane_set_row (self->pane, row, (guint)n);
  rubis_outbox_page_update_actions (self);
  show_count (self);
  if (row != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    g_signal_emit (self, signals[ACCOUNT_ACTIVATED], 0, row->account_id);
}

static gint64
get_row_id (GListModel *model, guint position)
{
  g_autoptr (RubisOutboxRow) row = g_list_model_get_item (model, position);

  return row != NULL ? row->id : 0;
}

static void
row_activated_cb (RubisOutboxPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "outbox.open", NULL);
}

/* --- lines --- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RubisOutboxPage *self)
{
  gtk_list_item_set_child (item, rubis_outbox_line_new ());
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RubisOutboxPage *self)
{
  GtkWidget *line = gtk_list_item_get_child (item);

  rubis_outbox_line_set_row (RUBIS_OUTBOX_LINE (line), gtk_list_item_get_item (item), self->currency,
                             self->held, rubis_moment_now ());
  g_ptr_array_add (self->lines, line);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RubisOutboxPage *self)
{
  g_ptr_array_remove_fast (self->lines, gtk_list_item_get_child (item));
}

static void
chip_toggled_cb (GtkToggleButton *button, RubisOutboxPage *self)
{
  if (self->updating)
    return;
  for (guint i = 0; i < RUBIS_N_OUTBOX_CHIPS; i++)
    {
      if (self->buttons[i] == button)
        self->chip = i;
    }
  fill (self);
}

static void
make_chips (RubisOutboxPage *self)
{
  for (guint i = 0; i < RUBIS_N_OUTBOX_CHIPS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      gtk_widget_add_css_class (button, "chip");
      g_signal_connect (button, "toggled", G_CALLBACK (chip_toggled_cb), self);
      gtk_box_append (self->chips, button);
    }
}

static void
make_view (RubisOutboxPage *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->store = g_list_store_new (RUBIS_TYPE_OUTBOX_ROW);
  self->selection = rubis_grid_selection_new (G_LIST_MODEL (self->store), get_row_id);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  g_object_unref (factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::current-id", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/* --- the widget --- */

static gboolean
turn_cb (gpointer user_data)
{
  RubisOutboxPage *self = user_data;

  self->wide_idle = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned),
                                  self->wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_paned_set_position (self->paned, self->wide ? gtk_widget_get_width (GTK_WIDGET (self)) * 11 / 20
                                                  : gtk_widget_get_height (GTK_WIDGET (self->paned)) / 2);
  return G_SOURCE_REMOVE;
}

static void
rubis_outbox_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RubisOutboxPage *self = RUBIS_OUTBOX_PAGE (widget);
  gboolean wide = width >= WIDE;

  GTK_WIDGET_CLASS (rubis_outbox_page_parent_class)->size_allocate (widget, width, height, baseline);
  if (wide == self->wide)
    return;
  self->wide = wide;
  /* Not while it is laid out. */
  if (self->wide_idle == 0)
    self->wide_idle = g_idle_add (turn_cb, self);
}

static void
rubis_outbox_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisOutboxPage *self = RUBIS_OUTBOX_PAGE (object);

  if (id == PROP_GROUP_ID)
    g_value_set_int64 (value, self->group_id);
  else if (id == PROP_ACCOUNT_ID)
    g_value_set_int64 (value, self->account_id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rubis_outbox_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RubisOutboxPage *self = RUBIS_OUTBOX_PAGE (object);

  if (id == PROP_GROUP_ID)
    self->group_id = g_value_get_int64 (value);
  else if (id == PROP_ACCOUNT_ID)
    self->account_id = g_value_get_int64 (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  rubis_outbox_page_refresh (self);
}

static gboolean
rubis_outbox_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUBIS_OUTBOX_PAGE (widget)->view));
}

static void
drop_session (RubisOutboxPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
}

static void
rubis_outbox_page_dispose (GObject *object)
{
  RubisOutboxPage *self = RUBIS_OUTBOX_PAGE (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_handle_id (&self->wide_idle, g_source_remove);
  drop_session (self);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_OUTBOX_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_outbox_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RUBIS_TYPE_OUTBOX_PANE);
  g_type_ensure (RUBIS_TYPE_SAVED_FILTERS_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-outbox-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, chips);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, search);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, saved_button);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, hold_switch);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, recall_box);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, recall_label);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, recall_button);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, folder_box);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, folder_label);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, hold_box);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, problems);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, paned);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, view);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, count);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxPage, pane);
  gtk_widget_class_bind_template_callback (widget_class, rubis_outbox_page_refresh);
  gtk_widget_class_bind_template_callback (widget_class, hold_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rubis_outbox_page_class_init (RubisOutboxPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rubis_outbox_page_dispose;
  object_class->get_property = rubis_outbox_page_get_property;
  object_class->set_property = rubis_outbox_page_set_property;
  widget_class->size_allocate = rubis_outbox_page_size_allocate;
  widget_class->grab_focus = rubis_outbox_page_grab_focus;
  properties[PROP_GROUP_ID] = g_param_spec_int64 ("group-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ACCOUNT_ID] = g_param_spec_int64 ("account-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACCOUNT_ACTIVATED]
      = g_signal_new ("account-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_INT64);
  bind_template (widget_class);
  rubis_outbox_page_install_actions (widget_class);
}

/* Escape takes back what can be taken back, where nothing else wants it: in the list and on this button. */
static void
add_escape (RubisOutboxPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_named_action_new ("outbox.recall-all")));
  gtk_widget_add_controller (self->recall_button, controller);
}

static void
rubis_outbox_page_init (RubisOutboxPage *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->lines = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  make_chips (self);
  rubis_saved_filters_button_bind_search (self->saved_button, RUBIS_FILTERS_OUTBOX, GTK_EDITABLE (self->search),
                                          self->buttons, G_N_ELEMENTS (self->buttons));
  make_view (self);
  rubis_outbox_page_add_keys (self);
  add_escape (self);
  g_signal_connect (self, "map", G_CALLBACK (run_clock), NULL);
  /* The account panel follows the section that is shown. */
  g_signal_connect_after (self, "map", G_CALLBACK (selection_changed_cb), NULL);
  g_signal_connect_after (self, "unmap", G_CALLBACK (run_clock), NULL);
  rubis_outbox_page_update_actions (self);
}

void
rubis_outbox_page_set_session (RubisOutboxPage *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_OUTBOX_PAGE (self));

  if (self->session == session)
    return;
  drop_session (self);
  rubis_saved_filters_button_set_session (self->saved_button, session);
  rubis_outbox_pane_set_session (self->pane, session);
  if (session == NULL)
    return;
  self->session = g_object_ref (session);
  self->currency = rubis_session_get_currency (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (rubis_outbox_page_refresh), self,
                           G_CONNECT_SWAPPED);
  rubis_outbox_page_refresh (self);
}

guint
rubis_outbox_page_get_n_messages (RubisOutboxPage *self)
{
  g_return_val_if_fail (RUBIS_IS_OUTBOX_PAGE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->store));
}

void
rubis_outbox_page_find (RubisOutboxPage *self)
{
  g_return_if_fail (RUBIS_IS_OUTBOX_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
