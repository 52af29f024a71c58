/* rubis-import-sink.h: where rows and rejections go, with their counts (private to the layer). */
#pragma once

#include "rubis-import-file.h"
#include "rubis-import-values.h"

G_BEGIN_DECLS

typedef struct
{
  const RubisImportCallbacks *callbacks;
  gpointer user_data;
  RubisImportFacts *facts;
  RubisImportDistinct customers;
} RubisImportSink;

/* Counts the row and hands it on. FALSE when the receiver stopped or a sum overflows. */
gboolean rubis_import_sink_row (RubisImportSink *sink, const RubisImportRow *row, GError **error);
/* Counts and hands on a rejection (or a remark, when it was kept). */
void rubis_import_sink_reject (RubisImportSink *sink, const RubisImportReject *reject);

G_END_DECLS
