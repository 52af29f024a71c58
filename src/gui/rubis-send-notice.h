/* rubis-send-notice.h: how confirmed emails leave, in words, before and after. */
#pragma once

#include <gtk/gtk.h>

#include "rubis-agenda-list.h"

G_BEGIN_DECLS

/* By whom emails would leave, and when: a sentence for people. @server: (out) FALSE when they become files.
 * (transfer full) */
char *rubis_send_notice_describe_way (RubisSession *session, gboolean *server);
/* What waits to leave of what was done (element-type RubisRunReport): "3 emails leave from 14:10 on".
 * (transfer full) (nullable) NULL: nothing waits */
char *rubis_send_notice_describe_waiting (GPtrArray *reports);
/* Says it in the main window over which @widget is shown, with a button that takes them back. */
void rubis_send_notice_show (GtkWidget *widget, GPtrArray *reports);
/* The same of one report. */
void rubis_send_notice_show_one (GtkWidget *widget, RubisRunReport *report);
/* The button that confirms an email, with mnemonic. (static) */
const char *rubis_send_notice_get_label (RubisSession *session);

G_END_DECLS
