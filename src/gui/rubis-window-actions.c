/* The main window: its actions. */
#include "rubis-window-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-address-window.h"
#include "rubis-agenda-list.h"
#include "rubis-company-dialog.h"
#include "rubis-document-pages.h"
#include "rubis-import-dialog.h"
#include "rubis-letterhead-dialog.h"
#include "rubis-posting-dialog.h"
#include "rubis-preview-window.h"
#include "rubis-ui.h"

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_window_ask_new (RUBIS_WINDOW (widget));
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_window_choose_dossier (RUBIS_WINDOW (widget));
}

static void
open_path_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_window_open (RUBIS_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
demo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_window_ask_demo (RUBIS_WINDOW (widget));
}

static void
company_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_company_dialog_present_edit (GTK_WINDOW (widget), RUBIS_WINDOW (widget)->session);
}

static void
letterhead_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  rubis_letterhead_dialog_present (GTK_WINDOW (self), self->session, rubis_account_panel_get_account (self->panel));
}

static void
posting_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_posting_dialog_present (GTK_WINDOW (widget), RUBIS_WINDOW (widget)->session);
}

static void
check_addresses_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_address_window_present (GTK_WINDOW (widget), RUBIS_WINDOW (widget)->session);
}

static void
import_chosen (GtkWindow *window, GPtrArray *paths)
{
  rubis_window_take_files (RUBIS_WINDOW (window), paths);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_import_dialog_choose (GTK_WINDOW (widget), import_chosen);
}

static gpointer
undo_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_undo (session, error);
}

static gpointer
redo_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_redo (session, error);
}

static void
undo_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *what = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autofree char *said = what != NULL ? g_strdup_printf (_("Undone: %s"), what) : NULL;

  if (said == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _("This could not be undone"), error, FALSE);
  else
    rubis_window_toast (self, said, FALSE);
}

static void
redo_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *what = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autofree char *said = what != NULL ? g_strdup_printf (_("Done again: %s"), what) : NULL;

  if (said == NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _("This could not be done again"), error, FALSE);
  else
    rubis_window_toast (self, said, FALSE);
}

/* Who is typing means the text. */
static GtkTextBuffer *
get_typed_buffer (RubisWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  return GTK_IS_TEXT_VIEW (focus) ? gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)) : NULL;
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  GtkTextBuffer *typed = get_typed_buffer (self);

  if (typed != NULL && gtk_text_buffer_get_can_undo (typed))
    {
      gtk_text_buffer_undo (typed);
      return;
    }
  rubis_account_panel_flush (self->panel);
  rubis_session_run_async (self->session, NULL, undo_work, NULL, NULL, g_free, self->cancellable, undo_done_cb,
                           g_object_ref (self));
}

static void
redo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  GtkTextBuffer *typed = get_typed_buffer (self);

  if (typed != NULL && gtk_text_buffer_get_can_redo (typed))
    {
      gtk_text_buffer_redo (typed);
      return;
    }
  rubis_session_run_async (self->session, NULL, redo_work, NULL, NULL, g_free, self->cancellable, redo_done_cb,
                           g_object_ref (self));
}

static void
show_account_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->panel == NULL)
    return;
  rubis_account_panel_set_account (self->panel, g_variant_get_int64 (parameter));
  adw_flap_set_reveal_flap (self->panel_flap, TRUE);
}

static void
edit_note_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->panel == NULL || rubis_account_panel_get_account (self->panel) == 0)
    return;
  adw_flap_set_reveal_flap (self->panel_flap, TRUE);
  rubis_account_panel_edit_note (self->panel);
}

/* A document of the history, read by the thread of the session. */
typedef struct {
  gint64 id;             /* asked: of the document, or of the account for a statement */
  GBytes *bytes;
  char *media_type;
  char *file_name;
} Document;

static void
document_free (gpointer data)
{
  Document *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->media_type);
  g_free (self->file_name);
  g_free (self);
}

static gpointer
load_document_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  gint64 id = *(gint64 *) data;
  Document *document = g_new0 (Document, 1);
  g_autoptr(GError) render_error = NULL;

  document->bytes = rubis_session_render_document (session, id, &document->file_name, &render_error);
  if (document->bytes != NULL)
    document->media_type = g_strdup ("application/pdf");
  else
    document->bytes = rubis_session_load_document (session, id, &document->media_type, &document->file_name, error);
  if (document->bytes != NULL)
    return document;
  document_free (document);
  return NULL;
}

