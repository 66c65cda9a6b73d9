/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the carrier writes its objects: the same members, in the same types, as its recorded
 * exchanges. */
#include "wb-town-easypost.h"

#include "wb-money.h"

#include <string.h>

#define MODE "test"

/** wb_town_ep_write_time: "2026-11-22T10:00:00Z". */
void
wb_town_ep_write_time (WbTownOut *out, const char *name, WbInstant instant)
{
  g_autofree char *text = wb_instant_to_iso (instant);

  wb_town_out_string (out, name, text);
}

static void
write_times (WbTownOut *out, WbInstant created, WbInstant updated)
{
  wb_town_ep_write_time (out, "created_at", created);
  wb_town_ep_write_time (out, "updated_at", updated);
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
write_problems (WbTownOut *out, WbTownAddressState state)
{
  wb_town_out_begin_array (out, "errors");
  if (state == WB_TOWN_ADDRESS_NOT_FOUND || state == WB_TOWN_ADDRESS_NO_HOUSE)
    write_problem (out, "E.ADDRESS.NOT_FOUND", "address", "Address not found");
  if (state == WB_TOWN_ADDRESS_NO_HOUSE)
    write_problem (out, "E.HOUSE_NUMBER.MISSING", "street1", "House number is missing");
  if (state == WB_TOWN_ADDRESS_NO_FLAT)
    write_problem (out, "E.SECONDARY_INFORMATION.MISSING", "street2",
                   "Missing secondary information(Apt/Suite#)");
  wb_town_out_end_array (out);
}

static void
write_verification (WbTownOut             *out,
                    const char            *name,
                    const WbTownEpAddress *address,
                    gboolean               details)
{
  gboolean fine =
      address->verified == WB_TOWN_ADDRESS_GOOD || address->verified == WB_TOWN_ADDRESS_NO_FLAT;

  wb_town_out_begin_object (out, name);
  wb_town_out_bool (out, "success", fine);
  write_problems (out, address->verified);
  if (!details)
    wb_town_out_null (out, "details");
  else
    {
      wb_town_out_begin_object (out, "details");
      if (fine)
        {
          wb_town_out_raw (out, "latitude", "33.8436");
          wb_town_out_raw (out, "longitude", "-118.39177");
          wb_town_out_string (out, "time_zone", "America/Los_Angeles");
        }
      wb_town_out_end_object (out);
    }
  wb_town_out_end_object (out);
}

/** wb_town_ep_write_address: an address, with what was found out about it. */
void
wb_town_ep_write_address (WbTown                *town,
                          WbTownOut             *out,
                          const char            *name,
                          const WbTownEpAddress *address)
{
  gboolean fine =
      address->verified == WB_TOWN_ADDRESS_GOOD || address->verified == WB_TOWN_ADDRESS_NO_FLAT;

  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "id", address->id);
  wb_town_out_string (out, "object", "Address");
  write_times (out, address->created, address->created);
  wb_town_out_string (out, "name", address->name);
  wb_town_out_string (out, "company", address->company);
  wb_town_out_string (out, "street1", address->street1);
  wb_town_out_string (out, "street2", address->street2);
  wb_town_out_string (out, "city", address->city);
  wb_town_out_string (out, "state", address->state);
  wb_town_out_string (out, "zip", address->zip);
  wb_town_out_string (out, "country", address->country);
  wb_town_out_string (out, "phone", address->phone);
  wb_town_out_string (out, "email", address->email);
  wb_town_out_string (out, "mode", MODE);
  wb_town_out_null (out, "carrier_facility");
  if (fine)
    wb_town_out_bool (out, "residential", address->company == NULL);
  else
    wb_town_out_null (out, "residential");
  wb_town_out_null (out, "federal_tax_id");
  wb_town_out_null (out, "state_tax_id");
  wb_town_out_begin_object (out, "verifications");
  if (address->verified != WB_TOWN_ADDRESS_PLAIN)
    {
      write_verification (out, "zip4", address, FALSE);
      write_verification (out, "delivery", address, TRUE);
    }
  wb_town_out_end_object (out);
  wb_town_out_end_object (out);
}

