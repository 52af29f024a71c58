#include "rubis-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

struct _RubisFilterBar {
  AdwBin parent_instance;

  GtkWidget *since_button;
  GtkWidget *period_button;
  GtkEditable *from_entry;
  GtkEditable *to_entry;
  GtkWidget *text_entry;
  GtkRevealer *search_revealer;
  GtkWidget *reset_button;

  char *state;         /* (owned) */
  char *period;        /* (owned) */
  int since;
  RubisDate today;
  RubisDate custom_from;
  RubisDate custom_to;
};

G_DEFINE_FINAL_TYPE (RubisFilterBar, rubis_filter_bar, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_STATE,
  PROP_SINCE,
  PROP_PERIOD,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const struct {
  const char *id;
  RubisItemState state;
} states[] = {
  { "open", RUBIS_ITEM_STATE_OPEN },       { "overdue", RUBIS_ITEM_STATE_OVERDUE },
  { "not-due", RUBIS_ITEM_STATE_NOT_DUE }, { "credits", RUBIS_ITEM_STATE_CREDITS },
  { "all", RUBIS_ITEM_STATE_ALL },
};

static RubisDate
start_of_month (RubisDate date)
{
  int year, month, day;

  rubis_date_to_ymd (date, &year, &month, &day);
  return rubis_date_from_ymd (year, month, 1);
}

/* First and last day of a period named by @id, reckoned on @today. */
static void
compute_period (RubisFilterBar *self, const char *id, RubisDate *from, RubisDate *to)
{
  RubisDate month = start_of_month (self->today);
  int year, number, day;

  *from = *to = RUBIS_DATE_NONE;
  rubis_date_to_ymd (self->today, &year, &number, &day);
  if (g_str_equal (id, "custom"))
    {
      *from = self->custom_from;
      *to = self->custom_to;
    }
  else if (g_str_equal (id, "month"))
    *from = month;
  else if (g_str_equal (id, "last-month"))
    *from = rubis_date_add_months (month, -1);
  else if (g_str_equal (id, "next-month"))
    *from = rubis_date_add_months (month, 1);
  else if (g_str_equal (id, "quarter"))
    {
      *from = rubis_date_from_ymd (year, (number - 1) / 3 * 3 + 1, 1);
      *to = rubis_date_end_of_month (rubis_date_add_months (*from, 2));
    }
  else if (g_str_equal (id, "year"))
    {
      *from = rubis_date_from_ymd (year, 1, 1);
      *to = rubis_date_from_ymd (year, 12, 31);
    }
  if (*from != RUBIS_DATE_NONE && *to == RUBIS_DATE_NONE && !g_str_equal (id, "custom"))
    *to = rubis_date_end_of_month (*from);
}

static char *
describe_period (RubisFilterBar *self)
{
  RubisDate from, to;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  compute_period (self, self->period, &from, &to);
  first = rubis_ui_format_date (from);
  last = rubis_ui_format_date (to);
  if (from == RUBIS_DATE_NONE && to == RUBIS_DATE_NONE)
    return g_strdup (_("Due"));
  if (from == RUBIS_DATE_NONE)
    return g_strdup_printf (_("Due until %s"), last);
  if (to == RUBIS_DATE_NONE)
    return g_strdup_printf (_("Due from %s"), first);
  return g_strdup_printf ("%s – %s", first, last);
}

static void
set_active_look (GtkWidget *button, gboolean active)
{
  if (active)
    gtk_widget_add_css_class (button, "active-filter");
  else
    gtk_widget_remove_css_class (button, "active-filter");
}

/* The button inside a menu button is what the keyboard and screen readers meet. */
static void
set_button_label (GtkWidget *button, const char *label)
{
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_labels (RubisFilterBar *self)
{
  g_autofree char *since = NULL;
  g_autofree char *period = describe_period (self);

  if (self->since > 0)
    since = g_strdup_printf (ngettext ("Late for %d day", "Late for %d days", self->since), self->since);
  else
    since = g_strdup (_("Late"));
  set_button_label (self->since_button, since);
  set_button_label (self->period_button, period);
  set_active_look (self->since_button, self->since > 0);
  set_active_look (self->period_button, !g_str_equal (self->period, "any"));
  gtk_widget_set_visible (self->reset_button, rubis_filter_bar_is_narrowed (self));
}

static void
changed (RubisFilterBar *self)
{
  update_labels (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_state (RubisFilterBar *self, const char *state)
{
  for (gsize i = 0; state != NULL && i < G_N_ELEMENTS (states); i++)
    {
      if (!g_str_equal (states[i].id, state) || g_str_equal (self->state, state))
        continue;
      g_free (self->state);
      self->state = g_strdup (state);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
      changed (self);
      return;
    }
}

static void
set_period (RubisFilterBar *self, const char *period)
{
  if (period == NULL || g_str_equal (self->period, period))
    return;
  g_free (self->period);
  self->period = g_strdup (period);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERIOD]);
  changed (self);
}

static void
set_since (RubisFilterBar *self, int since)
{
  if (self->since == since)
    return;
  self->since = since;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SINCE]);
  changed (self);
}

/* The date typed in @entry; one that does not exist is marked and leaves the filter as it was. */
static gboolean
read_entry (GtkEditable *entry, RubisDate *date)
{
  const char *text = gtk_editable_get_text (entry);

  *date = rubis_ui_parse_date (text);
  if (text[0] != '\0' && *date == RUBIS_DATE_NONE)
    {
      gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      return FALSE;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID);
  return TRUE;
}

