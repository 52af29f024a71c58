#include "rubis-search-actions.h"

#include <glib/gi18n-lib.h>

#include "rubis-fuzzy.h"

#define TEXT RUBIS_SEARCH_TARGET_TEXT
#define ACCOUNT RUBIS_SEARCH_TARGET_ACCOUNT
#define ITEMS RUBIS_SEARCH_TARGET_ITEMS
#define ITEMS_OR_NONE RUBIS_SEARCH_TARGET_ITEMS_OR_NONE

static const RubisSearchAction actions[] = {
  { N_ ("Import files…"), N_ ("export ERP accounting CSV FEC open items read"), "folder-download-symbolic",
    "win.import", RUBIS_SEARCH_TARGET_NONE, NULL, TRUE },
  { N_ ("Phone session"), N_ ("calls of the day telephone customers"), "call-start-symbolic",
    "win.call-session", RUBIS_SEARCH_TARGET_NONE, NULL, TRUE },
  { N_ ("New dispute…"), N_ ("contest open"), "rubis-dispute-symbolic", "win.new-dispute", ITEMS_OR_NONE,
    NULL, TRUE },
  { N_ ("New promise of the account shown…"), N_ ("promise to pay date"), "rubis-promise-symbolic",
    "win.new-promise", ITEMS, NULL, TRUE },
  { N_ ("Today"), N_ ("place actions agenda tasks"), "x-office-calendar-symbolic", "win.place", TEXT, "today",
    TRUE },
  { N_ ("Invoices"), N_ ("place grid items due dates"), "view-list-symbolic", "win.place", TEXT, "invoices",
    TRUE },
  { N_ ("Disputes"), N_ ("place board contested reasons"), "rubis-dispute-symbolic", "win.place", TEXT,
    "disputes", TRUE },
  { N_ ("Correspondence"), N_ ("place letters emails"), "mail-unread-symbolic", "win.place", TEXT, "letters",
    TRUE },
  { N_ ("Templates"), N_ ("place letters texts models write"), "text-editor-symbolic", "win.place", TEXT,
    "letters/templates", FALSE },
  { N_ ("Letters to post"), N_ ("place print stamps"), "document-print-symbolic", "win.place", TEXT,
    "letters/post", FALSE },
  { N_ ("Registered letters"), N_ ("place formal notice receipts tracking"), "security-high-symbolic",
    "win.place", TEXT, "letters/registered", FALSE },
  { N_ ("Outbox"), N_ ("place emails waiting to leave approve"), "mail-send-symbolic", "win.place", TEXT,
    "letters/outbox", FALSE },
  { N_ ("Answers"), N_ ("place replies inbox bounces"), "mail-read-symbolic", "win.place", TEXT,
    "letters/answers", FALSE },
  { N_ ("What was sent"), N_ ("place history documents letters emails"), "document-open-recent-symbolic",
    "win.place", TEXT, "letters/sent", FALSE },
  { N_ ("New payment plan for the account shown…"), N_ ("instalments schedule agreement"),
    "view-list-ordered-symbolic", "win.new-plan", ITEMS, NULL, FALSE },
  { N_ ("Call the account shown"), N_ ("telephone customer"), "call-start-symbolic", "win.call", ACCOUNT,
    NULL, FALSE },
  { N_ ("All about the account shown"), N_ ("account view timeline figures 360"), "avatar-default-symbolic",
    "win.show-account-view", ACCOUNT, NULL, FALSE },
  { N_ ("Statement of the account shown"), N_ ("PDF open items"), "x-office-document-symbolic",
    "win.statement", ACCOUNT, NULL, FALSE },
  { N_ ("Note on the account shown"), N_ ("write remark comment"), "text-editor-symbolic", "win.edit-note",
    ACCOUNT, "", FALSE },
  { N_ ("Filter the invoices"), N_ ("find in the grid"), "edit-find-symbolic", "win.filter",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Fetch answers"), N_ ("mailbox receive emails"), "mail-send-receive-symbolic", "win.fetch-answers",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Colleagues…"), N_ ("internal actors sales resolve disputes"), "system-users-symbolic", "win.actors",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Fields of your own…"), N_ ("custom fields accounts items"), "view-list-bullet-symbolic",
    "win.custom-fields", RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Edit accounts in bulk…"), N_ ("change many policy stop language field group"), "view-list-symbolic",
    "win.bulk-edit-node", RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Reasons of disputes…"), N_ ("list of choices"), "rubis-dispute-symbolic", "win.choices", TEXT,
    "dispute_reason", FALSE },
  { N_ ("Results of calls…"), N_ ("list of choices codes"), "call-start-symbolic", "win.choices", TEXT,
    "call_result", FALSE },
  { N_ ("Your company…"), N_ ("settings name SIREN IBAN address"), "emblem-system-symbolic", "win.company",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Letterhead…"), N_ ("settings paper logo signature"), "emblem-documents-symbolic", "win.letterhead",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Senders…"), N_ ("settings email SMTP mailbox SMS server"), "mail-send-symbolic", "win.senders",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Posting settings…"), N_ ("letters stamps prices envelopes"), "emblem-system-symbolic", "win.posting",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Check addresses…"), N_ ("postal postcode town"), "mark-location-symbolic", "win.check-addresses",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Undo"), N_ ("take back last edit"), "edit-undo-symbolic", "win.undo", RUBIS_SEARCH_TARGET_NONE, NULL,
    FALSE },
  { N_ ("Redo"), N_ ("do again last edit"), "edit-redo-symbolic", "win.redo", RUBIS_SEARCH_TARGET_NONE, NULL,
    FALSE },
  { N_ ("Recompute"), N_ ("refresh reload"), "view-refresh-symbolic", "win.refresh", RUBIS_SEARCH_TARGET_NONE,
    NULL, FALSE },
  { N_ ("Show or hide the account tree"), N_ ("left pane groups"), "sidebar-show-symbolic", "win.toggle-tree",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Show or hide the account panel"), N_ ("right pane"), "sidebar-show-right-symbolic",
    "win.toggle-panel", RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("New dossier…"), N_ ("create company file"), "document-new-symbolic", "win.new",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Open a dossier…"), N_ ("other company file"), "document-open-symbolic", "win.open",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Help"), N_ ("manual documentation templates hashtags disputes promises"), "help-browser-symbolic",
    "app.help", RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
  { N_ ("Keyboard shortcuts"), N_ ("keys"), "input-keyboard-symbolic", "win.show-help-overlay",
    RUBIS_SEARCH_TARGET_NONE, NULL, FALSE },
};

