/* SPDX-License-Identifier: GPL-3.0-or-later
 * The works of the Money page: reading a period, gaps, payouts and evidence; asking the gateways;
 * files in and out. */
#pragma once

#include "wb-export.h"
#include "wb-file-import.h"
#include "wb-reconcile.h"
#include "wb-worker.h"

G_BEGIN_DECLS

typedef enum
{
  WB_MONEY_VIEW_ORDERS,
  WB_MONEY_VIEW_GAPS,
  WB_MONEY_VIEW_PAYOUTS,
  WB_N_MONEY_VIEWS,
} WbMoneyView;

/**
 * WbMoneyFound: a period as read.
 * @totals: (nullable) (element-type WbMoneyTotals): %NULL: only the newest orders were asked for
 * @gaps: (element-type WbMoneyGap); @payouts: (element-type WbPayout)
 * @sums: (element-type gint64): what the items of each payout sum to
 */
typedef struct
{
  GArray    *totals;
  GPtrArray *gaps, *payouts;
  GArray    *sums;
} WbMoneyFound;

void wb_money_found_free (WbMoneyFound *found);

/**
 * WbMoneyOrders: the orders of a period, told before the sums are.
 * @ids: (element-type gint64): newest first
 * @rows: (element-type WbMoneyRow): of as many of them as are seen at once
 */
typedef struct
{
  GArray    *ids;
  GPtrArray *rows;
} WbMoneyOrders;

/* Data: a WbMoneyQuery by g_memdup2(); with a limit, the orders only. Result: WbMoneyFound; note:
 * WbMoneyOrders, of which whoever hears it may steal. */
void wb_money_query_kind_init (WbWorkKind *kind, void (*note) (gpointer owner, gpointer orders));

/* Data: none. Result: (transfer full) text for a toast; note: text. */
void wb_money_sync_kind_init (WbWorkKind *kind, void (*note) (gpointer owner, gpointer text));

/* Data: wb_money_accept_new(). Result: text for a toast. */
extern const WbWorkKind wb_money_accept_work;
gpointer                wb_money_accept_new (const WbMoneyGap *gap, const char *reason);

/* Data: wb_money_match_new(): a row and what it is about; kind NULL: it does not matter, with the
 * reason. Result: text for a toast. */
extern const WbWorkKind wb_money_match_work;
gpointer wb_money_match_new (gint64 row_id, const char *kind, gint64 id, const char *reason);

/* Data: (transfer full) WbFileWish. Results: WbFilePreview; WbFileImport. */
extern const WbWorkKind wb_money_preview_work;
extern const WbWorkKind wb_money_import_work;
void                    wb_money_import_free (WbFileImport *done);

/* Data: wb_money_export_new(). Result: text for a toast. */
extern const WbWorkKind wb_money_export_work;
gpointer wb_money_export_new (const WbMoneyQuery *query, WbExport form, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbMoneyFound, wb_money_found_free)

G_END_DECLS
