/* SPDX-License-Identifier: GPL-3.0-or-later
 * One order's money put together entry by entry, each part in its own currency, and what is left
 * over: the one rule of the margin. */
#include "wb-book-reconcile.h"

#include <string.h>

/* Which of a row's currencies an amount is in. */
#define OWN    G_STRUCT_OFFSET (WbMoneyRow, currency)
#define SETTLE G_STRUCT_OFFSET (WbMoneyRow, settle_currency)
#define COST   G_STRUCT_OFFSET (WbMoneyRow, cost_currency)
#define STOCK  G_STRUCT_OFFSET (WbMoneyRow, stock_currency)

/* What a part does to what is left: +1, −1, or nothing, as the money counts otherwise. */
typedef struct
{
  gsize place, currency;
  int   before; /* as long as the gateway has not told what came of it */
  int   after;  /* once it has */
} Part;

#define AT(field) G_STRUCT_OFFSET (WbMoneyRow, field)

static const Part parts[WB_N_MONEY_PARTS] = {
  [WB_MONEY_CAPTURED] = { AT (captured), OWN, 1, 0 },
  [WB_MONEY_GIVEN_BACK] = { AT (refunded), OWN, -1, 0 },
  [WB_MONEY_DISPUTED] = { AT (disputed), OWN, -1, 0 },
  [WB_MONEY_WRITTEN_OFF] = { AT (written_off), OWN, 0, 0 },
  [WB_MONEY_SETTLED] = { AT (settled), SETTLE, 0, 1 },
  [WB_MONEY_FEE] = { AT (fee), SETTLE, -1, -1 },
  [WB_MONEY_PAID_OUT] = { AT (paid_out), SETTLE, 0, 0 },
  [WB_MONEY_LABEL] = { AT (label_cost), COST, -1, -1 },
  [WB_MONEY_ADJUSTED] = { AT (adjustment), COST, -1, -1 },
  [WB_MONEY_STOCK] = { AT (stock_cost), STOCK, -1, -1 },
};

/* The common ones first. What leaves us is negative in the ledger, and told as what it costs. */
static const struct
{
  const char *kind;
  WbMoneyPart part;
  gint64      sign;
} kinds[] = {
  { WB_ENTRY_CAPTURED, WB_MONEY_CAPTURED, 1 },
  { WB_ENTRY_SETTLED, WB_MONEY_SETTLED, 1 },
  { WB_ENTRY_FEE, WB_MONEY_FEE, -1 },
  { WB_ENTRY_LABEL, WB_MONEY_LABEL, -1 },
  { WB_ENTRY_REFUNDED, WB_MONEY_GIVEN_BACK, -1 },
  { WB_ENTRY_LABEL_REFUND, WB_MONEY_LABEL, -1 },
  { WB_ENTRY_ADJUSTMENT, WB_MONEY_ADJUSTED, -1 },
  { WB_ENTRY_DISPUTE, WB_MONEY_DISPUTED, -1 },
  { WB_ENTRY_WRITTEN_OFF, WB_MONEY_WRITTEN_OFF, 1 },
  { WB_ENTRY_STOCK_COST, WB_MONEY_STOCK, -1 },
};

static void
add_other (WbMoneyRow *row, WbMoneyPart part, const char *currency, gint64 amount)
{
  WbMoneyOther fresh = { part, wb_money (amount, currency) };

  if (row->others == NULL)
    row->others = g_array_new (FALSE, FALSE, sizeof (WbMoneyOther));
  for (guint i = 0; i < row->others->len; i++)
    {
      WbMoneyOther *one = &g_array_index (row->others, WbMoneyOther, i);

      if (one->part == part && g_str_equal (one->amount.currency, currency))
        {
          one->amount.minor += amount;
          return;
        }
    }
  g_array_append_val (row->others, fresh);
}

/* Where @part stands in @row. Returns: (transfer none). */
gint64 *
wb_money_row_part (WbMoneyRow *row, WbMoneyPart part)
{
  return &G_STRUCT_MEMBER (gint64, row, parts[part].place);
}

/* Adds @amount to @part of @row: to what is in its currency, never to another's. The first amount
 * of a part says its currency, the order that of its own. */
void
wb_money_row_add (WbMoneyRow *row, WbMoneyPart part, const char *currency, gint64 amount)
{
  char *own = G_STRUCT_MEMBER_P (row, parts[part].currency);

  if (currency == NULL)
    currency = own;
  if (own[0] == '\0')
    g_strlcpy (own, currency, sizeof row->currency);
  if (strcmp (own, currency) == 0)
    *wb_money_row_part (row, part) += amount;
  else
    add_other (row, part, currency, amount);
}

