#include "rubis-sent-page.h"

#include <glib/gi18n-lib.h>

#include "rubis-agenda-list.h"
#include "rubis-open-document.h"
#include "rubis-plain.h"
#include "rubis-post-job.h"
#include "rubis-print-letters.h"
#include "rubis-sent-list.h"
#include "rubis-saved-filters-button.h"
#include "rubis-ui.h"

struct _RubisSentPage
{
  AdwBin parent_instance;

  GtkSearchEntry *search;
  RubisSavedFiltersButton *saved_button;
  GtkLabel *count;
  GtkStack *stack;
  GtkColumnView *view;
  GtkLabel *proof;

  RubisSession *session;         /* (owned) (nullable) */
  RubisSentList *list;           /* (owned) (nullable) */
  GtkSingleSelection *selection; /* (owned) (nullable) */
  GCancellable *cancellable;     /* (owned) (nullable) of the search */
  RubisCurrency currency;        /* of the dossier: not repeated on each line */
  gint64 group_id;
  gint64 account_id;
};

G_DEFINE_FINAL_TYPE (RubisSentPage, rubis_sent_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_GROUP_ID,
  PROP_ACCOUNT_ID,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
enum
{
  ACCOUNT_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

typedef enum
{
  COLUMN_DATE,
  COLUMN_NAME,
  COLUMN_CHANNEL,
  COLUMN_SUBJECT,
  COLUMN_TEMPLATE,
  COLUMN_PAGES,
  COLUMN_AMOUNT,
  COLUMN_STATE,
} Column;

/* Beside the tree and the account there is little room: the texts share what the others leave. */
static const struct
{
  const char *title; /* untranslated */
  int width;         /* 0: between @min_chars and @nat_chars */
  guint min_chars;
  guint nat_chars;
  gboolean numeric;
} columns[] = {
  [COLUMN_DATE] = { N_ ("Date"), 92, 0, 0, FALSE },
  [COLUMN_NAME] = { N_ ("Account"), 0, 6, 20, FALSE },
  [COLUMN_CHANNEL] = { N_ ("Channel"), 76, 0, 0, FALSE },
  [COLUMN_SUBJECT] = { N_ ("Subject"), 0, 6, 26, FALSE },
  [COLUMN_TEMPLATE] = { N_ ("Template"), 0, 6, 26, FALSE },
  [COLUMN_PAGES] = { N_ ("Pages"), 50, 0, 0, TRUE },
  [COLUMN_AMOUNT] = { N_ ("Amount"), 84, 0, 0, TRUE },
  [COLUMN_STATE] = { N_ ("State"), 72, 0, 0, FALSE },
};

static RubisSentRow *
get_selected (RubisSentPage *self)
{
  return self->selection != NULL ? gtk_single_selection_get_selected_item (self->selection) : NULL;
}

static gboolean
is_pdf (RubisSentRow *row)
{
  return g_str_equal (row->media_type, "application/pdf");
}

/* What proves the chosen document: its fingerprint and its line of the journal. */
static void
show_proof (RubisSentPage *self)
{
  RubisSentRow *row = get_selected (self);
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *text = NULL;

  if (row != NULL && row->event_id != 0)
    text
        = g_strdup_printf (_ ("SHA-256 %s · journal %d, %s"), row->sha256, (int)row->event_id, row->event_at);
  else if (row != NULL)
    text = g_strdup_printf (_ ("SHA-256 %s"), row->sha256);
  gtk_label_set_label (self->proof, text != NULL ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->proof), text);
  gtk_widget_action_set_enabled (widget, "sent.open", row != NULL);
  gtk_widget_action_set_enabled (widget, "sent.save", row != NULL);
  gtk_widget_action_set_enabled (widget, "sent.reprint", row != NULL && is_pdf (row));
}

/* --- searching --- */

typedef struct
{
  gint64 group_id;
  gint64 account_id;
  char *text;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->text);
  g_free (query);
}

static gpointer
find_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Query *query = data;

  return rubis_session_find_sent (session, query->group_id, query->account_id, query->text, error);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSentPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  if (rubis_plain_is_abandoned (result))
    return;
  if (ids == NULL)
    {
      rubis_ui_show_error (GTK_WIDGET (self), _ ("The documents cannot be listed"), error, FALSE);
      return;
    }
  rubis_sent_list_set_ids (self->list, ids);
  count = rubis_ui_format_count (ids->len);
  text = g_strdup_printf (ngettext ("%s document", "%s documents", ids->len), count);
  gtk_label_set_label (self->count, text);
  gtk_stack_set_visible_child_name (self->stack, ids->len > 0 ? "list" : "empty");
  show_proof (self);
}

