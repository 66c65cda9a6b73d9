/* SPDX-License-Identifier: GPL-3.0-or-later
 * How orders look on a terminal and as JSON. */
#include "wb-cli-order-view.h"

#include "wb-text.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define MOST_EVENTS 12

/** wb_cli_records_to_json: Returns: (transfer full): an array of @records. */
JsonNode *
wb_cli_records_to_json (GPtrArray *records)
{
  JsonArray *array = json_array_sized_new (records->len);
  JsonNode  *node = json_node_alloc ();

  for (guint i = 0; i < records->len; i++)
    json_array_add_element (array, wb_record_to_json (records->pdata[i]));
  json_node_init_array (node, array);
  json_array_unref (array);
  return node;
}

/** wb_cli_when: Returns: (transfer full): @instant in local time, “2026-11-22 14:05”; empty for 0.
 */
char *
wb_cli_when (WbInstant instant)
{
  g_autoptr (GDateTime) local = instant != 0 ? g_date_time_new_from_unix_local (instant) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M") : g_strdup ("");
}

/** wb_cli_translate: Returns: (transfer full): @columns with their titles translated; g_free() it
 * after the table. */
WbColumn *
wb_cli_translate (const WbColumn *columns)
{
  guint     n = 0;
  WbColumn *copy;

  while (columns[n].title != NULL)
    n++;
  copy = g_memdup2 (columns, (n + 1) * sizeof *columns);
  for (guint i = 0; i < n; i++)
    copy[i].title = _ (copy[i].title);
  return copy;
}

/** wb_cli_print_orders: prints @heads as a table. */
void
wb_cli_print_orders (const WbColumn *columns, GPtrArray *heads)
{
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < heads->len; i++)
    {
      WbOrder         *order = heads->pdata[i];
      g_autofree char *placed = wb_cli_when (wb_record_get_int (order, WB_ORDER_PLACED_AT));
      g_autofree char *total = wb_money_to_text (wb_record_get_money (order, WB_ORDER_TOTAL));
      g_autofree char *pieces =
          g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (order, WB_ORDER_ITEM_COUNT));

      wb_table_add (table, wb_record_get_text (order, WB_ORDER_NUMBER), placed,
                    wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME), pieces, total,
                    wb_charge_title (wb_record_get_text (order, WB_ORDER_CHARGE_STATE)),
                    wb_stage_title (wb_record_get_text (order, WB_ORDER_STAGE)),
                    wb_record_get_text (order, WB_ORDER_TRACKING));
    }
  wb_table_print (table);
}

static void
print_fact (const char *name, const char *value)
{
  g_autofree char *line = wb_text_one_line (value);

  if (*line == '\0')
    return;
  printf ("%s", name);
  wb_cli_pad (16 - (int) wb_cli_width (name));
  printf (" %s\n", line);
}

static void
print_money (const char *name, WbOrder *order, guint field, gboolean also_zero)
{
  g_autofree char *text = NULL;

  if (wb_record_get_int (order, field) == 0 && !also_zero)
    return;
  text = wb_money_to_text (wb_record_get_money (order, field));
  print_fact (name, text);
}

static void
print_address (const char *name, gpointer address)
{
  static const guint  fields[] = { WB_ADDRESS_NAME,    WB_ADDRESS_COMPANY,  WB_ADDRESS_STREET1,
                                   WB_ADDRESS_STREET2, WB_ADDRESS_POSTCODE, WB_ADDRESS_CITY,
                                   WB_ADDRESS_REGION,  WB_ADDRESS_COUNTRY };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; address != NULL && i < G_N_ELEMENTS (fields); i++)
    if (!wb_text_is_empty (wb_record_get_text (address, fields[i])))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                              wb_record_get_text (address, fields[i]));
  print_fact (name, text->str);
}

static void
print_lines (WbOrder *order)
{
  static const WbColumn columns[] = {
    { N_ ("Line"), TRUE, 0 },    { N_ ("SKU"), FALSE, 16 },
    { N_ ("What"), FALSE, 40 },  { N_ ("Ordered"), TRUE, 0 },
    { N_ ("Shipped"), TRUE, 0 }, { N_ ("To ship"), TRUE, 0 },
    { N_ ("Amount"), TRUE, 0 },  { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);
  GPtrArray           *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    {
      gpointer line = lines->pdata[i];
      gboolean item = g_strcmp0 (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) == 0;
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *ordered =
          g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (line, WB_ORDER_LINE_QUANTITY));
      g_autofree char *shipped = g_strdup_printf (
          "%" G_GINT64_FORMAT, wb_record_get_int (line, WB_ORDER_LINE_SHIPPED) +
                                   wb_record_get_int (line, WB_ORDER_LINE_ELSEWHERE));
      g_autofree char *left = g_strdup_printf ("%" G_GINT64_FORMAT, wb_order_line_to_ship (line));
      g_autofree char *amount =
          wb_money_to_text (wb_money (wb_record_get_int (line, WB_ORDER_LINE_TOTAL) +
                                          wb_record_get_int (line, WB_ORDER_LINE_TAX),
                                      wb_record_get_text (order, WB_ORDER_CURRENCY)));

      wb_table_add (table, number, wb_record_get_text (line, WB_ORDER_LINE_SKU),
                    wb_record_get_text (line, WB_ORDER_LINE_NAME), item ? ordered : "",
                    item ? shipped : "", item ? left : "", amount);
    }
  putchar ('\n');
  wb_table_print (table);
}

