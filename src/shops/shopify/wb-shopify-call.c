/* SPDX-License-Identifier: GPL-3.0-or-later
 * One call to a Shopify shop: its token, its pace by cost, and what its refusals mean. */
#include <math.h>
#include <string.h>

#include "wb-shopify-shop.h"
#include "wb-text.h"

#define PATH           "/admin/api/" WB_SHOPIFY_VERSION "/graphql.json"
#define SHORTEST_PAUSE (500 * 1000)       /* µs */
#define LONGEST_PAUSE  (60 * 1000 * 1000) /* µs */

/* extensions.code of an error. */
static const WbGraphqlRefusal refusals[] = {
  { "ACCESS_DENIED", WB_ERROR_AUTH,
    "The app lacks a right for this. In Shopify's Dev Dashboard add the scope it names to the app, "
    "release it and take it over in the shop" },
  { "THROTTLED", WB_ERROR_UNAVAILABLE, NULL },
  { "MAX_COST_EXCEEDED", WB_ERROR_TOO_MUCH, NULL },
  { "SHOP_INACTIVE", WB_ERROR_REFUSED,
    "The shop is closed or its plan has lapsed. Nothing can be done there until it is open again" },
};

/* ---- tokens, clock and pace ---- */

static gboolean
prepare (WbHttpRequest *request, gpointer data, GCancellable *cancellable, GError **error)
{
  WbShopifyShop *self = data;

  if (!wb_shopify_token_ensure (self, cancellable, error))
    return FALSE;
  wb_http_request_set_header (request, "X-Shopify-Access-Token", self->token);
  return TRUE;
}

static void
see_clock (WbShopifyShop *self, const WbHttpResponse *response)
{
  gint64 date = wb_http_response_get_date (response);

  if (date == 0)
    return;
  self->clock_known = TRUE;
  self->clock_offset = date - wb_now ();
}

/** wb_shopify_get_clock: see wb_shop_get_clock(). */
gboolean
wb_shopify_get_clock (WbShop *shop, gint64 *offset)
{
  WbShopifyShop *self = WB_SHOPIFY_SHOP (shop);

  if (self->clock_known)
    *offset = self->clock_offset;
  return self->clock_known;
}

static double /* no money: points of a query's cost */
number (const WbJson *at, const char *name)
{
  WbJson value = wb_json_member (at, name);

  return value.node != NULL && JSON_NODE_HOLDS_VALUE (value.node) &&
                 json_node_get_value_type (value.node) != G_TYPE_STRING
             ? json_node_get_double (value.node)
             : 0;
}

static guint
cost_of (const WbJson *reply)
{
  WbJson extensions = wb_json_member (reply, "extensions");
  WbJson cost = wb_json_member (&extensions, "cost");

  return (guint) CLAMP (number (&cost, "requestedQueryCost"), 0, 1e6);
}

/* How long until the bucket holds what the query costs, by the shop's own figures. */
static gint64
pause_for_cost (const WbJson *reply)
{
  WbJson extensions = wb_json_member (reply, "extensions");
  WbJson cost = wb_json_member (&extensions, "cost");
  WbJson throttle = wb_json_member (&cost, "throttleStatus");
  double lacking, rate; /* no money: points of a query's cost */

  if (!wb_json_is_object (&throttle))
    return SHORTEST_PAUSE;
  rate = number (&throttle, "restoreRate");
  lacking = number (&cost, "requestedQueryCost") - number (&throttle, "currentlyAvailable");
  if (rate <= 0 || lacking <= 0)
    return SHORTEST_PAUSE;
  return (gint64) CLAMP (ceil (lacking / rate * 1000) * 1000, SHORTEST_PAUSE, LONGEST_PAUSE);
}

