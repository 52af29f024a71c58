/* rubis-folder-transport.h: emails as .eml files in a folder, for another program to send.
 *
 * The folder is that of the sender, which must name one by now (session puts the one beside the dossier into
 * its copy). The name of the file is the parcel's title, or its id. The provider's id of a delivery is the
 * full path.
 */
#pragma once

#include "rubis-transport.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_FOLDER_TRANSPORT (rubis_folder_transport_get_type ())
G_DECLARE_FINAL_TYPE (RubisFolderTransport, rubis_folder_transport, RUBIS, FOLDER_TRANSPORT, RubisTransport)

G_END_DECLS
