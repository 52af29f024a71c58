/* Templates as users change them: versions, undo, copies, files, drafts, previews. */
#include "rubis-template-editing.h"

#include <string.h>

#include "rubis-import-preview.h"
#include "rubis-pdf.h"
#include "rubis-sms.h"
#include "rubis-template-files.h"
#include "rubis-template-preview.h"
#include "rubis-template-text.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_session_new (fixture->folder);
  fixture->account = rubis_test_add_account (fixture->session, "C1", "Garçon SAS");
  rubis_test_add_item (fixture->session, fixture->account, "F-1", RUBIS_ITEM_INVOICE, "2026-09-01", 50000,
                       20000, NULL);
  rubis_test_add_item (fixture->session, fixture->account, "F-2", RUBIS_ITEM_INVOICE, "2026-10-01", 30000,
                       30000, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_test_check_dossier (fixture->session);
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static char *
load (Fixture *fixture, const char *id, const char *language, int version)
{
  g_autoptr (GError) error = NULL;
  char *text = rubis_session_load_template (fixture->session, id, language, version, &error);

  g_assert_no_error (error);
  return text;
}

/* The newest text of the courtesy reminder with a sentence before its body. */
static char *
with_sentence (Fixture *fixture, const char *sentence)
{
  g_autofree char *text = load (fixture, "relance-1", "fr", 0);
  g_autoptr (RubisTemplateText) parts = rubis_template_text_new (text);
  g_autofree char *body = g_strdup_printf ("%s\n\n%s", sentence, rubis_template_text_get_body (parts));

  rubis_template_text_set_body (parts, body);
  return rubis_template_text_join (parts);
}

static void
save (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  rubis_session_save_template (fixture->session, "relance-1", "fr", text, NULL, &error);
  g_assert_no_error (error);
}

static const RubisTemplateEntry *
find (GPtrArray *entries, const char *id, const char *language)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const RubisTemplateEntry *entry = g_ptr_array_index (entries, i);

      if (g_str_equal (entry->id, id) && g_str_equal (entry->language, language))
        return entry;
    }
  return NULL;
}

static GPtrArray *
list (Fixture *fixture, gboolean with_withdrawn)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = rubis_session_list_templates (fixture->session, with_withdrawn, &error);

  g_assert_no_error (error);
  return entries;
}

static guint
count_versions (Fixture *fixture, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) versions = rubis_session_list_template_versions (fixture->session, id, "fr", &error);

  g_assert_no_error (error);
  return versions->len;
}

static void
test_text (void)
{
  const char *text = "---\nid: a\n# mine\nname: Un\n---\n#NomClient\n";
  g_autoptr (RubisTemplateText) parts = rubis_template_text_new (text);
  g_autofree char *same = rubis_template_text_join (parts);
  g_autofree char *changed = NULL;
  guint column = 0;

  g_assert_cmpstr (same, ==, text);
  g_assert_cmpstr (rubis_template_text_get_body (parts), ==, "#NomClient\n");
  g_assert_cmpuint (rubis_template_text_get_n_head_lines (parts), ==, 5);
  g_assert_cmpuint (rubis_template_text_get_head_length (parts), ==, strlen (text) - strlen ("#NomClient\n"));
  g_assert_cmpstr (rubis_template_text_get_key_of_line (parts, 4, &column), ==, "name");
  g_assert_cmpuint (column, ==, strlen ("name: ") + 1);
  g_assert_null (rubis_template_text_get_key_of_line (parts, 6, &column));
  /* A value is one line, whatever was pasted. */
  rubis_template_text_set (parts, "name", "Deux\nlignes ");
  rubis_template_text_set (parts, "subject", "Objet");
  changed = rubis_template_text_join (parts);
  g_assert_cmpstr (changed, ==, "---\nid: a\n# mine\nname: Deux lignes\nsubject: Objet\n---\n#NomClient\n");
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = list (fixture, FALSE);
  const RubisTemplateEntry *reminder = find (entries, "relance-1", "fr");
  const RubisTemplateEntry *notice = find (entries, "mise-en-demeure", "fr");

  g_assert_nonnull (reminder);
  g_assert_cmpstr (reminder->name, ==, "Relance courtoise");
  g_assert_cmpint (reminder->group, ==, RUBIS_TEMPLATE_GROUP_REMINDERS);
  g_assert_cmpint (reminder->channel, ==, RUBIS_CHANNEL_EMAIL);
  g_assert_cmpint (reminder->version, ==, 1);
  g_assert_cmpstr (reminder->saved_at, ==, "");
  g_assert_cmpstr (reminder->steps, !=, "");
  g_assert_null (reminder->error);
  g_assert_cmpint (notice->group, ==, RUBIS_TEMPLATE_GROUP_FORMAL);
  /* Every kind that is shipped has a group with a name of its own. */
  for (guint i = 0; i < entries->len; i++)
    g_assert_cmpint (((RubisTemplateEntry *)g_ptr_array_index (entries, i))->group, !=,
                     RUBIS_TEMPLATE_GROUP_OTHER);
  /* In the order in which a case meets them. */
  g_assert_cmpint (reminder->rank, <, notice->rank);
  for (guint i = 1; i < entries->len; i++)
    g_assert_cmpint (((RubisTemplateEntry *)g_ptr_array_index (entries, i - 1))->group, <=,
                     ((RubisTemplateEntry *)g_ptr_array_index (entries, i))->group);
}

