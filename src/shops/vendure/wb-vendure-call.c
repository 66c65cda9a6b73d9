/* SPDX-License-Identifier: GPL-3.0-or-later
 * One call to a Vendure shop: signing in, its clock, and what its refusals mean in words a merchant
 * can act on. */
#include "wb-vendure-shop.h"

#include <string.h>

#include "wb-text.h"

/* What stops a request as a whole; all of it but the last is said before anything is done. */
static const WbGraphqlRefusal refusals[] = {
  { "FORBIDDEN", WB_ERROR_AUTH,
    "The shop does not let this key do that. In Vendure, under Settings, API keys, check that the "
    "key is right and that its role may read and update orders, and read and update products and "
    "stock" },
  { "UNAUTHORIZED", WB_ERROR_AUTH, "The shop does not know this key or this user" },
  { "CHANNEL_NOT_FOUND", WB_ERROR_INVALID,
    "The shop has no channel with this token: correct the setting “channel”" },
  { "ENTITY_NOT_FOUND", WB_ERROR_NOT_FOUND, "The shop does not have it" },
  { "USER_INPUT_ERROR", WB_ERROR_INVALID, NULL },
  { "ILLEGAL_OPERATION", WB_ERROR_REFUSED, NULL },
  { "GRAPHQL_VALIDATION_FAILED", WB_ERROR_INVALID,
    "The shop does not know what it was asked: it is of another version of Vendure than 3.7, or "
    "was "
    "changed" },
  { "GRAPHQL_PARSE_FAILED", WB_ERROR_INVALID, NULL },
  { "BAD_USER_INPUT", WB_ERROR_INVALID, NULL },
};

/* What an operation answers instead of its result: it did nothing. */
static const WbGraphqlRefusal results[] = {
  { "SETTLE_PAYMENT_ERROR", WB_ERROR_DECLINED, NULL },
  { "CANCEL_PAYMENT_ERROR", WB_ERROR_REFUSED, NULL },
  { "ITEMS_ALREADY_FULFILLED_ERROR", WB_ERROR_CONFLICT,
    "The shop has other fulfilments for these pieces already" },
  { "INSUFFICIENT_STOCK_ON_HAND_ERROR", WB_ERROR_REFUSED,
    "By its own count the shop has too little in stock to ship this. Correct the stock there, then "
    "try again" },
  { "INVALID_FULFILLMENT_HANDLER_ERROR", WB_ERROR_REFUSED,
    "The shop has no “manual-fulfillment” handler: its configuration must offer it" },
  { "REFUND_AMOUNT_ERROR", WB_ERROR_TOO_MUCH, NULL },
  { "ALREADY_REFUNDED_ERROR", WB_ERROR_ALREADY, NULL },
  { "QUANTITY_TOO_GREAT_ERROR", WB_ERROR_CONFLICT, NULL },
  { "INVALID_CREDENTIALS_ERROR", WB_ERROR_AUTH, "The user or the password is wrong" },
};

/** wb_vendure_refuse: sets @error; Returns: %FALSE. */
gboolean
wb_vendure_refuse (GError **error, WbError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, WB_ERROR, code, message);
  return FALSE;
}

/** wb_vendure_check_ref: whether @order_ref may be the id of an order there. */
gboolean
wb_vendure_check_ref (const char *order_ref, GError **error)
{
  return (!wb_text_is_empty (order_ref) && strlen (order_ref) < 64) ||
         wb_vendure_refuse (error, WB_ERROR_INVALID, "“%s” is not the id of a Vendure order",
                            order_ref != NULL ? order_ref : "");
}

/** wb_vendure_id: Returns: (transfer full): the variables {"id": @id}. */
JsonObject *
wb_vendure_id (const char *id)
{
  JsonObject *variables = json_object_new ();

  json_object_set_string_member (variables, "id", id);
  return variables;
}

/* ---- signing in ---- */

static gint64
see_token (const WbHttpResponse *response, const WbJson *reply, gpointer data)
{
  WbVendureShop *self = data;
  const char    *token = wb_http_response_get_header (response, "vendure-auth-token");

  if (!wb_text_is_empty (token))
    {
      wb_redact_add (token);
      wb_set_str (&self->token, token);
    }
  return WB_GRAPHQL_TAKE;
}

static gboolean
sign_in (WbVendureShop *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) variables = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) root = NULL;
  JsonObject          *object = json_object_new ();
  WbJson               rows[3], login;

  json_object_set_string_member (object, "user", self->user);
  json_object_set_string_member (object, "password", self->key);
  json_node_take_object (variables, object);
  root = wb_graphql_call (self->gate, "login.graphql", variables, cancellable, error);
  if (root == NULL)
    return FALSE;
  login = wb_vendure_data (root, "login", rows);
  if (!wb_graphql_check_result (&login, results, G_N_ELEMENTS (results), error))
    return FALSE;
  return self->token != NULL ||
         wb_vendure_refuse (error, WB_ERROR_AUTH,
                            "The shop lets the user in, but gives no session token: its "
                            "tokenMethod lacks “bearer”. Use an API key");
}

/* Signing in is no effect on the order: an answer that is lost is asked for again another time. */
static gboolean
ensure_session (WbVendureShop *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (self->token != NULL || sign_in (self, cancellable, &local))
    return TRUE;
  return wb_vendure_refuse (error,
                            wb_error_code (local) == WB_ERROR_UNSURE ? WB_ERROR_UNAVAILABLE
                                                                     : wb_error_code (local),
                            "%s", local->message);
}

