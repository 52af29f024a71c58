#include "rubis-letterhead-dialog.h"

#include <string.h>

#include "letter-check.h"
#include "rubis-address-window.h"
#include "rubis-company-dialog.h"
#include "rubis-image-row.h"
#include "rubis-letterhead-settings.h"
#include "rubis-paper-preview.h"
#include "rubis-session-private.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_ui_test_demo (fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static GtkWindow *
open_dialog (Fixture *fixture)
{
  return rubis_letterhead_dialog_present (NULL, fixture->session, 0);
}

static gboolean
is_drawn (gpointer data)
{
  RubisPaperPreview *preview = rubis_ui_find (data, RUBIS_TYPE_PAPER_PREVIEW, NULL);

  return preview != NULL && rubis_paper_preview_is_ready (preview)
         && rubis_paper_preview_get_pdf (preview) != NULL;
}

/* Left and top of a word on the first page of the letter shown, in millimetres. */
static gboolean
find_word (gpointer dialog, const char *word, double *x, double *y)
{
  RubisPaperPreview *preview = rubis_ui_find (dialog, RUBIS_TYPE_PAPER_PREVIEW, NULL);
  g_autofree char *path = letter_check_save (rubis_paper_preview_get_pdf (preview), "shown.pdf");
  g_autoptr (GArray) words = letter_check_read_words (path);

  for (guint i = 0; i < words->len; i++)
    {
      const LetterWord *found = &g_array_index (words, LetterWord, i);

      if (g_str_equal (found->word, word) && found->page == 0)
        {
          *x = found->x1 * 25.4 / 72;
          *y = found->y1 * 25.4 / 72;
          return TRUE;
        }
    }
  return FALSE;
}

static void
wait_until_drawn (gpointer dialog)
{
  rubis_ui_settle ();
  rubis_ui_wait (is_drawn, dialog);
}

static GtkWidget *
find_save_button (gpointer dialog)
{
  return rubis_ui_find (dialog, GTK_TYPE_BUTTON, "_Save");
}

static gboolean
is_gone (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_LETTERHEAD_DIALOG) == NULL;
}

static void
test_position (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog = open_dialog (fixture);
  AdwComboRow *position = rubis_ui_find (dialog, ADW_TYPE_COMBO_ROW, "Place of the address");
  g_autoptr (RubisLetterheadSettings) kept = NULL;
  double x = 0, y = 0;

  wait_until_drawn (dialog);
  g_assert_false (gtk_widget_get_sensitive (find_save_button (dialog)));
  g_assert_true (find_word (dialog, "CEDEX", &x, &y));
  g_assert_cmpfloat (x, >, 110);
  adw_combo_row_set_selected (position, RUBIS_LETTERHEAD_DIN_B);
  wait_until_drawn (dialog);
  g_assert_true (find_word (dialog, "CEDEX", &x, &y));
  g_assert_cmpfloat (x, <, 105);
  g_assert_cmpfloat (y, >, 62);
  /* Nothing is kept before it is saved. */
  kept = rubis_session_dup_letterhead (fixture->session);
  g_assert_cmpint (kept->position, ==, RUBIS_LETTERHEAD_AUTO);
  rubis_ui_click (dialog, "_Save");
  rubis_ui_wait (is_gone, NULL);
  g_clear_pointer (&kept, rubis_letterhead_settings_free);
  kept = rubis_session_dup_letterhead (fixture->session);
  g_assert_cmpint (kept->position, ==, RUBIS_LETTERHEAD_DIN_B);
}

static void
test_wrong_image (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog = open_dialog (fixture);
  RubisImageRow *row = rubis_ui_find (dialog, RUBIS_TYPE_IMAGE_ROW, NULL);
  g_autofree char *path = g_build_filename (fixture->folder, "logo.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) missing = g_file_get_child (file, "none.png");

  wait_until_drawn (dialog);
  g_assert_true (g_file_set_contents (path, "no picture", -1, NULL));
  rubis_image_row_take_file (row, file);
  rubis_ui_wait_text (row, "choose a PNG or JPEG file");
  g_assert_false (gtk_widget_get_sensitive (find_save_button (dialog)));
  rubis_image_row_take_file (row, missing);
  rubis_ui_wait_text (row, "none.png");
  rubis_ui_destroy (dialog);
}

static GdkTexture *
make_texture (int width)
{
  g_autofree guchar *pixels = g_malloc0 ((gsize)width * 4 * 20);
  g_autoptr (GBytes) bytes = g_bytes_new (pixels, (gsize)width * 4 * 20);

  return gdk_memory_texture_new (width, 20, GDK_MEMORY_DEFAULT, bytes, (gsize)width * 4);
}

/* Gives @texture to the row as if it had been dropped there. */
static void
drop (RubisImageRow *row, GdkTexture *texture)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (row));
  GValue value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_TEXTURE);
  g_value_set_object (&value, texture);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &taken);
    }
  g_value_unset (&value);
  g_assert_true (taken);
}

