/* SPDX-License-Identifier: GPL-3.0-or-later
 * Orders out of a CSV file: rows read, put together by number, and made into records.
 *
 * An order of which one row cannot be read is not imported at all: a parcel that lacks a line is
 * worse than one that waits. All its rows are told, each with its line. */
#include "wb-orders-file.h"

#include "wb-statement-private.h"
#include "wb-text.h"

#include <string.h>

/* One order while its rows are read. */
typedef struct
{
  WbOrder    *order;
  char       *number;
  GPtrArray  *rows; /* of WbCsvRow */
  GHashTable *line_ids;
  gint64      sum; /* of its lines */
  gint64      total;
  gboolean    has_total;
  gboolean    failed; /* one of its rows cannot be read */
} Draft;

typedef struct
{
  WbStatementFile      *file;
  const WbOrderMapping *mapping;
  int                   places[WB_N_ORDER_CELLS];
  GHashTable           *by_number; /* of Draft, borrowed */
  GPtrArray            *drafts;
  WbOrdersRead         *out;
} Reader;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_clear_object (&draft->order);
  g_free (draft->number);
  g_ptr_array_unref (draft->rows);
  g_hash_table_unref (draft->line_ids);
  g_free (draft);
}

/** wb_orders_bad_free: frees @bad. */
void
wb_orders_bad_free (WbOrdersBad *bad)
{
  g_free (bad->number);
  g_free (bad->reason);
  g_free (bad->raw);
  g_free (bad);
}

/** wb_orders_read_clear: frees what @read holds. */
void
wb_orders_read_clear (WbOrdersRead *read)
{
  g_clear_pointer (&read->orders, g_ptr_array_unref);
  g_clear_pointer (&read->raws, g_ptr_array_unref);
  g_clear_pointer (&read->bad, g_ptr_array_unref);
}

static void
add_bad (Reader *reader, const WbCsvRow *row, const char *number, const char *reason)
{
  WbOrdersBad *bad = g_new0 (WbOrdersBad, 1);

  bad->line = row->line;
  bad->number = wb_text_is_empty (number) ? NULL : g_strdup (number);
  bad->reason = g_strdup (reason);
  bad->raw = g_strdup (row->raw);
  g_ptr_array_add (reader->out->bad, bad);
}

/* ---- cells ---- */

static const char *
cell (const Reader *reader, const WbCsvRow *row, WbOrderCell which)
{
  int place = reader->places[which];

  return place >= 0 && (guint) place < row->cells->len ? row->cells->pdata[place] : "";
}

static gboolean
fail (GError **error, const char *format, const char *text)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, format, text); /* formats of this file */
  return FALSE;
}

/* Whole pieces, at least one; “2.0” of a spreadsheet is two. */
static gboolean
read_pieces (const Reader *reader, const WbCsvRow *row, gint64 *pieces, GError **error)
{
  const char *text = cell (reader, row, WB_ORDER_CELL_QUANTITY);
  gint64      thousandths;

  if (!wb_cell_amount (text, reader->mapping->decimal, "KWD", &thousandths, NULL) ||
      thousandths <= 0 || thousandths % 1000 != 0)
    return fail (error, "“%s” is not a whole number of pieces", text);
  *pieces = thousandths / 1000;
  return TRUE;
}

static gboolean
read_money (const Reader   *reader,
            const WbCsvRow *row,
            WbOrderCell     which,
            const char     *currency,
            gint64         *amount,
            GError        **error)
{
  const char *text = cell (reader, row, which);

  *amount = 0;
  return *text == '\0' || wb_cell_amount (text, reader->mapping->decimal, currency, amount, error);
}

/* ---- the head of an order, by its first row ---- */

static const struct
{
  WbOrderCell from;
  guint       to;
} address_words[] = {
  { WB_ORDER_CELL_NAME, WB_ADDRESS_NAME },         { WB_ORDER_CELL_COMPANY, WB_ADDRESS_COMPANY },
  { WB_ORDER_CELL_STREET1, WB_ADDRESS_STREET1 },   { WB_ORDER_CELL_STREET2, WB_ADDRESS_STREET2 },
  { WB_ORDER_CELL_CITY, WB_ADDRESS_CITY },         { WB_ORDER_CELL_REGION, WB_ADDRESS_REGION },
  { WB_ORDER_CELL_POSTCODE, WB_ADDRESS_POSTCODE }, { WB_ORDER_CELL_PHONE, WB_ADDRESS_PHONE },
  { WB_ORDER_CELL_EMAIL, WB_ADDRESS_EMAIL },
};