static gpointer
load_original_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Document *document = g_new0 (Document, 1);

  document->bytes = rubis_session_load_document (session, *(gint64 *) data, &document->media_type, &document->file_name,
                                                 error);
  if (document->bytes != NULL)
    return document;
  document_free (document);
  return NULL;
}

static gpointer
write_statement_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Document *document = g_new0 (Document, 1);

  document->bytes = rubis_session_write_statement (session, *(gint64 *) data, error);
  document->media_type = g_strdup ("application/pdf");
  document->file_name = g_strdup (_("statement.pdf"));
  if (document->bytes != NULL)
    return document;
  document_free (document);
  return NULL;
}

/* What is no PDF is shown by the program that the user chose for its kind, from a private copy. */
void
rubis_window_open_elsewhere (RubisWindow *self, GBytes *bytes, const char *file_name)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("rubis-XXXXXX", &error);
  g_autofree char *base = g_path_get_basename (file_name != NULL ? file_name : "document");
  g_autofree char *path = folder != NULL ? g_build_filename (folder, base, NULL) : NULL;
  g_autofree char *uri = NULL;

  if (path == NULL
      || !g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                                    G_FILE_SET_CONTENTS_NONE, 0600, &error))
    {
      rubis_ui_show_error (GTK_WIDGET (self), _("The document could not be shown"), error, FALSE);
      return;
    }
  uri = g_filename_to_uri (path, NULL, NULL);
  gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
document_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  Document *document = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (document == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _("The Document Could Not Be Shown"), error, TRUE);
      return;
    }
  if (g_strcmp0 (document->media_type, "application/pdf") == 0)
    gtk_window_present (GTK_WINDOW (rubis_preview_window_new_for_pdf (GTK_WINDOW (self), document->file_name,
                                                                      document->file_name, document->bytes)));
  else
    rubis_window_open_elsewhere (self, document->bytes, document->file_name);
  document_free (document);
}

static void
run_document (RubisWindow *self, RubisWorkFunc work, gint64 id)
{
  if (self->session == NULL)
    return;
  rubis_ui_read_async (self->session, work, g_memdup2 (&id, sizeof id), g_free, document_free, self->cancellable,
                       document_done_cb, g_object_ref (self));
}

static void
show_document_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_document (RUBIS_WINDOW (widget), load_document_work, g_variant_get_int64 (parameter));
}

static void
open_original_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_document (RUBIS_WINDOW (widget), load_original_work, g_variant_get_int64 (parameter));
}

static void
statement_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  run_document (RUBIS_WINDOW (widget), write_statement_work, g_variant_get_int64 (parameter));
}

static void
filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->invoices == NULL)
    return;
  if (rubis_window_shows_view (self))
    {
      gtk_widget_activate_action (adw_bin_get_child (self->view_bin), "page.find", NULL);
      return;
    }
  if (adw_view_stack_get_visible_child (self->places) == GTK_WIDGET (self->disputes))
    {
      rubis_disputes_page_find (self->disputes);
      return;
    }
  if (adw_view_stack_get_visible_child (self->places) == GTK_WIDGET (self->letters))
    {
      rubis_letters_page_find (self->letters);
      return;
    }
  adw_view_stack_set_visible_child_name (self->places, "invoices");
  rubis_invoice_grid_focus_filter (self->invoices);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);

  if (self->session == NULL)
    return;
  if (rubis_letters_page_shows (self->letters, "answers") || rubis_letters_page_shows (self->letters, "outbox"))
    gtk_widget_activate_action (widget, "win.fetch-answers", NULL);
  rubis_today_page_refresh (self->today_page);
  rubis_invoice_grid_refresh (self->invoices);
  rubis_disputes_page_refresh (self->disputes);
  rubis_status_line_refresh (self->status_line);
}

