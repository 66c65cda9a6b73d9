/* SPDX-License-Identifier: GPL-3.0-or-later
 * The whole life of twenty orders of a real Vendure shop through our engine: imported, shipped with
 * the practice carrier, settled by the shop, reported and seen fulfilled there; with payments that
 * are declined, parcels in part, a refund, answers that are lost, and the shop killed in between.
 * Afterwards nothing is doubled. */
#include "vendure-rig.h"

#include "wb-bench.h"
#include "wb-book-money.h"
#include "wb-desk-channel.h"
#include "wb-desk-charge.h"
#include "wb-exceptions.h"
#include "wb-shop.h"
#include "wb-stock.h"
#include "wb-test.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* The orders by their place in the plan. */
enum
{
  FIRST_DECLINED = 9,
  SECOND_DECLINED,
  FIRST_PARTIAL,
  SECOND_PARTIAL,
  PAID_BEFORE,
  LOST_SETTLE,
  LOST_FULFIL,
  LOST_SHIP,
  REFUNDED,
  DURING_KILL,
  CANCELLED_THERE,
  N_ORDERS,
};

typedef struct
{
  VendureRig *rig;
  WbTown     *town;
  char       *folder;
  WbDesk     *desk;
  WbBook     *book;
  gint64      channel_id;
  gint64      ids[N_ORDERS];
  char       *refs[N_ORDERS];
} Life;

static char last_line[200] = "vendure: nothing was proved";

/* ---- the workspace ---- */

static WbSecrets *
secrets_of (void)
{
  static const char *const known[] = { "shop/api_key", VENDURE_RIG_PASSWORD, "carrier/api_key",
                                       WB_TOWN_EASYPOST_KEY, NULL };

  return wb_secrets_new_fixed (known);
}

static gint64
connect_to (Life *self, const char *kind, const char *provider, const char *url, const char *secret)
{
  const char *const        secrets[] = { secret, NULL };
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autoptr (GError)       error = NULL;
  g_autofree char         *findings = NULL;
  gint64                   id;

  wb_record_set_text (draft, WB_CONNECTION_KIND, kind);
  wb_record_set_text (draft, WB_CONNECTION_PROVIDER, provider);
  wb_record_set_text (draft, WB_CONNECTION_NAME, kind);
  wb_record_set_text (draft, WB_CONNECTION_BASE_URL, url);
  if (g_str_equal (kind, WB_KIND_SHOP))
    {
      wb_record_set_text (draft, WB_CONNECTION_CAPTURER, WB_CAPTURER_SHOP);
      wb_record_set_text (draft, WB_CONNECTION_SETTINGS, "{\"user\": \"superadmin\"}");
    }
  wb_desk_test_connection (self->desk, draft, secrets, &findings, NULL, &error);
  g_assert_no_error (error);
  id = wb_desk_add_connection (self->desk, draft, secrets, &error);
  g_assert_no_error (error);
  return id;
}

static void
open_desk (Life *self)
{
  g_autofree char      *path = g_build_filename (self->folder, "book.waybill", NULL);
  g_autoptr (WbSecrets) secrets = secrets_of ();
  g_autoptr (GError)    error = NULL;

  self->desk = wb_desk_open (path, secrets, "tester", &error);
  g_assert_no_error (error);
  self->book = wb_desk_get_book (self->desk);
}

static Life *
life_new (void)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  Life              *self = g_new0 (Life, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char   *carrier = NULL, *papers = NULL;

  options.orders = 0;
  self->rig = vendure_rig_new ();
  self->folder = wb_test_temp_folder ();
  papers = g_build_filename (self->folder, "papers", NULL);
  g_assert_cmpint (g_mkdir (papers, 0755), ==, 0);
  self->town = wb_town_new (&options, &error);
  g_assert_no_error (error);
  g_assert_true (wb_town_start (self->town, &error));
  open_desk (self);
  carrier = wb_town_dup_url (self->town, "easypost");
  connect_to (self, WB_KIND_CARRIER, "easypost", carrier, WB_TOWN_EASYPOST_KEY);
  self->channel_id =
      connect_to (self, WB_KIND_SHOP, "vendure", self->rig->url, VENDURE_RIG_PASSWORD);
  wb_bench_set_up_house (self->desk, papers);
  return self;
}

