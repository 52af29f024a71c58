/* rubis-phone-script.h: the script of a call; objections unfold when they come. */
#pragma once

#include <adwaita.h>

#include "rubis-calls.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_PHONE_SCRIPT (rubis_phone_script_get_type ())
G_DECLARE_FINAL_TYPE (RubisPhoneScript, rubis_phone_script, RUBIS, PHONE_SCRIPT, AdwBin)

/* @sections: (element-type RubisScriptSection) copied. What stands before the first heading is left out when
 * there is one: the window shows the same.
 */
void rubis_phone_script_set (RubisPhoneScript *self, GPtrArray *sections);

G_END_DECLS
