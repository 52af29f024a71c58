/* rubis-search.h: one search over everything: accounts, items, contacts, colleagues, history, and what the
 * program can do.
 *
 * Words may be typed wrongly, without accents, and in any order. Numbers find items by number, by its end,
 * and by amount.
 */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_FOUND_ACCOUNT,
  RUBIS_FOUND_GROUP,
  RUBIS_FOUND_ITEM,
  RUBIS_FOUND_CONTACT,
  RUBIS_FOUND_EVENT,
  RUBIS_FOUND_DISPUTE,
  RUBIS_FOUND_ACTOR,
} RubisFoundKind;

#define RUBIS_TYPE_FOUND (rubis_found_get_type ())
G_DECLARE_FINAL_TYPE (RubisFound, rubis_found, RUBIS, FOUND, GObject)

/* Read-only. Strings are never NULL. */
struct _RubisFound
{
  GObject parent_instance;

  RubisFoundKind kind;
  gint64 id;
  gint64 account_id;  /* 0 for a group, for a colleague, and for an event that is about no account */
  char *account_code; /* "" without account */
  char *title;
  char *detail;    /* for people, in their language: what tells it from others */
  char *icon_name; /* of an event, that of its kind; "" for the others */
  RubisCurrency currency;
  gint64 amount; /* overdue of an account, open amount of an item (its total once settled), contested amount;
                    0 */
  gboolean has_amount;
  int score; /* higher is better */
};

/* Best first within each kind, kinds in the order of their best. @limit: of each kind. Meant to be called at
 * each key: cancellable, on a reader. Nothing is found for "", but what the search needs is read then: do it
 * before the first key. (transfer full) (element-type RubisFound)
 */
GPtrArray *rubis_session_search (RubisSession *self, const char *text, int limit, GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
