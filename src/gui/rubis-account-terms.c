#include "rubis-account-terms.h"

#include <glib/gi18n-lib.h>

#include "rubis-attachment-box.h"
#include "rubis-custom-fields.h"
#include "rubis-format.h"
#include "rubis-money-entry.h"
#include "rubis-saved-text.h"
#include "rubis-ui.h"

struct _RubisAccountTerms
{
  AdwBin parent_instance;

  RubisSavedText *process_text;
  GtkListBox *fields_list;
  AdwEntryRow *limit_row;
  AdwEntryRow *insurer_row;
  AdwEntryRow *zone_row;
  RubisSavedText *note_text;
  RubisAttachmentBox *attachments;

  RubisSession *session; /* (owned) */
  gint64 account_id;     /* 0: nothing is shown */
  GPtrArray *rows; /* (owned) (element-type AdwEntryRow) (unowned elements) of the fields that users added */
};

G_DEFINE_FINAL_TYPE (RubisAccountTerms, rubis_account_terms, ADW_TYPE_BIN)

typedef gboolean (*SetTextFunc) (RubisSession *session, gint64 account_id, const char *text, GError **error);

/* An edit for the thread of the session. */
typedef struct
{
  gint64 account_id;
  gint64 field_id; /* 0: one of Rubis */
  char *text;      /* (owned) */
  SetTextFunc apply;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *self = data;

  g_free (self->text);
  g_free (self);
}

static gpointer
edit_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Edit *edit = data;
  gboolean done = edit->field_id != 0
                      ? rubis_session_set_value (session, edit->field_id, edit->account_id, edit->text, error)
                      : edit->apply (session, edit->account_id, edit->text, error);

  return GINT_TO_POINTER (done);
}

static void
edit_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAccountTerms) self = user_data;
  g_autoptr (GError) error = NULL;

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  if (error != NULL)
    rubis_ui_show_error (GTK_WIDGET (self), _ ("The change was not kept"), error, FALSE);
}

static void
run_edit (RubisAccountTerms *self, gint64 field_id, const char *text, SetTextFunc apply)
{
  Edit *edit;

  if (self->account_id == 0)
    return;
  edit = g_new0 (Edit, 1);
  edit->account_id = self->account_id;
  edit->field_id = field_id;
  edit->text = g_strdup (text);
  edit->apply = apply;
  rubis_session_run_async (self->session, NULL, edit_work, edit, edit_free, NULL, NULL, edit_done_cb,
                           g_object_ref (self));
}

/* "" for none; an amount as people type it. */
static gboolean
set_limit (RubisSession *session, gint64 account_id, const char *text, GError **error)
{
  gint64 limit = -1;

  if (*text != '\0' && !rubis_money_entry_parse (text, rubis_session_get_currency (session), &limit, error))
    return FALSE;
  return rubis_session_set_credit_limit (session, account_id, limit, error);
}

static void
limit_apply_cb (RubisAccountTerms *self)
{
  run_edit (self, 0, gtk_editable_get_text (GTK_EDITABLE (self->limit_row)), set_limit);
}

static void
insurer_apply_cb (RubisAccountTerms *self)
{
  run_edit (self, 0, gtk_editable_get_text (GTK_EDITABLE (self->insurer_row)), rubis_session_set_insurer);
}

static void
zone_apply_cb (RubisAccountTerms *self)
{
  run_edit (self, 0, gtk_editable_get_text (GTK_EDITABLE (self->zone_row)), rubis_session_set_time_zone);
}

static void
process_save_cb (RubisAccountTerms *self, const char *text)
{
  run_edit (self, 0, text, rubis_session_set_payment_process);
}

static void
note_save_cb (RubisAccountTerms *self, const char *text)
{
  run_edit (self, 0, text, rubis_session_set_note);
}

static void
field_apply_cb (RubisAccountTerms *self, AdwEntryRow *row)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "rubis-field");

  run_edit (self, *id, gtk_editable_get_text (GTK_EDITABLE (row)), NULL);
}

static void
add_field (RubisAccountTerms *self, const RubisFieldValue *value)
{
  GtkWidget *row = adw_entry_row_new ();
  gint64 id = value->field->id;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), value->field->name);
  gtk_editable_set_text (GTK_EDITABLE (row), value->text);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  if (value->field->kind == RUBIS_FIELD_CHOICE)
    gtk_widget_set_tooltip_text (row, value->field->choices);
  g_object_set_data_full (G_OBJECT (row), "rubis-field", g_memdup2 (&id, sizeof id), g_free);
  g_signal_connect_object (row, "apply", G_CALLBACK (field_apply_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->fields_list, row);
  g_ptr_array_add (self->rows, row);
}

