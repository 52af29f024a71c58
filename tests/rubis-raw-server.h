/* rubis-raw-server.h: takes one connection, and breaks off at a place that the test chooses. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* "The request" is its headers and 18 bytes of body. */
typedef enum
{
  RUBIS_RAW_RESET_AT_ONCE,
  RUBIS_RAW_RESET_IN_BODY, /* after 64 KiB */
  RUBIS_RAW_CLOSE_AFTER_REQUEST,
  RUBIS_RAW_RESET_AFTER_REQUEST,
  RUBIS_RAW_SILENCE, /* after the request */
  RUBIS_RAW_CANCEL,  /* cancels the client once the request was read, then silence */
  RUBIS_RAW_ANSWER,  /* with the text given, then close */
  RUBIS_RAW_GET,     /* answers each request without a body, on any connection, with the text given */
  RUBIS_RAW_DRIP,    /* headers, then a byte now and then without end */
} RubisRawFault;

typedef struct _RubisRawServer RubisRawServer;

/* @answer: (nullable) static; @client: (nullable) referenced */
RubisRawServer *rubis_raw_server_start (RubisRawFault fault, const char *answer, GCancellable *client);
guint rubis_raw_server_get_port (const RubisRawServer *self);
void rubis_raw_server_stop (RubisRawServer *self);

G_END_DECLS
