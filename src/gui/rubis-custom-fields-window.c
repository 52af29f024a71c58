#include "rubis-custom-fields-window.h"

#include <glib/gi18n-lib.h>

#include "rubis-custom-fields.h"
#include "rubis-form-rows.h"
#include "rubis-item-criteria.h"

struct _RubisCustomFieldsWindow
{
  RubisListFormWindow parent_instance;

  AdwComboRow *owner;
  GtkEditable *name;
  AdwComboRow *kind;
  GtkWidget *choices_box;
  GtkTextBuffer *choices;
};

G_DEFINE_FINAL_TYPE (RubisCustomFieldsWindow, rubis_custom_fields_window, RUBIS_TYPE_LIST_FORM_WINDOW)

/* What the form keeps: the field, and where it goes among those of its owner. */
typedef struct
{
  RubisCustomField *field; /* (owned) */
  int position;            /* -1: where it stands */
} FieldRecord;

static void
free_record (gpointer data)
{
  FieldRecord *record = data;

  rubis_custom_field_free (record->field);
  g_free (record);
}

static FieldRecord *
field_record_new (RubisCustomField *field, int position)
{
  FieldRecord *record = g_new0 (FieldRecord, 1);

  record->field = field;
  record->position = position;
  return record;
}

static GPtrArray *
list_fields (RubisListFormWindow *window, RubisSession *session, GError **error)
{
  g_autoptr (GPtrArray) fields = rubis_session_list_all_fields (session, error);
  GPtrArray *records;

  if (fields == NULL)
    return NULL;
  records = g_ptr_array_new_with_free_func (free_record);
  for (guint i = 0; i < fields->len; i++)
    g_ptr_array_add (records, field_record_new (rubis_custom_field_copy (g_ptr_array_index (fields, i)), -1));
  return records;
}

static char *
dup_key (gconstpointer data)
{
  const FieldRecord *record = data;

  return g_strdup_printf ("%" G_GINT64_FORMAT, record->field->id);
}

static const char *
owner_to_label (RubisFieldOwner owner)
{
  return owner == RUBIS_FIELD_OF_ITEM ? _ ("Items") : _ ("Accounts");
}

static gboolean
describe (RubisListFormWindow *window, gconstpointer data, char **title, char **subtitle)
{
  const RubisCustomField *field = ((const FieldRecord *)data)->field;

  *title = g_strdup (field->name);
  *subtitle
      = g_strdup_printf ("%s · %s", owner_to_label (field->owner), rubis_field_kind_to_label (field->kind));
  return TRUE;
}

/* The index of the shown one among those of its owner, and how many these are. */
static int
find_position (RubisCustomFieldsWindow *self, int *n)
{
  GPtrArray *records = rubis_list_form_window_get_records (RUBIS_LIST_FORM_WINDOW (self));
  const FieldRecord *shown = rubis_list_form_window_get_shown (RUBIS_LIST_FORM_WINDOW (self));
  int position = -1;

  *n = 0;
  for (guint i = 0; shown != NULL && records != NULL && i < records->len; i++)
    {
      const FieldRecord *record = g_ptr_array_index (records, i);

      if (record->field->owner != shown->field->owner)
        continue;
      if (record == shown)
        position = *n;
      (*n)++;
    }
  return position;
}

static void
update_form (RubisCustomFieldsWindow *self)
{
  int n;
  int position = find_position (self, &n);

  gtk_widget_set_visible (self->choices_box, adw_combo_row_get_selected (self->kind) == RUBIS_FIELD_CHOICE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "field.up", position > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "field.down", position >= 0 && position < n - 1);
}

static void
show (RubisListFormWindow *window, gconstpointer data)
{
  RubisCustomFieldsWindow *self = RUBIS_CUSTOM_FIELDS_WINDOW (window);
  const FieldRecord *record = data;

  adw_combo_row_set_selected (self->owner, record != NULL ? record->field->owner : RUBIS_FIELD_OF_ACCOUNT);
  gtk_widget_set_sensitive (GTK_WIDGET (self->owner), record == NULL);
  gtk_editable_set_text (self->name, record != NULL ? record->field->name : "");
  adw_combo_row_set_selected (self->kind, record != NULL ? record->field->kind : RUBIS_FIELD_TEXT);
  gtk_text_buffer_set_text (self->choices, record != NULL ? record->field->choices : "", -1);
  update_form (self);
}

static gpointer
read_form (RubisListFormWindow *window, gconstpointer data)
{
  RubisCustomFieldsWindow *self = RUBIS_CUSTOM_FIELDS_WINDOW (window);
  const FieldRecord *record = data;
  RubisCustomField *field
      = rubis_custom_field_new ((RubisFieldOwner)adw_combo_row_get_selected (self->owner));
  GtkTextIter start;
  GtkTextIter end;

  field->id = record != NULL ? record->field->id : 0;
  field->kind = (RubisFieldKind)adw_combo_row_get_selected (self->kind);
  g_free (field->name);
  field->name = g_strdup (gtk_editable_get_text (self->name));
  gtk_text_buffer_get_bounds (self->choices, &start, &end);
  g_free (field->choices);
  field->choices = gtk_text_buffer_get_text (self->choices, &start, &end, FALSE);
  return field_record_new (field, -1);
}

