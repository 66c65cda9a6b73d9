/* SPDX-License-Identifier: GPL-3.0-or-later
 * The audit both ways: what left the house without its money, what money came without its parcel,
 * and what the gateways, the bank and the carriers say that we do not. */
#include "wb-reconcile.h"

#include "wb-label-refunds.h"

#include <glib/gi18n-lib.h>

#define DAY (24 * 60 * 60)

typedef struct
{
  WbBook    *book;
  WbInstant  first, after, now;
  gboolean   with_accepted;
  GPtrArray *gaps;
} Audit;

/** wb_money_gap_free: frees @gap. */
void
wb_money_gap_free (WbMoneyGap *gap)
{
  g_free (gap->subject);
  g_free (gap->fingerprint);
  g_free (gap->title);
  g_free (gap->meaning);
  g_free (gap->reason);
  g_free (gap);
}

static void
keep (Audit *audit, WbMoneyGap *gap)
{
  gap->reason =
      wb_book_get_accepted_gap (audit->book, wb_gap_id (gap->kind), gap->subject, gap->fingerprint);
  if (gap->reason != NULL && !audit->with_accepted)
    wb_money_gap_free (gap);
  else
    g_ptr_array_add (audit->gaps, gap);
}

static WbMoneyGap *
gap_new (WbGapKind kind, const char *subject, gint64 id, const char *currency, gint64 amount)
{
  WbMoneyGap *gap = g_new0 (WbMoneyGap, 1);

  gap->kind = kind;
  gap->subject = g_strdup_printf ("%s:%" G_GINT64_FORMAT, subject, id);
  g_strlcpy (gap->currency, currency, sizeof gap->currency);
  gap->amount = amount;
  gap->fingerprint = g_strdup_printf ("%" G_GINT64_FORMAT " %s", amount, currency);
  gap->next = "show";
  return gap;
}

static char *
money_text (gint64 minor, const char *currency)
{
  return wb_money_to_text (wb_money (minor, currency));
}

/* ---- orders: from the same rows that the page shows ---- */

typedef struct
{
  WbMoneyState state;
  WbGapKind    kind;
  /* Translators: 1: what was expected, 2: what was captured, both with their currency */
  const char *meaning;
  const char *next;
} OrderWords;

static const OrderWords order_words[] = {
  { WB_MONEY_UNDER, WB_GAP_UNDER,
    N_ ("What has left is worth %s, but only %s was captured. Capture the rest, ask for it, or "
        "write it off with a reason."),
    "capture-rest" },
  { WB_MONEY_OVER, WB_GAP_OVER,
    N_ ("What has left is worth %s, but %s was captured. The difference belongs to the customer: "
        "give it back."),
    "refund" },
  { WB_MONEY_NOT_CAPTURED, WB_GAP_NOT_CAPTURED,
    N_ ("Goods worth %s have left and %s was captured. Capture before the authorisation lapses."),
    "capture-rest" },
  { WB_MONEY_CAPTURED_UNSHIPPED, WB_GAP_CAPTURED_UNSHIPPED,
    N_ ("Nothing has left (expected: %s), but %s was captured. Ship it, or give the money back."),
    "refund" },
  { WB_MONEY_LAPSED, WB_GAP_LAPSED,
    N_ ("Goods worth %s have left, %s was captured, and the authorisation is gone. Ask the "
        "customer "
        "to pay again."),
    "show" },
};

static void
add_order_gap (Audit *audit, const WbMoneyRow *row, const OrderWords *words)
{
  gint64           amount = ABS (row->captured + row->written_off - row->expected);
  WbMoneyGap      *gap = gap_new (words->kind, "order", row->order_id, row->currency, amount);
  g_autofree char *expected = money_text (row->expected, row->currency);
  g_autofree char *captured = money_text (row->captured, row->currency);

  gap->order_id = row->order_id;
  gap->at = row->at;
  gap->title = g_strdup_printf ("%s: %s", row->number, wb_gap_title (words->kind));
  gap->meaning = g_strdup_printf (_ (words->meaning), expected, captured);
  gap->next = words->next;
  keep (audit, gap);
}

