/* SPDX-License-Identifier: GPL-3.0-or-later
 * The evidence of a parcel: what was scanned, weighed and photographed on the packing table, and
 * what became of the parcel, stand on one paper. */
#include "paper-samples.h"
#include "wb-bench.h"
#include "wb-book-waves.h"
#include "wb-desk-evidence.h"
#include "wb-file.h"
#include "wb-pack.h"
#include "wb-practice-goods.h"
#include "wb-test.h"

#include <string.h>

/* A picture of 48 × 32 dots. */
static const char photo[] =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAKBueIx4ZKCMgoy0qqC+8P//8Nzc8P//////////////////////////"
    "////////////////////////////////2wBDAaq0tPDS8P//////////////////////////////////////////"
    "////////////////////////////////////wAARCAAgADADAREAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAA"
    "AAEC/8QAFRABAQAAAAAAAAAAAAAAAAAAABH/xAAWAQEBAQAAAAAAAAAAAAAAAAAAAgH/xAAVEQEBAAAAAAAAAAAA"
    "AAAAAAAAEf/aAAwDAQACEQMRAD8AtRFFIFIFIFIFIJVRhSBSBSBSBSDNXGFIFIFIFIFIM1cYUgUgUgUgUg//2Q==";

typedef struct
{
  WbBench *bench;
  WbDesk  *desk;
  gint64   order_id;
} Table;

static gboolean
has_skus (WbBook *book, gint64 order_id)
{
  g_autoptr (WbOrder) order = wb_book_get_order (book, order_id, NULL);
  GPtrArray          *lines = wb_record_get_many (order, WB_ORDER_LINES);
  guint               n = 0;

  for (guint i = 0; i < lines->len; i++)
    {
      if (wb_order_line_to_pack (lines->pdata[i]) == 0)
        continue;
      if (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU) == NULL)
        return FALSE;
      n++;
    }
  return n > 0;
}

/* An order that can be shipped, all of whose lines can be scanned. */
static void
set_up (Table *self, gconstpointer data)
{
  WbTownOptions         options = WB_TOWN_OPTIONS_INIT;
  g_autoptr (GPtrArray) shops = NULL;
  g_autoptr (GArray)    calm = NULL;

  options.orders = 40;
  options.seed = 7;
  self->bench = wb_bench_new (&options);
  self->desk = wb_bench_open (self->bench->book);
  shops = wb_book_list_connections (wb_desk_get_book (self->desk), WB_KIND_SHOP, NULL);
  g_assert_true (wb_practice_make_products (
      wb_desk_get_book (self->desk), wb_record_get_int (shops->pdata[0], WB_CONNECTION_ID), NULL));
  calm = wb_bench_calm (self->bench, self->desk);
  for (guint i = 0; i < calm->len && self->order_id == 0; i++)
    if (has_skus (wb_desk_get_book (self->desk), g_array_index (calm, gint64, i)))
      self->order_id = g_array_index (calm, gint64, i);
  g_assert_cmpint (self->order_id, !=, 0);
}

static void
tear_down (Table *self, gconstpointer data)
{
  g_clear_object (&self->desk);
  g_clear_pointer (&self->bench, wb_bench_free);
}

static WbScan
scan (WbPack *pack, const char *code)
{
  WbScan             got = WB_SCAN_UNKNOWN;
  WbPackLine        *line = NULL;
  g_autofree char   *words = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_pack_scan (pack, code, &got, &line, &words, &error));
  g_assert_no_error (error);
  return got;
}

/* Packs the whole order by scans, with every mishap there is. */
static void
pack (Table *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WbPack) pack =
      wb_pack_open (wb_desk_get_book (self->desk), self->order_id, "Table 2", "anna", &error);
  g_autoptr (GBytes) picture = NULL;
  gsize              size = 0;
  guchar            *bytes = g_base64_decode (photo, &size);

  g_assert_no_error (error);
  picture = g_bytes_new_take (bytes, size);
  g_assert_cmpint (scan (pack, "NOBODY-1"), ==, WB_SCAN_UNKNOWN);
  for (guint i = 0; i < pack->lines->len; i++)
    {
      WbPackLine *line = pack->lines->pdata[i];

      while (line->counted < line->wanted)
        scan (pack, line->sku);
    }
  g_assert_true (wb_pack_is_complete (pack));
  g_assert_cmpint (scan (pack, ((WbPackLine *) pack->lines->pdata[0])->sku), ==, WB_SCAN_EXTRA);
  g_assert_true (wb_pack_weigh (pack, 1234, &error));
  g_assert_true (wb_pack_add_note (pack, "Ribbon wished", &error));
  g_assert_true (wb_pack_add_photo (pack, picture, "image/jpeg", &error));
  g_assert_no_error (error);
}

