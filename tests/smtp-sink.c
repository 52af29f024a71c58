#include "smtp-sink.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LINE_SIZE 4096

/* A connection; no GLib here: the process was forked. */
typedef struct
{
  SmtpSink *sink;
  int fd;
  char buffer[LINE_SIZE];
  size_t length;
  int recipient; /* -1: none */
} Connection;

typedef enum
{
  FAULT_NONE,
  FAULT_CUT_BEFORE, /* the command is not dealt with */
  FAULT_CUT_AFTER,  /* it is, but no answer comes */
  FAULT_DELAY,
  FAULT_REPEAT, /* the answer comes twice */
  FAULT_LATER,  /* 451 */
  FAULT_NEVER,  /* 550 */
  N_FAULTS
} Fault;

static guint64
draw (SmtpSink *sink)
{
  guint64 x = sink->random;

  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  sink->random = x;
  return x;
}

static Fault
draw_fault (SmtpSink *sink)
{
  if ((int)(draw (sink) % 100) >= sink->percent)
    return FAULT_NONE;
  sink->n_faults++;
  return (Fault)(1 + draw (sink) % (N_FAULTS - 1));
}

static gboolean
answer (Connection *c, const char *text)
{
  char line[128];
  int length = snprintf (line, sizeof line, "%s\r\n", text);

  return send (c->fd, line, (size_t)length, MSG_NOSIGNAL) == length;
}

/* Answers as @fault lets it; FALSE: the connection is over. */
static gboolean
answer_with (Connection *c, Fault fault, const char *text)
{
  if (fault == FAULT_CUT_AFTER)
    return FALSE;
  if (fault == FAULT_DELAY)
    usleep ((useconds_t)(draw (c->sink) % 15000));
  if (fault == FAULT_LATER)
    return answer (c, "451 not now");
  if (fault == FAULT_NEVER)
    return answer (c, "550 never");
  if (fault == FAULT_REPEAT && !answer (c, text))
    return FALSE;
  return answer (c, text);
}

/* The next line without its end; FALSE when the other side has gone. */
static gboolean
read_line (Connection *c, char *line)
{
  for (;;)
    {
      char *end = memmem (c->buffer, c->length, "\r\n", 2);
      ssize_t n;

      if (end != NULL || c->length == sizeof c->buffer)
        {
          size_t length = end != NULL ? (size_t)(end - c->buffer) : c->length;
          size_t taken = end != NULL ? length + 2 : length;

          memcpy (line, c->buffer, length);
          line[length] = '\0';
          memmove (c->buffer, c->buffer + taken, c->length - taken);
          c->length -= taken;
          return TRUE;
        }
      n = recv (c->fd, c->buffer + c->length, sizeof c->buffer - c->length, 0);
      if (n <= 0)
        return FALSE;
      c->length += (size_t)n;
    }
}

/* The body up to its end. FALSE: it never came whole, or the connection is cut. */
static gboolean
take_message (Connection *c)
{
  char line[LINE_SIZE + 1];
  Fault fault = draw_fault (c->sink);
  int n_lines = 0;

  for (;;)
    {
      if (!read_line (c, line))
        return FALSE;
      if (strcmp (line, ".") == 0)
        break;
      if (fault == FAULT_CUT_BEFORE && ++n_lines == 20)
        return FALSE;
    }
  fault = draw_fault (c->sink);
  if (fault == FAULT_CUT_BEFORE)
    return FALSE;
  if (fault != FAULT_LATER && fault != FAULT_NEVER)
    {
      c->sink->n_received[c->recipient]++;
      c->sink->n_total++;
    }
  c->recipient = -1;
  return answer_with (c, fault, "250 taken");
}

/* FALSE: the connection is over. */
static gboolean
obey (Connection *c, const char *line)
{
  Fault fault = draw_fault (c->sink);
  gboolean well = fault != FAULT_LATER && fault != FAULT_NEVER;

  if (fault == FAULT_CUT_BEFORE)
    return FALSE;
  if (strncasecmp (line, "QUIT", 4) == 0)
    {
      answer_with (c, fault, "221 bye");
      return FALSE;
    }
  if (strncasecmp (line, "RCPT TO:<m", 10) == 0 && well)
    c->recipient = atoi (line + 10) % SMTP_SINK_MAX_RECIPIENTS;
  if (strncasecmp (line, "MAIL", 4) == 0 || strncasecmp (line, "RSET", 4) == 0)
    c->recipient = -1;
  if (strncasecmp (line, "DATA", 4) != 0)
    return answer_with (c, fault, "250 well");
  if (c->recipient < 0)
    return answer (c, "503 whom?");
  if (!well)
    return answer_with (c, fault, "");
  return answer_with (c, fault, "354 go on") && take_message (c);
}

static void
serve (SmtpSink *sink, int fd)
{
  Connection c = { .sink = sink, .fd = fd, .recipient = -1 };
  char line[LINE_SIZE + 1];
  Fault fault = draw_fault (sink);
  int on = 1;

  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (fault == FAULT_CUT_BEFORE || !answer_with (&c, fault, "220 sink"))
    return;
  while (read_line (&c, line) && obey (&c, line))
    ;
}

static int
listen_on_any_port (int *port)
{
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t length = sizeof address;

  g_assert_cmpint (bind (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 64), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *)&address, &length), ==, 0);
  *port = ntohs (address.sin_port);
  return fd;
}

SmtpSink *
smtp_sink_start (void)
{
  SmtpSink *self = mmap (NULL, sizeof *self, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int port = 0;
  pid_t pid;
  int listener = listen_on_any_port (&port);

  g_assert_true (self != MAP_FAILED);
  self->port = port;
  self->random = 1;
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid != 0)
    {
      /* Not by the child: it would write its 0 into the same memory. */
      self->pid = pid;
      close (listener);
      return self;
    }
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  for (;;)
    {
      int fd = accept (listener, NULL, NULL);

      if (fd >= 0)
        {
          serve (self, fd);
          close (fd);
        }
    }
}

void
smtp_sink_reset (SmtpSink *self, guint64 seed, int percent)
{
  self->percent = 0;
  smtp_sink_settle (self);
  for (int i = 0; i < SMTP_SINK_MAX_RECIPIENTS; i++)
    self->n_received[i] = 0;
  self->random = seed | 1;
  self->percent = percent;
}

/* Connections are served one after the other: once this one is greeted, those before are over. */
void
smtp_sink_settle (SmtpSink *self)
{
  int percent = self->percent;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
                                 .sin_port = htons ((guint16)self->port) };
  char greeting[64];

  self->percent = 0;
  g_assert_cmpint (connect (fd, (struct sockaddr *)&address, sizeof address), ==, 0);
  while (recv (fd, greeting, sizeof greeting, 0) < 0 && errno == EINTR)
    ;
  close (fd);
  self->percent = percent;
}

void
smtp_sink_stop (SmtpSink *self)
{
  kill (self->pid, SIGKILL);
  waitpid (self->pid, NULL, 0);
  munmap (self, sizeof *self);
}
