/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the shop writes an order as JSON, field by field, with the oddities of each version. */
#include "wb-town-woo.h"

#include "wb-money.h"

#include <string.h>

typedef struct
{
  WbTown            *town;
  WbTownOut         *out;
  const WbTownOrder *order;
} Ink;

typedef void (*FieldWriter) (Ink *ink, const char *name);

/** wb_town_woo_write_date: an instant in the shop's own time, without an offset; null for 0. */
void
wb_town_woo_write_date (WbTown *town, WbTownOut *out, const char *name, WbInstant instant)
{
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) time = NULL;
  gboolean              gmt = g_str_has_suffix (name, "_gmt") || !wb_town_trap (town, 4);

  if (instant == 0)
    {
      wb_town_out_null (out, name);
      return;
    }
  utc = g_date_time_new_from_unix_utc (instant);
  time = gmt ? g_date_time_ref (utc) : g_date_time_to_timezone (utc, town->zone);
  wb_town_out_format (out, name, "%04d-%02d-%02dT%02d:%02d:%02d", g_date_time_get_year (time),
                      g_date_time_get_month (time), g_date_time_get_day_of_month (time),
                      g_date_time_get_hour (time), g_date_time_get_minute (time),
                      g_date_time_get_second (time));
}

/** wb_town_woo_write_dates: the local date as @name and the UTC one as @name_gmt. */
void
wb_town_woo_write_dates (WbTown *town, WbTownOut *out, const char *name, WbInstant instant)
{
  g_autofree char *gmt = g_strconcat (name, "_gmt", NULL);

  wb_town_woo_write_date (town, out, name, instant);
  wb_town_woo_write_date (town, out, gmt, instant);
}

static void
write_link (WbTownOut *out, const char *name, const char *base, const char *path)
{
  if (path == NULL)
    return;
  wb_town_out_begin_array (out, name);
  wb_town_out_begin_object (out, NULL);
  wb_town_out_format (out, "href", "%s/wp-json/wc/v3/%s", base, path);
  wb_town_out_end_object (out);
  wb_town_out_end_array (out);
}

/** wb_town_woo_write_links: the _links member; paths are below wc/v3/, %NULL for none. */
void
wb_town_woo_write_links (
    WbTown *town, WbTownOut *out, const char *self, const char *collection, const char *up)
{
  g_autofree char *base = wb_town_dup_url (town, "shop");

  wb_town_out_begin_object (out, "_links");
  write_link (out, "self", base, self);
  write_link (out, "collection", base, collection);
  write_link (out, "up", base, up);
  wb_town_out_end_object (out);
}

/** wb_town_woo_write_meta: rows of meta data. */
void
wb_town_woo_write_meta (WbTownOut *out, const char *name, GPtrArray *rows)
{
  wb_town_out_begin_array (out, name);
  for (guint i = 0; i < rows->len; i++)
    {
      const WbTownMeta *meta = g_ptr_array_index (rows, i);

      wb_town_out_begin_object (out, NULL);
      wb_town_out_int (out, "id", meta->id);
      wb_town_out_string (out, "key", meta->key);
      wb_town_out_raw (out, "value", meta->value);
      if (meta->display_key != NULL)
        {
          wb_town_out_string (out, "display_key", meta->display_key);
          wb_town_out_raw (out, "display_value", meta->display_value);
        }
      wb_town_out_end_object (out);
    }
  wb_town_out_end_array (out);
}

static void
write_taxes (WbTownOut *out, gint64 total, gint64 subtotal, guint rate)
{
  wb_town_out_begin_array (out, "taxes");
  if (rate > 0)
    {
      wb_town_out_begin_object (out, NULL);
      wb_town_out_int (out, "id", 3);
      wb_town_out_decimal (out, "total", total, 2);
      wb_town_out_decimal (out, "subtotal", subtotal, 2);
      wb_town_out_end_object (out);
    }
  wb_town_out_end_array (out);
}

/* The price of one piece is a JSON number with as many digits as the division gives; nobody should
 * count on it. */
