/* SPDX-License-Identifier: GPL-3.0-or-later
 * The house of the planted month: a practice town that begins some weeks ago, an order book, and
 * orders that are packed, captured and shipped in it day by day. */
#pragma once

#include "wb-gateway.h"
#include "wb-reconcile.h"
#include "wb-town.h"

G_BEGIN_DECLS

#define A_DAY 40 /* orders */
#define DAYS  25
#define DAY   (24 * 60 * 60)
#define MONTH 40 /* days ago, when the town begins; all money of the month is paid out by now */

typedef struct
{
  char       *folder;
  WbTown     *town;
  WbDesk     *desk;
  WbBook     *book;
  WbGateway  *bank;
  gint64      bank_id, shop_id;
  char       *document;
  GPtrArray  *cards;  /* of WbOrder: authorised, with a good card, to be shipped */
  GPtrArray  *others; /* of WbOrder: paid beforehand */
  guint       next_card, next_other;
  GHashTable *planted; /* “kind name” -> NULL */
  GHashTable *seen;    /* orders that were sorted */
  guint       labels;
  WbInstant   start;
} Month;

Month   *month_new (void);
void     month_free (Month *self);
char    *month_tell (Month *self, const char *path, const char *format, ...) G_GNUC_PRINTF (3, 4);
void     month_plant (Month *self, WbGapKind kind, const char *name);
void     month_plant_order (Month *self, WbGapKind kind, WbOrder *order);
void     month_read_orders (Month *self);
WbOrder *month_take_card (Month *self);
WbOrder *month_take_other (Month *self);
gint64   month_pack (Month *self, WbOrder *order, const char *state);
void     month_capture (Month *self, WbOrder *order, gint64 shipment_id, gint64 amount);
gint64   month_total_of (WbOrder *order);
void     month_ship (Month *self, WbOrder *order);
void     month_pass_days (Month *self, guint days);

G_END_DECLS
