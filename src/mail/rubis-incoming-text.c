#include "rubis-incoming-text.h"

#include <string.h>

#include "rubis-text.h"

/* Lines after which a message is not read any more. */
#define MAX_LINES 4000
/* Nothing longer is a line that somebody types to close a letter. */
#define MAX_CLOSING 60

/* What begins the message that is answered, everything below included. */
static const char separators[] = "^[-_=*\\s>]*(?:original message|message d'origine|message original|message "
                                 "transfere|forwarded message|message "
                                 "initial|ursprungliche nachricht|original-nachricht|messaggio "
                                 "originale|mensaje original|oorspronkelijk bericht|"
                                 "weitergeleitete nachricht|debut du message (?:reexpedie|transfere)|begin "
                                 "forwarded message|courriel original|"
                                 "mail original)[-_=*\\s:]*$";

/* "Le lun. 16 nov. 2026 à 10:02, X a écrit :" as one line. */
static const char attribution[]
    = "^>?\\s*(?:(?:le|on|am|il|el|op|em|den|a la date du|de|par|from|vom)\\b.{4,240}(?:a "
      "ecrit|wrote|schrieb|ha scritto|"
      "ha "
      "escrito|escribio|schreef|escreveu|ecrivait|ecrit)\\b.{0,80}?\\s*:?|.{3,120}(?:<[^>]{3,80}>|@\\S{3,60})"
      ".{0,40}"
      "(?:a ecrit|wrote|schrieb|ha scritto|escribio|schreef)\\s*:|.{0,30}\\d{1,2}[:h]\\d{2}.{0,120}(?:a "
      "ecrit|wrote|schrieb)"
      "\\s*:)$";

static const char header_first[]
    = "^[>*\\s]*(?:de|from|von|da|van|expediteur|envoye par)\\*?\\s?:\\*?\\s?\\S";
static const char header_next[] = "^[>*\\s]*(?:envoye|sent|date|gesendet|inviato|enviado|verzonden|a|to|an|"
                                  "para|aan|objet|subject|betreff|oggetto|"
                                  "asunto|onderwerp|cc|datum|data|fecha|destinataire|pour)(?: le)?\\*?\\s?:";

/* A line that closes what its writer had to say. */
static const char closing[]
    = "^(?:(?:bien |tres )?(?:cordialement|cdlt|cdt)\\b.{0,45}|(?:best|kind) regards\\b.{0,45}|(?:(?:bien "
      "|tres |avec mes |nos |mes |sinceres |meilleures |salutations |respectueusement |veuillez |je vous "
      "prie |"
      "nous vous prions |dans l'attente.{0,60}|en vous (?:souhaitant|remerciant).{0,40}|vous en "
      "souhaitant.{0,40}|merci "
      "(?:et|par avance).{0,20}|restant a votre disposition.{0,20}|a votre disposition.{0,20}|bonne "
      "(?:journee|reception|"
      "fin de).{0,40}|excellente journee.{0,20}|d'avance merci.{0,10})?(?:cordialement|cdlt|cdt|bien a "
      "vous|bien a toi|"
      "salutations?.{0,30}|amicalement|cordiales? salutations?|sinceres? salutations?|meilleures? "
      "salutations?|"
      "respectueusement|bonne journee|bonne (?:fin de )?journee|bonne reception|belle journee|cordialement "
      "votre)|"
      "(?:with )?(?:best|kind|warm|kindest|warmest|many)(?: regards| wishes| thanks)|regards|yours "
      "(?:sincerely|faithfully|"
      "truly)|sincerely(?: yours)?|cheers|(?:best|all the best)|thanks(?: and regards| again| in "
      "advance)?|thank you|"
      "many thanks|mit freundlichen grussen|freundliche grusse|viele grusse|mfg|beste "
      "grusse|saludos.{0,20}|atentamente|un "
      "saludo|cordiali saluti|distinti saluti|saluti|met vriendelijke groet(?:en)?|mvg|groeten)[\\s,.!;-]*)$";

static const char phone_signatures[] = "^(?:envoye (?:de|depuis|a partir de|avec) |sent (?:from|via|with) "
                                       "(?!the|our|your)|get outlook for|obtenez outlook|"
                                       "telecharge[rz] outlook|provenance : courrier|gesendet (?:von|mit) "
                                       "|inviato da |enviado desde |verstuurd vanaf |"
                                       "von meinem |outlook pour (?:ios|android)|yahoo mail )";