static void
write_price (WbTown *town, WbTownOut *out, gint64 total, gint64 quantity)
{
  guint64             pieces = (guint64) ABS (quantity) * 100;
  guint64             magnitude = (guint64) ABS (total);
  guint64             rest;
  g_autoptr (GString) text = g_string_new ((total < 0) != (quantity < 0) && total != 0 ? "-" : "");

  if (!wb_town_trap (town, 11))
    {
      wb_town_out_decimal (out, "price", quantity != 0 ? total / quantity : 0, 2);
      return;
    }
  if (pieces == 0)
    {
      wb_town_out_int (out, "price", 0);
      return;
    }
  g_string_append_printf (text, "%" G_GUINT64_FORMAT, magnitude / pieces);
  rest = magnitude % pieces;
  if (rest > 0)
    g_string_append_c (text, '.');
  for (guint i = 0; i < 15 && rest > 0; i++)
    {
      rest *= 10;
      g_string_append_c (text, (char) ('0' + rest / pieces));
      rest %= pieces;
    }
  wb_town_out_raw (out, "price", text->str);
}

static void
write_line_meta (WbTown *town, WbTownOut *out, GPtrArray *rows)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < rows->len; i++)
    if (wb_town_trap (town, 15) || *((const WbTownMeta *) rows->pdata[i])->key != '_' ||
        strcmp (((const WbTownMeta *) rows->pdata[i])->key, "_refunded_item_id") == 0)
      g_ptr_array_add (shown, rows->pdata[i]);
  wb_town_woo_write_meta (out, "meta_data", shown);
}

/** wb_town_woo_write_line: a line item, of an order or (@refunded) of a refund. */
void
wb_town_woo_write_line (
    WbTown *town, WbTownOut *out, const WbTownItem *line, guint rate, gboolean refunded)
{
  wb_town_out_begin_object (out, NULL);
  wb_town_out_int (out, "id", line->id);
  wb_town_out_string (out, "name", line->name);
  wb_town_out_int (out, "product_id", line->product_id);
  wb_town_out_int (out, "variation_id", line->variation_id);
  wb_town_out_int (out, "quantity", line->quantity);
  wb_town_out_string (out, "tax_class", "");
  wb_town_out_decimal (out, "subtotal", line->subtotal, 2);
  wb_town_out_decimal (out, "subtotal_tax", line->subtotal_tax, 2);
  wb_town_out_decimal (out, "total", line->total, 2);
  wb_town_out_decimal (out, "total_tax", line->total_tax, 2);
  write_taxes (out, line->total_tax, line->subtotal_tax, rate);
  write_line_meta (town, out, line->meta);
  wb_town_out_string (out, "sku", line->code == NULL && !wb_town_trap (town, 14) ? "" : line->code);
  if (town->modern)
    wb_town_out_string (out, "global_unique_id", "");
  write_price (town, out, line->total, line->quantity);
  wb_town_out_begin_object (out, "image");
  if (line->product_id % 2 == 0 && wb_town_trap (town, 14))
    wb_town_out_string (out, "id", "");
  else
    wb_town_out_int (out, "id", 400 + line->product_id);
  wb_town_out_string (out, "src", "");
  wb_town_out_end_object (out);
  wb_town_out_string (out, "parent_name", line->parent_name);
  wb_town_out_end_object (out);
}

static void
write_lines (Ink *ink, const char *name)
{
  wb_town_out_begin_array (ink->out, name);
  for (guint i = 0; i < ink->order->lines->len; i++)
    wb_town_woo_write_line (ink->town, ink->out, g_ptr_array_index (ink->order->lines, i),
                            ink->order->tax_rate, FALSE);
  wb_town_out_end_array (ink->out);
}

