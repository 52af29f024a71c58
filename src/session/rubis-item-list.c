#include "rubis-item-list.h"

#include "rubis-custom-fields-private.h"
#include "rubis-item-row-private.h"
#include "rubis-page-cache.h"
#include "rubis-read-job.h"
#include "rubis-store-fields.h"

/* What the background thread is asked. */
typedef struct {
  RubisItemQuery query;
  char *text;              /* (owned) (nullable) of @query */
  GPtrArray *tests;        /* (owned) of @query */
} Search;

struct _RubisItemList {
  GObject parent_instance;

  RubisSession *session;   /* (owned) */
  RubisItemQuery query;
  char *text;              /* (owned) (nullable) of @query */
  GPtrArray *tests;        /* (owned) (nullable) of @query */
  GArray *ids;             /* (owned) (element-type guint32) */
  GArray *sums;            /* (owned) (element-type RubisItemSum) */
  gboolean sums_wanted;    /* the sums are not those of the filter and scope */
  RubisPageCache *rows;    /* (owned) */
  RubisReadJob *job;       /* (owned) (nullable) the search under way: for the ids, then for the sums */
  guint start_id;          /* source that starts the next one */
  gboolean loading;
};

enum {
  PROP_LOADING = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint loaded_signal;

static void rubis_item_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RubisItemList, rubis_item_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rubis_item_list_model_init))

static void
search_free (gpointer data)
{
  Search *self = data;

  g_free (self->text);
  g_ptr_array_unref (self->tests);
  g_free (self);
}

static void
array_free (gpointer array)
{
  g_array_unref (array);
}

static gpointer
list_ids (RubisDatabase *reader, gpointer data, GError **error)
{
  const Search *search = data;

  return rubis_store_list_item_ids (reader, &search->query, error);
}

static gpointer
sum_items (RubisDatabase *reader, gpointer data, GError **error)
{
  const Search *search = data;

  return rubis_store_sum_items (reader, &search->query, error);
}

static void
set_loading (RubisItemList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* The dossier's currency first, the others by code as they come. */
static GArray *
make_sums (RubisItemList *self, GArray *records)
{
  GArray *sums = g_array_sized_new (FALSE, FALSE, sizeof (RubisItemSum), records->len);
  RubisCurrency own = rubis_session_get_currency (self->session);

  for (guint i = 0; i < records->len; i++)
    {
      const RubisItemSumRecord *record = &g_array_index (records, RubisItemSumRecord, i);
      RubisItemSum sum = { record->currency, record->open, record->total, record->n_items };

      if (rubis_currency_equal (sum.currency, own))
        g_array_prepend_val (sums, sum);
      else
        g_array_append_val (sums, sum);
    }
  return sums;
}

static void
start_job (RubisItemList *self, RubisReadFunc func, RubisReadDone done)
{
  Search *search = g_new0 (Search, 1);

  search->query = self->query;
  search->query.today = rubis_session_get_today (self->session);
  search->text = g_strdup (self->text);
  search->query.text = search->text;
  /* The other thread has its own, since this one may be freed meanwhile. */
  search->tests = rubis_field_tests_copy (self->tests);
  search->query.tests = search->tests;
  self->job = rubis_read_job_start (self->session, func, search, search_free, array_free, done, self);
}

static void
finish_loading (RubisItemList *self)
{
  set_loading (self, FALSE);
  g_signal_emit (self, loaded_signal, 0);
}

static void
sums_done (gpointer result, gpointer owner)
{
  g_autoptr(RubisItemList) self = g_object_ref (owner);
  g_autoptr(GArray) records = result;

  g_clear_pointer (&self->job, rubis_read_job_end);
  if (records != NULL)
    {
      g_array_unref (self->sums);
      self->sums = make_sums (self, records);
      self->sums_wanted = FALSE;
    }
  finish_loading (self);
}

/* The rows show at once; their sums, for which every row is read, come after them. */
static void
ids_done (gpointer result, gpointer owner)
{
  g_autoptr(RubisItemList) self = g_object_ref (owner);

  g_clear_pointer (&self->job, rubis_read_job_end);
  if (result != NULL)
    {
      guint n_before = self->ids->len;

      g_array_unref (self->ids);
      self->ids = result;
      rubis_page_cache_reset (self->rows, self->ids->len);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->ids->len);
    }
  /* Whoever heard of the change may have asked for another order already. */
  if (self->start_id != 0)
    return;
  if (result != NULL && self->sums_wanted)
    start_job (self, sum_items, sums_done);
  else
    finish_loading (self);
}

static gboolean
start_search (gpointer data)
{
  RubisItemList *self = data;

  self->start_id = 0;
  start_job (self, list_ids, ids_done);
  return G_SOURCE_REMOVE;
}

