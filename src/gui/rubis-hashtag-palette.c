#include "rubis-hashtag-palette.h"

#include <glib/gi18n-lib.h>

#include "rubis-hashtag-row.h"
#include "rubis-ui.h"

struct _RubisHashtagPalette
{
  AdwBin parent_instance;

  GtkWidget *search;
  GtkListBox *list;

  GPtrArray *hashtags; /* (owned) (nullable) (element-type RubisHashtagEntry) */
  gboolean stale;      /* rows are not those of @hashtags */
  char *folded;        /* what is searched */
};

G_DEFINE_FINAL_TYPE (RubisHashtagPalette, rubis_hashtag_palette, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const RubisHashtagEntry *entry = rubis_hashtag_row_get_entry (row);
  const RubisHashtagEntry *above = rubis_hashtag_row_get_entry (before);
  GtkWidget *label;

  if (above != NULL && above->family == entry->family)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (entry->family_label);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "hashtag-family");
  gtk_list_box_row_set_header (row, label);
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  return rubis_hashtag_row_match (rubis_hashtag_row_get_entry (row),
                                  RUBIS_HASHTAG_PALETTE (user_data)->folded)
         > 0;
}

/* The first row in sight is what Enter takes. */
static void
select_first (RubisHashtagPalette *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
        break;
    }
  gtk_list_box_select_row (self->list, row);
}

static void
search_changed_cb (RubisHashtagPalette *self)
{
  g_free (self->folded);
  self->folded = rubis_hashtag_row_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
  select_first (self);
}

static void
row_activated_cb (RubisHashtagPalette *self, GtkListBoxRow *row)
{
  g_autofree char *name = g_strdup (rubis_hashtag_row_get_entry (row)->name);

  g_signal_emit (self, signals[CHOSEN], 0, name);
}

static void
search_activated_cb (RubisHashtagPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (row != NULL)
    row_activated_cb (self, row);
}

/* Escape in a search entry is the entry's own: it means the whole palette. */
static void
stop_search_cb (RubisHashtagPalette *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

static gboolean
search_key_cb (RubisHashtagPalette *self, guint key)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (key != GDK_KEY_Down || row == NULL)
    return FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (row));
  return TRUE;
}

static void
fill (RubisHashtagPalette *self)
{
  GtkListBoxRow *row;

  if (!self->stale)
    return;
  self->stale = FALSE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; self->hashtags != NULL && i < self->hashtags->len; i++)
    gtk_list_box_append (self->list, rubis_hashtag_row_new (g_ptr_array_index (self->hashtags, i)));
  select_first (self);
}

static void
rubis_hashtag_palette_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_HASHTAG_PALETTE);
  G_OBJECT_CLASS (rubis_hashtag_palette_parent_class)->dispose (object);
}

static void
rubis_hashtag_palette_finalize (GObject *object)
{
  RubisHashtagPalette *self = RUBIS_HASHTAG_PALETTE (object);

  g_clear_pointer (&self->hashtags, g_ptr_array_unref);
  g_free (self->folded);
  G_OBJECT_CLASS (rubis_hashtag_palette_parent_class)->finalize (object);
}

static void
rubis_hashtag_palette_class_init (RubisHashtagPaletteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_hashtag_palette_dispose;
  object_class->finalize = rubis_hashtag_palette_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-hashtag-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisHashtagPalette, search);
  gtk_widget_class_bind_template_child (widget_class, RubisHashtagPalette, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rubis_hashtag_palette_init (RubisHashtagPalette *self)
{
  self->folded = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
}

void
rubis_hashtag_palette_set_hashtags (RubisHashtagPalette *self, GPtrArray *hashtags)
{
  g_autoptr (GPtrArray) old = NULL;

  g_return_if_fail (RUBIS_IS_HASHTAG_PALETTE (self));
  g_return_if_fail (hashtags != NULL);

  if (self->hashtags == hashtags)
    return;
  old = g_steal_pointer (&self->hashtags);
  self->hashtags = g_ptr_array_ref (hashtags);
  self->stale = TRUE;
  /* Out of sight its rows, which point into the old ones, go; they are made when it is opened. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
  else
    while (gtk_list_box_get_row_at_index (self->list, 0) != NULL)
      gtk_list_box_remove (self->list, GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
}

void
rubis_hashtag_palette_begin (RubisHashtagPalette *self)
{
  g_return_if_fail (RUBIS_IS_HASHTAG_PALETTE (self));

  fill (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search_changed_cb (self);
  gtk_widget_grab_focus (self->search);
}