static void
write_tax_lines (Ink *ink, const char *name)
{
  wb_town_out_begin_array (ink->out, name);
  if (ink->order->tax_rate > 0)
    {
      wb_town_out_begin_object (ink->out, NULL);
      wb_town_out_int (ink->out, "id", 20 * ((gint64) ink->order->index + 1) + 19);
      wb_town_out_string (ink->out, "rate_code", "DE-MWST.-1");
      wb_town_out_int (ink->out, "rate_id", 3);
      wb_town_out_string (ink->out, "label", "MwSt.");
      wb_town_out_bool (ink->out, "compound", FALSE);
      wb_town_out_decimal (ink->out, "tax_total", ink->order->cart_tax, 2);
      wb_town_out_decimal (ink->out, "shipping_tax_total", ink->order->shipping_tax, 2);
      wb_town_out_int (ink->out, "rate_percent", ink->order->tax_rate / 100);
      wb_town_out_begin_array (ink->out, "meta_data");
      wb_town_out_end_array (ink->out);
      wb_town_out_end_object (ink->out);
    }
  wb_town_out_end_array (ink->out);
}

static void
write_shipping_lines (Ink *ink, const char *name)
{
  wb_town_out_begin_array (ink->out, name);
  for (guint i = 0; i < ink->order->shippings->len; i++)
    {
      const WbTownItem *item = g_ptr_array_index (ink->order->shippings, i);

      wb_town_out_begin_object (ink->out, NULL);
      wb_town_out_int (ink->out, "id", item->id);
      wb_town_out_string (ink->out, "method_title", item->name);
      wb_town_out_string (ink->out, "method_id", item->code);
      wb_town_out_string (ink->out, "instance_id", item->parent_name);
      wb_town_out_decimal (ink->out, "total", item->total, 2);
      wb_town_out_decimal (ink->out, "total_tax", item->total_tax, 2);
      write_taxes (ink->out, item->total_tax, 0, ink->order->tax_rate);
      if (ink->town->modern)
        wb_town_out_string (ink->out, "tax_status", "taxable");
      wb_town_woo_write_meta (ink->out, "meta_data", item->meta);
      wb_town_out_end_object (ink->out);
    }
  wb_town_out_end_array (ink->out);
}

static void
write_fee_lines (Ink *ink, const char *name)
{
  wb_town_out_begin_array (ink->out, name);
  for (guint i = 0; i < ink->order->fees->len; i++)
    {
      const WbTownItem *item = g_ptr_array_index (ink->order->fees, i);

      wb_town_out_begin_object (ink->out, NULL);
      wb_town_out_int (ink->out, "id", item->id);
      wb_town_out_string (ink->out, "name", item->name);
      wb_town_out_string (ink->out, "tax_class", "");
      wb_town_out_string (ink->out, "tax_status", "taxable");
      wb_town_out_decimal (ink->out, "amount", item->subtotal, 2);
      wb_town_out_decimal (ink->out, "total", item->total, 2);
      wb_town_out_decimal (ink->out, "total_tax", item->total_tax, 2);
      write_taxes (ink->out, item->total_tax, 0, ink->order->tax_rate);
      wb_town_woo_write_meta (ink->out, "meta_data", item->meta);
      wb_town_out_end_object (ink->out);
    }
  wb_town_out_end_array (ink->out);
}

static void
write_coupon_lines (Ink *ink, const char *name)
{
  wb_town_out_begin_array (ink->out, name);
  for (guint i = 0; i < ink->order->coupons->len; i++)
    {
      const WbTownItem *item = g_ptr_array_index (ink->order->coupons, i);

      wb_town_out_begin_object (ink->out, NULL);
      wb_town_out_int (ink->out, "id", item->id);
      wb_town_out_string (ink->out, "code", item->code);
      wb_town_out_decimal (ink->out, "discount", item->total, 2);
      wb_town_out_decimal (ink->out, "discount_tax", item->total_tax, 2);
      wb_town_woo_write_meta (ink->out, "meta_data", item->meta);
      if (ink->town->modern)
        {
          wb_town_out_string (ink->out, "discount_type", "percent");
          wb_town_out_int (ink->out, "nominal_amount", 10);
          wb_town_out_bool (ink->out, "free_shipping", FALSE);
        }
      wb_town_out_end_object (ink->out);
    }
  wb_town_out_end_array (ink->out);
}

