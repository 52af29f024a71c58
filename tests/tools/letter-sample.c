/* letter-sample: writes sample letters to a folder, for the eye and for pictures.
 *
 *   RUBIS_SOURCE_DIR=. letter-sample FOLDER
 */
#include "letter-fixture.h"

#include <stdlib.h>

static void
save (RubisLetterWriter *writer, RubisLetterhead *letterhead, RubisDocument *document,
      RubisLetterOptions options, const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  guint n_pages = 0;

  pdf = rubis_letter_writer_write (writer, document, letterhead, &options, &n_pages, &error);
  if (pdf == NULL
      || !g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error))
    {
      g_printerr ("%s: %s\n", path, error->message);
      exit (EXIT_FAILURE);
    }
  g_print ("%s: %u pages\n", path, n_pages);
}

static void
save_text (const char *text, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, text, -1, &error))
    {
      g_printerr ("%s: %s\n", path, error->message);
      exit (EXIT_FAILURE);
    }
}

/* A formal notice on the paper of each country, with and without the windows of its envelopes. */
static void
save_positions (RubisLetterWriter *writer, const char *folder)
{
  static const char *const names[RUBIS_N_ADDRESS_POSITIONS] = { "france", "din-b", "din-a", "swiss" };
  g_autoptr (GBytes) logo = letter_fixture_make_logo ();
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr (RubisDocument) document = NULL;

  letter_fixture_add_items (context, 4);
  document = letter_fixture_render ("fr/mise-en-demeure.md", context);
  for (int i = 0; i < RUBIS_N_ADDRESS_POSITIONS * 3; i++)
    {
      g_autofree char *plain = g_strdup_printf ("%s-%d.pdf", names[i / 3], i % 3);
      g_autofree char *shown = g_strdup_printf ("%s-%d-enveloppe.pdf", names[i / 3], i % 3);
      g_autoptr (RubisLetterhead) letterhead = NULL;
      RubisLetterheadFacts facts;

      letter_fixture_fill_facts (&facts);
      facts.logo = logo;
      facts.logo_place = i % 3;
      facts.position = i / 3;
      letterhead = rubis_letterhead_new (&facts, NULL);
      save (writer, letterhead, document, (RubisLetterOptions){ 0 }, folder, plain);
      save (writer, letterhead, document, (RubisLetterOptions){ .envelope = TRUE }, folder, shown);
    }
}

/* What goes out as an email or is read out. */
static void
save_texts (RubisDocument *document, const char *folder)
{
  g_autofree char *text = rubis_document_to_text (document, 76);
  g_autofree char *html = NULL;

  if (rubis_document_get_channel (document) == RUBIS_CHANNEL_CALL)
    {
      save_text (text, folder, "appel.txt");
      return;
    }
  html = rubis_document_to_html (document, 0x2a4a6b);
  save_text (html, folder, "courriel.html");
  save_text (text, folder, "courriel.txt");
}

/* A day's letters in one file, with a copy of an invoice behind them or without. */
static void
save_batch (RubisLetterWriter *writer, const char *folder, const char *name, gboolean with_copy)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (RubisLetterhead) letterhead = letter_fixture_letterhead (TRUE);
  g_autoptr (GError) error = NULL;
  gboolean done;

  done = rubis_letter_writer_begin_batch (writer, path, "Courriers du 2 novembre 2026",
                                          rubis_date_from_ymd (2026, 11, 2), &error);
  for (guint i = 1; done && i < 4; i++)
    {
      g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
      g_autoptr (RubisDocument) document = NULL;

      letter_fixture_add_items (context, 12 * i);
      document = letter_fixture_render ("fr/relance-4.md", context);
      done = rubis_letter_writer_append (writer, document, letterhead, NULL, NULL, &error);
      if (done && with_copy)
        {
          g_autoptr (GBytes) copy
              = rubis_letter_writer_write (writer, document, letterhead, NULL, NULL, &error);

          done = rubis_letter_writer_append_pdf (writer, copy, NULL, &error);
        }
    }
  if (!done || !rubis_letter_writer_end_batch (writer, &error))
    {
      g_printerr ("%s: %s\n", path, error->message);
      exit (EXIT_FAILURE);
    }
}

