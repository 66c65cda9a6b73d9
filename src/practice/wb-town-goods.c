/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the shop sells: plain goods, goods in variations, virtual ones, and some that were deleted
 * since. */
#include "wb-town-goods.h"

const WbTownGood wb_town_goods[] = {
  { 11, 0, "Teekanne „Meißen“, 1,2 l", NULL, "TEE-001", 4990, 1200, FALSE, FALSE, 40 },
  { 12, 0, "Honig aus der Röhn", NULL, "HON-500", 1290, 720, FALSE, FALSE, 120 },
  { 13, 0, "Notizbuch, liniert", NULL, "NB-A5-L", 1450, 310, FALSE, FALSE, 75 },
  { 14, 0, "Wollsocken", NULL, "SOCK", 1890, 160, FALSE, FALSE, 60 },
  { 15, 0, "T-Shirt “Hamster”", NULL, "TS-HAM", 2499, 210, FALSE, FALSE, 30 },
  { 16, 0, "Fahrradklingel 🔔 Messing", NULL, "BELL,BRASS", 2150, 190, FALSE, FALSE, 33 },
  { 17, 0, "Ząbkowana łyżka", NULL, "PL-ŻUB-6", 790, 80, FALSE, FALSE, 90 },
  { 18, 0, "E-Book: Richtig verpacken", NULL, "EBOOK-1", 999, 0, TRUE, FALSE, -1 },
  { 19, 0, "Online-Kurs Töpfern", NULL, "KURS-T", 8900, 0, TRUE, FALSE, -1 },
  { 20, 0, "Kiefernregal (2 Pakete)", NULL, "REG-2", 12900, 14500, FALSE, FALSE, 9 },
  { 21, 0, "Alte Emaille-Dose", NULL, "EM-OLD", 3400, 640, FALSE, TRUE, -1 },
  { 22, 0, "抹茶茶碗", NULL, "MATCHA-B", 5600, 480, FALSE, FALSE, 14 },
  { 23, 0, "Schraube M4 × 20 (einzeln)", NULL, "SCR-M4", 42, 4, FALSE, FALSE, 5000 },
  { 24, 0, "Gutschein", NULL, "", 2500, 0, TRUE, FALSE, -1 },
  { 25, 0, "Gewürzset „1001 Nacht“ – بهارات", NULL, "SPICE-10", 3295, 850, FALSE, FALSE, 26 },
  { 26, 0, "Lampe ohne SKU", NULL, "", 7990, 2100, FALSE, FALSE, 11 },
  { 27, 0, "Kaffeebohnen 1 kg", NULL, "COF-1KG", 2190, 1020, FALSE, FALSE, 200 },
  { 28, 0,
    "Handtuch „Ostsee“ ganz besonders weich, aus Bio-Baumwolle, mit Aufhänger und gestickter Borte",
    NULL, "TOW-70140", 2795, 520, FALSE, FALSE, 48 },
  { 201, 14, "Wollsocken", "36–38", "SOCK-36", 1890, 150, FALSE, FALSE, 20 },
  { 202, 14, "Wollsocken", "39–42", "SOCK-39", 1890, 160, FALSE, FALSE, 22 },
  { 203, 14, "Wollsocken", "43–46", "", 1990, 175, FALSE, FALSE, 18 },
  { 204, 15, "T-Shirt “Hamster”", "Blau, S", "TS-HAM-BS", 2499, 190, FALSE, FALSE, 15 },
  { 205, 15, "T-Shirt “Hamster”", "Blau, M", "TS-HAM-BM", 2499, 205, FALSE, FALSE, 12 },
  { 206, 15, "T-Shirt “Hamster”", "Grün, M", "", 2499, 205, FALSE, FALSE, -2 },
  { 207, 15, "T-Shirt “Hamster”", "Grün, XXL", "TS-HAM-GX", 2699, 260, FALSE, TRUE, 4 },
};

/** wb_town_n_goods: how many products and variations there are, with the deleted ones. */
guint
wb_town_n_goods (void)
{
  return G_N_ELEMENTS (wb_town_goods);
}

/** wb_town_good: Returns: (nullable): the product or variation with that id, deleted or not. */
const WbTownGood *
wb_town_good (gint64 id)
{
  for (guint i = 0; i < G_N_ELEMENTS (wb_town_goods); i++)
    if (wb_town_goods[i].id == id)
      return &wb_town_goods[i];
  return NULL;
}

/** wb_town_good_has_variations: whether customers choose a variation of it. */
gboolean
wb_town_good_has_variations (const WbTownGood *good)
{
  for (guint i = 0; i < G_N_ELEMENTS (wb_town_goods); i++)
    if (wb_town_goods[i].parent == good->id)
      return TRUE;
  return FALSE;
}

/** wb_town_good_sku: the SKU a shop reports: a variation without its own has its parent's (domain:
 * reading an order, 13). */
const char *
wb_town_good_sku (const WbTownGood *good)
{
  if (*good->sku != '\0' || good->parent == 0)
    return good->sku;
  return wb_town_good (good->parent)->sku;
}
