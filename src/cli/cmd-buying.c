/* SPDX-License-Identifier: GPL-3.0-or-later
 * reorder, supplier, purchase: what to buy and why, from whom, and what is on its way. */
#include "wb-cli-order-view.h"
#include "wb-cli-table.h"
#include "wb-cli.h"

#include "wb-desk-stock.h"
#include "wb-reorder.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* ---- reorder ---- */

static void
print_proposal (const WbProposal *proposal)
{
  printf ("%s  %s\n", wb_record_get_text (proposal->product, WB_PRODUCT_SKU),
          wb_record_get_text (proposal->product, WB_PRODUCT_NAME));
  if (proposal->supplier != NULL)
    printf ("  %s\n", wb_record_get_text (proposal->supplier, WB_SUPPLIER_NAME));
  for (guint i = 0; i < proposal->lines->len; i++)
    {
      const WbReorderLine *line = proposal->lines->pdata[i];
      int                  gap = 48 - (int) wb_cli_width (line->what);

      printf ("  %s", line->what);
      wb_cli_pad (MAX (gap, 1));
      printf ("%s\n", line->value);
    }
}

static void
json_number (JsonBuilder *builder, const char *name, double value) /* no money: pieces, days */
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value); /* no money: pieces, days */
}

static JsonNode *
proposals_to_json (GPtrArray *proposals)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < proposals->len; i++)
    {
      const WbProposal *of = proposals->pdata[i];

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "sku");
      json_builder_add_string_value (builder, wb_record_get_text (of->product, WB_PRODUCT_SKU));
      json_builder_set_member_name (builder, "method");
      json_builder_add_string_value (builder, wb_method_name (of->forecast.method));
      json_builder_set_member_name (builder, "quantity");
      json_builder_add_int_value (builder, of->quantity);
      json_builder_set_member_name (builder, "position");
      json_builder_add_int_value (builder, of->position);
      json_number (builder, "rate", of->forecast.rate);
      json_number (builder, "error", of->forecast.error);
      json_number (builder, "error_mean30", of->forecast.error_mean30);
      json_number (builder, "mase", of->forecast.mase);
      json_number (builder, "point", of->point);
      json_number (builder, "up_to", of->up_to);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

static GPtrArray *
propose (WbCli *self, const WbReorderRule *rule, GError **error)
{
  WbBook                *book = wb_cli_book (self, error);
  const char            *sku = wb_cli_word (self, 0);
  g_autoptr (WbProduct)  product = NULL;
  g_autoptr (WbProposal) one = NULL;
  GPtrArray             *list;

  if (sku == NULL)
    return wb_reorder_propose_all (book, rule, self->cancellable, error);
  if ((product = wb_book_find_product (book, sku, error)) == NULL ||
      (one = wb_reorder_propose (book, wb_record_get_int (product, WB_PRODUCT_ID), rule, error)) ==
          NULL)
    return NULL;
  list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_proposal_free);
  g_ptr_array_add (list, g_steal_pointer (&one));
  return list;
}

static gboolean
cmd_reorder (WbCli *self, GError **error)
{
  WbBook               *book = wb_cli_book (self, error);
  WbReorderRule         rule;
  g_autoptr (GPtrArray) proposals = NULL;
  gint64                service, review, lead;

  if (book == NULL)
    return FALSE;
  wb_reorder_get_rule (book, &rule);
  service = rule.service_permille / 10;
  review = rule.review_days;
  lead = rule.lead_days;
  if (!wb_cli_number (self, "service", 50, &service, error) ||
      !wb_cli_number (self, "review", 1, &review, error) ||
      !wb_cli_number (self, "lead", 1, &lead, error))
    return FALSE;
  if (wb_cli_has (self, "service"))
    rule.service_permille = (guint) MIN (service * 10, 999);
  rule.review_days = (guint) MIN (review, 365);
  rule.lead_days = (guint) MIN (lead, 365);
  if ((wb_cli_has (self, "service") || wb_cli_has (self, "review") || wb_cli_has (self, "lead")) &&
      !wb_reorder_set_rule (book, &rule, error))
    return FALSE;
  if ((proposals = propose (self, &rule, error)) == NULL)
    return FALSE;
  if (self->json)
    wb_cli_print_json (proposals_to_json (proposals));
  else if (proposals->len == 0)
    wb_cli_say (self, "%s", _ ("Nothing has to be bought."));
  else
    for (guint i = 0; i < proposals->len; i++)
      print_proposal (proposals->pdata[i]);
  return TRUE;
}

