/* SPDX-License-Identifier: GPL-3.0-or-later
 * The lines of a WooCommerce order, and what its refunds took off them. */
#include "wb-shop-lines.h"
#include "wb-woo-order.h"

#include "wb-text.h"
#include "wb-woo-text.h"

/* The reading of one order's lines. */
typedef struct
{
  WbOrder *order;
  guint    exponent;
  gboolean ships; /* the order has something to ship */
  gint64   sum;   /* total and tax of all lines so far */
  gint64   pieces;
  GString *services; /* names of the shipping lines */
  char   **slip_meta;
  const char
      *for_slip; /* what the order as a whole has for the slip; it stands with the first item */
} Lines;

typedef gboolean (*ReadLine) (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error);

static void
set_ref (WbOrderLine *line, guint field, gint64 id)
{
  if (id > 0)
    wb_record_take_text (line, field, g_strdup_printf ("%" G_GINT64_FORMAT, id));
}

static gboolean
set_amount (Lines        *lines,
            WbOrderLine  *line,
            guint         field,
            const WbJson *at,
            const char   *name,
            GError      **error)
{
  gint64 amount;

  if (!wb_woo_order_amount (at, name, lines->exponent, &amount, error))
    return FALSE;
  wb_record_set_int (line, field, amount);
  return TRUE;
}

/* Total and tax, as all lines but coupons and taxes have them. */
static gboolean
read_total (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  return set_amount (lines, line, WB_ORDER_LINE_TOTAL, at, "total", error) &&
         set_amount (lines, line, WB_ORDER_LINE_TAX, at, "total_tax", error) &&
         wb_woo_order_add (at, &lines->sum, wb_record_get_int (line, WB_ORDER_LINE_TOTAL), error) &&
         wb_woo_order_add (at, &lines->sum, wb_record_get_int (line, WB_ORDER_LINE_TAX), error);
}

/* A line of no variation that has a variation's attributes: the variation was deleted, and the SKU
 * told is its parent's. */
static gboolean
lost_its_variation (const WbJson *at)
{
  WbJson rows;
  guint  n;

  if (!wb_json_array (at, "meta_data", &rows, &n, NULL))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson      row = wb_json_element (&rows, i);
      const char *key = wb_json_opt_string (&row, "key");

      if (key != NULL && g_str_has_prefix (key, "pa_"))
        return TRUE;
    }
  return FALSE;
}

/* A part of a piece, as plug-ins sell cloth by the metre: NULL for whole numbers. */
static char *
part_of_piece (const WbJson *at)
{
  WbJson quantity = wb_json_member (at, "quantity");
  char   text[G_ASCII_DTOSTR_BUF_SIZE];

  if (quantity.node == NULL || !JSON_NODE_HOLDS_VALUE (quantity.node) ||
      json_node_get_value_type (quantity.node) != G_TYPE_DOUBLE)
    return NULL;
  return g_strdup (
      g_ascii_formatd (text, sizeof text, "%.10g", json_node_get_double (quantity.node)));
}

/* The packing slip shows what stands with the lines, and every slip lists the first of them. */
static void
add_for_slip (Lines *lines, WbOrderLine *line)
{
  const char *words = g_steal_pointer (&lines->for_slip);
  const char *own = wb_record_get_text (line, WB_ORDER_LINE_OPTIONS);

  if (words != NULL)
    wb_record_take_text (line, WB_ORDER_LINE_OPTIONS,
                         own != NULL ? g_strconcat (own, "\n", words, NULL) : g_strdup (words));
}

/* The pieces of an item. 1.5 m of cloth are one piece, and its measure stands with the options. */
static gboolean
read_pieces (Lines *lines, WbOrderLine *line, const WbJson *at, gint64 *pieces, GError **error)
{
  g_autofree char *part = part_of_piece (at);
  g_autofree char *options = wb_woo_text_options (at, (const char *const *) lines->slip_meta);
  gint64           quantity = 1;

  if ((part == NULL && !wb_json_int (at, "quantity", &quantity, error)))
    return FALSE;
  if (quantity < 0 || (part != NULL && *part == '-'))
    {
      WbJson place = wb_json_member (at, "quantity");

      return wb_json_fail (&place, "a quantity that is not negative", error);
    }
  if (part != NULL)
    wb_record_take_text (line, WB_ORDER_LINE_OPTIONS,
                         g_strdup_printf ("Quantity: %s%s%s", part, options != NULL ? "\n" : "",
                                          options != NULL ? options : ""));
  else
    wb_record_set_text (line, WB_ORDER_LINE_OPTIONS, options);
  add_for_slip (lines, line);
  *pieces = quantity;
  return TRUE;
}

