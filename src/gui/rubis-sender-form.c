#include "rubis-sender-form.h"

#include <glib/gi18n-lib.h>

#include "rubis-sender-check.h"
#include "rubis-sender-fields.h"

#define N_DAYS 7

typedef enum
{
  KIND_ENTRY,
  KIND_NUMBER,
  KIND_SECURITY,
  KIND_AUTH,
  KIND_DAYS,
  KIND_LINES,
  KIND_SWITCH,
} Kind;

typedef enum
{
  GROUP_WHO,
  GROUP_SERVER,
  GROUP_ANSWERS,
  GROUP_WHEN,
  GROUP_USE,
  N_GROUPS,
} Group;

/* A mask of transports. */
#define T(transport) (1u << RUBIS_TRANSPORT_##transport)
#define FOLDER T (FOLDER)
#define EMAIL (T (SMTP) | T (JMAP) | T (GRAPH) | T (GMAIL) | T (BREVO) | T (MAILJET))
#define SMS (T (SMS_OVH) | T (SMS_BREVO) | T (SMS_TWILIO) | T (SMS_SMSMODE))
#define POST (T (MAILEVA) | T (AR24) | T (LAPOSTE))
#define ALL (FOLDER | EMAIL | SMS | POST)
#define REAL (EMAIL | SMS | POST)

static const struct
{
  const char *field;
  Group group;
  Kind kind;
  guint transports;
  int upper; /* of a number */
} fields[] = {
  { "name", GROUP_WHO, KIND_ENTRY, ALL, 0 },
  { "email", GROUP_WHO, KIND_ENTRY, FOLDER | EMAIL | POST, 0 },
  { "from_name", GROUP_WHO, KIND_ENTRY, FOLDER | EMAIL | SMS, 0 },
  { "reply_to", GROUP_WHO, KIND_ENTRY, FOLDER | EMAIL, 0 },
  { "server", GROUP_SERVER, KIND_ENTRY, T (SMTP) | T (JMAP), 0 },
  { "port", GROUP_SERVER, KIND_NUMBER, T (SMTP), 65535 },
  { "security", GROUP_SERVER, KIND_SECURITY, T (SMTP), 0 },
  { "auth", GROUP_SERVER, KIND_AUTH, T (SMTP) | T (JMAP), 0 },
  { "user", GROUP_SERVER, KIND_ENTRY, T (SMTP) | T (JMAP) | POST, 0 },
  { "service", GROUP_SERVER, KIND_ENTRY, T (SMTP) | T (JMAP) | T (GRAPH) | SMS | POST, 0 },
  { "client_id", GROUP_SERVER, KIND_ENTRY, T (SMTP) | T (JMAP) | T (GRAPH) | T (GMAIL) | T (SMS_OVH), 0 },
  { "folder", GROUP_SERVER, KIND_ENTRY, FOLDER, 0 },
  { "imap_server", GROUP_ANSWERS, KIND_ENTRY, T (SMTP) | T (BREVO) | T (MAILJET), 0 },
  { "imap_port", GROUP_ANSWERS, KIND_NUMBER, T (SMTP) | T (BREVO) | T (MAILJET), 65535 },
  { "imap_security", GROUP_ANSWERS, KIND_SECURITY, T (SMTP) | T (BREVO) | T (MAILJET), 0 },
  { "recall_minutes", GROUP_WHEN, KIND_NUMBER, ALL, 1440 },
  { "hours", GROUP_WHEN, KIND_ENTRY, REAL, 0 },
  { "days", GROUP_WHEN, KIND_DAYS, REAL, 0 },
  { "per_minute", GROUP_WHEN, KIND_NUMBER, REAL, 6000 },
  { "per_day", GROUP_WHEN, KIND_NUMBER, REAL, 1000000 },
  { "max_size", GROUP_WHEN, KIND_ENTRY, EMAIL, 0 },
  { "unit_price", GROUP_WHEN, KIND_ENTRY, SMS | POST, 0 },
  { "signature", GROUP_USE, KIND_LINES, FOLDER | EMAIL, 0 },
  { "actor", GROUP_USE, KIND_ENTRY, ALL, 0 },
  { "position", GROUP_USE, KIND_NUMBER, ALL, 10000 },
  { "active", GROUP_USE, KIND_SWITCH, ALL, 0 },
};
#define N_FIELDS G_N_ELEMENTS (fields)

struct _RubisSenderForm
{
  AdwBin parent_instance;

