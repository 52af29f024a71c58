/* The section "Answers": what is done with what came. */
#include <glib/gi18n-lib.h>

#include "rubis-answers-page-private.h"
#include "rubis-moment.h"
#include "rubis-ui.h"

typedef enum
{
  WORK_APPLY,
  WORK_DISMISS,
  WORK_CLOSE,
  WORK_WAIT_AGAIN,
  WORK_ASSIGN,
  WORK_TAKE,
} Work;

typedef struct
{
  RubisAnswersPage *page;  /* (owned) */
  RubisProposalCard *card; /* (owned) (nullable) */
  Work work;
  gint64 id; /* of a proposal or a message */
  gint64 account_id;
  RubisProposal *corrected; /* (owned) (nullable) */
  RubisAnswerKind kind;
  char **paths; /* (owned) (nullable) */
  gint64 now;
  RubisFetchReport *report; /* (owned) (nullable) of what was taken */
} Job;

static void
job_free (Job *job)
{
  g_object_unref (job->page);
  g_clear_object (&job->card);
  g_clear_pointer (&job->corrected, rubis_proposal_free);
  g_clear_pointer (&job->report, rubis_fetch_report_free);
  g_strfreev (job->paths);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static gpointer
do_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Job *job = data;
  gboolean done;

  switch (job->work)
    {
    case WORK_APPLY:
      done = rubis_session_apply_proposal (session, job->id, job->corrected, NULL, error);
      break;
    case WORK_DISMISS:
      done = rubis_session_dismiss_proposal (session, job->id, error);
      break;
    case WORK_CLOSE:
    case WORK_WAIT_AGAIN:
      done = rubis_session_close_incoming (session, job->id, job->work == WORK_CLOSE, error);
      break;
    case WORK_ASSIGN:
      done = rubis_session_assign_incoming (session, job->id, job->account_id, error);
      break;
    case WORK_TAKE:
    default:
      job->report = rubis_session_take_messages (session, (const char *const *)job->paths, job->now, error);
      done = job->report != NULL;
      break;
    }
  return done ? GINT_TO_POINTER (1) : NULL;
}

/* What was noted, in words (static). */
static const char *
describe_applied (RubisAnswerKind kind)
{
  switch (kind)
    {
    case RUBIS_ANSWER_PAID:
      return _ ("Payment noted as announced: its items wait for it");
    case RUBIS_ANSWER_PROMISE:
      return _ ("Promise recorded");
    case RUBIS_ANSWER_DISPUTE:
      return _ ("Dispute opened");
    case RUBIS_ANSWER_COPY:
      return _ ("The email with the copies waits in the outbox for your approval");
    case RUBIS_ANSWER_FOUNDED:
      return _ ("Dispute founded: its credit note is awaited");
    case RUBIS_ANSWER_UNFOUNDED:
      return _ ("Dispute closed as unfounded");
    case RUBIS_ANSWER_MORE_TIME:
      return _ ("The dispute has a later day");
    case RUBIS_ANSWER_REMARK:
      return _ ("Comment kept with the dispute");
    case RUBIS_ANSWER_WRONG_PERSON:
    case RUBIS_ANSWER_NEW_ADDRESS:
    default:
      return _ ("Contact corrected");
    }
}

static void
show_taken (RubisAnswersPage *self, const RubisFetchReport *report)
{
  g_autofree char *text = NULL;
  int known = report->n_read - report->n_new;

  for (guint i = 0; i < report->problems->len; i++)
    rubis_answers_page_add_problem (self, report->problems->pdata[i]);
  if (report->n_new > 0)
    text = g_strdup_printf (ngettext ("%d message read", "%d messages read", report->n_new), report->n_new);
  else if (known > 0)
    text = g_strdup (_ ("These messages were known already"));
  if (text != NULL)
    rubis_ui_toast (GTK_WIDGET (self), text, FALSE);
}

static void
show_success (Job *job)
{
  GtkWidget *widget = GTK_WIDGET (job->page);

  switch (job->work)
    {
    case WORK_APPLY:
      if (job->kind == RUBIS_ANSWER_DISPUTE && job->corrected->item_ids->len > 0)
        rubis_ui_toast_action (widget, describe_applied (job->kind), _ ("_Show"), "win.show-item-dispute",
                               g_variant_new_int64 (g_array_index (job->corrected->item_ids, gint64, 0)));
      else
        rubis_ui_toast (widget, describe_applied (job->kind), TRUE);
      break;
    case WORK_DISMISS:
      rubis_ui_toast (widget, _ ("Left aside"), TRUE);
      break;
    case WORK_CLOSE:
      rubis_ui_toast (widget, _ ("Filed without further action"), TRUE);
      break;
    case WORK_TAKE:
      show_taken (job->page, job->report);
      break;
    case WORK_ASSIGN:
    case WORK_WAIT_AGAIN:
    default:
      break;
    }
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (RubisAnswersPage) self = g_object_ref (job->page);
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  if (error == NULL)
    show_success (job);
  else if (job->card != NULL && gtk_widget_get_root (GTK_WIDGET (job->card)) != NULL)
    rubis_proposal_card_show_problem (job->card, error->message);
  else
    rubis_answers_page_add_problem (self, error->message);
  if (error == NULL)
    rubis_answers_page_refresh (self);
}

