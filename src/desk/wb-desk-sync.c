/* SPDX-License-Identifier: GPL-3.0-or-later
 * Sync: orders from the shops into the book, idempotent; edits shown as differences; payments read at their gateways. */
#include "wb-desk-private.h"

#include "wb-file.h"

#define PAYMENTS_A_SYNC 200 /* read at a gateway after one sync; the rest follows with the next */

/** wb_sync_result_clear: frees what @result holds. */
void
wb_sync_result_clear (WbSyncResult *result)
{
  g_clear_pointer (&result->problems, g_ptr_array_unref);
}

/* Fields that are ours, not the shop's: they outlive an import. */
static const guint kept[] = {
  WB_ORDER_ID,       WB_ORDER_HOLD_REASON,    WB_ORDER_SHIP_BY,        WB_ORDER_CUSTOMER_ID,   WB_ORDER_CHARGE_STATE,
  WB_ORDER_AUTHORISED, WB_ORDER_CAPTURED,     WB_ORDER_CHARGE_REFUNDED, WB_ORDER_CAPTURE_BEFORE, WB_ORDER_TRACKING,
  WB_ORDER_ADDRESS_DOUBT,
  WB_ORDER_TAGS,       WB_ORDER_MARKED,       WB_ORDER_EDITED_AFTER_LABEL,
};

static const guint kept_of_line[] = {
  WB_ORDER_LINE_ID,     WB_ORDER_LINE_ALLOCATED, WB_ORDER_LINE_PICKED,   WB_ORDER_LINE_PACKED,
  WB_ORDER_LINE_SHIPPED, WB_ORDER_LINE_RETURNED, WB_ORDER_LINE_WEIGHT_G,
};

static void
keep (gpointer from, gpointer to, const guint *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    if (wb_record_describe (from)->fields[fields[i]].kind == WB_FIELD_TEXT)
      wb_record_set_text (to, fields[i], wb_record_get_text (from, fields[i]));
    else
      wb_record_set_int (to, fields[i], wb_record_get_int (from, fields[i]));
}

static gpointer
find_by_text (GPtrArray *records, guint field, const char *text)
{
  for (guint i = 0; i < records->len; i++)
    if (g_strcmp0 (wb_record_get_text (records->pdata[i], field), text) == 0)
      return records->pdata[i];
  return NULL;
}

static void
keep_address_id (WbOrder *old, WbOrder *order, guint field)
{
  gpointer from = wb_record_get_one (old, field), to = wb_record_get_one (order, field);

  if (from != NULL && to != NULL)
    wb_record_set_int (to, WB_ADDRESS_ID, wb_record_get_int (from, WB_ADDRESS_ID));
}

/* A shop may take pieces away, or refund them, that have left already; what has left is a fact, and a refund after it cancels nothing. */
static void
respect_shipped (WbOrderLine *line)
{
  gint64 shipped = wb_record_get_int (line, WB_ORDER_LINE_SHIPPED);
  gint64 quantity = wb_record_get_int (line, WB_ORDER_LINE_QUANTITY);

  if (shipped > quantity)
    wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, shipped);
  quantity = MAX (quantity, shipped);
  if (wb_record_get_int (line, WB_ORDER_LINE_CANCELLED) > quantity - shipped)
    wb_record_set_int (line, WB_ORDER_LINE_CANCELLED, quantity - shipped);
}

/* The line of @old_lines that @line is, by kind and the shop's own id; some kinds have none, so each is found once. */
static gpointer
find_line (GPtrArray *old_lines, gpointer line, GPtrArray *lines, guint n_matched)
{
  for (guint i = 0; i < old_lines->len; i++)
    {
      gpointer was = old_lines->pdata[i];
      gboolean taken = FALSE;

      if (g_strcmp0 (wb_record_get_text (was, WB_ORDER_LINE_REMOTE_ID), wb_record_get_text (line, WB_ORDER_LINE_REMOTE_ID)) != 0
          || g_strcmp0 (wb_record_get_text (was, WB_ORDER_LINE_KIND), wb_record_get_text (line, WB_ORDER_LINE_KIND)) != 0)
        continue;
      for (guint k = 0; k < n_matched && !taken; k++)
        taken = wb_record_get_int (lines->pdata[k], WB_ORDER_LINE_ID) == wb_record_get_int (was, WB_ORDER_LINE_ID);
      if (!taken)
        return was;
    }
  return NULL;
}

