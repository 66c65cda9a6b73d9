/* SPDX-License-Identifier: GPL-3.0-or-later
 * Which box: those of the house's packages into which the goods go, the cheapest first by what the
 * carrier really asks for it and what the box costs, not by its size: the smaller box is not always
 * the cheaper one. */
#include "wb-desk-boxes.h"
#include "wb-desk-private.h"

#include "wb-book-merged.h"
#include "wb-box-fit.h"
#include "wb-kit.h"
#include "wb-rules.h"

#include <glib/gi18n-lib.h>

#define RATED_MOST      3 /* offers are asked for so many boxes, the likeliest first */
#define DIVISOR_SETTING "dimensional_divisor"
#define DIVISOR         5000 /* cm³ a kilogram, the commonest; a merchant's contract may say other */

/** wb_box_offer_free: frees @offer. */
void
wb_box_offer_free (WbBoxOffer *offer)
{
  g_free (offer->package);
  g_free (offer->reason);
  g_free (offer);
}

/* What is to go in: the pieces whose sizes are known, and whether that is all of them. */
typedef struct
{
  GArray  *pieces; /* WbBoxPiece */
  gint64   weight; /* of the goods, 0: not known */
  gboolean sure;
} Goods;

static void
goods_clear (Goods *goods)
{
  g_clear_pointer (&goods->pieces, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Goods, goods_clear)

/* @weight: of one, as the line says it; 0: as the product does. */
static void
add_pieces (Goods *goods, WbProduct *product, gint64 weight, gint64 quantity)
{
  WbBoxPiece piece = { .weight = weight };

  if (product != NULL)
    {
      piece.length = wb_record_get_int (product, WB_PRODUCT_LENGTH_MM);
      piece.width = wb_record_get_int (product, WB_PRODUCT_WIDTH_MM);
      piece.height = wb_record_get_int (product, WB_PRODUCT_HEIGHT_MM);
      piece.upright = wb_record_get_bool (product, WB_PRODUCT_UPRIGHT);
      piece.fragile = wb_record_get_bool (product, WB_PRODUCT_FRAGILE);
      if (piece.weight == 0)
        piece.weight = wb_record_get_int (product, WB_PRODUCT_WEIGHT_G);
    }
  if (piece.weight == 0)
    goods->weight = -1; /* one unknown weight makes the sum a guess */
  else if (goods->weight >= 0)
    goods->weight += piece.weight * quantity;
  if (piece.length <= 0 || piece.width <= 0 || piece.height <= 0)
    goods->sure = FALSE;
  else
    for (gint64 i = 0; i < quantity; i++)
      g_array_append_val (goods->pieces, piece);
}

/* A kit that has no size of its own goes in piece by piece. */
static gboolean
add_line (
    WbDesk *self, WbOrder *order, WbOrderLine *line, gint64 quantity, Goods *goods, GError **error)
{
  g_autoptr (WbProduct) product = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  gint64                weight = wb_record_get_int (line, WB_ORDER_LINE_WEIGHT_G);

  if (!wb_book_product_of (self->book, wb_record_get_int (order, WB_ORDER_CHANNEL_ID), line,
                           &product, error))
    return FALSE;
  if (product != NULL && wb_record_get_int (product, WB_PRODUCT_LENGTH_MM) == 0 &&
      (parts = wb_kit_parts (self->book, wb_record_get_int (product, WB_PRODUCT_ID), error)) ==
          NULL)
    return FALSE;
  if (parts == NULL || parts->len == 0)
    {
      add_pieces (goods, product, weight, quantity);
      return TRUE;
    }
  for (guint i = 0; i < parts->len; i++)
    {
      WbKitPart *part = parts->pdata[i];

      add_pieces (goods, part->product, 0, quantity * part->per_unit);
    }
  return TRUE;
}

static gboolean
gather (WbDesk *self, WbOrder *order, const WbShipAsk *ask, Goods *goods, GError **error)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  *goods = (Goods){ g_array_new (FALSE, FALSE, sizeof (WbBoxPiece)), 0, TRUE };
  for (guint i = 0; i < lines->len; i++)
    {
      gint64 quantity = ask->n == 0 ? wb_order_line_to_pack (lines->pdata[i]) : 0;

      for (guint k = 0; k < ask->n; k++)
        if (ask->line_ids[k] == wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID))
          quantity = MIN (ask->quantities[k], wb_order_line_to_pack (lines->pdata[i]));
      if (quantity > 0 && !add_line (self, order, lines->pdata[i], quantity, goods, error))
        return FALSE;
    }
  goods->weight = MAX (goods->weight, 0);
  return TRUE;
}

