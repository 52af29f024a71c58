#include "rubis-letterhead-dialog.h"

#include <glib/gi18n-lib.h>

#include "rubis-image-row.h"
#include "rubis-letterhead-preview.h"
#include "rubis-letterhead-settings.h"
#include "rubis-paper-preview.h"
#include "rubis-plain.h"
#include "rubis-ui.h"

/* What the paper has when no colour was chosen. */
#define DEFAULT_ACCENT 0x2a4a6b
#define DEFAULT_TEXT 0x1d2430

struct _RubisLetterheadDialog
{
  AdwWindow parent_instance;

  GtkWidget *problem_box;
  GtkLabel *problem;
  AdwComboRow *position;
  GtkSwitch *fold_marks;
  RubisImageRow *logo;
  AdwComboRow *logo_place;
  GtkSpinButton *logo_height;
  AdwExpanderRow *other_logos;
  GtkColorChooser *accent;
  GtkWidget *accent_reset;
  GtkColorChooser *text_colour;
  GtkWidget *text_colour_reset;
  GtkDropDown *font;
  GtkSpinButton *margin_left;
  GtkSpinButton *margin_right;
  GtkSpinButton *margin_top;
  GtkSpinButton *margin_bottom;
  GtkSwitch *automatic_footer;
  GtkWidget *footer_row;
  GtkTextView *footer;
  GtkLabel *footer_error;
  RubisImageRow *signature;
  GtkSpinButton *signature_height;
  RubisPaperPreview *preview;

  RubisImageRow *images[RUBIS_LETTERHEAD_N_IMAGES]; /* (unowned) by number */
  RubisSession *session;                            /* (owned) */
  RubisLetterheadSettings *settings;                /* (owned) as the controls say */
  RubisLetterheadSettings *saved;                   /* (owned) as the dossier has them */
  GCancellable *cancellable;                        /* (owned) */
  gboolean updating;                                /* the controls are filled by the dialog */
  gboolean wrong;                                   /* something typed cannot be saved */
  gboolean busy;
  gboolean leaving; /* the user gave the changes up, or they are saved */
};

G_DEFINE_FINAL_TYPE (RubisLetterheadDialog, rubis_letterhead_dialog, ADW_TYPE_WINDOW)

static const struct
{
  const char *key;
  gsize button;
  gsize length;
} lengths[] = {
#define LENGTH(name)                                                                                         \
  {                                                                                                          \
#name, G_STRUCT_OFFSET(RubisLetterheadDialog, name), G_STRUCT_OFFSET(RubisLetterheadSettings, name)      \
  }
  LENGTH (logo_height),  LENGTH (signature_height), LENGTH (margin_left),
  LENGTH (margin_right), LENGTH (margin_top),       LENGTH (margin_bottom),
#undef LENGTH
};

static GtkSpinButton *
get_spin (RubisLetterheadDialog *self, gsize i)
{
  return G_STRUCT_MEMBER (GtkSpinButton *, self, lengths[i].button);
}

static gboolean
is_changed (RubisLetterheadDialog *self)
{
  return !rubis_letterhead_settings_equal (self->settings, self->saved);
}

static void
update_actions (RubisLetterheadDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "letterhead.save",
                                 !self->busy && !self->wrong && is_changed (self));
}

static void
set_problem (RubisLetterheadDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (self->problem_box, text != NULL);
}

static void
show_changes (RubisLetterheadDialog *self)
{
  set_problem (self, NULL);
  update_actions (self);
  rubis_paper_preview_show_settings (self->preview, self->settings);
}

/* --- from the controls --- */

static void
read_font (RubisLetterheadDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->font);
  GtkStringObject *item = gtk_drop_down_get_selected_item (self->font);

  g_free (self->settings->font);
  /* The first one is the default. */
  self->settings->font = g_strdup (selected > 0 && item != NULL ? gtk_string_object_get_string (item) : "");
}

static void
read_footer (RubisLetterheadDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->footer);
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  self->wrong = !rubis_letterhead_settings_set (
      self->settings, "footer", gtk_switch_get_active (self->automatic_footer) ? "" : text, &error);
  gtk_label_set_label (self->footer_error, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->footer_error), self->wrong);
}

