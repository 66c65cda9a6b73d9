/* SPDX-License-Identifier: GPL-3.0-or-later
 * The house of the planted month: a practice town that begins some weeks ago, an order book, and
 * orders that are packed, captured and shipped in it day by day. */
#include "month.h"

#include "wb-test.h"

#include <string.h>

static const char *const secrets_of_the_town[] = {
  "Month shop/consumer_key",
  WB_TOWN_SHOP_KEY,
  "Month shop/consumer_secret",
  WB_TOWN_SHOP_SECRET,
  "Month bank/secret_key",
  WB_TOWN_STRIPE_KEY,
  NULL,
};

/* ---- the house ---- */

char *
month_tell (Month *self, const char *path, const char *format, ...)
{
  g_autofree char     *body = NULL;
  g_autofree char     *reply = NULL;
  g_autoptr (JsonNode) node = NULL;
  WbJson               root;
  guint                status = 0;
  va_list              arguments;

  va_start (arguments, format);
  body = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  reply = wb_town_control (self->town, "POST", path, body, &status);
  g_assert_cmpuint (status, ==, 200);
  node = wb_json_parse (reply, -1, "town", NULL);
  root = wb_json_root (node, "town");
  return g_strdup (wb_json_opt_string (&root, "made"));
}

static gint64
connect_to (
    Month *self, const char *kind, const char *provider, const char *service, const char *name)
{
  g_autofree char         *url = wb_town_dup_url (self->town, service);
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  const char              *keys[] = { WB_TOWN_SHOP_KEY, WB_TOWN_SHOP_SECRET, NULL };
  const char              *bank_keys[] = { WB_TOWN_STRIPE_KEY, NULL };
  gboolean                 shop = g_str_equal (kind, WB_KIND_SHOP);
  gint64                   id;

  wb_record_set_text (draft, WB_CONNECTION_KIND, kind);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, provider);
  wb_record_set_text (draft, WB_CONNECTION_NAME, name);
  wb_record_set_text (draft, WB_CONNECTION_BASE_URL, url);
  if (shop)
    {
      wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_GATEWAY);
      wb_record_set_int (draft, WB_CONNECTION_GATEWAY_ID, self->bank_id);
    }
  id = wb_desk_add_connection (self->desk, draft, shop ? keys : bank_keys, &error);
  g_assert_no_error (error);
  return id;
}

static WbGateway *
open_bank (Month *self)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbConnection) bank = wb_book_get_connection (self->book, self->bank_id, &error);
  const char              *keys[] = { WB_TOWN_STRIPE_KEY, NULL };
  WbGateway               *gateway = wb_gateway_find_provider ("stripe")->open (bank, keys, &error);

  g_assert_no_error (error);
  return gateway;
}

Month *
month_new (void)
{
  Month                *self = g_new0 (Month, 1);
  WbTownOptions         options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GError)    error = NULL;
  g_autofree char      *path = NULL;
  g_autoptr (WbSecrets) secrets = wb_secrets_new_fixed (secrets_of_the_town);

  self->folder = wb_test_temp_folder ();
  options.orders = A_DAY;
  options.seed = 11;
  options.clock_skew = -MONTH * DAY;
  self->start = wb_now () - MONTH * DAY;
  self->town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  g_assert_true (wb_town_start (self->town, &error));
  path = g_build_filename (self->folder, "month.waybill", NULL);
  self->desk = wb_desk_open (path, secrets, "test", &error);
  g_assert_no_error (error);
  self->book = wb_desk_get_book (self->desk);
  self->bank_id = connect_to (self, WB_KIND_GATEWAY, "stripe", "stripe", "Month bank");
  self->shop_id = connect_to (self, WB_KIND_SHOP, "woocommerce", "shop", "Month shop");
  self->bank = open_bank (self);
  self->cards = g_ptr_array_new_with_free_func (g_object_unref);
  self->others = g_ptr_array_new_with_free_func (g_object_unref);
  self->planted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
month_free (Month *self)
{
  g_object_unref (self->bank);
  g_object_unref (self->desk);
  wb_town_stop (self->town);
  wb_town_free (self->town);
  g_ptr_array_unref (self->cards);
  g_ptr_array_unref (self->others);
  g_hash_table_unref (self->planted);
  g_hash_table_unref (self->seen);
  g_free (self->document);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}

void
month_plant (Month *self, WbGapKind kind, const char *name)
{
  char *key = g_strdup_printf ("%s %s", wb_gap_id (kind), name);

  g_assert_true (g_hash_table_add (self->planted, key));
}

void
month_plant_order (Month *self, WbGapKind kind, WbOrder *order)
{
  month_plant (self, kind, wb_record_get_text (order, WB_ORDER_NUMBER));
}

