/* rubis-letterhead.h: the paper of the own company: logo, identity, legal mentions, colours, font,
 * margins, and where the address of the customer stands.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RubisLetterhead RubisLetterhead;

#define RUBIS_MAX_FOOTER_LINES 5

/* Where the recipient's address stands, with the fold marks that go with it. */
typedef enum
{
  RUBIS_ADDRESS_FRANCE, /* NF Z 10-011: right, folds at 99 and 198 mm */
  RUBIS_ADDRESS_DIN_B,  /* DIN 5008 form B: left, folds at 105 and 210 mm */
  RUBIS_ADDRESS_DIN_A,  /* DIN 5008 form A, with a low letterhead: folds at 87 and 192 mm */
  RUBIS_ADDRESS_SWISS,  /* SN 010130: right, folds at 99 and 198 mm */
} RubisAddressPosition;
#define RUBIS_N_ADDRESS_POSITIONS 4

typedef enum
{
  RUBIS_LOGO_LEFT,
  RUBIS_LOGO_CENTER,
  RUBIS_LOGO_RIGHT
} RubisLogoPlace;

/* The facts that a letterhead shows; every field may be NULL except the name. The mentions are those
 * that French law asks of business papers (C.com. R123-237, R123-238; R526-27 for "EI").
 */
typedef struct
{
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
  const char *language; /* of the mentions; NULL: "fr" */
  GBytes *logo;         /* PNG or JPEG file */
  guint32 accent;       /* 0xRRGGBB; 0: the default, a dark slate blue */
  const char *font;     /* family; NULL or not installed: the default */
  guint32 text_colour;  /* 0xRRGGBB; 0: the default, nearly black. The address is always black */
  /* In millimetres, 0: the default. What leaves no room for the text or the address is brought
   * back to the nearest that does. @margin_top: above the letterhead; @margin_bottom: under the footer.
   */
  double margin_left;
  double margin_right;
  double margin_top;
  double margin_bottom;
  const char
      *footer; /* lines that replace the legal mentions, at most RUBIS_MAX_FOOTER_LINES; NULL: the mentions */
  RubisAddressPosition position;
  RubisLogoPlace logo_place;
  double logo_height;      /* in millimetres, 0: the default; smaller when the address needs the room */
  double signature_height; /* of the image under letters, in millimetres; 0: the default */
  gboolean without_folds;  /* no fold marks: for letters that a machine folds */
} RubisLetterheadFacts;

/* Everything is copied. NULL and @error when the logo is not an image that can be read. */
RubisLetterhead *rubis_letterhead_new (const RubisLetterheadFacts *facts, GError **error);
RubisLetterhead *rubis_letterhead_ref (RubisLetterhead *self);
void rubis_letterhead_unref (RubisLetterhead *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisLetterhead, rubis_letterhead_unref)

G_END_DECLS