static void
changed_cb (RubisLetterheadDialog *self)
{
  RubisLetterheadSettings *settings = self->settings;

  if (self->updating || settings == NULL)
    return;
  settings->position = adw_combo_row_get_selected (self->position);
  settings->logo_place = adw_combo_row_get_selected (self->logo_place);
  settings->fold_marks = gtk_switch_get_active (self->fold_marks);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    G_STRUCT_MEMBER (double, settings, lengths[i].length) = gtk_spin_button_get_value (get_spin (self, i));
  read_font (self);
  read_footer (self);
  show_changes (self);
}

/* Their own lines start from what is printed now. */
static void
automatic_footer_cb (RubisLetterheadDialog *self)
{
  gboolean automatic = gtk_switch_get_active (self->automatic_footer);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->footer);

  gtk_widget_set_visible (self->footer_row, !automatic);
  if (!automatic && !self->updating && gtk_text_buffer_get_char_count (buffer) == 0)
    {
      g_autofree char *mentions = rubis_session_dup_legal_mentions (self->session);

      gtk_text_buffer_set_text (buffer, mentions, -1);
    }
  changed_cb (self);
}

static guint32
read_colour (GtkColorChooser *chooser)
{
  GdkRGBA colour;
  guint32 rgb;

  gtk_color_chooser_get_rgba (chooser, &colour);
  rgb = (guint32)(colour.red * 255 + 0.5F) << 16 | (guint32)(colour.green * 255 + 0.5F) << 8
        | (guint32)(colour.blue * 255 + 0.5F);
  /* Zero is the default. */
  return MAX (rgb, 1);
}

static void
show_colour (GtkColorChooser *chooser, GtkWidget *reset, guint32 colour, guint32 fallback)
{
  guint32 shown = colour != 0 ? colour : fallback;
  GdkRGBA rgba = { (float)(shown >> 16 & 0xff) / 255, (float)(shown >> 8 & 0xff) / 255,
                   (float)(shown & 0xff) / 255, 1 };

  gtk_color_chooser_set_rgba (chooser, &rgba);
  gtk_widget_set_visible (reset, colour != 0);
}

static void
show_colours (RubisLetterheadDialog *self)
{
  show_colour (self->accent, self->accent_reset, self->settings->accent, DEFAULT_ACCENT);
  show_colour (self->text_colour, self->text_colour_reset, self->settings->text_colour, DEFAULT_TEXT);
}

static void
accent_set_cb (RubisLetterheadDialog *self)
{
  self->settings->accent = read_colour (self->accent);
  show_colours (self);
  show_changes (self);
}

static void
accent_reset_cb (RubisLetterheadDialog *self)
{
  self->settings->accent = 0;
  show_colours (self);
  show_changes (self);
}

static void
text_colour_set_cb (RubisLetterheadDialog *self)
{
  self->settings->text_colour = read_colour (self->text_colour);
  show_colours (self);
  show_changes (self);
}

static void
text_colour_reset_cb (RubisLetterheadDialog *self)
{
  self->settings->text_colour = 0;
  show_colours (self);
  show_changes (self);
}

static void
image_chosen_cb (RubisLetterheadDialog *self, GBytes *image, RubisImageRow *row)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  while (self->images[n] != row)
    n++;
  if (!rubis_letterhead_settings_set_image (self->settings, n, image, &error))
    {
      rubis_image_row_set_error (row, error->message);
      return;
    }
  rubis_image_row_set_image (row, image);
  show_changes (self);
}

/* --- to the controls --- */

static void
select_font (RubisLetterheadDialog *self)
{
  GListModel *names = gtk_drop_down_get_model (self->font);

  for (guint i = 1; i < g_list_model_get_n_items (names); i++)
    {
      g_autoptr (GtkStringObject) name = g_list_model_get_item (names, i);

      if (g_str_equal (gtk_string_object_get_string (name), self->settings->font))
        gtk_drop_down_set_selected (self->font, i);
    }
}

static gpointer
list_fonts_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return rubis_session_list_letter_fonts ();
}

