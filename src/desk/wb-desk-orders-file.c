/* SPDX-License-Identifier: GPL-3.0-or-later
 * A spreadsheet's orders into the book: looked at first, then imported as a shop's are; how its
 * columns are read is remembered by its channel and by its heads. */
#include "wb-book-money.h"
#include "wb-desk-own.h"
#include "wb-desk-private.h"

#include "wb-orders-file.h"
#include "wb-text.h"

#define MAPPING     "orders" /* import_mapping.kind */
#define ORDERS_A_GO 200      /* in one transaction */

/** wb_orders_file_wish_new: Returns: (transfer full): for the file at @path, nothing else wished.
 */
WbOrdersFileWish *
wb_orders_file_wish_new (const char *path, const char *channel)
{
  WbOrdersFileWish *wish = g_new0 (WbOrdersFileWish, 1);

  wish->path = g_strdup (path);
  wish->channel = g_strdup (channel);
  wish->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return wish;
}

/** wb_orders_file_wish_free: frees @wish. */
void
wb_orders_file_wish_free (WbOrdersFileWish *wish)
{
  g_free (wish->path);
  g_free (wish->channel);
  g_free (wish->currency);
  g_free (wish->country);
  g_free (wish->dates);
  g_free (wish->decimal);
  g_hash_table_unref (wish->columns);
  g_free (wish);
}

/* ---- how the file is to be read ---- */

typedef struct
{
  WbConnection    *channel;
  WbStatementFile *file;
  WbOrderMapping  *mapping;
  gboolean         remembered;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_object (&reading->channel);
  g_clear_pointer (&reading->file, wb_statement_file_free);
  g_clear_pointer (&reading->mapping, wb_order_mapping_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static char *
signature_of (Reading *reading)
{
  g_autofree char *signature = wb_statement_file_signature (reading->file);

  return g_strdup_printf ("=%s", signature);
}

static WbOrderMapping *
recall (WbBook *book, const char *name)
{
  g_autofree char *json = wb_book_get_mapping (book, MAPPING, name);

  return json != NULL ? wb_order_mapping_parse (json, NULL) : NULL;
}

/* By the heads first; a channel whose files look otherwise now is guessed anew where its columns
 * are not all there. */
static void
choose_mapping (WbBook *book, Reading *reading)
{
  g_autofree char           *signature = signature_of (reading);
  g_autoptr (WbOrderMapping) kept = recall (book, signature);

  if (kept == NULL)
    kept = recall (book, wb_record_get_text (reading->channel, WB_CONNECTION_NAME));
  if (kept != NULL && wb_order_mapping_check (reading->file, kept, NULL))
    {
      reading->mapping = g_steal_pointer (&kept);
      reading->remembered = TRUE;
      return;
    }
  reading->mapping = wb_order_mapping_guess (reading->file);
  if (reading->mapping->currency[0] == '\0' &&
      wb_currency_is_valid (wb_record_get_text (reading->channel, WB_CONNECTION_CURRENCY)))
    g_strlcpy (reading->mapping->currency,
               wb_record_get_text (reading->channel, WB_CONNECTION_CURRENCY),
               sizeof reading->mapping->currency);
}

static gboolean
refuse (GError **error, const char *format, const char *text)
{
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, format, text);
  return FALSE;
}

static gboolean
apply_wish (const WbOrdersFileWish *wish, Reading *reading, GError **error)
{
  WbOrderMapping *mapping = reading->mapping;
  GHashTableIter  iter;
  gpointer        cell, head;

  g_hash_table_iter_init (&iter, wish->columns);
  while (g_hash_table_iter_next (&iter, &cell, &head))
    if (!wb_order_mapping_set (mapping, cell, head, error))
      return FALSE;
  if (g_hash_table_size (wish->columns) > 0)
    wb_order_mapping_guess_forms (reading->file, mapping);
  if (wish->dates != NULL)
    {
      mapping->dates = wb_dates_parse (wish->dates);
      mapping->dates_open = FALSE;
    }
  if (wish->decimal != NULL)
    {
      if (!g_str_equal (wish->decimal, ".") && !g_str_equal (wish->decimal, ","))
        return refuse (error, "A decimal sign is “.” or “,”, not “%s”", wish->decimal);
      mapping->decimal = *wish->decimal;
    }
  if (wish->currency != NULL)
    {
      if (!wb_currency_is_valid (wish->currency))
        return refuse (error, "“%s” is not an ISO 4217 currency code", wish->currency);
      g_strlcpy (mapping->currency, wish->currency, sizeof mapping->currency);
    }
  if (wish->country != NULL)
    {
      if (strlen (wish->country) != 2)
        return refuse (error, "“%s” is not a country's code of two letters", wish->country);
      g_strlcpy (mapping->country, wish->country, sizeof mapping->country);
    }
  return TRUE;
}

static gboolean
open_reading (WbBook                 *book,
              const WbOrdersFileWish *wish,
              Reading                *reading,
              GCancellable           *cancellable,
              GError                **error)
{
  reading->channel = wb_book_find_connection (book, wish->channel, error);
  if (reading->channel == NULL)
    return FALSE;
  if (g_strcmp0 (wb_record_get_text (reading->channel, WB_CONNECTION_PROVIDER), WB_SHOP_FILES) != 0)
    return refuse (error, "“%s” is not a channel that is fed by files", wish->channel);
  reading->file = wb_statement_file_open (wish->path, cancellable, error);
  if (reading->file == NULL)
    return FALSE;
  if (reading->file->heads == NULL)
    return refuse (error, "%s is no table of orders: save it as CSV", reading->file->name);
  choose_mapping (book, reading);
  return apply_wish (wish, reading, error);
}

/* ---- looking at it first ---- */

static WbOrderAside *
aside_of (Reading *reading, const WbOrdersBad *bad)
{
  WbOrderAside *aside = g_new0 (WbOrderAside, 1);

  aside->channel_id = wb_record_get_int (reading->channel, WB_CONNECTION_ID);
  aside->file = g_strdup (reading->file->name);
  aside->line = bad->line;
  aside->number = g_strdup (bad->number);
  aside->reason = g_strdup (bad->reason);
  aside->raw = g_strdup (bad->raw);
  return aside;
}

static GPtrArray *
asides_of (Reading *reading, const WbOrdersRead *read)
{
  GPtrArray *asides = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_order_aside_free);

  for (guint i = 0; i < read->bad->len; i++)
    g_ptr_array_add (asides, aside_of (reading, read->bad->pdata[i]));
  return asides;
}

