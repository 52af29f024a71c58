#include "rubis-bulk-private.h"

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-store-bulk.h"
#include "rubis-store-items.h"
#include "rubis-template-list.h"

/* Items that the journal names. */
#define MAX_NAMED 20
/* Accounts or items between two looks at whether the user cancelled. */
#define STRIDE 100

static const struct
{
  const char *label; /* untranslated */
  const char *event;
  gboolean of_items;
} kinds[RUBIS_N_BULK_KINDS] = {
  { N_ ("Policy"), "policy", FALSE },           { N_ ("Stop dunning"), "stop", TRUE },
  { N_ ("Resume dunning"), "unstop", TRUE },    { N_ ("Sales representative"), "bulk", TRUE },
  { N_ ("Language"), "bulk", FALSE },           { N_ ("Credit insurer"), "bulk", FALSE },
  { N_ ("Field of one’s own"), "field", TRUE },
};

const char *
rubis_bulk_kind_to_label (RubisBulkKind kind)
{
  g_return_val_if_fail ((guint)kind < RUBIS_N_BULK_KINDS, NULL);

  return _ (kinds[kind].label);
}

gboolean
rubis_bulk_kind_is_of_items (RubisBulkKind kind)
{
  g_return_val_if_fail ((guint)kind < RUBIS_N_BULK_KINDS, FALSE);

  return kinds[kind].of_items;
}

void
rubis_bulk_line_free (RubisBulkLine *self)
{
  g_free (self->name);
  g_free (self->before);
  g_free (self->after);
  g_free (self);
}

void
rubis_bulk_preview_free (RubisBulkPreview *self)
{
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/* What a bulk edit puts in, then what it took out. */
typedef struct
{
  RubisBulkSubject subject;
  GArray *targets;         /* (element-type RubisBulkTarget) */
  RubisProgress *progress; /* (unowned) (nullable) only while it is done for the first time */
} BulkState;

static GArray *
targets_new (void)
{
  GArray *targets = g_array_new (FALSE, TRUE, sizeof (RubisBulkTarget));

  g_array_set_clear_func (targets, (GDestroyNotify)rubis_bulk_target_clear);
  return targets;
}

static void
bulk_state_free (gpointer data)
{
  BulkState *state = data;

  g_clear_pointer (&state->subject.field, rubis_custom_field_free);
  g_array_unref (state->targets);
  g_free (state);
}

/* --- What is asked for ------------------------------------------------------------------------ */

static gboolean
set_value_error (GError **error, const char *message)
{
  g_set_error_literal (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, message);
  return FALSE;
}

static gboolean
check_policy (RubisSession *self, const char *id, GError **error)
{
  g_autoptr (RubisLibrary) library = rubis_session_get_library (self);

  if (*id == '\0' || g_hash_table_contains (library->policies, id))
    return TRUE;
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE, _ ("There is no policy “%s”."), id);
  return FALSE;
}

static gboolean
check_language (const char *language, GError **error)
{
  g_autofree char *known = NULL;

  if (*language == '\0' || g_strv_contains (rubis_template_get_languages (), language))
    return TRUE;
  known = g_strjoinv (", ", (char **)rubis_template_get_languages ());
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _ ("“%s” is not a language of Rubis. Write one of %s."), language, known);
  return FALSE;
}