  RubisSenderParts parts;
  RubisSender *sender;         /* (owned) (nullable) as it was set */
  GtkWidget *groups[N_GROUPS]; /* (unowned) */
  GtkWidget *rows[N_FIELDS];   /* (unowned) (nullable) the line of a field */
  GtkWidget *inputs[N_FIELDS]; /* (unowned) (nullable) what is edited in it */
  GtkLabel *problem;           /* (unowned) */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RubisSenderForm, rubis_sender_form, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static gboolean
is_part (RubisSenderForm *self, gsize i)
{
  return self->parts == RUBIS_SENDER_PARTS_ALL || fields[i].group <= GROUP_ANSWERS;
}

/* What the way of logging in leaves to be said. */
static gboolean
is_asked (const RubisSender *sender, gsize i)
{
  const char *field = fields[i].field;

  if ((fields[i].transports & (1u << sender->transport)) == 0)
    return FALSE;
  /* Providers of SMS and letters use those that mean something to them. */
  if (((SMS | POST) & (1u << sender->transport)) != 0
      && (fields[i].group == GROUP_SERVER || g_str_equal (field, "email")))
    return rubis_sender_get_meaning (sender->transport, field) != NULL;
  if (g_str_equal (field, "user"))
    return sender->auth != RUBIS_AUTH_NONE;
  if (g_str_equal (field, "client_id"))
    return sender->auth == RUBIS_AUTH_OAUTH;
  /* Where the users of a mail server sign in. */
  if (g_str_equal (field, "service") && ((T (SMTP) | T (JMAP)) & (1u << sender->transport)) != 0)
    return sender->auth == RUBIS_AUTH_OAUTH;
  return TRUE;
}

/* --- reading and writing one field --- */

static char *
join_days (GtkWidget *box)
{
  GString *text = g_string_new (NULL);
  int day = 1;

  for (GtkWidget *button = gtk_widget_get_first_child (box); button != NULL;
       button = gtk_widget_get_next_sibling (button), day++)
    {
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
        g_string_append_printf (text, "%s%d", text->len > 0 ? "," : "", day);
    }
  return g_string_free (text, FALSE);
}

static char *
dup_lines (GtkTextView *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* As rubis_sender_set_field() takes it. (transfer full) */
static char *
read_input (RubisSenderForm *self, gsize i)
{
  GtkWidget *input = self->inputs[i];

  switch (fields[i].kind)
    {
    case KIND_NUMBER:
      return g_strdup_printf ("%d", gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (input)));
    case KIND_SECURITY:
      return g_strdup (
          rubis_security_to_id ((RubisSecurity)adw_combo_row_get_selected (ADW_COMBO_ROW (input))));
    case KIND_AUTH:
      return g_strdup (rubis_auth_to_id ((RubisAuth)adw_combo_row_get_selected (ADW_COMBO_ROW (input))));
    case KIND_DAYS:
      return join_days (input);
    case KIND_LINES:
      return dup_lines (GTK_TEXT_VIEW (input));
    case KIND_SWITCH:
      return g_strdup (gtk_switch_get_active (GTK_SWITCH (input)) ? "yes" : "no");
    case KIND_ENTRY:
    default:
      return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (input))));
    }
}

static void
fill_days (GtkWidget *box, guint days)
{
  guint bit = 1;

  for (GtkWidget *button = gtk_widget_get_first_child (box); button != NULL;
       button = gtk_widget_get_next_sibling (button), bit <<= 1)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), (days & bit) != 0);
}

static void
fill_input (RubisSenderForm *self, gsize i)
{
  g_autofree char *text = rubis_sender_dup_field (self->sender, fields[i].field);
  GtkWidget *input = self->inputs[i];
  RubisSecurity security = RUBIS_SECURITY_TLS;
  RubisAuth auth = RUBIS_AUTH_PASSWORD;

  switch (fields[i].kind)
    {
    case KIND_NUMBER:
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (input), g_ascii_strtod (text, NULL));
      break;
    case KIND_SECURITY:
      rubis_security_from_id (text, &security);
      adw_combo_row_set_selected (ADW_COMBO_ROW (input), security);
      break;
    case KIND_AUTH:
      rubis_auth_from_id (text, &auth);
      adw_combo_row_set_selected (ADW_COMBO_ROW (input), auth);
      break;
    case KIND_DAYS:
      fill_days (input, self->sender->days);
      break;
    case KIND_LINES:
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (input)), self->sender->signature,
                                -1);
      break;
    case KIND_SWITCH:
      gtk_switch_set_active (GTK_SWITCH (input), self->sender->active);
      break;
    case KIND_ENTRY:
    default:
      gtk_editable_set_text (GTK_EDITABLE (input), text);
      break;
    }
}

/* --- problems --- */

