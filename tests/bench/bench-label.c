/* SPDX-License-Identifier: GPL-3.0-or-later
 * A carrier's 4 × 6 label of 300 dots an inch: as ZPL, against the bare work of inflating it and
 * writing its dots as run lengths and as Z64; and on a PDF page, against cairo painting it. */
#include "bench.h"
#include "wb-label-job.h"
#include "wb-png-dots.h"
#include "wb-printing.h"

#include <cairo-pdf.h>
#include <string.h>

#define WIDTH  1200
#define HEIGHT 1800
#define STRIDE (WIDTH / 8)
#define TIMES  10 /* labels in one run */

typedef struct
{
  GBytes *png;
  gsize   ours, bare; /* bytes of what came out */
} Bench;

/* Lines of small text, two codes, a frame: as much ink as labels have. */
static GBytes *
draw_label (void)
{
  g_autoptr (WbGrey)   grey = NULL;
  g_autoptr (WbBitmap) bitmap = NULL;
  cairo_surface_t     *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t             *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, 6);
  cairo_rectangle (cr, 20, 20, WIDTH - 40, HEIGHT - 40);
  cairo_stroke (cr);
  cairo_set_font_size (cr, 38);
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *line =
          g_strdup_printf ("%02u Werkstatt Böhm & Söhne, Torstraße %u, Berlin", i, i * 37 % 101);

      cairo_move_to (cr, 60, 90 + i * 44);
      cairo_show_text (cr, line);
    }
  for (guint i = 0, x = 100; x < WIDTH - 120; i++)
    {
      guint bar = 3 + 3 * (i * 7 % 4);

      cairo_rectangle (cr, x, 1240, bar, 380);
      cairo_rectangle (cr, x, 1660, bar, 80);
      x += bar + 3 + 3 * (i * 5 % 3);
    }
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  grey = wb_grey_new (WIDTH, HEIGHT);
  for (guint y = 0; y < HEIGHT; y++)
    for (guint x = 0; x < WIDTH; x++)
      grey->dots[y * WIDTH + x] = cairo_image_surface_get_data (
          surface)[y * (guint) cairo_image_surface_get_stride (surface) + x * 4];
  cairo_surface_destroy (surface);
  bitmap = wb_bitmap_from_grey (grey);
  return wb_png_from_bitmap (bitmap, 300);
}

static gsize
prepare (Bench *bench, WbLabelLanguage language)
{
  WbLabelTarget      target = { language, 300, WIDTH, HEIGHT, .gap = 36 };
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GError) error = NULL;

  if (!wb_label_prepare (bench->png, WB_PRINT_PNG, &target, NULL, &out, NULL, &error))
    g_error ("%s", error->message);
  return g_bytes_get_size (out);
}

static void
ours_zpl (gpointer data)
{
  Bench *bench = data;

  for (guint i = 0; i < TIMES; i++)
    bench->ours = prepare (bench, WB_LABEL_LANGUAGE_ZPL);
}

static gsize
convert (GConverter *converter, const guint8 *in, gsize length, guint8 *out, gsize room)
{
  gsize read = 0, written = 0;

  g_converter_convert (converter, in, length, out, room, G_CONVERTER_INPUT_AT_END, &read, &written,
                       NULL);
  return written;
}

static gsize
bare_runs (const guint8 *rows, char *out)
{
  static const char digits[] = "0123456789ABCDEF";
  char             *to = out;

  for (guint y = 0; y < HEIGHT; y++)
    {
      const guint8 *row = rows + y * (STRIDE + 1) + 1;

      if (y > 0 && memcmp (row, row - STRIDE - 1, STRIDE) == 0)
        {
          *to++ = ':';
          continue;
        }
      for (guint i = 0; i < 2 * STRIDE;)
        {
          guint value = ~row[i / 2] >> (i % 2 ? 0 : 4) & 15, end = i + 1;

          while (end < 2 * STRIDE && (~(guint) row[end / 2] >> (end % 2 ? 0 : 4) & 15) == value)
            end++;
          if (end - i >= 20)
            *to++ = (char) ('g' + (end - i) / 20 - 1);
          if ((end - i) % 20 > 0)
            *to++ = (char) ('G' + (end - i) % 20 - 1);
          *to++ = digits[value];
          i = end;
        }
    }
  return (gsize) (to - out);
}

