/* SPDX-License-Identifier: GPL-3.0-or-later
 * The pick list: one line an article, split by order, sorted by place. */
#include "wb-pick-list.h"

#include "wb-order-paper-private.h"
#include "wb-text.h"

#include <string.h>

struct _WbPickList
{
  GPtrArray  *rows;   /* of WbPickRow */
  GHashTable *by_key; /* what is one article → WbPickRow */
  GHashTable *orders; /* a set of their numbers */
  gint64      pieces;
};

static void
row_free (gpointer data)
{
  WbPickRow *row = data;

  g_free (row->bin);
  g_free (row->sku);
  g_free (row->name);
  g_free (row->options);
  g_free (row->orders);
  g_free (row->earlier_orders);
  g_free (row->last_order);
  g_free (row);
}

/** wb_pick_list_new: Returns: (transfer full): an empty list. */
WbPickList *
wb_pick_list_new (void)
{
  WbPickList *self = g_new0 (WbPickList, 1);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->orders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/** wb_pick_list_free: frees @self; NULL is fine. */
void
wb_pick_list_free (WbPickList *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->orders);
  g_free (self);
}

/* A SKU alone does not tell an article: a variation may carry its parent's (and many have none). */
static char *
article_key (WbOrderLine *line, const char *bin)
{
  const guint         fields[] = { WB_ORDER_LINE_SKU, WB_ORDER_LINE_PRODUCT_REF,
                                   WB_ORDER_LINE_VARIATION_REF, WB_ORDER_LINE_NAME, WB_ORDER_LINE_OPTIONS };
  g_autoptr (GString) key = g_string_new (bin);

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = wb_record_get_text (line, fields[i]);

      g_string_append_printf (key, "\x1f%s", text != NULL ? text : "");
    }
  return g_strdup (key->str);
}

/* “1042 × 2, 1043 → 7”: the tote that it goes into; several lines of one order are one number. */
static void
add_order (WbPickRow *row, const char *number, const char *tote, gint64 quantity)
{
  g_autofree char *here = NULL;

  if (g_strcmp0 (row->last_order, number) != 0)
    {
      g_free (row->earlier_orders);
      row->earlier_orders = g_steal_pointer (&row->orders);
      g_free (row->last_order);
      row->last_order = g_strdup (number);
      row->last_quantity = 0;
    }
  row->last_quantity += quantity;
  here = row->last_quantity > 1
             ? g_strdup_printf ("%s × %" G_GINT64_FORMAT, number, row->last_quantity)
             : g_strdup (number);
  if (!wb_text_is_empty (tote))
    {
      g_autofree char *into = g_strdup_printf ("%s → %s", here, tote);

      g_free (here);
      here = g_steal_pointer (&into);
    }
  g_free (row->orders);
  row->orders = row->earlier_orders != NULL ? g_strconcat (row->earlier_orders, ", ", here, NULL)
                                            : g_steal_pointer (&here);
}

static void
add (WbPickList          *self,
     const char          *key,
     const WbPickArticle *article,
     const char          *number,
     const char          *tote,
     gint64               quantity)
{
  WbPickRow *row = g_hash_table_lookup (self->by_key, key);

  if (quantity <= 0)
    return;
  if (row == NULL)
    {
      row = g_new0 (WbPickRow, 1);
      row->bin = g_strdup (article->bin);
      row->sku = wb_text_one_line (article->sku);
      row->name = wb_text_one_line (article->name);
      row->options = wb_text_one_line (article->options);
      g_ptr_array_add (self->rows, row);
      g_hash_table_insert (self->by_key, g_strdup (key), row);
    }
  add_order (row, number, tote, quantity);
  row->quantity += quantity;
  self->pieces += quantity;
  g_hash_table_add (self->orders, g_strdup (number));
}

/**
 * wb_pick_list_add:
 * @line: of @order
 * @quantity: pieces wanted of it
 * @bin: (nullable): where they lie
 */
void
wb_pick_list_add (
    WbPickList *self, WbOrder *order, WbOrderLine *line, gint64 quantity, const char *bin)
{
  const WbPickArticle article = { .bin = bin,
                                  .sku = wb_record_get_text (line, WB_ORDER_LINE_SKU),
                                  .name = wb_record_get_text (line, WB_ORDER_LINE_NAME),
                                  .options = wb_record_get_text (line, WB_ORDER_LINE_OPTIONS) };
  g_autofree char    *key = article_key (line, bin);

  add (self, key, &article, wb_record_get_text (order, WB_ORDER_NUMBER), NULL, quantity);
}

/**
 * wb_pick_list_add_article:
 * @number: of the order that wants @quantity pieces
 * @tote: (nullable): what they go into
 *
 * Rows stand in the order in which they are first added: the order of the walk.
 */
void
wb_pick_list_add_article (WbPickList          *self,
                          const WbPickArticle *article,
                          const char          *number,
                          const char          *tote,
                          gint64               quantity)
{
  g_autofree char *key = g_strjoin ("\x1f", article->bin != NULL ? article->bin : "",
                                    article->sku != NULL ? article->sku : "",
                                    article->name != NULL ? article->name : "",
                                    article->options != NULL ? article->options : "", NULL);

  add (self, key, article, number, tote, quantity);
}