/* Actions of a class of widgets are listed by it only. */
static gboolean
class_has (GtkWidget *widget, const char *name)
{
  GtkWidgetClass *klass = GTK_WIDGET_GET_CLASS (widget);
  const GVariantType *parameter_type;
  const char *property;
  const char *known;
  GType owner;

  for (guint i = 0; gtk_widget_class_query_action (klass, i, &owner, &known, &parameter_type, &property); i++)
    {
      if (g_str_equal (known, name))
        return TRUE;
    }
  return FALSE;
}

static gboolean
map_has (gpointer map, const char *name)
{
  GAction *action = G_IS_ACTION_MAP (map) ? g_action_map_lookup_action (map, name) : NULL;

  return action != NULL && g_action_get_enabled (action);
}

static gboolean
is_offered (const RubisSearchAction *action, GtkWindow *window, AdwViewStack *places, gint64 account_id)
{
  const char *name = action->action + strlen ("win.");

  if ((action->target == RUBIS_SEARCH_TARGET_ACCOUNT || action->target == RUBIS_SEARCH_TARGET_ITEMS)
      && account_id == 0)
    return FALSE;
  if (g_str_equal (action->action, "win.place"))
    {
      g_auto (GStrv) parts = g_strsplit (action->text, "/", 2);

      return adw_view_stack_get_child_by_name (places, parts[0]) != NULL;
    }
  if (g_str_has_prefix (action->action, "app."))
    return map_has (gtk_window_get_application (window), name);
  return class_has (GTK_WIDGET (window), action->action) || map_has (window, name);
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const RubisFoundAction *first = a;
  const RubisFoundAction *second = b;

  if (first->score != second->score)
    return first->score > second->score ? -1 : 1;
  return (first->action > second->action) - (first->action < second->action);
}

GArray *
rubis_search_actions_find (GtkWindow *window, AdwViewStack *places, gint64 account_id, const char *typed,
                           guint limit)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (RubisFoundAction));
  g_autoptr (RubisFuzzy) fuzzy = rubis_fuzzy_new (typed);
  gboolean empty = rubis_fuzzy_n_words (fuzzy) == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      RubisFoundAction one = { &actions[i], 0 };
      g_autofree char *whole = g_strdup_printf ("%s %s", _ (actions[i].label), _ (actions[i].words));

      if (empty ? !actions[i].frequent : (one.score = rubis_fuzzy_rate (fuzzy, whole)) == 0)
        continue;
      /* Its name is meant rather than words about it. */
      if (!empty && rubis_fuzzy_rate (fuzzy, _ (actions[i].label)) == 0)
        one.score = one.score / 2;
      if (is_offered (&actions[i], window, places, account_id))
        g_array_append_val (found, one);
    }
  g_array_sort (found, compare_found);
  if (found->len > limit)
    g_array_set_size (found, limit);
  return found;
}

static GVariant *
make_target (const RubisSearchAction *action, gint64 account_id)
{
  switch (action->target)
    {
    case RUBIS_SEARCH_TARGET_TEXT:
      return g_variant_new_string (action->text);
    case RUBIS_SEARCH_TARGET_ACCOUNT:
      /* Some look at the panel themselves. */
      return action->text != NULL ? NULL : g_variant_new_int64 (account_id);
    case RUBIS_SEARCH_TARGET_ITEMS:
    case RUBIS_SEARCH_TARGET_ITEMS_OR_NONE:
      return g_variant_new ("(x@ax)", account_id, g_variant_new_array (G_VARIANT_TYPE_INT64, NULL, 0));
    case RUBIS_SEARCH_TARGET_NONE:
    default:
      return NULL;
    }
}

char *
rubis_search_action_get_keys (const RubisSearchAction *action, GtkWindow *window)
{
  GtkApplication *application = gtk_window_get_application (window);
  g_autofree char *detailed = action->target == RUBIS_SEARCH_TARGET_TEXT
                                  ? g_strdup_printf ("%s::%s", action->action, action->text)
                                  : g_strdup (action->action);
  g_auto (GStrv) accels = NULL;
  GdkModifierType modifiers;
  guint key;

  if (application == NULL || action->target >= RUBIS_SEARCH_TARGET_ACCOUNT)
    return g_strdup ("");
  accels = gtk_application_get_accels_for_action (application, detailed);
  if (accels[0] == NULL || !gtk_accelerator_parse (accels[0], &key, &modifiers))
    return g_strdup ("");
  return gtk_accelerator_get_label (key, modifiers);
}

void
rubis_search_action_activate (const RubisSearchAction *action, GtkWidget *widget, gint64 account_id)
{
  gtk_widget_activate_action_variant (widget, action->action, make_target (action, account_id));
}
