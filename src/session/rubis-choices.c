#include "rubis-choices.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-call-result.h"
#include "rubis-choices-private.h"
#include "rubis-dispute-reason.h"
#include "rubis-import-preview.h"
#include "rubis-session-edits-private.h"
#include "rubis-store-choices.h"

/* The user's own come after the shipped ones. */
#define FIRST_OWN_POSITION 100

void
rubis_choice_free (RubisChoice *self)
{
  g_free (self->id);
  g_free (self->label);
  g_free (self);
}

static RubisChoice *
choice_new (const char *id, const char *label, int days)
{
  RubisChoice *choice = g_new0 (RubisChoice, 1);

  choice->id = g_strdup (id);
  choice->label = g_strdup (label);
  choice->days = days;
  choice->active = TRUE;
  return choice;
}

/* (nullable) NULL when it is none that is shipped */
static RubisChoice *
make_shipped (const char *list, const char *id)
{
  RubisDisputeReason reason;
  RubisCallResult result;

  if (g_str_equal (list, RUBIS_CHOICES_DISPUTE_REASON) && rubis_dispute_reason_from_id (id, &reason))
    return choice_new (id, rubis_dispute_reason_to_label (reason), rubis_dispute_reason_get_days (reason));
  if (g_str_equal (list, RUBIS_CHOICES_CALL_RESULT) && rubis_call_result_from_id (id, &result))
    {
      RubisChoice *choice
          = choice_new (id, rubis_call_result_to_label (result), rubis_call_result_get_days (result));

      choice->contact = rubis_call_result_is_contact (result);
      return choice;
    }
  return NULL;
}

static GPtrArray *
list_shipped (const char *list)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_choice_free);

  if (g_str_equal (list, RUBIS_CHOICES_DISPUTE_REASON))
    {
      for (int i = 0; i < RUBIS_N_DISPUTE_REASONS; i++)
        g_ptr_array_add (choices, make_shipped (list, rubis_dispute_reason_to_id ((RubisDisputeReason)i)));
    }
  else
    {
      for (int i = 0; i < RUBIS_N_CALL_RESULTS; i++)
        g_ptr_array_add (choices, make_shipped (list, rubis_call_result_to_id ((RubisCallResult)i)));
    }
  return choices;
}

/* What the user changed, over what is shipped. */
static void
apply_record (RubisChoice *choice, const RubisChoiceRecord *record)
{
  if (*record->label != '\0')
    {
      g_free (choice->label);
      choice->label = g_strdup (record->label);
    }
  if (record->days > 0)
    choice->days = record->days;
  choice->active = record->active;
  if (record->contact >= 0)
    choice->contact = record->contact != 0;
}

static RubisChoice *
make_own (const RubisChoiceRecord *record)
{
  RubisChoice *choice = choice_new (record->id, record->label, record->days);

  choice->own = TRUE;
  choice->active = record->active;
  choice->contact = record->contact != 0;
  return choice;
}

RubisChoice *
rubis_choices_find (RubisDatabase *db, const char *list, const char *id)
{
  g_autoptr (RubisChoice) choice = make_shipped (list, id);
  g_autoptr (RubisChoiceRecord) record = rubis_store_load_choice (db, list, id, NULL);

  if (record == NULL)
    return g_steal_pointer (&choice);
  if (choice == NULL)
    return make_own (record);
  apply_record (choice, record);
  return g_steal_pointer (&choice);
}

char *
rubis_choices_dup_label (RubisDatabase *db, const char *list, const char *id)
{
  g_autoptr (RubisChoice) choice = rubis_choices_find (db, list, id);

  return g_strdup (choice != NULL ? choice->label : id);
}

static RubisChoice *
find_in (GPtrArray *choices, const char *id)
{
  for (guint i = 0; i < choices->len; i++)
    {
      RubisChoice *choice = g_ptr_array_index (choices, i);

      if (g_str_equal (choice->id, id))
        return choice;
    }
  return NULL;
}

GPtrArray *
rubis_session_list_choices (RubisSession *self, const char *list, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) choices = NULL;
  g_autoptr (GPtrArray) records = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && list != NULL, NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  records = rubis_store_list_choices (db, list, error);
  rubis_session_return_reader (self, db);
  if (records == NULL)
    return NULL;
  choices = list_shipped (list);
  for (guint i = 0; i < records->len; i++)
    {
      const RubisChoiceRecord *record = g_ptr_array_index (records, i);
      RubisChoice *choice = find_in (choices, record->id);

      if (choice != NULL)
        apply_record (choice, record);
      else
        g_ptr_array_add (choices, make_own (record));
    }
  for (guint i = choices->len; i > 0 && !all; i--)
    {
      const RubisChoice *choice = g_ptr_array_index (choices, i - 1);

      if (!choice->active)
        g_ptr_array_remove_index (choices, i - 1);
    }
  return g_steal_pointer (&choices);
}

char *
rubis_session_dup_choice_label (RubisSession *self, const char *list, const char *id)
{
  RubisDatabase *db;
  char *label;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && list != NULL && id != NULL, NULL);

  db = rubis_session_take_reader (self, NULL);
  if (db == NULL)
    return g_strdup (id);
  label = rubis_choices_dup_label (db, list, id);
  rubis_session_return_reader (self, db);
  return label;
}

