#include "rubis-dispute-mover.h"

#include <glib/gi18n-lib.h>

#include "rubis-money-entry.h"
#include "rubis-ui.h"

struct _RubisDisputeMover
{
  GtkPopover parent_instance;

  GtkLabel *title;
  GtkCheckButton *awaited;
  GtkWidget *credit_box;
  GtkEntry *credit;
  GtkCheckButton *founded;
  GtkCheckButton *unfounded;
  GtkCheckButton *abandoned;
  GtkWidget *restart_box;
  GtkCheckButton *restart;
  GtkEntry *note;
  GtkLabel *problem;
  GtkButton *apply;

  RubisSession *session; /* (owned) */
  RubisDispute *dispute; /* (owned) */
  GtkWidget *widget;     /* (unowned) its parent */
};

G_DEFINE_FINAL_TYPE (RubisDisputeMover, rubis_dispute_mover, GTK_TYPE_POPOVER)

/* A move on its way. */
typedef struct
{
  GtkWidget *widget;        /* (owned) over which it is told */
  RubisDisputeMover *mover; /* (owned) (nullable) where it was asked */
  gint64 id;
  RubisDisputeMove move;
  char *note; /* (owned) (nullable) of @move */
} Errand;

static void
errand_free (Errand *self)
{
  g_object_unref (self->widget);
  g_clear_object (&self->mover);
  g_free (self->note);
  g_free (self);
}

static void
show_problem (RubisDisputeMover *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static gpointer
move_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Errand *errand = data;

  return rubis_session_move_dispute (session, errand->id, &errand->move, error) ? session : NULL;
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Errand *errand = user_data;
  g_autoptr (GError) error = NULL;
  const char *label = rubis_dispute_state_to_label (errand->move.state);

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error == NULL)
    {
      /* Translators: the state of a dispute: "Dispute: examined" */
      g_autofree char *text = g_strdup_printf (_ ("Dispute: %s"), label);

      if (errand->mover != NULL)
        gtk_popover_popdown (GTK_POPOVER (errand->mover));
      rubis_ui_toast (errand->widget, text, TRUE);
    }
  else if (errand->mover != NULL && gtk_widget_get_visible (GTK_WIDGET (errand->mover)))
    {
      gtk_widget_set_sensitive (GTK_WIDGET (errand->mover->apply), TRUE);
      show_problem (errand->mover, error->message);
    }
  else
    rubis_ui_show_error (errand->widget, _ ("The dispute was not moved"), error, FALSE);
  errand_free (errand);
}

static void
run (RubisSession *session, GtkWidget *widget, RubisDisputeMover *mover, RubisDispute *dispute,
     const RubisDisputeMove *move)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->widget = g_object_ref (widget);
  errand->mover = mover != NULL ? g_object_ref (mover) : NULL;
  errand->id = dispute->id;
  errand->note = g_strdup (move->note);
  errand->move = *move;
  errand->move.note = errand->note;
  rubis_session_run_async (session, NULL, move_work, errand, NULL, NULL, NULL, moved_cb, errand);
}

/* --- what is asked --- */

static gboolean
read_credit (RubisDisputeMover *self, gint64 *credit)
{
  g_autoptr (GError) error = NULL;

  *credit = 0;
  if (!gtk_check_button_get_active (self->awaited))
    return TRUE;
  if (!rubis_money_entry_parse (gtk_editable_get_text (GTK_EDITABLE (self->credit)), self->dispute->currency,
                                credit, &error))
    show_problem (self, error->message);
  else if (*credit <= 0 || *credit > self->dispute->amount)
    show_problem (self,
                  _ ("A credit note is for more than nothing, and for no more than what is contested."));
  else
    return TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self->credit), "error");
  gtk_widget_grab_focus (GTK_WIDGET (self->credit));
  return FALSE;
}

static void
apply_cb (RubisDisputeMover *self)
{
  RubisDisputeMove move = { .state = RUBIS_DISPUTE_CREDIT_AWAITED };

  show_problem (self, NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->credit), "error");
  if (!read_credit (self, &move.credit))
    return;
  if (gtk_check_button_get_active (self->founded))
    move.state = RUBIS_DISPUTE_FOUNDED;
  else if (gtk_check_button_get_active (self->unfounded))
    move.state = RUBIS_DISPUTE_UNFOUNDED;
  else if (gtk_check_button_get_active (self->abandoned))
    move.state = RUBIS_DISPUTE_ABANDONED;
  move.restart = gtk_widget_get_visible (self->restart_box) && gtk_check_button_get_active (self->restart);
  move.note = gtk_editable_get_text (GTK_EDITABLE (self->note));
  gtk_widget_set_sensitive (GTK_WIDGET (self->apply), FALSE);
  run (self->session, self->widget, self, self->dispute, &move);
}

