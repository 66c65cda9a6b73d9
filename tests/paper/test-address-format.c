/* SPDX-License-Identifier: GPL-3.0-or-later
 * Addresses in the order of their country. */
#include "wb-address-format.h"

#include <locale.h>

/* Name, company, street 1 and 2, city, region, postcode, country; then the lines, joined by “|”. */
typedef struct
{
  WbAddressParts parts;
  gboolean       with_country;
  const char    *lines;
} Case;

static const Case cases[] = {
  { { "Jordan Alvarez", "Pine & Co.", "418 Delancey Street", "Apt 5B", "New York", "NY", "10002",
      "US" },
    TRUE,
    "Jordan Alvarez|Pine & Co.|418 Delancey Street|Apt 5B|New York, NY 10002|United States" },
  { { "Jane Roe", NULL, "10 Downing Street", NULL, "London", NULL, "SW1A 2AA", "GB" },
    FALSE,
    "Jane Roe|10 Downing Street|London|SW1A 2AA" },
  { { "Jürgen Groß", "Süß GmbH", "Große Bleichen 21", NULL, "Hamburg", "DE-HH", "20354", "de" },
    TRUE,
    "Jürgen Groß|Süß GmbH|Große Bleichen 21|20354 Hamburg|Germany" },
  { { "Anne Petit", "Chez Anne", "3 rue de la Paix", NULL, "Paris", NULL, "75002", "FR" },
    FALSE,
    "Chez Anne|Anne Petit|3 rue de la Paix|75002 Paris" },
  { { "João Silva", NULL, "Av. Paulista 1000", NULL, "São Paulo", "SP", "01310-100", "BR" },
    FALSE,
    "João Silva|Av. Paulista 1000|São Paulo-SP|01310-100" },
  { { "Kiss Anna", NULL, "Fő utca 1.", NULL, "Budapest", NULL, "1011", "HU" },
    FALSE,
    "Kiss Anna|Budapest|Fő utca 1.|1011" },
  { { "山田 花子", NULL, "神南1丁目19-11", "パークビル", "渋谷区", "東京都", "150-0041", "JP" },
    FALSE,
    "〒150-0041|東京都渋谷区|神南1丁目19-11|パークビル|山田 花子" },
  { { "Hanako Yamada", NULL, "1-19-11 Jinnan", NULL, "Shibuya-ku", "Tokyo", "150-0041", "JP" },
    FALSE,
    "Hanako Yamada|1-19-11 Jinnan|Shibuya-ku, Tokyo|150-0041" },
  { { "张伟", NULL, "建国路1号", NULL, "朝阳区", "北京市", "100020", "CN" },
    FALSE,
    "100020|北京市朝阳区|建国路1号|张伟" },
  { { "Олена Шевченко", NULL, "вул. Хрещатик 1", NULL, "Київ", NULL, "01001", "UA" },
    FALSE,
    "01001 Київ|вул. Хрещатик 1|Олена Шевченко" },
  /* No place for a postcode in the country's form: it is kept all the same. */
  { { "Pat Murphy", NULL, "1 Main Street", NULL, "Dublin", "County Dublin", "D02 X285", "IE" },
    FALSE,
    "Pat Murphy|1 Main Street|Dublin|County Dublin|D02 X285" },
  /* What is missing leaves no gap and no comma. */
  { { "A", NULL, NULL, NULL, NULL, "NY", NULL, "US" }, FALSE, "A|NY" },
  { { "A", NULL, "  ", NULL, "New York", NULL, "10002", "US" }, FALSE, "A|New York 10002" },
  { { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL }, TRUE, "" },
  /* Unknown countries, line breaks from a form. */
  { { "A\nB", NULL, "Street\t1", NULL, "City", "Region", "123", "ZZ" },
    TRUE,
    "A B|Street 1|123 City|Region|ZZ" },
};

static void
test_format (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv)   lines = wb_address_format (&cases[i].parts, cases[i].with_country);
      g_autofree char *joined = g_strjoinv ("|", lines);

      g_assert_cmpstr (joined, ==, cases[i].lines);
    }
}

static void
test_country_name (void)
{
  g_autofree char *germany = wb_country_name ("DE"), *unknown = wb_country_name ("x1");

  g_assert_cmpstr (germany, ==, "Germany");
  g_assert_cmpstr (unknown, ==, "X1");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_unsetenv ("LANGUAGE");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/format", test_format);
  g_test_add_func ("/address/country-name", test_country_name);
  return g_test_run ();
}
