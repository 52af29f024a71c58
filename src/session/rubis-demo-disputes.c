/* What the demo's customers contest, and the colleagues who look into it. */
#include "rubis-demo-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-dispute-reason.h"
#include "rubis-dispute-state.h"
#include "rubis-store-actors.h"
#include "rubis-store-disputes.h"

/* Days after the due date on which an invoice is contested. */
#define OPENED_AFTER 4

static const struct
{
  const char *name;
  const char *email;
  const char *phone;
  const char *role; /* untranslated */
} colleagues[] = {
  { "Paul Mercier", "p.mercier", "04 65 71 00 21", N_ ("Sales") },
  { "Nadia Brun", "n.brun", "04 65 71 00 22", N_ ("Sales") },
  { "Tom Vidal", "t.vidal", "04 65 71 00 23", N_ ("Sales") },
  { "Sophie Lemaire", "s.lemaire", "04 65 71 00 31", N_ ("Sales administration") },
  { "Karim Haddad", "k.haddad", "04 65 71 00 41", N_ ("Quality and logistics") },
};
enum
{
  NADIA = 2,
  SOPHIE = 4,
  KARIM = 5
}; /* from 1; 0 is nobody */

typedef enum
{
  PICK_PART, /* the case contested in part */
  PICK_ALL,  /* the case contested in full */
  PICK_OPEN, /* of an ordinary customer, overdue since two to six weeks */
  PICK_NEW,  /* overdue since a few days */
  PICK_PAID, /* paid late this year */
} Pick;

static const struct
{
  Pick pick;
  int percent; /* contested of the total */
  RubisDisputeReason reason;
  RubisDisputeState state;
  int resolver;
  int due; /* days from today, of those not closed */
  const char *line;
  const char *words;   /* untranslated; of the customer */
  const char *comment; /* untranslated, NULL: none; of the resolver */
  const char *end;     /* untranslated, NULL: not closed */
} plans[] = {
  { PICK_PART, 40, RUBIS_DISPUTE_QUANTITY, RUBIS_DISPUTE_OPEN, KARIM, 4, "Corindon brut",
    N_ ("Two of the five crates are missing, we wrote it on the delivery note."), NULL, NULL },
  { PICK_ALL, 100, RUBIS_DISPUTE_NOT_ORDERED, RUBIS_DISPUTE_EXAMINED, NADIA, -6, "Abrasifs",
    N_ ("We never ordered this: we have no order number for it."),
    N_ ("I am looking for the signed order with the customer’s buyer."), NULL },
  { PICK_OPEN, 15, RUBIS_DISPUTE_PRICE, RUBIS_DISPUTE_CREDIT_AWAITED, SOPHIE, 3, "Abrasifs",
    N_ ("The discount that was agreed in March is not on the invoice."),
    N_ ("That is right: I make the credit note."), NULL },
  { PICK_NEW, 10, RUBIS_DISPUTE_DOCUMENTS, RUBIS_DISPUTE_OPEN, 0, 2, "",
    N_ ("Send us the delivery note and we pay the transport."), NULL, NULL },
  { PICK_PAID, 20, RUBIS_DISPUTE_QUALITY, RUBIS_DISPUTE_FOUNDED, KARIM, 0, "Corindon brut",
    N_ ("One batch was damp and could not be used."), N_ ("Checked on the sample: the batch was damp."),
    N_ ("Credit note made") },
  { PICK_PAID, 100, RUBIS_DISPUTE_PRICE, RUBIS_DISPUTE_UNFOUNDED, NADIA, 0, "Abrasifs",
    N_ ("The price is not the one of your quotation."), NULL,
    N_ ("Price of the signed quotation, sent again") },
  { PICK_PAID, 30, RUBIS_DISPUTE_DELIVERY, RUBIS_DISPUTE_ABANDONED, KARIM, 0, "",
    N_ ("The delivery came four days late."), NULL, N_ ("The customer withdrew it after our call") },
};

