/* SPDX-License-Identifier: GPL-3.0-or-later
 * An order as the practice shop knows it: made from the seed on demand, kept once somebody changed
 * it. */
#pragma once

#include "wb-town-people.h"
#include "wb-town-private.h"

G_BEGIN_DECLS

/* A row of meta data; the value is JSON text. */
typedef struct
{
  gint64 id;
  char  *key;
  char  *value;
  char  *display_key;   /* of line items; NULL elsewhere */
  char  *display_value; /* JSON text */
} WbTownMeta;

/* A line, a shipping line, a fee, a coupon, or the refunded part of one. Amounts are hundredths
 * without tax. */
typedef struct
{
  gint64     id;
  char      *name;
  char      *code; /* SKU (NULL: product deleted), shipping method or coupon code */
  char      *parent_name;
  gint64     product_id;
  gint64     variation_id;
  gint64     quantity;
  gint64     subtotal;
  gint64     subtotal_tax;
  gint64     total;
  gint64     total_tax;
  GPtrArray *meta; /* of WbTownMeta */
} WbTownItem;

typedef struct
{
  gint64     id;
  WbInstant  created;
  gint64     amount;
  gboolean   no_amount; /* posted without one: reads "" here and "-" in the order */
  gboolean   paid_back; /* through the gateway */
  char      *reason;
  GPtrArray *lines; /* of WbTownItem, negative */
  GPtrArray *meta;  /* of WbTownMeta */
} WbTownRefund;

typedef struct
{
  gint64    id;
  WbInstant created;
  char     *author;
  char     *text;
  gboolean  for_customer;
  gboolean  posted; /* through the API */
} WbTownNote;

typedef struct
{
  gint64     id;
  WbInstant  updated;
  char      *status;
  gboolean   is_fulfilled;
  GPtrArray *meta; /* of WbTownMeta */
} WbTownFulfillment;

/* What the gateway knows of an order paid by card or wallet; written by the maker of orders, read
 * by the bank. */
typedef struct
{
  gint64    amount; /* authorised, in the gateway's minor units; 0: not paid by card */
  WbInstant authorised;
  WbInstant capture_before;
  gboolean  captured;
  gboolean  declines; /* the issuer refuses the capture */
  gboolean  wallet;   /* paid from a PayPal account */
} WbTownCard;

typedef struct
{
  guint         index;
  gint64        id;
  char         *status;
  WbInstant     created;
  WbInstant     modified;
  WbInstant     paid;
  WbInstant     completed;
  char         *currency;
  gboolean      prices_include_tax;
  WbTownPerson *billing;
  WbTownPerson *shipping;
  char         *payment_method;
  char         *payment_title;
  char         *transaction_id;
  char         *customer_note;
  gint64        customer_id;
  guint         tax_rate;     /* hundredths of a per cent; 0: no tax */
  GPtrArray    *lines;        /* of WbTownItem */
  GPtrArray    *shippings;    /* of WbTownItem */
  GPtrArray    *fees;         /* of WbTownItem */
  GPtrArray    *coupons;      /* of WbTownItem */
  GPtrArray    *meta;         /* of WbTownMeta */
  GPtrArray    *refunds;      /* of WbTownRefund */
  GPtrArray    *notes;        /* of WbTownNote, newest last */
  GPtrArray    *fulfillments; /* of WbTownFulfillment */
  WbTownCard    card;
  gint64        total;
  gint64        total_tax;
  gint64        cart_tax;
  gint64        shipping_total;
  gint64        shipping_tax;
  gint64        discount_total;
  gint64        discount_tax;
  guint         mails;        /* "completed" mails sent to the customer */
  guint         completions;  /* PUTs that set it to completed */
  guint         posted_notes; /* notes that came through the API */
  guint         fulfillment_mails;
} WbTownOrder;

/* The part of an order that lists are sorted and filtered by; cheap to make. */
typedef struct
{
  guint       index;
  gint64      id;
  const char *status; /* interned */
  WbInstant   created;
  WbInstant   modified;
} WbTownRow;

#define WB_TOWN_FIRST_ORDER 1000
#define WB_TOWN_ORDER_STEP  3 /* ids between two orders: products and refunds live in between */

WbTownRow     wb_town_row_make (WbTown *town, guint index);
WbTownOrder  *wb_town_order_make (WbTown *town, guint index);
WbTownOrder  *wb_town_order_new (void);
void          wb_town_order_free (WbTownOrder *order);
void          wb_town_order_sum (WbTownOrder *order);
WbTownItem   *wb_town_item_new (gint64 id, const char *name, const char *code);
WbTownMeta   *wb_town_meta_new (gint64 id, const char *key, const char *json);
WbTownMeta   *wb_town_meta_text (gint64 id, const char *key, const char *text);
WbTownMeta   *wb_town_meta_find (GPtrArray *meta, const char *key);
void          wb_town_meta_free (gpointer data);
void          wb_town_item_free (gpointer data);
WbTownRefund *wb_town_refund_new (gint64 id, WbInstant created, gint64 amount, const char *reason);
WbTownNote   *wb_town_note_new (
      gint64 id, WbInstant created, const char *author, const char *text, gboolean for_customer);
WbTownFulfillment *wb_town_fulfillment_new (gint64 id);
void               wb_town_fulfillment_free (gpointer data);
gint64             wb_town_tax_of (gint64 amount, guint rate);
gint64             wb_town_minor_of (gint64 hundredths, const char *currency);
char              *wb_town_payment_id (WbTown *town, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbTownOrder, wb_town_order_free)

G_END_DECLS
