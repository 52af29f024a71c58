#include "rubis-record.h"

#include "rubis-eligibility.h"

void
rubis_record_init (GVariantBuilder *record)
{
  g_variant_builder_init (record, G_VARIANT_TYPE_VARDICT);
}

void
rubis_record_add_value (GVariantBuilder *record, const char *key, GVariant *value)
{
  g_variant_builder_add (record, "{sv}", key, value);
}

void
rubis_record_add_text (GVariantBuilder *record, const char *key, const char *text)
{
  rubis_record_add_value (record, key, g_variant_new_string (text != NULL ? text : ""));
}

void
rubis_record_add_int (GVariantBuilder *record, const char *key, gint64 number)
{
  rubis_record_add_value (record, key, g_variant_new_int64 (number));
}

void
rubis_record_add_bool (GVariantBuilder *record, const char *key, gboolean value)
{
  rubis_record_add_value (record, key, g_variant_new_boolean (value));
}

void
rubis_record_add_amount (GVariantBuilder *record, const char *key, gint64 minor, RubisCurrency currency)
{
  rubis_record_add_value (record, key, g_variant_new_take_string (rubis_money_to_string (minor, currency)));
}

void
rubis_record_add_null (GVariantBuilder *record, const char *key)
{
  rubis_record_add_value (record, key, g_variant_new_maybe (G_VARIANT_TYPE_STRING, NULL));
}

void
rubis_record_add_date (GVariantBuilder *record, const char *key, RubisDate date)
{
  if (date == RUBIS_DATE_NONE)
    rubis_record_add_null (record, key);
  else
    rubis_record_add_value (record, key, g_variant_new_take_string (rubis_date_to_iso (date)));
}

void
rubis_record_add_time (GVariantBuilder *record, const char *key, gint64 time)
{
  g_autoptr(GDateTime) moment = time != 0 ? g_date_time_new_from_unix_utc (time) : NULL;

  if (moment == NULL)
    rubis_record_add_null (record, key);
  else
    rubis_record_add_value (record, key,
                            g_variant_new_take_string (g_date_time_format (moment, "%Y-%m-%dT%H:%M:%SZ")));
}

void
rubis_record_add_texts (GVariantBuilder *record, const char *key, GPtrArray *texts)
{
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE_STRING_ARRAY);
  for (guint i = 0; i < texts->len; i++)
    g_variant_builder_add (&list, "s", (const char *) g_ptr_array_index (texts, i));
  rubis_record_add_value (record, key, g_variant_builder_end (&list));
}

void
rubis_records_init (GVariantBuilder *records)
{
  g_variant_builder_init (records, G_VARIANT_TYPE ("aa{sv}"));
}

void
rubis_records_add (GVariantBuilder *records, GVariantBuilder *record)
{
  g_variant_builder_add_value (records, g_variant_builder_end (record));
}

GVariant *
rubis_record_reason_codes (guint32 mask)
{
  GVariantBuilder list;

  g_variant_builder_init (&list, G_VARIANT_TYPE_STRING_ARRAY);
  for (int reason = 1; reason < RUBIS_N_REASONS; reason++)
    {
      if ((mask & RUBIS_REASON_BIT (reason)) != 0)
        g_variant_builder_add (&list, "s", rubis_reason_to_code ((RubisReason) reason));
    }
  return g_variant_builder_end (&list);
}
