#include "rubis-sender-fields.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-import-preview.h"
#include "rubis-sender-check.h"

#define N_DAYS 7
#define MINUTES_OF_DAY 1440
#define BYTES_OF_MB (1024.0 * 1024.0)
/* RubisSender.unit_price of one euro. */
#define UNITS_OF_EURO 100000.0

typedef enum
{
  FIELD_TEXT,
  FIELD_NUMBER,
  FIELD_LINES,
  FIELD_FLAG,
  FIELD_SECURITY,
  FIELD_AUTH,
  FIELD_HOURS,
  FIELD_DAYS,
  FIELD_SIZE,
  FIELD_PRICE,
} FieldKind;

typedef struct
{
  const char *name;
  FieldKind kind;
  gsize offset; /* in RubisSender */
} Field;

#define AT(member) G_STRUCT_OFFSET (RubisSender, member)

static const Field fields[] = {
  { "name", FIELD_TEXT, AT (name) },
  { "email", FIELD_TEXT, AT (email) },
  { "from_name", FIELD_TEXT, AT (from_name) },
  { "reply_to", FIELD_TEXT, AT (reply_to) },
  { "signature", FIELD_LINES, AT (signature) },
  { "server", FIELD_TEXT, AT (server) },
  { "port", FIELD_NUMBER, AT (port) },
  { "security", FIELD_SECURITY, AT (security) },
  { "auth", FIELD_AUTH, AT (auth) },
  { "user", FIELD_TEXT, AT (user) },
  { "service", FIELD_TEXT, AT (service) },
  { "client_id", FIELD_TEXT, AT (client_id) },
  { "folder", FIELD_TEXT, AT (folder) },
  { "imap_server", FIELD_TEXT, AT (imap_server) },
  { "imap_port", FIELD_NUMBER, AT (imap_port) },
  { "imap_security", FIELD_SECURITY, AT (imap_security) },
  { "recall_minutes", FIELD_NUMBER, AT (recall_minutes) },
  { "hours", FIELD_HOURS, AT (from_minute) },
  { "days", FIELD_DAYS, AT (days) },
  { "per_minute", FIELD_NUMBER, AT (per_minute) },
  { "per_day", FIELD_NUMBER, AT (per_day) },
  { "max_size", FIELD_SIZE, AT (max_size) },
  { "unit_price", FIELD_PRICE, AT (unit_price) },
  { "actor", FIELD_TEXT, AT (actor) },
  { "position", FIELD_NUMBER, AT (position) },
  { "active", FIELD_FLAG, AT (active) },
};

/* What each provider calls the accounts and names that its API asks for: all are needed. */
static const struct
{
  RubisTransportKind transport;
  const char *field;
  const char *meaning; /* untranslated */
} meanings[] = {
  { RUBIS_TRANSPORT_SMS_OVH, "from_name", N_ ("Name that telephones show") },
  { RUBIS_TRANSPORT_SMS_OVH, "service", N_ ("SMS account, such as sms-ab12345-1") },
  { RUBIS_TRANSPORT_SMS_OVH, "client_id", N_ ("Application key") },
  { RUBIS_TRANSPORT_SMS_BREVO, "from_name", N_ ("Name that telephones show") },
  { RUBIS_TRANSPORT_SMS_TWILIO, "from_name", N_ ("Name that telephones show") },
  { RUBIS_TRANSPORT_SMS_TWILIO, "service", N_ ("Account SID, which begins with AC") },
  { RUBIS_TRANSPORT_SMS_SMSMODE, "from_name", N_ ("Name that telephones show") },
  { RUBIS_TRANSPORT_MAILEVA, "email", N_ ("Address to which Maileva reports") },
  { RUBIS_TRANSPORT_MAILEVA, "user", N_ ("Login of the Maileva account") },
  { RUBIS_TRANSPORT_MAILEVA, "service", N_ ("Client ID of the API") },
  { RUBIS_TRANSPORT_AR24, "service", N_ ("User number (id_user)") },
};

const char *
rubis_sender_get_meaning (RubisTransportKind transport, const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      if (meanings[i].transport == transport && g_str_equal (meanings[i].field, field))
        return _ (meanings[i].meaning);
    }
  return NULL;
}

GPtrArray *
rubis_sender_list_missing (const RubisSender *sender)
{
  GPtrArray *missing = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    {
      g_autofree char *text = NULL;

      if (meanings[i].transport != sender->transport)
        continue;
      text = rubis_sender_dup_field (sender, meanings[i].field);
      if (*text == '\0')
        g_ptr_array_add (missing, (gpointer)meanings[i].field);
    }
  return missing;
}