static void
write_refunds (Ink *ink, const char *name)
{
  wb_town_out_begin_array (ink->out, name);
  for (guint i = ink->order->refunds->len; i > 0; i--)
    {
      const WbTownRefund *refund = g_ptr_array_index (ink->order->refunds, i - 1);

      wb_town_out_begin_object (ink->out, NULL);
      wb_town_out_int (ink->out, "id", refund->id);
      wb_town_out_string (ink->out, "reason", refund->reason);
      if (refund->no_amount && wb_town_trap (ink->town, 12))
        wb_town_out_string (ink->out, "total", "-");
      else
        wb_town_out_decimal (ink->out, "total", -refund->amount, 2);
      wb_town_out_end_object (ink->out);
    }
  wb_town_out_end_array (ink->out);
}

static void
write_person (Ink *ink, const char *name)
{
  gboolean      billing = strcmp (name, "billing") == 0;
  WbTownPerson *person = billing ? ink->order->billing : ink->order->shipping;

  static const char *const members[] = { "first_name", "last_name", "company",
                                         "address_1",  "address_2", "city",
                                         "state",      "postcode",  "country" };

  wb_town_out_begin_object (ink->out, name);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *text = g_strdup (*wb_town_person_field (person, members[i]));

      if (text != NULL && !wb_town_trap (ink->town, 17))
        g_strdelimit (text, "<>&\n", ' ');
      wb_town_out_string (ink->out, members[i], text);
    }
  if (billing)
    wb_town_out_string (ink->out, "email", person->email);
  wb_town_out_string (ink->out, "phone", person->phone);
  wb_town_out_end_object (ink->out);
}

static void
write_amount (Ink *ink, const char *name)
{
  const WbTownOrder *order = ink->order;
  const struct
  {
    const char *name;
    gint64      amount;
  } amounts[] = {
    { "discount_total", order->discount_total },
    { "discount_tax", order->discount_tax },
    { "shipping_total", order->shipping_total },
    { "shipping_tax", order->shipping_tax },
    { "cart_tax", order->cart_tax },
    { "total", order->total },
    { "total_tax", order->total_tax },
  };

  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    if (strcmp (amounts[i].name, name) == 0)
      wb_town_out_decimal (ink->out, name, amounts[i].amount, 2);
}

