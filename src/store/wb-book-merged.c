/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders that go into one parcel, in the book. What is said here is kept until the parcel leaves or
 * somebody takes it back; afterwards only the shipments tell of it (carried_by). */
#include "wb-book-merged.h"
#include "wb-book-private.h"

/* The rows' first column. Returns: (transfer full) (element-type gint64). */
static GArray *
collect (WbRows *rows, GError **error)
{
  g_autoptr (WbRows) all = rows;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local = NULL;

  while (all != NULL && wb_rows_next (all, &local))
    {
      gint64 id = wb_rows_int (all, 0);

      g_array_append_val (ids, id);
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return all != NULL && local == NULL ? g_steal_pointer (&ids) : NULL;
}

/**
 * wb_book_list_merged:
 * @order_id: one of them
 *
 * Returns: (transfer full) (element-type gint64): the orders that are to go into one parcel with
 * it: the lead first, the others by their number in the book; empty when it goes by itself.
 */
GArray *
wb_book_list_merged (WbBook *self, gint64 order_id, GError **error)
{
  return collect (
      wb_database_query (
          self->database, error,
          "SELECT id FROM (SELECT lead_id AS id, 0 AS place FROM merged_order UNION "
          "SELECT order_id, 1 FROM merged_order) AS every WHERE id IN ("
          "SELECT m.lead_id FROM merged_order AS m WHERE m.order_id = ?1 OR m.lead_id = ?1 UNION "
          "SELECT n.order_id FROM merged_order AS n WHERE n.lead_id = ?1 OR n.lead_id = "
          "(SELECT o.lead_id FROM merged_order AS o WHERE o.order_id = ?1)) ORDER BY place, id",
          "i", order_id),
      error);
}

/**
 * wb_book_merge_orders:
 * @order_ids: @n of them, the lead first; none goes with another yet
 *
 * Writes down that they go into one parcel. That they may is for the engine to know.
 */
gboolean
wb_book_merge_orders (
    WbBook *self, const gint64 *order_ids, guint n, const char *actor, GError **error)
{
  for (guint i = 1; i < n; i++)
    if (!wb_database_run (
            self->database, error,
            "INSERT INTO merged_order (order_id, lead_id, actor, at) VALUES (?, ?, ?, ?)", "iisi",
            order_ids[i], order_ids[0], actor, wb_now ()))
      return FALSE;
  return TRUE;
}

/** wb_book_unmerge_orders: each of those that go with @lead_id goes by itself again. */
gboolean
wb_book_unmerge_orders (WbBook *self, gint64 lead_id, GError **error)
{
  return wb_database_run (self->database, error, "DELETE FROM merged_order WHERE lead_id = ?", "i",
                          lead_id);
}

/**
 * wb_book_get_whole_order:
 * @order_id: any order
 *
 * Returns: (transfer full): the lead of those that @order_id goes with, and with it the lines of
 * all of them, each with its own order's number: what goes into the parcel. An order that goes by
 * itself is what wb_book_get_order() gives. To be read, never to be saved.
 */
WbOrder *
wb_book_get_whole_order (WbBook *self, gint64 order_id, GError **error)
{
  g_autoptr (GArray)  ids = wb_book_list_merged (self, order_id, error);
  g_autoptr (WbOrder) whole = NULL;

  if (ids == NULL)
    return NULL;
  whole = wb_book_get_order (self, ids->len > 0 ? g_array_index (ids, gint64, 0) : order_id, error);
  for (guint i = 1; whole != NULL && i < ids->len; i++)
    {
      g_autoptr (WbOrder) one = wb_book_get_order (self, g_array_index (ids, gint64, i), error);
      GPtrArray          *lines = one != NULL ? wb_record_get_many (one, WB_ORDER_LINES) : NULL;

      if (one == NULL)
        return NULL;
      for (guint k = 0; k < lines->len; k++)
        wb_record_add (whole, WB_ORDER_LINES, g_object_ref (lines->pdata[k]));
    }
  return g_steal_pointer (&whole);
}

/* The shipments with these numbers. */
static GPtrArray *
get_shipments (WbBook *self, GArray *ids, GError **error)
{
  g_autoptr (GArray)    all = ids;
  g_autoptr (GPtrArray) shipments = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      WbShipment *one = wb_book_get_shipment (self, g_array_index (all, gint64, i), error);

      if (one == NULL)
        return NULL;
      g_ptr_array_add (shipments, one);
    }
  return all != NULL ? g_steal_pointer (&shipments) : NULL;
}

