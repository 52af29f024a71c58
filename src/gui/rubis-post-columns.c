#include "rubis-post-columns.h"

#include <glib/gi18n-lib.h>

#include "rubis-post-batch.h"
#include "rubis-ui.h"

typedef enum
{
  COLUMN_NAME,
  COLUMN_CITY,
  COLUMN_SUBJECT,
  COLUMN_SERVICE,
  COLUMN_PAGES,
  COLUMN_SHEETS,
  COLUMN_CLASS,
  COLUMN_POSTAGE,
  COLUMN_WARNING,
} Column;

static const struct
{
  const char *title; /* untranslated */
  int width;         /* 0: what is left */
  gboolean numeric;
} columns[] = {
  [COLUMN_NAME] = { N_ ("Account"), 170, FALSE },    [COLUMN_CITY] = { N_ ("Town"), 150, FALSE },
  [COLUMN_SUBJECT] = { N_ ("Subject"), 150, FALSE }, [COLUMN_SERVICE] = { N_ ("Postage"), 110, FALSE },
  [COLUMN_PAGES] = { N_ ("Pages"), 54, TRUE },       [COLUMN_SHEETS] = { N_ ("Sheets"), 62, TRUE },
  [COLUMN_CLASS] = { N_ ("Weight"), 62, TRUE },      [COLUMN_POSTAGE] = { N_ ("Price"), 62, TRUE },
  [COLUMN_WARNING] = { N_ ("Look at"), 0, FALSE },
};

static char *
make_city (const RubisPostLetter *letter)
{
  g_autofree char *place = g_strdup_printf ("%s %s", letter->postcode, letter->city);

  if (*letter->country == '\0' || g_str_equal (letter->country, "FR"))
    return g_strstrip (g_steal_pointer (&place));
  return g_strdup_printf ("%s (%s)", g_strstrip (place), letter->country);
}

static char *
make_warning (const RubisPostLetter *letter)
{
  g_autoptr (GString) text = g_string_new (letter->refused);

  for (guint i = 0; i < letter->warnings->len; i++)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", (char *)letter->warnings->pdata[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
make_text (const RubisPostLetter *letter, Column column)
{
  switch (column)
    {
    case COLUMN_NAME:
      return g_strdup_printf ("%s  %s", letter->account_name, letter->account_code);
    case COLUMN_CITY:
      return make_city (letter);
    case COLUMN_SUBJECT:
      return g_strdup (letter->subject);
    case COLUMN_SERVICE:
      return letter->receipt
                 ? g_strdup_printf (_ ("%s + receipt"), rubis_postage_service_to_label (letter->service))
                 : g_strdup (rubis_postage_service_to_label (letter->service));
    case COLUMN_PAGES:
      return g_strdup_printf ("%d", letter->n_pages);
    case COLUMN_SHEETS:
      return g_strdup_printf ("%d", letter->postage.n_sheets);
    case COLUMN_CLASS:
      /* Translators: a weight class in grams. */
      return letter->postage.weight_class > 0 ? g_strdup_printf (_ ("%d g"), letter->postage.weight_class)
                                              : g_strdup ("–");
    case COLUMN_POSTAGE:
      return rubis_ui_format_amount (letter->postage.price, RUBIS_CURRENCY_EUR, RUBIS_CURRENCY_EUR);
    case COLUMN_WARNING:
    default:
      return make_warning (letter);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Column column = GPOINTER_TO_UINT (data);
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), columns[column].numeric ? 1 : 0);
  if (columns[column].numeric)
    gtk_widget_add_css_class (cell, "numeric");
  if (column == COLUMN_WARNING)
    gtk_widget_add_css_class (cell, "warning");
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  RubisPostLetter *letter = gtk_list_item_get_item (item);
  GtkWidget *cell = gtk_list_item_get_child (item);
  g_autofree char *text = make_text (letter, GPOINTER_TO_UINT (data));
  gboolean leaves = *letter->refused == '\0' && letter->waits;

  gtk_inscription_set_text (GTK_INSCRIPTION (cell), text);
  gtk_widget_set_tooltip_text (cell, *text != '\0' ? text : NULL);
  if (leaves || GPOINTER_TO_UINT (data) == COLUMN_WARNING)
    gtk_widget_remove_css_class (cell, "dim-label");
  else
    gtk_widget_add_css_class (cell, "dim-label");
}

void
rubis_post_columns_add (GtkColumnView *view)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column = gtk_column_view_column_new (_ (columns[i].title), factory);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      else
        gtk_column_view_column_set_expand (column, TRUE);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (view, column);
      g_object_unref (column);
    }
}
