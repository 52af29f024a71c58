/* Was a promise kept? Every case of tests/data/promise/judge.case. */
#include "rubis-promise.h"

#include <string.h>

#include "rubis-money.h"
#include "rubis-test.h"

typedef struct
{
  gint64 amount;
  RubisDate date;
  int grace;
  GArray *payments; /* (element-type RubisPromisePayment) */
  RubisDate data_date;
  RubisDate first_data_after;
  RubisDate today;
} Case;

static gint64
read_amount (const char *text)
{
  gint64 minor = 0;

  g_assert_true (rubis_money_parse (text, RUBIS_CURRENCY_EUR, &minor, NULL));
  return minor;
}

static char *
describe (const RubisPromiseVerdict *verdict)
{
  g_autofree char *until = rubis_date_to_iso (verdict->until);
  g_autofree char *paid = rubis_money_to_string (verdict->paid, RUBIS_CURRENCY_EUR);
  g_autofree char *later = rubis_money_to_string (verdict->paid_later, RUBIS_CURRENCY_EUR);

  return g_strdup_printf ("expect %s until=%s paid=%s%s%s%s", rubis_promise_state_to_id (verdict->state),
                          until, paid, verdict->paid_later != 0 ? " later=" : "",
                          verdict->paid_later != 0 ? later : "", verdict->verified ? "" : " unverified");
}

/* TRUE when the line was an expectation. */
static gboolean
read_line (Case *data, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  guint n = g_strv_length (words);

  if (g_str_equal (words[0], "promise") && n == 4)
    {
      data->amount = read_amount (words[1]);
      data->date = rubis_date_parse_iso (words[2]);
      data->grace = atoi (words[3]);
    }
  else if (g_str_equal (words[0], "paid") && n == 3)
    {
      RubisPromisePayment payment = { rubis_date_parse_iso (words[1]), read_amount (words[2]) };

      g_array_append_val (data->payments, payment);
    }
  else if (g_str_equal (words[0], "data") && n >= 2)
    {
      data->data_date = rubis_date_parse_iso (words[1]);
      data->first_data_after = n > 2 ? rubis_date_parse_iso (words[2]) : RUBIS_DATE_NONE;
    }
  else if (g_str_equal (words[0], "today") && n == 2)
    data->today = rubis_date_parse_iso (words[1]);
  else
    {
      RubisPromiseVerdict verdict;
      g_autofree char *found = NULL;

      rubis_promise_judge (data->amount, data->date, data->grace, (gpointer)data->payments->data,
                           data->payments->len, data->data_date, data->first_data_after, data->today,
                           &verdict);
      found = describe (&verdict);
      g_assert_cmpstr (found, ==, line);
      return TRUE;
    }
  return FALSE;
}

static void
test_cases (void)
{
  g_autofree char *path = rubis_test_data ("promise/judge.case");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  Case data = { .payments = g_array_new (FALSE, FALSE, sizeof (RubisPromisePayment)) };
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (*lines[i] == '\0' || *lines[i] == '#')
        continue;
      if (g_str_has_prefix (lines[i], "== "))
        {
          g_test_message ("%s", lines[i]);
          g_array_set_size (data.payments, 0);
        }
      else
        n += read_line (&data, lines[i]) ? 1 : 0;
    }
  g_assert_cmpuint (n, ==, 30);
  g_array_unref (data.payments);
}

static void
test_states (void)
{
  for (int i = 0; i < RUBIS_N_PROMISE_STATES; i++)
    {
      RubisPromiseState state = RUBIS_N_PROMISE_STATES;

      g_assert_true (rubis_promise_state_from_id (rubis_promise_state_to_id ((RubisPromiseState)i), &state));
      g_assert_cmpint (state, ==, i);
    }
  g_assert_cmpstr (rubis_promise_state_to_label (RUBIS_PROMISE_PARTIAL), ==, "Kept in part");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/promise/cases", test_cases);
  g_test_add_func ("/promise/states", test_states);
  return g_test_run ();
}
