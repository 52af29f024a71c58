/* rubis-checksum.h: the check-digit algorithms that several identifiers share. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* TRUE when the digits pass Luhn; FALSE for anything but digits. */
gboolean rubis_checksum_luhn (const char *digits);

/* ISO 7064 mod 97-10 of digits and upper-case letters (A = 10 … Z = 35); -1 for anything else. */
int rubis_checksum_mod97 (const char *text);

/* Swiss recursive modulo 10 check digit of a string of digits; -1 for anything else. */
int rubis_checksum_recursive_mod10 (const char *digits);

G_END_DECLS
