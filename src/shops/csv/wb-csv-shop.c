/* SPDX-License-Identifier: GPL-3.0-or-later
 * Channels that nobody can be asked about: orders out of files, and orders taken at the counter.
 *
 * Their orders are brought by a person, and the book is all there is: nothing is fetched, and of a
 * shipment nobody is told; what left is in the export. */
#include "wb-csv-shop.h"

#include <glib/gi18n-lib.h>

#define WB_TYPE_CSV_SHOP (wb_csv_shop_get_type ())
G_DECLARE_FINAL_TYPE (WbCsvShop, wb_csv_shop, WB, CSV_SHOP, GObject)

struct _WbCsvShop
{
  GObject parent_instance;
};

static void wb_csv_shop_iface_init (WbShopInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WbCsvShop,
                               wb_csv_shop,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WB_TYPE_SHOP, wb_csv_shop_iface_init))

static void
wb_csv_shop_class_init (WbCsvShopClass *klass)
{
}

static void
wb_csv_shop_init (WbCsvShop *self)
{
}

static gboolean
probe (WbShop *shop, WbShopFindings *findings, GCancellable *cancellable, GError **error)
{
  *findings = (WbShopFindings){ .orders = -1, .open_orders = -1, .can_write = TRUE };
  return TRUE;
}

static gboolean
fetch_orders (WbShop        *shop,
              const char    *cursor,
              WbShopPageFunc page,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return TRUE; /* a person brings them */
}

static WbOrder *
fetch_order (
    WbShop *shop, const char *order_ref, GBytes **raw, GCancellable *cancellable, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "Orders of this channel are brought by files or by hand; there is nobody to ask "
               "about order %s",
               order_ref);
  return NULL;
}

static gboolean
report (WbShop             *shop,
        const WbFulfilment *fulfilment,
        char              **remote_id,
        GCancellable       *cancellable,
        GError            **error)
{
  if (remote_id != NULL)
    *remote_id = g_strdup (fulfilment->reference);
  return TRUE;
}

static WbFinding
find_report (WbShop             *shop,
             const WbFulfilment *fulfilment,
             char              **remote_id,
             GCancellable       *cancellable,
             GError            **error)
{
  report (shop, fulfilment, remote_id, cancellable, error);
  return WB_FINDING_DONE;
}

/* Money is given back by hand or at a gateway; of that, nobody needs to be told. */
static gboolean
refund (WbShop             *shop,
        const WbShopRefund *back,
        char              **remote_id,
        GCancellable       *cancellable,
        GError            **error)
{
  if (back->money)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   "There is no shop behind this channel that could give money back: give it back "
                   "by hand");
      return FALSE;
    }
  if (remote_id != NULL)
    *remote_id = g_strdup (back->key);
  return TRUE;
}

static WbFinding
find_refund (WbShop             *shop,
             const WbShopRefund *back,
             char              **remote_id,
             GCancellable       *cancellable,
             GError            **error)
{
  if (back->money)
    return WB_FINDING_NOT_DONE;
  refund (shop, back, remote_id, cancellable, error);
  return WB_FINDING_DONE;
}

static void
wb_csv_shop_iface_init (WbShopInterface *iface)
{
  iface->probe = probe;
  iface->fetch_orders = fetch_orders;
  iface->fetch_order = fetch_order;
  iface->report = report;
  iface->find_report = find_report;
  iface->refund = refund;
  iface->find_refund = find_refund;
}

static WbShop *
open_shop (WbConnection *connection, const char *const *secret_values, GError **error)
{
  return g_object_new (WB_TYPE_CSV_SHOP, NULL);
}

static const char *const no_secrets[] = { NULL };

/** wb_csv_provider: orders out of spreadsheets; there is no address and no key. */
const WbShopProvider wb_csv_provider = {
  .id = WB_SHOP_FILES,
  .title = N_ ("Spreadsheet files"),
  .secrets = no_secrets,
  .default_url = "file:",
  .open = open_shop,
};

/** wb_counter_provider: orders that are taken by phone or at the counter, with numbers of ours. */
const WbShopProvider wb_counter_provider = {
  .id = WB_SHOP_COUNTER,
  .title = N_ ("Counter"),
  .secrets = no_secrets,
  .default_url = "file:",
  .open = open_shop,
};
