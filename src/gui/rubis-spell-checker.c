#include "rubis-spell-checker.h"

#include <string.h>

#include <enchant.h>
#include <glib/gi18n-lib.h>

/* Marks are made when typing pauses. */
#define DELAY 300
#define MAX_SUGGESTIONS 6

struct _RubisSpellChecker {
  GObject parent_instance;

  GtkTextView *view;          /* (unowned) */
  GtkTextBuffer *buffer;      /* (owned) */
  GtkTextTag *tag;            /* (unowned) of the buffer */
  EnchantBroker *broker;
  EnchantDict *dictionary;    /* (nullable) of the broker */
  GHashTable *known;          /* words looked up: GUINT TRUE + 1 or FALSE + 1 */
  GSimpleActionGroup *actions; /* (owned) of the menu */
  char *language;
  guint timeout;
};

G_DEFINE_FINAL_TYPE (RubisSpellChecker, rubis_spell_checker, G_TYPE_OBJECT)

/* --- words --- */

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || c == '_';
}

/* What a person wrote as a word of the language. */
static gboolean
is_checked (const char *word)
{
  gboolean lower = FALSE;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isdigit (c) || c == '_')
        return FALSE;
      lower = lower || g_unichar_islower (c);
    }
  return lower && g_utf8_strlen (word, -1) > 1;
}

static gboolean
is_known (RubisSpellChecker *self, const char *word)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->known, word));

  if (found == 0)
    {
      found = enchant_dict_check (self->dictionary, word, -1) == 0 ? 2 : 1;
      g_hash_table_insert (self->known, g_strdup (word), GUINT_TO_POINTER (found));
    }
  return found == 2;
}

static void
mark_word (RubisSpellChecker *self, const char *text, const char *start, const char *end)
{
  g_autofree char *word = g_strndup (start, (gsize) (end - start));
  GtkTextIter from, to;

  if (!is_checked (word) || is_known (self, word))
    return;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, (int) g_utf8_pointer_to_offset (text, start));
  gtk_text_buffer_get_iter_at_offset (self->buffer, &to, (int) g_utf8_pointer_to_offset (text, end));
  gtk_text_buffer_apply_tag (self->buffer, self->tag, &from, &to);
}

/* Behind a '#': the name and a condition in braces, unless texts stand in them. */
static const char *
skip_hashtag (const char *p)
{
  const char *name = ++p;

  while (*p != '\0' && is_word_char (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  if (*p == '{' && (g_ascii_strncasecmp (name, "SI", 2) == 0 || g_ascii_strncasecmp (name, "IF", 2) == 0))
    while (*p != '\0' && *p != '}' && *p != '\n')
      p = g_utf8_next_char (p);
  return p;
}

static const char *
find_end (const char *p)
{
  while (*p != '\0' && is_word_char (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* "aujourd’hui", "don’t": words that hold an apostrophe. The end of such a word that begins at @word and whose
 * apostrophe is at @middle; else the place behind the apostrophe: what is elided before it is no word of its own.
 */
static const char *
pass_apostrophe (RubisSpellChecker *self, const char *word, const char *middle)
{
  const char *rest = g_utf8_next_char (middle);
  const char *end = find_end (rest);
  g_autofree char *first = g_strndup (word, (gsize) (middle - word));
  g_autofree char *second = g_strndup (rest, (gsize) (end - rest));
  g_autofree char *whole = g_strconcat (first, "'", second, NULL);

  return end > rest && is_known (self, whole) ? end : rest;
}

static void
check_text (RubisSpellChecker *self)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  gtk_text_buffer_remove_tag (self->buffer, self->tag, &start, &end);
  if (self->dictionary == NULL)
    return;
  text = gtk_text_buffer_get_text (self->buffer, &start, &end, TRUE);
  for (const char *p = text; *p != '\0';)
    {
      const char *word = p;

      if (*p == '#')
        {
          p = skip_hashtag (p);
          continue;
        }
      p = find_end (p);
      if (p > word && is_apostrophe (g_utf8_get_char (p)))
        {
          p = pass_apostrophe (self, word, p);
          continue;
        }
      if (p > word)
        mark_word (self, text, word, p);
      else
        p = g_utf8_next_char (p);
    }
}

static gboolean
timeout_cb (gpointer user_data)
{
  RubisSpellChecker *self = user_data;

  self->timeout = 0;
  check_text (self);
  return G_SOURCE_REMOVE;
}

static void
queue_check (RubisSpellChecker *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (DELAY, timeout_cb, self);
}

/* --- the menu --- */

/* The marked word that the cursor touches. */
static gboolean
find_word (RubisSpellChecker *self, GtkTextIter *start, GtkTextIter *end)
{
  gtk_text_buffer_get_iter_at_mark (self->buffer, start, gtk_text_buffer_get_insert (self->buffer));
  if (!gtk_text_iter_has_tag (start, self->tag) && !gtk_text_iter_ends_tag (start, self->tag))
    return FALSE;
  *end = *start;
  if (!gtk_text_iter_starts_tag (start, self->tag))
    gtk_text_iter_backward_to_tag_toggle (start, self->tag);
  if (!gtk_text_iter_ends_tag (end, self->tag))
    gtk_text_iter_forward_to_tag_toggle (end, self->tag);
  return TRUE;
}

static void
replace_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RubisSpellChecker *self = user_data;
  GtkTextIter start, end;

  if (!find_word (self, &start, &end))
    return;
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_delete (self->buffer, &start, &end);
  gtk_text_buffer_insert (self->buffer, &start, g_variant_get_string (parameter, NULL), -1);
  gtk_text_buffer_end_user_action (self->buffer);
}

static void
learn_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  RubisSpellChecker *self = user_data;
  GtkTextIter start, end;
  g_autofree char *word = NULL;

  if (!find_word (self, &start, &end) || self->dictionary == NULL)
    return;
  word = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
  enchant_dict_add (self->dictionary, word, -1);
  g_hash_table_remove (self->known, word);
  check_text (self);
}

static void
add_suggestions (RubisSpellChecker *self, GMenu *section, const char *word)
{
  size_t n = 0;
  char **suggestions = enchant_dict_suggest (self->dictionary, word, -1, &n);

  for (size_t i = 0; i < n && i < MAX_SUGGESTIONS; i++)
    {
      g_autoptr(GMenuItem) item = g_menu_item_new (suggestions[i], NULL);

      g_menu_item_set_action_and_target (item, "spelling.replace", "s", suggestions[i]);
      g_menu_append_item (section, item);
    }
  if (suggestions != NULL)
    enchant_dict_free_string_list (self->dictionary, suggestions);
}

/* The menu of the text begins with what the word under the cursor could be. */
static void
update_menu (RubisSpellChecker *self)
{
  g_autoptr(GMenu) menu = g_menu_new ();
  g_autoptr(GMenu) section = g_menu_new ();
  GtkTextIter start, end;

  if (self->dictionary != NULL && find_word (self, &start, &end))
    {
      g_autofree char *word = gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);

      add_suggestions (self, section, word);
      g_menu_append (section, _("Add to the Dictionary"), "spelling.learn");
      g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
    }
  gtk_text_view_set_extra_menu (self->view, G_MENU_MODEL (menu));
}

/* A right click puts the cursor where it is before the menu opens. */
static void
pressed_cb (RubisSpellChecker *self, int n_press, double x, double y)
{
  GtkTextIter iter;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (self->view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_location (self->view, &iter, buffer_x, buffer_y);
  if (gtk_text_iter_has_tag (&iter, self->tag))
    gtk_text_buffer_place_cursor (self->buffer, &iter);
  update_menu (self);
}

static gboolean
key_cb (RubisSpellChecker *self, guint key, guint code, GdkModifierType state)
{
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK)))
    update_menu (self);
  return FALSE;
}

