/* rubis-incoming-text.h: the words of a message: HTML as text, and text without quotes and signatures.
 *
 * Pure; private to mail and its tests. Everything is UTF-8.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An HTML page as lines of text; what it quotes begins by "> ". (transfer full) */
char *rubis_incoming_text_from_html (const char *html);
/* What the writer wrote: without the message that it answers, signature, disclaimers and what gateways add.
 * (transfer full) */
char *rubis_incoming_text_strip (const char *text);

G_END_DECLS
