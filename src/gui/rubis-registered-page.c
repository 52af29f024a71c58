#include "rubis-registered-page-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-plain.h"
#include "rubis-preview-window.h"
#include "rubis-ui.h"

/* More lines than this are counted, not shown: a filter finds them. */
#define MAX_ROWS 300
#define ALL RUBIS_N_REGISTERED_STAGES

G_DEFINE_FINAL_TYPE (RubisRegisteredPage, rubis_registered_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
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

void
rubis_registered_page_show_problem (RubisRegisteredPage *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

void
rubis_registered_page_show_pdf (RubisRegisteredPage *self, const char *title, const char *file_name,
                                GBytes *pdf)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (GTK_WINDOW (rubis_preview_window_new_for_pdf (parent, title, file_name, pdf)));
}

/* --- lines --- */

static RubisRegisteredRow *
get_row (RubisRegisteredPage *self, int index)
{
  return (RubisRegisteredRow *)gtk_list_box_get_row_at_index (self->list, index);
}

static guint
count_ticked (RubisRegisteredPage *self)
{
  RubisRegisteredRow *row;
  guint n = 0;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    n += rubis_registered_row_get_ticked (row) ? 1 : 0;
  return n;
}

GArray *
rubis_registered_page_dup_targets (RubisRegisteredPage *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisRegisteredRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    {
      if (rubis_registered_row_get_ticked (row))
        g_array_append_val (ids, rubis_registered_row_get_letter (row)->id);
    }
  row = (RubisRegisteredRow *)gtk_list_box_get_selected_row (self->list);
  if (ids->len == 0 && row != NULL)
    g_array_append_val (ids, rubis_registered_row_get_letter (row)->id);
  return ids;
}

RubisRegisteredLetter *
rubis_registered_page_get_target (RubisRegisteredPage *self)
{
  g_autoptr (GArray) ids = rubis_registered_page_dup_targets (self);

  if (ids->len != 1)
    {
      rubis_registered_page_show_problem (self, _ ("Choose one letter in the list."));
      return NULL;
    }
  for (guint i = 0; i < self->letters->len; i++)
    {
      RubisRegisteredLetter *letter = self->letters->pdata[i];

      if (letter->id == g_array_index (ids, gint64, 0))
        return letter;
    }
  return NULL;
}

static void
update_selection (RubisRegisteredPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint n_ticked = count_ticked (self);
  gboolean any = n_ticked > 0 || gtk_list_box_get_selected_row (self->list) != NULL;
  g_autofree char *text = g_strdup_printf (ngettext ("%u selected", "%u selected", n_ticked), n_ticked);

  gtk_label_set_label (self->selection_label, n_ticked > 0 ? text : "");
  gtk_widget_action_set_enabled (widget, "registered.state", any);
  gtk_widget_action_set_enabled (widget, "registered.deposit-list", any);
  gtk_widget_action_set_enabled (widget, "registered.number", any);
  gtk_widget_action_set_enabled (widget, "registered.view", any);
  gtk_widget_action_set_enabled (widget, "registered.slip", any);
  gtk_widget_action_set_enabled (widget, "registered.track", any);
  gtk_widget_action_set_enabled (widget, "registered.confirm-address", any);
}

static void
number_entered_cb (RubisRegisteredRow *row, const char *number, RubisRegisteredPage *self)
{
  rubis_registered_page_keep_number (self, rubis_registered_row_get_letter (row), number);
}

static void
view_cb (RubisRegisteredRow *row, RubisRegisteredPage *self)
{
  rubis_registered_page_view_letter (self, rubis_registered_row_get_letter (row));
}

static void
proofs_cb (RubisRegisteredRow *row, RubisRegisteredPage *self)
{
  rubis_registered_page_view_proofs (self, rubis_registered_row_get_letter (row));
}

/* The paths of what was dropped. (transfer full) */
static GPtrArray *
dup_paths (const GValue *value)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    {
      char *path = g_file_get_path (l->data);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  return paths;
}

static gboolean
row_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, RubisRegisteredPage *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));
  g_autoptr (GPtrArray) paths = dup_paths (value);

  rubis_registered_page_take_files (self, paths,
                                    rubis_registered_row_get_letter (RUBIS_REGISTERED_ROW (row))->id);
  return TRUE;
}

