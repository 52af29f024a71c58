#include "rubis-company-dialog.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-company-gaps.h"
#include "rubis-iban.h"
#include "rubis-identifiers.h"
#include "rubis-image-row.h"
#include "rubis-letterhead-dialog.h"
#include "rubis-letterhead-settings.h"
#include "rubis-plain.h"
#include "rubis-text.h"
#include "rubis-ui.h"

struct _RubisCompanyDialog {
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkButton *save_button;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkWidget *file_group;
  AdwActionRow *file_row;
  GtkEditable *name;
  GtkEditable *legal_form;
  GtkEditable *siren;
  GtkLabel *siren_state;
  GtkEditable *vat_id;
  GtkLabel *vat_state;
  GtkEditable *capital;
  GtkEditable *rcs;
  GtkEditable *address_1;
  GtkEditable *address_2;
  GtkEditable *postcode;
  GtkEditable *city;
  GtkEditable *iban;
  GtkLabel *iban_state;
  GtkEditable *bic;
  GtkLabel *bic_state;
  GtkEditable *phone;
  GtkEditable *email;
  GtkEditable *website;
  GtkEditable *payment_link;
  GtkEditable *signatory;
  GtkEditable *signatory_title;
  RubisImageRow *logo;
  RubisImageRow *signature;
  GtkColorChooser *accent;
  GtkWidget *looks_group;
  GtkWidget *letterhead_group;
  GtkWidget *missing_group;
  GtkLabel *missing;

  RubisSession *session;      /* (owned) (nullable) the dossier that is edited */
  RubisCompany *company;      /* (owned) what is not in the fields: country, currency, images */
  char *path;                 /* (owned) of the new dossier */
  gboolean path_chosen;       /* by the user; else it follows the name */
  char *vat_made;             /* (owned) the VAT number that was completed from the SIREN */
  RubisDate today;
  RubisSessionFunc created;
  gpointer created_data;
  gboolean busy;
  gboolean updating;          /* the fields are filled by the dialog, not by the user */
};

G_DEFINE_FINAL_TYPE (RubisCompanyDialog, rubis_company_dialog, ADW_TYPE_WINDOW)

/* The rows that hold one field as it is. */
static const struct {
  gsize row;
  gsize field;
} fields[] = {
#define FIELD(name) { G_STRUCT_OFFSET (RubisCompanyDialog, name), G_STRUCT_OFFSET (RubisCompany, name) }
  FIELD (name),     FIELD (legal_form), FIELD (siren), FIELD (vat_id),  FIELD (capital),
  FIELD (rcs),      FIELD (postcode),   FIELD (city),  FIELD (iban),    FIELD (bic),
  FIELD (phone),    FIELD (email),      FIELD (website), FIELD (payment_link), FIELD (signatory), FIELD (signatory_title),
#undef FIELD
};

/* Legal forms that a name may end with. */
static const char *const legal_forms[] = {
  "SAS", "SASU", "SARL", "EURL", "SA", "SNC", "SCOP", "SCI", "SELARL", "SCA", "SCS", "EI", "GIE",
};

static GtkEditable *
get_row (RubisCompanyDialog *self, gsize i)
{
  return G_STRUCT_MEMBER (GtkEditable *, self, fields[i].row);
}

/* --- checks --- */

/* Shows how an identifier stands; TRUE when it is empty or right. */
static gboolean
show_check (GtkEditable *row, GtkLabel *state, RubisIdReason reason)
{
  gboolean empty = *gtk_editable_get_text (row) == '\0';
  gboolean wrong = !empty && reason != RUBIS_ID_OK;

  gtk_label_set_label (state, empty ? "" : wrong ? rubis_id_reason_to_label (reason) : "✓");
  gtk_accessible_update_property (GTK_ACCESSIBLE (state), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  empty ? "" : wrong ? rubis_id_reason_to_label (reason) : _("correct"), -1);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (state), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (state), "error");
  if (!wrong && !empty)
    gtk_widget_add_css_class (GTK_WIDGET (state), "success");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (state), "success");
  return !wrong;
}

