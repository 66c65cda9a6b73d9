/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine asks of a carrier: dispatch to the module, and the table of modules. */
#include "wb-carrier.h"

#include "wb-easypost.h"

#include <string.h>

G_DEFINE_INTERFACE (WbCarrier, wb_carrier, G_TYPE_OBJECT)

static void
wb_carrier_default_init (WbCarrierInterface *iface)
{
}

/** wb_carrier_probe: tests the credentials; @summary: (out): what was found, one sentence for
 * people. Buys nothing. */
gboolean
wb_carrier_probe (WbCarrier *self, char **summary, GCancellable *cancellable, GError **error)
{
  return WB_CARRIER_GET_IFACE (self)->probe (self, summary, cancellable, error);
}

/**
 * wb_carrier_verify_address:
 * @suggestion: (out) (nullable): the address as the carrier would write it, when it differs
 * @remark: (out) (nullable): the carrier's words
 *
 * Advisory: a valid new address may be unknown to the validator, so a doubt never forbids shipping.
 */
gboolean
wb_carrier_verify_address (WbCarrier        *self,
                           WbAddress        *address,
                           WbAddressVerdict *verdict,
                           WbAddress       **suggestion,
                           char            **remark,
                           GCancellable     *cancellable,
                           GError          **error)
{
  return WB_CARRIER_GET_IFACE (self)->verify_address (self, address, verdict, suggestion, remark,
                                                      cancellable, error);
}

/** wb_carrier_get_rates: Returns: (transfer full) (element-type WbRate): the offers for @ask,
 * cheapest first. */
GPtrArray *
wb_carrier_get_rates (WbCarrier         *self,
                      const WbParcelAsk *ask,
                      GCancellable      *cancellable,
                      GError           **error)
{
  return WB_CARRIER_GET_IFACE (self)->get_rates (self, ask, cancellable, error);
}

/**
 * wb_carrier_price_insurance:
 * @value: what the goods are worth
 * @fee: (out): what insuring them costs
 *
 * %WB_ERROR_REFUSED when the carrier does not insure goods of this value or in this currency; the
 * message says why.
 */
gboolean
wb_carrier_price_insurance (
    WbCarrier *self, WbMoney value, WbMoney *fee, GCancellable *cancellable, GError **error)
{
  return WB_CARRIER_GET_IFACE (self)->price_insurance (self, value, fee, cancellable, error);
}

/**
 * wb_carrier_buy:
 * @remote_id: the rated shipment (WbRate's remote_id)
 * @insured: for how much the goods are to be insured; minor 0: not at all
 * @purchase: (out): filled on success only, label bytes included
 *
 * An effect that costs money: only the journal may call it. %WB_ERROR_UNSURE when the outcome is
 * not known, also when the purchase went through but the label could not be fetched;
 * wb_carrier_find_purchase() then tells.
 */
gboolean
wb_carrier_buy (WbCarrier    *self,
                const char   *remote_id,
                const char   *rate_ref,
                const char   *label_format,
                WbMoney       insured,
                WbPurchase   *purchase,
                GCancellable *cancellable,
                GError      **error)
{
  return WB_CARRIER_GET_IFACE (self)->buy (self, remote_id, rate_ref, label_format, insured,
                                           purchase, cancellable, error);
}

/**
 * wb_carrier_find_purchase:
 * @reference: our parcel's reference, for a carrier that is asked by it
 *
 * Looks at the carrier's own record. @purchase is filled for %WB_PURCHASE_FOUND;
 * %WB_PURCHASE_UNKNOWN sets @error when the carrier could not be asked.
 */
WbPurchaseFinding
wb_carrier_find_purchase (WbCarrier    *self,
                          const char   *remote_id,
                          const char   *reference,
                          const char   *label_format,
                          WbPurchase   *purchase,
                          GCancellable *cancellable,
                          GError      **error)
{
  return WB_CARRIER_GET_IFACE (self)->find_purchase (self, remote_id, reference, label_format,
                                                     purchase, cancellable, error);
}

/** wb_carrier_void_label: asks for the label's money back; an effect: only the journal may call it.
 */
gboolean
wb_carrier_void_label (WbCarrier    *self,
                       const char   *remote_id,
                       WbVoidState  *state,
                       GCancellable *cancellable,
                       GError      **error)
{
  return WB_CARRIER_GET_IFACE (self)->void_label (self, remote_id, state, cancellable, error);
}

/** wb_carrier_find_void: how a void stands; %WB_VOID_UNKNOWN sets @error when the carrier could not
 * be asked. */
WbVoidState
wb_carrier_find_void (WbCarrier    *self,
                      const char   *remote_id,
                      GCancellable *cancellable,
                      GError      **error)
{
  return WB_CARRIER_GET_IFACE (self)->find_void (self, remote_id, cancellable, error);
}

/** wb_carrier_track: @track: (out): where the parcel is; its raw word is the caller's to free.
 * Reads only. */
gboolean
wb_carrier_track (WbCarrier    *self,
                  const char   *remote_id,
                  WbTrack      *track,
                  GCancellable *cancellable,
                  GError      **error)
{
  return WB_CARRIER_GET_IFACE (self)->track (self, remote_id, track, cancellable, error);
}

/** wb_purchase_clear: frees what @purchase holds. */
void
wb_purchase_clear (WbPurchase *purchase)
{
  g_clear_pointer (&purchase->remote_id, g_free);
  g_clear_pointer (&purchase->tracking, g_free);
  g_clear_pointer (&purchase->tracking_url, g_free);
  g_clear_pointer (&purchase->carrier, g_free);
  g_clear_pointer (&purchase->service, g_free);
  g_clear_pointer (&purchase->label, g_bytes_unref);
  g_clear_pointer (&purchase->format, g_free);
}

/** wb_label_sniff_format: Returns: (nullable): WB_FORMAT_… by the first bytes of @label; %NULL when
 * it is none of them. */
const char *
wb_label_sniff_format (GBytes *label)
{
  gsize       size;
  const char *data = g_bytes_get_data (label, &size);

  if (size >= 5 && memcmp (data, "%PDF-", 5) == 0)
    return WB_FORMAT_PDF;
  if (size >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    return WB_FORMAT_PNG;
  if (size >= 3 && memmem (data, MIN (size, 512), "^XA", 3) != NULL)
    return WB_FORMAT_ZPL;
  return NULL;
}

static const WbCarrierProvider *const providers[] = { &wb_easypost_provider };

/** wb_carrier_find_provider: Returns: (transfer none) (nullable): the module called @id. */
const WbCarrierProvider *
wb_carrier_find_provider (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    if (g_strcmp0 (providers[i]->id, id) == 0)
      return providers[i];
  return NULL;
}

/** wb_carrier_get_provider: Returns: (transfer none) (nullable): the module number @index, %NULL
 * past the last. */
const WbCarrierProvider *
wb_carrier_get_provider (guint index)
{
  return index < G_N_ELEMENTS (providers) ? providers[index] : NULL;
}
