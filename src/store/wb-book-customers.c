/* SPDX-License-Identifier: GPL-3.0-or-later
 * Customers in the book: look-up in one field, one person across channels by links, and erasure
 * that leaves the money whole. */
#include "wb-book-private.h"

#include "wb-text.h"

#include <string.h>

/** wb_book_get_customer: Returns: (transfer full): by number. */
WbCustomer *
wb_book_get_customer (WbBook *self, gint64 id, GError **error)
{
  return wb_book_first (
      wb_database_select (self->database, wb_customer_get_type (), error, "WHERE id = ?", "i", id),
      "customer", error);
}

/**
 * wb_book_find_customers:
 * @text: part of a name, an e-mail address, a telephone number, or whatever finds one of their
 * orders; empty: the latest
 *
 * Returns: (transfer full) (element-type WbCustomer): up to @limit, those with the latest orders
 * first.
 */
GPtrArray *
wb_book_find_customers (WbBook *self, const char *text, guint limit, GError **error)
{
  g_autoptr (GArray)  orders = NULL;
  g_autoptr (GString) tail = NULL;
  g_autofree char    *phone = wb_text_normalise_phone (text);
  g_autofree char    *digits =
      phone != NULL ? g_strdup_printf ("%%%s", phone[0] == '+' ? phone + 1 : phone) : NULL;

  if (wb_text_is_empty (text))
    return wb_database_select (self->database, wb_customer_get_type (), error,
                               "WHERE erased_at = 0 ORDER BY id DESC LIMIT ?", "i", (gint64) limit);
  orders = wb_book_search (self, text, 2000, error);
  if (orders == NULL)
    return NULL;
  tail = g_string_new (
      "WHERE erased_at = 0 AND (id IN (SELECT customer_id FROM orders WHERE id IN (0");
  for (guint i = 0; i < orders->len; i++)
    g_string_append_printf (tail, ",%" G_GINT64_FORMAT, g_array_index (orders, gint64, i));
  g_string_append (tail, ")) OR (?1 IS NOT NULL AND REPLACE(REPLACE(REPLACE(REPLACE(phone, ' ', "
                         "''), '-', ''), '/', ''), '+', '') LIKE ?1)) ORDER BY id DESC LIMIT ?2");
  return wb_database_select (self->database, wb_customer_get_type (), error, tail->str, "si",
                             digits, (gint64) limit);
}

/** wb_book_list_person: Returns: (transfer full) (element-type WbCustomer): all that are linked to
 * customer @id, itself included. */
GPtrArray *
wb_book_list_person (WbBook *self, gint64 id, GError **error)
{
  return wb_database_select (self->database, wb_customer_get_type (), error,
                             "WHERE id = ?1 OR person_id = (SELECT person_id FROM customer WHERE "
                             "id = ?1 AND person_id IS NOT NULL) ORDER BY id",
                             "i", id);
}

/**
 * wb_book_list_likely_same:
 * Returns: (transfer full) (element-type WbCustomer): customers of other channels with the same
 * e-mail address that are not linked to @id yet: offered to a person, never linked unasked (two at
 * one address may be two).
 */
GPtrArray *
wb_book_list_likely_same (WbBook *self, gint64 id, GError **error)
{
  return wb_database_select (self->database, wb_customer_get_type (), error,
                             "WHERE id <> ?1 AND erased_at = 0 AND email_key = (SELECT email_key "
                             "FROM customer WHERE id = ?1) "
                             "AND (person_id IS NULL OR person_id IS NOT (SELECT person_id FROM "
                             "customer WHERE id = ?1)) ORDER BY id",
                             "i", id);
}

/** wb_book_link_customers: @a and @b (and whoever is linked to either) are one person from now on.
 * Undone by wb_book_unlink_customer(). */
gboolean
wb_book_link_customers (WbBook *self, gint64 a, gint64 b, GError **error)
{
  return wb_database_run (
      self->database, error,
      "UPDATE customer SET person_id = MIN(COALESCE((SELECT person_id FROM customer WHERE id = "
      "?1), ?1), COALESCE((SELECT person_id FROM customer WHERE id = ?2), ?2)) "
      "WHERE id IN (?1, ?2) OR person_id IN (SELECT person_id FROM customer WHERE id IN (?1, ?2) "
      "AND person_id IS NOT NULL)",
      "ii", a, b);
}

/** wb_book_unlink_customer: @id is a person of its own again. */
gboolean
wb_book_unlink_customer (WbBook *self, gint64 id, GError **error)
{
  return wb_database_run (self->database, error,
                          "UPDATE customer SET person_id = NULL WHERE id = ?", "i", id);
}

/** wb_book_list_customer_orders: Returns: (transfer full) (element-type WbOrder): heads of all
 * orders of the person, newest first. */
GPtrArray *
wb_book_list_customer_orders (WbBook *self, gint64 id, GError **error)
{
  return wb_database_select (
      self->database, WB_TYPE_ORDER, error,
      "WHERE customer_id = ?1 OR customer_id IN (SELECT id FROM customer WHERE person_id = (SELECT "
      "person_id FROM customer WHERE id = ?1 AND person_id IS NOT NULL)) "
      "ORDER BY placed_at DESC, id DESC LIMIT 1000",
      "i", id);
}

#define OF_PERSON                                                                                  \
  "(customer_id = ?1 OR customer_id IN (SELECT id FROM customer WHERE person_id = (SELECT "        \
  "person_id FROM customer WHERE id = ?1 AND person_id IS NOT NULL)))"

