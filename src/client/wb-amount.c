/* SPDX-License-Identifier: GPL-3.0-or-later
 * An amount of money as a person types it. */
#include "wb-amount.h"

#include <glib/gi18n-lib.h>
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

/** wb_amount_dup_trouble: Returns: (transfer full) (nullable): what is wrong with what stands in
 * @entry as a price; %NULL: nothing is, or its @currency is not known yet (%NULL). */
char *
wb_amount_dup_trouble (GtkEditable *entry, const char *currency)
{
  gint64 amount = 0;

  if (currency == NULL || (wb_amount_read (entry, currency, &amount, NULL) && amount >= 0))
    return NULL;
  /* Translators: what was typed, and a currency like EUR */
  return g_strdup_printf (_ ("“%s” is not a price in %s"), gtk_editable_get_text (entry), currency);
}

/** wb_amount_show: writes @amount, minor units of @currency, into @entry. */
void
wb_amount_show (GtkEditable *entry, gint64 amount, const char *currency)
{
  g_autofree char *text = wb_money_to_decimal (wb_money (amount, currency));

  gtk_editable_set_text (entry, text);
}
