#include "rubis-legal-dialog.h"

#include <glib/gi18n-lib.h>

#include "rubis-company-dialog.h"
#include "rubis-legal-file.h"
#include "rubis-preview-window.h"
#include "rubis-ui.h"

struct _RubisLegalDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkLabel *principal_label;
  GtkLabel *interest_label;
  GtkLabel *indemnity_label;
  GtkLabel *total_label;
  AdwPreferencesGroup *problem_group;
  AdwPreferencesGroup *item_group;
  AdwPreferencesGroup *exhibit_group;
  AdwComboRow *court_combo;
  AdwEntryRow *court_row;
  GtkCheckButton *force_check;

  RubisSession *session; /* (owned) */
  gint64 account_id;
  char *name;            /* (owned) of the customer */
  RubisLegalFile *file;  /* (owned) (nullable) what is shown */
  GHashTable *left_out;  /* (owned) ids of invoices that are not ticked */
  GPtrArray *without;    /* (owned) (element-type Omitted) exhibits that are not ticked */
  char *court;           /* (owned) (nullable) chosen by the user */
  GPtrArray *rows;       /* (owned) problems and exhibits, made anew with each file */
  GPtrArray *item_rows;  /* (owned) one an invoice, made once */
  GCancellable *loading; /* (owned) */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RubisLegalDialog, rubis_legal_dialog, ADW_TYPE_WINDOW)

/* An exhibit that the user leaves out. */
typedef struct
{
  char *key;
  char *title;
} Omitted;

static void
omitted_free (gpointer data)
{
  Omitted *self = data;

  g_free (self->key);
  g_free (self->title);
  g_free (self);
}

/* What a thread is asked for. */
typedef struct
{
  gint64 account_id;
  GArray *ids;    /* (owned) (nullable) NULL: all overdue ones */
  char *court;    /* (owned) (nullable) */
  char **without; /* (owned) keys of exhibits */
  gboolean force;
  char *path; /* (owned) (nullable) where to write; NULL: to look at */
  gboolean zip;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->court);
  g_strfreev (self->without);
  g_free (self->path);
  g_free (self);
}

/* The invoices that are ticked. */
static GArray *
list_ids (RubisLegalDialog *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->item_rows->len; i++)
    {
      gint64 *id = g_object_get_data (g_ptr_array_index (self->item_rows, i), "rubis-item");

      if (!g_hash_table_contains (self->left_out, id))
        g_array_append_val (ids, *id);
    }
  return ids;
}

static char **
list_without (RubisLegalDialog *self)
{
  char **keys = g_new0 (char *, self->without->len + 1);

  for (guint i = 0; i < self->without->len; i++)
    keys[i] = g_strdup (((Omitted *)g_ptr_array_index (self->without, i))->key);
  return keys;
}

static Job *
job_new (RubisLegalDialog *self)
{
  Job *job = g_new0 (Job, 1);

  job->account_id = self->account_id;
  job->ids = self->item_rows->len > 0 ? list_ids (self) : NULL;
  job->court = g_strdup (self->court);
  job->without = list_without (self);
  job->force = gtk_check_button_get_active (self->force_check);
  return job;
}

static RubisLegalFile *
prepare (RubisSession *session, const Job *job, RubisProgress *progress, GError **error)
{
  RubisLegalRequest request = {
    .account_id = job->account_id,
    .item_ids = job->ids,
    .court = job->court,
    .without = (const char *const *)job->without,
    .force = job->force,
  };

  return rubis_session_prepare_legal_file (session, &request, progress, error);
}

static gpointer
prepare_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return prepare (session, data, progress, error);
}

