/* SPDX-License-Identifier: GPL-3.0-or-later
 * Holds our order book against the town's own books. Our side is the ledger and the journal, not
 * what a run remembers. */
#include "wb-practice-books.h"

#include "wb-journal.h"

#include <string.h>

typedef struct
{
  WbBook          *book;
  gint64           channel_id;
  WbPracticeBooks *books;
  GHashTable      *seen; /* remote ids that the town's books name */
} Audit;

static void
row_free (gpointer data)
{
  WbPracticeRow *row = data;

  g_free (row->number);
  g_free (row->remote_id);
  g_free (row->customer);
  g_free (row);
}

/** wb_practice_books_clear: frees what @books holds. */
void
wb_practice_books_clear (WbPracticeBooks *books)
{
  g_clear_pointer (&books->rows, g_ptr_array_unref);
  g_clear_pointer (&books->differences, g_ptr_array_unref);
}

/** wb_practice_books_find: Returns: (nullable): the row of an order. */
const WbPracticeRow *
wb_practice_books_find (const WbPracticeBooks *books, gint64 order_id)
{
  for (guint i = 0; i < books->rows->len; i++)
    if (((WbPracticeRow *) books->rows->pdata[i])->order_id == order_id)
      return books->rows->pdata[i];
  return NULL;
}

G_GNUC_PRINTF (2, 3)
static void
differ (Audit *audit, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (audit->books->differences, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static void
add_entries (WbPracticeRow *row, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const char *kind = wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND);
      WbMoney     amount = wb_record_get_money (entries->pdata[i], WB_ENTRY_AMOUNT);

      if (g_strcmp0 (kind, WB_ENTRY_LABEL) == 0)
        {
          row->labels += amount.minor != 0; /* nothing: it went in another's parcel */
          row->label_cost = wb_money (row->label_cost.minor - amount.minor, amount.currency);
        }
      else if (g_strcmp0 (kind, WB_ENTRY_CAPTURED) == 0)
        {
          row->captures++;
          row->captured = wb_money (row->captured.minor + amount.minor, amount.currency);
        }
    }
}

/* What our book knows of an order: the ledger for money, the journal for reports. */
static WbPracticeRow *
read_row (Audit *audit, WbOrder *order, GError **error)
{
  gint64                id = wb_record_get_int (order, WB_ORDER_ID);
  g_autoptr (GPtrArray) entries = wb_book_list_entries (audit->book, id, error);
  g_autoptr (GPtrArray) operations =
      entries != NULL ? wb_book_list_operations_of (audit->book, id, 0, error) : NULL;
  WbPracticeRow *row;

  if (operations == NULL)
    return NULL;
  row = g_new0 (WbPracticeRow, 1);
  row->order_id = id;
  row->number = g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER));
  row->remote_id = g_strdup (wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  row->customer = g_strdup (wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME));
  add_entries (row, entries);
  for (guint i = 0; i < operations->len; i++)
    row->reports += g_strcmp0 (wb_record_get_text (operations->pdata[i], WB_OPERATION_KIND),
                               WB_OP_REPORT) == 0 &&
                    wb_operation_is (operations->pdata[i], WB_OPERATION_DONE);
  audit->books->labels += row->labels;
  audit->books->captures += row->captures;
  audit->books->reports += row->reports;
  g_ptr_array_add (audit->books->rows, row);
  return row;
}