static void
life_free (Life *self)
{
  g_clear_object (&self->desk);
  wb_town_stop (self->town);
  wb_town_free (self->town);
  vendure_rig_free (self->rig);
  wb_test_remove_folder (self->folder);
  g_free (self->folder);
  for (guint i = 0; i < N_ORDERS; i++)
    g_free (self->refs[i]);
  g_free (self);
}

static WbSyncResult
sync_all (Life *self)
{
  WbSyncResult       result = { 0 };
  g_autoptr (GError) error = NULL;

  wb_desk_sync (self->desk, 0, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (result.problems->len, ==, 0);
  g_clear_pointer (&result.problems, g_ptr_array_unref);
  return result;
}

static WbOrder *
order_of (Life *self, guint place)
{
  g_autoptr (GError) error = NULL;
  WbOrder           *order = wb_book_get_order (self->book, self->ids[place], &error);

  g_assert_no_error (error);
  return order;
}

/* ---- customers ---- */

static char *
plan_text (void)
{
  static const char *const lines[] = {
    "{\"TEAPOT-C\": 1}",
    "{\"BOWL-1\": 3, \"SENCHA-100\": 2}",
    "{\"TEAPOT-T\": 2, \"BOWL-1\": 4}",
    "{\"SENCHA-100\": 5}",
  };
  g_autoptr (GString) plan = g_string_new ("[");

  for (guint i = 0; i < N_ORDERS; i++)
    {
      const char *card = i == FIRST_DECLINED    ? "{\"failSettle\": \"Insufficient funds\"}"
                         : i == SECOND_DECLINED ? "{\"failSettle\": \"Card reported stolen\"}"
                                                : "{}";
      gboolean    partial = i == FIRST_PARTIAL || i == SECOND_PARTIAL;

      g_string_append_printf (plan, "%s{\"lines\": %s, \"method\": \"%s\", \"metadata\": %s}",
                              i > 0 ? ", " : "", lines[partial ? 2 : i % G_N_ELEMENTS (lines)],
                              i == PAID_BEFORE ? "test-transfer" : "test-card", card);
    }
  /* What is no order: a cart, and a card that was declined at once. */
  g_string_append (plan, ", {\"lines\": {\"BOWL-1\": 1}, \"cart\": true}"
                         ", {\"lines\": {\"BOWL-1\": 1}, \"metadata\": {\"decline\": true}}]");
  return g_string_free (g_steal_pointer (&plan), FALSE);
}

static void
place_orders (Life *self)
{
  g_autofree char *plan = plan_text ();
  g_autofree char *out = vendure_rig_run (self->rig, "place", plan);
  g_auto (GStrv)   lines = g_strsplit (g_strchomp (out), "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, N_ORDERS + 2);
  for (guint i = 0; i < N_ORDERS; i++)
    {
      g_autoptr (JsonNode) root = wb_json_parse (lines[i], -1, "order", NULL);
      WbJson               at = wb_json_root (root, "order");

      self->refs[i] = wb_json_scalar_text (&at, "id");
      g_assert_nonnull (self->refs[i]);
    }
}

/* ---- importing ---- */

static void
check_record (WbOrder *order)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);
  gpointer   ship_to = wb_record_get_one (order, WB_ORDER_SHIP_TO);
  gint64     sum = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      sum += wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TOTAL) +
             wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_TAX);
      g_assert_cmpstr (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), !=,
                       WB_LINE_ADJUSTMENT);
    }
  g_assert_cmpint (sum, ==, wb_record_get_int (order, WB_ORDER_TOTAL));
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_CURRENCY), ==, "USD");
  g_assert_nonnull (ship_to);
  g_assert_cmpstr (wb_record_get_text (ship_to, WB_ADDRESS_COMPANY), ==, "Teehaus & Co");
  g_assert_cmpstr (wb_record_get_text (ship_to, WB_ADDRESS_COUNTRY), ==, "DE");
  g_assert_true (g_str_has_prefix (wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME), "Ines"));
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_SERVICE_ASKED), ==, "Standard Shipping");
}