/* ---- supplier ---- */

static WbSupplier *
find_supplier (WbBook *book, const char *name, gboolean make, GError **error)
{
  g_autoptr (GError)     local = NULL;
  g_autoptr (WbSupplier) supplier = wb_book_find_supplier (book, name, &local);

  if (supplier == NULL && make && g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    {
      supplier = wb_supplier_new ();
      wb_record_set_text (supplier, WB_SUPPLIER_NAME, name);
    }
  else if (supplier == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return g_steal_pointer (&supplier);
}

/* What the supplier takes for a product, and how. */
static gboolean
save_terms (WbCli *self, WbSupplier *supplier, const char *sku, GError **error)
{
  WbBook                       *book = wb_cli_book (self, error);
  gint64                        id = wb_record_get_int (supplier, WB_SUPPLIER_ID), pack, moq, lead;
  g_autoptr (WbProduct)         product = wb_book_find_product (book, sku, error);
  g_autoptr (GPtrArray)         all = NULL;
  g_autoptr (WbProductSupplier) terms = NULL;

  if (product == NULL || (all = wb_book_list_product_suppliers (
                              book, wb_record_get_int (product, WB_PRODUCT_ID), error)) == NULL)
    return FALSE;
  for (guint i = 0; i < all->len && terms == NULL; i++)
    if (wb_record_get_int (all->pdata[i], WB_PRODUCT_SUPPLIER_SUPPLIER_ID) == id)
      terms = g_object_ref (all->pdata[i]);
  if (terms == NULL)
    {
      terms = wb_product_supplier_new ();
      wb_record_set_int (terms, WB_PRODUCT_SUPPLIER_PRODUCT_ID,
                         wb_record_get_int (product, WB_PRODUCT_ID));
      wb_record_set_int (terms, WB_PRODUCT_SUPPLIER_SUPPLIER_ID, id);
      wb_record_set_int (terms, WB_PRODUCT_SUPPLIER_PACK, 1);
      wb_record_set_bool (terms, WB_PRODUCT_SUPPLIER_PREFERRED, all->len == 0);
    }
  pack = wb_record_get_int (terms, WB_PRODUCT_SUPPLIER_PACK);
  moq = wb_record_get_int (terms, WB_PRODUCT_SUPPLIER_MOQ);
  lead = wb_record_get_int (terms, WB_PRODUCT_SUPPLIER_LEAD_DAYS);
  if (!wb_cli_number (self, "pack", 1, &pack, error) ||
      !wb_cli_number (self, "moq", 0, &moq, error) ||
      !wb_cli_number (self, "lead", 0, &lead, error))
    return FALSE;
  wb_record_set_int (terms, WB_PRODUCT_SUPPLIER_PACK, pack);
  wb_record_set_int (terms, WB_PRODUCT_SUPPLIER_MOQ, moq);
  wb_record_set_int (terms, WB_PRODUCT_SUPPLIER_LEAD_DAYS, lead);
  return wb_book_save (book, terms, error);
}

static gboolean
cmd_supplier (WbCli *self, GError **error)
{
  WbBook                *book = wb_cli_book (self, error);
  const char            *name = wb_cli_word (self, 0), *sku = wb_cli_word (self, 1);
  g_autoptr (WbSupplier) supplier = book != NULL ? find_supplier (book, name, TRUE, error) : NULL;
  gint64                 lead;

  if (supplier == NULL)
    return FALSE;
  lead = wb_record_get_int (supplier, WB_SUPPLIER_LEAD_DAYS);
  if (sku == NULL && !wb_cli_number (self, "lead", 0, &lead, error))
    return FALSE;
  wb_record_set_int (supplier, WB_SUPPLIER_LEAD_DAYS, lead);
  if (wb_cli_has (self, "currency"))
    wb_record_set_text (supplier, WB_SUPPLIER_CURRENCY, wb_cli_option (self, "currency"));
  return wb_book_save (book, supplier, error) &&
         (sku == NULL || save_terms (self, supplier, sku, error));
}

/* ---- purchase ---- */

static gboolean
add_line (WbCli *self, WbPurchaseOrder *purchase, const char *text, GError **error)
{
  g_auto (GStrv)        parts = g_strsplit (text, "=", 2);
  g_autoptr (WbProduct) product = NULL;
  gint64                quantity = 0;
  WbPurchaseLine       *line;

  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_signed (parts[1], 10, 1, G_MAXINT32, &quantity, NULL))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("Write SKU=PIECES, not “%s”"), text);
      return FALSE;
    }
  if ((product = wb_book_find_product (wb_cli_book (self, error), parts[0], error)) == NULL)
    return FALSE;
  line = wb_purchase_line_new ();
  wb_record_set_int (line, WB_PURCHASE_LINE_PRODUCT_ID, wb_record_get_int (product, WB_PRODUCT_ID));
  wb_record_set_int (line, WB_PURCHASE_LINE_QUANTITY, quantity);
  wb_record_add (purchase, WB_PURCHASE_ORDER_LINES, line);
  return TRUE;
}