static gboolean
fits (const RubisDemo *demo, const RubisDemoItem *item, Pick pick)
{
  const RubisDemoAccount *account = g_ptr_array_index (demo->accounts, item->account);
  int late = demo->today - item->due;
  int delay = item->paid_on - item->due;

  if (pick == PICK_PART)
    return item->disputed != 0 && item->disputed < item->total;
  if (pick == PICK_ALL)
    return item->disputed != 0 && item->disputed == item->total;
  if (account->special || item->disputed != 0 || item->type != RUBIS_ITEM_INVOICE || item->in_plan
      || account->record->kind != RUBIS_PARTY_PROFESSIONAL || item->means == RUBIS_MEANS_DIRECT_DEBIT
      || !rubis_currency_equal (item->currency, RUBIS_CURRENCY_EUR))
    return FALSE;
  if (pick == PICK_PAID)
    return item->paid == item->total && item->paid_on != RUBIS_DATE_NONE && delay > 24 && delay < 60
           && item->paid_on < demo->today - 30 && item->paid_on > demo->today - 200;
  if (item->paid_on != RUBIS_DATE_NONE || item->total < 40000)
    return FALSE;
  return pick == PICK_NEW ? late >= OPENED_AFTER && late <= 9 : late >= 15 && late <= 40;
}

/* The index of the item of a plan; those of former plans of the same kind are passed over. */
static guint
find_item (const RubisDemo *demo, gsize plan)
{
  guint n_before = 0;

  for (gsize i = 0; i < plan; i++)
    n_before += plans[i].pick == plans[plan].pick ? 1 : 0;
  for (guint i = 0; i < demo->items->len; i++)
    {
      if (!fits (demo, &g_array_index (demo->items, RubisDemoItem, i), plans[plan].pick))
        continue;
      if (n_before-- == 0)
        return i;
      /* Of another customer. */
      i = ((RubisDemoAccount *)g_ptr_array_index (demo->accounts,
                                                  g_array_index (demo->items, RubisDemoItem, i).account))
              ->first_item
          + ((RubisDemoAccount *)g_ptr_array_index (demo->accounts,
                                                    g_array_index (demo->items, RubisDemoItem, i).account))
                ->n_items
          - 1;
    }
  return G_MAXUINT;
}

static RubisDate
get_end (const RubisDemoItem *item)
{
  return item->paid_on - 4;
}

static void
note (RubisDemo *demo, const RubisDemoItem *item, RubisDate date, const char *format)
{
  const RubisDemoAccount *account = g_ptr_array_index (demo->accounts, item->account);
  g_autofree char *summary = NULL;
  g_auto (GStrv) parts = g_strsplit (format, "%s", 3);

  summary = g_strconcat (parts[0], item->number, parts[1], account->record->name, parts[2], NULL);
  rubis_demo_add_note (demo, item->account, date - demo->today, "dispute", summary);
}

static const char *
get_end_format (RubisDisputeState state)
{
  if (state == RUBIS_DISPUTE_FOUNDED)
    return _ ("Dispute on %s closed as founded: %s");
  return state == RUBIS_DISPUTE_UNFOUNDED ? _ ("Dispute on %s closed as unfounded: %s")
                                          : _ ("Dispute on %s abandoned: %s");
}

void
rubis_demo_choose_disputes (RubisDemo *demo)
{
  demo->contested = g_array_new (FALSE, FALSE, sizeof (guint));
  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      guint index = find_item (demo, i);

      g_array_append_val (demo->contested, index);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      guint index = g_array_index (demo->contested, guint, i);
      RubisDemoItem *item;

      if (index == G_MAXUINT)
        continue;
      item = &g_array_index (demo->items, RubisDemoItem, index);
      if (plans[i].end == NULL)
        item->disputed = item->total * plans[i].percent / 100;
      note (demo, item, item->due + OPENED_AFTER, _ ("Dispute opened on %s: %s"));
      if (plans[i].end != NULL)
        note (demo, item, get_end (item), get_end_format (plans[i].state));
    }
}

