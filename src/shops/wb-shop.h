/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the engine asks of a shop. A shop module knows its vendor's protocol and nothing of the
 * order book. */
#pragma once

#include "wb-connection.h"
#include "wb-order.h"
#include "wb-product.h"

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

/**
 * WbShopListingFunc:
 * @listings: (element-type WbListing): one page; channel_id and product_id are the caller's to set
 * @problems: (element-type utf8): rows that could not be read, each with its place and reason
 * @cursor: (nullable): the mark of this page; %NULL: this shop has none, all is read each time
 *
 * Stores the page. Returns: %FALSE with @error to stop.
 */
typedef gboolean (*WbShopListingFunc) (GPtrArray  *listings,
                                       GPtrArray  *problems,
                                       const char *cursor,
                                       gint64      done,
                                       gint64      total,
                                       gpointer    data,
                                       GError    **error);

/**
 * WbShopStock: what a channel is to show of one listing. Setting, never adding.
 * @expected: pieces it showed when it was last read: where it shows others now, nothing is set
 * @quantity: pieces it is to show
 * @key: the journal's, sent along where the vendor documents it
 */
typedef struct
{
  const char *product_ref;
  const char *variation_ref;
  const char *stock_ref;
  gint64      expected;
  gint64      quantity;
  const char *key;
} WbShopStock;

/**
 * WbShopStanding: an order that is still to be shipped as the shop sees it, for the audit of gaps.
 */
typedef struct
{
  char     *order_ref;
  char     *number;
  char     *remote_status;
  WbInstant placed_at;
  WbInstant modified_at;
} WbShopStanding;

/**
 * WbShopStatus: a status that orders of this shop may have, its own ones among them.
 * @shop_state: (nullable): what it means to us (%WB_SHOP_STATE_…), %NULL: nobody has said yet
 */
typedef struct
{
  char *id;
  char *title;
  char *shop_state;
} WbShopStatus;

/* What may be changed in an order of a shop; a module's mask says which. */
typedef enum
{
  WB_SHOP_CHANGE_NOTE = 1 << 0,    /* text; to_customer: the shop mails it */
  WB_SHOP_CHANGE_STATUS = 1 << 1,  /* text: one of its statuses */
  WB_SHOP_CHANGE_CANCEL = 1 << 2,  /* text: the reason; restock */
  WB_SHOP_CHANGE_ADDRESS = 1 << 3, /* ship_to */
  WB_SHOP_CHANGE_HOLD = 1 << 4,    /* text: the reason */
  WB_SHOP_CHANGE_RELEASE = 1 << 5, /* of a hold */
  WB_SHOP_CHANGE_LINES = 1 << 6,   /* line_refs, quantities; and what the next three say */
  /* No kinds of their own: what the shop takes along with a change of lines. */
  WB_SHOP_CHANGE_LINES_TEXT = 1 << 7,    /* text: the reason */
  WB_SHOP_CHANGE_LINES_TELLS = 1 << 8,   /* to_customer */
  WB_SHOP_CHANGE_LINES_RESTOCK = 1 << 9, /* restock */
} WbShopChangeKind;

/* More of one line is a slip of the hand. */
#define WB_SHOP_MOST_PIECES 99999

/**
 * WbShopChange: one change of an order in its shop. All borrowed.
 * @key: the journal's; written into the shop's record where it can hold it, so that the change can
 * be found again
 * @line_refs: the shop's line ids, %NULL-terminated; each article whose pieces change
 * @quantities: the pieces that each is to have afterwards, those that were sent among them and
 * those that were cancelled or refunded before they left not; more or fewer than now, 0 takes the
 * line out. They are set, never added or taken off: made twice, a change is made once
 */
typedef struct
{
  WbShopChangeKind kind;
  const char      *order_ref;
  const char      *key;
  const char      *text;
  gboolean         to_customer;
  gboolean         restock;
  WbAddress       *ship_to;
  const char     **line_refs;
  const gint64    *quantities;
} WbShopChange;

