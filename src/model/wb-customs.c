/* SPDX-License-Identifier: GPL-3.0-or-later
 * What customs want to know of a parcel: its goods line by line. */
#include "wb-customs.h"

#include <string.h>

static void
line_free (gpointer data)
{
  WbCustomsLine *line = data;

  g_free (line->sku);
  g_free (line->description);
  g_free (line->origin);
  g_free (line->hs_code);
  g_free (line);
}

/** wb_customs_new: Returns: (transfer full): a declaration without lines. */
WbCustoms *
wb_customs_new (const char *contents, const char *signer, const char *currency)
{
  WbCustoms *self = g_new0 (WbCustoms, 1);

  self->contents = contents;
  self->signer = g_strdup (signer);
  g_strlcpy (self->currency, currency != NULL ? currency : "", sizeof self->currency);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  return self;
}

/** wb_customs_free: frees @self; NULL is fine. */
void
wb_customs_free (WbCustoms *self)
{
  if (self == NULL)
    return;
  g_free (self->signer);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

/** wb_customs_add: Returns: (transfer none): a new last line, to be filled. */
WbCustomsLine *
wb_customs_add (WbCustoms *self, const char *sku, const char *description)
{
  WbCustomsLine *line = g_new0 (WbCustomsLine, 1);

  line->sku = g_strdup (sku);
  line->description = g_strdup (description);
  g_ptr_array_add (self->lines, line);
  return line;
}

/** wb_customs_total_value: Returns: minor units of the declaration's currency. */
gint64
wb_customs_total_value (const WbCustoms *self)
{
  gint64 total = 0;

  for (guint i = 0; i < self->lines->len; i++)
    total += ((const WbCustomsLine *) self->lines->pdata[i])->value;
  return total;
}

/** wb_customs_total_weight: Returns: grammes net; a line whose weight is not known adds none. */
gint64
wb_customs_total_weight (const WbCustoms *self)
{
  gint64 total = 0;

  for (guint i = 0; i < self->lines->len; i++)
    total += ((const WbCustomsLine *) self->lines->pdata[i])->weight_g;
  return total;
}
