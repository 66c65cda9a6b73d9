/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the town's own books say about each order: labels sold, money taken, reports received. Tests
 * hold it against ours. */
#include "wb-town-easypost.h"
#include "wb-town-paypal.h"
#include "wb-town-shop.h"
#include "wb-town-stripe.h"

#include <string.h>

typedef struct
{
  WbTown     *town;
  WbTownOut  *out;
  GHashTable *assigned; /* shipments that belong to an order */
  GHashTable *written;  /* ids of orders written */
  guint       labels;
  guint       labels_refunded;
  guint       captures;
  guint       completed;
  guint       mails;
  guint       notes;
  guint       fulfillments;
  guint       refunds;
  gint64      captured;
  gint64      refunded;
  gint64      fees;
  GHashTable *label_cost; /* currency -> gint64* */
} Books;

static gboolean
is_word (const char *text, const char *word)
{
  g_auto (GStrv) parts = NULL;

  if (text == NULL)
    return FALSE;
  parts = g_strsplit_set (text, "-_:/#. ", -1);
  return g_strv_contains ((const char *const *) parts, word);
}

static gboolean
told_about (const WbTownOrder *order, const char *tracking)
{
  for (guint i = 0; i < order->notes->len; i++)
    if (strstr (((WbTownNote *) g_ptr_array_index (order->notes, i))->text, tracking) != NULL)
      return TRUE;
  for (guint i = 0; i < order->fulfillments->len; i++)
    {
      const WbTownFulfillment *fulfillment = g_ptr_array_index (order->fulfillments, i);
      const WbTownMeta        *number = wb_town_meta_find (fulfillment->meta, "_tracking_number");

      if (number != NULL && strstr (number->value, tracking) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* A label belongs to the order whose number its reference names, or else to the one that was told
 * its tracking number. */
static gboolean
belongs_to (const WbTownEpShipment *shipment, const WbTownOrder *order)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, order->id);

  return is_word (shipment->reference, number) || told_about (order, shipment->tracking);
}

static void
write_label (Books *books, const WbTownEpShipment *shipment)
{
  WbTownOut  *out = books->out;
  const char *refund = wb_town_ep_refund_status (books->town, shipment);

  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "shipment", shipment->id);
  wb_town_out_string (out, "reference", shipment->reference);
  wb_town_out_string (out, "tracking", shipment->tracking);
  wb_town_out_string (out, "carrier", shipment->bought->carrier);
  wb_town_out_string (out, "service", shipment->bought->service);
  wb_town_out_string (out, "format", shipment->format);
  wb_town_out_int (out, "cost", shipment->bought->price);
  wb_town_out_string (out, "currency", shipment->bought->currency);
  wb_town_out_int (out, "insurance_fee", shipment->insured / 100);
  wb_town_out_string (out, "refund_status", refund);
  wb_town_out_bool (out, "refunded", refund != NULL && strcmp (refund, "rejected") != 0);
  wb_town_out_end_object (out);
}

static void
count_label (Books *books, const WbTownEpShipment *shipment)
{
  gint64     *sum = g_hash_table_lookup (books->label_cost, shipment->bought->currency);
  const char *refund = wb_town_ep_refund_status (books->town, shipment);

  if (sum == NULL)
    {
      sum = g_new0 (gint64, 1);
      g_hash_table_insert (books->label_cost, (gpointer) shipment->bought->currency, sum);
    }
  *sum += shipment->bought->price;
  books->labels++;
  books->labels_refunded += refund != NULL && strcmp (refund, "rejected") != 0;
}

static void
write_labels (Books *books, const WbTownOrder *order)
{
  GPtrArray *all = wb_town_ep_shipments (books->town);

  wb_town_out_begin_array (books->out, "labels");
  for (guint i = 0; i < all->len; i++)
    {
      WbTownEpShipment *shipment = g_ptr_array_index (all, i);

      if (shipment->bought == NULL || g_hash_table_contains (books->assigned, shipment) ||
          !belongs_to (shipment, order))
        continue;
      g_hash_table_add (books->assigned, shipment);
      write_label (books, shipment);
    }
  wb_town_out_end_array (books->out);
}

/* What the customer got back as money, without the released rest of an authorisation. */
static gint64
money_back (const WbTownIntent *intent)
{
  gint64 sum = 0;

  for (guint i = 0; i < intent->refunds->len; i++)
    {
      const WbTownGiveback *refund = g_ptr_array_index (intent->refunds, i);

      sum += refund->transaction != NULL ? refund->amount : 0;
    }
  return sum;
}

