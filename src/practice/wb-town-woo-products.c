/* SPDX-License-Identifier: GPL-3.0-or-later
 * The shop's products and variations, and their stock: set, never added to, and silently ignored
 * where it is not managed. */
#include "wb-town-goods.h"
#include "wb-town-woo.h"

#include <string.h>

static const char *
stock_status (WbTown *town, const WbTownGood *good)
{
  gint64 quantity;

  return !wb_town_shop_stock (town->shop, good->id, &quantity) || quantity > 0 ? "instock"
                                                                               : "outofstock";
}

static void
write_stock (WbTown *town, WbTownOut *out, const WbTownGood *good)
{
  gint64   quantity = 0;
  gboolean managed = wb_town_shop_stock (town->shop, good->id, &quantity);

  if (good->stock == -2 && wb_town_trap (town, 14))
    wb_town_out_string (out, "manage_stock", "parent");
  else
    wb_town_out_bool (out, "manage_stock", managed);
  if (managed)
    wb_town_out_int (out, "stock_quantity", quantity);
  else
    wb_town_out_null (out, "stock_quantity");
  wb_town_out_string (out, "stock_status", stock_status (town, good));
  wb_town_out_string (out, "backorders", "no");
  wb_town_out_bool (out, "backorders_allowed", FALSE);
  wb_town_out_bool (out, "backordered", FALSE);
  if (town->modern)
    wb_town_out_null (out, "low_stock_amount");
}

static void
write_empty_array (WbTownOut *out, const char *name)
{
  wb_town_out_begin_array (out, name);
  wb_town_out_end_array (out);
}

/* What products and variations share, up to the stock. */
static void
write_sale (WbTown *town, WbTownOut *out, const WbTownGood *good)
{
  wb_town_out_string (out, "sku", wb_town_good_sku (good));
  if (town->modern)
    wb_town_out_string (out, "global_unique_id", "");
  wb_town_out_decimal (out, "price", good->price, 2);
  wb_town_out_decimal (out, "regular_price", good->price, 2);
  wb_town_out_string (out, "sale_price", "");
  wb_town_woo_write_dates (town, out, "date_on_sale_from", 0);
  wb_town_woo_write_dates (town, out, "date_on_sale_to", 0);
  wb_town_out_bool (out, "on_sale", FALSE);
  wb_town_out_bool (out, "purchasable", TRUE);
  wb_town_out_bool (out, "virtual", good->virtual_good);
  wb_town_out_bool (out, "downloadable", FALSE);
  write_empty_array (out, "downloads");
  wb_town_out_int (out, "download_limit", -1);
  wb_town_out_int (out, "download_expiry", -1);
  wb_town_out_string (out, "tax_status", "taxable");
  wb_town_out_string (out, "tax_class", "");
  write_stock (town, out, good);
}

static void
write_size (WbTownOut *out, const WbTownGood *good)
{
  if (good->grams > 0)
    wb_town_out_format (out, "weight", "%u.%03u", good->grams / 1000, good->grams % 1000);
  else
    wb_town_out_string (out, "weight", "");
  wb_town_out_begin_object (out, "dimensions");
  wb_town_out_string (out, "length", good->grams > 0 ? "20" : "");
  wb_town_out_string (out, "width", good->grams > 0 ? "15" : "");
  wb_town_out_string (out, "height", good->grams > 0 ? "8" : "");
  wb_town_out_end_object (out);
  wb_town_out_string (out, "shipping_class", "");
  wb_town_out_int (out, "shipping_class_id", 0);
}

static void
write_head (WbTown *town, WbTownOut *out, const WbTownGood *good, const char *type)
{
  g_autofree char *base = wb_town_dup_url (town, "shop");

  wb_town_out_int (out, "id", good->id);
  wb_town_out_string (out, "name", good->name);
  wb_town_out_format (out, "slug", "good-%" G_GINT64_FORMAT, good->id);
  wb_town_out_format (out, "permalink", "%s/product/good-%" G_GINT64_FORMAT "/", base, good->id);
  wb_town_woo_write_dates (town, out, "date_created", town->epoch - 700 * 86400);
  wb_town_woo_write_dates (town, out, "date_modified", town->epoch - 30 * 86400);
  wb_town_out_string (out, "type", type);
  wb_town_out_string (out, "status", "publish");
  wb_town_out_bool (out, "featured", FALSE);
  wb_town_out_string (out, "catalog_visibility", "visible");
  wb_town_out_format (out, "description", "<p>%s</p>\n", good->name);
  wb_town_out_string (out, "short_description", "");
}

