/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the shop says about itself: its index for everybody, its settings for those with a key. */
#include "wb-town-woo.h"

#include <string.h>

/** wb_town_woo_get_index: GET /wp-json/: names the namespaces and the time zone to anybody. */
void
wb_town_woo_get_index (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  g_autofree char *base = wb_town_dup_url (town, "shop");
  WbInstant        now = wb_town_clock (town);
  gint64           offset = g_time_zone_get_offset (
                town->zone, g_time_zone_find_interval (town->zone, G_TIME_TYPE_UNIVERSAL, now));
  static const char *const namespaces[] = { "oembed/1.0", "wc/v1",    "wc/v2",
                                            "wc/v3",      "wc/store", "wp/v2" };

  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "name", "Übungsladen");
  wb_town_out_string (reply->out, "description", "A shop of the practice town");
  wb_town_out_string (reply->out, "url", base);
  wb_town_out_string (reply->out, "home", base);
  wb_town_out_format (reply->out, "gmt_offset", offset % 3600 == 0 ? "%d" : "%d.5",
                      (int) (offset / 3600));
  wb_town_out_string (reply->out, "timezone_string", town->timezone);
  wb_town_out_begin_array (reply->out, "namespaces");
  for (guint i = 0; i < G_N_ELEMENTS (namespaces); i++)
    wb_town_out_string (reply->out, NULL, namespaces[i]);
  wb_town_out_end_array (reply->out);
  wb_town_out_begin_object (reply->out, "authentication");
  wb_town_out_end_object (reply->out);
  wb_town_out_begin_object (reply->out, "routes");
  wb_town_out_end_object (reply->out);
  wb_town_out_end_object (reply->out);
}

typedef struct
{
  const char *id;
  const char *label;
  const char *type;
} Setting;

static const Setting settings[] = {
  { "woocommerce_store_address", "Address line 1", "text" },
  { "woocommerce_store_city", "City", "text" },
  { "woocommerce_default_country", "Country / State", "select" },
  { "woocommerce_store_postcode", "Postcode / ZIP", "text" },
  { "woocommerce_currency", "Currency", "select" },
  { "woocommerce_price_num_decimals", "Number of decimals", "number" },
};

static const char *
value_of (WbTown *town, const Setting *setting)
{
  if (strcmp (setting->id, "woocommerce_currency") == 0)
    return town->currency;
  if (strcmp (setting->id, "woocommerce_price_num_decimals") == 0)
    return "2";
  if (strcmp (setting->id, "woocommerce_default_country") == 0)
    return "DE:DE-BE";
  if (strcmp (setting->id, "woocommerce_store_postcode") == 0)
    return "10115";
  return strcmp (setting->id, "woocommerce_store_city") == 0 ? "Berlin" : "Invalidenstraße 117";
}

static void
write_setting (WbTown *town, WbTownOut *out, const Setting *setting)
{
  g_autofree char *self = g_strconcat ("settings/general/", setting->id, NULL);

  wb_town_out_begin_object (out, NULL);
  wb_town_out_string (out, "id", setting->id);
  wb_town_out_string (out, "label", setting->label);
  wb_town_out_string (out, "description", "");
  wb_town_out_string (out, "type", setting->type);
  wb_town_out_string (out, "default", "");
  wb_town_out_string (out, "tip", "");
  wb_town_out_string (out, "value", value_of (town, setting));
  wb_town_woo_write_links (town, out, self, "settings/general", NULL);
  wb_town_out_end_object (out);
}

/** wb_town_woo_get_settings: GET /settings/general. */
void
wb_town_woo_get_settings (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_out_begin_array (reply->out, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    write_setting (town, reply->out, &settings[i]);
  wb_town_out_end_array (reply->out);
}

/** wb_town_woo_get_setting: GET /settings/general/{id}. */
void
wb_town_woo_get_setting (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    if (strcmp (settings[i].id, request->params[0]) == 0)
      {
        write_setting (town, reply->out, &settings[i]);
        return;
      }
  wb_town_woo_fail (reply, 404, "rest_setting_setting_invalid", "Invalid setting.");
}

/** wb_town_woo_get_product_setting: GET /settings/products/{id}: the unit of weight. */
void
wb_town_woo_get_product_setting (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  if (strcmp (request->params[0], "woocommerce_weight_unit") != 0)
    {
      wb_town_woo_fail (reply, 404, "rest_setting_setting_invalid", "Invalid setting.");
      return;
    }
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "id", request->params[0]);
  wb_town_out_string (reply->out, "label", "Weight unit");
  wb_town_out_string (reply->out, "type", "select");
  wb_town_out_string (reply->out, "default", "kg");
  wb_town_out_string (reply->out, "value", town->weight_unit);
  wb_town_out_end_object (reply->out);
}

/** wb_town_woo_get_totals: GET /reports/orders/totals: every status with its name, the shop's own
 * ones too. */
void
wb_town_woo_get_totals (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  static const char *const statuses[][2] = {
    { "pending", "Pending payment" },
    { "processing", "Processing" },
    { "on-hold", "On hold" },
    { "completed", "Completed" },
    { "cancelled", "Cancelled" },
    { "refunded", "Refunded" },
    { "failed", "Failed" },
    { "checkout-draft", "Draft" },
    { "awaiting-pickup", "Wartet auf Abholung &amp; Zahlung" },
  };

  wb_town_out_begin_array (reply->out, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      const char *only[] = { statuses[i][0], NULL };
      WbTownQuery query = {
        .statuses = only, .customer = -1, .orderby = "id", .page = 1, .per_page = 1
      };
      guint              total = 0;
      g_autoptr (GArray) ids = wb_town_shop_list (town->shop, &query, &total);

      if (i == G_N_ELEMENTS (statuses) - 1 && !wb_town_trap (town, 18))
        continue;
      wb_town_out_begin_object (reply->out, NULL);
      wb_town_out_string (reply->out, "slug", statuses[i][0]);
      wb_town_out_string (reply->out, "name", statuses[i][1]);
      wb_town_out_int (reply->out, "total", total);
      wb_town_out_end_object (reply->out);
    }
  wb_town_out_end_array (reply->out);
}

/** wb_town_woo_get_currency: GET /data/currencies/current. */
void
wb_town_woo_get_currency (WbTown *town, WbTownRequest *request, WbTownReply *reply)
{
  wb_town_out_begin_object (reply->out, NULL);
  wb_town_out_string (reply->out, "code", town->currency);
  wb_town_out_string (reply->out, "name", town->currency);
  wb_town_out_string (reply->out, "symbol",
                      strcmp (town->currency, "EUR") == 0 ? "&euro;" : town->currency);
  wb_town_woo_write_links (town, reply->out, "data/currencies/current", "data/currencies", NULL);
  wb_town_out_end_object (reply->out);
}
