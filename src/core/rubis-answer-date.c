#include "rubis-answer-date.h"

#include <string.h>

#include "rubis-text.h"

/* What a day is said relative to. */
typedef struct
{
  RubisDate written;
  RubisDateSense sense;
} Context;

/* Reads one form; RUBIS_DATE_NONE: it was no date after all. */
typedef RubisDate (*ReadFunc) (const GMatchInfo *match, const Context *context);

#define MONTHS                                                                                               \
  "janvier|fevrier|fevr|mars|avril|mai|juin|juillet|juil|aout|septembre|octobre|novembre|decembre|"          \
  "january|february|march|april|may|june|july|august|september|october|november|december|"                   \
  "januar|februar|marz|juni|juli|oktober|dezember|"                                                          \
  "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"                \
  "gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|"                                 \
  "januari|februari|maart|mei|augustus|"                                                                     \
  "jan|feb|fev|mar|avr|apr|jun|jul|aug|sept|sep|oct|okt|nov|dec|dez"

/* The first letters tell a month in all six languages. */
static const struct
{
  const char *prefix;
  int month;
} months[] = {
  { "jan", 1 },  { "ene", 1 },  { "gen", 1 },  { "feb", 2 },  { "fev", 2 },  { "mart", 3 }, { "mars", 3 },
  { "marc", 3 }, { "marz", 3 }, { "maar", 3 }, { "avr", 4 },  { "apr", 4 },  { "abr", 4 },  { "mai", 5 },
  { "may", 5 },  { "mag", 5 },  { "mei", 5 },  { "mar", 3 },  { "juin", 6 }, { "june", 6 }, { "juni", 6 },
  { "giu", 6 },  { "juil", 7 }, { "july", 7 }, { "juli", 7 }, { "lug", 7 },  { "jun", 6 },  { "jul", 7 },
  { "aou", 8 },  { "aug", 8 },  { "ago", 8 },  { "sep", 9 },  { "set", 9 },  { "oct", 10 }, { "okt", 10 },
  { "ott", 10 }, { "nov", 11 }, { "dec", 12 }, { "dez", 12 }, { "dic", 12 },
};

#define WEEKDAYS                                                                                             \
  "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"                                                     \
  "monday|tuesday|wednesday|thursday|friday|saturday|sunday|"                                                \
  "montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"                                             \
  "lunes|martes|miercoles|jueves|viernes|sabado|domingo|"                                                    \
  "lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|"                                                \
  "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"

static const struct
{
  const char *prefix;
  int weekday;
} weekdays[] = {
  { "lun", 1 }, { "mon", 1 }, { "maan", 1 }, { "mard", 2 }, { "tue", 2 }, { "die", 2 }, { "mart", 2 },
  { "din", 2 }, { "mer", 3 }, { "wed", 3 },  { "mit", 3 },  { "mie", 3 }, { "woe", 3 }, { "jeu", 4 },
  { "thu", 4 }, { "don", 4 }, { "jue", 4 },  { "gio", 4 },  { "ven", 5 }, { "fri", 5 }, { "fre", 5 },
  { "vie", 5 }, { "vri", 5 }, { "sam", 6 },  { "sat", 6 },  { "sab", 6 }, { "zat", 6 }, { "dim", 7 },
  { "sun", 7 }, { "son", 7 }, { "dom", 7 },  { "zon", 7 },
};

#define COUNTS                                                                                               \
  "\\d{1,3}|une?|deux|trois|quatre|cinq|six|sept|huit|dix|douze|quinze|vingt|trente|"                        \
  "an?|one|two|three|four|five|seven|eight|nine|ten|fourteen|fifteen|thirty|"                                \
  "ein|eine|einer|zwei|drei|zehn|vierzehn|una?|dos|tres|diez|quince|due|tre|dieci|een|twee|drie|tien|"       \
  "a couple of|a few|quelques"

