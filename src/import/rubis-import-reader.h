/* rubis-import-reader.h: from records to rows (private to the layer). */
#pragma once

#include "rubis-import-file-private.h"

G_BEGIN_DECLS

/* The side of rubis_import_file_read() for everything but a FEC. */
gboolean rubis_import_rows_read (RubisImportFile *file, const RubisImportMapping *mapping, RubisDate today,
                                 const RubisImportCallbacks *callbacks, gpointer user_data,
                                 RubisImportFacts *facts, GCancellable *cancellable, GError **error);

G_END_DECLS