/* Makes the file; with a path it is written there and the journal keeps its fingerprint. */
static gpointer
make_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Job *job = data;
  g_autoptr (RubisLegalFile) file = prepare (session, job, progress, error);
  g_autoptr (GBytes) content = NULL;
  g_autofree char *name = NULL;
  guint n_pages = 0;

  if (file == NULL)
    return NULL;
  content = job->zip ? rubis_session_make_legal_zip (session, file, &n_pages, error)
                     : rubis_session_make_legal_pdf (session, file, &n_pages, error);
  if (content == NULL || job->path == NULL)
    return g_steal_pointer (&content);
  name = g_path_get_basename (job->path);
  if (!g_file_set_contents (job->path, g_bytes_get_data (content, NULL), (gssize)g_bytes_get_size (content),
                            error)
      || !rubis_session_keep_legal_file (session, file, name, content, n_pages, error))
    return NULL;
  return g_steal_pointer (&content);
}

static gpointer
transmit_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Job *job = data;

  return GINT_TO_POINTER (rubis_session_transmit_items (session, job->ids, job->court, error));
}

static void load (RubisLegalDialog *self);

static void
set_amount (RubisLegalDialog *self, GtkLabel *label, gint64 amount)
{
  g_autofree char *text = rubis_ui_format_amount (amount, self->file->currency, (RubisCurrency){ "" });

  gtk_label_set_label (label, text);
}

/* Where what is missing is put right. */
static void
jump_cb (RubisLegalDialog *self, GtkButton *button)
{
  RubisLegalPlace place
      = (RubisLegalPlace)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "rubis-place"));
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (place == RUBIS_LEGAL_PLACE_COURT)
    gtk_widget_grab_focus (GTK_WIDGET (self->court_row));
  else if (place == RUBIS_LEGAL_PLACE_COMPANY)
    rubis_company_dialog_present_edit (GTK_WINDOW (self), self->session);
  else if (parent != NULL)
    {
      if (place == RUBIS_LEGAL_PLACE_LETTERS)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.place", "s", "letters");
      else
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-account", "x", self->account_id);
      gtk_window_close (GTK_WINDOW (self));
    }
}

static const char *
get_place_label (RubisLegalPlace place)
{
  static const char *const labels[]
      = { NULL, N_ ("Company…"), N_ ("Customer"), N_ ("Customer"), N_ ("Letters"), N_ ("Choose") };

  return labels[place] != NULL ? _ (labels[place]) : NULL;
}

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static GtkWidget *
make_problem_row (RubisLegalDialog *self, const RubisLegalProblem *problem)
{
  static const char *const icons[]
      = { "dialog-error-symbolic", "dialog-warning-symbolic", "dialog-information-symbolic" };
  static const char *const classes[] = { "error", "warning", "dim-label" };
  static const char *const words[] = { N_ ("Blocking"), N_ ("Warning"), N_ ("Advice") };
  GtkWidget *row = make_row (problem->message, problem->way_out);
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[problem->severity]);
  const char *label = get_place_label (problem->place);

  gtk_widget_add_css_class (icon, classes[problem->severity]);
  gtk_widget_set_tooltip_text (icon, _ (words[problem->severity]));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (label != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "rubis-place", GINT_TO_POINTER ((int)problem->place));
      g_signal_connect_object (button, "clicked", G_CALLBACK (jump_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static void
exhibit_toggled_cb (RubisLegalDialog *self, GtkCheckButton *check)
{
  const char *key = g_object_get_data (G_OBJECT (check), "rubis-key");

  if (gtk_check_button_get_active (check))
    {
      for (guint i = 0; i < self->without->len; i++)
        {
          if (g_str_equal (((Omitted *)g_ptr_array_index (self->without, i))->key, key))
            g_ptr_array_remove_index (self->without, i--);
        }
    }
  else
    {
      Omitted *omitted = g_new0 (Omitted, 1);

      omitted->key = g_strdup (key);
      omitted->title = g_strdup (g_object_get_data (G_OBJECT (check), "rubis-title"));
      g_ptr_array_add (self->without, omitted);
    }
  load (self);
}

/* @number 0: an exhibit that is left out. */
static GtkWidget *
make_exhibit_row (RubisLegalDialog *self, const char *key, const char *title, guint number, guint n_pages)
{
  g_autofree char *figure = number > 0 ? g_strdup_printf ("%u", number) : g_strdup ("–");
  g_autofree char *pages = number > 0 ? g_strdup_printf (ngettext ("%u page", "%u pages", n_pages), n_pages)
                                      : g_strdup (_ ("left out"));
  GtkWidget *row = make_row (title, pages);
  GtkWidget *label = gtk_label_new (figure);
  GtkWidget *check = gtk_check_button_new ();

  gtk_label_set_width_chars (GTK_LABEL (label), 3);
  gtk_widget_add_css_class (label, "numeric");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), number > 0);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (check), "rubis-key", g_strdup (key), g_free);
  g_object_set_data_full (G_OBJECT (check), "rubis-title", g_strdup (title), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (exhibit_toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

static void
item_toggled_cb (RubisLegalDialog *self, GtkCheckButton *check)
{
  gint64 *id = g_object_get_data (G_OBJECT (check), "rubis-item");

  if (self->filling)
    return;
  if (gtk_check_button_get_active (check))
    g_hash_table_remove (self->left_out, id);
  else
    g_hash_table_add (self->left_out, g_memdup2 (id, sizeof *id));
  load (self);
}

static void
add_item_row (RubisLegalDialog *self, const RubisLegalItem *item)
{
  GtkWidget *row = make_row (item->number, "");
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *amount = gtk_label_new (NULL);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, item->number, -1);
  gtk_widget_add_css_class (amount, "numeric");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), amount);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data_full (G_OBJECT (row), "rubis-item", g_memdup2 (&item->id, sizeof item->id), g_free);
  g_object_set_data_full (G_OBJECT (check), "rubis-item", g_memdup2 (&item->id, sizeof item->id), g_free);
  g_object_set_data (G_OBJECT (row), "rubis-amount", amount);
  g_signal_connect_object (check, "toggled", G_CALLBACK (item_toggled_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->item_group, row);
  g_ptr_array_add (self->item_rows, row);
}