/* Letters of many scripts, and a table of cells over pages. */
static void
save_special (RubisLetterWriter *writer, const char *folder)
{
  g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
  g_autoptr (RubisLetterhead) letterhead = letter_fixture_letterhead (TRUE);
  g_autoptr (RubisGrid) grid = rubis_grid_new ();
  g_autoptr (RubisTemplate) template_ = NULL;
  g_autoptr (RubisDocument) document = NULL;

  rubis_grid_add_column (grid, "Date", RUBIS_GRID_LEFT, 2);
  rubis_grid_add_column (grid, "Événement", RUBIS_GRID_LEFT, 6);
  rubis_grid_add_column (grid, "Montant", RUBIS_GRID_RIGHT, 1);
  for (int i = 1; i <= 40; i++)
    {
      g_autofree char *date = g_strdup_printf ("%d mars 2026", i % 28 + 1);

      rubis_grid_add_row (
          grid,
          (const char *[]){ date,
                            i % 3 == 0 ? "Lettre recommandée avec avis de réception, présentée puis avisée, "
                                         "non réclamée dans le délai de quinze jours"
                                       : "Facture FA-2026-0107 échue",
                            i % 4 == 0 ? "8 450,50" : NULL });
    }
  rubis_grid_add_total (grid, (const char *[]){ "Total", NULL, "84 505,00" });
  rubis_document_context_set_grid (context, RUBIS_HASHTAG_CHRONOLOGY, grid);
  rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_NAME,
                                   "שלום עולם — مؤسسة البناء — Ωμέγα — Жук — 建設会社 — ☎ 😀 e\u0301");
  letter_fixture_add_items (context, 2);
  template_ = rubis_template_new (
      "---\nid: a\nname: A\nlanguage: fr\nchannel: letter\nkind: reminder\n"
      "subject: Chronologie de #NomClient\n---\nPour #NomClient :\n\n- un ;\n- *deux* ;\n"
      "- **trois**.\n\n#Chronologie\n\n#ListeSelection\n\n#MaSignature\n",
      "a", NULL);
  document = rubis_template_render (template_, context, RUBIS_RENDER_PREVIEW, NULL);
  save (writer, letterhead, document, (RubisLetterOptions){ 0 }, folder, "chronologie.pdf");
}

/* Names of 200 letters without a blank, in every place and position. */
static void
save_long_names (RubisLetterWriter *writer, const char *folder)
{
  g_autofree char *name = g_strnfill (200, 'W');
  g_autofree char *address
      = g_strdup_printf ("%s\n%s\n12 RUE A\nBP 4\n75001 PARIS CEDEX\nFRANCE", name, name);

  for (int position = 0; position < RUBIS_N_ADDRESS_POSITIONS; position++)
    {
      g_autoptr (RubisDocumentContext) context = letter_fixture_context ("fr");
      g_autofree char *file = g_strdup_printf ("noms-longs-%d.pdf", position);
      g_autoptr (RubisLetterhead) letterhead = NULL;
      g_autoptr (RubisDocument) document = NULL;
      RubisLetterheadFacts facts;

      letter_fixture_fill_facts (&facts);
      facts.name = facts.address = facts.email = name;
      facts.position = position;
      rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_NAME, name);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_CODE, name);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_CUSTOMER_ADDRESS, address);
      rubis_document_context_set_text (context, RUBIS_HASHTAG_USER_NAME, name);
      letter_fixture_add_items (context, 3);
      document = letter_fixture_render ("fr/mise-en-demeure.md", context);
      letterhead = rubis_letterhead_new (&facts, NULL);
      save (writer, letterhead, document, (RubisLetterOptions){ 0 }, folder, file);
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *file;
    const char *template;
    const char *language;
    guint n_items; /* 0: the mixed ones */
    gboolean logo;
    RubisLetterForm form;
  } samples[] = {
    { "relance-courtoise.pdf", "fr/relance-1-courrier.md", "fr", 4, TRUE, RUBIS_LETTER_FORM_LETTER },
    { "relance-deux-pages.pdf", "fr/relance-4.md", "fr", 26, TRUE, RUBIS_LETTER_FORM_LETTER },
    { "mise-en-demeure.pdf", "fr/mise-en-demeure.md", "fr", 0, FALSE, RUBIS_LETTER_FORM_LETTER },
    { "releve.pdf", "fr/releve.md", "fr", 0, TRUE, RUBIS_LETTER_FORM_LETTER },
    { "formal-notice.pdf", "en/mise-en-demeure.md", "en", 2, TRUE, RUBIS_LETTER_FORM_LETTER },
    { "courriel.pdf", "fr/relance-2.md", "fr", 0, FALSE, RUBIS_LETTER_FORM_PREVIEW },
    { "appel.pdf", "fr/appel.md", "fr", 0, FALSE, RUBIS_LETTER_FORM_PREVIEW },
  };
  g_autoptr (RubisLetterWriter) writer = rubis_letter_writer_new ();

  if (argc != 2)
    {
      g_printerr ("usage: letter-sample FOLDER\n");
      return EXIT_FAILURE;
    }
  g_mkdir_with_parents (argv[1], 0755);
  save_positions (writer, argv[1]);
  save_batch (writer, argv[1], "lot.pdf", FALSE);
  save_batch (writer, argv[1], "lot-copies.pdf", TRUE);
  save_special (writer, argv[1]);
  save_long_names (writer, argv[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (RubisDocumentContext) context = letter_fixture_context (samples[i].language);
      g_autoptr (RubisLetterhead) letterhead = letter_fixture_letterhead (samples[i].logo);
      g_autoptr (RubisDocument) document = NULL;

      if (samples[i].n_items == 0)
        {
          letter_fixture_add_mixed_items (context);
          g_assert_true (rubis_document_context_complete (context, NULL));
        }
      else
        letter_fixture_add_items (context, samples[i].n_items);
      document = letter_fixture_render (samples[i].template, context);
      save (writer, letterhead, document, (RubisLetterOptions){ samples[i].form }, argv[1], samples[i].file);
      if (samples[i].form != RUBIS_LETTER_FORM_PREVIEW)
        continue;
      save_texts (document, argv[1]);
    }
  return EXIT_SUCCESS;
}
