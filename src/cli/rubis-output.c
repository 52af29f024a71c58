#include "rubis-output.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rubis-format.h"
#include "rubis-json.h"
#include "rubis-types.h"

/* No column of a table is wider, so that a line stays readable. */
#define MAX_WIDTH 120

struct _RubisOutput {
  RubisOutputFormat format;
  const RubisColumn *columns;
  gsize n_columns;
  gsize n_records;
  GPtrArray *rows;           /* (element-type GStrv) of text, kept until widths are known */
};

void
rubis_output_print (const char *text)
{
  fputs (text, stdout);
}

void
rubis_output_print_line (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fputs (text, stdout);
  fputc ('\n', stdout);
}

void
rubis_output_print_json (GVariant *record)
{
  g_autofree char *text = rubis_json_write (record);

  fputs (text, stdout);
}

/* What is in a maybe or variant, or NULL when it is empty. (transfer full) */
static GVariant *
unwrap (GVariant *value)
{
  GVariant *inner;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_MAYBE))
    return g_variant_ref (value);
  inner = g_variant_get_maybe (value);
  return inner;
}

/* A value as programs read it: "" for null, lists separated by blanks. */
static char *
value_to_string (GVariant *value)
{
  g_autoptr(GVariant) inner = unwrap (value);

  if (inner == NULL)
    return g_strdup ("");
  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_STRING))
    return g_variant_dup_string (inner, NULL);
  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_INT64))
    return g_strdup_printf ("%" G_GINT64_FORMAT, g_variant_get_int64 (inner));
  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_BOOLEAN))
    return g_strdup (g_variant_get_boolean (inner) ? "true" : "false");
  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_STRING_ARRAY))
    {
      g_autofree const char **list = g_variant_get_strv (inner, NULL);

      return g_strjoinv (" ", (char **) list);
    }
  return g_variant_print (inner, FALSE);
}

static char *
amount_to_text (GVariant *record, const char *plain)
{
  RubisCurrency currency = RUBIS_CURRENCY_EUR;
  const char *code = NULL;
  gint64 minor;

  if (g_variant_lookup (record, "currency", "&s", &code))
    rubis_currency_parse (code, &currency);
  if (*plain == '\0' || !rubis_money_parse (plain, currency, &minor, NULL))
    return g_strdup (plain);
  return rubis_format_number (minor, currency, rubis_format_ui_language ());
}

static const struct {
  const char *kind;
  const char *label; /* untranslated */
} event_labels[] = {
  { "actor", N_("Colleague") },
  { "attachment", N_("File") },
  { "bulk", N_("Bulk edit") },
  { "company", N_("Company") },
  { "contact", N_("Contact") },
  { "choice", N_("List of choices") },
  { "callback", N_("To call back") },
  { "dispute", N_("Dispute") },
  { "due-date", N_("Due date") },
  { "reset", N_("Begun again") },
  { "field", N_("Field") },
  { "filter", N_("Filter") },
  { "import", N_("Import") },
  { "legal-file", N_("Legal file") },
  { "message", N_("Message") },
  { "note", N_("Note") },
  { "plan", N_("Payment plan") },
  { "policy", N_("Policy") },
  { "promise", N_("Promise") },
  { "promise-seen", N_("Promise") },
  { "promise-withdrawn", N_("Promise") },
  { "proof", N_("Proof") },
  { "registered-state", N_("Registered letter") },
  { "sender", N_("Sender") },
  { "not-sent", N_("Not sent") },
  { "outbox", N_("Outbox") },
  { "answer", N_("Answer") },
  { "auto-reply", N_("Automatic reply") },
  { "bounce", N_("Email returned") },
  { "delivery", N_("Delivery of an email") },
  { "print", N_("Printed") },
  { "reappeared", N_("Came back") },
  { "redo", N_("Done again") },
  { "notice-confirmed", N_("Incomplete notice confirmed") },
  { "reprint", N_("Printed again") },
  { "stop", N_("Stop") },
  { "undo", N_("Undone") },
  { "undo-import", N_("Undone") },
  { "unstop", N_("Resumed") },
  { "transmitted", N_("Handed over") },
};

static const char *
event_to_label (const char *kind)
{
  RubisChannel channel;

  for (gsize i = 0; i < G_N_ELEMENTS (event_labels); i++)
    {
      if (g_str_equal (event_labels[i].kind, kind))
        return _(event_labels[i].label);
    }
  return rubis_channel_from_id (kind, &channel) ? rubis_channel_to_label (channel) : kind;
}

