/* SPDX-License-Identifier: GPL-3.0-or-later
 * What proves an order's money, as facts in words: payments, captures, payouts, labels, bills. */
#include "wb-money-evidence.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  WbEvidenceFunc add;
  gpointer       data;
} Out;

static void
say_amount (
    const Out *out, const char *title, gint64 minor, const char *currency, const char *style)
{
  g_autofree char *text = wb_money_amount_text (minor, currency);

  out->add (title, text, style, 0, out->data);
}

/** wb_money_evidence_of_row: the sums of one order. */
void
wb_money_evidence_of_row (const WbMoneyRow *row, WbEvidenceFunc add, gpointer data)
{
  Out out = { add, data };

  say_amount (&out, _ ("Expected"), row->expected, row->currency, NULL);
  say_amount (&out, row->by_shop ? _ ("Captured by the shop") : _ ("Captured"), row->captured,
              row->currency, wb_money_state_style (row->state));
  if (row->refunded != 0)
    say_amount (&out, _ ("Refunded"), row->refunded, row->currency, NULL);
  if (row->disputed != 0)
    say_amount (&out, _ ("Disputed"), row->disputed, row->currency, "error");
  if (row->written_off != 0)
    say_amount (&out, _ ("Written off"), row->written_off, row->currency, NULL);
  say_amount (&out, _ ("Fee"), row->fee, row->settle_currency, NULL);
  say_amount (&out, _ ("Paid out"), row->paid_out, row->settle_currency, NULL);
  say_amount (&out, _ ("Label cost"), row->label_cost, row->cost_currency, NULL);
  if (row->adjustment != 0)
    say_amount (&out, _ ("Adjustment"), row->adjustment, row->cost_currency, "warning");
  if (row->stock_cost != 0)
    say_amount (&out, _ ("Cost of goods"), row->stock_cost, row->stock_currency, NULL);
  say_amount (&out, _ ("Margin"), row->margin, row->margin_currency,
              row->margin < 0 ? "error" : NULL);
}

static const struct
{
  const char *kind;
  const char *title;
} kinds[] = {
  { WB_ENTRY_AUTHORISED, N_ ("Authorised") },
  { WB_ENTRY_CAPTURED, N_ ("Captured") },
  { WB_ENTRY_REFUNDED, N_ ("Refunded") },
  { WB_ENTRY_FEE, N_ ("Fee") },
  { WB_ENTRY_LABEL, N_ ("Label") },
  { WB_ENTRY_LABEL_REFUND, N_ ("Label given back") },
  { WB_ENTRY_RELEASED, N_ ("Released") },
  { WB_ENTRY_SETTLED, N_ ("Settled") },
  { WB_ENTRY_DISPUTE, N_ ("Dispute") },
  { WB_ENTRY_PAYOUT, N_ ("Payout") },
  { WB_ENTRY_CORRECTION, N_ ("Correction") },
  { WB_ENTRY_ADJUSTMENT, N_ ("Carrier adjustment") },
  { WB_ENTRY_STOCK_COST, N_ ("Cost of goods") },
  { WB_ENTRY_WRITTEN_OFF, N_ ("Written off") },
};

static const char *
kind_title (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _ (kinds[i].title);
  return kind != NULL ? kind : "";
}

/* “Captured · 22 Nov · ch_1” with the amount, and the payout where it is known. */
static void
say_entry (const Out *out, WbEntry *entry)
{
  const char      *object = wb_record_get_text (entry, WB_ENTRY_OBJECT_REF);
  const char      *payout = wb_record_get_text (entry, WB_ENTRY_PAYOUT_REF);
  const char      *note = wb_record_get_text (entry, WB_ENTRY_NOTE);
  g_autofree char *day = wb_instant_to_text (wb_record_get_int (entry, WB_ENTRY_AT));
  g_autofree char *amount = wb_money_to_text (wb_record_get_money (entry, WB_ENTRY_AMOUNT));
  GString         *title = g_string_new (kind_title (wb_record_get_text (entry, WB_ENTRY_KIND)));
  g_autofree char *text = NULL;

  g_string_append_printf (title, " · %s", day);
  if (object == NULL)
    object = wb_record_get_text (entry, WB_ENTRY_SOURCE_REF);
  if (object != NULL)
    g_string_append_printf (title, "\n%s", object);
  if (payout != NULL)
    {
      g_string_append (title, "\n");
      /* Translators: the gateway's name for a payout */
      g_string_append_printf (title, _ ("Payout %s"), payout);
    }
  if (note != NULL)
    g_string_append_printf (title, "\n%s", note);
  text = g_string_free (title, FALSE);
  out->add (text, amount, NULL, 0, out->data);
}

