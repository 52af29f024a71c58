/* What is said of templates, and where: tests/data/template-check/NAME.md against NAME.txt, whose lines
 * are "line:column offset+length severity code: message".
 */
#include "letter-fixture.h"
#include "rubis-template-check.h"
#include "rubis-test.h"

#include <string.h>

static char *
read_case (const char *name, gsize *length)
{
  g_autofree char *relative = g_build_filename ("template-check", name, NULL);
  g_autofree char *path = rubis_test_data (relative);
  g_autoptr(GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

static char *
write_problems (GPtrArray *problems)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const RubisTemplateProblem *problem = g_ptr_array_index (problems, i);

      g_string_append_printf (out, "%u:%u %" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT " %s %s: %s\n", problem->line,
                              problem->column, problem->offset, problem->length,
                              rubis_problem_severity_to_id (problem->severity), problem->code,
                              problem->message);
    }
  return g_string_free (out, FALSE);
}

/* The place of each problem, counted anew. */
static void
check_places (const char *text, GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    {
      const RubisTemplateProblem *problem = g_ptr_array_index (problems, i);
      const char *at = text + problem->offset;
      const char *line = text;
      guint n_lines = 1;

      g_assert_cmpuint (problem->offset + problem->length, <=, strlen (text));
      for (const char *p = text; p < at; p++)
        {
          if (*p != '\n')
            continue;
          n_lines++;
          line = p + 1;
        }
      g_assert_cmpuint (problem->line, ==, n_lines);
      g_assert_cmpint (problem->column, ==, g_utf8_strlen (line, at - line) + 1);
      if (g_str_equal (problem->code, "unknown-hashtag"))
        {
          g_assert_cmpint (*at, ==, '#');
          g_assert_cmpint (memchr (at, ' ', problem->length) == NULL, ==, TRUE);
        }
    }
}

static void
test_cases (void)
{
  g_autofree char *folder = rubis_test_data ("template-check");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n_cases = 0;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      gsize length = 0;
      g_autofree char *text = NULL;
      g_autofree char *expected_name = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *found = NULL;
      g_autoptr(GPtrArray) problems = NULL;

      if (!g_str_has_suffix (name, ".md"))
        continue;
      g_test_message ("%s", name);
      expected_name = g_strdup_printf ("%.*s.txt", (int) strlen (name) - 3, name);
      text = read_case (name, &length);
      problems = rubis_template_check (text, name, NULL);
      check_places (text, problems);
      found = write_problems (problems);
      expected = read_case (expected_name, NULL);
      g_assert_cmpstr (found, ==, expected);
      n_cases++;
    }
  g_assert_cmpuint (n_cases, >, 15);
}

/* The two readings agree: a template can be made of exactly those texts that have no error. */
static void
test_agreement (void)
{
  g_autofree char *folder = rubis_test_data ("template-check");
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *text = read_case (name, NULL);
      g_autoptr(GPtrArray) problems = rubis_template_check (text, name, NULL);
      g_autoptr(RubisTemplate) template = rubis_template_new (text, name, &error);

      g_test_message ("%s", name);
      g_assert_cmpint (rubis_template_has_errors (problems), ==, template == NULL);
      g_assert_cmpint (error != NULL, ==, template == NULL);
    }
}

