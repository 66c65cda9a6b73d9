/* SPDX-License-Identifier: GPL-3.0-or-later
 * Exact money: whole minor units with their ISO 4217 currency. */
#pragma once

#include "wb-error.h"

G_BEGIN_DECLS

/**
 * WbMoney:
 * @minor: amount in the currency's minor unit (cents for EUR, yen for JPY, fils for KWD)
 * @currency: three capital letters
 *
 * A plain value: copy it by assignment.
 */
typedef struct
{
  gint64 minor;
  char   currency[4];
} WbMoney;

#define WB_MONEY_TEXT_SIZE 32

guint    wb_currency_exponent (const char *currency);
gboolean wb_currency_is_valid (const char *currency);

WbMoney  wb_money (gint64 minor, const char *currency);
gboolean wb_money_parse (const char *text, const char *currency, WbMoney *out, GError **error);
gboolean wb_money_parse_minor (const char *text, guint exponent, gint64 *out, GError **error);
gboolean wb_money_add (WbMoney a, WbMoney b, WbMoney *sum, GError **error);
gboolean wb_money_subtract (WbMoney a, WbMoney b, WbMoney *difference, GError **error);
gboolean wb_money_equal (WbMoney a, WbMoney b);
char    *wb_money_to_decimal (WbMoney money);
char    *wb_minor_to_decimal (gint64 minor, guint exponent);
char    *wb_money_to_text (WbMoney money);
char    *wb_money_to_figures (WbMoney money);
gboolean
wb_money_split (gint64 minor, const gint64 *weights, guint n, gint64 *parts, GError **error);

G_END_DECLS
