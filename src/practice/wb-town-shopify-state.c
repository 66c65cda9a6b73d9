/* SPDX-License-Identifier: GPL-3.0-or-later
 * What was done to practice orders through Shopify's API, and how their pieces stand. */
#include "wb-town-shopify.h"

#include <string.h>

#include "wb-town-goods.h"

/* ---- what only Shopify knows ---- */

static void
hold_free (gpointer data)
{
  WbTownShopifyHold *hold = data;

  g_free (hold->reason);
  g_free (hold->notes);
  g_free (hold->handle);
  g_free (hold);
}

static void
parcel_free (gpointer data)
{
  WbTownShopifyParcel *parcel = data;

  g_free (parcel->company);
  g_free (parcel->number);
  g_free (parcel->url);
  g_array_unref (parcel->pieces);
  g_free (parcel);
}

static void
refund_free (gpointer data)
{
  WbTownShopifyRefund *refund = data;

  g_free (refund->note);
  g_free (refund);
}

static void
overlay_free (gpointer data)
{
  WbTownShopifyOrder *own = data;

  g_free (own->note);
  g_free (own->source);
  g_ptr_array_unref (own->holds);
  g_ptr_array_unref (own->parcels);
  g_ptr_array_unref (own->moneys);
  g_ptr_array_unref (own->refunds);
  g_hash_table_unref (own->removed);
  g_free (own);
}

/** wb_town_shopify_new: a shop nobody has touched through this API. */
WbTownShopify *
wb_town_shopify_new (WbTown *town)
{
  WbTownShopify *self = g_new0 (WbTownShopify, 1);

  self->orders = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, overlay_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->stock = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->edits = wb_town_shopify_edits_new ();
  self->extras = g_ptr_array_new_with_free_func (wb_town_shopify_extra_free);
  self->next_id = 900000;
  self->maximum = self->available = 2000;
  self->restore_rate = 100;
  self->refilled = g_get_monotonic_time ();
  self->bulk = TRUE;
  self->bulk_file = g_string_new (NULL);
  self->scopes =
      g_strdup ("read_all_orders write_orders write_order_edits "
                "write_merchant_managed_fulfillment_orders write_products write_inventory "
                "write_locations write_returns write_customers "
                "read_shopify_payments_payouts");
  return self;
}

/** wb_town_shopify_free: frees @self. */
void
wb_town_shopify_free (WbTownShopify *self)
{
  g_hash_table_unref (self->orders);
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->stock);
  g_hash_table_unref (self->edits);
  g_ptr_array_unref (self->extras);
  g_free (self->settles);
  g_string_free (self->bulk_file, TRUE);
  g_free (self->scopes);
  g_free (self->record);
  g_free (self);
}

/* Some orders come with a hold: the shop fears fraud. */
static void
make_holds (WbTownShopifyOrder *own)
{
  WbTownShopifyHold *hold;

  if ((own->id - WB_TOWN_FIRST_ORDER) / WB_TOWN_ORDER_STEP % 11 != 5)
    return;
  hold = g_new0 (WbTownShopifyHold, 1);
  hold->id = own->id * 10 + 9;
  hold->reason = g_strdup ("HIGH_RISK_OF_FRAUD");
  hold->notes = g_strdup ("Call the customer first");
  g_ptr_array_add (own->holds, hold);
}

/** wb_town_shopify_overlay: Returns: (transfer none): what was done to the order here; made at the
 * first look. */
WbTownShopifyOrder *
wb_town_shopify_overlay (WbTown *town, gint64 id)
{
  WbTownShopifyOrder *own = g_hash_table_lookup (town->shopify->orders, &id);

  if (own != NULL)
    return own;
  own = g_new0 (WbTownShopifyOrder, 1);
  own->id = id;
  own->holds = g_ptr_array_new_with_free_func (hold_free);
  own->parcels = g_ptr_array_new_with_free_func (parcel_free);
  own->moneys = g_ptr_array_new_with_free_func (g_free);
  own->refunds = g_ptr_array_new_with_free_func (refund_free);
  own->removed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_hash_table_insert (town->shopify->orders, g_memdup2 (&id, sizeof id), own);
  make_holds (own);
  return own;
}

/** wb_town_shopify_updated: when the order last changed, here or there. */
WbInstant
wb_town_shopify_updated (WbTown *town, const WbTownOrder *order)
{
  gint64              id = order->id;
  WbTownShopifyOrder *own = g_hash_table_lookup (town->shopify->orders, &id);

  return own != NULL ? MAX (own->updated, order->modified) : order->modified;
}

