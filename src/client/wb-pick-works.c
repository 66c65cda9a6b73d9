/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the Pick page has done elsewhere. The wave is in the book, so each work does one thing and
 * brings back how it stands. */
#include "wb-pick-works.h"

#include "wb-pack.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64  wave_id, order_id;
  char   *text;
  GArray *picks, *counts; /* of gint64 */
} Ask;

/** wb_pick_ask_new: @picks: (nullable) (element-type gint64). Returns: (transfer full): data for
 * the works of this file. */
gpointer
wb_pick_ask_new (gint64 wave_id, const char *text, GArray *picks)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->wave_id = wave_id;
  ask->text = g_strdup (text);
  ask->picks = picks != NULL ? g_array_ref (picks) : g_array_new (FALSE, FALSE, sizeof (gint64));
  return ask;
}

/** wb_pick_undo_new: @picks, @counts: (nullable) (element-type gint64): of how many pieces each.
 * Returns: (transfer full): data for the works that take something back. */
gpointer
wb_pick_undo_new (gint64 wave_id, gint64 order_id, GArray *picks, GArray *counts)
{
  Ask *ask = wb_pick_ask_new (wave_id, NULL, picks);

  ask->order_id = order_id;
  ask->counts = counts != NULL ? g_array_ref (counts) : NULL;
  return ask;
}

static void
ask_free (gpointer data)
{
  Ask *ask = data;

  g_free (ask->text);
  g_array_unref (ask->picks);
  g_clear_pointer (&ask->counts, g_array_unref);
  g_free (ask);
}

static void
wish_free (gpointer data)
{
  WbPickWish *wish = data;

  g_free (wish->service);
  g_free (wish->zone);
  g_free (wish);
}

/** wb_pick_look_free: frees @look. */
void
wb_pick_look_free (WbPickLook *look)
{
  g_clear_pointer (&look->sheet, wb_pick_sheet_free);
  g_clear_object (&look->wave);
  g_clear_pointer (&look->orders, g_ptr_array_unref);
  g_clear_pointer (&look->picks, g_ptr_array_unref);
  g_free (look->words);
  g_free (look);
}

static WbPickLook *
look_at (WbBook *book, gint64 wave_id, GError **error)
{
  g_autoptr (WbPickLook) look = g_new0 (WbPickLook, 1);

  look->wave = wb_book_get_wave (book, wave_id, error);
  look->orders = look->wave != NULL ? wb_book_list_wave_orders (book, wave_id, error) : NULL;
  look->picks = look->orders != NULL ? wb_book_list_picks (book, wave_id, 0, error) : NULL;
  return look->picks != NULL ? g_steal_pointer (&look) : NULL;
}

static WbPickLook *
look_whole (WbBook *book, gint64 wave_id, GError **error)
{
  g_autoptr (WbPickLook) look = g_new0 (WbPickLook, 1);

  look->sheet = wb_pick_sheet_read (book, wave_id, error);
  return look->sheet != NULL ? g_steal_pointer (&look) : NULL;
}

static gpointer
run_open (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook *book = wb_job_get_book (job, error);

  return book != NULL ? look_whole (book, ((Ask *) data)->wave_id, error) : NULL;
}

static gpointer
run_fresh (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook *book = wb_job_get_book (job, error);

  return book != NULL ? look_at (book, ((Ask *) data)->wave_id, error) : NULL;
}

static gpointer
run_scan (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                   *ask = data;
  WbDesk                *desk = wb_job_get_desk (job, error);
  g_auto (WbPickScan)    scan = { 0 };
  g_autoptr (WbPickLook) look = NULL;

  if (desk == NULL || !wb_wave_scan (wb_desk_get_book (desk), ask->wave_id, ask->text,
                                     wb_desk_get_actor (desk), &scan, error))
    return NULL;
  look = look_at (wb_desk_get_book (desk), ask->wave_id, error);
  if (look == NULL)
    return NULL;
  look->scan = scan.scan;
  look->pick_id = scan.pick_id;
  look->words = g_steal_pointer (&scan.words);
  return g_steal_pointer (&look);
}

