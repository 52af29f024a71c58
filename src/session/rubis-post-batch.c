#include "rubis-post-batch.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-address-check.h"
#include "rubis-agenda-private.h"
#include "rubis-agenda-recheck.h"
#include "rubis-country.h"
#include "rubis-policies-resource.h"
#include "rubis-post-private.h"
#include "rubis-store-settings.h"
#include "rubis-text.h"

#define SETTING_TABLE "postage.table"
#define SETTING_SERVICE "postage.service"

/* Lines of the standard: one more abroad, for the country. */
#define MAX_LINES 6

G_DEFINE_FINAL_TYPE (RubisPostLetter, rubis_post_letter, G_TYPE_OBJECT)

static void
rubis_post_letter_finalize (GObject *object)
{
  RubisPostLetter *self = RUBIS_POST_LETTER (object);

  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->postcode);
  g_free (self->city);
  g_free (self->country);
  g_free (self->subject);
  g_free (self->number);
  g_ptr_array_unref (self->warnings);
  g_free (self->refused);
  G_OBJECT_CLASS (rubis_post_letter_parent_class)->finalize (object);
}

static void
rubis_post_letter_class_init (RubisPostLetterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_post_letter_finalize;
}

static void
rubis_post_letter_init (RubisPostLetter *self)
{
  self->warnings = g_ptr_array_new_with_free_func (g_free);
}

void
rubis_post_batch_free (RubisPostBatch *self)
{
  g_ptr_array_unref (self->letters);
  g_free (self);
}

/* --- prices --- */

static RubisPostageTable *
load_table (RubisDatabase *db, GError **error)
{
  g_autofree char *own = rubis_store_get_setting (db, SETTING_TABLE, error);
  g_autoptr (GBytes) shipped = NULL;
  gsize length;
  const char *data;

  if (own == NULL)
    return NULL;
  if (*own != '\0')
    return rubis_postage_table_new_from_data (own, -1, error);
  shipped = g_resource_lookup_data (rubis_policies_get_resource (), "/fr/rubis/data/postage.ini", 0, error);
  if (shipped == NULL)
    return NULL;
  data = g_bytes_get_data (shipped, &length);
  return rubis_postage_table_new_from_data (data, (gssize)length, error);
}

char *
rubis_session_get_postage_text (RubisSession *self, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autofree char *own = NULL;
  g_autoptr (GBytes) shipped = NULL;

  if (db == NULL)
    return NULL;
  own = rubis_store_get_setting (db, SETTING_TABLE, error);
  rubis_session_return_reader (self, db);
  if (own == NULL || *own != '\0')
    return g_steal_pointer (&own);
  shipped = g_resource_lookup_data (rubis_policies_get_resource (), "/fr/rubis/data/postage.ini", 0, error);
  return shipped != NULL ? g_strndup (g_bytes_get_data (shipped, NULL), g_bytes_get_size (shipped)) : NULL;
}

/* A setting of the dossier that is no reminder and no claim: not undone, but journaled. */
static gboolean
change_setting (RubisSession *self, const char *key, const char *value, const char *summary, GError **error)
{
  RubisStore *store = rubis_session_lock (self);
  gboolean done = FALSE;

  if (store == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("The dossier is closed."));
  else if (rubis_store_begin (store, error))
    {
      RubisDatabase *db = rubis_store_get_database (store);
      g_autoptr (RubisEventRecord) event = rubis_session_new_event (self, "company", 0, summary, NULL);

      done = rubis_store_set_setting (db, key, value, error) && rubis_store_append_event (db, event, error);
      if (done)
        done = rubis_store_commit (store, error);
      else
        rubis_store_rollback (store);
    }
  rubis_session_unlock (self);
  rubis_session_mark_changed (self);
  return done;
}

gboolean
rubis_session_set_postage_text (RubisSession *self, const char *text, GError **error)
{
  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  if (text != NULL)
    {
      g_autoptr (RubisPostageTable) table = rubis_postage_table_new_from_data (text, -1, error);

      if (table == NULL)
        return FALSE;
    }
  return change_setting (self, SETTING_TABLE, text != NULL ? text : "", _ ("Postal prices changed"), error);
}

static RubisPostageService
read_service (RubisDatabase *db)
{
  g_autofree char *id = rubis_store_get_setting (db, SETTING_SERVICE, NULL);
  RubisPostageService service = RUBIS_POSTAGE_GREEN;

  rubis_postage_service_from_id (id, &service);
  return service == RUBIS_POSTAGE_TRACKED ? RUBIS_POSTAGE_TRACKED : RUBIS_POSTAGE_GREEN;
}

RubisPostageService
rubis_session_get_post_service (RubisSession *self)
{
  RubisDatabase *db = rubis_session_take_reader (self, NULL);
  RubisPostageService service = RUBIS_POSTAGE_GREEN;

  if (db != NULL)
    {
      service = read_service (db);
      rubis_session_return_reader (self, db);
    }
  return service;
}

