/* fault-vfs.h: a file system for SQLite whose n-th write fails, for tests. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  FAULT_ONCE,       /* one operation fails, those after it work */
  FAULT_FROM_THEN,  /* the disk is gone: all that follow fail too */
  FAULT_FULL,       /* the disk is full from then on */
} FaultMode;

/* Puts it in the place of the ordinary one. Nothing is synced to disk: tests do not cut the power. */
void fault_vfs_register (void);
/* Counts writes, syncs, truncations and deletions from now on; the @n-th fails (0: none). */
void fault_vfs_arm (FaultMode mode, int n);
/* Nothing fails any more. TRUE when something had failed. */
gboolean fault_vfs_disarm (void);

G_END_DECLS
