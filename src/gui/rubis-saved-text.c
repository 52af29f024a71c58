#include "rubis-saved-text.h"

#define SAVE_DELAY_MS 1500

struct _RubisSavedText
{
  GtkTextView parent_instance;

  char *kept;        /* (owned) */
  char *placeholder; /* (owned) (nullable) */
  gboolean typed;
  gboolean showing; /* the text is being put in: nothing was typed */
  guint timeout;
};

G_DEFINE_FINAL_TYPE (RubisSavedText, rubis_saved_text, GTK_TYPE_TEXT_VIEW)

enum
{
  PROP_PLACEHOLDER_TEXT = 1,
  N_PROPS,
};

static guint save_signal;

static gboolean
timeout_cb (gpointer user_data)
{
  RubisSavedText *self = user_data;

  self->timeout = 0;
  rubis_saved_text_flush (self);
  return G_SOURCE_REMOVE;
}

static void
changed_cb (RubisSavedText *self)
{
  if (self->showing)
    return;
  self->typed = TRUE;
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (SAVE_DELAY_MS, timeout_cb, self);
}

/* Drawn where the first letter would stand. */
static void
rubis_saved_text_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RubisSavedText *self = RUBIS_SAVED_TEXT (widget);
  GtkTextView *view = GTK_TEXT_VIEW (widget);
  g_autoptr (PangoLayout) layout = NULL;
  int left = gtk_text_view_get_left_margin (view);
  GdkRGBA color;

  GTK_WIDGET_CLASS (rubis_saved_text_parent_class)->snapshot (widget, snapshot);
  if (self->placeholder == NULL || gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (view)) > 0)
    return;
  layout = gtk_widget_create_pango_layout (widget, self->placeholder);
  pango_layout_set_width (
      layout,
      MAX (gtk_widget_get_width (widget) - left - gtk_text_view_get_right_margin (view), 1) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  color.alpha *= 0.5f;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float)left, (float)gtk_text_view_get_top_margin (view)));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
rubis_saved_text_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RubisSavedText *self = RUBIS_SAVED_TEXT (object);

  switch (id)
    {
    case PROP_PLACEHOLDER_TEXT:
      g_free (self->placeholder);
      self->placeholder = g_value_dup_string (value);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_PLACEHOLDER,
                                      self->placeholder, -1);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
rubis_saved_text_dispose (GObject *object)
{
  g_clear_handle_id (&RUBIS_SAVED_TEXT (object)->timeout, g_source_remove);
  G_OBJECT_CLASS (rubis_saved_text_parent_class)->dispose (object);
}

static void
rubis_saved_text_finalize (GObject *object)
{
  g_free (RUBIS_SAVED_TEXT (object)->kept);
  g_free (RUBIS_SAVED_TEXT (object)->placeholder);
  G_OBJECT_CLASS (rubis_saved_text_parent_class)->finalize (object);
}

static void
rubis_saved_text_class_init (RubisSavedTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->snapshot = rubis_saved_text_snapshot;
  object_class->set_property = rubis_saved_text_set_property;
  object_class->dispose = rubis_saved_text_dispose;
  object_class->finalize = rubis_saved_text_finalize;
  g_object_class_install_property (
      object_class, PROP_PLACEHOLDER_TEXT,
      g_param_spec_string ("placeholder-text", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  save_signal = g_signal_new ("save", RUBIS_TYPE_SAVED_TEXT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rubis_saved_text_init (RubisSavedText *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->kept = g_strdup ("");
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (rubis_saved_text_flush), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_css_class (GTK_WIDGET (self), "note");
}

void
rubis_saved_text_show (RubisSavedText *self, const char *text)
{
  g_return_if_fail (RUBIS_IS_SAVED_TEXT (self) && text != NULL);

  if (self->typed)
    return;
  g_free (self->kept);
  self->kept = g_strdup (text);
  self->showing = TRUE;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)), text, -1);
  self->showing = FALSE;
}

void
rubis_saved_text_flush (RubisSavedText *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  g_return_if_fail (RUBIS_IS_SAVED_TEXT (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (!self->typed)
    return;
  self->typed = FALSE;
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (!g_str_equal (text, self->kept))
    g_signal_emit (self, save_signal, 0, text);
}
