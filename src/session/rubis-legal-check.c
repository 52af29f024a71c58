/* What is missing in a legal file, or stands against it, with the way out. */
#include "rubis-legal-file-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"

/* CPCexéc R125-1: principal and interest; minor units of the euro. */
#define SMALL_CLAIM 500000
/* Months before the limitation at which the user is told. */
#define LIMITATION_MONTHS 6

static const char *
say_date (RubisDate date, char **owner)
{
  g_free (*owner);
  *owner = rubis_format_date_long (date, rubis_format_ui_language ());
  return *owner;
}

/* @message: (transfer full) @way_out: (nullable) */
static RubisLegalProblem *
add (RubisLegalCase *self, RubisLegalSeverity severity, const char *code, RubisLegalPlace place,
     char *message, const char *way_out)
{
  RubisLegalProblem *problem = g_new0 (RubisLegalProblem, 1);

  problem->severity = severity;
  problem->code = code;
  problem->place = place;
  problem->message = message;
  problem->way_out = g_strdup (way_out != NULL ? way_out : "");
  g_ptr_array_add (self->file->problems, problem);
  return problem;
}

/* What shuts the way of a payment order. */
static void
check_path (RubisLegalCase *self)
{
  const RubisAccountRecord *account = self->account;

  if (account->insolvency != RUBIS_INSOLVENCY_NONE)
    add (self, RUBIS_LEGAL_BLOCKING, "insolvency", RUBIS_LEGAL_PLACE_ACCOUNT,
         g_strdup_printf (_ ("%s is in collective proceedings (%s): no payment order can be asked for."),
                          account->name, rubis_insolvency_to_label (account->insolvency)),
         _ ("Declare the claim to the administrator within two months of the publication in the BODACC (four "
            "months "
            "from abroad)."));
  if (account->kind == RUBIS_PARTY_PUBLIC)
    add (self, RUBIS_LEGAL_BLOCKING, "public-body", RUBIS_LEGAL_PLACE_ACCOUNT,
         g_strdup_printf (_ ("%s is a public body: no payment order can be asked for."), account->name),
         _ ("Write to the paying authority, then to the administrative court."));
  if (*account->country != '\0' && g_ascii_strcasecmp (account->country, "FR") != 0)
    add (self, RUBIS_LEGAL_BLOCKING, "foreign-debtor", RUBIS_LEGAL_PLACE_ACCOUNT,
         g_strdup_printf (_ ("%s is outside France (%s): a French payment order would not reach it."),
                          account->name, account->country),
         _ ("Within the European Union, ask for a European order for payment (regulation 1896/2006)."));
  if (self->file->principal <= 0)
    add (self, RUBIS_LEGAL_BLOCKING, "nothing-due", RUBIS_LEGAL_PLACE_ACCOUNT,
         g_strdup (_ ("Nothing is left to claim: nothing is overdue, or credits and disputes cover it.")),
         _ ("Choose other invoices."));
}

