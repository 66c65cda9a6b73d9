/* SPDX-License-Identifier: GPL-3.0-or-later
 * Dots in EPL2 and in TSPL: both take them as they are, a 0 bit being black. */
#include "wb-bytes.h"
#include "wb-label-write.h"

#include <string.h>

#define MM_PER_INCH    25.4
#define USUAL_GAP_MM   3.0
#define EPL_GAP_MIN    16 /* dots; the language allows no less */
#define EPL_GAP_MAX    240
#define MAX_DARKNESS   15
#define MAX_EPL_LENGTH 65535

static void
append_dots (const WbBitmap *bitmap, GByteArray *out)
{
  gsize length = (gsize) bitmap->stride * bitmap->height;
  guint start = out->len;

  g_byte_array_set_size (out, start + (guint) length);
  for (gsize i = 0; i < length; i++)
    out->data[start + i] = (guint8) ~bitmap->bits[i];
}

static guint
gap_of (const WbLabelTarget *target)
{
  return target->gap > 0 ? target->gap : (guint) (USUAL_GAP_MM / MM_PER_INCH * target->dpi + 0.5);
}

static void
append_epl_settings (const WbBitmap *bitmap, const WbLabelTarget *target, GByteArray *out)
{
  guint gap = CLAMP (gap_of (target), EPL_GAP_MIN, EPL_GAP_MAX);

  wb_bytes_append (out, "q%u\nQ%u,", bitmap->width, MIN (bitmap->height, MAX_EPL_LENGTH));
  if (target->mark == WB_LABEL_MARK_CONTINUOUS)
    wb_bytes_append (out, "0\n");
  else
    wb_bytes_append (out, "%s%u\n", target->mark == WB_LABEL_MARK_BLACK ? "B" : "", gap);
  if (target->darkness > 0)
    wb_bytes_append (out, "D%u\n", MIN (target->darkness, MAX_DARKNESS));
  if (target->speed > 0)
    wb_bytes_append (out, "S%u\n", target->speed);
  if (target->after == WB_LABEL_AFTER_CUT || target->after == WB_LABEL_AFTER_PEEL)
    wb_bytes_append (out, "O%s\n", target->after == WB_LABEL_AFTER_CUT ? "C" : "P");
}

/** wb_epl_append_label: one form that prints @bitmap once. */
void
wb_epl_append_label (const WbBitmap *bitmap, const WbLabelTarget *target, GByteArray *out)
{
  wb_bytes_append (out, "\nN\n");
  append_epl_settings (bitmap, target, out);
  wb_bytes_append (out, "ZT\nGW0,0,%u,%u,", bitmap->stride, bitmap->height);
  append_dots (bitmap, out);
  wb_bytes_append (out, "\nP1\n");
}

/* “101.6 mm” */
static const char *
millimetres (guint dots, guint dpi, char text[G_ASCII_DTOSTR_BUF_SIZE])
{
  return g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, "%.2f", dots * MM_PER_INCH / dpi);
}

static void
append_tspl_mark (const WbLabelTarget *target, GByteArray *out)
{
  char gap[G_ASCII_DTOSTR_BUF_SIZE];

  millimetres (gap_of (target), target->dpi, gap);
  if (target->mark == WB_LABEL_MARK_CONTINUOUS)
    wb_bytes_append (out, "GAP 0,0\r\n");
  else if (target->mark == WB_LABEL_MARK_BLACK)
    wb_bytes_append (out, "BLINE %s mm,0 mm\r\n", gap);
  else if (target->mark == WB_LABEL_MARK_GAP)
    wb_bytes_append (out, "GAP %s mm,0 mm\r\n", gap);
}

static const char *const tspl_afters[] = { [WB_LABEL_AFTER_UNSET] = "",
                                           [WB_LABEL_AFTER_TEAR_OFF] = "SET TEAR ON\r\n",
                                           [WB_LABEL_AFTER_PEEL] = "SET PEEL ON\r\n",
                                           [WB_LABEL_AFTER_CUT] = "SET CUTTER 1\r\n" };

/** wb_tspl_append_label: the label's size and settings, and @bitmap once. */
void
wb_tspl_append_label (const WbBitmap *bitmap, const WbLabelTarget *target, GByteArray *out)
{
  char width[G_ASCII_DTOSTR_BUF_SIZE], height[G_ASCII_DTOSTR_BUF_SIZE];

  wb_bytes_append (out, "SIZE %s mm,%s mm\r\n", millimetres (bitmap->width, target->dpi, width),
                   millimetres (bitmap->height, target->dpi, height));
  append_tspl_mark (target, out);
  if (target->darkness > 0)
    wb_bytes_append (out, "DENSITY %u\r\n", MIN (target->darkness, MAX_DARKNESS));
  if (target->speed > 0)
    wb_bytes_append (out, "SPEED %u\r\n", target->speed);
  wb_bytes_append (out, "%sDIRECTION 0\r\nREFERENCE 0,0\r\nCLS\r\n", tspl_afters[target->after]);
  wb_bytes_append (out, "BITMAP 0,0,%u,%u,0,", bitmap->stride, bitmap->height);
  append_dots (bitmap, out);
  wb_bytes_append (out, "\r\nPRINT 1,1\r\n");
}