static const struct
{
  const char *word;
  int count;
} counts[] = {
  { "un", 1 },        { "une", 1 },      { "deux", 2 },        { "trois", 3 },   { "quatre", 4 },
  { "cinq", 5 },      { "six", 6 },      { "sept", 7 },        { "huit", 8 },    { "dix", 10 },
  { "douze", 12 },    { "quinze", 15 },  { "vingt", 20 },      { "trente", 30 }, { "a", 1 },
  { "an", 1 },        { "one", 1 },      { "two", 2 },         { "three", 3 },   { "four", 4 },
  { "five", 5 },      { "seven", 7 },    { "eight", 8 },       { "nine", 9 },    { "ten", 10 },
  { "fourteen", 14 }, { "fifteen", 15 }, { "thirty", 30 },     { "ein", 1 },     { "eine", 1 },
  { "einer", 1 },     { "zwei", 2 },     { "drei", 3 },        { "zehn", 10 },   { "vierzehn", 14 },
  { "una", 1 },       { "dos", 2 },      { "tres", 3 },        { "diez", 10 },   { "quince", 15 },
  { "due", 2 },       { "tre", 3 },      { "dieci", 10 },      { "een", 1 },     { "twee", 2 },
  { "drie", 3 },      { "tien", 10 },    { "a couple of", 2 },
};

static int
read_int (const GMatchInfo *match, const char *name)
{
  g_autofree char *text = g_match_info_fetch_named (match, name);

  return text != NULL && *text != '\0' ? atoi (text) : -1;
}

static gboolean
has (const GMatchInfo *match, const char *name)
{
  g_autofree char *text = g_match_info_fetch_named (match, name);

  return text != NULL && *text != '\0';
}

static int
read_month (const GMatchInfo *match)
{
  g_autofree char *text = g_match_info_fetch_named (match, "month");

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (months); i++)
    {
      if (g_str_has_prefix (text, months[i].prefix))
        return months[i].month;
    }
  return 0;
}

static int
read_count (const GMatchInfo *match)
{
  g_autofree char *text = g_match_info_fetch_named (match, "count");

  if (text == NULL)
    return -1;
  if (g_ascii_isdigit (*text))
    return atoi (text);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      if (g_str_equal (text, counts[i].word))
        return counts[i].count;
    }
  return -1;
}

/* @year below 0: the one in which the day lies nearest in the direction of the sense. */
static RubisDate
make_date (int year, int month, int day, const Context *context)
{
  int this_year, this_month, this_day;
  RubisDate date;

  rubis_date_to_ymd (context->written, &this_year, &this_month, &this_day);
  if (year >= 0)
    return rubis_date_from_ymd (year < 100 ? 2000 + year : year, month, day);
  date = rubis_date_from_ymd (this_year, month, day);
  if (date == RUBIS_DATE_NONE)
    return date;
  if (context->sense == RUBIS_SENSE_FUTURE && date < context->written - 60)
    date = rubis_date_from_ymd (this_year + 1, month, day);
  else if (context->sense == RUBIS_SENSE_PAST && date > context->written + 60)
    date = rubis_date_from_ymd (this_year - 1, month, day);
  return date;
}

static RubisDate
read_iso (const GMatchInfo *match, const Context *context)
{
  return make_date (read_int (match, "year"), read_int (match, "m"), read_int (match, "day"), context);
}

/* 12/11/2026, 12.11.26, 12/11; the American order only where the European one is impossible. */
static RubisDate
read_numeric (const GMatchInfo *match, const Context *context)
{
  int day = read_int (match, "day");
  int month = read_int (match, "m");
  int year = read_int (match, "year");

  if (month > 12 && day <= 12)
    return make_date (year, day, month, context);
  return make_date (year, month, day, context);
}

static RubisDate
read_named (const GMatchInfo *match, const Context *context)
{
  return make_date (read_int (match, "year"), read_month (match), read_int (match, "day"), context);
}

/* "fin novembre", "mi-decembre", "early december". */
static RubisDate
read_part_of_month (const GMatchInfo *match, const Context *context)
{
  g_autofree char *part = g_match_info_fetch_named (match, "part");
  RubisDate first = make_date (read_int (match, "year"), read_month (match), 1, context);
  int day = 31;

  if (first == RUBIS_DATE_NONE || part == NULL)
    return first;
  if (g_str_has_prefix (part, "mi") || g_str_has_prefix (part, "mit"))
    day = 15;
  else if (g_str_has_prefix (part, "deb") || g_str_has_prefix (part, "ear") || g_str_has_prefix (part, "anf")
           || g_str_has_prefix (part, "beg") || g_str_has_prefix (part, "pri")
           || g_str_has_prefix (part, "ini"))
    day = 5;
  return day == 31 ? rubis_date_end_of_month (first) : first + day - 1;
}

