/* SPDX-License-Identifier: GPL-3.0-or-later
 * The town's PayPal: what buyers authorised from their accounts, what was captured, given back,
 * renewed and voided. */
#pragma once

#include "wb-town-order.h"

G_BEGIN_DECLS

/* One authorisation, capture or refund. */
typedef struct
{
  char       *id;
  char       *invoice_id; /* (nullable) */
  char       *custom_id;  /* (nullable) */
  gint64      amount;     /* ISO minor units */
  WbInstant   created;
  WbInstant   expires; /* of an authorisation */
  const char *status;  /* static */
  guint       owner;   /* capture: its authorisation; refund: its capture; by place in the list */
  gboolean    final;   /* of a capture */
} WbTownSlip;

typedef struct
{
  char      *id; /* of the order at PayPal */
  guint      index;
  gint64     order;
  char      *currency;
  gint64     amount;
  WbInstant  created;
  gboolean   declines;
  GPtrArray *authorisations, *captures, *refunds; /* of WbTownSlip, oldest first */
} WbTownSale;

typedef enum
{
  WB_TOWN_SLIP_AUTHORISATION,
  WB_TOWN_SLIP_CAPTURE,
  WB_TOWN_SLIP_REFUND,
  WB_TOWN_N_SLIPS,
} WbTownSlipKind;

WbTownTill *wb_town_till_new (WbTown *town);
void        wb_town_till_free (WbTownTill *self);
char       *wb_town_till_name (WbTown *town, const char *kind, guint index, guint nth);
WbTownSale *wb_town_till_find_sale (WbTownTill *self, const char *id);
WbTownSlip *
wb_town_till_find_slip (WbTownTill *self, WbTownSlipKind kind, const char *id, WbTownSale **sale);
WbTownSale *wb_town_till_of_order (WbTownTill *self, guint index);
gboolean    wb_town_till_invoice_is_known (WbTownTill *self, const char *invoice_id);
WbTownSlip        *
wb_town_till_add (WbTownTill *self, WbTownSale *sale, WbTownSlipKind kind, gint64 amount);
gint64 wb_town_till_captured (const WbTownSale *sale, const WbTownSlip *authorisation);
gint64 wb_town_till_refunded (const WbTownSale *sale, const WbTownSlip *capture);
gint64 wb_town_till_fee (const WbTownSlip *capture);
void   wb_town_till_foreach (WbTownTill *self, GFunc func, gpointer data);
/* What came of the request with that id; NULL when there was none. */
WbTownSlip *wb_town_till_answer (WbTownTill *self, const char *key);
void        wb_town_till_keep (WbTownTill *self, const char *key, WbTownSlip *slip);

void wb_town_paypal_handle (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_paypal_fail (
    WbTownReply *reply, guint status, const char *name, const char *issue, const char *message);

void wb_town_paypal_write_sale (WbTown *town, WbTownOut *out, const WbTownSale *sale);
void wb_town_paypal_write_slip (WbTown           *town,
                                WbTownOut        *out,
                                const WbTownSale *sale,
                                const WbTownSlip *slip,
                                WbTownSlipKind    kind,
                                gboolean          whole);
void wb_town_paypal_write_history (WbTown *town, WbTownRequest *request, WbTownReply *reply);

void wb_town_paypal_get_sale (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_paypal_get_authorisation (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_paypal_get_capture (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_paypal_get_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_paypal_capture (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_paypal_renew (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_paypal_void (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_paypal_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply);

G_END_DECLS
