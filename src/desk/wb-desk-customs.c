/* SPDX-License-Identifier: GPL-3.0-or-later
 * The customs declaration of a parcel, from the order's lines and the products behind them, and
 * what is missing in it, line by line. */
#include "wb-desk-customs.h"

#include "wb-address-format.h"
#include "wb-customs-rules.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

/* Whether customs want to know of a parcel of @order. */
gboolean
wb_order_crosses_customs (WbOrder *order, WbOrigin *origin)
{
  gpointer to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

  return to != NULL && origin != NULL &&
         wb_customs_needed (wb_record_get_text (origin, WB_ORIGIN_COUNTRY),
                            wb_record_get_text (origin, WB_ORIGIN_POSTCODE),
                            wb_record_get_text (to, WB_ADDRESS_COUNTRY),
                            wb_record_get_text (to, WB_ADDRESS_POSTCODE));
}

static void
add_gap (GString *gaps, const char *what)
{
  if (gaps->len > 0)
    g_string_append (gaps, ", ");
  g_string_append (gaps, what);
}

/* What a line lacks, in words, with what to do about it; NULL: nothing. */
static char *
describe_gaps (const WbCustomsLine *line)
{
  g_autoptr (GString) gaps = g_string_new (NULL);

  if (line->hs_code == NULL)
    add_gap (gaps, _ ("tariff number (HS, at least six digits)"));
  if (line->origin == NULL)
    add_gap (gaps, _ ("country of origin"));
  if (line->weight_g <= 0)
    add_gap (gaps, _ ("weight of a piece"));
  if (wb_text_is_empty (line->description))
    add_gap (gaps, _ ("description"));
  if (gaps->len == 0)
    return NULL;
  if (wb_text_is_empty (line->sku))
    /* Translators: an article's name; what it lacks */
    return g_strdup_printf (
        _ ("“%s” lacks: %s. It has no SKU; give it one in the shop, then say it "
           "for the product"),
        line->description, gaps->str);
  /* Translators: an article's name, its SKU; what it lacks */
  return g_strdup_printf (_ ("“%s” (%s) lacks: %s. Say it for the product"), line->description,
                          line->sku, gaps->str);
}

static void
fill_from_product (WbCustomsLine *line, WbProduct *product)
{
  const char *name = wb_record_get_text (product, WB_PRODUCT_CUSTOMS_NAME);

  if (!wb_text_is_empty (name))
    {
      g_free (line->description);
      line->description = g_strdup (name);
    }
  if (line->sku == NULL)
    line->sku = g_strdup (wb_record_get_text (product, WB_PRODUCT_SKU));
  if (wb_record_get_int (product, WB_PRODUCT_WEIGHT_G) > 0)
    line->weight_g = line->quantity * wb_record_get_int (product, WB_PRODUCT_WEIGHT_G);
  line->hs_code = wb_product_normalise_hs (wb_record_get_text (product, WB_PRODUCT_HS_CODE));
  if (!wb_text_is_empty (wb_record_get_text (product, WB_PRODUCT_ORIGIN_COUNTRY)))
    line->origin = g_ascii_strup (wb_record_get_text (product, WB_PRODUCT_ORIGIN_COUNTRY), -1);
}

/* What is not in the parcel at all, such as an e-book, is not told. */
static gboolean
add_line (WbBook      *book,
          WbOrder     *order,
          WbOrderLine *from,
          gint64       quantity,
          WbCustoms   *customs,
          GError     **error)
{
  gint64                ordered = wb_record_get_int (from, WB_ORDER_LINE_QUANTITY);
  g_autoptr (WbProduct) product = NULL;
  g_autofree char      *name = wb_text_one_line (wb_record_get_text (from, WB_ORDER_LINE_NAME));
  WbCustomsLine        *line;

  if (!wb_book_product_of (book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), from, &product,
                           error))
    return FALSE;
  if (product != NULL && wb_record_get_bool (product, WB_PRODUCT_DIGITAL))
    return TRUE;
  line = wb_customs_add (customs, wb_record_get_text (from, WB_ORDER_LINE_SKU), name);
  line->line_id = wb_record_get_int (from, WB_ORDER_LINE_ID);
  line->quantity = quantity;
  line->weight_g = quantity * wb_record_get_int (from, WB_ORDER_LINE_WEIGHT_G);
  line->value =
      ordered > 0
          ? (gint64) ((__int128) wb_record_get_int (from, WB_ORDER_LINE_TOTAL) * quantity / ordered)
          : 0;
  if (product != NULL)
    fill_from_product (line, product);
  return TRUE;
}

