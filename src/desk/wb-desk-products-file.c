/* SPDX-License-Identifier: GPL-3.0-or-later
 * Products and what lies where as CSV, out and in: a row a place, columns known by their English
 * heads in any order; a column that is not in the file, or a cell that is empty, changes nothing.
 */
#include "wb-desk-stock.h"

#include "wb-csv.h"

#include <string.h>

#define BATCH         200 /* rows a transaction */
#define MOST_PROBLEMS 1000
#define MOST_CHANGES  5000 /* told one by one */
#define MOST_HEAD     (64 * 1024)

/* What a column is. */
typedef enum
{
  COLUMN_TEXT,
  COLUMN_NUMBER,
  COLUMN_BOOL,
  COLUMN_COST,
  COLUMN_PLACE, /* of the level, not of the product */
} ColumnKind;

typedef struct
{
  const char *head;
  ColumnKind  kind;
  guint       field; /* of WbProduct */
} Column;

enum
{
  SKU,
  NAME,
  COST = 15,
  CURRENCY,
  LOCATION,
  STOCK_BIN,
  LOT,
  EXPIRES_ON,
  ON_HAND,
  ALLOCATED, /* told, never read */
  INCOMING,
  ID, /* tells apart what has no SKU */
  N_COLUMNS,
};

static const Column columns[N_COLUMNS] = {
  { "sku", COLUMN_TEXT, WB_PRODUCT_SKU },
  { "name", COLUMN_TEXT, WB_PRODUCT_NAME },
  { "barcode", COLUMN_TEXT, WB_PRODUCT_BARCODE },
  { "weight_g", COLUMN_NUMBER, WB_PRODUCT_WEIGHT_G },
  { "length_mm", COLUMN_NUMBER, WB_PRODUCT_LENGTH_MM },
  { "width_mm", COLUMN_NUMBER, WB_PRODUCT_WIDTH_MM },
  { "height_mm", COLUMN_NUMBER, WB_PRODUCT_HEIGHT_MM },
  { "hs_code", COLUMN_TEXT, WB_PRODUCT_HS_CODE },
  { "origin_country", COLUMN_TEXT, WB_PRODUCT_ORIGIN_COUNTRY },
  { "customs_name", COLUMN_TEXT, WB_PRODUCT_CUSTOMS_NAME },
  { "bin", COLUMN_TEXT, WB_PRODUCT_BIN },
  { "digital", COLUMN_BOOL, WB_PRODUCT_DIGITAL },
  { "lots", COLUMN_BOOL, WB_PRODUCT_LOTS },
  { "min_stock", COLUMN_NUMBER, WB_PRODUCT_MIN_STOCK },
  { "reorder_point", COLUMN_NUMBER, WB_PRODUCT_REORDER_POINT },
  [COST] = { "cost", COLUMN_COST, WB_PRODUCT_COST },
  [CURRENCY] = { "currency", COLUMN_TEXT, WB_PRODUCT_CURRENCY },
  [LOCATION] = { "location", COLUMN_PLACE, 0 },
  [STOCK_BIN] = { "stock_bin", COLUMN_PLACE, 0 },
  [LOT] = { "lot", COLUMN_PLACE, 0 },
  [EXPIRES_ON] = { "expires_on", COLUMN_PLACE, 0 },
  [ON_HAND] = { "on_hand", COLUMN_PLACE, 0 },
  [ALLOCATED] = { "allocated", COLUMN_PLACE, 0 },
  [INCOMING] = { "incoming", COLUMN_PLACE, 0 },
  [ID] = { "id", COLUMN_PLACE, 0 },
};

static void
change_free (gpointer data)
{
  WbProductChange *change = data;

  g_free (change->name);
  g_free (change->what);
  g_free (change);
}

/** wb_products_import_clear: frees what @result holds. */
void
wb_products_import_clear (WbProductsImport *result)
{
  g_clear_pointer (&result->problems, g_ptr_array_unref);
  g_clear_pointer (&result->changes, g_ptr_array_unref);
}

/* ---- out ---- */

