/* SPDX-License-Identifier: GPL-3.0-or-later
 * Makes an order book with any number of orders, for tests and benchmarks of the client: make-book
 * FILE COUNT [number-of-first]. */
#include "wb-book.h"

#include <stdlib.h>

static const char *const first_names[] = { "Ana",   "Böhm",   "Chloé", "Dimitra",
                                           "Émile", "Fatima", "Grace", "Hanna" };
static const char *const last_names[] = { "Quiñones", "& Söhne",    "Lefèvre",
                                          "Papadaki", "Österreich", "Haddad",
                                          "O’Neill",  "Virtanen",   "Nowak" };
static const char *const goods[] = { "Mug, red", "Tea towel", "Wool socks", "Bread knife",
                                     "Notebook A5" };
static const char *const stages[] = { WB_STAGE_SHIPPED, WB_STAGE_SHIPPED,  WB_STAGE_READY,
                                      WB_STAGE_SHIPPED, WB_STAGE_WAITING,  WB_STAGE_HOLD,
                                      WB_STAGE_PARTIAL, WB_STAGE_CANCELLED };
static const char *const charges[] = { WB_CHARGE_CAPTURED, WB_CHARGE_CAPTURED, WB_CHARGE_AUTHORISED,
                                       WB_CHARGE_PAID,     WB_CHARGE_UNPAID,   WB_CHARGE_AUTHORISED,
                                       WB_CHARGE_PARTIAL,  WB_CHARGE_LAPSED };

static void
add_line (WbOrder *order, guint n, guint position)
{
  g_autoptr (WbOrderLine) line = wb_order_line_new ();
  g_autofree char        *remote = g_strdup_printf ("%u", n * 10 + position);
  g_autofree char        *sku = g_strdup_printf ("SKU-%03u", (n + position) % 400);
  const char             *stage = wb_record_get_text (order, WB_ORDER_STAGE);
  gint64                  quantity = 1 + (n + position) % 3;

  wb_record_set_int (line, WB_ORDER_LINE_POSITION, position);
  wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_ITEM);
  wb_record_set_text (line, WB_ORDER_LINE_REMOTE_ID, remote);
  wb_record_set_text (line, WB_ORDER_LINE_SKU, sku);
  wb_record_set_text (line, WB_ORDER_LINE_NAME, goods[(n + position) % G_N_ELEMENTS (goods)]);
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING, TRUE);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, quantity);
  wb_record_set_int (line, WB_ORDER_LINE_WEIGHT_G, 250);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, quantity * 1495);
  if (g_str_equal (stage, WB_STAGE_SHIPPED))
    wb_record_set_int (line, WB_ORDER_LINE_SHIPPED, quantity);
  wb_record_add (order, WB_ORDER_LINES, g_steal_pointer (&line));
}

static WbAddress *
make_address (const char *name, guint n)
{
  WbAddress       *address = wb_address_new ();
  g_autofree char *street = g_strdup_printf ("%u Market Street", 1 + n % 200);

  wb_record_set_text (address, WB_ADDRESS_NAME, name);
  wb_record_set_text (address, WB_ADDRESS_STREET1, street);
  wb_record_set_text (address, WB_ADDRESS_CITY, "San Francisco");
  wb_record_set_text (address, WB_ADDRESS_REGION, "CA");
  wb_record_set_text (address, WB_ADDRESS_POSTCODE, "94103");
  wb_record_set_text (address, WB_ADDRESS_COUNTRY, "US");
  return address;
}

