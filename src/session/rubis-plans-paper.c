/* The agreement of a payment plan, to sign. */
#include "rubis-plans-private.h"

#include "rubis-paper.h"
#include "rubis-store-accounts.h"
#include "rubis-words.h"

static const char *
find_clause (const RubisPlanRecord *plan, const char *language)
{
  static const RubisWord words[] = {
    [RUBIS_PLAN_INTEREST_RUNS] = RUBIS_WORD_INTEREST_RUNS,
    [RUBIS_PLAN_INTEREST_SUSPENDED] = RUBIS_WORD_INTEREST_SUSPENDED,
    [RUBIS_PLAN_INTEREST_WAIVED] = RUBIS_WORD_INTEREST_WAIVED,
  };
  RubisPlanInterest interest = RUBIS_PLAN_INTEREST_RUNS;

  rubis_plan_interest_from_id (plan->interest, &interest);
  return rubis_words_get (words[interest], language);
}

/* The language in which the account is written to. (transfer full) */
static char *
load_language (RubisSession *self, gint64 account_id, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (RubisAccountRecord) account = NULL;

  if (db == NULL)
    return NULL;
  account = rubis_store_load_account (db, account_id, error);
  rubis_session_return_reader (self, db);
  return account != NULL ? g_strdup (*account->language != '\0' ? account->language : "fr") : NULL;
}

static RubisPaper *
write_paper (RubisSession *self, const RubisPlanRecord *plan, const RubisPlanInput *input, GError **error)
{
  g_autofree char *language = load_language (self, plan->account_id, error);
  RubisPaperOptions options = RUBIS_PAPER_OPTIONS_INIT;

  if (language == NULL)
    return NULL;
  options.template_id = RUBIS_PAPER_AGREEMENT;
  options.plan_id = plan->id;
  options.plan_input = input;
  options.instalments = plan->instalments;
  options.interest = find_clause (plan, language);
  return rubis_session_write_paper (self, plan->account_id, &options, error);
}

GBytes *
rubis_session_write_plan_agreement (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (RubisPlanFacts) facts = NULL;
  g_autoptr (RubisPaper) paper = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  facts = rubis_plans_load (self, id, error);
  paper = facts != NULL ? write_paper (self, facts->record, NULL, error) : NULL;
  return paper != NULL ? g_bytes_ref (paper->content) : NULL;
}

GBytes *
rubis_session_preview_plan_agreement (RubisSession *self, const RubisPlanInput *input, GError **error)
{
  g_autoptr (RubisPlanRecord) plan = NULL;
  g_autoptr (RubisPaper) paper = NULL;
  RubisDatabase *db;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && input != NULL, NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  plan = rubis_plans_make (self, db, input, error);
  rubis_session_return_reader (self, db);
  paper = plan != NULL ? write_paper (self, plan, input, error) : NULL;
  return paper != NULL ? g_bytes_ref (paper->content) : NULL;
}

typedef struct
{
  gint64 plan_id;
  gint64 document_id;
} Keeping;

static gboolean
note_document (RubisStore *store, gpointer user_data, GError **error)
{
  const Keeping *keeping = user_data;

  return rubis_store_set_plan_document (rubis_store_get_database (store), keeping->plan_id,
                                        keeping->document_id, error);
}

GBytes *
rubis_session_keep_plan_agreement (RubisSession *self, gint64 id, GError **error)
{
  g_autoptr (RubisPlanFacts) facts = NULL;
  g_autoptr (RubisPaper) paper = NULL;
  Keeping keeping = { .plan_id = id };
  RubisStore *store;
  gboolean done;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  facts = rubis_plans_load (self, id, error);
  paper = facts != NULL ? write_paper (self, facts->record, NULL, error) : NULL;
  if (paper == NULL
      || !rubis_session_keep_paper (self, facts->record->account_id, paper, &keeping.document_id, error))
    return NULL;
  store = rubis_session_lock (self);
  done = rubis_store_transact (store, note_document, &keeping, error);
  rubis_session_unlock (self);
  return done ? g_bytes_ref (paper->content) : NULL;
}
