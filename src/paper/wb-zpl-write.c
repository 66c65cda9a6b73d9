/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dots in ZPL II: the label's size and the printer's settings, then the graphic in whichever of
 * run lengths and Z64 is shorter. */
#include "wb-bytes.h"
#include "wb-label-write.h"
#include "wb-png.h"
#include "wb-zpl-crc.h"

#include <string.h>

/* A ^GF field may hold no more; taller labels are several fields below one another. */
#define MAX_FIELD 99999

static const char *const marks[] = { [WB_LABEL_MARK_UNSET] = "",
                                     [WB_LABEL_MARK_GAP] = "^MNY",
                                     [WB_LABEL_MARK_BLACK] = "^MNM",
                                     [WB_LABEL_MARK_CONTINUOUS] = "^MNN" };
static const char *const afters[] = { [WB_LABEL_AFTER_UNSET] = "",
                                      [WB_LABEL_AFTER_TEAR_OFF] = "^MMT",
                                      [WB_LABEL_AFTER_PEEL] = "^MMP",
                                      [WB_LABEL_AFTER_CUT] = "^MMC" };

static void
append_common (const WbLabelTarget *target, GByteArray *out)
{
  wb_bytes_append (out, "%s%s", marks[target->mark], afters[target->after]);
  if (target->speed > 0)
    wb_bytes_append (out, "^PR%u", target->speed);
}

static void
append_darkness (const WbLabelTarget *target, GByteArray *out)
{
  if (target->darkness > 0)
    wb_bytes_append (out, "~SD%02u", MIN (target->darkness, 30));
}

/** wb_zpl_append_settings: what the profile sets, as a format that prints nothing, to go before a
 * carrier's own ZPL. Nothing when all is as the printer is set. */
void
wb_zpl_append_settings (const WbLabelTarget *target, GByteArray *out)
{
  append_darkness (target, out);
  if (target->mark == WB_LABEL_MARK_UNSET && target->after == WB_LABEL_AFTER_UNSET &&
      target->speed == 0 && target->nudge_x == 0 && target->nudge_y == 0)
    return;
  wb_bytes_append (out, "^XA^PW%u^LL%u", target->width, target->height);
  append_common (target, out);
  if (target->nudge_x != 0 || target->nudge_y != 0)
    wb_bytes_append (out, "^LS%d^LT%d", -target->nudge_x, CLAMP (target->nudge_y, -120, 120));
  wb_bytes_append (out, "^XZ\n");
}

/* How often @letter is to be repeated: G to Y are 1 to 19, g to z 20 to 400. */
static guint8 *
put_run (guint8 *to, guint run, guint8 letter)
{
  for (; run >= 400; run -= 400)
    *to++ = 'z';
  if (run >= 20)
    *to++ = (guint8) ('g' + run / 20 - 1);
  run %= 20;
  if (run > 1 || (run == 1 && to[-1] >= 'g'))
    *to++ = (guint8) ('G' + run - 1);
  *to++ = letter;
  return to;
}

/* One row in hexadecimal with runs shortened; what is white or black up to the end is one sign. */
static guint8 *
put_row (guint8 *to, const guint8 *row, guint stride)
{
  static const char digits[] = "0123456789ABCDEF";
  guint             n = stride * 2;

#define NIBBLE(i) ((guint) (row[(i) / 2] >> ((i) % 2 ? 0 : 4)) & 15)
  for (guint i = 0; i < n;)
    {
      guint value = NIBBLE (i), end = i + 1;

      while (end < n && NIBBLE (end) == value)
        end++;
      if (end == n && (value == 0 || value == 15))
        {
          *to++ = value == 0 ? ',' : '!';
          return to;
        }
      to = end - i == 1 ? (*to = (guint8) digits[value], to + 1)
                        : put_run (to, end - i, (guint8) digits[value]);
      i = end;
    }
#undef NIBBLE
  return to;
}

/* @rows: @height rows of @stride bytes. A row like the one above is a colon. */
static GByteArray *
run_lengths (const guint8 *rows, guint stride, guint height)
{
  GByteArray *out = g_byte_array_new ();
  guint8     *to;

  g_byte_array_set_size (out, (stride * 2 + 2) * height + 16);
  to = out->data;
  *to++ = '\n'; /* so that a run can always look one sign back */
  for (guint y = 0; y < height; y++)
    if (y > 0 && memcmp (rows + (gsize) y * stride, rows + (gsize) (y - 1) * stride, stride) == 0)
      *to++ = ':';
    else
      to = put_row (to, rows + (gsize) y * stride, stride);
  g_byte_array_set_size (out, (guint) (to - out->data));
  return out;
}

static char *
z64 (const guint8 *rows, gsize length)
{
  g_autoptr (GBytes) packed = wb_png_deflate (rows, length);
  g_autofree char   *text =
      g_base64_encode (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));

  return g_strdup_printf (":Z64:%s:%04X", text, wb_zpl_crc (text, strlen (text)));
}

static void
append_band (const WbBitmap *bitmap, guint top, guint height, gboolean no_z64, GByteArray *out)
{
  const guint8          *rows = bitmap->bits + (gsize) top * bitmap->stride;
  gsize                  length = (gsize) bitmap->stride * height;
  g_autoptr (GByteArray) runs = run_lengths (rows, bitmap->stride, height);
  g_autofree char       *packed = no_z64 ? NULL : z64 (rows, length);

  wb_bytes_append (out, "^FO0,%u^GFA,%zu,%zu,%u,", top, length, length, bitmap->stride);
  if (packed != NULL && strlen (packed) < runs->len)
    g_byte_array_append (out, (const guint8 *) packed, (guint) strlen (packed));
  else
    g_byte_array_append (out, runs->data + 1, runs->len - 1);
  wb_bytes_append (out, "^FS\n");
}

/** wb_zpl_append_label: one format that says the label's size itself and prints @bitmap once. */
void
wb_zpl_append_label (const WbBitmap *bitmap, const WbLabelTarget *target, GByteArray *out)
{
  guint most = MAX (1, MAX_FIELD / bitmap->stride);

  append_darkness (target, out);
  wb_bytes_append (out, "^XA^PW%u^LL%u^LH0,0^LS0^PON^LRN", bitmap->width, bitmap->height);
  append_common (target, out);
  wb_bytes_append (out, "\n");
  for (guint top = 0; top < bitmap->height; top += most)
    append_band (bitmap, top, MIN (most, bitmap->height - top), target->no_z64, out);
  wb_bytes_append (out, "^PQ1^XZ\n");
}
