/* SPDX-License-Identifier: GPL-3.0-or-later
 * Money as the gateway tells it, and the ledger's entries. */
#include "wb-payment.h"

WB_DEFINE_RECORD (WbPayment, wb_payment, WB_PAYMENT, "payment", WB_PAYMENT_FIELDS)
WB_DEFINE_RECORD (WbEntry, wb_entry, WB_ENTRY, "ledger", WB_ENTRY_FIELDS)
