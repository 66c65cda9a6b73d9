/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shipments, parcels, labels and documents in the book. */
#include "wb-book-private.h"

#include "wb-file.h"

static gboolean
insert_parcel (WbBook *self, WbShipment *shipment, WbParcel *parcel, GError **error)
{
  GPtrArray *lines = wb_record_get_many (parcel, WB_PARCEL_LINES);

  wb_record_set_int (parcel, WB_PARCEL_SHIPMENT_ID, wb_record_get_int (shipment, WB_SHIPMENT_ID));
  wb_record_set_int (parcel, WB_PARCEL_ORDER_ID,
                     wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID));
  if (!wb_database_insert (self->database, parcel, NULL, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      wb_record_set_int (lines->pdata[i], WB_PARCEL_LINE_PARCEL_ID,
                         wb_record_get_int (parcel, WB_PARCEL_ID));
      if (!wb_database_insert (self->database, lines->pdata[i], NULL, error))
        return FALSE;
    }
  return TRUE;
}

/** wb_book_insert_shipment: writes a new shipment with its parcels and what is in them; gives it
 * the order's next number. */
gboolean
wb_book_insert_shipment (WbBook *self, WbShipment *shipment, GError **error)
{
  GPtrArray *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);
  gint64     number = 0;
  gboolean   ok;

  if (!wb_book_begin (self, error))
    return FALSE;
  ok = wb_database_get_int (self->database, &number, error,
                            "SELECT COALESCE(MAX(number), 0) + 1 FROM shipment WHERE order_id = ?",
                            "i", wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID));
  wb_record_set_int (shipment, WB_SHIPMENT_NUMBER, number);
  ok = ok && wb_database_insert (self->database, shipment, NULL, error);
  for (guint i = 0; ok && i < parcels->len; i++)
    ok = insert_parcel (self, shipment, parcels->pdata[i], error);
  if (ok)
    return wb_book_commit (self, error);
  wb_book_rollback (self);
  return FALSE;
}

static gboolean
load_parcels (WbBook *self, WbShipment *shipment, GError **error)
{
  g_autoptr (GPtrArray) parcels = wb_database_select (
      self->database, wb_parcel_get_type (), error, "WHERE shipment_id = ? ORDER BY position", "i",
      wb_record_get_int (shipment, WB_SHIPMENT_ID));

  for (guint i = 0; parcels != NULL && i < parcels->len; i++)
    {
      g_autoptr (GPtrArray) lines = wb_database_select (
          self->database, wb_parcel_line_get_type (), error, "WHERE parcel_id = ? ORDER BY id", "i",
          wb_record_get_int (parcels->pdata[i], WB_PARCEL_ID));

      if (lines == NULL)
        return FALSE;
      for (guint k = 0; k < lines->len; k++)
        wb_record_add (parcels->pdata[i], WB_PARCEL_LINES, g_object_ref (lines->pdata[k]));
      wb_record_add (shipment, WB_SHIPMENT_PARCELS, g_object_ref (parcels->pdata[i]));
    }
  return parcels != NULL;
}

static GPtrArray *
with_parcels (WbBook *self, GPtrArray *shipments, GError **error)
{
  g_autoptr (GPtrArray) all = shipments;

  for (guint i = 0; all != NULL && i < all->len; i++)
    if (!load_parcels (self, all->pdata[i], error))
      return NULL;
  return g_steal_pointer (&all);
}

/** wb_book_get_shipment: Returns: (transfer full): with parcels and what is in them. */
WbShipment *
wb_book_get_shipment (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (with_parcels (self,
                                      wb_database_select (self->database, wb_shipment_get_type (),
                                                          error, "WHERE id = ?", "i", id),
                                      error),
                        "shipment", error);
}

/** wb_book_list_shipments: Returns: (transfer full) (element-type WbShipment): of one order, in
 * their order. */
GPtrArray *
wb_book_list_shipments (WbBook *self, gint64 order_id, GError **error)
{
  return with_parcels (self,
                       wb_database_select (self->database, wb_shipment_get_type (), error,
                                           "WHERE order_id = ? ORDER BY number", "i", order_id),
                       error);
}

/** wb_book_list_recent_shipments: Returns: (transfer full) (element-type WbShipment): newest first;
 * @state %NULL: any. */
GPtrArray *
wb_book_list_recent_shipments (WbBook *self, const char *state, guint limit, GError **error)
{
  return with_parcels (
      self,
      wb_database_select (self->database, wb_shipment_get_type (), error,
                          "WHERE ?1 IS NULL OR state = ?1 ORDER BY id DESC LIMIT ?2", "si", state,
                          (gint64) limit),
      error);
}

/** wb_book_list_labels: Returns: (transfer full) (element-type WbLabel): every label ever bought
 * for an order, oldest first. */
GPtrArray *
wb_book_list_labels (WbBook *self, gint64 order_id, GError **error)
{
  return wb_database_select (self->database, wb_label_get_type (), error,
                             "WHERE order_id = ? ORDER BY id", "i", order_id);
}

/** wb_book_get_live_label: Returns: (transfer full): the one live label under which a parcel
 * travels: its own, or that of the parcel its goods are carried in; %WB_ERROR_NOT_FOUND when there
 * is none. */
WbLabel *
wb_book_get_live_label (WbBook *self, gint64 parcel_id, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_label_get_type (), error,
                          "WHERE state = 'live' AND parcel_id IN (SELECT p.id FROM parcel AS p "
                          "WHERE p.id = ?1 UNION SELECT l.id FROM parcel AS l JOIN shipment AS s "
                          "ON s.carried_by = l.shipment_id JOIN parcel AS q ON q.shipment_id = "
                          "s.id WHERE q.id = ?1)",
                          "i", parcel_id),
      "live label", error);
}

