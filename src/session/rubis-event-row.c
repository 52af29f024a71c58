#include "rubis-event-row-private.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "rubis-format.h"

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
  { "callback", "alarm-symbolic" },
  { "company", "emblem-system-symbolic" },
  { "contact", "contact-new-symbolic" },
  { "create", "document-new-symbolic" },
  { "decision", "dialog-question-symbolic" },
  { "delivery", "mail-read-symbolic" },
  { "document", "text-x-generic-symbolic" },
  { "actor", "system-users-symbolic" },
  { "bulk", "view-list-symbolic" },
  { "choice", "view-list-symbolic" },
  { "dispute", "rubis-dispute-symbolic" },
  { "reset", "edit-undo-symbolic" },
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
  { "payment", "emblem-ok-symbolic" },
  { "credit-note", "emblem-ok-symbolic" },
  { "print", "document-print-symbolic" },
  { "promise", "rubis-promise-symbolic" },
  { "promise-seen", "rubis-promise-symbolic" },
  { "promise-withdrawn", "rubis-promise-symbolic" },
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
  g_free (self->account_name);
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
  self->account_name = g_strdup ("");
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

char *
rubis_event_read_detail (const char *data, gint64 *incoming)
{
  g_autoptr(JsonNode) root = g_str_equal (data, "{}") ? NULL : json_from_string (data, NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (incoming != NULL)
    *incoming = object != NULL ? json_object_get_int_member_with_default (object, "incoming", 0) : 0;
  if (object == NULL)
    return g_strdup ("");
  return g_strdup (json_object_get_string_member_with_default (
    object, "detail", json_object_get_string_member_with_default (object, "note", "")));
}

static char *
write_title (const RubisTimelineRecord *record)
{
  g_autofree char *amount = NULL;

  if (record->source == RUBIS_TIMELINE_EVENT)
    return g_strdup (record->text);
  if (record->source == RUBIS_TIMELINE_INCOMING)
    return g_strdup_printf (_("Answer: %s"), record->text);
  amount = rubis_format_amount (record->amount, record->currency, rubis_format_ui_language ());
  if (g_str_equal (record->kind, "credit-note"))
    return g_strdup_printf (ngettext ("Credit note of %s set against %d invoice",
                                      "Credit notes of %s set against %d invoices", (gulong) record->n_items),
                            amount, record->n_items);
  return g_strdup_printf (
    ngettext ("Payment of %s on %d invoice", "Payment of %s on %d invoices", (gulong) record->n_items), amount,
    record->n_items);
}

RubisEventRow *
rubis_event_row_new_from_record (const RubisTimelineRecord *record)
{
  RubisEventRow *row = rubis_event_row_new ();

  row->date = record->date;
  row->kind = g_strdup (record->kind);
  row->title = write_title (record);
  row->actor = g_strdup (record->actor);
  row->document_id = record->document_id;
  row->account_id = record->account_id;
  g_free (row->account_name);
  row->account_name = g_strdup (record->account);
  switch (record->source)
    {
    case RUBIS_TIMELINE_EVENT:
      row->id = record->id;
      row->detail = rubis_event_read_detail (record->detail, &row->incoming_id);
      break;
    case RUBIS_TIMELINE_INCOMING:
      row->incoming_id = record->id;
      row->detail = g_strdup (record->detail);
      break;
    case RUBIS_TIMELINE_PAYMENT:
    default:
      row->detail = g_strdup (record->text);
      break;
    }
  return row;
}
