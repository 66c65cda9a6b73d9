/* SPDX-License-Identifier: GPL-3.0-or-later
 * Groups the picks of a wave. The names are read once; what changes on the walk is only counts. */
#include "wb-pick-sheet.h"

static void
line_free (gpointer data)
{
  WbPickLine *line = data;

  g_free (line->bin);
  g_free (line->name);
  g_free (line->sku);
  g_free (line->options);
  g_ptr_array_unref (line->parts);
  g_free (line);
}

/** wb_pick_sheet_free: frees @self. */
void
wb_pick_sheet_free (WbPickSheet *self)
{
  g_clear_object (&self->wave);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  g_ptr_array_unref (self->lines);
  g_hash_table_unref (self->parts);
  g_hash_table_unref (self->numbers);
  g_hash_table_unref (self->totes);
  g_free (self);
}

static WbPickSheet *
sheet_new (void)
{
  WbPickSheet *self = g_new0 (WbPickSheet, 1);

  self->lines = g_ptr_array_new_with_free_func (line_free);
  self->parts = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->totes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

/** wb_pick_part_left: Returns: pieces that are still to be fetched. */
gint64
wb_pick_part_left (const WbPickPart *part)
{
  return part->out ? 0 : part->wanted - part->picked - part->missing;
}

typedef gint64 (*Count) (const WbPickPart *part);

static gint64
sum (const WbPickLine *line, Count count)
{
  gint64 total = 0;

  for (guint i = 0; i < line->parts->len; i++)
    total += count (line->parts->pdata[i]);
  return total;
}

static gint64
wanted_of (const WbPickPart *part)
{
  return part->out ? 0 : part->wanted;
}

static gint64
picked_of (const WbPickPart *part)
{
  return part->picked;
}

static gint64
missing_of (const WbPickPart *part)
{
  return part->out ? 0 : part->missing;
}

/** wb_pick_line_wanted: Returns: pieces that the wave asked for. */
gint64
wb_pick_line_wanted (const WbPickLine *line)
{
  return sum (line, wanted_of);
}

/** wb_pick_line_picked: Returns: pieces that are fetched. */
gint64
wb_pick_line_picked (const WbPickLine *line)
{
  return sum (line, picked_of);
}

/** wb_pick_line_left: Returns: pieces that are still to be fetched. */
gint64
wb_pick_line_left (const WbPickLine *line)
{
  return sum (line, wb_pick_part_left);
}

/** wb_pick_line_missing: Returns: pieces that were not there. */
gint64
wb_pick_line_missing (const WbPickLine *line)
{
  return sum (line, missing_of);
}

/** wb_pick_sheet_number: Returns: (transfer none): the number of an order of the wave. */
const char *
wb_pick_sheet_number (WbPickSheet *self, gint64 order_id)
{
  const char *number = g_hash_table_lookup (self->numbers, &order_id);

  return number != NULL ? number : "?";
}

static WbOrderLine *
find_line (WbOrder *order, gint64 line_id)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  for (guint i = 0; i < lines->len; i++)
    if (wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID) == line_id)
      return lines->pdata[i];
  return NULL;
}

/* The component of a kit is called as the product it is, not as the line that asks for it. */
static WbPickLine *
line_new (WbBook *book, WbPick *pick, WbOrderLine *from)
{
  WbPickLine           *line = g_new0 (WbPickLine, 1);
  gint64                product_id = wb_record_get_int (pick, WB_PICK_PRODUCT_ID);
  gboolean              own = from != NULL && (product_id == 0 ||
                                  wb_record_get_int (from, WB_ORDER_LINE_PRODUCT_ID) == product_id);
  g_autoptr (WbProduct) product = !own ? wb_book_get_product (book, product_id, NULL) : NULL;

  line->bin = g_strdup (wb_record_get_text (pick, WB_PICK_BIN));
  line->parts = g_ptr_array_new_with_free_func (g_free);
  if (product != NULL)
    {
      line->name = g_strdup (wb_record_get_text (product, WB_PRODUCT_NAME));
      line->sku = g_strdup (wb_record_get_text (product, WB_PRODUCT_SKU));
    }
  else if (from != NULL)
    {
      line->name = g_strdup (wb_record_get_text (from, WB_ORDER_LINE_NAME));
      line->sku = g_strdup (wb_record_get_text (from, WB_ORDER_LINE_SKU));
      line->options = g_strdup (wb_record_get_text (from, WB_ORDER_LINE_OPTIONS));
    }
  if (line->name == NULL)
    line->name = g_strdup (line->sku != NULL ? line->sku : "?");
  return line;
}

/* Of one bin and one article, whoever asked for it. */
static char *
key_of (WbPick *pick, WbOrderLine *from)
{
  const char *bin = wb_record_get_text (pick, WB_PICK_BIN);
  gint64      product_id = wb_record_get_int (pick, WB_PICK_PRODUCT_ID);

  if (product_id != 0)
    return g_strdup_printf ("%s\n%" G_GINT64_FORMAT, bin, product_id);
  return g_strdup_printf ("%s\n\n%s\n%s", bin,
                          from != NULL && wb_record_get_text (from, WB_ORDER_LINE_SKU) != NULL
                              ? wb_record_get_text (from, WB_ORDER_LINE_SKU)
                              : "",
                          from != NULL && wb_record_get_text (from, WB_ORDER_LINE_NAME) != NULL
                              ? wb_record_get_text (from, WB_ORDER_LINE_NAME)
                              : "");
}

