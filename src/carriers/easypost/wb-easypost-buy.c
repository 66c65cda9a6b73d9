/* SPDX-License-Identifier: GPL-3.0-or-later
 * Buying a label, and finding out whether one was bought. */
#include "wb-easypost-private.h"

#include "wb-text.h"

/** wb_easypost_read_shipment: Returns: (transfer full): the Shipment @id, an id of EasyPost's or a
 * reference of ours. */
JsonNode *
wb_easypost_read_shipment (WbEasypost   *self,
                           const char   *id,
                           GCancellable *cancellable,
                           GError      **error)
{
  g_autoptr (WbHttpRequest) request = wb_http_request_new_segments ("GET", "shipments", id, NULL);

  return wb_easypost_call (self, request, cancellable, error);
}

/* EasyPost insures in US dollars and takes the amount as a decimal text. */
static JsonNode *
rate_body (const char *rate_ref, WbMoney insured)
{
  JsonNode   *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *rate = json_object_new ();

  json_object_set_string_member (rate, "id", rate_ref);
  json_object_set_object_member (object, "rate", rate);
  if (insured.minor > 0)
    {
      g_autofree char *amount = wb_money_to_decimal (insured);

      json_object_set_string_member (object, "insurance", amount);
    }
  json_node_take_object (node, object);
  return node;
}

static JsonNode *
post_buy (WbEasypost   *self,
          const char   *remote_id,
          const char   *rate_ref,
          WbMoney       insured,
          GCancellable *cancellable,
          GError      **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_http_request_new_segments ("POST", "shipments", remote_id, "buy", NULL);
  g_autoptr (JsonNode) body = rate_body (rate_ref, insured);

  wb_http_request_set_json (request, body);
  return wb_easypost_call (self, request, cancellable, error);
}

/* It is paid: whatever fails now is not a refusal of the purchase. */
static gboolean
fail_paid (const WbPurchase *purchase, GError *why, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "EasyPost sold the label%s%s, but it could not be taken in: %s",
               purchase->tracking != NULL ? " " : "",
               purchase->tracking != NULL ? purchase->tracking : "", why->message);
  g_error_free (why);
  return FALSE;
}

/**
 * wb_easypost_buy: wb_carrier_buy(). EasyPost knows no idempotency key: the request is sent once,
 * and one shipment can be bought only once (%WB_ERROR_ALREADY), so that buying the same @remote_id
 * again never doubles a label.
 */
gboolean
wb_easypost_buy (WbCarrier    *carrier,
                 const char   *remote_id,
                 const char   *rate_ref,
                 const char   *label_format,
                 WbMoney       insured,
                 WbPurchase   *purchase,
                 GCancellable *cancellable,
                 GError      **error)
{
  WbEasypost          *self = WB_EASYPOST (carrier);
  g_autoptr (JsonNode) root = NULL;
  g_auto (WbPurchase)  bought = { 0 };
  GError              *local = NULL;
  WbJson               shipment;

  if (wb_text_is_empty (remote_id) || wb_text_is_empty (rate_ref))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "A label is bought by its shipment and rate at EasyPost; one is missing");
      return FALSE;
    }
  if (insured.minor > 0 && !wb_easypost_insures (insured, error))
    return FALSE;
  if ((root = post_buy (self, remote_id, rate_ref, insured, cancellable, error)) == NULL)
    return FALSE;
  shipment = wb_json_root (root, "shipment");
  if (!wb_easypost_read_purchase (&shipment, &bought, &local) ||
      !wb_easypost_fetch_label (self, &shipment, label_format, &bought, cancellable, &local))
    return fail_paid (&bought, local, error);
  *purchase = bought;
  bought = (WbPurchase){ 0 };
  return TRUE;
}

/* By an id of EasyPost's, a shipment that is not there points to another account or mode: nothing
 * is certain then. By our reference it is: EasyPost never got a shipment of that name. */
static WbPurchaseFinding
judge_missing (gboolean by_reference, GError *why, GError **error)
{
  if (by_reference && g_error_matches (why, WB_ERROR, WB_ERROR_NOT_FOUND))
    {
      g_error_free (why);
      return WB_PURCHASE_NOT_BOUGHT;
    }
  g_propagate_error (error, why);
  return WB_PURCHASE_UNKNOWN;
}

/* References need not be unique at EasyPost, and each rating makes a shipment: one that is not
 * bought proves nothing about its namesakes. */
static WbPurchaseFinding
judge_unbought (gboolean by_reference, const char *id, GError **error)
{
  if (!by_reference)
    return WB_PURCHASE_NOT_BOUGHT;
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED,
               "EasyPost's shipment called “%s” is not bought, but there may be another of the "
               "same reference",
               id);
  return WB_PURCHASE_UNKNOWN;
}

/**
 * wb_easypost_find_purchase: wb_carrier_find_purchase(). Asks by @remote_id, which is known before
 * anything is bought; by
 * @reference only without it.
 */
WbPurchaseFinding
wb_easypost_find_purchase (WbCarrier    *carrier,
                           const char   *remote_id,
                           const char   *reference,
                           const char   *label_format,
                           WbPurchase   *purchase,
                           GCancellable *cancellable,
                           GError      **error)
{
  WbEasypost          *self = WB_EASYPOST (carrier);
  gboolean             by_reference = wb_text_is_empty (remote_id);
  const char          *id = by_reference ? reference : remote_id;
  g_autoptr (JsonNode) root = NULL;
  g_auto (WbPurchase)  bought = { 0 };
  GError              *local = NULL;
  WbJson               shipment;

  if (wb_text_is_empty (id))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "A purchase is looked up by its shipment or reference; both are missing");
      return WB_PURCHASE_UNKNOWN;
    }
  if ((root = wb_easypost_read_shipment (self, id, cancellable, &local)) == NULL)
    return judge_missing (by_reference, local, error);
  shipment = wb_json_root (root, "shipment");
  if (wb_json_string (&shipment, "id", error) == NULL)
    return WB_PURCHASE_UNKNOWN;
  if (!wb_easypost_is_bought (&shipment))
    return judge_unbought (by_reference, id, error);
  if (!wb_easypost_read_purchase (&shipment, &bought, error) ||
      !wb_easypost_fetch_label (self, &shipment, label_format, &bought, cancellable, error))
    return WB_PURCHASE_UNKNOWN;
  *purchase = bought;
  bought = (WbPurchase){ 0 };
  return WB_PURCHASE_FOUND;
}
