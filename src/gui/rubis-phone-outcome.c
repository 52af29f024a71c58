#include "rubis-phone-outcome-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-answer-date.h"
#include "rubis-calendar.h"
#include "rubis-call-hours.h"
#include "rubis-call-result.h"
#include "rubis-choices.h"
#include "rubis-text.h"
#include "rubis-ui.h"

/* The keys of the results, in their order; the window knows the same. */
static const char *const keys[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "M", "Q", "X" };

G_DEFINE_FINAL_TYPE (RubisPhoneOutcome, rubis_phone_outcome, ADW_TYPE_BIN)

enum
{
  AGREED,
  PROBLEM,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

void
rubis_phone_outcome_say (RubisPhoneOutcome *self, const char *text)
{
  g_signal_emit (self, signals[PROBLEM], 0, text);
}

RubisDate
rubis_phone_outcome_read_day (RubisPhoneOutcome *self, const char *text)
{
  RubisDate date = rubis_ui_parse_date (text);
  g_autofree char *folded = NULL;

  if (date != RUBIS_DATE_NONE)
    return date;
  folded = rubis_text_fold (text);
  return rubis_answer_date_find (folded, rubis_session_get_today (self->session), RUBIS_SENSE_FUTURE, NULL,
                                 NULL);
}

void
rubis_phone_outcome_add_line (RubisPhoneOutcome *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (self->agreed, label);
  gtk_widget_set_visible (self->agreed_box, TRUE);
  g_signal_emit (self, signals[AGREED], 0);
}

/* --- results --- */

static const RubisChoice *
get_choice (RubisPhoneOutcome *self)
{
  g_autoptr (GList) selected = gtk_flow_box_get_selected_children (self->results);

  return selected != NULL
             ? g_ptr_array_index (self->choices, (guint)gtk_flow_box_child_get_index (selected->data))
             : NULL;
}

static GtkWidget *
make_result (guint position, const char *text)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);
  gboolean has_key = position < G_N_ELEMENTS (keys);
  GtkWidget *key = gtk_label_new (has_key ? keys[position] : "");

  if (has_key)
    gtk_widget_add_css_class (key, "phone-key");
  gtk_widget_set_size_request (key, 20, -1);
  gtk_widget_set_valign (key, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), key);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

/* Its key alone, and with Alt while something is being typed. */
static void
tell_keys (GtkFlowBoxChild *child, guint position, const char *text)
{
  g_autofree char *tip = NULL;
  g_autofree char *shortcuts = NULL;

  if (position < G_N_ELEMENTS (keys))
    {
      tip = g_strdup_printf (_ ("%s (%s; Alt+%s while you type)"), text, keys[position], keys[position]);
      shortcuts = g_strdup_printf ("%s Alt+%s", keys[position], keys[position]);
      gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS,
                                      shortcuts, -1);
    }
  gtk_widget_set_tooltip_text (GTK_WIDGET (child), tip != NULL ? tip : text);
}

static void
fill_results (RubisPhoneOutcome *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->results))) != NULL)
    gtk_flow_box_remove (self->results, child);
  for (guint i = 0; self->choices != NULL && i < self->choices->len; i++)
    {
      const RubisChoice *choice = self->choices->pdata[i];

      gtk_flow_box_append (self->results, make_result (i, choice->label));
      tell_keys (gtk_flow_box_get_child_at_index (self->results, (int)i), i, choice->label);
    }
}

static void
fill_reasons (RubisPhoneOutcome *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  gtk_string_list_append (labels, _ ("Choose a Reason"));
  for (guint i = 0; self->reasons != NULL && i < self->reasons->len; i++)
    gtk_string_list_append (labels, ((const RubisChoice *)self->reasons->pdata[i])->label);
  gtk_drop_down_set_model (self->dispute_reason, G_LIST_MODEL (labels));
}

