#include "rubis-demo-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rubis-identifiers.h"

/* The same at every run. */
#define SEED 0x5275626973u

guint
rubis_demo_pick (RubisDemo *demo, guint n)
{
  guint64 z = demo->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  z ^= z >> 31;
  return (guint) (z % n);
}

int
rubis_demo_between (RubisDemo *demo, int from, int to)
{
  return from + (int) rubis_demo_pick (demo, (guint) (to - from + 1));
}

void
rubis_demo_add_note (RubisDemo *demo, guint account, int day, const char *kind, const char *summary)
{
  RubisDemoNote *note = g_new0 (RubisDemoNote, 1);

  note->date = demo->today + day;
  note->account = account;
  note->kind = kind;
  note->summary = g_strdup (summary);
  g_ptr_array_add (demo->notes, note);
}

static void
account_free (gpointer data)
{
  RubisDemoAccount *account = data;

  rubis_account_record_free (account->record);
  g_free (account);
}

static void
item_clear (gpointer data)
{
  g_free (((RubisDemoItem *) data)->number);
}

static void
note_free (gpointer data)
{
  RubisDemoNote *note = data;

  g_free (note->summary);
  g_free (note);
}

static RubisCompany *
make_company (void)
{
  RubisCompany *company = rubis_company_new ();
  g_autofree char *vat_id = rubis_vat_from_siren ("999000003");

  rubis_company_set (company, name, "Atelier Corindon");
  rubis_company_set (company, legal_form, "SAS");
  rubis_company_set (company, capital, "150 000 €");
  rubis_company_set (company, siren, "999000003");
  rubis_company_set (company, rcs, "Lyon");
  rubis_company_set (company, vat_id, vat_id);
  rubis_company_set (company, address, "4 impasse des Lapidaires");
  rubis_company_set (company, postcode, "69003");
  rubis_company_set (company, city, "LYON");
  /* The account that textbooks use. */
  rubis_company_set (company, iban, "FR7630006000011234567890189");
  rubis_company_set (company, phone, "04 65 71 00 10");
  rubis_company_set (company, email, "comptabilite@atelier-corindon.example");
  rubis_company_set (company, website, "www.atelier-corindon.example");
  rubis_company_set (company, signatory, RUBIS_DEMO_ACTOR);
  rubis_company_set (company, signatory_title, "Responsable comptabilité clients");
  rubis_company_set (company, accent, "#8c1c3c");
  return company;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const RubisDemoItem *left = a;
  const RubisDemoItem *right = b;

  if (left->account != right->account)
    return left->account < right->account ? -1 : 1;
  if (left->issue != right->issue)
    return left->issue < right->issue ? -1 : 1;
  return left->instalment - right->instalment;
}

/* Items by account, as the replay reads them. */
static void
sort_items (RubisDemo *demo)
{
  g_array_sort (demo->items, compare_items);
  for (guint i = 0; i < demo->items->len; i++)
    {
      RubisDemoAccount *account = g_ptr_array_index (demo->accounts,
                                                     g_array_index (demo->items, RubisDemoItem, i).account);

      if (account->n_items++ == 0)
        account->first_item = i;
    }
}

static gboolean
fill (RubisStore *store, gpointer user_data, GError **error)
{
  RubisDemo *demo = user_data;

  demo->db = rubis_store_get_database (store);
  rubis_demo_add_cases (demo);
  rubis_demo_add_ordinary_accounts (demo);
  rubis_demo_add_ordinary_items (demo);
  rubis_demo_add_last_cases (demo);
  sort_items (demo);
  rubis_demo_choose_disputes (demo);
  return rubis_demo_write_accounts (demo, error) && rubis_demo_replay (demo, error)
         && rubis_demo_write_agreements (demo, error) && rubis_demo_write_disputes (demo, error);
}

RubisSession *
rubis_session_create_demo (const char *path, RubisDate today, RubisProgress *progress, GError **error)
{
  g_autoptr(RubisCompany) company = make_company ();
  g_autoptr(RubisSession) session = rubis_session_create (path, company, today, error);
  RubisDemo demo = { .progress = progress, .today = today, .state = SEED };
  gboolean filled;

  if (session == NULL)
    return NULL;
  demo.session = session;
  demo.library = rubis_session_get_library (session);
  demo.accounts = g_ptr_array_new_with_free_func (account_free);
  demo.items = g_array_new (FALSE, FALSE, sizeof (RubisDemoItem));
  g_array_set_clear_func (demo.items, item_clear);
  demo.promises = g_array_new (FALSE, FALSE, sizeof (RubisDemoPromise));
  demo.notes = g_ptr_array_new_with_free_func (note_free);
  filled = rubis_store_transact (rubis_session_lock (session), fill, &demo, error);
  rubis_session_unlock (session);
  rubis_library_unref (demo.library);
  g_ptr_array_unref (demo.accounts);
  g_array_unref (demo.items);
  g_ptr_array_unref (demo.notes);
  g_array_unref (demo.promises);
  g_clear_pointer (&demo.contested, g_array_unref);
  if (filled)
    return g_steal_pointer (&session);
  rubis_session_close (session);
  g_unlink (path);
  return NULL;
}
