/* SPDX-License-Identifier: GPL-3.0-or-later
 * Any number of made-up orders, the same each time, as a shop has them: names of many countries,
 * three lines, two addresses. */
#include "bench-orders.h"

#include <string.h>

static const char *const first_names[] = { "Anna",   "Jörg",  "Zoë",     "Łukasz", "Maria",
                                           "Søren",  "José",  "Ελένη",   "Иван",   "美咲",
                                           "Chloé",  "Björn", "Siobhán", "Ahmed",  "Ngọc",
                                           "Olivia", "Paul",  "Renée",   "Tomáš",  "Ümit" };
static const char *const last_names[] = { "Müller", "Nowak",     "García",       "Dubois",
                                          "Jensen", "Smith",     "Παπαδοπούλου", "Иванова",
                                          "佐藤",   "O’Brien",   "Yılmaz",       "Nguyễn",
                                          "Rossi",  "Andersson", "Kowalska",     "Schmidt",
                                          "Martin" };
static const char *const streets[] = { "Hauptstraße", "Rue de la Paix", "High Street",
                                       "Calle Mayor", "ul. Długa",      "Storgata",
                                       "Via Roma" };
static const char *const cities[] = { "Köln",   "Lyon",   "Leeds", "Málaga", "Łódź",
                                      "Bergen", "Torino", "Wien",  "Gent" };
static const char *const countries[] = { "DE", "FR", "GB", "ES", "PL", "NO", "IT", "AT", "BE" };
static const char *const goods[] = { "Oolong Tea 100 g",    "Clay Teapot",        "Bamboo Whisk",
                                     "Porcelain Cup, blue", "Sencha 250 g",       "Gift Wrap",
                                     "Kettle 1.2 l",        "Filter Papers (100)" };

#define PICK(list, n) list[(n) % G_N_ELEMENTS (list)]

/* A number that looks thrown, always the same for the same @i and @salt. */
static guint
thrown (guint i, guint salt)
{
  guint x = i * 2654435761u + salt * 40503u;

  x ^= x >> 15;
  x *= 2246822519u;
  return x ^ (x >> 13);
}

static void
set_text (gpointer record, guint field, char *text)
{
  wb_record_take_text (record, field, text);
}

static WbAddress *
address (guint i, const char *name)
{
  WbAddress *self = wb_address_new ();

  wb_record_set_text (self, WB_ADDRESS_NAME, name);
  set_text (self, WB_ADDRESS_STREET1,
            g_strdup_printf ("%s %u", PICK (streets, thrown (i, 1)), thrown (i, 2) % 200 + 1));
  wb_record_set_text (self, WB_ADDRESS_CITY, PICK (cities, thrown (i, 3)));
  set_text (self, WB_ADDRESS_POSTCODE, g_strdup_printf ("%05u", thrown (i, 4) % 100000));
  wb_record_set_text (self, WB_ADDRESS_COUNTRY, PICK (countries, thrown (i, 3)));
  return self;
}

static WbOrderLine *
line (guint i, guint k)
{
  WbOrderLine *self = wb_order_line_new ();
  guint        good = thrown (i, 10 + k) % 5000;
  guint        quantity = thrown (i, 20 + k) % 3 + 1;

  wb_record_set_text (self, WB_ORDER_LINE_KIND, k < 2 ? WB_LINE_ITEM : WB_LINE_SHIPPING);
  set_text (self, WB_ORDER_LINE_REMOTE_ID, g_strdup_printf ("%u", i * 3 + k));
  if (k < 2)
    {
      set_text (self, WB_ORDER_LINE_PRODUCT_REF, g_strdup_printf ("%u", good));
      set_text (self, WB_ORDER_LINE_SKU, g_strdup_printf ("TEA-%04u", good));
    }
  wb_record_set_text (self, WB_ORDER_LINE_NAME, k < 2 ? PICK (goods, good) : "Standard parcel");
  wb_record_set_bool (self, WB_ORDER_LINE_NEEDS_SHIPPING, k < 2);
  wb_record_set_int (self, WB_ORDER_LINE_QUANTITY, k < 2 ? quantity : 0);
  wb_record_set_int (self, WB_ORDER_LINE_SUBTOTAL, 495 * quantity);
  wb_record_set_int (self, WB_ORDER_LINE_TOTAL, 495 * quantity);
  wb_record_set_int (self, WB_ORDER_LINE_TAX, 94 * quantity);
  return self;
}

