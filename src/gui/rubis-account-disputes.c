#include "rubis-account-disputes.h"

#include <glib/gi18n-lib.h>

#include "rubis-dispute-card.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

struct _RubisAccountDisputes
{
  AdwBin parent_instance;

  GtkListBox *list; /* (unowned) */

  RubisSession *session;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of reading */
  gint64 account_id;
};

G_DEFINE_FINAL_TYPE (RubisAccountDisputes, rubis_account_disputes, ADW_TYPE_BIN)

static void
new_cb (RubisAccountDisputes *self)
{
  GVariant *all = g_variant_new_array (G_VARIANT_TYPE_INT64, NULL, 0);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.new-dispute", "(x@ax)", self->account_id, all);
}

static GtkWidget *
make_label (const char *text, const char *first_class, const char *second_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (first_class != NULL)
    gtk_widget_add_css_class (label, first_class);
  if (second_class != NULL)
    gtk_widget_add_css_class (label, second_class);
  return label;
}

static GtkWidget *
make_row (RubisAccountDisputes *self, RubisDispute *dispute)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name ("rubis-dispute-symbolic");
  g_autofree char *amount
      = rubis_ui_format_amount (dispute->amount, dispute->currency, (RubisCurrency){ "" });
  g_autofree char *what = g_strdup_printf ("%s · %s", dispute->reason_label, amount);
  g_autofree char *day = rubis_dispute_card_describe_day (dispute);
  g_autofree char *where = g_strdup_printf ("%s · %s", rubis_dispute_state_to_label (dispute->state), day);
  g_autofree char *said = rubis_account_disputes_describe (dispute);
  GtkWidget *state = make_label (where, "caption", dispute->days_late > 0 ? "late-badge" : "dim-label");

  if (dispute->days_late > 0)
    {
      gtk_widget_add_css_class (state, rubis_ui_late_class (dispute->days_late));
      gtk_widget_set_halign (state, GTK_ALIGN_START);
    }
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 2);
  gtk_box_append (GTK_BOX (texts), make_label (what, "numeric", NULL));
  gtk_box_append (GTK_BOX (texts), state);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-dispute");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", dispute->id);
  gtk_widget_set_tooltip_text (row, said);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  return row;
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const RubisDisputeFilter filter = { .account_id = *(gint64 *)data };

  return rubis_session_list_disputes (session, &filter, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAccountDisputes) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) disputes = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  GtkWidget *child;

  if (rubis_plain_is_abandoned (result))
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  if (disputes == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The disputes cannot be listed"), error, FALSE);
      return;
    }
  for (guint i = 0; i < disputes->len; i++)
    gtk_list_box_append (self->list, make_row (self, disputes->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->list), disputes->len > 0);
}

static void
rubis_account_disputes_dispose (GObject *object)
{
  RubisAccountDisputes *self = RUBIS_ACCOUNT_DISPUTES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_account_disputes_parent_class)->dispose (object);
}

static void
rubis_account_disputes_class_init (RubisAccountDisputesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rubis_account_disputes_dispose;
}

static void
rubis_account_disputes_init (RubisAccountDisputes *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = make_label (_ ("Disputes"), "heading", NULL);
  GtkWidget *button = gtk_button_new_with_label (_ ("Open a Dispute…"));
  GtkWidget *list = gtk_list_box_new ();

  self->list = GTK_LIST_BOX (list);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_tooltip_text (button, _ ("The customer contests an invoice, or a part of it"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (new_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "history");
  gtk_widget_set_visible (list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Disputes"), -1);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), button);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), list);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
rubis_account_disputes_show (RubisAccountDisputes *self, RubisSession *session, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_DISPUTES (self));

  g_set_object (&self->session, session);
  self->account_id = account_id;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (session == NULL || account_id == 0)
    return;
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (session, read_work, g_memdup2 (&account_id, sizeof account_id), g_free,
                       (GDestroyNotify)g_ptr_array_unref, self->cancellable, read_cb, g_object_ref (self));
}

char *
rubis_account_disputes_describe (RubisDispute *dispute)
{
  g_autofree char *amount = NULL;

  g_return_val_if_fail (RUBIS_IS_DISPUTE (dispute), NULL);

  amount = rubis_ui_format_amount (dispute->amount, dispute->currency, (RubisCurrency){ "" });
  if (*dispute->resolver == '\0')
    /* Translators: a reason and an amount: "Litige : prix, 200,00 € contestés". */
    return g_strdup_printf (_ ("Dispute: %s, %s contested"), dispute->reason_label, amount);
  /* Translators: a reason, an amount, a colleague. */
  return g_strdup_printf (_ ("Dispute: %s, %s contested, with %s"), dispute->reason_label, amount,
                          dispute->resolver);
}
