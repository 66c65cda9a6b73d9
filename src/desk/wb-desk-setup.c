/* SPDX-License-Identifier: GPL-3.0-or-later
 * Setting up the house: where parcels start, which boxes there are, what prints what, and whether
 * it prints true. */
#include "wb-desk-private.h"

#include "wb-printing.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

/** wb_desk_queue_free: frees @queue. */
void
wb_desk_queue_free (WbDeskQueue *queue)
{
  g_free (queue->name);
  g_free (queue->title);
  g_free (queue->trouble);
  g_strfreev (queue->media);
  g_free (queue->media_default);
  g_strfreev (queue->ready);
  g_free (queue);
}

static WbDeskQueue *
copy_queue (const WbQueue *from)
{
  WbDeskQueue *queue = g_new0 (WbDeskQueue, 1);
  const char  *message = from->message;

  queue->name = g_strdup (from->name);
  queue->title = g_strdup (from->info != NULL ? from->info : from->name);
  queue->raw = from->kind == WB_QUEUE_RAW;
  queue->media = g_strdupv (from->media);
  queue->media_default = g_strdup (from->media_default);
  if (!from->accepting)
    queue->trouble = g_strdup (
        !wb_text_is_empty (message) ? message : _ ("This queue takes no papers just now."));
  else if (from->stopped)
    queue->trouble = g_strdup (!wb_text_is_empty (message)
                                   ? message
                                   : _ ("This queue is stopped and keeps papers waiting."));
  else if (from->trouble != NULL)
    queue->trouble = g_strdup (from->trouble);
  queue->dpi = from->dpi;
  queue->ready = g_strdupv (from->ready);
  return queue;
}

/** wb_desk_list_queues: Returns: (transfer full) (element-type WbDeskQueue): the print server's
 * queues; %WB_ERROR_UNAVAILABLE when it is not there. */
GPtrArray *
wb_desk_list_queues (GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) found = wb_print_list_queues (cancellable, error);
  GPtrArray            *queues;

  if (found == NULL)
    return NULL;
  queues = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_desk_queue_free);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (queues, copy_queue (found->pdata[i]));
  return queues;
}

/**
 * wb_desk_describe_printer:
 * @queue: (out): what the printer that @printer names says of itself; untouched on failure
 *
 * Asks it now. %WB_ERROR_INVALID, %WB_ERROR_NOT_FOUND, %WB_ERROR_UNAVAILABLE.
 */
gboolean
wb_desk_describe_printer (WbPrinter    *printer,
                          WbDeskQueue **queue,
                          GCancellable *cancellable,
                          GError      **error)
{
  g_autoptr (WbQueue) found = wb_print_describe (printer, cancellable, error);

  if (found == NULL)
    return FALSE;
  *queue = copy_queue (found);
  return TRUE;
}

/* Exactly one of @all is chosen: @record when it wishes so or is the first, else the one that was.
 */
static gboolean
choose_one (WbBook    *book,
            gpointer   record,
            guint      id_field,
            guint      chosen_field,
            GPtrArray *all,
            GError   **error)
{
  gboolean others = FALSE;

  for (guint i = 0; i < all->len; i++)
    {
      if (wb_record_get_int (all->pdata[i], id_field) == wb_record_get_int (record, id_field))
        continue;
      others = others || wb_record_get_bool (all->pdata[i], chosen_field);
      if (wb_record_get_bool (record, chosen_field) &&
          wb_record_set_bool (all->pdata[i], chosen_field, FALSE) &&
          !wb_book_save (book, all->pdata[i], error))
        return FALSE;
    }
  if (!others)
    wb_record_set_bool (record, chosen_field, TRUE);
  return wb_book_save (book, record, error);
}

static gboolean
finish (WbDesk *self, gboolean ok, const char *subject, gint64 id, const char *kind, GError **error)
{
  if (ok && wb_book_add_event (self->book, subject, id, kind, self->actor, NULL, error))
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

static gboolean
need_text (gpointer record, guint field, const char *sentence, GError **error)
{
  if (!wb_text_is_empty (wb_record_get_text (record, field)))
    return TRUE;
  g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, sentence);
  return FALSE;
}

