#include "rubis-answers-page-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-filter-words.h"
#include "rubis-moment.h"
#include "rubis-plain.h"
#include "rubis-senders.h"
#include "rubis-ui.h"

/* From this width on, the message stands beside the list. */
#define WIDE 900

G_DEFINE_FINAL_TYPE (RubisAnswersPage, rubis_answers_page, ADW_TYPE_BIN)

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
  CHIP_WAITING,
  CHIP_ANSWERS,
  CHIP_RETURNED,
  CHIP_UNMATCHED,
  CHIP_ALL,
} Chip;

static void selected_cb (RubisAnswersPage *self);

/* --- what is listed --- */

static gboolean
fits (RubisInboxRow *row, guint chip)
{
  gboolean waits = g_str_equal (row->state, "new");

  switch (chip)
    {
    case CHIP_WAITING:
      return waits;
    case CHIP_ANSWERS:
      return waits && row->kind == RUBIS_INCOMING_REPLY;
    case CHIP_RETURNED:
      return waits && (row->kind == RUBIS_INCOMING_BOUNCE_HARD || row->kind == RUBIS_INCOMING_BOUNCE_SOFT);
    case CHIP_UNMATCHED:
      return waits && row->account_id == 0;
    case CHIP_ALL:
    default:
      return TRUE;
    }
}

static void
update_chips (RubisAnswersPage *self)
{
  self->updating = TRUE;
  for (guint i = 0; i < RUBIS_N_ANSWER_CHIPS; i++)
    {
      const char *title = rubis_filter_chip_to_label (RUBIS_FILTERS_ANSWERS, i);
      guint n = 0;
      g_autofree char *label = NULL;

      for (guint k = 0; k < self->rows->len; k++)
        n += fits (self->rows->pdata[k], i) ? 1 : 0;
      label = g_strdup_printf ("%s %u", title, n);
      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
      gtk_toggle_button_set_active (self->buttons[i], i == self->chip);
      gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]),
                              n > 0 || i == CHIP_WAITING || i == CHIP_ALL || i == self->chip);
    }
  self->updating = FALSE;
}

static void
show_empty (RubisAnswersPage *self)
{
  if (self->chip == CHIP_ALL)
    {
      adw_status_page_set_title (self->empty, _ ("Nothing was received yet"));
      adw_status_page_set_description (
          self->empty, _ ("Answers and returned emails are read from the mailbox of your senders. "
                          "You can also drop .eml files here."));
      return;
    }
  adw_status_page_set_title (self->empty, _ ("No answer waits"));
  adw_status_page_set_description (self->empty,
                                   _ ("What customers answer comes here with what it proposes: nothing is "
                                      "noted without you. You can also drop .eml files here."));
}

/* The line that was chosen stays chosen; when it is gone, the one that took its place. */
static void
restore_selection (RubisAnswersPage *self, gint64 id, guint before)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RubisInboxRow) row = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (row->id == id)
        {
          gtk_single_selection_set_selected (self->selection, i);
          return;
        }
    }
  if (n > 0)
    gtk_single_selection_set_selected (self->selection,
                                       MIN (before == GTK_INVALID_LIST_POSITION ? 0 : before, n - 1));
}

static void
fill (RubisAnswersPage *self)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  RubisInboxRow *current = rubis_answers_page_get_current (self);
  gint64 id = current != NULL ? current->id : 0;
  guint before = gtk_single_selection_get_selected (self->selection);

  for (guint i = 0; i < self->rows->len; i++)
    {
      if (fits (self->rows->pdata[i], self->chip))
        g_ptr_array_add (shown, self->rows->pdata[i]);
    }
  self->updating = TRUE;
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), shown->pdata,
                       shown->len);
  restore_selection (self, id, before);
  self->updating = FALSE;
  update_chips (self);
  gtk_stack_set_visible_child_name (self->stack, shown->len > 0 ? "list" : "empty");
  show_empty (self);
  selected_cb (self);
}

/* --- above the list --- */

void
rubis_answers_page_clear_problems (RubisAnswersPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->problems))) != NULL)
    gtk_box_remove (self->problems, child);
}

