#include "rubis-outbox-line.h"

#include <glib/gi18n-lib.h>

#include "rubis-moment.h"
#include "rubis-ui.h"

struct _RubisOutboxLine
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *what;
  GtkLabel *amount;
  GtkLabel *state;
  GtkLabel *when;

  RubisOutboxRow *row; /* (owned) (nullable) */
  gboolean held;
};

G_DEFINE_FINAL_TYPE (RubisOutboxLine, rubis_outbox_line, ADW_TYPE_BIN)

static const struct
{
  const char *icon;
  const char *css; /* (nullable) */
} looks[RUBIS_N_OUTBOX_STATES] = {
  [RUBIS_OUTBOX_DRAFT] = { "document-edit-symbolic", NULL },
  [RUBIS_OUTBOX_APPROVED] = { "alarm-symbolic", "accent" },
  [RUBIS_OUTBOX_QUEUED] = { "content-loading-symbolic", NULL },
  [RUBIS_OUTBOX_SENDING] = { "emblem-synchronizing-symbolic", "accent" },
  [RUBIS_OUTBOX_SENT] = { "mail-send-symbolic", NULL },
  [RUBIS_OUTBOX_DELIVERED] = { "emblem-ok-symbolic", "success" },
  [RUBIS_OUTBOX_BOUNCED_SOFT] = { "mail-reply-sender-symbolic", "warning" },
  [RUBIS_OUTBOX_BOUNCED_HARD] = { "dialog-error-symbolic", "error" },
  [RUBIS_OUTBOX_REFUSED] = { "action-unavailable-symbolic", "error" },
  [RUBIS_OUTBOX_UNKNOWN] = { "dialog-question-symbolic", "warning" },
  [RUBIS_OUTBOX_CANCELLED] = { "process-stop-symbolic", "dim-label" },
};

const char *
rubis_outbox_line_get_icon (RubisOutboxState state)
{
  g_return_val_if_fail (state < RUBIS_N_OUTBOX_STATES, "");

  return looks[state].icon;
}

const char *
rubis_outbox_line_get_class (RubisOutboxState state)
{
  g_return_val_if_fail (state < RUBIS_N_OUTBOX_STATES, NULL);

  return looks[state].css;
}

/* How long it can be taken back, or when it leaves. */
static char *
describe_waiting (RubisOutboxRow *row, gint64 now)
{
  g_autofree char *rest = rubis_moment_format_rest (row->leaves_at, now);
  g_autofree char *moment = rubis_moment_format (row->leaves_at, now);

  if (*row->reason != '\0')
    return g_strdup (row->reason);
  if (rest == NULL)
    return g_strdup (_ ("leaves as soon as it can"));
  if (row->state == RUBIS_OUTBOX_APPROVED)
    return g_strdup_printf (_ ("can be recalled for %s"), rest);
  return g_strdup_printf (_ ("leaves from %s on"), moment);
}

char *
rubis_outbox_line_describe (RubisOutboxRow *row, gboolean held, gint64 now)
{
  g_autofree char *left = NULL;

  g_return_val_if_fail (RUBIS_IS_OUTBOX_ROW (row), NULL);

  left = rubis_moment_format (row->sent_at, now);
  switch (row->state)
    {
    case RUBIS_OUTBOX_DRAFT:
      return *row->reason != '\0' ? g_strdup (row->reason) : g_strdup (_ ("waits for your approval"));
    case RUBIS_OUTBOX_APPROVED:
    case RUBIS_OUTBOX_QUEUED:
      return held ? g_strdup (_ ("held: everything is held")) : describe_waiting (row, now);
    case RUBIS_OUTBOX_SENDING:
      return g_strdup (_ ("the server is being asked"));
    case RUBIS_OUTBOX_SENT:
    case RUBIS_OUTBOX_DELIVERED:
      return row->sent_at != 0 ? g_steal_pointer (&left) : rubis_ui_format_date (row->created);
    case RUBIS_OUTBOX_UNKNOWN:
      return *row->reason != '\0' ? g_strdup (row->reason) : g_strdup (_ ("nobody knows whether it left"));
    case RUBIS_OUTBOX_BOUNCED_SOFT:
    case RUBIS_OUTBOX_BOUNCED_HARD:
    case RUBIS_OUTBOX_REFUSED:
    case RUBIS_OUTBOX_CANCELLED:
    default:
      return g_strdup (row->reason);
    }
}

void
rubis_outbox_line_tick (RubisOutboxLine *self, gint64 now)
{
  g_autofree char *text = NULL;

  g_return_if_fail (RUBIS_IS_OUTBOX_LINE (self));

  if (self->row == NULL)
    return;
  text = rubis_outbox_line_describe (self->row, self->held, now);
  gtk_label_set_label (self->when, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->when), *text != '\0' ? text : NULL);
}

static void
set_class (RubisOutboxLine *self, const char *wanted)
{
  static const char *const classes[] = { "accent", "success", "warning", "error", "dim-label" };

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (g_strcmp0 (classes[i], wanted) == 0)
        {
          gtk_widget_add_css_class (GTK_WIDGET (self->icon), classes[i]);
          gtk_widget_add_css_class (GTK_WIDGET (self->state), classes[i]);
          continue;
        }
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), classes[i]);
      gtk_widget_remove_css_class (GTK_WIDGET (self->state), classes[i]);
    }
}

void
rubis_outbox_line_set_row (RubisOutboxLine *self, RubisOutboxRow *row, RubisCurrency own, gboolean held,
                           gint64 now)
{
  g_autofree char *name = NULL;
  g_autofree char *what = NULL;
  g_autofree char *amount = NULL;

  g_return_if_fail (RUBIS_IS_OUTBOX_LINE (self) && RUBIS_IS_OUTBOX_ROW (row));

  g_set_object (&self->row, row);
  self->held = held;
  name = g_strdup_printf ("%s  %s", row->account_name, row->account_code);
  what = g_strdup_printf ("%s · %s", row->recipient, row->subject);
  amount = rubis_ui_format_amount (row->amount, row->currency, own);
  gtk_image_set_from_icon_name (self->icon, looks[row->state].icon);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->what, what);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->what), what);
  gtk_label_set_label (self->amount, row->n_items > 0 ? amount : "");
  gtk_label_set_label (self->state, rubis_outbox_state_to_label (row->state));
  set_class (self, looks[row->state].css);
  rubis_outbox_line_tick (self, now);
}

static void
rubis_outbox_line_dispose (GObject *object)
{
  RubisOutboxLine *self = RUBIS_OUTBOX_LINE (object);

  g_clear_object (&self->row);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_OUTBOX_LINE);
  G_OBJECT_CLASS (rubis_outbox_line_parent_class)->dispose (object);
}

static void
rubis_outbox_line_class_init (RubisOutboxLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_outbox_line_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-outbox-line.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxLine, icon);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxLine, name);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxLine, what);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxLine, amount);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxLine, state);
  gtk_widget_class_bind_template_child (widget_class, RubisOutboxLine, when);
}

static void
rubis_outbox_line_init (RubisOutboxLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_outbox_line_new (void)
{
  return g_object_new (RUBIS_TYPE_OUTBOX_LINE, NULL);
}
