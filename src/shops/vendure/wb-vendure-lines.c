/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lines of a Vendure order, and the digest by which a change in it is seen. */
#include "wb-shop-lines.h"
#include "wb-vendure-order.h"

#include "wb-text.h"

/* The reading of one order's lines. */
typedef struct
{
  WbOrder               *order;
  const WbVendureReader *reader;
  const char            *currency;
  gboolean               ships; /* the order has something to ship */
  gint64                 sum;   /* total and tax of all lines so far */
  gint64                 pieces;
  GString               *services; /* names of the ways to ship */
} Lines;

typedef gboolean (*ReadLine) (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error);

/* @name: without tax; @gross: with it. */
static gboolean
read_total (Lines        *lines,
            WbOrderLine  *line,
            const WbJson *at,
            const char   *name,
            const char   *gross,
            GError      **error)
{
  gint64 net, whole;

  if (!wb_vendure_amount (at, name, lines->reader, lines->currency, &net, error) ||
      !wb_vendure_amount (at, gross, lines->reader, lines->currency, &whole, error))
    return FALSE;
  if (__builtin_add_overflow (lines->sum, whole, &lines->sum))
    return wb_json_fail (at, "amounts that can be true", error);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, net);
  wb_record_set_int (line, WB_ORDER_LINE_TAX, whole - net);
  return TRUE;
}

/* Pieces of the line that lie in a parcel there, whoever made it. */
static gboolean
count_sent (const WbJson *at, gint64 *sent, GError **error)
{
  WbJson list;
  guint  n = 0;

  *sent = 0;
  if (!wb_json_array (at, "fulfillmentLines", &list, &n, NULL))
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      WbJson one = wb_json_element (&list, i);
      WbJson parcel = wb_json_member (&one, "fulfillment");
      gint64 quantity;

      if (g_strcmp0 (wb_json_opt_string (&parcel, "state"), "Cancelled") == 0)
        continue;
      if (!wb_json_int (&one, "quantity", &quantity, error))
        return FALSE;
      if (quantity < 0 || __builtin_add_overflow (*sent, quantity, sent))
        return wb_json_fail (&one, "a quantity that can be true", error);
    }
  return TRUE;
}

/* Pieces ordered, cancelled and sent: Vendure lowers a line's quantity when pieces are cancelled,
 * and keeps how many there were when the order was placed. */
static gboolean
read_pieces (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  WbJson place = wb_json_member (at, "quantity");
  gint64 now, placed, sent;

  if (!wb_json_int (at, "quantity", &now, error) ||
      !wb_json_opt_int (at, "orderPlacedQuantity", now, &placed, error) ||
      !count_sent (at, &sent, error))
    return FALSE;
  if (now < 0 || placed < 0)
    return wb_json_fail (&place, "a quantity that is not negative", error);
  placed = MAX (placed, now);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, placed);
  wb_record_set_int (line, WB_ORDER_LINE_CANCELLED, placed - now);
  wb_record_set_int (line, WB_ORDER_LINE_ELSEWHERE, MIN (sent, now));
  lines->pieces += placed;
  return TRUE;
}

static gboolean
read_item (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  WbJson variant = wb_json_member (at, "productVariant");
  gint64 subtotal;

  if (!wb_json_is_object (&variant))
    return wb_json_fail (&variant, "a product variant", error);
  wb_record_take_text (line, WB_ORDER_LINE_PRODUCT_REF,
                       wb_json_scalar_text (&variant, "productId"));
  wb_record_take_text (line, WB_ORDER_LINE_VARIATION_REF, wb_json_scalar_text (&variant, "id"));
  if (!wb_text_is_empty (wb_json_opt_string (&variant, "sku")))
    wb_record_set_text (line, WB_ORDER_LINE_SKU, wb_json_opt_string (&variant, "sku"));
  wb_record_set_text (line, WB_ORDER_LINE_NAME, wb_json_opt_string (&variant, "name"));
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING, lines->ships);
  if (!wb_vendure_amount (at, "linePrice", lines->reader, lines->currency, &subtotal, error) ||
      !read_pieces (lines, line, at, error))
    return FALSE;
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, subtotal);
  return read_total (lines, line, at, "proratedLinePrice", "proratedLinePriceWithTax", error);
}

static gboolean
read_shipping (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  WbJson      method = wb_json_member (at, "shippingMethod");
  const char *name = wb_json_is_object (&method) ? wb_json_opt_string (&method, "name") : NULL;

  wb_record_set_text (line, WB_ORDER_LINE_NAME, name);
  if (!wb_text_is_empty (name))
    g_string_append_printf (lines->services, "%s%s", lines->services->len > 0 ? " + " : "", name);
  if (!read_total (lines, line, at, "discountedPrice", "discountedPriceWithTax", error))
    return FALSE;
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, wb_record_get_int (line, WB_ORDER_LINE_TOTAL));
  return TRUE;
}

static gboolean
read_surcharge (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  wb_record_set_text (line, WB_ORDER_LINE_NAME, wb_json_opt_string (at, "description"));
  if (!read_total (lines, line, at, "price", "priceWithTax", error))
    return FALSE;
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, wb_record_get_int (line, WB_ORDER_LINE_TOTAL));
  return TRUE;
}

