#include "rubis-pdf-view.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "rubis-pdf-renderer.h"
#include "rubis-pdf-sheet.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

/* Screen pixels to a point at 100 %: what CSS calls an inch has 96 of them. */
#define PIXELS_PER_POINT (96.0 / 72.0)
#define MARGIN 12
#define ZOOM_MIN 0.25
#define ZOOM_MAX 4.0
/* A page wider than this on a large screen is no longer read, only looked at. */
#define FIT_MAX 1.35

struct _RubisPdfView {
  AdwBin parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkBox *pages;
  AdwStatusPage *message;
  GtkSpinner *spinner;
  GtkBox *bar;
  GtkLabel *page_label;
  GtkLabel *zoom_label;

  RubisPdfRenderer *renderer;  /* (owned) (nullable) */
  GCancellable *cancellable;   /* (owned) (nullable) of the present document */
  GArray *sizes;               /* (owned) (nullable) (element-type RubisPdfPageSize) */
  GPtrArray *sheets;           /* (owned) (element-type RubisPdfSheet), borrowed from pages */
  gboolean fit_width;
  double zoom;
  guint page;                  /* from 1; 0: none */
  guint update_id;
  guint n_rendering;
  gboolean replacing;          /* the next version of the document is being opened */
};

G_DEFINE_FINAL_TYPE (RubisPdfView, rubis_pdf_view, ADW_TYPE_BIN)

enum { PROP_0, PROP_N_PAGES, PROP_PAGE, N_PROPS };
static GParamSpec *properties[N_PROPS];

/* A page being drawn. */
typedef struct {
  RubisPdfView *view;   /* (owned) */
  RubisPdfSheet *sheet; /* (owned) */
} Rendering;

static void
rendering_free (Rendering *rendering)
{
  g_object_unref (rendering->view);
  g_object_unref (rendering->sheet);
  g_free (rendering);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rendering, rendering_free)

static void
rendered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(Rendering) rendering = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GdkTexture) texture = rubis_pdf_renderer_render_finish (result, &error);

  rendering->view->n_rendering--;
  if (texture != NULL)
    rubis_pdf_sheet_set_texture (rendering->sheet, texture);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("a page cannot be drawn: %s", error->message);
}

static void
render_sheet (RubisPdfView *self, guint page, double scale)
{
  RubisPdfSheet *sheet = self->sheets->pdata[page];
  Rendering *rendering;

  if (!rubis_pdf_sheet_request (sheet, scale))
    return;
  rendering = g_new0 (Rendering, 1);
  rendering->view = g_object_ref (self);
  rendering->sheet = g_object_ref (sheet);
  self->n_rendering++;
  rubis_pdf_renderer_render_async (self->renderer, page, scale, self->cancellable, rendered_cb, rendering);
}

static double
get_zoom (RubisPdfView *self)
{
  double widest = 1;
  int width = gtk_widget_get_width (GTK_WIDGET (self->scroller)) - 2 * MARGIN;

  if (!self->fit_width || width <= 0)
    return self->zoom;
  for (guint i = 0; i < self->sizes->len; i++)
    widest = MAX (widest, g_array_index (self->sizes, RubisPdfPageSize, i).width);
  return CLAMP (width / (widest * PIXELS_PER_POINT), ZOOM_MIN, FIT_MAX);
}

static void
set_page (RubisPdfView *self, guint page)
{
  g_autofree char *text = NULL;

  if (self->sizes != NULL && self->sizes->len > 0)
    /* Translators: page 1 / 3 of a document. */
    text = g_strdup_printf (_("Page %u / %u"), page, self->sizes->len);
  gtk_label_set_label (self->page_label, text != NULL ? text : "");
  if (self->page == page)
    return;
  self->page = page;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

/* Top of a page within the scrolled area. */
static double
get_page_top (RubisPdfView *self, guint page, double zoom)
{
  double top = MARGIN;

  for (guint i = 0; i < page; i++)
    top += round (g_array_index (self->sizes, RubisPdfPageSize, i).height * PIXELS_PER_POINT * zoom) + MARGIN;
  return top;
}

/* Sizes the sheets, has those seen (and their neighbours) drawn and forgets the far ones. */
static gboolean
update_cb (gpointer user_data)
{
  RubisPdfView *self = user_data;
  GtkAdjustment *vertical = gtk_scrolled_window_get_vadjustment (self->scroller);
  double top = gtk_adjustment_get_value (vertical);
  double height = MAX (gtk_adjustment_get_page_size (vertical), 1);
  g_autofree char *percent = NULL;
  double zoom;
  double y = MARGIN;
  guint current = 1;

  self->update_id = 0;
  if (self->sizes == NULL || self->replacing)
    return G_SOURCE_REMOVE;
  zoom = get_zoom (self);
  for (guint i = 0; i < self->sizes->len; i++)
    {
      RubisPdfPageSize *size = &g_array_index (self->sizes, RubisPdfPageSize, i);
      RubisPdfSheet *sheet = self->sheets->pdata[i];
      int page_height = (int) round (size->height * PIXELS_PER_POINT * zoom);

      gtk_widget_set_size_request (GTK_WIDGET (sheet), (int) round (size->width * PIXELS_PER_POINT * zoom),
                                   page_height);
      if (y <= top + height / 2)
        current = i + 1;
      if (y + page_height >= top - height && y <= top + 2 * height)
        render_sheet (self, i, PIXELS_PER_POINT * zoom * gtk_widget_get_scale_factor (GTK_WIDGET (self)));
      else if (y + page_height < top - 6 * height || y > top + 7 * height)
        rubis_pdf_sheet_forget (sheet);
      y += page_height + MARGIN;
    }
  set_page (self, current);
  percent = g_strdup_printf (_("%d %%"), (int) lround (zoom * 100));
  gtk_label_set_label (self->zoom_label, percent);
  return G_SOURCE_REMOVE;
}

static void
queue_update (RubisPdfView *self)
{
  if (self->update_id == 0 && self->sizes != NULL)
    self->update_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 10, update_cb, self, NULL);
}

