/* Reports on the delivery of a message: RFC 3464, RFC 8098, and what mailers write in their own words. */
#include "rubis-incoming-private.h"

#include <string.h>

#include "rubis-text.h"

#define MAX_REPORT (64 * 1024)
#define MAX_DIAGNOSTIC 500

/* One recipient of a report. */
typedef struct
{
  char *email;
  char *action;
  char *status;
  char *diagnostic;
} Recipient;

static void
recipient_free (gpointer data)
{
  Recipient *self = data;

  g_free (self->email);
  g_free (self->action);
  g_free (self->status);
  g_free (self->diagnostic);
  g_free (self);
}

static void
set (char **field, const char *value)
{
  g_autofree char *spaced = rubis_text_normalise_spaces (value);

  g_free (*field);
  *field = rubis_text_truncate (spaced, MAX_DIAGNOSTIC);
}

/* "rfc822; a@b" -> "a@b"; also "<a@b>". (transfer full) */
static char *
read_address_field (const char *value)
{
  const char *after = strchr (value, ';');
  g_autofree char *raw = g_strdup (after != NULL ? after + 1 : value);

  g_strdelimit (raw, "<>\"", ' ');
  g_strstrip (raw);
  return g_ascii_strdown (raw, -1);
}

static void
take_field (Recipient *recipient, const char *name, const char *value)
{
  if (g_ascii_strcasecmp (name, "Original-Recipient") == 0
      || (g_ascii_strcasecmp (name, "Final-Recipient") == 0 && recipient->email == NULL))
    {
      g_autofree char *email = read_address_field (value);

      if (strchr (email, '@') != NULL)
        set (&recipient->email, email);
    }
  else if (g_ascii_strcasecmp (name, "Action") == 0)
    {
      g_autofree char *lower = g_ascii_strdown (value, -1);

      g_strstrip (lower);
      lower[strcspn (lower, " (;")] = '\0';
      set (&recipient->action, lower);
    }
  else if (g_ascii_strcasecmp (name, "Status") == 0)
    {
      g_autofree char *status = g_strstrip (g_strdup (value));

      status[strspn (status, "0123456789.")] = '\0';
      set (&recipient->status, status);
    }
  else if (g_ascii_strcasecmp (name, "Diagnostic-Code") == 0)
    {
      const char *after = strchr (value, ';');

      set (&recipient->diagnostic, after != NULL ? after + 1 : value);
    }
}

/* The groups of fields of a report; folded lines are joined. (transfer full) (element-type Recipient) */
static GPtrArray *
parse_groups (const char *text)
{
  GPtrArray *recipients = g_ptr_array_new_with_free_func (recipient_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", 2000);
  g_autoptr (GString) field = g_string_new (NULL);
  Recipient *recipient = g_new0 (Recipient, 1);

  for (int i = 0;; i++)
    {
      const char *line = lines[i] != NULL ? g_strchomp (lines[i]) : NULL;
      char *colon;

      if (line != NULL && (*line == ' ' || *line == '\t') && field->len > 0)
        {
          g_string_append (field, line);
          continue;
        }
      colon = strchr (field->str, ':');
      if (colon != NULL)
        {
          *colon = '\0';
          take_field (recipient, field->str, colon + 1);
        }
      g_string_assign (field, line != NULL ? line : "");
      if ((line == NULL || *line == '\0') && (recipient->action != NULL || recipient->email != NULL))
        {
          g_ptr_array_add (recipients, recipient);
          recipient = g_new0 (Recipient, 1);
        }
      if (line == NULL)
        break;
    }
  recipient_free (recipient);
  return recipients;
}

/* What counts first: a failure, then a delay, then that it arrived. */
static int
rank (const Recipient *recipient)
{
  if (recipient->action == NULL)
    return recipient->status != NULL && strchr ("45", *recipient->status) != NULL ? 3 : 0;
  if (g_str_equal (recipient->action, "failed"))
    return 3;
  return g_str_equal (recipient->action, "delayed") ? 2 : 1;
}

/* The class of an enhanced status or of an SMTP reply in @text: "5.1.1"; "5.0.0" for a plain 550. (transfer
 * full) (nullable) */
static char *
find_status (const char *text)
{
  static GRegex *enhanced = NULL;
  static GRegex *reply = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GMatchInfo) plain = NULL;

  if (g_once_init_enter (&enhanced))
    g_once_init_leave (&enhanced, g_regex_new ("(?<![\\d.])([45]\\.\\d{1,3}\\.\\d{1,3})(?![\\d.]*\\d)",
                                               G_REGEX_OPTIMIZE, 0, NULL));
  if (g_once_init_enter (&reply))
    g_once_init_leave (&reply,
                       g_regex_new ("(?<![\\d.,])([45])([0-5]\\d)(?=[ -:]|'|$)(?! ?(?:€|eur|bytes|octets))",
                                    G_REGEX_OPTIMIZE, 0, NULL));
  if (g_regex_match (enhanced, text, 0, &match))
    return g_match_info_fetch (match, 1);
  if (g_regex_match (reply, text, 0, &plain))
    {
      g_autofree char *class = g_match_info_fetch (plain, 1);
      g_autofree char *rest = g_match_info_fetch (plain, 2);

      /* 552: over quota; RFC 5321. */
      return g_str_equal (rest, "52") ? g_strdup ("5.2.2") : g_strdup_printf ("%s.0.0", class);
    }
  return NULL;
}

