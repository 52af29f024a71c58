/* The import window and the company window, driven as a person would. Needs a display. */
#include <string.h>

#include <cairo-pdf.h>

#include "rubis-attachments.h"
#include "rubis-company-dialog.h"
#include "rubis-copies-dialog.h"
#include "rubis-demo-dialog.h"
#include "rubis-import-dialog.h"
#include "rubis-money-entry.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"
#include "rubis-window.h"

#define TWO_ITEMS                                                                                                      \
  "Code client;Nom;Numéro;Date facture;Échéance;Montant TTC;Reste dû\n"                                                \
  "C9001;Alpha;F-1;01/10/2026;31/10/2026;120,00;120,00\n"                                                              \
  "C9002;Bêta;F-2;25/10/2026;24/11/2026;1 200,50;200,50\n"
#define ONE_WRONG "C9002;Bêta;F-3;25/10/2026;24/11/2026;abc;1\n"

typedef struct {
  char *folder;
  RubisSession *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisCompany) company = rubis_company_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = rubis_test_make_folder ();
  path = g_build_filename (fixture->folder, "test.rubis", NULL);
  rubis_company_set (company, name, "Ateliers Rubis");
  fixture->session = rubis_session_create (path, company, RUBIS_UI_TODAY, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_ui_settle ();
  g_clear_object (&fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static char *
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autoptr(GError) error = NULL;
  char *path = g_build_filename (fixture->folder, name, NULL);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  return path;
}

static gint64
count_open_items (RubisSession *session)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisStatus) status = rubis_session_get_status (session, &error);

  g_assert_no_error (error);
  return status->n_open_items;
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  GtkWindow *window;

  g_ptr_array_add (paths, write_file (fixture, "factures.csv", TWO_ITEMS ONE_WRONG));
  g_ptr_array_add (paths, write_file (fixture, "lettre.pdf", "%PDF-1.4\n"));
  window = rubis_import_dialog_present (NULL, fixture->session, paths);
  rubis_ui_wait_text (window, "Changes (2)");
  text = rubis_ui_collect_text (window);
  g_assert_nonnull (strstr (text, "F-2"));
  g_assert_nonnull (strstr (text, "Rejected (1)"));
  g_assert_nonnull (strstr (text, "€320.50"));
  g_assert_cmpint (count_open_items (fixture->session), ==, 0);

  rubis_ui_click (window, "_Import");
  rubis_ui_wait_text (window, "Imported");
  g_assert_cmpint (count_open_items (fixture->session), ==, 2);

  /* The next file is none that can be imported: it is said what it is. */
  rubis_ui_click (window, "_Next file");
  rubis_ui_wait_text (window, "This file cannot be imported");
  rubis_ui_wait_text (window, "PDF");
  rubis_ui_click (window, "_Close");
  rubis_ui_settle ();
  g_assert_null (rubis_ui_find_window (RUBIS_TYPE_IMPORT_DIALOG));
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GtkWindow *window;

  g_ptr_array_add (paths, write_file (fixture, "factures.csv", TWO_ITEMS));
  window = rubis_import_dialog_present (NULL, fixture->session, paths);
  rubis_ui_click (window, "_Import");
  rubis_ui_click (window, "_Undo this import");
  rubis_ui_wait_text (window, "Taken back");
  g_assert_cmpint (count_open_items (fixture->session), ==, 0);
  rubis_ui_click (window, "_Close");
}