/* “A-2” before “A-10”: digits count as numbers. */
static int
compare_places (const char *a, const char *b)
{
  g_autofree char *first = g_utf8_collate_key_for_filename (a, -1),
                  *second = g_utf8_collate_key_for_filename (b, -1);

  return strcmp (first, second);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const WbPickRow *first = *(const WbPickRow *const *) a, *second = *(const WbPickRow *const *) b;
  int              order;

  if ((first->bin == NULL) != (second->bin == NULL))
    return first->bin == NULL ? 1 : -1;
  order = first->bin != NULL ? compare_places (first->bin, second->bin) : 0;
  if (order == 0)
    order = g_strcmp0 (first->sku, second->sku);
  return order != 0 ? order : g_strcmp0 (first->name, second->name);
}

/** wb_pick_list_sort: puts the rows into walking order: by place, as people count; what has no
 * place comes last. */
void
wb_pick_list_sort (WbPickList *self)
{
  g_ptr_array_sort (self->rows, compare_rows);
}

/** wb_pick_list_count: Returns: how many rows there are. */
guint
wb_pick_list_count (const WbPickList *self)
{
  return self->rows->len;
}

/** wb_pick_list_row: Returns: (transfer none): the row number @index, from 0. */
const WbPickRow *
wb_pick_list_row (const WbPickList *self, guint index)
{
  return self->rows->pdata[index];
}

/** wb_pick_list_orders: Returns: for how many orders it is. */
guint
wb_pick_list_orders (const WbPickList *self)
{
  return g_hash_table_size (self->orders);
}

typedef struct
{
  const WbPickList   *list;
  const WbOrderPaper *with;
  WbInstant           made;
} Setting;

static const char *
fact_text (WbDoc *doc, const Setting *setting, const char *name)
{
  if (strcmp (name, "made-on") == 0)
    return wb_doc_day (doc, setting->made,
                       wb_record_get_text (setting->with->origin, WB_ORIGIN_ZONE));
  return wb_doc_number (doc, strcmp (name, "orders") == 0
                                 ? (gint64) wb_pick_list_orders (setting->list)
                             : strcmp (name, "lines") == 0 ? (gint64) setting->list->rows->len
                                                           : setting->list->pieces);
}

static const char *
cell_text (WbDoc *doc, const WbPickRow *row, const char *column)
{
  if (strcmp (column, "bin") == 0)
    return row->bin != NULL ? row->bin : "–";
  if (strcmp (column, "quantity") == 0)
    return wb_doc_number (doc, row->quantity);
  if (strcmp (column, "orders") == 0)
    return row->orders;
  return strcmp (column, "sku") == 0 ? row->sku : row->name;
}

static void
set_rows (WbDoc *doc, const Setting *setting)
{
  const char *columns[WB_MOST_COLUMNS], *cells[WB_MOST_COLUMNS] = { NULL };
  guint       n = wb_order_columns (doc, NULL, 0, columns, WB_MOST_COLUMNS);

  wb_doc_table_begin (doc, columns);
  for (guint i = 0; i < setting->list->rows->len; i++)
    {
      const WbPickRow *row = setting->list->rows->pdata[i];

      if (row->bin == NULL && (i == 0 || ((WbPickRow *) setting->list->rows->pdata[i - 1])->bin))
        wb_doc_heading (doc, wb_doc_word (doc, "no-place"));
      for (guint k = 0; k < n; k++)
        cells[k] = cell_text (doc, row, columns[k]);
      wb_doc_row (doc, cells, row->options);
    }
}

static void
set_list (WbDoc *doc, gconstpointer data)
{
  const Setting     *setting = data;
  const char *const *blocks = wb_template_get_blocks (doc->ask.template);
  const char *const *names = wb_template_get_facts (doc->ask.template);
  WbDocFact          facts[WB_MOST_COLUMNS];
  guint              n = 0;

  for (; names[n] != NULL && n < G_N_ELEMENTS (facts); n++)
    facts[n] = (WbDocFact){ wb_doc_word (doc, names[n]), fact_text (doc, setting, names[n]) };
  wb_doc_set_running (doc, wb_doc_word (doc, wb_template_get_title (doc->ask.template)));
  for (guint i = 0; blocks[i] != NULL; i++)
    if (strcmp (blocks[i], "letterhead") == 0)
      wb_doc_letterhead (doc, wb_doc_word (doc, wb_template_get_title (doc->ask.template)));
    else if (strcmp (blocks[i], "addresses") == 0)
      wb_doc_addresses (doc, NULL, 0, facts, n, NULL);
    else if (strcmp (blocks[i], "table") == 0)
      set_rows (doc, setting);
    else
      wb_order_message (doc, setting->with);
}

/**
 * wb_pick_list_render:
 * @with: how it is set: origin, paper, practice, logo, language, template, message; no order
 * @created_at: when the list was made; it stands on it
 *
 * Returns: (transfer full): PDF bytes. Fails with %WB_ERROR_INVALID for an empty list.
 */
GBytes *
wb_pick_list_render (const WbPickList   *self,
                     const WbOrderPaper *with,
                     WbInstant           created_at,
                     guint              *pages,
                     char             ***warnings,
                     GError            **error)
{
  if (self->rows->len == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "There is nothing to pick: no order has anything to ship");
      return NULL;
    }
  return wb_list_paper_render (WB_PAPER_PICK, with, created_at, set_list,
                               &(Setting){ self, with, created_at }, pages, warnings, error);
}
