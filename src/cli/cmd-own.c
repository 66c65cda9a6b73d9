/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders that no shop brings: out of spreadsheets, by phone, at the counter; and orders as a
 * spreadsheet. */
#include "wb-cli.h"

#include "wb-desk-own.h"
#include "wb-file.h"
#include "wb-refusals.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* ---- in ---- */

/* “number=Bestellnr,sku=Artikel” */
static gboolean
read_columns (WbCli *self, WbOrdersFileWish *wish, GError **error)
{
  const char    *text = wb_cli_option (self, "columns");
  g_auto (GStrv) pairs = text != NULL ? g_strsplit (text, ",", -1) : NULL;

  for (guint i = 0; pairs != NULL && pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');

      if (equals == NULL)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       _ ("“%s” says no column: write “number=Order no.”"), pairs[i]);
          return FALSE;
        }
      *equals = '\0';
      g_hash_table_insert (wish->columns, g_strdup (g_strstrip (pairs[i])),
                           g_strdup (g_strstrip (equals + 1)));
    }
  return TRUE;
}

static WbOrdersFileWish *
read_wish (WbCli *self, GError **error)
{
  g_autoptr (WbConnection) channel =
      wb_cli_find_connection (self, wb_cli_word (self, 0), WB_KIND_SHOP, error);
  g_autoptr (WbOrdersFileWish) wish = NULL;

  if (channel == NULL)
    return NULL;
  wish = wb_orders_file_wish_new (wb_cli_word (self, 1),
                                  wb_record_get_text (channel, WB_CONNECTION_NAME));
  if (!read_columns (self, wish, error))
    return NULL;
  wish->currency = g_strdup (wb_cli_option (self, "currency"));
  wish->country = g_strdup (wb_cli_option (self, "country"));
  wish->dates = g_strdup (wb_cli_option (self, "dates"));
  wish->decimal = g_strdup (wb_cli_option (self, "decimal"));
  return g_steal_pointer (&wish);
}

static void
print_asides (const char *name, GPtrArray *asides)
{
  for (guint i = 0; i < asides->len; i++)
    {
      const WbOrderAside *aside = asides->pdata[i];
      g_autofree char    *reason = wb_tell_again (aside->reason);

      /* Translators: the name of a file, the number of a line, what is wrong with it */
      g_printerr (_ ("%s, line %u was set aside: %s\n"), name, aside->line, reason);
    }
}

static void
print_preview (const WbOrdersPreview *preview)
{
  GHashTableIter iter;
  gpointer       cell, head;

  /* Translators: name of a file, its encoding, what parts its cells, the line of the heads */
  printf (_ ("%s: %s, cells parted by “%c”, heads in line %u\n"), preview->name, preview->encoding,
          preview->delimiter, preview->head_line);
  g_hash_table_iter_init (&iter, preview->columns);
  while (g_hash_table_iter_next (&iter, &cell, &head))
    printf ("  %s = %s\n", (const char *) cell, (const char *) head);
  if (preview->problem != NULL)
    {
      printf ("%s\n", preview->problem);
      return;
    }
  for (guint i = 0; i < preview->orders->len && i < 10; i++)
    {
      gpointer         order = preview->orders->pdata[i];
      g_autofree char *total =
          wb_money_to_text (wb_money (wb_record_get_int (order, WB_ORDER_TOTAL),
                                      wb_record_get_text (order, WB_ORDER_CURRENCY)));

      printf ("%s  %s  %d  %s\n", wb_record_get_text (order, WB_ORDER_NUMBER),
              wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME) != NULL
                  ? wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME)
                  : "–",
              (int) wb_record_get_int (order, WB_ORDER_ITEM_COUNT), total);
    }
  printf (_ ("%u rows: %u orders; %u rows would be set aside\n"), preview->rows,
          preview->orders->len, preview->asides->len);
}

