#include "rubis-today-row.h"

#include <glib/gi18n-lib.h>

#include "rubis-today-task.h"
#include "rubis-ui.h"

struct _RubisTodayRow {
  AdwBin parent_instance;

  GtkWidget *head;
  GtkCheckButton *head_check;
  GtkImage *head_icon;
  GtkLabel *head_label;
  GtkLabel *head_count;
  GtkLabel *head_sums;
  GtkButton *fold_button;
  GtkWidget *line;
  GtkCheckButton *check;
  GtkImage *channel;
  GtkLabel *name;
  GtkLabel *code;
  GtkLabel *what;
  GtkLabel *amount;
  GtkWidget *late;
  GtkWidget *late_dot;
  GtkLabel *days;
  GtkWidget *preview_button;
  GtkToggleButton *why_button;
  GtkWidget *call_button;
  GtkWidget *promise_button;
  GtkWidget *open_button;
  GtkWidget *settle_button;
  GtkRevealer *revealer;
  GtkLabel *reasons;

  RubisTodayEntry *entry;      /* (owned) (nullable) */
  gulong changed_id;
  const char *late_class;      /* static */
  gboolean updating;           /* the row follows the entry, not the user */
};

G_DEFINE_FINAL_TYPE (RubisTodayRow, rubis_today_row, ADW_TYPE_BIN)

enum { TICK, UNFOLD, PREVIEW, VERB, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
set_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_head (RubisTodayRow *self)
{
  RubisTodayEntry *entry = self->entry;
  const char *title = rubis_today_kind_to_label (entry->kind);
  g_autofree char *count = rubis_ui_format_count (entry->n_actions);
  g_autofree char *select = g_strdup_printf (_("Select all: %s"), title);
  g_autofree char *fold = g_strdup_printf (entry->unfolded ? _("Fold %s") : _("Unfold %s"), title);

  gtk_widget_set_sensitive (GTK_WIDGET (self->head_check), rubis_today_entry_can_tick (entry));
  gtk_widget_set_opacity (GTK_WIDGET (self->head_check), rubis_today_entry_can_tick (entry) ? 1 : 0);
  gtk_check_button_set_active (self->head_check, entry->n_ticked > 0 && entry->n_ticked == entry->n_actions);
  gtk_check_button_set_inconsistent (self->head_check, entry->n_ticked > 0 && entry->n_ticked < entry->n_actions);
  set_label (GTK_WIDGET (self->head_check), select);
  gtk_image_set_from_icon_name (self->head_icon, rubis_today_kind_to_icon (entry->kind));
  gtk_label_set_label (self->head_label, title);
  gtk_label_set_label (self->head_count, count);
  gtk_label_set_label (self->head_sums, entry->sums);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->head_sums), entry->sums);
  gtk_button_set_icon_name (self->fold_button, entry->unfolded ? "pan-down-symbolic" : "pan-end-symbolic");
  set_label (GTK_WIDGET (self->fold_button), fold);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->fold_button), fold);
}

static void
update_lateness (RubisTodayRow *self, int days_late)
{
  const char *late_class = rubis_ui_late_class (days_late);
  g_autofree char *days = NULL;

  if (self->late_class != NULL)
    gtk_widget_remove_css_class (self->late_dot, self->late_class);
  self->late_class = late_class;
  gtk_widget_add_css_class (self->late_dot, late_class);
  gtk_widget_set_visible (self->late_dot, days_late > 0);
  /* To the right, with or without a dot. */
  gtk_widget_set_hexpand (GTK_WIDGET (self->days), days_late <= 0);
  if (days_late > 0)
    /* Translators: days of lateness, short, as in "45 d". */
    days = g_strdup_printf (_("%d d"), days_late);
  else
    days = g_strdup (_("not due"));
  gtk_label_set_label (self->days, days);
}

/* The step, then the first reason: "2nd reminder · INV-12 is 12 days late". */
static char *
describe (RubisActionRow *action)
{
  const char *reason = *action->error != '\0' ? action->error : NULL;

  if (reason == NULL && action->reasons->len > 0)
    reason = action->reasons->pdata[0];
  if (reason == NULL || *reason == '\0')
    return g_strdup (action->step_name);
  if (*action->step_name == '\0')
    return g_strdup (reason);
  return g_strdup_printf ("%s · %s", action->step_name, reason);
}