static void
import (Life *self)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbOrderQuery             query = { .stages = stages, .sort = "placed_at", .ascending = TRUE };
  WbSyncResult             result = sync_all (self);
  g_autoptr (GError)       error = NULL;
  g_autoptr (GArray)       ids = NULL;

  g_assert_cmpint (result.added, ==, N_ORDERS);
  ids = wb_book_list_order_ids (self->book, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, N_ORDERS);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order =
          wb_book_get_order (self->book, g_array_index (ids, gint64, i), &error);

      g_assert_no_error (error);
      check_record (order);
      for (guint k = 0; k < N_ORDERS; k++)
        if (g_strcmp0 (self->refs[k], wb_record_get_text (order, WB_ORDER_REMOTE_ID)) == 0)
          self->ids[k] = g_array_index (ids, gint64, i);
    }
  for (guint k = 0; k < N_ORDERS; k++)
    {
      g_autoptr (WbOrder) order = order_of (self, k);

      g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), ==,
                       k == PAID_BEFORE ? WB_CHARGE_PAID : WB_CHARGE_AUTHORISED);
    }
  result = sync_all (self);
  g_assert_cmpint (result.added + result.changed, ==, 0);
}

/* ---- shipping ---- */

static gint64
plan_some (Life *self, guint place, gint64 line_id, gint64 pieces)
{
  g_auto (WbShipAsk) ask = { .order_id = self->ids[place], .weight_g = 900 };
  g_autoptr (GError) error = NULL;
  gint64             id;

  if (line_id != 0)
    {
      ask.n = 1;
      ask.line_ids = g_memdup2 (&line_id, sizeof line_id);
      ask.quantities = g_memdup2 (&pieces, sizeof pieces);
    }
  id = wb_desk_plan_shipment (self->desk, &ask, NULL, NULL, &error);
  g_assert_no_error (error);
  return id;
}

static void
ship_all (Life *self, guint place)
{
  g_autoptr (GError)  error = NULL;
  gint64              id = plan_some (self, place, 0, 0);
  g_autoptr (WbOrder) order = NULL;

  wb_desk_ship (self->desk, id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  order = order_of (self, place);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
}

/* The bank says no when the shop settles: the label is there, nothing is told, and the words are.
 */
static void
ship_declined (Life *self, guint place, const char *words)
{
  g_autoptr (GError)    error = NULL;
  gint64                id = plan_some (self, place, 0, 0);
  g_autoptr (WbOrder)   order = NULL;
  g_autoptr (GPtrArray) list = NULL;
  gboolean              told = FALSE;

  g_assert_false (wb_desk_ship (self->desk, id, NULL, NULL, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_DECLINED);
  g_assert_nonnull (strstr (error->message, words));
  order = order_of (self, place);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), ==, WB_CHARGE_REFUSED);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), !=, WB_STAGE_SHIPPED);
  list = wb_list_exceptions (self->book, NULL);
  for (guint i = 0; i < list->len; i++)
    told |= ((WbException *) list->pdata[i])->order_id == self->ids[place];
  g_assert_true (told);
}

/* Two parcels: the shop settles whole payments only, so that happens with the second. */
static void
ship_in_parts (Life *self, guint place)
{
  g_autoptr (WbOrder) order = order_of (self, place);
  gpointer            line = wb_record_get_many (order, WB_ORDER_LINES)->pdata[0];
  g_autoptr (GError)  error = NULL;
  gint64              id = plan_some (self, place, wb_record_get_int (line, WB_ORDER_LINE_ID), 1);

  wb_desk_ship (self->desk, id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&order);
  order = order_of (self, place);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_PARTIAL);
  g_assert_cmpint (wb_record_get_int (order, WB_ORDER_CAPTURED), ==, 0);
  ship_all (self, place);
}

