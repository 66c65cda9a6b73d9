/* SPDX-License-Identifier: GPL-3.0-or-later
 * Shipments at the carrier: quoted, found again, bought once, taken back. */
#include "wb-town-easypost.h"

#include <string.h>

#define RATES_LAST (24 * 3600)

static WbTownEpShipment *
shipment_for (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownEpShipment *shipment = wb_town_ep_shipment_find (town, request->params[0]);

  if (shipment == NULL)
    wb_town_ep_not_found (reply);
  return shipment;
}

static JsonNode *
copy_object (JsonObject *given, const char *name)
{
  JsonNode *node = json_object_get_member (given, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_copy (node) : NULL;
}

static JsonObject *
part (JsonObject *given, const char *name)
{
  JsonNode *node = json_object_get_member (given, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Everything that is needed, or NULL with the first thing missing in the reply. */
static WbTownEpShipment *
take_shipment (WbTown *town, JsonObject *given, WbTownReply *reply)
{
  WbTownEpAddress *to =
      given != NULL ? wb_town_ep_address_take (town, part (given, "to_address")) : NULL;
  WbTownEpAddress *from =
      given != NULL ? wb_town_ep_address_take (town, part (given, "from_address")) : NULL;
  WbTownEpParcel *parcel =
      given != NULL ? wb_town_ep_parcel_take (town, part (given, "parcel")) : NULL;
  const char       *missing = given == NULL    ? "shipment"
                              : to == NULL     ? "to_address"
                              : from == NULL   ? "from_address"
                              : parcel == NULL ? "parcel"
                                               : NULL;
  WbTownEpShipment *shipment;

  if (missing != NULL)
    {
      wb_town_ep_fail (reply, 422, "PARAMETER.REQUIRED", "Missing required parameter.", missing,
                       "cannot be blank");
      return NULL;
    }
  shipment = wb_town_ep_shipment_new (town);
  shipment->to = to;
  shipment->from = from;
  shipment->back = wb_town_ep_address_take (town, part (given, "return_address"));
  shipment->parcel = parcel;
  shipment->reference = g_strdup (wb_town_ep_text (given, "reference"));
  shipment->options = copy_object (given, "options");
  shipment->customs = copy_object (given, "customs_info");
  shipment->customs_id = shipment->customs != NULL ? wb_town_ep_id (town, "cstinfo") : NULL;
  shipment->is_return = json_object_get_boolean_member_with_default (given, "is_return", FALSE);
  wb_town_ep_rate (town, shipment);
  return shipment;
}

static WbTownEpRate *
rate_called (const WbTownEpShipment *shipment, const char *id)
{
  for (guint i = 0; id != NULL && i < shipment->rates->len; i++)
    if (strcmp (((WbTownEpRate *) g_ptr_array_index (shipment->rates, i))->id, id) == 0)
      return g_ptr_array_index (shipment->rates, i);
  return NULL;
}

static WbTownEpRate *
rate_of_service (const WbTownEpShipment *shipment, const char *carrier, const char *service)
{
  for (guint i = 0; i < shipment->rates->len; i++)
    {
      WbTownEpRate *rate = g_ptr_array_index (shipment->rates, i);

      if (g_strcmp0 (rate->carrier, carrier) == 0 && g_strcmp0 (rate->service, service) == 0)
        return rate;
    }
  return NULL;
}

/** wb_town_ep_create_shipment: POST /shipments; with a carrier and a service it is bought in the
 * same breath. */
void
wb_town_ep_create_shipment (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  JsonObject       *given = wb_town_ep_member (request->json, "shipment");
  WbTownEpShipment *shipment = take_shipment (town, given, reply);
  WbTownEpRate     *rate;

  if (shipment == NULL)
    return;
  reply->effect = TRUE;
  reply->status = 201;
  if (wb_town_ep_text (given, "service") != NULL)
    {
      rate = rate_of_service (shipment, wb_town_ep_text (given, "carrier"),
                              wb_town_ep_text (given, "service"));
      if (!wb_town_ep_check_customs (shipment, reply))
        return;
      if (rate == NULL ||
          !wb_town_ep_buy (town, shipment, rate, wb_town_ep_text (given, "insurance")))
        {
          wb_town_ep_fail (reply, 422, "SHIPMENT.POSTAGE.FAILURE",
                           "Unable to find a rate for the service asked for.", NULL, NULL);
          return;
        }
    }
  wb_town_ep_write_shipment (town, reply->out, shipment);
}

/** wb_town_ep_get_shipment: GET /shipments/{id or reference}. */
void
wb_town_ep_get_shipment (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownEpShipment *shipment = shipment_for (town, request, reply);

  if (shipment != NULL)
    wb_town_ep_write_shipment (town, reply->out, shipment);
}

static WbInstant
time_param (WbTownRequest *request, const char *name)
{
  const char *text = wb_town_pairs_get (request->query, name);
  WbInstant   instant = 0;

  if (text != NULL)
    wb_instant_parse (text, &instant, NULL);
  return instant;
}

typedef struct
{
  guint       page_size;
  const char *before;
  const char *after;
  WbInstant   start;
  WbInstant   end;
  gboolean    purchased_only;
} ListQuery;

static void
read_list (WbTownRequest *request, ListQuery *query)
{
  const char *size = wb_town_pairs_get (request->query, "page_size");
  const char *purchased = wb_town_pairs_get (request->query, "purchased");

  query->page_size = size != NULL ? (guint) CLAMP (g_ascii_strtoll (size, NULL, 10), 1, 100) : 20;
  query->before = wb_town_pairs_get (request->query, "before_id");
  query->after = wb_town_pairs_get (request->query, "after_id");
  query->start = time_param (request, "start_datetime");
  query->end = time_param (request, "end_datetime");
  query->purchased_only = purchased == NULL || (g_ascii_strcasecmp (purchased, "false") != 0 &&
                                                strcmp (purchased, "0") != 0);
}

static gboolean
in_list (const ListQuery *query, const WbTownEpShipment *shipment)
{
  return (!query->purchased_only || shipment->bought != NULL) &&
         (query->start == 0 || shipment->created >= query->start) &&
         (query->end == 0 || shipment->created <= query->end);
}

/**
 * wb_town_ep_list_shipments: GET /shipments, newest first. Only bought ones are listed unless
 * purchased=false is said; there is no filter by reference.
 */
void
wb_town_ep_list_shipments (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  GPtrArray *all = wb_town_ep_shipments (town);
  ListQuery  query;
  guint      n = 0;
  gboolean   begun;
  gboolean   more = FALSE;

  read_list (request, &query);
  begun = query.before == NULL;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_begin_array (reply->out, "shipments");
  for (guint i = all->len; i > 0 && !more; i--)
    {
      const WbTownEpShipment *shipment = g_ptr_array_index (all, i - 1);

      if (g_strcmp0 (query.after, shipment->id) == 0)
        break;
      if (begun && in_list (&query, shipment))
        {
          if (n++ < query.page_size)
            wb_town_ep_write_shipment (town, reply->out, shipment);
          else
            more = TRUE;
        }
      begun = begun || strcmp (query.before, shipment->id) == 0;
    }
  wb_town_out_end_array (reply->out);
  wb_town_out_bool (reply->out, "has_more", more);
  wb_town_out_end_object (reply->out);
}

/** wb_town_ep_buy_shipment: POST /shipments/{id}/buy {rate: {id}, insurance}: once; there is no
 * idempotency key. */
void
wb_town_ep_buy_shipment (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownEpShipment *shipment = shipment_for (town, request, reply);
  JsonObject       *body = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                               ? json_node_get_object (request->json)
                               : NULL;
  const char       *rate_id = wb_town_ep_text (wb_town_ep_member (request->json, "rate"), "id");
  WbTownEpRate     *rate;

  if (shipment == NULL)
    return;
  if (shipment->bought != NULL)
    {
      wb_town_ep_fail (reply, 422, "SHIPMENT.POSTAGE.EXISTS",
                       "Postage already exists for this shipment.", NULL, NULL);
      return;
    }
  if (!wb_town_ep_check_customs (shipment, reply))
    return;
  rate = rate_called (shipment, rate_id);
  if (rate_id == NULL)
    wb_town_ep_fail (reply, 422, "PARAMETER.REQUIRED", "Missing required parameter.", "rate",
                     "cannot be blank");
  else if (rate == NULL)
    wb_town_ep_fail (reply, 404, "RATE.NOT_FOUND", "The rate(s) could not be found.", NULL, NULL);
  else if (wb_town_clock (town) >= shipment->rated + RATES_LAST)
    wb_town_ep_fail (reply, 422, "SHIPMENT.POSTAGE.FAILURE",
                     "The rate has expired. Rerate the shipment and try again.", NULL, NULL);
  else if (!wb_town_ep_buy (town, shipment, rate,
                            body != NULL ? wb_town_ep_text (body, "insurance") : NULL))
    wb_town_ep_fail (reply, 422, "PARAMETER.INVALID", "An invalid parameter was given.",
                     "insurance", "must be a decimal");
  else
    {
      reply->effect = TRUE;
      wb_town_ep_write_shipment (town, reply->out, shipment);
    }
}

/** wb_town_ep_rerate_shipment: POST /shipments/{id}/rerate: new rates with new ids. */
void
wb_town_ep_rerate_shipment (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownEpShipment *shipment = shipment_for (town, request, reply);

  if (shipment == NULL)
    return;
  if (shipment->bought != NULL)
    {
      wb_town_ep_fail (reply, 422, "SHIPMENT.POSTAGE.EXISTS",
                       "Postage already exists for this shipment.", NULL, NULL);
      return;
    }
  reply->effect = TRUE;
  wb_town_ep_rate (town, shipment);
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_begin_array (reply->out, "rates");
  for (guint i = 0; i < shipment->rates->len; i++)
    wb_town_ep_write_rate (town, reply->out, NULL, shipment,
                           g_ptr_array_index (shipment->rates, i));
  wb_town_out_end_array (reply->out);
  wb_town_out_end_object (reply->out);
}

/** wb_town_ep_refund_shipment: POST /shipments/{id}/refund: submitted, or rejected once the parcel
 * has been scanned. */
void
wb_town_ep_refund_shipment (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownEpShipment *shipment = shipment_for (town, request, reply);
  const char       *status;

  if (shipment == NULL)
    return;
  if (shipment->bought == NULL)
    {
      wb_town_ep_fail (reply, 422, "SHIPMENT.REFUND.UNAVAILABLE",
                       "Refund not available. No postage exists for this shipment.", NULL, NULL);
      return;
    }
  if (shipment->refund_asked != 0 && !shipment->refund_rejected)
    {
      wb_town_ep_fail (reply, 422, "SHIPMENT.REFUND.EXISTS",
                       "A refund has already been requested for this shipment.", NULL, NULL);
      return;
    }
  status = wb_town_ep_track_status (town, shipment);
  shipment->refund_asked = shipment->updated = wb_town_clock (town);
  shipment->refund_rejected =
      strcmp (status, "unknown") != 0 && strcmp (status, "pre_transit") != 0;
  reply->effect = TRUE;
  wb_town_ep_write_shipment (town, reply->out, shipment);
}

/** wb_town_ep_convert_label: GET /shipments/{id}/label?file_format=ZPL. */
void
wb_town_ep_convert_label (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownEpShipment *shipment = shipment_for (town, request, reply);
  const char       *format = wb_town_pairs_get (request->query, "file_format");

  if (shipment == NULL)
    return;
  if (shipment->bought == NULL)
    {
      wb_town_ep_fail (reply, 422, "SHIPMENT.LABEL.UNAVAILABLE",
                       "No postage label exists for this shipment.", NULL, NULL);
      return;
    }
  shipment->as_pdf =
      shipment->as_pdf || g_ascii_strcasecmp (format != NULL ? format : "", "PDF") == 0;
  shipment->as_zpl =
      shipment->as_zpl || g_ascii_strcasecmp (format != NULL ? format : "", "ZPL") == 0;
  shipment->as_epl2 =
      shipment->as_epl2 || g_ascii_strcasecmp (format != NULL ? format : "", "EPL2") == 0;
  shipment->updated = wb_town_clock (town);
  reply->effect = TRUE;
  wb_town_ep_write_shipment (town, reply->out, shipment);
}

/** wb_town_ep_get_user: GET /users: the account, with its share for insuring: half of one in a
 * hundred, half a dollar at the least. */
void
wb_town_ep_get_user (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "id", "user_practice");
  wb_town_out_string (reply->out, "object", "User");
  wb_town_out_string (reply->out, "balance", "250.00000");
  wb_town_out_string (reply->out, "insurance_fee_rate", "0.005");
  wb_town_out_string (reply->out, "insurance_fee_minimum", "0.50");
  wb_town_out_end_object (reply->out);
}

/** wb_town_ep_get_rate: GET /rates/{id}. */
void
wb_town_ep_get_rate (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  GPtrArray *all = wb_town_ep_shipments (town);

  for (guint i = 0; i < all->len; i++)
    {
      const WbTownEpShipment *shipment = g_ptr_array_index (all, i);
      const WbTownEpRate     *rate = rate_called (shipment, request->params[0]);

      if (rate != NULL)
        {
          wb_town_ep_write_rate (town, reply->out, NULL, shipment, rate);
          return;
        }
    }
  wb_town_ep_fail (reply, 404, "RATE.NOT_FOUND", "The rate(s) could not be found.", NULL, NULL);
}

static void
reply_tracker (WbTown *town, WbTownReply *reply, const char *id_or_code)
{
  const WbTownEpShipment *shipment =
      id_or_code != NULL ? wb_town_ep_by_tracker (town, id_or_code) : NULL;

  if (shipment == NULL)
    wb_town_ep_fail (reply, 404, "TRACKER.NOT_FOUND", "The tracker(s) could not be found.", NULL,
                     NULL);
  else
    wb_town_ep_write_tracker (town, reply->out, NULL, shipment);
}

/** wb_town_ep_create_tracker: POST /trackers {tracker: {tracking_code}}: gives the one the label
 * brought along. */
void
wb_town_ep_create_tracker (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  reply_tracker (town, reply,
                 wb_town_ep_text (wb_town_ep_member (request->json, "tracker"), "tracking_code"));
}

/** wb_town_ep_get_tracker: GET /trackers/{id or tracking code}. */
void
wb_town_ep_get_tracker (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  reply_tracker (town, reply, request->params[0]);
}

/** wb_town_ep_get_label_file: GET /labels/pl_….png and so on: the label itself. */
void
wb_town_ep_get_label_file (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char      *dot = strrchr (request->params[0], '.');
  g_autofree char *id =
      dot != NULL ? g_strndup (request->params[0], (gsize) (dot - request->params[0])) : NULL;
  const WbTownEpShipment *shipment = id != NULL ? wb_town_ep_by_label (town, id) : NULL;

  if (shipment != NULL)
    reply->bytes = wb_town_label_make (shipment, dot + 1, &reply->content_type);
  if (reply->bytes == NULL)
    wb_town_ep_not_found (reply);
}
