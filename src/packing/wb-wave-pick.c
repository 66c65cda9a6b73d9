/* SPDX-License-Identifier: GPL-3.0-or-later
 * On the walk: a piece that is fetched is counted, what is not found becomes a backorder, and a
 * piece can be put back. */
#include "wb-wave-private.h"

#include "wb-error.h"
#include "wb-kit.h"
#include "wb-stock.h"

#include <glib/gi18n-lib.h>

/** wb_wave_left_of: Returns: how many pieces are still to be fetched. */
gint64
wb_wave_left_of (WbPick *pick)
{
  return wb_record_get_int (pick, WB_PICK_QUANTITY) - wb_record_get_int (pick, WB_PICK_PICKED) -
         wb_record_get_int (pick, WB_PICK_SHORT);
}

/** wb_wave_end: ends a transaction as it went: written down when @ok, else as if nothing was done.
 */
gboolean
wb_wave_end (WbBook *book, gboolean ok, GError **error)
{
  if (ok)
    return wb_book_commit (book, error);
  wb_book_rollback (book);
  return FALSE;
}

static gboolean
any_short (GPtrArray *picks)
{
  for (guint i = 0; i < picks->len; i++)
    if (wb_record_get_int (picks->pdata[i], WB_PICK_SHORT) > 0)
      return TRUE;
  return FALSE;
}

/** wb_wave_order_is_out: Returns: whether nobody walks for it any more. */
gboolean
wb_wave_order_is_out (WbWaveOrder *row)
{
  return g_str_equal (wb_record_get_text (row, WB_WAVE_ORDER_STATE), WB_WAVE_ORDER_TAKEN_OUT);
}

/* Whether nobody walks for any order of the wave any more. */
static gboolean
is_empty (WbBook *book, gint64 wave_id)
{
  g_autoptr (GPtrArray) rows = wb_book_list_wave_orders (book, wave_id, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!wb_wave_order_is_out (rows->pdata[i]))
      return FALSE;
  return rows != NULL;
}

/** wb_wave_settle: the wave is picked when no order of it is open. */
gboolean
wb_wave_settle (WbBook *book, gint64 wave_id, const char *actor, GError **error)
{
  g_autoptr (WbWave) wave = wb_book_get_wave (book, wave_id, error);
  gboolean           whole;

  if (wave == NULL)
    return FALSE;
  whole = wb_book_count_picks_left (book, wave_id, 0) == 0;
  if (!wb_record_set_text (wave, WB_WAVE_STATE,
                           !whole                     ? WB_WAVE_OPEN
                           : is_empty (book, wave_id) ? WB_WAVE_CANCELLED
                                                      : WB_WAVE_DONE))
    return TRUE;
  wb_record_set_int (wave, WB_WAVE_ENDED_AT, whole ? wb_now () : 0);
  return wb_book_save (book, wave, error) &&
         wb_book_add_event (book, "wave", wave_id, whole ? "picked" : "reopened", actor, NULL,
                            error);
}

/** wb_wave_settle_order: the order is picked when nothing of it is left to fetch; and with the last
 * of them the wave. */
gboolean
wb_wave_settle_order (
    WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error)
{
  g_autoptr (WbWaveOrder) row = wb_book_find_wave_order (book, wave_id, order_id, error);
  g_autoptr (GPtrArray)   picks =
      row != NULL ? wb_book_list_picks (book, wave_id, order_id, error) : NULL;
  gboolean done;

  if (picks == NULL)
    return FALSE;
  if (wb_wave_order_is_out (row))
    return TRUE;
  done = wb_book_count_picks_left (book, wave_id, order_id) == 0;
  if (wb_record_set_text (row, WB_WAVE_ORDER_STATE,
                          !done               ? WB_WAVE_ORDER_OPEN
                          : any_short (picks) ? WB_WAVE_ORDER_SHORT
                                              : WB_WAVE_ORDER_PICKED) &&
      !wb_book_save (book, row, error))
    return FALSE;
  return wb_wave_settle (book, wave_id, actor, error);
}

/* How many of a kit can be made of what this wave has fetched of its parts; -1: the stock room says
 * that, for parts of it are under stock keeping. */
static gint64
fetched_kits (WbBook *book, WbPick *pick, GPtrArray *parts, GError **error)
{
  g_autoptr (GPtrArray) all =
      wb_book_list_picks (book, wb_record_get_int (pick, WB_PICK_WAVE_ID),
                          wb_record_get_int (pick, WB_PICK_ORDER_ID), error);
  gint64 units = G_MAXINT64;

  for (guint k = 0; all != NULL && k < parts->len; k++)
    {
      WbKitPart *part = parts->pdata[k];
      gint64     pieces = 0;

      if (wb_record_get_bool (part->product, WB_PRODUCT_TRACKED))
        return -1;
      for (guint i = 0; i < all->len; i++)
        if (wb_record_get_int (all->pdata[i], WB_PICK_ORDER_LINE_ID) ==
                wb_record_get_int (pick, WB_PICK_ORDER_LINE_ID) &&
            wb_record_get_int (all->pdata[i], WB_PICK_PRODUCT_ID) ==
                wb_record_get_int (part->product, WB_PRODUCT_ID))
          pieces += wb_record_get_int (all->pdata[i], WB_PICK_PICKED);
      units = MIN (units, pieces / part->per_unit);
    }
  return all == NULL ? G_MININT64 : units;
}

