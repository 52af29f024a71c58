#include "rubis-timeline.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-event-row-private.h"
#include "rubis-page-cache.h"
#include "rubis-read-job.h"
#include "rubis-store-incoming.h"
#include "rubis-text.h"

static const struct
{
  RubisTimelineSubject subject;
  const char *id;
  const char *label;
} subjects[RUBIS_N_TIMELINE_SUBJECTS] = {
  { RUBIS_TIMELINE_REMINDERS, "reminders", N_ ("Reminders") },
  { RUBIS_TIMELINE_CALLS, "calls", N_ ("Calls") },
  { RUBIS_TIMELINE_ANSWERS, "answers", N_ ("Answers") },
  { RUBIS_TIMELINE_PAYMENTS, "payments", N_ ("Payments") },
  { RUBIS_TIMELINE_AGREEMENTS, "agreements", N_ ("Disputes and promises") },
  { RUBIS_TIMELINE_NOTES, "notes", N_ ("Notes") },
  { RUBIS_TIMELINE_CHANGES, "changes", N_ ("Changes") },
};

/* Kinds of events, or how they begin (with a star); all others are changes. */
static const struct
{
  const char *kind;
  RubisTimelineSubject subject;
} kinds[] = {
  { "answer", RUBIS_TIMELINE_ANSWERS },
  { "auto-reply", RUBIS_TIMELINE_ANSWERS },
  { "bounce", RUBIS_TIMELINE_ANSWERS },
  { "delivery", RUBIS_TIMELINE_ANSWERS },
  { "call*", RUBIS_TIMELINE_CALLS },
  { "comment", RUBIS_TIMELINE_NOTES },
  { "note", RUBIS_TIMELINE_NOTES },
  { "credit-note", RUBIS_TIMELINE_PAYMENTS },
  { "payment", RUBIS_TIMELINE_PAYMENTS },
  { "import", RUBIS_TIMELINE_PAYMENTS },
  { "undo-import", RUBIS_TIMELINE_PAYMENTS },
  { "reappeared", RUBIS_TIMELINE_PAYMENTS },
  { "due-date", RUBIS_TIMELINE_PAYMENTS },
  { "dispute*", RUBIS_TIMELINE_AGREEMENTS },
  { "promise*", RUBIS_TIMELINE_AGREEMENTS },
  { "plan*", RUBIS_TIMELINE_AGREEMENTS },
  { "email", RUBIS_TIMELINE_REMINDERS },
  { "letter", RUBIS_TIMELINE_REMINDERS },
  { "registered*", RUBIS_TIMELINE_REMINDERS },
  { "visit", RUBIS_TIMELINE_REMINDERS },
  { "sms", RUBIS_TIMELINE_REMINDERS },
  { "decision", RUBIS_TIMELINE_REMINDERS },
  { "message", RUBIS_TIMELINE_REMINDERS },
  { "document", RUBIS_TIMELINE_REMINDERS },
  { "outbox", RUBIS_TIMELINE_REMINDERS },
  { "not-sent", RUBIS_TIMELINE_REMINDERS },
  { "print", RUBIS_TIMELINE_REMINDERS },
  { "reprint", RUBIS_TIMELINE_REMINDERS },
  { "proof", RUBIS_TIMELINE_REMINDERS },
  { "notice-confirmed", RUBIS_TIMELINE_REMINDERS },
  { "legal-file", RUBIS_TIMELINE_REMINDERS },
  { "transmitted", RUBIS_TIMELINE_REMINDERS },
};

/* What the background thread is asked. */
typedef struct
{
  RubisTimelineFilter filter;
  char *text; /* (owned) (nullable) of @filter */
} Search;

/* A line of the list. */
typedef struct
{
  gint64 id;
  gint64 at;
  RubisDate date;
  RubisTimelineSource source;
} Line;

struct _RubisTimeline
{
  GObject parent_instance;

