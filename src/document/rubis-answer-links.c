#include "rubis-answer-links.h"

#include <string.h>

#include "rubis-words-private.h"

/* Items named in a body; addresses have to stay short enough for every mail program. */
#define MAX_NUMBERS 8

typedef enum
{
  PART_LABEL,    /* of the link */
  PART_SUBJECT,  /* of the answer */
  PART_SENTENCE, /* that the answer begins with; what stands behind the colon is filled in */
  N_PARTS
} Part;

/* In the order of RubisWordsLanguage. */
typedef struct
{
  char answer;
  const char *parts[RUBIS_N_WORDS_LANGUAGES][N_PARTS];
} Words;

static const Words words[] = {
  { 'P',
    { { "Payé le…", "Paiement effectué", "Payé le" },
      { "Paid on…", "Payment made", "Paid on" },
      { "Bezahlt am…", "Zahlung erfolgt", "Bezahlt am" },
      { "Pagado el…", "Pago realizado", "Pagado el" },
      { "Pagato il…", "Pagamento effettuato", "Pagato il" },
      { "Betaald op…", "Betaling verricht", "Betaald op" } } },
  { 'D',
    { { "Je paierai le…", "Date de paiement", "Je paierai le" },
      { "I will pay on…", "Payment date", "I will pay on" },
      { "Ich zahle am…", "Zahlungstermin", "Ich zahle am" },
      { "Pagaré el…", "Fecha de pago", "Pagaré el" },
      { "Pagherò il…", "Data di pagamento", "Pagherò il" },
      { "Ik betaal op…", "Betaaldatum", "Ik betaal op" } } },
  { 'L',
    { { "Je conteste…", "Contestation", "Je conteste, pour la raison suivante" },
      { "I dispute this…", "Dispute", "I dispute this for the following reason" },
      { "Ich bestreite…", "Einwand", "Ich bestreite die Forderung aus folgendem Grund" },
      { "No estoy de acuerdo…", "Reclamación", "No estoy de acuerdo por el siguiente motivo" },
      { "Contesto…", "Contestazione", "Contesto per il seguente motivo" },
      { "Ik betwist…", "Betwisting", "Ik betwist dit om de volgende reden" } } },
  { 'C',
    { { "Envoyez-moi la facture", "Demande de copie", "Merci de m’envoyer une copie de" },
      { "Send me the invoice", "Request for a copy", "Please send me a copy of" },
      { "Senden Sie mir die Rechnung", "Bitte um Kopie", "Bitte senden Sie mir eine Kopie von" },
      { "Envíeme la factura", "Solicitud de copia", "Le ruego que me envíe una copia de" },
      { "Inviatemi la fattura", "Richiesta di copia", "Vi prego di inviarmi una copia di" },
      { "Stuur mij de factuur", "Verzoek om kopie", "Stuur mij een kopie van" } } },
  { 'W',
    { { "Ce n’est pas moi", "Mauvais destinataire", "Je ne suis pas la bonne personne. Écrivez plutôt à" },
      { "I am not the right person", "Wrong recipient", "I am not the right person. Please write to" },
      { "Ich bin nicht zuständig", "Falscher Empfänger", "Ich bin nicht zuständig. Bitte schreiben Sie an" },
      { "No soy yo", "Destinatario equivocado", "No soy la persona adecuada. Escriba a" },
      { "Non sono io", "Destinatario errato", "Non sono la persona giusta. Scrivete a" },
      { "Ik ben niet de juiste persoon", "Verkeerde ontvanger",
        "Ik ben niet de juiste persoon. Schrijf naar" } } },
  { 'F',
    { { "Réclamation fondée", "Réclamation fondée",
        "La réclamation est fondée. Montant de l’avoir à établir" },
      { "Claim justified", "Claim justified", "The claim is justified. Amount to credit" },
      { "Reklamation berechtigt", "Reklamation berechtigt",
        "Die Reklamation ist berechtigt. Betrag der Gutschrift" },
      { "Reclamación fundada", "Reclamación fundada", "La reclamación está fundada. Importe del abono" },
      { "Reclamo fondato", "Reclamo fondato", "Il reclamo è fondato. Importo della nota di credito" },
      { "Klacht gegrond", "Klacht gegrond", "De klacht is gegrond. Bedrag van de creditnota" } } },
  { 'U',
    { { "Réclamation non fondée", "Réclamation non fondée", "La réclamation n’est pas fondée, parce que" },
      { "Claim not justified", "Claim not justified", "The claim is not justified, because" },
      { "Reklamation unberechtigt", "Reklamation unberechtigt", "Die Reklamation ist unberechtigt, weil" },
      { "Reclamación infundada", "Reclamación infundada", "La reclamación no está fundada, porque" },
      { "Reclamo infondato", "Reclamo infondato", "Il reclamo non è fondato, perché" },
      { "Klacht ongegrond", "Klacht ongegrond", "De klacht is ongegrond, omdat" } } },
  { 'T',
    { { "Il me faut du temps…", "Réponse différée", "Je répondrai le" },
      { "I need more time…", "Answer to follow", "I will answer on" },
      { "Ich brauche mehr Zeit…", "Antwort folgt", "Ich antworte am" },
      { "Necesito más tiempo…", "Respuesta pendiente", "Responderé el" },
      { "Mi serve più tempo…", "Risposta a seguire", "Risponderò il" },
      { "Ik heb meer tijd nodig…", "Antwoord volgt", "Ik antwoord op" } } },
};

