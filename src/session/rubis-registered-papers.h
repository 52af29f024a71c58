/* rubis-registered-papers.h: the papers of registered letters: slips, deposit lists, proofs from the post. */
#pragma once

#include "rubis-registered-letter.h"
#include "rubis-session.h"

G_BEGIN_DECLS

/* One page on a letter as PDF, to be kept with the file: sender, recipient, number, guarantee, what became of it. */
GBytes *rubis_session_write_registered_slip (RubisSession *self, gint64 id, GError **error);

/* The list with which letters are handed in at the post office, as PDF; it is kept, and the letters refer to it. They
 * are posted only when rubis_session_advance_registered() says so. @ids: (element-type gint64). Errors:
 * RUBIS_SESSION_ERROR_RULE for a letter without number or that was posted already, which is named.
 */
GBytes *rubis_session_make_deposit_list (RubisSession *self, GArray *ids, RubisDate date, gint64 *list_id,
                                         GError **error);
/* A list byte for byte as it was made. Errors: G_IO_ERROR_NOT_FOUND. */
GBytes *rubis_session_load_deposit_list (RubisSession *self, gint64 list_id, GError **error);

typedef enum {
  RUBIS_PROOF_POSTING,  /* "deposit_proof" */
  RUBIS_PROOF_RECEIPT,  /* "receipt" */
  RUBIS_PROOF_ENVELOPE, /* "returned_envelope" */
} RubisProofKind;
#define RUBIS_N_PROOF_KINDS 3
const char *rubis_proof_kind_to_id (RubisProofKind kind);
gboolean rubis_proof_kind_from_id (const char *id, RubisProofKind *kind);
/* In the user's language; static. */
const char *rubis_proof_kind_to_label (RubisProofKind kind);

/* By what a scan was recognised. */
typedef enum {
  RUBIS_PROOF_BY_NOTHING,
  RUBIS_PROOF_BY_TEXT,
  RUBIS_PROOF_BY_BARCODE,
  RUBIS_PROOF_BY_FILE_NAME,
} RubisProofSource;
/* "text", "barcode", "file_name", "" */
const char *rubis_proof_source_to_id (RubisProofSource source);

/* What a file seems to be. */
typedef struct {
  char *file_name;
  char *media_type;
  GBytes *content;
  int n_pages;
  RubisProofSource source;
  RubisRegisteredLetter *letter; /* (owned) (nullable) */
  RubisProofKind kind;
  gboolean proposes;             /* a state that the letter has not reached yet */
  RubisRegisteredState state;    /* proposed */
} RubisProofGuess;
void rubis_proof_guess_free (RubisProofGuess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisProofGuess, rubis_proof_guess_free)

/* Looks for the number of a letter in the text of a PDF, in the bar codes of its pages or of a picture, and in the
 * name of the file. Changes nothing. @only: (0: any) the letter on which the file was dropped. Errors: the file is
 * neither a PDF nor a picture, or cannot be read.
 */
RubisProofGuess *rubis_session_recognise_proof (RubisSession *self, const char *file_name, GBytes *content,
                                                gint64 only, GError **error);
/* Keeps a file with a letter. Errors: RUBIS_SESSION_ERROR_VALUE when the letter has it already. */
gboolean rubis_session_add_proof (RubisSession *self, gint64 id, RubisProofKind kind, const RubisProofGuess *file,
                                  GError **error);

typedef struct {
  gint64 id;
  RubisProofKind kind;
  char *file_name;
  char *media_type;
  int n_pages;
  RubisDate added_on;
} RubisProof;
void rubis_proof_free (RubisProof *self);
/* Oldest first. (transfer full) (element-type RubisProof) */
GPtrArray *rubis_session_list_proofs (RubisSession *self, gint64 id, GError **error);
/* A proof as a PDF: a picture becomes a page. Errors: G_IO_ERROR_NOT_FOUND. */
GBytes *rubis_session_load_proof_pdf (RubisSession *self, gint64 proof_id, GError **error);

G_END_DECLS