static void
outcome_cb (RubisDisputeMover *self)
{
  gboolean awaited = gtk_check_button_get_active (self->awaited);

  gtk_widget_set_visible (self->credit_box, awaited);
  gtk_widget_set_visible (self->restart_box, gtk_check_button_get_active (self->unfounded)
                                                 || gtk_check_button_get_active (self->abandoned));
  gtk_button_set_label (self->apply, awaited ? _ ("_Await the Credit Note") : _ ("_Close the Dispute"));
}

static void
cancel_cb (RubisDisputeMover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static gboolean
unparent_cb (gpointer user_data)
{
  gtk_widget_unparent (GTK_WIDGET (user_data));
  return G_SOURCE_REMOVE;
}

static void
closed_cb (RubisDisputeMover *self)
{
  /* Not within its own signal. */
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (self), g_object_unref);
}

static void
rubis_dispute_mover_dispose (GObject *object)
{
  RubisDisputeMover *self = RUBIS_DISPUTE_MOVER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->dispute);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_DISPUTE_MOVER);
  G_OBJECT_CLASS (rubis_dispute_mover_parent_class)->dispose (object);
}

static void
rubis_dispute_mover_class_init (RubisDisputeMoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_dispute_mover_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-dispute-mover.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, title);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, awaited);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, credit_box);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, credit);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, founded);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, unfounded);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, abandoned);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, restart_box);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, restart);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, note);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisDisputeMover, apply);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, outcome_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, closed_cb);
}

static void
rubis_dispute_mover_init (RubisDisputeMover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill (RubisDisputeMover *self, RubisDisputeState state)
{
  RubisDispute *dispute = self->dispute;
  gboolean waits = dispute->state == RUBIS_DISPUTE_CREDIT_AWAITED;
  gint64 expected = dispute->outcome_amount > 0 ? dispute->outcome_amount : dispute->amount;
  g_autofree char *credit = rubis_ui_format_amount (expected, dispute->currency, dispute->currency);
  g_autofree char *amount
      = rubis_ui_format_amount (dispute->amount, dispute->currency, (RubisCurrency){ "" });
  /* Translators: an account and what it contests. */
  g_autofree char *title = g_strdup_printf (_ ("%s, %s contested"), dispute->account_name, amount);

  gtk_label_set_label (self->title, title);
  gtk_editable_set_text (GTK_EDITABLE (self->credit), credit);
  /* What waits for its credit note already may do so no second time. */
  gtk_widget_set_visible (GTK_WIDGET (self->awaited), !waits);
  gtk_check_button_set_label (self->founded, waits ? _ ("Founded: the credit note has come")
                                                   : _ ("Founded, no credit note: claimed again"));
  /* What is conceded is not claimed again unless somebody says so. */
  gtk_check_button_set_active (state == RUBIS_DISPUTE_UNFOUNDED   ? self->unfounded
                               : state == RUBIS_DISPUTE_ABANDONED ? self->abandoned
                               : waits                            ? self->founded
                                                                  : self->awaited,
                               TRUE);
  outcome_cb (self);
}

RubisDisputeMover *
rubis_dispute_mover_move (GtkWidget *widget, const GdkRectangle *area, RubisSession *session,
                          RubisDispute *dispute, RubisDisputeState state)
{
  RubisDisputeMover *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (RUBIS_IS_DISPUTE (dispute), NULL);

  if (state < RUBIS_DISPUTE_CREDIT_AWAITED)
    {
      const RubisDisputeMove move = { .state = state };

      run (session, widget, NULL, dispute, &move);
      return NULL;
    }
  self = g_object_new (RUBIS_TYPE_DISPUTE_MOVER, NULL);
  self->session = g_object_ref (session);
  self->dispute = g_object_ref (dispute);
  self->widget = widget;
  fill (self, state);
  gtk_widget_set_parent (GTK_WIDGET (self), widget);
  /* The place may go with it open. */
  g_signal_connect_object (widget, "destroy", G_CALLBACK (gtk_widget_unparent), self, G_CONNECT_SWAPPED);
  if (area != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (self), area);
  gtk_popover_popup (GTK_POPOVER (self));
  return self;
}
