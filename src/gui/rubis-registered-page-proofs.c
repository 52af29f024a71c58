/* Scans dropped on the section: what each seems to be, and one click to keep it and note what it says. */
#include <glib/gi18n-lib.h>

#include "rubis-postal-number.h"
#include "rubis-registered-page-private.h"
#include "rubis-ui.h"

/* A file on its way: recognised, then kept. */
typedef struct
{
  RubisRegisteredPage *page; /* (owned) */
  char *path;                /* (nullable) to be recognised */
  gint64 only;
  RubisProofGuess *guess; /* (owned) (nullable) */
  gboolean advance;       /* to be kept: note the state too */
  RubisDate date;
  GtkWidget *row;    /* (owned) (nullable) of the proposal that is carried out */
  gint64 letter_id;  /* whose proofs are shown */
  GPtrArray *titles; /* (element-type utf8) of them */
  GPtrArray *pdfs;   /* (element-type GBytes) */
} Scan;

static void
scan_free (gpointer data)
{
  Scan *scan = data;

  g_object_unref (scan->page);
  g_clear_pointer (&scan->guess, rubis_proof_guess_free);
  g_clear_object (&scan->row);
  g_clear_pointer (&scan->titles, g_ptr_array_unref);
  g_clear_pointer (&scan->pdfs, g_ptr_array_unref);
  g_free (scan->path);
  g_free (scan);
}

static Scan *
scan_new (RubisRegisteredPage *page)
{
  Scan *scan = g_new0 (Scan, 1);

  scan->page = g_object_ref (page);
  return scan;
}

/* --- keeping --- */

static gpointer
keep_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Scan *scan = data;
  RubisProofGuess *guess = scan->guess;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  /* The state first: when the day is wrong, nothing is kept and the proposal stays. */
  g_array_append_val (ids, guess->letter->id);
  if (scan->advance && !rubis_session_advance_registered (session, ids, guess->state, scan->date, error))
    return NULL;
  return rubis_session_add_proof (session, guess->letter->id, guess->kind, guess, error) ? GINT_TO_POINTER (1)
                                                                                         : NULL;
}

static void
remove_proposal (RubisRegisteredPage *self, GtkWidget *row)
{
  gtk_list_box_remove (self->proposals, row);
  gtk_widget_set_visible (self->proposals_box, gtk_list_box_get_row_at_index (self->proposals, 0) != NULL);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Scan *scan = user_data;
  g_autoptr (GError) error = NULL;

  gboolean done = rubis_session_run_finish (RUBIS_SESSION (source), result, &error) != NULL;

  if (!done && scan->page->list != NULL)
    {
      rubis_registered_page_show_problem (scan->page, error->message);
      gtk_widget_set_sensitive (scan->row, TRUE);
    }
  else if (done && scan->page->list != NULL && gtk_widget_get_parent (scan->row) != NULL)
    {
      rubis_registered_page_show_problem (scan->page, NULL);
      remove_proposal (scan->page, scan->row);
      rubis_ui_toast (GTK_WIDGET (scan->page), _ ("Kept with the letter"), TRUE);
    }
  scan_free (scan);
}

static void
keep (RubisRegisteredPage *self, GtkWidget *button, gboolean advance)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  RubisProofGuess *guess = g_object_get_data (G_OBJECT (row), "rubis-guess");
  RubisDate date = advance ? rubis_registered_page_read_date (self) : RUBIS_DATE_NONE;
  Scan *scan;

  if (advance && date == RUBIS_DATE_NONE)
    return;
  scan = scan_new (self);
  scan->guess = g_new0 (RubisProofGuess, 1);
  *scan->guess = *guess;
  scan->guess->file_name = g_strdup (guess->file_name);
  scan->guess->media_type = g_strdup (guess->media_type);
  scan->guess->content = g_bytes_ref (guess->content);
  scan->guess->letter = g_object_ref (guess->letter);
  scan->advance = advance;
  scan->date = date;
  scan->row = g_object_ref (row);
  gtk_widget_set_sensitive (row, FALSE);
  rubis_session_run_async (self->session, NULL, keep_work, scan, NULL, NULL, NULL, kept_cb, scan);
}

static void
keep_and_note_cb (GtkWidget *button, RubisRegisteredPage *self)
{
  keep (self, button, TRUE);
}

static void
keep_cb (GtkWidget *button, RubisRegisteredPage *self)
{
  keep (self, button, FALSE);
}

static void
forget_cb (GtkWidget *button, RubisRegisteredPage *self)
{
  remove_proposal (self, gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW));
}

/* --- proposing --- */

static char *
describe_guess (const RubisProofGuess *guess)
{
  static const char *const sources[] = {
    [RUBIS_PROOF_BY_NOTHING] = N_ ("dropped on this letter"),
    [RUBIS_PROOF_BY_TEXT] = N_ ("recognised by its text"),
    [RUBIS_PROOF_BY_BARCODE] = N_ ("recognised by its bar code"),
    [RUBIS_PROOF_BY_FILE_NAME] = N_ ("recognised by its name"),
  };
  g_autofree char *number = NULL;

  if (guess->letter == NULL)
    return g_strdup (_ ("No number of a registered letter is on it: drop it on its letter in the list."));
  number = rubis_postal_number_format (guess->letter->number);
  return g_strdup_printf ("%s · %s%s%s · %s", rubis_proof_kind_to_label (guess->kind),
                          guess->letter->account_name, *number != '\0' ? " · " : "", number,
                          _ (sources[guess->source]));
}

