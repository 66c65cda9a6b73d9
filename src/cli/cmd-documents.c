/* SPDX-License-Identifier: GPL-3.0-or-later
 * paper, pick-list, hand-over, products, product: papers of an order into a file, and what customs
 * want to know of the goods. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include "wb-file.h"

#include <glib/gi18n.h>
#include <string.h>

/* Into the file, and what is doubtful about it to the person. */
static gboolean
save (WbCli *self, GBytes *paper, char **warnings, GError **error)
{
  const char *path = wb_cli_option (self, "out");

  if (!wb_file_write (path, paper, 0600, error))
    return FALSE;
  for (guint i = 0; warnings != NULL && warnings[i] != NULL; i++)
    g_printerr ("%s\n", warnings[i]);
  wb_cli_say (self, _ ("Written to “%s”."), path);
  return TRUE;
}

static gboolean
need_out (WbCli *self, GError **error)
{
  if (wb_cli_option (self, "out") != NULL)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say where to write it: --out FILE"));
  return FALSE;
}

static gboolean
cmd_paper (WbCli *self, GError **error)
{
  g_autoptr (WbOrder) order = NULL;
  g_autoptr (GBytes)  paper = NULL;
  g_auto (GStrv)      warnings = NULL;
  gint64              shipment = 0, start = 1, id;
  const char         *kind = wb_cli_word (self, 0), *sheet = wb_cli_option (self, "sheet");

  if (!need_out (self, error) || wb_cli_open (self, error) == NULL ||
      !wb_cli_number (self, "shipment", 1, &shipment, error) ||
      !wb_cli_number (self, "start", 1, &start, error) ||
      (order = wb_cli_find_order (self, wb_cli_word (self, 1), error)) == NULL)
    return FALSE;
  id = wb_record_get_int (order, WB_ORDER_ID);
  paper = sheet != NULL && strcmp (kind, "address") == 0
              ? wb_desk_make_address_sheet (self->desk, sheet, (guint) start, TRUE, &id, 1, error)
              : wb_desk_make_paper (self->desk, kind, id, shipment, &warnings, error);
  return paper != NULL && save (self, paper, warnings, error);
}

static gboolean
cmd_pick_list (WbCli *self, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GBytes) paper = NULL;
  g_auto (GStrv)     warnings = NULL;

  if (!need_out (self, error) || wb_cli_open (self, error) == NULL)
    return FALSE;
  for (guint i = 0; i < self->words->len; i++)
    {
      g_autoptr (WbOrder) order = wb_cli_find_order (self, wb_cli_word (self, i), error);
      gint64              id;

      if (order == NULL)
        return FALSE;
      id = wb_record_get_int (order, WB_ORDER_ID);
      g_array_append_val (ids, id);
    }
  if (self->words->len == 0)
    {
      static const char *const stages[] = { WB_STAGE_READY, WB_STAGE_PARTIAL, NULL };
      WbOrderQuery             query = { .stages = stages };

      g_clear_pointer (&ids, g_array_unref);
      ids = wb_book_list_order_ids (wb_desk_get_book (self->desk), &query, error);
      if (ids == NULL)
        return FALSE;
    }
  paper = wb_desk_make_pick_list (self->desk, (const gint64 *) (gpointer) ids->data, ids->len,
                                  &warnings, error);
  return paper != NULL && save (self, paper, warnings, error);
}

static gboolean
cmd_hand_over (WbCli *self, GError **error)
{
  g_autoptr (GBytes)    paper = NULL;
  g_autoptr (GPtrArray) origins = NULL;
  g_auto (GStrv)        warnings = NULL;
  char                  today[WB_DATE_SIZE];
  const char           *date = wb_cli_option (self, "date");

  if (!need_out (self, error) || wb_cli_open (self, error) == NULL ||
      (origins = wb_book_list_origins (wb_desk_get_book (self->desk), error)) == NULL)
    return FALSE;
  if (date == NULL)
    {
      /* The day where parcels start, not here. */
      if (!wb_date_at (wb_now (),
                       origins->len > 0 ? wb_record_get_text (origins->pdata[0], WB_ORIGIN_ZONE)
                                        : NULL,
                       today, error))
        return FALSE;
      date = today;
    }
  if (!wb_date_is_valid (date))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no date like 2026-11-30"), date);
      return FALSE;
    }
  paper = wb_desk_make_manifest (self->desk, wb_cli_word (self, 0), date, &warnings, error);
  return paper != NULL && save (self, paper, warnings, error);
}

static void
print_products (GPtrArray *products)
{
  static const WbColumn columns[] = {
    { N_ ("SKU"), FALSE, 16 },
    { N_ ("Product"), FALSE, 34 },
    { N_ ("Grams"), TRUE, 0 },
    { N_ ("Tariff"), FALSE, 0 },
    { N_ ("Made in"), FALSE, 0 },
    { N_ ("Place"), FALSE, 12 },
    { NULL },
  };
  g_autofree WbColumn *titled = wb_cli_translate (columns);
  g_autoptr (WbTable)  table = wb_table_new (titled);

  for (guint i = 0; i < products->len; i++)
    {
      gpointer         product = products->pdata[i];
      g_autofree char *grams =
          g_strdup_printf ("%" G_GINT64_FORMAT, wb_record_get_int (product, WB_PRODUCT_WEIGHT_G));

      wb_table_add (table, wb_record_get_text (product, WB_PRODUCT_SKU),
                    wb_record_get_text (product, WB_PRODUCT_NAME), grams,
                    wb_record_get_text (product, WB_PRODUCT_HS_CODE),
                    wb_record_get_text (product, WB_PRODUCT_ORIGIN_COUNTRY),
                    wb_record_get_text (product, WB_PRODUCT_BIN));
    }
  wb_table_print (table);
}

