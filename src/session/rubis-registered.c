#include "rubis-registered.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-postal-number.h"
#include "rubis-registered-private.h"

/* A roll of forms, with room to spare. */
#define MAX_STOCK 10000

RubisRegisteredLetter *
rubis_registered_letter_from_record (const RubisRegisteredRecord *record)
{
  RubisRegisteredLetter *letter = rubis_registered_letter_new ();

  letter->id = record->id;
  letter->account_id = record->account_id;
  letter->document_id = record->document_id;
  letter->account_code = g_strdup (record->account_code);
  letter->account_name = g_strdup (record->account_name);
  letter->subject = g_strdup (record->subject);
  letter->currency = record->currency;
  letter->amount = record->amount;
  letter->number = g_strdup (record->number);
  letter->number_printed = record->number_printed;
  letter->guarantee = g_strdup (record->guarantee);
  letter->with_receipt = record->with_receipt;
  letter->course = record->course;
  letter->deadline_days = record->deadline_days;
  letter->notice_until = record->notice_until;
  letter->deposit_id = record->deposit_id;
  letter->n_proofs = record->n_proofs;
  letter->address_bad = record->address_bad;
  letter->by_provider = g_strdup (record->by_provider);
  letter->uncertain = record->uncertain;
  return letter;
}

RubisRegisteredRecord *
rubis_registered_load (RubisDatabase *db, gint64 id, GError **error)
{
  g_autoptr(GError) load_error = NULL;
  RubisRegisteredRecord *record = rubis_store_load_registered (db, id, &load_error);

  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else if (record == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no registered letter %d."), (int) id);
  return record;
}

char *
rubis_registered_describe (const RubisRegisteredRecord *record)
{
  g_autofree char *number = rubis_postal_number_format (record->number);

  if (*number == '\0')
    return g_strdup_printf (_("Letter to %s"), record->account_name);
  return g_strdup_printf ("%s (%s)", number, record->account_name);
}

GPtrArray *
rubis_session_list_registered (RubisSession *self, gint64 account_id, GError **error)
{
  RubisDatabase *db;
  g_autoptr(GPtrArray) records = NULL;
  GPtrArray *letters;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  records = rubis_store_list_registered (db, account_id, error);
  rubis_session_return_reader (self, db);
  if (records == NULL)
    return NULL;
  letters = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (letters, rubis_registered_letter_from_record (g_ptr_array_index (records, i)));
  return letters;
}

RubisRegisteredLetter *
rubis_session_get_registered (RubisSession *self, gint64 id, GError **error)
{
  RubisDatabase *db;
  g_autoptr(RubisRegisteredRecord) record = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  record = rubis_registered_load (db, id, error);
  rubis_session_return_reader (self, db);
  return record != NULL ? rubis_registered_letter_from_record (record) : NULL;
}

/* --- Numbers --------------------------------------------------------------------------------- */

/* What cannot be the number of a form at all: the rule of the check digit is not certain, the length is. */
static gboolean
is_plausible (const char *clean)
{
  gsize length = strlen (clean);

  if (length < 8 || length > 20)
    return FALSE;
  for (const char *p = clean; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p))
        return FALSE;
    }
  return TRUE;
}

char *
rubis_registered_read_number (const char *typed, char **warning, GError **error)
{
  g_autofree char *clean = rubis_identifier_normalise (typed);
  RubisPostalNumberKind kind;

  if (warning != NULL)
    *warning = NULL;
  if (*clean == '\0')
    return g_steal_pointer (&clean);
  if (!is_plausible (clean))
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("“%s” is not the number of a registered letter: it is written on the form, such as "
                     "1A 787 789 3287 8."),
                   typed);
      return NULL;
    }
  if (warning == NULL)
    return g_steal_pointer (&clean);
  switch (rubis_postal_number_check (clean, &kind))
    {
    case RUBIS_ID_OK:
      break;
    case RUBIS_ID_CHECK:
      *warning = g_strdup (_("The check digit does not fit: compare the number with the form."));
      break;
    case RUBIS_ID_FORMAT:
    case RUBIS_ID_COUNTRY:
    case RUBIS_ID_LENGTH:
    case RUBIS_ID_LUHN:
    case RUBIS_ID_LA_POSTE:
    case RUBIS_ID_SIREN:
    case RUBIS_ID_KEY:
    case RUBIS_ID_RIB_KEY:
    default:
      *warning = g_strdup (_("This does not look like a number of La Poste (13 signs): compare it with the form."));
      break;
    }
  return g_steal_pointer (&clean);
}