static void
test_scan (void)
{
  static const char text[] = "---\nid: a\nlanguage: fr\nsubject: Été #NomClient\n---\n"
                             "C## #SI{#TotalEchu_AvecPenalites > 3}#NomCleint#SINON#PLURIEL{a|b}#FIN\n";
  static const struct {
    const char *words;
    RubisTemplateSpanKind kind;
  } expected[] = {
    { "#NomClient", RUBIS_SPAN_HASHTAG },
    { "##", RUBIS_SPAN_ESCAPE },
    { "#SI", RUBIS_SPAN_LOGIC },
    { "{", RUBIS_SPAN_LOGIC },
    { "#TotalEchu_AvecPenalites", RUBIS_SPAN_HASHTAG },
    { "}", RUBIS_SPAN_LOGIC },
    { "#NomCleint", RUBIS_SPAN_UNKNOWN },
    { "#SINON", RUBIS_SPAN_LOGIC },
    { "#PLURIEL", RUBIS_SPAN_LOGIC },
    { "{", RUBIS_SPAN_LOGIC },
    { "|", RUBIS_SPAN_LOGIC },
    { "}", RUBIS_SPAN_LOGIC },
    { "#FIN", RUBIS_SPAN_LOGIC },
  };
  g_autoptr(GArray) spans = rubis_template_scan (text);
  g_autoptr(GArray) bare = rubis_template_scan ("Bonjour #NomClient");

  g_assert_cmpuint (spans->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < spans->len; i++)
    {
      const RubisTemplateSpan *span = &g_array_index (spans, RubisTemplateSpan, i);
      g_autofree char *words = g_strndup (text + span->offset, span->length);

      g_assert_cmpstr (words, ==, expected[i].words);
      g_assert_cmpint (span->kind, ==, expected[i].kind);
    }
  g_assert_cmpint (g_array_index (spans, RubisTemplateSpan, 0).hashtag, ==, RUBIS_HASHTAG_CUSTOMER_NAME);
  g_assert_cmpuint (bare->len, ==, 1);
  g_assert_cmpuint (g_array_index (bare, RubisTemplateSpan, 0).offset, ==, 8);
}

/* For one customer: what it lacks, at its place; nothing inside a branch that it does not read. */
static void
test_customer (void)
{
  static const char text[] = "---\nid: a\nlanguage: fr\nchannel: email\nkind: thanks\nsubject: #Siret\n---\n"
                             "#SI{#ClientParticulier}#Pays#FIN #Siret et #NomClient\n";
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(GPtrArray) problems = NULL;
  g_autofree char *found = NULL;

  letter_fixture_add_items (context, 2);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_SIRET, NULL);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COUNTRY, NULL);
  problems = rubis_template_check (text, "t.md", context);
  found = write_problems (problems);
  g_assert_cmpstr (
    found, ==,
    "6:10 60+6 warning missing-value: #Siret has no value for this customer (SIRET of the customer)\n"
    "8:34 104+6 warning missing-value: #Siret has no value for this customer (SIRET of the customer)\n");
  g_assert_true (rubis_template_has_value (RUBIS_HASHTAG_CUSTOMER_NAME, context));
  g_assert_true (rubis_template_has_value (RUBIS_HASHTAG_SALUTATION, context));
  g_assert_true (rubis_template_has_value (RUBIS_HASHTAG_LIST_SELECTED, context));
  g_assert_true (rubis_template_has_value (RUBIS_HASHTAG_PAYMENT_QR, context));
  g_assert_false (rubis_template_has_value (RUBIS_HASHTAG_SIRET, context));
  g_assert_false (rubis_template_has_value (RUBIS_HASHTAG_LIST_DISPUTED, context));
}

static gboolean
lacks (GPtrArray *problems, const char *code)
{
  for (guint i = 0; i < problems->len; i++)
    {
      if (g_str_equal (((RubisTemplateProblem *) g_ptr_array_index (problems, i))->code, code))
        return TRUE;
    }
  return FALSE;
}

