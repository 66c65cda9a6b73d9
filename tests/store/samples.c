/* SPDX-License-Identifier: GPL-3.0-or-later
 * A book in a folder of its own, and orders and shipments to put into it. */
#include "samples.h"

#include "wb-test.h"

static gint64
add_connection (WbBook *book, const char *kind, const char *provider, gint64 gateway)
{
  g_autoptr (WbConnection) connection = wb_connection_new ();
  g_autoptr (GError)       error = NULL;

  g_object_set (connection, "kind", kind, "provider", provider, "name", kind, "base-url",
                "https://vendor.example", "enabled", TRUE, NULL);
  if (gateway != 0)
    g_object_set (connection, "capturer", WB_CAPTURER_GATEWAY, "gateway-id", gateway, "currency",
                  "EUR", NULL);
  g_assert_true (wb_book_save (book, connection, &error));
  g_assert_no_error (error);
  return wb_record_get_int (connection, WB_CONNECTION_ID);
}

/** shelf_new: Returns: (transfer full): an empty book with a shop, a carrier and a gateway. */
Shelf *
shelf_new (void)
{
  Shelf             *self = g_new0 (Shelf, 1);
  g_autoptr (GError) error = NULL;

  self->folder = wb_test_temp_folder ();
  self->path = g_build_filename (self->folder, "book.waybill", NULL);
  self->book = wb_book_open (self->path, FALSE, &error);
  g_assert_no_error (error);
  self->carrier = add_connection (self->book, WB_KIND_CARRIER, "easypost", 0);
  self->gateway = add_connection (self->book, WB_KIND_GATEWAY, "stripe", 0);
  self->channel = add_connection (self->book, WB_KIND_SHOP, "woocommerce", self->gateway);
  return self;
}

/** shelf_free: closes the book and removes its folder. */
void
shelf_free (Shelf *self)
{
  g_clear_object (&self->book);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self);
}

/** shelf_file: Returns: (transfer full): a path in the shelf's folder. */
char *
shelf_file (Shelf *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/** sample_line: Returns: (transfer full): an order line; items are to be shipped. */
gpointer
sample_line (
    const char *remote_id, const char *kind, const char *sku, gint64 quantity, gint64 total)
{
  WbOrderLine *line = wb_order_line_new ();

  g_object_set (line, "remote-id", remote_id, "kind", kind, "sku", sku, "name", "A thing",
                "quantity", quantity, "total", total, "subtotal", total, "needs-shipping",
                g_str_equal (kind, WB_LINE_ITEM), NULL);
  return line;
}

/** sample_order: Returns: (transfer full): an order with two items, shipping, a refund and both
 * addresses, not yet in the book. */
WbOrder *
sample_order (Shelf *self, const char *number)
{
  WbOrder              *order = wb_order_new ();
  g_autofree char      *remote_id = g_strconcat ("r", number, NULL);
  g_autoptr (WbAddress) ship_to = wb_address_new (), bill_to = wb_address_new ();
  WbRefund             *refund = wb_refund_new ();

  g_object_set (order, "channel-id", self->channel, "remote-id", remote_id, "number", number,
                "remote-status", "processing", "shop-state", WB_SHOP_OPEN, "stage", WB_STAGE_READY,
                "placed-at", (gint64) 1780000000, "currency", "EUR", "total", (gint64) 4990,
                "refunded-total", (gint64) 100, "charge-state", WB_CHARGE_AUTHORISED, "item-count",
                (gint64) 5, NULL);
  g_object_set (order, "customer-name", "Zoë Müller", "email", "Zoe@Example.org", "customer-ref",
                "77", "payment-ref", "pi_3QxAbc", NULL);
  g_object_set (ship_to, "name", "Jürgen Ørsted", "company", "Bäckerei Süß", "street1",
                "Torstraße 1", "city", "Berlin", "postcode", "10119", "country", "DE", NULL);
  g_object_set (bill_to, "name", "Zoë Müller", "street1", "Allee 2", "city", "Köln", "country",
                "DE", NULL);
  wb_record_set_one (order, WB_ORDER_SHIP_TO, ship_to);
  wb_record_set_one (order, WB_ORDER_BILL_TO, bill_to);
  wb_record_add (order, WB_ORDER_LINES, sample_line ("1", WB_LINE_ITEM, "PL-ŻUB-6", 3, 3000));
  wb_record_add (order, WB_ORDER_LINES, sample_line ("2", WB_LINE_ITEM, "BOX-1", 2, 1500));
  wb_record_add (order, WB_ORDER_LINES, sample_line ("3", WB_LINE_SHIPPING, NULL, 1, 490));
  g_object_set (refund, "remote-id", "9", "amount", (gint64) 100, "reason", "late", "at",
                (gint64) 1780000100, NULL);
  wb_record_add (order, WB_ORDER_REFUNDS, refund);
  return order;
}

/** shelf_add_order: Returns: (transfer full): a sample order that has been written into the book.
 */
WbOrder *
shelf_add_order (Shelf *self, const char *number)
{
  WbOrder           *order = sample_order (self, number);
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_book_insert_order (self->book, order, &error));
  g_assert_no_error (error);
  return order;
}