static GtkWidget *
add_button (AdwActionRow *row, const char *label, GCallback callback, RubisRegisteredPage *self)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect (button, "clicked", callback, self);
  adw_action_row_add_suffix (row, button);
  return button;
}

/* @guess: (transfer full) */
static void
propose (RubisRegisteredPage *self, RubisProofGuess *guess)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = describe_guess (guess);
  GtkWidget *close;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), guess->file_name);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  g_object_set (row, "subtitle", text, NULL);
  g_object_set_data_full (G_OBJECT (row), "rubis-guess", guess, (GDestroyNotify)rubis_proof_guess_free);
  if (guess->letter != NULL && guess->proposes)
    {
      /* Translators: keep a scan, and note the state that it proves: "Keep and note: Received". */
      g_autofree char *label
          = g_strdup_printf (_ ("Keep and note: %s"), rubis_registered_state_to_label (guess->state));

      gtk_widget_add_css_class (add_button (ADW_ACTION_ROW (row), label, G_CALLBACK (keep_and_note_cb), self),
                                "suggested-action");
    }
  if (guess->letter != NULL)
    add_button (ADW_ACTION_ROW (row), _ ("Only keep"), G_CALLBACK (keep_cb), self);
  close = add_button (ADW_ACTION_ROW (row), "", G_CALLBACK (forget_cb), self);
  gtk_button_set_icon_name (GTK_BUTTON (close), "window-close-symbolic");
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_tooltip_text (close, _ ("Leave this file alone"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Leave this file alone"), -1);
  gtk_list_box_append (self->proposals, row);
  gtk_widget_set_visible (self->proposals_box, TRUE);
}

static gpointer
recognise_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Scan *scan = data;
  g_autoptr (GBytes) content = NULL;
  char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (scan->path, &text, &length, error))
    return NULL;
  content = g_bytes_new_take (text, length);
  return rubis_session_recognise_proof (session, scan->path, content, scan->only, error);
}

static void
recognised_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Scan *scan = user_data;
  g_autoptr (GError) error = NULL;
  RubisProofGuess *guess = rubis_session_run_finish (RUBIS_SESSION (source), result, &error);

  if (scan->page->list == NULL)
    g_clear_pointer (&guess, rubis_proof_guess_free);
  else if (guess == NULL)
    rubis_registered_page_show_problem (scan->page, error->message);
  else
    propose (scan->page, guess);
  scan_free (scan);
}

void
rubis_registered_page_take_files (RubisRegisteredPage *self, GPtrArray *paths, gint64 only)
{
  g_return_if_fail (RUBIS_IS_REGISTERED_PAGE (self) && paths != NULL);

  for (guint i = 0; i < paths->len; i++)
    {
      Scan *scan = scan_new (self);

      scan->path = g_strdup (paths->pdata[i]);
      scan->only = only;
      rubis_ui_read_async (self->session, recognise_work, scan, NULL, (GDestroyNotify)rubis_proof_guess_free,
                           NULL, recognised_cb, scan);
    }
}

/* --- showing --- */

static gpointer
load_work (RubisSession *session, RubisProgress *progress, gpointer data, GError **error)
{
  Scan *scan = data;
  g_autoptr (GPtrArray) proofs = rubis_session_list_proofs (session, scan->letter_id, error);

  scan->titles = g_ptr_array_new_with_free_func (g_free);
  scan->pdfs = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  for (guint i = 0; proofs != NULL && i < proofs->len; i++)
    {
      const RubisProof *proof = proofs->pdata[i];
      GBytes *pdf = rubis_session_load_proof_pdf (session, proof->id, error);

      if (pdf == NULL)
        return NULL;
      g_ptr_array_add (scan->pdfs, pdf);
      g_ptr_array_add (scan->titles, g_strdup (rubis_proof_kind_to_label (proof->kind)));
    }
  return proofs != NULL ? GINT_TO_POINTER (1) : NULL;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Scan *scan = user_data;
  g_autoptr (GError) error = NULL;

  gboolean done = rubis_session_run_finish (RUBIS_SESSION (source), result, &error) != NULL;
  gboolean there = scan->page->list != NULL;

  if (there && !done)
    rubis_registered_page_show_problem (scan->page, error->message);
  for (guint i = 0; there && done && i < scan->pdfs->len; i++)
    {
      g_autofree char *name = g_strconcat (scan->titles->pdata[i], ".pdf", NULL);

      rubis_registered_page_show_pdf (scan->page, scan->titles->pdata[i], name, scan->pdfs->pdata[i]);
    }
  scan_free (scan);
}

void
rubis_registered_page_view_proofs (RubisRegisteredPage *self, RubisRegisteredLetter *letter)
{
  Scan *scan = scan_new (self);

  scan->letter_id = letter->id;
  rubis_ui_read_async (self->session, load_work, scan, NULL, NULL, NULL, loaded_cb, scan);
}
