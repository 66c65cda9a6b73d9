/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a channel's own preferences have the engine do: the stock it is told, and what its statuses
 * mean. */
#include "wb-channel-works.h"

#include <glib/gi18n-lib.h>

/** wb_channel_ask_new: Returns: (transfer full): data for the works of this file. */
WbChannelAsk *
wb_channel_ask_new (gint64 channel_id, gint64 number, gboolean read)
{
  WbChannelAsk *ask = g_new0 (WbChannelAsk, 1);

  ask->channel_id = channel_id;
  ask->number = number;
  ask->read = read;
  return ask;
}

/** wb_channel_ask_explain: Returns: (transfer full): data for wb_channel_explain_work. */
WbChannelAsk *
wb_channel_ask_explain (gint64 channel_id, const char *status, const char *state)
{
  WbChannelAsk *ask = wb_channel_ask_new (channel_id, 0, FALSE);

  ask->status = g_strdup (status);
  ask->state = g_strdup (state);
  return ask;
}

static void
ask_free (gpointer data)
{
  WbChannelAsk *ask = data;

  g_free (ask->status);
  g_free (ask->state);
  g_free (ask);
}

/** wb_channel_stock_free: frees @stock. */
void
wb_channel_stock_free (WbChannelStock *stock)
{
  wb_publish_plan_clear (&stock->plan);
  g_free (stock);
}

static void
stock_free (gpointer stock)
{
  wb_channel_stock_free (stock);
}

static gboolean
read_listings (WbDesk *desk, gint64 channel_id, GCancellable *cancellable, GError **error)
{
  g_auto (WbListingsResult) result = { 0 };

  return wb_desk_sync_listings (desk, channel_id, &result, cancellable, error);
}

static gpointer
run_stock (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbChannelAsk        *ask = data;
  WbDesk                    *desk = wb_job_get_desk (job, error);
  g_autoptr (WbConnection)   channel = NULL;
  g_autoptr (WbChannelStock) stock = g_new0 (WbChannelStock, 1);

  if (desk == NULL ||
      (channel = wb_book_get_connection (wb_desk_get_book (desk), ask->channel_id, error)) ==
          NULL ||
      (ask->read && !read_listings (desk, ask->channel_id, cancellable, error)))
    return NULL;
  stock->publishes = wb_channel_publishes (channel);
  stock->buffer = wb_channel_stock_buffer (channel);
  return wb_desk_plan_publishing (desk, ask->channel_id, stock->buffer, &stock->plan, error)
             ? g_steal_pointer (&stock)
             : NULL;
}

static gpointer
run_publish (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbChannelAsk *ask = data;
  WbDesk             *desk = wb_job_get_desk (job, error);

  if (desk == NULL || !wb_desk_set_publishing (desk, ask->channel_id, ask->number != 0, error))
    return NULL;
  return g_strdup (ask->number != 0 ? _ ("The shop is told with every sync from now on")
                                    : _ ("The shop is told no more"));
}

static gpointer
run_buffer (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbChannelAsk *ask = data;
  WbDesk             *desk = wb_job_get_desk (job, error);

  return desk != NULL && wb_desk_set_stock_buffer (desk, ask->channel_id, ask->number, error)
             ? g_strdup (_ ("Saved"))
             : NULL;
}

/** wb_channel_statuses_free: frees @statuses. */
void
wb_channel_statuses_free (WbChannelStatuses *statuses)
{
  g_clear_pointer (&statuses->views, g_ptr_array_unref);
  g_free (statuses->problem);
  g_free (statuses);
}

static void
statuses_free (gpointer statuses)
{
  wb_channel_statuses_free (statuses);
}

static gpointer
run_statuses (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbChannelAsk           *ask = data;
  WbDesk                       *desk = wb_job_get_desk (job, error);
  g_autoptr (WbChannelStatuses) statuses = g_new0 (WbChannelStatuses, 1);

  if (desk == NULL)
    return NULL;
  statuses->views =
      wb_desk_view_statuses (desk, ask->channel_id, &statuses->problem, cancellable, error);
  return statuses->views != NULL ? g_steal_pointer (&statuses) : NULL;
}

static gpointer
run_explain (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const WbChannelAsk *ask = data;
  WbDesk             *desk = wb_job_get_desk (job, error);
  guint               moved = 0;

  if (desk == NULL ||
      !wb_desk_explain_status (desk, ask->channel_id, ask->status, ask->state, &moved, error))
    return NULL;
  /* Translators: a shop's word for a status, what it means, how many orders have it */
  return g_strdup_printf (ngettext ("“%s” means: %s. %u order here has it",
                                    "“%s” means: %s. %u orders here have it", moved),
                          ask->status, wb_shop_state_title (ask->state), moved);
}

#define ASKS(name, does, frees)                                                                    \
  const WbWorkKind name = { .run = does, .free_data = ask_free, .free_result = frees }
#define WRITES(name, does)                                                                         \
  const WbWorkKind name = {                                                                        \
    .run = does, .free_data = ask_free, .free_result = g_free, .effect = TRUE                      \
  }

ASKS (wb_channel_stock_work, run_stock, stock_free);
ASKS (wb_channel_statuses_work, run_statuses, statuses_free);
WRITES (wb_channel_publish_work, run_publish);
WRITES (wb_channel_buffer_work, run_buffer);
WRITES (wb_channel_explain_work, run_explain);
