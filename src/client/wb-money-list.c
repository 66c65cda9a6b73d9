/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any number of orders with their money as a list: it holds their numbers only, and reads what is
 * looked at, page by page. */
#include "wb-money-list.h"

#include <string.h>

#define PAGE       50  /* orders read at once */
#define MOST       400 /* rows kept that nobody has asked for */
#define A_SCREEN   24  /* rows that a list is told of at once when it had none */
#define A_STEP     12  /* rows made at once: what a frame bears */
#define A_FRAME_MS 16  /* rows that are made are measured in the next frame: one step for each */
#define MOST_ROWS                                                                                  \
  200 /* a list view makes rows for so many; what comes after them costs nothing                   \
       */

struct _WbMoneyList
{
  GObject     parent_instance;
  WbBook     *book;
  GArray     *ids; /* of gint64 */
  guint       n; /* how many of them the list tells of: all, but for a moment after it was empty */
  guint       step_id;
  GHashTable *read; /* gint64 → WbMoneyRow: read with what stands beside it, not yet asked for */
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

static void
keep_rows (WbMoneyList *self, GPtrArray *rows)
{
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      WbMoneyRow *row = rows->pdata[i];

      g_hash_table_replace (self->read, g_memdup2 (&row->order_id, sizeof row->order_id), row);
    }
}

static WbMoneyRow *
take_row (WbMoneyList *self, gint64 id)
{
  gpointer key = NULL, row = NULL;

  g_hash_table_steal_extended (self->read, &id, &key, &row);
  g_free (key);
  return row;
}

/* What stands around it is looked at next. */
static void
read_page (WbMoneyList *self, guint position)
{
  guint                 first = position / PAGE * PAGE;
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (first >= self->ids->len)
    return;
  if (g_hash_table_size (self->read) > MOST)
    g_hash_table_remove_all (self->read);
  rows = wb_book_list_money_of (self->book, &g_array_index (self->ids, gint64, first),
                                MIN (PAGE, self->ids->len - first), &error);
  if (rows != NULL)
    keep_rows (self, rows);
  else
    g_warning ("Orders’ money could not be read: %s", error->message);
}

static WbMoneyRow *
read_row (gpointer reader, gint64 id, guint position)
{
  WbMoneyList *self = reader;
  WbMoneyRow  *row = take_row (self, id);

  if (row != NULL || wb_money_list_get_id (self, position) != id)
    return row;
  read_page (self, position);
  return take_row (self, id);
}

static gpointer
get_item (GListModel *model, guint position)
{
  WbMoneyList *self = WB_MONEY_LIST (model);
  gint64       id = position < self->n ? wb_money_list_get_id (self, position) : 0;

  return id != 0 ? wb_money_item_new (id, position, read_row, self) : NULL;
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
  g_clear_pointer (&self->read, g_hash_table_unref);
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
  self->read = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                      (GDestroyNotify) wb_money_row_free);
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

static void
step_later (WbMoneyList *self)
{
  if (self->step_id == 0 && self->n < self->ids->len)
    self->step_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, A_FRAME_MS, step_cb, self, NULL);
}

/* Whether what the list has is how @ids begins. */
static gboolean
goes_on (WbMoneyList *self, GArray *ids)
{
  return self->ids->len > 0 && self->ids->len <= ids->len &&
         memcmp (ids->data, self->ids->data, self->ids->len * sizeof (gint64)) == 0;
}

/**
 * wb_money_list_take:
 * @ids: (transfer full) (element-type gint64): the orders' numbers, newest first
 * @rows: (transfer full) (element-type WbMoneyRow): those of the first of them, read already
 * @anew: every row is read anew, for the money of an order may have changed
 *
 * Replaces what the list shows; when not @anew, what it shows stays if @ids begins so.
 */
void
wb_money_list_take (WbMoneyList *self, GArray *ids, GPtrArray *rows, gboolean anew)
{
  g_autoptr (GPtrArray) taken = rows;
  g_autoptr (GArray)    last = self->ids;
  guint                 before = self->n;
  gboolean              more = !anew && goes_on (self, ids);

  self->ids = ids;
  if (more)
    {
      step_later (self);
      return;
    }
  g_clear_handle_id (&self->step_id, g_source_remove);
  g_hash_table_remove_all (self->read);
  keep_rows (self, rows);
  self->n = before == 0 ? MIN (ids->len, A_SCREEN) : ids->len;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->n);
  step_later (self);
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
