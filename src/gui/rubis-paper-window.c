#include "rubis-paper-window.h"

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-paper.h"
#include "rubis-pdf-view.h"
#include "rubis-print.h"
#include "rubis-template-list.h"
#include "rubis-ui.h"

/* Typing goes on: the document is written when it pauses. */
#define WRITE_DELAY_MS 150

struct _RubisPaperWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwWindowTitle *window_title;
  GtkLabel *problem_label;
  RubisPdfView *view;
  AdwComboRow *language_row;
  GtkWidget *period_group;
  GtkEditable *from_row;
  GtkEditable *to_row;
  GtkWidget *plan_group;
  GtkSpinButton *count_spin;
  GtkEditable *first_row;
  AdwComboRow *interval_row;
  GtkEditable *interest_row;
  GtkWidget *receipt_group;
  AdwComboRow *payment_row;
  GtkEditable *amount_row;
  GtkEditable *date_row;
  GtkWidget *write_off_group;
  GtkEditable *reason_row;
  GtkSpinButton *vat_spin;
  AdwPreferencesGroup *items_group;

  RubisSession *session; /* (owned) */
  gint64 account_id;
  char *template_id;     /* (owned) */
  GPtrArray *payments;   /* (owned) (nullable) (element-type RubisPaymentChoice) */
  GPtrArray *checks;     /* (owned) (element-type GtkCheckButton) (unowned elements) of the items to choose */
  RubisPaper *paper;     /* (owned) (nullable) what is shown */
  gboolean kept;         /* the paper that is shown is in the dossier already */
  GCancellable *writing; /* (owned) (nullable) */
  guint write_timeout;
};

G_DEFINE_FINAL_TYPE (RubisPaperWindow, rubis_paper_window, ADW_TYPE_WINDOW)

/* What is typed, for the thread that writes. */
typedef struct
{
  gint64 account_id;
  RubisPaperOptions options;
  char *template_id;
  char *language;
  char *interest;
  char *reason;
  GArray *item_ids; /* (nullable) (element-type gint64) */
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *self = data;

  g_free (self->template_id);
  g_free (self->language);
  g_free (self->interest);
  g_free (self->reason);
  g_clear_pointer (&self->item_ids, g_array_unref);
  g_free (self);
}

static void
update_actions (RubisPaperWindow *self)
{
  gboolean ready = rubis_paper_window_is_ready (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.print", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "paper.save", ready);
}

static void
show_problem (RubisPaperWindow *self, const char *text)
{
  gtk_label_set_text (self->problem_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), text != NULL);
}

/* The choice of the payments' row: 0 is another amount. */
static gint64
get_payment (RubisPaperWindow *self)
{
  guint selected = adw_combo_row_get_selected (self->payment_row);

  if (self->payments == NULL || selected == GTK_INVALID_LIST_POSITION || selected >= self->payments->len)
    return 0;
  return ((const RubisPaymentChoice *)g_ptr_array_index (self->payments, selected))->id;
}

/* (transfer full) (nullable) NULL where nothing is to be chosen */
static GArray *
list_chosen (RubisPaperWindow *self)
{
  GArray *ids;

  if (self->checks->len == 0)
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);
      gint64 *id = g_object_get_data (G_OBJECT (check), "item");

      if (gtk_check_button_get_active (check))
        g_array_append_val (ids, *id);
    }
  return ids;
}

