/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cells of a CSV file that is written: quoted, and harmless in a spreadsheet. */
#include "wb-csv.h"

#include <string.h>

/** wb_csv_text: adds a cell of @text (nullable), quoted, and @after; text that a spreadsheet would
 * reckon with is made plain. */
void
wb_csv_text (GString *out, const char *text, char after)
{
  gboolean figures = text != NULL && *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;

  g_string_append_c (out, '"');
  if (figures)
    g_string_append_c (out, '\'');
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
  g_string_append_c (out, after);
}

/** wb_csv_amount: adds @minor units as a decimal number (nothing without a currency) and @after. */
void
wb_csv_amount (GString *out, gint64 minor, const char *currency, char after)
{
  if (*currency != '\0')
    {
      g_autofree char *text = wb_money_to_decimal (wb_money (minor, currency));

      g_string_append (out, text);
    }
  g_string_append_c (out, after);
}
