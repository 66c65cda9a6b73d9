/* SPDX-License-Identifier: GPL-3.0-or-later
 * Words for people: stages, charges, operations, events, and what to do about an error. */
#include "wb-desk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char *id;
  const char *title;
} Word;

static const Word stages[] = {
  { WB_STAGE_WAITING, N_ ("Awaiting payment") },
  { WB_STAGE_READY, N_ ("To ship") },
  { WB_STAGE_HOLD, N_ ("On hold") },
  { WB_STAGE_PARTIAL, N_ ("Partly shipped") },
  { WB_STAGE_SHIPPED, N_ ("Shipped") },
  { WB_STAGE_NOTHING, N_ ("Nothing to ship") },
  { WB_STAGE_CANCELLED, N_ ("Cancelled") },
};

static const Word charges[] = {
  { WB_CHARGE_NONE, N_ ("Nothing to pay") },     { WB_CHARGE_UNKNOWN, N_ ("Not yet asked") },
  { WB_CHARGE_UNPAID, N_ ("Unpaid") },           { WB_CHARGE_PAID, N_ ("Paid") },
  { WB_CHARGE_AUTHORISED, N_ ("Authorised") },   { WB_CHARGE_PARTIAL, N_ ("Captured in part") },
  { WB_CHARGE_CAPTURED, N_ ("Captured") },       { WB_CHARGE_LAPSED, N_ ("Authorisation lapsed") },
  { WB_CHARGE_REFUSED, N_ ("Capture refused") }, { WB_CHARGE_REFUNDED, N_ ("Refunded") },
};

static const Word operations[] = {
  { WB_OP_BUY_LABEL, N_ ("Buy a label") },
  { WB_OP_VOID_LABEL, N_ ("Void a label") },
  { WB_OP_PRINT, N_ ("Print") },
  { WB_OP_CAPTURE, N_ ("Take a payment") },
  { WB_OP_REFUND, N_ ("Refund") },
  { WB_OP_CANCEL_CHARGE, N_ ("Release an authorisation") },
  { WB_OP_REPORT, N_ ("Tell the shop") },
  { WB_OP_RENEW, N_ ("Renew an authorisation") },
  { WB_OP_TELL_REFUND, N_ ("Tell the shop of a refund") },
  { WB_OP_SET_STOCK, N_ ("Tell a channel the stock") },
  { WB_OP_CHANGE_ORDER, N_ ("Change an order in its shop") },
  { WB_OP_CREATE_ORDER, N_ ("Make an order in a shop") },
};

static const Word operation_states[] = {
  { WB_OPERATION_PLANNED, N_ ("waiting") }, { WB_OPERATION_SENDING, N_ ("being sent") },
  { WB_OPERATION_DONE, N_ ("done") },       { WB_OPERATION_REFUSED, N_ ("refused") },
  { WB_OPERATION_UNSURE, N_ ("unsure") },   { WB_OPERATION_ABANDONED, N_ ("given up") },
};

static const Word events[] = {
  { "imported", N_ ("Order received") },
  { "edited", N_ ("Changed in the shop") },
  { "held", N_ ("Put on hold") },
  { "released", N_ ("Released") },
  { "shipment-dropped", N_ ("Parcel given up") },
  { "merged", N_ ("To be shipped together with other orders") },
  { "merge-smaller", N_ ("Another order no longer ships with this one") },
  { "unmerged", N_ ("Ships by itself again") },
  { "unmerged-held", N_ ("Ships by itself again: it was put on hold") },
  { "unmerged-edited", N_ ("Ships by itself again: it was changed in the shop") },
  { "unmerged-cancelled", N_ ("Taken out of the common parcel: it was cancelled in the shop") },
  { "shipment-planned", N_ ("Parcel planned") },
  { "shipped", N_ ("Shipped") },
  { "label-set-aside", N_ ("The label was set aside: it failed a check") },
  { "label-accepted", N_ ("The label was accepted in spite of what was found") },
  { "slip-doubt", N_ ("The slip shows something this machine cannot set") },
  { "printed", N_ ("Came out of the printer") },
  { "print-failed", N_ ("Did not come out of the printer") },
  { "tracked", N_ ("The parcel has moved on") },
  { "label-refunded", N_ ("The carrier gave the label's money back") },
  { "label-refund-refused", N_ ("The carrier did not give the label's money back") },
  { "received", N_ ("Money received by hand") },
  { "written-off", N_ ("Written off") },
  { "payment-requested", N_ ("Payment asked for") },
  { "tagged", N_ ("Tagged") },
  { "untagged", N_ ("Tag removed") },
  { "ruled", N_ ("Your rules were applied") },
  { "marked", N_ ("Marked") },
  { "linked", N_ ("Linked to another customer") },
  { "unlinked", N_ ("Link undone") },
  { "noted", N_ ("Note changed") },
  { "erased", N_ ("Personal data erased") },
  { "connected", N_ ("Connected") },
  { "disconnected", N_ ("Disconnected") },
};

