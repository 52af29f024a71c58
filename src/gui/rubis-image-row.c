#include "rubis-image-row.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

/* Of the small picture. */
#define PICTURE_HEIGHT 60

struct _RubisImageRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *title;
  GtkPicture *picture;
  GtkLabel *error;
  GtkWidget *remove_button;
  GtkWidget *choose_button;

  char *chooser_title; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RubisImageRow, rubis_image_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  IMAGE_CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
emit_chosen (RubisImageRow *self, GBytes *image)
{
  g_signal_emit (self, signals[IMAGE_CHOSEN], 0, image);
}

static void
remove_cb (RubisImageRow *self)
{
  emit_chosen (self, NULL);
}

void
rubis_image_row_take_file (RubisImageRow *self, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (RUBIS_IS_IMAGE_ROW (self));
  g_return_if_fail (G_IS_FILE (file));

  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  if (bytes != NULL)
    emit_chosen (self, bytes);
  else
    rubis_image_row_set_error (self, error->message);
}

static void
take_texture (RubisImageRow *self, GdkTexture *texture)
{
  g_autoptr (GBytes) bytes = gdk_texture_save_to_png_bytes (texture);

  emit_chosen (self, bytes);
}

/* --- choosing --- */

static void
response_cb (RubisImageRow *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      rubis_image_row_take_file (self, file);
    }
  g_object_unref (dialog);
}

static void
choose_cb (RubisImageRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      self->chooser_title, GTK_WINDOW (root), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Pictures (PNG, JPEG)"));
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- pasting and dropping --- */

static gboolean
take_value (RubisImageRow *self, const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    take_texture (self, g_value_get_object (value));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GSList *files = g_value_get_boxed (value);

      if (files == NULL)
        return FALSE;
      rubis_image_row_take_file (self, files->data);
    }
  else
    return FALSE;
  return TRUE;
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisImageRow) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value == NULL || !take_value (self, value))
    rubis_image_row_set_error (self, _ ("The clipboard holds no picture: copy one first."));
}

static void
paste_cb (RubisImageRow *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType type = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST) ? GDK_TYPE_FILE_LIST
                                                                               : GDK_TYPE_TEXTURE;

  gdk_clipboard_read_value_async (clipboard, type, G_PRIORITY_DEFAULT, NULL, pasted_cb, g_object_ref (self));
}

static gboolean
drop_cb (RubisImageRow *self, const GValue *value)
{
  return take_value (self, value);
}

/* --- object --- */

static void
rubis_image_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_IMAGE_ROW);
  G_OBJECT_CLASS (rubis_image_row_parent_class)->dispose (object);
}

static void
rubis_image_row_finalize (GObject *object)
{
  g_free (RUBIS_IMAGE_ROW (object)->chooser_title);
  G_OBJECT_CLASS (rubis_image_row_parent_class)->finalize (object);
}

static void
rubis_image_row_class_init (RubisImageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_image_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_image_row_finalize;
  signals[IMAGE_CHOSEN] = g_signal_new ("image-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-image-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisImageRow, title);
  gtk_widget_class_bind_template_child (widget_class, RubisImageRow, picture);
  gtk_widget_class_bind_template_child (widget_class, RubisImageRow, error);
  gtk_widget_class_bind_template_child (widget_class, RubisImageRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, RubisImageRow, choose_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, paste_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
rubis_image_row_init (RubisImageRow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
rubis_image_row_new (const char *title, const char *chooser_title)
{
  RubisImageRow *self = g_object_new (RUBIS_TYPE_IMAGE_ROW, NULL);

  rubis_image_row_set_titles (self, title, chooser_title);
  return GTK_WIDGET (self);
}

void
rubis_image_row_set_titles (RubisImageRow *self, const char *title, const char *chooser_title)
{
  g_return_if_fail (RUBIS_IS_IMAGE_ROW (self));

  g_free (self->chooser_title);
  self->chooser_title = g_strdup (chooser_title);
  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choose_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chooser_title, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
rubis_image_row_set_image (RubisImageRow *self, GBytes *image)
{
  g_autoptr (GdkTexture) texture = NULL;

  g_return_if_fail (RUBIS_IS_IMAGE_ROW (self));

  texture = image != NULL ? gdk_texture_new_from_bytes (image, NULL) : NULL;
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  if (texture != NULL)
    {
      int height = MAX (gdk_texture_get_height (texture), 1);
      int width = PICTURE_HEIGHT * gdk_texture_get_width (texture) / height;

      gtk_widget_set_size_request (GTK_WIDGET (self->picture), CLAMP (width, 12, 240), PICTURE_HEIGHT);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->picture), texture != NULL);
  gtk_widget_set_visible (self->remove_button, image != NULL);
  rubis_image_row_set_error (self, NULL);
}

void
rubis_image_row_set_error (RubisImageRow *self, const char *text)
{
  g_return_if_fail (RUBIS_IS_IMAGE_ROW (self));

  gtk_label_set_label (self->error, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error), text != NULL);
}