/*
 * probe, fetch_orders, fetch_order, report and find_report are there always; any other may be NULL:
 * “this shop cannot”. Whatever changes something in the shop is an effect: only the journal calls
 * it, each has its find_… that tells what became of it, and may fail with %WB_ERROR_UNSURE.
 */
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

  gboolean (*fetch_listings) (WbShop           *self,
                              const char       *cursor,
                              WbShopListingFunc page,
                              gpointer          data,
                              GCancellable     *cancellable,
                              GError          **error);
  gboolean (*read_stock) (
      WbShop *self, WbListing *listing, gint64 *shown, GCancellable *cancellable, GError **error);
  gboolean (*set_stock) (WbShop            *self,
                         const WbShopStock *stock,
                         gint64            *shown,
                         GCancellable      *cancellable,
                         GError           **error);

  GPtrArray *(*list_open) (WbShop *self, GCancellable *cancellable, GError **error);
  GPtrArray *(*list_statuses) (WbShop *self, GCancellable *cancellable, GError **error);

  guint changes; /* mask of WbShopChangeKind */
  gboolean (*change_order) (WbShop             *self,
                            const WbShopChange *change,
                            char              **remote_id,
                            GCancellable       *cancellable,
                            GError            **error);
  WbFinding (*find_change) (WbShop             *self,
                            const WbShopChange *change,
                            char              **remote_id,
                            GCancellable       *cancellable,
                            GError            **error);
  gboolean (*create_order) (WbShop       *self,
                            WbOrder      *draft,
                            const char   *key,
                            char        **remote_id,
                            GCancellable *cancellable,
                            GError      **error);
  WbFinding (*find_created) (WbShop       *self,
                             const char   *key,
                             WbInstant     since,
                             char        **remote_id,
                             GCancellable *cancellable,
                             GError      **error);

  gboolean (*read_hint) (WbShop            *self,
                         const char        *secret,
                         const char *const *headers,
                         GBytes            *body,
                         char             **order_ref,
                         GError           **error);
  gboolean (*get_clock) (WbShop *self, gint64 *offset);
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
gboolean  wb_shop_can_list (WbShop *self);
gboolean  wb_shop_fetch_listings (WbShop           *self,
                                  const char       *cursor,
                                  WbShopListingFunc page,
                                  gpointer          data,
                                  GCancellable     *cancellable,
                                  GError          **error);
gboolean  wb_shop_can_set_stock (WbShop *self);
gboolean  wb_shop_read_stock (
     WbShop *self, WbListing *listing, gint64 *shown, GCancellable *cancellable, GError **error);
gboolean   wb_shop_set_stock (WbShop            *self,
                              const WbShopStock *stock,
                              gint64            *shown,
                              GCancellable      *cancellable,
                              GError           **error);
gboolean   wb_shop_can_audit (WbShop *self);
GPtrArray *wb_shop_list_open (WbShop *self, GCancellable *cancellable, GError **error);
GPtrArray *wb_shop_list_statuses (WbShop *self, GCancellable *cancellable, GError **error);
guint      wb_shop_changes (WbShop *self);
gboolean   wb_shop_change_order (WbShop             *self,
                                 const WbShopChange *change,
                                 char              **remote_id,
                                 GCancellable       *cancellable,
                                 GError            **error);
WbFinding  wb_shop_find_change (WbShop             *self,
                                const WbShopChange *change,
                                char              **remote_id,
                                GCancellable       *cancellable,
                                GError            **error);
gboolean   wb_shop_can_create (WbShop *self);
gboolean   wb_shop_create_order (WbShop       *self,
                                 WbOrder      *draft,
                                 const char   *key,
                                 char        **remote_id,
                                 GCancellable *cancellable,
                                 GError      **error);
WbFinding  wb_shop_find_created (WbShop       *self,
                                 const char   *key,
                                 WbInstant     since,
                                 char        **remote_id,
                                 GCancellable *cancellable,
                                 GError      **error);
gboolean   wb_shop_can_hint (WbShop *self);
gboolean   wb_shop_read_hint (WbShop            *self,
                              const char        *secret,
                              const char *const *headers,
                              GBytes            *body,
                              char             **order_ref,
                              GError           **error);
gboolean   wb_shop_get_clock (WbShop *self, gint64 *offset);
void       wb_shop_findings_clear (WbShopFindings *findings);
void       wb_shop_standing_free (WbShopStanding *standing);
void       wb_shop_status_free (WbShopStatus *status);

/* A shop module's line in the table of providers. secrets: names of what it must be told,
 * %NULL-terminated. takes_money: what open gives is a WbGateway as well, by which the authorised
 * payments of its orders are read and captured where the shop is the capturer. tells_money: that
 * gateway lists the balance and the payouts of the shop's own way of paying too; a movement's
 * payment_ref is then the order's id in the shop, and its names need to be unique there only.
 * changes: what can be changed in its orders, as the interface of what open gives has it. */
typedef struct
{
  const char        *id;
  const char        *title; /* N_() */
  const char *const *secrets;
  const char        *default_url; /* NULL: must be given */
  gboolean           takes_money;
  gboolean           tells_money;
  guint              changes;
  WbShop *(*open) (WbConnection *connection, const char *const *secret_values, GError **error);
  gboolean (*explains) (WbConnection *connection,
                        const char   *status); /* NULL: it has none of its own */
} WbShopProvider;

/* Channels that nobody can be asked about: orders out of files, and orders taken by us. */
#define WB_SHOP_FILES   "csv"
#define WB_SHOP_COUNTER "counter"

const WbShopProvider *wb_shop_get_provider (guint index);
const WbShopProvider *wb_shop_find_provider (const char *id);
gboolean              wb_shop_explains_status (WbConnection *connection, const char *status);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbShopFindings, wb_shop_findings_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbShopStanding, wb_shop_standing_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbShopStatus, wb_shop_status_free)

G_END_DECLS
