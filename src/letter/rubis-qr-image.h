/* rubis-qr-image.h: a payment's QR code as a picture for emails. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A PNG of @payload (rubis-epc.h) in black on white, with the quiet zone of four modules around it, in whole
 * pixels. NULL and @error when the payload does not fit (rubis-barcode.h).
 */
GBytes *rubis_qr_image_new (const char *payload, GError **error);

G_END_DECLS
