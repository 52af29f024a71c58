#include "rubis-dispute-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "rubis-saved-filters-button.h"
#include "rubis-ui.h"

#define OPEN_STATES                                                                                          \
  (1u << RUBIS_DISPUTE_OPEN | 1u << RUBIS_DISPUTE_EXAMINED | 1u << RUBIS_DISPUTE_CREDIT_AWAITED)
#define ALL_STATES ((1u << RUBIS_N_DISPUTE_STATES) - 1)

struct _RubisDisputeFilterBar
{
  AdwBin parent_instance;

  GtkSearchEntry *text;
  RubisChoiceDrop *reason;
  RubisChoiceDrop *resolver;
  GtkDropDown *states;
  GtkToggleButton *late;
  RubisSavedFiltersButton *saved;
  GtkWidget *slice_button;
  GtkLabel *slice_label;

  gboolean has_slice;
  RubisDisputeGrouping by;
  char *slice_id; /* (owned) (nullable) of a product line */
  gint64 account_id;
  RubisDate from;
  RubisDate to;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RubisDisputeFilterBar, rubis_dispute_filter_bar, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
changed_cb (RubisDisputeFilterBar *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
drop_slice (RubisDisputeFilterBar *self)
{
  self->has_slice = FALSE;
  g_clear_pointer (&self->slice_id, g_free);
  self->account_id = 0;
  gtk_widget_set_visible (self->slice_button, FALSE);
}

static void
slice_closed_cb (RubisDisputeFilterBar *self)
{
  drop_slice (self);
  changed_cb (self);
}

static void
rubis_dispute_filter_bar_dispose (GObject *object)
{
  RubisDisputeFilterBar *self = RUBIS_DISPUTE_FILTER_BAR (object);

  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_DISPUTE_FILTER_BAR);
  g_clear_pointer (&self->slice_id, g_free);
  G_OBJECT_CLASS (rubis_dispute_filter_bar_parent_class)->dispose (object);
}

static void
rubis_dispute_filter_bar_class_init (RubisDisputeFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_dispute_filter_bar_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  g_type_ensure (RUBIS_TYPE_CHOICE_DROP);
  g_type_ensure (RUBIS_TYPE_SAVED_FILTERS_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-dispute-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeFilterBar, text);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeFilterBar, reason);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeFilterBar, resolver);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeFilterBar, states);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeFilterBar, late);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeFilterBar, saved);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeFilterBar, slice_button);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeFilterBar, slice_label);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, slice_closed_cb);
}

/* --- filters with a name --- */

static void
keep_text (GVariantDict *state, const char *key, const char *text)
{
  if (*text != '\0')
    g_variant_dict_insert (state, key, "s", text);
}

static GVariant *
get_state (gpointer owner)
{
  RubisDisputeFilterBar *self = owner;
  g_auto (GVariantDict) state = G_VARIANT_DICT_INIT (NULL);

  keep_text (&state, "reason", rubis_choice_drop_get_id (self->reason));
  keep_text (&state, "resolver", rubis_choice_drop_get_id (self->resolver));
  keep_text (&state, "text", gtk_editable_get_text (GTK_EDITABLE (self->text)));
  if (gtk_toggle_button_get_active (self->late))
    g_variant_dict_insert (&state, "late", "b", TRUE);
  if (gtk_drop_down_get_selected (self->states) > 0)
    g_variant_dict_insert (&state, "states", "u", gtk_drop_down_get_selected (self->states));
  return g_variant_dict_end (&state);
}

static const char *
get_text (GVariant *state, const char *key)
{
  const char *text = "";

  g_variant_lookup (state, key, "&s", &text);
  return text;
}

static void
show_state (gpointer owner, GVariant *state)
{
  RubisDisputeFilterBar *self = owner;
  gboolean late = FALSE;
  guint states = 0;

  g_variant_lookup (state, "late", "b", &late);
  g_variant_lookup (state, "states", "u", &states);
  self->filling = TRUE;
  drop_slice (self);
  rubis_choice_drop_set_id (self->reason, get_text (state, "reason"), NULL);
  rubis_choice_drop_set_id (self->resolver, get_text (state, "resolver"), NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->text), get_text (state, "text"));
  gtk_toggle_button_set_active (self->late, late);
  gtk_drop_down_set_selected (self->states, MIN (states, 2));
  self->filling = FALSE;
  changed_cb (self);
}

static void
rubis_dispute_filter_bar_init (RubisDisputeFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rubis_saved_filters_button_bind (self->saved, RUBIS_FILTERS_DISPUTES, get_state, show_state, self);
}

void
rubis_dispute_filter_bar_set_session (RubisDisputeFilterBar *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_FILTER_BAR (self));

  rubis_saved_filters_button_set_session (self->saved, session);
}

void
rubis_dispute_filter_bar_set_lists (RubisDisputeFilterBar *self, const RubisDisputeLists *lists)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_FILTER_BAR (self));
  g_return_if_fail (lists != NULL);

  self->filling = TRUE;
  rubis_dispute_lists_fill_reasons (lists, self->reason, _ ("Any Reason"), FALSE);
  rubis_dispute_lists_fill_resolvers (lists, self->resolver, _ ("Any Colleague"), FALSE);
  self->filling = FALSE;
}

