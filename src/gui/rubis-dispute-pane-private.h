/* rubis-dispute-pane-private.h: what the files of the pane of a dispute share. */
#pragma once

#include "rubis-attachment-box.h"
#include "rubis-dispute-lists.h"
#include "rubis-dispute-pane.h"
#include "rubis-contested-items.h"

G_BEGIN_DECLS

struct _RubisDisputePane
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkLabel *account;
  GtkLabel *facts;
  GtkWidget *problem_box;
  GtkLabel *problem;
  RubisChoiceDrop *state;
  GtkLabel *outcome;
  GtkLabel *parts_label;
  RubisContestedItems *parts;
  RubisChoiceDrop *reason;
  RubisChoiceDrop *resolver;
  GtkEditable *due;
  GtkEditable *line;
  GtkTextView *words;
  GtkTextView *comment;
  GtkListBox *history;
  RubisAttachmentBox *files;
  GtkWidget *ask_button;
  GtkPopover *ask_popover;
  GtkLabel *ask_label;
  GtkTextView *ask_text;
  GtkLabel *ask_problem;
  GtkWidget *keep_box;
  GtkSwitch *keep;

  RubisSession *session;     /* (owned) (nullable) */
  RubisDispute *dispute;     /* (owned) (nullable) what is shown */
  RubisDisputeLists *lists;  /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of reading */
  gint64 id;                 /* what is shown or being read */
  gint64 shown_id;           /* what the widgets were filled with */
  gboolean filling;          /* widgets are being filled: nothing was edited */
  gboolean typed;            /* words, line or day differ from what is kept */
};

/* rubis-dispute-pane.c */
void rubis_dispute_pane_show_problem (RubisDisputePane *self, const char *text);
/* rubis-dispute-pane-fill.c: puts self->dispute into the widgets. */
void rubis_dispute_pane_fill (RubisDisputePane *self);

G_END_DECLS
