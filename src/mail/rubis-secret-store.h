/* rubis-secret-store.h: credentials kept by the Secret Service of the desktop, under the dossier's id. */
#pragma once

#include "rubis-credentials.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_SECRET_STORE (rubis_secret_store_get_type ())
G_DECLARE_FINAL_TYPE (RubisSecretStore, rubis_secret_store, RUBIS, SECRET_STORE, RubisCredentials)

/* @dossier_id: random name of the dossier */
RubisCredentials *rubis_secret_store_new (const char *dossier_id);

G_END_DECLS
