#include "rubis-composer-page.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-composer-preview.h"
#include "rubis-plain.h"
#include "rubis-problem-list.h"
#include "rubis-template-editing.h"
#include "rubis-template-editor.h"
#include "rubis-template-history.h"
#include "rubis-template-pane.h"
#include "rubis-ui.h"

/* A draft is written when typing pauses. */
#define DRAFT_DELAY 1500

struct _RubisComposerPage
{
  AdwBin parent_instance;

  RubisTemplatePane *pane;
  RubisTemplateEditor *editor;
  RubisProblemList *problems;
  RubisComposerPreview *preview;
  GtkWidget *state_button;
  GtkLabel *state_label;
  RubisTemplateHistory *history;
  GtkWidget *notice_box;
  GtkLabel *notice;

  RubisSession *session;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of reading a template */
  char *id;                  /* (nullable) the template shown */
  char *language;
  char *saved; /* (nullable) its newest version */
  GPtrArray *versions;         /* (owned) (nullable) (element-type RubisTemplateVersionEntry) */
  gboolean draft_waits; /* typed, and not written to the dossier yet */
  guint draft_timeout;
};

G_DEFINE_FINAL_TYPE (RubisComposerPage, rubis_composer_page, ADW_TYPE_BIN)

static gboolean
is_changed (RubisComposerPage *self)
{
  g_autofree char *text = self->saved != NULL ? rubis_template_editor_dup_text (self->editor) : NULL;

  return text != NULL && !g_str_equal (text, self->saved);
}

static void
update_state (RubisComposerPage *self)
{
  gboolean changed = is_changed (self);
  g_autofree char *version
    = self->versions != NULL ? rubis_template_history_describe (g_ptr_array_index (self->versions, 0)) : g_strdup ("");
  g_autofree char *text
      = changed ? g_strdup_printf (_ ("%s · changed, kept as a draft"), version) : g_strdup (version);
  g_autofree char *short_text
      = changed ? g_strdup_printf (_ ("Version %d, changed"),
                                   ((RubisTemplateVersionEntry *)g_ptr_array_index (self->versions, 0))->version)
                : g_strdup (version);

  gtk_label_set_label (self->state_label, short_text);
  gtk_widget_set_tooltip_text (self->state_button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->state_button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.save", changed);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.discard", changed);
  rubis_template_pane_set_has_draft (self->pane, changed);
}

static void
show_notice (RubisComposerPage *self, const char *text)
{
  gtk_label_set_label (self->notice, text != NULL ? text : "");
  gtk_widget_set_visible (self->notice_box, text != NULL);
}

/* --- drafts --- */

static gboolean
draft_timeout_cb (gpointer user_data)
{
  RubisComposerPage *self = user_data;

  self->draft_timeout = 0;
  rubis_composer_page_flush (self);
  return G_SOURCE_REMOVE;
}

static void
text_changed_cb (RubisComposerPage *self)
{
  g_autofree char *text = NULL;

  if (self->id == NULL)
    return;
  text = rubis_template_editor_dup_text (self->editor);
  rubis_composer_preview_set_text (self->preview, self->id, text);
  if (self->saved == NULL)
    return;
  show_notice (self, NULL);
  update_state (self);
  self->draft_waits = TRUE;
  g_clear_handle_id (&self->draft_timeout, g_source_remove);
  self->draft_timeout = g_timeout_add (DRAFT_DELAY, draft_timeout_cb, self);
}

/* --- what was found in the text --- */

static void
previewed_cb (RubisComposerPage *self, RubisTemplatePreview *preview)
{
  rubis_template_editor_show_preview (self->editor, preview);
  rubis_problem_list_set_remarks (self->problems, preview->remarks,
                                  rubis_template_editor_get_n_head_lines (self->editor));
}

static void
problem_activated_cb (RubisComposerPage *self, guint line, guint column)
{
  rubis_template_editor_go_to (self->editor, line, column);
}

