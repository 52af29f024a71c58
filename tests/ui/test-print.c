/* Printing to a real printing system: run by with-display.sh and with-printers.sh. */
#include "rubis-print.h"

#include <cairo-pdf.h>
#include <string.h>

#include <glib/gstdio.h>

#include "rubis-pdf.h"

typedef struct {
  gboolean done;
  gboolean printed;
  RubisPrintOutcome outcome;
  GError *error;
} Answer;

static cairo_status_t
append_cb (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* Three pages with a word each. */
static GBytes *
make_pdf (void)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, 595, 842);
  cairo_t *cr = cairo_create (surface);

  for (int i = 1; i <= 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("Lettre-%d", i);

      cairo_select_font_face (cr, "Liberation Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
      cairo_set_font_size (cr, 20);
      cairo_move_to (cr, 100, 100);
      cairo_show_text (cr, text);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->printed = rubis_print_send_finish (result, &answer->outcome, &answer->error);
  answer->done = TRUE;
}

static void
wait_for (Answer *answer)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!answer->done && g_get_monotonic_time () < deadline)
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (5000);
    }
  g_assert_true (answer->done);
}

static void
send_and_wait (const char *printer, GtkPrintSettings *settings, Answer *answer)
{
  g_autoptr(GBytes) pdf = make_pdf ();

  rubis_print_send (printer, pdf, "Relances du 2 novembre", settings, NULL, answered_cb, answer);
  wait_for (answer);
}

/* The files of the only job so far with that ending; NULL while there is none. */
static char *
find_printed (const char *ending)
{
  const char *folder = g_getenv ("RUBIS_PRINTED");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ending))
        return g_build_filename (folder, name, NULL);
    }
  return NULL;
}

static void
test_good (void)
{
  g_autoptr(GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *pdf_path = NULL;
  g_autofree char *text_path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *last_page = NULL;
  g_autoptr(RubisPdf) pdf = NULL;
  Answer answer = { 0 };

  gtk_print_settings_set_n_copies (settings, 2);
  gtk_print_settings_set_duplex (settings, GTK_PRINT_DUPLEX_HORIZONTAL);
  send_and_wait ("Good", settings, &answer);
  g_assert_no_error (answer.error);
  g_assert_true (answer.printed);
  g_assert_cmpint (answer.outcome, ==, RUBIS_PRINT_PRINTED);

  pdf_path = find_printed (".pdf");
  g_assert_nonnull (pdf_path);
  pdf = rubis_pdf_new_from_file (pdf_path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rubis_pdf_get_n_pages (pdf), >=, 3);
  last_page = rubis_pdf_dup_page_text (pdf, 2);
  g_assert_nonnull (strstr (last_page, "Lettre-3"));

  text_path = find_printed (".txt");
  g_assert_true (g_file_get_contents (text_path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "title=Relances du 2 novembre\n"));
  g_assert_nonnull (strstr (text, "copies=2\n"));
  g_assert_nonnull (strstr (text, "Duplex=DuplexNoTumble"));
}

static void
test_unknown (void)
{
  Answer answer = { 0 };

  send_and_wait ("Nobody", NULL, &answer);
  g_assert_false (answer.printed);
  g_assert_error (answer.error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_NO_PRINTER);
  g_assert_cmpstr (answer.error->message, ==, "There is no printer called “Nobody”.");
  g_clear_error (&answer.error);
}

static void
test_jammed (void)
{
  Answer answer = { 0 };

  send_and_wait ("Jammed", NULL, &answer);
  g_assert_false (answer.printed);
  g_assert_error (answer.error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_TROUBLE);
  g_assert_nonnull (strstr (answer.error->message, "Jammed"));
  g_clear_error (&answer.error);

  /* The printer is known to be stopped now: nothing more is handed over. */
  memset (&answer, 0, sizeof answer);
  send_and_wait ("Jammed", NULL, &answer);
  g_assert_false (answer.printed);
  g_assert_error (answer.error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_REFUSED);
  g_assert_nonnull (strstr (answer.error->message, "paper jam"));
  g_clear_error (&answer.error);
}

static GtkPrintUnixDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_PRINT_UNIX_DIALOG (window))
        return GTK_PRINT_UNIX_DIALOG (window);
    }
  g_assert_not_reached ();
}