static RubisDate
read_day (const GMatchInfo *match, const Context *context)
{
  int day = read_int (match, "day");
  int year, month, this_day;
  RubisDate start = context->written;

  if (day < 1 || day > 31)
    return RUBIS_DATE_NONE;
  rubis_date_to_ymd (context->written, &year, &month, &this_day);
  if (has (match, "next"))
    start = rubis_date_add_months (rubis_date_from_ymd (year, month, 1), 1);
  else if (!has (match, "this") && context->sense == RUBIS_SENSE_FUTURE && day < this_day)
    start = rubis_date_add_months (rubis_date_from_ymd (year, month, 1), 1);
  else if (!has (match, "this") && context->sense == RUBIS_SENSE_PAST && day > this_day)
    start = rubis_date_add_months (rubis_date_from_ymd (year, month, 1), -1);
  rubis_date_to_ymd (start, &year, &month, &this_day);
  return rubis_date_from_ymd (year, month, day);
}

static RubisDate
read_weekday (const GMatchInfo *match, const Context *context)
{
  g_autofree char *name = g_match_info_fetch_named (match, "weekday");
  int today = rubis_date_weekday (context->written);
  int weekday = 0;
  gboolean past = has (match, "last") || (context->sense == RUBIS_SENSE_PAST && !has (match, "next"));
  int days;

  for (gsize i = 0; name != NULL && weekday == 0 && i < G_N_ELEMENTS (weekdays); i++)
    {
      if (g_str_has_prefix (name, weekdays[i].prefix))
        weekday = weekdays[i].weekday;
    }
  if (weekday == 0)
    return RUBIS_DATE_NONE;
  if (past)
    {
      days = (today - weekday + 7) % 7;
      return context->written - (days == 0 && has (match, "last") ? 7 : days);
    }
  days = (weekday - today + 7) % 7;
  if (days == 0)
    days = 7;
  return context->written + days + (has (match, "eight") ? 7 : 0);
}

static RubisDate
read_today (const GMatchInfo *match, const Context *context)
{
  return context->written;
}

static RubisDate
read_tomorrow (const GMatchInfo *match, const Context *context)
{
  return context->written + (has (match, "after") ? 2 : 1);
}

static RubisDate
read_yesterday (const GMatchInfo *match, const Context *context)
{
  return context->written - (has (match, "before") ? 2 : 1);
}

/* "d'ici 8 jours", "within two weeks", "sous 48 h". */
static RubisDate
read_span (const GMatchInfo *match, const Context *context)
{
  int count = read_count (match);
  RubisDate date = context->written;

  if (count < 0 || count > 365)
    return RUBIS_DATE_NONE;
  if (has (match, "weeks"))
    return date + 7 * count;
  if (has (match, "months"))
    return rubis_date_add_months (date, count);
  if (has (match, "hours"))
    return date + (count + 23) / 24;
  if (!has (match, "working") && !has (match, "before"))
    return date + count;
  for (int left = count; left > 0; date++)
    left -= rubis_date_weekday (date + 1) <= 5 ? 1 : 0;
  return date;
}

static RubisDate
read_ago (const GMatchInfo *match, const Context *context)
{
  int count = read_count (match);

  if (count < 0 || count > 365)
    return RUBIS_DATE_NONE;
  return context->written - (has (match, "weeks") ? 7 * count : count);
}

static RubisDate
read_week_span (const GMatchInfo *match, const Context *context)
{
  return context->written + (has (match, "fifteen") ? 15 : 8);
}

/* The month of the message or the next: its end, or the day in its beginning or middle that is named. */
static RubisDate
read_month_end (const GMatchInfo *match, const Context *context)
{
  RubisDate date = context->written;
  int year, month, day;

  rubis_date_to_ymd (date, &year, &month, &day);
  if (has (match, "next") || has (match, "early") || (has (match, "middle") && day > 15))
    date = rubis_date_add_months (rubis_date_from_ymd (year, month, 1), 1);
  date = rubis_date_end_of_month (date);
  rubis_date_to_ymd (date, &year, &month, &day);
  if (has (match, "early"))
    return rubis_date_from_ymd (year, month, 5);
  return has (match, "middle") ? rubis_date_from_ymd (year, month, 15) : date;
}

