#include "rubis-template-editor.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-find-bar.h"
#include "rubis-hashtag-completion.h"
#include "rubis-hashtag-palette.h"
#include "rubis-spell-checker.h"
#include "rubis-template-tags.h"
#include "rubis-template-text.h"
#include "rubis-ui.h"

struct _RubisTemplateEditor
{
  AdwBin parent_instance;

  GtkWidget *name_entry;
  GtkWidget *subject_entry;
  GtkDropDown *channel_choice;
  GtkSourceView *view;
  GtkWidget *palette_button;
  RubisHashtagPalette *palette;
  RubisFindBar *find_bar;

  GtkSourceBuffer *buffer;            /* (unowned) of view */
  RubisTemplateTags *tags;            /* (owned) */
  RubisHashtagCompletion *completion; /* (owned) */
  RubisSpellChecker *spelling; /* (owned) */
  RubisTemplateText *text;            /* (owned) its body is refreshed when it is asked for */
  gboolean setting;                   /* the text comes from the program */
};

G_DEFINE_FINAL_TYPE (RubisTemplateEditor, rubis_template_editor, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
emit_changed (RubisTemplateEditor *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
name_changed_cb (RubisTemplateEditor *self)
{
  if (self->setting)
    return;
  rubis_template_text_set (self->text, "name", gtk_editable_get_text (GTK_EDITABLE (self->name_entry)));
  emit_changed (self);
}

static void
subject_changed_cb (RubisTemplateEditor *self)
{
  if (self->setting)
    return;
  rubis_template_text_set (self->text, "subject", gtk_editable_get_text (GTK_EDITABLE (self->subject_entry)));
  emit_changed (self);
}

/* Those that a template may have. */
static const RubisChannel channels[]
  = { RUBIS_CHANNEL_EMAIL, RUBIS_CHANNEL_LETTER, RUBIS_CHANNEL_REGISTERED, RUBIS_CHANNEL_CALL, RUBIS_CHANNEL_SMS };

static void
channel_chosen_cb (RubisTemplateEditor *self)
{
  guint position = gtk_drop_down_get_selected (self->channel_choice);

  if (!self->setting && position < G_N_ELEMENTS (channels))
    rubis_template_editor_set_field (self, "channel", rubis_channel_to_id (channels[position]));
}

static void
show_channel (RubisTemplateEditor *self)
{
  RubisChannel channel = RUBIS_CHANNEL_EMAIL;

  rubis_channel_from_id (rubis_template_text_get (self->text, "channel"), &channel);
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      if (channels[i] == channel)
        gtk_drop_down_set_selected (self->channel_choice, i);
    }
}

static void
fill_channels (RubisTemplateEditor *self)
{
  g_autoptr(GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    gtk_string_list_append (labels, rubis_channel_to_label (channels[i]));
  self->setting = TRUE;
  gtk_drop_down_set_model (self->channel_choice, G_LIST_MODEL (labels));
  self->setting = FALSE;
}

static void
leave_subject_cb (RubisTemplateEditor *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* --- formatting --- */

/* Puts marks around the selection, or takes them away when they are there. */
static void
wrap_selection (RubisTemplateEditor *self, const char *before, const char *after)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end;
  g_autofree char *selected = NULL;
  gsize n_before = strlen (before);
  gsize n_after = strlen (after);
  g_autofree char *replacement = NULL;
  int cursor;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  selected = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (g_str_has_prefix (selected, before) && g_str_has_suffix (selected, after)
      && strlen (selected) >= n_before + n_after)
    replacement = g_strndup (selected + n_before, strlen (selected) - n_before - n_after);
  else
    replacement = g_strconcat (before, selected, after, NULL);
  cursor = gtk_text_iter_get_offset (&start);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, replacement, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, cursor + (int)g_utf8_strlen (replacement, -1));
  gtk_text_buffer_get_iter_at_offset (buffer, &start, cursor);
  if (*selected == '\0')
    {
      gtk_text_iter_forward_chars (&start, (int)g_utf8_strlen (before, -1));
      gtk_text_buffer_place_cursor (buffer, &start);
    }
  else
    gtk_text_buffer_select_range (buffer, &start, &end);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Puts @prefix before each line of the selection, or takes it away when the first one has it. */
static void
prefix_lines (RubisTemplateEditor *self, const char *prefix)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  int n_prefix = (int)strlen (prefix);
  GtkTextIter start, end;
  gboolean remove;
  int first, last;

  gtk_text_buffer_get_selection_bounds (buffer, &start, &end);
  first = gtk_text_iter_get_line (&start);
  last = gtk_text_iter_get_line (&end);
  gtk_text_iter_set_line_offset (&start, 0);
  end = start;
  gtk_text_iter_forward_chars (&end, n_prefix);
  {
    g_autofree char *there = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);

    remove = g_str_equal (there, prefix);
  }
  gtk_text_buffer_begin_user_action (buffer);
  for (int line = first; line <= last; line++)
    {
      g_autofree char *there = NULL;

      gtk_text_buffer_get_iter_at_line (buffer, &start, line);
      end = start;
      gtk_text_iter_forward_chars (&end, n_prefix);
      there = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
      if (remove && g_str_equal (there, prefix))
        gtk_text_buffer_delete (buffer, &start, &end);
      else if (!remove)
        gtk_text_buffer_insert (buffer, &start, prefix, -1);
    }
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static gboolean
is_french (RubisTemplateEditor *self)
{
  return g_str_equal (rubis_template_text_get (self->text, "language"), "fr");
}

static void
format_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisTemplateEditor *self = RUBIS_TEMPLATE_EDITOR (widget);
  gboolean french = is_french (self);

  if (g_str_equal (name, "editor.bold"))
    wrap_selection (self, "**", "**");
  else if (g_str_equal (name, "editor.italic"))
    wrap_selection (self, "*", "*");
  else if (g_str_equal (name, "editor.heading"))
    prefix_lines (self, "## ");
  else if (g_str_equal (name, "editor.list"))
    prefix_lines (self, "- ");
  else if (g_str_equal (name, "editor.condition"))
    wrap_selection (self, french ? "#SI{#TotalLitige}" : "#IF{#TotalDisputed}",
                    french ? "#SINON#FIN" : "#ELSE#END");
  else if (g_str_equal (name, "editor.plural"))
    wrap_selection (self, french ? "#PLURIEL{" : "#PLURAL{",
                    french ? "facture|factures}" : "invoice|invoices}");
  else
    rubis_template_editor_insert (self, french ? "\n\n#SautDePage\n\n" : "\n\n#PageBreak\n\n");
}

