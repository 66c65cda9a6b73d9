/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every fault of the town at every request of the ship flow: afterwards one label, one capture, one
 * report, and the books agree. */
#include "flow-bench.h"

/* The requests of a ship flow, by the town's words. */
typedef struct
{
  const char *name;
  const char *service;
  const char *method;
  const char *path;
} Request;

static const Request requests[] = {
  { "rate", "easypost", "POST", "/shipments$" },
  { "buy", "easypost", "POST", "/buy$" },
  { "read-payment", "stripe", "GET", "/payment_intents/" },
  { "capture", "stripe", "POST", "/capture$" },
  { "read-order", "shop", "GET", "/orders/[0-9]+" },
  { "note", "shop", "POST", "/notes$" },
  { "complete", "shop", "PUT", "/orders/[0-9]+$" },
};

static const char *const kinds[] = { "429",        "500-before", "500-after", "503-html", "html",
                                     "cut-before", "cut-after",  "cut-mid",   "truncated" };

/* Plans until it works: before the plan nothing is bought, so a person would simply try again. */
static gint64
plan (FlowBench *bench, gint64 order_id)
{
  for (guint round = 0; round < 3; round++)
    {
      g_autoptr (GError) error = NULL;
      gint64             id = flow_bench_plan (bench, order_id, 0, 0, &error);

      if (id != 0)
        return id;
      g_test_message ("plan: %s", error->message);
    }
  g_test_message ("the order could not be planned");
  g_test_fail ();
  return 0;
}

static void
ship_with_fault (FlowBench *bench, const Request *request, const char *kind)
{
  gint64                 order_id = flow_bench_take_order (bench, 1);
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbShipment) shipment = NULL;
  gint64                 id;

  g_test_message ("%s at %s", kind, request->name);
  flow_bench_control (bench, "POST", "/town/faults",
                      "{\"match\": {\"service\": \"%s\", \"method\": \"%s\", \"path\": \"%s\"}, "
                      "\"kind\": \"%s\", \"times\": 1}",
                      request->service, request->method, request->path, kind);
  id = plan (bench, order_id);
  if (!wb_desk_ship (bench->desk, id, NULL, NULL, NULL, &error))
    g_test_message ("first try: %s", error->message);
  g_clear_error (&error);
  flow_bench_control (bench, "DELETE", "/town/faults", "{}");
  wb_desk_recover (bench->desk, NULL, NULL, NULL, NULL);
  if (!wb_desk_ship (bench->desk, id, NULL, NULL, NULL, &error))
    g_test_message ("second try: %s", error->message);
  g_assert_no_error (error);
  shipment = wb_book_get_shipment (bench->book, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (wb_record_get_text (shipment, WB_SHIPMENT_STATE), ==, WB_SHIPMENT_SHIPPED);
}

static void
test_request (gconstpointer data)
{
  g_autoptr (FlowBench) bench = flow_bench_new (60);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    ship_with_fault (bench, data, kinds[i]);
  flow_bench_assert_agree (bench);
}

/* Rows that come twice, pages that break: an import ends with each order once. */
static void
test_sync (void)
{
  static const char *const page_kinds[] = { "duplicate-rows", "truncated", "cut-mid", "503-html" };
  g_autoptr (FlowBench)    bench = flow_bench_new (40);

  for (guint i = 0; i < G_N_ELEMENTS (page_kinds); i++)
    {
      g_auto (WbSyncResult) result = { 0 };
      g_auto (WbSyncResult) again = { 0 };
      WbOrderQuery          query = { 0 };
      g_autoptr (GArray)    ids = NULL;
      g_autoptr (GError)    error = NULL;

      flow_bench_control (bench, "POST", "/town/arrive", "{\"n\": 5}");
      flow_bench_control (bench, "POST", "/town/faults",
                          "{\"match\": {\"service\": \"shop\", \"method\": \"GET\", \"path\": "
                          "\"/orders\"}, \"kind\": \"%s\", \"times\": 1}",
                          page_kinds[i]);
      wb_desk_sync (bench->desk, 0, NULL, NULL, &result, NULL, NULL);
      flow_bench_control (bench, "DELETE", "/town/faults", "{}");
      flow_bench_sync (bench, &again);
      ids = wb_book_list_order_ids (bench->book, &query, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (ids->len, ==, 40 + 5 * (i + 1));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *path = g_strdup_printf ("/flow/faults/%s", requests[i].name);

      g_test_add_data_func (path, &requests[i], test_request);
    }
  g_test_add_func ("/flow/faults/sync", test_sync);
  return g_test_run ();
}
