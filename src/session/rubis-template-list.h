/* rubis-template-list.h: the templates of the dossier and their versions, as users read them. */
#pragma once

#include "rubis-session.h"
#include "rubis-types.h"

G_BEGIN_DECLS

/* Templates are grouped in the order in which a case meets them. */
typedef enum
{
  RUBIS_TEMPLATE_GROUP_BEFORE_DUE,
  RUBIS_TEMPLATE_GROUP_REMINDERS,
  RUBIS_TEMPLATE_GROUP_FORMAL,
  RUBIS_TEMPLATE_GROUP_STATEMENTS,
  RUBIS_TEMPLATE_GROUP_THANKS,
  RUBIS_TEMPLATE_GROUP_AGREEMENTS,
  RUBIS_TEMPLATE_GROUP_RECEIPTS,
  RUBIS_TEMPLATE_GROUP_LEGAL,
  RUBIS_TEMPLATE_GROUP_INTERNAL,
  RUBIS_TEMPLATE_GROUP_OTHER,
  RUBIS_TEMPLATE_GROUP_SCRIPTS,
} RubisTemplateGroup;
/* In the language of the user. Static. */
const char *rubis_template_group_to_label (RubisTemplateGroup group);

/* The languages in which the program ships templates: "fr", "en"…, NULL at the end. Static. */
const char *const *rubis_template_get_languages (void);
/* The language that the own company writes in most: that of its country. Static. */
const char *rubis_session_get_own_language (RubisSession *self);
/* The name of a language in the language of the user; the code itself when it is another one. */
const char *rubis_template_language_to_label (const char *language);

typedef struct
{
  char *id;
  char *language;
  char *name; /* the id when the template has none, or cannot be read */
  RubisTemplateGroup group;
  int rank;    /* of the first policy step that uses it; 1000: none does */
  char *steps; /* names of the policy steps that use it, "" when none does */
  RubisChannel channel;
  int version;
  char *saved_at; /* "2026-11-21T08:12:03Z"; "" as shipped with the program */
  char *saved_by;
  gboolean withdrawn;
  char *error;        /* (nullable) why it cannot be used */
  gboolean has_draft; /* something was typed and not saved yet */
} RubisTemplateEntry;
void rubis_template_entry_free (RubisTemplateEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisTemplateEntry, rubis_template_entry_free)

/* All templates, ordered by group, step, name and language. (transfer full) (element-type RubisTemplateEntry)
 */
GPtrArray *rubis_session_list_templates (RubisSession *self, gboolean with_withdrawn, GError **error);

typedef struct
{
  int version;
  char *text;     /* with its head */
  char *saved_at; /* "" as shipped with the program */
  char *saved_by;
  char *note;
  gint64 n_documents; /* written by it */
} RubisTemplateVersionEntry;
void rubis_template_version_entry_free (RubisTemplateVersionEntry *self);

/* The newest first. (transfer full) (element-type RubisTemplateVersionEntry) */
GPtrArray *rubis_session_list_template_versions (RubisSession *self, const char *id, const char *language,
                                                 GError **error);
/* The text of a version, 0: of the newest. (transfer full) Errors: G_IO_ERROR_NOT_FOUND. */
char *rubis_session_load_template (RubisSession *self, const char *id, const char *language, int version,
                                   GError **error);

G_END_DECLS
