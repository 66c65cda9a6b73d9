/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the files of the EasyPost module share among themselves and with their tests. */
#pragma once

#include "wb-carrier.h"
#include "wb-http.h"

G_BEGIN_DECLS

/* One label is some 20 to 300 kB; a PDF with customs papers a few MB. */
#define WB_EASYPOST_MAX_LABEL (16 * 1024 * 1024)

#define WB_TYPE_EASYPOST (wb_easypost_get_type ())
G_DECLARE_FINAL_TYPE (WbEasypost, wb_easypost, WB, EASYPOST, GObject)

struct _WbEasypost
{
  GObject parent_instance;

  WbHttp  *http;
  gboolean test_key; /* the key begins with EZTK: nothing it buys is real */
};

/* wb-easypost-error.c */
gboolean  wb_easypost_check (const WbHttpResponse *response, GError **error);
char     *wb_easypost_dup_error_code (const WbHttpResponse *response);
JsonNode *wb_easypost_call (WbEasypost    *self,
                            WbHttpRequest *request,
                            GCancellable  *cancellable,
                            GError       **error);

/* wb-easypost-units.c */
gboolean wb_easypost_ounces (gint64 grams, char text[WB_MONEY_TEXT_SIZE], GError **error);
gboolean wb_easypost_ounces_within (gint64 grams, char text[WB_MONEY_TEXT_SIZE], GError **error);
gboolean wb_easypost_inches (gint64 millimetres, char text[WB_MONEY_TEXT_SIZE], GError **error);
char    *wb_easypost_label_date (const char *date, const char *zone, GError **error);

/* wb-easypost-address.c */
JsonNode *wb_easypost_address_to_json (WbAddress *address);
JsonNode *wb_easypost_origin_to_json (WbOrigin *origin);
gboolean  wb_easypost_read_verification (const WbJson     *at,
                                         WbAddress        *asked,
                                         WbAddressVerdict *verdict,
                                         WbAddress       **suggestion,
                                         char            **remark,
                                         GError          **error);
gboolean  wb_easypost_verify_address (WbCarrier        *carrier,
                                      WbAddress        *address,
                                      WbAddressVerdict *verdict,
                                      WbAddress       **suggestion,
                                      char            **remark,
                                      GCancellable     *cancellable,
                                      GError          **error);

/* wb-easypost-customs.c */
gboolean wb_easypost_customs_text (const WbParcelAsk *ask, char **text, GError **error);

/* wb-easypost-rates.c */
char      *wb_easypost_shipment_body (const WbParcelAsk *ask, GError **error);
GPtrArray *wb_easypost_read_rates (const WbJson *shipment, GError **error);
GPtrArray *wb_easypost_get_rates (WbCarrier         *carrier,
                                  const WbParcelAsk *ask,
                                  GCancellable      *cancellable,
                                  GError           **error);

/* wb-easypost-label.c */
const char *wb_easypost_label_url (const WbJson *shipment, const char *format);
gboolean    wb_easypost_label_is_whole (GBytes *label);
GBytes     *wb_easypost_label_file (const WbJson *shipment);
gboolean    wb_easypost_is_bought (const WbJson *shipment);
gboolean wb_easypost_read_purchase (const WbJson *shipment, WbPurchase *purchase, GError **error);
gboolean wb_easypost_fetch_label (WbEasypost   *self,
                                  const WbJson *shipment,
                                  const char   *format,
                                  WbPurchase   *purchase,
                                  GCancellable *cancellable,
                                  GError      **error);

/* wb-easypost-buy.c */
JsonNode         *wb_easypost_read_shipment (WbEasypost   *self,
                                             const char   *id,
                                             GCancellable *cancellable,
                                             GError      **error);
gboolean          wb_easypost_buy (WbCarrier    *carrier,
                                   const char   *remote_id,
                                   const char   *rate_ref,
                                   const char   *label_format,
                                   WbMoney       insured,
                                   WbPurchase   *purchase,
                                   GCancellable *cancellable,
                                   GError      **error);
WbPurchaseFinding wb_easypost_find_purchase (WbCarrier    *carrier,
                                             const char   *remote_id,
                                             const char   *reference,
                                             const char   *label_format,
                                             WbPurchase   *purchase,
                                             GCancellable *cancellable,
                                             GError      **error);

/* wb-easypost-insurance.c */
gboolean wb_easypost_insures (WbMoney value, GError **error);
gboolean wb_easypost_insurance_fee (const WbJson *user, gint64 cents, gint64 *fee, GError **error);
gboolean wb_easypost_read_insurance (const WbJson *shipment, WbPurchase *purchase, GError **error);
gboolean wb_easypost_price_insurance (
    WbCarrier *carrier, WbMoney value, WbMoney *fee, GCancellable *cancellable, GError **error);

/* wb-easypost-track.c */
const char *wb_easypost_tracker_state (const char *status);
gboolean    wb_easypost_track (WbCarrier    *carrier,
                               const char   *remote_id,
                               WbTrack      *track,
                               GCancellable *cancellable,
                               GError      **error);

/* wb-easypost-void.c */
gboolean    wb_easypost_read_void (const WbJson *shipment, WbVoidState *state, GError **error);
gboolean    wb_easypost_void_label (WbCarrier    *carrier,
                                    const char   *remote_id,
                                    WbVoidState  *state,
                                    GCancellable *cancellable,
                                    GError      **error);
WbVoidState wb_easypost_find_void (WbCarrier    *carrier,
                                   const char   *remote_id,
                                   GCancellable *cancellable,
                                   GError      **error);

G_END_DECLS