/* The values that all shall have. @values: (out) (transfer full), also on error */
static gboolean
read_wanted (RubisSession *self, const RubisBulkChange *change, const RubisBulkSubject *subject,
             char **values, GError **error)
{
  g_autofree char *plain = g_strstrip (g_strdup (change->value != NULL ? change->value : ""));
  gboolean stop = change->kind == RUBIS_BULK_STOP;

  if (change->of_items && !kinds[change->kind].of_items)
    return set_value_error (error, _ ("Items have no such value of their own: change their accounts."));
  switch (change->kind)
    {
    case RUBIS_BULK_STOP:
    case RUBIS_BULK_UNSTOP:
      if (!rubis_edits_check_until (self, stop, change->date, error))
        return FALSE;
      values[0] = g_strdup (stop ? "1" : "0");
      values[1] = g_strdup (stop ? plain : "");
      values[2]
          = stop && change->date != RUBIS_DATE_NONE ? g_strdup_printf ("%d", change->date) : g_strdup ("");
      return TRUE;
    case RUBIS_BULK_FIELD:
      if ((subject->field->owner == RUBIS_FIELD_OF_ITEM) != change->of_items)
        return set_value_error (error, change->of_items
                                           ? _ ("This field belongs to accounts, not to items.")
                                           : _ ("This field belongs to items, not to accounts."));
      values[0] = rubis_fields_read_typed (self, subject->field, plain, error);
      return values[0] != NULL;
    case RUBIS_BULK_POLICY:
    case RUBIS_BULK_LANGUAGE:
      values[0] = g_steal_pointer (&plain);
      return change->kind == RUBIS_BULK_POLICY ? check_policy (self, values[0], error)
                                               : check_language (values[0], error);
    case RUBIS_BULK_SALES_REP:
    case RUBIS_BULK_INSURER:
    default:
      values[0] = g_steal_pointer (&plain);
      return TRUE;
    }
}

/* What is edited, and to what. */
typedef struct
{
  RubisBulkSubject subject;
  RubisBulkTarget wanted; /* only its values */
} Request;

static void
request_clear (Request *request)
{
  g_clear_pointer (&request->subject.field, rubis_custom_field_free);
  rubis_bulk_target_clear (&request->wanted);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static gboolean
request_read (Request *request, RubisSession *self, const RubisBulkChange *change, GError **error)
{
  *request = (Request){ .subject = { .kind = change->kind, .of_items = change->of_items } };
  if (change->kind == RUBIS_BULK_FIELD)
    {
      request->subject.field = rubis_session_load_field (self, change->field_id, error);
      if (request->subject.field == NULL)
        return FALSE;
    }
  return read_wanted (self, change, &request->subject, request->wanted.values, error);
}

/* Calls @func for each that exists, with what it has now. */
typedef void (*TargetFunc) (RubisBulkTarget *target, gpointer user_data);
static gboolean
each_target (RubisSession *self, const Request *request, GArray *ids, TargetFunc func, gpointer user_data,
             GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  g_autoptr (GError) load_error = NULL;

  if (db == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len && load_error == NULL; i++)
    {
      RubisBulkTarget target = { .id = g_array_index (ids, gint64, i) };

      if (rubis_bulk_target_load (db, &request->subject, &target, &load_error))
        func (&target, user_data);
      rubis_bulk_target_clear (&target);
    }
  rubis_session_return_reader (self, db);
  if (load_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&load_error));
  return FALSE;
}

/* --- Preview ---------------------------------------------------------------------------------- */

typedef struct
{
  RubisSession *session;
  const Request *request;
  RubisBulkPreview *preview;
  char *after;
} PreviewWork;

static void
preview_target (RubisBulkTarget *target, gpointer user_data)
{
  PreviewWork *work = user_data;
  RubisBulkLine *line;

  if (rubis_bulk_target_has_values (target, work->request->wanted.values))
    {
      work->preview->n_same++;
      return;
    }
  work->preview->n_changed++;
  if (work->preview->lines->len >= RUBIS_BULK_MAX_LINES)
    return;
  line = g_new0 (RubisBulkLine, 1);
  line->id = target->id;
  line->name = g_steal_pointer (&target->name);
  line->before = rubis_bulk_describe (work->session, &work->request->subject, target->values);
  line->after = g_strdup (work->after);
  g_ptr_array_add (work->preview->lines, line);
}

RubisBulkPreview *
rubis_session_preview_bulk (RubisSession *self, const RubisBulkChange *change, GError **error)
{
  g_auto (Request) request = { 0 };
  g_autoptr (RubisBulkPreview) preview = NULL;
  g_autofree char *after = NULL;
  PreviewWork work;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && change != NULL && change->ids != NULL, NULL);

  if (!request_read (&request, self, change, error))
    return NULL;
  preview = g_new0 (RubisBulkPreview, 1);
  preview->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_bulk_line_free);
  after = rubis_bulk_describe (self, &request.subject, request.wanted.values);
  work = (PreviewWork){ self, &request, preview, after };
  if (!each_target (self, &request, change->ids, preview_target, &work, error))
    return NULL;
  return g_steal_pointer (&preview);
}