static const char full[] = "mailbox (?:is )?(?:full|over)|over (?:the )?quota|quota "
                           "(?:exceeded|depasse)|exceeded (?:\\w+ )*(?:quota|storage)|"
                           "(?:boite|messagerie)[^.]{0,40}(?:pleine|saturee)|insufficient "
                           "(?:disk|storage|system storage)|quota d'espace|"
                           "user is over quota|mailbox size limit|espace de stockage "
                           "(?:insuffisant|plein|est plein)|postfach (?:ist )?voll|"
                           "out of storage|storage is full|disk quota";

/* Hard only when it is certain that the message will never arrive there. */
static RubisIncomingKind
judge_failure (const char *status, const char *folded_diagnostic)
{
  if (g_str_has_prefix (status, "4") || g_str_equal (status, "5.2.2")
      || rubis_incoming_matches (full, folded_diagnostic))
    return RUBIS_INCOMING_BOUNCE_SOFT;
  return RUBIS_INCOMING_BOUNCE_HARD;
}

/* The id of the message that came back, from its headers. */
static void
read_original (RubisIncomingReader *reader)
{
  GMimeObject *part = reader->original;
  g_autofree char *id = NULL;

  if (part == NULL)
    return;
  if (GMIME_IS_MESSAGE_PART (part))
    {
      GMimeMessage *inner = g_mime_message_part_get_message (GMIME_MESSAGE_PART (part));

      id = rubis_incoming_clean_id (
          inner != NULL ? g_mime_object_get_header (GMIME_OBJECT (inner), "Message-ID") : NULL);
    }
  else
    {
      g_autofree char *headers = rubis_incoming_get_part_bytes (part, MAX_REPORT);
      g_autoptr (GRegex) regex
          = g_regex_new ("^message-id:\\s*<([^>\\s]+)>", G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
      g_autoptr (GMatchInfo) match = NULL;

      if (g_regex_match (regex, headers, 0, &match))
        id = g_match_info_fetch (match, 1);
    }
  if (id != NULL && *id != '\0')
    set (&reader->result->original_id, id);
}

/* A report in which the mailer says it in fields. */
static gboolean
read_delivery_status (RubisIncomingReader *reader)
{
  RubisIncomingMessage *result = reader->result;
  g_autofree char *text = rubis_incoming_get_part_bytes (reader->report, MAX_REPORT);
  g_autoptr (GPtrArray) recipients = parse_groups (text);
  Recipient *worst = NULL;
  g_autofree char *folded = NULL;

  for (guint i = 0; i < recipients->len; i++)
    {
      Recipient *recipient = g_ptr_array_index (recipients, i);

      if (worst == NULL || rank (recipient) > rank (worst))
        worst = recipient;
    }
  if (worst == NULL || rank (worst) == 0)
    return FALSE;
  set (&result->failed_email, worst->email != NULL ? worst->email : "");
  set (&result->diagnostic, worst->diagnostic != NULL ? worst->diagnostic : "");
  if (worst->status == NULL || *worst->status == '\0' || g_str_has_suffix (worst->status, ".0.0"))
    {
      g_autofree char *said = find_status (result->diagnostic);

      if (said != NULL)
        set (&worst->status, said);
    }
  set (&result->status, worst->status != NULL ? worst->status : "");
  folded = rubis_text_fold (result->diagnostic);
  if (rank (worst) == 3)
    result->kind = judge_failure (result->status, folded);
  else
    result->kind = rank (worst) == 2 ? RUBIS_INCOMING_DELAYED : RUBIS_INCOMING_DELIVERED;
  return TRUE;
}

/* "Lu", "displayed": whatever became of it, it arrived. */
static gboolean
read_disposition (RubisIncomingReader *reader)
{
  RubisIncomingMessage *result = reader->result;
  g_autofree char *text = rubis_incoming_get_part_bytes (reader->report, MAX_REPORT);
  g_autoptr (GRegex) regex
      = g_regex_new ("^original-message-id:\\s*<?([^>\\s]+)", G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (g_regex_match (regex, text, 0, &match))
    {
      g_autofree char *id = g_match_info_fetch (match, 1);

      set (&result->original_id, id);
    }
  result->kind = RUBIS_INCOMING_DELIVERED;
  return TRUE;
}

/* --- Mailers' own words ------------------------------------------------------------------------- */

static gboolean
is_from_mailer (const RubisIncomingReader *reader)
{
  static const char names[] = "^(?:mailer[-_.]?daemon|postmaster|mail[-_.]?daemon|maildelivery|mail-delivery|"
                              "microsoftexchange[0-9a-f]*|bounces?|delivery|mdaemon)[@+-]";
  static const char titles[]
      = "mail delivery (?:sub)?system|mailer[- ]daemon|postmaster|mail delivery service|microsoft "
        "outlook$|systeme de messagerie|administrateur systeme|system administrator|"
        "mail administrator";
  g_autofree char *email = g_ascii_strdown (reader->result->from_email, -1);
  g_autofree char *name = rubis_text_fold (reader->result->from_name);
  g_autofree char *failed = rubis_incoming_get_header (GMIME_OBJECT (reader->message), "X-Failed-Recipients");
  g_autofree char *null_path = rubis_incoming_get_header (GMIME_OBJECT (reader->message), "Return-Path");

  return *failed != '\0' || rubis_incoming_matches (names, email) || rubis_incoming_matches (titles, name)
         || g_str_equal (email, "mailer-daemon") || (g_str_equal (null_path, "<>") && *email == '\0');
}

static const char failed_subject[]
    = "undeliver|delivery (?:status notification|failure|has failed|failed|problem|error)|returned "
      "(?:mail|to sender)|"
      "return(?:ed)? message|failure notice|mail (?:delivery )?(?:failed|failure|system error)|non[- "
      "](?:remis|distribu|"
      "delivre|remise)|echec de (?:la "
      ")?(?:remise|distribution|livraison)|(?:message|mail|courriel)[^.]{0,30}(?:non|pas) "
      "(?:\\w+ )?(?:distribu|remis|delivr)|retour a l'expediteur|retour(?:ne)? (?:de mail|a "
      "l'envoyeur)|notification d'etat "
      "de (?:remise|distribution)|unzustellbar|nicht (?:zugestellt|ubermittelt)|rejected|could not be "
      "delivered|"
      "no se puede entregar|mancato recapito|onbestelbaar|delayed|retarde|en attente de remise|message "
      "non|unzustellbarkeit|"
      "avis de non|mailbox (?:full|unavailable)|warning: (?:message|could not)";

static const char delayed_text[] = "(?:message|delivery|mail)[^.]{0,80}(?:delayed|has not yet been "
                                   "delivered|will be retried|still trying|still being "
                                   "retried|is still undelivered)|no (?:need|action is "
                                   "required)[^.]{0,40}|you do not need to resend|will (?:continue|"
                                   "keep)(?: to)? (?:try|be retr)\\w*|this is a warning message only|n'a pas "
                                   "encore (?:pu )?ete (?:remis|distribue)|"
                                   "(?:remise|distribution)[^.]{0,40}(?:retardee|differee)|sera (?:renvoye|a "
                                   "nouveau|retente)|nouvelles? tentatives?|"
                                   "n'avez pas besoin de (?:le )?renvoyer|noch nicht zugestellt|wird "
                                   "weiterhin versucht|temporary (?:problem|failure)"
                                   "[^.]{0,60}(?:retr|try)";

static const char delivered_text[] = "successfully (?:delivered|relayed)|delivery to the following "
                                     "recipients? (?:was|has been) (?:successful|completed)|a "
                                     "(?:bien )?ete (?:remis|distribue|transmis)|relayed to the "
                                     "following|delivered to the following|destination server "
                                     "did not send|remis a (?:ces|ce) destinataires?";

static const char dead_text[] = "user unknown|unknown (?:user|recipient|address|mailbox)|no such "
                                "(?:user|recipient|address|mailbox|person)|(?:address|"
                                "user|recipient|account|mailbox|domain)[^.]{0,60}(?:not found|does(?: "
                                "not|n't) exist|unknown|invalid|disabled|"
                                "inactive|rejected|no longer|unavailable|couldn't be found|could not be "
                                "found|not known|not listed|wasn't found)|"
                                "invalid recipient|doesn't have an? "
                                "|adresse[^.]{0,40}(?:introuvable|invalide|inconnue|n'existe|erronee)|"
                                "destinataire[^.]{0,40}(?:inconnu|introuvable|invalide|n'existe)|(?:"
                                "utilisateur|compte|boite)[^.]{0,40}(?:inconnu|"
                                "n'existe|desactive|inexistant|introuvable)|permanent (?:error|failure)|i've "
                                "given up|couldn't be delivered|could not "
                                "be delivered|n'a pas (?:pu etre|ete) "
                                "(?:remis|distribue|delivre|achemine)|unable to deliver|wasn't delivered|not "
                                "been delivered|delivery failed|permanent(?:e|ly)? |host (?:unknown|not "
                                "found)|domain not found|relay(?:ing)? (?:access "
                                ")?denied|access denied|nicht gefunden|unbekannt|no se "
                                "encontro|sconosciuto|bloquee? pour inactivite|has been blocked";

/* "<a@b>:" or the line of an address by itself, as qmail, Exim and Yahoo write it; else any other address. */
static void
find_failed_address (RubisIncomingReader *reader)
{
  RubisIncomingMessage *result = reader->result;
  g_autofree char *header = rubis_incoming_get_header (GMIME_OBJECT (reader->message), "X-Failed-Recipients");
  g_autofree char *head = NULL;
  g_autofree char *email = NULL;
  const char *copy;
  static const char *const copies[] = { "--- Below this line",          "------ This is a copy",
                                        "----- Original message",       "--- The header of the original",
                                        "--- Original message",         "----- Message original",
                                        "--- Message original",         "-----Original Message",
                                        "--- Contenu du message",       "Original message headers",
                                        "En-têtes de message d'origine" };

  if (*header != '\0')
    {
      email = read_address_field (header);
      email[strcspn (email, ", ")] = '\0';
      set (&result->failed_email, email);
      return;
    }
  /* Not the addresses in the copy of the message. */
  copy = result->whole_text + strlen (result->whole_text);
  for (gsize i = 0; i < G_N_ELEMENTS (copies); i++)
    {
      const char *found = strstr (result->whole_text, copies[i]);

      if (found != NULL && found < copy)
        copy = found;
    }
  head = g_strndup (result->whole_text, (gsize)(copy - result->whole_text));
  email = rubis_incoming_find_address (reader, head);
  if (email != NULL)
    set (&result->failed_email, email);
}

/* The sentence in which the server's answer stands. */
static void
find_diagnostic (RubisIncomingReader *reader)
{
  static GRegex *regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  RubisIncomingMessage *result = reader->result;

  if (g_once_init_enter (&regex))
    g_once_init_leave (
        &regex, g_regex_new ("(?:^|[\\s'\"(:])((?:[45][0-5]\\d[ -:]|[45]\\.\\d{1,3}\\.\\d{1,3} )[^\\n]{4,300}"
                             "(?:\\n[ \\t]+[^\\n]{3,200})?)",
                             G_REGEX_OPTIMIZE | G_REGEX_MULTILINE, 0, NULL));
  if (g_regex_match (regex, result->whole_text, 0, &match))
    {
      g_autofree char *line = g_match_info_fetch (match, 1);

      set (&result->diagnostic, line);
    }
}

static void
find_original_in_text (RubisIncomingReader *reader)
{
  static GRegex *regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  RubisIncomingMessage *result = reader->result;

  if (*result->original_id != '\0')
    return;
  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^[> \\t]*message-id:\\s*<([^>\\s]{3,300})>",
                                            G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL));
  if (g_regex_match (regex, result->whole_text, 0, &match))
    {
      g_autofree char *id = g_match_info_fetch (match, 1);

      set (&result->original_id, id);
    }
  else if (result->references->len > 0)
    set (&result->original_id, g_ptr_array_index (result->references, 0));
}

