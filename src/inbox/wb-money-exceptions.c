/* SPDX-License-Identifier: GPL-3.0-or-later
 * What does not fit in the money, for the exceptions inbox: one row a kind and currency, with the
 * sum. */
#include "wb-exceptions-private.h"

#include "wb-reconcile.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define LOOK_BACK (92 * 24 * 60 * 60) /* what is older stands on the Money page only */
#define SEVERITY  50

/* A payment is taken a moment before the parcel is marked as handed over: until then nothing is
 * wrong. */
#define ON_ITS_WAY (5 * 60)

typedef struct
{
  WbGapKind kind;
  char      currency[4];
  gint64    sum;
  guint     n;
  WbInstant since, deadline;
} Heap;

/* Some have rows of their own, an order each. */
static gboolean
is_for_inbox (const WbMoneyGap *gap, WbInstant now)
{
  if (gap->kind == WB_GAP_CAPTURED_UNSHIPPED && now < gap->at + ON_ITS_WAY)
    return FALSE;
  return gap->kind != WB_GAP_NOT_CAPTURED && gap->kind != WB_GAP_LAPSED;
}

static Heap *
heap_of (GArray *heaps, const WbMoneyGap *gap)
{
  Heap fresh = { .kind = gap->kind, .since = gap->at };

  for (guint i = 0; i < heaps->len; i++)
    if (g_array_index (heaps, Heap, i).kind == gap->kind &&
        g_str_equal (g_array_index (heaps, Heap, i).currency, gap->currency))
      return &g_array_index (heaps, Heap, i);
  g_strlcpy (fresh.currency, gap->currency, sizeof fresh.currency);
  g_array_append_val (heaps, fresh);
  return &g_array_index (heaps, Heap, heaps->len - 1);
}

static void
add_to_heap (Heap *heap, const WbMoneyGap *gap)
{
  heap->n++;
  if (__builtin_add_overflow (heap->sum, gap->amount, &heap->sum))
    heap->sum = G_MAXINT64;
  heap->since = MIN (heap->since, gap->at);
  if (gap->deadline != 0 && (heap->deadline == 0 || gap->deadline < heap->deadline))
    heap->deadline = gap->deadline;
}

static WbException *
exception_of (const Heap *heap)
{
  WbException     *exception = g_new0 (WbException, 1);
  g_autofree char *sum = wb_money_to_text (wb_money (heap->sum, heap->currency));
  g_autofree char *until = heap->deadline != 0 ? wb_instant_to_text (heap->deadline) : NULL;

  exception->kind = g_strdup_printf ("money-%s-%s", wb_gap_id (heap->kind), heap->currency);
  exception->since = heap->since;
  exception->severity = SEVERITY + (heap->deadline != 0 ? 5 : 0);
  /* Translators: what does not fit in the money, how often, its sum */
  exception->title =
      g_strdup_printf (_ ("%s: %u, %s in all"), wb_gap_title (heap->kind), heap->n, sum);
  exception->meaning =
      until != NULL
          ? g_strdup_printf (_ ("The first of it can be helped until %s only. Each stands on the "
                                "Money page with its next step."),
                             until)
          : g_strdup (_ ("Each stands on the Money page with what it means and its next step."));
  exception->next = g_strdup ("show-money");
  exception->next_title = g_strdup (_ ("Show the gaps"));
  return exception;
}

/* Returns: (transfer full) (element-type Heap): worked out from the book. */
static GArray *
work_out (WbBook *book, GError **error)
{
  WbInstant             now = wb_now ();
  g_autoptr (GPtrArray) gaps = wb_list_money_gaps (book, now - LOOK_BACK, 0, FALSE, error);
  GArray               *heaps;

  if (gaps == NULL)
    return NULL;
  heaps = g_array_new (FALSE, TRUE, sizeof (Heap));
  for (guint i = 0; i < gaps->len; i++)
    if (is_for_inbox (gaps->pdata[i], now))
      add_to_heap (heap_of (heaps, gaps->pdata[i]), gaps->pdata[i]);
  return heaps;
}

/* ---- kept until the money changes ---- */

/*
 * Three months are reconciled at each look at the inbox, and several look at once (the page, the
 * notices, each on a connection of its own). The book counts the changes of everything that
 * reconciling reads (wb_book_money_version()); as long as its number stays, so does the result.
 * Some gaps come by time alone: so it is kept for minutes only. A book is known by its file, for a
 * restored one counts from where it was.
 */
#define KEEP_SECONDS (10 * 60)
#define MOST_BOOKS   8

typedef struct
{
  gint64    version;
  WbInstant made_at;
  GArray   *heaps;
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  g_array_unref (kept->heaps);
  g_free (kept);
}

static char *
file_of (WbBook *book)
{
  GStatBuf info = { 0 };

  if (g_stat (wb_book_get_path (book), &info) != 0)
    return NULL;
  return g_strdup_printf ("%s %" G_GUINT64_FORMAT, wb_book_get_path (book), (guint64) info.st_ino);
}

static gboolean
is_fresh (const Kept *kept, gint64 version, WbInstant now)
{
  return kept != NULL && kept->version == version && now >= kept->made_at &&
         now < kept->made_at + KEEP_SECONDS;
}

/* Returns: (transfer full) (element-type Heap): @book's, worked out or kept. Whoever asks while it
 * is being worked out waits for that. */
static GArray *
look_up (WbBook *book, GError **error)
{
  static GMutex            mutex;
  static GHashTable       *books; /* a file's name: Kept */
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  g_autofree char         *file = file_of (book);
  gint64                   version = 0;
  GArray                  *heaps;
  Kept                    *kept;

  if (!wb_book_money_version (book, &version, error))
    return NULL;
  if (books == NULL)
    books = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, kept_free);
  kept = file != NULL ? g_hash_table_lookup (books, file) : NULL;
  if (is_fresh (kept, version, wb_now ()))
    return g_array_ref (kept->heaps);
  if ((heaps = work_out (book, error)) == NULL || file == NULL)
    return heaps;
  if (g_hash_table_size (books) >= MOST_BOOKS)
    g_hash_table_remove_all (books);
  kept = g_new0 (Kept, 1);
  *kept = (Kept){ version, wb_now (), g_array_ref (heaps) };
  g_hash_table_replace (books, g_steal_pointer (&file), kept);
  return heaps;
}

/** wb_money_add_exceptions: adds what does not fit of the last three months to @list; quick as long
 * as nothing of the money has changed since the last look. */
gboolean
wb_money_add_exceptions (WbBook *book, GPtrArray *list, GError **error)
{
  g_autoptr (GArray) heaps = look_up (book, error);

  for (guint i = 0; heaps != NULL && i < heaps->len; i++)
    g_ptr_array_add (list, exception_of (&g_array_index (heaps, Heap, i)));
  return heaps != NULL;
}
