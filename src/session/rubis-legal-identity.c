/* Who asks and who is asked, as a request names them. The words are those of a French court. */
#include "rubis-legal-file-private.h"

#include <string.h>

/* "732829320" as "732 829 320". */
static char *
group_siren (const char *siren)
{
  if (strlen (siren) != 9)
    return g_strdup (siren);
  return g_strdup_printf ("%.3s\u00a0%.3s\u00a0%.3s", siren, siren + 3, siren + 6);
}

/* What is known, or a blank that stands out on paper. (transfer full) */
static char *
or_blank (const char *text, const char *what)
{
  return *text != '\0' ? g_strdup (text) : g_strdup_printf ("[à compléter : %s]", what);
}

/* "12 rue des Lilas, 69003 Lyon" */
static char *
join_address (const char *address, const char *postcode, const char *city, const char *country)
{
  g_auto (GStrv) lines = g_strsplit (address, "\n", -1);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (int i = 0; lines[i] != NULL; i++)
    {
      if (*g_strstrip (lines[i]) != '\0')
        g_string_append_printf (joined, "%s%s", joined->len > 0 ? ", " : "", lines[i]);
    }
  if (*city != '\0')
    g_string_append_printf (joined, "%s%s%s%s", joined->len > 0 ? ", " : "", postcode,
                            *postcode != '\0' ? " " : "", city);
  if (*country != '\0' && g_ascii_strcasecmp (country, "FR") != 0)
    g_string_append_printf (joined, " (%s)", country);
  return g_string_free (g_steal_pointer (&joined), FALSE);
}

static char *
describe_creditor (const RubisCompany *company)
{
  g_autofree char *form = or_blank (company->legal_form, "forme juridique");
  g_autofree char *capital = or_blank (company->capital, "capital");
  g_autofree char *grouped = group_siren (company->siren);
  g_autofree char *siren = or_blank (grouped, "SIREN");
  g_autofree char *rcs = or_blank (company->rcs, "ville du RCS");
  g_autofree char *joined
      = join_address (company->address, company->postcode, company->city, company->country);
  g_autofree char *seat = or_blank (company->address[0] != '\0' ? joined : "", "siège");
  g_autofree char *signatory = or_blank (company->signatory, "représentant légal");
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s, %s au capital de %s\n", company->name, form, capital);
  g_string_append_printf (text, "SIREN %s, RCS %s\n", siren, g_str_has_prefix (rcs, "RCS ") ? rcs + 4 : rcs);
  g_string_append_printf (text, "Siège : %s\n", seat);
  g_string_append_printf (text, "Représentant : %s%s%s", signatory,
                          *company->signatory_title != '\0' ? ", " : "", company->signatory_title);
  if (*company->phone != '\0' || *company->email != '\0')
    g_string_append_printf (text, "\n%s%s%s", company->phone,
                            *company->phone != '\0' && *company->email != '\0' ? ", " : "", company->email);
  return g_string_free (text, FALSE);
}

/* The director among the contacts, or a blank. */
static char *
find_representative (RubisLegalCase *self)
{
  for (guint i = 0; i < self->contacts->len; i++)
    {
      const RubisContactRecord *contact = g_ptr_array_index (self->contacts, i);

      if (g_str_equal (contact->role, "director"))
        return rubis_agenda_dup_contact_name (contact, "fr");
    }
  return or_blank ("", "représentant légal");
}

static char *
describe_debtor (RubisLegalCase *self)
{
  const RubisAccountRecord *account = self->account;
  g_autofree char *joined
      = join_address (account->address, account->postcode, account->city, account->country);
  g_autofree char *address
      = or_blank (*account->address != '\0' && *account->city != '\0' ? joined : "", "adresse");
  GString *text = g_string_new (account->name);

  if (account->kind == RUBIS_PARTY_CONSUMER)
    g_string_append_printf (text, "\nDemeurant : %s", address);
  else
    {
      g_autofree char *form = or_blank (account->legal_form, "forme juridique");
      g_autofree char *grouped = group_siren (account->siren);
      g_autofree char *siren = or_blank (grouped, "SIREN");
      g_autofree char *representative = find_representative (self);

      g_string_append_printf (text, ", %s\nSIREN %s\nSiège : %s\nReprésentant : %s", form, siren, address,
                              representative);
    }
  return g_string_free (text, FALSE);
}

/* One a line, with how they are reached. */
static char *
list_contacts (RubisLegalCase *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->contacts->len; i++)
    {
      const RubisContactRecord *contact = g_ptr_array_index (self->contacts, i);
      g_autofree char *name = rubis_agenda_dup_contact_name (contact, "fr");
      const char *const parts[] = { name, contact->job, contact->email, contact->phone };

      if (text->len > 0)
        g_string_append_c (text, '\n');
      for (gsize j = 0, n = 0; j < G_N_ELEMENTS (parts); j++)
        {
          if (*parts[j] != '\0')
            g_string_append_printf (text, "%s%s", n++ > 0 ? ", " : "", parts[j]);
        }
    }
  return g_string_free (text, FALSE);
}

void
rubis_legal_case_identify (RubisLegalCase *self)
{
  self->file->creditor = describe_creditor (self->company);
  self->file->debtor = describe_debtor (self);
  self->file->contacts = list_contacts (self);
}
