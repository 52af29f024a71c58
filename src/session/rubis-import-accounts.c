#include "rubis-import-accounts.h"

#include <string.h>

#include "rubis-identifiers.h"
#include "rubis-payment-terms.h"
#include "rubis-store-accounts.h"
#include "rubis-store-imports.h"
#include "rubis-text.h"

struct _RubisImportAccounts {
  RubisDatabase *db;            /* (unowned) */
  gint64 batch_id;
  RubisImportPreview *preview;  /* (unowned) */
  GHashTable *by_code;          /* (owned) (element-type utf8 RubisImportAccount) */
  GHashTable *by_name;          /* (owned) (nullable) folded name -> (unowned) (nullable) account, NULL: several */
  GHashTable *by_small_code;    /* (owned) code in small letters -> (unowned) known account */
  GHashTable *by_id;            /* (owned) id (as pointer) -> (unowned) RubisImportAccount */
  RubisImportAccount *last;     /* (unowned) (nullable) rows of one customer often follow each other */
  gint64 n_new;
  gint64 n_changed;
};

static void
account_free (gpointer data)
{
  RubisImportAccount *account = data;

  g_free (account->code);
  g_free (account->name);
  g_free (account->terms);
  g_free (account);
}

RubisImportAccounts *
rubis_import_accounts_new (RubisDatabase *db, gint64 batch_id, RubisImportPreview *preview)
{
  RubisImportAccounts *self = g_new0 (RubisImportAccounts, 1);

  self->db = db;
  self->batch_id = batch_id;
  self->preview = preview;
  self->by_code = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, account_free);
  self->by_small_code = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->by_id = g_hash_table_new (g_direct_hash, g_direct_equal);
  return self;
}

void
rubis_import_accounts_free (RubisImportAccounts *self)
{
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_hash_table_unref (self->by_small_code);
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_code);
  g_free (self);
}

static void
add_name (RubisImportAccounts *self, RubisImportAccount *account)
{
  char *folded = rubis_text_fold (account->name);

  g_hash_table_replace (self->by_name, folded, g_hash_table_contains (self->by_name, folded) ? NULL : account);
}

/* The only account of that name. Names are folded when the first file without codes asks. */
static RubisImportAccount *
find_by_name (RubisImportAccounts *self, const char *name)
{
  g_autofree char *folded = NULL;

  if (self->by_name == NULL)
    {
      GHashTableIter iter;
      gpointer account;

      self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_hash_table_iter_init (&iter, self->by_code);
      while (g_hash_table_iter_next (&iter, NULL, &account))
        add_name (self, account);
    }
  folded = rubis_text_fold (name);
  return g_hash_table_lookup (self->by_name, folded);
}

static RubisImportAccount *
remember (RubisImportAccounts *self, gint64 id, const char *code, const char *name, const char *terms)
{
  RubisImportAccount *account = g_new0 (RubisImportAccount, 1);

  account->id = id;
  account->code = g_strdup (code);
  account->name = g_strdup (name);
  account->terms = g_strdup (terms);
  g_hash_table_insert (self->by_code, account->code, account);
  g_hash_table_insert (self->by_id, GSIZE_TO_POINTER ((gsize) id), account);
  if (self->by_name != NULL)
    add_name (self, account);
  return account;
}

static gboolean
load_one (const RubisAccountRecord *record, gpointer user_data, GError **error)
{
  RubisImportAccounts *self = user_data;
  RubisImportAccount *account = remember (self, record->id, record->code, record->name, record->terms);

  g_hash_table_replace (self->by_small_code, g_utf8_strdown (record->code, -1), account);
  return TRUE;
}

gboolean
rubis_import_accounts_load (RubisImportAccounts *self, GError **error)
{
  return rubis_store_each_account (self->db, load_one, self, error);
}

