/* rubis-line-diff.h: what changed between two texts, line by line. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  RUBIS_LINE_SAME,
  RUBIS_LINE_REMOVED,
  RUBIS_LINE_ADDED,
} RubisLineChange;

typedef struct {
  RubisLineChange change;
  char *text; /* without its end */
} RubisDiffLine;

/* All lines of both texts in order, removed ones before those that take their place; the fewest changes (a longest
 * common subsequence). Texts of more than 2,000 lines between their first and last difference are taken as wholly
 * changed there. (transfer full) (element-type RubisDiffLine)
 */
GPtrArray *rubis_line_diff (const char *before, const char *after);

G_END_DECLS
