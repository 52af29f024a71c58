/* rubis-parcel.h: what a transport is given to carry. */
#pragma once

#include <glib.h>

#include "rubis-sender.h"

G_BEGIN_DECLS

/* Strings are UTF-8 and never NULL; empty where they do not apply. */
typedef struct
{
  RubisParcelKind kind;
  char *id; /* unique for ever, the same at each attempt: custom id or idempotency key; [a-z0-9-], ≤ 32 */
  GBytes *content;  /* email: the bytes of the message; SMS: its text; letters: the PDF */
  char *message_id; /* of an email, without angle brackets */
  char *from_email; /* envelope; SMS: the sender's name */
  char *to_email;
  char *to_phone; /* +33… */
  char *to_name;
  char *to_company;
  gboolean to_professional;
  char *address;        /* of a letter: its lines, the last one the country's two letters */
  char *return_address; /* the same of the company */
  char *title;          /* of a letter, for the provider's lists */
  char *reference;      /* of the account */
  char *provider_id;    /* that an earlier attempt was given; "" */
  gint64 first_attempt; /* seconds since 1970; 0: none before */
  gint64 last_attempt;  /* of a look-up: when the attempt began whose outcome is not known */
  gboolean duplex;
  gboolean colour;
} RubisParcel;

RubisParcel *rubis_parcel_new (RubisParcelKind kind, const char *id, GBytes *content);
void rubis_parcel_free (RubisParcel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisParcel, rubis_parcel_free)

#define rubis_parcel_set(self, field, value)                                                                 \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    char *rubis_new_value = g_strdup ((value) != NULL ? (value) : "");                                       \
    g_free ((self)->field);                                                                                  \
    (self)->field = rubis_new_value;                                                                         \
  }                                                                                                          \
  G_STMT_END

G_END_DECLS
