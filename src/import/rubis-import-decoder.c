#include "rubis-import-decoder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <uchardet.h>

#define CHUNK (256 * 1024)
/* Enough for a statistical guess of a legacy encoding. */
#define GUESS_BYTES (64 * 1024)
/* A NUL in a text file is rare dirt; more than this share means two-byte characters. */
#define UTF16_SHARE 5

struct _RubisImportDecoder
{
  int fd;
  char *path;
  RubisImportEncoding encoding;
  gboolean has_nul;
  gboolean repair; /* UTF-8 with bytes that are none */
  guint64 offset;
  guint8 *raw;
  gsize raw_size, raw_start, raw_end;
  char (*table)[4]; /* one-byte encodings: UTF-8 of each byte, its length in the fourth */
};

static const char *const encoding_ids[] = {
  "ascii", "utf-8", "utf-8-bom", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15", "cp850",
};

const char *
rubis_import_encoding_to_id (RubisImportEncoding encoding)
{
  g_return_val_if_fail ((gsize) encoding < G_N_ELEMENTS (encoding_ids), NULL);

  return encoding_ids[encoding];
}

gboolean
rubis_import_encoding_from_id (const char *id, RubisImportEncoding *encoding)
{
  for (gsize i = 0; i < G_N_ELEMENTS (encoding_ids); i++)
    {
      if (strcmp (encoding_ids[i], id) == 0)
        {
          *encoding = (RubisImportEncoding) i;
          return TRUE;
        }
    }
  return FALSE;
}

/* Checks UTF-8 as it comes in pieces. */
typedef struct
{
  guint pending;    /* continuation bytes still to come */
  guint8 low, high; /* bounds of the next one */
  guint64 n_good;   /* characters of several bytes */
  guint64 n_bad;    /* bytes that belong to none */
} Utf8State;

static void
step_utf8 (Utf8State *state, guint8 c)
{
  if (state->pending > 0 && c >= state->low && c <= state->high)
    {
      state->low = 0x80;
      state->high = 0xBF;
      state->pending--;
      state->n_good += state->pending == 0;
      return;
    }
  state->n_bad += state->pending > 0;
  state->pending = 0;
  if (c < 0x80)
    return;
  state->low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80;
  state->high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
  if (c >= 0xC2 && c <= 0xDF)
    state->pending = 1;
  else if (c >= 0xE0 && c <= 0xEF)
    state->pending = 2;
  else if (c >= 0xF0 && c <= 0xF4)
    state->pending = 3;
  else
    state->n_bad++;
}

typedef struct
{
  Utf8State utf8;
  guint64 count[256];
  guint64 even_zero, odd_zero;
  gboolean high; /* any byte above 0x7F */
} Census;