static void
test_control_total (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GtkWidget *import_button;
  GtkWindow *window;
  GtkWidget *control;
  GtkWidget *force;

  g_ptr_array_add (paths, write_file (fixture, "factures.csv", TWO_ITEMS));
  window = rubis_import_dialog_present (NULL, fixture->session, paths);
  rubis_ui_wait_text (window, "Changes (2)");
  import_button = rubis_ui_find (window, GTK_TYPE_BUTTON, "_Import");
  control = rubis_ui_find (window, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (control), "1 000,00");
  g_signal_emit_by_name (control, "activate");
  rubis_ui_wait_text (window, "The total after the import differs.");
  g_assert_false (gtk_widget_is_sensitive (import_button));

  /* A brake is passed by a tick, and by nothing else. */
  force = rubis_ui_find (window, GTK_TYPE_CHECK_BUTTON, "I have checked: import all the same");
  g_assert_true (gtk_widget_get_mapped (force));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (force), TRUE);
  g_assert_true (gtk_widget_is_sensitive (import_button));

  gtk_editable_set_text (GTK_EDITABLE (control), "320,50");
  g_signal_emit_by_name (control, "activate");
  rubis_ui_wait_text (window, "The total after the import is exact.");
  g_assert_false (gtk_widget_get_mapped (force));
  rubis_ui_destroy (window);
}

/* A PDF without text, told apart by @shade. */
static char *
write_pdf (Fixture *fixture, const char *name, double shade)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, shade, shade, shade);
  cairo_paint (cr);
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return path;
}

static guint
count_copies (RubisSession *session)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) files = rubis_session_list_attachments (session, 1, 0, &error);

  g_assert_no_error (error);
  return files->len;
}

static void
note_kept_cb (RubisCopiesDialog *dialog, guint n, guint *n_kept)
{
  *n_kept = n;
}

static gboolean
has_count (gpointer data)
{
  return *(guint *) data != 0;
}

/* What is recognised, and what is not, is said before anything is kept. */
static void
test_copies (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) pdfs = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  GtkWindow *window;
  guint n_kept = 0;

  g_ptr_array_add (tables, write_file (fixture, "factures.csv",
                                       "Code client;Nom;Numéro;Date facture;Échéance;Montant TTC;Reste dû\n"
                                       "C9001;Alpha;FA-101;01/10/2026;31/10/2026;120,00;120,00\n"
                                       "C9001;Alpha;FA-102;25/10/2026;24/11/2026;1 200,50;200,50\n"));
  window = rubis_import_dialog_present (NULL, fixture->session, tables);
  rubis_ui_wait_text (window, "Changes (2)");
  rubis_ui_click (window, "_Import");
  rubis_ui_wait_text (window, "Imported");
  rubis_ui_destroy (window);

  g_ptr_array_add (pdfs, write_pdf (fixture, "FA-101.pdf", 0.2));
  g_ptr_array_add (pdfs, write_pdf (fixture, "FA 102.pdf", 0.4));
  g_ptr_array_add (pdfs, write_pdf (fixture, "vacances.pdf", 0.6));
  window = GTK_WINDOW (rubis_copies_dialog_present (NULL, fixture->session, pdfs));
  g_signal_connect (window, "kept", G_CALLBACK (note_kept_cb), &n_kept);
  rubis_ui_wait_text (window, "2 copies recognised, 1 to be assigned");
  rubis_ui_wait_text (window, "FA-102, Alpha: found in its name");
  text = rubis_ui_collect_text (window);
  g_assert_nonnull (strstr (text, "vacances.pdf"));
  g_assert_nonnull (strstr (text, "scan without text"));
  g_assert_cmpuint (count_copies (fixture->session), ==, 0);
  rubis_ui_click (window, "_Keep 2 copies");
  rubis_ui_wait (has_count, &n_kept);
  g_assert_cmpuint (n_kept, ==, 2);
  g_assert_cmpuint (count_copies (fixture->session), ==, 2);
  rubis_ui_settle ();
  g_assert_null (rubis_ui_find_window (RUBIS_TYPE_COPIES_DIALOG));

  /* Once more: there is nothing to keep but the way out. */
  window = GTK_WINDOW (rubis_copies_dialog_present (NULL, fixture->session, pdfs));
  rubis_ui_wait_text (window, "0 copies recognised, 2 kept already, 1 to be assigned");
  rubis_ui_click (window, "_Close");
  rubis_ui_settle ();
  g_assert_null (rubis_ui_find_window (RUBIS_TYPE_COPIES_DIALOG));
}

