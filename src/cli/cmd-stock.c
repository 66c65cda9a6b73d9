/* SPDX-License-Identifier: GPL-3.0-or-later
 * stock: what is where, what comes and goes, and the books of it; products and levels as CSV. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include "wb-desk-stock.h"
#include "wb-file.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define MOST_MOVEMENTS 100

static WbProduct *
find_product (WbCli *self, guint word, GError **error)
{
  const char           *sku = wb_cli_word (self, word);
  WbBook               *book = wb_cli_book (self, error);
  g_auto (WbStockCode)  code = { 0 };
  g_autoptr (WbProduct) product = NULL;

  if (book == NULL)
    return NULL;
  if (sku == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say which product"));
      return NULL;
    }
  if ((product = wb_book_find_product (book, sku, NULL)) == NULL &&
      wb_stock_read_code (book, sku, &code, NULL) && code.product_id != 0)
    product = wb_book_get_product (book, code.product_id, NULL);
  if (product == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, _ ("There is no product “%s”"), sku);
  return g_steal_pointer (&product);
}

static gboolean
read_quantity (WbCli *self, guint word, gint64 least, gint64 *out, GError **error)
{
  const char *text = wb_cli_word (self, word);

  if (text != NULL &&
      g_ascii_string_to_signed (*text == '+' ? text + 1 : text, 10, least, G_MAXINT32, out, NULL))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("“%s” is no number of pieces"),
               text != NULL ? text : "");
  return FALSE;
}

static gint64
find_place (WbCli *self, const char *option, GError **error)
{
  const char           *name = wb_cli_option (self, option);
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) places = NULL;

  if (name == NULL)
    return 0;
  places = wb_book_list_locations (book, error);
  for (guint i = 0; places != NULL && i < places->len; i++)
    if (g_strcmp0 (wb_record_get_text (places->pdata[i], WB_LOCATION_NAME), name) == 0)
      return wb_record_get_int (places->pdata[i], WB_LOCATION_ID);
  if (places != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, _ ("There is no place “%s”"), name);
  return -1;
}

/* What and where, from the second word and the options. */
static gboolean
read_place (WbCli *self, WbStockPlace *at, WbProduct **product, GError **error)
{
  WbDesk     *desk = wb_cli_open (self, error);
  const char *lot = wb_cli_option (self, "lot");

  if (desk == NULL || (*product = find_product (self, 1, error)) == NULL)
    return FALSE;
  *at = (WbStockPlace){ .product_id = wb_record_get_int (*product, WB_PRODUCT_ID),
                        .bin = wb_cli_option (self, "bin"),
                        .reason = wb_cli_option (self, "reason"),
                        .actor = wb_desk_get_actor (desk) };
  if ((at->location_id = find_place (self, "location", error)) < 0)
    return FALSE;
  if (lot != NULL)
    at->lot_id = wb_stock_lot (wb_desk_get_book (desk), at->product_id, lot,
                               wb_cli_option (self, "expires"), error);
  return lot == NULL || at->lot_id != 0;
}

/* How the product stands after what was done. */
static gboolean
say_figures (WbCli *self, WbProduct *product, GError **error)
{
  WbStockFigures figures;

  if (!wb_stock_figures (wb_cli_book (self, error), wb_record_get_int (product, WB_PRODUCT_ID), 0,
                         &figures, error))
    return FALSE;
  /* Translators: a SKU; then numbers of pieces */
  wb_cli_say (self, _ ("%s: %d on hand, %d allocated, %d available, %d incoming"),
              wb_record_get_text (product, WB_PRODUCT_SKU), (int) figures.on_hand,
              (int) figures.allocated, (int) figures.available, (int) figures.incoming);
  return TRUE;
}

/* ---- list ---- */