static void
dates_activate_cb (RubisFilterBar *self)
{
  RubisDate from, to;
  gboolean from_good = read_entry (self->from_entry, &from);
  gboolean to_good = read_entry (self->to_entry, &to);

  if (!from_good || !to_good)
    return;
  rubis_filter_bar_set_custom_period (self, from, to);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->period_button));
}

static void
text_changed_cb (RubisFilterBar *self)
{
  changed (self);
}

/* A text that is not seen does not filter. */
static void
revealed_cb (RubisFilterBar *self)
{
  if (gtk_revealer_get_reveal_child (self->search_revealer))
    gtk_widget_grab_focus (self->text_entry);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->text_entry), "");
}

static void
reset_cb (RubisFilterBar *self)
{
  rubis_filter_bar_reset (self);
}

static void
stop_search_cb (RubisFilterBar *self)
{
  gtk_revealer_set_reveal_child (self->search_revealer, FALSE);
}

static void
rubis_filter_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisFilterBar *self = RUBIS_FILTER_BAR (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_string (value, self->state);
      break;
    case PROP_SINCE:
      g_value_set_int (value, self->since);
      break;
    case PROP_PERIOD:
      g_value_set_string (value, self->period);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rubis_filter_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RubisFilterBar *self = RUBIS_FILTER_BAR (object);

  switch (id)
    {
    case PROP_STATE:
      set_state (self, g_value_get_string (value));
      break;
    case PROP_SINCE:
      set_since (self, g_value_get_int (value));
      break;
    case PROP_PERIOD:
      set_period (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rubis_filter_bar_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_FILTER_BAR);
  G_OBJECT_CLASS (rubis_filter_bar_parent_class)->dispose (object);
}

static void
rubis_filter_bar_finalize (GObject *object)
{
  RubisFilterBar *self = RUBIS_FILTER_BAR (object);

  g_free (self->state);
  g_free (self->period);
  G_OBJECT_CLASS (rubis_filter_bar_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, since_button);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, period_button);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, from_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, to_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, text_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, reset_button);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, search_revealer);
  gtk_widget_class_bind_template_callback (widget_class, dates_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
rubis_filter_bar_class_init (RubisFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rubis_filter_bar_get_property;
  object_class->set_property = rubis_filter_bar_set_property;
  object_class->dispose = rubis_filter_bar_dispose;
  object_class->finalize = rubis_filter_bar_finalize;
  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, "open", flags);
  properties[PROP_SINCE] = g_param_spec_int ("since", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_PERIOD] = g_param_spec_string ("period", NULL, NULL, "any", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", RUBIS_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_install_property_action (widget_class, "filter.state", "state");
  gtk_widget_class_install_property_action (widget_class, "filter.since", "since");
  gtk_widget_class_install_property_action (widget_class, "filter.period", "period");
  bind_template (widget_class);
}

static void
rubis_filter_bar_init (RubisFilterBar *self)
{
  self->state = g_strdup ("open");
  self->period = g_strdup ("any");
  self->custom_from = self->custom_to = RUBIS_DATE_NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->search_revealer, "notify::reveal-child", G_CALLBACK (revealed_cb), self);
  update_labels (self);
}

GtkWidget *
rubis_filter_bar_new (void)
{
  return g_object_new (RUBIS_TYPE_FILTER_BAR, NULL);
}

void
rubis_filter_bar_set_today (RubisFilterBar *self, RubisDate today)
{
  g_return_if_fail (RUBIS_IS_FILTER_BAR (self));

  if (self->today == today)
    return;
  self->today = today;
  if (g_str_equal (self->period, "any"))
    return;
  changed (self);
}

void
rubis_filter_bar_get_filter (RubisFilterBar *self, RubisItemFilter *filter)
{
  const char *text;

  g_return_if_fail (RUBIS_IS_FILTER_BAR (self));
  g_return_if_fail (filter != NULL);

  *filter = (RubisItemFilter){ .state = RUBIS_ITEM_STATE_OPEN, .min_days_late = self->since };
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_equal (states[i].id, self->state))
        filter->state = states[i].state;
    }
  compute_period (self, self->period, &filter->due_from, &filter->due_to);
  text = gtk_editable_get_text (GTK_EDITABLE (self->text_entry));
  filter->text = text[0] != '\0' ? text : NULL;
}

gboolean
rubis_filter_bar_is_narrowed (RubisFilterBar *self)
{
  g_return_val_if_fail (RUBIS_IS_FILTER_BAR (self), FALSE);

  return !g_str_equal (self->state, "open") || self->since > 0 || !g_str_equal (self->period, "any")
         || gtk_editable_get_text (GTK_EDITABLE (self->text_entry))[0] != '\0';
}

void
rubis_filter_bar_reset (RubisFilterBar *self)
{
  g_return_if_fail (RUBIS_IS_FILTER_BAR (self));

  gtk_revealer_set_reveal_child (self->search_revealer, FALSE);
  set_since (self, 0);
  set_period (self, "any");
  set_state (self, "open");
}

void
rubis_filter_bar_set_custom_period (RubisFilterBar *self, RubisDate from, RubisDate to)
{
  g_return_if_fail (RUBIS_IS_FILTER_BAR (self));

  self->custom_from = from;
  self->custom_to = to;
  g_free (self->period);
  self->period = g_strdup (from == RUBIS_DATE_NONE && to == RUBIS_DATE_NONE ? "any" : "custom");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERIOD]);
  changed (self);
}

void
rubis_filter_bar_focus_text (RubisFilterBar *self)
{
  g_return_if_fail (RUBIS_IS_FILTER_BAR (self));

  gtk_revealer_set_reveal_child (self->search_revealer, TRUE);
  gtk_widget_grab_focus (self->text_entry);
}