/* Eight bytes at once that are printable ASCII: nothing to learn from them. */
static gboolean
is_plain_word (const guint8 *bytes)
{
  guint64 word;

  memcpy (&word, bytes, sizeof word);
  return ((word | (word - G_GUINT64_CONSTANT (0x2020202020202020))) & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

static void
count_bytes (Census *census, const guint8 *bytes, gsize n, guint64 offset)
{
  for (gsize i = 0; i < n; i++)
    {
      guint8 c = bytes[i];

      while (census->utf8.pending == 0 && i + 8 <= n && is_plain_word (bytes + i))
        i += 8;
      if (i == n)
        break;
      c = bytes[i];
      census->count[c]++;
      if (c >= 0x80 || census->utf8.pending > 0)
        {
          census->high = TRUE;
          step_utf8 (&census->utf8, c);
        }
      else if (c == 0)
        {
          if ((offset + i) % 2 == 0)
            census->even_zero++;
          else
            census->odd_zero++;
        }
    }
}

/* UTF-8 has failed: which of the one-byte encodings that accounting software writes? */
static RubisImportEncoding
guess_legacy (const Census *census, const guint8 *head, gsize n_head)
{
  guint64 dos = census->count[0x82] + census->count[0x85] + census->count[0x87] + census->count[0x8A]
                + census->count[0x90];
  guint64 windows = 0;
  guint64 c1 = 0;
  uchardet_t detector;
  g_autofree char *name = NULL;

  for (int c = 0xE0; c <= 0xFC; c++)
    windows += census->count[c];
  for (int c = 0x80; c <= 0x9F; c++)
    c1 += census->count[c];
  if (dos > windows)
    return RUBIS_IMPORT_ENCODING_CP850;
  if (c1 > 0)
    return RUBIS_IMPORT_ENCODING_WINDOWS_1252;
  /* The two differ in eight printable positions then, of which 0xA4 is the euro sign. */
  if (census->count[0xA4] > 0)
    return RUBIS_IMPORT_ENCODING_ISO_8859_15;
  detector = uchardet_new ();
  uchardet_handle_data (detector, (const char *) head, n_head);
  uchardet_data_end (detector);
  name = g_ascii_strup (uchardet_get_charset (detector), -1);
  uchardet_delete (detector);
  return strstr (name, "8859-15") != NULL ? RUBIS_IMPORT_ENCODING_ISO_8859_15
                                          : RUBIS_IMPORT_ENCODING_WINDOWS_1252;
}

/* Many zero bytes at odd or at even places are the other halves of ASCII letters. */
static gboolean
looks_utf16 (const Census *census, guint64 size, gboolean *little)
{
  guint64 most = MAX (census->odd_zero, census->even_zero);
  guint64 least = MIN (census->odd_zero, census->even_zero);

  *little = census->odd_zero > census->even_zero;
  return most > size / UTF16_SHARE && most > 4 * least;
}

/* The encoding that a byte order mark names. */
static gboolean
read_bom (const Census *census, const guint8 *head, gsize n_head, RubisImportScan *scan)
{
  if (n_head >= 3 && memcmp (head, "\xEF\xBB\xBF", 3) == 0 && scan->utf8)
    {
      scan->encoding = RUBIS_IMPORT_ENCODING_UTF8_BOM;
      scan->bom = 3;
      return TRUE;
    }
  if (n_head < 2 || (memcmp (head, "\xFF\xFE", 2) != 0 && memcmp (head, "\xFE\xFF", 2) != 0))
    return FALSE;
  scan->encoding = head[0] == 0xFF ? RUBIS_IMPORT_ENCODING_UTF16LE : RUBIS_IMPORT_ENCODING_UTF16BE;
  scan->bom = 2;
  return TRUE;
}

static void
conclude (const Census *census, const guint8 *head, gsize n_head, RubisImportScan *scan)
{
  gboolean little = FALSE;
  guint64 n_bad;

  scan->has_nul = census->count[0] > 0 || census->count[0x1A] > 0;
  scan->n_lf = census->count['\n'];
  scan->n_cr = census->count['\r'];
  scan->bom = 0;
  n_bad = census->utf8.n_bad + (census->utf8.pending > 0);
  scan->repair = n_bad > 0;
  /* Labels that were cut in the middle of a letter do not make the rest another encoding. */
  scan->utf8 = n_bad == 0 || census->utf8.n_good > 2 * n_bad;
  for (int c = 0x80; c <= 0x9F; c++)
    scan->has_c1 = scan->has_c1 || census->count[c] > 0;
  if (read_bom (census, head, n_head, scan))
    return;
  if (looks_utf16 (census, scan->size, &little))
    scan->encoding = little ? RUBIS_IMPORT_ENCODING_UTF16LE : RUBIS_IMPORT_ENCODING_UTF16BE;
  else if (!census->high)
    scan->encoding = RUBIS_IMPORT_ENCODING_ASCII;
  else if (scan->utf8)
    scan->encoding = RUBIS_IMPORT_ENCODING_UTF8;
  else
    scan->encoding = guess_legacy (census, head, n_head);
}

static void
set_read_error (GError **error, const char *path, int code)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), _("Could not read “%s”: %s"), name,
               g_strerror (code));
}

static gssize
read_chunk (int fd, const char *path, guint8 *buffer, gsize size, GError **error)
{
  gssize n;

  do
    n = read (fd, buffer, size);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    set_read_error (error, path, errno);
  return n;
}

static int
open_file (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    set_read_error (error, path, errno);
  return fd;
}