static void
problem_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisComposerPage *self = RUBIS_COMPOSER_PAGE (widget);
  guint line, column;

  rubis_template_editor_get_place (self->editor, &line, &column);
  rubis_problem_list_go_on (self->problems, line, column, g_str_equal (name, "composer.previous-problem"));
}

/* --- versions --- */

static void
history_shown_cb (RubisComposerPage *self)
{
  g_autofree char *text = rubis_template_editor_dup_text (self->editor);

  if (self->versions != NULL)
    rubis_template_history_set_versions (self->history, self->versions, text);
}

/* Into the editor, where it can be undone; saving makes it the newest version. */
static void
restore_cb (RubisComposerPage *self, guint number)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->state_button));
  for (guint i = 0; i < self->versions->len; i++)
    {
      const RubisTemplateVersionEntry *version = g_ptr_array_index (self->versions, i);

      if ((guint) version->version == number)
        rubis_template_editor_set_text (self->editor, version->text, FALSE);
    }
}

static void
history_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (RUBIS_COMPOSER_PAGE (widget)->state_button));
}

static void
write_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (rubis_template_editor_get_view (RUBIS_COMPOSER_PAGE (widget)->editor)));
}

static void
form_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_composer_preview_set_form (RUBIS_COMPOSER_PAGE (widget)->preview,
                                   (RubisPreviewForm) g_variant_get_int32 (parameter));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_template_pane_ask_new (RUBIS_COMPOSER_PAGE (widget)->pane);
}

static void
envelope_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_composer_preview_toggle_envelope (RUBIS_COMPOSER_PAGE (widget)->preview);
}

static gboolean
rubis_composer_page_grab_focus (GtkWidget *widget)
{
  rubis_template_pane_focus (RUBIS_COMPOSER_PAGE (widget)->pane);
  return TRUE;
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_composer_page_find (RUBIS_COMPOSER_PAGE (widget), g_str_equal (name, "composer.replace"));
}

/* --- reading a template --- */

typedef struct
{
  char *id;
  char *language;
  GPtrArray *versions;
  char *draft;
} Loading;

static void
loading_free (gpointer data)
{
  Loading *loading = data;

  g_free (loading->id);
  g_free (loading->language);
  g_clear_pointer (&loading->versions, g_ptr_array_unref);
  g_free (loading->draft);
  g_free (loading);
}

static gpointer
load_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Loading *asked = data;
  Loading *loading = g_new0 (Loading, 1);

  loading->id = g_strdup (asked->id);
  loading->language = g_strdup (asked->language);
  loading->versions = rubis_session_list_template_versions (session, asked->id, asked->language, error);
  if (loading->versions != NULL && loading->versions->len > 0)
    {
      loading->draft = rubis_session_load_template_draft (session, asked->id, asked->language, NULL);
      return loading;
    }
  if (loading->versions != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("There is no template “%s”."), asked->id);
  loading_free (loading);
  return NULL;
}

