/* rubis-today-old-data.h: asks whether reminders may leave on old data. */
#pragma once

#include "rubis-today-page.h"

G_BEGIN_DECLS

/* Accepting holds for the day; @page is then computed again. */
void rubis_today_ask_old_data (RubisTodayPage *page, RubisSession *session);

G_END_DECLS
