/* rubis-store-events.h: the journal, and what it says of items and accounts. */
#pragma once

#include "rubis-database.h"
#include "rubis-money.h"

G_BEGIN_DECLS

/* A line of the journal. Texts are never NULL. */
typedef struct {
  gint64 id;            /* set by appending */
  char *at;             /* "2026-11-21T08:12:03Z": when it was written */
  RubisDate date;       /* the day it belongs to */
  char *kind;
  gint64 account_id;    /* 0: none */
  gint64 batch_id;      /* 0: none */
  char *actor;
  char *summary;        /* what happened, in the user's language of that day */
  char *data;           /* details as JSON */
  gint64 document_id;   /* 0: none; found, not stored here */
} RubisEventRecord;
void rubis_event_record_free (RubisEventRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisEventRecord, rubis_event_record_free)

/* Appends to the journal; the line is chained to the one before by its SHA-256. Sets @event->id. */
gboolean rubis_store_append_event (RubisDatabase *db, RubisEventRecord *event, GError **error);
/* Says that an event concerns an item; with a level, the item reaches it on that day. @level -2: the event gives no
 * level. */
gboolean rubis_store_link_event_item (RubisDatabase *db, gint64 event_id, gint64 item_id, int level, RubisDate date,
                                      GError **error);
/* The items that reached a level by an event. (element-type gint64) (transfer full) */
GArray *rubis_store_list_event_items (RubisDatabase *db, gint64 event_id, GError **error);
/* The level that the journal gives an item before an event, -1 for none; what was said void counts for nothing.
 * @newer: (out) whether a later event gives it a level.
 */
gboolean rubis_store_get_level_before (RubisDatabase *db, gint64 item_id, gint64 event_id, int *level, gboolean *newer,
                                       GError **error);
/* Whether each item of an event is below the level that it gave. */
gboolean rubis_store_can_repeat_levels (RubisDatabase *db, gint64 event_id, gboolean *possible, GError **error);
/* Gives the items of @from the levels again that it gave them, by the event @to. */
gboolean rubis_store_repeat_levels (RubisDatabase *db, gint64 from, gint64 to, RubisDate date, GError **error);
#define RUBIS_EVENT_NO_LEVEL (-2)
/* Says that what an event tells did not happen: nothing left. It counts neither as a reminder nor as a contact, and its
 * items have the level and its day again that the journal gave them otherwise.
 */
gboolean rubis_store_void_event (RubisDatabase *db, gint64 event_id, gint64 account_id, GError **error);
/* The account was contacted on that day (projection for the contact throttle). */
gboolean rubis_store_touch_account (RubisDatabase *db, gint64 account_id, RubisDate date, GError **error);

/* Newest first; @account_id 0: all. (transfer full) (element-type RubisEventRecord) */
GPtrArray *rubis_store_list_events (RubisDatabase *db, gint64 account_id, int limit, GError **error);
/* Events of a day and kind prefix, oldest first. (transfer full) */
GPtrArray *rubis_store_list_events_on (RubisDatabase *db, RubisDate date, GError **error);
/* Numbers of the items that an event concerns. (transfer full) (element-type utf8) */
GPtrArray *rubis_store_list_event_numbers (RubisDatabase *db, gint64 event_id, GError **error);
/* The events by which any of the items (element-type gint64) reached a level after the notice before the due date, as
 * keys. (transfer full) (element-type gint64)
 */
GHashTable *rubis_store_list_reminders_of (RubisDatabase *db, GArray *item_ids, GError **error);
/* Walks the whole chain. @broken: id of the first line that does not fit, 0 when all do. */
gboolean rubis_store_verify_journal (RubisDatabase *db, gint64 *n_events, gint64 *broken, GError **error);

/* A document that leaves, byte for byte. */
typedef struct {
  gint64 id;
  gint64 event_id;
  gint64 account_id;
  char *kind;             /* "letter", "email", "statement"… */
  char *template_id;
  int template_version;
  char *language;
  char *currency;
  gint64 amount;
  RubisDate date;
  char *subject;
  char *recipient;
  char *file_name;
  char *media_type;
  int n_pages;
  GBytes *content;
} RubisDocumentRecord;
void rubis_document_record_free (RubisDocumentRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisDocumentRecord, rubis_document_record_free)
gboolean rubis_store_insert_document (RubisDatabase *db, RubisDocumentRecord *document, GError **error);
/* Only of a draft that another takes the place of. */
gboolean rubis_store_delete_document (RubisDatabase *db, gint64 id, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
RubisDocumentRecord *rubis_store_load_document (RubisDatabase *db, gint64 id, GError **error);

G_END_DECLS