static gint64
look_at (const WbHttpResponse *response, const WbJson *reply, gpointer data)
{
  WbShopifyShop *self = data;

  see_clock (self, response);
  if (wb_http_response_get_status (response) == 401 && self->client_id != NULL && !self->renewed)
    {
      self->renewed = TRUE;
      wb_shopify_token_drop (self);
      return 0;
    }
  if (wb_http_response_is_success (response))
    self->renewed = FALSE;
  self->last_cost = cost_of (reply);
  return wb_graphql_has_code (reply, "THROTTLED") ? pause_for_cost (reply) : WB_GRAPHQL_TAKE;
}

/** wb_shopify_door_init: makes self->graphql out of self->http. */
void
wb_shopify_door_init (WbShopifyShop *self)
{
  self->graphql = wb_graphql_new (self->http, PATH, WB_SHOPIFY_FOLDER);
  wb_graphql_set_refusals (self->graphql, refusals, G_N_ELEMENTS (refusals));
  wb_graphql_set_prepare (self->graphql, prepare, self);
  wb_graphql_set_answer (self->graphql, look_at, self);
}

/* ---- calls ---- */

/** wb_shopify_call: wb_graphql_call(); @variables: (transfer full) (nullable). */
JsonNode *
wb_shopify_call (WbShopifyShop *self,
                 const char    *document,
                 JsonNode      *variables,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (JsonNode) owned = variables;

  return wb_graphql_call (self->graphql, document, owned, cancellable, error);
}

/* The codes of user errors, of all mutations that have any. */
static const WbGraphqlRefusal user_errors[] = {
  { "CHANGE_FROM_QUANTITY_STALE", WB_ERROR_CONFLICT, NULL },
  { "COMPARE_QUANTITY_STALE", WB_ERROR_CONFLICT, NULL },
  { "IDEMPOTENCY_CONCURRENT_REQUEST", WB_ERROR_UNSURE, NULL },
  { "ITEM_NOT_STOCKED_AT_LOCATION", WB_ERROR_REFUSED,
    "Shopify does not stock this product at the chosen location; switch it on there" },
  { "INVALID_LOCATION", WB_ERROR_REFUSED,
    "The chosen location does not exist in the shop any more; choose another" },
  { "OPERATION_IN_PROGRESS", WB_ERROR_UNAVAILABLE, NULL },
  { "LIMIT_REACHED", WB_ERROR_UNAVAILABLE, NULL },
  { "AUTH_NOT_VOIDABLE", WB_ERROR_REFUSED,
    "The authorisation cannot be given back any more: it was captured, voided, or has lapsed" },
  { "FULFILLMENT_ORDER_NOT_FOUND", WB_ERROR_NOT_FOUND, NULL },
  { "INTERNAL_ERROR", WB_ERROR_UNSURE, NULL },
  { "GENERIC_ERROR", WB_ERROR_UNSURE, NULL },
};

/**
 * wb_shopify_mutate:
 * @field: of the mutation; @errors: “userErrors” or what it calls them
 * @variables: (transfer full)
 * @reply: (out) (optional): the payload (a reference)
 *
 * Runs a mutation of one field. Errors as of wb_graphql_call() and wb_graphql_check_user_errors().
 */
gboolean
wb_shopify_mutate (WbShopifyShop *self,
                   const char    *document,
                   const char    *field,
                   const char    *errors,
                   JsonNode      *variables,
                   JsonNode     **reply,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (JsonNode) root = wb_shopify_call (self, document, variables, cancellable, error);
  WbJson               at = wb_json_root (root, "reply");
  WbJson               data, payload;

  if (root == NULL)
    return FALSE;
  data = wb_json_member (&at, "data");
  payload = wb_json_member (&data, field);
  if (!wb_json_is_object (&payload))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                   "The shop's answer has no %s. Whether it took effect is not known", field);
      return FALSE;
    }
  if (!wb_graphql_check_user_errors (&payload, errors, user_errors, G_N_ELEMENTS (user_errors),
                                     error))
    return FALSE;
  if (reply != NULL)
    *reply = json_node_ref (payload.node);
  return TRUE;
}

