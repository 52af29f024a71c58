#include "rubis-phone-script.h"

#include <glib/gi18n-lib.h>

#define LEVEL_OBJECTION 3

struct _RubisPhoneScript
{
  AdwBin parent_instance;

  GtkScrolledWindow *scrolled;
  GtkBox *box;
};

G_DEFINE_FINAL_TYPE (RubisPhoneScript, rubis_phone_script, ADW_TYPE_BIN)

static GtkWidget *
make_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  gtk_widget_add_css_class (label, class);
  return label;
}

static GtkWidget *
make_objection (const RubisScriptSection *section)
{
  GtkWidget *expander = gtk_expander_new (section->title);
  GtkWidget *answer = make_label (section->text, "phone-said");

  gtk_widget_set_margin_start (answer, 18);
  gtk_widget_set_margin_bottom (answer, 6);
  gtk_expander_set_child (GTK_EXPANDER (expander), answer);
  gtk_widget_add_css_class (expander, "phone-objection");
  return expander;
}

void
rubis_phone_script_set (RubisPhoneScript *self, GPtrArray *sections)
{
  GtkWidget *child;

  g_return_if_fail (RUBIS_IS_PHONE_SCRIPT (self) && sections != NULL);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (guint i = 0; i < sections->len; i++)
    {
      const RubisScriptSection *section = g_ptr_array_index (sections, i);

      if (section->level == 0 && sections->len > 1)
        continue;
      if (section->level >= LEVEL_OBJECTION)
        {
          gtk_box_append (self->box, make_objection (section));
          continue;
        }
      if (*section->title != '\0')
        gtk_box_append (self->box, make_label (section->title, "heading"));
      if (*section->text != '\0')
        gtk_box_append (self->box, make_label (section->text, "phone-said"));
    }
  if (sections->len == 0)
    gtk_box_append (self->box, make_label (_ ("There is no script for this call."), "dim-label"));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0);
}

static void
rubis_phone_script_class_init (RubisPhoneScriptClass *klass)
{
}

static void
rubis_phone_script_init (RubisPhoneScript *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "phone-script");
  self->scrolled = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (self->scrolled, GTK_WIDGET (self->box));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->scrolled));
}
