/* SPDX-License-Identifier: GPL-3.0-or-later
 * Addresses and parcels at the carrier: kept, looked at, corrected or doubted. */
#include "wb-town-easypost.h"

#include <string.h>

/* True, or a list of what is to be verified. */
static gboolean
is_asked (WbTownRequest *request, const char *name)
{
  JsonNode *node = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                       ? json_object_get_member (json_node_get_object (request->json), name)
                       : NULL;

  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) > 0;
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN &&
         json_node_get_boolean (node);
}

static void
write_problem (WbTownOut *out, const char *code, const char *field, const char *message)
{
  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "code", code);
  wb_town_out_string (out, "field", field);
  wb_town_out_string (out, "message", message);
  wb_town_out_null (out, "suggestion");
  wb_town_out_end_object (out);
}

static void
refuse_unverified (WbTownReply *reply, const WbTownEpAddress *address)
{
  wb_town_reply_reset (reply);
  reply->status = 422;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_begin_object (reply->out, "error");
  wb_town_out_string (reply->out, "code", "ADDRESS.VERIFY.FAILURE");
  wb_town_out_string (reply->out, "message", "Unable to verify address.");
  wb_town_out_begin_array (reply->out, "errors");
  write_problem (reply->out, "E.ADDRESS.NOT_FOUND", "address", "Address not found");
  if (address->verified == WB_TOWN_ADDRESS_NO_HOUSE)
    write_problem (reply->out, "E.HOUSE_NUMBER.MISSING", "street1", "House number is missing");
  wb_town_out_end_array (reply->out);
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
}

static gboolean
is_bad (const WbTownEpAddress *address)
{
  return address->verified == WB_TOWN_ADDRESS_NOT_FOUND ||
         address->verified == WB_TOWN_ADDRESS_NO_HOUSE;
}

static WbTownEpAddress *
take (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownEpAddress *address =
      wb_town_ep_address_take (town, wb_town_ep_member (request->json, "address"));

  if (address == NULL)
    wb_town_ep_fail (reply, 422, "PARAMETER.REQUIRED", "Missing required parameter.", "address",
                     "cannot be blank");
  else
    reply->effect = TRUE;
  return address;
}

/** wb_town_ep_create_address: POST /addresses, with verify (advisory) or verify_strict. */
void
wb_town_ep_create_address (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  gboolean         strict = is_asked (request, "verify_strict");
  WbTownEpAddress *address = take (town, request, reply);

  if (address == NULL)
    return;
  if (strict || is_asked (request, "verify"))
    wb_town_ep_verify (address);
  if (strict && is_bad (address))
    {
      refuse_unverified (reply, address);
      return;
    }
  reply->status = 201;
  wb_town_ep_write_address (town, reply->out, NULL, address);
}

static void
reply_verified (WbTown *town, WbTownReply *reply, const WbTownEpAddress *address)
{
  if (is_bad (address))
    {
      refuse_unverified (reply, address);
      return;
    }
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_ep_write_address (town, reply->out, "address", address);
  wb_town_out_end_object (reply->out);
}

/** wb_town_ep_create_and_verify: POST /addresses/create_and_verify: strict, and wrapped. */
void
wb_town_ep_create_and_verify (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownEpAddress *address = take (town, request, reply);

  if (address == NULL)
    return;
  wb_town_ep_verify (address);
  reply_verified (town, reply, address);
}

/** wb_town_ep_get_address: GET /addresses/{id}. */
void
wb_town_ep_get_address (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownEpAddress *address = wb_town_ep_address_find (town, request->params[0]);

  if (address == NULL)
    wb_town_ep_not_found (reply);
  else
    wb_town_ep_write_address (town, reply->out, NULL, address);
}

/** wb_town_ep_verify_address: GET /addresses/{id}/verify. */
void
wb_town_ep_verify_address (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownEpAddress *address = wb_town_ep_address_find (town, request->params[0]);

  if (address == NULL)
    {
      wb_town_ep_not_found (reply);
      return;
    }
  reply->effect = TRUE;
  wb_town_ep_verify (address);
  reply_verified (town, reply, address);
}

/** wb_town_ep_create_parcel: POST /parcels. */
void
wb_town_ep_create_parcel (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  JsonObject           *given = wb_town_ep_member (request->json, "parcel");
  const WbTownEpParcel *parcel = wb_town_ep_parcel_take (town, given);

  if (parcel == NULL)
    {
      wb_town_ep_fail (reply, 422, "PARAMETER.REQUIRED", "Missing required parameter.",
                       given == NULL ? "parcel" : "weight",
                       given == NULL ? "cannot be blank" : "must be greater than 0");
      return;
    }
  reply->effect = TRUE;
  reply->status = 201;
  wb_town_ep_write_parcel (town, reply->out, NULL, parcel);
}

/** wb_town_ep_get_parcel: GET /parcels/{id}. */
void
wb_town_ep_get_parcel (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (JsonObject) by_id = json_object_new ();
  const WbTownEpParcel  *parcel;

  json_object_set_string_member (by_id, "id", request->params[0]);
  parcel = wb_town_ep_parcel_take (town, by_id);
  if (parcel == NULL)
    wb_town_ep_not_found (reply);
  else
    wb_town_ep_write_parcel (town, reply->out, NULL, parcel);
}