static gboolean
check_all (RubisCompanyDialog *self)
{
  gboolean good = TRUE;

  good &= show_check (self->siren, self->siren_state, rubis_siren_check (gtk_editable_get_text (self->siren)));
  good &= show_check (self->vat_id, self->vat_state, rubis_vat_check (gtk_editable_get_text (self->vat_id)));
  good &= show_check (self->iban, self->iban_state, rubis_iban_check (gtk_editable_get_text (self->iban)));
  good &= show_check (self->bic, self->bic_state, rubis_bic_check (gtk_editable_get_text (self->bic)));
  return good;
}

static gboolean
is_empty (GtkEditable *row)
{
  g_autofree char *text = rubis_text_normalise_spaces (gtk_editable_get_text (row));

  return *text == '\0';
}

static RubisCompany *read_fields (RubisCompanyDialog *self);

static void
show_missing (RubisCompanyDialog *self)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(RubisCompany) company = read_fields (self);
  g_autoptr(GPtrArray) gaps = rubis_company_list_gaps (company);

  for (guint i = 0; i < gaps->len; i++)
    {
      const RubisCompanyGap *gap = gaps->pdata[i];

      g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", gap->message);
    }
  gtk_label_set_label (self->missing, text->str);
  gtk_widget_set_visible (self->missing_group, text->len > 0);
}

/* --- completing what is typed --- */

static void
follow_name (RubisCompanyDialog *self)
{
  g_autofree char *name = rubis_text_normalise_spaces (gtk_editable_get_text (self->name));
  const char *folder = g_get_user_special_dir (G_USER_DIRECTORY_DOCUMENTS);
  g_autofree char *base = NULL;

  if (self->path_chosen || self->session != NULL)
    return;
  base = g_strdup_printf ("%s.rubis", *name != '\0' ? name : _("Dossier"));
  g_strdelimit (base, "/\\", '-');
  g_free (self->path);
  self->path = g_build_filename (folder != NULL ? folder : g_get_home_dir (), base, NULL);
  rubis_plain_set_subtitle (self->file_row, self->path);
}

/* "Ateliers Rubis SAS" also says the legal form. */
static void
complete_legal_form (RubisCompanyDialog *self)
{
  const char *name = gtk_editable_get_text (self->name);
  const char *space = strrchr (name, ' ');

  if (space == NULL || !is_empty (self->legal_form))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (legal_forms); i++)
    {
      if (g_ascii_strcasecmp (space + 1, legal_forms[i]) == 0)
        gtk_editable_set_text (self->legal_form, legal_forms[i]);
    }
}

/* The French VAT number follows from the SIREN, as long as nobody typed another. */
static void
complete_vat (RubisCompanyDialog *self)
{
  g_autofree char *vat = rubis_vat_from_siren (gtk_editable_get_text (self->siren));
  g_autofree char *present = rubis_identifier_normalise (gtk_editable_get_text (self->vat_id));

  if (vat == NULL || g_str_equal (vat, present))
    return;
  if (*present != '\0' && g_strcmp0 (present, self->vat_made) != 0)
    return;
  g_free (self->vat_made);
  self->vat_made = g_strdup (vat);
  self->updating = TRUE;
  gtk_editable_set_text (self->vat_id, vat);
  self->updating = FALSE;
}

static void
set_problem (RubisCompanyDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

static void
update_actions (RubisCompanyDialog *self)
{
  gboolean good = check_all (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "company.save", good && !is_empty (self->name) && !self->busy);
}

static void
changed_cb (RubisCompanyDialog *self)
{
  if (self->updating || self->company == NULL)
    return;
  set_problem (self, NULL);
  follow_name (self);
  show_missing (self);
  update_actions (self);
}

static void
siren_changed_cb (RubisCompanyDialog *self)
{
  if (!self->updating && self->company != NULL)
    complete_vat (self);
  changed_cb (self);
}

/* --- fields and company --- */

/* The looks of an open dossier are edited with the letterhead, perhaps while this dialog is open. */
static void
take_looks (RubisCompanyDialog *self, RubisCompany *company)
{
  g_autoptr(RubisCompany) now = rubis_session_dup_company (self->session);

  rubis_company_set (company, accent, now->accent);
  g_clear_pointer (&company->logo, g_bytes_unref);
  g_clear_pointer (&company->signature, g_bytes_unref);
  company->logo = g_steal_pointer (&now->logo);
  company->signature = g_steal_pointer (&now->signature);
}

static RubisCompany *
read_fields (RubisCompanyDialog *self)
{
  RubisCompany *company = rubis_company_copy (self->company);
  g_autofree char *first = rubis_text_normalise_spaces (gtk_editable_get_text (self->address_1));
  g_autofree char *second = rubis_text_normalise_spaces (gtk_editable_get_text (self->address_2));
  char **const numbers[] = { &company->siren, &company->vat_id, &company->iban, &company->bic };
  GdkRGBA colour;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      char **field = &G_STRUCT_MEMBER (char *, company, fields[i].field);

      g_free (*field);
      *field = rubis_text_normalise_spaces (gtk_editable_get_text (get_row (self, i)));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *typed = *numbers[i];

      *numbers[i] = rubis_identifier_normalise (typed);
    }
  g_free (company->address);
  company->address = *second != '\0' ? g_strdup_printf ("%s\n%s", first, second) : g_strdup (first);
  gtk_color_chooser_get_rgba (self->accent, &colour);
  g_free (company->accent);
  company->accent = g_strdup_printf ("#%02x%02x%02x", (guint) (colour.red * 255 + 0.5f),
                                     (guint) (colour.green * 255 + 0.5f), (guint) (colour.blue * 255 + 0.5f));
  return company;
}