/**
 * wb_desk_make_customs:
 * @line_ids: the order's lines in the parcel, @n of them; @quantities: pieces of each
 * @gross_g: what the parcel weighs; 0: not known
 * @gaps: (out) (element-type utf8): what is missing, a sentence a line; empty when all is there
 *
 * Returns: (transfer full): the declaration as far as it can be made; NULL when the book cannot be
 * read.
 */
WbCustoms *
wb_desk_make_customs (WbDesk       *self,
                      WbOrder      *order,
                      WbOrigin     *origin,
                      const gint64 *line_ids,
                      const gint64 *quantities,
                      guint         n,
                      gint64        gross_g,
                      GPtrArray   **gaps,
                      GError      **error)
{
  const char           *signer = wb_record_get_text (origin, WB_ORIGIN_NAME);
  g_autoptr (WbCustoms) customs = wb_customs_new (
      WB_CONTENTS_MERCHANDISE,
      !wb_text_is_empty (signer) ? signer : wb_record_get_text (origin, WB_ORIGIN_COMPANY),
      wb_record_get_text (order, WB_ORDER_CURRENCY));
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      WbOrderLine *line = wb_order_find_line (order, line_ids[i]);

      if (line != NULL && !add_line (self->book, order, line, quantities[i], customs, error))
        return NULL;
    }
  for (guint i = 0; i < customs->lines->len; i++)
    {
      char *gap = describe_gaps (customs->lines->pdata[i]);

      if (gap != NULL)
        g_ptr_array_add (missing, gap);
    }
  if (wb_text_is_empty (customs->signer))
    g_ptr_array_add (missing, g_strdup (_ ("Customs want the name of the person who sends. Say it "
                                           "with the sender's address")));
  if (gross_g > 0 && wb_customs_total_weight (customs) > gross_g)
    g_ptr_array_add (missing,
                     /* Translators: two weights in grammes */
                     g_strdup_printf (_ ("The goods weigh %d g by their products and the whole "
                                         "parcel only %d g. Weigh it again"),
                                      (int) wb_customs_total_weight (customs), (int) gross_g));
  *gaps = g_steal_pointer (&missing);
  return g_steal_pointer (&customs);
}

/**
 * wb_desk_require_customs:
 * @full: what goes into the parcel, complete
 *
 * Refuses a parcel abroad of which customs would not be told all. Returns: TRUE when nothing is
 * missing or no customs are on the way; else %WB_ERROR_INVALID with every gap. Nothing is bought.
 */
gboolean
wb_desk_require_customs (
    WbDesk *self, WbOrder *order, WbOrigin *origin, const WbShipAsk *full, GError **error)
{
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (WbCustoms) customs = NULL;
  g_autofree char      *all = NULL;

  if (!wb_order_crosses_customs (order, origin))
    return TRUE;
  customs = wb_desk_make_customs (self, order, origin, full->line_ids, full->quantities, full->n,
                                  full->weight_g, &gaps, error);
  if (customs == NULL)
    return FALSE;
  if (gaps->len == 0)
    return TRUE;
  g_ptr_array_add (gaps, NULL);
  all = g_strjoinv (".\n", (char **) gaps->pdata);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               _ ("Order %s goes through customs, and not all they want to know is known. Nothing "
                  "was bought.\n%s"),
               wb_record_get_text (order, WB_ORDER_NUMBER), all);
  return FALSE;
}

/** wb_desk_customs_for_rating: Returns: (transfer full) (nullable): the whole declaration of what
 * @full holds; NULL without @error where none is wanted or something is missing in it: prices are
 * told all the same. */
WbCustoms *
wb_desk_customs_for_rating (
    WbDesk *self, WbOrder *order, WbOrigin *origin, const WbShipAsk *full, GError **error)
{
  g_autoptr (GPtrArray) gaps = NULL;
  g_autoptr (WbCustoms) customs = NULL;

  if (full->n == 0 || !wb_order_crosses_customs (order, origin))
    return NULL;
  customs = wb_desk_make_customs (self, order, origin, full->line_ids, full->quantities, full->n,
                                  full->weight_g, &gaps, error);
  return customs != NULL && gaps->len == 0 ? g_steal_pointer (&customs) : NULL;
}

/* The product behind a line of the declaration, as the book has it or as it is to be begun. */
static WbProduct *
product_behind (WbBook *book, WbOrder *order, const WbCustomsLine *line, GError **error)
{
  WbOrderLine          *from = wb_order_find_line (order, line->line_id);
  g_autoptr (WbProduct) product = NULL;

  if (!wb_book_product_of (book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), from, &product,
                           error))
    return NULL;
  if (product != NULL)
    return g_steal_pointer (&product);
  product = wb_product_new ();
  wb_record_set_text (product, WB_PRODUCT_SKU, line->sku);
  wb_record_set_text (product, WB_PRODUCT_NAME, line->description);
  if (line->quantity > 0)
    wb_record_set_int (product, WB_PRODUCT_WEIGHT_G, line->weight_g / line->quantity);
  return g_steal_pointer (&product);
}

