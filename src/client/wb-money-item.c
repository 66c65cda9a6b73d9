/* SPDX-License-Identifier: GPL-3.0-or-later
 * One order's money as the Money page shows it: read when somebody looks at it. */
#include "wb-money-item.h"

#include "wb-reconcile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _WbMoneyItem
{
  GObject     parent_instance;
  gint64      id;
  guint       position;
  WbMoneyRead read; /* NULL: has been */
  GObject    *reader;
  WbMoneyRow *row; /* NULL: not read yet, or gone */
};

G_DEFINE_FINAL_TYPE (WbMoneyItem, wb_money_item, G_TYPE_OBJECT)

static void
wb_money_item_finalize (GObject *object)
{
  WbMoneyItem *self = WB_MONEY_ITEM (object);

  g_clear_pointer (&self->row, wb_money_row_free);
  g_clear_object (&self->reader);
  G_OBJECT_CLASS (wb_money_item_parent_class)->finalize (object);
}

static void
wb_money_item_class_init (WbMoneyItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wb_money_item_finalize;
}

static void
wb_money_item_init (WbMoneyItem *self)
{
}

/** wb_money_item_new: Returns: (transfer full): the row of the order @id; @reader, a #GObject, is
 * asked later by @read. */
WbMoneyItem *
wb_money_item_new (gint64 id, guint position, WbMoneyRead read, gpointer reader)
{
  WbMoneyItem *self = g_object_new (WB_TYPE_MONEY_ITEM, NULL);

  self->id = id;
  self->position = position;
  self->read = read;
  self->reader = g_object_ref (reader);
  return self;
}

/** wb_money_item_get_id: Returns: the order's number in the book. */
gint64
wb_money_item_get_id (WbMoneyItem *self)
{
  return self->id;
}

/** wb_money_item_read: Returns: (transfer none) (nullable): all of the order's money; %NULL when it
 * is gone from the book. */
const WbMoneyRow *
wb_money_item_read (WbMoneyItem *self)
{
  WbMoneyRead read = g_steal_pointer (&self->read);

  if (read != NULL)
    self->row = read (self->reader, self->id, self->position);
  return self->row;
}

/** wb_money_amount_text: Returns: (transfer full): an amount with its currency, a dash where there
 * is none. */
char *
wb_money_amount_text (gint64 minor, const char *currency)
{
  return *currency != '\0' ? wb_money_to_text (wb_money (minor, currency)) : g_strdup ("–");
}

/* The order's currency stands once in the row; an amount in another one says so. */
static char *
amount_in_row (const WbMoneyRow *row, gint64 minor, const char *currency)
{
  return strcmp (currency, row->currency) == 0 ? wb_money_to_figures (wb_money (minor, currency))
                                               : wb_money_amount_text (minor, currency);
}

/** wb_money_item_dup_text: Returns: (transfer full): what @column says; empty when the order is
 * gone.
 */
char *
wb_money_item_dup_text (WbMoneyItem *self, WbMoneyColumn column)
{
  const WbMoneyRow *row = wb_money_item_read (self);

  if (row == NULL)
    return g_strdup ("");
  switch (column)
    {
    case WB_MONEY_COLUMN_ORDER:
      return g_strdup_printf ("#%s", row->number);
    case WB_MONEY_COLUMN_DATE:
      return wb_instant_to_relative (row->at, wb_now ());
    case WB_MONEY_COLUMN_EXPECTED:
      return wb_money_amount_text (row->expected, row->currency);
    case WB_MONEY_COLUMN_CAPTURED:
      return amount_in_row (row, row->captured, row->currency);
    case WB_MONEY_COLUMN_FEE:
      return amount_in_row (row, row->fee, row->settle_currency);
    case WB_MONEY_COLUMN_PAID_OUT:
      return amount_in_row (row, row->paid_out, row->settle_currency);
    case WB_MONEY_COLUMN_LABEL:
      return amount_in_row (row, row->label_cost, row->cost_currency);
    case WB_MONEY_COLUMN_ADJUSTMENT:
      return row->adjustment != 0 ? amount_in_row (row, row->adjustment, row->cost_currency)
                                  : g_strdup ("–");
    case WB_MONEY_COLUMN_MARGIN:
      return amount_in_row (row, row->margin, row->margin_currency);
    case WB_MONEY_COLUMN_STATE:
      return g_strdup (wb_money_state_title (row->state));
    case WB_N_MONEY_COLUMNS:
    default:
      g_return_val_if_reached (NULL);
    }
}

/** wb_money_state_style: Returns: (nullable): the style class of @state. */
const char *
wb_money_state_style (WbMoneyState state)
{
  static const char *const styles[WB_N_MONEY_STATES] = {
    [WB_MONEY_MATCHED] = "success",
    [WB_MONEY_UNDER] = "warning",
    [WB_MONEY_OVER] = "warning",
    [WB_MONEY_NOT_CAPTURED] = "error",
    [WB_MONEY_CAPTURED_UNSHIPPED] = "warning",
    [WB_MONEY_LAPSED] = "error",
    [WB_MONEY_REFUNDED] = "dim-label",
    [WB_MONEY_OPEN] = "dim-label",
  };

  return styles[state];
}