/* A line that the shop took away earlier and that a parcel holds stays in the book, cancelled and worth nothing: it is not taken away anew
 * with every sync. */
static void
keep_taken_away (GPtrArray *old_lines, WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < old_lines->len; i++)
    {
      gpointer was = old_lines->pdata[i];
      gint64   gone = wb_record_get_int (was, WB_ORDER_LINE_CANCELLED) + wb_record_get_int (was, WB_ORDER_LINE_SHIPPED);
      gboolean there = FALSE;

      for (guint k = 0; k < lines->len && !there; k++)
        there = wb_record_get_int (lines->pdata[k], WB_ORDER_LINE_ID) == wb_record_get_int (was, WB_ORDER_LINE_ID);
      if (!there && g_strcmp0 (wb_record_get_text (was, WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0 && wb_record_get_int (was, WB_ORDER_LINE_TOTAL) == 0
          && wb_record_get_int (was, WB_ORDER_LINE_TAX) == 0 && wb_record_get_int (was, WB_ORDER_LINE_QUANTITY) > 0
          && gone >= wb_record_get_int (was, WB_ORDER_LINE_QUANTITY))
        wb_record_add (order, WB_ORDER_LINES, wb_record_copy (was));
    }
}

static void
keep_what_is_ours (WbOrder *old, WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES), *old_lines = wb_record_get_many (old, WB_ORDER_LINES);
  GPtrArray *refunds = wb_record_get_many (order, WB_ORDER_REFUNDS), *old_refunds = wb_record_get_many (old, WB_ORDER_REFUNDS);

  keep (old, order, kept, G_N_ELEMENTS (kept));
  keep_address_id (old, order, WB_ORDER_SHIP_TO);
  keep_address_id (old, order, WB_ORDER_BILL_TO);
  for (guint i = 0; i < lines->len; i++)
    {
      gpointer was = find_line (old_lines, lines->pdata[i], lines, i);

      if (was != NULL)
        keep (was, lines->pdata[i], kept_of_line, G_N_ELEMENTS (kept_of_line));
      respect_shipped (lines->pdata[i]);
    }
  keep_taken_away (old_lines, order);
  for (guint i = 0; i < refunds->len; i++)
    {
      gpointer was = find_by_text (old_refunds, WB_REFUND_REMOTE_ID, wb_record_get_text (refunds->pdata[i], WB_REFUND_REMOTE_ID));

      if (was != NULL)
        wb_record_set_int (refunds->pdata[i], WB_REFUND_ID, wb_record_get_int (was, WB_REFUND_ID));
    }
}

static void
count_items (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     pieces = 0;

  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0)
      pieces += wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_QUANTITY) - wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_CANCELLED);
  wb_record_set_int (order, WB_ORDER_ITEM_COUNT, MAX (0, pieces));
}

static gboolean
insert_new (WbDesk *self, WbConnection *channel, WbOrder *order, GError **error)
{
  g_autoptr (GError) local = NULL;

  count_items (order);
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, wb_order_derive_charge (order, channel));
  wb_record_set_int (order, WB_ORDER_SHIP_BY, wb_order_derive_ship_by (order, channel));
  wb_record_set_int (order, WB_ORDER_CUSTOMER_ID, wb_book_save_customer (self->book, order, &local));
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return wb_book_insert_order (self->book, order, error)
         && wb_book_add_event (self->book, "order", wb_record_get_int (order, WB_ORDER_ID), "imported", "sync", NULL, error);
}

static JsonNode *
changes_to_json (GPtrArray *changes)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "changes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++)
    {
      const WbChange *change = changes->pdata[i];
      JsonNode       *row = wb_json_make ("s:field", change->path, "s:before", change->before, "s:after", change->after, NULL);

      json_builder_add_value (builder, row);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* Whether a label was bought for a parcel that has not left yet. */
static gboolean
has_open_label (WbDesk *self, gint64 order_id)
{
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (self->book, order_id, NULL);

  for (guint i = 0; shipments != NULL && i < shipments->len; i++)
    if (g_str_equal (wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE), WB_SHIPMENT_LABELLED))
      return TRUE;
  return FALSE;
}