static void
reload_cb (RubisSentPage *self)
{
  Query *query;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  query = g_new0 (Query, 1);
  query->group_id = self->group_id;
  query->account_id = self->account_id;
  query->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  rubis_ui_read_async (self->session, find_work, query, query_free, (GDestroyNotify)g_array_unref,
                       self->cancellable, found_cb, g_object_ref (self));
}

/* --- columns --- */

static char *
make_text (RubisSentRow *row, Column column, RubisCurrency own)
{
  switch (column)
    {
    case COLUMN_DATE:
      return rubis_ui_format_date (row->date);
    case COLUMN_NAME:
      return g_strdup_printf ("%s  %s", row->account_name, row->account_code);
    case COLUMN_CHANNEL:
      return g_strdup (row->channel);
    case COLUMN_SUBJECT:
      return g_strdup (row->subject);
    case COLUMN_TEMPLATE:
      /* Translators: a template and its version. */
      return *row->template_id != '\0'
                 ? g_strdup_printf (_ ("%s, v%d"), row->template_name, row->template_version)
                 : g_strdup ("");
    case COLUMN_PAGES:
      return row->n_pages > 0 ? g_strdup_printf ("%d", row->n_pages) : g_strdup ("");
    case COLUMN_AMOUNT:
      return rubis_ui_format_amount (row->amount, row->currency, own);
    case COLUMN_STATE:
    default:
      return g_strdup (row->to_post ? _ ("to post") : _ ("sent"));
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  guint column = GPOINTER_TO_UINT (data);
  gboolean numeric = columns[column].numeric;
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), columns[column].min_chars);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (cell), columns[column].nat_chars);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), numeric ? 1 : 0);
  if (numeric)
    gtk_widget_add_css_class (cell, "numeric");
  gtk_list_item_set_child (item, cell);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  RubisSentPage *self = g_object_get_data (G_OBJECT (factory), "rubis-page");
  g_autofree char *text = make_text (gtk_list_item_get_item (item), GPOINTER_TO_UINT (data), self->currency);

  gtk_inscription_set_text (GTK_INSCRIPTION (gtk_list_item_get_child (item)), text);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), text);
}

static void
add_columns (RubisSentPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column = gtk_column_view_column_new (_ (columns[i].title), factory);

      g_object_set_data (G_OBJECT (factory), "rubis-page", self);
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GUINT_TO_POINTER (i));
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GUINT_TO_POINTER (i));
      if (columns[i].width > 0)
        gtk_column_view_column_set_fixed_width (column, columns[i].width);
      gtk_column_view_column_set_expand (column, i == COLUMN_SUBJECT);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_append_column (self->view, column);
      g_object_unref (column);
    }
}

/* --- what is done with a document --- */

static GtkWindow *
get_window (RubisSentPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisSentPage *self = RUBIS_SENT_PAGE (widget);
  RubisSentRow *row = get_selected (self);
  g_autofree char *title = g_strdup_printf ("%s · %s", row->account_name, row->subject);

  rubis_open_document (widget, self->session, row->id, title, _ ("The document cannot be opened"));
}

static void
printed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisSentPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rubis_print_letters_finish (result, NULL, &error)
      && !g_error_matches (error, RUBIS_PRINT_ERROR, RUBIS_PRINT_ERROR_CANCELLED))
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The letter was not printed"), error, FALSE);
}

static void
reprint_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisSentPage *self = RUBIS_SENT_PAGE (widget);
  RubisSentRow *row = get_selected (self);
  const RubisPrintOrder order = { .title = row->subject, .one = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = rubis_session_reprint_document (self->session, row->id, NULL, &error);

  if (bytes == NULL)
    rubis_ui_show_error (widget, _ ("The letter was not printed"), error, FALSE);
  else
    rubis_print_letters (get_window (self), bytes, &order, NULL, printed_cb, g_object_ref (self));
}

