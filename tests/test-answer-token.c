/* The links of answers: whatever mail makes of a token, it is found; what is not signed is not. */
#include "rubis-answer-token.h"
#include "rubis-test.h"

#include <string.h>

static GBytes *
new_key (guint8 first)
{
  guint8 bytes[32];

  for (guint8 i = 0; i < 32; i++)
    bytes[i] = (guint8)(first + i);
  return g_bytes_new (bytes, sizeof bytes);
}

/* Computed apart, by the hmac module of Python. */
static void
test_make (void)
{
  g_autoptr (GBytes) key = new_key (0);
  g_autofree char *paid = rubis_answer_token_make (key, RUBIS_TOKEN_CUSTOMER, 1042, 'P');
  g_autofree char *dispute = rubis_answer_token_make (key, RUBIS_TOKEN_CUSTOMER, 1, 'L');
  g_autofree char *time = rubis_answer_token_make (key, RUBIS_TOKEN_ACTOR, G_MAXINT64, 'T');

  g_assert_cmpstr (paid, ==, "RBS-C1042-P-0SV5Y98RFK");
  g_assert_cmpstr (dispute, ==, "RBS-C1-L-B26MWAFW7W");
  g_assert_cmpstr (time, ==, "RBS-A9223372036854775807-T-24ZFSCWH4V");
}

static void
test_kinds (void)
{
  static const RubisAnswerKind kinds[] = { RUBIS_ANSWER_PAID, RUBIS_ANSWER_PROMISE, RUBIS_ANSWER_DISPUTE,
                                           RUBIS_ANSWER_COPY, RUBIS_ANSWER_WRONG_PERSON };
  const char *customers = rubis_answer_token_letters (RUBIS_TOKEN_CUSTOMER);
  const char *actors = rubis_answer_token_letters (RUBIS_TOKEN_ACTOR);
  RubisAnswerKind kind;

  g_assert_cmpuint (strlen (customers), ==, G_N_ELEMENTS (kinds));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_assert_true (rubis_answer_token_kind (customers[i], &kind));
      g_assert_cmpint (kind, ==, kinds[i]);
    }
  for (const char *p = actors; *p != '\0'; p++)
    g_assert_false (rubis_answer_token_kind (*p, &kind));
}

static void
assert_found (const char *text, GBytes *key, RubisTokenAudience audience, gint64 subject, char answer)
{
  RubisTokenAudience found_audience;
  gint64 found_subject = 0;
  char found_answer = 0;
  gboolean forged = TRUE;

  if (!rubis_answer_token_find (text, key, &found_audience, &found_subject, &found_answer, &forged))
    g_error ("no token found in: %s", text);
  g_assert_cmpint (found_audience, ==, audience);
  g_assert_cmpint (found_subject, ==, subject);
  g_assert_cmpint (found_answer, ==, answer);
  g_assert_false (forged);
}

static void
assert_not_found (const char *text, GBytes *key, gboolean expect_forged)
{
  gboolean forged = !expect_forged;

  if (rubis_answer_token_find (text, key, NULL, NULL, NULL, &forged))
    g_error ("a token was found in: %s", text);
  if (forged != expect_forged)
    g_error ("%s as a forged token: %s", forged ? "taken" : "not taken", text);
}

