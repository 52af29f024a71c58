/* The composer on the demonstration dossier: problems, completion, preview, versions, find and replace. */
#include <string.h>

#include <adwaita.h>
#include <gtksourceview/gtksource.h>

#include "rubis-composer-page.h"
#include "rubis-composer-preview.h"
#include "rubis-find-bar.h"
#include "rubis-hashtag-palette.h"
#include "rubis-pdf.h"
#include "rubis-pdf-view.h"
#include "rubis-problem-list.h"
#include "rubis-session-private.h"
#include "rubis-spell-checker.h"
#include "rubis-template-editing.h"
#include "rubis-template-editor.h"
#include "rubis-template-history.h"
#include "rubis-template-pane.h"
#include "rubis-test.h"
#include "rubis-ui-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  GtkWidget *window;
  RubisComposerPage *page;
  RubisTemplatePane *pane;
  RubisTemplateEditor *editor;
  RubisComposerPreview *preview;
  GtkTextBuffer *buffer;
} Fixture;

static gboolean
is_ready (gpointer data)
{
  return rubis_composer_preview_is_ready (((Fixture *)data)->preview);
}

static gboolean
has_changed_version (gpointer data)
{
  g_autofree char *text = rubis_ui_collect_text (((Fixture *)data)->page);

  return strstr (text, "Version 2") != NULL;
}

static void
make_page (Fixture *fixture)
{
  fixture->window = adw_window_new ();
  fixture->page = g_object_new (RUBIS_TYPE_COMPOSER_PAGE, NULL);
  adw_window_set_content (ADW_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 720);
  rubis_composer_page_set_session (fixture->page, fixture->session);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->pane = rubis_ui_find (fixture->page, RUBIS_TYPE_TEMPLATE_PANE, NULL);
  fixture->editor = rubis_ui_find (fixture->page, RUBIS_TYPE_TEMPLATE_EDITOR, NULL);
  fixture->preview = rubis_ui_find (fixture->page, RUBIS_TYPE_COMPOSER_PREVIEW, NULL);
  fixture->buffer
      = gtk_text_view_get_buffer (GTK_TEXT_VIEW (rubis_template_editor_get_view (fixture->editor)));
  rubis_ui_wait (is_ready, fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_ui_test_demo (fixture->folder);
  make_page (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_ui_destroy (fixture->window);
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

/* As typed: one character after the other. */
static void
type (Fixture *fixture, const char *text)
{
  gtk_widget_grab_focus (GTK_WIDGET (rubis_template_editor_get_view (fixture->editor)));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gtk_text_buffer_begin_user_action (fixture->buffer);
      gtk_text_buffer_insert_at_cursor (fixture->buffer, p, (int)(g_utf8_next_char (p) - p));
      gtk_text_buffer_end_user_action (fixture->buffer);
    }
  rubis_ui_settle ();
}

static void
move_to_start (Fixture *fixture)
{
  GtkTextIter start;

  gtk_text_buffer_get_start_iter (fixture->buffer, &start);
  gtk_text_buffer_place_cursor (fixture->buffer, &start);
}

static char *
get_body (Fixture *fixture)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (fixture->buffer, &start, &end);
  return gtk_text_buffer_get_text (fixture->buffer, &start, &end, FALSE);
}

/* A key as the controllers of the text see it. */
static gboolean
press (Fixture *fixture, guint key)
{
  GtkWidget *view = GTK_WIDGET (rubis_template_editor_get_view (fixture->editor));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean handled = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller)
          || gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_CAPTURE)
        continue;
      g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
      if (handled)
        return TRUE;
    }
  return FALSE;
}

