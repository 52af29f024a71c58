/* rubis-sent-list.h: the documents that left, as a list model.
 *
 * Holds the ids of what was found and a small cache of rows: a hundred thousand documents cost a megabyte.
 * Main thread only; the search runs in any thread.
 */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SENT_ROW (rubis_sent_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisSentRow, rubis_sent_row, RUBIS, SENT_ROW, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisSentRow
{
  GObject parent_instance;

  gint64 id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  char *kind;    /* "letter", "email", "registered"… */
  char *channel; /* the same for people */
  char *template_id;
  char *template_name; /* as users see it; the id when it has none */
  int template_version;
  char *language;
  RubisCurrency currency;
  gint64 amount;
  RubisDate date;
  char *subject;
  char *recipient;
  char *file_name;
  char *media_type;
  int n_pages;
  gboolean to_post; /* written, not printed yet */
  char *sha256;
  gint64 event_id; /* of the journal, 0: none */
  char *event_at;
  char *event_hash;
};

#define RUBIS_TYPE_SENT_LIST (rubis_sent_list_get_type ())
G_DECLARE_FINAL_TYPE (RubisSentList, rubis_sent_list, RUBIS, SENT_LIST, GObject)

/* An empty GListModel of RubisSentRow. */
RubisSentList *rubis_sent_list_new (RubisSession *session);
/* Shows what was found. @ids: (element-type gint64) */
void rubis_sent_list_set_ids (RubisSentList *self, GArray *ids);

/* What left, newest first. @group_id, @account_id: 0 for all; @text: (nullable) in account, subject or
 * recipient. (transfer full) (element-type gint64)
 */
GArray *rubis_session_find_sent (RubisSession *self, gint64 group_id, gint64 account_id, const char *text,
                                 GError **error);
/* (transfer full) Errors: G_IO_ERROR_NOT_FOUND. */
RubisSentRow *rubis_session_load_sent (RubisSession *self, gint64 id, GError **error);

G_END_DECLS
