#include "rubis-message.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <gmime/gmime.h>

/* RFC 5321: the longest address a server must accept. */
#define MAX_ADDRESS 254
/* The line "Message-ID: <…>" cannot be folded. */
#define MAX_ID 250
/* Names longer than this are no names; a word without spaces cannot be folded. */
#define MAX_NAME 200
#define MAX_SUBJECT 500

/* Message-IDs of others are kept as they are; a word cannot be folded. */
#define MAX_REFERENCE 900
/* Offsets of time zones that exist reach from -12 to +14 hours. */
#define MAX_ZONE (14 * 60)

typedef struct
{
  char *name;
  char *media_type;
  char *cid; /* (nullable) of a picture in the page */
  GBytes *bytes;
} Attachment;

G_DEFINE_QUARK (rubis - message - error - quark, rubis_message_error)

static void
attachment_free (gpointer data)
{
  Attachment *self = data;

  g_free (self->name);
  g_free (self->media_type);
  g_free (self->cid);
  g_bytes_unref (self->bytes);
  g_free (self);
}

RubisMessage *
rubis_message_new (void)
{
  RubisMessage *self = g_new0 (RubisMessage, 1);

  self->from_name = g_strdup ("");
  self->from_email = g_strdup ("");
  self->reply_to = g_strdup ("");
  self->to_name = g_strdup ("");
  self->to_email = g_strdup ("");
  self->subject = g_strdup ("");
  self->id = g_strdup ("");
  self->in_reply_to = g_strdup ("");
  self->references = g_strdup ("");
  self->language = g_strdup ("");
  self->text = g_strdup ("");
  self->html = g_strdup ("");
  self->images = g_ptr_array_new_with_free_func (attachment_free);
  self->attachments = g_ptr_array_new_with_free_func (attachment_free);
  return self;
}

void
rubis_message_free (RubisMessage *self)
{
  if (self == NULL)
    return;
  g_free (self->from_name);
  g_free (self->from_email);
  g_free (self->reply_to);
  g_free (self->to_name);
  g_free (self->to_email);
  g_free (self->subject);
  g_free (self->id);
  g_free (self->in_reply_to);
  g_free (self->references);
  g_free (self->language);
  g_free (self->text);
  g_free (self->html);
  g_ptr_array_unref (self->images);
  g_ptr_array_unref (self->attachments);
  g_free (self);
}

static void
add_file (GPtrArray *files, const char *name, const char *media_type, const char *cid, GBytes *bytes)
{
  Attachment *attachment = g_new0 (Attachment, 1);

  attachment->name = g_strdup (name);
  attachment->media_type = g_strdup (media_type);
  attachment->cid = g_strdup (cid);
  attachment->bytes = g_bytes_ref (bytes);
  g_ptr_array_add (files, attachment);
}

void
rubis_message_attach (RubisMessage *self, const char *name, const char *media_type, GBytes *content)
{
  g_return_if_fail (self != NULL && name != NULL && media_type != NULL && content != NULL);

  add_file (self->attachments, name, media_type, NULL, content);
}

void
rubis_message_embed (RubisMessage *self, const char *cid, const char *name, const char *media_type,
                     GBytes *content)
{
  g_return_if_fail (self != NULL && cid != NULL && name != NULL && media_type != NULL && content != NULL);

  add_file (self->images, name, media_type, cid, content);
}

/* Control characters, Unicode line breaks and runs of spaces become one space; cut to @max characters. */
static char *
one_line (const char *text, glong max)
{
  GString *line = g_string_new (NULL);
  glong length = 0;

  for (const char *p = text; *p != '\0' && length < max; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || c == ' ')
        {
          if (line->len == 0 || line->str[line->len - 1] == ' ')
            continue;
          c = ' ';
        }
      g_string_append_unichar (line, c);
      length++;
    }
  g_strchomp (line->str);
  return g_string_free (line, FALSE);
}

