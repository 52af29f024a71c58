/* rubis-cli-dispute.h: what the files of the command "dispute" share. */
#pragma once

#include "rubis-cli.h"
#include "rubis-disputes.h"

G_BEGIN_DECLS

typedef struct
{
  char *account;
  char **items;
  char *reason;
  char *text;
  char *line;
  char *resolver;
  char *due;
  char **states;
  char *to;
  char *outcome;
  char *credit;
  char *note;
  char *by;
  char *from;
  char *id;
  char *label;
  int days;
  gboolean keep_dunning;
  gboolean stop_dunning;
  gboolean restart;
  gboolean late;
  gboolean all;
  gboolean off;
  gboolean on;
} RubisCliDispute;

/* A subcommand. @argv[2] is its first argument. */
typedef RubisExit (*RubisCliDisputeFunc) (RubisCli *cli, RubisSession *session,
                                          const RubisCliDispute *options, char **argv);

/* FALSE: said what is wrong. */
gboolean rubis_cli_dispute_read_id (const char *text, gint64 *id);
/* A state by its id, or "founded", "unfounded", "abandoned" only when @ends. FALSE: said what is wrong. */
gboolean rubis_cli_dispute_read_state (const char *text, gboolean ends, RubisDisputeState *state);
/* Prints a dispute as it is now. */
RubisExit rubis_cli_dispute_print (RubisCli *cli, RubisSession *session, gint64 id);

RubisExit rubis_cli_dispute_list (RubisCli *cli, RubisSession *session, const RubisCliDispute *options,
                                  char **argv);
RubisExit rubis_cli_dispute_show (RubisCli *cli, RubisSession *session, const RubisCliDispute *options,
                                  char **argv);
RubisExit rubis_cli_dispute_stats (RubisCli *cli, RubisSession *session, const RubisCliDispute *options,
                                   char **argv);
RubisExit rubis_cli_dispute_reasons (RubisCli *cli, RubisSession *session, const RubisCliDispute *options,
                                     char **argv);

G_END_DECLS