gboolean
rubis_import_scan_file (const char *path, RubisImportScan *scan, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  g_autofree guint8 *head = g_malloc (GUESS_BYTES);
  g_autofree Census *census = g_new0 (Census, 1);
  gsize n_head = 0;
  gssize n;
  int fd = open_file (path, error);

  if (fd < 0)
    return FALSE;
  memset (scan, 0, sizeof *scan);
  while ((n = read_chunk (fd, path, buffer, CHUNK, error)) > 0)
    {
      gsize take = MIN ((gsize) n, GUESS_BYTES - n_head);

      memcpy (head + n_head, buffer, take);
      n_head += take;
      count_bytes (census, buffer, (gsize) n, scan->size);
      scan->size += (guint64) n;
    }
  close (fd);
  if (n < 0)
    return FALSE;
  conclude (census, head, n_head, scan);
  return TRUE;
}

const char *
rubis_import_scan_newline (const RubisImportScan *scan)
{
  if (scan->n_lf > 0 && scan->n_cr * 2 >= scan->n_lf)
    return "CRLF";
  return scan->n_lf > 0 || scan->n_cr == 0 ? "LF" : "CR";
}

/* The UTF-8 of each byte; bytes without meaning become U+FFFD. */
static char (*make_table (const char *charset))[4]
{
  char (*table)[4] = g_malloc0 (256 * sizeof *table);

  for (int c = 1; c < 256; c++)
    {
      char byte = (char) c;
      gsize n = 0;
      g_autofree char *utf8 = g_convert (&byte, 1, "UTF-8", charset, NULL, &n, NULL);

      if (utf8 == NULL || n == 0 || n > 3)
        {
          memcpy (table[c], "\xEF\xBF\xBD", 3);
          n = 3;
        }
      else
        memcpy (table[c], utf8, n);
      table[c][3] = (char) n;
    }
  return table;
}

RubisImportDecoder *
rubis_import_decoder_new (const char *path, const RubisImportScan *scan, GError **error)
{
  g_autoptr(RubisImportDecoder) decoder = g_new0 (RubisImportDecoder, 1);

  decoder->path = g_strdup (path);
  decoder->encoding = scan->encoding;
  decoder->has_nul = scan->has_nul;
  decoder->repair = scan->repair && scan->encoding <= RUBIS_IMPORT_ENCODING_UTF8_BOM;
  decoder->raw_size = MIN (CHUNK, 64 + scan->size);
  decoder->raw = g_malloc (decoder->raw_size);
  decoder->fd = open_file (path, error);
  if (decoder->fd < 0 || !rubis_import_decoder_seek (decoder, scan->bom, error))
    return NULL;
  if (scan->encoding == RUBIS_IMPORT_ENCODING_WINDOWS_1252)
    decoder->table = make_table ("WINDOWS-1252");
  else if (scan->encoding == RUBIS_IMPORT_ENCODING_ISO_8859_15)
    decoder->table = make_table ("ISO-8859-15");
  else if (scan->encoding == RUBIS_IMPORT_ENCODING_CP850)
    decoder->table = make_table ("CP850");
  return g_steal_pointer (&decoder);
}

void
rubis_import_decoder_free (RubisImportDecoder *decoder)
{
  if (decoder == NULL)
    return;
  if (decoder->fd >= 0)
    close (decoder->fd);
  g_free (decoder->path);
  g_free (decoder->raw);
  g_free (decoder->table);
  g_free (decoder);
}

gboolean
rubis_import_decoder_seek (RubisImportDecoder *decoder, guint64 offset, GError **error)
{
  if (lseek (decoder->fd, (off_t) offset, SEEK_SET) < 0)
    {
      set_read_error (error, decoder->path, errno);
      return FALSE;
    }
  decoder->offset = offset;
  decoder->raw_start = decoder->raw_end = 0;
  return TRUE;
}

guint64
rubis_import_decoder_tell (const RubisImportDecoder *decoder)
{
  return decoder->offset - (decoder->raw_end - decoder->raw_start);
}

static gsize
decode_table (RubisImportDecoder *decoder, char *buffer, gsize size)
{
  gsize n = 0;

  while (decoder->raw_start < decoder->raw_end && n + 3 <= size)
    {
      guint8 c = decoder->raw[decoder->raw_start++];

      if (c < 0x80)
        {
          buffer[n] = (char) c;
          n += c != 0 && c != 0x1A;
          continue;
        }
      memcpy (buffer + n, decoder->table[c], 3);
      n += (gsize) decoder->table[c][3];
    }
  return n;
}

