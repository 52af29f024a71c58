/* rubis-sender-needs.h: the secrets that a sender logs in with, and how its provider calls them. */
#pragma once

#include <glib.h>

#include "rubis-sender.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;  /* RUBIS_SECRET_… */
  const char *label; /* translated */
  gboolean optional;
} RubisSenderNeed;

/* Those that the user types, in the order in which they are asked; none for a folder. What a sign-in in the
 * browser gives is not among them. (transfer full) (element-type RubisSenderNeed)
 */
GArray *rubis_sender_list_needs (const RubisSender *sender);
/* Whether the user signs in in the browser, or by a code. */
gboolean rubis_sender_signs_in (const RubisSender *sender);

G_END_DECLS