static void
show_problem (RubisSenderForm *self, const char *field, const char *text)
{
  for (gsize i = 0; i < N_FIELDS; i++)
    {
      if (self->rows[i] == NULL)
        continue;
      if (g_strcmp0 (fields[i].field, field) == 0)
        {
          gtk_widget_add_css_class (self->rows[i], "error");
          gtk_widget_grab_focus (self->inputs[i]);
        }
      else
        gtk_widget_remove_css_class (self->rows[i], "error");
    }
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

RubisSender *
rubis_sender_form_dup_sender (RubisSenderForm *self)
{
  g_autoptr (RubisSender) sender = NULL;
  g_autoptr (GError) error = NULL;
  const char *field = NULL;

  g_return_val_if_fail (RUBIS_IS_SENDER_FORM (self) && self->sender != NULL, NULL);

  sender = rubis_sender_copy (self->sender);
  for (gsize i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *text = NULL;

      if (self->rows[i] == NULL || !gtk_widget_get_visible (self->rows[i]))
        continue;
      text = read_input (self, i);
      if (rubis_sender_set_field (sender, fields[i].field, text, &error))
        continue;
      show_problem (self, fields[i].field, error->message);
      return NULL;
    }
  if (!rubis_sender_check (sender, &field, &error) || !rubis_sender_check_complete (sender, &field, &error))
    {
      show_problem (self, field, error->message);
      return NULL;
    }
  show_problem (self, NULL, NULL);
  return g_steal_pointer (&sender);
}

/* --- building --- */

static void
update_visible (RubisSenderForm *self)
{
  gboolean any[N_GROUPS] = { FALSE };

  for (gsize i = 0; i < N_FIELDS; i++)
    {
      const char *meaning;
      gboolean asked;

      if (self->rows[i] == NULL)
        continue;
      asked = is_asked (self->sender, i);
      meaning = rubis_sender_get_meaning (self->sender->transport, fields[i].field);
      if (ADW_IS_ENTRY_ROW (self->rows[i]))
        adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]),
                                       meaning != NULL ? meaning
                                                       : rubis_sender_field_to_label (fields[i].field));
      gtk_widget_set_visible (self->rows[i], asked);
      any[fields[i].group] = any[fields[i].group] || asked;
    }
  for (int group = 0; group < N_GROUPS; group++)
    gtk_widget_set_visible (self->groups[group], any[group]);
}

static void
changed_cb (RubisSenderForm *self)
{
  if (self->filling || self->sender == NULL)
    return;
  for (gsize i = 0; i < N_FIELDS; i++)
    {
      /* How one logs in decides what else is asked. */
      if (fields[i].kind == KIND_AUTH && self->inputs[i] != NULL && gtk_widget_get_visible (self->rows[i]))
        self->sender->auth = (RubisAuth)adw_combo_row_get_selected (ADW_COMBO_ROW (self->inputs[i]));
    }
  update_visible (self);
  show_problem (self, NULL, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
add_suffix_row (RubisSenderForm *self, gsize i, GtkWidget *input)
{
  GtkWidget *row = adw_action_row_new ();
  const char *label = rubis_sender_field_to_label (fields[i].field);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  gtk_widget_set_valign (input, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), input);
  if (fields[i].kind != KIND_DAYS)
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), input);
  gtk_accessible_update_property (GTK_ACCESSIBLE (input), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  self->inputs[i] = input;
  return row;
}

static GtkWidget *
make_number (RubisSenderForm *self, gsize i)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (0, fields[i].upper, 1);
  GtkWidget *row;

  g_signal_connect_object (spin, "value-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  row = add_suffix_row (self, i, spin);
  if (g_str_equal (fields[i].field, "recall_minutes"))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                                 _ ("Minutes during which a message can still be taken back"));
  else if (g_str_has_suffix (fields[i].field, "port"))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("0: the usual one"));
  else if (g_str_has_prefix (fields[i].field, "per_"))
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("0: no limit"));
  else
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Of those that fit, the lowest is taken"));
  return row;
}

static GtkWidget *
make_combo (RubisSenderForm *self, gsize i)
{
  GtkWidget *row = adw_combo_row_new ();
  const char *const securities[] = { _ ("TLS from the start"), _ ("STARTTLS"), _ ("None"), NULL };
  const char *const auths[] = { _ ("Password or key"), _ ("Sign-in in the browser"), _ ("None"), NULL };
  g_autoptr (GtkStringList) names = gtk_string_list_new (fields[i].kind == KIND_AUTH ? auths : securities);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rubis_sender_field_to_label (fields[i].field));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->inputs[i] = row;
  return row;
}