/* Friday of this week or the next; Tuesday of its beginning, Wednesday of its middle. */
static RubisDate
read_week (const GMatchInfo *match, const Context *context)
{
  RubisDate monday = context->written - (rubis_date_weekday (context->written) - 1);
  gboolean next = has (match, "next") || rubis_date_weekday (context->written) > 5;

  if (next)
    monday += 7;
  if (has (match, "early"))
    return monday + 1;
  return monday + (has (match, "middle") ? 2 : 4);
}

static const struct
{
  const char *pattern;
  ReadFunc read;
  gboolean only_past;
} forms[] = {
  { "(?<![\\w-])(?<year>20\\d\\d)-(?<m>\\d\\d)-(?<day>\\d\\d)(?![\\w-])", read_iso, FALSE },
  { "(?<![\\d/.,-])(?<day>\\d{1,2})[/.-](?<m>\\d{1,2})[/.-](?<year>20\\d\\d|\\d\\d)(?![\\d/-])", read_numeric,
    FALSE },
  { "(?<![\\d/.,-])(?<day>\\d{1,2})/(?<m>\\d{1,2})(?![\\d/]|[.,]\\d)", read_numeric, FALSE },
  { "\\b(?:am|zum|bis|vom|den|bis zum|ab dem) (?<day>\\d{1,2})\\.(?<m>\\d{1,2})\\.", read_numeric, FALSE },
  { "\\b(?<day>\\d{1,2})(?:er|st|nd|rd|th|e)?\\.? (?:of |de |di |van )?(?<month>" MONTHS
    ")\\b\\.?(?:,? (?:de |del )?(?<year>20\\d\\d)\\b)?",
    read_named, FALSE },
  { "\\b(?<month>" MONTHS
    ")\\.? (?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)(?:,? (?<year>20\\d\\d)\\b)?",
    read_named, FALSE },
  { "\\b(?<part>fin|en fin|mi-|mi|debut|courant|end of|mid-|mid|early|late|beginning of|ende|mitte|anfang|"
    "finales de|principios de|fine|meta|inizio|eind|begin|midden)(?: de| du mois de|)? ?(?<month>" MONTHS
    ")\\b(?: (?<year>20\\d\\d)\\b)?",
    read_part_of_month, FALSE },
  { "\\b(?:le|the|du|au|el|il|am|op|on|by|den|dem|zum) (?<day>\\d{1,2})(?:er|st|nd|rd|th|\\.)? "
    "(?:du|of|de|des|del|van)? ?(?:(?<next>mois prochain|next month|nachsten monats|proximo mes|mes que "
    "viene|"
    "mese prossimo|prossimo mese|volgende maand|prochain)|(?<this>ce mois|mois courant|mois en cours|this "
    "month|"
    "this|the month|dieses monats|este mes|questo mese|deze maand|courant))\\b",
    read_day, FALSE },
  { "\\b(?:le|the|au|el|il|am|op|by|before|avant le|jusqu'au|du|den) (?<day>[12]?\\d|3[01])"
    "(?:er|st|nd|rd|th)?(?=$|[.,;:!?)]| (?!(?:" MONTHS
    ")\\b|%|eur|euro|h\\b|\\d|jours|days|mois|months|factures|invoices|fois|ans\\b|unites|pieces))(?![.,]"
    "\\d)",
    read_day, FALSE },
  { "\\b(?<next>next |ce |this |nachsten |kommenden |coming |proximo |aankomende |volgende |komende )?"
    "(?<last>last |letzten |vorigen |past )?\\b(?<weekday>" WEEKDAYS ")\\b(?<eight> en huit| in acht tagen)?"
    "(?<next> prochain| qui vient| proximo| prossimo)?(?<last> dernier| passe| pasado| scorso| jongstleden)?",
    read_weekday, FALSE },
  { "(?<!a )\\bce jour\\b|\\baujourd'hui\\b|\\btoday\\b|\\bheute\\b|\\bhoy\\b|\\boggi\\b|\\bvandaag\\b|"
    "\\bce (?:matin|soir)\\b|\\bcet(?:te)? apres-midi\\b|\\bthis "
    "(?:morning|afternoon|evening)\\b|\\btonight\\b|"
    "\\bdans la journee\\b",
    read_today, FALSE },
  { "(?<after>\\bapres-|\\bday after |\\buber|\\bpasado "
    "|\\bover)?(?:\\bdemain|\\btomorrow|morgen|manana|domani)\\b",
    read_tomorrow, FALSE },
  { "(?<before>\\bavant-|\\bday before |\\bvor)?(?:\\bhier\\b(?! "
    "(?:ist|sind|wurde|die|der|das))|yesterday|gestern|"
    "\\bayer|\\bieri|gisteren)\\b",
    read_yesterday, FALSE },
  { "\\bil y a (?<count>" COUNTS ") (?:jours?|(?<weeks>semaines?))\\b", read_ago, TRUE },
  { "\\b(?<count>" COUNTS ") (?:days?|(?<weeks>weeks?)) ago\\b", read_ago, TRUE },
  { "\\bvor (?<count>" COUNTS ") (?:tagen?|(?<weeks>wochen?))\\b", read_ago, TRUE },
  { "\\b(?:sous|dans la|d'ici une|d'ici|dans une|within a|in a)(?: la)? "
    "(?:(?<fifteen>quinzaine|fortnight)|huitaine)"
    "\\b",
    read_week_span, FALSE },
  { "\\b(?:sous|dans(?: les| un delai de)?|d'ici(?: a)?|within(?: the next)?|in(?: the next)?|over the "
    "next|innerhalb"
    "(?: von)?|in den nachsten|en(?: los proximos)?|entro|nei prossimi|binnen|dentro de) (?<count>" COUNTS
    ")(?: prochains)? ?(?<before>working |business "
    "|werk)?(?:(?<hours>h\\b|heures?|hours?|stunden|horas|ore|uur)|"
    "(?<weeks>semaines?|weeks?|wochen?|semanas?|settiman[ae]|weken|week)|(?<months>mois|months?|monaten?|mes("
    "?:es)?|"
    "mes[ei]|maand(?:en)?)|(?:jours?|days?|tagen?|dias?|giorn[io]|dagen?|prochains jours))\\b"
    "(?<working> ouvres| ouvrables| laborables| lavorativi)?",
    read_span, FALSE },
  { "\\b(?:(?<middle>mi-|mi |milieu de |milieu du |mid-|middle of )|(?<early>debut de |debut du |debut "
    "|early |"
    "beginning of |start of ))?(?:en |la |the |a la |at |by )*(?:fin du |fin de |fin |end of |the end of "
    "|month[- ]|"
    "ende |finales de |fine |eind(?:e)? |le |courant |final de |fin )*(?:(?:the |this |ce |du |de |des "
    "|dieses |este |"
    "questo |deze |van de )*(?<next>mois prochain|next month|nachsten monats?|proximo mes|mes que viene|"
    "mese prossimo|prossimo mese|volgende maand|mois suivant))\\b",
    read_month_end, FALSE },
  { "\\b(?<early>debut de mois|debut du mois)\\b", read_month_end, FALSE },
  { "\\b(?<middle>mi-mois|mid-month|milieu du mois|middle of the month)\\b", read_month_end, FALSE },
  { "\\b(?:fin (?:de|du|de ce) mois|fin courant|ce mois-ci|ce mois|this month|end of (?:the |this )?month|"
    "month[- ]end|end-of-month|eom|ende (?:des|dieses) monats|monatsende|ende monat|(?:fin|final|finales) de "
    "mes|"
    "este mes|fine mese|fine del mese|einde (?:van de |deze )?maand)\\b",
    read_month_end, FALSE },
  { "\\b(?:(?<early>(?:en |au )?debut (?:de |de la )?|early |beginning of |start of |anfang |begin )|"
    "(?<middle>milieu de |mid-?|mitte ))?(?:fin de |la fin de |the end of |end of |late |ende |fine |eind "
    ")?(?:la |"
    "the )?(?<next>semaine prochaine|next week|nachste[rn]? woche|semana que viene|proxima semana|"
    "settimana prossima|prossima settimana|volgende week|kommende[rn]? woche)\\b",
    read_week, FALSE },
  { "\\b(?:fin (?:de )?(?:la |cette )?semaine|cette semaine|dans la semaine|this week|within the week|end of "
    "(?:the |this )?week|week"
    "'s end|diese[rn]? woche|ende der woche|esta semana|fin de semana|questa settimana|fine settimana|deze "
    "week|"
    "einde van de week)\\b",
    read_week, FALSE },
};

