/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any number of orders with their money as a list: it holds their numbers only, and reads what is
 * looked at. */
#include "wb-money-list.h"

#define A_SCREEN 24 /* rows that a list is told of at once when it had none */
#define A_STEP   12 /* rows made at once: what a frame bears */
#define MOST_ROWS                                                                                  \
  200 /* a list view makes rows for so many; what comes after them costs nothing                   \
       */

struct _WbMoneyList
{
  GObject parent_instance;
  WbBook *book;
  GArray *ids; /* of gint64 */
  guint   n;   /* how many of them the list tells of: all, but for a moment after it was empty */
  guint   step_id;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbMoneyList,
                               wb_money_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return WB_TYPE_MONEY_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return WB_MONEY_LIST (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  WbMoneyList *self = WB_MONEY_LIST (model);
  gint64       id = position < self->n ? wb_money_list_get_id (self, position) : 0;

  return id != 0 ? wb_money_item_new (id, self->book) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
wb_money_list_finalize (GObject *object)
{
  WbMoneyList *self = WB_MONEY_LIST (object);

  g_clear_handle_id (&self->step_id, g_source_remove);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (wb_money_list_parent_class)->finalize (object);
}

static void
wb_money_list_class_init (WbMoneyListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_money_list_finalize;
}

static void
wb_money_list_init (WbMoneyList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/** wb_money_list_new: Returns: (transfer full): an empty list that reads its rows from @book, in
 * this thread. */
WbMoneyList *
wb_money_list_new (WbBook *book)
{
  WbMoneyList *self = g_object_new (WB_TYPE_MONEY_LIST, NULL);

  self->book = g_object_ref (book);
  return self;
}

static void
tell_of (WbMoneyList *self, guint n)
{
  guint before = self->n;

  self->n = n;
  if (n > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n - before);
}

static gboolean
step_cb (gpointer data)
{
  WbMoneyList *self = data;
  gboolean     more = self->n + A_STEP < MIN (self->ids->len, MOST_ROWS);

  if (!more)
    self->step_id = 0;
  tell_of (self, more ? self->n + A_STEP : self->ids->len);
  return more;
}

/** wb_money_list_take_ids: @ids: (transfer full) (element-type gint64): replaces what the list
 * shows; every row is read anew, for the money of an order may have changed. */
void
wb_money_list_take_ids (WbMoneyList *self, GArray *ids)
{
  guint before = self->n;

  g_clear_handle_id (&self->step_id, g_source_remove);
  g_array_unref (self->ids);
  self->ids = ids;
  self->n = before == 0 ? MIN (ids->len, A_SCREEN) : ids->len;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n);
  if (self->n < ids->len)
    self->step_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, 1, step_cb, self, NULL);
}

/** wb_money_list_get_id: Returns: the number of the order at @position, 0 past the end. */
gint64
wb_money_list_get_id (WbMoneyList *self, guint position)
{
  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

/** wb_money_list_find: Returns: where the order @id is, or %G_MAXUINT. The list tells of it when it
 * did not yet. */
guint
wb_money_list_find (WbMoneyList *self, gint64 id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      {
        if (i >= self->n)
          tell_of (self, self->ids->len);
        return i;
      }
  return G_MAXUINT;
}
