/* SPDX-License-Identifier: GPL-3.0-or-later
 * How orders look on a terminal and as JSON. */
#pragma once

#include "wb-cli-table.h"
#include "wb-cli.h"

G_BEGIN_DECLS

JsonNode *wb_cli_records_to_json (GPtrArray *records);
void      wb_cli_print_orders (const WbColumn *columns, GPtrArray *heads);
gboolean  wb_cli_print_order (WbCli *self, WbOrder *order, GError **error);
gboolean  wb_cli_print_order_json (WbCli *self, WbOrder *order, GError **error);
char     *wb_cli_when (WbInstant instant);
WbColumn *wb_cli_translate (const WbColumn *columns);

G_END_DECLS