/* A known customer whose code was written in other letters: the name has to agree. */
static RubisImportAccount *
find_other_letters (RubisImportAccounts *self, const char *code, const char *name)
{
  g_autofree char *small = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *known = NULL;
  RubisImportAccount *account;

  if (name == NULL || g_hash_table_size (self->by_small_code) == 0)
    return NULL;
  small = g_utf8_strdown (code, -1);
  account = g_hash_table_lookup (self->by_small_code, small);
  if (account == NULL)
    return NULL;
  folded = rubis_text_fold (name);
  known = rubis_text_fold (account->name);
  return g_str_equal (folded, known) ? account : NULL;
}

RubisImportAccount *
rubis_import_accounts_find (RubisImportAccounts *self, const char *customer)
{
  RubisImportAccount *account = g_hash_table_lookup (self->by_code, customer);

  return account != NULL ? account : find_by_name (self, customer);
}

const char *
rubis_import_accounts_get_code (RubisImportAccounts *self, gint64 id)
{
  RubisImportAccount *account = g_hash_table_lookup (self->by_id, GSIZE_TO_POINTER ((gsize) id));

  return account != NULL ? account->code : "";
}

gint64
rubis_import_accounts_count_new (RubisImportAccounts *self)
{
  return self->n_new;
}

gint64
rubis_import_accounts_count_changed (RubisImportAccounts *self)
{
  return self->n_changed;
}

static guint64
hash_text (guint64 hash, const char *text)
{
  for (; text != NULL && *text != '\0'; text++)
    hash = (hash ^ (guint8) *text) * 1099511628211u;
  return (hash ^ 31) * 1099511628211u;
}

/* A number for what the row says of its customer, so that the thousandth line of one customer
 * costs no look at the database.
 */
static guint64
hash_fields (const RubisImportRow *row)
{
  guint64 hash = 14695981039346656037u;

  hash = hash_text (hash, row->customer_name);
  hash = hash_text (hash, row->company_id);
  hash = hash_text (hash, row->vat_id);
  for (int i = 0; i < RUBIS_IMPORT_ADDRESS_LINES; i++)
    hash = hash_text (hash, row->address[i]);
  hash = hash_text (hash, row->postcode);
  hash = hash_text (hash, row->city);
  hash = hash_text (hash, row->country);
  hash = hash_text (hash, row->email);
  hash = hash_text (hash, row->phone);
  hash = hash_text (hash, row->contact);
  hash = hash_text (hash, row->groups);
  hash = hash_text (hash, row->language);
  hash = hash_text (hash, row->kind);
  hash = hash_text (hash, row->terms);
  return hash;
}

static char *
join_address (const RubisImportRow *row)
{
  GString *address = g_string_new (NULL);

  for (int i = 0; i < RUBIS_IMPORT_ADDRESS_LINES; i++)
    {
      if (row->address[i] != NULL && row->address[i][0] != '\0')
        g_string_append_printf (address, "%s%s", address->len > 0 ? "\n" : "", row->address[i]);
    }
  return g_string_free (address, FALSE);
}

/* The words that ERPs use for the kind of a customer. */
static RubisPartyKind
guess_kind (const char *text)
{
  static const struct {
    const char *word;
    RubisPartyKind kind;
  } words[] = {
    { "particulier", RUBIS_PARTY_CONSUMER }, { "consumer", RUBIS_PARTY_CONSUMER }, { "b2c", RUBIS_PARTY_CONSUMER },
    { "public", RUBIS_PARTY_PUBLIC },        { "collectivite", RUBIS_PARTY_PUBLIC }, { "b2g", RUBIS_PARTY_PUBLIC },
    { "intragroup", RUBIS_PARTY_INTRAGROUP }, { "filiale", RUBIS_PARTY_INTRAGROUP }, { "groupe", RUBIS_PARTY_INTRAGROUP },
  };
  g_autofree char *folded = rubis_text_fold (text);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (strstr (folded, words[i].word) != NULL)
        return words[i].kind;
    }
  return RUBIS_PARTY_PROFESSIONAL;
}

