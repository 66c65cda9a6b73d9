/* SPDX-License-Identifier: GPL-3.0-or-later
 * Label pictures on PDF pages: the compressed dots passed through, the size exact, everything else
 * refused. */
#include "label-samples.h"
#include "paper-samples.h"
#include "wb-file.h"
#include "wb-label-page.h"
#include "wb-media.h"
#include "wb-printing.h"

#include <poppler.h>
#include <string.h>

static guint32
checksum (const guint8 *p, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= p[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc & 1 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
    }
  return crc ^ 0xffffffff;
}

static void
append_number (GByteArray *bytes, guint32 number)
{
  guint8 big[4] = { (guint8) (number >> 24), (guint8) (number >> 16), (guint8) (number >> 8),
                    (guint8) number };

  g_byte_array_append (bytes, big, 4);
}

static void
append_chunk (GByteArray *png, const char *type, const guint8 *data, gsize length)
{
  guint start;

  append_number (png, (guint32) length);
  start = png->len;
  g_byte_array_append (png, (const guint8 *) type, 4);
  if (length > 0)
    g_byte_array_append (png, data, (guint) length);
  append_number (png, checksum (png->data + start, length + 4));
}

static GBytes *
deflate (const guint8 *data, gsize length)
{
  g_autoptr (GConverter) zlib =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, zlib);

  g_assert_true (g_output_stream_write_all (stream, data, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* A PNG of two colours, a bit a dot: its left half is the first colour, the right half the second.
 */
static GBytes *
make_png (
    guint width, guint height, guint colour_type, guint dpi, gsize *data_offset, gsize *data_length)
{
  static const guint8 palette[] = { 0, 0, 0, 255, 255, 255 };
  gsize               row = 1 + (width + 7) / 8;
  g_autofree guint8  *raw = g_malloc0 (row * height);
  g_autoptr (GBytes)  packed = NULL;
  GByteArray         *png = g_byte_array_new ();
  guint8              header[13] = { 0,
                                     0,
                                     (guint8) (width >> 8),
                                     (guint8) width,
                                     0,
                                     0,
                                     (guint8) (height >> 8),
                                     (guint8) height,
                                     1,
                                     (guint8) colour_type,
                                     0,
                                     0,
                                     0 };

  for (guint y = 0; y < height; y++)
    memset (raw + y * row + 1 + width / 16, 0xff, row - 1 - width / 16);
  packed = deflate (raw, row * height);
  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (png, "IHDR", header, 13);
  if (dpi > 0)
    {
      guint32 metre = GUINT32_TO_BE ((guint32) (dpi / 0.0254 + 0.5));
      guint8  physical[9] = { 0 };

      memcpy (physical, &metre, 4);
      memcpy (physical + 4, &metre, 4);
      physical[8] = 1;
      append_chunk (png, "pHYs", physical, 9);
    }
  if (colour_type == 3)
    append_chunk (png, "PLTE", palette, sizeof palette);
  *data_offset = png->len + 8;
  *data_length = g_bytes_get_size (packed);
  append_chunk (png, "IDAT", g_bytes_get_data (packed, NULL), *data_length);
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}

static void
assert_near_size (GBytes *pdf, double width_mm, double height_mm, double by_mm)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument   *document = poppler_document_new_from_bytes (pdf, NULL, &error);
  PopplerPage       *page;
  double             width, height;

  g_assert_no_error (error);
  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 1);
  page = poppler_document_get_page (document, 0);
  poppler_page_get_size (page, &width, &height);
  g_assert_cmpfloat_with_epsilon (width / 72 * 25.4, width_mm, by_mm);
  g_assert_cmpfloat_with_epsilon (height / 72 * 25.4, height_mm, by_mm);
  g_object_unref (page);
  g_object_unref (document);
}

static void
assert_size (GBytes *pdf, double width_mm, double height_mm)
{
  assert_near_size (pdf, width_mm, height_mm, 0.01);
}

/* The page as dots at @dpi. */
static Raster *
render (GBytes *pdf, guint dpi)
{
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, NULL);
  PopplerPage     *page = poppler_document_get_page (document, 0);
  double           width, height;
  cairo_surface_t *surface;
  cairo_t         *cr;
  Raster          *raster;

  poppler_page_get_size (page, &width, &height);
  raster = raster_new ((guint) (width / 72 * dpi + 0.5), (guint) (height / 72 * dpi + 0.5));
  surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) raster->width, (int) raster->height);
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  poppler_page_render_for_printing (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      raster->dots[y * raster->width + x] = cairo_image_surface_get_data (
          surface)[y * (guint) cairo_image_surface_get_stride (surface) + x * 4];
  cairo_surface_destroy (surface);
  g_object_unref (page);
  g_object_unref (document);
  return raster;
}

