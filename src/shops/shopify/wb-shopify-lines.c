/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lines of a Shopify order. Their sum is the order's total, exactly; what the shop's own lines
 * leave over is a line of its own. */
#include "wb-shop-lines.h"
#include "wb-shopify-shop.h"
#include "wb-text.h"

typedef struct
{
  WbOrder    *order;
  const char *currency;
  gboolean    taxes_included;
  gint64      sum; /* total and tax of all lines so far */
  gint64      pieces;
  GString    *services;
} Lines;

static gboolean
add (const WbJson *at, gint64 *sum, gint64 amount, GError **error)
{
  if (!__builtin_add_overflow (*sum, amount, sum))
    return TRUE;
  return wb_json_fail (at, "amounts that fit", error);
}

/* The sum of the bags @bag of the elements of the list @name. */
static gboolean
sum_of (const WbJson *at,
        const char   *name,
        const char   *bag,
        const char   *currency,
        gint64       *sum,
        GError      **error)
{
  WbJson list = wb_json_member (at, name);
  guint  n = 0;

  *sum = 0;
  if (wb_json_is_null (&list))
    return TRUE;
  if (!wb_json_array (at, name, &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);
      gint64 amount;

      if (!wb_shopify_bag (&one, bag, currency, &amount, error) || !add (&one, sum, amount, error))
        return FALSE;
    }
  return TRUE;
}

/* Price less discounts, with the tax taken out where prices include it. */
static gboolean
read_amounts (Lines *lines, WbOrderLine *line, const WbJson *at, const char *price, GError **error)
{
  gint64 full, discount, tax, total;

  if (!wb_shopify_bag (at, price, lines->currency, &full, error) ||
      !sum_of (at, "discountAllocations", "allocatedAmountSet", lines->currency, &discount,
               error) ||
      !sum_of (at, "taxLines", "priceSet", lines->currency, &tax, error))
    return FALSE;
  if (__builtin_sub_overflow (full, discount, &total) ||
      (lines->taxes_included && __builtin_sub_overflow (total, tax, &total)))
    return wb_json_fail (at, "amounts that fit", error);
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, full);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, total);
  wb_record_set_int (line, WB_ORDER_LINE_TAX, tax);
  return add (at, &lines->sum, total, error) && add (at, &lines->sum, tax, error);
}

/* “Size: L”, one a line, out of the variant's title and what the customer filled in. Names that
 * begin with “_” are an app's own. */
static char *
options_of (const WbJson *at)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const char         *variant = wb_json_opt_string (at, "variantTitle");
  WbJson              list;
  guint               n = 0;

  if (!wb_text_is_empty (variant) && !g_str_equal (variant, "Default Title"))
    g_string_append (words, variant);
  if (!wb_json_array (at, "customAttributes", &list, &n, NULL))
    n = 0;
  for (guint i = 0; i < n; i++)
    {
      WbJson      one = wb_json_element (&list, i);
      const char *key = wb_json_opt_string (&one, "key");
      const char *value = wb_json_opt_string (&one, "value");

      if (!wb_text_is_empty (key) && *key != '_' && !wb_text_is_empty (value))
        g_string_append_printf (words, "%s%s: %s", words->len > 0 ? "\n" : "", key, value);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static gboolean
read_pieces (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  gint64 quantity, never, left;

  if (!wb_json_int (at, "quantity", &quantity, error) ||
      !wb_json_opt_int (at, "nonFulfillableQuantity", 0, &never, error) ||
      !wb_json_opt_int (at, "unfulfilledQuantity", 0, &left, error))
    return FALSE;
  if (quantity < 0 || never < 0 || never > quantity || left < 0 || left > quantity - never)
    return wb_json_fail (at, "quantities that fit together", error);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, quantity);
  /* Removed or given back before they left; what is not shipped at all (a tip) never was to be. */
  if (wb_json_bool (at, "requiresShipping", TRUE))
    {
      wb_record_set_int (line, WB_ORDER_LINE_CANCELLED, never);
      wb_record_set_int (line, WB_ORDER_LINE_ELSEWHERE, quantity - never - left);
    }
  return add (at, &lines->pieces, quantity, error);
}

