#include "rubis-template-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (rubis-template-error-quark, rubis_template_error)

static const struct {
  const char *name;
  RubisTemplateKind kind;
} kinds[] = {
  { "reminder", RUBIS_TEMPLATE_REMINDER },   { "notice", RUBIS_TEMPLATE_NOTICE },
  { "statement", RUBIS_TEMPLATE_STATEMENT }, { "formal", RUBIS_TEMPLATE_FORMAL },
  { "thanks", RUBIS_TEMPLATE_THANKS },       { "script", RUBIS_TEMPLATE_SCRIPT },
  { "agreement", RUBIS_TEMPLATE_AGREEMENT }, { "receipt", RUBIS_TEMPLATE_RECEIPT },
  { "internal", RUBIS_TEMPLATE_INTERNAL },
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

G_GNUC_PRINTF (4, 5)
static gboolean
fail (RubisTemplate *self, guint line, GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, RUBIS_TEMPLATE_ERROR, RUBIS_TEMPLATE_ERROR_FORMAT, _("%s, line %u: %s"),
               self->origin, line, message);
  return FALSE;
}

static void
replace (char **field, const char *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* One "key: value" line of the front matter. The subject is kept as text: it is read once the
 * language is known.
 */
static gboolean
set_field (RubisTemplate *self, const char *key, const char *value, guint line, char **subject,
           guint *subject_line, GError **error)
{
  if (g_str_equal (key, "id"))
    replace (&self->id, value);
  else if (g_str_equal (key, "name"))
    replace (&self->name, value);
  else if (g_str_equal (key, "language"))
    replace (&self->language, value);
  else if (g_str_equal (key, "subject"))
    {
      replace (subject, value);
      *subject_line = line;
    }
  else if (g_str_equal (key, "channel"))
    return rubis_channel_from_id (value, &self->channel) ||
           fail (self, line, error, _("unknown channel “%s”: email, letter, registered, call or sms"),
                 value);
  else if (g_str_equal (key, "kind"))
    return find_kind (value, &self->kind) ||
           fail (self, line, error,
                 _("unknown kind “%s”: reminder, notice, statement, formal, thanks, script, agreement, receipt or internal"),
                 value);
  else
    return fail (self, line, error, _("unknown field “%s”"), key);
  return TRUE;
}

/* Reads the front matter; returns what follows it, or NULL. @line becomes the line of the body. */
static const char *
read_front_matter (RubisTemplate *self, const char *text, guint *line, char **subject, guint *subject_line,
                   GError **error)
{
  const char *p = text;

  if (g_str_has_prefix (p, "\xef\xbb\xbf"))
    p += 3;
  for (*line = 1; *p != '\0'; (*line)++)
    {
      const char *end = strchr (p, '\n');
      gsize length = end != NULL ? (gsize) (end - p) : strlen (p);
      g_autofree char *text_line = g_strstrip (g_strndup (p, length));
      char *colon = strchr (text_line, ':');
      gboolean fence = g_str_equal (text_line, "---");

      p += length + (end != NULL ? 1 : 0);
      if (*line == 1 && !fence)
        break;
      if (*line > 1 && fence)
        {
          (*line)++;
          return p;
        }
      if (*line == 1 || *text_line == '\0')
        continue;
      if (colon == NULL)
        {
          fail (self, *line, error, _("“%s” should be “field: value”"), text_line);
          return NULL;
        }
      *colon = '\0';
      if (!set_field (self, g_strchomp (text_line), g_strstrip (colon + 1), *line, subject, subject_line,
                      error))
        return NULL;
    }
  fail (self, 1, error, _("a template starts with its description between two lines of ---"));
  return NULL;
}

RubisTemplate *
rubis_template_new (const char *text, const char *origin, GError **error)
{
  g_autoptr(RubisTemplate) self = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *unix_text = NULL;
  g_auto(GStrv) lines = NULL;
  const char *body;
  guint subject_line = 1;
  guint line = 1;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (RubisTemplate, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->origin = g_strdup (origin != NULL ? origin : _("template"));
  self->channel = RUBIS_CHANNEL_LETTER;
  if (!g_utf8_validate (text, -1, NULL))
    {
      fail (self, 1, error, _("this character cannot be read: save the template as UTF-8 text"));
      return NULL;
    }
  lines = g_strsplit (text, "\r\n", -1);
  unix_text = g_strjoinv ("\n", lines);
  body = read_front_matter (self, unix_text, &line, &subject, &subject_line, error);
  if (body == NULL)
    return NULL;
  if (self->id == NULL || self->language == NULL || *self->id == '\0' || *self->language == '\0')
    {
      fail (self, 1, error, _("a template needs an id and a language"));
      return NULL;
    }
  self->subject =
    rubis_nodes_parse (subject != NULL ? subject : "", self->origin, subject_line, self->language, error);
  if (self->subject == NULL)
    return NULL;
  self->body = rubis_nodes_parse (body, self->origin, line, self->language, error);
  if (self->body == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

RubisTemplate *
rubis_template_ref (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rubis_template_unref (RubisTemplate *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->origin);
  g_free (self->id);
  g_free (self->name);
  g_free (self->language);
  g_clear_pointer (&self->subject, g_ptr_array_unref);
  g_clear_pointer (&self->body, g_ptr_array_unref);
  g_free (self);
}

const char *
rubis_template_get_id (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->id;
}

const char *
rubis_template_get_name (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->name != NULL ? self->name : self->id;
}

const char *
rubis_template_get_language (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->language;
}

RubisChannel
rubis_template_get_channel (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, RUBIS_CHANNEL_LETTER);

  return self->channel;
}

RubisTemplateKind
rubis_template_get_kind (RubisTemplate *self)
{
  g_return_val_if_fail (self != NULL, RUBIS_TEMPLATE_REMINDER);

  return self->kind;
}

static gboolean
nodes_use (GPtrArray *nodes, RubisHashtag hashtag)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (nodes, i);

      if ((node->kind == RUBIS_NODE_TAG || node->kind == RUBIS_NODE_DEFAULT) && node->hashtag == hashtag)
        return TRUE;
      if (rubis_condition_uses (node->condition, hashtag) || nodes_use (node->first, hashtag) ||
          nodes_use (node->second, hashtag))
        return TRUE;
    }
  return FALSE;
}

gboolean
rubis_template_uses (RubisTemplate *self, RubisHashtag hashtag)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return nodes_use (self->subject, hashtag) || nodes_use (self->body, hashtag);
}

