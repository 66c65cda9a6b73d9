/* SPDX-License-Identifier: GPL-3.0-or-later
 * Import: an order as its shop tells it now into the book, idempotent; an edit shown as a
 * difference and told what it invalidates. */
#include "wb-desk-merge.h"
#include "wb-desk-private.h"
#include "wb-desk-stock.h"

#include "wb-file.h"

/* Fields that are ours, not the shop's: they outlive an import. */
static const guint kept[] = {
  WB_ORDER_ID,          WB_ORDER_HOLD_REASON,        WB_ORDER_SHIP_BY,
  WB_ORDER_CUSTOMER_ID, WB_ORDER_CHARGE_STATE,       WB_ORDER_AUTHORISED,
  WB_ORDER_CAPTURED,    WB_ORDER_CHARGE_REFUNDED,    WB_ORDER_CAPTURE_BEFORE,
  WB_ORDER_TRACKING,    WB_ORDER_ADDRESS_DOUBT,      WB_ORDER_TAGS,
  WB_ORDER_MARKED,      WB_ORDER_EDITED_AFTER_LABEL, WB_ORDER_WISHES,
  WB_ORDER_STOCK_SHORT,
};

static const guint kept_of_line[] = {
  WB_ORDER_LINE_ID,      WB_ORDER_LINE_ALLOCATED, WB_ORDER_LINE_PICKED,   WB_ORDER_LINE_PACKED,
  WB_ORDER_LINE_SHIPPED, WB_ORDER_LINE_RETURNED,  WB_ORDER_LINE_WEIGHT_G, WB_ORDER_LINE_PRODUCT_ID,
};

static void
keep (gpointer from, gpointer to, const guint *fields, guint n)
{
  for (guint i = 0; i < n; i++)
    if (wb_record_describe (from)->fields[fields[i]].kind == WB_FIELD_TEXT ||
        wb_record_describe (from)->fields[fields[i]].kind == WB_FIELD_JSON)
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

/* A shop may take pieces away, or refund them, that have left already; what has left is a fact, and
 * a refund after it cancels nothing. */
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

/* The line of @old_lines that @line is, by kind and the shop's own id; some kinds have none, so
 * each is found once. */
static gpointer
find_line (GPtrArray *old_lines, gpointer line, GPtrArray *lines, guint n_matched)
{
  for (guint i = 0; i < old_lines->len; i++)
    {
      gpointer was = old_lines->pdata[i];
      gboolean taken = FALSE;

      if (g_strcmp0 (wb_record_get_text (was, WB_ORDER_LINE_REMOTE_ID),
                     wb_record_get_text (line, WB_ORDER_LINE_REMOTE_ID)) != 0 ||
          g_strcmp0 (wb_record_get_text (was, WB_ORDER_LINE_KIND),
                     wb_record_get_text (line, WB_ORDER_LINE_KIND)) != 0)
        continue;
      for (guint k = 0; k < n_matched && !taken; k++)
        taken = wb_record_get_int (lines->pdata[k], WB_ORDER_LINE_ID) ==
                wb_record_get_int (was, WB_ORDER_LINE_ID);
      if (!taken)
        return was;
    }
  return NULL;
}

/* A line that the shop took away earlier and that a parcel holds stays in the book, cancelled and
 * worth nothing: it is not taken away anew with every sync. */
static void
keep_taken_away (GPtrArray *old_lines, WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < old_lines->len; i++)
    {
      gpointer was = old_lines->pdata[i];
      gint64   gone = wb_record_get_int (was, WB_ORDER_LINE_CANCELLED) +
                    wb_record_get_int (was, WB_ORDER_LINE_SHIPPED);
      gboolean there = FALSE;

      for (guint k = 0; k < lines->len && !there; k++)
        there = wb_record_get_int (lines->pdata[k], WB_ORDER_LINE_ID) ==
                wb_record_get_int (was, WB_ORDER_LINE_ID);
      if (!there && g_strcmp0 (wb_record_get_text (was, WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0 &&
          wb_record_get_int (was, WB_ORDER_LINE_TOTAL) == 0 &&
          wb_record_get_int (was, WB_ORDER_LINE_TAX) == 0 &&
          wb_record_get_int (was, WB_ORDER_LINE_QUANTITY) > 0 &&
          gone >= wb_record_get_int (was, WB_ORDER_LINE_QUANTITY))
        wb_record_add (order, WB_ORDER_LINES, wb_record_copy (was));
    }
}

static void
keep_what_is_ours (WbOrder *old, WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES),
            *old_lines = wb_record_get_many (old, WB_ORDER_LINES);
  GPtrArray *refunds = wb_record_get_many (order, WB_ORDER_REFUNDS),
            *old_refunds = wb_record_get_many (old, WB_ORDER_REFUNDS);

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
      gpointer was = find_by_text (old_refunds, WB_REFUND_REMOTE_ID,
                                   wb_record_get_text (refunds->pdata[i], WB_REFUND_REMOTE_ID));

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
      pieces += wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_QUANTITY) -
                wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_CANCELLED);
  wb_record_set_int (order, WB_ORDER_ITEM_COUNT, MAX (0, pieces));
}

