/* rubis-field-filter.h: the chip that filters by the fields that users added. Hidden while there are none. */
#pragma once

#include <adwaita.h>

#include "rubis-field-test.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_FIELD_FILTER (rubis_field_filter_get_type ())
G_DECLARE_FINAL_TYPE (RubisFieldFilter, rubis_field_filter, RUBIS, FIELD_FILTER, AdwBin)

/* Signal "changed": the conditions are others. */
GtkWidget *rubis_field_filter_new (void);
/* @fields: (element-type RubisCustomField) those there are; conditions on others go. */
void rubis_field_filter_set_fields (RubisFieldFilter *self, GPtrArray *fields, RubisCurrency currency);
/* (transfer none) (nullable) (element-type RubisCustomField) */
GPtrArray *rubis_field_filter_get_fields (RubisFieldFilter *self);
/* (transfer none) (element-type RubisFieldTest) */
GPtrArray *rubis_field_filter_get_tests (RubisFieldFilter *self);
/* @tests: (nullable) (element-type RubisFieldTest) copied */
void rubis_field_filter_set_tests (RubisFieldFilter *self, GPtrArray *tests);

G_END_DECLS