static Job *
job_new (RubisAnswersPage *self, Work work, gint64 id)
{
  Job *job = g_new0 (Job, 1);

  rubis_answers_page_clear_problems (self);
  job->page = g_object_ref (self);
  job->work = work;
  job->id = id;
  job->now = rubis_moment_now ();
  return job;
}

static void
run (Job *job)
{
  rubis_session_run_async (job->page->session, NULL, do_work, job, NULL, NULL, NULL, done_cb, job);
}

void
rubis_answers_page_apply (RubisAnswersPage *self, RubisProposalCard *card)
{
  RubisProposal *corrected = rubis_proposal_card_dup_corrected (card);
  Job *job;

  if (corrected == NULL)
    return;
  job = job_new (self, WORK_APPLY, rubis_proposal_card_get_id (card));
  job->card = g_object_ref (card);
  job->kind = rubis_proposal_card_get_kind (card);
  job->corrected = corrected;
  run (job);
}

void
rubis_answers_page_dismiss (RubisAnswersPage *self, RubisProposalCard *card)
{
  Job *job = job_new (self, WORK_DISMISS, rubis_proposal_card_get_id (card));

  job->card = g_object_ref (card);
  run (job);
}

void
rubis_answers_page_take_files (RubisAnswersPage *self, GPtrArray *paths)
{
  Job *job;

  g_return_if_fail (RUBIS_IS_ANSWERS_PAGE (self) && paths != NULL);

  if (self->session == NULL || paths->len == 0)
    return;
  job = job_new (self, WORK_TAKE, 0);
  job->paths = g_new0 (char *, paths->len + 1);
  for (guint i = 0; i < paths->len; i++)
    job->paths[i] = g_strdup (paths->pdata[i]);
  run (job);
}

void
rubis_answers_page_show_fetched (RubisAnswersPage *self, const RubisFetchReport *report)
{
  g_return_if_fail (RUBIS_IS_ANSWERS_PAGE (self) && report != NULL);

  rubis_answers_page_clear_problems (self);
  for (guint i = 0; i < report->problems->len; i++)
    rubis_answers_page_add_problem (self, report->problems->pdata[i]);
  rubis_answers_page_refresh (self);
}

/* --- actions --- */

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAnswersPage *self = RUBIS_ANSWERS_PAGE (widget);
  RubisInboxRow *row = rubis_answers_page_get_current (self);

  if (row != NULL)
    run (job_new (self, WORK_CLOSE, row->id));
}

static void
wait_again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAnswersPage *self = RUBIS_ANSWERS_PAGE (widget);
  RubisInboxRow *row = rubis_answers_page_get_current (self);

  if (row != NULL)
    run (job_new (self, WORK_WAIT_AGAIN, row->id));
}

static void
assign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisAnswersPage *self = RUBIS_ANSWERS_PAGE (widget);
  RubisInboxRow *row = rubis_answers_page_get_current (self);
  gint64 account_id = rubis_account_chooser_get_account (self->chooser);
  Job *job;

  if (row == NULL || account_id == 0)
    return;
  job = job_new (self, WORK_ASSIGN, row->id);
  job->account_id = account_id;
  run (job);
}

static void
thread_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisInboxRow *row = rubis_answers_page_get_current (RUBIS_ANSWERS_PAGE (widget));

  if (row != NULL && row->account_id != 0)
    gtk_widget_activate_action (widget, "win.thread", "x", row->account_id);
}

static void
open_file_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisInboxRow *row = rubis_answers_page_get_current (RUBIS_ANSWERS_PAGE (widget));

  if (row != NULL)
    gtk_widget_activate_action (widget, "win.open-incoming", "x", row->id);
}

static void
files_chosen_cb (RubisAnswersPage *self, int response, GtkNativeDialog *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < g_list_model_get_n_items (files); i++)
        {
          g_autoptr (GFile) file = g_list_model_get_item (files, i);
          char *path = g_file_get_path (file);

          if (path != NULL)
            g_ptr_array_add (paths, path);
        }
      rubis_answers_page_take_files (self, paths);
    }
  g_object_unref (dialog);
}

static void
add_files_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_ ("Read Emails"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Read"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Emails (.eml)"));
  gtk_file_filter_add_suffix (filter, "eml");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (files_chosen_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rubis_answers_page_find (RUBIS_ANSWERS_PAGE (widget));
}

/* From the list to what is proposed. */
static void
decide_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (RUBIS_ANSWERS_PAGE (widget)->cards));

  if (card != NULL)
    gtk_widget_grab_focus (card);
}

void
rubis_answers_page_add_keys (RubisAnswersPage *self)
{
  static const struct
  {
    guint keyval;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_d, 0, "answers.close" },
    { GDK_KEY_Delete, 0, "answers.close" },
    { GDK_KEY_x, 0, "answers.thread" },
    { GDK_KEY_Return, GDK_CONTROL_MASK, "answers.open-file" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].keyval, keys[i].modifiers),
                          gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}

void
rubis_answers_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "answers.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "answers.wait-again", NULL, wait_again_action);
  gtk_widget_class_install_action (widget_class, "answers.assign", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "answers.thread", NULL, thread_action);
  gtk_widget_class_install_action (widget_class, "answers.open-file", NULL, open_file_action);
  gtk_widget_class_install_action (widget_class, "answers.add-files", NULL, add_files_action);
  gtk_widget_class_install_action (widget_class, "answers.decide", NULL, decide_action);
  gtk_widget_class_install_action (widget_class, "answers.find", NULL, find_action);
}