/* Each element of a formal notice, taken away from the one that is shipped. */
static void
test_missing_elements (void)
{
  static const struct {
    const char *cut;
    const char *with;
    const char *code;
  } cases[] = {
    { "#ListeSelection", "#ListeLitiges", "notice-invoices" },
    { "#DateLimite", "8 jours", "notice-deadline" },
    { "#QrPaiement", "", "notice-means" },
    { "#MaSignature", "", "notice-signature" },
    { "saisir, sans autre avis, la juridiction compétente", "agir", "notice-consequences" },
    { "contestez", "aimez", "notice-dispute" },
    { "mise en demeure", "lettre", "notice-words" },
    { "Mise en demeure de payer", "Courrier", "notice-subject" },
    { "#DatePenalites", "ce jour", "notice-penalty-date" },
    { "#TauxPenalites", "un taux", "notice-penalty-basis" },
  };
  g_autofree char *shipped = letter_fixture_read_template ("fr/mise-en-demeure.md");
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");

  letter_fixture_add_mixed_items (context);
  g_assert_true (rubis_document_context_complete (context, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto(GStrv) parts = g_strsplit (shipped, cases[i].cut, -1);
      g_autofree char *text = g_strjoinv (cases[i].with, parts);
      g_autoptr(GError) error = NULL;
      g_autoptr(RubisTemplate) template = rubis_template_new (text, "t.md", &error);
      g_autoptr(GPtrArray) missing = NULL;
      g_autoptr(GPtrArray) for_customer = NULL;

      g_test_message ("%s", cases[i].code);
      g_assert_no_error (error);
      g_assert_cmpuint (g_strv_length (parts), >, 1);
      missing = rubis_template_missing_elements (template, NULL);
      for_customer = rubis_template_missing_elements (template, context);
      g_assert_true (lacks (missing, cases[i].code));
      g_assert_true (lacks (for_customer, cases[i].code));
    }
}

/* Who writes and who is written to is known only with the customer. */
static void
test_missing_parties (void)
{
  g_autofree char *shipped = letter_fixture_read_template ("fr/mise-en-demeure.md");
  g_autoptr(RubisTemplate) template = rubis_template_new (shipped, "t.md", NULL);
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(GPtrArray) none = NULL;
  g_autoptr(GPtrArray) missing = NULL;

  letter_fixture_add_mixed_items (context);
  g_assert_true (rubis_document_context_complete (context, NULL));
  none = rubis_template_missing_elements (template, context);
  g_assert_cmpuint (none->len, ==, 0);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_COMPANY_ADDRESS, NULL);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_ADDRESS, NULL);
  missing = rubis_template_missing_elements (template, context);
  g_assert_cmpuint (missing->len, ==, 2);
  g_assert_true (lacks (missing, "notice-sender"));
  g_assert_true (lacks (missing, "notice-recipient"));
}

/* What stands in a branch that this customer does not read says nothing to him. */
static void
test_missing_in_branch (void)
{
  g_autofree char *text = read_case ("notice-branches.md", NULL);
  g_autoptr(RubisTemplate) template = rubis_template_new (text, "t.md", NULL);
  g_autoptr(RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr(GPtrArray) of_consumer = NULL;
  g_autoptr(GPtrArray) of_professional = NULL;

  letter_fixture_add_items (context, 2);
  rubis_document_context_set_party_kind (context, RUBIS_PARTY_CONSUMER);
  of_consumer = rubis_template_missing_elements (template, context);
  g_assert_cmpuint (of_consumer->len, ==, 0);
  rubis_document_context_set_party_kind (context, RUBIS_PARTY_PROFESSIONAL);
  of_professional = rubis_template_missing_elements (template, context);
  g_assert_cmpuint (of_professional->len, ==, 3);
  g_assert_true (lacks (of_professional, "notice-words"));
  g_assert_true (lacks (of_professional, "notice-consequences"));
  g_assert_true (lacks (of_professional, "notice-dispute"));
}

/* The notices that are shipped lack nothing, whoever reads them. */
static void
test_shipped_notices (void)
{
  static const char *const languages[] = { "fr", "en", "de", "es", "it", "nl" };
  static const RubisPartyKind kinds[] = { RUBIS_PARTY_PROFESSIONAL, RUBIS_PARTY_CONSUMER,
                                          RUBIS_PARTY_PUBLIC };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *name = g_build_filename (languages[i], "mise-en-demeure.md", NULL);
      g_autoptr(RubisTemplate) template = letter_fixture_template (name);

      for (gsize j = 0; j < G_N_ELEMENTS (kinds); j++)
        {
          g_autoptr(RubisDocumentContext) context = letter_fixture_context (languages[i]);
          g_autoptr(GPtrArray) missing = NULL;
          g_autofree char *found = NULL;

          rubis_document_context_set_party_kind (context, kinds[j]);
          letter_fixture_add_mixed_items (context);
          g_assert_true (rubis_document_context_complete (context, NULL));
          missing = rubis_template_missing_elements (template, context);
          found = write_problems (missing);
          g_test_message ("%s, %d", name, kinds[j]);
          g_assert_cmpstr (found, ==, "");
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template-check/cases", test_cases);
  g_test_add_func ("/template-check/agreement", test_agreement);
  g_test_add_func ("/template-check/scan", test_scan);
  g_test_add_func ("/template-check/customer", test_customer);
  g_test_add_func ("/template-check/missing-elements", test_missing_elements);
  g_test_add_func ("/template-check/missing-parties", test_missing_parties);
  g_test_add_func ("/template-check/missing-in-branch", test_missing_in_branch);
  g_test_add_func ("/template-check/shipped-notices", test_shipped_notices);
  return g_test_run ();
}
