/* What is agreed while the call runs: promises, disputes, copies, plans. */
#include "rubis-phone-outcome-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-call-result.h"
#include "rubis-choices.h"
#include "rubis-disputes.h"
#include "rubis-moment.h"
#include "rubis-money-entry.h"
#include "rubis-outbox.h"
#include "rubis-ui.h"

/* An edit on its way to the dossier. */
typedef struct
{
  RubisPhoneOutcome *outcome; /* (owned) */
  char kind;
  gint64 account_id;
  gint64 contact_id;
  GArray *item_ids; /* (owned) */
  GArray *parts;    /* (owned) (element-type RubisDisputePart) */
  RubisDate date;
  RubisCurrency currency;
  gint64 amount;
  char *name;
  char *reason;
  char *words;
  char *key;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->item_ids, g_array_unref);
  g_clear_pointer (&order->parts, g_array_unref);
  g_free (order->name);
  g_free (order->reason);
  g_free (order->words);
  g_free (order->key);
  g_free (order);
}

static Order *
order_new (RubisPhoneOutcome *self, char kind)
{
  Order *order = g_new0 (Order, 1);

  order->outcome = self;
  order->kind = kind;
  order->account_id = self->account_id;
  order->contact_id = self->contact_id;
  order->name = g_strdup (self->contact);
  order->item_ids = rubis_phone_owed_dup_ticked (self->owed);
  return order;
}

static gint64
write_promise (RubisSession *session, const Order *order, GError **error)
{
  const RubisPromiseInput input = {
    .account_id = order->account_id,
    .item_ids = order->item_ids->len > 0 ? order->item_ids : NULL,
    .currency = order->currency,
    .date = order->date,
    .amount = order->amount,
    .channel = RUBIS_CHANNEL_CALL,
    .given_by = order->name,
    .contact_id = order->contact_id,
    .quote = order->words,
  };

  return rubis_session_add_promise (session, &input, error);
}

static gint64
write_dispute (RubisSession *session, const Order *order, GError **error)
{
  const RubisDisputeInput input = { .account_id = order->account_id,
                                    .items = order->parts,
                                    .reason = order->reason,
                                    .description = order->words,
                                    .due_date = RUBIS_DATE_NONE };

  return rubis_session_open_dispute (session, &input, error);
}

static gint64
write_copies (RubisSession *session, const Order *order, GError **error)
{
  const RubisDraftRequest request
      = { .account_id = order->account_id,
          .channel = RUBIS_CHANNEL_EMAIL,
          .key = order->key,
          .title = _ ("Copies of invoices"),
          .subject = _ ("Copies of invoices"),
          .text = _ ("Hello,\n\nPlease find attached the copies of the invoices that you asked "
                     "for.\n\nBest regards"),
          .to_email = *order->name != '\0' ? order->name : NULL,
          .item_ids = order->item_ids,
          .copies = TRUE };

  return rubis_session_add_draft (session, &request, error);
}

static gpointer
write_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Order *order = data;
  gint64 id = order->kind == 'p'   ? write_promise (session, order, error)
              : order->kind == 'd' ? write_dispute (session, order, error)
                                   : write_copies (session, order, error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

/* "Promise: 3 000,00 € for 25/11/2026". (transfer full) */
static char *
describe (const Order *order)
{
  g_autofree char *amount = rubis_ui_format_amount (order->amount, order->currency, (RubisCurrency){ "" });
  g_autofree char *day = rubis_ui_format_date (order->date);

  if (order->kind == 'p')
    return g_strdup_printf (_ ("Promise: %s for %s"), amount, day);
  if (order->kind == 'd')
    return g_strdup_printf (_ ("Dispute: %s"), amount);
  return g_strdup (_ ("Copies wait in the outbox"));
}

static void
close_form (RubisPhoneOutcome *self, char kind)
{
  gtk_toggle_button_set_active (kind == 'p' ? self->promise_toggle : self->dispute_toggle, FALSE);
  gtk_editable_set_text (self->promise_date, "");
  gtk_editable_set_text (self->promise_quote, "");
  gtk_drop_down_set_selected (self->dispute_reason, 0);
  gtk_editable_set_text (self->dispute_amount, "");
  gtk_editable_set_text (self->dispute_words, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->note));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Order *order = user_data;
  g_autoptr (RubisPhoneOutcome) self = order->outcome;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  RubisPhoneAgreed agreed = { .kind = order->kind };
  g_autofree char *line = NULL;

  self->busy = FALSE;
  if (self->session == NULL)
    {
      order_free (order);
      return;
    }
  if (id == NULL)
    {
      rubis_phone_outcome_say (self, error->message);
      order_free (order);
      return;
    }
  rubis_phone_outcome_say (self, NULL);
  agreed.id = *id;
  line = describe (order);
  if (order->kind != 'c')
    {
      g_array_append_val (self->noted, agreed);
      close_form (self, order->kind);
    }
  rubis_phone_outcome_propose (self, order->kind == 'p' ? rubis_call_result_to_id (RUBIS_CALL_PROMISED)
                                     : order->kind == 'd'
                                         ? rubis_call_result_to_id (RUBIS_CALL_DISPUTED)
                                         : rubis_call_result_to_id (RUBIS_CALL_INVOICE_MISSING));
  rubis_phone_outcome_add_line (self, line);
  order_free (order);
}

