#include "rubis-plan-dialog.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-account-view.h"
#include "rubis-date-words.h"
#include "rubis-item-ticks.h"
#include "rubis-money-entry.h"
#include "rubis-pdf-view.h"
#include "rubis-plans.h"
#include "rubis-ui.h"

/* The agreement is written anew when nothing was typed for so long. */
#define WRITE_DELAY_MS 350

struct _RubisPlanDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkWidget *insurer_box;
  GtkLabel *insurer;
  GtkSpinButton *count;
  GtkEditable *first;
  GtkLabel *day;
  AdwComboRow *interval;
  GtkListBox *table;
  AdwComboRow *interest;
  GtkSpinButton *grace;
  GtkSwitch *clause;
  GtkSpinButton *notice;
  GtkEditable *given_by;
  RubisItemTicks *items;
  RubisPdfView *view;

  RubisSession *session;  /* (owned) NULL until it is filled */
  RubisAccountCard *card; /* (owned) */
  GPtrArray *lines;       /* (owned) (element-type Line) of the table */
  RubisCurrency currency; /* of the plan */
  gboolean edited;        /* the table says the instalments, not the number and the interval */
  gboolean filling;       /* the table is filled by the dialog itself */
  guint write_timeout;
  GCancellable *writing; /* (owned) (nullable) */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (RubisPlanDialog, rubis_plan_dialog, ADW_TYPE_WINDOW)

/* An instalment of the table. */
typedef struct
{
  GtkEditable *date;   /* (unowned) */
  GtkEditable *amount; /* (unowned) */
} Line;

static void
set_problem (RubisPlanDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

static void
mark (GtkEditable *editable, gboolean good)
{
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (editable), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (editable), "error");
}

static RubisDate
read_day (RubisPlanDialog *self, GtkEditable *entry)
{
  return rubis_date_words_parse (gtk_editable_get_text (entry), rubis_session_get_today (self->session));
}

/* --- what was typed --- */

/* The input with what it borrows. */
typedef struct
{
  RubisPlanInput input;
  GArray *ids;
  GArray *instalments; /* (nullable) */
  char *given_by;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_array_unref (self->ids);
  g_clear_pointer (&self->instalments, g_array_unref);
  g_free (self->given_by);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/* The table as it stands; the last one balances. NULL: something is no date or no amount. */
static GArray *
read_table (RubisPlanDialog *self)
{
  g_autoptr (GArray) instalments = g_array_new (FALSE, FALSE, sizeof (RubisInstalment));
  gboolean good = TRUE;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const Line *line = g_ptr_array_index (self->lines, i);
      RubisInstalment instalment = { read_day (self, line->date), 0 };
      gboolean last = i + 1 == self->lines->len;
      gboolean amount = last
                        || (rubis_money_entry_parse (gtk_editable_get_text (line->amount), self->currency,
                                                     &instalment.amount, NULL)
                            && instalment.amount > 0);

      mark (line->date, instalment.date != RUBIS_DATE_NONE);
      mark (line->amount, amount);
      good = good && amount && instalment.date != RUBIS_DATE_NONE;
      g_array_append_val (instalments, instalment);
    }
  return good ? g_steal_pointer (&instalments) : NULL;
}

/* (transfer full) (nullable) NULL: said what is wrong */
static Request *
request_new (RubisPlanDialog *self)
{
  g_autoptr (Request) request = g_new0 (Request, 1);

  request->ids = rubis_item_ticks_list_ids (self->items);
  request->given_by = g_strstrip (g_strdup (gtk_editable_get_text (self->given_by)));
  request->input.account_id = self->card->id;
  request->input.item_ids = request->ids;
  request->input.n_instalments = gtk_spin_button_get_value_as_int (self->count);
  request->input.first_date = read_day (self, self->first);
  request->input.interval = (RubisInterval)adw_combo_row_get_selected (self->interval);
  request->input.interest = (RubisPlanInterest)adw_combo_row_get_selected (self->interest);
  request->input.grace_days = gtk_spin_button_get_value_as_int (self->grace);
  request->input.notice_days = gtk_spin_button_get_value_as_int (self->notice);
  request->input.no_acceleration = !gtk_switch_get_active (self->clause);
  request->input.given_by = request->given_by;
  if (request->ids->len == 0)
    {
      set_problem (self, _ ("Tick the items that the plan spreads."));
      return NULL;
    }
  if (self->edited)
    {
      request->instalments = read_table (self);
      request->input.instalments = request->instalments;
      if (request->instalments == NULL)
        {
          set_problem (self, _ ("What is marked is no date, or no amount above zero."));
          return NULL;
        }
    }
  return g_steal_pointer (&request);
}

/* --- the agreement --- */

