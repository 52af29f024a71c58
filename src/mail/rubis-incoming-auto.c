/* Automatic replies, and what is no answer at all. */
#include <string.h>

#include "rubis-answer-date.h"
#include "rubis-incoming-private.h"
#include "rubis-text.h"

/* What is said of an absence stands at the top. */
#define MAX_HEAD 1500

static const char auto_subject[] = "^(?:(?:re|tr|fw|fwd|sv|aw) ?: ?)*(?:reponse automatique|message "
                                   "automatique|\\[?auto(?:matic|matique|mated)?[- ]?"
                                   "(?:reply|reponse|response|antwort|generated)|automatische "
                                   "(?:antwort|reactie)|risposta automatica|respuesta "
                                   "automatica|automatisch antwoord|absence|absent\\b|absente\\b|en "
                                   "conges?|conges?\\b|out[- ]of[- ](?:the[- ])?office|"
                                   "ooo\\b|abwesenheit|abwesend|fuori (?:sede|ufficio)|assenza|fuera de "
                                   "(?:la )?oficina|ausencia|afwezig|on (?:leave|"
                                   "holiday|vacation)|annual leave|vacation|accuse de reception|confirmation "
                                   "de reception|acknowledge?ment of receipt|"
                                   "auto ?:|je suis absent|i am out|i'm out|maternity leave|conge "
                                   "(?:maternite|parental)|fermeture (?:annuelle|estivale)|"
                                   "ne fai[st] plus partie|has left)|"
                                   "(?:reponse automatique|automatic reply|automatische antwort|out of "
                                   "(?:the )?office|autoreply|auto-reply|"
                                   "abwesenheitsnotiz|absence du bureau|\\(ooo\\))";

static const char away_text[] = "\\b(?:je (?:suis|serai) (?:actuellement |en ce moment )?(?:absent|en "
                                "cong|en vacances|en deplacement|en arret|en "
                                "formation|hors du bureau|indisponible)|i (?:am|will be|'m) (?:currently "
                                ")?(?:out of|away|on (?:annual |maternity |sick "
                                ")?(?:leave|holiday|vacation)|travelling)|i'm (?:currently )?(?:out "
                                "of|away|on )|(?:nos bureaux|notre (?:societe|"
                                "entreprise|service)) (?:est|sont|sera|seront) (?:actuellement )?ferme|our "
                                "offices? (?:is|are|will be) closed|ich bin "
                                "(?:derzeit |momentan |bis |vom )?[^.]{0,30}(?:nicht im "
                                "(?:haus|buro)|abwesend|im urlaub)|sono (?:attualmente )?(?:"
                                "assente|fuori)|estoy (?:actualmente )?(?:fuera|ausente|de vacaciones)|ik "
                                "ben (?:momenteel |tot )?[^.]{0,30}(?:afwezig|"
                                "niet aanwezig))";

static const char substitute_text[]
    = "en cas d'urgence|pour toute (?:urgence|demande urgente)|(?:en|durant|pendant) mon absence|for "
      "urgent|in urgent "
      "cases|if (?:it is|your (?:request|matter) is|this is) urgent|(?:in|during) my absence|message "
      "automatique|automatic "
      "(?:message|reply|response)|automated (?:message|reply|response)|reponse automatique|in "
      "dringenden|wahrend meiner "
      "abwesenheit|in mia assenza|durante mi ausencia|tijdens mijn afwezigheid|acces limite a|limited access "
      "to (?:my )?"
      "e-?mail|(?:reponse|repondrai|reply|respond)[^.]{0,40}(?:a mon retour|on my return|when i "
      "(?:return|get back))";