static gboolean
insert_new (WbDesk *self, WbConnection *channel, WbOrder *order, GError **error)
{
  g_autoptr (GError)    local = NULL;
  g_autoptr (GPtrArray) rules = wb_book_list_rules (self->book, error);
  g_autofree char      *did = NULL;

  if (rules == NULL || !wb_desk_count_elsewhere (self, order, error))
    return FALSE;
  count_items (order);
  wb_rules_touch (rules, channel, order, &did);
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, wb_order_derive_charge (order, channel));
  wb_record_set_int (order, WB_ORDER_SHIP_BY, wb_order_derive_ship_by (order, channel));
  wb_record_set_int (order, WB_ORDER_CUSTOMER_ID,
                     wb_book_save_customer (self->book, order, &local));
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return wb_book_insert_order (self->book, order, error) &&
         wb_book_add_event (self->book, "order", wb_record_get_int (order, WB_ORDER_ID), "imported",
                            "sync", NULL, error) &&
         wb_rules_note (self->book, wb_record_get_int (order, WB_ORDER_ID), did, error);
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
      JsonNode *row = wb_json_make ("s:field", change->path, "s:before", change->before, "s:after",
                                    change->after, NULL);

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
    if (g_str_equal (wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE),
                     WB_SHIPMENT_LABELLED))
      return TRUE;
  return FALSE;
}

/*
 * The carrier knows the parcel as it was rated, with the old address: what is planned but not
 * bought is asked for anew when it is shipped. Returns: whether a purchase is under way, so that a
 * label of the old order may come of it.
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
        under_way |= wb_operation_is (operation, WB_OPERATION_SENDING) ||
                     wb_operation_is (operation, WB_OPERATION_UNSURE);
    }
  return under_way;
}

/* Whether an edit touches the parcel or the money. */
static gboolean
touches_parcel (GPtrArray *changes)
{
  guint flags = 0;

  for (guint i = 0; i < changes->len; i++)
    flags |= ((WbChange *) changes->pdata[i])->flags;
  return (flags & (WB_FIELD_PARCEL | WB_FIELD_CHARGE)) != 0;
}

/* Whether the label of the parcel that an order goes into with others is being bought just now:
 * the purchase is the lead's. */
static gboolean
is_bought_by_lead (WbDesk *self, gint64 order_id)
{
  g_autoptr (GArray)    ids = wb_book_list_merged (self->book, order_id, NULL);
  g_autoptr (GPtrArray) operations = NULL;

  if (ids == NULL || ids->len == 0)
    return FALSE;
  operations = wb_book_list_operations_of (self->book, g_array_index (ids, gint64, 0), 0, NULL);
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    if (g_str_equal (wb_record_get_text (operations->pdata[i], WB_OPERATION_KIND),
                     WB_OP_BUY_LABEL) &&
        (wb_operation_is (operations->pdata[i], WB_OPERATION_SENDING) ||
         wb_operation_is (operations->pdata[i], WB_OPERATION_UNSURE)))
      return TRUE;
  return FALSE;
}

/* An order that the shop has changed, cancelled or held ships with no other before a person has
 * looked; once its label may have been bought, it goes as it is. */
static gboolean
leave_others (WbDesk *self, WbOrder *order, GPtrArray *changes, GError **error)
{
  const char *stage = wb_record_get_text (order, WB_ORDER_STAGE);
  gboolean    ready = g_str_equal (stage, WB_STAGE_READY) || g_str_equal (stage, WB_STAGE_PARTIAL);

  if (ready && !touches_parcel (changes))
    return TRUE;
  return wb_merge_leave (self, wb_record_get_int (order, WB_ORDER_ID),
                         g_str_equal (stage, WB_STAGE_CANCELLED) ? "unmerged-cancelled"
                         : g_str_equal (stage, WB_STAGE_HOLD)    ? "unmerged-held"
                                                                 : "unmerged-edited",
                         error);
}

/* An edit that touches the parcel or the money after a label was bought must be seen by a person,
 * unless all has left. */
