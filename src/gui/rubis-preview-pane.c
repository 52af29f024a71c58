#include "rubis-preview-pane.h"

#include <glib/gi18n-lib.h>

#include "rubis-notice.h"
#include "rubis-pdf-view.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

struct _RubisPreviewPane {
  AdwBin parent_instance;

  GtkWidget *warning_box;
  GtkLabel *warning;
  GtkWidget *confirm_box;
  GtkLabel *confirm_title;
  GtkLabel *confirm_missing;
  GtkLabel *confirm_label;
  GtkEditable *confirm_entry;
  GtkWidget *mail_head;
  GtkLabel *recipient_title;
  GtkLabel *recipient;
  GtkWidget *from_title;
  GtkLabel *from;
  GtkWidget *files_title;
  GtkLabel *files;
  GtkWidget *subject_title;
  GtkLabel *subject;
  GtkWidget *switcher;
  GtkStack *stack;
  GtkStack *parts;
  GtkStackPage *text_page;
  GtkStackPage *pdf_page;
  GtkTextView *text;
  RubisPdfView *pdf_view;
  GtkSpinner *spinner;
  AdwStatusPage *error;

  GCancellable *cancellable; /* (owned) (nullable) */
  GBytes *pdf;               /* (owned) (nullable) */
  gboolean ready;
  RubisSession *session;  /* (owned) (nullable) of the notice that has to be confirmed */
  RubisActionRow *notice; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RubisPreviewPane, rubis_preview_pane, ADW_TYPE_BIN)

enum { LOADED, N_SIGNALS };
static guint signals[N_SIGNALS];

static gpointer
preview_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_preview_action (session, data, error);
}

static void
show_warnings (RubisPreviewPane *self, GPtrArray *warnings)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; warnings != NULL && i < warnings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", (char *) warnings->pdata[i]);
  gtk_label_set_label (self->warning, text->str);
  gtk_widget_set_visible (self->warning_box, text->len > 0);
}

/* --- a formal notice that lacks something --- */

static void
forget_notice (RubisPreviewPane *self)
{
  gtk_widget_set_visible (self->confirm_box, FALSE);
  g_clear_object (&self->session);
  g_clear_object (&self->notice);
  gtk_editable_set_text (self->confirm_entry, "");
}

static void
show_missing (RubisPreviewPane *self, GPtrArray *missing)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *label = NULL;

  if (missing->len == 0 || self->notice == NULL)
    {
      forget_notice (self);
      return;
    }
  for (guint i = 0; i < missing->len; i++)
    g_string_append_printf (text, "%s• %s", i > 0 ? "\n" : "", (char *) missing->pdata[i]);
  label = g_strdup_printf (_("Complete the template or your company; or, to send it all the same, type _%s"),
                           rubis_notice_get_word (self->notice));
  gtk_label_set_label (self->confirm_title, _("This formal notice lacks what it must hold"));
  gtk_label_set_label (self->confirm_missing, text->str);
  gtk_label_set_text_with_mnemonic (self->confirm_label, label);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->confirm_entry), rubis_notice_get_word (self->notice));
  gtk_widget_set_visible (self->confirm_box, TRUE);
  self->ready = rubis_session_is_notice_confirmed (self->session, self->notice);
  gtk_editable_set_text (self->confirm_entry, self->ready ? rubis_notice_get_word (self->notice) : "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm_entry), !self->ready);
}

/* The code is typed: the notice may be printed, and the window's buttons wake up. */
static void
confirm_changed_cb (RubisPreviewPane *self)
{
  if (self->notice == NULL || self->ready
      || !rubis_session_confirm_notice (self->session, self->notice, gtk_editable_get_text (self->confirm_entry), NULL))
    return;
  self->ready = TRUE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->confirm_entry), FALSE);
  g_signal_emit (self, signals[LOADED], 0);
}

static void
set_pdf (RubisPreviewPane *self, GBytes *pdf)
{
  if (pdf != NULL)
    g_bytes_ref (pdf);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  self->pdf = pdf;
  rubis_pdf_view_set_pdf (self->pdf_view, pdf);
}

/* Whom an email comes from, and what goes with it. */
static void
show_envelope (RubisPreviewPane *self, const RubisActionPreview *preview)
{
  gboolean email = preview->channel == RUBIS_CHANNEL_EMAIL;
  g_autoptr(GString) files = g_string_new (NULL);
  g_autofree char *from = g_strdup (preview->from);

  if (preview->reply_to[0] != '\0')
    {
      g_free (from);
      /* Translators: the sender of an email, and the address for answers. */
      from = g_strdup_printf (_("%s, answers to %s"), preview->from, preview->reply_to);
    }
  for (guint i = 0; i < preview->files->len; i++)
    {
      const RubisActionFile *file = g_ptr_array_index (preview->files, i);
      g_autofree char *size = g_format_size ((guint64) file->size);

      g_string_append_printf (files, "%s%s (%s)", i > 0 ? "\n" : "", file->name, size);
    }
  gtk_label_set_label (self->from, from);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->from), from);
  gtk_label_set_label (self->files, files->str);
  gtk_widget_set_visible (self->from_title, email);
  gtk_widget_set_visible (GTK_WIDGET (self->from), email);
  gtk_widget_set_visible (self->files_title, files->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->files), files->len > 0);
}

