/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders in the book: one order with all that belongs to it, read and written whole. */
#include "wb-book-private.h"

#include "wb-text.h"

#include <string.h>

static gboolean
load_children (
    WbBook *self, WbOrder *order, guint field, GType type, const char *tail, GError **error)
{
  g_autoptr (GPtrArray) children = wb_database_select (self->database, type, error, tail, "i",
                                                       wb_record_get_int (order, WB_ORDER_ID));

  if (children == NULL)
    return FALSE;
  for (guint i = 0; i < children->len; i++)
    wb_record_add (order, field, g_object_ref (children->pdata[i]));
  return TRUE;
}

static gboolean
load_addresses (WbBook *self, WbOrder *order, GError **error)
{
  g_autoptr (GPtrArray) addresses =
      wb_database_select (self->database, WB_TYPE_ADDRESS, error, "WHERE order_id = ?", "i",
                          wb_record_get_int (order, WB_ORDER_ID));

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      const char *role = wb_record_get_text (addresses->pdata[i], WB_ADDRESS_ROLE);

      wb_record_set_one (order, g_str_equal (role, "ship") ? WB_ORDER_SHIP_TO : WB_ORDER_BILL_TO,
                         addresses->pdata[i]);
    }
  return addresses != NULL;
}

static WbOrder *
complete (WbBook *self, WbOrder *head, GError **error)
{
  g_autoptr (WbOrder) order = head;

  if (order == NULL || !load_addresses (self, order, error) ||
      !load_children (self, order, WB_ORDER_LINES, WB_TYPE_ORDER_LINE,
                      "WHERE order_id = ? ORDER BY position", error) ||
      !load_children (self, order, WB_ORDER_REFUNDS, WB_TYPE_REFUND,
                      "WHERE order_id = ? ORDER BY id", error))
    return NULL;
  return g_steal_pointer (&order);
}

/** wb_book_get_order: Returns: (transfer full): the order number @id of the book with lines,
 * addresses and refunds. */
WbOrder *
wb_book_get_order (WbBook *self, gint64 id, GError **error)
{
  return complete (self,
                   wb_book_first (wb_database_select (self->database, WB_TYPE_ORDER, error,
                                                      "WHERE id = ?", "i", id),
                                  "order", error),
                   error);
}

/** wb_book_find_order: Returns: (transfer full): the order known by (channel, remote id);
 * %WB_ERROR_NOT_FOUND when it is new. */
WbOrder *
wb_book_find_order (WbBook *self, gint64 channel_id, const char *remote_id, GError **error)
{
  return complete (self,
                   wb_book_first (wb_database_select (self->database, WB_TYPE_ORDER, error,
                                                      "WHERE channel_id = ? AND remote_id = ?",
                                                      "is", channel_id, remote_id),
                                  "order", error),
                   error);
}

