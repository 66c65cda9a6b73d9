/* SPDX-License-Identifier: GPL-3.0-or-later
 * Stock added up: figures by product, who waits, what happened day by day, and whether the levels
 * are what the movements say. */
#include "wb-book-private.h"
#include "wb-book-stock.h"

/** wb_book_has_stock: whether any product is under stock keeping. */
gboolean
wb_book_has_stock (WbBook *self)
{
  gint64 has = 0;

  wb_database_get_int (self->database, &has, NULL,
                       "SELECT EXISTS (SELECT 1 FROM product WHERE tracked = 1)", NULL);
  return has != 0;
}

/* One question about all products, or about one: %s stands for the narrowing. Its first column is
 * the product; the others go where @offsets say, added up. ?1: the product, ?2: the place, ?3:
 * today. */
typedef struct
{
  const char *sql;
  const char *one;
  goffset     offsets[4];
  guint       n;
} Sum;

#define AT(member) G_STRUCT_OFFSET (WbStockFigures, member)

#define TO_SHIP "l.quantity - l.cancelled - l.shipped - l.elsewhere"

#define STILL_WANTED                                                                               \
  "FROM orders o JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id "

#define IS_WAITING                                                                                 \
  "o.stock_short > 0 AND o.stage IN ('ready', 'partial') AND l.kind = 'item' AND "                 \
  "l.needs_shipping = 1 AND " TO_SHIP " > l.allocated "

static const Sum sums[] = {
  { "SELECT s.product_id, SUM (s.on_hand), SUM (s.allocated), SUM (s.picked), SUM (CASE WHEN "
    "lot.expires_on < ?3 THEN s.on_hand - s.allocated ELSE 0 END) FROM stock_level s LEFT JOIN lot "
    "ON lot.id = s.lot_id WHERE (?2 = 0 OR s.location_id = ?2) AND ?1 = ?1 %s GROUP BY "
    "s.product_id",
    "AND s.product_id = ?1",
    { AT (on_hand), AT (allocated), AT (picked), AT (expired) },
    4 },
  { "SELECT k.product_id, SUM (k.quantity - k.received) FROM purchase u JOIN purchase_line k ON "
    "k.purchase_id = u.id WHERE u.state = 'ordered' AND k.received < k.quantity AND (?2 = 0 OR "
    "u.location_id = ?2) AND ?1 = ?1 AND ?3 = ?3 %s GROUP BY k.product_id",
    "AND k.product_id = ?1",
    { AT (incoming) },
    1 },
  { "SELECT p.id, SUM (" TO_SHIP " - l.allocated) " STILL_WANTED
    "WHERE p.tracked = 1 AND " IS_WAITING "AND ?1 = ?1 AND ?2 = ?2 AND ?3 = ?3 %s GROUP BY p.id",
    "AND p.id = ?1",
    { AT (waiting) },
    1 },
  { "SELECT c.product_id, SUM ((" TO_SHIP " - l.allocated) * "
    "c.quantity) " STILL_WANTED
    "JOIN kit_component c ON c.kit_id = p.id JOIN product q ON q.id = c.product_id "
    "WHERE q.tracked = 1 AND " IS_WAITING
    "AND ?1 = ?1 AND ?2 = ?2 AND ?3 = ?3 %s GROUP BY c.product_id",
    "AND c.product_id = ?1",
    { AT (waiting) },
    1 },
};

static WbStockFigures *
figures_of (GHashTable *all, gint64 product_id)
{
  WbStockFigures *figures = g_hash_table_lookup (all, &product_id);

  if (figures == NULL)
    {
      gint64 *key = g_new (gint64, 1);

      *key = product_id;
      figures = g_new0 (WbStockFigures, 1);
      g_hash_table_insert (all, key, figures);
    }
  return figures;
}