static gboolean
drop_cb (RubisRegisteredPage *self, const GValue *value)
{
  g_autoptr (GPtrArray) paths = dup_paths (value);

  rubis_registered_page_take_files (self, paths, 0);
  return TRUE;
}

static GtkWidget *
make_row (RubisRegisteredPage *self, RubisRegisteredLetter *letter)
{
  GtkWidget *row = rubis_registered_row_new (letter, rubis_session_get_today (self->session),
                                             rubis_session_get_currency (self->session));
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  const char *warning = g_hash_table_lookup (self->warnings, GSIZE_TO_POINTER ((gsize)letter->id));

  g_signal_connect (row, "number-entered", G_CALLBACK (number_entered_cb), self);
  g_signal_connect_swapped (row, "ticked", G_CALLBACK (update_selection), self);
  g_signal_connect (row, "view", G_CALLBACK (view_cb), self);
  g_signal_connect (row, "proofs", G_CALLBACK (proofs_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (row_drop_cb), self);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  rubis_registered_row_join_columns (RUBIS_REGISTERED_ROW (row), self->columns);
  if (warning != NULL)
    rubis_registered_row_set_message (RUBIS_REGISTERED_ROW (row), warning, FALSE);
  return row;
}

/* What the user has begun in a line and what is ticked, to be found again in the new lines. */
typedef struct
{
  gint64 id;
  gboolean ticked;
  gboolean editing;
  gboolean selected;
  char *typed;
} Remembered;

static void
remembered_free (gpointer data)
{
  Remembered *remembered = data;

  g_free (remembered->typed);
  g_free (remembered);
}

static GHashTable *
remember_rows (RubisRegisteredPage *self)
{
  GHashTable *all = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, remembered_free);
  RubisRegisteredRow *row;

  for (int i = 0; (row = get_row (self, i)) != NULL; i++)
    {
      Remembered *remembered = g_new0 (Remembered, 1);

      remembered->id = rubis_registered_row_get_letter (row)->id;
      remembered->ticked = rubis_registered_row_get_ticked (row);
      remembered->editing = rubis_registered_row_is_editing (row);
      remembered->selected = gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (row));
      remembered->typed = g_strdup (rubis_registered_row_get_typed (row));
      g_hash_table_replace (all, &remembered->id, remembered);
    }
  return all;
}

static void
restore_row (RubisRegisteredPage *self, RubisRegisteredRow *row, GHashTable *all)
{
  RubisRegisteredLetter *letter = rubis_registered_row_get_letter (row);
  const Remembered *remembered = g_hash_table_lookup (all, &letter->id);

  if (letter->id == self->focus_id)
    {
      gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
      rubis_registered_row_edit_number (row);
    }
  if (remembered == NULL)
    return;
  rubis_registered_row_set_ticked (row, remembered->ticked);
  if (remembered->selected && self->focus_id == 0)
    gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
  if (*letter->number != '\0')
    return;
  rubis_registered_row_set_typed (row, remembered->typed);
  if (remembered->editing && self->focus_id == 0)
    rubis_registered_row_edit_number (row);
}

static gboolean
is_shown (RubisRegisteredPage *self, RubisRegisteredLetter *letter)
{
  return (self->account_id == 0 || letter->account_id == self->account_id)
         && (self->stage == ALL || (int)rubis_registered_letter_get_stage (letter) == self->stage);
}

/* --- chips --- */

static void
update_chips (RubisRegisteredPage *self)
{
  guint counts[RUBIS_N_REGISTERED_STAGES + 1] = { 0 };

  for (guint i = 0; i < self->letters->len; i++)
    {
      RubisRegisteredLetter *letter = self->letters->pdata[i];

      if (self->account_id != 0 && letter->account_id != self->account_id)
        continue;
      counts[rubis_registered_letter_get_stage (letter)]++;
      counts[ALL]++;
    }
  self->updating = TRUE;
  for (int i = 0; i <= ALL; i++)
    {
      const char *label = i == ALL ? C_ ("registered letters", "All")
                                   : rubis_registered_stage_to_label ((RubisRegisteredStage)i);
      g_autofree char *text = g_strdup_printf ("%s %u", label, counts[i]);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), text);
      gtk_toggle_button_set_active (self->buttons[i], i == self->stage);
    }
  self->updating = FALSE;
}