/* What happens to "RBS-C1042-P-…" on its way. %T is the token, %A its first half, %B its second. */
static void
test_mutations (void)
{
  static const char *const texts[] = {
    "%T",
    "Re: Payé le… [%T]",
    "TR : RE: Fwd: Payé le [%T] ",
    "réf. %T.",
    "Bonjour,\r\n\r\nNous avons payé le : 12/12/2026\r\n\r\n%T\r\n",
    "> > %T",
    "> %A\r\n> %B",
    ">>%A\n>>%B",
    "| %A\n| %B",
    "%A=\r\n%B",
    "%A=\n%B",
    "%A=20\r\n%B",
    "%A \r\n %B",
    "%A %B",
    "%A\t%B",
    "%A\xc2\xa0%B",
    "%A\xe2\x80\x8b%B",
    "%A\xc2\xad%B",
    "%A&nbsp;%B",
    "%A<br>%B",
    "%A<wbr>%B",
    "<p>R&eacute;f. <b>%T</b></p>",
    "%A\r\n<br />\r\n%B",
    "Subject: =?utf-8?Q?Pay=C3=A9_le_=5B%T=5D?=",
    "mailto:compta@exemple.fr?subject=%5B%T%5D&body=x",
    "carbs, %T",
    "RBS-C1042 is what I read, RBS, RBSC, RBS-%T",
    "ABRBS-%T",
    "RBS RBS RBS %T RBS",
    "%T%T",
    "%TBonjour",
    "123%T",
    "=?iso-8859-1?q?%T?=",
  };
  g_autoptr (GBytes) key = new_key (0);
  g_autofree char *token = rubis_answer_token_make (key, RUBIS_TOKEN_CUSTOMER, 1042, 'P');

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      /* Cut at each place. */
      for (gsize cut = 1; cut < strlen (token); cut++)
        {
          g_autoptr (GString) text = g_string_new (texts[i]);
          g_autofree char *first = g_strndup (token, cut);
          g_autofree char *lower = NULL;

          g_string_replace (text, "%T", token, 0);
          g_string_replace (text, "%A", first, 0);
          g_string_replace (text, "%B", token + cut, 0);
          assert_found (text->str, key, RUBIS_TOKEN_CUSTOMER, 1042, 'P');
          lower = g_ascii_strdown (text->str, -1);
          assert_found (lower, key, RUBIS_TOKEN_CUSTOMER, 1042, 'P');
        }
    }
}

/* Other dashes, none at all, encoded ones; letters that people take for others. */
static void
test_dashes (void)
{
  static const char *const dashes[] = {
    "", " ", "=2D", "%2D", "\xe2\x80\x91", "\xe2\x80\x93", "\xe2\x80\x94", "--", " - ", "&#8209;", "_"
  };
  static const char answers[] = "PDLCW";
  g_autoptr (GBytes) key = new_key (7);

  for (gsize i = 0; i < G_N_ELEMENTS (dashes); i++)
    {
      for (gint64 subject = 1; subject < 3000; subject = subject * 2 + 1)
        {
          char answer = answers[subject % 5];
          g_autofree char *token = rubis_answer_token_make (key, RUBIS_TOKEN_CUSTOMER, subject, answer);
          g_autoptr (GString) text = g_string_new (token);

          g_string_replace (text, "-", dashes[i], 0);
          assert_found (text->str, key, RUBIS_TOKEN_CUSTOMER, subject, answer);
        }
    }
}

static void
test_look_alikes (void)
{
  static const char *const pairs[][2]
      = { { "0", "O" }, { "0", "o" }, { "1", "I" }, { "1", "l" }, { "V", "U" } };
  g_autoptr (GBytes) key = new_key (0);

  for (gint64 subject = 100; subject < 140; subject++)
    {
      g_autofree char *token = rubis_answer_token_make (key, RUBIS_TOKEN_ACTOR, subject, 'F');

      g_assert_null (strpbrk (strrchr (token, '-'), "ILOU"));
      for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
        {
          g_autoptr (GString) text = g_string_new (token);

          g_string_replace (text, pairs[i][0], pairs[i][1], 0);
          assert_found (text->str, key, RUBIS_TOKEN_ACTOR, subject, 'F');
        }
    }
}

