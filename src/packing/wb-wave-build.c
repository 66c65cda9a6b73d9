/* SPDX-License-Identifier: GPL-3.0-or-later
 * Making a wave: which orders, what is to be fetched for each from which bin, and in which order
 * one walks. */
#include "wb-pick-wave.h"

#include "wb-book-stock.h"
#include "wb-error.h"
#include "wb-kit.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  gint64 walk; /* 0: not set */
  char  *zone;
} Spot;

static void
spot_free (gpointer data)
{
  Spot *spot = data;

  g_free (spot->zone);
  g_free (spot);
}

typedef struct
{
  WbBook          *book;
  const WbWaveAsk *ask;
  GHashTable      *spots;  /* bin → Spot */
  GPtrArray       *picks;  /* WbPick, of all orders */
  GArray          *orders; /* gint64 */
} Build;

static gboolean
learn_bins (Build *self, GError **error)
{
  g_autoptr (GPtrArray) locations = wb_book_list_locations (self->book, error);

  for (guint i = 0; locations != NULL && i < locations->len; i++)
    {
      gint64                id = wb_record_get_int (locations->pdata[i], WB_LOCATION_ID);
      g_autoptr (GPtrArray) bins = self->ask->location_id == 0 || self->ask->location_id == id
                                       ? wb_book_list_bins (self->book, id, error)
                                       : g_ptr_array_new ();

      if (bins == NULL)
        return FALSE;
      for (guint k = 0; k < bins->len; k++)
        {
          Spot *spot = g_new0 (Spot, 1);

          spot->walk = wb_record_get_int (bins->pdata[k], WB_BIN_WALK);
          spot->zone = g_strdup (wb_record_get_text (bins->pdata[k], WB_BIN_ZONE));
          g_hash_table_insert (self->spots,
                               g_strdup (wb_record_get_text (bins->pdata[k], WB_BIN_NAME)), spot);
        }
    }
  return locations != NULL;
}

static void
add_pick (GPtrArray   *picks,
          WbOrderLine *line,
          gint64       product_id,
          gint64       level_id,
          const char  *bin,
          gint64       quantity)
{
  WbPick *pick;

  if (quantity <= 0)
    return;
  pick = wb_pick_new ();
  wb_record_set_int (pick, WB_PICK_ORDER_ID, wb_record_get_int (line, WB_ORDER_LINE_ORDER_ID));
  wb_record_set_int (pick, WB_PICK_ORDER_LINE_ID, wb_record_get_int (line, WB_ORDER_LINE_ID));
  wb_record_set_int (pick, WB_PICK_PRODUCT_ID, product_id);
  wb_record_set_int (pick, WB_PICK_LEVEL_ID, level_id);
  wb_record_set_text (pick, WB_PICK_BIN, bin != NULL ? bin : "");
  wb_record_set_int (pick, WB_PICK_QUANTITY, quantity);
  g_ptr_array_add (picks, pick);
}

/* What the line holds and has not been taken out of its bins. */
static gboolean
add_held (Build *self, GPtrArray *held, WbOrderLine *line, GPtrArray *picks, GError **error)
{
  for (guint i = 0; i < held->len; i++)
    {
      gpointer                 one = held->pdata[i];
      gint64                   level_id = wb_record_get_int (one, WB_ALLOCATION_LEVEL_ID);
      g_autoptr (WbStockLevel) level = wb_book_get_level (self->book, level_id, error);

      if (level == NULL)
        return FALSE;
      if (self->ask->location_id != 0 &&
          wb_record_get_int (level, WB_STOCK_LEVEL_LOCATION_ID) != self->ask->location_id)
        continue;
      add_pick (picks, line, wb_record_get_int (one, WB_ALLOCATION_PRODUCT_ID), level_id,
                wb_record_get_text (level, WB_STOCK_LEVEL_BIN),
                wb_record_get_int (one, WB_ALLOCATION_QUANTITY) -
                    wb_record_get_int (one, WB_ALLOCATION_PICKED));
    }
  return TRUE;
}