/* The text of the pages in sight. */
static char *
read_preview (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPdf) pdf = NULL;
  GString *text = g_string_new (NULL);

  rubis_ui_settle ();
  rubis_ui_wait (is_ready, fixture);
  pdf = rubis_pdf_new (rubis_composer_preview_get_preview (fixture->preview)->pdf, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rubis_pdf_get_n_pages (pdf); i++)
    {
      g_autofree char *page = rubis_pdf_dup_page_text (pdf, i);

      g_string_append (text, page);
    }
  return g_string_free (text, FALSE);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = rubis_ui_collect_text (fixture->pane);

  /* A reminder is shown at once, with its group and the version that it has. */
  g_assert_nonnull (strstr (text, "Reminders"));
  g_assert_nonnull (strstr (text, "Relance courtoise"));
  g_assert_nonnull (strstr (text, "Formal notice"));
  g_assert_nonnull (rubis_template_pane_get_selected (fixture->pane));
  g_assert_cmpint (rubis_template_pane_get_selected (fixture->pane)->group, ==,
                   RUBIS_TEMPLATE_GROUP_REMINDERS);
}

static void
test_problem (Fixture *fixture, gconstpointer data)
{
  RubisProblemList *problems = rubis_ui_find (fixture->page, RUBIS_TYPE_PROBLEM_LIST, NULL);
  guint n = rubis_problem_list_get_n_problems (problems);
  GtkListBox *list;
  GtkTextIter cursor;
  g_autofree char *page = NULL;

  move_to_start (fixture);
  type (fixture, "Un\nDeux #NomClien,\n");
  page = read_preview (fixture);
  /* The preview goes on with the name as it stands. */
  g_assert_nonnull (strstr (page, "#NomClien"));
  g_assert_cmpuint (rubis_problem_list_get_n_problems (problems), ==, n + 1);
  rubis_ui_wait_text (problems, "line 2");
  list = rubis_ui_find (problems, GTK_TYPE_LIST_BOX, NULL);
  move_to_start (fixture);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (list, 0));
  gtk_text_buffer_get_iter_at_mark (fixture->buffer, &cursor, gtk_text_buffer_get_insert (fixture->buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&cursor), ==, 1);
  g_assert_cmpint (gtk_text_iter_get_line_offset (&cursor), ==, (int)strlen ("Deux "));
  /* F8 goes there too. */
  move_to_start (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "composer.next-problem", NULL);
  gtk_text_buffer_get_iter_at_mark (fixture->buffer, &cursor, gtk_text_buffer_get_insert (fixture->buffer));
  g_assert_cmpint (gtk_text_iter_get_line (&cursor), ==, 1);
}

/* What is wrong cannot be saved, and is said in place. */
static void
test_not_saved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) versions = NULL;
  const RubisTemplateEntry *entry = rubis_template_pane_get_selected (fixture->pane);

  move_to_start (fixture);
  type (fixture, "#NomClien ");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "composer.save", NULL);
  rubis_ui_wait_text (fixture->page, "#NomClien");
  versions = rubis_session_list_template_versions (fixture->session, entry->id, entry->language, NULL);
  g_assert_cmpuint (versions->len, ==, 1);
}

static void
test_completion (Fixture *fixture, gconstpointer data)
{
  g_autofree char *body = NULL;
  g_autofree char *page = NULL;

  move_to_start (fixture);
  type (fixture, "Cher #nomcl");
  g_assert_true (press (fixture, GDK_KEY_Return));
  body = get_body (fixture);
  g_assert_true (g_str_has_prefix (body, "Cher #NomClient"));
  /* It is closed: Enter is the text's again. */
  g_assert_false (press (fixture, GDK_KEY_Return));
  page = read_preview (fixture);
  g_assert_nonnull (strstr (page, "Cher "));
  g_assert_null (strstr (page, "#NomClient"));
}

