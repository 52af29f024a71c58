/* rubis-template-preview-private.h: what makes previews, and keeps what does not change between two of them.
 */
#pragma once

#include "rubis-template-preview.h"

G_BEGIN_DECLS

/* Belongs to one thread at a time. */
typedef struct _RubisPreviewDesk RubisPreviewDesk;

/* @session: (unowned) outlives the desk */
RubisPreviewDesk *rubis_preview_desk_new (RubisSession *session);
void rubis_preview_desk_free (RubisPreviewDesk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPreviewDesk, rubis_preview_desk_free)
/* The dossier changed: the next preview reads it again. */
void rubis_preview_desk_forget (RubisPreviewDesk *self);
RubisTemplatePreview *rubis_preview_desk_make (RubisPreviewDesk *self, const RubisTemplateRequest *request,
                                               GError **error);

G_END_DECLS
