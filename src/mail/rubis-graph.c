#include "rubis-graph.h"

#define BASE "https://graph.microsoft.com"

static const RubisApiCode codes[] = {
  { "InvalidAuthenticationToken", RUBIS_API_FAULT_LOGIN },
  { "ErrorAccessDenied", RUBIS_API_FAULT_RIGHTS },
  { "Authorization_RequestDenied", RUBIS_API_FAULT_RIGHTS },
  { "MailboxNotEnabledForRESTAPI", RUBIS_API_FAULT_RIGHTS },
  { "ErrorAccountSuspend", RUBIS_API_FAULT_RIGHTS },
  { "ErrorSendAsDenied", RUBIS_API_FAULT_FROM },
  { "ErrorQuotaExceeded", RUBIS_API_FAULT_QUOTA },
  { "ErrorExceededMessageLimit", RUBIS_API_FAULT_QUOTA },
  { "ErrorMessageSubmissionBlocked", RUBIS_API_FAULT_QUOTA },
  { "ApplicationThrottled", RUBIS_API_FAULT_RATE },
  { "ErrorTooManyRequests", RUBIS_API_FAULT_RATE },
  { "ErrorMessageSizeExceeded", RUBIS_API_FAULT_SIZE },
  { "RequestEntityTooLarge", RUBIS_API_FAULT_SIZE },
  { "ErrorAttachmentSizeLimitExceeded", RUBIS_API_FAULT_SIZE },
  { "ErrorInvalidRecipients", RUBIS_API_FAULT_RECIPIENT },
  { NULL, RUBIS_API_FAULT_NONE },
};

RubisApi *
rubis_graph_api_new (const RubisSender *sender, RubisCredentials *credentials)
{
  RubisApi *api = rubis_api_new (sender, credentials, BASE, RUBIS_API_BEARER, NULL);

  rubis_api_set_header (api, "Prefer", "IdType=\"ImmutableId\"");
  return api;
}

char *
rubis_graph_message_path (const char *id, const char *rest)
{
  g_autofree char *escaped = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat (RUBIS_GRAPH_MESSAGES "/", escaped, rest, NULL);
}

RubisApiFault
rubis_graph_get_fault (const RubisHttpResponse *response, char **words)
{
  g_autoptr (RubisJsonAnswer) json = rubis_api_read_json (response);
  g_autofree char *code = rubis_json_answer_dup (json, "error.code");

  *words = rubis_json_answer_dup (json, "error.message");
  return rubis_api_fault_of_code (codes, code, response->status);
}

RubisDelivery *
rubis_graph_judge (const RubisSender *sender, const RubisHttpResponse *response, gboolean submits)
{
  g_autofree char *words = NULL;
  RubisApiFault fault = rubis_graph_get_fault (response, &words);

  return rubis_api_judge (sender, response, fault, submits, words);
}