/* --- hashtags --- */

static void
palette_shown_cb (RubisTemplateEditor *self)
{
  rubis_hashtag_palette_begin (self->palette);
}

static void
palette_chosen_cb (RubisTemplateEditor *self, const char *name)
{
  g_autofree char *hashtag = g_strconcat ("#", name, NULL);

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->palette_button));
  rubis_template_editor_insert (self, hashtag);
}

static void
hashtag_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisTemplateEditor *self = RUBIS_TEMPLATE_EDITOR (widget);

  if (g_str_equal (name, "editor.palette"))
    gtk_menu_button_popup (GTK_MENU_BUTTON (self->palette_button));
  else
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->view));
      rubis_hashtag_completion_open (self->completion);
    }
}

/* The hashtags of the subject, as in the text. */
static void
show_subject (RubisTemplateEditor *self, RubisTemplatePreview *preview)
{
  g_autoptr (PangoAttrList) attributes = NULL;
  gsize offset;

  if (!rubis_template_text_find_value (self->text, "subject", &offset))
    return;
  attributes = rubis_template_tags_make_attributes (self->tags, preview, offset,
                                                    strlen (rubis_template_text_get (self->text, "subject")));
  gtk_entry_set_attributes (GTK_ENTRY (self->subject_entry), attributes);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (RUBIS_TEMPLATE_EDITOR (widget)->buffer);

  if (g_str_equal (name, "editor.undo"))
    gtk_text_buffer_undo (buffer);
  else
    gtk_text_buffer_redo (buffer);
}

static void
update_undo (RubisTemplateEditor *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.undo", gtk_text_buffer_get_can_undo (buffer));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.redo", gtk_text_buffer_get_can_redo (buffer));
}

/* The colours of the editor follow those of the program. */
static void
update_style (RubisTemplateEditor *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  const char *id = adw_style_manager_get_dark (manager) ? "Adwaita-dark" : "Adwaita";

  gtk_source_buffer_set_style_scheme (self->buffer, gtk_source_style_scheme_manager_get_scheme (
                                                        gtk_source_style_scheme_manager_get_default (), id));
  rubis_template_tags_set_dark (self->tags, adw_style_manager_get_dark (manager));
}