static void
json_figures (JsonBuilder *builder, WbProduct *product, const WbStockFigures *figures)
{
  const struct
  {
    const char *name;
    gint64      value;
  } members[] = {
    { "on_hand", figures->on_hand },     { "allocated", figures->allocated },
    { "picked", figures->picked },       { "expired", figures->expired },
    { "available", figures->available }, { "waiting", figures->waiting },
    { "incoming", figures->incoming },
  };

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "sku");
  json_builder_add_string_value (builder, wb_record_get_text (product, WB_PRODUCT_SKU));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      json_builder_set_member_name (builder, members[i].name);
      json_builder_add_int_value (builder, members[i].value);
    }
  json_builder_end_object (builder);
}

static void
table_figures (WbTable *table, WbProduct *product, const WbStockFigures *figures)
{
  const gint64 values[] = { figures->on_hand, figures->allocated, figures->available,
                            figures->waiting, figures->incoming };
  char         texts[G_N_ELEMENTS (values)][24];

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_snprintf (texts[i], sizeof texts[i], "%" G_GINT64_FORMAT, values[i]);
  wb_table_add (table, wb_record_get_text (product, WB_PRODUCT_SKU),
                wb_record_get_text (product, WB_PRODUCT_NAME), texts[0], texts[1], texts[2],
                texts[3], texts[4]);
}

static gboolean
stock_list (WbCli *self, GError **error)
{
  const WbColumn          columns[] = { { _ ("SKU"), FALSE, 24 },     { _ ("Name"), FALSE, 40 },
                                        { _ ("On hand"), TRUE, 0 },   { _ ("Allocated"), TRUE, 0 },
                                        { _ ("Available"), TRUE, 0 }, { _ ("Waited for"), TRUE, 0 },
                                        { _ ("Incoming"), TRUE, 0 },  { NULL } };
  WbBook                 *book = wb_cli_book (self, error);
  gint64                  place = book != NULL ? find_place (self, "location", error) : -1;
  g_autoptr (GHashTable)  all = place >= 0 ? wb_stock_all_figures (book, place, error) : NULL;
  g_autoptr (GPtrArray)   products = all != NULL ? wb_book_list_products (book, error) : NULL;
  g_autoptr (WbTable)     table = wb_table_new (columns);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      gint64          id = wb_record_get_int (products->pdata[i], WB_PRODUCT_ID);
      WbStockFigures *figures = g_hash_table_lookup (all, &id);

      if (figures == NULL || !figures->tracked)
        continue;
      json_figures (builder, products->pdata[i], figures);
      table_figures (table, products->pdata[i], figures);
    }
  json_builder_end_array (builder);
  if (products == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (json_builder_get_root (builder));
  else
    wb_table_print (table);
  return TRUE;
}

static gboolean
stock_movements (WbCli *self, GError **error)
{
  const WbColumn        columns[] = { { _ ("When"), FALSE, 0 },
                                      { _ ("What"), FALSE, 0 },
                                      { _ ("Pieces"), TRUE, 0 },
                                      { _ ("Bin"), FALSE, 16 },
                                      { _ ("Reason"), FALSE, 40 },
                                      { _ ("Who"), FALSE, 16 },
                                      { NULL } };
  g_autoptr (WbProduct) product = find_product (self, 1, error);
  g_autoptr (GPtrArray) movements =
      product != NULL ? wb_book_list_movements (wb_cli_book (self, error),
                                                wb_record_get_int (product, WB_PRODUCT_ID), 0,
                                                MOST_MOVEMENTS, error)
                      : NULL;
  g_autoptr (WbTable) table = wb_table_new (columns);

  for (guint i = 0; movements != NULL && i < movements->len; i++)
    {
      gpointer         of = movements->pdata[i];
      g_autofree char *at = wb_instant_to_text (wb_record_get_int (of, WB_STOCK_MOVEMENT_AT));
      g_autofree char *pieces = g_strdup_printf (
          "%+" G_GINT64_FORMAT, wb_record_get_int (of, WB_STOCK_MOVEMENT_QUANTITY));

      wb_table_add (table, at, wb_record_get_text (of, WB_STOCK_MOVEMENT_KIND), pieces,
                    wb_record_get_text (of, WB_STOCK_MOVEMENT_BIN),
                    wb_record_get_text (of, WB_STOCK_MOVEMENT_REASON),
                    wb_record_get_text (of, WB_STOCK_MOVEMENT_ACTOR));
    }
  if (movements != NULL && !self->json)
    wb_table_print (table);
  if (movements != NULL && self->json)
    wb_cli_print_json (wb_cli_records_to_json (movements));
  return movements != NULL;
}

