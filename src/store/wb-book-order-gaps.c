/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the last audit of each channel found. */
#include "wb-book-channels.h"
#include "wb-book-private.h"

/** wb_book_list_order_gaps: Returns: (transfer full) (element-type WbOrderGap): of a channel (0: of
 * all). */
GPtrArray *
wb_book_list_order_gaps (WbBook *self, gint64 channel_id, GError **error)
{
  return wb_database_select (self->database, wb_order_gap_get_type (), error,
                             "WHERE ?1 = 0 OR channel_id = ?1 ORDER BY channel_id, kind, number",
                             "i", channel_id);
}

/**
 * wb_book_replace_order_gaps:
 * @gaps: (element-type WbOrderGap): all that there are now
 *
 * Writes down what an audit of the channel found, in place of what the last one did; what was found
 * then already keeps the day it was found first. In a transaction of the caller.
 */
gboolean
wb_book_replace_order_gaps (WbBook *self, gint64 channel_id, GPtrArray *gaps, GError **error)
{
  g_autoptr (GPtrArray) before = wb_book_list_order_gaps (self, channel_id, error);

  if (before == NULL ||
      !wb_database_run (self->database, error, "DELETE FROM order_gap WHERE channel_id = ?", "i",
                        channel_id))
    return FALSE;
  for (guint i = 0; i < gaps->len; i++)
    {
      gpointer  gap = gaps->pdata[i];
      WbInstant found = wb_now ();

      for (guint k = 0; k < before->len; k++)
        if (g_str_equal (wb_record_get_text (before->pdata[k], WB_ORDER_GAP_KIND),
                         wb_record_get_text (gap, WB_ORDER_GAP_KIND)) &&
            g_str_equal (wb_record_get_text (before->pdata[k], WB_ORDER_GAP_ORDER_REF),
                         wb_record_get_text (gap, WB_ORDER_GAP_ORDER_REF)))
          found = wb_record_get_int (before->pdata[k], WB_ORDER_GAP_FOUND_AT);
      wb_record_set_int (gap, WB_ORDER_GAP_CHANNEL_ID, channel_id);
      wb_record_set_int (gap, WB_ORDER_GAP_FOUND_AT, found);
      if (!wb_book_save (self, gap, error))
        return FALSE;
    }
  return wb_database_run (self->database, error,
                          "UPDATE connection SET audited_at = ? WHERE id = ?", "ii", wb_now (),
                          channel_id);
}

/** wb_book_audited_at: Returns: when the channel was last audited, 0: never. */
WbInstant
wb_book_audited_at (WbBook *self, gint64 channel_id)
{
  gint64 at = 0;

  return wb_database_get_int (self->database, &at, NULL,
                              "SELECT audited_at FROM connection WHERE id = ?", "i", channel_id)
             ? at
             : 0;
}
