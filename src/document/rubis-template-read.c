/* rubis-template-read.c: reads the text of a template: its description, its subject, its body. */
#include "rubis-template-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

typedef struct {
  RubisTemplate *template;
  RubisReading *reading;
  const char *text;
  char *subject; /* (owned) (nullable) */
  guint subject_line;
} Reader;

#define report(reader, offset, length, code, ...)                                                            \
  rubis_reading_report ((reader)->reading, RUBIS_PROBLEM_ERROR, (code), (offset), (length), __VA_ARGS__)

static const struct {
  const char *name;
  RubisTemplateKind kind;
} kinds[] = {
  { "reminder", RUBIS_TEMPLATE_REMINDER },   { "notice", RUBIS_TEMPLATE_NOTICE },
  { "statement", RUBIS_TEMPLATE_STATEMENT }, { "formal", RUBIS_TEMPLATE_FORMAL },
  { "thanks", RUBIS_TEMPLATE_THANKS },       { "script", RUBIS_TEMPLATE_SCRIPT },
  { "agreement", RUBIS_TEMPLATE_AGREEMENT }, { "receipt", RUBIS_TEMPLATE_RECEIPT },
  { "internal", RUBIS_TEMPLATE_INTERNAL },   { "legal", RUBIS_TEMPLATE_LEGAL },
};

static gboolean
find_kind (const char *name, RubisTemplateKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].name, name))
        {
          *kind = kinds[i].kind;
          return TRUE;
        }
    }
  return FALSE;
}

static void
report_unknown_kind (Reader *reader, const char *value, gsize offset)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", kinds[i].name);
  report (reader, offset, strlen (value), "unknown-kind", _("unknown kind “%s”; there are: %s"), value,
          names->str);
}

static gboolean
find_tone (const char *name, RubisTemplateTone *tone)
{
  static const char *const names[] = {
    [RUBIS_TONE_COURTEOUS] = "courteous",
    [RUBIS_TONE_FIRM] = "firm",
    [RUBIS_TONE_FORMAL] = "formal",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i], name))
        {
          *tone = i;
          return TRUE;
        }
    }
  return FALSE;
}

