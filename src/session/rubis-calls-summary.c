/* The email that confirms what was said on the phone, in the customer's language. */
#include "rubis-calls-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-call-hours.h"
#include "rubis-call-result.h"
#include "rubis-choices.h"
#include "rubis-format.h"

/* The sentences of one language; they do not go through gettext: a French window may write to a German. */
typedef struct
{
  const char *language;
  const char *subject; /* company */
  const char *greeting;
  const char *after_call; /* day */
  const char *noted;      /* before the points */
  const char *missed;     /* day: nobody was reached */
  const char *promise;    /* amount, day, numbers */
  const char *dispute;    /* amount, numbers */
  const char *plan;       /* amount, first day */
  const char *sent;
  const char *missing;
  const char *approval;
  const char *call_back; /* moment */
  const char *hour;      /* day, hour */
  const char *close;
} Sentences;

static const Sentences table[] = {
  { "fr", "Notre échange téléphonique — %s", "Bonjour,",
    "Je vous remercie de notre échange téléphonique du %s.",
    "Voici ce que j’en ai retenu :", "J’ai cherché à vous joindre par téléphone le %s, sans succès.",
    "vous réglerez %s le %s au plus tard (%s) ;",
    "vous contestez %s (%s) : nous examinons ce point et revenons vers vous ;",
    "vous souhaitez régler %s en plusieurs fois, à partir du %s : la convention vous sera adressée pour "
    "signature ;",
    "le règlement est parti : merci de nous en donner la date et la référence ;",
    "vous n’avez pas reçu nos factures : nous vous en adressons une copie ;",
    "les factures attendent encore une validation : merci de nous dire quand elle sera donnée ;",
    "nous nous rappellerons le %s.", "%s à %s",
    "Si quelque chose n’est pas exact, répondez simplement à ce message." },
  { "en", "Our phone call — %s", "Hello,", "Thank you for our phone call on %s.",
    "This is what I noted:", "I tried to reach you by phone on %s, without success.",
    "you will pay %s on %s at the latest (%s);", "you contest %s (%s): we look into it and come back to you;",
    "you would like to pay %s in instalments from %s on: we will send you the agreement to sign;",
    "the payment has left: please give us its date and reference;",
    "you did not receive our invoices: we send you copies;",
    "the invoices still wait for approval: please tell us when it will be given;",
    "we will speak again on %s.", "%s at %s", "If anything is not right, just answer this message." },
  { "de", "Unser Telefonat — %s", "Guten Tag,", "vielen Dank für unser Telefonat vom %s.",
    "Das habe ich festgehalten:",
    "ich habe am %s versucht, Sie telefonisch zu erreichen, leider ohne Erfolg.",
    "Sie zahlen %s spätestens am %s (%s);", "Sie beanstanden %s (%s): Wir prüfen das und melden uns;",
    "Sie möchten %s in Raten zahlen, beginnend am %s: Die Vereinbarung erhalten Sie zur Unterschrift;",
    "die Zahlung ist veranlasst: Bitte nennen Sie uns Datum und Verwendungszweck;",
    "unsere Rechnungen liegen Ihnen nicht vor: Wir senden Ihnen Kopien;",
    "die Rechnungen sind noch nicht freigegeben: Bitte teilen Sie uns mit, wann das geschieht;",
    "wir sprechen uns wieder am %s.", "%s um %s",
    "Sollte etwas nicht stimmen, antworten Sie einfach auf diese Nachricht." },
  { "es", "Nuestra conversación telefónica — %s",
    "Hola:", "Le agradezco nuestra conversación telefónica del %s.",
    "Esto es lo que he anotado:", "He intentado localizarle por teléfono el %s, sin éxito.",
    "pagará %s el %s a más tardar (%s);", "no está de acuerdo con %s (%s): lo revisamos y le respondemos;",
    "desea pagar %s a plazos a partir del %s: le enviaremos el acuerdo para su firma;",
    "el pago ya ha salido: indíquenos la fecha y la referencia, por favor;",
    "no ha recibido nuestras facturas: le enviamos copias;",
    "las facturas esperan aprobación: díganos cuándo se dará, por favor;", "volveremos a hablar el %s.",
    "%s a las %s", "Si algo no es correcto, responda simplemente a este mensaje." },
  { "it", "La nostra telefonata — %s", "Buongiorno,", "La ringrazio per la telefonata del %s.",
    "Ecco quanto ho annotato:", "Ho cercato di raggiungerla per telefono il %s, senza riuscirci.",
    "pagherà %s entro il %s (%s);", "contesta %s (%s): verifichiamo e la ricontattiamo;",
    "desidera pagare %s a rate a partire dal %s: le invieremo l’accordo da firmare;",
    "il pagamento è partito: la preghiamo di indicarci data e riferimento;",
    "non ha ricevuto le nostre fatture: gliene inviamo copia;",
    "le fatture attendono ancora l’approvazione: ci dica quando sarà data;", "ci risentiremo il %s.",
    "%s alle %s", "Se qualcosa non è esatto, risponda semplicemente a questo messaggio." },
  { "nl", "Ons telefoongesprek — %s", "Goedendag,", "Dank u voor ons telefoongesprek van %s.",
    "Dit heb ik genoteerd:", "Ik heb op %s geprobeerd u te bellen, zonder succes.",
    "u betaalt %s uiterlijk op %s (%s);", "u betwist %s (%s): wij bekijken dit en komen erop terug;",
    "u wilt %s in termijnen betalen vanaf %s: wij sturen u de overeenkomst ter ondertekening;",
    "de betaling is onderweg: wilt u ons de datum en het kenmerk geven;",
    "u hebt onze facturen niet ontvangen: wij sturen u kopieën;",
    "de facturen wachten nog op goedkeuring: wilt u ons zeggen wanneer die komt;",
    "wij spreken elkaar weer op %s.", "%s om %s", "Klopt er iets niet? Beantwoord dan gewoon dit bericht." },
};

