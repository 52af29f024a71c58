/* The links by which a customer answers: what a mail program makes of them. */
#include "rubis-answer-links.h"
#include "rubis-words.h"

#include <gio/gio.h>
#include <string.h>

static const char *const languages[] = { "fr", "en", "de", "es", "it", "nl" };

static GBytes *
new_key (void)
{
  return g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);
}

static GPtrArray *
make (const char *language, RubisTokenAudience audience, guint n_numbers)
{
  g_autoptr (GBytes) key = new_key ();
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_numbers; i++)
    g_ptr_array_add (numbers, g_strdup_printf ("FA&2026/%u é", i + 1));
  return rubis_answer_links_make (&(RubisAnswerLinkRequest){ .key = key,
                                                             .audience = audience,
                                                             .subject = 1042,
                                                             .email = "compta+rubis@exemple.fr",
                                                             .numbers = numbers,
                                                             .language = language });
}

/* The value of a field as RFC 6068 reads it. */
static char *
get_field (const char *url, const char *name)
{
  g_auto (GStrv) fields = g_strsplit (strchr (url, '?') + 1, "&", -1);
  g_autofree char *prefix = g_strconcat (name, "=", NULL);

  for (gsize i = 0; fields[i] != NULL; i++)
    {
      if (g_str_has_prefix (fields[i], prefix))
        return g_uri_unescape_string (fields[i] + strlen (prefix), NULL);
    }
  return NULL;
}

static void
assert_link (const RubisAnswerLink *link, RubisTokenAudience audience, char answer)
{
  g_autoptr (GBytes) key = new_key ();
  g_autofree char *subject = get_field (link->url, "subject");
  g_autofree char *body = get_field (link->url, "body");
  g_autofree char *short_subject = get_field (link->short_url, "subject");
  const char *const texts[] = { subject, body, short_subject };

  g_assert_true (g_utf8_validate (link->label, -1, NULL) && *link->label != '\0');
  /* In any program, also one that reads an address as ASCII and stops at an odd sign. */
  for (const char *p = link->url; *p != '\0'; p++)
    g_assert_true (g_ascii_isalnum (*p) || strchr ("-._~%:@?=&", *p) != NULL);
  g_assert_true (g_str_has_prefix (link->url, "mailto:compta%2Brubis@exemple.fr?subject="));
  g_assert_null (strstr (link->url, "%0A%0A"));
  g_assert_cmpuint (strlen (link->url), <, 1500);
  g_assert_cmpuint (strlen (link->short_url), <, 76);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      RubisTokenAudience found;
      gint64 number = 0;
      char letter = 0;

      g_assert_nonnull (texts[i]);
      g_assert_true (g_utf8_validate (texts[i], -1, NULL));
      g_assert_true (rubis_answer_token_find (texts[i], key, &found, &number, &letter, NULL));
      g_assert_cmpint (found, ==, audience);
      g_assert_cmpint (number, ==, 1042);
      g_assert_cmpint (letter, ==, answer);
    }
  /* Lines end as mail's do, and the first one is to be completed. */
  g_assert_null (strchr (subject, '\n'));
  for (const char *p = strchr (body, '\n'); p != NULL; p = strchr (p + 1, '\n'))
    g_assert_cmpint (p[-1], ==, '\r');
  g_assert_nonnull (strstr (body, ": "));
  g_assert_true (strstr (body, ": ") < strchr (body, '\r'));
}

static void
test_all_languages (void)
{
  static const RubisTokenAudience audiences[] = { RUBIS_TOKEN_CUSTOMER, RUBIS_TOKEN_ACTOR };

  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      for (gsize a = 0; a < G_N_ELEMENTS (audiences); a++)
        {
          g_autoptr (GPtrArray) links = make (languages[i], audiences[a], 2);
          const char *letters = rubis_answer_token_letters (audiences[a]);

          g_assert_cmpuint (links->len, ==, strlen (letters));
          for (guint n = 0; n < links->len; n++)
            assert_link (g_ptr_array_index (links, n), audiences[a], letters[n]);
        }
      /* Each language has its own words. */
      for (gsize j = 0; j < i; j++)
        {
          g_autoptr (GPtrArray) mine = make (languages[i], RUBIS_TOKEN_CUSTOMER, 1);
          g_autoptr (GPtrArray) others = make (languages[j], RUBIS_TOKEN_CUSTOMER, 1);

          for (guint n = 0; n < mine->len; n++)
            g_assert_cmpstr (((RubisAnswerLink *)g_ptr_array_index (mine, n))->label, !=,
                             ((RubisAnswerLink *)g_ptr_array_index (others, n))->label);
          g_assert_cmpstr (rubis_answer_links_get_title (languages[i]), !=,
                           rubis_answer_links_get_title (languages[j]));
        }
    }
}

static void
test_bodies (void)
{
  g_autoptr (GPtrArray) links = make ("fr", RUBIS_TOKEN_CUSTOMER, 2);
  g_autofree char *paid = get_field (((RubisAnswerLink *)g_ptr_array_index (links, 0))->url, "body");
  g_autofree char *copy = get_field (((RubisAnswerLink *)g_ptr_array_index (links, 3))->url, "body");
  g_autofree char *subject = get_field (((RubisAnswerLink *)g_ptr_array_index (links, 0))->url, "subject");

  g_assert_cmpstr (((RubisAnswerLink *)g_ptr_array_index (links, 0))->label, ==, "Payé le…");
  g_assert_true (g_str_has_prefix (subject, "Paiement effectué [RBS-C1042-P-"));
  g_assert_true (g_str_has_prefix (paid, "Payé le\u00a0: \r\n\r\nFA&2026/1 é, FA&2026/2 é\r\n\r\n"));
  g_assert_true (
      g_str_has_prefix (copy, "Merci de m’envoyer une copie de\u00a0: FA&2026/1 é, FA&2026/2 é\r\n\r\n"));
}

/* A hundred invoices do not make an address that programs refuse. */
static void
test_many_numbers (void)
{
  g_autoptr (GPtrArray) links = make ("de", RUBIS_TOKEN_CUSTOMER, 100);
  g_autofree char *body = get_field (((RubisAnswerLink *)g_ptr_array_index (links, 3))->url, "body");

  assert_link (g_ptr_array_index (links, 3), RUBIS_TOKEN_CUSTOMER, 'C');
  g_assert_nonnull (strstr (body, "FA&2026/8 é… (100)\r\n"));
  g_assert_null (strstr (body, "FA&2026/9"));
}

/* Without an invoice to name, nothing stands where its number would be. */
static void
test_no_numbers (void)
{
  g_autoptr (GPtrArray) links = make ("xx", RUBIS_TOKEN_ACTOR, 0);
  g_autofree char *body = get_field (((RubisAnswerLink *)g_ptr_array_index (links, 2))->url, "body");

  g_assert_true (
      g_str_has_prefix (body, "I will answer on: \r\n\r\nPlease leave this reference: RBS-A1042-T-"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/answer-links/all-languages", test_all_languages);
  g_test_add_func ("/answer-links/bodies", test_bodies);
  g_test_add_func ("/answer-links/many-numbers", test_many_numbers);
  g_test_add_func ("/answer-links/no-numbers", test_no_numbers);
  return g_test_run ();
}
