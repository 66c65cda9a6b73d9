/* SPDX-License-Identifier: GPL-3.0-or-later
 * Counting the shelves: what lies in a bin is written down as it is counted, and the differences
 * are posted together; work goes on meanwhile. */
#include "wb-stock-private.h"

/** wb_stock_begin_count: Returns: the number of a new count of a place (0: the chosen one); 0 with
 * @error. */
gint64
wb_stock_begin_count (
    WbBook *book, gint64 location_id, const char *note, const char *actor, GError **error)
{
  g_autoptr (WbLocation)   place = wb_book_get_location (book, location_id, error);
  g_autoptr (WbStockCount) count = wb_stock_count_new ();

  if (place == NULL)
    return 0;
  wb_record_set_int (count, WB_STOCK_COUNT_LOCATION_ID, wb_record_get_int (place, WB_LOCATION_ID));
  wb_record_set_text (count, WB_STOCK_COUNT_STATE, WB_COUNT_OPEN);
  wb_record_set_text (count, WB_STOCK_COUNT_NOTE, note);
  wb_record_set_text (count, WB_STOCK_COUNT_ACTOR, actor);
  wb_record_set_int (count, WB_STOCK_COUNT_CREATED_AT, wb_now ());
  return wb_book_save (book, count, error) ? wb_record_get_int (count, WB_STOCK_COUNT_ID) : 0;
}

static WbStockCount *
open_count (WbBook *book, gint64 count_id, GError **error)
{
  g_autoptr (WbStockCount) count = wb_book_get_stock_count (book, count_id, error);

  if (count == NULL ||
      g_str_equal (wb_record_get_text (count, WB_STOCK_COUNT_STATE), WB_COUNT_OPEN))
    return g_steal_pointer (&count);
  g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT, "This count is %s already",
               wb_record_get_text (count, WB_STOCK_COUNT_STATE));
  return NULL;
}

static WbStockCountLine *
line_of (WbStockCount *count, const WbStockPlace *at)
{
  GPtrArray        *lines = wb_record_get_many (count, WB_STOCK_COUNT_LINES);
  WbStockCountLine *line = NULL;

  for (guint i = 0; i < lines->len; i++)
    if (wb_record_get_int (lines->pdata[i], WB_STOCK_COUNT_LINE_PRODUCT_ID) == at->product_id &&
        wb_record_get_int (lines->pdata[i], WB_STOCK_COUNT_LINE_LOT_ID) == at->lot_id &&
        g_str_equal (wb_record_get_text (lines->pdata[i], WB_STOCK_COUNT_LINE_BIN), at->bin))
      return g_object_ref (lines->pdata[i]);
  line = wb_stock_count_line_new ();
  wb_record_set_int (line, WB_STOCK_COUNT_LINE_COUNT_ID,
                     wb_record_get_int (count, WB_STOCK_COUNT_ID));
  wb_record_set_int (line, WB_STOCK_COUNT_LINE_PRODUCT_ID, at->product_id);
  wb_record_set_int (line, WB_STOCK_COUNT_LINE_LOT_ID, at->lot_id);
  wb_record_set_text (line, WB_STOCK_COUNT_LINE_BIN, at->bin);
  return line;
}

static gboolean
note_counted (WbBook *book, gint64 count_id, const WbStockPlace *at, gint64 counted, GError **error)
{
  WbStockPlace                 place = *at;
  g_autofree char             *bin = NULL;
  g_autoptr (WbStockCount)     count = open_count (book, count_id, error);
  g_autoptr (WbStockLevel)     level = NULL;
  g_autoptr (WbStockCountLine) line = NULL;

  if (count == NULL)
    return FALSE;
  place.location_id = wb_record_get_int (count, WB_STOCK_COUNT_LOCATION_ID);
  /* Where it lies; and it must be said of which lot, as for what arrives. */
  if (!wb_stock_fill_place (book, &place, FALSE, &bin, error) ||
      !wb_stock_fill_place (book, &place, TRUE, &bin, error))
    return FALSE;
  level =
      wb_book_find_level (book, place.product_id, place.location_id, place.bin, place.lot_id, NULL);
  line = line_of (count, &place);
  wb_record_set_int (line, WB_STOCK_COUNT_LINE_EXPECTED,
                     level != NULL ? wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND) -
                                         wb_record_get_int (level, WB_STOCK_LEVEL_PICKED)
                                   : 0);
  wb_record_set_int (line, WB_STOCK_COUNT_LINE_COUNTED, counted);
  wb_record_set_int (line, WB_STOCK_COUNT_LINE_COUNTED_AT, wb_now ());
  return wb_book_save (book, line, error);
}

