/* rubis-search-actions.h: what the program can do, for the search over everything. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What an action is told. */
typedef enum
{
  RUBIS_SEARCH_TARGET_NONE,
  RUBIS_SEARCH_TARGET_TEXT,          /* a string of its own */
  RUBIS_SEARCH_TARGET_ACCOUNT,       /* the account shown in the panel */
  RUBIS_SEARCH_TARGET_ITEMS,         /* that account, and all its items */
  RUBIS_SEARCH_TARGET_ITEMS_OR_NONE, /* the same, or 0: it asks itself */
} RubisSearchTarget;

/* Texts are untranslated. */
typedef struct
{
  const char *label;
  const char *words; /* it is found by these as well */
  const char *icon_name;
  const char *action;
  RubisSearchTarget target;
  const char *text;
  gboolean frequent; /* offered before anything is typed */
} RubisSearchAction;

typedef struct
{
  const RubisSearchAction *action; /* (unowned) */
  int score;                       /* as of rubis_fuzzy_rate(); 0 when nothing was typed */
} RubisFoundAction;

/* Those that @window has now and that fit what was typed, best first; of "" the frequent ones. @places: those
 * that can be gone to. @account_id: 0: no account is shown. (transfer full) (element-type RubisFoundAction)
 */
GArray *rubis_search_actions_find (GtkWindow *window, AdwViewStack *places, gint64 account_id,
                                   const char *typed, guint limit);
/* "Ctrl+I"; "" when it has no keys. (transfer full) */
char *rubis_search_action_get_keys (const RubisSearchAction *action, GtkWindow *window);
void rubis_search_action_activate (const RubisSearchAction *action, GtkWidget *widget, gint64 account_id);

G_END_DECLS
