/* A workbook: the input is its sheet, and once more the whole archive. */
#include <string.h>
#include <zip.h>

#include "fuzz-import.h"
#include "fuzz.h"

static void
add_member (zip_t *archive, const char *name, const void *data, size_t size)
{
  zip_source_t *source = zip_source_buffer (archive, data, size, 0);

  g_assert_cmpint (zip_file_add (archive, name, source, ZIP_FL_OVERWRITE), >=, 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char workbook[]
      = "<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>";
  static const char relations[]
      = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
  int code = 0;
  zip_t *archive;

  if (size >= 4 && memcmp (data, "PK\x03\x04", 4) == 0)
    {
      fuzz_import_read (data, size);
      return 0;
    }
  archive = zip_open (fuzz_import_path (), ZIP_CREATE | ZIP_TRUNCATE, &code);
  g_assert_nonnull (archive);
  add_member (archive, "[Content_Types].xml", "<Types/>", 8);
  add_member (archive, "xl/workbook.xml", workbook, strlen (workbook));
  add_member (archive, "xl/_rels/workbook.xml.rels", relations, strlen (relations));
  add_member (archive, "xl/worksheets/sheet1.xml", data, size);
  g_assert_cmpint (zip_close (archive), ==, 0);
  fuzz_import_read_path ();
  return 0;
}
