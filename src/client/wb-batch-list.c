/* SPDX-License-Identifier: GPL-3.0-or-later
 * The orders of a batch as a list of any length: an order is read when its line is looked at. */
#include "wb-batch-list.h"

struct _WbBatchList
{
  GObject parent_instance;
  WbBook *book;
  GArray *ids; /* of gint64 */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbBatchList,
                               wb_batch_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return WB_TYPE_ORDER;
}

static guint
get_n_items (GListModel *model)
{
  return WB_BATCH_LIST (model)->ids->len;
}

/* An order that is gone still has its line, without a name. */
static gpointer
get_item (GListModel *model, guint position)
{
  WbBatchList          *self = WB_BATCH_LIST (model);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) heads = NULL;
  WbOrder              *gone;
  gint64                id;

  if (position >= self->ids->len)
    return NULL;
  id = g_array_index (self->ids, gint64, position);
  heads = wb_book_list_order_heads (self->book, &id, 1, &error);
  if (heads == NULL)
    g_warning ("An order of a batch could not be read: %s", error->message);
  if (heads != NULL && heads->len == 1)
    return g_object_ref (heads->pdata[0]);
  gone = wb_order_new ();
  wb_record_set_int (gone, WB_ORDER_ID, id);
  return gone;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
wb_batch_list_finalize (GObject *object)
{
  WbBatchList *self = WB_BATCH_LIST (object);

  g_clear_object (&self->book);
  g_clear_pointer (&self->ids, g_array_unref);
  G_OBJECT_CLASS (wb_batch_list_parent_class)->finalize (object);
}

static void
wb_batch_list_class_init (WbBatchListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_batch_list_finalize;
}

static void
wb_batch_list_init (WbBatchList *self)
{
}

/** wb_batch_list_new: @ids: (element-type gint64): kept. Returns: (transfer full): a list of
 * WbOrder without their lines, read from @book in this thread. */
WbBatchList *
wb_batch_list_new (WbBook *book, GArray *ids)
{
  WbBatchList *self = g_object_new (WB_TYPE_BATCH_LIST, NULL);

  self->book = g_object_ref (book);
  self->ids = g_array_ref (ids);
  return self;
}
