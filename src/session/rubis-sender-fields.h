/* rubis-sender-fields.h: the settings of a sender as text, by name: for the command line. */
#pragma once

#include "rubis-session.h"

#include "rubis-sender.h"

G_BEGIN_DECLS

/* The names, as in rubis_sender_field_to_label(), in the order of a form. (static) NULL at the end */
const char *const *rubis_sender_list_fields (void);
/* Stable text: "587", "starttls", "08:00-18:30", "1-5". (transfer full) */
char *rubis_sender_dup_field (const RubisSender *self, const char *field);
/* The same read. RUBIS_SESSION_ERROR_VALUE when @field is none, cannot be changed, or @text is no value of
 * it; what can work together is for rubis_sender_check() to say.
 */
gboolean rubis_sender_set_field (RubisSender *self, const char *field, const char *text, GError **error);

/* What providers of SMS and letters understand by a setting: the table of all of them.
 * What @transport means by @field ("service": "Account SID…"), translated. (static) (nullable) NULL when it has
 * no meaning of its own, or does not use it
 */
const char *rubis_sender_get_meaning (RubisTransportKind transport, const char *field);
/* The settings without which its provider takes nothing and that @sender lacks, in the order of a form.
 * (transfer container) (element-type utf8)
 */
GPtrArray *rubis_sender_list_missing (const RubisSender *sender);
/* RUBIS_SESSION_ERROR_VALUE with the names and meanings of what is missing. @field: (out) (nullable) (static) the
 * first of them.
 */
gboolean rubis_sender_check_complete (const RubisSender *sender, const char **field, GError **error);

G_END_DECLS
