/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any number of orders as a list: it holds their numbers only, and reads what is looked at, page by
 * page. */
#include "wb-order-list.h"

#include <string.h>

#define PAGE       100 /* orders read at once */
#define MOST_PAGES 8   /* pages kept beside what the list shows */
#define A_SCREEN   24  /* rows that a new list is told of at once */
#define A_STEP     12  /* rows made or taken away at once: what a frame bears */
#define A_FRAME_MS 16  /* rows that are made are measured in the next frame: one step for each */
#define MOST_ROWS                                                                                  \
  200 /* a list view makes rows for so many; what comes after them costs nothing                   \
       */

typedef struct
{
  guint      number;
  GPtrArray *heads; /* of WbOrder; one that is gone is not in it */
} Page;

enum
{
  RENEWED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _WbOrderList
{
  GObject     parent_instance;
  WbBook     *book;
  GArray     *ids; /* of gint64 */
  guint       n;   /* how many of them the list tells of: all, but for a moment after a new list */
  GArray     *coming; /* (nullable): the ids that follow as soon as the rows too many are gone */
  guint       step_id;
  gboolean    arrived; /* a list has been there before */
  GHashTable *rows;    /* gint64 → WbOrderRow, not owned: what somebody holds right now */
  GPtrArray  *held;    /* the same rows, and those that are on their way out */
  GQueue      pages;   /* of Page, latest used first */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbOrderList,
                               wb_order_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
page_free (gpointer data)
{
  Page *page = data;

  g_ptr_array_unref (page->heads);
  g_free (page);
}

static gint64
id_at (WbOrderList *self, guint position)
{
  return g_array_index (self->ids, gint64, position);
}

static WbOrder *
find_head (GPtrArray *heads, gint64 id)
{
  for (guint i = 0; i < heads->len; i++)
    if (wb_record_get_int (heads->pdata[i], WB_ORDER_ID) == id)
      return heads->pdata[i];
  return NULL;
}

static GPtrArray *
read_heads (WbOrderList *self, const gint64 *ids, guint n)
{
  g_autoptr (GError) error = NULL;
  GPtrArray         *heads = wb_book_list_order_heads (self->book, ids, n, &error);

  if (heads == NULL)
    {
      g_warning ("Orders could not be read: %s", error->message);
      return g_ptr_array_new_with_free_func (g_object_unref);
    }
  return heads;
}

/* The page's heads, read when they are not at hand. */
static GPtrArray *
get_page (WbOrderList *self, guint number)
{
  Page *page;

  for (GList *l = self->pages.head; l != NULL; l = l->next)
    if (((Page *) l->data)->number == number)
      {
        g_queue_unlink (&self->pages, l);
        g_queue_push_head_link (&self->pages, l);
        return ((Page *) l->data)->heads;
      }
  page = g_new0 (Page, 1);
  page->number = number;
  page->heads = read_heads (self, &g_array_index (self->ids, gint64, number * PAGE),
                            MIN (PAGE, self->ids->len - number * PAGE));
  g_queue_push_head (&self->pages, page);
  while (self->pages.length > MOST_PAGES)
    page_free (g_queue_pop_tail (&self->pages));
  return page->heads;
}

/* Nobody holds the row any more: its number is all that stays. It is still a row just now, so it
 * can say which. */
static void
row_gone_cb (gpointer data, GObject *gone)
{
  WbOrderList *self = data;
  gint64       id = wb_order_row_get_id ((WbOrderRow *) gone);

  g_ptr_array_remove_fast (self->held, gone);
  if (g_hash_table_lookup (self->rows, &id) == gone)
    g_hash_table_remove (self->rows, &id);
}

/* What a row shows is read when it is looked at, with what stands around it. */
static WbOrder *
read_row (WbOrderRow *row, gpointer data)
{
  WbOrderList *self = data;
  guint        position = wb_order_row_get_position (row);

  return position < self->ids->len
             ? find_head (get_page (self, position / PAGE), wb_order_row_get_id (row))
             : NULL;
}

static void
keep (WbOrderList *self, WbOrderRow *row)
{
  gint64 id = wb_order_row_get_id (row);

  g_hash_table_replace (self->rows, g_memdup2 (&id, sizeof id), row);
}

static GType
get_item_type (GListModel *model)
{
  return WB_TYPE_ORDER_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return WB_ORDER_LIST (model)->n;
}

static gpointer
get_item (GListModel *model, guint position)
{
  WbOrderList *self = WB_ORDER_LIST (model);
  WbOrderRow  *row;
  gint64       id;

  if (position >= self->n)
    return NULL;
  id = id_at (self, position);
  row = g_hash_table_lookup (self->rows, &id);
  if (row != NULL)
    return g_object_ref (row);
  row = wb_order_row_new (read_row, self);
  wb_order_row_place (row, id, position);
  keep (self, row);
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
wb_order_list_finalize (GObject *object)
{
  WbOrderList *self = WB_ORDER_LIST (object);

  g_clear_handle_id (&self->step_id, g_source_remove);
  for (guint i = 0; i < self->held->len; i++)
    {
      wb_order_row_forget_reader (self->held->pdata[i]);
      g_object_weak_unref (self->held->pdata[i], row_gone_cb, self);
    }
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_pointer (&self->coming, g_array_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_queue_clear_full (&self->pages, page_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (wb_order_list_parent_class)->finalize (object);
}

static void
wb_order_list_class_init (WbOrderListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_order_list_finalize;

  /* The rows that are there stand for other orders now. */
  signals[RENEWED] = g_signal_new ("renewed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
wb_order_list_init (WbOrderList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->held = g_ptr_array_new ();
  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/** wb_order_list_new: Returns: (transfer full): an empty list that reads its rows from @book, in
 * this thread. */
WbOrderList *
wb_order_list_new (WbBook *book)
{
  WbOrderList *self = g_object_new (WB_TYPE_ORDER_LIST, NULL);

  self->book = g_object_ref (book);
  return self;
}

/* Tells of the first @n, which are more or fewer than before. */
static void
tell_of (WbOrderList *self, guint n)
{
  guint before = self->n;

  self->n = n;
  if (n > before)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, n - before);
  else if (n < before)
    g_list_model_items_changed (G_LIST_MODEL (self), n, before - n, 0);
}

/* The rows that are there stand for the new orders from now on: a list view of GTK 4.8 would make
 * each of them anew if it were told that others had come. */
static void
renew (WbOrderList *self, GArray *ids)
{
  g_array_unref (self->ids);
  self->ids = ids;
  g_queue_clear_full (&self->pages, page_free);
  g_hash_table_remove_all (self->rows);
  for (guint i = 0; i < self->held->len; i++)
    {
      WbOrderRow *row = self->held->pdata[i];
      guint       position = wb_order_row_get_position (row);

      if (position >= MIN (self->n, ids->len))
        continue;
      wb_order_row_place (row, id_at (self, position), position);
      keep (self, row);
    }
  if (self->n > ids->len)
    tell_of (self, ids->len);
  g_signal_emit (self, signals[RENEWED], 0);
}

static gboolean step_cb (gpointer data);

/* What somebody waits for comes as soon as it can, more rows of it frame by frame. */
static void
step_later (WbOrderList *self)
{
  if (self->step_id == 0)
    self->step_id = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE,
                                        self->coming != NULL ? 1 : A_FRAME_MS, step_cb, self, NULL);
}

/* The list that was waiting takes its place: the first of all with a screenful, so that the window
 * comes with it; a later one with as many rows more as a frame bears. */
static void
arrive (WbOrderList *self)
{
  GArray *ids = g_steal_pointer (&self->coming);
  guint   more = self->arrived ? self->n + A_STEP : A_SCREEN;

  renew (self, ids);
  self->arrived = self->arrived || ids->len > 0;
  if (self->n >= MOST_ROWS)
    tell_of (self, ids->len);
  else if (self->n < A_SCREEN)
    tell_of (self, MIN (more, ids->len));
  if (self->n < ids->len)
    step_later (self);
}

/* How many rows may be there when what is coming arrives: as few as it has, but what is looked at
 * stays until then. */
static guint
rows_bearable (WbOrderList *self)
{
  return self->coming->len == 0 ? 0 : MAX (self->coming->len, A_SCREEN);
}

static gboolean
step_cb (gpointer data)
{
  WbOrderList *self = data;
  guint        next = self->n + A_STEP;

  if (self->coming != NULL && self->n > rows_bearable (self))
    {
      next = self->n > MOST_ROWS ? MOST_ROWS : self->n - MIN (A_STEP, self->n);
      tell_of (self, MAX (next, rows_bearable (self)));
      return G_SOURCE_CONTINUE;
    }
  if (self->coming != NULL)
    {
      self->step_id = 0;
      arrive (self);
      return G_SOURCE_REMOVE;
    }
  if (next < self->ids->len && next <= MOST_ROWS)
    {
      tell_of (self, next);
      return G_SOURCE_CONTINUE;
    }
  self->step_id = 0;
  tell_of (self, self->ids->len);
  return G_SOURCE_REMOVE;
}

/* What stands behind has moved; what has been taken out stands nowhere. */
static void
move_rows (WbOrderList *self, guint start, guint removed, guint added)
{
  for (guint i = 0; i < self->held->len; i++)
    {
      WbOrderRow *row = self->held->pdata[i];
      guint       position = wb_order_row_get_position (row);

      if (position >= start && position < start + removed)
        wb_order_row_place (row, wb_order_row_get_id (row), G_MAXUINT);
      else if (position != G_MAXUINT && position >= start + removed)
        wb_order_row_place (row, wb_order_row_get_id (row), position - removed + added);
    }
}

/* What is the same at both ends is left alone, so that a new order on top moves nothing. */
static void
replace_ids (WbOrderList *self, GArray *ids)
{
  g_autoptr (GArray) before = g_steal_pointer (&self->ids);
  guint              shown = self->n, shorter = MIN (shown, ids->len);
  guint              start = 0, end = 0;

  while (start < shorter &&
         g_array_index (before, gint64, start) == g_array_index (ids, gint64, start))
    start++;
  while (end < shorter - start && g_array_index (before, gint64, shown - 1 - end) ==
                                      g_array_index (ids, gint64, ids->len - 1 - end))
    end++;
  self->ids = ids;
  self->n = ids->len;
  move_rows (self, start, shown - start - end, ids->len - start - end);
  if (shown - start - end > 0 || ids->len - start - end > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), start, shown - start - end,
                                ids->len - start - end);
}

/* Whether what the list tells of is how @ids begins. */
static gboolean
goes_on (WbOrderList *self, GArray *ids)
{
  return self->n > 0 && self->n < MIN (ids->len, MOST_ROWS) &&
         memcmp (ids->data, self->ids->data, self->n * sizeof (gint64)) == 0;
}

static gboolean
same_ids (WbOrderList *self, GArray *ids)
{
  return ids->len == self->n &&
         (self->n == 0 || memcmp (ids->data, self->ids->data, ids->len * sizeof (gint64)) == 0);
}

/**
 * wb_order_list_take_ids:
 * @ids: (transfer full) (element-type gint64): the orders' numbers in the order wanted
 * @anew: this is another list than before, looked at from its top, not the same one refreshed
 *
 * Replaces what the list shows. A new list comes within some frames: making and taking away the 200
 * rows that a list view has would hold up one frame for as long as ten.
 */
void
wb_order_list_take_ids (WbOrderList *self, GArray *ids, gboolean anew)
{
  g_clear_handle_id (&self->step_id, g_source_remove);
  g_clear_pointer (&self->coming, g_array_unref);
  g_queue_clear_full (&self->pages, page_free);
  if (!anew && goes_on (self, ids))
    {
      g_array_unref (self->ids);
      self->ids = ids;
      step_later (self);
      return;
    }
  if (!anew || same_ids (self, ids))
    {
      replace_ids (self, ids);
      return;
    }
  self->coming = ids;
  if (self->n == 0)
    arrive (self);
  else
    step_later (self);
}

/** wb_order_list_refresh: reads again what somebody holds; each row tells by itself when it has
 * changed. */
void
wb_order_list_refresh (WbOrderList *self)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray)    ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_queue_clear_full (&self->pages, page_free);
  for (guint i = 0; i < self->held->len; i++)
    {
      gint64 id = wb_order_row_get_id (self->held->pdata[i]);

      g_array_append_val (ids, id);
      g_ptr_array_add (held, g_object_ref (self->held->pdata[i]));
    }
  for (guint start = 0; start < held->len; start += PAGE)
    {
      guint                 n = MIN (PAGE, held->len - start);
      g_autoptr (GPtrArray) heads = read_heads (self, &g_array_index (ids, gint64, start), n);

      for (guint i = start; i < start + n; i++)
        wb_order_row_set_head (held->pdata[i],
                               find_head (heads, wb_order_row_get_id (held->pdata[i])));
    }
}

/** wb_order_list_get_id: Returns: the number of the order at @position, 0 past the end. */
gint64
wb_order_list_get_id (WbOrderList *self, guint position)
{
  return position < self->ids->len ? id_at (self, position) : 0;
}

/** wb_order_list_find: Returns: where the order @id is, or %G_MAXUINT. The list tells of it when it
 * did not yet. */
guint
wb_order_list_find (WbOrderList *self, gint64 id)
{
  GArray *ids = self->coming != NULL ? self->coming : self->ids;

  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, gint64, i) == id)
      {
        if (self->coming != NULL)
          arrive (self);
        if (i >= self->n)
          tell_of (self, self->ids->len);
        return i;
      }
  return G_MAXUINT;
}

/** wb_order_list_remake: whoever holds the @n rows from @position on makes them anew, chosen no
 * more. */
void
wb_order_list_remake (WbOrderList *self, guint position, guint n)
{
  g_return_if_fail (position + n <= self->n);

  g_list_model_items_changed (G_LIST_MODEL (self), position, n, n);
}