/* The shop does @operation, and its answer is lost. */
static void
ship_with_loss (Life *self, guint place, const char *operation)
{
  g_autoptr (GError)  error = NULL;
  gint64              id = plan_some (self, place, 0, 0);
  g_autoptr (WbOrder) order = NULL;

  vendure_rig_gate (self->rig, "lose", operation, 1);
  if (!wb_desk_ship (self->desk, id, NULL, NULL, NULL, &error))
    g_test_message ("%s: %s", operation, error->message);
  g_clear_error (&error);
  wb_desk_recover (self->desk, NULL, NULL, NULL, NULL);
  wb_desk_ship (self->desk, id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  order = order_of (self, place);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
}

/* The shop dies between the label and the money, and comes back as it was. */
static void
ship_while_killed (Life *self, guint place)
{
  g_autoptr (GError)  error = NULL;
  gint64              id = plan_some (self, place, 0, 0);
  g_autoptr (WbOrder) order = NULL;

  vendure_rig_kill (self->rig);
  g_assert_false (wb_desk_ship (self->desk, id, NULL, NULL, NULL, &error));
  g_test_message ("killed: %s", error->message);
  g_clear_error (&error);
  vendure_rig_start (self->rig);
  wb_desk_recover (self->desk, NULL, NULL, NULL, NULL);
  wb_desk_ship (self->desk, id, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  order = order_of (self, place);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_SHIPPED);
}

/* ---- after shipping ---- */

static void
give_back (Life *self, guint place)
{
  WbRefundAsk        ask = { .order_id = self->ids[place], .amount = 250, .reason = "Chipped lid" };
  g_autoptr (GError) error = NULL;
  g_autofree char   *outcome = NULL;

  vendure_rig_gate (self->rig, "lose", "refundOrder", 1);
  if (!wb_desk_refund (self->desk, &ask, &outcome, NULL, &error))
    g_test_message ("refund: %s", error->message);
  g_clear_error (&error);
  wb_desk_recover (self->desk, NULL, NULL, NULL, NULL);
  sync_all (self);
}

/* What Vendure's own books have of a variant: on hand less what is allocated to orders. */
static gint64
saleable_there (Life *self, const char *variant_id)
{
  g_autoptr (JsonNode) levels = vendure_rig_admin (
      self->rig, "{ productVariant(id: \"%s\") { stockLevels { stockOnHand stockAllocated } } }",
      variant_id);
  WbJson root = wb_json_root (levels, "data"), variant, list, level;
  gint64 on_hand = 0, allocated = 0;
  guint  n = 0;

  g_assert_true (wb_json_object (&root, "productVariant", &variant, NULL));
  g_assert_true (wb_json_array (&variant, "stockLevels", &list, &n, NULL));
  level = wb_json_element (&list, 0);
  g_assert_true (wb_json_int (&level, "stockOnHand", &on_hand, NULL));
  g_assert_true (wb_json_int (&level, "stockAllocated", &allocated, NULL));
  return on_hand - allocated;
}

static gint64
publish (Life *self)
{
  g_auto (WbPublishResult) result = { 0 };
  g_autoptr (GError)       error = NULL;

  g_assert_true (wb_desk_publish_stock (self->desk, self->channel_id, &result, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.problems != NULL ? result.problems->len : 0, ==, 0);
  return result.told;
}

static void
shelve (Life *self, gint64 product, gint64 pieces)
{
  WbStockPlace       at = { .product_id = product, .actor = "tester" };
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_stock_receive (self->book, &at, pieces, &error));
  g_assert_no_error (error);
}

/* What is left on our shelf is what the shop can sell, by its own books; told once, and once more
 * when the answer was lost. */
static void
publish_stock (Life *self)
{
  g_auto (WbListingsResult) listings = { 0 };
  g_autoptr (GPtrArray)     all = NULL;
  g_autoptr (GError)        error = NULL;
  gpointer                  listing = NULL;
  gint64                    product;
  const char               *variant;

  g_assert_true (wb_desk_sync_listings (self->desk, self->channel_id, &listings, NULL, &error));
  g_assert_no_error (error);
  all = wb_book_list_channel_listings (self->book, self->channel_id, FALSE, &error);
  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_LISTING_SKU), "TEAPOT-C") == 0)
      listing = all->pdata[i];
  g_assert_nonnull (listing);
  variant = wb_record_get_text (listing, WB_LISTING_VARIATION_REF);
  product = wb_desk_make_product (self->desk, wb_record_get_int (listing, WB_LISTING_ID), &error);
  g_assert_no_error (error);
  g_assert_true (wb_stock_track (self->book, product, TRUE, "tester", &error));
  shelve (self, product, 77);
  g_assert_cmpint (publish (self), ==, 1);
  g_assert_cmpint (saleable_there (self, variant), ==, wb_stock_available (self->book, product, 0));
  g_assert_cmpint (publish (self), ==, 0);
  shelve (self, product, 5);
  vendure_rig_gate (self->rig, "lose", "updateProductVariants", 1);
  publish (self);
  wb_desk_recover (self->desk, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (publish (self), ==, 0);
  g_assert_cmpint (saleable_there (self, variant), ==, wb_stock_available (self->book, product, 0));
}