static char *
list_reasons (RubisActionRow *action)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (*action->error != '\0')
    g_string_append_printf (text, "• %s", action->error);
  for (guint i = 0; i < action->reasons->len; i++)
    g_string_append_printf (text, "%s• %s", text->len > 0 ? "\n" : "", (char *) action->reasons->pdata[i]);
  if (action->numbers->len > 0)
    {
      g_autoptr(GPtrArray) numbers = g_ptr_array_new ();
      g_autofree char *joined = NULL;

      g_ptr_array_extend (numbers, action->numbers, NULL, NULL);
      g_ptr_array_add (numbers, NULL);
      joined = g_strjoinv (", ", (char **) numbers->pdata);
      g_string_append_printf (text, "%s• %s", text->len > 0 ? "\n" : "", _("Items: "));
      g_string_append (text, joined);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is held back leaves by no channel. */
static void
show_channel (RubisTodayRow *self, RubisTodayEntry *entry)
{
  gboolean refused = entry->kind == RUBIS_TODAY_REFUSED;
  const char *label
      = refused ? rubis_today_kind_to_label (entry->kind) : rubis_channel_to_label (entry->action->channel);

  gtk_image_set_from_icon_name (self->channel, refused ? rubis_today_kind_to_icon (entry->kind)
                                                       : rubis_today_channel_to_icon (entry->action->channel));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->channel), label);
  set_label (GTK_WIDGET (self->channel), label);
}

/* What actions and tasks show alike. */
static void
show_words (RubisTodayRow *self, const char *name, const char *code, const char *what, const char *amount)
{
  gtk_label_set_label (self->name, name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  gtk_label_set_label (self->code, code);
  gtk_label_set_label (self->what, what);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->what), what);
  gtk_label_set_label (self->amount, amount);
}

static void
show_verbs (RubisTodayRow *self, RubisTask *task)
{
  GtkWidget *const buttons[RUBIS_N_TODAY_VERBS] = {
    [RUBIS_TODAY_VERB_CALL] = self->call_button,
    [RUBIS_TODAY_VERB_PROMISE] = self->promise_button,
    [RUBIS_TODAY_VERB_OPEN] = self->open_button,
    [RUBIS_TODAY_VERB_SETTLE] = self->settle_button,
  };

  gtk_widget_set_visible (self->preview_button, task == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->why_button), task == NULL);
  for (int verb = 0; verb < RUBIS_N_TODAY_VERBS; verb++)
    {
      gboolean can = task != NULL && rubis_today_task_can (task, (RubisTodayVerb) verb);
      const char *label = can ? rubis_today_task_get_verb_label (task, (RubisTodayVerb) verb) : NULL;
      g_autofree char *spoken = can ? g_strdup_printf ("%s: %s", label, task->account_name) : NULL;

      gtk_widget_set_visible (buttons[verb], can);
      gtk_widget_set_tooltip_text (buttons[verb], label);
      if (can)
        set_label (buttons[verb], spoken);
    }
}

static void
update_task (RubisTodayRow *self)
{
  RubisTask *task = self->entry->task;
  RubisCurrency none = { "" };
  g_autofree char *what
      = *task->detail != '\0' ? g_strdup_printf ("%s · %s", task->subject, task->detail) : g_strdup (task->subject);
  g_autofree char *amount
      = task->amount != 0 ? rubis_ui_format_amount (task->amount, task->currency, none) : g_strdup ("");
  const char *label = rubis_task_kind_to_label (task->kind);

  gtk_widget_set_sensitive (GTK_WIDGET (self->check), FALSE);
  gtk_widget_set_opacity (GTK_WIDGET (self->check), 0);
  gtk_check_button_set_active (self->check, FALSE);
  gtk_image_set_from_icon_name (self->channel, rubis_today_kind_to_icon (self->entry->kind));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->channel), label);
  set_label (GTK_WIDGET (self->channel), label);
  show_words (self, task->account_name, task->account_code, what, amount);
  update_lateness (self, task->days);
  if (task->days <= 0)
    gtk_label_set_label (self->days, "");
  show_verbs (self, task);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
