#include "rubis-help-window.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-guide.h"
#include "rubis-ui.h"

struct _RubisHelpWindow
{
  AdwWindow parent_instance;

  GtkSearchEntry *search;
  GtkListBox *contents;
  GtkScrolledWindow *scrolled;
  GtkBox *page;
  GtkStack *stack;

  GPtrArray *topics[RUBIS_N_GUIDE_TOPICS]; /* (owned) (nullable) (element-type RubisGuidePart) */
  GPtrArray *guide;                        /* (owned) (element-type RubisGuidePart) (unowned); all of them */
  GPtrArray *widgets;                      /* (owned) (element-type GtkWidget) (unowned); one for each part */
  GtkWidget *headings[RUBIS_N_GUIDE_TOPICS]; /* (unowned) (nullable) of each topic */
  GtkWidget *wanted;                         /* (unowned) (nullable) the heading to scroll to */
  guint scroll_source;
};

G_DEFINE_FINAL_TYPE (RubisHelpWindow, rubis_help_window, ADW_TYPE_WINDOW)

/* `code` and **bold** as Pango reads them. */
static char *
make_markup (const char *text)
{
  GString *markup = g_string_new (NULL);
  gboolean code = FALSE;
  gboolean bold = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (*p == '`')
        {
          code = !code;
          g_string_append (markup, code ? "<tt>" : "</tt>");
        }
      else if (!code && p[0] == '*' && p[1] == '*')
        {
          bold = !bold;
          g_string_append (markup, bold ? "<b>" : "</b>");
          p++;
        }
      else
        {
          g_autofree char *escaped = g_markup_escape_text (p, g_utf8_next_char (p) - p);

          g_string_append (markup, escaped);
        }
    }
  return g_string_free (markup, FALSE);
}

static GtkWidget *
make_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  /* What is read is reached by the pointer; the keyboard goes through the chapters. */
  gtk_widget_set_focusable (label, FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
make_heading (const RubisGuidePart *part)
{
  GtkWidget *label = make_label (part->text, part->level == 1   ? "title-1"
                                             : part->level == 2 ? "title-2"
                                                                : "title-4");

  gtk_widget_set_margin_top (label, part->level == 1 ? 0 : part->level == 2 ? 24 : 12);
  return label;
}

static GtkWidget *
make_text (const RubisGuidePart *part)
{
  g_autofree char *markup = make_markup (part->text);
  GtkWidget *label = make_label ("", NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  if (part->kind == RUBIS_GUIDE_BULLET)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
      GtkWidget *dot = make_label ("•", NULL);

      gtk_widget_set_hexpand (label, TRUE);
      gtk_box_append (GTK_BOX (box), dot);
      gtk_box_append (GTK_BOX (box), label);
      gtk_widget_set_margin_start (box, 6);
      return box;
    }
  return label;
}

/* One side of an example, under a caption. */
static GtkWidget *
make_side (const char *caption, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = make_label (text, "monospace");

  gtk_box_append (GTK_BOX (box), make_label (caption, "caption-heading"));
  if (strstr (text, "  ") != NULL)
    {
      /* A table keeps its columns: it scrolls instead of wrapping. */
      GtkWidget *scrolled = gtk_scrolled_window_new ();

      gtk_label_set_wrap (GTK_LABEL (label), FALSE);
      gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), label);
      label = scrolled;
    }
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_size_request (box, 360, -1);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  return box;
}

/* Source and result beside each other; a table takes the width under its source. */
static GtkWidget *
make_example (const RubisGuidePart *part)
{
  const char *result = part->result != NULL ? part->result : part->error;
  gboolean wide = strstr (result, "  ") != NULL;
  GtkWidget *box = gtk_box_new (wide ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (box), make_side (_ ("What you write"), part->text));
  gtk_box_append (GTK_BOX (box),
                  gtk_separator_new (wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL));
  gtk_box_append (GTK_BOX (box), make_side (_ ("What leaves"), result));
  gtk_widget_add_css_class (box, "card");
  return box;
}

static GtkWidget *
make_term (const RubisGuidePart *part)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *name = make_label (part->text, "monospace");
  GtkWidget *meaning = make_label (part->result, "dim-label");

  gtk_widget_set_size_request (name, 230, -1);
  gtk_widget_set_hexpand (meaning, TRUE);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), meaning);
  return box;
}

static GtkWidget *
make_widget (const RubisGuidePart *part)
{
  switch (part->kind)
    {
    case RUBIS_GUIDE_HEADING:
      return make_heading (part);
    case RUBIS_GUIDE_EXAMPLE:
      return make_example (part);
    case RUBIS_GUIDE_TERM:
      return make_term (part);
    case RUBIS_GUIDE_TEXT:
    case RUBIS_GUIDE_BULLET:
    default:
      return make_text (part);
    }
}

static void
add_chapter (RubisHelpWindow *self, const RubisGuidePart *part, GtkWidget *heading)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (part->text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_margin_start (label, part->level > 2 ? 12 : 0);
  if (part->level == 1)
    gtk_widget_add_css_class (label, "heading");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data (G_OBJECT (row), "rubis-heading", heading);
  gtk_list_box_append (self->contents, row);
}

