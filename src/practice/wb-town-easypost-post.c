/* SPDX-License-Identifier: GPL-3.0-or-later
 * The carrier's books: what was created, under which id, and what became of it. */
#include "wb-town-easypost.h"

#include "wb-town-random.h"

#include "wb-money.h"

#include <string.h>

struct _WbTownPost
{
  WbTown     *town;
  GPtrArray  *shipments; /* of WbTownEpShipment, oldest first */
  GHashTable *by_id;     /* id -> WbTownEpShipment */
  GHashTable *addresses; /* id -> WbTownEpAddress: all of them, those in shipments too */
  GHashTable *parcels;   /* id -> WbTownEpParcel */
  guint64     count;     /* of ids given out */
  gint64      percent;   /* of the price list, 100 at first */
};

static void
address_free (gpointer data)
{
  WbTownEpAddress *address = data;

  g_free (address->id);
  g_free (address->name);
  g_free (address->company);
  g_free (address->street1);
  g_free (address->street2);
  g_free (address->city);
  g_free (address->state);
  g_free (address->zip);
  g_free (address->country);
  g_free (address->phone);
  g_free (address->email);
  g_free (address);
}

static void
parcel_free (gpointer data)
{
  WbTownEpParcel *parcel = data;

  g_free (parcel->id);
  g_free (parcel->length);
  g_free (parcel->width);
  g_free (parcel->height);
  g_free (parcel->weight);
  g_free (parcel->predefined);
  g_free (parcel);
}

static void
rate_free (gpointer data)
{
  WbTownEpRate *rate = data;

  g_free (rate->id);
  g_free (rate);
}

static void
shipment_free (gpointer data)
{
  WbTownEpShipment *shipment = data;

  g_free (shipment->id);
  g_free (shipment->reference);
  g_clear_pointer (&shipment->options, json_node_unref);
  g_clear_pointer (&shipment->customs, json_node_unref);
  g_free (shipment->customs_id);
  g_ptr_array_unref (shipment->rates);
  g_free (shipment->tracking);
  g_free (shipment->tracker_id);
  g_free (shipment->label_id);
  g_free (shipment->format);
  g_free (shipment);
}

/** wb_town_post_new: Returns: (transfer full): the carrier of that town. */
WbTownPost *
wb_town_post_new (WbTown *town)
{
  WbTownPost *self = g_new0 (WbTownPost, 1);

  self->town = town;
  self->shipments = g_ptr_array_new_with_free_func (shipment_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, address_free);
  self->parcels = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, parcel_free);
  self->percent = 100;
  return self;
}

/** wb_town_post_free: frees @self. */
void
wb_town_post_free (WbTownPost *self)
{
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->shipments);
  g_hash_table_unref (self->addresses);
  g_hash_table_unref (self->parcels);
  g_free (self);
}

/** wb_town_ep_id: Returns: (transfer full): a new id: "shp_" and 32 hexadecimal digits. */
char *
wb_town_ep_id (WbTown *town, const char *prefix)
{
  g_autofree char *token = wb_town_token (town->seed, 60, town->post->count++, 32, 16);

  return g_strdup_printf ("%s_%s", prefix, token);
}

/** wb_town_ep_price_percent: what the price list stands at, in per cent of the first one. */
gint64
wb_town_ep_price_percent (WbTown *town)
{
  return town->post->percent;
}

/** wb_town_ep_set_price_percent: raises or lowers the price list for rates asked from now on. */
void
wb_town_ep_set_price_percent (WbTown *town, gint64 percent)
{
  town->post->percent = percent;
}

/** wb_town_ep_member: Returns: (transfer none) (nullable): the object called @name inside the body.
 */