/* What an invoice adds to the claim, or that it is left out. */
static void
fill_item_row (RubisLegalDialog *self, GtkWidget *row)
{
  gint64 *id = g_object_get_data (G_OBJECT (row), "rubis-item");
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "rubis-amount");
  RubisCurrency own = rubis_session_get_currency (self->session);

  gtk_label_set_label (label, "");
  for (guint i = 0; i < self->file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (self->file->items, i);
      g_autofree char *principal = NULL;
      g_autofree char *interest = NULL;
      g_autofree char *due = NULL;
      g_autofree char *text = NULL;

      if (item->id != *id)
        continue;
      principal = rubis_ui_format_amount (item->principal, self->file->currency, own);
      interest = rubis_ui_format_amount (rubis_legal_item_get_interest (item), self->file->currency, own);
      due = rubis_ui_format_date (item->due_date);
      text = g_strdup_printf (_ ("due on %s, %d days late, interest %s"), due,
                              self->file->date - item->due_date, interest);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
      gtk_label_set_label (label, principal);
    }
}

static void
fill_items (RubisLegalDialog *self)
{
  for (guint i = 0; i < self->file->items->len && self->item_rows->len < self->file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (self->file->items, i);
      gboolean there = FALSE;

      for (guint j = 0; j < self->item_rows->len && !there; j++)
        there
            = *(gint64 *)g_object_get_data (g_ptr_array_index (self->item_rows, j), "rubis-item") == item->id;
      if (!there && item->open > 0)
        add_item_row (self, item);
    }
  for (guint i = 0; i < self->item_rows->len; i++)
    fill_item_row (self, g_ptr_array_index (self->item_rows, i));
}

