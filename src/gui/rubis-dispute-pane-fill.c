/* The pane of a dispute: what is shown. */
#include "rubis-dispute-pane-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-dispute-card.h"
#include "rubis-ui.h"

static char *
dup_text (GtkTextView *view)
{
  char *text;

  g_object_get (gtk_text_view_get_buffer (view), "text", &text, NULL);
  return text;
}

static void
fill_facts (RubisDisputePane *self)
{
  RubisDispute *dispute = self->dispute;
  g_autofree char *opened = rubis_ui_format_long_date (dispute->opened_on);
  g_autofree char *days
      = g_strdup_printf (ngettext ("%d day", "%d days", (gulong)dispute->days), dispute->days);
  g_autoptr (GString) text = g_string_new (NULL);

  /* Translators: when a dispute was opened, and how long it has lasted. */
  g_string_printf (text, _ ("Opened on %s · %s"), opened, days);
  if (dispute->days_late > 0)
    {
      g_autofree char *late = rubis_dispute_card_describe_day (dispute);

      g_string_append_printf (text, " · %s", late);
    }
  if (dispute->expected_on != RUBIS_DATE_NONE)
    {
      g_autofree char *expected = rubis_ui_format_date (dispute->expected_on);

      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("Such disputes take until about %s"), expected);
    }
  gtk_label_set_label (self->account, dispute->account_name);
  gtk_label_set_label (self->facts, text->str);
}

static void
fill_state (RubisDisputePane *self)
{
  RubisDispute *dispute = self->dispute;
  g_autoptr (GString) text = g_string_new (NULL);

  rubis_choice_drop_clear (self->state);
  for (int i = 0; i <= RUBIS_DISPUTE_CREDIT_AWAITED; i++)
    rubis_choice_drop_add (self->state, rubis_dispute_state_to_id ((RubisDisputeState)i),
                           rubis_dispute_state_to_label ((RubisDisputeState)i));
  if (rubis_dispute_state_is_open (dispute->state))
    rubis_choice_drop_add (self->state, "end", _ ("Close…"));
  rubis_choice_drop_set_id (self->state, rubis_dispute_state_to_id (dispute->state),
                            rubis_dispute_state_to_label (dispute->state));
  if (dispute->outcome_amount > 0)
    {
      g_autofree char *credit
          = rubis_ui_format_amount (dispute->outcome_amount, dispute->currency, (RubisCurrency){ "" });

      if (dispute->state == RUBIS_DISPUTE_CREDIT_AWAITED)
        g_string_append_printf (text, _ ("Credit note awaited: %s"), credit);
      else
        g_string_append_printf (text, _ ("Credit note: %s"), credit);
    }
  if (dispute->nothing_open && rubis_dispute_state_is_open (dispute->state))
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "",
                            _ ("All its items are settled: it can be closed."));
  gtk_label_set_label (self->outcome, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), text->len > 0);
}

static void
fill_parts (RubisDisputePane *self)
{
  RubisDispute *dispute = self->dispute;
  gboolean open = rubis_dispute_state_is_open (dispute->state);
  g_autofree char *text = NULL;

  /* What is being typed stays. */
  if (self->shown_id == dispute->id && rubis_contested_items_get_touched (self->parts))
    return;
  rubis_contested_items_clear (self->parts);
  for (guint i = 0; dispute->items != NULL && i < dispute->items->len; i++)
    rubis_contested_items_add (self->parts, dispute->items->pdata[i], dispute->currency, TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->parts), open);
  text = rubis_contested_items_describe (self->parts);
  gtk_label_set_label (self->parts_label, text);
}

