#include "rubis-template-pane.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-plain.h"
#include "rubis-template-actions.h"
#include "rubis-ui.h"

struct _RubisTemplatePane
{
  AdwBin parent_instance;

  GtkDropDown *language_choice;
  GtkListBox *list;
  GtkLabel *message;
  GtkWidget *new_button;
  GtkWidget *name_entry;
  GtkDropDown *new_language;
  GtkWidget *create_button;

  RubisSession *session;     /* (owned) (nullable) */
  RubisPreferences *preferences; /* (unowned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the reading */
  GPtrArray *entries;        /* (owned) (nullable) (element-type RubisTemplateEntry) */
  char *id;                  /* of the template shown, "" at first */
  char *language;
  gboolean with_withdrawn;
  gboolean selecting;
};

G_DEFINE_FINAL_TYPE (RubisTemplatePane, rubis_template_pane, ADW_TYPE_BIN)

enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

#define ENTRY_KEY "rubis-entry"
#define MARK_KEY "rubis-mark"

static const RubisTemplateEntry *
get_entry (gpointer row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), ENTRY_KEY) : NULL;
}

static void
show_mark (GtkWidget *row, gboolean has_draft)
{
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (row), MARK_KEY), has_draft);
}

static const char *
get_channel_icon (RubisChannel channel)
{
  switch (channel)
    {
    case RUBIS_CHANNEL_EMAIL:
      return "mail-unread-symbolic";
    case RUBIS_CHANNEL_CALL:
      return "call-start-symbolic";
    case RUBIS_CHANNEL_SMS:
      return "user-available-symbolic";
    case RUBIS_CHANNEL_LETTER:
    case RUBIS_CHANNEL_REGISTERED:
    case RUBIS_CHANNEL_VISIT:
    case RUBIS_CHANNEL_DECISION:
    default:
      return "x-office-document-symbolic";
    }
}

static GtkWidget *
make_small_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static char *
describe (const RubisTemplateEntry *entry)
{
  const char *channel = rubis_channel_to_label (entry->channel);

  if (entry->error != NULL)
    return g_strdup (_ ("Cannot be read"));
  if (entry->withdrawn)
    return g_strdup_printf ("%s · %s", channel, _ ("withdrawn"));
  return entry->version > 1 ? g_strdup_printf ("%s · v%d", channel, entry->version) : g_strdup (channel);
}

static GtkWidget *
make_row (const RubisTemplateEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (get_channel_icon (entry->channel));
  GtkWidget *name = gtk_label_new (entry->name);
  GtkWidget *mark = gtk_label_new ("●");
  GtkWidget *language = gtk_label_new (NULL);
  g_autofree char *detail = describe (entry);
  g_autofree char *code = g_ascii_strup (entry->language, -1);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", entry->name, detail,
                                             rubis_template_language_to_label (entry->language));

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_wrap (GTK_LABEL (name), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (name), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (name), 2);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), make_small_label (detail));
  gtk_widget_set_tooltip_text (mark, _ ("Changes that are not saved yet"));
  gtk_widget_add_css_class (mark, "accent");
  gtk_label_set_label (GTK_LABEL (language), code);
  gtk_widget_add_css_class (language, "language-badge");
  gtk_widget_set_valign (language, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (language, rubis_template_language_to_label (entry->language));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), language);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  if (*entry->steps != '\0')
    {
      g_autofree char *tooltip = g_strdup_printf (_ ("%s\nUsed by: %s"), entry->name, entry->steps);

      gtk_widget_set_tooltip_text (row, tooltip);
    }
  else
    gtk_widget_set_tooltip_text (row, entry->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (row), ENTRY_KEY, (gpointer)entry);
  g_object_set_data (G_OBJECT (row), MARK_KEY, mark);
  show_mark (row, entry->has_draft);
  return row;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  const RubisTemplateEntry *entry = get_entry (row);
  const RubisTemplateEntry *above = get_entry (before);
  GtkWidget *label;

  if (above != NULL && above->group == entry->group)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (rubis_template_group_to_label (entry->group));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "template-group");
  gtk_list_box_row_set_header (row, label);
}