static gsize
decode_utf16 (RubisImportDecoder *decoder, char *buffer, gsize size)
{
  gsize n = 0;
  gsize high = decoder->encoding == RUBIS_IMPORT_ENCODING_UTF16LE ? 1 : 0;

  while (decoder->raw_start + 2 <= decoder->raw_end && n + 6 <= size)
    {
      const guint8 *p = decoder->raw + decoder->raw_start;
      gunichar c = (gunichar)(p[high] << 8 | p[1 - high]);
      gsize step = 2;

      if (c >= 0xD800 && c < 0xDC00)
        {
          gunichar low;

          if (decoder->raw_start + 4 > decoder->raw_end)
            break;
          low = (gunichar)(p[2 + high] << 8 | p[3 - high]);
          step = low >= 0xDC00 && low < 0xE000 ? 4 : 2;
          c = step == 4 ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
        }
      else if (c >= 0xDC00 && c < 0xE000)
        c = 0xFFFD;
      decoder->raw_start += step;
      if (c != 0 && c != 0x1A)
        n += (gsize) g_unichar_to_utf8 (c, buffer + n);
    }
  return n;
}

/* UTF-8 with U+FFFD for what is none; a character cut by the end of the block waits for the next. */
static gsize
decode_repair (RubisImportDecoder *decoder, char *buffer, gsize size)
{
  gsize n = 0;

  while (decoder->raw_start < decoder->raw_end && n + 4 <= size)
    {
      const char *p = (const char *) decoder->raw + decoder->raw_start;
      gunichar c = (guchar) p[0];
      gsize length = 1;

      if (c >= 0x80)
        {
          c = g_utf8_get_char_validated (p, (gssize) (decoder->raw_end - decoder->raw_start));
          if (c == (gunichar) -2)
            break;
          if (c == (gunichar) -1)
            c = 0xFFFD;
          else
            length = (gsize) g_unichar_to_utf8 (c, NULL);
        }
      decoder->raw_start += length;
      if (c != 0 && c != 0x1A)
        n += (gsize) g_unichar_to_utf8 (c, buffer + n);
    }
  return n;
}

static gsize
drop_nul (char *buffer, gsize n)
{
  gsize kept = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (buffer[i] != '\0' && buffer[i] != '\x1A')
        buffer[kept++] = buffer[i];
    }
  return kept;
}

static gboolean
is_utf16 (const RubisImportDecoder *decoder)
{
  return decoder->encoding == RUBIS_IMPORT_ENCODING_UTF16LE
         || decoder->encoding == RUBIS_IMPORT_ENCODING_UTF16BE;
}

/* Moves what is left to the front and reads on. FALSE on error; @at_end when nothing came. */
static gboolean
fill_raw (RubisImportDecoder *decoder, gboolean *at_end, GError **error)
{
  gssize n;

  memmove (decoder->raw, decoder->raw + decoder->raw_start, decoder->raw_end - decoder->raw_start);
  decoder->raw_end -= decoder->raw_start;
  decoder->raw_start = 0;
  n = read_chunk (decoder->fd, decoder->path, decoder->raw + decoder->raw_end,
                  decoder->raw_size - decoder->raw_end, error);
  if (n < 0)
    return FALSE;
  decoder->raw_end += (gsize) n;
  decoder->offset += (guint64) n;
  *at_end = n == 0;
  return TRUE;
}

gssize
rubis_import_decoder_read (RubisImportDecoder *decoder, char *buffer, gsize size, GError **error)
{
  gsize n = 0;
  gboolean at_end = FALSE;

  g_return_val_if_fail (size >= 64, -1);

  if (decoder->table == NULL && !is_utf16 (decoder) && !decoder->repair)
    {
      gssize got;

      do
        {
          got = read_chunk (decoder->fd, decoder->path, (guint8 *) buffer, size, error);
          if (got <= 0)
            return got;
          decoder->offset += (guint64) got;
          n = decoder->has_nul ? drop_nul (buffer, (gsize) got) : (gsize) got;
        }
      while (n == 0);
      return (gssize) n;
    }
  while (n == 0 && !at_end)
    {
      if (decoder->table != NULL)
        n = decode_table (decoder, buffer, size);
      else
        n = decoder->repair ? decode_repair (decoder, buffer, size) : decode_utf16 (decoder, buffer, size);
      if (n == 0 && !fill_raw (decoder, &at_end, error))
        return -1;
    }
  return (gssize) n;
}
