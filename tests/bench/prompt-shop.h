/* SPDX-License-Identifier: GPL-3.0-or-later
 * A WooCommerce shop that answers at once: its orders are ready as text, a page of them is one
 * copy. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _PromptShop PromptShop;

PromptShop *prompt_shop_new (GPtrArray *rows);
void        prompt_shop_free (PromptShop *self);
char       *prompt_shop_dup_url (PromptShop *self);
GPtrArray  *prompt_shop_take_log (PromptShop *self);

G_END_DECLS
