/* SPDX-License-Identifier: GPL-3.0-or-later
 * A printer's profile as the label pipeline wants it: in its dots and its language's own scales. */
#pragma once

#include "wb-connection.h"
#include "wb-label-job.h"

G_BEGIN_DECLS

gboolean wb_label_is_for_printer (WbPrinter *printer, const char *format);
gboolean wb_label_target_for (WbPrinter *printer, guint dpi, WbLabelTarget *target, GError **error);
GBytes  *wb_label_for_printer (WbPrinter  *printer,
                               guint       dpi,
                               GBytes     *document,
                               const char *format,
                               const char *accepted,
                               GError    **error);

G_END_DECLS
