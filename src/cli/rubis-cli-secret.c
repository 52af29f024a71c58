#include "rubis-cli-secret.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define MAX_SECRET 16384

static volatile sig_atomic_t interrupted;

static void
note_interrupt (int number)
{
  interrupted = number;
}

/* Byte by byte: nothing of the line stays in a buffer, and what follows is left for the next question. */
static gsize
read_line (char *line, gsize size)
{
  gsize n = 0;
  char c;

  while (read (STDIN_FILENO, &c, 1) == 1 && c != '\n')
    {
      if (n + 1 < size)
        line[n++] = c;
    }
  c = '\0';
  if (n > 0 && line[n - 1] == '\r')
    n--;
  line[n] = '\0';
  return n;
}

/* What is typed is not shown from before the question on; it is again afterwards, even when the question was
 * broken off.
 */
static gsize
ask_unseen (const char *label, char *line, gsize size)
{
  struct sigaction noting = { .sa_handler = note_interrupt };
  struct sigaction before;
  struct termios shown;
  struct termios unseen;
  gsize n;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return read_line (line, size);
  interrupted = 0;
  sigaction (SIGINT, &noting, &before);
  unseen = shown;
  unseen.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);
  fflush (stdout);
  fprintf (stderr, "%s: ", label);
  fflush (stderr);
  n = read_line (line, size);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  fputc ('\n', stderr);
  sigaction (SIGINT, &before, NULL);
  if (interrupted != 0)
    raise (SIGINT);
  return n;
}

char *
rubis_cli_secret_read (const char *label)
{
  char *line = g_malloc0 (MAX_SECRET + 2);
  gboolean terminal = isatty (STDIN_FILENO);

  if ((terminal ? ask_unseen (label, line, MAX_SECRET + 2) : read_line (line, MAX_SECRET + 2)) > 0)
    return line;
  g_free (line);
  return NULL;
}

void
rubis_cli_secret_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
