/* SPDX-License-Identifier: GPL-3.0-or-later
 * Giving a label back: EasyPost calls it a refund of the shipment. */
#include "wb-easypost-private.h"

/* https://docs.easypost.com/docs/shipping-refund. “not_applicable”: the carrier pays nothing back
 * for this label. */
static const struct
{
  const char *status;
  WbVoidState state;
} states[] = {
  { "submitted", WB_VOID_SUBMITTED },
  { "refunded", WB_VOID_REFUNDED },
  { "rejected", WB_VOID_REFUSED },
  { "not_applicable", WB_VOID_REFUSED },
};

/**
 * wb_easypost_read_void:
 * @state: (out): how the refund of @shipment stands, %WB_VOID_NOT_ASKED without one; untouched on
 * failure
 *
 * A status that EasyPost has added since is %WB_ERROR_FAILED with its name, never taken for one of
 * ours.
 */
gboolean
wb_easypost_read_void (const WbJson *shipment, WbVoidState *state, GError **error)
{
  WbJson      at = wb_json_member (shipment, "refund_status");
  const char *status;

  if (wb_json_is_null (&at))
    {
      *state = WB_VOID_NOT_ASKED;
      return TRUE;
    }
  if ((status = wb_json_string (shipment, "refund_status", error)) == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (g_str_equal (states[i].status, status))
      {
        *state = states[i].state;
        return TRUE;
      }
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED,
               "EasyPost says “%s” of the refund, which Waybill does not know", status);
  return FALSE;
}

static gboolean
fail_unsure (GError *why, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "EasyPost was sent the request to void the label, but its answer is not clear: %s",
               why->message);
  g_error_free (why);
  return FALSE;
}

/** wb_easypost_void_label: wb_carrier_void_label(). Sent once; there is no idempotency key. */
gboolean
wb_easypost_void_label (WbCarrier    *carrier,
                        const char   *remote_id,
                        WbVoidState  *state,
                        GCancellable *cancellable,
                        GError      **error)
{
  WbEasypost               *self = WB_EASYPOST (carrier);
  g_autoptr (WbHttpRequest) request =
      wb_http_request_new_segments ("POST", "shipments", remote_id, "refund", NULL);
  g_autoptr (GBytes)   body = g_bytes_new_static ("{}", 2);
  g_autoptr (JsonNode) root = NULL;
  GError              *local = NULL;
  WbVoidState          read;
  WbJson               shipment;

  wb_http_request_set_body (request, body, "application/json");
  if ((root = wb_easypost_call (self, request, cancellable, error)) == NULL)
    return FALSE;
  shipment = wb_json_root (root, "shipment");
  if (!wb_easypost_read_void (&shipment, &read, &local))
    return fail_unsure (local, error);
  if (read == WB_VOID_NOT_ASKED)
    return fail_unsure (g_error_new (WB_ERROR, WB_ERROR_FAILED, "the shipment has no refund"),
                        error);
  *state = read;
  return TRUE;
}

/** wb_easypost_find_void: wb_carrier_find_void(). */
WbVoidState
wb_easypost_find_void (WbCarrier    *carrier,
                       const char   *remote_id,
                       GCancellable *cancellable,
                       GError      **error)
{
  g_autoptr (JsonNode) root =
      wb_easypost_read_shipment (WB_EASYPOST (carrier), remote_id, cancellable, error);
  WbVoidState state = WB_VOID_UNKNOWN;
  WbJson      shipment;

  if (root == NULL)
    return WB_VOID_UNKNOWN;
  shipment = wb_json_root (root, "shipment");
  wb_easypost_read_void (&shipment, &state, error);
  return state;
}