static void
write_tail (WbTownOut *out, const WbTownGood *good)
{
  static const char *const empty[] = { "related_ids", "upsell_ids", "cross_sell_ids" };

  wb_town_out_bool (out, "reviews_allowed", TRUE);
  wb_town_out_string (out, "average_rating", "0.00");
  wb_town_out_int (out, "rating_count", 0);
  for (guint i = 0; i < G_N_ELEMENTS (empty); i++)
    write_empty_array (out, empty[i]);
  wb_town_out_int (out, "parent_id", 0);
  wb_town_out_string (out, "purchase_note", "");
  wb_town_out_begin_array (out, "categories");
  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "id", 9);
  wb_town_out_string (out, "name", "Allerlei");
  wb_town_out_string (out, "slug", "allerlei");
  wb_town_out_end_object (out);
  wb_town_out_end_array (out);
  write_empty_array (out, "tags");
  write_empty_array (out, "images");
  write_empty_array (out, "attributes");
  write_empty_array (out, "default_attributes");
  wb_town_out_begin_array (out, "variations");
  for (guint i = 0; i < wb_town_n_goods (); i++)
    if (wb_town_goods[i].parent == good->id && !wb_town_goods[i].deleted)
      wb_town_out_int (out, NULL, wb_town_goods[i].id);
  wb_town_out_end_array (out);
  write_empty_array (out, "grouped_products");
  wb_town_out_int (out, "menu_order", 0);
  write_empty_array (out, "meta_data");
}

static void
write_product (WbTown *town, WbTownOut *out, const WbTownGood *good)
{
  g_autofree char *self = g_strdup_printf ("products/%" G_GINT64_FORMAT, good->id);

  wb_town_out_begin_object (out, NULL);
  write_head (town, out, good, wb_town_good_has_variations (good) ? "variable" : "simple");
  write_sale (town, out, good);
  wb_town_out_string (out, "price_html", "");
  wb_town_out_int (out, "total_sales", 0);
  wb_town_out_string (out, "external_url", "");
  wb_town_out_string (out, "button_text", "");
  wb_town_out_bool (out, "sold_individually", FALSE);
  write_size (out, good);
  wb_town_out_bool (out, "shipping_required", !good->virtual_good);
  wb_town_out_bool (out, "shipping_taxable", !good->virtual_good);
  write_tail (out, good);
  wb_town_woo_write_links (town, out, self, "products", NULL);
  wb_town_out_end_object (out);
}

static void
write_variation (WbTown *town, WbTownOut *out, const WbTownGood *good)
{
  g_autofree char *up = g_strdup_printf ("products/%" G_GINT64_FORMAT, good->parent);
  g_autofree char *collection = g_strconcat (up, "/variations", NULL);
  g_autofree char *self = g_strdup_printf ("%s/%" G_GINT64_FORMAT, collection, good->id);
  g_autofree char *base = wb_town_dup_url (town, "shop");

  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "id", good->id);
  wb_town_woo_write_dates (town, out, "date_created", town->epoch - 700 * 86400);
  wb_town_woo_write_dates (town, out, "date_modified", town->epoch - 30 * 86400);
  wb_town_out_string (out, "description", "");
  wb_town_out_format (out, "permalink", "%s/product/good-%" G_GINT64_FORMAT "/?v=%" G_GINT64_FORMAT,
                      base, good->parent, good->id);
  wb_town_out_string (out, "status", "publish");
  write_sale (town, out, good);
  write_size (out, good);
  if (town->modern)
    wb_town_out_string (out, "name", good->option);
  wb_town_out_begin_object (out, "image");
  wb_town_out_int (out, "id", 423);
  wb_town_woo_write_dates (town, out, "date_created", town->epoch - 700 * 86400);
  wb_town_woo_write_dates (town, out, "date_modified", town->epoch - 700 * 86400);
  wb_town_out_string (out, "src", "");
  wb_town_out_string (out, "name", "");
  wb_town_out_string (out, "alt", "");
  wb_town_out_end_object (out);
  wb_town_out_begin_array (out, "attributes");
  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "id", 6);
  wb_town_out_string (out, "name", "Größe");
  wb_town_out_string (out, "option", good->option);
  wb_town_out_end_object (out);
  wb_town_out_end_array (out);
  wb_town_out_int (out, "menu_order", 0);
  write_empty_array (out, "meta_data");
  wb_town_woo_write_links (town, out, self, collection, up);
  wb_town_out_end_object (out);
}

/* Case and accents do not count: PL-ZUB-6 finds PL-ŻUB-6. */
static char *
fold (const char *text)
{
  g_autofree char *split = g_utf8_normalize (text, -1, G_NORMALIZE_NFD);
  g_autofree char *folded = g_utf8_casefold (split != NULL ? split : text, -1);
  GString         *plain = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (plain, g_utf8_get_char (p));
  return g_string_free (plain, FALSE);
}

static gboolean
has_sku (const WbTownGood *good, GStrv skus)
{
  g_autofree char *own = fold (wb_town_good_sku (good));

  for (guint i = 0; skus != NULL && skus[i] != NULL; i++)
    {
      g_autofree char *wanted = fold (skus[i]);

      if (strcmp (own, wanted) == 0)
        return TRUE;
    }
  return skus == NULL;
}