typedef gboolean (*Move) (
    WbBook *book, gint64 pick_id, gint64 quantity, const char *actor, GError **error);

static gpointer
move_one (WbJob *job, Ask *ask, Move move, GError **error)
{
  WbDesk                *desk = wb_job_get_desk (job, error);
  gint64                 pick_id = ask->picks->len > 0 ? g_array_index (ask->picks, gint64, 0) : 0;
  g_autoptr (WbPickLook) look = NULL;

  if (desk == NULL || !move (wb_desk_get_book (desk), pick_id, 1, wb_desk_get_actor (desk), error))
    return NULL;
  look = look_at (wb_desk_get_book (desk), ask->wave_id, error);
  if (look != NULL)
    look->pick_id = pick_id;
  return g_steal_pointer (&look);
}

static gpointer
run_count (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return move_one (job, data, wb_wave_pick, error);
}

static gpointer
run_back (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  return move_one (job, data, wb_wave_put_back, error);
}

static gpointer
run_short (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask    *ask = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  for (guint i = 0; desk != NULL && i < ask->picks->len; i++)
    if (!wb_wave_short (wb_desk_get_book (desk), g_array_index (ask->picks, gint64, i),
                        wb_desk_get_actor (desk), error))
      return NULL;
  return desk != NULL ? look_at (wb_desk_get_book (desk), ask->wave_id, error) : NULL;
}

static gpointer
run_cancel (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask    *ask = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  if (desk == NULL ||
      !wb_wave_cancel (wb_desk_get_book (desk), ask->wave_id, wb_desk_get_actor (desk), error))
    return NULL;
  return look_at (wb_desk_get_book (desk), ask->wave_id, error);
}

static gpointer
run_found (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask    *ask = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  for (guint i = 0; desk != NULL && i < ask->picks->len; i++)
    if (!wb_wave_found (wb_desk_get_book (desk), g_array_index (ask->picks, gint64, i),
                        wb_desk_get_actor (desk), error))
      return NULL;
  return desk != NULL ? look_at (wb_desk_get_book (desk), ask->wave_id, error) : NULL;
}

static gpointer
run_out (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask    *ask = data;
  WbDesk *desk = wb_job_get_desk (job, error);

  if (desk == NULL || !wb_wave_take_out (wb_desk_get_book (desk), ask->wave_id, ask->order_id,
                                         wb_desk_get_actor (desk), error))
    return NULL;
  return look_at (wb_desk_get_book (desk), ask->wave_id, error);
}

/* What lay in its tote still lies there. */
static gpointer
run_put_in (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask    *ask = data;
  WbDesk *desk = wb_job_get_desk (job, error);
  WbBook *book = desk != NULL ? wb_desk_get_book (desk) : NULL;

  if (desk == NULL ||
      !wb_wave_put_in (book, ask->wave_id, ask->order_id, wb_desk_get_actor (desk), error))
    return NULL;
  for (guint i = 0; ask->counts != NULL && i < ask->picks->len; i++)
    if (g_array_index (ask->counts, gint64, i) > 0 &&
        !wb_wave_pick (book, g_array_index (ask->picks, gint64, i),
                       g_array_index (ask->counts, gint64, i), wb_desk_get_actor (desk), error))
      return NULL;
  return look_whole (book, ask->wave_id, error);
}

static gpointer
run_list (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                   *ask = data;
  WbDesk                *desk = wb_job_get_desk (job, error);
  g_autoptr (WbPickLook) look =
      desk != NULL ? look_at (wb_desk_get_book (desk), ask->wave_id, error) : NULL;
  g_autoptr (GBytes) list =
      look != NULL ? wb_desk_make_wave_list (desk, ask->wave_id, NULL, error) : NULL;

  if (list == NULL || !g_file_set_contents (ask->text, g_bytes_get_data (list, NULL),
                                            (gssize) g_bytes_get_size (list), error))
    return NULL;
  look->words = g_strdup_printf (_ ("The list is in %s"), ask->text);
  return g_steal_pointer (&look);
}

