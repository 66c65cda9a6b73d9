/* SPDX-License-Identifier: GPL-3.0-or-later
 * Picking: waves are made of what is ready, walked in the order of the bins, and every piece is
 * counted as it is scanned. Each writing call is one transaction. */
#pragma once

#include "wb-book-waves.h"

G_BEGIN_DECLS

/**
 * WbWaveAsk: which orders go into a wave.
 * @method: WB_WAVE_…
 * @channel_id: 0: of any channel
 * @ship_by: only those that should leave by then, 0: any
 * @service: (nullable): only those whose customer asked for a service with these words
 * @zone: (nullable): only those all of whose goods lie in this zone
 * @location_id: 0: anywhere
 * @most: at most so many orders, the first to leave first; 0: any number (cluster: as many as there
 * are totes; single: one)
 * @totes: (nullable): names of the cart's totes, for a cluster; %NULL: “1”, “2”, …
 * @order_ids: @n of them: just these, 0: all that fit
 */
typedef struct
{
  const char        *method;
  gint64             channel_id;
  WbInstant          ship_by;
  const char        *service;
  const char        *zone;
  gint64             location_id;
  guint              most;
  const char *const *totes;
  const gint64      *order_ids;
  guint              n;
} WbWaveAsk;

/* What a scan meant. */
typedef enum
{
  WB_SCAN_OK,
  WB_SCAN_LAST,    /* and with it all is done */
  WB_SCAN_WRONG,   /* it is not wanted here */
  WB_SCAN_EXTRA,   /* one more than is wanted */
  WB_SCAN_UNKNOWN, /* nobody knows the code */
  WB_SCAN_SERIAL,  /* the piece's own number is wanted next */
  WB_SCAN_LOT,     /* its lot is wanted next */
} WbScan;

/**
 * WbPickScan: what came of a scan on the walk.
 * @pick_id, @order_id, @tote: (nullable): where the piece goes
 * @words: for people: what it is and where it goes, or why not
 */
typedef struct
{
  WbScan scan;
  gint64 pick_id, order_id;
  char  *tote;
  char  *words;
} WbPickScan;

gint64   wb_wave_build (WbBook *book, const WbWaveAsk *ask, const char *actor, GError **error);
gboolean wb_wave_scan (WbBook     *book,
                       gint64      wave_id,
                       const char *code,
                       const char *actor,
                       WbPickScan *result,
                       GError    **error);
gboolean
wb_wave_pick (WbBook *book, gint64 pick_id, gint64 quantity, const char *actor, GError **error);
gboolean
wb_wave_put_back (WbBook *book, gint64 pick_id, gint64 quantity, const char *actor, GError **error);
gboolean wb_wave_short (WbBook *book, gint64 pick_id, const char *actor, GError **error);
gboolean wb_wave_found (WbBook *book, gint64 pick_id, const char *actor, GError **error);
gboolean
wb_wave_take_out (WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error);
gboolean
wb_wave_put_in (WbBook *book, gint64 wave_id, gint64 order_id, const char *actor, GError **error);
gboolean wb_wave_cancel (WbBook *book, gint64 wave_id, const char *actor, GError **error);
void     wb_pick_scan_clear (WbPickScan *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (WbPickScan, wb_pick_scan_clear)

G_END_DECLS
