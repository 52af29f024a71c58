#include "fuzz-import.h"

#include <string.h>
#include <unistd.h>

#include "rubis-import-file.h"

static gboolean
check_row (const RubisImportRow *row, gpointer user_data, GError **error)
{
  guint64 *n = user_data;

  g_assert_true (row->customer_code != NULL || row->customer_name != NULL);
  g_assert_true (row->customer_name == NULL || g_utf8_validate (row->customer_name, -1, NULL));
  g_assert_true (row->label == NULL || g_utf8_validate (row->label, -1, NULL));
  if (row->has_item)
    {
      g_assert_true (row->number != NULL || row->type == RUBIS_ITEM_PAYMENT);
      g_assert_true (row->issue_date != RUBIS_DATE_NONE || row->due_date != RUBIS_DATE_NONE
                     || row->type == RUBIS_ITEM_PAYMENT);
      (*n)++;
    }
  return TRUE;
}

static void
check_reject (const RubisImportReject *reject, gpointer user_data)
{
  g_assert_true (reject->code != NULL && reject->code[0] != '\0');
  g_assert_true (reject->message != NULL && reject->message[0] != '\0');
  g_assert_nonnull (reject->column);
  g_assert_nonnull (reject->value);
}

const char *
fuzz_import_path (void)
{
  static char *path = NULL;

  if (path == NULL)
    path = g_strdup_printf ("%s/rubis-fuzz-import-%d", g_get_tmp_dir (), (int) getpid ());
  return path;
}

void
fuzz_import_read_path (void)
{
  static const RubisImportCallbacks callbacks = { check_row, check_reject, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(RubisImportFile) file = rubis_import_file_open (fuzz_import_path (), &error);
  RubisImportFacts facts;
  guint64 n = 0;
  gboolean done;

  g_assert_true ((file == NULL) == (error != NULL));
  if (file != NULL)
    {
      rubis_import_facts_init (&facts);
      done = rubis_import_file_read (file, NULL, rubis_date_from_ymd (2026, 6, 30), &callbacks, &n, &facts,
                                     NULL, &error);
      g_assert_true (done == (error == NULL));
      g_assert_cmpuint (n, ==, facts.items);
      rubis_import_facts_clear (&facts);
    }
  unlink (fuzz_import_path ());
}

void
fuzz_import_read (const void *data, gsize size)
{
  g_autoptr(GError) error = NULL;

  g_file_set_contents_full (fuzz_import_path (), data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  fuzz_import_read_path ();
}
