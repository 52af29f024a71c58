#include "rubis-process.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/* The search for leaks at the end of a test reads the process from another one. */
#if defined(__SANITIZE_ADDRESS__)
#define WATCHED TRUE
#else
#define WATCHED FALSE
#endif

void
rubis_process_keep_private (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_CORE, &limit) == 0)
    {
      limit.rlim_cur = 0;
      setrlimit (RLIMIT_CORE, &limit);
    }
  if (!WATCHED)
    prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
}
