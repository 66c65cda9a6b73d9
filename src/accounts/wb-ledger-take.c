/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a gateway's balance says becomes ledger entries, each once, whoever saw it first: the
 * journal that made it or the reading that found it. */
#include "wb-ledger-private.h"

static WbEntry *
entry_new (const WbLedgerTake *take, WbBalance *item, const char *kind, const char *source_ref)
{
  WbEntry *entry = wb_entry_new ();

  wb_record_set_int (entry, WB_ENTRY_AT, wb_record_get_int (item, WB_BALANCE_AT));
  wb_record_set_int (entry, WB_ENTRY_ORDER_ID, take->order_id);
  wb_record_set_int (entry, WB_ENTRY_SHIPMENT_ID, take->shipment_id);
  wb_record_set_text (entry, WB_ENTRY_KIND, kind);
  wb_record_set_text (entry, WB_ENTRY_SOURCE, WB_SOURCE_GATEWAY);
  wb_record_set_text (entry, WB_ENTRY_SOURCE_REF, source_ref);
  wb_record_set_int (entry, WB_ENTRY_CONNECTION_ID, take->gateway_id);
  wb_record_set_text (entry, WB_ENTRY_PAYMENT_REF,
                      wb_record_get_text (item, WB_BALANCE_PAYMENT_REF));
  wb_record_set_text (entry, WB_ENTRY_PAYOUT_REF, wb_record_get_text (item, WB_BALANCE_PAYOUT_REF));
  wb_record_set_int (entry, WB_ENTRY_AVAILABLE_AT,
                     wb_record_get_int (item, WB_BALANCE_AVAILABLE_AT));
  wb_record_set_text (entry, WB_ENTRY_NOTE, wb_record_get_text (item, WB_BALANCE_NOTE));
  return entry;
}

/* In the gateway's own currency both ways: fees, payouts. */
static gboolean
add_own (WbBook             *book,
         const WbLedgerTake *take,
         WbBalance          *item,
         const char         *kind,
         const char         *source_ref,
         gint64              amount,
         GError            **error)
{
  g_autoptr (WbEntry) entry = entry_new (take, item, kind, source_ref);
  const char         *currency = wb_record_get_text (item, WB_BALANCE_SETTLE_CURRENCY);

  wb_record_set_text (entry, WB_ENTRY_CURRENCY, currency);
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, amount);
  wb_record_set_text (entry, WB_ENTRY_SETTLE_CURRENCY, currency);
  wb_record_set_int (entry, WB_ENTRY_SETTLE_AMOUNT, amount);
  wb_record_set_text (entry, WB_ENTRY_OBJECT_REF, wb_record_get_text (item, WB_BALANCE_OBJECT_REF));
  return wb_book_add_entry (book, entry, NULL, error);
}

/* What the customer saw of it. */
static gboolean
add_presented (WbBook             *book,
               const WbLedgerTake *take,
               WbBalance          *item,
               const char         *kind,
               const char         *source_ref,
               gint64              amount,
               GError            **error)
{
  g_autoptr (WbEntry) entry = entry_new (take, item, kind, source_ref);
  const char         *charge = wb_record_get_text (item, WB_BALANCE_CHARGE_REF);

  wb_record_set_text (entry, WB_ENTRY_CURRENCY, wb_record_get_text (item, WB_BALANCE_CURRENCY));
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, amount);
  wb_record_set_text (entry, WB_ENTRY_SETTLE_CURRENCY,
                      wb_record_get_text (item, WB_BALANCE_SETTLE_CURRENCY));
  wb_record_set_int (entry, WB_ENTRY_SETTLE_AMOUNT, wb_record_get_int (item, WB_BALANCE_GROSS));
  wb_record_set_text (entry, WB_ENTRY_RATE, wb_record_get_text (item, WB_BALANCE_RATE));
  wb_record_set_text (entry, WB_ENTRY_OBJECT_REF,
                      charge != NULL ? charge : wb_record_get_text (item, WB_BALANCE_OBJECT_REF));
  return wb_book_add_entry (book, entry, NULL, error);
}

