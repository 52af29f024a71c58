#include "rubis-hashtag.h"

#include <string.h>

#include <glib/gi18n-lib.h>

typedef struct {
  const char *french;
  const char *english;
  RubisHashtagFamily family;
  RubisValueType type;
  gboolean mandatory;
  const char *description;
} Entry;

#define ENTRY(id, french, english, family, type, mandatory, description)                    \
  [RUBIS_HASHTAG_##id] = { french, english, RUBIS_HASHTAG_FAMILY_##family, RUBIS_VALUE_##type, \
                           mandatory, description }
#define TAG(id, french, english, family, type, description) \
  ENTRY (id, french, english, family, type, TRUE, description)
#define OPTIONAL(id, french, english, family, type, description) \
  ENTRY (id, french, english, family, type, FALSE, description)
#define CUSTOMER_FIELD(n)                                                                         \
  [RUBIS_HASHTAG_CUSTOMER_FIELD_1 + (n) - 1] = { "ChampClient" #n, "CustomerField" #n,            \
                                                 RUBIS_HASHTAG_FAMILY_CUSTOMER, RUBIS_VALUE_TEXT, \
                                                 TRUE, N_("Free field of the customer") }
#define OTHER_LOGO(n)                                                                      \
  [RUBIS_HASHTAG_LOGO + (n) - 1] = { "Logo" #n, "Logo" #n, RUBIS_HASHTAG_FAMILY_COMPANY,   \
                                     RUBIS_VALUE_IMAGE, FALSE,                             \
                                     N_("Another logo or image of your company") }

