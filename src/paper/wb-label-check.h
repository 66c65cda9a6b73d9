/* SPDX-License-Identifier: GPL-3.0-or-later
 * A label looked at before anybody prints it: is it whole, is it of the roll's size, is the
 * tracking number on it, do its barcodes say what they should. */
#pragma once

#include "wb-label-job.h"

G_BEGIN_DECLS

#define WB_LABEL_MAX_BYTES (16 * 1024 * 1024)

/* @kind: “damaged”, “pages”, “size”, “unmeasured”, “tracking”, “barcode”, “barcode-other”. @text:
 * in English, for it is kept in the book: wb_tell_again() tells it to people. @grave: the label is
 * not printed before somebody has accepted it. */
typedef struct
{
  const char *kind;
  char       *text;
  gboolean    grave;
} WbLabelFinding;

gboolean   wb_label_check_bytes (GBytes *bytes, const char *format, GError **error);
GPtrArray *wb_label_check (GBytes              *bytes,
                           const char          *format,
                           const char          *tracking,
                           const WbLabelTarget *target);
char      *wb_label_check_reason (GPtrArray *findings);
gboolean   wb_label_code_says (const char *code, const char *tracking);
void       wb_label_finding_free (WbLabelFinding *finding);

G_END_DECLS