/** wb_town_ep_write_parcel: a parcel. */
void
wb_town_ep_write_parcel (WbTown               *town,
                         WbTownOut            *out,
                         const char           *name,
                         const WbTownEpParcel *parcel)
{
  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "id", parcel->id);
  wb_town_out_string (out, "object", "Parcel");
  write_times (out, parcel->created, parcel->created);
  wb_town_out_raw (out, "length", parcel->length != NULL ? parcel->length : "null");
  wb_town_out_raw (out, "width", parcel->width != NULL ? parcel->width : "null");
  wb_town_out_raw (out, "height", parcel->height != NULL ? parcel->height : "null");
  wb_town_out_string (out, "predefined_package", parcel->predefined);
  wb_town_out_raw (out, "weight", parcel->weight);
  wb_town_out_string (out, "mode", MODE);
  wb_town_out_end_object (out);
}

/** wb_town_ep_write_rate: a rate; its prices are strings. */
void
wb_town_ep_write_rate (WbTown                 *town,
                       WbTownOut              *out,
                       const char             *name,
                       const WbTownEpShipment *shipment,
                       const WbTownEpRate     *rate)
{
  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "id", rate->id);
  wb_town_out_string (out, "object", "Rate");
  write_times (out, shipment->rated, shipment->rated);
  wb_town_out_string (out, "mode", MODE);
  wb_town_out_string (out, "service", rate->service);
  wb_town_out_string (out, "carrier", rate->carrier);
  wb_town_out_decimal (out, "rate", rate->price, 2);
  wb_town_out_string (out, "currency", rate->currency);
  wb_town_out_decimal (out, "retail_rate", rate->price + rate->price / 3, 2);
  wb_town_out_string (out, "retail_currency", rate->currency);
  wb_town_out_decimal (out, "list_rate", rate->price + rate->price / 12, 2);
  wb_town_out_string (out, "list_currency", rate->currency);
  wb_town_out_string (out, "billing_type", "easypost");
  wb_town_out_int (out, "delivery_days", rate->days);
  wb_town_out_null (out, "delivery_date");
  wb_town_out_bool (out, "delivery_date_guaranteed", FALSE);
  wb_town_out_int (out, "est_delivery_days", rate->days);
  wb_town_out_string (out, "shipment_id", shipment->id);
  wb_town_out_string (out, "carrier_account_id", rate->account);
  wb_town_out_end_object (out);
}

static void
write_place (WbTownOut *out, const char *name, const WbTownEpAddress *address)
{
  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "object", "TrackingLocation");
  wb_town_out_string (out, "city", address != NULL ? address->city : NULL);
  wb_town_out_string (out, "state", address != NULL ? address->state : NULL);
  wb_town_out_null (out, "country");
  wb_town_out_string (out, "zip", address != NULL ? address->zip : NULL);
  wb_town_out_end_object (out);
}

static void
write_step (WbTownOut              *out,
            const WbTownEpShipment *shipment,
            const char             *message,
            const char             *status,
            const char             *detail,
            WbInstant               when,
            const WbTownEpAddress  *where)
{
  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "object", "TrackingDetail");
  wb_town_out_string (out, "message", message);
  wb_town_out_string (out, "description", "");
  wb_town_out_string (out, "status", status);
  wb_town_out_string (out, "status_detail", detail);
  wb_town_ep_write_time (out, "datetime", when);
  wb_town_out_string (out, "source", shipment->bought->carrier);
  wb_town_out_string (out, "carrier_code", "");
  write_place (out, "tracking_location", where);
  wb_town_out_end_object (out);
}

static void
write_steps (WbTown *town, WbTownOut *out, const WbTownEpShipment *shipment)
{
  WbInstant age = wb_town_clock (town) - shipment->bought_at;

  wb_town_out_begin_array (out, "tracking_details");
  if (age >= 60)
    write_step (out, shipment, "Shipping Label Created", "pre_transit", "status_update",
                shipment->bought_at + 60, NULL);
  if (age >= 86400)
    write_step (out, shipment, "Accepted at Facility", "in_transit", "arrived_at_facility",
                shipment->bought_at + 86400, shipment->from);
  if (age >= 2 * 86400 + 28800)
    write_step (out, shipment, "Out for Delivery", "out_for_delivery", "departed_facility",
                shipment->bought_at + 2 * 86400 + 28800, shipment->to);
  if (age >= 3 * 86400)
    write_step (out, shipment, "Delivered", "delivered", "status_update",
                shipment->bought_at + 3 * 86400, shipment->to);
  wb_town_out_end_array (out);
}

static const char *
detail_of (const char *status)
{
  return strcmp (status, "pre_transit") == 0        ? "status_update"
         : strcmp (status, "in_transit") == 0       ? "arrived_at_facility"
         : strcmp (status, "out_for_delivery") == 0 ? "departed_facility"
         : strcmp (status, "delivered") == 0        ? "status_update"
                                                    : "unknown";
}

