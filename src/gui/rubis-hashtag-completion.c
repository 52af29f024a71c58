#include "rubis-hashtag-completion.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-hashtag-row.h"

#define MAX_ROWS 40

struct _RubisHashtagCompletion
{
  GObject parent_instance;

  GtkWidget *parent;   /* (unowned) */
  GtkTextView *view;   /* (unowned) (nullable) NULL once detached */
  GtkPopover *popover; /* (unowned) child of @parent */
  GtkListBox *list;    /* (unowned) in the popover */
  GtkWidget *scroller; /* (unowned) */
  GPtrArray *hashtags; /* (owned) (nullable) (element-type RubisHashtagEntry) */
  guint update_id; /* the popover is to be brought up to date */
  gboolean typing;     /* the last change was typed by the user */
  gboolean completing;
};

G_DEFINE_FINAL_TYPE (RubisHashtagCompletion, rubis_hashtag_completion, G_TYPE_OBJECT)

static gboolean
is_name_char (gunichar c)
{
  return g_unichar_isalnum (c) || c == '_';
}

/* Where the hashtag before the cursor begins, on its '#'; FALSE when the cursor is behind none. */
static gboolean
find_start (GtkTextBuffer *buffer, GtkTextIter *start, GtkTextIter *cursor)
{
  gtk_text_buffer_get_iter_at_mark (buffer, cursor, gtk_text_buffer_get_insert (buffer));
  *start = *cursor;
  while (gtk_text_iter_backward_char (start))
    {
      gunichar c = gtk_text_iter_get_char (start);
      GtkTextIter before = *start;

      /* ## is a plain sign. */
      if (c == '#')
        return !gtk_text_iter_backward_char (&before) || gtk_text_iter_get_char (&before) != '#';
      if (!is_name_char (c))
        return FALSE;
    }
  return FALSE;
}

static int
compare_rank (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const RubisHashtagEntry *first = *(const RubisHashtagEntry *const *)a;
  const RubisHashtagEntry *second = *(const RubisHashtagEntry *const *)b;
  int order = rubis_hashtag_row_match (second, user_data) - rubis_hashtag_row_match (first, user_data);

  return order != 0 ? order : g_utf8_collate (first->name, second->name);
}

/* Those that fit, the best first. (transfer container) */
static GPtrArray *
find_matches (RubisHashtagCompletion *self, char *folded)
{
  GPtrArray *matches = g_ptr_array_new ();

  for (guint i = 0; self->hashtags != NULL && i < self->hashtags->len; i++)
    {
      RubisHashtagEntry *entry = g_ptr_array_index (self->hashtags, i);

      /* Behind a '#' one means a name. */
      if (rubis_hashtag_row_match (entry, folded) >= (*folded != '\0' ? 1 : 3))
        g_ptr_array_add (matches, entry);
    }
  if (*folded != '\0')
    g_ptr_array_sort_with_data (matches, compare_rank, folded);
  return matches;
}

static void
place_popover (RubisHashtagCompletion *self, const GtkTextIter *start)
{
  GdkRectangle rectangle;
  double x, y;
  int window_x, window_y;

  gtk_text_view_get_iter_location (self->view, start, &rectangle);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, rectangle.x, rectangle.y,
                                         &window_x, &window_y);
  if (!gtk_widget_translate_coordinates (GTK_WIDGET (self->view), self->parent, window_x, window_y, &x, &y))
    return;
  rectangle.x = (int)x;
  rectangle.y = (int)y;
  rectangle.width = MAX (rectangle.width, 1);
  gtk_popover_set_pointing_to (self->popover, &rectangle);
}

static void
close_popover (RubisHashtagCompletion *self)
{
  g_clear_handle_id (&self->update_id, g_source_remove);
  gtk_popover_popdown (self->popover);
}

