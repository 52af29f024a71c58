/* rubis-import-decoder.h: a file as UTF-8 text, whatever its encoding (private to the layer). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RUBIS_IMPORT_ENCODING_ASCII,
  RUBIS_IMPORT_ENCODING_UTF8,
  RUBIS_IMPORT_ENCODING_UTF8_BOM,
  RUBIS_IMPORT_ENCODING_UTF16LE,
  RUBIS_IMPORT_ENCODING_UTF16BE,
  RUBIS_IMPORT_ENCODING_WINDOWS_1252,
  RUBIS_IMPORT_ENCODING_ISO_8859_15,
  RUBIS_IMPORT_ENCODING_CP850,
} RubisImportEncoding;

const char *rubis_import_encoding_to_id (RubisImportEncoding encoding);
gboolean rubis_import_encoding_from_id (const char *id, RubisImportEncoding *encoding);

/* What one look at every byte of a file says. */
typedef struct
{
  RubisImportEncoding encoding;
  gsize bom;        /* bytes to skip */
  gboolean has_nul; /* bytes 0 and 0x1A to drop */
  gboolean has_c1;  /* bytes 0x80 to 0x9F: printable in Windows-1252 only */
  gboolean utf8;       /* UTF-8 to the end, but perhaps for a few damaged characters */
  gboolean repair;     /* there are such characters */
  guint64 size;
  guint64 n_lf, n_cr;
} RubisImportScan;

/* Reads the whole file once: UTF-8 is tested to the end, since the first accent may stand behind
 * hundreds of lines. FALSE on a read error.
 */
gboolean rubis_import_scan_file (const char *path, RubisImportScan *scan, GError **error);
/* "LF", "CRLF" or "CR" */
const char *rubis_import_scan_newline (const RubisImportScan *scan);

typedef struct _RubisImportDecoder RubisImportDecoder;

RubisImportDecoder *rubis_import_decoder_new (const char *path, const RubisImportScan *scan, GError **error);
void rubis_import_decoder_free (RubisImportDecoder *decoder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisImportDecoder, rubis_import_decoder_free)
/* Fills @buffer with UTF-8; the number of bytes, 0 at the end, -1 on error. @size is at least 64. */
gssize rubis_import_decoder_read (RubisImportDecoder *decoder, char *buffer, gsize size, GError **error);
/* Bytes of the file read so far. */
guint64 rubis_import_decoder_tell (const RubisImportDecoder *decoder);
/* Goes on from a byte of the file. */
gboolean rubis_import_decoder_seek (RubisImportDecoder *decoder, guint64 offset, GError **error);

G_END_DECLS
