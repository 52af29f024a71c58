#include "rubis-hashtag-row.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-text.h"

#define ENTRY_KEY "rubis-hashtag"

static GtkWidget *
make_label (const char *text, const char *class, PangoEllipsizeMode ellipsize)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), ellipsize);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

GtkWidget *
rubis_hashtag_row_new (const RubisHashtagEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name = g_strconcat ("#", entry->name, NULL);
  const char *shown = entry->value != NULL ? entry->value
                      : entry->only_asked  ? _ ("for conditions")
                      : entry->has_value   ? ""
                                           : _ ("no value");
  GtkWidget *value = make_label (shown, "dim-label", PANGO_ELLIPSIZE_END);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", name, entry->description, shown);

  gtk_label_set_max_width_chars (GTK_LABEL (value), 22);
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_widget_add_css_class (value, "numeric");
  if (!entry->has_value && !entry->only_asked)
    gtk_widget_add_css_class (value, "warning");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), make_label (name, "hashtag-name", PANGO_ELLIPSIZE_END));
  gtk_box_append (GTK_BOX (texts),
                  make_label (entry->description, "hashtag-description", PANGO_ELLIPSIZE_END));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), value);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (row), ENTRY_KEY, (gpointer)entry);
  return row;
}

const RubisHashtagEntry *
rubis_hashtag_row_get_entry (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), ENTRY_KEY) : NULL;
}

char *
rubis_hashtag_row_fold (const char *text)
{
  return rubis_text_fold (text);
}

int
rubis_hashtag_row_match (const RubisHashtagEntry *entry, const char *folded)
{
  g_autofree char *name = rubis_text_fold (entry->name);
  g_autofree char *others = NULL;
  g_autofree char *folded_others = NULL;

  if (g_str_has_prefix (name, folded))
    return 3;
  if (strstr (name, folded) != NULL)
    return 2;
  others = g_strdup_printf ("%s %s %s", entry->alias, entry->description, entry->family_label);
  folded_others = rubis_text_fold (others);
  return strstr (folded_others, folded) != NULL ? 1 : 0;
}
