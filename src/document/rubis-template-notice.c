/* rubis-template-notice.c: what a formal notice must hold. */
#include "rubis-tone-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* What a notice says: to one customer, or in any of its branches. */
typedef struct {
  RubisTemplate *template;
  RubisDocumentContext *context; /* (nullable) */
  RubisFolded body;
  RubisFolded subject;
  gboolean prints[RUBIS_N_HASHTAGS];
  gboolean with_penalties; /* a list or total with penalties */
} Content;

#define MAX_ALTERNATIVES 6

/* Words of which one is needed, by language. */
typedef const char *const Alternatives[RUBIS_N_WORDS_LANGUAGES][MAX_ALTERNATIVES];

static Alternatives notice_words = {
  [RUBIS_WORDS_FRENCH] = { "mise en demeure", "mettons en demeure", "mis en demeure" },
  [RUBIS_WORDS_ENGLISH] = { "formal notice", "notice of default", "letter before action" },
  [RUBIS_WORDS_GERMAN] = { "mahnung", "verzug*", "inverzugsetzung", "fristsetzung" },
  [RUBIS_WORDS_SPANISH] = { "requerimiento*", "requerimos", "requiere*", "constitución en mora" },
  [RUBIS_WORDS_ITALIAN] = { "costituzione in mora", "messa in mora", "diffida*", "diffidiamo" },
  [RUBIS_WORDS_DUTCH] = { "ingebrekestelling", "in gebreke", "aanmaning", "sommatie", "sommeren" },
};

static Alternatives reserve_words = {
  [RUBIS_WORDS_FRENCH] = { "sauf à parfaire", "jusqu'au paiement", "jusqu'à parfait paiement" },
  [RUBIS_WORDS_ENGLISH] = { "without prejudice", "until full payment", "until payment", "accru*" },
  [RUBIS_WORDS_GERMAN] = { "bis zur vollständigen zahlung", "bis zur zahlung", "bis zum zahlungseingang",
                           "weiter*" },
  [RUBIS_WORDS_SPANISH] = { "hasta el pago", "hasta su pago", "hasta el completo pago", "sin perjuicio" },
  [RUBIS_WORDS_ITALIAN] = { "fino al saldo", "fino al pagamento", "sino al saldo", "salvo*" },
  [RUBIS_WORDS_DUTCH] = { "tot aan", "tot de dag", "tot volledige betaling", "onverminderd" },
};

static Alternatives basis_words = {
  [RUBIS_WORDS_FRENCH] = { "article*", "art.", "code*" },
  [RUBIS_WORDS_ENGLISH] = { "article*", "section*", "act", "code", "directive*" },
  [RUBIS_WORDS_GERMAN] = { "§*", "artikel*", "art.", "bgb", "gesetz*" },
  [RUBIS_WORDS_SPANISH] = { "artículo*", "art.", "ley", "código*" },
  [RUBIS_WORDS_ITALIAN] = { "articol*", "art.", "legge*", "decreto*", "d.lgs*" },
  [RUBIS_WORDS_DUTCH] = { "artikel*", "art.", "wet*", "wetboek" },
};

static Alternatives consequence_words = {
  [RUBIS_WORDS_FRENCH] = { "juridiction*", "tribunal*", "justice", "judiciaire*", "saisir*" },
  [RUBIS_WORDS_ENGLISH] = { "court*", "legal*", "proceedings", "judicial*" },
  [RUBIS_WORDS_GERMAN] = { "gericht*", "mahnverfahren", "rechtlich*", "klage*" },
  [RUBIS_WORDS_SPANISH] = { "juzgado*", "tribunal*", "judicial*", "jurisdicci*", "legales" },
  [RUBIS_WORDS_ITALIAN] = { "giudizi*", "tribunale", "autorità", "legal*", "giudice" },
  [RUBIS_WORDS_DUTCH] = { "rechter*", "gerechtelijk*", "rechtbank*", "juridisch*", "rechts*" },
};