static gboolean
purchase_order (WbCli *self, GError **error)
{
  WbDesk                     *desk = wb_cli_open (self, error);
  g_autoptr (WbSupplier)      supplier = NULL;
  g_autoptr (WbPurchaseOrder) purchase = wb_purchase_order_new ();
  gint64                      id;

  if (desk == NULL || (supplier = find_supplier (wb_desk_get_book (desk), wb_cli_word (self, 1),
                                                 FALSE, error)) == NULL)
    return FALSE;
  wb_record_set_int (purchase, WB_PURCHASE_ORDER_SUPPLIER_ID,
                     wb_record_get_int (supplier, WB_SUPPLIER_ID));
  wb_record_set_text (purchase, WB_PURCHASE_ORDER_NUMBER, wb_cli_word (self, 2));
  wb_record_set_text (purchase, WB_PURCHASE_ORDER_EXPECTED_ON, wb_cli_option (self, "expected"));
  for (guint i = 3; wb_cli_word (self, i) != NULL; i++)
    if (!add_line (self, purchase, wb_cli_word (self, i), error))
      return FALSE;
  id = wb_stock_order_goods (wb_desk_get_book (desk), purchase, error);
  if (id != 0)
    printf ("%" G_GINT64_FORMAT "\n", id);
  return id != 0;
}