static const Entry entries[RUBIS_N_HASHTAGS] = {
  TAG (CUSTOMER_NAME, "NomClient", "CustomerName", CUSTOMER, TEXT,
       N_("Name of the customer")),
  TAG (CUSTOMER_CODE, "CodeClient", "CustomerCode", CUSTOMER, TEXT,
       N_("Code of the customer account")),
  TAG (LEGAL_FORM, "FormeJuridique", "LegalForm", CUSTOMER, TEXT,
       N_("Legal form of the customer")),
  TAG (SIREN, "Siren", "Siren", CUSTOMER, TEXT,
       N_("SIREN of the customer")),
  TAG (SIRET, "Siret", "Siret", CUSTOMER, TEXT,
       N_("SIRET of the customer")),
  TAG (CUSTOMER_VAT, "TvaClient", "CustomerVat", CUSTOMER, TEXT,
       N_("VAT number of the customer")),
  TAG (CUSTOMER_ADDRESS, "AdresseClient", "CustomerAddress", CUSTOMER, TEXT,
       N_("Postal address of the customer, over several lines")),
  TAG (CUSTOMER_STREET, "RueClient", "CustomerStreet", CUSTOMER, TEXT,
       N_("Street of the customer, with building and flat")),
  TAG (POSTCODE, "CodePostal", "Postcode", CUSTOMER, TEXT,
       N_("Postcode of the customer")),
  TAG (CITY, "Ville", "City", CUSTOMER, TEXT,
       N_("Town of the customer")),
  TAG (COUNTRY, "Pays", "Country", CUSTOMER, TEXT,
       N_("Country of the customer")),
  TAG (DEBTOR, "Debiteur", "Debtor", CUSTOMER, TEXT,
       N_("Identity of the customer as a court wants it, over several lines")),
  TAG (CUSTOMER_GROUP, "GroupeClient", "CustomerGroup", CUSTOMER, TEXT,
       N_("Group that the account belongs to")),
  TAG (PAYMENT_TERM, "DelaiPaiement", "PaymentTerm", CUSTOMER, TEXT,
       N_("Payment term agreed with the customer")),
  TAG (PAYMENT_MEANS, "ModeReglement", "PaymentMeans", CUSTOMER, TEXT,
       N_("Usual means of payment")),
  TAG (PAYER_PROFILE, "ProfilPayeur", "PayerProfile", CUSTOMER, TEXT,
       N_("Payer profile of the customer")),
  TAG (AVERAGE_DELAY, "RetardMoyen", "AverageDelay", CUSTOMER, COUNT,
       N_("Average delay of payment, in days")),
  TAG (CREDIT_LIMIT, "LimiteCredit", "CreditLimit", CUSTOMER, AMOUNT,
       N_("Credit limit of the customer")),
  CUSTOMER_FIELD (1), CUSTOMER_FIELD (2), CUSTOMER_FIELD (3), CUSTOMER_FIELD (4),
  CUSTOMER_FIELD (5), CUSTOMER_FIELD (6), CUSTOMER_FIELD (7), CUSTOMER_FIELD (8),
  CUSTOMER_FIELD (9), CUSTOMER_FIELD (10), CUSTOMER_FIELD (11), CUSTOMER_FIELD (12),
  OPTIONAL (IS_PROFESSIONAL, "ClientProfessionnel", "IsProfessional", CUSTOMER, FLAG,
            N_("True for a professional customer")),
  OPTIONAL (IS_CONSUMER, "ClientParticulier", "IsConsumer", CUSTOMER, FLAG,
            N_("True for a consumer")),
  OPTIONAL (IS_PUBLIC_BODY, "ClientPublic", "IsPublicBody", CUSTOMER, FLAG,
            N_("True for a public body")),
  OPTIONAL (CONTACT_TITLE, "Civilite", "ContactTitle", CONTACT, TEXT,
            N_("Title of the contact")),
  OPTIONAL (CONTACT_FIRST_NAME, "PrenomContact", "ContactFirstName", CONTACT, TEXT,
            N_("First name of the contact")),
  TAG (CONTACT_NAME, "NomContact", "ContactName", CONTACT, TEXT,
       N_("Name of the contact")),
  OPTIONAL (CONTACT_ROLE, "FonctionContact", "ContactRole", CONTACT, TEXT,
            N_("Role of the contact")),
  TAG (CONTACT_EMAIL, "EmailContact", "ContactEmail", CONTACT, TEXT,
       N_("Email address of the contact")),
  TAG (CONTACT_PHONE, "TelContact", "ContactPhone", CONTACT, TEXT,
       N_("Telephone number of the contact")),
  TAG (SALUTATION, "FormuleAppel", "Salutation", CONTACT, TEXT,
       N_("Opening words, from the title of the contact")),
  TAG (CLOSING, "FormulePolitesse", "Closing", CONTACT, TEXT,
       N_("Closing words that fit the opening ones")),
  TAG (INVOICE_NUMBER, "NumeroFacture", "InvoiceNumber", ITEM, TEXT,
       N_("Number of the leading invoice")),
  TAG (INVOICE_DATE, "DateFacture", "InvoiceDate", ITEM, DATE,
       N_("Date of the leading invoice")),
  TAG (DUE_DATE, "DateEcheance", "DueDate", ITEM, DATE,
       N_("Due date of the leading invoice")),
  TAG (DAYS_LATE, "JoursRetard", "DaysLate", ITEM, COUNT,
       N_("Days late of the leading invoice")),
  TAG (INVOICE_AMOUNT, "MontantFacture", "InvoiceAmount", ITEM, AMOUNT,
       N_("Amount of the leading invoice")),
  TAG (OPEN_AMOUNT, "ResteDu", "OpenAmount", ITEM, AMOUNT,
       N_("Open amount of the leading invoice")),
  TAG (ORDER_REFERENCE, "ReferenceClient", "OrderReference", ITEM, TEXT,
       N_("The customer’s own reference of the leading invoice")),
  TAG (INVOICE_LINK, "LienFacture", "InvoiceLink", ITEM, TEXT,
       N_("Address where the leading invoice can be read")),
  TAG (TOTAL_OPEN, "TotalDu", "TotalOpen", ACCOUNT, AMOUNT,
       N_("All that the account owes, less its credits")),
  TAG (TOTAL_OVERDUE, "TotalEchu", "TotalOverdue", ACCOUNT, AMOUNT,
       N_("Overdue items less available credits")),
  TAG (TOTAL_SELECTED, "TotalSelection", "TotalSelected", ACCOUNT, AMOUNT,
       N_("Total of the items that this step concerns")),
  TAG (TOTAL_NOT_DUE, "TotalNonEchu", "TotalNotDue", ACCOUNT, AMOUNT,
       N_("Items not yet due")),
  TAG (TOTAL_CREDITS, "TotalAvoirs", "TotalCredits", ACCOUNT, AMOUNT,
       N_("Credit notes not yet used")),
  TAG (UNALLOCATED_PAYMENTS, "ReglementsNonAffectes", "UnallocatedPayments", ACCOUNT, AMOUNT,
       N_("Payments not yet allocated")),
  TAG (BALANCE, "SoldeCompte", "Balance", ACCOUNT, AMOUNT,
       N_("Balance of the account")),
  TAG (TOTAL_DISPUTED, "TotalLitige", "TotalDisputed", ACCOUNT, AMOUNT,
       N_("Contested amounts")),
  TAG (TOTAL_UNDISPUTED, "TotalHorsLitige", "TotalUndisputed", ACCOUNT, AMOUNT,
       N_("Overdue total without the contested amounts")),
  TAG (INVOICE_COUNT, "NombreFactures", "InvoiceCount", ACCOUNT, COUNT,
       N_("Number of invoices concerned")),
  TAG (OLDEST_DUE_DATE, "EcheanceLaPlusAncienne", "OldestDueDate", ACCOUNT, DATE,
       N_("Oldest due date")),
  TAG (AGING_0_30, "Balance0_30", "Aging0_30", ACCOUNT, AMOUNT,
       N_("Late by 1 to 30 days")),
  TAG (AGING_31_60, "Balance31_60", "Aging31_60", ACCOUNT, AMOUNT,
       N_("Late by 31 to 60 days")),
  TAG (AGING_61_90, "Balance61_90", "Aging61_90", ACCOUNT, AMOUNT,
       N_("Late by 61 to 90 days")),
  TAG (AGING_90_PLUS, "Balance90Plus", "Aging90Plus", ACCOUNT, AMOUNT,
       N_("Late by more than 90 days")),
  TAG (LIST_ITEMS, "ListePieces", "ItemList", LISTS, TABLE,
       N_("Table of all open items")),
  TAG (LIST_OVERDUE, "ListeEchues", "OverdueList", LISTS, TABLE,
       N_("Table of overdue items and available credits")),
  TAG (LIST_NOT_DUE, "ListeNonEchues", "NotDueList", LISTS, TABLE,
       N_("Table of the items not yet due")),
  TAG (LIST_SELECTED, "ListeSelection", "SelectedList", LISTS, TABLE,
       N_("Table of the items that this step concerns")),
  TAG (LIST_DISPUTED, "ListeLitiges", "DisputedList", LISTS, TABLE,
       N_("Table of the contested items")),
  TAG (INSTALMENTS_GRID, "Echeancier", "Instalments", LISTS, GRID,
       N_("Table of the instalments of a payment plan")),
  TAG (EXHIBITS, "BordereauPieces", "ExhibitList", LISTS, GRID,
       N_("Numbered list of the exhibits of a legal file")),
  TAG (CHRONOLOGY, "Chronologie", "Chronology", LISTS, GRID,
       N_("What happened, by date, in a legal file")),
  TAG (CLAIM_ACCOUNT, "DecompteCreance", "ClaimAccount", LISTS, GRID,
       N_("What a court is asked for, invoice by invoice")),
  TAG (INTEREST_ACCOUNT, "DecompteInterets", "InterestAccount", LISTS, GRID,
       N_("Account of interest by item and period")),
  TAG (PERIOD_START, "DebutPeriode", "PeriodStart", PAPERS, DATE,
       N_("First day of the period of a statement")),
  TAG (PERIOD_END, "FinPeriode", "PeriodEnd", PAPERS, DATE,
       N_("Last day of the period of a statement")),
  TAG (OPENING_BALANCE, "SoldeInitial", "OpeningBalance", PAPERS, AMOUNT,
       N_("Balance before the first day of the period")),
  TAG (CLOSING_BALANCE, "SoldeFinal", "ClosingBalance", PAPERS, AMOUNT,
       N_("Balance after the last day of the period")),
  TAG (MOVEMENTS, "Mouvements", "Movements", PAPERS, GRID,
       N_("Table of the movements of a period")),
  TAG (AMOUNT_IN_WORDS, "MontantEnLettres", "AmountInWords", PAPERS, TEXT,
       N_("Amount of the agreement or of the receipt, in letters")),
  TAG (PLAN_AMOUNT, "MontantEcheancier", "PlanAmount", PAPERS, AMOUNT,
       N_("Amount that a payment plan spreads")),
  TAG (INSTALMENT_COUNT, "NombreEcheances", "InstalmentCount", PAPERS, COUNT,
       N_("Number of instalments of a payment plan")),
  TAG (FIRST_INSTALMENT, "PremiereEcheance", "FirstInstalment", PAPERS, DATE,
       N_("Date of the first instalment")),
  TAG (LAST_INSTALMENT, "DerniereEcheance", "LastInstalment", PAPERS, DATE,
       N_("Date of the last instalment")),
  TAG (PLAN_DATE, "DateEcheancier", "PlanDate", PAPERS, DATE,
       N_("Day on which a payment plan was agreed")),
  TAG (PLAN_LEFT, "ResteEcheancier", "PlanLeft", PAPERS, AMOUNT,
       N_("What is left of a payment plan, due or not")),
  TAG (CLAIMED_INSTALMENTS, "EcheancesDemandees", "ClaimedInstalments", LISTS, GRID,
       N_("Table of the instalments that this step asks for, with what was paid of them")),
  OPTIONAL (ACCELERATION_NOTICE, "DelaiDecheance", "AccelerationNotice", PAPERS, COUNT,
            N_("Days of notice before the whole of a payment plan falls due")),
  OPTIONAL (GRACE_DAYS, "JoursTolerance", "GraceDays", PAPERS, COUNT,
            N_("Days after an instalment before it is late")),
  OPTIONAL (INTEREST_CLAUSE, "ClauseInterets", "InterestClause", PAPERS, TEXT,
            N_("What a payment plan says of interest")),
  TAG (PARTY_SIGNATURES, "SignaturesParties", "PartySignatures", PAPERS, GRID,
       N_("Room for both parties to sign")),
  OPTIONAL (PAYMENT_NUMBER, "NumeroReglement", "PaymentNumber", PAPERS, TEXT,
            N_("Number of the payment received")),
  OPTIONAL (PAID_ITEMS, "PiecesReglees", "PaidItems", PAPERS, GRID,
            N_("Table of the items that a payment settles")),
  TAG (WRITE_OFF_ITEMS, "PiecesEnPerte", "WriteOffItems", PAPERS, GRID,
       N_("Table of the items proposed for a write-off")),
  TAG (WRITE_OFF_REASON, "MotifPerte", "WriteOffReason", PAPERS, TEXT,
       N_("Reason of the write-off")),
  TAG (WRITE_OFF_AMOUNT, "MontantPerte", "WriteOffAmount", PAPERS, AMOUNT,
       N_("Amount proposed for a write-off, VAT included")),
  OPTIONAL (WRITE_OFF_NET, "MontantPerteHT", "WriteOffNet", PAPERS, AMOUNT,
            N_("Amount proposed for a write-off, without VAT")),
  TAG (DECISION_BOX, "CadreDecision", "DecisionBox", PAPERS, GRID,
       N_("Room for the decision and its signatures")),
  TAG (DISPUTE_ITEMS, "PiecesLitige", "DisputeItems", PAPERS, TEXT,
       N_("Items of a dispute, with what is open and what is contested")),
  TAG (DISPUTE_REASON, "MotifLitige", "DisputeReason", PAPERS, TEXT,
       N_("Reason of a dispute")),
  TAG (DISPUTE_AMOUNT, "MontantLitige", "DisputeAmount", PAPERS, AMOUNT,
       N_("Amount contested in a dispute")),
  OPTIONAL (DISPUTE_WORDS, "TexteLitige", "DisputeWords", PAPERS, TEXT,
            N_("What the customer says, of a dispute")),
  OPTIONAL (DISPUTE_DUE_DATE, "DelaiLitige", "DisputeDueDate", PAPERS, DATE,
            N_("Day by which a dispute is to be resolved")),
  TAG (DISPUTE_OPENED, "DateLitige", "DisputeOpened", PAPERS, DATE,
       N_("Day on which a dispute was opened")),
  OPTIONAL (DISPUTE_RESOLVER, "ResponsableLitige", "DisputeResolver", PAPERS, TEXT,
            N_("Colleague who resolves a dispute")),
  TAG (PENALTY_RATE, "TauxPenalites", "PenaltyRate", PENALTIES, RATE,
       N_("Yearly rate of the late-payment penalties")),
  TAG (PENALTY_AMOUNT, "MontantPenalites", "PenaltyAmount", PENALTIES, AMOUNT,
       N_("Late-payment penalties")),
  TAG (INDEMNITY_AMOUNT, "IndemniteForfaitaire", "IndemnityAmount", PENALTIES, AMOUNT,
       N_("Fixed indemnities for recovery costs")),
  TAG (INDEMNITY_COUNT, "NombreIndemnites", "IndemnityCount", PENALTIES, COUNT,
       N_("Number of fixed indemnities")),
  TAG (TOTAL_WITH_PENALTIES, "TotalAvecPenalites", "TotalWithPenalties", PENALTIES, AMOUNT,
       N_("Total to pay with penalties and indemnities")),
  TAG (PENALTY_DETAIL, "DetailPenalites", "PenaltyDetail", PENALTIES, LINES,
       N_("How the penalties were computed, as a list")),
  TAG (PENALTY_DATE, "DatePenalites", "PenaltyDate", PENALTIES, DATE,
       N_("Day up to which the penalties are computed")),
  OPTIONAL (CONTRACTUAL_RATE, "TauxContractuel", "ContractualRate", PENALTIES, FLAG,
            N_("True when the rate comes from the contract")),
  TAG (REMINDER_NUMBER, "NumeroRelance", "ReminderNumber", STEP, COUNT,
       N_("Number of this reminder")),
  TAG (REMINDER_LEVEL, "NiveauRelance", "ReminderLevel", STEP, COUNT,
       N_("Highest level of the items concerned")),
  TAG (REMINDER_DATE, "DateRelance", "ReminderDate", STEP, DATE,
       N_("Date of this document")),
  TAG (PREVIOUS_REMINDER_DATE, "DateRelancePrecedente", "PreviousReminderDate", STEP, DATE,
       N_("Date of the previous reminder")),
  TAG (REMINDER_HISTORY, "HistoriqueRelances", "ReminderHistory", STEP, LINES,
       N_("Earlier reminders, as a list")),
  TAG (DAYS_BEFORE_NEXT, "DelaiAvantSuite", "DaysBeforeNext", STEP, COUNT,
       N_("Days left before the next step")),
  TAG (DEADLINE, "DateLimite", "Deadline", STEP, DATE,
       N_("Day by which payment is asked")),
  TAG (PROMISE_DATE, "DatePromesse", "PromiseDate", STEP, DATE,
       N_("Date of the promise to pay")),
  TAG (PROMISE_AMOUNT, "MontantPromesse", "PromiseAmount", STEP, AMOUNT,
       N_("Amount of the promise to pay")),
  TAG (PROMISE_PAID, "MontantRecuPromesse", "PromisePaid", STEP, AMOUNT,
       N_("What came in time of the promise to pay")),
  TAG (PROMISE_MISSING, "MontantManquantPromesse", "PromiseMissing", STEP, AMOUNT,
       N_("What is missing of the promise to pay")),
  TAG (PROMISE_WORDS, "MotsPromesse", "PromiseWords", STEP, TEXT,
       N_("The promise in the customer’s words")),
  TAG (PAYMENT_DATE, "DateReglement", "PaymentDate", STEP, DATE,
       N_("Date of the payment received")),
  TAG (PAYMENT_AMOUNT, "MontantReglement", "PaymentAmount", STEP, AMOUNT,
       N_("Amount of the payment received")),
  TAG (REGISTERED_NUMBER, "NumeroRecommande", "RegisteredNumber", STEP, TEXT,
       N_("Number of the registered letter")),
  TAG (COURT, "Tribunal", "Court", STEP, TEXT,
       N_("The court that is seized")),
  TAG (COURT_FORM, "FormulaireTribunal", "CourtForm", STEP, TEXT,
       N_("The number of the court’s official form")),
  TAG (ENCLOSURES, "PiecesJointes", "Enclosures", STEP, LINES,
       N_("Enclosed documents, as a list")),
  TAG (COMPANY_NAME, "MaSociete", "CompanyName", COMPANY, TEXT,
       N_("Name of your company")),
  TAG (CREDITOR, "Creancier", "Creditor", COMPANY, TEXT,
       N_("Identity of your company as a court wants it, over several lines")),
  TAG (COMPANY_ADDRESS, "MonAdresse", "CompanyAddress", COMPANY, TEXT,
       N_("Address of your company")),
  TAG (COMPANY_CITY, "MaVille", "CompanyCity", COMPANY, TEXT,
       N_("Town of your company")),
  TAG (COMPANY_SIREN, "MonSiren", "CompanySiren", COMPANY, TEXT,
       N_("SIREN of your company")),
  TAG (COMPANY_CAPITAL, "MonCapital", "CompanyCapital", COMPANY, TEXT,
       N_("Share capital of your company")),
  TAG (COMPANY_RCS, "MonRcs", "CompanyRcs", COMPANY, TEXT,
       N_("Trade register of your company")),
  TAG (COMPANY_IBAN, "MonIban", "CompanyIban", COMPANY, TEXT,
       N_("IBAN of your company")),
  TAG (COMPANY_BIC, "MonBic", "CompanyBic", COMPANY, TEXT,
       N_("BIC of your company")),
  TAG (COMPANY_PHONE, "MonTelephone", "CompanyPhone", COMPANY, TEXT,
       N_("Telephone number of your company")),
  TAG (COMPANY_EMAIL, "MonEmail", "CompanyEmail", COMPANY, TEXT,
       N_("Email address of your company")),
  OPTIONAL (LOGO, "Logo", "Logo", COMPANY, IMAGE,
            N_("Logo of your company")),
  OTHER_LOGO (2), OTHER_LOGO (3), OTHER_LOGO (4), OTHER_LOGO (5), OTHER_LOGO (6),
  OTHER_LOGO (7), OTHER_LOGO (8), OTHER_LOGO (9), OTHER_LOGO (10),
  TAG (PAYMENT_QR, "QrPaiement", "PaymentQr", COMPANY, PAYMENT,
       N_("Bank details with the SEPA QR code")),
  TAG (PAYMENT_REFERENCE, "ReferenceVirement", "PaymentReference", COMPANY, TEXT,
       N_("Reference to write on the transfer")),
  TAG (PAYMENT_LINK, "LienPaiement", "PaymentLink", COMPANY, TEXT,
       N_("Address where to pay online")),
  OPTIONAL (RETENTION_OF_TITLE, "ReserveDePropriete", "RetentionOfTitle", COMPANY, FLAG,
            N_("True when your terms retain title")),
  OPTIONAL (DELIVERY_SUSPENSION, "SuspensionLivraisons", "DeliverySuspension", COMPANY, FLAG,
            N_("True when you do suspend deliveries")),
  TAG (USER_NAME, "MonNom", "UserName", USER, TEXT,
       N_("Name of the person who signs")),
  OPTIONAL (USER_ROLE, "MaFonction", "UserRole", USER, TEXT,
            N_("Role of the person who signs")),
  TAG (USER_SIGNATURE, "MaSignature", "UserSignature", USER, SIGNATURE,
       N_("Signature block: role, signature and name")),
  OPTIONAL (USER_PHOTO, "MaPhoto", "UserPhoto", USER, IMAGE,
            N_("Photograph of the person who signs")),
  TAG (USER_PHONE, "MaLigneDirecte", "UserPhone", USER, TEXT,
       N_("Direct line of the person who signs")),
};

