/* rubis-answers-page-private.h: what the files of the section share. */
#pragma once

#include "rubis-account-chooser.h"
#include "rubis-answers-page.h"
#include "rubis-proposal-card.h"
#include "rubis-saved-filters-button.h"

G_BEGIN_DECLS

#define RUBIS_N_ANSWER_CHIPS 5

struct _RubisAnswersPage
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  RubisSavedFiltersButton *saved_button;
  GtkLabel *fetched;
  GtkWidget *fetch_button;
  GtkBox *chips;
  GtkBox *problems;
  GtkPaned *paned;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkListView *view;
  GtkStack *detail;
  GtkScrolledWindow *scrolled;
  GtkLabel *subject;
  GtkLabel *head;
  GtkLabel *kind;
  GtkWidget *warning_box;
  GtkLabel *warning;
  GtkWidget *assign_box;
  RubisAccountChooser *chooser;
  GtkBox *cards;
  GtkLabel *text;
  GtkWidget *close_button;
  GtkWidget *again_button;

  RubisSession *session;                          /* (owned) (nullable) */
  GPtrArray *rows;                                /* (owned) (element-type RubisInboxRow) of all chips */
  GListStore *store;                              /* (owned) (element-type RubisInboxRow) what is listed */
  GtkSingleSelection *selection;                  /* (owned) */
  GtkToggleButton *buttons[RUBIS_N_ANSWER_CHIPS]; /* (unowned) */
  guint chip;
  gint64 shown_id; /* message in the detail */
  char *shown_key; /* (owned) (nullable) what its cards show */
  gint64 group_id;
  gint64 account_id;
  gboolean updating;
  gboolean wide; /* the message stands beside the list */
  guint wide_idle;
  GCancellable *cancellable; /* (owned) (nullable) of the reading */
  GCancellable *loading;     /* (owned) (nullable) of the account's items */
  gboolean stale;            /* changed while it was read */
};

void rubis_answers_page_refresh (RubisAnswersPage *self);
/* (unowned) (nullable) */
RubisInboxRow *rubis_answers_page_get_current (RubisAnswersPage *self);
/* Says in place what went wrong. @text: (nullable) takes it away */
void rubis_answers_page_add_problem (RubisAnswersPage *self, const char *text);
void rubis_answers_page_clear_problems (RubisAnswersPage *self);
/* rubis-answers-page-detail.c: shows the message that is chosen. */
void rubis_answers_page_show_current (RubisAnswersPage *self);
/* Whether the message can be given to the account that is chosen. */
void rubis_answers_page_update_assign (RubisAnswersPage *self);
/* What came, in words (static), and its icon (static). */
const char *rubis_answers_page_describe_kind (RubisInboxRow *row);
const char *rubis_answers_page_get_icon (RubisInboxRow *row);
/* rubis-answers-page-actions.c */
void rubis_answers_page_install_actions (GtkWidgetClass *widget_class);
void rubis_answers_page_add_keys (RubisAnswersPage *self);
void rubis_answers_page_apply (RubisAnswersPage *self, RubisProposalCard *card);
void rubis_answers_page_dismiss (RubisAnswersPage *self, RubisProposalCard *card);

G_END_DECLS
