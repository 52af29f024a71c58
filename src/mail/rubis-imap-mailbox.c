#include "rubis-imap-mailbox.h"

#include "rubis-imap.h"

#define MAX_SIZE (25u * 1024 * 1024)
/* What is given of a larger one. */
#define LARGE_PART (1024u * 1024)
#define AT_ONCE 200

struct _RubisImapMailbox
{
  RubisMailbox parent_instance;
};

G_DEFINE_FINAL_TYPE (RubisImapMailbox, rubis_imap_mailbox, RUBIS_TYPE_MAILBOX)

/* UIDs after the cursor; without one that holds, those since @since. */
static GArray *
find_new (RubisImap *imap, const char *cursor, gint64 since, guint32 validity, guint32 *last, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (cursor, ":", 2);
  gboolean holds = g_strv_length (parts) == 2 && (guint32)g_ascii_strtoull (parts[0], NULL, 10) == validity;
  g_autofree char *day = rubis_imap_make_day (since);
  g_autofree char *criteria = NULL;
  g_autoptr (GArray) uids = NULL;

  if (holds)
    {
      *last = (guint32)g_ascii_strtoull (parts[1], NULL, 10);
      criteria = g_strdup_printf ("UID %u:*", *last < G_MAXUINT32 ? *last + 1 : *last);
    }
  else
    criteria = g_strconcat ("SINCE ", day, NULL);
  uids = rubis_imap_search (imap, criteria, error);
  if (uids == NULL)
    return NULL;
  /* "9:*" names the last message even when its UID is 5. */
  while (holds && uids->len > 0 && g_array_index (uids, guint32, 0) <= *last)
    g_array_remove_index (uids, 0);
  return g_steal_pointer (&uids);
}

typedef struct
{
  RubisImap *imap;
  guint32 validity;
  RubisMailboxFunc func;
  gpointer user_data;
} Reading;

static gboolean
give_some (const Reading *reading, const guint32 *uids, gsize n_uids, GError **error)
{
  g_autoptr (GHashTable) sizes = rubis_imap_fetch_sizes (reading->imap, uids, n_uids, error);

  if (sizes == NULL)
    return FALSE;
  for (gsize i = 0; i < n_uids; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u:%u", reading->validity, uids[i]);
      guint32 size = GPOINTER_TO_UINT (g_hash_table_lookup (sizes, GUINT_TO_POINTER (uids[i])));
      g_autoptr (GBytes) message = NULL;
      g_autoptr (GError) own_error = NULL;

      message = rubis_imap_fetch (reading->imap, uids[i], size > MAX_SIZE ? LARGE_PART : 0, &own_error);
      if (own_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&own_error));
          return FALSE;
        }
      /* Somebody deleted it meanwhile. */
      if (message == NULL)
        continue;
      if (!reading->func (name, message, reading->user_data, error))
        return FALSE;
    }
  return TRUE;
}

static char *
imap_read (RubisMailbox *mailbox, const char *cursor, gint64 since, RubisMailboxFunc func, gpointer user_data,
           GCancellable *cancellable, GError **error)
{
  g_autoptr (RubisImap) imap = rubis_imap_new (
      rubis_mailbox_get_sender (mailbox), rubis_mailbox_get_credentials (mailbox), 0, cancellable, error);
  Reading reading = { .imap = imap, .func = func, .user_data = user_data };
  g_autoptr (GArray) uids = NULL;
  guint32 next = 0;
  guint32 last = 0;

  if (imap == NULL || !rubis_imap_examine (imap, "INBOX", &reading.validity, &next, error))
    return NULL;
  uids = find_new (imap, cursor, since, reading.validity, &last, error);
  if (uids == NULL)
    return NULL;
  for (guint i = 0; i < uids->len; i += AT_ONCE)
    {
      if (!give_some (&reading, &g_array_index (uids, guint32, i), MIN (AT_ONCE, uids->len - i), error))
        return NULL;
    }
  if (next > 0)
    last = MAX (last, next - 1);
  if (uids->len > 0)
    last = MAX (last, g_array_index (uids, guint32, uids->len - 1));
  return g_strdup_printf ("%u:%u", reading.validity, last);
}

static void
rubis_imap_mailbox_class_init (RubisImapMailboxClass *klass)
{
  RUBIS_MAILBOX_CLASS (klass)->read = imap_read;
}

static void
rubis_imap_mailbox_init (RubisImapMailbox *self)
{
}