update_line (RubisTodayRow *self)
{
  RubisTodayEntry *entry = self->entry;
  RubisActionRow *action = entry->action;
  RubisCurrency none = { "" };
  g_autofree char *what = describe (action);
  g_autofree char *amount = rubis_ui_format_amount (action->amount, action->currency, none);
  g_autofree char *reasons = list_reasons (action);
  g_autofree char *tick = g_strdup_printf (_("Select %s, %s"), action->account_name, action->step_name);
  g_autofree char *why = g_strdup_printf (_("Why? %s"), action->account_name);
  g_autofree char *preview = g_strdup_printf (_("Preview %s, %s"), action->account_name, action->step_name);
  gboolean to_do = rubis_today_entry_can_tick (entry);

  gtk_widget_set_sensitive (GTK_WIDGET (self->check), to_do);
  gtk_widget_set_opacity (GTK_WIDGET (self->check), to_do ? 1 : 0);
  gtk_check_button_set_active (self->check, entry->ticked);
  set_label (GTK_WIDGET (self->check), tick);
  show_channel (self, entry);
  show_words (self, action->account_name, action->account_code, what, amount);
  show_verbs (self, NULL);
  update_lateness (self, action->days_late);
  gtk_widget_set_opacity (self->preview_button, to_do ? 1 : 0);
  gtk_widget_set_sensitive (self->preview_button, to_do);
  set_label (self->preview_button, preview);
  gtk_toggle_button_set_active (self->why_button, entry->unfolded);
  set_label (GTK_WIDGET (self->why_button), why);
  gtk_label_set_label (self->reasons, entry->unfolded ? reasons : "");
  gtk_revealer_set_reveal_child (self->revealer, entry->unfolded);
}

static void
update (RubisTodayRow *self)
{
  gboolean head = rubis_today_entry_is_head (self->entry);

  self->updating = TRUE;
  gtk_widget_set_visible (self->head, head);
  gtk_widget_set_visible (self->line, !head);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), !head);
  if (head)
    update_head (self);
  else if (self->entry->task != NULL)
    update_task (self);
  else
    update_line (self);
  self->updating = FALSE;
}

static void
toggled_cb (RubisTodayRow *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[TICK], 0, gtk_check_button_get_active (self->check));
}

static void
head_toggled_cb (RubisTodayRow *self)
{
  if (self->updating)
    return;
  g_signal_emit (self, signals[TICK], 0, gtk_check_button_get_active (self->head_check));
  /* A group that takes no part of the tick keeps its mark. */
  update (self);
}

static void
fold_clicked_cb (RubisTodayRow *self)
{
  if (self->entry != NULL)
    g_signal_emit (self, signals[UNFOLD], 0, !self->entry->unfolded);
}

static void
why_toggled_cb (RubisTodayRow *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[UNFOLD], 0, gtk_toggle_button_get_active (self->why_button));
}

static void
preview_clicked_cb (RubisTodayRow *self)
{
  g_signal_emit (self, signals[PREVIEW], 0);
}

static void
verb_clicked_cb (RubisTodayRow *self, GtkWidget *button)
{
  RubisTodayVerb verb = button == self->call_button      ? RUBIS_TODAY_VERB_CALL
                        : button == self->promise_button ? RUBIS_TODAY_VERB_PROMISE
                        : button == self->open_button    ? RUBIS_TODAY_VERB_OPEN
                                                         : RUBIS_TODAY_VERB_SETTLE;

  if (self->entry != NULL && self->entry->task != NULL)
    g_signal_emit (self, signals[VERB], 0, (guint) verb);
}

static void
rubis_today_row_dispose (GObject *object)
{
  RubisTodayRow *self = RUBIS_TODAY_ROW (object);

  rubis_today_row_set_entry (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_TODAY_ROW);
  G_OBJECT_CLASS (rubis_today_row_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, head);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, head_check);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, head_icon);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, head_label);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, head_count);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, head_sums);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, fold_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, line);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, check);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, channel);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, name);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, code);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, what);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, amount);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, late);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, late_dot);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, days);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, preview_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, why_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, call_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, promise_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, open_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, settle_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, RubisTodayRow, reasons);
}

static void
rubis_today_row_class_init (RubisTodayRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_today_row_dispose;
  signals[TICK] = g_signal_new ("tick", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[UNFOLD] = g_signal_new ("unfold", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[PREVIEW] = g_signal_new ("preview", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[VERB] = g_signal_new ("verb", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-today-row.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, head_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, fold_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, why_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, preview_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, verb_clicked_cb);
}

static void
rubis_today_row_init (RubisTodayRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_today_row_new (void)
{
  return g_object_new (RUBIS_TYPE_TODAY_ROW, NULL);
}

void
rubis_today_row_set_entry (RubisTodayRow *self, RubisTodayEntry *entry)
{
  g_return_if_fail (RUBIS_IS_TODAY_ROW (self));

  if (self->entry == entry)
    return;
  if (self->entry != NULL)
    g_clear_signal_handler (&self->changed_id, self->entry);
  g_set_object (&self->entry, entry);
  if (entry == NULL)
    return;
  self->changed_id = g_signal_connect_swapped (entry, "changed", G_CALLBACK (update), self);
  update (self);
}

RubisTodayEntry *
rubis_today_row_get_entry (RubisTodayRow *self)
{
  g_return_val_if_fail (RUBIS_IS_TODAY_ROW (self), NULL);

  return self->entry;
}