static gboolean
collect_ids (WbRows *rows, GArray *ids, GError **error)
{
  g_autoptr (GError) local = NULL;

  while (wb_rows_next (rows, &local))
    {
      gint64 id = wb_rows_int (rows, 0);

      g_array_append_val (ids, id);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/** wb_book_match_orders: Returns: (transfer full) (element-type gint64): orders whose number is
 * exactly @number (“#” left out), newest first. */
GArray *
wb_book_match_orders (WbBook *self, const char *number, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (WbRows) rows = NULL;
  const char        *bare = number[0] == '#' ? number + 1 : number;

  rows = wb_database_query (
      self->database, error,
      "SELECT id FROM orders WHERE number = ?1 OR number = '#' || ?1 ORDER BY id DESC LIMIT 50",
      "s", bare);
  return rows != NULL && collect_ids (rows, ids, error) ? g_steal_pointer (&ids) : NULL;
}

static gboolean
save_children (WbBook *self, WbOrder *order, GError **error)
{
  gint64     id = wb_record_get_int (order, WB_ORDER_ID);
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  GPtrArray *refunds = wb_record_get_many (order, WB_ORDER_REFUNDS);

  for (guint i = 0; i < lines->len; i++)
    {
      wb_record_set_int (lines->pdata[i], WB_ORDER_LINE_ORDER_ID, id);
      wb_record_set_int (lines->pdata[i], WB_ORDER_LINE_POSITION, i);
      if (!wb_book_save (self, lines->pdata[i], error))
        return FALSE;
    }
  for (guint i = 0; i < refunds->len; i++)
    {
      wb_record_set_int (refunds->pdata[i], WB_REFUND_ORDER_ID, id);
      if (!wb_book_save (self, refunds->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

/* “3, 7, 8”: the numbers of a list's records; never empty. */
static char *
join_ids (GPtrArray *records)
{
  GString *ids = g_string_new ("0");

  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (ids, ", %" G_GINT64_FORMAT, wb_record_get_int (records->pdata[i], 0));
  return g_string_free (ids, FALSE);
}

/* A shop can delete a refund: it was never made then. What really moved is in the ledger. */
static gboolean
drop_lost_refunds (WbBook *self, WbOrder *order, GError **error)
{
  g_autofree char *kept = join_ids (wb_record_get_many (order, WB_ORDER_REFUNDS));
  g_autofree char *drop =
      g_strdup_printf ("DELETE FROM order_refund WHERE order_id = ? AND id NOT IN (%s)", kept);

  return wb_database_run (self->database, error, drop, "i", wb_record_get_int (order, WB_ORDER_ID));
}

static gboolean
save_address (WbBook *self, WbOrder *order, guint field, const char *role, GError **error)
{
  WbAddress *address = wb_record_get_one (order, field);

  if (address == NULL)
    return wb_database_run (self->database, error,
                            "DELETE FROM order_address WHERE order_id = ? AND role = ?", "is",
                            wb_record_get_int (order, WB_ORDER_ID), role);
  wb_record_set_int (address, WB_ADDRESS_ORDER_ID, wb_record_get_int (order, WB_ORDER_ID));
  wb_record_set_text (address, WB_ADDRESS_ROLE, role);
  return wb_book_save (self, address, error);
}

static gboolean
index_fields (WbBook *self, WbOrder *order, GError **error)
{
  g_autoptr (GString) skus = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME));
  GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);
  WbAddress          *ship_to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

  for (guint i = 0; i < lines->len; i++)
    if (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU) != NULL)
      g_string_append_printf (skus, "%s ", wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU));
  if (ship_to != NULL && g_strcmp0 (wb_record_get_text (ship_to, WB_ADDRESS_NAME),
                                    wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME)) != 0)
    g_string_append_printf (names, " %s",
                            wb_record_get_text (ship_to, WB_ADDRESS_NAME) != NULL
                                ? wb_record_get_text (ship_to, WB_ADDRESS_NAME)
                                : "");
  if (ship_to != NULL && wb_record_get_text (ship_to, WB_ADDRESS_COMPANY) != NULL)
    g_string_append_printf (names, " %s", wb_record_get_text (ship_to, WB_ADDRESS_COMPANY));
  return wb_database_run (self->database, error,
                          "INSERT INTO search (rowid, number, name, email, sku, tracking, payment) "
                          "VALUES (?, ?, ?, ?, ?, ?, ?)",
                          "issssss", wb_record_get_int (order, WB_ORDER_ID),
                          wb_record_get_text (order, WB_ORDER_NUMBER), names->str,
                          wb_record_get_text (order, WB_ORDER_EMAIL), skus->str,
                          wb_record_get_text (order, WB_ORDER_TRACKING),
                          wb_record_get_text (order, WB_ORDER_PAYMENT_REF));
}

/** wb_book_insert_order: writes a new order whole, search index included, in one transaction; sets
 * the numbers in @order. */
gboolean
wb_book_insert_order (WbBook *self, WbOrder *order, GError **error)
{
  if (!wb_book_begin (self, error))
    return FALSE;
  if (wb_database_insert (self->database, order, NULL, error) &&
      (wb_record_get_one (order, WB_ORDER_SHIP_TO) == NULL ||
       save_address (self, order, WB_ORDER_SHIP_TO, "ship", error)) &&
      (wb_record_get_one (order, WB_ORDER_BILL_TO) == NULL ||
       save_address (self, order, WB_ORDER_BILL_TO, "bill", error)) &&
      save_children (self, order, error) && index_fields (self, order, error))
    return wb_book_commit (self, error);
  wb_book_rollback (self);
  return FALSE;
}

/* Lines that the shop took away: those that nothing hangs on are removed, others stay as cancelled.
 */
static gboolean
drop_lost_lines (WbBook *self, WbOrder *order, GError **error)
{
  g_autofree char *kept = join_ids (wb_record_get_many (order, WB_ORDER_LINES));
  g_autofree char *cancel = NULL, *drop = NULL;
  gint64           id = wb_record_get_int (order, WB_ORDER_ID);

  drop = g_strdup_printf ("DELETE FROM order_line WHERE order_id = ? AND id NOT IN (%s) AND NOT "
                          "EXISTS (SELECT 1 FROM parcel_line p WHERE p.line_id = order_line.id)",
                          kept);
  cancel = g_strdup_printf ("UPDATE order_line SET cancelled = quantity - shipped, elsewhere = 0, "
                            "total = 0, tax = 0 WHERE order_id = ? AND id NOT IN (%s)",
                            kept);
  return wb_database_run (self->database, error, drop, "i", id) &&
         wb_database_run (self->database, error, cancel, "i", id);
}

