#include "rubis-search-palette.h"

#include <glib/gi18n-lib.h>

#include "rubis-plain.h"
#include "rubis-search-actions.h"
#include "rubis-search-row.h"
#include "rubis-ui.h"

/* Of each kind; a place for one more kind is left in sight. */
#define MAX_OF_KIND 5
#define MAX_ACTIONS 6
#define MAX_FREQUENT 8
#define MAX_RECENT 5
#define PAGE 6
/* Beside something that fits so much better, a guess is noise. */
#define GUESS_PERCENT 40

struct _RubisSearchPalette
{
  AdwBin parent_instance;

  GtkWidget *card;
  GtkWidget *entry;
  GtkScrolledWindow *scrolled;
  GtkListBox *list;
  GtkLabel *nothing;

  RubisSession *session; /* (owned) (nullable) */
  AdwViewStack *places;  /* (unowned) (nullable) while open */
  gint64 account_id;
  GCancellable *cancellable; /* (owned) (nullable) of the search that runs */
  GPtrArray *recent;         /* (element-type RubisFound) newest first */
  GtkWidget *focus_before;   /* (unowned) (nullable) weak */
  gboolean closing;
  gboolean enter_waits; /* Enter was pressed before the answer to the text was there */
  gboolean enter_calls;
};

G_DEFINE_FINAL_TYPE (RubisSearchPalette, rubis_search_palette, ADW_TYPE_BIN)

