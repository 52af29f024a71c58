#include "rubis-template.h"
#include "rubis-test.h"

#include <string.h>

#define HEAD "---\nid: t\nlanguage: fr\nchannel: email\nsubject: S\n---\n"

static RubisTemplate *
parse (const char *body)
{
  g_autofree char *text = g_strconcat (HEAD, body, NULL);
  g_autoptr(GError) error = NULL;
  RubisTemplate *template = rubis_template_new (text, "t.md", &error);

  g_assert_no_error (error);
  return template;
}

static RubisDocumentContext *
new_context (void)
{
  RubisDocumentContext *context =
    rubis_document_context_new ("fr", rubis_date_from_ymd (2026, 11, 2), RUBIS_CURRENCY_EUR);

  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_NAME, "Garçon & Fils");
  return context;
}

/* The body filled and written as text, without its last line feed. */
static char *
fill (const char *body, RubisDocumentContext *context)
{
  g_autoptr(RubisTemplate) template = parse (body);
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisDocument) document =
    rubis_template_render (template, context, RUBIS_RENDER_STRICT, &error);

  g_assert_no_error (error);
  return g_strchomp (rubis_document_to_text (document, 0));
}

static void
add_item (RubisDocumentContext *context, const char *number, gint64 open, int days_late)
{
  RubisDocumentItem item = { number };

  item.issue_date = rubis_date_from_ymd (2026, 9, 1);
  item.due_date = rubis_date_from_ymd (2026, 11, 2) - days_late;
  item.days_late = days_late;
  item.currency = RUBIS_CURRENCY_EUR;
  item.total = item.open = open;
  if (open < 0)
    item.type = RUBIS_ITEM_CREDIT;
  rubis_document_context_add_item (context, &item);
}