static const struct
{
  WbOrderCell from;
  guint       to;
} order_words[] = {
  { WB_ORDER_CELL_EMAIL, WB_ORDER_EMAIL },
  { WB_ORDER_CELL_PHONE, WB_ORDER_PHONE },
  { WB_ORDER_CELL_NAME, WB_ORDER_CUSTOMER_NAME },
  { WB_ORDER_CELL_NOTE, WB_ORDER_NOTE },
  { WB_ORDER_CELL_SERVICE, WB_ORDER_SERVICE_ASKED },
  { WB_ORDER_CELL_PAYMENT, WB_ORDER_PAYMENT_METHOD },
  { WB_ORDER_CELL_PAYMENT_REF, WB_ORDER_PAYMENT_REF },
};

static void
set_word (gpointer record, guint field, const char *text)
{
  if (*text != '\0')
    wb_record_set_text (record, field, text);
}

static gboolean
read_address (const Reader *reader, const WbCsvRow *row, WbOrder *order, GError **error)
{
  g_autoptr (WbAddress) address = wb_address_new ();
  const char           *country = cell (reader, row, WB_ORDER_CELL_COUNTRY);
  g_autofree char      *code = NULL;

  if (*cell (reader, row, WB_ORDER_CELL_STREET1) == '\0' &&
      *cell (reader, row, WB_ORDER_CELL_CITY) == '\0')
    return TRUE; /* nothing is shipped, or fetched from the shop */
  if (*country == '\0')
    country = reader->mapping->country;
  code = g_ascii_strup (country, -1);
  if (strlen (code) != 2 || !g_ascii_isalpha (code[0]) || !g_ascii_isalpha (code[1]))
    return fail (error, "“%s” is not a country's code of two letters", country);
  wb_record_set_text (address, WB_ADDRESS_ROLE, "shipping");
  wb_record_set_text (address, WB_ADDRESS_COUNTRY, code);
  for (guint i = 0; i < G_N_ELEMENTS (address_words); i++)
    set_word (address, address_words[i].to, cell (reader, row, address_words[i].from));
  wb_record_set_one (order, WB_ORDER_SHIP_TO, address);
  return TRUE;
}

static gboolean
is_word (const char *text, const char *const *words)
{
  g_autofree char *bare = wb_head_bare (text);

  return g_strv_contains (words, bare);
}

/* What the words of a status and of “paid” mean. A word nobody knows is not shipped by itself. */
static void
read_state (const Reader *reader, const WbCsvRow *row, WbOrder *order)
{
  static const char *const cancelled[] = { "cancelled", "canceled",    "refunded",
                                           "storniert", "abgebrochen", NULL };
  static const char *const done[] = { "shipped",   "fulfilled", "completed", "complete", "done",
                                      "delivered", "versandt",  "versendet", "erledigt", NULL };
  static const char *const open[] = { "open",        "processing", "new",           "paid",
                                      "unfulfilled", "authorized", "offen",         "neu",
                                      "bezahlt",     "",           "inbearbeitung", NULL };
  static const char *const no[] = { "no",   "false", "0",         "unpaid", "pending",
                                    "nein", "offen", "unbezahlt", "",       NULL };
  const char              *status = cell (reader, row, WB_ORDER_CELL_STATUS);
  const char              *paid = cell (reader, row, WB_ORDER_CELL_PAID);
  gboolean                 unpaid = reader->places[WB_ORDER_CELL_PAID] >= 0 && is_word (paid, no);
  const char              *state = is_word (status, cancelled) ? WB_SHOP_CANCELLED
                                   : is_word (status, done)    ? WB_SHOP_DONE
                                   : is_word (status, open)    ? WB_SHOP_OPEN
                                                               : WB_SHOP_UNPAID;

  if (unpaid && g_str_equal (state, WB_SHOP_OPEN))
    state = WB_SHOP_UNPAID;
  wb_record_set_text (order, WB_ORDER_REMOTE_STATUS, *status != '\0' ? status : "open");
  wb_record_set_text (order, WB_ORDER_SHOP_STATE, state);
  if (!unpaid)
    wb_record_set_int (order, WB_ORDER_PAID_AT, wb_record_get_int (order, WB_ORDER_PLACED_AT));
  wb_record_set_text (order, WB_ORDER_CHARGE_STATE, unpaid ? WB_CHARGE_UNPAID : WB_CHARGE_PAID);
}