/** sample_shipment: Returns: (transfer full): a shipment of @quantity pieces of the first line, not
 * yet in the book. */
WbShipment *
sample_shipment (Shelf *self, WbOrder *order, gint64 quantity)
{
  WbShipment      *shipment = wb_shipment_new ();
  WbParcel        *parcel = wb_parcel_new ();
  WbParcelLine    *line = wb_parcel_line_new ();
  g_autofree char *reference =
      g_strdup_printf ("WB-%s-%08x", wb_record_get_text (order, WB_ORDER_NUMBER), g_random_int ());

  g_object_set (shipment, "order-id", wb_record_get_int (order, WB_ORDER_ID), "state",
                WB_SHIPMENT_PLANNED, "carrier-id", self->carrier, "currency", "EUR", "created-at",
                (gint64) 1780000200, NULL);
  g_object_set (parcel, "position", (gint64) 1, "reference", reference, "weight-g", (gint64) 500,
                "length-mm", (gint64) 300, "width-mm", (gint64) 200, "height-mm", (gint64) 100,
                NULL);
  g_object_set (
      line, "line-id",
      wb_record_get_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[0], WB_ORDER_LINE_ID),
      "quantity", quantity, NULL);
  wb_record_add (parcel, WB_PARCEL_LINES, line);
  wb_record_add (shipment, WB_SHIPMENT_PARCELS, parcel);
  return shipment;
}

/** sample_label: Returns: (transfer full): a live label of the shipment's parcel, not yet in the
 * book. */
WbLabel *
sample_label (Shelf *self, WbShipment *shipment, const char *hash)
{
  WbLabel *label = wb_label_new ();
  gpointer parcel = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS)->pdata[0];

  g_object_set (label, "parcel-id", wb_record_get_int (parcel, WB_PARCEL_ID), "shipment-id",
                wb_record_get_int (shipment, WB_SHIPMENT_ID), "order-id",
                wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID), "state", WB_LABEL_LIVE,
                "remote-id", "shp_1", "tracking", "9400100000", "currency", "EUR", "cost",
                (gint64) 523, "format", "pdf", "document", hash, "bought-at", (gint64) 1780000300,
                NULL);
  return label;
}

/** file_checksum: Returns: (transfer full): the SHA-256 of a file's bytes. */
char *
file_checksum (const char *path)
{
  g_autofree char   *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize              size = 0;

  g_file_get_contents (path, &content, &size, &error);
  g_assert_no_error (error);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) content, size);
}

/** assert_same_order: fails with the first difference. */
void
assert_same_order (gpointer a, gpointer b)
{
  g_autoptr (GPtrArray) changes = wb_record_diff (a, b);

  for (guint i = 0; i < changes->len; i++)
    {
      const WbChange *change = changes->pdata[i];

      g_test_message ("%s: “%s” became “%s”", change->path, change->before, change->after);
    }
  g_assert_cmpuint (changes->len, ==, 0);
}
