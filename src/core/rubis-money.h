/* rubis-money.h: amounts as checked 64-bit counts of minor units.
 *
 * An amount never exists without its currency beside it; a currency is its ISO 4217 code.
 * No function here uses floating point.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An ISO 4217 code, upper case and NUL-terminated, cheap to copy and to compare. */
typedef struct {
  char code[4];
} RubisCurrency;

#define RUBIS_MONEY_ERROR (rubis_money_error_quark ())
typedef enum {
  RUBIS_MONEY_ERROR_FORMAT,   /* not a number */
  RUBIS_MONEY_ERROR_PRECISE,  /* more decimals than the currency has */
  RUBIS_MONEY_ERROR_RANGE,    /* does not fit in 64 bits of minor units */
  RUBIS_MONEY_ERROR_CURRENCY, /* not three letters */
} RubisMoneyError;
GQuark rubis_money_error_quark (void);

/* Sets @currency from three letters of any case; FALSE when @code is something else. */
gboolean rubis_currency_parse (const char *code, RubisCurrency *currency);
gboolean rubis_currency_equal (RubisCurrency a, RubisCurrency b);
/* Number of decimals: 2 for most, 0 for JPY, 3 for TND (ISO 4217 list one). */
int rubis_currency_exponent (RubisCurrency currency);
#define RUBIS_CURRENCY_EUR ((RubisCurrency){ "EUR" })

/* Checked arithmetic: FALSE (and @sum untouched) on overflow. */
gboolean rubis_money_add (gint64 a, gint64 b, gint64 *sum);
gboolean rubis_money_subtract (gint64 a, gint64 b, gint64 *difference);

/* Returns round(@amount × @numerator / @denominator), half away from zero, computed exactly.
 * The one place where a rate meets an amount. FALSE on overflow; @denominator must be positive.
 */
gboolean rubis_money_scale (gint64 amount, gint64 numerator, gint64 denominator, gint64 *scaled);

/* Reads a plain decimal ("1234.56", "-0.5") as minor units of @currency. */
gboolean rubis_money_parse (const char *text, RubisCurrency currency, gint64 *minor, GError **error);

/* Writes minor units as a plain decimal with the currency's decimals: "1234.56", "-0.50".
 * For files and programs; what people read is made by rubis-format.h.
 */
char *rubis_money_to_string (gint64 minor, RubisCurrency currency);

G_END_DECLS
