/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order as the practice shop knows it, and its parts. */
#include "wb-town-order.h"

#include "wb-money.h"

#include <string.h>

/** wb_town_meta_free: frees a WbTownMeta. */
void
wb_town_meta_free (gpointer data)
{
  WbTownMeta *meta = data;

  g_free (meta->key);
  g_free (meta->value);
  g_free (meta->display_key);
  g_free (meta->display_value);
  g_free (meta);
}

/** wb_town_meta_new: Returns: (transfer full): a row of meta data whose value is @json. */
WbTownMeta *
wb_town_meta_new (gint64 id, const char *key, const char *json)
{
  WbTownMeta *meta = g_new0 (WbTownMeta, 1);

  meta->id = id;
  meta->key = g_strdup (key);
  meta->value = g_strdup (json);
  return meta;
}

/** wb_town_meta_text: Returns: (transfer full): a row of meta data whose value is a string. */
WbTownMeta *
wb_town_meta_text (gint64 id, const char *key, const char *text)
{
  g_autoptr (WbTownOut) out = wb_town_out_new ();

  wb_town_out_string (out, NULL, text);
  return wb_town_meta_new (id, key, out->text->str);
}

/** wb_town_meta_find: Returns: (nullable): the row with that key. */
WbTownMeta *
wb_town_meta_find (GPtrArray *rows, const char *key)
{
  for (guint i = 0; i < rows->len; i++)
    if (strcmp (((WbTownMeta *) g_ptr_array_index (rows, i))->key, key) == 0)
      return g_ptr_array_index (rows, i);
  return NULL;
}

/** wb_town_item_new: Returns: (transfer full): a line of any sort, with a quantity of 1. */
WbTownItem *
wb_town_item_new (gint64 id, const char *name, const char *code)
{
  WbTownItem *item = g_new0 (WbTownItem, 1);

  item->id = id;
  item->name = g_strdup (name);
  item->code = g_strdup (code);
  item->quantity = 1;
  item->meta = g_ptr_array_new_with_free_func (wb_town_meta_free);
  return item;
}

/** wb_town_item_free: frees a WbTownItem. */
void
wb_town_item_free (gpointer data)
{
  WbTownItem *item = data;

  g_free (item->name);
  g_free (item->code);
  g_free (item->parent_name);
  g_ptr_array_unref (item->meta);
  g_free (item);
}

static void
refund_free (gpointer data)
{
  WbTownRefund *refund = data;

  g_free (refund->reason);
  g_ptr_array_unref (refund->lines);
  g_ptr_array_unref (refund->meta);
  g_free (refund);
}

/** wb_town_refund_new: Returns: (transfer full): a refund of @amount hundredths, of no particular
 * lines yet. */
WbTownRefund *
wb_town_refund_new (gint64 id, WbInstant created, gint64 amount, const char *reason)
{
  WbTownRefund *refund = g_new0 (WbTownRefund, 1);

  refund->id = id;
  refund->created = created;
  refund->amount = amount;
  refund->reason = g_strdup (reason);
  refund->lines = g_ptr_array_new_with_free_func (wb_town_item_free);
  refund->meta = g_ptr_array_new_with_free_func (wb_town_meta_free);
  return refund;
}

static void
note_free (gpointer data)
{
  WbTownNote *note = data;

  g_free (note->author);
  g_free (note->text);
  g_free (note);
}

/** wb_town_note_new: Returns: (transfer full): an order note. */
WbTownNote *
wb_town_note_new (
    gint64 id, WbInstant created, const char *author, const char *text, gboolean for_customer)
{
  WbTownNote *note = g_new0 (WbTownNote, 1);

  note->id = id;
  note->created = created;
  note->author = g_strdup (author);
  note->text = g_strdup (text);
  note->for_customer = for_customer;
  return note;
}

/** wb_town_fulfillment_free: frees a WbTownFulfillment. */
void
wb_town_fulfillment_free (gpointer data)
{
  WbTownFulfillment *fulfillment = data;

  g_free (fulfillment->status);
  g_ptr_array_unref (fulfillment->meta);
  g_free (fulfillment);
}

