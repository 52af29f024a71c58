/* The phone session: who is called, at what hour, by which number. */
#include "rubis-phone-window-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-call-hours.h"
#include "rubis-moment.h"
#include "rubis-ui.h"

#define N_EXCHANGES 6

static GtkWidget *
make_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* --- the clock of the call --- */

static gint64
get_seconds (RubisPhoneWindow *self)
{
  gint64 end = self->ended_at != 0 ? self->ended_at : rubis_moment_now ();

  return self->began_at != 0 ? MAX (end - self->began_at, 0) : 0;
}

void
rubis_phone_window_run_timer (RubisPhoneWindow *self, gboolean run)
{
  if (run && (self->began_at == 0 || self->ended_at != 0))
    {
      /* A call that is taken up again goes on counting. */
      self->began_at = rubis_moment_now () - get_seconds (self);
      self->ended_at = 0;
    }
  else if (!run && self->began_at != 0 && self->ended_at == 0)
    self->ended_at = rubis_moment_now ();
  rubis_phone_window_update_clocks (self);
}

/* --- dialling --- */

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisPhoneWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) || self->dialled == NULL)
    return;
  text = g_strdup_printf (_ ("No program of this computer dials: call %s yourself, the clock runs."),
                          self->dialled);
  gtk_label_set_label (self->dial_problem, text);
  gtk_widget_set_visible (self->dial_problem_box, TRUE);
}

static void
dial (RubisPhoneWindow *self, const RubisCallContact *contact)
{
  gtk_widget_set_visible (self->dial_problem_box, FALSE);
  g_free (self->dialled);
  self->dialled = g_strdup (contact->phone);
  g_free (self->email);
  self->email = g_strdup (contact->email);
  rubis_phone_outcome_set_contact (self->outcome, contact->contact_id,
                                   contact->contact_id != 0 ? contact->name : "", contact->email);
  rubis_phone_window_run_timer (self, TRUE);
  gtk_show_uri_full (GTK_WINDOW (self), contact->uri, GDK_CURRENT_TIME, NULL, shown_cb, g_object_ref (self));
}

gboolean
rubis_phone_window_dial (RubisPhoneWindow *self, guint position)
{
  for (guint i = 0; self->sheet != NULL && i < self->sheet->contacts->len; i++)
    {
      const RubisCallContact *contact = g_ptr_array_index (self->sheet->contacts, i);

      if (*contact->uri == '\0')
        continue;
      if (position-- > 0)
        continue;
      dial (self, contact);
      return TRUE;
    }
  return FALSE;
}

static void
dial_clicked_cb (RubisPhoneWindow *self, GtkWidget *button)
{
  const RubisCallContact *contact = g_object_get_data (G_OBJECT (button), "contact");

  dial (self, contact);
}

