/* SPDX-License-Identifier: GPL-3.0-or-later
 * Where a parcel is: the tracker that EasyPost makes with each label. */
#include "wb-easypost-private.h"

/* The statuses of https://docs.easypost.com/docs/trackers. */
static const struct
{
  const char *status;
  const char *state;
} states[] = {
  { "pre_transit", WB_TRACKER_PRE },      { "in_transit", WB_TRACKER_TRANSIT },
  { "out_for_delivery", WB_TRACKER_OUT }, { "available_for_pickup", WB_TRACKER_PICKUP },
  { "delivered", WB_TRACKER_DELIVERED },  { "return_to_sender", WB_TRACKER_RETURNED },
  { "failure", WB_TRACKER_FAILURE },      { "error", WB_TRACKER_FAILURE },
  { "cancelled", WB_TRACKER_CANCELLED },
};

/** wb_easypost_tracker_state: Returns: WB_TRACKER_… for EasyPost's @status; unknown words are
 * unknown. */
const char *
wb_easypost_tracker_state (const char *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_strcmp0 (states[i].status, status) == 0)
      return states[i].state;
  return WB_TRACKER_UNKNOWN;
}

/** wb_easypost_track: wb_carrier_track(). A shipment whose tracker is not made yet is unknown. */
gboolean
wb_easypost_track (WbCarrier    *carrier,
                   const char   *remote_id,
                   WbTrack      *track,
                   GCancellable *cancellable,
                   GError      **error)
{
  g_autoptr (JsonNode) root =
      wb_easypost_read_shipment (WB_EASYPOST (carrier), remote_id, cancellable, error);
  WbJson      shipment, tracker;
  const char *status;

  if (root == NULL)
    return FALSE;
  shipment = wb_json_root (root, "shipment");
  tracker = wb_json_member (&shipment, "tracker");
  status = wb_json_opt_string (&tracker, "status");
  track->state = wb_easypost_tracker_state (status);
  track->raw = g_strdup (status);
  return TRUE;
}
