#include "rubis-session-interest.h"

#include <gio/gio.h>

#include "rubis-policies-resource.h"
#include "rubis-record.h"

static GVariant *
describe_segments (const RubisInterestResult *result, RubisCurrency currency)
{
  GVariantBuilder segments;

  rubis_records_init (&segments);
  for (guint i = 0; i < result->segments->len; i++)
    {
      const RubisInterestSegment *segment = &g_array_index (result->segments, RubisInterestSegment, i);
      GVariantBuilder record;

      rubis_record_init (&record);
      rubis_record_add_date (&record, "from", segment->from);
      rubis_record_add_date (&record, "to", segment->to);
      rubis_record_add_int (&record, "days", segment->days);
      rubis_record_add_value (&record, "rate", g_variant_new_take_string (rubis_rate_to_string (segment->rate)));
      rubis_record_add_amount (&record, "interest", segment->interest, currency);
      rubis_record_add_text (&record, "currency", currency.code);
      rubis_records_add (&segments, &record);
    }
  return g_variant_builder_end (&segments);
}

GVariant *
rubis_interest_compute_record (const RubisInterestInput *input, GError **error)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(RubisInterestResult) result = NULL;
  RubisRates *rates;
  GVariantBuilder record;

  g_return_val_if_fail (input != NULL, NULL);

  bytes = g_resource_lookup_data (rubis_policies_get_resource (), "/fr/rubis/data/rates.ini", 0, error);
  if (bytes == NULL)
    return NULL;
  rates = rubis_rates_new_from_data (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
  if (rates == NULL)
    return NULL;
  result = rubis_interest_compute (input, rates, error);
  rubis_rates_free (rates);
  if (result == NULL)
    return NULL;
  rubis_record_init (&record);
  rubis_record_add_amount (&record, "principal", input->principal, input->currency);
  rubis_record_add_text (&record, "currency", input->currency.code);
  rubis_record_add_date (&record, "due", input->due_date);
  rubis_record_add_date (&record, "from",
                         input->interest_from != RUBIS_DATE_NONE ? input->interest_from : input->due_date + 1);
  rubis_record_add_date (&record, "until", input->end_date);
  rubis_record_add_int (&record, "days", result->days);
  rubis_record_add_amount (&record, "interest", result->interest, input->currency);
  rubis_record_add_amount (&record, "indemnity", result->indemnity, result->indemnity_currency);
  rubis_record_add_text (&record, "indemnity_currency", result->indemnity_currency.code);
  rubis_record_add_text (&record, "regime", rubis_interest_regime_to_id (input->regime));
  rubis_record_add_text (&record, "legal_basis", rubis_interest_regime_to_basis (input->regime));
  rubis_record_add_value (&record, "segments", describe_segments (result, input->currency));
  return g_variant_ref_sink (g_variant_builder_end (&record));
}