static void
test_lookup (void)
{
  static const struct {
    const char *name;
    int hashtag; /* -1: unknown */
    RubisListModifiers modifiers;
  } cases[] = {
    { "NomClient", RUBIS_HASHTAG_CUSTOMER_NAME, 0 },
    { "nomclient", RUBIS_HASHTAG_CUSTOMER_NAME, 0 },
    { "NÔMCLIENT", RUBIS_HASHTAG_CUSTOMER_NAME, 0 },
    { "CustomerName", RUBIS_HASHTAG_CUSTOMER_NAME, 0 },
    { "DateÉchéance", RUBIS_HASHTAG_DUE_DATE, 0 },
    { "Balance0_30", RUBIS_HASHTAG_AGING_0_30, 0 },
    { "ChampClient12", RUBIS_HASHTAG_CUSTOMER_FIELD_12, 0 },
    { "Logo10", RUBIS_HASHTAG_LOGO_10, 0 },
    { "ListeEchues_AvecPenalites_SansLitiges", RUBIS_HASHTAG_LIST_OVERDUE,
      RUBIS_LIST_WITH_PENALTIES | RUBIS_LIST_WITHOUT_DISPUTES },
    { "OverdueList_WithPenalties", RUBIS_HASHTAG_LIST_OVERDUE, RUBIS_LIST_WITH_PENALTIES },
    { "ListeEchues_AvecPenalites_SansPenalites", -1, 0 },
    { "NomClient_AvecPenalites", -1, 0 },
    { "ListeEchues_Truc", -1, 0 },
    { "NomClients", -1, 0 },
    { "Nom", -1, 0 },
    { "ListeEcheancier", RUBIS_HASHTAG_INSTALMENTS_GRID, 0 },
    { "échéancier", RUBIS_HASHTAG_INSTALMENTS_GRID, 0 },
    { "TotalEchu_AvecPenalites", RUBIS_HASHTAG_TOTAL_OVERDUE, RUBIS_LIST_WITH_PENALTIES },
    { "TotalOverdue_WithoutDisputes", RUBIS_HASHTAG_TOTAL_OVERDUE, RUBIS_LIST_WITHOUT_DISPUTES },
    { "TotalLitige_SansLitiges", -1, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RubisHashtag hashtag = RUBIS_N_HASHTAGS;
      RubisListModifiers modifiers = RUBIS_LIST_PLAIN;

      g_test_message ("%s", cases[i].name);
      g_assert_cmpint (rubis_hashtag_lookup (cases[i].name, &hashtag, &modifiers), ==,
                       cases[i].hashtag >= 0);
      if (cases[i].hashtag >= 0)
        {
          g_assert_cmpint ((int) hashtag, ==, cases[i].hashtag);
          g_assert_cmpint (modifiers, ==, cases[i].modifiers);
        }
    }
}

static void
test_slips (void)
{
  static const struct {
    const char *typed;
    const char *meant;
  } slips[] = {
    { "NomCleint", "NomClient" },
    { "TotalEchus", "TotalEchu" },
    { "ListeEchues_AvecPenalité", "ListeEchues_AvecPenalites" },
    { "SelectedList_WithPenalty", "SelectedList_WithPenalties" },
    { "zzzzzzzzzz", NULL },
    { "ListeEchues_zzzzzzzzzz", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      g_autofree char *name = rubis_hashtag_suggest (slips[i].typed);

      g_assert_cmpstr (name, ==, slips[i].meant);
    }
}

/* Every hashtag can be found by both of its names and says what it is. */
static void
test_catalogue (void)
{
  for (int i = 0; i < RUBIS_N_HASHTAGS; i++)
    {
      const char *languages[] = { "fr", "en" };

      for (gsize j = 0; j < G_N_ELEMENTS (languages); j++)
        {
          const char *name = rubis_hashtag_get_name (i, languages[j]);
          RubisHashtag found;

          g_test_message ("%d", i);
          g_assert_nonnull (name);
          g_assert_true (rubis_hashtag_lookup (name, &found, NULL));
          g_assert_cmpint ((int) found, ==, i);
        }
      g_assert_cmpuint (strlen (rubis_hashtag_get_description (i)), >, 5);
      g_assert_cmpuint (strlen (rubis_hashtag_family_to_label (rubis_hashtag_get_family (i))), >, 2);
    }
}

static void
test_errors (void)
{
  static const struct {
    const char *text;
    int code;
    const char *message;
  } cases[] = {
    { HEAD "Bonjour #NomCleint,", RUBIS_TEMPLATE_ERROR_UNKNOWN,
      "t.md, line 7: unknown hashtag #NomCleint, did you mean #NomClient?" },
    { HEAD "a\nb\n\nC##, #Zzzzzzz", RUBIS_TEMPLATE_ERROR_UNKNOWN,
      "t.md, line 10: unknown hashtag #Zzzzzzz; write ## for a plain # sign" },
    { HEAD "#SI{#NomClient}a", RUBIS_TEMPLATE_ERROR_LOGIC,
      "t.md, line 7: #SI is never closed: #FIN is missing" },
    { HEAD "\na #FIN", RUBIS_TEMPLATE_ERROR_LOGIC, "t.md, line 8: #FIN without #SI" },
    { HEAD "#SI{NomClient}a#FIN", RUBIS_TEMPLATE_ERROR_LOGIC,
      "t.md, line 7: the condition “NomClient” is not understood at “NomClient”: "
      "write #SI{#Hashtag} or #SI{#Hashtag > 10}" },
    { HEAD "#SI{#TotalEchu > beaucoup}a#FIN", RUBIS_TEMPLATE_ERROR_LOGIC,
      "t.md, line 7: #TotalEchu must be compared with a number or a \"text\"" },
    { HEAD "#PLURIEL{facture}", RUBIS_TEMPLATE_ERROR_LOGIC,
      "t.md, line 7: write #PLURIEL{facture|factures}: the singular, then the plural" },
    { HEAD "Voir #ListeEchues ci-dessous", RUBIS_TEMPLATE_ERROR_FORMAT,
      "t.md, line 7: #ListeEchues must stand alone on its line" },
    { HEAD "#ClientPublic", RUBIS_TEMPLATE_ERROR_LOGIC,
      "t.md, line 7: #ClientPublic is true or false and cannot be printed: use it in #SI{#ClientPublic}" },
    { "Bonjour", RUBIS_TEMPLATE_ERROR_FORMAT,
      "t.md, line 1: a template starts with its description between two lines of ---" },
    { "---\nid: a\n---\n", RUBIS_TEMPLATE_ERROR_FORMAT,
      "t.md, line 3: a template needs an id and a language" },
    { "---\nid: a\ncolour: red\n---\n", RUBIS_TEMPLATE_ERROR_FORMAT, "t.md, line 3: unknown field “colour”" },
    { "---\nid: a\nlanguage: fr\nchannel: pigeon\n---\n", RUBIS_TEMPLATE_ERROR_FORMAT,
      "t.md, line 4: unknown channel “pigeon”: email, letter, registered, call or sms" },
    { "---\nid: a\nlanguage: fr\nsubject: #Nop\n---\n", RUBIS_TEMPLATE_ERROR_UNKNOWN, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      RubisTemplate *template = rubis_template_new (cases[i].text, "t.md", &error);

      g_test_message ("%s", cases[i].text);
      g_assert_null (template);
      g_assert_error (error, RUBIS_TEMPLATE_ERROR, cases[i].code);
      if (cases[i].message != NULL)
        g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_front_matter (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisTemplate) template = rubis_template_new (
    "\xef\xbb\xbf---\r\nid: mise-en-demeure\r\nname: Mise en demeure\r\nlanguage: fr\r\n"
    "channel: registered\r\nkind: formal\r\nsubject: Pour #NomClient : ##1\r\n---\r\nTexte",
    "x", &error);
  g_autoptr(RubisDocumentContext) context = new_context ();
  g_autoptr(RubisDocument) document = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (rubis_template_get_id (template), ==, "mise-en-demeure");
  g_assert_cmpstr (rubis_template_get_name (template), ==, "Mise en demeure");
  g_assert_cmpstr (rubis_template_get_language (template), ==, "fr");
  g_assert_cmpint (rubis_template_get_channel (template), ==, RUBIS_CHANNEL_REGISTERED);
  g_assert_cmpint (rubis_template_get_kind (template), ==, RUBIS_TEMPLATE_FORMAL);
  g_assert_true (rubis_template_uses (template, RUBIS_HASHTAG_CUSTOMER_NAME));
  g_assert_false (rubis_template_uses (template, RUBIS_HASHTAG_SIREN));
  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_ADDRESS, "A\nB");
  document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rubis_document_get_subject (document), ==, "Pour Garçon & Fils\u00a0: #1");
}

/* What the logic and the escapes make of a text; the context has two late invoices. */
static void
test_logic (void)
{
  static const struct {
    const char *body;
    const char *text;
  } cases[] = {
    { "C## et ##NomClient", "C# et #NomClient" },
    { "n° 12 #1 et # seul", "n° 12 #1 et # seul" },
    { "## Titre\n\nTexte", "Titre\n\nTexte" },
    { "#PLURIEL{la facture|les factures}", "les factures" },
    { "#SI{#NomClient}oui#SINONnon#FIN.", "oui." },
    { "#SI{non #NomClient}oui#SINONnon#FIN.", "non." },
    { "#si{#Siren}oui#Sinon non#fin.", "non." },
    { "#IF{not #Siren and #CustomerName}yes#ELSE no#END", "yes" },
    { "#SI{#TotalEchu > 1500}grand#SINONpetit#FIN", "grand" },
    { "#SI{#TotalEchu >= 1600,50}grand#SINONpetit#FIN", "grand" },
    { "#SI{#TotalEchu > 1600.50}grand#SINONpetit#FIN", "petit" },
    { "#SI{#NombreFactures = 2 et (#Siren ou #NomClient)}a#FIN", "a" },
    { "#SI{#NomClient = \"garçon & fils\"}a#SINONb#FIN", "a" },
    { "#SI{#EcheanceLaPlusAncienne < \"2026-11-01\"}a#SINONb#FIN", "a" },
    { "avant\n#SI{#Siren}\ncaché\n#FIN\n\naprès", "avant\n\naprès" },
    { "avant\n\n#SI{#NomClient}\nvu #SI{#Siren}non#SINONoui#FIN\n#FIN\n\naprès", "avant\n\nvu oui\n\naprès" },
    { "#DEFAUT{#NomContact|Madame, Monsieur}, #DEFAUT{#NomClient|x}", "Madame, Monsieur, Garçon & Fils" },
    { "#DÉFAUT{#Siren|#NomClient}", "Garçon & Fils" },
    { "**#NomClient** et _#NomClient_", "Garçon & Fils et Garçon & Fils" },
    { "#PLURIEL{#NumeroRelance|rappel|rappels}", "rappel" },
    { "#PLURAL{#InvoiceCount|invoice|invoices}", "invoices" },
    { "#PLURIEL{#NomClient|les factures}", "les factures" },
    { "Total : #TotalEchu !", "Total\u00a0: 1\u202f600,50\u00a0€\u00a0!" },
    { "Le #EcheanceLaPlusAncienne", "Le 3\u00a0octobre 2026" },
    { "- un\n- deux\n\n3. trois\n4. quatre", "– un\n– deux\n\n3. trois\n4. quatre" },
    { "#FormuleAppel", "Madame, Monsieur," },
    { "#FormulePolitesse", "Bien cordialement," },
  };
  g_autoptr(RubisDocumentContext) context = new_context ();

  rubis_document_context_set_count (context, RUBIS_HASHTAG_REMINDER_NUMBER, 1);
  add_item (context, "F1", 100000, 30);
  add_item (context, "F2", 60050, 10);
  g_assert_true (rubis_document_context_complete (context, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = fill (cases[i].body, context);

      g_test_message ("%s", cases[i].body);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* The total of a list with modifiers is what that list asks for: a contested part, interest, an indemnity. */
static void
test_modifiers (void)
{
  static const struct {
    const char *body;
    const char *text;
  } cases[] = {
    { "#TotalEchu_AvecPenalites", "1\u202f652,50\u00a0€" },
    { "#TotalEchu_SansLitiges et #TotalEchu_SansPenalites", "1\u202f500,50\u00a0€ et 1\u202f600,50\u00a0€" },
    { "#TotalSelection_AvecPenalites, #TotalNonEchu_SansLitiges", "1\u202f652,50\u00a0€, 0,00\u00a0€" },
    { "#SI{#TotalEchu_AvecPenalites > 1652 et #TotalEchu_AvecPenalites <= 1652,50}a#SINONb#FIN", "a" },
    { "#SI{#TotalNonEchu_AvecPenalites}a#SINONb#FIN", "b" },
  };
  g_autoptr(RubisDocumentContext) context = new_context ();
  RubisDocumentItem item = { "F1" };

  item.issue_date = rubis_date_from_ymd (2026, 9, 1);
  item.due_date = rubis_date_from_ymd (2026, 10, 3);
  item.days_late = 30;
  item.currency = RUBIS_CURRENCY_EUR;
  item.total = item.open = 100000;
  item.disputed = 10000;
  item.penalty = 11200;
  item.indemnity = 4000;
  rubis_document_context_add_item (context, &item);
  add_item (context, "F2", 60050, 10);
  g_assert_true (rubis_document_context_complete (context, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = fill (cases[i].body, context);

      g_test_message ("%s", cases[i].body);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_missing (void)
{
  g_autoptr(RubisTemplate) template =
    parse ("#NomClient\n\n#Siren\n\n#QrPaiement\n\n#MaSignature\n\n#ListeEchues");
  g_autoptr(RubisDocumentContext) context = new_context ();
  g_autoptr(RubisDocument) preview = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *html = NULL;

  g_assert_null (rubis_template_render (template, context, RUBIS_RENDER_STRICT, &error));
  g_assert_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_MISSING);
  g_assert_cmpstr (error->message, ==,
                   "t.md: no value for #Siren (line 9), #MonIban (line 11), #MonNom (line 13), "
                   "#ListeEchues (line 15); fill it in, or put it between #SI and #FIN");
  g_clear_error (&error);
  preview = rubis_template_render (template, context, RUBIS_RENDER_PREVIEW, &error);
  g_assert_no_error (error);
  html = rubis_document_to_html (preview, 0);
  g_assert_nonnull (strstr (html, "<span style=\"color:#c01c28;\">#Siren</span>"));
}

/* A letter without an address cannot be posted, whether the text prints it or not. */
static void
test_missing_address (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisTemplate) template =
    rubis_template_new ("---\nid: a\nlanguage: en\nchannel: letter\n---\nHello", "a.md", &error);
  g_autoptr(RubisDocumentContext) context = new_context ();

  g_assert_null (rubis_template_render (template, context, RUBIS_RENDER_STRICT, &error));
  g_assert_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "#CustomerAddress"));
}

/* Trap 5.53: a value is text, whatever it looks like. */
static void
test_injection (void)
{
  const char *evil = "<b>A&B</b> *gras* #TotalDu #SI{x} [l](http://x) \"q\" `c` \\";
  g_autoptr(RubisDocumentContext) context = new_context ();
  g_autoptr(RubisTemplate) template = parse ("**#NomClient**\n\n[payer](#LienPaiement)");
  g_autoptr(RubisDocument) document = NULL;
  g_autofree char *html = NULL;
  g_autofree char *text = NULL;

  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_NAME, evil);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_LINK, "javascript:alert(1)");
  document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, NULL);
  html = rubis_document_to_html (document, 0x2a4a6b);
  text = rubis_document_to_text (document, 0);
  g_assert_nonnull (strstr (html, "<strong>&lt;b&gt;A&amp;B&lt;/b&gt; *gras* #TotalDu #SI{x} [l](http://x) "
                                  "&quot;q&quot; `c` \\</strong>"));
  g_assert_null (strstr (html, "javascript"));
  g_assert_true (g_str_has_prefix (text, evil));
}

static void
test_links (void)
{
  g_autoptr(RubisDocumentContext) context = new_context ();
  g_autoptr(RubisTemplate) template = parse ("[Régler](#LienPaiement), <b>html</b>");
  g_autoptr(RubisDocument) document = NULL;
  g_autofree char *html = NULL;
  g_autofree char *text = NULL;

  rubis_document_context_set_text (context, RUBIS_HASHTAG_PAYMENT_LINK, "https://pay.example/?a=1&b=\"2\"");
  document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, NULL);
  html = rubis_document_to_html (document, 0x2a4a6b);
  text = rubis_document_to_text (document, 0);
  g_assert_nonnull (
    strstr (html, "<a href=\"https://pay.example/?a=1&amp;b=&quot;2&quot;\" class=\"rubis-accent\" style=\"color:#2a4a6b;\">"
                  "Régler</a>, &lt;b&gt;html&lt;/b&gt;"));
  g_assert_cmpstr (text, ==, "Régler <https://pay.example/?a=1&b=\"2\">, <b>html</b>\n");
}