/* The shop's refunds against the gateway's, where the money came by a gateway of ours: what it gave
 * back without the shop, or the shop promised without it. A refund the shop made before the capture
 * lowered what was captured: that is no gap. A dispute may have given back what a refund should. */
static gint64
refund_difference (const WbMoneyRow *row)
{
  gint64 open = row->shop_refunded - row->refunded;

  if (row->by_shop || row->captured == 0)
    return 0;
  if (open < 0)
    return -open;
  return open > 0 && row->captured - row->expected >= open ? open : 0;
}

static void
add_refund_gap (Audit *audit, const WbMoneyRow *row, gint64 amount)
{
  WbMoneyGap      *gap = gap_new (WB_GAP_REFUND, "order", row->order_id, row->currency, amount);
  g_autofree char *shop = money_text (row->shop_refunded, row->currency);
  g_autofree char *gateway = money_text (row->refunded, row->currency);

  gap->order_id = row->order_id;
  gap->at = row->at;
  gap->title = g_strdup_printf ("%s: %s", row->number, wb_gap_title (WB_GAP_REFUND));
  /* Translators: both placeholders are amounts with their currency */
  gap->meaning = g_strdup_printf (
      _ ("The shop says that %s was refunded, the gateway gave back %s. Bring the two together."),
      shop, gateway);
  if (row->shop_refunded > row->refunded)
    gap->next = "refund";
  keep (audit, gap);
}

static void
audit_row (Audit *audit, const WbMoneyRow *row)
{
  gint64 refund = refund_difference (row);

  if (refund > 0)
    add_refund_gap (audit, row, refund);
  /* What is over because a refund was not made is told as that. */
  if (refund > 0 && row->state == WB_MONEY_OVER && row->captured - row->expected == refund)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (order_words); i++)
    if (order_words[i].state == row->state)
      add_order_gap (audit, row, &order_words[i]);
}

