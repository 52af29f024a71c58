#include "rubis-page-cache.h"

#define PAGE_ROWS 64
#define N_PAGES 64

typedef struct
{
  guint number;    /* position of the first row / PAGE_ROWS */
  guint64 used;    /* when it was last asked for; 0: empty */
  GPtrArray *rows; /* (owned) (nullable) */
} Page;

struct _RubisPageCache
{
  RubisPageFunc fetch;
  gpointer owner; /* (unowned) */
  guint n_rows;
  guint64 clock;
  Page pages[N_PAGES];
};

RubisPageCache *
rubis_page_cache_new (RubisPageFunc fetch, gpointer owner)
{
  RubisPageCache *self = g_new0 (RubisPageCache, 1);

  self->fetch = fetch;
  self->owner = owner;
  return self;
}

void
rubis_page_cache_reset (RubisPageCache *self, guint n_rows)
{
  for (int i = 0; i < N_PAGES; i++)
    {
      self->pages[i].used = 0;
      g_clear_pointer (&self->pages[i].rows, g_ptr_array_unref);
    }
  self->n_rows = n_rows;
}

void
rubis_page_cache_free (RubisPageCache *self)
{
  rubis_page_cache_reset (self, 0);
  g_free (self);
}

/* The page of that number, from the cache or in place of the one unused for longest. */
static Page *
get_page (RubisPageCache *self, guint number)
{
  Page *oldest = &self->pages[0];
  guint first = number * PAGE_ROWS;

  for (int i = 0; i < N_PAGES; i++)
    {
      Page *page = &self->pages[i];

      if (page->used > 0 && page->number == number)
        {
          page->used = ++self->clock;
          return page;
        }
      if (page->used < oldest->used)
        oldest = page;
    }
  g_clear_pointer (&oldest->rows, g_ptr_array_unref);
  oldest->rows = self->fetch (self->owner, first, MIN (PAGE_ROWS, self->n_rows - first));
  oldest->number = number;
  oldest->used = ++self->clock;
  return oldest;
}

gpointer
rubis_page_cache_dup_row (RubisPageCache *self, guint position)
{
  if (position >= self->n_rows)
    return NULL;
  return g_object_ref (g_ptr_array_index (get_page (self, position / PAGE_ROWS)->rows, position % PAGE_ROWS));
}