/* Changes made in one go (scope, filter and order) give one search, after the window was drawn. */
static void
order_soon (RubisItemList *self)
{
  g_clear_pointer (&self->job, rubis_read_job_end);
  set_loading (self, TRUE);
  if (self->start_id == 0)
    self->start_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, start_search, self, NULL);
}

/* The same when other rows may be shown, not only in another order. */
static void
load_soon (RubisItemList *self)
{
  self->sums_wanted = TRUE;
  order_soon (self);
}

typedef struct {
  const guint32 *ids;
  GPtrArray *rows;
  RubisDate today;
} PageWork;

static void
add_line (const RubisItemLine *line, gpointer user_data)
{
  PageWork *work = user_data;

  for (guint i = 0; i < work->rows->len; i++)
    {
      if (work->ids[i] == (guint32) line->item.id)
        {
          g_ptr_array_index (work->rows, i) = rubis_item_row_new_from_line (line, work->today);
          return;
        }
    }
}

typedef struct {
  RubisSession *session;
  PageWork *page;
  GPtrArray *fields;       /* (element-type RubisCustomField) of items */
} ValueWork;

static void
add_value (gint64 item_id, gint64 field_id, const char *value, gpointer user_data)
{
  ValueWork *work = user_data;

  for (guint f = 0; f < work->fields->len; f++)
    {
      const RubisCustomField *field = g_ptr_array_index (work->fields, f);

      if (field->id != field_id)
        continue;
      for (guint i = 0; i < work->page->rows->len; i++)
        {
          if (work->page->ids[i] == (guint32) item_id && g_ptr_array_index (work->page->rows, i) != NULL)
            rubis_item_row_take_value (g_ptr_array_index (work->page->rows, i), field_id,
                                       rubis_fields_format (work->session, field, value));
        }
    }
}

/* The values of the fields that users added, for the rows of a page. */
static void
fetch_values (RubisItemList *self, RubisDatabase *reader, PageWork *page, GError **error)
{
  ValueWork work = { self->session, page, rubis_store_list_fields (reader, RUBIS_FIELD_OF_ITEM, error) };

  if (work.fields != NULL && work.fields->len > 0)
    rubis_store_each_value (reader, RUBIS_FIELD_OF_ITEM, page->ids, page->rows->len, add_value, &work, error);
  g_clear_pointer (&work.fields, g_ptr_array_unref);
}

static GPtrArray *
fetch_page (gpointer owner, guint first, guint n_rows)
{
  RubisItemList *self = owner;
  GPtrArray *rows = g_ptr_array_new_full (n_rows, g_object_unref);
  PageWork work = { &g_array_index (self->ids, guint32, first), rows, rubis_session_get_today (self->session) };
  g_autoptr(GError) error = NULL;
  RubisDatabase *reader = rubis_session_take_reader (self->session, &error);

  g_ptr_array_set_size (rows, (int) n_rows);
  if (reader != NULL)
    {
      if (rubis_store_each_item_line (reader, work.ids, n_rows, work.today, add_line, &work, &error))
        fetch_values (self, reader, &work, &error);
      rubis_session_return_reader (self->session, reader);
    }
  if (error != NULL)
    g_message ("Lines of the list were not read: %s", error->message);
  for (guint i = 0; i < n_rows; i++)
    {
      if (g_ptr_array_index (rows, i) == NULL)
        g_ptr_array_index (rows, i) = rubis_item_row_new_missing (work.ids[i]);
    }
  return rows;
}

static gpointer
rubis_item_list_get_item (GListModel *model, guint position)
{
  return rubis_page_cache_dup_row (RUBIS_ITEM_LIST (model)->rows, position);
}

static guint
rubis_item_list_get_n_items (GListModel *model)
{
  return RUBIS_ITEM_LIST (model)->ids->len;
}

static GType
rubis_item_list_get_item_type (GListModel *model)
{
  return RUBIS_TYPE_ITEM_ROW;
}

static void
rubis_item_list_model_init (GListModelInterface *iface)
{
  iface->get_item = rubis_item_list_get_item;
  iface->get_n_items = rubis_item_list_get_n_items;
  iface->get_item_type = rubis_item_list_get_item_type;
}

static void
rubis_item_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, RUBIS_ITEM_LIST (object)->loading);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
rubis_item_list_dispose (GObject *object)
{
  RubisItemList *self = RUBIS_ITEM_LIST (object);

  g_clear_pointer (&self->job, rubis_read_job_end);
  g_clear_handle_id (&self->start_id, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_item_list_parent_class)->dispose (object);
}

