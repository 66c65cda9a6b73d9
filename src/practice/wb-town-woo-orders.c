/* SPDX-License-Identifier: GPL-3.0-or-later
 * Listing and reading the shop's orders, with every trap that lists of the real one have. */
#include "wb-town-woo.h"

#include <string.h>

static const char *const known_statuses[] = { "pending",   "processing",     "on-hold",
                                              "completed", "cancelled",      "refunded",
                                              "failed",    "checkout-draft", "awaiting-pickup",
                                              NULL };

/** wb_town_woo_known_status: whether orders of this shop can be set to that status. */
gboolean
wb_town_woo_known_status (const char *status)
{
  return g_strv_contains (known_statuses, status);
}

/* Seconds the shop's time zone is ahead of UTC at that instant. */
static gint64
offset_at (WbTown *town, WbInstant instant)
{
  return g_time_zone_get_offset (
      town->zone, g_time_zone_find_interval (town->zone, G_TIME_TYPE_UNIVERSAL, instant));
}

/* "2026-11-18T09:29:59", with a fraction that is ignored, and with or without an offset; nothing
 * else. */
static gboolean
parse_date (const char *text, WbInstant *out, gboolean *has_offset)
{
  g_autoptr (GRegex) shape = g_regex_new (
      "^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?$", 0, 0,
      NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char       *plain = NULL;
  g_autofree char       *offset = NULL;
  g_autofree char       *whole = NULL;
  g_autoptr (GDateTime)  time = NULL;

  if (!g_regex_match (shape, text, 0, &match))
    return FALSE;
  plain = g_match_info_fetch (match, 1);
  offset = g_match_info_fetch (match, 2);
  *has_offset = offset != NULL && *offset != '\0';
  whole = g_strconcat (plain, *has_offset ? offset : "Z", NULL);
  time = g_date_time_new_from_iso8601 (whole, NULL);
  if (time == NULL)
    return FALSE;
  *out = g_date_time_to_unix (time);
  return TRUE;
}

/* A date filter. A date with an offset next to dates_are_gmt is shifted by the shop's offset, as
 * the real one does. */
static gboolean
date_param (
    WbTown *town, WbTownRequest *request, WbTownReply *reply, const char *name, WbInstant *out)
{
  const char *text = wb_town_pairs_get (request->query, name);
  gboolean    gmt = wb_town_woo_true_param (request, "dates_are_gmt");
  gboolean    has_offset = FALSE;
  WbInstant   instant;

  if (text == NULL || *text == '\0')
    return TRUE;
  if (!parse_date (text, &instant, &has_offset))
    {
      wb_town_woo_fail_param (reply, name, "Invalid date.");
      return FALSE;
    }
  if (has_offset && gmt && wb_town_trap (town, 3))
    instant += offset_at (town, instant);
  else if (!has_offset && !gmt)
    instant -= offset_at (town, instant);
  *out = instant;
  return TRUE;
}

static gboolean
statuses_param (WbTownRequest *request, WbTownReply *reply, GStrv *out)
{
  g_auto (GStrv) given = wb_town_woo_list_param (request, "status");
  gboolean       any = given == NULL || given[0] == NULL;

  for (guint i = 0; !any && given[i] != NULL; i++)
    {
      if (strcmp (given[i], "any") == 0)
        any = TRUE;
      else if (!wb_town_woo_known_status (given[i]) && strcmp (given[i], "trash") != 0)
        {
          g_autofree char *message =
              g_strdup_printf ("status[%u] is not one of auto-draft, pending, processing, on-hold, "
                               "completed, cancelled, refunded, failed, checkout-draft, "
                               "awaiting-pickup, trash, and any.",
                               i);

          wb_town_woo_fail_param (reply, "status", message);
          return FALSE;
        }
    }
  *out = any ? NULL : g_steal_pointer (&given);
  return TRUE;
}

static gboolean
order_param (WbTownRequest *request, WbTownReply *reply, WbTownQuery *query)
{
  static const char *const orders[] = {
    "date", "id", "include", "title", "slug", "modified", NULL
  };
  const char *order = wb_town_pairs_get (request->query, "order");

  query->orderby = wb_town_pairs_get (request->query, "orderby");
  if (query->orderby == NULL)
    query->orderby = "date";
  if (!g_strv_contains (orders, query->orderby))
    {
      wb_town_woo_fail_param (
          reply, "orderby", "orderby is not one of date, id, include, title, slug, and modified.");
      return FALSE;
    }
  if (order != NULL && strcmp (order, "asc") != 0 && strcmp (order, "desc") != 0)
    {
      wb_town_woo_fail_param (reply, "order", "order is not one of asc and desc.");
      return FALSE;
    }
  query->ascending = order != NULL && strcmp (order, "asc") == 0;
  return TRUE;
}

static gboolean
read_query (WbTown *town, WbTownRequest *request, WbTownReply *reply, WbTownQuery *query)
{
  const char *customer = wb_town_pairs_get (request->query, "customer");

  query->customer = customer != NULL ? g_ascii_strtoll (customer, NULL, 10) : -1;
  query->search = wb_town_pairs_get (request->query, "search");
  return wb_town_woo_page (request, reply, &query->page, &query->per_page) &&
         order_param (request, reply, query) &&
         date_param (town, request, reply, "after", &query->created_after) &&
         date_param (town, request, reply, "before", &query->created_before) &&
         date_param (town, request, reply, "modified_after", &query->modified_after) &&
         date_param (town, request, reply, "modified_before", &query->modified_before);
}

/* A shop that checked what it is asked. */
static gboolean
knows_all (WbTownRequest *request, WbTownReply *reply)
{
  static const char *const known[] = {
    "page",          "per_page", "status", "_fields", "include",        "exclude",
    "customer",      "search",   "after",  "before",  "modified_after", "modified_before",
    "dates_are_gmt", "orderby",  "order",  NULL
  };

  for (guint i = 0; i < request->query->len; i++)
    {
      const WbTownPair *pair = g_ptr_array_index (request->query, i);

      if (g_strv_contains (known, pair->name) || g_str_has_prefix (pair->name, "oauth_") ||
          strchr (pair->name, '[') != NULL)
        continue;
      wb_town_woo_fail_param (reply, pair->name, "The parameter is not known.");
      return FALSE;
    }
  return TRUE;
}

/* Somebody in the shop completes the first order of a list that is filtered by status, while there
 * is more of it to be read (domain: listing, 7). */
static void
let_one_leave (WbTown *town, const WbTownQuery *query, GArray *ids, guint total)
{
  WbTownOrder *order;

  if (query->statuses == NULL || query->page != 1 || ids->len == 0 || total <= ids->len ||
      g_strv_contains (query->statuses, "trash"))
    return;
  order = wb_town_shop_change (town->shop, g_array_index (ids, gint64, 0));
  wb_town_shop_set_status (town->shop, order, "completed");
  wb_town_shop_changed (town->shop, order, TRUE);
}

/** wb_town_woo_list_orders: GET /orders. Parameters it does not know are ignored, as in the real
 * shop. */
void
wb_town_woo_list_orders (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownQuery        query = { 0 };
  g_auto (GStrv)     statuses = NULL;
  g_auto (GStrv)     fields = wb_town_woo_list_param (request, "_fields");
  g_autoptr (GArray) include = wb_town_woo_id_param (request, "include");
  g_autoptr (GArray) exclude = wb_town_woo_id_param (request, "exclude");
  g_autoptr (GArray) ids = NULL;
  guint              total;

  if (!read_query (town, request, reply, &query) || !statuses_param (request, reply, &statuses))
    return;
  if (!wb_town_trap (town, 9) && !knows_all (request, reply))
    return;
  query.statuses = (const char *const *) statuses;
  query.include = include != NULL ? (const gint64 *) include->data : NULL;
  query.n_include = include != NULL ? include->len : 0;
  query.exclude = exclude != NULL ? (const gint64 *) exclude->data : NULL;
  query.n_exclude = exclude != NULL ? exclude->len : 0;
  ids = wb_town_shop_list (town->shop, &query, &total);
  wb_town_out_begin_array (reply->out, NULL);
  for (guint i = 0; i < ids->len; i++)
    wb_town_woo_write_order (town, reply->out,
                             wb_town_shop_peek (town->shop, g_array_index (ids, gint64, i)),
                             (const char *const *) fields);
  wb_town_out_end_array (reply->out);
  wb_town_woo_page_headers (town, request, reply, query.page, query.per_page, total, ids->len);
  if (wb_town_trap (town, 7))
    let_one_leave (town, &query, ids, total);
}

/**
 * wb_town_woo_order_for:
 * @to_change: the caller is going to change it
 *
 * Returns: (transfer none) (nullable): the order the path names; else @reply is the shop's refusal
 * (404 to read, 400 to change).
 */
WbTownOrder *
wb_town_woo_order_for (WbTown *town, WbTownRequest *request, WbTownReply *reply, gboolean to_change)
{
  gint64       id = g_ascii_strtoll (request->params[0], NULL, 10);
  WbTownOrder *order =
      to_change ? wb_town_shop_change (town->shop, id) : wb_town_shop_peek (town->shop, id);

  if (order == NULL)
    wb_town_woo_fail (reply, to_change && wb_town_trap (town, 21) ? 400 : 404,
                      "woocommerce_rest_shop_order_invalid_id", "Invalid ID.");
  return order;
}

/** wb_town_woo_get_order: GET /orders/{id}. */
void
wb_town_woo_get_order (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder   *order = wb_town_woo_order_for (town, request, reply, FALSE);
  g_auto (GStrv) fields = wb_town_woo_list_param (request, "_fields");

  if (order != NULL)
    wb_town_woo_write_order (town, reply->out, order, (const char *const *) fields);
}

/** wb_town_woo_delete_order: DELETE /orders/{id}: into the trash, or with force=true for good; a
 * second time is 410. */
void
wb_town_woo_delete_order (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  WbTownOrder *order = wb_town_woo_order_for (town, request, reply, FALSE);
  gboolean     force = wb_town_woo_true_param (request, "force");

  if (order == NULL)
    return;
  if (!force && strcmp (order->status, "trash") == 0)
    {
      wb_town_woo_fail (reply, 410, "woocommerce_rest_already_trashed",
                        "The order has already been deleted.");
      return;
    }
  reply->effect = TRUE;
  wb_town_woo_write_order (town, reply->out, order, NULL);
  if (force)
    {
      wb_town_shop_delete (town->shop, order->id);
      return;
    }
  order = wb_town_woo_order_for (town, request, reply, TRUE);
  g_free (order->status);
  order->status = g_strdup ("trash");
  wb_town_shop_changed (town->shop, order, TRUE);
}