static gpointer
write_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Request *request = data;

  return rubis_session_preview_plan_agreement (session, &request->input, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPlanDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->writing);
  if (pdf == NULL)
    set_problem (self, error->message);
  else
    rubis_pdf_view_replace_pdf (self->view, pdf);
}

static void
cancel_writing (RubisPlanDialog *self)
{
  g_clear_handle_id (&self->write_timeout, g_source_remove);
  if (self->writing != NULL)
    g_cancellable_cancel (self->writing);
  g_clear_object (&self->writing);
}

static gboolean
write_cb (gpointer user_data)
{
  RubisPlanDialog *self = user_data;
  Request *request = request_new (self);

  self->write_timeout = 0;
  if (request == NULL)
    return G_SOURCE_REMOVE;
  self->writing = g_cancellable_new ();
  rubis_ui_read_async (self->session, write_work, request, request_free, (GDestroyNotify)g_bytes_unref,
                       self->writing, written_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* --- the table --- */

static void changed_cb (RubisPlanDialog *self);

static void
line_changed_cb (RubisPlanDialog *self)
{
  if (self->filling || self->session == NULL)
    return;
  self->edited = TRUE;
  changed_cb (self);
}

static GtkWidget *
add_entry (RubisPlanDialog *self, GtkBox *box, const char *text, const char *name, gboolean right)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_widget_set_hexpand (entry, TRUE);
  gtk_entry_set_alignment (GTK_ENTRY (entry), right ? 1 : 0);
  gtk_widget_add_css_class (entry, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (entry, "changed", G_CALLBACK (line_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, entry);
  return entry;
}

static void
add_line (RubisPlanDialog *self, guint index, guint n, const RubisInstalment *instalment)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  g_autofree char *date = rubis_ui_format_date (instalment->date);
  g_autofree char *amount = rubis_ui_format_amount (instalment->amount, self->currency, self->currency);
  g_autofree char *date_name = g_strdup_printf (_ ("Date of instalment %u"), index + 1);
  g_autofree char *amount_name = g_strdup_printf (_ ("Amount of instalment %u"), index + 1);
  GtkWidget *label = gtk_label_new (number);
  Line *line = g_new0 (Line, 1);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_label_set_width_chars (GTK_LABEL (label), 2);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  line->date = GTK_EDITABLE (add_entry (self, GTK_BOX (box), date, date_name, FALSE));
  line->amount = GTK_EDITABLE (add_entry (self, GTK_BOX (box), amount, amount_name, TRUE));
  if (index + 1 == n)
    {
      gtk_widget_set_sensitive (GTK_WIDGET (line->amount), FALSE);
      gtk_widget_set_tooltip_text (GTK_WIDGET (line->amount), _ ("The last instalment makes the total"));
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->table, row);
  g_ptr_array_add (self->lines, line);
}

static void
fill_table (RubisPlanDialog *self, GArray *instalments)
{
  GtkWidget *row;

  self->filling = TRUE;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_list_box_remove (self->table, row);
  g_ptr_array_set_size (self->lines, 0);
  for (guint i = 0; i < instalments->len; i++)
    add_line (self, i, instalments->len, &g_array_index (instalments, RubisInstalment, i));
  self->filling = FALSE;
}

/* What is left for the last one. */
static void
balance_table (RubisPlanDialog *self, GArray *instalments)
{
  const Line *last = g_ptr_array_index (self->lines, self->lines->len - 1);
  g_autofree char *amount
      = rubis_ui_format_amount (g_array_index (instalments, RubisInstalment, instalments->len - 1).amount,
                                self->currency, self->currency);

  self->filling = TRUE;
  gtk_editable_set_text (last->amount, amount);
  self->filling = FALSE;
}

static void
show_total (RubisPlanDialog *self, gint64 total)
{
  g_autofree char *amount = rubis_ui_format_amount (total, self->currency, (RubisCurrency){ "" });
  g_autofree char *text = g_strdup_printf (_ ("%s, %s"), self->card->name, amount);

  adw_window_title_set_subtitle (self->window_title, text);
}

static void
changed_cb (RubisPlanDialog *self)
{
  g_autoptr (GArray) instalments = NULL;
  g_autoptr (Request) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *day = NULL;
  RubisDate first;
  gint64 total = 0;

  if (self->session == NULL)
    return;
  cancel_writing (self);
  set_problem (self, NULL);
  first = read_day (self, self->first);
  day = first != RUBIS_DATE_NONE ? rubis_ui_format_long_date (first) : g_strdup ("");
  gtk_label_set_label (self->day, day);
  mark (self->first, first != RUBIS_DATE_NONE || self->edited);
  gtk_widget_set_sensitive (GTK_WIDGET (self->notice), gtk_switch_get_active (self->clause));
  request = request_new (self);
  if (request != NULL)
    instalments
        = rubis_session_preview_plan (self->session, &request->input, &total, &self->currency, &error);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.save", instalments != NULL && !self->busy);
  if (instalments == NULL)
    {
      if (error != NULL)
        set_problem (self, error->message);
      return;
    }
  show_total (self, total);
  if (self->edited)
    balance_table (self, instalments);
  else
    fill_table (self, instalments);
  self->write_timeout = g_timeout_add (WRITE_DELAY_MS, write_cb, self);
}

/* Number, first day, interval or items: the instalments are equal again. */
static void
spread_cb (RubisPlanDialog *self)
{
  self->edited = FALSE;
  changed_cb (self);
}

/* --- agreeing --- */

static gpointer
save_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Request *request = data;
  gint64 id = rubis_session_add_plan (session, &request->input, error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

static void
save_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPlanDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  GtkWindow *parent;

  if (self->session == NULL)
    return;
  self->busy = FALSE;
  if (id == NULL)
    {
      set_problem (self, error->message);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "plan.save", TRUE);
      return;
    }
  rubis_ui_toast (GTK_WIDGET (self), _ ("Payment plan agreed: its instalments are followed now"), TRUE);
  parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  if (parent != NULL)
    g_object_ref (parent);
  gtk_window_destroy (GTK_WINDOW (self));
  /* What comes next is its agreement, to print and sign. */
  if (parent != NULL)
    {
      gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-plan", "x", *id);
      g_object_unref (parent);
    }
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPlanDialog *self = RUBIS_PLAN_DIALOG (widget);
  Request *request;

  if (self->busy || self->session == NULL)
    return;
  request = request_new (self);
  if (request == NULL)
    return;
  cancel_writing (self);
  self->busy = TRUE;
  gtk_widget_action_set_enabled (widget, "plan.save", FALSE);
  rubis_session_run_async (self->session, NULL, save_work, request, request_free, g_free, NULL, save_done_cb,
                           g_object_ref (self));
}

static void
save (RubisPlanDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "plan.save", NULL);
}

