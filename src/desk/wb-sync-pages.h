/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages of a shop's orders stored while the next one is being read. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WbSyncPage: one page as a shop hands it over, see #WbShopPageFunc; @raws and @problems may be
 * %NULL. It owns what it holds.
 */
typedef struct
{
  GPtrArray *orders;
  GPtrArray *raws;
  GPtrArray *problems;
  char      *cursor;
  gint64     done;
  gint64     total;
} WbSyncPage;

/* Stores @page; in a thread of its own unless the sync works behind, and never two at once. */
typedef gboolean (*WbSyncStoreFunc) (const WbSyncPage *page, gpointer data, GError **error);

/* @page is in the book; told in the thread that hands the pages over. */
typedef void (*WbSyncStoredFunc) (const WbSyncPage *page, gpointer data);

typedef struct _WbSyncPages WbSyncPages;

WbSyncPages *wb_sync_pages_new (WbSyncStoreFunc store, WbSyncStoredFunc stored, gpointer data);
gboolean     wb_sync_pages_give (WbSyncPages *self, WbSyncPage *page, GError **error);
gboolean     wb_sync_pages_finish (WbSyncPages *self, GError **error);
void         wb_sync_pages_free (WbSyncPages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbSyncPages, wb_sync_pages_free)

G_END_DECLS