static gpointer
run_print (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Ask                   *ask = data;
  WbDesk                *desk = wb_job_get_desk (job, error);
  g_autofree char       *outcome = NULL;
  g_autoptr (WbPickLook) look = NULL;

  if (desk == NULL || !wb_desk_print_wave_list (desk, ask->wave_id, &outcome, cancellable, error) ||
      (look = look_at (wb_desk_get_book (desk), ask->wave_id, error)) == NULL)
    return NULL;
  /* Translators: %s names the printer and the job */
  look->words = g_strdup_printf (_ ("The list is on its way: %s"), outcome);
  return g_steal_pointer (&look);
}

static char **
tote_names (guint n)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (names, g_strdup_printf ("%u", i + 1));
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static gpointer
run_make (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbPickWish     *wish = data;
  WbDesk         *desk = wb_job_get_desk (job, error);
  gboolean        cluster = g_str_equal (wish->method, WB_WAVE_CLUSTER);
  g_auto (GStrv)  totes = tote_names (wish->totes);
  const WbWaveAsk ask = { .method = wish->method,
                          .channel_id = wish->channel_id,
                          .ship_by = wish->ship_by,
                          .service = wish->service,
                          .zone = wish->zone,
                          .most = wish->most,
                          .totes = cluster ? (const char *const *) totes : NULL };
  gint64          id;

  if (desk == NULL)
    return NULL;
  id = wb_wave_build (wb_desk_get_book (desk), &ask, wb_desk_get_actor (desk), error);
  return id != 0 ? look_whole (wb_desk_get_book (desk), id, error) : NULL;
}

static gpointer
run_waves (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbBook                 *book = wb_job_get_book (job, error);
  g_autoptr (WbPickWaves) waves = g_new0 (WbPickWaves, 1);

  if (book == NULL || (waves->open = wb_book_list_waves (book, WB_WAVE_OPEN, error)) == NULL ||
      !wb_pack_count_waiting (book, &waves->waiting, error))
    return NULL;
  return g_steal_pointer (&waves);
}

/** wb_pick_waves_free: frees @waves. */
void
wb_pick_waves_free (WbPickWaves *waves)
{
  g_clear_pointer (&waves->open, g_ptr_array_unref);
  g_free (waves);
}

#define WORK(name, run_func, is_effect)                                                            \
  const WbWorkKind name = { .run = run_func,                                                       \
                            .free_data = ask_free,                                                 \
                            .free_result = (GDestroyNotify) wb_pick_look_free,                     \
                            .effect = is_effect }

WORK (wb_pick_open_work, run_open, FALSE);
WORK (wb_pick_fresh_work, run_fresh, FALSE);
WORK (wb_pick_scan_work, run_scan, TRUE);
WORK (wb_pick_count_work, run_count, TRUE);
WORK (wb_pick_back_work, run_back, TRUE);
WORK (wb_pick_short_work, run_short, TRUE);
WORK (wb_pick_cancel_work, run_cancel, TRUE);
WORK (wb_pick_list_work, run_list, FALSE);
WORK (wb_pick_print_work, run_print, TRUE);
WORK (wb_pick_found_work, run_found, TRUE);
WORK (wb_pick_out_work, run_out, TRUE);
WORK (wb_pick_put_in_work, run_put_in, TRUE);

const WbWorkKind wb_pick_make_work = {
  .run = run_make,
  .free_data = wish_free,
  .free_result = (GDestroyNotify) wb_pick_look_free,
  .effect = TRUE,
};

const WbWorkKind wb_pick_waves_work = {
  .run = run_waves,
  .free_result = (GDestroyNotify) wb_pick_waves_free,
};
