/* rubis-account-sections.h: the parts that the account panel and the account view are made of. */
#pragma once

#include <adwaita.h>

#include "rubis-account-card.h"

G_BEGIN_DECLS

/* The actions that these parts activate: account.copy, account.mail and account.call, each with a text. */
void rubis_account_install_actions (GtkWidgetClass *widget_class);

void rubis_account_clear_box (GtkBox *box);
/* @first_class, @second_class: (nullable) */
GtkWidget *rubis_account_make_label (const char *text, float xalign, gboolean wrap, const char *first_class,
                                     const char *second_class);
/* "not due 4 100,00 · credits 120,00 · disputed 300,00 · balance 9 200,00" (transfer full) */
char *rubis_account_describe_rest (const RubisBalance *balance);
/* What is overdue, by age, and the rest in words. @days_late: 0 for no badge */
void rubis_account_add_balance (GtkBox *box, const RubisBalance *balance, int days_late);
/* A person with the ways to reach it. */
GtkWidget *rubis_account_make_contact (const RubisContactRow *contact);
/* @own: the dossier's currency, which is not spelled out */
GtkWidget *rubis_account_make_item_line (RubisItemRow *item, RubisCurrency own);
/* A line of the history, which opens what was sent. A GtkListBoxRow. */
GtkWidget *rubis_account_make_event_row (RubisEventRow *event);

G_END_DECLS
