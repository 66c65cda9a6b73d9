/* SPDX-License-Identifier: GPL-3.0-or-later
 * Customers: linking, notes, everything kept of a person as one document, and erasing it. */
#include "wb-desk-private.h"

static gboolean
with_event (WbDesk *self, gint64 customer_id, const char *kind, gboolean ok, GError **error)
{
  if (ok && wb_book_add_event (self->book, "customer", customer_id, kind, self->actor, NULL, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

/** wb_desk_link_customers: two customers are one person; their data stays apart and the link can be
 * undone. */
gboolean
wb_desk_link_customers (WbDesk *self, gint64 a, gint64 b, GError **error)
{
  return wb_book_begin (self->book, error) &&
         with_event (self, a, "linked", wb_book_link_customers (self->book, a, b, error), error);
}

/** wb_desk_unlink_customer: undoes a link. */
gboolean
wb_desk_unlink_customer (WbDesk *self, gint64 customer_id, GError **error)
{
  return wb_book_begin (self->book, error) &&
         with_event (self, customer_id, "unlinked",
                     wb_book_unlink_customer (self->book, customer_id, error), error);
}

/** wb_desk_note_customer: keeps a note about a customer. */
gboolean
wb_desk_note_customer (WbDesk *self, gint64 customer_id, const char *note, GError **error)
{
  g_autoptr (WbCustomer) customer = wb_book_get_customer (self->book, customer_id, error);

  if (customer == NULL || !wb_book_begin (self->book, error))
    return FALSE;
  wb_record_set_text (customer, WB_CUSTOMER_NOTE, note);
  return with_event (self, customer_id, "noted", wb_book_save (self->book, customer, error), error);
}

static void
add_list (JsonObject *object, const char *name, GPtrArray *records)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; records != NULL && i < records->len; i++)
    json_array_add_element (list, wb_record_to_json (records->pdata[i]));
  json_object_set_array_member (object, name, list);
}

/** wb_desk_export_customer: Returns: (transfer full): everything the book keeps of the person, as
 * one JSON object. */
JsonNode *
wb_desk_export_customer (WbDesk *self, gint64 customer_id, GError **error)
{
  g_autoptr (GPtrArray) person = wb_book_list_person (self->book, customer_id, error),
                        heads = wb_book_list_customer_orders (self->book, customer_id, error);
  g_autoptr (GPtrArray) orders = g_ptr_array_new_with_free_func (g_object_unref),
                        parcels = g_ptr_array_new_with_free_func (g_object_unref),
                        entries = g_ptr_array_new_with_free_func (g_object_unref);
  JsonNode *node;

  for (guint i = 0; heads != NULL && i < heads->len; i++)
    {
      gint64              id = wb_record_get_int (heads->pdata[i], WB_ORDER_ID);
      g_autoptr (WbOrder) order = wb_book_get_order (self->book, id, error);
      GPtrArray          *shipments = wb_book_list_shipments (self->book, id, NULL),
                *ledger = wb_book_list_entries (self->book, id, NULL);

      if (order == NULL)
        return NULL;
      g_ptr_array_add (orders, g_steal_pointer (&order));
      g_ptr_array_extend_and_steal (parcels, shipments != NULL ? shipments : g_ptr_array_new ());
      g_ptr_array_extend_and_steal (entries, ledger != NULL ? ledger : g_ptr_array_new ());
    }
  if (person == NULL || heads == NULL)
    return NULL;
  node = json_from_string ("{}", NULL);
  add_list (json_node_get_object (node), "customers", person);
  add_list (json_node_get_object (node), "orders", orders);
  add_list (json_node_get_object (node), "shipments", parcels);
  add_list (json_node_get_object (node), "ledger", entries);
  return node;
}

/** wb_desk_erase_customer: erases a person's data; the ledger stays whole (see
 * wb_book_erase_customer()). Refused while parcels are on the way out. */
gboolean
wb_desk_erase_customer (WbDesk *self, gint64 customer_id, GError **error)
{
  g_autoptr (GPtrArray) heads = wb_book_list_customer_orders (self->book, customer_id, error);

  for (guint i = 0; heads != NULL && i < heads->len; i++)
    {
      const char *stage = wb_record_get_text (heads->pdata[i], WB_ORDER_STAGE);

      if (g_str_equal (stage, WB_STAGE_READY) || g_str_equal (stage, WB_STAGE_PARTIAL) ||
          g_str_equal (stage, WB_STAGE_HOLD))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                       "Order %s is still to ship: its address is needed. Ship or cancel it first",
                       wb_record_get_text (heads->pdata[i], WB_ORDER_NUMBER));
          return FALSE;
        }
    }
  return heads != NULL && wb_book_begin (self->book, error) &&
         with_event (self, customer_id, "erased",
                     wb_book_erase_customer (self->book, customer_id, error), error);
}