static void
test_versions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = load (fixture, "relance-1", "fr", 0);
  g_autofree char *second = with_sentence (fixture, "Deuxième texte.");
  g_autofree char *newest = NULL;
  g_autofree char *old = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *redone = NULL;
  g_autoptr (GPtrArray) versions = NULL;
  const RubisTemplateVersionEntry *entry;

  save (fixture, first);
  g_assert_cmpuint (count_versions (fixture, "relance-1"), ==, 1);
  save (fixture, second);
  versions = rubis_session_list_template_versions (fixture->session, "relance-1", "fr", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (versions->len, ==, 2);
  entry = g_ptr_array_index (versions, 0);
  g_assert_cmpint (entry->version, ==, 2);
  g_assert_cmpstr (entry->text, ==, second);
  g_assert_cmpstr (entry->saved_by, ==, g_get_user_name ());
  old = load (fixture, "relance-1", "fr", 1);
  g_assert_cmpstr (old, ==, first);
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM event WHERE kind = 'template'"),
                   ==, 1);

  undone = rubis_session_undo (fixture->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_versions (fixture, "relance-1"), ==, 1);
  redone = rubis_session_redo (fixture->session, &error);
  g_assert_no_error (error);
  newest = load (fixture, "relance-1", "fr", 0);
  g_assert_cmpstr (newest, ==, second);

  g_assert_true (rubis_session_restore_template (fixture->session, "relance-1", "fr", 1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_versions (fixture, "relance-1"), ==, 3);
  g_free (g_steal_pointer (&newest));
  newest = load (fixture, "relance-1", "fr", 0);
  g_assert_cmpstr (newest, ==, first);
}

/* What made a document stays, whatever is undone. */
static void
test_used_version (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *second = with_sentence (fixture, "Deuxième texte.");
  g_autofree char *undone = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  save (fixture, second);
  rubis_test_exec (
      fixture->session,
      "INSERT INTO document (account_id, kind, template_id, template_version, language, currency, amount, "
      "date, subject, recipient, file_name, media_type, n_pages, sha256, content) VALUES (1, 'letter', "
      "'relance-1', 2, 'fr', 'EUR', 1, 20000, '', '', 'a.pdf', 'application/pdf', 1, '', x'00')");
  undone = rubis_session_undo (fixture->session, &error);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_LATER);
  g_assert_null (undone);
  versions = rubis_session_list_template_versions (fixture->session, "relance-1", "fr", NULL);
  g_assert_cmpuint (versions->len, ==, 2);
  g_assert_cmpint (((RubisTemplateVersionEntry *)g_ptr_array_index (versions, 0))->n_documents, ==, 1);
  rubis_test_exec (fixture->session, "DELETE FROM document");
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *wrong = with_sentence (fixture, "Bonjour #NomClien,");

  g_assert_false (rubis_session_save_template (fixture->session, "relance-1", "fr", wrong, NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "#NomClien"));
  g_assert_cmpuint (count_versions (fixture, "relance-1"), ==, 1);
  g_clear_error (&error);
  /* Another template's text is no version of this one. */
  g_assert_false (rubis_session_save_template (
      fixture->session, "relance-2", "fr", "---\nid: relance-1\nlanguage: fr\n---\nBonjour\n", NULL, &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
}

static void
test_copy_and_withdraw (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id
      = rubis_session_copy_template (fixture->session, "relance-1", "fr", "Relance d’été", "fr", &error);
  g_autofree char *undone = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) offered = NULL;
  const RubisTemplateEntry *copy;

  g_assert_no_error (error);
  before = list (fixture, FALSE);
  copy = find (before, id, "fr");
  g_assert_nonnull (copy);
  g_assert_cmpstr (copy->name, ==, "Relance d’été");
  g_assert_cmpstr (copy->steps, ==, "");
  g_assert_true (rubis_session_withdraw_template (fixture->session, id, "fr", TRUE, &error));
  g_assert_no_error (error);
  after = list (fixture, FALSE);
  g_assert_null (find (after, id, "fr"));
  undone = rubis_session_undo (fixture->session, &error);
  g_assert_no_error (error);
  offered = list (fixture, FALSE);
  g_assert_nonnull (find (offered, id, "fr"));
}

