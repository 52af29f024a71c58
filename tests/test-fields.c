/* Colleagues, fields of one's own, saved filters and bulk edits. */
#include "rubis-actors.h"
#include "rubis-import-preview.h"
#include "rubis-test-session.h"
#include "rubis-test.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 item;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = rubis_test_make_folder ();
  fixture->session = rubis_test_session_new (fixture->folder);
  fixture->account = rubis_test_add_account (fixture->session, "C1", "Garçon SAS");
  fixture->item = rubis_test_add_item (fixture->session, fixture->account, "F-1", RUBIS_ITEM_INVOICE,
                                       "2026-09-01", 50000, 20000, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rubis_test_check_dossier (fixture->session);
  g_object_unref (fixture->session);
  rubis_test_remove_tree (fixture->folder);
  g_free (fixture->folder);
}

static void
undo (Fixture *fixture, const char *label)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *undone = rubis_session_undo (fixture->session, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (undone, ==, label);
}

static void
redo (Fixture *fixture, const char *label)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *redone = rubis_session_redo (fixture->session, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (redone, ==, label);
}

static gint64
add_actor (Fixture *fixture, const char *name, const char *code)
{
  g_autoptr (RubisActor) actor = rubis_actor_new ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  rubis_actor_set (actor, name, name);
  rubis_actor_set (actor, code, code);
  rubis_actor_set (actor, email, "ventes@duval.example");
  id = rubis_session_set_actor (fixture->session, actor, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
test_actor_edits (Fixture *fixture, gconstpointer data)
{
  gint64 id = add_actor (fixture, " Inès Noël ", "VS");
  g_autoptr (RubisActor) actor = NULL;
  g_autoptr (GPtrArray) offered = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;

  actor = rubis_session_load_actor (fixture->session, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (actor->name, ==, "Inès Noël");
  g_assert_cmpint (rubis_session_find_actor (fixture->session, "ines noel", &error), ==, id);
  g_assert_cmpint (rubis_session_find_actor (fixture->session, "vs", &error), ==, id);
  actor->active = FALSE;
  g_assert_cmpint (rubis_session_set_actor (fixture->session, actor, &error), ==, id);
  offered = rubis_session_list_actors (fixture->session, FALSE, &error);
  g_assert_cmpuint (offered->len, ==, 0);
  all = rubis_session_list_actors (fixture->session, TRUE, &error);
  g_assert_cmpuint (all->len, ==, 1);

  undo (fixture, "Colleague switched off: Inès Noël");
  undo (fixture, "Colleague added: Inès Noël");
  none = rubis_session_list_actors (fixture->session, TRUE, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (rubis_session_load_actor (fixture->session, id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  redo (fixture, "Colleague added: Inès Noël");
  g_assert_cmpint (rubis_session_find_actor (fixture->session, "Inès Noël", &error), ==, id);
  /* Nobody's address stands in the journal, which is kept for ever. */
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM event WHERE kind = 'actor'"),
                   ==, 2);
  g_assert_cmpint (rubis_test_query (fixture->session,
                                     "SELECT count (*) FROM event WHERE summary LIKE '%@%' OR "
                                     "coalesce (data, '') LIKE '%@%'"),
                   ==, 0);
}

static void
test_actor_checks (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name, *email, *code, *says;
  } cases[] = {
    { "  ", "", "", "A colleague needs a name." },
    { "Max", "max@", "", "“max@” is not an email address" },
    { "INES NOEL", "", "", "There is already a colleague “Inès Noël”" },
    { "Max", "", "vs", "The code “vs” is that of Inès Noël" },
  };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rubis_session_find_actor (fixture->session, "Max", &error), ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  add_actor (fixture, "Inès Noël", "VS");
  g_assert_cmpint (rubis_session_find_actor (fixture->session, "Max", &error), ==, 0);
  g_assert_nonnull (strstr (error->message, "There are: Inès Noël."));
  g_clear_error (&error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RubisActor) actor = rubis_actor_new ();

      rubis_actor_set (actor, name, cases[i].name);
      rubis_actor_set (actor, email, cases[i].email);
      rubis_actor_set (actor, code, cases[i].code);
      g_assert_cmpint (rubis_session_set_actor (fixture->session, actor, &error), ==, 0);
      g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
      g_assert_true (g_str_has_prefix (error->message, cases[i].says));
      g_clear_error (&error);
    }
}

/* The sales representative of a file is the colleague of that code, else of that name. */
static void
test_actor_guess (Fixture *fixture, gconstpointer data)
{
  gint64 by_code = add_actor (fixture, "Inès Noël", "VS");
  gint64 by_name = add_actor (fixture, "Max Roy", "");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rubis_session_guess_actor (fixture->session, fixture->account, &error), ==, 0);
  g_assert_no_error (error);
  rubis_test_exec (fixture->session, "UPDATE account SET sales_rep = 'vs'");
  g_assert_cmpint (rubis_session_guess_actor (fixture->session, fixture->account, &error), ==, by_code);
  rubis_test_exec (fixture->session, "UPDATE account SET sales_rep = 'MAX ROY'");
  g_assert_cmpint (rubis_session_guess_actor (fixture->session, fixture->account, &error), ==, by_name);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/fields/actor-edits", Fixture, NULL, set_up, test_actor_edits, tear_down);
  g_test_add ("/fields/actor-checks", Fixture, NULL, set_up, test_actor_checks, tear_down);
  g_test_add ("/fields/actor-guess", Fixture, NULL, set_up, test_actor_guess, tear_down);
  return g_test_run ();
}
