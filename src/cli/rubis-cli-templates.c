/* template: the templates of the dossier as text: listed, checked, written to files and read from them. */
#include <string.h>

#include <glib/gi18n-lib.h>
#include <gio/gio.h>

#include "rubis-cli.h"
#include "rubis-format.h"
#include "rubis-guide.h"
#include "rubis-policy-files.h"
#include "rubis-record.h"
#include "rubis-session-lists.h"
#include "rubis-template-files.h"
#include "rubis-template-list.h"
#include "rubis-template-report.h"

typedef struct
{
  char *language;
  char *account;
  gboolean dry_run;
  gboolean guide;
} TemplateOptions;

typedef RubisExit (*TemplateFunc) (RubisCli *cli, const TemplateOptions *options, char **arguments);

/* --- list and show --------------------------------------------------------------------------- */

static const RubisColumn template_columns[] = {
  { "id", N_ ("Template"), RUBIS_COLUMN_TEXT },       { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },
  { "language", N_ ("Language"), RUBIS_COLUMN_TEXT }, { "version", N_ ("Version"), RUBIS_COLUMN_NUMBER },
  { "lines", N_ ("Lines"), RUBIS_COLUMN_NUMBER },
};

static RubisExit
get_open_status (RubisCli *cli)
{
  return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
}

static void
add_record (GVariant *record, gpointer user_data)
{
  rubis_output_add (user_data, record);
}

static RubisExit
list_templates (RubisCli *cli, const TemplateOptions *options, char **arguments)
{
  g_autoptr (RubisSession) session = rubis_cli_open (cli);
  g_autoptr (RubisOutput) output = NULL;
  g_autoptr (GError) error = NULL;

  if (session == NULL)
    return get_open_status (cli);
  output = rubis_output_new (cli->format, template_columns, G_N_ELEMENTS (template_columns));
  if (!rubis_session_each_template_record (session, options->language, add_record, output, &error))
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_finish (output, _ ("The dossier has no template."));
  return RUBIS_EXIT_DONE;
}

static RubisExit
show_template (RubisCli *cli, const TemplateOptions *options, char **arguments)
{
  g_autoptr (RubisSession) session = rubis_cli_open (cli);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (session == NULL)
    return get_open_status (cli);
  text = rubis_session_get_template_text (session, arguments[0], options->language, &error);
  if (text == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  rubis_output_print (text);
  return RUBIS_EXIT_DONE;
}

/* --- lint ------------------------------------------------------------------------------------ */

/* What is found, while it is collected. */
typedef struct
{
  GVariantBuilder records;
  gboolean json;
  RubisSession *session; /* (unowned) (nullable) of @account */
  gint64 account;        /* 0: of no customer */
  gboolean has_errors;
  guint n_texts;
  guint n_problems;
} Lint;

static const char *
severity_to_word (const char *id)
{
  if (g_str_equal (id, "error"))
    return C_ ("severity", "error");
  return g_str_equal (id, "warning") ? C_ ("severity", "warning") : C_ ("severity", "advice");
}

/* "relance-1.md:12:4: error: unknown hashtag … [unknown-hashtag]", as compilers write it. */
static void
print_problem (GVariant *problem)
{
  g_autofree char *name = rubis_output_dup_text (problem, "template", RUBIS_COLUMN_TEXT);
  g_autofree char *severity = rubis_output_dup_text (problem, "severity", RUBIS_COLUMN_TEXT);
  g_autofree char *message = rubis_output_dup_text (problem, "message", RUBIS_COLUMN_TEXT);
  g_autofree char *code = rubis_output_dup_text (problem, "code", RUBIS_COLUMN_TEXT);
  gint64 line = 0;
  gint64 column = 0;

  g_variant_lookup (problem, "line", "x", &line);
  g_variant_lookup (problem, "column", "x", &column);
  rubis_output_print_line ("%s:%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ": %s: %s [%s]", name, line, column,
                           severity_to_word (severity), message, code);
}

/* @id: (nullable) of a template of the dossier. */
static gboolean
lint_text (Lint *lint, const char *id, const char *text, const char *name, GError **error)
{
  gboolean has_errors = FALSE;
  g_autoptr (GVariant) problems = NULL;
  GVariantIter iter;
  GVariant *problem;

  problems = lint->account != 0 ? rubis_session_lint_template_text (
                 lint->session, lint->account, id != NULL ? id : "", text, name, &has_errors, error)
                                : rubis_template_lint_text (text, name, &has_errors);
  if (problems == NULL)
    return FALSE;
  lint->n_texts++;
  lint->has_errors |= has_errors;
  g_variant_iter_init (&iter, problems);
  while ((problem = g_variant_iter_next_value (&iter)) != NULL)
    {
      lint->n_problems++;
      if (lint->json)
        g_variant_builder_add_value (&lint->records, problem);
      else
        print_problem (problem);
      g_variant_unref (problem);
    }
  return TRUE;
}

static gboolean
is_template_file (const char *name)
{
  return g_str_has_suffix (name, ".md") || g_str_has_suffix (name, ".txt");
}

static gboolean lint_path (Lint *lint, const char *path, gboolean named, GError **error);

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The files of a folder in the order of their names, folders in it included. */
static gboolean
lint_folder (Lint *lint, const char *path, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (folder == NULL)
    return FALSE;
  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);

      if (!lint_path (lint, child, FALSE, error))
        return FALSE;
    }
  return TRUE;
}