gboolean
rubis_session_is_call_contact (RubisSession *self, const char *result)
{
  g_autoptr (RubisChoice) choice = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && result != NULL, FALSE);

  db = rubis_session_take_reader (self, NULL);
  if (db == NULL)
    return FALSE;
  choice = rubis_choices_find (db, RUBIS_CHOICES_CALL_RESULT, result);
  rubis_session_return_reader (self, db);
  return choice != NULL && choice->contact;
}

/* --- Changing --- */

/* A row that the next swap puts in; absent: none is there then. */
typedef struct
{
  RubisChoiceRecord *record;
  gboolean present;
} ChoiceState;

static void
choice_state_free (gpointer data)
{
  ChoiceState *state = data;

  rubis_choice_record_free (state->record);
  g_free (state);
}

static gboolean
swap_choice (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  ChoiceState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (GError) load_error = NULL;
  g_autoptr (RubisChoiceRecord) before
      = rubis_store_load_choice (db, state->record->list, state->record->id, &load_error);
  gboolean done;

  if (load_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&load_error));
      return FALSE;
    }
  done = state->present ? rubis_store_save_choice (db, state->record, error)
                        : rubis_store_delete_choice (db, state->record->list, state->record->id, error);
  if (!done || !rubis_journaled_edit_note (session, db, edit, 0, error))
    return FALSE;
  state->present = before != NULL;
  if (before != NULL)
    {
      rubis_choice_record_free (state->record);
      state->record = g_steal_pointer (&before);
    }
  journaled->n_swaps++;
  return TRUE;
}

/* "Price of the pallets" becomes "price_of_the_pallets", with a number behind it when that is taken.
 * (transfer full) */
static char *
make_id (GPtrArray *choices, const char *label)
{
  g_autofree char *plain = g_str_to_ascii (label, NULL);
  g_autoptr (GString) base = g_string_new (NULL);
  g_autofree char *id = NULL;

  for (const char *p = plain; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (base, g_ascii_tolower (*p));
      else if (base->len > 0 && base->str[base->len - 1] != '_')
        g_string_append_c (base, '_');
    }
  while (base->len > 0 && base->str[base->len - 1] == '_')
    g_string_truncate (base, base->len - 1);
  if (base->len == 0)
    g_string_assign (base, "own");
  id = g_strdup (base->str);
  for (int i = 2; find_in (choices, id) != NULL; i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s_%d", base->str, i);
    }
  return g_steal_pointer (&id);
}

static gboolean
set_value_error (GError **error, const char *text)
{
  g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, text);
  return FALSE;
}

/* What is typed makes sense beside the @choices that there are. */
static gboolean
check_choice (GPtrArray *choices, const char *id, const char *label, int days, GError **error)
{
  if (id != NULL && find_in (choices, id) == NULL)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("There is no “%s” in this list."), id);
      return FALSE;
    }
  if (*label == '\0')
    return set_value_error (error, _ ("Give it a name."));
  if (days < 0 || days > 365)
    return set_value_error (error, _ ("The days until its follow-up are between 0 and 365."));
  for (guint i = 0; i < choices->len; i++)
    {
      const RubisChoice *other = g_ptr_array_index (choices, i);
      g_autofree char *one = g_utf8_casefold (other->label, -1);
      g_autofree char *two = g_utf8_casefold (label, -1);

      if (g_str_equal (one, two) && g_strcmp0 (other->id, id) != 0)
        {
          g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                       _ ("The list has “%s” already."), other->label);
          return FALSE;
        }
    }
  return TRUE;
}

/* (transfer full) */
static RubisChoiceRecord *
make_record (const char *list, GPtrArray *choices, const RubisChoice *input, const char *label)
{
  RubisChoiceRecord *record = g_new0 (RubisChoiceRecord, 1);

  record->list = g_strdup (list);
  record->id = input->id != NULL ? g_strdup (input->id) : make_id (choices, label);
  record->label = g_strdup (label);
  record->days = input->days;
  record->active = input->active;
  record->contact = g_str_equal (list, RUBIS_CHOICES_CALL_RESULT) ? input->contact != FALSE : -1;
  record->position = FIRST_OWN_POSITION + (int)choices->len;
  for (guint i = 0; i < choices->len; i++)
    {
      const RubisChoice *choice = g_ptr_array_index (choices, i);

      if (g_str_equal (choice->id, record->id))
        record->position = choice->own ? FIRST_OWN_POSITION + (int)i : (int)i;
    }
  return record;
}

gboolean
rubis_session_set_choice (RubisSession *self, const char *list, const RubisChoice *choice, char **new_id,
                          GError **error)
{
  g_autoptr (GPtrArray) choices = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *title = NULL;
  ChoiceState *state;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && list != NULL, FALSE);
  g_return_val_if_fail (choice != NULL && choice->label != NULL, FALSE);

  typed = g_strstrip (g_strdup (choice->label));
  choices = rubis_session_list_choices (self, list, TRUE, error);
  if (choices == NULL || !check_choice (choices, choice->id, typed, choice->days, error))
    return FALSE;
  state = g_new0 (ChoiceState, 1);
  state->record = make_record (list, choices, choice, typed);
  state->present = TRUE;
  if (new_id != NULL)
    *new_id = g_strdup (state->record->id);
  title = g_strdup_printf (g_str_equal (list, RUBIS_CHOICES_DISPUTE_REASON) ? _ ("Reason of disputes: %s")
                                                                            : _ ("Result of calls: %s"),
                           typed);
  return rubis_session_do_edit (
      self, rubis_journaled_edit_new (title, "choice", NULL, swap_choice, state, choice_state_free), error);
}
