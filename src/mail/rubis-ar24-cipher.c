#include "rubis-ar24-cipher.h"

#include <string.h>

#include <gcrypt.h>

#define KEY_LENGTH 32
#define BLOCK 16

/* Digits of hashes stand for the bytes of keys, as the provider has it. */
typedef struct
{
  char key[KEY_LENGTH];
  char iv[BLOCK];
} Material;

static void
init_library (void)
{
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      gcry_check_version (NULL);
      gcry_control (GCRYCTL_DISABLE_SECMEM, 0);
      gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
      g_once_init_leave (&done, 1);
    }
}

static void
make_material (const char *private_key, const char *seed, Material *material)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, private_key, -1);
  g_autofree char *hash_of_hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, hash, -1);
  g_autofree char *hash_of_seed = g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);

  memcpy (material->key, hash_of_seed, KEY_LENGTH);
  memcpy (material->iv, hash_of_hash, BLOCK);
}

static gcry_cipher_hd_t
open_cipher (const Material *material)
{
  gcry_cipher_hd_t cipher = NULL;

  init_library ();
  if (gcry_cipher_open (&cipher, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_CBC, 0) != 0)
    return NULL;
  if (gcry_cipher_setkey (cipher, material->key, KEY_LENGTH) != 0
      || gcry_cipher_setiv (cipher, material->iv, BLOCK) != 0)
    {
      gcry_cipher_close (cipher);
      return NULL;
    }
  return cipher;
}

char *
rubis_ar24_sign (const char *private_key, const char *date)
{
  gsize length = strlen (date);
  gsize padded = (length / BLOCK + 1) * BLOCK;
  g_autofree guchar *bytes = g_malloc (padded);
  Material material;
  gcry_cipher_hd_t cipher;
  char *text = NULL;

  make_material (private_key, private_key, &material);
  memcpy (bytes, date, length);
  memset (bytes + length, (int)(padded - length), padded - length);
  cipher = open_cipher (&material);
  if (cipher != NULL && gcry_cipher_encrypt (cipher, bytes, padded, NULL, 0) == 0)
    text = g_base64_encode (bytes, padded);
  if (cipher != NULL)
    gcry_cipher_close (cipher);
  explicit_bzero (&material, sizeof material);
  return text;
}

/* The length without padding; 0 when it is none. */
static gsize
strip_padding (const guchar *bytes, gsize length)
{
  guchar n = bytes[length - 1];

  if (n == 0 || n > BLOCK)
    return 0;
  for (gsize i = length - n; i < length; i++)
    {
      if (bytes[i] != n)
        return 0;
    }
  return length - n;
}

char *
rubis_ar24_read (const char *private_key, const char *date, const char *base64)
{
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (base64, &length);
  g_autofree char *seed = g_strconcat (date, private_key, NULL);
  Material material;
  gcry_cipher_hd_t cipher;
  char *text = NULL;

  if (length == 0 || length % BLOCK != 0)
    return NULL;
  make_material (private_key, seed, &material);
  explicit_bzero (seed, strlen (seed));
  cipher = open_cipher (&material);
  if (cipher != NULL && gcry_cipher_decrypt (cipher, bytes, length, NULL, 0) == 0)
    {
      gsize plain = strip_padding (bytes, length);

      if (plain > 0 && g_utf8_validate ((const char *)bytes, (gssize)plain, NULL))
        text = g_strndup ((const char *)bytes, plain);
    }
  if (cipher != NULL)
    gcry_cipher_close (cipher);
  explicit_bzero (&material, sizeof material);
  return text;
}