static gboolean
read_item (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  g_autofree char *sku = wb_json_scalar_text (at, "sku");
  gint64           product, variation, quantity = 0;

  if (!wb_json_opt_int (at, "product_id", 0, &product, error) ||
      !wb_json_opt_int (at, "variation_id", 0, &variation, error) ||
      !read_pieces (lines, line, at, &quantity, error))
    return FALSE;
  set_ref (line, WB_ORDER_LINE_PRODUCT_REF, product);
  set_ref (line, WB_ORDER_LINE_VARIATION_REF, variation);
  if (!wb_text_is_empty (sku) && product > 0 && (variation > 0 || !lost_its_variation (at)))
    wb_record_take_text (line, WB_ORDER_LINE_SKU, g_steal_pointer (&sku));
  wb_record_set_text (line, WB_ORDER_LINE_NAME, wb_json_opt_string (at, "name"));
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, quantity);
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING, lines->ships);
  if (!wb_woo_order_add (at, &lines->pieces, quantity, error))
    return FALSE;
  return set_amount (lines, line, WB_ORDER_LINE_SUBTOTAL, at, "subtotal", error) &&
         read_total (lines, line, at, error);
}

static gboolean
read_shipping (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  const char *title = wb_json_opt_string (at, "method_title");

  if (wb_text_is_empty (title))
    title = wb_json_opt_string (at, "method_id");
  wb_record_set_text (line, WB_ORDER_LINE_NAME, title);
  if (!wb_text_is_empty (title))
    g_string_append_printf (lines->services, "%s%s", lines->services->len > 0 ? " + " : "", title);
  if (!read_total (lines, line, at, error))
    return FALSE;
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, wb_record_get_int (line, WB_ORDER_LINE_TOTAL));
  return TRUE;
}

static gboolean
read_fee (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  wb_record_set_text (line, WB_ORDER_LINE_NAME, wb_json_opt_string (at, "name"));
  if (!read_total (lines, line, at, error))
    return FALSE;
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, wb_record_get_int (line, WB_ORDER_LINE_TOTAL));
  return TRUE;
}

static gboolean
read_coupon (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  gint64 discount;

  if (!wb_woo_order_amount (at, "discount", lines->exponent, &discount, error))
    return FALSE;
  wb_record_set_text (line, WB_ORDER_LINE_NAME, wb_json_opt_string (at, "code"));
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, -discount);
  return TRUE;
}

static gboolean
read_tax (Lines *lines, WbOrderLine *line, const WbJson *at, GError **error)
{
  const char *label = wb_json_opt_string (at, "label");
  gint64      goods, shipping;

  if (!wb_woo_order_amount (at, "tax_total", lines->exponent, &goods, error) ||
      !wb_woo_order_amount (at, "shipping_tax_total", lines->exponent, &shipping, error) ||
      !wb_woo_order_add (at, &goods, shipping, error))
    return FALSE;
  wb_record_set_text (line, WB_ORDER_LINE_NAME,
                      wb_text_is_empty (label) ? wb_json_opt_string (at, "rate_code") : label);
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, goods);
  return TRUE;
}

static const struct
{
  const char *member;
  const char *kind;
  ReadLine    read;
} kinds[] = {
  { "line_items", WB_LINE_ITEM, read_item }, { "shipping_lines", WB_LINE_SHIPPING, read_shipping },
  { "fee_lines", WB_LINE_FEE, read_fee },    { "coupon_lines", WB_LINE_COUPON, read_coupon },
  { "tax_lines", WB_LINE_TAX, read_tax },
};

static gboolean
read_kind (Lines *lines, guint k, const WbJson *order, GError **error)
{
  WbJson list = wb_json_member (order, kinds[k].member);
  guint  n;
  gint64 id;

  if (wb_json_is_null (&list))
    return TRUE;
  if (!wb_json_array (order, kinds[k].member, &list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (WbOrderLine) line = wb_order_line_new ();
      WbJson                  at = wb_json_element (&list, i);

      if (!wb_json_int (&at, "id", &id, error))
        return FALSE;
      wb_record_take_text (line, WB_ORDER_LINE_REMOTE_ID,
                           g_strdup_printf ("%" G_GINT64_FORMAT, id));
      wb_record_set_text (line, WB_ORDER_LINE_KIND, kinds[k].kind);
      if (!kinds[k].read (lines, line, &at, error))
        return FALSE;
      wb_shop_add_line (lines->order, g_steal_pointer (&line));
    }
  return TRUE;
}

static gboolean
has_shipping_lines (const WbJson *at)
{
  WbJson list;
  guint  n = 0;

  return wb_json_array (at, "shipping_lines", &list, &n, NULL) && n > 0;
}

/** wb_woo_order_read_lines: reads the lines of @at into @order, whose currency, total and addresses
 * are there already; what @reader names for the slip stands with the options. */
gboolean
wb_woo_order_read_lines (WbOrder           *order,
                         const WbJson      *at,
                         const WbWooReader *reader,
                         GError           **error)
{
  g_autofree char    *for_slip = wb_woo_text_named (at, (const char *const *) reader->slip_meta);
  g_autoptr (GString) services = g_string_new (NULL);
  Lines               lines = {
                  .order = order,
                  .exponent = wb_currency_exponent (wb_record_get_text (order, WB_ORDER_CURRENCY)),
                  .ships = wb_record_get_one (order, WB_ORDER_SHIP_TO) != NULL || has_shipping_lines (at),
                  .services = services,
                  .slip_meta = reader->slip_meta,
                  .for_slip = for_slip,
  };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    if (!read_kind (&lines, k, at, error))
      return FALSE;
  return wb_shop_end_lines (order, at, lines.sum, lines.pieces, services, error);
}

/* ---- what refunds took off ---- */

/** wb_woo_order_has_refunds: whether `/orders/{id}/refunds` must be read as well. */
gboolean
wb_woo_order_has_refunds (const WbJson *at)
{
  WbJson list;
  guint  n = 0;

  return wb_json_array (at, "refunds", &list, &n, NULL) && n > 0;
}

/** wb_woo_order_find_line: Returns: the index of the item line that the shop calls @remote_id, or
 * -1. */
gint64
wb_woo_order_find_line (WbOrder *order, const char *remote_id)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (g_str_equal (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_KIND), WB_LINE_ITEM) &&
        g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_REMOTE_ID), remote_id) == 0)
      return i;
  return -1;
}

