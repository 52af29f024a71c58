/* rubis-cli-call.h: what the files of the command "call" share. */
#pragma once

#include "rubis-calls.h"
#include "rubis-cli.h"

G_BEGIN_DECLS

/* "broken_promise" (static) */
const char *rubis_cli_call_cause_to_id (RubisCallCause cause);
/* The account as it is to be called. (transfer full) */
RubisCallEntry *rubis_cli_load_call_entry (RubisSession *session, gint64 account, GError **error);
RubisExit rubis_cli_show_call_sheet (RubisCli *cli, RubisSession *session, gint64 account);

G_END_DECLS
