/* rubis-letterhead.h: the paper of the own company: logo, identity, legal mentions, accent colour. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RubisLetterhead RubisLetterhead;

/* The facts that a letterhead shows; every field may be NULL except the name. The mentions are those
 * that French law asks of business papers (C.com. R123-237, R123-238; R526-27 for "EI").
 */
typedef struct {
  const char *name;
  const char *address; /* lines separated by '\n' */
  const char *phone;
  const char *email;
  const char *website;
  const char *legal_form; /* "SAS" */
  const char *capital;    /* "50 000 €" */
  const char *siren;      /* nine digits */
  const char *rcs;        /* town of the register: "Lyon" */
  const char *vat;
  const char *language;   /* of the mentions; NULL: "fr" */
  GBytes *logo;           /* PNG or JPEG file */
  guint32 accent;         /* 0xRRGGBB; 0: the default, a dark slate blue */
} RubisLetterheadFacts;

/* Everything is copied. NULL and @error when the logo is not an image that can be read. */
RubisLetterhead *rubis_letterhead_new (const RubisLetterheadFacts *facts, GError **error);
RubisLetterhead *rubis_letterhead_ref (RubisLetterhead *self);
void rubis_letterhead_unref (RubisLetterhead *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisLetterhead, rubis_letterhead_unref)

G_END_DECLS
