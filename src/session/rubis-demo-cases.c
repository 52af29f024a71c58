/* The awkward cases that a dunning program meets, one account each, told in the account's note. */
#include "rubis-demo-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"

#define FAC RUBIS_ITEM_INVOICE

static void
set_text (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static RubisDemoItem *
add (RubisDemo *demo, guint account, RubisItemType type, int issue, int due, gint64 total, gint64 paid, int paid_on)
{
  RubisDemoItem *item = rubis_demo_add_item (demo, account, type, issue, due, total);

  item->paid = paid;
  if (paid != 0)
    item->paid_on = demo->today + paid_on;
  return item;
}

/* With its line of the journal. (unowned) until the next one is added */
static RubisDemoPromise *
promise (RubisDemo *demo, const RubisDemoItem *item, int given, int day, gint64 amount, const char *by,
         const char *words)
{
  RubisDemoPromise said = {
    .account = item->account,
    .number = item->number,
    .given_on = demo->today + given,
    .date = demo->today + day,
    .amount = amount,
    .by = by,
    .words = words,
    .channel = RUBIS_CHANNEL_CALL,
  };
  const RubisDemoAccount *account = g_ptr_array_index (demo->accounts, item->account);
  const char *language = rubis_format_ui_language ();
  g_autofree char *sum = rubis_format_amount (amount, item->currency, language);
  g_autofree char *date = rubis_format_date_short (said.date, language);
  /* Translators: a customer, an amount, a day. */
  g_autofree char *summary = g_strdup_printf (_("Promise to pay: %s, %s for %s"), account->record->name, sum, date);

  rubis_demo_add_note (demo, item->account, given, "promise", summary);
  g_array_append_val (demo->promises, said);
  return &g_array_index (demo->promises, RubisDemoPromise, demo->promises->len - 1);
}

/* --- One function a case: it gets the index of its account ------------------------------------ */

static void
fill_partial (RubisDemo *demo, guint a)
{
  const RubisDemoItem *item = add (demo, a, FAC, -70, -40, 480000, 180000, -20);

  promise (demo, item, -27, -21, 300000, "Mme Perrin", _("You will have three thousand euros on that day, the rest follows."));
}

static void
fill_credit_covers (RubisDemo *demo, guint a)
{
  add (demo, a, FAC, -65, -35, 90000, 0, 0);
  add (demo, a, RUBIS_ITEM_CREDIT, -20, -20, -120000, 0, 0);
}

static void
fill_unallocated (RubisDemo *demo, guint a)
{
  add (demo, a, FAC, -50, -20, 300000, 0, 0);
  add (demo, a, RUBIS_ITEM_PAYMENT, -5, -5, -100000, 0, 0);
}

static void
fill_overpaid (RubisDemo *demo, guint a)
{
  const RubisDemoItem *item = add (demo, a, FAC, -80, -50, 42000, 42000, -45);

  promise (demo, item, -49, -46, 42000, "M. Aubert", _("The transfer is signed, it leaves on Friday."));
  add (demo, a, RUBIS_ITEM_PAYMENT, -45, -45, -1200, 0, 0);
}

static void
fill_down_payment (RubisDemo *demo, guint a)
{
  add (demo, a, RUBIS_ITEM_DOWN_PAYMENT, -40, -25, 250000, 0, 0);
  add (demo, a, FAC, -30, 5, 180000, 0, 0);
}

static void
fill_draft (RubisDemo *demo, guint a)
{
  add (demo, a, RUBIS_ITEM_DRAFT, -40, 12, 365000, 0, 0);
}

static void
fill_returned_debit (RubisDemo *demo, guint a)
{
  RubisAccountRecord *record = ((RubisDemoAccount *) g_ptr_array_index (demo->accounts, a))->record;

  record->means = RUBIS_MEANS_DIRECT_DEBIT;
  add (demo, a, FAC, -52, -22, 64000, 0, 0)->debit_returned = TRUE;
  add (demo, a, FAC, -20, 10, 64000, 0, 0);
  rubis_demo_add_note (demo, a, -18, "note", _("The bank returned the direct debit: insufficient funds"));
}

static void
fill_partial_dispute (RubisDemo *demo, guint a)
{
  add (demo, a, FAC, -60, -30, 500000, 0, 0)->disputed = 200000;
}

static void
fill_full_dispute (RubisDemo *demo, guint a)
{
  add (demo, a, FAC, -58, -28, 178000, 0, 0)->disputed = 178000;
}

static void
fill_promise (RubisDemo *demo, guint a)
{
  RubisDemoItem *item = add (demo, a, FAC, -49, -19, 216000, 0, 0);

  item->promise_date = demo->today + 4;
  promise (demo, item, -12, -1, 216000, "M. Delmas", _("It goes out with our next payment run."));
  promise (demo, item, -3, 4, 216000, "M. Delmas", _("Our manager was away; you have my word for this date."))->replaces
    = TRUE;
}

static void
fill_broken_promise (RubisDemo *demo, guint a)
{
  RubisDemoItem *item = add (demo, a, FAC, -75, -45, 328000, 0, 0);

  item->promise_date = demo->today - 10;
  promise (demo, item, -17, -10, 328000, "Mme Noël", _("It is on top of my pile, I make the transfer before that day."));
}

static void
put_in_plan (RubisDemo *demo, RubisDemoItem *item, int day)
{
  item->in_plan = TRUE;
  item->planned_on = demo->today + day;
  rubis_demo_add_note (demo, item->account, day, "note", _ ("Payment plan agreed: three instalments"));
}

static void
fill_plan (RubisDemo *demo, guint a)
{
  put_in_plan (demo, add (demo, a, FAC, -120, -90, 900000, 300000, -30), -60);
}

/* Agreed before the due date; the first instalment did not come. */
static void
fill_late_plan (RubisDemo *demo, guint a)
{
  put_in_plan (demo, add (demo, a, FAC, -90, -30, 660000, 0, 0), -45);
}

static void
fill_no_email (RubisDemo *demo, guint a)
{
  set_text (&((RubisDemoAccount *) g_ptr_array_index (demo->accounts, a))->record->email, "");
  add (demo, a, FAC, -35, -5, 73500, 0, 0);
}

static void
fill_currencies (RubisDemo *demo, guint a)
{
  static const char *const codes[] = { "EUR", "USD", "GBP" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    rubis_currency_parse (codes[i], &add (demo, a, FAC, -45 - (int) i, -15 - (int) i, 150000, 0, 0)->currency);
}

static void
fill_levels (RubisDemo *demo, guint a)
{
  add (demo, a, FAC, -100, -60, 84000, 0, 0);
  add (demo, a, FAC, -55, -25, 61000, 0, 0);
  add (demo, a, FAC, -34, -4, 39000, 0, 0);
}

static void
fill_instalments (RubisDemo *demo, guint a)
{
  RubisDemoItem *first = add (demo, a, FAC, -60, -30, 100000, 0, 0);
  g_autofree char *number = g_strdup (first->number);

  for (int i = 1; i <= 2; i++)
    {
      RubisDemoItem *item = i == 1 ? first : add (demo, a, FAC, -60, 0, 100000, 0, 0);

      set_text (&item->number, number);
      item->instalment = i;
    }
}

static void
fill_small (RubisDemo *demo, guint a)
{
  add (demo, a, FAC, -60, -30, 310, 0, 0);
  add (demo, a, FAC, -50, -20, 86000, 85999, -20);
}

static void
fill_same_party (RubisDemo *demo, guint a)
{
  RubisAccountRecord *first = ((RubisDemoAccount *) g_ptr_array_index (demo->accounts, a))->record;
  RubisDemoAccount *second = rubis_demo_add_account (demo, RUBIS_PARTY_PROFESSIONAL);
  guint b = demo->accounts->len - 1;

  second->special = TRUE;
  set_text (&second->record->name, first->name);
  set_text (&second->record->siren, first->siren);
  set_text (&second->record->vat_id, first->vat_id);
  set_text (&second->record->note, first->note);
  add (demo, a, FAC, -41, -11, 57000, 0, 0);
  add (demo, b, FAC, -42, -12, 66000, 0, 0);
}

static void
fill_lawyer (RubisDemo *demo, guint a)
{
  ((RubisDemoAccount *) g_ptr_array_index (demo->accounts, a))->record->with_agent = TRUE;
  add (demo, a, FAC, -190, -160, 1240000, 0, 0);
  rubis_demo_add_note (demo, a, -80, "note", _("File handed to the lawyer"));
}

static void
fill_insolvent (RubisDemo *demo, guint a)
{
  ((RubisDemoAccount *) g_ptr_array_index (demo->accounts, a))->record->insolvency = RUBIS_INSOLVENCY_RECEIVERSHIP;
  add (demo, a, FAC, -130, -100, 587000, 0, 0);
  rubis_demo_add_note (demo, a, -33, "note", _("Receivership opened: the claim is to be declared within two months"));
}

static void
fill_stopped (RubisDemo *demo, guint a)
{
  RubisAccountRecord *record = ((RubisDemoAccount *) g_ptr_array_index (demo->accounts, a))->record;

  record->stop = TRUE;
  set_text (&record->stop_reason, _("Moved: new address unknown"));
  add (demo, a, FAC, -88, -58, 112000, 0, 0);
  rubis_demo_add_note (demo, a, -40, "stop", _("Dunning stopped: letter returned, moved without address"));
}

static void
fill_same_number (RubisDemo *demo, guint a)
{
  RubisDemoAccount *second = rubis_demo_add_account (demo, RUBIS_PARTY_PROFESSIONAL);
  guint b = demo->accounts->len - 1;
  RubisAccountRecord *record = ((RubisDemoAccount *) g_ptr_array_index (demo->accounts, a))->record;

  second->special = TRUE;
  set_text (&second->record->note, record->note);
  set_text (&add (demo, a, FAC, -44, -14, 45000, 0, 0)->number, "FA-2026-77");
  set_text (&add (demo, b, FAC, -37, -7, 92000, 0, 0)->number, "FA-2026-77");
}

static void
fill_moved_due (RubisDemo *demo, guint a)
{
  add (demo, a, FAC, -60, 10, 268000, 0, 0);
  rubis_demo_add_note (demo, a, -12, "note", _("Due date postponed by 40 days, as agreed"));
}

static void
fill_special_name (RubisDemo *demo, guint a)
{
  RubisAccountRecord *record = ((RubisDemoAccount *) g_ptr_array_index (demo->accounts, a))->record;

  set_text (&record->name, "Dupont & Fils <Gros> \"#Client\"");
  add (demo, a, FAC, -46, -16, 51500, 0, 0);
}

static void
fill_reappeared (RubisDemo *demo, guint a)
{
  g_autofree char *summary = NULL;

  summary = g_strdup_printf (_("%s came back after it was settled"), add (demo, a, FAC, -70, -38, 83000, 0, 0)->number);
  rubis_demo_add_note (demo, a, -9, "reappeared", summary);
}

static void
fill_overdue (RubisDemo *demo, guint a)
{
  add (demo, a, FAC, -62, -32, 99000, 0, 0);
  add (demo, a, FAC, -15, 15, 45000, 0, 0);
}

typedef struct
{
  RubisPartyKind kind;
  void (*fill) (RubisDemo *demo, guint account);
  const char *note; /* untranslated */
} Case;

static const Case cases[] = {
  { RUBIS_PARTY_PROFESSIONAL, fill_partial, N_("Partial payment: only what is open is claimed, the level is kept.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_credit_covers,
    N_("Credit note not allocated, larger than the debt: nothing is claimed.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_unallocated,
    N_("Payment received and not allocated: a person looks before anything leaves.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_overpaid, N_("Paid too much: an account in credit is never dunned.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_down_payment, N_("Down-payment request: a memo, not a debt.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_draft, N_("Draft in transit: nothing is claimed before its due date.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_returned_debit,
    N_("Pays by direct debit; one debit came back and is claimed, the next one is not.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_partial_dispute, N_("Disputed for 40 %: the rest of the invoice is claimed.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_full_dispute, N_("The whole invoice is disputed: dunning waits.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_promise, N_("Promise to pay whose date has not passed: dunning waits.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_broken_promise, N_("Broken promise to pay: dunning went on.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_plan, N_("Payment plan that is respected: dunning waits.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_no_email, N_("No email address: a letter takes its place.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_currencies, N_("Debts in three currencies: one document each, never a common sum.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_levels, N_("Items of different levels: the text is that of the highest one.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_instalments, N_("One invoice with two due dates: two items.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_small, N_("Small amounts and a residue of one cent: left alone.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_same_party, N_("Two accounts of one legal entity.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_lawyer, N_("With the lawyer: nothing leaves from here.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_insolvent, N_("In receivership: the claim is declared, not dunned.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_stopped, N_("Address unknown: dunning stopped until it is found.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_same_number, N_("Two customers with the same invoice number.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_moved_due, N_("Due date changed after the fact: not overdue any more.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_reappeared,
    N_("Settled by one export, open again in the next: its history is kept.") },
  { RUBIS_PARTY_PROFESSIONAL, fill_special_name, N_("A name with signs that templates and HTML use.") },
  { RUBIS_PARTY_CONSUMER, fill_overdue, N_("Consumer: no fixed indemnity, no professional penalties.") },
  { RUBIS_PARTY_PUBLIC, fill_overdue, N_("Public body: Chorus Pro first, then interest under public law.") },
  { RUBIS_PARTY_INTRAGROUP, fill_overdue, N_("Company of the own group: watched, never dunned.") },
};

static const Case last_cases[] = {
  { RUBIS_PARTY_PROFESSIONAL, fill_late_plan,
    N_ ("Payment plan with a late instalment: the instalment is claimed, not the invoice.") },
};

static void
add_case (RubisDemo *demo, const Case *one)
{
  RubisDemoAccount *account = rubis_demo_add_account (demo, one->kind);

  account->special = TRUE;
  set_text (&account->record->note, _ (one->note));
  one->fill (demo, demo->accounts->len - 1);
}

void
rubis_demo_add_cases (RubisDemo *demo)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    add_case (demo, &cases[i]);
}

void
rubis_demo_add_last_cases (RubisDemo *demo)
{
  guint64 state = demo->state;

  for (gsize i = 0; i < G_N_ELEMENTS (last_cases); i++)
    add_case (demo, &last_cases[i]);
  demo->state = state;
}