static void
add_product (GString *out, WbProduct *product)
{
  const char *currency = wb_record_get_text (product, WB_PRODUCT_CURRENCY);

  for (guint i = 0; i < LOCATION; i++)
    switch (columns[i].kind)
      {
      case COLUMN_NUMBER:
        g_string_append_printf (out, "%" G_GINT64_FORMAT ",",
                                wb_record_get_int (product, columns[i].field));
        break;
      case COLUMN_BOOL:
        g_string_append (out, wb_record_get_bool (product, columns[i].field) ? "1," : "0,");
        break;
      case COLUMN_COST:
        wb_csv_amount (out, wb_record_get_int (product, WB_PRODUCT_COST),
                       currency != NULL ? currency : "", ',');
        break;
      case COLUMN_TEXT:
      case COLUMN_PLACE:
      default:
        wb_csv_text (out, wb_record_get_text (product, columns[i].field), ',');
        break;
      }
}

static WbLot *
lot_of (GPtrArray *lots, gint64 id)
{
  for (guint i = 0; lots != NULL && i < lots->len; i++)
    if (wb_record_get_int (lots->pdata[i], WB_LOT_ID) == id)
      return lots->pdata[i];
  return NULL;
}

static gboolean
add_levels (WbBook *book, GString *out, WbProduct *product, GHashTable *figures, GError **error)
{
  gint64                id = wb_record_get_int (product, WB_PRODUCT_ID);
  g_autoptr (GPtrArray) levels = wb_book_list_levels (book, id, error);
  g_autoptr (GPtrArray) lots = levels != NULL ? wb_book_list_lots (book, id, error) : NULL;
  WbStockFigures       *of = g_hash_table_lookup (figures, &id);
  gint64                incoming = of != NULL ? of->incoming : 0;

  if (lots == NULL)
    return FALSE;
  for (guint i = 0; i < levels->len; i++)
    {
      gpointer               level = levels->pdata[i];
      WbLot                 *lot = lot_of (lots, wb_record_get_int (level, WB_STOCK_LEVEL_LOT_ID));
      g_autoptr (WbLocation) place =
          wb_book_get_location (book, wb_record_get_int (level, WB_STOCK_LEVEL_LOCATION_ID), error);

      if (place == NULL)
        return FALSE;
      add_product (out, product);
      wb_csv_text (out, wb_record_get_text (place, WB_LOCATION_NAME), ',');
      wb_csv_text (out, wb_record_get_text (level, WB_STOCK_LEVEL_BIN), ',');
      wb_csv_text (out, lot != NULL ? wb_record_get_text (lot, WB_LOT_CODE) : NULL, ',');
      wb_csv_text (out, lot != NULL ? wb_record_get_text (lot, WB_LOT_EXPIRES_ON) : NULL, ',');
      g_string_append_printf (
          out,
          "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "\n",
          wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND),
          wb_record_get_int (level, WB_STOCK_LEVEL_ALLOCATED), i == 0 ? incoming : 0, id);
    }
  if (levels->len == 0)
    {
      add_product (out, product);
      g_string_append_printf (out, ",,,,,,%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "\n", incoming,
                              id);
    }
  return TRUE;
}

/** wb_desk_export_products: Returns: (transfer full): all products, a row for each place where one
 * lies, as CSV; what wb_desk_import_products() reads. */
