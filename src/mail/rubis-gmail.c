#include "rubis-gmail.h"

#include <string.h>

#define BASE "https://gmail.googleapis.com"
/* What Gmail says of accounts that have sent too much. */
#define RETRY_AFTER "Retry after "

static const RubisApiCode codes[] = {
  { "authError", RUBIS_API_FAULT_LOGIN },
  { "rateLimitExceeded", RUBIS_API_FAULT_RATE },
  { "userRateLimitExceeded", RUBIS_API_FAULT_RATE },
  { "dailyLimitExceeded", RUBIS_API_FAULT_QUOTA },
  { "quotaExceeded", RUBIS_API_FAULT_QUOTA },
  { "limitExceeded", RUBIS_API_FAULT_QUOTA },
  { "insufficientPermissions", RUBIS_API_FAULT_RIGHTS },
  { "forbidden", RUBIS_API_FAULT_RIGHTS },
  { "accessNotConfigured", RUBIS_API_FAULT_RIGHTS },
  { "domainPolicy", RUBIS_API_FAULT_RIGHTS },
  { "failedPrecondition", RUBIS_API_FAULT_RIGHTS },
  { "uploadTooLarge", RUBIS_API_FAULT_SIZE },
  { NULL, RUBIS_API_FAULT_NONE },
};

RubisApi *
rubis_gmail_api_new (const RubisSender *sender, RubisCredentials *credentials)
{
  return rubis_api_new (sender, credentials, BASE, RUBIS_API_BEARER, NULL);
}

RubisApiFault
rubis_gmail_get_fault (const RubisHttpResponse *response, char **words)
{
  g_autoptr (RubisJsonAnswer) json = rubis_api_read_json (response);
  g_autofree char *reason = rubis_json_answer_dup (json, "error.errors.0.reason");

  *words = rubis_json_answer_dup (json, "error.message");
  return rubis_api_fault_of_code (codes, reason, response->status);
}

/* "User-rate limit exceeded. Retry after 2026-11-22T09:30:00.000Z": seconds from now by the server's clock;
 * -1 when it does not say.
 */
static int
read_retry_after (const RubisHttpResponse *response, const char *words)
{
  const char *text = strstr (words, RETRY_AFTER);
  g_autofree char *word = text != NULL ? g_strdup (text + strlen (RETRY_AFTER)) : NULL;
  g_autoptr (GDateTime) until = NULL;
  gint64 now = rubis_api_get_server_time (response);

  if (word == NULL || now == 0)
    return -1;
  word[strcspn (word, " ")] = '\0';
  until = g_date_time_new_from_iso8601 (word, NULL);
  if (until == NULL)
    return -1;
  return (int)CLAMP (g_date_time_to_unix (until) - now, 0, G_MAXINT);
}

RubisDelivery *
rubis_gmail_judge (const RubisSender *sender, const RubisHttpResponse *response, gboolean submits)
{
  g_autofree char *words = NULL;
  RubisApiFault fault = rubis_gmail_get_fault (response, &words);
  RubisDelivery *delivery = rubis_api_judge (sender, response, fault, submits, words);

  if (response->retry_after < 0 && (fault == RUBIS_API_FAULT_RATE || fault == RUBIS_API_FAULT_QUOTA))
    {
      int seconds = read_retry_after (response, words);

      if (seconds >= 0)
        delivery->retry_after = seconds;
    }
  return delivery;
}

char *
rubis_gmail_encode (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  char *text = g_base64_encode (data, size);

  g_strdelimit (text, "+", '-');
  return g_strdelimit (text, "/", '_');
}

GBytes *
rubis_gmail_decode (const char *text)
{
  g_autoptr (GString) plain = g_string_new (text);
  gsize size;
  guchar *data;

  g_strdelimit (plain->str, "-", '+');
  g_strdelimit (plain->str, "_", '/');
  while (plain->len % 4 != 0)
    g_string_append_c (plain, '=');
  data = g_base64_decode (plain->str, &size);
  return g_bytes_new_take (data, size);
}