static Alternatives dispute_words = {
  [RUBIS_WORDS_FRENCH] = { "contest*", "litige*", "désaccord", "réclamation*" },
  [RUBIS_WORDS_ENGLISH] = { "contest*", "disput*", "disagree*", "object*" },
  [RUBIS_WORDS_GERMAN] = { "einwend*", "einwänd*", "bestreit*", "beanstand*", "widersprech*" },
  [RUBIS_WORDS_SPANISH] = { "disconform*", "oposición*", "impugn*", "discrepa*", "objeci*",
                            "no está conforme" },
  [RUBIS_WORDS_ITALIAN] = { "contest*", "opposizione", "eccezion*" },
  [RUBIS_WORDS_DUTCH] = { "betwist*", "bezwaar*", "oneens", "niet eens" },
};

static gboolean
holds_any (Content *content, const RubisFolded *text, Alternatives words)
{
  RubisWordsLanguage language = rubis_words_find_language (content->template->language);

  /* Of a language whose words are not known nothing can be said. */
  if (!rubis_tone_speaks (content->template->language))
    return TRUE;
  for (gsize i = 0; i < MAX_ALTERNATIVES && words[language][i] != NULL; i++)
    {
      gsize end;

      if (rubis_folded_find (text, words[language][i], 0, &end) >= 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
prints_any (Content *content, const RubisHashtag *hashtags, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (content->prints[hashtags[i]])
        return TRUE;
    }
  return FALSE;
}

static void
note_node (Content *content, const RubisNode *node)
{
  if (node->kind != RUBIS_NODE_TAG && node->kind != RUBIS_NODE_DEFAULT)
    return;
  content->prints[node->hashtag] = TRUE;
  if ((node->modifiers & RUBIS_LIST_WITH_PENALTIES) != 0)
    content->with_penalties = TRUE;
}

/* Every branch. */
static void
collect (Content *content, GPtrArray *nodes, RubisFolded *text)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);

      note_node (content, node);
      rubis_folded_append (text, " ", 0, 1);
      if (node->text != NULL)
        rubis_folded_append (text, node->text, 0, strlen (node->text));
      collect (content, node->first, text);
      collect (content, node->second, text);
    }
}

/* The branches of one customer. */
static void
collect_for (Content *content, GPtrArray *nodes, RubisFolded *text)
{
  g_autoptr(GPtrArray) marked = g_ptr_array_new ();
  g_autoptr(GString) expanded = g_string_new (NULL);

  rubis_nodes_expand (nodes, content->context, expanded, marked);
  rubis_folded_append (text, expanded->str, 0, expanded->len);
  for (guint i = 0; i < marked->len; i++)
    note_node (content, g_ptr_array_index (marked, i));
}

static void
check_subject (Content *content, RubisReading *reading)
{
  if (!holds_any (content, &content->subject, notice_words))
    rubis_reading_report (
      reading, RUBIS_PROBLEM_WARNING, "notice-subject", content->template->subject_offset, 0,
      _("the subject of a formal notice must say what it is: “mise en demeure de payer”"));
}

#define lacks(content, reading, severity, code, ...)                                                         \
  rubis_reading_report ((reading), (severity), (code), (content)->template->body_offset, 0, __VA_ARGS__)

static const char *
name_of (Content *content, RubisHashtag hashtag)
{
  return rubis_hashtag_get_name (hashtag, content->template->language);
}

