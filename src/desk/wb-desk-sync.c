/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sync: what changed in the shops since the last time, page by page, and how the payments of the
 * open orders stand; the stock that is left is told to the channels that want to know it. */
#include "wb-desk-channel.h"
#include "wb-desk-private.h"
#include "wb-desk-stock.h"
#include "wb-sync-pages.h"

#define PAYMENTS_A_SYNC 200 /* read at a gateway after one sync; the rest follows with the next */

/** wb_sync_result_clear: frees what @result holds. */
void
wb_sync_result_clear (WbSyncResult *result)
{
  g_clear_pointer (&result->problems, g_ptr_array_unref);
}

typedef struct
{
  WbDesk        *desk;
  WbConnection  *channel;
  WbSyncProgress progress;
  gpointer       data;
  WbSyncResult  *result;
} Sync;

/* One page, one transaction: the orders and the cursor that stands behind them. */
static gboolean
store_page (const WbSyncPage *page, gpointer data, GError **error)
{
  Sync    *sync = data;
  gboolean ok = wb_book_begin (sync->desk->book, error);

  if (!ok)
    return FALSE;
  for (guint i = 0; ok && i < page->orders->len; i++)
    ok =
        wb_desk_import_one (sync->desk, sync->channel, page->orders->pdata[i],
                            page->raws != NULL && i < page->raws->len ? page->raws->pdata[i] : NULL,
                            sync->result, error);
  ok = ok && wb_desk_serve_stock (sync->desk->book, 0, "sync", error);
  if (ok && page->cursor != NULL &&
      wb_record_set_text (sync->channel, WB_CONNECTION_CURSOR, page->cursor))
    ok = wb_book_note_sync (sync->desk->book, wb_record_get_int (sync->channel, WB_CONNECTION_ID),
                            page->cursor, 0, NULL, error);
  if (ok)
    return wb_book_commit (sync->desk->book, error);
  wb_book_rollback (sync->desk->book);
  return FALSE;
}

static void
page_stored (const WbSyncPage *page, gpointer data)
{
  Sync *sync = data;

  for (guint i = 0; page->problems != NULL && i < page->problems->len; i++)
    g_ptr_array_add (sync->result->problems, g_strdup (page->problems->pdata[i]));
  if (sync->progress != NULL)
    sync->progress (sync->channel, page->done, page->total, sync->data);
}

static gpointer
copy_text (gconstpointer text, gpointer nothing)
{
  return g_strdup (text);
}

static gpointer
ref_bytes (gconstpointer bytes, gpointer nothing)
{
  return g_bytes_ref ((GBytes *) bytes);
}

static gpointer
ref_record (gconstpointer record, gpointer nothing)
{
  return g_object_ref ((gpointer) record);
}

/* Returns: (transfer full) (nullable): what @from holds, for another thread. */
static GPtrArray *
hold (GPtrArray *from, GCopyFunc take, GDestroyNotify let_go)
{
  GPtrArray *held = from != NULL ? g_ptr_array_copy (from, take, NULL) : NULL;

  if (held != NULL)
    g_ptr_array_set_free_func (held, let_go);
  return held;
}

/* See #WbShopPageFunc. */
static gboolean
take_page (GPtrArray  *orders,
           GPtrArray  *raws,
           GPtrArray  *problems,
           const char *cursor,
           gint64      done,
           gint64      total,
           gpointer    data,
           GError    **error)
{
  WbSyncPage page = {
    .orders = hold (orders, ref_record, g_object_unref),
    .raws = hold (raws, ref_bytes, (GDestroyNotify) g_bytes_unref),
    .problems = hold (problems, copy_text, g_free),
    .cursor = g_strdup (cursor),
    .done = done,
    .total = total,
  };

  return wb_sync_pages_give (data, &page, error);
}

/* What was read is stored even when the shop fails afterwards; that something could not be stored
 * is told first. */
static gboolean
fetch_and_store (
    WbShop *shop, const char *cursor, Sync *sync, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbSyncPages) pages = wb_sync_pages_new (store_page, page_stored, sync);
  g_autoptr (GError)      local = NULL;
  gboolean ok = wb_shop_fetch_orders (shop, cursor, take_page, pages, cancellable, &local);

  if (!wb_sync_pages_finish (pages, error))
    return FALSE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return ok;
}

static void
read_payments (WbDesk *self, WbConnection *channel, GCancellable *cancellable)
{
  static const char *const stages[] = { WB_STAGE_READY, WB_STAGE_PARTIAL, NULL };
  WbOrderQuery             query = { .stages = stages, .sort = "placed_at", .ascending = TRUE };
  g_autoptr (GArray)       ids = wb_book_list_order_ids (self->book, &query, NULL);
  guint                    asked = 0;

  for (guint i = 0; ids != NULL && i < ids->len && asked < PAYMENTS_A_SYNC &&
                    !g_cancellable_is_cancelled (cancellable);
       i++)
    {
      g_autoptr (GError)    local = NULL;
      g_autoptr (GPtrArray) heads =
          wb_book_list_order_heads (self->book, &g_array_index (ids, gint64, i), 1, NULL);

      if (heads == NULL || heads->len == 0 ||
          wb_record_get_int (heads->pdata[0], WB_ORDER_CHANNEL_ID) !=
              wb_record_get_int (channel, WB_CONNECTION_ID) ||
          g_strcmp0 (wb_record_get_text (heads->pdata[0], WB_ORDER_CHARGE_STATE),
                     WB_CHARGE_UNKNOWN) != 0)
        continue;
      asked++;
      wb_desk_refresh_payment (self, g_array_index (ids, gint64, i), cancellable, &local);
      if (g_error_matches (local, WB_ERROR, WB_ERROR_UNAVAILABLE) ||
          g_error_matches (local, WB_ERROR, WB_ERROR_AUTH))
        break; /* the gateway is away; the charge stays “not yet asked” */
    }
}