static const struct {
  const char *french;
  const char *english;
  RubisListModifiers modifier;
  const char *description;
} modifier_names[RUBIS_N_LIST_MODIFIERS] = {
  { "SansPenalites", "WithoutPenalties", RUBIS_LIST_WITHOUT_PENALTIES,
    N_("Without late-payment penalties and indemnities, as when nothing is said") },
  { "AvecPenalites", "WithPenalties", RUBIS_LIST_WITH_PENALTIES,
    N_("With late-payment penalties and fixed indemnities, without contested amounts in the total") },
  { "SansLitiges", "WithoutDisputes", RUBIS_LIST_WITHOUT_DISPUTES,
    N_("Only the part of each item that is not contested") },
  { "ParDevise", "ByCurrency", RUBIS_LIST_BY_CURRENCY,
    N_("One list and one total by currency, as when nothing is said: currencies are never mixed") },
  { "ParSociete", "ByCompany", RUBIS_LIST_BY_COMPANY,
    N_("By creditor; a dossier has one, so this changes nothing") },
};

char *
rubis_hashtag_fold (const char *name)
{
  g_autofree char *decomposed = NULL;
  GString *folded;

  g_return_val_if_fail (name != NULL, NULL);

  decomposed = g_utf8_normalize (name, -1, G_NORMALIZE_ALL);
  folded = g_string_new (NULL);
  for (const char *p = decomposed != NULL ? decomposed : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ismark (c))
        g_string_append_unichar (folded, g_unichar_tolower (c));
    }
  return g_string_free (folded, FALSE);
}