void
rubis_answers_page_add_problem (RubisAnswersPage *self, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "notice");
  gtk_widget_add_css_class (label, "notice-warning");
  gtk_box_append (self->problems, label);
}

/* When the mailboxes were read last; or that there is none. */
static void
show_fetched (RubisAnswersPage *self, GPtrArray *senders)
{
  gint64 fetched = 0;
  gboolean any = FALSE;
  g_autofree char *moment = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < senders->len; i++)
    {
      const RubisSender *sender = senders->pdata[i];

      if (!sender->active || !rubis_sender_has_mailbox (sender))
        continue;
      any = TRUE;
      fetched = MAX (fetched, sender->fetched);
    }
  moment = rubis_moment_format (fetched, rubis_moment_now ());
  if (!any)
    text = g_strdup (_ ("No mailbox is read"));
  else if (fetched == 0)
    text = g_strdup (_ ("Not read yet"));
  else
    text = g_strdup_printf (_ ("Read at %s"), moment);
  gtk_label_set_label (self->fetched, text);
  gtk_widget_set_visible (self->fetch_button, any);
}

/* --- reading --- */

typedef struct
{
  gint64 group_id;
  gint64 account_id;
  char *text;
  GPtrArray *rows;    /* (nullable) */
  GPtrArray *senders; /* (nullable) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_free (self->text);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  const Reading *wanted = data;
  Reading *reading = g_new0 (Reading, 1);

  reading->senders = rubis_session_list_senders (session, error);
  if (reading->senders != NULL)
    reading->rows = rubis_session_list_inbox (session, FALSE, wanted->group_id, wanted->account_id,
                                              wanted->text, error);
  if (reading->rows != NULL)
    return reading;
  reading_free (reading);
  return NULL;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RubisAnswersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  Reading *reading = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (rubis_plain_is_abandoned (result))
    {
      g_clear_pointer (&reading, reading_free);
      return;
    }
  g_clear_object (&self->cancellable);
  if (reading == NULL)
    {
      rubis_answers_page_add_problem (self, error->message);
      return;
    }
  g_ptr_array_unref (self->rows);
  self->rows = g_steal_pointer (&reading->rows);
  show_fetched (self, reading->senders);
  reading_free (reading);
  fill (self);
  if (self->stale)
    rubis_answers_page_refresh (self);
}

void
rubis_answers_page_refresh (RubisAnswersPage *self)
{
  Reading *wanted;

  if (self->session == NULL)
    return;
  if (self->cancellable != NULL)
    {
      self->stale = TRUE;
      return;
    }
  self->stale = FALSE;
  self->cancellable = g_cancellable_new ();
  wanted = g_new0 (Reading, 1);
  wanted->group_id = self->group_id;
  wanted->account_id = self->account_id;
  wanted->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  rubis_ui_read_async (self->session, read_work, wanted, reading_free, reading_free, self->cancellable,
                       read_cb, g_object_ref (self));
}

/* --- lines --- */

RubisInboxRow *
rubis_answers_page_get_current (RubisAnswersPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static void
selected_cb (RubisAnswersPage *self)
{
  RubisInboxRow *row = rubis_answers_page_get_current (self);

  if (self->updating)
    return;
  rubis_answers_page_show_current (self);
  if (row != NULL && row->account_id != 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    g_signal_emit (self, signals[ACCOUNT_ACTIVATED], 0, row->account_id);
}

static GtkWidget *
make_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 10);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 10);
  gtk_widget_set_hexpand (label, TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Icon; name over first words; date over what is proposed. */
static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *right = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *words = make_label ("dim-label");
  GtkWidget *proposed = make_label ("caption");

  gtk_widget_add_css_class (words, "caption");
  gtk_box_append (GTK_BOX (texts), make_label ("today-name"));
  gtk_box_append (GTK_BOX (texts), words);
  gtk_box_append (GTK_BOX (right), make_label ("numeric"));
  gtk_box_append (GTK_BOX (right), proposed);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (right, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (right, 168, -1);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_hexpand (right, FALSE);
  gtk_widget_add_css_class (line, "outbox-line");
  gtk_box_append (GTK_BOX (line), gtk_image_new ());
  gtk_box_append (GTK_BOX (line), texts);
  gtk_box_append (GTK_BOX (line), right);
  gtk_list_item_set_child (item, line);
}

/* What the message proposes first, else what it is. */
static const char *
describe (RubisInboxRow *row)
{
  for (guint i = 0; i < row->proposals->len; i++)
    {
      const RubisProposal *proposal = row->proposals->pdata[i];

      if (g_str_equal (proposal->state, "open"))
        return rubis_answer_kind_to_label (proposal->kind);
    }
  if (row->account_id == 0)
    return rubis_filter_chip_to_label (RUBIS_FILTERS_ANSWERS, CHIP_UNMATCHED);
  return rubis_answers_page_describe_kind (row);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  RubisInboxRow *row = gtk_list_item_get_item (item);
  GtkWidget *icon = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *texts = gtk_widget_get_next_sibling (icon);
  GtkWidget *right = gtk_widget_get_next_sibling (texts);
  GtkWidget *name = gtk_widget_get_first_child (texts);
  GtkWidget *date = gtk_widget_get_first_child (right);
  const char *who = *row->from_name != '\0' ? row->from_name : row->from_email;
  g_autofree char *title
      = row->account_id != 0 ? g_strdup_printf ("%s · %s", row->account_name, who) : g_strdup (who);
  g_autofree char *words
      = g_strdelimit (g_strdup (*row->text != '\0' ? row->text : row->subject), "\n\r", ' ');
  g_autofree char *received = rubis_ui_format_date (row->received);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), rubis_answers_page_get_icon (row));
  gtk_widget_set_tooltip_text (icon, rubis_answers_page_describe_kind (row));
  gtk_label_set_label (GTK_LABEL (name), title);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (name)), words);
  gtk_label_set_label (GTK_LABEL (date), received);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (date)), describe (row));
}

