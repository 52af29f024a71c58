/* rubis-problem-list.h: what is wrong with a template, a line each.
 *
 * Signal "activated" (uint line, uint column): of the whole text, from 1.
 */
#pragma once

#include <adwaita.h>

#include "rubis-template-preview.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PROBLEM_LIST (rubis_problem_list_get_type ())
G_DECLARE_FINAL_TYPE (RubisProblemList, rubis_problem_list, RUBIS, PROBLEM_LIST, AdwBin)

/* @remarks: (element-type RubisTemplateRemark); @n_head_lines: lines that the user does not see. */
void rubis_problem_list_set_remarks (RubisProblemList *self, GPtrArray *remarks, guint n_head_lines);
/* Goes to the problem behind (or before) the place given, and round at the end. */
void rubis_problem_list_go_on (RubisProblemList *self, guint line, guint column, gboolean back);
guint rubis_problem_list_get_n_problems (RubisProblemList *self);

G_END_DECLS