static gboolean
add_settled (WbBook *book, const WbLedgerTake *take, WbBalance *item, GError **error)
{
  g_autoptr (WbEntry) entry =
      entry_new (take, item, WB_ENTRY_SETTLED, wb_record_get_text (item, WB_BALANCE_REF));
  gint64 fee = wb_record_get_int (item, WB_BALANCE_FEE);

  wb_record_set_text (entry, WB_ENTRY_CURRENCY, wb_record_get_text (item, WB_BALANCE_CURRENCY));
  wb_record_set_int (entry, WB_ENTRY_AMOUNT, wb_record_get_int (item, WB_BALANCE_AMOUNT));
  wb_record_set_text (entry, WB_ENTRY_SETTLE_CURRENCY,
                      wb_record_get_text (item, WB_BALANCE_SETTLE_CURRENCY));
  wb_record_set_int (entry, WB_ENTRY_SETTLE_AMOUNT, wb_record_get_int (item, WB_BALANCE_GROSS));
  wb_record_set_text (entry, WB_ENTRY_RATE, wb_record_get_text (item, WB_BALANCE_RATE));
  wb_record_set_text (entry, WB_ENTRY_OBJECT_REF, wb_record_get_text (item, WB_BALANCE_OBJECT_REF));
  return wb_book_add_entry (book, entry, NULL, error) &&
         (fee == 0 || add_own (book, take, item, WB_ENTRY_FEE,
                               wb_record_get_text (item, WB_BALANCE_REF), -fee, error));
}

/*
 * One charge may be captured several times, and the journal may have noted its captures before the
 * balance shows them: what the balance has beyond the ledger's captures is a capture the ledger
 * does not know, made elsewhere. Called before the movement's own settled entry is added.
 */
static gboolean
take_captured (WbBook *book, const WbLedgerTake *take, WbBalance *item, GError **error)
{
  const char *charge = wb_record_get_text (item, WB_BALANCE_CHARGE_REF);
  const char *object = charge != NULL ? charge : wb_record_get_text (item, WB_BALANCE_OBJECT_REF);
  gint64      captured = 0, settled = 0, missing;
  g_autofree char *ref = NULL;

  if (object == NULL)
    object = wb_record_get_text (item, WB_BALANCE_REF);
  if (!wb_book_sum_object (book, WB_ENTRY_CAPTURED, object, &captured, error) ||
      !wb_book_sum_object (book, WB_ENTRY_SETTLED, object, &settled, error))
    return FALSE;
  missing = settled + wb_record_get_int (item, WB_BALANCE_AMOUNT) - captured;
  ref = captured == 0 ? g_strdup (object)
                      : g_strdup_printf ("%s+%" G_GINT64_FORMAT, object, captured);
  return missing <= 0 || add_presented (book, take, item, WB_ENTRY_CAPTURED, ref, missing, error);
}

/* Whether the ledger has a shop's refund already, by the journal that made it. One of several
 * payments is named behind a plus. */
static gboolean
shop_refunded (
    WbBook *book, const WbLedgerTake *take, const char *object, gboolean *has, GError **error)
{
  g_autofree char *refund = object != NULL ? g_strndup (object, strcspn (object, "+")) : NULL;

  *has = FALSE;
  return !take->shop || refund == NULL ||
         wb_book_has_entry (book, WB_SOURCE_SHOP, refund, WB_ENTRY_REFUNDED, has, error);
}

/* A refund is known by its own name; one that failed later comes back as a movement of its own. */
static gboolean
take_refunded (WbBook *book, const WbLedgerTake *take, WbBalance *item, GError **error)
{
  gint64      amount = wb_record_get_int (item, WB_BALANCE_AMOUNT);
  const char *object = wb_record_get_text (item, WB_BALANCE_OBJECT_REF);
  const char *ref =
      amount < 0 && object != NULL ? object : wb_record_get_text (item, WB_BALANCE_REF);
  gboolean has = FALSE;

  if (amount < 0 && !shop_refunded (book, take, object, &has, error))
    return FALSE;
  return has || add_presented (book, take, item, WB_ENTRY_REFUNDED, ref, amount, error);
}

static gboolean
take_dispute (WbBook *book, const WbLedgerTake *take, WbBalance *item, GError **error)
{
  return add_presented (book, take, item, WB_ENTRY_DISPUTE,
                        wb_record_get_text (item, WB_BALANCE_REF),
                        wb_record_get_int (item, WB_BALANCE_AMOUNT), error);
}

