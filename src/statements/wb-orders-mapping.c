/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the columns of a file of orders are: guessed by their heads, said by a person, remembered as
 * JSON. */
#include "wb-orders-file.h"

#include "wb-statement-private.h"
#include "wb-text.h"

#include <string.h>

#define MOST_WORDS 16

/* The name of each cell, and the heads that mean it, in the order of how sure they are; compared
 * without case, spaces and signs. */
static const struct
{
  const char *id;
  const char *words[MOST_WORDS];
} cells[WB_N_ORDER_CELLS] = {
  [WB_ORDER_CELL_NUMBER] = { "number",
                             { "ordernumber", "orderno", "orderid", "bestellnummer",
                               "auftragsnummer", "bestellnr", "number", "order", "bestellung",
                               "nummer" } },
  [WB_ORDER_CELL_PLACED] = { "placed",
                             { "orderdate", "placed", "placedat", "bestelldatum", "auftragsdatum",
                               "createdat", "created", "date", "datum" } },
  [WB_ORDER_CELL_STATUS] = { "status", { "orderstatus", "status", "state", "bestellstatus" } },
  [WB_ORDER_CELL_PAID] = { "paid",
                           { "paid", "paidat", "datepaid", "paymentstatus", "financialstatus",
                             "bezahlt", "bezahltam", "zahlungsstatus" } },
  [WB_ORDER_CELL_CURRENCY] = { "currency", { "currency", "currencycode", "waehrung", "währung" } },
  [WB_ORDER_CELL_TOTAL] = { "total",
                            { "ordertotal", "grandtotal", "gesamtbetrag", "gesamtsumme", "total",
                              "summe" } },
  [WB_ORDER_CELL_SHIPPING] = { "shipping",
                               { "shippingcost", "shippingprice", "shippingtotal", "shipping",
                                 "versandkosten", "versand" } },
  [WB_ORDER_CELL_EMAIL] = { "email", { "email", "emailaddress", "customeremail", "mail" } },
  [WB_ORDER_CELL_PHONE] = { "phone", { "phone", "telephone", "telefon", "shippingphone", "tel" } },
  [WB_ORDER_CELL_NAME] = { "name",
                           { "shippingname", "shiptoname", "recipient", "recipientname",
                             "empfaenger", "empfänger", "customername", "customer", "kunde",
                             "name" } },
  [WB_ORDER_CELL_COMPANY] = { "company", { "shippingcompany", "company", "firma" } },
  [WB_ORDER_CELL_STREET1] = { "street",
                              { "shippingaddress1", "shippingstreet", "address1", "addressline1",
                                "street", "strasse", "straße", "shippingaddress", "address",
                                "adresse" } },
  [WB_ORDER_CELL_STREET2] = { "street2",
                              { "shippingaddress2", "address2", "addressline2", "street2",
                                "adresszusatz", "zusatz" } },
  [WB_ORDER_CELL_CITY] = { "city", { "shippingcity", "city", "town", "ort", "stadt" } },
  [WB_ORDER_CELL_REGION] = { "region",
                             { "shippingprovince", "shippingstate", "province", "region",
                               "bundesland" } },
  [WB_ORDER_CELL_POSTCODE] = { "postcode",
                               { "shippingzip", "shippingpostcode", "postcode", "postalcode",
                                 "zipcode", "zip", "plz", "postleitzahl" } },
  [WB_ORDER_CELL_COUNTRY] = { "country",
                              { "shippingcountry", "countrycode", "shippingcountrycode", "country",
                                "land", "laendercode", "ländercode" } },
  [WB_ORDER_CELL_NOTE] = { "note",
                           { "customernote", "note", "notes", "comment", "bemerkung", "notiz" } },
  [WB_ORDER_CELL_SERVICE] = { "service",
                              { "shippingmethod", "shippingservice", "service", "versandart" } },
  [WB_ORDER_CELL_PAYMENT] = { "payment", { "paymentmethod", "payment", "zahlungsart", "zahlart" } },
  [WB_ORDER_CELL_PAYMENT_REF] = { "payment-ref",
                                  { "paymentreference", "paymentref", "paymentid", "transactionid",
                                    "zahlungsreferenz" } },
  [WB_ORDER_CELL_LINE] = { "line",
                           { "lineid", "lineitemid", "linenumber", "line", "position", "pos" } },
  [WB_ORDER_CELL_SKU] = { "sku",
                          { "lineitemsku", "sku", "itemsku", "articlenumber", "artikelnummer",
                            "artikelnr" } },
  [WB_ORDER_CELL_ITEM] = { "item",
                           { "lineitemname", "itemname", "productname", "product", "item",
                             "description", "artikel", "produkt", "bezeichnung" } },
  [WB_ORDER_CELL_QUANTITY] = { "quantity",
                               { "lineitemquantity", "quantity", "qty", "menge", "anzahl", "stueck",
                                 "stück", "pieces" } },
  [WB_ORDER_CELL_PRICE] = { "price",
                            { "lineitemprice", "unitprice", "itemprice", "einzelpreis", "price",
                              "preis" } },
  [WB_ORDER_CELL_AMOUNT] = { "amount",
                             { "linetotal", "lineamount", "amount", "positionsbetrag", "betrag" } },
};

