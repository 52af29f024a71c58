#include "rubis-choices-window.h"

#include <glib/gi18n-lib.h>

#include "rubis-choices.h"
#include "rubis-form-rows.h"

#define MAX_DAYS 365

struct _RubisChoicesWindow
{
  RubisListFormWindow parent_instance;

  const char *choices; /* RUBIS_CHOICES_… */
  GtkEditable *label;
  GtkSpinButton *days;
  GtkSwitch *contact; /* (nullable) of results of calls */
  GtkSwitch *active;
};

G_DEFINE_FINAL_TYPE (RubisChoicesWindow, rubis_choices_window, RUBIS_TYPE_LIST_FORM_WINDOW)

static GPtrArray *
list_choices (RubisListFormWindow *window, RubisSession *session, GError **error)
{
  return rubis_session_list_choices (session, RUBIS_CHOICES_WINDOW (window)->choices, TRUE, error);
}

static char *
dup_key (gconstpointer record)
{
  return g_strdup (((const RubisChoice *)record)->id);
}

static gboolean
describe (RubisListFormWindow *window, gconstpointer record, char **title, char **subtitle)
{
  const RubisChoice *choice = record;

  *title = g_strdup (choice->label);
  if (!choice->active)
    *subtitle = g_strdup (_ ("not in use"));
  else if (choice->days > 0)
    *subtitle = g_strdup_printf (ngettext ("follow-up after %d day", "follow-up after %d days", choice->days),
                                 choice->days);
  else
    *subtitle = g_strdup ("");
  return choice->active;
}

static void
show (RubisListFormWindow *window, gconstpointer record)
{
  RubisChoicesWindow *self = RUBIS_CHOICES_WINDOW (window);
  const RubisChoice *choice = record;

  gtk_editable_set_text (self->label, choice != NULL ? choice->label : "");
  gtk_spin_button_set_value (self->days, choice != NULL ? choice->days : 0);
  if (self->contact != NULL)
    gtk_switch_set_active (self->contact, choice == NULL || choice->contact);
  gtk_switch_set_active (self->active, choice == NULL || choice->active);
}

static gpointer
read_form (RubisListFormWindow *window, gconstpointer record)
{
  RubisChoicesWindow *self = RUBIS_CHOICES_WINDOW (window);
  const RubisChoice *before = record;
  RubisChoice *choice = g_new0 (RubisChoice, 1);

  choice->id = g_strdup (before != NULL ? before->id : NULL);
  choice->label = g_strdup (gtk_editable_get_text (self->label));
  choice->days = gtk_spin_button_get_value_as_int (self->days);
  choice->contact = self->contact != NULL && gtk_switch_get_active (self->contact);
  choice->active = gtk_switch_get_active (self->active);
  return choice;
}

static char *
save (RubisListFormWindow *window, RubisSession *session, gpointer record, GError **error)
{
  const RubisChoice *choice = record;
  char *id = NULL;

  if (!rubis_session_set_choice (session, RUBIS_CHOICES_WINDOW (window)->choices, choice, &id, error))
    return NULL;
  return id != NULL ? id : g_strdup (choice->id);
}

static void
free_record (gpointer record)
{
  rubis_choice_free (record);
}

static void
rubis_choices_window_class_init (RubisChoicesWindowClass *klass)
{
  RubisListFormWindowClass *list_class = RUBIS_LIST_FORM_WINDOW_CLASS (klass);

  list_class->list = list_choices;
  list_class->dup_key = dup_key;
  list_class->describe = describe;
  list_class->show = show;
  list_class->read = read_form;
  list_class->save = save;
  list_class->free_record = free_record;
}

static void
rubis_choices_window_init (RubisChoicesWindow *self)
{
}

static GtkSpinButton *
add_days (AdwPreferencesGroup *group, gpointer owner)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *days = gtk_spin_button_new_with_range (0, MAX_DAYS, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Days until its follow-up"));
  gtk_widget_set_valign (days, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (days), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Days until its follow-up"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), days);
  g_signal_connect_object (days, "value-changed", G_CALLBACK (rubis_list_form_window_mark_edited), owner,
                           G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, row);
  return GTK_SPIN_BUTTON (days);
}

static void
build (RubisChoicesWindow *self)
{
  gboolean reasons = g_str_equal (self->choices, RUBIS_CHOICES_DISPUTE_REASON);
  const RubisListFormTexts texts = {
    .title = reasons ? _ ("Reasons of Disputes") : _ ("Results of Calls"),
    .add = reasons ? _ ("Add a reason (Ctrl+N)") : _ ("Add a result (Ctrl+N)"),
    .new_title = reasons ? _ ("New Reason") : _ ("New Result"),
    .empty = "",
    .kept = reasons ? _ ("Reason saved") : _ ("Result saved"),
  };
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GCallback edited = G_CALLBACK (rubis_list_form_window_mark_edited);

  self->label = rubis_form_rows_add_entry (group, _ ("Text"), edited, self);
  self->days = add_days (group, self);
  if (!reasons)
    self->contact = rubis_form_rows_add_switch (group, _ ("Somebody was spoken to"),
                                                _ ("Otherwise the call is still to be made"), edited, self);
  self->active = rubis_form_rows_add_switch (group, _ ("In use"),
                                             _ ("Offered in lists; what has it keeps it"), edited, self);
  rubis_list_form_window_build (RUBIS_LIST_FORM_WINDOW (self), &texts, GTK_WIDGET (group),
                                GTK_WIDGET (self->label));
}

RubisChoicesWindow *
rubis_choices_window_present (GtkWindow *parent, RubisSession *session, const char *list)
{
  RubisChoicesWindow *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session) && list != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_CHOICES_WINDOW, "transient-for", parent, NULL);
  self->choices = g_str_equal (list, RUBIS_CHOICES_CALL_RESULT) ? RUBIS_CHOICES_CALL_RESULT
                                                                : RUBIS_CHOICES_DISPUTE_REASON;
  build (self);
  rubis_list_form_window_open (RUBIS_LIST_FORM_WINDOW (self), session);
  return self;
}
