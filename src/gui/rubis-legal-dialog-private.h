/* rubis-legal-dialog-private.h: what the files of the dialog share. */
#pragma once

#include "rubis-legal-dialog.h"
#include "rubis-legal-file.h"

G_BEGIN_DECLS

/* An exhibit that the user leaves out. */
typedef struct
{
  char *key;
  char *title;
} RubisOmittedExhibit;

struct _RubisLegalDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkLabel *principal_label;
  GtkLabel *interest_label;
  GtkLabel *indemnity_label;
  GtkLabel *total_label;
  AdwPreferencesGroup *problem_group;
  AdwPreferencesGroup *item_group;
  AdwPreferencesGroup *exhibit_group;
  AdwComboRow *court_combo;
  AdwEntryRow *court_row;
  GtkCheckButton *force_check;

  RubisSession *session; /* (owned) */
  gint64 account_id;
  char *name;            /* (owned) of the customer */
  RubisLegalFile *file;  /* (owned) (nullable) what is shown */
  GHashTable *left_out;  /* (owned) ids of invoices that are not ticked */
  GPtrArray *without;    /* (owned) (element-type RubisOmittedExhibit) exhibits that are not ticked */
  char *court;           /* (owned) (nullable) chosen by the user */
  GPtrArray *rows;       /* (owned) problems and exhibits, made anew with each file */
  GPtrArray *item_rows;  /* (owned) one an invoice, made once */
  GCancellable *loading; /* (owned) */
  gboolean filling;
};

/* Prepares the file anew from what is ticked, in the background. */
void rubis_legal_dialog_load (RubisLegalDialog *self);
/* What may be done with the file that is shown. */
void rubis_legal_dialog_update_actions (RubisLegalDialog *self);

/* rubis-legal-dialog-fill.c: shows self->file. */
void rubis_legal_dialog_fill (RubisLegalDialog *self);

G_END_DECLS
