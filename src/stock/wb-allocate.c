/* SPDX-License-Identifier: GPL-3.0-or-later
 * Allocation: what is free is given to the orders that wait, by rule. All of it is decided and
 * written in one transaction, so that of two desks only one gets the last piece. */
#include "wb-stock-private.h"

#define RULE_SETTING "stock-rule"

static const char *const rule_names[] = {
  [WB_STOCK_OLDEST] = "oldest",
  [WB_STOCK_SHIP_BY] = "ship-by",
  [WB_STOCK_COMPLETE] = "complete",
};

/** wb_stock_rule_name: Returns: what a rule's order is called in settings and on the command line:
 * “oldest”, “ship-by”, “complete”. */
const char *
wb_stock_rule_name (WbStockOrder order)
{
  g_return_val_if_fail ((guint) order < G_N_ELEMENTS (rule_names), rule_names[0]);

  return rule_names[order];
}

/** wb_stock_rule_parse: Returns: the order called @name; -1: none is. */
int
wb_stock_rule_parse (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (rule_names); i++)
    if (g_strcmp0 (rule_names[i], name) == 0)
      return (int) i;
  return -1;
}

/** wb_stock_get_rule: @rule: (out): how this book's waiting orders are served: the oldest first, in
 * part too, unless it was set otherwise. */
void
wb_stock_get_rule (WbBook *book, WbStockRule *rule)
{
  g_autofree char *text = wb_book_get_setting (book, RULE_SETTING);
  g_auto (GStrv)   words = g_strsplit (text != NULL ? text : "", " ", 3);
  guint            n = g_strv_length (words);
  int              order = n > 0 ? wb_stock_rule_parse (words[0]) : -1;

  rule->order = order >= 0 ? (WbStockOrder) order : WB_STOCK_OLDEST;
  rule->partial = n < 2 || g_strcmp0 (words[1], "whole") != 0;
  rule->location_id = n > 2 ? g_ascii_strtoll (words[2], NULL, 10) : 0;
}

/** wb_stock_set_rule: keeps @rule for this book; it holds from the next allocation on. */
gboolean
wb_stock_set_rule (WbBook *book, const WbStockRule *rule, GError **error)
{
  g_autofree char *text =
      g_strdup_printf ("%s %s %" G_GINT64_FORMAT, wb_stock_rule_name (rule->order),
                       rule->partial ? "partial" : "whole", rule->location_id);

  return wb_book_set_setting (book, RULE_SETTING, text, error);
}

/* What is known of a product while one allocation runs: read once, kept up to date. */
typedef struct
{
  GArray    *parts;  /* of one line's unit; NULL: not read yet */
  GPtrArray *levels; /* with free pieces, in the order they are given out; NULL: not read yet */
  gint64     free;
} Product;

typedef struct
{
  WbBook        *book;
  WbStockRule    rule;
  const char    *actor;
  char           today[WB_DATE_SIZE];
  GHashTable    *products;
  WbStockResult *result;
} Run;

static void
product_free (gpointer data)
{
  Product *product = data;

  g_clear_pointer (&product->parts, g_array_unref);
  g_clear_pointer (&product->levels, g_ptr_array_unref);
  g_free (product);
}

static Product *
product_of (Run *run, gint64 id)
{
  Product *product = g_hash_table_lookup (run->products, &id);

  if (product == NULL)
    {
      gint64 *key = g_new (gint64, 1);

      *key = id;
      product = g_new0 (Product, 1);
      g_hash_table_insert (run->products, key, product);
    }
  return product;
}

static GArray *
parts_of (Run *run, gint64 product_id, GError **error)
{
  Product *product = product_of (run, product_id);

  if (product->parts == NULL)
    product->parts = wb_stock_parts (run->book, product_id, error);
  return product->parts;
}

static gint64
free_in (WbStockLevel *level)
{
  return wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND) -
         wb_record_get_int (level, WB_STOCK_LEVEL_ALLOCATED);
}

/* The product with its free levels read. */
static Product *
stocked (Run *run, gint64 product_id, GError **error)
{
  Product *product = product_of (run, product_id);

  if (product->levels != NULL)
    return product;
  product->levels =
      wb_book_list_free_levels (run->book, product_id, run->rule.location_id, run->today, error);
  if (product->levels == NULL)
    return NULL;
  product->free = 0;
  for (guint i = 0; i < product->levels->len; i++)
    product->free += free_in (product->levels->pdata[i]);
  return product;
}

/* How many of a line can be filled now; -1 with @error. */
static gint64
can_give (Run *run, const WbWaitingLine *line, GError **error)
{
  GArray *parts = parts_of (run, line->product_id, error);
  gint64  units = line->missing;

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    {
      const WbStockPart *part = &g_array_index (parts, WbStockPart, i);
      Product           *product = stocked (run, part->product_id, error);

      if (product == NULL)
        return -1;
      units = MIN (units, product->free / part->per_unit);
    }
  return parts == NULL ? -1 : parts->len == 0 ? 0 : units;
}

static gboolean
take (Run                 *run,
      const WbWaitingLine *line,
      const WbStockPart   *part,
      WbStockLevel        *level,
      gint64               pieces,
      GError             **error)
{
  g_autoptr (WbStockMovement) movement =
      wb_stock_movement_of (WB_MOVE_ALLOCATION, level, line->line_id, pieces, run->actor);

  wb_record_set_int (movement, WB_STOCK_MOVEMENT_ALLOCATED, pieces);
  wb_record_set_int (level, WB_STOCK_LEVEL_ALLOCATED,
                     wb_record_get_int (level, WB_STOCK_LEVEL_ALLOCATED) + pieces);
  return wb_book_hold_stock (run->book, movement, wb_record_get_int (level, WB_STOCK_LEVEL_ID),
                             line->order_id, part->per_unit, error);
}