static void
check_company (RubisLegalCase *self)
{
  const RubisCompany *company = self->company;
  const struct
  {
    const char *code;
    const char *value;
    const char *message;
  } fields[] = {
    { "company-siren", company->siren, N_ ("Your company’s SIREN is not known.") },
    { "company-form", company->legal_form, N_ ("Your company’s legal form is not known.") },
    { "company-capital", company->capital, N_ ("Your company’s capital is not known.") },
    { "company-rcs", company->rcs, N_ ("The town where your company is registered (RCS) is not known.") },
    { "company-address", company->address, N_ ("The seat of your company is not known.") },
    { "company-signatory", company->signatory,
      N_ ("Nobody is named as your company’s legal representative.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (*fields[i].value == '\0')
        add (self, RUBIS_LEGAL_WARNING, fields[i].code, RUBIS_LEGAL_PLACE_COMPANY,
             g_strdup (_ (fields[i].message)), _ ("Complete the identity of your company."));
    }
}

static gboolean
has_director (RubisLegalCase *self)
{
  for (guint i = 0; i < self->contacts->len; i++)
    {
      const RubisContactRecord *contact = g_ptr_array_index (self->contacts, i);

      if (g_str_equal (contact->role, "director"))
        return TRUE;
    }
  return FALSE;
}

static void
check_debtor (RubisLegalCase *self)
{
  const RubisAccountRecord *account = self->account;
  gboolean trader = account->kind == RUBIS_PARTY_PROFESSIONAL || account->kind == RUBIS_PARTY_INTRAGROUP;

  if (trader && *account->siren == '\0')
    add (self, RUBIS_LEGAL_WARNING, "debtor-siren", RUBIS_LEGAL_PLACE_ACCOUNT,
         g_strdup_printf (_ ("The SIREN of %s is not known."), account->name),
         _ ("Look it up in the register of companies and import it with the customer’s record."));
  if (trader && *account->legal_form == '\0')
    add (self, RUBIS_LEGAL_ADVICE, "debtor-form", RUBIS_LEGAL_PLACE_ACCOUNT,
         g_strdup_printf (_ ("The legal form of %s is not known."), account->name),
         _ ("Take it from an extract of the register (Kbis), and join the extract."));
  if (*account->address == '\0' || *account->postcode == '\0' || *account->city == '\0')
    add (self, RUBIS_LEGAL_WARNING, "debtor-address", RUBIS_LEGAL_PLACE_ACCOUNT,
         g_strdup_printf (_ ("The address of %s is not complete."), account->name),
         _ ("Complete it: the order has to be served there."));
  if (trader && !has_director (self))
    add (self, RUBIS_LEGAL_ADVICE, "debtor-representative", RUBIS_LEGAL_PLACE_ACCOUNT,
         g_strdup_printf (_ ("The legal representative of %s is not known."), account->name),
         _ ("Add a contact who is the director."));
  if (account->kind == RUBIS_PARTY_CONSUMER)
    add (
        self, RUBIS_LEGAL_WARNING, "consumer", RUBIS_LEGAL_PLACE_ACCOUNT,
        g_strdup_printf (
            _ ("%s is a consumer: the tribunal judiciaire decides (Cerfa 12948), or for a consumer credit or "
               "a rent the juge des contentieux de la protection (Cerfa 16040)."),
            account->name),
        _ ("Neither the fixed indemnity nor collection costs may be claimed."));
}

static char *
join_names (GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) g_ptr_array_index (names, i));
  return g_string_free (text, FALSE);
}

static void
check_court (RubisLegalCase *self)
{
  const RubisLegalFile *file = self->file;

  if (*file->court == '\0' && file->courts->len > 1)
    {
      g_autofree char *names = join_names (file->courts);

      add (self, RUBIS_LEGAL_WARNING, "court-choice", RUBIS_LEGAL_PLACE_COURT,
           g_strdup_printf (_ ("%u courts share the department of the customer’s seat: %s."), file->courts->len, names),
           _ ("Choose the one in whose district the customer’s town lies."));
    }
  else if (*file->court == '\0')
    add (self, RUBIS_LEGAL_WARNING, "court-unknown", RUBIS_LEGAL_PLACE_COURT,
         g_strdup (_ ("The competent court is not known.")),
         _ ("Name it: it is that of the place where the debtor lives."));
  else if (self->request->court == NULL
           || g_ptr_array_find_with_equal_func (file->courts, file->court, g_str_equal, NULL))
    add (self, RUBIS_LEGAL_ADVICE, "court-check", RUBIS_LEGAL_PLACE_COURT,
         g_strdup_printf (_ ("The court (%s) was found from the postcode."), file->court),
         _ ("Check it before filing; if the debtor is no trader, the tribunal judiciaire decides (Cerfa "
            "12948)."));
  if (g_str_has_prefix (file->court, "chambre commerciale"))
    add (self, RUBIS_LEGAL_ADVICE, "form-check", RUBIS_LEGAL_PLACE_COURT,
         g_strdup (_ ("Commercial claims of Alsace and Moselle go to a chamber of the tribunal judiciaire.")),
         _ ("Ask its registry which official form it takes."));
}

