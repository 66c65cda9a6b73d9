/* SPDX-License-Identifier: GPL-3.0-or-later
 * A scan on the walk: it counts a piece of what is next; what is not wanted is refused. */
#include "wb-wave-private.h"

#include "wb-error.h"
#include "wb-kit.h"
#include "wb-stock.h"

#include <glib/gi18n-lib.h>

/** wb_pick_scan_clear: frees what @result holds. */
void
wb_pick_scan_clear (WbPickScan *result)
{
  g_clear_pointer (&result->tote, g_free);
  g_clear_pointer (&result->words, g_free);
}

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
    if (wb_wave_left_of (picks->pdata[i]) > 0)
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
  by = MIN (MAX (1, code->pack), wb_wave_left_of (pick));
  if (!wb_wave_pick_some (book, pick, by, actor, error))
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
      left += wb_wave_left_of (picks->pdata[i]);
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
      gint64 by = MIN (left, wb_wave_left_of (picks->pdata[i]));

      if (by <= 0 || wb_record_get_int (picks->pdata[i], WB_PICK_ORDER_LINE_ID) != line_id ||
          wb_record_get_int (picks->pdata[i], WB_PICK_PRODUCT_ID) !=
              wb_record_get_int (part->product, WB_PRODUCT_ID))
        continue;
      if (!wb_wave_pick_some (book, picks->pdata[i], by, actor, error))
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
         wb_wave_end (book, scan (book, wave_id, code, actor, result, error), error);
}
