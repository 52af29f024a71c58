/* rubis-cli-provider.h: what providers do with letters: "post hand-over" and "registered track". */
#pragma once

#include "rubis-cli.h"

G_BEGIN_DECLS

/* Shows what giving the letters @ids (texts, ended by NULL; none: all that wait) to the sender called @name
 * costs; with
 * @confirm does it.
 */
RubisExit rubis_cli_hand_over (RubisCli *cli, RubisSession *session, const char *name, char **ids,
                               gboolean confirm);
/* Asks La Poste where the registered letters @ids are (none: all that are under way). */
RubisExit rubis_cli_track (RubisCli *cli, RubisSession *session, char **ids);

G_END_DECLS
