/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine asks of a payment gateway: dispatch to the module, and the table of modules. */
#include "wb-gateway.h"

#include "wb-stripe.h"

G_DEFINE_INTERFACE (WbGateway, wb_gateway, G_TYPE_OBJECT)

static void
wb_gateway_default_init (WbGatewayInterface *iface)
{
}

/** wb_gateway_probe: tests the credentials; @summary: (out): what was found, one sentence for
 * people. Moves nothing. */
gboolean
wb_gateway_probe (WbGateway *self, char **summary, GCancellable *cancellable, GError **error)
{
  return WB_GATEWAY_GET_IFACE (self)->probe (self, summary, cancellable, error);
}

/** wb_gateway_read_payment: Returns: (transfer full): the payment as the gateway has it now. */
WbPayment *
wb_gateway_read_payment (WbGateway    *self,
                         const char   *payment_ref,
                         GCancellable *cancellable,
                         GError      **error)
{
  return WB_GATEWAY_GET_IFACE (self)->read_payment (self, payment_ref, cancellable, error);
}

/**
 * wb_gateway_capture:
 * @movement: (out): what was really captured; filled on success only
 *
 * An effect: only the journal may call it. Refusals are told apart: %WB_ERROR_DECLINED,
 * %WB_ERROR_EXPIRED, %WB_ERROR_ALREADY, %WB_ERROR_TOO_MUCH; %WB_ERROR_UNSURE when the outcome is
 * not known.
 */
gboolean
wb_gateway_capture (WbGateway        *self,
                    const WbMoneyAsk *ask,
                    WbMovement       *movement,
                    GCancellable     *cancellable,
                    GError          **error)
{
  return WB_GATEWAY_GET_IFACE (self)->capture (self, ask, movement, cancellable, error);
}

/** wb_gateway_find_capture: whether the capture of @ask was made; %WB_MOVEMENT_UNKNOWN sets @error
 * when it cannot be asked. */
WbMovementFinding
wb_gateway_find_capture (WbGateway        *self,
                         const WbMoneyAsk *ask,
                         WbMovement       *movement,
                         GCancellable     *cancellable,
                         GError          **error)
{
  return WB_GATEWAY_GET_IFACE (self)->find_capture (self, ask, movement, cancellable, error);
}

/** wb_gateway_refund: gives money back; an effect: only the journal may call it. Errors as for
 * wb_gateway_capture(). */
gboolean
wb_gateway_refund (WbGateway        *self,
                   const WbMoneyAsk *ask,
                   WbMovement       *movement,
                   GCancellable     *cancellable,
                   GError          **error)
{
  return WB_GATEWAY_GET_IFACE (self)->refund (self, ask, movement, cancellable, error);
}

/** wb_gateway_find_refund: whether the refund of @ask was made. */
WbMovementFinding
wb_gateway_find_refund (WbGateway        *self,
                        const WbMoneyAsk *ask,
                        WbMovement       *movement,
                        GCancellable     *cancellable,
                        GError          **error)
{
  return WB_GATEWAY_GET_IFACE (self)->find_refund (self, ask, movement, cancellable, error);
}

/** wb_gateway_cancel: releases an authorisation; an effect: only the journal may call it. */
gboolean
wb_gateway_cancel (WbGateway        *self,
                   const WbMoneyAsk *ask,
                   GCancellable     *cancellable,
                   GError          **error)
{
  return WB_GATEWAY_GET_IFACE (self)->cancel (self, ask, cancellable, error);
}

/** wb_movement_clear: frees what @movement holds. */
void
wb_movement_clear (WbMovement *movement)
{
  g_clear_pointer (&movement->ref, g_free);
}

static const WbGatewayProvider *const providers[] = { &wb_stripe_provider };

/** wb_gateway_find_provider: Returns: (transfer none) (nullable): the module called @id. */
const WbGatewayProvider *
wb_gateway_find_provider (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    if (g_strcmp0 (providers[i]->id, id) == 0)
      return providers[i];
  return NULL;
}

/** wb_gateway_get_provider: Returns: (transfer none) (nullable): the module number @index, %NULL
 * past the last. */
const WbGatewayProvider *
wb_gateway_get_provider (guint index)
{
  return index < G_N_ELEMENTS (providers) ? providers[index] : NULL;
}