static gboolean
write_colleagues (RubisDemo *demo, gint64 *ids, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (colleagues); i++)
    {
      g_autoptr (RubisActor) actor = rubis_actor_new ();
      g_autofree char *email = g_strconcat (colleagues[i].email, "@atelier-corindon.example", NULL);

      rubis_actor_set (actor, name, colleagues[i].name);
      rubis_actor_set (actor, email, email);
      rubis_actor_set (actor, phone, colleagues[i].phone);
      rubis_actor_set (actor, role, _ (colleagues[i].role));
      if (!rubis_store_insert_actor (demo->db, actor, error))
        return FALSE;
      ids[i + 1] = actor->id;
    }
  return TRUE;
}

static void
set_text (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

static RubisDisputeRecord *
make_record (RubisDemo *demo, gsize plan, const RubisDemoItem *item, const gint64 *ids)
{
  const RubisDemoAccount *account = g_ptr_array_index (demo->accounts, item->account);
  RubisDisputeRecord *record = rubis_dispute_record_new ();
  RubisDisputeShare share = { item->id, item->total * plans[plan].percent / 100 };

  record->account_id = account->record->id;
  record->currency = item->currency;
  record->opened_on = item->due + OPENED_AFTER;
  set_text (&record->opened_by, RUBIS_DEMO_ACTOR);
  set_text (&record->reason, rubis_dispute_reason_to_id (plans[plan].reason));
  set_text (&record->state, rubis_dispute_state_to_id (plans[plan].state));
  set_text (&record->description, _ (plans[plan].words));
  set_text (&record->product_line, plans[plan].line);
  record->resolver_id = ids[plans[plan].resolver];
  if (plans[plan].state != RUBIS_DISPUTE_OPEN)
    record->asked_on = record->opened_on + 1;
  if (plans[plan].state == RUBIS_DISPUTE_CREDIT_AWAITED || plans[plan].state == RUBIS_DISPUTE_FOUNDED)
    record->outcome_amount = share.amount;
  record->due_date = demo->today + plans[plan].due;
  if (plans[plan].end != NULL)
    {
      record->due_date = record->opened_on + rubis_dispute_reason_get_days (plans[plan].reason);
      record->closed_on = get_end (item);
      set_text (&record->closed_by, RUBIS_DEMO_ACTOR);
      set_text (&record->close_note, _ (plans[plan].end));
    }
  g_array_append_val (record->shares, share);
  return record;
}

static gboolean
write_dispute (RubisDemo *demo, gsize plan, const RubisDemoItem *item, const gint64 *ids, GError **error)
{
  g_autoptr (RubisDisputeRecord) record = make_record (demo, plan, item, ids);
  RubisDisputeCommentRecord comment = { .date = record->opened_on + 2 };

  if (!rubis_store_save_dispute (demo->db, record, error))
    return FALSE;
  if (plans[plan].comment == NULL)
    return TRUE;
  comment.dispute_id = record->id;
  comment.at = ((gint64)comment.date - rubis_date_from_ymd (1970, 1, 1)) * 86400 + 36000;
  comment.author = (char *)colleagues[plans[plan].resolver - 1].name;
  comment.text = (char *)_ (plans[plan].comment);
  return rubis_store_insert_dispute_comment (demo->db, &comment, error);
}

gboolean
rubis_demo_write_disputes (RubisDemo *demo, GError **error)
{
  gint64 ids[G_N_ELEMENTS (colleagues) + 1] = { 0 };

  if (!write_colleagues (demo, ids, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      guint index = g_array_index (demo->contested, guint, i);

      if (index != G_MAXUINT
          && !write_dispute (demo, i, &g_array_index (demo->items, RubisDemoItem, index), ids, error))
        return FALSE;
    }
  return TRUE;
}
