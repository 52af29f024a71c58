/* rubis-cli-choices.h: the lists that users may extend, read and changed by a subcommand. */
#pragma once

#include "rubis-choices.h"
#include "rubis-cli.h"

G_BEGIN_DECLS

typedef struct
{
  const char *list;   /* RUBIS_CHOICES_… */
  const char *id;     /* (nullable) to be changed */
  const char *label;  /* (nullable) to be added, or its new name */
  const char *spoken; /* (nullable) "yes" or "no": whether somebody was spoken to */
  int days;           /* 0: as they are */
  gboolean all;       /* those switched off too */
  gboolean on;
  gboolean off;
} RubisCliChoices;
/* Lists them, after the change when there is one. @usage: said when it cannot be told what is to be changed.
 */
RubisExit rubis_cli_run_choices (RubisCli *cli, RubisSession *session, const RubisCliChoices *options,
                                 const char *usage);

G_END_DECLS