static WbOrder *
make_order (guint n, gint64 channel, WbInstant now, guint count)
{
  WbOrder         *order = wb_order_new ();
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *name = g_strdup_printf ("%s %s", first_names[n % G_N_ELEMENTS (first_names)],
                                           last_names[(n / 3) % G_N_ELEMENTS (last_names)]);
  g_autofree char *email = g_strdup_printf ("person%u@example.com", n);
  g_autoptr (WbAddress) address = make_address (name, n);
  guint                 kind = n % G_N_ELEMENTS (stages);
  gint64                total = 0;

  wb_record_set_int (order, WB_ORDER_CHANNEL_ID, channel);
  wb_record_set_text (order, WB_ORDER_REMOTE_ID, number);
  wb_record_set_text (order, WB_ORDER_NUMBER, number);
  wb_record_set_text (order, WB_ORDER_REMOTE_STATUS, "processing");
  wb_record_set_text (order, WB_ORDER_SHOP_STATE, WB_SHOP_OPEN);
  wb_record_set_text (order, WB_ORDER_STAGE, stages[kind]);
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, charges[kind]);
  wb_record_set_int (order, WB_ORDER_PLACED_AT, now - (gint64) (count - n % count) * 1800);
  wb_record_set_int (order, WB_ORDER_SHIP_BY,
                     now - (gint64) (count - n % count) * 1800 + 2 * 86400);
  wb_record_set_text (order, WB_ORDER_CURRENCY, "EUR");
  wb_record_set_text (order, WB_ORDER_CUSTOMER_NAME, name);
  wb_record_set_text (order, WB_ORDER_EMAIL, email);
  wb_record_set_text (order, WB_ORDER_PHONE, "+1 555 0100");
  wb_record_set_text (order, WB_ORDER_PAYMENT_TITLE, "Card");
  if (kind == 5)
    wb_record_set_text (order, WB_ORDER_HOLD_REASON, "The customer asked to wait until Friday");
  if (kind == 2)
    wb_record_set_int (order, WB_ORDER_CAPTURE_BEFORE, now + (gint64) (n % 7) * 40000 + 3600);
  wb_record_set_one (order, WB_ORDER_SHIP_TO, address);
  for (guint i = 0; i < 1 + n % 3; i++)
    {
      add_line (order, n, i);
      total += wb_record_get_int (wb_record_get_many (order, WB_ORDER_LINES)->pdata[i],
                                  WB_ORDER_LINE_TOTAL);
    }
  wb_record_set_int (order, WB_ORDER_TOTAL, total);
  wb_record_set_int (order, WB_ORDER_ITEM_COUNT, 1 + n % 3);
  wb_record_set_int (order, WB_ORDER_AUTHORISED, kind == 2 || kind == 5 ? total : 0);
  wb_record_set_int (order, WB_ORDER_CAPTURED, kind < 2 ? total : 0);
  return order;
}

static gint64
add_channel (WbBook *book, GError **error)
{
  g_autoptr (WbConnection) channel = wb_book_find_connection (book, "Corner shop", NULL);

  if (channel != NULL)
    return wb_record_get_int (channel, WB_CONNECTION_ID);
  channel = wb_connection_new ();
  wb_record_set_text (channel, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (channel, WB_CONNECTION_PROVIDER, "woocommerce");
  wb_record_set_text (channel, WB_CONNECTION_NAME, "Corner shop");
  wb_record_set_text (channel, WB_CONNECTION_BASE_URL, "http://127.0.0.1:9");
  wb_record_set_text (channel, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  wb_record_set_int (channel, WB_CONNECTION_SYNCED_AT, wb_now ());
  wb_record_set_int (channel, WB_CONNECTION_CREATED_AT, wb_now ());
  return wb_book_save (book, channel, error) ? wb_record_get_int (channel, WB_CONNECTION_ID) : 0;
}

static gboolean
fill (WbBook *book, guint count, guint first, GError **error)
{
  gint64    channel = add_channel (book, error);
  WbInstant now = wb_now ();

  if (channel == 0)
    return FALSE;
  for (guint done = 0; done < count;)
    {
      if (!wb_book_begin (book, error))
        return FALSE;
      for (guint i = 0; i < 1000 && done < count; i++, done++)
        {
          g_autoptr (WbOrder) order = make_order (first + done, channel, now, count);

          if (!wb_book_insert_order (book, order, error))
            return FALSE;
        }
      if (!wb_book_commit (book, error))
        return FALSE;
    }
  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = NULL;

  if (argc < 3)
    {
      g_printerr ("usage: make-book FILE COUNT [NUMBER-OF-FIRST]\n");
      return 2;
    }
  book = wb_book_open (argv[1], FALSE, &error);
  if (book != NULL &&
      fill (book, (guint) atoi (argv[2]), argc > 3 ? (guint) atoi (argv[3]) : 1001, &error))
    return 0;
  g_printerr ("make-book: %s\n", error->message);
  return 1;
}