static void
say_payment (const Out *out, WbBook *book, gint64 order_id)
{
  g_autoptr (WbPayment) payment = wb_book_get_payment (book, order_id, NULL);
  g_autofree char      *text = NULL;

  if (payment == NULL)
    return;
  text =
      g_strdup_printf ("%s\n%s", _ ("Authorisation"), wb_record_get_text (payment, WB_PAYMENT_REF));
  out->add (text, "", NULL, 0, out->data);
}

static void
say_label (const Out *out, WbLabel *label)
{
  g_autofree char *cost = wb_money_to_text (wb_record_get_money (label, WB_LABEL_COST));
  const char      *tracking = wb_record_get_text (label, WB_LABEL_TRACKING);
  g_autofree char *title =
      g_strdup_printf ("%s\n%s", _ ("Label"), tracking != NULL ? tracking : "–");

  out->add (title, cost, NULL, 0, out->data);
}

/** wb_money_evidence_of_order: the payment, the ledger entry by entry, the labels. */
gboolean
wb_money_evidence_of_order (
    WbBook *book, gint64 order_id, WbEvidenceFunc add, gpointer data, GError **error)
{
  Out                   out = { add, data };
  g_autoptr (GPtrArray) entries = wb_book_list_entries (book, order_id, error);
  g_autoptr (GPtrArray) labels =
      entries != NULL ? wb_book_list_labels (book, order_id, error) : NULL;

  if (labels == NULL)
    return FALSE;
  say_payment (&out, book, order_id);
  for (guint i = 0; i < entries->len; i++)
    say_entry (&out, entries->pdata[i]);
  for (guint i = 0; i < labels->len; i++)
    say_label (&out, labels->pdata[i]);
  return TRUE;
}

/* WB_PAYOUT_STATE_… for people. */
static const char *
payout_state_title (const char *state)
{
  static const struct
  {
    const char *state, *title;
  } states[] = {
    { WB_PAYOUT_STATE_PENDING, N_ ("Pending") },     { WB_PAYOUT_STATE_TRANSIT, N_ ("On its way") },
    { WB_PAYOUT_STATE_PAID, N_ ("Paid") },           { WB_PAYOUT_STATE_FAILED, N_ ("Failed") },
    { WB_PAYOUT_STATE_CANCELLED, N_ ("Cancelled") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].state, state) == 0)
      return _ (states[i].title);
  return state;
}

/** wb_money_evidence_of_payout: what a payout is. */
void
wb_money_evidence_of_payout (WbPayout *payout, WbEvidenceFunc add, gpointer data)
{
  g_autofree char *made = wb_instant_to_text (wb_record_get_int (payout, WB_PAYOUT_MADE_AT));
  g_autofree char *amount = wb_money_to_text (wb_record_get_money (payout, WB_PAYOUT_AMOUNT));
  const char      *bank = wb_record_get_text (payout, WB_PAYOUT_BANK_REF);

  add (_ ("Amount"), amount, NULL, 0, data);
  add (_ ("Made"), made, NULL, 0, data);
  add (_ ("State"), payout_state_title (wb_record_get_text (payout, WB_PAYOUT_STATE)), NULL, 0,
       data);
  if (bank != NULL)
    add (_ ("On the bank’s statement"), bank, NULL, 0, data);
}

