/* SPDX-License-Identifier: GPL-3.0-or-later
 * The graphics in a carrier's ZPL: hexadecimal with run lengths, B64 or Z64. */
#include "wb-zpl-crc.h"
#include "wb-zpl-read.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define MAX_BYTES (8 * 1024 * 1024) /* of one graphic; a label at 600 dpi has 1 MB */

/* Where the next half byte goes. Beyond the end nothing is written. */
typedef struct
{
  guint8 *bits;
  guint   stride, height;
  guint   row, nibble;
} Pen;

static void
put (Pen *pen, guint value, guint times)
{
  for (; times > 0 && pen->row < pen->height; times--)
    {
      pen->bits[(gsize) pen->row * pen->stride + pen->nibble / 2] |=
          (guint8) (value << (pen->nibble % 2 ? 0 : 4));
      if (++pen->nibble == pen->stride * 2)
        {
          pen->nibble = 0;
          pen->row++;
        }
    }
}

static void
repeat_row (Pen *pen)
{
  if (pen->row == 0 || pen->row >= pen->height)
    return;
  memcpy (pen->bits + (gsize) pen->row * pen->stride,
          pen->bits + (gsize) (pen->row - 1) * pen->stride, pen->stride);
  pen->row++;
  pen->nibble = 0;
}

static void
read_runs (Pen *pen, const char *data, gsize length)
{
  guint times = 0;

  for (gsize i = 0; i < length; i++)
    if (data[i] >= 'G' && data[i] <= 'Y')
      times += (guint) (data[i] - 'G' + 1);
    else if (data[i] >= 'g' && data[i] <= 'z')
      times += 20 * (guint) (data[i] - 'g' + 1);
    else if (g_ascii_isxdigit (data[i]))
      {
        put (pen, (guint) g_ascii_xdigit_value (data[i]), MAX (times, 1));
        times = 0;
      }
    else if (data[i] == ',' || data[i] == '!')
      {
        if (pen->row < pen->height)
          put (pen, data[i] == '!' ? 15 : 0, pen->stride * 2 - pen->nibble);
      }
    else if (data[i] == ':')
      repeat_row (pen);
}

static gboolean
unpack (const guint8 *packed, gsize length, guint8 *out, gsize room)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  gsize                         read = 0, written = 0;

  return g_converter_convert (G_CONVERTER (zlib), packed, length, out, room,
                              G_CONVERTER_INPUT_AT_END, &read, &written, NULL) != G_CONVERTER_ERROR;
}

/* “:Z64:…:CRC” or “:B64:…:CRC”. */
static gboolean
read_base64 (Pen *pen, const char *data, gsize length)
{
  gboolean         zipped = data[1] == 'Z';
  const char      *end = memchr (data + 5, ':', length - 5);
  g_autofree char *text = g_strndup (data + 5, end != NULL ? (gsize) (end - data - 5) : length - 5);
  gsize            n = 0, room = (gsize) pen->stride * pen->height;
  g_autofree guint8 *decoded = NULL;
  guint              told = 0;

  if (end == NULL || sscanf (end + 1, "%4x", &told) != 1 ||
      told != wb_zpl_crc (text, strlen (text)))
    return FALSE;
  decoded = g_base64_decode (text, &n);
  if (n == 0)
    return FALSE;
  if (zipped)
    return unpack (decoded, n, pen->bits, room);
  memcpy (pen->bits, decoded, MIN (n, room));
  return TRUE;
}

/**
 * wb_zpl_read_graphic:
 * @data: what stands after the last comma of ^GFA or ~DG
 * @total: bytes of the whole graphic
 * @stride: bytes of one row
 *
 * Returns: (transfer full) (nullable): the dots; %NULL when the numbers make no sense or the data's
 * check number is wrong.
 */
WbBitmap *
wb_zpl_read_graphic (const char *data, gsize length, guint total, guint stride)
{
  g_autoptr (WbBitmap) bitmap = NULL;
  Pen                  pen;

  if (stride == 0 || total < stride || total > MAX_BYTES)
    return NULL;
  bitmap = wb_bitmap_new (stride * 8, total / stride);
  pen = (Pen){ bitmap->bits, stride, bitmap->height, 0, 0 };
  if (length > 5 && (g_str_has_prefix (data, ":Z64:") || g_str_has_prefix (data, ":B64:")))
    {
      if (!read_base64 (&pen, data, length))
        return NULL;
    }
  else
    read_runs (&pen, data, length);
  return g_steal_pointer (&bitmap);
}