static gboolean
prints (GPtrArray *marked, RubisHashtag hashtag)
{
  for (guint i = 0; i < marked->len; i++)
    {
      const RubisNode *node = g_ptr_array_index (marked, i);

      if (node->kind != RUBIS_NODE_PAGE_BREAK && node->hashtag == hashtag)
        return TRUE;
    }
  return FALSE;
}

RubisHashtag
rubis_template_get_claim (RubisTemplate *self, RubisDocumentContext *context)
{
  /* What is printed, the total that says most first; then the lists, for a text without a total. */
  static const struct {
    RubisHashtag printed;
    RubisHashtag claim;
  } claims[] = {
    { RUBIS_HASHTAG_TOTAL_WITH_PENALTIES, RUBIS_HASHTAG_TOTAL_WITH_PENALTIES },
    { RUBIS_HASHTAG_TOTAL_UNDISPUTED, RUBIS_HASHTAG_TOTAL_UNDISPUTED },
    { RUBIS_HASHTAG_TOTAL_SELECTED, RUBIS_HASHTAG_TOTAL_SELECTED },
    { RUBIS_HASHTAG_TOTAL_OVERDUE, RUBIS_HASHTAG_TOTAL_OVERDUE },
    { RUBIS_HASHTAG_TOTAL_OPEN, RUBIS_HASHTAG_TOTAL_OPEN },
    { RUBIS_HASHTAG_LIST_SELECTED, RUBIS_HASHTAG_TOTAL_UNDISPUTED },
    { RUBIS_HASHTAG_LIST_OVERDUE, RUBIS_HASHTAG_TOTAL_OVERDUE },
    { RUBIS_HASHTAG_LIST_NOT_DUE, RUBIS_HASHTAG_TOTAL_NOT_DUE },
  };
  g_autoptr(GPtrArray) marked = NULL;
  g_autoptr(GString) text = NULL;

  g_return_val_if_fail (self != NULL, RUBIS_HASHTAG_TOTAL_OPEN);
  g_return_val_if_fail (context != NULL, RUBIS_HASHTAG_TOTAL_OPEN);

  marked = g_ptr_array_new ();
  text = g_string_new (NULL);
  rubis_nodes_expand (self->body, context, text, marked);
  /* A statement is about the whole account, unless it lists the overdue items alone. */
  if (self->kind == RUBIS_TEMPLATE_STATEMENT)
    return prints (marked, RUBIS_HASHTAG_LIST_OVERDUE) && !prints (marked, RUBIS_HASHTAG_LIST_ITEMS)
             ? RUBIS_HASHTAG_TOTAL_OVERDUE
             : RUBIS_HASHTAG_BALANCE;
  for (gsize i = 0; i < G_N_ELEMENTS (claims); i++)
    {
      if (prints (marked, claims[i].printed))
        return claims[i].claim;
    }
  return RUBIS_HASHTAG_TOTAL_OPEN;
}