static void
rubis_spell_checker_dispose (GObject *object)
{
  RubisSpellChecker *self = RUBIS_SPELL_CHECKER (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->buffer);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (rubis_spell_checker_parent_class)->dispose (object);
}

static void
rubis_spell_checker_finalize (GObject *object)
{
  RubisSpellChecker *self = RUBIS_SPELL_CHECKER (object);

  if (self->dictionary != NULL)
    enchant_broker_free_dict (self->broker, self->dictionary);
  enchant_broker_free (self->broker);
  g_hash_table_unref (self->known);
  g_free (self->language);
  G_OBJECT_CLASS (rubis_spell_checker_parent_class)->finalize (object);
}

static void
rubis_spell_checker_class_init (RubisSpellCheckerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rubis_spell_checker_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_spell_checker_finalize;
}

static void
rubis_spell_checker_init (RubisSpellChecker *self)
{
  self->broker = enchant_broker_init ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->actions = g_simple_action_group_new ();
}

static void
add_controllers (RubisSpellChecker *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

RubisSpellChecker *
rubis_spell_checker_new (GtkTextView *view)
{
  static const GActionEntry entries[] = {
    { "replace", replace_action, "s", NULL, NULL, { 0 } },
    { "learn", learn_action, NULL, NULL, NULL, { 0 } },
  };
  RubisSpellChecker *self;
  GdkRGBA colour = { 0.21f, 0.52f, 0.89f, 1.0f };

  g_return_val_if_fail (GTK_IS_TEXT_VIEW (view), NULL);

  self = g_object_new (RUBIS_TYPE_SPELL_CHECKER, NULL);
  self->view = view;
  self->buffer = g_object_ref (gtk_text_view_get_buffer (view));
  self->tag = gtk_text_buffer_create_tag (self->buffer, NULL, "underline", PANGO_UNDERLINE_SINGLE, "underline-rgba",
                                          &colour, NULL);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (view), "spelling", G_ACTION_GROUP (self->actions));
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (queue_check), self, G_CONNECT_SWAPPED);
  add_controllers (self);
  return self;
}

typedef struct {
  const char *language;
  char *found;
} Search;

static void
list_cb (const char *tag, const char *provider, const char *description, const char *file, void *user_data)
{
  Search *search = user_data;
  gsize n = strlen (search->language);
  g_autofree char *home = g_ascii_strup (search->language, -1);
  gboolean of_language = g_str_has_prefix (tag, search->language) && (tag[n] == '\0' || tag[n] == '_');

  /* "fr_FR" rather than "fr_CA", where both are there. */
  if (of_language && (search->found == NULL || (tag[n] == '_' && g_str_has_prefix (tag + n + 1, home))))
    {
      g_free (search->found);
      search->found = g_strdup (tag);
    }
}

void
rubis_spell_checker_set_language (RubisSpellChecker *self, const char *language)
{
  Search search = { language, NULL };

  g_return_if_fail (RUBIS_IS_SPELL_CHECKER (self));
  g_return_if_fail (language != NULL);

  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  if (self->dictionary != NULL)
    enchant_broker_free_dict (self->broker, g_steal_pointer (&self->dictionary));
  g_hash_table_remove_all (self->known);
  if (*language != '\0')
    enchant_broker_list_dicts (self->broker, list_cb, &search);
  if (search.found != NULL)
    self->dictionary = enchant_broker_request_dict (self->broker, search.found);
  g_free (search.found);
  queue_check (self);
}

gboolean
rubis_spell_checker_is_active (RubisSpellChecker *self)
{
  g_return_val_if_fail (RUBIS_IS_SPELL_CHECKER (self), FALSE);

  return self->dictionary != NULL;
}
