/* SPDX-License-Identifier: GPL-3.0-or-later
 * On the walk: every scan counts a piece of what is next, what is not wanted is refused, what is
 * not found becomes a backorder, and anything can be put back. */
#include "wb-pick-wave.h"

#include "wb-error.h"
#include "wb-kit.h"
#include "wb-stock.h"

#include <glib/gi18n-lib.h>

#define FOUND "found after all when picking"

/** wb_pick_scan_clear: frees what @result holds. */
void
wb_pick_scan_clear (WbPickScan *result)
{
  g_clear_pointer (&result->tote, g_free);
  g_clear_pointer (&result->words, g_free);
}

static gint64
left_of (WbPick *pick)
{
  return wb_record_get_int (pick, WB_PICK_QUANTITY) - wb_record_get_int (pick, WB_PICK_PICKED) -
         wb_record_get_int (pick, WB_PICK_SHORT);
}

/* Ends a transaction as it went. */
static gboolean
settle (WbBook *book, gboolean ok, GError **error)
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

static gboolean
is_taken_out (WbWaveOrder *row)
{
  return g_str_equal (wb_record_get_text (row, WB_WAVE_ORDER_STATE), WB_WAVE_ORDER_TAKEN_OUT);
}

/* Whether nobody walks for any order of the wave any more. */
static gboolean
is_empty (WbBook *book, gint64 wave_id)
{
  g_autoptr (GPtrArray) rows = wb_book_list_wave_orders (book, wave_id, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!is_taken_out (rows->pdata[i]))
      return FALSE;
  return rows != NULL;
}

/* The wave is picked when no order of it is open. */
static gboolean
settle_wave (WbBook *book, gint64 wave_id, const char *actor, GError **error)
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

/* The order is picked when nothing of it is left to fetch. */
static gboolean
look_whether_done (WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error)
{
  g_autoptr (WbWaveOrder) row = wb_book_find_wave_order (book, wave_id, order_id, error);
  g_autoptr (GPtrArray)   picks =
      row != NULL ? wb_book_list_picks (book, wave_id, order_id, error) : NULL;
  gboolean done;

  if (picks == NULL)
    return FALSE;
  if (is_taken_out (row))
    return TRUE;
  done = wb_book_count_picks_left (book, wave_id, order_id) == 0;
  if (wb_record_set_text (row, WB_WAVE_ORDER_STATE,
                          !done               ? WB_WAVE_ORDER_OPEN
                          : any_short (picks) ? WB_WAVE_ORDER_SHORT
                                              : WB_WAVE_ORDER_PICKED) &&
      !wb_book_save (book, row, error))
    return FALSE;
  return settle_wave (book, wave_id, actor, error);
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

static gboolean
move (WbBook *book, WbPick *pick, gint64 by, const char *actor, GError **error)
{
  gint64 line = wb_record_get_int (pick, WB_PICK_ORDER_LINE_ID),
         product = wb_record_get_int (pick, WB_PICK_PRODUCT_ID),
         level = wb_record_get_int (pick, WB_PICK_LEVEL_ID);

  if (level == 0)
    return move_uncounted (book, pick, by, error);
  return by > 0 ? wb_stock_pick (book, line, product, level, by, actor, error)
                : wb_stock_unpick (book, line, product, level, -by, actor, error);
}

static gboolean
pick_some (WbBook *book, WbPick *pick, gint64 by, const char *actor, GError **error)
{
  wb_record_set_int (pick, WB_PICK_PICKED, wb_record_get_int (pick, WB_PICK_PICKED) + by);
  return move (book, pick, by, actor, error) && wb_book_save (book, pick, error) &&
         look_whether_done (book, wb_record_get_int (pick, WB_PICK_WAVE_ID),
                            wb_record_get_int (pick, WB_PICK_ORDER_ID), actor, error) &&
         wb_book_add_event (book, "wave", wb_record_get_int (pick, WB_PICK_WAVE_ID), "moved", actor,
                            NULL, error);
}

static gboolean
refuse (gint64 asked, gint64 there, GError **error)
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
  ok = pick != NULL &&
       (quantity > 0 && quantity <= left_of (pick) ? pick_some (book, pick, quantity, actor, error)
                                                   : refuse (quantity, left_of (pick), error));
  return settle (book, ok, error);
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
       (quantity > 0 && quantity <= there ? pick_some (book, pick, -quantity, actor, error)
                                          : refuse (quantity, there, error));
  return settle (book, ok, error);
}