gboolean
rubis_phone_outcome_choose (RubisPhoneOutcome *self, guint position)
{
  g_return_val_if_fail (RUBIS_IS_PHONE_OUTCOME (self), FALSE);

  if (self->choices == NULL || position >= self->choices->len)
    return FALSE;
  gtk_flow_box_select_child (self->results, gtk_flow_box_get_child_at_index (self->results, (int)position));
  return TRUE;
}

void
rubis_phone_outcome_propose (RubisPhoneOutcome *self, const char *result)
{
  for (guint i = 0; get_choice (self) == NULL && self->choices != NULL && i < self->choices->len; i++)
    {
      if (g_str_equal (((const RubisChoice *)self->choices->pdata[i])->id, result))
        rubis_phone_outcome_choose (self, i);
    }
}

/* Nobody was spoken to, or a call was asked for: the next day for it is there already. */
static void
selected_cb (RubisPhoneOutcome *self)
{
  const RubisChoice *choice = self->session != NULL ? get_choice (self) : NULL;
  RubisDate date = RUBIS_DATE_NONE;
  g_autofree char *day = NULL;

  if (choice == NULL)
    return;
  rubis_phone_outcome_say (self, NULL);
  if (!choice->contact || g_str_equal (choice->id, rubis_call_result_to_id (RUBIS_CALL_CALL_BACK)))
    date = rubis_session_suggest_callback (self->session, self->account_id, choice->id);
  if (*gtk_editable_get_text (self->callback_date) != '\0' && !self->suggested)
    return;
  day = rubis_ui_format_date (date);
  gtk_editable_set_text (self->callback_date, day);
  self->suggested = date != RUBIS_DATE_NONE;
  gtk_revealer_set_reveal_child (self->callback_revealer, date != RUBIS_DATE_NONE);
}

/* --- forms --- */

static void
open_form (RubisPhoneOutcome *self, GtkRevealer *revealer, GtkEditable *first)
{
  gtk_revealer_set_reveal_child (revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (first));
  gtk_editable_select_region (first, 0, -1);
}

/* A week is what people mean by soon. */
static void
propose_day (RubisPhoneOutcome *self)
{
  RubisDate date = rubis_calendar_next_business_day (RUBIS_CALENDAR_TARGET, RUBIS_WORKDAYS_OUVRE,
                                                     rubis_session_get_today (self->session) + 7);
  g_autofree char *day = rubis_ui_format_date (date);

  if (*gtk_editable_get_text (self->promise_date) == '\0')
    gtk_editable_set_text (self->promise_date, day);
}

static void
form_toggled_cb (RubisPhoneOutcome *self, GtkToggleButton *toggle)
{
  gboolean active = gtk_toggle_button_get_active (toggle);
  RubisCurrency currency;

  if (toggle == self->promise_toggle && active)
    {
      gint64 amount = rubis_phone_owed_get_amount (self->owed, &currency);
      g_autofree char *text
          = amount > 0 ? rubis_ui_format_amount (amount, currency, currency) : g_strdup ("");

      gtk_editable_set_text (self->promise_amount, text);
      propose_day (self);
      open_form (self, self->promise_revealer, self->promise_amount);
    }
  else if (toggle == self->promise_toggle)
    gtk_revealer_set_reveal_child (self->promise_revealer, FALSE);
  else if (toggle == self->dispute_toggle && active)
    {
      gtk_revealer_set_reveal_child (self->dispute_revealer, TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->dispute_reason));
    }
  else if (toggle == self->dispute_toggle)
    gtk_revealer_set_reveal_child (self->dispute_revealer, FALSE);
  else if (active)
    open_form (self, self->callback_revealer, self->callback_date);
  else
    gtk_revealer_set_reveal_child (self->callback_revealer, FALSE);
}

static void
amount_activate_cb (RubisPhoneOutcome *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->promise_date));
}

static void
promise_activate_cb (RubisPhoneOutcome *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "phone.add-promise", NULL);
}

static void
dispute_activate_cb (RubisPhoneOutcome *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "phone.add-dispute", NULL);
}

