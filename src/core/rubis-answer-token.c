#include "rubis-answer-token.h"

#include <string.h>

#define MARK "RBS"
#define N_MAC 10
/* Of a 64-bit number that is not negative. */
#define MAX_DIGITS 19
/* Of what mail programs put into a token: a line break, quote marks, an entity… */
#define MAX_NOISE 24

/* Crockford's base 32: no I, L, O, U. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* A letter or digit of the text, upper case, and what stood before it. */
typedef struct
{
  char letter;
  gboolean dash; /* among what stood before it */
  guint noise;   /* characters before it that are neither */
} Symbol;

static const char audiences[] = { [RUBIS_TOKEN_CUSTOMER] = 'C', [RUBIS_TOKEN_ACTOR] = 'A' };

const char *
rubis_answer_token_letters (RubisTokenAudience audience)
{
  return audience == RUBIS_TOKEN_ACTOR ? "FUT" : "PDLCW";
}

gboolean
rubis_answer_token_kind (char answer, RubisAnswerKind *kind)
{
  static const struct
  {
    char letter;
    RubisAnswerKind kind;
  } kinds[] = {
    { 'P', RUBIS_ANSWER_PAID }, { 'D', RUBIS_ANSWER_PROMISE },      { 'L', RUBIS_ANSWER_DISPUTE },
    { 'C', RUBIS_ANSWER_COPY }, { 'W', RUBIS_ANSWER_WRONG_PERSON },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (kinds[i].letter == answer)
        {
          *kind = kinds[i].kind;
          return TRUE;
        }
    }
  return FALSE;
}

/* The first 50 bits of the digest as ten letters. */
static void
sign (GBytes *key, const char *signed_part, char mac[N_MAC + 1])
{
  gsize key_size;
  const guchar *key_data = g_bytes_get_data (key, &key_size);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key_data, key_size);
  guint8 digest[32];
  gsize size = sizeof digest;
  guint64 bits = 0;

  g_hmac_update (hmac, (const guchar *)signed_part, (gssize)strlen (signed_part));
  g_hmac_get_digest (hmac, digest, &size);
  for (int i = 0; i < 8; i++)
    bits = bits << 8 | digest[i];
  for (int i = 0; i < N_MAC; i++)
    mac[i] = alphabet[(bits >> (59 - 5 * i)) & 31];
  mac[N_MAC] = '\0';
}

static char *
make_signed_part (RubisTokenAudience audience, gint64 subject, char answer)
{
  return g_strdup_printf (MARK "-%c%" G_GINT64_FORMAT "-%c", audiences[audience], subject, answer);
}

char *
rubis_answer_token_make (GBytes *key, RubisTokenAudience audience, gint64 subject, char answer)
{
  g_autofree char *signed_part = NULL;
  char mac[N_MAC + 1];

  g_return_val_if_fail (key != NULL && subject > 0, NULL);
  g_return_val_if_fail (answer != '\0' && strchr (rubis_answer_token_letters (audience), answer) != NULL,
                        NULL);

  signed_part = make_signed_part (audience, subject, answer);
  sign (key, signed_part, mac);
  return g_strdup_printf ("%s-%s", signed_part, mac);
}

/* --- reading --- */

/* "=2D" and "%2D": the character, and how many bytes it takes; 0 when it is no such thing. */
static gsize
decode_hex (const char *p, char *decoded)
{
  if ((*p != '=' && *p != '%') || !g_ascii_isxdigit (p[1]) || !g_ascii_isxdigit (p[2]))
    return 0;
  *decoded = (char)(g_ascii_xdigit_value (p[1]) << 4 | g_ascii_xdigit_value (p[2]));
  return 3;
}

/* "&nbsp;" and "&#8209;": how many bytes it takes, 0 when it is none. All are spaces or dashes to us. */
static gsize
skip_entity (const char *p)
{
  gsize length = 1;

  if (*p != '&')
    return 0;
  while (length < 10 && (g_ascii_isalnum (p[length]) || p[length] == '#'))
    length++;
  return p[length] == ';' ? length + 1 : 0;
}

/* "<br>", "</span>": how many bytes it takes, 0 when it is none. */
static gsize
skip_tag (const char *p)
{
  gsize length = 1;

  if (*p != '<' || !(g_ascii_isalpha (p[1]) || p[1] == '/'))
    return 0;
  while (length < 200 && p[length] != '>' && p[length] != '<' && p[length] != '\0')
    length++;
  return p[length] == '>' ? length + 1 : 0;
}

/* Letters and digits of @text, and how far they are from each other. */
static GArray *
read_symbols (const char *text)
{
  GArray *symbols = g_array_new (FALSE, FALSE, sizeof (Symbol));
  Symbol symbol = { 0 };

  for (const char *p = text; *p != '\0';)
    {
      char decoded = *p;
      gsize skipped = decode_hex (p, &decoded);

      if (skipped == 0)
        skipped = skip_entity (p);
      if (skipped == 0)
        skipped = skip_tag (p);
      p += MAX (skipped, 1);
      if (!g_ascii_isalnum (decoded))
        {
          symbol.dash = symbol.dash || decoded == '-' || skipped > 0 || (decoded & 0x80) != 0;
          symbol.noise++;
          continue;
        }
      symbol.letter = g_ascii_toupper (decoded);
      g_array_append_val (symbols, symbol);
      symbol = (Symbol){ 0 };
    }
  return symbols;
}

