#include "rubis-composer-preview.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-account-chooser.h"
#include "rubis-pdf-view.h"
#include "rubis-ui.h"

struct _RubisComposerPreview
{
  AdwBin parent_instance;

  RubisAccountChooser *chooser;
  GtkWidget *date_entry;
  GtkWidget *envelope_button;
  GtkWidget *notice_box;
  GtkLabel *notice;
  GtkWidget *mail_head;
  GtkLabel *recipient;
  GtkWidget *subject_title;
  GtkLabel *subject;
  GtkStack *stack;
  RubisPdfView *pdf_view;
  GtkTextView *text_view;
  GtkLabel *count_label;

  RubisSession *session;             /* (owned) (nullable) */
  RubisTemplatePreviewer *previewer; /* (owned) (nullable) */
  RubisTemplatePreview *preview;     /* (owned) (nullable) shown */
  char *id;                          /* (nullable) */
  char *text;                        /* (nullable) */
  RubisDate date;
  RubisPreviewForm form;
  gboolean envelope;
};

G_DEFINE_FINAL_TYPE (RubisComposerPreview, rubis_composer_preview, ADW_TYPE_BIN)

enum
{
  PREVIEWED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static const char *const form_names[RUBIS_N_PREVIEW_FORMS] = {
  [RUBIS_PREVIEW_LETTER] = "letter",
  [RUBIS_PREVIEW_EMAIL] = "email",
  [RUBIS_PREVIEW_EMAIL_TEXT] = "text",
  [RUBIS_PREVIEW_SMS] = "sms",
};

static void
request (RubisComposerPreview *self)
{
  RubisTemplateRequest wanted = {
    .text = self->text,
    .id = self->id,
    .account_id = rubis_account_chooser_get_account (self->chooser),
    .date = self->date,
    .form = self->form,
    .envelope = self->envelope,
  };

  if (self->previewer != NULL && self->text != NULL)
    rubis_template_previewer_request (self->previewer, &wanted);
}

/* --- showing --- */

static void
show_notice (RubisComposerPreview *self, const RubisTemplatePreview *preview)
{
  const char *text = preview->error != NULL ? preview->error : preview->warning;

  gtk_label_set_label (self->notice, text != NULL ? text : "");
  gtk_widget_set_visible (self->notice_box, text != NULL);
}

/* The scroll position stays where it is while one types. */
static void
show_plain (RubisComposerPreview *self, const char *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start, end;
  g_autofree char *shown = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  shown = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (!g_str_equal (shown, text))
    gtk_text_buffer_set_text (buffer, text, -1);
}

static void
show_count (RubisComposerPreview *self, const RubisTemplatePreview *preview)
{
  g_autofree char *characters = NULL;
  g_autofree char *segments = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->count_label),
                          self->form == RUBIS_PREVIEW_SMS && preview->plain != NULL);
  if (self->form != RUBIS_PREVIEW_SMS || preview->plain == NULL)
    return;
  characters = g_strdup_printf (ngettext ("%u character", "%u characters", preview->n_characters),
                                preview->n_characters);
  segments
      = g_strdup_printf (ngettext ("%u message", "%u messages", preview->n_segments), preview->n_segments);
  if (preview->culprit != NULL)
    /* Translators: characters, messages, the character. */
    text = g_strdup_printf (
        _ ("%s, sent as %s: “%s” is not in the alphabet of telephones and makes each shorter"), characters,
        segments, preview->culprit);
  else
    text = g_strdup_printf (_ ("%s, sent as %s"), characters, segments);
  gtk_label_set_label (self->count_label, text);
}

