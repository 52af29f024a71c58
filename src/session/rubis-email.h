/* rubis-email.h: emails as they leave: the bytes, and what the window shows of them before.
 *
 * Private to session. The preview and what is sent are made by the same functions. Making one reads the
 * dossier and changes nothing, but that the key of answer links has to be there
 * (rubis_email_ensure_answer_key()).
 */
#pragma once

#include "rubis-agenda-maker.h"
#include "rubis-outbox.h"

G_BEGIN_DECLS

/* How an email leaves. */
typedef struct
{
  gint64 outbox_id;  /* that its row has, or will have (rubis_store_next_outbox_id()): signed answer links
                        are about it; 0: no such links */
  gint64 dispute_id; /* not 0: a request to a colleague, whose links are about this dispute */
  const char *key;   /* of its row: send_key */
  const RubisSender
      *sender;         /* (nullable) From, Reply-To, signature, largest size; NULL: the company's address */
  gint64 now;          /* when it leaves: seconds since 1970 */
  gboolean unattended; /* nobody confirmed it (Auto-Submitted) */
  const char *in_reply_to; /* (nullable) Message-ID that it answers; NULL: the account's thread */
} RubisEmailOptions;

/* A file with it. */
typedef struct
{
  char *name;
  char *media_type;
  GBytes *content;
} RubisEmailFile;

/* Strings are UTF-8 and never NULL. */
typedef struct
{
  GBytes *content;  /* message/rfc822 */
  char *message_id; /* without angle brackets */
  char *thread_id;  /* first Message-ID of its thread: its own when it begins one */
  char *from_name;
  char *from_email;
  char *reply_to; /* where answers go; the address of From unless the sender says otherwise */
  char *to_name;
  char *to_email;
  char *subject;
  char *text;
  char *html;
  char *language;
  GPtrArray *
      files; /* (element-type RubisEmailFile) attachments in order; pictures in the text are not among them */
  GPtrArray *warnings; /* (element-type utf8) sentences: what was left out */
} RubisEmail;
void rubis_email_free (RubisEmail *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisEmail, rubis_email_free)

/* The email of an action. @paper: what rubis_agenda_maker_fill() made; filled again with fewer copies when
 * the message would be larger than the sender takes: copies are left out from the last one on, statement and
 * annex stay. Errors name what is missing.
 */
RubisEmail *rubis_email_make_for_action (RubisAgendaMaker *maker, const RubisActionRow *action,
                                         RubisActionPaper *paper, const RubisEmailOptions *options,
                                         GError **error);
/* The email of a message that is no step of a scenario. @options->in_reply_to: NULL takes that of the draft.
 */
RubisEmail *rubis_email_make_for_draft (RubisAgendaMaker *maker, const RubisDraftRequest *draft,
                                        const RubisEmailOptions *options, GError **error);
/* "info@müller.example" as mail writes it: "info@xn--mller-kva.example"; what stands before the @ stays.
 * (transfer full) */
char *rubis_email_to_ascii (const char *email);

/* Seconds since 1970 at noon of @day, for an email whose hour is not known. */
gint64 rubis_email_get_noon (RubisDate day);

/* The key that signs answer links, made at the first call; within a write transaction. */
gboolean rubis_email_ensure_answer_key (RubisDatabase *db, GError **error);
/* The key, NULL without error when none was made yet. (transfer full) */
GBytes *rubis_email_load_answer_key (RubisDatabase *db, GError **error);

G_END_DECLS