static void
clear_rows (RubisLegalDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (RubisLegalDialog *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill_exhibits (RubisLegalDialog *self)
{
  for (guint i = 0; i < self->file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (self->file->exhibits, i);

      add_row (self, self->exhibit_group,
               make_exhibit_row (self, exhibit->key, exhibit->title, exhibit->number, exhibit->n_pages));
    }
  for (guint i = 0; i < self->without->len; i++)
    {
      const Omitted *omitted = g_ptr_array_index (self->without, i);

      add_row (self, self->exhibit_group, make_exhibit_row (self, omitted->key, omitted->title, 0, 0));
    }
}

static void
fill_courts (RubisLegalDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->court_row), self->file->court);
  gtk_widget_set_visible (GTK_WIDGET (self->court_combo), self->file->courts->len > 1);
  if (self->file->courts->len <= 1)
    return;
  gtk_string_list_append (names, _ ("Choose…"));
  for (guint i = 0; i < self->file->courts->len; i++)
    gtk_string_list_append (names, g_ptr_array_index (self->file->courts, i));
  adw_combo_row_set_model (self->court_combo, G_LIST_MODEL (names));
  for (guint i = 0; i < self->file->courts->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (self->file->courts, i), self->file->court))
        adw_combo_row_set_selected (self->court_combo, i + 1);
    }
}

static void
update_actions (RubisLegalDialog *self)
{
  gboolean blocked = self->file == NULL || rubis_legal_file_is_blocked (self->file);
  gboolean allowed = self->file != NULL && (!blocked || gtk_check_button_get_active (self->force_check));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "legal.preview", allowed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "legal.save-pdf", allowed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "legal.save-zip", allowed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "legal.transmit",
                                 self->file != NULL && self->item_rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->force_check), self->file != NULL && blocked);
}

static void
fill (RubisLegalDialog *self)
{
  self->filling = TRUE;
  set_amount (self, self->principal_label, self->file->principal);
  set_amount (self, self->interest_label, self->file->interest);
  set_amount (self, self->indemnity_label, self->file->indemnity);
  set_amount (self, self->total_label, self->file->total);
  clear_rows (self);
  for (guint i = 0; i < self->file->problems->len; i++)
    add_row (self, self->problem_group, make_problem_row (self, g_ptr_array_index (self->file->problems, i)));
  if (self->file->problems->len == 0)
    add_row (self, self->problem_group, make_row (_ ("Nothing is missing."), ""));
  fill_exhibits (self);
  fill_items (self);
  fill_courts (self);
  gtk_stack_set_visible_child_name (self->stack, "ready");
  self->filling = FALSE;
  update_actions (self);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisLegalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  RubisLegalFile *file = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    {
      g_clear_pointer (&file, rubis_legal_file_free);
      return;
    }
  g_clear_pointer (&self->file, rubis_legal_file_free);
  self->file = file;
  if (file != NULL)
    fill (self);
  else
    {
      adw_status_page_set_description (self->error_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
      update_actions (self);
    }
}

static void
cancel_load (RubisLegalDialog *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

static void
load (RubisLegalDialog *self)
{
  cancel_load (self);
  self->loading = g_cancellable_new ();
  rubis_ui_read_async (self->session, prepare_work, job_new (self), job_free,
                       (GDestroyNotify)rubis_legal_file_free, self->loading, prepared_cb,
                       g_object_ref (self));
}

static void
court_apply_cb (RubisLegalDialog *self)
{
  g_free (self->court);
  self->court = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->court_row)));
  load (self);
}

static void
court_selected_cb (RubisLegalDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->court_combo);

  if (self->filling || self->file == NULL || selected == 0 || selected > self->file->courts->len)
    return;
  g_free (self->court);
  self->court = g_strdup (g_ptr_array_index (self->file->courts, selected - 1));
  load (self);
}

static void
force_toggled_cb (RubisLegalDialog *self)
{
  update_actions (self);
}

static void
preview_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisLegalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autofree char *name = NULL;

  if (self->session == NULL)
    return;
  if (pdf == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The file could not be made"), error, TRUE);
      return;
    }
  name = g_strdup_printf ("%s %s.pdf", _ ("Legal file"), self->file != NULL ? self->file->account_code : "");
  gtk_window_present (GTK_WINDOW (rubis_preview_window_new_for_pdf (GTK_WINDOW (self), name, name, pdf)));
}