static gboolean
begin_order (const Reader *reader, const WbCsvRow *row, Draft *draft, GError **error)
{
  const char *placed = cell (reader, row, WB_ORDER_CELL_PLACED);
  const char *currency = cell (reader, row, WB_ORDER_CELL_CURRENCY);
  char        code[4] = "";
  WbInstant   at = 0;

  if (*currency == '\0')
    currency = reader->mapping->currency;
  if (!wb_cell_currency (currency, code))
    return fail (error, "“%s” is not a currency", currency);
  if (*placed != '\0' && !wb_instant_parse (placed, &at, NULL) &&
      !wb_cell_date (placed, reader->mapping->dates, &at, error))
    return FALSE;
  wb_record_set_text (draft->order, WB_ORDER_REMOTE_ID, draft->number);
  wb_record_set_text (draft->order, WB_ORDER_NUMBER, draft->number);
  wb_record_set_text (draft->order, WB_ORDER_CURRENCY, code);
  wb_record_set_int (draft->order, WB_ORDER_PLACED_AT, at);
  wb_record_set_int (draft->order, WB_ORDER_MODIFIED_AT, at);
  for (guint i = 0; i < G_N_ELEMENTS (order_words); i++)
    set_word (draft->order, order_words[i].to, cell (reader, row, order_words[i].from));
  read_state (reader, row, draft->order);
  return read_address (reader, row, draft->order, error);
}

/* ---- lines ---- */

static void
add_line (Draft *draft, WbOrderLine *line, gint64 amount)
{
  wb_record_set_int (line, WB_ORDER_LINE_POSITION,
                     wb_record_get_many (draft->order, WB_ORDER_LINES)->len);
  wb_record_set_int (line, WB_ORDER_LINE_SUBTOTAL, amount);
  wb_record_set_int (line, WB_ORDER_LINE_TOTAL, amount);
  wb_record_add (draft->order, WB_ORDER_LINES, line);
}

/* The file's own name for a line, or its place in the order: by it a line is known when the file
 * comes again. */
static gboolean
name_line (
    const Reader *reader, const WbCsvRow *row, Draft *draft, WbOrderLine *line, GError **error)
{
  const char *own = cell (reader, row, WB_ORDER_CELL_LINE);
  char       *id = *own != '\0' ? g_strdup (own)
                                : g_strdup_printf ("%u", g_hash_table_size (draft->line_ids) + 1);

  wb_record_set_text (line, WB_ORDER_LINE_REMOTE_ID, id);
  if (g_hash_table_contains (draft->line_ids, id))
    {
      fail (error, "line “%s” is in this order twice", id);
      g_free (id);
      return FALSE;
    }
  g_hash_table_add (draft->line_ids, id);
  return TRUE;
}

/* A row of an order may say its total and shipping again, but nothing else of them. */
static gboolean
read_sums (const Reader *reader, const WbCsvRow *row, Draft *draft, GError **error)
{
  const char *currency = wb_record_get_text (draft->order, WB_ORDER_CURRENCY);
  gint64      total, shipping;

  if (!read_money (reader, row, WB_ORDER_CELL_TOTAL, currency, &total, error) ||
      !read_money (reader, row, WB_ORDER_CELL_SHIPPING, currency, &shipping, error))
    return FALSE;
  if (*cell (reader, row, WB_ORDER_CELL_TOTAL) != '\0')
    {
      if (draft->has_total && total != draft->total)
        return fail (error, "another row of this order says another total than “%s”",
                     cell (reader, row, WB_ORDER_CELL_TOTAL));
      draft->has_total = TRUE;
      draft->total = total;
    }
  if (shipping != 0 && wb_record_get_int (draft->order, WB_ORDER_SHIPPING_TOTAL) == 0)
    wb_record_set_int (draft->order, WB_ORDER_SHIPPING_TOTAL, shipping);
  else if (shipping != 0 && shipping != wb_record_get_int (draft->order, WB_ORDER_SHIPPING_TOTAL))
    return fail (error, "another row of this order says another shipping cost than “%s”",
                 cell (reader, row, WB_ORDER_CELL_SHIPPING));
  return TRUE;
}

