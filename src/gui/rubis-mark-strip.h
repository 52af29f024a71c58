/* rubis-mark-strip.h: the marks of an item or account as small symbolic icons with words.
 *
 * Drawn, not built of images: a grid has hundreds of these cells.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  RUBIS_MARK_LEADING = 1 << 0,
  RUBIS_MARK_STOP = 1 << 1,
  RUBIS_MARK_DISPUTE = 1 << 2,
  RUBIS_MARK_PROMISE = 1 << 3,
  RUBIS_MARK_LEGAL = 1 << 4,
  RUBIS_MARK_PROMISE_PASSED = 1 << 5,
} RubisMark;

#define RUBIS_TYPE_MARK_STRIP (rubis_mark_strip_get_type ())
G_DECLARE_FINAL_TYPE (RubisMarkStrip, rubis_mark_strip, RUBIS, MARK_STRIP, GtkWidget)

/* More of a mark than its name, asked for when the tooltip is shown; NULL for nothing. (transfer full) */
typedef char *(*RubisMarkDetailFunc) (GtkWidget *strip, gpointer user_data);

GtkWidget *rubis_mark_strip_new (void);
/* @func: of RUBIS_MARK_DISPUTE; its words stand in place of the plain ones. @user_data outlives the strip */
void rubis_mark_strip_set_dispute_func (RubisMarkStrip *self, RubisMarkDetailFunc func, gpointer user_data);
/* @marks: RubisMark, in the order in which they are drawn */
void rubis_mark_strip_set_marks (RubisMarkStrip *self, guint marks);
/* The words for @marks, separated by ", ". (transfer full) */
char *rubis_mark_strip_describe (guint marks);

G_END_DECLS
