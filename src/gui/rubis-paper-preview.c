#include "rubis-paper-preview.h"

#include <glib/gi18n-lib.h>

#include "rubis-letterhead-check.h"
#include "rubis-letterhead-preview.h"
#include "rubis-pdf-view.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

/* Changes that come within this time are drawn together. */
#define PATIENCE_MS 60

struct _RubisPaperPreview
{
  AdwBin parent_instance;

  GtkDropDown *accounts;
  GtkToggleButton *envelope;
  GtkStack *stack;
  RubisPdfView *pdf_view;
  AdwStatusPage *error;
  GtkWidget *problem_box;
  GtkLabel *problem_title;
  GtkListBox *problems;

  RubisSession *session;             /* (owned) */
  RubisLetterheadSettings *settings; /* (owned) (nullable) what is to be shown */
  GArray *account_ids;               /* (owned) (element-type gint64) as listed */
  GBytes *pdf;                       /* (owned) (nullable) */
  GCancellable *cancellable;         /* (owned) */
  guint timeout_id;
  gboolean running;
  gboolean again; /* something changed while a letter was being drawn */
};

G_DEFINE_FINAL_TYPE (RubisPaperPreview, rubis_paper_preview, ADW_TYPE_BIN)

/* What a letter is drawn from, and what became of it; in another thread. */
typedef struct
{
  RubisLetterheadSettings *settings;
  gint64 account_id;
  gboolean envelope;
} Wanted;

typedef struct
{
  GBytes *pdf;
  GPtrArray *problems;
} Drawn;

static void
wanted_free (gpointer data)
{
  Wanted *self = data;

  rubis_letterhead_settings_free (self->settings);
  g_free (self);
}

static void
drawn_free (gpointer data)
{
  Drawn *self = data;

  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

static gpointer
draw_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Wanted *wanted = data;
  Drawn *drawn = g_new0 (Drawn, 1);

  drawn->problems = rubis_session_check_letterhead (session, wanted->settings, wanted->account_id, error);
  if (drawn->problems != NULL)
    drawn->pdf = rubis_session_preview_letterhead (session, wanted->settings, wanted->account_id,
                                                   wanted->envelope, error);
  if (drawn->pdf != NULL)
    return drawn;
  drawn_free (drawn);
  return NULL;
}

/* --- problems --- */

static GtkWidget *
make_row (const RubisLetterheadProblem *problem)
{
  gboolean warning = problem->severity == RUBIS_LETTERHEAD_WARNING;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon
      = gtk_image_new_from_icon_name (warning ? "dialog-warning-symbolic" : "dialog-information-symbolic");
  GtkWidget *label = gtk_label_new (problem->message);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  warning ? _ ("Warning") : _ ("Advice"), -1);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, warning ? "warning" : "dim-label");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
show_problems (RubisPaperPreview *self, GPtrArray *problems)
{
  guint n = problems != NULL ? problems->len : 0;
  g_autofree char *title = NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->problems))) != NULL)
    gtk_list_box_remove (self->problems, child);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->problems, make_row (problems->pdata[i]));
  title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u remark", "%u remarks", n), n);
  gtk_label_set_label (self->problem_title, title);
  gtk_widget_set_visible (self->problem_box, n > 0);
}

/* --- drawing --- */

static void queue_draw (RubisPaperPreview *self);

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPaperPreview) self = user_data;
  g_autoptr (GError) error = NULL;
  Drawn *drawn = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (!rubis_plain_is_abandoned (result))
    {
      self->running = FALSE;
      g_clear_pointer (&self->pdf, g_bytes_unref);
      if (drawn != NULL)
        {
          self->pdf = g_bytes_ref (drawn->pdf);
          rubis_pdf_view_replace_pdf (self->pdf_view, drawn->pdf);
        }
      else
        rubis_plain_set_description (self->error, error->message);
      show_problems (self, drawn != NULL ? drawn->problems : NULL);
      gtk_stack_set_visible_child_name (self->stack, drawn != NULL ? "letter" : "error");
      if (self->again)
        queue_draw (self);
    }
  g_clear_pointer (&drawn, drawn_free);
}

static gint64
get_account (RubisPaperPreview *self)
{
  guint selected = gtk_drop_down_get_selected (self->accounts);

  return selected < self->account_ids->len ? g_array_index (self->account_ids, gint64, selected) : 0;
}

