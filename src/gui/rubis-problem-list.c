#include "rubis-problem-list.h"

#include <glib/gi18n-lib.h>

#include "rubis-ui.h"

#define REMARK_KEY "rubis-remark"

struct _RubisProblemList
{
  AdwBin parent_instance;

  GtkLabel *title;
  GtkWidget *scroller;
  GtkListBox *list;

  GPtrArray *remarks; /* (owned) (nullable) (element-type RubisTemplateRemark) */
  char *shown;        /* (nullable) what the rows say */
};

G_DEFINE_FINAL_TYPE (RubisProblemList, rubis_problem_list, ADW_TYPE_BIN)

enum
{
  ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static GtkWidget *
make_icon (RubisTemplateRemarkKind kind)
{
  static const struct
  {
    const char *icon;
    const char *class;
  } looks[] = {
    [RUBIS_REMARK_ERROR] = { "dialog-error-symbolic", "error" },
    [RUBIS_REMARK_WARNING] = { "dialog-warning-symbolic", "warning" },
    [RUBIS_REMARK_ADVICE] = { "dialog-information-symbolic", "dim-label" },
  };
  GtkWidget *icon = gtk_image_new_from_icon_name (looks[kind].icon);

  gtk_widget_add_css_class (icon, looks[kind].class);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  return icon;
}

static char *
describe_place (const RubisTemplateRemark *remark, guint n_head_lines)
{
  if (remark->line > n_head_lines)
    return g_strdup_printf (_ ("line %u"), remark->line - n_head_lines);
  return g_strdup (_ ("head"));
}

static GtkWidget *
make_row (const RubisTemplateRemark *remark, guint n_head_lines)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *message = gtk_label_new (remark->message);
  g_autofree char *place_text = describe_place (remark, n_head_lines);
  GtkWidget *place = gtk_label_new (place_text);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", remark->message, place_text);

  gtk_label_set_xalign (GTK_LABEL (message), 0);
  gtk_label_set_wrap (GTK_LABEL (message), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (message), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (message, TRUE);
  gtk_widget_add_css_class (place, "dim-label");
  gtk_widget_add_css_class (place, "numeric");
  gtk_widget_set_valign (place, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), make_icon (remark->kind));
  gtk_box_append (GTK_BOX (box), message);
  gtk_box_append (GTK_BOX (box), place);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data (G_OBJECT (row), REMARK_KEY, (gpointer)remark);
  return row;
}

static void
row_activated_cb (RubisProblemList *self, GtkListBoxRow *row)
{
  const RubisTemplateRemark *remark = g_object_get_data (G_OBJECT (row), REMARK_KEY);

  g_signal_emit (self, signals[ACTIVATED], 0, remark->line, remark->column);
}

static void
rubis_problem_list_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUBIS_TYPE_PROBLEM_LIST);
  G_OBJECT_CLASS (rubis_problem_list_parent_class)->dispose (object);
}

static void
rubis_problem_list_finalize (GObject *object)
{
  RubisProblemList *self = RUBIS_PROBLEM_LIST (object);

  g_clear_pointer (&self->remarks, g_ptr_array_unref);
  g_free (self->shown);
  G_OBJECT_CLASS (rubis_problem_list_parent_class)->finalize (object);
}

static void
rubis_problem_list_class_init (RubisProblemListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rubis_problem_list_dispose;
  object_class->finalize = rubis_problem_list_finalize;
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-problem-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisProblemList, title);
  gtk_widget_class_bind_template_child (widget_class, RubisProblemList, scroller);
  gtk_widget_class_bind_template_child (widget_class, RubisProblemList, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rubis_problem_list_init (RubisProblemList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static char *
summarize (GPtrArray *remarks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < remarks->len; i++)
    {
      const RubisTemplateRemark *remark = g_ptr_array_index (remarks, i);

      g_string_append_printf (text, "%d %u %u %s\n", (int)remark->kind, remark->line, remark->column,
                              remark->message);
    }
  return g_string_free (text, FALSE);
}

void
rubis_problem_list_set_remarks (RubisProblemList *self, GPtrArray *remarks, guint n_head_lines)
{
  g_autofree char *summary = NULL;
  g_autofree char *title = NULL;
  g_autoptr (GPtrArray) old = NULL;
  GtkListBoxRow *row;

  g_return_if_fail (RUBIS_IS_PROBLEM_LIST (self));
  g_return_if_fail (remarks != NULL);

  summary = summarize (remarks);
  /* Most keystrokes change nothing here; the line that the keyboard is on stays. */
  if (g_strcmp0 (summary, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&summary);
  old = g_steal_pointer (&self->remarks);
  self->remarks = g_ptr_array_ref (remarks);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < remarks->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (remarks, i), n_head_lines));
  title = remarks->len == 0
              ? g_strdup (_ ("No problem found"))
              : g_strdup_printf (ngettext ("%u remark", "%u remarks", remarks->len), remarks->len);
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (self->scroller, remarks->len > 0);
}

static gboolean
is_behind (const RubisTemplateRemark *remark, guint line, guint column)
{
  return remark->line > line || (remark->line == line && remark->column > column);
}

static gboolean
is_before (const RubisTemplateRemark *remark, guint line, guint column)
{
  return remark->line < line || (remark->line == line && remark->column < column);
}

void
rubis_problem_list_go_on (RubisProblemList *self, guint line, guint column, gboolean back)
{
  const RubisTemplateRemark *found = NULL;
  guint n;

  g_return_if_fail (RUBIS_IS_PROBLEM_LIST (self));

  n = rubis_problem_list_get_n_problems (self);
  for (guint i = 0; i < n && found == NULL; i++)
    {
      const RubisTemplateRemark *remark = g_ptr_array_index (self->remarks, back ? n - 1 - i : i);

      if (back ? is_before (remark, line, column) : is_behind (remark, line, column))
        found = remark;
    }
  if (found == NULL && n > 0)
    found = g_ptr_array_index (self->remarks, back ? n - 1 : 0);
  if (found != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, found->line, found->column);
}

guint
rubis_problem_list_get_n_problems (RubisProblemList *self)
{
  g_return_val_if_fail (RUBIS_IS_PROBLEM_LIST (self), 0);

  return self->remarks != NULL ? self->remarks->len : 0;
}
