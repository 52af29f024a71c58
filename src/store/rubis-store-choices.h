/* rubis-store-choices.h: what users changed of the lists that Rubis comes with, and added to them. */
#pragma once

#include "rubis-database.h"

G_BEGIN_DECLS

/* Texts are never NULL. */
typedef struct
{
  char *list;
  char *id;
  char *label; /* "" for the shipped one */
  int position;
  int days; /* 0: as shipped */
  gboolean active;
  int contact; /* 1: somebody was spoken to, 0: not, -1: as shipped */
} RubisChoiceRecord;
void rubis_choice_record_free (RubisChoiceRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisChoiceRecord, rubis_choice_record_free)

/* In their order. (transfer full) (element-type RubisChoiceRecord) */
GPtrArray *rubis_store_list_choices (RubisDatabase *db, const char *list, GError **error);
/* (transfer full) (nullable) NULL without error when there is none */
RubisChoiceRecord *rubis_store_load_choice (RubisDatabase *db, const char *list, const char *id,
                                            GError **error);
/* Adds it or puts it in place of the one of that id. */
gboolean rubis_store_save_choice (RubisDatabase *db, const RubisChoiceRecord *record, GError **error);
gboolean rubis_store_delete_choice (RubisDatabase *db, const char *list, const char *id, GError **error);

G_END_DECLS
