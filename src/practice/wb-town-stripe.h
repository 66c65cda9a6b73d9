/* SPDX-License-Identifier: GPL-3.0-or-later
 * The gateway's books: payments authorised by the shop's customers, captures, refunds, and what was
 * asked under which key. */
#pragma once

#include "wb-town-order.h"

G_BEGIN_DECLS

typedef struct
{
  char      *id;
  char      *transaction; /* NULL: the released rest of a capture, which never was money */
  char      *reason;
  gint64     amount;
  WbInstant  created;
  GPtrArray *metadata; /* of WbTownPair */
} WbTownGiveback;

/* One capture: a payment that allows several has as many. */
typedef struct
{
  char     *transaction; /* "txn_..." */
  gint64    amount;
  WbInstant when;
} WbTownTake;

/* Money the payer's bank took back, and gave again when it was won. */
typedef struct
{
  char     *id; /* "dp_..." */
  gint64    amount;
  WbInstant when;
  WbInstant won_at; /* 0: not */
} WbTownDispute;

typedef struct
{
  char       *id;          /* "pi_..." */
  char       *charge;      /* "ch_..." */
  char       *transaction; /* "txn_..." */
  guint       index;       /* of the order */
  gint64      order;
  char       *currency; /* as the shop writes it */
  gint64      amount;
  const char *status; /* static */
  WbInstant   created;
  WbInstant   capture_before;
  WbInstant   captured_at;
  WbInstant   canceled_at;
  const char *cancel_reason; /* static or interned */
  gint64      captured;
  gboolean    automatic; /* captured by itself at the sale */
  gboolean    declines;
  gboolean    refused;  /* a capture was declined */
  guint       captures; /* successful ones */
  gboolean    by_shop;  /* the shop captured it, not a client of the gateway */
  gboolean    several;  /* may be captured several times */
  gboolean    extended; /* authorised for the longer time */
  gint64      most;     /* more than was authorised may be captured, up to this; 0: not */
  GPtrArray  *takes;    /* of WbTownTake, oldest first */
  GPtrArray  *disputes; /* of WbTownDispute */
  GPtrArray  *refunds;  /* of WbTownGiveback, oldest first */
  GPtrArray  *metadata; /* of WbTownPair */
} WbTownIntent;

WbTownBank   *wb_town_bank_new (WbTown *town);
void          wb_town_bank_free (WbTownBank *self);
WbTownIntent *wb_town_bank_find (WbTownBank *self, const char *id);
WbTownIntent *wb_town_bank_by_charge (WbTownBank *self, const char *charge);
gboolean      wb_town_bank_overdue (WbTownBank *self, const WbTownIntent *intent);
void
wb_town_bank_capture (WbTownBank *self, WbTownIntent *intent, gint64 amount, gboolean keep_rest);
gint64        wb_town_bank_left (const WbTownIntent *intent);
gint64        wb_town_bank_most (const WbTownIntent *intent);
gint64        wb_town_bank_take_fee (const WbTownIntent *intent, gint64 amount);
WbTownIntent *wb_town_bank_stray (WbTownBank *self, gint64 amount, const char *currency);
void          wb_town_bank_cancel (WbTownBank *self, WbTownIntent *intent, const char *reason);
WbTownGiveback *
wb_town_bank_refund (WbTownBank *self, WbTownIntent *intent, gint64 amount, const char *reason);
gint64   wb_town_bank_refundable (const WbTownIntent *intent);
gint64   wb_town_bank_refunded (const WbTownIntent *intent);
gint64   wb_town_bank_fee (const WbTownIntent *intent);
void     wb_town_bank_event (WbTownBank *self, const char *type, const char *object_json);
void     wb_town_bank_foreach (WbTownBank *self, GFunc func, gpointer data);
void     wb_town_bank_write_events (WbTownBank *self, WbTownRequest *request, WbTownOut *out);
gboolean wb_town_bank_write_event (WbTownBank *self, const char *id, WbTownOut *out);

/* What was answered under an idempotency key. */
typedef struct
{
  char     *fingerprint;
  guint     status;
  char     *body;
  WbInstant when;
} WbTownAnswer;

WbTownAnswer *wb_town_bank_answer (WbTownBank *self, const char *key);
void          wb_town_bank_keep (
             WbTownBank *self, const char *key, const char *fingerprint, guint status, const char *body);

void wb_town_stripe_handle (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_stripe_keep_failure (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void wb_town_stripe_fail (WbTownReply *reply,
                          guint        status,
                          const char  *type,
                          const char  *code,
                          const char  *param,
                          const char  *message);
void wb_town_stripe_write_intent (WbTown             *town,
                                  WbTownOut          *out,
                                  const char         *name,
                                  const WbTownIntent *intent,
                                  const char *const  *expand);
void wb_town_stripe_write_charge (WbTown             *town,
                                  WbTownOut          *out,
                                  const char         *name,
                                  const WbTownIntent *intent,
                                  const char *const  *expand);
void wb_town_stripe_write_refund (WbTown               *town,
                                  WbTownOut            *out,
                                  const char           *name,
                                  const WbTownIntent   *intent,
                                  const WbTownGiveback *refund,
                                  const char *const    *expand);
void wb_town_stripe_write_transaction (WbTown               *town,
                                       WbTownOut            *out,
                                       const char           *name,
                                       const WbTownIntent   *intent,
                                       const WbTownGiveback *refund);
void wb_town_stripe_write_dispute (WbTownOut           *out,
                                   const char          *name,
                                   const WbTownIntent  *intent,
                                   const WbTownDispute *dispute);

typedef struct _WbTownOddities WbTownOddities;

WbTownOddities *wb_town_oddities_new (void);
void            wb_town_oddities_free (WbTownOddities *self);
WbTownOddities *wb_town_bank_oddities (WbTownBank *self);
gboolean        wb_town_oddities_tell (WbTown *town, WbTownRequest *request, WbTownReply *reply);

void  wb_town_stripe_list_transactions (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_list_payouts (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_get_payout (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_list_disputes (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_get_dispute (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_note (WbTown *town, const char *type, const WbTownIntent *intent);
void  wb_town_stripe_get_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_update_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_capture_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_cancel_intent (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_get_charge (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_create_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_list_refunds (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_get_refund (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_get_transaction (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_get_account (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_list_events (WbTown *town, WbTownRequest *request, WbTownReply *reply);
void  wb_town_stripe_get_event (WbTown *town, WbTownRequest *request, WbTownReply *reply);
GStrv wb_town_stripe_expand (WbTownRequest *request);

G_END_DECLS