static void
add_part (WbPickSheet *self, WbPickLine *line, WbPick *pick)
{
  WbPickPart *part = g_new0 (WbPickPart, 1);

  part->pick_id = wb_record_get_int (pick, WB_PICK_ID);
  part->order_id = wb_record_get_int (pick, WB_PICK_ORDER_ID);
  part->number = wb_pick_sheet_number (self, part->order_id);
  part->tote = g_hash_table_lookup (self->totes, &part->order_id);
  g_ptr_array_add (line->parts, part);
  g_hash_table_insert (self->parts, &part->pick_id, part);
}

static void
group (WbPickSheet *self, WbBook *book, GPtrArray *picks, GHashTable *orders)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < picks->len; i++)
    {
      gint64       order_id = wb_record_get_int (picks->pdata[i], WB_PICK_ORDER_ID);
      WbOrder     *order = g_hash_table_lookup (orders, &order_id);
      WbOrderLine *from =
          find_line (order, wb_record_get_int (picks->pdata[i], WB_PICK_ORDER_LINE_ID));
      g_autofree char *key = key_of (picks->pdata[i], from);
      WbPickLine      *line = g_hash_table_lookup (known, key);

      if (line == NULL)
        {
          line = line_new (book, picks->pdata[i], from);
          g_ptr_array_add (self->lines, line);
          g_hash_table_insert (known, g_steal_pointer (&key), line);
        }
      add_part (self, line, picks->pdata[i]);
    }
}

static gint64 *
number_new (gint64 number)
{
  gint64 *copy = g_new (gint64, 1);

  *copy = number;
  return copy;
}

static gboolean
learn_orders (WbPickSheet *self, WbBook *book, GPtrArray *rows, GHashTable *orders, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      gint64      id = wb_record_get_int (rows->pdata[i], WB_WAVE_ORDER_ORDER_ID);
      const char *tote = wb_record_get_text (rows->pdata[i], WB_WAVE_ORDER_TOTE);
      WbOrder    *order = wb_book_get_order (book, id, error);

      if (order == NULL)
        return FALSE;
      g_hash_table_insert (orders, number_new (id), order);
      g_hash_table_insert (self->numbers, number_new (id),
                           g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER)));
      if (tote != NULL && *tote != '\0')
        g_hash_table_insert (self->totes, number_new (id), g_strdup (tote));
    }
  return TRUE;
}

/** wb_pick_sheet_read: Returns: (transfer full): the wave with all that is to be fetched. */
WbPickSheet *
wb_pick_sheet_read (WbBook *book, gint64 wave_id, GError **error)
{
  g_autoptr (WbPickSheet) self = sheet_new ();
  g_autoptr (WbWave)      wave = wb_book_get_wave (book, wave_id, error);
  g_autoptr (GPtrArray)   rows =
      wave != NULL ? wb_book_list_wave_orders (book, wave_id, error) : NULL;
  g_autoptr (GPtrArray)  picks = rows != NULL ? wb_book_list_picks (book, wave_id, 0, error) : NULL;
  g_autoptr (GHashTable) orders =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);

  if (picks == NULL || !learn_orders (self, book, rows, orders, error))
    return NULL;
  group (self, book, picks, orders);
  wb_pick_sheet_take (self, wave, rows, picks);
  return g_steal_pointer (&self);
}

/* The orders for which nobody walks any more. */
static GHashTable *
taken_out (GPtrArray *orders)
{
  GHashTable *out = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < orders->len; i++)
    if (g_strcmp0 (wb_record_get_text (orders->pdata[i], WB_WAVE_ORDER_STATE),
                   WB_WAVE_ORDER_TAKEN_OUT) == 0)
      g_hash_table_add (out,
                        number_new (wb_record_get_int (orders->pdata[i], WB_WAVE_ORDER_ORDER_ID)));
  return out;
}

/** wb_pick_sheet_take: counts anew, from what the book holds now of the same wave. */
void
wb_pick_sheet_take (WbPickSheet *self, WbWave *wave, GPtrArray *orders, GPtrArray *picks)
{
  g_autoptr (GHashTable) out = taken_out (orders);

  g_set_object (&self->wave, wave);
  g_ptr_array_ref (orders);
  g_clear_pointer (&self->orders, g_ptr_array_unref);
  self->orders = orders;
  for (guint i = 0; i < picks->len; i++)
    {
      gint64      id = wb_record_get_int (picks->pdata[i], WB_PICK_ID);
      WbPickPart *part = g_hash_table_lookup (self->parts, &id);

      if (part == NULL)
        continue;
      part->wanted = wb_record_get_int (picks->pdata[i], WB_PICK_QUANTITY);
      part->picked = wb_record_get_int (picks->pdata[i], WB_PICK_PICKED);
      part->missing = wb_record_get_int (picks->pdata[i], WB_PICK_SHORT);
      part->out = g_hash_table_contains (out, &part->order_id);
    }
}