static void
write_carrier_detail (WbTownOut *out, const WbTownEpShipment *shipment)
{
  wb_town_out_begin_object (out, "carrier_detail");
  wb_town_out_string (out, "object", "CarrierDetail");
  wb_town_out_string (out, "service", shipment->bought->service);
  wb_town_out_null (out, "container_type");
  wb_town_out_null (out, "est_delivery_date_local");
  wb_town_out_null (out, "est_delivery_time_local");
  wb_town_out_format (out, "origin_location", "%s, %s", shipment->from->city, shipment->from->zip);
  write_place (out, "origin_tracking_location", shipment->from);
  wb_town_out_format (out, "destination_location", "%s, %s", shipment->to->city, shipment->to->zip);
  wb_town_out_null (out, "destination_tracking_location");
  wb_town_out_null (out, "guaranteed_delivery_date");
  wb_town_out_null (out, "alternate_identifier");
  wb_town_out_null (out, "initial_delivery_attempt");
  wb_town_out_end_object (out);
}

/** wb_town_ep_write_tracker: the tracker of a bought shipment, as far as it has come. */
void
wb_town_ep_write_tracker (WbTown                 *town,
                          WbTownOut              *out,
                          const char             *name,
                          const WbTownEpShipment *shipment)
{
  const char *status = wb_town_ep_track_status (town, shipment);
  gboolean    known = strcmp (status, "unknown") != 0;

  wb_town_out_begin_object (out, name);
  wb_town_out_string (out, "id", shipment->tracker_id);
  wb_town_out_string (out, "object", "Tracker");
  wb_town_out_string (out, "mode", MODE);
  wb_town_out_string (out, "tracking_code", shipment->tracking);
  wb_town_out_string (out, "status", status);
  wb_town_out_string (out, "status_detail", detail_of (status));
  write_times (out, shipment->bought_at, shipment->bought_at);
  wb_town_out_null (out, "signed_by");
  wb_town_out_null (out, "weight");
  if (known)
    wb_town_ep_write_time (out, "est_delivery_date", shipment->bought_at + 3 * 86400);
  else
    wb_town_out_null (out, "est_delivery_date");
  wb_town_out_string (out, "shipment_id", shipment->id);
  wb_town_out_string (out, "carrier", shipment->bought->carrier);
  write_steps (town, out, shipment);
  wb_town_out_begin_array (out, "fees");
  wb_town_out_end_array (out);
  if (known)
    write_carrier_detail (out, shipment);
  else
    wb_town_out_null (out, "carrier_detail");
  wb_town_out_format (out, "public_url", "https://track.easypost.com/%s", shipment->tracker_id);
  wb_town_out_end_object (out);
}

static void
write_label_url (WbTown                 *town,
                 WbTownOut              *out,
                 const char             *name,
                 const WbTownEpShipment *shipment,
                 const char             *suffix)
{
  g_autofree char *base = NULL;

  if (suffix == NULL)
    {
      wb_town_out_null (out, name);
      return;
    }
  base = wb_town_dup_url (town, "easypost");
  wb_town_out_format (out, name, "%s/labels/%s.%s", base, shipment->label_id, suffix);
}

static void
write_label (WbTown *town, WbTownOut *out, const WbTownEpShipment *shipment)
{
  g_autofree char *suffix = g_ascii_strdown (shipment->format, -1);
  gboolean         png = strcmp (shipment->format, "PNG") == 0;

  wb_town_out_begin_object (out, "postage_label");
  wb_town_out_string (out, "object", "PostageLabel");
  wb_town_out_string (out, "id", shipment->label_id);
  write_times (out, shipment->bought_at, shipment->updated);
  wb_town_out_int (out, "date_advance", 0);
  wb_town_out_string (out, "integrated_form", "none");
  wb_town_ep_write_time (out, "label_date", shipment->bought_at);
  wb_town_out_int (out, "label_resolution", 300);
  wb_town_out_string (out, "label_size", "4x6");
  wb_town_out_string (out, "label_type", "default");
  wb_town_out_format (out, "label_file_type", "%s/%s", png ? "image" : "application", suffix);
  write_label_url (town, out, "label_url", shipment, suffix);
  write_label_url (town, out, "label_pdf_url", shipment, shipment->as_pdf ? "pdf" : NULL);
  write_label_url (town, out, "label_zpl_url", shipment, shipment->as_zpl ? "zpl" : NULL);
  write_label_url (town, out, "label_epl2_url", shipment, shipment->as_epl2 ? "epl2" : NULL);
  wb_town_out_null (out, "label_file");
  wb_town_out_end_object (out);
}

