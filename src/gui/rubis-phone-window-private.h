/* rubis-phone-window-private.h: what the files of the phone session share. */
#pragma once

#include "rubis-calls.h"
#include "rubis-phone-outcome.h"
#include "rubis-phone-owed.h"
#include "rubis-phone-script.h"
#include "rubis-phone-summary.h"
#include "rubis-phone-window.h"

G_BEGIN_DECLS

struct _RubisPhoneWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *stop_button;
  GtkToggleButton *timer_button;
  GtkWidget *next_button;
  GtkWidget *skip_button;
  GtkProgressBar *progress;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkStack *stack;
  GtkLabel *name;
  GtkLabel *facts;
  GtkLabel *why;
  GtkLabel *promised;
  GtkLabel *clock;
  GtkWidget *hours_box;
  GtkLabel *hours;
  GtkBox *contacts;
  GtkWidget *dial_problem_box;
  GtkLabel *dial_problem;
  GtkWidget *habits_box;
  GtkLabel *habits;
  GtkWidget *process_box;
  GtkLabel *process;
  GtkWidget *note_box;
  GtkLabel *account_note;
  GtkWidget *history_box;
  GtkBox *history;
  RubisPhoneOwed *owed;
  RubisPhoneScript *script;
  RubisPhoneOutcome *outcome;
  RubisPhoneSummary *summary;
  AdwStatusPage *end;
  GtkWidget *end_button;
  AdwStatusPage *error;

  RubisSession *session;     /* (owned) */
  GArray *by_hand;           /* (owned) (nullable) */
  GPtrArray *queue;          /* (owned) (nullable) (element-type RubisCallEntry) */
  RubisCallSheet *sheet;     /* (owned) (nullable) of the account that is shown */
  guint position;            /* in the queue */
  GCancellable *cancellable; /* (owned) of what is being loaded */
  guint tick;                /* of the clocks */
  gint64 began_at;           /* of the call that runs or ran last; 0: none */
  gint64 ended_at;           /* 0: it runs */
  char *dialled;             /* (owned) (nullable) */
  char *email;               /* (owned) of whom is spoken to, "" */
  gboolean busy;             /* the call is being noted */
  gboolean updating;
  gboolean warned; /* that what was typed is not noted yet */
  guint n_noted;
  guint n_skipped;
};

/* rubis-phone-window-who.c: the customer */
void rubis_phone_window_show_customer (RubisPhoneWindow *self, const RubisCallEntry *entry);
/* Hour and notice, as the clock of this machine says. */
void rubis_phone_window_update_clocks (RubisPhoneWindow *self);
/* Dials the @position-th number; FALSE when there is none. */
gboolean rubis_phone_window_dial (RubisPhoneWindow *self, guint position);
/* Begins or ends the clock of the call. */
void rubis_phone_window_run_timer (RubisPhoneWindow *self, gboolean run);

G_END_DECLS