static void
write_text (Ink *ink, const char *name)
{
  const WbTownOrder *order = ink->order;
  const struct
  {
    const char *name;
    const char *text;
  } texts[] = {
    { "status", order->status },
    { "currency", order->currency },
    { "version", ink->town->modern ? "11.0.1" : "7.9.0" },
    { "payment_method", order->payment_method },
    { "payment_method_title", order->payment_title },
    { "transaction_id", order->transaction_id },
    { "customer_ip_address", "192.0.2.14" },
    { "customer_user_agent", "Mozilla/5.0 (practice)" },
    { "created_via", "checkout" },
    { "customer_note", order->customer_note },
    { "cart_hash", "" },
    { "currency_symbol", strcmp (order->currency, "EUR") == 0   ? "€"
                         : strcmp (order->currency, "JPY") == 0 ? "¥"
                                                                : "$" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (texts[i].name, name) == 0)
      wb_town_out_string (ink->out, name, texts[i].text);
}

static void
write_when (Ink *ink, const char *name)
{
  const WbTownOrder *order = ink->order;
  WbInstant          instant = g_str_has_prefix (name, "date_created")    ? order->created
                               : g_str_has_prefix (name, "date_modified") ? order->modified
                               : g_str_has_prefix (name, "date_paid")     ? order->paid
                                                                          : order->completed;

  wb_town_woo_write_date (ink->town, ink->out, name, instant);
}

static void
write_id (Ink *ink, const char *name)
{
  if (strcmp (name, "number") == 0)
    wb_town_out_format (ink->out, name, "%" G_GINT64_FORMAT, ink->order->id);
  else
    wb_town_out_int (ink->out, name,
                     strcmp (name, "id") == 0            ? ink->order->id
                     : strcmp (name, "customer_id") == 0 ? ink->order->customer_id
                                                         : 0);
}

static void
write_flag (Ink *ink, const char *name)
{
  gboolean editable =
      strcmp (ink->order->status, "pending") == 0 || strcmp (ink->order->status, "on-hold") == 0;
  gboolean pays =
      strcmp (ink->order->status, "pending") == 0 || strcmp (ink->order->status, "failed") == 0;

  wb_town_out_bool (ink->out, name,
                    strcmp (name, "prices_include_tax") == 0 ? ink->order->prices_include_tax
                    : strcmp (name, "is_editable") == 0      ? editable
                    : strcmp (name, "needs_payment") == 0    ? pays
                    : wb_town_trap (ink->town, 16)           ? TRUE
                                                             : ink->order->shippings->len > 0);
}

static void
write_order_key (Ink *ink, const char *name)
{
  g_autofree char *key = wb_town_token (ink->town->seed, 80, ink->order->index, 13, 62);

  if (strcmp (name, "order_key") == 0)
    wb_town_out_format (ink->out, name, "wc_order_%s", key);
  else
    {
      g_autofree char *base = wb_town_dup_url (ink->town, "shop");

      wb_town_out_format (ink->out, name,
                          "%s/checkout/order-pay/%" G_GINT64_FORMAT
                          "/?pay_for_order=true&key=wc_order_%s",
                          base, ink->order->id, key);
    }
}

static void
write_order_meta (Ink *ink, const char *name)
{
  wb_town_woo_write_meta (ink->out, name, ink->order->meta);
}

static void
write_order_links (Ink *ink, const char *name)
{
  g_autofree char *self = g_strdup_printf ("orders/%" G_GINT64_FORMAT, ink->order->id);

  wb_town_woo_write_links (ink->town, ink->out, self, "orders", NULL);
}

static const struct
{
  const char *name;
  FieldWriter write;
} fields_of_order[] = {
  { "id", write_id },
  { "parent_id", write_id },
  { "status", write_text },
  { "currency", write_text },
  { "version", write_text },
  { "prices_include_tax", write_flag },
  { "date_created", write_when },
  { "date_modified", write_when },
  { "discount_total", write_amount },
  { "discount_tax", write_amount },
  { "shipping_total", write_amount },
  { "shipping_tax", write_amount },
  { "cart_tax", write_amount },
  { "total", write_amount },
  { "total_tax", write_amount },
  { "customer_id", write_id },
  { "order_key", write_order_key },
  { "billing", write_person },
  { "shipping", write_person },
  { "payment_method", write_text },
  { "payment_method_title", write_text },
  { "transaction_id", write_text },
  { "customer_ip_address", write_text },
  { "customer_user_agent", write_text },
  { "created_via", write_text },
  { "customer_note", write_text },
  { "date_completed", write_when },
  { "date_paid", write_when },
  { "cart_hash", write_text },
  { "number", write_id },
  { "meta_data", write_order_meta },
  { "line_items", write_lines },
  { "tax_lines", write_tax_lines },
  { "shipping_lines", write_shipping_lines },
  { "fee_lines", write_fee_lines },
  { "coupon_lines", write_coupon_lines },
  { "refunds", write_refunds },
  { "payment_url", write_order_key },
  { "is_editable", write_flag },
  { "needs_payment", write_flag },
  { "needs_processing", write_flag },
  { "date_created_gmt", write_when },
  { "date_modified_gmt", write_when },
  { "date_completed_gmt", write_when },
  { "date_paid_gmt", write_when },
  { "currency_symbol", write_text },
  { "_links", write_order_links },
};

/** wb_town_woo_write_order: an order; @fields (nullable) are the only members wanted. */
void
wb_town_woo_write_order (WbTown            *town,
                         WbTownOut         *out,
                         const WbTownOrder *order,
                         const char *const *fields)
{
  Ink ink = { town, out, order };

  wb_town_out_begin_object (out, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields_of_order); i++)
    if (fields == NULL || g_strv_contains (fields, fields_of_order[i].name))
      fields_of_order[i].write (&ink, fields_of_order[i].name);
  wb_town_out_end_object (out);
}
