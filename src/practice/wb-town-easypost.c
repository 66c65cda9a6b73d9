/* SPDX-License-Identifier: GPL-3.0-or-later
 * The way into the carrier: its key, its routes, its errors. */
#include "wb-town-easypost.h"

#include <string.h>

static const WbTownRoute routes[] = {
  { "POST", "/v2/addresses", wb_town_ep_create_address },
  { "POST", "/v2/addresses/create_and_verify", wb_town_ep_create_and_verify },
  { "GET", "/v2/addresses/*", wb_town_ep_get_address },
  { "GET", "/v2/addresses/*/verify", wb_town_ep_verify_address },
  { "POST", "/v2/parcels", wb_town_ep_create_parcel },
  { "GET", "/v2/parcels/*", wb_town_ep_get_parcel },
  { "GET", "/v2/shipments", wb_town_ep_list_shipments },
  { "POST", "/v2/shipments", wb_town_ep_create_shipment },
  { "GET", "/v2/shipments/*", wb_town_ep_get_shipment },
  { "POST", "/v2/shipments/*/buy", wb_town_ep_buy_shipment },
  { "POST", "/v2/shipments/*/rerate", wb_town_ep_rerate_shipment },
  { "POST", "/v2/shipments/*/refund", wb_town_ep_refund_shipment },
  { "GET", "/v2/shipments/*/label", wb_town_ep_convert_label },
  { "GET", "/v2/users", wb_town_ep_get_user },
  { "GET", "/v2/rates/*", wb_town_ep_get_rate },
  { "POST", "/v2/trackers", wb_town_ep_create_tracker },
  { "GET", "/v2/trackers/*", wb_town_ep_get_tracker },
  { NULL, NULL, NULL },
};

/** wb_town_ep_fail: an error in the carrier's shape; @field (nullable) and @why name what is wrong.
 */
void
wb_town_ep_fail (WbTownReply *reply,
                 guint        status,
                 const char  *code,
                 const char  *message,
                 const char  *field,
                 const char  *why)
{
  wb_town_reply_reset (reply);
  reply->status = status;
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_begin_object (reply->out, "error");
  wb_town_out_string (reply->out, "code", code);
  wb_town_out_string (reply->out, "message", message);
  wb_town_out_begin_array (reply->out, "errors");
  if (field != NULL)
    {
      wb_town_out_begin_object (reply->out, NULL);
      wb_town_out_string (reply->out, "field", field);
      wb_town_out_string (reply->out, "message", why);
      wb_town_out_end_object (reply->out);
    }
  wb_town_out_end_array (reply->out);
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
}

/** wb_town_ep_not_found: the carrier's 404. */
void
wb_town_ep_not_found (WbTownReply *reply)
{
  wb_town_ep_fail (reply, 404, "NOT_FOUND", "The requested resource could not be found.", NULL,
                   NULL);
}

/* The key is the user name of Basic, or a bearer token. */
static gboolean
authorise (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char      *header = request->authorization != NULL ? request->authorization : "";
  g_autofree char *key = g_strconcat (WB_TOWN_EASYPOST_KEY, town->key_suffix, NULL);
  g_autofree char *user = g_strconcat (key, ":", NULL);
  g_autofree char *basic = g_base64_encode ((const guchar *) user, strlen (user));

  if ((g_ascii_strncasecmp (header, "Basic ", 6) == 0 && strcmp (header + 6, basic) == 0) ||
      (g_ascii_strncasecmp (header, "Bearer ", 7) == 0 && strcmp (header + 7, key) == 0))
    return TRUE;
  wb_town_ep_fail (reply, 401, "UNAUTHORIZED",
                   "Authentication is required to access this resource.", NULL, NULL);
  return FALSE;
}

/** wb_town_ep_handle: answers a request below /easypost/. Label files need no key, as in the
 * vendor's file store. */
void
wb_town_ep_handle (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const char        *path = request->path + strlen ("/easypost");
  gboolean           known;
  const WbTownRoute *route;

  if (g_str_has_prefix (path, "/labels/") && strcmp (request->method, "GET") == 0)
    {
      g_free (request->params[0]);
      request->params[0] = g_strdup (path + strlen ("/labels/"));
      wb_town_ep_get_label_file (town, request, reply);
      return;
    }
  if (!request->replay && !authorise (town, request, reply))
    return;
  route = wb_town_route_find (routes, request, path, &known);
  if (route == NULL)
    wb_town_ep_not_found (reply);
  else
    route->handler (town, request, reply);
}
