/* SPDX-License-Identifier: GPL-3.0-or-later
 * How many pieces the lines of a WooCommerce order have, changed from our side.
 *
 * The shop sets what it is given: a line's quantity alone leaves its amounts as they were, so both
 * amounts go along, in as many digits as the shop keeps; 0 takes the line out. It then reckons the
 * taxes of the whole order anew, by the rates of today, and counts its own stock itself. What comes
 * of it is read from the shop. A refunded piece stays in the line's quantity there (see
 * wb_woo_order_join_refunds()), and is none of the pieces that are asked for here. */
#include <string.h>

#include "wb-shop-lines.h"
#include "wb-woo-meta.h"
#include "wb-woo-order.h"
#include "wb-woo-shop.h"

#define PIECES_KEY "_waybill_pieces"

/* Digits behind the point that are asked for, and the most that are scaled. */
#define FINE_DIGITS 6

/* Nothing is changed in these any more. */
static const char *const over[] = { "completed", "cancelled", "refunded", "trash", NULL };

/* The order as the shop has it now. */
typedef struct
{
  JsonNode *root;
  WbJson    at;
  WbOrder  *order;
} Seen;

static void
seen_clear (Seen *seen)
{
  g_clear_pointer (&seen->root, json_node_unref);
  g_clear_object (&seen->order);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static gboolean
look (WbWooShop *self, const char *order_ref, Seen *seen, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbHttpRequest) request =
      wb_woo_shop_request ("GET", "/orders/%s?dp=%d", order_ref, FINE_DIGITS);

  seen->root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  if (seen->root == NULL)
    return FALSE;
  seen->at = wb_json_root (seen->root, "order");
  seen->order = wb_woo_order_parse (&seen->at, &self->reader, error);
  return seen->order != NULL && (!wb_woo_order_has_refunds (&seen->at) ||
                                 wb_woo_shop_read_refunds (self, seen->order, cancellable, error));
}

/* By our key, whatever became of the order since, or because it is as it should be. */
static gboolean
is_done (const Seen *seen, const WbShopChange *change)
{
  return wb_woo_meta_is (&seen->at, PIECES_KEY, change->key) ||
         wb_shop_has_pieces (seen->order, change);
}

static gboolean
refuse (GError **error, const char *why, const char *what)
{
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "%s (%s). Nothing was changed", why, what);
  return FALSE;
}

