/* The calls that were made, and how they are named. */
#include "rubis-calls-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-call-hours.h"
#include "rubis-choices.h"
#include "rubis-country.h"
#include "rubis-format.h"
#include "rubis-phone.h"

void
rubis_call_record_free (RubisCallRecord *self)
{
  g_free (self->account_code);
  g_free (self->account_name);
  g_free (self->result);
  g_free (self->result_label);
  g_free (self->contact);
  g_free (self->note);
  g_free (self);
}

char *
rubis_call_dup_result_label (RubisSession *session, const char *result)
{
  return rubis_session_dup_choice_label (session, RUBIS_CHOICES_CALL_RESULT, result);
}

const char *
rubis_call_get_country (const char *typed)
{
  const char *country = rubis_country_from_text (typed);

  return country != NULL ? country : "";
}

char *
rubis_call_make_uri (const char *phone, const char *country)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (phone != NULL && country != NULL, NULL);

  number = rubis_phone_to_international (phone, country);
  return number != NULL ? g_strconcat ("tel:", number, NULL) : NULL;
}

char *
rubis_call_describe_moment (RubisDate date, int minute)
{
  g_autofree char *day = rubis_format_date_short (date, rubis_format_ui_language ());
  g_autofree char *hour = NULL;

  if (minute < 0)
    return g_steal_pointer (&day);
  hour = rubis_call_hours_format_minute (minute);
  /* Translators: a day and an hour of it. */
  return g_strdup_printf (_ ("%s at %s"), day, hour);
}

static RubisCallRecord *
make_record (RubisSession *session, const RubisCallLine *line)
{
  RubisCallRecord *record = g_new0 (RubisCallRecord, 1);

  record->id = line->id;
  record->account_id = line->account_id;
  record->account_code = g_strdup (line->account_code);
  record->account_name = g_strdup (line->account_name);
  record->date = line->date;
  record->began_at = line->began_at;
  record->seconds = line->seconds;
  record->result = g_strdup (line->result);
  record->result_label = rubis_call_dup_result_label (session, line->result);
  record->contact = g_strdup (line->contact);
  record->note = g_strdup (line->note);
  return record;
}

GPtrArray *
rubis_session_list_calls_made (RubisSession *self, gint64 account_id, RubisDate from, RubisDate to,
                               GError **error)
{
  RubisDatabase *db;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GPtrArray) records = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  lines = rubis_store_list_calls (db, account_id, from, to, error);
  rubis_session_return_reader (self, db);
  if (lines == NULL)
    return NULL;
  records = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_call_record_free);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_add (records, make_record (self, g_ptr_array_index (lines, i)));
  return g_steal_pointer (&records);
}
