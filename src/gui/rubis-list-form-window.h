/* rubis-list-form-window.h: a window with a list at the left and the form of the chosen one at the right.
 *
 * What the list holds is the affair of the classes derived from it. Records are read and kept in other
 * threads, where "list" and "save" are called; the others are called in the main thread.
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_LIST_FORM_WINDOW (rubis_list_form_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (RubisListFormWindow, rubis_list_form_window, RUBIS, LIST_FORM_WINDOW, AdwWindow)

struct _RubisListFormWindowClass
{
  AdwWindowClass parent_class;

  /* All records, in their order; the array frees them. (transfer full) */
  GPtrArray *(*list) (RubisListFormWindow *self, RubisSession *session, GError **error);
  /* What stays the same when the record changes. (transfer full) */
  char *(*dup_key) (gconstpointer record);
  /* How it is shown in the list. @title, @subtitle: (out) (transfer full). FALSE: it is not in use. */
  gboolean (*describe) (RubisListFormWindow *self, gconstpointer record, char **title, char **subtitle);
  /* Fills the form. @record: (nullable) NULL for a new one */
  void (*show) (RubisListFormWindow *self, gconstpointer record);
  /* What is typed. @record: (nullable) the one shown. (transfer full) */
  gpointer (*read) (RubisListFormWindow *self, gconstpointer record);
  /* Keeps it. The key of what was kept: (transfer full) (nullable) */
  char *(*save) (RubisListFormWindow *self, RubisSession *session, gpointer record, GError **error);
  /* (nullable) */
  gboolean (*remove) (RubisListFormWindow *self, RubisSession *session, gconstpointer record, GError **error);
  void (*free_record) (gpointer record);
};

/* What the window says; all static and translated. */
typedef struct
{
  const char *title;
  const char *add;       /* tooltip of the button with a plus, with its key */
  const char *new_title; /* over the form of a new one */
  const char *empty;     /* when there is none yet: what it is for */
  const char *remove;    /* (nullable) label of the button that removes */
  const char *kept;      /* confirmations */
  const char *removed;   /* (nullable) */
} RubisListFormTexts;

/* Called by the init function of a derived class. @form: its widgets; @first: (unowned) gets the focus for a
 * new one */
void rubis_list_form_window_build (RubisListFormWindow *self, const RubisListFormTexts *texts,
                                   GtkWidget *form, GtkWidget *first);
/* The form was changed by the user. Does nothing while it is being filled. */
void rubis_list_form_window_mark_edited (RubisListFormWindow *self);
/* The record that is shown. (transfer none) (nullable) */
gconstpointer rubis_list_form_window_get_shown (RubisListFormWindow *self);
/* All of them, as read last. (transfer none) (nullable) */
GPtrArray *rubis_list_form_window_get_records (RubisListFormWindow *self);
/* Keeps @record (transfer full) as if it had been typed. */
void rubis_list_form_window_keep (RubisListFormWindow *self, gpointer record);
/* Shows the window of a dossier. */
void rubis_list_form_window_open (RubisListFormWindow *self, RubisSession *session);

G_END_DECLS
