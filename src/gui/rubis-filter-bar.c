#include "rubis-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "rubis-field-filter.h"
#include "rubis-filter-words.h"
#include "rubis-item-criteria.h"
#include "rubis-saved-filters-button.h"
#include "rubis-ui.h"

struct _RubisFilterBar {
  AdwBin parent_instance;

  GtkWidget *state_button;
  GtkWidget *since_button;
  GtkWidget *period_button;
  GtkEditable *from_entry;
  GtkEditable *to_entry;
  GtkWidget *text_entry;
  GtkRevealer *search_revealer;
  GtkWidget *reset_button;
  RubisFieldFilter *field_filter;
  RubisSavedFiltersButton *saved_button;

  RubisSession *session;       /* (owned) (nullable) */
  RubisItemCriteria *criteria; /* (owned) its text is that of the entry when last looked at */
  RubisDate today;
  gboolean holding;            /* several changes are told as one */
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
  FIELDS_READ,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static char *
describe_period (RubisFilterBar *self)
{
  RubisDate from, to;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  rubis_item_criteria_get_period (self->criteria, self->today, &from, &to);
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

  if (self->criteria->since > 0)
    since = g_strdup_printf (ngettext ("Late for %d day", "Late for %d days", self->criteria->since), self->criteria->since);
  else
    since = g_strdup (_("Late"));
  /* As on the toggles, which make place for one button where there is little room. */
  set_button_label (self->state_button, rubis_filter_state_to_label (self->criteria->state));
  set_active_look (self->state_button, !g_str_equal (self->criteria->state, "open"));
  set_button_label (self->since_button, since);
  set_button_label (self->period_button, period);
  set_active_look (self->since_button, self->criteria->since > 0);
  set_active_look (self->period_button, !g_str_equal (self->criteria->period, "any"));
  gtk_widget_set_visible (self->reset_button, rubis_filter_bar_is_narrowed (self));
}

static void
changed (RubisFilterBar *self)
{
  if (self->holding)
    return;
  update_labels (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_state (RubisFilterBar *self, const char *state)
{
  if (!rubis_item_criteria_has_state (state) || g_str_equal (self->criteria->state, state))
    return;
  g_free (self->criteria->state);
  self->criteria->state = g_strdup (state);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  changed (self);
}

static void
set_period (RubisFilterBar *self, const char *period)
{
  if (period == NULL || g_str_equal (self->criteria->period, period))
    return;
  g_free (self->criteria->period);
  self->criteria->period = g_strdup (period);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PERIOD]);
  changed (self);
}

static void
set_since (RubisFilterBar *self, int since)
{
  if (self->criteria->since == since)
    return;
  self->criteria->since = since;
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
      g_value_set_string (value, self->criteria->state);
      break;
    case PROP_SINCE:
      g_value_set_int (value, self->criteria->since);
      break;
    case PROP_PERIOD:
      g_value_set_string (value, self->criteria->period);
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
  rubis_filter_bar_set_session (RUBIS_FILTER_BAR (object), NULL);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_FILTER_BAR);
  G_OBJECT_CLASS (rubis_filter_bar_parent_class)->dispose (object);
}

static void
rubis_filter_bar_finalize (GObject *object)
{
  RubisFilterBar *self = RUBIS_FILTER_BAR (object);

  rubis_item_criteria_free (self->criteria);
  G_OBJECT_CLASS (rubis_filter_bar_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RUBIS_TYPE_FIELD_FILTER);
  g_type_ensure (RUBIS_TYPE_SAVED_FILTERS_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, state_button);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, since_button);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, period_button);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, from_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, to_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, text_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, reset_button);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, field_filter);
  gtk_widget_class_bind_template_child (widget_class, RubisFilterBar, saved_button);
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
  signals[FIELDS_READ] = g_signal_new ("fields-read", RUBIS_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 0);
  gtk_widget_class_install_property_action (widget_class, "filter.state", "state");
  gtk_widget_class_install_property_action (widget_class, "filter.since", "since");
  gtk_widget_class_install_property_action (widget_class, "filter.period", "period");
  bind_template (widget_class);
}

