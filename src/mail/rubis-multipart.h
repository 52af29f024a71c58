/* rubis-multipart.h: a form with files, as HTTP servers take it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RubisMultipart RubisMultipart;

RubisMultipart *rubis_multipart_new (void);
void rubis_multipart_free (RubisMultipart *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisMultipart, rubis_multipart_free)

/* @file_name, @media_type: (nullable) */
void rubis_multipart_add (RubisMultipart *self, const char *name, const char *file_name,
                          const char *media_type, GBytes *content);
void rubis_multipart_add_text (RubisMultipart *self, const char *name, const char *value);
/* The body; nothing can be added after. (transfer full) */
GBytes *rubis_multipart_finish (RubisMultipart *self);
/* "multipart/form-data; boundary=…" */
const char *rubis_multipart_get_content_type (RubisMultipart *self);

G_END_DECLS
