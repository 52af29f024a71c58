/* rubis-dossier-lock.h: one program at a time holds a dossier, and says who it is.
 *
 * A file "<dossier>.lock" beside the dossier names program, user, machine and process. On one
 * machine the kernel's lock on it decides, so that a crash leaves nothing behind; from another
 * machine, where such locks may not be seen, a note younger than a few minutes counts.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _RubisDossierLock RubisDossierLock;

/* @holder: (out) (transfer full) (nullable) who has it, in words, when NULL is returned for that
 * reason. @error is set otherwise (the folder cannot be written to).
 */
RubisDossierLock *rubis_dossier_lock_take (const char *dossier, char **holder, GError **error);
/* Says that the holder is alive; called with each transaction. */
void rubis_dossier_lock_touch (RubisDossierLock *self);
/* Lets go and removes the note. */
void rubis_dossier_lock_free (RubisDossierLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisDossierLock, rubis_dossier_lock_free)

G_END_DECLS