static void
test_completion_keys (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  move_to_start (fixture);
  type (fixture, "#total");
  g_assert_true (press (fixture, GDK_KEY_Tab));
  first = get_body (fixture);
  g_assert_true (g_str_has_prefix (first, "#Total"));
  move_to_start (fixture);
  type (fixture, "#total");
  g_assert_true (press (fixture, GDK_KEY_Down));
  g_assert_true (press (fixture, GDK_KEY_Tab));
  second = get_body (fixture);
  g_assert_true (g_str_has_prefix (second, "#Total"));
  g_assert_false (g_str_has_suffix (second, first) && strncmp (second, first, 16) == 0);
  /* Escape leaves what was typed. */
  move_to_start (fixture);
  type (fixture, "#total");
  g_assert_true (press (fixture, GDK_KEY_Escape));
  g_assert_false (press (fixture, GDK_KEY_Return));
  g_free (second);
  second = get_body (fixture);
  g_assert_true (g_str_has_prefix (second, "#total#Total"));
}

static void
test_palette (Fixture *fixture, gconstpointer data)
{
  RubisHashtagPalette *palette = rubis_ui_find (fixture->page, RUBIS_TYPE_HASHTAG_PALETTE, NULL);
  GtkWidget *search;
  g_autofree char *body = NULL;

  move_to_start (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->editor), "editor.palette", NULL);
  rubis_ui_settle ();
  search = rubis_ui_find (palette, GTK_TYPE_SEARCH_ENTRY, NULL);
  g_assert_true (gtk_widget_get_mapped (search));
  g_signal_emit_by_name (search, "stop-search");
  rubis_ui_settle ();
  g_assert_false (gtk_widget_get_mapped (search));
  gtk_widget_activate_action (GTK_WIDGET (fixture->editor), "editor.palette", NULL);
  rubis_ui_settle ();
  gtk_editable_set_text (GTK_EDITABLE (search), "NumeroFacture");
  g_signal_emit_by_name (search, "search-changed");
  g_signal_emit_by_name (search, "activate");
  body = get_body (fixture);
  g_assert_true (g_str_has_prefix (body, "#NumeroFacture"));
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = read_preview (fixture);
  g_autofree char *after = NULL;

  g_assert_null (strstr (before, "Une phrase de plus."));
  move_to_start (fixture);
  type (fixture, "Une phrase de plus.\n\n");
  after = read_preview (fixture);
  g_assert_nonnull (strstr (after, "Une phrase de plus."));
}

static gboolean
shows_text_form (gpointer data)
{
  Fixture *fixture = data;

  return is_ready (fixture) && rubis_composer_preview_get_preview (fixture->preview)->plain != NULL;
}

static void
test_forms (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  rubis_composer_preview_set_form (fixture->preview, RUBIS_PREVIEW_SMS);
  rubis_ui_wait (shows_text_form, fixture);
  text = rubis_ui_collect_text (fixture->preview);
  g_assert_nonnull (strstr (text, " characters, sent as "));
  rubis_composer_preview_set_form (fixture->preview, RUBIS_PREVIEW_LETTER);
  g_free (g_steal_pointer (&text));
  text = read_preview (fixture);
  /* Letters bear the paper of the company. */
  g_assert_nonnull (strstr (text, "Atelier Corindon"));
}

/* The colour that errors and missing values have in previews is nowhere in what was sent. */
static guint
count_red (RubisTemplatePreview *preview)
{
  g_autoptr (RubisPdf) pdf = rubis_pdf_new (preview->pdf, NULL);
  cairo_surface_t *surface = rubis_pdf_render_page (pdf, 0, 1, NULL);
  const unsigned char *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    {
      const guint32 *row = (const guint32 *)(const void *)(data + y * stride);

      for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
        {
          guint red = (row[x] >> 16) & 0xff;
          guint green = (row[x] >> 8) & 0xff;
          guint blue = row[x] & 0xff;

          n += red > 150 && red > green + 90 && red > blue + 90 ? 1 : 0;
        }
    }
  cairo_surface_destroy (surface);
  return n;
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint n_before;

  rubis_composer_preview_set_form (fixture->preview, RUBIS_PREVIEW_LETTER);
  before = read_preview (fixture);
  n_before = count_red (rubis_composer_preview_get_preview (fixture->preview));
  move_to_start (fixture);
  type (fixture, "Le lien : #LienPaiement\n\n");
  press (fixture, GDK_KEY_Escape);
  after = read_preview (fixture);
  g_assert_nonnull (strstr (after, "LienPaiement"));
  g_assert_cmpuint (count_red (rubis_composer_preview_get_preview (fixture->preview)), >, n_before + 50);
}

