/* smtp-sink.h: an SMTP server in a process of its own that breaks off, waits, repeats itself or refuses at
 * random steps, and counts what it took by recipient.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SMTP_SINK_MAX_RECIPIENTS 16

/* Shared between the sink and who asks it. */
typedef struct
{
  int port;
  pid_t pid;
  volatile guint64 random;                           /* state of its faults */
  volatile int percent;                              /* of the steps that go wrong; 0: all is well */
  volatile int n_received[SMTP_SINK_MAX_RECIPIENTS]; /* messages taken for m0@…, m1@… */
  volatile int n_total;
  volatile int n_faults;
} SmtpSink;

/* Starts the process. */
SmtpSink *smtp_sink_start (void);
/* Forgets what was taken; the faults follow from @seed. */
void smtp_sink_reset (SmtpSink *self, guint64 seed, int percent);
/* Waits until what was sent before has been dealt with. */
void smtp_sink_settle (SmtpSink *self);
/* Stops the process and waits for its end. */
void smtp_sink_stop (SmtpSink *self);

G_END_DECLS