static gboolean
draw_cb (gpointer data)
{
  RubisPaperPreview *self = data;
  Wanted *wanted = g_new0 (Wanted, 1);

  self->timeout_id = 0;
  self->running = TRUE;
  self->again = FALSE;
  wanted->settings = rubis_letterhead_settings_copy (self->settings);
  wanted->account_id = get_account (self);
  wanted->envelope = gtk_toggle_button_get_active (self->envelope);
  rubis_ui_read_async (self->session, draw_work, wanted, wanted_free, drawn_free, self->cancellable, drawn_cb,
                       g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
queue_draw (RubisPaperPreview *self)
{
  if (self->running)
    self->again = TRUE;
  else if (self->timeout_id == 0 && self->settings != NULL)
    self->timeout_id = g_timeout_add (PATIENCE_MS, draw_cb, self);
}

static void
changed_cb (RubisPaperPreview *self)
{
  if (self->session != NULL)
    queue_draw (self);
}

/* --- accounts --- */

static gpointer
list_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_letter_accounts (session, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPaperPreview) self = user_data;
  g_autoptr (GPtrArray) accounts = rubis_session_run_finish (RUBIS_SESSION (source), result, NULL);
  GtkStringList *names;
  gint64 wanted;

  /* Without the list there is still the made-up customer. */
  if (rubis_plain_is_abandoned (result) || accounts == NULL)
    return;
  names = GTK_STRING_LIST (gtk_drop_down_get_model (self->accounts));
  wanted = get_account (self);
  for (guint i = 0; i < accounts->len; i++)
    {
      const RubisLetterAccount *account = accounts->pdata[i];

      if (account->account_id == wanted)
        continue;
      gtk_string_list_append (names, account->label);
      g_array_append_val (self->account_ids, account->account_id);
    }
}

/* The made-up customer, and the account that the window shows. */
static void
list_first (RubisPaperPreview *self, gint64 account_id)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *label
      = account_id != 0 ? rubis_session_dup_letter_account_label (self->session, account_id) : NULL;
  gint64 none = 0;

  gtk_string_list_append (names, _ ("A made-up customer"));
  g_array_append_val (self->account_ids, none);
  if (label != NULL)
    {
      gtk_string_list_append (names, label);
      g_array_append_val (self->account_ids, account_id);
    }
  gtk_drop_down_set_model (self->accounts, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->accounts, label != NULL ? 1 : 0);
}

void
rubis_paper_preview_set_session (RubisPaperPreview *self, RubisSession *session, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_PAPER_PREVIEW (self) && self->session == NULL);
  g_return_if_fail (RUBIS_IS_SESSION (session));

  self->session = g_object_ref (session);
  list_first (self, account_id);
  rubis_ui_read_async (session, list_work, NULL, NULL, (GDestroyNotify)g_ptr_array_unref, self->cancellable,
                       listed_cb, g_object_ref (self));
}

void
rubis_paper_preview_show_settings (RubisPaperPreview *self, const RubisLetterheadSettings *settings)
{
  g_return_if_fail (RUBIS_IS_PAPER_PREVIEW (self) && self->session != NULL);

  g_clear_pointer (&self->settings, rubis_letterhead_settings_free);
  self->settings = rubis_letterhead_settings_copy (settings);
  queue_draw (self);
}

gboolean
rubis_paper_preview_is_ready (RubisPaperPreview *self)
{
  g_return_val_if_fail (RUBIS_IS_PAPER_PREVIEW (self), FALSE);

  return self->settings != NULL && !self->running && self->timeout_id == 0
         && (self->pdf == NULL || rubis_pdf_view_is_ready (self->pdf_view));
}

GBytes *
rubis_paper_preview_get_pdf (RubisPaperPreview *self)
{
  g_return_val_if_fail (RUBIS_IS_PAPER_PREVIEW (self), NULL);

  return self->pdf;
}

/* --- object --- */

static void
rubis_paper_preview_dispose (GObject *object)
{
  RubisPaperPreview *self = RUBIS_PAPER_PREVIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PAPER_PREVIEW);
  g_clear_pointer (&self->settings, rubis_letterhead_settings_free);
  g_clear_pointer (&self->pdf, g_bytes_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_paper_preview_parent_class)->dispose (object);
}

static void
rubis_paper_preview_finalize (GObject *object)
{
  RubisPaperPreview *self = RUBIS_PAPER_PREVIEW (object);

  g_object_unref (self->cancellable);
  g_array_unref (self->account_ids);
  G_OBJECT_CLASS (rubis_paper_preview_parent_class)->finalize (object);
}

static void
rubis_paper_preview_class_init (RubisPaperPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_paper_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_paper_preview_finalize;
  g_type_ensure (RUBIS_TYPE_PDF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-paper-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPaperPreview, accounts);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperPreview, envelope);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperPreview, pdf_view);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperPreview, error);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperPreview, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperPreview, problem_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperPreview, problems);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
rubis_paper_preview_init (RubisPaperPreview *self)
{
  self->cancellable = g_cancellable_new ();
  self->account_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
}
