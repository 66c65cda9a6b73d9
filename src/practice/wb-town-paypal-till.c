/* SPDX-License-Identifier: GPL-3.0-or-later
 * PayPal's books in the town. A sale is made from its order when it is first asked for; then it is
 * kept. */
#include "wb-town-paypal.h"
#include "wb-town-shop.h"

#include <string.h>

#define AUTHORISATION_LIFE (29 * 24 * 3600)
#define NAME_SIZE          17

struct _WbTownTill
{
  WbTown     *town;
  GHashTable *sales;   /* of WbTownSale, by the order's place */
  GHashTable *answers; /* key -> WbTownSlip, borrowed */
};

static const char *const letters[WB_TOWN_N_SLIPS] = { "0A", "3C", "1R" };

static void
slip_free (gpointer data)
{
  WbTownSlip *slip = data;

  g_free (slip->id);
  g_free (slip->invoice_id);
  g_free (slip->custom_id);
  g_free (slip);
}

static void
sale_free (gpointer data)
{
  WbTownSale *sale = data;

  g_free (sale->id);
  g_free (sale->currency);
  g_ptr_array_unref (sale->authorisations);
  g_ptr_array_unref (sale->captures);
  g_ptr_array_unref (sale->refunds);
  g_free (sale);
}

/** wb_town_till_new: Returns: (transfer full): the PayPal of that town. */
WbTownTill *
wb_town_till_new (WbTown *town)
{
  WbTownTill *self = g_new0 (WbTownTill, 1);

  self->town = town;
  self->sales = g_hash_table_new_full (NULL, NULL, NULL, sale_free);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/** wb_town_till_free: frees @self. */
void
wb_town_till_free (WbTownTill *self)
{
  g_hash_table_unref (self->answers);
  g_hash_table_unref (self->sales);
  g_free (self);
}

/** wb_town_till_name: Returns: (transfer full): the 17 capitals and digits that name the @nth thing
 * of its @kind (two characters) of the order at @index. */
char *
wb_town_till_name (WbTown *town, const char *kind, guint index, guint nth)
{
  g_autofree char *token =
      wb_town_token (town->seed, 80 + (guint64) nth, index * 7 + (guint) kind[1], 8, 16);
  g_autofree char *capitals = g_ascii_strup (token, -1);

  return g_strdup_printf ("%s%07u%s", kind, index, capitals);
}

static GPtrArray *
list_of (const WbTownSale *sale, WbTownSlipKind kind)
{
  return kind == WB_TOWN_SLIP_AUTHORISATION ? sale->authorisations
         : kind == WB_TOWN_SLIP_CAPTURE     ? sale->captures
                                            : sale->refunds;
}

static WbTownSlip *
add_slip (WbTownTill *self, WbTownSale *sale, WbTownSlipKind kind, gint64 amount, WbInstant when)
{
  GPtrArray  *list = list_of (sale, kind);
  WbTownSlip *slip = g_new0 (WbTownSlip, 1);

  slip->id = wb_town_till_name (self->town, letters[kind], sale->index, list->len);
  slip->amount = amount;
  slip->created = when;
  slip->status = kind == WB_TOWN_SLIP_AUTHORISATION ? "CREATED" : "COMPLETED";
  slip->expires = kind == WB_TOWN_SLIP_AUTHORISATION ? sale->created + AUTHORISATION_LIFE : 0;
  g_ptr_array_add (list, slip);
  return slip;
}

/** wb_town_till_add: Returns: (transfer none): one thing more of that sale, made now. */
WbTownSlip *
wb_town_till_add (WbTownTill *self, WbTownSale *sale, WbTownSlipKind kind, gint64 amount)
{
  return add_slip (self, sale, kind, amount, wb_town_clock (self->town));
}

static WbTownSale *
sale_make (WbTownTill *self, guint index)
{
  g_autoptr (WbTownOrder) order = wb_town_order_make (self->town, index);
  WbTownSale             *sale;
  WbTownSlip             *slip;

  if (!order->card.wallet)
    return NULL;
  sale = g_new0 (WbTownSale, 1);
  sale->id = wb_town_till_name (self->town, "5P", index, 0);
  sale->index = index;
  sale->order = order->id;
  sale->currency = g_strdup (order->currency);
  sale->amount = order->card.amount;
  sale->created = order->card.authorised;
  sale->declines = order->card.declines;
  sale->authorisations = g_ptr_array_new_with_free_func (slip_free);
  sale->captures = g_ptr_array_new_with_free_func (slip_free);
  sale->refunds = g_ptr_array_new_with_free_func (slip_free);
  slip = add_slip (self, sale, WB_TOWN_SLIP_AUTHORISATION, sale->amount, sale->created);
  slip->expires = order->card.capture_before;
  if (!order->card.captured)
    return sale;
  slip->status = "CAPTURED";
  slip = add_slip (self, sale, WB_TOWN_SLIP_CAPTURE, sale->amount, sale->created + 4);
  slip->final = TRUE;
  for (guint i = 0; i < order->refunds->len; i++)
    {
      const WbTownRefund *refund = g_ptr_array_index (order->refunds, i);
      gint64              minor = wb_town_minor_of (refund->amount, order->currency);

      add_slip (self, sale, WB_TOWN_SLIP_REFUND, MIN (minor, sale->amount), refund->created);
      slip->status = minor >= sale->amount ? "REFUNDED" : "PARTIALLY_REFUNDED";
    }
  return sale;
}

/** wb_town_till_of_order: Returns: (transfer none) (nullable): the sale of the order at @index. */
WbTownSale *
wb_town_till_of_order (WbTownTill *self, guint index)
{
  WbTownSale *sale = g_hash_table_lookup (self->sales, GUINT_TO_POINTER (index + 1));

  if (sale != NULL || index >= wb_town_shop_count (self->town->shop))
    return sale;
  if ((sale = sale_make (self, index)) != NULL)
    g_hash_table_insert (self->sales, GUINT_TO_POINTER (index + 1), sale);
  return sale;
}

/* The sale that a name of kind @letters belongs to. */
static WbTownSale *
sale_by_name (WbTownTill *self, const char *kind, const char *id)
{
  g_autofree char *digits = NULL;

  if (strlen (id) != NAME_SIZE || !g_str_has_prefix (id, kind))
    return NULL;
  digits = g_strndup (id + strlen (kind), 7);
  return wb_town_till_of_order (self, (guint) g_ascii_strtoull (digits, NULL, 10));
}

/** wb_town_till_find_sale: Returns: (transfer none) (nullable): the order of that name. */
WbTownSale *
wb_town_till_find_sale (WbTownTill *self, const char *id)
{
  WbTownSale *sale = sale_by_name (self, "5P", id);

  return sale != NULL && strcmp (sale->id, id) == 0 ? sale : NULL;
}

/** wb_town_till_find_slip: Returns: (transfer none) (nullable): the authorisation, capture or
 * refund of that name. @sale: (out): whose it is. */
WbTownSlip *
wb_town_till_find_slip (WbTownTill *self, WbTownSlipKind kind, const char *id, WbTownSale **sale)
{
  GPtrArray *list;

  *sale = sale_by_name (self, letters[kind], id);
  list = *sale != NULL ? list_of (*sale, kind) : NULL;
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      WbTownSlip *slip = g_ptr_array_index (list, i);

      if (strcmp (slip->id, id) == 0)
        return slip;
    }
  return NULL;
}

