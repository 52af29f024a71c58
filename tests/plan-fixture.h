/* plan-fixture.h: an account with two overdue invoices, and what tests of payment plans do with it. */
#pragma once

#include "rubis-plans.h"

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 items[2];  /* 600.00, and 500.00 of which 200.00 are contested */
  GString *journal; /* what left, day by day */
} Fixture;

void set_up (Fixture *f, gconstpointer data);
void tear_down (Fixture *f, gconstpointer data);
/* Three instalments of 300.00 from 1 December on: all that is overdue and not contested. */
RubisPlanInput usual_input (Fixture *f);
gint64 agree (Fixture *f);
RubisPlanRow *load (Fixture *f, gint64 id);
void assert_state (Fixture *f, gint64 id, const char *expected);
void assert_levels (Fixture *f, gint64 first, gint64 second);
void undo (Fixture *f);
void redo (Fixture *f);
void pay (Fixture *f, int item, gint64 amount);
/* The data are of the day. */
void go_to (Fixture *f, RubisDate date);
/* Does what each day asks for, and notes it. */
void live (Fixture *f, const char *from, const char *to);
void assert_rule (gboolean done, GError **error, const char *word);
