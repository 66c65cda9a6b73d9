/* SPDX-License-Identifier: GPL-3.0-or-later
 * Everything about one product, read in one go, and its parts as rows. */
#include "wb-product-facts.h"

#include "wb-address-format.h"
#include "wb-book-channels.h"
#include "wb-fact-row.h"
#include "wb-order-facts.h"
#include "wb-stock-row.h"
#include "wb-stock-standing.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 id;
  guint  most;
} Ask;

/** wb_product_ask_new: Returns: (transfer full): data for #wb_product_read_work. */
gpointer
wb_product_ask_new (gint64 product_id, guint most_movements)
{
  return g_memdup2 (&(Ask){ product_id, most_movements }, sizeof (Ask));
}

/** wb_product_facts_free: frees @facts. */
void
wb_product_facts_free (WbProductFacts *facts)
{
  GPtrArray **lists[] = { &facts->levels,     &facts->lots,     &facts->places, &facts->codes,
                          &facts->parts,      &facts->listings, &facts->terms,  &facts->suppliers,
                          &facts->part_names, &facts->movements };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    g_clear_pointer (lists[i], g_ptr_array_unref);
  g_clear_object (&facts->product);
  g_clear_pointer (&facts->proposal, wb_proposal_free);
  g_free (facts);
}

/* ---- reading ---- */

static gboolean
read_parts (WbBook *book, WbProductFacts *facts, GError **error)
{
  facts->part_names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < facts->parts->len; i++)
    {
      g_autoptr (WbProduct) part = wb_book_get_product (
          book, wb_record_get_int (facts->parts->pdata[i], WB_KIT_COMPONENT_PRODUCT_ID), error);

      if (part == NULL)
        return FALSE;
      g_ptr_array_add (facts->part_names, g_strdup (wb_record_get_text (part, WB_PRODUCT_NAME)));
    }
  return TRUE;
}

static gboolean
read_suppliers (WbBook *book, WbProductFacts *facts, GError **error)
{
  facts->suppliers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < facts->terms->len; i++)
    {
      WbSupplier *supplier = wb_book_get_supplier (
          book, wb_record_get_int (facts->terms->pdata[i], WB_PRODUCT_SUPPLIER_SUPPLIER_ID), error);

      if (supplier == NULL)
        return FALSE;
      g_ptr_array_add (facts->suppliers, supplier);
    }
  return TRUE;
}

static gboolean
read_stock (WbBook *book, const Ask *ask, WbProductFacts *facts, GError **error)
{
  if ((facts->levels = wb_book_list_levels (book, ask->id, error)) == NULL ||
      (facts->lots = wb_book_list_lots (book, ask->id, error)) == NULL ||
      (facts->places = wb_book_list_locations (book, error)) == NULL ||
      (facts->movements = wb_book_list_movements (book, ask->id, 0, ask->most + 1, error)) == NULL)
    return FALSE;
  facts->more = facts->movements->len > ask->most;
  if (facts->more)
    g_ptr_array_set_size (facts->movements, (gint) ask->most);
  if (!facts->figures.tracked || facts->parts->len > 0)
    return TRUE;
  facts->proposal = wb_reorder_propose (book, ask->id, NULL, error);
  return facts->proposal != NULL;
}

static gpointer
run_read (WbJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  const Ask                 *ask = data;
  WbBook                    *book = wb_job_get_book (job, error);
  g_autoptr (WbProductFacts) facts = g_new0 (WbProductFacts, 1);

  if (book == NULL || (facts->product = wb_book_get_product (book, ask->id, error)) == NULL ||
      !wb_stock_figures (book, ask->id, 0, &facts->figures, error) ||
      (facts->codes = wb_book_list_barcodes (book, ask->id, error)) == NULL ||
      (facts->parts = wb_book_list_components (book, ask->id, error)) == NULL ||
      (facts->listings = wb_book_list_listings (book, ask->id, error)) == NULL ||
      (facts->terms = wb_book_list_product_suppliers (book, ask->id, error)) == NULL ||
      !read_parts (book, facts, error) || !read_suppliers (book, facts, error) ||
      !read_stock (book, ask, facts, error))
    return NULL;
  facts->gaps = wb_product_gaps (facts->product);
  facts->states = wb_stock_states (facts->product, &facts->figures);
  return g_steal_pointer (&facts);
}

