#include "rubis-folder-transport.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

struct _RubisFolderTransport
{
  RubisTransport parent_instance;
};

G_DEFINE_FINAL_TYPE (RubisFolderTransport, rubis_folder_transport, RUBIS_TYPE_TRANSPORT)

static gboolean
has_content (const char *path, GBytes *content)
{
  g_autofree char *there = NULL;
  gsize length = 0;

  return g_file_get_contents (path, &there, &length, NULL) && length == g_bytes_get_size (content)
         && memcmp (there, g_bytes_get_data (content, NULL), length) == 0;
}

/* The @n-th name of a file: "name.eml", "name-2.eml"… */
static char *
make_path (const char *folder, const RubisParcel *parcel, int n)
{
  g_autofree char *name
      = parcel->title[0] != '\0' ? g_strdup (parcel->title) : g_strconcat (parcel->id, ".eml", NULL);
  g_autofree char *numbered = NULL;
  const char *dot;
  int stem;

  /* A name is no way to another folder. */
  g_strdelimit (name, "/", '-');
  if (n == 1)
    return g_build_filename (folder, name, NULL);
  dot = strrchr (name, '.');
  stem = (int)(dot != NULL ? (gsize)(dot - name) : strlen (name));
  numbered = g_strdup_printf ("%.*s-%d%s", stem, name, n, name + stem);
  return g_build_filename (folder, numbered, NULL);
}

/* The file that @parcel has or will have. @there: whether it has it. */
static char *
find_path (const char *folder, const RubisParcel *parcel, gboolean *there)
{
  for (int n = 1;; n++)
    {
      g_autofree char *path = make_path (folder, parcel, n);

      *there = has_content (path, parcel->content);
      if (*there || !g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

static gboolean
prepare_folder (RubisTransport *transport, GError **error)
{
  const RubisSender *sender = rubis_transport_get_sender (transport);

  if (sender->folder[0] == '\0')
    {
      g_set_error (error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
                   _ ("The sender “%s” names no folder for its files: choose one in its settings."),
                   sender->name);
      return FALSE;
    }
  if (g_mkdir_with_parents (sender->folder, 0700) == 0 && g_access (sender->folder, W_OK | X_OK) == 0)
    return TRUE;
  g_set_error (
      error, RUBIS_TRANSPORT_ERROR, RUBIS_TRANSPORT_ERROR_SETTINGS,
      _ ("Emails cannot be put into the folder “%s”: choose another, or ask for leave to write there."),
      sender->folder);
  return FALSE;
}

static RubisDelivery *
new_sent (const char *path)
{
  RubisDelivery *delivery = rubis_delivery_new (RUBIS_FATE_SENT, NULL, NULL);

  g_free (delivery->provider_id);
  delivery->provider_id = g_strdup (path);
  return delivery;
}

static RubisDelivery *
new_failed (const char *reason)
{
  RubisDelivery *delivery = rubis_delivery_new (RUBIS_FATE_NOT_SENT, reason, NULL);

  delivery->sender_wide = TRUE;
  return delivery;
}

/* Whole or not at all: a file that is cut off in the middle never has its name. */
static RubisDelivery *
folder_send (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  const char *folder = rubis_transport_get_sender (transport)->folder;
  g_autofree char *path = NULL;
  g_autofree char *reason = NULL;
  g_autoptr (GError) error = NULL;
  gboolean there;

  g_return_val_if_fail (parcel->kind == RUBIS_PARCEL_EMAIL, NULL);

  if (!prepare_folder (transport, &error))
    return new_failed (error->message);
  path = find_path (folder, parcel, &there);
  if (there
      || g_file_set_contents_full (
          path, g_bytes_get_data (parcel->content, NULL), (gssize)g_bytes_get_size (parcel->content),
          G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    return new_sent (path);
  reason
      = g_strdup_printf (_ ("The email could not be put into the folder “%s”: %s"), folder, error->message);
  return new_failed (reason);
}

static RubisDelivery *
folder_look_up (RubisTransport *transport, const RubisParcel *parcel, GCancellable *cancellable)
{
  g_autofree char *path = NULL;
  gboolean there;

  path = find_path (rubis_transport_get_sender (transport)->folder, parcel, &there);
  if (there)
    return new_sent (path);
  return rubis_delivery_new (RUBIS_FATE_NOT_SENT, _ ("The email is not in the folder: it is written again."),
                             NULL);
}

static gboolean
folder_test (RubisTransport *transport, GCancellable *cancellable, GError **error)
{
  return prepare_folder (transport, error);
}

static void
rubis_folder_transport_class_init (RubisFolderTransportClass *klass)
{
  RubisTransportClass *transport_class = RUBIS_TRANSPORT_CLASS (klass);

  transport_class->send = folder_send;
  transport_class->look_up = folder_look_up;
  transport_class->test = folder_test;
}

static void
rubis_folder_transport_init (RubisFolderTransport *self)
{
}
