/* rubis-text-pages.h: prints a text, such as an email that was sent, on A4 pages. */
#pragma once

#include "rubis-date.h"

G_BEGIN_DECLS

/* A line above the text: "Objet", "Relance". */
typedef struct
{
  const char *label;
  const char *value; /* NULL or "": the line is left out */
} RubisTextField;

typedef struct
{
  const char *title;
  const RubisTextField *fields;
  gsize n_fields;
  const char *body;     /* lines are kept, and wrapped when too long */
  RubisDate date;       /* of the file: never the clock */
  const char *language; /* of the text: "fr" */
} RubisTextPages;

/* The PDF, the same for the same text; NULL and @error when it cannot be drawn. @n_pages may be NULL. */
GBytes *rubis_text_pages_draw (const RubisTextPages *text, guint *n_pages, GError **error);

G_END_DECLS
