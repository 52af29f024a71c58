#include "rubis-sender-assistant.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-company.h"
#include "rubis-plain.h"
#include "rubis-sender-form.h"
#include "rubis-sender-login.h"
#include "rubis-sender-trial.h"
#include "rubis-ui.h"

struct _RubisSenderAssistant
{
  AdwWindow parent_instance;

  AdwWindowTitle *window_title;
  GtkStack *stack;
  GtkWidget *back_button;
  GtkButton *next_button;
  GtkLabel *problem;
  AdwEntryRow *email;
  AdwEntryRow *name;
  AdwComboRow *transport;
  GtkLabel *known;
  GtkWidget *ask_box;
  GtkWidget *ask_button;
  GtkSpinner *ask_spinner;
  GtkLabel *advice;
  GtkWidget *advice_box;
  GtkBox *form_box;
  GtkBox *login_box;
  GtkBox *trial_box;
  AdwStatusPage *done_page;

  RubisSession *session;   /* (owned) */
  RubisSender *sender;     /* (owned) (nullable) as it is now */
  RubisSenderForm *form;   /* (unowned) */
  RubisSenderLogin *login; /* (unowned) */
  RubisSenderTrial *trial; /* (unowned) */
  GCancellable *cancellable;
  gboolean chosen; /* the way of sending was chosen by the user */
  gboolean updating;
  gboolean finished; /* the sender is in use */
};

G_DEFINE_FINAL_TYPE (RubisSenderAssistant, rubis_sender_assistant, ADW_TYPE_WINDOW)

typedef enum
{
  PAGE_ADDRESS,
  PAGE_SETTINGS,
  PAGE_LOGIN,
  PAGE_TEST,
  PAGE_DONE,
  N_PAGES,
} Page;

static const struct
{
  const char *name;
  const char *title; /* untranslated */
  const char *next;  /* untranslated, with mnemonic */
} pages[N_PAGES] = {
  [PAGE_ADDRESS] = { "address", N_ ("Which address writes?"), N_ ("_Continue") },
  [PAGE_SETTINGS] = { "settings", N_ ("Through which server?"), N_ ("_Continue") },
  [PAGE_LOGIN] = { "login", N_ ("Login"), N_ ("_Continue") },
  [PAGE_TEST] = { "test", N_ ("Does it work?"), N_ ("_Use This Sender") },
  [PAGE_DONE] = { "done", N_ ("Done"), N_ ("_Close") },
};

static Page
get_page (RubisSenderAssistant *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  for (int i = 0; i < N_PAGES; i++)
    {
      if (g_strcmp0 (pages[i].name, name) == 0)
        return (Page)i;
    }
  return PAGE_ADDRESS;
}

static void
show_problem (RubisSenderAssistant *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
show_page (RubisSenderAssistant *self, Page page)
{
  g_autofree char *step = g_strdup_printf (_ ("Step %d of %d"), (int)page + 1, N_PAGES - 1);

  gtk_stack_set_visible_child_name (self->stack, pages[page].name);
  adw_window_title_set_title (self->window_title, _ (pages[page].title));
  adw_window_title_set_subtitle (self->window_title, page == PAGE_DONE ? "" : step);
  gtk_button_set_label (self->next_button, _ (pages[page].next));
  gtk_widget_set_visible (self->back_button, page != PAGE_ADDRESS && page != PAGE_DONE);
  show_problem (self, NULL);
  if (page == PAGE_LOGIN)
    gtk_widget_grab_focus (GTK_WIDGET (self->login));
}

/* --- the address --- */

static const RubisTransportKind offered[] = {
  RUBIS_TRANSPORT_SMTP,      RUBIS_TRANSPORT_GRAPH,      RUBIS_TRANSPORT_GMAIL,       RUBIS_TRANSPORT_JMAP,
  RUBIS_TRANSPORT_BREVO,     RUBIS_TRANSPORT_MAILJET,    RUBIS_TRANSPORT_FOLDER,      RUBIS_TRANSPORT_SMS_OVH,
  RUBIS_TRANSPORT_SMS_BREVO, RUBIS_TRANSPORT_SMS_TWILIO, RUBIS_TRANSPORT_SMS_SMSMODE, RUBIS_TRANSPORT_MAILEVA,
  RUBIS_TRANSPORT_AR24,      RUBIS_TRANSPORT_LAPOSTE,
};

static void
choose_transport (RubisSenderAssistant *self, RubisTransportKind transport)
{
  self->updating = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (offered); i++)
    {
      if (offered[i] == transport)
        adw_combo_row_set_selected (self->transport, (guint)i);
    }
  self->updating = FALSE;
}

