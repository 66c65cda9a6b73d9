/* SPDX-License-Identifier: GPL-3.0-or-later
 * The town's control API: its clock, its faults, its log and what happens in it by command. */
#include "wb-town-faults.h"
#include "wb-town-log.h"
#include "wb-town-private.h"

#include "wb-json.h"

#include <string.h>

static void
refuse (WbTownReply *reply, guint status, const char *why)
{
  wb_town_reply_reset (reply);
  reply->status = status;
  wb_out_begin_object (reply->out, NULL);
  wb_out_string (reply->out, "error", why);
  wb_out_end_object (reply->out);
}

static void
write_clock (WbTown *town, WbTownReply *reply)
{
  g_autofree char *iso = wb_instant_to_iso (wb_town_clock (town));

  wb_out_begin_object (reply->out, NULL);
  wb_out_string (reply->out, "now", iso);
  wb_out_int (reply->out, "unix", wb_town_clock (town));
  wb_out_int (reply->out, "skew", town->clock_skew);
  wb_out_end_object (reply->out);
}

static void
get_clock (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  write_clock (town, reply);
}

/* {"advance": seconds} or {"now": "2026-11-22T10:00:00Z"} */
static void
post_clock (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbJson              root = wb_json_root (request->json, "clock");
  gint64              advance;
  WbInstant           now;
  g_autoptr (GError)  error = NULL;

  if (!wb_json_opt_int (&root, "advance", 0, &advance, &error) ||
      !wb_json_opt_instant (&root, "now", &now, &error))
    {
      refuse (reply, 400, error->message);
      return;
    }
  if (now != 0)
    advance += now - wb_town_clock (town);
  town->clock_skew += advance;
  reply->effect = TRUE;
  write_clock (town, reply);
}

static void
get_faults (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_faults_list (town->faults, reply->out);
}

static void
post_faults (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autoptr (GError) error = NULL;

  if (request->json == NULL)
    refuse (reply, 400, "The body is not JSON.");
  else if (!wb_town_faults_add (town->faults, request->json, &error))
    refuse (reply, 400, error->message);
  else
    wb_town_faults_list (town->faults, reply->out);
}

static void
delete_faults (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_faults_clear (town->faults);
  wb_town_faults_list (town->faults, reply->out);
}

static void
get_log (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char *since = wb_town_pairs_get (request->query, "since");

  wb_town_log_write (town->log, since != NULL ? g_ascii_strtoll (since, NULL, 10) : 0, reply->out);
}

static void
delete_log (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_log_clear (town->log);
  wb_town_log_write (town->log, 0, reply->out);
}

static const WbTownRoute routes[] = {
  { "GET", "/town/clock", get_clock },
  { "POST", "/town/clock", post_clock },
  { "GET", "/town/faults", get_faults },
  { "POST", "/town/faults", post_faults },
  { "DELETE", "/town/faults", delete_faults },
  { "GET", "/town/log", get_log },
  { "DELETE", "/town/log", delete_log },
  { NULL, NULL, NULL },
};

/** wb_town_control_handle: answers a request below /town/. */
void
wb_town_control_handle (WbTown *self, WbTownRequest *request, WbTownReply *reply)
{
  gboolean           known;
  const WbTownRoute *route = wb_town_route_find (routes, request, request->path, &known);

  if (route == NULL)
    refuse (reply, known ? 405 : 404, "The practice town's control API does not know this.");
  else
    route->handler (self, request, reply);
}
