/* rubis-pdf-finish.c: Cairo ends a file of PDF 1.4 with its information, its catalogue, the
 * cross-reference table and the trailer. All of that is cut off and written anew, with more in it. The
 * pages before it stay where they are, so no place in the table changes but those of new objects.
 *
 * What ISO 19005-3 asks and Cairo leaves out: CIDToGIDMap of fonts (6.2.11.3.2), output intent
 * (6.2.3), metadata (6.6), identifier of the file (6.1.3). And that a file with a structure is tagged.
 */
#include "rubis-pdf-finish.h"

#include "rubis-colour-profile.h"

#include <string.h>
#include <unistd.h>

#include <cairo-pdf.h>

#define CATALOGUE "<< /Type /Catalog"
#define CID_FONT "<< /Type /Font\n   /Subtype /CIDFontType2\n"
#define ENTRY_SIZE 20
/* How far the beginning of an object reaches that is looked at. */
#define PEEK 96
#define MAX_OBJECT 4096

/* The bytes of a file, wherever they are; FALSE with errno set when they cannot be read. */
typedef struct
{
  gboolean (*read) (gpointer data, guint64 offset, gpointer to, gsize length);
  gpointer data;
  guint64 size;
} Source;

typedef struct
{
  const Source *source;
  const RubisPdfFacts *facts;
  GArray *places; /* (element-type guint64) of the objects, from object 0 */
  guint root;
  guint info;
  char *catalogue; /* (owned); its dictionary after the type */
  guint64 cut;     /* from here on the file is written anew */
  GByteArray *tail;
  char *producer; /* (owned) */
} Finish;

/* --- reading --- */

static const char *
find_last (const char *text, gsize length, const char *word)
{
  gsize n = strlen (word);

  for (gsize i = length >= n ? length - n + 1 : 0; i > 0; i--)
    {
      if (memcmp (text + i - 1, word, n) == 0)
        return text + i - 1;
    }
  return NULL;
}

/* The number after @key in the trailer; 0 when there is none. */
static guint
read_key (const char *trailer, const char *key)
{
  const char *found = strstr (trailer, key);

  return found != NULL ? (guint)g_ascii_strtoull (found + strlen (key), NULL, 10) : 0;
}

/* The text from @offset on to @end, at most MAX_OBJECT bytes of it. */
static char *
read_until (const Source *source, guint64 offset, const char *end)
{
  gsize length = (gsize)MIN (source->size - offset, MAX_OBJECT);
  g_autofree char *text = g_malloc0 (length + 1);
  char *found;

  if (!source->read (source->data, offset, text, length))
    return NULL;
  found = strstr (text, end);
  if (found == NULL)
    return NULL;
  *found = '\0';
  return g_steal_pointer (&text);
}

static gboolean
read_places (Finish *self, const char *table, gsize length, const char **trailer)
{
  char *end;
  guint64 n;

  if (!g_str_has_prefix (table, "xref\n0 "))
    return FALSE;
  n = g_ascii_strtoull (table + strlen ("xref\n0 "), &end, 10);
  if (*end != '\n' || n == 0 || n > length / ENTRY_SIZE)
    return FALSE;
  end++;
  if ((gsize)(end - table) + n * ENTRY_SIZE > length)
    return FALSE;
  for (guint64 i = 0; i < n; i++)
    {
      guint64 place = g_ascii_strtoull (end + i * ENTRY_SIZE, NULL, 10);

      g_array_append_val (self->places, place);
    }
  *trailer = end + n * ENTRY_SIZE;
  return g_str_has_prefix (*trailer, "trailer\n");
}

static guint64
get_place (Finish *self, guint object)
{
  return object < self->places->len ? g_array_index (self->places, guint64, object) : 0;
}

/* The information and the catalogue are cut off with the table, as long as nothing follows them. */
static void
find_cut (Finish *self, guint64 table)
{
  guint64 places[] = { get_place (self, self->root), get_place (self, self->info) };

  self->cut = table;
  for (int round = 0; round < 2; round++)
    {
      guint64 last = 0;

      for (guint i = 0; i < self->places->len; i++)
        {
          guint64 place = get_place (self, i);

          last = place < self->cut ? MAX (last, place) : last;
        }
      if (last == 0 || (last != places[0] && last != places[1]))
        return;
      self->cut = last;
    }
}

