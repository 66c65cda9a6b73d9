/* SPDX-License-Identifier: GPL-3.0-or-later
 * Pages are stored in the order in which they came, one at a time, while the next is read; one that
 * cannot be stored stops those behind it. */
#include "wb-behind.h"
#include "wb-error.h"
#include "wb-sync-pages.h"

typedef struct
{
  GString *stored; /* cursors, by the thread that stores */
  GString *told;
  GThread *asker;
  gint     at_once; /* atomic */
  gboolean refuses_b;

  GMutex   lock;
  GCond    changed;
  gboolean waits; /* to store until the asker has gone on */
  gboolean went_on;
} Shelf;

static gboolean
store (const WbSyncPage *page, gpointer data, GError **error)
{
  Shelf *shelf = data;

  /* Who works behind stores it itself. */
  g_assert_true ((g_thread_self () == shelf->asker) == wb_behind_is_on ());
  g_assert_cmpint (g_atomic_int_add (&shelf->at_once, 1), ==, 0);
  g_mutex_lock (&shelf->lock);
  while (shelf->waits && !shelf->went_on)
    g_cond_wait (&shelf->changed, &shelf->lock);
  g_mutex_unlock (&shelf->lock);
  g_string_append (shelf->stored, page->cursor);
  g_atomic_int_add (&shelf->at_once, -1);
  if (!shelf->refuses_b || g_strcmp0 (page->cursor, "b") != 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "the disk is full");
  return FALSE;
}

static void
stored (const WbSyncPage *page, gpointer data)
{
  Shelf *shelf = data;

  g_assert_true (g_thread_self () == shelf->asker);
  g_string_append (shelf->told, page->cursor);
}

static void
shelf_init (Shelf *shelf)
{
  *shelf = (Shelf){ .stored = g_string_new (NULL),
                    .told = g_string_new (NULL),
                    .asker = g_thread_self () };
  g_mutex_init (&shelf->lock);
  g_cond_init (&shelf->changed);
}

static void
shelf_clear (Shelf *shelf)
{
  g_string_free (shelf->stored, TRUE);
  g_string_free (shelf->told, TRUE);
  g_mutex_clear (&shelf->lock);
  g_cond_clear (&shelf->changed);
}

static gboolean
give (WbSyncPages *pages, const char *cursor, GError **error)
{
  WbSyncPage page = { .orders = g_ptr_array_new_with_free_func (g_free),
                      .cursor = g_strdup (cursor) };
  gboolean   ok;

  g_ptr_array_add (page.orders, g_strdup ("an order"));
  ok = wb_sync_pages_give (pages, &page, error);
  g_assert_null (page.orders);
  g_assert_null (page.cursor);
  return ok;
}

static void
test_in_order (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (WbSyncPages) pages = NULL;
  Shelf                   shelf;

  shelf_init (&shelf);
  pages = wb_sync_pages_new (store, stored, &shelf);
  g_assert_true (wb_sync_pages_finish (pages, &error)); /* nothing was given */
  for (char c = 'a'; c <= 'j'; c++)
    g_assert_true (give (pages, (char[2]){ c, '\0' }, &error));
  g_assert_cmpstr (shelf.told->str, ==, "abcdefghi");
  g_assert_true (wb_sync_pages_finish (pages, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (shelf.stored->str, ==, "abcdefghij");
  g_assert_cmpstr (shelf.told->str, ==, "abcdefghij");
  shelf_clear (&shelf);
}

/* The page is stored only once its giver has gone on: were it waited for, nothing would end. */
static void
test_beside (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (WbSyncPages) pages = NULL;
  Shelf                   shelf;

  shelf_init (&shelf);
  shelf.waits = TRUE;
  pages = wb_sync_pages_new (store, stored, &shelf);
  g_assert_true (give (pages, "a", &error));
  g_mutex_lock (&shelf.lock);
  shelf.went_on = TRUE;
  g_cond_signal (&shelf.changed);
  g_mutex_unlock (&shelf.lock);
  g_assert_true (wb_sync_pages_finish (pages, &error));
  g_assert_cmpstr (shelf.stored->str, ==, "a");
  shelf_clear (&shelf);
}

static void
test_refused (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (WbSyncPages) pages = NULL;
  Shelf                   shelf;

  shelf_init (&shelf);
  shelf.refuses_b = TRUE;
  pages = wb_sync_pages_new (store, stored, &shelf);
  g_assert_true (give (pages, "a", &error));
  g_assert_true (give (pages, "b", &error));
  g_assert_false (give (pages, "c", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (wb_sync_pages_finish (pages, &error)); /* told once */
  g_assert_cmpstr (shelf.stored->str, ==, "ab");
  g_assert_cmpstr (shelf.told->str, ==, "a");

  /* The last one is told at the end. */
  g_assert_true (give (pages, "b", &error));
  g_assert_false (wb_sync_pages_finish (pages, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_FAILED);
  shelf_clear (&shelf);
}

/* What works behind starts no second thread; several of them take turns. */
static gpointer
sync_behind (gpointer data)
{
  Shelf *shelf = data;

  shelf->asker = g_thread_self ();
  wb_behind_begin ();
  {
    g_autoptr (WbSyncPages) pages = wb_sync_pages_new (store, stored, shelf);

    for (char c = 'a'; c <= 'e'; c++)
      g_assert_true (give (pages, (char[2]){ c, '\0' }, NULL));
    g_assert_true (wb_sync_pages_finish (pages, NULL));
  }
  wb_behind_end ();
  return NULL;
}

static void
test_behind (void)
{
  Shelf    shelves[4];
  GThread *threads[G_N_ELEMENTS (shelves)];

  for (guint i = 0; i < G_N_ELEMENTS (shelves); i++)
    {
      shelf_init (&shelves[i]);
      threads[i] = g_thread_new ("sync", sync_behind, &shelves[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (shelves); i++)
    {
      g_thread_join (threads[i]);
      g_assert_cmpstr (shelves[i].stored->str, ==, "abcde");
      g_assert_cmpstr (shelves[i].told->str, ==, "abcde");
      shelf_clear (&shelves[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/sync-pages/in-order", test_in_order);
  g_test_add_func ("/desk/sync-pages/beside", test_beside);
  g_test_add_func ("/desk/sync-pages/refused", test_refused);
  g_test_add_func ("/desk/sync-pages/behind", test_behind);
  return g_test_run ();
}
