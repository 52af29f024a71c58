/* rubis-invoice-grid-private.h: what the files of the invoice grid share. */
#pragma once

#include "rubis-filter-bar.h"
#include "rubis-grid-columns.h"
#include "rubis-grid-selection.h"
#include "rubis-grid-sort.h"
#include "rubis-invoice-grid.h"

G_BEGIN_DECLS

struct _RubisInvoiceGrid {
  AdwBin parent_instance;

  RubisFilterBar *filter_bar;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkColumnView *view;
  AdwStatusPage *empty_page;
  GtkWidget *empty_reset;
  GtkWidget *empty_import;
  GtkLabel *total_label;
  GtkLabel *selection_label;
  GtkSpinner *spinner;
  GtkWidget *columns_button;
  GtkPopover *menu;

  RubisSession *session;            /* (owned) */
  RubisPreferences *preferences;    /* (unowned) (nullable) */
  RubisItemList *list;              /* (owned) */
  RubisGridSelection *selection;    /* (owned) */
  RubisGridSort *sort;              /* (owned) */
  GCancellable *cancellable;        /* (owned) of all work begun here */
  gint64 group_id;
  gint64 account_id;

  guint selection_timeout;          /* the sums of the selection are about to be computed */
  gint64 top_id;                    /* row at the upper edge */
  gint64 restore_id;                /* row to bring back to the upper edge */
  gboolean reorder;                 /* the next load is for another order or filter */
  gboolean settle_anew;             /* the load that settles was for another order or filter */
  gint64 wanted_id;                 /* line to be shown as soon as it is there; 0: none */
  int wanted_step;                  /* how far filters were taken off for it */
  gboolean had_focus;
  guint settle_tick;
  int settle_step;
};

/* rubis-invoice-grid-actions.c */
void rubis_invoice_grid_install_actions (GtkWidgetClass *widget_class);
void rubis_invoice_grid_add_shortcuts (RubisInvoiceGrid *self);
void rubis_invoice_grid_update_actions (RubisInvoiceGrid *self);
/* rubis-invoice-grid-scroll.c */
void rubis_invoice_grid_watch_scrolling (RubisInvoiceGrid *self);
/* After the list was replaced: brings back scroll position and focus. */
void rubis_invoice_grid_settle (RubisInvoiceGrid *self);
/* After the list was replaced: shows the line that is wanted. */
void rubis_invoice_grid_seek (RubisInvoiceGrid *self);
void rubis_invoice_grid_stop_settling (RubisInvoiceGrid *self);
/* The row touched last, when it is in the list. (transfer full) (nullable) */
RubisItemRow *rubis_invoice_grid_dup_current (RubisInvoiceGrid *self);

G_END_DECLS
