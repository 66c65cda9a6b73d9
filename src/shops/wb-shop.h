/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine asks of a shop. A shop module knows its vendor's protocol and nothing of the
 * order book. */
#pragma once

#include "wb-connection.h"
#include "wb-order.h"

G_BEGIN_DECLS

#define WB_TYPE_SHOP (wb_shop_get_type ())
G_DECLARE_INTERFACE (WbShop, wb_shop, WB, SHOP, GObject)

/**
 * WbShopFindings: what a test of the connection found.
 * @name: (nullable): the shop's own name
 * @currency: ISO 4217 of its prices, or empty
 * @zone: (nullable): its IANA zone
 * @orders: how many orders it has, -1 when not told
 * @open_orders: how many are to be shipped, -1 when not told
 * @clock_offset: its clock minus ours, seconds
 * @can_fulfil: it has a fulfilments API of its own
 * @can_write: the credentials may write
 * @notes: (nullable): what a person should know, one sentence
 */
typedef struct
{
  char    *name;
  char     currency[4];
  char    *zone;
  gint64   orders;
  gint64   open_orders;
  gint64   clock_offset;
  gboolean can_fulfil;
  gboolean can_write;
  char    *notes;
} WbShopFindings;

/**
 * WbFulfilment: what the shop is to be told of one shipment.
 * @reference: our parcel's reference; it is written into the shop's record, so that it can be found
 * again
 * @line_refs: the shop's line ids, %NULL-terminated
 * @quantities: pieces of each
 * @completes: nothing more of the order is to ship: the order's status becomes complete as well
 */
typedef struct
{
  const char   *order_ref;
  const char   *reference;
  const char   *carrier;
  const char   *service;
  const char   *tracking;
  const char   *tracking_url;
  const char   *ship_date;
  const char  **line_refs;
  const gint64 *quantities;
  gboolean      completes;
  gboolean      notify_customer;
} WbFulfilment;

/**
 * WbShopRefund: money that is given back, as the shop's order is to show it.
 * @key: ours; it is written into the shop's record, so that it can be found again
 * @amount: all of it, positive
 * @money: the shop itself gives it back, through its own gateway; else it was given back elsewhere
 * and the shop only writes it down
 * @restock: the pieces go back into the shop's stock
 * @line_refs: the shop's line ids, %NULL-terminated; may be empty
 * @quantities: pieces of each, 0 for a line that has none (shipping)
 * @nets, @taxes: of each, positive, minor units
 * @first_sent_at: when it was first sent, 0: never
 */
typedef struct
{
  const char   *order_ref;
  const char   *key;
  WbMoney       amount;
  const char   *reason;
  gboolean      money;
  gboolean      restock;
  const char  **line_refs;
  const gint64 *quantities;
  const gint64 *nets;
  const gint64 *taxes;
  WbInstant     first_sent_at;
} WbShopRefund;

/* What a look at the vendor's books says of an effect whose answer was lost. */
typedef enum
{
  WB_FINDING_UNKNOWN, /* the vendor cannot say */
  WB_FINDING_DONE,
  WB_FINDING_NOT_DONE,
  WB_FINDING_PARTLY, /* begun: performing it again finishes what is missing and repeats nothing */
} WbFinding;

/**
 * WbShopPageFunc:
 * @orders: (element-type WbOrder): one page, newest state of each; @raws: (element-type GBytes):
 * the JSON of each as received
 * @cursor: the mark to store with this page: a later sync from it loses nothing
 * @done: orders read so far; @total: of how many (-1 not told)
 * @problems: (element-type utf8): rows that could not be read, each with its place and reason
 *
 * Stores the page. Returns: %FALSE with @error to stop.
 */
typedef gboolean (*WbShopPageFunc) (GPtrArray  *orders,
                                    GPtrArray  *raws,
                                    GPtrArray  *problems,
                                    const char *cursor,
                                    gint64      done,
                                    gint64      total,
                                    gpointer    data,
                                    GError    **error);

struct _WbShopInterface
{
  GTypeInterface parent_iface;

  gboolean (*probe) (WbShop         *self,
                     WbShopFindings *findings,
                     GCancellable   *cancellable,
                     GError        **error);
  gboolean (*fetch_orders) (WbShop        *self,
                            const char    *cursor,
                            WbShopPageFunc page,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error);
  WbOrder *(*fetch_order) (
      WbShop *self, const char *order_ref, GBytes **raw, GCancellable *cancellable, GError **error);
  gboolean (*report) (WbShop             *self,
                      const WbFulfilment *fulfilment,
                      char              **remote_id,
                      GCancellable       *cancellable,
                      GError            **error);
  WbFinding (*find_report) (WbShop             *self,
                            const WbFulfilment *fulfilment,
                            char              **remote_id,
                            GCancellable       *cancellable,
                            GError            **error);
  /* refund and find_refund may be NULL: this shop cannot. */
  gboolean (*refund) (WbShop             *self,
                      const WbShopRefund *refund,
                      char              **remote_id,
                      GCancellable       *cancellable,
                      GError            **error);
  WbFinding (*find_refund) (WbShop             *self,
                            const WbShopRefund *refund,
                            char              **remote_id,
                            GCancellable       *cancellable,
                            GError            **error);
};

gboolean
wb_shop_probe (WbShop *self, WbShopFindings *findings, GCancellable *cancellable, GError **error);
gboolean wb_shop_fetch_orders (WbShop        *self,
                               const char    *cursor,
                               WbShopPageFunc page,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);
WbOrder *wb_shop_fetch_order (
    WbShop *self, const char *order_ref, GBytes **raw, GCancellable *cancellable, GError **error);
gboolean  wb_shop_report (WbShop             *self,
                          const WbFulfilment *fulfilment,
                          char              **remote_id,
                          GCancellable       *cancellable,
                          GError            **error);
WbFinding wb_shop_find_report (WbShop             *self,
                               const WbFulfilment *fulfilment,
                               char              **remote_id,
                               GCancellable       *cancellable,
                               GError            **error);
gboolean  wb_shop_can_refund (WbShop *self);
gboolean  wb_shop_refund (WbShop             *self,
                          const WbShopRefund *refund,
                          char              **remote_id,
                          GCancellable       *cancellable,
                          GError            **error);
WbFinding wb_shop_find_refund (WbShop             *self,
                               const WbShopRefund *refund,
                               char              **remote_id,
                               GCancellable       *cancellable,
                               GError            **error);
void      wb_shop_findings_clear (WbShopFindings *findings);

/* A shop module's line in the table of providers. secrets: names of what it must be told,
 * %NULL-terminated. */
typedef struct
{
  const char        *id;
  const char        *title; /* N_() */
  const char *const *secrets;
  const char        *default_url; /* NULL: must be given */
  WbShop *(*open) (WbConnection *connection, const char *const *secret_values, GError **error);
} WbShopProvider;

const WbShopProvider *wb_shop_get_provider (guint index);
const WbShopProvider *wb_shop_find_provider (const char *id);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbShopFindings, wb_shop_findings_clear)

G_END_DECLS
