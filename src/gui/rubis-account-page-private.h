/* rubis-account-page-private.h: what the files of the account view share. */
#pragma once

#include "rubis-account-page.h"
#include "rubis-account-terms.h"
#include "rubis-account-view.h"
#include "rubis-timeline-pane.h"

G_BEGIN_DECLS

/* What a load brings. */
typedef struct
{
  gint64 group_id; /* asked */
  gint64 account_id;
  RubisAccountView *view; /* (owned) */
  GPtrArray *disputes;    /* (owned) (element-type RubisDispute) open ones */
  GPtrArray *promises;    /* (owned) (element-type RubisPromiseRow) open, partial and broken ones that wait */
  GPtrArray *plans;       /* (owned) (element-type RubisPlanRow) active ones */
  GPtrArray *fields;      /* (owned) (nullable) (element-type RubisFieldValue) of an account */
  GPtrArray *documents;   /* (owned) (nullable) (element-type RubisSentRow) the last ones that left */
} RubisAccountPageData;

struct _RubisAccountPage
{
  AdwBin parent_instance;

  GtkLabel *name_label;
  GtkLabel *late_badge;
  GtkLabel *code_label;
  GtkWidget *account_actions;
  GtkWidget *back_button;
  GtkScrolledWindow *scrolled;
  GtkLabel *banner_label;
  GtkBox *figures_box;
  GtkBox *left_box;
  GtkBox *right_box;
  GtkBox *wide_box;
  RubisTimelinePane *timeline;

  RubisAccountTerms *terms;   /* (owned) */
  GtkBox *contacts_box;       /* (owned) */
  char *contacts_shown;       /* (owned) (nullable) what the contacts were when they were put in */
  RubisSession *session;      /* (owned) */
  RubisAccountPageData *data; /* (owned) (nullable) */
  GCancellable *loading;      /* (owned) (nullable) */
  gint64 group_id;
  gint64 account_id;
};

/* rubis-account-page-fill.c: puts self->data into the widgets. */
void rubis_account_page_fill (RubisAccountPage *self);
/* rubis-account-page-lists.c: sections for fill. (transfer floating) */
GtkWidget *rubis_account_page_make_items (RubisAccountPage *self);
GtkWidget *rubis_account_page_make_agreements (RubisAccountPage *self);
GtkWidget *rubis_account_page_make_documents (RubisAccountPage *self);
GtkWidget *rubis_account_page_make_exposure (RubisAccountPage *self);
/* A section with a heading and a button at its end (@action: (nullable)); @box: (out) for what is below. */
GtkWidget *rubis_account_page_make_section (const char *title, const char *label, const char *action,
                                            GtkBox **box);

G_END_DECLS