static gboolean
take_correction (WbBook *book, const WbLedgerTake *take, WbBalance *item, GError **error)
{
  return add_presented (book, take, item, WB_ENTRY_CORRECTION,
                        wb_record_get_text (item, WB_BALANCE_REF),
                        wb_record_get_int (item, WB_BALANCE_AMOUNT), error);
}

/* Those that bring something to the balance besides what they are to the customer. */
static const struct
{
  const char *kind;
  gboolean (*take) (WbBook *book, const WbLedgerTake *take, WbBalance *item, GError **error);
} takers[] = {
  { WB_MOVED_CAPTURED, take_captured },
  { WB_MOVED_REFUNDED, take_refunded },
  { WB_MOVED_DISPUTE, take_dispute },
  { WB_MOVED_ADJUSTMENT, take_correction },
};

/* A payout is known by its own name; what the bank sent back is a movement of its own. */
static const char *
payout_name (WbBalance *item)
{
  const char *object = wb_record_get_text (item, WB_BALANCE_OBJECT_REF);

  return wb_record_get_int (item, WB_BALANCE_NET) < 0 && object != NULL
             ? object
             : wb_record_get_text (item, WB_BALANCE_REF);
}

static gboolean
take_new (WbBook *book, const WbLedgerTake *take, WbBalance *item, GError **error)
{
  const char *kind = wb_record_get_text (item, WB_BALANCE_KIND);

  if (g_strcmp0 (kind, WB_MOVED_FEE) == 0)
    return add_own (book, take, item, WB_ENTRY_FEE, wb_record_get_text (item, WB_BALANCE_REF),
                    wb_record_get_int (item, WB_BALANCE_NET), error);
  if (g_strcmp0 (kind, WB_MOVED_PAYOUT) == 0)
    return add_own (book, take, item, WB_ENTRY_PAYOUT, payout_name (item),
                    wb_record_get_int (item, WB_BALANCE_NET), error);
  for (guint i = 0; i < G_N_ELEMENTS (takers); i++)
    if (g_strcmp0 (takers[i].kind, kind) == 0)
      return takers[i].take (book, take, item, error) && add_settled (book, take, item, error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The movement %s is of a kind nobody knows: %s",
               wb_record_get_text (item, WB_BALANCE_REF), kind);
  return FALSE;
}

static gboolean
is_known (WbBook *book, WbBalance *item, gboolean *known, GError **error)
{
  const char *kind = wb_record_get_text (item, WB_BALANCE_KIND);
  const char *ref = wb_record_get_text (item, WB_BALANCE_REF);

  if (g_strcmp0 (kind, WB_MOVED_FEE) == 0)
    return wb_book_has_entry (book, WB_SOURCE_GATEWAY, ref, WB_ENTRY_FEE, known, error);
  if (g_strcmp0 (kind, WB_MOVED_PAYOUT) == 0)
    return wb_book_has_entry (book, WB_SOURCE_GATEWAY, payout_name (item), WB_ENTRY_PAYOUT, known,
                              error);
  return wb_book_has_entry (book, WB_SOURCE_GATEWAY, ref, WB_ENTRY_SETTLED, known, error);
}

/*
 * Takes one movement of a gateway's balance into the ledger. Inside a transaction of the caller's.
 * @take: gateway_id is given; the rest is filled: whose it is, and whether it was new.
 */
gboolean
wb_ledger_take (WbBook *book, WbBalance *item, WbLedgerTake *take, GError **error)
{
  gboolean known = FALSE;

  if (!is_known (book, item, &known, error))
    return FALSE;
  take->order_id =
      take->shop ? wb_book_find_shop_order (book, take->gateway_id,
                                            wb_record_get_text (item, WB_BALANCE_PAYMENT_REF))
                 : wb_book_find_payment_order (book, take->gateway_id,
                                               wb_record_get_text (item, WB_BALANCE_PAYMENT_REF),
                                               wb_record_get_text (item, WB_BALANCE_CHARGE_REF));
  take->shipment_id =
      take->order_id != 0
          ? wb_book_find_reference_shipment (book, wb_record_get_text (item, WB_BALANCE_REFERENCE),
                                             take->order_id)
          : 0;
  take->added = !known;
  return known || take_new (book, take, item, error);
}
