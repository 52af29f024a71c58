#include "rubis-dispute-card.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

struct _RubisDisputeCard
{
  GtkListBoxRow parent_instance;

  RubisDispute *dispute; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RubisDisputeCard, rubis_dispute_card, GTK_TYPE_LIST_BOX_ROW)

char *
rubis_dispute_card_describe_day (RubisDispute *dispute)
{
  g_autofree char *day = NULL;

  g_return_val_if_fail (RUBIS_IS_DISPUTE (dispute), NULL);

  if (dispute->days_late > 0)
    return g_strdup_printf (ngettext ("%d day late", "%d days late", (gulong)dispute->days_late),
                            dispute->days_late);
  if (!rubis_dispute_state_is_open (dispute->state))
    {
      day = rubis_ui_format_date (dispute->closed_on);
      /* Translators: "founded, 12/11/2026" */
      return g_strdup_printf (_ ("%s, %s"), rubis_dispute_state_to_label (dispute->state), day);
    }
  if (dispute->due_date == RUBIS_DATE_NONE)
    return g_strdup_printf (ngettext ("for %d day", "for %d days", (gulong)dispute->days), dispute->days);
  day = rubis_ui_format_date (dispute->due_date);
  return g_strdup_printf (_ ("by %s"), day);
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

static void
add_count (GtkWidget *box, const char *icon_name, int n, const char *tooltip)
{
  g_autofree char *text = g_strdup_printf ("%d", n);
  GtkWidget *count = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);

  if (n == 0)
    return;
  gtk_box_append (GTK_BOX (count), gtk_image_new_from_icon_name (icon_name));
  gtk_box_append (GTK_BOX (count), make_label (text, "caption", "numeric"));
  gtk_widget_set_tooltip_text (count, tooltip);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_box_append (GTK_BOX (box), count);
}

/* The amount, with what is attached and was said at the right. */
static GtkWidget *
make_amount (RubisDispute *dispute, const char *amount)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = make_label (amount, "numeric", "dispute-amount");
  g_autofree char *files = g_strdup_printf (ngettext ("%d file", "%d files", (gulong)dispute->n_attachments),
                                            dispute->n_attachments);
  g_autofree char *comments = g_strdup_printf (
      ngettext ("%d comment", "%d comments", (gulong)dispute->n_comments), dispute->n_comments);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  add_count (box, "mail-attachment-symbolic", dispute->n_attachments, files);
  add_count (box, "user-available-symbolic", dispute->n_comments, comments);
  return box;
}

static GtkWidget *
make_day (RubisDispute *dispute)
{
  g_autofree char *day = rubis_dispute_card_describe_day (dispute);
  GtkWidget *label = make_label (day, "caption", dispute->days_late > 0 ? "late-badge" : "dim-label");

  if (dispute->days_late > 0)
    gtk_widget_add_css_class (label, rubis_ui_late_class (dispute->days_late));
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  return label;
}

static char *
describe (RubisDispute *dispute, const char *amount)
{
  g_autofree char *day = rubis_dispute_card_describe_day (dispute);
  const char *resolver = *dispute->resolver != '\0' ? dispute->resolver : _ ("nobody yet");

  return g_strdup_printf ("%s, %s, %s, %s, %s", dispute->account_name, amount, dispute->reason_label,
                          resolver, day);
}

static char *
make_tooltip (RubisDispute *dispute)
{
  g_autofree char *numbers = NULL;

  if (dispute->numbers != NULL)
    {
      g_autoptr (GPtrArray) all = g_ptr_array_new ();

      for (guint i = 0; i < dispute->numbers->len; i++)
        g_ptr_array_add (all, dispute->numbers->pdata[i]);
      g_ptr_array_add (all, NULL);
      numbers = g_strjoinv (", ", (char **)all->pdata);
    }
  return g_strdup_printf ("%s (%s)\n%s%s%s", dispute->account_name, dispute->account_code,
                          numbers != NULL ? numbers : "", *dispute->description != '\0' ? "\n" : "",
                          dispute->description);
}

static void
fill (RubisDisputeCard *self, RubisCurrency own)
{
  RubisDispute *dispute = self->dispute;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *amount = rubis_ui_format_amount (dispute->amount, dispute->currency, own);
  g_autofree char *who = *dispute->resolver != '\0'
                             ? g_strdup_printf ("%s · %s", dispute->reason_label, dispute->resolver)
                             : g_strdup (dispute->reason_label);
  g_autofree char *name = describe (dispute, amount);
  g_autofree char *tooltip = make_tooltip (dispute);

  gtk_box_append (GTK_BOX (box), make_label (dispute->account_name, "heading", NULL));
  gtk_box_append (GTK_BOX (box), make_amount (dispute, amount));
  gtk_box_append (GTK_BOX (box), make_label (who, "caption", NULL));
  gtk_box_append (GTK_BOX (box), make_day (dispute));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GdkContentProvider *
prepare_cb (RubisDisputeCard *self)
{
  return gdk_content_provider_new_typed (RUBIS_TYPE_DISPUTE, self->dispute);
}

static void
drag_begin_cb (RubisDisputeCard *self, GdkDrag *drag, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));
  g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (picture);

  gtk_drag_source_set_icon (source, still, 12, 12);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
}

static void
drag_end_cb (RubisDisputeCard *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

static void
rubis_dispute_card_finalize (GObject *object)
{
  g_clear_object (&RUBIS_DISPUTE_CARD (object)->dispute);
  G_OBJECT_CLASS (rubis_dispute_card_parent_class)->finalize (object);
}

static void
rubis_dispute_card_class_init (RubisDisputeCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_dispute_card_finalize;
}

static void
rubis_dispute_card_init (RubisDisputeCard *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_add_css_class (GTK_WIDGET (self), "dispute-card");
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect_swapped (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (source, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
}

GtkWidget *
rubis_dispute_card_new (RubisDispute *dispute, RubisCurrency own)
{
  RubisDisputeCard *self;

  g_return_val_if_fail (RUBIS_IS_DISPUTE (dispute), NULL);

  self = g_object_new (RUBIS_TYPE_DISPUTE_CARD, NULL);
  self->dispute = g_object_ref (dispute);
  fill (self, own);
  return GTK_WIDGET (self);
}

RubisDispute *
rubis_dispute_card_get_dispute (RubisDisputeCard *self)
{
  g_return_val_if_fail (RUBIS_IS_DISPUTE_CARD (self), NULL);

  return self->dispute;
}
