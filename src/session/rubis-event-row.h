/* rubis-event-row.h: one line of an account's history. */
#pragma once

#include <gio/gio.h>

#include "rubis-date.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_EVENT_ROW (rubis_event_row_get_type ())
G_DECLARE_FINAL_TYPE (RubisEventRow, rubis_event_row, RUBIS, EVENT_ROW, GObject)

/* Read-only for everybody but session. Strings are never NULL. */
struct _RubisEventRow {
  GObject parent_instance;

  gint64 id;             /* of the journal; 0: not a line of it */
  RubisDate date;
  char *kind;            /* stable id: "letter", "email", "call", "import", "stop", "note"… */
  char *title;           /* what happened, in the user's language */
  char *detail;          /* "" when the title says all */
  char *actor;           /* who did it */
  gint64 document_id;    /* 0: no document was kept */
  gint64 incoming_id;    /* 0: tells of no answer */
  gint64 account_id;     /* 0: none */
  char *account_name;    /* "" when not asked for */
};

RubisEventRow *rubis_event_row_new (void);

/* "fr"-ready symbolic icon name for the kind; static. */
const char *rubis_event_row_get_icon (RubisEventRow *self);

G_END_DECLS