gboolean
rubis_session_set_post_service (RubisSession *self, RubisPostageService service, GError **error)
{
  g_autofree char *summary = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);
  g_return_val_if_fail (service == RUBIS_POSTAGE_GREEN || service == RUBIS_POSTAGE_TRACKED, FALSE);

  summary = g_strdup_printf (_ ("Ordinary letters leave as: %s"), rubis_postage_service_to_label (service));
  return change_setting (self, SETTING_SERVICE, rubis_postage_service_to_id (service), summary, error);
}

/* --- the letters --- */

/* What the loading of a batch shares. */
typedef struct
{
  RubisSession *session;
  RubisDatabase *db;
  RubisPostageTable *table;    /* (owned) */
  RubisAddressChecker *addresses; /* (owned) */
  RubisPostageService service; /* of ordinary letters */
  gboolean duplex;
  gboolean held; /* dunning is held back */
} Loading;

static RubisPostageService
choose_service (const Loading *loading, const RubisPostRecord *record, gboolean abroad)
{
  gboolean registered = g_str_equal (record->kind, "registered");

  if (abroad)
    return registered ? RUBIS_POSTAGE_ABROAD_REGISTERED : RUBIS_POSTAGE_ABROAD;
  if (!registered)
    return loading->service;
  if (g_str_equal (record->guarantee, "R2"))
    return RUBIS_POSTAGE_R2;
  return g_str_equal (record->guarantee, "R3") ? RUBIS_POSTAGE_R3 : RUBIS_POSTAGE_R1;
}

static void
warn (RubisPostLetter *letter, const char *text)
{
  g_ptr_array_add (letter->warnings, g_strdup (text));
}

static void
check_address (const Loading *loading, RubisPostLetter *letter, gboolean abroad)
{
  g_autoptr (RubisAddressCheck) check
      = rubis_address_checker_check (loading->addresses, letter->account_id, NULL);
  g_auto (GStrv) lines = NULL;

  if (check == NULL)
    return;
  for (guint i = 0; i < check->problems->len; i++)
    {
      const RubisAddressProblem *problem = g_ptr_array_index (check->problems, i);

      warn (letter, problem->message);
    }
  lines = g_strsplit (check->block, "\n", -1);
  if (g_strv_length (lines) > (guint)(abroad ? MAX_LINES + 1 : MAX_LINES))
    warn (letter, _ ("The address has more than six lines"));
}

static gboolean
load_place (const Loading *loading, RubisPostLetter *letter, gboolean *abroad, GError **error)
{
  g_autoptr (RubisAccountRecord) account = rubis_store_load_account (loading->db, letter->account_id, error);
  g_autofree char *country = NULL;
  const char *code;

  if (account == NULL)
    return FALSE;
  country = rubis_text_normalise_spaces (account->country);
  code = *country == '\0' ? "FR" : rubis_country_from_text (country);
  *abroad = code == NULL || !rubis_country_is_french_post (code);
  letter->account_code = g_strdup (account->code);
  letter->account_name = g_strdup (account->name);
  letter->postcode = rubis_text_normalise_spaces (account->postcode);
  letter->city = rubis_text_normalise_spaces (account->city);
  letter->country = g_strdup (code != NULL ? code : "");
  return TRUE;
}

/* Why a letter that waits does not leave any more, "" when it does. */
static gboolean
judge (const Loading *loading, const RubisPostRecord *record, char **refused, GError **error)
{
  *refused = NULL;
  if (!rubis_post_is_at_printer (record) && rubis_post_may_be_stale (record))
    {
      if (loading->held)
        *refused = g_strdup (_ ("Dunning is held back today."));
      else if (!rubis_post_recheck (loading->session, loading->db, record, refused, error))
        return FALSE;
    }
  if (*refused == NULL)
    *refused = g_strdup ("");
  return TRUE;
}

static RubisPostLetter *
make_letter (const Loading *loading, const RubisPostRecord *record, GError **error)
{
  g_autoptr (RubisPostLetter) letter = g_object_new (RUBIS_TYPE_POST_LETTER, NULL);
  gboolean abroad = FALSE;

  letter->document_id = record->document_id;
  letter->account_id = record->account_id;
  letter->date = record->date;
  letter->subject = g_strdup (record->subject);
  letter->currency = record->currency;
  letter->amount = record->amount;
  letter->registered = g_str_equal (record->kind, "registered");
  letter->receipt = letter->registered && record->with_receipt;
  letter->number = g_strdup (record->number);
  letter->n_pages = record->n_pages;
  letter->waits = record->to_post;
  letter->job_id = record->job_id;
  letter->job_open = g_str_equal (record->job_state, "sent");
  if (!load_place (loading, letter, &abroad, error) || !judge (loading, record, &letter->refused, error))
    return NULL;
  letter->service = choose_service (loading, record, abroad);
  rubis_postage_table_estimate (loading->table, letter->service,
                                rubis_postage_count_sheets (letter->n_pages, loading->duplex),
                                letter->receipt, &letter->postage);
  check_address (loading, letter, abroad);
  if (letter->postage.weight_class == 0)
    warn (letter, _ ("It is heavier than the postal prices provide for: no postage is estimated"));
  return g_steal_pointer (&letter);
}

