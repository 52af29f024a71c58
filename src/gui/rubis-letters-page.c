#include "rubis-letters-page.h"

#include <glib/gi18n-lib.h>

#include "rubis-answers-page.h"
#include "rubis-composer-page.h"
#include "rubis-outbox-page.h"
#include "rubis-post-page.h"
#include "rubis-registered-page.h"
#include "rubis-sent-page.h"
#include "rubis-ui.h"

#define GROUP "letters"

struct _RubisLettersPage
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkWidget *switcher;

  RubisSession *session;         /* (owned) */
  RubisPreferences *preferences; /* (unowned) (nullable) */
  RubisComposerPage *composer;   /* (unowned) */
  gint64 group_id;
  gint64 account_id;
};

G_DEFINE_FINAL_TYPE (RubisLettersPage, rubis_letters_page, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_GROUP_ID,
  PROP_ACCOUNT_ID,
  PROP_ROOMY,
  N_PROPS
};
static GParamSpec *properties[N_PROPS];
enum
{
  ACCOUNT_ACTIVATED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

static void
account_activated_cb (RubisLettersPage *self, gint64 account_id)
{
  g_signal_emit (self, signals[ACCOUNT_ACTIVATED], 0, account_id);
}

static void
add_section (RubisLettersPage *self, GtkWidget *section, const char *name, const char *title)
{
  gtk_stack_add_titled (self->stack, section, name, title);
  if (RUBIS_IS_COMPOSER_PAGE (section))
    rubis_composer_page_set_preferences (RUBIS_COMPOSER_PAGE (section), self->preferences);
  if (g_signal_lookup ("account-activated", G_OBJECT_TYPE (section)) != 0)
    g_signal_connect_object (section, "account-activated", G_CALLBACK (account_activated_cb), self,
                             G_CONNECT_SWAPPED);
}

/* A section is a widget with a function of its type that takes the session. */
#define ADD_SECTION(self, unit, name, title)                                                                 \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    gpointer section = g_object_new (unit##_get_type (), NULL);                                              \
                                                                                                             \
    add_section (self, section, name, title);                                                                \
    unit##_set_session (section, (self)->session);                                                           \
  }                                                                                                          \
  G_STMT_END

/* One line for each section, in the order in which they are seen. */
static void
add_sections (RubisLettersPage *self)
{
  ADD_SECTION (self, rubis_composer_page, "templates", _ ("Templates"));
  ADD_SECTION (self, rubis_post_page, "post", _ ("To post"));
  ADD_SECTION (self, rubis_registered_page, "registered", _ ("Registered"));
  ADD_SECTION (self, rubis_outbox_page, "outbox", _ ("Outbox"));
  ADD_SECTION (self, rubis_answers_page, "answers", _ ("Answers"));
  ADD_SECTION (self, rubis_sent_page, "sent", _ ("Sent"));
}

/* Sections that are narrowed by the tree have the properties of a place. */
static void
set_scope (RubisLettersPage *self, const char *property, gint64 id)
{
  for (GtkWidget *section = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); section != NULL;
       section = gtk_widget_get_next_sibling (section))
    {
      if (g_object_class_find_property (G_OBJECT_GET_CLASS (section), property) != NULL)
        g_object_set (section, property, id, NULL);
    }
}

static void
section_changed_cb (RubisLettersPage *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  if (self->preferences != NULL && name != NULL)
    rubis_preferences_set_string (self->preferences, GROUP, "section", name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOMY]);
}

