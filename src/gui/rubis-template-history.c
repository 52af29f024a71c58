#include "rubis-template-history.h"

#include <glib/gi18n-lib.h>

#include "rubis-line-diff.h"
#include "rubis-ui.h"

/* Lines around a change that are shown with it. */
#define CONTEXT 1
#define VERSION_KEY "rubis-version"

struct _RubisTemplateHistory {
  AdwBin parent_instance;

  GtkListBox *list;
  GtkLabel *title;
  GtkTextView *changes;
  GtkWidget *restore_button;

  GPtrArray *versions; /* (owned) (nullable) (element-type RubisTemplateVersionEntry) */
  char *text;          /* (nullable) what is in the editor */
};

G_DEFINE_FINAL_TYPE (RubisTemplateHistory, rubis_template_history, ADW_TYPE_BIN)

enum { RESTORE, N_SIGNALS };
static guint signals[N_SIGNALS];

char *
rubis_template_history_describe (const RubisTemplateVersionEntry *version)
{
  g_autoptr(GDateTime) at = NULL;
  g_autofree char *day = NULL;

  if (*version->saved_at == '\0')
    return g_strdup_printf (_("Version %d, as shipped"), version->version);
  at = g_date_time_new_from_iso8601 (version->saved_at, NULL);
  day = rubis_ui_format_long_date (at != NULL ? rubis_date_from_ymd (g_date_time_get_year (at),
                                                                     g_date_time_get_month (at),
                                                                     g_date_time_get_day_of_month (at))
                                              : RUBIS_DATE_NONE);
  /* Translators: number of the version, day, who saved it. */
  return g_strdup_printf (_("Version %d, of %s, %s"), version->version, day, version->saved_by);
}

static const RubisTemplateVersionEntry *
get_version (GtkListBoxRow *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), VERSION_KEY) : NULL;
}

static GtkWidget *
make_row (const RubisTemplateVersionEntry *version)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *title = rubis_template_history_describe (version);
  g_autofree char *documents = version->n_documents == 0
                                 ? g_strdup (_("made no document"))
                                 : g_strdup_printf (ngettext ("made %d document", "made %d documents",
                                                              (gulong) version->n_documents),
                                                    (int) version->n_documents);
  g_autofree char *detail
    = *version->note != '\0' ? g_strdup_printf ("%s · %s", version->note, documents) : g_strdup (documents);
  GtkWidget *title_label = gtk_label_new (title);
  GtkWidget *detail_label = gtk_label_new (detail);

  gtk_label_set_xalign (GTK_LABEL (title_label), 0);
  gtk_label_set_xalign (GTK_LABEL (detail_label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title_label), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (detail_label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail_label, "dim-label");
  gtk_widget_add_css_class (detail_label, "caption");
  gtk_box_append (GTK_BOX (box), title_label);
  gtk_box_append (GTK_BOX (box), detail_label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data (G_OBJECT (row), VERSION_KEY, (gpointer) version);
  return row;
}

/* --- what changed --- */

static void
append (GtkTextBuffer *buffer, const char *sign, const char *text, const char *tag)
{
  GtkTextIter end;
  g_autofree char *line = g_strdup_printf ("%s %s\n", sign, text);

  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert_with_tags_by_name (buffer, &end, line, -1, tag, NULL);
}

static gboolean
is_near_change (GPtrArray *lines, guint index)
{
  guint from = index > CONTEXT ? index - CONTEXT : 0;

  for (guint i = from; i <= index + CONTEXT && i < lines->len; i++)
    {
      if (((RubisDiffLine *) g_ptr_array_index (lines, i))->change != RUBIS_LINE_SAME)
        return TRUE;
    }
  return FALSE;
}

static void
show_changes (RubisTemplateHistory *self, const RubisTemplateVersionEntry *version)
{
  g_autoptr(GPtrArray) lines = rubis_line_diff (version->text, self->text);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->changes);
  gboolean changed = FALSE;
  gboolean skipped = FALSE;

  gtk_text_buffer_set_text (buffer, "", 0);
  for (guint i = 0; i < lines->len; i++)
    {
      const RubisDiffLine *line = g_ptr_array_index (lines, i);

      changed = changed || line->change != RUBIS_LINE_SAME;
      if (!is_near_change (lines, i))
        {
          skipped = TRUE;
          continue;
        }
      if (skipped)
        append (buffer, "", "…", "same");
      skipped = FALSE;
      if (line->change == RUBIS_LINE_SAME)
        append (buffer, " ", line->text, "same");
      else if (line->change == RUBIS_LINE_REMOVED)
        append (buffer, "−", line->text, "removed");
      else
        append (buffer, "+", line->text, "added");
    }
  gtk_label_set_label (self->title, changed ? _("From this version to the text that is shown:")
                                            : _("The text that is shown is this version."));
  gtk_widget_set_sensitive (self->restore_button, changed);
}

static void
row_selected_cb (RubisTemplateHistory *self, GtkListBoxRow *row)
{
  const RubisTemplateVersionEntry *version = get_version (row);

  if (version != NULL)
    show_changes (self, version);
}

static void
restore_cb (RubisTemplateHistory *self)
{
  const RubisTemplateVersionEntry *version = get_version (gtk_list_box_get_selected_row (self->list));

  if (version != NULL)
    g_signal_emit (self, signals[RESTORE], 0, (guint) version->version);
}

static void
rubis_template_history_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_TEMPLATE_HISTORY);
  G_OBJECT_CLASS (rubis_template_history_parent_class)->dispose (object);
}

static void
rubis_template_history_finalize (GObject *object)
{
  RubisTemplateHistory *self = RUBIS_TEMPLATE_HISTORY (object);

  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_free (self->text);
  G_OBJECT_CLASS (rubis_template_history_parent_class)->finalize (object);
}

static void
rubis_template_history_class_init (RubisTemplateHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_template_history_dispose;
  object_class->finalize = rubis_template_history_finalize;
  signals[RESTORE] = g_signal_new ("restore", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-template-history.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateHistory, list);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateHistory, title);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateHistory, changes);
  gtk_widget_class_bind_template_child (widget_class, RubisTemplateHistory, restore_button);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
}

static void
rubis_template_history_init (RubisTemplateHistory *self)
{
  GtkTextBuffer *buffer;

  gtk_widget_init_template (GTK_WIDGET (self));
  buffer = gtk_text_view_get_buffer (self->changes);
  /* Readable on a light ground and on a dark one; the sign says it too. */
  gtk_text_buffer_create_tag (buffer, "removed", "background", "#e01b2440", NULL);
  gtk_text_buffer_create_tag (buffer, "added", "background", "#33d17a40", NULL);
  gtk_text_buffer_create_tag (buffer, "same", NULL);
}

void
rubis_template_history_set_versions (RubisTemplateHistory *self, GPtrArray *versions, const char *text)
{
  g_autoptr(GPtrArray) old = NULL;
  GtkListBoxRow *row;

  g_return_if_fail (RUBIS_IS_TEMPLATE_HISTORY (self));
  g_return_if_fail (versions != NULL && text != NULL);

  old = g_steal_pointer (&self->versions);
  self->versions = g_ptr_array_ref (versions);
  g_free (self->text);
  self->text = g_strdup (text);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < versions->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (versions, i)));
  /* The one before is what one wants to compare with. */
  row = gtk_list_box_get_row_at_index (self->list, versions->len > 1 ? 1 : 0);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}