/* The width of the picture that the row shows; 0: none. */
static int
get_shown_width (RubisImageRow *row)
{
  GtkPicture *picture = rubis_ui_find (row, GTK_TYPE_PICTURE, NULL);
  GdkPaintable *shown = gtk_picture_get_paintable (picture);

  return shown != NULL ? gdk_paintable_get_intrinsic_width (shown) : 0;
}

static gboolean
is_pasted (gpointer row)
{
  return get_shown_width (row) == 50;
}

static void
test_given_images (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog = open_dialog (fixture);
  RubisImageRow *row = rubis_ui_find (dialog, RUBIS_TYPE_IMAGE_ROW, NULL);
  g_autoptr (GdkTexture) dropped = make_texture (40);
  g_autoptr (GdkTexture) pasted = make_texture (50);
  g_autoptr (RubisLetterheadSettings) kept = NULL;

  wait_until_drawn (dialog);
  drop (row, dropped);
  g_assert_cmpint (get_shown_width (row), ==, 40);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (row)), pasted);
  rubis_ui_click (row, "edit-paste-symbolic");
  rubis_ui_wait (is_pasted, row);
  rubis_ui_click (dialog, "_Save");
  rubis_ui_wait (is_gone, NULL);
  kept = rubis_session_dup_letterhead (fixture->session);
  g_assert_nonnull (kept->images[0]);

  dialog = open_dialog (fixture);
  row = rubis_ui_find (dialog, RUBIS_TYPE_IMAGE_ROW, NULL);
  wait_until_drawn (dialog);
  g_assert_cmpint (get_shown_width (row), ==, 50);
  rubis_ui_click (row, "user-trash-symbolic");
  g_assert_cmpint (get_shown_width (row), ==, 0);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (row)), "words");
  rubis_ui_click (row, "edit-paste-symbolic");
  rubis_ui_wait_text (row, "The clipboard holds no picture");
  rubis_ui_click (dialog, "_Save");
  rubis_ui_wait (is_gone, NULL);
  g_clear_pointer (&kept, rubis_letterhead_settings_free);
  kept = rubis_session_dup_letterhead (fixture->session);
  g_assert_null (kept->images[0]);
}

