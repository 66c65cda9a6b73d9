/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shop's books. Untouched orders are made from the seed each time; only those somebody changed
 * are kept. */
#include "wb-town-shop.h"

#include "wb-town-goods.h"
#include "wb-town-stripe.h"
#include "wb-town-woo-webhooks.h"

#include <string.h>

struct _WbTownShop
{
  WbTown      *town;
  GArray      *rows;    /* of WbTownRow, by index */
  GHashTable  *changed; /* of WbTownOrder, by id */
  GHashTable  *gone;    /* ids deleted for good */
  GHashTable  *stock;   /* good id -> quantity, where it was set */
  GHashTable  *nonces;  /* -> when */
  gint64       next_id;
  gint64       next_fulfillment;
  WbTownOrder *last; /* the untouched order made last, to be borrowed */
};

/** wb_town_shop_new: Returns: (transfer full): a shop with the town's first orders. */
WbTownShop *
wb_town_shop_new (WbTown *town)
{
  WbTownShop *self = g_new0 (WbTownShop, 1);

  self->town = town;
  self->rows = g_array_sized_new (FALSE, FALSE, sizeof (WbTownRow), town->first_orders);
  self->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                         (GDestroyNotify) wb_town_order_free);
  self->gone = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->stock = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->next_id = 900000000;
  self->next_fulfillment = 1;
  for (guint i = 0; i < town->first_orders; i++)
    {
      WbTownRow row = wb_town_row_make (town, i);

      g_array_append_val (self->rows, row);
    }
  return self;
}

/** wb_town_shop_free: frees @self. */
void
wb_town_shop_free (WbTownShop *self)
{
  g_array_unref (self->rows);
  g_hash_table_unref (self->changed);
  g_hash_table_unref (self->gone);
  g_hash_table_unref (self->stock);
  g_hash_table_unref (self->nonces);
  wb_town_order_free (self->last);
  g_free (self);
}

/** wb_town_shop_count: how many orders ever came. */
guint
wb_town_shop_count (WbTownShop *self)
{
  return self->rows->len;
}

static WbTownRow *
row_of (WbTownShop *self, gint64 id)
{
  gint64 index = (id - WB_TOWN_FIRST_ORDER) / WB_TOWN_ORDER_STEP;

  if (id < WB_TOWN_FIRST_ORDER || (id - WB_TOWN_FIRST_ORDER) % WB_TOWN_ORDER_STEP != 0 ||
      index >= self->rows->len)
    return NULL;
  return &g_array_index (self->rows, WbTownRow, index);
}

/** wb_town_shop_is_gone: whether the order was deleted for good. */
gboolean
wb_town_shop_is_gone (WbTownShop *self, gint64 id)
{
  return g_hash_table_contains (self->gone, &id);
}

/** wb_town_shop_peek: Returns: (transfer none) (nullable): the order, to be read before the next
 * call; not to be changed. */
WbTownOrder *
wb_town_shop_peek (WbTownShop *self, gint64 id)
{
  const WbTownRow *row = row_of (self, id);
  WbTownOrder     *order = g_hash_table_lookup (self->changed, &id);

  if (order != NULL || row == NULL || wb_town_shop_is_gone (self, id))
    return order;
  wb_town_order_free (self->last);
  self->last = wb_town_order_make (self->town, row->index);
  return self->last;
}

/** wb_town_shop_change: Returns: (transfer none) (nullable): the order, kept from now on, to be
 * changed. */
WbTownOrder *
wb_town_shop_change (WbTownShop *self, gint64 id)
{
  const WbTownRow *row = row_of (self, id);
  WbTownOrder     *order = g_hash_table_lookup (self->changed, &id);

  if (order != NULL || row == NULL || wb_town_shop_is_gone (self, id))
    return order;
  order = wb_town_order_make (self->town, row->index);
  g_hash_table_insert (self->changed, &order->id, order);
  return order;
}

/** wb_town_shop_changed: to be called after a change; @touches_modified: whether its modification
 * date moves. */
void
wb_town_shop_changed (WbTownShop *self, WbTownOrder *order, gboolean touches_modified)
{
  WbTownRow *row = row_of (self, order->id);

  if (touches_modified)
    order->modified = wb_town_clock (self->town);
  row->status = g_intern_string (order->status);
  row->modified = order->modified;
  wb_town_hooks_note (self->town,
                      strcmp (order->status, "trash") == 0 ? "order.deleted" : "order.updated",
                      order->id);
}