static gboolean
has_copies_dialog (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_COPIES_DIALOG) != NULL;
}

/* Copies wait for the table that comes with them, whatever the order. */
static void
test_copies_after_tables (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(RubisPreferences) preferences = rubis_preferences_new ();
  RubisWindow *window = rubis_window_new (NULL, preferences, RUBIS_UI_TODAY);
  GtkWindow *dialog;

  rubis_window_set_session (window, fixture->session);
  g_ptr_array_add (paths, write_file (fixture, "F-1.pdf", "%PDF-1.4\nbroken"));
  g_ptr_array_add (paths, write_file (fixture, "factures.csv", TWO_ITEMS));
  rubis_window_take_files (window, paths);
  dialog = rubis_ui_find_window (RUBIS_TYPE_IMPORT_DIALOG);
  g_assert_true (gtk_window_get_transient_for (dialog) == GTK_WINDOW (window));
  rubis_ui_wait_text (dialog, "Changes (2)");
  g_assert_false (has_copies_dialog (NULL));
  gtk_window_close (dialog);
  rubis_ui_wait (has_copies_dialog, NULL);
  dialog = rubis_ui_find_window (RUBIS_TYPE_COPIES_DIALOG);
  rubis_ui_wait_text (dialog, "0 copies recognised, 1 to be assigned");
  rubis_ui_click (dialog, "_Close");
  rubis_ui_settle ();
  g_assert_false (has_copies_dialog (NULL));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
keep_session_cb (RubisSession *session, gpointer data)
{
  *(RubisSession **) data = g_object_ref (session);
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
type_into (GtkWindow *window, const char *row, const char *text)
{
  GtkWidget *entry = rubis_ui_find (window, ADW_TYPE_ENTRY_ROW, row);

  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
test_company (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisCompany) company = NULL;
  RubisSession *session = NULL;
  GtkWindow *window;
  GtkWidget *create;

  /* Where documents go without a folder of that name. */
  g_setenv ("HOME", fixture->folder, TRUE);
  window = rubis_company_dialog_present_new (NULL, RUBIS_UI_TODAY, keep_session_cb, &session);
  create = rubis_ui_find (window, GTK_TYPE_BUTTON, "C_reate");
  g_assert_false (gtk_widget_is_sensitive (create));
  type_into (window, "Name", "Menuiserie Garçon SAS");
  g_assert_true (gtk_widget_is_sensitive (create));
  type_into (window, "SIREN", "732 829 321");
  g_assert_false (gtk_widget_is_sensitive (create));
  type_into (window, "SIREN", "732 829 320");
  g_assert_true (gtk_widget_is_sensitive (create));
  type_into (window, "IBAN", "FR76 3000 6000 0112 3456 7890 188");
  g_assert_false (gtk_widget_is_sensitive (create));
  type_into (window, "IBAN", "FR76 3000 6000 0112 3456 7890 189");
  rubis_ui_click (window, "C_reate");
  rubis_ui_wait (is_set, &session);

  company = rubis_session_dup_company (session);
  g_assert_cmpstr (company->name, ==, "Menuiserie Garçon SAS");
  g_assert_cmpstr (company->legal_form, ==, "SAS");
  g_assert_cmpstr (company->siren, ==, "732829320");
  g_assert_cmpstr (company->vat_id, ==, "FR44732829320");
  g_assert_true (g_str_has_suffix (rubis_session_get_path (session), "/Menuiserie Garçon SAS.rubis"));
  g_assert_true (g_file_test (rubis_session_get_path (session), G_FILE_TEST_IS_REGULAR));
  g_object_unref (session);
}

static void
test_edit_company (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisCompany) company = NULL;
  GtkWindow *window = rubis_company_dialog_present_edit (NULL, fixture->session);
  GtkEditable *vat;

  rubis_ui_wait_text (window, "IBAN: reminders that ask for payment cannot be written");
  type_into (window, "Town", "Lyon");
  /* The VAT number follows the SIREN until somebody types another. */
  type_into (window, "SIREN", "732829320");
  vat = rubis_ui_find (window, ADW_TYPE_ENTRY_ROW, "VAT number");
  g_assert_cmpstr (gtk_editable_get_text (vat), ==, "FR44732829320");
  type_into (window, "SIREN", "552100554");
  g_assert_cmpstr (gtk_editable_get_text (vat), ==, "FR96552100554");
  type_into (window, "VAT number", "DE136695976");
  type_into (window, "SIREN", "732829320");
  g_assert_cmpstr (gtk_editable_get_text (vat), ==, "DE136695976");
  rubis_ui_click (window, "_Save");
  while (rubis_ui_find_window (RUBIS_TYPE_COMPANY_DIALOG) != NULL)
    rubis_ui_settle ();
  company = rubis_session_dup_company (fixture->session);
  g_assert_cmpstr (company->city, ==, "Lyon");
  g_assert_cmpstr (company->name, ==, "Ateliers Rubis");
  g_assert_cmpstr (company->vat_id, ==, "DE136695976");

  /* What is there already is shown as it is. */
  window = rubis_company_dialog_present_edit (NULL, fixture->session);
  vat = rubis_ui_find (window, ADW_TYPE_ENTRY_ROW, "VAT number");
  g_assert_cmpstr (gtk_editable_get_text (vat), ==, "DE136695976");
  rubis_ui_destroy (window);
}

static void
test_demo (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "new", "demo.rubis", NULL);
  RubisSession *session = NULL;

  rubis_demo_dialog_present (NULL, path, RUBIS_UI_TODAY, keep_session_cb, &session);
  rubis_ui_wait (is_set, &session);
  g_assert_cmpint (count_open_items (session), >, 100);
  g_object_unref (session);
}

