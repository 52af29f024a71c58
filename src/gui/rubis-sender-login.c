#include "rubis-sender-login.h"

#include <glib/gi18n-lib.h>

#include "rubis-sender-needs.h"
#include "rubis-ui.h"

#define MAX_SECRETS 3

struct _RubisSenderLogin
{
  AdwBin parent_instance;

  AdwPreferencesGroup *secrets_group;
  AdwPreferencesGroup *oauth_group;
  GtkWidget *browser_button;
  GtkWidget *code_button;
  GtkWidget *cancel_button;
  GtkWidget *code_box;
  GtkLabel *code;
  GtkLinkButton *code_link;
  GtkSpinner *spinner;
  GtkLabel *state;
  GtkLabel *problem;

  RubisSession *session;           /* (owned) (nullable) */
  RubisSender *sender;             /* (owned) (nullable) */
  GtkWidget *entries[MAX_SECRETS]; /* (unowned) (nullable) */
  const char *names[MAX_SECRETS];  /* (static) of the secrets */
  guint n_secrets;
  GCancellable *cancellable; /* (owned) (nullable) of the sign-in */
};

G_DEFINE_FINAL_TYPE (RubisSenderLogin, rubis_sender_login, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

gboolean
rubis_sender_login_is_needed (const RubisSender *sender)
{
  g_return_val_if_fail (sender != NULL, FALSE);

  return sender->auth != RUBIS_AUTH_NONE;
}

static void
show_problem (RubisSenderLogin *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
show_state (RubisSenderLogin *self, const char *text)
{
  gtk_label_set_label (self->state, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), text != NULL);
}

/* --- passwords and keys --- */

typedef struct
{
  RubisSenderLogin *login; /* (owned) */
  RubisSender *sender;     /* (owned) */
  char *secrets[MAX_SECRETS];
  const char *names[MAX_SECRETS];
  guint n;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  for (guint i = 0; i < order->n; i++)
    {
      /* Does not stay in memory that is given away. */
      if (order->secrets[i] != NULL)
        memset (order->secrets[i], 0, strlen (order->secrets[i]));
      g_free (order->secrets[i]);
    }
  rubis_sender_free (order->sender);
  g_object_unref (order->login);
  g_free (order);
}

static gpointer
store_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Order *order = data;

  for (guint i = 0; i < order->n; i++)
    {
      if (!rubis_session_store_secret (session, order->sender, order->names[i], order->secrets[i], error))
        return NULL;
    }
  return GINT_TO_POINTER (1);
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSenderLogin) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  if (error != NULL)
    {
      show_problem (self, error->message);
      return;
    }
  for (guint i = 0; i < self->n_secrets; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), "");
  show_problem (self, NULL);
  show_state (self, _ ("Kept in the keyring of this computer."));
  g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
rubis_sender_login_store (RubisSenderLogin *self)
{
  Order *order;

  g_return_val_if_fail (RUBIS_IS_SENDER_LOGIN (self), FALSE);

  if (self->session == NULL || self->sender == NULL)
    return FALSE;
  order = g_new0 (Order, 1);
  order->login = g_object_ref (self);
  order->sender = rubis_sender_copy (self->sender);
  for (guint i = 0; i < self->n_secrets; i++)
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entries[i]));

      if (*text == '\0')
        continue;
      order->names[order->n] = self->names[i];
      order->secrets[order->n++] = g_strdup (text);
    }
  if (order->n == 0)
    {
      order_free (order);
      return FALSE;
    }
  rubis_ui_read_async (self->session, store_work, order, order_free, NULL, NULL, stored_cb,
                       g_object_ref (self));
  return TRUE;
}

static void
store_cb (RubisSenderLogin *self)
{
  rubis_sender_login_store (self);
}

static void
add_secret (RubisSenderLogin *self, const char *name, const char *title)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (store_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->secrets_group, row);
  self->entries[self->n_secrets] = row;
  self->names[self->n_secrets++] = name;
}

