#include "rubis-promise-dialog.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-card.h"
#include "rubis-date-words.h"
#include "rubis-item-ticks.h"
#include "rubis-money-entry.h"
#include "rubis-promises.h"
#include "rubis-ui.h"

struct _RubisPromiseDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkWidget *problem_box;
  GtkLabel *problem;
  GtkEditable *date;
  GtkLabel *day;
  GtkEditable *amount;
  AdwComboRow *channel;
  GtkEditable *given_by;
  GtkMenuButton *contacts;
  GtkEditable *quote;
  RubisItemTicks *items;
  AdwPreferencesGroup *promise_group;

  RubisSession *session;  /* (owned) NULL until it is filled */
  RubisAccountCard *card; /* (owned) */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (RubisPromiseDialog, rubis_promise_dialog, ADW_TYPE_WINDOW)

static const RubisChannel channels[] = {
  RUBIS_CHANNEL_CALL, RUBIS_CHANNEL_EMAIL, RUBIS_CHANNEL_LETTER, RUBIS_CHANNEL_VISIT, RUBIS_CHANNEL_SMS,
};

static void
set_problem (RubisPromiseDialog *self, const char *text)
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
read_date (RubisPromiseDialog *self)
{
  return rubis_date_words_parse (gtk_editable_get_text (self->date), rubis_session_get_today (self->session));
}

/* The currency of the first item that is ticked. */
static RubisCurrency
find_currency (RubisPromiseDialog *self)
{
  g_autoptr (GArray) ids = rubis_item_ticks_list_ids (self->items);

  for (guint i = 0; ids->len > 0 && i < self->card->items->len; i++)
    {
      const RubisItemRow *item = g_ptr_array_index (self->card->items, i);

      for (guint j = 0; j < ids->len; j++)
        {
          if (g_array_index (ids, gint64, j) == item->id)
            return item->currency;
        }
    }
  return rubis_session_get_currency (self->session);
}

static gboolean
read_amount (RubisPromiseDialog *self, gint64 *amount)
{
  const char *text = gtk_editable_get_text (self->amount);

  *amount = 0;
  return *text == '\0' || (rubis_money_entry_parse (text, find_currency (self), amount, NULL) && *amount > 0);
}

static void
changed_cb (RubisPromiseDialog *self)
{
  const char *typed = gtk_editable_get_text (self->date);
  g_autoptr (GArray) ids = NULL;
  g_autofree char *day = NULL;
  RubisDate date;
  gint64 amount;
  gboolean good_date, good_amount;

  if (self->session == NULL)
    return;
  ids = rubis_item_ticks_list_ids (self->items);
  date = read_date (self);
  good_date = date != RUBIS_DATE_NONE && date >= rubis_session_get_today (self->session);
  good_amount = read_amount (self, &amount);
  day = date != RUBIS_DATE_NONE ? rubis_ui_format_long_date (date) : g_strdup ("");
  gtk_label_set_label (self->day, day);
  mark (self->date, good_date || *typed == '\0');
  mark (self->amount, good_amount);
  set_problem (self, NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "promise.save",
                                 good_date && good_amount && ids->len > 0 && !self->busy);
}

/* --- noting it --- */

/* What was typed, for the thread of the session. */
typedef struct
{
  RubisPromiseInput input;
  GArray *ids;
  char *given_by;
  char *quote;
} Request;

static void
request_free (gpointer data)
{
  Request *self = data;

  g_array_unref (self->ids);
  g_free (self->given_by);
  g_free (self->quote);
  g_free (self);
}

static Request *
request_new (RubisPromiseDialog *self)
{
  Request *request = g_new0 (Request, 1);

  request->ids = rubis_item_ticks_list_ids (self->items);
  request->given_by = g_strstrip (g_strdup (gtk_editable_get_text (self->given_by)));
  request->quote = g_strstrip (g_strdup (gtk_editable_get_text (self->quote)));
  request->input.account_id = self->card->id;
  request->input.item_ids = request->ids;
  request->input.date = read_date (self);
  read_amount (self, &request->input.amount);
  request->input.channel = channels[adw_combo_row_get_selected (self->channel)];
  request->input.given_by = request->given_by;
  request->input.quote = request->quote;
  return request;
}