/**
 * wb_book_count_person:
 * @nth: (out): which of the person's orders @order is, by the time it was placed: 1 is the first
 * @returned: (out): from how many of the person's orders something came back
 *
 * Both are 0 for an order without a customer; untouched on failure.
 */
gboolean
wb_book_count_person (WbBook *self, WbOrder *order, gint64 *nth, gint64 *returned, GError **error)
{
  gint64 customer = wb_record_get_int (order, WB_ORDER_CUSTOMER_ID), place = 0, back = 0;

  if (customer != 0 &&
      (!wb_database_get_int (self->database, &place, error,
                             "SELECT COUNT(*) FROM orders WHERE " OF_PERSON
                             " AND (placed_at < ?2 OR (placed_at = ?2 AND id <= ?3))",
                             "iii", customer, wb_record_get_int (order, WB_ORDER_PLACED_AT),
                             wb_record_get_int (order, WB_ORDER_ID)) ||
       !wb_database_get_int (self->database, &back, error,
                             "SELECT COUNT(*) FROM orders WHERE " OF_PERSON
                             " AND EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = orders.id "
                             "AND l.returned > 0)",
                             "i", customer)))
    return FALSE;
  *nth = place;
  *returned = back;
  return TRUE;
}

/* Empties what is flagged as personal in @record and its addresses. */
static void
forget (gpointer record)
{
  const WbRecordClass *klass = wb_record_describe (record);

  for (guint i = 0; i < klass->n_fields; i++)
    if (klass->fields[i].kind == WB_FIELD_ONE && wb_record_get_one (record, i) != NULL)
      forget (wb_record_get_one (record, i));
    else if ((klass->fields[i].flags & WB_FIELD_PERSON) && klass->fields[i].kind == WB_FIELD_TEXT)
      wb_record_set_text (record, i, NULL);
}

/* Papers that show the address (labels, slips) and the order as received are replaced by a note
 * that they were erased. */
static gboolean
forget_papers (WbBook *self, gint64 order_id, const char *tombstone, GError **error)
{
  static const char *const statements[] = {
    "DELETE FROM document WHERE hash IN (SELECT raw_hash FROM orders WHERE id = ?1) AND hash <> ?2 "
    "AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.raw_hash = document.hash AND o.id <> ?1)",
    "CREATE TEMP TABLE IF NOT EXISTS gone (hash TEXT)",
    "INSERT INTO gone SELECT document FROM label WHERE order_id = ?1 AND ?2 <> ''",
    "INSERT INTO gone SELECT json_extract(request, '$.document') FROM operation WHERE order_id = "
    "?1 AND kind = 'print' AND ?2 <> ''",
    "UPDATE label SET document = ?2 WHERE order_id = ?1",
    "DELETE FROM document WHERE hash IN (SELECT hash FROM gone) AND hash <> ?2 AND ?1 = ?1",
    "UPDATE event SET detail = NULL WHERE subject = 'order' AND subject_id = ?1 AND kind IN "
    "('edited', 'held') AND ?2 <> ''",
    "UPDATE orders SET raw_hash = NULL WHERE id = ?1 AND ?2 <> ''",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    if (!wb_database_run (self->database, error, statements[i],
                          strchr (statements[i], '?') != NULL ? "is" : "", order_id, tombstone))
      return FALSE;
  return wb_database_run (self->database, error, "DELETE FROM gone", NULL);
}

static gboolean
forget_order (WbBook *self, gint64 order_id, const char *tombstone, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self, order_id, error);

  if (order == NULL)
    return FALSE;
  forget (order);
  wb_record_set_text (order, WB_ORDER_RAW_HASH, NULL);
  return forget_papers (self, order_id, tombstone, error) &&
         wb_book_update_order (self, order, error);
}

static gboolean
forget_person (WbBook *self, gint64 id, GError **error)
{
  g_autoptr (GBytes)    words = g_bytes_new_static ("erased", 6);
  g_autofree char      *tombstone = wb_book_put_document (self, words, "text/plain", error);
  g_autoptr (GPtrArray) orders = wb_book_list_customer_orders (self, id, error),
                        person = wb_book_list_person (self, id, error);

  if (tombstone == NULL || orders == NULL || person == NULL)
    return FALSE;
  for (guint i = 0; i < orders->len; i++)
    if (!forget_order (self, wb_record_get_int (orders->pdata[i], WB_ORDER_ID), tombstone, error))
      return FALSE;
  for (guint i = 0; i < person->len; i++)
    {
      forget (person->pdata[i]);
      wb_record_set_int (person->pdata[i], WB_CUSTOMER_ERASED_AT, wb_now ());
      if (!wb_book_save (self, person->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

/**
 * wb_book_erase_customer:
 * Erases names, addresses, e-mail, telephone, notes, the orders as received, labels and slips of
 * the whole person. Order numbers, amounts, the ledger, the journal and tracking numbers stay: the
 * books must remain whole. Cannot be undone.
 */
gboolean
wb_book_erase_customer (WbBook *self, gint64 id, GError **error)
{
  if (!wb_book_begin (self, error))
    return FALSE;
  /* The search index keeps words of removed rows until its parts are merged: merge them now. */
  if (forget_person (self, id, error) &&
      wb_database_run (self->database, error, "INSERT INTO search (search) VALUES ('optimize')",
                       NULL))
    return wb_book_commit (self, error);
  wb_book_rollback (self);
  return FALSE;
}