static gboolean
is_saved (gpointer data)
{
  Fixture *fixture = data;
  const RubisTemplateEntry *entry = rubis_template_pane_get_selected (fixture->pane);

  return entry != NULL && entry->version == 2;
}

static gint64
query (Fixture *fixture, const char *sql)
{
  RubisStore *store = rubis_session_lock (fixture->session);
  gint64 value = -1;

  rubis_database_query_int (rubis_store_get_database (store), sql, &value, NULL);
  rubis_session_unlock (fixture->session);
  return value;
}

/* A letter that left before the text was changed. */
static void
send_by_first_version (Fixture *fixture, const char *id, const char *language)
{
  RubisStore *store = rubis_session_lock (fixture->session);
  g_autofree char *sql
      = g_strdup_printf ("INSERT INTO document (account_id, kind, template_id, template_version, language, "
                         "currency, amount, date, subject, "
                         "recipient, file_name, media_type, n_pages, sha256, content) SELECT min (id), "
                         "'letter', '%s', 1, '%s', 'EUR', 1, "
                         "20000, '', '', 'a.pdf', 'application/pdf', 1, '', x'00' FROM account",
                         id, language);
  g_autoptr (GError) error = NULL;

  rubis_database_exec (rubis_store_get_database (store), sql, &error);
  g_assert_no_error (error);
  rubis_session_unlock (fixture->session);
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  const RubisTemplateEntry *entry = rubis_template_pane_get_selected (fixture->pane);
  g_autofree char *id = g_strdup (entry->id);
  g_autofree char *language = g_strdup (entry->language);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  send_by_first_version (fixture, id, language);
  move_to_start (fixture);
  type (fixture, "Version deux.\n\n");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "composer.save", NULL);
  rubis_ui_wait (is_saved, fixture);
  second = rubis_session_load_template (fixture->session, id, language, 2, NULL);
  first = rubis_session_load_template (fixture->session, id, language, 1, NULL);
  g_assert_nonnull (strstr (second, "Version deux."));
  g_assert_null (strstr (first, "Version deux."));
  /* What was sent keeps the version that made it. */
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM document WHERE template_version = 1"), ==, 1);
  g_assert_cmpint (query (fixture, "SELECT count (*) FROM document WHERE template_version = 2"), ==, 0);
  rubis_ui_wait (has_changed_version, fixture);
}

