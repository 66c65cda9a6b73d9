/* SPDX-License-Identifier: GPL-3.0-or-later
 * The words printed on papers, by language: a paper speaks its reader's language, whatever the
 * program's own is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All words of one language. They live as long as the program. */
typedef struct _WbWords WbWords;

const WbWords *wb_words_find (const char *language);
const WbWords *wb_words_default (void);
const WbWords *wb_words_for (const char *language);
const char    *wb_words_language (const WbWords *self);
const char    *wb_words_get (const WbWords *self, const char *key);
gboolean       wb_words_know (const char *key);
char         **wb_words_languages (void);
const char    *wb_country_language (const char *country);

G_END_DECLS
