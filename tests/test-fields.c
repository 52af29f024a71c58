/* Colleagues, fields of one's own, saved filters and bulk edits. */
#include "rubis-actors.h"
#include "rubis-custom-fields.h"
#include "rubis-field-fill.h"
#include "rubis-hashtag.h"
#include "rubis-import-preview.h"
#include "rubis-item-criteria.h"
#include "rubis-saved-filters.h"
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

  rubis_test_undo (fixture->session, "Colleague switched off: Inès Noël");
  rubis_test_undo (fixture->session, "Colleague added: Inès Noël");
  none = rubis_session_list_actors (fixture->session, TRUE, &error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_null (rubis_session_load_actor (fixture->session, id, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  rubis_test_redo (fixture->session, "Colleague added: Inès Noël");
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

/* --- Fields ----------------------------------------------------------------------------------- */

static gint64
add_field (Fixture *fixture, RubisFieldOwner owner, const char *name, RubisFieldKind kind,
           const char *choices)
{
  g_autoptr (RubisCustomField) field = rubis_custom_field_new (owner);
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_free (field->name);
  field->name = g_strdup (name);
  field->kind = kind;
  g_free (field->choices);
  field->choices = g_strdup (choices);
  id = rubis_session_set_field (fixture->session, field, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static char *
dup_value (Fixture *fixture, RubisFieldOwner owner, gint64 owner_id, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = rubis_session_list_values (fixture->session, owner, owner_id, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < values->len; i++)
    {
      const RubisFieldValue *value = g_ptr_array_index (values, i);

      if (g_str_equal (value->field->name, name))
        return g_strdup_printf ("%s|%s", value->value, value->text);
    }
  return NULL;
}

static void
assert_value (Fixture *fixture, RubisFieldOwner owner, gint64 owner_id, const char *name,
              const char *expected)
{
  g_autofree char *value = dup_value (fixture, owner, owner_id, name);

  g_assert_cmpstr (value, ==, expected);
}

static const struct
{
  RubisFieldKind kind;
  const char *language, *typed, *value, *text;
} typed_values[] = {
  { RUBIS_FIELD_TEXT, "fr", "  Île  de France ", "Île de France", "Île de France" },
  { RUBIS_FIELD_NUMBER, "fr", "1 234,50", "1234.5", "1\u202f234,5" },
  { RUBIS_FIELD_NUMBER, "fr", "1\u202f234,567", "1234.567", "1\u202f234,567" },
  { RUBIS_FIELD_NUMBER, "fr", "1,234", "1.234", "1,234" },
  { RUBIS_FIELD_NUMBER, "en", "1,234", "1234", "1,234" },
  { RUBIS_FIELD_NUMBER, "en", "1,234,567.80", "1234567.8", "1,234,567.8" },
  { RUBIS_FIELD_NUMBER, "fr", "1.234,5", "1234.5", "1\u202f234,5" },
  { RUBIS_FIELD_NUMBER, "fr", "\u221212,5", "-12.5", "\u221212,5" },
  { RUBIS_FIELD_NUMBER, "fr", "007", "7", "7" },
  { RUBIS_FIELD_NUMBER, "fr", "-0,0", "0", "0" },
  { RUBIS_FIELD_NUMBER, "fr", "12 kg", NULL, NULL },
  { RUBIS_FIELD_NUMBER, "fr", "1,2,3.4.5", NULL, NULL },
  { RUBIS_FIELD_NUMBER, "fr", "--5", NULL, NULL },
  { RUBIS_FIELD_NUMBER, "fr", "1234567890123456789", NULL, NULL },
  { RUBIS_FIELD_AMOUNT, "fr", "1 234,5 €", "1234.50", "1\u202f234,50" },
  { RUBIS_FIELD_AMOUNT, "en", "1,234.5", "1234.50", "1,234.50" },
  { RUBIS_FIELD_AMOUNT, "fr", "beaucoup", NULL, NULL },
  { RUBIS_FIELD_DATE, "fr", "31/12/2026", "2026-12-31", "31/12/2026" },
  { RUBIS_FIELD_DATE, "fr", "1.2.26", "2026-02-01", "01/02/2026" },
  { RUBIS_FIELD_DATE, "en", "2026-12-31", "2026-12-31", "31/12/2026" },
  { RUBIS_FIELD_DATE, "fr", "31/02/2026", NULL, NULL },
  { RUBIS_FIELD_YES_NO, "fr", "Oui", "1", "Yes" },
  { RUBIS_FIELD_YES_NO, "en", "NO", "0", "No" },
  { RUBIS_FIELD_YES_NO, "fr", "peut-être", NULL, NULL },
  { RUBIS_FIELD_CHOICE, "fr", "EPICES", "Épices", "Épices" },
  { RUBIS_FIELD_CHOICE, "fr", "Vins", NULL, NULL },
  { RUBIS_FIELD_DATE, "fr", "   ", "", "" },
};

/* The same value, however French and English people type it. */
static void
test_field_values (void)
{
  g_autoptr (RubisCustomField) field = rubis_custom_field_new (RUBIS_FIELD_OF_ITEM);

  g_free (field->name);
  field->name = g_strdup ("Rayon");
  g_free (field->choices);
  field->choices = g_strdup (" Épices \n\nThés\nepices");
  for (gsize i = 0; i < G_N_ELEMENTS (typed_values); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *value = NULL;
      g_autofree char *text = NULL;

      field->kind = typed_values[i].kind;
      value = rubis_custom_field_read (field, RUBIS_CURRENCY_EUR, typed_values[i].typed,
                                       typed_values[i].language, &error);
      g_assert_cmpstr (value, ==, typed_values[i].value);
      if (value == NULL)
        {
          g_assert_error (error, RUBIS_FIELD_ERROR, RUBIS_FIELD_ERROR_VALUE);
          g_assert_true (g_str_has_prefix (error->message, "Rayon: “"));
          continue;
        }
      g_assert_no_error (error);
      text = rubis_custom_field_format (field, RUBIS_CURRENCY_EUR, value, typed_values[i].language);
      g_assert_cmpstr (text, ==, typed_values[i].text);
    }
}

static void
test_field_edits (Fixture *fixture, gconstpointer data)
{
  gint64 region = add_field (fixture, RUBIS_FIELD_OF_ACCOUNT, " Région ", RUBIS_FIELD_TEXT, "");
  gint64 limit = add_field (fixture, RUBIS_FIELD_OF_ACCOUNT, "Plafond", RUBIS_FIELD_AMOUNT, "");
  gint64 site = add_field (fixture, RUBIS_FIELD_OF_ITEM, "Chantier", RUBIS_FIELD_TEXT, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisCustomField) found = NULL;
  g_autoptr (GPtrArray) left = NULL;

  g_assert_true (rubis_session_set_value (fixture->session, region, fixture->account, "Sud", &error));
  g_assert_true (rubis_session_set_value (fixture->session, limit, fixture->account, "12 000,5 €", &error));
  g_assert_true (rubis_session_set_value (fixture->session, site, fixture->item, "Gare de Lyon", &error));
  assert_value (fixture, RUBIS_FIELD_OF_ACCOUNT, fixture->account, "Plafond", "12000.50|12,000.50");
  assert_value (fixture, RUBIS_FIELD_OF_ITEM, fixture->item, "Chantier", "Gare de Lyon|Gare de Lyon");
  g_assert_false (rubis_session_set_value (fixture->session, limit, fixture->account, "cher", &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_false (rubis_session_set_value (fixture->session, site, 999, "x", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  /* The account's journal tells of the values of its items too. */
  g_assert_cmpint (
      rubis_test_query (fixture->session,
                        "SELECT count (*) FROM event WHERE kind = 'field' AND account_id = 1 AND summary IN "
                        "('Région changed: Garçon SAS', 'Plafond changed: Garçon SAS', "
                        "'Chantier changed: F-1')"),
      ==, 3);

  rubis_test_undo (fixture->session, "Chantier changed: F-1");
  assert_value (fixture, RUBIS_FIELD_OF_ITEM, fixture->item, "Chantier", "|");
  rubis_test_redo (fixture->session, "Chantier changed: F-1");
  assert_value (fixture, RUBIS_FIELD_OF_ITEM, fixture->item, "Chantier", "Gare de Lyon|Gare de Lyon");

  /* Removed, a field keeps its values for the day on which it comes back. */
  g_assert_true (rubis_session_remove_field (fixture->session, region, &error));
  left = rubis_session_list_fields (fixture->session, RUBIS_FIELD_OF_ACCOUNT, &error);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_null (rubis_session_find_field (fixture->session, RUBIS_FIELD_OF_ACCOUNT, "région", &error));
  g_assert_nonnull (strstr (error->message, "There are: Plafond."));
  g_clear_error (&error);
  rubis_test_undo (fixture->session, "Field removed: Région");
  assert_value (fixture, RUBIS_FIELD_OF_ACCOUNT, fixture->account, "Région", "Sud|Sud");
  found = rubis_session_find_field (fixture->session, RUBIS_FIELD_OF_ACCOUNT, "region", &error);
  g_assert_cmpint (found->id, ==, region);
}

/* A letter says the n-th field of accounts as #ChampClientn, in its own language. */
static void
test_field_hashtags (Fixture *fixture, gconstpointer data)
{
  gint64 limit = add_field (fixture, RUBIS_FIELD_OF_ACCOUNT, "Plafond", RUBIS_FIELD_AMOUNT, "");
  gint64 paper = add_field (fixture, RUBIS_FIELD_OF_ACCOUNT, "Papier", RUBIS_FIELD_YES_NO, "");
  g_autoptr (RubisDocumentContext) context
      = rubis_document_context_new ("fr", RUBIS_TEST_TODAY, RUBIS_CURRENCY_EUR);
  RubisDatabase *db;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;

  add_field (fixture, RUBIS_FIELD_OF_ACCOUNT, "Région", RUBIS_FIELD_TEXT, "");
  g_assert_true (rubis_session_set_value (fixture->session, limit, fixture->account, "12 000", &error));
  g_assert_true (rubis_session_set_value (fixture->session, paper, fixture->account, "yes", &error));
  db = rubis_session_take_reader (fixture->session, &error);
  g_assert_true (rubis_field_fill (fixture->session, db, fixture->account, "fr", context, &error));
  rubis_session_return_reader (fixture->session, db);
  first = rubis_document_context_dup_text (context, RUBIS_HASHTAG_CUSTOMER_FIELD_1);
  second = rubis_document_context_dup_text (context, RUBIS_HASHTAG_CUSTOMER_FIELD_1 + 1);
  g_assert_cmpstr (first, ==, "12\u202f000,00");
  g_assert_cmpstr (second, ==, "oui");
  /* One without a value, and one that does not exist, are missing for whoever checks the template. */
  g_assert_false (rubis_document_context_is_set (context, RUBIS_HASHTAG_CUSTOMER_FIELD_1 + 2));
  g_assert_false (rubis_document_context_is_set (context, RUBIS_HASHTAG_CUSTOMER_FIELD_12));
}

static char *
join_names (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields = rubis_session_list_fields (fixture->session, RUBIS_FIELD_OF_ITEM, &error);
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < fields->len; i++)
    g_string_append (names, ((const RubisCustomField *)g_ptr_array_index (fields, i))->name);
  return g_string_free (names, FALSE);
}

static void
assert_names (Fixture *fixture, const char *expected)
{
  g_autofree char *names = join_names (fixture);

  g_assert_cmpstr (names, ==, expected);
}

static void
test_field_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RubisCustomField) first = rubis_custom_field_new (RUBIS_FIELD_OF_ITEM);
  g_autoptr (RubisCustomField) b = NULL;
  g_autoptr (GError) error = NULL;

  add_field (fixture, RUBIS_FIELD_OF_ITEM, "A", RUBIS_FIELD_TEXT, "");
  add_field (fixture, RUBIS_FIELD_OF_ITEM, "B", RUBIS_FIELD_TEXT, "");
  assert_names (fixture, "AB");
  g_free (first->name);
  first->name = g_strdup ("C");
  g_assert_cmpint (rubis_session_set_field (fixture->session, first, 0, &error), >, 0);
  assert_names (fixture, "CAB");
  rubis_test_undo (fixture->session, "Field added: C");
  assert_names (fixture, "AB");
  rubis_test_redo (fixture->session, "Field added: C");
  assert_names (fixture, "CAB");
  b = rubis_session_find_field (fixture->session, RUBIS_FIELD_OF_ITEM, "B", &error);
  g_assert_cmpint (rubis_session_set_field (fixture->session, b, 1, &error), ==, b->id);
  assert_names (fixture, "CBA");
  rubis_test_undo (fixture->session, "Field changed: B");
  assert_names (fixture, "CAB");
  g_assert_cmpint (rubis_session_set_field (fixture->session, first, -1, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
}

/* A field becomes of another kind when all its values fit, and says which do not. */
static void
test_field_kind (Fixture *fixture, gconstpointer data)
{
  gint64 other = rubis_test_add_account (fixture->session, "C2", "Lefèvre");
  gint64 id = add_field (fixture, RUBIS_FIELD_OF_ACCOUNT, "Échéance", RUBIS_FIELD_TEXT, "");
  g_autoptr (RubisCustomField) field = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rubis_session_set_value (fixture->session, id, fixture->account, "31/12/2026", &error));
  g_assert_true (rubis_session_set_value (fixture->session, id, other, "fin d’année", &error));
  field = rubis_session_load_field (fixture->session, id, &error);
  field->kind = RUBIS_FIELD_DATE;
  g_assert_cmpint (rubis_session_set_field (fixture->session, field, -1, &error), ==, 0);
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_assert_cmpstr (error->message, ==,
                   "Échéance stays as it is, since 1 value does not fit: “fin d’année”. Change it first.");
  g_clear_error (&error);
  g_assert_true (rubis_session_set_value (fixture->session, id, other, "", &error));
  g_assert_cmpint (rubis_session_set_field (fixture->session, field, -1, &error), ==, id);
  assert_value (fixture, RUBIS_FIELD_OF_ACCOUNT, fixture->account, "Échéance", "2026-12-31|31/12/2026");
  rubis_test_undo (fixture->session, "Field changed: Échéance");
  assert_value (fixture, RUBIS_FIELD_OF_ACCOUNT, fixture->account, "Échéance", "31/12/2026|31/12/2026");

  field->kind = RUBIS_FIELD_CHOICE;
  g_assert_cmpint (rubis_session_set_field (fixture->session, field, -1, &error), ==, 0);
  g_assert_cmpstr (error->message, ==, "Échéance: write what there is to choose from, a line each.");
  g_clear_error (&error);
}

static RubisImportPreview *
import (Fixture *fixture, const char *body)
{
  g_autofree char *path = g_build_filename (fixture->folder, "export.csv", NULL);
  g_autofree char *text = g_strconcat (
      "Code client;Nom;N° facture;Type;Date facture;Date échéance;Montant TTC;Restant dû\n", body, NULL);
  g_autoptr (GError) error = NULL;
  RubisImportPreview *preview;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  preview = rubis_session_open_import (fixture->session, path, &error);
  g_assert_no_error (error);
  /* So small a dossier trips the brakes, which have tests of their own. */
  preview->options.force = TRUE;
  rubis_session_apply_import (fixture->session, preview, NULL, &error);
  g_assert_no_error (error);
  return preview;
}

/* Values stay with items that a file brings again or settles, and with those that an undone import leaves. */
static void
test_field_import (Fixture *fixture, gconstpointer data)
{
  gint64 site = add_field (fixture, RUBIS_FIELD_OF_ITEM, "Chantier", RUBIS_FIELD_TEXT, "");
  g_autoptr (RubisImportPreview) first
      = import (fixture, "C8;Noël;X-1;FAC;01/09/2026;01/10/2026;100,00;100,00\n"
                         "C8;Noël;X-2;FAC;01/09/2026;01/10/2026;50,00;50,00\n");
  g_autoptr (RubisImportPreview) second = NULL;
  g_autoptr (GError) error = NULL;
  gint64 item = rubis_test_query (fixture->session, "SELECT id FROM item WHERE number = 'X-1'");
  gint64 settled = rubis_test_query (fixture->session, "SELECT id FROM item WHERE number = 'X-2'");

  g_assert_true (rubis_session_set_value (fixture->session, site, item, "Gare", &error));
  g_assert_true (rubis_session_set_value (fixture->session, site, settled, "Port", &error));
  second = import (fixture, "C8;Noël;X-1;FAC;01/09/2026;01/10/2026;100,00;40,00\n"
                            "C8;Noël;X-3;FAC;01/10/2026;01/11/2026;70,00;70,00\n");
  assert_value (fixture, RUBIS_FIELD_OF_ITEM, item, "Chantier", "Gare|Gare");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT open FROM item WHERE number = 'X-2'"), ==, 0);
  assert_value (fixture, RUBIS_FIELD_OF_ITEM, settled, "Chantier", "Port|Port");
  /* An item that an undone import takes away takes its value along. */
  g_assert_true (rubis_session_set_value (
      fixture->session, site, rubis_test_query (fixture->session, "SELECT id FROM item WHERE number = 'X-3'"),
      "Quai", &error));
  g_assert_true (rubis_session_undo_import (fixture->session, second->batch_id, &error));
  g_assert_no_error (error);
  assert_value (fixture, RUBIS_FIELD_OF_ITEM, item, "Chantier", "Gare|Gare");
  assert_value (fixture, RUBIS_FIELD_OF_ITEM, settled, "Chantier", "Port|Port");
  g_assert_cmpint (rubis_test_query (fixture->session, "SELECT count (*) FROM item_field"), ==, 2);
}

static void
assert_matches (Fixture *fixture, gint64 field_id, const char *from, const char *to, const char *expected)
{
  g_autoptr (RubisItemCriteria) criteria = rubis_item_criteria_new ();
  g_autoptr (RubisItemCriteria) kept = NULL;
  g_autoptr (RubisCustomField) field = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GVariant) state = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  field = rubis_session_load_field (fixture->session, field_id, &error);
  g_ptr_array_add (criteria->tests, rubis_field_test_new (field, from, to));
  /* As it comes back from a saved filter. */
  fields = rubis_session_list_all_fields (fixture->session, &error);
  state = g_variant_ref_sink (rubis_item_criteria_to_variant (criteria));
  kept = rubis_item_criteria_new_from_variant (state, fields);
  ids = rubis_session_list_matching_items (fixture->session, kept, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT " ", g_array_index (ids, gint64, i));
  g_assert_cmpstr (text->str, ==, expected);
}

/* Conditions on each kind, of items and of their accounts. */
static void
test_field_filters (Fixture *fixture, gconstpointer data)
{
  gint64 other = rubis_test_add_account (fixture->session, "C2", "Lefèvre");
  gint64 second = rubis_test_add_item (fixture->session, other, "F-2", RUBIS_ITEM_INVOICE, "2026-10-01", 9000,
                                       9000, NULL);
  gint64 site = add_field (fixture, RUBIS_FIELD_OF_ITEM, "Chantier", RUBIS_FIELD_TEXT, "");
  gint64 limit = add_field (fixture, RUBIS_FIELD_OF_ACCOUNT, "Plafond", RUBIS_FIELD_AMOUNT, "");
  gint64 weight = add_field (fixture, RUBIS_FIELD_OF_ITEM, "Poids", RUBIS_FIELD_NUMBER, "");
  gint64 since = add_field (fixture, RUBIS_FIELD_OF_ACCOUNT, "Depuis", RUBIS_FIELD_DATE, "");
  gint64 approved = add_field (fixture, RUBIS_FIELD_OF_ITEM, "Visa", RUBIS_FIELD_YES_NO, "");
  gint64 region = add_field (fixture, RUBIS_FIELD_OF_ACCOUNT, "Région", RUBIS_FIELD_CHOICE, "Nord\nSud");
  const struct
  {
    gint64 field_id;
    gint64 owner_id;
    const char *typed;
  } values[] = {
    { site, fixture->item, "Gare 100%" },      { site, second, "Port" },
    { limit, fixture->account, "900" },        { limit, other, "12 000,50" },
    { weight, fixture->item, "9.5" },          { weight, second, "10" },
    { since, fixture->account, "31/12/2019" }, { since, other, "02/01/2020" },
    { approved, fixture->item, "yes" },        { region, other, "sud" },
  };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fixture->item, ==, 1);
  g_assert_cmpint (second, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      rubis_session_set_value (fixture->session, values[i].field_id, values[i].owner_id, values[i].typed,
                               &error);
      g_assert_no_error (error);
    }
  assert_matches (fixture, site, "gare", "", "1 ");
  assert_matches (fixture, site, "0%", "", "1 ");
  assert_matches (fixture, site, "r_", "", "");
  assert_matches (fixture, limit, "900.00", "12000.49", "1 ");
  assert_matches (fixture, limit, "900.01", "", "2 ");
  assert_matches (fixture, limit, "", "12000.50", "1 2 ");
  assert_matches (fixture, weight, "9.6", "10", "2 ");
  assert_matches (fixture, since, "2020-01-01", "", "2 ");
  assert_matches (fixture, approved, "1", "", "1 ");
  assert_matches (fixture, approved, "0", "", "2 ");
  assert_matches (fixture, region, "Sud", "", "2 ");
  /* A filter forgets a field that is gone. */
  g_assert_true (rubis_session_remove_field (fixture->session, region, &error));
  {
    g_autoptr (GPtrArray) fields = rubis_session_list_all_fields (fixture->session, &error);
    g_autofree char *body
        = g_strdup_printf ("{'fields': <[(int64 %" G_GINT64_FORMAT ", 'Sud', '')]>}", region);
    g_autoptr (GVariant) state = g_variant_parse (G_VARIANT_TYPE_VARDICT, body, NULL, NULL, &error);
    g_autoptr (RubisItemCriteria) criteria = rubis_item_criteria_new_from_variant (state, fields);

    g_assert_false (rubis_item_criteria_is_narrowed (criteria));
  }
}

/* --- Filters ---------------------------------------------------------------------------------- */

static void
assert_filters (Fixture *fixture, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) filters
      = rubis_session_list_filters (fixture->session, RUBIS_FILTERS_INVOICES, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < filters->len; i++)
    {
      const RubisSavedFilter *filter = g_ptr_array_index (filters, i);

      g_string_append_printf (text, "%s=%s;", filter->name, filter->body);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 late
      = rubis_session_save_filter (fixture->session, RUBIS_FILTERS_INVOICES, " En retard ", "a", &error);
  gint64 big = rubis_session_save_filter (fixture->session, RUBIS_FILTERS_INVOICES, "Gros", "b", &error);

  g_assert_no_error (error);
  /* Another place has its own. */
  g_assert_cmpint (rubis_session_save_filter (fixture->session, RUBIS_FILTERS_SENT, "Gros", "c", &error), !=,
                   big);
  assert_filters (fixture, "En retard=a;Gros=b;");
  g_assert_cmpint (
      rubis_session_save_filter (fixture->session, RUBIS_FILTERS_INVOICES, "en RETARD", "d", &error), ==,
      late);
  assert_filters (fixture, "en RETARD=d;Gros=b;");
  rubis_test_undo (fixture->session, "Filter saved: en RETARD");
  assert_filters (fixture, "En retard=a;Gros=b;");
  g_assert_false (rubis_session_rename_filter (fixture->session, late, "gros", &error));
  g_assert_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE);
  g_clear_error (&error);
  g_assert_true (rubis_session_rename_filter (fixture->session, late, "Vieux", &error));
  g_assert_true (rubis_session_remove_filter (fixture->session, late, &error));
  assert_filters (fixture, "Gros=b;");
  rubis_test_undo (fixture->session, "Filter removed: Vieux");
  assert_filters (fixture, "Vieux=a;Gros=b;");
  rubis_test_undo (fixture->session, "Filter renamed: Vieux");
  assert_filters (fixture, "En retard=a;Gros=b;");
  g_assert_null (rubis_session_find_filter (fixture->session, RUBIS_FILTERS_INVOICES, "Petits", &error));
  g_assert_cmpstr (error->message, ==, "There is no filter “Petits”. There are: En retard, Gros.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/fields/actor-edits", Fixture, NULL, set_up, test_actor_edits, tear_down);
  g_test_add ("/fields/actor-checks", Fixture, NULL, set_up, test_actor_checks, tear_down);
  g_test_add ("/fields/actor-guess", Fixture, NULL, set_up, test_actor_guess, tear_down);
  g_test_add_func ("/fields/field-values", test_field_values);
  g_test_add ("/fields/field-edits", Fixture, NULL, set_up, test_field_edits, tear_down);
  g_test_add ("/fields/field-hashtags", Fixture, NULL, set_up, test_field_hashtags, tear_down);
  g_test_add ("/fields/field-order", Fixture, NULL, set_up, test_field_order, tear_down);
  g_test_add ("/fields/field-kind", Fixture, NULL, set_up, test_field_kind, tear_down);
  g_test_add ("/fields/field-import", Fixture, NULL, set_up, test_field_import, tear_down);
  g_test_add ("/fields/field-filters", Fixture, NULL, set_up, test_field_filters, tear_down);
  g_test_add ("/fields/filters", Fixture, NULL, set_up, test_filters, tear_down);
  return g_test_run ();
}