/* ---- orders: which can be shipped, and shipping them ---- */

/* What covers less than the order, declines or has lapsed by itself stays where it is: the month's
 * errors are planted, not found. */
static void
sort_order (Month *self, WbOrder *order)
{
  const char           *charge = wb_record_get_text (order, WB_ORDER_CHARGE_STATE);
  const char           *stage = wb_record_get_text (order, WB_ORDER_STAGE);
  g_autoptr (WbPayment) payment = NULL;

  if (!g_str_equal (stage, WB_STAGE_READY))
    return;
  if (g_str_equal (charge, WB_CHARGE_PAID))
    g_ptr_array_add (self->others, g_object_ref (order));
  if (!g_str_equal (charge, WB_CHARGE_AUTHORISED))
    return;
  payment = wb_book_get_payment (self->book, wb_record_get_int (order, WB_ORDER_ID), NULL);
  if (payment != NULL && wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE) ==
                             wb_record_get_int (order, WB_ORDER_TOTAL))
    g_ptr_array_add (self->cards, g_object_ref (order));
}

void
month_read_orders (Month *self)
{
  WbOrderQuery          query = { .sort = "placed_at", .ascending = TRUE };
  g_autoptr (GError)    error = NULL;
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (GArray)    ids = NULL;

  wb_desk_sync (self->desk, 0, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
  ids = wb_book_list_order_ids (self->book, &query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64              id = g_array_index (ids, gint64, i);
      g_autoptr (WbOrder) order = NULL;
      const char         *ref;

      if (g_hash_table_contains (self->seen, &id))
        continue;
      g_hash_table_add (self->seen, g_memdup2 (&id, sizeof id));
      order = wb_book_get_order (self->book, id, &error);
      ref = wb_record_get_text (order, WB_ORDER_PAYMENT_REF);
      if (ref != NULL && g_str_has_prefix (ref, "pi_"))
        {
          g_autofree char *path = g_strdup_printf ("/town/payments/%s", ref);
          g_autofree char *unused = month_tell (self, path, "{\"declines\": false}");

          wb_desk_refresh_payment (self->desk, id, NULL, &error);
          g_assert_no_error (error);
          g_clear_object (&order);
          order = wb_book_get_order (self->book, id, &error);
        }
      sort_order (self, order);
    }
}

WbOrder *
month_take_card (Month *self)
{
  g_assert_cmpuint (self->next_card, <, self->cards->len);
  return self->cards->pdata[self->next_card++];
}

WbOrder *
month_take_other (Month *self)
{
  g_assert_cmpuint (self->next_other, <, self->others->len);
  return self->others->pdata[self->next_other++];
}

static void
save (Month *self, gpointer record)
{
  g_autoptr (GError) error = NULL;

  wb_book_save (self->book, record, &error);
  g_assert_no_error (error);
}

static void
add_label (Month *self, gint64 order_id, gint64 shipment_id, gint64 parcel_id, const char *tracking)
{
  g_autoptr (WbLabel) label = wb_label_new ();
  g_autoptr (WbEntry) entry = wb_entry_new ();
  g_autoptr (GError)  error = NULL;
  gint64              cost = 420 + self->labels % 7 * 35;

  wb_record_set_int (label, WB_LABEL_PARCEL_ID, parcel_id);
  wb_record_set_int (label, WB_LABEL_SHIPMENT_ID, shipment_id);
  wb_record_set_int (label, WB_LABEL_ORDER_ID, order_id);
  wb_record_set_text (label, WB_LABEL_STATE, "live");
  wb_record_set_text (label, WB_LABEL_REMOTE_ID, tracking);
  wb_record_set_text (label, WB_LABEL_TRACKING, tracking);
  wb_record_set_text (label, WB_LABEL_CARRIER, "DHLPaket");
  wb_record_set_text (label, WB_LABEL_CURRENCY, "EUR");
  wb_record_set_int (label, WB_LABEL_COST, cost);
  wb_record_set_text (label, WB_LABEL_FORMAT, "pdf");
  wb_record_set_text (label, WB_LABEL_DOCUMENT, self->document);
  wb_record_set_int (label, WB_LABEL_BOUGHT_AT, self->start + DAY);
  save (self, label);
  wb_record_set_int (entry, WB_ENTRY_AT, self->start + DAY);
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID, order_id);
  wb_record_set_int (entry, WB_ENTRY_SHIPMENT_ID, shipment_id);
  wb_record_set_text (entry, WB_ENTRY_KIND, WB_ENTRY_LABEL);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_CARRIER);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, tracking);
  wb_record_set_text (entry, WB_ENTRY_CURRENCY, "EUR");
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, -cost);
  wb_book_add_entry (self->book, entry, NULL, &error);
  g_assert_no_error (error);
}