static gboolean
contains (GBytes *whole, const guint8 *part, gsize length)
{
  return memmem (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole), part, length) != NULL;
}

/* The PNG's compressed stream is in the PDF byte by byte, and its dots are where they were. */
static void
test_passed_through (gconstpointer colour_type)
{
  g_autoptr (GError) error = NULL;
  gsize              offset, length;
  g_autoptr (GBytes) png =
      make_png (1200, 1800, GPOINTER_TO_UINT (colour_type), 0, &offset, &length);
  g_autoptr (GBytes) pdf = wb_label_page_from_png (png, WB_MEDIA_4X6, 0, &error);
  g_autoptr (Raster) dots = NULL;

  g_assert_no_error (error);
  assert_size (pdf, 101.6, 152.4);
  g_assert_true (contains (pdf, (const guint8 *) g_bytes_get_data (png, NULL) + offset, length));
  g_assert_cmpuint (g_bytes_get_size (pdf), <, g_bytes_get_size (png) + 1200);
  dots = render (pdf, 300);
  g_assert_cmpuint (dots->width, ==, 1200);
  g_assert_cmpuint (dots->dots[900 * 1200 + 590], ==, 0);
  g_assert_cmpuint (dots->dots[900 * 1200 + 610], ==, 255);
}

static void
test_own_resolution (void)
{
  g_autoptr (GError) error = NULL;
  gsize              offset, length;
  g_autoptr (GBytes) png = make_png (600, 400, 0, 200, &offset, &length);
  g_autoptr (GBytes) silent = make_png (600, 400, 0, 0, &offset, &length);
  g_autoptr (GBytes) pdf = wb_label_page_from_png (png, NULL, 0, &error);
  g_autoptr (GBytes) finer = wb_label_page_from_png (png, NULL, 300, &error);

  g_assert_no_error (error);
  assert_size (pdf, 76.2, 50.8);
  assert_size (finer, 50.8, 33.867);
  g_assert_null (wb_label_page_from_png (silent, NULL, 0, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

/* A picture that says nothing of its resolution has that of the one known label with just its dots;
 * one dot more is rounding, two are none that is known. */
static void
test_known_dots (void)
{
  static const struct
  {
    guint  width, height;
    double width_mm, height_mm; /* 0: nobody knows */
  } cases[] = {
    { 812, 1218, 101.6, 152.4 },  { 1200, 1800, 101.6, 152.4 }, { 800, 1200, 101.6, 152.4 },
    { 2400, 3600, 101.6, 152.4 }, { 1400, 800, 177.8, 101.6 },  { 812, 1624, 101.6, 203.2 },
    { 1240, 1748, 105, 148 },     { 1181, 1772, 100, 150 },     { 2480, 3508, 210, 297 },
    { 1199, 1801, 101.6, 152.4 }, { 1203, 1800, 0, 0 },         { 690, 690, 0, 0 },
    { 1200, 1600, 0, 0 },
  };
  gsize offset, length;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) png = make_png (cases[i].width, cases[i].height, 0, 0, &offset, &length);
      g_autoptr (GBytes) pdf = wb_label_page_from_png (png, NULL, 0, &error);

      if (cases[i].width_mm > 0)
        {
          g_assert_no_error (error);
          assert_near_size (pdf, cases[i].width_mm, cases[i].height_mm, 0.3);
          continue;
        }
      g_assert_null (pdf);
      g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
      g_assert_nonnull (strstr (error->message, "accept its size, or void it"));
    }
}

/* A wrong word about its resolution (72 dpi on a 300 dpi label) does not matter; a size that cannot
 * be does. */
static void
test_media (void)
{
  g_autoptr (GError) error = NULL;
  gsize              offset, length;
  g_autoptr (GBytes) wrong_word = make_png (1200, 1800, 0, 72, &offset, &length);
  g_autoptr (GBytes) a6 = make_png (1240, 1748, 0, 300, &offset, &length);
  g_autoptr (GBytes) pdf = wb_label_page_from_png (wrong_word, WB_MEDIA_4X6, 0, &error);

  g_assert_no_error (error);
  assert_size (pdf, 101.6, 152.4);
  g_assert_null (wb_label_page_from_png (a6, WB_MEDIA_4X6, 0, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (wb_label_page_from_png (wrong_word, WB_MEDIA_4X6, 203, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_null (wb_label_page_from_png (wrong_word, "no-such-size", 0, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
}

/* A picture that lies across is not turned behind anybody's back: it is refused, with what to do.
 */
static void
test_across (void)
{
  g_autoptr (GError) error = NULL;
  gsize              offset, length;
  g_autoptr (GBytes) png = make_png (1800, 1200, 0, 300, &offset, &length);

  g_assert_null (wb_label_page_from_png (png, WB_MEDIA_4X6, 0, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "accept the proposed turn"));
  g_clear_error (&error);
  g_assert_null (wb_label_page_from_png (png, WB_MEDIA_4X6, 300, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
}

static void
test_transparent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) png = label_sample_png (TRUE);
  g_autoptr (GBytes) pdf = wb_label_page_from_png (png, WB_MEDIA_4X6, 0, &error);
  g_autoptr (Raster) dots = NULL, drawn = label_sample_dots ();

  g_assert_no_error (error);
  dots = render (pdf, 203);
  g_assert_cmpfloat (raster_difference (dots, drawn), <, 0.005);
}

/* Cut off or changed anywhere, it is refused and never half printed. */
static void
test_damaged (void)
{
  gsize              offset, length, size;
  g_autoptr (GBytes) png = make_png (1200, 1800, 0, 300, &offset, &length);
  const guint8      *data = g_bytes_get_data (png, &size);

  for (gsize n = 0; n < size; n += 7)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) cut = g_bytes_new (data, n);
      g_autofree guint8 *copy = g_memdup2 (data, size);
      g_autoptr (GBytes) changed = NULL;

      g_assert_null (wb_label_page_from_png (cut, WB_MEDIA_4X6, 0, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
      g_clear_error (&error);
      copy[n] ^= 0x20;
      changed = g_bytes_new (copy, size);
      g_assert_null (wb_label_page_from_png (changed, WB_MEDIA_4X6, 0, &error));
      g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
    }
}

static void
test_media_names (void)
{
  static const char *const supported[] = { "iso_a4_210x297mm", "custom_min_25x25mm",
                                           "custom_max_110x1000mm", NULL };
  double                   width = -1, height = -1;
  g_autofree char         *name = wb_media_name (210, 297);

  g_assert_true (wb_media_size (WB_MEDIA_4X6, &width, &height));
  g_assert_cmpfloat_with_epsilon (width, 101.6, 0.01);
  g_assert_cmpfloat_with_epsilon (height, 152.4, 0.01);
  g_assert_false (wb_media_size ("rubbish", &width, &height));
  g_assert_cmpfloat_with_epsilon (width, 101.6, 0.01);
  g_assert_cmpstr (name, ==, "iso_a4_210x297mm");
  g_assert_true (wb_media_is_supported ("iso_a4_210x297mm", supported));
  g_assert_true (wb_media_is_supported (WB_MEDIA_4X6, supported));
  g_assert_true (wb_media_is_supported ("oe_mine_2x2in", supported));
  g_assert_false (wb_media_is_supported ("na_letter_8.5x11in", supported));
  g_assert_false (wb_media_fits (101.6, 152.4, 105, 148));
}

static void
test_folder (void)
{
  g_autofree char *top = wb_test_temp_folder (),
                  *folder = g_build_filename (top, "new", "folder", NULL);
  g_autofree char      *job_id = NULL, *found = NULL, *again = NULL, *path = NULL;
  g_autoptr (WbPrinter) printer = wb_printer_new ();
  g_autoptr (GBytes)    label = g_bytes_new_static ("^XA^XZ", 6);
  g_autoptr (GBytes)    written = NULL;
  g_autoptr (GError)    error = NULL;
  g_auto (WbPrintStand) stand = { 0 };

  sample_set (printer, "target_kind", WB_TARGET_FOLDER, "target", folder, NULL);
  g_assert_cmpint (wb_print_find (printer, "Label 1042/7", 0, &found, NULL, NULL), ==,
                   WB_PRINT_NOT_THERE);
  g_assert_true (
      wb_print_submit (printer, label, WB_PRINT_ZPL, NULL, "Label 1042/7", &job_id, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (job_id, ==, "Label 1042-7.zpl");
  path = g_build_filename (folder, job_id, NULL);
  written = wb_file_read (path, 100, &error);
  g_assert_true (g_bytes_equal (written, label));
  g_assert_cmpint (wb_print_find (printer, "Label 1042/7", 0, &found, NULL, NULL), ==,
                   WB_PRINT_FOUND);
  g_assert_cmpstr (found, ==, job_id);
  g_assert_false (
      wb_print_submit (printer, label, WB_PRINT_ZPL, NULL, "Label 1042/7", &again, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_ALREADY);
  g_assert_null (again);
  g_clear_error (&error);
  g_assert_true (wb_print_follow (printer, job_id, 0, NULL, NULL, &stand, NULL, &error));
  g_assert_cmpint (stand.state, ==, WB_PRINT_COMPLETED);
  g_assert_nonnull (strstr (stand.sentence, folder));
  wb_test_remove_folder (top);
}

/* A folder that cannot be written, settings that say nothing: nothing is printed, and the reason is
 * told. */
static void
test_folder_refused (void)
{
  g_autofree char      *top = wb_test_temp_folder (), *file = g_build_filename (top, "file", NULL);
  g_autofree char      *folder = g_build_filename (file, "below", NULL), *job_id = NULL;
  g_autoptr (WbPrinter) printer = wb_printer_new ();
  g_autoptr (GBytes)    label = g_bytes_new_static ("^XA^XZ", 6);
  g_autoptr (GError)    error = NULL;

  g_assert_false (
      wb_print_submit (printer, label, WB_PRINT_ZPL, NULL, "Label", &job_id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (wb_file_write (file, label, 0644, NULL));
  sample_set (printer, "target_kind", WB_TARGET_FOLDER, "target", folder, NULL);
  g_assert_false (
      wb_print_submit (printer, label, WB_PRINT_ZPL, NULL, "Label", &job_id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE);
  g_clear_error (&error);
  g_assert_false (wb_print_submit (printer, label, WB_PRINT_ZPL, NULL, " ", &job_id, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_assert_null (job_id);
  wb_test_remove_folder (top);
}

/* A form of customs stands at its own size on a sheet that is larger; any other paper is refused,
 * and so is a form that is larger than the sheet. */
static void
test_form_on_sheet (void)
{
  g_autofree char      *top = wb_test_temp_folder (), *job_id = NULL, *refused = NULL;
  g_autoptr (WbPrinter) printer = wb_printer_new ();
  g_autoptr (GBytes)    form = label_sample_pdf (210, 148);
  g_autoptr (GError)    error = NULL;
  g_autoptr (GBytes)    printed = NULL;
  g_autoptr (Raster)    dots = NULL;
  g_autofree char      *path = NULL, *data = NULL;
  gsize                 size;
  guint                 below = 0;

  sample_set (printer, "document", WB_DOCUMENT_CUSTOMS, "target_kind", WB_TARGET_FOLDER, "target",
              top, "media", "iso_a4_210x297mm", NULL);
  g_assert_true (
      wb_print_submit (printer, form, WB_PRINT_PDF, NULL, "Form", &job_id, NULL, &error));
  g_assert_no_error (error);
  path = g_build_filename (top, job_id, NULL);
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  printed = g_bytes_new (data, size);
  assert_near_size (printed, 210, 297, 0.1);
  dots = render (printed, 72);
  for (guint i = dots->width * (dots->height * 170 / 297); i < dots->width * dots->height; i++)
    below += dots->dots[i] < 128;
  g_assert_cmpuint (below, ==, 0); /* neither scaled up nor in the middle */
  wb_record_set_text (printer, WB_PRINTER_MEDIA, "iso_a6_105x148mm");
  g_assert_false (
      wb_print_submit (printer, form, WB_PRINT_PDF, NULL, "Small", &refused, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  g_clear_error (&error);
  sample_set (printer, "document", WB_DOCUMENT_SLIP, "media", "iso_a4_210x297mm", NULL);
  g_assert_false (
      wb_print_submit (printer, form, WB_PRINT_PDF, NULL, "Slip", &refused, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_REFUSED);
  wb_test_remove_folder (top);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/label-page/passed-through/grey", GUINT_TO_POINTER (0),
                        test_passed_through);
  g_test_add_data_func ("/label-page/passed-through/palette", GUINT_TO_POINTER (3),
                        test_passed_through);
  g_test_add_func ("/label-page/own-resolution", test_own_resolution);
  g_test_add_func ("/label-page/known-dots", test_known_dots);
  g_test_add_func ("/label-page/media", test_media);
  g_test_add_func ("/label-page/across", test_across);
  g_test_add_func ("/label-page/transparent", test_transparent);
  g_test_add_func ("/label-page/damaged", test_damaged);
  g_test_add_func ("/media/names", test_media_names);
  g_test_add_func ("/folder/submit-and-find", test_folder);
  g_test_add_func ("/folder/form-on-sheet", test_form_on_sheet);
  g_test_add_func ("/folder/refused", test_folder_refused);
  return g_test_run ();
}
