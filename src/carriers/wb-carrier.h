/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine asks of a carrier (or of a broker of carriers). */
#pragma once

#include "wb-connection.h"
#include "wb-customs.h"
#include "wb-order.h"
#include "wb-shipment.h"

G_BEGIN_DECLS

#define WB_TYPE_CARRIER (wb_carrier_get_type ())
G_DECLARE_INTERFACE (WbCarrier, wb_carrier, WB, CARRIER, GObject)

/* Label formats asked for and told. */
#define WB_FORMAT_PDF "pdf"
#define WB_FORMAT_PNG "png"
#define WB_FORMAT_ZPL "zpl"

/**
 * WbParcelAsk: one parcel to be rated or shipped. All borrowed.
 * @reference: ours, ≤ 35 characters, unique: by it the shipment is found again
 * @ship_date: the local date at the origin
 * @currency: the currency of @value_minor, the goods' value
 * @customs: (nullable): what customs are told, whole; %NULL: no customs are on the way, or prices
 * only are asked for
 */
typedef struct
{
  WbOrigin        *from;
  WbAddress       *to;
  const char      *reference;
  const char      *ship_date;
  gint64           weight_g;
  gint64           length_mm, width_mm, height_mm;
  const char      *currency;
  gint64           value_minor;
  const char      *label_format;
  gboolean         signature; /* the parcel is handed over against a signature only */
  const WbCustoms *customs;
} WbParcelAsk;

/* What the carrier says of an address. */
typedef enum
{
  WB_ADDRESS_GOOD,
  WB_ADDRESS_CORRECTED, /* deliverable, written otherwise: suggestion is set */
  WB_ADDRESS_DOUBTFUL,  /* it could not be confirmed; advisory only */
} WbAddressVerdict;

/**
 * WbPurchase: a label that has been bought.
 * @label: the bytes as the carrier gave them, never %NULL in a whole purchase
 * @format: what @label really is (WB_FORMAT_…), told by its first bytes
 * @cost: the postage
 * @insured: for how much the goods are insured, minor 0 when they are not
 * @insurance_fee: what that costs, beside @cost and in its currency
 */
typedef struct
{
  char   *remote_id;
  char   *tracking;
  char   *tracking_url;
  char   *carrier;
  char   *service;
  WbMoney cost;
  WbMoney insured;
  WbMoney insurance_fee;
  GBytes *label;
  char   *format;
} WbPurchase;

typedef enum
{
  WB_PURCHASE_UNKNOWN,    /* the carrier cannot say: a person decides */
  WB_PURCHASE_FOUND,      /* bought: the purchase is filled */
  WB_PURCHASE_NOT_BOUGHT, /* certainly not bought */
} WbPurchaseFinding;

typedef enum
{
  WB_VOID_SUBMITTED, /* asked for; the money comes back later or not */
  WB_VOID_REFUNDED,
  WB_VOID_REFUSED,
  WB_VOID_NOT_ASKED, /* (only from find_void) */
  WB_VOID_UNKNOWN,   /* (only from find_void) */
} WbVoidState;

/**
 * WbTrack: where a parcel is.
 * @state: WB_TRACKER_…, normalised; a word this program does not know is %WB_TRACKER_UNKNOWN, never
 * delivered
 * @raw: the carrier's own word
 */
typedef struct
{
  const char *state;
  char       *raw;
} WbTrack;

struct _WbCarrierInterface
{
  GTypeInterface parent_iface;

  gboolean (*probe) (WbCarrier *self, char **summary, GCancellable *cancellable, GError **error);
  gboolean (*verify_address) (WbCarrier        *self,
                              WbAddress        *address,
                              WbAddressVerdict *verdict,
                              WbAddress       **suggestion,
                              char            **remark,
                              GCancellable     *cancellable,
                              GError          **error);
  GPtrArray *(*get_rates) (WbCarrier         *self,
                           const WbParcelAsk *ask,
                           GCancellable      *cancellable,
                           GError           **error);
  gboolean (*price_insurance) (
      WbCarrier *self, WbMoney value, WbMoney *fee, GCancellable *cancellable, GError **error);
  gboolean (*buy) (WbCarrier    *self,
                   const char   *remote_id,
                   const char   *rate_ref,
                   const char   *label_format,
                   WbMoney       insured,
                   WbPurchase   *purchase,
                   GCancellable *cancellable,
                   GError      **error);
  WbPurchaseFinding (*find_purchase) (WbCarrier    *self,
                                      const char   *remote_id,
                                      const char   *reference,
                                      const char   *label_format,
                                      WbPurchase   *purchase,
                                      GCancellable *cancellable,
                                      GError      **error);
  gboolean (*void_label) (WbCarrier    *self,
                          const char   *remote_id,
                          WbVoidState  *state,
                          GCancellable *cancellable,
                          GError      **error);
  WbVoidState (*find_void) (WbCarrier    *self,
                            const char   *remote_id,
                            GCancellable *cancellable,
                            GError      **error);
  gboolean (*track) (WbCarrier    *self,
                     const char   *remote_id,
                     WbTrack      *track,
                     GCancellable *cancellable,
                     GError      **error);
};

gboolean
wb_carrier_probe (WbCarrier *self, char **summary, GCancellable *cancellable, GError **error);
gboolean   wb_carrier_verify_address (WbCarrier        *self,
                                      WbAddress        *address,
                                      WbAddressVerdict *verdict,
                                      WbAddress       **suggestion,
                                      char            **remark,
                                      GCancellable     *cancellable,
                                      GError          **error);
GPtrArray *wb_carrier_get_rates (WbCarrier         *self,
                                 const WbParcelAsk *ask,
                                 GCancellable      *cancellable,
                                 GError           **error);
gboolean   wb_carrier_price_insurance (
      WbCarrier *self, WbMoney value, WbMoney *fee, GCancellable *cancellable, GError **error);
gboolean          wb_carrier_buy (WbCarrier    *self,
                                  const char   *remote_id,
                                  const char   *rate_ref,
                                  const char   *label_format,
                                  WbMoney       insured,
                                  WbPurchase   *purchase,
                                  GCancellable *cancellable,
                                  GError      **error);
WbPurchaseFinding wb_carrier_find_purchase (WbCarrier    *self,
                                            const char   *remote_id,
                                            const char   *reference,
                                            const char   *label_format,
                                            WbPurchase   *purchase,
                                            GCancellable *cancellable,
                                            GError      **error);
gboolean          wb_carrier_void_label (WbCarrier    *self,
                                         const char   *remote_id,
                                         WbVoidState  *state,
                                         GCancellable *cancellable,
                                         GError      **error);
WbVoidState       wb_carrier_find_void (WbCarrier    *self,
                                        const char   *remote_id,
                                        GCancellable *cancellable,
                                        GError      **error);
gboolean          wb_carrier_track (WbCarrier    *self,
                                    const char   *remote_id,
                                    WbTrack      *track,
                                    GCancellable *cancellable,
                                    GError      **error);
void              wb_purchase_clear (WbPurchase *purchase);
const char       *wb_label_sniff_format (GBytes *label);

typedef struct
{
  const char        *id;
  const char        *title; /* N_() */
  const char *const *secrets;
  const char        *default_url;
  WbCarrier *(*open) (WbConnection *connection, const char *const *secret_values, GError **error);
} WbCarrierProvider;

const WbCarrierProvider *wb_carrier_get_provider (guint index);
const WbCarrierProvider *wb_carrier_find_provider (const char *id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPurchase, wb_purchase_clear)

G_END_DECLS
