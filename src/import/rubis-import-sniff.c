#include "rubis-import-sniff.h"

#include <string.h>
#include <glib/gi18n-lib.h>
#include <zip.h>

#include "rubis-import-file.h"

#define HEAD_BYTES (64 * 1024)

/* What a file turned out to be, in words, and the way out. */
static gboolean
refuse (GError **error, RubisImportError code, const char *path, const char *reason)
{
  g_autofree char *name = g_filename_display_basename (path);

  g_set_error (error, RUBIS_IMPORT_ERROR, code, "“%s”: %s", name, reason);
  return FALSE;
}

static gboolean
refuse_unsupported (GError **error, const char *path, const char *reason)
{
  return refuse (error, RUBIS_IMPORT_ERROR_UNSUPPORTED, path, reason);
}

static gboolean
has_member (zip_t *archive, const char *name)
{
  return zip_name_locate (archive, name, ZIP_FL_NOCASE) >= 0;
}

static gboolean
sniff_zip (const char *path, RubisImportContainer *container, GError **error)
{
  int code = 0;
  zip_t *archive = zip_open (path, ZIP_RDONLY, &code);
  gboolean workbook;
  gboolean open_document;

  if (archive == NULL)
    return refuse (error, RUBIS_IMPORT_ERROR_DAMAGED, path, _("this ZIP archive or workbook is damaged"));
  workbook = has_member (archive, "xl/workbook.xml") && has_member (archive, "[Content_Types].xml");
  open_document = has_member (archive, "mimetype") && has_member (archive, "content.xml");
  zip_discard (archive);
  if (workbook)
    {
      *container = RUBIS_IMPORT_CONTAINER_XLSX;
      return TRUE;
    }
  if (open_document)
    return refuse_unsupported (error, path,
                               _("this is an OpenDocument spreadsheet: save it as .xlsx or CSV"));
  return refuse_unsupported (error, path, _("this is a ZIP archive: extract it and import the files in it"));
}

/* The local name of the root element and its namespace, without a parser: enough to name the file. */
static char *
find_root (const char *text)
{
  const char *p = text;

  while ((p = strchr (p, '<')) != NULL)
    {
      const char *end;
      const char *colon;

      if (g_str_has_prefix (p, "<!--"))
        {
          p = strstr (p, "-->");
          if (p == NULL)
            return NULL;
          continue;
        }
      if (p[1] == '?' || p[1] == '!')
        {
          p++;
          continue;
        }
      end = p + 1 + strcspn (p + 1, " \t\r\n/>");
      colon = memchr (p + 1, ':', (gsize) (end - p - 1));
      if (colon == NULL)
        colon = p;
      return g_strndup (colon + 1, (gsize) (end - colon - 1));
    }
  return NULL;
}

static gboolean
sniff_xml (const char *path, const char *text, GError **error)
{
  static const struct
  {
    const char *root;
    const char *reason;
  } roots[] = {
    { "CrossIndustryInvoice", N_ ("this is an electronic invoice (Factur-X, CII), not a list of items") },
    { "CrossIndustryDocument", N_ ("this is an electronic invoice (ZUGFeRD 1.0), not a list of items") },
    { "Invoice", N_ ("this is an electronic invoice (UBL), not a list of items") },
    { "CreditNote", N_ ("this is an electronic credit note (UBL), not a list of items") },
    { "FatturaElettronica", N_ ("this is an Italian electronic invoice (FatturaPA), not a list of items") },
    { "CrossDomainAcknowledgementAndResponse", N_ ("this is a life-cycle status of an electronic invoice") },
    { "ECX", N_ ("this is a Sage i7 ledger (ECX): export the ledger as a FEC") },
    { "OFX", N_ ("this is a bank statement (OFX), not a list of items") },
    { "html", N_ ("this is a web page saved as a spreadsheet: open it and save it as .xlsx or CSV") },
    { "table", N_ ("this is a web page saved as a spreadsheet: open it and save it as .xlsx or CSV") },
    { "Workbook", N_ ("this is an old XML spreadsheet: open it and save it as .xlsx or CSV") },
  };
  g_autofree char *root = find_root (text);
  g_autofree char *message = NULL;

  if (root == NULL)
    return refuse (error, RUBIS_IMPORT_ERROR_DAMAGED, path, _("this looks like XML, but holds no element"));
  if (strcmp (root, "Document") == 0 && strstr (text, "iso:20022") != NULL)
    {
      if (strstr (text, ":camt.05") != NULL)
        return refuse_unsupported (error, path, _("this is a bank statement (camt), not a list of items"));
      if (strstr (text, ":pain.") != NULL)
        return refuse_unsupported (error, path,
                                   _("this is a payment order or its status (pain), not a list of items"));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      if (g_ascii_strcasecmp (root, roots[i].root) == 0)
        return refuse_unsupported (error, path, _(roots[i].reason));
    }
  message = g_strdup_printf (_("this is an XML file whose root element “%s” is not known"), root);
  return refuse_unsupported (error, path, message);
}

