/* SPDX-License-Identifier: GPL-3.0-or-later
 * All products as a list whose items stay the same ones when it is read again. */
#include "wb-products-list.h"

struct _WbProductsList
{
  GObject     parent_instance;
  GPtrArray  *items; /* of WbProductItem */
  GHashTable *by_id; /* gint64, of the item's standing → WbProductItem, not owned */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbProductsList,
                               wb_products_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return WB_TYPE_PRODUCT_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return WB_PRODUCTS_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *items = WB_PRODUCTS_LIST (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
wb_products_list_finalize (GObject *object)
{
  WbProductsList *self = WB_PRODUCTS_LIST (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (wb_products_list_parent_class)->finalize (object);
}

static void
wb_products_list_class_init (WbProductsListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_products_list_finalize;
}

static void
wb_products_list_init (WbProductsList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/** wb_products_list_new: Returns: (transfer full): an empty list. */
WbProductsList *
wb_products_list_new (void)
{
  return g_object_new (WB_TYPE_PRODUCTS_LIST, NULL);
}

static WbProductItem *
item_of (WbProductsList *self, WbStanding *standing)
{
  WbProductItem *item = g_hash_table_lookup (self->by_id, &standing->id);

  if (item == NULL)
    return wb_product_item_new (standing);
  wb_product_item_set (item, standing);
  return g_object_ref (item);
}

/** wb_products_list_take: @standings: (transfer full) (element-type WbStanding): all there are now.
 * What is the same at both ends is left alone; what is shown of an item is the caller's to fill
 * anew. */
void
wb_products_list_take (WbProductsList *self, GPtrArray *standings)
{
  g_autoptr (GPtrArray) taken = standings, before = self->items;
  g_autoptr (GPtrArray) now = g_ptr_array_new_full (taken->len, g_object_unref);
  guint                 shorter = MIN (before->len, taken->len), start = 0, end = 0;

  for (guint i = 0; i < taken->len; i++)
    g_ptr_array_add (now, item_of (self, taken->pdata[i]));
  while (start < shorter && before->pdata[start] == now->pdata[start])
    start++;
  while (end < shorter - start &&
         before->pdata[before->len - 1 - end] == now->pdata[now->len - 1 - end])
    end++;
  g_hash_table_remove_all (self->by_id);
  for (guint i = 0; i < now->len; i++)
    g_hash_table_insert (self->by_id,
                         g_memdup2 (&wb_product_item_get (now->pdata[i])->id, sizeof (gint64)),
                         now->pdata[i]);
  self->items = g_ptr_array_ref (now);
  if (before->len - start - end > 0 || now->len - start - end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start, before->len - start - end,
                                now->len - start - end);
}

/** wb_products_list_find: Returns: (transfer none) (nullable): the item of the product @id. */
WbProductItem *
wb_products_list_find (WbProductsList *self, gint64 id)
{
  return g_hash_table_lookup (self->by_id, &id);
}