static void
list_goods (WbTown *town, WbTownRequest *request, WbTownReply *reply, gint64 parent)
{
  g_auto (GStrv)     skus = wb_town_woo_list_param (request, "sku");
  g_autoptr (GArray) include = wb_town_woo_id_param (request, "include");
  guint              page;
  guint              per_page;
  guint              n = 0;
  guint              shown = 0;

  if (!wb_town_woo_page (request, reply, &page, &per_page))
    return;
  wb_town_out_begin_array (reply->out, NULL);
  for (guint i = 0; i < wb_town_n_goods (); i++)
    {
      const WbTownGood *good = &wb_town_goods[i];
      gboolean          wanted = include == NULL;

      /* A variation is found among the products by its SKU only. */
      if (good->deleted || !(good->parent == parent || (parent == 0 && skus != NULL)) ||
          !has_sku (good, skus))
        continue;
      for (guint k = 0; include != NULL && k < include->len; k++)
        wanted = wanted || g_array_index (include, gint64, k) == good->id;
      if (!wanted || n++ < (page - 1) * per_page || shown == per_page)
        continue;
      shown++;
      if (good->parent == 0)
        write_product (town, reply->out, good);
      else
        write_variation (town, reply->out, good);
    }
  wb_town_out_end_array (reply->out);
  wb_town_woo_page_headers (town, request, reply, page, per_page, n, shown);
}

/** wb_town_woo_list_products: GET /products. */
void
wb_town_woo_list_products (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  list_goods (town, request, reply, 0);
}

static const WbTownGood *
product_for (WbTownRequest *request, WbTownReply *reply)
{
  const WbTownGood *good = wb_town_good (g_ascii_strtoll (request->params[0], NULL, 10));

  if (good != NULL && !good->deleted && good->parent == 0)
    return good;
  wb_town_woo_fail (reply, strcmp (request->method, "GET") == 0 ? 404 : 400,
                    "woocommerce_rest_product_invalid_id", "Invalid ID.");
  return NULL;
}

/** wb_town_woo_get_product: GET /products/{id}. */
void
wb_town_woo_get_product (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownGood *good = product_for (request, reply);

  if (good != NULL)
    write_product (town, reply->out, good);
}

/* A wrong parent is 404 on 11.0 and 403 on 7.9. */
static const WbTownGood *
variation_for (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  gint64            parent = g_ascii_strtoll (request->params[0], NULL, 10);
  const WbTownGood *good = wb_town_good (g_ascii_strtoll (request->params[1], NULL, 10));

  if (good != NULL && !good->deleted && good->parent != 0 && good->parent == parent)
    return good;
  wb_town_woo_fail (reply, good != NULL && good->parent != 0 && !town->modern ? 403 : 404,
                    "woocommerce_rest_product_variation_invalid_id", "Invalid ID.");
  return NULL;
}

/** wb_town_woo_list_variations: GET /products/{id}/variations. */
void
wb_town_woo_list_variations (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownGood *good = product_for (request, reply);

  if (good != NULL)
    list_goods (town, request, reply, good->id);
}

/** wb_town_woo_get_variation: GET /products/{id}/variations/{variation}. */
void
wb_town_woo_get_variation (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownGood *good = variation_for (town, request, reply);

  if (good != NULL)
    write_variation (town, reply->out, good);
}

/* Whole numbers, as number or as text; everything on a product whose stock is not managed is
 * answered 200 and ignored. */
static gboolean
take_stock (WbTown *town, WbTownRequest *request, WbTownReply *reply, const WbTownGood *good)
{
  JsonObject *given = request->json != NULL && JSON_NODE_HOLDS_OBJECT (request->json)
                          ? json_node_get_object (request->json)
                          : NULL;
  JsonNode   *node = given != NULL ? json_object_get_member (given, "stock_quantity") : NULL;
  gint64      quantity;
  gint64      now;
  gboolean    whole = FALSE;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    {
      quantity = json_node_get_int (node);
      whole = TRUE;
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    whole = g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT32, G_MAXINT32,
                                      &quantity, NULL);
  if (!whole)
    {
      wb_town_woo_fail_param (reply, "stock_quantity", "stock_quantity is not of type integer.");
      return FALSE;
    }
  if (good->stock != -2 && wb_town_shop_stock (town->shop, good->id, &now))
    wb_town_shop_set_stock (town->shop, good->id, quantity);
  else if (!wb_town_trap (town, 25))
    {
      wb_town_woo_fail_param (reply, "stock_quantity", "The stock is not managed.");
      return FALSE;
    }
  reply->effect = TRUE;
  return TRUE;
}

/** wb_town_woo_put_product: PUT /products/{id}: its stock. */
void
wb_town_woo_put_product (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownGood *good = product_for (request, reply);

  if (good != NULL && take_stock (town, request, reply, good))
    write_product (town, reply->out, good);
}

/** wb_town_woo_put_variation: PUT /products/{id}/variations/{variation}: its stock. */
void
wb_town_woo_put_variation (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  const WbTownGood *good = variation_for (town, request, reply);

  if (good != NULL && take_stock (town, request, reply, good))
    write_variation (town, reply->out, good);
}