/**
 * wb_book_update_order:
 * Writes @order whole over what is there: head, addresses, lines and refunds with an id updated,
 * those without one added, lines that are no longer in it removed (or cancelled when a parcel holds
 * them), refunds that are no longer in it removed; the search index follows.
 */
gboolean
wb_book_update_order (WbBook *self, WbOrder *order, GError **error)
{
  if (!wb_book_begin (self, error))
    return FALSE;
  if (wb_database_update (self->database, order, error) &&
      save_address (self, order, WB_ORDER_SHIP_TO, "ship", error) &&
      save_address (self, order, WB_ORDER_BILL_TO, "bill", error) &&
      save_children (self, order, error) && drop_lost_lines (self, order, error) &&
      drop_lost_refunds (self, order, error) &&
      wb_book_index_order (self, wb_record_get_int (order, WB_ORDER_ID), error))
    return wb_book_commit (self, error);
  wb_book_rollback (self);
  return FALSE;
}

/** wb_book_update_order_head: writes only the order's own fields; the search index follows. */
gboolean
wb_book_update_order_head (WbBook *self, WbOrder *order, GError **error)
{
  if (!wb_book_begin (self, error))
    return FALSE;
  if (wb_database_update (self->database, order, error) &&
      wb_book_index_order (self, wb_record_get_int (order, WB_ORDER_ID), error))
    return wb_book_commit (self, error);
  wb_book_rollback (self);
  return FALSE;
}

/** wb_book_index_order: makes the search index of one order anew. */
gboolean
wb_book_index_order (WbBook *self, gint64 order_id, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self, order_id, error);

  return order != NULL &&
         wb_database_run (self->database, error, "DELETE FROM search WHERE rowid = ?", "i",
                          order_id) &&
         index_fields (self, order, error);
}

/**
 * wb_book_save_customer:
 * The person who placed @order at its channel, by the shop's customer number or else by e-mail;
 * made when new, and name, e-mail and phone as of the latest order.
 *
 * Returns: the customer's number; 0 when the order names nobody, or with @error set.
 */
gint64
wb_book_save_customer (WbBook *self, WbOrder *order, GError **error)
{
  g_autofree char *key = wb_text_normalise_email (wb_record_get_text (order, WB_ORDER_EMAIL));
  const char      *ref = wb_record_get_text (order, WB_ORDER_CUSTOMER_REF);
  g_autofree char *remote_id = ref != NULL   ? g_strdup (ref)
                               : key != NULL ? g_strdup_printf ("mail:%s", key)
                                             : NULL;
  gint64           id = 0;

  if (remote_id == NULL)
    return 0;
  if (!wb_database_run (
          self->database, error,
          "INSERT INTO customer (channel_id, remote_id, name, email, email_key, phone, orders) "
          "VALUES (?, ?, ?, ?, ?, ?, 1) "
          "ON CONFLICT (channel_id, remote_id) DO UPDATE SET name = excluded.name, email = "
          "excluded.email, "
          "email_key = excluded.email_key, phone = excluded.phone, orders = customer.orders + 1",
          "isssss", wb_record_get_int (order, WB_ORDER_CHANNEL_ID), remote_id,
          wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME),
          wb_record_get_text (order, WB_ORDER_EMAIL), key,
          wb_record_get_text (order, WB_ORDER_PHONE)))
    return 0;
  if (!wb_database_get_int (self->database, &id, error,
                            "SELECT id FROM customer WHERE channel_id = ? AND remote_id = ?", "is",
                            wb_record_get_int (order, WB_ORDER_CHANNEL_ID), remote_id))
    return 0;
  return id;
}

/** wb_book_add_shipped: @quantity more of a line have left; the book's own guard refuses more than
 * is still to ship. */
gboolean
wb_book_add_shipped (WbBook *self, gint64 line_id, gint64 quantity, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE order_line SET shipped = shipped + ?1, allocated = MAX (0, "
                          "allocated - ?1), picked = MAX (0, picked - ?1), "
                          "packed = MAX (0, packed - ?1) WHERE id = ?2",
                          "ii", quantity, line_id);
}

/** wb_book_pack: @quantity more (or fewer, when negative) of a line lie in parcels that have not
 * left; never more than is still to ship. */
gboolean
wb_book_pack (WbBook *self, gint64 line_id, gint64 quantity, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE order_line SET packed = packed + ? WHERE id = ?", "ii", quantity,
                          line_id);
}
