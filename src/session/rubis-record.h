/* rubis-record.h: records for the command line: ordered keys and values that become JSON, CSV or a table.
 *
 * A record is a GVariant a{sv}, a list of them aa{sv}. Amounts are decimal strings, dates ISO
 * strings; what is unknown is an empty maybe (null).
 */
#pragma once

#include "rubis-date.h"
#include "rubis-money.h"

G_BEGIN_DECLS

void rubis_record_init (GVariantBuilder *record);
void rubis_record_add_text (GVariantBuilder *record, const char *key, const char *text);
void rubis_record_add_int (GVariantBuilder *record, const char *key, gint64 number);
void rubis_record_add_bool (GVariantBuilder *record, const char *key, gboolean value);
/* "1234.56" */
void rubis_record_add_amount (GVariantBuilder *record, const char *key, gint64 minor, RubisCurrency currency);
/* "2026-11-02", null for RUBIS_DATE_NONE */
void rubis_record_add_date (GVariantBuilder *record, const char *key, RubisDate date);
/* Seconds since 1970 as "2026-11-21T08:12:03Z"; null for 0. */
void rubis_record_add_time (GVariantBuilder *record, const char *key, gint64 time);
void rubis_record_add_null (GVariantBuilder *record, const char *key);
/* (element-type utf8) */
void rubis_record_add_texts (GVariantBuilder *record, const char *key, GPtrArray *texts);
/* Any value; a floating one is consumed. */
void rubis_record_add_value (GVariantBuilder *record, const char *key, GVariant *value);

/* A list of records: open it, add finished records, and end it with g_variant_builder_end(). */
void rubis_records_init (GVariantBuilder *records);
void rubis_records_add (GVariantBuilder *records, GVariantBuilder *record);

/* The codes of a mask of reasons: ["E14", …]. (transfer floating) */
GVariant *rubis_record_reason_codes (guint32 mask);

G_END_DECLS