static gboolean
is_listed (GPtrArray *products, const char *sku)
{
  for (guint i = 0; i < products->len; i++)
    if (g_strcmp0 (wb_record_get_text (products->pdata[i], WB_PRODUCT_SKU), sku) == 0)
      return TRUE;
  return FALSE;
}

/**
 * wb_list_customs_gaps:
 * @order_id: what of it is still to be shipped
 *
 * Quick. Returns: (transfer full) (element-type WbProduct): the products of which customs want to
 * know more, each once, those that the book does not know yet with the id 0; empty where no customs
 * are on the way. What has no SKU cannot be told about and is not there.
 */
GPtrArray *
wb_list_customs_gaps (WbBook *book, gint64 order_id, GError **error)
{
  g_autoptr (GPtrArray) products = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (WbOrder)   order = wb_book_get_order (book, order_id, error);
  g_autoptr (GPtrArray) origins = order != NULL ? wb_book_list_origins (book, error) : NULL;
  g_autoptr (WbCustoms) customs = NULL;
  GPtrArray            *lines = order != NULL ? wb_record_get_many (order, WB_ORDER_LINES) : NULL;

  if (origins == NULL)
    return NULL;
  if (origins->len == 0 || !wb_order_crosses_customs (order, origins->pdata[0]))
    return g_steal_pointer (&products);
  customs =
      wb_customs_new (WB_CONTENTS_MERCHANDISE, NULL, wb_record_get_text (order, WB_ORDER_CURRENCY));
  for (guint i = 0; i < lines->len; i++)
    if (wb_order_line_to_ship (lines->pdata[i]) > 0 &&
        !add_line (book, order, lines->pdata[i], wb_order_line_to_ship (lines->pdata[i]), customs,
                   error))
      return NULL;
  for (guint i = 0; i < customs->lines->len; i++)
    {
      const WbCustomsLine *line = customs->lines->pdata[i];
      g_autofree char     *gap = describe_gaps (line);
      WbProduct           *product;

      if (gap == NULL || wb_text_is_empty (line->sku) || is_listed (products, line->sku))
        continue;
      product = product_behind (book, order, line, error);
      if (product == NULL)
        return NULL;
      g_ptr_array_add (products, product);
    }
  return g_steal_pointer (&products);
}

/* What customs are told must be true: nothing is filled up. */
static gboolean
check_product (WbProduct *product, GError **error)
{
  const char      *hs = wb_record_get_text (product, WB_PRODUCT_HS_CODE);
  const char      *made = wb_record_get_text (product, WB_PRODUCT_ORIGIN_COUNTRY);
  g_autofree char *code = wb_product_normalise_hs (hs);
  g_auto (GStrv)   countries = wb_country_codes ();
  const char      *sku = wb_record_get_text (product, WB_PRODUCT_SKU);

  if (!wb_text_is_empty (hs) && code == NULL)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                 "%s: hs_code: “%s” is no tariff number: six digits or more, never filled up", sku,
                 hs);
  else if (!wb_text_is_empty (made) && !g_strv_contains ((const char *const *) countries, made))
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: origin_country: “%s” is no country", sku,
                 made);
  else if (wb_record_get_int (product, WB_PRODUCT_WEIGHT_G) < 0)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s: weight_g: less than nothing", sku);
  else
    {
      if (code != NULL)
        wb_record_set_text (product, WB_PRODUCT_HS_CODE, code);
      return TRUE;
    }
  return FALSE;
}

/**
 * wb_desk_save_customs_data:
 * @products: (element-type WbProduct): as wb_list_customs_gaps() gave them, filled in; with the id
 * 0 they are begun
 *
 * Keeps all of them or none. %WB_ERROR_INVALID names the product and the field.
 */
gboolean
wb_desk_save_customs_data (WbDesk *self, GPtrArray *products, GError **error)
{
  gboolean fine;

  for (guint i = 0; i < products->len; i++)
    if (!check_product (products->pdata[i], error))
      return FALSE;
  if (!wb_book_begin (self->book, error))
    return FALSE;
  fine = TRUE;
  for (guint i = 0; i < products->len && fine; i++)
    {
      if (wb_record_get_int (products->pdata[i], WB_PRODUCT_ID) == 0)
        wb_record_set_int (products->pdata[i], WB_PRODUCT_CREATED_AT, wb_now ());
      fine = wb_book_save (self->book, products->pdata[i], error);
    }
  if (fine)
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}