static void
test_problems (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog = open_dialog (fixture);
  GtkSwitch *automatic = rubis_ui_find (
      rubis_ui_find (dialog, ADW_TYPE_ACTION_ROW, "Legal mentions of your company"), GTK_TYPE_SWITCH, NULL);
  GtkTextView *footer;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *mentions = NULL;

  wait_until_drawn (dialog);
  gtk_switch_set_active (automatic, FALSE);
  footer = rubis_ui_find (dialog, GTK_TYPE_TEXT_VIEW, NULL);
  buffer = gtk_text_view_get_buffer (footer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  mentions = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  /* It starts from what was printed. */
  g_assert_nonnull (strstr (mentions, "SIREN"));
  gtk_text_buffer_set_text (buffer, "Open on Mondays", -1);
  rubis_ui_wait_text (dialog, "Your own footer leaves out what the law asks for");
  gtk_text_buffer_set_text (buffer, "1\n2\n3\n4\n5\n6", -1);
  rubis_ui_wait_text (dialog, "at most 5 lines");
  g_assert_false (gtk_widget_get_sensitive (find_save_button (dialog)));
  rubis_ui_destroy (dialog);
}

static void
test_leaving (Fixture *fixture, gconstpointer data)
{
  GtkWindow *dialog = open_dialog (fixture);
  AdwComboRow *place = rubis_ui_find (dialog, ADW_TYPE_COMBO_ROW, "Place");
  g_autoptr (RubisLetterheadSettings) kept = NULL;
  AdwMessageDialog *question;

  wait_until_drawn (dialog);
  adw_combo_row_set_selected (place, 2);
  wait_until_drawn (dialog);
  gtk_window_close (dialog);
  question = rubis_ui_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (question);
  adw_message_dialog_response (question, "cancel");
  rubis_ui_settle ();
  g_assert_false (is_gone (NULL));
  gtk_window_close (dialog);
  adw_message_dialog_response (rubis_ui_find_window (ADW_TYPE_MESSAGE_DIALOG), "discard");
  rubis_ui_wait (is_gone, NULL);
  kept = rubis_session_dup_letterhead (fixture->session);
  g_assert_cmpint (kept->logo_place, ==, RUBIS_LETTERHEAD_LOGO_LEFT);
}

static gboolean
is_checked (gpointer data)
{
  return rubis_address_window_is_ready (data);
}

static void
exec (Fixture *fixture, const char *sql)
{
  RubisStore *store = rubis_session_lock (fixture->session);

  g_assert_true (rubis_database_exec (rubis_store_get_database (store), sql, NULL));
  rubis_session_unlock (fixture->session);
}

static void
test_addresses (Fixture *fixture, gconstpointer data)
{
  GtkWindow *window = rubis_address_window_present (NULL, fixture->session);

  rubis_ui_wait (is_checked, window);
  rubis_ui_wait_text (window, "All addresses are fine");
  exec (
      fixture,
      "UPDATE account SET postcode = '7500' WHERE id = (SELECT account_id FROM item WHERE open > 0 AND type "
      "= 0 ORDER BY open DESC LIMIT 1)");
  /* The list follows what changes. */
  g_signal_emit_by_name (fixture->session, "changed");
  rubis_ui_wait_text (window, "The postcode does not have five digits");
  rubis_ui_wait_text (window, "1 to look at");
  rubis_ui_destroy (window);
}

static gboolean
is_company_gone (gpointer data)
{
  return rubis_ui_find_window (RUBIS_TYPE_COMPANY_DIALOG) == NULL;
}

/* The looks are changed from the company's details, which are saved afterwards: neither takes the other back.
 */
static void
test_from_company (Fixture *fixture, gconstpointer data)
{
  GtkWindow *company = rubis_company_dialog_present_edit (NULL, fixture->session);
  g_autoptr (RubisLetterheadSettings) kept = NULL;
  g_autoptr (RubisCompany) saved = NULL;
  GtkWindow *dialog;

  rubis_ui_click (company, "Change…");
  dialog = rubis_ui_find_window (RUBIS_TYPE_LETTERHEAD_DIALOG);
  wait_until_drawn (dialog);
  gtk_color_chooser_set_rgba (rubis_ui_find (dialog, GTK_TYPE_COLOR_BUTTON, NULL), &(GdkRGBA){ 0, 0, 1, 1 });
  g_signal_emit_by_name (rubis_ui_find (dialog, GTK_TYPE_COLOR_BUTTON, NULL), "color-set");
  rubis_ui_click (dialog, "_Save");
  rubis_ui_wait (is_gone, NULL);
  gtk_editable_set_text (rubis_ui_find (company, ADW_TYPE_ENTRY_ROW, "Town"), "Annecy");
  rubis_ui_click (company, "_Save");
  rubis_ui_wait (is_company_gone, NULL);
  kept = rubis_session_dup_letterhead (fixture->session);
  saved = rubis_session_dup_company (fixture->session);
  g_assert_cmphex (kept->accent, ==, 0x0000ff);
  g_assert_cmpstr (saved->city, ==, "Annecy");
}

int
main (int argc, char **argv)
{
  int status;

  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
#define ADD(path, func) g_test_add ("/letterhead-window/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("position", test_position);
  ADD ("wrong-image", test_wrong_image);
  ADD ("given-images", test_given_images);
  ADD ("problems", test_problems);
  ADD ("leaving", test_leaving);
  ADD ("from-company", test_from_company);
  ADD ("addresses", test_addresses);
#undef ADD
  status = g_test_run ();
  letter_check_remove_folder ();
  return status;
}
