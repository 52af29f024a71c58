/* Delimited text, and any other file that a user may drop. */
#include "fuzz-import.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  fuzz_import_read (data, size);
  return 0;
}
