/* The slip of a registered letter, and deposit lists. */
#include "rubis-registered-papers.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-agenda-private.h"
#include "rubis-format.h"
#include "rubis-import-preview.h"
#include "rubis-postal-form.h"
#include "rubis-postal-number.h"
#include "rubis-registered-private.h"
#include "rubis-registered.h"

/* The post office reads French, whatever the user's language. */
#define LANGUAGE "fr"

/* "Verrerie Duval\n3 quai Perrache\n69002 Lyon" (transfer full) */
static char *
make_sender (const RubisCompany *company)
{
  g_autofree char *town = g_strconcat (company->postcode, *company->postcode != '\0' ? " " : "", company->city, NULL);
  g_autoptr(GPtrArray) lines = g_ptr_array_new ();

  g_ptr_array_add (lines, company->name);
  if (*company->address != '\0')
    g_ptr_array_add (lines, company->address);
  if (*town != '\0')
    g_ptr_array_add (lines, town);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* --- The slip -------------------------------------------------------------------------------- */

typedef struct {
  GArray *facts;   /* (element-type RubisPostalFact) */
  GPtrArray *texts; /* (owned) (element-type utf8) of the facts */
} Facts;

/* @value: (transfer full) */
static void
add_fact (Facts *facts, const char *label, char *value)
{
  const RubisPostalFact fact = { label, value };

  g_array_append_val (facts->facts, fact);
  g_ptr_array_add (facts->texts, value);
}

static void
add_day (Facts *facts, const char *label, RubisDate date)
{
  if (date != RUBIS_DATE_NONE)
    add_fact (facts, label, rubis_format_date_short (date, LANGUAGE));
}

/* The compensation of each level of guarantee, as La Poste publishes it. */
static char *
describe_guarantee (const char *guarantee)
{
  static const struct {
    const char *level;
    const char *amount;
  } levels[] = { { "R1", "16" }, { "R2", "153" }, { "R3", "458" } };

  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      if (g_str_equal (levels[i].level, guarantee))
        return g_strdup_printf ("%s (indemnisation %s €)", guarantee, levels[i].amount);
    }
  return g_strdup (guarantee);
}

static const char *
name_answer (RubisRegisteredState state)
{
  static const char *const names[RUBIS_N_REGISTERED_STATES] = {
    [RUBIS_REGISTERED_RECEIVED] = "Distribuée le",
    [RUBIS_REGISTERED_REFUSED] = "Refusée le",
    [RUBIS_REGISTERED_NOT_CLAIMED] = "Pli avisé et non réclamé, le",
    [RUBIS_REGISTERED_WRONG_ADDRESS] = "Destinataire inconnu à l’adresse, le",
  };

  return names[state] != NULL ? names[state] : "";
}

static void
add_letter_facts (Facts *facts, const RubisRegisteredRecord *record, const RubisDocumentRecord *document)
{
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, document->content);

  add_fact (facts, "Objet de la lettre", g_strdup (record->subject));
  add_fact (facts, "Compte", g_strdup_printf ("%s — %s", record->account_code, record->account_name));
  add_fact (facts, "Montant réclamé", rubis_format_amount (record->amount, record->currency, LANGUAGE));
  add_fact (facts, "Garantie", describe_guarantee (record->guarantee));
  add_fact (facts, "Avis de réception", g_strdup (record->with_receipt ? "oui" : "non"));
  add_day (facts, "Écrite le", record->course.written_on);
  add_day (facts, "Imprimée le", record->course.printed_on);
  add_day (facts, "Déposée le", record->course.deposited_on);
  add_day (facts, "Première présentation le", record->course.presented_on);
  add_day (facts, name_answer (record->course.state), record->course.closed_on);
  add_day (facts, "Délai de paiement jusqu’au", record->notice_until);
  add_fact (facts, "Lettre conservée",
            g_strdup_printf ("%s, %d page%s, SHA-256 %.32s %s", document->file_name, document->n_pages,
                             document->n_pages > 1 ? "s" : "", sha256, sha256 + 32));
}

static void
add_proof_facts (Facts *facts, GPtrArray *proofs)
{
  static const char *const labels[RUBIS_N_PROOF_KINDS] = { "Preuve de dépôt", "Avis de réception signé",
                                                           "Enveloppe revenue" };

  for (guint i = 0; i < proofs->len; i++)
    {
      const RubisProofRecord *proof = g_ptr_array_index (proofs, i);
      g_autofree char *day = rubis_format_date_short (proof->added_on, LANGUAGE);
      RubisProofKind kind = RUBIS_PROOF_RECEIPT;

      rubis_proof_kind_from_id (proof->kind, &kind);
      add_fact (facts, labels[kind], g_strdup_printf ("%s, versé le %s", proof->file_name, day));
    }
}