/* A shipment with its parcel and label; @state shipped: it has left, and the order with it. */
gint64
month_pack (Month *self, WbOrder *order, const char *state)
{
  g_autoptr (WbShipment) shipment = wb_shipment_new ();
  g_autoptr (WbParcel)   parcel = wb_parcel_new ();
  g_autoptr (GError)     error = NULL;
  g_autofree char       *tracking = g_strdup_printf ("JJD%08u", self->labels);
  gint64                 order_id = wb_record_get_int (order, WB_ORDER_ID), id;
  gboolean               gone = g_str_equal (state, WB_SHIPMENT_SHIPPED);

  wb_record_set_int (shipment, WB_SHIPMENT_ORDER_ID, order_id);
  wb_record_set_int (shipment, WB_SHIPMENT_NUMBER, 1);
  wb_record_set_text (shipment, WB_SHIPMENT_STATE, state);
  wb_record_set_text (shipment, WB_SHIPMENT_CAPTURE_CURRENCY, "EUR");
  wb_record_set_int (shipment, WB_SHIPMENT_CAPTURE_AMOUNT,
                     wb_record_get_int (order, WB_ORDER_TOTAL));
  wb_record_set_int (shipment, WB_SHIPMENT_CREATED_AT, self->start + DAY);
  if (gone)
    wb_record_set_int (shipment, WB_SHIPMENT_SHIPPED_AT,
                       self->start + DAY + self->labels * (gint64) 2400);
  save (self, shipment);
  id = wb_record_get_int (shipment, WB_SHIPMENT_ID);
  wb_record_set_int (parcel, WB_PARCEL_SHIPMENT_ID, id);
  wb_record_set_int (parcel, WB_PARCEL_ORDER_ID, order_id);
  wb_record_set_int (parcel, WB_PARCEL_POSITION, 1);
  wb_record_set_text (parcel, WB_PARCEL_REFERENCE, tracking);
  wb_record_set_int (parcel, WB_PARCEL_WEIGHT_G, 900);
  wb_record_set_text (parcel, WB_PARCEL_TRACKING, tracking);
  if (gone)
    wb_record_set_text (parcel, WB_PARCEL_TRACKER_STATE, "delivered");
  save (self, parcel);
  add_label (self, order_id, id, wb_record_get_int (parcel, WB_PARCEL_ID), tracking);
  self->labels++;
  if (gone)
    {
      g_autoptr (WbOrder) now = wb_book_get_order (self->book, order_id, &error);

      wb_record_set_text (now, WB_ORDER_STAGE, WB_STAGE_SHIPPED);
      wb_book_update_order_head (self->book, now, &error);
      g_assert_no_error (error);
    }
  return id;
}

/* As the ship flow captures: through the journal. */
void
month_capture (Month *self, WbOrder *order, gint64 shipment_id, gint64 amount)
{
  WbJournal              *journal = wb_desk_get_journal (self->desk);
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    request = NULL;
  g_autoptr (WbOperation) operation = NULL;
  const char             *ref = wb_record_get_text (order, WB_ORDER_PAYMENT_REF);
  g_autofree char        *key = g_strdup_printf ("capture:%s:1", ref);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "payment");
  json_builder_add_string_value (builder, ref);
  json_builder_set_member_name (builder, "amount");
  json_builder_add_int_value (builder, amount);
  json_builder_set_member_name (builder, "currency");
  json_builder_add_string_value (builder, wb_record_get_text (order, WB_ORDER_CURRENCY));
  json_builder_set_member_name (builder, "reference");
  json_builder_add_string_value (builder, key);
  json_builder_end_object (builder);
  request = json_builder_get_root (builder);
  operation = wb_journal_plan (journal, WB_OP_CAPTURE, key, wb_record_get_int (order, WB_ORDER_ID),
                               shipment_id, self->bank_id, request, "test", &error);
  g_assert_no_error (error);
  wb_journal_settle (journal, operation, NULL, &error);
  g_assert_no_error (error);
}

gint64
month_total_of (WbOrder *order)
{
  return wb_record_get_int (order, WB_ORDER_TOTAL);
}

void
month_ship (Month *self, WbOrder *order)
{
  month_capture (self, order, month_pack (self, order, WB_SHIPMENT_SHIPPED),
                 month_total_of (order));
}

void
month_pass_days (Month *self, guint days)
{
  g_autofree char *unused = month_tell (self, "/town/clock", "{\"advance\": %d}", (int) days * DAY);
}