/* "FR" from "France", "Allemagne", "de"…; anything unknown is kept as it is written. */
static char *
normalise_country (const char *text)
{
  static const struct {
    const char *name;
    const char *code;
  } names[] = {
    { "france", "FR" },      { "belgique", "BE" },    { "belgium", "BE" },       { "suisse", "CH" },
    { "switzerland", "CH" }, { "allemagne", "DE" },   { "germany", "DE" },       { "deutschland", "DE" },
    { "espagne", "ES" },     { "spain", "ES" },       { "italie", "IT" },        { "italy", "IT" },
    { "luxembourg", "LU" },  { "pays-bas", "NL" },    { "netherlands", "NL" },   { "portugal", "PT" },
    { "royaume-uni", "GB" }, { "united kingdom", "GB" }, { "etats-unis", "US" }, { "united states", "US" },
    { "autriche", "AT" },    { "austria", "AT" },     { "irlande", "IE" },       { "ireland", "IE" },
    { "monaco", "MC" },      { "usa", "US" },         { "uk", "GB" },
  };
  g_autofree char *folded = rubis_text_fold (text);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i].name, folded))
        return g_strdup (names[i].code);
    }
  return strlen (text) == 2 ? g_ascii_strup (text, -1) : g_strdup (text);
}

static char *
normalise_language (const char *text)
{
  return strlen (text) >= 2 ? g_ascii_strdown (text, 2) : g_strdup ("");
}

/* The canonical form of terms as an ERP writes them; "" when they are not understood. */
static char *
normalise_terms (const char *text)
{
  RubisPaymentTerms terms;
  gint64 days;

  if (g_ascii_string_to_signed (text, 10, 0, 365, &days, NULL))
    return g_strdup_printf ("net:%d", (int) days);
  if (!rubis_payment_terms_parse (text, RUBIS_TERMS_DAYS_EOM, &terms, NULL))
    return g_strdup ("");
  return rubis_payment_terms_to_id (&terms);
}

