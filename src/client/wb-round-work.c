/* SPDX-License-Identifier: GPL-3.0-or-later
 * One round of asking the shops: what is done while it runs, and what is said of it. */
#include "wb-round-work.h"

#include "wb-desk.h"
#include "wb-refusals.h"

#include <glib/gi18n-lib.h>

static void
page_cb (WbConnection *channel, gint64 done, gint64 total, gpointer job)
{
  WbRoundPage *page = g_new (WbRoundPage, 1);

  *page = (WbRoundPage){ wb_record_get_int (channel, WB_CONNECTION_ID), done, total };
  wb_job_tell (job, page);
}

/** wb_round_run: as #WbWorkKind.run; tells a #WbRoundPage, to be freed by g_free(), after each
 * page. Returns: (transfer full) (nullable): what came of it, as a sentence. */
gpointer
wb_round_run (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  WbDesk               *desk = wb_job_get_desk (job, error);
  g_autoptr (GPtrArray) shops =
      desk != NULL ? wb_book_list_connections (wb_desk_get_book (desk), WB_KIND_SHOP, error) : NULL;
  g_auto (WbSyncResult) result = { 0 };

  if (shops == NULL || !wb_desk_sync (desk, 0, page_cb, job, &result, cancellable, error))
    return NULL;
  if (shops->len == 0)
    return g_strdup (_ ("No shop is connected yet"));
  if (result.added + result.changed == 0)
    return g_strdup (_ ("No news from the shops"));
  /* Translators: outcome of asking the shops for orders */
  return g_strdup_printf (_ ("%d new orders, %d changed"), (int) result.added,
                          (int) result.changed);
}

/** wb_round_words: Returns: (transfer full): what to say of a round that ended with @error. */
char *
wb_round_words (const GError *error)
{
  if (g_error_matches (error, WB_ERROR, WB_ERROR_CANCELLED))
    return g_strdup (_ ("Stopped. What was read is kept, and the next time goes on from there."));
  return wb_error_words (error);
}
