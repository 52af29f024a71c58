#include "rubis-timeline-pane.h"

#include <glib/gi18n-lib.h>

#include "rubis-date-entry.h"
#include "rubis-saved-filters-button.h"
#include "rubis-timeline.h"
#include "rubis-ui.h"

struct _RubisTimelinePane
{
  AdwBin parent_instance;

  GtkLabel *count_label;
  GtkSearchEntry *search;
  GtkMenuButton *days_button;
  RubisSavedFiltersButton *saved_button;
  GtkEditable *from_entry;
  GtkEditable *to_entry;
  GtkFlowBox *chips;
  GtkStack *stack;
  GtkListView *view;

  GtkToggleButton *buttons[RUBIS_N_TIMELINE_SUBJECTS];
  RubisTimeline *timeline; /* (owned) (nullable) */
  gint64 group_id;
  gint64 account_id;
  gboolean resetting;
};

G_DEFINE_FINAL_TYPE (RubisTimelinePane, rubis_timeline_pane, ADW_TYPE_BIN)

/* An entry that holds no day says so and narrows nothing. */
static RubisDate
read_day (GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);
  RubisDate date = *text != '\0' ? rubis_date_entry_parse (text) : RUBIS_DATE_NONE;

  if (*text != '\0' && date == RUBIS_DATE_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  return date;
}

static void
read_filter (RubisTimelinePane *self, RubisTimelineFilter *filter)
{
  *filter = (RubisTimelineFilter){ .group_id = self->group_id, .account_id = self->account_id };
  for (int i = 0; i < RUBIS_N_TIMELINE_SUBJECTS; i++)
    filter->subjects |= gtk_toggle_button_get_active (self->buttons[i]) ? 1u << i : 0;
  filter->text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  filter->from = read_day (self->from_entry);
  filter->to = read_day (self->to_entry);
  if (filter->from != RUBIS_DATE_NONE || filter->to != RUBIS_DATE_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (self->days_button), "active-filter");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->days_button), "active-filter");
}

static gboolean
is_narrowed (RubisTimelinePane *self)
{
  RubisTimelineFilter filter;

  read_filter (self, &filter);
  return filter.subjects != 0 || *filter.text != '\0' || filter.from != RUBIS_DATE_NONE
         || filter.to != RUBIS_DATE_NONE;
}

static void
filter_changed_cb (RubisTimelinePane *self)
{
  RubisTimelineFilter filter;

  if (self->timeline == NULL || self->resetting)
    return;
  read_filter (self, &filter);
  rubis_timeline_set_filter (self->timeline, &filter);
}

static void
reset_cb (RubisTimelinePane *self)
{
  self->resetting = TRUE;
  for (int i = 0; i < RUBIS_N_TIMELINE_SUBJECTS; i++)
    gtk_toggle_button_set_active (self->buttons[i], FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_editable_set_text (self->from_entry, "");
  gtk_editable_set_text (self->to_entry, "");
  self->resetting = FALSE;
  filter_changed_cb (self);
}

/* --- filters that the user named --- */

static GVariant *
get_state (gpointer owner)
{
  RubisTimelinePane *self = owner;
  GVariantBuilder state;
  RubisTimelineFilter filter;

  read_filter (self, &filter);
  g_variant_builder_init (&state, G_VARIANT_TYPE_VARDICT);
  if (filter.subjects != 0)
    g_variant_builder_add (&state, "{sv}", "subjects", g_variant_new_uint32 (filter.subjects));
  if (*filter.text != '\0')
    g_variant_builder_add (&state, "{sv}", "text", g_variant_new_string (filter.text));
  if (filter.from != RUBIS_DATE_NONE)
    g_variant_builder_add (&state, "{sv}", "from", g_variant_new_int32 (filter.from));
  if (filter.to != RUBIS_DATE_NONE)
    g_variant_builder_add (&state, "{sv}", "to", g_variant_new_int32 (filter.to));
  return g_variant_builder_end (&state);
}

static void
show_day (GtkEditable *entry, GVariant *state, const char *key)
{
  RubisDate date = RUBIS_DATE_NONE;
  g_autofree char *text = NULL;

  g_variant_lookup (state, key, "i", &date);
  text = rubis_ui_format_date (date);
  gtk_editable_set_text (entry, text);
}

static void
show_state (gpointer owner, GVariant *state)
{
  RubisTimelinePane *self = owner;
  const char *text = "";
  guint subjects = 0;

  g_variant_lookup (state, "subjects", "u", &subjects);
  g_variant_lookup (state, "text", "&s", &text);
  self->resetting = TRUE;
  for (int i = 0; i < RUBIS_N_TIMELINE_SUBJECTS; i++)
    gtk_toggle_button_set_active (self->buttons[i], (subjects & (1u << i)) != 0);
  gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  show_day (self->from_entry, state, "from");
  show_day (self->to_entry, state, "to");
  self->resetting = FALSE;
  filter_changed_cb (self);
}

static void
loaded_cb (RubisTimelinePane *self)
{
  guint n_lines = g_list_model_get_n_items (G_LIST_MODEL (self->timeline));
  g_autofree char *count = rubis_ui_format_count (n_lines);
  g_autofree char *text = g_strdup_printf (ngettext ("%s line", "%s lines", n_lines), count);

  gtk_label_set_label (self->count_label, n_lines > 0 ? text : "");
  gtk_stack_set_visible_child_name (self->stack, n_lines > 0          ? "list"
                                                 : is_narrowed (self) ? "none"
                                                                      : "empty");
}

static void
activate_cb (RubisTimelinePane *self, guint position)
{
  g_autoptr (RubisEventRow) event = g_list_model_get_item (G_LIST_MODEL (self->timeline), position);
  GtkWidget *widget = GTK_WIDGET (self);

  if (event == NULL)
    return;
  if (event->document_id != 0)
    gtk_widget_activate_action (widget, "win.show-document", "x", event->document_id);
  else if (event->incoming_id != 0)
    gtk_widget_activate_action (widget, "win.thread", "x", event->account_id);
  else if (self->account_id == 0 && event->account_id != 0)
    gtk_widget_activate_action (widget, "win.show-account-view", "x", event->account_id);
}

/* --- lines --- */

typedef struct
{
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *detail;
  GtkLabel *line;
  GtkImage *open;
} Parts;

static GtkLabel *
add_label (GtkWidget *box, int lines, const char *first_class, const char *second_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (label, lines);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  if (first_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), second_class);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  return label;
}