/* Adds what @entry says to @row. */
void
wb_money_row_add_entry (WbMoneyRow *row, const WbMoneyEntry *entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      gboolean settled = kinds[i].part == WB_MONEY_SETTLED;

      if (strcmp (entry->kind, kinds[i].kind) != 0)
        continue;
      wb_money_row_add (row, kinds[i].part, settled ? entry->settle_currency : entry->currency,
                        kinds[i].sign * (settled ? entry->settle_amount : entry->amount));
      row->is_settled |= settled;
      row->fee_known |= kinds[i].part == WB_MONEY_FEE;
      row->by_gateway |= kinds[i].part == WB_MONEY_CAPTURED && !entry->by_hand;
      if (entry->by_hand &&
          (kinds[i].part == WB_MONEY_CAPTURED || kinds[i].part == WB_MONEY_GIVEN_BACK))
        row->by_hand += entry->amount;
      break;
    }
}

/** wb_money_row_read_entries: adds @entries (element-type WbEntry) of the ledger to @row, whose
 * currency is set. */
void
wb_money_row_read_entries (WbMoneyRow *row, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      gpointer     one = entries->pdata[i];
      WbMoneyEntry entry = { .kind = wb_record_get_text (one, WB_ENTRY_KIND),
                             .currency = wb_record_get_text (one, WB_ENTRY_CURRENCY),
                             .settle_currency = wb_record_get_text (one, WB_ENTRY_SETTLE_CURRENCY),
                             .amount = wb_record_get_int (one, WB_ENTRY_AMOUNT),
                             .settle_amount = wb_record_get_int (one, WB_ENTRY_SETTLE_AMOUNT) };

      entry.by_hand = g_strcmp0 (wb_record_get_text (one, WB_ENTRY_SOURCE), WB_SOURCE_PERSON) == 0;
      wb_money_row_add_entry (row, &entry);
    }
}

/* ---- what is left over ---- */

static void
add_sum (GArray *sums, const char *currency, gint64 amount)
{
  WbMoney fresh;

  if (amount == 0 || currency[0] == '\0')
    return;
  for (guint i = 0; i < sums->len; i++)
    if (g_str_equal (g_array_index (sums, WbMoney, i).currency, currency))
      {
        g_array_index (sums, WbMoney, i).minor += amount;
        return;
      }
  fresh = wb_money (amount, currency);
  g_array_append_val (sums, fresh);
}

/**
 * wb_money_row_margins:
 *
 * What is left over of the order: what the gateway says came of its money (as long as it has not
 * said so, what was captured less what was given back), with what a person received, less fees,
 * labels, adjustments and the goods' cost.
 *
 * Returns: (transfer full) (element-type WbMoney): one sum a currency, that of what came in first;
 * they are not to be added up. Never empty.
 */
GArray *
wb_money_row_margins (const WbMoneyRow *row)
{
  GArray *sums = g_array_new (FALSE, FALSE, sizeof (WbMoney));

  for (guint i = 0; i < WB_N_MONEY_PARTS; i++)
    add_sum (sums, G_STRUCT_MEMBER_P (row, parts[i].currency),
             (row->is_settled ? parts[i].after : parts[i].before) *
                 G_STRUCT_MEMBER (gint64, row, parts[i].place));
  if (row->is_settled)
    add_sum (sums, row->currency, row->by_hand);
  for (guint i = 0; row->others != NULL && i < row->others->len; i++)
    {
      const WbMoneyOther *other = &g_array_index (row->others, WbMoneyOther, i);

      add_sum (sums, other->amount.currency,
               (row->is_settled ? parts[other->part].after : parts[other->part].before) *
                   other->amount.minor);
    }
  if (sums->len == 0)
    {
      WbMoney none = wb_money (0, row->is_settled ? row->settle_currency : row->currency);

      g_array_append_val (sums, none);
    }
  return sums;
}

/** wb_money_row_clear: frees what @row holds. */
void
wb_money_row_clear (WbMoneyRow *row)
{
  g_clear_pointer (&row->number, g_free);
  g_clear_pointer (&row->customer, g_free);
  g_clear_pointer (&row->others, g_array_unref);
}

/** wb_money_row_free: frees @row. */
void
wb_money_row_free (WbMoneyRow *row)
{
  wb_money_row_clear (row);
  g_free (row);
}
