/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the gateway writes and lists its balance, its payouts and its disputes. */
#include "wb-town-stripe-balance.h"

#include <string.h>

#define COLLECTED (12 * 60 * 60) /* how long the gateway collects what is in a payout */

static gboolean
is_collected (WbTown *town, const WbTownPayout *payout)
{
  return !payout->unreconciled && wb_town_clock (town) >= payout->created + COLLECTED;
}

static void
write_payout (WbTown *town, WbTownOut *out, const char *name, const WbTownPayout *payout)
{
  g_autofree char *currency = g_ascii_strdown (payout->currency, -1);
  const char      *reconciliation = !payout->automatic            ? "not_applicable"
                                    : is_collected (town, payout) ? "completed"
                                                                  : "in_progress";

  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "id", payout->id);
  wb_town_out_string (out, "object", "payout");
  wb_town_out_int (out, "amount", payout->amount);
  wb_town_out_int (out, "arrival_date", payout->arrives);
  wb_town_out_bool (out, "automatic", payout->automatic);
  wb_town_out_format (out, "balance_transaction", "txn_%s", payout->id + 3);
  wb_town_out_int (out, "created", payout->created);
  wb_town_out_string (out, "currency", currency);
  wb_town_out_string (out, "description", "STRIPE PAYOUT");
  wb_town_out_string (out, "destination", "ba_1PracticeTown0000000000");
  if (payout->failed)
    wb_town_out_format (out, "failure_balance_transaction", "txn_%sF", payout->id + 3);
  else
    wb_town_out_null (out, "failure_balance_transaction");
  wb_town_out_string (out, "failure_code", payout->failed ? "account_closed" : NULL);
  wb_town_out_string (out, "failure_message",
                      payout->failed ? "The bank account has been closed." : NULL);
  wb_town_out_bool (out, "livemode", FALSE);
  wb_town_out_begin_object (out, "metadata");
  wb_town_out_end_object (out);
  wb_town_out_string (out, "method", "standard");
  wb_town_out_null (out, "original_payout");
  wb_town_out_string (out, "reconciliation_status", reconciliation);
  wb_town_out_null (out, "reversed_by");
  wb_town_out_string (out, "source_type", "card");
  wb_town_out_format (out, "statement_descriptor", "STRIPE %.10s", payout->id + 6);
  wb_town_out_string (out, "status",
                      payout->failed                            ? "failed"
                      : wb_town_clock (town) >= payout->arrives ? "paid"
                                                                : "in_transit");
  wb_town_out_string (out, "type", "bank_account");
  wb_town_out_end_object (out);
}

/** wb_town_stripe_write_dispute: a dispute. */
void
wb_town_stripe_write_dispute (WbTownOut           *out,
                              const char          *name,
                              const WbTownIntent  *intent,
                              const WbTownDispute *dispute)
{
  g_autofree char *currency = g_ascii_strdown (intent->currency, -1);

  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "id", dispute->id);
  wb_town_out_string (out, "object", "dispute");
  wb_town_out_int (out, "amount", dispute->amount);
  wb_town_out_begin_array (out, "balance_transactions");
  wb_town_out_end_array (out);
  wb_town_out_string (out, "charge", intent->charge);
  wb_town_out_int (out, "created", dispute->when);
  wb_town_out_string (out, "currency", currency);
  wb_town_out_begin_object (out, "evidence");
  wb_town_out_end_object (out);
  wb_town_out_begin_object (out, "evidence_details");
  wb_town_out_int (out, "due_by", dispute->when + 9 * WB_TOWN_DAY);
  wb_town_out_bool (out, "has_evidence", FALSE);
  wb_town_out_bool (out, "past_due", FALSE);
  wb_town_out_int (out, "submission_count", 0);
  wb_town_out_end_object (out);
  wb_town_out_bool (out, "is_charge_refundable", FALSE);
  wb_town_out_bool (out, "livemode", FALSE);
  wb_town_out_begin_object (out, "metadata");
  wb_town_out_end_object (out);
  wb_town_out_string (out, "payment_intent", intent->id);
  wb_town_out_string (out, "reason", "product_not_received");
  wb_town_out_string (out, "status", dispute->won_at > 0 ? "won" : "needs_response");
  wb_town_out_end_object (out);
}