static void
add_topic (RubisHelpWindow *self, RubisGuideTopic topic)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *guide = rubis_guide_load (topic, rubis_format_ui_language (), &error);

  if (guide == NULL)
    {
      gtk_box_append (self->page, make_label (error->message, NULL));
      return;
    }
  for (guint i = 0; i < guide->len; i++)
    {
      const RubisGuidePart *part = g_ptr_array_index (guide, i);
      GtkWidget *widget = make_widget (part);

      gtk_box_append (self->page, widget);
      g_ptr_array_add (self->widgets, widget);
      if (part->kind == RUBIS_GUIDE_HEADING)
        add_chapter (self, part, widget);
    }
  self->headings[topic] = g_ptr_array_index (self->widgets, self->widgets->len - guide->len);
  gtk_widget_set_margin_top (self->headings[topic], topic == 0 ? 0 : 48);
  self->topics[topic] = guide;
  g_ptr_array_extend (self->guide, guide, NULL, NULL);
}

/* --- searching --- */

static gboolean
holds (const char *text, const char *wanted)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, wanted) != NULL;
}

/* A heading is shown with what matches below it, and everything below a heading that matches itself. */
static void
search_changed_cb (RubisHelpWindow *self)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree gboolean *shown = g_new0 (gboolean, self->guide->len + 1);
  gboolean all = *g_strstrip (wanted) == '\0';
  gboolean chapter = FALSE;
  gboolean any = FALSE;
  int heading = -1;

  for (guint i = 0; i < self->guide->len; i++)
    {
      const RubisGuidePart *part = g_ptr_array_index (self->guide, i);
      gboolean matches = all || holds (part->text, wanted) || holds (part->result, wanted);

      if (part->kind == RUBIS_GUIDE_HEADING)
        {
          heading = (int)i;
          chapter = matches;
        }
      shown[i] = matches || (chapter && part->kind != RUBIS_GUIDE_HEADING);
      if (shown[i] && heading >= 0)
        shown[heading] = TRUE;
    }
  for (guint i = 0; i < self->guide->len; i++)
    {
      gtk_widget_set_visible (g_ptr_array_index (self->widgets, i), shown[i]);
      any |= shown[i];
    }
  gtk_stack_set_visible_child_name (self->stack, any ? "page" : "nothing");
}

guint
rubis_help_window_count_shown (RubisHelpWindow *self)
{
  guint n = 0;

  g_return_val_if_fail (RUBIS_IS_HELP_WINDOW (self), 0);

  for (guint i = 0; i < self->widgets->len; i++)
    n += gtk_widget_get_visible (g_ptr_array_index (self->widgets, i));
  return n;
}

static gboolean
scroll_cb (gpointer user_data)
{
  RubisHelpWindow *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled);
  double y = 0;

  self->scroll_source = 0;
  if (gtk_widget_translate_coordinates (self->wanted, GTK_WIDGET (self->page), 0, 0, NULL, &y))
    gtk_adjustment_set_value (adjustment, y);
  return G_SOURCE_REMOVE;
}

static void
go_to (RubisHelpWindow *self, GtkWidget *heading)
{
  self->wanted = heading;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  /* What the search had hidden takes its place first. */
  if (self->scroll_source == 0)
    self->scroll_source = g_idle_add_full (G_PRIORITY_LOW, scroll_cb, self, NULL);
}

static void
chapter_cb (RubisHelpWindow *self, GtkListBoxRow *row)
{
  go_to (self, g_object_get_data (G_OBJECT (row), "rubis-heading"));
}

static void
focus_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUBIS_HELP_WINDOW (widget)->search));
}

static void
rubis_help_window_dispose (GObject *object)
{
  RubisHelpWindow *self = RUBIS_HELP_WINDOW (object);

  g_clear_handle_id (&self->scroll_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_HELP_WINDOW);
  g_clear_pointer (&self->guide, g_ptr_array_unref);
  for (int topic = 0; topic < RUBIS_N_GUIDE_TOPICS; topic++)
    g_clear_pointer (&self->topics[topic], g_ptr_array_unref);
  g_clear_pointer (&self->widgets, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_help_window_parent_class)->dispose (object);
}

static void
rubis_help_window_class_init (RubisHelpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_help_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-help-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisHelpWindow, search);
  gtk_widget_class_bind_template_child (widget_class, RubisHelpWindow, contents);
  gtk_widget_class_bind_template_child (widget_class, RubisHelpWindow, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RubisHelpWindow, page);
  gtk_widget_class_bind_template_child (widget_class, RubisHelpWindow, stack);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, chapter_cb);
  gtk_widget_class_install_action (widget_class, "help.search", NULL, focus_search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "help.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
rubis_help_window_init (RubisHelpWindow *self)
{
  self->widgets = g_ptr_array_new ();
  self->guide = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int topic = 0; topic < RUBIS_N_GUIDE_TOPICS; topic++)
    add_topic (self, topic);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

GtkWidget *
rubis_help_window_new (GtkWindow *parent)
{
  return g_object_new (RUBIS_TYPE_HELP_WINDOW, "transient-for", parent, NULL);
}

void
rubis_help_window_show_topic (RubisHelpWindow *self, RubisGuideTopic topic)
{
  g_return_if_fail (RUBIS_IS_HELP_WINDOW (self));

  if (self->headings[topic] != NULL)
    go_to (self, self->headings[topic]);
}