/* TRUE when the file is of the known build. */
static gboolean
read_end (Finish *self)
{
  const Source *source = self->source;
  g_autofree char *table = NULL;
  g_autofree char *object = NULL;
  g_autofree char *head = NULL;
  const char *trailer;
  const char *start;
  char end[64] = { 0 };
  guint64 at;
  gsize length;

  if (source->size < sizeof end || !source->read (source->data, source->size - sizeof end, end, sizeof end))
    return FALSE;
  start = find_last (end, sizeof end, "startxref\n");
  if (start == NULL)
    return FALSE;
  at = g_ascii_strtoull (start + strlen ("startxref\n"), NULL, 10);
  if (at == 0 || at >= source->size)
    return FALSE;
  length = (gsize)(source->size - at);
  table = g_malloc0 (length + 1);
  if (!source->read (source->data, at, table, length) || !read_places (self, table, length, &trailer))
    return FALSE;
  self->root = read_key (trailer, "/Root ");
  self->info = read_key (trailer, "/Info ");
  if (get_place (self, self->root) == 0 || get_place (self, self->info) == 0)
    return FALSE;
  object = read_until (source, get_place (self, self->root), "\n>>\nendobj");
  head = g_strdup_printf ("%u 0 obj\n" CATALOGUE, self->root);
  if (object == NULL || !g_str_has_prefix (object, head))
    return FALSE;
  self->catalogue = g_strdup (object + strlen (head));
  find_cut (self, at);
  return TRUE;
}

/* --- writing --- */

static void
add_text (Finish *self, const char *text)
{
  g_byte_array_append (self->tail, (const guint8 *)text, (guint)strlen (text));
}

static void
begin_object (Finish *self, guint object)
{
  g_autofree char *head = g_strdup_printf ("%u 0 obj\n", object);
  guint64 place = self->cut + self->tail->len;

  if (object >= self->places->len)
    g_array_set_size (self->places, object + 1);
  g_array_index (self->places, guint64, object) = place;
  add_text (self, head);
}

static void
end_object (Finish *self)
{
  add_text (self, "\nendobj\n");
}

/* @text as a string of a PDF. */
static char *
quote (const char *text)
{
  g_autoptr (GString) quoted = g_string_new (NULL);
  g_autofree gunichar2 *units = NULL;
  glong n = 0;

  if (g_str_is_ascii (text) && strpbrk (text, "()\\\r\n") == NULL)
    return g_strdup_printf ("(%s)", text);
  units = g_utf8_to_utf16 (text, -1, NULL, &n, NULL);
  g_string_append (quoted, "<FEFF");
  for (glong i = 0; i < n; i++)
    g_string_append_printf (quoted, "%04X", units[i]);
  g_string_append_c (quoted, '>');
  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

/* What XML can hold too: blanks for control characters; NULL for nothing. */
static char *
clean (const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  GString *cleaned;

  if (valid == NULL || *g_strstrip (valid) == '\0')
    return NULL;
  cleaned = g_string_new (NULL);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (cleaned, g_unichar_iscntrl (c) || (c & 0xfffe) == 0xfffe ? ' ' : c);
    }
  return g_string_free (cleaned, FALSE);
}

static void
add_entry (Finish *self, const char *key, const char *text)
{
  g_autofree char *cleaned = clean (text);
  g_autofree char *quoted = cleaned != NULL ? quote (cleaned) : NULL;

  if (quoted == NULL)
    return;
  add_text (self, "\n   /");
  add_text (self, key);
  add_text (self, " ");
  add_text (self, quoted);
}

static void
write_info (Finish *self)
{
  const RubisPdfFacts *facts = self->facts;
  g_autofree char *date = NULL;
  int year, month, day;

  rubis_date_to_ymd (facts->date, &year, &month, &day);
  date = g_strdup_printf ("D:%04d%02d%02d000000Z", year, month, day);
  begin_object (self, self->info);
  add_text (self, "<<");
  add_entry (self, "Title", facts->title);
  add_entry (self, "Author", facts->author);
  add_entry (self, "Subject", facts->subject);
  add_entry (self, "Creator", "Rubis " RUBIS_VERSION);
  add_entry (self, "Producer", self->producer);
  add_entry (self, "CreationDate", date);
  add_entry (self, "ModDate", date);
  add_text (self, "\n>>");
  end_object (self);
}

/* An element of XMP with @text inside @open and @close; nothing for no text. */
static void
append_property (GString *xmp, const char *open, const char *text, const char *close)
{
  g_autofree char *cleaned = clean (text);
  g_autofree char *escaped = cleaned != NULL ? g_markup_escape_text (cleaned, -1) : NULL;

  if (escaped != NULL)
    g_string_append_printf (xmp, "%s%s%s\n", open, escaped, close);
}

