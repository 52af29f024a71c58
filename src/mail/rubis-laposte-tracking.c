#include "rubis-laposte-tracking.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-json-answer.h"
#include "rubis-text.h"
#include "rubis-transport.h"

#define BASE "https://api.laposte.fr/suivi/v2"
#define BATCH 10
#define RETURN_KNOWN 200

void
rubis_tracking_free (RubisTracking *self)
{
  g_free (self->number);
  g_free (self->label);
  g_free (self);
}

/* "2026-11-04T11:02:00+01:00": the day as the post counts it. */
static RubisDate
read_day (const char *text)
{
  g_autofree char *day = g_strndup (text, 10);

  return rubis_date_parse_iso (day);
}

/* What an event's code is in the course of a letter; a return is told by its words. */
static gboolean
read_code (const char *code, const char *label, RubisRegisteredState *state)
{
  static const struct
  {
    const char *code;
    RubisRegisteredState state;
  } states[] = {
    { "PC", RUBIS_REGISTERED_DEPOSITED }, { "ET", RUBIS_REGISTERED_DEPOSITED },
    { "EP", RUBIS_REGISTERED_DEPOSITED }, { "DO", RUBIS_REGISTERED_DEPOSITED },
    { "MD", RUBIS_REGISTERED_DEPOSITED }, { "ND", RUBIS_REGISTERED_PRESENTED },
    { "AG", RUBIS_REGISTERED_PRESENTED }, { "RE", RUBIS_REGISTERED_NOT_CLAIMED },
    { "DI", RUBIS_REGISTERED_RECEIVED },
  };
  g_autofree char *folded = rubis_text_fold (label);

  if (g_str_equal (code, "RE1") || g_str_equal (code, "DI2"))
    {
      *state = strstr (folded, "refus") != NULL ? RUBIS_REGISTERED_REFUSED
               : strstr (folded, "adresse") != NULL || strstr (folded, "inconnu") != NULL
                   ? RUBIS_REGISTERED_WRONG_ADDRESS
                   : RUBIS_REGISTERED_NOT_CLAIMED;
      return TRUE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_str_has_prefix (code, states[i].code))
        {
          *state = states[i].state;
          return TRUE;
        }
    }
  return FALSE;
}

static char *
dup_event (RubisJsonAnswer *json, const char *root, guint i, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%sshipment.event.%u.%s", root, i, name);

  return rubis_json_answer_dup (json, path);
}

/* Events come newest first: the newest that means something is where the letter is. */
static void
read_shipment (RubisJsonAnswer *json, const char *root, RubisTracking *tracking)
{
  g_autofree char *path = g_strconcat (root, "shipment.event", NULL);
  guint n = rubis_json_answer_get_length (json, path);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *code = dup_event (json, root, i, "code");
      g_autofree char *label = dup_event (json, root, i, "label");
      g_autofree char *date = dup_event (json, root, i, "date");
      RubisRegisteredState state;

      if (!read_code (code, label, &state))
        continue;
      if (state == RUBIS_REGISTERED_PRESENTED)
        tracking->presented_on = read_day (date);
      if (tracking->known)
        continue;
      tracking->known = TRUE;
      tracking->state = state;
      tracking->date = read_day (date);
      g_free (tracking->label);
      tracking->label = g_steal_pointer (&label);
    }
}

static RubisTracking *
read_one (RubisJsonAnswer *json, const char *root, const char *number)
{
  RubisTracking *tracking = g_new0 (RubisTracking, 1);
  g_autofree char *code_path = g_strconcat (root, "returnCode", NULL);

  tracking->number = g_strdup (number);
  tracking->label = g_strdup ("");
  tracking->date = RUBIS_DATE_NONE;
  tracking->presented_on = RUBIS_DATE_NONE;
  tracking->code = (int)rubis_json_answer_get_int (json, code_path);
  if (tracking->code == RETURN_KNOWN)
    read_shipment (json, root, tracking);
  return tracking;
}

/* One object, or an array of them in any order: each names the letter that it is about. */
static gboolean
read_answer (RubisJsonAnswer *json, char **numbers, guint n, GPtrArray *found)
{
  guint length = rubis_json_answer_get_length (json, "");

  if (length == 0 && n == 1 && rubis_json_answer_has (json, "returnCode"))
    {
      g_ptr_array_add (found, read_one (json, "", numbers[0]));
      return TRUE;
    }
  for (guint i = 0; i < length; i++)
    {
      g_autofree char *root = g_strdup_printf ("%u.", i);
      g_autofree char *shipment_path = g_strconcat (root, "shipment.idShip", NULL);
      g_autofree char *plain_path = g_strconcat (root, "idShip", NULL);
      g_autofree char *of_shipment = rubis_json_answer_dup (json, shipment_path);
      g_autofree char *plain = rubis_json_answer_dup (json, plain_path);

      for (guint k = 0; k < n; k++)
        {
          if (g_str_equal (numbers[k], of_shipment) || g_str_equal (numbers[k], plain))
            g_ptr_array_add (found, read_one (json, root, numbers[k]));
        }
    }
  return length > 0;
}

static gboolean
ask (RubisHttp *http, const char *base, const char *key, char **numbers, guint n, GPtrArray *found,
     GCancellable *cancellable, GError **error)
{
  g_autofree char *ids = g_strjoinv (",", numbers);
  g_autofree char *url = g_strdup_printf ("%s/idships/%s?lang=fr_FR", base, ids);
  g_autoptr (RubisHttpRequest) request = rubis_http_request_new ("GET", url);
  g_autoptr (RubisHttpResponse) response = NULL;
  g_autoptr (RubisJsonAnswer) json = NULL;

  rubis_http_request_set_header (request, "X-Okapi-Key", key);
  rubis_http_request_set_header (request, "Accept", "application/json");
  response = rubis_http_send (http, request, cancellable);
  json = rubis_json_answer_new (response->body);
  if (response->outcome == RUBIS_HTTP_ANSWERED && response->status != 401 && response->status != 403
      && read_answer (json, numbers, n, found))
    return TRUE;
  if (response->outcome != RUBIS_HTTP_ANSWERED)
    g_set_error_literal (error, RUBIS_TRANSPORT_ERROR,
                         response->certificate ? RUBIS_TRANSPORT_ERROR_CERTIFICATE
                                               : RUBIS_TRANSPORT_ERROR_UNREACHABLE,
                         response->reason);
  else if (response->status == 401 || response->status == 403)
    g_set_error_literal (
        error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_LOGIN,
        _ ("La Poste refuses the key of its tracking: type it again in the sender’s settings"));
  else
    g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SERVER,
                 _ ("La Poste answered with something that cannot be read (%u)."), response->status);
  return FALSE;
}

GPtrArray *
rubis_laposte_track (RubisHttp *http, const char *base, const char *key, GPtrArray *numbers,
                     GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_tracking_free);

  for (guint i = 0; i < numbers->len; i += BATCH)
    {
      guint n = MIN (BATCH, numbers->len - i);
      char *batch[BATCH + 1] = { NULL };

      for (guint k = 0; k < n; k++)
        batch[k] = numbers->pdata[i + k];
      if (!ask (http, base != NULL && *base != '\0' ? base : BASE, key, batch, n, found, cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&found);
}