static void
show_empty (RubisRegisteredPage *self)
{
  if (self->letters->len == 0)
    {
      adw_status_page_set_title (self->empty, _ ("No registered letter yet"));
      adw_status_page_set_description (
          self->empty,
          _ ("Formal notices written from Today come here: give them the number of their form, take "
             "them to the post with their list, note what becomes of them and keep the proofs."));
      return;
    }
  adw_status_page_set_title (self->empty, _ ("No letter here"));
  adw_status_page_set_description (self->empty, _ ("Choose “All” to see every registered letter."));
}

static void
fill (RubisRegisteredPage *self)
{
  g_autoptr (GHashTable) remembered = remember_rows (self);
  GtkListBoxRow *old;
  guint n_shown = 0;

  while ((old = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (old));
  update_chips (self);
  for (guint i = 0; i < self->letters->len; i++)
    {
      RubisRegisteredLetter *letter = self->letters->pdata[i];

      if (!is_shown (self, letter) || n_shown++ >= MAX_ROWS)
        continue;
      gtk_list_box_append (self->list, make_row (self, letter));
    }
  gtk_stack_set_visible_child_name (self->stack, n_shown > 0 ? "list" : "empty");
  show_empty (self);
  for (int i = 0; get_row (self, i) != NULL; i++)
    restore_row (self, get_row (self, i), remembered);
  self->focus_id = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n_shown > MAX_ROWS);
  if (n_shown > MAX_ROWS)
    {
      g_autofree char *text
          = g_strdup_printf (ngettext ("and %u more", "and %u more", n_shown - MAX_ROWS), n_shown - MAX_ROWS);

      gtk_label_set_label (self->more_label, text);
    }
  update_selection (self);
}

static void
chip_toggled_cb (GtkToggleButton *button, RubisRegisteredPage *self)
{
  if (self->updating)
    return;
  for (int i = 0; i <= ALL; i++)
    {
      if (self->buttons[i] == button)
        self->stage = i;
    }
  fill (self);
}

static void
make_chips (RubisRegisteredPage *self)
{
  /* "All" first, then the stages in the order of a letter's life. */
  for (int i = -1; i < ALL; i++)
    {
      int stage = i < 0 ? ALL : i;
      GtkWidget *button = gtk_toggle_button_new ();

      self->buttons[stage] = GTK_TOGGLE_BUTTON (button);
      gtk_widget_add_css_class (button, "chip");
      g_signal_connect (button, "toggled", G_CALLBACK (chip_toggled_cb), self);
      gtk_box_append (self->chips, button);
    }
}

/* --- reading --- */

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_registered (session, 0, error);
}

static void refresh (RubisRegisteredPage *self);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisRegisteredPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *letters = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result))
    {
      g_clear_pointer (&letters, g_ptr_array_unref);
      return;
    }
  g_clear_object (&self->cancellable);
  if (letters == NULL)
    {
      rubis_registered_page_show_problem (self, error->message);
      return;
    }
  g_clear_pointer (&self->letters, g_ptr_array_unref);
  self->letters = letters;
  fill (self);
  if (self->stale)
    refresh (self);
}

static void
refresh (RubisRegisteredPage *self)
{
  if (self->cancellable != NULL)
    {
      self->stale = TRUE;
      return;
    }
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (self->session, read_work, NULL, NULL, (GDestroyNotify)g_ptr_array_unref,
                       self->cancellable, read_cb, g_object_ref (self));
}

/* --- the day --- */

RubisDate
rubis_registered_page_read_date (RubisRegisteredPage *self)
{
  RubisDate date = rubis_ui_parse_date (gtk_editable_get_text (GTK_EDITABLE (self->date_entry)));

  if (date == RUBIS_DATE_NONE)
    {
      rubis_registered_page_show_problem (self, _ ("This is no day: type it as 20/11/2026."));
      gtk_widget_add_css_class (GTK_WIDGET (self->date_entry), "error");
    }
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->date_entry), "error");
  return date;
}

