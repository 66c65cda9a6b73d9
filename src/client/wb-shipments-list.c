/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any number of shipments as a list: it holds their numbers only, and reads what is looked at. */
#include "wb-shipments-list.h"

struct _WbShipmentsList
{
  GObject    parent_instance;
  WbBook    *book;
  GArray    *ids;  /* of gint64 */
  GPtrArray *held; /* of WbShipmentRow, not owned: what somebody holds right now */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbShipmentsList,
                               wb_shipments_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
row_gone_cb (gpointer data, GObject *gone)
{
  g_ptr_array_remove_fast (WB_SHIPMENTS_LIST (data)->held, gone);
}

static GType
get_item_type (GListModel *model)
{
  return WB_TYPE_SHIPMENT_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return WB_SHIPMENTS_LIST (model)->ids->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  WbShipmentsList *self = WB_SHIPMENTS_LIST (model);
  gint64           id = wb_shipments_list_get_id (self, position);
  WbShipmentRow   *row;

  if (id == 0)
    return NULL;
  for (guint i = 0; i < self->held->len; i++)
    if (wb_shipment_row_get_id (self->held->pdata[i]) == id)
      return g_object_ref (self->held->pdata[i]);
  row = wb_shipment_row_new (id, self->book);
  g_ptr_array_add (self->held, row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
wb_shipments_list_finalize (GObject *object)
{
  WbShipmentsList *self = WB_SHIPMENTS_LIST (object);

  for (guint i = 0; i < self->held->len; i++)
    g_object_weak_unref (self->held->pdata[i], row_gone_cb, self);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (wb_shipments_list_parent_class)->finalize (object);
}

static void
wb_shipments_list_class_init (WbShipmentsListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_shipments_list_finalize;
}

static void
wb_shipments_list_init (WbShipmentsList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->held = g_ptr_array_new ();
}

/** wb_shipments_list_new: Returns: (transfer full): an empty list that reads its rows from @book,
 * in this thread. */
WbShipmentsList *
wb_shipments_list_new (WbBook *book)
{
  WbShipmentsList *self = g_object_new (WB_TYPE_SHIPMENTS_LIST, NULL);

  self->book = g_object_ref (book);
  return self;
}

/**
 * wb_shipments_list_take_ids:
 * @ids: (transfer full) (element-type gint64): the shipments' numbers in the order wanted
 *
 * Replaces what the list shows; what is the same at both ends is left alone.
 */
void
wb_shipments_list_take_ids (WbShipmentsList *self, GArray *ids)
{
  g_autoptr (GArray) before = self->ids;
  guint              shorter = MIN (before->len, ids->len);
  guint              start = 0, end = 0;

  while (start < shorter &&
         g_array_index (before, gint64, start) == g_array_index (ids, gint64, start))
    start++;
  while (end < shorter - start && g_array_index (before, gint64, before->len - 1 - end) ==
                                      g_array_index (ids, gint64, ids->len - 1 - end))
    end++;
  self->ids = ids;
  if (before->len - start - end > 0 || ids->len - start - end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start, before->len - start - end,
                                ids->len - start - end);
}

/** wb_shipments_list_refresh: reads again what somebody holds; each row tells by itself when it has
 * changed. */
void
wb_shipments_list_refresh (WbShipmentsList *self)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->held->len; i++)
    g_ptr_array_add (rows, g_object_ref (self->held->pdata[i]));
  for (guint i = 0; i < rows->len; i++)
    wb_shipment_row_refresh (rows->pdata[i], self->book);
}

/** wb_shipments_list_get_id: Returns: the number of the shipment at @position, 0 past the end. */
gint64
wb_shipments_list_get_id (WbShipmentsList *self, guint position)
{
  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

/** wb_shipments_list_find: Returns: where the shipment @id is, or %G_MAXUINT. */
guint
wb_shipments_list_find (WbShipmentsList *self, gint64 id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      return i;
  return G_MAXUINT;
}