/* Goods that nobody counts are fetched from where the product lies; what waits for stock is not.
 */
static gboolean
add_uncounted (Build *self, WbOrderLine *line, GPtrArray *picks, GError **error)
{
  gint64                product_id = wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID);
  g_autoptr (WbProduct) product =
      product_id != 0 ? wb_book_get_product (self->book, product_id, error) : NULL;

  if (product_id != 0 && product == NULL)
    return FALSE;
  if (product == NULL || !wb_record_get_bool (product, WB_PRODUCT_TRACKED))
    add_pick (picks, line, product_id, 0,
              product != NULL ? wb_record_get_text (product, WB_PRODUCT_BIN) : NULL,
              wb_order_line_to_pack (line) - wb_record_get_int (line, WB_ORDER_LINE_PICKED));
  return TRUE;
}

/* The parts of a kit that nobody counts, for as many kits as can be made of those that are. */
static void
add_uncounted_parts (WbOrderLine *line, GPtrArray *parts, GPtrArray *picks)
{
  gint64   units = wb_order_line_to_pack (line) - wb_record_get_int (line, WB_ORDER_LINE_PICKED);
  gboolean counted = FALSE;

  for (guint i = 0; i < parts->len; i++)
    counted |= wb_record_get_bool (((WbKitPart *) parts->pdata[i])->product, WB_PRODUCT_TRACKED);
  if (counted)
    units = MIN (units, wb_record_get_int (line, WB_ORDER_LINE_ALLOCATED) -
                            wb_record_get_int (line, WB_ORDER_LINE_PICKED));
  for (guint i = 0; i < parts->len; i++)
    {
      WbKitPart *part = parts->pdata[i];

      if (!wb_record_get_bool (part->product, WB_PRODUCT_TRACKED))
        add_pick (picks, line, wb_record_get_int (part->product, WB_PRODUCT_ID), 0,
                  wb_record_get_text (part->product, WB_PRODUCT_BIN), units * part->per_unit);
    }
}

static gboolean
add_line (Build *self, WbOrderLine *line, GPtrArray *picks, GError **error)
{
  g_autoptr (GPtrArray) held = NULL, parts = NULL;

  if (wb_order_line_to_pack (line) <= 0)
    return TRUE;
  held =
      wb_book_list_line_allocations (self->book, wb_record_get_int (line, WB_ORDER_LINE_ID), error);
  if (held == NULL ||
      (parts = wb_kit_parts (self->book, wb_record_get_int (line, WB_ORDER_LINE_PRODUCT_ID),
                             error)) == NULL)
    return FALSE;
  add_uncounted_parts (line, parts, picks);
  return held->len > 0 || parts->len > 0 ? add_held (self, held, line, picks, error)
                                         : add_uncounted (self, line, picks, error);
}