static const char *
validation_to_label (const char *id)
{
  static const char *const labels[RUBIS_N_VALIDATIONS] = { N_("automatic"), N_("to confirm"), N_("by hand") };
  RubisValidation validation;

  return rubis_validation_from_id (id, &validation) ? _(labels[validation]) : id;
}

/* What a paper is that went by no channel. */
static const char *
paper_to_label (const char *kind)
{
  if (g_str_equal (kind, "statement"))
    return _ ("Statement of account");
  if (g_str_equal (kind, "agreement"))
    return _ ("Agreement");
  if (g_str_equal (kind, "receipt"))
    return _ ("Receipt");
  return g_str_equal (kind, "internal") ? _ ("Internal paper") : kind;
}

/* What people read for a stable id. */
static char *
id_to_text (const char *id, RubisColumnKind kind)
{
  RubisPartyKind party;
  RubisChannel channel;

  if (kind == RUBIS_COLUMN_CHANNEL && rubis_channel_from_id (id, &channel))
    return g_strdup (rubis_channel_to_label (channel));
  if (kind == RUBIS_COLUMN_CHANNEL)
    return g_strdup (paper_to_label (id));
  if (kind == RUBIS_COLUMN_PARTY_KIND && rubis_party_kind_from_id (id, &party))
    return g_strdup (rubis_party_kind_to_label (party));
  if (kind == RUBIS_COLUMN_VALIDATION)
    return g_strdup (validation_to_label (id));
  return g_strdup (kind == RUBIS_COLUMN_EVENT ? event_to_label (id) : id);
}

/* A value for people; @record: to find the currency of an amount. */
static char *
value_to_text (GVariant *record, GVariant *value, RubisColumnKind kind)
{
  g_autofree char *plain = value_to_string (value);

  switch (kind)
    {
    case RUBIS_COLUMN_AMOUNT:
      return amount_to_text (record, plain);
    case RUBIS_COLUMN_DATE:
      return rubis_format_date_short (rubis_date_parse_iso (plain), rubis_format_ui_language ());
    case RUBIS_COLUMN_RATE:
      if (!g_str_equal (rubis_format_ui_language (), "en"))
        g_strdelimit (plain, ".", ',');
      return g_steal_pointer (&plain);
    case RUBIS_COLUMN_CHANNEL:
    case RUBIS_COLUMN_VALIDATION:
    case RUBIS_COLUMN_PARTY_KIND:
    case RUBIS_COLUMN_EVENT:
      return id_to_text (plain, kind);
    case RUBIS_COLUMN_TEXT:
    case RUBIS_COLUMN_NUMBER:
    default:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
        return g_strdup (g_variant_get_boolean (value) ? _("yes") : _("no"));
      return g_steal_pointer (&plain);
    }
}

char *
rubis_output_dup_text (GVariant *record, const char *key, RubisColumnKind kind)
{
  g_autoptr(GVariant) value = g_variant_lookup_value (record, key, NULL);

  return value != NULL ? value_to_text (record, value, kind) : g_strdup ("");
}

/* The cells of a record in the order of the columns, "" where it has none; in one walk over it. */
static GStrv
make_cells (const RubisOutput *self, GVariant *record)
{
  GStrv cells = g_new0 (char *, self->n_columns + 1);
  GVariantIter iter;
  char *key;
  GVariant *value;

  g_variant_iter_init (&iter, record);
  /* A copy of the key: looking a value up may rewrite the record in its flat form, and the key would go. */
  while (g_variant_iter_next (&iter, "{sv}", &key, &value))
    {
      for (gsize i = 0; i < self->n_columns; i++)
        {
          if (cells[i] == NULL && g_str_equal (self->columns[i].key, key))
            cells[i] = self->format == RUBIS_OUTPUT_CSV ? value_to_string (value)
                                                        : value_to_text (record, value, self->columns[i].kind);
        }
      g_variant_unref (value);
      g_free (key);
    }
  for (gsize i = 0; i < self->n_columns; i++)
    {
      if (cells[i] == NULL)
        cells[i] = g_strdup ("");
    }
  return cells;
}

RubisOutput *
rubis_output_new (RubisOutputFormat format, const RubisColumn *columns, gsize n_columns)
{
  RubisOutput *self = g_new0 (RubisOutput, 1);

  self->format = format;
  self->columns = columns;
  self->n_columns = n_columns;
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  if (format == RUBIS_OUTPUT_CSV)
    {
      for (gsize i = 0; i < n_columns; i++)
        printf ("%s%s", i > 0 ? "," : "", columns[i].key);
      fputs ("\r\n", stdout);
    }
  return self;
}

