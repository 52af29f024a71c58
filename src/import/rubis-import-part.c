#include <string.h>
#include <glib/gi18n-lib.h>

#include "rubis-import-file.h"
#include "rubis-import-workbook-private.h"

static int
read_part (void *context, char *buffer, int length)
{
  RubisImportPart *part = context;
  zip_int64_t n = zip_fread (part->file, buffer, (zip_uint64_t) length);

  if (n < 0)
    return -1;
  part->done += (guint64) n;
  if (part->done > part->limit)
    {
      part->too_large = TRUE;
      return -1;
    }
  return (int) n;
}

/* The messages of the parser are told through the return values. */
static void
ignore_xml_error (void *data, const char *message, xmlParserSeverities severity,
                  xmlTextReaderLocatorPtr locator)
{
}

gboolean
rubis_import_part_open (RubisImportPart *part, zip_t *archive, const char *name, guint64 limit,
                        GError **error)
{
  zip_stat_t stat;

  memset (part, 0, sizeof *part);
  if (zip_stat (archive, name, ZIP_FL_NOCASE, &stat) != 0
      || (part->file = zip_fopen (archive, name, ZIP_FL_NOCASE)) == NULL)
    {
      g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_DAMAGED,
                   _("The workbook is damaged or protected: its part “%s” cannot be read"), name);
      return FALSE;
    }
  part->size = (stat.valid & ZIP_STAT_SIZE) != 0 ? stat.size : 0;
  part->limit = limit;
  part->reader
      = xmlReaderForIO (read_part, NULL, part, NULL, NULL,
                        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
  if (part->reader == NULL)
    {
      rubis_import_part_close (part);
      g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_DAMAGED,
                   _("The part “%s” of the workbook is not XML"), name);
      return FALSE;
    }
  xmlTextReaderSetErrorHandler (part->reader, ignore_xml_error, NULL);
  return TRUE;
}

void
rubis_import_part_close (RubisImportPart *part)
{
  g_clear_pointer (&part->reader, xmlFreeTextReader);
  if (part->file != NULL)
    zip_fclose (part->file);
  part->file = NULL;
}

int
rubis_import_part_read (RubisImportPart *part, const char *path, GError **error)
{
  int result = xmlTextReaderRead (part->reader);
  g_autofree char *name = NULL;

  if (result == 1 && xmlTextReaderNodeType (part->reader) != XML_READER_TYPE_DOCUMENT_TYPE)
    return 1;
  if (result == 0)
    return 0;
  name = g_filename_display_basename (path);
  if (part->too_large)
    g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_TOO_LARGE,
                 _("“%s”: the workbook unpacks to more than Rubis accepts"), name);
  else
    g_set_error (error, RUBIS_IMPORT_ERROR, RUBIS_IMPORT_ERROR_DAMAGED,
                 _("“%s”: the workbook is damaged; open it in a spreadsheet and save it again"), name);
  return -1;
}

static gboolean
is_node (const RubisImportPart *part, int type, const char *name)
{
  return xmlTextReaderNodeType (part->reader) == type
         && strcmp ((const char *) xmlTextReaderConstLocalName (part->reader), name) == 0;
}

gboolean
rubis_import_part_is (const RubisImportPart *part, const char *name)
{
  return is_node (part, XML_READER_TYPE_ELEMENT, name);
}

gboolean
rubis_import_part_is_end (const RubisImportPart *part, const char *name)
{
  return is_node (part, XML_READER_TYPE_END_ELEMENT, name);
}

char *
rubis_import_part_dup_attribute (const RubisImportPart *part, const char *name)
{
  char *value = NULL;

  while (value == NULL && xmlTextReaderMoveToNextAttribute (part->reader) == 1)
    {
      if (strcmp ((const char *) xmlTextReaderConstLocalName (part->reader), name) == 0)
        value = g_strdup ((const char *) xmlTextReaderConstValue (part->reader));
    }
  xmlTextReaderMoveToElement (part->reader);
  return value;
}
