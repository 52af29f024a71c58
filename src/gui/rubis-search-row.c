#include "rubis-search-row.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

struct _RubisSearchRow
{
  GtkListBoxRow parent_instance;

  GtkImage *image;
  GtkLabel *title_label;
  GtkLabel *detail_label;
  GtkLabel *amount_label;
  GtkLabel *keys_label;

  RubisFound *found;               /* (owned) (nullable) */
  const RubisSearchAction *action; /* (nullable) */
  char *heading;
};

G_DEFINE_FINAL_TYPE (RubisSearchRow, rubis_search_row, GTK_TYPE_LIST_BOX_ROW)

static void
rubis_search_row_dispose (GObject *object)
{
  RubisSearchRow *self = RUBIS_SEARCH_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_SEARCH_ROW);
  g_clear_object (&self->found);
  G_OBJECT_CLASS (rubis_search_row_parent_class)->dispose (object);
}

static void
rubis_search_row_finalize (GObject *object)
{
  g_free (RUBIS_SEARCH_ROW (object)->heading);
  G_OBJECT_CLASS (rubis_search_row_parent_class)->finalize (object);
}

static void
rubis_search_row_class_init (RubisSearchRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_search_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_search_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-search-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisSearchRow, image);
  gtk_widget_class_bind_template_child (widget_class, RubisSearchRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, RubisSearchRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, RubisSearchRow, amount_label);
  gtk_widget_class_bind_template_child (widget_class, RubisSearchRow, keys_label);
}

static void
rubis_search_row_init (RubisSearchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A text on one line with what was typed in bold. */
static void
show_marked (GtkLabel *label, const char *text, const RubisFuzzy *typed)
{
  g_autofree char *line = g_strdup (text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  g_autoptr (GArray) ranges = NULL;

  g_strdelimit (line, "\n\r\t", ' ');
  ranges = rubis_fuzzy_mark (typed, line);
  for (guint i = 0; i < ranges->len; i++)
    {
      const RubisFuzzyRange *range = &g_array_index (ranges, RubisFuzzyRange, i);
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = range->start;
      bold->end_index = range->end;
      pango_attr_list_insert (attributes, bold);
    }
  gtk_label_set_label (label, line);
  gtk_label_set_attributes (label, attributes);
}

static const char *
get_icon (const RubisFound *found)
{
  switch (found->kind)
    {
    case RUBIS_FOUND_GROUP:
      return "folder-symbolic";
    case RUBIS_FOUND_ITEM:
      return "x-office-document-symbolic";
    case RUBIS_FOUND_CONTACT:
      return "contact-new-symbolic";
    case RUBIS_FOUND_DISPUTE:
      return "rubis-dispute-symbolic";
    case RUBIS_FOUND_ACTOR:
      return "system-users-symbolic";
    case RUBIS_FOUND_EVENT:
      return found->icon_name;
    case RUBIS_FOUND_ACCOUNT:
    default:
      return "avatar-default-symbolic";
    }
}

static RubisSearchRow *
row_new (const char *title, const char *detail, const char *icon_name, const RubisFuzzy *typed,
         const char *heading)
{
  RubisSearchRow *self = g_object_new (RUBIS_TYPE_SEARCH_ROW, NULL);

  self->heading = g_strdup (heading);
  gtk_image_set_from_icon_name (self->image, icon_name);
  show_marked (self->title_label, title, typed);
  show_marked (self->detail_label, detail, typed);
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), detail[0] != '\0');
  return self;
}

/* What is read aloud. */
static void
set_spoken (RubisSearchRow *self, const char *title, const char *detail, const char *more)
{
  g_autofree char *spoken
      = g_strdup_printf ("%s, %s%s%s%s%s", self->heading, title, detail[0] != '\0' ? ", " : "", detail,
                         more[0] != '\0' ? ", " : "", more);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

GtkWidget *
rubis_search_row_new_found (RubisFound *found, const RubisFuzzy *typed, RubisCurrency own,
                            const char *heading)
{
  RubisSearchRow *self = row_new (found->title, found->detail, get_icon (found), typed, heading);
  g_autofree char *amount
      = found->has_amount ? rubis_ui_format_amount (found->amount, found->currency, own) : g_strdup ("");

  self->found = g_object_ref (found);
  gtk_label_set_label (self->amount_label, amount);
  gtk_widget_set_visible (GTK_WIDGET (self->amount_label), found->has_amount);
  set_spoken (self, found->title, found->detail, amount);
  return GTK_WIDGET (self);
}

GtkWidget *
rubis_search_row_new_action (const RubisSearchAction *action, const RubisFuzzy *typed, GtkWindow *window,
                             const char *heading)
{
  RubisSearchRow *self = row_new (_ (action->label), "", action->icon_name, typed, heading);
  g_autofree char *keys = rubis_search_action_get_keys (action, window);

  self->action = action;
  gtk_label_set_label (self->keys_label, keys);
  gtk_widget_set_visible (GTK_WIDGET (self->keys_label), keys[0] != '\0');
  set_spoken (self, _ (action->label), "", keys);
  return GTK_WIDGET (self);
}

RubisFound *
rubis_search_row_get_found (RubisSearchRow *self)
{
  g_return_val_if_fail (RUBIS_IS_SEARCH_ROW (self), NULL);

  return self->found;
}

const RubisSearchAction *
rubis_search_row_get_action (RubisSearchRow *self)
{
  g_return_val_if_fail (RUBIS_IS_SEARCH_ROW (self), NULL);

  return self->action;
}

const char *
rubis_search_row_get_heading (RubisSearchRow *self)
{
  g_return_val_if_fail (RUBIS_IS_SEARCH_ROW (self), NULL);

  return self->heading;
}
