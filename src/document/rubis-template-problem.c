/* rubis-template-problem.c: what a reading of a template finds, and where it stands in the text. */
#include "rubis-template-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

const char *
rubis_problem_severity_to_id (RubisProblemSeverity severity)
{
  static const char *const ids[RUBIS_N_PROBLEM_SEVERITIES] = { "error", "warning", "advice" };

  g_return_val_if_fail (severity < RUBIS_N_PROBLEM_SEVERITIES, "");

  return ids[severity];
}

const char *
rubis_problem_severity_to_label (RubisProblemSeverity severity)
{
  static const char *const labels[RUBIS_N_PROBLEM_SEVERITIES] = { N_("Error"), N_("Warning"),
                                                                  N_("Advice") };

  g_return_val_if_fail (severity < RUBIS_N_PROBLEM_SEVERITIES, "");

  return _(labels[severity]);
}

void
rubis_template_problem_free (RubisTemplateProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->code);
  g_free (problem->message);
  g_free (problem);
}

void
rubis_reading_init (RubisReading *self)
{
  self->text = NULL;
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) rubis_template_problem_free);
  self->spans = g_array_new (FALSE, TRUE, sizeof (RubisTemplateSpan));
}

void
rubis_reading_clear (RubisReading *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->spans, g_array_unref);
}

void
rubis_reading_report (RubisReading *self, RubisProblemSeverity severity, const char *code, gsize offset,
                      gsize length, const char *format, ...)
{
  RubisTemplateProblem *problem = g_new0 (RubisTemplateProblem, 1);
  va_list args;

  va_start (args, format);
  problem->message = g_strdup_vprintf (format, args);
  va_end (args);
  problem->severity = severity;
  problem->code = g_strdup (code);
  problem->offset = offset;
  problem->length = length;
  g_ptr_array_add (self->problems, problem);
}

void
rubis_reading_add_span (RubisReading *self, RubisTemplateSpanKind kind, gsize offset, gsize length,
                        RubisHashtag hashtag)
{
  RubisTemplateSpan span = { offset, length, kind, hashtag };

  g_array_append_val (self->spans, span);
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const RubisTemplateProblem *first = *(RubisTemplateProblem *const *) a;
  const RubisTemplateProblem *second = *(RubisTemplateProblem *const *) b;

  if (first->offset != second->offset)
    return first->offset < second->offset ? -1 : 1;
  if (first->severity != second->severity)
    return first->severity < second->severity ? -1 : 1;
  return strcmp (first->code, second->code);
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const RubisTemplateSpan *first = a;
  const RubisTemplateSpan *second = b;

  return first->offset < second->offset ? -1 : first->offset > second->offset;
}

/* A walk through the text that was given: it may have CR LF where the text that was read has LF. */
typedef struct {
  const char *text;
  gsize offset; /* in @text */
  gsize read;   /* the same place in the text that was read */
  guint line;
  guint column;
} Walk;

static gsize
walk_to (Walk *walk, gsize read)
{
  while (walk->read < read && walk->text[walk->offset] != '\0')
    {
      const char *p = walk->text + walk->offset;

      if (p[0] == '\r' && p[1] == '\n')
        walk->offset++;
      if (walk->text[walk->offset] == '\n')
        {
          walk->line++;
          walk->column = 1;
        }
      else if ((walk->text[walk->offset + 1] & 0xc0) != 0x80)
        walk->column++;
      walk->offset++;
      walk->read++;
    }
  return walk->offset;
}

void
rubis_reading_locate (RubisReading *self, const char *text)
{
  Walk walk = { text, 0, 0, 1, 1 };

  g_ptr_array_sort (self->problems, compare_problems);
  g_array_sort (self->spans, compare_spans);
  for (guint i = 0; i < self->problems->len; i++)
    {
      RubisTemplateProblem *problem = g_ptr_array_index (self->problems, i);
      gsize end = problem->offset + problem->length;
      Walk ahead;

      walk_to (&walk, problem->offset);
      ahead = walk;
      problem->line = walk.line;
      problem->column = walk.column;
      problem->offset = walk.offset;
      problem->length = walk_to (&ahead, end) - walk.offset;
    }
  walk = (Walk){ text, 0, 0, 1, 1 };
  for (guint i = 0; i < self->spans->len; i++)
    {
      RubisTemplateSpan *span = &g_array_index (self->spans, RubisTemplateSpan, i);

      /* A hashtag holds no line end: its length does not change. */
      span->offset = walk_to (&walk, span->offset);
    }
}

const RubisTemplateProblem *
rubis_reading_get_error (const RubisReading *self)
{
  for (guint i = 0; i < self->problems->len; i++)
    {
      const RubisTemplateProblem *problem = g_ptr_array_index (self->problems, i);

      if (problem->severity == RUBIS_PROBLEM_ERROR)
        return problem;
    }
  return NULL;
}

gboolean
rubis_template_has_errors (GPtrArray *problems)
{
  RubisReading reading = { NULL, problems, NULL };

  g_return_val_if_fail (problems != NULL, FALSE);

  return rubis_reading_get_error (&reading) != NULL;
}

RubisTemplateError
rubis_template_problem_get_error_code (const RubisTemplateProblem *problem)
{
  static const char *const logic[] = {
    "missing-condition", "bad-condition", "stray-directive", "two-else",     "unclosed-if", "unclosed-brace",
    "bad-plural",        "bad-default",   "too-deep",        "flag-printed", NULL
  };

  if (g_str_equal (problem->code, "unknown-hashtag"))
    return RUBIS_TEMPLATE_ERROR_UNKNOWN;
  return g_strv_contains (logic, problem->code) ? RUBIS_TEMPLATE_ERROR_LOGIC : RUBIS_TEMPLATE_ERROR_FORMAT;
}