static GtkWidget *
make_days (RubisSenderForm *self, gsize i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  for (int day = 1; day <= N_DAYS; day++)
    {
      /* The first day of 2024 was a Monday. */
      g_autoptr (GDateTime) date = g_date_time_new_utc (2024, 1, day, 12, 0, 0);
      g_autofree char *name = g_date_time_format (date, "%A");
      g_autofree char *letters = g_date_time_format (date, "%a");
      GtkWidget *button = gtk_toggle_button_new_with_label (letters);

      gtk_widget_set_tooltip_text (button, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      g_signal_connect_object (button, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), button);
    }
  return add_suffix_row (self, i, box);
}

static GtkWidget *
make_lines (RubisSenderForm *self, gsize i)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (rubis_sender_field_to_label (fields[i].field));
  GtkWidget *view = gtk_text_view_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_widget_set_size_request (view, -1, 72);
  gtk_widget_add_css_class (view, "sender-lines");
  gtk_widget_set_margin_top (box, 9);
  gtk_widget_set_margin_bottom (box, 9);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), view);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  rubis_sender_field_to_label (fields[i].field), -1);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  self->inputs[i] = view;
  return row;
}

static GtkWidget *
make_entry (RubisSenderForm *self, gsize i)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rubis_sender_field_to_label (fields[i].field));
  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (g_str_equal (fields[i].field, "actor"))
    gtk_widget_set_tooltip_text (row, _ ("Empty: for everybody. Else the name with which a user logs in to "
                                         "this computer."));
  else if (g_str_equal (fields[i].field, "hours"))
    gtk_widget_set_tooltip_text (row, _ ("From when until when messages leave: 08:00-18:30"));
  self->inputs[i] = row;
  return row;
}

static GtkWidget *
make_switch (RubisSenderForm *self, gsize i)
{
  GtkWidget *input = gtk_switch_new ();

  g_signal_connect_object (input, "notify::active", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return add_suffix_row (self, i, input);
}

static GtkWidget *
make_row (RubisSenderForm *self, gsize i)
{
  switch (fields[i].kind)
    {
    case KIND_NUMBER:
      return make_number (self, i);
    case KIND_SECURITY:
    case KIND_AUTH:
      return make_combo (self, i);
    case KIND_DAYS:
      return make_days (self, i);
    case KIND_LINES:
      return make_lines (self, i);
    case KIND_SWITCH:
      return make_switch (self, i);
    case KIND_ENTRY:
    default:
      return make_entry (self, i);
    }
}

static void
build (RubisSenderForm *self)
{
  const char *const titles[N_GROUPS] = {
    [GROUP_WHO] = _ ("Who writes"),        [GROUP_SERVER] = _ ("Server"),
    [GROUP_ANSWERS] = _ ("Answers"),       [GROUP_WHEN] = _ ("When and how many"),
    [GROUP_USE] = _ ("Signature and use"),
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *problem = gtk_label_new (NULL);

  self->problem = GTK_LABEL (problem);
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_wrap_mode (self->problem, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (self->problem, 60);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_add_css_class (problem, "error");
  gtk_widget_set_visible (problem, FALSE);
  gtk_box_append (GTK_BOX (box), problem);
  for (int group = 0; group < N_GROUPS; group++)
    {
      self->groups[group] = adw_preferences_group_new ();
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->groups[group]), titles[group]);
      gtk_box_append (GTK_BOX (box), self->groups[group]);
    }
  for (gsize i = 0; i < N_FIELDS; i++)
    {
      if (!is_part (self, i))
        continue;
      self->rows[i] = make_row (self, i);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->groups[fields[i].group]), self->rows[i]);
    }
  adw_bin_set_child (ADW_BIN (self), box);
}

void
rubis_sender_form_set_sender (RubisSenderForm *self, const RubisSender *sender)
{
  g_return_if_fail (RUBIS_IS_SENDER_FORM (self) && sender != NULL);

  g_clear_pointer (&self->sender, rubis_sender_free);
  self->sender = rubis_sender_copy (sender);
  self->filling = TRUE;
  for (gsize i = 0; i < N_FIELDS; i++)
    {
      if (self->rows[i] != NULL)
        fill_input (self, i);
    }
  self->filling = FALSE;
  update_visible (self);
  show_problem (self, NULL, NULL);
}

static void
rubis_sender_form_finalize (GObject *object)
{
  g_clear_pointer (&RUBIS_SENDER_FORM (object)->sender, rubis_sender_free);
  G_OBJECT_CLASS (rubis_sender_form_parent_class)->finalize (object);
}

static void
rubis_sender_form_class_init (RubisSenderFormClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_sender_form_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
rubis_sender_form_init (RubisSenderForm *self)
{
}

GtkWidget *
rubis_sender_form_new (RubisSenderParts parts)
{
  RubisSenderForm *self = g_object_new (RUBIS_TYPE_SENDER_FORM, NULL);

  self->parts = parts;
  build (self);
  return GTK_WIDGET (self);
}
