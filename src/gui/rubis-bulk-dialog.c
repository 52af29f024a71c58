#include "rubis-bulk-dialog.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-bulk-edit.h"
#include "rubis-custom-fields.h"
#include "rubis-item-criteria.h"
#include "rubis-policy.h"
#include "rubis-template-list.h"
#include "rubis-text-table.h"
#include "rubis-ui.h"

/* Typing goes on for this long before the preview is computed anew. */
#define PREVIEW_DELAY 250

struct _RubisBulkDialog
{
  AdwWindow parent_instance;

  GtkWidget *target_box;
  GtkDropDown *target_drop;
  GtkDropDown *what_drop;
  GtkWidget *value_box;
  GtkLabel *value_label;
  GtkStack *value_stack;
  GtkEditable *value_entry;
  GtkDropDown *value_drop;
  GtkWidget *until_box;
  GtkEditable *until_entry;
  GtkLabel *hint;
  GtkLabel *problem;
  GtkLabel *counts;
  RubisTextTable *table;

  RubisSession *session;     /* (owned) (nullable) */
  GArray *items;             /* (owned) (nullable) (element-type gint64) */
  GArray *accounts;          /* (owned) (nullable) (element-type gint64) */
  GPtrArray *fields;         /* (owned) (nullable) (element-type RubisCustomField) */
  GPtrArray *policies;       /* (owned) (nullable) (element-type RubisPolicy) */
  GArray *subjects;          /* (owned) (element-type Subject) what the list offers */
  GPtrArray *choices;        /* (owned) (element-type utf8) the values behind the list of values */
  GCancellable *cancellable; /* (owned) of the preview */
  guint preview_id;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RubisBulkDialog, rubis_bulk_dialog, ADW_TYPE_WINDOW)

/* A line of the list of what may be changed. */
typedef struct
{
  RubisBulkKind kind;
  const RubisCustomField *field; /* (unowned) (nullable) */
} Subject;

static void
show_problem (RubisBulkDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static gboolean
is_of_items (RubisBulkDialog *self)
{
  return self->items != NULL && gtk_drop_down_get_selected (self->target_drop) == 0;
}

static const Subject *
get_subject (RubisBulkDialog *self)
{
  guint index = gtk_drop_down_get_selected (self->what_drop);

  return index < self->subjects->len ? &g_array_index (self->subjects, Subject, index) : NULL;
}

/* --- the change as it is set ------------------------------------------------------------------ */

typedef struct
{
  RubisBulkDialog
      *dialog; /* (owned) (nullable) whom to tell when it is done; none in the thread of a preview */
  RubisBulkChange change;
  char *value; /* (owned) of @change */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_object (&order->dialog);
  g_array_unref (order->change.ids);
  g_free (order->value);
  g_free (order);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

/* (transfer full) (nullable) NULL: what is wrong is shown */
static Order *
read_order (RubisBulkDialog *self)
{
  const Subject *subject = get_subject (self);
  const char *until = gtk_editable_get_text (self->until_entry);
  guint index = gtk_drop_down_get_selected (self->value_drop);
  RubisDate date = RUBIS_DATE_NONE;
  Order *order;

  if (subject == NULL || self->accounts == NULL)
    return NULL;
  if (subject->kind == RUBIS_BULK_STOP && *until != '\0')
    {
      date = rubis_ui_parse_date (until);
      if (date == RUBIS_DATE_NONE)
        {
          show_problem (self, _ ("This is no day: type it as 20/11/2026."));
          return NULL;
        }
    }
  order = g_new0 (Order, 1);
  order->change.kind = subject->kind;
  order->change.of_items = is_of_items (self);
  order->change.ids = g_array_ref (order->change.of_items ? self->items : self->accounts);
  order->change.date = date;
  order->change.field_id = subject->field != NULL ? subject->field->id : 0;
  if (g_str_equal (gtk_stack_get_visible_child_name (self->value_stack), "list"))
    order->value = g_strdup (index < self->choices->len ? g_ptr_array_index (self->choices, index) : "");
  else
    order->value = g_strdup (gtk_editable_get_text (self->value_entry));
  order->change.value = order->value;
  return order;
}

/* --- preview ---------------------------------------------------------------------------------- */

static gpointer
preview_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_preview_bulk (session, &((Order *)data)->change, error);
}

static void
show_counts (RubisBulkDialog *self, const RubisBulkPreview *preview)
{
  g_autofree char *changed = g_strdup_printf (
      ngettext ("%d will change", "%d will change", (gulong)preview->n_changed), preview->n_changed);
  g_autofree char *same = g_strdup_printf (
      ngettext ("%d is so already", "%d are so already", (gulong)preview->n_same), preview->n_same);
  g_autofree char *text = g_strdup_printf ("%s · %s", changed, same);

  gtk_label_set_label (self->counts, text);
}

static void
show_lines (RubisBulkDialog *self, const RubisBulkPreview *preview)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  for (guint i = 0; i < preview->lines->len; i++)
    {
      const RubisBulkLine *line = g_ptr_array_index (preview->lines, i);
      const char *texts[] = { line->name, line->before, line->after, NULL };

      g_ptr_array_add (rows, g_strdupv ((char **)texts));
    }
  rubis_text_table_set_rows (self->table, rows);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisBulkDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  RubisBulkPreview *done = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autoptr (RubisBulkPreview) preview = done;

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bulk.apply", preview != NULL && preview->n_changed > 0);
  if (preview == NULL)
    {
      show_problem (self, error->message);
      gtk_label_set_label (self->counts, "");
      return;
    }
  show_counts (self, preview);
  show_lines (self, preview);
}