static void
check_limitation (RubisLegalCase *self, const RubisLegalItem *item)
{
  RubisDate today = self->file->date;
  g_autofree char *date = NULL;
  RubisLegalProblem *problem = NULL;

  if (item->limitation == RUBIS_DATE_NONE)
    return;
  if (item->interrupted < today)
    problem = add (self, RUBIS_LEGAL_BLOCKING, "limitation-passed", RUBIS_LEGAL_PLACE_ITEM,
                   g_strdup_printf (_ ("%s cannot be sued for any more: the limitation passed on %s."),
                                    item->number, say_date (item->interrupted, &date)),
                   _ ("Leave the invoice out, unless an act that the dossier does not know interrupted the "
                      "limitation."));
  else if (item->limitation < today)
    problem = add (self, RUBIS_LEGAL_WARNING, "limitation-interrupted", RUBIS_LEGAL_PLACE_ITEM,
                   g_strdup_printf (_ ("%s can be sued for until %s only because of a payment on account."),
                                    item->number, say_date (item->interrupted, &date)),
                   _ ("Join the proof of that payment and of its date."));
  else if (item->limitation <= rubis_date_add_months (today, LIMITATION_MONTHS))
    problem = add (self, RUBIS_LEGAL_WARNING, "limitation-near", RUBIS_LEGAL_PLACE_ITEM,
                   g_strdup_printf (_ ("%s can be sued for until %s only."), item->number,
                                    say_date (item->limitation, &date)),
                   _ ("File without delay: a formal notice does not interrupt the limitation."));
  if (problem != NULL)
    problem->item_id = item->id;
}

static void
check_agreements (RubisLegalCase *self, const RubisLegalItem *item)
{
  RubisLegalProblem *problem = NULL;
  g_autofree char *text = NULL;

  if (item->disputed > 0)
    {
      text = rubis_format_amount (item->disputed, self->file->currency, rubis_format_ui_language ());
      problem = add (
          self, RUBIS_LEGAL_WARNING, "dispute-open", RUBIS_LEGAL_PLACE_ITEM,
          g_strdup_printf (_ ("%s is contested for %s, which is left out of the claim."), item->number, text),
          _ ("Settle the dispute first: what is contested ends in a hearing."));
      problem->item_id = item->id;
    }
  if (item->promise_date != RUBIS_DATE_NONE && item->promise_date >= self->file->date)
    {
      problem = add (self, RUBIS_LEGAL_WARNING, "promise-running", RUBIS_LEGAL_PLACE_ITEM,
                     g_strdup_printf (_ ("Payment of %s is promised for %s."), item->number,
                                      say_date (item->promise_date, &text)),
                     _ ("Wait for that day."));
      problem->item_id = item->id;
    }
  if (item->plan_late)
    {
      problem = add (self, RUBIS_LEGAL_WARNING, "plan-late", RUBIS_LEGAL_PLACE_ITEM,
                     g_strdup_printf (_ ("%s is part of a payment plan that is late, but not ended."), item->number),
                     _ ("Let the whole fall due first: until then only its late instalments can be claimed."));
      problem->item_id = item->id;
    }
  if (item->plan_kept)
    {
      problem = add (self, RUBIS_LEGAL_WARNING, "plan-running", RUBIS_LEGAL_PLACE_ITEM,
                     g_strdup_printf (_ ("%s is part of a payment plan that is kept."), item->number),
                     _ ("Only instalments that are due can be claimed while the plan is kept."));
      problem->item_id = item->id;
    }
  if (item->with_agent)
    {
      problem = add (self, RUBIS_LEGAL_ADVICE, "with-agent", RUBIS_LEGAL_PLACE_ITEM,
                     g_strdup_printf (_ ("%s was handed over already."), item->number),
                     _ ("Make sure that it is not claimed twice."));
      problem->item_id = item->id;
    }
}