static gboolean
read_words (RubisIncomingReader *reader)
{
  RubisIncomingMessage *result = reader->result;
  gboolean failed = rubis_incoming_matches (failed_subject, reader->folded_subject);
  gboolean mailer = is_from_mailer (reader);
  g_autofree char *status = NULL;
  g_autofree char *folded_diagnostic = NULL;

  if (!mailer)
    return FALSE;
  if (!failed && !rubis_incoming_matches (dead_text, reader->folded_text)
      && !rubis_incoming_matches (delayed_text, reader->folded_text)
      && !rubis_incoming_matches (delivered_text, reader->folded_text))
    return FALSE;
  find_failed_address (reader);
  find_diagnostic (reader);
  folded_diagnostic = rubis_text_fold (*result->diagnostic != '\0' ? result->diagnostic : result->whole_text);
  status = find_status (*result->diagnostic != '\0' ? result->diagnostic : "");
  set (&result->status, status != NULL ? status : "");
  if (rubis_incoming_matches (delayed_text, reader->folded_text)
      && (status == NULL || *status == '4'
          || rubis_incoming_matches ("delay|retard|warning|avertissement|pas encore",
                                     reader->folded_subject)))
    result->kind = RUBIS_INCOMING_DELAYED;
  else if (rubis_incoming_matches (full, reader->folded_text))
    result->kind = RUBIS_INCOMING_BOUNCE_SOFT;
  else if (status != NULL)
    result->kind = judge_failure (status, folded_diagnostic);
  else if (rubis_incoming_matches (dead_text, reader->folded_text))
    result->kind = RUBIS_INCOMING_BOUNCE_HARD;
  else if (rubis_incoming_matches (delivered_text, reader->folded_text))
    result->kind = RUBIS_INCOMING_DELIVERED;
  else
    /* It came back and nobody knows for how long: the address is not given up for that. */
    result->kind = RUBIS_INCOMING_BOUNCE_SOFT;
  return TRUE;
}