/** wb_town_fulfillment_new: Returns: (transfer full): an empty fulfilment. */
WbTownFulfillment *
wb_town_fulfillment_new (gint64 id)
{
  WbTownFulfillment *fulfillment = g_new0 (WbTownFulfillment, 1);

  fulfillment->id = id;
  fulfillment->status = g_strdup ("unfulfilled");
  fulfillment->meta = g_ptr_array_new_with_free_func (wb_town_meta_free);
  return fulfillment;
}

/** wb_town_order_new: Returns: (transfer full): an order with nothing in it. */
WbTownOrder *
wb_town_order_new (void)
{
  WbTownOrder *order = g_new0 (WbTownOrder, 1);

  order->lines = g_ptr_array_new_with_free_func (wb_town_item_free);
  order->shippings = g_ptr_array_new_with_free_func (wb_town_item_free);
  order->fees = g_ptr_array_new_with_free_func (wb_town_item_free);
  order->coupons = g_ptr_array_new_with_free_func (wb_town_item_free);
  order->meta = g_ptr_array_new_with_free_func (wb_town_meta_free);
  order->refunds = g_ptr_array_new_with_free_func (refund_free);
  order->notes = g_ptr_array_new_with_free_func (note_free);
  order->fulfillments = g_ptr_array_new_with_free_func (wb_town_fulfillment_free);
  return order;
}

/** wb_town_order_free: frees @order. */
void
wb_town_order_free (WbTownOrder *order)
{
  if (order == NULL)
    return;
  g_free (order->status);
  g_free (order->currency);
  wb_town_person_free (order->billing);
  wb_town_person_free (order->shipping);
  g_free (order->payment_method);
  g_free (order->payment_title);
  g_free (order->transaction_id);
  g_free (order->customer_note);
  g_ptr_array_unref (order->lines);
  g_ptr_array_unref (order->shippings);
  g_ptr_array_unref (order->fees);
  g_ptr_array_unref (order->coupons);
  g_ptr_array_unref (order->meta);
  g_ptr_array_unref (order->refunds);
  g_ptr_array_unref (order->notes);
  g_ptr_array_unref (order->fulfillments);
  g_free (order);
}

/** wb_town_tax_of: the tax on @amount at @rate hundredths of a per cent, rounded half away from
 * zero. */
gint64
wb_town_tax_of (gint64 amount, guint rate)
{
  gint64 product = amount * (gint64) rate;

  return (product + (product < 0 ? -5000 : 5000)) / 10000;
}

/** wb_town_minor_of: the gateway's minor units of an amount the shop keeps in hundredths (yen have
 * none). */
gint64
wb_town_minor_of (gint64 hundredths, const char *currency)
{
  return wb_currency_exponent (currency) == 0 ? (hundredths + 50) / 100 : hundredths;
}

static void
add_items (GPtrArray *items, gint64 *total, gint64 *tax)
{
  for (guint i = 0; i < items->len; i++)
    {
      const WbTownItem *item = g_ptr_array_index (items, i);

      *total += item->total;
      *tax += item->total_tax;
    }
}

/** wb_town_order_sum: works the order's totals out from its lines, as the shop does when lines
 * change. */
void
wb_town_order_sum (WbTownOrder *order)
{
  order->total = order->total_tax = order->cart_tax = 0;
  order->shipping_total = order->shipping_tax = order->discount_total = order->discount_tax = 0;
  for (guint i = 0; i < order->lines->len; i++)
    {
      const WbTownItem *line = g_ptr_array_index (order->lines, i);

      order->discount_total += line->subtotal - line->total;
      order->discount_tax += line->subtotal_tax - line->total_tax;
    }
  add_items (order->lines, &order->total, &order->cart_tax);
  add_items (order->fees, &order->total, &order->cart_tax);
  add_items (order->shippings, &order->shipping_total, &order->shipping_tax);
  order->total_tax = order->cart_tax + order->shipping_tax;
  order->total += order->shipping_total + order->total_tax;
}