/* ---- in and out ---- */

static gboolean
stock_receive (WbCli *self, GError **error)
{
  g_autoptr (WbProduct) product = NULL;
  WbStockPlace          at;
  gint64                quantity = 0;

  return read_place (self, &at, &product, error) && read_quantity (self, 2, 1, &quantity, error) &&
         wb_stock_receive (wb_cli_book (self, error), &at, quantity, error) &&
         say_figures (self, product, error);
}

static gboolean
stock_adjust (WbCli *self, GError **error)
{
  g_autoptr (WbProduct) product = NULL;
  WbStockPlace          at;
  gint64                by = 0;

  if (!read_place (self, &at, &product, error) || !read_quantity (self, 2, G_MININT32, &by, error))
    return FALSE;
  if (at.reason == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say why with --reason"));
      return FALSE;
    }
  return wb_stock_adjust (wb_cli_book (self, error), &at, by, error) &&
         say_figures (self, product, error);
}

static gboolean
stock_count (WbCli *self, GError **error)
{
  g_autoptr (WbProduct) product = NULL;
  WbStockPlace          at;
  WbBook               *book = wb_cli_book (self, error);
  gint64                counted = 0, count;

  if (book == NULL || !read_place (self, &at, &product, error) ||
      !read_quantity (self, 2, 0, &counted, error))
    return FALSE;
  count = wb_stock_begin_count (book, at.location_id, at.reason, at.actor, error);
  if (count == 0)
    return FALSE;
  return wb_stock_note_counted (book, count, &at, counted, error) &&
         wb_stock_post_count (book, count, at.actor, NULL, error) &&
         say_figures (self, product, error);
}

static gboolean
stock_move (WbCli *self, GError **error)
{
  g_autoptr (WbProduct) product = NULL;
  WbStockPlace          from, to = { 0 };
  gint64                quantity = 0;

  if (!read_place (self, &from, &product, error) || !read_quantity (self, 2, 1, &quantity, error))
    return FALSE;
  to.bin = wb_cli_option (self, "to-bin");
  to.location_id = find_place (self, "to-location", error);
  return to.location_id >= 0 &&
         wb_stock_transfer (wb_cli_book (self, error), &from, &to, quantity, error) &&
         say_figures (self, product, error);
}

static gboolean
set_tracked (WbCli *self, gboolean tracked, GError **error)
{
  WbDesk               *desk = wb_cli_open (self, error);
  g_autoptr (WbProduct) product = desk != NULL ? find_product (self, 1, error) : NULL;

  return product != NULL &&
         wb_stock_track (wb_desk_get_book (desk), wb_record_get_int (product, WB_PRODUCT_ID),
                         tracked, wb_desk_get_actor (desk), error);
}

static gboolean
stock_track (WbCli *self, GError **error)
{
  return set_tracked (self, TRUE, error);
}

static gboolean
stock_untrack (WbCli *self, GError **error)
{
  return set_tracked (self, FALSE, error);
}

static gboolean
stock_take_back (WbCli *self, GError **error)
{
  WbDesk             *desk = wb_cli_open (self, error);
  g_autoptr (WbOrder) order =
      desk != NULL ? wb_cli_find_order (self, wb_cli_word (self, 1), error) : NULL;
  GPtrArray  *lines = order != NULL ? wb_record_get_many (order, WB_ORDER_LINES) : NULL;
  const char *sku = wb_cli_word (self, 2);
  gint64      quantity = 1;

  if (lines == NULL ||
      (wb_cli_word (self, 3) != NULL && !read_quantity (self, 3, 1, &quantity, error)))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (sku != NULL &&
        g_strcmp0 (wb_record_get_text (lines->pdata[i], WB_ORDER_LINE_SKU), sku) == 0)
      return wb_desk_take_back (desk, wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID),
                                quantity, !wb_cli_has (self, "write-off"),
                                wb_cli_option (self, "reason"), error);
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, _ ("The order has no line “%s”"),
               sku != NULL ? sku : "");
  return FALSE;
}

