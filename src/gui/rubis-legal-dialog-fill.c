/* rubis-legal-dialog-fill.c: puts what was prepared into the rows of the dialog. */
#include "rubis-legal-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-company-dialog.h"
#include "rubis-ui.h"

static void
set_amount (RubisLegalDialog *self, GtkLabel *label, gint64 amount)
{
  g_autofree char *text = rubis_ui_format_amount (amount, self->file->currency, (RubisCurrency){ "" });

  gtk_label_set_label (label, text);
}

/* Where what is missing is put right. */
static void
jump_cb (RubisLegalDialog *self, GtkButton *button)
{
  RubisLegalPlace place
      = (RubisLegalPlace)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "rubis-place"));
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (place == RUBIS_LEGAL_PLACE_COURT)
    gtk_widget_grab_focus (GTK_WIDGET (self->court_row));
  else if (place == RUBIS_LEGAL_PLACE_COMPANY)
    rubis_company_dialog_present_edit (GTK_WINDOW (self), self->session);
  else if (parent != NULL)
    {
      if (place == RUBIS_LEGAL_PLACE_LETTERS)
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.place", "s", "letters");
      else
        gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-account", "x", self->account_id);
      gtk_window_close (GTK_WINDOW (self));
    }
}

static const char *
get_place_label (RubisLegalPlace place)
{
  static const char *const labels[]
      = { NULL, N_ ("Company…"), N_ ("Customer"), N_ ("Customer"), N_ ("Letters"), N_ ("Choose") };

  return labels[place] != NULL ? _ (labels[place]) : NULL;
}

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static GtkWidget *
make_problem_row (RubisLegalDialog *self, const RubisLegalProblem *problem)
{
  static const char *const icons[]
      = { "dialog-error-symbolic", "dialog-warning-symbolic", "dialog-information-symbolic" };
  static const char *const classes[] = { "error", "warning", "dim-label" };
  static const char *const words[] = { N_ ("Blocking"), N_ ("Warning"), N_ ("Advice") };
  GtkWidget *row = make_row (problem->message, problem->way_out);
  GtkWidget *icon = gtk_image_new_from_icon_name (icons[problem->severity]);
  const char *label = get_place_label (problem->place);

  gtk_widget_add_css_class (icon, classes[problem->severity]);
  gtk_widget_set_tooltip_text (icon, _ (words[problem->severity]));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  if (label != NULL)
    {
      GtkWidget *button = gtk_button_new_with_label (label);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_object_set_data (G_OBJECT (button), "rubis-place", GINT_TO_POINTER ((int)problem->place));
      g_signal_connect_object (button, "clicked", G_CALLBACK (jump_cb), self, G_CONNECT_SWAPPED);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static void
exhibit_toggled_cb (RubisLegalDialog *self, GtkCheckButton *check)
{
  const char *key = g_object_get_data (G_OBJECT (check), "rubis-key");

  if (gtk_check_button_get_active (check))
    {
      for (guint i = 0; i < self->without->len; i++)
        {
          if (g_str_equal (((RubisOmittedExhibit *)g_ptr_array_index (self->without, i))->key, key))
            g_ptr_array_remove_index (self->without, i--);
        }
    }
  else
    {
      RubisOmittedExhibit *omitted = g_new0 (RubisOmittedExhibit, 1);

      omitted->key = g_strdup (key);
      omitted->title = g_strdup (g_object_get_data (G_OBJECT (check), "rubis-title"));
      g_ptr_array_add (self->without, omitted);
    }
  rubis_legal_dialog_load (self);
}

/* @number 0: an exhibit that is left out. */
static GtkWidget *
make_exhibit_row (RubisLegalDialog *self, const char *key, const char *title, guint number, guint n_pages)
{
  g_autofree char *figure = number > 0 ? g_strdup_printf ("%u", number) : g_strdup ("–");
  g_autofree char *pages = number > 0 ? g_strdup_printf (ngettext ("%u page", "%u pages", n_pages), n_pages)
                                      : g_strdup (_ ("left out"));
  GtkWidget *row = make_row (title, pages);
  GtkWidget *label = gtk_label_new (figure);
  GtkWidget *check = gtk_check_button_new ();

  gtk_label_set_width_chars (GTK_LABEL (label), 3);
  gtk_widget_add_css_class (label, "numeric");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), number > 0);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data_full (G_OBJECT (check), "rubis-key", g_strdup (key), g_free);
  g_object_set_data_full (G_OBJECT (check), "rubis-title", g_strdup (title), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (exhibit_toggled_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), label);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  return row;
}

static void
item_toggled_cb (RubisLegalDialog *self, GtkCheckButton *check)
{
  gint64 *id = g_object_get_data (G_OBJECT (check), "rubis-item");

  if (self->filling)
    return;
  if (gtk_check_button_get_active (check))
    g_hash_table_remove (self->left_out, id);
  else
    g_hash_table_add (self->left_out, g_memdup2 (id, sizeof *id));
  rubis_legal_dialog_load (self);
}