/* left@right of printable ASCII without what would need quoting in a header. */
static gboolean
is_address (const char *text, gsize max)
{
  const char *at = strchr (text, '@');

  if (at == NULL || at == text || at[1] == '\0' || strchr (at + 1, '@') != NULL || strlen (text) > max)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p) || strchr ("<>()[]\\,;:\"", *p) != NULL)
        return FALSE;
    }
  return TRUE;
}

/* A Message-ID of whoever: one word that stays within angle brackets. */
static gboolean
is_reference (const char *text)
{
  if (*text == '\0' || strlen (text) > MAX_REFERENCE)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isgraph (*p) || *p == '<' || *p == '>')
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_files (GPtrArray *files, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const Attachment *attachment = files->pdata[i];

      if (!g_utf8_validate (attachment->name, -1, NULL))
        {
          g_set_error (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_FIELD,
                       _ ("the name of attachment %u of the email is not UTF-8 text"), i + 1);
          return FALSE;
        }
      if (attachment->cid != NULL && !is_address (attachment->cid, MAX_ID))
        {
          g_set_error (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_ID,
                       _ ("“%s” cannot identify an email: it must read left@right"), attachment->cid);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_texts (const RubisMessage *self, GError **error)
{
  const struct
  {
    const char *name;
    const char *value;
  } fields[] = {
    { "from name", self->from_name }, { "to name", self->to_name }, { "subject", self->subject },
    { "text", self->text },           { "html", self->html },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (!g_utf8_validate (fields[i].value, -1, NULL))
        {
          g_set_error (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_FIELD,
                       _ ("the field “%s” of the email is not UTF-8 text"), fields[i].name);
          return FALSE;
        }
    }
  if (!check_files (self->attachments, error) || !check_files (self->images, error))
    return FALSE;
  if (self->text[0] == '\0')
    {
      g_set_error_literal (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_FIELD,
                           _ ("the email has no text"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
check (const RubisMessage *self, GError **error)
{
  if (!is_address (self->from_email, MAX_ADDRESS))
    {
      g_set_error (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_ADDRESS,
                   _ ("“%s” is not an email address to write from: correct it in the company’s details"),
                   self->from_email);
      return FALSE;
    }
  if (self->reply_to[0] != '\0' && !is_address (self->reply_to, MAX_ADDRESS))
    {
      g_set_error (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_ADDRESS,
                   _ ("“%s” is not an email address for answers: correct it in the sender’s settings"),
                   self->reply_to);
      return FALSE;
    }
  if (!is_address (self->to_email, MAX_ADDRESS))
    {
      g_set_error (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_ADDRESS,
                   _ ("“%s” is not an email address to write to: correct it in the account’s contacts"),
                   self->to_email);
      return FALSE;
    }
  if (!is_address (self->id, MAX_ID))
    {
      g_set_error (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_ID,
                   _ ("“%s” cannot identify an email: it must read left@right"), self->id);
      return FALSE;
    }
  if (self->time <= 0 || self->zone < -MAX_ZONE || self->zone > MAX_ZONE)
    {
      g_set_error_literal (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_FIELD,
                           _ ("the email has no date"));
      return FALSE;
    }
  for (const char *p = self->language; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && *p != '-')
        {
          g_set_error (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_FIELD,
                       _ ("“%s” is not a language such as fr or en"), self->language);
          return FALSE;
        }
    }
  return check_texts (self, error);
}

static void
add_address (GMimeMessage *message, GMimeAddressType type, const char *name, const char *email)
{
  InternetAddressList *list = g_mime_message_get_addresses (message, type);
  g_autofree char *line = one_line (name, MAX_NAME);
  InternetAddress *mailbox = internet_address_mailbox_new (line[0] != '\0' ? line : NULL, email);

  internet_address_set_charset (mailbox, "utf-8");
  internet_address_list_add (list, mailbox);
  g_object_unref (mailbox);
}

/* FALSE when there is no such day. */
static gboolean
set_date (GMimeMessage *message, gint64 time, int zone, GError **error)
{
  g_autoptr (GTimeZone) offset = g_time_zone_new_offset (zone * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) date = utc != NULL ? g_date_time_to_timezone (utc, offset) : NULL;

  if (date == NULL)
    {
      g_set_error_literal (error, RUBIS_MESSAGE_ERROR, RUBIS_MESSAGE_ERROR_FIELD,
                           _ ("the email has no date"));
      return FALSE;
    }
  g_mime_message_set_date (message, date);
  return TRUE;
}

/* What is no Message-ID is left out: a thread is a help, no reason not to write. */
static void
set_thread (GMimeMessage *message, const RubisMessage *self)
{
  g_auto (GStrv) ids = g_strsplit (self->references, " ", -1);
  g_autoptr (GString) references = g_string_new (NULL);

  for (gsize i = 0; ids[i] != NULL; i++)
    {
      if (is_reference (ids[i]))
        g_string_append_printf (references, "%s<%s>", references->len > 0 ? " " : "", ids[i]);
    }
  if (is_reference (self->in_reply_to))
    {
      g_autofree char *id = g_strdup_printf ("<%s>", self->in_reply_to);

      g_mime_object_set_header (GMIME_OBJECT (message), "In-Reply-To", id, NULL);
    }
  if (references->len > 0)
    g_mime_object_set_header (GMIME_OBJECT (message), "References", references->str, NULL);
}

static GMimePart *
new_part (const char *type, const char *subtype, gconstpointer data, gsize size,
          GMimeContentEncoding encoding)
{
  GMimePart *part = g_mime_part_new_with_type (type, subtype);
  GMimeStream *stream = g_mime_stream_mem_new_with_buffer (data, size);
  GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream (stream, GMIME_CONTENT_ENCODING_DEFAULT);

  g_mime_part_set_content (part, content);
  g_mime_part_set_content_encoding (part, encoding);
  g_object_unref (content);
  g_object_unref (stream);
  return part;
}

/* Whatever its line breaks, a text is written with those of mail. */
static GMimeObject *
new_text_part (const char *subtype, const char *text)
{
  GString *lines = g_string_new (text);
  GMimePart *part;

  g_string_replace (lines, "\r\n", "\n", 0);
  g_string_replace (lines, "\r", "\n", 0);
  if (lines->str[lines->len - 1] != '\n')
    g_string_append_c (lines, '\n');
  part = new_part ("text", subtype, lines->str, lines->len, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_object_set_content_type_parameter (GMIME_OBJECT (part), "charset", "utf-8");
  g_string_free (lines, TRUE);
  return GMIME_OBJECT (part);
}

/* "application/pdf" in two; plain bytes for what is no type, and for what could not travel as base64. */
static void
split_media_type (const char *media_type, char **type, char **subtype)
{
  g_auto (GStrv) parts = g_strsplit (media_type, "/", 2);
  gboolean valid = parts[0] != NULL && parts[1] != NULL && *parts[0] != '\0' && *parts[1] != '\0'
                   && g_ascii_strcasecmp (parts[0], "message") != 0
                   && g_ascii_strcasecmp (parts[0], "multipart") != 0;

  for (gsize i = 0; valid && i < 2; i++)
    valid = strspn (parts[i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&^_.+-")
            == strlen (parts[i]);
  *type = g_strdup (valid ? parts[0] : "application");
  *subtype = g_strdup (valid ? parts[1] : "octet-stream");
}

static GMimeObject *
new_file_part (const Attachment *attachment)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (attachment->bytes, &size);
  g_autofree char *name = one_line (attachment->name, MAX_NAME);
  g_autofree char *type = NULL;
  g_autofree char *subtype = NULL;
  GMimePart *part;

  split_media_type (attachment->media_type, &type, &subtype);
  part = new_part (type, subtype, size > 0 ? data : "", size, GMIME_CONTENT_ENCODING_BASE64);
  g_strdelimit (name, "/\\", '_');
  g_mime_object_set_disposition (GMIME_OBJECT (part), attachment->cid != NULL ? GMIME_DISPOSITION_INLINE
                                                                              : GMIME_DISPOSITION_ATTACHMENT);
  g_mime_part_set_filename (part, name);
  if (attachment->cid != NULL)
    g_mime_part_set_content_id (part, attachment->cid);
  return GMIME_OBJECT (part);
}

/* "=_" never occurs in quoted-printable nor in base64, so no content can hold the boundary. */
static GMimeMultipart *
new_multipart (const char *subtype, const char *id)
{
  GMimeMultipart *multipart = g_mime_multipart_new_with_subtype (subtype);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  g_autofree char *boundary = g_strdup_printf ("=_%s-%.32s", subtype, digest);

  g_mime_multipart_set_boundary (multipart, boundary);
  return multipart;
}

/* Takes @part. */
static void
add_part (GMimeMultipart *multipart, GMimeObject *part)
{
  g_mime_multipart_add (multipart, part);
  g_object_unref (part);
}

/* The page with its pictures. */
static GMimeObject *
new_page (const RubisMessage *self)
{
  GMimeObject *page = new_text_part ("html", self->html);
  GMimeMultipart *related;

  if (self->images->len == 0)
    return page;
  related = new_multipart ("related", self->id);
  g_mime_object_set_content_type_parameter (GMIME_OBJECT (related), "type", "text/html");
  add_part (related, page);
  for (guint i = 0; i < self->images->len; i++)
    add_part (related, new_file_part (self->images->pdata[i]));
  return GMIME_OBJECT (related);
}

static GMimeObject *
new_body (const RubisMessage *self)
{
  GMimeObject *body = new_text_part ("plain", self->text);

  if (self->html[0] != '\0')
    {
      GMimeMultipart *alternative = new_multipart ("alternative", self->id);

      add_part (alternative, body);
      add_part (alternative, new_page (self));
      body = GMIME_OBJECT (alternative);
    }
  if (self->attachments->len > 0)
    {
      GMimeMultipart *mixed = new_multipart ("mixed", self->id);

      add_part (mixed, body);
      for (guint i = 0; i < self->attachments->len; i++)
        add_part (mixed, new_file_part (self->attachments->pdata[i]));
      body = GMIME_OBJECT (mixed);
    }
  return body;
}

/* NULL and @error when its date is none. */
static GMimeMessage *
new_message (const RubisMessage *self, GError **error)
{
  GMimeMessage *message = g_mime_message_new (FALSE);
  g_autofree char *subject = one_line (self->subject, MAX_SUBJECT);
  GMimeObject *body;

  if (!set_date (message, self->time, self->zone, error))
    {
      g_object_unref (message);
      return NULL;
    }
  add_address (message, GMIME_ADDRESS_TYPE_FROM, self->from_name, self->from_email);
  if (self->reply_to[0] != '\0')
    add_address (message, GMIME_ADDRESS_TYPE_REPLY_TO, self->from_name, self->reply_to);
  add_address (message, GMIME_ADDRESS_TYPE_TO, self->to_name, self->to_email);
  g_mime_message_set_subject (message, subject, "utf-8");
  g_mime_message_set_message_id (message, self->id);
  set_thread (message, self);
  g_mime_object_set_header (GMIME_OBJECT (message), "MIME-Version", "1.0", NULL);
  if (self->language[0] != '\0')
    g_mime_object_set_header (GMIME_OBJECT (message), "Content-Language", self->language, NULL);
  if (self->auto_submitted)
    g_mime_object_set_header (GMIME_OBJECT (message), "Auto-Submitted", "auto-generated", NULL);
  body = new_body (self);
  g_mime_message_set_mime_part (message, body);
  g_object_unref (body);
  return message;
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

GBytes *
rubis_message_write (const RubisMessage *self, GError **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  GMimeFormatOptions *options;
  GMimeMessage *message;
  GMimeStream *stream;

  g_return_val_if_fail (self != NULL, NULL);

  if (!check (self, error))
    return NULL;
  init_gmime ();
  message = new_message (self, error);
  if (message == NULL)
    return NULL;
  options = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_format_options_set_param_encoding_method (options, GMIME_PARAM_ENCODING_METHOD_RFC2231);
  bytes = g_byte_array_new ();
  stream = g_mime_stream_mem_new_with_byte_array (bytes);
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), options, stream);
  g_object_unref (stream);
  g_mime_format_options_free (options);
  g_object_unref (message);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
