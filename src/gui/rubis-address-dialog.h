/* rubis-address-dialog.h: corrects the postal address of an account and shows, while one types, how it
 * would stand in the window of the envelope.
 */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_ADDRESS_DIALOG (rubis_address_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RubisAddressDialog, rubis_address_dialog, RUBIS, ADDRESS_DIALOG, AdwWindow)

/* @name: of the account. (transfer none) (nullable) NULL, with what is wrong said over @parent, when the
 * account is not there any more.
 */
GtkWindow *rubis_address_dialog_present (GtkWindow *parent, RubisSession *session, gint64 account_id,
                                         const char *name);

G_END_DECLS