/* Other names under which a hashtag is found. */
static const struct {
  const char *name;
  RubisHashtag hashtag;
} aliases[] = {
  { "ListeEcheancier", RUBIS_HASHTAG_INSTALMENTS_GRID },
  { "InstalmentList", RUBIS_HASHTAG_INSTALMENTS_GRID },
};

static gboolean
find_folded (const char *folded, RubisHashtag *hashtag)
{
  for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++)
    {
      if (g_ascii_strcasecmp (folded, aliases[i].name) == 0)
        {
          *hashtag = aliases[i].hashtag;
          return TRUE;
        }
    }
  for (int i = 0; i < RUBIS_N_HASHTAGS; i++)
    {
      if (g_ascii_strcasecmp (folded, entries[i].french) == 0 ||
          g_ascii_strcasecmp (folded, entries[i].english) == 0)
        {
          *hashtag = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
find_modifiers (char **names, RubisListModifiers *modifiers)
{
  RubisListModifiers found = RUBIS_LIST_PLAIN;

  for (; *names != NULL; names++)
    {
      gboolean known = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (modifier_names); i++)
        {
          if (g_ascii_strcasecmp (*names, modifier_names[i].french) == 0 ||
              g_ascii_strcasecmp (*names, modifier_names[i].english) == 0)
            {
              found |= modifier_names[i].modifier;
              known = TRUE;
            }
        }
      if (!known)
        return FALSE;
    }
  if ((found & RUBIS_LIST_WITH_PENALTIES) != 0 && (found & RUBIS_LIST_WITHOUT_PENALTIES) != 0)
    return FALSE;
  *modifiers = found;
  return TRUE;
}

gboolean
rubis_hashtag_get_list (RubisHashtag hashtag, RubisHashtag *list)
{
  static const struct {
    RubisHashtag total;
    RubisHashtag list;
  } totals[] = {
    { RUBIS_HASHTAG_TOTAL_OPEN, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_BALANCE, RUBIS_HASHTAG_LIST_ITEMS },
    { RUBIS_HASHTAG_TOTAL_OVERDUE, RUBIS_HASHTAG_LIST_OVERDUE },
    { RUBIS_HASHTAG_TOTAL_SELECTED, RUBIS_HASHTAG_LIST_SELECTED },
    { RUBIS_HASHTAG_TOTAL_NOT_DUE, RUBIS_HASHTAG_LIST_NOT_DUE },
  };
  RubisHashtag found = hashtag;
  gboolean is_list;

  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, FALSE);

  is_list = entries[hashtag].type == RUBIS_VALUE_TABLE;
  for (gsize i = 0; i < G_N_ELEMENTS (totals) && !is_list; i++)
    {
      is_list = totals[i].total == hashtag;
      found = totals[i].list;
    }
  if (is_list && list != NULL)
    *list = found;
  return is_list;
}

