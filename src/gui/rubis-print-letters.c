#include "rubis-print-letters.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWindow *parent; /* (owned) (nullable) */
  gboolean one;
  gboolean ask_always;
  gboolean with_dialog;
  RubisPrintFacts facts;
} Letters;

static void
letters_free (gpointer data)
{
  Letters *letters = data;

  g_clear_object (&letters->parent);
  g_free (letters->facts.printer);
  g_free (letters);
}

static void
answered_cb (GTask *task, const char *response)
{
  if (g_str_equal (response, "yes"))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (
        task, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_TROUBLE, "%s",
        _ ("Nothing was marked as printed. Look at the printer and its queue before printing again."));
}

/* @trouble: "" when the printer has not complained. */
static void
ask (GTask *task, const char *trouble)
{
  Letters *letters = g_task_get_task_data (task);
  GtkWidget *dialog = adw_message_dialog_new (letters->parent,
                                              letters->one ? _ ("Did the letter come out properly?")
                                                           : _ ("Did the letters come out properly?"),
                                              trouble);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "no", _ ("_No, mark nothing"), "yes",
                                    letters->one ? _ ("_Yes") : _ ("_Yes, all of them"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), *trouble != '\0' ? "no" : "yes");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "no");
  /* The dialog holds the task until it is answered. */
  g_object_set_data_full (G_OBJECT (dialog), "rubis-task", g_object_ref (task), g_object_unref);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (answered_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Letters *letters = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean printed = letters->with_dialog ? rubis_print_run_dialog_finish (result, NULL, &error)
                                          : rubis_print_send_finish (result, NULL, &error);

  rubis_print_take_facts (result, &letters->facts);
  if (printed && letters->ask_always)
    ask (task, "");
  else if (printed)
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_TROUBLE))
    ask (task, error->message);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
rubis_print_letters (GtkWindow *parent, GBytes *pdf, const RubisPrintOrder *order, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;
  Letters *letters;

  g_return_if_fail (pdf != NULL && order != NULL);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, rubis_print_letters);
  letters = g_new0 (Letters, 1);
  letters->parent = parent != NULL ? g_object_ref (parent) : NULL;
  letters->one = order->one;
  letters->ask_always = order->ask_always;
  letters->with_dialog = order->printer == NULL;
  g_task_set_task_data (task, letters, letters_free);
  if (letters->with_dialog)
    rubis_print_run_dialog (parent, pdf, order->title, order->sides, cancellable, printed_cb, task);
  else
    {
      g_autoptr (GtkPrintSettings) settings
          = order->settings != NULL ? gtk_print_settings_copy (order->settings) : gtk_print_settings_new ();

      rubis_print_settings_set_sides (settings, order->sides);
      rubis_print_send (order->printer, pdf, order->title, settings, cancellable, printed_cb, task);
    }
}

gboolean
rubis_print_letters_finish (GAsyncResult *result, RubisPrintFacts *facts, GError **error)
{
  Letters *letters;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  letters = g_task_get_task_data (G_TASK (result));
  if (facts != NULL)
    {
      *facts = letters->facts;
      facts->printer = g_strdup (letters->facts.printer != NULL ? letters->facts.printer : "");
    }
  return g_task_propagate_boolean (G_TASK (result), error);
}