static void
clear_document (RubisPdfView *self)
{
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_pointer (&self->renderer, rubis_pdf_renderer_free);
  g_clear_pointer (&self->sizes, g_array_unref);
  g_ptr_array_set_size (self->sheets, 0);
  while (self->pages != NULL && (child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))) != NULL)
    gtk_box_remove (self->pages, child);
  self->page = 0;
  self->replacing = FALSE;
}

/* As many sheets as pages; those there keep their pictures until new ones are drawn. */
static void
make_sheets (RubisPdfView *self)
{
  for (guint i = self->sheets->len; i > self->sizes->len; i--)
    {
      gtk_box_remove (self->pages, self->sheets->pdata[i - 1]);
      g_ptr_array_set_size (self->sheets, (int) i - 1);
    }
  for (guint i = 0; i < self->sizes->len; i++)
    {
      g_autofree char *label = g_strdup_printf (_("Page %u / %u"), i + 1, self->sizes->len);

      if (i < self->sheets->len)
        rubis_pdf_sheet_mark_old (self->sheets->pdata[i]);
      else
        {
          GtkWidget *sheet = rubis_pdf_sheet_new ();

          gtk_box_append (self->pages, sheet);
          g_ptr_array_add (self->sheets, sheet);
        }
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->sheets->pdata[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
    }
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisPdfView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) sizes = rubis_pdf_renderer_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_spinner_stop (self->spinner);
  self->replacing = FALSE;
  if (sizes == NULL)
    {
      clear_document (self);
      rubis_plain_set_description (self->message, error->message);
      gtk_stack_set_visible_child_name (self->stack, "message");
      return;
    }
  if (self->sizes == NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  g_clear_pointer (&self->sizes, g_array_unref);
  self->sizes = g_steal_pointer (&sizes);
  make_sheets (self);
  gtk_stack_set_visible_child_name (self->stack, "pages");
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  queue_update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PAGES]);
}

static void
set_zoom (RubisPdfView *self, double zoom)
{
  self->fit_width = FALSE;
  self->zoom = CLAMP (zoom, ZOOM_MIN, ZOOM_MAX);
  queue_update (self);
}

static void
zoom_in (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPdfView *self = RUBIS_PDF_VIEW (widget);

  if (self->sizes != NULL)
    set_zoom (self, get_zoom (self) * 1.25);
}

static void
zoom_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPdfView *self = RUBIS_PDF_VIEW (widget);

  if (self->sizes != NULL)
    set_zoom (self, get_zoom (self) / 1.25);
}

static void
zoom_original (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_zoom (RUBIS_PDF_VIEW (widget), 1);
}

static void
fit_width (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPdfView *self = RUBIS_PDF_VIEW (widget);

  self->fit_width = TRUE;
  queue_update (self);
}

static void
go_to_page (RubisPdfView *self, guint page)
{
  if (self->sizes == NULL || self->sizes->len == 0)
    return;
  page = MIN (page, self->sizes->len - 1);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller),
                            get_page_top (self, page, get_zoom (self)) - MARGIN);
}

static void
next_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPdfView *self = RUBIS_PDF_VIEW (widget);

  go_to_page (self, self->page);
}

static void
previous_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPdfView *self = RUBIS_PDF_VIEW (widget);

  go_to_page (self, self->page > 1 ? self->page - 2 : 0);
}

static void
first_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_to_page (RUBIS_PDF_VIEW (widget), 0);
}

static void
last_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  go_to_page (RUBIS_PDF_VIEW (widget), G_MAXUINT);
}