/* @order: (transfer full) */
static void
write_order (RubisPhoneOutcome *self, Order *order)
{
  self->busy = TRUE;
  g_object_ref (self);
  rubis_session_run_async (self->session, NULL, write_work, order, NULL, g_free, NULL, written_cb, order);
}

static gboolean
read_amount (RubisPhoneOutcome *self, GtkEditable *entry, RubisCurrency currency, gint64 *amount)
{
  const char *text = gtk_editable_get_text (entry);
  g_autoptr (GError) error = NULL;

  *amount = 0;
  if (*text == '\0' || rubis_money_entry_parse (text, currency, amount, &error))
    return TRUE;
  rubis_phone_outcome_say (self, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  return FALSE;
}

/* Enter after the amount goes on to the day; a day that nobody understands is said. */
static void
ask_day (RubisPhoneOutcome *self, const char *typed)
{
  GtkWidget *entry = GTK_WIDGET (gtk_editable_get_delegate (self->promise_date));
  g_autofree char *text = NULL;

  if (*typed != '\0')
    text = g_strdup_printf (_ ("“%s” is no day: write 25/11/2026, or Friday."), typed);
  else if (gtk_widget_has_focus (entry))
    text = g_strdup (_ ("Say for which day the payment is promised."));
  rubis_phone_outcome_say (self, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->promise_date));
}

static void
add_promise_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPhoneOutcome *self = RUBIS_PHONE_OUTCOME (widget);
  RubisCurrency currency;
  gint64 claimable = rubis_phone_owed_get_amount (self->owed, &currency);
  const char *day = gtk_editable_get_text (self->promise_date);
  RubisDate date = rubis_phone_outcome_read_day (self, day);
  gint64 amount;
  Order *order;

  if (self->busy || !read_amount (self, self->promise_amount, currency, &amount))
    return;
  if (date == RUBIS_DATE_NONE)
    {
      ask_day (self, day);
      return;
    }
  order = order_new (self, 'p');
  order->date = date;
  order->currency = currency;
  order->amount = amount != 0 ? amount : claimable;
  order->words = g_strdup (gtk_editable_get_text (self->promise_quote));
  write_order (self, order);
}

/* What is contested, from the first ticked item on; what is too much stays on the last one and is refused. */
static GArray *
make_parts (RubisPhoneOutcome *self, GArray *item_ids, gint64 amount)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (RubisDisputePart));
  gint64 rest = amount;

  for (guint i = 0; i < item_ids->len && (amount == 0 || rest > 0); i++)
    {
      RubisDisputePart part = { .item_id = g_array_index (item_ids, gint64, i) };
      gint64 most = rubis_phone_owed_get_contestable (self->owed, part.item_id);

      if (amount != 0)
        part.amount = i + 1 < item_ids->len ? MIN (most, rest) : rest;
      rest -= part.amount;
      if (amount == 0 || part.amount > 0)
        g_array_append_val (parts, part);
    }
  return parts;
}

