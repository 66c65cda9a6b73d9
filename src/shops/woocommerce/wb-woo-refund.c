/* SPDX-License-Identifier: GPL-3.0-or-later
 * Refunds in a WooCommerce shop, each once.
 *
 * The shop has no idempotency key, moves money unless told not to, and answers 500 when it says no:
 * so our key goes along as meta data, /refunds is read before anything is sent, and again before a
 * 500 is taken for a no. */
#include <string.h>

#include "wb-text.h"
#include "wb-woo-meta.h"
#include "wb-woo-order.h"
#include "wb-woo-shop.h"

#define A_PAGE      100
#define MOST_PAGES  20
#define CLOCK_SLACK 120 /* seconds between the shop's clock and what we know of it */

/* ---- looking ---- */

/* A shop that was stopped between making the refund and keeping our key: the same sum for the same
 * reason, made since we sent it, by the shop's own clock. */
static gboolean
looks_like (const WbWooShop *self, const WbJson *row, const WbShopRefund *refund)
{
  g_autofree char *amount = wb_json_scalar_text (row, "amount");
  const char      *created = wb_json_opt_string (row, "date_created_gmt");
  g_autofree char *utc = created != NULL ? g_strconcat (created, "Z", NULL) : NULL;
  WbInstant        at = 0;
  WbMoney          money;

  return refund->first_sent_at > 0 && amount != NULL && utc != NULL &&
         wb_instant_parse (utc, &at, NULL) &&
         at >= refund->first_sent_at + self->clock_offset - CLOCK_SLACK &&
         wb_money_parse (amount, refund->amount.currency, &money, NULL) &&
         wb_money_equal (money, refund->amount) &&
         g_strcmp0 (wb_json_opt_string (row, "reason"),
                    refund->reason != NULL ? refund->reason : "") == 0;
}

static gboolean
is_ours (const WbWooShop *self, const WbJson *row, const WbShopRefund *refund)
{
  WbWooMeta any;

  return wb_woo_meta_is (row, WB_WOO_REFERENCE_KEY, refund->key) ||
         (!wb_woo_meta_find (row, WB_WOO_REFERENCE_KEY, &any) && looks_like (self, row, refund));
}

static JsonNode *
read_page (WbWooShop          *self,
           const WbShopRefund *refund,
           guint               page,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("GET", "/orders/%s/refunds", refund->order_ref);
  g_autoptr (JsonNode) list = NULL;
  WbJson               at;

  wb_http_request_add_query_int (request, "per_page", A_PAGE);
  wb_http_request_add_query_int (request, "page", page);
  list = wb_woo_shop_call (self, request, NULL, cancellable, error);
  at = wb_json_root (list, "refunds");
  if (list != NULL && !wb_json_is_array (&at))
    {
      wb_json_fail (&at, "a list of refunds", error);
      return NULL;
    }
  return g_steal_pointer (&list);
}

/** wb_woo_shop_find_refund: wb_shop_find_refund(). */
WbFinding
wb_woo_shop_find_refund (WbShop             *shop,
                         const WbShopRefund *refund,
                         char              **remote_id,
                         GCancellable       *cancellable,
                         GError            **error)
{
  if (!wb_woo_shop_check_ref (refund->order_ref, error))
    return WB_FINDING_UNKNOWN;
  for (guint page = 1; page <= MOST_PAGES; page++)
    {
      g_autoptr (JsonNode) list = read_page (WB_WOO_SHOP (shop), refund, page, cancellable, error);
      WbJson               at = wb_json_root (list, "refunds");
      guint                n;

      if (list == NULL)
        return WB_FINDING_UNKNOWN;
      n = json_array_get_length (json_node_get_array (list));
      for (guint i = 0; i < n; i++)
        {
          WbJson row = wb_json_element (&at, i);

          if (!is_ours (WB_WOO_SHOP (shop), &row, refund))
            continue;
          if (remote_id != NULL)
            *remote_id = wb_json_scalar_text (&row, "id");
          return WB_FINDING_DONE;
        }
      if (n < A_PAGE)
        return WB_FINDING_NOT_DONE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "Order %s has more than %d refunds in the shop",
               refund->order_ref, A_PAGE * MOST_PAGES);
  return WB_FINDING_UNKNOWN;
}

/* ---- writing ---- */

static void
add_amount (JsonBuilder *builder, const char *name, gint64 minor, const char *currency)
{
  g_autofree char *text = wb_money_to_decimal (wb_money (minor, currency));

  wb_woo_write_text (builder, name, text);
}

