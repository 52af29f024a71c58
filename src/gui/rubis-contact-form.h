/* rubis-contact-form.h: a person at the customer, to be added, changed or removed where it is shown. */
#pragma once

#include <adwaita.h>

#include "rubis-account-card.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_CONTACT_FORM (rubis_contact_form_get_type ())
G_DECLARE_FINAL_TYPE (RubisContactForm, rubis_contact_form, RUBIS, CONTACT_FORM, GtkPopover)

/* For the popover of a menu button. @contact: (nullable) NULL for a new one of @account_id; copied */
GtkWidget *rubis_contact_form_new (RubisSession *session, gint64 account_id, const RubisContactRow *contact);

G_END_DECLS
