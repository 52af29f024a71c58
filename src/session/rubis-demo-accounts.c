/* Invented customers: names, addresses and people. Streets exist nowhere in particular, domains end
 * in .example, telephone numbers are those kept for fiction, company numbers are of a range not given.
 */
#include "rubis-demo-private.h"

#include <string.h>

#include "rubis-identifiers.h"
#include "rubis-text.h"

static const char *const trades[] = {
  "Boulangerie", "Menuiserie",  "Garage",     "Transports", "Imprimerie", "Serrurerie", "Pharmacie",
  "Cabinet",     "Librairie",   "Brasserie",  "Charpente",  "Électricité", "Plomberie",  "Maçonnerie",
  "Fleurs",      "Traiteur",    "Optique",    "Papeterie",  "Bijouterie", "Horlogerie", "Ébénisterie",
  "Mécanique",   "Outillage",   "Métallerie", "Verrerie",
};
static const char *const families[] = {
  "Martel",   "Lefèvre",  "Roussel",  "Caron",    "Bellanger", "Chevallier", "Dumont",   "Étienne",  "Fauvel",
  "Garnier",  "Hébrard",  "Joubert",  "Kerbrat",  "Lacombe",   "Marchal",    "Noël",     "Ollivier", "Perrin",
  "Quentin",  "Renaud",   "Sauvage",  "Tessier",  "Valette",   "Weber",      "Aubry",    "Besnard",  "Collet",
  "Delmas",   "Évrard",   "Forestier", "Guichard", "Huguet",   "Imbert",     "Jacquet",  "Lamy",     "Maillard",
};
static const char *const forms[] = { "SARL", "SAS", "EURL", "SA", "SASU", "SNC" };
static const char *const first_names[] = {
  "Agathe", "Bruno", "Camille", "Denis", "Élodie", "Fabien", "Gaëlle", "Hugo", "Inès", "Julien", "Karine", "Luc",
  "Maëlle", "Nicolas", "Odile", "Pascal", "Régine", "Sylvain", "Thérèse", "Yann",
};
static const char *const streets[] = {
  "rue des Lilas",       "avenue de la Gare", "place du Marché",  "rue du Moulin",     "chemin des Vignes",
  "boulevard Carnot",    "rue de l’Église",   "allée des Tilleuls", "rue Pasteur",     "quai de la Rive",
  "impasse des Artisans", "rue Jean-Jaurès",  "rue de la Forge",  "avenue Victor-Hugo",
};
static const struct {
  const char *postcode;
  const char *city;
  const char *agency;
} towns[] = {
  { "69003", "LYON", "Lyon" },        { "69100", "VILLEURBANNE", "Lyon" }, { "38000", "GRENOBLE", "Lyon" },
  { "42000", "SAINT-ÉTIENNE", "Lyon" }, { "01000", "BOURG-EN-BRESSE", "Lyon" }, { "44000", "NANTES", "Nantes" },
  { "49000", "ANGERS", "Nantes" },    { "35000", "RENNES", "Nantes" },     { "29200", "BREST", "Nantes" },
  { "56000", "VANNES", "Nantes" },    { "59000", "LILLE", "Lille" },       { "62000", "ARRAS", "Lille" },
  { "80000", "AMIENS", "Lille" },     { "76000", "ROUEN", "Lille" },       { "33000", "BORDEAUX", "Bordeaux" },
  { "31000", "TOULOUSE", "Bordeaux" }, { "64000", "PAU", "Bordeaux" },     { "87000", "LIMOGES", "Bordeaux" },
};
static const struct {
  const char *name;
  const char *address;
  const char *postcode;
  const char *city;
  const char *country;
  const char *currency;
  const char *language;
} foreigners[] = {
  { "Brightwater Tools Ltd", "12 Mill Lane", "M1 1AE", "MANCHESTER", "GB", "GBP", "en" },
  { "Northgate Fittings Ltd", "8 Harbour Road", "BS1 4RN", "BRISTOL", "GB", "GBP", "en" },
  { "Lakeside Hardware Inc", "410 Elm Street", "60601", "CHICAGO IL", "US", "USD", "en" },
  { "Redwood Supply Co", "77 Pine Avenue", "97201", "PORTLAND OR", "US", "USD", "en" },
  { "Alpenwerk AG", "Bahnhofstrasse 40", "8001", "ZÜRICH", "CH", "CHF", "de" },
  { "Ateliers du Léman SA", "Rue du Lac 5", "1003", "LAUSANNE", "CH", "CHF", "fr" },
  { "Rheinstahl Handels GmbH", "Kölner Allee 3", "50667", "KÖLN", "DE", "EUR", "de" },
  { "Ferreteria del Norte SL", "Calle Mayor 21", "48001", "BILBAO", "ES", "EUR", "es" },
};