static void
flag_edit (WbDesk *self, WbOrder *old, WbOrder *order, GPtrArray *changes)
{
  if (!touches_parcel (changes) ||
      g_str_equal (wb_record_get_text (old, WB_ORDER_STAGE), WB_STAGE_SHIPPED))
    return;
  if (withdraw_rates (self, wb_record_get_int (old, WB_ORDER_ID)) ||
      is_bought_by_lead (self, wb_record_get_int (old, WB_ORDER_ID)) ||
      has_open_label (self, wb_record_get_int (old, WB_ORDER_ID)))
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
update_known (WbDesk       *self,
              WbConnection *channel,
              WbOrder      *old,
              WbOrder      *order,
              gboolean     *changed,
              GError      **error)
{
  g_autoptr (GPtrArray) changes = NULL, rules = NULL;
  g_autoptr (JsonNode)  detail = NULL;
  g_autofree char      *did = NULL;
  const char           *charge;

  keep_what_is_ours (old, order);
  if (!wb_desk_count_elsewhere (self, order, error))
    return FALSE;
  count_items (order);
  changes = wb_record_diff (old, order);
  if (changes->len > 0)
    {
      if ((rules = wb_book_list_rules (self->book, error)) == NULL)
        return FALSE;
      wb_rules_touch (rules, channel, order, &did);
    }
  *changed = changes->len > 0;
  wb_record_set_text (order, WB_ORDER_STAGE, wb_order_derive_stage (order));
  charge = wb_order_derive_charge (order, channel);
  if (!g_str_equal (charge, WB_CHARGE_UNKNOWN))
    wb_record_set_text (order, WB_ORDER_CHARGE_STATE, charge);
  if (changes->len == 0)
    return wb_book_update_order_head (self->book, order, error) &&
           leave_others (self, order, changes, error);
  flag_edit (self, old, order, changes);
  if (address_changed (changes))
    wb_record_set_text (order, WB_ORDER_ADDRESS_DOUBT, NULL);
  detail = changes_to_json (changes);
  return wb_book_update_order (self->book, order, error) &&
         wb_book_add_event (self->book, "order", wb_record_get_int (order, WB_ORDER_ID), "edited",
                            "sync", detail, error) &&
         wb_rules_note (self->book, wb_record_get_int (order, WB_ORDER_ID), did, error) &&
         leave_others (self, order, changes, error);
}

/* The same words mean something else once the merchant has explained a status. */
static gboolean
is_unchanged (WbOrder *old, WbOrder *order, GBytes *raw)
{
  g_autofree char *hash = NULL;

  if (raw == NULL || g_strcmp0 (wb_record_get_text (old, WB_ORDER_SHOP_STATE),
                                wb_record_get_text (order, WB_ORDER_SHOP_STATE)) != 0)
    return FALSE;
  hash = wb_bytes_hash (raw);
  return g_strcmp0 (hash, wb_record_get_text (old, WB_ORDER_RAW_HASH)) == 0;
}

/* Puts one order of @channel into the book, inside a transaction of the caller. */
gboolean
wb_desk_import_one (WbDesk       *self,
                    WbConnection *channel,
                    WbOrder      *order,
                    GBytes       *raw,
                    WbSyncResult *result,
                    GError      **error)
{
  g_autoptr (GError)  local = NULL;
  g_autoptr (WbOrder) old = NULL;
  gboolean            changed = TRUE;

  result->read++;
  wb_record_set_int (order, WB_ORDER_CHANNEL_ID, wb_record_get_int (channel, WB_CONNECTION_ID));
  old = wb_book_find_order (self->book, wb_record_get_int (channel, WB_CONNECTION_ID),
                            wb_record_get_text (order, WB_ORDER_REMOTE_ID), &local);
  if (old == NULL && !g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (old != NULL && is_unchanged (old, order, raw))
    {
      result->unchanged++;
      return TRUE;
    }
  if (raw != NULL)
    {
      g_autofree char *hash = wb_book_put_document (self->book, raw, "application/json", error);

      if (hash == NULL)
        return FALSE;
      wb_record_set_text (order, WB_ORDER_RAW_HASH, hash);
    }
  if (old == NULL ? !insert_new (self, channel, order, error)
                  : !update_known (self, channel, old, order, &changed, error))
    return FALSE;
  *(old == NULL ? &result->added : changed ? &result->changed : &result->unchanged) += 1;
  return wb_desk_note_stock (self->book, wb_record_get_int (order, WB_ORDER_ID), "sync", error);
}

/**
 * wb_desk_import_order:
 * @order: as its shop module made it; its channel_id says whose it is
 * @raw: (nullable): its JSON as received, kept for the look-up when something is wrong
 *
 * Puts one order into the book: new, or the known one of the same (channel, remote id) brought up
 * to date with its differences kept as an event. Doing it twice changes nothing.
 */
gboolean
wb_desk_import_order (
    WbDesk *self, WbOrder *order, GBytes *raw, WbSyncResult *result, GError **error)
{
  g_autoptr (WbConnection) channel =
      wb_book_get_connection (self->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), error);

  if (channel == NULL || !wb_book_begin (self->book, error))
    return FALSE;
  if (wb_desk_import_one (self, channel, order, raw, result, error) &&
      wb_desk_serve_stock (self->book, 0, "sync", error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}
