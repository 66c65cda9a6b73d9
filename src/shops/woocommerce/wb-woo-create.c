/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making an order in a WooCommerce shop. Our key goes along as meta data; where an answer is lost
 * it is looked for among the newest orders, for no filter finds it. */
#include "wb-text.h"
#include "wb-woo-meta.h"
#include "wb-woo-order.h"
#include "wb-woo-shop.h"

#include <string.h>

#define CLOCK_SLACK 120 /* seconds between the shop's clock and what we know of it */
#define A_PAGE      100
#define MOST_PAGES  20

/* ---- looking ---- */

static WbHttpRequest *
newest_request (WbWooShop *self, WbInstant since, guint page)
{
  WbHttpRequest   *request = wb_woo_shop_request ("GET", "/orders");
  g_autofree char *iso = wb_instant_to_iso (MAX (0, since + self->clock_offset - CLOCK_SLACK));

  iso[strlen (iso) - 1] = '\0'; /* the Z */
  wb_http_request_add_query (request, "after", iso);
  wb_http_request_add_query (request, "dates_are_gmt", "true");
  wb_http_request_add_query (request, "orderby", "id");
  wb_http_request_add_query (request, "order", "desc");
  wb_http_request_add_query (request, "_fields", "id,meta_data");
  wb_http_request_add_query_int (request, "per_page", A_PAGE);
  wb_http_request_add_query_int (request, "page", page);
  return request;
}

/** wb_woo_shop_find_created: see wb_shop_find_created(). */
WbFinding
wb_woo_shop_find_created (WbShop       *shop,
                          const char   *key,
                          WbInstant     since,
                          char        **remote_id,
                          GCancellable *cancellable,
                          GError      **error)
{
  WbWooShop *self = WB_WOO_SHOP (shop);

  for (guint page = 1; page <= MOST_PAGES; page++)
    {
      g_autoptr (WbHttpRequest) request = newest_request (self, since, page);
      g_autoptr (JsonNode)      root = wb_woo_shop_call (self, request, NULL, cancellable, error);
      WbJson                    list = wb_json_root (root, "orders");
      guint                     n;

      if (root == NULL || (!wb_json_is_array (&list) && !wb_json_fail (&list, "a list", error)))
        return WB_FINDING_UNKNOWN;
      n = json_array_get_length (json_node_get_array (root));
      for (guint i = 0; i < n; i++)
        {
          WbJson one = wb_json_element (&list, i);

          if (!wb_woo_meta_is (&one, WB_WOO_REFERENCE_KEY, key))
            continue;
          if (remote_id != NULL)
            *remote_id = wb_json_scalar_text (&one, "id");
          return WB_FINDING_DONE;
        }
      if (n < A_PAGE)
        return WB_FINDING_NOT_DONE;
    }
  g_set_error (error, WB_ERROR, WB_ERROR_FAILED,
               "More than %d orders came in since; whether this one was made is not known",
               A_PAGE * MOST_PAGES);
  return WB_FINDING_UNKNOWN;
}

/* ---- writing ---- */

static void
write_int (JsonBuilder *builder, const char *name, const char *ref)
{
  if (wb_text_is_empty (ref))
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, g_ascii_strtoll (ref, NULL, 10));
}

static void
write_amount (
    JsonBuilder *builder, const char *name, gpointer line, guint field, const char *currency)
{
  g_autofree char *text =
      wb_money_to_decimal (wb_money (wb_record_get_int (line, field), currency));

  wb_woo_write_text (builder, name, text);
}

static void
write_item (JsonBuilder *builder, gpointer line, const char *currency)
{
  write_int (builder, "product_id", wb_record_get_text (line, WB_ORDER_LINE_PRODUCT_REF));
  write_int (builder, "variation_id", wb_record_get_text (line, WB_ORDER_LINE_VARIATION_REF));
  if (wb_record_get_text (line, WB_ORDER_LINE_PRODUCT_REF) == NULL)
    wb_woo_write_text (builder, "sku", wb_record_get_text (line, WB_ORDER_LINE_SKU));
  if (wb_record_get_text (line, WB_ORDER_LINE_NAME) != NULL)
    wb_woo_write_text (builder, "name", wb_record_get_text (line, WB_ORDER_LINE_NAME));
  json_builder_set_member_name (builder, "quantity");
  json_builder_add_int_value (builder, wb_record_get_int (line, WB_ORDER_LINE_QUANTITY));
  write_amount (builder, "subtotal", line, WB_ORDER_LINE_SUBTOTAL, currency);
  write_amount (builder, "total", line, WB_ORDER_LINE_TOTAL, currency);
}

static void
write_shipping (JsonBuilder *builder, gpointer line, const char *currency)
{
  const char *name = wb_record_get_text (line, WB_ORDER_LINE_NAME);

  wb_woo_write_text (builder, "method_id", "flat_rate");
  wb_woo_write_text (builder, "method_title", name != NULL ? name : "");
  write_amount (builder, "total", line, WB_ORDER_LINE_TOTAL, currency);
}

static void
write_fee (JsonBuilder *builder, gpointer line, const char *currency)
{
  const char *name = wb_record_get_text (line, WB_ORDER_LINE_NAME);

  wb_woo_write_text (builder, "name", name != NULL ? name : "");
  write_amount (builder, "total", line, WB_ORDER_LINE_TOTAL, currency);
}

