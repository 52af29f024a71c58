/* rubis-letterhead-check.h: what is wrong with a letterhead, said before anything is printed. */
#pragma once

#include "rubis-letterhead-settings.h"

G_BEGIN_DECLS

typedef enum
{
  RUBIS_LETTERHEAD_WARNING, /* the law or the post asks for more, or something will not be seen */
  RUBIS_LETTERHEAD_ADVICE,  /* would look better */
} RubisLetterheadSeverity;

typedef struct
{
  RubisLetterheadSeverity severity;
  const char *code;  /* (static) stable: "legal-rcs", "contrast-accent", "logo-room", "footer-cut"… */
  gint64 account_id; /* the account whose address it is about; 0: the letterhead itself */
  char *message;     /* a sentence */
} RubisLetterheadProblem;
void rubis_letterhead_problem_free (RubisLetterheadProblem *self);

/* The mentions that French law asks of business papers and that @company lacks (C.com. R123-237:
 * SIREN, register and its town, seat; R123-238: form and capital of companies; R526-27: "EI"), or that
 * @footer, when it is not "", leaves out. Nothing for companies of other countries, whose law is
 * another. (transfer full) (element-type RubisLetterheadProblem)
 */
GPtrArray *rubis_letterhead_check_mentions (const RubisCompany *company, const char *footer);

/* Contrast of a colour (0xRRGGBB) with white paper, 1 to 21; text needs 4.5 (WCAG 2.1, 1.4.3). */
double rubis_letterhead_get_contrast (guint32 colour);

/* Everything: mentions, colours, room for logo and footer, font, and the address of an account (0:
 * none) in the window. Reads only. (transfer full) (element-type RubisLetterheadProblem)
 */
GPtrArray *rubis_session_check_letterhead (RubisSession *self, const RubisLetterheadSettings *settings,
                                           gint64 account_id, GError **error);

G_END_DECLS