/** wb_money_evidence_of_items: each movement in a payout, with the order it belongs to. */
void
wb_money_evidence_of_items (
    WbBook *book, WbPayout *payout, GPtrArray *items, WbEvidenceFunc add, gpointer data)
{
  const char *currency = wb_record_get_text (payout, WB_PAYOUT_CURRENCY);

  for (guint i = 0; i < items->len; i++)
    {
      WbPayoutItem       *item = items->pdata[i];
      gint64              order_id = wb_record_get_int (item, WB_PAYOUT_ITEM_ORDER_ID);
      g_autoptr (WbOrder) order = order_id != 0 ? wb_book_get_order (book, order_id, NULL) : NULL;
      const char         *kind = kind_title (wb_record_get_text (item, WB_PAYOUT_ITEM_KIND));
      gint64              fee = wb_record_get_int (item, WB_PAYOUT_ITEM_FEE);
      g_autofree char    *fee_text = wb_money_amount_text (fee, currency);
      g_autofree char    *net =
          wb_money_amount_text (wb_record_get_int (item, WB_PAYOUT_ITEM_NET), currency);
      g_autofree char *name =
          order != NULL
              ? g_strdup_printf ("#%s · %s", wb_record_get_text (order, WB_ORDER_NUMBER), kind)
              : g_strdup_printf ("%s · %s", kind, wb_record_get_text (item, WB_PAYOUT_ITEM_REF));
      /* Translators: an order and what moved, the fee that was kept */
      g_autofree char *title =
          fee != 0 ? g_strdup_printf (_ ("%s\nfee %s"), name, fee_text) : g_strdup (name);

      add (title, net, NULL, order_id, data);
    }
}

/* What the carrier weighed against what we did: the evidence for a dispute. */
static void
say_weights (WbBook *book, const WbMoneyGap *gap, const Out *out)
{
  g_autoptr (WbStatementRow) row =
      gap->row_id != 0 ? wb_book_get_statement_row (book, gap->row_id, NULL) : NULL;
  g_autoptr (WbShipment) shipment =
      gap->shipment_id != 0 ? wb_book_get_shipment (book, gap->shipment_id, NULL) : NULL;
  GPtrArray *parcels = shipment != NULL ? wb_record_get_many (shipment, WB_SHIPMENT_PARCELS) : NULL;

  if (row != NULL && wb_record_get_int (row, WB_STATEMENT_ROW_WEIGHT_G) > 0)
    {
      g_autofree char *grams =
          g_strdup_printf (_ ("%d g"), (int) wb_record_get_int (row, WB_STATEMENT_ROW_WEIGHT_G));

      out->add (_ ("Weight the carrier billed"), grams, "warning", 0, out->data);
    }
  if (parcels != NULL && parcels->len > 0)
    {
      WbParcel        *parcel = parcels->pdata[0];
      g_autofree char *grams =
          g_strdup_printf (_ ("%d g"), (int) wb_record_get_int (parcel, WB_PARCEL_WEIGHT_G));
      g_autofree char *box =
          g_strdup_printf ("%d × %d × %d mm", (int) wb_record_get_int (parcel, WB_PARCEL_LENGTH_MM),
                           (int) wb_record_get_int (parcel, WB_PARCEL_WIDTH_MM),
                           (int) wb_record_get_int (parcel, WB_PARCEL_HEIGHT_MM));

      out->add (_ ("Weight we declared"), grams, NULL, 0, out->data);
      out->add (_ ("Box"), box, NULL, 0, out->data);
    }
}

/** wb_money_evidence_of_gap: how much, since when, until when; for an adjustment the weights. */
void
wb_money_evidence_of_gap (WbBook *book, const WbMoneyGap *gap, WbEvidenceFunc add, gpointer data)
{
  Out              out = { add, data };
  g_autofree char *since = wb_instant_to_text (gap->at);
  g_autofree char *until = gap->deadline != 0 ? wb_instant_to_text (gap->deadline) : NULL;

  say_amount (&out, _ ("Amount"), gap->amount, gap->currency, "error");
  if (gap->at != 0)
    add (_ ("Since"), since, NULL, 0, data);
  if (until != NULL)
    add (gap->kind == WB_GAP_ADJUSTMENT ? _ ("Can be disputed until") : _ ("Can be helped until"),
         until, gap->deadline < wb_now () ? "error" : "warning", 0, data);
  if (gap->kind == WB_GAP_ADJUSTMENT)
    say_weights (book, gap, &out);
}