static gint64
ship (Table *self)
{
  g_autoptr (GError) error = NULL;
  gint64             shipment = wb_bench_plan (self->desk, self->order_id, &error);

  g_assert_no_error (error);
  g_assert_true (wb_desk_ship (self->desk, shipment, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
  return shipment;
}

/* What the paper says, and how many pictures are in it, by programs that know nothing of us. */
static char *
read_paper (Table *self, GBytes *paper, char **pictures)
{
  g_autofree char   *path = g_build_filename (self->bench->folder, "evidence.pdf", NULL);
  g_autoptr (GError) error = NULL;

  wb_file_write (path, paper, 0600, &error);
  g_assert_no_error (error);
  *pictures = sample_run ((const char *const[]){ "pdfimages", "-list", path, NULL });
  return sample_run (
      (const char *const[]){ "pdftotext", "-enc", "UTF-8", "-layout", path, "-", NULL });
}

static void
has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not on the paper:\n%s", part, text);
}

static void
test_whole (Table *self, gconstpointer data)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (WbOrder)    order = NULL;
  g_autoptr (WbShipment) shipment = NULL;
  g_autoptr (GBytes)     paper = NULL, again = NULL;
  g_autofree char       *text = NULL, *pictures = NULL;
  WbParcel              *parcel;
  gint64                 id;

  if (!sample_have_tool ("pdftotext") || !sample_have_tool ("pdfimages"))
    {
      wb_test_skip ("poppler's programs are not on this machine");
      return;
    }
  pack (self);
  id = ship (self);
  paper = wb_desk_make_evidence (self->desk, id, &error);
  g_assert_no_error (error);
  again = wb_desk_make_evidence (self->desk, id, &error);
  g_assert_true (g_bytes_equal (paper, again));
  text = read_paper (self, paper, &pictures);
  order = wb_book_get_order (wb_desk_get_book (self->desk), self->order_id, &error);
  shipment = wb_book_get_shipment (wb_desk_get_book (self->desk), id, &error);
  parcel = wb_record_get_many (shipment, WB_SHIPMENT_PARCELS)->pdata[0];
  has (text, wb_record_get_text (order, WB_ORDER_NUMBER));
  has (text, wb_record_get_text (parcel, WB_PARCEL_TRACKING));
  has (text, "NOBODY-1");
  has (text, "Unknown code:");
  has (text, "One too many:");
  has (text, "1234 g");
  has (text, "Ribbon wished");
  has (text, "Table 2");
  has (text, "anna");
  has (text, "Captured");
  has (text, "Photos");
  has (pictures, "jpeg");  /* the photo, as it was taken */
  has (pictures, "image"); /* the label */
}

/* A parcel that never saw the table says so; it is no lie of zeros. */
static void
test_not_packed (Table *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) paper = NULL;
  g_autofree char   *text = NULL, *pictures = NULL;
  gint64             id;

  g_assert_null (wb_desk_make_evidence (self->desk, 4711, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  if (!sample_have_tool ("pdftotext") || !sample_have_tool ("pdfimages"))
    {
      wb_test_skip ("poppler's programs are not on this machine");
      return;
    }
  id = ship (self);
  paper = wb_desk_make_evidence (self->desk, id, &error);
  g_assert_no_error (error);
  text = read_paper (self, paper, &pictures);
  has (text, "Nothing was scanned for this parcel");
  g_assert_null (strstr (text, "Photos"));
  g_assert_null (strstr (pictures, "jpeg"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/evidence/whole", Table, NULL, set_up, test_whole, tear_down);
  g_test_add ("/evidence/not-packed", Table, NULL, set_up, test_not_packed, tear_down);
  return g_test_run ();
}
