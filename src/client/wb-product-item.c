/* SPDX-License-Identifier: GPL-3.0-or-later
 * One product as a list shows it: how it stands, as it was last read. */
#include "wb-product-item.h"

struct _WbProductItem
{
  GObject     parent_instance;
  WbStanding *standing;
};

G_DEFINE_FINAL_TYPE (WbProductItem, wb_product_item, G_TYPE_OBJECT)

static void
wb_product_item_finalize (GObject *object)
{
  g_clear_pointer (&WB_PRODUCT_ITEM (object)->standing, wb_standing_unref);
  G_OBJECT_CLASS (wb_product_item_parent_class)->finalize (object);
}

static void
wb_product_item_class_init (WbProductItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_product_item_finalize;
}

static void
wb_product_item_init (WbProductItem *self)
{
}

/** wb_product_item_new: Returns: (transfer full): the item of the product that @standing is about.
 */
WbProductItem *
wb_product_item_new (WbStanding *standing)
{
  WbProductItem *self = g_object_new (WB_TYPE_PRODUCT_ITEM, NULL);

  self->standing = wb_standing_ref (standing);
  return self;
}

/** wb_product_item_get: Returns: (transfer none): how the product stands. */
const WbStanding *
wb_product_item_get (WbProductItem *self)
{
  return self->standing;
}

/** wb_product_item_set: the same product, read again. */
void
wb_product_item_set (WbProductItem *self, WbStanding *standing)
{
  WbStanding *before = self->standing;

  self->standing = wb_standing_ref (standing);
  wb_standing_unref (before);
}