static gboolean
preview_orders (WbCli *self, const WbOrdersFileWish *wish, GError **error)
{
  g_autoptr (WbOrdersPreview) preview =
      wb_desk_preview_orders (wb_desk_get_book (self->desk), wish, self->cancellable, error);

  if (preview == NULL)
    return FALSE;
  if (self->json)
    printf ("{\"rows\": %u, \"orders\": %u, \"bad\": %u, \"remembered\": %s, \"fits\": %s}\n",
            preview->rows, preview->orders->len, preview->asides->len,
            preview->remembered ? "true" : "false", preview->problem == NULL ? "true" : "false");
  else
    print_preview (preview);
  print_asides (preview->name, preview->asides);
  if (preview->problem != NULL || preview->asides->len > 0)
    self->exit_code = WB_EXIT_PERSON;
  return TRUE;
}

static gboolean
cmd_orders_import (WbCli *self, GError **error)
{
  g_autoptr (WbOrdersFileWish) wish =
      wb_cli_open (self, error) != NULL ? read_wish (self, error) : NULL;
  g_auto (WbOrdersImport) done = { 0 };

  if (wish == NULL)
    return FALSE;
  if (wb_cli_has (self, "preview"))
    return preview_orders (self, wish, error);
  if (!wb_desk_import_orders (self->desk, wish, NULL, NULL, &done, self->cancellable, error))
    return FALSE;
  if (self->json)
    printf ("{\"rows\": %u, \"added\": %d, \"changed\": %d, \"unchanged\": %d, \"bad\": %u}\n",
            done.rows, (int) done.orders.added, (int) done.orders.changed,
            (int) done.orders.unchanged, done.asides->len);
  else
    printf (_ ("%u rows: %d new orders, %d changed, %d as they were; %u rows set aside\n"),
            done.rows, (int) done.orders.added, (int) done.orders.changed,
            (int) done.orders.unchanged, done.asides->len);
  print_asides (done.name, done.asides);
  if (done.asides->len > 0)
    self->exit_code = WB_EXIT_PERSON;
  return TRUE;
}

static gboolean
cmd_orders_aside (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) all = book != NULL ? wb_book_list_order_asides (book, 0, error) : NULL;

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const WbOrderAside *aside = all->pdata[i];
      g_autofree char    *reason = wb_tell_again (aside->reason);

      printf ("%s:%u\t%s\t%s\n", aside->file, aside->line,
              aside->number != NULL ? aside->number : "–", reason);
    }
  if (all != NULL && all->len > 0)
    self->exit_code = WB_EXIT_PERSON;
  return all != NULL;
}

/* ---- out ---- */

static gboolean
cmd_orders_export (WbCli *self, GError **error)
{
  WbBook                  *book = wb_cli_book (self, error);
  const char              *stage = wb_cli_option (self, "stage");
  const char *const        stages[] = { stage, NULL };
  WbOrderQuery             query = { .sort = "placed_at", .ascending = TRUE };
  g_autoptr (WbConnection) channel = NULL;
  g_autoptr (GBytes)       bytes = NULL;

  if (book == NULL)
    return FALSE;
  query.stages = stage != NULL ? stages : NULL;
  query.text = wb_cli_option (self, "find");
  if (wb_cli_has (self, "channel"))
    {
      channel = wb_cli_find_connection (self, wb_cli_option (self, "channel"), WB_KIND_SHOP, error);
      if (channel == NULL)
        return FALSE;
      query.channel_id = wb_record_get_int (channel, WB_CONNECTION_ID);
    }
  bytes = wb_desk_export_orders (book, &query, self->cancellable, error);
  if (bytes == NULL)
    return FALSE;
  if (wb_cli_word (self, 0) != NULL)
    return wb_file_write (wb_cli_word (self, 0), bytes, 0600, error);
  fwrite (g_bytes_get_data (bytes, NULL), 1, g_bytes_get_size (bytes), stdout);
  return TRUE;
}

/* ---- taken by us ---- */