  RubisSession *session; /* (owned) */
  RubisTimelineFilter filter;
  char *text;           /* (owned) (nullable) of @filter */
  gboolean asked;       /* a filter was set */
  GArray *lines;        /* (owned) (element-type Line) */
  RubisPageCache *rows; /* (owned) */
  RubisReadJob *job;    /* (owned) (nullable) */
  guint start_id;
};

static guint loaded_signal;

static void rubis_timeline_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RubisTimeline, rubis_timeline, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rubis_timeline_model_init))

/* --- subjects --- */

const char *
rubis_timeline_subject_to_id (RubisTimelineSubject subject)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      if (subjects[i].subject == subject)
        return subjects[i].id;
    }
  return NULL;
}

gboolean
rubis_timeline_subject_from_id (const char *id, RubisTimelineSubject *subject)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      if (!g_str_equal (subjects[i].id, id))
        continue;
      *subject = subjects[i].subject;
      return TRUE;
    }
  return FALSE;
}

const char *
rubis_timeline_subject_to_label (RubisTimelineSubject subject)
{
  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      if (subjects[i].subject == subject)
        return _ (subjects[i].label);
    }
  return NULL;
}

RubisTimelineSubject
rubis_timeline_subject_of (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gsize length = strlen (kinds[i].kind);
      gboolean begins = kinds[i].kind[length - 1] == '*';

      if (begins ? strncmp (kinds[i].kind, kind, length - 1) == 0 : g_str_equal (kinds[i].kind, kind))
        return kinds[i].subject;
    }
  return RUBIS_TIMELINE_CHANGES;
}

/* --- finding --- */

typedef struct
{
  RubisDatabase *db;
  const RubisTimelineFilter *filter;
  GArray *lines;
  GError *error;
} Work;

/* The text of an answer that the journal tells of; "" when it is gone. (transfer full) */
static char *
load_answer (RubisDatabase *db, gint64 incoming_id, GError **error)
{
  g_autoptr (RubisIncomingRecord) record = rubis_store_load_incoming (db, incoming_id, error);

  return g_strdup (record != NULL ? record->text : "");
}

static gboolean
has_words (const char *title, const char *detail, const char *words)
{
  g_autofree char *both = g_strconcat (title, " ", detail, NULL);
  g_autofree char *folded = rubis_text_fold (both);

  return rubis_text_matches (folded, words);
}

/* The title and what it says besides are searched, not the names of the fields of an event. */
static gboolean
matches (Work *work, const RubisTimelineRecord *record)
{
  g_autoptr (RubisEventRow) row = NULL;
  g_autofree char *answer = NULL;
  gboolean plain = record->source == RUBIS_TIMELINE_EVENT && strstr (record->detail, "\"incoming\":") == NULL;

  if (plain && !has_words (record->text, record->detail, work->filter->text))
    return FALSE;
  row = rubis_event_row_new_from_record (record);
  if (record->source == RUBIS_TIMELINE_EVENT && row->incoming_id != 0)
    answer = load_answer (work->db, row->incoming_id, &work->error);
  return has_words (row->title, answer != NULL ? answer : row->detail, work->filter->text);
}

static void
take_record (const RubisTimelineRecord *record, gpointer user_data)
{
  Work *work = user_data;
  const RubisTimelineFilter *filter = work->filter;
  Line line = { .id = record->id, .at = record->at, .date = record->date, .source = record->source };

  if (work->error != NULL)
    return;
  if (filter->subjects != 0 && (filter->subjects & rubis_timeline_subject_of (record->kind)) == 0)
    return;
  if (filter->text == NULL || *filter->text == '\0' || matches (work, record))
    g_array_append_val (work->lines, line);
}

/* Newest first; of one day what was noted last, then what has no hour. */
static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const Line *first = a;
  const Line *second = b;

  if (first->date != second->date)
    return first->date > second->date ? -1 : 1;
  if (first->at != second->at)
    return first->at > second->at ? -1 : 1;
  if (first->source != second->source)
    return first->source < second->source ? -1 : 1;
  return (first->id < second->id) - (first->id > second->id);
}