enum
{
  FOUND_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* In the order of RubisFoundKind. */
static const char *const headings[] = {
  N_ ("Accounts"), N_ ("Groups"),  N_ ("Invoices, credits, payments"),
  N_ ("People"),   N_ ("History"), N_ ("Disputes"),
  N_ ("Colleagues"),
};

static void
cancel (RubisSearchPalette *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static GtkWindow *
get_window (RubisSearchPalette *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static const char *
get_text (RubisSearchPalette *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* --- the list --- */

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const char *heading = rubis_search_row_get_heading (RUBIS_SEARCH_ROW (row));
  GtkWidget *label;

  if (before != NULL && g_str_equal (rubis_search_row_get_heading (RUBIS_SEARCH_ROW (before)), heading))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (heading);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "search-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
clear_list (RubisSearchPalette *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* Brings a row into sight; the focus stays in the entry, so the list does not do it by itself. */
static void
scroll_to (RubisSearchPalette *self, GtkWidget *row)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  graphene_rect_t bounds;

  if (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == 0)
    gtk_adjustment_set_value (adjustment, 0);
  else if (gtk_widget_compute_bounds (row, GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (adjustment, (double)bounds.origin.y,
                               (double)(bounds.origin.y + bounds.size.height));
}

static void
choose (RubisSearchPalette *self, GtkListBoxRow *row)
{
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->list, row);
  scroll_to (self, GTK_WIDGET (row));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT,
                                  row, -1);
}

static void
append_found (RubisSearchPalette *self, GPtrArray *found, guint first, guint end, const RubisFuzzy *typed,
              const char *heading)
{
  RubisCurrency own = rubis_session_get_currency (self->session);

  for (guint i = first; i < end; i++)
    {
      RubisFound *one = g_ptr_array_index (found, i);

      gtk_list_box_append (self->list, rubis_search_row_new_found (one, typed, own, heading));
    }
}

static void
append_actions (RubisSearchPalette *self, GArray *actions, const RubisFuzzy *typed)
{
  for (guint i = 0; i < actions->len; i++)
    gtk_list_box_append (self->list,
                         rubis_search_row_new_action (g_array_index (actions, RubisFoundAction, i).action,
                                                      typed, get_window (self), _ ("Actions")));
}

static void
finish_list (RubisSearchPalette *self, const char *nothing)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  gtk_widget_set_visible (GTK_WIDGET (self->scrolled), first != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), first == NULL);
  gtk_label_set_label (self->nothing, first == NULL ? nothing : "");
  choose (self, first);
}

/* Nothing is typed yet. */
static void
show_start (RubisSearchPalette *self)
{
  g_autoptr (RubisFuzzy) typed = rubis_fuzzy_new ("");
  g_autoptr (GArray) actions
      = rubis_search_actions_find (get_window (self), self->places, self->account_id, "", MAX_FREQUENT);

  clear_list (self);
  append_found (self, self->recent, 0, self->recent->len, typed, _ ("Recently found"));
  append_actions (self, actions, typed);
  finish_list (self, "");
}

static void
drop_guesses (GPtrArray *found, GArray *actions)
{
  int best = actions->len > 0 ? g_array_index (actions, RubisFoundAction, 0).score : 0;

  for (guint i = 0; i < found->len; i++)
    best = MAX (best, ((RubisFound *)g_ptr_array_index (found, i))->score);
  for (guint i = found->len; i-- > 0;)
    {
      if (((RubisFound *)g_ptr_array_index (found, i))->score < best * GUESS_PERCENT / 100)
        g_ptr_array_remove_index (found, i);
    }
  for (guint i = actions->len; i-- > 0;)
    {
      if (g_array_index (actions, RubisFoundAction, i).score < best * GUESS_PERCENT / 100)
        g_array_remove_index (actions, i);
    }
}

/* What was found, kind by kind, with the actions where they rank. */
static void
show_found (RubisSearchPalette *self, GPtrArray *found)
{
  g_autoptr (RubisFuzzy) typed = rubis_fuzzy_new (get_text (self));
  g_autoptr (GArray) actions = rubis_search_actions_find (get_window (self), self->places, self->account_id,
                                                          get_text (self), MAX_ACTIONS);
  g_autofree char *nothing = NULL;
  int action_score = actions->len > 0 ? g_array_index (actions, RubisFoundAction, 0).score : 0;
  gboolean actions_shown = FALSE;

  drop_guesses (found, actions);
  clear_list (self);
  for (guint i = 0; i < found->len;)
    {
      const RubisFound *first = g_ptr_array_index (found, i);
      guint end = i;

      if (!actions_shown && action_score > first->score)
        {
          append_actions (self, actions, typed);
          actions_shown = TRUE;
        }
      while (end < found->len && ((RubisFound *)g_ptr_array_index (found, end))->kind == first->kind)
        end++;
      append_found (self, found, i, end, typed, _ (headings[first->kind]));
      i = end;
    }
  if (!actions_shown)
    append_actions (self, actions, typed);
  nothing = g_strdup_printf (
      _ ("Nothing fits “%s”. You can search for names, codes, towns, emails, telephones, numbers "
         "of invoices and orders, amounts, words of the history, and actions."),
      get_text (self));
  finish_list (self, nothing);
}

/* --- opening what was chosen --- */

static void
remember (RubisSearchPalette *self, RubisFound *found)
{
  for (guint i = 0; i < self->recent->len; i++)
    {
      const RubisFound *known = g_ptr_array_index (self->recent, i);

      if (known->kind == found->kind && known->id == found->id)
        {
          g_ptr_array_remove_index (self->recent, i);
          break;
        }
    }
  g_ptr_array_insert (self->recent, 0, g_object_ref (found));
  if (self->recent->len > MAX_RECENT)
    g_ptr_array_set_size (self->recent, MAX_RECENT);
}

static void
activate_row (RubisSearchPalette *self, GtkListBoxRow *row, gboolean call)
{
  g_autoptr (RubisFound) found = NULL;
  const RubisSearchAction *action;

  if (row == NULL)
    return;
  g_set_object (&found, rubis_search_row_get_found (RUBIS_SEARCH_ROW (row)));
  action = rubis_search_row_get_action (RUBIS_SEARCH_ROW (row));
  if (call && (found == NULL || found->account_id == 0))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  rubis_search_palette_close (self);
  if (found != NULL)
    {
      remember (self, found);
      g_signal_emit (self, signals[FOUND_ACTIVATED], 0, found, call);
    }
  else
    rubis_search_action_activate (action, GTK_WIDGET (self), self->account_id);
}

/* What is listed may be the answer to another text: Enter waits for the right one. */
static void
activate_chosen (RubisSearchPalette *self, gboolean call)
{
  if (self->cancellable != NULL)
    {
      self->enter_waits = TRUE;
      self->enter_calls = call;
      return;
    }
  activate_row (self, gtk_list_box_get_selected_row (self->list), call);
}

static void
row_activated_cb (RubisSearchPalette *self, GtkListBoxRow *row)
{
  activate_row (self, row, FALSE);
}

static void
entry_activated_cb (RubisSearchPalette *self)
{
  activate_chosen (self, FALSE);
}

/* --- searching --- */

static gpointer
search_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_search (session, data, MAX_OF_KIND, progress->cancellable, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSearchPalette) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result))
    return;
  g_clear_object (&self->cancellable);
  if (found == NULL)
    {
      clear_list (self);
      finish_list (self, error->message);
      return;
    }
  /* The answer to nothing only says that the next one will come at once. */
  if (get_text (self)[0] != '\0')
    show_found (self, found);
  if (self->enter_waits)
    {
      self->enter_waits = FALSE;
      activate_chosen (self, self->enter_calls);
    }
}