static void
saved_cb (RubisSentPage *self, int response, GtkNativeDialog *dialog)
{
  GBytes *bytes = g_object_get_data (G_OBJECT (dialog), "rubis-bytes");
  g_autoptr (GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      gsize size;
      const char *data = g_bytes_get_data (bytes, &size);

      if (!g_file_replace_contents (file, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error))
        rubis_ui_show_error (GTK_WIDGET (self), _ ("The document cannot be saved"), error, FALSE);
    }
  g_object_unref (dialog);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RubisSentPage *self = RUBIS_SENT_PAGE (widget);
  RubisSentRow *row = get_selected (self);
  g_autoptr (GError) error = NULL;
  GBytes *bytes = rubis_session_load_document (self->session, row->id, NULL, NULL, &error);
  GtkFileChooserNative *dialog;

  if (bytes == NULL)
    {
      rubis_ui_show_error (widget, _ ("The document cannot be saved"), error, FALSE);
      return;
    }
  dialog = gtk_file_chooser_native_new (_ ("Save the document"), get_window (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), row->file_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_object_set_data_full (G_OBJECT (dialog), "rubis-bytes", bytes, (GDestroyNotify)g_bytes_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
find_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (RUBIS_SENT_PAGE (widget)->search));
}

static void
row_activated_cb (RubisSentPage *self, guint position)
{
  g_autoptr (RubisSentRow) row = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (row == NULL)
    return;
  g_signal_emit (self, signals[ACCOUNT_ACTIVATED], 0, row->account_id);
  gtk_widget_activate_action (GTK_WIDGET (self), "sent.open", NULL);
}

/* --- the widget --- */

static void
rubis_sent_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisSentPage *self = RUBIS_SENT_PAGE (object);

  if (id == PROP_GROUP_ID)
    g_value_set_int64 (value, self->group_id);
  else if (id == PROP_ACCOUNT_ID)
    g_value_set_int64 (value, self->account_id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rubis_sent_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RubisSentPage *self = RUBIS_SENT_PAGE (object);

  if (id == PROP_GROUP_ID)
    self->group_id = g_value_get_int64 (value);
  else if (id == PROP_ACCOUNT_ID)
    self->account_id = g_value_get_int64 (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  reload_cb (self);
}

static void
drop_session (RubisSentPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->view != NULL)
    gtk_column_view_set_model (self->view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
}

static void
rubis_sent_page_dispose (GObject *object)
{
  drop_session (RUBIS_SENT_PAGE (object));
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_SENT_PAGE);
  G_OBJECT_CLASS (rubis_sent_page_parent_class)->dispose (object);
}

static void
rubis_sent_page_class_init (RubisSentPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_sent_page_dispose;
  object_class->get_property = rubis_sent_page_get_property;
  object_class->set_property = rubis_sent_page_set_property;
  properties[PROP_GROUP_ID] = g_param_spec_int64 ("group-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACCOUNT_ID] = g_param_spec_int64 ("account-id", NULL, NULL, 0, G_MAXINT64, 0,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACCOUNT_ACTIVATED] = g_signal_new ("account-activated", RUBIS_TYPE_SENT_PAGE, G_SIGNAL_RUN_LAST, 0,
                                             NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_install_action (widget_class, "sent.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "sent.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "sent.reprint", NULL, reprint_action);
  gtk_widget_class_install_action (widget_class, "sent.find", NULL, find_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "sent.reprint", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "sent.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "sent.find", NULL);
  g_type_ensure (RUBIS_TYPE_SAVED_FILTERS_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-sent-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisSentPage, search);
  gtk_widget_class_bind_template_child (widget_class, RubisSentPage, saved_button);
  gtk_widget_class_bind_template_child (widget_class, RubisSentPage, count);
  gtk_widget_class_bind_template_child (widget_class, RubisSentPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisSentPage, view);
  gtk_widget_class_bind_template_child (widget_class, RubisSentPage, proof);
  gtk_widget_class_bind_template_callback (widget_class, reload_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rubis_sent_page_init (RubisSentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rubis_saved_filters_button_bind_search (self->saved_button, RUBIS_FILTERS_SENT, GTK_EDITABLE (self->search), NULL,
                                          0);
  add_columns (self);
  gtk_stack_set_visible_child_name (self->stack, "empty");
  show_proof (self);
}

void
rubis_sent_page_set_session (RubisSentPage *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_SENT_PAGE (self));

  if (self->session == session)
    return;
  drop_session (self);
  rubis_saved_filters_button_set_session (self->saved_button, session);
  if (session == NULL)
    return;
  self->session = g_object_ref (session);
  self->currency = rubis_session_get_currency (session);
  self->list = rubis_sent_list_new (session);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->list)));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (show_proof), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (reload_cb), self, G_CONNECT_SWAPPED);
  reload_cb (self);
}

guint
rubis_sent_page_get_n_documents (RubisSentPage *self)
{
  g_return_val_if_fail (RUBIS_IS_SENT_PAGE (self), 0);

  return self->list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->list)) : 0;
}