static GBytes *
write_slip (RubisSession *self, RubisDatabase *db, gint64 id, GError **error)
{
  g_autoptr(RubisRegisteredRecord) record = rubis_registered_load (db, id, error);
  g_autoptr(RubisDocumentRecord) document = NULL;
  g_autoptr(GPtrArray) proofs = NULL;
  g_autoptr(RubisCompany) company = rubis_session_dup_company (self);
  g_autofree char *sender = make_sender (company);
  g_autofree char *printed = NULL;
  Facts facts = { 0 };
  RubisPostalSlip slip = { 0 };
  GBytes *pdf;

  if (record == NULL)
    return NULL;
  document = rubis_store_load_document (db, record->document_id, error);
  proofs = document != NULL ? rubis_store_list_proofs (db, id, error) : NULL;
  if (proofs == NULL)
    return NULL;
  printed = rubis_postal_number_format (record->number);
  facts.facts = g_array_new (FALSE, FALSE, sizeof (RubisPostalFact));
  facts.texts = g_ptr_array_new_with_free_func (g_free);
  add_letter_facts (&facts, record, document);
  add_proof_facts (&facts, proofs);
  slip = (RubisPostalSlip){
    .title = record->with_receipt ? "Lettre recommandée avec avis de réception" : "Lettre recommandée",
    .language = LANGUAGE,
    .author = company->name,
    .date = rubis_session_get_today (self),
    .sender_title = "EXPÉDITEUR",
    .sender = sender,
    .recipient_title = "DESTINATAIRE",
    .recipient = record->recipient,
    .number = record->number,
    .printed_number = printed,
    .facts = (const RubisPostalFact *) (gpointer) facts.facts->data,
    .n_facts = facts.facts->len,
    .note = "Fiche à conserver avec la preuve de dépôt, l’avis de réception ou l’enveloppe revenue : ensemble, ils "
            "prouvent la date et le sort de l’envoi.",
  };
  pdf = rubis_postal_slip_write (&slip, error);
  g_array_unref (facts.facts);
  g_ptr_array_unref (facts.texts);
  return pdf;
}

GBytes *
rubis_session_write_registered_slip (RubisSession *self, gint64 id, GError **error)
{
  RubisDatabase *db;
  GBytes *pdf;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  pdf = write_slip (self, db, id, error);
  rubis_session_return_reader (self, db);
  return pdf;
}

/* --- The deposit list -------------------------------------------------------------------------- */

/* What the list says of a letter, from its address block. */
typedef struct {
  char *printed;
  char *name;
  char *postcode;
  char *city;
} ListEntry;

static void
list_entry_clear (gpointer data)
{
  ListEntry *entry = data;

  g_free (entry->printed);
  g_free (entry->name);
  g_free (entry->postcode);
  g_free (entry->city);
}

static void
read_address (const RubisRegisteredRecord *record, ListEntry *entry)
{
  g_auto(GStrv) lines = g_strsplit (record->recipient, "\n", -1);
  const char *town = "";
  gsize n_digits = 0;

  /* The last line that begins with a postcode; abroad the country follows it. */
  for (int i = 0; lines[i] != NULL; i++)
    {
      gsize digits = strspn (lines[i], "0123456789");

      if (digits >= 4 && lines[i][digits] == ' ')
        {
          town = lines[i];
          n_digits = digits;
        }
    }
  entry->printed = rubis_postal_number_format (record->number);
  entry->name = g_strdup (lines[0] != NULL && *lines[0] != '\0' ? lines[0] : record->account_name);
  entry->postcode = g_strndup (town, n_digits);
  entry->city = g_strdup (*town != '\0' ? town + n_digits + 1 : "");
}