/* What a row says of one field: (transfer full) (nullable) NULL when it says nothing. */
static char *
field_from_row (const RubisImportRow *row, const char *field)
{
  const char *text = NULL;

  if (g_str_equal (field, "name"))
    text = row->customer_name;
  else if (g_str_equal (field, "siren"))
    return row->company_id != NULL && *row->company_id != '\0' ? rubis_siren_from_any (row->company_id) : NULL;
  else if (g_str_equal (field, "vat_id"))
    text = row->vat_id;
  else if (g_str_equal (field, "address"))
    {
      g_autofree char *address = join_address (row);

      return *address != '\0' ? g_steal_pointer (&address) : NULL;
    }
  else if (g_str_equal (field, "postcode"))
    text = row->postcode;
  else if (g_str_equal (field, "city"))
    text = row->city;
  else if (g_str_equal (field, "email"))
    text = row->email;
  else if (g_str_equal (field, "phone"))
    text = row->phone;
  else if (g_str_equal (field, "country"))
    return row->country != NULL && *row->country != '\0' ? normalise_country (row->country) : NULL;
  else if (g_str_equal (field, "language"))
    return row->language != NULL && *row->language != '\0' ? normalise_language (row->language) : NULL;
  else if (g_str_equal (field, "kind"))
    return row->kind != NULL && *row->kind != '\0' ? g_strdup_printf ("%d", (int) guess_kind (row->kind)) : NULL;
  else if (g_str_equal (field, "terms"))
    {
      g_autofree char *terms = row->terms != NULL ? normalise_terms (row->terms) : g_strdup ("");

      return *terms != '\0' ? g_steal_pointer (&terms) : NULL;
    }
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* The fields that a file may change; what users manage in Rubis (note, policy, stop) is not among them. */
static const char *const imported_fields[] = {
  "name", "siren", "vat_id", "address", "postcode", "city", "country", "email", "phone", "language", "kind", "terms",
};

static gboolean
join_groups (RubisImportAccounts *self, const RubisImportRow *row, gint64 account_id, GError **error)
{
  g_auto(GStrv) names = NULL;

  if (row->groups == NULL || *row->groups == '\0')
    return TRUE;
  names = g_strsplit (row->groups, ",", -1);
  for (int i = 0; names[i] != NULL; i++)
    {
      if (*g_strstrip (names[i]) != '\0' && !rubis_store_join_group (self->db, "import", names[i], account_id, error))
        return FALSE;
    }
  return TRUE;
}

/* A person named by the file becomes the account's contact. */
static gboolean
add_contact (RubisImportAccounts *self, const RubisImportRow *row, gint64 account_id, GError **error)
{
  RubisContactRecord contact = {
    .account_id = account_id,
    .salutation = (char *) "",
    .first_name = (char *) "",
    .last_name = (char *) row->contact,
    .job = (char *) "",
    .role = (char *) "accounts_payable",
    .email = (char *) (row->email != NULL ? row->email : ""),
    .phone = (char *) (row->phone != NULL ? row->phone : ""),
  };

  return row->contact == NULL || *row->contact == '\0' || rubis_store_insert_contact (self->db, &contact, error);
}

static void
set_field (char **field, const RubisImportRow *row, const char *name)
{
  char *value = field_from_row (row, name);

  if (value != NULL)
    {
      g_free (*field);
      *field = value;
    }
}

static RubisImportAccount *
create_account (RubisImportAccounts *self, const char *code, const RubisImportRow *row, GError **error)
{
  g_autoptr(RubisAccountRecord) record = rubis_account_record_new ();
  RubisImportAccount *account;

  g_free (record->code);
  record->code = g_strdup (code);
  set_field (&record->name, row, "name");
  set_field (&record->siren, row, "siren");
  set_field (&record->vat_id, row, "vat_id");
  set_field (&record->address, row, "address");
  set_field (&record->postcode, row, "postcode");
  set_field (&record->city, row, "city");
  set_field (&record->country, row, "country");
  set_field (&record->email, row, "email");
  set_field (&record->phone, row, "phone");
  set_field (&record->language, row, "language");
  set_field (&record->terms, row, "terms");
  if (record->name[0] == '\0')
    {
      g_free (record->name);
      record->name = g_strdup (code);
    }
  if (row->kind != NULL && *row->kind != '\0')
    record->kind = guess_kind (row->kind);
  self->n_new++;
  if (self->batch_id == 0)
    record->id = -self->n_new;
  else if (!rubis_store_insert_account (self->db, record, self->batch_id, error)
           || !join_groups (self, row, record->id, error) || !add_contact (self, row, record->id, error))
    return NULL;
  account = remember (self, record->id, code, record->name, record->terms);
  account->is_new = TRUE;
  account->last_fields = hash_fields (row);
  return account;
}

/* The same field of the dossier's record, as text. */
static char *
field_from_record (const RubisAccountRecord *record, const char *field)
{
  const struct {
    const char *name;
    const char *value;
  } texts[] = {
    { "name", record->name },         { "siren", record->siren },   { "vat_id", record->vat_id },
    { "address", record->address },   { "postcode", record->postcode }, { "city", record->city },
    { "country", record->country },   { "email", record->email },   { "phone", record->phone },
    { "language", record->language }, { "terms", record->terms },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (g_str_equal (texts[i].name, field))
        return g_strdup (texts[i].value);
    }
  return g_strdup_printf ("%d", (int) record->kind);
}

static gboolean
change_field (RubisImportAccounts *self, RubisImportAccount *account, const char *field, const char *old,
              const char *value, GError **error)
{
  if (!account->changed && !account->is_new)
    self->n_changed++;
  account->changed = TRUE;
  if (g_str_equal (field, "terms"))
    {
      g_free (account->terms);
      account->terms = g_strdup (value);
    }
  return self->batch_id == 0
         || (rubis_store_keep_account_field (self->db, self->batch_id, account->id, field, old, error)
             && rubis_store_set_account_field (self->db, account->id, field, value, error));
}

/* The parts of an address with what files said of them before the user wrote over it. */
static const struct {
  const char *field;
  const char *file_field;
} address_parts[] = {
  { "address", "file_address" }, { "postcode", "file_postcode" }, { "city", "file_city" }, { "country", "file_country" },
};

static gboolean
is_address_part (const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (address_parts); i++)
    {
      if (g_str_equal (address_parts[i].field, field))
        return TRUE;
    }
  return FALSE;
}

