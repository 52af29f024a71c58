#include "rubis-event-row.h"

G_DEFINE_FINAL_TYPE (RubisEventRow, rubis_event_row, G_TYPE_OBJECT)

static const struct {
  const char *kind;
  const char *icon;
} icons[] = {
  { "attachment", "mail-attachment-symbolic" },
  { "account", "document-edit-symbolic" },
  { "answer", "mail-read-symbolic" },
  { "auto-reply", "mail-read-symbolic" },
  { "bounce", "mail-mark-junk-symbolic" },
  { "call", "call-start-symbolic" },
  { "company", "emblem-system-symbolic" },
  { "contact", "contact-new-symbolic" },
  { "create", "document-new-symbolic" },
  { "decision", "dialog-question-symbolic" },
  { "delivery", "mail-read-symbolic" },
  { "document", "text-x-generic-symbolic" },
  { "actor", "system-users-symbolic" },
  { "bulk", "view-list-symbolic" },
  { "due-date", "x-office-calendar-symbolic" },
  { "email", "mail-send-symbolic" },
  { "field", "text-editor-symbolic" },
  { "filter", "edit-find-symbolic" },
  { "import", "document-open-symbolic" },
  { "legal-file", "rubis-legal-symbolic" },
  { "letter", "document-print-symbolic" },
  { "message", "mail-send-symbolic" },
  { "note", "text-editor-symbolic" },
  { "notice-confirmed", "dialog-warning-symbolic" },
  { "outbox", "mail-send-symbolic" },
  { "policy", "view-list-ordered-symbolic" },
  { "print", "document-print-symbolic" },
  { "redo", "edit-redo-symbolic" },
  { "reprint", "document-print-symbolic" },
  { "registered", "security-high-symbolic" },
  { "registered-state", "security-high-symbolic" },
  { "proof", "mail-attachment-symbolic" },
  { "sender", "emblem-system-symbolic" },
  { "sms", "user-available-symbolic" },
  { "stop", "media-playback-stop-symbolic" },
  { "transmitted", "rubis-legal-symbolic" },
  { "undo", "edit-undo-symbolic" },
  { "unstop", "media-playback-start-symbolic" },
  { "visit", "mark-location-symbolic" },
  { "not-sent", "process-stop-symbolic" },
};

static void
rubis_event_row_finalize (GObject *object)
{
  RubisEventRow *self = RUBIS_EVENT_ROW (object);

  g_free (self->kind);
  g_free (self->title);
  g_free (self->detail);
  g_free (self->actor);
  G_OBJECT_CLASS (rubis_event_row_parent_class)->finalize (object);
}

static void
rubis_event_row_class_init (RubisEventRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rubis_event_row_finalize;
}

static void
rubis_event_row_init (RubisEventRow *self)
{
  self->date = RUBIS_DATE_NONE;
}

RubisEventRow *
rubis_event_row_new (void)
{
  return g_object_new (RUBIS_TYPE_EVENT_ROW, NULL);
}

const char *
rubis_event_row_get_icon (RubisEventRow *self)
{
  g_return_val_if_fail (RUBIS_IS_EVENT_ROW (self), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++)
    {
      if (g_strcmp0 (icons[i].kind, self->kind) == 0)
        return icons[i].icon;
    }
  return "document-open-recent-symbolic";
}
