/* Reading disputes. */
#include "rubis-disputes.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-choices-private.h"
#include "rubis-disputes-private.h"

G_DEFINE_FINAL_TYPE (RubisDispute, rubis_dispute, G_TYPE_OBJECT)

static void
dispute_item_free (gpointer data)
{
  RubisDisputeItem *item = data;

  g_free (item->number);
  g_free (item);
}

static void
dispute_comment_free (gpointer data)
{
  RubisDisputeComment *comment = data;

  g_free (comment->author);
  g_free (comment->text);
  g_free (comment);
}

static void
rubis_dispute_finalize (GObject *object)
{
  RubisDispute *self = RUBIS_DISPUTE (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->reason);
  g_free (self->reason_label);
  g_free (self->description);
  g_free (self->product_line);
  g_free (self->resolver);
  g_free (self->opened_by);
  g_free (self->closed_by);
  g_free (self->close_note);
  g_ptr_array_unref (self->numbers);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->comments, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_dispute_parent_class)->finalize (object);
}

static void
rubis_dispute_class_init (RubisDisputeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_dispute_finalize;
}

static void
rubis_dispute_init (RubisDispute *self)
{
  self->numbers = g_ptr_array_new_with_free_func (g_free);
}

/* What the lines of a list are made with. */
typedef struct
{
  RubisDate today;
  GHashTable *averages; /* days by reason */
  GPtrArray *disputes;
} Listing;

static void
add_line (const RubisDisputeLine *line, gpointer user_data)
{
  Listing *listing = user_data;
  const RubisDisputeRecord *record = line->record;
  RubisDispute *dispute = g_object_new (RUBIS_TYPE_DISPUTE, NULL);
  gpointer days = NULL;
  gboolean open;

  dispute->id = record->id;
  dispute->account_id = record->account_id;
  dispute->account_code = g_strdup (line->account_code);
  dispute->account_name = g_strdup (line->account_name);
  rubis_dispute_state_from_id (record->state, &dispute->state);
  open = rubis_dispute_state_is_open (dispute->state);
  dispute->reason = g_strdup (record->reason);
  dispute->description = g_strdup (record->description);
  dispute->product_line = g_strdup (record->product_line);
  dispute->currency = record->currency;
  dispute->amount = line->amount;
  dispute->outcome_amount = record->outcome_amount;
  dispute->credit_item_id = record->credit_item_id;
  dispute->resolver_id = record->resolver_id;
  dispute->resolver = g_strdup (line->resolver);
  dispute->opened_on = record->opened_on;
  dispute->opened_by = g_strdup (record->opened_by);
  dispute->due_date = record->due_date;
  dispute->asked_on = record->asked_on;
  dispute->closed_on = record->closed_on;
  dispute->closed_by = g_strdup (record->closed_by);
  dispute->close_note = g_strdup (record->close_note);
  dispute->keep_dunning = record->keep_dunning;
  dispute->days = MAX (0, (open ? listing->today : record->closed_on) - record->opened_on);
  if (open && record->due_date != RUBIS_DATE_NONE)
    dispute->days_late = MAX (0, listing->today - record->due_date);
  dispute->expected_on = RUBIS_DATE_NONE;
  if (open && g_hash_table_lookup_extended (listing->averages, record->reason, NULL, &days))
    dispute->expected_on = MAX (listing->today, record->opened_on + GPOINTER_TO_INT (days));
  dispute->n_attachments = line->n_attachments;
  dispute->n_comments = line->n_comments;
  g_ptr_array_add (listing->disputes, dispute);
}

static void
add_number (const RubisDisputeItemLine *line, gpointer user_data)
{
  RubisDispute *dispute = user_data;

  g_ptr_array_add (dispute->numbers, g_strdup (line->number));
}