static void
fonts_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisLetterheadDialog) self = user_data;
  g_auto (GStrv) fonts = rubis_session_run_finish (RUBIS_SESSION (source), result, NULL);
  GtkStringList *names;

  if (rubis_plain_is_abandoned (result) || fonts == NULL)
    return;
  names = GTK_STRING_LIST (gtk_drop_down_get_model (self->font));
  self->updating = TRUE;
  for (guint i = 0; fonts[i] != NULL; i++)
    {
      /* The one in use stands there from the start. */
      if (!g_str_equal (fonts[i], self->saved->font))
        gtk_string_list_append (names, fonts[i]);
    }
  self->updating = FALSE;
}

static void
list_fonts (RubisLetterheadDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Default"));
  if (*self->settings->font != '\0')
    gtk_string_list_append (names, self->settings->font);
  gtk_drop_down_set_model (self->font, G_LIST_MODEL (names));
  select_font (self);
  rubis_ui_read_async (self->session, list_fonts_work, NULL, NULL, (GDestroyNotify)g_strfreev,
                       self->cancellable, fonts_listed_cb, g_object_ref (self));
}

static void
fill_controls (RubisLetterheadDialog *self)
{
  const RubisLetterheadSettings *settings = self->settings;

  self->updating = TRUE;
  adw_combo_row_set_selected (self->position, settings->position);
  adw_combo_row_set_selected (self->logo_place, settings->logo_place);
  gtk_switch_set_active (self->fold_marks, settings->fold_marks);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    gtk_spin_button_set_value (get_spin (self, i), G_STRUCT_MEMBER (double, settings, lengths[i].length));
  for (guint i = 0; i < RUBIS_LETTERHEAD_N_IMAGES; i++)
    rubis_image_row_set_image (self->images[i], settings->images[i]);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->footer), settings->footer, -1);
  gtk_switch_set_active (self->automatic_footer, *settings->footer == '\0');
  gtk_widget_set_visible (self->footer_row, *settings->footer != '\0');
  show_colours (self);
  list_fonts (self);
  self->updating = FALSE;
}

/* --- saving and leaving --- */

static gpointer
save_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  return GINT_TO_POINTER (rubis_session_set_letterhead (session, data, error));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisLetterheadDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  rubis_session_run_finish (RUBIS_SESSION (source), result, &error);
  self->busy = FALSE;
  if (error != NULL)
    {
      set_problem (self, error->message);
      update_actions (self);
      return;
    }
  self->leaving = TRUE;
  if (parent != NULL)
    rubis_ui_toast (GTK_WIDGET (parent), _ ("Letterhead saved"), TRUE);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