/* The same as in the information, as ISO 19005-3 asks (6.6.3). */
static char *
make_xmp (Finish *self)
{
  const RubisPdfFacts *facts = self->facts;
  g_autofree char *iso = rubis_date_to_iso (facts->date);
  g_autofree char *time = g_strconcat (iso, "T00:00:00Z", NULL);
  GString *xmp = g_string_new ("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                               "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                               "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                               "<rdf:Description rdf:about=\"\""
                               " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                               " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                               " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                               " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n");

  if (facts->archival)
    g_string_append (xmp, "<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n");
  g_string_append (xmp, "<dc:format>application/pdf</dc:format>\n");
  append_property (xmp, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->title,
                   "</rdf:li></rdf:Alt></dc:title>");
  append_property (xmp, "<dc:creator><rdf:Seq><rdf:li>", facts->author, "</rdf:li></rdf:Seq></dc:creator>");
  append_property (xmp, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", facts->subject,
                   "</rdf:li></rdf:Alt></dc:description>");
  append_property (xmp, "<dc:language><rdf:Bag><rdf:li>", facts->language,
                   "</rdf:li></rdf:Bag></dc:language>");
  append_property (xmp, "<xmp:CreatorTool>", "Rubis " RUBIS_VERSION, "</xmp:CreatorTool>");
  append_property (xmp, "<xmp:CreateDate>", time, "</xmp:CreateDate>");
  append_property (xmp, "<xmp:ModifyDate>", time, "</xmp:ModifyDate>");
  append_property (xmp, "<xmp:MetadataDate>", time, "</xmp:MetadataDate>");
  append_property (xmp, "<pdf:Producer>", self->producer, "</pdf:Producer>");
  g_string_append (xmp, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
  return g_string_free (xmp, FALSE);
}

static guint
write_stream (Finish *self, const char *entries, const void *data, gsize length)
{
  guint object = self->places->len;
  g_autofree char *head = g_strdup_printf ("<< %s/Length %zu >>\nstream\n", entries, length);

  begin_object (self, object);
  add_text (self, head);
  g_byte_array_append (self->tail, data, (guint)length);
  add_text (self, "\nendstream");
  end_object (self);
  return object;
}

static gboolean
is_language (const char *language)
{
  for (const char *p = language; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-')
        return FALSE;
    }
  return *language != '\0';
}

static void
write_catalogue (Finish *self, guint metadata, guint profile)
{
  const char *language = self->facts->language;
  g_autofree char *entries = g_strdup_printf (
      "\n   /Metadata %u 0 R\n   /ViewerPreferences << /DisplayDocTitle true >>\n   /OutputIntents [ <<"
      " /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (" RUBIS_COLOUR_PROFILE_NAME ")"
      " /Info (" RUBIS_COLOUR_PROFILE_NAME ") /DestOutputProfile %u 0 R >> ]",
      metadata, profile);

  begin_object (self, self->root);
  add_text (self, CATALOGUE);
  if (is_language (language))
    {
      add_text (self, " /Lang (");
      add_text (self, language);
      add_text (self, ")");
    }
  add_text (self, entries);
  if (strstr (self->catalogue, "/StructTreeRoot") != NULL && strstr (self->catalogue, "/MarkInfo") == NULL)
    add_text (self, "\n   /MarkInfo << /Marked true >>");
  add_text (self, self->catalogue);
  add_text (self, "\n>>");
  end_object (self);
}

/* A font whose glyphs are numbered as its characters are must say so. */
static void
complete_fonts (Finish *self)
{
  guint n = self->places->len;

  for (guint i = 1; i < n; i++)
    {
      guint64 place = get_place (self, i);
      g_autofree char *text = NULL;
      char start[PEEK + 1] = { 0 };
      const char *body;

      if (place == 0 || place >= self->cut || self->cut - place < PEEK
          || !self->source->read (self->source->data, place, start, PEEK))
        continue;
      body = strchr (start, '\n');
      if (body == NULL || !g_str_has_prefix (body + 1, CID_FONT))
        continue;
      text = read_until (self->source, place, "\nendobj");
      if (text == NULL || strstr (text, "/CIDToGIDMap") != NULL)
        continue;
      begin_object (self, i);
      add_text (self, CID_FONT "   /CIDToGIDMap /Identity\n");
      add_text (self, strchr (text, '\n') + 1 + strlen (CID_FONT));
      end_object (self);
    }
}

static void
write_table (Finish *self, const char *id)
{
  guint64 at = self->cut + self->tail->len;
  g_autofree char *head = g_strdup_printf ("xref\n0 %u\n0000000000 65535 f \n", self->places->len);
  g_autofree char *trailer
      = g_strdup_printf ("trailer\n<< /Size %u\n   /Root %u 0 R\n   /Info %u 0 R\n   /ID [ <%s> <%s> ]\n>>\n"
                         "startxref\n%" G_GUINT64_FORMAT "\n%%%%EOF\n",
                         self->places->len, self->root, self->info, id, id, at);

  add_text (self, head);
  for (guint i = 1; i < self->places->len; i++)
    {
      char entry[ENTRY_SIZE + 1];

      g_snprintf (entry, sizeof entry, "%010" G_GUINT64_FORMAT " 00000 n \n", get_place (self, i));
      g_byte_array_append (self->tail, (const guint8 *)entry, ENTRY_SIZE);
    }
  add_text (self, trailer);
}

/* The new end of the file, from self->cut on; FALSE when the file is of another build. @digest goes on
 * with what is written here.
 */
static gboolean
make_tail (Finish *self, GChecksum *digest)
{
  g_autoptr (GBytes) profile = NULL;
  g_autofree char *xmp = NULL;
  guint profile_object, metadata;

  if (!read_end (self))
    return FALSE;
  self->producer = g_strdup_printf ("cairo %s", cairo_version_string ());
  complete_fonts (self);
  profile = rubis_colour_profile_new ();
  profile_object = write_stream (self, "/N 3 ", g_bytes_get_data (profile, NULL), g_bytes_get_size (profile));
  xmp = make_xmp (self);
  metadata = write_stream (self, "/Type /Metadata /Subtype /XML ", xmp, strlen (xmp));
  write_info (self);
  write_catalogue (self, metadata, profile_object);
  g_checksum_update (digest, self->tail->data, self->tail->len);
  write_table (self, g_checksum_get_string (digest));
  return TRUE;
}

static void
finish_clear (Finish *self)
{
  g_array_unref (self->places);
  g_byte_array_unref (self->tail);
  g_free (self->catalogue);
  g_free (self->producer);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finish, finish_clear)

static gboolean
read_bytes (gpointer data, guint64 offset, gpointer to, gsize length)
{
  const GByteArray *bytes = data;

  if (offset > bytes->len || length > bytes->len - offset)
    return FALSE;
  memcpy (to, bytes->data + offset, length);
  return TRUE;
}

gboolean
rubis_pdf_finish (GByteArray *bytes, const RubisPdfFacts *facts)
{
  Source source = { read_bytes, bytes, bytes->len };
  g_auto (Finish) finish = { &source, facts, g_array_new (FALSE, TRUE, sizeof (guint64)) };
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_MD5);

  finish.tail = g_byte_array_sized_new (8 * 1024);
  g_checksum_update (digest, bytes->data, bytes->len);
  if (!make_tail (&finish, digest))
    return FALSE;
  g_byte_array_set_size (bytes, (guint)finish.cut);
  g_byte_array_append (bytes, finish.tail->data, finish.tail->len);
  return TRUE;
}

static gboolean
read_stream (gpointer data, guint64 offset, gpointer to, gsize length)
{
  return fseeko (data, (off_t)offset, SEEK_SET) == 0 && fread (to, 1, length, data) == length;
}

gboolean
rubis_pdf_finish_file (FILE *file, GChecksum *digest, const RubisPdfFacts *facts)
{
  Source source = { read_stream, file };
  g_auto (Finish) finish = { &source, facts, g_array_new (FALSE, TRUE, sizeof (guint64)) };
  g_autoptr (GChecksum) so_far = digest != NULL ? g_checksum_copy (digest) : g_checksum_new (G_CHECKSUM_MD5);
  off_t size;

  finish.tail = g_byte_array_new ();
  if (fflush (file) != 0 || fseeko (file, 0, SEEK_END) != 0 || (size = ftello (file)) < 0)
    return FALSE;
  source.size = (guint64)size;
  if (!make_tail (&finish, so_far))
    return ferror (file) == 0;
  return fseeko (file, (off_t)finish.cut, SEEK_SET) == 0
         && fwrite (finish.tail->data, 1, finish.tail->len, file) == finish.tail->len && fflush (file) == 0
         && ftruncate (fileno (file), (off_t)finish.cut + (off_t)finish.tail->len) == 0;
}

void
rubis_pdf_prepare (cairo_surface_t *surface, const RubisPdfFacts *facts)
{
  g_autofree char *iso = rubis_date_to_iso (facts->date);
  g_autofree char *time = g_strconcat (iso, "T00:00:00Z", NULL);

  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  if (facts->title != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, facts->title);
  if (facts->author != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, facts->author);
  if (facts->subject != NULL)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, facts->subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Rubis " RUBIS_VERSION);
  /* The day of the document, not of the clock: the same letter is the same file. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, time);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, time);
}
