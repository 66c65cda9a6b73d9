/* SPDX-License-Identifier: GPL-3.0-or-later
 * An amount of money as a person types it. */
#include "wb-amount.h"

#include <string.h>

/** wb_amount_read: @amount: (out): what stands in @entry, minor units of @currency; 0 when nothing
 * does. A comma may stand for the point. */
gboolean
wb_amount_read (GtkEditable *entry, const char *currency, gint64 *amount, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  WbMoney          money = { 0 };

  if (strchr (text, '.') == NULL)
    g_strdelimit (text, ",", '.');
  if (*text != '\0' && !wb_money_parse (text, currency, &money, error))
    return FALSE;
  *amount = money.minor;
  return TRUE;
}

/** wb_amount_show: writes @amount, minor units of @currency, into @entry. */
void
wb_amount_show (GtkEditable *entry, gint64 amount, const char *currency)
{
  g_autofree char *text = wb_money_to_decimal (wb_money (amount, currency));

  gtk_editable_set_text (entry, text);
}