static gboolean
give_part (
    Run *run, const WbWaitingLine *line, const WbStockPart *part, gint64 units, GError **error)
{
  Product *product = stocked (run, part->product_id, error);
  gint64   wanted = units * part->per_unit;

  for (guint i = 0; product != NULL && i < product->levels->len && wanted > 0; i++)
    {
      gint64 pieces = MIN (wanted, free_in (product->levels->pdata[i]));

      if (pieces <= 0)
        continue;
      if (!take (run, line, part, product->levels->pdata[i], pieces, error))
        return FALSE;
      product->free -= pieces;
      wanted -= pieces;
      run->result->pieces += pieces;
    }
  return product != NULL;
}

static gboolean
give (Run *run, WbWaitingLine *line, gint64 units, GError **error)
{
  GArray *parts = parts_of (run, line->product_id, error);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    if (!give_part (run, line, &g_array_index (parts, WbStockPart, i), units, error))
      return FALSE;
  line->missing -= units;
  return parts != NULL && wb_book_add_held (run->book, line->line_id, line->order_id, units, error);
}

/* Whether all that the lines of one order want is there: several may want the same product. */
static gboolean
can_complete (Run *run, const WbWaitingLine *lines, guint n, gboolean *can, GError **error)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (WbStockPart));

  *can = TRUE;
  for (guint i = 0; i < n && *can; i++)
    {
      GArray *parts = parts_of (run, lines[i].product_id, error);

      if (parts == NULL)
        return FALSE;
      for (guint k = 0; k < parts->len && *can; k++)
        {
          WbStockPart part = g_array_index (parts, WbStockPart, k);
          Product    *product = stocked (run, part.product_id, error);

          if (product == NULL)
            return FALSE;
          part.per_unit *= lines[i].missing;
          g_array_append_val (wanted, part);
          for (guint w = 0; w + 1 < wanted->len; w++)
            if (g_array_index (wanted, WbStockPart, w).product_id == part.product_id)
              part.per_unit += g_array_index (wanted, WbStockPart, w).per_unit;
          *can = part.per_unit <= product->free;
        }
    }
  return TRUE;
}

static gboolean
serve (Run *run, WbWaitingLine *lines, guint n, gboolean whole_only, GError **error)
{
  gboolean given = FALSE, complete = TRUE, can = TRUE;

  if (whole_only && !can_complete (run, lines, n, &can, error))
    return FALSE;
  for (guint i = 0; can && i < n; i++)
    {
      gint64 units = lines[i].missing > 0 ? can_give (run, &lines[i], error) : 0;

      if (units < 0 || (units > 0 && !give (run, &lines[i], units, error)))
        return FALSE;
      given |= units > 0;
      complete &= lines[i].missing == 0;
    }
  run->result->orders += given;
  run->result->complete += given && complete;
  return TRUE;
}

static gboolean
serve_all (Run *run, GArray *lines, gboolean whole_only, GError **error)
{
  for (guint first = 0; first < lines->len;)
    {
      WbWaitingLine *all = &g_array_index (lines, WbWaitingLine, 0);
      guint          n = 1;

      while (first + n < lines->len && all[first + n].order_id == all[first].order_id)
        n++;
      if (!serve (run, all + first, n, whole_only, error))
        return FALSE;
      first += n;
    }
  return TRUE;
}

static gboolean
allocate (Run *run, gint64 order_id, GError **error)
{
  g_autoptr (GArray) lines =
      wb_book_list_waiting_lines (run->book, order_id, run->rule.order == WB_STOCK_SHIP_BY, error);

  if (lines == NULL)
    return FALSE;
  if ((run->rule.order == WB_STOCK_COMPLETE || !run->rule.partial) &&
      !serve_all (run, lines, TRUE, error))
    return FALSE;
  if (run->rule.partial && !serve_all (run, lines, FALSE, error))
    return FALSE;
  return run->result->orders == 0 ||
         wb_book_add_event (run->book, order_id != 0 ? "order" : "stock", order_id, "allocated",
                            run->actor, NULL, error);
}

/**
 * wb_stock_allocate:
 * @rule: (nullable): %NULL: the book's
 * @order_id: only this order; 0: all that wait
 * @result: (out) (optional): what was given to whom
 *
 * Gives what is free to the orders that wait for it, in the rule's order; within a product what
 * expires first is given first, and nothing that has expired. What is not there stays waited for.
 */
gboolean
wb_stock_allocate (WbBook            *book,
                   const WbStockRule *rule,
                   gint64             order_id,
                   const char        *actor,
                   WbStockResult     *result,
                   GError           **error)
{
  WbStockResult          own = { 0 };
  Run                    run = { .book = book, .actor = actor != NULL ? actor : "?" };
  g_autoptr (GHashTable) products = NULL;

  run.result = result != NULL ? result : &own;
  *run.result = own;
  if (!wb_book_begin (book, error))
    return FALSE;
  products = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, product_free);
  run.products = products;
  if (rule != NULL)
    run.rule = *rule;
  else
    wb_stock_get_rule (book, &run.rule);
  wb_stock_today (book, run.today);
  return wb_stock_settle (book, allocate (&run, order_id, error), error);
}