/* What was typed is noted when the call is saved: Enter goes on to the note. */
static void
callback_activate_cb (RubisPhoneOutcome *self)
{
  RubisCallOutcome outcome = { .callback_date = RUBIS_DATE_NONE };

  self->suggested = FALSE;
  if (rubis_phone_outcome_read_day (self, gtk_editable_get_text (self->callback_date)) == RUBIS_DATE_NONE)
    {
      rubis_phone_outcome_fill (self, &outcome);
      return;
    }
  rubis_phone_outcome_propose (self, rubis_call_result_to_id (RUBIS_CALL_CALL_BACK));
  rubis_phone_outcome_say (self, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->note));
}

static void
callback_edited_cb (RubisPhoneOutcome *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (gtk_editable_get_delegate (self->callback_date))))
    self->suggested = FALSE;
}

/* --- what is to be noted --- */

/* (transfer full) */
static char *
read_note (RubisPhoneOutcome *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->note);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static gboolean
fill_callback (RubisPhoneOutcome *self, RubisCallOutcome *outcome)
{
  const char *day = gtk_editable_get_text (self->callback_date);
  const char *hour = gtk_editable_get_text (self->callback_hour);

  outcome->callback_date = RUBIS_DATE_NONE;
  outcome->callback_minute = -1;
  if (*day == '\0' && *hour == '\0')
    return TRUE;
  outcome->callback_date
      = *day != '\0' ? rubis_phone_outcome_read_day (self, day) : rubis_session_get_today (self->session);
  if (outcome->callback_date == RUBIS_DATE_NONE)
    {
      g_autofree char *text = g_strdup_printf (_ ("“%s” is no day: write 25/11/2026, or Friday."), day);

      rubis_phone_outcome_say (self, text);
      gtk_widget_grab_focus (GTK_WIDGET (self->callback_date));
      return FALSE;
    }
  if (*hour != '\0' && !rubis_call_hours_parse_minute (hour, &outcome->callback_minute))
    {
      g_autofree char *text = g_strdup_printf (_ ("“%s” is no hour: write 14:30."), hour);

      rubis_phone_outcome_say (self, text);
      gtk_widget_grab_focus (GTK_WIDGET (self->callback_hour));
      return FALSE;
    }
  outcome->callback_reason = gtk_editable_get_text (self->callback_reason);
  outcome->callback_contact_id = self->contact_id;
  return TRUE;
}

gboolean
rubis_phone_outcome_fill (RubisPhoneOutcome *self, RubisCallOutcome *outcome)
{
  static const char kinds[] = { 'p', 'd', 'l' };
  const RubisChoice *choice;

  g_return_val_if_fail (RUBIS_IS_PHONE_OUTCOME (self) && outcome != NULL, FALSE);

  if (!fill_callback (self, outcome))
    return FALSE;
  choice = get_choice (self);
  if (choice == NULL)
    {
      rubis_phone_outcome_say (self, _ ("Say how the call ended: a digit chooses it."));
      rubis_phone_outcome_focus_results (self);
      return FALSE;
    }
  rubis_phone_outcome_say (self, NULL);
  outcome->result = choice->id;
  g_free (self->filled_note);
  self->filled_note = read_note (self);
  outcome->note = self->filled_note;
  outcome->contact_id = self->contact_id;
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_array_set_size (self->filled[k], 0);
      for (guint i = 0; i < self->noted->len; i++)
        {
          const RubisPhoneAgreed *agreed = &g_array_index (self->noted, RubisPhoneAgreed, i);

          if (agreed->kind == kinds[k])
            g_array_append_val (self->filled[k], agreed->id);
        }
    }
  outcome->promise_ids = self->filled[0];
  outcome->dispute_ids = self->filled[1];
  outcome->plan_ids = self->filled[2];
  return TRUE;
}