/* CFONB: records of @width characters, with or without line ends. */
static gboolean
has_records (const char *text, gsize width, const char *const *codes)
{
  const char *p = text;
  guint n = 0;

  while (n < 5 && strlen (p) >= width)
    {
      gboolean known = FALSE;

      for (const char *const *code = codes; *code != NULL; code++)
        known = known || strncmp (p, *code, 2) == 0;
      if (!known || memchr (p, '\n', width) != NULL || memchr (p, ';', width) != NULL
          || memchr (p, '\t', width) != NULL)
        return FALSE;
      p += width;
      p += strspn (p, "\r\n");
      n++;
    }
  return n > 0;
}

static gboolean
has_line_start (const char *text, const char *start)
{
  const char *p = strstr (text, start);

  while (p != NULL && p != text && p[-1] != '\n' && p[-1] != '\r')
    p = strstr (p + 1, start);
  return p != NULL;
}

static gboolean
is_quadra (const char *text)
{
  g_auto(GStrv) lines = g_strsplit_set (text, "\r\n", 40);
  guint n = 0;
  guint n_entries = 0;

  for (char **line = lines; *line != NULL && n < 30; line++)
    {
      if ((*line)[0] == '\0')
        continue;
      if (strchr ("MC", (*line)[0]) == NULL || strlen (*line) < 55)
        return FALSE;
      if ((*line)[0] == 'M' && strchr ("DC", (*line)[41]) != NULL && strchr ("+-", (*line)[42]) != NULL)
        n_entries++;
      n++;
    }
  return n_entries > 0;
}

/* Text files of other trades, by their first bytes. NULL when @text may be a table. */
static const char *
name_text (const char *text)
{
  static const char *const statement[] = { "01", "04", "05", "07", NULL };
  static const char *const transfers[] = { "31", "34", "39", NULL };

  if (g_str_has_prefix (text, "OFXHEADER:"))
    return _("this is a bank statement (OFX), not a list of items");
  if (g_str_has_prefix (text, "!Type:") || g_str_has_prefix (text, "!Account"))
    return _("this is a bank statement (QIF), not a list of items");
  if (g_ascii_strncasecmp (text, "BEGIN:VCARD", 11) == 0)
    return _("this is a set of contacts (vCard), not a list of items");
  if (has_records (text, 120, statement))
    return _("this is a bank statement (CFONB 120), not a list of items");
  if (has_records (text, 240, transfers))
    return _("this is a file of transfers (CFONB 240), not a list of items");
  if (has_line_start (text, ":20:") && has_line_start (text, ":25:"))
    return has_line_start (text, ":13D:") && !has_line_start (text, ":60F:")
               ? _("this is a bank statement (MT942), not a list of items")
               : _("this is a bank statement (MT940), not a list of items");
  if (g_str_has_prefix (text, "\"EXTF\";") || g_str_has_prefix (text, "\"DTVF\";")
      || g_str_has_prefix (text, "EXTF;"))
    return _("this is a DATEV file: export the open items (OPOS) as CSV");
  if (g_str_has_prefix (text, "#FLG") || g_str_has_prefix (text, "#VER"))
    return _("this is a Sage 100 exchange file: export the ledger as a FEC, or the due-date list as CSV");
  if (g_str_has_prefix (text, "EBP.EDI"))
    return _("this is an EBP exchange file: export the ledger as a FEC, or the due-date list as CSV");
  if (g_str_has_prefix (text, "VER   "))
    return _("this is an Isacompta exchange file: export the ledger as a FEC");
  if (is_quadra (text))
    return _("this is a Quadra exchange file: export the ledger as a FEC");
  return NULL;
}