/**
 * wb_stock_note_counted:
 * @at: what and in which bin; the place is the count's
 * @counted: pieces that lie there, 0 or more; what is picked already does not lie there
 *
 * Counted once more, it counts as of now.
 */
gboolean
wb_stock_note_counted (
    WbBook *book, gint64 count_id, const WbStockPlace *at, gint64 counted, GError **error)
{
  if (counted < 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "There cannot lie fewer than none");
      return FALSE;
    }
  return wb_book_begin (book, error) &&
         wb_stock_settle (book, note_counted (book, count_id, at, counted, error), error);
}

static gboolean
post_line (WbBook           *book,
           WbStockCount     *count,
           WbStockCountLine *line,
           const char       *actor,
           gint64           *differences,
           GError          **error)
{
  gint64 by = wb_record_get_int (line, WB_STOCK_COUNT_LINE_COUNTED) -
              wb_record_get_int (line, WB_STOCK_COUNT_LINE_EXPECTED);
  g_autofree char *reason =
      g_strdup_printf ("count %" G_GINT64_FORMAT, wb_record_get_int (count, WB_STOCK_COUNT_ID));
  WbStockPlace at = {
    .product_id = wb_record_get_int (line, WB_STOCK_COUNT_LINE_PRODUCT_ID),
    .location_id = wb_record_get_int (count, WB_STOCK_COUNT_LOCATION_ID),
    .bin = wb_record_get_text (line, WB_STOCK_COUNT_LINE_BIN),
    .lot_id = wb_record_get_int (line, WB_STOCK_COUNT_LINE_LOT_ID),
    .reason = reason,
    .actor = actor,
  };
  g_autoptr (WbStockLevel) level = NULL;

  *differences += by != 0;
  if (by == 0)
    return wb_stock_track (book, at.product_id, TRUE, actor, error);
  if (by > 0)
    return wb_stock_take_in (book, WB_MOVE_COUNT, &at, by, 0, error);
  level = wb_book_find_level (book, at.product_id, at.location_id, at.bin, at.lot_id, error);
  return level != NULL && wb_stock_shrink (book, WB_MOVE_COUNT, level, -by, &at, error);
}

static gboolean
post (WbBook *book, gint64 count_id, const char *actor, gint64 *differences, GError **error)
{
  g_autoptr (WbStockCount) count = open_count (book, count_id, error);
  GPtrArray *lines = count != NULL ? wb_record_get_many (count, WB_STOCK_COUNT_LINES) : NULL;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    if (!post_line (book, count, lines->pdata[i], actor, differences, error))
      return FALSE;
  if (count == NULL)
    return FALSE;
  wb_record_set_text (count, WB_STOCK_COUNT_STATE, WB_COUNT_POSTED);
  wb_record_set_int (count, WB_STOCK_COUNT_POSTED_AT, wb_now ());
  return wb_book_save (book, count, error) && wb_stock_allocate (book, NULL, 0, actor, NULL, error);
}

/**
 * wb_stock_post_count:
 * @differences: (out) (optional): bins in which something else lay than the book had
 *
 * Posts what differed when each bin was counted: what was picked, received or moved since then is
 * not undone by it. All of it or nothing.
 */
gboolean
wb_stock_post_count (
    WbBook *book, gint64 count_id, const char *actor, gint64 *differences, GError **error)
{
  gint64 n = 0;

  if (!wb_book_begin (book, error) ||
      !wb_stock_settle (book, post (book, count_id, actor, &n, error), error))
    return FALSE;
  if (differences != NULL)
    *differences = n;
  return TRUE;
}

/** wb_stock_drop_count: gives a count up; nothing changes by it. */
gboolean
wb_stock_drop_count (WbBook *book, gint64 count_id, GError **error)
{
  g_autoptr (WbStockCount) count = open_count (book, count_id, error);

  if (count == NULL)
    return FALSE;
  wb_record_set_text (count, WB_STOCK_COUNT_STATE, WB_COUNT_CANCELLED);
  return wb_book_save (book, count, error);
}
