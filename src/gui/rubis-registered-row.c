#include "rubis-registered-row.h"

#include <glib/gi18n-lib.h>

#include "rubis-postal-number.h"
#include "rubis-ui.h"

struct _RubisRegisteredRow
{
  GtkListBoxRow parent_instance;

  GtkCheckButton *check;
  GtkLabel *name;
  GtkLabel *what;
  GtkLabel *amount;
  GtkStack *number_stack;
  GtkLabel *number_label;
  GtkEntry *number_entry;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkLabel *next;
  GtkWidget *proofs_button;
  GtkLabel *proofs_label;
  GtkLabel *message;

  RubisRegisteredLetter *letter; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RubisRegisteredRow, rubis_registered_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  TICKED,
  NUMBER_ENTERED,
  VIEW,
  PROOFS,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
ticked_cb (RubisRegisteredRow *self)
{
  g_signal_emit (self, signals[TICKED], 0);
}

static void
activate_cb (RubisRegisteredRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->number_entry));

  if (*text != '\0')
    g_signal_emit (self, signals[NUMBER_ENTERED], 0, text);
}

static void
view_cb (RubisRegisteredRow *self)
{
  g_signal_emit (self, signals[VIEW], 0);
}

static void
proofs_cb (RubisRegisteredRow *self)
{
  g_signal_emit (self, signals[PROOFS], 0);
}

static void
rubis_registered_row_dispose (GObject *object)
{
  RubisRegisteredRow *self = RUBIS_REGISTERED_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_REGISTERED_ROW);
  g_clear_object (&self->letter);
  G_OBJECT_CLASS (rubis_registered_row_parent_class)->dispose (object);
}

static guint
add_signal (RubisRegisteredRowClass *klass, const char *name, guint n_params, GType type)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       n_params, type);
}

static void
rubis_registered_row_class_init (RubisRegisteredRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_registered_row_dispose;
  signals[TICKED] = add_signal (klass, "ticked", 0, G_TYPE_NONE);
  signals[NUMBER_ENTERED] = add_signal (klass, "number-entered", 1, G_TYPE_STRING);
  signals[VIEW] = add_signal (klass, "view", 0, G_TYPE_NONE);
  signals[PROOFS] = add_signal (klass, "proofs", 0, G_TYPE_NONE);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-registered-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, check);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, name);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, what);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, amount);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, number_stack);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, number_label);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, number_entry);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, state);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, next);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, proofs_button);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, proofs_label);
  gtk_widget_class_bind_template_child (widget_class, RubisRegisteredRow, message);
  gtk_widget_class_bind_template_callback (widget_class, ticked_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
  gtk_widget_class_bind_template_callback (widget_class, proofs_cb);
}

static void
rubis_registered_row_init (RubisRegisteredRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
icon_of (RubisRegisteredState state)
{
  static const char *const icons[RUBIS_N_REGISTERED_STATES] = {
    [RUBIS_REGISTERED_WRITTEN] = "text-x-generic-symbolic",
    [RUBIS_REGISTERED_PRINTED] = "document-print-symbolic",
    [RUBIS_REGISTERED_DEPOSITED] = "mail-send-symbolic",
    [RUBIS_REGISTERED_PRESENTED] = "mark-location-symbolic",
    [RUBIS_REGISTERED_RECEIVED] = "emblem-ok-symbolic",
    [RUBIS_REGISTERED_REFUSED] = "action-unavailable-symbolic",
    [RUBIS_REGISTERED_NOT_CLAIMED] = "mail-unread-symbolic",
    [RUBIS_REGISTERED_WRONG_ADDRESS] = "dialog-warning-symbolic",
  };

  return icons[state];
}

static void
show_number (RubisRegisteredRow *self)
{
  RubisRegisteredLetter *letter = self->letter;
  g_autofree char *printed = rubis_postal_number_format (letter->number);
  /* Who gave it to a provider has no form. */
  gboolean known = *letter->number != '\0' || *letter->by_provider != '\0';

  gtk_label_set_label (self->number_label, printed);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->number_label),
                               letter->number_printed ? _ ("This number is printed in the letter") : NULL);
  gtk_stack_set_visible_child_name (self->number_stack, known ? "label" : "entry");
}

static void
show_state (RubisRegisteredRow *self, RubisDate today)
{
  RubisRegisteredLetter *letter = self->letter;
  const char *effect = rubis_registered_state_to_effect (letter->course.state);
  g_autofree char *state = rubis_registered_letter_describe_state (letter, today);
  g_autofree char *next = rubis_registered_letter_describe_next (letter, today);

  gtk_image_set_from_icon_name (self->state_icon, icon_of (letter->course.state));
  gtk_label_set_label (self->state, state);
  gtk_label_set_label (self->next, next);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), *effect != '\0' ? effect : NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->next), next);
  if (letter->course.state == RUBIS_REGISTERED_WRONG_ADDRESS && letter->address_bad)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), "error");
}