static void
check_claim (Content *content, RubisReading *reading)
{
  static const RubisHashtag invoices[] = { RUBIS_HASHTAG_LIST_SELECTED, RUBIS_HASHTAG_LIST_OVERDUE,
                                           RUBIS_HASHTAG_LIST_ITEMS, RUBIS_HASHTAG_INVOICE_NUMBER,
                                           RUBIS_HASHTAG_CLAIMED_INSTALMENTS };
  static const RubisHashtag totals[] = { RUBIS_HASHTAG_TOTAL_WITH_PENALTIES, RUBIS_HASHTAG_TOTAL_UNDISPUTED,
                                         RUBIS_HASHTAG_TOTAL_SELECTED,       RUBIS_HASHTAG_TOTAL_OVERDUE,
                                         RUBIS_HASHTAG_TOTAL_OPEN,           RUBIS_HASHTAG_BALANCE,
                                         RUBIS_HASHTAG_OPEN_AMOUNT,          RUBIS_HASHTAG_PLAN_AMOUNT };
  static const RubisHashtag means[] = { RUBIS_HASHTAG_PAYMENT_QR, RUBIS_HASHTAG_COMPANY_IBAN,
                                        RUBIS_HASHTAG_PAYMENT_LINK };

  if (!prints_any (content, invoices, G_N_ELEMENTS (invoices)))
    lacks (content, reading, RUBIS_PROBLEM_WARNING, "notice-invoices",
           _("a formal notice must name the invoices: #%s"), name_of (content, RUBIS_HASHTAG_LIST_SELECTED));
  if (!prints_any (content, totals, G_N_ELEMENTS (totals)))
    lacks (content, reading, RUBIS_PROBLEM_WARNING, "notice-total",
           _("a formal notice must state the sum that it asks for: #%s"),
           name_of (content, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES));
  if (!content->prints[RUBIS_HASHTAG_DEADLINE])
    lacks (content, reading, RUBIS_PROBLEM_WARNING, "notice-deadline",
           _("a formal notice needs a date by which to pay: #%s"),
           name_of (content, RUBIS_HASHTAG_DEADLINE));
  if (!prints_any (content, means, G_N_ELEMENTS (means)))
    lacks (content, reading, RUBIS_PROBLEM_WARNING, "notice-means",
           _("the customer is not told how to pay: #%s"), name_of (content, RUBIS_HASHTAG_PAYMENT_QR));
}

static void
check_wording (Content *content, RubisReading *reading)
{
  static const RubisHashtag signatures[] = { RUBIS_HASHTAG_USER_SIGNATURE, RUBIS_HASHTAG_USER_NAME };

  if (!holds_any (content, &content->body, notice_words))
    lacks (content, reading, RUBIS_PROBLEM_WARNING, "notice-words",
           _("a formal notice must say that it is one: “mise en demeure”"));
  if (!holds_any (content, &content->body, consequence_words))
    lacks (content, reading, RUBIS_PROBLEM_WARNING, "notice-consequences",
           _("a formal notice must say what follows if it is not heeded: the competent court"));
  if (!holds_any (content, &content->body, dispute_words))
    lacks (content, reading, RUBIS_PROBLEM_WARNING, "notice-dispute",
           _("a formal notice must invite the customer to say what is contested, and why"));
  if (!prints_any (content, signatures, G_N_ELEMENTS (signatures)))
    lacks (content, reading, RUBIS_PROBLEM_WARNING, "notice-signature",
           _("a formal notice must be signed: #%s"), name_of (content, RUBIS_HASHTAG_USER_SIGNATURE));
}

static void
check_penalties (Content *content, RubisReading *reading)
{
  static const RubisHashtag penalties[] = { RUBIS_HASHTAG_PENALTY_AMOUNT, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES,
                                            RUBIS_HASHTAG_PENALTY_DETAIL };

  if (!content->with_penalties && !prints_any (content, penalties, G_N_ELEMENTS (penalties)))
    return;
  if (!content->prints[RUBIS_HASHTAG_PENALTY_DATE] || !holds_any (content, &content->body, reserve_words))
    lacks (content, reading, RUBIS_PROBLEM_WARNING, "notice-penalty-date",
           _("penalties must be computed to a stated date, “sauf à parfaire”: #%s"),
           name_of (content, RUBIS_HASHTAG_PENALTY_DATE));
  /* What a public body owes is at a rate of the law that the text may quote in words. */
  if ((!content->prints[RUBIS_HASHTAG_PENALTY_RATE] &&
       !(content->context != NULL &&
         rubis_document_context_has (content->context, RUBIS_HASHTAG_IS_PUBLIC_BODY))) ||
      !holds_any (content, &content->body, basis_words))
    lacks (content, reading, RUBIS_PROBLEM_WARNING, "notice-penalty-basis",
           _("penalties need their rate and their legal basis: #%s"),
           name_of (content, RUBIS_HASHTAG_PENALTY_RATE));
}

