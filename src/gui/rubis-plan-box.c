#include "rubis-plan-box.h"

#include <glib/gi18n-lib.h>

#include "rubis-account-sections.h"
#include "rubis-plans.h"
#include "rubis-ui.h"

struct _RubisPlanBox
{
  GtkWidget parent_instance;

  GtkWidget *box;            /* (owned) */
  RubisSession *session;     /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable) of the read under way */
};

G_DEFINE_FINAL_TYPE (RubisPlanBox, rubis_plan_box, GTK_TYPE_WIDGET)

static void
cancel (RubisPlanBox *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
rubis_plan_box_dispose (GObject *object)
{
  RubisPlanBox *self = RUBIS_PLAN_BOX (object);

  cancel (self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rubis_plan_box_parent_class)->dispose (object);
}

static void
rubis_plan_box_class_init (RubisPlanBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rubis_plan_box_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rubis_plan_box_init (RubisPlanBox *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
add_plan (RubisPlanBox *self, const RubisPlanRow *plan)
{
  const RubisPlanVerdict *verdict = &plan->verdict;
  gboolean late = verdict->standing == RUBIS_PLAN_LATE;
  RubisCurrency own = rubis_session_get_currency (self->session);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *bar = gtk_progress_bar_new ();
  g_autofree char *day = rubis_ui_format_date (verdict->next_date);
  g_autofree char *next
      = rubis_ui_format_amount (late ? verdict->due : verdict->next_open, plan->currency, own);
  g_autofree char *paid = rubis_ui_format_amount (verdict->paid, plan->currency, own);
  g_autofree char *total = rubis_ui_format_amount (verdict->total, plan->currency, own);
  g_autofree char *title = late ? g_strdup_printf (_ ("Instalment of %s late: %s to pay"), day, next)
                                : g_strdup_printf (_ ("Next instalment on %s: %s"), day, next);
  g_autofree char *state = g_strdup_printf (_ ("%s paid of %s"), paid, total);

  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (bar),
                                 verdict->total > 0 ? (double)verdict->paid / (double)verdict->total : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (bar), GTK_ACCESSIBLE_PROPERTY_LABEL, state, -1);
  gtk_box_append (GTK_BOX (lines), rubis_account_make_label (title, 0, TRUE, late ? "error" : NULL, NULL));
  gtk_box_append (GTK_BOX (lines), bar);
  gtk_box_append (GTK_BOX (lines), rubis_account_make_label (state, 0, TRUE, "dim-label", "caption"));
  gtk_button_set_child (GTK_BUTTON (button), lines);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-plan");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", plan->id);
  gtk_widget_set_tooltip_text (button, _ ("Show the payment plan"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPlanBox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) plans = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->box == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  rubis_account_clear_box (GTK_BOX (self->box));
  gtk_widget_set_visible (GTK_WIDGET (self), plans != NULL && plans->len > 0);
  if (plans == NULL || plans->len == 0)
    return;
  gtk_box_append (GTK_BOX (self->box),
                  rubis_account_make_label (_ ("Payment plan"), 0, FALSE, "heading", NULL));
  for (guint i = 0; i < plans->len; i++)
    add_plan (self, g_ptr_array_index (plans, i));
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_plans (session, 0, *(gint64 *)data, FALSE, error);
}

void
rubis_plan_box_set_account (RubisPlanBox *self, RubisSession *session, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_PLAN_BOX (self));
  g_return_if_fail (RUBIS_IS_SESSION (session));

  cancel (self);
  g_set_object (&self->session, session);
  self->cancellable = g_cancellable_new ();
  rubis_ui_read_async (session, read_work, g_memdup2 (&account_id, sizeof account_id), g_free,
                       (GDestroyNotify)g_ptr_array_unref, self->cancellable, read_cb, g_object_ref (self));
}
