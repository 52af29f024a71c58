#include "rubis-sent-list.h"

#include <glib/gi18n-lib.h>

#include "rubis-session-private.h"
#include "rubis-store-sent.h"
#include "rubis-types.h"

/* Rows kept: a few screens. */
#define MAX_ROWS 1024

G_DEFINE_FINAL_TYPE (RubisSentRow, rubis_sent_row, G_TYPE_OBJECT)

struct _RubisSentList
{
  GObject parent_instance;

  RubisSession *session; /* (owned) */
  GArray *ids;           /* (owned) (element-type gint64) */
  GHashTable *rows;      /* (owned) id -> (owned) RubisSentRow */
};

static void rubis_sent_list_model_init (GListModelInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (RubisSentList, rubis_sent_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rubis_sent_list_model_init))

static void
rubis_sent_row_finalize (GObject *object)
{
  RubisSentRow *self = RUBIS_SENT_ROW (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->kind);
  g_free (self->channel);
  g_free (self->template_id);
  g_free (self->template_name);
  g_free (self->language);
  g_free (self->subject);
  g_free (self->recipient);
  g_free (self->file_name);
  g_free (self->media_type);
  g_free (self->sha256);
  g_free (self->event_at);
  g_free (self->event_hash);
  G_OBJECT_CLASS (rubis_sent_row_parent_class)->finalize (object);
}

static void
rubis_sent_row_class_init (RubisSentRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_sent_row_finalize;
}

static void
rubis_sent_row_init (RubisSentRow *self)
{
}

static RubisSentRow *
make_row (RubisSentRecord *record)
{
  RubisSentRow *row = g_object_new (RUBIS_TYPE_SENT_ROW, NULL);
  RubisChannel channel;

  row->id = record->id;
  row->account_id = record->account_id;
  row->channel = g_strdup (rubis_channel_from_id (record->kind, &channel) ? rubis_channel_to_label (channel)
                                                                          : record->kind);
  row->account_code = g_steal_pointer (&record->account_code);
  row->account_name = g_steal_pointer (&record->account_name);
  row->kind = g_steal_pointer (&record->kind);
  row->template_id = g_steal_pointer (&record->template_id);
  row->template_name = g_strdup (row->template_id);
  row->template_version = record->template_version;
  row->language = g_steal_pointer (&record->language);
  row->currency = record->currency;
  row->amount = record->amount;
  row->date = record->date;
  row->subject = g_steal_pointer (&record->subject);
  row->recipient = g_steal_pointer (&record->recipient);
  row->file_name = g_steal_pointer (&record->file_name);
  row->media_type = g_steal_pointer (&record->media_type);
  row->n_pages = record->n_pages;
  row->to_post = record->to_post;
  row->sha256 = g_steal_pointer (&record->sha256);
  row->event_id = record->event_id;
  row->event_at = g_steal_pointer (&record->event_at);
  row->event_hash = g_steal_pointer (&record->event_hash);
  return row;
}

static RubisSentRow *
make_empty_row (gint64 id)
{
  RubisSentRecord *record = g_new0 (RubisSentRecord, 1);
  char **texts[] = { &record->account_code, &record->account_name, &record->kind,      &record->template_id,
                     &record->language,     &record->subject,      &record->recipient, &record->file_name,
                     &record->media_type,   &record->sha256,       &record->event_at,  &record->event_hash };
  RubisSentRow *row;

  record->id = id;
  record->date = RUBIS_DATE_NONE;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  row = make_row (record);
  rubis_sent_record_free (record);
  return row;
}

/* --- the model --- */

static GType
sent_list_get_item_type (GListModel *model)
{
  return RUBIS_TYPE_SENT_ROW;
}

static guint
sent_list_get_n_items (GListModel *model)
{
  return RUBIS_SENT_LIST (model)->ids->len;
}

/* A row that cannot be read any more is empty: the list is about to be found anew. */
static gpointer
sent_list_get_item (GListModel *model, guint position)
{
  RubisSentList *self = RUBIS_SENT_LIST (model);
  RubisSentRow *row;
  gint64 id;

  if (position >= self->ids->len)
    return NULL;
  id = g_array_index (self->ids, gint64, position);
  row = g_hash_table_lookup (self->rows, &id);
  if (row == NULL)
    {
      row = rubis_session_load_sent (self->session, id, NULL);
      if (row == NULL)
        row = make_empty_row (id);
      if (g_hash_table_size (self->rows) >= MAX_ROWS)
        g_hash_table_remove_all (self->rows);
      g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
    }
  return g_object_ref (row);
}

static void
rubis_sent_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = sent_list_get_item_type;
  iface->get_n_items = sent_list_get_n_items;
  iface->get_item = sent_list_get_item;
}

static void
rubis_sent_list_finalize (GObject *object)
{
  RubisSentList *self = RUBIS_SENT_LIST (object);

  g_clear_object (&self->session);
  g_array_unref (self->ids);
  g_hash_table_unref (self->rows);
  G_OBJECT_CLASS (rubis_sent_list_parent_class)->finalize (object);
}

static void
rubis_sent_list_class_init (RubisSentListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_sent_list_finalize;
}

static void
rubis_sent_list_init (RubisSentList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

RubisSentList *
rubis_sent_list_new (RubisSession *session)
{
  RubisSentList *self = g_object_new (RUBIS_TYPE_SENT_LIST, NULL);

  self->session = g_object_ref (session);
  return self;
}

void
rubis_sent_list_set_ids (RubisSentList *self, GArray *ids)
{
  guint before;

  g_return_if_fail (RUBIS_IS_SENT_LIST (self) && ids != NULL);

  before = self->ids->len;
  g_array_unref (self->ids);
  self->ids = g_array_ref (ids);
  g_hash_table_remove_all (self->rows);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, ids->len);
}

/* --- looking for documents --- */

GArray *
rubis_session_find_sent (RubisSession *self, gint64 group_id, gint64 account_id, const char *text,
                         GError **error)
{
  RubisDatabase *db;
  GArray *ids;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  ids = rubis_store_find_sent (db, group_id, account_id, text != NULL ? text : "", error);
  rubis_session_return_reader (self, db);
  return ids;
}

/* A template that is no more in the dossier keeps its id. */
static void
name_template (RubisSession *self, RubisSentRow *row)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (self);
  const RubisSessionTemplate *found = rubis_library_get_template (library, row->template_id, row->language);
  const char *name
      = found != NULL && found->template_ != NULL ? rubis_template_get_name (found->template_) : NULL;

  if (name == NULL || *name == '\0')
    return;
  g_free (row->template_name);
  row->template_name = g_strdup (name);
}

RubisSentRow *
rubis_session_load_sent (RubisSession *self, gint64 id, GError **error)
{
  RubisSentRow *row;
  RubisDatabase *db;
  g_autoptr (RubisSentRecord) record = NULL;
  g_autoptr (GError) load_error = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  record = rubis_store_load_sent (db, id, &load_error);
  rubis_session_return_reader (self, db);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (record == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no such document."));
  if (record == NULL)
    return NULL;
  row = make_row (record);
  name_template (self, row);
  return row;
}