/** wb_desk_save_origin: keeps where parcels start; the first one, or one that says so, is the
 * chosen one. */
gboolean
wb_desk_save_origin (WbDesk *self, WbOrigin *origin, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  char                  date[WB_DATE_SIZE];
  const char           *country = wb_record_get_text (origin, WB_ORIGIN_COUNTRY);

  if (!need_text (origin, WB_ORIGIN_NAME, "The sender's address needs a name", error) ||
      !need_text (origin, WB_ORIGIN_STREET1, "The sender's address needs a street", error) ||
      !need_text (origin, WB_ORIGIN_CITY, "The sender's address needs a city", error) ||
      !wb_date_at (wb_now (), wb_record_get_text (origin, WB_ORIGIN_ZONE), date, error))
    return FALSE;
  if (country == NULL || strlen (country) != 2 || !g_ascii_isupper (country[0]) ||
      !g_ascii_isupper (country[1]))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   "The sender's country must be two capital letters like DE or US");
      return FALSE;
    }
  all = wb_book_list_origins (self->book, error);
  return all != NULL && wb_book_begin (self->book, error) &&
         finish (self, choose_one (self->book, origin, WB_ORIGIN_ID, WB_ORIGIN_CHOSEN, all, error),
                 "origin", wb_record_get_int (origin, WB_ORIGIN_ID), "saved", error);
}

/** wb_desk_save_package: keeps a box; sizes and weight must be known. */
gboolean
wb_desk_save_package (WbDesk *self, WbPackage *package, GError **error)
{
  static const guint sizes[] = { WB_PACKAGE_LENGTH_MM, WB_PACKAGE_WIDTH_MM, WB_PACKAGE_HEIGHT_MM };
  g_autoptr (GPtrArray) all = NULL;

  if (!need_text (package, WB_PACKAGE_NAME, "The box needs a name", error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (wb_record_get_int (package, sizes[i]) < 1 || wb_record_get_int (package, sizes[i]) > 10000)
      {
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                     "A box is between 1 and 10000 millimetres long, wide and high");
        return FALSE;
      }
  all = wb_book_list_packages (self->book, error);
  return all != NULL && wb_book_begin (self->book, error) &&
         finish (self,
                 choose_one (self->book, package, WB_PACKAGE_ID, WB_PACKAGE_CHOSEN, all, error),
                 "package", wb_record_get_int (package, WB_PACKAGE_ID), "saved", error);
}

static gpointer
find_by_id (GPtrArray *all, guint id_field, gint64 id)
{
  for (guint i = 0; i < all->len; i++)
    if (wb_record_get_int (all->pdata[i], id_field) == id)
      return all->pdata[i];
  return NULL;
}

/* After one was removed the first of those left is chosen, unless another is. */
static gboolean
choose_any (WbBook *book, GPtrArray *left, guint id_field, guint chosen_field, GError **error)
{
  return left != NULL &&
         (left->len == 0 || choose_one (book, left->pdata[0], id_field, chosen_field, left, error));
}

/** wb_desk_remove_origin: parcels no longer start there; refused for the last one. */
gboolean
wb_desk_remove_origin (WbDesk *self, gint64 origin_id, GError **error)
{
  g_autoptr (GPtrArray) all = wb_book_list_origins (self->book, error), left = NULL;

  if (all == NULL)
    return FALSE;
  if (all->len < 2 || find_by_id (all, WB_ORIGIN_ID, origin_id) == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
                   "The last sender's address cannot be removed: labels and slips need one. Change "
                   "it instead");
      return FALSE;
    }
  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (!wb_book_delete_origin (self->book, origin_id, error) ||
      (left = wb_book_list_origins (self->book, error)) == NULL)
    return finish (self, FALSE, NULL, 0, NULL, error);
  return finish (self, choose_any (self->book, left, WB_ORIGIN_ID, WB_ORIGIN_CHOSEN, error),
                 "origin", origin_id, "removed", error);
}