static gboolean
start_preview (gpointer data)
{
  RubisBulkDialog *self = data;
  Order *order;

  self->preview_id = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bulk.apply", FALSE);
  show_problem (self, NULL);
  order = read_order (self);
  if (order == NULL)
    return G_SOURCE_REMOVE;
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (self->session, preview_work, order, order_free,
                       (GDestroyNotify)rubis_bulk_preview_free, self->cancellable, previewed_cb,
                       g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (RubisBulkDialog *self)
{
  if (self->filling || self->session == NULL)
    return;
  g_clear_handle_id (&self->preview_id, g_source_remove);
  self->preview_id = g_timeout_add (PREVIEW_DELAY, start_preview, self);
}

/* --- doing it --------------------------------------------------------------------------------- */

static gpointer
apply_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  int n = rubis_session_do_bulk (session, &((Order *)data)->change, progress, error);

  return n >= 0 ? GINT_TO_POINTER (n + 1) : NULL;
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  RubisBulkDialog *self = order->dialog;
  g_autoptr (GError) error = NULL;
  int n = GPOINTER_TO_INT (rubis_session_run_finish (RUBIS_SESSION (source), result, &error)) - 1;
  g_autofree char *text = NULL;

  if (self->session == NULL)
    return;
  if (error != NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "bulk.apply", TRUE);
      show_problem (self, error->message);
      return;
    }
  text = g_strdup_printf (order->change.of_items
                              ? ngettext ("%d item changed", "%d items changed", (gulong)n)
                              : ngettext ("%d account changed", "%d accounts changed", (gulong)n),
                          n);
  rubis_ui_toast (GTK_WIDGET (self), text, TRUE);
  gtk_window_close (GTK_WINDOW (self));
}

static void
apply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisBulkDialog *self = RUBIS_BULK_DIALOG (widget);
  Order *order = read_order (self);

  if (order == NULL)
    return;
  order->dialog = g_object_ref (self);
  gtk_widget_action_set_enabled (widget, "bulk.apply", FALSE);
  rubis_session_run_async (self->session, _ ("Bulk edit"), apply_work, order, NULL, NULL, NULL, applied_cb,
                           order);
}

/* --- what may be changed ---------------------------------------------------------------------- */

static void
add_value (RubisBulkDialog *self, GtkStringList *labels, const char *value, const char *label)
{
  g_ptr_array_add (self->choices, g_strdup (value));
  gtk_string_list_append (labels, label);
}

static void
add_policies (RubisBulkDialog *self, GtkStringList *labels)
{
  add_value (self, labels, "", _ ("The default policy"));
  for (guint i = 0; self->policies != NULL && i < self->policies->len; i++)
    {
      const RubisPolicy *policy = g_ptr_array_index (self->policies, i);

      add_value (self, labels, rubis_policy_get_id (policy), rubis_policy_get_name (policy));
    }
}

static void
add_languages (RubisBulkDialog *self, GtkStringList *labels)
{
  const char *const *languages = rubis_template_get_languages ();

  add_value (self, labels, "", _ ("That of the dossier"));
  for (int i = 0; languages[i] != NULL; i++)
    add_value (self, labels, languages[i], rubis_template_language_to_label (languages[i]));
}

