/* actor: colleagues who resolve disputes and receive copies. */
#include "rubis-cli.h"

#include <glib/gi18n-lib.h>

#include "rubis-actors.h"
#include "rubis-record.h"

static const RubisColumn columns[] = {
  { "name", N_ ("Name"), RUBIS_COLUMN_TEXT },           { "role", N_ ("Role"), RUBIS_COLUMN_TEXT },
  { "code", N_ ("Code"), RUBIS_COLUMN_TEXT },           { "email", N_ ("Email address"), RUBIS_COLUMN_TEXT },
  { "phone", N_ ("Phone"), RUBIS_COLUMN_TEXT },         { "active", N_ ("In use"), RUBIS_COLUMN_TEXT },
  { "disputes", N_ ("Disputes"), RUBIS_COLUMN_NUMBER },
};

/* What the options say; NULL: nothing. */
typedef struct
{
  char *name;
  char *email;
  char *phone;
  char *role;
  char *code;
  char *note;
  gboolean on;
  gboolean off;
  gboolean all;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->name);
  g_free (options->email);
  g_free (options->phone);
  g_free (options->role);
  g_free (options->code);
  g_free (options->note);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static GVariant *
make_record (const RubisActor *actor, RubisOutputFormat format)
{
  GVariantBuilder record;

  rubis_record_init (&record);
  rubis_record_add_int (&record, "id", actor->id);
  rubis_record_add_text (&record, "name", actor->name);
  rubis_record_add_text (&record, "role", actor->role);
  rubis_record_add_text (&record, "code", actor->code);
  rubis_record_add_text (&record, "email", actor->email);
  rubis_record_add_text (&record, "phone", actor->phone);
  rubis_record_add_text (&record, "note", actor->note);
  if (format == RUBIS_OUTPUT_TEXT)
    rubis_record_add_text (&record, "active", actor->active ? _ ("Yes") : _ ("No"));
  else
    rubis_record_add_bool (&record, "active", actor->active);
  rubis_record_add_int (&record, "disputes", actor->n_open_disputes);
  return g_variant_builder_end (&record);
}

static RubisExit
list (RubisCli *cli, RubisSession *session, gboolean all)
{
  g_autoptr (RubisOutput) output = rubis_output_new (cli->format, columns, G_N_ELEMENTS (columns));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) actors = rubis_session_list_actors (session, all, &error);

  if (actors == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_DOSSIER);
  for (guint i = 0; i < actors->len; i++)
    {
      g_autoptr (GVariant) record
          = g_variant_ref_sink (make_record (g_ptr_array_index (actors, i), cli->format));

      rubis_output_add (output, record);
    }
  rubis_output_finish (output, _ ("No colleague was added yet."));
  return RUBIS_EXIT_DONE;
}

static void
apply_options (RubisActor *actor, const Options *options)
{
  if (options->name != NULL)
    rubis_actor_set (actor, name, options->name);
  if (options->email != NULL)
    rubis_actor_set (actor, email, options->email);
  if (options->phone != NULL)
    rubis_actor_set (actor, phone, options->phone);
  if (options->role != NULL)
    rubis_actor_set (actor, role, options->role);
  if (options->code != NULL)
    rubis_actor_set (actor, code, options->code);
  if (options->note != NULL)
    rubis_actor_set (actor, note, options->note);
  if (options->on || options->off)
    actor->active = options->on;
}

/* @actor: (transfer full) */
static RubisExit
keep (RubisCli *cli, RubisSession *session, RubisActor *actor, const Options *options)
{
  g_autoptr (RubisActor) owned = actor;
  g_autoptr (RubisActor) kept = NULL;
  g_autoptr (GVariant) record = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  apply_options (actor, options);
  id = rubis_session_set_actor (session, actor, &error);
  kept = id != 0 ? rubis_session_load_actor (session, id, &error) : NULL;
  if (kept == NULL)
    return rubis_cli_fail (error, RUBIS_EXIT_USAGE);
  record = g_variant_ref_sink (make_record (kept, cli->format));
  if (cli->format == RUBIS_OUTPUT_JSON)
    rubis_output_print_json (record);
  else
    rubis_output_print_line (_ ("%s is kept among the colleagues."), kept->name);
  return RUBIS_EXIT_DONE;
}

static RubisExit
run (RubisCli *cli, RubisSession *session, char **argv, const Options *options)
{
  RubisActor *actor;
  g_autoptr (GError) error = NULL;
  gint64 id;

  if (g_str_equal (argv[0], "list"))
    return list (cli, session, options->all);
  if (g_str_equal (argv[0], "add"))
    {
      actor = rubis_actor_new ();
      rubis_actor_set (actor, name, argv[1]);
      return keep (cli, session, actor, options);
    }
  id = rubis_session_find_actor (session, argv[1], &error);
  actor = id != 0 ? rubis_session_load_actor (session, id, &error) : NULL;
  return actor != NULL ? keep (cli, session, actor, options) : rubis_cli_fail (error, RUBIS_EXIT_USAGE);
}

RubisExit
rubis_cli_run_actor (RubisCli *cli, int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("Another name"), N_ ("NAME") },
    { "email", 0, 0, G_OPTION_ARG_STRING, &options.email, N_ ("Where requests are sent"), N_ ("ADDRESS") },
    { "phone", 0, 0, G_OPTION_ARG_STRING, &options.phone, N_ ("Phone number"), N_ ("NUMBER") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role, N_ ("What the colleague does"), N_ ("TEXT") },
    { "code", 0, 0, G_OPTION_ARG_STRING, &options.code, N_ ("As files name a sales representative"),
      N_ ("CODE") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &options.note, N_ ("Anything else"), N_ ("TEXT") },
    { "on", 0, 0, G_OPTION_ARG_NONE, &options.on, N_ ("Offer the colleague again"), NULL },
    { "off", 0, 0, G_OPTION_ARG_NONE, &options.off, N_ ("Do not offer the colleague any more"), NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options.all, N_ ("List those switched off too"), NULL },
    { 0 },
  };
  g_autoptr (RubisSession) session = NULL;
  gboolean named;

  if (!rubis_cli_parse (cli, entries, 1, 2, &argv))
    return RUBIS_EXIT_USAGE;
  named = g_str_equal (argv[1], "add") || g_str_equal (argv[1], "change");
  if ((!named && !g_str_equal (argv[1], "list")) || named != (argv[2] != NULL) || (options.on && options.off))
    {
      rubis_cli_say (_ ("Write “actor list”, “actor add NAME” or “actor change NAME”."));
      return RUBIS_EXIT_USAGE;
    }
  session = rubis_cli_open (cli);
  if (session == NULL)
    return cli->dossier != NULL ? RUBIS_EXIT_DOSSIER : RUBIS_EXIT_USAGE;
  return run (cli, session, argv + 1, &options);
}