/* The line item @ref as the shop tells it. */
static gboolean
find_item (const Seen *seen, const char *ref, WbJson *list, WbJson *item, GError **error)
{
  guint n = 0;

  if (!wb_json_array (&seen->at, "line_items", list, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = NULL;

      *item = wb_json_element (list, i);
      id = wb_json_scalar_text (item, "id");
      if (g_strcmp0 (id, ref) == 0)
        return TRUE;
    }
  return refuse (error, "The shop's order has no such line any more; read it again", ref);
}

/* ---- amounts ---- */

static guint
digits_of (const char *text)
{
  const char *point = text != NULL ? strchr (text, '.') : NULL;

  return point != NULL ? MIN ((guint) strlen (point + 1), FINE_DIGITS) : 0;
}

/* @amount of @was pieces for @now of them, rounded half away from zero. */
static gboolean
scale (gint64 amount, gint64 was, gint64 now, gint64 *out)
{
  gint64 product, half = was / 2;

  if (__builtin_mul_overflow (amount, now, &product) ||
      __builtin_add_overflow (product, product < 0 ? -half : half, &product))
    return FALSE;
  *out = product / was;
  return TRUE;
}

static char *
decimal (gint64 amount, guint digits)
{
  g_autoptr (GString) text = NULL;
  guint64             magnitude = amount < 0 ? 0 - (guint64) amount : (guint64) amount;

  text = g_string_new (NULL);
  g_string_printf (text, "%0*" G_GUINT64_FORMAT, (int) digits + 1, magnitude);
  if (digits > 0)
    g_string_insert_c (text, (gssize) (text->len - digits), '.');
  if (amount < 0)
    g_string_prepend_c (text, '-');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
write_amount (JsonBuilder  *builder,
              const WbJson *item,
              const char   *name,
              gint64        was,
              gint64        now,
              GError      **error)
{
  const char      *text = wb_json_string (item, name, error);
  guint            digits = digits_of (text);
  g_autofree char *scaled = NULL;
  gint64           amount = 0;

  if (text == NULL || !wb_money_parse_minor (text, digits, &amount, error))
    return FALSE;
  if (!scale (amount, was, now, &amount))
    return refuse (error, "The line would cost more than can be reckoned with", name);
  scaled = decimal (amount, digits);
  wb_woo_write_text (builder, name, scaled);
  return TRUE;
}

/* ---- the request ---- */

/* One line as it is to be. @refunded of its pieces are not ours to count. */
static gboolean
write_item (JsonBuilder *builder, const Seen *seen, const char *ref, gint64 pieces, GError **error)
{
  WbJson list, item;
  gint64 was = 0, now;

  if (!find_item (seen, ref, &list, &item, error))
    return FALSE;
  if (!wb_json_int (&item, "quantity", &was, NULL) || was <= 0)
    return refuse (error, "This line is not sold by the piece: change it in the shop", ref);
  now = pieces + was - wb_shop_pieces_of (seen->order, ref);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_int_value (builder, g_ascii_strtoll (ref, NULL, 10));
  json_builder_set_member_name (builder, "quantity");
  json_builder_add_int_value (builder, now);
  if (now > 0 && (!write_amount (builder, &item, "subtotal", was, now, error) ||
                  !write_amount (builder, &item, "total", was, now, error)))
    return FALSE;
  json_builder_end_object (builder);
  return TRUE;
}

static JsonNode *
make_body (const Seen *seen, const WbShopChange *change, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "line_items");
  json_builder_begin_array (builder);
  for (guint i = 0; change->line_refs[i] != NULL; i++)
    if (wb_shop_pieces_of (seen->order, change->line_refs[i]) != change->quantities[i] &&
        !write_item (builder, seen, change->line_refs[i], change->quantities[i], error))
      return NULL;
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "meta_data");
  json_builder_begin_array (builder);
  wb_woo_meta_add (builder, PIECES_KEY, change->key);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* What it answers has the lines as they are now; a line that was taken out is not in it. */
static gboolean
check_answer (WbWooShop          *self,
              const WbJson       *answer,
              const Seen         *seen,
              const WbShopChange *change,
              GError            **error)
{
  g_autoptr (WbOrder) now = wb_woo_order_parse (answer, &self->reader, error);

  if (now == NULL)
    {
      if (error != NULL && *error != NULL)
        (*error)->code = WB_ERROR_UNSURE;
      return FALSE;
    }
  for (guint i = 0; change->line_refs[i] != NULL; i++)
    {
      const char *ref = change->line_refs[i];
      gint64      index = wb_woo_order_find_line (seen->order, ref);
      gint64      refunded =
          index >= 0
                   ? wb_record_get_int (wb_record_get_many (seen->order, WB_ORDER_LINES)->pdata[index],
                                        WB_ORDER_LINE_CANCELLED)
                   : 0;

      if (wb_shop_pieces_of (now, ref) == change->quantities[i] + refunded)
        continue;
      g_set_error (error, WB_ERROR, WB_ERROR_UNSURE,
                   "The shop took the change and shows other pieces of line %s; a plug-in of the "
                   "shop may have a say in it. Look at the order there",
                   ref);
      return FALSE;
    }
  return TRUE;
}

static gboolean
put (WbWooShop          *self,
     const Seen         *seen,
     const WbShopChange *change,
     GCancellable       *cancellable,
     GError            **error)
{
  g_autoptr (WbHttpRequest) request = wb_woo_shop_request ("PUT", "/orders/%s", change->order_ref);
  g_autoptr (JsonNode)      body = make_body (seen, change, error), root = NULL;
  WbJson                    answer;

  if (body == NULL)
    return FALSE;
  wb_http_request_set_json (request, body);
  root = wb_woo_shop_call (self, request, NULL, cancellable, error);
  if (root == NULL)
    return FALSE;
  answer = wb_json_root (root, "order");
  return check_answer (self, &answer, seen, change, error);
}

/* ---- the two calls ---- */

/** wb_woo_change_pieces: %WB_SHOP_CHANGE_LINES; see wb_shop_change_order(). The shop asks for no
 * restocking: it counts its stock by itself, and the stock that is published next puts it right. */
gboolean
wb_woo_change_pieces (WbWooShop          *self,
                      const WbShopChange *change,
                      GCancellable       *cancellable,
                      GError            **error)
{
  g_auto (Seen) seen = { 0 };
  const char   *status;

  if (!wb_shop_check_pieces (change, error) ||
      !look (self, change->order_ref, &seen, cancellable, error))
    return FALSE;
  if (is_done (&seen, change))
    return TRUE;
  status = wb_json_opt_string (&seen.at, "status");
  if (status != NULL && g_strv_contains (over, status))
    return refuse (error,
                   "The shop has nothing more to do for this order, so its pieces stay as they "
                   "are: give money back as a refund, or make another order",
                   status);
  return put (self, &seen, change, cancellable, error);
}

/** wb_woo_find_pieces: see wb_shop_find_change(). The pieces are set and not counted up or down, so
 * a request that is made twice leaves what one leaves. */
WbFinding
wb_woo_find_pieces (WbWooShop          *self,
                    const WbShopChange *change,
                    GCancellable       *cancellable,
                    GError            **error)
{
  g_auto (Seen) seen = { 0 };

  if (!wb_shop_check_pieces (change, error) ||
      !look (self, change->order_ref, &seen, cancellable, error))
    return WB_FINDING_UNKNOWN;
  return is_done (&seen, change) ? WB_FINDING_DONE : WB_FINDING_NOT_DONE;
}
