#include "rubis-saved-text.h"

#define SAVE_DELAY_MS 1500

struct _RubisSavedText
{
  GtkTextView parent_instance;

  char *kept; /* (owned) */
  gboolean typed;
  gboolean showing; /* the text is being put in: nothing was typed */
  guint timeout;
};

G_DEFINE_FINAL_TYPE (RubisSavedText, rubis_saved_text, GTK_TYPE_TEXT_VIEW)

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
  G_OBJECT_CLASS (rubis_saved_text_parent_class)->finalize (object);
}

static void
rubis_saved_text_class_init (RubisSavedTextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rubis_saved_text_dispose;
  object_class->finalize = rubis_saved_text_finalize;
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
