/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the Pick page has done elsewhere: making a wave, counting a scan, putting back, giving up
 * what is not there. */
#pragma once

#include "wb-pick-sheet.h"
#include "wb-pick-wave.h"
#include "wb-worker.h"

G_BEGIN_DECLS

/**
 * WbPickLook: the wave as it stands after something was done.
 * @sheet: (nullable): all of it, when it was opened or made
 * @wave, @orders, @picks: otherwise
 * @scan: what a scan meant
 * @pick_id: what was counted, 0: nothing
 * @words: (nullable): for people
 */
typedef struct
{
  WbPickSheet *sheet;
  WbWave      *wave;
  GPtrArray   *orders, *picks;
  WbScan       scan;
  gint64       pick_id;
  char        *words;
} WbPickLook;

/* What a wave is made from: as WbWaveAsk, owned. */
typedef struct
{
  const char *method; /* WB_WAVE_… */
  gint64      channel_id;
  WbInstant   ship_by;
  char       *service, *zone;
  guint       most, totes;
} WbPickWish;

/* Data: wb_pick_ask_new(). Result: WbPickLook. */
extern const WbWorkKind wb_pick_open_work;   /* wave */
extern const WbWorkKind wb_pick_fresh_work;  /* wave: what has changed */
extern const WbWorkKind wb_pick_scan_work;   /* wave; text: the code */
extern const WbWorkKind wb_pick_count_work;  /* wave; picks: one more by hand of the first */
extern const WbWorkKind wb_pick_back_work;   /* wave; picks: one of the first goes back */
extern const WbWorkKind wb_pick_short_work;  /* wave; picks: the rest of them is not there */
extern const WbWorkKind wb_pick_cancel_work; /* wave */
extern const WbWorkKind wb_pick_list_work;   /* wave; text: the file for the list, a PDF */
extern const WbWorkKind wb_pick_print_work;  /* wave: its list, where pick lists are printed */
/* Data: wb_pick_undo_new(). Result: WbPickLook. */
extern const WbWorkKind wb_pick_found_work;  /* picks: what was not there is there after all */
extern const WbWorkKind wb_pick_out_work;    /* order: nobody walks for it any more */
extern const WbWorkKind wb_pick_put_in_work; /* order; picks, counts: as it was before that */

extern const WbWorkKind wb_pick_make_work; /* data: WbPickWish, owned; result: WbPickLook */

/**
 * WbPickWaves: what can be picked.
 * @open: (element-type WbWave): waves to go on with
 * @waiting: how many orders are to be picked and packed in all
 */
typedef struct
{
  GPtrArray *open;
  gint64     waiting;
} WbPickWaves;

extern const WbWorkKind wb_pick_waves_work; /* no data; result: WbPickWaves */

gpointer wb_pick_ask_new (gint64 wave_id, const char *text, GArray *picks);
gpointer wb_pick_undo_new (gint64 wave_id, gint64 order_id, GArray *picks, GArray *counts);
void     wb_pick_look_free (WbPickLook *look);
void     wb_pick_waves_free (WbPickWaves *waves);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPickLook, wb_pick_look_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WbPickWaves, wb_pick_waves_free)

G_END_DECLS