/* No letter of a token can be changed into another. */
static void
test_forged (void)
{
  static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  g_autoptr (GBytes) key = new_key (0);
  g_autoptr (GBytes) other_key = new_key (1);
  g_autofree char *token = rubis_answer_token_make (key, RUBIS_TOKEN_CUSTOMER, 1042, 'D');
  g_autofree char *longer = g_strconcat ("RBS-C10421042104210421042-D", strrchr (token, '-'), NULL);
  g_autofree char *zeros = g_strconcat ("RBS-C0-D", strrchr (token, '-'), NULL);
  g_autofree char *twice = g_strconcat (token, " RBS-C1043-D", strrchr (token, '-'), NULL);
  gboolean forged = FALSE;

  for (gsize at = 0; token[at] != '\0'; at++)
    {
      for (gsize i = 0; token[at] != '-' && letters[i] != '\0'; i++)
        {
          g_autofree char *changed = g_strdup (token);

          if (token[at] == letters[i])
            continue;
          changed[at] = letters[i];
          g_assert_false (rubis_answer_token_find (changed, key, NULL, NULL, NULL, NULL));
        }
    }
  assert_not_found (token, other_key, TRUE);
  assert_not_found (token, NULL, TRUE);
  assert_not_found ("RBS-C1042-P-7QK2M9XWDA", key, TRUE);
  assert_not_found ("RBS-C1042-P-7QK2M9XWD", key, FALSE);
  assert_not_found ("RBS-C1042-X-7QK2M9XWDA", key, FALSE);
  assert_not_found ("RBS-A1042-P-7QK2M9XWDA", key, FALSE);
  assert_not_found (zeros, key, FALSE);
  assert_not_found (longer, key, FALSE);
  g_assert_true (rubis_answer_token_find (twice, key, NULL, NULL, NULL, &forged));
  g_assert_true (forged);
}

static void
test_ordinary_text (void)
{
  static const char *const texts[] = { "",
                                       "=",
                                       "&",
                                       "<",
                                       "%",
                                       "=2",
                                       "RBS",
                                       "RBS-",
                                       "RBS-C",
                                       "RBS-C1",
                                       "RBS-C1-P",
                                       "RBS-C1-P-",
                                       "Carbs: a 12 pounds order, delivered today",
                                       "Le RBS C 1042 P est en panne, merci de rappeler demain",
                                       "Facture RBS-C1042, payée le 12 novembre 2026 par virement" };
  g_autoptr (GBytes) key = new_key (0);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_not_found (texts[i], key, FALSE);
}

/* Our email as it is quoted under an answer holds all its links: nothing was chosen. */
static void
test_quoted (void)
{
  g_autoptr (GBytes) key = new_key (0);
  g_autoptr (GString) text = g_string_new ("Bonjour, je regarde.\n");
  RubisTokenAudience audience;
  gint64 subject = 0;
  char answer = 'x';

  for (const char *p = rubis_answer_token_letters (RUBIS_TOKEN_CUSTOMER); *p != '\0'; p++)
    {
      g_autofree char *token = rubis_answer_token_make (key, RUBIS_TOKEN_CUSTOMER, 88, *p);

      g_string_append_printf (text, "> mailto:c@d.fr?subject=%%5B%s%%5D\n", token);
    }
  g_assert_true (rubis_answer_token_find (text->str, key, &audience, &subject, &answer, NULL));
  g_assert_cmpint (subject, ==, 88);
  g_assert_cmpint (answer, ==, '\0');
}

/* Whatever bytes come, nothing is found in them and nothing is read beyond them. */
static void
test_noise (void)
{
  static const char pieces[] = "RBSCA0129PDLW-=%&<>; \n\xc3\xa9";
  g_autoptr (GBytes) key = new_key (3);
  g_autoptr (GRand) random = g_rand_new_with_seed (20261122);

  for (int round = 0; round < 5000; round++)
    {
      char text[64];
      gsize length = (gsize)g_rand_int_range (random, 0, sizeof text);

      for (gsize i = 0; i < length; i++)
        text[i] = pieces[g_rand_int_range (random, 0, sizeof pieces - 1)];
      text[length == sizeof text ? length - 1 : length] = '\0';
      g_assert_false (rubis_answer_token_find (text, key, NULL, NULL, NULL, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answer-token/make", test_make);
  g_test_add_func ("/answer-token/kinds", test_kinds);
  g_test_add_func ("/answer-token/mutations", test_mutations);
  g_test_add_func ("/answer-token/dashes", test_dashes);
  g_test_add_func ("/answer-token/look-alikes", test_look_alikes);
  g_test_add_func ("/answer-token/forged", test_forged);
  g_test_add_func ("/answer-token/ordinary-text", test_ordinary_text);
  g_test_add_func ("/answer-token/quoted", test_quoted);
  g_test_add_func ("/answer-token/noise", test_noise);
  return g_test_run ();
}
