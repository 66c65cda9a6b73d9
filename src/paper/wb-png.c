/* SPDX-License-Identifier: GPL-3.0-or-later
 * A PNG file's parts, without decoding its picture. After the PNG specification (W3C), third
 * edition. */
#include "wb-png.h"

#include <string.h>

#define DEFLATE_LEVEL 6
#define MAX_PIXELS    30000 /* a side; labels have below 2,000 */

static gboolean
fail (const char *what, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The picture is not a whole PNG file: %s", what);
  return FALSE;
}

static guint32
number_at (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

/** wb_png_checksum: Returns: the check number of a chunk: CRC-32 of ISO 3309. */
guint32
wb_png_checksum (const guint8 *p, gsize length)
{
  static gsize   once = 0;
  static guint32 table[256];
  guint32        crc = 0xffffffff;

  if (g_once_init_enter (&once))
    {
      for (guint32 n = 0; n < 256; n++)
        {
          guint32 c = n;

          for (int bit = 0; bit < 8; bit++)
            c = c & 1 ? 0xedb88320 ^ c >> 1 : c >> 1;
          table[n] = c;
        }
      g_once_init_leave (&once, 1);
    }
  for (gsize i = 0; i < length; i++)
    crc = table[(crc ^ p[i]) & 0xff] ^ crc >> 8;
  return crc ^ 0xffffffff;
}

/** wb_png_deflate: Returns: (transfer full): @p as a zlib stream. */
GBytes *
wb_png_deflate (const guint8 *p, gsize length)
{
  g_autoptr (GZlibCompressor) zlib =
      g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, DEFLATE_LEVEL);
  gsize            room = length + length / 512 + 256, in_done = 0, out_done = 0;
  guint8          *out = g_malloc (room);
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result == G_CONVERTER_CONVERTED)
    {
      gsize read = 0, written = 0;

      result =
          g_converter_convert (G_CONVERTER (zlib), p + in_done, length - in_done, out + out_done,
                               room - out_done, G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
      in_done += read;
      out_done += written;
    }
  g_assert (result == G_CONVERTER_FINISHED); /* the room holds even what cannot be compressed */
  return g_bytes_new_take (out, out_done);
}

static gboolean
read_header (const guint8 *p, gsize length, WbPng *png, GError **error)
{
  if (length != 13)
    return fail ("its header is wrong", error);
  png->width = number_at (p);
  png->height = number_at (p + 4);
  png->depth = p[8];
  png->colour_type = p[9];
  png->interlaced = p[12] != 0;
  if (png->width == 0 || png->height == 0 || png->width > MAX_PIXELS || png->height > MAX_PIXELS)
    return fail ("its size is out of bounds", error);
  return TRUE;
}

static gboolean
read_chunk (const char *type, const guint8 *p, gsize length, WbPng *png, GError **error)
{
  if (strcmp (type, "IHDR") == 0)
    return read_header (p, length, png, error);
  if (png->width == 0)
    return fail ("it does not begin with its header", error);
  if (strcmp (type, "IDAT") == 0)
    g_byte_array_append (png->data, p, (guint) length);
  else if (strcmp (type, "PLTE") == 0)
    {
      png->palette = p;
      png->n_colours = (guint) MIN (length / 3, 256);
    }
  else if (strcmp (type, "tRNS") == 0)
    png->transparent = TRUE;
  else if (strcmp (type, "pHYs") == 0 && length == 9 && p[8] == 1)
    {
      png->dpi_x = number_at (p) * WB_PNG_PER_METRE;
      png->dpi_y = number_at (p + 4) * WB_PNG_PER_METRE;
    }
  return TRUE;
}

/**
 * wb_png_read:
 * @file: the file; it must outlive @png
 * @png: (out): clear with wb_png_clear(); untouched on failure
 *
 * Takes the file apart and checks that each part is whole. Fails with %WB_ERROR_INVALID.
 */
gboolean
wb_png_read (GBytes *file, WbPng *png, GError **error)
{
  gsize          size;
  const guint8  *p = g_bytes_get_data (file, &size), *end = p + size;
  g_auto (WbPng) read = { .data = g_byte_array_new () };
  gboolean       ended = FALSE;

  if (size < 8 || memcmp (p, WB_PNG_SIGNATURE, 8) != 0)
    return fail ("it begins otherwise", error);
  for (p += 8; !ended;)
    {
      char  type[5] = "";
      gsize length = end - p >= 12 ? number_at (p) : 0;

      if (end - p < 12 || length > (gsize) (end - p) - 12)
        return fail ("it is cut off", error);
      memcpy (type, p + 4, 4);
      if (wb_png_checksum (p + 4, length + 4) != number_at (p + 8 + length))
        return fail ("a part of it is damaged", error);
      if (!read_chunk (type, p + 8, length, &read, error))
        return FALSE;
      ended = strcmp (type, "IEND") == 0;
      p += 12 + length;
    }
  if (read.data->len == 0 || (read.colour_type == 3 && read.palette == NULL))
    return fail ("there is no picture in it", error);
  *png = read;
  read.data = NULL;
  return TRUE;
}

void
wb_png_clear (WbPng *png)
{
  g_clear_pointer (&png->data, g_byte_array_unref);
}