static void
preview_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisLegalDialog *self = RUBIS_LEGAL_DIALOG (widget);

  rubis_ui_read_async (self->session, make_work, job_new (self), job_free, (GDestroyNotify)g_bytes_unref,
                       NULL, preview_made_cb, g_object_ref (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisLegalDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (content == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("Not saved"), error, TRUE);
  else
    rubis_ui_toast (GTK_WIDGET (self), _ ("Legal file saved"), FALSE);
}

static void
save_response_cb (RubisLegalDialog *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      Job *job = job_new (self);

      job->path = g_file_get_path (file);
      job->zip = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dialog), "rubis-zip"));
      rubis_session_run_async (self->session, _ ("Legal file"), make_work, job, job_free,
                               (GDestroyNotify)g_bytes_unref, NULL, saved_cb, g_object_ref (self));
    }
  g_object_unref (dialog);
}

static void
ask_where (RubisLegalDialog *self, gboolean zip)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save the Legal File"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autofree char *name
      = g_strdup_printf ("%s %s.%s", _ ("Legal file"), self->file->account_code, zip ? "zip" : "pdf");

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data (G_OBJECT (dialog), "rubis-zip", GINT_TO_POINTER (zip));
  g_signal_connect_object (dialog, "response", G_CALLBACK (save_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
save_pdf_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_where (RUBIS_LEGAL_DIALOG (widget), FALSE);
}

static void
save_zip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_where (RUBIS_LEGAL_DIALOG (widget), TRUE);
}

static void
transmitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisLegalDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (rubis_session_run_finish (RUBIS_SESSION (source), result, &error) == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The change was not kept"), error, FALSE);
  else
    rubis_ui_toast (GTK_WIDGET (self), _ ("Handed over: reminders of these invoices stop"), TRUE);
}

static void
transmit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisLegalDialog *self = RUBIS_LEGAL_DIALOG (widget);

  rubis_session_run_async (self->session, NULL, transmit_work, job_new (self), job_free, NULL, NULL,
                           transmitted_cb, g_object_ref (self));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_close (GTK_WINDOW (widget));
}

static void
rubis_legal_dialog_dispose (GObject *object)
{
  RubisLegalDialog *self = RUBIS_LEGAL_DIALOG (object);

  cancel_load (self);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->item_rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_LEGAL_DIALOG);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_legal_dialog_parent_class)->dispose (object);
}

static void
rubis_legal_dialog_finalize (GObject *object)
{
  RubisLegalDialog *self = RUBIS_LEGAL_DIALOG (object);

  g_clear_pointer (&self->file, rubis_legal_file_free);
  g_hash_table_unref (self->left_out);
  g_ptr_array_unref (self->without);
  g_free (self->court);
  g_free (self->name);
  G_OBJECT_CLASS (rubis_legal_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-legal-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, error_page);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, principal_label);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, interest_label);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, indemnity_label);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, total_label);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, problem_group);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, item_group);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, exhibit_group);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, court_combo);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, court_row);
  gtk_widget_class_bind_template_child (widget_class, RubisLegalDialog, force_check);
  gtk_widget_class_bind_template_callback (widget_class, court_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, court_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, force_toggled_cb);
}

static void
rubis_legal_dialog_class_init (RubisLegalDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_legal_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_legal_dialog_finalize;
  gtk_widget_class_install_action (widget_class, "legal.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "legal.preview", NULL, preview_action);
  gtk_widget_class_install_action (widget_class, "legal.save-pdf", NULL, save_pdf_action);
  gtk_widget_class_install_action (widget_class, "legal.save-zip", NULL, save_zip_action);
  gtk_widget_class_install_action (widget_class, "legal.transmit", NULL, transmit_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "legal.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "legal.preview", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "legal.save-zip", NULL);
  bind_template (widget_class);
}

static void
rubis_legal_dialog_init (RubisLegalDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->left_out = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->without = g_ptr_array_new_with_free_func (omitted_free);
  self->rows = g_ptr_array_new ();
  self->item_rows = g_ptr_array_new ();
  update_actions (self);
}

GtkWindow *
rubis_legal_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id, const char *name)
{
  RubisLegalDialog *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_LEGAL_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->account_id = account_id;
  self->name = g_strdup (name);
  adw_window_title_set_subtitle (self->window_title, name);
  g_signal_connect_object (session, "changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
