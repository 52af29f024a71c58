#include "rubis-pdf-text.h"

#include "rubis-pdf.h"

char *
rubis_pdf_read_text (GBytes *pdf, guint max_pages, guint *n_pages, GError **error)
{
  g_autoptr (RubisPdf) document = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (pdf != NULL, NULL);

  document = rubis_pdf_new (pdf, error);
  if (document == NULL)
    return NULL;
  if (n_pages != NULL)
    *n_pages = rubis_pdf_get_n_pages (document);
  for (guint i = 0; i < rubis_pdf_get_n_pages (document) && i < max_pages; i++)
    {
      g_autofree char *page = rubis_pdf_dup_page_text (document, i);

      g_string_append (text, page != NULL ? page : "");
      g_string_append_c (text, '\n');
    }
  return g_strstrip (g_string_free (g_steal_pointer (&text), FALSE));
}