static GRegex *
get_form (gsize i)
{
  static GRegex *compiled[G_N_ELEMENTS (forms)];
  static gsize done = 0;

  if (g_once_init_enter (&done))
    {
      for (gsize k = 0; k < G_N_ELEMENTS (forms); k++)
        {
          g_autoptr (GError) error = NULL;

          compiled[k] = g_regex_new (forms[k].pattern, G_REGEX_OPTIMIZE | G_REGEX_DUPNAMES, 0, &error);
          if (compiled[k] == NULL)
            g_error ("date form %" G_GSIZE_FORMAT ": %s", k, error->message);
        }
      g_once_init_leave (&done, 1);
    }
  return compiled[i];
}

RubisDate
rubis_answer_date_find (const char *folded, RubisDate written, RubisDateSense sense, gsize *start, gsize *end)
{
  const Context context = { written, sense };
  RubisDate best = RUBIS_DATE_NONE;
  int best_start = G_MAXINT;
  int best_end = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GMatchInfo) match = NULL;

      for (g_regex_match (get_form (i), folded, 0, &match); g_match_info_matches (match);
           g_match_info_next (match, NULL))
        {
          RubisDate date = forms[i].read (match, &context);
          int from, to;

          g_match_info_fetch_pos (match, 0, &from, &to);
          if (date == RUBIS_DATE_NONE)
            continue;
          /* The longer form of two at the same place: "le 12" is within "le 12 novembre". */
          if (from < best_start || (from < best_end && to > best_end))
            {
              best = date;
              best_start = from;
              best_end = to;
            }
          break;
        }
    }
  if (start != NULL)
    *start = best != RUBIS_DATE_NONE ? (gsize)best_start : 0;
  if (end != NULL)
    *end = best != RUBIS_DATE_NONE ? (gsize)best_end : 0;
  return best;
}

