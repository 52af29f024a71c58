/* rubis-cli-import-copies.h: the PDFs among the files of import. */
#pragma once

#include "rubis-cli.h"

G_BEGIN_DECLS

/* Finds the items of @pdfs and keeps the copies unless @dry_run. One record each is added to @files.
 * RUBIS_EXIT_PARTIAL when some fit no item.
 */
RubisExit rubis_cli_import_copies (RubisSession *session, GPtrArray *pdfs, gboolean dry_run,
                                   GVariantBuilder *files);
/* As a list for people or as CSV. */
void rubis_cli_print_copies (RubisCli *cli, GVariant *files);

G_END_DECLS