/* @named: a file that the user named is a template whatever it is called. */
static gboolean
lint_path (Lint *lint, const char *path, gboolean named, GError **error)
{
  g_autofree char *text = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return lint_folder (lint, path, error);
  if (!named && !is_template_file (path))
    return TRUE;
  if (!g_file_get_contents (path, &text, NULL, error))
    return FALSE;
  return lint_text (lint, NULL, text, path, error);
}

/* The templates of that id, or all; in every language unless one is asked for. */
static gboolean
lint_stored (Lint *lint, RubisSession *session, const char *id, const char *language, GError **error)
{
  g_autoptr (GPtrArray) entries = rubis_session_list_templates (session, FALSE, error);
  guint before = lint->n_texts;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const RubisTemplateEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *name = g_strdup_printf ("%s (%s)", entry->id, entry->language);
      g_autofree char *text = NULL;

      if ((id != NULL && !g_str_equal (entry->id, id))
          || (language != NULL && !g_str_equal (entry->language, language)))
        continue;
      text = rubis_session_load_template (session, entry->id, entry->language, 0, error);
      if (text == NULL || !lint_text (lint, entry->id, text, name, error))
        return FALSE;
    }
  if (entries != NULL && id != NULL && lint->n_texts == before)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("“%s” is neither a file nor a template of the dossier; “template list” lists them."), id);
  return entries != NULL && (id == NULL || lint->n_texts > before);
}

static RubisExit
finish_lint (Lint *lint)
{
  if (lint->json)
    rubis_output_print_json (g_variant_builder_end (&lint->records));
  else if (lint->n_problems == 0)
    rubis_output_print_line (ngettext ("%u template checked, nothing to say.",
                                       "%u templates checked, nothing to say.", lint->n_texts),
                             lint->n_texts);
  if (!lint->json)
    g_variant_builder_clear (&lint->records);
  return lint->has_errors ? RUBIS_EXIT_PARTIAL : RUBIS_EXIT_DONE;
}

static RubisExit
lint_templates (RubisCli *cli, const TemplateOptions *options, char **arguments)
{
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (GError) error = NULL;
  Lint lint = { .json = cli->format == RUBIS_OUTPUT_JSON };
  gboolean done = TRUE;

  if (options->account != NULL)
    {
      session = rubis_cli_open (cli);
      if (session == NULL)
        return get_open_status (cli);
      if (!rubis_session_find_account (session, options->account, &lint.account, &error))
        return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
      lint.session = session;
    }
  rubis_records_init (&lint.records);
  for (int i = 0; done && (i == 0 || arguments[i] != NULL); i++)
    {
      gboolean file = arguments[i] != NULL && g_file_test (arguments[i], G_FILE_TEST_EXISTS);

      if (!file && session == NULL)
        session = rubis_cli_open (cli);
      if (!file && session == NULL)
        {
          g_variant_builder_clear (&lint.records);
          return get_open_status (cli);
        }
      done = file ? lint_path (&lint, arguments[i], TRUE, &error)
                  : lint_stored (&lint, session, arguments[i], options->language, &error);
      if (arguments[i] == NULL)
        break;
    }
  if (done)
    return finish_lint (&lint);
  g_variant_builder_clear (&lint.records);
  return rubis_cli_fail (error, error->domain == G_FILE_ERROR ? RUBIS_EXIT_INPUT : RUBIS_EXIT_USAGE);
}

/* --- export ---------------------------------------------------------------------------------- */