static void
show_head (RubisComposerPreview *self, const RubisTemplatePreview *preview)
{
  gboolean sms = self->form == RUBIS_PREVIEW_SMS;

  gtk_widget_set_visible (self->mail_head, self->form != RUBIS_PREVIEW_LETTER && preview->recipient != NULL);
  if (preview->recipient == NULL)
    return;
  gtk_label_set_label (self->recipient, *preview->recipient != '\0' ? preview->recipient
                                        : sms ? _ ("This account has no telephone number")
                                              : _ ("This account has no email address"));
  gtk_label_set_label (self->subject, preview->subject);
  gtk_widget_set_visible (GTK_WIDGET (self->subject), !sms);
  gtk_widget_set_visible (self->subject_title, !sms);
}

static void
ready_cb (RubisComposerPreview *self, RubisTemplatePreview *preview)
{
  if (self->preview != NULL)
    rubis_template_preview_unref (self->preview);
  self->preview = rubis_template_preview_ref (preview);
  show_notice (self, preview);
  show_count (self, preview);
  /* A text that is broken while it is typed leaves the last whole one in sight. */
  if (preview->error == NULL)
    {
      show_head (self, preview);
      if (preview->pdf != NULL)
        rubis_pdf_view_replace_pdf (self->pdf_view, preview->pdf);
      if (preview->plain != NULL)
        show_plain (self, preview->plain);
      gtk_stack_set_visible_child_name (self->stack, preview->pdf != NULL ? "pdf" : "text");
    }
  g_signal_emit (self, signals[PREVIEWED], 0, preview);
}

/* --- choosing --- */

static void
account_changed_cb (RubisComposerPreview *self)
{
  request (self);
}

static void
date_changed_cb (RubisComposerPreview *self)
{
  RubisDate date = rubis_ui_parse_date (gtk_editable_get_text (GTK_EDITABLE (self->date_entry)));

  if (date == RUBIS_DATE_NONE)
    {
      gtk_widget_add_css_class (self->date_entry, "error");
      return;
    }
  gtk_widget_remove_css_class (self->date_entry, "error");
  if (self->date == date)
    return;
  self->date = date;
  request (self);
}

static GtkToggleButton *
get_form_button (RubisComposerPreview *self, guint form)
{
  g_autofree char *name = g_strconcat (form_names[form], "_button", NULL);

  return GTK_TOGGLE_BUTTON (
      gtk_widget_get_template_child (GTK_WIDGET (self), RUBIS_TYPE_COMPOSER_PREVIEW, name));
}

static void
form_toggled_cb (GtkToggleButton *button, RubisComposerPreview *self)
{
  for (guint i = 0; gtk_toggle_button_get_active (button) && i < RUBIS_N_PREVIEW_FORMS; i++)
    {
      if (get_form_button (self, i) == button)
        rubis_composer_preview_set_form (self, (RubisPreviewForm)i);
    }
}

static void
envelope_toggled_cb (RubisComposerPreview *self)
{
  self->envelope = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->envelope_button));
  request (self);
}

static void
rubis_composer_preview_dispose (GObject *object)
{
  RubisComposerPreview *self = RUBIS_COMPOSER_PREVIEW (object);

  if (self->session != NULL)
    rubis_composer_preview_set_session (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_COMPOSER_PREVIEW);
  G_OBJECT_CLASS (rubis_composer_preview_parent_class)->dispose (object);
}

static void
rubis_composer_preview_finalize (GObject *object)
{
  RubisComposerPreview *self = RUBIS_COMPOSER_PREVIEW (object);

  g_clear_pointer (&self->preview, rubis_template_preview_unref);
  g_free (self->id);
  g_free (self->text);
  G_OBJECT_CLASS (rubis_composer_preview_parent_class)->finalize (object);
}

static void
rubis_composer_preview_class_init (RubisComposerPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_composer_preview_dispose;
  object_class->finalize = rubis_composer_preview_finalize;
  signals[PREVIEWED] = g_signal_new ("previewed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  g_type_ensure (RUBIS_TYPE_ACCOUNT_CHOOSER);
  g_type_ensure (RUBIS_TYPE_PDF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-composer-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, chooser);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, date_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, envelope_button);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, notice_box);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, notice);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, mail_head);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, recipient);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, subject_title);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, subject);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, pdf_view);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, text_view);
  gtk_widget_class_bind_template_child (widget_class, RubisComposerPreview, count_label);
  for (guint i = 0; i < RUBIS_N_PREVIEW_FORMS; i++)
    {
      g_autofree char *button = g_strconcat (form_names[i], "_button", NULL);

      gtk_widget_class_bind_template_child_full (widget_class, button, FALSE, 0);
    }
  gtk_widget_class_bind_template_callback (widget_class, account_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, envelope_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, form_toggled_cb);
}