static void
fill_head (WbOrder *self, guint i)
{
  static const char *const stages[] = { WB_STAGE_SHIPPED, WB_STAGE_SHIPPED, WB_STAGE_SHIPPED,
                                        WB_STAGE_READY, WB_STAGE_WAITING };

  wb_record_set_int (self, WB_ORDER_CHANNEL_ID, 1);
  set_text (self, WB_ORDER_REMOTE_ID, g_strdup_printf ("%u", i + 1));
  set_text (self, WB_ORDER_NUMBER, g_strdup_printf ("%u", 100000 + i));
  wb_record_set_text (self, WB_ORDER_REMOTE_STATUS, "processing");
  wb_record_set_text (self, WB_ORDER_SHOP_STATE, WB_SHOP_OPEN);
  wb_record_set_text (self, WB_ORDER_STAGE, PICK (stages, thrown (i, 5)));
  wb_record_set_int (self, WB_ORDER_PLACED_AT, 1760000000 + (gint64) i * 60);
  wb_record_set_int (self, WB_ORDER_MODIFIED_AT, 1760000000 + (gint64) i * 60 + 30);
  wb_record_set_int (self, WB_ORDER_PAID_AT, 1760000000 + (gint64) i * 60 + 5);
  wb_record_set_text (self, WB_ORDER_CURRENCY, "EUR");
  wb_record_set_int (self, WB_ORDER_TOTAL, 1000 + thrown (i, 6) % 20000);
  wb_record_set_int (self, WB_ORDER_TAX_TOTAL, 160);
  wb_record_set_int (self, WB_ORDER_SHIPPING_TOTAL, 490);
  wb_record_set_int (self, WB_ORDER_ITEM_COUNT, 3);
  set_text (self, WB_ORDER_CUSTOMER_REF, g_strdup_printf ("c%u", i));
  wb_record_set_text (self, WB_ORDER_PAYMENT_METHOD, "stripe");
  wb_record_set_text (self, WB_ORDER_PAYMENT_TITLE, "Card");
  set_text (self, WB_ORDER_PAYMENT_REF,
            g_strdup_printf ("pi_%08x%08x", thrown (i, 7), thrown (i, 8)));
  wb_record_set_text (self, WB_ORDER_CHARGE_STATE, WB_CHARGE_UNKNOWN);
}

/** bench_order: Returns: (transfer full): order @i, as a shop module would hand it over. */
WbOrder *
bench_order (guint i)
{
  WbOrder    *self = wb_order_new ();
  const char *first = PICK (first_names, thrown (i, 30)), *last = PICK (last_names, thrown (i, 31));
  g_autofree char      *name = g_strdup_printf ("%s %s", first, last);
  g_autoptr (WbAddress) ship_to = address (i, name), bill_to = address (i + 7, name);

  fill_head (self, i);
  wb_record_set_text (self, WB_ORDER_CUSTOMER_NAME, name);
  set_text (self, WB_ORDER_EMAIL, g_strdup_printf ("%08x.%u@example.org", thrown (i, 32), i));
  set_text (self, WB_ORDER_PHONE, g_strdup_printf ("+4922%07u", thrown (i, 33) % 10000000));
  wb_record_set_one (self, WB_ORDER_SHIP_TO, ship_to);
  wb_record_set_one (self, WB_ORDER_BILL_TO, bill_to);
  for (guint k = 0; k < 3; k++)
    wb_record_add (self, WB_ORDER_LINES, line (i, k));
  return self;
}

/** bench_order_raw: Returns: (transfer full): bytes of the size of an order as a WooCommerce shop
 * sends it (4.2 kB). */
GBytes *
bench_order_raw (guint i)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "{\"id\":%u,\"meta_data\":[", i + 1);
  while (text->len < 4200)
    g_string_append_printf (text, "{\"id\":%u,\"key\":\"_k%u\",\"value\":\"%08x\"},",
                            i + (guint) text->len, i % 7, thrown (i, (guint) text->len));
  g_string_append (text, "null]}");
  return g_bytes_new (text->str, text->len);
}

/** bench_set_up: the channel that the orders hang on, number 1. */
void
bench_set_up (WbBook *book)
{
  g_autoptr (WbConnection) channel = wb_connection_new ();
  g_autoptr (GError)       error = NULL;

  wb_record_set_text (channel, WB_CONNECTION_KIND, WB_KIND_SHOP);
  wb_record_set_text (channel, WB_CONNECTION_PROVIDER, "woocommerce");
  wb_record_set_text (channel, WB_CONNECTION_NAME, "Shop");
  wb_record_set_text (channel, WB_CONNECTION_BASE_URL, "http://127.0.0.1/");
  wb_record_set_text (channel, WB_CONNECTION_CURRENCY, "EUR");
  wb_record_set_text (channel, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  wb_record_set_bool (channel, WB_CONNECTION_ENABLED, TRUE);
  if (!wb_book_save (book, channel, &error))
    g_error ("%s", error->message);
  g_assert (wb_record_get_int (channel, WB_CONNECTION_ID) == 1);
}

/** bench_fill: puts orders 0 to @n − 1 into an empty book, a hundred a transaction. */
void
bench_fill (WbBook *book, guint n)
{
  g_autoptr (GError) error = NULL;
  gboolean           ok = TRUE;

  bench_set_up (book);
  for (guint i = 0; ok && i < n; i++)
    {
      g_autoptr (WbOrder) order = bench_order (i);

      if (i % 100 == 0)
        ok = wb_book_begin (book, &error);
      ok = ok && wb_book_insert_order (book, order, &error);
      if (i % 100 == 99 || i == n - 1)
        ok = ok && wb_book_commit (book, &error);
    }
  if (!ok)
    g_error ("%s", error->message);
}