static void
add_dispute_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPhoneOutcome *self = RUBIS_PHONE_OUTCOME (widget);
  guint reason = gtk_drop_down_get_selected (self->dispute_reason);
  RubisCurrency currency;
  gint64 claimable = rubis_phone_owed_get_amount (self->owed, &currency);
  gint64 amount;
  Order *order;

  if (self->busy || self->reasons == NULL || reason > self->reasons->len)
    return;
  /* The first line is no reason. */
  if (reason == 0)
    {
      rubis_phone_outcome_say (self, _ ("Choose the reason why it is contested."));
      gtk_widget_grab_focus (GTK_WIDGET (self->dispute_reason));
      return;
    }
  if (!read_amount (self, self->dispute_amount, currency, &amount))
    return;
  order = order_new (self, 'd');
  if (order->item_ids->len == 0)
    {
      rubis_phone_outcome_say (self, _ ("Tick the items that are contested."));
      order_free (order);
      return;
    }
  order->currency = currency;
  order->amount = amount != 0 ? amount : claimable;
  order->parts = make_parts (self, order->item_ids, amount);
  order->reason = g_strdup (((const RubisChoice *)self->reasons->pdata[reason - 1])->id);
  order->words = g_strdup (gtk_editable_get_text (self->dispute_words));
  write_order (self, order);
}

static void
copies_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPhoneOutcome *self = RUBIS_PHONE_OUTCOME (widget);
  Order *order;

  if (self->busy)
    return;
  order = order_new (self, 'c');
  if (order->item_ids->len == 0)
    {
      rubis_phone_outcome_say (self, _ ("Tick the items whose copies are asked for."));
      order_free (order);
      return;
    }
  g_free (order->name);
  order->name = g_strdup (self->email);
  order->key = g_strdup_printf ("copies/call/%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, self->account_id,
                                rubis_moment_now ());
  write_order (self, order);
}

/* The main window's own dialog; the call goes on behind it. */
static void
plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPhoneOutcome *self = RUBIS_PHONE_OUTCOME (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWindow *parent = root != NULL ? gtk_window_get_transient_for (GTK_WINDOW (root)) : NULL;
  g_autoptr (GArray) ids = rubis_phone_owed_dup_ticked (self->owed);
  GVariant *items = g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, ids->data, ids->len, sizeof (gint64));

  rubis_phone_outcome_propose (self, rubis_call_result_to_id (RUBIS_CALL_PLAN_ASKED));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.new-plan", "(x@ax)", self->account_id, items);
  else
    g_variant_unref (g_variant_ref_sink (items));
}

/* --- taking back --- */

static gpointer
undo_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_undo (session, error);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPhoneOutcome) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autofree char *line = NULL;
  GtkWidget *last;

  self->busy = FALSE;
  if (self->session == NULL)
    return;
  if (text == NULL)
    {
      rubis_phone_outcome_say (self, error->message);
      return;
    }
  if (self->noted->len > 0)
    g_array_set_size (self->noted, self->noted->len - 1);
  last = gtk_widget_get_last_child (GTK_WIDGET (self->agreed));
  if (last != NULL)
    gtk_box_remove (self->agreed, last);
  line = g_strdup_printf (_ ("Undone: %s"), text);
  rubis_phone_outcome_add_line (self, line);
}

gboolean
rubis_phone_outcome_undo (RubisPhoneOutcome *self)
{
  g_return_val_if_fail (RUBIS_IS_PHONE_OUTCOME (self), FALSE);

  if (self->busy || self->noted->len == 0)
    return FALSE;
  self->busy = TRUE;
  rubis_session_run_async (self->session, NULL, undo_work, NULL, NULL, g_free, NULL, undone_cb,
                           g_object_ref (self));
  return TRUE;
}

void
rubis_phone_outcome_install_edits (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "phone.add-promise", NULL, add_promise_action);
  gtk_widget_class_install_action (widget_class, "phone.add-dispute", NULL, add_dispute_action);
  gtk_widget_class_install_action (widget_class, "phone.copies", NULL, copies_action);
  gtk_widget_class_install_action (widget_class, "phone.plan", NULL, plan_action);
}