static const struct
{
  const char *kind;
  const char *member;
  void (*write) (JsonBuilder *builder, gpointer line, const char *currency);
} kinds[] = {
  { WB_LINE_ITEM, "line_items", write_item },
  { WB_LINE_SHIPPING, "shipping_lines", write_shipping },
  { WB_LINE_FEE, "fee_lines", write_fee },
};

static void
write_lines (JsonBuilder *builder, WbOrder *draft)
{
  GPtrArray  *lines = wb_record_get_many (draft, WB_ORDER_LINES);
  const char *currency = wb_record_get_text (draft, WB_ORDER_CURRENCY);

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      json_builder_set_member_name (builder, kinds[k].member);
      json_builder_begin_array (builder);
      for (guint i = 0; i < lines->len; i++)
        {
          if (g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), kinds[k].kind) !=
              0)
            continue;
          json_builder_begin_object (builder);
          kinds[k].write (builder, lines->pdata[i], currency);
          json_builder_end_object (builder);
        }
      json_builder_end_array (builder);
    }
}

static void
write_people (JsonBuilder *builder, WbOrder *draft)
{
  WbAddress *ship_to = wb_record_get_one (draft, WB_ORDER_SHIP_TO);
  WbAddress *bill_to = wb_record_get_one (draft, WB_ORDER_BILL_TO);

  if (bill_to == NULL)
    bill_to = ship_to;
  if (bill_to != NULL)
    wb_woo_write_address (builder, "billing", bill_to, wb_record_get_text (draft, WB_ORDER_EMAIL));
  if (ship_to != NULL)
    wb_woo_write_address (builder, "shipping", ship_to, NULL);
}

static JsonNode *
order_json (WbOrder *draft, const char *key)
{
  static const struct
  {
    const char *name;
    guint       field;
  } texts[] = {
    { "currency", WB_ORDER_CURRENCY },
    { "payment_method", WB_ORDER_PAYMENT_METHOD },
    { "payment_method_title", WB_ORDER_PAYMENT_TITLE },
    { "transaction_id", WB_ORDER_PAYMENT_REF },
    { "customer_note", WB_ORDER_NOTE },
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean paid = g_strcmp0 (wb_record_get_text (draft, WB_ORDER_SHOP_STATE), WB_SHOP_OPEN) == 0;

  json_builder_begin_object (builder);
  wb_woo_write_text (builder, "status", paid ? "processing" : "on-hold");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (!wb_text_is_empty (wb_record_get_text (draft, texts[i].field)))
      wb_woo_write_text (builder, texts[i].name, wb_record_get_text (draft, texts[i].field));
  write_int (builder, "customer_id", wb_record_get_text (draft, WB_ORDER_CUSTOMER_REF));
  write_people (builder, draft);
  write_lines (builder, draft);
  json_builder_set_member_name (builder, "meta_data");
  json_builder_begin_array (builder);
  wb_woo_meta_add (builder, WB_WOO_REFERENCE_KEY, key);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
check_draft (WbOrder *draft, const char *key, GError **error)
{
  GPtrArray  *lines = wb_record_get_many (draft, WB_ORDER_LINES);
  const char *why = NULL;

  if (wb_text_is_empty (key))
    why = "it has no key of ours, and could not be found again";
  else if (!wb_currency_is_valid (wb_record_get_text (draft, WB_ORDER_CURRENCY)))
    why = "it has no currency";
  for (guint i = 0; why == NULL && i < lines->len; i++)
    {
      gpointer    line = lines->pdata[i];
      const char *product = wb_record_get_text (line, WB_ORDER_LINE_PRODUCT_REF);

      if (g_strcmp0 (wb_record_get_text (line, WB_ORDER_LINE_KIND), WB_LINE_ITEM) != 0)
        continue;
      if (wb_record_get_int (line, WB_ORDER_LINE_QUANTITY) < 1)
        why = "a line has no pieces";
      else if (product == NULL && wb_text_is_empty (wb_record_get_text (line, WB_ORDER_LINE_SKU)))
        why = "a line names neither a product of the shop nor a SKU";
      else if (product != NULL && !wb_woo_shop_check_ref (product, NULL))
        why = "a line's product is none of this shop";
    }
  if (why == NULL)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "The order was not made in the shop: %s", why);
  return FALSE;
}

/**
 * wb_woo_shop_create_order:
 * See wb_shop_create_order(). The shop reckons the tax by its own settings: what it makes of the
 * order is imported, and may differ from @draft by that.
 */
gboolean
wb_woo_shop_create_order (WbShop       *shop,
                          WbOrder      *draft,
                          const char   *key,
                          char        **remote_id,
                          GCancellable *cancellable,
                          GError      **error)
{
  WbWooShop                *self = WB_WOO_SHOP (shop);
  g_autoptr (WbHttpRequest) request = wb_woo_shop_request ("POST", "/orders");
  g_autoptr (JsonNode)      body = NULL, root = NULL;
  g_autofree char          *id = NULL;
  WbJson                    at;

  if (!check_draft (draft, key, error))
    return FALSE;
  body = order_json (draft, key);
  wb_http_request_set_json (request, body);
  root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  if (root == NULL)
    return FALSE;
  at = wb_json_root (root, "order");
  id = wb_json_scalar_text (&at, "id");
  if (id == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                   "The shop was sent the order, but its answer names no id");
      return FALSE;
    }
  *remote_id = g_steal_pointer (&id);
  return TRUE;
}