static gboolean
prepare (WbHttpRequest *request, gpointer data, GCancellable *cancellable, GError **error)
{
  WbVendureShop   *self = data;
  g_autofree char *bearer = NULL;

  if (self->channel != NULL)
    wb_http_request_set_header (request, "vendure-token", self->channel);
  if (self->user == NULL)
    {
      wb_http_request_set_header (request, "vendure-api-key", self->key);
      return TRUE;
    }
  if (!ensure_session (self, cancellable, error))
    return FALSE;
  bearer = g_strconcat ("Bearer ", self->token, NULL);
  wb_http_request_set_header (request, "Authorization", bearer);
  return TRUE;
}

/* Every answer tells the shop's clock. “FORBIDDEN” is said before an operation runs: a session that
 * ended is begun anew, once a call. */
static gint64
see_answer (const WbHttpResponse *response, const WbJson *reply, gpointer data)
{
  WbVendureShop *self = data;
  gint64         date = wb_http_response_get_date (response);

  if (date > 0)
    {
      self->clock_known = TRUE;
      self->clock_offset = date - wb_now ();
      wb_http_set_clock_offset (self->http, self->clock_offset);
    }
  if (self->user == NULL || self->token == NULL || self->renewed ||
      !wb_graphql_has_code (reply, "FORBIDDEN"))
    return WB_GRAPHQL_TAKE;
  g_clear_pointer (&self->token, g_free);
  self->renewed = TRUE;
  return 0;
}

/** wb_vendure_prepare_doors: the doors of @self, whose client is there already, get their keys. */
void
wb_vendure_prepare_doors (WbVendureShop *self)
{
  wb_graphql_set_refusals (self->door, refusals, G_N_ELEMENTS (refusals));
  wb_graphql_set_prepare (self->door, prepare, self);
  wb_graphql_set_answer (self->door, see_answer, self);
  wb_graphql_set_refusals (self->gate, refusals, G_N_ELEMENTS (refusals));
  wb_graphql_set_answer (self->gate, see_token, self);
}

/* ---- calls ---- */

/**
 * wb_vendure_call:
 * @variables: (nullable) (transfer full)
 *
 * Returns: (transfer full): the reply, see wb_graphql_call().
 */
JsonNode *
wb_vendure_call (WbVendureShop *self,
                 const char    *document,
                 JsonObject    *variables,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_autoptr (JsonNode) node = NULL;

  if (variables != NULL)
    {
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, variables);
    }
  self->renewed = FALSE;
  return wb_graphql_call (self->door, document, node, cancellable, error);
}

/** wb_vendure_data: Returns: what stands under @member of the data of @root; @rows are filled and
 * must live as long. */
WbJson
wb_vendure_data (JsonNode *root, const char *member, WbJson rows[3])
{
  rows[0] = wb_json_root (root, "reply");
  rows[1] = wb_json_member (&rows[0], "data");
  rows[2] = wb_json_member (&rows[1], member);
  return rows[2];
}

/* What only the payment service, the carrier's handler or the state machine knows stands beside the
 * message. */
static void
add_reason (const WbJson *payload, GError **error)
{
  static const char *const names[] = { "paymentErrorMessage", "fulfillmentHandlerError",
                                       "transitionError" };

  for (guint i = 0; error != NULL && *error != NULL && i < G_N_ELEMENTS (names); i++)
    {
      const char      *reason = wb_json_opt_string (payload, names[i]);
      g_autofree char *clean = !wb_text_is_empty (reason) ? wb_redact_text (reason) : NULL;
      g_autofree char *line = clean != NULL ? wb_text_one_line (clean) : NULL;

      if (line != NULL)
        g_prefix_error (error, "%s: ", line);
    }
}

/**
 * wb_vendure_act:
 * @variables: (transfer full)
 * @member: the field of the mutation
 * @reply: (out) (optional): the whole answer; @rows: the way to the result, in @reply
 *
 * One mutation. %FALSE with an error that says for certain that nothing happened, or with
 * %WB_ERROR_UNSURE.
 */
gboolean
wb_vendure_act (WbVendureShop *self,
                const char    *document,
                JsonObject    *variables,
                const char    *member,
                JsonNode     **reply,
                WbJson         rows[3],
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (JsonNode) root = wb_vendure_call (self, document, variables, cancellable, error);
  WbJson               own[3], payload;

  if (root == NULL)
    return FALSE;
  payload = wb_vendure_data (root, member, rows != NULL ? rows : own);
  if (!wb_graphql_check_result (&payload, results, G_N_ELEMENTS (results), error))
    {
      add_reason (&payload, error);
      return FALSE;
    }
  if (reply != NULL)
    *reply = g_steal_pointer (&root);
  return TRUE;
}

/* ---- digits ---- */

/** wb_vendure_take_precision: takes the digits of the shop's money out of @data, when they are in
 * it. */
void
wb_vendure_take_precision (WbVendureShop *self, const WbJson *data)
{
  WbJson settings = wb_json_member (data, "globalSettings");
  WbJson config = wb_json_member (&settings, "serverConfig");
  gint64 digits;

  if (!wb_json_is_object (&config) ||
      !wb_json_int (&config, "moneyStrategyPrecision", &digits, NULL) || digits < 0 || digits > 9)
    return;
  self->reader.precision = (guint) digits;
  self->precision_known = TRUE;
}

/** wb_vendure_know_precision: asks once how many digits the shop's amounts have: without it no
 * amount can be read. */
gboolean
wb_vendure_know_precision (WbVendureShop *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  WbJson               rows[3];

  if (self->precision_known)
    return TRUE;
  root = wb_vendure_call (self, "precision.graphql", NULL, cancellable, error);
  if (root == NULL)
    return FALSE;
  wb_vendure_data (root, "globalSettings", rows);
  wb_vendure_take_precision (self, &rows[1]);
  return self->precision_known ||
         wb_vendure_refuse (error, WB_ERROR_INVALID,
                            "The shop does not tell how many digits its amounts have");
}
