/* rubis-post-batch.h: the letters that wait to be posted, in the order of the post, with what they
 * weigh and cost and what is wrong with their addresses.
 */
#pragma once

#include "rubis-postage.h"
#include "rubis-session.h"

G_BEGIN_DECLS

#define RUBIS_TYPE_POST_LETTER (rubis_post_letter_get_type ())
G_DECLARE_FINAL_TYPE (RubisPostLetter, rubis_post_letter, RUBIS, POST_LETTER, GObject)

/* A letter of the batch. Read-only for everybody but session. Strings are never NULL. */
struct _RubisPostLetter
{
  GObject parent_instance;

  gint64 document_id;
  gint64 account_id;
  char *account_code;
  char *account_name;
  char *postcode;
  char *city;     /* as the envelope shows it */
  char *country;  /* ISO code; "" when it is not known */
  RubisDate date; /* when it was written */
  char *subject;
  RubisCurrency currency; /* of the amount claimed */
  gint64 amount;
  gboolean registered;
  char *number;     /* of a registered letter, "" until it is known */
  gboolean receipt; /* registered, with a receipt that comes back */
  RubisPostageService service;
  int n_pages;
  RubisPostage postage;
  gboolean waits;      /* FALSE: it was printed already */
  GPtrArray *warnings; /* (element-type utf8) sentences on its address and weight; they block nothing */
  char *refused;       /* "" or why it does not leave any more (paid, stopped, dunning held back) */
  gint64 job_id;       /* print job that held it last; 0: none */
  gboolean job_open;   /* nobody said yet whether that job came out well */
};

typedef struct
{
  GPtrArray *letters; /* (element-type RubisPostLetter) by country, postcode, town, account */
  gboolean duplex;
  RubisDate tariff_date;   /* from which the prices hold */
  gboolean tariff_checked; /* FALSE: nobody has compared them with the post office yet */
  RubisCurrency currency;  /* of the postage */
} RubisPostBatch;
void rubis_post_batch_free (RubisPostBatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisPostBatch, rubis_post_batch_free)

/* Totals of those letters of a batch that leave. */
typedef struct
{
  int n_letters;
  int n_registered;
  int n_pages;
  int n_sheets;
  int grams;
  gint64 postage;
  int n_warnings; /* letters with a warning */
  int n_refused;  /* letters that do not leave */
  int n_unpriced; /* too heavy for the table of prices */
} RubisPostTotals;

/* The letters that were not printed yet (@date NONE), or all letters of a day. @duplex: both sides of a sheet
 * are used; each letter starts on a new one. Reads only. (transfer full)
 */
RubisPostBatch *rubis_session_load_post (RubisSession *self, RubisDate date, gboolean duplex,
                                         RubisProgress *progress, GError **error);
void rubis_post_batch_sum (RubisPostBatch *self, RubisPostTotals *totals);

/* The table of postal prices as text, for editing: the dossier's own or the shipped one. (transfer full) */
char *rubis_session_get_postage_text (RubisSession *self, GError **error);
/* Keeps a table; refused with RUBIS_POSTAGE_ERROR when it cannot be read. NULL: the shipped one again. */
gboolean rubis_session_set_postage_text (RubisSession *self, const char *text, GError **error);
/* How ordinary letters leave: GREEN or TRACKED. */
RubisPostageService rubis_session_get_post_service (RubisSession *self);
gboolean rubis_session_set_post_service (RubisSession *self, RubisPostageService service, GError **error);

G_END_DECLS