/* Somebody cancels an order in the shop, whose own date does not tell it. */
static void
cancel_there (Life *self, guint place)
{
  g_autoptr (JsonNode) done = vendure_rig_admin (
      self->rig,
      "mutation { cancelOrder(input: {orderId: \"%s\", reason: \"Changed her mind\"}) "
      "{ __typename } }",
      self->refs[place]);
  g_autoptr (WbOrder) order = NULL;

  sync_all (self);
  order = order_of (self, place);
  g_assert_cmpstr (wb_record_get_text (order, WB_ORDER_STAGE), ==, WB_STAGE_CANCELLED);
}

/* ---- the shop's own books ---- */

typedef struct
{
  guint settled, fulfilled, doubled, refunds;
} Count;

static guint
list_of (const WbJson *at, const char *member, WbJson *list)
{
  guint n = 0;

  return wb_json_array (at, member, list, &n, NULL) ? n : 0;
}

static void
count_payments (const WbJson *order, Count *count)
{
  WbJson payments, refunds;
  guint  n = list_of (order, "payments", &payments), settled = 0;
  gint64 taken;

  for (guint i = 0; i < n; i++)
    {
      WbJson payment = wb_json_element (&payments, i);
      WbJson metadata = wb_json_member (&payment, "metadata");

      if (g_strcmp0 (wb_json_opt_string (&payment, "state"), "Settled") == 0)
        settled++;
      if (wb_json_is_object (&metadata) && wb_json_opt_int (&metadata, "taken", 1, &taken, NULL) &&
          taken > 1)
        count->doubled++;
      count->refunds += list_of (&payment, "refunds", &refunds);
    }
  count->settled += settled > 0;
  count->doubled += settled > 1 ? settled - 1 : 0;
}

static void
count_fulfilments (const WbJson *order, guint expected, Count *count)
{
  WbJson list, lines;
  guint  n = list_of (order, "fulfillments", &list);
  gint64 ordered = 0, left = 0, pieces;

  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);
      guint  k = list_of (&one, "lines", &lines);

      g_assert_cmpstr (wb_json_opt_string (&one, "state"), ==, "Shipped");
      g_assert_cmpstr (wb_json_opt_string (&one, "trackingCode"), !=, "");
      for (guint j = 0; j < k; j++)
        {
          WbJson line = wb_json_element (&lines, j);

          g_assert_true (wb_json_int (&line, "quantity", &pieces, NULL));
          left += pieces;
        }
    }
  n = list_of (order, "lines", &lines);
  for (guint i = 0; i < n; i++)
    {
      WbJson line = wb_json_element (&lines, i);

      g_assert_true (wb_json_int (&line, "orderPlacedQuantity", &pieces, NULL));
      ordered += pieces;
    }
  n = list_of (order, "fulfillments", &list);
  g_assert_cmpuint (n, <=, expected);
  count->doubled += n > expected ? n - expected : 0;
  count->doubled += left > ordered;
  if (n == expected && expected > 0 && left == ordered)
    {
      g_assert_cmpstr (wb_json_opt_string (order, "state"), ==, "Shipped");
      count->fulfilled++;
    }
}