/* --- Doing it --------------------------------------------------------------------------------- */

/* One line for each account that is concerned. */
static gboolean
note_accounts (RubisSession *session, RubisDatabase *db, RubisEdit *edit, GArray *targets, GError **error)
{
  g_autoptr (GHashTable) noted = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < targets->len; i++)
    {
      RubisBulkTarget *target = &g_array_index (targets, RubisBulkTarget, i);

      if (g_hash_table_add (noted, &target->account_id)
          && !rubis_journaled_edit_note (session, db, edit, target->account_id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
report (RubisProgress *progress, guint done, guint n, GError **error)
{
  if (progress == NULL || done % STRIDE != 0)
    return TRUE;
  if (progress->func != NULL)
    progress->func ((double)done / n, NULL, progress->user_data);
  return !g_cancellable_set_error_if_cancelled (progress->cancellable, error);
}

static gboolean
swap_bulk (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  BulkState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  g_autoptr (GArray) before = targets_new ();

  g_array_set_size (before, state->targets->len);
  for (guint i = 0; i < state->targets->len; i++)
    {
      const RubisBulkTarget *wanted = &g_array_index (state->targets, RubisBulkTarget, i);
      RubisBulkTarget *old = &g_array_index (before, RubisBulkTarget, i);

      old->id = wanted->id;
      if (!report (state->progress, i, state->targets->len, error))
        return FALSE;
      if (!rubis_bulk_target_load (db, &state->subject, old, error))
        {
          if (error != NULL && *error == NULL)
            g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _ ("One of them is not in the dossier any more: nothing was changed."));
          return FALSE;
        }
      if (!rubis_bulk_target_store (db, &state->subject, wanted, error))
        return FALSE;
    }
  if (!note_accounts (session, db, edit, before, error))
    return FALSE;
  g_array_unref (state->targets);
  state->targets = g_steal_pointer (&before);
  state->progress = NULL;
  journaled->n_swaps++;
  return TRUE;
}

typedef struct
{
  const Request *request;
  GArray *targets;
  GString *names;
} CollectWork;

static void
collect_target (RubisBulkTarget *target, gpointer user_data)
{
  CollectWork *work = user_data;
  RubisBulkTarget changed = { .id = target->id, .account_id = target->account_id };

  if (rubis_bulk_target_has_values (target, work->request->wanted.values))
    return;
  for (int i = 0; i < RUBIS_BULK_MAX_VALUES; i++)
    changed.values[i] = g_strdup (work->request->wanted.values[i]);
  if (work->targets->len < MAX_NAMED)
    g_string_append_printf (work->names, "%s%s", work->targets->len > 0 ? ", " : "", target->name);
  g_array_append_val (work->targets, changed);
}

/* What Undo and the journal say. (transfer full) */
static char *
make_label (const RubisBulkSubject *subject, guint n)
{
  gboolean items = subject->of_items;

  switch (subject->kind)
    {
    case RUBIS_BULK_POLICY:
      return g_strdup_printf (ngettext ("Policy of %u account changed", "Policy of %u accounts changed", n),
                              n);
    case RUBIS_BULK_STOP:
      return g_strdup_printf (
          items ? ngettext ("Dunning of %u item stopped", "Dunning of %u items stopped", n)
                : ngettext ("Dunning of %u account stopped", "Dunning of %u accounts stopped", n),
          n);
    case RUBIS_BULK_UNSTOP:
      return g_strdup_printf (
          items ? ngettext ("Dunning of %u item resumed", "Dunning of %u items resumed", n)
                : ngettext ("Dunning of %u account resumed", "Dunning of %u accounts resumed", n),
          n);
    case RUBIS_BULK_LANGUAGE:
      return g_strdup_printf (
          ngettext ("Language of %u account changed", "Language of %u accounts changed", n), n);
    case RUBIS_BULK_INSURER:
      return g_strdup_printf (
          ngettext ("Credit insurer of %u account changed", "Credit insurer of %u accounts changed", n), n);
    case RUBIS_BULK_FIELD:
      return g_strdup_printf (items ? ngettext ("%s changed for %u item", "%s changed for %u items", n)
                                    : ngettext ("%s changed for %u account", "%s changed for %u accounts", n),
                              subject->field->name, n);
    case RUBIS_BULK_SALES_REP:
    default:
      return g_strdup_printf (items ? ngettext ("Sales representative of %u item changed",
                                                "Sales representative of %u items changed", n)
                                    : ngettext ("Sales representative of %u account changed",
                                                "Sales representative of %u accounts changed", n),
                              n);
    }
}

/* "F-1042, F-1043, … (32) · Lyon": the items, since each account's line tells of all. (transfer full) */
static char *
make_detail (RubisSession *self, const Request *request, const CollectWork *work)
{
  char *after = rubis_bulk_describe (self, &request->subject, request->wanted.values);
  g_autofree char *text = NULL;

  if (!request->subject.of_items)
    return after;
  text = after;
  if (work->targets->len > MAX_NAMED)
    g_string_append_printf (work->names, ", … (%u)", work->targets->len);
  return g_strdup_printf ("%s · %s", work->names->str, text);
}

int
rubis_session_do_bulk (RubisSession *self, const RubisBulkChange *change, RubisProgress *progress,
                       GError **error)
{
  g_auto (Request) request = { 0 };
  g_autoptr (GArray) targets = targets_new ();
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *label = NULL;
  g_autofree char *detail = NULL;
  CollectWork work = { &request, targets, names };
  BulkState *state;
  int n;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && change != NULL && change->ids != NULL, -1);

  if (!request_read (&request, self, change, error)
      || !each_target (self, &request, change->ids, collect_target, &work, error))
    return -1;
  n = (int)targets->len;
  if (n == 0)
    return 0;
  label = make_label (&request.subject, targets->len);
  detail = make_detail (self, &request, &work);
  state = g_new0 (BulkState, 1);
  state->subject = request.subject;
  request.subject.field = NULL;
  state->targets = g_steal_pointer (&targets);
  state->progress = progress;
  return rubis_session_do_edit (self,
                                rubis_journaled_edit_new (label, kinds[change->kind].event, detail, swap_bulk,
                                                          state, bulk_state_free),
                                error)
             ? n
             : -1;
}

/* --- Whom it concerns ------------------------------------------------------------------------- */

static gboolean
find_account (RubisDatabase *db, const char *code, GArray *ids, GError **error)
{
  gint64 id;

  if (!rubis_store_find_account (db, code, &id, error))
    return FALSE;
  if (id != 0)
    g_array_append_val (ids, id);
  return TRUE;
}

static gboolean
find_items (RubisDatabase *db, const char *number, GArray *ids, GError **error)
{
  g_autoptr (GArray) found = rubis_store_find_items (db, number, error);

  if (found == NULL)
    return FALSE;
  g_array_append_vals (ids, found->data, found->len);
  return TRUE;
}

GArray *
rubis_session_find_bulk_ids (RubisSession *self, gboolean of_items, const char *const *names, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  RubisDatabase *db;
  gboolean done = TRUE;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && names != NULL, NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  for (guint i = 0; done && names[i] != NULL; i++)
    {
      guint n_before = ids->len;

      done = of_items ? find_items (db, names[i], ids, error) : find_account (db, names[i], ids, error);
      if (!done || ids->len > n_before)
        continue;
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   of_items ? _ ("There is no item “%s”. Check its number in the list of items.")
                            : _ ("There is no account “%s”. Check its code in the list of accounts."),
                   names[i]);
      done = FALSE;
    }
  rubis_session_return_reader (self, db);
  return done ? g_steal_pointer (&ids) : NULL;
}

GArray *
rubis_session_list_accounts_of_items (RubisSession *self, GArray *item_ids, GError **error)
{
  RubisDatabase *db;
  GArray *ids;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && item_ids != NULL, NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  ids = rubis_store_list_item_accounts (db, item_ids, error);
  rubis_session_return_reader (self, db);
  return ids;
}

GArray *
rubis_session_list_accounts_of_group (RubisSession *self, gint64 group_id, GError **error)
{
  RubisDatabase *db;
  GArray *ids;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  ids = rubis_store_list_group_accounts (db, group_id, error);
  rubis_session_return_reader (self, db);
  return ids;
}
