#include "rubis-grid-sort.h"

struct _RubisGridSort {
  GObject parent_instance;

  int first_key;      /* of the first column asked, -1: none yet */
  int answer;         /* what columns answer */
};

G_DEFINE_FINAL_TYPE (RubisGridSort, rubis_grid_sort, G_TYPE_OBJECT)

typedef struct {
  RubisGridSort *sort;  /* (owned) */
  int key;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->sort);
  g_free (self);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const Question *question = data;

  if (question->sort->first_key < 0)
    question->sort->first_key = question->key;
  return question->sort->answer;
}

static void
rubis_grid_sort_class_init (RubisGridSortClass *klass)
{
}

static void
rubis_grid_sort_init (RubisGridSort *self)
{
  self->first_key = -1;
}

RubisGridSort *
rubis_grid_sort_new (void)
{
  return g_object_new (RUBIS_TYPE_GRID_SORT, NULL);
}

GtkSorter *
rubis_grid_sort_make_sorter (RubisGridSort *self, int key)
{
  Question *question;

  g_return_val_if_fail (RUBIS_IS_GRID_SORT (self), NULL);
  g_return_val_if_fail (key >= 0, NULL);

  question = g_new0 (Question, 1);
  question->sort = g_object_ref (self);
  question->key = key;
  return GTK_SORTER (gtk_custom_sorter_new (compare_cb, question, question_free));
}

gboolean
rubis_grid_sort_read (RubisGridSort *self, GtkSorter *sorter, int *key, gboolean *descending)
{
  g_autoptr(GObject) a = NULL;
  g_autoptr(GObject) b = NULL;

  g_return_val_if_fail (RUBIS_IS_GRID_SORT (self), FALSE);
  g_return_val_if_fail (GTK_IS_SORTER (sorter), FALSE);

  a = g_object_new (G_TYPE_OBJECT, NULL);
  b = g_object_new (G_TYPE_OBJECT, NULL);
  /* The first one asked is the first key; "larger" comes back as "smaller" from a reversed column. */
  self->first_key = -1;
  self->answer = 1;
  *descending = gtk_sorter_compare (sorter, a, b) == GTK_ORDERING_SMALLER;
  self->answer = 0;
  if (self->first_key < 0)
    return FALSE;
  *key = self->first_key;
  return TRUE;
}
