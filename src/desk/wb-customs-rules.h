/* SPDX-License-Identifier: GPL-3.0-or-later
 * Between whom customs want a declaration, and which paper it is. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

/* Papers of a parcel abroad. */
typedef enum
{
  WB_FORM_NONE = 0,
  WB_FORM_CN22 = 1 << 0,
  WB_FORM_CN23 = 1 << 1,
  WB_FORM_INVOICE = 1 << 2,
} WbCustomsForms;

gboolean       wb_customs_needed (const char *from_country,
                                  const char *from_postcode,
                                  const char *to_country,
                                  const char *to_postcode);
guint          wb_customs_copies (const char *paper);
WbCustomsForms wb_customs_forms (const char *carrier,
                                 const char *service,
                                 gint64      weight_g,
                                 gint64      value,
                                 const char *currency,
                                 guint       n_lines);

G_END_DECLS