static char *
make_siren (guint number)
{
  for (guint last = 0; last < 10; last++)
    {
      g_autofree char *siren = g_strdup_printf ("999%05u%u", number, last);

      if (rubis_siren_check (siren) == RUBIS_ID_OK)
        return g_steal_pointer (&siren);
    }
  g_assert_not_reached ();
}

/* "Menuiserie Étienne" -> "menuiserie-etienne.example" */
static char *
make_domain (const char *name)
{
  g_autofree char *folded = rubis_text_fold (name);

  g_strcanon (folded, "abcdefghijklmnopqrstuvwxyz0123456789", '-');
  return g_strconcat (folded, ".example", NULL);
}

static void
set_text (char **field, char *value)
{
  g_free (*field);
  *field = value;
}

static void
name_account (RubisDemoAccount *account, guint index)
{
  RubisAccountRecord *record = account->record;
  const char *family = families[(index * 7) % G_N_ELEMENTS (families)];
  const char *trade = trades[(index + index / G_N_ELEMENTS (families)) % G_N_ELEMENTS (trades)];

  switch (record->kind)
    {
    case RUBIS_PARTY_CONSUMER:
      set_text (&record->name, g_strdup_printf ("%s %s", first_names[index % G_N_ELEMENTS (first_names)], family));
      break;
    case RUBIS_PARTY_PUBLIC:
      set_text (&record->name, g_strdup_printf ("%s de Val-%s", index % 2 == 0 ? "Mairie" : "Lycée", family));
      break;
    case RUBIS_PARTY_INTRAGROUP:
      set_text (&record->name, g_strdup_printf ("Corindon %s", family));
      break;
    case RUBIS_PARTY_PROFESSIONAL:
    default:
      set_text (&record->name, g_strdup_printf ("%s %s", trade, family));
      set_text (&record->legal_form, g_strdup (forms[index % G_N_ELEMENTS (forms)]));
      break;
    }
}

static void
place_account (RubisDemo *demo, RubisDemoAccount *account, guint index)
{
  RubisAccountRecord *record = account->record;
  guint town = rubis_demo_pick (demo, G_N_ELEMENTS (towns));
  g_autofree char *domain = make_domain (record->name);

  set_text (&record->address, g_strdup_printf ("%u %s", 1 + rubis_demo_pick (demo, 140),
                                               streets[rubis_demo_pick (demo, G_N_ELEMENTS (streets))]));
  set_text (&record->postcode, g_strdup (towns[town].postcode));
  set_text (&record->city, g_strdup (towns[town].city));
  set_text (&record->country, g_strdup ("FR"));
  set_text (&record->email, g_strdup_printf ("%s@%s", record->kind == RUBIS_PARTY_CONSUMER ? "courrier" : "compta",
                                             domain));
  set_text (&record->phone, g_strdup_printf ("01 99 00 %02u %02u", index / 100, index % 100));
  set_text (&record->language, g_strdup ("fr"));
  set_text (&record->sales_rep, g_strdup (index % 3 == 0 ? "Paul Mercier" : index % 3 == 1 ? "Nadia Brun" : "Tom Vidal"));
  account->agency = towns[town].agency;
}

RubisDemoAccount *
rubis_demo_add_account (RubisDemo *demo, RubisPartyKind kind)
{
  static const RubisPaymentTerms all_terms[] = {
    { RUBIS_TERMS_NET, 30, 0 }, { RUBIS_TERMS_NET, 30, 0 }, { RUBIS_TERMS_DAYS_EOM, 45, 0 }, { RUBIS_TERMS_NET, 60, 0 },
  };
  RubisDemoAccount *account = g_new0 (RubisDemoAccount, 1);
  guint index = demo->accounts->len;

  account->record = rubis_account_record_new ();
  account->record->kind = kind;
  account->currency = RUBIS_CURRENCY_EUR;
  account->last_contact = RUBIS_DATE_NONE;
  account->terms = all_terms[rubis_demo_pick (demo, G_N_ELEMENTS (all_terms))];
  account->typology = kind == RUBIS_PARTY_CONSUMER ? "Particuliers"
                      : kind == RUBIS_PARTY_PUBLIC ? "Établissements publics"
                      : kind == RUBIS_PARTY_INTRAGROUP ? "Groupe Corindon"
                                                       : "PME";
  set_text (&account->record->code, g_strdup_printf ("C%05u", 1001 + index));
  set_text (&account->record->terms, rubis_payment_terms_to_id (&account->terms));
  account->record->means = RUBIS_MEANS_TRANSFER;
  name_account (account, index);
  place_account (demo, account, index);
  if (kind == RUBIS_PARTY_PROFESSIONAL || kind == RUBIS_PARTY_INTRAGROUP)
    {
      set_text (&account->record->siren, make_siren (1000 + index));
      set_text (&account->record->vat_id, rubis_vat_from_siren (account->record->siren));
    }
  g_ptr_array_add (demo->accounts, account);
  return account;
}