/*
 * The carrier knows the parcel as it was rated, with the old address: what is planned but not bought is asked for anew when it is shipped.
 * Returns: whether a purchase is under way, so that a label of the old order may come of it.
 */
static gboolean
withdraw_rates (WbDesk *self, gint64 order_id)
{
  g_autoptr (GPtrArray) operations = wb_book_list_operations_of (self->book, order_id, 0, NULL);
  gboolean              under_way = FALSE;

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      gpointer operation = operations->pdata[i];

      if (!g_str_equal (wb_record_get_text (operation, WB_OPERATION_KIND), WB_OP_BUY_LABEL))
        continue;
      if (wb_operation_is (operation, WB_OPERATION_PLANNED))
        wb_journal_abandon (self->journal, operation, "sync", WB_RATE_WITHDRAWN, NULL);
      else
        under_way |= wb_operation_is (operation, WB_OPERATION_SENDING) || wb_operation_is (operation, WB_OPERATION_UNSURE);
    }
  return under_way;
}

/* An edit that touches the parcel or the money after a label was bought must be seen by a person, unless all has left. */
static void
flag_edit (WbDesk *self, WbOrder *old, WbOrder *order, GPtrArray *changes)
{
  guint flags = 0;

  for (guint i = 0; i < changes->len; i++)
    flags |= ((WbChange *) changes->pdata[i])->flags;
  if (!(flags & (WB_FIELD_PARCEL | WB_FIELD_CHARGE)) || g_str_equal (wb_record_get_text (old, WB_ORDER_STAGE), WB_STAGE_SHIPPED))
    return;
  if (withdraw_rates (self, wb_record_get_int (old, WB_ORDER_ID)) || has_open_label (self, wb_record_get_int (old, WB_ORDER_ID)))
    wb_record_set_bool (order, WB_ORDER_EDITED_AFTER_LABEL, TRUE);
}

static gboolean
address_changed (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (g_str_has_prefix (((WbChange *) changes->pdata[i])->path, "ship_to"))
      return TRUE;
  return FALSE;
}

static gboolean
update_known (WbDesk *self, WbConnection *channel, WbOrder *old, WbOrder *order, gboolean *changed, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (JsonNode)  detail = NULL;
  const char           *charge;

  keep_what_is_ours (old, order);
  count_items (order);
  changes = wb_record_diff (old, order);
  *changed = changes->len > 0;
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
  charge = wb_order_derive_charge (order, channel);
  if (!g_str_equal (charge, WB_CHARGE_UNKNOWN))
    wb_record_set_text (order, WB_ORDER_CHARGE_STATE, charge);
  if (changes->len == 0)
    return wb_book_update_order_head (self->book, order, error);
  flag_edit (self, old, order, changes);
  if (address_changed (changes))
    wb_record_set_text (order, WB_ORDER_ADDRESS_DOUBT, NULL);
  detail = changes_to_json (changes);
  return wb_book_update_order (self->book, order, error)
         && wb_book_add_event (self->book, "order", wb_record_get_int (order, WB_ORDER_ID), "edited", "sync", detail, error);
}