static GBytes *
write_list (RubisSession *self, GPtrArray *records, RubisDate date, GError **error)
{
  g_autoptr(RubisCompany) company = rubis_session_dup_company (self);
  g_autofree char *sender = make_sender (company);
  g_autofree char *day = rubis_format_date_long (date, LANGUAGE);
  g_autofree char *day_line = g_strdup_printf ("Dépôt du %s", day);
  g_autofree char *total = NULL;
  g_autoptr(GArray) entries = g_array_new (FALSE, TRUE, sizeof (ListEntry));
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (RubisDepositLine));
  guint n_receipts = 0;
  RubisDepositList list;

  g_array_set_clear_func (entries, list_entry_clear);
  g_array_set_size (entries, records->len);
  for (guint i = 0; i < records->len; i++)
    {
      const RubisRegisteredRecord *record = g_ptr_array_index (records, i);
      ListEntry *entry = &g_array_index (entries, ListEntry, i);
      RubisDepositLine line;

      read_address (record, entry);
      line = (RubisDepositLine){ record->number,    entry->printed, entry->name, entry->postcode, entry->city,
                                 record->guarantee, record->with_receipt ? "AR" : "" };
      n_receipts += record->with_receipt ? 1 : 0;
      g_array_append_val (lines, line);
    }
  total = g_strdup_printf ("%u lettre%s recommandée%s, dont %u avec avis de réception", records->len,
                           records->len > 1 ? "s" : "", records->len > 1 ? "s" : "", n_receipts);
  list = (RubisDepositList){
    .title = "Bordereau de dépôt de lettres recommandées",
    .language = LANGUAGE,
    .author = company->name,
    .date = date,
    .sender = sender,
    .day = day_line,
    .columns = { "N°", "Numéro d’envoi", "Destinataire", "CP", "Localité", "Niv.", "AR" },
    .total = total,
    .stamp = "Cachet et signature du bureau de poste",
    .page = "Page",
    .lines = (const RubisDepositLine *) (gpointer) lines->data,
    .n_lines = lines->len,
  };
  return rubis_deposit_list_write (&list, error);
}

/* The letters of a new list. (transfer full) */
static GPtrArray *
load_for_list (RubisSession *self, GArray *ids, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr(GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_registered_record_free);
  gboolean fine = db != NULL;

  for (guint i = 0; fine && i < ids->len; i++)
    {
      RubisRegisteredRecord *record = rubis_registered_load (db, g_array_index (ids, gint64, i), error);
      g_autofree char *letter = record != NULL ? rubis_registered_describe (record) : NULL;

      fine = record != NULL;
      if (!fine)
        break;
      g_ptr_array_add (records, record);
      if (*record->number == '\0')
        g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                     _("%s has no number yet: give it that of its form first."), letter);
      else if (*record->by_provider != '\0')
        g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                     _("%s was given to %s, who posts it: it comes on no list."), letter, record->by_provider);
      else if (record->course.state > RUBIS_REGISTERED_PRINTED)
        g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_RULE,
                     _("%s was posted already: it cannot come on another list."), letter);
      fine = *record->number != '\0' && *record->by_provider == '\0' && record->course.state <= RUBIS_REGISTERED_PRINTED;
    }
  if (db != NULL)
    rubis_session_return_reader (self, db);
  return fine ? g_steal_pointer (&records) : NULL;
}

GBytes *
rubis_session_make_deposit_list (RubisSession *self, GArray *ids, RubisDate date, gint64 *list_id, GError **error)
{
  g_autoptr(GPtrArray) records = NULL;
  g_autoptr(GPtrArray) summaries = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(RubisRegisteredLetter) first = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *day = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && ids != NULL, NULL);

  if (ids->len == 0)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("Choose the letters that go on the deposit list."));
      return NULL;
    }
  records = load_for_list (self, ids, error);
  pdf = records != NULL ? write_list (self, records, date, error) : NULL;
  if (pdf == NULL)
    return NULL;
  day = rubis_format_date_short (date, rubis_format_ui_language ());
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *letter = rubis_registered_describe (g_ptr_array_index (records, i));

      g_ptr_array_add (summaries, g_strdup_printf (_("On the deposit list of %s: %s"), day, letter));
    }
  label = g_strdup_printf (ngettext ("Deposit list of %s: %u letter", "Deposit list of %s: %u letters", ids->len), day,
                           ids->len);
  if (!rubis_registered_edit_list (self, label, g_steal_pointer (&records), g_steal_pointer (&summaries), pdf, date,
                                   error))
    return NULL;
  first = rubis_session_get_registered (self, g_array_index (ids, gint64, 0), error);
  if (first == NULL)
    return NULL;
  if (list_id != NULL)
    *list_id = first->deposit_id;
  return g_steal_pointer (&pdf);
}

GBytes *
rubis_session_load_deposit_list (RubisSession *self, gint64 list_id, GError **error)
{
  RubisDatabase *db;
  g_autoptr(GError) load_error = NULL;
  GBytes *content;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  content = rubis_store_load_deposit_list (db, list_id, &load_error);
  rubis_session_return_reader (self, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (content == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no deposit list %d."), (int) list_id);
  return content;
}