static gboolean
make_short (WbBook *book, WbPick *pick, const char *actor, GError **error)
{
  gint64 left = left_of (pick), level = wb_record_get_int (pick, WB_PICK_LEVEL_ID);

  wb_record_set_int (pick, WB_PICK_SHORT, wb_record_get_int (pick, WB_PICK_SHORT) + left);
  return (level == 0 || wb_stock_pick_short (book, wb_record_get_int (pick, WB_PICK_ORDER_LINE_ID),
                                             wb_record_get_int (pick, WB_PICK_PRODUCT_ID), level,
                                             left, actor, error)) &&
         wb_book_save (book, pick, error) &&
         look_whether_done (book, wb_record_get_int (pick, WB_PICK_WAVE_ID),
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
  ok = pick != NULL &&
       (left_of (pick) > 0 ? make_short (book, pick, actor, error) : refuse (1, 0, error));
  return settle (book, ok, error);
}

/* ---- found after all ---- */

/* What the line holds at the level and nobody is sent for yet. */
static gboolean
count_free (WbBook *book, WbPick *pick, gint64 *out, GError **error)
{
  gint64                level = wb_record_get_int (pick, WB_PICK_LEVEL_ID);
  g_autoptr (GPtrArray) held =
      wb_book_list_line_allocations (book, wb_record_get_int (pick, WB_PICK_ORDER_LINE_ID), error);

  *out = -left_of (pick);
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
         look_whether_done (book, wb_record_get_int (pick, WB_PICK_WAVE_ID),
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
  ok = row != NULL && (wb_record_get_int (pick, WB_PICK_SHORT) > 0 && !is_taken_out (row)
                           ? find_again (book, pick, actor, error)
                           : refuse (1, 0, error));
  return settle (book, ok, error);
}

/* ---- scanning ---- */

static char *
name_of (WbBook *book, WbPick *pick)
{
  g_autoptr (WbOrderLine) line =
      wb_book_get_line (book, wb_record_get_int (pick, WB_PICK_ORDER_LINE_ID), NULL);
  gint64   product_id = wb_record_get_int (pick, WB_PICK_PRODUCT_ID);
  gboolean part = line != NULL && product_id != 0 &&
                  product_id != wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID);
  g_autoptr (WbProduct) product = part ? wb_book_get_product (book, product_id, NULL) : NULL;
  const char *own = product != NULL ? wb_record_get_text (product, WB_PRODUCT_NAME) : NULL;

  return g_strdup (own != NULL    ? own
                   : line != NULL ? wb_record_get_text (line, WB_ORDER_LINE_NAME)
                                  : "?");
}

static void
say_where (
    WbBook *book, gint64 wave_id, WbPick *pick, const char *name, gint64 by, WbPickScan *result)
{
  g_autoptr (WbWaveOrder) row = NULL;

  result->pick_id = wb_record_get_int (pick, WB_PICK_ID);
  result->order_id = wb_record_get_int (pick, WB_PICK_ORDER_ID);
  row = wb_book_find_wave_order (book, wave_id, result->order_id, NULL);
  result->tote = g_strdup (row != NULL ? wb_record_get_text (row, WB_WAVE_ORDER_TOTE) : NULL);
  result->words = result->tote != NULL
                      /* Translators: pieces, what it is, the tote it goes into */
                      ? g_strdup_printf (_ ("%d × %s → tote %s"), (int) by, name, result->tote)
                      : g_strdup_printf (_ ("%d × %s"), (int) by, name);
}

/* The first pick of them that still wants a piece. */
static WbPick *
first_open (GPtrArray *picks)
{
  for (guint i = 0; i < picks->len; i++)
    if (left_of (picks->pdata[i]) > 0)
      return picks->pdata[i];
  return NULL;
}

static gboolean
count_scan (WbBook            *book,
            gint64             wave_id,
            const WbStockCode *code,
            GPtrArray         *picks,
            const char        *actor,
            WbPickScan        *result,
            GError           **error)
{
  WbPick          *pick = first_open (picks);
  g_autofree char *name = NULL;
  gint64           by;

  if (pick == NULL)
    {
      name = name_of (book, picks->pdata[0]);
      result->scan = WB_SCAN_EXTRA;
      result->words = g_strdup_printf (_ ("All of %s is fetched: put this one back"), name);
      return TRUE;
    }
  by = MIN (MAX (1, code->pack), left_of (pick));
  if (!pick_some (book, pick, by, actor, error))
    return FALSE;
  name = name_of (book, pick);
  say_where (book, wave_id, pick, name, by, result);
  result->scan = wb_book_count_picks_left (book, wave_id, 0) == 0 ? WB_SCAN_LAST : WB_SCAN_OK;
  return TRUE;
}

/* ---- a kit's own code ---- */

/* How many pieces of a product are still to be fetched for a line. */
static gint64
open_of (GPtrArray *picks, gint64 line_id, gint64 product_id)
{
  gint64 left = 0;

  for (guint i = 0; i < picks->len; i++)
    if (wb_record_get_int (picks->pdata[i], WB_PICK_ORDER_LINE_ID) == line_id &&
        wb_record_get_int (picks->pdata[i], WB_PICK_PRODUCT_ID) == product_id)
      left += left_of (picks->pdata[i]);
  return left;
}

/* The first pick of the first line that wants so many kits whole; %NULL: none does. */
static WbPick *
find_kit (GPtrArray *picks, GPtrArray *parts, gint64 kits)
{
  for (guint i = 0; i < picks->len; i++)
    {
      gint64   line_id = wb_record_get_int (picks->pdata[i], WB_PICK_ORDER_LINE_ID);
      gboolean wants = TRUE;

      for (guint k = 0; k < parts->len && wants; k++)
        {
          WbKitPart *part = parts->pdata[k];

          wants = open_of (picks, line_id, wb_record_get_int (part->product, WB_PRODUCT_ID)) >=
                  kits * part->per_unit;
        }
      if (wants)
        return picks->pdata[i];
    }
  return NULL;
}

static gboolean
pick_part (WbBook     *book,
           GPtrArray  *picks,
           gint64      line_id,
           WbKitPart  *part,
           gint64      kits,
           const char *actor,
           GError    **error)
{
  gint64 left = kits * part->per_unit;

  for (guint i = 0; i < picks->len && left > 0; i++)
    {
      gint64 by = MIN (left, left_of (picks->pdata[i]));

      if (by <= 0 || wb_record_get_int (picks->pdata[i], WB_PICK_ORDER_LINE_ID) != line_id ||
          wb_record_get_int (picks->pdata[i], WB_PICK_PRODUCT_ID) !=
              wb_record_get_int (part->product, WB_PRODUCT_ID))
        continue;
      if (!pick_some (book, picks->pdata[i], by, actor, error))
        return FALSE;
      left -= by;
    }
  return TRUE;
}

/* A ready-made bundle is fetched by its own code, and with it all its parts. */
static gboolean
scan_kit (WbBook            *book,
          gint64             wave_id,
          const WbStockCode *code,
          GPtrArray         *picks,
          const char        *actor,
          WbPickScan        *result,
          GError           **error)
{
  g_autoptr (WbProduct) kit = wb_book_get_product (book, code->product_id, error);
  g_autoptr (GPtrArray) parts = kit != NULL ? wb_kit_parts (book, code->product_id, error) : NULL;
  gint64                kits = MAX (1, code->pack);
  WbPick               *first = parts != NULL ? find_kit (picks, parts, kits) : NULL;
  const char           *name = kit != NULL ? wb_record_get_text (kit, WB_PRODUCT_NAME) : NULL;
  gboolean              ready_made = FALSE;

  if (parts == NULL || !wb_kit_has_code (book, code->product_id, &ready_made, error))
    return FALSE;
  if (!ready_made || first == NULL)
    {
      result->scan = ready_made ? WB_SCAN_EXTRA : WB_SCAN_WRONG;
      result->words =
          g_strdup_printf (ready_made ? _ ("All of %s is fetched: put this one back")
                                      : _ ("%s is fetched by its parts: scan each of them"),
                           name);
      return TRUE;
    }
  for (guint i = 0; i < parts->len; i++)
    if (!pick_part (book, picks, wb_record_get_int (first, WB_PICK_ORDER_LINE_ID), parts->pdata[i],
                    kits, actor, error))
      return FALSE;
  say_where (book, wave_id, first, name, kits, result);
  result->scan = wb_book_count_picks_left (book, wave_id, 0) == 0 ? WB_SCAN_LAST : WB_SCAN_OK;
  return TRUE;
}

static gboolean
scan (WbBook     *book,
      gint64      wave_id,
      const char *text,
      const char *actor,
      WbPickScan *result,
      GError    **error)
{
  g_auto (WbStockCode)  code = { 0 };
  g_autoptr (GError)    local = NULL;
  g_autoptr (GPtrArray) picks = NULL;

  if (!wb_stock_read_code (book, text, &code, &local) &&
      !g_error_matches (local, WB_ERROR, WB_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  picks = wb_book_find_picks (book, wave_id, code.product_id, text, error);
  if (picks == NULL)
    return FALSE;
  if (picks->len > 0)
    return count_scan (book, wave_id, &code, picks, actor, result, error);
  if (code.product_id != 0)
    {
      g_clear_pointer (&picks, g_ptr_array_unref);
      if ((picks = wb_book_find_kit_picks (book, wave_id, code.product_id, error)) == NULL)
        return FALSE;
      if (picks->len > 0)
        return scan_kit (book, wave_id, &code, picks, actor, result, error);
      /* A SKU is not unique: the line that bears it is meant, as on the packing table. */
      g_clear_pointer (&picks, g_ptr_array_unref);
      if ((picks = wb_book_find_picks (book, wave_id, 0, text, error)) == NULL)
        return FALSE;
      if (picks->len > 0)
        return count_scan (book, wave_id, &code, picks, actor, result, error);
    }
  result->scan = code.product_id != 0 ? WB_SCAN_WRONG : WB_SCAN_UNKNOWN;
  result->words = local != NULL          ? g_strdup (local->message)
                  : code.product_id != 0 ? g_strdup (_ ("This is not wanted here: put it back"))
                                         : g_strdup_printf (_ ("Nobody knows the code %s"), text);
  return TRUE;
}

/**
 * wb_wave_scan:
 * @code: what the scanner sent
 * @result: (out caller-allocates): clear with wb_pick_scan_clear()
 *
 * Counts a piece (or a pack) of the next pick on the walk that wants it. That the code is wrong,
 * unknown or one too many is no error: @result says so and nothing was counted.
 */
gboolean
wb_wave_scan (WbBook     *book,
              gint64      wave_id,
              const char *code,
              const char *actor,
              WbPickScan *result,
              GError    **error)
{
  *result = (WbPickScan){ 0 };
  return wb_book_begin (book, error) &&
         settle (book, scan (book, wave_id, code, actor, result, error), error);
}

/* ---- taking back ---- */

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
      if ((picked > 0 && !move (book, picks->pdata[i], -picked, actor, error)) ||
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
         settle (book,
                 take_out (book, wave_id, order_id, actor, error) &&
                     settle_wave (book, wave_id, actor, error) &&
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

  if (picks == NULL || !is_taken_out (row))
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
         look_whether_done (book, wave_id, order_id, actor, error);
}

/** wb_wave_put_in: the reversal of wb_wave_take_out(): what the order still holds is to be fetched
 * again, from the first piece. %WB_ERROR_ALREADY when it is picked in another wave meanwhile. */
gboolean
wb_wave_put_in (WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error)
{
  return wb_book_begin (book, error) &&
         settle (book,
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
  return wb_book_begin (book, error) && settle (book, cancel (book, wave_id, actor, error), error);
}