static void
chip_toggled_cb (GtkToggleButton *button, RubisAnswersPage *self)
{
  if (self->updating)
    return;
  for (guint i = 0; i < RUBIS_N_ANSWER_CHIPS; i++)
    {
      if (self->buttons[i] == button)
        self->chip = i;
    }
  fill (self);
}

static void
make_chips (RubisAnswersPage *self)
{
  for (guint i = 0; i < RUBIS_N_ANSWER_CHIPS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      gtk_widget_add_css_class (button, "chip");
      g_signal_connect (button, "toggled", G_CALLBACK (chip_toggled_cb), self);
      gtk_box_append (self->chips, button);
    }
}

static void
make_view (RubisAnswersPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->store = g_list_store_new (RUBIS_TYPE_INBOX_ROW);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->store)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
}

static gboolean
drop_cb (RubisAnswersPage *self, const GValue *value)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    {
      char *path = g_file_get_path (l->data);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  rubis_answers_page_take_files (self, paths);
  return TRUE;
}

static void
row_activated_cb (RubisAnswersPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "answers.decide", NULL);
}

/* --- the widget --- */

static gboolean
turn_cb (gpointer user_data)
{
  RubisAnswersPage *self = user_data;

  self->wide_idle = 0;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned),
                                  self->wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_paned_set_position (self->paned, self->wide ? gtk_widget_get_width (GTK_WIDGET (self)) * 9 / 20
                                                  : gtk_widget_get_height (GTK_WIDGET (self->paned)) * 2 / 5);
  return G_SOURCE_REMOVE;
}

static void
rubis_answers_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RubisAnswersPage *self = RUBIS_ANSWERS_PAGE (widget);
  gboolean wide = width >= WIDE;

  GTK_WIDGET_CLASS (rubis_answers_page_parent_class)->size_allocate (widget, width, height, baseline);
  if (wide == self->wide)
    return;
  self->wide = wide;
  /* Not while it is laid out. */
  if (self->wide_idle == 0)
    self->wide_idle = g_idle_add (turn_cb, self);
}