/** wb_book_put_document: keeps @bytes under their hash; the same bytes are kept once. Returns:
 * (transfer full): the hash. */
char *
wb_book_put_document (WbBook *self, GBytes *bytes, const char *media_type, GError **error)
{
  g_autofree char *hash = wb_bytes_hash (bytes);

  if (!wb_database_run (self->database, error,
                        "INSERT INTO document (hash, media_type, created_at, bytes) VALUES (?, ?, "
                        "?, ?) ON CONFLICT (hash) DO NOTHING",
                        "ssib", hash, media_type, wb_now (), bytes))
    return NULL;
  return g_steal_pointer (&hash);
}

/** wb_book_get_document: Returns: (transfer full): the bytes kept under @hash, proved against it;
 * @media_type: (out) (optional). */
GBytes *
wb_book_get_document (WbBook *self, const char *hash, char **media_type, GError **error)
{
  g_autoptr (WbRows) rows = wb_database_query (
      self->database, error, "SELECT bytes, media_type FROM document WHERE hash = ?", "s", hash);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char   *actual = NULL;

  if (rows == NULL)
    return NULL;
  if (!wb_rows_next (rows, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
                     "The document %.12s… is not in the order book", hash);
      return NULL;
    }
  bytes = wb_rows_bytes (rows, 0);
  actual = wb_bytes_hash (bytes);
  if (g_strcmp0 (actual, hash) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_STORAGE,
                   "The document %.12s… in the order book is damaged", hash);
      return NULL;
    }
  if (media_type != NULL)
    *media_type = g_strdup (wb_rows_text (rows, 1));
  return g_steal_pointer (&bytes);
}

/** wb_book_get_label: Returns: (transfer full): by number. */
WbLabel *
wb_book_get_label (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_label_get_type (), error, "WHERE id = ?", "i", id),
      "label", error);
}

/** wb_book_list_labels_set_aside: Returns: (transfer full) (element-type WbLabel): labels on
 * parcels that failed a check and nobody has accepted. */
GPtrArray *
wb_book_list_labels_set_aside (WbBook *self, GError **error)
{
  return wb_database_select (self->database, wb_label_get_type (), error,
                             "WHERE quarantine IS NOT NULL AND accepted_at = 0 AND state = ? "
                             "ORDER BY id",
                             "s", WB_LABEL_LIVE);
}

/** wb_book_list_labels_in: Returns: (transfer full) (element-type WbLabel): all labels in @state
 * (WB_LABEL_…). */
GPtrArray *
wb_book_list_labels_in (WbBook *self, const char *state, GError **error)
{
  return wb_database_select (self->database, wb_label_get_type (), error,
                             "WHERE state = ? ORDER BY id", "s", state);
}

static int
newer_first (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left > right ? -1 : left < right;
}

static gboolean
collect_shipments (WbRows *rows, GArray *ids, GError **error)
{
  g_autoptr (WbRows) all = rows;
  g_autoptr (GError) local = NULL;

  while (all != NULL && wb_rows_next (all, &local))
    {
      gint64 id = wb_rows_int (all, 0);

      g_array_append_val (ids, id);
    }
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return all != NULL && local == NULL;
}

/* Of one state (NULL: any), of one order (0: any). */
static gboolean
collect_state (WbBook *self, const char *state, gint64 order_id, GArray *ids, GError **error)
{
  if (order_id != 0)
    return collect_shipments (
        wb_database_query (
            self->database, error,
            "SELECT id FROM shipment WHERE order_id = ?1 AND (?2 IS NULL OR state = ?2)", "is",
            order_id, state),
        ids, error);
  if (state != NULL)
    return collect_shipments (wb_database_query (self->database, error,
                                                 "SELECT id FROM shipment WHERE state = ?", "s",
                                                 state),
                              ids, error);
  return collect_shipments (
      wb_database_query (self->database, error, "SELECT id FROM shipment", ""), ids, error);
}

/**
 * wb_book_list_shipment_ids:
 * @states: (nullable): %NULL-terminated WB_SHIPMENT_…, %NULL: all
 * @orders: (nullable) (element-type gint64): only shipments of these orders
 *
 * Returns: (transfer full) (element-type gint64): the shipments' numbers in the book, newest first.
 */
GArray *
wb_book_list_shipment_ids (WbBook *self, const char *const *states, GArray *orders, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint              n_states = states != NULL ? g_strv_length ((char **) states) : 1;

  for (guint i = 0; i < n_states; i++)
    {
      const char *state = states != NULL ? states[i] : NULL;

      if (orders == NULL && !collect_state (self, state, 0, ids, error))
        return NULL;
      for (guint k = 0; orders != NULL && k < orders->len; k++)
        if (!collect_state (self, state, g_array_index (orders, gint64, k), ids, error))
          return NULL;
    }
  g_array_sort (ids, newer_first);
  return g_steal_pointer (&ids);
}

/** wb_book_count_shipments: @count: (out): how many shipments are in @state (WB_SHIPMENT_…; %NULL:
 * any). */
gboolean
wb_book_count_shipments (WbBook *self, const char *state, gint64 *count, GError **error)
{
  return wb_database_get_int (self->database, count, error,
                              "SELECT COUNT(*) FROM shipment WHERE ?1 IS NULL OR state = ?1", "s",
                              state);
}