static void
fill_fields (RubisCompanyDialog *self)
{
  g_auto(GStrv) lines = g_strsplit (self->company->address, "\n", 2);
  g_autofree char *siren = rubis_siren_format (self->company->siren);
  g_autofree char *iban = rubis_iban_format (self->company->iban);
  GdkRGBA colour = { 0.55f, 0.11f, 0.24f, 1 };

  self->updating = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_editable_set_text (get_row (self, i), G_STRUCT_MEMBER (char *, self->company, fields[i].field));
  gtk_editable_set_text (self->siren, siren);
  gtk_editable_set_text (self->iban, iban);
  if (lines[0] != NULL)
    gtk_editable_set_text (self->address_1, lines[0]);
  if (lines[0] != NULL && lines[1] != NULL)
    gtk_editable_set_text (self->address_2, g_strdelimit (lines[1], "\n", ' '));
  if (*self->company->accent != '\0')
    gdk_rgba_parse (&colour, self->company->accent);
  gtk_color_chooser_set_rgba (self->accent, &colour);
  rubis_image_row_set_image (self->logo, self->company->logo);
  rubis_image_row_set_image (self->signature, self->company->signature);
  self->updating = FALSE;
  changed_cb (self);
}

/* --- images and file --- */

static void
image_chosen_cb (RubisCompanyDialog *self, GBytes *bytes, RubisImageRow *row)
{
  GBytes **image = row == self->logo ? &self->company->logo : &self->company->signature;
  g_autoptr(GError) error = NULL;

  if (bytes != NULL && !rubis_letterhead_check_image (bytes, &error))
    {
      rubis_image_row_set_error (row, error->message);
      return;
    }
  g_clear_pointer (image, g_bytes_unref);
  *image = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  rubis_image_row_set_image (row, bytes);
}

static void
letterhead_cb (RubisCompanyDialog *self)
{
  rubis_letterhead_dialog_present (GTK_WINDOW (self), self->session, 0);
}

static void
file_chosen_cb (RubisCompanyDialog *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      g_free (self->path);
      self->path = g_file_get_path (file);
      self->path_chosen = TRUE;
      rubis_plain_set_subtitle (self->file_row, self->path);
      set_problem (self, NULL);
    }
  g_object_unref (dialog);
}

static void
choose_file_cb (RubisCompanyDialog *self)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("File of the dossier"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, _("_Choose"), NULL);
  g_autofree char *base = g_path_get_basename (self->path);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), base);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (file_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- saving --- */

/* What creating a dossier needs, in another thread. */
typedef struct {
  char *path;
  RubisCompany *company;
  RubisDate today;
} Creation;

static void
creation_free (Creation *creation)
{
  g_free (creation->path);
  rubis_company_free (creation->company);
  g_free (creation);
}

static void
create_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Creation *creation = data;
  GError *error = NULL;
  RubisSession *session = rubis_session_create (creation->path, creation->company, creation->today, &error);

  if (session != NULL)
    g_task_return_pointer (task, session, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
finish (RubisCompanyDialog *self, const GError *error)
{
  self->busy = FALSE;
  if (error != NULL)
    {
      set_problem (self, error->message);
      update_actions (self);
    }
  else
    gtk_window_destroy (GTK_WINDOW (self));
}

static void
created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RubisCompanyDialog *self = RUBIS_COMPANY_DIALOG (source);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisSession) session = g_task_propagate_pointer (G_TASK (result), &error);
  RubisSessionFunc created = self->created;
  gpointer created_data = self->created_data;

  finish (self, error);
  if (session != NULL && created != NULL)
    created (session, created_data);
}