static void
rubis_item_list_finalize (GObject *object)
{
  RubisItemList *self = RUBIS_ITEM_LIST (object);

  rubis_page_cache_free (self->rows);
  g_array_unref (self->ids);
  g_array_unref (self->sums);
  g_clear_pointer (&self->tests, g_ptr_array_unref);
  g_free (self->text);
  G_OBJECT_CLASS (rubis_item_list_parent_class)->finalize (object);
}

static void
rubis_item_list_class_init (RubisItemListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rubis_item_list_get_property;
  object_class->dispose = rubis_item_list_dispose;
  object_class->finalize = rubis_item_list_finalize;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  loaded_signal = g_signal_new ("loaded", RUBIS_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                0);
}

static void
rubis_item_list_init (RubisItemList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->rows = rubis_page_cache_new (fetch_page, self);
  self->sums = g_array_new (FALSE, FALSE, sizeof (RubisItemSum));
  self->query.due_from = RUBIS_DATE_NONE;
  self->query.due_to = RUBIS_DATE_NONE;
}

RubisItemList *
rubis_item_list_new (RubisSession *session)
{
  RubisItemList *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_ITEM_LIST, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (load_soon), self, G_CONNECT_SWAPPED);
  load_soon (self);
  return self;
}

void
rubis_item_list_set_scope (RubisItemList *self, gint64 group_id, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_ITEM_LIST (self));

  if (self->query.group_id == group_id && self->query.account_id == account_id)
    return;
  self->query.group_id = group_id;
  self->query.account_id = account_id;
  load_soon (self);
}

void
rubis_item_list_set_filter (RubisItemList *self, const RubisItemFilter *filter)
{
  RubisItemQuery *query;

  g_return_if_fail (RUBIS_IS_ITEM_LIST (self) && filter != NULL);

  query = &self->query;
  if (query->state == (int) filter->state && query->min_days_late == filter->min_days_late
      && query->due_from == filter->due_from && query->due_to == filter->due_to
      && g_strcmp0 (self->text, filter->text) == 0 && rubis_field_tests_equal (self->tests, filter->tests))
    return;
  query->state = (int) filter->state;
  query->min_days_late = filter->min_days_late;
  query->due_from = filter->due_from;
  query->due_to = filter->due_to;
  g_free (self->text);
  self->text = g_strdup (filter->text);
  g_clear_pointer (&self->tests, g_ptr_array_unref);
  self->tests = rubis_field_tests_copy (filter->tests);
  load_soon (self);
}

void
rubis_item_list_set_sort (RubisItemList *self, RubisItemSort sort, gboolean descending)
{
  g_return_if_fail (RUBIS_IS_ITEM_LIST (self));

  if (self->query.sort == (int) sort && self->query.descending == descending)
    return;
  self->query.sort = (int) sort;
  self->query.descending = descending;
  order_soon (self);
}

void
rubis_item_list_refresh (RubisItemList *self)
{
  g_return_if_fail (RUBIS_IS_ITEM_LIST (self));

  load_soon (self);
}

gboolean
rubis_item_list_get_loading (RubisItemList *self)
{
  g_return_val_if_fail (RUBIS_IS_ITEM_LIST (self), FALSE);

  return self->loading;
}

gint64
rubis_item_list_get_id (RubisItemList *self, guint position)
{
  g_return_val_if_fail (RUBIS_IS_ITEM_LIST (self), 0);

  return position < self->ids->len ? g_array_index (self->ids, guint32, position) : 0;
}

guint
rubis_item_list_find (RubisItemList *self, gint64 item_id)
{
  const guint32 *ids;

  g_return_val_if_fail (RUBIS_IS_ITEM_LIST (self), G_MAXUINT);

  ids = (const guint32 *) (gpointer) self->ids->data;
  for (guint i = 0; i < self->ids->len; i++)
    {
      if (ids[i] == item_id)
        return i;
    }
  return G_MAXUINT;
}

GArray *
rubis_item_list_get_sums (RubisItemList *self)
{
  g_return_val_if_fail (RUBIS_IS_ITEM_LIST (self), NULL);

  return self->sums;
}

GArray *
rubis_item_list_sum_ids (RubisItemList *self, GArray *ids)
{
  g_autoptr(GArray) records = NULL;
  g_autoptr(GError) error = NULL;
  RubisDatabase *reader;

  g_return_val_if_fail (RUBIS_IS_ITEM_LIST (self) && ids != NULL, NULL);

  reader = rubis_session_take_reader (self->session, &error);
  if (reader != NULL)
    {
      records = rubis_store_sum_item_ids (reader, ids, &error);
      rubis_session_return_reader (self->session, reader);
    }
  if (records == NULL)
    {
      g_message ("Sums were not computed: %s", error->message);
      records = g_array_new (FALSE, FALSE, sizeof (RubisItemSumRecord));
    }
  return make_sums (self, records);
}