/* One template in all its languages: to a file when there is one language, else below a folder. */
static RubisExit
export_one (RubisSession *session, const TemplateOptions *options, const char *path, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = rubis_session_list_templates (session, FALSE, &error);
  gboolean single = is_template_file (path);
  guint n = 0;

  if (entries == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  for (guint i = 0; i < entries->len; i++)
    {
      const RubisTemplateEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *name = g_strdup_printf ("%s.%s.md", entry->id, entry->language);
      g_autofree char *file = single ? g_strdup (path) : g_build_filename (path, name, NULL);

      if (!g_str_equal (entry->id, id)
          || (options->language != NULL && !g_str_equal (entry->language, options->language)))
        continue;
      if (single && n > 0)
        {
          rubis_cli_say (_ ("“%s” exists in several languages: name a folder, or add --language."), id);
          return RUBIS_EXIT_USAGE;
        }
      if (!single && g_mkdir_with_parents (path, 0777) != 0)
        {
          rubis_cli_say (_ ("The folder “%s” cannot be made."), path);
          return RUBIS_EXIT_DEVICE;
        }
      if (!rubis_session_export_template (session, entry->id, entry->language, file, &error))
        return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
      rubis_output_print_line ("%s", file);
      n++;
    }
  if (n > 0)
    return RUBIS_EXIT_DONE;
  rubis_cli_say (_ ("There is no template “%s”; “template list” lists them."), id);
  return RUBIS_EXIT_USAGE;
}

static RubisExit
export_templates (RubisCli *cli, const TemplateOptions *options, char **arguments)
{
  g_autoptr (RubisSession) session = rubis_cli_open (cli);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  int n_templates;
  int n_policies;

  if (session == NULL)
    return get_open_status (cli);
  if (arguments[1] != NULL)
    return export_one (session, options, arguments[0], arguments[1]);
  n_templates = rubis_session_export_templates (session, arguments[0], &error);
  if (n_templates < 0)
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  folder = g_build_filename (arguments[0], "policies", NULL);
  n_policies = rubis_session_export_policies (session, folder, &error);
  if (n_policies < 0)
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  /* Translators: counts of templates and of policies, then a folder. */
  rubis_output_print_line (_ ("%d templates and %d policies written to %s"), n_templates, n_policies,
                           arguments[0]);
  return RUBIS_EXIT_DONE;
}

/* --- import ---------------------------------------------------------------------------------- */

/* Parts the policies from what may hold templates: files named .ini, also in the folders named. */
static void
sort_paths (char **arguments, GPtrArray *templates, GPtrArray *policies)
{
  for (int i = 0; arguments[i] != NULL; i++)
    {
      g_autofree char *below = g_build_filename (arguments[i], "policies", NULL);
      const char *folders[] = { arguments[i], below };

      if (g_str_has_suffix (arguments[i], ".ini"))
        {
          g_ptr_array_add (policies, g_strdup (arguments[i]));
          continue;
        }
      g_ptr_array_add (templates, g_strdup (arguments[i]));
      for (gsize j = 0; j < G_N_ELEMENTS (folders); j++)
        {
          g_autoptr (GDir) folder = g_dir_open (folders[j], 0, NULL);
          const char *name;

          while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
            {
              if (g_str_has_suffix (name, ".ini"))
                g_ptr_array_add (policies, g_build_filename (folders[j], name, NULL));
            }
        }
    }
  g_ptr_array_sort (policies, compare_names);
  g_ptr_array_add (templates, NULL);
  g_ptr_array_add (policies, NULL);
}

/* Everything is checked before anything is changed; every mistake is said with its line. */
static RubisExit
check_import (Lint *lint, GPtrArray *templates, GError **error)
{
  for (guint i = 0; i + 1 < templates->len; i++)
    {
      if (!lint_path (lint, g_ptr_array_index (templates, i), TRUE, error))
        return RUBIS_EXIT_INPUT;
    }
  return lint->has_errors ? RUBIS_EXIT_INPUT : RUBIS_EXIT_DONE;
}

static RubisExit
import_templates (RubisCli *cli, const TemplateOptions *options, char **arguments)
{
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) policies = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RubisSession) session = rubis_cli_open (cli);
  g_autoptr (GError) error = NULL;
  Lint lint = { 0 };
  int n_policies;
  int n_templates = 0;

  if (session == NULL)
    return get_open_status (cli);
  sort_paths (arguments, templates, policies);
  if (check_import (&lint, templates, &error) != RUBIS_EXIT_DONE)
    {
      rubis_cli_say ("%s",
                     error != NULL ? error->message : _ ("Nothing was imported: correct the errors first."));
      return RUBIS_EXIT_INPUT;
    }
  n_policies = rubis_session_import_policies (session, (const char *const *)policies->pdata, TRUE, &error);
  if (n_policies >= 0 && !options->dry_run && lint.n_texts > 0)
    n_templates = rubis_session_import_templates (session, (const char *const *)templates->pdata, &error);
  if (n_policies > 0 && n_templates >= 0 && !options->dry_run)
    n_policies = rubis_session_import_policies (session, (const char *const *)policies->pdata, FALSE, &error);
  if (n_policies < 0 || n_templates < 0)
    return rubis_cli_fail (error, RUBIS_EXIT_INPUT) == RUBIS_EXIT_DOSSIER ? RUBIS_EXIT_DOSSIER
                                                                          : RUBIS_EXIT_INPUT;
  if (options->dry_run)
    rubis_output_print_line (_ ("%u templates and %u policies can be imported; nothing was changed."),
                             lint.n_texts, policies->len - 1);
  else
    rubis_output_print_line (_ ("%d templates and %d policies have a new version."), n_templates, n_policies);
  return RUBIS_EXIT_DONE;
}