typedef struct {
  GPtrArray *numbers; /* (element-type utf8) */
  RubisDate date;
  gboolean add;
} StockState;

static void
stock_state_free (gpointer data)
{
  StockState *state = data;

  g_ptr_array_unref (state->numbers);
  g_free (state);
}

static gboolean
swap_stock (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  StockState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  gboolean found;

  if (state->add && !rubis_store_add_stock (db, state->numbers, state->date, error))
    return FALSE;
  for (guint i = 0; !state->add && i < state->numbers->len; i++)
    {
      if (!rubis_store_remove_stock (db, g_ptr_array_index (state->numbers, i), &found, error))
        return FALSE;
    }
  if (!rubis_journaled_edit_note (session, db, edit, 0, error))
    return FALSE;
  state->add = !state->add;
  journaled->n_swaps++;
  return TRUE;
}

/* @numbers: (transfer full) */
static gboolean
edit_stock (RubisSession *self, const char *label, GPtrArray *numbers, gboolean add, GError **error)
{
  StockState *state = g_new0 (StockState, 1);

  state->numbers = numbers;
  state->date = rubis_session_get_today (self);
  state->add = add;
  return rubis_session_do_edit (
    self, rubis_journaled_edit_new (label, "registered-stock", NULL, swap_stock, state, stock_state_free), error);
}

/* The numbers of a roll that are not in the stock and on no letter. (transfer full) */
static GPtrArray *
make_roll (RubisSession *self, const char *first, guint count, GError **error)
{
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) stock = rubis_session_list_registered_stock (self, error);
  g_autoptr(GPtrArray) letters = rubis_session_list_registered (self, 0, error);
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  if (stock == NULL || letters == NULL)
    return NULL;
  for (guint i = 0; i < stock->len; i++)
    g_hash_table_add (known, g_ptr_array_index (stock, i));
  for (guint i = 0; i < letters->len; i++)
    g_hash_table_add (known, ((RubisRegisteredLetter *) g_ptr_array_index (letters, i))->number);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *number = i == 0 ? g_strdup (first) : rubis_postal_number_follow (first, i);

      if (number == NULL)
        {
          g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                       _("The numbers after %s cannot be told: its check digit does not fit the usual rule. Compare it "
                         "with the form, or add the numbers one by one."),
                       first);
          return NULL;
        }
      if (!g_hash_table_contains (known, number))
        g_ptr_array_add (numbers, g_steal_pointer (&number));
    }
  return g_steal_pointer (&numbers);
}

gboolean
rubis_session_add_registered_stock (RubisSession *self, const char *first, guint count, GError **error)
{
  g_autoptr(GPtrArray) numbers = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *label = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && first != NULL, FALSE);

  clean = rubis_registered_read_number (first, NULL, error);
  if (clean == NULL)
    return FALSE;
  if (*clean == '\0' || count == 0 || count > MAX_STOCK)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("Give the number of the first form, and how many there are (1 to %d)."), MAX_STOCK);
      return FALSE;
    }
  numbers = make_roll (self, clean, count, error);
  if (numbers == NULL)
    return FALSE;
  if (numbers->len == 0)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("These forms are in the stock already, or were used."));
      return FALSE;
    }
  label = g_strdup_printf (ngettext ("%u form for registered letters added, from %s on",
                                     "%u forms for registered letters added, from %s on", numbers->len),
                           numbers->len, clean);
  return edit_stock (self, label, g_steal_pointer (&numbers), TRUE, error);
}

