/* rubis-ui-test.h: finding and waiting for things in windows. Needs a display. */
#pragma once

#include <adwaita.h>

#include "rubis-session.h"

G_BEGIN_DECLS

/* 2 November 2026: the day of the demonstrations below. */
#define RUBIS_UI_TODAY rubis_date_from_ymd (2026, 11, 2)

/* Initialises GTest, GTK and the resources; FALSE (and "skipped" was said) without a display. */
gboolean rubis_ui_test_init (int *argc, char ***argv);
/* A new demonstration in @folder. */
RubisSession *rubis_ui_test_demo (const char *folder);
/* The same for one test of many: made once a program, then copied, which is much quicker. */
RubisSession *rubis_ui_test_copy_demo (const char *folder);

/* The first widget below @root of @type, whose text, label, title or icon is @text (NULL: any). */
gpointer rubis_ui_find (gpointer root, GType type, const char *text);
/* The first one of @type that says of itself to be @name to those who cannot see it. */
gpointer rubis_ui_find_named (gpointer root, GType type, const char *name);
/* The newest window of that type; NULL when there is none. */
gpointer rubis_ui_find_window (GType type);
/* All texts of visible labels below @root, one a line: to be searched. */
char *rubis_ui_collect_text (gpointer root);

/* Iterates the main loop until @condition holds, for 30 seconds at most; aborts then. */
typedef gboolean (*RubisUiCondition) (gpointer data);
void rubis_ui_wait (RubisUiCondition condition, gpointer data);
/* Until a visible label below @root holds @text. */
void rubis_ui_wait_text (gpointer root, const char *text);
/* Lets the main loop run dry. */
void rubis_ui_settle (void);
/* Destroys @window and waits until nobody holds it any longer: a window must not leak. */
void rubis_ui_destroy (gpointer window);
/* Waits until the button below @root is there and can be pressed, then presses it. */
void rubis_ui_click (gpointer root, const char *text);
/* Presses keys as a person does ("Escape", "ctrl+n"), in the window that has the focus. */
void rubis_ui_press (const char *key);
/* Fails when a button, switch, entry or list below @root has nothing that says what it is. */
void rubis_ui_check_names (gpointer root);

G_END_DECLS