static char
read_digit (char letter)
{
  if (letter == 'O')
    return '0';
  if (letter == 'I' || letter == 'L')
    return '1';
  return g_ascii_isdigit (letter) ? letter : '\0';
}

static char
read_mac_letter (char letter)
{
  if (letter == 'O')
    return '0';
  if (letter == 'I' || letter == 'L')
    return '1';
  return letter == 'U' ? 'V' : letter;
}

/* What stands at one place of the text, were it a token. */
typedef struct
{
  RubisTokenAudience audience;
  gint64 subject;
  char answer;
  char mac[N_MAC + 1];
  guint n_dashes;
} Candidate;

/* The answer and the signature from symbol @at on, behind the digits. */
static gboolean
read_end (const GArray *symbols, guint at, Candidate *candidate)
{
  const Symbol *symbol = &g_array_index (symbols, Symbol, at);

  if (at + N_MAC >= symbols->len
      || strchr (rubis_answer_token_letters (candidate->audience), symbol->letter) == NULL)
    return FALSE;
  candidate->answer = symbol->letter;
  candidate->n_dashes += symbol->dash + symbol[1].dash;
  for (guint i = 0; i <= N_MAC; i++)
    {
      if (symbol[i].noise > MAX_NOISE)
        return FALSE;
      if (i > 0)
        candidate->mac[i - 1] = read_mac_letter (symbol[i].letter);
    }
  candidate->mac[N_MAC] = '\0';
  return TRUE;
}

static gboolean
is_signed (const Candidate *candidate, GBytes *key)
{
  g_autofree char *signed_part
      = make_signed_part (candidate->audience, candidate->subject, candidate->answer);
  char mac[N_MAC + 1];

  if (key == NULL)
    return FALSE;
  sign (key, signed_part, mac);
  return memcmp (mac, candidate->mac, N_MAC) == 0;
}

/* Whether a token begins at symbol @at. Where its dashes are lost, "1L" may be digits or a digit and an
 * answer: both are tried.
 */
static gboolean
read_token (const GArray *symbols, guint at, GBytes *key, Candidate *candidate, gboolean *forged)
{
  const Symbol *mark = &g_array_index (symbols, Symbol, at);
  guint64 subject = 0;

  if (at + 4 >= symbols->len || mark[0].letter != MARK[0] || mark[1].letter != MARK[1]
      || mark[2].letter != MARK[2])
    return FALSE;
  for (guint i = 1; i <= 4; i++)
    {
      if (mark[i].noise > MAX_NOISE)
        return FALSE;
    }
  if (mark[3].letter != audiences[RUBIS_TOKEN_CUSTOMER] && mark[3].letter != audiences[RUBIS_TOKEN_ACTOR])
    return FALSE;
  candidate->audience
      = mark[3].letter == audiences[RUBIS_TOKEN_ACTOR] ? RUBIS_TOKEN_ACTOR : RUBIS_TOKEN_CUSTOMER;
  for (guint i = at + 4; i < symbols->len && i < at + 4 + MAX_DIGITS + 1; i++)
    {
      const Symbol *symbol = &g_array_index (symbols, Symbol, i);
      char digit = read_digit (symbol->letter);

      candidate->subject = (gint64)subject;
      candidate->n_dashes = mark[3].dash;
      if (subject > 0 && read_end (symbols, i, candidate))
        {
          if (is_signed (candidate, key))
            return TRUE;
          *forged = *forged || candidate->n_dashes == 3;
        }
      if (digit == '\0' || symbol->noise > MAX_NOISE || subject > (G_MAXINT64 - 9) / 10)
        return FALSE;
      subject = subject * 10 + (guint64)(digit - '0');
    }
  return FALSE;
}

gboolean
rubis_answer_token_find (const char *text, GBytes *key, RubisTokenAudience *audience, gint64 *subject,
                         char *answer, gboolean *forged)
{
  g_autoptr (GArray) symbols = NULL;
  Candidate first = { 0 };
  gboolean any_forged = FALSE;
  gboolean found = FALSE;

  g_return_val_if_fail (text != NULL, FALSE);

  symbols = read_symbols (text);
  for (guint i = 0; i < symbols->len; i++)
    {
      Candidate candidate = { 0 };

      if (!read_token (symbols, i, key, &candidate, &any_forged))
        continue;
      if (!found)
        first = candidate;
      else if (candidate.audience == first.audience && candidate.subject == first.subject
               && candidate.answer != first.answer)
        first.answer = '\0';
      found = TRUE;
    }
  if (forged != NULL)
    *forged = any_forged;
  if (!found)
    return FALSE;
  if (audience != NULL)
    *audience = first.audience;
  if (subject != NULL)
    *subject = first.subject;
  if (answer != NULL)
    *answer = first.answer;
  return TRUE;
}
