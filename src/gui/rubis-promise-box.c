#include "rubis-promise-box.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-sections.h"
#include "rubis-promises.h"
#include "rubis-today-task.h"
#include "rubis-ui.h"

struct _RubisPromiseBox
{
  AdwBin parent_instance;

  GtkExpander *expander;
  GtkListBox *list;

  RubisSession *session; /* (owned) (nullable) */
  gint64 account_id;
  gint64 shown_id;       /* account whose fold was chosen */
  GCancellable *loading; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RubisPromiseBox, rubis_promise_box, ADW_TYPE_BIN)

/* --- Withdrawing --- */

static gpointer
withdraw_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return GINT_TO_POINTER (rubis_session_withdraw_promise (session, *(const gint64 *)data, NULL, error));
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPromiseBox) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error != NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The promise was not withdrawn"), error, FALSE);
  else
    rubis_ui_toast (GTK_WIDGET (self), _ ("Promise withdrawn"), TRUE);
}

static void
withdraw_cb (RubisPromiseBox *self, GtkWidget *button)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), "rubis-id");

  rubis_session_run_async (self->session, NULL, withdraw_work, g_memdup2 (id, sizeof *id), g_free, NULL, NULL,
                           withdrawn_cb, g_object_ref (self));
}

/* --- Rows --- */

static const char *
get_state_class (RubisPromiseState state)
{
  if (state == RUBIS_PROMISE_KEPT)
    return "success";
  if (state == RUBIS_PROMISE_BROKEN)
    return "error";
  return state == RUBIS_PROMISE_PARTIAL ? "warning" : "dim-label";
}

static GtkWidget *
make_withdraw_button (RubisPromiseBox *self, const RubisPromiseRow *row, const char *what)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-clear-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Withdraw: %s"), what);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Withdraw this promise: neither kept nor broken, reminders go on"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "rubis-id", g_memdup2 (&row->id, sizeof row->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (withdraw_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* Who said what: "“…” · Mme Noël", then the items. */
static char *
describe (const RubisPromiseRow *row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *remark = rubis_promise_row_describe (row);

  if (*row->quote != '\0')
    g_string_append_printf (text, _ ("“%s”"), row->quote);
  if (*row->given_by != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", row->given_by);
  for (guint i = 0; i < row->numbers->len; i++)
    g_string_append_printf (text, "%s%s",
                            i > 0           ? ", "
                            : text->len > 0 ? " · "
                                            : "",
                            (const char *)row->numbers->pdata[i]);
  if (remark != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", remark);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GtkWidget *
make_row (RubisPromiseBox *self, const RubisPromiseRow *row)
{
  RubisCurrency none = { "" };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_list_box_row_new ();
  g_autofree char *amount = rubis_ui_format_amount (row->amount, row->currency, none);
  g_autofree char *day = rubis_ui_format_date (row->date);
  /* Translators: an amount that was promised, and the day. */
  g_autofree char *what = g_strdup_printf (_ ("%s for %s"), amount, day);
  g_autofree char *detail = describe (row);
  gboolean waits = row->state == RUBIS_PROMISE_OPEN || row->state == RUBIS_PROMISE_PARTIAL
                   || row->state == RUBIS_PROMISE_BROKEN;

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), rubis_account_make_label (what, 0, TRUE, "numeric", NULL));
  gtk_box_append (GTK_BOX (texts), rubis_account_make_label (detail, 0, TRUE, "caption", "dim-label"));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), rubis_account_make_label (rubis_promise_state_to_label (row->state), 1,
                                                           FALSE, "caption", get_state_class (row->state)));
  if (waits)
    gtk_box_append (GTK_BOX (box), make_withdraw_button (self, row, what));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), FALSE);
  return line;
}

static void
show_rows (RubisPromiseBox *self, GPtrArray *rows)
{
  RubisPromiseCounts counts = { 0 };
  g_autofree char *said = NULL;
  g_autofree char *label = NULL;
  gboolean waits = FALSE;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = rows->len; i > 0; i--)
    {
      const RubisPromiseRow *row = rows->pdata[i - 1];

      rubis_promise_counts_add (&counts, row);
      waits = waits || row->state == RUBIS_PROMISE_OPEN
              || (!row->seen && (row->state == RUBIS_PROMISE_BROKEN || row->state == RUBIS_PROMISE_PARTIAL));
      gtk_list_box_append (self->list, make_row (self, row));
    }
  said = rubis_promise_counts_describe (&counts);
  label = *said != '\0' ? g_strdup_printf ("%s · %s", _ ("Promises"), said) : g_strdup (_ ("Promises"));
  gtk_expander_set_label (self->expander, label);
  gtk_widget_set_visible (GTK_WIDGET (self->list), rows->len > 0);
  /* The fold is the user's while the account stays. */
  if (self->shown_id != self->account_id)
    gtk_expander_set_expanded (self->expander, waits);
  self->shown_id = self->account_id;
}

/* --- Loading --- */

static gpointer
load_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  RubisPromiseFilter filter
      = { .account_id = *(const gint64 *)data, .states = (1u << RUBIS_N_PROMISE_STATES) - 1 };

  return rubis_session_list_promises (session, &filter, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPromiseBox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  if (rows != NULL)
    show_rows (self, rows);
  else
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The promises cannot be read"), error, FALSE);
}

static void
new_cb (RubisPromiseBox *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  rubis_today_promise (GTK_WIDGET (self), self->account_id, ids);
}

static void
rubis_promise_box_dispose (GObject *object)
{
  RubisPromiseBox *self = RUBIS_PROMISE_BOX (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->session);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PROMISE_BOX);
  G_OBJECT_CLASS (rubis_promise_box_parent_class)->dispose (object);
}

static void
rubis_promise_box_class_init (RubisPromiseBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_promise_box_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-promise-box.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseBox, expander);
  gtk_widget_class_bind_template_child (widget_class, RubisPromiseBox, list);
  gtk_widget_class_bind_template_callback (widget_class, new_cb);
}

static void
rubis_promise_box_init (RubisPromiseBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rubis_promise_box_set_account (RubisPromiseBox *self, RubisSession *session, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_PROMISE_BOX (self));

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_set_object (&self->session, session);
  self->account_id = account_id;
  if (session == NULL || account_id == 0)
    return;
  self->loading = g_cancellable_new ();
  rubis_ui_read_async (session, load_work, g_memdup2 (&account_id, sizeof account_id), g_free,
                       (GDestroyNotify)g_ptr_array_unref, self->loading, loaded_cb, g_object_ref (self));
}