/* A step keeps a text in some language. */
static void
test_withdraw_used (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = list (fixture, FALSE);
  g_autoptr (GError) error = NULL;
  gboolean refused = FALSE;

  for (guint i = 0; i < entries->len; i++)
    {
      const RubisTemplateEntry *entry = g_ptr_array_index (entries, i);

      if (!g_str_equal (entry->id, "relance-1"))
        continue;
      g_assert_false (refused);
      if (!rubis_session_withdraw_template (fixture->session, entry->id, entry->language, TRUE, &error))
        refused = TRUE;
    }
  g_assert_true (refused);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE);
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "modeles", NULL);
  g_autofree char *path = g_build_filename (folder, "fr", "relance-1.md", NULL);
  g_autofree char *bad = g_build_filename (folder, "fr", "relance-2.md", NULL);
  const char *paths[] = { folder, NULL };
  g_autofree char *changed = with_sentence (fixture, "Venu d’un fichier.");
  g_autofree char *kept = NULL;
  g_autofree char *newest = NULL;
  g_autofree char *undone = NULL;
  g_autoptr (GPtrArray) entries = list (fixture, FALSE);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rubis_session_export_templates (fixture->session, folder, &error), ==, (int)entries->len);
  g_assert_no_error (error);
  g_assert_cmpint (rubis_session_import_templates (fixture->session, paths, &error), ==, 0);
  g_assert_no_error (error);

  /* One wrong file, and nothing is taken. */
  g_file_get_contents (bad, &kept, NULL, NULL);
  g_file_set_contents (path, changed, -1, NULL);
  g_file_set_contents (bad, "---\nid: relance-2\nlanguage: fr\n---\n#Inconnu\n", -1, NULL);
  g_assert_cmpint (rubis_session_import_templates (fixture->session, paths, &error), ==, -1);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_assert_nonnull (strstr (error->message, "relance-2.md"));
  g_clear_error (&error);
  g_assert_cmpuint (count_versions (fixture, "relance-1"), ==, 1);

  g_file_set_contents (bad, kept, -1, NULL);
  g_assert_cmpint (rubis_session_import_templates (fixture->session, paths, &error), ==, 1);
  g_assert_no_error (error);
  newest = load (fixture, "relance-1", "fr", 0);
  g_assert_cmpstr (newest, ==, changed);
  undone = rubis_session_undo (fixture->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_versions (fixture, "relance-1"), ==, 1);
}

static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "test.rubis", NULL);
  g_autofree char *draft = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) error = NULL;

  rubis_session_keep_template_draft (fixture->session, "relance-1", "fr", "à moitié", &error);
  g_assert_no_error (error);
  /* It outlives the program. */
  g_object_unref (fixture->session);
  fixture->session = rubis_session_open (path, RUBIS_TEST_TODAY, &error);
  g_assert_no_error (error);
  draft = rubis_session_load_template_draft (fixture->session, "relance-1", "fr", &error);
  g_assert_cmpstr (draft, ==, "à moitié");
  entries = list (fixture, FALSE);
  g_assert_true (find (entries, "relance-1", "fr")->has_draft);
  g_assert_false (find (entries, "relance-2", "fr")->has_draft);
  rubis_session_keep_template_draft (fixture->session, "relance-1", "fr", NULL, &error);
  none = rubis_session_load_template_draft (fixture->session, "relance-1", "fr", &error);
  g_assert_no_error (error);
  g_assert_null (none);
}