static void
test_text_wraps (void)
{
  g_autoptr(RubisDocumentContext) context = new_context ();
  g_autoptr(RubisTemplate) template = parse ("un deux trois quatre cinq\n\n- six sept huit neuf dix");
  g_autoptr(RubisDocument) document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, NULL);
  g_autofree char *text = rubis_document_to_text (document, 14);

  g_assert_cmpstr (text, ==, "un deux trois\nquatre cinq\n\n– six sept\n  huit neuf\n  dix\n");
}

/* A grid made by the caller: headings, alignment, total, and nothing in a cell is markup. */
static void
test_grid (void)
{
  g_autoptr(RubisDocumentContext) context = new_context ();
  g_autoptr(RubisGrid) grid = rubis_grid_new ();
  g_autoptr(RubisTemplate) template = parse ("Voici\u00a0:\n\n#Echeancier\n\nFin.");
  g_autoptr(RubisDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *wide = NULL;
  g_autofree char *narrow = NULL;
  g_autofree char *html = NULL;

  rubis_grid_add_column (grid, "Date", RUBIS_GRID_LEFT, 1);
  rubis_grid_add_column (grid, "Fait", RUBIS_GRID_LEFT, 3);
  rubis_grid_add_column (grid, "Montant", RUBIS_GRID_RIGHT, 1);
  rubis_document_context_set_grid (context, RUBIS_HASHTAG_INSTALMENTS_GRID, grid);
  g_assert_false (rubis_document_context_has (context, RUBIS_HASHTAG_INSTALMENTS_GRID));
  document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, &error);
  g_assert_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_MISSING);
  rubis_grid_add_row (grid,
                      (const char *[]){ "01/12/2026", "#NomClient <b>*un*</b> & \"deux\"", "9,50\u00a0€" });
  rubis_grid_add_row (grid, (const char *[]){ "01/01/2027", NULL, "1\u202f000,00\u00a0€" });
  rubis_grid_add_total (grid, (const char *[]){ "Total", "", "1\u202f009,50\u00a0€" });
  rubis_document_context_set_grid (context, RUBIS_HASHTAG_INSTALMENTS_GRID, grid);
  document = rubis_template_render (template, context, RUBIS_RENDER_STRICT, NULL);
  wide = rubis_document_to_text (document, 0);
  narrow = rubis_document_to_text (document, 40);
  html = rubis_document_to_html (document, 0);
  g_assert_cmpstr (wide, ==,
                   "Voici\u00a0:\n\n"
                   "Date        Fait                                Montant\n"
                   "01/12/2026  #NomClient <b>*un*</b> & \"deux\"      9,50\u00a0€\n"
                   "01/01/2027                                   1\u202f000,00\u00a0€\n"
                   "Total                                        1\u202f009,50\u00a0€\n\nFin.\n");
  g_assert_nonnull (strstr (narrow, "– Total, Montant\u00a0:\u00a01\u202f009,50\u00a0€\n"));
  g_assert_nonnull (strstr (html, "#NomClient &lt;b&gt;*un*&lt;/b&gt; &amp; &quot;deux&quot;</td>"));
  g_assert_nonnull (
    strstr (html, "text-align:right;white-space:nowrap;font-weight:bold;\">1\u202f009,50\u00a0€</td>"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/lookup", test_lookup);
  g_test_add_func ("/template/slips", test_slips);
  g_test_add_func ("/template/catalogue", test_catalogue);
  g_test_add_func ("/template/errors", test_errors);
  g_test_add_func ("/template/front-matter", test_front_matter);
  g_test_add_func ("/template/logic", test_logic);
  g_test_add_func ("/template/modifiers", test_modifiers);
  g_test_add_func ("/template/missing", test_missing);
  g_test_add_func ("/template/missing-address", test_missing_address);
  g_test_add_func ("/template/injection", test_injection);
  g_test_add_func ("/template/links", test_links);
  g_test_add_func ("/template/grid", test_grid);
  g_test_add_func ("/template/text-wraps", test_text_wraps);
  return g_test_run ();
}
