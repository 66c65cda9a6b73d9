/* SPDX-License-Identifier: GPL-3.0-or-later
 * Works behind take turns: never more at once than there is room for, nobody is forgotten, and who
 * waits outside keeps nobody from working. */
#include "wb-behind.h"

#define ROUNDS  20
#define WORK_US 300

static gint inside;   /* atomic: at work just now */
static gint most;     /* atomic: the most that ever were */
static gint finished; /* atomic */

static void
work (void)
{
  gint now = g_atomic_int_add (&inside, 1) + 1, seen = g_atomic_int_get (&most);

  while (now > seen && !g_atomic_int_compare_and_exchange (&most, seen, now))
    seen = g_atomic_int_get (&most);
  g_usleep (WORK_US);
  g_atomic_int_add (&inside, -1);
}

/* As a sync: some work, a call to the shop, some work… */
static gpointer
run_turns (gpointer data)
{
  wb_behind_begin ();
  for (guint i = 0; i < ROUNDS; i++)
    {
      work ();
      wb_behind_leave ();
      wb_behind_come_back ();
    }
  wb_behind_end ();
  g_atomic_int_inc (&finished);
  return NULL;
}

/* As one that is in a transaction of the book: it does not leave. */
static gpointer
run_holding (gpointer data)
{
  wb_behind_begin ();
  for (guint i = 0; i < ROUNDS; i++)
    {
      wb_behind_hold ();
      wb_behind_hold ();
      wb_behind_let_go ();
      wb_behind_leave ();
      work ();
      wb_behind_come_back ();
      wb_behind_let_go ();
      wb_behind_leave ();
      wb_behind_come_back ();
    }
  wb_behind_end ();
  g_atomic_int_inc (&finished);
  return NULL;
}

static void
run_all (GThreadFunc func)
{
  guint     n = wb_behind_get_room () + 8;
  GThread **threads = g_new0 (GThread *, n);

  g_atomic_int_set (&most, 0);
  g_atomic_int_set (&finished, 0);
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("behind", func, NULL);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (g_atomic_int_get (&finished), ==, n);
  g_assert_cmpint (g_atomic_int_get (&most), >=, 1);
  g_assert_cmpint (g_atomic_int_get (&most), <=, wb_behind_get_room ());
  g_free (threads);
}

static void
test_turns (void)
{
  run_all (run_turns);
}

static void
test_hold (void)
{
  run_all (run_holding);
}

typedef struct
{
  GMutex   lock;
  GCond    told;
  guint    here;
  guint    through;
  gboolean outside; /* they wait for the shop, not at work */
  gboolean over;
} Stay;

static void
tell (Stay *stay, guint *count)
{
  g_mutex_lock (&stay->lock);
  (*count)++;
  g_cond_broadcast (&stay->told);
  g_mutex_unlock (&stay->lock);
}

/* Begins, and stays there until it is over. */
static gpointer
run_staying (gpointer data)
{
  Stay *stay = data;

  wb_behind_begin ();
  if (stay->outside)
    wb_behind_leave ();
  g_mutex_lock (&stay->lock);
  stay->here++;
  g_cond_broadcast (&stay->told);
  while (!stay->over)
    g_cond_wait (&stay->told, &stay->lock);
  g_mutex_unlock (&stay->lock);
  wb_behind_come_back ();
  wb_behind_end ();
  return NULL;
}

static gpointer
run_through (gpointer data)
{
  Stay *stay = data;

  wb_behind_begin ();
  wb_behind_end ();
  tell (stay, &stay->through);
  return NULL;
}

/* As many as there is room for stay; then one more comes, and gets through. */
static void
pass_by (gboolean outside)
{
  Stay      stay = { .outside = outside };
  guint     n = wb_behind_get_room ();
  GThread **threads = g_new0 (GThread *, n), *one;

  g_mutex_init (&stay.lock);
  g_cond_init (&stay.told);
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("staying", run_staying, &stay);
  g_mutex_lock (&stay.lock);
  while (stay.here < n)
    g_cond_wait (&stay.told, &stay.lock);
  g_mutex_unlock (&stay.lock);
  one = g_thread_new ("through", run_through, &stay);
  g_thread_join (one);
  g_assert_cmpuint (stay.through, ==, 1);
  g_mutex_lock (&stay.lock);
  stay.over = TRUE;
  g_cond_broadcast (&stay.told);
  g_mutex_unlock (&stay.lock);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
  g_cond_clear (&stay.told);
  g_mutex_clear (&stay.lock);
  g_free (threads);
}

/* Who waits for a shop keeps nobody from working. */
static void
test_outside (void)
{
  pass_by (TRUE);
}

/* A turn that never comes is not waited for for ever, and the turns are right again afterwards. */
static void
test_patience (void)
{
  wb_behind_set_patience (20 * G_TIME_SPAN_MILLISECOND);
  pass_by (FALSE);
  wb_behind_set_patience (0);
  run_all (run_turns);
}

/* In a thread that somebody waits for, nothing of it is there. */
static void
test_others (void)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      wb_behind_hold ();
      wb_behind_leave ();
      wb_behind_come_back ();
      wb_behind_let_go ();
    }
  run_all (run_turns);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/behind/turns", test_turns);
  g_test_add_func ("/behind/hold", test_hold);
  g_test_add_func ("/behind/outside", test_outside);
  g_test_add_func ("/behind/patience", test_patience);
  g_test_add_func ("/behind/others", test_others);
  return g_test_run ();
}