static void
add_field_choices (RubisBulkDialog *self, const RubisCustomField *field, GtkStringList *labels)
{
  g_auto (GStrv) choices = rubis_custom_field_split_choices (field->choices);

  add_value (self, labels, "", _ ("(nothing)"));
  if (field->kind == RUBIS_FIELD_YES_NO)
    {
      add_value (self, labels, "1", _ ("Yes"));
      add_value (self, labels, "0", _ ("No"));
    }
  for (int i = 0; choices[i] != NULL; i++)
    add_value (self, labels, choices[i], choices[i]);
}

static const char *
describe_hint (const Subject *subject)
{
  if (subject->kind == RUBIS_BULK_SALES_REP)
    return _ ("A file that names a sales representative replaces it at the next import.");
  if (subject->kind == RUBIS_BULK_UNSTOP)
    return _ ("Reminders go on where their policy stands.");
  return "";
}

/* Shows what the subject is set by. */
static void
subject_changed_cb (RubisBulkDialog *self)
{
  const Subject *subject = get_subject (self);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  gboolean list;

  if (self->filling || subject == NULL)
    return;
  self->filling = TRUE;
  g_ptr_array_set_size (self->choices, 0);
  if (subject->kind == RUBIS_BULK_POLICY)
    add_policies (self, labels);
  else if (subject->kind == RUBIS_BULK_LANGUAGE)
    add_languages (self, labels);
  else if (subject->field != NULL
           && (subject->field->kind == RUBIS_FIELD_CHOICE || subject->field->kind == RUBIS_FIELD_YES_NO))
    add_field_choices (self, subject->field, labels);
  list = self->choices->len > 0;
  gtk_drop_down_set_model (self->value_drop, G_LIST_MODEL (labels));
  gtk_stack_set_visible_child_name (self->value_stack, list ? "list" : "entry");
  gtk_label_set_mnemonic_widget (
      self->value_label, GTK_WIDGET (list ? (gpointer)self->value_drop : (gpointer)self->value_entry));
  gtk_label_set_label (self->value_label, subject->kind == RUBIS_BULK_STOP ? _ ("_Reason") : _ ("_Value"));
  gtk_editable_set_text (self->value_entry, "");
  gtk_widget_set_visible (self->value_box, subject->kind != RUBIS_BULK_UNSTOP);
  gtk_widget_set_visible (self->until_box, subject->kind == RUBIS_BULK_STOP);
  gtk_label_set_label (self->hint, describe_hint (subject));
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *describe_hint (subject) != '\0');
  self->filling = FALSE;
  changed_cb (self);
}

static void
add_subject (RubisBulkDialog *self, GtkStringList *names, RubisBulkKind kind, const RubisCustomField *field)
{
  Subject subject = { kind, field };

  g_array_append_val (self->subjects, subject);
  gtk_string_list_append (names, field != NULL ? field->name : rubis_bulk_kind_to_label (kind));
}

static void
target_changed_cb (RubisBulkDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gboolean of_items = is_of_items (self);

  if (self->filling || self->accounts == NULL)
    return;
  self->filling = TRUE;
  g_array_set_size (self->subjects, 0);
  for (int kind = 0; kind < RUBIS_BULK_FIELD; kind++)
    {
      if (!of_items || rubis_bulk_kind_is_of_items ((RubisBulkKind)kind))
        add_subject (self, names, (RubisBulkKind)kind, NULL);
    }
  for (guint i = 0; i < self->fields->len; i++)
    {
      const RubisCustomField *field = g_ptr_array_index (self->fields, i);

      if ((field->owner == RUBIS_FIELD_OF_ITEM) == of_items)
        add_subject (self, names, RUBIS_BULK_FIELD, field);
    }
  gtk_drop_down_set_model (self->what_drop, G_LIST_MODEL (names));
  self->filling = FALSE;
  subject_changed_cb (self);
}

/* --- reading ---------------------------------------------------------------------------------- */