static const Word kinds[] = {
  { WB_KIND_SHOP, N_ ("Shop") },
  { WB_KIND_CARRIER, N_ ("Carrier") },
  { WB_KIND_GATEWAY, N_ ("Payment gateway") },
};

static const Word trackers[] = {
  { WB_TRACKER_UNKNOWN, N_ ("Not known yet") },
  { WB_TRACKER_PRE, N_ ("Not handed over yet") },
  { WB_TRACKER_TRANSIT, N_ ("On its way") },
  { WB_TRACKER_OUT, N_ ("Being delivered") },
  { WB_TRACKER_PICKUP, N_ ("Waiting to be picked up") },
  { WB_TRACKER_DELIVERED, N_ ("Delivered") },
  { WB_TRACKER_RETURNED, N_ ("Coming back") },
  { WB_TRACKER_FAILURE, N_ ("Delivery failed") },
  { WB_TRACKER_CANCELLED, N_ ("Cancelled at the carrier") },
};

static const char *
look_up (const Word *words, guint n, const char *id)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (words[i].id, id) == 0)
      return _ (words[i].title);
  return id != NULL ? id : "";
}

/** wb_stage_title: Returns: a stage (WB_STAGE_…) for people, translated. */
const char *
wb_stage_title (const char *stage)
{
  return look_up (stages, G_N_ELEMENTS (stages), stage);
}

/** wb_charge_title: Returns: a charge state (WB_CHARGE_…) for people, translated. */
const char *
wb_charge_title (const char *charge_state)
{
  return look_up (charges, G_N_ELEMENTS (charges), charge_state);
}

/** wb_operation_title: Returns: a kind of operation (WB_OP_…) for people, translated. */
const char *
wb_operation_title (const char *kind)
{
  return look_up (operations, G_N_ELEMENTS (operations), kind);
}

/** wb_operation_state_title: Returns: a state (WB_OPERATION_…) for people, translated. */
const char *
wb_operation_state_title (const char *state)
{
  return look_up (operation_states, G_N_ELEMENTS (operation_states), state);
}

/** wb_kind_title: Returns: a kind of connection (WB_KIND_…) for people, translated. */
const char *
wb_kind_title (const char *kind)
{
  return look_up (kinds, G_N_ELEMENTS (kinds), kind);
}

/** wb_tracker_title: Returns: a tracker state (WB_TRACKER_…, %NULL: not asked yet) for people,
 * translated. */
const char *
wb_tracker_title (const char *tracker_state)
{
  return look_up (trackers, G_N_ELEMENTS (trackers),
                  tracker_state != NULL ? tracker_state : WB_TRACKER_UNKNOWN);
}

/** wb_event_title: Returns: (transfer full): what happened, for a timeline, translated. */
char *
wb_event_title (WbEvent *event)
{
  const char      *kind = wb_record_get_text (event, WB_EVENT_KIND);
  g_autofree char *operation = NULL;
  const char      *dash = strrchr (kind, '-');

  for (guint i = 0; i < G_N_ELEMENTS (events); i++)
    if (g_str_equal (events[i].id, kind))
      return g_strdup (_ (events[i].title));
  if (dash == NULL)
    return g_strdup (kind);
  operation = g_strndup (kind, (gsize) (dash - kind));
  return g_strdup_printf ("%s: %s", wb_operation_title (operation),
                          wb_operation_state_title (dash + 1));
}
