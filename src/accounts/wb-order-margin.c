/* SPDX-License-Identifier: GPL-3.0-or-later
 * What one order has left over, by the ledger, in each currency by itself, and only once all of it
 * is known. */
#include "wb-order-margin.h"

#include "wb-book-money.h"

#include <glib/gi18n-lib.h>

static gboolean
is_kind (WbEntry *entry, const char *kind)
{
  return g_strcmp0 (wb_record_get_text (entry, WB_ENTRY_KIND), kind) == 0;
}

static gboolean
has_kind (GPtrArray *entries, const char *kind)
{
  for (guint i = 0; i < entries->len; i++)
    if (is_kind (entries->pdata[i], kind))
      return TRUE;
  return FALSE;
}

/** wb_order_margin_gap: Returns: (nullable) (transfer none): why the margin of an order with these
 * @entries of the ledger is not known yet, for people; %NULL when it is. */
const char *
wb_order_margin_gap (WbOrder *order, GPtrArray *entries)
{
  const char *state = wb_record_get_text (order, WB_ORDER_CHARGE_STATE);

  if (!has_kind (entries, WB_ENTRY_CAPTURED))
    return g_strcmp0 (state, WB_CHARGE_PAID) == 0
               ? _ ("Not known: the shop took the payment and does not tell its fee.")
               : _ ("Not known yet: nothing has been captured.");
  if (!has_kind (entries, WB_ENTRY_FEE))
    return _ ("Not known yet: the payment provider has not told its fee.");
  if (!has_kind (entries, WB_ENTRY_LABEL))
    return _ ("Not known yet: no label has been bought.");
  return NULL;
}

/**
 * wb_order_margin:
 * @entries: (element-type WbEntry): all of the ledger for the order
 *
 * Returns: (transfer full) (element-type WbMoney): what is left, one sum for each currency, as
 * wb_money_row_margins() reckons it.
 */
GArray *
wb_order_margin (WbOrder *order, GPtrArray *entries, GError **error)
{
  WbMoneyRow row = { 0 };
  GArray    *sums;

  g_strlcpy (row.currency, wb_record_get_text (order, WB_ORDER_CURRENCY), sizeof row.currency);
  wb_money_row_read_entries (&row, entries);
  sums = wb_money_row_margins (&row);
  wb_money_row_clear (&row);
  return sums;
}