static void
update (RubisHashtagCompletion *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter start, cursor, name;
  g_autofree char *typed = NULL;
  g_autofree char *folded = NULL;
  g_autoptr (GPtrArray) matches = NULL;
  GtkListBoxRow *row;

  if (!find_start (buffer, &start, &cursor))
    {
      close_popover (self);
      return;
    }
  name = start;
  gtk_text_iter_forward_char (&name);
  typed = gtk_text_buffer_get_text (buffer, &name, &cursor, FALSE);
  folded = rubis_hashtag_row_fold (typed);
  matches = find_matches (self, folded);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < matches->len && i < MAX_ROWS; i++)
    gtk_list_box_append (self->list, rubis_hashtag_row_new (g_ptr_array_index (matches, i)));
  if (matches->len == 0)
    {
      close_popover (self);
      return;
    }
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), 0);
  place_popover (self, &start);
  gtk_popover_popup (self->popover);
}

static gboolean
update_cb (gpointer user_data)
{
  RubisHashtagCompletion *self = user_data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

/* Fast typing does not make it open and close between two frames. */
static void
queue_update (RubisHashtagCompletion *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_cb, self);
}

static void
take (RubisHashtagCompletion *self, GtkListBoxRow *row)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  const RubisHashtagEntry *entry = rubis_hashtag_row_get_entry (row);
  GtkTextIter start, cursor;

  if (entry != NULL && find_start (buffer, &start, &cursor))
    {
      g_autofree char *name = g_strconcat ("#", entry->name, NULL);

      /* The rest of a name in whose middle the cursor is goes with it. */
      while (is_name_char (gtk_text_iter_get_char (&cursor)) && gtk_text_iter_forward_char (&cursor))
        ;
      self->completing = TRUE;
      gtk_text_buffer_begin_user_action (buffer);
      gtk_text_buffer_delete (buffer, &start, &cursor);
      gtk_text_buffer_insert (buffer, &start, name, -1);
      gtk_text_buffer_end_user_action (buffer);
      self->completing = FALSE;
    }
  close_popover (self);
}

static void
row_activated_cb (RubisHashtagCompletion *self, GtkListBoxRow *row)
{
  take (self, row);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Brings the row into view: the list has no focus of its own. */
static void
choose (RubisHashtagCompletion *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->list, MAX (index, 0));
  graphene_rect_t bounds;

  if (next == NULL)
    return;
  gtk_list_box_select_row (self->list, next);
  if (gtk_widget_compute_bounds (GTK_WIDGET (next), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, (double)bounds.origin.y,
                               (double)(bounds.origin.y + bounds.size.height));
}

static gboolean
key_cb (RubisHashtagCompletion *self, guint key, guint code, GdkModifierType state)
{
  if (!rubis_hashtag_completion_is_open (self))
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Down:
      choose (self, 1);
      return TRUE;
    case GDK_KEY_Up:
      choose (self, -1);
      return TRUE;
    case GDK_KEY_Page_Down:
      choose (self, 5);
      return TRUE;
    case GDK_KEY_Page_Up:
      choose (self, -5);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Tab:
      if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK))
        return FALSE;
      take (self, gtk_list_box_get_selected_row (self->list));
      return TRUE;
    case GDK_KEY_Escape:
      close_popover (self);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Only what is typed opens it: neither pasting nor undo. */
static void
insert_cb (RubisHashtagCompletion *self, GtkTextIter *place, const char *text, int length)
{
  self->typing = !self->completing && gtk_widget_has_focus (GTK_WIDGET (self->view))
                 && g_utf8_strlen (text, length) == 1;
}

static void
changed_cb (RubisHashtagCompletion *self)
{
  if (self->completing)
    return;
  if (self->typing || rubis_hashtag_completion_is_open (self))
    queue_update (self);
  self->typing = FALSE;
}

static void
cursor_moved_cb (RubisHashtagCompletion *self)
{
  GtkTextIter start, cursor;

  if (rubis_hashtag_completion_is_open (self)
      && !find_start (gtk_text_view_get_buffer (self->view), &start, &cursor))
    close_popover (self);
}

