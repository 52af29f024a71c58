/* rubis-window-private.h: what the files of the main window share. */
#pragma once

#include "rubis-account-panel.h"
#include "rubis-callback-watch.h"
#include "rubis-courier.h"
#include "rubis-disputes-page.h"
#include "rubis-invoice-grid.h"
#include "rubis-letters-page.h"
#include "rubis-search-palette.h"
#include "rubis-start-page.h"
#include "rubis-status-line.h"
#include "rubis-today-page.h"
#include "rubis-tree-pane.h"
#include "rubis-window.h"

G_BEGIN_DECLS

/* A pane that gives its width to some places. */
typedef struct {
  gboolean hidden;                /* by the place shown; it was, before: */
  gboolean shown;
} RubisWindowPane;

struct _RubisWindow {
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkWidget *drop_area;
  RubisSearchPalette *search_palette;
  GtkStack *title_stack;
  GtkStack *stack;
  RubisStartPage *start_page;
  AdwStatusPage *opening_page;
  AdwFlap *tree_flap;
  AdwFlap *panel_flap;
  AdwBin *tree_bin;
  AdwClamp *panel_clamp;
  GtkStack *views;               /* the places, or the view of an account over them */
  AdwBin *view_bin;
  AdwViewStack *places;
  RubisStatusLine *status_line;
  GtkWidget *tree_button;
  GtkWidget *import_button;
  GtkWidget *search_button;
  GtkWidget *panel_button;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GMenu *recent_menu;

  RubisPreferences *preferences;  /* (unowned) */
  RubisSession *session;          /* (owned) (nullable) */
  RubisDate today;
  RubisCourier *courier;          /* (owned) (nullable) sends and receives for the session */
  RubisCallbackWatch *callbacks;  /* (owned) (nullable) those of the session, said at their hour */
  guint callback_timeout;
  GCancellable *cancellable;      /* (owned) of the work begun by this window */
  gboolean opening;               /* a dossier is being opened */
  GPtrArray *pending_paths;       /* (owned) (nullable) (element-type utf8) to import into the dossier to come */

  RubisTreePane *tree_pane;       /* (unowned) those of the session; NULL without */
  RubisAccountPanel *panel;
  RubisTodayPage *today_page;
  RubisInvoiceGrid *invoices;
  RubisDisputesPage *disputes;
  RubisLettersPage *letters;

  gboolean wide;                  /* there is room for all panes at once */
  RubisWindowPane tree;
  RubisWindowPane side;

  GArray *view_trail;            /* (owned) (nullable) of rubis-window-account.c */
  GtkWidget *focus_before;       /* (weak) (nullable) where the focus was before the view */
  gboolean panel_before;         /* the panel was shown before the view */
};

/* rubis-window-actions.c */
void rubis_window_install_actions (GtkWidgetClass *widget_class);
/* Actions whose state is that of a widget, and what is possible now. */
void rubis_window_add_actions (RubisWindow *self);
void rubis_window_update_actions (RubisWindow *self);
/* Shows bytes in the program that the user chose for their kind, from a private copy. */
void rubis_window_open_elsewhere (RubisWindow *self, GBytes *bytes, const char *file_name);
/* rubis-window-disputes.c */
void rubis_window_install_dispute_actions (GtkWidgetClass *widget_class);
/* rubis-window-mail.c: sending and receiving. */
void rubis_window_install_mail_actions (GtkWidgetClass *widget_class);
void rubis_window_start_courier (RubisWindow *self);
void rubis_window_stop_courier (RubisWindow *self);
/* rubis-window-phone.c: calls, and the hours that customers named. */
void rubis_window_install_phone_actions (GtkWidgetClass *widget_class);
void rubis_window_start_callbacks (RubisWindow *self);
void rubis_window_stop_callbacks (RubisWindow *self);
/* rubis-window-search.c: the search over everything. */
void rubis_window_install_search_actions (GtkWidgetClass *widget_class);
/* Shows what was found, or (@call) its account to be called. */
void rubis_window_open_found (RubisWindow *self, RubisFound *found, gboolean call);
/* rubis-window-fields.c: colleagues, fields of one's own, extendable lists, bulk edits. */
void rubis_window_install_field_actions (GtkWidgetClass *widget_class);
void rubis_window_update_field_actions (RubisWindow *self);
/* rubis-window-account.c: the view of an account or a group, over the places. */
void rubis_window_install_account_actions (GtkWidgetClass *widget_class);
gboolean rubis_window_shows_view (RubisWindow *self);
/* Shows the places again. */
void rubis_window_leave_view (RubisWindow *self);
/* Leaves it, and lets go of the session. */
void rubis_window_drop_view (RubisWindow *self);
/* Shows what was chosen in the tree, when a view is shown. */
void rubis_window_view_scope (RubisWindow *self, gint64 group_id, gint64 account_id);
/* rubis-window-agreements.c: promises and payment plans. */
void rubis_window_install_agreement_actions (GtkWidgetClass *widget_class);
/* rubis-window-state.c: size, panes and place, remembered between runs. */
void rubis_window_load_state (RubisWindow *self);
void rubis_window_save_state (RubisWindow *self);
/* rubis-window-files.c: opening dossiers, dropping and importing files. */
void rubis_window_add_drop_target (RubisWindow *self);
void rubis_window_import_paths (RubisWindow *self, GPtrArray *paths);
void rubis_window_choose_dossier (RubisWindow *self);
void rubis_window_ask_new (RubisWindow *self);
void rubis_window_ask_demo (RubisWindow *self);
void rubis_window_update_recent (RubisWindow *self);

G_END_DECLS
