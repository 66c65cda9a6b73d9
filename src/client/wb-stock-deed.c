/* SPDX-License-Identifier: GPL-3.0-or-later
 * One thing done to the stock of a product, and what takes it back. */
#include "wb-stock-deed.h"

#include <glib/gi18n-lib.h>

/** wb_stock_deed_new: Returns: (transfer full): a deed of no pieces yet. */
WbStockDeed *
wb_stock_deed_new (WbDeedKind kind, gint64 product_id)
{
  WbStockDeed *deed = g_atomic_rc_box_new0 (WbStockDeed);

  deed->kind = kind;
  deed->product_id = product_id;
  return deed;
}

/** wb_stock_deed_ref: Returns: (transfer full): @deed, held once more. */
WbStockDeed *
wb_stock_deed_ref (WbStockDeed *deed)
{
  return g_atomic_rc_box_acquire (deed);
}

static void
clear (gpointer data)
{
  WbStockDeed *deed = data;

  g_free (deed->bin);
  g_free (deed->to_bin);
  g_free (deed->lot);
  g_free (deed->expires);
  g_free (deed->reason);
  g_clear_pointer (&deed->counter, wb_stock_deed_unref);
}

/** wb_stock_deed_unref: lets go of @deed. */
void
wb_stock_deed_unref (WbStockDeed *deed)
{
  g_atomic_rc_box_release_full (deed, clear);
}

static gboolean
adjust (WbBook *book, const WbStockDeed *deed, const WbStockPlace *at, gint64 *by, GError **error)
{
  *by = deed->pieces;
  return wb_stock_adjust (book, at, deed->pieces, error);
}

static gboolean
receive (WbBook *book, const WbStockDeed *deed, const WbStockPlace *at, gint64 *by, GError **error)
{
  *by = deed->pieces;
  return wb_stock_receive (book, at, deed->pieces, error);
}

/* By how much the one line of a count was off. */
static gboolean
count_difference (WbBook *book, gint64 count_id, gint64 *by, GError **error)
{
  g_autoptr (WbStockCount) count = wb_book_get_stock_count (book, count_id, error);
  GPtrArray *lines = count != NULL ? wb_record_get_many (count, WB_STOCK_COUNT_LINES) : NULL;

  for (guint i = 0; lines != NULL && i < lines->len; i++)
    *by += wb_record_get_int (lines->pdata[i], WB_STOCK_COUNT_LINE_COUNTED) -
           wb_record_get_int (lines->pdata[i], WB_STOCK_COUNT_LINE_EXPECTED);
  return count != NULL;
}

static gboolean
count (WbBook *book, const WbStockDeed *deed, const WbStockPlace *at, gint64 *by, GError **error)
{
  gint64 id = wb_stock_begin_count (book, at->location_id, at->reason, at->actor, error);

  if (id == 0)
    return FALSE;
  if (wb_stock_note_counted (book, id, at, deed->pieces, error) &&
      count_difference (book, id, by, error) &&
      wb_stock_post_count (book, id, at->actor, NULL, error))
    return TRUE;
  wb_stock_drop_count (book, id, NULL);
  return FALSE;
}

static gboolean
move (WbBook *book, const WbStockDeed *deed, const WbStockPlace *at, gint64 *by, GError **error)
{
  WbStockPlace to = { .location_id = at->location_id, .bin = deed->to_bin };

  return wb_stock_transfer (book, at, &to, deed->pieces, error);
}

static const struct
{
  gboolean (*run) (
      WbBook *book, const WbStockDeed *deed, const WbStockPlace *at, gint64 *by, GError **error);
} deeds[WB_N_DEEDS] = {
  [WB_DEED_ADJUST] = { adjust },
  [WB_DEED_RECEIVE] = { receive },
  [WB_DEED_COUNT] = { count },
  [WB_DEED_MOVE] = { move },
};

/* What takes @deed back, which changed what lies there by @by. */
static WbStockDeed *
make_counter (const WbStockDeed *deed, gint64 lot_id, gint64 by)
{
  gboolean     moved = deed->kind == WB_DEED_MOVE;
  WbStockDeed *counter =
      wb_stock_deed_new (moved ? WB_DEED_MOVE : WB_DEED_ADJUST, deed->product_id);

  counter->location_id = deed->location_id;
  counter->lot_id = lot_id;
  counter->pieces = moved ? deed->pieces : -by;
  counter->bin = g_strdup (moved ? deed->to_bin : deed->bin);
  counter->to_bin = moved ? g_strdup (deed->bin) : NULL;
  /* Translators: why stock was changed: what was done before was taken back */
  counter->reason = g_strdup (_ ("taken back"));
  return counter;
}

/* “SKU: adjusted by −2, 13 on hand”. */
static char *
tell (WbBook *book, const WbStockDeed *deed, gint64 by)
{
  g_autoptr (WbProduct) product = wb_book_get_product (book, deed->product_id, NULL);
  const char           *name = product != NULL ? wb_record_get_text (product, WB_PRODUCT_NAME) : "";
  WbStockFigures        figures = { 0 };

  wb_stock_figures (book, deed->product_id, 0, &figures, NULL);
  if (deed->kind == WB_DEED_MOVE)
    /* Translators: pieces, a product, a bin */
    return g_strdup_printf (_ ("%'d of “%s” lie in %s now"), (int) deed->pieces, name,
                            deed->to_bin);
  if (by == 0)
    /* Translators: a product, pieces */
    return g_strdup_printf (_ ("“%s”: as many as the book has, %'d on hand"), name,
                            (int) figures.on_hand);
  /* Translators: a product, by how many pieces its stock changed, and to how many */
  return g_strdup_printf (_ ("“%s”: %+d, %'d on hand now"), name, (int) by, (int) figures.on_hand);
}

static gpointer
run_deed (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbStockDeed *deed = data;
  WbDesk      *desk = wb_job_get_desk (job, error);
  WbBook      *book = desk != NULL ? wb_desk_get_book (desk) : NULL;
  WbStockPlace at = { .product_id = deed->product_id,
                      .location_id = deed->location_id,
                      .bin = deed->bin,
                      .lot_id = deed->lot_id,
                      .reason = deed->reason };
  gint64       by = 0;

  if (book == NULL)
    return NULL;
  at.actor = wb_desk_get_actor (desk);
  if (deed->lot != NULL &&
      (at.lot_id = wb_stock_lot (book, at.product_id, deed->lot, deed->expires, error)) == 0)
    return NULL;
  if (!deeds[deed->kind].run (book, deed, &at, &by, error))
    return NULL;
  if (by != 0 || deed->kind == WB_DEED_MOVE)
    deed->counter = make_counter (deed, at.lot_id, by);
  return tell (book, deed, by);
}

const WbWorkKind wb_stock_deed_work = {
  .run = run_deed,
  .free_data = (GDestroyNotify) wb_stock_deed_unref,
  .free_result = g_free,
  .effect = TRUE,
};
