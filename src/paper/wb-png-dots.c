/* SPDX-License-Identifier: GPL-3.0-or-later
 * The dots of a PNG file, and dots as a PNG file. After the PNG specification (W3C), third edition:
 * inflate, undo each row's filter, and see what is dark. */
#include "wb-png-dots.h"

#include <cairo.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DOTS 100000000 /* of one picture: beyond any label at 600 dpi */

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The label's picture cannot be read: %s", what);
  return FALSE;
}

static guint
channels_of (const WbPng *png)
{
  static const guint8 channels[] = { 1, 0, 3, 1, 2, 0, 4 };

  return png->colour_type < G_N_ELEMENTS (channels) ? channels[png->colour_type] : 0;
}

/* The depths that PNG allows for each kind of colour. */
static gboolean
is_sound (const WbPng *png)
{
  gboolean fine = png->depth == 8 || png->depth == 16;

  if (png->colour_type == 0)
    fine = fine || png->depth == 1 || png->depth == 2 || png->depth == 4;
  else if (png->colour_type == 3)
    fine = png->depth == 1 || png->depth == 2 || png->depth == 4 || png->depth == 8;
  return fine && channels_of (png) != 0;
}

/* Exactly @expected bytes out of the compressed ones; more or fewer is damage. */
static guint8 *
inflate (const GByteArray *packed, gsize expected)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autofree guint8            *out = g_malloc (expected + 1);
  gsize                         in_done = 0, out_done = 0;
  GConverterResult              result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED && out_done <= expected)
    {
      gsize read = 0, written = 0;

      result = g_converter_convert (G_CONVERTER (zlib), packed->data + in_done,
                                    packed->len - in_done, out + out_done, expected + 1 - out_done,
                                    G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
      if (result == G_CONVERTER_ERROR)
        break;
      in_done += read;
      out_done += written;
    }
  return out_done == expected ? g_steal_pointer (&out) : NULL;
}

static guint8
paeth (int left, int up, int corner)
{
  int guess = left + up - corner;
  int to_left = abs (guess - left), to_up = abs (guess - up), to_corner = abs (guess - corner);

  if (to_left <= to_up && to_left <= to_corner)
    return (guint8) left;
  return (guint8) (to_up <= to_corner ? up : corner);
}

/* @before: the row above, already undone, or a row of zeroes. @step: bytes of a dot. */
static gboolean
undo_filter (guint8 filter, guint8 *row, const guint8 *before, gsize length, guint step)
{
  switch (filter)
    {
    case 0:
      return TRUE;
    case 1:
      for (gsize i = step; i < length; i++)
        row[i] = (guint8) (row[i] + row[i - step]);
      return TRUE;
    case 2:
      for (gsize i = 0; i < length; i++)
        row[i] = (guint8) (row[i] + before[i]);
      return TRUE;
    case 3:
      for (gsize i = 0; i < length; i++)
        row[i] = (guint8) (row[i] + ((i >= step ? row[i - step] : 0) + before[i]) / 2);
      return TRUE;
    case 4:
      for (gsize i = 0; i < length; i++)
        row[i] = (guint8) (row[i] + (i >= step ? paeth (row[i - step], before[i], before[i - step])
                                               : before[i]));
      return TRUE;
    default:
      return FALSE;
    }
}

static gsize
row_length (const WbPng *png)
{
  return ((gsize) png->width * channels_of (png) * png->depth + 7) / 8;
}

/* The rows with their filters undone; each begins with its filter's byte. */
static guint8 *
read_rows (const WbPng *png, GError **error)
{
  gsize              length = row_length (png);
  guint              step = MAX (1, channels_of (png) * png->depth / 8);
  g_autofree guint8 *nothing = g_malloc0 (length), *rows = NULL;
  const guint8      *before = nothing;

  if ((guint64) png->width * png->height > MAX_DOTS)
    {
      fail (error, "it is larger than any label");
      return NULL;
    }
  rows = inflate (png->data, (length + 1) * png->height);
  if (rows == NULL)
    {
      fail (error, "its dots are damaged");
      return NULL;
    }
  for (guint y = 0; y < png->height; y++)
    {
      guint8 *row = rows + y * (length + 1);

      if (!undo_filter (row[0], row + 1, before, length, step))
        {
          fail (error, "its dots are damaged");
          return NULL;
        }
      before = row + 1;
    }
  return g_steal_pointer (&rows);
}