/** wb_orders_preview_free: frees @preview. */
void
wb_orders_preview_free (WbOrdersPreview *preview)
{
  g_free (preview->name);
  g_free (preview->encoding);
  g_free (preview->currency);
  g_clear_pointer (&preview->heads, g_ptr_array_unref);
  g_hash_table_unref (preview->columns);
  g_free (preview->problem);
  g_clear_pointer (&preview->orders, g_ptr_array_unref);
  g_clear_pointer (&preview->asides, g_ptr_array_unref);
  g_free (preview);
}

static void
preview_mapping (WbOrdersPreview *preview, const WbOrderMapping *mapping)
{
  for (guint i = 0; i < WB_N_ORDER_CELLS; i++)
    if (mapping->columns[i] != NULL)
      g_hash_table_insert (preview->columns, (gpointer) wb_order_cell_id (i),
                           g_strdup (mapping->columns[i]));
  preview->currency = g_strdup (mapping->currency);
  preview->decimal = mapping->decimal;
  preview->dates = wb_dates_id (mapping->dates);
  preview->dates_open = mapping->dates_open;
}

/** wb_desk_preview_orders: Returns: (transfer full): what @wish's file is and which orders would
 * come of it. */
WbOrdersPreview *
wb_desk_preview_orders (WbBook                 *book,
                        const WbOrdersFileWish *wish,
                        GCancellable           *cancellable,
                        GError                **error)
{
  g_auto (Reading)      reading = { 0 };
  g_auto (WbOrdersRead) read = { 0 };
  g_autoptr (GError)    problem = NULL;
  WbOrdersPreview      *preview;

  if (!open_reading (book, wish, &reading, cancellable, error))
    return NULL;
  preview = g_new0 (WbOrdersPreview, 1);
  preview->name = g_strdup (reading.file->name);
  preview->encoding = g_strdup (reading.file->encoding);
  preview->delimiter = reading.file->delimiter;
  preview->head_line = reading.file->head_line;
  preview->heads = g_ptr_array_ref (reading.file->heads);
  preview->remembered = reading.remembered;
  preview->columns = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  preview_mapping (preview, reading.mapping);
  if (!wb_order_mapping_check (reading.file, reading.mapping, &problem) ||
      !wb_orders_file_read (reading.file, reading.mapping, &read, cancellable, &problem))
    {
      preview->problem = g_strdup (problem->message);
      preview->orders = g_ptr_array_new ();
      preview->asides = g_ptr_array_new ();
      return preview;
    }
  preview->rows = read.rows;
  preview->orders = g_ptr_array_ref (read.orders);
  preview->asides = asides_of (&reading, &read);
  return preview;
}

/* ---- reading it in ---- */

