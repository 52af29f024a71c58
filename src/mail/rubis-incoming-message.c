#include "rubis-incoming-message.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <gmime/gmime.h>

#include "rubis-incoming-private.h"
#include "rubis-incoming-text.h"
#include "rubis-text.h"

/* What is read of a message, of its text, and of what its writer said; the rest of the bytes is kept unread.
 */
#define MAX_BYTES (32 * 1024 * 1024)
#define MAX_WHOLE (256 * 1024)
#define MAX_TEXT (64 * 1024)
#define MAX_REFERENCES 40
#define MAX_PARTS 400
#define MAX_DEPTH 12
#define MAX_FIELD 1000

void
rubis_incoming_message_free (RubisIncomingMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->message_id);
  g_ptr_array_unref (self->references);
  g_free (self->original_id);
  g_free (self->from_email);
  g_free (self->from_name);
  g_free (self->to_email);
  g_free (self->subject);
  g_free (self->text);
  g_free (self->whole_text);
  g_free (self->failed_email);
  g_free (self->status);
  g_free (self->diagnostic);
  g_free (self->new_address);
  g_free (self);
}

static void
init_gmime (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      g_mime_init ();
      g_once_init_leave (&done, 1);
    }
}

/* --- Parts ------------------------------------------------------------------------------------- */

char *
rubis_incoming_get_header (GMimeObject *object, const char *name)
{
  const char *value = g_mime_object_get_header (object, name);
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  return valid != NULL ? rubis_text_normalise_spaces (valid) : g_strdup ("");
}

/* Bytes that say no charset: UTF-8 when they are, else what Windows wrote. (transfer full) */
static char *
guess_charset (const char *bytes, gsize length)
{
  if (!g_utf8_validate_len (bytes, length, NULL))
    {
      char *converted = g_convert (bytes, (gssize)length, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

      if (converted != NULL)
        return converted;
    }
  return g_utf8_make_valid (bytes, (gssize)length);
}

/* The decoded content of a part; NULL when it has none. @n_bytes: at most. (transfer full) (nullable) */
static GByteArray *
decode (GMimeObject *part, gsize max)
{
  GMimeDataWrapper *content;
  g_autoptr (GMimeStream) memory = NULL;
  GByteArray *bytes;

  if (!GMIME_IS_PART (part))
    return NULL;
  content = g_mime_part_get_content (GMIME_PART (part));
  if (content == NULL)
    return NULL;
  memory = g_mime_stream_mem_new ();
  g_mime_data_wrapper_write_to_stream (content, memory);
  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (memory))->data,
                       MIN ((guint)max, g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (memory))->len));
  return bytes;
}

char *
rubis_incoming_get_part_bytes (GMimeObject *part, gsize max)
{
  g_autoptr (GByteArray) bytes = decode (part, max);

  if (bytes == NULL || bytes->len == 0)
    return g_strdup ("");
  for (guint i = 0; i < bytes->len; i++)
    {
      if (bytes->data[i] == '\0')
        bytes->data[i] = ' ';
    }
  return guess_charset ((const char *)bytes->data, bytes->len);
}

char *
rubis_incoming_get_part_text (GMimeObject *part, gsize max)
{
  const char *charset = g_mime_object_get_content_type_parameter (part, "charset");
  g_autoptr (GByteArray) bytes = decode (part, max);
  char *text = NULL;

  if (bytes == NULL || bytes->len == 0)
    return g_strdup ("");
  /* "us-ascii" and none at all are said of anything. */
  if (charset != NULL && g_ascii_strcasecmp (charset, "utf-8") != 0
      && g_ascii_strcasecmp (charset, "us-ascii") != 0)
    text
        = g_convert_with_fallback ((const char *)bytes->data, (gssize)bytes->len, "UTF-8",
                                   g_ascii_strcasecmp (charset, "iso-8859-1") == 0 ? "WINDOWS-1252" : charset,
                                   (char *)"?", NULL, NULL, NULL);
  if (text != NULL && strlen (text) > 0 && g_utf8_validate (text, -1, NULL))
    return text;
  g_free (text);
  return rubis_incoming_get_part_bytes (part, max);
}