static gboolean
add_sum (WbBook     *self,
         const Sum  *sum,
         GHashTable *all,
         gint64      product_id,
         gint64      location_id,
         const char *today,
         GError    **error)
{
  g_autofree char   *sql = g_strdup_printf (sum->sql, product_id != 0 ? sum->one : "");
  g_autoptr (GError) local = NULL;
  g_autoptr (WbRows) rows =
      wb_database_query (self->database, error, sql, "iis", product_id, location_id, today);

  if (rows == NULL)
    return FALSE;
  while (wb_rows_next (rows, &local))
    for (guint i = 0; i < sum->n; i++)
      *(gint64 *) G_STRUCT_MEMBER_P (figures_of (all, wb_rows_int (rows, 0)), sum->offsets[i]) +=
          wb_rows_int (rows, i + 1);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
add_tracked (WbBook *self, GHashTable *all, gint64 product_id, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (WbRows) rows =
      product_id != 0 ? wb_database_query (self->database, error,
                                           "SELECT id FROM product WHERE tracked = 1 AND id = ?",
                                           "i", product_id)
                      : wb_database_query (self->database, error,
                                           "SELECT id FROM product WHERE tracked = 1", NULL);

  if (rows == NULL)
    return FALSE;
  while (wb_rows_next (rows, &local))
    figures_of (all, wb_rows_int (rows, 0))->tracked = TRUE;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * wb_book_sum_stock:
 * @product_id: 0: all products
 * @location_id: 0: all places
 * @today: “YYYY-MM-DD”
 *
 * Returns: (transfer full) (element-type gint64 WbStockFigures): by product, those that have any;
 * of kits their parts only.
 */
GHashTable *
wb_book_sum_stock (
    WbBook *self, gint64 product_id, gint64 location_id, const char *today, GError **error)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GHashTableIter         iter;
  gpointer               value;

  if (!add_tracked (self, all, product_id, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (sums); i++)
    if (!add_sum (self, &sums[i], all, product_id, location_id, today, error))
      return NULL;
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      WbStockFigures *figures = value;

      figures->available = figures->on_hand - figures->allocated - figures->expired;
    }
  return g_steal_pointer (&all);
}

#define WAITING                                                                                    \
  "SELECT o.id, l.id, l.product_id, " TO_SHIP " - l.allocated "                                    \
  "FROM orders o JOIN order_line l ON l.order_id = o.id WHERE l.product_id IS NOT NULL "           \
  "AND " IS_WAITING

/**
 * wb_book_list_waiting_lines:
 * @order_id: 0: of all orders that wait
 * @by_ship_date: who is to leave first is served first; else who was placed first
 *
 * Returns: (transfer full) (element-type WbWaitingLine): lines that want more than they hold, one
 * order after the other.
 */
GArray *
wb_book_list_waiting_lines (WbBook *self, gint64 order_id, gboolean by_ship_date, GError **error)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (WbWaitingLine));
  g_autoptr (GError) local = NULL;
  g_autoptr (WbRows) rows = NULL;

  if (order_id != 0)
    rows = wb_database_query (self->database, error, WAITING "AND o.id = ? ORDER BY l.position",
                              "i", order_id);
  else if (by_ship_date)
    rows = wb_database_query (self->database, error,
                              WAITING "ORDER BY o.ship_by = 0, o.ship_by, o.placed_at, o.id, "
                                      "l.position",
                              NULL);
  else
    rows = wb_database_query (self->database, error,
                              WAITING "ORDER BY o.placed_at, o.id, l.position", NULL);
  if (rows == NULL)
    return NULL;
  while (wb_rows_next (rows, &local))
    {
      WbWaitingLine line = { wb_rows_int (rows, 0), wb_rows_int (rows, 1), wb_rows_int (rows, 2),
                             wb_rows_int (rows, 3) };

      g_array_append_val (lines, line);
    }
  if (local == NULL)
    return g_steal_pointer (&lines);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/** wb_shortage_free: frees @shortage. */
void
wb_shortage_free (WbShortage *shortage)
{
  g_free (shortage->name);
  g_free (shortage);
}

/** wb_book_list_shortages: Returns: (transfer full) (element-type WbShortage): what is waited for,
 * the longest waited for first. */