/* (transfer full) (element-type Line) */
static GArray *
find_lines (RubisDatabase *db, const RubisTimelineFilter *filter, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  Work work = { .db = db, .filter = filter, .lines = lines };
  guint wanted = filter->subjects != 0 ? filter->subjects : G_MAXUINT;
  RubisTimelineQuery query = {
    .group_id = filter->group_id,
    .account_id = filter->account_id,
    .from = filter->from,
    .to = filter->to,
    .with_events = TRUE,
    .with_answers = (wanted & RUBIS_TIMELINE_ANSWERS) != 0,
    .with_payments = (wanted & RUBIS_TIMELINE_PAYMENTS) != 0,
  };

  if (!rubis_store_each_timeline_record (db, &query, take_record, &work, error))
    {
      g_clear_error (&work.error);
      return NULL;
    }
  if (work.error != NULL)
    {
      g_propagate_error (error, work.error);
      return NULL;
    }
  g_array_sort (lines, compare_lines);
  return g_steal_pointer (&lines);
}

static void
make_row (const RubisTimelineRecord *record, gpointer user_data)
{
  RubisEventRow **row = user_data;

  g_clear_object (row);
  *row = rubis_event_row_new_from_record (record);
}

/* In place of what cannot be read any more: the list is about to be found anew. */
static RubisEventRow *
make_empty_row (const Line *line)
{
  RubisTimelineRecord gone
      = { .date = line->date, .kind = "", .text = "", .detail = "{}", .actor = "", .account = "" };

  return rubis_event_row_new_from_record (&gone);
}

/* (transfer full) */
static RubisEventRow *
load_row (RubisDatabase *db, const Line *line, GError **error)
{
  RubisEventRow *row = NULL;

  if (!rubis_store_visit_timeline_record (db, line->source, line->id, make_row, &row, error) || row == NULL)
    {
      g_clear_object (&row);
      return make_empty_row (line);
    }
  if (line->source == RUBIS_TIMELINE_EVENT && row->incoming_id != 0 && *row->detail == '\0')
    {
      g_free (row->detail);
      row->detail = load_answer (db, row->incoming_id, error);
    }
  return row;
}

static gboolean
load_rows (RubisDatabase *db, GArray *lines, guint limit, GPtrArray *rows, GError **error)
{
  g_autoptr (GError) load_error = NULL;

  for (guint i = 0; load_error == NULL && i < lines->len && (limit == 0 || i < limit); i++)
    g_ptr_array_add (rows, load_row (db, &g_array_index (lines, Line, i), &load_error));
  if (load_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&load_error));
  return FALSE;
}

GPtrArray *
rubis_session_list_timeline (RubisSession *self, const RubisTimelineFilter *filter, guint limit,
                             GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean done = FALSE;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && filter != NULL, NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  if (rubis_database_begin_read (db, error))
    {
      g_autoptr (GArray) lines = find_lines (db, filter, error);

      done = lines != NULL && load_rows (db, lines, limit, rows, error);
      rubis_database_end_read (db);
    }
  rubis_session_return_reader (self, db);
  return done ? g_steal_pointer (&rows) : NULL;
}

/* --- the model --- */

static GPtrArray *
fetch_page (gpointer owner, guint first, guint n_rows)
{
  RubisTimeline *self = owner;
  GPtrArray *rows = g_ptr_array_new_full (n_rows, g_object_unref);
  g_autoptr (GError) error = NULL;
  RubisDatabase *reader = rubis_session_take_reader (self->session, &error);

  for (guint i = 0; reader != NULL && i < n_rows; i++)
    g_ptr_array_add (rows, load_row (reader, &g_array_index (self->lines, Line, first + i),
                                     error == NULL ? &error : NULL));
  if (reader != NULL)
    rubis_session_return_reader (self->session, reader);
  while (rows->len < n_rows)
    g_ptr_array_add (rows, make_empty_row (&g_array_index (self->lines, Line, first + rows->len)));
  if (error != NULL)
    g_message ("Lines of the history were not read: %s", error->message);
  return rows;
}