/* --- the dialog --- */

static void
rubis_plan_dialog_dispose (GObject *object)
{
  RubisPlanDialog *self = RUBIS_PLAN_DIALOG (object);

  cancel_writing (self);
  g_clear_object (&self->session);
  g_clear_object (&self->card);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PLAN_DIALOG);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  G_OBJECT_CLASS (rubis_plan_dialog_parent_class)->dispose (object);
}

static void
rubis_plan_dialog_class_init (RubisPlanDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_plan_dialog_dispose;
  g_type_ensure (RUBIS_TYPE_ITEM_TICKS);
  g_type_ensure (RUBIS_TYPE_PDF_VIEW);
  gtk_widget_class_install_action (widget_class, "plan.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "plan.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-plan-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, insurer_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, insurer);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, count);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, first);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, day);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, interval);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, table);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, interest);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, grace);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, clause);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, given_by);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, items);
  gtk_widget_class_bind_template_child (widget_class, RubisPlanDialog, view);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, spread_cb);
  gtk_widget_class_bind_template_callback (widget_class, save);
}

static void
rubis_plan_dialog_init (RubisPlanDialog *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_insurer (RubisPlanDialog *self, const char *name)
{
  g_autofree char *text = g_strdup_printf (_ ("%s insures this customer: tell it of the plan. An insurer "
                                              "that was not informed may refuse to pay."),
                                           name);

  gtk_label_set_label (self->insurer, text);
  gtk_widget_set_visible (self->insurer_box, *name != '\0');
}

GtkWindow *
rubis_plan_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id, GArray *item_ids)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  RubisAccountCard *card;
  RubisPlanDialog *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  card = rubis_session_load_account (session, account_id, &error);
  if (card == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (parent), _ ("The account could not be read"), error, FALSE);
      return NULL;
    }
  self = g_object_new (RUBIS_TYPE_PLAN_DIALOG, "transient-for", parent, NULL);
  self->card = card;
  self->currency = rubis_session_get_currency (session);
  adw_window_title_set_subtitle (self->window_title, card->name);
  show_insurer (self, card->insurer);
  rubis_item_ticks_set_items (self->items, card->items,
                              item_ids != NULL && item_ids->len > 0 ? item_ids : NULL, self->currency);
  for (guint i = 0; i < card->contacts->len && *gtk_editable_get_text (self->given_by) == '\0'; i++)
    {
      const RubisContactRow *contact = g_ptr_array_index (card->contacts, i);

      if (contact->id != 0)
        gtk_editable_set_text (self->given_by, contact->name);
    }
  first = rubis_ui_format_date (rubis_date_end_of_month (rubis_session_get_today (session)));
  gtk_editable_set_text (self->first, first);
  self->session = g_object_ref (session);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->count));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
