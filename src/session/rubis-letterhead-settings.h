/* rubis-letterhead-settings.h: the paper of the own company as the user wants it: images, colours, font,
 * margins, place of the address, footer. Identity and legal mentions are those of RubisCompany.
 */
#pragma once

#include "rubis-session.h"

G_BEGIN_DECLS

/* Where the address of the customer stands: the envelopes are the sender's, so that the sender's
 * country decides, not the customer's.
 */
typedef enum
{
  RUBIS_LETTERHEAD_AUTO,   /* as in the country of the own company */
  RUBIS_LETTERHEAD_FRANCE, /* NF Z 10-011: window at the right */
  RUBIS_LETTERHEAD_DIN_B,  /* DIN 5008 form B: window at the left */
  RUBIS_LETTERHEAD_DIN_A,  /* DIN 5008 form A: the same, 18 mm higher */
  RUBIS_LETTERHEAD_SWISS,  /* SN 010130: window at the right */
} RubisLetterheadPosition;
#define RUBIS_N_LETTERHEAD_POSITIONS 5

typedef enum
{
  RUBIS_LETTERHEAD_LOGO_LEFT,
  RUBIS_LETTERHEAD_LOGO_CENTER,
  RUBIS_LETTERHEAD_LOGO_RIGHT,
} RubisLetterheadLogoPlace;

/* Images of a letterhead: the logo, the nine others that templates may name, the signature. */
#define RUBIS_LETTERHEAD_N_LOGOS 10
#define RUBIS_LETTERHEAD_SIGNATURE RUBIS_LETTERHEAD_N_LOGOS
#define RUBIS_LETTERHEAD_N_IMAGES (RUBIS_LETTERHEAD_N_LOGOS + 1)

/* Strings are never NULL; lengths are millimetres. */
typedef struct
{
  RubisLetterheadPosition position;
  RubisLetterheadLogoPlace logo_place;
  double logo_height;
  double signature_height;
  double margin_left;
  double margin_right;
  double margin_top;    /* above the letterhead */
  double margin_bottom; /* under the footer */
  guint32 accent;       /* 0xRRGGBB; 0: the default, a dark slate blue */
  guint32 text_colour;  /* 0: the default, nearly black */
  gboolean fold_marks;
  char *font;                                /* family; "": the default */
  char *footer;                              /* lines instead of the legal mentions; "": the mentions */
  GBytes *images[RUBIS_LETTERHEAD_N_IMAGES]; /* (nullable) PNG or JPEG files; 0: the logo, 1: #Logo2… */
} RubisLetterheadSettings;

/* What a new dossier has. */
RubisLetterheadSettings *rubis_letterhead_settings_new (void);
RubisLetterheadSettings *rubis_letterhead_settings_copy (const RubisLetterheadSettings *self);
void rubis_letterhead_settings_free (RubisLetterheadSettings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisLetterheadSettings, rubis_letterhead_settings_free)
gboolean rubis_letterhead_settings_equal (const RubisLetterheadSettings *a, const RubisLetterheadSettings *b);

/* The settings but for the images by name, as the command line and the dossier write them: "position",
 * "logo_place", "margin_left"… Static, NULL-terminated.
 */
const char *const *rubis_letterhead_settings_list_keys (void);
/* "din-b", "12.5", "#8c1c3c", "yes"… (transfer full); NULL when there is no such key */
char *rubis_letterhead_settings_get (const RubisLetterheadSettings *self, const char *key);
/* @value "" is the default. Errors: RUBIS_SESSION_ERROR_VALUE, naming the key and what may be written. */
gboolean rubis_letterhead_settings_set (RubisLetterheadSettings *self, const char *key, const char *value,
                                        GError **error);
/* The least and the most that a length may be, in millimetres. */
void rubis_letterhead_settings_get_range (const char *key, double *least, double *most);

/* Whether an image can be printed. Errors: RUBIS_SESSION_ERROR_VALUE when it is larger than 5 MB or no
 * PNG or JPEG that can be read.
 */
gboolean rubis_letterhead_check_image (GBytes *bytes, GError **error);
/* Puts an image in place (NULL: takes it away). Errors: RUBIS_SESSION_ERROR_VALUE when it is larger
 * than 5 MB or no PNG or JPEG that can be read; the settings are then as they were.
 */
gboolean rubis_letterhead_settings_set_image (RubisLetterheadSettings *self, guint image, GBytes *bytes,
                                              GError **error);

/* What was committed last. (transfer full) */
RubisLetterheadSettings *rubis_session_dup_letterhead (RubisSession *self);
/* Journaled, can be undone; what is as it was is no edit. */
gboolean rubis_session_set_letterhead (RubisSession *self, const RubisLetterheadSettings *settings,
                                       GError **error);

G_END_DECLS
