/* SPDX-License-Identifier: GPL-3.0-or-later
 * What an order must no longer hold it lets go: cancelled, edited, held, or not paid after all. */
#include "wb-stock-private.h"

/* What one of a line is made of, as far as it is under stock keeping; empty: it never waits. */
GArray *
wb_stock_parts (WbBook *book, gint64 product_id, GError **error)
{
  g_autoptr (GArray)    parts = g_array_new (FALSE, FALSE, sizeof (WbStockPart));
  g_autoptr (GPtrArray) components = NULL;

  if (product_id == 0)
    return g_steal_pointer (&parts);
  if ((components = wb_book_list_components (book, product_id, error)) == NULL)
    return NULL;
  for (guint i = 0; i < MAX (components->len, 1); i++)
    {
      WbStockPart           part = { product_id, 1 };
      g_autoptr (WbProduct) product = NULL;

      if (components->len > 0)
        {
          part.product_id = wb_record_get_int (components->pdata[i], WB_KIT_COMPONENT_PRODUCT_ID);
          part.per_unit = wb_record_get_int (components->pdata[i], WB_KIT_COMPONENT_QUANTITY);
        }
      if ((product = wb_book_get_product (book, part.product_id, error)) == NULL)
        return NULL;
      if (wb_record_get_bool (product, WB_PRODUCT_TRACKED))
        g_array_append_val (parts, part);
    }
  return g_steal_pointer (&parts);
}

/* Writes that a line holds @quantity fewer of a level; what of it was picked goes back first. The
 * caller settles the line. */
gboolean
wb_stock_release_held (WbBook       *book,
                       WbAllocation *held,
                       gint64        quantity,
                       const char   *reason,
                       const char   *actor,
                       GError      **error)
{
  gint64 line_id = wb_record_get_int (held, WB_ALLOCATION_ORDER_LINE_ID),
         level_id = wb_record_get_int (held, WB_ALLOCATION_LEVEL_ID),
         has = wb_record_get_int (held, WB_ALLOCATION_QUANTITY),
         picked = wb_record_get_int (held, WB_ALLOCATION_PICKED),
         back = MAX (0, picked - (has - quantity));
  g_autoptr (WbStockLevel)    level = wb_book_get_level (book, level_id, error);
  g_autoptr (WbStockMovement) unpick = NULL, movement = NULL;

  if (level == NULL)
    return FALSE;
  if (back > 0)
    {
      unpick = wb_stock_movement_of (WB_MOVE_UNPICK, level, line_id, -back, actor);
      wb_record_set_text (unpick, WB_STOCK_MOVEMENT_REASON, reason);
      wb_record_set_int (unpick, WB_STOCK_MOVEMENT_PICKED, -back);
      if (!wb_book_hold_stock (book, unpick, level_id, 0, 1, error))
        return FALSE;
    }
  movement = wb_stock_movement_of (WB_MOVE_RELEASE, level, line_id, -quantity, actor);
  wb_record_set_text (movement, WB_STOCK_MOVEMENT_REASON, reason);
  wb_record_set_int (movement, WB_STOCK_MOVEMENT_ALLOCATED, -quantity);
  wb_record_set_int (held, WB_ALLOCATION_QUANTITY, has - quantity);
  wb_record_set_int (held, WB_ALLOCATION_PICKED, picked - back);
  return wb_book_hold_stock (book, movement, level_id, 0, 1, error);
}

static gint64
held_of (GPtrArray *held, const WbStockPart *part, guint field, gboolean *as_made)
{
  gint64 pieces = 0;

  for (guint i = 0; i < held->len; i++)
    if (wb_record_get_int (held->pdata[i], WB_ALLOCATION_PRODUCT_ID) == part->product_id)
      {
        pieces += wb_record_get_int (held->pdata[i], field);
        *as_made &= wb_record_get_int (held->pdata[i], WB_ALLOCATION_PER_UNIT) == part->per_unit;
      }
  return pieces;
}

/* How many of a line can be made of what it holds (or has picked), at most @most. */
static gint64
whole_units (GPtrArray *held, GArray *parts, guint field, gint64 most)
{
  gboolean as_made = TRUE;

  if (parts->len == 0)
    return 0;
  for (guint i = 0; i < parts->len; i++)
    {
      const WbStockPart *part = &g_array_index (parts, WbStockPart, i);

      most = MIN (most, held_of (held, part, field, &as_made) / part->per_unit);
    }
  return as_made ? most : 0;
}

/* What the line may keep of a product. */
static gint64
keeps (GArray *parts, gint64 product_id, gint64 units)
{
  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, WbStockPart, i).product_id == product_id)
      return units * g_array_index (parts, WbStockPart, i).per_unit;
  return 0;
}