static Wanted *
read_options (RubisPaperWindow *self)
{
  Wanted *wanted = g_new0 (Wanted, 1);
  guint language = adw_combo_row_get_selected (self->language_row);
  gint64 amount = 0;

  wanted->account_id = self->account_id;
  wanted->options = RUBIS_PAPER_OPTIONS_INIT;
  wanted->template_id = g_strdup (self->template_id);
  if (language > 0 && language != GTK_INVALID_LIST_POSITION)
    wanted->language = g_strdup (rubis_template_get_languages ()[language - 1]);
  wanted->interest = g_strdup (gtk_editable_get_text (self->interest_row));
  wanted->reason = g_strdup (gtk_editable_get_text (self->reason_row));
  wanted->item_ids = list_chosen (self);
  wanted->options.item_ids = wanted->item_ids;
  wanted->options.template_id = wanted->template_id;
  wanted->options.language = wanted->language;
  wanted->options.interest = wanted->interest;
  wanted->options.reason = wanted->reason;
  wanted->options.from = rubis_ui_parse_date (gtk_editable_get_text (self->from_row));
  wanted->options.to = rubis_ui_parse_date (gtk_editable_get_text (self->to_row));
  wanted->options.n_instalments = gtk_spin_button_get_value_as_int (self->count_spin);
  wanted->options.first_date = rubis_ui_parse_date (gtk_editable_get_text (self->first_row));
  wanted->options.interval = adw_combo_row_get_selected (self->interval_row);
  wanted->options.payment_id = get_payment (self);
  if (rubis_money_parse (gtk_editable_get_text (self->amount_row), rubis_session_get_currency (self->session),
                         &amount, NULL))
    wanted->options.amount = amount;
  wanted->options.date = rubis_ui_parse_date (gtk_editable_get_text (self->date_row));
  wanted->options.vat_rate = (int)(gtk_spin_button_get_value (self->vat_spin) * 100 + 0.5);
  return wanted;
}

static gpointer
write_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Wanted *wanted = data;

  return rubis_session_write_paper (session, wanted->account_id, &wanted->options, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPaperWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  RubisPaper *paper = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (paper == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->session != NULL)
        show_problem (self, error->message);
      return;
    }
  if (self->session == NULL)
    {
      rubis_paper_free (paper);
      return;
    }
  show_problem (self, NULL);
  if (self->paper == NULL)
    rubis_pdf_view_set_pdf (self->view, paper->content);
  else
    rubis_pdf_view_replace_pdf (self->view, paper->content);
  g_clear_pointer (&self->paper, rubis_paper_free);
  self->paper = paper;
  self->kept = FALSE;
  g_clear_object (&self->writing);
  adw_window_title_set_title (self->window_title, paper->name);
  update_actions (self);
}

static void
cancel_writing (RubisPaperWindow *self)
{
  g_clear_handle_id (&self->write_timeout, g_source_remove);
  if (self->writing != NULL)
    g_cancellable_cancel (self->writing);
  g_clear_object (&self->writing);
}

static gboolean
write_cb (gpointer user_data)
{
  RubisPaperWindow *self = user_data;

  self->write_timeout = 0;
  self->writing = g_cancellable_new ();
  rubis_ui_read_async (self->session, write_work, read_options (self), wanted_free,
                       (GDestroyNotify)rubis_paper_free, self->writing, written_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Something was typed or chosen: the document follows. */
static void
changed_cb (RubisPaperWindow *self)
{
  if (self->session == NULL)
    return;
  cancel_writing (self);
  self->write_timeout = g_timeout_add (WRITE_DELAY_MS, write_cb, self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->amount_row), get_payment (self) == 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->date_row), get_payment (self) == 0);
  update_actions (self);
}

gboolean
rubis_paper_window_is_ready (RubisPaperWindow *self)
{
  g_return_val_if_fail (RUBIS_IS_PAPER_WINDOW (self), FALSE);

  return self->paper != NULL && self->write_timeout == 0 && self->writing == NULL;
}

/* --- Keeping, printing, saving --------------------------------------------------------------- */

/* A copy for the thread that keeps: the one shown may be replaced meanwhile. */
typedef struct
{
  gint64 account_id;
  RubisPaper *paper; /* (owned) */
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *self = data;

  rubis_paper_free (self->paper);
  g_free (self);
}

static gpointer
keep_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Keeping *keeping = data;

  return GINT_TO_POINTER (
      rubis_session_keep_paper (session, keeping->account_id, keeping->paper, NULL, error));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPaperWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error != NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The document was not kept in the history"), error, FALSE);
}

