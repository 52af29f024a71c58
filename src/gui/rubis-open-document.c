#include "rubis-open-document.h"

#include "rubis-document-pages.h"
#include "rubis-preview-window.h"
#include "rubis-ui.h"

typedef struct
{
  GtkWidget *widget; /* (owned) */
  gint64 id;
  char *title;
  char *failure;
  char *file_name;
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->widget);
  g_free (self->title);
  g_free (self->failure);
  g_free (self->file_name);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static gpointer
render_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Opening *opening = data;

  return rubis_session_render_document (session, opening->id, &opening->file_name, error);
}

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pages = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  GtkRoot *root = gtk_widget_get_root (opening->widget);

  if (pages == NULL)
    rubis_ui_show_error (opening->widget, opening->failure, error, FALSE);
  else
    gtk_window_present (GTK_WINDOW (rubis_preview_window_new_for_pdf (
        GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, opening->title, opening->file_name, pages)));
}

void
rubis_open_document (GtkWidget *widget, RubisSession *session, gint64 document_id, const char *title,
                     const char *failure)
{
  Opening *opening;

  g_return_if_fail (GTK_IS_WIDGET (widget) && RUBIS_IS_SESSION (session));

  opening = g_new0 (Opening, 1);
  opening->widget = g_object_ref (widget);
  opening->id = document_id;
  opening->title = g_strdup (title);
  opening->failure = g_strdup (failure);
  rubis_ui_read_async (session, render_work, opening, NULL, (GDestroyNotify)g_bytes_unref, NULL, rendered_cb,
                       opening);
}