static const char *
get_email (RubisSenderAssistant *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->email));
}

/* What is known of the address, and what then is to be asked. @guess: (nullable) */
static void
show_guess (RubisSenderAssistant *self, const RubisSender *guess)
{
  g_autofree char *text = NULL;
  gboolean typed = strchr (get_email (self), '@') != NULL;

  if (guess != NULL && *guess->server != '\0')
    text = g_strdup_printf (_ ("Known: %s, %s. The settings are filled in."),
                            rubis_transport_to_label (guess->transport), guess->server);
  else if (guess != NULL)
    text = g_strdup_printf (_ ("Known: %s. The settings are filled in."),
                            rubis_transport_to_label (guess->transport));
  else if (typed)
    text = g_strdup (
        _ ("The servers of this address are not known. You can have the network asked who carries "
           "its mail, or type them in the next step."));
  gtk_label_set_label (self->known, text != NULL ? text : "");
  gtk_widget_set_visible (self->ask_box, typed && guess == NULL);
  if (guess != NULL && !self->chosen)
    choose_transport (self, guess->transport);
}

static void
email_changed_cb (RubisSenderAssistant *self)
{
  g_autoptr (RubisSender) guess = rubis_sender_guess (get_email (self));

  show_guess (self, guess);
  show_problem (self, NULL);
}

static void
transport_changed_cb (RubisSenderAssistant *self)
{
  if (!self->updating)
    self->chosen = TRUE;
}

static gpointer
ask_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_sender_guess_online (data, progress->cancellable, error);
}

/* A sender as the address and the choice make it. (transfer full) */
static RubisSender *
make_sender (RubisSenderAssistant *self, const RubisSender *guess)
{
  guint chosen = adw_combo_row_get_selected (self->transport);
  RubisTransportKind transport = offered[MIN (chosen, G_N_ELEMENTS (offered) - 1)];
  g_autofree char *email = g_strstrip (g_strdup (get_email (self)));
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->name));
  RubisSender *sender = guess != NULL && guess->transport == transport ? rubis_sender_copy (guess)
                                                                       : rubis_sender_new (transport);

  rubis_sender_set (sender, email, email);
  rubis_sender_set (sender, from_name, typed);
  rubis_sender_set (sender, name, *email != '\0' ? email : rubis_transport_to_label (transport));
  sender->active = FALSE;
  return sender;
}

static void
take_guess (RubisSenderAssistant *self, const RubisSender *guess)
{
  gint64 id = self->sender != NULL ? self->sender->id : 0;
  g_autofree char *advice = NULL;

  g_clear_pointer (&self->sender, rubis_sender_free);
  self->sender = make_sender (self, guess);
  self->sender->id = id;
  advice = rubis_sender_dup_advice (self->sender);
  gtk_label_set_label (self->advice, advice != NULL ? advice : "");
  gtk_widget_set_visible (self->advice_box, advice != NULL);
  rubis_sender_form_set_sender (self->form, self->sender);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSenderAssistant) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisSender) guess = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (self->session == NULL)
    return;
  gtk_spinner_stop (self->ask_spinner);
  gtk_widget_set_sensitive (self->ask_button, TRUE);
  if (error != NULL)
    show_problem (self, error->message);
  else if (guess == NULL)
    show_problem (self,
                  _ ("Nothing is known of who carries this address: type its servers in the next step."));
  else
    {
      show_guess (self, guess);
      take_guess (self, guess);
      show_page (self, PAGE_SETTINGS);
    }
}

static void
ask_cb (RubisSenderAssistant *self)
{
  show_problem (self, NULL);
  gtk_spinner_start (self->ask_spinner);
  gtk_widget_set_sensitive (self->ask_button, FALSE);
  rubis_ui_read_async (self->session, ask_work, g_strdup (get_email (self)), g_free,
                       (GDestroyNotify)rubis_sender_free, self->cancellable, asked_cb, g_object_ref (self));
}

