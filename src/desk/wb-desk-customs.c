/* SPDX-License-Identifier: GPL-3.0-or-later
 * The customs declaration of a parcel, from the order's lines and the products behind them, and
 * what is missing in it, line by line. */
#include "wb-desk-customs.h"

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
add_line (WbDesk      *self,
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

  if (!wb_book_product_of (self->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), from,
                           &product, error))
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

      if (line != NULL && !add_line (self, order, line, quantities[i], customs, error))
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
