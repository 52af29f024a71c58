/* rubis-email-private.h: what the files that make emails share. */
#pragma once

#include "rubis-email.h"

G_BEGIN_DECLS

/* What an email is made of. */
typedef struct
{
  RubisDocumentRequest request; /* to fill it again with fewer copies */
  RubisActionPaper *paper;      /* (unowned) filled for @request */
  const char *to_email;         /* (nullable) instead of the account's */
  const char *to_name;          /* (nullable) of @to_email */
  const char *subject;          /* (nullable) instead of the document's */
  const char *in_reply_to;      /* (nullable) */
  gboolean asks;                /* speaks of items that the customer may answer about */
} RubisEmailSource;

RubisEmail *rubis_email_make (RubisAgendaMaker *maker, const RubisEmailSource *source,
                              const RubisEmailOptions *options, GError **error);

G_END_DECLS