/* "1 234,56", "1.234,56", "1,234.56", "1250" as minor units; 0 when it is none of them. */
static gint64
read_number (const char *text, RubisCurrency currency)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  const char *last = NULL;
  gint64 minor = 0;
  gsize decimals;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == ',' || *p == '.')
        last = p;
    }
  /* A separator before three digits groups thousands. */
  decimals = last != NULL ? strlen (last + 1) : 0;
  if (decimals == 3 || decimals == 0)
    last = NULL;
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (plain, *p);
      else if (p == last)
        g_string_append_c (plain, '.');
    }
  return rubis_money_parse (plain->str, currency, &minor, NULL) ? minor : 0;
}

#define NUMBER "(?<number>\\d{1,3}(?:[ .,']\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?)"

gint64
rubis_answer_amount_find (const char *text, RubisCurrency currency)
{
  static GRegex *regex = NULL;
  g_autofree char *folded = rubis_text_fold (text);
  g_autoptr (GMatchInfo) match = NULL;
  static const struct
  {
    const char *sign;
    const char *code;
  } signs[] = { { "€", "EUR" }, { "eur", "EUR" }, { "£", "GBP" },   { "gbp", "GBP" },
                { "$", "USD" }, { "usd", "USD" }, { "chf", "CHF" }, { "pound", "GBP" } };

  if (g_once_init_enter (&regex))
    g_once_init_leave (
        &regex, g_regex_new ("(?J)(?<sign>€|£|\\$|eur|gbp|usd|chf) ?" NUMBER "(?!\\d)|(?<!\\d)" NUMBER
                             " ?(?:k)?(?<sign>€|£|\\$|euros?\\b|eur\\b|gbp\\b|usd\\b|chf\\b|pounds?\\b)",
                             G_REGEX_OPTIMIZE | G_REGEX_DUPNAMES, 0, NULL));
  for (g_regex_match (regex, folded, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *sign = g_match_info_fetch_named (match, "sign");
      g_autofree char *number = g_match_info_fetch_named (match, "number");

      for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
        {
          if (g_str_has_prefix (sign, signs[i].sign) && g_str_equal (signs[i].code, currency.code))
            return read_number (number, currency);
        }
    }
  return 0;
}