/** wb_order_cell_id: Returns: (transfer none): the cell's name in mappings and on the command line.
 */
const char *
wb_order_cell_id (WbOrderCell cell)
{
  return cells[cell].id;
}

/** wb_order_cell_parse: Returns: the #WbOrderCell called @id, -1 when there is none. */
int
wb_order_cell_parse (const char *id)
{
  for (int i = 0; i < WB_N_ORDER_CELLS; i++)
    if (g_strcmp0 (cells[i].id, id) == 0)
      return i;
  return -1;
}

static WbOrderMapping *
mapping_new (void)
{
  WbOrderMapping *mapping = g_new0 (WbOrderMapping, 1);

  mapping->decimal = '.';
  return mapping;
}

/** wb_order_mapping_free: frees @mapping. */
void
wb_order_mapping_free (WbOrderMapping *mapping)
{
  for (guint i = 0; i < WB_N_ORDER_CELLS; i++)
    g_free (mapping->columns[i]);
  g_free (mapping);
}

/** wb_order_mapping_set: @head: (nullable): the head of the column that is @cell; %NULL or empty:
 * none. */
gboolean
wb_order_mapping_set (WbOrderMapping *mapping, const char *cell, const char *head, GError **error)
{
  int                 which = wb_order_cell_parse (cell);
  g_autoptr (GString) all = NULL;

  if (which >= 0)
    {
      g_free (mapping->columns[which]);
      mapping->columns[which] = wb_text_is_empty (head) ? NULL : g_strdup (head);
      return TRUE;
    }
  all = g_string_new (cells[0].id);
  for (guint i = 1; i < WB_N_ORDER_CELLS; i++)
    g_string_append_printf (all, ", %s", cells[i].id);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "“%s” is nothing that a column of orders can be: %s", cell, all->str);
  return FALSE;
}

/* ---- guessing ---- */

static gboolean
is_taken (const WbOrderMapping *mapping, const char *head)
{
  for (guint i = 0; i < WB_N_ORDER_CELLS; i++)
    if (g_strcmp0 (mapping->columns[i], head) == 0)
      return TRUE;
  return FALSE;
}

/** wb_order_mapping_guess_forms: how amounts and dates are written in the columns that @mapping
 * names, by those that are there. */
void
wb_order_mapping_guess_forms (WbStatementFile *file, WbOrderMapping *mapping)
{
  static const WbOrderCell amounts[] = { WB_ORDER_CELL_PRICE, WB_ORDER_CELL_AMOUNT,
                                         WB_ORDER_CELL_TOTAL };
  g_autoptr (WbMapping)    forms = wb_mapping_new ();

  forms->columns[WB_CELL_DATE] = g_strdup (mapping->columns[WB_ORDER_CELL_PLACED]);
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    {
      static const WbCell places[] = { WB_CELL_AMOUNT, WB_CELL_IN, WB_CELL_OUT };

      forms->columns[places[i]] = g_strdup (mapping->columns[amounts[i]]);
    }
  wb_statement_file_guess_forms (file, forms);
  mapping->decimal = forms->decimal;
  mapping->dates = forms->dates;
  mapping->dates_open = forms->dates_open;
  if (forms->currency[0] != '\0' && mapping->currency[0] == '\0')
    memcpy (mapping->currency, forms->currency, sizeof mapping->currency);
}

/** wb_order_mapping_guess: Returns: (transfer full) (nullable): how the file seems to be read; a
 * person may correct it. %NULL for a file that is no CSV. */
WbOrderMapping *
wb_order_mapping_guess (WbStatementFile *file)
{
  WbOrderMapping *mapping;

  if (file->heads == NULL)
    return NULL;
  mapping = mapping_new ();
  for (guint c = 0; c < WB_N_ORDER_CELLS; c++)
    for (guint w = 0; mapping->columns[c] == NULL && w < MOST_WORDS && cells[c].words[w] != NULL;
         w++)
      for (guint i = 0; mapping->columns[c] == NULL && i < file->heads->len; i++)
        {
          const char      *head = file->heads->pdata[i];
          g_autofree char *bare = wb_head_bare (head);

          if (g_str_equal (bare, cells[c].words[w]) && !is_taken (mapping, head))
            mapping->columns[c] = g_strdup (head);
        }
  wb_order_mapping_guess_forms (file, mapping);
  return mapping;
}

