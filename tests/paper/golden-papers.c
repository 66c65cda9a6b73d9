/* SPDX-License-Identifier: GPL-3.0-or-later
 * Every paper in several languages, for the golden pictures: one order to each country, with goods
 * in many scripts. */
#include "golden-papers.h"

#include "wb-manifest-cover.h"
#include "wb-pick-list.h"

const char *const golden_kinds[] = {
  WB_PAPER_SLIP, WB_PAPER_GIFT, WB_PAPER_RECEIPT, WB_PAPER_RETURN, WB_PAPER_INVOICE,
  WB_PAPER_CN22, WB_PAPER_CN23, WB_PAPER_ADDRESS, WB_PAPER_PICK,   WB_PAPER_MANIFEST,
  NULL
};
const char *const golden_languages[] = { "en", "de", "ja", "ar", NULL };

static const struct
{
  const char *language, *name, *company, *street1, *street2, *city, *region, *postcode, *country;
} people[] = {
  { "en", "Grace O’Neill", NULL, "1600 Clark Street", "Apt 12B", "Chicago", "IL", "60614", "US" },
  { "de", "Jürgen Groß", "Süß & Söhne GmbH", "Große Bleichen 21", NULL, "Hamburg", NULL, "20354",
    "DE" },
  { "ja", "山田 花子", NULL, "神南1丁目19-11", "コーポ渋谷 302", "渋谷区", "東京都", "150-0041",
    "JP" },
  { "ar", "ليلى الحداد", "دار النخيل", "شارع الشيخ زايد 114", "شقة 7", "دبي", NULL, NULL, "AE" },
};

static const struct
{
  const char *sku, *name, *options;
  gint64      ordered, here, total, grams;
  const char *hs, *made, *bin;
} goods[] = {
  { "TEE-001", "Teapot, 1.2 l", "Colour: white", 1, 1, 4990, 1200, "691110", "DE", "A-2" },
  { "HON-500", "Lavender honey 500 g", NULL, 2, 2, 2580, 1440, "040900", "FR", "A-10" },
  { "MATCHA-B", "抹茶茶碗", NULL, 3, 1, 16800, 480, "691200", "JP", "B-1" },
  { "SPICE-10", "Spices “1001 nights” – بهارات", "ملح · فلفل", 1, 1, 3295, 850, "091099", "AE",
    NULL },
  { "BELL", "Bicycle bell 🔔 brass घंटी", NULL, 2, 0, 4300, 0, NULL, NULL, "B-3" },
};

static void
set_person (Sample *sample, const char *language)
{
  g_autoptr (WbAddress) bill = wb_address_new ();

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (g_str_equal (people[i].language, language))
      {
        sample_set (wb_record_get_one (sample->order, WB_ORDER_SHIP_TO), "name", people[i].name,
                    "company", people[i].company, "street1", people[i].street1, "street2",
                    people[i].street2, "city", people[i].city, "region", people[i].region,
                    "postcode", people[i].postcode, "country", people[i].country, "phone",
                    "+44 20 7946 0018", "email", "post@example.net", NULL);
        sample_set (bill, "name", people[i].name, "street1", people[i].street1, "city",
                    people[i].city, "postcode", people[i].postcode, "country", people[i].country,
                    NULL);
      }
  wb_record_set_one (sample->order, WB_ORDER_BILL_TO, bill);
}

static void
add_money (Sample *sample)
{
  WbOrderLine *fee = wb_order_line_new ();

  sample_set (fee, "kind", WB_LINE_FEE, "name", "Gift wrap", NULL);
  wb_record_set_int (fee, WB_ORDER_LINE_TOTAL, 350);
  wb_record_add (sample->order, WB_ORDER_LINES, fee);
  sample_set (sample->order, "payment_title", "Visa •••• 4242", NULL);
  wb_record_set_int (sample->order, WB_ORDER_SHIPPING_TOTAL, 890);
  wb_record_set_int (sample->order, WB_ORDER_DISCOUNT_TOTAL, 1000);
  wb_record_set_int (sample->order, WB_ORDER_TAX_TOTAL, 6106);
  wb_record_set_int (sample->order, WB_ORDER_TOTAL, 38311);
}