static void
add_secrets (RubisSenderLogin *self, GArray *needs)
{
  for (guint i = 0; i < MIN (needs->len, MAX_SECRETS); i++)
    {
      const RubisSenderNeed *need = &g_array_index (needs, RubisSenderNeed, i);

      add_secret (self, need->name, need->label);
    }
}

/* --- signing in --- */

/* What another thread shows: an address to open, and a code to be typed there. */
typedef struct
{
  RubisSenderLogin *login; /* (owned) */
  char *uri;
  char *code; /* (nullable) */
} Shown;

static gboolean
shown_cb (gpointer user_data)
{
  Shown *shown = user_data;
  RubisSenderLogin *self = shown->login;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->session != NULL && root != NULL)
    {
      gtk_label_set_label (self->code, shown->code != NULL ? shown->code : "");
      gtk_widget_set_visible (GTK_WIDGET (self->code), shown->code != NULL);
      gtk_link_button_set_uri (self->code_link, shown->uri);
      gtk_button_set_label (GTK_BUTTON (self->code_link),
                            shown->code != NULL ? shown->uri : _ ("Open the sign-in page"));
      gtk_widget_set_visible (self->code_box, TRUE);
      if (shown->code == NULL)
        gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, shown->uri, GDK_CURRENT_TIME);
    }
  g_object_unref (shown->login);
  g_free (shown->uri);
  g_free (shown->code);
  g_free (shown);
  return G_SOURCE_REMOVE;
}

static void
show_later (RubisSenderLogin *self, const char *uri, const char *code)
{
  Shown *shown = g_new0 (Shown, 1);

  shown->login = g_object_ref (self);
  shown->uri = g_strdup (uri);
  shown->code = g_strdup (code);
  g_idle_add (shown_cb, shown);
}

static gboolean
open_uri (const char *uri, gpointer user_data)
{
  show_later (user_data, uri, NULL);
  return TRUE;
}

static void
show_code (const char *code, const char *uri, gpointer user_data)
{
  show_later (user_data, uri, code);
}

typedef struct
{
  RubisSenderLogin *login; /* (owned) */
  RubisSender *sender;     /* (owned) */
  gboolean by_code;
} SignIn;

static void
sign_in_free (gpointer data)
{
  SignIn *self = data;

  g_object_unref (self->login);
  rubis_sender_free (self->sender);
  g_free (self);
}

static gpointer
sign_in_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  SignIn *order = data;
  gboolean done;

  if (order->by_code)
    done = rubis_session_authorize_by_code (session, order->sender, show_code, order->login,
                                            progress->cancellable, error);
  else
    done = rubis_session_authorize_sender (session, order->sender, open_uri, order->login,
                                           progress->cancellable, error);
  return GINT_TO_POINTER (done);
}

static void
show_busy (RubisSenderLogin *self, gboolean busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (self->cancel_button, busy);
  gtk_widget_set_sensitive (self->browser_button, !busy);
  gtk_widget_set_sensitive (self->code_button, !busy);
  if (!busy)
    gtk_widget_set_visible (self->code_box, FALSE);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSenderLogin) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (self->session == NULL)
    return;
  show_busy (self, FALSE);
  if (error == NULL)
    {
      show_state (self, _ ("Signed in. The permission is kept in the keyring of this computer."));
      g_signal_emit (self, signals[CHANGED], 0);
    }
  else
    {
      show_state (self, NULL);
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_problem (self, error->message);
    }
}

static void
sign_in (RubisSenderLogin *self, gboolean by_code)
{
  SignIn *order;

  if (self->session == NULL || self->sender == NULL)
    return;
  order = g_new0 (SignIn, 1);
  order->login = g_object_ref (self);
  order->sender = rubis_sender_copy (self->sender);
  order->by_code = by_code;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show_problem (self, NULL);
  show_state (self, by_code ? _ ("Type this code there:") : _ ("Your browser asks for the sign-in…"));
  show_busy (self, TRUE);
  rubis_ui_read_async (self->session, sign_in_work, order, sign_in_free, NULL, self->cancellable,
                       signed_in_cb, g_object_ref (self));
}

