/* SPDX-License-Identifier: GPL-3.0-or-later
 * Cash, bank transfers, a card terminal: nobody can be asked. What was received is what a person
 * states; it is kept in the ledger, and nothing is ever taken or given by this module. */
#include "wb-manual.h"

#include <glib/gi18n-lib.h>

struct _WbManual
{
  GObject parent_instance;
};

#define WB_TYPE_MANUAL (wb_manual_get_type ())
G_DECLARE_FINAL_TYPE (WbManual, wb_manual, WB, MANUAL, GObject)

static void wb_manual_gateway_init (WbGatewayInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbManual,
                               wb_manual,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_GATEWAY, wb_manual_gateway_init))

static gboolean
probe (WbGateway *gateway, char **summary, GCancellable *cancellable, GError **error)
{
  *summary = g_strdup (_ ("Nothing is connected: a person states what was received in cash, on the "
                          "bank account or at a terminal."));
  return TRUE;
}

static WbPayment *
read_payment (WbGateway    *gateway,
              const char   *payment_ref,
              GCancellable *cancellable,
              GError      **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
               "%s was not paid through a gateway: what was received is what a person has stated",
               payment_ref);
  return NULL;
}

static void
wb_manual_gateway_init (WbGatewayInterface *iface)
{
  iface->probe = probe;
  iface->read_payment = read_payment;
}

static void
wb_manual_class_init (WbManualClass *klass)
{
}

static void
wb_manual_init (WbManual *self)
{
}

static WbGateway *
open_manual (WbConnection *connection, const char *const *secret_values, GError **error)
{
  return g_object_new (WB_TYPE_MANUAL, NULL);
}

static const char *const secrets[] = { NULL };

/* Bank transfer, cheque and cash on delivery of WooCommerce; terminals of its extensions. */
static const char *const methods[] = { "bacs", "cheque", "cod", "cash", "pos", NULL };

/** wb_manual_provider: connected without keys and without an address. */
const WbGatewayProvider wb_manual_provider = {
  .id = WB_GATEWAY_MANUAL,
  .title = N_ ("Cash, bank transfer, terminal"),
  .secrets = secrets,
  .default_url = "", /* nobody is called */
  .methods = methods,
  .open = open_manual,
};
