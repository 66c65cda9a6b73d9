/* SPDX-License-Identifier: GPL-3.0-or-later
 * The authorisation clock: whose money is only promised, and until when; quick. */
#pragma once

#include "wb-desk.h"

G_BEGIN_DECLS

/**
 * WbClockRow: one order whose money is only promised.
 * @amount: what is at risk: due and not captured, minor units of @currency
 * @until: when the authorisation ends, as the provider's object says
 * @renew_from: from when it may be renewed; 0: it cannot be
 * @level: 0: there is time; 1, 2…: how many of the warning times have passed; %WB_CLOCK_OVER: it
 * has ended
 * @next: the action to offer: “renew-charge”, “ship” or “request-payment”
 */
typedef struct
{
  gint64      order_id;
  char       *number;
  char       *customer;
  char        currency[4];
  gint64      amount;
  WbInstant   until;
  WbInstant   renew_from;
  guint       level;
  const char *next;
} WbClockRow;

#define WB_CLOCK_OVER 99

GPtrArray *wb_list_clock (WbBook *book, WbInstant now, GError **error);
GArray    *wb_clock_warnings (WbBook *book);
gboolean   wb_desk_set_clock_warnings (WbDesk *self, const char *hours, GError **error);
void       wb_clock_row_free (WbClockRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbClockRow, wb_clock_row_free)

G_END_DECLS