static void
write_fee (WbTownOut *out, const char *type, gint64 hundredths, gboolean refunded)
{
  g_autofree char *amount = wb_minor_to_decimal (hundredths, 2);

  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "object", "Fee");
  wb_town_out_string (out, "type", type);
  wb_town_out_format (out, "amount", "%s000", amount);
  wb_town_out_bool (out, "charged", TRUE);
  wb_town_out_bool (out, "refunded", refunded);
  wb_town_out_end_object (out);
}

static void
write_fees (WbTown *town, WbTownOut *out, const WbTownEpShipment *shipment)
{
  gboolean back = g_strcmp0 (wb_town_ep_refund_status (town, shipment), "refunded") == 0;

  wb_town_out_begin_array (out, "fees");
  if (shipment->bought != NULL)
    {
      write_fee (out, "LabelFee", 0, FALSE);
      write_fee (out, "PostageFee", shipment->bought->price, back);
      if (shipment->insured > 0)
        write_fee (out, "InsuranceFee", MAX (50, (shipment->insured + 199) / 200), back);
    }
  wb_town_out_end_array (out);
}

static void
write_options (WbTownOut *out, const WbTownEpShipment *shipment)
{
  JsonObject *given = shipment->options != NULL ? json_node_get_object (shipment->options) : NULL;
  g_autoptr (GList) names = given != NULL ? json_object_get_members (given) : NULL;

  wb_town_out_begin_object (out, "options");
  for (GList *link = names; link != NULL; link = link->next)
    if (strcmp (link->data, "currency") != 0 && strcmp (link->data, "payment") != 0 &&
        strcmp (link->data, "date_advance") != 0)
      wb_town_out_node (out, link->data, json_object_get_member (given, link->data));
  wb_town_out_string (out, "currency", "USD");
  wb_town_out_begin_object (out, "payment");
  wb_town_out_string (out, "type", "SENDER");
  wb_town_out_end_object (out);
  wb_town_out_int (out, "date_advance", 0);
  wb_town_out_end_object (out);
}

static void
write_customs_item (WbTownOut              *out,
                    const WbTownEpShipment *shipment,
                    JsonObject             *item,
                    guint                   number)
{
  JsonNode        *value = json_object_get_member (item, "value");
  JsonNode        *weight = json_object_get_member (item, "weight");
  g_autofree char *text = value != NULL ? json_to_string (value, FALSE) : g_strdup ("0.0");

  wb_town_out_begin_object (out, NULL);
  wb_town_out_format (out, "id", "cstitem_%s%02u", shipment->customs_id + strlen ("cstinfo_") + 2,
                      number);
  wb_town_out_string (out, "object", "CustomsItem");
  write_times (out, shipment->created, shipment->created);
  wb_town_out_string (out, "description", wb_town_ep_text (item, "description"));
  wb_town_out_string (out, "hs_tariff_number", wb_town_ep_text (item, "hs_tariff_number"));
  wb_town_out_string (out, "origin_country", wb_town_ep_text (item, "origin_country"));
  wb_town_out_int (out, "quantity", json_object_get_int_member_with_default (item, "quantity", 1));
  wb_town_out_string (out, "value",
                      g_strdelimit (text, "\"", ' ') != NULL ? g_strstrip (text) : "");
  wb_town_out_node (out, "weight", weight);
  wb_town_out_string (out, "code", wb_town_ep_text (item, "code"));
  wb_town_out_string (out, "mode", MODE);
  wb_town_out_null (out, "manufacturer");
  wb_town_out_string (out, "currency", wb_town_ep_text (item, "currency"));
  wb_town_out_null (out, "eccn");
  wb_town_out_null (out, "printed_commodity_identifier");
  wb_town_out_end_object (out);
}