static void
rubis_template_editor_dispose (GObject *object)
{
  RubisTemplateEditor *self = RUBIS_TEMPLATE_EDITOR (object);

  if (self->completion != NULL)
    rubis_hashtag_completion_detach (self->completion);
  g_clear_object (&self->completion);
  g_clear_object (&self->spelling);
  g_clear_pointer (&self->tags, rubis_template_tags_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_TEMPLATE_EDITOR);
  G_OBJECT_CLASS (rubis_template_editor_parent_class)->dispose (object);
}

static void
rubis_template_editor_finalize (GObject *object)
{
  rubis_template_text_free (RUBIS_TEMPLATE_EDITOR (object)->text);
  G_OBJECT_CLASS (rubis_template_editor_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *action;
    guint key;
    GdkModifierType modifiers;
  } formats[] = {
    { "editor.bold", GDK_KEY_b, GDK_CONTROL_MASK },
    { "editor.italic", GDK_KEY_i, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "editor.heading", GDK_KEY_h, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "editor.list", GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "editor.condition", GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "editor.plural", GDK_KEY_p, GDK_CONTROL_MASK | GDK_SHIFT_MASK },
    { "editor.page-break", GDK_KEY_Return, GDK_CONTROL_MASK },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      gtk_widget_class_install_action (widget_class, formats[i].action, NULL, format_action);
      gtk_widget_class_add_binding_action (widget_class, formats[i].key, formats[i].modifiers,
                                           formats[i].action, NULL);
    }
  gtk_widget_class_install_action (widget_class, "editor.hashtag", NULL, hashtag_action);
  gtk_widget_class_install_action (widget_class, "editor.palette", NULL, hashtag_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, "editor.hashtag", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "editor.palette", NULL);
  gtk_widget_class_install_action (widget_class, "editor.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "editor.redo", NULL, undo_action);
}

static void
rubis_template_editor_class_init (RubisTemplateEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_template_editor_dispose;
  object_class->finalize = rubis_template_editor_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  install_actions (widget_class);
  gtk_source_init ();
  g_type_ensure (GTK_SOURCE_TYPE_VIEW);
  g_type_ensure (RUBIS_TYPE_FIND_BAR);
  g_type_ensure (RUBIS_TYPE_HASHTAG_PALETTE);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-template-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateEditor, name_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateEditor, subject_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateEditor, channel_choice);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateEditor, view);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateEditor, palette_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateEditor, palette);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateEditor, find_bar);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, subject_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, channel_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_subject_cb);
  gtk_widget_class_bind_template_callback (widget_class, palette_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, palette_chosen_cb);
}

static void
rubis_template_editor_init (RubisTemplateEditor *self)
{
  self->text = rubis_template_text_new ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  self->buffer = GTK_SOURCE_BUFFER (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)));
  gtk_source_buffer_set_highlight_matching_brackets (self->buffer, FALSE);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::can-undo", G_CALLBACK (update_undo), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "notify::can-redo", G_CALLBACK (update_undo), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (update_style), self,
                           G_CONNECT_SWAPPED);
  fill_channels (self);
  self->tags = rubis_template_tags_new (GTK_TEXT_BUFFER (self->buffer));
  self->completion = rubis_hashtag_completion_new (GTK_WIDGET (self), GTK_TEXT_VIEW (self->view));
  self->spelling = rubis_spell_checker_new (GTK_TEXT_VIEW (self->view));
  rubis_find_bar_set_view (self->find_bar, self->view);
  update_style (self);
  update_undo (self);
}

GtkWidget *
rubis_template_editor_new (void)
{
  return g_object_new (RUBIS_TYPE_TEMPLATE_EDITOR, NULL);
}

static void
set_body (RubisTemplateEditor *self, const char *body, gboolean fresh)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter start, end;

  if (fresh)
    {
      gtk_text_buffer_begin_irreversible_action (buffer);
      gtk_text_buffer_set_text (buffer, body, -1);
      gtk_text_buffer_end_irreversible_action (buffer);
    }
  else
    {
      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_get_bounds (buffer, &start, &end);
      gtk_text_buffer_delete (buffer, &start, &end);
      gtk_text_buffer_insert (buffer, &start, body, -1);
      gtk_text_buffer_end_user_action (buffer);
    }
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
}