static Sample *
make_sample (const char *language, WbCustoms *customs)
{
  Sample *sample = sample_new ("US");

  set_person (sample, language);
  sample_set (sample->origin, "name", "Anna de Vries", "phone", "+31 20 794 0000", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (goods); i++)
    {
      gint64         id = sample_add_line (sample, goods[i].sku, goods[i].name, goods[i].options,
                                           goods[i].ordered, goods[i].here);
      WbOrderLine   *line = wb_order_find_line (sample->order, id);
      WbCustomsLine *told;

      wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, goods[i].total);
      wb_record_set_int (line, WB_ORDER_LINE_TOTAL, goods[i].total - 200);
      wb_record_set_int (line, WB_ORDER_LINE_TAX, goods[i].total * 19 / 100);
      if (goods[i].here == 0)
        continue;
      told = wb_customs_add (customs, goods[i].sku, goods[i].name);
      told->quantity = goods[i].here;
      told->weight_g = goods[i].grams;
      told->value = goods[i].total * goods[i].here / goods[i].ordered;
      told->origin = g_strdup (goods[i].made);
      told->hs_code = g_strdup (goods[i].hs);
    }
  add_money (sample);
  wb_record_set_int (sample->slip.parcel, WB_PARCEL_WEIGHT_G, 4350);
  return sample;
}

static GBytes *
make_pick_list (Sample *sample, char ***warnings, GError **error)
{
  g_autoptr (WbPickList) list = wb_pick_list_new ();
  GPtrArray             *lines = wb_record_get_many (sample->order, WB_ORDER_LINES);

  for (guint round = 0; round < 3; round++)
    {
      g_autofree char *number = g_strdup_printf ("%u", 1042 + round);

      sample_set (sample->order, "number", number, NULL);
      for (guint i = 0; i < G_N_ELEMENTS (goods); i++)
        if ((i + round) % 2 == 0)
          wb_pick_list_add (list, sample->order, lines->pdata[i], goods[i].ordered, goods[i].bin);
    }
  wb_pick_list_sort (list);
  return wb_pick_list_render (list, &sample->slip, SAMPLE_TIME, NULL, warnings, error);
}

static GBytes *
make_manifest (Sample *sample, char ***warnings, GError **error)
{
  WbManifestRow rows[6];
  WbManifest    manifest = { .with = sample->slip,
                             .carrier = "PostNL",
                             .date = "2026-11-22",
                             .rows = rows,
                             .n_rows = G_N_ELEMENTS (rows) };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    rows[i] = (WbManifestRow){ sample->order, sample->shipment, sample->slip.parcel };
  return wb_manifest_render (&manifest, SAMPLE_TIME, NULL, warnings, error);
}

/* Returns: the paper as PDF; @warnings: what could not be shown. */
GBytes *
golden_paper (const char *kind, const char *language, char ***warnings, GError **error)
{
  g_autoptr (WbCustoms) customs = wb_customs_new (WB_CONTENTS_MERCHANDISE, "Anna de Vries", "EUR");
  g_autoptr (Sample)    sample = make_sample (language, customs);

  sample->slip.kind = kind;
  sample->slip.language = language;
  sample->slip.customs = customs;
  sample->slip.message =
      g_str_equal (kind, WB_PAPER_GIFT) ? "Happy birthday, Grace! 🎂" : "Thank you for your order.";
  if (g_str_equal (kind, WB_PAPER_PICK))
    return make_pick_list (sample, warnings, error);
  if (g_str_equal (kind, WB_PAPER_MANIFEST))
    return make_manifest (sample, warnings, error);
  return wb_order_paper_render (&sample->slip, SAMPLE_TIME, NULL, warnings, error);
}
