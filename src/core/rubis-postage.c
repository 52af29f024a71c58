#include "rubis-postage.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (rubis - postage - error - quark, rubis_postage_error)

/* No letter of the post is heavier. */
#define MAX_GRAMS 30000

typedef struct
{
  int grams; /* up to */
  gint64 price;
} Class;

struct _RubisPostageTable
{
  char *name;
  RubisDate date;
  gboolean checked;
  RubisCurrency currency;
  int paper; /* grams per square metre */
  int dl_sheets, dl_weight;
  int c5_sheets, c5_weight;
  int c4_weight;
  GArray *classes[RUBIS_N_POSTAGE_SERVICES]; /* of Class, lightest first */
  gint64 receipt;
  gint64 receipt_abroad;
};

static const struct
{
  const char *id;
  const char *label;
} services[RUBIS_N_POSTAGE_SERVICES] = {
  { "verte", N_ ("Green letter") },
  { "suivie", N_ ("Tracked letter") },
  { "r1", N_ ("Registered R1") },
  { "r2", N_ ("Registered R2") },
  { "r3", N_ ("Registered R3") },
  { "international", N_ ("International letter") },
  { "international-registered", N_ ("International registered") },
};

const char *
rubis_postage_service_to_id (RubisPostageService service)
{
  g_return_val_if_fail ((guint)service < RUBIS_N_POSTAGE_SERVICES, NULL);

  return services[service].id;
}

gboolean
rubis_postage_service_from_id (const char *id, RubisPostageService *service)
{
  g_return_val_if_fail (service != NULL, FALSE);

  for (guint i = 0; id != NULL && i < RUBIS_N_POSTAGE_SERVICES; i++)
    {
      if (strcmp (services[i].id, id) == 0)
        {
          *service = (RubisPostageService)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
rubis_postage_service_to_label (RubisPostageService service)
{
  g_return_val_if_fail ((guint)service < RUBIS_N_POSTAGE_SERVICES, NULL);

  return _ (services[service].label);
}

static void
fail (const char *group, const char *key, const char *value, GError **error)
{
  /* Translators: the table of postal prices: group, key, the value found. */
  g_set_error (error, RUBIS_POSTAGE_ERROR, RUBIS_POSTAGE_ERROR_TABLE,
               _ ("The postal prices cannot be read: [%s] %s: “%s” is not allowed."), group, key, value);
}

static gboolean
read_grams (const char *text, int *grams)
{
  char *end = NULL;
  gint64 value = g_ascii_strtoll (text, &end, 10);

  if (end == text || *end != '\0' || value < 1 || value > MAX_GRAMS)
    return FALSE;
  *grams = (int)value;
  return TRUE;
}

static gboolean
read_int (GKeyFile *file, const char *key, int *value, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, "weight", key, NULL);

  if (text != NULL && read_grams (text, value))
    return TRUE;
  fail ("weight", key, text != NULL ? text : "", error);
  return FALSE;
}

static gboolean
read_price (GKeyFile *file, const char *group, const char *key, RubisCurrency currency, gint64 *price,
            GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, group, key, NULL);

  if (text != NULL && rubis_money_parse (text, currency, price, NULL) && *price >= 0)
    return TRUE;
  fail (group, key, text != NULL ? text : "", error);
  return FALSE;
}

static int
compare_classes (gconstpointer a, gconstpointer b)
{
  return ((const Class *)a)->grams - ((const Class *)b)->grams;
}

static GArray *
read_classes (GKeyFile *file, const char *group, RubisCurrency currency, GError **error)
{
  g_autoptr (GArray) classes = g_array_new (FALSE, FALSE, sizeof (Class));
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      Class class = { 0, 0 };

      if (!read_grams (keys[i], &class.grams))
        {
          fail (group, keys[i], "", error);
          return NULL;
        }
      if (!read_price (file, group, keys[i], currency, &class.price, error))
        return NULL;
      g_array_append_val (classes, class);
    }
  if (classes->len == 0)
    {
      fail (group, "20", "", error);
      return NULL;
    }
  g_array_sort (classes, compare_classes);
  return g_steal_pointer (&classes);
}