static void
search_free (gpointer data)
{
  Search *self = data;

  g_free (self->text);
  g_free (self);
}

static void
array_free (gpointer array)
{
  g_array_unref (array);
}

static gpointer
run_search (RubisDatabase *reader, gpointer data, GError **error)
{
  const Search *search = data;

  return find_lines (reader, &search->filter, error);
}

static void
search_done (gpointer result, gpointer owner)
{
  g_autoptr (RubisTimeline) self = g_object_ref (owner);

  g_clear_pointer (&self->job, rubis_read_job_end);
  if (result != NULL)
    {
      guint n_before = self->lines->len;

      g_array_unref (self->lines);
      self->lines = result;
      rubis_page_cache_reset (self->rows, self->lines->len);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->lines->len);
    }
  g_signal_emit (self, loaded_signal, 0);
}

static gboolean
start_search (gpointer data)
{
  RubisTimeline *self = data;
  Search *search = g_new0 (Search, 1);

  self->start_id = 0;
  search->filter = self->filter;
  search->text = g_strdup (self->text);
  search->filter.text = search->text;
  self->job
      = rubis_read_job_start (self->session, run_search, search, search_free, array_free, search_done, self);
  return G_SOURCE_REMOVE;
}

/* Changes made in one go give one search. */
static void
load_soon (RubisTimeline *self)
{
  if (!self->asked)
    return;
  g_clear_pointer (&self->job, rubis_read_job_end);
  if (self->start_id == 0)
    self->start_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, start_search, self, NULL);
}

static gpointer
rubis_timeline_get_item (GListModel *model, guint position)
{
  return rubis_page_cache_dup_row (RUBIS_TIMELINE (model)->rows, position);
}

static guint
rubis_timeline_get_n_items (GListModel *model)
{
  return RUBIS_TIMELINE (model)->lines->len;
}

static GType
rubis_timeline_get_item_type (GListModel *model)
{
  return RUBIS_TYPE_EVENT_ROW;
}

static void
rubis_timeline_model_init (GListModelInterface *iface)
{
  iface->get_item = rubis_timeline_get_item;
  iface->get_n_items = rubis_timeline_get_n_items;
  iface->get_item_type = rubis_timeline_get_item_type;
}

static void
rubis_timeline_dispose (GObject *object)
{
  RubisTimeline *self = RUBIS_TIMELINE (object);

  g_clear_pointer (&self->job, rubis_read_job_end);
  g_clear_handle_id (&self->start_id, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_timeline_parent_class)->dispose (object);
}

static void
rubis_timeline_finalize (GObject *object)
{
  RubisTimeline *self = RUBIS_TIMELINE (object);

  rubis_page_cache_free (self->rows);
  g_array_unref (self->lines);
  g_free (self->text);
  G_OBJECT_CLASS (rubis_timeline_parent_class)->finalize (object);
}

static void
rubis_timeline_class_init (RubisTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rubis_timeline_dispose;
  object_class->finalize = rubis_timeline_finalize;
  loaded_signal
      = g_signal_new ("loaded", RUBIS_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rubis_timeline_init (RubisTimeline *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->rows = rubis_page_cache_new (fetch_page, self);
}

RubisTimeline *
rubis_timeline_new (RubisSession *session)
{
  RubisTimeline *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_TIMELINE, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (load_soon), self, G_CONNECT_SWAPPED);
  return self;
}

void
rubis_timeline_set_filter (RubisTimeline *self, const RubisTimelineFilter *filter)
{
  g_return_if_fail (RUBIS_IS_TIMELINE (self) && filter != NULL);

  g_free (self->text);
  self->text = g_strdup (filter->text);
  self->filter = *filter;
  self->filter.text = self->text;
  self->asked = TRUE;
  load_soon (self);
}