save (RubisLetterheadDialog *self)
{
  self->busy = TRUE;
  update_actions (self);
  rubis_session_run_async (self->session, NULL, save_work, rubis_letterhead_settings_copy (self->settings),
                           (GDestroyNotify)rubis_letterhead_settings_free, NULL, NULL, saved_cb,
                           g_object_ref (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save (RUBIS_LETTERHEAD_DIALOG (widget));
}

static gboolean
leave_cb (gpointer data)
{
  gtk_window_destroy (GTK_WINDOW (data));
  return G_SOURCE_REMOVE;
}

static void
answered_cb (RubisLetterheadDialog *self, const char *response)
{
  if (g_str_equal (response, "discard"))
    {
      self->leaving = TRUE;
      /* Later: the question, which goes with its window, is still closing. */
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, leave_cb, g_object_ref (self), g_object_unref);
    }
  else if (g_str_equal (response, "save"))
    save (self);
}

static gboolean
close_request_cb (RubisLetterheadDialog *self)
{
  AdwMessageDialog *question;

  if (self->leaving || !is_changed (self))
    return FALSE;
  question = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _ ("Save the letterhead?"),
                                                         _ ("Your changes are not saved yet.")));
  adw_message_dialog_add_responses (question, "cancel", _ ("_Go on"), "discard", _ ("_Discard"), "save",
                                    _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (question, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (question, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (question, "save", !self->wrong);
  adw_message_dialog_set_default_response (question, "save");
  adw_message_dialog_set_close_response (question, "cancel");
  g_signal_connect_object (question, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
  return TRUE;
}

/* --- object --- */

static void
rubis_letterhead_dialog_dispose (GObject *object)
{
  RubisLetterheadDialog *self = RUBIS_LETTERHEAD_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  self->updating = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_LETTERHEAD_DIALOG);
  g_clear_pointer (&self->settings, rubis_letterhead_settings_free);
  g_clear_pointer (&self->saved, rubis_letterhead_settings_free);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_letterhead_dialog_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(child) gtk_widget_class_bind_template_child (widget_class, RubisLetterheadDialog, child)
  BIND (problem_box);
  BIND (problem);
  BIND (position);
  BIND (fold_marks);
  BIND (logo);
  BIND (logo_place);
  BIND (logo_height);
  BIND (other_logos);
  BIND (accent);
  BIND (accent_reset);
  BIND (text_colour);
  BIND (text_colour_reset);
  BIND (font);
  BIND (margin_left);
  BIND (margin_right);
  BIND (margin_top);
  BIND (margin_bottom);
  BIND (automatic_footer);
  BIND (footer_row);
  BIND (footer);
  BIND (footer_error);
  BIND (signature);
  BIND (signature_height);
  BIND (preview);
#undef BIND
}

static void
rubis_letterhead_dialog_class_init (RubisLetterheadDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rubis_letterhead_dialog_dispose;
  g_type_ensure (RUBIS_TYPE_IMAGE_ROW);
  g_type_ensure (RUBIS_TYPE_PAPER_PREVIEW);
  gtk_widget_class_install_action (widget_class, "letterhead.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "letterhead.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-letterhead-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, automatic_footer_cb);
  gtk_widget_class_bind_template_callback (widget_class, accent_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, accent_reset_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_colour_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, text_colour_reset_cb);
}

static void
add_images (RubisLetterheadDialog *self)
{
  rubis_image_row_set_titles (self->logo, _ ("Drop a picture here, or choose one"), _ ("Choose the logo"));
  rubis_image_row_set_titles (self->signature, _ ("Drop a picture here, or choose one"),
                              _ ("Choose the signature"));
  self->images[0] = self->logo;
  self->images[RUBIS_LETTERHEAD_SIGNATURE] = self->signature;
  for (guint i = 1; i < RUBIS_LETTERHEAD_N_LOGOS; i++)
    {
      g_autofree char *title = g_strdup_printf ("#Logo%u", i + 1);
      g_autofree char *chooser = g_strdup_printf (_ ("Choose logo %u"), i + 1);
      GtkWidget *row = rubis_image_row_new (title, chooser);

      adw_expander_row_add_row (self->other_logos, row);
      self->images[i] = RUBIS_IMAGE_ROW (row);
    }
  for (guint i = 0; i < RUBIS_LETTERHEAD_N_IMAGES; i++)
    g_signal_connect_object (self->images[i], "image-chosen", G_CALLBACK (image_chosen_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
rubis_letterhead_dialog_init (RubisLetterheadDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      double least, most;

      rubis_letterhead_settings_get_range (lengths[i].key, &least, &most);
      gtk_spin_button_set_range (get_spin (self, i), least, most);
      gtk_spin_button_set_increments (get_spin (self, i), 0.5, 5);
    }
  add_images (self);
  g_signal_connect_object (gtk_text_view_get_buffer (self->footer), "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

GtkWindow *
rubis_letterhead_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id)
{
  RubisLetterheadDialog *self;
  int height = parent != NULL ? gtk_widget_get_height (GTK_WIDGET (parent)) : 0;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_LETTERHEAD_DIALOG, "transient-for", parent, NULL);
  /* As tall as the window below: paper is tall. */
  if (height > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), 1160, CLAMP (height - 24, 520, 1100));
  self->session = g_object_ref (session);
  self->saved = rubis_session_dup_letterhead (session);
  self->settings = rubis_letterhead_settings_copy (self->saved);
  rubis_paper_preview_set_session (self->preview, session, account_id);
  fill_controls (self);
  show_changes (self);
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WINDOW (self);
}