/* ---- rules, kits, codes, books ---- */

static gboolean
stock_allocate (WbCli *self, GError **error)
{
  WbDesk       *desk = wb_cli_open (self, error);
  const char   *name = wb_cli_option (self, "rule");
  WbStockRule   rule;
  WbStockResult result;
  int           order;

  if (desk == NULL)
    return FALSE;
  wb_stock_get_rule (wb_desk_get_book (desk), &rule);
  if (name != NULL)
    {
      if ((order = wb_stock_rule_parse (name)) < 0)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                       _ ("A rule is oldest, ship-by or complete, not “%s”"), name);
          return FALSE;
        }
      rule.order = (WbStockOrder) order;
      rule.partial = !wb_cli_has (self, "whole");
      if (!wb_stock_set_rule (wb_desk_get_book (desk), &rule, error))
        return FALSE;
    }
  if (!wb_stock_allocate (wb_desk_get_book (desk), &rule, 0, wb_desk_get_actor (desk), &result,
                          error))
    return FALSE;
  if (self->json)
    printf ("{\"orders\": %d, \"complete\": %d, \"pieces\": %d}\n", (int) result.orders,
            (int) result.complete, (int) result.pieces);
  else
    printf (_ ("%d orders were given %d pieces; %d of them have all they want\n"),
            (int) result.orders, (int) result.pieces, (int) result.complete);
  return TRUE;
}

static gboolean
stock_kit (WbCli *self, GError **error)
{
  g_autoptr (WbProduct) kit = find_product (self, 1, error);
  g_autoptr (WbProduct) part = kit != NULL ? find_product (self, 2, error) : NULL;
  gint64                quantity = 0;

  return part != NULL && read_quantity (self, 3, 0, &quantity, error) &&
         wb_book_set_component (wb_cli_book (self, error), wb_record_get_int (kit, WB_PRODUCT_ID),
                                wb_record_get_int (part, WB_PRODUCT_ID), quantity, error) &&
         say_figures (self, kit, error);
}

static gboolean
stock_code (WbCli *self, GError **error)
{
  g_autoptr (WbProduct) product = find_product (self, 1, error);
  const char           *code = wb_cli_word (self, 2);
  g_autofree char      *made = NULL;
  gint64                pack = 1;

  if (product == NULL || !wb_cli_number (self, "pack", 1, &pack, error))
    return FALSE;
  if (code != NULL)
    return wb_stock_add_code (wb_cli_book (self, error), wb_record_get_int (product, WB_PRODUCT_ID),
                              code, pack, error) != 0;
  made = wb_stock_make_code (wb_cli_book (self, error), wb_record_get_int (product, WB_PRODUCT_ID),
                             error);
  if (made != NULL)
    printf ("%s\n", made);
  return made != NULL;
}

static gboolean
stock_verify (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) faults = NULL;

  if (book == NULL || !wb_stock_verify (book, &faults, error))
    return FALSE;
  for (guint i = 0; i < faults->len; i++)
    printf ("%s\n", (const char *) faults->pdata[i]);
  if (faults->len > 0)
    self->exit_code = WB_EXIT_PERSON;
  else
    wb_cli_say (self, "%s", _ ("Levels, movements, allocations and order lines agree."));
  return TRUE;
}

/* ---- files ---- */

static gboolean
stock_export (WbCli *self, GError **error)
{
  WbBook          *book = wb_cli_book (self, error);
  const char      *path = wb_cli_word (self, 1);
  g_autofree char *csv = book != NULL ? wb_desk_export_products (book, error) : NULL;

  if (csv == NULL)
    return FALSE;
  if (path != NULL)
    return g_file_set_contents (path, csv, -1, error);
  fputs (csv, stdout);
  return TRUE;
}