static gboolean
is_being_typed (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, widget);
}

static void
show_row (AdwEntryRow *row, const char *text, gboolean same)
{
  if ((!same || !is_being_typed (GTK_WIDGET (row)))
      && !g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

/* Rows are made anew only when the fields are others, so that nothing that is being typed goes. */
static void
show_fields (RubisAccountTerms *self, GPtrArray *fields, gboolean same)
{
  gboolean fits = self->rows->len == fields->len;

  for (guint i = 0; fits && i < fields->len; i++)
    {
      const RubisFieldValue *value = g_ptr_array_index (fields, i);
      const gint64 *id = g_object_get_data (g_ptr_array_index (self->rows, i), "rubis-field");

      fits = *id == value->field->id;
    }
  for (guint i = 0; !fits && i < self->rows->len; i++)
    gtk_list_box_remove (self->fields_list, g_ptr_array_index (self->rows, i));
  if (!fits)
    g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < fields->len; i++)
    {
      const RubisFieldValue *value = g_ptr_array_index (fields, i);

      if (fits)
        show_row (g_ptr_array_index (self->rows, i), value->text, same);
      else
        add_field (self, value);
    }
}

static void
rubis_account_terms_dispose (GObject *object)
{
  RubisAccountTerms *self = RUBIS_ACCOUNT_TERMS (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_ACCOUNT_TERMS);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_account_terms_parent_class)->dispose (object);
}

static void
rubis_account_terms_finalize (GObject *object)
{
  g_ptr_array_unref (RUBIS_ACCOUNT_TERMS (object)->rows);
  G_OBJECT_CLASS (rubis_account_terms_parent_class)->finalize (object);
}

static void
rubis_account_terms_class_init (RubisAccountTermsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_account_terms_dispose;
  G_OBJECT_CLASS (klass)->finalize = rubis_account_terms_finalize;
  g_type_ensure (RUBIS_TYPE_ATTACHMENT_BOX);
  g_type_ensure (RUBIS_TYPE_SAVED_TEXT);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-account-terms.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisAccountTerms, process_text);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountTerms, fields_list);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountTerms, limit_row);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountTerms, insurer_row);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountTerms, zone_row);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountTerms, note_text);
  gtk_widget_class_bind_template_child (widget_class, RubisAccountTerms, attachments);
  gtk_widget_class_bind_template_callback (widget_class, limit_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, insurer_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, zone_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, process_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, note_save_cb);
}

static void
rubis_account_terms_init (RubisAccountTerms *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_account_terms_new (RubisSession *session)
{
  RubisAccountTerms *self;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_ACCOUNT_TERMS, NULL);
  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

void
rubis_account_terms_show (RubisAccountTerms *self, const RubisAccountView *view, GPtrArray *fields)
{
  gboolean same;
  g_autofree char *limit = NULL;

  g_return_if_fail (RUBIS_IS_ACCOUNT_TERMS (self) && view != NULL && view->card != NULL && fields != NULL);

  same = self->account_id == view->account_id;
  /* What was typed belongs to the account that was still shown. */
  if (!same)
    rubis_account_terms_flush (self);
  self->account_id = view->account_id;
  if (view->credit_limit >= 0)
    limit = rubis_format_number (view->credit_limit, rubis_session_get_currency (self->session),
                                 rubis_format_ui_language ());
  rubis_saved_text_show (self->process_text, view->payment_process);
  rubis_saved_text_show (self->note_text, view->card->note);
  show_row (self->limit_row, limit != NULL ? limit : "", same);
  show_row (self->insurer_row, view->insurer, same);
  show_row (self->zone_row, view->time_zone, same);
  show_fields (self, fields, same);
  rubis_attachment_box_set_account (self->attachments, self->session, view->account_id);
}

void
rubis_account_terms_flush (RubisAccountTerms *self)
{
  g_return_if_fail (RUBIS_IS_ACCOUNT_TERMS (self));

  rubis_saved_text_flush (self->process_text);
  rubis_saved_text_flush (self->note_text);
}
