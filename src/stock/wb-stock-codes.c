/* SPDX-License-Identifier: GPL-3.0-or-later
 * What a scanner reads: which product a code is, how many pieces it stands for, and what else it
 * carries; and codes of the house's own. */
#include "wb-stock-private.h"

#include "wb-gs1.h"

#include <string.h>

#define OWN_PREFIX "WB" /* no GTIN begins so */
#define MOST_CODE  80

/* What a code is looked up by; %NULL with @error for what nobody can print. */
static char *
key_of (const char *code, const char **kind, GError **error)
{
  char  gtin[WB_GTIN_SIZE];
  gsize n = strlen (code);

  *kind = WB_CODE_OWN;
  if (wb_gtin_normalise (code, gtin))
    {
      *kind = wb_gtin_kind (code);
      return g_strdup (gtin);
    }
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isprint (code[i]))
      n = 0;
  if (n > 0 && n <= MOST_CODE)
    return g_strdup (code);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "“%s” cannot be a barcode: letters, digits and signs, at most %d of them", code,
               MOST_CODE);
  return NULL;
}

/* Eight, twelve or thirteen digits whose last is wrong are a GTIN badly read or mistyped: kept as a
 * code of the house's own they would never match what is printed. */
static gboolean
is_mistyped (const char *code)
{
  gsize n = strlen (code);

  return (n == 8 || n == 12 || n == 13 || n == 14) && strspn (code, "0123456789") == n &&
         !wb_gtin_is_valid (code);
}

/**
 * wb_stock_add_code:
 * @code: as printed: EAN-13, EAN-8, UPC-A, GTIN-14, or any text of the house's own (Code 128)
 * @pack: pieces that one scan of it stands for
 *
 * Returns: the barcode's number; 0 with @error: %WB_ERROR_INVALID for a wrong check digit,
 * %WB_ERROR_CONFLICT where another product has the code.
 */
gint64
wb_stock_add_code (WbBook *book, gint64 product_id, const char *code, gint64 pack, GError **error)
{
  const char           *kind;
  g_autofree char      *key = NULL;
  g_autoptr (WbBarcode) barcode = NULL;

  if (is_mistyped (code))
    {
      g_autofree char *body = g_strndup (code, strlen (code) - 1);

      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "%s is no barcode number: its last digit should be %c. Compare it with what is "
                   "printed",
                   code, wb_gtin_check_digit (body));
      return 0;
    }
  if ((key = key_of (code, &kind, error)) == NULL)
    return 0;
  barcode = wb_book_find_barcode (book, key, NULL);
  if (barcode != NULL && wb_record_get_int (barcode, WB_BARCODE_PRODUCT_ID) != product_id)
    {
      g_autoptr (WbProduct) other =
          wb_book_get_product (book, wb_record_get_int (barcode, WB_BARCODE_PRODUCT_ID), NULL);

      g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT, "The code %s is “%s” already", code,
                   other != NULL ? wb_record_get_text (other, WB_PRODUCT_NAME) : "?");
      return 0;
    }
  if (barcode == NULL)
    barcode = wb_barcode_new ();
  wb_record_set_int (barcode, WB_BARCODE_PRODUCT_ID, product_id);
  wb_record_set_text (barcode, WB_BARCODE_CODE, code);
  wb_record_set_text (barcode, WB_BARCODE_CODE_KEY, key);
  wb_record_set_text (barcode, WB_BARCODE_KIND, kind);
  wb_record_set_int (barcode, WB_BARCODE_PACK, pack);
  return wb_book_save (book, barcode, error) ? wb_record_get_int (barcode, WB_BARCODE_ID) : 0;
}

/** wb_stock_make_code: Returns: (transfer full): a code of the house's own for a product that has
 * none printed on it: “WB000042”, to be printed as Code 128; %NULL with @error. */
char *
wb_stock_make_code (WbBook *book, gint64 product_id, GError **error)
{
  g_autofree char *code = g_strdup_printf (OWN_PREFIX "%06" G_GINT64_FORMAT, product_id);

  return wb_stock_add_code (book, product_id, code, 1, error) != 0 ? g_steal_pointer (&code) : NULL;
}

static gboolean
by_key (WbBook *book, const char *key, WbStockCode *code, GError **error)
{
  g_autoptr (GError)    local = NULL;
  g_autoptr (WbBarcode) barcode = wb_book_find_barcode (book, key, &local);

  if (barcode != NULL)
    {
      code->product_id = wb_record_get_int (barcode, WB_BARCODE_PRODUCT_ID);
      code->pack = wb_record_get_int (barcode, WB_BARCODE_PACK);
      return TRUE;
    }
  if (g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What the product itself says its code is, or its SKU, printed by the house. */
static gboolean
by_product (WbBook *book, const char *text, WbStockCode *code, GError **error)
{
  g_autoptr (GPtrArray) found = wb_book_find_products_by_code (book, text, error);

  if (found != NULL && found->len == 1)
    code->product_id = wb_record_get_int (found->pdata[0], WB_PRODUCT_ID);
  return found != NULL;
}

static gboolean
looks_like_gs1 (const char *text)
{
  return *text == ']' || *text == '(' || *text == '\x1d' ||
         (strlen (text) > 15 && (g_str_has_prefix (text, "01") || g_str_has_prefix (text, "02")));
}

static gboolean
by_gs1 (WbBook *book, const char *text, WbStockCode *code, GError **error)
{
  g_auto (WbGs1) gs1 = { 0 };

  if (!wb_gs1_parse (text, &gs1, error))
    return FALSE;
  if (gs1.gtin[0] != '\0' && !by_key (book, gs1.gtin, code, error))
    return FALSE;
  code->lot = g_steal_pointer (&gs1.lot);
  code->serial = g_steal_pointer (&gs1.serial);
  code->expires_on = g_steal_pointer (&gs1.expires_on);
  if (gs1.count > 0)
    code->pack *= gs1.count;
  return TRUE;
}

/**
 * wb_stock_read_code:
 * @text: what the scanner sent
 * @code: (out): untouched on failure; clear with wb_stock_code_clear()
 *
 * First the codes given to products, then a product's own barcode field and SKU; a GS1 element
 * string is taken apart. That no product has the code is no error: its product_id is then 0.
 * %WB_ERROR_INVALID for a code that was read wrong.
 */
gboolean
wb_stock_read_code (WbBook *book, const char *text, WbStockCode *code, GError **error)
{
  g_auto (WbStockCode) found = { .pack = 1 };
  g_autofree char     *clean = g_strstrip (g_strdup (text));
  g_autofree char     *key = NULL;
  const char          *kind;

  if ((key = key_of (clean, &kind, NULL)) != NULL && !by_key (book, key, &found, error))
    return FALSE;
  if (found.product_id == 0 && !by_product (book, clean, &found, error))
    return FALSE;
  if (found.product_id == 0 && looks_like_gs1 (clean) && !by_gs1 (book, clean, &found, error))
    return FALSE;
  if (found.product_id == 0 && key == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "That is no barcode that can be read here");
      return FALSE;
    }
  *code = found;
  memset (&found, 0, sizeof found);
  return TRUE;
}

/** wb_stock_code_clear: frees what @code holds. */
void
wb_stock_code_clear (WbStockCode *code)
{
  g_clear_pointer (&code->lot, g_free);
  g_clear_pointer (&code->serial, g_free);
  g_clear_pointer (&code->expires_on, g_free);
}
