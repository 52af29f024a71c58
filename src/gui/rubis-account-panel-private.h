/* rubis-account-panel-private.h: what the files of the account panel share. */
#pragma once

#include "rubis-account-card.h"
#include "rubis-account-disputes.h"
#include "rubis-account-panel.h"
#include "rubis-attachment-box.h"
#include "rubis-saved-text.h"
#include "rubis-promise-box.h"
#include "rubis-plan-box.h"

G_BEGIN_DECLS

struct _RubisAccountPanel {
  AdwBin parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkLabel *name_label;
  GtkLabel *code_label;
  GtkLabel *address_label;
  GtkWidget *insolvency_box;
  GtkLabel *insolvency_label;
  GtkWidget *stop_box;
  GtkLabel *stop_label;
  GtkBox *balance_box;
  GtkLabel *next_label;
  GtkExpander *why_expander;
  GtkBox *why_box;
  GtkDropDown *policy_drop;
  GtkBox *contact_box;
  AdwEntryRow *email_row;
  AdwEntryRow *phone_row;
  GtkExpander *items_expander;
  GtkBox *items_box;
  GtkExpander *history_expander;
  GtkListBox *history_list;
  RubisSavedText *note_view;
  RubisAttachmentBox *attachments;
  RubisAccountDisputes *disputes;
  RubisPromiseBox *promises;
  RubisPlanBox *plans;

  RubisSession *session;        /* (owned) */
  RubisAccountCard *card;       /* (owned) (nullable) what is shown */
  GPtrArray *policies;          /* (owned) (nullable) (element-type RubisPolicy) */
  GCancellable *loading;        /* (owned) (nullable) of the load under way */
  gint64 account_id;            /* what is shown or being loaded */
  guint load_timeout;
  gboolean filling;             /* widgets are being filled: nothing was edited */
};

/* rubis-account-panel-fill.c: puts self->card into the widgets. */
void rubis_account_panel_fill (RubisAccountPanel *self);

G_END_DECLS