typedef struct
{
  RubisIncomingReader *reader;
  GMimeObject *plain; /* (unowned) (nullable) */
  GMimeObject *html;  /* (unowned) (nullable) */
  int n_parts;
} Walk;

static gboolean
is_type (GMimeObject *part, const char *type, const char *subtype)
{
  GMimeContentType *content_type = g_mime_object_get_content_type (part);

  return content_type != NULL && g_mime_content_type_is_type (content_type, type, subtype);
}

static gboolean
is_attachment (GMimeObject *part)
{
  const char *disposition
      = g_mime_object_get_disposition (part) != NULL ? g_mime_object_get_disposition (part) : "inline";

  return g_ascii_strcasecmp (disposition, "attachment") == 0;
}

/* Notes what a part is; the first text is the message's own. */
static void
note_part (Walk *walk, GMimeObject *part)
{
  RubisIncomingReader *reader = walk->reader;

  if (is_type (part, "message", "delivery-status") || is_type (part, "message", "global-delivery-status")
      || is_type (part, "message", "disposition-notification")
      || is_type (part, "message", "global-disposition-notification"))
    reader->report = reader->report != NULL ? reader->report : part;
  else if (is_type (part, "text", "rfc822-headers") || is_type (part, "message", "rfc822")
           || is_type (part, "message", "global") || is_type (part, "message", "global-headers"))
    reader->original = reader->original != NULL ? reader->original : part;
  else if (is_attachment (part))
    return;
  else if (walk->plain == NULL && is_type (part, "text", "plain"))
    walk->plain = part;
  else if (walk->html == NULL && is_type (part, "text", "html"))
    walk->html = part;
}

static void
walk_parts (Walk *walk, GMimeObject *part, int depth)
{
  if (part == NULL || depth > MAX_DEPTH || walk->n_parts++ > MAX_PARTS)
    return;
  if (GMIME_IS_MULTIPART (part))
    {
      for (int i = 0; i < g_mime_multipart_get_count (GMIME_MULTIPART (part)); i++)
        walk_parts (walk, g_mime_multipart_get_part (GMIME_MULTIPART (part), i), depth + 1);
      return;
    }
  note_part (walk, part);
}

/* The text of the message as its writer saw it. (transfer full) */
static char *
read_text (Walk *walk)
{
  g_autofree char *text = NULL;
  g_autofree char *html = NULL;

  walk_parts (walk, g_mime_message_get_mime_part (walk->reader->message), 0);
  if (walk->plain != NULL)
    text = rubis_incoming_get_part_text (walk->plain, MAX_WHOLE);
  /* Some programs leave the plain text empty. */
  if (walk->html != NULL && (text == NULL || *g_strstrip (text) == '\0'))
    {
      html = rubis_incoming_get_part_text (walk->html, MAX_WHOLE * 4);
      g_free (text);
      text = rubis_incoming_text_from_html (html);
    }
  if (text == NULL)
    return g_strdup ("");
  if (strlen (text) > MAX_WHOLE)
    text[g_utf8_find_prev_char (text, text + MAX_WHOLE) - text] = '\0';
  return g_steal_pointer (&text);
}

/* --- Headers ----------------------------------------------------------------------------------- */

char *
rubis_incoming_clean_id (const char *text)
{
  char *id = g_strdup (text != NULL ? text : "");

  g_strstrip (id);
  if (*id == '<')
    memmove (id, id + 1, strlen (id));
  id[strcspn (id, "<> \t\r\n")] = '\0';
  if (strlen (id) > MAX_FIELD)
    id[0] = '\0';
  if (!g_utf8_validate (id, -1, NULL))
    id[0] = '\0';
  return id;
}

static gboolean
has_id (GPtrArray *ids, const char *id)
{
  return g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL);
}