static const char *const titles[RUBIS_N_WORDS_LANGUAGES]
    = { "Pour nous répondre", "To answer us",    "Ihre Antwort",
        "Para respondernos",  "Per risponderci", "Om ons te antwoorden" };

/* Above the token: mail programs and people shall leave it where it is. */
static const char *const notes[RUBIS_N_WORDS_LANGUAGES]
    = { "Merci de laisser cette référence",        "Please leave this reference",
        "Bitte lassen Sie diese Referenz stehen",  "Le rogamos que deje esta referencia",
        "Si prega di lasciare questo riferimento", "Laat deze referentie staan" };

const char *
rubis_answer_links_get_title (const char *language)
{
  return titles[rubis_words_find_language (language)];
}

static void
answer_link_free (gpointer data)
{
  RubisAnswerLink *self = data;

  g_free (self->label);
  g_free (self->url);
  g_free (self->short_url);
  g_free (self);
}

static const Words *
find_words (char answer)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (words[i].answer == answer)
        return &words[i];
    }
  g_assert_not_reached ();
}

/* "F-1, F-2"; "" for none. */
static char *
join_numbers (GPtrArray *numbers)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < numbers->len && i < MAX_NUMBERS; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", (const char *)g_ptr_array_index (numbers, i));
  if (numbers->len > MAX_NUMBERS)
    g_string_append_printf (joined, "… (%u)", numbers->len);
  return g_string_free (joined, FALSE);
}

/* The lines of an answer. A copy is asked for by numbers; elsewhere they say what is spoken of. */
static char *
make_body (const RubisAnswerLinkRequest *request, const Words *of, RubisWordsLanguage language,
           const char *token)
{
  const char *colon = rubis_words_get (RUBIS_WORD_COLON, request->language);
  const char *sentence = of->parts[language][PART_SENTENCE];
  g_autofree char *numbers = join_numbers (request->numbers);
  GString *body = g_string_new (sentence);

  g_string_append (body, colon);
  if (of->answer == 'C')
    g_string_append (body, numbers);
  g_string_append (body, "\r\n\r\n");
  if (of->answer != 'C' && *numbers != '\0')
    g_string_append_printf (body, "%s\r\n\r\n", numbers);
  g_string_append_printf (body, "%s%s%s\r\n", notes[language], colon, token);
  return g_string_free (body, FALSE);
}

/* RFC 6068: only what needs no encoding in any mail program stays as it is; the @ of the address does. */
static char *
encode_address (const char *email)
{
  return g_uri_escape_string (email, "@", FALSE);
}

static RubisAnswerLink *
make_link (const RubisAnswerLinkRequest *request, RubisWordsLanguage language, char answer)
{
  const Words *of = find_words (answer);
  g_autofree char *token
      = rubis_answer_token_make (request->key, request->audience, request->subject, answer);
  g_autofree char *subject = g_strdup_printf ("%s [%s]", of->parts[language][PART_SUBJECT], token);
  g_autofree char *body = make_body (request, of, language, token);
  g_autofree char *address = encode_address (request->email);
  g_autofree char *encoded_subject = g_uri_escape_string (subject, NULL, FALSE);
  g_autofree char *encoded_body = g_uri_escape_string (body, NULL, FALSE);
  RubisAnswerLink *link = g_new0 (RubisAnswerLink, 1);

  link->answer = answer;
  link->label = g_strdup (of->parts[language][PART_LABEL]);
  link->short_url = g_strdup_printf ("mailto:%s?subject=%s", address, token);
  link->url = g_strdup_printf ("mailto:%s?subject=%s&body=%s", address, encoded_subject, encoded_body);
  return link;
}

GPtrArray *
rubis_answer_links_make (const RubisAnswerLinkRequest *request)
{
  GPtrArray *links = g_ptr_array_new_with_free_func (answer_link_free);
  RubisWordsLanguage language = rubis_words_find_language (request->language);

  for (const char *p = rubis_answer_token_letters (request->audience); *p != '\0'; p++)
    g_ptr_array_add (links, make_link (request, language, *p));
  return links;
}