static const char disclaimers[] = "^[*_\\s]*(?:ce (?:message|courriel|mail|courrier electronique|e-mail)(?: "
                                  "electronique)?[^.]{0,60}(?:confidentiel|"
                                  "pieces? jointes?|destinataire|etabli|strictement|contien)|l'integrite de "
                                  "ce message|les informations contenues dans "
                                  "ce|avis de confidentialite|confidentialite|clause de non|avertissement[ "
                                  ":]*ce|this (?:e-?mail|message|communication|"
                                  "transmission)[^.]{0,80}(?:confidential|attachment|intended|privileged|"
                                  "contain)|the information (?:contained )?in "
                                  "this|the contents of this|confidentiality (?:notice|note)|disclaimer|if "
                                  "you (?:are not|have received this)|si vous "
                                  "(?:n'etes pas le|avez recu ce|recevez ce)|pensez? a "
                                  "l'environnement|pensons a|avant d'imprimer|n'imprimez|afin de "
                                  "preserver|please consider the environment|think before|diese e-?mail "
                                  "(?:enthalt|kann)|der inhalt dieser|este (?:"
                                  "mensaje|correo)[^.]{0,40}confidencial|questo messaggio[^.]{0,40}|le "
                                  "informazioni contenute|dit (?:bericht|e-?mail)"
                                  "[^.]{0,40}vertrouwelijk|registered (?:office|in england)|protegez "
                                  "l'environnement|garanti sans virus|l'absence de "
                                  "virus|cet e-mail a ete verifie|virus-free|avast)";

/* What the recipient's gateway puts above a message. */
static const char banners[]
    = "^[\\[*\\s!]*(?:external(?: email| "
      "sender)?\\]|externe?\\]|caution\\s?:|attention\\s?:\\s?(?:ce|this|courriel|message)|"
      "\\[?(?:external|externe)\\]?$|this (?:e-?mail|message) (?:originated|came) from outside|ce "
      "(?:message|mail|courriel) "
      "(?:provient|a ete envoye|vient) (?:d'un expediteur |de l'|depuis l')?exter|you don't often get email "
      "from|vous "
      "n'obtenez pas souvent d'e-mail|vous ne recevez pas souvent)";

typedef enum
{
  LINE_SEPARATOR,
  LINE_ATTRIBUTION,
  LINE_HEADER_FIRST,
  LINE_HEADER_NEXT,
  LINE_CLOSING,
  LINE_PHONE,
  LINE_DISCLAIMER,
  LINE_BANNER,
  N_LINES,
} LineKind;

static gboolean
is_line (LineKind kind, const char *folded)
{
  static const char *const patterns[N_LINES] = { separators, attribution,      header_first, header_next,
                                                 closing,    phone_signatures, disclaimers,  banners };
  static GRegex *compiled[N_LINES];
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
        {
          g_autoptr (GError) error = NULL;

          compiled[i] = g_regex_new (patterns[i], G_REGEX_OPTIMIZE, 0, &error);
          if (compiled[i] == NULL)
            g_error ("line %" G_GSIZE_FORMAT ": %s", i, error->message);
        }
      g_once_init_leave (&done, 1);
    }
  return g_regex_match (compiled[kind], folded, 0, NULL);
}

/* The lines of a text with their folded form, which is "" for those too long to be anything special. */
typedef struct
{
  GPtrArray *lines;  /* (element-type utf8) */
  GPtrArray *folded; /* (element-type utf8) */
} Lines;

static void
lines_clear (Lines *lines)
{
  g_ptr_array_unref (lines->lines);
  g_ptr_array_unref (lines->folded);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lines, lines_clear)

static void
lines_init (Lines *self, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) split = NULL;
  g_autoptr (GString) plain = g_string_new (valid);

  g_string_replace (plain, "\r\n", "\n", 0);
  g_strdelimit (plain->str, "\r", '\n');
  split = g_strsplit (plain->str, "\n", MAX_LINES);
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->folded = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; split[i] != NULL; i++)
    {
      /* The last part holds all the rest of an endless text. */
      if (i == MAX_LINES - 1)
        break;
      g_ptr_array_add (self->lines, g_strdup (g_strchomp (split[i])));
      g_ptr_array_add (self->folded, strlen (split[i]) < 1000 ? rubis_text_fold (split[i]) : g_strdup (""));
    }
}

static const char *
folded_at (const Lines *self, guint i)
{
  return i < self->folded->len ? g_ptr_array_index (self->folded, i) : "";
}