gboolean
rubis_sender_check_complete (const RubisSender *sender, const char **field, GError **error)
{
  g_autoptr (GPtrArray) missing = rubis_sender_list_missing (sender);
  g_autoptr (GString) names = g_string_new (NULL);

  if (field != NULL)
    *field = missing->len > 0 ? g_ptr_array_index (missing, 0) : NULL;
  for (guint i = 0; i < missing->len; i++)
    {
      const char *name = g_ptr_array_index (missing, i);

      g_string_append_printf (names, "%s%s=… (%s)", i > 0 ? ", " : "", name,
                              rubis_sender_get_meaning (sender->transport, name));
    }
  if (missing->len > 0)
    g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                 _ ("“%s” cannot send yet, these settings are missing: %s."), sender->name, names->str);
  return missing->len == 0;
}

const char *const *
rubis_sender_list_fields (void)
{
  static const char *names[G_N_ELEMENTS (fields) + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    names[i] = fields[i].name;
  return names;
}

static const Field *
find_field (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (g_str_equal (fields[i].name, name))
        return &fields[i];
    }
  return NULL;
}

/* "1-5", "1,3-7" */
static char *
dup_days (guint days)
{
  GString *text = g_string_new (NULL);

  for (int day = 1; day <= N_DAYS; day++)
    {
      int last = day;

      if ((days & (1u << (day - 1))) == 0)
        continue;
      while (last < N_DAYS && (days & (1u << last)) != 0)
        last++;
      if (text->len > 0)
        g_string_append_c (text, ',');
      g_string_append_printf (text, last > day ? "%d-%d" : "%d", day, last);
      day = last;
    }
  return g_string_free (text, FALSE);
}

static char *
dup_hours (const RubisSender *self)
{
  return g_strdup_printf ("%02d:%02d-%02d:%02d", self->from_minute / 60, self->from_minute % 60,
                          self->until_minute / 60, self->until_minute % 60);
}

static char *
dup_decimal (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (text, sizeof text, "%.10g", value));
}

static char *
dup_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv ("\\n", lines);
}

char *
rubis_sender_dup_field (const RubisSender *self, const char *name)
{
  const Field *field = find_field (name);

  g_return_val_if_fail (field != NULL, NULL);

  switch (field->kind)
    {
    case FIELD_NUMBER:
      return g_strdup_printf ("%d", G_STRUCT_MEMBER (int, self, field->offset));
    case FIELD_LINES:
      return dup_lines (G_STRUCT_MEMBER (char *, self, field->offset));
    case FIELD_FLAG:
      return g_strdup (G_STRUCT_MEMBER (gboolean, self, field->offset) ? "yes" : "no");
    case FIELD_SECURITY:
      return g_strdup (rubis_security_to_id (G_STRUCT_MEMBER (RubisSecurity, self, field->offset)));
    case FIELD_AUTH:
      return g_strdup (rubis_auth_to_id (G_STRUCT_MEMBER (RubisAuth, self, field->offset)));
    case FIELD_HOURS:
      return dup_hours (self);
    case FIELD_DAYS:
      return dup_days (self->days);
    case FIELD_SIZE:
      return dup_decimal ((double)self->max_size / BYTES_OF_MB);
    case FIELD_PRICE:
      return dup_decimal ((double)self->unit_price / UNITS_OF_EURO);
    case FIELD_TEXT:
    default:
      return g_strdup (G_STRUCT_MEMBER (char *, self, field->offset));
    }
}

/* Always FALSE. */
static gboolean
refuse (const Field *field, const char *text, const char *expected, GError **error)
{
  /* Translators: label of a field, what was typed, what may be written ("tls, starttls or none"). */
  g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
               _ ("%s: “%s” cannot be read; write %s."), rubis_sender_field_to_label (field->name), text,
               expected);
  return FALSE;
}

static gboolean
set_number (RubisSender *self, const Field *field, const char *text, GError **error)
{
  gint64 value = 0;

  if (!g_ascii_string_to_signed (text, 10, 0, G_MAXINT, &value, NULL))
    return refuse (field, text, _ ("a whole number"), error);
  G_STRUCT_MEMBER (int, self, field->offset) = (int)value;
  return TRUE;
}