/* Adds the ids of a header, the last one first when @backwards. */
static void
add_references (GPtrArray *ids, GMimeObject *object, const char *header, gboolean backwards)
{
  const char *value = g_mime_object_get_header (object, header);
  GMimeReferences *references = value != NULL ? g_mime_references_parse (NULL, value) : NULL;
  int n = references != NULL ? g_mime_references_length (references) : 0;

  for (int i = 0; i < n && ids->len < MAX_REFERENCES; i++)
    {
      g_autofree char *id = rubis_incoming_clean_id (
          g_mime_references_get_message_id (references, backwards ? n - 1 - i : i));

      if (*id != '\0' && !has_id (ids, id))
        g_ptr_array_add (ids, g_steal_pointer (&id));
    }
  if (references != NULL)
    g_mime_references_free (references);
}

static char *
clean_field (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *spaced = rubis_text_normalise_spaces (valid);

  return rubis_text_truncate (spaced, MAX_FIELD);
}

/* The first address of a header. */
static void
read_address (GMimeObject *object, const char *header, char **email, char **name)
{
  const char *value = g_mime_object_get_header (object, header);
  InternetAddressList *list = value != NULL ? internet_address_list_parse (NULL, value) : NULL;
  InternetAddress *address = list != NULL && internet_address_list_length (list) > 0
                                 ? internet_address_list_get_address (list, 0)
                                 : NULL;

  if (INTERNET_ADDRESS_IS_GROUP (address))
    {
      InternetAddressList *members = internet_address_group_get_members (INTERNET_ADDRESS_GROUP (address));

      address = members != NULL && internet_address_list_length (members) > 0
                    ? internet_address_list_get_address (members, 0)
                    : NULL;
    }
  if (INTERNET_ADDRESS_IS_MAILBOX (address))
    {
      *email = clean_field (internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address)));
      if (name != NULL)
        *name = clean_field (internet_address_get_name (address));
    }
  else
    {
      *email = g_strdup ("");
      if (name != NULL)
        *name = clean_field (value);
    }
  g_clear_object (&list);
}

static RubisDate
read_date (GMimeMessage *message)
{
  GDateTime *date = g_mime_message_get_date (message);

  return date != NULL ? rubis_date_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                                             g_date_time_get_day_of_month (date))
                      : RUBIS_DATE_NONE;
}

static RubisIncomingMessage *
read_headers (GMimeMessage *message)
{
  RubisIncomingMessage *self = g_new0 (RubisIncomingMessage, 1);
  GMimeObject *object = GMIME_OBJECT (message);

  self->kind = RUBIS_INCOMING_REPLY;
  self->message_id = rubis_incoming_clean_id (g_mime_object_get_header (object, "Message-ID"));
  self->references = g_ptr_array_new_with_free_func (g_free);
  add_references (self->references, object, "In-Reply-To", FALSE);
  add_references (self->references, object, "References", TRUE);
  read_address (object, "From", &self->from_email, &self->from_name);
  if (*self->from_email == '\0')
    {
      g_free (self->from_email);
      read_address (object, "Sender", &self->from_email, NULL);
    }
  read_address (object, "To", &self->to_email, NULL);
  self->subject = clean_field (g_mime_message_get_subject (message));
  self->date = read_date (message);
  self->back_on = RUBIS_DATE_NONE;
  self->original_id = g_strdup ("");
  self->failed_email = g_strdup ("");
  self->status = g_strdup ("");
  self->diagnostic = g_strdup ("");
  self->new_address = g_strdup ("");
  return self;
}

/* --- The whole --------------------------------------------------------------------------------- */

gboolean
rubis_incoming_matches (const char *pattern, const char *folded)
{
  static GHashTable *compiled = NULL;
  static GMutex mutex;
  GRegex *regex;

  g_mutex_lock (&mutex);
  if (compiled == NULL)
    compiled = g_hash_table_new (g_direct_hash, g_direct_equal);
  regex = g_hash_table_lookup (compiled, pattern);
  if (regex == NULL)
    {
      g_autoptr (GError) error = NULL;

      regex = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, &error);
      if (regex == NULL)
        g_error ("%s: %s", pattern, error->message);
      g_hash_table_insert (compiled, (gpointer)pattern, regex);
    }
  g_mutex_unlock (&mutex);
  return g_regex_match (regex, folded, 0, NULL);
}