static const WbTownPayout *
find_payout (const WbTownBalance *balance, const char *id)
{
  for (guint i = 0; id != NULL && i < balance->payouts->len; i++)
    if (strcmp (((const WbTownPayout *) g_ptr_array_index (balance->payouts, i))->id, id) == 0)
      return g_ptr_array_index (balance->payouts, i);
  return NULL;
}

static void
write_source (WbTown *town, WbTownOut *out, const WbTownBalance *balance, const WbTownMove *move)
{
  const WbTownPayout *payout = find_payout (balance, move->source);

  if (move->dispute != NULL)
    wb_town_stripe_write_dispute (out, "source", move->intent, move->dispute);
  else if (move->refund != NULL)
    wb_town_stripe_write_refund (town, out, "source", move->intent, move->refund, NULL);
  else if (move->intent != NULL)
    wb_town_stripe_write_charge (town, out, "source", move->intent, NULL);
  else if (payout != NULL)
    write_payout (town, out, "source", payout);
  else
    wb_town_out_string (out, "source", move->source);
}

static void
write_fees (WbTownOut *out, const char *currency, gint64 fee)
{
  wb_town_out_int (out, "fee", fee);
  wb_town_out_begin_array (out, "fee_details");
  if (fee > 0)
    {
      wb_town_out_begin_object (out, NULL);
      wb_town_out_int (out, "amount", fee);
      wb_town_out_null (out, "application");
      wb_town_out_string (out, "currency", currency);
      wb_town_out_string (out, "description", "Stripe processing fees");
      wb_town_out_string (out, "type", "stripe_fee");
      wb_town_out_end_object (out);
    }
  wb_town_out_end_array (out);
}

/* @balance: NULL: the source is named only */
static void
write_move (WbTown              *town,
            WbTownOut           *out,
            const char          *name,
            const WbTownBalance *balance,
            const WbTownMove    *move)
{
  g_autofree char *currency = g_ascii_strdown (move->currency, -1);

  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "id", move->id);
  wb_town_out_string (out, "object", "balance_transaction");
  wb_town_out_int (out, "amount", move->amount);
  wb_town_out_int (out, "available_on", move->day * WB_TOWN_DAY);
  wb_town_out_int (out, "created", move->created);
  wb_town_out_string (out, "currency", currency);
  wb_town_out_string (out, "description", move->description);
  wb_town_out_null (out, "exchange_rate");
  write_fees (out, currency, move->fee);
  wb_town_out_int (out, "net", move->amount - move->fee);
  wb_town_out_string (out, "reporting_category", move->category);
  if (balance != NULL)
    write_source (town, out, balance, move);
  else
    wb_town_out_string (out, "source", move->source);
  wb_town_out_string (out, "status",
                      wb_town_clock (town) >= move->day * WB_TOWN_DAY ? "available" : "pending");
  wb_town_out_string (out, "type", move->type);
  wb_town_out_end_object (out);
}

static const WbTownMove *
find_move (const WbTownBalance *balance, const char *id)
{
  for (guint i = 0; i < balance->moves->len; i++)
    if (strcmp (((const WbTownMove *) g_ptr_array_index (balance->moves, i))->id, id) == 0)
      return g_ptr_array_index (balance->moves, i);
  return NULL;
}

/** wb_town_stripe_write_transaction: the balance transaction of the charge's last capture, or of
 * @refund when it is not %NULL. */
void
wb_town_stripe_write_transaction (WbTown               *town,
                                  WbTownOut            *out,
                                  const char           *name,
                                  const WbTownIntent   *intent,
                                  const WbTownGiveback *refund)
{
  WbTownBalance     alone = { g_ptr_array_new_with_free_func (wb_town_move_free), NULL };
  const char       *wanted = refund != NULL ? refund->transaction : intent->transaction;
  const WbTownMove *move;

  wb_town_balance_add_intent (&alone, intent);
  move = find_move (&alone, wanted);
  if (move != NULL)
    write_move (town, out, name, NULL, move);
  else
    wb_town_out_null (out, name);
  g_ptr_array_unref (alone.moves);
}

