#include "rubis-field-test.h"

#include <glib/gi18n-lib.h>

RubisFieldTest *
rubis_field_test_new (const RubisCustomField *field, const char *from, const char *to)
{
  RubisFieldTest *self = g_new0 (RubisFieldTest, 1);

  self->field_id = field->id;
  self->owner = field->owner;
  self->kind = field->kind;
  self->from = g_strdup (from);
  self->to = g_strdup (to);
  return self;
}

RubisFieldTest *
rubis_field_test_copy (const RubisFieldTest *self)
{
  RubisFieldTest *copy = g_memdup2 (self, sizeof *self);

  copy->from = g_strdup (self->from);
  copy->to = g_strdup (self->to);
  return copy;
}

void
rubis_field_test_free (RubisFieldTest *self)
{
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

gboolean
rubis_field_tests_equal (GPtrArray *a, GPtrArray *b)
{
  guint n = a != NULL ? a->len : 0;

  if (n != (b != NULL ? b->len : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      const RubisFieldTest *one = g_ptr_array_index (a, i);
      const RubisFieldTest *other = g_ptr_array_index (b, i);

      if (one->field_id != other->field_id || one->kind != other->kind
          || !g_str_equal (one->from, other->from) || !g_str_equal (one->to, other->to))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
rubis_field_tests_copy (GPtrArray *tests)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)rubis_field_test_free);

  for (guint i = 0; tests != NULL && i < tests->len; i++)
    g_ptr_array_add (copy, rubis_field_test_copy (g_ptr_array_index (tests, i)));
  return copy;
}

char *
rubis_field_test_describe (const RubisFieldTest *self, const RubisCustomField *field, RubisCurrency currency,
                           const char *language)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_return_val_if_fail (self != NULL && field != NULL && language != NULL, NULL);

  from = rubis_custom_field_format (field, currency, self->from, language);
  to = rubis_custom_field_format (field, currency, self->to, language);
  if (*from != '\0' && *to != '\0')
    return g_strdup_printf ("%s: %s – %s", field->name, from, to);
  if (*to != '\0')
    return g_strdup_printf ("%s ≤ %s", field->name, to);
  if (self->kind == RUBIS_FIELD_NUMBER || self->kind == RUBIS_FIELD_AMOUNT || self->kind == RUBIS_FIELD_DATE)
    return g_strdup_printf ("%s ≥ %s", field->name, from);
  /* Translators: the name of a field, and what it is or contains. */
  return g_strdup_printf (_ ("%s: %s"), field->name, from);
}