/**
 * wb_shopify_call_order:
 * @variables: (transfer full): of a query whose only field is “order”
 * @order: (out) (transfer none): the order, in the reply
 *
 * Returns: (transfer full): the reply; %WB_ERROR_NOT_FOUND when the shop has no such order.
 */
JsonNode *
wb_shopify_call_order (WbShopifyShop *self,
                       const char    *document,
                       JsonNode      *variables,
                       const char    *order_ref,
                       JsonNode     **order,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (JsonNode) root = wb_shopify_call (self, document, variables, cancellable, error);
  WbJson               at = wb_json_root (root, "reply");
  WbJson               data, found;

  if (root == NULL)
    return NULL;
  data = wb_json_member (&at, "data");
  found = wb_json_member (&data, "order");
  if (!wb_json_is_object (&found))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "The shop does not have order %s",
                   order_ref);
      return NULL;
    }
  *order = found.node;
  return g_steal_pointer (&root);
}

/* ---- names and amounts ---- */

/** wb_shopify_gid: Returns: (transfer full): “gid://shopify/Order/1” for “Order” and “1”. */
char *
wb_shopify_gid (const char *kind, const char *ref)
{
  return g_strdup_printf ("gid://shopify/%s/%s", kind, ref);
}

/** wb_shopify_ref: Returns: (transfer full) (nullable): the number at the end of the global id
 * @name of @at. */
char *
wb_shopify_ref (const WbJson *at, const char *name)
{
  const char *gid = wb_json_is_object (at) ? wb_json_opt_string (at, name) : NULL;
  const char *slash = gid != NULL ? strrchr (gid, '/') : NULL;
  gsize       length = slash != NULL ? strcspn (slash + 1, "?") : 0;

  return length > 0 ? g_strndup (slash + 1, length) : NULL;
}

/** wb_shopify_check_ref: whether @order_ref is the number of an order: digits. */
gboolean
wb_shopify_check_ref (const char *order_ref, GError **error)
{
  if (order_ref != NULL && *order_ref != '\0' && strlen (order_ref) < 20 &&
      strspn (order_ref, "0123456789") == strlen (order_ref))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is not the number of a Shopify order",
               order_ref != NULL ? order_ref : "");
  return FALSE;
}

/** wb_shopify_next_page: whether @connection has more; @after: (inout): from where. */
gboolean
wb_shopify_next_page (const WbJson *connection, char **after)
{
  WbJson      info = wb_json_member (connection, "pageInfo");
  const char *end = wb_json_is_object (&info) ? wb_json_opt_string (&info, "endCursor") : NULL;

  if (end == NULL || !wb_json_bool (&info, "hasNextPage", FALSE) || g_strcmp0 (end, *after) == 0)
    return FALSE;
  wb_set_str (after, end);
  return TRUE;
}

/**
 * wb_shopify_bag:
 * @currency: what the customer pays in
 * @out: (out): minor units of the bag @name of @at; 0 when it is not there; untouched on failure
 */
gboolean
wb_shopify_bag (
    const WbJson *at, const char *name, const char *currency, gint64 *out, GError **error)
{
  WbJson      bag = wb_json_member (at, name);
  WbJson      money = wb_json_member (&bag, "presentmentMoney");
  const char *said;

  if (wb_json_is_null (&bag))
    {
      *out = 0;
      return TRUE;
    }
  if (!wb_json_is_object (&money))
    return wb_json_fail (&money, "an amount", error);
  said = wb_json_opt_string (&money, "currencyCode");
  if (said != NULL && !g_str_equal (said, currency))
    {
      g_autofree char *expected = g_strdup_printf ("an amount in %s", currency);

      return wb_json_fail (&money, expected, error);
    }
  return wb_json_decimal (&money, "amount", wb_currency_exponent (currency), out, error);
}
