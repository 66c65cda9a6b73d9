/* SPDX-License-Identifier: GPL-3.0-or-later
 * Labels that were not used: until when their money can be asked back. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 wb_label_refund_days (const char *carrier);
gint64 wb_label_refund_pays_within (const char *carrier);

G_END_DECLS