static char *
save (RubisListFormWindow *window, RubisSession *session, gpointer data, GError **error)
{
  const FieldRecord *record = data;
  gint64 id = rubis_session_set_field (session, record->field, record->position, error);

  return id != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;
}

static gboolean
remove_field (RubisListFormWindow *window, RubisSession *session, gconstpointer data, GError **error)
{
  return rubis_session_remove_field (session, ((const FieldRecord *)data)->field->id, error);
}

/* --- the order --- */

static void
move (RubisCustomFieldsWindow *self, int step)
{
  const FieldRecord *shown = rubis_list_form_window_get_shown (RUBIS_LIST_FORM_WINDOW (self));
  int n;
  int position = find_position (self, &n) + step;

  if (shown != NULL && position >= 0 && position < n)
    rubis_list_form_window_keep (RUBIS_LIST_FORM_WINDOW (self),
                                 field_record_new (rubis_custom_field_copy (shown->field), position));
}

static void
up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move (RUBIS_CUSTOM_FIELDS_WINDOW (widget), -1);
}

static void
down_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move (RUBIS_CUSTOM_FIELDS_WINDOW (widget), 1);
}

static void
rubis_custom_fields_window_class_init (RubisCustomFieldsWindowClass *klass)
{
  RubisListFormWindowClass *list_class = RUBIS_LIST_FORM_WINDOW_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  list_class->list = list_fields;
  list_class->dup_key = dup_key;
  list_class->describe = describe;
  list_class->show = show;
  list_class->read = read_form;
  list_class->save = save;
  list_class->remove = remove_field;
  list_class->free_record = free_record;
  gtk_widget_class_install_action (widget_class, "field.up", NULL, up_action);
  gtk_widget_class_install_action (widget_class, "field.down", NULL, down_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "field.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "field.down", NULL);
}

/* --- the form --- */

static void
edited_cb (RubisCustomFieldsWindow *self)
{
  update_form (self);
  rubis_list_form_window_mark_edited (RUBIS_LIST_FORM_WINDOW (self));
}

static GtkWidget *
make_choices (RubisCustomFieldsWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("C_hoices, a line each"));
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), view);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choices, a line each"), -1);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 120);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_frame_set_child (GTK_FRAME (frame), scrolled);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), frame);
  self->choices = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  self->choices_box = box;
  g_signal_connect_object (self->choices, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  return box;
}

static GtkWidget *
make_order_buttons (void)
{
  static const struct
  {
    const char *icon;
    const char *action;
    const char *label; /* untranslated */
  } buttons[] = {
    { "go-up-symbolic", "field.up", N_ ("Move up (Alt+Up)") },
    { "go-down-symbolic", "field.down", N_ ("Move down (Alt+Down)") },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = gtk_button_new_from_icon_name (buttons[i].icon);

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), buttons[i].action);
      gtk_widget_set_tooltip_text (button, _ (buttons[i].label));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (buttons[i].label), -1);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static void
rubis_custom_fields_window_init (RubisCustomFieldsWindow *self)
{
  const RubisListFormTexts texts = {
    .title = _ ("Fields of Your Own"),
    .add = _ ("Add a field (Ctrl+N)"),
    .new_title = _ ("New Field"),
    .empty
    = _ ("Fields hold what Rubis does not know of: a region, a building site, a guarantee. They can be "
         "filtered, shown in the grid and written into letters."),
    .remove = _ ("_Remove This Field"),
    .kept = _ ("Field saved"),
    .removed = _ ("Field removed"),
  };
  const char *owners[]
      = { owner_to_label (RUBIS_FIELD_OF_ACCOUNT), owner_to_label (RUBIS_FIELD_OF_ITEM), NULL };
  const char *kinds[RUBIS_N_FIELD_KINDS + 1] = { NULL };
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GCallback edited = G_CALLBACK (edited_cb);

  for (int i = 0; i < RUBIS_N_FIELD_KINDS; i++)
    kinds[i] = rubis_field_kind_to_label ((RubisFieldKind)i);
  self->choices_box = make_choices (self);
  self->name
      = rubis_form_rows_add_entry (group, _ ("Name"), G_CALLBACK (rubis_list_form_window_mark_edited), self);
  self->owner = rubis_form_rows_add_combo (group, _ ("Of"), owners,
                                           G_CALLBACK (rubis_list_form_window_mark_edited), self);
  self->kind = rubis_form_rows_add_combo (group, _ ("Kind"), kinds, edited, self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (group));
  gtk_box_append (GTK_BOX (box), self->choices_box);
  gtk_box_append (GTK_BOX (box), make_order_buttons ());
  rubis_list_form_window_build (RUBIS_LIST_FORM_WINDOW (self), &texts, box, GTK_WIDGET (self->name));
}

RubisCustomFieldsWindow *
rubis_custom_fields_window_present (GtkWindow *parent, RubisSession *session)
{
  RubisCustomFieldsWindow *self
      = g_object_new (RUBIS_TYPE_CUSTOM_FIELDS_WINDOW, "transient-for", parent, NULL);

  rubis_list_form_window_open (RUBIS_LIST_FORM_WINDOW (self), session);
  return self;
}