static void
show_preview (RubisPreviewPane *self, RubisActionPreview *preview)
{
  gboolean letter = preview->channel == RUBIS_CHANNEL_LETTER || preview->channel == RUBIS_CHANNEL_REGISTERED;
  gboolean email = preview->channel == RUBIS_CHANNEL_EMAIL;
  gboolean both = !letter && preview->pdf != NULL;

  show_warnings (self, preview->warnings);
  show_envelope (self, preview);
  gtk_label_set_label (self->recipient_title, email ? _("To") : _("Phone"));
  gtk_label_set_label (self->recipient, preview->recipient);
  gtk_label_set_label (self->subject, preview->subject);
  gtk_widget_set_visible (self->subject_title, email);
  gtk_widget_set_visible (GTK_WIDGET (self->subject), email);
  gtk_widget_set_visible (self->mail_head, !letter);
  gtk_widget_set_visible (self->switcher, both);
  gtk_stack_page_set_visible (self->text_page, !letter);
  gtk_stack_page_set_visible (self->pdf_page, letter || both);
  gtk_stack_page_set_title (self->text_page, email ? _("Message") : _("Call script"));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), preview->text, -1);
  set_pdf (self, preview->pdf);
  gtk_stack_set_visible_child_name (self->parts, letter ? "pdf" : "text");
  gtk_stack_set_visible_child_name (self->stack, "parts");
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr(RubisPreviewPane) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisActionPreview) preview = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result))
    return;
  gtk_spinner_stop (self->spinner);
  self->ready = preview != NULL;
  if (preview != NULL)
    {
      show_missing (self, preview->missing);
      show_preview (self, preview);
    }
  else
    {
      rubis_plain_set_description (self->error, error->message);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  g_signal_emit (self, signals[LOADED], 0);
}

static void
rubis_preview_pane_dispose (GObject *object)
{
  RubisPreviewPane *self = RUBIS_PREVIEW_PANE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->notice);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PREVIEW_PANE);
  G_OBJECT_CLASS (rubis_preview_pane_parent_class)->dispose (object);
}

static void
rubis_preview_pane_class_init (RubisPreviewPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_preview_pane_dispose;
  signals[LOADED] = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  g_type_ensure (RUBIS_TYPE_PDF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-preview-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, warning_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, warning);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, confirm_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, confirm_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, confirm_missing);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, confirm_label);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, confirm_entry);
  gtk_widget_class_bind_template_callback (widget_class, confirm_changed_cb);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, mail_head);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, recipient_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, recipient);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, from_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, from);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, files_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, files);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, subject_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, subject);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, switcher);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, parts);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, text_page);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, pdf_page);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, text);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, pdf_view);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisPreviewPane, error);
}

static void
rubis_preview_pane_init (RubisPreviewPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_preview_pane_new (void)
{
  return g_object_new (RUBIS_TYPE_PREVIEW_PANE, NULL);
}

void
rubis_preview_pane_load (RubisPreviewPane *self, RubisSession *session, RubisActionRow *action)
{
  g_return_if_fail (RUBIS_IS_PREVIEW_PANE (self));
  g_return_if_fail (RUBIS_IS_ACTION_ROW (action));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->ready = FALSE;
  g_clear_pointer (&self->pdf, g_bytes_unref);
  show_warnings (self, NULL);
  forget_notice (self);
  self->session = g_object_ref (session);
  self->notice = g_object_ref (action);
  gtk_widget_set_visible (self->mail_head, FALSE);
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  rubis_session_run_async (session, NULL, preview_work, g_object_ref (action), g_object_unref,
                           (GDestroyNotify) rubis_action_preview_free, self->cancellable, previewed_cb,
                           g_object_ref (self));
}

void
rubis_preview_pane_set_pdf (RubisPreviewPane *self, GBytes *pdf)
{
  g_return_if_fail (RUBIS_IS_PREVIEW_PANE (self));
  g_return_if_fail (pdf != NULL);

  g_cancellable_cancel (self->cancellable);
  show_warnings (self, NULL);
  forget_notice (self);
  gtk_widget_set_visible (self->mail_head, FALSE);
  set_pdf (self, pdf);
  self->ready = TRUE;
  gtk_stack_page_set_visible (self->text_page, FALSE);
  gtk_stack_set_visible_child_name (self->parts, "pdf");
  gtk_stack_set_visible_child_name (self->stack, "parts");
}

GBytes *
rubis_preview_pane_get_pdf (RubisPreviewPane *self)
{
  g_return_val_if_fail (RUBIS_IS_PREVIEW_PANE (self), NULL);

  return self->pdf;
}

gboolean
rubis_preview_pane_is_ready (RubisPreviewPane *self)
{
  g_return_val_if_fail (RUBIS_IS_PREVIEW_PANE (self), FALSE);

  return self->ready;
}

const char *
rubis_preview_pane_get_awaited (RubisPreviewPane *self)
{
  g_return_val_if_fail (RUBIS_IS_PREVIEW_PANE (self), NULL);

  return self->notice != NULL && !self->ready && gtk_widget_get_visible (self->confirm_box)
           ? rubis_notice_get_word (self->notice)
           : NULL;
}
