#include "rubis-test-transport.h"

struct _RubisTestTransport
{
  RubisTransport parent_instance;

  RubisTestEnd *end; /* (unowned) */
};

G_DEFINE_FINAL_TYPE (RubisTestTransport, rubis_test_transport, RUBIS_TYPE_TRANSPORT)

void
rubis_test_end_init (RubisTestEnd *self)
{
  g_queue_init (&self->answers);
  g_queue_init (&self->looked_up);
  self->received = g_ptr_array_new_with_free_func (g_free);
  self->subjects = g_ptr_array_new_with_free_func (g_free);
}

void
rubis_test_end_clear (RubisTestEnd *self)
{
  g_queue_clear_full (&self->answers, (GDestroyNotify)rubis_delivery_free);
  g_queue_clear_full (&self->looked_up, (GDestroyNotify)rubis_delivery_free);
  g_ptr_array_unref (self->received);
  g_ptr_array_unref (self->subjects);
}

RubisDelivery *
rubis_test_end_answer (RubisTestEnd *self, RubisFate fate, const char *reason)
{
  RubisDelivery *delivery = rubis_delivery_new (fate, reason, "250 as told");

  g_queue_push_tail (&self->answers, delivery);
  return delivery;
}

static RubisDelivery *
test_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisTestEnd *end = RUBIS_TEST_TRANSPORT (transport)->end;
  RubisDelivery *delivery = g_queue_pop_head (&end->answers);

  g_ptr_array_add (end->received, g_strdup (parcel->id));
  g_ptr_array_add (end->subjects, g_strdup (parcel->to_email));
  if (end->during != NULL)
    end->during (end->during_data);
  return delivery != NULL ? delivery : rubis_delivery_new (RUBIS_FATE_SENT, NULL, "250 taken");
}

static RubisDelivery *
test_look_up (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  RubisTestEnd *end = RUBIS_TEST_TRANSPORT (transport)->end;
  RubisDelivery *delivery = g_queue_pop_head (&end->looked_up);

  end->n_asked++;
  return delivery != NULL ? delivery : rubis_delivery_new (RUBIS_FATE_UNKNOWN, NULL, NULL);
}

static void
rubis_test_transport_class_init (RubisTestTransportClass *klass)
{
  RUBIS_TRANSPORT_CLASS (klass)->send = test_send;
  RUBIS_TRANSPORT_CLASS (klass)->look_up = test_look_up;
}

static void
rubis_test_transport_init (RubisTestTransport *self)
{
}

RubisTransport *
rubis_test_transport_make (const RubisSender *sender, RubisCredentials *credentials, gpointer user_data,
                           GError **error)
{
  RubisTestEnd *end = user_data;
  RubisTestTransport *self;

  if (sender->transport == RUBIS_TRANSPORT_FOLDER)
    return rubis_transport_new (sender, credentials, error);
  self = g_object_new (RUBIS_TYPE_TEST_TRANSPORT, NULL);
  self->end = end;
  end->n_connections++;
  return RUBIS_TRANSPORT (self);
}
