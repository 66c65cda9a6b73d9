/* SPDX-License-Identifier: GPL-3.0-or-later
 * What happened at Stripe, by polling its list of events, which reaches back 30 days. */
#include "wb-stripe-private.h"

#include "wb-text.h"

#include <string.h>

#define REACH (30 * 24 * 60 * 60)

/* What may change a payment, a dispute or a payout without us. */
static const char *const query[] = {
  "types[]", "charge.captured",
  "types[]", "charge.refunded",
  "types[]", "charge.expired",
  "types[]", "charge.updated",
  "types[]", "charge.dispute.created",
  "types[]", "charge.dispute.closed",
  "types[]", "charge.dispute.funds_withdrawn",
  "types[]", "charge.dispute.funds_reinstated",
  "types[]", "charge.refund.updated",
  "types[]", "payment_intent.amount_capturable_updated",
  "types[]", "payment_intent.canceled",
  "types[]", "payment_intent.payment_failed",
  "types[]", "payment_intent.succeeded",
  "types[]", "payout.paid",
  "types[]", "payout.failed",
  "types[]", "payout.reconciliation_completed",
  NULL,
};

static gboolean
read_event (const WbJson *at, GPtrArray *events, GError **error)
{
  const char     *id = wb_json_string (at, "id", error);
  const char     *type = id != NULL ? wb_json_string (at, "type", error) : NULL;
  WbJson          data = wb_json_member (at, "data");
  WbJson          object = wb_json_member (&data, "object");
  const char     *kind = wb_json_opt_string (&object, "object");
  WbGatewayEvent *event;
  gint64          created;

  if (type == NULL || !wb_json_int (at, "created", &created, error))
    return FALSE;
  event = g_new0 (WbGatewayEvent, 1);
  event->ref = g_strdup (id);
  event->kind = g_strdup (type);
  event->at = created;
  event->object_ref = g_strdup (wb_json_opt_string (&object, "id"));
  if (g_strcmp0 (kind, "payment_intent") == 0)
    event->payment_ref = g_strdup (event->object_ref);
  else
    event->payment_ref = g_strdup (wb_json_opt_string (&object, "payment_intent"));
  g_ptr_array_add (events, event);
  return TRUE;
}

/* The first member of the cursor is the instant from which the round reads. */
static gboolean
is_beyond_reach (const char *cursor)
{
  return cursor != NULL && g_ascii_strtoll (cursor, NULL, 10) < wb_now () - REACH;
}

/** wb_stripe_list_events: wb_gateway_list_events(). A mark older than 30 days is beyond reach: the
 * caller reads the payments themselves again. */
gboolean
wb_stripe_list_events (WbGateway    *gateway,
                       const char   *cursor,
                       WbMoneyPage  *page,
                       GCancellable *cancellable,
                       GError      **error)
{
  gboolean beyond = is_beyond_reach (cursor);

  if (!wb_stripe_list_page (WB_STRIPE (gateway), "/events", query, cursor, read_event,
                            (GDestroyNotify) wb_gateway_event_free, page, cancellable, error))
    return FALSE;
  page->beyond_reach = beyond;
  return TRUE;
}