GPtrArray *
wb_book_list_shortages (WbBook *self, guint limit, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_shortage_free);
  g_autoptr (GError)    local = NULL;
  g_autoptr (WbRows)    rows = wb_database_query (
         self->database, error,
         "SELECT p.id, p.name, COUNT (DISTINCT o.id), SUM (" TO_SHIP
         " - l.allocated), MIN (o.id), MIN (o.placed_at) " STILL_WANTED
         "WHERE (p.tracked = 1 OR EXISTS "
            "(SELECT 1 FROM kit_component c JOIN product q ON q.id = c.product_id WHERE c.kit_id = p.id "
            "AND q.tracked = 1)) AND " IS_WAITING
         "GROUP BY p.id, p.name ORDER BY MIN (o.placed_at), p.id "
            "LIMIT ?",
         "i", (gint64) limit);

  if (rows == NULL)
    return NULL;
  while (wb_rows_next (rows, &local))
    {
      WbShortage *shortage = g_new0 (WbShortage, 1);

      shortage->product_id = wb_rows_int (rows, 0);
      shortage->name = g_strdup (wb_rows_text (rows, 1));
      shortage->orders = wb_rows_int (rows, 2);
      shortage->pieces = wb_rows_int (rows, 3);
      shortage->order_id = wb_rows_int (rows, 4);
      shortage->since = wb_rows_int (rows, 5);
      g_ptr_array_add (found, shortage);
    }
  if (local == NULL)
    return g_steal_pointer (&found);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/** wb_book_list_open_orders_of: Returns: (transfer full) (element-type gint64): orders that are not
 * done and have a line of a product, or of a kit with it. */
GArray *
wb_book_list_open_orders_of (WbBook *self, gint64 product_id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local = NULL;
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, error,
      "SELECT DISTINCT o.id FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.stage IN "
      "('waiting', 'ready', 'hold', 'partial') AND l.product_id IN (SELECT ?1 UNION SELECT kit_id "
      "FROM kit_component WHERE product_id = ?1) ORDER BY o.placed_at, o.id",
      "i", product_id);

  if (rows == NULL)
    return NULL;
  while (wb_rows_next (rows, &local))
    {
      gint64 id = wb_rows_int (rows, 0);

      g_array_append_val (ids, id);
    }
  if (local == NULL)
    return g_steal_pointer (&ids);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* Pieces ordered by day, those in kits too, beside what became free and what was taken. */
#define DAYS                                                                                       \
  "SELECT day, SUM (ordered), SUM (up), SUM (down) FROM ("                                         \
  "SELECT (o.placed_at + ?2) / 86400 AS day, (l.quantity - l.cancelled) AS ordered, 0 AS up, 0 "   \
  "AS down FROM order_line l JOIN orders o ON o.id = l.order_id WHERE l.product_id = ?1 AND "      \
  "o.shop_state <> 'cancelled' "                                                                   \
  "UNION ALL SELECT (o.placed_at + ?2) / 86400, (l.quantity - l.cancelled) * c.quantity, 0, 0 "    \
  "FROM kit_component c JOIN order_line l ON l.product_id = c.kit_id JOIN orders o ON o.id = "     \
  "l.order_id WHERE c.product_id = ?1 AND o.shop_state <> 'cancelled' "                            \
  "UNION ALL SELECT (at + ?2) / 86400, 0, CASE WHEN on_hand > allocated THEN on_hand - allocated " \
  "ELSE 0 END, CASE WHEN on_hand < allocated THEN allocated - on_hand ELSE 0 END FROM movement "   \
  "WHERE product_id = ?1) AS happened GROUP BY day ORDER BY day"

/**
 * wb_book_list_stock_days:
 * @offset_seconds: what the place's clock is ahead of UTC: days are its days
 *
 * Returns: (transfer full) (element-type WbStockDay): the days on which anything happened to a
 * product, oldest first.
 */
GArray *
wb_book_list_stock_days (WbBook *self, gint64 product_id, gint64 offset_seconds, GError **error)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (WbStockDay));
  g_autoptr (GError) local = NULL;
  g_autoptr (WbRows) rows =
      wb_database_query (self->database, error, DAYS, "ii", product_id, offset_seconds);

  if (rows == NULL)
    return NULL;
  while (wb_rows_next (rows, &local))
    {
      WbStockDay day = { wb_rows_int (rows, 0), wb_rows_int (rows, 1), wb_rows_int (rows, 2),
                         wb_rows_int (rows, 3) };

      g_array_append_val (days, day);
    }
  if (local == NULL)
    return g_steal_pointer (&days);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* What must hold: a question that finds only what does not, as text. */