/* `_refunded_item_id`: a text, seldom a number. */
static char *
refunded_item (const WbJson *at)
{
  WbJson rows;
  guint  n;

  if (!wb_json_array (at, "meta_data", &rows, &n, NULL))
    return NULL;
  for (guint i = 0; i < n; i++)
    {
      WbJson row = wb_json_element (&rows, i);

      if (g_strcmp0 (wb_json_opt_string (&row, "key"), "_refunded_item_id") == 0)
        return wb_json_scalar_text (&row, "value");
    }
  return NULL;
}

/* What a refund takes off @line: whole pieces; where a part of one was given back, the piece only
 * when all its money was. */
static gboolean
read_taken (WbOrder *order, gpointer line, const WbJson *at, gint64 *quantity, GError **error)
{
  g_autofree char *part = part_of_piece (at);
  gint64           money;

  if (part == NULL)
    return wb_json_opt_int (at, "quantity", 0, quantity, error);
  if (!wb_woo_order_amount (at, "total",
                            wb_currency_exponent (wb_record_get_text (order, WB_ORDER_CURRENCY)),
                            &money, error))
    return FALSE;
  *quantity = ABS (money) >= wb_record_get_int (line, WB_ORDER_LINE_TOTAL)
                  ? wb_record_get_int (line, WB_ORDER_LINE_QUANTITY)
                  : 0;
  return TRUE;
}

static gboolean
join_line (WbOrder *order, const WbJson *at, GError **error)
{
  g_autofree char *item = refunded_item (at);
  gint64           index = item != NULL ? wb_woo_order_find_line (order, item) : -1;
  gpointer         line;
  gint64           quantity, cancelled;

  if (index < 0)
    return TRUE;
  line = wb_record_get_many (order, WB_ORDER_LINES)->pdata[index];
  if (!read_taken (order, line, at, &quantity, error))
    return FALSE;
  /* A shop takes “99 of 3” without a word: never more than were ordered. */
  cancelled = wb_record_get_int (line, WB_ORDER_LINE_CANCELLED);
  quantity = CLAMP (quantity, -G_MAXINT32, G_MAXINT32);
  wb_record_set_int (
      line, WB_ORDER_LINE_CANCELLED,
      CLAMP (cancelled + ABS (quantity), 0, wb_record_get_int (line, WB_ORDER_LINE_QUANTITY)));
  return TRUE;
}

static void
join_time (WbOrder *order, const WbJson *at)
{
  g_autofree char *id = wb_json_scalar_text (at, "id");
  GPtrArray       *refunds = wb_record_get_many (order, WB_ORDER_REFUNDS);
  WbInstant        when;

  for (guint i = 0; i < refunds->len; i++)
    if (g_strcmp0 (wb_record_get_text (refunds->pdata[i], WB_REFUND_REMOTE_ID), id) == 0 &&
        wb_json_opt_instant (at, "date_created_gmt", &when, NULL))
      wb_record_set_int (refunds->pdata[i], WB_REFUND_AT, when);
}

/**
 * wb_woo_order_join_refunds:
 * @refunds: the list `/orders/{id}/refunds` gives; several pages may be joined one after the other
 *
 * Neither the total nor the line quantities of an order fall after a refund: what is no longer to
 * ship is here only, as negative quantities joined by `_refunded_item_id`. Fills `cancelled` of the
 * lines and the time of the refunds.
 */
gboolean
wb_woo_order_join_refunds (WbOrder *order, const WbJson *refunds, GError **error)
{
  guint n;

  if (!wb_json_is_array (refunds))
    return wb_json_fail (refunds, "a list of refunds", error);
  n = json_array_get_length (json_node_get_array (refunds->node));
  for (guint i = 0; i < n; i++)
    {
      WbJson refund = wb_json_element (refunds, i);
      WbJson lines;
      guint  n_lines;

      join_time (order, &refund);
      if (!wb_json_array (&refund, "line_items", &lines, &n_lines, error))
        return FALSE;
      for (guint k = 0; k < n_lines; k++)
        {
          WbJson line = wb_json_element (&lines, k);

          if (!join_line (order, &line, error))
            return FALSE;
        }
    }
  return TRUE;
}