static guint8
luma (guint red, guint green, guint blue)
{
  return (guint8) ((red * 299 + green * 587 + blue * 114) / 1000);
}

/* How bright each value of a dot below eight bits is. */
static void
fill_scale (const WbPng *png, guint8 scale[256])
{
  guint most = (1u << MIN (png->depth, 8)) - 1;

  for (guint i = 0; i <= most; i++)
    if (png->colour_type != 3)
      scale[i] = (guint8) (i * 255 / most);
    else
      scale[i] = i < png->n_colours
                     ? luma (png->palette[3 * i], png->palette[3 * i + 1], png->palette[3 * i + 2])
                     : 0xff;
}

static guint8
on_white (guint8 value, guint8 cover)
{
  return (guint8) ((value * cover + 255 * (255 - cover)) / 255);
}

/* A row of whole bytes a channel. Of sixteen bits the higher eight count. */
static void
read_bytes (const WbPng *png, const guint8 scale[256], const guint8 *row, guint8 *to)
{
  guint channels = channels_of (png), wide = png->depth / 8;

  for (guint x = 0; x < png->width; x++)
    {
      const guint8 *p = row + (gsize) x * channels * wide;

      to[x] = channels >= 3           ? luma (p[0], p[wide], p[2 * wide])
              : png->colour_type == 3 ? scale[p[0]]
                                      : p[0];
      if (channels == 2 || channels == 4)
        to[x] = on_white (to[x], p[(channels - 1) * wide]);
    }
}

static void
read_bits (const WbPng *png, const guint8 scale[256], const guint8 *row, guint8 *to)
{
  guint mask = (1u << png->depth) - 1;

  for (guint x = 0; x < png->width; x++)
    {
      guint bit = x * png->depth;

      to[x] = scale[row[bit / 8] >> (8 - png->depth - bit % 8) & mask];
    }
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

/* Interlaced pictures and those with one transparent colour: rare, so by cairo's reader. */
static WbGrey *
read_by_cairo (GBytes *file, GError **error)
{
  Source           source = { 0 };
  cairo_surface_t *surface;
  WbGrey          *grey = NULL;

  source.data = g_bytes_get_data (file, &source.left);
  surface = cairo_image_surface_create_from_png_stream (read_source, &source);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    fail (error, cairo_status_to_string (cairo_surface_status (surface)));
  else
    grey = wb_grey_new ((guint) cairo_image_surface_get_width (surface),
                        (guint) cairo_image_surface_get_height (surface));
  for (guint y = 0; grey != NULL && y < grey->height; y++)
    {
      const guint32 *row = (const void *) (cairo_image_surface_get_data (surface) +
                                           (gsize) y * cairo_image_surface_get_stride (surface));
      gboolean       clear = cairo_image_surface_get_format (surface) == CAIRO_FORMAT_ARGB32;

      for (guint x = 0; x < grey->width; x++)
        {
          guint paint = luma (row[x] >> 16 & 0xff, row[x] >> 8 & 0xff, row[x] & 0xff);

          grey->dots[(gsize) y * grey->width + x] =
              (guint8) MIN (paint + (clear ? 255 - (row[x] >> 24) : 0), 255);
        }
    }
  cairo_surface_destroy (surface);
  return grey;
}

static gboolean
is_plain (const WbPng *png)
{
  return !png->interlaced && (!png->transparent || png->colour_type == 4 || png->colour_type == 6);
}

/** wb_png_to_grey: Returns: (transfer full): the picture on white; %WB_ERROR_INVALID when it is
 * damaged. */
WbGrey *
wb_png_to_grey (GBytes *file, GError **error)
{
  g_auto (WbPng)     png = { 0 };
  g_autofree guint8 *rows = NULL;
  WbGrey            *grey;
  guint8             scale[256];

  if (!wb_png_read (file, &png, error))
    return NULL;
  if (!is_sound (&png))
    {
      fail (error, "its kind of colour does not exist");
      return NULL;
    }
  if (!is_plain (&png))
    return (guint64) png.width * png.height > MAX_DOTS
               ? (fail (error, "it is larger than any label"), NULL)
               : read_by_cairo (file, error);
  if ((rows = read_rows (&png, error)) == NULL)
    return NULL;
  grey = wb_grey_new (png.width, png.height);
  memset (scale, 0xff, sizeof scale);
  fill_scale (&png, scale);
  for (guint y = 0; y < png.height; y++)
    (png.depth >= 8 ? read_bytes : read_bits) (&png, scale, rows + y * (row_length (&png) + 1) + 1,
                                               grey->dots + (gsize) y * png.width);
  return grey;
}

/* The rows of a picture of one bit a dot are the dots already, 1 white or as its two colours say.
 */
static WbBitmap *
take_rows (const WbPng *png, GError **error)
{
  g_autofree guint8 *rows = read_rows (png, error);
  WbBitmap          *bitmap;
  guint8             scale[256], zero, one;

  if (rows == NULL)
    return NULL;
  fill_scale (png, scale);
  zero = scale[0] < 128 ? 0xff : 0;
  one = scale[1] < 128 ? 0xff : 0;
  bitmap = wb_bitmap_new (png->width, png->height);
  for (guint y = 0; y < png->height; y++)
    {
      const guint8 *from = rows + y * (row_length (png) + 1) + 1;
      guint8       *to = bitmap->bits + (gsize) y * bitmap->stride;

      for (guint i = 0; i < bitmap->stride; i++)
        to[i] = (guint8) ((from[i] & one) | (~from[i] & zero));
      if (png->width % 8 != 0)
        to[bitmap->stride - 1] &= (guint8) (0xff << (8 - png->width % 8));
    }
  return bitmap;
}

/** wb_png_to_bitmap: Returns: (transfer full): what is darker than the middle; %WB_ERROR_INVALID
 * when the file is damaged. */
WbBitmap *
wb_png_to_bitmap (GBytes *file, GError **error)
{
  g_auto (WbPng)     png = { 0 };
  g_autoptr (WbGrey) grey = NULL;

  if (!wb_png_read (file, &png, error))
    return NULL;
  if (is_plain (&png) && png.depth == 1 && is_sound (&png))
    return take_rows (&png, error);
  grey = wb_png_to_grey (file, error);
  return grey != NULL ? wb_bitmap_from_grey (grey) : NULL;
}

static void
append_number (GByteArray *bytes, guint32 number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &big, 4);
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
  append_number (png, wb_png_checksum (png->data + start, length + 4));
}