/* What the widgets hold, brought together. */
static RubisItemCriteria *
read_criteria (RubisFilterBar *self)
{
  RubisItemCriteria *criteria = self->criteria;

  g_free (criteria->text);
  criteria->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text_entry)));
  g_ptr_array_unref (criteria->tests);
  criteria->tests = g_ptr_array_ref (rubis_field_filter_get_tests (self->field_filter));
  return criteria;
}

static GVariant *
get_state (gpointer owner)
{
  return rubis_item_criteria_to_variant (read_criteria (owner));
}

static void
show_state (gpointer owner, GVariant *state)
{
  RubisFilterBar *self = owner;
  g_autoptr (RubisItemCriteria) criteria
      = rubis_item_criteria_new_from_variant (state, rubis_field_filter_get_fields (self->field_filter));

  self->holding = TRUE;
  set_state (self, criteria->state);
  set_since (self, criteria->since);
  self->criteria->custom_from = criteria->custom_from;
  self->criteria->custom_to = criteria->custom_to;
  set_period (self, criteria->period);
  gtk_revealer_set_reveal_child (self->search_revealer, *criteria->text != '\0');
  gtk_editable_set_text (GTK_EDITABLE (self->text_entry), criteria->text);
  rubis_field_filter_set_tests (self->field_filter, criteria->tests);
  self->holding = FALSE;
  changed (self);
}

static void
rubis_filter_bar_init (RubisFilterBar *self)
{
  self->criteria = rubis_item_criteria_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->search_revealer, "notify::reveal-child", G_CALLBACK (revealed_cb), self);
  g_signal_connect_swapped (self->field_filter, "changed", G_CALLBACK (changed), self);
  rubis_saved_filters_button_bind (self->saved_button, RUBIS_FILTERS_INVOICES, get_state, show_state, self);
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
  if (g_str_equal (self->criteria->period, "any"))
    return;
  changed (self);
}

void
rubis_filter_bar_get_filter (RubisFilterBar *self, RubisItemFilter *filter)
{
  g_return_if_fail (RUBIS_IS_FILTER_BAR (self));
  g_return_if_fail (filter != NULL);

  rubis_item_criteria_get_filter (read_criteria (self), self->today, filter);
}

gboolean
rubis_filter_bar_is_narrowed (RubisFilterBar *self)
{
  g_return_val_if_fail (RUBIS_IS_FILTER_BAR (self), FALSE);

  return rubis_item_criteria_is_narrowed (read_criteria (self));
}

void
rubis_filter_bar_reset (RubisFilterBar *self)
{
  g_return_if_fail (RUBIS_IS_FILTER_BAR (self));

  gtk_revealer_set_reveal_child (self->search_revealer, FALSE);
  set_since (self, 0);
  set_period (self, "any");
  set_state (self, "open");
  rubis_field_filter_set_tests (self->field_filter, NULL);
}

void
rubis_filter_bar_set_custom_period (RubisFilterBar *self, RubisDate from, RubisDate to)
{
  g_return_if_fail (RUBIS_IS_FILTER_BAR (self));

  self->criteria->custom_from = from;
  self->criteria->custom_to = to;
  g_free (self->criteria->period);
  self->criteria->period = g_strdup (from == RUBIS_DATE_NONE && to == RUBIS_DATE_NONE ? "any" : "custom");
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

/* --- the fields that users added --- */

static gpointer
list_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_all_fields (session, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisFilterBar) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session == NULL)
    return;
  if (fields == NULL)
    {
      g_message ("Fields were not read: %s", error->message);
      return;
    }
  rubis_field_filter_set_fields (self->field_filter, fields, rubis_session_get_currency (self->session));
  g_signal_emit (self, signals[FIELDS_READ], 0);
}

static void
refresh_fields (RubisFilterBar *self)
{
  rubis_ui_read_async (self->session, list_work, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, listed_cb,
                       g_object_ref (self));
}

void
rubis_filter_bar_set_session (RubisFilterBar *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_FILTER_BAR (self));

  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  rubis_saved_filters_button_set_session (self->saved_button, session);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh_fields), self, G_CONNECT_SWAPPED);
  refresh_fields (self);
}

GPtrArray *
rubis_filter_bar_get_fields (RubisFilterBar *self)
{
  g_return_val_if_fail (RUBIS_IS_FILTER_BAR (self), NULL);

  return rubis_field_filter_get_fields (self->field_filter);
}
