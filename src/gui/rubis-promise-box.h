/* rubis-promise-box.h: the promises of an account, as a section of its panel. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PROMISE_BOX (rubis_promise_box_get_type ())
G_DECLARE_FINAL_TYPE (RubisPromiseBox, rubis_promise_box, RUBIS, PROMISE_BOX, AdwBin)

/* @account_id 0: none. Shows its promises as they are now, the latest first. */
void rubis_promise_box_set_account (RubisPromiseBox *self, RubisSession *session, gint64 account_id);

G_END_DECLS
