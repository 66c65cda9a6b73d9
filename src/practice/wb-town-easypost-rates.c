/* SPDX-License-Identifier: GPL-3.0-or-later
 * What sending a parcel costs: a price list by carrier, weight and distance, the same each time. */
#include "wb-town-easypost.h"

#include "wb-town-random.h"

#include "wb-money.h"

#include <string.h>

enum
{
  DOMESTIC = 1,
  NEAR = 2, /* within the union */
  FAR = 4,
};

typedef struct
{
  const char *carrier;
  const char *service;
  const char *account;
  gboolean    american; /* sent from the US; else from anywhere else */
  guint       reach;
  gint64      base; /* minor units */
  gint64      per_half_kilo;
  gint64      per_zone;
  guint       days;
  gint64      max_grams;
} Tariff;

static const Tariff tariffs[] = {
  { "USPS", "Express", "ca_5ba7ca3632c54adeb17ad4bcac13c890", TRUE, DOMESTIC, 2890, 105, 80, 2,
    31700 },
  { "USPS", "Priority", "ca_5ba7ca3632c54adeb17ad4bcac13c890", TRUE, DOMESTIC, 545, 74, 18, 2,
    31700 },
  { "USPS", "GroundAdvantage", "ca_5ba7ca3632c54adeb17ad4bcac13c890", TRUE, DOMESTIC, 459, 62, 11,
    3, 31700 },
  { "USPS", "FirstClassPackageInternationalService", "ca_5ba7ca3632c54adeb17ad4bcac13c890", TRUE,
    NEAR | FAR, 1425, 210, 90, 12, 1814 },
  { "USPS", "PriorityMailInternational", "ca_5ba7ca3632c54adeb17ad4bcac13c890", TRUE, NEAR | FAR,
    3905, 330, 120, 8, 30000 },
  { "UPS", "Ground", "ca_7642d249fdcf47bcb5da9ea34c96dfcf", TRUE, DOMESTIC, 812, 66, 21, 4, 68000 },
  { "UPS", "UPSSaver", "ca_7642d249fdcf47bcb5da9ea34c96dfcf", TRUE, NEAR | FAR, 5210, 415, 130, 3,
    68000 },
  { "DeutschePost", "PacketTracked", "ca_1c7b2e3f5d6a4b8c9e0f1a2b3c4d5e6f", FALSE, DOMESTIC | NEAR,
    389, 55, 40, 3, 2000 },
  { "DHLPaket", "DHLPaket", "ca_2d8c3f4a6e7b4c9d8f1a2b3c4d5e6f70", FALSE, DOMESTIC, 549, 38, 0, 2,
    31500 },
  { "DHLPaket", "DHLPaketInternational", "ca_2d8c3f4a6e7b4c9d8f1a2b3c4d5e6f70", FALSE, NEAR | FAR,
    1399, 160, 260, 6, 31500 },
  { "DPD", "DPDCLASSIC", "ca_3e9d4a5b7f8c4dae9a2b3c4d5e6f7081", FALSE, DOMESTIC | NEAR, 565, 44, 95,
    3, 31500 },
  { "UPS", "UPSStandard", "ca_7642d249fdcf47bcb5da9ea34c96dfcf", FALSE, DOMESTIC | NEAR, 745, 61,
    140, 2, 68000 },
  { "UPS", "UPSSaver", "ca_7642d249fdcf47bcb5da9ea34c96dfcf", FALSE, NEAR | FAR, 2990, 320, 330, 2,
    68000 },
  { "DHLExpress", "ExpressWorldwide", "ca_4fae5b6c8a9d4ebfab3c4d5e6f708192", FALSE, NEAR | FAR,
    3450, 390, 410, 1, 68000 },
};

static const char *const union_countries[] = { "AT", "BE", "BG", "CY", "CZ", "DE", "DK",
                                               "EE", "ES", "FI", "FR", "GR", "HR", "HU",
                                               "IE", "IT", "LT", "LU", "LV", "MT", "NL",
                                               "PL", "PT", "RO", "SE", "SI", "SK", NULL };