const char *
rubis_list_modifier_get_name (guint index, const char *language)
{
  g_return_val_if_fail (index < RUBIS_N_LIST_MODIFIERS, "");

  return g_strcmp0 (language, "fr") == 0 ? modifier_names[index].french : modifier_names[index].english;
}

const char *
rubis_list_modifier_get_description (guint index)
{
  g_return_val_if_fail (index < RUBIS_N_LIST_MODIFIERS, "");

  return _(modifier_names[index].description);
}

gboolean
rubis_hashtag_lookup (const char *name, RubisHashtag *hashtag, RubisListModifiers *modifiers)
{
  g_autofree char *folded = NULL;
  g_auto(GStrv) parts = NULL;
  RubisListModifiers found_modifiers = RUBIS_LIST_PLAIN;
  RubisHashtag found;

  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (hashtag != NULL, FALSE);

  folded = rubis_hashtag_fold (name);
  /* The whole name first: #Balance0_30 has an underscore of its own. */
  if (!find_folded (folded, &found))
    {
      parts = g_strsplit (folded, "_", -1);
      if (parts[0] == NULL || parts[1] == NULL || !find_folded (parts[0], &found) ||
          !rubis_hashtag_get_list (found, NULL) || !find_modifiers (parts + 1, &found_modifiers))
        return FALSE;
    }
  *hashtag = found;
  if (modifiers != NULL)
    *modifiers = found_modifiers;
  return TRUE;
}