/* Payments from a PayPal account, in the same words. */
static void
write_sale (Books *books, const WbTownOrder *order)
{
  WbTownOut  *out = books->out;
  WbTownSale *sale = wb_town_till_of_order (books->town->till, order->index);
  WbTownSlip *last = g_ptr_array_index (sale->authorisations, sale->authorisations->len - 1);
  gint64      captured = 0, refunded = 0, fee = 0;

  for (guint i = 0; i < sale->captures->len; i++)
    {
      const WbTownSlip *capture = g_ptr_array_index (sale->captures, i);

      captured += capture->amount;
      fee += wb_town_till_fee (capture);
      refunded += wb_town_till_refunded (sale, capture);
    }
  wb_town_out_begin_object (out, "payment");
  wb_town_out_string (out, "paypal_order", sale->id);
  wb_town_out_string (out, "status", last->status);
  wb_town_out_int (out, "authorised", last->amount);
  wb_town_out_int (out, "capture_before", last->expires);
  wb_town_out_int (out, "captures", sale->captures->len);
  wb_town_out_int (out, "captured", captured);
  wb_town_out_bool (out, "captured_by_shop", FALSE);
  wb_town_out_bool (out, "captured_at_sale", order->card.captured);
  wb_town_out_int (out, "fee", fee);
  wb_town_out_int (out, "refunded", refunded);
  wb_town_out_end_object (out);
  if (order->card.captured)
    return;
  books->captures += sale->captures->len;
  books->captured += captured;
  books->fees += fee;
  books->refunded += refunded;
}

static void
write_payment (Books *books, const WbTownOrder *order)
{
  WbTownOut    *out = books->out;
  WbTownIntent *intent =
      order->card.amount > 0 ? wb_town_bank_find (books->town->bank, order->transaction_id) : NULL;

  if (order->card.wallet)
    {
      write_sale (books, order);
      return;
    }
  if (intent == NULL)
    {
      wb_town_out_null (out, "payment");
      return;
    }
  wb_town_out_begin_object (out, "payment");
  wb_town_out_string (out, "payment_intent", intent->id);
  wb_town_out_string (out, "status", intent->status);
  wb_town_out_int (out, "authorised", intent->amount);
  wb_town_out_int (out, "capture_before", intent->capture_before);
  wb_town_out_int (out, "captures", intent->captures);
  wb_town_out_int (out, "captured", intent->captured);
  wb_town_out_bool (out, "captured_by_shop", intent->by_shop);
  wb_town_out_bool (out, "captured_at_sale", intent->automatic);
  wb_town_out_int (out, "fee", intent->captured > 0 ? wb_town_bank_fee (intent) : 0);
  wb_town_out_int (out, "refunded", money_back (intent));
  wb_town_out_end_object (out);
  if (intent->automatic)
    return;
  books->captures += intent->captures;
  books->captured += intent->captured;
  books->fees += intent->captured > 0 ? wb_town_bank_fee (intent) : 0;
  books->refunded += money_back (intent);
}

static void
write_reports (Books *books, const WbTownOrder *order)
{
  WbTownOut *out = books->out;

  wb_town_out_int (out, "completed", order->completions);
  wb_town_out_int (out, "mails", order->mails);
  wb_town_out_int (out, "notes", order->posted_notes);
  wb_town_out_begin_array (out, "note_texts");
  for (guint i = 0; i < order->notes->len; i++)
    {
      const WbTownNote *note = g_ptr_array_index (order->notes, i);

      if (note->posted)
        wb_town_out_string (out, NULL, note->text);
    }
  wb_town_out_end_array (out);
  wb_town_out_int (out, "fulfillments", order->fulfillments->len);
  wb_town_out_int (out, "refunds", order->refunds->len);
  books->completed += order->completions;
  books->mails += order->mails;
  books->notes += order->posted_notes;
  books->fulfillments += order->fulfillments->len;
}

static void
write_order (gpointer item, gpointer data)
{
  const WbTownOrder *order = item;
  Books             *books = data;
  WbTownOut         *out = books->out;

  g_hash_table_add (books->written, GINT_TO_POINTER (order->index));
  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "id", order->id);
  wb_town_out_string (out, "status", order->status);
  wb_town_out_string (out, "currency", order->currency);
  wb_town_out_int (out, "total", wb_town_minor_of (order->total, order->currency));
  wb_town_out_string (out, "payment_method", order->payment_method);
  write_labels (books, order);
  write_payment (books, order);
  write_reports (books, order);
  wb_town_out_end_object (out);
}

/* Orders the shop was never told about but the gateway or the carrier was. */
static void
write_paid_order (gpointer item, gpointer data)
{
  const WbTownIntent *intent = item;
  Books              *books = data;

  if (!g_hash_table_contains (books->written, GINT_TO_POINTER (intent->index)) &&
      !wb_town_shop_is_gone (books->town->shop, intent->order))
    write_order (wb_town_shop_peek (books->town->shop, intent->order), books);
}

