/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the Pack page has done elsewhere. The table itself is in the book, so each work opens it,
 * does one thing, and brings back how it stands. */
#include "wb-pack-works.h"

#include "wb-scale.h"

#define MOST_NEXT      3               /* orders that are shown beside the empty table */
#define SCALE_VARIABLE "WAYBILL_SCALE" /* the device of the one that is meant, of several */

typedef struct
{
  gint64 order_id, number, product_id;
  char  *text;
} Ask;

/** wb_pack_ask_new: Returns: (transfer full): data for the works of this file. */
gpointer
wb_pack_ask_new (gint64 order_id, const char *text, gint64 number, gint64 product_id)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->order_id = order_id;
  ask->text = g_strdup (text);
  ask->number = number;
  ask->product_id = product_id;
  return ask;
}

static void
ask_free (gpointer data)
{
  g_free (((Ask *) data)->text);
  g_free (data);
}

/** wb_pack_look_free: frees @look. */
void
wb_pack_look_free (WbPackLook *look)
{
  g_clear_pointer (&look->pack, wb_pack_free);
  g_free (look->words);
  g_free (look);
}

/** wb_pack_next_free: frees @next. */
void
wb_pack_next_free (WbPackNext *next)
{
  g_clear_pointer (&next->orders, g_ptr_array_unref);
  g_free (next);
}

static gpointer
run_next (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook                *book = wb_job_get_book (job, error);
  g_autoptr (WbPackNext) next = g_new0 (WbPackNext, 1);

  if (book == NULL || !wb_pack_count_waiting (book, &next->waiting, error) ||
      (next->orders = wb_pack_list_next (book, MOST_NEXT, error)) == NULL)
    return NULL;
  return g_steal_pointer (&next);
}

static WbPackLook *
look_at (WbJob *job, gint64 order_id, GError **error)
{
  WbDesk                *desk = wb_job_get_desk (job, error);
  g_autoptr (WbPackLook) look = g_new0 (WbPackLook, 1);

  if (desk == NULL)
    return NULL;
  look->pack = wb_pack_open (wb_desk_get_book (desk), order_id, g_get_host_name (),
                             wb_desk_get_actor (desk), error);
  return look->pack != NULL ? g_steal_pointer (&look) : NULL;
}

static gpointer
run_find (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                   *ask = data;
  WbBook                *book = wb_job_get_book (job, error);
  g_autoptr (WbPackLook) look = g_new0 (WbPackLook, 1);
  g_autoptr (GError)     local = NULL;
  gint64                 id;

  if (book == NULL)
    return NULL;
  id = wb_pack_find (book, ask->text, &look->words, &local);
  if (id != 0)
    return look_at (job, id, error);
  if (local == NULL)
    return g_steal_pointer (&look);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static gpointer
run_open (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return look_at (job, ((Ask *) data)->order_id, error);
}

static gpointer
run_scan (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                   *ask = data;
  g_autoptr (WbPackLook) look = look_at (job, ask->order_id, error);
  WbPackLine            *line = NULL;

  if (look == NULL)
    return NULL;
  look->pack->asks_line = ask->number;
  look->pack->asks_part = ask->product_id;
  if (!wb_pack_scan (look->pack, ask->text, &look->scan, &line, &look->words, error))
    return NULL;
  look->line_id = line != NULL ? line->line_id : 0;
  return g_steal_pointer (&look);
}

static gpointer
run_count (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                   *ask = data;
  g_autoptr (WbPackLook) look = look_at (job, ask->order_id, error);

  if (look == NULL || !wb_pack_count (look->pack, ask->number, ask->product_id, 1, error))
    return NULL;
  look->line_id = ask->number;
  return g_steal_pointer (&look);
}

static gpointer
run_undo (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbPackLook) look = look_at (job, ((Ask *) data)->order_id, error);
  WbPackLine            *line = NULL;

  if (look == NULL || !wb_pack_undo (look->pack, &line, error))
    return NULL;
  look->line_id = line != NULL ? line->line_id : 0;
  return g_steal_pointer (&look);
}

static gpointer
run_weigh (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                   *ask = data;
  g_autoptr (WbPackLook) look = look_at (job, ask->order_id, error);

  return look != NULL && wb_pack_weigh (look->pack, ask->number, error) ? g_steal_pointer (&look)
                                                                        : NULL;
}

static gpointer
run_box (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                   *ask = data;
  g_autoptr (WbPackLook) look = look_at (job, ask->order_id, error);

  return look != NULL && wb_pack_choose (look->pack, ask->text, error) ? g_steal_pointer (&look)
                                                                       : NULL;
}

static gpointer
run_scale (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                *ask = data;
  const char         *named = g_getenv (SCALE_VARIABLE);
  g_auto (GStrv)      found = wb_scale_find (NULL);
  g_autoptr (WbScale) scale = NULL;
  g_autofree gint64  *grams = g_new0 (gint64, 1);

  if (named == NULL && found[0] == NULL)
    return g_steal_pointer (&grams);
  scale = wb_scale_new (named != NULL ? named : found[0]);
  wb_scale_set_patience (scale, G_MAXINT32); /* as long as the order lies on the table */
  wb_scale_set_last (scale, ask->number);
  return wb_scale_read (scale, grams, cancellable, error) ? g_steal_pointer (&grams) : NULL;
}

#define WORK(name, run_func, is_effect)                                                            \
  const WbWorkKind name = { .run = run_func,                                                       \
                            .free_data = ask_free,                                                 \
                            .free_result = (GDestroyNotify) wb_pack_look_free,                     \
                            .effect = is_effect }

WORK (wb_pack_find_work, run_find, FALSE);
WORK (wb_pack_open_work, run_open, FALSE);
WORK (wb_pack_scan_work, run_scan, TRUE);
WORK (wb_pack_count_work, run_count, TRUE);
WORK (wb_pack_undo_work, run_undo, TRUE);
WORK (wb_pack_weigh_work, run_weigh, TRUE);
WORK (wb_pack_box_work, run_box, TRUE);

const WbWorkKind wb_pack_next_work = {
  .run = run_next,
  .free_result = (GDestroyNotify) wb_pack_next_free,
};

const WbWorkKind wb_pack_scale_work = {
  .run = run_scale,
  .free_data = ask_free,
  .free_result = g_free,
};