static gboolean
is_robot (const char *email)
{
  static const char *const names[]
      = { "mailer-daemon@", "postmaster@", "no-reply@", "noreply@", "ne-pas-repondre@" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_has_prefix (email, names[i]))
        return TRUE;
    }
  return FALSE;
}

char *
rubis_incoming_find_address (const RubisIncomingReader *reader, const char *text)
{
  static GRegex *regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex,
                       g_regex_new ("[A-Za-z0-9_=+][A-Za-z0-9._%+=-]{0,63}@[A-Za-z0-9][A-Za-z0-9.-]{0,200}\\."
                                    "[A-Za-z]{2,24}(?![A-Za-z0-9@])",
                                    G_REGEX_OPTIMIZE, 0, NULL));
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *found = g_match_info_fetch (match, 0);
      g_autofree char *email = g_ascii_strdown (found, -1);

      if (g_ascii_strcasecmp (email, reader->result->from_email) != 0
          && g_ascii_strcasecmp (email, reader->result->to_email) != 0 && !is_robot (email))
        return g_steal_pointer (&email);
    }
  return NULL;
}

/* Whether the bytes begin like a message: a field and a colon, perhaps after the line of a mail folder. */
static gboolean
looks_like_message (GMimeMessage *message)
{
  static const char *const fields[]
      = { "From", "Date", "Subject", "Message-ID", "Received", "To", "Return-Path" };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (g_mime_object_get_header (GMIME_OBJECT (message), fields[i]) != NULL)
        return TRUE;
    }
  return FALSE;
}

static GMimeMessage *
parse (GBytes *bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GMimeStream) stream = NULL;
  g_autoptr (GMimeParser) parser = NULL;
  GMimeMessage *message;

  if (length >= 8 && memcmp (data, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("This is a message in Outlook's own form (.msg): save it there as .eml or as text"));
      return NULL;
    }
  stream = g_mime_stream_mem_new_with_buffer (length > 0 ? data : "", MIN (length, MAX_BYTES));
  parser = g_mime_parser_new_with_stream (stream);
  g_mime_parser_set_format (parser, length > 5 && memcmp (data, "From ", 5) == 0 ? GMIME_FORMAT_MBOX
                                                                                 : GMIME_FORMAT_MESSAGE);
  message = g_mime_parser_construct_message (parser, NULL);
  if (message != NULL && looks_like_message (message))
    return message;
  g_clear_object (&message);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("This is no email message"));
  return NULL;
}

static void
choose_kind (RubisIncomingReader *reader)
{
  if (rubis_incoming_read_bounce (reader))
    return;
  if (rubis_incoming_read_auto (reader))
    reader->result->kind = RUBIS_INCOMING_AUTO_REPLY;
  else if (rubis_incoming_is_other (reader))
    reader->result->kind = RUBIS_INCOMING_OTHER;
}

RubisIncomingMessage *
rubis_incoming_message_new (GBytes *message, GError **error)
{
  g_autoptr (RubisIncomingMessage) self = NULL;
  g_autoptr (GMimeMessage) parsed = NULL;
  g_autofree char *text = NULL;
  RubisIncomingReader reader = { 0 };
  Walk walk = { .reader = &reader };

  g_return_val_if_fail (message != NULL, NULL);

  init_gmime ();
  parsed = parse (message, error);
  if (parsed == NULL)
    return NULL;
  self = read_headers (parsed);
  reader.message = parsed;
  reader.result = self;
  self->whole_text = read_text (&walk);
  text = rubis_incoming_text_strip (self->whole_text);
  self->text = rubis_text_truncate (text, MAX_TEXT);
  reader.folded_subject = rubis_text_fold (self->subject);
  reader.folded_text = rubis_text_fold (self->whole_text);
  choose_kind (&reader);
  g_free (reader.folded_subject);
  g_free (reader.folded_text);
  return g_steal_pointer (&self);
}