static const char left_text[]
    = "ne fai[st] plus partie|ne travaill\\w+ plus|(?:a|ai|ayant) quitte "
      "(?:la|l'|notre|ses|mes|definitivement)|n'(?:est|exerce) plus "
      "(?:dans|chez|au sein|en charge|salarie|utilisee|valide|active|relevee|consultee|en service)|plus "
      "d'actualite|adresse "
      "[^.]{0,30}n'est plus|sera prochainement desactivee|has left|have left|left the "
      "(?:company|business|firm)|no longer "
      "(?:work|with|employed|part of|in use|active|monitored|valid|used)|arbeitet nicht mehr|nicht mehr "
      "(?:fur|bei|im)|ya no "
      "trabaja|non lavora piu|werkt niet meer|(?:new|nouvelle) (?:e-?mail )?(?:address|adresse)|partie? (?:a "
      "la|en) retraite|"
      "has retired";

/* A robot's thanks for a message. */
static const char receipt_text[]
    = "(?:avons|ai) bien recu votre "
      "(?:message|demande|mail|courriel|e-mail)[^.]{0,200}(?:traite|traiter|reponse|repondr|"
      "meilleurs delais|plus brefs delais)|votre (?:demande|message|ticket)[^.]{0,80}(?:enregistre|a bien "
      "ete (?:recu|pris|"
      "transmis)|prise? en compte)|(?:your (?:message|request|enquiry|email|ticket))[^.]{0,80}(?:has been "
      "(?:received|logged|"
      "registered)|was received|is being processed)|we (?:have )?received your "
      "(?:message|request|enquiry|email)[^.]{0,200}"
      "(?:will|within)|(?:ceci est un|this is an) "
      "(?:message|e-?mail|courriel|automated)[^.]{0,30}(?:automatique|automatic|"
      "message|e-?mail)|(?:merci de )?ne pas repondre a ce|do not reply to this|please do not reply|ticket "
      "(?:n°|number|#)";

static gboolean
header_has (const RubisIncomingReader *reader, const char *name, const char *words)
{
  g_autofree char *value = rubis_incoming_get_header (GMIME_OBJECT (reader->message), name);
  g_autofree char *folded = rubis_text_fold (value);

  if (*folded == '\0')
    return FALSE;
  return words == NULL || rubis_incoming_matches (words, folded);
}

/* Headers by which programs say that nobody wrote it. */
static gboolean
says_auto (const RubisIncomingReader *reader)
{
  static const char *const bare[]
      = { "X-Autoreply", "X-Autorespond",   "X-Auto-Reply",    "X-AutoReply-From",     "X-Mail-Autoreply",
          "X-Vacation",  "X-Autogenerated", "X-Autoresponder", "X-FC-MachineGenerated" };

  if (header_has (reader, "Auto-Submitted", "^auto-(?:replied|notified)")
      || header_has (reader, "Precedence", "auto[_-]?reply")
      || header_has (reader, "X-Precedence", "auto[_-]?reply")
      || header_has (reader, "X-POST-MessageClass", "autoresponder")
      || header_has (reader, "Preference", "auto[_-]?reply"))
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (bare); i++)
    {
      if (header_has (reader, bare[i], "^(?!no$|none$|false$)"))
        return TRUE;
    }
  return FALSE;
}

/* Headers that an automatic reply often bears, and others too. */
static gboolean
hints_auto (const RubisIncomingReader *reader)
{
  return header_has (reader, "Return-Path", "^<>$")
         || header_has (reader, "Auto-Submitted", "^auto-generated")
         || header_has (reader, "X-Auto-Response-Suppress", NULL)
         || header_has (reader, "Precedence", "bulk|junk|list")
         || rubis_incoming_matches ("^(?:no-?reply|ne-?pas-?repondre|donotreply)",
                                    reader->result->from_email);
}