void
rubis_template_editor_set_text (RubisTemplateEditor *self, const char *text, gboolean fresh)
{
  g_return_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self));
  g_return_if_fail (text != NULL);

  self->setting = TRUE;
  rubis_template_text_free (self->text);
  self->text = rubis_template_text_new (text);
  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), rubis_template_text_get (self->text, "name"));
  gtk_editable_set_text (GTK_EDITABLE (self->subject_entry), rubis_template_text_get (self->text, "subject"));
  show_channel (self);
  rubis_spell_checker_set_language (self->spelling, rubis_template_text_get (self->text, "language"));
  set_body (self, rubis_template_text_get_body (self->text), fresh);
  self->setting = FALSE;
  emit_changed (self);
}

char *
rubis_template_editor_dup_text (RubisTemplateEditor *self)
{
  GtkTextIter start, end;
  g_autofree char *body = NULL;

  g_return_val_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self), NULL);

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self->buffer), &start, &end);
  body = gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self->buffer), &start, &end, TRUE);
  rubis_template_text_set_body (self->text, body);
  return rubis_template_text_join (self->text);
}

const char *
rubis_template_editor_get_field (RubisTemplateEditor *self, const char *key)
{
  g_return_val_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self), NULL);

  return rubis_template_text_get (self->text, key);
}

void
rubis_template_editor_set_field (RubisTemplateEditor *self, const char *key, const char *value)
{
  g_return_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self));

  if (g_str_equal (rubis_template_text_get (self->text, key), value))
    return;
  rubis_template_text_set (self->text, key, value);
  emit_changed (self);
}

void
rubis_template_editor_insert (RubisTemplateEditor *self, const char *text)
{
  GtkTextBuffer *buffer;

  g_return_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self));
  g_return_if_fail (text != NULL);

  buffer = GTK_TEXT_BUFFER (self->buffer);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_to_mark (GTK_TEXT_VIEW (self->view), gtk_text_buffer_get_insert (buffer), 0.05, FALSE,
                                0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
rubis_template_editor_go_to (RubisTemplateEditor *self, guint line, guint column)
{
  GtkTextBuffer *buffer;
  GtkTextIter iter;
  guint value_column = 0;
  const char *key;
  guint n_head;

  g_return_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self));

  buffer = GTK_TEXT_BUFFER (self->buffer);
  key = rubis_template_text_get_key_of_line (self->text, line, &value_column);
  n_head = rubis_template_text_get_n_head_lines (self->text);
  if (key != NULL)
    {
      GtkWidget *entry = g_str_equal (key, "name") ? self->name_entry : self->subject_entry;

      gtk_widget_grab_focus (entry);
      gtk_editable_set_position (GTK_EDITABLE (entry),
                                 column > value_column ? (int)(column - value_column) : 0);
      return;
    }
  gtk_text_buffer_get_iter_at_line (buffer, &iter, line > n_head ? (int)(line - n_head) - 1 : 0);
  for (guint i = 1; i < column && !gtk_text_iter_ends_line (&iter); i++)
    gtk_text_iter_forward_char (&iter);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self->view), &iter, 0.1, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

GtkSourceView *
rubis_template_editor_get_view (RubisTemplateEditor *self)
{
  g_return_val_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self), NULL);

  return self->view;
}

guint
rubis_template_editor_get_n_head_lines (RubisTemplateEditor *self)
{
  g_return_val_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self), 0);

  return rubis_template_text_get_n_head_lines (self->text);
}

void
rubis_template_editor_get_place (RubisTemplateEditor *self, guint *line, guint *column)
{
  GtkTextIter cursor;

  g_return_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self));

  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &cursor,
                                    gtk_text_buffer_get_insert (GTK_TEXT_BUFFER (self->buffer)));
  *line = (guint)gtk_text_iter_get_line (&cursor) + 1 + rubis_template_text_get_n_head_lines (self->text);
  *column = (guint)gtk_text_iter_get_line_offset (&cursor) + 1;
}

void
rubis_template_editor_show_preview (RubisTemplateEditor *self, RubisTemplatePreview *preview)
{
  g_return_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self));
  g_return_if_fail (preview != NULL);

  rubis_template_tags_show (self->tags, preview, rubis_template_text_get_head_length (self->text));
  show_subject (self, preview);
  rubis_hashtag_completion_set_hashtags (self->completion, preview->hashtags);
  rubis_hashtag_palette_set_hashtags (self->palette, preview->hashtags);
}

void
rubis_template_editor_find (RubisTemplateEditor *self, gboolean replace)
{
  g_return_if_fail (RUBIS_IS_TEMPLATE_EDITOR (self));

  rubis_find_bar_open (self->find_bar, replace);
}
