/* SPDX-License-Identifier: GPL-3.0-or-later
 * The works of the preferences: each is one call of the engine. */
#pragma once

#include "wb-worker.h"

G_BEGIN_DECLS

/* Data: (transfer full) a WbOrigin, WbPackage, WbPrinter or WbRule. Result: text for a toast. */
extern const WbWorkKind wb_save_record_work;
/* Data: (transfer full) a WbOrigin, WbPackage, WbConnection or WbRule. Result: text for a toast. */
extern const WbWorkKind wb_remove_record_work;
/* Data: wb_printer_choice_new(). Result: text for a toast. */
extern const WbWorkKind wb_choose_printer_work;
/* Data: (transfer full) a path. Result: text for a toast. */
extern const WbWorkKind wb_backup_work;
/* Data: (transfer full) WB_DOCUMENT_…. Result: text for a toast. */
extern const WbWorkKind wb_print_test_work;
/* Data: wb_adjust_ask_new(). Changes the printer by what came out and prints the test page again.
 * Result: text: what was changed, where it prints. */
extern const WbWorkKind wb_adjust_printer_work;
/* No data. Result: a GPtrArray of WbDeskQueue. */
extern const WbWorkKind wb_list_queues_work;

/**
 * WbConnectAsk: a connection to be tried and then kept.
 * @draft: what was typed; the trial fills in a shop's currency and zone
 * @secrets: (transfer full): in the provider's order
 * @findings: (nullable): what the trial found, for people
 */
typedef struct
{
  WbConnection *draft;
  char        **secrets;
  char         *findings;
} WbConnectAsk;

/* Data: a WbConnectAsk (transfer full). Result: likewise, with findings. */
extern const WbWorkKind wb_connect_test_work;
/* Data: a WbConnectAsk (transfer full). Result: text for a toast. */
extern const WbWorkKind wb_connect_save_work;

gpointer      wb_printer_choice_new (WbPrinter *printer, gint64 gone);
gpointer      wb_adjust_ask_new (const char *document, const WbTestFindings *findings);
WbConnectAsk *wb_connect_ask_new (WbConnection *draft, const char *const *secrets);
void          wb_connect_ask_free (WbConnectAsk *ask);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbConnectAsk, wb_connect_ask_free)

G_END_DECLS