/* Inflate the file's one IDAT, take the dots, both codings; the shorter is kept. */
static void
bare_zpl (gpointer data)
{
  Bench             *bench = data;
  const guint8      *file = g_bytes_get_data (bench->png, NULL);
  gsize              size = g_bytes_get_size (bench->png), n;
  const guint8      *idat = memmem (file, size, "IDAT", 4);
  g_autofree guint8 *rows = g_malloc ((STRIDE + 1) * HEIGHT + 1),
                    *dots = g_malloc (STRIDE * HEIGHT), *packed = g_malloc (STRIDE * HEIGHT);
  g_autofree char *runs = g_malloc ((2 * STRIDE + 2) * HEIGHT);
  guint32          length;

  memcpy (&length, idat - 4, 4);
  for (guint i = 0; i < TIMES; i++)
    {
      g_autoptr (GConverter) inflate =
          G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
      g_autoptr (GConverter) deflate =
          G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 6));
      g_autofree char *text = NULL;

      convert (inflate, idat + 4, GUINT32_FROM_BE (length), rows, (STRIDE + 1) * HEIGHT + 1);
      for (guint y = 0; y < HEIGHT; y++)
        for (guint k = 0; k < STRIDE; k++)
          dots[y * STRIDE + k] = (guint8) ~rows[y * (STRIDE + 1) + 1 + k];
      n = bare_runs (rows, runs);
      text = g_base64_encode (packed,
                              convert (deflate, dots, STRIDE * HEIGHT, packed, STRIDE * HEIGHT));
      bench->bare = MIN (n, strlen (text));
    }
}

static void
ours_pdf (gpointer data)
{
  Bench *bench = data;

  for (guint i = 0; i < TIMES; i++)
    bench->ours = prepare (bench, WB_LABEL_LANGUAGE_PDF);
}

typedef struct
{
  const guint8 *data;
  gsize         left;
} Source;

static cairo_status_t
read_source (void *closure, unsigned char *data, unsigned int length)
{
  Source *source = closure;

  if (length > source->left)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->data, length);
  source->data += length;
  source->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_status_t
collect (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* As programs do it that know nothing of labels: decode, paint, let cairo compress it. */
static void
paint_pdf (gpointer data)
{
  Bench *bench = data;

  for (guint i = 0; i < TIMES; i++)
    {
      g_autoptr (GByteArray) out = g_byte_array_new ();
      Source                 source = { 0 };
      cairo_surface_t       *image, *page;
      cairo_t               *cr;

      source.data = g_bytes_get_data (bench->png, &source.left);
      image = cairo_image_surface_create_from_png_stream (read_source, &source);
      page = cairo_pdf_surface_create_for_stream (collect, out, 288, 432);
      cr = cairo_create (page);
      cairo_scale (cr, 72 / 300.0, 72 / 300.0);
      cairo_set_source_surface (cr, image, 0, 0);
      cairo_paint (cr);
      cairo_destroy (cr);
      cairo_surface_finish (page);
      cairo_surface_destroy (page);
      cairo_surface_destroy (image);
      bench->bare = out->len;
    }
}

int
main (void)
{
  Bench     bench = { draw_label (), 0, 0 };
  BenchCase zpl = { "4 × 6 label of 1,200 × 1,800 dots, PNG to ZPL",
                    ours_zpl,
                    bare_zpl,
                    &bench,
                    TIMES,
                    "label",
                    1.5,
                    FALSE,
                    0 };
  BenchCase pdf = { "4 × 6 label, PNG passed into a PDF, against painting it",
                    ours_pdf,
                    paint_pdf,
                    &bench,
                    TIMES,
                    "label",
                    0.2,
                    FALSE,
                    0 };

  bench_compare (&zpl);
  g_print ("  %zu bytes of ZPL, bare %zu\n", bench.ours, bench.bare);
  bench_compare (&pdf);
  g_print ("  %zu bytes of PDF, painted %zu\n", bench.ours, bench.bare);
  g_bytes_unref (bench.png);
  return 0;
}
