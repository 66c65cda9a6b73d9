/* SPDX-License-Identifier: GPL-3.0-or-later
 * A gap as an item of a list. */
#include "wb-money-gap-item.h"

struct _WbMoneyGapItem
{
  GObject           parent_instance;
  GPtrArray        *all; /* keeps @gap alive */
  const WbMoneyGap *gap;
};

G_DEFINE_FINAL_TYPE (WbMoneyGapItem, wb_money_gap_item, G_TYPE_OBJECT)

static void
wb_money_gap_item_finalize (GObject *object)
{
  g_ptr_array_unref (WB_MONEY_GAP_ITEM (object)->all);
  G_OBJECT_CLASS (wb_money_gap_item_parent_class)->finalize (object);
}

static void
wb_money_gap_item_class_init (WbMoneyGapItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_money_gap_item_finalize;
}

static void
wb_money_gap_item_init (WbMoneyGapItem *self)
{
}

/** wb_money_gap_items: Returns: (transfer full): @gaps as a list model, in their order. */
GListModel *
wb_money_gap_items (GPtrArray *gaps)
{
  GListStore           *store = g_list_store_new (WB_TYPE_MONEY_GAP_ITEM);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < gaps->len; i++)
    {
      WbMoneyGapItem *item = g_object_new (WB_TYPE_MONEY_GAP_ITEM, NULL);

      item->all = g_ptr_array_ref (gaps);
      item->gap = gaps->pdata[i];
      g_ptr_array_add (items, item);
    }
  g_list_store_splice (store, 0, 0, items->pdata, items->len);
  return G_LIST_MODEL (store);
}

/** wb_money_gap_item_get: Returns: (transfer none): the gap. */
const WbMoneyGap *
wb_money_gap_item_get (WbMoneyGapItem *self)
{
  return self->gap;
}
