/* SPDX-License-Identifier: GPL-3.0-or-later
 * Customs: between whom they are, which paper they want, and that no label is bought before they
 * can be told all. */
#include "wb-bench.h"
#include "wb-customs-rules.h"
#include "wb-test.h"

#include <string.h>

static void
test_unions (void)
{
  static const struct
  {
    const char *from, *from_code, *to, *to_code;
    gboolean    needed;
  } cases[] = {
    { "DE", "10119", "FR", "75001", FALSE }, { "DE", "10119", "US", "60614", TRUE },
    { "de", "10119", "at", "1010", FALSE },  { "DE", "10119", "DE", "27498", TRUE },
    { "ES", "28013", "ES", "35001", TRUE },  { "DE", "10119", "GB", "SW1A 1AA", TRUE },
    { "IE", "D02", "GB", "BT1 5GS", FALSE }, { "US", "94104", "PR", "00901", FALSE },
    { "CH", "8001", "LI", "9490", FALSE },   { "DE", "10119", "CH", "8001", TRUE },
    { "US", "94104", "US", "60614", FALSE }, { "DE", "10119", NULL, NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (wb_customs_needed (cases[i].from, cases[i].from_code, cases[i].to, cases[i].to_code) !=
        cases[i].needed)
      g_error ("%s %s to %s %s", cases[i].from, cases[i].from_code, cases[i].to, cases[i].to_code);
}

/* CN 22 only for light letters certainly below the limit; in doubt CN 23. */
static void
test_forms (void)
{
  g_assert_cmpuint (wb_customs_forms ("DeutschePost", "PacketTracked", 900, 5000, "EUR", 2), ==,
                    WB_FORM_CN22);
  g_assert_cmpuint (wb_customs_forms ("DeutschePost", "PacketTracked", 2000, 5000, "EUR", 2), ==,
                    WB_FORM_CN23);
  g_assert_cmpuint (wb_customs_forms ("DeutschePost", "PacketTracked", 900, 34000, "EUR", 2), ==,
                    WB_FORM_CN23);
  g_assert_cmpuint (wb_customs_forms ("DeutschePost", "PacketTracked", 900, 5000, "XAF", 2), ==,
                    WB_FORM_CN23);
  g_assert_cmpuint (wb_customs_forms ("DeutschePost", "PacketTracked", 900, 5000, "EUR", 5), ==,
                    WB_FORM_CN23);
  g_assert_cmpuint (wb_customs_forms ("DHLPaket", "DHLPaketInternational", 100, 100, "EUR", 1), ==,
                    WB_FORM_CN23);
  g_assert_cmpuint (wb_customs_forms ("UPS", "UPSSaver", 100, 100, "EUR", 1), ==, WB_FORM_INVOICE);
  g_assert_cmpuint (wb_customs_forms ("Snail", "Fast", 100, 100, "EUR", 1), ==,
                    WB_FORM_CN23 | WB_FORM_INVOICE);
}

static void
test_hs_codes (void)
{
  g_autofree char *code = wb_product_normalise_hs ("6911.10.00");

  g_assert_cmpstr (code, ==, "69111000");
  g_assert_null (wb_product_normalise_hs ("6911"));
  g_assert_null (wb_product_normalise_hs ("69111X"));
  g_assert_null (wb_product_normalise_hs (NULL));
}

/* An order abroad that may be shipped, all of its goods known. */
static gint64
find_abroad (WbDesk *desk)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbBook                  *book = wb_desk_get_book (desk);
  WbOrderQuery             query = { .stages = stages };
  g_autoptr (GArray)       ids = wb_book_list_order_ids (book, &query, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (book, g_array_index (ids, gint64, i), NULL);
      gpointer            to = wb_record_get_one (order, WB_ORDER_SHIP_TO);
      GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);
      gboolean            known = TRUE;

      for (guint k = 0; k < lines->len; k++)
        known = known && (wb_order_line_to_pack (lines->pdata[k]) == 0 ||
                          wb_record_get_text (lines->pdata[k], WB_ORDER_LINE_SKU) != NULL);
      if (known && to != NULL &&
          wb_customs_needed ("DE", "10119", wb_record_get_text (to, WB_ADDRESS_COUNTRY),
                             wb_record_get_text (to, WB_ADDRESS_POSTCODE)))
        return g_array_index (ids, gint64, i);
    }
  return 0;
}

static void
set_hs (WbDesk *desk, const char *code)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GPtrArray) products = wb_book_list_products (wb_desk_get_book (desk), &error);

  for (guint i = 0; i < products->len; i++)
    if (!wb_record_get_bool (products->pdata[i], WB_PRODUCT_DIGITAL))
      {
        wb_record_set_text (products->pdata[i], WB_PRODUCT_HS_CODE, code);
        g_assert_true (wb_book_save (wb_desk_get_book (desk), products->pdata[i], &error));
      }
  g_assert_no_error (error);
}

