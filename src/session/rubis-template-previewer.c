/* Previews of a text that is being typed. */
#include "rubis-template-preview-private.h"

#include "rubis-session-private.h"

struct _RubisTemplatePreviewer
{
  GObject parent_instance;

  RubisSession *session; /* (owned) */
  GThread *thread;       /* (owned) (nullable) */
  GMutex mutex;
  GCond wake;
  /* Guarded by the mutex. */
  RubisTemplateRequest *waiting; /* (owned) (nullable) */
  guint newest;                  /* number of the last request */
  gboolean forget;
  gboolean stop;
  /* Main thread only. */
  guint answered; /* number of the request answered last */
};

G_DEFINE_FINAL_TYPE (RubisTemplatePreviewer, rubis_template_previewer, G_TYPE_OBJECT)

enum
{
  READY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

typedef struct
{
  GWeakRef previewer;
  RubisTemplatePreview *preview; /* (owned) */
  guint number;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_weak_ref_clear (&answer->previewer);
  rubis_template_preview_unref (answer->preview);
  g_free (answer);
}

static gboolean
deliver (gpointer data)
{
  Answer *answer = data;
  g_autoptr (RubisTemplatePreviewer) self = g_weak_ref_get (&answer->previewer);

  if (self == NULL || self->stop || answer->number != self->newest)
    return G_SOURCE_REMOVE;
  self->answered = answer->number;
  g_signal_emit (self, signals[READY], 0, answer->preview);
  return G_SOURCE_REMOVE;
}

static RubisTemplatePreview *
make_failed (const GError *error)
{
  RubisTemplatePreview *preview = g_atomic_rc_box_new0 (RubisTemplatePreview);

  preview->marks = g_array_new (FALSE, FALSE, sizeof (RubisTemplateMark));
  preview->remarks = g_ptr_array_new ();
  preview->hashtags = g_ptr_array_new ();
  preview->error = g_strdup (error->message);
  return preview;
}

/* Waits for a request; FALSE when the thread is to end. */
static gboolean
take_request (RubisTemplatePreviewer *self, RubisTemplateRequest **request, guint *number, gboolean *forget)
{
  gboolean go_on;

  g_mutex_lock (&self->mutex);
  while (self->waiting == NULL && !self->stop)
    g_cond_wait (&self->wake, &self->mutex);
  *request = g_steal_pointer (&self->waiting);
  *number = self->newest;
  *forget = self->forget;
  self->forget = FALSE;
  go_on = !self->stop;
  g_mutex_unlock (&self->mutex);
  return go_on;
}

static gpointer
thread_main (gpointer data)
{
  RubisTemplatePreviewer *self = data; /* (unowned) joined before it goes */
  g_autoptr (RubisPreviewDesk) desk = rubis_preview_desk_new (self->session);

  for (;;)
    {
      g_autoptr (RubisTemplateRequest) request = NULL;
      g_autoptr (GError) error = NULL;
      gboolean forget;
      Answer *answer;
      guint number;

      if (!take_request (self, &request, &number, &forget))
        return NULL;
      if (forget)
        rubis_preview_desk_forget (desk);
      answer = g_new0 (Answer, 1);
      g_weak_ref_init (&answer->previewer, self);
      answer->number = number;
      answer->preview = rubis_preview_desk_make (desk, request, &error);
      if (answer->preview == NULL)
        answer->preview = make_failed (error);
      g_idle_add_full (G_PRIORITY_DEFAULT, deliver, answer, answer_free);
    }
}

static void
session_changed_cb (RubisTemplatePreviewer *self)
{
  g_mutex_lock (&self->mutex);
  self->forget = TRUE;
  g_mutex_unlock (&self->mutex);
}

void
rubis_template_previewer_stop (RubisTemplatePreviewer *self)
{
  g_return_if_fail (RUBIS_IS_TEMPLATE_PREVIEWER (self));

  g_mutex_lock (&self->mutex);
  self->stop = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

static void
rubis_template_previewer_dispose (GObject *object)
{
  RubisTemplatePreviewer *self = RUBIS_TEMPLATE_PREVIEWER (object);

  rubis_template_previewer_stop (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_template_previewer_parent_class)->dispose (object);
}

static void
rubis_template_previewer_finalize (GObject *object)
{
  RubisTemplatePreviewer *self = RUBIS_TEMPLATE_PREVIEWER (object);

  g_clear_pointer (&self->waiting, rubis_template_request_free);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  G_OBJECT_CLASS (rubis_template_previewer_parent_class)->finalize (object);
}

static void
rubis_template_previewer_class_init (RubisTemplatePreviewerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rubis_template_previewer_dispose;
  object_class->finalize = rubis_template_previewer_finalize;
  signals[READY] = g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
rubis_template_previewer_init (RubisTemplatePreviewer *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
}

RubisTemplatePreviewer *
rubis_template_previewer_new (RubisSession *session)
{
  RubisTemplatePreviewer *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_TEMPLATE_PREVIEWER, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
rubis_template_previewer_request (RubisTemplatePreviewer *self, const RubisTemplateRequest *request)
{
  g_return_if_fail (RUBIS_IS_TEMPLATE_PREVIEWER (self));
  g_return_if_fail (request != NULL && request->text != NULL && request->id != NULL);

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->waiting, rubis_template_request_free);
  self->waiting = rubis_template_request_copy (request);
  self->newest++;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  if (self->thread == NULL)
    self->thread = g_thread_new ("rubis-preview", thread_main, self);
}

gboolean
rubis_template_previewer_is_busy (RubisTemplatePreviewer *self)
{
  g_return_val_if_fail (RUBIS_IS_TEMPLATE_PREVIEWER (self), FALSE);

  return self->answered != self->newest;
}