static void
write_customs (WbTownOut *out, const WbTownEpShipment *shipment)
{
  JsonObject *given = shipment->customs != NULL ? json_node_get_object (shipment->customs) : NULL;
  JsonNode   *items = given != NULL ? json_object_get_member (given, "customs_items") : NULL;

  if (given == NULL)
    {
      wb_town_out_null (out, "customs_info");
      return;
    }
  wb_town_out_begin_object (out, "customs_info");
  wb_town_out_string (out, "id", shipment->customs_id);
  wb_town_out_string (out, "object", "CustomsInfo");
  write_times (out, shipment->created, shipment->created);
  wb_town_out_string (
      out, "contents_explanation",
      json_object_get_string_member_with_default (given, "contents_explanation", ""));
  wb_town_out_string (out, "contents_type", wb_town_ep_text (given, "contents_type"));
  wb_town_out_bool (out, "customs_certify",
                    json_object_get_boolean_member_with_default (given, "customs_certify", FALSE));
  wb_town_out_string (out, "customs_signer", wb_town_ep_text (given, "customs_signer"));
  wb_town_out_string (out, "eel_pfc", wb_town_ep_text (given, "eel_pfc"));
  wb_town_out_string (out, "non_delivery_option", wb_town_ep_text (given, "non_delivery_option"));
  wb_town_out_null (out, "restriction_comments");
  wb_town_out_string (out, "restriction_type", wb_town_ep_text (given, "restriction_type"));
  wb_town_out_string (out, "mode", MODE);
  wb_town_out_null (out, "declaration");
  wb_town_out_begin_array (out, "customs_items");
  for (guint i = 0; items != NULL && JSON_NODE_HOLDS_ARRAY (items) &&
                    i < json_array_get_length (json_node_get_array (items));
       i++)
    write_customs_item (out, shipment,
                        json_array_get_object_element (json_node_get_array (items), i), i);
  wb_town_out_end_array (out);
  wb_town_out_end_object (out);
}

static void
write_purchase (WbTown *town, WbTownOut *out, const WbTownEpShipment *shipment)
{
  if (shipment->bought == NULL)
    {
      wb_town_out_null (out, "postage_label");
      return;
    }
  write_label (town, out, shipment);
}

static void
write_rates (WbTown *town, WbTownOut *out, const WbTownEpShipment *shipment)
{
  wb_town_out_begin_array (out, "rates");
  for (guint i = 0; i < shipment->rates->len; i++)
    wb_town_ep_write_rate (town, out, NULL, shipment, g_ptr_array_index (shipment->rates, i));
  wb_town_out_end_array (out);
  wb_town_out_string (out, "refund_status", wb_town_ep_refund_status (town, shipment));
  wb_town_out_null (out, "scan_form");
  if (shipment->bought != NULL)
    {
      wb_town_ep_write_rate (town, out, "selected_rate", shipment, shipment->bought);
      wb_town_ep_write_tracker (town, out, "tracker", shipment);
    }
  else
    {
      wb_town_out_null (out, "selected_rate");
      wb_town_out_null (out, "tracker");
    }
}

/** wb_town_ep_write_shipment: a shipment, bought or not. */
void
wb_town_ep_write_shipment (WbTown *town, WbTownOut *out, const WbTownEpShipment *shipment)
{
  wb_town_out_begin_object (out, NULL);
  wb_town_ep_write_time (out, "created_at", shipment->created);
  wb_town_out_bool (out, "is_return", shipment->is_return);
  wb_town_out_begin_array (out, "messages");
  wb_town_out_end_array (out);
  wb_town_out_string (out, "mode", MODE);
  write_options (out, shipment);
  wb_town_out_string (out, "reference", shipment->reference);
  wb_town_out_string (out, "status",
                      shipment->bought != NULL ? wb_town_ep_track_status (town, shipment)
                                               : "unknown");
  wb_town_out_string (out, "tracking_code", shipment->tracking);
  wb_town_ep_write_time (out, "updated_at", shipment->updated);
  wb_town_out_null (out, "batch_id");
  wb_town_out_null (out, "batch_status");
  wb_town_out_null (out, "batch_message");
  write_customs (out, shipment);
  wb_town_ep_write_address (town, out, "from_address", shipment->from);
  if (shipment->bought != NULL && shipment->insured > 0)
    wb_town_out_decimal (out, "insurance", shipment->insured, 2);
  else
    wb_town_out_null (out, "insurance");
  wb_town_out_null (out, "order_id");
  wb_town_ep_write_parcel (town, out, "parcel", shipment->parcel);
  write_purchase (town, out, shipment);
  write_rates (town, out, shipment);
  wb_town_ep_write_address (town, out, "to_address", shipment->to);
  wb_town_out_int (out, "usps_zone", wb_town_ep_zone (shipment));
  wb_town_ep_write_address (town, out, "return_address",
                            shipment->back != NULL ? shipment->back : shipment->from);
  wb_town_ep_write_address (town, out, "buyer_address", shipment->to);
  wb_town_out_begin_array (out, "forms");
  wb_town_out_end_array (out);
  write_fees (town, out, shipment);
  wb_town_out_string (out, "id", shipment->id);
  wb_town_out_string (out, "object", "Shipment");
  wb_town_out_end_object (out);
}
