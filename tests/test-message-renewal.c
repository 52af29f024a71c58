/* A message that leaves once more: another one for servers, the same for its reader. */
#include "rubis-message-renewal.h"

#include <string.h>

/* Sunday, 22 November 2026, 08:30 UTC. */
#define TIME G_GINT64_CONSTANT (1795336200)

static void
assert_renewed (const char *before, const char *after)
{
  g_autoptr (GBytes) message = g_bytes_new_static (before, strlen (before));
  g_autoptr (GBytes) renewed = rubis_message_renew (message, "new.2@exemple.fr", TIME);
  g_autofree char *text = g_strndup (g_bytes_get_data (renewed, NULL), g_bytes_get_size (renewed));

  g_assert_cmpstr (text, ==, after);
}

static void
test_renew (void)
{
  /* Its zone is kept; nothing else changes, least of all what looks like a header in the text. */
  assert_renewed ("From: a@exemple.fr\r\nDate: Fri, 20 Nov 2026 10:00:00 +0100\r\n"
                  "message-id:\r\n <old.1@exemple.fr>\r\nSubject: =?utf-8?q?=C3=A9?=\r\n suite\r\n"
                  "References: <old.1@exemple.fr>\r\n\r\nDate: hier\r\nMessage-ID: <old.1@exemple.fr>\r\n",
                  "From: a@exemple.fr\r\nDate: Sun, 22 Nov 2026 09:30:00 +0100\r\n"
                  "Message-ID: <new.2@exemple.fr>\r\nSubject: =?utf-8?q?=C3=A9?=\r\n suite\r\n"
                  "References: <old.1@exemple.fr>\r\n\r\nDate: hier\r\nMessage-ID: <old.1@exemple.fr>\r\n");
}

static void
test_odd (void)
{
  assert_renewed ("Date: nonsense\r\n\r\n", "Date: Sun, 22 Nov 2026 08:30:00 +0000\r\n\r\n");
  assert_renewed ("Message-ID: <old.1@exemple.fr>", "Message-ID: <new.2@exemple.fr>\r\n");
  assert_renewed ("\r\nDate: text", "\r\nDate: text");
  assert_renewed ("", "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/message-renewal/renew", test_renew);
  g_test_add_func ("/message-renewal/odd", test_odd);
  return g_test_run ();
}
