/* rubis-choice-drop.h: a drop-down of things that have ids; its last line may lead to where they are kept.
 *
 * Property "label" (string): what is chosen here, for those who do not see it. Signal "chosen": the user took
 * another one.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RUBIS_TYPE_CHOICE_DROP (rubis_choice_drop_get_type ())
G_DECLARE_FINAL_TYPE (RubisChoiceDrop, rubis_choice_drop, RUBIS, CHOICE_DROP, AdwBin)

GtkWidget *rubis_choice_drop_new (const char *label);
/* Takes all lines away; the id that was chosen comes back with the line that has it. */
void rubis_choice_drop_clear (RubisChoiceDrop *self);
void rubis_choice_drop_add (RubisChoiceDrop *self, const char *id, const char *text);
/* A last line @text that does not choose but activates @action. @target: (nullable) its string */
void rubis_choice_drop_add_way (RubisChoiceDrop *self, const char *text, const char *action,
                                const char *target);
/* Chooses without telling. @text: (nullable) for a line that is added when none has the id */
void rubis_choice_drop_set_id (RubisChoiceDrop *self, const char *id, const char *text);
/* "" when nothing is chosen. */
const char *rubis_choice_drop_get_id (RubisChoiceDrop *self);

G_END_DECLS
