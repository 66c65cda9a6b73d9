/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the carrier wants to know of a parcel that goes through customs, before it sells a label. */
#include "wb-town-easypost.h"

#include <string.h>

#define LEAST_HS 6

static gboolean
refuse (WbTownReply *reply, const char *field, const char *why)
{
  wb_town_ep_fail (reply, 422, "SHIPMENT.POSTAGE.FAILURE",
                   "Customs information is required for this shipment and is not complete.", field,
                   why);
  return FALSE;
}

static double
number_of (JsonObject *item, const char *name)
{
  JsonNode *node = json_object_get_member (item, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return 0;
  return json_node_get_value_type (node) == G_TYPE_STRING
             ? g_ascii_strtod (json_node_get_string (node), NULL)
             : json_node_get_double (node);
}

static gboolean
is_tariff_number (const char *text)
{
  gsize digits = 0;

  for (const char *p = text; p != NULL && *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      digits++;
    else if (*p != '.')
      return FALSE;
  return digits >= LEAST_HS;
}

static gboolean
check_item (JsonObject *item, WbTownReply *reply)
{
  const char *origin = wb_town_ep_text (item, "origin_country");

  if (wb_town_ep_text (item, "description") == NULL)
    return refuse (reply, "customs_items.description", "cannot be blank");
  if (!is_tariff_number (wb_town_ep_text (item, "hs_tariff_number")))
    return refuse (reply, "customs_items.hs_tariff_number", "must have at least 6 digits");
  if (origin == NULL || strlen (origin) != 2)
    return refuse (reply, "customs_items.origin_country", "must be a country");
  if (number_of (item, "quantity") < 1 || number_of (item, "weight") <= 0 ||
      number_of (item, "value") <= 0)
    return refuse (reply, "customs_items", "quantity, weight and value must be positive");
  return TRUE;
}

/** wb_town_ep_check_customs: FALSE, with the refusal in @reply, when customs are on the way and are
 * not told all: signer, and each article with description, tariff number, origin, weight, value. */
gboolean
wb_town_ep_check_customs (const WbTownEpShipment *shipment, WbTownReply *reply)
{
  JsonObject *info = shipment->customs != NULL ? json_node_get_object (shipment->customs) : NULL;
  JsonNode   *node = info != NULL ? json_object_get_member (info, "customs_items") : NULL;
  JsonArray  *items =
      node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  double ounces = 0, whole = g_ascii_strtod (shipment->parcel->weight, NULL);

  if (!wb_town_ep_is_abroad (shipment))
    return TRUE;
  if (items == NULL || json_array_get_length (items) == 0)
    return refuse (reply, "customs_info", "cannot be blank");
  if (wb_town_ep_text (info, "customs_signer") == NULL)
    return refuse (reply, "customs_info.customs_signer", "cannot be blank");
  for (guint i = 0; i < json_array_get_length (items); i++)
    {
      JsonNode *item = json_array_get_element (items, i);

      if (!JSON_NODE_HOLDS_OBJECT (item))
        return refuse (reply, "customs_items", "must be objects");
      if (!check_item (json_node_get_object (item), reply))
        return FALSE;
      ounces += number_of (json_node_get_object (item), "weight");
    }
  return ounces <= whole + 0.05 ||
         refuse (reply, "customs_items.weight", "must not be more than the parcel's");
}