void
rubis_output_free (RubisOutput *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* A field of RFC 4180; one that a spreadsheet would compute is no formula but a text. */
static void
print_csv_field (const char *text, RubisColumnKind kind)
{
  gboolean formula = kind == RUBIS_COLUMN_TEXT && *text != '\0' && strchr ("=+-@", *text) != NULL;

  if (!formula && strpbrk (text, ",\"\r\n") == NULL)
    {
      fputs (text, stdout);
      return;
    }
  fputs (formula ? "\"'" : "\"", stdout);
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        fputc ('"', stdout);
      fputc (*at, stdout);
    }
  fputc ('"', stdout);
}

static void
add_csv (RubisOutput *self, GVariant *record)
{
  g_auto(GStrv) cells = make_cells (self, record);

  for (gsize i = 0; i < self->n_columns; i++)
    {
      if (i > 0)
        fputc (',', stdout);
      print_csv_field (cells[i], self->columns[i].kind);
    }
  fputs ("\r\n", stdout);
}

void
rubis_output_add (RubisOutput *self, GVariant *record)
{
  g_return_if_fail (self != NULL && record != NULL);

  switch (self->format)
    {
    case RUBIS_OUTPUT_JSON:
      {
        g_autofree char *text = rubis_json_write_line (record);

        printf ("%s%s", self->n_records == 0 ? "[\n  " : ",\n  ", text);
        break;
      }
    case RUBIS_OUTPUT_CSV:
      add_csv (self, record);
      break;
    case RUBIS_OUTPUT_TEXT:
    default:
      {
        GStrv row = make_cells (self, record);

        for (gsize i = 0; i < self->n_columns; i++)
          g_strdelimit (row[i], "\r\n\t", ' ');
        g_ptr_array_add (self->rows, row);
        break;
      }
    }
  self->n_records++;
}

static int
width_of (const char *text)
{
  int width = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      width += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

static void
print_cell (const char *text, int width, gboolean right, gboolean last)
{
  g_autofree char *cut = g_utf8_strlen (text, -1) > MAX_WIDTH ? g_utf8_substring (text, 0, MAX_WIDTH - 1) : NULL;
  const char *shown = cut != NULL ? cut : text;
  int room = MAX (0, width - width_of (shown) - (cut != NULL ? 1 : 0));

  printf ("%*s%s%s", right ? room : 0, "", shown, cut != NULL ? "…" : "");
  if (last)
    fputc ('\n', stdout);
  else
    printf ("%*s  ", right ? 0 : room, "");
}

static void
print_table (RubisOutput *self)
{
  g_autofree int *widths = g_new0 (int, self->n_columns);

  for (gsize i = 0; i < self->n_columns; i++)
    {
      widths[i] = width_of (_(self->columns[i].title));
      for (guint r = 0; r < self->rows->len; r++)
        widths[i] = MAX (widths[i], MIN (MAX_WIDTH, width_of (((GStrv) g_ptr_array_index (self->rows, r))[i])));
    }
  for (guint r = 0; r <= self->rows->len; r++)
    {
      GStrv row = r > 0 ? g_ptr_array_index (self->rows, r - 1) : NULL;

      for (gsize i = 0; i < self->n_columns; i++)
        print_cell (row != NULL ? row[i] : _(self->columns[i].title), widths[i],
                    self->columns[i].kind == RUBIS_COLUMN_NUMBER || self->columns[i].kind == RUBIS_COLUMN_AMOUNT
                      || self->columns[i].kind == RUBIS_COLUMN_RATE,
                    i + 1 == self->n_columns);
    }
}

void
rubis_output_finish (RubisOutput *self, const char *nothing)
{
  g_return_if_fail (self != NULL);

  if (self->format == RUBIS_OUTPUT_JSON)
    fputs (self->n_records == 0 ? "[]\n" : "\n]\n", stdout);
  else if (self->format == RUBIS_OUTPUT_TEXT && self->n_records > 0)
    print_table (self);
  else if (self->format == RUBIS_OUTPUT_TEXT && nothing != NULL)
    rubis_output_print_line ("%s", nothing);
}

void
rubis_output_print_list (RubisOutputFormat format, GVariant *list, const RubisColumn *columns, gsize n_columns,
                         const char *nothing)
{
  g_autoptr(RubisOutput) output = rubis_output_new (format, columns, n_columns);
  GVariantIter iter;
  GVariant *record;

  g_variant_iter_init (&iter, list);
  while ((record = g_variant_iter_next_value (&iter)) != NULL)
    {
      rubis_output_add (output, record);
      g_variant_unref (record);
    }
  rubis_output_finish (output, nothing);
}