static void
text_changed_cb (RubisSearchPalette *self)
{
  cancel (self);
  self->enter_waits = FALSE;
  if (self->session == NULL || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (get_text (self)[0] == '\0')
    show_start (self);
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (self->session, search_work, g_strdup (get_text (self)), g_free,
                       (GDestroyNotify)g_ptr_array_unref, self->cancellable, found_cb, g_object_ref (self));
}

/* --- keys and clicks --- */

/* @step rows on; one step from an end leads to the other. */
static void
move (RubisSearchPalette *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : 0;
  int last = 0;

  while (gtk_list_box_get_row_at_index (self->list, last + 1) != NULL)
    last++;
  if (ABS (step) == 1)
    index = (index + step + last + 1) % (last + 1);
  else
    index = CLAMP (index + step, 0, last);
  choose (self, gtk_list_box_get_row_at_index (self->list, index));
}

static gboolean
key_pressed_cb (RubisSearchPalette *self, guint key, guint code, GdkModifierType modifiers)
{
  gboolean control = (modifiers & GDK_CONTROL_MASK) != 0;

  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
    case GDK_KEY_Tab:
      move (self, 1);
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
    case GDK_KEY_ISO_Left_Tab:
      move (self, -1);
      return TRUE;
    case GDK_KEY_Page_Down:
      move (self, PAGE);
      return TRUE;
    case GDK_KEY_Page_Up:
      move (self, -PAGE);
      return TRUE;
    case GDK_KEY_Escape:
      rubis_search_palette_close (self);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      activate_chosen (self, control);
      return TRUE;
    default:
      return FALSE;
    }
}

/* A click beside the card closes. */
static void
pressed_cb (RubisSearchPalette *self, int n_press, double x, double y)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (picked != NULL && (picked == self->card || gtk_widget_is_ancestor (picked, self->card)))
    return;
  rubis_search_palette_close (self);
}

static void
set_focus_before (RubisSearchPalette *self, GtkWidget *widget)
{
  g_set_weak_pointer (&self->focus_before, widget);
}

/* Something else took the focus, such as the filter of the grid by its key: it keeps it. */
static void
focus_left_cb (RubisSearchPalette *self)
{
  GtkWindow *window = get_window (self);

  if (self->closing || window == NULL || !gtk_window_is_active (window))
    return;
  set_focus_before (self, NULL);
  rubis_search_palette_close (self);
}

static void
rubis_search_palette_dispose (GObject *object)
{
  RubisSearchPalette *self = RUBIS_SEARCH_PALETTE (object);

  self->closing = TRUE;
  cancel (self);
  set_focus_before (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_SEARCH_PALETTE);
  g_clear_object (&self->session);
  g_clear_pointer (&self->recent, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_search_palette_parent_class)->dispose (object);
}

static void
rubis_search_palette_class_init (RubisSearchPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_search_palette_dispose;
  signals[FOUND_ACTIVATED]
      = g_signal_new ("found-activated", RUBIS_TYPE_SEARCH_PALETTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, RUBIS_TYPE_FOUND, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-search-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisSearchPalette, card);
  gtk_widget_class_bind_template_child (widget_class, RubisSearchPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, RubisSearchPalette, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RubisSearchPalette, list);
  gtk_widget_class_bind_template_child (widget_class, RubisSearchPalette, nothing);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, rubis_search_palette_close);
}

static void
rubis_search_palette_init (RubisSearchPalette *self)
{
  self->recent = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
}

void
rubis_search_palette_open (RubisSearchPalette *self, RubisSession *session, AdwViewStack *places,
                           gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_SEARCH_PALETTE (self));
  g_return_if_fail (RUBIS_IS_SESSION (session));
  g_return_if_fail (ADW_IS_VIEW_STACK (places));

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    set_focus_before (self, gtk_window_get_focus (get_window (self)));
  g_set_object (&self->session, session);
  self->places = places;
  self->account_id = account_id;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  /* Also when it was empty: what the search needs is read before the first key. */
  text_changed_cb (self);
  gtk_widget_grab_focus (self->entry);
}

void
rubis_search_palette_close (RubisSearchPalette *self)
{
  GtkWidget *before;

  g_return_if_fail (RUBIS_IS_SEARCH_PALETTE (self));

  if (self->closing || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  self->closing = TRUE;
  cancel (self);
  self->enter_waits = FALSE;
  before = self->focus_before;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (before != NULL && gtk_widget_get_mapped (before))
    gtk_widget_grab_focus (before);
  set_focus_before (self, NULL);
  self->closing = FALSE;
}

void
rubis_search_palette_forget (RubisSearchPalette *self)
{
  g_return_if_fail (RUBIS_IS_SEARCH_PALETTE (self));

  rubis_search_palette_close (self);
  clear_list (self);
  g_ptr_array_set_size (self->recent, 0);
  g_clear_object (&self->session);
}