static gboolean
cmd_products (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) products =
      book == NULL ? NULL
                   : (wb_cli_has (self, "gaps") ? wb_book_list_product_gaps (book, error)
                                                : wb_book_list_products (book, error));

  if (products == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (wb_cli_records_to_json (products));
  else if (products->len == 0)
    wb_cli_say (self, "%s", _ ("There are no such products."));
  else
    print_products (products);
  return TRUE;
}

static gboolean
take_texts (WbCli *self, WbProduct *product, GError **error)
{
  static const struct
  {
    const char *option;
    guint       field;
  } texts[] = {
    { "name", WB_PRODUCT_NAME },
    { "barcode", WB_PRODUCT_BARCODE },
    { "customs-name", WB_PRODUCT_CUSTOMS_NAME },
    { "bin", WB_PRODUCT_BIN },
  };
  const char      *made = wb_cli_option (self, "origin"), *hs = wb_cli_option (self, "hs");
  g_autofree char *code = wb_product_normalise_hs (hs);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (wb_cli_option (self, texts[i].option) != NULL)
      wb_record_set_text (product, texts[i].field, wb_cli_option (self, texts[i].option));
  if (hs != NULL && code == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("“%s” is no tariff number: six digits or more. Do not fill it up with zeros"),
                   hs);
      return FALSE;
    }
  if (made != NULL && (strlen (made) != 2 || !g_ascii_isalpha (made[0])))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no country like DE"), made);
      return FALSE;
    }
  if (code != NULL)
    wb_record_set_text (product, WB_PRODUCT_HS_CODE, code);
  if (made != NULL)
    wb_record_take_text (product, WB_PRODUCT_ORIGIN_COUNTRY, g_ascii_strup (made, -1));
  return TRUE;
}

static gboolean
cmd_product (WbCli *self, GError **error)
{
  const char           *sku = wb_cli_word (self, 0);
  g_autoptr (GError)    local = NULL;
  g_autoptr (WbProduct) product = NULL;
  gint64                grams = 0;

  if (wb_cli_open (self, error) == NULL)
    return FALSE;
  product = wb_book_find_product (wb_desk_get_book (self->desk), sku, &local);
  if (product == NULL && !g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (product == NULL)
    {
      product = wb_product_new ();
      wb_record_set_text (product, WB_PRODUCT_SKU, sku);
      wb_record_set_text (product, WB_PRODUCT_NAME, sku);
      wb_record_set_int (product, WB_PRODUCT_CREATED_AT, wb_now ());
    }
  grams = wb_record_get_int (product, WB_PRODUCT_WEIGHT_G);
  if (!wb_cli_number (self, "weight", 1, &grams, error) || !take_texts (self, product, error))
    return FALSE;
  wb_record_set_int (product, WB_PRODUCT_WEIGHT_G, grams);
  if (wb_cli_has (self, "digital"))
    wb_record_set_bool (product, WB_PRODUCT_DIGITAL, TRUE);
  if (!wb_book_save (wb_desk_get_book (self->desk), product, error))
    return FALSE;
  wb_cli_say (self, _ ("Product %s is kept."), sku);
  return TRUE;
}

const WbCommand wb_commands_documents[] = {
  { "paper",
    N_ ("KIND ORDER"),
    2,
    2,
    N_ ("make a paper of an order and write it to a file, as PDF"),
    N_ ("Kinds: slip, gift, receipt, return, address, cn22, cn23, customs, invoice. It speaks the "
        "customer's language where it can."),
    cmd_paper,
    { { "out", N_ ("FILE"), N_ ("where to write it") },
      { "shipment", N_ ("N"), N_ ("of this shipment, not the newest") },
      { "sheet", N_ ("SHEET"), N_ ("an address on a sheet of labels: a4-8, a4-4, letter-2…") },
      { "start", N_ ("N"), N_ ("the first free place of that sheet") } } },
  { "pick-list",
    N_ ("[ORDER…]"),
    0,
    G_MAXUINT,
    N_ ("what to fetch for these orders, in walking order, as PDF"),
    N_ ("Without an order: everything ready to ship."),
    cmd_pick_list,
    { { "out", N_ ("FILE"), N_ ("where to write it") } } },
  { "hand-over",
    N_ ("CARRIER"),
    1,
    1,
    N_ ("list a day's parcels of a carrier, to be signed, as PDF"),
    NULL,
    cmd_hand_over,
    { { "out", N_ ("FILE"), N_ ("where to write it") },
      { "date", N_ ("DATE"), N_ ("the ship date; today where parcels start") } } },
  { "products",
    "",
    0,
    0,
    N_ ("list products: weight, tariff number, origin, place"),
    NULL,
    cmd_products,
    { { "gaps", NULL, N_ ("only those that cannot go abroad") } } },
  { "product",
    N_ ("SKU"),
    1,
    1,
    N_ ("say what is known of a product"),
    N_ ("Customs want a tariff number, a country of origin and a weight of everything sent "
        "abroad."),
    cmd_product,
    { { "name", N_ ("TEXT"), N_ ("what it is called") },
      { "weight", N_ ("GRAMS"), N_ ("what a piece weighs") },
      { "hs", N_ ("DIGITS"), N_ ("tariff number (HS), six digits or more") },
      { "origin", N_ ("COUNTRY"), N_ ("where it was made: DE") },
      { "customs-name", N_ ("TEXT"), N_ ("what customs are told it is") },
      { "barcode", N_ ("DIGITS"), N_ ("what a scanner reads on it") },
      { "bin", N_ ("PLACE"), N_ ("where it lies") },
      { "digital", NULL, N_ ("never lies in a parcel: customs are not told of it") } } },
  { NULL },
};