static const Sentences *
find_sentences (const char *language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_str_equal (table[i].language, language))
        return &table[i];
    }
  return &table[1];
}

/* A sentence with its values in the order in which "%s" asks for them. (transfer full) */
static char *
fill (const char *sentence, const char *const *values)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "%s", -1);
  GString *text = g_string_new (parts[0]);

  for (guint i = 1; parts[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", values[i - 1] != NULL ? values[i - 1] : "", parts[i]);
  return g_string_free (text, FALSE);
}

static void
add_point (GString *text, const char *sentence, const char *first, const char *second, const char *third)
{
  const char *const values[] = { first, second, third, NULL };
  g_autofree char *filled = fill (sentence, values);

  g_string_append_printf (text, "- %s\n", filled);
}

static void
add_agreements (GString *text, const Sentences *s, GPtrArray *agreements)
{
  for (guint i = 0; i < agreements->len; i++)
    {
      const RubisCallAgreement *agreement = g_ptr_array_index (agreements, i);
      g_autofree char *amount = rubis_format_amount (agreement->amount, agreement->currency, s->language);
      g_autofree char *day = rubis_format_date_long (agreement->date, s->language);

      if (agreement->kind == 'p')
        add_point (text, s->promise, amount, day, agreement->text);
      else if (agreement->kind == 'd')
        add_point (text, s->dispute, amount, agreement->text, NULL);
      else
        add_point (text, s->plan, amount, day, NULL);
    }
}

static void
add_result (GString *text, const Sentences *s, const char *result)
{
  RubisCallResult known;

  if (!rubis_call_result_from_id (result, &known))
    return;
  if (known == RUBIS_CALL_PAYMENT_SENT)
    add_point (text, s->sent, NULL, NULL, NULL);
  else if (known == RUBIS_CALL_INVOICE_MISSING)
    add_point (text, s->missing, NULL, NULL, NULL);
  else if (known == RUBIS_CALL_WAITING_APPROVAL)
    add_point (text, s->approval, NULL, NULL, NULL);
}

static void
add_callbacks (GString *text, const Sentences *s, GPtrArray *callbacks)
{
  for (guint i = 0; i < callbacks->len; i++)
    {
      const RubisCallbackLine *callback = g_ptr_array_index (callbacks, i);
      g_autofree char *day = rubis_format_date_long (callback->date, s->language);
      g_autofree char *hour
          = callback->minute >= 0 ? rubis_call_hours_format_minute (callback->minute) : NULL;
      const char *const values[] = { day, hour, NULL };
      g_autofree char *moment = hour != NULL ? fill (s->hour, values) : g_strdup (day);

      add_point (text, s->call_back, moment, NULL, NULL);
    }
}

/* What the summary is made of. */
typedef struct
{
  RubisCallLine *call;
  GPtrArray *agreements;
  GPtrArray *callbacks;
  RubisAccountRecord *account;
} Facts;

static void
facts_clear (Facts *facts)
{
  g_clear_pointer (&facts->call, rubis_call_line_free);
  g_clear_pointer (&facts->agreements, g_ptr_array_unref);
  g_clear_pointer (&facts->callbacks, g_ptr_array_unref);
  g_clear_pointer (&facts->account, rubis_account_record_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

static gboolean
load_facts (RubisDatabase *db, gint64 call_id, Facts *facts, GError **error)
{
  g_autoptr (GError) load_error = NULL;

  facts->call = rubis_store_load_call (db, call_id, &load_error);
  if (facts->call == NULL)
    {
      if (load_error == NULL)
        g_set_error (&load_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("This call is not noted any more."));
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  facts->agreements = rubis_store_list_call_agreements (db, call_id, error);
  facts->callbacks = facts->agreements != NULL ? rubis_store_list_callbacks_of (db, call_id, error) : NULL;
  facts->account
      = facts->callbacks != NULL ? rubis_store_load_account (db, facts->call->account_id, error) : NULL;
  return facts->account != NULL;
}

gboolean
rubis_session_write_call_summary (RubisSession *self, gint64 call_id, char **subject, char **text,
                                  GError **error)
{
  RubisDatabase *db;
  g_auto (Facts) facts = { NULL };
  g_autoptr (RubisCompany) company = NULL;
  g_autoptr (GString) points = g_string_new (NULL);
  g_autofree char *day = NULL;
  g_autofree char *intro = NULL;
  const Sentences *s;
  gboolean loaded;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && subject != NULL && text != NULL, FALSE);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return FALSE;
  loaded = load_facts (db, call_id, &facts, error);
  rubis_session_return_reader (self, db);
  if (!loaded)
    return FALSE;
  s = find_sentences (*facts.account->language != '\0' ? facts.account->language : "fr");
  company = rubis_session_dup_company (self);
  day = rubis_format_date_long (facts.call->date, s->language);
  add_agreements (points, s, facts.agreements);
  add_result (points, s, facts.call->result);
  add_callbacks (points, s, facts.callbacks);
  {
    const char *const names[] = { company->name, NULL };
    const char *const days[] = { day, NULL };

    *subject = fill (s->subject, names);
    intro = fill (rubis_session_is_call_contact (self, facts.call->result) ? s->after_call : s->missed, days);
  }
  *text
      = g_strdup_printf ("%s\n\n%s%s%s\n\n%s%s%s\n", s->greeting, intro, points->len > 0 ? " " : "",
                         points->len > 0 ? s->noted : "", points->str, points->len > 0 ? "\n" : "", s->close);
  return TRUE;
}
