/* rubis-pdf-sheet.h: one page of a PDF on the screen: white paper until its picture is there. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_PDF_SHEET (rubis_pdf_sheet_get_type ())
G_DECLARE_FINAL_TYPE (RubisPdfSheet, rubis_pdf_sheet, RUBIS, PDF_SHEET, GtkWidget)

GtkWidget *rubis_pdf_sheet_new (void);
/* Notes that a picture of @scale pixels to a point is on its way; FALSE when it already was. */
gboolean rubis_pdf_sheet_request (RubisPdfSheet *self, double scale);
void rubis_pdf_sheet_set_texture (RubisPdfSheet *self, GdkTexture *texture);
/* The picture shown is that of an older version: it stays until the next one is there. */
void rubis_pdf_sheet_mark_old (RubisPdfSheet *self);
/* Lets the picture go, to save memory. */
void rubis_pdf_sheet_forget (RubisPdfSheet *self);

G_END_DECLS