/** wb_book_list_carried: Returns: (transfer full) (element-type WbShipment): the shipments of other
 * orders whose goods travel in the parcel of @shipment_id, in their order. */
GPtrArray *
wb_book_list_carried (WbBook *self, gint64 shipment_id, GError **error)
{
  return get_shipments (
      self,
      collect (wb_database_query (self->database, error,
                                  "SELECT id FROM shipment WHERE carried_by = ? ORDER BY id", "i",
                                  shipment_id),
               error),
      error);
}

/** wb_book_get_carrying: Returns: (transfer full): the shipment in whose parcel @shipment_id
 * travels: mostly itself. */
WbShipment *
wb_book_get_carrying (WbBook *self, gint64 shipment_id, GError **error)
{
  g_autoptr (WbShipment) shipment = wb_book_get_shipment (self, shipment_id, error);
  gint64 by = shipment != NULL ? wb_record_get_int (shipment, WB_SHIPMENT_CARRIED_BY) : 0;

  return by != 0 ? wb_book_get_shipment (self, by, error) : g_steal_pointer (&shipment);
}

#define OF_PERSON                                                                                  \
  "(o.customer_id = ?1 OR o.customer_id IN (SELECT id FROM customer WHERE person_id = (SELECT "    \
  "person_id FROM customer WHERE id = ?1 AND person_id IS NOT NULL)))"

/** wb_book_list_mates: Returns: (transfer full) (element-type gint64): the other orders of the same
 * person that are ready, oldest first, at most 100. */
GArray *
wb_book_list_mates (WbBook *self, gint64 order_id, GError **error)
{
  gint64 customer = 0;

  if (!wb_database_get_int (self->database, &customer, error,
                            "SELECT COALESCE (customer_id, 0) FROM orders WHERE id = ?", "i",
                            order_id))
    return NULL;
  return collect (wb_database_query (self->database, error,
                                     "SELECT o.id FROM orders AS o WHERE " OF_PERSON
                                     " AND o.stage IN ('ready', 'partial') AND o.id <> ?2 "
                                     "ORDER BY o.placed_at, o.id LIMIT 100",
                                     "ii", customer, order_id),
                  error);
}

/** wb_book_list_orders_by_person: Returns: (transfer full) (element-type gint64): every order that
 * is ready and of whose person another one is too; those of one person stand together, each
 * person's oldest first. */
GArray *
wb_book_list_orders_by_person (WbBook *self, GError **error)
{
  /* A link is named after one of its customers, who may have left it since: so the two are told
   * apart by their sign. */
#define READY                                                                                      \
  "SELECT o.id, o.placed_at, CASE WHEN c.person_id IS NULL THEN -c.id ELSE c.person_id END AS "    \
  "person FROM orders AS o JOIN customer AS c ON c.id = o.customer_id WHERE o.stage IN "           \
  "('ready', 'partial')"
  return collect (wb_database_query (self->database, error,
                                     "SELECT r.id FROM (" READY
                                     ") AS r WHERE r.person IN (SELECT q.person FROM "
                                     "(" READY ") AS q GROUP BY q.person HAVING COUNT(*) > 1) "
                                     "ORDER BY r.person, r.placed_at, r.id",
                                     ""),
                  error);
#undef READY
}