/* What is typed is there again with another template between, and after the program ended. */
static void
test_nothing_lost (Fixture *fixture, gconstpointer data)
{
  const RubisTemplateEntry *entry = rubis_template_pane_get_selected (fixture->pane);
  g_autofree char *id = g_strdup (entry->id);
  g_autofree char *language = g_strdup (entry->language);
  g_autofree char *draft = NULL;
  g_autofree char *body = NULL;

  move_to_start (fixture);
  type (fixture, "Pas perdu.\n\n");
  rubis_composer_page_flush (fixture->page);
  draft = rubis_session_load_template_draft (fixture->session, id, language, NULL);
  g_assert_nonnull (strstr (draft, "Pas perdu."));
  rubis_ui_destroy (fixture->window);
  make_page (fixture);
  rubis_template_pane_select (fixture->pane, id, language);
  rubis_ui_settle ();
  rubis_ui_wait (is_ready, fixture);
  body = get_body (fixture);
  g_assert_true (g_str_has_prefix (body, "Pas perdu."));
  /* Discarding takes the draft away, and undo brings the text back. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "composer.discard", NULL);
  rubis_composer_page_flush (fixture->page);
  g_free (draft);
  draft = rubis_session_load_template_draft (fixture->session, id, language, NULL);
  g_assert_null (draft);
  gtk_text_buffer_undo (fixture->buffer);
  g_free (body);
  body = get_body (fixture);
  g_assert_true (g_str_has_prefix (body, "Pas perdu."));
}

static gboolean
is_copied (gpointer data)
{
  const RubisTemplateEntry *entry = rubis_template_pane_get_selected (((Fixture *) data)->pane);

  return entry != NULL && g_str_equal (entry->name, "Ma relance");
}

/* A new template is made from the one shown, and is shown. */
static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_autofree char *before = get_body (fixture);
  g_autofree char *after = NULL;
  GtkWidget *button = rubis_ui_find (fixture->pane, GTK_TYPE_BUTTON, "_Create");
  GtkWidget *name = rubis_ui_find (gtk_widget_get_parent (button), GTK_TYPE_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (name), "Ma relance");
  gtk_drop_down_set_selected (rubis_ui_find (gtk_widget_get_parent (button), GTK_TYPE_DROP_DOWN, NULL), 0);
  g_signal_emit_by_name (button, "clicked");
  rubis_ui_wait (is_copied, fixture);
  rubis_ui_wait (is_ready, fixture);
  after = get_body (fixture);
  g_assert_cmpstr (after, ==, before);
}

/* An older version comes back into the editor, with what changed said. */
static void
test_history (Fixture *fixture, gconstpointer data)
{
  RubisTemplateHistory *history = rubis_ui_find (fixture->page, RUBIS_TYPE_TEMPLATE_HISTORY, NULL);
  g_autofree char *before = get_body (fixture);
  g_autofree char *after = NULL;
  g_autofree char *changes = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  move_to_start (fixture);
  type (fixture, "Version deux.\n\n");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "composer.save", NULL);
  rubis_ui_wait (is_saved, fixture);
  rubis_ui_wait (has_changed_version, fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "composer.history", NULL);
  rubis_ui_wait_text (history, "Version 1, as shipped");
  buffer = gtk_text_view_get_buffer (rubis_ui_find (history, GTK_TYPE_TEXT_VIEW, NULL));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  changes = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_assert_nonnull (strstr (changes, "+ Version deux."));
  rubis_ui_click (history, "_Restore This Version");
  after = get_body (fixture);
  g_assert_cmpstr (after, ==, before);
}

static void
test_find_and_replace (Fixture *fixture, gconstpointer data)
{
  RubisFindBar *bar = rubis_ui_find (fixture->page, RUBIS_TYPE_FIND_BAR, NULL);
  GtkWidget *find, *replace;
  GtkTextIter start, end;
  g_autofree char *body = NULL;
  g_autofree char *selected = NULL;

  gtk_text_buffer_set_text (fixture->buffer, "un deux un trois un", -1);
  move_to_start (fixture);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "composer.replace", NULL);
  find = rubis_ui_find (bar, GTK_TYPE_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (find), "un");
  rubis_ui_wait_text (bar, "1 of 3");
  gtk_text_buffer_get_selection_bounds (fixture->buffer, &start, &end);
  selected = gtk_text_buffer_get_text (fixture->buffer, &start, &end, FALSE);
  g_assert_cmpstr (selected, ==, "un");
  replace
      = gtk_widget_get_first_child (gtk_widget_get_parent (rubis_ui_find (bar, GTK_TYPE_BUTTON, "_Replace")));
  gtk_editable_set_text (GTK_EDITABLE (replace), "une");
  gtk_widget_activate_action (GTK_WIDGET (bar), "find.replace", NULL);
  body = get_body (fixture);
  g_assert_cmpstr (body, ==, "une deux un trois un");
  gtk_widget_activate_action (GTK_WIDGET (bar), "find.replace-all", NULL);
  g_free (body);
  body = get_body (fixture);
  /* The whole text, what was replaced before included. */
  g_assert_cmpstr (body, ==, "unee deux une trois une");
  gtk_text_buffer_undo (fixture->buffer);
  g_free (body);
  body = get_body (fixture);
  g_assert_cmpstr (body, ==, "une deux un trois un");
}