/* ---- as text ---- */

/** wb_order_mapping_to_json: Returns: (transfer full): @mapping as text. */
char *
wb_order_mapping_to_json (const WbOrderMapping *mapping)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject          *object = json_object_new (), *columns = json_object_new ();

  json_object_set_string_member (object, "decimal", (char[]){ mapping->decimal, '\0' });
  json_object_set_string_member (object, "dates", wb_dates_id (mapping->dates));
  json_object_set_string_member (object, "currency", mapping->currency);
  json_object_set_string_member (object, "country", mapping->country);
  for (guint i = 0; i < WB_N_ORDER_CELLS; i++)
    if (mapping->columns[i] != NULL)
      json_object_set_string_member (columns, cells[i].id, mapping->columns[i]);
  json_object_set_object_member (object, "columns", columns);
  json_node_take_object (root, object);
  return wb_json_to_text (root);
}

/** wb_order_mapping_parse: Returns: (transfer full) (nullable): what wb_order_mapping_to_json()
 * wrote. */
WbOrderMapping *
wb_order_mapping_parse (const char *json, GError **error)
{
  g_autoptr (JsonNode)       node = wb_json_parse (json, -1, "mapping", error);
  g_autoptr (WbOrderMapping) mapping = mapping_new ();
  WbJson                     root = wb_json_root (node, "mapping"), columns;
  const char                *text;

  if (node == NULL || !wb_json_object (&root, "columns", &columns, error))
    return NULL;
  for (guint i = 0; i < WB_N_ORDER_CELLS; i++)
    mapping->columns[i] = g_strdup (wb_json_opt_string (&columns, cells[i].id));
  if ((text = wb_json_opt_string (&root, "decimal")) != NULL && *text == ',')
    mapping->decimal = ',';
  mapping->dates = wb_dates_parse (wb_json_opt_string (&root, "dates"));
  if ((text = wb_json_opt_string (&root, "currency")) != NULL && wb_currency_is_valid (text))
    g_strlcpy (mapping->currency, text, sizeof mapping->currency);
  if ((text = wb_json_opt_string (&root, "country")) != NULL && strlen (text) == 2)
    g_strlcpy (mapping->country, text, sizeof mapping->country);
  return g_steal_pointer (&mapping);
}

/* ---- whether it will do ---- */

static gboolean
fail_column (WbStatementFile *file, WbOrderCell cell, const char *head, GError **error)
{
  g_autoptr (GString) heads = g_string_new (NULL);

  for (guint i = 0; i < file->heads->len; i++)
    g_string_append_printf (heads, "%s“%s”", i > 0 ? ", " : "",
                            (const char *) file->heads->pdata[i]);
  if (head != NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "%s, line %u: there is no column “%s” (for the %s); there are %s", file->name,
                 file->head_line, head, cells[cell].id, heads->str);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "%s, line %u: no column is said to be the %s; there are %s", file->name,
                 file->head_line, cells[cell].id, heads->str);
  return FALSE;
}

/** wb_order_mapping_check: %WB_ERROR_INVALID with file, line and column when @mapping does not fit
 * the file or leaves something open. */
gboolean
wb_order_mapping_check (WbStatementFile *file, const WbOrderMapping *mapping, GError **error)
{
  static const WbOrderCell needed[] = { WB_ORDER_CELL_NUMBER, WB_ORDER_CELL_QUANTITY };

  for (guint i = 0; i < WB_N_ORDER_CELLS; i++)
    if (mapping->columns[i] != NULL &&
        !g_ptr_array_find_with_equal_func (file->heads, mapping->columns[i], g_str_equal, NULL))
      return fail_column (file, i, mapping->columns[i], error);
  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (mapping->columns[needed[i]] == NULL)
      return fail_column (file, needed[i], NULL, error);
  if (mapping->columns[WB_ORDER_CELL_SKU] == NULL && mapping->columns[WB_ORDER_CELL_ITEM] == NULL)
    return fail_column (file, WB_ORDER_CELL_ITEM, NULL, error);
  if (mapping->columns[WB_ORDER_CELL_CURRENCY] == NULL && mapping->currency[0] == '\0')
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "%s: no column tells the currency: say which it is", file->name);
      return FALSE;
    }
  if (mapping->columns[WB_ORDER_CELL_PLACED] != NULL &&
      (mapping->dates == WB_DATES_UNKNOWN || mapping->dates_open))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "%s: the dates in column “%s” may be read with the day or the month first: say "
                   "which",
                   file->name, mapping->columns[WB_ORDER_CELL_PLACED]);
      return FALSE;
    }
  return TRUE;
}