const WbWorkKind wb_product_read_work = {
  .run = run_read,
  .free_data = g_free,
  .free_result = (GDestroyNotify) wb_product_facts_free,
};

/* ---- as rows ---- */

static const char *
place_name (WbProductFacts *facts, gint64 id)
{
  for (guint i = 0; facts->places->len > 1 && i < facts->places->len; i++)
    if (wb_record_get_int (facts->places->pdata[i], WB_LOCATION_ID) == id)
      return wb_record_get_text (facts->places->pdata[i], WB_LOCATION_NAME);
  return NULL;
}

static WbLot *
find_lot (WbProductFacts *facts, gint64 id)
{
  for (guint i = 0; i < facts->lots->len; i++)
    if (wb_record_get_int (facts->lots->pdata[i], WB_LOT_ID) == id)
      return facts->lots->pdata[i];
  return NULL;
}

static void
append (GString *text, const char *part)
{
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

/* Place, bin and lot in one line. */
static char *
where_text (WbProductFacts *facts, gint64 location_id, const char *bin, gint64 lot_id)
{
  g_autoptr (GString) text = g_string_new (place_name (facts, location_id));
  WbLot              *lot = find_lot (facts, lot_id);

  append (text, !wb_text_is_empty (bin) ? bin : _ ("No bin"));
  if (lot != NULL)
    {
      /* Translators: the code of a lot of goods */
      g_autofree char *words =
          g_strdup_printf (_ ("lot %s"), wb_record_get_text (lot, WB_LOT_CODE));

      append (text, words);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/** wb_level_text: Returns: (transfer full): where it is: place (of several), bin and lot. */
char *
wb_level_text (WbProductFacts *facts, WbStockLevel *level)
{
  return where_text (facts, wb_record_get_int (level, WB_STOCK_LEVEL_LOCATION_ID),
                     wb_record_get_text (level, WB_STOCK_LEVEL_BIN),
                     wb_record_get_int (level, WB_STOCK_LEVEL_LOT_ID));
}

static char *
level_more (WbProductFacts *facts, WbStockLevel *level)
{
  g_autoptr (GString) text = g_string_new (NULL);
  WbLot              *lot = find_lot (facts, wb_record_get_int (level, WB_STOCK_LEVEL_LOT_ID));
  const char         *expires = lot != NULL ? wb_record_get_text (lot, WB_LOT_EXPIRES_ON) : NULL;
  gint64              allocated = wb_record_get_int (level, WB_STOCK_LEVEL_ALLOCATED),
         picked = wb_record_get_int (level, WB_STOCK_LEVEL_PICKED);
  g_autofree char *held = g_strdup_printf (_ ("%'d allocated"), (int) allocated),
                  *taken = g_strdup_printf (_ ("%'d picked"), (int) picked),
                  *until = g_strdup_printf (_ ("to be sold until %s"), expires);

  if (allocated > 0)
    append (text, held);
  if (picked > 0)
    append (text, taken);
  if (expires != NULL)
    append (text, until);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/** wb_product_facts_fill_levels: where how many lie. */
void
wb_product_facts_fill_levels (WbProductFacts *facts, GtkListBox *box)
{
  wb_list_box_clear (box);
  for (guint i = 0; i < facts->levels->len; i++)
    {
      gpointer         level = facts->levels->pdata[i];
      gint64           pieces = wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND);
      g_autofree char *where = wb_level_text (facts, level), *more = level_more (facts, level),
                      *value = g_strdup_printf ("%'d", (int) pieces);

      if (pieces > 0 || facts->levels->len == 1)
        gtk_list_box_append (box, wb_stock_row_new (where, more, value, NULL));
    }
}

static void
add_fact (GtkListBox *box, const char *title, const char *value, gboolean missing)
{
  gtk_list_box_append (
      box, wb_fact_row_new (title, missing ? _ ("missing") : value, missing ? "warning" : NULL));
}

static char *
grams_text (gint64 grams)
{
  return grams > 0 ? g_strdup_printf (_ ("%'d g"), (int) grams) : NULL;
}

static char *
size_text (WbProduct *product)
{
  gint64 length = wb_record_get_int (product, WB_PRODUCT_LENGTH_MM),
         width = wb_record_get_int (product, WB_PRODUCT_WIDTH_MM),
         height = wb_record_get_int (product, WB_PRODUCT_HEIGHT_MM);

  if (length == 0 && width == 0 && height == 0)
    return NULL;
  return g_strdup_printf (_ ("%d × %d × %d mm"), (int) length, (int) width, (int) height);
}

/** wb_product_facts_fill_about: size, weight, customs, cost, and what it is kept at. */
void
wb_product_facts_fill_about (WbProductFacts *facts, GtkListBox *box)
{
  WbProduct  *product = facts->product;
  const char *origin = wb_record_get_text (product, WB_PRODUCT_ORIGIN_COUNTRY);
  const char *currency = wb_record_get_text (product, WB_PRODUCT_CURRENCY);
  gint64      cost = wb_record_get_int (product, WB_PRODUCT_COST),
         least = wb_record_get_int (product, WB_PRODUCT_MIN_STOCK);
  g_autofree char *weight = grams_text (wb_record_get_int (product, WB_PRODUCT_WEIGHT_G));
  g_autofree char *size = size_text (product);
  g_autofree char *country = origin != NULL ? wb_country_name (origin) : NULL;
  g_autofree char *price =
      cost > 0 && currency != NULL ? wb_money_to_text (wb_money (cost, currency)) : NULL;
  g_autofree char *pieces = least > 0 ? g_strdup_printf ("%'d", (int) least) : NULL;

  wb_list_box_clear (box);
  add_fact (box, _ ("Bin"), wb_record_get_text (product, WB_PRODUCT_BIN), FALSE);
  add_fact (box, _ ("Weight of a piece"), weight, facts->gaps & WB_GAP_WEIGHT);
  add_fact (box, _ ("Size"), size, FALSE);
  add_fact (box, _ ("Tariff number (HS)"), wb_record_get_text (product, WB_PRODUCT_HS_CODE),
            facts->gaps & WB_GAP_HS_CODE);
  add_fact (box, _ ("Country of origin"), country, facts->gaps & WB_GAP_ORIGIN);
  add_fact (box, _ ("Customs are told"), wb_record_get_text (product, WB_PRODUCT_CUSTOMS_NAME),
            FALSE);
  add_fact (box, _ ("Cost of a piece"), price, FALSE);
  if (least > 0)
    add_fact (box, _ ("Least stock"), pieces, FALSE);
}

/** wb_product_facts_fill_parts: what is in one of a kit. */
void
wb_product_facts_fill_parts (WbProductFacts *facts, GtkListBox *box)
{
  wb_list_box_clear (box);
  for (guint i = 0; i < facts->parts->len; i++)
    {
      g_autofree char *value = g_strdup_printf (
          "%d ×", (int) wb_record_get_int (facts->parts->pdata[i], WB_KIT_COMPONENT_QUANTITY));

      gtk_list_box_append (box, wb_stock_row_new (facts->part_names->pdata[i], NULL, value, NULL));
    }
}

/* “told 5, 3 minutes ago · shows 4”. */
static char *
listing_more (WbListing *listing)
{
  g_autoptr (GString) text = g_string_new (NULL);
  WbInstant           told_at = wb_record_get_int (listing, WB_LISTING_PUBLISHED_AT),
            shown_at = wb_record_get_int (listing, WB_LISTING_SHOWN_AT);
  gint64           buffer = wb_record_get_int (listing, WB_LISTING_BUFFER);
  g_autofree char *told = wb_instant_to_relative (told_at, wb_now ()),
                  *shown = wb_instant_to_relative (shown_at, wb_now ());

  if (told_at != 0)
    /* Translators: when a shop was last told how many there are */
    g_string_append_printf (text, _ ("told %s"), told);
  else
    g_string_append (text, _ ("never told"));
  if (wb_record_get_bool (listing, WB_LISTING_MANAGED) && shown_at != 0)
    {
      /* Translators: pieces that a shop shows, and when that was read */
      g_autofree char *words = g_strdup_printf (
          _ ("it showed %'d %s"), (int) wb_record_get_int (listing, WB_LISTING_SHOWN), shown);

      append (text, words);
    }
  if (buffer > 0)
    {
      g_autofree char *words = g_strdup_printf (_ ("%'d kept back"), (int) buffer);

      append (text, words);
    }
  if (wb_record_get_bool (listing, WB_LISTING_WITHHELD))
    append (text, _ ("its stock is not told there"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/** wb_product_facts_fill_listings: which channels sell it, and what each was told of its stock. */
void
wb_product_facts_fill_listings (WbProductFacts *facts, GtkListBox *box, WbWorkspace *workspace)
{
  wb_list_box_clear (box);
  for (guint i = 0; i < facts->listings->len; i++)
    {
      gpointer    listing = facts->listings->pdata[i];
      const char *channel = wb_workspace_get_connection_name (
          workspace, wb_record_get_int (listing, WB_LISTING_CHANNEL_ID));
      const char      *name = wb_record_get_text (listing, WB_LISTING_NAME);
      gboolean         told = wb_record_get_int (listing, WB_LISTING_PUBLISHED_AT) != 0;
      g_autofree char *title =
          name != NULL ? g_strdup_printf ("%s · %s", channel, name) : g_strdup (channel);
      g_autofree char *more = listing_more (listing);
      g_autofree char *value =
          told ? g_strdup_printf ("%'d", (int) wb_record_get_int (listing, WB_LISTING_PUBLISHED))
               : NULL;

      gtk_list_box_append (box, wb_stock_row_new (title, more, told ? value : "–", NULL));
    }
}

/** wb_product_facts_fill_reorder: the arithmetic of what to buy, line by line, the result last. */
void
wb_product_facts_fill_reorder (WbProductFacts *facts, GtkListBox *box)
{
  GPtrArray *lines = facts->proposal != NULL ? facts->proposal->lines : NULL;

  wb_list_box_clear (box);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const WbReorderLine *line = lines->pdata[i];

      gtk_list_box_append (
          box, wb_fact_row_new (line->what, line->value, i + 1 == lines->len ? "heading" : NULL));
    }
}

static const struct
{
  const char *kind;
  const char *title;
} kinds[] = {
  { WB_MOVE_RECEIPT, N_ ("Received") },     { WB_MOVE_ALLOCATION, N_ ("Allocated to an order") },
  { WB_MOVE_RELEASE, N_ ("Let go again") }, { WB_MOVE_PICK, N_ ("Picked") },
  { WB_MOVE_UNPICK, N_ ("Put back") },      { WB_MOVE_SHIP, N_ ("Shipped") },
  { WB_MOVE_RETURN, N_ ("Came back") },     { WB_MOVE_ADJUSTMENT, N_ ("Adjusted") },
  { WB_MOVE_COUNT, N_ ("Counted") },        { WB_MOVE_TRANSFER, N_ ("Moved") },
};

static const char *
kind_title (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _ (kinds[i].title);
  return kind;
}

static GtkWidget *
movement_row (WbProductFacts *facts, WbStockMovement *of)
{
  gint64           pieces = wb_record_get_int (of, WB_STOCK_MOVEMENT_QUANTITY);
  const char      *reason = wb_record_get_text (of, WB_STOCK_MOVEMENT_REASON);
  gboolean         on_hand = wb_record_get_int (of, WB_STOCK_MOVEMENT_ON_HAND) != 0;
  g_autofree char *where = where_text (facts, wb_record_get_int (of, WB_STOCK_MOVEMENT_LOCATION_ID),
                                       wb_record_get_text (of, WB_STOCK_MOVEMENT_BIN),
                                       wb_record_get_int (of, WB_STOCK_MOVEMENT_LOT_ID));
  g_autofree char *when = wb_instant_to_text (wb_record_get_int (of, WB_STOCK_MOVEMENT_AT));
  g_autofree char *title =
      !wb_text_is_empty (reason)
          ? g_strdup_printf ("%s: %s", kind_title (wb_record_get_text (of, WB_STOCK_MOVEMENT_KIND)),
                             reason)
          : g_strdup (kind_title (wb_record_get_text (of, WB_STOCK_MOVEMENT_KIND)));
  g_autofree char *more = g_strdup_printf ("%s · %s · %s", when, where,
                                           wb_record_get_text (of, WB_STOCK_MOVEMENT_ACTOR));
  /* The sign stays before its number where one writes from the right. */
  g_autofree char *value = g_strdup_printf ("\xe2\x80\x8e%+d", (int) pieces);

  return wb_stock_row_new (title, more, value, on_hand ? NULL : "dim-label");
}

/** wb_product_facts_fill_movements: what happened, newest first. */
void
wb_product_facts_fill_movements (WbProductFacts *facts, GtkListBox *box)
{
  wb_list_box_clear (box);
  for (guint i = 0; i < facts->movements->len; i++)
    gtk_list_box_append (box, movement_row (facts, facts->movements->pdata[i]));
}