static void
check_exhibits (RubisLegalCase *self)
{
  const RubisLegalFile *file = self->file;
  gboolean has_order = FALSE;

  for (guint i = 0; i < file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (file->exhibits, i);

      has_order = has_order || exhibit->kind == RUBIS_EXHIBIT_ORDER || exhibit->kind == RUBIS_EXHIBIT_DELIVERY
                  || exhibit->kind == RUBIS_EXHIBIT_TERMS;
      if (exhibit->by_text)
        add (self, RUBIS_LEGAL_ADVICE, "copy-by-text", RUBIS_LEGAL_PLACE_ITEM,
             g_strdup_printf (_ ("%s was found by its text in the folder of copies (“%s”)."), exhibit->title,
                              exhibit->file_name),
             _ ("Look whether it is the invoice itself."))
            ->item_id
            = exhibit->item_id;
      if (exhibit->replaced)
        add (self, RUBIS_LEGAL_WARNING, "exhibit-unreadable", RUBIS_LEGAL_PLACE_NONE,
             g_strdup_printf (
                 _ ("“%s” cannot be bound: it is protected, damaged or of a format that cannot be printed."),
                 exhibit->file_name),
             _ ("Replace it by a PDF without password. The ZIP holds it as it is."));
    }
  if (!has_order)
    add (
        self, RUBIS_LEGAL_ADVICE, "order-missing", RUBIS_LEGAL_PLACE_ITEM,
        g_strdup (_ (
            "No order, contract, terms or delivery note is joined: the judge wants to see what was agreed.")),
        _ ("Add them to the customer’s files."));
}

static void
check_items (RubisLegalCase *self)
{
  const RubisLegalFile *file = self->file;
  gint64 credits = 0;

  for (guint i = 0; i < file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (file->items, i);

      if (item->open < 0)
        {
          credits -= item->open;
          continue;
        }
      if (item->type == RUBIS_ITEM_INVOICE
          && rubis_legal_file_find_exhibit (file, 0, item->id, RUBIS_EXHIBIT_INVOICE) == 0)
        add (self, RUBIS_LEGAL_WARNING, "invoice-missing", RUBIS_LEGAL_PLACE_ITEM,
             g_strdup_printf (_ ("The copy of invoice %s is missing."), item->number),
             _ ("Add its PDF to the invoice’s copies."))
            ->item_id
            = item->id;
      check_agreements (self, item);
      check_limitation (self, item);
    }
  if (credits > 0)
    {
      g_autofree char *amount = rubis_format_amount (credits, file->currency, rubis_format_ui_language ());

      add (self, RUBIS_LEGAL_WARNING, "unapplied-credits", RUBIS_LEGAL_PLACE_ACCOUNT,
           g_strdup_printf (_ ("Credits and payments of %s are deducted, but not applied to any invoice."),
                            amount),
           _ ("Apply them in the accounts first: until then interest is computed as if they lowered the "
              "oldest "
              "invoices."));
    }
  if (self->n_other_currencies > 0)
    add (self, RUBIS_LEGAL_ADVICE, "other-currency", RUBIS_LEGAL_PLACE_ACCOUNT,
         g_strdup_printf (ngettext ("%d invoice in another currency is left out.",
                                    "%d invoices in other currencies are left out.",
                                    (gulong)self->n_other_currencies),
                          self->n_other_currencies),
         _ ("Make a file of their own for them."));
}

/* Whether a letter reached the customer, or came back in a way that counts as such. */
static gboolean
has_arrived (const RubisCaseLetter *letter)
{
  return g_str_equal (letter->state, "received") || g_str_equal (letter->state, "refused")
         || g_str_equal (letter->state, "not_claimed");
}

