/* rubis-field-test.h: a condition on the value of a custom field, for filters. */
#pragma once

#include "rubis-custom-field.h"

G_BEGIN_DECLS

/* Values are canonical. A text contains @from; a choice and a yes or no are @from (no: also when nothing was
 * said); a number, an amount and a date lie between @from and @to, both included, "" for no limit.
 */
typedef struct
{
  gint64 field_id;
  RubisFieldOwner owner;
  RubisFieldKind kind;
  char *from;
  char *to;
} RubisFieldTest;
/* How many a filter has at most. */
#define RUBIS_MAX_FIELD_TESTS 4

/* Of @field. (transfer full) */
RubisFieldTest *rubis_field_test_new (const RubisCustomField *field, const char *from, const char *to);
/* (transfer full) */
RubisFieldTest *rubis_field_test_copy (const RubisFieldTest *self);
void rubis_field_test_free (RubisFieldTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisFieldTest, rubis_field_test_free)

/* Lists of them: (nullable) (element-type RubisFieldTest) */
gboolean rubis_field_tests_equal (GPtrArray *a, GPtrArray *b);
/* (transfer full) */
GPtrArray *rubis_field_tests_copy (GPtrArray *tests);

/* "Région: Sud", "Plafond ≥ 1 000,00", "Date: 01/01/2026 – 31/12/2026". (transfer full) */
char *rubis_field_test_describe (const RubisFieldTest *self, const RubisCustomField *field,
                                 RubisCurrency currency, const char *language);

G_END_DECLS