static GtkWidget *
make_contact (RubisPhoneWindow *self, const RubisCallContact *contact, gboolean first)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *who = *contact->role != '\0' ? g_strdup_printf ("%s, %s", contact->name, contact->role)
                                                : g_strdup (contact->name);
  g_autofree char *tip = g_strdup_printf (first ? _ ("Call %s (Ctrl+D)") : _ ("Call %s"), contact->phone);
  GtkWidget *button;

  gtk_box_append (GTK_BOX (words), make_label (who, NULL));
  if (*contact->phone != '\0')
    gtk_box_append (GTK_BOX (words), make_label (contact->phone, "numeric"));
  else if (*contact->email != '\0')
    gtk_box_append (GTK_BOX (words), make_label (contact->email, "dim-label"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  if (*contact->uri != '\0')
    {
      button = gtk_button_new_from_icon_name ("call-start-symbolic");
      gtk_widget_set_tooltip_text (button, tip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, first ? "suggested-action" : "flat");
      g_object_set_data (G_OBJECT (button), "contact", (gpointer)contact);
      g_signal_connect_object (button, "clicked", G_CALLBACK (dial_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_widget_add_css_class (box, "phone-contact");
  return box;
}

static void
show_contacts (RubisPhoneWindow *self)
{
  gboolean first = TRUE;

  clear_box (self->contacts);
  for (guint i = 0; i < self->sheet->contacts->len; i++)
    {
      const RubisCallContact *contact = g_ptr_array_index (self->sheet->contacts, i);

      gtk_box_append (self->contacts, make_contact (self, contact, first && *contact->uri != '\0'));
      first = first && *contact->uri == '\0';
    }
  if (first)
    gtk_box_append (self->contacts,
                    make_label (_ ("There is no number to dial: look for one, and give it to the "
                                   "account in its panel."),
                                "dim-label"));
}

/* --- the hour at the customer's --- */

static const char *
describe_hours (RubisCallHours hours)
{
  switch (hours)
    {
    case RUBIS_CALL_HOURS_EARLY:
      return _ ("It is early there: people are called from nine to seven in the evening.");
    case RUBIS_CALL_HOURS_LATE:
      return _ ("It is late there: people are called from nine to seven in the evening.");
    case RUBIS_CALL_HOURS_WEEKEND:
      return _ ("It is the weekend there: people are called from Monday to Friday.");
    case RUBIS_CALL_HOURS_HOLIDAY:
      return _ ("It is a public holiday there.");
    case RUBIS_CALL_HOURS_OPEN:
    default:
      return NULL;
    }
}

static void
update_hours (RubisPhoneWindow *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (self->sheet->time_zone);
  g_autoptr (GDateTime) now = zone != NULL ? g_date_time_new_now (zone) : g_date_time_new_now_local ();
  int minute = g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now);
  RubisDate date = rubis_date_from_ymd (g_date_time_get_year (now), g_date_time_get_month (now),
                                        g_date_time_get_day_of_month (now));
  g_autofree char *hour = rubis_call_hours_format_minute (minute);
  g_autofree char *place = g_strdup (self->sheet->time_zone);
  const char *notice = describe_hours (rubis_call_hours_judge (date, minute, self->sheet->country));
  const char *town = strrchr (place, '/');
  g_autofree char *text = NULL;

  for (char *p = place; *p != '\0'; p++)
    *p = *p == '_' ? ' ' : *p;
  text = g_strdup_printf (_ ("%s at the customer’s (%s)"), hour, town != NULL ? town + 1 : place);
  gtk_label_set_label (self->clock, text);
  gtk_label_set_label (self->hours, notice != NULL ? notice : "");
  gtk_widget_set_visible (self->hours_box, notice != NULL);
}

void
rubis_phone_window_update_clocks (RubisPhoneWindow *self)
{
  gint64 seconds = get_seconds (self);
  g_autofree char *text = g_strdup_printf ("%d:%02d", (int)(seconds / 60), (int)(seconds % 60));

  gtk_button_set_label (GTK_BUTTON (self->timer_button), text);
  self->updating = TRUE;
  gtk_toggle_button_set_active (self->timer_button, self->began_at != 0 && self->ended_at == 0);
  self->updating = FALSE;
  if (self->sheet != NULL)
    update_hours (self);
}

/* --- all of it --- */

static void
show_text (GtkWidget *box, GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (box, *text != '\0');
}

static void
show_history (RubisPhoneWindow *self)
{
  GPtrArray *events = self->sheet->card->events;

  clear_box (self->history);
  for (guint i = 0; i < events->len && i < N_EXCHANGES; i++)
    {
      RubisEventRow *event = g_ptr_array_index (events, i);
      g_autofree char *day = rubis_ui_format_date (event->date);
      g_autofree char *text = *event->detail != '\0'
                                  ? g_strdup_printf ("%s — %s: %s", day, event->title, event->detail)
                                  : g_strdup_printf ("%s — %s", day, event->title);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *icon = gtk_image_new_from_icon_name (rubis_event_row_get_icon (event));
      GtkWidget *label = make_label (text, "caption");

      gtk_widget_set_valign (icon, GTK_ALIGN_START);
      gtk_label_set_lines (GTK_LABEL (label), 2);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_tooltip_text (label, text);
      gtk_box_append (GTK_BOX (line), icon);
      gtk_box_append (GTK_BOX (line), label);
      gtk_box_append (self->history, line);
    }
  gtk_widget_set_visible (self->history_box, events->len > 0);
}

void
rubis_phone_window_show_customer (RubisPhoneWindow *self, const RubisCallEntry *entry)
{
  const RubisAccountCard *card = self->sheet->card;
  g_autoptr (GString) facts = g_string_new (card->code);

  if (*card->siren != '\0')
    g_string_append_printf (facts, " · SIREN %s", card->siren);
  if (*card->payment_terms != '\0')
    g_string_append_printf (facts, " · %s", card->payment_terms);
  gtk_label_set_label (self->name, card->name);
  gtk_label_set_label (self->facts, facts->str);
  gtk_label_set_label (self->why, entry->why);
  show_text (GTK_WIDGET (self->promised), self->promised, self->sheet->promised);
  gtk_widget_set_visible (self->dial_problem_box, FALSE);
  show_contacts (self);
  show_text (self->habits_box, self->habits, self->sheet->habits);
  show_text (self->process_box, self->process, self->sheet->payment_process);
  show_text (self->note_box, self->account_note, card->note);
  show_history (self);
  rubis_phone_window_update_clocks (self);
}
