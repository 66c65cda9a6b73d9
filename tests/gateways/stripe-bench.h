/* SPDX-License-Identifier: GPL-3.0-or-later
 * A Stripe account at a vendor double, for the tests of the wire. */
#pragma once

#include "vendor-double.h"
#include "wb-stripe-private.h"
#include "wb-stripe.h"

G_BEGIN_DECLS

#define INTENT  "/v1/payment_intents/pi_1"
#define CAPTURE "/v1/payment_intents/pi_1/capture"
#define CANCEL  "/v1/payment_intents/pi_1/cancel"
#define REFUNDS "/v1/refunds"

/* The metadata of a capture of ours. */
#define OURS ",\"metadata\":{\"waybill_reference\":\"WB-7-1\"}"

typedef struct
{
  VendorDouble *vendor;
  WbGateway    *gateway;
} Bench;

typedef struct
{
  const char *path;
  void (*func) (Bench *bench, gconstpointer data);
} BenchTest;

WbGateway *open_with (VendorDouble *vendor, const char *path, const char *key, GError **error);
void       bench_up (Bench *bench, gconstpointer data);
void       bench_down (Bench *bench, gconstpointer data);
void       bench_add (const BenchTest *tests, guint n);
WbMoneyAsk ask_for (gint64 minor);
void       say_intent (Bench      *bench,
                       const char *method,
                       const char *path,
                       const char *status,
                       gint64      received,
                       const char *card,
                       const char *more);
void       say_open (Bench *bench);
void       check_form (const char *operation, const Heard *heard);
void       check_field (const Heard *heard, const char *name, const char *value);

G_END_DECLS