/** wb_png_from_bitmap: Returns: (transfer full): a PNG file of one bit a dot that says how large it
 * is. */
GBytes *
wb_png_from_bitmap (const WbBitmap *bitmap, guint dpi)
{
  GByteArray        *png = g_byte_array_new ();
  gsize              length = bitmap->stride + 1;
  g_autofree guint8 *rows = g_malloc (length * bitmap->height);
  g_autoptr (GBytes) packed = NULL;
  guint32            metre = GUINT32_TO_BE ((guint32) (dpi / WB_PNG_PER_METRE + 0.5));
  guint32            header[] = { GUINT32_TO_BE (bitmap->width), GUINT32_TO_BE (bitmap->height) };
  guint8             rest[13] = { 0, 0, 0, 0, 0, 0, 0, 0, 1 }, physical[9] = { 0 };

  for (guint y = 0; y < bitmap->height; y++)
    {
      rows[y * length] = 0;
      for (guint i = 0; i < bitmap->stride; i++)
        rows[y * length + 1 + i] = (guint8) ~bitmap->bits[(gsize) y * bitmap->stride + i];
    }
  packed = wb_png_deflate (rows, length * bitmap->height);
  memcpy (rest, header, 8);
  memcpy (physical, &metre, 4);
  memcpy (physical + 4, &metre, 4);
  physical[8] = 1;
  g_byte_array_append (png, (const guint8 *) WB_PNG_SIGNATURE, 8);
  append_chunk (png, "IHDR", rest, sizeof rest);
  append_chunk (png, "pHYs", physical, sizeof physical);
  append_chunk (png, "IDAT", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  append_chunk (png, "IEND", NULL, 0);
  return g_byte_array_free_to_bytes (png);
}