static guint
reach_of (const WbTownEpShipment *shipment)
{
  if (strcmp (shipment->from->country, shipment->to->country) == 0)
    return DOMESTIC;
  if (g_strv_contains (union_countries, shipment->from->country) &&
      g_strv_contains (union_countries, shipment->to->country))
    return NEAR;
  return FAR;
}

/* Goods to Northern Ireland go as within the union, though its parcels go as far as Britain's. */
static gboolean
is_northern_irish (const WbTownEpShipment *shipment)
{
  return g_strv_contains (union_countries, shipment->from->country) &&
         strcmp (shipment->to->country, "GB") == 0 && shipment->to->zip != NULL &&
         g_ascii_strncasecmp (shipment->to->zip, "BT", 2) == 0;
}

/** wb_town_ep_is_abroad: whether customs are on its way. */
gboolean
wb_town_ep_is_abroad (const WbTownEpShipment *shipment)
{
  return reach_of (shipment) == FAR && !is_northern_irish (shipment);
}

/** wb_town_ep_zone: how far it is, from 1 (next door) to 9 (abroad). */
guint
wb_town_ep_zone (const WbTownEpShipment *shipment)
{
  const char *from = shipment->from->zip != NULL ? shipment->from->zip : "0";
  const char *to = shipment->to->zip != NULL ? shipment->to->zip : "0";

  if (reach_of (shipment) != DOMESTIC)
    return reach_of (shipment) == NEAR ? 3 : 9;
  return 1 + (guint) ABS (*from - *to) % 8;
}

/* Everything is charged in the money of the place it is sent from. */
static const char *
currency_of (const WbTownEpShipment *shipment)
{
  return strcmp (shipment->from->country, "US") == 0   ? "USD"
         : strcmp (shipment->from->country, "GB") == 0 ? "GBP"
                                                       : "EUR";
}

/* A signature at the door costs something. */
static gint64
signature_fee (const WbTownEpShipment *shipment)
{
  JsonObject *options = shipment->options != NULL ? json_node_get_object (shipment->options) : NULL;
  const char *wish = options != NULL ? wb_town_ep_text (options, "delivery_confirmation") : NULL;

  return wish != NULL && strcmp (wish, "NO_SIGNATURE") != 0 ? 295 : 0;
}

#define MM3_PER_CUBIC_INCH  16387.064
#define CUBIC_FOOT          1728.0 /* cubic inches */
#define USPS_INCHES_A_POUND 166.0
#define CM3_A_KILO          5000.0

static double
side_of (const char *inches)
{
  return inches != NULL ? g_ascii_strtod (inches, NULL) : 0;
}

/* What is billed of a parcel that is large for its weight: USPS counts a pound for 166 cubic inches
 * of what is larger than a cubic foot (Domestic Mail Manual, 123.1.4), UPS and DHL Express a
 * kilogram for 5,000 cm³ of anything; the others go by what the scale says. */
static gint64
billed_grams (const char *carrier, const WbTownEpShipment *shipment)
{
  const WbTownEpParcel *parcel = shipment->parcel;
  double inches = side_of (parcel->length) * side_of (parcel->width) * side_of (parcel->height);
  double grams = 0;

  if (g_str_equal (carrier, "USPS"))
    grams = inches > CUBIC_FOOT ? inches / USPS_INCHES_A_POUND * 453.59237 : 0;
  else if (g_str_equal (carrier, "UPS") || g_str_equal (carrier, "DHLExpress"))
    grams = inches * MM3_PER_CUBIC_INCH / CM3_A_KILO;
  return MAX (parcel->grams, (gint64) grams);
}

