#include "rubis-pdf-renderer.h"

#include "rubis-pdf.h"

/* Shared by the renderer and its jobs, so that a job on its way outlives the renderer. */
typedef struct {
  gatomicrefcount ref_count;
  GBytes *bytes;
  RubisPdf *pdf;     /* (owned) (nullable) touched by the drawing thread alone */
} Document;

struct _RubisPdfRenderer {
  Document *document;
};

#define OPEN_DOCUMENT -1
#define CLOSE_DOCUMENT -2

typedef struct {
  Document *document;
  int page;          /* or one of the two below */
  double scale;
} Job;

static Document *
document_ref (Document *document)
{
  g_atomic_ref_count_inc (&document->ref_count);
  return document;
}

static void
document_unref (Document *document)
{
  if (!g_atomic_ref_count_dec (&document->ref_count))
    return;
  g_assert (document->pdf == NULL);
  g_bytes_unref (document->bytes);
  g_free (document);
}

static void
job_free (Job *job)
{
  g_clear_pointer (&job->document, document_unref);
  g_free (job);
}

static void
open_document (GTask *task, Document *document)
{
  GError *error = NULL;
  g_autoptr(GArray) sizes = NULL;
  guint n_pages;

  if (document->pdf == NULL)
    document->pdf = rubis_pdf_new (document->bytes, &error);
  if (document->pdf == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  n_pages = rubis_pdf_get_n_pages (document->pdf);
  sizes = g_array_sized_new (FALSE, TRUE, sizeof (RubisPdfPageSize), n_pages);
  for (guint i = 0; i < n_pages; i++)
    {
      RubisPdfPageSize size = { 595, 842 };

      rubis_pdf_get_page_size (document->pdf, i, &size.width, &size.height);
      g_array_append_val (sizes, size);
    }
  g_task_return_pointer (task, g_steal_pointer (&sizes), (GDestroyNotify) g_array_unref);
}

static void
render_page (GTask *task, Job *job)
{
  GError *error = NULL;
  cairo_surface_t *surface;
  GBytes *pixels;
  GdkTexture *texture;
  int height;
  int stride;

  if (job->document->pdf == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED, "the document is not open");
      return;
    }
  surface = rubis_pdf_render_page (job->document->pdf, (guint) job->page, job->scale, &error);
  if (surface == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  cairo_surface_flush (surface);
  height = cairo_image_surface_get_height (surface);
  stride = cairo_image_surface_get_stride (surface);
  pixels = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize) stride * (gsize) height,
                                       (GDestroyNotify) cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new (cairo_image_surface_get_width (surface), height, GDK_MEMORY_DEFAULT, pixels,
                                    (gsize) stride);
  g_bytes_unref (pixels);
  g_task_return_pointer (task, texture, g_object_unref);
}

static void
run_job (gpointer data, gpointer user_data)
{
  g_autoptr(GTask) task = data;
  Job *job = g_task_get_task_data (task);

  if (job->page == CLOSE_DOCUMENT)
    {
      g_clear_pointer (&job->document->pdf, rubis_pdf_free);
      g_task_return_boolean (task, TRUE);
    }
  else if (g_task_return_error_if_cancelled (task))
    return;
  else if (job->page == OPEN_DOCUMENT)
    open_document (task, job->document);
  else
    render_page (task, job);
}

/* Jobs are done one after the other in one thread, which lives as long as the program. */
static void
push (RubisPdfRenderer *self, int page, double scale, GCancellable *cancellable, GAsyncReadyCallback callback,
      gpointer user_data)
{
  static GThreadPool *pool = NULL;
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  if (pool == NULL)
    pool = g_thread_pool_new (run_job, NULL, 1, TRUE, NULL);
  job->document = document_ref (self->document);
  job->page = page;
  job->scale = scale;
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_thread_pool_push (pool, task, NULL);
}

RubisPdfRenderer *
rubis_pdf_renderer_new (GBytes *pdf)
{
  RubisPdfRenderer *self = g_new0 (RubisPdfRenderer, 1);

  self->document = g_new0 (Document, 1);
  g_atomic_ref_count_init (&self->document->ref_count);
  self->document->bytes = g_bytes_ref (pdf);
  return self;
}

void
rubis_pdf_renderer_free (RubisPdfRenderer *self)
{
  /* Last in the queue: what is drawn at this moment still needs the document. */
  push (self, CLOSE_DOCUMENT, 0, NULL, NULL, NULL);
  document_unref (self->document);
  g_free (self);
}

void
rubis_pdf_renderer_open_async (RubisPdfRenderer *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  push (self, OPEN_DOCUMENT, 0, cancellable, callback, user_data);
}

GArray *
rubis_pdf_renderer_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rubis_pdf_renderer_render_async (RubisPdfRenderer *self, guint page, double scale, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  push (self, (int) page, scale, cancellable, callback, user_data);
}

GdkTexture *
rubis_pdf_renderer_render_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
