/* Messages that come back: read as mail, then by the rules for answers. */
#include "fuzz.h"

#include "rubis-answer.h"
#include "rubis-incoming-message.h"

#include <string.h>

static void
check_text (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

/* What is read is complete and safe to show, whatever the bytes were. */
static void
check_message (const RubisIncomingMessage *message)
{
  g_assert_cmpint (message->kind, <=, RUBIS_INCOMING_OTHER);
  check_text (message->message_id);
  check_text (message->original_id);
  check_text (message->from_email);
  check_text (message->from_name);
  check_text (message->to_email);
  check_text (message->subject);
  check_text (message->text);
  check_text (message->whole_text);
  check_text (message->failed_email);
  check_text (message->status);
  check_text (message->diagnostic);
  check_text (message->new_address);
  for (guint i = 0; i < message->references->len; i++)
    check_text (g_ptr_array_index (message->references, i));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (RubisIncomingMessage) message = rubis_incoming_message_new (bytes, &error);
  g_autoptr (GPtrArray) answers = NULL;

  g_assert_true ((message == NULL) == (error != NULL));
  if (message == NULL)
    return 0;
  check_message (message);
  answers = rubis_answer_read (message->text, RUBIS_CURRENCY_EUR, rubis_date_from_ymd (2026, 11, 20));
  for (guint i = 0; i < answers->len; i++)
    {
      const RubisAnswer *answer = g_ptr_array_index (answers, i);

      check_text (answer->sentence);
      check_text (answer->value);
      g_assert_cmpint (answer->amount, >=, 0);
    }
  return 0;
}