static gboolean
import_one (WbDesk *self, WbConnection *channel, WbOrder *order, GBytes *raw, WbSyncResult *result, GError **error)
{
  g_autoptr (GError)  local = NULL;
  g_autoptr (WbOrder) old = NULL;
  g_autofree char    *hash = raw != NULL ? wb_bytes_hash (raw) : NULL;
  gboolean            changed = TRUE;

  result->read++;
  wb_record_set_int (order, WB_ORDER_CHANNEL_ID, wb_record_get_int (channel, WB_CONNECTION_ID));
  old = wb_book_find_order (self->book, wb_record_get_int (channel, WB_CONNECTION_ID), wb_record_get_text (order, WB_ORDER_REMOTE_ID), &local);
  if (old == NULL && !g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (old != NULL && hash != NULL && g_strcmp0 (hash, wb_record_get_text (old, WB_ORDER_RAW_HASH)) == 0)
    {
      result->unchanged++;
      return TRUE;
    }
  if (raw != NULL)
    {
      g_free (hash);
      if ((hash = wb_book_put_document (self->book, raw, "application/json", error)) == NULL)
        return FALSE;
      wb_record_set_text (order, WB_ORDER_RAW_HASH, hash);
    }
  if (old == NULL)
    {
      result->added++;
      return insert_new (self, channel, order, error);
    }
  if (!update_known (self, channel, old, order, &changed, error))
    return FALSE;
  *(changed ? &result->changed : &result->unchanged) += 1;
  return TRUE;
}

/**
 * wb_desk_import_order:
 * @order: as its shop module made it; its channel_id says whose it is
 * @raw: (nullable): its JSON as received, kept for the look-up when something is wrong
 *
 * Puts one order into the book: new, or the known one of the same (channel, remote id) brought up to date with its
 * differences kept as an event. Doing it twice changes nothing.
 */
gboolean
wb_desk_import_order (WbDesk *self, WbOrder *order, GBytes *raw, WbSyncResult *result, GError **error)
{
  g_autoptr (WbConnection) channel = wb_book_get_connection (self->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), error);

  if (channel == NULL || !wb_book_begin (self->book, error))
    return FALSE;
  if (import_one (self, channel, order, raw, result, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
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
store_page (GPtrArray *orders, GPtrArray *raws, GPtrArray *problems, const char *cursor, gint64 done, gint64 total, gpointer data, GError **error)
{
  Sync     *sync = data;
  gboolean  ok = wb_book_begin (sync->desk->book, error);
  guint     i;

  if (!ok)
    return FALSE;
  for (i = 0; ok && i < orders->len; i++)
    ok = import_one (sync->desk, sync->channel, orders->pdata[i], raws != NULL && i < raws->len ? raws->pdata[i] : NULL, sync->result, error);
  if (ok && cursor != NULL && wb_record_set_text (sync->channel, WB_CONNECTION_CURSOR, cursor))
    ok = wb_book_note_sync (sync->desk->book, wb_record_get_int (sync->channel, WB_CONNECTION_ID), cursor, 0, NULL, error);
  if (!ok)
    {
      wb_book_rollback (sync->desk->book);
      return FALSE;
    }
  for (i = 0; problems != NULL && i < problems->len; i++)
    g_ptr_array_add (sync->result->problems, g_strdup (problems->pdata[i]));
  if (sync->progress != NULL)
    sync->progress (wb_record_get_text (sync->channel, WB_CONNECTION_NAME), done, total, sync->data);
  return wb_book_commit (sync->desk->book, error);
}

static void
read_payments (WbDesk *self, WbConnection *channel, GCancellable *cancellable)
{
  static const char *const stages[] = { WB_STAGE_READY, WB_STAGE_PARTIAL, NULL };
  WbOrderQuery             query = { .stages = stages, .sort = "placed_at", .ascending = TRUE };
  g_autoptr (GArray)       ids = wb_book_list_order_ids (self->book, &query, NULL);
  guint                    asked = 0;

  for (guint i = 0; ids != NULL && i < ids->len && asked < PAYMENTS_A_SYNC && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_autoptr (GError)    local = NULL;
      g_autoptr (GPtrArray) heads = wb_book_list_order_heads (self->book, &g_array_index (ids, gint64, i), 1, NULL);

      if (heads == NULL || heads->len == 0 || wb_record_get_int (heads->pdata[0], WB_ORDER_CHANNEL_ID) != wb_record_get_int (channel, WB_CONNECTION_ID)
          || g_strcmp0 (wb_record_get_text (heads->pdata[0], WB_ORDER_CHARGE_STATE), WB_CHARGE_UNKNOWN) != 0)
        continue;
      asked++;
      wb_desk_refresh_payment (self, g_array_index (ids, gint64, i), cancellable, &local);
      if (g_error_matches (local, WB_ERROR, WB_ERROR_UNAVAILABLE) || g_error_matches (local, WB_ERROR, WB_ERROR_AUTH))
        break; /* the gateway is away; the charge stays “not yet asked” */
    }
}

static gboolean
sync_channel (WbDesk *self, WbConnection *channel, WbSyncProgress progress, gpointer data, WbSyncResult *result, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (WbShop) shop = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char   *cursor = g_strdup (wb_record_get_text (channel, WB_CONNECTION_CURSOR));
  Sync               sync = { self, channel, progress, data, result };
  gboolean           ok;

  shop = wb_desk_open_shop (self, wb_record_get_int (channel, WB_CONNECTION_ID), &local);
  ok = shop != NULL && wb_shop_fetch_orders (shop, cursor, store_page, &sync, cancellable, &local);
  ok = wb_book_note_sync (self->book, wb_record_get_int (channel, WB_CONNECTION_ID), NULL, ok ? wb_now () : 0, ok ? NULL : local->message, ok ? error : NULL) && ok;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  if (ok)
    read_payments (self, channel, cancellable);
  return ok;
}

/**
 * wb_desk_sync:
 * @channel_id: one channel, or 0 for all
 * @progress: (nullable): called after each page, in this thread
 * @result: counts and rows that could not be read; clear with wb_sync_result_clear()
 *
 * Fetches what changed since the last time. One channel's failure does not stop the others; the first error is reported.
 */
gboolean
wb_desk_sync (WbDesk *self, gint64 channel_id, WbSyncProgress progress, gpointer data, WbSyncResult *result, GCancellable *cancellable, GError **error)
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

      if ((channel_id != 0 && id != channel_id) || !wb_record_get_bool (channels->pdata[i], WB_CONNECTION_ENABLED))
        continue;
      sync_channel (self, channels->pdata[i], progress, data, result, cancellable, first == NULL ? &first : NULL);
    }
  if (first == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/*
 * Changes the order as the book has it now, and @order, which was read before somebody was asked over the network, in the same way: writing
 * @order itself would bring back what a person or a sync has changed meanwhile (a hold, above all).
 */
gboolean
wb_desk_change_order (WbDesk *self, WbOrder *order, void (*change) (WbOrder *order, gpointer data), gpointer data, GError **error)
{
  g_autoptr (WbOrder) now = NULL;

  if (!wb_book_begin (self->book, error))
    return FALSE;
  now = wb_book_get_order (self->book, wb_record_get_int (order, WB_ORDER_ID), error);
  if (now != NULL)
    change (now, data);
  if (now == NULL || !wb_book_update_order_head (self->book, now, error))
    {
      wb_book_rollback (self->book);
      return FALSE;
    }
  change (order, data);
  return wb_book_commit (self->book, error);
}

static void
take_for_paid (WbOrder *order, gpointer data)
{
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, WB_CHARGE_PAID);
}

/* A shop may take money by several ways: what our gateway does not know but the shop has as paid went another one. An order that
 * is only authorised is never taken for paid. */
static gboolean
paid_elsewhere (WbDesk *self, WbOrder *order, const GError *why, GError **error)
{
  if (!g_error_matches (why, WB_ERROR, WB_ERROR_NOT_FOUND) || wb_record_get_int (order, WB_ORDER_PAID_AT) == 0)
    return FALSE;
  if (g_strcmp0 (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), WB_CHARGE_PAID) != 0)
    wb_desk_change_order (self, order, take_for_paid, NULL, error);
  return TRUE;
}

/* Reads the order's payment at the gateway of its channel. NULL without error: nothing there is captured by us. */
WbPayment *
wb_desk_read_payment (WbDesk *self, WbOrder *order, WbConnection *channel, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbGateway) gateway = NULL;
  g_autoptr (GError)    local = NULL;
  WbPayment            *payment;
  const char           *ref = wb_record_get_text (order, WB_ORDER_PAYMENT_REF);

  if (ref == NULL || g_strcmp0 (wb_record_get_text (channel, WB_CONNECTION_CAPTURER), WB_CAPTURER_GATEWAY) != 0
      || wb_record_get_int (order, WB_ORDER_TOTAL) <= 0)
    return NULL;
  gateway = wb_desk_open_gateway (self, wb_record_get_int (channel, WB_CONNECTION_GATEWAY_ID), error);
  if (gateway == NULL)
    return NULL;
  payment = wb_gateway_read_payment (gateway, ref, cancellable, &local);
  if (payment == NULL)
    {
      if (!paid_elsewhere (self, order, local, error))
        g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  wb_record_set_int (payment, WB_PAYMENT_ORDER_ID, wb_record_get_int (order, WB_ORDER_ID));
  wb_record_set_int (payment, WB_PAYMENT_GATEWAY_ID, wb_record_get_int (channel, WB_CONNECTION_GATEWAY_ID));
  wb_record_set_int (payment, WB_PAYMENT_READ_AT, wb_now ());
  return payment;
}

static gboolean
note_fee (WbDesk *self, WbOrder *order, WbPayment *payment, GError **error)
{
  g_autoptr (WbEntry) fee = wb_entry_new ();

  if (!wb_record_get_bool (payment, WB_PAYMENT_FEE_KNOWN) || wb_record_get_text (payment, WB_PAYMENT_FEE_REF) == NULL)
    return TRUE;
  wb_record_set_int (fee, WB_ENTRY_AT, wb_now ());
  wb_record_set_int (fee, WB_ENTRY_ORDER_ID, wb_record_get_int (order, WB_ORDER_ID));
  wb_record_set_text (fee, WB_ENTRY_KIND, WB_ENTRY_FEE);
  wb_record_set_text (fee, WB_ENTRY_SOURCE, "gateway");
  wb_record_set_text (fee, WB_ENTRY_SOURCE_REF, wb_record_get_text (payment, WB_PAYMENT_FEE_REF));
  wb_record_set_text (fee, WB_ENTRY_CURRENCY, wb_record_get_text (payment, WB_PAYMENT_SETTLE_CURRENCY));
  wb_record_set_int (fee, WB_ENTRY_AMOUNT, -wb_record_get_int (payment, WB_PAYMENT_FEE));
  return wb_book_add_entry (self->book, fee, NULL, error);
}

static void
take_payment (WbOrder *order, gpointer payment)
{
  wb_order_take_payment (order, payment);
}

/* Keeps what the gateway said: the payment, the order's head, the fee once it is known. */
gboolean
wb_desk_note_payment (WbDesk *self, WbOrder *order, WbPayment *payment, GError **error)
{
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (wb_book_save_payment (self->book, payment, error) && wb_desk_change_order (self, order, take_payment, payment, error)
      && note_fee (self, order, payment, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/** wb_desk_refresh_payment: reads an order's payment at its gateway now; nothing happens when we do not capture for its channel. */
gboolean
wb_desk_refresh_payment (WbDesk *self, gint64 order_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOrder)      order = wb_book_get_order (self->book, order_id, error);
  g_autoptr (WbConnection) channel = NULL;
  g_autoptr (WbPayment)    payment = NULL;
  g_autoptr (GError)       local = NULL;

  channel = order != NULL ? wb_book_get_connection (self->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), error) : NULL;
  if (channel == NULL)
    return FALSE;
  payment = wb_desk_read_payment (self, order, channel, cancellable, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return payment == NULL || wb_desk_note_payment (self, order, payment, error);
}

static gboolean
set_hold (WbDesk *self, gint64 order_id, const char *reason, GError **error)
{
  g_autoptr (WbOrder)  order = NULL;
  g_autoptr (JsonNode) detail = wb_json_make ("s:reason", reason, NULL);

  if (!wb_book_begin (self->book, error))
    return FALSE;
  if ((order = wb_book_get_order (self->book, order_id, error)) == NULL)
    {
      wb_book_rollback (self->book);
      return FALSE;
    }
  wb_record_set_text (order, WB_ORDER_HOLD_REASON, reason);
  if (reason == NULL)
    wb_record_set_bool (order, WB_ORDER_EDITED_AFTER_LABEL, FALSE);
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
  if (wb_book_update_order_head (self->book, order, error)
      && wb_book_add_event (self->book, "order", order_id, reason != NULL ? "held" : "released", self->actor, detail, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/** wb_desk_hold: nobody ships the order until it is released; @reason for people. */
gboolean
wb_desk_hold (WbDesk *self, gint64 order_id, const char *reason, GError **error)
{
  return set_hold (self, order_id, reason, error);
}

/** wb_desk_release: ends a hold; an edit after the label counts as seen. */
gboolean
wb_desk_release (WbDesk *self, gint64 order_id, GError **error)
{
  return set_hold (self, order_id, NULL, error);
}