static gboolean
lies_in_zone (Build *self, GPtrArray *picks)
{
  for (guint i = 0; self->ask->zone != NULL && i < picks->len; i++)
    {
      Spot *spot =
          g_hash_table_lookup (self->spots, wb_record_get_text (picks->pdata[i], WB_PICK_BIN));

      if (spot == NULL || g_strcmp0 (spot->zone, self->ask->zone) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
asks_for_service (WbOrder *order, const char *words)
{
  const char      *asked = wb_record_get_text (order, WB_ORDER_SERVICE_ASKED);
  g_autofree char *folded = g_utf8_casefold (asked != NULL ? asked : "", -1);
  g_autofree char *wanted = words != NULL ? g_utf8_casefold (words, -1) : NULL;

  return wanted == NULL || strstr (folded, wanted) != NULL;
}

static gboolean
fits (Build *self, WbOrder *order)
{
  const char *stage = wb_record_get_text (order, WB_ORDER_STAGE);

  return (g_str_equal (stage, WB_STAGE_READY) || g_str_equal (stage, WB_STAGE_PARTIAL)) &&
         (self->ask->n > 0 || wb_record_get_int (order, WB_ORDER_STOCK_SHORT) == 0) &&
         (self->ask->ship_by == 0 ||
          wb_record_get_int (order, WB_ORDER_SHIP_BY) <= self->ask->ship_by) &&
         asks_for_service (order, self->ask->service) &&
         !wb_book_is_in_wave (self->book, wb_record_get_int (order, WB_ORDER_ID));
}

static gboolean
add_order (Build *self, gint64 order_id, GError **error)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (self->book, order_id, error);
  g_autoptr (GPtrArray) picks = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray            *lines;

  if (order == NULL)
    return FALSE;
  if (!fits (self, order))
    return TRUE;
  lines = wb_record_get_many (order, WB_ORDER_LINES);
  for (guint i = 0; i < lines->len; i++)
    if (!add_line (self, lines->pdata[i], picks, error))
      return FALSE;
  if (picks->len == 0 || !lies_in_zone (self, picks))
    return TRUE;
  g_ptr_array_extend_and_steal (self->picks, g_steal_pointer (&picks));
  g_array_append_val (self->orders, order_id);
  return TRUE;
}

/* “A-2” comes before “A-10”; what has no bin comes last. */
static int
compare_bins (const char *a, const char *b)
{
  if ((*a == '\0') != (*b == '\0'))
    return *a == '\0' ? 1 : -1;
  return strverscmp (a, b);
}

static int
compare_picks (gconstpointer a, gconstpointer b, gpointer data)
{
  Build      *self = data;
  gpointer    left = *(gpointer *) a, right = *(gpointer *) b;
  const char *left_bin = wb_record_get_text (left, WB_PICK_BIN),
             *right_bin = wb_record_get_text (right, WB_PICK_BIN);
  Spot *ls = g_hash_table_lookup (self->spots, left_bin),
       *rs = g_hash_table_lookup (self->spots, right_bin);
  gint64 lw = ls != NULL && ls->walk > 0 ? ls->walk : G_MAXINT64,
         rw = rs != NULL && rs->walk > 0 ? rs->walk : G_MAXINT64;
  int bins;

  if (lw != rw)
    return lw < rw ? -1 : 1;
  bins = compare_bins (left_bin, right_bin);
  if (bins != 0)
    return bins;
  lw = wb_record_get_int (left, WB_PICK_PRODUCT_ID);
  rw = wb_record_get_int (right, WB_PICK_PRODUCT_ID);
  return lw != rw ? (lw < rw ? -1 : 1) : 0;
}

static gboolean
choose_orders (Build *self, GError **error)
{
  static const char *const stages[] = { WB_STAGE_READY, WB_STAGE_PARTIAL, NULL };
  WbOrderQuery             query = {
                .stages = stages, .channel_id = self->ask->channel_id, .sort = "ship_by", .ascending = TRUE
  };
  g_autoptr (GArray) ids = NULL;
  guint              most = self->ask->most > 0 ? self->ask->most : G_MAXUINT;

  if (self->ask->n > 0)
    {
      ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_array_append_vals (ids, self->ask->order_ids, self->ask->n);
    }
  else if ((ids = wb_book_list_order_ids (self->book, &query, error)) == NULL)
    return FALSE;
  if (g_strcmp0 (self->ask->method, WB_WAVE_SINGLE) == 0)
    most = 1;
  else if (g_strcmp0 (self->ask->method, WB_WAVE_CLUSTER) == 0 && self->ask->totes != NULL)
    most = MIN (most, g_strv_length ((char **) self->ask->totes));
  for (guint i = 0; i < ids->len && self->orders->len < most; i++)
    if (!add_order (self, g_array_index (ids, gint64, i), error))
      return FALSE;
  if (self->orders->len > 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "%s",
               _ ("No order is ready to be picked that fits and is not being picked already"));
  return FALSE;
}

static char *
tote_of (Build *self, guint place)
{
  if (g_strcmp0 (self->ask->method, WB_WAVE_CLUSTER) != 0)
    return NULL;
  return self->ask->totes != NULL ? g_strdup (self->ask->totes[place])
                                  : g_strdup_printf ("%u", place + 1);
}

static gboolean
write_down (Build *self, WbWave *wave, GError **error)
{
  gint64 wave_id;

  if (!wb_book_save (self->book, wave, error))
    return FALSE;
  wave_id = wb_record_get_int (wave, WB_WAVE_ID);
  for (guint i = 0; i < self->orders->len; i++)
    {
      g_autoptr (WbWaveOrder) row = wb_wave_order_new ();
      gint64                  order_id = g_array_index (self->orders, gint64, i);

      wb_record_set_int (row, WB_WAVE_ORDER_WAVE_ID, wave_id);
      wb_record_set_int (row, WB_WAVE_ORDER_ORDER_ID, order_id);
      wb_record_set_int (row, WB_WAVE_ORDER_PLACE, i + 1);
      wb_record_take_text (row, WB_WAVE_ORDER_TOTE, tote_of (self, i));
      wb_record_set_text (row, WB_WAVE_ORDER_STATE, WB_WAVE_ORDER_OPEN);
      if (!wb_book_save (self->book, row, error))
        return FALSE;
    }
  for (guint i = 0; i < self->picks->len; i++)
    {
      wb_record_set_int (self->picks->pdata[i], WB_PICK_WAVE_ID, wave_id);
      wb_record_set_int (self->picks->pdata[i], WB_PICK_TURN, i + 1);
      if (!wb_book_save (self->book, self->picks->pdata[i], error))
        return FALSE;
    }
  return wb_book_add_event (self->book, "wave", wave_id, "built",
                            wb_record_get_text (wave, WB_WAVE_ACTOR), NULL, error);
}

static gint64
build (Build *self, const char *actor, GError **error)
{
  g_autoptr (WbWave) wave = wb_wave_new ();
  WbInstant          now = wb_now ();
  g_autofree char   *name = wb_instant_to_text (now);

  if (!learn_bins (self, error) || !choose_orders (self, error))
    return 0;
  g_ptr_array_sort_with_data (self->picks, compare_picks, self);
  wb_record_set_text (wave, WB_WAVE_NAME, name);
  wb_record_set_text (wave, WB_WAVE_METHOD, self->ask->method);
  wb_record_set_text (wave, WB_WAVE_STATE, WB_WAVE_OPEN);
  wb_record_set_int (wave, WB_WAVE_LOCATION_ID, self->ask->location_id);
  wb_record_set_text (wave, WB_WAVE_QUERY, self->ask->service);
  wb_record_set_text (wave, WB_WAVE_ACTOR, actor);
  wb_record_set_int (wave, WB_WAVE_CREATED_AT, now);
  return write_down (self, wave, error) ? wb_record_get_int (wave, WB_WAVE_ID) : 0;
}

/**
 * wb_wave_build:
 * Makes a wave of the orders that are ready, hold all their goods and are not being picked already:
 * those that should leave first, first. What is to be fetched stands in the order of the walk: by
 * the bins' own turn, else by their names.
 *
 * Returns: its number; 0 with %WB_ERROR_NOT_FOUND when there is no such order.
 */
gint64
wb_wave_build (WbBook *book, const WbWaveAsk *ask, const char *actor, GError **error)
{
  g_autoptr (GHashTable) spots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, spot_free);
  g_autoptr (GPtrArray)  picks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray)     orders = g_array_new (FALSE, FALSE, sizeof (gint64));
  Build                  self = { book, ask, spots, picks, orders };
  gint64                 id;

  if (!wb_book_begin (book, error))
    return 0;
  id = build (&self, actor, error);
  if (id != 0 && wb_book_commit (book, error))
    return id;
  if (id == 0)
    wb_book_rollback (book);
  return 0;
}