/** wb_town_shopify_listed: whether Shopify would have it at all: no drafts. */
gboolean
wb_town_shopify_listed (const WbTownOrder *order)
{
  return order != NULL && !g_str_equal (order->status, "checkout-draft") &&
         !g_str_equal (order->status, "auto-draft") && !g_str_equal (order->status, "trash");
}

/* ---- pieces ---- */

/** wb_town_shopify_sent: pieces of the line that are in parcels. */
gint64
wb_town_shopify_sent (WbTown *town, WbTownOrder *order, gint64 line)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);
  gint64              sum = 0;

  for (guint i = 0; i < own->parcels->len; i++)
    {
      const WbTownShopifyParcel *parcel = own->parcels->pdata[i];

      for (guint k = 0; k < parcel->pieces->len; k++)
        if (g_array_index (parcel->pieces, WbTownShopifyPieces, k).line == line)
          sum += g_array_index (parcel->pieces, WbTownShopifyPieces, k).quantity;
    }
  return sum;
}

/** wb_town_shopify_virtual: whether nothing of the line is ever sent. */
gboolean
wb_town_shopify_virtual (const WbTownItem *line)
{
  const WbTownGood *good =
      wb_town_good (line->variation_id != 0 ? line->variation_id : line->product_id);

  return good != NULL && good->virtual_good;
}

/** wb_town_shopify_never: pieces of @line that will never be fulfilled. */
gint64
wb_town_shopify_never (WbTown *town, WbTownOrder *order, const WbTownItem *line)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);
  gint64              id = line->id;
  gint64              never = line->quantity - wb_town_shop_item_quantity_left (order, line);

  never += (gint64) GPOINTER_TO_SIZE (g_hash_table_lookup (own->removed, &id));
  if (own->cancelled != 0 || g_str_equal (order->status, "cancelled") ||
      g_str_equal (order->status, "failed"))
    return line->quantity - wb_town_shopify_sent (town, order, line->id);
  return MIN (never, line->quantity - wb_town_shopify_sent (town, order, line->id));
}

/** wb_town_shopify_left: pieces of @line that are still to be fulfilled. */
gint64
wb_town_shopify_left (WbTown *town, WbTownOrder *order, const WbTownItem *line)
{
  if (g_str_equal (order->status, "completed") || g_str_equal (order->status, "refunded"))
    return 0;
  return line->quantity - wb_town_shopify_never (town, order, line) -
         wb_town_shopify_sent (town, order, line->id);
}

/** wb_town_shopify_n_parts: in how many places the order lies. */
guint
wb_town_shopify_n_parts (WbTownOrder *order)
{
  return order->index % 7 == 3 && order->lines->len > 1 ? 2 : 1;
}

/** wb_town_shopify_part_of: which part @line belongs to. */
guint
wb_town_shopify_part_of (WbTownOrder *order, const WbTownItem *line)
{
  return wb_town_shopify_n_parts (order) == 2 && line == order->lines->pdata[0] ? 1 : 0;
}

/* ---- parts ---- */

static gboolean
is_held (WbTown *town, WbTownOrder *order, guint part)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);

  for (guint i = 0; i < own->holds->len; i++)
    if (((WbTownShopifyHold *) own->holds->pdata[i])->part == part)
      return TRUE;
  return FALSE;
}

/** wb_town_shopify_part_status: how the part stands. */
const char *
wb_town_shopify_part_status (WbTown *town, WbTownOrder *order, guint part)
{
  WbTownShopifyOrder *own = wb_town_shopify_overlay (town, order->id);
  gint64              left = 0, sent = 0;

  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbTownItem *line = order->lines->pdata[i];

      if (wb_town_shopify_part_of (order, line) != part || wb_town_shopify_virtual (line))
        continue;
      left += wb_town_shopify_left (town, order, line);
      sent += wb_town_shopify_sent (town, order, line->id);
    }
  if (left == 0)
    return sent > 0 || own->cancelled == 0 ? "CLOSED" : "CANCELLED";
  if (is_held (town, order, part))
    return "ON_HOLD";
  if (order->index % 13 == 6 && sent == 0)
    return "SCHEDULED";
  return sent > 0 ? "IN_PROGRESS" : "OPEN";
}
