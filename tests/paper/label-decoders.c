/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a printer would burn of each language, for the tests: written from the languages' manuals,
 * apart from the code that writes them. */
#include "label-decoders.h"

#include "paper-samples.h"

#include <cairo.h>
#include <poppler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text of @bytes with a nought behind it. */
static char *
text_of (GBytes *bytes)
{
  gsize size = g_bytes_get_size (bytes);
  char *text = g_malloc (size + 1);

  memcpy (text, g_bytes_get_data (bytes, NULL), size);
  text[size] = '\0';
  return text;
}

static void
burn_byte (Raster *raster, guint x, guint y, guint8 byte)
{
  for (guint bit = 0; bit < 8; bit++)
    if (byte >> (7 - bit) & 1 && x + bit < raster->width && y < raster->height)
      raster->dots[(gsize) y * raster->width + x + bit] = 0;
}

/* Hexadecimal with counts: spread out into one string of digits for each row. */
static void
burn_runs (Raster *raster, guint top, guint stride, guint rows, const char *data)
{
  g_autoptr (GString) before = g_string_new (NULL);
  const char         *p = data;

  for (guint y = 0; y < rows; y++)
    {
      g_autoptr (GString) row = g_string_new (NULL);
      gboolean            whole = FALSE;

      while (!whole && row->len < stride * 2)
        {
          guint times = 0;

          g_assert_true (*p != '\0' && *p != '^');
          for (; strchr ("GHIJKLMNOPQRSTUVWXYghijklmnopqrstuvwxyz", *p) != NULL; p++)
            times += *p >= 'g' ? (guint) (*p - 'g' + 1) * 20 : (guint) (*p - 'G' + 1);
          if (*p == ':')
            g_string_assign (row, before->str);
          whole = strchr (",!:", *p) != NULL;
          while (*p != ':' && whole && row->len < stride * 2)
            g_string_append_c (row, *p == ',' ? '0' : 'F');
          for (times = MAX (times, 1); !whole && times > 0; times--)
            g_string_append_c (row, *p);
          p++;
        }
      g_assert_cmpuint (row->len, ==, stride * 2);
      for (guint i = 0; i < stride; i++)
        burn_byte (raster, i * 8, top + y,
                   (guint8) (g_ascii_xdigit_value (row->str[2 * i]) << 4 |
                             g_ascii_xdigit_value (row->str[2 * i + 1])));
      g_string_assign (before, row->str);
    }
  g_assert_true (*p == '^');
}

/* Bit by bit, as the standard's text says it: polynomial 0x1021 from nought. */
static guint
crc_of (const char *text, gsize length)
{
  guint crc = 0;

  for (gsize i = 0; i < length; i++)
    for (int bit = 7; bit >= 0; bit--)
      {
        guint high = crc >> 15 & 1, in = (guint) text[i] >> bit & 1;

        crc = (crc << 1 & 0xffff) ^ (high != in ? 0x1021 : 0);
      }
  return crc;
}

