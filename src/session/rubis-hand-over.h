/* rubis-hand-over.h: letters that wait for the post, given to a provider that prints and posts them, or that
 * sends them as electronic registered letters.
 *
 * A plan says what it costs before anything happens; handing over puts the letters into the outbox, where the
 * recall window runs like for emails. What a provider refuses, and what is taken back, waits for the printer
 * again.
 */
#pragma once

#include "rubis-senders.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 document_id;
  gint64 outbox_id;
  char *account_code;
  char *account_name;
  char *subject;
  gboolean registered;
  int n_pages;
  char *to_email; /* of an electronic letter; "" */
  gint64 price;   /* minor units of the dossier's currency; -1: not known before */
  char *refused;  /* "" or why it cannot go this way */
} RubisHandOverLetter;

typedef struct
{
  gint64 sender_id;
  char *sender_name;
  gboolean electronic;
  GPtrArray *letters; /* (element-type RubisHandOverLetter) */
  int n_letters;      /* that can go */
  int n_unpriced;     /* of those: of unknown price */
  gint64 price;       /* of the others */
  gboolean estimate;  /* by the table of postal prices, not by the provider's */
  RubisCurrency currency;
  int recall_minutes;
} RubisHandOver;
void rubis_hand_over_free (RubisHandOver *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisHandOver, rubis_hand_over_free)

/* What giving letters to a sender means. @document_ids: (nullable) (element-type gint64) all that wait. Reads
 * only, also not the network. Errors: G_IO_ERROR_NOT_FOUND without such a sender, RUBIS_SESSION_ERROR_RULE
 * when it carries no letters.
 */
RubisHandOver *rubis_session_plan_hand_over (RubisSession *self, GArray *document_ids, gint64 sender_id,
                                             GError **error);
/* Does it, in one journaled transaction; what changed since the plan is left out. Returns how many were
 * handed over, -1 on error. @now: seconds since 1970
 */
int rubis_session_hand_over (RubisSession *self, const RubisHandOver *plan, gint64 now, GError **error);

G_END_DECLS