static void
show_day (RubisRegisteredPage *self, RubisDate date)
{
  g_autofree char *text = rubis_ui_format_date (date);

  gtk_editable_set_text (GTK_EDITABLE (self->date_entry), text);
}

static void
day_selected_cb (RubisRegisteredPage *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);

  show_day (self, rubis_date_from_ymd (g_date_time_get_year (day), g_date_time_get_month (day),
                                       g_date_time_get_day_of_month (day)));
  gtk_popover_popdown (self->calendar_popover);
}

static void
row_selected_cb (RubisRegisteredPage *self, GtkListBoxRow *row)
{
  /* The list loses its selection when the page goes. */
  if (self->list == NULL)
    return;
  update_selection (self);
  if (row != NULL)
    g_signal_emit (self, signals[ACCOUNT_ACTIVATED], 0,
                   rubis_registered_row_get_letter (RUBIS_REGISTERED_ROW (row))->account_id);
}

static void
row_activated_cb (RubisRegisteredPage *self, GtkListBoxRow *row)
{
  rubis_registered_page_view_letter (self, rubis_registered_row_get_letter (RUBIS_REGISTERED_ROW (row)));
}

static void
stock_shown_cb (RubisRegisteredPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "registered.stock-show", NULL);
}

static void
problem_close_cb (RubisRegisteredPage *self)
{
  rubis_registered_page_show_problem (self, NULL);
}

/* --- the object --- */

static void
rubis_registered_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ACCOUNT_ID)
    g_value_set_int64 (value, RUBIS_REGISTERED_PAGE (object)->account_id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rubis_registered_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RubisRegisteredPage *self = RUBIS_REGISTERED_PAGE (object);

  if (id != PROP_ACCOUNT_ID)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->account_id = g_value_get_int64 (value);
  if (self->letters != NULL)
    fill (self);
}

static void
rubis_registered_page_dispose (GObject *object)
{
  RubisRegisteredPage *self = RUBIS_REGISTERED_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_REGISTERED_PAGE);
  g_clear_pointer (&self->letters, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_hash_table_unref);
  for (int i = 0; i < RUBIS_N_REGISTERED_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_registered_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, chips);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, list);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, more_label);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, proposals);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, proposals_box);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, selection_label);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, date_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, calendar);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, calendar_popover);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, stock_popover);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, stock_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, stock_count);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, stock_label);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredPage, stock_problem);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, problem_close_cb);
  gtk_widget_class_bind_template_callback (widget_class, stock_shown_cb);
}

static void
rubis_registered_page_class_init (RubisRegisteredPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_registered_page_dispose;
  object_class->get_property = rubis_registered_page_get_property;
  object_class->set_property = rubis_registered_page_set_property;
  properties[PROP_ACCOUNT_ID] = g_param_spec_int64 ("account-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACCOUNT_ACTIVATED]
      = g_signal_new ("account-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-registered-page.ui");
  bind_template (widget_class);
  rubis_registered_page_install_actions (widget_class);
}

static void
rubis_registered_page_init (RubisRegisteredPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->stage = ALL;
  self->letters = g_ptr_array_new_with_free_func (g_object_unref);
  for (int i = 0; i < RUBIS_N_REGISTERED_COLUMNS; i++)
    self->columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->warnings = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  make_chips (self);
}

void
rubis_registered_page_set_session (RubisRegisteredPage *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_REGISTERED_PAGE (self) && RUBIS_IS_SESSION (session));

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  show_day (self, rubis_session_get_today (session));
  fill (self);
  refresh (self);
}

void
rubis_registered_page_show_stage (RubisRegisteredPage *self, RubisRegisteredStage stage)
{
  g_return_if_fail (RUBIS_IS_REGISTERED_PAGE (self) && stage < RUBIS_N_REGISTERED_STAGES);

  self->stage = (int)stage;
  fill (self);
}