/** wb_town_shop_delete: deletes the order for good. */
void
wb_town_shop_delete (WbTownShop *self, gint64 id)
{
  row_of (self, id)->status = g_intern_string ("deleted");
  g_hash_table_add (self->gone, g_memdup2 (&id, sizeof id));
  g_hash_table_remove (self->changed, &id);
}

/** wb_town_shop_arrive: @n new orders come in now. */
void
wb_town_shop_arrive (WbTownShop *self, guint n)
{
  WbInstant now = wb_town_clock (self->town);

  for (guint i = 0; i < n; i++)
    {
      WbTownRow row;

      g_array_append_val (self->town->arrivals, now);
      row = wb_town_row_make (self->town, self->rows->len);
      g_array_append_val (self->rows, row);
      wb_town_hooks_note (self->town, "order.created", row.id);
      wb_town_hooks_note (self->town, "order.updated", row.id);
    }
}

/** wb_town_shop_create: Returns: (transfer none): a new order of the shop's own making, with
 * nobody and nothing in it yet, to be changed. */
WbTownOrder *
wb_town_shop_create (WbTownShop *self)
{
  WbTownOrder *order = wb_town_order_new ();
  WbInstant    now = wb_town_clock (self->town);
  WbTownRow    row;

  g_array_append_val (self->town->arrivals, now);
  row = wb_town_row_make (self->town, self->rows->len);
  order->index = row.index;
  order->id = row.id;
  order->created = order->modified = row.created;
  order->status = g_strdup ("pending");
  order->currency = g_strdup (self->town->currency);
  order->tax_rate = 1900;
  order->billing = wb_town_person_empty ();
  order->shipping = wb_town_person_empty ();
  order->payment_method = g_strdup ("");
  order->payment_title = g_strdup ("");
  order->transaction_id = g_strdup ("");
  order->customer_note = g_strdup ("");
  row.status = g_intern_string (order->status);
  g_array_append_val (self->rows, row);
  g_hash_table_insert (self->changed, &order->id, order);
  wb_town_hooks_note (self->town, "order.created", order->id);
  return order;
}

/** wb_town_shop_next_id: an id for something new (a refund, a note, a row of meta data). */
gint64
wb_town_shop_next_id (WbTownShop *self)
{
  return self->next_id++;
}

/** wb_town_shop_next_fulfillment: an id for a new fulfilment; they count by themselves. */
gint64
wb_town_shop_next_fulfillment (WbTownShop *self)
{
  return self->next_fulfillment++;
}

static gboolean
contains (const gint64 *ids, guint n, gint64 id)
{
  for (guint i = 0; i < n; i++)
    if (ids[i] == id)
      return TRUE;
  return FALSE;
}

static gboolean
text_has (const char *text, const char *needle)
{
  g_autofree char *folded = g_utf8_casefold (text != NULL ? text : "", -1);
  g_autofree char *wanted = g_utf8_casefold (needle, -1);

  return strstr (folded, wanted) != NULL;
}

/* Fuzzy, as the real one: any of the names, the e-mail, the number or a line's name. */
static gboolean
order_has (WbTownShop *self, gint64 id, const char *needle)
{
  const WbTownOrder *order = wb_town_shop_peek (self, id);
  g_autofree char   *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (text_has (number, needle) || text_has (order->billing->first_name, needle) ||
      text_has (order->billing->last_name, needle) || text_has (order->billing->email, needle) ||
      text_has (order->shipping->last_name, needle) ||
      text_has (order->shipping->address_1, needle))
    return TRUE;
  for (guint i = 0; i < order->lines->len; i++)
    if (text_has (((WbTownItem *) g_ptr_array_index (order->lines, i))->name, needle))
      return TRUE;
  return FALSE;
}

/* What "any" leaves out: the trash, and drafts since order tables came. */
static gboolean
status_fits (WbTownShop *self, const WbTownRow *row, const char *const *statuses)
{
  if (strcmp (row->status, "deleted") == 0)
    return FALSE;
  if (statuses != NULL)
    return g_strv_contains (statuses, row->status);
  return strcmp (row->status, "trash") != 0 &&
         (wb_town_trap (self->town, 8) || strcmp (row->status, "checkout-draft") != 0);
}

