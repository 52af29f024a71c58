/* rubis-cli-company.h: the own company as commands say it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is missing, and what that prevents, for people. @gaps: (element-type RubisCompanyGap) */
void rubis_cli_print_gaps (GPtrArray *gaps);
/* The same as a list of {"key", "text"}. (transfer floating) */
GVariant *rubis_cli_make_gaps (GPtrArray *gaps);

G_END_DECLS