static void
replace (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* A template is shown first as what it is. */
static RubisPreviewForm
choose_form (const char *channel)
{
  if (g_str_equal (channel, "sms"))
    return RUBIS_PREVIEW_SMS;
  if (g_str_equal (channel, "letter") || g_str_equal (channel, "registered"))
    return RUBIS_PREVIEW_LETTER;
  return g_str_equal (channel, "call") ? RUBIS_PREVIEW_EMAIL_TEXT : RUBIS_PREVIEW_EMAIL;
}

static void
show_loaded (RubisComposerPage *self, const Loading *loading)
{
  const RubisTemplateVersionEntry *newest = g_ptr_array_index (loading->versions, 0);
  gboolean same
      = g_strcmp0 (self->id, loading->id) == 0 && g_strcmp0 (self->language, loading->language) == 0;
  gboolean typed = same && is_changed (self);

  g_clear_pointer (&self->versions, g_ptr_array_unref);
  self->versions = g_ptr_array_ref (loading->versions);
  if (!same || (!typed && g_strcmp0 (self->saved, newest->text) != 0))
    {
      g_clear_pointer (&self->saved, g_free);
      replace (&self->id, loading->id);
      replace (&self->language, loading->language);
      rubis_template_editor_set_text (self->editor, newest->text, TRUE);
      if (loading->draft != NULL && !g_str_equal (loading->draft, newest->text))
        rubis_template_editor_set_text (self->editor, loading->draft, FALSE);
      if (!same)
        rubis_composer_preview_set_form (
            self->preview, choose_form (rubis_template_editor_get_field (self->editor, "channel")));
      show_notice (self, NULL);
    }
  replace (&self->saved, newest->text);
  update_state (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisComposerPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Loading *loading = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (!rubis_plain_is_abandoned (result))
    {
      g_clear_object (&self->cancellable);
      if (loading != NULL)
        show_loaded (self, loading);
      else
        show_notice (self, error->message);
    }
  g_clear_pointer (&loading, loading_free);
}

static void
load (RubisComposerPage *self, const char *id, const char *language)
{
  Loading *loading = g_new0 (Loading, 1);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  loading->id = g_strdup (id);
  loading->language = g_strdup (language);
  rubis_ui_read_async (self->session, load_work, loading, loading_free, loading_free, self->cancellable,
                       loaded_cb, g_object_ref (self));
}

static void
chosen_cb (RubisComposerPage *self, const char *id, const char *language)
{
  rubis_composer_page_flush (self);
  load (self, id, language);
}

static void
session_changed_cb (RubisComposerPage *self)
{
  if (self->id != NULL)
    load (self, self->id, self->language);
}

/* --- saving --- */

typedef struct
{
  char *id;
  char *language;
  char *text;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->id);
  g_free (saving->language);
  g_free (saving->text);
  g_free (saving);
}

static gpointer
save_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Saving *saving = data;

  if (!rubis_session_save_template (session, saving->id, saving->language, saving->text, NULL, error))
    return NULL;
  rubis_session_keep_template_draft (session, saving->id, saving->language, NULL, NULL);
  return GINT_TO_POINTER (TRUE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisComposerPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (rubis_session_run_finish (RUBIS_SESSION (source), result, &error) != NULL)
    rubis_ui_toast (GTK_WIDGET (self), _ ("Saved as a new version"), TRUE);
  else if (self->notice_box != NULL)
    show_notice (self, error->message);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisComposerPage *self = RUBIS_COMPOSER_PAGE (widget);
  Saving *saving = g_new0 (Saving, 1);

  rubis_composer_page_flush (self);
  saving->id = g_strdup (self->id);
  saving->language = g_strdup (self->language);
  saving->text = rubis_template_editor_dup_text (self->editor);
  rubis_session_run_async (self->session, NULL, save_work, saving, saving_free, NULL, NULL, saved_cb,
                           g_object_ref (self));
}

/* What is discarded comes back by the undo of the text. */
static void
discard_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisComposerPage *self = RUBIS_COMPOSER_PAGE (widget);

  rubis_template_editor_set_text (self->editor, self->saved, FALSE);
}

static void
rubis_composer_page_dispose (GObject *object)
{
  RubisComposerPage *self = RUBIS_COMPOSER_PAGE (object);

  if (self->session != NULL)
    rubis_composer_page_set_session (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_COMPOSER_PAGE);
  G_OBJECT_CLASS (rubis_composer_page_parent_class)->dispose (object);
}

static void
rubis_composer_page_finalize (GObject *object)
{
  RubisComposerPage *self = RUBIS_COMPOSER_PAGE (object);

  g_free (self->id);
  g_free (self->language);
  g_free (self->saved);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_composer_page_parent_class)->finalize (object);
}

