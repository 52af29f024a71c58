#include "rubis-actors-window.h"

#include <glib/gi18n-lib.h>

#include "rubis-actors.h"
#include "rubis-form-rows.h"

struct _RubisActorsWindow
{
  RubisListFormWindow parent_instance;

  GtkEditable *name;
  GtkEditable *role;
  GtkEditable *email;
  GtkEditable *phone;
  GtkEditable *code;
  GtkEditable *note;
  GtkSwitch *active;
};

G_DEFINE_FINAL_TYPE (RubisActorsWindow, rubis_actors_window, RUBIS_TYPE_LIST_FORM_WINDOW)

static GPtrArray *
list_actors (RubisListFormWindow *window, RubisSession *session, GError **error)
{
  return rubis_session_list_actors (session, TRUE, error);
}

static char *
dup_key (gconstpointer record)
{
  const RubisActor *actor = record;

  return g_strdup_printf ("%" G_GINT64_FORMAT, actor->id);
}

static gboolean
describe (RubisListFormWindow *window, gconstpointer record, char **title, char **subtitle)
{
  const RubisActor *actor = record;
  g_autoptr (GString) text = g_string_new (actor->active ? actor->role : _ ("not in use"));

  if (actor->n_open_disputes > 0)
    {
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%d open dispute", "%d open disputes", actor->n_open_disputes),
                              actor->n_open_disputes);
    }
  *title = g_strdup (actor->name);
  *subtitle = g_string_free (g_steal_pointer (&text), FALSE);
  return actor->active;
}

static void
show (RubisListFormWindow *window, gconstpointer record)
{
  RubisActorsWindow *self = RUBIS_ACTORS_WINDOW (window);
  const RubisActor *actor = record;
  g_autoptr (RubisActor) empty = rubis_actor_new ();

  if (actor == NULL)
    actor = empty;
  gtk_editable_set_text (self->name, actor->name);
  gtk_editable_set_text (self->role, actor->role);
  gtk_editable_set_text (self->email, actor->email);
  gtk_editable_set_text (self->phone, actor->phone);
  gtk_editable_set_text (self->code, actor->code);
  gtk_editable_set_text (self->note, actor->note);
  gtk_switch_set_active (self->active, actor->active);
}

static gpointer
read_form (RubisListFormWindow *window, gconstpointer record)
{
  RubisActorsWindow *self = RUBIS_ACTORS_WINDOW (window);
  RubisActor *actor = record != NULL ? rubis_actor_copy (record) : rubis_actor_new ();

  rubis_actor_set (actor, name, gtk_editable_get_text (self->name));
  rubis_actor_set (actor, role, gtk_editable_get_text (self->role));
  rubis_actor_set (actor, email, gtk_editable_get_text (self->email));
  rubis_actor_set (actor, phone, gtk_editable_get_text (self->phone));
  rubis_actor_set (actor, code, gtk_editable_get_text (self->code));
  rubis_actor_set (actor, note, gtk_editable_get_text (self->note));
  actor->active = gtk_switch_get_active (self->active);
  return actor;
}

static char *
save (RubisListFormWindow *window, RubisSession *session, gpointer record, GError **error)
{
  gint64 id = rubis_session_set_actor (session, record, error);

  return id != 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;
}

static void
free_record (gpointer record)
{
  rubis_actor_free (record);
}

static void
rubis_actors_window_class_init (RubisActorsWindowClass *klass)
{
  RubisListFormWindowClass *list_class = RUBIS_LIST_FORM_WINDOW_CLASS (klass);

  list_class->list = list_actors;
  list_class->dup_key = dup_key;
  list_class->describe = describe;
  list_class->show = show;
  list_class->read = read_form;
  list_class->save = save;
  list_class->free_record = free_record;
}

static void
rubis_actors_window_init (RubisActorsWindow *self)
{
  const RubisListFormTexts texts = {
    .title = _ ("Colleagues"),
    .add = _ ("Add a colleague (Ctrl+N)"),
    .new_title = _ ("New Colleague"),
    .empty = _ ("Colleagues resolve disputes and answer your questions by email. They need no account here."),
    .kept = _ ("Colleague saved"),
  };
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GCallback edited = G_CALLBACK (rubis_list_form_window_mark_edited);

  self->name = rubis_form_rows_add_entry (group, _ ("Name"), edited, self);
  self->role = rubis_form_rows_add_entry (group, _ ("Role"), edited, self);
  self->email = rubis_form_rows_add_entry (group, _ ("Email address"), edited, self);
  self->phone = rubis_form_rows_add_entry (group, _ ("Phone"), edited, self);
  self->code = rubis_form_rows_add_entry (group, _ ("Code of sales representative in files"), edited, self);
  self->note = rubis_form_rows_add_entry (group, _ ("Note"), edited, self);
  self->active = rubis_form_rows_add_switch (group, _ ("In use"), _ ("Offered where a colleague is chosen"),
                                             edited, self);
  rubis_list_form_window_build (RUBIS_LIST_FORM_WINDOW (self), &texts, GTK_WIDGET (group),
                                GTK_WIDGET (self->name));
}

RubisActorsWindow *
rubis_actors_window_present (GtkWindow *parent, RubisSession *session)
{
  RubisActorsWindow *self = g_object_new (RUBIS_TYPE_ACTORS_WINDOW, "transient-for", parent, NULL);

  rubis_list_form_window_open (RUBIS_LIST_FORM_WINDOW (self), session);
  return self;
}
