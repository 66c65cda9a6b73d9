/* SPDX-License-Identifier: GPL-3.0-or-later
 * Text out of WooCommerce's meta data: plug-ins put HTML, lists and objects where a word is
 * expected. */
#pragma once

#include "wb-json.h"

G_BEGIN_DECLS

char    *wb_woo_text_plain (const char *html);
char    *wb_woo_text_value (const WbJson *at);
char    *wb_woo_text_options (const WbJson *line, const char *const *named);
char    *wb_woo_text_named (const WbJson *record, const char *const *named);
gboolean wb_woo_text_names (const char *text, const char *reference);

G_END_DECLS