/* Signatures are dated by the shop's clock: the next start knows it before its first request. */
static void
note_clock (WbDesk *self, WbConnection *channel, WbShop *shop)
{
  g_autoptr (GError) local = NULL;
  gint64             offset;

  if (shop != NULL && wb_shop_get_clock (shop, &offset) &&
      !wb_book_note_clock (self->book, wb_record_get_int (channel, WB_CONNECTION_ID), offset,
                           &local))
    g_info ("The clock of %s is not kept: %s", wb_record_get_text (channel, WB_CONNECTION_NAME),
            local->message);
}

static gboolean
read_channel (WbDesk        *self,
              WbConnection  *channel,
              WbSyncProgress progress,
              gpointer       data,
              WbSyncResult  *result,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (WbShop) shop = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char   *cursor = g_strdup (wb_record_get_text (channel, WB_CONNECTION_CURSOR));
  Sync               sync = { self, channel, progress, data, result };
  gboolean           ok, wrong;

  shop = wb_desk_open_shop (self, wb_record_get_int (channel, WB_CONNECTION_ID), &local);
  ok = shop != NULL && fetch_and_store (shop, cursor, &sync, cancellable, &local);
  note_clock (self, channel, shop);
  /* That somebody stopped it is nothing wrong with the channel. */
  wrong = !ok && !g_error_matches (local, WB_ERROR, WB_ERROR_CANCELLED);
  ok = wb_book_note_sync (self->book, wb_record_get_int (channel, WB_CONNECTION_ID), NULL,
                          ok ? wb_now () : 0, wrong ? local->message : NULL, ok ? error : NULL) &&
       ok;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return ok;
}

/* Reads what changed in the orders of one channel, and does nothing else. */
gboolean
wb_desk_sync_orders (WbDesk       *self,
                     gint64        channel_id,
                     WbSyncResult *result,
                     GCancellable *cancellable,
                     GError      **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, channel_id, error);

  if (channel == NULL)
    return FALSE;
  if (result->problems == NULL)
    result->problems = g_ptr_array_new_with_free_func (g_free);
  return read_channel (self, channel, NULL, NULL, result, cancellable, error);
}

/* What belongs to a sync once the orders are in: how their payments stand, once a day whether shop
 * and book agree, and the stock that is left told to the channel. A channel that cannot be told has
 * been read all the same. */
static void
follow_up (WbDesk *self, WbConnection *channel, WbSyncResult *result, GCancellable *cancellable)
{
  g_auto (WbPublishResult) published = { 0 };
  g_autoptr (GError)       local = NULL;

  read_payments (self, channel, cancellable);
  wb_desk_audit_daily (self, channel, result->problems, cancellable);
  if (!wb_channel_publishes (channel))
    return;
  if (!wb_desk_publish_stock (self, wb_record_get_int (channel, WB_CONNECTION_ID), &published,
                              cancellable, &local))
    g_ptr_array_add (result->problems, g_strdup (local->message));
  for (guint i = 0; published.problems != NULL && i < published.problems->len; i++)
    g_ptr_array_add (result->problems, g_strdup (published.problems->pdata[i]));
}

static gboolean
sync_channel (WbDesk        *self,
              WbConnection  *channel,
              WbSyncProgress progress,
              gpointer       data,
              WbSyncResult  *result,
              GCancellable  *cancellable,
              GError       **error)
{
  if (!read_channel (self, channel, progress, data, result, cancellable, error))
    return FALSE;
  follow_up (self, channel, result, cancellable);
  return TRUE;
}

/**
 * wb_desk_sync:
 * @channel_id: one channel, or 0 for all
 * @progress: (nullable): called for each page that is in the book, in this thread
 * @result: counts and rows that could not be read; clear with wb_sync_result_clear()
 *
 * Fetches what changed since the last time. One channel's failure does not stop the others; the
 * first error is reported.
 */
gboolean
wb_desk_sync (WbDesk        *self,
              gint64         channel_id,
              WbSyncProgress progress,
              gpointer       data,
              WbSyncResult  *result,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GPtrArray) channels = wb_book_list_connections (self->book, WB_KIND_SHOP, error);
  g_autoptr (GError)    first = NULL;

  if (channels == NULL)
    return FALSE;
  if (result->problems == NULL)
    result->problems = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < channels->len; i++)
    {
      gint64 id = wb_record_get_int (channels->pdata[i], WB_CONNECTION_ID);

      if ((channel_id != 0 && id != channel_id) ||
          !wb_record_get_bool (channels->pdata[i], WB_CONNECTION_ENABLED))
        continue;
      sync_channel (self, channels->pdata[i], progress, data, result, cancellable,
                    first == NULL ? &first : NULL);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