static void
leave_address (RubisSenderAssistant *self)
{
  g_autoptr (RubisSender) guess = rubis_sender_guess (get_email (self));
  guint chosen = adw_combo_row_get_selected (self->transport);

  if (rubis_transport_carries (offered[chosen], RUBIS_PARCEL_EMAIL) && strchr (get_email (self), '@') == NULL)
    {
      show_problem (self, _ ("Type the email address that customers see, such as compta@example.fr."));
      gtk_widget_grab_focus (GTK_WIDGET (self->email));
      return;
    }
  take_guess (self, guess);
  show_page (self, PAGE_SETTINGS);
}

/* --- keeping --- */

typedef struct
{
  RubisSenderAssistant *assistant; /* (owned) */
  RubisSender *sender;             /* (owned) */
  Page page;                       /* afterwards */
} Order;

static void
order_free (Order *self)
{
  g_object_unref (self->assistant);
  rubis_sender_free (self->sender);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

static gpointer
save_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Order *order = data;

  return GINT_TO_POINTER (rubis_session_save_sender (session, order->sender, error));
}

/* How emails leave from now on. (transfer full) */
static char *
describe_use (RubisSenderAssistant *self)
{
  const RubisSender *sender = self->sender;
  g_autofree char *folder = NULL;

  if (sender->transport == RUBIS_TRANSPORT_FOLDER)
    {
      folder = *sender->folder != '\0' ? g_strdup (sender->folder)
                                       : rubis_session_get_outgoing_folder (self->session);
      return g_strdup_printf (
          _ ("Emails that you confirm become .eml files in %s: nothing leaves by itself."), folder);
    }
  if (sender->recall_minutes == 0)
    return g_strdup_printf (_ ("What you confirm leaves at once by “%s”."), sender->name);
  return g_strdup_printf (
      ngettext (
          "What you confirm waits %d minute in the outbox, where you can take it back, then it leaves by "
          "“%s”.",
          "What you confirm waits %d minutes in the outbox, where you can take it back, then it leaves by "
          "“%s”.",
          (gulong)sender->recall_minutes),
      sender->recall_minutes, sender->name);
}

static void
show_done (RubisSenderAssistant *self)
{
  g_autofree char *text = describe_use (self);

  self->finished = TRUE;
  rubis_plain_set_description (self->done_page, text);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Order) order = user_data;
  g_autoptr (RubisSenderAssistant) self = g_object_ref (order->assistant);
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), TRUE);
  if (error != NULL)
    {
      show_problem (self, error->message);
      return;
    }
  g_clear_pointer (&self->sender, rubis_sender_free);
  self->sender = rubis_sender_copy (order->sender);
  if (order->page == PAGE_DONE)
    show_done (self);
  rubis_sender_login_set_sender (self->login, self->session, self->sender);
  rubis_sender_trial_set_sender (self->trial, self->session, self->sender);
  show_page (self, order->page);
}

/* @sender: (transfer full) */
static void
save (RubisSenderAssistant *self, RubisSender *sender, Page page)
{
  Order *order = g_new0 (Order, 1);

  order->assistant = g_object_ref (self);
  order->sender = sender;
  order->page = page;
  gtk_widget_set_sensitive (GTK_WIDGET (self->next_button), FALSE);
  rubis_session_run_async (self->session, NULL, save_work, order, NULL, NULL, NULL, saved_cb, order);
}

static void
leave_settings (RubisSenderAssistant *self)
{
  RubisSender *sender = rubis_sender_form_dup_sender (self->form);

  if (sender == NULL)
    return;
  sender->id = self->sender->id;
  save (self, sender, rubis_sender_login_is_needed (sender) ? PAGE_LOGIN : PAGE_TEST);
}

static void
leave_test (RubisSenderAssistant *self)
{
  RubisSender *sender = rubis_sender_copy (self->sender);

  sender->active = TRUE;
  save (self, sender, PAGE_DONE);
}

/* What was typed is kept first; its "changed" leads on. */
static void
leave_login (RubisSenderAssistant *self)
{
  if (!rubis_sender_login_store (self->login))
    show_page (self, PAGE_TEST);
}