static void
rubis_pdf_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisPdfView *self = RUBIS_PDF_VIEW (object);

  switch (id)
    {
    case PROP_N_PAGES:
      g_value_set_uint (value, rubis_pdf_view_get_n_pages (self));
      break;
    case PROP_PAGE:
      g_value_set_uint (value, self->page);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rubis_pdf_view_dispose (GObject *object)
{
  RubisPdfView *self = RUBIS_PDF_VIEW (object);

  clear_document (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PDF_VIEW);
  G_OBJECT_CLASS (rubis_pdf_view_parent_class)->dispose (object);
}

static void
rubis_pdf_view_finalize (GObject *object)
{
  g_ptr_array_unref (RUBIS_PDF_VIEW (object)->sheets);
  G_OBJECT_CLASS (rubis_pdf_view_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "pdf.zoom-in", NULL, zoom_in);
  gtk_widget_class_install_action (widget_class, "pdf.zoom-out", NULL, zoom_out);
  gtk_widget_class_install_action (widget_class, "pdf.zoom-original", NULL, zoom_original);
  gtk_widget_class_install_action (widget_class, "pdf.fit-width", NULL, fit_width);
  gtk_widget_class_install_action (widget_class, "pdf.next-page", NULL, next_page);
  gtk_widget_class_install_action (widget_class, "pdf.previous-page", NULL, previous_page);
  gtk_widget_class_install_action (widget_class, "pdf.first-page", NULL, first_page);
  gtk_widget_class_install_action (widget_class, "pdf.last-page", NULL, last_page);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, 0, "pdf.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Add, 0, "pdf.zoom-in", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, 0, "pdf.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Subtract, 0, "pdf.zoom-out", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, 0, "pdf.zoom-original", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0, 0, "pdf.zoom-original", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, 0, "pdf.fit-width", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "pdf.next-page", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "pdf.previous-page", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Home, 0, "pdf.first-page", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_End, 0, "pdf.last-page", NULL);
}

static void
rubis_pdf_view_class_init (RubisPdfViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_pdf_view_dispose;
  object_class->finalize = rubis_pdf_view_finalize;
  object_class->get_property = rubis_pdf_view_get_property;
  properties[PROP_N_PAGES]
      = g_param_spec_uint ("n-pages", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAGE]
      = g_param_spec_uint ("page", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-pdf-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPdfView, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisPdfView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RubisPdfView, pages);
  gtk_widget_class_bind_template_child (widget_class, RubisPdfView, message);
  gtk_widget_class_bind_template_child (widget_class, RubisPdfView, spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisPdfView, bar);
  gtk_widget_class_bind_template_child (widget_class, RubisPdfView, page_label);
  gtk_widget_class_bind_template_child (widget_class, RubisPdfView, zoom_label);
}

static void
rubis_pdf_view_init (RubisPdfView *self)
{
  GtkAdjustment *vertical;
  GtkAdjustment *horizontal;

  self->sheets = g_ptr_array_new ();
  self->fit_width = TRUE;
  self->zoom = 1;
  gtk_widget_init_template (GTK_WIDGET (self));
  vertical = gtk_scrolled_window_get_vadjustment (self->scroller);
  horizontal = gtk_scrolled_window_get_hadjustment (self->scroller);
  g_signal_connect_object (vertical, "notify::value", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (vertical, "notify::page-size", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (horizontal, "notify::page-size", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self, "notify::scale-factor", G_CALLBACK (queue_update), self);
}

GtkWidget *
rubis_pdf_view_new (void)
{
  return g_object_new (RUBIS_TYPE_PDF_VIEW, NULL);
}

void
rubis_pdf_view_set_pdf (RubisPdfView *self, GBytes *pdf)
{
  g_return_if_fail (RUBIS_IS_PDF_VIEW (self));

  clear_document (self);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  set_page (self, 0);
  if (pdf != NULL)
    {
      self->cancellable = g_cancellable_new ();
      self->renderer = rubis_pdf_renderer_new (pdf);
      gtk_spinner_start (self->spinner);
      gtk_stack_set_visible_child_name (self->stack, "loading");
      rubis_pdf_renderer_open_async (self->renderer, self->cancellable, opened_cb, g_object_ref (self));
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_PAGES]);
}

void
rubis_pdf_view_replace_pdf (RubisPdfView *self, GBytes *pdf)
{
  g_return_if_fail (RUBIS_IS_PDF_VIEW (self));
  g_return_if_fail (pdf != NULL);

  if (self->sizes == NULL)
    {
      rubis_pdf_view_set_pdf (self, pdf);
      return;
    }
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->renderer, rubis_pdf_renderer_free);
  self->cancellable = g_cancellable_new ();
  self->renderer = rubis_pdf_renderer_new (pdf);
  self->replacing = TRUE;
  rubis_pdf_renderer_open_async (self->renderer, self->cancellable, opened_cb, g_object_ref (self));
}

guint
rubis_pdf_view_get_n_pages (RubisPdfView *self)
{
  g_return_val_if_fail (RUBIS_IS_PDF_VIEW (self), 0);

  return self->sizes != NULL ? self->sizes->len : 0;
}

gboolean
rubis_pdf_view_is_ready (RubisPdfView *self)
{
  g_return_val_if_fail (RUBIS_IS_PDF_VIEW (self), FALSE);

  return self->sizes != NULL && !self->replacing && self->update_id == 0 && self->n_rendering == 0;
}