/* Where the file has no date, an order was placed when it first came. */
static gboolean
date_order (WbBook *book, Reading *reading, WbOrder *order, GError **error)
{
  g_autoptr (WbOrder) old = NULL;
  g_autoptr (GError)  local = NULL;
  WbInstant           at = wb_now ();

  if (wb_record_get_int (order, WB_ORDER_PLACED_AT) != 0)
    return TRUE;
  old = wb_book_find_order (book, wb_record_get_int (reading->channel, WB_CONNECTION_ID),
                            wb_record_get_text (order, WB_ORDER_REMOTE_ID), &local);
  if (old != NULL)
    at = wb_record_get_int (old, WB_ORDER_PLACED_AT);
  else if (!g_error_matches (local, WB_ERROR, WB_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (wb_record_get_int (order, WB_ORDER_PAID_AT) == 0 &&
      g_strcmp0 (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), WB_CHARGE_PAID) == 0)
    wb_record_set_int (order, WB_ORDER_PAID_AT, at);
  wb_record_set_int (order, WB_ORDER_PLACED_AT, at);
  return TRUE;
}

static gboolean
import_some (WbDesk         *self,
             Reading        *reading,
             WbOrdersRead   *read,
             guint           from,
             WbOrdersImport *result,
             GError        **error)
{
  gint64   channel_id = wb_record_get_int (reading->channel, WB_CONNECTION_ID);
  gboolean ok = wb_book_begin (self->book, error);

  if (!ok)
    return FALSE;
  for (guint i = from; ok && i < MIN (from + ORDERS_A_GO, read->orders->len); i++)
    {
      WbOrder *order = read->orders->pdata[i];

      ok = date_order (self->book, reading, order, error) &&
           wb_desk_import_one (self, reading->channel, order, read->raws->pdata[i], &result->orders,
                               error) &&
           wb_book_drop_order_aside (self->book, channel_id,
                                     wb_record_get_text (order, WB_ORDER_NUMBER), error);
    }
  if (!ok)
    {
      wb_book_rollback (self->book);
      return FALSE;
    }
  return wb_book_commit (self->book, error);
}

/* What is not imported is kept with its reason, and the columns are remembered. */
static gboolean
keep_rest (WbDesk *self, Reading *reading, GPtrArray *asides, GError **error)
{
  gint64           channel_id = wb_record_get_int (reading->channel, WB_CONNECTION_ID);
  g_autofree char *signature = signature_of (reading);
  g_autofree char *json = wb_order_mapping_to_json (reading->mapping);
  gboolean         ok = wb_book_begin (self->book, error);

  if (!ok)
    return FALSE;
  ok = wb_book_clear_order_asides (self->book, channel_id, reading->file->name, error);
  for (guint i = 0; ok && i < asides->len; i++)
    ok = wb_book_set_order_aside (self->book, asides->pdata[i], error);
  ok = ok && wb_book_save_mapping (self->book, MAPPING, signature, json, error) &&
       wb_book_save_mapping (self->book, MAPPING,
                             wb_record_get_text (reading->channel, WB_CONNECTION_NAME), json,
                             error) &&
       wb_book_note_sync (self->book, channel_id, NULL, wb_now (), NULL, error);
  if (!ok)
    {
      wb_book_rollback (self->book);
      return FALSE;
    }
  return wb_book_commit (self->book, error);
}

/**
 * wb_desk_import_orders:
 * @progress: (nullable): called now and then, in this thread
 * @result: (out): what became of it; clear with wb_orders_import_clear()
 *
 * Imports a file of orders. An order is known by its number and its lines by theirs: the same file
 * again adds nothing, a changed one shows its differences as a shop's edit does. Orders with a row
 * that cannot be read are kept aside, each row with its line and reason, and are imported when they
 * come whole.
 */
gboolean
wb_desk_import_orders (WbDesk                 *self,
                       const WbOrdersFileWish *wish,
                       WbSyncProgress          progress,
                       gpointer                data,
                       WbOrdersImport         *result,
                       GCancellable           *cancellable,
                       GError                **error)
{
  g_auto (Reading)        reading = { 0 };
  g_auto (WbOrdersRead)   read = { 0 };
  g_auto (WbOrdersImport) done = { 0 };

  if (!open_reading (self->book, wish, &reading, cancellable, error) ||
      !wb_order_mapping_check (reading.file, reading.mapping, error) ||
      !wb_orders_file_read (reading.file, reading.mapping, &read, cancellable, error))
    return FALSE;
  done.name = g_strdup (reading.file->name);
  done.rows = read.rows;
  done.asides = asides_of (&reading, &read);
  for (guint from = 0; from < read.orders->len; from += ORDERS_A_GO)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          wb_error_convert (error);
          return FALSE;
        }
      if (!import_some (self, &reading, &read, from, &done, error))
        return FALSE;
      if (progress != NULL)
        progress (reading.channel, done.orders.read, read.orders->len, data);
    }
  if (!keep_rest (self, &reading, done.asides, error))
    return FALSE;
  *result = done;
  done = (WbOrdersImport){ 0 };
  return TRUE;
}

/** wb_orders_import_clear: frees what @result holds. */
void
wb_orders_import_clear (WbOrdersImport *result)
{
  g_clear_pointer (&result->name, g_free);
  g_clear_pointer (&result->asides, g_ptr_array_unref);
  wb_sync_result_clear (&result->orders);
}
