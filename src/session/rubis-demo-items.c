/* Invented invoices, credits and payments of a year. */
#include "rubis-demo-private.h"

static const char *const labels[] = {
  "Visserie et quincaillerie", "Outillage à main", "Éclairage d’atelier", "Peintures et vernis", "Location de matériel",
  "Pièces détachées",          "Entretien annuel", "Formation sur site",  "Petit équipement",    "Abonnement trimestriel",
};

RubisDemoItem *
rubis_demo_add_item (RubisDemo *demo, guint account, RubisItemType type, int issue, int due, gint64 total)
{
  static const char *const prefixes[RUBIS_N_ITEM_TYPES] = { "FA", "AV", "RG", "OD", "LC", "AC" };
  const RubisDemoAccount *owner = g_ptr_array_index (demo->accounts, account);
  RubisDate issued = demo->today + issue;
  int year, month, day;
  RubisDemoItem item = {
    .account = account,
    .type = type,
    .issue = issued,
    .due = demo->today + due,
    .currency = owner->currency,
    .total = total,
    .paid_on = RUBIS_DATE_NONE,
    .promise_date = RUBIS_DATE_NONE,
    .means = owner->record->means,
    .label = labels[demo->n_numbers % G_N_ELEMENTS (labels)],
    .level = RUBIS_LEVEL_NONE,
    .level_date = RUBIS_DATE_NONE,
  };

  rubis_date_to_ymd (issued, &year, &month, &day);
  item.number = g_strdup_printf ("%s%02d%02d-%05u", prefixes[type], year % 100, month, ++demo->n_numbers);
  g_array_append_val (demo->items, item);
  return &g_array_index (demo->items, RubisDemoItem, demo->items->len - 1);
}

/* Days from the due date to the payment; G_MAXINT: never. */
static int
draw_delay (RubisDemo *demo, RubisDemoProfile profile, RubisDate due)
{
  switch (profile)
    {
    case RUBIS_DEMO_SLOW:
      return rubis_demo_between (demo, 0, 24);
    case RUBIS_DEMO_LATE:
      return rubis_demo_between (demo, 12, 45);
    case RUBIS_DEMO_BAD:
      return rubis_demo_pick (demo, 8) == 0 ? G_MAXINT : rubis_demo_between (demo, 30, 95);
    case RUBIS_DEMO_STOPPED_PAYING:
      return due > demo->today - 75 ? G_MAXINT : rubis_demo_between (demo, 5, 30);
    case RUBIS_DEMO_PROMPT:
    default:
      return rubis_demo_between (demo, -6, 2);
    }
}

static gint64
draw_amount (RubisDemo *demo, const RubisDemoAccount *account)
{
  /* Mostly hundreds, now and then thousands; large customers buy more. */
  gint64 amount = rubis_demo_between (demo, 4500, 240000);

  if (rubis_demo_pick (demo, 12) == 0)
    amount *= rubis_demo_between (demo, 3, 9);
  if (account->record->policy_id[0] != '\0')
    amount *= 4;
  return account->record->kind == RUBIS_PARTY_CONSUMER ? amount / 6 : amount;
}

static void
add_credit (RubisDemo *demo, guint account, const RubisDemoItem *invoice)
{
  gint64 amount = -(invoice->total / 100) * rubis_demo_between (demo, 5, 20);
  int later = (int) (invoice->issue - demo->today) + rubis_demo_between (demo, 5, 30);
  int issue = MIN (0, later);
  RubisDemoItem *credit = rubis_demo_add_item (demo, account, RUBIS_ITEM_CREDIT, issue, issue, amount);

  /* A credit is allocated within a month. */
  if (credit->issue + 30 <= demo->today)
    {
      credit->paid = credit->total;
      credit->paid_on = credit->issue + rubis_demo_between (demo, 1, 29);
    }
}

static void
add_invoice (RubisDemo *demo, guint index)
{
  const RubisDemoAccount *account = g_ptr_array_index (demo->accounts, index);
  int issue = -rubis_demo_between (demo, 1, 365);
  RubisDate due = rubis_payment_terms_due_date (&account->terms, demo->today + issue);
  RubisDemoItem item = *rubis_demo_add_item (demo, index, RUBIS_ITEM_INVOICE, issue, due - demo->today,
                                             draw_amount (demo, account));
  int delay = draw_delay (demo, account->profile, due);
  guint at = demo->items->len - 1;

  if (account->record->means == RUBIS_MEANS_DIRECT_DEBIT)
    delay = 0;
  if (delay != G_MAXINT && due + delay <= demo->today)
    {
      item.paid_on = MAX (item.issue, due + delay);
      /* Now and then a part is paid, and the rest a while later. */
      item.paid = rubis_demo_pick (demo, 12) == 0 && item.paid_on > demo->today - 40 ? item.total / 2 : item.total;
      g_array_index (demo->items, RubisDemoItem, at) = item;
    }
  if (rubis_demo_pick (demo, 28) == 0)
    add_credit (demo, index, &item);
}

void
rubis_demo_add_ordinary_items (RubisDemo *demo)
{
  g_autoptr(GArray) buyers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < demo->accounts->len; i++)
    {
      const RubisDemoAccount *account = g_ptr_array_index (demo->accounts, i);

      /* Large customers buy often. */
      for (int n = account->record->policy_id[0] != '\0' ? 3 : 1; n > 0 && !account->special; n--)
        g_array_append_val (buyers, i);
    }
  while (demo->items->len < RUBIS_DEMO_ITEMS)
    add_invoice (demo, g_array_index (buyers, guint, rubis_demo_pick (demo, buyers->len)));
}