typedef struct
{
  GArray *items;     /* (owned) (nullable) */
  GArray *accounts;  /* (owned) (nullable) */
  GPtrArray *fields; /* (owned) (nullable) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->items, g_array_unref);
  g_clear_pointer (&reading->accounts, g_array_unref);
  g_clear_pointer (&reading->fields, g_ptr_array_unref);
  g_free (reading);
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Reading *asked = data;
  Reading *reading = g_new0 (Reading, 1);

  reading->accounts = asked->accounts != NULL
                          ? g_array_ref (asked->accounts)
                          : rubis_session_list_accounts_of_items (session, asked->items, error);
  reading->fields = reading->accounts != NULL ? rubis_session_list_all_fields (session, error) : NULL;
  if (reading->fields == NULL)
    g_clear_pointer (&reading, reading_free);
  return reading;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisBulkDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autoptr (GtkStringList) targets = gtk_string_list_new (NULL);
  g_autofree char *items = NULL;
  g_autofree char *accounts = NULL;

  if (self->session == NULL || reading == NULL)
    {
      if (self->session != NULL)
        show_problem (self, error->message);
      g_clear_pointer (&reading, reading_free);
      return;
    }
  self->accounts = g_steal_pointer (&reading->accounts);
  self->fields = g_steal_pointer (&reading->fields);
  reading_free (reading);
  if (self->items != NULL)
    {
      items = g_strdup_printf (ngettext ("The selected item", "The %u selected items", self->items->len),
                               self->items->len);
      gtk_string_list_append (targets, items);
    }
  accounts = g_strdup_printf (self->items != NULL
                                  ? ngettext ("Their account", "Their %u accounts", self->accounts->len)
                                  : ngettext ("%u account", "%u accounts", self->accounts->len),
                              self->accounts->len);
  gtk_string_list_append (targets, accounts);
  self->filling = TRUE;
  gtk_drop_down_set_model (self->target_drop, G_LIST_MODEL (targets));
  gtk_widget_set_sensitive (GTK_WIDGET (self->target_drop), self->items != NULL);
  self->filling = FALSE;
  target_changed_cb (self);
}

/* --- the class -------------------------------------------------------------------------------- */

static void
rubis_bulk_dialog_dispose (GObject *object)
{
  RubisBulkDialog *self = RUBIS_BULK_DIALOG (object);

  g_clear_handle_id (&self->preview_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_BULK_DIALOG);
  G_OBJECT_CLASS (rubis_bulk_dialog_parent_class)->dispose (object);
}

static void
rubis_bulk_dialog_finalize (GObject *object)
{
  RubisBulkDialog *self = RUBIS_BULK_DIALOG (object);

  g_clear_pointer (&self->items, g_array_unref);
  g_clear_pointer (&self->accounts, g_array_unref);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->policies, g_ptr_array_unref);
  g_array_unref (self->subjects);
  g_ptr_array_unref (self->choices);
  G_OBJECT_CLASS (rubis_bulk_dialog_parent_class)->finalize (object);
}

static void
rubis_bulk_dialog_class_init (RubisBulkDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_bulk_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_bulk_dialog_finalize;
  g_type_ensure (RUBIS_TYPE_TEXT_TABLE);
  gtk_widget_class_install_action (widget_class, "bulk.apply", NULL, apply_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "bulk.apply", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-bulk-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, target_box);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, target_drop);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, what_drop);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, value_box);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, value_label);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, value_stack);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, value_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, value_drop);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, until_box);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, until_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, counts);
  gtk_widget_class_bind_template_child (widget_class, RubisBulkDialog, table);
  gtk_widget_class_bind_template_callback (widget_class, target_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, subject_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
rubis_bulk_dialog_init (RubisBulkDialog *self)
{
  const RubisTextColumn columns[]
      = { { _ ("Name"), 0, FALSE }, { _ ("Before"), 190, FALSE }, { _ ("After"), 190, FALSE } };

  self->subjects = g_array_new (FALSE, FALSE, sizeof (Subject));
  self->choices = g_ptr_array_new_with_free_func (g_free);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
  rubis_text_table_set_columns (self->table, columns, G_N_ELEMENTS (columns), _ ("What changes"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bulk.apply", FALSE);
}

RubisBulkDialog *
rubis_bulk_dialog_present (GtkWindow *parent, RubisSession *session, gboolean of_items, GArray *ids)
{
  RubisBulkDialog *self;
  Reading *asked;
  GArray *copy;

  g_return_val_if_fail (RUBIS_IS_SESSION (session) && ids != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_BULK_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->policies = rubis_session_list_policies (session, NULL);
  copy = g_array_copy (ids);
  asked = g_new0 (Reading, 1);
  if (of_items)
    {
      self->items = g_array_ref (copy);
      asked->items = copy;
    }
  else
    asked->accounts = copy;
  rubis_ui_read_async (session, read_work, asked, reading_free, reading_free, NULL, read_cb,
                       g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