/* Position 0 is every language. */
static gboolean
filter_cb (GtkListBoxRow *row, gpointer user_data)
{
  RubisTemplatePane *self = user_data;
  guint position = gtk_drop_down_get_selected (self->language_choice);

  return position == 0 || position == GTK_INVALID_LIST_POSITION
         || g_str_equal (get_entry (row)->language, rubis_template_get_languages ()[position - 1]);
}

static void
language_chosen_cb (RubisTemplatePane *self)
{
  guint position = gtk_drop_down_get_selected (self->language_choice);

  if (self->preferences != NULL && !self->selecting)
    rubis_preferences_set_string (self->preferences, "letters", "language",
                                  position == 0 ? "all" : rubis_template_get_languages ()[position - 1]);
  gtk_list_box_invalidate_filter (self->list);
  gtk_list_box_invalidate_headers (self->list);
}

/* Lists one language, without taking it for the user's choice. */
static void
choose_language (RubisTemplatePane *self, const char *language)
{
  const char *const *languages = rubis_template_get_languages ();

  self->selecting = TRUE;
  gtk_drop_down_set_selected (self->language_choice, 0);
  for (guint i = 0; languages[i] != NULL; i++)
    {
      if (g_str_equal (languages[i], language))
        gtk_drop_down_set_selected (self->language_choice, i + 1);
    }
  self->selecting = FALSE;
}

/* The choice made last, else the language of the company: most of what is edited is in it. */
static void
choose_first_language (RubisTemplatePane *self)
{
  g_autofree char *kept = self->preferences != NULL
                            ? rubis_preferences_get_string (self->preferences, "letters", "language")
                            : NULL;

  choose_language (self, kept != NULL && *kept != '\0' ? kept : rubis_session_get_own_language (self->session));
}

static GtkListBoxRow *
find_row (RubisTemplatePane *self, const char *id, const char *language)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      const RubisTemplateEntry *entry = get_entry (row);

      if (g_str_equal (entry->id, id) && g_str_equal (entry->language, language))
        return row;
    }
  return NULL;
}

static void
set_shown (RubisTemplatePane *self, const char *id, const char *language)
{
  g_free (self->id);
  g_free (self->language);
  self->id = g_strdup (id);
  self->language = g_strdup (language);
}

/* Enter on a line: one wants to write. */
static void
row_activated_cb (RubisTemplatePane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.write", NULL);
}

static void
update_actions (RubisTemplatePane *self)
{
  const RubisTemplateEntry *entry = get_entry (gtk_list_box_get_selected_row (self->list));
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "templates.withdraw", entry != NULL && !entry->withdrawn);
  gtk_widget_action_set_enabled (widget, "templates.offer", entry != NULL && entry->withdrawn);
  gtk_widget_action_set_enabled (widget, "templates.export", entry != NULL);
  gtk_widget_set_sensitive (self->new_button, entry != NULL);
}

static void
row_selected_cb (RubisTemplatePane *self, GtkListBoxRow *row)
{
  const RubisTemplateEntry *entry = get_entry (row);
  g_autofree char *id = NULL;
  g_autofree char *language = NULL;

  /* Rows go one by one with the widget. */
  if (self->list == NULL)
    return;
  update_actions (self);
  if (entry == NULL || self->selecting
      || (g_str_equal (entry->id, self->id) && g_str_equal (entry->language, self->language)))
    return;
  id = g_strdup (entry->id);
  language = g_strdup (entry->language);
  set_shown (self, id, language);
  g_signal_emit (self, signals[CHOSEN], 0, id, language);
}

/* --- new ones, files --- */

static void
new_shown_cb (RubisTemplatePane *self)
{
  const RubisTemplateEntry *entry = get_entry (gtk_list_box_get_selected_row (self->list));
  const char *const *languages = rubis_template_get_languages ();
  g_autofree char *name = NULL;

  if (entry == NULL)
    return;
  /* Translators: the proposed name of a copy. */
  name = g_strdup_printf (_("%s (copy)"), entry->name);
  gtk_editable_set_text (GTK_EDITABLE (self->name_entry), name);
  for (guint i = 0; languages[i] != NULL; i++)
    {
      if (g_str_equal (languages[i], entry->language))
        gtk_drop_down_set_selected (self->new_language, i);
    }
  gtk_widget_grab_focus (self->name_entry);
}