/** wb_desk_remove_package: the box is proposed no more; parcels that used it keep its size. */
gboolean
wb_desk_remove_package (WbDesk *self, gint64 package_id, GError **error)
{
  g_autoptr (GPtrArray) left = NULL;

  if (!wb_book_begin (self->book, error))
    return FALSE;
  if (!wb_book_delete_package (self->book, package_id, error) ||
      (left = wb_book_list_packages (self->book, error)) == NULL)
    return finish (self, FALSE, NULL, 0, NULL, error);
  return finish (self, choose_any (self->book, left, WB_PACKAGE_ID, WB_PACKAGE_CHOSEN, error),
                 "package", package_id, "removed", error);
}

/* What a printer's settings may be; 0 everywhere: as the printer is set itself. */
static const struct
{
  guint       field;
  gint64      least, most;
  const char *sentence;
} limits[] = {
  { WB_PRINTER_DPI, 0, 1200, "A printer has between 100 and 1200 dots an inch" },
  { WB_PRINTER_GAP_DMM, 0, 300, "The gap between labels is at most 30 millimetres" },
  { WB_PRINTER_DARKNESS, 0, 100, "Darkness is between 1 and 100 per cent" },
  { WB_PRINTER_SPEED_MMS, 0, 500, "A label printer prints at most 500 millimetres a second" },
  { WB_PRINTER_NUDGE_X, -500, 500, "A label is moved by at most 50 millimetres" },
  { WB_PRINTER_NUDGE_Y, -500, 500, "A label is moved by at most 50 millimetres" },
};

static gboolean
check_profile (WbPrinter *printer, GError **error)
{
  gint64 turn = wb_record_get_int (printer, WB_PRINTER_ROTATION);

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      gint64 value = wb_record_get_int (printer, limits[i].field);

      if (value >= limits[i].least && value <= limits[i].most)
        continue;
      g_set_error_literal (error, WB_ERROR, WB_ERROR_INVALID, limits[i].sentence);
      return FALSE;
    }
  if (turn == 0 || turn == 90 || turn == 180 || turn == 270)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "A label is turned by 0, 90, 180 or 270 degrees");
  return FALSE;
}

/** wb_desk_remove_printer: forgets a printer's row; what stands in for it prints from now on. */
gboolean
wb_desk_remove_printer (WbDesk *self, gint64 printer_id, GError **error)
{
  return wb_book_begin (self->book, error) &&
         finish (self, wb_book_delete_printer (self->book, printer_id, error), "printer",
                 printer_id, "removed", error);
}

/** wb_desk_save_printer: from now on this prints the document, on its station or (none) on all that
 * have no row of their own; the row that was known for that place is replaced. */
gboolean
wb_desk_save_printer (WbDesk *self, WbPrinter *printer, GError **error)
{
  g_autoptr (WbPrinter) old =
      wb_book_find_printer (self->book, wb_record_get_text (printer, WB_PRINTER_STATION),
                            wb_record_get_text (printer, WB_PRINTER_DOCUMENT), NULL);
  const char *target = wb_record_get_text (printer, WB_PRINTER_TARGET);

  if (wb_document_kind (wb_record_get_text (printer, WB_PRINTER_DOCUMENT)) == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "“%s” is no kind of paper that is printed",
                   wb_record_get_text (printer, WB_PRINTER_DOCUMENT));
      return FALSE;
    }
  if (!need_text (printer, WB_PRINTER_TARGET, "Choose a printer, or a folder for papers as files",
                  error))
    return FALSE;
  if (g_strcmp0 (wb_record_get_text (printer, WB_PRINTER_TARGET_KIND), WB_TARGET_FOLDER) == 0 &&
      !g_file_test (target, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "There is no folder “%s”", target);
      return FALSE;
    }
  if (!wb_print_check_printer (printer, error) || !check_profile (printer, error))
    return FALSE;
  wb_record_set_int (printer, WB_PRINTER_ID,
                     old != NULL ? wb_record_get_int (old, WB_PRINTER_ID) : 0);
  return wb_book_begin (self->book, error) &&
         finish (self, wb_book_save (self->book, printer, error), "printer",
                 wb_record_get_int (printer, WB_PRINTER_ID), "saved", error);
}