static gboolean
row_fits (WbTownShop *self, const WbTownRow *row, const WbTownQuery *query)
{
  if (!status_fits (self, row, query->statuses))
    return FALSE;
  if ((query->created_after != 0 && row->created <= query->created_after) ||
      (query->created_before != 0 && row->created >= query->created_before) ||
      (query->modified_after != 0 &&
       row->modified <= query->modified_after - !wb_town_trap (self->town, 2)) ||
      (query->modified_before != 0 && row->modified >= query->modified_before))
    return FALSE;
  if (query->include != NULL && !contains (query->include, query->n_include, row->id))
    return FALSE;
  if (query->exclude != NULL && contains (query->exclude, query->n_exclude, row->id))
    return FALSE;
  if (query->customer >= 0 && wb_town_shop_peek (self, row->id)->customer_id != query->customer)
    return FALSE;
  return query->search == NULL || order_has (self, row->id, query->search);
}

typedef struct
{
  gboolean ascending;
  gboolean by_modified;
  guint64  shuffle; /* 0: ties are broken by id */
} Sorting;

static gint
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const WbTownRow *first = a;
  const WbTownRow *second = b;
  const Sorting   *sorting = data;
  gint64           x = sorting->by_modified ? first->modified : first->id;
  gint64           y = sorting->by_modified ? second->modified : second->id;

  if (x == y && sorting->shuffle != 0)
    {
      guint64 hash_x = wb_town_mix (sorting->shuffle, 9, (guint64) first->id);
      guint64 hash_y = wb_town_mix (sorting->shuffle, 9, (guint64) second->id);

      return (hash_x > hash_y) - (hash_x < hash_y);
    }
  if (x == y)
    {
      x = first->id;
      y = second->id;
    }
  return sorting->ascending ? (x > y) - (x < y) : (x < y) - (x > y);
}

static void
sort_rows (WbTownShop *self, GArray *found, const WbTownQuery *query)
{
  Sorting sorting = { .ascending = query->ascending,
                      .by_modified = strcmp (query->orderby, "modified") == 0 };

  /* On order posts equal dates come in another order on each page (domain: listing, 5). */
  if (sorting.by_modified && wb_town_trap (self->town, 5))
    sorting.shuffle = 1 + query->page * 1000 + query->per_page;
  g_array_sort_with_data (found, compare_rows, &sorting);
}

/**
 * wb_town_shop_list:
 * @total: (out): how many fit in all
 *
 * Returns: (transfer full): the ids (gint64) of the page asked for.
 */
GArray *
wb_town_shop_list (WbTownShop *self, const WbTownQuery *query, guint *total)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (WbTownRow));
  GArray            *page = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint64            skip = (guint64) (query->page - 1) * query->per_page;
  gboolean           by_id = strcmp (query->orderby, "modified") != 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const WbTownRow *row = &g_array_index (self->rows, WbTownRow, i);

      if (row_fits (self, row, query))
        g_array_append_val (found, *row);
    }
  if (!by_id)
    sort_rows (self, found, query);
  *total = found->len;
  for (guint64 i = skip; i < found->len && i < skip + query->per_page; i++)
    {
      guint at = by_id && !query->ascending ? found->len - 1 - (guint) i : (guint) i;

      g_array_append_val (page, g_array_index (found, WbTownRow, at).id);
    }
  return page;
}

/** wb_town_shop_note: writes a note of the shop itself on @order. */
void
wb_town_shop_note (WbTownShop *self, WbTownOrder *order, const char *text)
{
  g_ptr_array_add (order->notes,
                   wb_town_note_new (wb_town_shop_next_id (self), wb_town_clock (self->town),
                                     "WooCommerce", text, FALSE));
}

/* Where the shop captures by itself: the gateway's extension does so when an authorised order moves
 * on. */
static void
capture_at_gateway (WbTownShop *self, WbTownOrder *order)
{
  WbTownIntent *intent =
      order->card.amount > 0 ? wb_town_bank_find (self->town->bank, order->transaction_id) : NULL;

  if (intent == NULL || strcmp (intent->status, "requires_capture") != 0)
    return;
  wb_town_bank_capture (self->town->bank, intent,
                        MIN (intent->amount, wb_town_minor_of (order->total, order->currency)),
                        FALSE);
  intent->by_shop = TRUE;
  if (wb_town_woo_payments_owns (order))
    wb_town_woo_payments_note (self->town, order, intent->status);
}

