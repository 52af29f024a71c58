#include "rubis-account-address-private.h"

#include "rubis-country.h"
#include "rubis-session-edits-private.h"
#include "rubis-text.h"

void
rubis_account_address_free (RubisAccountAddress *self)
{
  g_free (self->line2);
  g_free (self->line3);
  g_free (self->street);
  g_free (self->postcode);
  g_free (self->city);
  g_free (self->country);
  g_free (self);
}

RubisAccountAddress *
rubis_account_address_new (const RubisAccountRecord *account)
{
  RubisAccountAddress *self = g_new0 (RubisAccountAddress, 1);
  g_auto (GStrv) typed = g_strsplit (account->address, "\n", -1);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  g_autoptr (GString) above = g_string_new (NULL);

  for (guint i = 0; typed[i] != NULL; i++)
    {
      if (*g_strstrip (typed[i]) != '\0')
        g_ptr_array_add (lines, typed[i]);
    }
  /* A single line above the street is the first complement. */
  for (guint i = 0; i + 1 < lines->len && (i == 0 || i + 2 < lines->len); i++)
    g_string_append_printf (above, "%s%s", i > 0 ? ", " : "", (const char *)lines->pdata[i]);
  self->line2 = g_string_free (g_steal_pointer (&above), FALSE);
  self->line3 = g_strdup (lines->len > 2 ? lines->pdata[lines->len - 2] : "");
  self->street = g_strdup (lines->len > 0 ? lines->pdata[lines->len - 1] : "");
  self->postcode = g_strdup (account->postcode);
  self->city = g_strdup (account->city);
  self->country = g_strdup (account->country);
  return self;
}

static void
take_typed (char **field, const char *typed)
{
  g_free (*field);
  *field = rubis_text_normalise_spaces (typed != NULL ? typed : "");
}

void
rubis_account_address_apply (const RubisAccountAddress *self, RubisAccountRecord *account)
{
  const char *typed[] = { self->line2, self->line3, self->street };
  g_autoptr (GString) lines = g_string_new (NULL);
  const char *code;

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *line = rubis_text_normalise_spaces (typed[i] != NULL ? typed[i] : "");

      if (*line != '\0')
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", line);
    }
  g_free (account->address);
  account->address = g_string_free (g_steal_pointer (&lines), FALSE);
  take_typed (&account->postcode, self->postcode);
  take_typed (&account->city, self->city);
  take_typed (&account->country, self->country);
  code = rubis_country_from_text (account->country);
  if (code != NULL)
    {
      g_free (account->country);
      account->country = g_strdup (code);
    }
}

RubisAccountAddress *
rubis_session_load_account_address (RubisSession *self, gint64 account_id, GError **error)
{
  g_autoptr (RubisAccountRecord) account = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  account = rubis_edits_load_account (self, account_id, error);
  return account != NULL ? rubis_account_address_new (account) : NULL;
}
