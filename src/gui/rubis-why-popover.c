#include "rubis-why-popover.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

struct _RubisWhyPopover {
  GtkPopover parent_instance;

  GtkLabel *title;
  GtkLabel *reasons;

  GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RubisWhyPopover, rubis_why_popover, GTK_TYPE_POPOVER)

static gpointer
explain_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_explain_item (session, *(gint64 *) data, error);
}

static void
explained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisWhyPopover) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) reasons = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  if (rubis_plain_is_abandoned (result))
    return;
  for (guint i = 0; reasons != NULL && i < reasons->len; i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", (char *) reasons->pdata[i]);
  gtk_label_set_label (self->reasons, reasons != NULL ? text->str : error->message);
}

static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (GTK_WIDGET (user_data));
  return G_SOURCE_REMOVE;
}

static void
closed_cb (RubisWhyPopover *self)
{
  g_cancellable_cancel (self->cancellable);
  /* Not within its own signal. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (self), g_object_unref);
}

static void
rubis_why_popover_dispose (GObject *object)
{
  RubisWhyPopover *self = RUBIS_WHY_POPOVER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_WHY_POPOVER);
  G_OBJECT_CLASS (rubis_why_popover_parent_class)->dispose (object);
}

static void
rubis_why_popover_class_init (RubisWhyPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_why_popover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-why-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisWhyPopover, title);
  gtk_widget_class_bind_template_child (widget_class, RubisWhyPopover, reasons);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
rubis_why_popover_init (RubisWhyPopover *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

RubisWhyPopover *
rubis_why_popover_present_item (GtkWidget *widget, const GdkRectangle *rect, RubisSession *session, gint64 item_id,
                                const char *number)
{
  RubisWhyPopover *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_WHY_POPOVER, NULL);
  title = g_strdup_printf (_("Why? %s"), number != NULL ? number : "");
  gtk_label_set_label (self->title, title);
  gtk_widget_set_parent (GTK_WIDGET (self), widget);
  if (rect != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self), rect);
  rubis_session_run_async (session, NULL, explain_work, g_memdup2 (&item_id, sizeof item_id), g_free,
                           (GDestroyNotify) g_ptr_array_unref, self->cancellable, explained_cb, g_object_ref (self));
  gtk_popover_popup (GTK_POPOVER (self));
  return self;
}