/* The day of the return; a last day of absence is the day before. */
static void
find_return (RubisIncomingReader *reader, const char *head)
{
  static GRegex *regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;
  RubisDate written = reader->result->date;

  if (written == RUBIS_DATE_NONE)
    return;
  if (g_once_init_enter (&regex))
    g_once_init_leave (
        &regex,
        g_regex_new (
            "(?<back>de retour|serai de retour|retour (?:le|prevu|au "
            "bureau)|reprendrai|reprise|return(?:ing)?|"
            "back|be back|zuruck|wieder (?:erreichbar|im|fur)|di nuovo|tornero|rientr|de vuelta|vuelvo|terug|"
            "a partir du)|(?<until>jusqu'au|jusqu'a|until|till|through|bis (?:zum|einschliesslich)?|fino al|"
            "hasta el|tot(?: en met)?)|(?<range>(?:du|from|vom|dal|del|van) [^.]{1,30}? (?:au|to|bis|al|tot|"
            "until))(?= )",
            G_REGEX_OPTIMIZE, 0, NULL));
  for (g_regex_match (regex, head, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *range = g_match_info_fetch_named (match, "range");
      g_autofree char *after = NULL;
      gsize start = 0;
      gsize date_end = 0;
      RubisDate date;
      int end;

      g_match_info_fetch_pos (match, 0, NULL, &end);
      /* "until" has no article: the day may stand right behind. */
      after = g_strndup (head + end, 60);
      date = rubis_answer_date_find (after, written, RUBIS_SENSE_FUTURE, &start, &date_end);
      if (date == RUBIS_DATE_NONE)
        {
          g_autofree char *with_article = g_strdup_printf ("le %s", g_strchug (after));

          date = rubis_answer_date_find (with_article, written, RUBIS_SENSE_FUTURE, &start, &date_end);
        }
      if (date == RUBIS_DATE_NONE || date < written - 1 || start > 30)
        continue;
      reader->result->back_on = date;
      /* "Until the 23rd included" and "from 10 to 23" name the last day away. */
      if ((range != NULL && *range != '\0') || strstr (after, "inclu") != NULL)
        reader->result->back_on++;
      return;
    }
}

static void
read_absence (RubisIncomingReader *reader)
{
  g_autofree char *head
      = g_utf8_make_valid (reader->folded_text, (gssize)MIN (strlen (reader->folded_text), MAX_HEAD));
  g_autofree char *other = rubis_incoming_find_address (reader, reader->result->text);

  find_return (reader, head);
  reader->result->has_left
      = reader->result->back_on == RUBIS_DATE_NONE && rubis_incoming_matches (left_text, head);
  if (other != NULL)
    {
      g_free (reader->result->new_address);
      reader->result->new_address = g_steal_pointer (&other);
    }
}

gboolean
rubis_incoming_read_auto (RubisIncomingReader *reader)
{
  g_autofree char *head
      = g_utf8_make_valid (reader->folded_text, (gssize)MIN (strlen (reader->folded_text), MAX_HEAD));
  gboolean subject = rubis_incoming_matches (auto_subject, reader->folded_subject);
  gboolean away = rubis_incoming_matches (away_text, head);
  gboolean robot = rubis_incoming_matches (receipt_text, head);

  if (!says_auto (reader) && !(subject && (hints_auto (reader) || away || robot))
      && !(hints_auto (reader) && (away || robot))
      && !(away && rubis_incoming_matches (substitute_text, head)))
    return FALSE;
  read_absence (reader);
  return TRUE;
}

gboolean
rubis_incoming_is_other (const RubisIncomingReader *reader)
{
  GMimeObject *part = g_mime_message_get_mime_part (reader->message);
  GMimeContentType *type = part != NULL ? g_mime_object_get_content_type (part) : NULL;

  return header_has (reader, "List-Id", NULL) || header_has (reader, "List-Unsubscribe", NULL)
         || header_has (reader, "Precedence", "bulk|list|junk") || header_has (reader, "X-Campaign-Id", NULL)
         || header_has (reader, "Feedback-ID", NULL)
         || header_has (reader, "Auto-Submitted", "^auto-generated")
         || (type != NULL && g_mime_content_type_is_type (type, "text", "calendar"));
}