/* What has left the screen belongs to the history of the account, once. */
static void
keep (RubisPaperWindow *self)
{
  Keeping *keeping;

  if (self->kept || self->paper == NULL || self->session == NULL)
    return;
  self->kept = TRUE;
  keeping = g_new0 (Keeping, 1);
  keeping->account_id = self->account_id;
  keeping->paper = rubis_paper_copy (self->paper);
  rubis_session_run_async (self->session, NULL, keep_work, keeping, keeping_free, NULL, NULL, kept_cb,
                           g_object_ref (self));
}

static void
toast (RubisPaperWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPaperWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  RubisPrintOutcome outcome;

  if (rubis_print_run_dialog_finish (result, &outcome, &error))
    {
      keep (self);
      toast (self, outcome == RUBIS_PRINT_PRINTED ? _ ("Printed, and kept in the history of the account.")
                                                  : _ ("Handed over to the printer."));
    }
  else if (!g_error_matches (error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_CANCELLED))
    rubis_ui_show_error (GTK_WIDGET (self), _ ("Not printed"), error, TRUE);
}

static void
print_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPaperWindow *self = RUBIS_PAPER_WINDOW (widget);

  rubis_print_run_dialog (GTK_WINDOW (self), self->paper->content, self->paper->name, RUBIS_PRINT_SIDES_CHOSEN, NULL, printed_cb,
                          g_object_ref (self));
}

static void
save_response_cb (RubisPaperWindow *self, int response, GtkNativeDialog *dialog)
{
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && self->paper != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      gsize size;
      const char *data = g_bytes_get_data (self->paper->content, &size);

      if (!g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, NULL, &error))
        rubis_ui_show_error (GTK_WIDGET (self), _ ("Not saved"), error, TRUE);
      else
        {
          g_autofree char *path = g_file_get_path (file);
          g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), path);

          keep (self);
          toast (self, text);
        }
    }
  g_object_unref (dialog);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPaperWindow *self = RUBIS_PAPER_WINDOW (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save as PDF"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), self->paper->file_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (save_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* --- The window ------------------------------------------------------------------------------ */

static void
rubis_paper_window_dispose (GObject *object)
{
  RubisPaperWindow *self = RUBIS_PAPER_WINDOW (object);

  cancel_writing (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PAPER_WINDOW);
  g_clear_pointer (&self->paper, rubis_paper_free);
  g_clear_pointer (&self->payments, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->template_id, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_paper_window_parent_class)->dispose (object);
}

static void
rubis_paper_window_class_init (RubisPaperWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_paper_window_dispose;
  gtk_widget_class_install_action (widget_class, "paper.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "paper.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "paper.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "paper.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  g_type_ensure (RUBIS_TYPE_PDF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-paper-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, problem_label);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, view);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, language_row);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, period_group);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, from_row);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, to_row);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, plan_group);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, count_spin);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, first_row);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, interval_row);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, interest_row);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, receipt_group);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, payment_row);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, amount_row);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, date_row);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, write_off_group);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, reason_row);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, vat_spin);
  gtk_widget_class_bind_template_child (widget_class, RubisPaperWindow, items_group);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
rubis_paper_window_init (RubisPaperWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->checks = g_ptr_array_new ();
  update_actions (self);
}

static void
set_date (GtkEditable *row, RubisDate date)
{
  g_autofree char *text = rubis_ui_format_date (date);

  gtk_editable_set_text (row, text);
}

static void
fill_languages (RubisPaperWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, g_str_equal (self->template_id, RUBIS_PAPER_WRITE_OFF)
                                     ? _ ("As the program")
                                     : _ ("Of the account"));
  for (const char *const *language = rubis_template_get_languages (); *language != NULL; language++)
    gtk_string_list_append (names, rubis_template_language_to_label (*language));
  adw_combo_row_set_model (self->language_row, G_LIST_MODEL (names));
}