static void
check_notice (RubisLegalCase *self)
{
  gboolean has_notice = FALSE;
  gboolean arrived = FALSE;
  gboolean shared = FALSE;

  for (guint i = 0; i < self->file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (self->file->exhibits, i);

      if (exhibit->kind != RUBIS_EXHIBIT_NOTICE)
        continue;
      has_notice = TRUE;
      for (guint j = 0; j < self->letters->len; j++)
        {
          const RubisCaseLetter *letter = g_ptr_array_index (self->letters, j);

          arrived = arrived || (letter->id == exhibit->registered_id && has_arrived (letter));
          shared = shared || (letter->id == exhibit->registered_id && letter->n_deposited > 1);
        }
    }
  if (!has_notice)
    add (self, RUBIS_LEGAL_WARNING, "no-formal-notice", RUBIS_LEGAL_PLACE_LETTERS,
         g_strdup (_ ("No formal notice for these invoices is in the dossier.")),
         _ ("Send a formal notice by registered letter, and wait for its deadline."));
  else if (!arrived)
    add (self, RUBIS_LEGAL_WARNING, "notice-not-received", RUBIS_LEGAL_PLACE_LETTERS,
         g_strdup (_ ("Nothing proves that the formal notice reached the customer.")),
         _ ("Enter what became of the registered letter and drop the scan of its receipt."));
  if (shared)
    add (self, RUBIS_LEGAL_ADVICE, "deposit-list-shared", RUBIS_LEGAL_PLACE_LETTERS,
         g_strdup (_ ("The deposit list of the registered letter names other customers: it is left out.")),
         _ ("Add a copy in which only this letter can be read, as proof of deposit."));
  if (self->n_unkept > 0)
    add (self, RUBIS_LEGAL_ADVICE, "letters-not-kept", RUBIS_LEGAL_PLACE_LETTERS,
         g_strdup_printf (ngettext ("The text of %d reminder is not in the dossier.",
                                    "The texts of %d reminders are not in the dossier.",
                                    (gulong)self->n_unkept),
                          self->n_unkept),
         _ ("The chronology names them; join their copies if you have them."));
}

static void
check_amounts (RubisLegalCase *self)
{
  const RubisLegalFile *file = self->file;
  gboolean euro = rubis_currency_equal (file->currency, RUBIS_CURRENCY_EUR);

  if (euro && file->principal > 0 && file->principal + file->interest <= SMALL_CLAIM)
    add (self, RUBIS_LEGAL_ADVICE, "small-claim", RUBIS_LEGAL_PLACE_NONE,
         g_strdup (_ ("Principal and interest do not exceed €5,000: the simplified procedure for small "
                      "claims is open too.")),
         _ ("A commissaire de justice invites the debtor to agree within a month (CPCexéc L125-1); its costs "
            "are yours."));
  if (!file->has_regime && file->debtor_kind == RUBIS_PARTY_CONSUMER)
    add (self, RUBIS_LEGAL_ADVICE, "no-interest", RUBIS_LEGAL_PLACE_LETTERS,
         g_strdup (_ ("A consumer owes interest from a formal notice only: none is claimed.")), NULL);
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const RubisLegalProblem *first = *(const RubisLegalProblem *const *)a;
  const RubisLegalProblem *second = *(const RubisLegalProblem *const *)b;

  return (int)first->severity - (int)second->severity;
}

static void
problem_free (gpointer data)
{
  RubisLegalProblem *self = data;

  g_free (self->message);
  g_free (self->way_out);
  g_free (self);
}

void
rubis_legal_case_check (RubisLegalCase *self)
{
  g_ptr_array_set_free_func (self->file->problems, problem_free);
  check_path (self);
  check_company (self);
  check_debtor (self);
  check_court (self);
  check_items (self);
  check_exhibits (self);
  check_notice (self);
  check_amounts (self);
  g_ptr_array_sort (self->file->problems, compare_problems);
}
