/* email-fixture.h: a dossier with one overdue invoice of a customer who is written to by email. */
#pragma once

#include "rubis-agenda-files.h"
#include "rubis-agenda-list.h"
#include "rubis-email.h"
#include "rubis-test-message.h"
#include "rubis-test-session.h"

G_BEGIN_DECLS

/* 2026-11-20, a quarter past nine UTC */
#define NOW G_GINT64_CONSTANT (1795166100)

typedef struct
{
  char *folder;
  RubisSession *session;
  gint64 account;
  gint64 item;
} EmailFixture;

/* The maker of one email, with the dossier open for writing. */
typedef struct
{
  EmailFixture *f;
  RubisStore *store;
  RubisAgendaMaker *maker;
} EmailMaking;

void email_fixture_set_up (EmailFixture *f, gconstpointer data);
void email_fixture_tear_down (EmailFixture *f, gconstpointer data);
/* Keeps a copy of the invoice @number with its item: a page that says so, and noise of @size bytes. */
void email_fixture_keep_copy (EmailFixture *f, gint64 item, const char *number, gsize size);
/* What is to be done for the account today. (transfer full) */
RubisActionRow *email_fixture_load_action (EmailFixture *f);
/* Opens the dossier for writing, until email_fixture_end(). */
void email_fixture_begin (EmailMaking *m, EmailFixture *f);
void email_fixture_end (EmailMaking *m);
/* The email of @action (NULL: today's), by outbox line 77. @template_id: (nullable) relance-2 or
 * mise-en-demeure instead of its own. (transfer full)
 */
RubisEmail *email_fixture_make_email (EmailFixture *f, RubisActionRow *action, const char *template_id,
                                      const RubisSender *sender, gboolean unattended, GError **error);
RubisEmail *email_fixture_make_plain (EmailFixture *f);
/* As Python reads it; aborts when it breaks a rule of mail. (transfer full) */
JsonObject *email_fixture_read_email (const RubisEmail *email);
JsonObject *email_fixture_get_body (JsonObject *read);
/* What its HTML page links to and shows. */
JsonObject *email_fixture_get_page (JsonObject *read);
/* The email that left last. (transfer full) */
GBytes *email_fixture_load_sent (EmailFixture *f);
/* A person of a group, with an address for answers and a signature. (transfer full) */
RubisSender *email_fixture_new_sender (void);
/* It offers no answers. */
void email_fixture_assert_no_links (RubisEmail *email);

/* The answer link of that index in a message that was read. */
JsonObject *email_fixture_get_link (JsonObject *read, guint i);
/* The message that a mail program sends for a link of which the first line was completed by @filled. (transfer full) */
GBytes *email_fixture_write_answer (JsonObject *link, const char *filled, const char *below);

G_END_DECLS