/* Whether the user's address stays: the row says of it nothing but what files said before. Once the file says
 * something new, all of it comes from the file again.
 */
static gboolean
keeps_typed_address (RubisImportAccounts *self, const RubisAccountRecord *record, const RubisImportRow *row,
                     gboolean *keeps, GError **error)
{
  const char *said[] = { record->file_address, record->file_postcode, record->file_city, record->file_country };
  gboolean typed = FALSE;
  gboolean news = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (address_parts); i++)
    {
      g_autofree char *value = field_from_row (row, address_parts[i].field);

      typed = typed || *said[i] != '\0';
      news = news || (value != NULL && !g_str_equal (value, said[i]));
    }
  *keeps = typed && !news;
  if (!typed || !news || self->batch_id == 0)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (address_parts); i++)
    {
      if (!rubis_store_keep_account_field (self->db, self->batch_id, record->id, address_parts[i].file_field, said[i],
                                           error)
          || !rubis_store_set_account_field (self->db, record->id, address_parts[i].file_field, "", error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
update_account (RubisImportAccounts *self, RubisImportAccount *account, const RubisImportRow *row, GError **error)
{
  g_autoptr(RubisAccountRecord) record = rubis_store_load_account (self->db, account->id, error);

  gboolean keeps_address;

  if (record == NULL || !keeps_typed_address (self, record, row, &keeps_address, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (imported_fields); i++)
    {
      /* A name by which the account was found does not rename it. */
      gboolean is_key = (row->customer_code == NULL || *row->customer_code == '\0') && i == 0;
      gboolean is_kept = keeps_address && is_address_part (imported_fields[i]);
      g_autofree char *value = is_key || is_kept ? NULL : field_from_row (row, imported_fields[i]);
      g_autofree char *old = value != NULL ? field_from_record (record, imported_fields[i]) : NULL;

      if (value != NULL && !g_str_equal (old, value)
          && !change_field (self, account, imported_fields[i], old, value, error))
        return FALSE;
    }
  return self->batch_id == 0 || join_groups (self, row, account->id, error);
}

RubisImportAccount *
rubis_import_accounts_take (RubisImportAccounts *self, const RubisImportRow *row, GError **error)
{
  const char *code = row->customer_code;
  gboolean by_name = code == NULL || *code == '\0';
  RubisImportAccount *account;
  guint64 fields;

  /* A file that names its customers only: the name is the code of those that are not known by another. */
  if (by_name)
    code = row->customer_name != NULL ? row->customer_name : "";
  if (self->last != NULL && g_str_equal (self->last->code, code))
    account = self->last;
  else
    account = g_hash_table_lookup (self->by_code, code);
  if (account == NULL && by_name)
    account = find_by_name (self, code);
  else if (account == NULL)
    account = find_other_letters (self, code, row->customer_name);
  if (account == NULL)
    {
      self->last = create_account (self, code, row, error);
      return self->last;
    }
  self->last = account;
  fields = hash_fields (row);
  if (fields == account->last_fields)
    return account;
  account->last_fields = fields;
  if (account->id > 0 && !update_account (self, account, row, error))
    return NULL;
  return account;
}