static gboolean
read_line (const Reader *reader, const WbCsvRow *row, Draft *draft, GError **error)
{
  g_autoptr (WbOrderLine) line = wb_order_line_new ();
  const char             *currency = wb_record_get_text (draft->order, WB_ORDER_CURRENCY);
  const char             *sku = cell (reader, row, WB_ORDER_CELL_SKU);
  const char             *name = cell (reader, row, WB_ORDER_CELL_ITEM);
  gint64                  pieces = 0, price, amount;

  if (*sku == '\0' && *name == '\0')
    return fail (error, "%s", "it names no article");
  if (!read_pieces (reader, row, &pieces, error) || !name_line (reader, row, draft, line, error) ||
      !read_money (reader, row, WB_ORDER_CELL_PRICE, currency, &price, error) ||
      !read_money (reader, row, WB_ORDER_CELL_AMOUNT, currency, &amount, error))
    return FALSE;
  if (*cell (reader, row, WB_ORDER_CELL_AMOUNT) == '\0' &&
      __builtin_mul_overflow (price, pieces, &amount))
    return fail (error, "%s", "its amount is too large");
  if (__builtin_add_overflow (draft->sum, amount, &draft->sum))
    return fail (error, "%s", "its amount is too large");
  wb_record_set_text (line, WB_ORDER_LINE_KIND, WB_LINE_ITEM);
  set_word (line, WB_ORDER_LINE_SKU, sku);
  wb_record_set_text (line, WB_ORDER_LINE_NAME, *name != '\0' ? name : sku);
  set_word (line, WB_ORDER_LINE_PRODUCT_REF, sku);
  wb_record_set_int (line, WB_ORDER_LINE_QUANTITY, pieces);
  wb_record_set_bool (line, WB_ORDER_LINE_NEEDS_SHIPPING,
                      wb_record_get_one (draft->order, WB_ORDER_SHIP_TO) != NULL);
  wb_record_set_int (draft->order, WB_ORDER_ITEM_COUNT,
                     wb_record_get_int (draft->order, WB_ORDER_ITEM_COUNT) + pieces);
  add_line (draft, g_steal_pointer (&line), amount);
  return read_sums (reader, row, draft, error);
}

static void
add_other (Draft *draft, const char *kind, const char *name, gint64 amount)
{
  WbOrderLine *line = wb_order_line_new ();

  wb_record_set_text (line, WB_ORDER_LINE_REMOTE_ID, kind);
  wb_record_set_text (line, WB_ORDER_LINE_KIND, kind);
  wb_record_set_text (line, WB_ORDER_LINE_NAME, name);
  add_line (draft, line, amount);
}

/* The file's total is the truth; what its lines leave over is a line of its own. */
static void
finish_order (Draft *draft)
{
  gint64 shipping = wb_record_get_int (draft->order, WB_ORDER_SHIPPING_TOTAL);
  gint64 sum = draft->sum + shipping;

  if (shipping != 0)
    add_other (draft, WB_LINE_SHIPPING, "Shipping", shipping);
  if (draft->has_total && draft->total != sum)
    add_other (draft, WB_LINE_ADJUSTMENT, "Adjustment", draft->total - sum);
  wb_record_set_int (draft->order, WB_ORDER_TOTAL, draft->has_total ? draft->total : sum);
}

/* ---- rows ---- */

static Draft *
draft_of (Reader *reader, const char *number)
{
  Draft *draft = g_hash_table_lookup (reader->by_number, number);

  if (draft != NULL)
    return draft;
  draft = g_new0 (Draft, 1);
  draft->order = wb_order_new ();
  draft->number = g_strdup (number);
  draft->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_csv_row_free);
  draft->line_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_insert (reader->by_number, draft->number, draft);
  g_ptr_array_add (reader->drafts, draft);
  return draft;
}

static gboolean
is_empty (const WbCsvRow *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (*(const char *) row->cells->pdata[i] != '\0')
      return FALSE;
  return row->trouble == NULL;
}

/* Takes @row. */
static void
take_row (Reader *reader, WbCsvRow *row)
{
  g_autoptr (WbCsvRow) taken = row;
  g_autoptr (GError)   why = NULL;
  const char          *number;
  Draft               *draft;
  gboolean             first;

  if (row->line <= reader->file->head_line || is_empty (row))
    return;
  reader->out->rows++;
  number = cell (reader, row, WB_ORDER_CELL_NUMBER);
  if (row->trouble != NULL || *number == '\0')
    {
      add_bad (reader, row, NULL, row->trouble != NULL ? row->trouble : "it has no order number");
      return;
    }
  draft = draft_of (reader, number);
  first = draft->rows->len == 0;
  g_ptr_array_add (draft->rows, g_steal_pointer (&taken));
  if (draft->failed ||
      ((!first || begin_order (reader, row, draft, &why)) && read_line (reader, row, draft, &why)))
    return;
  draft->failed = TRUE;
  add_bad (reader, row, number, why->message);
}

