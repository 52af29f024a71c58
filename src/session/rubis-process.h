/* rubis-process.h: what a program that holds secrets does first. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Nothing of the memory of this process reaches the disk when it crashes, and other programs of the same user
 * cannot read it. Called once, first of all.
 */
void rubis_process_keep_private (void);

G_END_DECLS