static gboolean
stock_import (WbCli *self, GError **error)
{
  WbDesk                   *desk = wb_cli_open (self, error);
  const char               *path = wb_cli_word (self, 1);
  g_auto (WbProductsImport) result = { 0 };

  if (desk != NULL && path == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Say which file"));
  if (desk == NULL || path == NULL ||
      !wb_desk_import_products (desk, path, &result, self->cancellable, error))
    return FALSE;
  for (guint i = 0; i < result.problems->len; i++)
    g_printerr ("%s\n", (const char *) result.problems->pdata[i]);
  if (self->json)
    printf ("{\"read\": %d, \"added\": %d, \"changed\": %d, \"counted\": %d, \"problems\": %u}\n",
            (int) result.read, (int) result.added, (int) result.changed, (int) result.counted,
            result.problems->len);
  else
    printf (_ ("%d rows: %d products made, %d changed, %d levels put right, %d rows left out\n"),
            (int) result.read, (int) result.added, (int) result.changed, (int) result.counted,
            (int) result.problems->len);
  if (result.problems->len > 0)
    self->exit_code = WB_EXIT_PERSON;
  return TRUE;
}

static const struct
{
  const char *word;
  gboolean (*run) (WbCli *self, GError **error);
} acts[] = {
  { "list", stock_list },
  { "movements", stock_movements },
  { "receive", stock_receive },
  { "adjust", stock_adjust },
  { "count", stock_count },
  { "move", stock_move },
  { "track", stock_track },
  { "untrack", stock_untrack },
  { "take-back", stock_take_back },
  { "allocate", stock_allocate },
  { "kit", stock_kit },
  { "code", stock_code },
  { "verify", stock_verify },
  { "export", stock_export },
  { "import", stock_import },
};

static gboolean
cmd_stock (WbCli *self, GError **error)
{
  const char *word = wb_cli_word (self, 0);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_strcmp0 (acts[i].word, word != NULL ? word : "list") == 0)
      return acts[i].run (self, error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("“stock” does not know “%s”; see waybillctl help stock"), word);
  return FALSE;
}

const WbCommand wb_commands_stock[] = {
  { "stock",
    N_ ("[list] | receive SKU N | adjust SKU ±N | count SKU N | move SKU N | track SKU | …"),
    0,
    4,
    N_ ("show stock, and write down what comes and goes"),
    N_ ("“receive”, “adjust” (with --reason), “count” and “move” write movements; who waits for "
        "the "
        "goods gets them. “track” and “untrack” put a product under stock keeping or take it out. "
        "“take-back ORDER SKU N” is a return that arrived. “movements SKU” lists what happened. "
        "“allocate” serves the waiting orders, “verify” holds the books against themselves. “kit "
        "KIT PART N” says what a kit is made of, “code SKU [CODE]” what a scanner reads of it. "
        "“export [FILE]” and “import FILE” are products and levels as CSV."),
    cmd_stock,
    { { "bin", N_ ("BIN"), N_ ("in which bin; without it the product's own") },
      { "location", N_ ("NAME"), N_ ("in which place; without it the chosen one") },
      { "to-bin", N_ ("BIN"), N_ ("move: into which bin") },
      { "to-location", N_ ("NAME"), N_ ("move: to which place") },
      { "lot", N_ ("LOT"), N_ ("of which lot") },
      { "expires", N_ ("DATE"), N_ ("receive: the last day the lot may be sold") },
      { "reason", N_ ("TEXT"), N_ ("why, kept with the movement") },
      { "write-off", NULL, N_ ("take-back: it cannot be sold again") },
      { "rule", N_ ("RULE"), N_ ("allocate: oldest, ship-by or complete; kept from now on") },
      { "whole", NULL, N_ ("allocate: only orders that get all they want") },
      { "pack", N_ ("N"), N_ ("code: pieces that one scan stands for") } } },
  { NULL },
};
