/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages of a shop's orders stored while the next one is being read.
 *
 * A shop that waits for our book is asked too late: on a first import storing a page takes longer
 * than asking for it. So a page is stored in a thread beside the one that asks, one at a time and
 * in the order in which they came: before the next is given, the last one is waited for. What is
 * stored touches the book and never the shop, who asks touches the shop and never the book, and
 * both meet in wb_sync_pages_give() and wb_sync_pages_finish() alone. */
#include "wb-sync-pages.h"

#include "wb-behind.h"

struct _WbSyncPages
{
  WbSyncStoreFunc  store;
  WbSyncStoredFunc stored;
  gpointer         data;

  GThread   *thread; /* NULL: nothing is being stored */
  WbSyncPage page;   /* what it stores */
  gboolean   behind; /* the sync works behind: so does what stores for it */
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
  self->behind = wb_behind_is_on ();
  return self;
}

static gpointer
store_thread (gpointer data)
{
  WbSyncPages *self = data;

  if (self->behind)
    wb_behind_begin ();
  self->ok = self->store (&self->page, self->data, &self->error);
  if (self->behind)
    wb_behind_end ();
  return NULL;
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
  wb_behind_leave (); /* what stores may need the turn */
  g_thread_join (g_steal_pointer (&self->thread));
  wb_behind_come_back ();
  if (self->ok && self->stored != NULL)
    self->stored (&self->page, self->data);
  page_clear (&self->page);
  if (!self->ok)
    g_propagate_error (error, g_steal_pointer (&self->error));
  return self->ok;
}

/**
 * wb_sync_pages_give:
 * @page: what it holds is taken; it is empty afterwards
 *
 * Has @page stored, and returns as soon as the page before it is.
 *
 * Returns: %FALSE with @error when that one could not be stored; this one is not then.
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
  self->thread = g_thread_new ("store", store_thread, self);
  return TRUE;
}

/** wb_sync_pages_free: waits for what is being stored, and frees @self. */
void
wb_sync_pages_free (WbSyncPages *self)
{
  wb_sync_pages_finish (self, NULL);
  g_free (self);
}
