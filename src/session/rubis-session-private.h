/* rubis-session-private.h: what the files of session share. */
#pragma once

#include "rubis-calendar.h"
#include "rubis-eligibility.h"
#include "rubis-policy.h"
#include "rubis-rates.h"
#include "rubis-search-index.h"
#include "rubis-session.h"
#include "rubis-store-events.h"
#include "rubis-store-outbox.h"
#include "rubis-store.h"
#include "rubis-template.h"

G_BEGIN_DECLS

/* The dossier's policies and templates, parsed; made anew when they change. Immutable. */
typedef struct {
  int ref_count;            /* atomic */
  GHashTable *policies;     /* (element-type utf8 RubisPolicy) by id */
  RubisPolicy *policy;      /* (unowned) the default one */
  GPtrArray *ordered;       /* (element-type RubisPolicy) (unowned elements) as users list them */
  GHashTable *templates;    /* (element-type utf8 RubisSessionTemplate) "id/language" */
  RubisRates *rates;        /* (owned) */
} RubisLibrary;

typedef struct {
  RubisTemplate *template_; /* (owned) (nullable) NULL when it cannot be parsed */
  char *error;              /* (nullable) why not */
  int version;
  char *body;
} RubisSessionTemplate;

RubisLibrary *rubis_library_ref (RubisLibrary *self);
void rubis_library_unref (RubisLibrary *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisLibrary, rubis_library_unref)
/* Loads from the dossier. A policy that cannot be parsed is an error; a template is not. */
RubisLibrary *rubis_library_load (RubisDatabase *db, GError **error);
/* Puts the shipped policies and templates into a new dossier. */
gboolean rubis_library_install (RubisDatabase *db, GError **error);
/* Adds, in one journaled transaction, the shipped templates that an older dossier does not have yet; what the user
 * changed or withdrew stays as it is.
 */
gboolean rubis_library_complete (RubisSession *session, GError **error);
/* The policy of that id, the default one for "" and unknown ids. (unowned) */
RubisPolicy *rubis_library_get_policy (RubisLibrary *self, const char *id);
/* The template in @language, else in English, else in French. (unowned) (nullable) */
RubisSessionTemplate *rubis_library_get_template (RubisLibrary *self, const char *id, const char *language);

/* The store's writing connection: hold it from lock to unlock. */
RubisStore *rubis_session_lock (RubisSession *self);
void rubis_session_unlock (RubisSession *self);

/* Cancels a sending that goes on, and waits a little for what it has to note. */
void rubis_session_stop_sending (RubisSession *self);

/* A reading connection for the calling thread, borrowed from a pool. (transfer full); give it back. */
RubisDatabase *rubis_session_take_reader (RubisSession *self, GError **error);
void rubis_session_return_reader (RubisSession *self, RubisDatabase *reader);

/* What the search keeps in memory. (unowned) */
RubisSearchIndex *rubis_session_get_search_index (RubisSession *self);

/* (transfer full) */
RubisLibrary *rubis_session_get_library (RubisSession *self);
/* After policies or templates changed. */
gboolean rubis_session_reload_library (RubisSession *self, GError **error);

/* Marks that the dossier changed: "changed" is emitted on the main thread soon. */
void rubis_session_mark_changed (RubisSession *self);

/* Own company as @db sees it. Reading: (transfer full); NULL on error. */
RubisCompany *rubis_session_read_company (RubisDatabase *db, GError **error);
gboolean rubis_session_write_company (RubisDatabase *db, const RubisCompany *company, GError **error);

/* Facts on the whole dossier, for eligibility. */
gboolean rubis_session_load_dossier_facts (RubisSession *self, RubisDatabase *db, RubisDossierFacts *facts,
                                           GError **error);
/* Whether documents leave on @date under @policy (send days, holidays). */
gboolean rubis_session_is_send_day (const RubisPolicy *policy, RubisDate date);

/* A new journal line of today with the user as actor; complete it and append it. @data: (nullable) JSON. */
RubisEventRecord *rubis_session_new_event (RubisSession *self, const char *kind, gint64 account_id,
                                           const char *summary, const char *data);
/* "2026-11-21T08:12:03Z" */
char *rubis_session_now (void);

/* Journals that an item which was settled is open again. */
gboolean rubis_session_journal_returned (RubisSession *self, RubisDatabase *db, gint64 batch_id, gint64 item_id,
                                         GError **error);

/* An edit that can be undone: applies itself within a transaction and, swapped, takes itself back. */
typedef struct _RubisEdit RubisEdit;
typedef gboolean (*RubisEditFunc) (RubisSession *self, RubisStore *store, RubisEdit *edit, GError **error);
struct _RubisEdit {
  char *label;             /* what the user did, for Undo and toasts */
  RubisEditFunc swap;      /* puts the new state in and keeps the old one in its place */
  gpointer data;           /* (owned) of @swap */
  GDestroyNotify destroy;
};
/* Does @edit (transfer full) in one transaction and remembers it for undo. */
gboolean rubis_session_do_edit (RubisSession *self, RubisEdit *edit, GError **error);
/* Nothing before this can be undone any more (an import, a run). */
void rubis_session_forget_edits (RubisSession *self);

G_END_DECLS