static void
fill_payments (RubisPaperWindow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->payments = rubis_session_list_payments (self->session, self->account_id, NULL);
  for (guint i = 0; self->payments != NULL && i < self->payments->len; i++)
    gtk_string_list_append (names,
                            ((const RubisPaymentChoice *)g_ptr_array_index (self->payments, i))->label);
  gtk_string_list_append (names, _ ("Another amount"));
  adw_combo_row_set_model (self->payment_row, G_LIST_MODEL (names));
}

static void
add_item (RubisPaperWindow *self, const RubisItemRow *item)
{
  RubisCurrency none = { "" };
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *due = rubis_ui_format_date (item->due_date);
  g_autofree char *open = rubis_ui_format_amount (item->open, item->currency, none);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", due, open);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item->number);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, item->number, -1);
  g_object_set_data_full (G_OBJECT (check), "item", g_memdup2 (&item->id, sizeof item->id), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), item->days_late > 0);
  g_signal_connect_object (check, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->items_group, row);
  g_ptr_array_add (self->checks, check);
}

/* What a plan spreads or a sheet writes off is chosen; what is overdue is proposed. One currency: that of the
 * oldest. */
static void
fill_items (RubisPaperWindow *self, RubisAccountCard *card)
{
  gboolean choose = g_str_equal (self->template_id, RUBIS_PAPER_AGREEMENT)
                    || g_str_equal (self->template_id, RUBIS_PAPER_WRITE_OFF);
  RubisCurrency currency = { "" };

  for (guint i = 0; choose && i < card->items->len; i++)
    {
      const RubisItemRow *item = g_ptr_array_index (card->items, i);

      if (item->open <= 0 || item->type == RUBIS_ITEM_DOWN_PAYMENT)
        continue;
      if (currency.code[0] == '\0')
        currency = item->currency;
      if (rubis_currency_equal (currency, item->currency))
        add_item (self, item);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->items_group), self->checks->len > 0);
}

static void
fill (RubisPaperWindow *self)
{
  RubisDate today = rubis_session_get_today (self->session);
  RubisDate quarter = rubis_date_add_months (rubis_date_end_of_month (today), -3);
  g_autoptr (GtkStringList) intervals = gtk_string_list_new (NULL);
  const struct
  {
    const char *template_id;
    GtkWidget *group;
  } groups[] = {
    { RUBIS_PAPER_STATEMENT_PERIOD, self->period_group },
    { RUBIS_PAPER_AGREEMENT, self->plan_group },
    { RUBIS_PAPER_RECEIPT, self->receipt_group },
    { RUBIS_PAPER_WRITE_OFF, self->write_off_group },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    gtk_widget_set_visible (groups[i].group, g_str_equal (groups[i].template_id, self->template_id));
  for (int i = 0; i < RUBIS_N_INTERVALS; i++)
    gtk_string_list_append (intervals, rubis_interval_to_label (i));
  adw_combo_row_set_model (self->interval_row, G_LIST_MODEL (intervals));
  set_date (self->from_row, rubis_date_end_of_month (quarter) + 1);
  set_date (self->to_row, today);
  set_date (self->first_row, rubis_date_add_months (today, 1));
  set_date (self->date_row, today);
  fill_languages (self);
  if (g_str_equal (self->template_id, RUBIS_PAPER_RECEIPT))
    fill_payments (self);
}

GtkWindow *
rubis_paper_window_present (GtkWindow *parent, RubisSession *session, RubisAccountCard *card,
                            const char *template_id)
{
  RubisPaperWindow *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);
  g_return_val_if_fail (template_id != NULL, NULL);

  self = g_object_new (RUBIS_TYPE_PAPER_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  self->account_id = card->id;
  self->template_id = g_strdup (template_id);
  adw_window_title_set_subtitle (self->window_title, card->name);
  fill_items (self, card);
  self->session = g_object_ref (session);
  fill (self);
  changed_cb (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