/* Who writes to whom, which the letterhead and the address show. */
static void
check_parties (Content *content, RubisReading *reading)
{
  static const struct {
    RubisHashtag hashtag;
    const char *code;
  } needed[] = {
    { RUBIS_HASHTAG_COMPANY_NAME, "notice-sender" },
    { RUBIS_HASHTAG_COMPANY_ADDRESS, "notice-sender" },
    { RUBIS_HASHTAG_CUSTOMER_NAME, "notice-recipient" },
    { RUBIS_HASHTAG_CUSTOMER_ADDRESS, "notice-recipient" },
  };

  if (content->context == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      if (!rubis_document_context_has (content->context, needed[i].hashtag))
        lacks (content, reading, RUBIS_PROBLEM_WARNING, needed[i].code,
               _("a formal notice shows who writes to whom; what is missing: %s"),
               rubis_hashtag_get_description (needed[i].hashtag));
    }
}

/* What makes a notice stronger, and easier to prove. */
static void
check_proof (Content *content, RubisReading *reading)
{
  static const RubisHashtag reminders[] = { RUBIS_HASHTAG_REMINDER_HISTORY,
                                            RUBIS_HASHTAG_PREVIOUS_REMINDER_DATE };

  if (content->template->channel != RUBIS_CHANNEL_REGISTERED)
    lacks (
      content, reading, RUBIS_PROBLEM_ADVICE, "notice-channel",
      _("a formal notice is best sent as registered letter, which proves its date: channel: registered"));
  if (!prints_any (content, reminders, G_N_ELEMENTS (reminders)))
    lacks (content, reading, RUBIS_PROBLEM_ADVICE, "notice-reminders",
           _("a formal notice that recalls the earlier reminders is stronger: #%s"),
           name_of (content, RUBIS_HASHTAG_REMINDER_HISTORY));
  if (!content->prints[RUBIS_HASHTAG_ENCLOSURES])
    lacks (content, reading, RUBIS_PROBLEM_ADVICE, "notice-enclosures",
           _("a formal notice lists the copies that are enclosed: #%s"),
           name_of (content, RUBIS_HASHTAG_ENCLOSURES));
}

void
rubis_notice_check (RubisTemplate *template, RubisDocumentContext *context, gboolean advise,
                    RubisReading *reading)
{
  Content content = { template, context };

  if (template->kind != RUBIS_TEMPLATE_FORMAL)
    return;
  rubis_folded_init (&content.body);
  rubis_folded_init (&content.subject);
  if (context != NULL)
    {
      collect_for (&content, template->body, &content.body);
      collect_for (&content, template->subject, &content.subject);
    }
  else
    {
      collect (&content, template->body, &content.body);
      collect (&content, template->subject, &content.subject);
    }
  check_parties (&content, reading);
  check_subject (&content, reading);
  check_claim (&content, reading);
  check_penalties (&content, reading);
  check_wording (&content, reading);
  if (advise)
    check_proof (&content, reading);
  rubis_folded_clear (&content.body);
  rubis_folded_clear (&content.subject);
}

GPtrArray *
rubis_template_missing_elements (RubisTemplate *template, RubisDocumentContext *context)
{
  RubisReading reading;
  GPtrArray *missing;

  g_return_val_if_fail (template != NULL, NULL);

  rubis_reading_init (&reading);
  rubis_notice_check (template, context, FALSE, &reading);
  missing = g_steal_pointer (&reading.problems);
  rubis_reading_clear (&reading);
  for (guint i = 0; i < missing->len; i++)
    {
      RubisTemplateProblem *problem = g_ptr_array_index (missing, i);

      problem->offset = 0;
      problem->line = problem->column = 1;
    }
  return missing;
}