/* Number of letters to add, drop, change or swap with their neighbour to make @b of @a. */
static guint
edit_distance (const char *a, const char *b)
{
  gsize n = strlen (a);
  gsize m = strlen (b);
  gsize width = m + 1;
  g_autofree guint *cells = g_new (guint, (n + 1) * width);

  for (gsize i = 0; i <= n; i++)
    {
      for (gsize j = 0; j <= m; j++)
        {
          guint best;

          if (i == 0 || j == 0)
            {
              cells[i * width + j] = (guint) (i + j);
              continue;
            }
          best = cells[(i - 1) * width + j - 1] + (g_ascii_tolower (a[i - 1]) != g_ascii_tolower (b[j - 1]));
          best = MIN (best, cells[(i - 1) * width + j] + 1);
          best = MIN (best, cells[i * width + j - 1] + 1);
          if (i > 1 && j > 1 && g_ascii_tolower (a[i - 1]) == g_ascii_tolower (b[j - 2]) &&
              g_ascii_tolower (a[i - 2]) == g_ascii_tolower (b[j - 1]))
            best = MIN (best, cells[(i - 2) * width + j - 2] + 1);
          cells[i * width + j] = best;
        }
    }
  return cells[n * width + m];
}

/* The modifier nearest to @name, or NULL. */
static const char *
suggest_modifier (const char *name)
{
  const char *nearest = NULL;
  guint limit = (guint) strlen (name) / 2 + 1;

  for (gsize i = 0; i < G_N_ELEMENTS (modifier_names); i++)
    {
      const char *names[] = { modifier_names[i].french, modifier_names[i].english };

      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        {
          guint distance = edit_distance (name, names[j]);

          if (distance < limit)
            {
              limit = distance;
              nearest = names[j];
            }
        }
    }
  return nearest;
}

