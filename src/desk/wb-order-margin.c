/* SPDX-License-Identifier: GPL-3.0-or-later
 * What one order has left over, by the ledger: captured less refunded, fees and labels; in each
 * currency by itself, and only once all of it is known. */
#include "wb-desk.h"

#include <glib/gi18n-lib.h>

/* What came in and went out for the order. The others are memoranda, or say again in the
 * settlement's currency what these say. */
static const char *const counted[] = {
  WB_ENTRY_CAPTURED, WB_ENTRY_REFUNDED,     WB_ENTRY_DISPUTE,    WB_ENTRY_FEE,
  WB_ENTRY_LABEL,    WB_ENTRY_LABEL_REFUND, WB_ENTRY_ADJUSTMENT,
};

static gboolean
is_kind (WbEntry *entry, const char *kind)
{
  return g_strcmp0 (wb_record_get_text (entry, WB_ENTRY_KIND), kind) == 0;
}

static gboolean
is_counted (WbEntry *entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (counted); i++)
    if (is_kind (entry, counted[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_kind (GPtrArray *entries, const char *kind)
{
  for (guint i = 0; i < entries->len; i++)
    if (is_kind (entries->pdata[i], kind))
      return TRUE;
  return FALSE;
}

static gboolean
add_to (GArray *sums, WbMoney money, GError **error)
{
  for (guint i = 0; i < sums->len; i++)
    {
      WbMoney *sum = &g_array_index (sums, WbMoney, i);

      if (g_str_equal (sum->currency, money.currency))
        return wb_money_add (*sum, money, sum, error);
    }
  g_array_append_val (sums, money);
  return TRUE;
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
 * Returns: (transfer full) (element-type WbMoney): what is left, one sum for each currency, the
 * order's first; they are not to be added up. %NULL with @error when a sum does not fit.
 */
GArray *
wb_order_margin (WbOrder *order, GPtrArray *entries, GError **error)
{
  g_autoptr (GArray) sums = g_array_new (FALSE, FALSE, sizeof (WbMoney));
  WbMoney            own = wb_money (0, wb_record_get_text (order, WB_ORDER_CURRENCY));

  g_array_append_val (sums, own);
  for (guint i = 0; i < entries->len; i++)
    if (is_counted (entries->pdata[i]) &&
        !add_to (sums, wb_record_get_money (entries->pdata[i], WB_ENTRY_AMOUNT), error))
      return NULL;
  return g_steal_pointer (&sums);
}