static gboolean
read_item (Lines *lines, const WbJson *at, GError **error)
{
  g_autoptr (WbOrderLine) line = wb_order_line_new ();
  g_autofree char        *options = options_of (at);
  g_autofree char        *id = wb_shopify_ref (at, "id");
  WbJson                  product = wb_json_member (at, "product");
  WbJson                  variant = wb_json_member (at, "variant");
  const char             *sku = wb_json_opt_string (at, "sku");

  if (id == NULL)
    return wb_json_fail (at, "a line with an id", error);
  wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_ITEM);
  wb_record_take_text (line, WB_ORDER_LINE_REMOTE_ID, g_steal_pointer (&id));
  wb_record_take_text (line, WB_ORDER_LINE_PRODUCT_REF, wb_shopify_ref (&product, "id"));
  wb_record_take_text (line, WB_ORDER_LINE_VARIATION_REF, wb_shopify_ref (&variant, "id"));
  wb_record_set_text (line, WB_ORDER_LINE_SKU, wb_text_is_empty (sku) ? NULL : sku);
  wb_record_set_text (line, WB_ORDER_LINE_NAME, wb_json_opt_string (at, "title"));
  wb_record_set_text (line, WB_ORDER_LINE_OPTIONS, options);
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING,
                      wb_json_bool (at, "requiresShipping", TRUE));
  if (!read_pieces (lines, line, at, error) ||
      !read_amounts (lines, line, at, "originalTotalSet", error))
    return FALSE;
  wb_shop_add_line (lines->order, g_steal_pointer (&line));
  return TRUE;
}

static gboolean
read_shipping (Lines *lines, const WbJson *at, GError **error)
{
  g_autoptr (WbOrderLine) line = wb_order_line_new ();
  const char             *title = wb_json_opt_string (at, "title");
  char                   *id = wb_shopify_ref (at, "id");

  if (wb_json_bool (at, "isRemoved", FALSE))
    {
      g_free (id);
      return TRUE;
    }
  wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_SHIPPING);
  wb_record_take_text (line, WB_ORDER_LINE_REMOTE_ID, id != NULL ? id : g_strdup ("shipping"));
  wb_record_set_text (line, WB_ORDER_LINE_NAME, title);
  if (!wb_text_is_empty (title))
    g_string_append_printf (lines->services, "%s%s", lines->services->len > 0 ? " + " : "", title);
  if (!read_amounts (lines, line, at, "originalPriceSet", error))
    return FALSE;
  wb_shop_add_line (lines->order, g_steal_pointer (&line));
  return TRUE;
}

static gboolean
read_connection (Lines        *lines,
                 const WbJson *order,
                 const char   *name,
                 gboolean (*read) (Lines *, const WbJson *, GError **),
                 GError **error)
{
  WbJson connection = wb_json_member (order, name);
  WbJson list;
  guint  n;

  if (!wb_json_array (&connection, "nodes", &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);

      if (!read (lines, &one, error))
        return FALSE;
    }
  return TRUE;
}

/* Duties and fees of the order as a whole. */
static gboolean
read_fee (Lines        *lines,
          const WbJson *at,
          const char   *bag,
          const char   *id,
          const char   *name,
          GError      **error)
{
  WbOrderLine *line;
  gint64       amount;

  if (!wb_shopify_bag (at, bag, lines->currency, &amount, error))
    return FALSE;
  if (amount == 0)
    return TRUE;
  line = wb_order_line_new ();
  wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_FEE);
  wb_record_set_text (line, WB_ORDER_LINE_REMOTE_ID, id);
  wb_record_set_text (line, WB_ORDER_LINE_NAME, name);
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, amount);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, amount);
  wb_shop_add_line (lines->order, line);
  return add (at, &lines->sum, amount, error);
}

/** wb_shopify_read_lines: reads the lines of @at into @order, whose currency and total are there
 * already. */
gboolean
wb_shopify_read_lines (WbOrder *order, const WbJson *at, GError **error)
{
  g_autoptr (GString) services = g_string_new (NULL);
  Lines               lines = {
                  .order = order,
                  .currency = wb_record_get_text (order, WB_ORDER_CURRENCY),
                  .taxes_included = wb_json_bool (at, "taxesIncluded", FALSE),
                  .services = services,
  };

  if (!read_connection (&lines, at, "lineItems", read_item, error) ||
      !read_connection (&lines, at, "shippingLines", read_shipping, error) ||
      !read_fee (&lines, at, "originalTotalDutiesSet", "duties", "Duties", error) ||
      !read_fee (&lines, at, "originalTotalAdditionalFeesSet", "fees", "Fees", error))
    return FALSE;
  return wb_shop_end_lines (order, at, lines.sum, lines.pieces, services, error);
}