static const char *const checks[] = {
  /* the levels are the sum of the movements */
  "SELECT 'product ' || product_id || ', place ' || location_id || ' “' || bin || '”, lot ' || lot "
  "|| ': the movements sum to ' || SUM (moved) || ' on hand, ' || SUM (given) || ' allocated, ' || "
  "SUM (taken) || ' picked more than the level has' FROM (SELECT product_id, location_id, bin, "
  "COALESCE (lot_id, 0) AS lot, on_hand AS moved, allocated AS given, picked AS taken FROM "
  "movement "
  "UNION ALL SELECT product_id, location_id, bin, COALESCE (lot_id, 0), -on_hand, -allocated, "
  "-picked FROM stock_level) AS both GROUP BY product_id, location_id, bin, lot HAVING SUM (moved) "
  "<> 0 OR SUM (given) <> 0 OR SUM (taken) <> 0",
  /* what the levels have promised is what lines hold */
  "SELECT 'level ' || id || ': lines hold ' || held || ' of ' || allocated || ' allocated, ' || "
  "taken || ' of ' || picked || ' picked' FROM (SELECT s.id, s.allocated, s.picked, COALESCE (SUM "
  "(a.quantity), 0) AS held, COALESCE (SUM (a.picked), 0) AS taken FROM stock_level s LEFT JOIN "
  "allocation a ON a.level_id = s.id GROUP BY s.id, s.allocated, s.picked) AS sums WHERE held <> "
  "allocated OR taken <> picked",
  /* what a line holds is what the movements gave it */
  "SELECT 'order line ' || line || ', product ' || product_id || ': the movements sum to ' || SUM "
  "(given) || ' allocated, ' || SUM (taken) || ' picked more than it holds' FROM (SELECT "
  "order_line_id AS line, product_id, allocated AS given, picked AS taken FROM movement WHERE "
  "order_line_id IS NOT NULL UNION ALL SELECT order_line_id, product_id, -quantity, -picked FROM "
  "allocation) AS both GROUP BY line, product_id HAVING SUM (given) <> 0 OR SUM (taken) <> 0",
  /* and what the line says of itself */
  "SELECT 'order line ' || id || ': it says ' || allocated || ' allocated, ' || picked || ' "
  "picked; "
  "it holds ' || least || ' to ' || most || ', picked ' || taken FROM (SELECT l.id, l.allocated, "
  "l.picked, COALESCE (MIN (h.pieces / h.per_unit), 0) AS least, COALESCE (MAX ((h.pieces + "
  "h.per_unit - 1) / h.per_unit), 0) AS most, COALESCE (MIN (h.taken / h.per_unit), 0) AS taken "
  "FROM order_line l LEFT JOIN (SELECT order_line_id, product_id, MIN (per_unit) AS per_unit, SUM "
  "(quantity) AS pieces, SUM (picked) AS taken FROM allocation GROUP BY order_line_id, product_id) "
  "AS h ON h.order_line_id = l.id WHERE l.allocated > 0 OR h.pieces > 0 OR (l.picked > 0 AND "
  "l.product_id IN (SELECT p.id FROM product p WHERE p.tracked = 1)) GROUP BY "
  "l.id, l.allocated, l.picked) AS held WHERE least <> allocated OR most <> allocated OR taken <> "
  "picked",
  /* nothing is held for lines that are gone */
  "SELECT 'order line ' || order_line_id || ' is gone and holds ' || quantity || ' of product ' || "
  "product_id FROM allocation WHERE NOT EXISTS (SELECT 1 FROM order_line l WHERE l.id = "
  "allocation.order_line_id)",
};

/**
 * wb_book_check_stock:
 * @faults: (element-type utf8): gets a sentence for each place where levels, allocations, lines and
 * movements do not say the same; none: all is well
 *
 * Reads all of them. Returns: FALSE only when the book cannot be read.
 */
gboolean
wb_book_check_stock (WbBook *self, GPtrArray *faults, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (GError) local = NULL;
      g_autoptr (WbRows) rows = wb_database_query (self->database, error, checks[i], NULL);

      if (rows == NULL)
        return FALSE;
      while (wb_rows_next (rows, &local))
        g_ptr_array_add (faults, g_strdup (wb_rows_text (rows, 0)));
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }
  return TRUE;
}
