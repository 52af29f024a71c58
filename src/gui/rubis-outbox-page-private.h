/* rubis-outbox-page-private.h: what the files of the section share. */
#pragma once

#include "rubis-grid-selection.h"
#include "rubis-outbox-page.h"
#include "rubis-outbox-pane.h"
#include "rubis-saved-filters-button.h"

G_BEGIN_DECLS

/* The chips: states that belong together. */
#define RUBIS_N_OUTBOX_CHIPS 8

struct _RubisOutboxPage
{
  AdwBin parent_instance;

  GtkBox *chips;
  GtkSearchEntry *search;
  RubisSavedFiltersButton *saved_button;
  GtkSwitch *hold_switch;
  GtkWidget *recall_box;
  GtkLabel *recall_label;
  GtkWidget *recall_button;
  GtkWidget *folder_box;
  GtkLabel *folder_label;
  GtkWidget *hold_box;
  GtkBox *problems;
  GtkPaned *paned;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkListView *view;
  GtkLabel *count;
  RubisOutboxPane *pane;

  RubisSession *session;         /* (owned) (nullable) */
  GPtrArray *rows;               /* (owned) (element-type RubisOutboxRow) of all chips */
  GListStore *store;             /* (owned) (element-type RubisOutboxRow) what is listed */
  RubisGridSelection *selection; /* (owned) */
  GPtrArray *lines;              /* (owned) (element-type RubisOutboxLine), unowned: bound now */
  GtkToggleButton *buttons[RUBIS_N_OUTBOX_CHIPS]; /* (unowned) */
  guint chip;
  RubisCurrency currency;
  gint64 group_id;
  gint64 account_id;
  gboolean held;
  gboolean updating;
  gboolean wide; /* the message stands beside the list */
  guint wide_idle;
  guint clock;               /* source that moves the countdowns */
  GCancellable *cancellable; /* (owned) (nullable) of the reading */
  gboolean stale;            /* changed while it was read */
};

/* Reads again. */
void rubis_outbox_page_refresh (RubisOutboxPage *self);
/* The message that is shown; NULL when none is chosen. (unowned) */
RubisOutboxRow *rubis_outbox_page_get_current (RubisOutboxPage *self);
/* Those selected, in any of @states (bits). (transfer full) (element-type gint64) */
GArray *rubis_outbox_page_dup_targets (RubisOutboxPage *self, guint states);
/* Sets which actions are possible now. */
void rubis_outbox_page_update_actions (RubisOutboxPage *self);
/* The actions "outbox.…" of the class. */
void rubis_outbox_page_install_actions (GtkWidgetClass *widget_class);
/* Their keys, while the list has the focus. */
void rubis_outbox_page_add_keys (RubisOutboxPage *self);
/* Says which senders cannot send, and when none but the folder is there. @senders: (element-type RubisSender)
 */
void rubis_outbox_page_show_senders (RubisOutboxPage *self, GPtrArray *senders);
/* Asks the session for the hold switch. */
void rubis_outbox_page_set_hold (RubisOutboxPage *self, gboolean hold);

G_END_DECLS