char *
wb_desk_export_products (WbBook *book, GError **error)
{
  g_autoptr (GString)    out = g_string_new (NULL);
  g_autoptr (GPtrArray)  products = wb_book_list_products (book, error);
  g_autoptr (GHashTable) figures = products != NULL ? wb_stock_all_figures (book, 0, error) : NULL;

  if (figures == NULL)
    return NULL;
  for (guint i = 0; i < N_COLUMNS; i++)
    g_string_append_printf (out, "%s%c", columns[i].head, i + 1 < N_COLUMNS ? ',' : '\n');
  for (guint i = 0; i < products->len; i++)
    if (!add_levels (book, out, products->pdata[i], figures, error))
      return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- in ---- */

typedef struct
{
  WbDesk           *desk;
  WbBook           *book;
  WbProductsImport *result;
  char             *reason;
  int               places[N_COLUMNS]; /* of each column in the file; -1: it has none */
  WbCsvRow         *row;
  GString          *words; /* what the row changes */
  gboolean          trial; /* nothing of it stays */
} Import;

static void tell (Import *import, const char *what, const char *before, const char *after);

static void problem (Import *import, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
problem (Import *import, const char *format, ...)
{
  g_autofree char *why = NULL;
  va_list          args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  if (import->result->problems->len < MOST_PROBLEMS)
    g_ptr_array_add (import->result->problems,
                     g_strdup_printf ("line %u: %s", import->row->line, why));
}

/* (nullable): the cell, without the apostrophe that kept a spreadsheet from reckoning with it. */
static const char *
cell (Import *import, guint column)
{
  int         at = import->places[column];
  const char *text;

  if (at < 0 || (guint) at >= import->row->cells->len)
    return NULL;
  text = import->row->cells->pdata[at];
  if (*text == '\'' && strchr ("=+-@\t\r", text[1]) != NULL)
    text++;
  return *text != '\0' ? text : NULL;
}

static gboolean
read_number (Import *import, guint column, gint64 *out)
{
  const char *text = cell (import, column);
  char       *end = NULL;
  gint64      number = g_ascii_strtoll (text, &end, 10);

  if (*end != '\0' || number < 0 || number > G_MAXINT32)
    {
      problem (import, "“%s” is no whole number for %s", text, columns[column].head);
      return FALSE;
    }
  *out = number;
  return TRUE;
}

static gboolean
take_cost (Import *import, WbProduct *product)
{
  const char *currency = cell (import, CURRENCY);
  WbMoney     cost;

  if (currency == NULL)
    currency = wb_record_get_text (product, WB_PRODUCT_CURRENCY);
  if (currency == NULL || !wb_currency_is_valid (currency) ||
      !wb_money_parse (cell (import, COST), currency, &cost, NULL) || cost.minor < 0)
    {
      problem (import, "“%s” is no cost that can be read: 12.50, with a currency in its column",
               cell (import, COST));
      return FALSE;
    }
  wb_record_set_int (product, WB_PRODUCT_COST, cost.minor);
  wb_record_set_text (product, WB_PRODUCT_CURRENCY, currency);
  return TRUE;
}

/* (transfer full) (nullable): what @product has in a column, as people read it. */
static char *
field_text (WbProduct *product, guint column)
{
  const char *currency = wb_record_get_text (product, WB_PRODUCT_CURRENCY);
  guint       field = columns[column].field;

  if (columns[column].kind == COLUMN_TEXT)
    return g_strdup (wb_record_get_text (product, field));
  if (columns[column].kind == COLUMN_COST)
    return currency != NULL
               ? wb_money_to_text (wb_money (wb_record_get_int (product, field), currency))
               : NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT, columns[column].kind == COLUMN_BOOL
                                                   ? (gint64) wb_record_get_bool (product, field)
                                                   : wb_record_get_int (product, field));
}

/* “weight_g: 100 → 120”, the column called as in the file. */
static void
tell (Import *import, const char *what, const char *before, const char *after)
{
  if (g_strcmp0 (before, after) == 0)
    return;
  g_string_append_printf (import->words, "%s%s: ", import->words->len > 0 ? ", " : "", what);
  if (before != NULL)
    g_string_append_printf (import->words, "%s → ", before);
  g_string_append (import->words, after != NULL ? after : "–");
}

/* Puts the row's cells into @product. Returns: FALSE: the row is left out. */
static gboolean
take_cells (Import *import, WbProduct *product, gboolean *changed)
{
  for (guint i = 0; i < LOCATION; i++)
    {
      const char      *text = cell (import, i);
      gint64           number = 0;
      g_autofree char *before = NULL, *after = NULL;

      if (text == NULL || i == CURRENCY)
        continue;
      before = field_text (product, i);
      if (columns[i].kind == COLUMN_TEXT)
        *changed |= wb_record_set_text (product, columns[i].field, text);
      else if (columns[i].kind == COLUMN_COST)
        {
          gint64 cost = wb_record_get_int (product, WB_PRODUCT_COST);

          if (!take_cost (import, product))
            return FALSE;
          *changed |= cost != wb_record_get_int (product, WB_PRODUCT_COST);
        }
      else if (!read_number (import, i, &number))
        return FALSE;
      else
        *changed |= columns[i].kind == COLUMN_BOOL
                        ? wb_record_set_bool (product, columns[i].field, number != 0)
                        : wb_record_set_int (product, columns[i].field, number);
      after = field_text (product, i);
      tell (import, columns[i].head, before, after);
    }
  return TRUE;
}

static gint64
find_location (Import *import, GError **error)
{
  const char            *name = cell (import, LOCATION);
  g_autoptr (GPtrArray)  places = NULL;
  g_autoptr (WbLocation) made = NULL;

  if (name == NULL)
    return 0;
  if ((places = wb_book_list_locations (import->book, error)) == NULL)
    return -1;
  for (guint i = 0; i < places->len; i++)
    if (g_strcmp0 (wb_record_get_text (places->pdata[i], WB_LOCATION_NAME), name) == 0)
      return wb_record_get_int (places->pdata[i], WB_LOCATION_ID);
  made = wb_location_new ();
  wb_record_set_text (made, WB_LOCATION_NAME, name);
  wb_record_set_bool (made, WB_LOCATION_CHOSEN, places->len == 0);
  return wb_book_save (import->book, made, error) ? wb_record_get_int (made, WB_LOCATION_ID) : -1;
}

static void
tell_level (Import *import, const char *bin, gint64 before, gint64 after)
{
  g_autofree char *what = g_strconcat (columns[ON_HAND].head, " ", bin, NULL);
  g_autofree char *old = g_strdup_printf ("%" G_GINT64_FORMAT, before),
                  *new = g_strdup_printf ("%" G_GINT64_FORMAT, after);

  tell (import, g_strchomp (what), old, new);
}

/* How far the level is from what the file says; whether it can be brought there. */
static gboolean
difference_of (Import *import, const WbStockPlace *at, gint64 wanted, gint64 *by)
{
  g_autoptr (WbLocation)   place = wb_book_get_location (import->book, at->location_id, NULL);
  g_autoptr (WbStockLevel) level =
      place != NULL ? wb_book_find_level (import->book, at->product_id,
                                          wb_record_get_int (place, WB_LOCATION_ID), at->bin,
                                          at->lot_id, NULL)
                    : NULL;

  *by = wanted - (level != NULL ? wb_record_get_int (level, WB_STOCK_LEVEL_ON_HAND) : 0);
  tell_level (import, at->bin, wanted - *by, wanted);
  if (level == NULL || wanted >= wb_record_get_int (level, WB_STOCK_LEVEL_PICKED))
    return TRUE;
  problem (import,
           "%" G_GINT64_FORMAT " are picked for orders already: there cannot be %" G_GINT64_FORMAT,
           wb_record_get_int (level, WB_STOCK_LEVEL_PICKED), wanted);
  return FALSE;
}

static gboolean
take_level (Import *import, WbProduct *product, GError **error)
{
  const char *bin = cell (import, STOCK_BIN), *lot = cell (import, LOT),
             *expires = cell (import, EXPIRES_ON);
  WbStockPlace          at = { .product_id = wb_record_get_int (product, WB_PRODUCT_ID),
                               .reason = import->reason,
                               .actor = wb_desk_get_actor (import->desk) };
  g_autoptr (GPtrArray) parts = wb_book_list_components (import->book, at.product_id, error);
  gint64                wanted = 0, by = 0;

  if (parts == NULL)
    return FALSE;
  if (parts->len > 0)
    {
      problem (import, "“%s” is a kit: it has as many as its parts allow",
               wb_record_get_text (product, WB_PRODUCT_NAME));
      return TRUE;
    }
  if (!read_number (import, ON_HAND, &wanted))
    return TRUE;
  if (wb_record_get_bool (product, WB_PRODUCT_LOTS) && lot == NULL)
    {
      problem (import, "“%s” is kept by lots: the row names none",
               wb_record_get_text (product, WB_PRODUCT_NAME));
      return TRUE;
    }
  if (expires != NULL && !wb_date_is_valid (expires))
    {
      problem (import, "“%s” is no day: write YYYY-MM-DD", expires);
      return TRUE;
    }
  if ((at.location_id = find_location (import, error)) < 0 ||
      (lot != NULL &&
       (at.lot_id = wb_stock_lot (import->book, at.product_id, lot, expires, error)) == 0))
    return FALSE;
  at.bin = bin != NULL ? bin : wb_record_get_text (product, WB_PRODUCT_BIN);
  if (at.bin == NULL)
    at.bin = "";
  if (!difference_of (import, &at, wanted, &by))
    return TRUE;
  import->result->counted += by != 0;
  return by != 0 ? wb_stock_adjust (import->book, &at, by, error)
                 : wb_stock_track (import->book, at.product_id, TRUE, at.actor, error);
}

/* The product a row is about: by SKU; where it has none, by the book's own number, if that is
 * called the same. @product: %NULL where there is none. */
static gboolean
find_product (Import *import, WbProduct **product, GError **error)
{
  const char        *sku = cell (import, SKU), *name = cell (import, NAME);
  g_autoptr (GError) local = NULL;
  gint64             id = 0;

  if (sku != NULL)
    *product = wb_book_find_product (import->book, sku, &local);
  else if (cell (import, ID) != NULL && read_number (import, ID, &id))
    *product = wb_book_get_product (import->book, id, &local);
  if (sku == NULL && *product != NULL &&
      (wb_record_get_text (*product, WB_PRODUCT_SKU) != NULL ||
       g_strcmp0 (wb_record_get_text (*product, WB_PRODUCT_NAME), name) != 0))
    g_clear_object (product);
  if (local == NULL || g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static WbProductChange *
change_of (Import *import, WbProduct *product, gboolean is_new)
{
  WbProductChange *change = g_new0 (WbProductChange, 1);
  const char      *sku = wb_record_get_text (product, WB_PRODUCT_SKU);

  change->line = import->row->line;
  change->is_new = is_new;
  change->name = g_strdup (sku != NULL ? sku : wb_record_get_text (product, WB_PRODUCT_NAME));
  change->what = g_strdup (import->words->str);
  return change;
}

static gboolean
take_row (Import *import, GError **error)
{
  const char           *sku = cell (import, SKU);
  g_autoptr (WbProduct) product = NULL;
  gboolean              changed = FALSE, is_new;

  if (import->row->trouble == NULL && import->row->cells->len == 1 &&
      *(const char *) import->row->cells->pdata[0] == '\0')
    return TRUE; /* an empty line */
  import->result->read++;
  if (import->row->trouble != NULL)
    {
      problem (import, "%s", import->row->trouble);
      return TRUE;
    }
  if (!find_product (import, &product, error))
    return FALSE;
  if (product == NULL && sku == NULL)
    {
      problem (import, "it has no SKU");
      return TRUE;
    }
  is_new = product == NULL;
  if (is_new && cell (import, NAME) == NULL)
    {
      problem (import, "“%s” is no product of this book, and the row has no name for it", sku);
      return TRUE;
    }
  if (is_new)
    {
      product = wb_product_new ();
      wb_record_set_int (product, WB_PRODUCT_CREATED_AT, wb_now ());
    }
  if (!take_cells (import, product, &changed))
    return TRUE;
  if ((is_new || changed) && !wb_book_save (import->book, product, error))
    return FALSE;
  *(is_new ? &import->result->added : &import->result->changed) += is_new || changed;
  if (cell (import, ON_HAND) != NULL && !take_level (import, product, error))
    return FALSE;
  if (import->words->len > 0 && import->result->changes->len < MOST_CHANGES)
    g_ptr_array_add (import->result->changes, change_of (import, product, is_new));
  return TRUE;
}

static gboolean
read_heads (Import *import, WbCsv *csv, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbCsvRow) row = NULL;

  if (!wb_csv_next (csv, &row, cancellable, error))
    return FALSE;
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      import->places[i] = -1;
      for (guint k = 0; row != NULL && k < row->cells->len; k++)
        if (g_ascii_strcasecmp (row->cells->pdata[k], columns[i].head) == 0)
          import->places[i] = (int) k;
    }
  if (import->places[SKU] >= 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "The file's first row has no column “sku”. The columns are named as in "
               "waybillctl products --export");
  return FALSE;
}

static gboolean
read_batch (Import *import, WbCsv *csv, gboolean *more, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < BATCH && *more; i++)
    {
      g_autoptr (WbCsvRow) row = NULL;

      if (!wb_csv_next (csv, &row, cancellable, error))
        return FALSE;
      *more = row != NULL;
      import->row = row;
      g_string_truncate (import->words, 0);
      if (row != NULL && !take_row (import, error))
        {
          g_prefix_error (error, "line %u: ", row->line);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_rows (Import *import, WbCsv *csv, GCancellable *cancellable, GError **error)
{
  gboolean more = TRUE;

  if (!read_heads (import, csv, cancellable, error))
    return FALSE;
  while (more)
    {
      if (!wb_book_begin (import->book, error))
        return FALSE;
      if (!read_batch (import, csv, &more, cancellable, error))
        {
          wb_book_rollback (import->book);
          return FALSE;
        }
      if (import->trial)
        wb_book_rollback (import->book);
      else if (!wb_book_commit (import->book, error))
        return FALSE;
    }
  return TRUE;
}

/* What parts the cells: what stands most often in the first line. */
static char
guess_delimiter (GFile *file)
{
  static const char            marks[] = { ',', ';', '\t' };
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, NULL);
  g_autofree char             *head = g_malloc0 (MOST_HEAD + 1);
  guint                        counts[G_N_ELEMENTS (marks)] = { 0 }, best = 0;

  if (stream != NULL)
    g_input_stream_read (G_INPUT_STREAM (stream), head, MOST_HEAD, NULL, NULL);
  for (const char *p = head; *p != '\0' && *p != '\n' && *p != '\r'; p++)
    for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
      counts[i] += *p == marks[i];
  for (guint i = 1; i < G_N_ELEMENTS (marks); i++)
    if (counts[i] > counts[best])
      best = i;
  return marks[best];
}

static gboolean
import (WbDesk           *self,
        const char       *path,
        gboolean          trial,
        WbProductsImport *result,
        GCancellable     *cancellable,
        GError          **error)
{
  g_autoptr (GFile)            file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (WbCsv)            csv = NULL;
  g_autoptr (GString)          words = g_string_new (NULL);
  g_autofree char             *name = g_path_get_basename (path);
  g_autofree char             *reason = g_strdup_printf ("file %s", name);
  Import                       rows = { .desk = self,
                                        .book = wb_desk_get_book (self),
                                        .result = result,
                                        .reason = reason,
                                        .words = words,
                                        .trial = trial };

  *result = (WbProductsImport){ .problems = g_ptr_array_new_with_free_func (g_free),
                                .changes = g_ptr_array_new_with_free_func (change_free) };
  if ((stream = g_file_read (file, cancellable, error)) == NULL)
    {
      wb_error_convert (error);
      return FALSE;
    }
  csv = wb_csv_new (G_INPUT_STREAM (stream), guess_delimiter (file));
  return read_rows (&rows, csv, cancellable, error);
}

/**
 * wb_desk_import_products:
 * @path: CSV in UTF-8, cells parted by commas, semicolons or tabs; columns as
 * wb_desk_export_products() names them
 * @result: (out): counts and rows left out; clear with wb_products_import_clear()
 *
 * New products are made, known ones (by SKU) changed; where a row says how many lie somewhere, the
 * difference is posted as an adjustment that names the file. Reading a file again changes nothing.
 */
gboolean
wb_desk_import_products (WbDesk           *self,
                         const char       *path,
                         WbProductsImport *result,
                         GCancellable     *cancellable,
                         GError          **error)
{
  return import (self, path, FALSE, result, cancellable, error);
}

/** wb_desk_try_products: as wb_desk_import_products(), but nothing stays: what the file would
 * change, row by row. The rows of a product that is new are each told as new. */
gboolean
wb_desk_try_products (WbDesk           *self,
                      const char       *path,
                      WbProductsImport *result,
                      GCancellable     *cancellable,
                      GError          **error)
{
  return import (self, path, TRUE, result, cancellable, error);
}