static void
rubis_composer_preview_init (RubisComposerPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rubis_composer_preview_set_session (RubisComposerPreview *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_COMPOSER_PREVIEW (self));
  g_return_if_fail (session == NULL || RUBIS_IS_SESSION (session));

  if (self->previewer != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->previewer, self);
      rubis_template_previewer_stop (self->previewer);
      g_clear_object (&self->previewer);
    }
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  rubis_account_chooser_set_session (self->chooser, session);
  if (session == NULL)
    return;
  self->previewer = rubis_template_previewer_new (session);
  g_signal_connect_object (self->previewer, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  /* Behind the previewer, which forgets what it knew of the dossier. */
  g_signal_connect_object (session, "changed", G_CALLBACK (request), self, G_CONNECT_SWAPPED);
  self->date = rubis_session_get_today (session);
  {
    g_autofree char *day = rubis_ui_format_date (self->date);

    gtk_editable_set_text (GTK_EDITABLE (self->date_entry), day);
  }
}

void
rubis_composer_preview_set_text (RubisComposerPreview *self, const char *id, const char *text)
{
  char *new_id, *new_text;

  g_return_if_fail (RUBIS_IS_COMPOSER_PREVIEW (self));
  g_return_if_fail (id != NULL && text != NULL);

  new_id = g_strdup (id);
  new_text = g_strdup (text);
  g_free (self->id);
  g_free (self->text);
  self->id = new_id;
  self->text = new_text;
  request (self);
}

void
rubis_composer_preview_set_account (RubisComposerPreview *self, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_COMPOSER_PREVIEW (self));

  rubis_account_chooser_set_account (self->chooser, account_id);
}

void
rubis_composer_preview_set_form (RubisComposerPreview *self, RubisPreviewForm form)
{
  g_return_if_fail (RUBIS_IS_COMPOSER_PREVIEW (self));
  g_return_if_fail (form < RUBIS_N_PREVIEW_FORMS);

  gtk_toggle_button_set_active (get_form_button (self, form), TRUE);
  gtk_widget_set_visible (self->envelope_button, form == RUBIS_PREVIEW_LETTER);
  if (self->form == form)
    return;
  self->form = form;
  request (self);
}

void
rubis_composer_preview_toggle_envelope (RubisComposerPreview *self)
{
  g_return_if_fail (RUBIS_IS_COMPOSER_PREVIEW (self));

  rubis_composer_preview_set_form (self, RUBIS_PREVIEW_LETTER);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->envelope_button), !self->envelope);
}

RubisPreviewForm
rubis_composer_preview_get_form (RubisComposerPreview *self)
{
  g_return_val_if_fail (RUBIS_IS_COMPOSER_PREVIEW (self), RUBIS_PREVIEW_LETTER);

  return self->form;
}

RubisTemplatePreview *
rubis_composer_preview_get_preview (RubisComposerPreview *self)
{
  g_return_val_if_fail (RUBIS_IS_COMPOSER_PREVIEW (self), NULL);

  return self->preview;
}

gboolean
rubis_composer_preview_is_ready (RubisComposerPreview *self)
{
  g_return_val_if_fail (RUBIS_IS_COMPOSER_PREVIEW (self), FALSE);

  return self->preview != NULL && self->previewer != NULL
         && !rubis_template_previewer_is_busy (self->previewer)
         && (self->preview->pdf == NULL || rubis_pdf_view_is_ready (self->pdf_view));
}
