#include "rubis-phone-summary.h"

#include <glib/gi18n-lib.h>

#include "rubis-outbox.h"
#include "rubis-ui.h"

struct _RubisPhoneSummary
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkLabel *next;
  GtkEditable *to;
  GtkEditable *subject;
  GtkTextView *text;
  GtkLabel *problem;
  GtkWidget *no_email;

  RubisSession *session; /* (owned) (nullable) */
  gint64 account_id;
  gint64 call_id;
  gboolean loaded;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (RubisPhoneSummary, rubis_phone_summary, ADW_TYPE_BIN)

enum
{
  DONE,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* What is written in the background. */
typedef struct
{
  gint64 account_id;
  gint64 call_id;
  char *next;    /* loaded */
  char *subject; /* loaded, or to be written */
  char *text;
  char *to;
  char *key;
} Draft;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_free (draft->next);
  g_free (draft->subject);
  g_free (draft->text);
  g_free (draft->to);
  g_free (draft->key);
  g_free (draft);
}

static void
say (RubisPhoneSummary *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static gpointer
load_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Draft *asked = data;
  Draft *draft = g_new0 (Draft, 1);
  g_autoptr (RubisAccountCard) card = NULL;

  draft->next = rubis_session_describe_next (session, asked->account_id, error);
  card = draft->next != NULL ? rubis_session_load_account (session, asked->account_id, error) : NULL;
  if (card == NULL
      || !rubis_session_write_call_summary (session, asked->call_id, &draft->subject, &draft->text, error))
    {
      draft_free (draft);
      return NULL;
    }
  draft->to = g_strdup (*asked->to != '\0' ? asked->to : card->email);
  for (guint i = 0; *draft->to == '\0' && i < card->contacts->len; i++)
    {
      g_free (draft->to);
      draft->to = g_strdup (((const RubisContactRow *)card->contacts->pdata[i])->email);
    }
  return draft;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPhoneSummary) self = user_data;
  g_autoptr (GError) error = NULL;
  Draft *draft = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autofree char *next = NULL;

  /* The window was closed meanwhile. */
  if (self->session == NULL)
    {
      g_clear_pointer (&draft, draft_free);
      return;
    }
  if (draft == NULL)
    {
      say (self, error->message);
      return;
    }
  next = *draft->next != '\0' ? g_strdup_printf (_ ("What comes next: %s"), draft->next)
                              : g_strdup (_ ("Nothing more is to be done for the moment."));
  gtk_label_set_label (self->next, next);
  gtk_editable_set_text (self->to, draft->to);
  gtk_editable_set_text (self->subject, draft->subject);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), draft->text, -1);
  self->loaded = TRUE;
  draft_free (draft);
}

void
rubis_phone_summary_show (RubisPhoneSummary *self, RubisSession *session, RubisCallEntry *entry,
                          gint64 call_id, const char *email)
{
  Draft *draft;

  g_return_if_fail (RUBIS_IS_PHONE_SUMMARY (self) && RUBIS_IS_CALL_ENTRY (entry) && email != NULL);

  g_set_object (&self->session, session);
  self->account_id = entry->account_id;
  self->call_id = call_id;
  self->loaded = FALSE;
  gtk_widget_grab_focus (self->no_email);
  gtk_label_set_label (self->title, entry->account_name);
  gtk_label_set_label (self->next, "");
  gtk_editable_set_text (self->to, "");
  gtk_editable_set_text (self->subject, "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), "", -1);
  say (self, NULL);
  draft = g_new0 (Draft, 1);
  draft->account_id = entry->account_id;
  draft->call_id = call_id;
  draft->to = g_strdup (email);
  rubis_session_run_async (session, NULL, load_work, draft, draft_free, draft_free, NULL, loaded_cb,
                           g_object_ref (self));
}

static gpointer
write_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Draft *draft = data;
  const RubisDraftRequest request = { .account_id = draft->account_id,
                                      .channel = RUBIS_CHANNEL_EMAIL,
                                      .key = draft->key,
                                      .title = _ ("Summary of a call"),
                                      .subject = draft->subject,
                                      .text = draft->text,
                                      .to_email = draft->to };

  return GINT_TO_POINTER (rubis_session_add_draft (session, &request, error) != 0);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPhoneSummary) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  self->busy = FALSE;
  if (self->session == NULL)
    return;
  if (error != NULL)
    say (self, error->message);
  else
    g_signal_emit (self, signals[DONE], 0);
}

void
rubis_phone_summary_accept (RubisPhoneSummary *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;
  Draft *draft;

  g_return_if_fail (RUBIS_IS_PHONE_SUMMARY (self));

  if (self->busy || !self->loaded || self->session == NULL)
    return;
  if (*gtk_editable_get_text (self->to) == '\0')
    {
      say (self, _ ("Say to which address it goes."));
      gtk_widget_grab_focus (GTK_WIDGET (self->to));
      return;
    }
  buffer = gtk_text_view_get_buffer (self->text);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  draft = g_new0 (Draft, 1);
  draft->account_id = self->account_id;
  draft->subject = g_strdup (gtk_editable_get_text (self->subject));
  draft->text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  draft->to = g_strstrip (g_strdup (gtk_editable_get_text (self->to)));
  draft->key = g_strdup_printf ("call-summary/%" G_GINT64_FORMAT, self->call_id);
  self->busy = TRUE;
  rubis_session_run_async (self->session, NULL, write_work, draft, draft_free, NULL, NULL, written_cb,
                           g_object_ref (self));
}

void
rubis_phone_summary_clear (RubisPhoneSummary *self)
{
  g_return_if_fail (RUBIS_IS_PHONE_SUMMARY (self));

  g_clear_object (&self->session);
}

static void
summary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_phone_summary_accept (RUBIS_PHONE_SUMMARY (widget));
}

static void
no_summary_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[DONE], 0);
}

static void
rubis_phone_summary_dispose (GObject *object)
{
  RubisPhoneSummary *self = RUBIS_PHONE_SUMMARY (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PHONE_SUMMARY);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_phone_summary_parent_class)->dispose (object);
}

static void
rubis_phone_summary_class_init (RubisPhoneSummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_phone_summary_dispose;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "phone.summary", NULL, summary_action);
  gtk_widget_class_install_action (widget_class, "phone.no-summary", NULL, no_summary_action);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-phone-summary.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneSummary, title);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneSummary, next);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneSummary, to);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneSummary, subject);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneSummary, text);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneSummary, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneSummary, no_email);
}

static void
rubis_phone_summary_init (RubisPhoneSummary *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
