/* SPDX-License-Identifier: GPL-3.0-or-later
 * The carrier's books: addresses looked at, shipments quoted, labels sold and taken back. */
#pragma once

#include "wb-town-private.h"

G_BEGIN_DECLS

typedef enum
{
  WB_TOWN_ADDRESS_PLAIN, /* never looked at */
  WB_TOWN_ADDRESS_GOOD,
  WB_TOWN_ADDRESS_NO_FLAT, /* good, but there are several flats */
  WB_TOWN_ADDRESS_NOT_FOUND,
  WB_TOWN_ADDRESS_NO_HOUSE,
} WbTownAddressState;

typedef struct
{
  char              *id;
  WbInstant          created;
  char              *name;
  char              *company;
  char              *street1;
  char              *street2;
  char              *city;
  char              *state;
  char              *zip;
  char              *country;
  char              *phone;
  char              *email;
  WbTownAddressState verified;
} WbTownEpAddress;

typedef struct
{
  char     *id;
  WbInstant created;
  char     *length; /* JSON numbers as given; NULL: none */
  char     *width;
  char     *height;
  char     *weight;
  char     *predefined;
  gint64    grams;
} WbTownEpParcel;

typedef struct
{
  char       *id;
  const char *carrier; /* static */
  const char *service;
  const char *account;
  gint64      price; /* minor units */
  const char *currency;
  guint       days;
} WbTownEpRate;

typedef struct
{
  char            *id;
  char            *reference;
  WbInstant        created;
  WbInstant        updated;
  WbInstant        rated;
  WbTownEpAddress *from;
  WbTownEpAddress *to;
  WbTownEpAddress *back; /* NULL: from */
  WbTownEpParcel  *parcel;
  JsonNode        *options; /* NULL: none given */
  JsonNode        *customs; /* NULL: none */
  char            *customs_id;
  GPtrArray       *rates;  /* of WbTownEpRate */
  WbTownEpRate    *bought; /* borrowed from rates; NULL: not yet */
  WbInstant        bought_at;
  char            *tracking;
  char            *tracker_id;
  char            *label_id;
  char            *format; /* "PNG", "PDF", "ZPL", "EPL2" */
  gboolean         as_pdf; /* converted to */
  gboolean         as_zpl;
  gboolean         as_epl2;
  gint64           insured; /* hundredths of a dollar */
  WbInstant        refund_asked;
  gboolean         refund_rejected;
  gboolean         is_return;
} WbTownEpShipment;

WbTownPost       *wb_town_post_new (WbTown *town);
void              wb_town_post_free (WbTownPost *self);
char             *wb_town_ep_id (WbTown *town, const char *prefix);
WbTownEpAddress  *wb_town_ep_address_find (WbTown *town, const char *id);
WbTownEpAddress  *wb_town_ep_address_take (WbTown *town, JsonObject *given);
WbTownEpParcel   *wb_town_ep_parcel_take (WbTown *town, JsonObject *given);
WbTownEpShipment *wb_town_ep_shipment_new (WbTown *town);
WbTownEpShipment *wb_town_ep_shipment_find (WbTown *town, const char *id_or_reference);
GPtrArray        *wb_town_ep_shipments (WbTown *town);
WbTownEpShipment *wb_town_ep_by_label (WbTown *town, const char *label_id);
WbTownEpShipment *wb_town_ep_by_tracker (WbTown *town, const char *id_or_code);
gint64            wb_town_ep_price_percent (WbTown *town);
void              wb_town_ep_set_price_percent (WbTown *town, gint64 percent);
void              wb_town_ep_verify (WbTownEpAddress *address);
guint             wb_town_ep_zone (const WbTownEpShipment *shipment);
void              wb_town_ep_rate (WbTown *town, WbTownEpShipment *shipment);
gboolean          wb_town_ep_is_abroad (const WbTownEpShipment *shipment);
gboolean          wb_town_ep_check_customs (const WbTownEpShipment *shipment, WbTownReply *reply);
gboolean          wb_town_ep_buy (WbTown           *town,
                                  WbTownEpShipment *shipment,
                                  WbTownEpRate     *rate,
                                  const char       *insurance);
const char       *wb_town_ep_refund_status (WbTown *town, const WbTownEpShipment *shipment);
const char       *wb_town_ep_track_status (WbTown *town, const WbTownEpShipment *shipment);

void wb_town_ep_handle (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_fail (WbTownReply *reply,
                      guint        status,
                      const char  *code,
                      const char  *message,
                      const char  *field,
                      const char  *why);
void wb_town_ep_not_found (WbTownReply *reply);
void wb_town_ep_write_address (WbTown                *town,
                               WbTownOut             *out,
                               const char            *name,
                               const WbTownEpAddress *address);
void wb_town_ep_write_parcel (WbTown               *town,
                              WbTownOut            *out,
                              const char           *name,
                              const WbTownEpParcel *parcel);
void wb_town_ep_write_rate (WbTown                 *town,
                            WbTownOut              *out,
                            const char             *name,
                            const WbTownEpShipment *shipment,
                            const WbTownEpRate     *rate);
void wb_town_ep_write_tracker (WbTown                 *town,
                               WbTownOut              *out,
                               const char             *name,
                               const WbTownEpShipment *shipment);
void wb_town_ep_write_shipment (WbTown *town, WbTownOut *out, const WbTownEpShipment *shipment);
void wb_town_ep_write_time (WbTownOut *out, const char *name, WbInstant instant);
JsonObject *wb_town_ep_member (JsonNode *json, const char *name);
const char *wb_town_ep_text (JsonObject *object, const char *name);

void wb_town_ep_create_address (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_create_and_verify (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_get_address (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_verify_address (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_create_parcel (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_get_parcel (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_create_shipment (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_get_shipment (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_list_shipments (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_buy_shipment (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_rerate_shipment (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_refund_shipment (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_convert_label (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_get_user (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_get_rate (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_create_tracker (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_get_tracker (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_ep_get_label_file (WbTown *town, WbTownRequest *request, WbTownReply *reply);

/* wb-town-labels.c */
GBytes *wb_town_label_make (const WbTownEpShipment *shipment,
                            const char             *format,
                            const char            **content_type);

G_END_DECLS