static void
write_sold_order (gpointer item, gpointer data)
{
  const WbTownSale *sale = item;
  Books            *books = data;

  if (!g_hash_table_contains (books->written, GINT_TO_POINTER (sale->index)) &&
      !wb_town_shop_is_gone (books->town->shop, sale->order))
    write_order (wb_town_shop_peek (books->town->shop, sale->order), books);
}

static void
write_labelled_orders (Books *books)
{
  GPtrArray *all = wb_town_ep_shipments (books->town);
  guint      n_orders = wb_town_shop_count (books->town->shop);

  for (guint i = 0; i < all->len; i++)
    {
      const WbTownEpShipment *shipment = g_ptr_array_index (all, i);
      g_auto (GStrv)          parts =
          g_strsplit_set (shipment->reference != NULL ? shipment->reference : "", "-_:/#. ", -1);

      if (shipment->bought == NULL || g_hash_table_contains (books->assigned, shipment))
        continue;
      for (guint k = 0; parts[k] != NULL; k++)
        {
          gint64             id = g_ascii_strtoll (parts[k], NULL, 10);
          const WbTownOrder *order =
              id >= WB_TOWN_FIRST_ORDER &&
                      id < WB_TOWN_FIRST_ORDER + (gint64) n_orders * WB_TOWN_ORDER_STEP
                  ? wb_town_shop_peek (books->town->shop, id)
                  : NULL;

          if (order == NULL ||
              g_hash_table_contains (books->written, GINT_TO_POINTER (order->index)))
            continue;
          write_order ((gpointer) order, books);
          break;
        }
    }
}

static void
write_unassigned (Books *books)
{
  GPtrArray *all = wb_town_ep_shipments (books->town);

  wb_town_out_begin_array (books->out, "labels_of_no_order");
  for (guint i = 0; i < all->len; i++)
    {
      WbTownEpShipment *shipment = g_ptr_array_index (all, i);

      if (shipment->bought == NULL)
        continue;
      count_label (books, shipment);
      if (!g_hash_table_contains (books->assigned, shipment))
        write_label (books, shipment);
    }
  wb_town_out_end_array (books->out);
}

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

static void
write_totals (Books *books)
{
  WbTownOut        *out = books->out;
  g_autoptr (GList) currencies =
      g_list_sort (g_hash_table_get_keys (books->label_cost), compare_texts);
  g_autoptr (GList) effects =
      g_list_sort (g_hash_table_get_keys (books->town->effects), compare_texts);

  wb_town_out_begin_object (out, "totals");
  wb_town_out_int (out, "labels", books->labels);
  wb_town_out_int (out, "labels_refunded", books->labels_refunded);
  wb_town_out_begin_object (out, "label_cost");
  for (GList *link = currencies; link != NULL; link = link->next)
    wb_town_out_int (out, link->data,
                     *(gint64 *) g_hash_table_lookup (books->label_cost, link->data));
  wb_town_out_end_object (out);
  wb_town_out_int (out, "captures", books->captures);
  wb_town_out_int (out, "captured", books->captured);
  wb_town_out_int (out, "fees", books->fees);
  wb_town_out_int (out, "refunded", books->refunded);
  wb_town_out_string (out, "currency", books->town->currency);
  wb_town_out_int (out, "completed", books->completed);
  wb_town_out_int (out, "mails", books->mails);
  wb_town_out_int (out, "notes", books->notes);
  wb_town_out_int (out, "fulfillments", books->fulfillments);
  wb_town_out_end_object (out);
  wb_town_out_begin_object (out, "effects");
  for (GList *link = effects; link != NULL; link = link->next)
    wb_town_out_int (out, link->data,
                     GPOINTER_TO_UINT (g_hash_table_lookup (books->town->effects, link->data)));
  wb_town_out_end_object (out);
}

/** wb_town_write_books: all orders that anything happened to, then the sums, in minor units, and
 * how often each thing was done. */
void
wb_town_write_books (WbTown *self, WbTownOut *out)
{
  Books books = { .town = self, .out = out };

  books.assigned = g_hash_table_new (NULL, NULL);
  books.written = g_hash_table_new (NULL, NULL);
  books.label_cost = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  wb_town_out_begin_object (out, NULL);
  wb_town_out_begin_array (out, "orders");
  wb_town_shop_foreach_changed (self->shop, write_order, &books);
  wb_town_bank_foreach (self->bank, write_paid_order, &books);
  wb_town_till_foreach (self->till, write_sold_order, &books);
  write_labelled_orders (&books);
  wb_town_out_end_array (out);
  write_unassigned (&books);
  write_totals (&books);
  wb_town_out_end_object (out);
  g_hash_table_unref (books.assigned);
  g_hash_table_unref (books.written);
  g_hash_table_unref (books.label_cost);
}