static gboolean
read_note (Lines *lines, WbOrderLine *line, const WbJson *at, const char *amount, GError **error)
{
  gint64 value;

  wb_record_set_text (line, WB_ORDER_LINE_NAME, wb_json_opt_string (at, "description"));
  if (!wb_vendure_amount (at, amount, lines->reader, lines->currency, &value, error))
    return FALSE;
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, value);
  return TRUE;
}

static gboolean
read_discount (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  return read_note (lines, line, at, "amount", error);
}

static gboolean
read_tax (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  return read_note (lines, line, at, "taxTotal", error);
}

/* id: the member that names a line for good. */
static const struct
{
  const char *member;
  const char *kind;
  const char *id;
  ReadLine    read;
} kinds[] = {
  { "lines", WB_LINE_ITEM, "id", read_item },
  { "shippingLines", WB_LINE_SHIPPING, "id", read_shipping },
  { "surcharges", WB_LINE_FEE, "id", read_surcharge },
  { "discounts", WB_LINE_COUPON, "adjustmentSource", read_discount },
  { "taxSummary", WB_LINE_TAX, "description", read_tax },
};

/* Lines of other kinds have ids of their own tables: “shippingLines/1” is not the item line 1. */
static char *
name_line (guint kind, const WbJson *at)
{
  g_autofree char *id = wb_json_scalar_text (at, kinds[kind].id);
  g_autofree char *rate = wb_json_scalar_text (at, "taxRate");

  if (wb_text_is_empty (id))
    return NULL;
  if (kind == 0)
    return g_steal_pointer (&id);
  return rate != NULL ? g_strdup_printf ("%s/%s/%s", kinds[kind].member, id, rate)
                      : g_strdup_printf ("%s/%s", kinds[kind].member, id);
}

static gboolean
read_kind (Lines *lines, guint kind, const WbJson *order, GError **error)
{
  WbJson list;
  guint  n;

  if (!wb_json_array (order, kinds[kind].member, &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbOrderLine) line = wb_order_line_new ();
      WbJson                  at = wb_json_element (&list, i);
      g_autofree char        *name = name_line (kind, &at);

      if (name == NULL)
        return wb_json_fail (&at, "a line with its id", error);
      wb_record_set_text (line, WB_ORDER_LINE_REMOTE_ID, name);
      wb_record_set_text (line, WB_ORDER_LINE_KIND, kinds[kind].kind);
      if (!kinds[kind].read (lines, line, &at, error))
        return FALSE;
      wb_shop_add_line (lines->order, g_steal_pointer (&line));
    }
  return TRUE;
}

/** wb_vendure_order_read_lines: reads the lines of @at into @order, whose currency, total and
 * addresses are there already. */
gboolean
wb_vendure_order_read_lines (WbOrder               *order,
                             const WbJson          *at,
                             const WbVendureReader *reader,
                             GError               **error)
{
  g_autoptr (GString) services = g_string_new (NULL);
  WbJson              list;
  guint               n = 0;
  Lines               lines = {
                  .order = order,
                  .reader = reader,
                  .currency = wb_record_get_text (order, WB_ORDER_CURRENCY),
                  .services = services,
  };

  lines.ships = wb_record_get_one (order, WB_ORDER_SHIP_TO) != NULL ||
                (wb_json_array (at, "shippingLines", &list, &n, NULL) && n > 0);
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    if (!read_kind (&lines, kind, at, error))
      return FALSE;
  return wb_shop_end_lines (order, at, lines.sum, lines.pieces, services, error);
}

/* ---- the digest ---- */

static void
digest_members (GString *text, const WbJson *at, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *value = wb_json_scalar_text (at, names[i]);

      g_string_append_printf (text, "%s|", value != NULL ? value : "");
    }
}

static void
digest_list (GString *text, const WbJson *at, const char *member, const char *const *names)
{
  WbJson list = wb_json_member (at, member);
  guint  n = wb_json_is_array (&list) ? json_array_get_length (json_node_get_array (list.node)) : 0;

  g_string_append_printf (text, "%s:", member);
  for (guint i = 0; i < n; i++)
    {
      static const char *const refund[] = { "id", "state", NULL };
      WbJson                   one = wb_json_element (&list, i);
      WbJson                   refunds = wb_json_member (&one, "refunds");

      digest_members (text, &one, names);
      if (wb_json_is_array (&refunds))
        digest_list (text, &one, "refunds", refund);
    }
}

/**
 * wb_vendure_order_digest:
 * @at: an order with what standing-parts.graphql asks for, or more
 *
 * Returns: (transfer full): a short word that is another one once the order has changed. Vendure
 * 3.7 does not move an order's own date when it is paid, fulfilled, refunded or given another
 * address.
 */
char *
wb_vendure_order_digest (const WbJson *at)
{
  static const char *const head[] = { "id", "state", "totalWithTax", NULL };
  static const char *const line[] = { "id", "quantity", NULL };
  static const char *const thing[] = { "id", "state", NULL };
  static const char *const place[] = { "fullName",    "company",  "streetLine1", "streetLine2",
                                       "city",        "province", "postalCode",  "countryCode",
                                       "phoneNumber", NULL };
  g_autoptr (GString)      text = g_string_new (NULL);
  WbJson                   address = wb_json_member (at, "shippingAddress");
  g_autofree char         *sum = NULL;

  digest_members (text, at, head);
  digest_list (text, at, "lines", line);
  digest_list (text, at, "payments", thing);
  digest_list (text, at, "fulfillments", thing);
  if (wb_json_is_object (&address))
    digest_members (text, &address, place);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);
  return g_strndup (sum, 8);
}
