/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is taken back on the walk: a piece is there after all, an order leaves the wave and comes
 * back, the wave is given up. */
#include "wb-wave-private.h"

#include "wb-error.h"
#include "wb-stock.h"

#include <glib/gi18n-lib.h>

#define FOUND "found after all when picking"

/* ---- found after all ---- */

/* What the line holds at the level and nobody is sent for yet. */
static gboolean
count_free (WbBook *book, WbPick *pick, gint64 *out, GError **error)
{
  gint64                level = wb_record_get_int (pick, WB_PICK_LEVEL_ID);
  g_autoptr (GPtrArray) held =
      wb_book_list_line_allocations (book, wb_record_get_int (pick, WB_PICK_ORDER_LINE_ID), error);

  *out = -wb_wave_left_of (pick);
  for (guint i = 0; held != NULL && i < held->len; i++)
    if (wb_record_get_int (held->pdata[i], WB_ALLOCATION_LEVEL_ID) == level)
      *out += wb_record_get_int (held->pdata[i], WB_ALLOCATION_QUANTITY) -
              wb_record_get_int (held->pdata[i], WB_ALLOCATION_PICKED);
  return held != NULL;
}

/* The bin has them again, and who waits for them gets them: the order, where nobody was before it.
 */
static gboolean
bring_back (WbBook *book, WbPick *pick, gint64 pieces, const char *actor, GError **error)
{
  gint64                   level_id = wb_record_get_int (pick, WB_PICK_LEVEL_ID);
  g_autoptr (WbStockLevel) level = wb_book_get_level (book, level_id, error);
  WbStockPlace             at = { .reason = FOUND, .actor = actor };

  if (level == NULL)
    return FALSE;
  at.product_id = wb_record_get_int (level, WB_STOCK_LEVEL_PRODUCT_ID);
  at.location_id = wb_record_get_int (level, WB_STOCK_LEVEL_LOCATION_ID);
  at.bin = wb_record_get_text (level, WB_STOCK_LEVEL_BIN);
  at.lot_id = wb_record_get_int (level, WB_STOCK_LEVEL_LOT_ID);
  return wb_stock_adjust (book, &at, pieces, error) &&
         wb_stock_allocate (book, NULL, wb_record_get_int (pick, WB_PICK_ORDER_ID), actor, NULL,
                            error);
}

static gboolean
find_again (WbBook *book, WbPick *pick, const char *actor, GError **error)
{
  gint64 pieces = wb_record_get_int (pick, WB_PICK_SHORT), there = pieces;

  if (wb_record_get_int (pick, WB_PICK_LEVEL_ID) != 0 &&
      (!bring_back (book, pick, pieces, actor, error) || !count_free (book, pick, &there, error)))
    return FALSE;
  wb_record_set_int (pick, WB_PICK_SHORT, pieces - CLAMP (there, 0, pieces));
  return wb_book_save (book, pick, error) &&
         wb_wave_settle_order (book, wb_record_get_int (pick, WB_PICK_WAVE_ID),
                               wb_record_get_int (pick, WB_PICK_ORDER_ID), actor, error) &&
         wb_book_add_event (book, "wave", wb_record_get_int (pick, WB_PICK_WAVE_ID), "found", actor,
                            NULL, error);
}

/** wb_wave_found: the reversal of wb_wave_short(): what was not there lies there again (an
 * adjustment that says so) and is to be fetched, unless another order has got it meanwhile. */
gboolean
wb_wave_found (WbBook *book, gint64 pick_id, const char *actor, GError **error)
{
  g_autoptr (WbPick)      pick = NULL;
  g_autoptr (WbWaveOrder) row = NULL;
  gboolean                ok;

  if (!wb_book_begin (book, error))
    return FALSE;
  pick = wb_book_get_pick (book, pick_id, error);
  row = pick != NULL ? wb_book_find_wave_order (book, wb_record_get_int (pick, WB_PICK_WAVE_ID),
                                                wb_record_get_int (pick, WB_PICK_ORDER_ID), error)
                     : NULL;
  ok = row != NULL && (wb_record_get_int (pick, WB_PICK_SHORT) > 0 && !wb_wave_order_is_out (row)
                           ? find_again (book, pick, actor, error)
                           : wb_wave_refuse (1, 0, error));
  return wb_wave_end (book, ok, error);
}

/* ---- out of the wave ---- */

static gboolean
put_all_back (WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error)
{
  g_autoptr (GPtrArray) picks = wb_book_list_picks (book, wave_id, order_id, error);

  for (guint i = 0; picks != NULL && i < picks->len; i++)
    {
      gint64 picked = wb_record_get_int (picks->pdata[i], WB_PICK_PICKED);

      wb_record_set_int (picks->pdata[i], WB_PICK_PICKED, 0);
      wb_record_set_int (picks->pdata[i], WB_PICK_SHORT,
                         wb_record_get_int (picks->pdata[i], WB_PICK_QUANTITY));
      if ((picked > 0 && !wb_wave_move (book, picks->pdata[i], -picked, actor, error)) ||
          !wb_book_save (book, picks->pdata[i], error))
        return FALSE;
    }
  return picks != NULL;
}

