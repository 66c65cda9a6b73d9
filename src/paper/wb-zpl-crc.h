/* SPDX-License-Identifier: GPL-3.0-or-later
 * The check number at the end of ZPL's Z64 and B64 data: CRC-16 with polynomial 0x1021, from 0. */
#pragma once

#include <glib.h>

static inline guint16
wb_zpl_crc (const char *text, gsize length)
{
  guint16 crc = 0;

  for (gsize i = 0; i < length; i++)
    {
      guint8 x = (guint8) (crc >> 8 ^ (guint8) text[i]);

      x ^= x >> 4;
      crc = (guint16) (crc << 8 ^ x << 12 ^ x << 5 ^ x);
    }
  return crc;
}