/** wb_town_shop_set_status: moves @order to @status with all that hangs on it: dates, mails, a
 * note. */
void
wb_town_shop_set_status (WbTownShop *self, WbTownOrder *order, const char *status)
{
  WbInstant        now = wb_town_clock (self->town);
  g_autofree char *note = NULL;

  if (strcmp (status, "completed") == 0)
    order->completions++;
  if (strcmp (order->status, status) == 0)
    return;
  note = g_strdup_printf ("Order status changed from %s to %s.", order->status, status);
  wb_town_shop_note (self, order, note);
  g_free (order->status);
  order->status = g_strdup (status);
  if (strcmp (status, "completed") == 0)
    {
      order->mails++;
      if (order->completed == 0)
        order->completed = now;
    }
  if (strcmp (status, "completed") != 0 && strcmp (status, "processing") != 0)
    return;
  if (order->paid == 0)
    order->paid = now;
  /* WooPayments captures what is completed, asked or not. */
  if (self->town->shop_captures ||
      (strcmp (status, "completed") == 0 && wb_town_woo_payments_owns (order)))
    capture_at_gateway (self, order);
}

/** wb_town_shop_foreach_changed: calls @func for every order somebody changed, by id. */
void
wb_town_shop_foreach_changed (WbTownShop *self, GFunc func, gpointer data)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      gint64       id = g_array_index (self->rows, WbTownRow, i).id;
      WbTownOrder *order = g_hash_table_lookup (self->changed, &id);

      if (order != NULL)
        func (order, data);
    }
}

/* Whose stock it is: a variation may share its product's. */
static gint64
stock_holder (gint64 good)
{
  const WbTownGood *of = wb_town_good (good);

  return of != NULL && of->stock == -2 ? of->parent : good;
}

/** wb_town_shop_stock: whether the stock of that product or variation is managed, and how much
 * there is. */
gboolean
wb_town_shop_stock (WbTownShop *self, gint64 good, gint64 *quantity)
{
  gint64            holder = stock_holder (good);
  const gint64     *set = g_hash_table_lookup (self->stock, &holder);
  const WbTownGood *of = wb_town_good (holder);

  if (of == NULL || (set == NULL && of->stock < 0))
    return FALSE;
  *quantity = set != NULL ? *set : of->stock;
  return TRUE;
}

/** wb_town_shop_set_stock: sets (never adds) the stock. */
void
wb_town_shop_set_stock (WbTownShop *self, gint64 good, gint64 quantity)
{
  gint64 holder = stock_holder (good);

  g_hash_table_insert (self->stock, g_memdup2 (&holder, sizeof holder),
                       g_memdup2 (&quantity, sizeof quantity));
}

/** wb_town_shop_nonce: FALSE when @nonce was used before; old ones are forgotten. */
gboolean
wb_town_shop_nonce (WbTownShop *self, const char *nonce, WbInstant now)
{
  GHashTableIter iter;
  gpointer       when;

  if (g_hash_table_contains (self->nonces, nonce))
    return FALSE;
  g_hash_table_iter_init (&iter, self->nonces);
  while (g_hash_table_size (self->nonces) > 20000 && g_hash_table_iter_next (&iter, NULL, &when))
    if (*(WbInstant *) when < now - 900)
      g_hash_table_iter_remove (&iter);
  g_hash_table_insert (self->nonces, g_strdup (nonce), g_memdup2 (&now, sizeof now));
  return TRUE;
}

/** wb_town_shop_item_quantity_left: the line's quantity less what its refunds took back. */
gint64
wb_town_shop_item_quantity_left (const WbTownOrder *order, const WbTownItem *line)
{
  g_autofree char *wanted = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", line->id);
  gint64           left = line->quantity;

  for (guint i = 0; i < order->refunds->len; i++)
    {
      const WbTownRefund *refund = g_ptr_array_index (order->refunds, i);

      for (guint k = 0; k < refund->lines->len; k++)
        {
          const WbTownItem *back = g_ptr_array_index (refund->lines, k);
          const WbTownMeta *from = wb_town_meta_find (back->meta, "_refunded_item_id");

          if (from != NULL && strcmp (from->value, wanted) == 0)
            left += back->quantity;
        }
    }
  return left;
}