/** wb_town_ep_rate: quotes @shipment anew at today's price list; earlier rates are gone. */
void
wb_town_ep_rate (WbTown *town, WbTownEpShipment *shipment)
{
  gboolean american = strcmp (shipment->from->country, "US") == 0;

  g_ptr_array_set_size (shipment->rates, 0);
  shipment->rated = shipment->updated = wb_town_clock (town);
  for (guint i = 0; i < G_N_ELEMENTS (tariffs); i++)
    {
      const Tariff *tariff = &tariffs[i];
      gint64        halves = (billed_grams (tariff->carrier, shipment) + 499) / 500;
      WbTownEpRate *rate;

      if (tariff->american != american || !(tariff->reach & reach_of (shipment)) ||
          shipment->parcel->grams > tariff->max_grams)
        continue;
      rate = g_new0 (WbTownEpRate, 1);
      rate->id = wb_town_ep_id (town, "rate");
      rate->carrier = tariff->carrier;
      rate->service = tariff->service;
      rate->account = tariff->account;
      rate->currency = currency_of (shipment);
      rate->days = tariff->days;
      rate->price = tariff->base + tariff->per_half_kilo * halves +
                    tariff->per_zone * wb_town_ep_zone (shipment);
      rate->price += signature_fee (shipment);
      rate->price = rate->price * wb_town_ep_price_percent (town) / 100;
      g_ptr_array_add (shipment->rates, rate);
    }
}

/* A tracking number in the manner of its carrier. */
static char *
tracking_of (WbTown *town, const WbTownEpRate *rate)
{
  g_autofree char *id = wb_town_ep_id (town, "trkno");
  guint64          number =
      wb_town_mix (town->seed, 61, g_str_hash (id)) % G_GUINT64_CONSTANT (1000000000000);
  guint64 tail = wb_town_mix (town->seed, 62, g_str_hash (id)) % 10000;

  if (strcmp (rate->carrier, "USPS") == 0)
    return g_strdup_printf ("940010%012" G_GUINT64_FORMAT "%04" G_GUINT64_FORMAT, number, tail);
  if (strcmp (rate->carrier, "UPS") == 0)
    return g_strdup_printf ("1ZPRAC%012" G_GUINT64_FORMAT, number);
  if (strcmp (rate->carrier, "DeutschePost") == 0)
    return g_strdup_printf ("LX%09" G_GUINT64_FORMAT "DE", number % 1000000000);
  if (strcmp (rate->carrier, "DPD") == 0)
    return g_strdup_printf ("01%012" G_GUINT64_FORMAT, number);
  return g_strdup_printf ("00340%012" G_GUINT64_FORMAT "%03" G_GUINT64_FORMAT, number, tail % 1000);
}

static const char *
format_of (const WbTownEpShipment *shipment)
{
  static const char *const formats[] = { "PNG", "PDF", "ZPL", "EPL2", NULL };
  const char              *asked =
      shipment->options != NULL
                       ? wb_town_ep_text (json_node_get_object (shipment->options), "label_format")
                       : NULL;

  for (guint i = 0; asked != NULL && formats[i] != NULL; i++)
    if (g_ascii_strcasecmp (formats[i], asked) == 0)
      return formats[i];
  return "PNG";
}

/** wb_town_ep_buy: sells the label at @rate; FALSE when @insurance is no amount. Insured for 50.00
 * unless told otherwise. */
gboolean
wb_town_ep_buy (WbTown *town, WbTownEpShipment *shipment, WbTownEpRate *rate, const char *insurance)
{
  gint64 insured = 5000;

  if (insurance != NULL && !wb_money_parse_minor (insurance, 2, &insured, NULL))
    return FALSE;
  if (shipment->to->verified == WB_TOWN_ADDRESS_PLAIN)
    wb_town_ep_verify (shipment->to);
  shipment->bought = rate;
  shipment->bought_at = shipment->updated = wb_town_clock (town);
  shipment->insured = insured;
  shipment->tracking = tracking_of (town, rate);
  shipment->tracker_id = wb_town_ep_id (town, "trk");
  shipment->label_id = wb_town_ep_id (town, "pl");
  shipment->format = g_strdup (format_of (shipment));
  shipment->as_pdf = strcmp (shipment->format, "PDF") == 0;
  shipment->as_zpl = strcmp (shipment->format, "ZPL") == 0;
  shipment->as_epl2 = strcmp (shipment->format, "EPL2") == 0;
  return TRUE;
}