static void
setup_cb (RubisTimelinePane *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Parts *parts = g_new0 (Parts, 1);

  parts->icon = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (GTK_WIDGET (parts->icon), GTK_ALIGN_START);
  gtk_widget_set_margin_top (GTK_WIDGET (parts->icon), 2);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->icon));
  parts->title = add_label (texts, 3, NULL, NULL);
  parts->detail = add_label (texts, 4, "caption", NULL);
  parts->line = add_label (texts, 2, "caption", "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  parts->open = GTK_IMAGE (gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (parts->open));
  g_object_set_data_full (G_OBJECT (item), "rubis-parts", parts, g_free);
  gtk_list_item_set_child (item, box);
}

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

/* "02/11/2026 · Anne Martin"; of a group with the account. */
static char *
describe_line (RubisTimelinePane *self, RubisEventRow *event)
{
  GString *line = g_string_new (NULL);
  g_autofree char *date = rubis_ui_format_date (event->date);

  g_string_append (line, date);
  if (event->actor[0] != '\0')
    g_string_append_printf (line, " · %s", event->actor);
  if (self->account_id == 0 && event->account_name[0] != '\0')
    g_string_append_printf (line, " · %s", event->account_name);
  return g_string_free (line, FALSE);
}

static void
bind_cb (RubisTimelinePane *self, GtkListItem *item)
{
  RubisEventRow *event = gtk_list_item_get_item (item);
  Parts *parts = g_object_get_data (G_OBJECT (item), "rubis-parts");
  g_autofree char *line = describe_line (self, event);
  gboolean opens = event->document_id != 0 || event->incoming_id != 0
                   || (self->account_id == 0 && event->account_id != 0);

  gtk_image_set_from_icon_name (parts->icon, rubis_event_row_get_icon (event));
  set_label (parts->title, event->title);
  set_label (parts->detail, event->detail);
  set_label (parts->line, line);
  gtk_widget_set_visible (GTK_WIDGET (parts->open), opens);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item),
                               event->document_id != 0   ? _ ("Show what was sent")
                               : event->incoming_id != 0 ? _ ("Show the exchange")
                                                         : NULL);
}

static void
make_chips (RubisTimelinePane *self)
{
  for (int i = 0; i < RUBIS_N_TIMELINE_SUBJECTS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (rubis_timeline_subject_to_label (1 << i));

      gtk_widget_add_css_class (button, "chip");
      g_signal_connect_object (button, "toggled", G_CALLBACK (filter_changed_cb), self, G_CONNECT_SWAPPED);
      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      gtk_flow_box_insert (self->chips, button, -1);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
}

static void
rubis_timeline_pane_dispose (GObject *object)
{
  RubisTimelinePane *self = RUBIS_TIMELINE_PANE (object);

  rubis_timeline_pane_set_session (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_TIMELINE_PANE);
  G_OBJECT_CLASS (rubis_timeline_pane_parent_class)->dispose (object);
}

static void
rubis_timeline_pane_class_init (RubisTimelinePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_timeline_pane_dispose;
  g_type_ensure (RUBIS_TYPE_SAVED_FILTERS_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-timeline-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisTimelinePane, count_label);
  gtk_widget_class_bind_template_child (widget_class, RubisTimelinePane, search);
  gtk_widget_class_bind_template_child (widget_class, RubisTimelinePane, days_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTimelinePane, saved_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTimelinePane, from_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisTimelinePane, to_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisTimelinePane, chips);
  gtk_widget_class_bind_template_child (widget_class, RubisTimelinePane, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisTimelinePane, view);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
rubis_timeline_pane_init (RubisTimelinePane *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->view, factory);
  make_chips (self);
  rubis_saved_filters_button_bind (self->saved_button, RUBIS_FILTERS_TIMELINE, get_state, show_state, self);
}

void
rubis_timeline_pane_set_session (RubisTimelinePane *self, RubisSession *session)
{
  g_autoptr (GtkSelectionModel) selection = NULL;

  g_return_if_fail (RUBIS_IS_TIMELINE_PANE (self));

  if (self->timeline != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->timeline, self);
      if (self->view != NULL)
        gtk_list_view_set_model (self->view, NULL);
      g_clear_object (&self->timeline);
    }
  if (self->saved_button != NULL)
    rubis_saved_filters_button_set_session (self->saved_button, session);
  if (session == NULL)
    return;
  self->timeline = rubis_timeline_new (session);
  g_signal_connect_object (self->timeline, "loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->timeline))));
  gtk_list_view_set_model (self->view, selection);
}

void
rubis_timeline_pane_set_scope (RubisTimelinePane *self, gint64 group_id, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_TIMELINE_PANE (self));

  self->group_id = group_id;
  self->account_id = account_id;
  filter_changed_cb (self);
}

void
rubis_timeline_pane_focus_search (RubisTimelinePane *self)
{
  g_return_if_fail (RUBIS_IS_TIMELINE_PANE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
