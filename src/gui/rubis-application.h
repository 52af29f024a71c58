/* rubis-application.h: the program: windows, options, keys. */
#pragma once

#include <adwaita.h>

#include "rubis-date.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_APPLICATION (rubis_application_get_type ())
G_DECLARE_FINAL_TYPE (RubisApplication, rubis_application, RUBIS, APPLICATION, AdwApplication)

/* The day by the clock. */
typedef RubisDate (*RubisClockFunc) (void);

/* @clock is asked for the day, and again every minute, unless --today names one. */
RubisApplication *rubis_application_new (RubisClockFunc clock);

G_END_DECLS
