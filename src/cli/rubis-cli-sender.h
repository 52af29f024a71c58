/* rubis-cli-sender.h: what the files of the command "sender" share. */
#pragma once

#include "rubis-cli.h"
#include "rubis-senders.h"

G_BEGIN_DECLS

typedef struct
{
  char *transport;
  char *email;
  char *name;
  char *recipient;
  gboolean by_code;
  gboolean look_up;
} RubisCliSenderOptions;

/* The settings of a sender as one record, or as lines KEY=VALUE: @all, or those that are not what its
 * transport has by itself. Nothing in it is secret.
 */
void rubis_cli_sender_print (RubisCli *cli, const RubisSender *sender, gboolean all);

RubisExit rubis_cli_sender_test (RubisCli *cli, RubisSession *session, const RubisSender *sender);
RubisExit rubis_cli_sender_trial (RubisSession *session, const RubisSender *sender, const char *recipient);
RubisExit rubis_cli_sender_authorize (RubisSession *session, const RubisSender *sender, gboolean by_code);
/* Needs no dossier. */
RubisExit rubis_cli_sender_guess (RubisCli *cli, const char *email, gboolean look_up);

G_END_DECLS