/* “SKU*2@9.90=Name”: all but the article may be left out. */
static gboolean
add_line (WbOwnOrder *order, const char *text, GError **error)
{
  g_autofree char *copy = g_strdup (text);
  char            *name = strchr (copy, '='), *price = NULL, *pieces = NULL;
  gint64           quantity = 1;

  if (name != NULL)
    *name++ = '\0';
  if ((price = strrchr (copy, '@')) != NULL)
    *price++ = '\0';
  if ((pieces = strrchr (copy, '*')) != NULL)
    *pieces++ = '\0';
  if (pieces != NULL && !g_ascii_string_to_signed (pieces, 10, 1, G_MAXINT32, &quantity, NULL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("“%s” is no line: write “SKU*2@9.90=Name”"), text);
      return FALSE;
    }
  return wb_own_order_add_line (order, copy, name, quantity, price, error);
}

static gboolean
take_customer (WbCli *self, WbOwnOrder *order, GError **error)
{
  const char           *text = wb_cli_option (self, "customer");
  g_autoptr (GPtrArray) found = NULL;

  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &order->customer_id, NULL))
    return TRUE;
  found = wb_book_find_customers (wb_desk_get_book (self->desk), text, 10, error);
  if (found == NULL)
    return FALSE;
  if (found->len == 1)
    {
      order->customer_id = wb_record_get_int (found->pdata[0], WB_CUSTOMER_ID);
      return TRUE;
    }
  for (guint i = 0; i < found->len; i++)
    g_printerr ("%d  %s  %s\n", (int) wb_record_get_int (found->pdata[i], WB_CUSTOMER_ID),
                wb_record_get_text (found->pdata[i], WB_CUSTOMER_NAME),
                wb_record_get_text (found->pdata[i], WB_CUSTOMER_EMAIL));
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               found->len == 0 ? _ ("No customer is found by “%s”")
                               : _ ("Several customers are found by “%s”: say the number"),
               text);
  return FALSE;
}

static void
take_words (WbCli *self, WbOwnOrder *order)
{
  static const struct
  {
    const char *option;
    guint       field;
  } words[] = {
    { "name", WB_ADDRESS_NAME },         { "company", WB_ADDRESS_COMPANY },
    { "street", WB_ADDRESS_STREET1 },    { "city", WB_ADDRESS_CITY },
    { "postcode", WB_ADDRESS_POSTCODE }, { "country", WB_ADDRESS_COUNTRY },
  };

  order->id = g_strdup (wb_cli_option (self, "id"));
  order->name = g_strdup (wb_cli_option (self, "name"));
  order->email = g_strdup (wb_cli_option (self, "email"));
  order->phone = g_strdup (wb_cli_option (self, "phone"));
  order->paid = g_strdup (wb_cli_option (self, "paid"));
  order->before_payment = wb_cli_has (self, "before-payment");
  if (!wb_cli_has (self, "street") && !wb_cli_has (self, "city"))
    return;
  order->ship_to = wb_address_new ();
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    wb_record_set_text (order->ship_to, words[i].field, wb_cli_option (self, words[i].option));
}

static WbOwnOrder *
order_of_options (WbCli *self, GError **error)
{
  g_autoptr (WbOwnOrder) order = wb_own_order_new ();
  GPtrArray             *lines = wb_cli_values (self, "line");
  const char            *currency = wb_cli_option (self, "currency");
  const char            *shipping = wb_cli_option (self, "shipping");
  WbMoney                money;

  if (currency == NULL || !wb_currency_is_valid (currency))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("Say the currency of the order: --currency EUR"));
      return NULL;
    }
  g_strlcpy (order->currency, currency, sizeof order->currency);
  take_words (self, order);
  if (shipping != NULL)
    {
      if (!wb_money_parse (shipping, currency, &money, error))
        return NULL;
      order->shipping = money.minor;
    }
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    if (!add_line (order, lines->pdata[i], error))
      return NULL;
  return take_customer (self, order, error) ? g_steal_pointer (&order) : NULL;
}