static void
burn_z64 (Raster *raster, guint top, guint stride, guint rows, const char *data)
{
  g_autoptr (GConverter) zlib =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  const char        *end = strchr (data, ':');
  g_autofree char   *base64 = g_strndup (data, (gsize) (end - data));
  gsize              n = 0, read = 0, written = 0;
  g_autofree guint8 *packed = g_base64_decode (base64, &n),
                    *dots = g_malloc ((gsize) stride * rows);

  g_assert_cmpuint (strtoul (end + 1, NULL, 16), ==, crc_of (base64, strlen (base64)));
  g_assert_cmpint (g_converter_convert (zlib, packed, n, dots, (gsize) stride * rows,
                                        G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
                   !=, G_CONVERTER_ERROR);
  g_assert_cmpuint (written, ==, (gsize) stride * rows);
  for (guint y = 0; y < rows; y++)
    for (guint i = 0; i < stride; i++)
      burn_byte (raster, i * 8, top + y, dots[(gsize) y * stride + i]);
}

/* One label of graphics, its size as it says itself. */
Raster *
decode_zpl (GBytes *bytes)
{
  g_autofree char *text = text_of (bytes);
  const char      *width = strstr (text, "^PW"), *length = strstr (text, "^LL");
  Raster          *raster;

  g_assert_true (strstr (text, "^XA") != NULL && width != NULL && length != NULL);
  g_assert_true (strstr (text, "^LH0,0") != NULL);
  g_assert_true (g_str_has_suffix (text, "^XZ\n"));
  raster = raster_new ((guint) atoi (width + 3), (guint) atoi (length + 3));
  for (const char *field = strstr (text, "^FO"); field != NULL; field = strstr (field + 1, "^FO"))
    {
      guint x, top, total, again, stride;
      int   used = 0;

      g_assert_cmpint (
          sscanf (field, "^FO%u,%u^GFA,%u,%u,%u,%n", &x, &top, &total, &again, &stride, &used), ==,
          5);
      g_assert_cmpuint (x, ==, 0);
      g_assert_cmpuint (total, ==, again);
      g_assert_cmpuint (total, <=, 99999);
      if (g_str_has_prefix (field + used, ":Z64:"))
        burn_z64 (raster, top, stride, total / stride, field + used + 5);
      else
        burn_runs (raster, top, stride, total / stride, field + used);
    }
  return raster;
}

/* Dots of which a 1 is white, as EPL2 and TSPL have them. */
static void
burn_negative (Raster *raster, guint stride, guint rows, const char *data, gsize left)
{
  g_assert_cmpuint (left, >=, (gsize) stride * rows);
  for (guint y = 0; y < rows; y++)
    for (guint i = 0; i < stride; i++)
      burn_byte (raster, i * 8, y, (guint8) ~(guint8) data[(gsize) y * stride + i]);
}

Raster *
decode_epl (GBytes *bytes)
{
  g_autofree char *text = text_of (bytes);
  gsize            size = g_bytes_get_size (bytes);
  const char      *at = strstr (text, "\nGW0,0,");
  guint            width, length, stride, rows;
  int              used = 0;
  Raster          *raster;

  g_assert_true (g_str_has_prefix (text, "\nN\n"));
  g_assert_cmpint (sscanf (strstr (text, "\nq"), "\nq%u\nQ%u,", &width, &length), ==, 2);
  g_assert_cmpint (sscanf (at, "\nGW0,0,%u,%u,%n", &stride, &rows, &used), ==, 2);
  raster = raster_new (width, length);
  at += used;
  burn_negative (raster, stride, rows, at, size - (gsize) (at - text));
  g_assert_cmpmem (at + (gsize) stride * rows, size - (gsize) (at - text) - (gsize) stride * rows,
                   "\nP1\n", 4);
  return raster;
}

Raster *
decode_tspl (GBytes *bytes)
{
  g_autofree char *text = text_of (bytes);
  gsize            size = g_bytes_get_size (bytes);
  const char      *at = strstr (text, "\r\nBITMAP 0,0,");
  guint            stride, rows;
  int              used = 0;
  Raster          *raster;

  g_assert_true (g_str_has_prefix (text, "SIZE "));
  g_assert_cmpint (sscanf (at, "\r\nBITMAP 0,0,%u,%u,0,%n", &stride, &rows, &used), ==, 2);
  raster = raster_new (stride * 8, rows);
  at += used;
  burn_negative (raster, stride, rows, at, size - (gsize) (at - text));
  g_assert_cmpmem (at + (gsize) stride * rows, size - (gsize) (at - text) - (gsize) stride * rows,
                   "\r\nPRINT 1,1\r\n", 13);
  return raster;
}

Raster *
decode_raster (GBytes *bytes)
{
  g_autofree char   *folder = wb_test_temp_folder (), *path = NULL;
  g_autoptr (GError) error = NULL;
  Raster            *raster;

  path = g_build_filename (folder, "label.pwg", NULL);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                       &error);
  g_assert_no_error (error);
  raster = raster_read (path);
  wb_test_remove_folder (folder);
  return raster;
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

static Raster *
take (cairo_surface_t *surface)
{
  Raster *raster = raster_new ((guint) cairo_image_surface_get_width (surface),
                               (guint) cairo_image_surface_get_height (surface));

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_flush (surface);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      raster->dots[(gsize) y * raster->width + x] = cairo_image_surface_get_data (
          surface)[(gsize) y * (guint) cairo_image_surface_get_stride (surface) + x * 4];
  cairo_surface_destroy (surface);
  return raster;
}

Raster *
decode_png (GBytes *bytes)
{
  Source source = { 0 };

  source.data = g_bytes_get_data (bytes, &source.left);
  return take (cairo_image_surface_create_from_png_stream (read_source, &source));
}

/* The first page at @dpi. */
Raster *
decode_pdf (GBytes *bytes, guint dpi)
{
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, NULL);
  PopplerPage     *page = poppler_document_get_page (document, 0);
  double           width, height;
  cairo_surface_t *surface;
  cairo_t         *cr;

  poppler_page_get_size (page, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) (width * dpi / 72 + 0.5),
                                        (int) (height * dpi / 72 + 0.5));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, dpi / 72.0, dpi / 72.0);
  poppler_page_render_for_printing (page, cr);
  cairo_destroy (cr);
  g_object_unref (page);
  g_object_unref (document);
  return take (surface);
}
