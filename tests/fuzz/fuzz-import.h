/* fuzz-import.h: what the targets of the import layer share. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens @data as a file, reads it whole, and asserts what must hold for any input. */
void fuzz_import_read (const void *data, gsize size);
/* The file that fuzz_import_read() would write; made once for a process. */
const char *fuzz_import_path (void);
/* Reads what stands at fuzz_import_path(). */
void fuzz_import_read_path (void);

G_END_DECLS