static gpointer
edit_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return GINT_TO_POINTER (rubis_session_set_company (session, data, error));
}

static void
edited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisCompanyDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  finish (self, error);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisCompanyDialog *self = RUBIS_COMPANY_DIALOG (widget);
  g_autoptr(GTask) task = NULL;
  Creation *creation;

  complete_legal_form (self);
  self->busy = TRUE;
  set_problem (self, NULL);
  update_actions (self);
  if (self->session != NULL)
    {
      RubisCompany *company = read_fields (self);

      take_looks (self, company);
      rubis_session_run_async (self->session, NULL, edit_work, company, (GDestroyNotify) rubis_company_free, NULL, NULL,
                               edited_cb, g_object_ref (self));
      return;
    }
  creation = g_new0 (Creation, 1);
  creation->path = g_strdup (self->path);
  creation->company = read_fields (self);
  creation->today = self->today;
  task = g_task_new (self, NULL, created_cb, NULL);
  g_task_set_task_data (task, creation, (GDestroyNotify) creation_free);
  g_task_run_in_thread (task, create_thread);
}

/* --- object --- */

static void
rubis_company_dialog_dispose (GObject *object)
{
  RubisCompanyDialog *self = RUBIS_COMPANY_DIALOG (object);

  g_clear_pointer (&self->company, rubis_company_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_COMPANY_DIALOG);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->vat_made, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_company_dialog_parent_class)->dispose (object);
}

static void
bind_rows (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, legal_form);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, siren);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, siren_state);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, vat_id);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, vat_state);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, capital);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, rcs);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, address_1);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, address_2);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, postcode);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, city);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, iban);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, iban_state);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, bic);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, bic_state);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, phone);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, email);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, website);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, payment_link);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, signatory);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, signatory_title);
}

static void
rubis_company_dialog_class_init (RubisCompanyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_company_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "company.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "company.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  g_type_ensure (RUBIS_TYPE_IMAGE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-company-dialog.ui");
  bind_rows (widget_class);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, file_group);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, file_row);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, logo);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, signature);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, accent);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, looks_group);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, letterhead_group);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, missing_group);
  gtk_widget_class_bind_template_child (widget_class, RubisCompanyDialog, missing);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, siren_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_file_cb);
  gtk_widget_class_bind_template_callback (widget_class, letterhead_cb);
}

static void
rubis_company_dialog_init (RubisCompanyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rubis_image_row_set_titles (self->logo, _("Logo"), _("Choose the logo"));
  rubis_image_row_set_titles (self->signature, _("Signature"), _("Choose the signature"));
  g_signal_connect_object (self->logo, "image-chosen", G_CALLBACK (image_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->signature, "image-chosen", G_CALLBACK (image_chosen_cb), self, G_CONNECT_SWAPPED);
}

GtkWindow *
rubis_company_dialog_present_new (GtkWindow *parent, RubisDate today, RubisSessionFunc created, gpointer user_data)
{
  RubisCompanyDialog *self = g_object_new (RUBIS_TYPE_COMPANY_DIALOG, "transient-for", parent, NULL);

  self->company = rubis_company_new ();
  self->today = today;
  self->created = created;
  self->created_data = user_data;
  adw_window_title_set_title (self->window_title, _("New dossier"));
  gtk_button_set_label (self->save_button, _("C_reate"));
  fill_fields (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}

GtkWindow *
rubis_company_dialog_present_edit (GtkWindow *parent, RubisSession *session)
{
  RubisCompanyDialog *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_COMPANY_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->company = rubis_session_dup_company (session);
  adw_window_title_set_title (self->window_title, _("Own company"));
  gtk_button_set_label (self->save_button, _("_Save"));
  gtk_widget_set_visible (self->file_group, FALSE);
  gtk_widget_set_visible (self->looks_group, FALSE);
  gtk_widget_set_visible (self->letterhead_group, TRUE);
  fill_fields (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
