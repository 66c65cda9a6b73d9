/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the shop sells. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gint64      id;
  gint64      parent; /* 0: a product; else a variation of it */
  const char *name;
  const char *option; /* of a variation: "Blau / M" */
  const char *sku;    /* "": none of its own */
  gint64      price;  /* hundredths, with tax where the shop's prices include it */
  guint       grams;
  gboolean    virtual_good;
  gboolean    deleted;
  int         stock; /* -1: not managed; -2: managed by the parent */
} WbTownGood;

extern const WbTownGood wb_town_goods[];
guint                   wb_town_n_goods (void);
const WbTownGood       *wb_town_good (gint64 id);
gboolean                wb_town_good_has_variations (const WbTownGood *good);
const char             *wb_town_good_sku (const WbTownGood *good);

G_END_DECLS