static const char *
suggest_name (const char *folded)
{
  const char *nearest = NULL;
  guint limit = (guint) strlen (folded) / 3 + 1;

  for (int i = 0; i < RUBIS_N_HASHTAGS; i++)
    {
      const char *names[] = { entries[i].french, entries[i].english };

      for (gsize j = 0; j < G_N_ELEMENTS (names); j++)
        {
          guint distance = edit_distance (folded, names[j]);

          if (distance < limit)
            {
              limit = distance;
              nearest = names[j];
            }
        }
    }
  return nearest;
}

char *
rubis_hashtag_suggest (const char *name)
{
  g_autofree char *folded = NULL;
  g_auto(GStrv) parts = NULL;
  RubisHashtag hashtag;

  g_return_val_if_fail (name != NULL, NULL);

  folded = rubis_hashtag_fold (name);
  /* Names are short: anything longer is no slip of the finger. */
  if (strlen (folded) > 60)
    return NULL;
  parts = g_strsplit (folded, "_", 2);
  if (parts[0] != NULL && parts[1] != NULL && find_folded (parts[0], &hashtag) &&
      rubis_hashtag_get_list (hashtag, NULL))
    {
      const char *modifier = suggest_modifier (parts[1]);
      gsize base = (gsize) (strchr (name, '_') - name);

      return modifier != NULL ? g_strdup_printf ("%.*s_%s", (int) base, name, modifier) : NULL;
    }
  return g_strdup (suggest_name (folded));
}

