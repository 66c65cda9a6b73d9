/* SPDX-License-Identifier: GPL-3.0-or-later
 * The carrier's books: addresses looked at, shipments quoted, labels sold and taken back. */
#pragma once

#include "wb-town-private.h"

G_BEGIN_DECLS

typedef enum
{
  WB_ADDRESS_PLAIN,     /* never looked at */
  WB_ADDRESS_GOOD,
  WB_ADDRESS_NO_FLAT,   /* good, but there are several flats */
  WB_ADDRESS_NOT_FOUND,
  WB_ADDRESS_NO_HOUSE,
} WbAddressState;

typedef struct
{
  char          *id;
  WbInstant      created;
  char          *name;
  char          *company;
  char          *street1;
  char          *street2;
  char          *city;
  char          *state;
  char          *zip;
  char          *country;
  char          *phone;
  char          *email;
  WbAddressState verified;
} WbEpAddress;

typedef struct
{
  char     *id;
  WbInstant created;
  char     *length;  /* JSON numbers as given; NULL: none */
  char     *width;
  char     *height;
  char     *weight;
  char     *predefined;
  gint64    grams;
} WbEpParcel;

typedef struct
{
  char       *id;
  const char *carrier; /* static */
  const char *service;
  const char *account;
  gint64      price;   /* minor units */
  const char *currency;
  guint       days;
} WbEpRate;

typedef struct
{
  char        *id;
  char        *reference;
  WbInstant    created;
  WbInstant    updated;
  WbInstant    rated;
  WbEpAddress *from;
  WbEpAddress *to;
  WbEpAddress *back;   /* NULL: from */
  WbEpParcel  *parcel;
  JsonNode    *options; /* NULL: none given */
  JsonNode    *customs; /* NULL: none */
  char        *customs_id;
  GPtrArray   *rates;  /* of WbEpRate */
  WbEpRate    *bought; /* borrowed from rates; NULL: not yet */
  WbInstant    bought_at;
  char        *tracking;
  char        *tracker_id;
  char        *label_id;
  char        *format; /* "PNG", "PDF", "ZPL", "EPL2" */
  gboolean     as_pdf; /* converted to */
  gboolean     as_zpl;
  gboolean     as_epl2;
  gint64       insured; /* hundredths of a dollar */
  WbInstant    refund_asked;
  gboolean     refund_rejected;
  gboolean     is_return;
} WbEpShipment;

WbTownPost   *wb_town_post_new  (WbTown *town);
void          wb_town_post_free (WbTownPost *self);
char         *wb_ep_id          (WbTown *town, const char *prefix);
WbEpAddress  *wb_ep_address_find (WbTown *town, const char *id);
WbEpAddress  *wb_ep_address_take (WbTown *town, JsonObject *given);
WbEpParcel   *wb_ep_parcel_take (WbTown *town, JsonObject *given);
WbEpShipment *wb_ep_shipment_new (WbTown *town);
WbEpShipment *wb_ep_shipment_find (WbTown *town, const char *id_or_reference);
GPtrArray    *wb_ep_shipments   (WbTown *town);
WbEpShipment *wb_ep_by_label    (WbTown *town, const char *label_id);
WbEpShipment *wb_ep_by_tracker  (WbTown *town, const char *id_or_code);
gint64        wb_ep_price_percent (WbTown *town);
void          wb_ep_set_price_percent (WbTown *town, gint64 percent);
void          wb_ep_verify      (WbEpAddress *address);
guint         wb_ep_zone        (const WbEpShipment *shipment);
void          wb_ep_rate        (WbTown *town, WbEpShipment *shipment);
gboolean      wb_ep_buy         (WbTown *town, WbEpShipment *shipment, WbEpRate *rate, const char *insurance);
const char   *wb_ep_refund_status (WbTown *town, const WbEpShipment *shipment);
const char   *wb_ep_track_status (WbTown *town, const WbEpShipment *shipment);

void wb_ep_handle           (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_fail             (WbTownReply *reply, guint status, const char *code, const char *message, const char *field, const char *why);
void wb_ep_not_found        (WbTownReply *reply);
void wb_ep_write_address    (WbTown *town, WbTownOut *out, const char *name, const WbEpAddress *address);
void wb_ep_write_parcel     (WbTown *town, WbTownOut *out, const char *name, const WbEpParcel *parcel);
void wb_ep_write_rate       (WbTown *town, WbTownOut *out, const char *name, const WbEpShipment *shipment, const WbEpRate *rate);
void wb_ep_write_tracker    (WbTown *town, WbTownOut *out, const char *name, const WbEpShipment *shipment);
void wb_ep_write_shipment   (WbTown *town, WbTownOut *out, const WbEpShipment *shipment);
void wb_ep_write_time       (WbTownOut *out, const char *name, WbInstant instant);
JsonObject *wb_ep_member    (JsonNode *json, const char *name);
const char *wb_ep_text      (JsonObject *object, const char *name);

void wb_ep_create_address   (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_create_and_verify (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_get_address      (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_verify_address   (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_create_parcel    (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_get_parcel       (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_create_shipment  (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_get_shipment     (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_list_shipments   (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_buy_shipment     (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_rerate_shipment  (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_refund_shipment  (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_convert_label    (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_get_rate         (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_create_tracker   (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_get_tracker      (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_ep_get_label_file   (WbTown *town, WbTownRequest *request, WbTownReply *reply);

/* wb-town-labels.c */
GBytes *wb_town_label_make  (const WbEpShipment *shipment, const char *format, const char **content_type);

G_END_DECLS