/* What is not under stock keeping stands on the line alone; of a kit so many as are whole. */
static gboolean
move_uncounted (WbBook *book, WbPick *pick, gint64 by, GError **error)
{
  gint64                  line_id = wb_record_get_int (pick, WB_PICK_ORDER_LINE_ID), before, now;
  g_autoptr (WbOrderLine) line = wb_book_get_line (book, line_id, error);
  g_autoptr (GPtrArray)   parts =
      line != NULL ? wb_kit_parts (book, wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID), error)
                     : NULL;

  if (parts == NULL)
    return FALSE;
  if (parts->len == 0)
    return wb_book_add_picked (book, line_id, by, error);
  if ((before = fetched_kits (book, pick, parts, error)) == G_MININT64 ||
      !wb_book_save (book, pick, error) ||
      (now = fetched_kits (book, pick, parts, error)) == G_MININT64)
    return FALSE;
  return now == before || wb_book_add_picked (book, line_id, now - before, error);
}

/** wb_wave_move: moves @by pieces (below 0: back) between the bin and the order, without a word in
 * the pick. */
gboolean
wb_wave_move (WbBook *book, WbPick *pick, gint64 by, const char *actor, GError **error)
{
  gint64 line = wb_record_get_int (pick, WB_PICK_ORDER_LINE_ID),
         product = wb_record_get_int (pick, WB_PICK_PRODUCT_ID),
         level = wb_record_get_int (pick, WB_PICK_LEVEL_ID);

  if (level == 0)
    return move_uncounted (book, pick, by, error);
  return by > 0 ? wb_stock_pick (book, line, product, level, by, actor, error)
                : wb_stock_unpick (book, line, product, level, -by, actor, error);
}

/** wb_wave_pick_some: @by pieces (below 0: back) are fetched: moved and written down, and what is
 * done with it is settled. */
gboolean
wb_wave_pick_some (WbBook *book, WbPick *pick, gint64 by, const char *actor, GError **error)
{
  wb_record_set_int (pick, WB_PICK_PICKED, wb_record_get_int (pick, WB_PICK_PICKED) + by);
  return wb_wave_move (book, pick, by, actor, error) && wb_book_save (book, pick, error) &&
         wb_wave_settle_order (book, wb_record_get_int (pick, WB_PICK_WAVE_ID),
                               wb_record_get_int (pick, WB_PICK_ORDER_ID), actor, error) &&
         wb_book_add_event (book, "wave", wb_record_get_int (pick, WB_PICK_WAVE_ID), "moved", actor,
                            NULL, error);
}

/** wb_wave_refuse: Returns: %FALSE with %WB_ERROR_TOO_MUCH: @asked were to be counted where @there
 * can be. */
gboolean
wb_wave_refuse (gint64 asked, gint64 there, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH, _ ("%d can be counted here, not %d"),
               (int) there, (int) asked);
  return FALSE;
}

/** wb_wave_pick: @quantity pieces were fetched. %WB_ERROR_TOO_MUCH for more than is wanted. */
gboolean
wb_wave_pick (WbBook *book, gint64 pick_id, gint64 quantity, const char *actor, GError **error)
{
  g_autoptr (WbPick) pick = NULL;
  gboolean           ok;

  if (!wb_book_begin (book, error))
    return FALSE;
  pick = wb_book_get_pick (book, pick_id, error);
  ok = pick != NULL && (quantity > 0 && quantity <= wb_wave_left_of (pick)
                            ? wb_wave_pick_some (book, pick, quantity, actor, error)
                            : wb_wave_refuse (quantity, wb_wave_left_of (pick), error));
  return wb_wave_end (book, ok, error);
}

/** wb_wave_put_back: the reversal: @quantity pieces went back into their bin. */
gboolean
wb_wave_put_back (WbBook *book, gint64 pick_id, gint64 quantity, const char *actor, GError **error)
{
  g_autoptr (WbPick) pick = NULL;
  gint64             there;
  gboolean           ok;

  if (!wb_book_begin (book, error))
    return FALSE;
  pick = wb_book_get_pick (book, pick_id, error);
  there = pick != NULL ? wb_record_get_int (pick, WB_PICK_PICKED) : 0;
  ok = pick != NULL &&
       (quantity > 0 && quantity <= there ? wb_wave_pick_some (book, pick, -quantity, actor, error)
                                          : wb_wave_refuse (quantity, there, error));
  return wb_wave_end (book, ok, error);
}

static gboolean
make_short (WbBook *book, WbPick *pick, const char *actor, GError **error)
{
  gint64 left = wb_wave_left_of (pick), level = wb_record_get_int (pick, WB_PICK_LEVEL_ID);

  wb_record_set_int (pick, WB_PICK_SHORT, wb_record_get_int (pick, WB_PICK_SHORT) + left);
  return (level == 0 || wb_stock_pick_short (book, wb_record_get_int (pick, WB_PICK_ORDER_LINE_ID),
                                             wb_record_get_int (pick, WB_PICK_PRODUCT_ID), level,
                                             left, actor, error)) &&
         wb_book_save (book, pick, error) &&
         wb_wave_settle_order (book, wb_record_get_int (pick, WB_PICK_WAVE_ID),
                               wb_record_get_int (pick, WB_PICK_ORDER_ID), actor, error) &&
         wb_book_add_event (book, "wave", wb_record_get_int (pick, WB_PICK_WAVE_ID), "short", actor,
                            NULL, error);
}

/** wb_wave_short: the rest of it was not found: the order waits for it, and the bin is known to
 * have none. */
gboolean
wb_wave_short (WbBook *book, gint64 pick_id, const char *actor, GError **error)
{
  g_autoptr (WbPick) pick = NULL;
  gboolean           ok;

  if (!wb_book_begin (book, error))
    return FALSE;
  pick = wb_book_get_pick (book, pick_id, error);
  ok = pick != NULL && (wb_wave_left_of (pick) > 0 ? make_short (book, pick, actor, error)
                                                   : wb_wave_refuse (1, 0, error));
  return wb_wave_end (book, ok, error);
}
