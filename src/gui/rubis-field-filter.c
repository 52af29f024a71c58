#include "rubis-field-filter.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-ui.h"

struct _RubisFieldFilter
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  GtkListBox *list;
  GtkDropDown *field_drop;
  GtkStack *stack;
  GtkEditable *text_entry;
  GtkEditable *from_entry;
  GtkEditable *to_entry;
  GtkDropDown *choice_drop;
  GtkWidget *apply_button;
  GtkLabel *problem;

  GPtrArray *fields; /* (owned) (nullable) (element-type RubisCustomField) */
  GPtrArray *tests;  /* (owned) (element-type RubisFieldTest) */
  RubisCurrency currency;
};

G_DEFINE_FINAL_TYPE (RubisFieldFilter, rubis_field_filter, ADW_TYPE_BIN)

static guint changed_signal;

static const RubisCustomField *
find_field (RubisFieldFilter *self, gint64 id)
{
  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (self->fields, i);

      if (field->id == id)
        return field;
    }
  return NULL;
}

static void
show_problem (RubisFieldFilter *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* --- what is asked for now --- */

static void
remove_cb (GtkButton *button, RubisFieldFilter *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "rubis-index"));
  g_autoptr (GPtrArray) tests = rubis_field_tests_copy (self->tests);

  g_ptr_array_remove_index (tests, index);
  rubis_field_filter_set_tests (self, tests);
}

static char *
describe (RubisFieldFilter *self, guint index)
{
  const RubisFieldTest *test = g_ptr_array_index (self->tests, index);

  return rubis_field_test_describe (test, find_field (self, test->field_id), self->currency,
                                    rubis_format_ui_language ());
}

static GtkWidget *
make_row (RubisFieldFilter *self, guint index)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *text = describe (self, index);
  g_autofree char *remove = g_strdup_printf (_ ("Take “%s” off"), text);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, remove);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  g_object_set_data (G_OBJECT (button), "rubis-index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
update (RubisFieldFilter *self)
{
  g_autofree char *first = self->tests->len > 0 ? describe (self, 0) : NULL;
  g_autofree char *label = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < self->tests->len; i++)
    gtk_list_box_append (self->list, make_row (self, i));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->tests->len > 0);
  if (self->tests->len == 0)
    label = g_strdup (_ ("Fields"));
  else if (self->tests->len == 1)
    label = g_strdup (first);
  else
    label = g_strdup_printf ("%s +%u", first, self->tests->len - 1);
  gtk_menu_button_set_label (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->button))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (self->tests->len > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "active-filter");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "active-filter");
  gtk_widget_set_sensitive (self->apply_button, self->tests->len < RUBIS_MAX_FIELD_TESTS);
}

/* --- a new condition --- */

/* (nullable) */
static const RubisCustomField *
get_chosen (RubisFieldFilter *self)
{
  guint index = gtk_drop_down_get_selected (self->field_drop);

  return self->fields != NULL && index < self->fields->len ? g_ptr_array_index (self->fields, index) : NULL;
}

static void
field_chosen_cb (RubisFieldFilter *self)
{
  const RubisCustomField *field = get_chosen (self);
  g_auto (GStrv) choices = NULL;
  g_autoptr (GtkStringList) list = NULL;
  const char *yes_no[] = { _ ("Yes"), _ ("No"), NULL };

  if (field == NULL)
    return;
  gtk_editable_set_text (self->text_entry, "");
  gtk_editable_set_text (self->from_entry, "");
  gtk_editable_set_text (self->to_entry, "");
  show_problem (self, NULL);
  if (field->kind == RUBIS_FIELD_TEXT)
    gtk_stack_set_visible_child_name (self->stack, "text");
  else if (field->kind != RUBIS_FIELD_CHOICE && field->kind != RUBIS_FIELD_YES_NO)
    gtk_stack_set_visible_child_name (self->stack, "range");
  else
    {
      choices = rubis_custom_field_split_choices (field->choices);
      list = gtk_string_list_new (field->kind == RUBIS_FIELD_YES_NO ? yes_no : (const char *const *)choices);
      gtk_drop_down_set_model (self->choice_drop, G_LIST_MODEL (list));
      gtk_stack_set_visible_child_name (self->stack, "choice");
    }
}

/* The canonical form of what is typed, "" for nothing. (transfer full) (nullable) NULL: what is wrong is
 * shown */
static char *
read_entry (RubisFieldFilter *self, const RubisCustomField *field, GtkEditable *entry)
{
  g_autoptr (GError) error = NULL;
  char *value = rubis_custom_field_read (field, self->currency, gtk_editable_get_text (entry),
                                         rubis_format_ui_language (), &error);

  if (value == NULL)
    {
      show_problem (self, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (entry));
    }
  return value;
}

/* (transfer full) (nullable) */
static RubisFieldTest *
read_test (RubisFieldFilter *self, const RubisCustomField *field)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (field->kind == RUBIS_FIELD_YES_NO)
    from = g_strdup (gtk_drop_down_get_selected (self->choice_drop) == 0 ? "1" : "0");
  else if (field->kind == RUBIS_FIELD_CHOICE)
    from = g_strdup (gtk_string_object_get_string (gtk_drop_down_get_selected_item (self->choice_drop)));
  else
    from = read_entry (self, field, field->kind == RUBIS_FIELD_TEXT ? self->text_entry : self->from_entry);
  if (from == NULL)
    return NULL;
  to = field->kind == RUBIS_FIELD_TEXT || field->kind == RUBIS_FIELD_CHOICE
               || field->kind == RUBIS_FIELD_YES_NO
           ? g_strdup ("")
           : read_entry (self, field, self->to_entry);
  if (to == NULL)
    return NULL;
  if (*from != '\0' || *to != '\0')
    return rubis_field_test_new (field, from, to);
  show_problem (self, _ ("Type what the field should contain."));
  return NULL;
}

