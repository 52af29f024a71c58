/* rubis-import-fec.h: the French ledger export, fichier des écritures comptables (private to the layer).
 *
 * Format: article A47 A-1 of the Livre des procédures fiscales.
 */
#pragma once

#include "rubis-import-file-private.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_FEC_JOURNAL_CODE,
  RUBIS_FEC_JOURNAL_LIB,
  RUBIS_FEC_ECRITURE_NUM,
  RUBIS_FEC_ECRITURE_DATE,
  RUBIS_FEC_COMPTE_NUM,
  RUBIS_FEC_COMPTE_LIB,
  RUBIS_FEC_COMP_AUX_NUM,
  RUBIS_FEC_COMP_AUX_LIB,
  RUBIS_FEC_PIECE_REF,
  RUBIS_FEC_PIECE_DATE,
  RUBIS_FEC_ECRITURE_LIB,
  RUBIS_FEC_DEBIT,
  RUBIS_FEC_CREDIT,
  RUBIS_FEC_ECRITURE_LET,
  RUBIS_FEC_DATE_LET,
  RUBIS_FEC_VALID_DATE,
  RUBIS_FEC_MONTANT_DEVISE,
  RUBIS_FEC_IDEVISE,
  RUBIS_FEC_MONTANT,
  RUBIS_FEC_SENS,
  RUBIS_FEC_MODE_RGLT,
  RUBIS_FEC_DATE_RGLT,
  RUBIS_FEC_DUE_DATE,
  RUBIS_FEC_INVOICE_NUMBER,
} RubisFecColumn;
#define RUBIS_N_FEC_COLUMNS 24

/* How many of the legal names @record holds. @index (nullable, RUBIS_N_FEC_COLUMNS) gets the column of
 * each, or -1.
 */
guint rubis_import_fec_match (const RubisImportRecord *record, int *index);

/* The FEC side of rubis_import_file_read(). */
gboolean rubis_import_fec_read (RubisImportFile *file, const RubisImportMapping *mapping,
                                const RubisImportCallbacks *callbacks, gpointer user_data,
                                RubisImportFacts *facts, GCancellable *cancellable, GError **error);

G_END_DECLS