static WbBoxSpace
inside_of (WbPackage *package)
{
  static const guint inner[] = { WB_PACKAGE_INNER_LENGTH_MM, WB_PACKAGE_INNER_WIDTH_MM,
                                 WB_PACKAGE_INNER_HEIGHT_MM },
                     outer[] = { WB_PACKAGE_LENGTH_MM, WB_PACKAGE_WIDTH_MM, WB_PACKAGE_HEIGHT_MM };
  gint64 size[3];

  for (guint i = 0; i < 3; i++)
    {
      size[i] = wb_record_get_int (package, inner[i]);
      if (size[i] == 0)
        size[i] = wb_record_get_int (package, outer[i]);
    }
  return (WbBoxSpace){ size[0], size[1], size[2],
                       wb_record_get_int (package, WB_PACKAGE_MOST_WEIGHT_G) };
}

static gint64
divisor_of (WbDesk *self)
{
  g_autofree char *text = wb_book_get_setting (self->book, DIVISOR_SETTING);
  gint64           divisor = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

  return divisor > 0 ? divisor : DIVISOR;
}

/* Why all cannot go into the box; %NULL when it can, as far as is known. */
static char *
why_not (WbPackage *package, const WbBoxSpace *space, const Goods *goods)
{
  if (wb_record_get_bool (package, WB_PACKAGE_COUNTED) &&
      wb_record_get_int (package, WB_PACKAGE_STOCK) == 0)
    return g_strdup (_ ("none of them is left"));
  if (space->most_weight > 0 && goods->weight > space->most_weight)
    return g_strdup_printf (_ ("the goods weigh %d g, it bears %d g"), (int) goods->weight,
                            (int) space->most_weight);
  if (!wb_box_fits_all (space, (const WbBoxPiece *) goods->pieces->data, goods->pieces->len, NULL))
    return g_strdup (_ ("too small: no way was found to put all in"));
  return NULL;
}

static WbBoxOffer *
offer_of (WbDesk *self, WbPackage *package, const Goods *goods)
{
  WbBoxSpace  space = inside_of (package);
  WbBoxOffer *offer = g_new0 (WbBoxOffer, 1);
  gint64      inside = space.length * space.width * space.height;

  offer->package = g_strdup (wb_record_get_text (package, WB_PACKAGE_NAME));
  offer->sure = goods->sure;
  offer->usual = wb_record_get_bool (package, WB_PACKAGE_CHOSEN);
  offer->reason = why_not (package, &space, goods);
  offer->fits = offer->reason == NULL;
  offer->weight_g =
      goods->weight > 0 ? goods->weight + wb_record_get_int (package, WB_PACKAGE_WEIGHT_G) : 0;
  offer->billed_g = MAX (
      offer->weight_g, wb_box_dimensional_weight (wb_record_get_int (package, WB_PACKAGE_LENGTH_MM),
                                                  wb_record_get_int (package, WB_PACKAGE_WIDTH_MM),
                                                  wb_record_get_int (package, WB_PACKAGE_HEIGHT_MM),
                                                  divisor_of (self)));
  if (goods->sure && inside > 0)
    offer->filled =
        wb_box_volume ((const WbBoxPiece *) goods->pieces->data, goods->pieces->len) * 100 / inside;
  if (wb_record_get_text (package, WB_PACKAGE_CURRENCY) != NULL)
    offer->box_cost = wb_record_get_money (package, WB_PACKAGE_COST);
  return offer;
}