static gboolean
take_out (WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error)
{
  g_autoptr (WbWaveOrder) row = wb_book_find_wave_order (book, wave_id, order_id, error);

  if (row == NULL)
    return FALSE;
  if (!wb_record_set_text (row, WB_WAVE_ORDER_STATE, WB_WAVE_ORDER_TAKEN_OUT))
    return TRUE;
  return put_all_back (book, wave_id, order_id, actor, error) && wb_book_save (book, row, error);
}

/** wb_wave_take_out: nobody walks for the order any more; what was fetched for it goes back. It
 * keeps what it holds. */
gboolean
wb_wave_take_out (WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error)
{
  return wb_book_begin (book, error) &&
         wb_wave_end (
             book,
             take_out (book, wave_id, order_id, actor, error) &&
                 wb_wave_settle (book, wave_id, actor, error) &&
                 wb_book_add_event (book, "wave", wave_id, "taken-out", actor, NULL, error),
             error);
}

/* What the order still holds at the pick's place is to be fetched again. */
static gboolean
open_pick (WbBook *book, WbPick *pick, GError **error)
{
  gint64 pieces = wb_record_get_int (pick, WB_PICK_QUANTITY), there = pieces;

  if (wb_record_get_int (pick, WB_PICK_LEVEL_ID) != 0 && !count_free (book, pick, &there, error))
    return FALSE;
  wb_record_set_int (pick, WB_PICK_SHORT, pieces - CLAMP (there, 0, pieces));
  return wb_book_save (book, pick, error);
}

static gboolean
put_in (WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error)
{
  g_autoptr (WbWaveOrder) row = wb_book_find_wave_order (book, wave_id, order_id, error);
  g_autoptr (GPtrArray)   picks =
      row != NULL ? wb_book_list_picks (book, wave_id, order_id, error) : NULL;

  if (picks == NULL || !wb_wave_order_is_out (row))
    return picks != NULL;
  if (wb_book_is_in_wave (book, order_id))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_ALREADY, "%s",
                   _ ("Somebody picks this order in another wave already"));
      return FALSE;
    }
  for (guint i = 0; i < picks->len; i++)
    if (!open_pick (book, picks->pdata[i], error))
      return FALSE;
  wb_record_set_text (row, WB_WAVE_ORDER_STATE, WB_WAVE_ORDER_OPEN);
  return wb_book_save (book, row, error) &&
         wb_wave_settle_order (book, wave_id, order_id, actor, error);
}

/** wb_wave_put_in: the reversal of wb_wave_take_out(): what the order still holds is to be fetched
 * again, from the first piece. %WB_ERROR_ALREADY when it is picked in another wave meanwhile. */
gboolean
wb_wave_put_in (WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error)
{
  return wb_book_begin (book, error) &&
         wb_wave_end (book,
                      put_in (book, wave_id, order_id, actor, error) &&
                          wb_book_add_event (book, "wave", wave_id, "put-in", actor, NULL, error),
                      error);
}

static gboolean
cancel (WbBook *book, gint64 wave_id, const char *actor, GError **error)
{
  g_autoptr (WbWave)    wave = wb_book_get_wave (book, wave_id, error);
  g_autoptr (GPtrArray) rows =
      wave != NULL ? wb_book_list_wave_orders (book, wave_id, error) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_str_equal (wb_record_get_text (rows->pdata[i], WB_WAVE_ORDER_STATE),
                     WB_WAVE_ORDER_OPEN) &&
        !take_out (book, wave_id, wb_record_get_int (rows->pdata[i], WB_WAVE_ORDER_ORDER_ID), actor,
                   error))
      return FALSE;
  if (rows == NULL)
    return FALSE;
  wb_record_set_text (wave, WB_WAVE_STATE, WB_WAVE_CANCELLED);
  wb_record_set_int (wave, WB_WAVE_ENDED_AT, wb_now ());
  return wb_book_save (book, wave, error) &&
         wb_book_add_event (book, "wave", wave_id, "cancelled", actor, NULL, error);
}

/** wb_wave_cancel: what was fetched for orders that are not picked completely goes back; those that
 * are stay picked. */
gboolean
wb_wave_cancel (WbBook *book, gint64 wave_id, const char *actor, GError **error)
{
  return wb_book_begin (book, error) &&
         wb_wave_end (book, cancel (book, wave_id, actor, error), error);
}
