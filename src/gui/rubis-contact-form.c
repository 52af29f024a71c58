#include "rubis-contact-form.h"

#include <glib/gi18n-lib.h>

#include "rubis-policy.h"
#include "rubis-ui.h"

#define N_ENTRIES 8

struct _RubisContactForm
{
  GtkPopover parent_instance;

  GtkLabel *title_label;
  GtkEditable *salutation_entry;
  GtkEditable *first_name_entry;
  GtkEditable *last_name_entry;
  GtkEditable *job_entry;
  GtkDropDown *role_drop;
  GtkEditable *email_entry;
  GtkEditable *phone_entry;
  GtkEditable *mobile_entry;
  GtkEditable *note_entry;
  GtkLabel *error_label;
  GtkWidget *remove_button;
  GtkWidget *save_button;

  RubisSession *session; /* (owned) */
  gint64 account_id;
  gint64 contact_id; /* 0: a new one */
};

G_DEFINE_FINAL_TYPE (RubisContactForm, rubis_contact_form, GTK_TYPE_POPOVER)

/* An edit for the thread of the session. */
typedef struct
{
  gint64 account_id;
  gint64 contact_id;
  gboolean remove;
  RubisContactRole role;
  char *texts[N_ENTRIES]; /* (owned) in the order of list_entries() */
} Edit;

static void
edit_free (gpointer data)
{
  Edit *self = data;

  for (int i = 0; i < N_ENTRIES; i++)
    g_free (self->texts[i]);
  g_free (self);
}

static void
list_entries (RubisContactForm *self, GtkEditable **entries)
{
  GtkEditable *all[N_ENTRIES]
      = { self->salutation_entry, self->first_name_entry, self->last_name_entry, self->job_entry,
          self->email_entry,      self->phone_entry,      self->mobile_entry,    self->note_entry };

  for (int i = 0; i < N_ENTRIES; i++)
    entries[i] = all[i];
}

static gpointer
edit_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Edit *edit = data;
  RubisContactInput input = {
    .salutation = edit->texts[0],
    .first_name = edit->texts[1],
    .last_name = edit->texts[2],
    .job = edit->texts[3],
    .role = edit->role,
    .email = edit->texts[4],
    .phone = edit->texts[5],
    .mobile = edit->texts[6],
    .note = edit->texts[7],
  };
  gboolean done;

  if (edit->remove)
    done = rubis_session_remove_contact (session, edit->contact_id, error);
  else if (edit->contact_id != 0)
    done = rubis_session_change_contact (session, edit->contact_id, &input, error);
  else
    done = rubis_session_add_contact (session, edit->account_id, &input, error);
  return GINT_TO_POINTER (done);
}

static void
edit_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisContactForm) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error == NULL)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  gtk_widget_set_sensitive (self->save_button, TRUE);
  gtk_label_set_label (self->error_label, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
}

static void
run_edit (RubisContactForm *self, gboolean remove)
{
  Edit *edit = g_new0 (Edit, 1);
  GtkEditable *entries[N_ENTRIES];

  list_entries (self, entries);
  edit->account_id = self->account_id;
  edit->contact_id = self->contact_id;
  edit->remove = remove;
  edit->role = (RubisContactRole)gtk_drop_down_get_selected (self->role_drop);
  for (int i = 0; i < N_ENTRIES; i++)
    edit->texts[i] = g_strdup (gtk_editable_get_text (entries[i]));
  gtk_widget_set_sensitive (self->save_button, FALSE);
  rubis_session_run_async (self->session, NULL, edit_work, edit, edit_free, NULL, NULL, edit_done_cb,
                           g_object_ref (self));
}

static void
save_cb (RubisContactForm *self)
{
  run_edit (self, FALSE);
}

static void
remove_cb (RubisContactForm *self)
{
  run_edit (self, TRUE);
}

static void
rubis_contact_form_dispose (GObject *object)
{
  RubisContactForm *self = RUBIS_CONTACT_FORM (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_CONTACT_FORM);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_contact_form_parent_class)->dispose (object);
}

static void
rubis_contact_form_class_init (RubisContactFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_contact_form_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-contact-form.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, title_label);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, salutation_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, first_name_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, last_name_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, job_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, role_drop);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, email_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, phone_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, mobile_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, note_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, error_label);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, remove_button);
  gtk_widget_class_bind_template_child (widget_class, RubisContactForm, save_button);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
rubis_contact_form_init (RubisContactForm *self)
{
  g_autoptr (GtkStringList) roles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (int role = 0; role < RUBIS_N_CONTACT_ROLES; role++)
    gtk_string_list_append (roles, rubis_contact_role_to_label ((RubisContactRole)role));
  gtk_drop_down_set_model (self->role_drop, G_LIST_MODEL (roles));
}

GtkWidget *
rubis_contact_form_new (RubisSession *session, gint64 account_id, const RubisContactRow *contact)
{
  RubisContactForm *self;
  GtkEditable *entries[N_ENTRIES];

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_CONTACT_FORM, NULL);
  self->session = g_object_ref (session);
  self->account_id = account_id;
  gtk_label_set_label (self->title_label, contact != NULL ? _ ("Contact") : _ ("New contact"));
  gtk_widget_set_visible (self->remove_button, contact != NULL);
  if (contact != NULL)
    {
      const char *texts[N_ENTRIES]
          = { contact->salutation, contact->first_name, contact->last_name, contact->job,
              contact->email,      contact->phone,      contact->mobile,    contact->note };

      self->contact_id = contact->id;
      list_entries (self, entries);
      for (int i = 0; i < N_ENTRIES; i++)
        gtk_editable_set_text (entries[i], texts[i]);
      gtk_drop_down_set_selected (self->role_drop, (guint)contact->role_id);
    }
  return GTK_WIDGET (self);
}