static void
print_shipments (GPtrArray *shipments)
{
  for (guint i = 0; i < shipments->len; i++)
    {
      gpointer    shipment = shipments->pdata[i];
      GPtrArray  *parcels = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS);
      const char *tracking =
          parcels->len > 0 ? wb_record_get_text (parcels->pdata[0], WB_PARCEL_TRACKING) : NULL;
      g_autofree char *cost = wb_money_to_text (wb_record_get_money (shipment, WB_SHIPMENT_COST));

      /* Translators: shipment number, its state, carrier, service, price, tracking number */
      printf (_ ("Shipment %d (%s): %s %s, %s, %s\n"),
              (int) wb_record_get_int (shipment, WB_SHIPMENT_ID),
              wb_record_get_text (shipment, WB_SHIPMENT_STATE),
              wb_record_get_text (shipment, WB_SHIPMENT_CARRIER),
              wb_record_get_text (shipment, WB_SHIPMENT_SERVICE), cost,
              tracking != NULL ? tracking : "–");
    }
}

static void
print_events (GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      g_autofree char *when = wb_cli_when (wb_record_get_int (events->pdata[i], WB_EVENT_AT));
      g_autofree char *title = wb_event_title (events->pdata[i]);

      printf ("%s  %s  (%s)\n", when, title, wb_record_get_text (events->pdata[i], WB_EVENT_ACTOR));
    }
}

static void
print_head (WbOrder *order, const char *channel)
{
  g_autofree char *placed = wb_cli_when (wb_record_get_int (order, WB_ORDER_PLACED_AT));
  g_autofree char *until = wb_cli_when (wb_record_get_int (order, WB_ORDER_CAPTURE_BEFORE));

  print_fact (_ ("Order"), wb_record_get_text (order, WB_ORDER_NUMBER));
  print_fact (_ ("Channel"), channel);
  print_fact (_ ("Placed"), placed);
  print_fact (_ ("Stage"), wb_stage_title (wb_record_get_text (order, WB_ORDER_STAGE)));
  print_fact (_ ("Held because"), wb_order_why_held (order));
  print_fact (_ ("Customer"), wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME));
  print_fact (_ ("E-mail"), wb_record_get_text (order, WB_ORDER_EMAIL));
  print_address (_ ("Ship to"), wb_record_get_one (order, WB_ORDER_SHIP_TO));
  print_fact (_ ("Asked for"), wb_record_get_text (order, WB_ORDER_SERVICE_ASKED));
  print_fact (_ ("Note"), wb_record_get_text (order, WB_ORDER_NOTE));
  print_fact (_ ("Payment"), wb_charge_title (wb_record_get_text (order, WB_ORDER_CHARGE_STATE)));
  print_fact (_ ("Paid by"), wb_record_get_text (order, WB_ORDER_PAYMENT_TITLE));
  print_money (_ ("Total"), order, WB_ORDER_TOTAL, TRUE);
  print_money (_ ("Authorised"), order, WB_ORDER_AUTHORISED, FALSE);
  print_money (_ ("Captured"), order, WB_ORDER_CAPTURED, FALSE);
  print_money (_ ("Refunded"), order, WB_ORDER_CHARGE_REFUNDED, FALSE);
  print_fact (_ ("Capture until"), until);
}

/** wb_cli_print_order: prints one order with what belongs to it, for people. */
gboolean
wb_cli_print_order (WbCli *self, WbOrder *order, GError **error)
{
  WbBook                  *book = wb_cli_book (self, error);
  gint64                   id = wb_record_get_int (order, WB_ORDER_ID);
  g_autoptr (GPtrArray)    shipments = wb_book_list_shipments (book, id, error);
  g_autoptr (GPtrArray)    events = wb_book_list_events_of (book, "order", id, MOST_EVENTS, error);
  g_autoptr (WbConnection) channel =
      wb_book_get_connection (book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), NULL);

  if (shipments == NULL || events == NULL)
    return FALSE;
  print_head (order, channel != NULL ? wb_record_get_text (channel, WB_CONNECTION_NAME) : NULL);
  print_lines (order);
  if (shipments->len > 0)
    putchar ('\n');
  print_shipments (shipments);
  if (events->len > 0)
    putchar ('\n');
  print_events (events);
  return TRUE;
}

/** wb_cli_print_order_json: prints one order with its shipments, labels, operations, entries and
 * events as one document. */
gboolean
wb_cli_print_order_json (WbCli *self, WbOrder *order, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  gint64                id = wb_record_get_int (order, WB_ORDER_ID);
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (book, id, error);
  g_autoptr (GPtrArray) labels = shipments != NULL ? wb_book_list_labels (book, id, error) : NULL;
  g_autoptr (GPtrArray) operations =
      labels != NULL ? wb_book_list_operations_of (book, id, 0, error) : NULL;
  g_autoptr (GPtrArray) entries =
      operations != NULL ? wb_book_list_entries (book, id, error) : NULL;
  g_autoptr (GPtrArray) events =
      entries != NULL ? wb_book_list_events_of (book, "order", id, 1000, error) : NULL;
  JsonNode   *root;
  JsonObject *object;

  if (events == NULL)
    return FALSE;
  root = wb_record_to_json (order);
  object = json_node_get_object (root);
  json_object_set_member (object, "shipments", wb_cli_records_to_json (shipments));
  json_object_set_member (object, "labels", wb_cli_records_to_json (labels));
  json_object_set_member (object, "operations", wb_cli_records_to_json (operations));
  json_object_set_member (object, "entries", wb_cli_records_to_json (entries));
  json_object_set_member (object, "events", wb_cli_records_to_json (events));
  wb_cli_print_json (root);
  return TRUE;
}