static gboolean
is_quoted (const Lines *self, guint i)
{
  const char *line = i < self->lines->len ? g_ptr_array_index (self->lines, i) : "";

  while (*line == ' ')
    line++;
  return *line == '>' || *line == '|';
}

/* How many lines an attribution at @i takes; 0: there is none. Mail programs break it anywhere. */
static guint
count_attribution (const Lines *self, guint i)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint n = 0; n < 4 && i + n < self->folded->len; n++)
    {
      const char *line = folded_at (self, i + n);

      if (*line == '\0')
        return 0;
      if (n > 0)
        g_string_append_c (joined, ' ');
      g_string_append (joined, line);
      if (is_line (LINE_ATTRIBUTION, joined->str))
        return n + 1;
    }
  return 0;
}

/* "De : … Envoyé : … À : … Objet : …" */
static gboolean
is_header_block (const Lines *self, guint i)
{
  int n_found = 0;

  if (!is_line (LINE_HEADER_FIRST, folded_at (self, i)))
    return FALSE;
  for (guint k = i + 1; k < i + 7; k++)
    n_found += is_line (LINE_HEADER_NEXT, folded_at (self, k)) ? 1 : 0;
  return n_found >= 2;
}

static guint
skip_empty (const Lines *self, guint i)
{
  while (i < self->folded->len && *folded_at (self, i) == '\0')
    i++;
  return i;
}

/* A line of underscores above a block of headers. */
static gboolean
is_rule (const char *folded)
{
  return strlen (folded) >= 8 && strspn (folded, "_-=* ") == strlen (folded);
}

/* Puts what is not quoted into @kept. */
static void
drop_quotes (const Lines *self, GPtrArray *kept)
{
  guint i = 0;

  while (i < self->lines->len)
    {
      const char *line = g_ptr_array_index (self->lines, i);
      const char *folded = folded_at (self, i);
      guint n = count_attribution (self, i);

      if (n > 0)
        {
          guint next = skip_empty (self, i + n);

          /* Without marks, all below is the other message. */
          if (!is_quoted (self, next))
            return;
          i = next;
          continue;
        }
      if (is_line (LINE_SEPARATOR, folded) || is_header_block (self, i)
          || (is_rule (folded) && is_header_block (self, skip_empty (self, i + 1))))
        return;
      if (!is_quoted (self, i))
        g_ptr_array_add (kept, (gpointer)line);
      i++;
    }
}

/* A postscript below the signature counts as said. */
static gboolean
is_postscript (const char *folded)
{
  return g_str_has_prefix (folded, "ps") && (folded[2] == ' ' || folded[2] == ':' || folded[2] == '.');
}

/* Ends @out where the signature begins. TRUE when the line is part of none. */
static gboolean
is_said (const char *line, const char *folded, gboolean *signed_off, gboolean *done)
{
  if (g_str_equal (line, "--") || g_str_equal (line, "-- ") || is_line (LINE_PHONE, folded)
      || is_line (LINE_DISCLAIMER, folded))
    *done = TRUE;
  if (*done)
    return FALSE;
  if (*signed_off)
    return is_postscript (folded);
  if (strlen (folded) <= MAX_CLOSING && is_line (LINE_CLOSING, folded))
    {
      *signed_off = TRUE;
      return FALSE;
    }
  return !is_line (LINE_BANNER, folded);
}

char *
rubis_incoming_text_strip (const char *text)
{
  g_auto (Lines) lines = { 0 };
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  GString *out = g_string_new (NULL);
  gboolean signed_off = FALSE;
  gboolean done = FALSE;
  int n_empty = 0;

  lines_init (&lines, text);
  drop_quotes (&lines, kept);
  for (guint i = 0; i < kept->len && !done; i++)
    {
      const char *line = g_ptr_array_index (kept, i);
      g_autofree char *folded = strlen (line) < 1000 ? rubis_text_fold (line) : g_strdup ("");

      if (*line == '\0' || (*folded == '\0' && strlen (line) < 1000))
        {
          n_empty++;
          continue;
        }
      /* Thanks that open a message close nothing: something has to stand above. */
      if (out->len == 0 && is_line (LINE_CLOSING, folded))
        {
          g_string_append (out, line);
          n_empty = 0;
          continue;
        }
      if (!is_said (line, folded, &signed_off, &done))
        continue;
      if (out->len > 0)
        g_string_append (out, n_empty > 0 ? "\n\n" : "\n");
      g_string_append (out, line);
      n_empty = 0;
    }
  return g_string_free (out, FALSE);
}