static gpointer
save_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Request *request = data;

  return GINT_TO_POINTER (rubis_session_add_promise (session, &request->input, error) != 0);
}

static void
save_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPromiseDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  self->busy = FALSE;
  changed_cb (self);
  if (error != NULL)
    {
      set_problem (self, error->message);
      return;
    }
  rubis_ui_toast (GTK_WIDGET (self), _ ("Promise noted: no reminder before its day"), TRUE);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisPromiseDialog *self = RUBIS_PROMISE_DIALOG (widget);

  if (self->busy || self->session == NULL)
    return;
  self->busy = TRUE;
  gtk_widget_action_set_enabled (widget, "promise.save", FALSE);
  rubis_session_run_async (self->session, NULL, save_work, request_new (self), request_free, NULL, NULL,
                           save_done_cb, g_object_ref (self));
}

static void
save (RubisPromiseDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "promise.save", NULL);
}

static void
by_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_editable_set_text (RUBIS_PROMISE_DIALOG (widget)->given_by, g_variant_get_string (parameter, NULL));
}

/* --- the dialog --- */

static void
rubis_promise_dialog_dispose (GObject *object)
{
  RubisPromiseDialog *self = RUBIS_PROMISE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_object (&self->card);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PROMISE_DIALOG);
  G_OBJECT_CLASS (rubis_promise_dialog_parent_class)->dispose (object);
}

static void
rubis_promise_dialog_class_init (RubisPromiseDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_promise_dialog_dispose;
  g_type_ensure (RUBIS_TYPE_ITEM_TICKS);
  gtk_widget_class_install_action (widget_class, "promise.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "promise.by", "s", by_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "promise.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-promise-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, problem_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, date);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, day);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, amount);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, channel);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, given_by);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, contacts);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, quote);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, items);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseDialog, promise_group);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save);
}

static void
rubis_promise_dialog_init (RubisPromiseDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* People at the customer's; without one it is the company itself. */
static void
fill_contacts (RubisPromiseDialog *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < self->card->contacts->len; i++)
    {
      const RubisContactRow *contact = g_ptr_array_index (self->card->contacts, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (contact->name, NULL);

      if (contact->id == 0)
        continue;
      g_menu_item_set_action_and_target (item, "promise.by", "s", contact->name);
      g_menu_append_item (menu, item);
      if (*gtk_editable_get_text (self->given_by) == '\0')
        gtk_editable_set_text (self->given_by, contact->name);
    }
  gtk_menu_button_set_menu_model (self->contacts, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->contacts), g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 1);
}

GtkWindow *
rubis_promise_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id, GArray *item_ids)
{
  g_autoptr (GError) error = NULL;
  RubisAccountCard *card;
  RubisPromiseDialog *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  card = rubis_session_load_account (session, account_id, &error);
  if (card == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (parent), _ ("The account could not be read"), error, FALSE);
      return NULL;
    }
  self = g_object_new (RUBIS_TYPE_PROMISE_DIALOG, "transient-for", parent, NULL);
  self->card = card;
  adw_window_title_set_subtitle (self->window_title, card->name);
  rubis_item_ticks_set_items (self->items, card->items,
                              item_ids != NULL && item_ids->len > 0 ? item_ids : NULL,
                              rubis_session_get_currency (session));
  fill_contacts (self);
  if (card->insolvency != RUBIS_INSOLVENCY_NONE)
    adw_preferences_group_set_description (
        self->promise_group,
        _ ("The customer is in insolvency proceedings: debts from before their opening may not be "
           "paid (C. com. L622-7). Declare the claim."));
  self->session = g_object_ref (session);
  changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->date));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