static void
name_changed_cb (RubisTemplatePane *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_entry))));

  gtk_widget_set_sensitive (self->create_button, *name != '\0');
}

static void
created_cb (GtkWidget *widget, const char *id, const char *language)
{
  RubisTemplatePane *self = RUBIS_TEMPLATE_PANE (widget);

  if (self->list == NULL)
    return;
  /* It is in the list as soon as that is read again. */
  if (gtk_drop_down_get_selected (self->language_choice) != 0)
    choose_language (self, language);
  set_shown (self, id, language);
  g_signal_emit (self, signals[CHOSEN], 0, id, language);
}

static void
create_cb (RubisTemplatePane *self)
{
  const RubisTemplateEntry *entry = get_entry (gtk_list_box_get_selected_row (self->list));
  guint position = gtk_drop_down_get_selected (self->new_language);

  if (entry == NULL || position == GTK_INVALID_LIST_POSITION || !gtk_widget_get_sensitive (self->create_button))
    return;
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->new_button));
  rubis_template_actions_copy (GTK_WIDGET (self), self->session, entry->id, entry->language,
                               gtk_editable_get_text (GTK_EDITABLE (self->name_entry)),
                               rubis_template_get_languages ()[position], created_cb);
}

static void
template_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisTemplatePane *self = RUBIS_TEMPLATE_PANE (widget);
  const RubisTemplateEntry *entry = get_entry (gtk_list_box_get_selected_row (self->list));

  if (g_str_equal (name, "templates.import"))
    rubis_template_actions_import (widget, self->session);
  else if (g_str_equal (name, "templates.export-all"))
    rubis_template_actions_export_all (widget, self->session);
  else if (g_str_equal (name, "templates.export"))
    rubis_template_actions_export (widget, self->session, entry->id, entry->language);
  else
    rubis_template_actions_withdraw (widget, self->session, entry->id, entry->language,
                                     g_str_equal (name, "templates.withdraw"));
}

static void reload (RubisTemplatePane *self);

static void
show_withdrawn_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisTemplatePane *self = RUBIS_TEMPLATE_PANE (widget);

  self->with_withdrawn = !self->with_withdrawn;
  reload (self);
}

/* --- reading --- */

static void
fill_list (RubisTemplatePane *self)
{
  GtkListBoxRow *row;

  self->selecting = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->entries->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (self->entries, i)));
  row = find_row (self, self->id, self->language);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  self->selecting = FALSE;
  /* Something is always shown: the first reminder rather than nothing. */
  if (row == NULL && (row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    {
      set_shown (self, "", "");
      for (int i = 0; gtk_list_box_get_row_at_index (self->list, i) != NULL; i++)
        {
          const RubisTemplateEntry *entry = get_entry (gtk_list_box_get_row_at_index (self->list, i));

          if (entry->group != RUBIS_TEMPLATE_GROUP_REMINDERS
              || !filter_cb (gtk_list_box_get_row_at_index (self->list, i), self))
            continue;
          row = gtk_list_box_get_row_at_index (self->list, i);
          break;
        }
      gtk_list_box_select_row (self->list, row);
    }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisTemplatePane) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autoptr (GPtrArray) old = NULL;

  if (rubis_plain_is_abandoned (result))
    return;
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self->message), entries == NULL);
  if (entries == NULL)
    {
      gtk_label_set_label (self->message, error->message);
      return;
    }
  /* Rows point into the old ones until they are replaced. */
  old = g_steal_pointer (&self->entries);
  self->entries = g_steal_pointer (&entries);
  fill_list (self);
}

static gpointer
list_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_templates (session, GPOINTER_TO_INT (data), error);
}

static void
reload (RubisTemplatePane *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (self->session, list_work, GINT_TO_POINTER (self->with_withdrawn), NULL,
                       (GDestroyNotify)g_ptr_array_unref, self->cancellable, listed_cb, g_object_ref (self));
}

