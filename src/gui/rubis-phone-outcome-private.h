/* rubis-phone-outcome-private.h: what the files of the outcome of a call share. */
#pragma once

#include "rubis-phone-outcome.h"

G_BEGIN_DECLS

/* Something agreed in the call that runs. */
typedef struct
{
  char kind; /* 'p' promise, 'd' dispute, 'l' plan */
  gint64 id;
} RubisPhoneAgreed;

struct _RubisPhoneOutcome
{
  AdwBin parent_instance;

  GtkFlowBox *results;
  GtkLabel *keys_hint;
  GtkToggleButton *promise_toggle;
  GtkToggleButton *dispute_toggle;
  GtkToggleButton *callback_toggle;
  GtkRevealer *promise_revealer;
  GtkEditable *promise_amount;
  GtkEditable *promise_date;
  GtkEditable *promise_quote;
  GtkRevealer *dispute_revealer;
  GtkDropDown *dispute_reason;
  GtkEditable *dispute_amount;
  GtkEditable *dispute_words;
  GtkRevealer *callback_revealer;
  GtkEditable *callback_date;
  GtkEditable *callback_hour;
  GtkEditable *callback_reason;
  GtkWidget *agreed_box;
  GtkBox *agreed;
  GtkTextView *note;

  RubisSession *session; /* (owned) (nullable) */
  RubisPhoneOwed *owed;  /* (owned) (nullable) */
  GPtrArray *choices;    /* (owned) (nullable) (element-type RubisChoice) results */
  GPtrArray *reasons;    /* (owned) (nullable) (element-type RubisChoice) of disputes */
  GArray *noted;         /* (owned) (element-type RubisPhoneAgreed) */
  gint64 account_id;
  gint64 contact_id;
  char *contact;
  char *email;
  gboolean busy;      /* an edit is being written */
  gboolean suggested; /* the day of the next call is a suggestion */
  char *filled_note;  /* (owned) (nullable) what rubis_phone_outcome_fill() handed out */
  GArray *filled[3];  /* (owned) ids of promises, disputes, plans */
};

/* Says what is missing, NULL: nothing. */
void rubis_phone_outcome_say (RubisPhoneOutcome *self, const char *text);
/* The result with that id, unless the user chose another one. */
void rubis_phone_outcome_propose (RubisPhoneOutcome *self, const char *result);
/* A day as typed: a date, or words such as "Friday"; NONE when it is none. */
RubisDate rubis_phone_outcome_read_day (RubisPhoneOutcome *self, const char *text);
/* Shows something that was agreed. */
void rubis_phone_outcome_add_line (RubisPhoneOutcome *self, const char *text);

/* rubis-phone-outcome-edits.c */
void rubis_phone_outcome_install_edits (GtkWidgetClass *widget_class);

G_END_DECLS
