/* Proofs that come back from the post: recognised, kept, shown. */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-identifiers.h"
#include "rubis-import-preview.h"
#include "rubis-pdf-binder.h"
#include "rubis-pdf-scan.h"
#include "rubis-registered-papers.h"
#include "rubis-registered-private.h"
#include "rubis-registered.h"
#include "rubis-text.h"

/* Pages of a scan that are looked at: a receipt has one or two. */
#define MAX_PAGES 4

static const struct {
  const char *id;
  const char *label; /* untranslated */
} kinds[RUBIS_N_PROOF_KINDS] = {
  [RUBIS_PROOF_POSTING] = { "deposit_proof", N_("Proof of posting") },
  [RUBIS_PROOF_RECEIPT] = { "receipt", N_("Signed receipt") },
  [RUBIS_PROOF_ENVELOPE] = { "returned_envelope", N_("Returned envelope") },
};

const char *
rubis_proof_kind_to_id (RubisProofKind kind)
{
  g_return_val_if_fail (kind < RUBIS_N_PROOF_KINDS, "");

  return kinds[kind].id;
}

gboolean
rubis_proof_kind_from_id (const char *id, RubisProofKind *kind)
{
  g_return_val_if_fail (id != NULL && kind != NULL, FALSE);

  for (int i = 0; i < RUBIS_N_PROOF_KINDS; i++)
    {
      if (g_str_equal (kinds[i].id, id))
        {
          *kind = (RubisProofKind) i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_proof_kind_to_label (RubisProofKind kind)
{
  g_return_val_if_fail (kind < RUBIS_N_PROOF_KINDS, "");

  return _(kinds[kind].label);
}

const char *
rubis_proof_source_to_id (RubisProofSource source)
{
  static const char *const ids[] = { "", "text", "barcode", "file_name" };

  return ids[source];
}

void
rubis_proof_guess_free (RubisProofGuess *self)
{
  g_free (self->file_name);
  g_free (self->media_type);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_clear_object (&self->letter);
  g_free (self);
}

void
rubis_proof_free (RubisProof *self)
{
  g_free (self->file_name);
  g_free (self->media_type);
  g_free (self);
}

/* --- Recognising ------------------------------------------------------------------------------- */

static gboolean
starts_with (GBytes *content, const char *magic, gsize length)
{
  gsize size;
  const char *data = g_bytes_get_data (content, &size);

  return size >= length && memcmp (data, magic, length) == 0;
}

/* "application/pdf", "image/png", "image/jpeg", or NULL; static. */
static const char *
find_media_type (GBytes *content)
{
  if (starts_with (content, "%PDF", 4))
    return "application/pdf";
  if (starts_with (content, "\x89PNG", 4))
    return "image/png";
  return starts_with (content, "\xff\xd8\xff", 3) ? "image/jpeg" : NULL;
}

/* A picture as the only page of a PDF; a PDF as it is. (transfer full) */
static GBytes *
to_pdf (GBytes *content, const char *media_type, const char *title, RubisDate date, GError **error)
{
  const RubisPdfBinderFacts facts = { .title = title, .language = "fr", .date = date };
  const RubisPdfBinderPart part = { .title = title, .content = content };
  g_autoptr(RubisPdfBinder) binder = NULL;

  if (g_str_equal (media_type, "application/pdf"))
    return g_bytes_ref (content);
  binder = rubis_pdf_binder_new (&facts);
  if (!rubis_pdf_binder_add_part (binder, &part, NULL, NULL, error))
    return NULL;
  return rubis_pdf_binder_finish (binder, error);
}

/* Capital letters and digits only: numbers are grouped in many ways. (transfer full) */
static char *
squeeze (const char *text)
{
  GString *result = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (result, g_ascii_toupper (*p));
    }
  return g_string_free (result, FALSE);
}

/* The letter whose number stands in @text; the newest of several. (unowned) (nullable) */
static RubisRegisteredLetter *
find_number (GPtrArray *letters, const char *text)
{
  g_autofree char *squeezed = squeeze (text);

  for (guint i = 0; i < letters->len; i++)
    {
      RubisRegisteredLetter *letter = g_ptr_array_index (letters, i);

      if (*letter->number != '\0' && strstr (squeezed, letter->number) != NULL)
        return letter;
    }
  return NULL;
}

static void
take_letter (RubisProofGuess *guess, RubisRegisteredLetter *letter, RubisProofSource source)
{
  if (letter == NULL || guess->letter != NULL)
    return;
  guess->letter = g_object_ref (letter);
  guess->source = source;
}

static gboolean
has_any (const char *folded, const char *const *words)
{
  for (int i = 0; words[i] != NULL; i++)
    {
      if (strstr (folded, words[i]) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* What the name of the file says that it is. */
static gboolean
read_name (RubisProofGuess *guess, const char *name)
{
  static const char *const posting[] = { "depot", "posting", "bordereau", NULL };
  static const char *const receipt[] = { "avis", "accuse", "receipt", "recu", NULL };
  static const char *const unknown[] = { "npai", "inconnu", "unknown", NULL };
  static const char *const unclaimed[] = { "non reclame", "non-reclame", "unclaimed", NULL };
  static const char *const refused[] = { "refus", NULL };
  static const char *const envelope[] = { "enveloppe", "retour", "envelope", "return", NULL };
  g_autofree char *folded = rubis_text_fold (name);

  guess->kind = RUBIS_PROOF_ENVELOPE;
  if (has_any (folded, unknown))
    guess->state = RUBIS_REGISTERED_WRONG_ADDRESS;
  else if (has_any (folded, refused))
    guess->state = RUBIS_REGISTERED_REFUSED;
  else if (has_any (folded, unclaimed) || has_any (folded, envelope))
    guess->state = RUBIS_REGISTERED_NOT_CLAIMED;
  else if (has_any (folded, posting))
    {
      guess->kind = RUBIS_PROOF_POSTING;
      guess->state = RUBIS_REGISTERED_DEPOSITED;
    }
  else if (has_any (folded, receipt))
    {
      guess->kind = RUBIS_PROOF_RECEIPT;
      guess->state = RUBIS_REGISTERED_RECEIVED;
    }
  else
    return FALSE;
  return TRUE;
}

/* What is printed tells the proof of posting from the receipt only: the forms name all answers, to be ticked. */
static gboolean
read_text (RubisProofGuess *guess, const char *text)
{
  static const char *const posting[] = { "preuve de depot", "proof of posting", NULL };
  static const char *const receipt[] = { "avis de reception", "advice of receipt", NULL };
  g_autofree char *folded = rubis_text_fold (text);

  if (has_any (folded, posting))
    {
      guess->kind = RUBIS_PROOF_POSTING;
      guess->state = RUBIS_REGISTERED_DEPOSITED;
      return TRUE;
    }
  guess->kind = RUBIS_PROOF_RECEIPT;
  guess->state = RUBIS_REGISTERED_RECEIVED;
  return has_any (folded, receipt);
}

/* The kind, by the name of the file, then by what is printed, then by what is awaited; and what it would change. */
static void
guess_kind (RubisProofGuess *guess, const char *text)
{
  gboolean posted = guess->letter != NULL && guess->letter->course.deposited_on != RUBIS_DATE_NONE;

  if (!read_name (guess, guess->file_name) && !read_text (guess, text))
    {
      guess->kind = posted ? RUBIS_PROOF_RECEIPT : RUBIS_PROOF_POSTING;
      guess->state = posted ? RUBIS_REGISTERED_RECEIVED : RUBIS_REGISTERED_DEPOSITED;
    }
  /* No answer comes before the posting. */
  if (!posted && guess->letter != NULL)
    guess->state = RUBIS_REGISTERED_DEPOSITED;
  guess->proposes = guess->letter != NULL && !rubis_registered_state_is_closed (guess->letter->course.state)
                    && guess->state > guess->letter->course.state;
}

/* Looks for the number on the pages; their text is returned. (transfer full) */
static char *
read_pages (RubisProofGuess *guess, GPtrArray *letters, GBytes *pdf, GError **error)
{
  g_autoptr(GPtrArray) codes = NULL;
  g_autofree char *text = NULL;
  guint n_pages = 0;

  text = rubis_pdf_scan_text (pdf, MAX_PAGES, &n_pages, error);
  if (text == NULL)
    return NULL;
  guess->n_pages = (int) n_pages;
  take_letter (guess, find_number (letters, text), RUBIS_PROOF_BY_TEXT);
  if (guess->letter != NULL)
    return g_steal_pointer (&text);
  codes = rubis_pdf_scan_barcodes (pdf, MAX_PAGES, error);
  if (codes == NULL)
    return NULL;
  for (guint i = 0; i < codes->len; i++)
    take_letter (guess, find_number (letters, g_ptr_array_index (codes, i)), RUBIS_PROOF_BY_BARCODE);
  return g_steal_pointer (&text);
}

RubisProofGuess *
rubis_session_recognise_proof (RubisSession *self, const char *file_name, GBytes *content, gint64 only, GError **error)
{
  g_autoptr(RubisProofGuess) guess = g_new0 (RubisProofGuess, 1);
  g_autoptr(GPtrArray) letters = NULL;
  g_autoptr(GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  const char *media_type = find_media_type (content);

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && file_name != NULL && content != NULL, NULL);

  if (media_type == NULL)
    {
      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _("“%s” is no scan: a proof is a PDF, PNG or JPEG file."), file_name);
      return NULL;
    }
  letters = rubis_session_list_registered (self, 0, error);
  if (letters == NULL)
    return NULL;
  guess->file_name = g_path_get_basename (file_name);
  guess->media_type = g_strdup (media_type);
  guess->content = g_bytes_ref (content);
  pdf = to_pdf (content, media_type, guess->file_name, rubis_session_get_today (self), error);
  text = pdf != NULL ? read_pages (guess, letters, pdf, error) : NULL;
  if (text == NULL)
    {
      g_prefix_error (error, "%s: ", guess->file_name);
      return NULL;
    }
  take_letter (guess, find_number (letters, guess->file_name), RUBIS_PROOF_BY_FILE_NAME);
  if (guess->letter == NULL && only != 0)
    {
      guess->letter = rubis_session_get_registered (self, only, error);
      if (guess->letter == NULL)
        return NULL;
    }
  guess_kind (guess, text);
  return g_steal_pointer (&guess);
}

/* --- Keeping ----------------------------------------------------------------------------------- */

typedef struct {
  RubisProofRecord *proof; /* (owned) */
  gboolean add;            /* what the next swap does */
} ProofState;

static void
proof_state_free (gpointer data)
{
  ProofState *state = data;

  rubis_proof_record_free (state->proof);
  g_free (state);
}

static gboolean
swap_proof (RubisSession *session, RubisStore *store, RubisEdit *edit, GError **error)
{
  RubisJournaledEdit *journaled = edit->data;
  ProofState *state = journaled->state;
  RubisDatabase *db = rubis_store_get_database (store);
  gboolean done = state->add ? rubis_store_insert_proof (db, state->proof, error)
                             : rubis_store_delete_proof (db, state->proof->id, error);

  if (!done || !rubis_journaled_edit_note (session, db, edit, state->proof->account_id, error))
    return FALSE;
  state->add = !state->add;
  journaled->n_swaps++;
  return TRUE;
}

/* @letter as the store has it; an error when it holds this very file already. (transfer full) */
static RubisRegisteredRecord *
load_for_proof (RubisSession *self, gint64 id, const RubisProofGuess *file, GError **error)
{
  RubisDatabase *db = rubis_session_take_reader (self, error);
  RubisRegisteredRecord *record = NULL;
  gboolean known = FALSE;
  gboolean asked;

  if (db == NULL)
    return NULL;
  asked = rubis_store_has_proof (db, id, file->content, &known, error);
  if (asked && !known)
    record = rubis_registered_load (db, id, error);
  rubis_session_return_reader (self, db);
  if (asked && known)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _("The letter has the file “%s” already."), file->file_name);
  return record;
}

gboolean
rubis_session_add_proof (RubisSession *self, gint64 id, RubisProofKind kind, const RubisProofGuess *file,
                         GError **error)
{
  g_autoptr(RubisRegisteredRecord) record = NULL;
  g_autofree char *letter = NULL;
  g_autofree char *label = NULL;
  ProofState *state;
  RubisProofRecord *proof;

  g_return_val_if_fail (RUBIS_IS_SESSION (self) && file != NULL, FALSE);

  record = load_for_proof (self, id, file, error);
  if (record == NULL)
    return FALSE;
  letter = rubis_registered_describe (record);
  proof = g_new0 (RubisProofRecord, 1);
  proof->account_id = record->account_id;
  proof->registered_id = id;
  proof->kind = g_strdup (rubis_proof_kind_to_id (kind));
  proof->title = g_strdup (rubis_proof_kind_to_label (kind));
  proof->file_name = g_strdup (file->file_name);
  proof->media_type = g_strdup (file->media_type);
  proof->n_pages = file->n_pages;
  proof->added_on = rubis_session_get_today (self);
  proof->added_by = g_strdup (g_get_real_name ());
  proof->content = g_bytes_ref (file->content);
  state = g_new0 (ProofState, 1);
  state->proof = proof;
  state->add = TRUE;
  /* Translators: the kind of a proof ("Signed receipt"), and the registered letter. */
  label = g_strdup_printf (_("%s added: %s"), rubis_proof_kind_to_label (kind), letter);
  return rubis_session_do_edit (
    self, rubis_journaled_edit_new (label, "proof", file->file_name, swap_proof, state, proof_state_free), error);
}

GPtrArray *
rubis_session_list_proofs (RubisSession *self, gint64 id, GError **error)
{
  RubisDatabase *db;
  g_autoptr(GPtrArray) records = NULL;
  GPtrArray *proofs;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  records = rubis_store_list_proofs (db, id, error);
  rubis_session_return_reader (self, db);
  if (records == NULL)
    return NULL;
  proofs = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_proof_free);
  for (guint i = 0; i < records->len; i++)
    {
      const RubisProofRecord *record = g_ptr_array_index (records, i);
      RubisProof *proof = g_new0 (RubisProof, 1);

      proof->id = record->id;
      rubis_proof_kind_from_id (record->kind, &proof->kind);
      proof->file_name = g_strdup (record->file_name);
      proof->media_type = g_strdup (record->media_type);
      proof->n_pages = record->n_pages;
      proof->added_on = record->added_on;
      g_ptr_array_add (proofs, proof);
    }
  return proofs;
}

GBytes *
rubis_session_load_proof_pdf (RubisSession *self, gint64 proof_id, GError **error)
{
  RubisDatabase *db;
  g_autoptr(GError) load_error = NULL;
  g_autoptr(RubisProofRecord) proof = NULL;

  g_return_val_if_fail (RUBIS_IS_SESSION (self), NULL);

  db = rubis_session_take_reader (self, error);
  if (db == NULL)
    return NULL;
  proof = rubis_store_load_proof (db, proof_id, &load_error);
  rubis_session_return_reader (self, db);
  if (proof != NULL)
    return to_pdf (proof->content, proof->media_type, proof->title, proof->added_on, error);
  if (load_error != NULL)
    g_propagate_error (error, g_steal_pointer (&load_error));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no proof %d."), (int) proof_id);
  return NULL;
}