static void
browser_cb (RubisSenderLogin *self)
{
  sign_in (self, FALSE);
}

static void
code_cb (RubisSenderLogin *self)
{
  sign_in (self, TRUE);
}

static void
cancel_cb (RubisSenderLogin *self)
{
  g_cancellable_cancel (self->cancellable);
}

/* --- whether it was given already --- */

static gpointer
has_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const RubisSender *sender = data;
  g_autoptr (GArray) needs = rubis_sender_list_needs (sender);
  const char *name = needs->len > 0 ? g_array_index (needs, RubisSenderNeed, 0).name : RUBIS_SECRET_PASSWORD;

  return GINT_TO_POINTER (rubis_session_has_secret (
      session, sender, rubis_sender_signs_in (sender) ? RUBIS_SECRET_REFRESH_TOKEN : name, error));
}

static void
has_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSenderLogin) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean has = GPOINTER_TO_INT (rubis_session_run_finish (RUBIS_SESSION (source), result, &error));

  if (self->session == NULL || self->sender == NULL)
    return;
  if (error != NULL)
    show_problem (self, error->message);
  else if (has)
    show_state (self, rubis_sender_signs_in (self->sender)
                          ? _ ("Signed in already. Sign in again when it is refused.")
                          : _ ("Given already. Type it again to replace it."));
}

void
rubis_sender_login_set_sender (RubisSenderLogin *self, RubisSession *session, const RubisSender *sender)
{
  g_autoptr (GArray) needs = NULL;

  g_return_if_fail (RUBIS_IS_SENDER_LOGIN (self));

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->session, session);
  g_clear_pointer (&self->sender, rubis_sender_free);
  for (guint i = 0; i < self->n_secrets; i++)
    adw_preferences_group_remove (self->secrets_group, self->entries[i]);
  self->n_secrets = 0;
  show_problem (self, NULL);
  show_state (self, NULL);
  if (sender == NULL)
    return;
  self->sender = rubis_sender_copy (sender);
  needs = rubis_sender_list_needs (sender);
  gtk_widget_set_visible (GTK_WIDGET (self->oauth_group), rubis_sender_signs_in (sender));
  gtk_widget_set_visible (GTK_WIDGET (self->secrets_group), needs->len > 0);
  /* Google gives no codes for mail. */
  gtk_widget_set_visible (self->code_button, sender->transport != RUBIS_TRANSPORT_GMAIL);
  add_secrets (self, needs);
  if (needs->len > 0)
    rubis_ui_read_async (session, has_work, rubis_sender_copy (sender), (GDestroyNotify)rubis_sender_free,
                         NULL, NULL, has_cb, g_object_ref (self));
}

static gboolean
rubis_sender_login_grab_focus (GtkWidget *widget)
{
  RubisSenderLogin *self = RUBIS_SENDER_LOGIN (widget);

  if (self->n_secrets > 0)
    return gtk_widget_grab_focus (self->entries[0]);
  return gtk_widget_grab_focus (self->browser_button);
}

static void
rubis_sender_login_dispose (GObject *object)
{
  RubisSenderLogin *self = RUBIS_SENDER_LOGIN (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->sender, rubis_sender_free);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_SENDER_LOGIN);
  G_OBJECT_CLASS (rubis_sender_login_parent_class)->dispose (object);
}

static void
rubis_sender_login_class_init (RubisSenderLoginClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_sender_login_dispose;
  widget_class->grab_focus = rubis_sender_login_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-sender-login.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, secrets_group);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, oauth_group);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, browser_button);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, code_button);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, code_box);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, code);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, code_link);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, spinner);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, state);
  gtk_widget_class_bind_template_child (widget_class, RubisSenderLogin, problem);
  gtk_widget_class_bind_template_callback (widget_class, browser_cb);
  gtk_widget_class_bind_template_callback (widget_class, code_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
rubis_sender_login_init (RubisSenderLogin *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_sender_login_new (void)
{
  return g_object_new (RUBIS_TYPE_SENDER_LOGIN, NULL);
}