/* Finds the row @line_ref in any of the order's lists of lines. */
static gboolean
find_row (const WbJson *order, const char *line_ref, WbJson *list, WbJson *row)
{
  static const char *const lists[] = { "line_items", "shipping_lines", "fee_lines" };

  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    {
      guint n = 0;

      if (!wb_json_array (order, lists[k], list, &n, NULL))
        continue;
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *id = NULL;

          *row = wb_json_element (list, i);
          id = wb_json_scalar_text (row, "id");
          if (g_strcmp0 (id, line_ref) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* Amounts are numeric texts, which WordPress takes for numbers: no float on the way. The line's
 * tax, shared out among the rates as they stand in the order. */
static void
add_taxes (JsonBuilder *builder, const WbJson *row, gint64 tax, const char *currency)
{
  WbJson             taxes;
  guint              n = 0;
  g_autofree gint64 *weights = NULL, *parts = NULL;

  if (tax == 0 || !wb_json_array (row, "taxes", &taxes, &n, NULL) || n == 0)
    return;
  weights = g_new0 (gint64, n);
  parts = g_new0 (gint64, n);
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&taxes, i);
      g_autofree char *total = wb_json_scalar_text (&one, "total");
      WbMoney          money = { 0 };

      if (total != NULL && wb_money_parse (total, currency, &money, NULL))
        weights[i] = MAX (0, money.minor);
    }
  if (!wb_money_split (tax, weights, n, parts, NULL))
    return;
  json_builder_set_member_name (builder, "refund_tax");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    {
      WbJson           one = wb_json_element (&taxes, i);
      g_autofree char *id = wb_json_scalar_text (&one, "id");

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_int_value (builder, id != NULL ? g_ascii_strtoll (id, NULL, 10) : 0);
      add_amount (builder, "refund_total", parts[i], currency);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static gboolean
add_lines (JsonBuilder *builder, const WbShopRefund *refund, const WbJson *order, GError **error)
{
  json_builder_set_member_name (builder, "line_items");
  json_builder_begin_array (builder);
  for (guint i = 0; refund->line_refs != NULL && refund->line_refs[i] != NULL; i++)
    {
      WbJson list, row;

      if (!find_row (order, refund->line_refs[i], &list, &row))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                       "The order in the shop no longer has line %s; it was changed there",
                       refund->line_refs[i]);
          return FALSE;
        }
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "id");
      json_builder_add_int_value (builder, g_ascii_strtoll (refund->line_refs[i], NULL, 10));
      json_builder_set_member_name (builder, "quantity");
      json_builder_add_int_value (builder, refund->quantities[i]);
      add_amount (builder, "refund_total", refund->nets[i], refund->amount.currency);
      add_taxes (builder, &row, refund->taxes[i], refund->amount.currency);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return TRUE;
}

/* Cancelling put the pieces back already, and the shop would put them back again. */
static gboolean
may_restock (const WbShopRefund *refund, const WbJson *order)
{
  return refund->restock && g_strcmp0 (wb_json_opt_string (order, "status"), "cancelled") != 0;
}

static JsonNode *
refund_json (const WbShopRefund *refund, const WbJson *order, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_amount (builder, "amount", refund->amount.minor, refund->amount.currency);
  wb_woo_write_text (builder, "reason", refund->reason != NULL ? refund->reason : "");
  json_builder_set_member_name (builder, "api_refund");
  json_builder_add_boolean_value (builder, refund->money);
  json_builder_set_member_name (builder, "api_restock");
  json_builder_add_boolean_value (builder, may_restock (refund, order));
  json_builder_set_member_name (builder, "meta_data");
  json_builder_begin_array (builder);
  wb_woo_meta_add (builder, WB_WOO_REFERENCE_KEY, refund->key);
  json_builder_end_array (builder);
  if (!add_lines (builder, refund, order, error))
    return NULL;
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* The shop takes 99 of 3 and puts 99 back into stock: nobody but us looks. */
static gboolean
check_quantities (WbWooShop          *self,
                  const WbShopRefund *refund,
                  const WbJson       *at,
                  GCancellable       *cancellable,
                  GError            **error)
{
  g_autoptr (WbOrder) order = wb_woo_order_parse (at, &self->reader, error);

  if (order == NULL || (wb_woo_order_has_refunds (at) &&
                        !wb_woo_shop_read_refunds (self, order, cancellable, error)))
    return FALSE;
  for (guint i = 0; refund->line_refs != NULL && refund->line_refs[i] != NULL; i++)
    {
      gint64   index = wb_woo_order_find_line (order, refund->line_refs[i]);
      gpointer line = index >= 0 ? wb_record_get_many (order, WB_ORDER_LINES)->pdata[index] : NULL;
      gint64   left = line != NULL ? wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) -
                                       wb_record_get_int (line, WB_ORDER_LINE_CANCELLED)
                                   : 0;

      /* What is no item (shipping), or not there any more, is told by what is sent. */
      if (line == NULL || refund->quantities[i] <= left)
        continue;
      g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                   "In the shop %" G_GINT64_FORMAT " of “%s” are left that were not refunded, and "
                   "%" G_GINT64_FORMAT " were to be; nothing was refunded",
                   left, wb_record_get_text (line, WB_ORDER_LINE_NAME), refund->quantities[i]);
      return FALSE;
    }
  return TRUE;
}

