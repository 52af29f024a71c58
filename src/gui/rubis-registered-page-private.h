/* rubis-registered-page-private.h: what the files of the section share. */
#pragma once

#include "rubis-registered-page.h"
#include "rubis-registered-papers.h"
#include "rubis-registered-row.h"
#include "rubis-registered.h"

G_BEGIN_DECLS

struct _RubisRegisteredPage
{
  AdwBin parent_instance;

  GtkBox *chips;
  GtkStack *stack;
  GtkListBox *list;
  GtkLabel *more_label;
  AdwStatusPage *empty;
  GtkListBox *proposals;
  GtkWidget *proposals_box;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkLabel *selection_label;
  GtkEntry *date_entry;
  GtkCalendar *calendar;
  GtkPopover *calendar_popover;
  GtkPopover *stock_popover;
  GtkEntry *stock_entry;
  GtkSpinButton *stock_count;
  GtkLabel *stock_label;
  GtkLabel *stock_problem;

  RubisSession *session;                                   /* (owned) */
  gint64 account_id;                                       /* 0: all */
  GPtrArray *letters;                                      /* (owned) (element-type RubisRegisteredLetter) */
  GtkToggleButton *buttons[RUBIS_N_REGISTERED_STAGES + 1]; /* (unowned); the last one: all */
  int stage;                                               /* shown; RUBIS_N_REGISTERED_STAGES: all */
  GtkSizeGroup *columns[RUBIS_N_REGISTERED_COLUMNS];       /* (owned) */
  GHashTable *warnings;      /* (owned) id (as gsize) -> (owned) sentence on its number */
  gint64 focus_id;           /* letter whose number gets the cursor after the next load; 0 */
  GCancellable *cancellable; /* (owned) (nullable) of the reading */
  gboolean stale;            /* changed while it was read */
  gboolean updating;
};

/* The lines that an action is about: those ticked, else the selected one. (transfer full) (element-type
 * gint64) */
GArray *rubis_registered_page_dup_targets (RubisRegisteredPage *self);
/* The only line of an action; NULL and a word to the user when there are several or none. (unowned) */
RubisRegisteredLetter *rubis_registered_page_get_target (RubisRegisteredPage *self);
/* Says in place what went wrong; NULL takes it away. */
void rubis_registered_page_show_problem (RubisRegisteredPage *self, const char *text);
/* The day that is typed; RUBIS_DATE_NONE after saying that it is none. */
RubisDate rubis_registered_page_read_date (RubisRegisteredPage *self);
/* A PDF in the window for PDFs. */
void rubis_registered_page_show_pdf (RubisRegisteredPage *self, const char *title, const char *file_name,
                                     GBytes *pdf);

/* The actions "registered.…" of the class. */
void rubis_registered_page_install_actions (GtkWidgetClass *widget_class);
/* Keeps the number that was typed in a line. */
void rubis_registered_page_keep_number (RubisRegisteredPage *self, RubisRegisteredLetter *letter,
                                        const char *number);
/* Shows the letter itself. */
void rubis_registered_page_view_letter (RubisRegisteredPage *self, RubisRegisteredLetter *letter);
/* Shows the proofs of a letter, one window each. */
void rubis_registered_page_view_proofs (RubisRegisteredPage *self, RubisRegisteredLetter *letter);

G_END_DECLS