/* Of each product no more than @units of the line need; what nobody has picked goes first. */
static gboolean
release_surplus (
    WbBook *book, GPtrArray *held, GArray *parts, gint64 units, const char *actor, GError **error)
{
  for (guint first = 0; first < held->len;)
    {
      gint64 product_id = wb_record_get_int (held->pdata[first], WB_ALLOCATION_PRODUCT_ID),
             surplus = -keeps (parts, product_id, units);
      guint after = first;

      for (; after < held->len &&
             wb_record_get_int (held->pdata[after], WB_ALLOCATION_PRODUCT_ID) == product_id;
           after++)
        surplus += wb_record_get_int (held->pdata[after], WB_ALLOCATION_QUANTITY);
      for (guint turn = 0; turn < 2; turn++)
        for (guint i = after; i > first && surplus > 0; i--)
          {
            WbAllocation *of = held->pdata[i - 1];
            gint64        has = wb_record_get_int (of, WB_ALLOCATION_QUANTITY);
            gint64 free = turn == 0 ? has - wb_record_get_int (of, WB_ALLOCATION_PICKED) : has;
            gint64 less = MIN (free, surplus);

            if (less > 0 && !wb_stock_release_held (book, of, less, NULL, actor, error))
              return FALSE;
            surplus -= MAX (less, 0);
          }
      first = after;
    }
  return TRUE;
}

/* Brings what a line holds into whole units of it, @most of them at most, and what the line says of
 * itself with it. */
gboolean
wb_stock_settle_line (
    WbBook *book, gint64 order_line_id, gint64 most, const char *actor, GError **error)
{
  g_autoptr (WbOrderLine) line = wb_book_get_line (book, order_line_id, error);
  g_autoptr (GPtrArray)   held =
      line != NULL ? wb_book_list_line_allocations (book, order_line_id, error) : NULL;
  g_autoptr (GArray) parts =
      held != NULL
          ? wb_stock_parts (book, wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID), error)
          : NULL;
  gint64 units, picked;

  if (parts == NULL)
    return FALSE;
  units = whole_units (held, parts, WB_ALLOCATION_QUANTITY, most);
  if (!release_surplus (book, held, parts, units, actor, error))
    return FALSE;
  picked = whole_units (held, parts, WB_ALLOCATION_PICKED, units);
  if (units == wb_record_get_int (line, WB_ORDER_LINE_ALLOCATED) &&
      picked == wb_record_get_int (line, WB_ORDER_LINE_PICKED))
    return TRUE;
  return wb_book_set_held (book, order_line_id, units, picked, error);
}

/* A holding becomes smaller by force: the pieces are not there. The line then waits. */
gboolean
wb_stock_let_go (WbBook       *book,
                 WbAllocation *held,
                 gint64        quantity,
                 const char   *reason,
                 const char   *actor,
                 GError      **error)
{
  gint64 order_id = wb_record_get_int (held, WB_ALLOCATION_ORDER_ID);

  return wb_stock_release_held (book, held, quantity, reason, actor, error) &&
         wb_stock_settle_line (book, wb_record_get_int (held, WB_ALLOCATION_ORDER_LINE_ID),
                               G_MAXINT64, actor, error) &&
         wb_stock_count_short (book, order_id, error);
}

static gboolean
is_stage (WbOrder *order, const char *stage)
{
  return g_strcmp0 (wb_record_get_text (order, WB_ORDER_STAGE), stage) == 0;
}

static gboolean
may_hold (WbOrder *order)
{
  return is_stage (order, WB_STAGE_READY) || is_stage (order, WB_STAGE_PARTIAL);
}

/* How many of a line its order may hold now: all that is to ship; of an order on hold what a hand
 * or a parcel has already; of any other nothing. */
static gint64
may_hold_of (WbOrder *order, WbOrderLine *line)
{
  gint64 open = wb_order_line_to_ship (line);

  if (may_hold (order))
    return open;
  if (is_stage (order, WB_STAGE_HOLD))
    return MIN (open, MAX (wb_record_get_int (line, WB_ORDER_LINE_PICKED),
                           wb_record_get_int (line, WB_ORDER_LINE_PACKED)));
  return 0;
}

/**
 * wb_stock_missing_of:
 * @missing: (out): of a line still to ship and not held; 0 for what is not under stock keeping
 */
