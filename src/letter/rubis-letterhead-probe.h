/* rubis-letterhead-probe.h: what becomes of a letterhead on paper, to be said before anything is printed. */
#pragma once

#include "rubis-letterhead.h"

G_BEGIN_DECLS

typedef struct
{
  double logo_room;       /* height that the address leaves for the logo, in millimetres */
  double logo_resolution; /* dots per inch of the logo as drawn; 0: no logo */
  guint n_footer_cut;     /* lines of the footer that do not fit whole */
} RubisLetterheadProbe;

/* FALSE and @error as rubis_letterhead_new(). */
gboolean rubis_letterhead_probe (const RubisLetterheadFacts *facts, RubisLetterheadProbe *probe,
                                 GError **error);

/* Measures addresses in the window of one paper. One thread. */
typedef struct _RubisAddressGauge RubisAddressGauge;
/* NULL and @error as rubis_letterhead_new(). */
RubisAddressGauge *rubis_address_gauge_new (const RubisLetterheadFacts *facts, GError **error);
void rubis_address_gauge_free (RubisAddressGauge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RubisAddressGauge, rubis_address_gauge_free)
/* Whether the line is wider than the window in the smallest type that the post reads, 9 points. */
gboolean rubis_address_gauge_cuts (RubisAddressGauge *self, const char *line);

/* The lines of the legal mentions that the facts make, with '\n' between; the footer of the facts is not
 * looked at. (transfer full)
 */
char *rubis_letterhead_dup_mentions (const RubisLetterheadFacts *facts);

/* The pixels of a PNG or JPEG file; FALSE when it cannot be read. */
gboolean rubis_letterhead_probe_image (GBytes *image, int *width, int *height);

/* Whether letters can be set in that family: it is installed, and fit for letters as below. */
gboolean rubis_letterhead_has_font (const char *family);
/* The families, by name, in which letters may be set: fonts that have the letters of French, may be
 * embedded in a document, and are no bitmaps. Takes a moment: not for the thread of a window.
 * (transfer full) NULL-terminated
 */
char **rubis_letterhead_list_fonts (void);

G_END_DECLS