static WbOwnOrder *
order_of_file (const char *path, GError **error)
{
  g_autofree char   *text = NULL;
  g_autoptr (GError) local = NULL;

  if (g_file_get_contents (path, &text, NULL, &local))
    return wb_own_order_parse (text, error);
  wb_error_convert (&local);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gboolean
cmd_order_add (WbCli *self, GError **error)
{
  g_autoptr (WbOwnOrder) ask = NULL;
  g_autoptr (WbOrder)    order = NULL;
  gint64                 id;

  if (wb_cli_open (self, error) == NULL)
    return FALSE;
  ask = wb_cli_word (self, 0) != NULL ? order_of_file (wb_cli_word (self, 0), error)
                                      : order_of_options (self, error);
  if (ask == NULL || (id = wb_desk_add_own_order (self->desk, ask, error)) == 0 ||
      (order = wb_book_get_order (wb_desk_get_book (self->desk), id, error)) == NULL)
    return FALSE;
  if (self->json)
    printf ("{\"id\": %d, \"number\": \"%s\"}\n", (int) id,
            wb_record_get_text (order, WB_ORDER_NUMBER));
  else
    /* Translators: the number of an order */
    wb_cli_say (self, _ ("Order %s is in the book."), wb_record_get_text (order, WB_ORDER_NUMBER));
  return TRUE;
}

const WbCommand wb_commands_own[] = {
  { "orders-import",
    N_ ("CHANNEL FILE"),
    2,
    2,
    N_ ("import orders out of a spreadsheet (CSV)"),
    N_ ("A row is a line of an order; rows with the same number are one order. Columns are "
        "remembered, encoding and separators are seen. Orders with a row that cannot be read are "
        "kept aside, and the exit code is 4 then. The same file again adds nothing. The channel is "
        "connected once: connect shop csv --name NAME --capturer none."),
    cmd_orders_import,
    { { "preview", NULL, N_ ("only show what would be imported") },
      { "columns", N_ ("WHAT=HEAD,…"), N_ ("which column is what: number, sku, quantity, …") },
      { "currency", N_ ("CODE"), N_ ("of orders without one") },
      { "country", N_ ("CODE"), N_ ("of addresses without one") },
      { "dates", N_ ("ymd|dmy|mdy"), N_ ("how dates are written, when it is not clear") },
      { "decimal", N_ ("SIGN"), N_ ("“.” or “,” in amounts, when it is not clear") },
      { NULL } } },
  { "orders-aside",
    NULL,
    0,
    0,
    N_ ("list the rows of spreadsheets that were kept aside, and why"),
    NULL,
    cmd_orders_aside,
    { { NULL } } },
  { "orders-export",
    N_ ("[FILE]"),
    0,
    1,
    N_ ("write orders as a spreadsheet (CSV), a row a line"),
    NULL,
    cmd_orders_export,
    { { "channel", N_ ("NAME"), N_ ("only those of one channel") },
      { "stage", N_ ("STAGE"), N_ ("only those at one stage") },
      { "find", N_ ("WORDS"), N_ ("only those that are found by these words") },
      { NULL } } },
  { "order-add",
    N_ ("[FILE]"),
    0,
    1,
    N_ ("take an order by phone or at the counter"),
    N_ ("By options, or out of a JSON file. It gets a number of ours and goes the way of every "
        "order. With --id the same order is taken once."),
    cmd_order_add,
    { { "line", N_ ("SKU*N@PRICE=NAME"), N_ ("a line; may be given again") },
      { "currency", N_ ("CODE"), N_ ("of all its prices") },
      { "shipping", N_ ("AMOUNT"), N_ ("what shipping costs") },
      { "customer", N_ ("WHO"), N_ ("a known customer: number, name or e-mail address") },
      { "name", N_ ("NAME"), N_ ("the customer") },
      { "email", N_ ("ADDRESS"), N_ ("e-mail address") },
      { "phone", N_ ("NUMBER"), N_ ("telephone number") },
      { "company", N_ ("NAME"), N_ ("company") },
      { "street", N_ ("TEXT"), N_ ("street and number") },
      { "postcode", N_ ("CODE"), N_ ("postcode") },
      { "city", N_ ("NAME"), N_ ("town") },
      { "country", N_ ("CODE"), N_ ("country, two letters") },
      { "paid", N_ ("HOW"), N_ ("it is paid: cash, transfer, …") },
      { "before-payment", NULL, N_ ("send it although it is not paid") },
      { "id", N_ ("NAME"), N_ ("your own name for it") },
      { NULL } } },
  { NULL },
};
