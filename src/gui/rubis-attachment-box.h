/* rubis-attachment-box.h: the files kept with an account or a dispute, as a section of its panel; takes files
 * that are dropped. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ATTACHMENT_BOX (rubis_attachment_box_get_type ())
G_DECLARE_FINAL_TYPE (RubisAttachmentBox, rubis_attachment_box, RUBIS, ATTACHMENT_BOX, AdwBin)

/* @account_id 0: none. Shows the account's files as they are now. */
void rubis_attachment_box_set_account (RubisAttachmentBox *self, RubisSession *session, gint64 account_id);
/* Shows those of a dispute; what is added goes with it. 0: none */
void rubis_attachment_box_set_dispute (RubisAttachmentBox *self, RubisSession *session, gint64 dispute_id);
/* Keeps files with the account or dispute shown; those of an account go to the item that
 * their name speaks of. (element-type GFile) */
void rubis_attachment_box_add_files (RubisAttachmentBox *self, GSList *files);

G_END_DECLS