/* Without tariff numbers nothing is planned and the carrier sells nothing; with them the label is
 * bought and its papers can be made. */
static void
test_gaps (void)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  WbBench           *bench = wb_bench_new (&options);
  g_autoptr (WbDesk) desk = wb_bench_open (bench->book);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     papers = NULL;
  WbShipAsk          ask = { .order_id = find_abroad (desk), .weight_g = 1200 };
  gint64             shipment;

  g_assert_cmpint (ask.order_id, !=, 0);
  set_hs (desk, NULL);
  g_assert_cmpint (wb_desk_plan_shipment (desk, &ask, NULL, NULL, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "tariff number"));
  g_assert_nonnull (strstr (error->message, "Nothing was bought"));
  g_clear_error (&error);
  set_hs (desk, "691110");
  shipment = wb_desk_plan_shipment (desk, &ask, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_desk_ship (desk, shipment, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  papers = wb_desk_needed_papers (desk, shipment, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (papers), >=, 2);
  for (guint i = 0; papers[i] != NULL; i++)
    {
      g_autoptr (GBytes) paper = wb_desk_make_paper (desk, papers[i], 0, shipment, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (paper), >, 1000);
    }
  g_clear_object (&desk);
  wb_bench_free (bench);
}

/* ---- printed in the steps of shipping ---- */

typedef struct
{
  WbDesk     *desk;
  gint64      shipment;
  const char *carrier, *service;
  guint       done[WB_N_STEPS];
  char       *failed[WB_N_STEPS];
} Seen;

/* Which papers there must be goes by who carries it: here it is somebody else's parcel in the end.
 */
static void
step_cb (WbStep step, WbStepState state, const char *text, gpointer data)
{
  Seen                  *seen = data;
  g_autoptr (WbShipment) shipment = NULL;

  seen->done[step] += state == WB_STEP_DONE;
  if (state == WB_STEP_FAILED)
    {
      g_free (seen->failed[step]);
      seen->failed[step] = g_strdup (text);
    }
  if (step != WB_STEP_LABEL || state != WB_STEP_DONE || seen->carrier == NULL)
    return;
  shipment = wb_book_get_shipment (wb_desk_get_book (seen->desk), seen->shipment, NULL);
  wb_record_set_text (shipment, WB_SHIPMENT_CARRIER, seen->carrier);
  wb_record_set_text (shipment, WB_SHIPMENT_SERVICE, seen->service);
  g_assert_true (wb_book_save (wb_desk_get_book (seen->desk), shipment, NULL));
}

static void
seen_clear (Seen *seen)
{
  for (guint i = 0; i < WB_N_STEPS; i++)
    g_clear_pointer (&seen->failed[i], g_free);
}

static guint
count_pages (const char *path)
{
  g_autofree char *data = NULL;
  gsize            size = 0;
  guint            n = 0;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (gsize i = 0; i + 12 < size; i++)
    n += memcmp (data + i, "/Type /Page", 11) == 0 && data[i + 11] != 's';
  return n;
}

/* Files of @document in the folder, and their pages. */
static guint
count_papers (WbBench *bench, const char *document, guint *pages)
{
  g_autoptr (GDir) dir = g_dir_open (bench->papers, 0, NULL);
  g_autofree char *part = g_strdup_printf ("-%s-", document);
  const char      *name;
  guint            n = 0;

  *pages = 0;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (bench->papers, name, NULL);

      if (strstr (name, part) == NULL)
        continue;
      n++;
      *pages += count_pages (path);
    }
  return n;
}

/* In doubt both papers; a courier wants three invoices, the post one form. Each is printed once,
 * however often the flow is gone through. */