static void
rubis_letters_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RubisLettersPage *self = RUBIS_LETTERS_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_GROUP_ID:
      g_value_set_int64 (value, self->group_id);
      break;
    case PROP_ACCOUNT_ID:
      g_value_set_int64 (value, self->account_id);
      break;
    case PROP_ROOMY:
      g_value_set_boolean (value, rubis_letters_page_get_roomy (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rubis_letters_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RubisLettersPage *self = RUBIS_LETTERS_PAGE (object);

  switch (id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_GROUP_ID:
      self->group_id = g_value_get_int64 (value);
      set_scope (self, "group-id", self->group_id);
      break;
    case PROP_ACCOUNT_ID:
      self->account_id = g_value_get_int64 (value);
      set_scope (self, "account-id", self->account_id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
rubis_letters_page_grab_focus (GtkWidget *widget)
{
  GtkWidget *section = gtk_stack_get_visible_child (RUBIS_LETTERS_PAGE (widget)->stack);

  return section != NULL
         && (gtk_widget_grab_focus (section) || gtk_widget_child_focus (section, GTK_DIR_TAB_FORWARD));
}

static void
rubis_letters_page_dispose (GObject *object)
{
  RubisLettersPage *self = RUBIS_LETTERS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUBIS_TYPE_LETTERS_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (rubis_letters_page_parent_class)->dispose (object);
}

static void
rubis_letters_page_class_init (RubisLettersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rubis_letters_page_dispose;
  widget_class->grab_focus = rubis_letters_page_grab_focus;
  object_class->get_property = rubis_letters_page_get_property;
  object_class->set_property = rubis_letters_page_set_property;
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, RUBIS_TYPE_SESSION, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_GROUP_ID] = g_param_spec_int64 ("group-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ACCOUNT_ID] = g_param_spec_int64 ("account-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_ROOMY]
      = g_param_spec_boolean ("roomy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ACCOUNT_ACTIVATED]
      = g_signal_new ("account-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, RUBIS_UI_PATH "rubis-letters-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RubisLettersPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RubisLettersPage, switcher);
  gtk_widget_class_bind_template_callback (widget_class, section_changed_cb);
}

static void
rubis_letters_page_init (RubisLettersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rubis_letters_page_new (RubisSession *session, RubisPreferences *preferences)
{
  RubisLettersPage *self;
  g_autofree char *section = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (session), NULL);

  self = g_object_new (RUBIS_TYPE_LETTERS_PAGE, "session", session, NULL);
  section = preferences != NULL ? rubis_preferences_get_string (preferences, GROUP, "section") : NULL;
  self->preferences = preferences;
  add_sections (self);
  self->composer = RUBIS_COMPOSER_PAGE (gtk_stack_get_child_by_name (self->stack, "templates"));
  if (section != NULL)
    rubis_letters_page_show_section (self, section);
  return GTK_WIDGET (self);
}

void
rubis_letters_page_show_section (RubisLettersPage *self, const char *name)
{
  g_return_if_fail (RUBIS_IS_LETTERS_PAGE (self));
  g_return_if_fail (name != NULL);

  if (gtk_stack_get_child_by_name (self->stack, name) != NULL)
    gtk_stack_set_visible_child_name (self->stack, name);
}

gboolean
rubis_letters_page_get_roomy (RubisLettersPage *self)
{
  g_return_val_if_fail (RUBIS_IS_LETTERS_PAGE (self), FALSE);

  return self->composer != NULL && gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->composer);
}

gboolean
rubis_letters_page_takes_files (RubisLettersPage *self)
{
  const char *name;

  g_return_val_if_fail (RUBIS_IS_LETTERS_PAGE (self), FALSE);

  name = gtk_stack_get_visible_child_name (self->stack);
  return gtk_widget_get_mapped (GTK_WIDGET (self))
         && (g_strcmp0 (name, "registered") == 0 || g_strcmp0 (name, "answers") == 0);
}

void
rubis_letters_page_set_current_account (RubisLettersPage *self, gint64 account_id)
{
  g_return_if_fail (RUBIS_IS_LETTERS_PAGE (self));

  rubis_composer_page_set_current_account (self->composer, account_id);
}

void
rubis_letters_page_flush (RubisLettersPage *self)
{
  g_return_if_fail (RUBIS_IS_LETTERS_PAGE (self));

  rubis_composer_page_flush (self->composer);
}

void
rubis_letters_page_find (RubisLettersPage *self)
{
  GtkWidget *section;

  g_return_if_fail (RUBIS_IS_LETTERS_PAGE (self));

  section = gtk_stack_get_visible_child (self->stack);
  if (RUBIS_IS_COMPOSER_PAGE (section))
    rubis_composer_page_find (self->composer, FALSE);
  else if (RUBIS_IS_OUTBOX_PAGE (section))
    rubis_outbox_page_find (RUBIS_OUTBOX_PAGE (section));
  else if (RUBIS_IS_ANSWERS_PAGE (section))
    rubis_answers_page_find (RUBIS_ANSWERS_PAGE (section));
  else if (RUBIS_IS_SENT_PAGE (section))
    gtk_widget_activate_action (section, "sent.find", NULL);
}

gboolean
rubis_letters_page_shows (RubisLettersPage *self, const char *name)
{
  g_return_val_if_fail (RUBIS_IS_LETTERS_PAGE (self), FALSE);

  return gtk_widget_get_mapped (GTK_WIDGET (self))
         && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

void
rubis_letters_page_show_fetched (RubisLettersPage *self, const RubisFetchReport *report)
{
  GtkWidget *section;

  g_return_if_fail (RUBIS_IS_LETTERS_PAGE (self) && report != NULL);

  section = gtk_stack_get_child_by_name (self->stack, "answers");
  rubis_answers_page_show_fetched (RUBIS_ANSWERS_PAGE (section), report);
}