static void
place_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisWindow *self = RUBIS_WINDOW (widget);
  g_auto(GStrv) parts = g_strsplit (g_variant_get_string (parameter, NULL), "/", 2);
  const char *place = parts[0] != NULL ? parts[0] : "";

  if (adw_view_stack_get_child_by_name (self->places, place) == NULL)
    return;
  rubis_window_leave_view (self);
  if (parts[0] != NULL && parts[1] != NULL && g_str_equal (place, "letters"))
    rubis_letters_page_show_section (self->letters, parts[1]);
  adw_view_stack_set_visible_child_name (self->places, place);
  if (parts[0] != NULL && parts[1] != NULL && g_str_equal (place, "disputes"))
    rubis_disputes_page_show_view (self->disputes, parts[1]);
  if (g_str_equal (place, "invoices") || g_str_equal (place, "disputes") || g_str_equal (place, "letters"))
    gtk_widget_grab_focus (adw_view_stack_get_visible_child (self->places));
  else
    gtk_widget_child_focus (adw_view_stack_get_visible_child (self->places), GTK_DIR_TAB_FORWARD);
}

/* Tooltips name what undo would take back. */
static void
describe_button (GtkWidget *button, const char *plain, const char *label)
{
  g_autofree char *text = label != NULL ? g_strdup_printf (_("%s: %s"), plain, label) : g_strdup (plain);

  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
rubis_window_update_actions (RubisWindow *self)
{
  static const char *const names[] = {
    "win.import", "win.company", "win.search", "win.filter", "win.refresh",
    "win.show-account", "win.show-account-view", "win.show-group-view", "win.show-scope-view",
    "win.show-document", "win.statement", "win.edit-note", "win.letterhead", "win.check-addresses",
    "win.posting", "win.thread", "win.open-original", "win.open-incoming", "win.senders",
    "win.sender", "win.setup-sending", "win.fetch-answers", "win.recall",
    "win.new-dispute", "win.show-dispute",
  };
  GtkWidget *of_dossier[] = { self->tree_button, self->import_button, self->search_button,
                              self->panel_button, self->undo_button, self->redo_button };
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean open = self->session != NULL;
  gboolean can_undo = FALSE;
  gboolean can_redo = FALSE;
  g_autofree char *undo = NULL;
  g_autofree char *redo = NULL;

  if (open)
    g_object_get (self->session, "can-undo", &can_undo, "can-redo", &can_redo, "undo-label", &undo, "redo-label",
                  &redo, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_action_set_enabled (widget, names[i], open);
  for (gsize i = 0; i < G_N_ELEMENTS (of_dossier); i++)
    gtk_widget_set_visible (of_dossier[i], open);
  rubis_window_update_field_actions (self);
  gtk_widget_action_set_enabled (widget, "win.undo", can_undo);
  gtk_widget_action_set_enabled (widget, "win.redo", can_redo);
  describe_button (self->undo_button, _("Undo"), undo);
  describe_button (self->redo_button, _("Redo"), redo);
}

void
rubis_window_add_actions (RubisWindow *self)
{
  g_autoptr(GPropertyAction) tree = g_property_action_new ("toggle-tree", self->tree_flap, "reveal-flap");
  g_autoptr(GPropertyAction) panel = g_property_action_new ("toggle-panel", self->panel_flap, "reveal-flap");

  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (tree));
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (panel));
}

void
rubis_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.company", NULL, company_action);
  gtk_widget_class_install_action (widget_class, "win.letterhead", NULL, letterhead_action);
  gtk_widget_class_install_action (widget_class, "win.posting", NULL, posting_action);
  gtk_widget_class_install_action (widget_class, "win.check-addresses", NULL, check_addresses_action);
  gtk_widget_class_install_action (widget_class, "win.demo", NULL, demo_action);
  gtk_widget_class_install_action (widget_class, "win.edit-note", NULL, edit_note_action);
  gtk_widget_class_install_action (widget_class, "win.filter", NULL, filter_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.open-path", "s", open_path_action);
  gtk_widget_class_install_action (widget_class, "win.open-original", "x", open_original_action);
  gtk_widget_class_install_action (widget_class, "win.place", "s", place_action);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_action);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "win.show-account", "x", show_account_action);
  gtk_widget_class_install_action (widget_class, "win.show-document", "x", show_document_action);
  gtk_widget_class_install_action (widget_class, "win.statement", "x", statement_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
}
