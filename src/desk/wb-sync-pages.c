/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages of a shop's orders stored while the next one is being read.
 *
 * A shop that waits for our book is asked too late: on a first import storing a page takes longer
 * than asking for it. So a page is stored in a thread beside the one that asks, one at a time and
 * in the order in which they came: before the next is given, the last one is waited for. What is
 * stored touches the book and never the shop, who asks touches the shop and never the book, and
 * both meet in wb_sync_pages_give() and wb_sync_pages_finish() alone.
 *
 * A sync that works behind (wb-behind.h) has no processor to spare for that: it stores a page
 * itself before it reads on. */
#include "wb-sync-pages.h"

#include "wb-behind.h"

struct _WbSyncPages
{
  WbSyncStoreFunc  store;
  WbSyncStoredFunc stored;
  gpointer         data;

  GThread   *thread; /* NULL: nothing is being stored */
  WbSyncPage page;   /* what it stores */
  gboolean   ok;
  GError    *error;
};

static void
page_clear (WbSyncPage *page)
{
  g_clear_pointer (&page->orders, g_ptr_array_unref);
  g_clear_pointer (&page->raws, g_ptr_array_unref);
  g_clear_pointer (&page->problems, g_ptr_array_unref);
  g_clear_pointer (&page->cursor, g_free);
}

/** wb_sync_pages_new: @stored: (nullable): called for each page that was stored. Returns: (transfer
 * full): nothing is being stored yet. */
WbSyncPages *
wb_sync_pages_new (WbSyncStoreFunc store, WbSyncStoredFunc stored, gpointer data)
{
  WbSyncPages *self = g_new0 (WbSyncPages, 1);

  self->store = store;
  self->stored = stored;
  self->data = data;
  return self;
}

static gpointer
store_page (gpointer data)
{
  WbSyncPages *self = data;

  self->ok = self->store (&self->page, self->data, &self->error);
  return NULL;
}

/* What was to be stored has been, or could not be. */
static gboolean
settle (WbSyncPages *self, GError **error)
{
  if (self->ok && self->stored != NULL)
    self->stored (&self->page, self->data);
  page_clear (&self->page);
  if (!self->ok)
    g_propagate_error (error, g_steal_pointer (&self->error));
  return self->ok;
}

/**
 * wb_sync_pages_finish:
 *
 * Waits until what was given is stored. Returns: %FALSE with @error when it could not be.
 */
gboolean
wb_sync_pages_finish (WbSyncPages *self, GError **error)
{
  if (self->thread == NULL)
    return TRUE;
  g_thread_join (g_steal_pointer (&self->thread));
  return settle (self, error);
}

/**
 * wb_sync_pages_give:
 * @page: what it holds is taken; it is empty afterwards
 *
 * Has @page stored, and returns as soon as the page before it is (behind: as soon as this one is).
 *
 * Returns: %FALSE with @error when that one could not be stored; nothing is that comes after it.
 */
gboolean
wb_sync_pages_give (WbSyncPages *self, WbSyncPage *page, GError **error)
{
  WbSyncPage given = *page;

  *page = (WbSyncPage){ 0 };
  if (!wb_sync_pages_finish (self, error))
    {
      page_clear (&given);
      return FALSE;
    }
  self->page = given;
  if (wb_behind_is_on ())
    {
      store_page (self);
      return settle (self, error);
    }
  self->thread = g_thread_new ("store", store_page, self);
  return TRUE;
}

/** wb_sync_pages_free: waits for what is being stored, and frees @self. */
void
wb_sync_pages_free (WbSyncPages *self)
{
  wb_sync_pages_finish (self, NULL);
  g_free (self);
}