static RubisTemplatePreview *
preview (Fixture *fixture, const char *text, RubisPreviewForm form)
{
  RubisTemplateRequest request = { .text = (char *)text,
                                   .id = (char *)"relance-1",
                                   .account_id = fixture->account,
                                   .date = RUBIS_TEST_TODAY,
                                   .form = form };
  g_autoptr (GError) error = NULL;
  RubisTemplatePreview *result = rubis_session_preview_template (fixture->session, &request, &error);

  g_assert_no_error (error);
  return result;
}

static char *
read_pdf (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisPdf) pdf = rubis_pdf_new (bytes, &error);

  g_assert_no_error (error);
  return rubis_pdf_dup_page_text (pdf, 0);
}

static const RubisTemplateMark *
find_mark (RubisTemplatePreview *result, const char *text, const char *word)
{
  gsize offset = (gsize)(strstr (text, word) - text);

  for (guint i = 0; i < result->marks->len; i++)
    {
      const RubisTemplateMark *mark = &g_array_index (result->marks, RubisTemplateMark, i);

      if (mark->offset == offset)
        return mark;
    }
  return NULL;
}

static void
test_preview_letter (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = with_sentence (fixture, "Pas encore enregistré, #NomClient, #Siret.");
  g_autoptr (RubisTemplatePreview) result = preview (fixture, text, RUBIS_PREVIEW_LETTER);
  g_autofree char *page = read_pdf (result->pdf);

  g_assert_null (result->error);
  g_assert_nonnull (strstr (page, "Pas encore enregistré, Garçon SAS"));
  g_assert_nonnull (strstr (page, "F-1"));
  g_assert_nonnull (strstr (page, "500,00"));
  g_assert_cmpint (find_mark (result, text, "#NomClient,")->kind, ==, RUBIS_MARK_HASHTAG);
  g_assert_cmpint (find_mark (result, text, "#Siret")->kind, ==, RUBIS_MARK_EMPTY);
  g_assert_cmpuint (count_versions (fixture, "relance-1"), ==, 1);
}

/* A name that is still being typed does not stop the preview, only the saving. */
static void
test_preview_unknown (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = with_sentence (fixture, "Bonjour #NomClien !");
  g_autoptr (RubisTemplatePreview) result = preview (fixture, text, RUBIS_PREVIEW_LETTER);
  g_autofree char *page = read_pdf (result->pdf);
  const RubisTemplateRemark *remark = g_ptr_array_index (result->remarks, 0);

  g_assert_nonnull (strstr (page, "Bonjour #NomClien"));
  g_assert_cmpint (find_mark (result, text, "#NomClien")->kind, ==, RUBIS_MARK_UNKNOWN);
  g_assert_cmpint (remark->kind, ==, RUBIS_REMARK_ERROR);
  g_assert_cmpstr (remark->code, ==, "unknown-hashtag");
  g_assert_cmpuint (remark->column, ==, strlen ("Bonjour ") + 1);
  g_assert_cmpuint (remark->offset, ==, (gsize)(strstr (text, "#NomClien") - text));
}

static void
test_preview_broken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = with_sentence (fixture, "#SI{#NomClient}ouvert");
  g_autoptr (RubisTemplatePreview) result = preview (fixture, text, RUBIS_PREVIEW_LETTER);

  g_assert_nonnull (result->error);
  g_assert_null (result->pdf);
  /* What is known of the customer is there all the same. */
  g_assert_cmpuint (result->hashtags->len, >, 80);
  g_assert_cmpint (find_mark (result, text, "#NomClient}")->kind, ==, RUBIS_MARK_HASHTAG);
}

static void
test_preview_email (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = with_sentence (fixture, "Bonjour <#NomClient> & Cie");
  g_autoptr (RubisTemplatePreview) html = preview (fixture, text, RUBIS_PREVIEW_EMAIL);
  g_autoptr (RubisTemplatePreview) plain = preview (fixture, text, RUBIS_PREVIEW_EMAIL_TEXT);
  g_autofree char *page = read_pdf (html->pdf);

  g_assert_nonnull (strstr (html->html, "Bonjour &lt;Garçon SAS&gt; &amp; Cie"));
  g_assert_nonnull (strstr (page, "Bonjour <Garçon SAS> & Cie"));
  g_assert_nonnull (strstr (plain->plain, "Bonjour <Garçon SAS> & Cie"));
  g_assert_nonnull (strstr (plain->plain, "500,00"));
  g_assert_null (plain->pdf);
}

