/* fuzz.h: the entry that a fuzzing engine and our own driver call. */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