static gboolean
purchase_arrived (WbCli *self, GError **error)
{
  WbDesk                     *desk = wb_cli_open (self, error);
  gint64                      id = 0;
  WbStockPlace                at = { 0 };
  g_autoptr (WbPurchaseOrder) purchase = NULL;
  GPtrArray                  *lines;

  if (desk == NULL || !wb_cli_parse_id (wb_cli_word (self, 1), _ ("purchase"), &id, error) ||
      (purchase = wb_book_get_purchase (wb_desk_get_book (desk), id, error)) == NULL)
    return FALSE;
  at.actor = wb_desk_get_actor (desk);
  at.bin = wb_cli_option (self, "bin");
  lines = wb_record_get_many (purchase, WB_PURCHASE_ORDER_LINES);
  for (guint i = 0; i < lines->len; i++)
    {
      gint64 open = wb_record_get_int (lines->pdata[i], WB_PURCHASE_LINE_QUANTITY) -
                    wb_record_get_int (lines->pdata[i], WB_PURCHASE_LINE_RECEIVED);

      if (open > 0 &&
          !wb_stock_receive_goods (wb_desk_get_book (desk),
                                   wb_record_get_int (lines->pdata[i], WB_PURCHASE_LINE_ID), &at,
                                   open, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
purchase_list (WbCli *self, GError **error)
{
  const WbColumn        columns[] = { { _ ("No."), TRUE, 0 },
                                      { _ ("Number"), FALSE, 24 },
                                      { _ ("State"), FALSE, 0 },
                                      { _ ("Expected"), FALSE, 0 },
                                      { NULL } };
  WbBook               *book = wb_cli_book (self, error);
  g_autoptr (GPtrArray) all =
      book != NULL ? wb_book_list_purchases (book, !wb_cli_has (self, "all"), error) : NULL;
  g_autoptr (WbTable) table = wb_table_new (columns);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      g_autofree char *id = g_strdup_printf (
          "%" G_GINT64_FORMAT, wb_record_get_int (all->pdata[i], WB_PURCHASE_ORDER_ID));

      wb_table_add (table, id, wb_record_get_text (all->pdata[i], WB_PURCHASE_ORDER_NUMBER),
                    wb_record_get_text (all->pdata[i], WB_PURCHASE_ORDER_STATE),
                    wb_record_get_text (all->pdata[i], WB_PURCHASE_ORDER_EXPECTED_ON));
    }
  if (all != NULL && self->json)
    wb_cli_print_json (wb_cli_records_to_json (all));
  else if (all != NULL)
    wb_table_print (table);
  return all != NULL;
}

static gboolean
purchase_cancel (WbCli *self, GError **error)
{
  WbBook *book = wb_cli_book (self, error);
  gint64  id = 0;

  return book != NULL && wb_cli_parse_id (wb_cli_word (self, 1), _ ("purchase"), &id, error) &&
         wb_stock_cancel_goods (book, id, error);
}

static const struct
{
  const char *word;
  guint       least;
  gboolean (*run) (WbCli *self, GError **error);
} acts[] = {
  { "list", 0, purchase_list },
  { "order", 4, purchase_order },
  { "arrived", 2, purchase_arrived },
  { "cancel", 2, purchase_cancel },
};

static gboolean
cmd_purchase (WbCli *self, GError **error)
{
  const char *word = wb_cli_word (self, 0);

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (g_strcmp0 (acts[i].word, word != NULL ? word : "list") == 0 &&
        self->words->len >= acts[i].least)
      return acts[i].run (self, error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("Write “purchase list”, “purchase order SUPPLIER NUMBER SKU=PIECES…”, “purchase "
                  "arrived NO” or “purchase cancel NO”"));
  return FALSE;
}

const WbCommand wb_commands_buying[] = {
  { "reorder",
    N_ ("[SKU]"),
    0,
    1,
    N_ ("say what to buy, and show the arithmetic"),
    N_ ("For every product under stock keeping: demand a day from the orders of days in stock, "
        "what "
        "is there and coming, the supplier's lead time, least quantity and packs, and how far such "
        "forecasts were off in the past beside the mean of 30 days."),
    cmd_reorder,
    { { "service", N_ ("PERCENT"), N_ ("how often all demand shall be met; kept from now on") },
      { "review", N_ ("DAYS"), N_ ("how often somebody orders; kept from now on") },
      { "lead", N_ ("DAYS"), N_ ("lead time where no supplier says; kept from now on") } } },
  { "supplier",
    N_ ("NAME [SKU]"),
    1,
    2,
    N_ ("say from whom goods are bought, and how"),
    NULL,
    cmd_supplier,
    { { "lead", N_ ("DAYS"), N_ ("from the order to the shelf") },
      { "currency", N_ ("CUR"), N_ ("what it is paid in") },
      { "pack", N_ ("N"), N_ ("pieces of the SKU in one pack") },
      { "moq", N_ ("N"), N_ ("the fewest pieces of the SKU it sells") } } },
  { "purchase",
    N_ ("[list] | order SUPPLIER NUMBER SKU=N… | arrived NO | cancel NO"),
    0,
    G_MAXUINT,
    N_ ("write down goods on their way, and their arrival"),
    NULL,
    cmd_purchase,
    { { "expected", N_ ("DATE"), N_ ("order: when they should come") },
      { "bin", N_ ("BIN"), N_ ("arrived: into which bin") },
      { "all", NULL, N_ ("list: also those that have come or were cancelled") } } },
  { NULL },
};