gboolean
rubis_phone_outcome_has_anything (RubisPhoneOutcome *self)
{
  g_autofree char *note = NULL;

  g_return_val_if_fail (RUBIS_IS_PHONE_OUTCOME (self), FALSE);

  note = read_note (self);
  return get_choice (self) != NULL || *note != '\0' || self->noted->len > 0;
}

gboolean
rubis_phone_outcome_fold (RubisPhoneOutcome *self)
{
  GtkToggleButton *toggles[] = { self->promise_toggle, self->dispute_toggle, self->callback_toggle };
  gboolean folded = FALSE;

  g_return_val_if_fail (RUBIS_IS_PHONE_OUTCOME (self), FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (toggles); i++)
    {
      folded = folded || gtk_toggle_button_get_active (toggles[i]);
      gtk_toggle_button_set_active (toggles[i], FALSE);
    }
  if (folded)
    {
      rubis_phone_outcome_say (self, NULL);
      rubis_phone_outcome_focus_results (self);
    }
  return folded;
}

void
rubis_phone_outcome_focus_results (RubisPhoneOutcome *self)
{
  g_autoptr (GList) selected = NULL;
  GtkFlowBoxChild *child;

  g_return_if_fail (RUBIS_IS_PHONE_OUTCOME (self));

  /* The box itself takes no focus. */
  selected = gtk_flow_box_get_selected_children (self->results);
  child = selected != NULL ? selected->data : gtk_flow_box_get_child_at_index (self->results, 0);
  if (child != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (child));
}

void
rubis_phone_outcome_show_typing (RubisPhoneOutcome *self, gboolean typing)
{
  g_return_if_fail (RUBIS_IS_PHONE_OUTCOME (self));

  gtk_label_set_label (self->keys_hint,
                       typing ? _ ("While you type: Alt and its key") : _ ("Its key chooses it"));
}

/* --- notes of calls that were not noted --- */

/* Account id -> note; they live as long as the session. */
static GHashTable *
get_kept_notes (RubisSession *session)
{
  GHashTable *notes = g_object_get_data (G_OBJECT (session), "rubis-phone-notes");

  if (notes == NULL)
    {
      notes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
      g_object_set_data_full (G_OBJECT (session), "rubis-phone-notes", notes, (GDestroyNotify)g_hash_table_unref);
    }
  return notes;
}

void
rubis_phone_outcome_keep_note (RubisPhoneOutcome *self)
{
  g_autofree char *note = NULL;
  GHashTable *notes;

  g_return_if_fail (RUBIS_IS_PHONE_OUTCOME (self));

  if (self->session == NULL || self->account_id == 0)
    return;
  notes = get_kept_notes (self->session);
  note = read_note (self);
  if (*note != '\0')
    g_hash_table_insert (notes, g_memdup2 (&self->account_id, sizeof self->account_id), g_steal_pointer (&note));
  else
    g_hash_table_remove (notes, &self->account_id);
}

void
rubis_phone_outcome_clear_note (RubisPhoneOutcome *self)
{
  g_return_if_fail (RUBIS_IS_PHONE_OUTCOME (self));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->note), "", -1);
  rubis_phone_outcome_keep_note (self);
}

static void
show_kept_note (RubisPhoneOutcome *self)
{
  const char *note = g_hash_table_lookup (get_kept_notes (self->session), &self->account_id);

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->note), note != NULL ? note : "", -1);
}

/* --- the next account --- */

void
rubis_phone_outcome_start (RubisPhoneOutcome *self, gint64 account_id)
{
  GtkEditable *entries[]
      = { self->promise_amount, self->promise_date,  self->promise_quote, self->dispute_amount,
          self->dispute_words,  self->callback_date, self->callback_hour, self->callback_reason };
  GtkWidget *child;

  g_return_if_fail (RUBIS_IS_PHONE_OUTCOME (self));

  self->account_id = account_id;
  self->suggested = FALSE;
  rubis_phone_outcome_set_contact (self, 0, "", "");
  gtk_flow_box_unselect_all (self->results);
  gtk_toggle_button_set_active (self->promise_toggle, FALSE);
  gtk_toggle_button_set_active (self->dispute_toggle, FALSE);
  gtk_toggle_button_set_active (self->callback_toggle, FALSE);
  gtk_revealer_set_reveal_child (self->callback_revealer, FALSE);
  gtk_drop_down_set_selected (self->dispute_reason, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_text (entries[i], "");
  show_kept_note (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->agreed))) != NULL)
    gtk_box_remove (self->agreed, child);
  gtk_widget_set_visible (self->agreed_box, FALSE);
  g_array_set_size (self->noted, 0);
}

