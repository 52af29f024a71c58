#include "rubis-account-card.h"

G_DEFINE_FINAL_TYPE (RubisAccountCard, rubis_account_card, G_TYPE_OBJECT)

static void
contact_row_free (gpointer data)
{
  RubisContactRow *row = data;

  g_free (row->name);
  g_free (row->role);
  g_free (row->salutation);
  g_free (row->first_name);
  g_free (row->last_name);
  g_free (row->job);
  g_free (row->email);
  g_free (row->phone);
  g_free (row->mobile);
  g_free (row->note);
  g_free (row);
}

static void
rubis_account_card_finalize (GObject *object)
{
  RubisAccountCard *self = RUBIS_ACCOUNT_CARD (object);

  g_free (self->code);
  g_free (self->name);
  g_free (self->siren);
  g_free (self->vat_id);
  g_free (self->address);
  g_free (self->email);
  g_free (self->phone);
  g_free (self->language);
  g_free (self->payment_terms);
  g_free (self->policy_id);
  g_free (self->policy_name);
  g_free (self->note);
  g_free (self->insurer);
  g_free (self->groups);
  g_free (self->stop_reason);
  g_free (self->next_action);
  g_array_unref (self->balances);
  g_ptr_array_unref (self->contacts);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->why);
  G_OBJECT_CLASS (rubis_account_card_parent_class)->finalize (object);
}

static void
rubis_account_card_class_init (RubisAccountCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_account_card_finalize;
}

static void
rubis_account_card_init (RubisAccountCard *self)
{
  self->stop_until = RUBIS_DATE_NONE;
  self->balances = g_array_new (FALSE, TRUE, sizeof (RubisBalance));
  self->contacts = g_ptr_array_new_with_free_func (contact_row_free);
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  self->why = g_ptr_array_new_with_free_func (g_free);
}
