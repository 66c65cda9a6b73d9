/* SPDX-License-Identifier: GPL-3.0-or-later
 * A request to the town and its reply, and the table that leads one to the other. */
#include "wb-town-request.h"

#include "wb-json.h"

#include <string.h>

static WbTownPair *
pair_new (const char *name, const char *value)
{
  WbTownPair *pair = g_new (WbTownPair, 1);

  pair->name = g_strdup (name);
  pair->value = g_strdup (value);
  return pair;
}

static void
pair_free (gpointer data)
{
  WbTownPair *pair = data;

  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

static char *
decode (const char *text, gsize size)
{
  g_autofree char *plain = g_strndup (text, size);
  char            *decoded;

  g_strdelimit (plain, "+", ' ');
  decoded = g_uri_unescape_string (plain, NULL);
  return decoded != NULL ? decoded : g_steal_pointer (&plain);
}

/** wb_town_pairs_parse: Returns: (transfer full): the names and values of a query or form, decoded,
 * in order. */
GPtrArray *
wb_town_pairs_parse (const char *text)
{
  GPtrArray     *pairs = g_ptr_array_new_with_free_func (pair_free);
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", "&", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char      *equals = strchr (parts[i], '=');
      gsize            name_size = equals != NULL ? (gsize) (equals - parts[i]) : strlen (parts[i]);
      g_autofree char *name = decode (parts[i], name_size);
      g_autofree char *value =
          equals != NULL ? decode (equals + 1, strlen (equals + 1)) : g_strdup ("");

      if (*name != '\0')
        g_ptr_array_add (pairs, pair_new (name, value));
    }
  return pairs;
}

/** wb_town_pairs_get: Returns: (nullable): the last value called @name, as PHP and Rack take it. */
const char *
wb_town_pairs_get (GPtrArray *pairs, const char *name)
{
  for (guint i = pairs->len; i > 0; i--)
    {
      const WbTownPair *pair = g_ptr_array_index (pairs, i - 1);

      if (strcmp (pair->name, name) == 0)
        return pair->value;
    }
  return NULL;
}

/** wb_town_request_new: @path is decoded, @raw_query (nullable) is as sent. */
WbTownRequest *
wb_town_request_new (const char *method, const char *path, const char *raw_query)
{
  WbTownRequest *self = g_new0 (WbTownRequest, 1);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->raw_query = g_strdup (raw_query != NULL ? raw_query : "");
  self->query = wb_town_pairs_parse (self->raw_query);
  self->form = g_ptr_array_new_with_free_func (pair_free);
  self->body = g_bytes_new_static ("", 0);
  self->service = g_str_has_prefix (path, "/shop/")       ? "shop"
                  : g_str_has_prefix (path, "/shopify/")  ? "shopify"
                  : g_str_has_prefix (path, "/paypal/")   ? "paypal"
                  : g_str_has_prefix (path, "/easypost/") ? "easypost"
                  : g_str_has_prefix (path, "/stripe/")   ? "stripe"
                  : g_str_has_prefix (path, "/town/")     ? "town"
                                                          : "";
  return self;
}

/** wb_town_request_set_body: gives the request its body and reads it as JSON or as a form, by
 * @content_type. */
void
wb_town_request_set_body (WbTownRequest *self, GBytes *body, const char *content_type)
{
  gsize            size;
  const char      *data = g_bytes_get_data (body, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);

  g_bytes_unref (self->body);
  self->body = g_bytes_ref (body);
  g_free (self->content_type);
  self->content_type = g_strdup (content_type);
  g_clear_pointer (&self->json, json_node_unref);
  if (content_type != NULL &&
      g_str_has_prefix (content_type, "application/x-www-form-urlencoded") &&
      strcmp (self->service, "town") != 0)
    {
      g_ptr_array_unref (self->form);
      self->form = wb_town_pairs_parse (text);
    }
  else if (size > 0)
    self->json = wb_json_parse (text, (gssize) size, "body", NULL);
}

/** wb_town_request_free: frees @self. */
void
wb_town_request_free (WbTownRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->raw_query);
  g_ptr_array_unref (self->query);
  g_ptr_array_unref (self->form);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self->content_type);
  g_free (self->range);
  g_free (self->authorization);
  g_free (self->idempotency_key);
  g_free (self->prefer);
  g_free (self->host);
  g_free (self->fault);
  for (guint i = 0; i < WB_TOWN_MAX_PARAMS; i++)
    g_free (self->params[i]);
  g_free (self);
}

/** wb_town_reply_new: Returns: (transfer full): an empty 200 of JSON. */
WbTownReply *
wb_town_reply_new (void)
{
  WbTownReply *self = g_new0 (WbTownReply, 1);

  self->status = 200;
  self->out = wb_town_out_new ();
  self->content_type = "application/json";
  self->headers = g_ptr_array_new_with_free_func (pair_free);
  return self;
}

/** wb_town_reply_free: frees @self. */
void
wb_town_reply_free (WbTownReply *self)
{
  wb_town_out_free (self->out);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_ptr_array_unref (self->headers);
  g_free (self);
}

/** wb_town_reply_header: adds a header. */
void
wb_town_reply_header (WbTownReply *self, const char *name, const char *format, ...)
{
  g_autofree char *value = NULL;
  va_list          args;

  va_start (args, format);
  value = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->headers, pair_new (name, value));
}

/** wb_town_reply_reset: forgets body, headers and status, to answer something else; the effect
 * stays noted. */
void
wb_town_reply_reset (WbTownReply *self)
{
  self->status = 200;
  wb_town_out_clear (self->out);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->content_type = "application/json";
  g_ptr_array_set_size (self->headers, 0);
}

static gboolean
matches (const char *pattern, const char *path, WbTownRequest *request)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);
  g_auto (GStrv) given = g_strsplit (path, "/", -1);
  guint          n = 0;

  if (g_strv_length (wanted) != g_strv_length (given))
    return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    if (strcmp (wanted[i], "*") == 0 ? *given[i] == '\0' : strcmp (wanted[i], given[i]) != 0)
      return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    if (strcmp (wanted[i], "*") == 0 && n < WB_TOWN_MAX_PARAMS)
      {
        g_free (request->params[n]);
        request->params[n++] = g_strdup (given[i]);
      }
  return TRUE;
}

/**
 * wb_town_route_find:
 * @routes: ends with a %NULL pattern
 * @path: the path below the service
 * @path_known: (out): whether the path exists under some method
 *
 * Returns: (nullable): the route; the request's params are set then.
 */
const WbTownRoute *
wb_town_route_find (const WbTownRoute *routes,
                    WbTownRequest     *request,
                    const char        *path,
                    gboolean          *path_known)
{
  *path_known = FALSE;
  for (const WbTownRoute *route = routes; route->pattern != NULL; route++)
    if (matches (route->pattern, path, request))
      {
        *path_known = TRUE;
        if (strcmp (route->method, request->method) != 0)
          continue;
        request->route = route->pattern;
        return route;
      }
  return NULL;
}