static Count
count_books (Life *self)
{
  g_autoptr (JsonNode) books = vendure_rig_books (self->rig);
  WbJson               root = wb_json_root (books, "books");
  WbJson               orders, list;
  Count                count = { 0 };
  guint                n;

  g_assert_true (wb_json_object (&root, "orders", &orders, NULL));
  n = list_of (&orders, "items", &list);
  g_assert_cmpuint (n, >=, N_ORDERS);
  for (guint i = 0; i < n; i++)
    {
      WbJson           order = wb_json_element (&list, i);
      g_autofree char *id = wb_json_scalar_text (&order, "id");

      for (guint k = 0; k < N_ORDERS; k++)
        if (g_strcmp0 (id, self->refs[k]) == 0)
          {
            guint parcels = k == FIRST_DECLINED || k == SECOND_DECLINED || k == CANCELLED_THERE ? 0
                            : k == FIRST_PARTIAL || k == SECOND_PARTIAL                         ? 2
                                                                                                : 1;

            count_payments (&order, &count);
            count_fulfilments (&order, parcels, &count);
          }
    }
  return count;
}

/* What we have in our ledger is what the shop took. */
static void
check_ledger (Life *self)
{
  for (guint k = 0; k < N_ORDERS; k++)
    {
      g_autoptr (GPtrArray) entries = wb_book_list_entries (self->book, self->ids[k], NULL);
      g_autoptr (WbOrder)   order = order_of (self, k);
      gint64                captured = 0, refunded = 0;
      gboolean              none =
          k == FIRST_DECLINED || k == SECOND_DECLINED || k == CANCELLED_THERE || k == PAID_BEFORE;

      for (guint i = 0; i < entries->len; i++)
        {
          const char *kind = wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND);
          gint64      amount = wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);

          captured += g_str_equal (kind, WB_ENTRY_CAPTURED) ? amount : 0;
          refunded += g_str_equal (kind, WB_ENTRY_REFUNDED) ? amount : 0;
        }
      g_assert_cmpint (captured, ==, none ? 0 : wb_record_get_int (order, WB_ORDER_TOTAL));
      g_assert_cmpint (refunded, ==, k == REFUNDED ? -250 : 0);
      if (k == REFUNDED)
        g_assert_cmpint (wb_record_get_int (order, WB_ORDER_REFUNDED_TOTAL), ==, 250);
    }
}

static void
test_life (void)
{
  Life *self = life_new ();
  Count count;

  place_orders (self);
  import (self);
  for (guint i = 0; i < FIRST_DECLINED; i++)
    ship_all (self, i);
  ship_declined (self, FIRST_DECLINED, "Insufficient funds");
  ship_declined (self, SECOND_DECLINED, "Card reported stolen");
  ship_in_parts (self, FIRST_PARTIAL);
  ship_in_parts (self, SECOND_PARTIAL);
  ship_all (self, PAID_BEFORE);
  ship_with_loss (self, LOST_SETTLE, "settlePayment");
  ship_with_loss (self, LOST_FULFIL, "addFulfillmentToOrder");
  ship_with_loss (self, LOST_SHIP, "transitionFulfillmentToState");
  ship_all (self, REFUNDED);
  ship_while_killed (self, DURING_KILL);
  give_back (self, REFUNDED);
  cancel_there (self, CANCELLED_THERE);
  publish_stock (self);
  sync_all (self);

  count = count_books (self);
  check_ledger (self);
  g_assert_cmpuint (count.settled, ==, N_ORDERS - 3);
  g_assert_cmpuint (count.fulfilled, ==, N_ORDERS - 3);
  g_assert_cmpuint (count.refunds, ==, 1);
  g_assert_cmpuint (count.doubled, ==, 0);
  g_snprintf (last_line, sizeof last_line,
              "vendure: %u orders, %u settled, %u fulfilled, %u doubled", N_ORDERS, count.settled,
              count.fulfilled, count.doubled);
  life_free (self);
}

int
main (int argc, char **argv)
{
  const char *lacks = vendure_rig_lacks ();
  int         status;

  g_test_init (&argc, &argv, NULL);
  if (lacks != NULL)
    {
      printf ("vendure: skipped: %s\n", lacks);
      return g_strcmp0 (g_getenv ("WAYBILL_STRICT_SKIPS"), "1") == 0 ? 1 : 77;
    }
  g_test_add_func ("/vendure/life", test_life);
  status = g_test_run ();
  printf ("%s\n", last_line);
  return status;
}