void
rubis_phone_outcome_set_contact (RubisPhoneOutcome *self, gint64 contact_id, const char *name,
                                 const char *email)
{
  g_return_if_fail (RUBIS_IS_PHONE_OUTCOME (self) && name != NULL && email != NULL);

  self->contact_id = contact_id;
  g_free (self->contact);
  self->contact = g_strdup (name);
  g_free (self->email);
  self->email = g_strdup (email);
}

void
rubis_phone_outcome_set_session (RubisPhoneOutcome *self, RubisSession *session, RubisPhoneOwed *owed)
{
  g_return_if_fail (RUBIS_IS_PHONE_OUTCOME (self));

  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  g_set_object (&self->session, session);
  g_set_object (&self->owed, owed);
  if (session == NULL)
    return;
  self->choices = rubis_session_list_choices (session, RUBIS_CHOICES_CALL_RESULT, FALSE, NULL);
  self->reasons = rubis_session_list_choices (session, RUBIS_CHOICES_DISPUTE_REASON, FALSE, NULL);
  fill_results (self);
  fill_reasons (self);
}

static void
rubis_phone_outcome_dispose (GObject *object)
{
  RubisPhoneOutcome *self = RUBIS_PHONE_OUTCOME (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_PHONE_OUTCOME);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  g_clear_object (&self->owed);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_phone_outcome_parent_class)->dispose (object);
}

static void
rubis_phone_outcome_finalize (GObject *object)
{
  RubisPhoneOutcome *self = RUBIS_PHONE_OUTCOME (object);

  g_array_unref (self->noted);
  for (gsize i = 0; i < G_N_ELEMENTS (self->filled); i++)
    g_array_unref (self->filled[i]);
  g_free (self->filled_note);
  g_free (self->contact);
  g_free (self->email);
  G_OBJECT_CLASS (rubis_phone_outcome_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, results);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, keys_hint);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, promise_toggle);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, dispute_toggle);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, callback_toggle);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, promise_revealer);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, promise_amount);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, promise_date);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, promise_quote);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, dispute_revealer);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, dispute_reason);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, dispute_amount);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, dispute_words);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, callback_revealer);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, callback_date);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, callback_hour);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, callback_reason);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, agreed_box);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, agreed);
  gtk_widget_class_bind_template_child (widget_class, RubisPhoneOutcome, note);
  gtk_widget_class_bind_template_callback (widget_class, form_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, amount_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, promise_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, dispute_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, callback_activate_cb);
}

static void
rubis_phone_outcome_class_init (RubisPhoneOutcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_phone_outcome_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_phone_outcome_finalize;
  signals[AGREED] = g_signal_new ("agreed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
  signals[PROBLEM] = g_signal_new ("problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  rubis_phone_outcome_install_edits (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-phone-outcome.ui");
  bind_children (widget_class);
}

static void
rubis_phone_outcome_init (RubisPhoneOutcome *self)
{
  self->noted = g_array_new (FALSE, FALSE, sizeof (RubisPhoneAgreed));
  for (gsize i = 0; i < G_N_ELEMENTS (self->filled); i++)
    self->filled[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->contact = g_strdup ("");
  self->email = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->results, "selected-children-changed", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->callback_date, "changed", G_CALLBACK (callback_edited_cb), self,
                           G_CONNECT_SWAPPED);
}