/* France first, then by country as it stands on the envelope. */
static int
compare_letters (gconstpointer a, gconstpointer b)
{
  const RubisPostLetter *first = *(RubisPostLetter *const *)a;
  const RubisPostLetter *second = *(RubisPostLetter *const *)b;
  gboolean first_french = *first->country != '\0' && rubis_country_is_french_post (first->country);
  gboolean second_french = *second->country != '\0' && rubis_country_is_french_post (second->country);
  g_autofree char *first_city = NULL;
  g_autofree char *second_city = NULL;
  int order = (second_french ? 1 : 0) - (first_french ? 1 : 0);

  if (order == 0 && !first_french)
    order = g_strcmp0 (*first->country != '\0' ? rubis_country_postal_name (first->country) : "~",
                       *second->country != '\0' ? rubis_country_postal_name (second->country) : "~");
  if (order == 0)
    order = strcmp (first->postcode, second->postcode);
  if (order != 0)
    return order;
  first_city = rubis_text_fold (first->city);
  second_city = rubis_text_fold (second->city);
  order = strcmp (first_city, second_city);
  if (order == 0)
    order = strcmp (first->account_code, second->account_code);
  return order != 0 ? order
                    : (first->document_id > second->document_id) - (first->document_id < second->document_id);
}

static RubisPostBatch *
load_batch (Loading *loading, RubisDate date, RubisProgress *progress, GError **error)
{
  g_autoptr (GPtrArray) records = rubis_store_list_post (loading->db, date, error);
  g_autoptr (RubisPostBatch) batch = g_new0 (RubisPostBatch, 1);

  batch->letters = g_ptr_array_new_with_free_func (g_object_unref);
  batch->duplex = loading->duplex;
  batch->tariff_date = rubis_postage_table_get_date (loading->table);
  batch->tariff_checked = rubis_postage_table_get_checked (loading->table);
  batch->currency = rubis_postage_table_get_currency (loading->table);
  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      RubisPostLetter *letter;

      if (progress != NULL && g_cancellable_set_error_if_cancelled (progress->cancellable, error))
        return NULL;
      letter = make_letter (loading, g_ptr_array_index (records, i), error);
      if (letter == NULL)
        return NULL;
      g_ptr_array_add (batch->letters, letter);
      if (progress != NULL && progress->func != NULL && i % 64 == 0)
        progress->func ((double)(i + 1) / records->len, NULL, progress->user_data);
    }
  g_ptr_array_sort (batch->letters, compare_letters);
  return g_steal_pointer (&batch);
}

RubisPostBatch *
rubis_session_load_post (RubisSession *self, RubisDate date, gboolean duplex, RubisProgress *progress,
                         GError **error)
{
  RubisDatabase *db;
  g_autoptr (RubisPostageTable) table = NULL;
  RubisPostBatch *batch = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  table = load_table (db, error);
  if (table != NULL)
    {
      g_autoptr (RubisAddressChecker) addresses = rubis_address_checker_new (self, NULL);
      Loading loading
          = { .session = self, .db = db, .table = table, .addresses = addresses, .duplex = duplex };

      loading.service = read_service (db);
      if (rubis_agenda_is_held (self, db, &loading.held, error))
        batch = load_batch (&loading, date, progress, error);
    }
  rubis_session_return_reader (self, db);
  return batch;
}

void
rubis_post_batch_sum (RubisPostBatch *self, RubisPostTotals *totals)
{
  g_return_if_fail (self != NULL && totals != NULL);

  *totals = (RubisPostTotals){ 0 };
  for (guint i = 0; i < self->letters->len; i++)
    {
      const RubisPostLetter *letter = g_ptr_array_index (self->letters, i);

      if (*letter->refused != '\0')
        {
          totals->n_refused++;
          continue;
        }
      totals->n_letters++;
      totals->n_registered += letter->registered ? 1 : 0;
      totals->n_pages += letter->n_pages;
      totals->n_sheets += letter->postage.n_sheets;
      totals->grams += letter->postage.grams;
      totals->postage += letter->postage.price;
      totals->n_warnings += letter->warnings->len > 0 ? 1 : 0;
      totals->n_unpriced += letter->postage.weight_class == 0 ? 1 : 0;
    }
}
