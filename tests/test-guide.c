/* The help on templates: what it says is true, because the program says it. */
#include "rubis-guide.h"
#include "rubis-hashtag.h"
#include "rubis-template-check.h"
#include "rubis-template-sample.h"

#include <string.h>

static GPtrArray *
load (const char *language)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *guide = rubis_guide_load (RUBIS_GUIDE_TEMPLATES, language, &error);

  g_assert_no_error (error);
  return guide;
}

/* Every example can be made, and leaves neither hashtag nor markup behind. */
static void
test_examples (gconstpointer language)
{
  g_autoptr(GPtrArray) guide = load (language);
  guint n = 0;

  for (guint i = 0; i < guide->len; i++)
    {
      const RubisGuidePart *part = g_ptr_array_index (guide, i);

      if (part->kind != RUBIS_GUIDE_EXAMPLE)
        continue;
      g_test_message ("%s", part->text);
      g_assert_cmpstr (part->error, ==, NULL);
      g_assert_nonnull (part->result);
      g_assert_null (strstr (part->result, "#Nom"));
      g_assert_null (strstr (part->result, "{"));
      g_assert_null (strstr (part->result, "**"));
      n++;
    }
  g_assert_cmpuint (n, >, 12);
}

static gboolean
has_term (GPtrArray *guide, const char *term)
{
  for (guint i = 0; i < guide->len; i++)
    {
      const RubisGuidePart *part = g_ptr_array_index (guide, i);

      if (part->kind == RUBIS_GUIDE_TERM && g_str_equal (part->text, term))
        return part->result != NULL && strlen (part->result) > 5;
    }
  return FALSE;
}

/* Every hashtag and every modifier is described. */
static void
test_complete (gconstpointer language)
{
  g_autoptr(GPtrArray) guide = load (language);

  for (int i = 0; i < RUBIS_N_HASHTAGS; i++)
    {
      g_autofree char *name = g_strconcat ("#", rubis_hashtag_get_name (i, language), NULL);

      g_test_message ("%s", name);
      g_assert_true (has_term (guide, name));
    }
  for (guint i = 0; i < RUBIS_N_LIST_MODIFIERS; i++)
    {
      g_autofree char *name = g_strconcat ("_", rubis_list_modifier_get_name (i, language), NULL);

      g_assert_true (has_term (guide, name));
    }
}

/* Hashtags named between the examples exist. */
static void
test_words (gconstpointer language)
{
  g_autoptr(GPtrArray) guide = load (language);

  for (guint i = 0; i < guide->len; i++)
    {
      const RubisGuidePart *part = g_ptr_array_index (guide, i);
      g_autoptr(GArray) spans = NULL;

      if (part->kind != RUBIS_GUIDE_TEXT && part->kind != RUBIS_GUIDE_BULLET)
        continue;
      spans = rubis_template_scan (part->text);
      for (guint j = 0; j < spans->len; j++)
        {
          const RubisTemplateSpan *span = &g_array_index (spans, RubisTemplateSpan, j);

          g_test_message ("%.*s", (int) span->length, part->text + span->offset);
          g_assert_cmpint (span->kind, !=, RUBIS_SPAN_UNKNOWN);
        }
    }
}

/* The chapters on following what is unpaid say the same in both languages, and hashtags there are none. */
static void
test_follow_up (void)
{
  g_autoptr(GPtrArray) french = rubis_guide_load (RUBIS_GUIDE_FOLLOW_UP, "fr", NULL);
  g_autoptr(GPtrArray) english = rubis_guide_load (RUBIS_GUIDE_FOLLOW_UP, "en", NULL);
  g_autofree char *text = rubis_guide_to_text (french);

  g_assert_cmpuint (french->len, >, 30);
  g_assert_cmpuint (french->len, ==, english->len);
  for (guint i = 0; i < french->len; i++)
    {
      const RubisGuidePart *part = g_ptr_array_index (french, i);
      const RubisGuidePart *other = g_ptr_array_index (english, i);

      g_assert_cmpint (part->kind, ==, other->kind);
      g_assert_cmpint (part->level, ==, other->level);
      g_assert_null (strchr (part->text, '#'));
    }
  g_assert_nonnull (strstr (text, "– Une facture se trouve par son numéro entier, par sa fin (1042 pour"));
}

static void
test_results (void)
{
  g_autoptr(GPtrArray) guide = load ("fr");
  g_autofree char *text = rubis_guide_to_text (guide);

  g_assert_nonnull (strstr (text, "  | Vos 2 factures sont échues\u00a0: merci de les régler.\n"));
  g_assert_nonnull (strstr (text, "  | Votre facture est échue\u00a0: merci de la régler.\n"));
  g_assert_nonnull (strstr (text, "  | À l’attention de la comptabilité fournisseurs\n"));
  g_assert_nonnull (strstr (text, "  | Votre commande C#-4471, dossier #12.\n"));
  g_assert_nonnull (strstr (text, "2\u202f100,00\u00a0USD"));
  g_assert_null (strstr (text, "<!--"));
  g_assert_null (strchr (text, '`'));
}

/* The invented customer has something for every hashtag that can be printed. */
static void
test_sample (void)
{
  g_autoptr(RubisDocumentContext) sample = rubis_template_sample_new (RUBIS_SAMPLE_USUAL, "fr");

  for (int i = 0; i < RUBIS_N_HASHTAGS; i++)
    {
      RubisValueType type = rubis_hashtag_get_value_type (i);

      g_test_message ("%s", rubis_hashtag_get_name (i, "fr"));
      if (type != RUBIS_VALUE_IMAGE)
        g_assert_true (rubis_template_has_value (i, sample));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/guide/examples/fr", "fr", test_examples);
  g_test_add_data_func ("/guide/examples/en", "en", test_examples);
  g_test_add_data_func ("/guide/complete/fr", "fr", test_complete);
  g_test_add_data_func ("/guide/complete/en", "en", test_complete);
  g_test_add_data_func ("/guide/words/fr", "fr", test_words);
  g_test_add_data_func ("/guide/words/en", "en", test_words);
  g_test_add_func ("/guide/follow-up", test_follow_up);
  g_test_add_func ("/guide/results", test_results);
  g_test_add_func ("/guide/sample", test_sample);
  return g_test_run ();
}
