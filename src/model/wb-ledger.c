/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is held against the ledger: the gateway's balance, its payouts, and the statements of banks
 * and carriers. */
#include "wb-ledger.h"

WB_DEFINE_RECORD (WbBalance, wb_balance, WB_BALANCE, NULL, WB_BALANCE_FIELDS)
WB_DEFINE_RECORD (WbPayout, wb_payout, WB_PAYOUT, "payout", WB_PAYOUT_FIELDS)
WB_DEFINE_RECORD (
    WbPayoutItem, wb_payout_item, WB_PAYOUT_ITEM, "payout_item", WB_PAYOUT_ITEM_FIELDS)
WB_DEFINE_RECORD (WbStatement, wb_statement, WB_STATEMENT, "statement", WB_STATEMENT_FIELDS)
WB_DEFINE_RECORD (
    WbStatementRow, wb_statement_row, WB_STATEMENT_ROW, "statement_row", WB_STATEMENT_ROW_FIELDS)
WB_DEFINE_RECORD (WbImportMapping,
                  wb_import_mapping,
                  WB_IMPORT_MAPPING,
                  "import_mapping",
                  WB_IMPORT_MAPPING_FIELDS)