static gboolean
set_flag (RubisSender *self, const Field *field, const char *text, GError **error)
{
  static const char *const yes[] = { "yes", "oui", "true", "1", NULL };
  static const char *const no[] = { "no", "non", "false", "0", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (!g_strv_contains (yes, lower) && !g_strv_contains (no, lower))
    return refuse (field, text, _ ("yes or no"), error);
  G_STRUCT_MEMBER (gboolean, self, field->offset) = g_strv_contains (yes, lower);
  return TRUE;
}

/* "08:00-18:30"; "": the whole day. */
static gboolean
set_hours (RubisSender *self, const Field *field, const char *text, GError **error)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex) form = g_regex_new ("^(\\d\\d?)[:h](\\d\\d)? *- *(\\d\\d?)[:h](\\d\\d)?$", 0, 0, NULL);
  const char *expected = _ ("hours such as 08:00-18:30, or nothing for the whole day");
  int minutes[2];

  if (*text == '\0')
    {
      self->from_minute = 0;
      self->until_minute = MINUTES_OF_DAY;
      return TRUE;
    }
  if (!g_regex_match (form, text, 0, &match))
    return refuse (field, text, expected, error);
  for (int i = 0; i < 2; i++)
    {
      g_autofree char *hour = g_match_info_fetch (match, 1 + 2 * i);
      g_autofree char *minute = g_match_info_fetch (match, 2 + 2 * i);
      int of_hour = minute != NULL ? (int)g_ascii_strtoll (minute, NULL, 10) : 0;

      if (of_hour >= 60)
        return refuse (field, text, expected, error);
      minutes[i] = (int)g_ascii_strtoll (hour, NULL, 10) * 60 + of_hour;
    }
  self->from_minute = minutes[0];
  self->until_minute = minutes[1];
  return TRUE;
}

/* "1-5", "1,3-7": Monday is 1. */
static gboolean
set_days (RubisSender *self, const Field *field, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint days = 0;

  for (int i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);
      int first = g_ascii_digit_value (part[0]);
      int last = first > 0 && part[1] == '-' ? g_ascii_digit_value (part[2]) : first;

      if (strlen (part) != (part[0] != '\0' && part[1] == '-' ? 3 : 1) || first < 1 || last < first
          || last > N_DAYS)
        return refuse (field, text, _ ("days such as 1-5 or 1,3,5 (1 is Monday)"), error);
      for (int day = first; day <= last; day++)
        days |= 1u << (day - 1);
    }
  if (days == 0)
    return refuse (field, text, _ ("days such as 1-5 or 1,3,5 (1 is Monday)"), error);
  self->days = days;
  return TRUE;
}

static gboolean
set_decimal (RubisSender *self, const Field *field, double factor, const char *text, GError **error)
{
  g_autofree char *plain = g_strdelimit (g_strdup (text), ",", '.');
  char *end = NULL;
  double value = g_ascii_strtod (plain, &end);

  if (*plain == '\0' || *end != '\0' || !(value >= 0 && value < 1e6))
    return refuse (field, text, _ ("a number such as 10 or 0.5"), error);
  G_STRUCT_MEMBER (gint64, self, field->offset) = (gint64)(value * factor + 0.5);
  return TRUE;
}

static gboolean
set_text (RubisSender *self, const Field *field, const char *text)
{
  char **member = &G_STRUCT_MEMBER (char *, self, field->offset);
  g_auto (GStrv) lines = g_strsplit (text, "\\n", -1);

  g_free (*member);
  *member = g_strstrip (field->kind == FIELD_LINES ? g_strjoinv ("\n", lines) : g_strdup (text));
  return TRUE;
}

gboolean
rubis_sender_set_field (RubisSender *self, const char *name, const char *text, GError **error)
{
  const Field *field = find_field (name);

  if (field == NULL)
    {
      g_autofree char *known = g_strjoinv (", ", (char **)rubis_sender_list_fields ());

      g_set_error (error, RUBIS_SESSION_ERROR, RUBIS_SESSION_ERROR_VALUE,
                   _ ("A sender has no setting “%s”. There are: %s."), name, known);
      return FALSE;
    }
  switch (field->kind)
    {
    case FIELD_NUMBER:
      return set_number (self, field, text, error);
    case FIELD_FLAG:
      return set_flag (self, field, text, error);
    case FIELD_SECURITY:
      return rubis_security_from_id (text, &G_STRUCT_MEMBER (RubisSecurity, self, field->offset))
             || refuse (field, text, _ ("tls, starttls or none"), error);
    case FIELD_AUTH:
      return rubis_auth_from_id (text, &G_STRUCT_MEMBER (RubisAuth, self, field->offset))
             || refuse (field, text, _ ("password, oauth or none"), error);
    case FIELD_HOURS:
      return set_hours (self, field, text, error);
    case FIELD_DAYS:
      return set_days (self, field, text, error);
    case FIELD_SIZE:
      return set_decimal (self, field, BYTES_OF_MB, text, error);
    case FIELD_PRICE:
      return set_decimal (self, field, UNITS_OF_EURO, text, error);
    case FIELD_TEXT:
    case FIELD_LINES:
    default:
      return set_text (self, field, text);
    }
}