static gint64
number_of (WbTownRequest *request, const char *name, gint64 fallback)
{
  const char *text = wb_town_pairs_get (request->query, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : fallback;
}

typedef struct
{
  WbTown              *town;
  const WbTownBalance *balance;
  WbTownOut           *out;
  gint64               limit, since;
  const char          *after;
  gboolean             begun, more;
} Listing;

static Listing
listing_new (WbTown *town, WbTownRequest *request, WbTownReply *reply, const WbTownBalance *balance)
{
  const char *after = wb_town_pairs_get (request->query, "starting_after");

  return (Listing){ .town = town,
                    .balance = balance,
                    .out = reply->out,
                    .limit = CLAMP (number_of (request, "limit", 10), 1, 100),
                    .since = number_of (request, "created[gte]", 0),
                    .after = after,
                    .begun = after == NULL };
}

/* Whether the object belongs on the page; called from the newest to the oldest. */
static gboolean
wants (Listing *listing, const char *id, WbInstant created)
{
  gboolean fits = listing->begun && created >= listing->since &&
                  created <= wb_town_clock (listing->town) && !listing->more;

  listing->begun = listing->begun || strcmp (id, listing->after) == 0;
  if (!fits)
    return FALSE;
  listing->more = listing->limit-- == 0;
  return !listing->more;
}

static void
begin_list (WbTownOut *out, const char *url)
{
  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "object", "list");
  wb_town_out_string (out, "url", url);
  wb_town_out_begin_array (out, "data");
}

static void
end_list (Listing *listing)
{
  wb_town_out_end_array (listing->out);
  wb_town_out_bool (listing->out, "has_more", listing->more);
  wb_town_out_end_object (listing->out);
}

static gboolean
is_missing (WbTown *town, const WbTownPayout *payout, const WbTownMove *move)
{
  const WbTownQuirk *quirk =
      g_hash_table_lookup (wb_town_bank_oddities (town->bank)->quirks, payout->id);

  return quirk != NULL && g_strcmp0 (quirk->missing, move->id) == 0;
}

static gboolean
is_in (const WbTownPayout *payout, const WbTownMove *move)
{
  return g_ptr_array_find (payout->moves, move, NULL) ||
         (strcmp (move->type, "payout") == 0 && g_strcmp0 (move->source, payout->id) == 0);
}

static gboolean
expands_source (WbTownRequest *request)
{
  g_auto (GStrv) expand = wb_town_stripe_expand (request);

  return g_strv_contains ((const char *const *) expand, "data.source");
}

/** wb_town_stripe_list_transactions: GET /v1/balance_transactions, newest first; with payout=, what
 * is in an automatic payout. */
void
wb_town_stripe_list_transactions (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (WbTownBalance) balance = wb_town_balance_make (town);
  Listing                   listing = listing_new (town, request, reply, balance);
  const char               *id = wb_town_pairs_get (request->query, "payout");
  const char               *source = wb_town_pairs_get (request->query, "source");
  const WbTownPayout       *payout = find_payout (balance, id);
  gboolean                  whole = expands_source (request);

  if (id != NULL && (payout == NULL || !payout->automatic))
    {
      wb_town_stripe_fail (reply, 400, "invalid_request_error", NULL, "payout",
                           "Balance transaction history can only be filtered on automatic "
                           "transfers, not manual.");
      return;
    }
  begin_list (reply->out, "/v1/balance_transactions");
  for (guint i = balance->moves->len; i > 0; i--)
    {
      const WbTownMove *move = g_ptr_array_index (balance->moves, i - 1);

      if ((payout != NULL && (!is_in (payout, move) || is_missing (town, payout, move))) ||
          (source != NULL && g_strcmp0 (move->source, source) != 0))
        continue;
      if (wants (&listing, move->id, move->created))
        write_move (town, reply->out, NULL, whole ? balance : NULL, move);
    }
  end_list (&listing);
}