static gboolean
read_head (RubisPostageTable *self, GKeyFile *file, GError **error)
{
  g_autofree char *date = g_key_file_get_string (file, "table", "as-of", NULL);
  g_autofree char *currency = g_key_file_get_string (file, "table", "currency", NULL);

  self->name = g_key_file_get_string (file, "table", "name", NULL);
  if (self->name == NULL)
    self->name = g_strdup ("");
  self->date = date != NULL ? rubis_date_parse_iso (date) : RUBIS_DATE_NONE;
  if (self->date == RUBIS_DATE_NONE)
    {
      fail ("table", "as-of", date != NULL ? date : "", error);
      return FALSE;
    }
  if (currency == NULL || !rubis_currency_parse (currency, &self->currency))
    {
      fail ("table", "currency", currency != NULL ? currency : "", error);
      return FALSE;
    }
  self->checked = g_key_file_get_boolean (file, "table", "checked", NULL);
  return TRUE;
}

static gboolean
read_table (RubisPostageTable *self, GKeyFile *file, GError **error)
{
  if (!read_head (self, file, error) || !read_int (file, "paper", &self->paper, error)
      || !read_int (file, "dl-sheets", &self->dl_sheets, error)
      || !read_int (file, "dl-weight", &self->dl_weight, error)
      || !read_int (file, "c5-sheets", &self->c5_sheets, error)
      || !read_int (file, "c5-weight", &self->c5_weight, error)
      || !read_int (file, "c4-weight", &self->c4_weight, error)
      || !read_price (file, "receipt", "national", self->currency, &self->receipt, error)
      || !read_price (file, "receipt", "international", self->currency, &self->receipt_abroad, error))
    return FALSE;
  for (guint i = 0; i < RUBIS_N_POSTAGE_SERVICES; i++)
    {
      self->classes[i] = read_classes (file, services[i].id, self->currency, error);
      if (self->classes[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

RubisPostageTable *
rubis_postage_table_new_from_data (const char *data, gssize length, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (RubisPostageTable) self = g_new0 (RubisPostageTable, 1);
  g_autoptr (GError) syntax = NULL;

  g_return_val_if_fail (data != NULL, NULL);

  if (!g_key_file_load_from_data (file, data, length < 0 ? strlen (data) : (gsize)length, G_KEY_FILE_NONE,
                                  &syntax))
    {
      g_set_error (error, RUBIS_POSTAGE_ERROR, RUBIS_POSTAGE_ERROR_TABLE,
                   _ ("The postal prices cannot be read: %s"), syntax->message);
      return NULL;
    }
  return read_table (self, file, error) ? g_steal_pointer (&self) : NULL;
}

void
rubis_postage_table_free (RubisPostageTable *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < RUBIS_N_POSTAGE_SERVICES; i++)
    g_clear_pointer (&self->classes[i], g_array_unref);
  g_free (self->name);
  g_free (self);
}

RubisDate
rubis_postage_table_get_date (const RubisPostageTable *self)
{
  return self->date;
}

gboolean
rubis_postage_table_get_checked (const RubisPostageTable *self)
{
  return self->checked;
}

const char *
rubis_postage_table_get_name (const RubisPostageTable *self)
{
  return self->name;
}

RubisCurrency
rubis_postage_table_get_currency (const RubisPostageTable *self)
{
  return self->currency;
}

int
rubis_postage_count_sheets (int n_pages, gboolean duplex)
{
  return duplex ? (n_pages + 1) / 2 : n_pages;
}

void
rubis_postage_table_estimate (const RubisPostageTable *self, RubisPostageService service, int n_sheets,
                              gboolean receipt, RubisPostage *postage)
{
  GArray *classes;
  int envelope;

  g_return_if_fail (self != NULL && postage != NULL);
  g_return_if_fail ((guint)service < RUBIS_N_POSTAGE_SERVICES);

  *postage = (RubisPostage){ .n_sheets = n_sheets };
  if (n_sheets <= self->dl_sheets)
    {
      postage->envelope = "DL";
      envelope = self->dl_weight;
    }
  else if (n_sheets <= self->c5_sheets)
    {
      postage->envelope = "C5";
      envelope = self->c5_weight;
    }
  else
    {
      postage->envelope = "C4";
      envelope = self->c4_weight;
    }
  /* A sheet is a sixteenth of a square metre. */
  postage->grams = (n_sheets * self->paper + 15) / 16 + envelope;
  classes = self->classes[service];
  for (guint i = 0; i < classes->len && postage->weight_class == 0; i++)
    {
      const Class *class = &g_array_index (classes, Class, i);

      if (postage->grams > class->grams)
        continue;
      postage->weight_class = class->grams;
      postage->price = class->price;
      if (receipt && service >= RUBIS_POSTAGE_R1 && service <= RUBIS_POSTAGE_R3)
        postage->price += self->receipt;
      else if (receipt && service == RUBIS_POSTAGE_ABROAD_REGISTERED)
        postage->price += self->receipt_abroad;
    }
}
