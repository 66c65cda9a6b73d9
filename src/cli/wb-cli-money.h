/* SPDX-License-Identifier: GPL-3.0-or-later
 * The acts of “money” that live in a file of their own. */
#pragma once

#include "wb-book-money.h"
#include "wb-cli.h"

G_BEGIN_DECLS

gboolean wb_cli_money_import (WbCli *self, GError **error);
gboolean wb_cli_money_export (WbCli *self, const WbMoneyQuery *period, GError **error);

G_END_DECLS