static gint
compare_sales (gconstpointer a, gconstpointer b)
{
  const WbTownSale *first = *(WbTownSale *const *) a;
  const WbTownSale *second = *(WbTownSale *const *) b;

  return (first->index > second->index) - (first->index < second->index);
}

/** wb_town_till_foreach: calls @func for every sale ever asked for, in the order of their orders.
 */
void
wb_town_till_foreach (WbTownTill *self, GFunc func, gpointer data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GHashTableIter        iter;
  gpointer              sale;

  g_hash_table_iter_init (&iter, self->sales);
  while (g_hash_table_iter_next (&iter, NULL, &sale))
    g_ptr_array_add (all, sale);
  g_ptr_array_sort (all, compare_sales);
  g_ptr_array_foreach (all, func, data);
}

/** wb_town_till_invoice_is_known: whether a capture bears that number already. */
gboolean
wb_town_till_invoice_is_known (WbTownTill *self, const char *invoice_id)
{
  GHashTableIter iter;
  gpointer       value;

  g_hash_table_iter_init (&iter, self->sales);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const WbTownSale *sale = value;

      for (guint i = 0; i < sale->captures->len; i++)
        if (g_strcmp0 (((WbTownSlip *) g_ptr_array_index (sale->captures, i))->invoice_id,
                       invoice_id) == 0)
          return TRUE;
    }
  return FALSE;
}

/** wb_town_till_captured: what was captured of @authorisation. */
gint64
wb_town_till_captured (const WbTownSale *sale, const WbTownSlip *authorisation)
{
  gint64 sum = 0;

  for (guint i = 0; i < sale->captures->len; i++)
    {
      const WbTownSlip *capture = g_ptr_array_index (sale->captures, i);

      if (g_ptr_array_index (sale->authorisations, capture->owner) == authorisation)
        sum += capture->amount;
    }
  return sum;
}

/** wb_town_till_refunded: what was given back of @capture. */
gint64
wb_town_till_refunded (const WbTownSale *sale, const WbTownSlip *capture)
{
  gint64 sum = 0;

  for (guint i = 0; i < sale->refunds->len; i++)
    {
      const WbTownSlip *refund = g_ptr_array_index (sale->refunds, i);

      if (g_ptr_array_index (sale->captures, refund->owner) == capture)
        sum += refund->amount;
    }
  return sum;
}

/** wb_town_till_fee: what PayPal keeps of @capture: 2.49 % and 35 cents. */
gint64
wb_town_till_fee (const WbTownSlip *capture)
{
  return (capture->amount * 249 + 5000) / 10000 + 35;
}

/** wb_town_till_answer: Returns: (transfer none) (nullable): what came of the request under @key.
 */
WbTownSlip *
wb_town_till_answer (WbTownTill *self, const char *key)
{
  return key != NULL ? g_hash_table_lookup (self->answers, key) : NULL;
}

/** wb_town_till_keep: keeps what came of the request under @key. */
void
wb_town_till_keep (WbTownTill *self, const char *key, WbTownSlip *slip)
{
  if (key != NULL)
    g_hash_table_replace (self->answers, g_strdup (key), slip);
}
