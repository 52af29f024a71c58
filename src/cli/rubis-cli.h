/* rubis-cli.h: rubisctl: options that all commands share, and the commands. */
#pragma once

#include "rubis-guide.h"
#include "rubis-output.h"
#include "rubis-session.h"

G_BEGIN_DECLS

typedef enum {
  RUBIS_EXIT_DONE = 0,
  RUBIS_EXIT_PARTIAL = 1, /* done in part, or refused by a rule: the output says why */
  RUBIS_EXIT_USAGE = 2,
  RUBIS_EXIT_DOSSIER = 3, /* missing, not a dossier, newer, locked, damaged */
  RUBIS_EXIT_INPUT = 4,   /* an input file cannot be read */
  RUBIS_EXIT_DEVICE = 5,  /* writing or a transport failed */
} RubisExit;

/* What the options before the command say. */
typedef struct {
  RubisDate today;
  char *dossier;          /* (nullable) */
  RubisOutputFormat format;
  const char *summary;    /* of the running command, for its help; untranslated */
  const char *arguments;  /* (nullable) what follows the options; untranslated */
  const char *name;
} RubisCli;

/* A command: @argv[0] is its name. Returns the exit status. */
typedef RubisExit (*RubisCommandFunc) (RubisCli *cli, int argc, char **argv);

/* Runs rubisctl. @today: the day to work as unless --date gives another. Returns the exit status. */
int rubis_cli_main (int argc, char **argv, RubisDate today);
/* The language that --lang asks for, before anything is parsed. (nullable) */
const char *rubis_cli_find_language (int argc, char **argv);

/* Parses the options of a command, and those of all commands; what is left is in @argv (element 0 is
 * the command). @min and @max: how many arguments it takes (@max -1: any). FALSE: said what is wrong.
 */
gboolean rubis_cli_parse (RubisCli *cli, const GOptionEntry *entries, int min, int max, char ***argv);
/* Opens the dossier named by -d; NULL: said why not. (transfer full) */
RubisSession *rubis_cli_open (RubisCli *cli);
/* Reads a date typed by the user; FALSE: said what is wrong. @text NULL leaves @date as it is. */
gboolean rubis_cli_read_date (const char *text, const char *option, RubisDate *date);

/* Reads an amount typed by the user in any usual form, "1 234,50", "1.234,50" or "1234.50"; FALSE: said what is
 * wrong, also of "1.234", which may be meant either way. @text NULL leaves @amount as it is.
 */
gboolean rubis_cli_read_amount (const char *text, const char *option, RubisCurrency currency, gint64 *amount);

/* Progress of a long work on a terminal; silent elsewhere. */
void rubis_cli_progress_init (RubisProgress *progress);
void rubis_cli_progress_end (RubisProgress *progress);

/* Writes a file as a whole, or to a device or a pipe. */
gboolean rubis_cli_write_file (const char *path, GBytes *content, GError **error);

/* Says, where people read it, what the last edit of @session was. */
RubisExit rubis_cli_print_done (const RubisCli *cli, RubisSession *session);

/* A message on standard error. */
void rubis_cli_say (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Says the error and returns the exit status for it: @other unless it is of the dossier or of the
 * values given.
 */
RubisExit rubis_cli_fail (const GError *error, RubisExit other);

/* A part of the help, for a terminal. */
RubisExit rubis_cli_print_guide (RubisGuideTopic topic, const char *language);

RubisExit rubis_cli_run_account (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_group (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_timeline (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_accounts (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_actor (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_addresses (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_agenda (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_attach (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_call (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_bulk (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_check (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_company (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_demo (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_dispute (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_documents (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_events (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_field (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_filter (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_import (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_inbox (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_init (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_interest (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_items (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_legal_file (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_letter (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_letterhead (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_outbox (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_plan (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_post (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_promise (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_reprint (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_registered (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_run (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_search (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_sender (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_statement (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_tasks (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_template (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_undo_import (RubisCli *cli, int argc, char **argv);
RubisExit rubis_cli_run_why (RubisCli *cli, int argc, char **argv);

G_END_DECLS