static JsonNode *
read_order (WbWooShop *self, const char *order_ref, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request = wb_woo_shop_request ("GET", "/orders/%s", order_ref);

  return wb_woo_shop_call (self, request, NULL, cancellable, error);
}

/* The words of a “no” that comes as 500; NULL: it is no such answer but trouble. */
static char *
refusal_of (const WbHttpResponse *response)
{
  g_autoptr (JsonNode) root =
      wb_json_parse_bytes (wb_http_response_get_body (response), "the reply", NULL);
  WbJson      at = wb_json_root (root, "reply");
  const char *code = root != NULL ? wb_json_opt_string (&at, "code") : NULL;

  return wb_http_response_get_status (response) == 500 && code != NULL &&
                 g_str_has_prefix (code, "woocommerce_rest_cannot_create_order_refund")
             ? g_strdup (wb_json_opt_string (&at, "message"))
             : NULL;
}

/* The shop says no with a 500: true only when the refund is not there. */
static gboolean
take_refusal (WbWooShop          *self,
              const WbShopRefund *refund,
              const char         *words,
              char              **remote_id,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (GError) local = NULL;
  WbFinding          finding =
      wb_woo_shop_find_refund (WB_SHOP (self), refund, remote_id, cancellable, &local);

  if (finding == WB_FINDING_DONE)
    return TRUE;
  if (finding == WB_FINDING_NOT_DONE)
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                 "The shop did not make the refund: %s. Nothing was given back by it", words);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                 "The shop said “%s” to the refund, and could not be asked whether it was made: %s",
                 words, local != NULL ? local->message : "no answer");
  return FALSE;
}

static gboolean
send_refund (WbWooShop          *self,
             const WbShopRefund *refund,
             JsonNode           *body,
             char              **remote_id,
             GCancellable       *cancellable,
             GError            **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("POST", "/orders/%s/refunds", refund->order_ref);
  g_autoptr (WbHttpResponse) response = NULL;
  g_autoptr (JsonNode)       root = NULL;
  g_autoptr (GError)         local = NULL;
  g_autofree char           *words = NULL;
  WbJson                     at;

  wb_http_request_set_json (request, body);
  if ((response = wb_woo_shop_send (self, request, cancellable, error)) == NULL)
    return FALSE;
  if ((words = refusal_of (response)) != NULL)
    return take_refusal (self, refund, words, remote_id, cancellable, error);
  if (!wb_woo_shop_check (response, error))
    return FALSE;
  root = wb_http_response_json (response, &local);
  at = wb_json_root (root, "refund");
  if (root != NULL && (*remote_id = wb_json_scalar_text (&at, "id")) != NULL)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
               "The shop was sent the refund, but its answer is not clear: %s",
               local != NULL ? local->message : "it names no refund");
  return FALSE;
}

/** wb_woo_shop_refund: wb_shop_refund(). */
gboolean
wb_woo_shop_refund (WbShop             *shop,
                    const WbShopRefund *refund,
                    char              **remote_id,
                    GCancellable       *cancellable,
                    GError            **error)
{
  WbWooShop           *self = WB_WOO_SHOP (shop);
  g_autoptr (JsonNode) order = NULL, body = NULL;
  WbJson               at;

  switch (wb_woo_shop_find_refund (shop, refund, remote_id, cancellable, error))
    {
    case WB_FINDING_DONE:
      return TRUE;
    case WB_FINDING_NOT_DONE:
      break;
    case WB_FINDING_PARTLY:
    case WB_FINDING_UNKNOWN:
    default:
      return FALSE;
    }
  if ((order = read_order (self, refund->order_ref, cancellable, error)) == NULL)
    return FALSE;
  at = wb_json_root (order, "order");
  if (!check_quantities (self, refund, &at, cancellable, error) ||
      (body = refund_json (refund, &at, error)) == NULL)
    return FALSE;
  return send_refund (self, refund, body, remote_id, cancellable, error);
}