/* A message that was refused for its size or its content says nothing against the address. */
static gboolean
blames_address (const RubisIncomingReader *reader)
{
  static const char policy[] = "^5\\.(?:2\\.3|3\\.4|6\\.\\d+|7\\.\\d+)$";
  g_autofree char *folded = rubis_text_fold (reader->result->diagnostic);

  if (reader->result->kind != RUBIS_INCOMING_BOUNCE_HARD)
    return FALSE;
  return !rubis_incoming_matches (policy, reader->result->status)
         || rubis_incoming_matches (
             "user unknown|unknown (?:user|recipient)|(?:user|recipient|address|mailbox)[^.]{0,30}(?:not "
             "found|does(?: not|n't) exist|unknown|invalid)|no such",
             folded);
}

gboolean
rubis_incoming_read_bounce (RubisIncomingReader *reader)
{
  gboolean done = FALSE;
  g_autofree char *type = NULL;

  if (reader->report != NULL)
    {
      GMimeContentType *content_type = g_mime_object_get_content_type (reader->report);

      type = g_ascii_strdown (g_mime_content_type_get_media_subtype (content_type), -1);
      done = g_str_has_suffix (type, "disposition-notification") ? read_disposition (reader)
                                                                 : read_delivery_status (reader);
    }
  if (!done)
    done = read_words (reader);
  if (!done)
    return FALSE;
  read_original (reader);
  find_original_in_text (reader);
  reader->result->bad_email = blames_address (reader);
  return TRUE;
}
