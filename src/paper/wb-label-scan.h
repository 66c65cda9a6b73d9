/* SPDX-License-Identifier: GPL-3.0-or-later
 * Reading the barcodes on a label as a scanner would. */
#pragma once

#include "wb-bitmap.h"

G_BEGIN_DECLS

/* @symbology: “CODE-128”, “I2/5”, “QR-Code”…; @text: what it says; @x, @y: a dot of it. */
typedef struct
{
  char *symbology;
  char *text;
  guint x, y;
} WbScanned;

GPtrArray *wb_label_scan (const WbGrey *grey);
void       wb_scanned_free (WbScanned *scanned);

G_END_DECLS