static gboolean
is_misspelt (Fixture *fixture, int offset)
{
  GtkTextIter iter;
  g_autoptr(GSList) tags = NULL;
  gboolean found = FALSE;

  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &iter, offset);
  tags = gtk_text_iter_get_tags (&iter);
  for (GSList *l = tags; l != NULL; l = l->next)
    {
      PangoUnderline underline;

      g_object_get (l->data, "underline", &underline, NULL);
      found = found || underline == PANGO_UNDERLINE_SINGLE;
    }
  return found;
}

static gboolean
first_is_misspelt (gpointer data)
{
  return is_misspelt (data, 0);
}

static void
test_spelling (Fixture *fixture, gconstpointer data)
{
  g_autoptr(RubisSpellChecker) checker
    = rubis_spell_checker_new (GTK_TEXT_VIEW (rubis_template_editor_get_view (fixture->editor)));

  rubis_spell_checker_set_language (checker, "fr");
  if (!rubis_spell_checker_is_active (checker))
    {
      g_test_skip ("no French dictionary is installed");
      return;
    }
  move_to_start (fixture);
  type (fixture, "Facturre l’échéance #NomClient aujourd’hui SARL F2026\n");
  rubis_ui_wait (first_is_misspelt, fixture);
  g_assert_false (is_misspelt (fixture, (int) g_utf8_strlen ("Facturre l’é", -1)));
  g_assert_false (is_misspelt (fixture, (int) g_utf8_strlen ("Facturre l’échéance #No", -1)));
  g_assert_false (is_misspelt (fixture, (int) g_utf8_strlen ("Facturre l’échéance #NomClient aujourd’h", -1)));
  g_assert_false (is_misspelt (fixture, (int) g_utf8_strlen ("Facturre l’échéance #NomClient aujourd’hui SA", -1)));
}

static void
test_format (Fixture *fixture, gconstpointer data)
{
  GtkTextIter start, end;
  g_autofree char *body = NULL;

  gtk_text_buffer_set_text (fixture->buffer, "mot", -1);
  gtk_text_buffer_get_bounds (fixture->buffer, &start, &end);
  gtk_text_buffer_select_range (fixture->buffer, &start, &end);
  gtk_widget_activate_action (GTK_WIDGET (fixture->editor), "editor.bold", NULL);
  body = get_body (fixture);
  g_assert_cmpstr (body, ==, "**mot**");
  /* Once more takes it away. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->editor), "editor.bold", NULL);
  g_free (body);
  body = get_body (fixture);
  g_assert_cmpstr (body, ==, "mot");
  gtk_widget_activate_action (GTK_WIDGET (fixture->editor), "editor.list", NULL);
  g_free (body);
  body = get_body (fixture);
  g_assert_cmpstr (body, ==, "- mot");
}

int
main (int argc, char *argv[])
{
  if (!rubis_ui_test_init (&argc, &argv))
    return 0;
#define ADD(path, func) g_test_add ("/ui/composer/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("list", test_list);
  ADD ("problem", test_problem);
  ADD ("not-saved", test_not_saved);
  ADD ("completion", test_completion);
  ADD ("completion-keys", test_completion_keys);
  ADD ("palette", test_palette);
  ADD ("preview", test_preview);
  ADD ("forms", test_forms);
  ADD ("missing", test_missing);
  ADD ("save", test_save);
  ADD ("nothing-lost", test_nothing_lost);
  ADD ("new", test_new);
  ADD ("history", test_history);
  ADD ("find-and-replace", test_find_and_replace);
  ADD ("spelling", test_spelling);
  ADD ("format", test_format);
#undef ADD
  return g_test_run ();
}