/** wb_town_stripe_get_transaction: GET /v1/balance_transactions/{id}. */
void
wb_town_stripe_get_transaction (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (WbTownBalance) balance = wb_town_balance_make (town);
  const WbTownMove         *move = find_move (balance, request->params[0]);
  g_autofree char          *message = NULL;

  if (move != NULL)
    {
      write_move (town, reply->out, NULL, NULL, move);
      return;
    }
  message = g_strdup_printf ("No such balance transaction: '%s'", request->params[0]);
  wb_town_stripe_fail (reply, 404, "invalid_request_error", "resource_missing", "id", message);
}

static int
compare_payouts (gconstpointer a, gconstpointer b)
{
  const WbTownPayout *one = *(const WbTownPayout *const *) a,
                     *two = *(const WbTownPayout *const *) b;

  if (one->created != two->created)
    return one->created < two->created ? -1 : 1;
  return strcmp (one->id, two->id);
}

/** wb_town_stripe_list_payouts: GET /v1/payouts, newest first. */
void
wb_town_stripe_list_payouts (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (WbTownBalance) balance = wb_town_balance_make (town);
  Listing                   listing = listing_new (town, request, reply, balance);

  g_ptr_array_sort (balance->payouts, compare_payouts);
  begin_list (reply->out, "/v1/payouts");
  for (guint i = balance->payouts->len; i > 0; i--)
    {
      const WbTownPayout *payout = g_ptr_array_index (balance->payouts, i - 1);

      if (wants (&listing, payout->id, payout->created))
        write_payout (town, reply->out, NULL, payout);
    }
  end_list (&listing);
}

/** wb_town_stripe_get_payout: GET /v1/payouts/{id}. */
void
wb_town_stripe_get_payout (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (WbTownBalance) balance = wb_town_balance_make (town);
  const WbTownPayout       *payout = find_payout (balance, request->params[0]);
  g_autofree char          *message = NULL;

  if (payout != NULL)
    {
      write_payout (town, reply->out, NULL, payout);
      return;
    }
  message = g_strdup_printf ("No such payout: '%s'", request->params[0]);
  wb_town_stripe_fail (reply, 404, "invalid_request_error", "resource_missing", "payout", message);
}

/* ---- disputes ---- */

typedef struct
{
  WbTownOut  *out;
  const char *wanted; /* a dispute's id, or NULL: all */
  guint       found;
} DisputeInk;

static void
write_disputes_of (gpointer item, gpointer data)
{
  const WbTownIntent *intent = item;
  DisputeInk         *ink = data;

  for (guint i = 0; i < intent->disputes->len; i++)
    {
      const WbTownDispute *dispute = g_ptr_array_index (intent->disputes, i);

      if (ink->wanted != NULL && strcmp (ink->wanted, dispute->id) != 0)
        continue;
      wb_town_stripe_write_dispute (ink->out, NULL, intent, dispute);
      ink->found++;
    }
}

/** wb_town_stripe_list_disputes: GET /v1/disputes, of one payment or of all; a page holds them all.
 */
void
wb_town_stripe_list_disputes (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char   *id = wb_town_pairs_get (request->query, "payment_intent");
  const char   *charge = wb_town_pairs_get (request->query, "charge");
  WbTownIntent *intent = id != NULL       ? wb_town_bank_find (town->bank, id)
                         : charge != NULL ? wb_town_bank_by_charge (town->bank, charge)
                                          : NULL;
  DisputeInk    ink = { reply->out, NULL, 0 };
  Listing       listing = { .out = reply->out };

  begin_list (reply->out, "/v1/disputes");
  if (intent != NULL)
    write_disputes_of (intent, &ink);
  else if (id == NULL && charge == NULL)
    wb_town_bank_foreach (town->bank, write_disputes_of, &ink);
  end_list (&listing);
}

/** wb_town_stripe_get_dispute: GET /v1/disputes/{id}. */
void
wb_town_stripe_get_dispute (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  DisputeInk       ink = { reply->out, request->params[0], 0 };
  g_autofree char *message = NULL;

  wb_town_bank_foreach (town->bank, write_disputes_of, &ink);
  if (ink.found > 0)
    return;
  message = g_strdup_printf ("No such dispute: '%s'", request->params[0]);
  wb_town_stripe_fail (reply, 404, "invalid_request_error", "resource_missing", "dispute", message);
}
