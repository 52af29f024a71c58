/* rubis-guide.h: the help: on following what is unpaid, and on templates, with examples whose results the program makes
 * itself.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  RUBIS_GUIDE_HEADING,
  RUBIS_GUIDE_TEXT,
  RUBIS_GUIDE_BULLET,
  RUBIS_GUIDE_EXAMPLE, /* text: what is typed, result: what it becomes */
  RUBIS_GUIDE_TERM,    /* text: a word, result: what it means */
} RubisGuideKind;

typedef struct {
  RubisGuideKind kind;
  int level;    /* of a heading, from 1 */
  char *text;   /* may have `code` and **bold** except in examples and terms */
  char *result; /* (nullable) */
  char *error;  /* (nullable) why an example could not be made */
} RubisGuidePart;

typedef enum {
  RUBIS_GUIDE_FOLLOW_UP, /* disputes, promises, plans, calls, the search */
  RUBIS_GUIDE_TEMPLATES,
} RubisGuideTopic;
#define RUBIS_N_GUIDE_TOPICS 2

/* The guide in French for "fr", in English for any other language. (transfer full) (element-type RubisGuidePart) */
GPtrArray *rubis_guide_load (RubisGuideTopic topic, const char *language, GError **error);
/* The same for a terminal. */
char *rubis_guide_to_text (GPtrArray *guide);

G_END_DECLS