/* --- reference ------------------------------------------------------------------------------- */

static const RubisColumn hashtag_columns[] = {
  { "name", N_ ("Hashtag"), RUBIS_COLUMN_TEXT },    { "alias", N_ ("Other name"), RUBIS_COLUMN_TEXT },
  { "family", N_ ("Family"), RUBIS_COLUMN_TEXT },   { "description", N_ ("Description"), RUBIS_COLUMN_TEXT },
  { "example", N_ ("Example"), RUBIS_COLUMN_TEXT },
};

RubisExit
rubis_cli_print_guide (RubisGuideTopic topic, const char *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) guide = rubis_guide_load (topic, language, &error);
  g_autofree char *text = guide != NULL ? rubis_guide_to_text (guide) : NULL;

  if (text == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DEVICE);
  rubis_output_print (text);
  return RUBIS_EXIT_DONE;
}

static RubisExit
print_reference (RubisCli *cli, const TemplateOptions *options, char **arguments)
{
  g_autoptr (RubisSession) session = NULL;
  g_autoptr (GVariant) hashtags = NULL;
  g_autoptr (GError) error = NULL;
  const char *language = options->language != NULL ? options->language : rubis_format_ui_language ();
  gint64 account = 0;

  if (options->guide)
    return rubis_cli_print_guide (RUBIS_GUIDE_TEMPLATES, language);
  if (options->account != NULL)
    {
      session = rubis_cli_open (cli);
      if (session == NULL)
        return get_open_status (cli);
      if (!rubis_session_find_account (session, options->account, &account, &error))
        return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
    }
  hashtags = rubis_template_list_hashtags (session, account, language, &error);
  if (hashtags == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  rubis_output_print_list (cli->format, hashtags, hashtag_columns, G_N_ELEMENTS (hashtag_columns), NULL);
  return RUBIS_EXIT_DONE;
}

/* --- the command ----------------------------------------------------------------------------- */

static const struct
{
  const char *name;
  int min;
  int max; /* -1: any */
  TemplateFunc func;
} subcommands[] = {
  { "list", 0, 0, list_templates },      { "show", 1, 1, show_template },
  { "lint", 0, -1, lint_templates },     { "export", 1, 2, export_templates },
  { "import", 1, -1, import_templates }, { "reference", 0, 0, print_reference },
};

RubisExit
rubis_cli_run_template (RubisCli *cli, int argc, char **argv)
{
  TemplateOptions options = { 0 };
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language,
      N_ ("Only this language (show: default the first)"), "fr" },
    { "account", 0, 0, G_OPTION_ARG_STRING, &options.account,
      N_ ("lint: for this customer; reference: with its values"), N_ ("CODE") },
    { "guide", 0, 0, G_OPTION_ARG_NONE, &options.guide,
      N_ ("reference: explain the language of templates, with examples"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_ ("import: only check the files"), NULL },
    { 0 },
  };
  RubisExit status = RUBIS_EXIT_USAGE;
  gboolean known = FALSE;

  if (rubis_cli_parse (cli, entries, 1, -1, &argv))
    {
      int n = (int)g_strv_length (argv) - 2;

      for (gsize i = 0; i < G_N_ELEMENTS (subcommands) && !known; i++)
        {
          known = g_str_equal (subcommands[i].name, argv[1]) && n >= subcommands[i].min
                  && (subcommands[i].max < 0 || n <= subcommands[i].max);
          if (known)
            status = subcommands[i].func (cli, &options, argv + 2);
        }
      if (!known)
        rubis_cli_say (_ (
            "Say “template list”, “show ID”, “lint [ID or FILE…]”, “export FOLDER [ID]”, “import FILE…” or "
            "“reference”."));
    }
  g_free (options.language);
  g_free (options.account);
  return status;
}