static RubisDemoProfile
draw_profile (RubisDemo *demo)
{
  guint drawn = rubis_demo_pick (demo, 100);

  if (drawn < 60)
    return RUBIS_DEMO_PROMPT;
  if (drawn < 84)
    return RUBIS_DEMO_SLOW;
  if (drawn < 94)
    return RUBIS_DEMO_LATE;
  return drawn < 98 ? RUBIS_DEMO_BAD : RUBIS_DEMO_STOPPED_PAYING;
}

static void
make_foreign (RubisDemoAccount *account, guint which)
{
  RubisAccountRecord *record = account->record;
  g_autofree char *domain = make_domain (foreigners[which].name);

  set_text (&record->name, g_strdup (foreigners[which].name));
  set_text (&record->legal_form, g_strdup (""));
  set_text (&record->siren, g_strdup (""));
  set_text (&record->vat_id, g_strdup (""));
  set_text (&record->address, g_strdup (foreigners[which].address));
  set_text (&record->postcode, g_strdup (foreigners[which].postcode));
  set_text (&record->city, g_strdup (foreigners[which].city));
  set_text (&record->country, g_strdup (foreigners[which].country));
  set_text (&record->language, g_strdup (foreigners[which].language));
  set_text (&record->email, g_strdup_printf ("accounts@%s", domain));
  rubis_currency_parse (foreigners[which].currency, &account->currency);
  account->typology = "Export";
}

void
rubis_demo_add_ordinary_accounts (RubisDemo *demo)
{
  guint foreign = 0;

  while (demo->accounts->len < RUBIS_DEMO_ACCOUNTS)
    {
      guint drawn = rubis_demo_pick (demo, 100);
      RubisDemoAccount *account = rubis_demo_add_account (
        demo, drawn < 82 ? RUBIS_PARTY_PROFESSIONAL : drawn < 92 ? RUBIS_PARTY_CONSUMER : RUBIS_PARTY_PUBLIC);

      account->profile = draw_profile (demo);
      if (account->record->kind != RUBIS_PARTY_PROFESSIONAL)
        continue;
      if (foreign < G_N_ELEMENTS (foreigners))
        make_foreign (account, foreign++);
      else if (drawn < 8)
        {
          account->typology = "Grands comptes";
          set_text (&account->record->policy_id, g_strdup ("key-account"));
        }
      else if (drawn < 14)
        account->record->means = RUBIS_MEANS_DIRECT_DEBIT;
    }
}

static gboolean
write_contact (RubisDemo *demo, const RubisDemoAccount *account, guint index, GError **error)
{
  const char *at = strchr (account->record->email, '@');
  g_autofree char *folded = rubis_text_fold (first_names[index % G_N_ELEMENTS (first_names)]);
  RubisContactRecord contact = {
    .account_id = account->record->id,
    .salutation = (char *) "",
    .first_name = (char *) first_names[index % G_N_ELEMENTS (first_names)],
    .last_name = (char *) families[(index * 5 + 3) % G_N_ELEMENTS (families)],
    .job = (char *) "Comptabilité fournisseurs",
    .role = (char *) rubis_contact_role_to_id (RUBIS_CONTACT_ACCOUNTS_PAYABLE),
    .phone = account->record->phone,
  };
  g_autofree char *email = at != NULL ? g_strconcat (folded, at, NULL) : g_strdup ("");

  contact.email = email;
  return rubis_store_insert_contact (demo->db, &contact, error);
}

gboolean
rubis_demo_write_accounts (RubisDemo *demo, GError **error)
{
  for (guint i = 0; i < demo->accounts->len; i++)
    {
      RubisDemoAccount *account = g_ptr_array_index (demo->accounts, i);

      if (!rubis_store_insert_account (demo->db, account->record, 0, error)
          || !rubis_store_join_group (demo->db, "agences", account->agency, account->record->id, error)
          || !rubis_store_join_group (demo->db, "typologie", account->typology, account->record->id, error))
        return FALSE;
      if (!account->special && account->record->kind == RUBIS_PARTY_PROFESSIONAL && i % 3 != 0
          && !write_contact (demo, account, i, error))
        return FALSE;
    }
  return TRUE;
}