static gboolean
compare_labels (Audit *audit, WbPracticeRow *row, const WbJson *theirs, GError **error)
{
  g_autoptr (GPtrArray) ours = wb_book_list_labels (audit->book, row->order_id, error);
  WbJson                labels;
  guint                 n = 0;
  gint64                sum = 0;

  if (ours == NULL || !wb_json_array (theirs, "labels", &labels, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      WbJson      at = wb_json_element (&labels, i);
      const char *tracking = wb_json_string (&at, "tracking", error);
      gint64      cost = 0;
      gboolean    found = FALSE;

      if (tracking == NULL || !wb_json_int (&at, "cost", &cost, error))
        return FALSE;
      sum += cost;
      for (guint k = 0; k < ours->len; k++)
        found |=
            g_strcmp0 (wb_record_get_text (ours->pdata[k], WB_LABEL_TRACKING), tracking) == 0 &&
            wb_record_get_int (ours->pdata[k], WB_LABEL_COST) == cost;
      if (!found)
        differ (audit,
                "Order %s: the carrier sold label %s, which our book does not have at that price",
                row->number, tracking);
    }
  if (n != row->labels || n != ours->len || sum != row->label_cost.minor)
    differ (audit,
            "Order %s: the carrier sold %u labels for %" G_GINT64_FORMAT
            ", our ledger has %u for %" G_GINT64_FORMAT " and our book %u",
            row->number, n, sum, row->labels, row->label_cost.minor, ours->len);
  return TRUE;
}

static gboolean
compare_captures (Audit *audit, WbPracticeRow *row, const WbJson *theirs, GError **error)
{
  WbJson   payment = wb_json_member (theirs, "payment");
  gboolean at_sale = wb_json_bool (&payment, "captured_at_sale", FALSE);
  gint64   captures = 0, captured = 0;

  /* What was captured at the sale is in our ledger once the gateway's own books have been read. */
  if (!wb_json_is_null (&payment) && (!at_sale || row->captures > 0) &&
      (!wb_json_int (&payment, "captures", &captures, error) ||
       !wb_json_int (&payment, "captured", &captured, error)))
    return FALSE;
  captures += at_sale && row->captures > 0;
  if (captures != row->captures || captured != row->captured.minor)
    differ (audit,
            "Order %s: the gateway took %" G_GINT64_FORMAT " in %" G_GINT64_FORMAT
            " captures, our ledger has %" G_GINT64_FORMAT " in %u",
            row->number, captured, captures, row->captured.minor, row->captures);
  return TRUE;
}

/* How often the shop was told of a parcel: notes and fulfilments that name its tracking number. */
static guint
count_told (const WbJson *notes, guint n, const char *tracking)
{
  guint told = 0;

  for (guint i = 0; i < n; i++)
    {
      WbJson at = wb_json_element (notes, i);

      told += at.node != NULL && JSON_NODE_HOLDS_VALUE (at.node) &&
              json_node_get_string (at.node) != NULL &&
              strstr (json_node_get_string (at.node), tracking) != NULL;
    }
  return told;
}

static gboolean
compare_reports (
    Audit *audit, WbOrder *order, WbPracticeRow *row, const WbJson *theirs, GError **error)
{
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (audit->book, row->order_id, error);
  gint64                completed = 0, fulfilments = 0, posted = 0;
  WbJson                notes;
  guint                 n = 0;
  gboolean shipped = g_strcmp0 (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_SHIPPED) == 0;

  if (shipments == NULL || !wb_json_int (theirs, "completed", &completed, error) ||
      !wb_json_int (theirs, "notes", &posted, error) ||
      !wb_json_int (theirs, "fulfillments", &fulfilments, error) ||
      !wb_json_array (theirs, "note_texts", &notes, &n, error))
    return FALSE;
  for (guint i = 0; fulfilments == 0 && i < shipments->len; i++)
    {
      GPtrArray  *parcels = wb_record_get_many (shipments->pdata[i], WB_SHIPMENT_PARCELS);
      const char *tracking =
          parcels->len > 0 ? wb_record_get_text (parcels->pdata[0], WB_PARCEL_TRACKING) : NULL;
      guint wanted = g_strcmp0 (wb_record_get_text (shipments->pdata[i], WB_SHIPMENT_STATE),
                                WB_SHIPMENT_SHIPPED) == 0;
      guint told = tracking != NULL ? count_told (&notes, n, tracking) : 0;

      if (told != wanted)
        differ (audit, "Order %s: the shop was told %u times of %s instead of %u", row->number,
                told, tracking, wanted);
    }
  if ((guint) (posted + fulfilments) != row->reports)
    differ (audit, "Order %s: the shop has %d notes and fulfilments of us, our journal has %u",
            row->number, (int) (posted + fulfilments), row->reports);
  if (completed != (shipped && row->reports > 0 ? 1 : 0))
    differ (audit, "Order %s: it was completed %d times in the shop; with us it is “%s”",
            row->number, (int) completed, wb_record_get_text (order, WB_ORDER_STAGE));
  return TRUE;
}

/* An order that our book does not have: nothing may have been done to it by us. */
static gboolean
compare_unknown (Audit *audit, gint64 id, const WbJson *theirs, GError **error)
{
  WbJson payment = wb_json_member (theirs, "payment");
  WbJson labels;
  guint  n = 0;
  gint64 captures = 0, notes = 0;

  if (!wb_json_array (theirs, "labels", &labels, &n, error) ||
      !wb_json_int (theirs, "notes", &notes, error) ||
      (!wb_json_is_null (&payment) && !wb_json_bool (&payment, "captured_at_sale", FALSE) &&
       !wb_json_int (&payment, "captures", &captures, error)))
    return FALSE;
  if (n > 0 || captures > 0 || notes > 0)
    differ (audit, "Order %" G_GINT64_FORMAT " is not in our book, but something was done to it",
            id);
  return TRUE;
}

static gboolean
compare_order (Audit *audit, const WbJson *theirs, GError **error)
{
  gint64              id = 0;
  g_autofree char    *remote_id = NULL;
  g_autoptr (WbOrder) order = NULL;
  g_autoptr (GError)  local = NULL;
  WbPracticeRow      *row;

  if (!wb_json_int (theirs, "id", &id, error))
    return FALSE;
  remote_id = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  order = wb_book_find_order (audit->book, audit->channel_id, remote_id, &local);
  if (g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    return compare_unknown (audit, id, theirs, error);
  if (order == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if ((row = read_row (audit, order, error)) == NULL)
    return FALSE;
  g_hash_table_add (audit->seen, g_steal_pointer (&remote_id));
  return compare_labels (audit, row, theirs, error) &&
         compare_captures (audit, row, theirs, error) &&
         compare_reports (audit, order, row, theirs, error);
}

/* Whatever our book says was bought must be in the town's books too. */
static gboolean
look_for_more (Audit *audit, GError **error)
{
  g_autoptr (GPtrArray) shipments =
      wb_book_list_recent_shipments (audit->book, NULL, G_MAXINT32, error);

  for (guint i = 0; shipments != NULL && i < shipments->len; i++)
    {
      g_autoptr (WbOrder) order = wb_book_get_order (
          audit->book, wb_record_get_int (shipments->pdata[i], WB_SHIPMENT_ORDER_ID), error);
      WbPracticeRow *row;

      if (order == NULL)
        return FALSE;
      if (wb_record_get_int (order, WB_ORDER_CHANNEL_ID) != audit->channel_id ||
          !g_hash_table_add (audit->seen,
                             g_strdup (wb_record_get_text (order, WB_ORDER_REMOTE_ID))))
        continue;
      if ((row = read_row (audit, order, error)) == NULL)
        return FALSE;
      if (row->labels + row->captures + row->reports > 0)
        differ (audit,
                "Order %s: our book has %u labels, %u captures, %u reports; the town knows of none",
                row->number, row->labels, row->captures, row->reports);
    }
  return shipments != NULL;
}

static int
by_number (gconstpointer a, gconstpointer b)
{
  const WbPracticeRow *left = *(const WbPracticeRow *const *) a,
                      *right = *(const WbPracticeRow *const *) b;
  gint64 difference =
      g_ascii_strtoll (left->number, NULL, 10) - g_ascii_strtoll (right->number, NULL, 10);

  return difference != 0 ? (difference > 0) - (difference < 0)
                         : strcmp (left->number, right->number);
}

/**
 * wb_practice_compare_books:
 * @channel_id: the practice shop's connection in @book
 * @town_books: the town's reply to GET /town/books
 * @books: (out): clear with wb_practice_books_clear()
 *
 * Compares, for every order either side knows something of: each label and its cost, the number and
 * sum of captures, and that the shop was told exactly once of each parcel that was shipped and
 * never of another.
 *
 * Returns: %FALSE when the books cannot be read; differences are no error.
 */
gboolean
wb_practice_compare_books (
    WbBook *book, gint64 channel_id, const char *town_books, WbPracticeBooks *books, GError **error)
{
  g_autoptr (JsonNode)   root = wb_json_parse (town_books, -1, "the town's books", error);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  WbJson                 at = wb_json_root (root, "books");
  WbJson                 orders, strays;
  guint                  n_orders = 0, n_strays = 0;
  Audit                  audit = { book, channel_id, books, seen };

  if (root == NULL || !wb_json_array (&at, "orders", &orders, &n_orders, error) ||
      !wb_json_array (&at, "labels_of_no_order", &strays, &n_strays, error))
    return FALSE;
  books->rows = g_ptr_array_new_with_free_func (row_free);
  books->differences = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n_orders; i++)
    {
      WbJson order = wb_json_element (&orders, i);

      if (!compare_order (&audit, &order, error))
        return FALSE;
    }
  if (n_strays > 0)
    differ (&audit, "The carrier sold %u labels that belong to no order", n_strays);
  if (!look_for_more (&audit, error))
    return FALSE;
  g_ptr_array_sort (books->rows, by_number);
  return TRUE;
}