/* What is paid for it in all; %FALSE where that cannot be said in one currency. */
static gboolean
price_of (const WbBoxOffer *offer, WbMoney *price)
{
  if (offer->rate.currency[0] == '\0')
    return FALSE;
  *price = offer->rate;
  if (offer->box_cost.minor == 0)
    return TRUE;
  if (!g_str_equal (offer->box_cost.currency, offer->rate.currency))
    return FALSE;
  price->minor += offer->box_cost.minor;
  return TRUE;
}

/* Whether it is proposed whatever the others cost: by a rule, or because nobody knows which of them
 * all goes into. */
static gboolean
goes_before (const WbBoxOffer *offer)
{
  return offer->wished || (offer->usual && offer->fits && !offer->sure);
}

/* What a rule names goes first, then what fits; where sizes are not known the usual one; then the
 * cheapest, as far as prices are known; then what is billed least, for that is what prices go by.
 */
static int
compare_offers (gconstpointer a, gconstpointer b)
{
  const WbBoxOffer *left = *(const WbBoxOffer *const *) a, *right = *(const WbBoxOffer *const *) b;
  WbMoney           l, r;
  gboolean          l_known = price_of (left, &l), r_known = price_of (right, &r);

  if (left->wished != right->wished)
    return left->wished ? -1 : 1;
  if (left->fits != right->fits)
    return left->fits ? -1 : 1;
  if (goes_before (left) != goes_before (right))
    return goes_before (left) ? -1 : 1;
  if (l_known != r_known)
    return l_known ? -1 : 1;
  if (l_known && g_str_equal (l.currency, r.currency) && l.minor != r.minor)
    return l.minor < r.minor ? -1 : 1;
  if (left->billed_g != right->billed_g)
    return left->billed_g < right->billed_g ? -1 : 1;
  return (left->box_cost.minor > right->box_cost.minor) -
         (left->box_cost.minor < right->box_cost.minor);
}

static gboolean
rate_one (WbDesk          *self,
          const WbShipAsk *ask,
          WbBoxOffer      *offer,
          GCancellable    *cancellable,
          GError         **error)
{
  WbShipAsk             with = *ask;
  g_autoptr (GPtrArray) rates = NULL;

  with.package = offer->package;
  with.length_mm = with.width_mm = with.height_mm = 0;
  if (with.weight_g == 0)
    with.weight_g = offer->weight_g;
  rates = wb_desk_get_rates (self, &with, cancellable, error);
  if (rates == NULL)
    return FALSE;
  if (rates->len > 0)
    offer->rate = wb_record_get_money (rates->pdata[0], WB_RATE_COST);
  return TRUE;
}

/* A box for which nobody offers is no reason to know no price of the others. */
static gboolean
rate_likeliest (WbDesk          *self,
                const WbShipAsk *ask,
                GPtrArray       *offers,
                GCancellable    *cancellable,
                GError         **error)
{
  g_autoptr (GError) first = NULL;
  guint              rated = 0;

  for (guint i = 0; i < offers->len && i < RATED_MOST; i++)
    {
      g_autoptr (GError) local = NULL;

      if (!((WbBoxOffer *) offers->pdata[i])->fits)
        continue;
      rated += rate_one (self, ask, offers->pdata[i], cancellable, &local);
      if (first == NULL)
        first = g_steal_pointer (&local);
      if (g_cancellable_is_cancelled (cancellable))
        break;
    }
  if (first != NULL && (rated == 0 || g_cancellable_is_cancelled (cancellable)))
    {
      g_propagate_error (error, g_steal_pointer (&first));
      return FALSE;
    }
  g_ptr_array_sort (offers, compare_offers);
  return TRUE;
}