static void
test_preview_sms (Fixture *fixture, gconstpointer data)
{
  const char *text = "---\nid: relance-1\nlanguage: fr\nchannel: sms\nkind: reminder\n---\n"
                     "Facture #NumeroFacture: merci de regler.\n";
  const char *accents
      = "---\nid: relance-1\nlanguage: fr\nchannel: sms\nkind: reminder\n---\nÊtes-vous là ?\n";
  g_autoptr (RubisTemplatePreview) result = preview (fixture, text, RUBIS_PREVIEW_SMS);
  g_autoptr (RubisTemplatePreview) other = preview (fixture, accents, RUBIS_PREVIEW_SMS);

  g_assert_cmpstr (result->plain, ==, "Facture F-1: merci de regler.");
  g_assert_cmpuint (result->n_characters, ==, 29);
  g_assert_cmpuint (result->n_segments, ==, 1);
  g_assert_null (result->culprit);
  g_assert_cmpstr (other->culprit, ==, "Ê");
}

static void
check_sms (const char *text, guint n_characters, guint n_segments)
{
  RubisSmsLength length;

  rubis_sms_measure (text, &length);
  g_assert_cmpuint (length.n_characters, ==, n_characters);
  g_assert_cmpuint (length.n_segments, ==, n_segments);
}

static void
test_sms (void)
{
  g_autofree char *a160 = g_strnfill (160, 'a');
  g_autofree char *a161 = g_strnfill (161, 'a');
  g_autofree char *a306 = g_strnfill (306, 'a');
  g_autofree char *a307 = g_strnfill (307, 'a');
  g_autofree char *euro = g_strconcat (a160 + 1, "€", NULL);
  g_autofree char *c70 = g_strconcat (a160 + 91, "ê", NULL);
  g_autofree char *c71 = g_strconcat (a160 + 90, "ê", NULL);

  check_sms ("", 0, 0);
  check_sms (a160, 160, 1);
  check_sms (a161, 161, 2);
  check_sms (a306, 306, 2);
  check_sms (a307, 307, 3);
  /* The euro takes two of the 160. */
  check_sms (euro, 160, 2);
  check_sms (c70, 70, 1);
  check_sms (c71, 71, 2);
}

typedef struct
{
  guint n_ready;
  char *page;
} Ready;

static void
ready_cb (RubisTemplatePreviewer *previewer, RubisTemplatePreview *result, gpointer user_data)
{
  Ready *ready = user_data;

  ready->n_ready++;
  g_free (ready->page);
  ready->page = read_pdf (result->pdf);
}

/* Typing fast: the last text is what is shown. */
static void
test_previewer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RubisTemplatePreviewer) previewer = rubis_template_previewer_new (fixture->session);
  Ready ready = { 0 };

  g_signal_connect (previewer, "ready", G_CALLBACK (ready_cb), &ready);
  for (int i = 1; i <= 20; i++)
    {
      g_autofree char *sentence = g_strdup_printf ("Frappe %d.", i);
      g_autofree char *text = with_sentence (fixture, sentence);
      RubisTemplateRequest request = {
        .text = text, .id = (char *)"relance-1", .account_id = fixture->account, .date = RUBIS_TEST_TODAY
      };

      rubis_template_previewer_request (previewer, &request);
    }
  while (rubis_template_previewer_is_busy (previewer))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (ready.n_ready, ==, 1);
  g_assert_nonnull (strstr (ready.page, "Frappe 20."));
  rubis_template_previewer_stop (previewer);
  g_free (ready.page);
}

#define ADD(path, func) g_test_add ("/template-editing/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template-editing/text", test_text);
  g_test_add_func ("/template-editing/sms", test_sms);
  ADD ("list", test_list);
  ADD ("versions", test_versions);
  ADD ("used-version", test_used_version);
  ADD ("refused", test_refused);
  ADD ("copy-and-withdraw", test_copy_and_withdraw);
  ADD ("withdraw-used", test_withdraw_used);
  ADD ("files", test_files);
  ADD ("draft", test_draft);
  ADD ("preview/letter", test_preview_letter);
  ADD ("preview/unknown", test_preview_unknown);
  ADD ("preview/broken", test_preview_broken);
  ADD ("preview/email", test_preview_email);
  ADD ("preview/sms", test_preview_sms);
  ADD ("previewer", test_previewer);
  return g_test_run ();
}
