/* SPDX-License-Identifier: GPL-3.0-or-later
 * Bytes put together from formatted text. */
#include "wb-bytes.h"

#include <string.h>

/** wb_bytes_append: appends the text, without a closing nought. */
void
wb_bytes_append (GByteArray *bytes, const char *format, ...)
{
  va_list          args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_byte_array_append (bytes, (const guint8 *) text, (guint) strlen (text));
}