gboolean
rubis_session_remove_registered_stock (RubisSession *self, const char *number, GError **error)
{
  g_autoptr(GPtrArray) stock = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *label = NULL;
  GPtrArray *numbers;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && number != NULL, FALSE);

  stock = rubis_session_list_registered_stock (self, error);
  if (stock == NULL)
    return FALSE;
  clean = rubis_identifier_normalise (number);
  if (!g_ptr_array_find_with_equal_func (stock, clean, g_str_equal, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no form %s in the stock."), clean);
      return FALSE;
    }
  numbers = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (numbers, g_strdup (clean));
  label = g_strdup_printf (_("Form %s taken out of the stock"), clean);
  return edit_stock (self, label, numbers, FALSE, error);
}

GPtrArray *
rubis_session_list_registered_stock (RubisSession *self, GError **error)
{
  RubisDatabase *db;
  GPtrArray *numbers;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  numbers = rubis_store_list_stock (db, error);
  rubis_session_return_reader (self, db);
  return numbers;
}

/* --- Addresses, tasks -------------------------------------------------------------------------- */

typedef struct {
  gint64 account_id;
  gboolean bad; /* what the next swap puts in */
} AddressState;

static gboolean
swap_address (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  AddressState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);

  if (!rubis_store_set_account_field (db, state->account_id, "address_bad", state->bad ? "1" : "0", error)
      || !rubis_journaled_edit_note (session, db, edit, state->account_id, error))
    return FALSE;
  state->bad = !state->bad;
  journaled->n_swaps++;
  return TRUE;
}

gboolean
rubis_session_confirm_address (RubisSession *self, gint64 account_id, GError **error)
{
  g_autoptr(RubisAccountRecord) account = NULL;
  g_autofree char *label = NULL;
  AddressState *state;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), FALSE);

  account = rubis_edits_load_account (self, account_id, error);
  if (account == NULL)
    return FALSE;
  if (!account->address_bad)
    return TRUE;
  state = g_new0 (AddressState, 1);
  state->account_id = account_id;
  label = g_strdup_printf (_("Address checked: %s"), account->name);
  return rubis_session_do_edit (
    self, rubis_journaled_edit_new (label, "contact", NULL, swap_address, state, g_free), error);
}

void
rubis_registered_tasks_free (RubisRegisteredTasks *self)
{
  g_ptr_array_unref (self->returned);
  g_free (self);
}

static void
add_task (RubisRegisteredTasks *tasks, RubisRegisteredLetter *letter, RubisDate today)
{
  RubisRegisteredStage stage = rubis_registered_letter_get_stage (letter);

  tasks->n_to_number += stage == RUBIS_REGISTERED_TO_NUMBER ? 1 : 0;
  tasks->n_to_post += stage == RUBIS_REGISTERED_TO_POST ? 1 : 0;
  tasks->n_to_ask += letter->course.state == RUBIS_REGISTERED_PRESENTED
                         && today > letter->course.presented_on + RUBIS_REGISTERED_HELD_DAYS
                       ? 1
                       : 0;
  if (letter->course.state == RUBIS_REGISTERED_WRONG_ADDRESS && letter->address_bad)
    g_ptr_array_add (tasks->returned, g_object_ref (letter));
}

RubisRegisteredTasks *
rubis_session_list_registered_tasks (RubisSession *self, GError **error)
{
  g_autoptr(GPtrArray) letters = rubis_session_list_registered (self, 0, error);
  RubisRegisteredTasks *tasks;

  if (letters == NULL)
    return NULL;
  tasks = g_new0 (RubisRegisteredTasks, 1);
  tasks->returned = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < letters->len; i++)
    add_task (tasks, g_ptr_array_index (letters, i), rubis_session_get_today (self));
  return tasks;
}