static void
fill_fields (RubisDisputePane *self)
{
  RubisDispute *dispute = self->dispute;
  gboolean open = rubis_dispute_state_is_open (dispute->state);
  g_autofree char *resolver = g_strdup_printf ("%" G_GINT64_FORMAT, dispute->resolver_id);
  g_autofree char *due = rubis_ui_format_date (dispute->due_date);

  rubis_dispute_lists_fill_reasons (self->lists, self->reason, NULL, TRUE);
  rubis_dispute_lists_fill_resolvers (self->lists, self->resolver, NULL, TRUE);
  rubis_choice_drop_set_id (self->reason, dispute->reason, dispute->reason_label);
  rubis_choice_drop_set_id (self->resolver, resolver, dispute->resolver);
  gtk_switch_set_active (self->keep, dispute->keep_dunning);
  gtk_widget_set_visible (self->keep_box, open);
  gtk_widget_set_sensitive (self->ask_button, open && dispute->resolver_id != 0);
  gtk_widget_set_tooltip_text (self->ask_button,
                               dispute->resolver_id != 0 ? NULL : _ ("First say who resolves it"));
  if (self->typed)
    return;
  gtk_editable_set_text (self->due, due);
  gtk_editable_set_text (self->line, dispute->product_line);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->words), dispute->description, -1);
}

/* --- what happened --- */

static void
add_line (RubisDisputePane *self, const char *title, const char *text, RubisDate date, const char *who)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *day = rubis_ui_format_date (date);
  g_autofree char *foot
      = who != NULL && *who != '\0' ? g_strdup_printf ("%s · %s", day, who) : g_strdup (day);
  const char *texts[] = { title, text, foot };
  const char *classes[] = { "plain", "plain", "dim-label" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *label;

      if (texts[i] == NULL || *texts[i] == '\0')
        continue;
      label = gtk_label_new (texts[i]);
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_selectable (GTK_LABEL (label), i == 1);
      gtk_widget_add_css_class (label, classes[i]);
      if (i == 2)
        gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->history, row);
}

/* Newest first: its end, the requests and comments, its opening. */
static void
fill_history (RubisDisputePane *self)
{
  RubisDispute *dispute = self->dispute;
  gboolean asked = dispute->asked_on != RUBIS_DATE_NONE;
  g_autofree char *request = g_strdup_printf (_ ("Asked: %s"), dispute->resolver);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->history))) != NULL)
    gtk_list_box_remove (self->history, child);
  if (dispute->closed_on != RUBIS_DATE_NONE)
    add_line (self, rubis_dispute_state_to_label (dispute->state), dispute->close_note, dispute->closed_on,
              dispute->closed_by);
  for (guint i = dispute->comments != NULL ? dispute->comments->len : 0; i > 0; i--)
    {
      const RubisDisputeComment *comment = dispute->comments->pdata[i - 1];

      if (asked && comment->date < dispute->asked_on)
        {
          add_line (self, request, NULL, dispute->asked_on, NULL);
          asked = FALSE;
        }
      add_line (self, NULL, comment->text, comment->date, comment->author);
    }
  if (asked)
    add_line (self, request, NULL, dispute->asked_on, NULL);
  add_line (self, _ ("Dispute opened"), NULL, dispute->opened_on, dispute->opened_by);
}

static void
fill_request (RubisDisputePane *self)
{
  RubisDispute *dispute = self->dispute;
  g_autofree char *label
      = g_strdup_printf (_ ("An email to %s with the items, what the customer says and links to answer by. "
                            "It waits as a draft in the outbox."),
                         dispute->resolver);
  g_autofree char *typed = dup_text (self->ask_text);

  gtk_label_set_label (self->ask_label, label);
  if (*typed == '\0')
    gtk_widget_set_visible (GTK_WIDGET (self->ask_problem), FALSE);
}

void
rubis_dispute_pane_fill (RubisDisputePane *self)
{
  g_assert (self->dispute != NULL && self->lists != NULL);

  self->filling = TRUE;
  fill_facts (self);
  fill_state (self);
  fill_parts (self);
  fill_fields (self);
  fill_history (self);
  fill_request (self);
  rubis_attachment_box_set_dispute (self->files, self->session, self->dispute->id);
  self->filling = FALSE;
  self->shown_id = self->dispute->id;
  gtk_stack_set_visible_child_name (self->stack, "dispute");
}