static void
replace (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* Ids and languages name files when templates are exported. */
static gboolean
is_plain_name (const char *value)
{
  for (const char *p = value; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-' && *p != '_')
        return FALSE;
    }
  return TRUE;
}

/* One "key: value" line of the description. The subject is kept as text: it is read once the language
 * is known.
 */
static void
set_field (Reader *reader, const char *key, gsize key_offset, const char *value, gsize value_offset,
           guint line)
{
  RubisTemplate *self = reader->template;
  gsize length = strlen (value);

  if (g_str_equal (key, "name"))
    replace (&self->name, value);
  else if (g_str_equal (key, "subject"))
    {
      replace (&reader->subject, value);
      reader->subject_line = line;
      self->subject_offset = value_offset;
    }
  else if (g_str_equal (key, "id") || g_str_equal (key, "language"))
    {
      replace (*key == 'i' ? &self->id : &self->language, value);
      if (!is_plain_name (value))
        report (reader, value_offset, length, "bad-id",
                _("“%s” may only have letters without accents, digits, - and _"), value);
    }
  else if (g_str_equal (key, "channel"))
    {
      if (!rubis_channel_from_id (value, &self->channel))
        report (reader, value_offset, length, "unknown-channel",
                _("unknown channel “%s”: email, letter, registered, call or sms"), value);
    }
  else if (g_str_equal (key, "kind"))
    {
      if (!find_kind (value, &self->kind))
        report_unknown_kind (reader, value, value_offset);
    }
  else if (g_str_equal (key, "tone"))
    {
      self->has_tone = find_tone (value, &self->tone);
      if (!self->has_tone)
        report (reader, value_offset, length, "unknown-tone",
                _("unknown tone “%s”: courteous, firm or formal"), value);
    }
  else
    report (reader, key_offset, strlen (key), "unknown-field", _("unknown field “%s”"), key);
}

static void
read_field (Reader *reader, const char *start, const char *end, guint line)
{
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;
  const char *colon;

  while (start < end && g_ascii_isspace (*start))
    start++;
  while (end > start && g_ascii_isspace (end[-1]))
    end--;
  if (start == end)
    return;
  colon = memchr (start, ':', (gsize) (end - start));
  if (colon == NULL)
    {
      g_autofree char *text = g_strndup (start, (gsize) (end - start));

      report (reader, (gsize) (start - reader->text), (gsize) (end - start), "bad-field",
              _("“%s” should be “field: value”"), text);
      return;
    }
  key = g_strchomp (g_strndup (start, (gsize) (colon - start)));
  colon++;
  while (colon < end && g_ascii_isspace (*colon))
    colon++;
  value = g_strndup (colon, (gsize) (end - colon));
  set_field (reader, key, (gsize) (start - reader->text), value, (gsize) (colon - reader->text), line);
}

static gboolean
is_fence (const char *start, const char *end)
{
  g_autofree char *line = g_strstrip (g_strndup (start, (gsize) (end - start)));

  return g_str_equal (line, "---");
}

static const char *
next_line (const char *p)
{
  p += strcspn (p, "\n");
  return *p == '\n' ? p + 1 : p;
}

/* The line of --- that ends the description, or NULL. */
static const char *
find_end (const char *start)
{
  if (!is_fence (start, start + strcspn (start, "\n")))
    return NULL;
  for (const char *p = next_line (start); *p != '\0'; p = next_line (p))
    {
      if (is_fence (p, p + strcspn (p, "\n")))
        return p;
    }
  return NULL;
}

/* Reads the description; returns what follows it: everything when there is none. @line becomes the
 * line of the body.
 */
static const char *
read_description (Reader *reader, guint *line)
{
  RubisTemplate *self = reader->template;
  const char *start = g_str_has_prefix (reader->text, "\xef\xbb\xbf") ? reader->text + 3 : reader->text;
  const char *end = find_end (start);

  *line = 1;
  if (end == NULL)
    {
      report (reader, (gsize) (start - reader->text), strcspn (start, "\n"), "no-description",
              _("a template starts with its description between two lines of ---"));
      return start;
    }
  for (const char *p = next_line (start); p < end; p = next_line (p))
    read_field (reader, p, p + strcspn (p, "\n"), ++*line);
  if (self->id == NULL || self->language == NULL || *self->id == '\0' || *self->language == '\0')
    report (reader, (gsize) (end - reader->text), strcspn (end, "\n"), "no-id",
            _("a template needs an id and a language"));
  *line += 2;
  return next_line (end);
}

/* CR LF is read as LF. */
static char *
dup_unix_text (const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\r\n", -1);

  return g_strjoinv ("\n", lines);
}

RubisTemplate *
rubis_template_read (const char *text, const char *origin, RubisReading *reading)
{
  RubisTemplate *self = g_new0 (RubisTemplate, 1);
  Reader reader = { self, reading, NULL, NULL, 1 };
  g_autofree char *valid = NULL;
  const char *wrong;
  const char *body;
  guint line = 1;

  g_atomic_ref_count_init (&self->ref_count);
  self->origin = g_strdup (origin != NULL ? origin : _("template"));
  self->channel = RUBIS_CHANNEL_LETTER;
  if (!g_utf8_validate (text, -1, &wrong))
    valid = g_strndup (text, (gsize) (wrong - text));
  reader.text = reading->text = dup_unix_text (valid != NULL ? valid : text);
  if (valid != NULL)
    report (&reader, strlen (reader.text), 0, "bad-character",
            _("this character cannot be read: save the template as UTF-8 text"));
  body = read_description (&reader, &line);
  self->body_offset = (gsize) (body - reader.text);
  self->subject = rubis_nodes_parse (reader.subject != NULL ? reader.subject : "", self->subject_offset,
                                     reader.subject_line, self->language, reading);
  self->body = rubis_nodes_parse (body, self->body_offset, line, self->language, reading);
  g_free (reader.subject);
  return self;
}