/* What it costs in all, or what it would be billed as. Returns: (nullable). */
static char *
price_words (const WbBoxOffer *offer, gboolean cheapest)
{
  g_autofree char *money = NULL;
  WbMoney          price;

  if (price_of (offer, &price))
    {
      money = wb_money_to_text (price);
      /* Translators: an amount of money: postage and box together */
      return g_strdup_printf (
          cheapest ? _ ("the cheapest: %s with the box") : _ ("%s with the box"), money);
    }
  /* Translators: how full the box is, then grams that are billed */
  return offer->sure ? g_strdup_printf (_ ("%d %% full, billed as %d g"), (int) offer->filled,
                                        (int) offer->billed_g)
                     : NULL;
}

static void
give_reason (WbBoxOffer *offer, gboolean first)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (offer->wished)
    g_ptr_array_add (parts, g_strdup (_ ("your rule wishes it")));
  else if (first && goes_before (offer))
    g_ptr_array_add (parts, g_strdup (_ ("your usual one")));
  if (!offer->fits)
    g_ptr_array_add (parts, g_steal_pointer (&offer->reason));
  else
    {
      char *price = price_words (offer, first && !goes_before (offer));

      if (price != NULL)
        g_ptr_array_add (parts, price);
      if (!offer->sure)
        g_ptr_array_add (parts, g_strdup (_ ("sizes of some products are not known: look whether "
                                             "all goes in")));
    }
  g_ptr_array_add (parts, NULL);
  g_free (offer->reason);
  offer->reason = g_strjoinv ("; ", (char **) parts->pdata);
}

/* A box that a rule names and that is no more is no reason to propose none. */
static void
note_wish (GPtrArray *offers, WbOrder *order)
{
  g_auto (WbRuleWishes) wishes = { 0 };

  if (!wb_order_wishes (order, &wishes))
    return;
  for (guint i = 0; i < offers->len; i++)
    {
      WbBoxOffer *offer = offers->pdata[i];

      offer->wished = g_strcmp0 (offer->package, wishes.package) == 0;
    }
}

/** wb_box_offers_hang_on_price: @offers: from wb_desk_propose_boxes(), unrated. Returns: whether
 * another one may be proposed once the carrier's prices are known. */
gboolean
wb_box_offers_hang_on_price (GPtrArray *offers)
{
  return offers->len > 1 && ((WbBoxOffer *) offers->pdata[1])->fits &&
         !goes_before (offers->pdata[0]);
}

/**
 * wb_desk_propose_boxes:
 * @rated: the carrier is asked what the likeliest boxes would cost; otherwise they are told apart
 * by what would be billed
 *
 * All packages of the house for what @ask names, the proposed one first, those that do not do last
 * with the reason. What a rule of the merchant's names for the order is proposed, even where it
 * seems too small: its reason says so. Where the size of a product is not known, no box is said to
 * be too small for it, and each offer says so openly.
 *
 * Returns: (transfer full) (element-type WbBoxOffer).
 */
GPtrArray *
wb_desk_propose_boxes (
    WbDesk *self, const WbShipAsk *ask, gboolean rated, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOrder)   order = wb_book_get_whole_order (self->book, ask->order_id, error);
  g_autoptr (GPtrArray) packages = order != NULL ? wb_book_list_packages (self->book, error) : NULL;
  g_autoptr (GPtrArray) offers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) wb_box_offer_free);
  g_auto (Goods) goods = { 0 };

  if (packages == NULL || !gather (self, order, ask, &goods, error))
    return NULL;
  for (guint i = 0; i < packages->len; i++)
    g_ptr_array_add (offers, offer_of (self, packages->pdata[i], &goods));
  note_wish (offers, order);
  g_ptr_array_sort (offers, compare_offers);
  if (rated && !rate_likeliest (self, ask, offers, cancellable, error))
    return NULL;
  for (guint i = 0; i < offers->len; i++)
    give_reason (offers->pdata[i], i == 0);
  return g_steal_pointer (&offers);
}