static gboolean
audit_orders (Audit *audit, GError **error)
{
  WbMoneyQuery query = { .first = audit->first, .after = audit->after, .state = WB_MONEY_DIFFERS };
  g_autoptr (GPtrArray) rows = wb_book_list_money (audit->book, &query, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    audit_row (audit, rows->pdata[i]);
  return rows != NULL;
}

/* ---- everything else: one query a kind, and its words ---- */

static char *
say_foreign (const WbGapFact *fact, const char *amount)
{
  /* Translators: 1: an amount, 2: the gateway's name for the payment */
  return g_strdup_printf (
      _ ("The gateway moved %s (%s), and no order here knows of it. It was made "
         "elsewhere, or its order was never imported."),
      amount, fact->name);
}

static char *
say_unsettled (const WbGapFact *fact, const char *amount)
{
  /* Translators: 1: an amount, 2: the gateway's name for the payment */
  return g_strdup_printf (_ ("%s of what we captured (%s) is not in the gateway's balance. Look at "
                             "the payment at the gateway."),
                          amount, fact->name);
}

static char *
say_dispute (const WbGapFact *fact, const char *amount)
{
  return g_strdup_printf (
      _ ("The payer's bank took %s back. Answer the dispute at the gateway with "
         "the parcel's evidence: label, weight, tracking."),
      amount);
}

static char *
say_payout_sum (const WbGapFact *fact, const char *amount)
{
  g_autofree char *sum = money_text (fact->other, fact->currency);

  /* Translators: 1: the payout's name, 2: and 3: amounts */
  return g_strdup_printf (_ ("What is in the payout %s sums to %s: %s is missing or too much. Ask "
                             "the gateway."),
                          fact->name, sum, amount);
}

static char *
say_payout_failed (const WbGapFact *fact, const char *amount)
{
  return g_strdup_printf (_ ("The payout %s of %s did not reach the bank. The gateway still holds "
                             "the money: correct the bank account there."),
                          fact->name, amount);
}

static char *
say_payout_bank (const WbGapFact *fact, const char *amount)
{
  return g_strdup_printf (_ ("The gateway says it paid out %2$s (%1$s), but the bank's statement "
                             "does not show it."),
                          fact->name, amount);
}

static char *
say_label (const WbGapFact *fact, const char *amount)
{
  gint64           within = wb_label_refund_pays_within (fact->note);
  g_autofree char *what =
      g_strdup_printf (_ ("The label %s cost %s and its parcel has not been seen. Void it while "
                          "its money can be asked back."),
                       fact->name, amount);
  g_autofree char *when = NULL;

  if (within == 0)
    return g_steal_pointer (&what);
  when = g_strdup_printf (ngettext ("It may take %d day to come back.",
                                    "It may take %d days to come back.", (gulong) within),
                          (int) within);
  return g_strdup_printf ("%s %s", what, when);
}

static char *
say_adjustment (const WbGapFact *fact, const char *amount)
{
  g_autofree char *billed = money_text (fact->other, fact->currency);

  /* Translators: 1: tracking number, 2: what was billed, 3: how much more that is, 4: the reason */
  return g_strdup_printf (
      _ ("For %s the carrier billed %s, %s more than the label cost (%s). Compare "
         "with the weight and box we hold, and dispute it in time."),
      fact->name, billed, amount, fact->note != NULL ? fact->note : _ ("no reason given"));
}

static char *
say_statement (const WbGapFact *fact, const char *amount)
{
  return g_strdup_printf (_ ("%s (%s) stands on a statement and nothing here explains it. Match it "
                             "by hand, or say why it does not matter."),
                          amount, fact->name);
}

typedef struct
{
  WbGapKind   kind;
  const char *subject;
  const char *next;
  gsize       id; /* where in the fact the subject's number is */
  char *(*say) (const WbGapFact *fact, const char *amount);
} FactWords;

static const FactWords fact_words[] = {
  { WB_GAP_FOREIGN, "entry", "show", G_STRUCT_OFFSET (WbGapFact, entry_id), say_foreign },
  { WB_GAP_UNSETTLED, "entry", "show", G_STRUCT_OFFSET (WbGapFact, entry_id), say_unsettled },
  { WB_GAP_DISPUTE, "entry", "show", G_STRUCT_OFFSET (WbGapFact, entry_id), say_dispute },
  { WB_GAP_PAYOUT_SUM, "payout", "show", G_STRUCT_OFFSET (WbGapFact, payout_id), say_payout_sum },
  { WB_GAP_PAYOUT_FAILED, "payout", "show", G_STRUCT_OFFSET (WbGapFact, payout_id),
    say_payout_failed },
  { WB_GAP_PAYOUT_BANK, "payout", "show", G_STRUCT_OFFSET (WbGapFact, payout_id), say_payout_bank },
  { WB_GAP_LABEL_UNUSED, "label", "void-label", G_STRUCT_OFFSET (WbGapFact, label_id), say_label },
  { WB_GAP_ADJUSTMENT, "row", "dispute-adjustment", G_STRUCT_OFFSET (WbGapFact, row_id),
    say_adjustment },
  { WB_GAP_STATEMENT, "row", "match-row", G_STRUCT_OFFSET (WbGapFact, row_id), say_statement },
};

static WbMoneyGap *
gap_of_fact (Audit *audit, const FactWords *words, const WbGapFact *fact)
{
  WbMoneyGap *gap = gap_new (words->kind, words->subject, G_STRUCT_MEMBER (gint64, fact, words->id),
                             fact->currency, fact->amount);
  g_autofree char    *amount = money_text (fact->amount, fact->currency);
  g_autoptr (WbOrder) order =
      fact->order_id != 0 ? wb_book_get_order (audit->book, fact->order_id, NULL) : NULL;

  gap->order_id = fact->order_id;
  gap->shipment_id = fact->shipment_id;
  gap->payout_id = fact->payout_id;
  gap->label_id = fact->label_id;
  gap->row_id = fact->row_id;
  gap->entry_id = fact->entry_id;
  gap->at = fact->at;
  gap->deadline = words->kind == WB_GAP_LABEL_UNUSED
                      ? fact->at + wb_label_refund_days (fact->note) * DAY
                      : fact->deadline;
  gap->title = g_strdup_printf (
      "%s: %s", order != NULL ? wb_record_get_text (order, WB_ORDER_NUMBER) : fact->name,
      wb_gap_title (words->kind));
  gap->meaning = words->say (fact, amount);
  gap->next = words->next;
  return gap;
}

static gboolean
audit_facts (Audit *audit, const FactWords *words, GError **error)
{
  g_autoptr (GPtrArray) facts = wb_book_list_gap_facts (
      audit->book, wb_gap_id (words->kind), audit->first, audit->after, audit->now, error);

  for (guint i = 0; facts != NULL && i < facts->len; i++)
    keep (audit, gap_of_fact (audit, words, facts->pdata[i]));
  return facts != NULL;
}

/* What can still be helped and soon cannot comes first; then what is worth most. */
static int
compare_gaps (gconstpointer a, gconstpointer b)
{
  const WbMoneyGap *one = *(const WbMoneyGap *const *) a, *two = *(const WbMoneyGap *const *) b;

  if ((one->deadline == 0) != (two->deadline == 0))
    return one->deadline == 0 ? 1 : -1;
  if (one->deadline != two->deadline)
    return one->deadline < two->deadline ? -1 : 1;
  if (one->amount != two->amount)
    return one->amount > two->amount ? -1 : 1;
  return g_strcmp0 (one->subject, two->subject);
}

/**
 * wb_list_money_gaps:
 * @first, @after: the period of what does not fit; 0, 0: all
 * @with_accepted: also those that somebody lives with
 *
 * Returns: (transfer full) (element-type WbMoneyGap): what does not fit, in both directions; what
 * has a deadline first.
 */
GPtrArray *
wb_list_money_gaps (
    WbBook *book, WbInstant first, WbInstant after, gboolean with_accepted, GError **error)
{
  g_autoptr (GPtrArray) gaps = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_money_gap_free);
  Audit                 audit = { book, first, after, wb_now (), with_accepted, gaps };

  if (!audit_orders (&audit, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (fact_words); i++)
    if (!audit_facts (&audit, &fact_words[i], error))
      return NULL;
  g_ptr_array_sort (gaps, compare_gaps);
  return g_steal_pointer (&gaps);
}

/** wb_desk_accept_gap: notes that somebody lives with @gap as it is now, and why; it comes back
 * when its amount changes. */
gboolean
wb_desk_accept_gap (WbDesk *self, const WbMoneyGap *gap, const char *reason, GError **error)
{
  g_autoptr (JsonNode) detail = NULL;

  if (reason == NULL || *reason == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "A gap is accepted with a reason only: say why nothing is to be done");
      return FALSE;
    }
  detail = wb_json_make ("s:gap", wb_gap_id (gap->kind), "s:subject", gap->subject, "s:reason",
                         reason, NULL);
  if (!wb_book_begin (wb_desk_get_book (self), error))
    return FALSE;
  if (wb_book_accept_gap (wb_desk_get_book (self), wb_gap_id (gap->kind), gap->subject,
                          gap->fingerprint, reason, wb_desk_get_actor (self), error) &&
      wb_book_add_event (wb_desk_get_book (self), gap->order_id != 0 ? "order" : "money",
                         gap->order_id != 0 ? gap->order_id : 0, "gap-accepted",
                         wb_desk_get_actor (self), detail, error))
    return wb_book_commit (wb_desk_get_book (self), error);
  wb_book_rollback (wb_desk_get_book (self));
  return FALSE;
}