/* The other rows of an order of which one failed. */
static void
set_rest_aside (Reader *reader, Draft *draft)
{
  guint            failed = 0;
  g_autofree char *reason = NULL;

  for (guint i = 0; i < reader->out->bad->len; i++)
    if (g_strcmp0 (((WbOrdersBad *) reader->out->bad->pdata[i])->number, draft->number) == 0)
      failed = ((WbOrdersBad *) reader->out->bad->pdata[i])->line;
  reason = g_strdup_printf ("the order waits, because line %u of the file cannot be read", failed);
  for (guint i = 0; i < draft->rows->len; i++)
    if (((WbCsvRow *) draft->rows->pdata[i])->line != failed)
      add_bad (reader, draft->rows->pdata[i], draft->number, reason);
}

/* The rows as they stand in the file, under their heads: what is the same is known to be so. */
static GBytes *
raw_of (Reader *reader, Draft *draft)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject          *object = json_object_new ();
  JsonArray           *rows = json_array_new ();
  char                *text;

  for (guint i = 0; i < draft->rows->len; i++)
    {
      WbCsvRow   *row = draft->rows->pdata[i];
      JsonObject *one = json_object_new ();

      for (guint k = 0; k < row->cells->len && k < reader->file->heads->len; k++)
        if (*(const char *) reader->file->heads->pdata[k] != '\0')
          json_object_set_string_member (one, reader->file->heads->pdata[k], row->cells->pdata[k]);
      json_array_add_object_element (rows, one);
    }
  json_object_set_array_member (object, "rows", rows);
  json_node_take_object (root, object);
  text = wb_json_to_text (root);
  return g_bytes_new_take (text, strlen (text));
}

static void
find_places (Reader *reader)
{
  for (guint c = 0; c < WB_N_ORDER_CELLS; c++)
    {
      guint at;

      reader->places[c] = -1;
      if (reader->mapping->columns[c] != NULL &&
          g_ptr_array_find_with_equal_func (reader->file->heads, reader->mapping->columns[c],
                                            g_str_equal, &at))
        reader->places[c] = (int) at;
    }
}

static int
by_line (gconstpointer a, gconstpointer b)
{
  const WbOrdersBad *one = *(WbOrdersBad *const *) a, *other = *(WbOrdersBad *const *) b;

  return one->line < other->line ? -1 : one->line > other->line;
}

static gboolean
read_rows (Reader *reader, GCancellable *cancellable, GError **error)
{
  g_autoptr (GInputStream) stream = wb_statement_file_stream (reader->file, error);
  g_autoptr (WbCsv) csv = stream != NULL ? wb_csv_new (stream, reader->file->delimiter) : NULL;

  while (csv != NULL)
    {
      WbCsvRow *row = NULL;

      if (!wb_csv_next (csv, &row, cancellable, error))
        return FALSE;
      if (row == NULL)
        return TRUE;
      take_row (reader, row);
      if (reader->out->rows > WB_ORDERS_MOST_ROWS)
        {
          g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                       "%s has more than %u rows; import it in parts", reader->file->name,
                       WB_ORDERS_MOST_ROWS);
          return FALSE;
        }
    }
  return FALSE;
}

/**
 * wb_orders_file_read:
 * @mapping: fits the file, see wb_order_mapping_check()
 * @read: filled on success; clear it with wb_orders_read_clear()
 *
 * Reads all orders of the file. Amounts are taken as the file has them, taxes being part of them.
 */
gboolean
wb_orders_file_read (WbStatementFile      *file,
                     const WbOrderMapping *mapping,
                     WbOrdersRead         *read,
                     GCancellable         *cancellable,
                     GError              **error)
{
  g_autoptr (GPtrArray)  drafts = g_ptr_array_new_with_free_func (draft_free);
  g_autoptr (GHashTable) by_number = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (WbOrdersRead)  out = {
     .orders = g_ptr_array_new_with_free_func (g_object_unref),
     .raws = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
     .bad = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_orders_bad_free),
  };
  Reader reader = { file, mapping, { 0 }, by_number, drafts, &out };

  find_places (&reader);
  if (!read_rows (&reader, cancellable, error))
    return FALSE;
  for (guint i = 0; i < drafts->len; i++)
    {
      Draft *draft = drafts->pdata[i];

      if (draft->failed)
        {
          set_rest_aside (&reader, draft);
          continue;
        }
      finish_order (draft);
      g_ptr_array_add (out.orders, g_object_ref (draft->order));
      g_ptr_array_add (out.raws, raw_of (&reader, draft));
    }
  g_ptr_array_sort (out.bad, by_line);
  *read = out;
  out = (WbOrdersRead){ 0 };
  return TRUE;
}