void
rubis_dispute_filter_bar_set_states_shown (RubisDisputeFilterBar *self, gboolean shown)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_FILTER_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self->states), shown);
}

/* The numbers by which the dossier is asked: nobody is -1, any is 0. */
static gint64
get_resolver (RubisDisputeFilterBar *self)
{
  const char *id = rubis_choice_drop_get_id (self->resolver);

  if (g_str_equal (id, "0"))
    return -1;
  return g_ascii_strtoll (id, NULL, 10);
}

void
rubis_dispute_filter_bar_get (RubisDisputeFilterBar *self, RubisDisputeFilter *filter)
{
  static const guint states[] = { OPEN_STATES, ALL_STATES & ~OPEN_STATES, ALL_STATES };
  const char *reason;
  const char *text;

  g_return_if_fail (RUBIS_IS_DISPUTE_FILTER_BAR (self));
  g_return_if_fail (filter != NULL);

  reason = rubis_choice_drop_get_id (self->reason);
  text = gtk_editable_get_text (GTK_EDITABLE (self->text));
  filter->reason = *reason != '\0' ? reason : NULL;
  filter->resolver_id = get_resolver (self);
  filter->late = gtk_toggle_button_get_active (self->late);
  filter->text = *text != '\0' ? text : NULL;
  filter->states = gtk_widget_get_visible (GTK_WIDGET (self->states))
                       ? states[MIN (gtk_drop_down_get_selected (self->states), 2)]
                       : ALL_STATES;
}

gboolean
rubis_dispute_filter_bar_matches (RubisDisputeFilterBar *self, RubisDispute *dispute)
{
  g_return_val_if_fail (RUBIS_IS_DISPUTE_FILTER_BAR (self), TRUE);
  g_return_val_if_fail (RUBIS_IS_DISPUTE (dispute), FALSE);

  if (!self->has_slice)
    return TRUE;
  if (self->account_id != 0 && dispute->account_id != self->account_id)
    return FALSE;
  if (self->slice_id != NULL && g_strcmp0 (self->slice_id, dispute->product_line) != 0)
    return FALSE;
  return (dispute->opened_on >= self->from && dispute->opened_on <= self->to)
         || (dispute->closed_on != RUBIS_DATE_NONE && dispute->closed_on >= self->from
             && dispute->closed_on <= self->to);
}

gboolean
rubis_dispute_filter_bar_is_narrowed (RubisDisputeFilterBar *self)
{
  RubisDisputeFilter filter = { 0 };

  g_return_val_if_fail (RUBIS_IS_DISPUTE_FILTER_BAR (self), FALSE);

  rubis_dispute_filter_bar_get (self, &filter);
  return self->has_slice || filter.reason != NULL || filter.resolver_id != 0 || filter.late
         || filter.text != NULL;
}

static void
clear (RubisDisputeFilterBar *self)
{
  drop_slice (self);
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  rubis_choice_drop_set_id (self->reason, "", NULL);
  rubis_choice_drop_set_id (self->resolver, "", NULL);
  gtk_toggle_button_set_active (self->late, FALSE);
}

void
rubis_dispute_filter_bar_reset (RubisDisputeFilterBar *self)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_FILTER_BAR (self));

  self->filling = TRUE;
  clear (self);
  self->filling = FALSE;
  changed_cb (self);
}

void
rubis_dispute_filter_bar_set_slice (RubisDisputeFilterBar *self, const RubisDisputeSlice *slice)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (RUBIS_IS_DISPUTE_FILTER_BAR (self));
  g_return_if_fail (slice != NULL);

  self->filling = TRUE;
  clear (self);
  self->has_slice = TRUE;
  self->from = slice->from;
  self->to = slice->to;
  if (slice->by == RUBIS_DISPUTES_BY_REASON)
    rubis_choice_drop_set_id (self->reason, slice->id, slice->label);
  else if (slice->by == RUBIS_DISPUTES_BY_RESOLVER)
    rubis_choice_drop_set_id (self->resolver, *slice->id != '\0' ? slice->id : "0", slice->label);
  else if (slice->by == RUBIS_DISPUTES_BY_ACCOUNT)
    self->account_id = g_ascii_strtoll (slice->id, NULL, 10);
  else
    self->slice_id = g_strdup (slice->id);
  gtk_drop_down_set_selected (self->states, 2);
  from = rubis_ui_format_date (slice->from);
  to = rubis_ui_format_date (slice->to);
  /* Translators: a line of the statistics and its period: "Prix, 01/01/2026 – 31/12/2026". */
  text = g_strdup_printf (_ ("%s, %s – %s"), slice->label, from, to);
  gtk_label_set_label (self->slice_label, text);
  gtk_widget_set_visible (self->slice_button, TRUE);
  self->filling = FALSE;
  changed_cb (self);
}

void
rubis_dispute_filter_bar_focus_text (RubisDisputeFilterBar *self)
{
  g_return_if_fail (RUBIS_IS_DISPUTE_FILTER_BAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}