static void
build_popover (RubisHashtagCompletion *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *list = gtk_list_box_new ();

  self->scroller = gtk_scrolled_window_new ();
  self->list = GTK_LIST_BOX (list);
  self->popover = GTK_POPOVER (popover);
  gtk_widget_add_css_class (list, "hashtag-list");
  gtk_widget_add_css_class (popover, "hashtag-popover");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_BROWSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Hashtags"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), 260);
  gtk_widget_set_size_request (self->scroller, 420, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), list);
  gtk_popover_set_child (self->popover, self->scroller);
  gtk_popover_set_autohide (self->popover, FALSE);
  gtk_popover_set_has_arrow (self->popover, FALSE);
  gtk_popover_set_position (self->popover, GTK_POS_BOTTOM);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_widget_set_can_focus (popover, FALSE);
  gtk_widget_set_parent (popover, self->parent);
  g_signal_connect_object (list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
}

static void
rubis_hashtag_completion_dispose (GObject *object)
{
  rubis_hashtag_completion_detach (RUBIS_HASHTAG_COMPLETION (object));
  G_OBJECT_CLASS (rubis_hashtag_completion_parent_class)->dispose (object);
}

static void
rubis_hashtag_completion_class_init (RubisHashtagCompletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rubis_hashtag_completion_dispose;
}

static void
rubis_hashtag_completion_init (RubisHashtagCompletion *self)
{
}

RubisHashtagCompletion *
rubis_hashtag_completion_new (GtkWidget *parent, GtkTextView *view)
{
  RubisHashtagCompletion *self;
  GtkTextBuffer *buffer;
  GtkEventController *keys;
  GtkEventController *focus;

  g_return_val_if_fail (GTK_IS_WIDGET (parent), NULL);
  g_return_val_if_fail (GTK_IS_TEXT_VIEW (view), NULL);

  self = g_object_new (RUBIS_TYPE_HASHTAG_COMPLETION, NULL);
  self->parent = parent;
  self->view = view;
  build_popover (self);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (view), keys);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (focus, "leave", G_CALLBACK (close_popover), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (view), focus);
  buffer = gtk_text_view_get_buffer (view);
  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (insert_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "notify::cursor-position", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
rubis_hashtag_completion_detach (RubisHashtagCompletion *self)
{
  g_return_if_fail (RUBIS_IS_HASHTAG_COMPLETION (self));

  if (self->view == NULL)
    return;
  g_signal_handlers_disconnect_by_data (gtk_text_view_get_buffer (self->view), self);
  g_clear_handle_id (&self->update_id, g_source_remove);
  gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->view = NULL;
  self->popover = NULL;
  g_clear_pointer (&self->hashtags, g_ptr_array_unref);
}

void
rubis_hashtag_completion_set_hashtags (RubisHashtagCompletion *self, GPtrArray *hashtags)
{
  GPtrArray *old;

  g_return_if_fail (RUBIS_IS_HASHTAG_COMPLETION (self));
  g_return_if_fail (hashtags != NULL);

  if (self->hashtags == hashtags || self->view == NULL)
    return;
  old = self->hashtags;
  self->hashtags = g_ptr_array_ref (hashtags);
  /* Rows point into the old ones. */
  if (rubis_hashtag_completion_is_open (self))
    update (self);
  else
    while (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
      gtk_list_box_remove (self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  g_clear_pointer (&old, g_ptr_array_unref);
}

void
rubis_hashtag_completion_open (RubisHashtagCompletion *self)
{
  GtkTextIter start, cursor;
  GtkTextBuffer *buffer;

  g_return_if_fail (RUBIS_IS_HASHTAG_COMPLETION (self));

  if (self->view == NULL)
    return;
  buffer = gtk_text_view_get_buffer (self->view);
  if (!find_start (buffer, &start, &cursor))
    gtk_text_buffer_insert_at_cursor (buffer, "#", 1);
  update (self);
}

gboolean
rubis_hashtag_completion_is_open (RubisHashtagCompletion *self)
{
  g_return_val_if_fail (RUBIS_IS_HASHTAG_COMPLETION (self), FALSE);

  return self->popover != NULL && gtk_widget_get_visible (GTK_WIDGET (self->popover));
}