static void
answer_dialog (const char *printer, int response)
{
  GtkPrintUnixDialog *dialog = find_dialog ();
  g_autoptr(GtkPrintSettings) settings = gtk_print_settings_new ();
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;
  GtkPrinter *selected = NULL;

  gtk_print_settings_set_printer (settings, printer);
  gtk_print_settings_set_duplex (settings, GTK_PRINT_DUPLEX_HORIZONTAL);
  gtk_print_unix_dialog_set_settings (dialog, settings);
  while (selected == NULL && g_get_monotonic_time () < deadline)
    {
      g_main_context_iteration (NULL, FALSE);
      selected = gtk_print_unix_dialog_get_selected_printer (dialog);
      if (selected != NULL && !gtk_printer_has_details (selected))
        selected = NULL;
    }
  g_assert_nonnull (selected);
  gtk_dialog_response (GTK_DIALOG (dialog), response);
}

static void
test_dialog (void)
{
  g_autoptr(GBytes) pdf = make_pdf ();
  Answer answer = { 0 };

  rubis_print_run_dialog (NULL, pdf, "Lettres", RUBIS_PRINT_SIDES_CHOSEN, NULL, answered_cb, &answer);
  answer_dialog ("Good", GTK_RESPONSE_CANCEL);
  wait_for (&answer);
  g_assert_error (answer.error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_CANCELLED);
  g_clear_error (&answer.error);

  memset (&answer, 0, sizeof answer);
  rubis_print_run_dialog (NULL, pdf, "Lettres", RUBIS_PRINT_SIDES_CHOSEN, NULL, answered_cb, &answer);
  answer_dialog ("Good", GTK_RESPONSE_OK);
  wait_for (&answer);
  g_assert_no_error (answer.error);
  g_assert_cmpint (answer.outcome, ==, RUBIS_PRINT_PRINTED);
}

static void
forget_printed (void)
{
  static const char *const endings[] = { ".pdf", ".txt" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      for (char *path = find_printed (endings[i]); path != NULL; path = find_printed (endings[i]))
        {
          g_assert_cmpint (g_unlink (path), ==, 0);
          g_free (path);
        }
    }
}

/* Letters that do not begin on sheets of their own are never printed on both sides, whatever is chosen: the second
 * customer would read the first one's letter.
 */
static void
test_sides (void)
{
  g_autoptr(GBytes) pdf = make_pdf ();
  g_autofree char *both_path = NULL;
  g_autofree char *one_path = NULL;
  g_autofree char *both = NULL;
  g_autofree char *one = NULL;
  Answer answer = { 0 };

  forget_printed ();
  rubis_print_run_dialog (NULL, pdf, "Lettre", RUBIS_PRINT_SIDES_CHOSEN, NULL, answered_cb, &answer);
  answer_dialog ("Good", GTK_RESPONSE_OK);
  wait_for (&answer);
  g_assert_no_error (answer.error);
  both_path = find_printed (".txt");
  g_assert_true (g_file_get_contents (both_path, &both, NULL, NULL));
  g_assert_nonnull (strstr (both, "Duplex=DuplexNoTumble"));

  forget_printed ();
  memset (&answer, 0, sizeof answer);
  rubis_print_run_dialog (NULL, pdf, "Lettres", RUBIS_PRINT_SIDES_ONE, NULL, answered_cb, &answer);
  answer_dialog ("Good", GTK_RESPONSE_OK);
  wait_for (&answer);
  g_assert_no_error (answer.error);
  one_path = find_printed (".txt");
  g_assert_true (g_file_get_contents (one_path, &one, NULL, NULL));
  g_assert_null (strstr (one, "DuplexNoTumble"));
  g_assert_nonnull (strstr (one, "Duplex=None"));
  g_assert_null (strstr (one, "two-sided"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Without a system bus the printing backend warns that it misses colord. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  if (g_getenv ("RUBIS_PRINTED") == NULL || !gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display or no printing system\n");
      return 77;
    }
  g_test_add_func ("/ui/print/good", test_good);
  g_test_add_func ("/ui/print/dialog", test_dialog);
  g_test_add_func ("/ui/print/sides", test_sides);
  g_test_add_func ("/ui/print/unknown", test_unknown);
  g_test_add_func ("/ui/print/jammed", test_jammed);
  return g_test_run ();
}