GtkWidget *
rubis_registered_row_new (RubisRegisteredLetter *letter, RubisDate today, RubisCurrency own)
{
  RubisRegisteredRow *self;
  g_autofree char *amount = NULL;
  g_autofree char *day = NULL;
  g_autofree char *what = NULL;
  g_autofree char *proofs = NULL;
  g_autofree char *select = NULL;

  g_return_val_if_fail (RUBIS_IS_REGISTERED_LETTER (letter), NULL);

  self = g_object_new (RUBIS_TYPE_REGISTERED_ROW, NULL);
  self->letter = g_object_ref (letter);
  amount = rubis_ui_format_amount (letter->amount, letter->currency, own);
  day = rubis_ui_format_date (letter->course.written_on);
  what = g_strdup_printf ("%s · %s · %s%s", letter->account_code, day, letter->guarantee,
                          letter->with_receipt ? _ (" with receipt") : "");
  proofs = g_strdup_printf ("%d", letter->n_proofs);
  select = g_strdup_printf (_ ("Select the letter to %s"), letter->account_name);
  gtk_label_set_label (self->name, letter->account_name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), letter->subject);
  gtk_label_set_label (self->what, what);
  gtk_label_set_label (self->amount, amount);
  gtk_label_set_label (self->proofs_label, proofs);
  /* It keeps its place: the columns of all lines stand under each other. */
  gtk_widget_set_opacity (self->proofs_button, letter->n_proofs > 0 ? 1 : 0);
  gtk_widget_set_sensitive (self->proofs_button, letter->n_proofs > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, select, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->number_entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Number of the form"), -1);
  show_number (self);
  show_state (self, today);
  return GTK_WIDGET (self);
}

void
rubis_registered_row_join_columns (RubisRegisteredRow *self, GtkSizeGroup *const *columns)
{
  GtkWidget *widgets[RUBIS_N_REGISTERED_COLUMNS]
      = { GTK_WIDGET (self->amount), GTK_WIDGET (self->number_stack), self->proofs_button };

  for (int i = 0; i < RUBIS_N_REGISTERED_COLUMNS; i++)
    gtk_size_group_add_widget (columns[i], widgets[i]);
}

RubisRegisteredLetter *
rubis_registered_row_get_letter (RubisRegisteredRow *self)
{
  g_return_val_if_fail (RUBIS_IS_REGISTERED_ROW (self), NULL);

  return self->letter;
}

gboolean
rubis_registered_row_get_ticked (RubisRegisteredRow *self)
{
  g_return_val_if_fail (RUBIS_IS_REGISTERED_ROW (self), FALSE);

  return gtk_check_button_get_active (self->check);
}

void
rubis_registered_row_set_ticked (RubisRegisteredRow *self, gboolean ticked)
{
  g_return_if_fail (RUBIS_IS_REGISTERED_ROW (self));

  gtk_check_button_set_active (self->check, ticked);
}

const char *
rubis_registered_row_get_typed (RubisRegisteredRow *self)
{
  g_return_val_if_fail (RUBIS_IS_REGISTERED_ROW (self), "");

  return gtk_editable_get_text (GTK_EDITABLE (self->number_entry));
}

void
rubis_registered_row_set_typed (RubisRegisteredRow *self, const char *text)
{
  g_return_if_fail (RUBIS_IS_REGISTERED_ROW (self) && text != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->number_entry), text);
}

gboolean
rubis_registered_row_edit_number (RubisRegisteredRow *self)
{
  g_return_val_if_fail (RUBIS_IS_REGISTERED_ROW (self), FALSE);

  if (self->letter->number_printed)
    return FALSE;
  if (*self->letter->number != '\0')
    rubis_registered_row_set_typed (self, gtk_label_get_label (self->number_label));
  gtk_stack_set_visible_child_name (self->number_stack, "entry");
  return gtk_widget_grab_focus (GTK_WIDGET (self->number_entry));
}

gboolean
rubis_registered_row_is_editing (RubisRegisteredRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->number_entry));
}

void
rubis_registered_row_set_message (RubisRegisteredRow *self, const char *text, gboolean error)
{
  g_return_if_fail (RUBIS_IS_REGISTERED_ROW (self));

  gtk_label_set_label (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->message), error ? "warning" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->message), error ? "error" : "warning");
}