static void
rubis_composer_page_class_init (RubisComposerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_composer_page_dispose;
  object_class->finalize = rubis_composer_page_finalize;
  widget_class->grab_focus = rubis_composer_page_grab_focus;
  gtk_widget_class_install_action (widget_class, "composer.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "composer.discard", NULL, discard_action);
  gtk_widget_class_install_action (widget_class, "composer.history", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "composer.write", NULL, write_action);
  gtk_widget_class_install_action (widget_class, "composer.envelope", NULL, envelope_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_5, GDK_ALT_MASK, "composer.envelope", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "composer.history",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "composer.new",
                                       NULL);
  gtk_widget_class_install_action (widget_class, "composer.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "composer.form", "i", form_action);
  for (int i = 0; i < RUBIS_N_PREVIEW_FORMS; i++)
    gtk_widget_class_add_binding_action (widget_class, (guint) (GDK_KEY_1 + i), GDK_ALT_MASK, "composer.form", "i", i);
  gtk_widget_class_install_action (widget_class, "composer.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "composer.replace", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "composer.next-problem", NULL, problem_action);
  gtk_widget_class_install_action (widget_class, "composer.previous-problem", NULL, problem_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "composer.find", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_h, GDK_CONTROL_MASK, "composer.replace", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, 0, "composer.next-problem", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, GDK_SHIFT_MASK, "composer.previous-problem",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "composer.save", NULL);
  g_type_ensure (RUBIS_TYPE_TEMPLATE_PANE);
  g_type_ensure (RUBIS_TYPE_TEMPLATE_EDITOR);
  g_type_ensure (RUBIS_TYPE_PROBLEM_LIST);
  g_type_ensure (RUBIS_TYPE_TEMPLATE_HISTORY);
  g_type_ensure (RUBIS_TYPE_COMPOSER_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-composer-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPage, pane);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPage, editor);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPage, problems);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPage, preview);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPage, state_button);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPage, state_label);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPage, history);
  gtk_widget_class_bind_template_callback (widget_class, history_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPage, notice_box);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPage, notice);
  gtk_widget_class_bind_template_callback (widget_class, problem_activated_cb);
}

static void
rubis_composer_page_init (RubisComposerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->pane, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preview, "previewed", G_CALLBACK (previewed_cb), self, G_CONNECT_SWAPPED);
  update_state (self);
}

void
rubis_composer_page_set_preferences (RubisComposerPage *self, RubisPreferences *preferences)
{
  g_return_if_fail (RUBIS_IS_COMPOSER_PAGE (self));

  rubis_template_pane_set_preferences (self->pane, preferences);
}

void
rubis_composer_page_set_session (RubisComposerPage *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_COMPOSER_PAGE (self));
  g_return_if_fail (session == NULL || RUBIS_IS_SESSION (session));

  if (self->session != NULL)
    {
      rubis_composer_page_flush (self);
      g_signal_handlers_disconnect_by_data (self->session, self);
      if (self->cancellable != NULL)
        g_cancellable_cancel (self->cancellable);
      g_clear_object (&self->cancellable);
    }
  g_set_object (&self->session, session);
  rubis_composer_preview_set_session (self->preview, session);
  rubis_template_pane_set_session (self->pane, session);
  if (session != NULL)
    g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
}

void
rubis_composer_page_set_current_account (RubisComposerPage *self, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_COMPOSER_PAGE (self));

  rubis_composer_preview_set_account (self->preview, account_id);
}

void
rubis_composer_page_flush (RubisComposerPage *self)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (RUBIS_IS_COMPOSER_PAGE (self));

  g_clear_handle_id (&self->draft_timeout, g_source_remove);
  if (!self->draft_waits || self->session == NULL)
    return;
  self->draft_waits = FALSE;
  text = is_changed (self) ? rubis_template_editor_dup_text (self->editor) : NULL;
  if (!rubis_session_keep_template_draft (self->session, self->id, self->language, text, &error))
    show_notice (self, error->message);
}

void
rubis_composer_page_find (RubisComposerPage *self, gboolean replace)
{
  g_return_if_fail (RUBIS_IS_COMPOSER_PAGE (self));

  rubis_template_editor_find (self->editor, replace);
}