const char *
rubis_hashtag_get_name (RubisHashtag hashtag, const char *language)
{
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, "");

  return g_strcmp0 (language, "fr") == 0 ? entries[hashtag].french : entries[hashtag].english;
}

RubisHashtagFamily
rubis_hashtag_get_family (RubisHashtag hashtag)
{
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, RUBIS_HASHTAG_FAMILY_CUSTOMER);

  return entries[hashtag].family;
}

RubisValueType
rubis_hashtag_get_value_type (RubisHashtag hashtag)
{
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, RUBIS_VALUE_TEXT);

  return entries[hashtag].type;
}

gboolean
rubis_hashtag_is_mandatory (RubisHashtag hashtag)
{
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, FALSE);

  return entries[hashtag].mandatory;
}

const char *
rubis_hashtag_get_description (RubisHashtag hashtag)
{
  g_return_val_if_fail (hashtag < RUBIS_N_HASHTAGS, "");

  return _(entries[hashtag].description);
}

const char *
rubis_hashtag_family_to_label (RubisHashtagFamily family)
{
  static const char *const labels[RUBIS_N_HASHTAG_FAMILIES] = {
    [RUBIS_HASHTAG_FAMILY_CUSTOMER] = N_("Customer"),     [RUBIS_HASHTAG_FAMILY_CONTACT] = N_("Contact"),
    [RUBIS_HASHTAG_FAMILY_ITEM] = N_("Leading invoice"),  [RUBIS_HASHTAG_FAMILY_ACCOUNT] = N_("Account"),
    [RUBIS_HASHTAG_FAMILY_LISTS] = N_("Lists"),           [RUBIS_HASHTAG_FAMILY_PENALTIES] = N_("Penalties"),
    [RUBIS_HASHTAG_FAMILY_PAPERS] = N_("Statements and agreements"), [RUBIS_HASHTAG_FAMILY_STEP] = N_("Step"),             [RUBIS_HASHTAG_FAMILY_COMPANY] = N_("Own company"),
    [RUBIS_HASHTAG_FAMILY_USER] = N_("Signatory"),
  };

  g_return_val_if_fail (family < RUBIS_N_HASHTAG_FAMILIES, "");

  return _(labels[family]);
}