static void
rubis_answers_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisAnswersPage *self = RUBIS_ANSWERS_PAGE (object);

  if (id == PROP_GROUP_ID)
    g_value_set_int64 (value, self->group_id);
  else if (id == PROP_ACCOUNT_ID)
    g_value_set_int64 (value, self->account_id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rubis_answers_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RubisAnswersPage *self = RUBIS_ANSWERS_PAGE (object);

  if (id == PROP_GROUP_ID)
    self->group_id = g_value_get_int64 (value);
  else if (id == PROP_ACCOUNT_ID)
    self->account_id = g_value_get_int64 (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  rubis_answers_page_refresh (self);
}

static gboolean
rubis_answers_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUBIS_ANSWERS_PAGE (widget)->view));
}

static void
drop_session (RubisAnswersPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
}

static void
rubis_answers_page_dispose (GObject *object)
{
  RubisAnswersPage *self = RUBIS_ANSWERS_PAGE (object);

  g_clear_handle_id (&self->wide_idle, g_source_remove);
  drop_session (self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  if (self->view != NULL)
    gtk_list_view_set_model (self->view, NULL);
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_ANSWERS_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->shown_key, g_free);
  G_OBJECT_CLASS (rubis_answers_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RUBIS_TYPE_ACCOUNT_CHOOSER);
  g_type_ensure (RUBIS_TYPE_SAVED_FILTERS_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-answers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, search);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, saved_button);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, fetched);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, fetch_button);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, chips);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, problems);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, paned);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, view);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, detail);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, subject);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, head);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, kind);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, warning_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, warning);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, assign_box);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, cards);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, text);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, close_button);
  gtk_widget_class_bind_template_child (widget_class, RubisAnswersPage, again_button);
  gtk_widget_class_bind_template_callback (widget_class, rubis_answers_page_refresh);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rubis_answers_page_class_init (RubisAnswersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rubis_answers_page_dispose;
  object_class->get_property = rubis_answers_page_get_property;
  object_class->set_property = rubis_answers_page_set_property;
  widget_class->size_allocate = rubis_answers_page_size_allocate;
  widget_class->grab_focus = rubis_answers_page_grab_focus;
  properties[PROP_GROUP_ID] = g_param_spec_int64 ("group-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ACCOUNT_ID] = g_param_spec_int64 ("account-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACCOUNT_ACTIVATED]
      = g_signal_new ("account-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_INT64);
  bind_template (widget_class);
  rubis_answers_page_install_actions (widget_class);
}

static void
rubis_answers_page_init (RubisAnswersPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  make_chips (self);
  rubis_saved_filters_button_bind_search (self->saved_button, RUBIS_FILTERS_ANSWERS, GTK_EDITABLE (self->search),
                                          self->buttons, G_N_ELEMENTS (self->buttons));
  make_view (self);
  g_signal_connect_object (self->chooser, "notify::account-id", G_CALLBACK (rubis_answers_page_update_assign),
                           self, G_CONNECT_SWAPPED);
  /* The account panel follows the section that is shown. */
  g_signal_connect_after (self, "map", G_CALLBACK (selected_cb), NULL);
  rubis_answers_page_add_keys (self);
  rubis_answers_page_show_current (self);
}

void
rubis_answers_page_set_session (RubisAnswersPage *self, RubisSession *session)
{
  g_return_if_fail (RUBIS_IS_ANSWERS_PAGE (self));

  if (self->session == session)
    return;
  drop_session (self);
  rubis_saved_filters_button_set_session (self->saved_button, session);
  rubis_account_chooser_clear (self->chooser);
  rubis_account_chooser_set_session (self->chooser, session);
  if (session == NULL)
    return;
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (rubis_answers_page_refresh), self,
                           G_CONNECT_SWAPPED);
  rubis_answers_page_refresh (self);
}

guint
rubis_answers_page_get_n_messages (RubisAnswersPage *self)
{
  g_return_val_if_fail (RUBIS_IS_ANSWERS_PAGE (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->store));
}

void
rubis_answers_page_find (RubisAnswersPage *self)
{
  g_return_if_fail (RUBIS_IS_ANSWERS_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