static void
add_item_row (RubisLegalDialog *self, const RubisLegalItem *item)
{
  GtkWidget *row = make_row (item->number, "");
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *amount = gtk_label_new (NULL);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, item->number, -1);
  gtk_widget_add_css_class (amount, "numeric");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), amount);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data_full (G_OBJECT (row), "rubis-item", g_memdup2 (&item->id, sizeof item->id), g_free);
  g_object_set_data_full (G_OBJECT (check), "rubis-item", g_memdup2 (&item->id, sizeof item->id), g_free);
  g_object_set_data (G_OBJECT (row), "rubis-amount", amount);
  g_signal_connect_object (check, "toggled", G_CALLBACK (item_toggled_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->item_group, row);
  g_ptr_array_add (self->item_rows, row);
}

/* What an invoice adds to the claim, or that it is left out. */
static void
fill_item_row (RubisLegalDialog *self, GtkWidget *row)
{
  gint64 *id = g_object_get_data (G_OBJECT (row), "rubis-item");
  GtkLabel *label = g_object_get_data (G_OBJECT (row), "rubis-amount");
  RubisCurrency own = rubis_session_get_currency (self->session);

  gtk_label_set_label (label, "");
  for (guint i = 0; i < self->file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (self->file->items, i);
      g_autofree char *principal = NULL;
      g_autofree char *interest = NULL;
      g_autofree char *due = NULL;
      g_autofree char *limitation = NULL;
      g_autofree char *text = NULL;

      if (item->id != *id)
        continue;
      principal = rubis_ui_format_amount (item->principal, self->file->currency, own);
      interest = rubis_ui_format_amount (rubis_legal_item_get_interest (item), self->file->currency, own);
      due = rubis_ui_format_date (item->due_date);
      limitation = rubis_ui_format_date (item->interrupted);
      text = g_strdup_printf (_ ("due on %s, %d days late, interest %s, can be sued for until %s"), due,
                              self->file->date - item->due_date, interest, limitation);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
      gtk_label_set_label (label, principal);
    }
}

static void
fill_items (RubisLegalDialog *self)
{
  for (guint i = 0; i < self->file->items->len && self->item_rows->len < self->file->items->len; i++)
    {
      const RubisLegalItem *item = g_ptr_array_index (self->file->items, i);
      gboolean there = FALSE;

      for (guint j = 0; j < self->item_rows->len && !there; j++)
        there
            = *(gint64 *)g_object_get_data (g_ptr_array_index (self->item_rows, j), "rubis-item") == item->id;
      if (!there && item->open > 0)
        add_item_row (self, item);
    }
  for (guint i = 0; i < self->item_rows->len; i++)
    fill_item_row (self, g_ptr_array_index (self->item_rows, i));
}

static void
clear_rows (RubisLegalDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
add_row (RubisLegalDialog *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, row);
}

static void
fill_exhibits (RubisLegalDialog *self)
{
  for (guint i = 0; i < self->file->exhibits->len; i++)
    {
      const RubisLegalExhibit *exhibit = g_ptr_array_index (self->file->exhibits, i);

      add_row (self, self->exhibit_group,
               make_exhibit_row (self, exhibit->key, exhibit->title, exhibit->number, exhibit->n_pages));
    }
  for (guint i = 0; i < self->without->len; i++)
    {
      const RubisOmittedExhibit *omitted = g_ptr_array_index (self->without, i);

      add_row (self, self->exhibit_group, make_exhibit_row (self, omitted->key, omitted->title, 0, 0));
    }
}

static void
fill_courts (RubisLegalDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->court_row), self->file->court);
  gtk_widget_set_visible (GTK_WIDGET (self->court_combo), self->file->courts->len > 1);
  if (self->file->courts->len <= 1)
    return;
  gtk_string_list_append (names, _ ("Choose…"));
  for (guint i = 0; i < self->file->courts->len; i++)
    gtk_string_list_append (names, g_ptr_array_index (self->file->courts, i));
  adw_combo_row_set_model (self->court_combo, G_LIST_MODEL (names));
  for (guint i = 0; i < self->file->courts->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (self->file->courts, i), self->file->court))
        adw_combo_row_set_selected (self->court_combo, i + 1);
    }
}

void
rubis_legal_dialog_fill (RubisLegalDialog *self)
{
  self->filling = TRUE;
  set_amount (self, self->principal_label, self->file->principal);
  set_amount (self, self->interest_label, self->file->interest);
  set_amount (self, self->indemnity_label, self->file->indemnity);
  set_amount (self, self->total_label, self->file->total);
  clear_rows (self);
  for (guint i = 0; i < self->file->problems->len; i++)
    add_row (self, self->problem_group, make_problem_row (self, g_ptr_array_index (self->file->problems, i)));
  if (self->file->problems->len == 0)
    add_row (self, self->problem_group, make_row (_ ("Nothing is missing."), ""));
  fill_exhibits (self);
  fill_items (self);
  fill_courts (self);
  gtk_stack_set_visible_child_name (self->stack, "ready");
  self->filling = FALSE;
  rubis_legal_dialog_update_actions (self);
}