/* (transfer full) (element-type RubisDispute) */
static GPtrArray *
list_in (RubisSession *self, RubisDatabase *db, const RubisDisputeQuery *query, GError **error)
{
  g_autoptr (GHashTable) averages = rubis_store_average_dispute_days (db, error);
  g_autoptr (GPtrArray) disputes = g_ptr_array_new_with_free_func (g_object_unref);
  Listing listing = { rubis_session_get_today (self), averages, disputes };

  if (averages == NULL || !rubis_store_each_dispute (db, query, add_line, &listing, error))
    return NULL;
  for (guint i = 0; i < disputes->len; i++)
    {
      RubisDispute *dispute = g_ptr_array_index (disputes, i);

      dispute->reason_label = rubis_choices_dup_label (db, RUBIS_CHOICES_DISPUTE_REASON, dispute->reason);
      if (!rubis_store_each_dispute_item (db, dispute->id, add_number, dispute, error))
        return NULL;
    }
  return g_steal_pointer (&disputes);
}

/* "open|examined"; NULL for 0. (transfer full) (nullable) */
static char *
join_states (guint states)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  if (states == 0)
    return NULL;
  for (int i = 0; i < RUBIS_N_DISPUTE_STATES; i++)
    {
      if ((states & (1u << i)) != 0)
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? "|" : "",
                                rubis_dispute_state_to_id ((RubisDisputeState)i));
    }
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

GPtrArray *
rubis_session_list_disputes (RubisSession *self, const RubisDisputeFilter *filter, GError **error)
{
  g_autofree char *states = NULL;
  RubisDisputeQuery query = { 0 };
  RubisDatabase *db;
  GPtrArray *disputes;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  if (filter != NULL)
    {
      states = join_states (filter->states);
      query = (RubisDisputeQuery){
        .group_id = filter->group_id,
        .account_id = filter->account_id,
        .item_id = filter->item_id,
        .states = states,
        .reason = filter->reason,
        .resolver_id = filter->resolver_id,
        .due_before = filter->late ? rubis_session_get_today (self) : 0,
        .closed_from = filter->closed_from,
        .text = filter->text != NULL && *filter->text != '\0' ? filter->text : NULL,
      };
    }
  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  disputes = list_in (self, db, &query, error);
  rubis_session_return_reader (self, db);
  return disputes;
}

static void
add_item (const RubisDisputeItemLine *line, gpointer user_data)
{
  RubisDispute *dispute = user_data;
  RubisDisputeItem *item = g_new0 (RubisDisputeItem, 1);

  item->item_id = line->item_id;
  item->amount = line->amount;
  item->number = g_strdup (line->number);
  item->open = line->open;
  item->total = line->total;
  item->due_date = line->due_date;
  dispute->nothing_open = dispute->nothing_open && line->open <= 0;
  g_ptr_array_add (dispute->items, item);
}

static gboolean
load_details (RubisDatabase *db, RubisDispute *dispute, GError **error)
{
  g_autoptr (GPtrArray) comments = rubis_store_list_dispute_comments (db, dispute->id, error);

  if (comments == NULL)
    return FALSE;
  dispute->items = g_ptr_array_new_with_free_func (dispute_item_free);
  dispute->comments = g_ptr_array_new_with_free_func (dispute_comment_free);
  for (guint i = 0; i < comments->len; i++)
    {
      const RubisDisputeCommentRecord *record = g_ptr_array_index (comments, i);
      RubisDisputeComment *comment = g_new0 (RubisDisputeComment, 1);

      comment->id = record->id;
      comment->at = record->at;
      comment->date = record->date;
      comment->author = g_strdup (record->author);
      comment->text = g_strdup (record->text);
      g_ptr_array_add (dispute->comments, comment);
    }
  dispute->nothing_open = TRUE;
  return rubis_store_each_dispute_item (db, dispute->id, add_item, dispute, error);
}

RubisDispute *
rubis_session_load_dispute (RubisSession *self, gint64 id, GError **error)
{
  RubisDisputeQuery query = { .id = id };
  g_autoptr (GPtrArray) disputes = NULL;
  RubisDispute *dispute = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  if (id != 0)
    disputes = list_in (self, db, &query, error);
  if (id == 0 || (disputes != NULL && disputes->len == 0))
    rubis_dispute_set_missing (error, id);
  else if (disputes != NULL && load_details (db, g_ptr_array_index (disputes, 0), error))
    dispute = g_object_ref (g_ptr_array_index (disputes, 0));
  rubis_session_return_reader (self, db);
  return dispute;
}