static void
test_money_entry (void)
{
  static const struct {
    const char *text;
    gint64 minor;
  } cases[] = {
    { "412 300,18", 41230018 }, { "412\u202f300,18 €", 41230018 }, { "412,300.18", 41230018 },
    { "1.234", 123400 },        { "1234", 123400 },                { "\u221212,5", -1250 },
    { "0,05", 5 },
  };
  gint64 minor = 0;
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_true (rubis_money_entry_parse (cases[i].text, RUBIS_CURRENCY_EUR, &minor, NULL));
      g_assert_cmpint (minor, ==, cases[i].minor);
    }
  g_assert_false (rubis_money_entry_parse ("12 abc", RUBIS_CURRENCY_EUR, &minor, &error));
  g_assert_cmpstr (error->message, ==, "“12 abc” is not an amount");
}

int
main (int argc, char **argv)
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 77;
  g_test_add_func ("/ui/money-entry", test_money_entry);
  g_test_add ("/ui/import/copies-after-tables", Fixture, NULL, set_up, test_copies_after_tables, tear_down);
  g_test_add ("/ui/import/copies", Fixture, NULL, set_up, test_copies, tear_down);
  g_test_add ("/ui/import/files", Fixture, NULL, set_up, test_import, tear_down);
  g_test_add ("/ui/import/undo", Fixture, NULL, set_up, test_undo, tear_down);
  g_test_add ("/ui/import/control-total", Fixture, NULL, set_up, test_control_total, tear_down);
  g_test_add ("/ui/company/new", Fixture, NULL, set_up, test_company, tear_down);
  g_test_add ("/ui/company/edit", Fixture, NULL, set_up, test_edit_company, tear_down);
  g_test_add ("/ui/demo", Fixture, NULL, set_up, test_demo, tear_down);
  return g_test_run ();
}