gboolean
wb_stock_missing_of (WbBook *book, WbOrderLine *line, gint64 *missing, GError **error)
{
  gint64 pieces = wb_order_line_to_ship (line) - wb_record_get_int (line, WB_ORDER_LINE_ALLOCATED);
  g_autoptr (GArray) parts = NULL;

  if (pieces > 0 && (parts = wb_stock_parts (
                         book, wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID), error)) == NULL)
    return FALSE;
  *missing = pieces > 0 && parts->len > 0 ? pieces : 0;
  return TRUE;
}

static gboolean
count_short (WbBook *book, WbOrder *order, GError **error)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gint64     pieces = 0;

  for (guint i = 0; may_hold (order) && i < lines->len; i++)
    {
      gint64 missing = 0;

      if (!wb_stock_missing_of (book, lines->pdata[i], &missing, error))
        return FALSE;
      pieces += missing;
    }
  return wb_book_set_stock_short (book, wb_record_get_int (order, WB_ORDER_ID), pieces, error);
}

/* Writes down for how many pieces an order waits. */
gboolean
wb_stock_count_short (WbBook *book, gint64 order_id, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (book, order_id, error);

  return order != NULL && count_short (book, order, error);
}

/* What lines that the shop took away still hold. */
static gboolean
release_lost (WbBook *book, WbOrder *order, const char *actor, GError **error)
{
  g_autoptr (GPtrArray) held =
      wb_book_list_allocations (book, wb_record_get_int (order, WB_ORDER_ID), error);

  for (guint i = 0; held != NULL && i < held->len; i++)
    if (wb_order_find_line (
            order, wb_record_get_int (held->pdata[i], WB_ALLOCATION_ORDER_LINE_ID)) == NULL &&
        !wb_stock_release_held (book, held->pdata[i],
                                wb_record_get_int (held->pdata[i], WB_ALLOCATION_QUANTITY), NULL,
                                actor, error))
      return FALSE;
  return held != NULL;
}

/* wb_stock_note_order() whether or not anything is under stock keeping. */
gboolean
wb_stock_settle_order (WbBook *book, gint64 order_id, const char *actor, GError **error)
{
  g_autoptr (WbOrder) order = NULL;
  GPtrArray          *lines;
  gboolean            changed = FALSE;

  if (!wb_book_link_lines (book, order_id, 0, error) ||
      (order = wb_book_get_order (book, order_id, error)) == NULL ||
      !release_lost (book, order, actor, error))
    return FALSE;
  lines = wb_record_get_many (order, WB_ORDER_LINES);
  for (guint i = 0; i < lines->len; i++)
    {
      gpointer line = lines->pdata[i];

      if (wb_record_get_int (line, WB_ORDER_LINE_ALLOCATED) == 0 &&
          wb_record_get_int (line, WB_ORDER_LINE_PICKED) == 0)
        continue;
      changed = TRUE;
      if (!wb_stock_settle_line (book, wb_record_get_int (line, WB_ORDER_LINE_ID),
                                 may_hold_of (order, line), actor, error))
        return FALSE;
    }
  if (!changed)
    return count_short (book, order, error);
  return wb_stock_count_short (book, order_id, error);
}

/**
 * wb_stock_note_order:
 * Looks at an order that is new, or was changed, cancelled, held or released: what it must no
 * longer hold it lets go, and for how many pieces it waits is written down. wb_stock_allocate()
 * then gives. Quick where nothing is under stock keeping.
 */
gboolean
wb_stock_note_order (WbBook *book, gint64 order_id, const char *actor, GError **error)
{
  if (!wb_book_begin (book, error))
    return FALSE;
  return wb_stock_settle (book,
                          wb_book_has_stock (book)
                              ? wb_stock_settle_order (book, order_id, actor, error)
                              : wb_book_link_lines (book, order_id, 0, error),
                          error);
}

/**
 * wb_stock_release_order:
 * Everything the order holds goes back, what was picked too; it waits again where it may hold
 * anything at all.
 */
gboolean
wb_stock_release_order (WbBook *book, gint64 order_id, const char *actor, GError **error)
{
  g_autoptr (WbOrder) order = NULL;
  GPtrArray          *lines;
  gboolean            ok;

  if (!wb_book_begin (book, error))
    return FALSE;
  ok = (order = wb_book_get_order (book, order_id, error)) != NULL &&
       release_lost (book, order, actor, error);
  lines = ok ? wb_record_get_many (order, WB_ORDER_LINES) : NULL;
  for (guint i = 0; ok && i < lines->len; i++)
    ok = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ALLOCATED) == 0 ||
         wb_stock_settle_line (book, wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID), 0,
                               actor, error);
  return wb_stock_settle (book, ok && wb_stock_count_short (book, order_id, error), error);
}
