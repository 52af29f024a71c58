#include "rubis-plain.h"

void
rubis_plain_set_description (AdwStatusPage *page, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (ADW_IS_STATUS_PAGE (page));
  g_return_if_fail (text != NULL);

  escaped = g_markup_escape_text (text, -1);
  adw_status_page_set_description (page, escaped);
}

void
rubis_plain_set_subtitle (AdwActionRow *row, const char *text)
{
  g_return_if_fail (ADW_IS_ACTION_ROW (row));
  g_return_if_fail (text != NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (row, text);
}

gboolean
rubis_plain_is_abandoned (GAsyncResult *result)
{
  GCancellable *cancellable;

  g_return_val_if_fail (G_IS_TASK (result), TRUE);

  cancellable = g_task_get_cancellable (G_TASK (result));
  return cancellable != NULL && g_cancellable_is_cancelled (cancellable);
}