static void
rubis_template_pane_dispose (GObject *object)
{
  RubisTemplatePane *self = RUBIS_TEMPLATE_PANE (object);

  if (self->list != NULL)
    {
      self->selecting = TRUE;
      rubis_template_pane_set_session (self, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_TEMPLATE_PANE);
  G_OBJECT_CLASS (rubis_template_pane_parent_class)->dispose (object);
}

static void
rubis_template_pane_finalize (GObject *object)
{
  RubisTemplatePane *self = RUBIS_TEMPLATE_PANE (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self->id);
  g_free (self->language);
  G_OBJECT_CLASS (rubis_template_pane_parent_class)->finalize (object);
}

static void
rubis_template_pane_class_init (RubisTemplatePaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_template_pane_dispose;
  object_class->finalize = rubis_template_pane_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_install_action (widget_class, "templates.import", NULL, template_action);
  gtk_widget_class_install_action (widget_class, "templates.export", NULL, template_action);
  gtk_widget_class_install_action (widget_class, "templates.export-all", NULL, template_action);
  gtk_widget_class_install_action (widget_class, "templates.withdraw", NULL, template_action);
  gtk_widget_class_install_action (widget_class, "templates.offer", NULL, template_action);
  gtk_widget_class_install_action (widget_class, "templates.show-withdrawn", NULL, show_withdrawn_action);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-template-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisTemplatePane, language_choice);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplatePane, list);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplatePane, message);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplatePane, new_button);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplatePane, name_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplatePane, new_language);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplatePane, create_button);
  gtk_widget_class_bind_template_callback (widget_class, new_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_cb);
  gtk_widget_class_bind_template_callback (widget_class, language_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
fill_languages (RubisTemplatePane *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _ ("All languages"));
  for (const char *const *language = rubis_template_get_languages (); *language != NULL; language++)
    {
      gtk_string_list_append (labels, rubis_template_language_to_label (*language));
      gtk_string_list_append (names, rubis_template_language_to_label (*language));
    }
  gtk_drop_down_set_model (self->language_choice, G_LIST_MODEL (labels));
  gtk_drop_down_set_model (self->new_language, G_LIST_MODEL (names));
}

static void
rubis_template_pane_init (RubisTemplatePane *self)
{
  self->id = g_strdup ("");
  self->language = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  fill_languages (self);
  update_actions (self);
}

void
rubis_template_pane_set_preferences (RubisTemplatePane *self, RubisPreferences *preferences)
{
  g_return_if_fail (RUBIS_IS_TEMPLATE_PANE (self));

  self->preferences = preferences;
}

void
rubis_template_pane_set_session (RubisTemplatePane *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_TEMPLATE_PANE (self));
  g_return_if_fail (session == NULL || RUBIS_IS_SESSION (session));

  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
    }
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  choose_first_language (self);
  g_signal_connect_object (session, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
}

void
rubis_template_pane_select (RubisTemplatePane *self, const char *id, const char *language)
{
  GtkListBoxRow *row;

  g_return_if_fail (RUBIS_IS_TEMPLATE_PANE (self));
  g_return_if_fail (id != NULL && language != NULL);

  set_shown (self, id, language);
  row = find_row (self, id, language);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

const RubisTemplateEntry *
rubis_template_pane_get_selected (RubisTemplatePane *self)
{
  g_return_val_if_fail (RUBIS_IS_TEMPLATE_PANE (self), NULL);

  return get_entry (gtk_list_box_get_selected_row (self->list));
}

void
rubis_template_pane_set_has_draft (RubisTemplatePane *self, gboolean has_draft)
{
  GtkListBoxRow *row;

  g_return_if_fail (RUBIS_IS_TEMPLATE_PANE (self));

  row = find_row (self, self->id, self->language);
  if (row != NULL)
    show_mark (GTK_WIDGET (row), has_draft);
}

void
rubis_template_pane_focus (RubisTemplatePane *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (RUBIS_IS_TEMPLATE_PANE (self));

  row = gtk_list_box_get_selected_row (self->list);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}

void
rubis_template_pane_ask_new (RubisTemplatePane *self)
{
  g_return_if_fail (RUBIS_IS_TEMPLATE_PANE (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->new_button));
}