JsonObject *
wb_town_ep_member (JsonNode *json, const char *name)
{
  JsonNode *node = json != NULL && JSON_NODE_HOLDS_OBJECT (json)
                       ? json_object_get_member (json_node_get_object (json), name)
                       : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/** wb_town_ep_text: Returns: (transfer none) (nullable): a string that is not empty. */
const char *
wb_town_ep_text (JsonObject *object, const char *name)
{
  JsonNode   *node = object != NULL ? json_object_get_member (object, name) : NULL;
  const char *text = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                             json_node_get_value_type (node) == G_TYPE_STRING
                         ? json_node_get_string (node)
                         : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

/** wb_town_ep_address_find: Returns: (transfer none) (nullable): the address with that id. */
WbTownEpAddress *
wb_town_ep_address_find (WbTown *town, const char *id)
{
  return g_hash_table_lookup (town->post->addresses, id);
}

/** wb_town_ep_address_take: Returns: (transfer none) (nullable): a new address from @given, or the
 * one its id names. */
WbTownEpAddress *
wb_town_ep_address_take (WbTown *town, JsonObject *given)
{
  const char      *id = wb_town_ep_text (given, "id");
  WbTownEpAddress *address;

  if (given == NULL)
    return NULL;
  if (id != NULL)
    return wb_town_ep_address_find (town, id);
  address = g_new0 (WbTownEpAddress, 1);
  address->id = wb_town_ep_id (town, "adr");
  address->created = wb_town_clock (town);
  address->name = g_strdup (wb_town_ep_text (given, "name"));
  address->company = g_strdup (wb_town_ep_text (given, "company"));
  address->street1 = g_strdup (wb_town_ep_text (given, "street1"));
  address->street2 = g_strdup (wb_town_ep_text (given, "street2"));
  address->city = g_strdup (wb_town_ep_text (given, "city"));
  address->state = g_strdup (wb_town_ep_text (given, "state"));
  address->zip = g_strdup (wb_town_ep_text (given, "zip"));
  address->country = g_strdup (
      wb_town_ep_text (given, "country") != NULL ? wb_town_ep_text (given, "country") : "US");
  address->phone = g_strdup (wb_town_ep_text (given, "phone"));
  address->email = g_strdup (wb_town_ep_text (given, "email"));
  g_hash_table_insert (town->post->addresses, address->id, address);
  return address;
}

static char *
number_text (JsonObject *given, const char *name)
{
  JsonNode *node = json_object_get_member (given, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return json_to_string (node, FALSE);
}

/** wb_town_ep_parcel_take: Returns: (transfer none) (nullable): a new parcel, or the one its id
 * names; %NULL without a weight above 0. */
WbTownEpParcel *
wb_town_ep_parcel_take (WbTown *town, JsonObject *given)
{
  const char      *id = wb_town_ep_text (given, "id");
  WbTownEpParcel  *parcel;
  g_autofree char *weight = NULL;

  if (given == NULL)
    return NULL;
  if (id != NULL)
    return g_hash_table_lookup (town->post->parcels, id);
  weight = number_text (given, "weight");
  if (weight == NULL || g_ascii_strtod (weight, NULL) <= 0)
    return NULL;
  parcel = g_new0 (WbTownEpParcel, 1);
  parcel->id = wb_town_ep_id (town, "prcl");
  parcel->created = wb_town_clock (town);
  parcel->length = number_text (given, "length");
  parcel->width = number_text (given, "width");
  parcel->height = number_text (given, "height");
  parcel->predefined = g_strdup (wb_town_ep_text (given, "predefined_package"));
  parcel->grams = (gint64) (g_ascii_strtod (weight, NULL) * 28.3495 + 0.5); /* given in ounces */
  parcel->weight = g_steal_pointer (&weight);
  g_hash_table_insert (town->post->parcels, parcel->id, parcel);
  return parcel;
}

/** wb_town_ep_shipment_new: Returns: (transfer none): an empty shipment in the books. */
WbTownEpShipment *
wb_town_ep_shipment_new (WbTown *town)
{
  WbTownEpShipment *shipment = g_new0 (WbTownEpShipment, 1);

  shipment->id = wb_town_ep_id (town, "shp");
  shipment->created = shipment->updated = wb_town_clock (town);
  shipment->rates = g_ptr_array_new_with_free_func (rate_free);
  g_ptr_array_add (town->post->shipments, shipment);
  g_hash_table_insert (town->post->by_id, shipment->id, shipment);
  return shipment;
}

/** wb_town_ep_shipments: Returns: (transfer none): all shipments, oldest first. */
GPtrArray *
wb_town_ep_shipments (WbTown *town)
{
  return town->post->shipments;
}

/**
 * wb_town_ep_shipment_find:
 * By id or by the caller's own reference, which need not be unique: the newest one with it is
 * found, as ids may stand in for references in the carrier's documentation of its objects.
 */
WbTownEpShipment *
wb_town_ep_shipment_find (WbTown *town, const char *id_or_reference)
{
  GPtrArray        *all = town->post->shipments;
  WbTownEpShipment *shipment = g_hash_table_lookup (town->post->by_id, id_or_reference);

  for (guint i = all->len; shipment == NULL && i > 0; i--)
    if (g_strcmp0 (((WbTownEpShipment *) g_ptr_array_index (all, i - 1))->reference,
                   id_or_reference) == 0)
      shipment = g_ptr_array_index (all, i - 1);
  return shipment;
}

/** wb_town_ep_by_label: Returns: (transfer none) (nullable): the shipment that label belongs to. */
WbTownEpShipment *
wb_town_ep_by_label (WbTown *town, const char *label_id)
{
  GPtrArray *all = town->post->shipments;

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (((WbTownEpShipment *) g_ptr_array_index (all, i))->label_id, label_id) == 0)
      return g_ptr_array_index (all, i);
  return NULL;
}

/** wb_town_ep_by_tracker: Returns: (transfer none) (nullable): the shipment with that tracker id or
 * tracking code. */
WbTownEpShipment *
wb_town_ep_by_tracker (WbTown *town, const char *id_or_code)
{
  GPtrArray *all = town->post->shipments;

  for (guint i = 0; i < all->len; i++)
    {
      WbTownEpShipment *shipment = g_ptr_array_index (all, i);

      if (g_strcmp0 (shipment->tracker_id, id_or_code) == 0 ||
          g_strcmp0 (shipment->tracking, id_or_code) == 0)
        return shipment;
    }
  return NULL;
}

static gboolean
has_digit (const char *text)
{
  for (const char *p = text != NULL ? text : ""; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

static void
raise_text (char **field)
{
  char *upper = *field != NULL ? g_utf8_strup (*field, -1) : g_strdup ("");

  g_free (*field);
  *field = upper;
}

/* American addresses come back corrected: in capitals, with the last four digits of the ZIP code.
 */
static void
correct (WbTownEpAddress *address)
{
  if (strcmp (address->country, "US") != 0)
    return;
  if (address->name != NULL)
    raise_text (&address->name);
  if (address->company != NULL)
    raise_text (&address->company);
  raise_text (&address->street1);
  raise_text (&address->street2);
  raise_text (&address->city);
  if (address->zip != NULL && strlen (address->zip) == 5)
    {
      char *longer =
          g_strdup_printf ("%s-%04u", address->zip, g_str_hash (address->street1) % 10000);

      g_free (address->zip);
      address->zip = longer;
    }
}

/** wb_town_ep_verify: looks at an address; good ones are corrected in place. */
void
wb_town_ep_verify (WbTownEpAddress *address)
{
  g_autofree char *street = g_utf8_casefold (address->street1 != NULL ? address->street1 : "", -1);
  guint64          number = 0;

  for (const char *p = street; *p != '\0' && number == 0; p++)
    number = g_ascii_strtoull (p, NULL, 10);
  if (strstr (street, "unknown") != NULL || g_strcmp0 (address->zip, "00001") == 0)
    address->verified = WB_TOWN_ADDRESS_NOT_FOUND;
  else if (!has_digit (address->street1))
    address->verified = WB_TOWN_ADDRESS_NO_HOUSE;
  else if (strcmp (address->country, "US") == 0 && number % 10 == 0 &&
           (address->street2 == NULL || *address->street2 == '\0'))
    address->verified = WB_TOWN_ADDRESS_NO_FLAT;
  else
    address->verified = WB_TOWN_ADDRESS_GOOD;
  if (address->verified == WB_TOWN_ADDRESS_GOOD || address->verified == WB_TOWN_ADDRESS_NO_FLAT)
    correct (address);
}

/** wb_town_ep_track_status: how far the parcel has come by the town's clock. */
const char *
wb_town_ep_track_status (WbTown *town, const WbTownEpShipment *shipment)
{
  WbInstant age = wb_town_clock (town) - shipment->bought_at;

  return age < 60                  ? "unknown"
         : age < 86400             ? "pre_transit"
         : age < 2 * 86400 + 28800 ? "in_transit"
         : age < 3 * 86400         ? "out_for_delivery"
                                   : "delivered";
}

/** wb_town_ep_refund_status: Returns: (nullable): how the refund stands by the town's clock: postal
 * ones take 15 days. */
const char *
wb_town_ep_refund_status (WbTown *town, const WbTownEpShipment *shipment)
{
  WbInstant takes;

  if (shipment->refund_asked == 0)
    return NULL;
  if (shipment->refund_rejected)
    return "rejected";
  takes = strcmp (shipment->bought->carrier, "USPS") == 0 ? 15 * 86400 : 3600;
  return wb_town_clock (town) < shipment->refund_asked + takes ? "submitted" : "refunded";
}