static void
login_changed_cb (RubisSenderAssistant *self)
{
  if (get_page (self) == PAGE_LOGIN)
    show_page (self, PAGE_TEST);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisSenderAssistant *self = RUBIS_SENDER_ASSISTANT (widget);

  switch (get_page (self))
    {
    case PAGE_ADDRESS:
      leave_address (self);
      break;
    case PAGE_SETTINGS:
      leave_settings (self);
      break;
    case PAGE_LOGIN:
      leave_login (self);
      break;
    case PAGE_TEST:
      leave_test (self);
      break;
    case PAGE_DONE:
    case N_PAGES:
    default:
      gtk_window_close (GTK_WINDOW (self));
      break;
    }
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisSenderAssistant *self = RUBIS_SENDER_ASSISTANT (widget);
  Page page = get_page (self);

  if (page == PAGE_ADDRESS || page == PAGE_DONE)
    return;
  if (page == PAGE_TEST && !rubis_sender_login_is_needed (self->sender))
    page = PAGE_LOGIN;
  show_page (self, (Page)(page - 1));
}

/* What was begun and not finished leaves nothing behind. */
static gpointer
remove_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return GINT_TO_POINTER (rubis_session_remove_sender (session, *(gint64 *)data, error));
}

static gboolean
close_request_cb (RubisSenderAssistant *self)
{
  if (!self->finished && self->sender != NULL && self->sender->id != 0)
    rubis_session_run_async (self->session, NULL, remove_work, g_memdup2 (&self->sender->id, sizeof (gint64)),
                             g_free, NULL, NULL, NULL, NULL);
  return FALSE;
}

static void
rubis_sender_assistant_dispose (GObject *object)
{
  RubisSenderAssistant *self = RUBIS_SENDER_ASSISTANT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->sender, rubis_sender_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_SENDER_ASSISTANT);
  G_OBJECT_CLASS (rubis_sender_assistant_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-sender-assistant.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, window_title);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, back_button);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, next_button);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, problem);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, email);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, name);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, transport);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, known);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, ask_box);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, ask_button);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, ask_spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, advice);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, advice_box);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, form_box);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, login_box);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, trial_box);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderAssistant, done_page);
  gtk_widget_class_bind_template_callback (widget_class, email_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, transport_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_request_cb);
}

static void
rubis_sender_assistant_class_init (RubisSenderAssistantClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_sender_assistant_dispose;
  gtk_widget_class_install_action (widget_class, "assistant.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "assistant.back", NULL, back_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "assistant.next",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "assistant.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  bind_template (widget_class);
}

static void
rubis_sender_assistant_init (RubisSenderAssistant *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->cancellable = g_cancellable_new ();
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (offered); i++)
    gtk_string_list_append (names, rubis_transport_to_label (offered[i]));
  adw_combo_row_set_model (self->transport, G_LIST_MODEL (names));
  self->updating = FALSE;
  self->form = RUBIS_SENDER_FORM (rubis_sender_form_new (RUBIS_SENDER_PARTS_CONNECTION));
  self->login = RUBIS_SENDER_LOGIN (rubis_sender_login_new ());
  self->trial = RUBIS_SENDER_TRIAL (rubis_sender_trial_new ());
  gtk_box_append (self->form_box, GTK_WIDGET (self->form));
  gtk_box_append (self->login_box, GTK_WIDGET (self->login));
  gtk_box_append (self->trial_box, GTK_WIDGET (self->trial));
  g_signal_connect_object (self->login, "changed", G_CALLBACK (login_changed_cb), self, G_CONNECT_SWAPPED);
  show_page (self, PAGE_ADDRESS);
}

RubisSenderAssistant *
rubis_sender_assistant_present (GtkWindow *parent, RubisSession *session)
{
  RubisSenderAssistant *self;
  g_autoptr (RubisCompany) company = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_SENDER_ASSISTANT, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  company = rubis_session_dup_company (session);
  gtk_editable_set_text (GTK_EDITABLE (self->name), company->name);
  gtk_editable_set_text (GTK_EDITABLE (self->email), company->email);
  gtk_widget_grab_focus (GTK_WIDGET (self->email));
  gtk_window_present (GTK_WINDOW (self));
  return self;
}