static void
apply_cb (RubisFieldFilter *self)
{
  const RubisCustomField *field = get_chosen (self);
  RubisFieldTest *test = field != NULL ? read_test (self, field) : NULL;
  g_autoptr (GPtrArray) tests = NULL;

  if (test == NULL)
    return;
  tests = rubis_field_tests_copy (self->tests);
  /* One condition a field: a new one takes the place of that before. */
  for (guint i = tests->len; i-- > 0;)
    {
      if (((const RubisFieldTest *)g_ptr_array_index (tests, i))->field_id == test->field_id)
        g_ptr_array_remove_index (tests, i);
    }
  g_ptr_array_add (tests, test);
  gtk_menu_button_popdown (self->button);
  rubis_field_filter_set_tests (self, tests);
}

static void
rubis_field_filter_dispose (GObject *object)
{
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_FIELD_FILTER);
  G_OBJECT_CLASS (rubis_field_filter_parent_class)->dispose (object);
}

static void
rubis_field_filter_finalize (GObject *object)
{
  RubisFieldFilter *self = RUBIS_FIELD_FILTER (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_ptr_array_unref (self->tests);
  G_OBJECT_CLASS (rubis_field_filter_parent_class)->finalize (object);
}

static void
rubis_field_filter_class_init (RubisFieldFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_field_filter_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_field_filter_finalize;
  changed_signal = g_signal_new ("changed", RUBIS_TYPE_FIELD_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-field-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisFieldFilter, button);
  gtk_widget_class_bind_template_child (widget_class, RubisFieldFilter, list);
  gtk_widget_class_bind_template_child (widget_class, RubisFieldFilter, field_drop);
  gtk_widget_class_bind_template_child (widget_class, RubisFieldFilter, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisFieldFilter, text_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisFieldFilter, from_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisFieldFilter, to_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisFieldFilter, choice_drop);
  gtk_widget_class_bind_template_child (widget_class, RubisFieldFilter, apply_button);
  gtk_widget_class_bind_template_child (widget_class, RubisFieldFilter, problem);
  gtk_widget_class_bind_template_callback (widget_class, field_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
rubis_field_filter_init (RubisFieldFilter *self)
{
  self->tests = rubis_field_tests_copy (NULL);
  self->currency = RUBIS_CURRENCY_EUR;
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

GtkWidget *
rubis_field_filter_new (void)
{
  return g_object_new (RUBIS_TYPE_FIELD_FILTER, NULL);
}

static gboolean
are_same (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const RubisCustomField *one = g_ptr_array_index (a, i);
      const RubisCustomField *other = g_ptr_array_index (b, i);

      if (one->id != other->id || one->kind != other->kind || !g_str_equal (one->name, other->name)
          || !g_str_equal (one->choices, other->choices))
        return FALSE;
    }
  return TRUE;
}

void
rubis_field_filter_set_fields (RubisFieldFilter *self, GPtrArray *fields, RubisCurrency currency)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) tests = NULL;

  g_return_if_fail (RUBIS_IS_FIELD_FILTER (self) && fields != NULL);

  /* Most changes of a dossier are of something else: what is being typed stays. */
  if (are_same (self->fields, fields))
    return;
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  self->fields = g_ptr_array_ref (fields);
  self->currency = currency;
  for (guint i = 0; i < fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (fields, i);
      /* Translators: the name of a field of accounts, among those of items. */
      g_autofree char *of_account = g_strdup_printf (_ ("%s (account)"), field->name);

      gtk_string_list_append (names, field->owner == RUBIS_FIELD_OF_ACCOUNT ? of_account : field->name);
    }
  gtk_drop_down_set_model (self->field_drop, G_LIST_MODEL (names));
  field_chosen_cb (self);
  gtk_widget_set_visible (GTK_WIDGET (self), fields->len > 0);
  tests = rubis_field_tests_copy (NULL);
  for (guint i = 0; i < self->tests->len; i++)
    {
      const RubisFieldTest *test = g_ptr_array_index (self->tests, i);
      const RubisCustomField *field = find_field (self, test->field_id);

      if (field != NULL && field->kind == test->kind)
        g_ptr_array_add (tests, rubis_field_test_copy (test));
    }
  rubis_field_filter_set_tests (self, tests);
  update (self);
}

GPtrArray *
rubis_field_filter_get_fields (RubisFieldFilter *self)
{
  g_return_val_if_fail (RUBIS_IS_FIELD_FILTER (self), NULL);

  return self->fields;
}

GPtrArray *
rubis_field_filter_get_tests (RubisFieldFilter *self)
{
  g_return_val_if_fail (RUBIS_IS_FIELD_FILTER (self), NULL);

  return self->tests;
}

void
rubis_field_filter_set_tests (RubisFieldFilter *self, GPtrArray *tests)
{
  GPtrArray *copy;

  g_return_if_fail (RUBIS_IS_FIELD_FILTER (self));

  if (rubis_field_tests_equal (self->tests, tests))
    return;
  copy = rubis_field_tests_copy (tests);
  g_ptr_array_unref (self->tests);
  self->tests = copy;
  update (self);
  g_signal_emit (self, changed_signal, 0);
}