static void
test_printed (gconstpointer data)
{
  static const struct
  {
    const char *carrier, *service;
    guint       forms, invoices;
  } cases[] = {
    { "Snail", "Fast", 1, 3 },
    { "UPS", "UPSSaver", 0, 3 },
    { "USPS", "PriorityMailInternational", 1, 0 },
  };
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  WbBench           *bench = wb_bench_new (&options);
  g_autoptr (WbDesk) desk = wb_bench_open (bench->book);
  g_autoptr (GError) error = NULL;
  guint              at = GPOINTER_TO_UINT (data), pages = 0;
  WbShipAsk          ask = { .order_id = find_abroad (desk), .weight_g = 1200 };
  Seen seen = { .desk = desk, .carrier = cases[at].carrier, .service = cases[at].service };

  set_hs (desk, "691110");
  seen.shipment = wb_desk_plan_shipment (desk, &ask, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (wb_desk_ship (desk, seen.shipment, step_cb, &seen, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (seen.done[WB_STEP_PRINT_LABEL], ==, 1);
  g_assert_cmpuint (seen.done[WB_STEP_PRINT_SLIP], ==, 1);
  g_assert_cmpuint (seen.done[WB_STEP_PRINT_CUSTOMS], ==, cases[at].forms);
  g_assert_cmpuint (seen.done[WB_STEP_PRINT_INVOICE], ==, cases[at].invoices > 0);
  g_assert_cmpuint (count_papers (bench, WB_DOCUMENT_CUSTOMS, &pages), ==, cases[at].forms);
  g_assert_cmpuint (pages, ==, cases[at].forms);
  g_assert_cmpuint (count_papers (bench, WB_DOCUMENT_INVOICE, &pages), ==, cases[at].invoices > 0);
  g_assert_cmpuint (pages, ==, cases[at].invoices);
  g_assert_true (wb_desk_ship (desk, seen.shipment, NULL, NULL, NULL, &error));
  g_ptr_array_unref (wb_desk_print_set (desk, seen.shipment, NULL, NULL, &error));
  g_assert_no_error (error);
  count_papers (bench, WB_DOCUMENT_INVOICE, &pages);
  g_assert_cmpuint (pages, ==, cases[at].invoices);
  seen_clear (&seen);
  g_clear_object (&desk);
  wb_bench_free (bench);
}

/* At home nothing but label and slip is told of, let alone printed. */
static void
test_at_home (void)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  WbBench           *bench = wb_bench_new (&options);
  g_autoptr (WbDesk) desk = wb_bench_open (bench->book);
  g_autoptr (GArray) calm = wb_bench_calm (bench, desk);
  g_autoptr (GError) error = NULL;
  guint              pages, home = 0;

  for (guint i = 0; i < calm->len && home < 2; i++)
    {
      Seen                seen = { .desk = desk };
      g_autoptr (WbOrder) order =
          wb_book_get_order (wb_desk_get_book (desk), g_array_index (calm, gint64, i), NULL);
      gpointer to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

      if (g_strcmp0 (wb_record_get_text (to, WB_ADDRESS_COUNTRY), "DE") != 0)
        continue;
      seen.shipment = wb_bench_plan (desk, g_array_index (calm, gint64, i), &error);
      g_assert_no_error (error);
      g_assert_true (wb_desk_ship (desk, seen.shipment, step_cb, &seen, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (seen.done[WB_STEP_PRINT_LABEL] + seen.done[WB_STEP_PRINT_SLIP], ==, 2);
      g_assert_cmpuint (seen.done[WB_STEP_PRINT_CUSTOMS] + seen.done[WB_STEP_PRINT_INVOICE], ==, 0);
      home++;
    }
  g_assert_cmpuint (home, ==, 2);
  g_assert_cmpuint (count_papers (bench, WB_DOCUMENT_CUSTOMS, &pages), ==, 0);
  g_assert_cmpuint (count_papers (bench, WB_DOCUMENT_INVOICE, &pages), ==, 0);
  g_clear_object (&desk);
  wb_bench_free (bench);
}

/* A paper that is missing stops the parcel with the reason, before anything is captured, and is
 * printed when the reason is gone. */
static void
test_missing (void)
{
  WbTownOptions         options = WB_TOWN_OPTIONS_INIT;
  WbBench              *bench = wb_bench_new (&options);
  g_autoptr (WbDesk)    desk = wb_bench_open (bench->book);
  g_autoptr (WbPrinter) slips =
      wb_book_get_printer (wb_desk_get_book (desk), WB_DOCUMENT_SLIP, NULL);
  g_autoptr (GError) error = NULL;
  WbShipAsk          ask = { .order_id = find_abroad (desk), .weight_g = 1200 };
  Seen               seen = { .desk = desk, .carrier = "UPS", .service = "UPSSaver" };
  guint              pages;

  set_hs (desk, "691110");
  g_assert_true (wb_desk_remove_printer (desk, wb_record_get_int (slips, WB_PRINTER_ID), &error));
  seen.shipment = wb_desk_plan_shipment (desk, &ask, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (wb_desk_ship (desk, seen.shipment, step_cb, &seen, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_nonnull (seen.failed[WB_STEP_PRINT_INVOICE]);
  g_assert_cmpuint (seen.done[WB_STEP_CAPTURE], ==, 0);
  wb_record_set_int (slips, WB_PRINTER_ID, 0);
  g_assert_true (wb_desk_save_printer (desk, slips, &error));
  seen.carrier = NULL;
  g_assert_true (wb_desk_ship (desk, seen.shipment, step_cb, &seen, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_papers (bench, WB_DOCUMENT_INVOICE, &pages), ==, 1);
  g_assert_cmpuint (pages, ==, 3);
  seen_clear (&seen);
  g_clear_object (&desk);
  wb_bench_free (bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/customs/unions", test_unions);
  g_test_add_func ("/customs/forms", test_forms);
  g_test_add_func ("/customs/hs-codes", test_hs_codes);
  g_test_add_func ("/customs/gaps", test_gaps);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("/customs/printed/%u", i);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_printed);
    }
  g_test_add_func ("/customs/at-home", test_at_home);
  g_test_add_func ("/customs/missing", test_missing);
  return g_test_run ();
}
