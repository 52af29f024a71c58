#include "rubis-choice-drop.h"

struct _RubisChoiceDrop
{
  AdwBin parent_instance;

  GtkDropDown *drop;    /* (unowned) */
  GtkStringList *texts; /* (owned) */
  GPtrArray *ids;       /* (owned) (element-type utf8) */
  char *label;          /* (owned) (nullable) */
  char *id;             /* (owned) chosen */
  char *action;         /* (owned) (nullable) of the last line */
  char *target;         /* (owned) (nullable) */
  gboolean filling;     /* the lines change, not the user's mind */
};

G_DEFINE_FINAL_TYPE (RubisChoiceDrop, rubis_choice_drop, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_LABEL,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
enum
{
  CHOSEN,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static guint
find_id (RubisChoiceDrop *self, const char *id)
{
  guint position;

  if (g_ptr_array_find_with_equal_func (self->ids, id, g_str_equal, &position))
    return position;
  return GTK_INVALID_LIST_POSITION;
}

static void
show_chosen (RubisChoiceDrop *self)
{
  self->filling = TRUE;
  gtk_drop_down_set_selected (self->drop, find_id (self, self->id));
  self->filling = FALSE;
}

/* Dialogs have not the actions of the window over which they lie. */
static void
go_elsewhere (RubisChoiceDrop *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  while (root != NULL)
    {
      g_autoptr (GVariant) target
          = self->target != NULL ? g_variant_ref_sink (g_variant_new_string (self->target)) : NULL;
      GtkWindow *below = GTK_IS_WINDOW (root) ? gtk_window_get_transient_for (GTK_WINDOW (root)) : NULL;

      if (gtk_widget_activate_action_variant (GTK_WIDGET (root), self->action, target))
        return;
      root = below != NULL ? GTK_ROOT (below) : NULL;
    }
}

static void
selected_cb (RubisChoiceDrop *self)
{
  guint position = gtk_drop_down_get_selected (self->drop);

  if (self->filling || position == GTK_INVALID_LIST_POSITION)
    return;
  if (position >= self->ids->len)
    {
      show_chosen (self);
      go_elsewhere (self);
      return;
    }
  if (g_str_equal (self->id, self->ids->pdata[position]))
    return;
  g_free (self->id);
  self->id = g_strdup (self->ids->pdata[position]);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
set_label (RubisChoiceDrop *self, const char *label)
{
  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
}

static void
rubis_choice_drop_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LABEL)
    g_value_set_string (value, RUBIS_CHOICE_DROP (object)->label);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
rubis_choice_drop_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LABEL)
    set_label (RUBIS_CHOICE_DROP (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static gboolean
rubis_choice_drop_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (RUBIS_CHOICE_DROP (widget)->drop));
}

static void
rubis_choice_drop_finalize (GObject *object)
{
  RubisChoiceDrop *self = RUBIS_CHOICE_DROP (object);

  g_object_unref (self->texts);
  g_ptr_array_unref (self->ids);
  g_free (self->label);
  g_free (self->id);
  g_free (self->action);
  g_free (self->target);
  G_OBJECT_CLASS (rubis_choice_drop_parent_class)->finalize (object);
}

static void
rubis_choice_drop_class_init (RubisChoiceDropClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rubis_choice_drop_get_property;
  object_class->set_property = rubis_choice_drop_set_property;
  object_class->finalize = rubis_choice_drop_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = rubis_choice_drop_grab_focus;
  properties[PROP_LABEL]
      = g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
rubis_choice_drop_init (RubisChoiceDrop *self)
{
  self->texts = gtk_string_list_new (NULL);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->id = g_strdup ("");
  self->drop = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->texts)), NULL));
  g_signal_connect_object (self->drop, "notify::selected", G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop));
}

GtkWidget *
rubis_choice_drop_new (const char *label)
{
  return g_object_new (RUBIS_TYPE_CHOICE_DROP, "label", label, NULL);
}

void
rubis_choice_drop_clear (RubisChoiceDrop *self)
{
  g_return_if_fail (RUBIS_IS_CHOICE_DROP (self));

  self->filling = TRUE;
  gtk_string_list_splice (self->texts, 0, g_list_model_get_n_items (G_LIST_MODEL (self->texts)), NULL);
  self->filling = FALSE;
  g_ptr_array_set_size (self->ids, 0);
  g_clear_pointer (&self->action, g_free);
  g_clear_pointer (&self->target, g_free);
}

void
rubis_choice_drop_add (RubisChoiceDrop *self, const char *id, const char *text)
{
  const char *texts[] = { text, NULL };

  g_return_if_fail (RUBIS_IS_CHOICE_DROP (self));
  g_return_if_fail (id != NULL && text != NULL);

  self->filling = TRUE;
  /* Before the line that leads elsewhere. */
  gtk_string_list_splice (self->texts, self->ids->len, 0, texts);
  self->filling = FALSE;
  g_ptr_array_add (self->ids, g_strdup (id));
  show_chosen (self);
}

void
rubis_choice_drop_add_way (RubisChoiceDrop *self, const char *text, const char *action, const char *target)
{
  g_return_if_fail (RUBIS_IS_CHOICE_DROP (self));
  g_return_if_fail (text != NULL && action != NULL);

  g_free (self->action);
  g_free (self->target);
  self->action = g_strdup (action);
  self->target = g_strdup (target);
  self->filling = TRUE;
  gtk_string_list_append (self->texts, text);
  self->filling = FALSE;
  show_chosen (self);
}

void
rubis_choice_drop_set_id (RubisChoiceDrop *self, const char *id, const char *text)
{
  g_return_if_fail (RUBIS_IS_CHOICE_DROP (self));
  g_return_if_fail (id != NULL);

  if (self->id != id)
    {
      g_free (self->id);
      self->id = g_strdup (id);
    }
  if (text != NULL && find_id (self, id) == GTK_INVALID_LIST_POSITION)
    rubis_choice_drop_add (self, id, text);
  else
    show_chosen (self);
}

const char *
rubis_choice_drop_get_id (RubisChoiceDrop *self)
{
  g_return_val_if_fail (RUBIS_IS_CHOICE_DROP (self), "");

  return self->id;
}
