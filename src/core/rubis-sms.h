/* rubis-sms.h: how many messages a text makes on a telephone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint n_characters; /* as people count them */
  guint n_segments;   /* messages that are sent and paid; 0 for an empty text */
  gboolean unicode;   /* a character outside the GSM alphabet makes each segment shorter */
  char culprit[8];    /* the first such character, "" when there is none */
} RubisSmsLength;

/* By 3GPP TS 23.038: 160 signs of the GSM 7-bit alphabet (153 each when there are several segments; € [ ] { }
 * ^ ~ | and the backslash count twice), else 70 units of UTF-16 (67 each).
 */
void rubis_sms_measure (const char *text, RubisSmsLength *length);

G_END_DECLS