static gboolean
is_one_byte (const guint8 *head, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      if (head[i] != head[0])
        return FALSE;
    }
  return TRUE;
}

/* Control bytes other than blanks have no business in text. */
static gboolean
is_binary (const char *text, gsize n)
{
  gsize control = 0;

  for (gsize i = 0; i < n; i++)
    control += (guchar) text[i] < 0x20 && strchr ("\t\r\n\f\x1B", text[i]) == NULL;
  return control * 20 > n;
}

static char *
read_text_head (const char *path, const RubisImportScan *scan, gsize *length, GError **error)
{
  g_autoptr(RubisImportDecoder) decoder = rubis_import_decoder_new (path, scan, error);
  g_autofree char *text = g_malloc (HEAD_BYTES + 1);
  gssize n = 1;

  *length = 0;
  if (decoder == NULL)
    return NULL;
  while (n > 0 && *length + 64 <= HEAD_BYTES)
    {
      n = rubis_import_decoder_read (decoder, text + *length, HEAD_BYTES - *length, error);
      if (n < 0)
        return NULL;
      *length += (gsize) n;
    }
  text[*length] = '\0';
  return g_steal_pointer (&text);
}

static gboolean
sniff_text (const char *path, const RubisImportScan *scan, GError **error)
{
  gsize length;
  g_autofree char *text = read_text_head (path, scan, &length, error);
  const char *start;
  const char *reason;

  if (text == NULL)
    return FALSE;
  start = text + strspn (text, " \t\r\n");
  if (*start == '\0')
    return refuse (error, RUBIS_IMPORT_ERROR_EMPTY, path, _("the file is empty"));
  if (*start == '<')
    return sniff_xml (path, start, error);
  reason = name_text (start);
  if (reason != NULL)
    return refuse_unsupported (error, path, reason);
  if (is_binary (text, length))
    return refuse_unsupported (error, path,
                               _("this is neither text nor a spreadsheet: export a list as .xlsx or CSV"));
  return TRUE;
}

static gsize
read_raw_head (const char *path, guint8 *head, gsize size)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, NULL, NULL);
  gsize n = 0;

  if (stream != NULL)
    g_input_stream_read_all (G_INPUT_STREAM (stream), head, size, &n, NULL, NULL);
  return n;
}

gboolean
rubis_import_sniff (const char *path, const RubisImportScan *scan, RubisImportContainer *container,
                    GError **error)
{
  guint8 head[1024];
  gsize n = read_raw_head (path, head, sizeof head);

  *container = RUBIS_IMPORT_CONTAINER_TEXT;
  if (n == 0 || (is_one_byte (head, n) && scan->size == n))
    return refuse (error, RUBIS_IMPORT_ERROR_EMPTY, path, _("the file is empty"));
  if (memmem (head, n, "%PDF-", 5) != NULL)
    return refuse_unsupported (
        error, path,
        _("this is a PDF: it shows data without holding a table; export a list as .xlsx or CSV"));
  if (n >= 4 && memcmp (head, "PK\x03\x04", 4) == 0)
    return sniff_zip (path, container, error);
  if (n >= 8 && memcmp (head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
    return refuse_unsupported (
        error, path,
        _("this is an old .xls workbook or a protected one: save it as .xlsx without password, or as CSV"));
  return sniff_text (path, scan, error);
}
