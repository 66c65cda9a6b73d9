/* SPDX-License-Identifier: GPL-3.0-or-later
 * The walk of a wave on paper: bin by bin as it is walked, with the totes; printed through the
 * journal like every other paper. */
#include "wb-desk-documents.h"

#include "wb-pick-sheet.h"

#include <glib/gi18n-lib.h>

static void
add_line (WbPickList *list, const WbPickLine *line)
{
  const WbPickArticle article = { .bin = *line->bin != '\0' ? line->bin : NULL,
                                  .sku = line->sku,
                                  .name = line->name,
                                  .options = line->options };

  for (guint i = 0; i < line->parts->len; i++)
    {
      const WbPickPart *part = line->parts->pdata[i];

      wb_pick_list_add_article (list, &article, part->number, part->tote, wb_pick_part_left (part));
    }
}

/**
 * wb_desk_make_wave_list:
 * Returns: (transfer full): what is still to be fetched for a wave, in the order of its walk, as
 * PDF: the same bytes as long as nothing is fetched. %WB_ERROR_INVALID when there is nothing.
 */
GBytes *
wb_desk_make_wave_list (WbDesk *self, gint64 wave_id, char ***warnings, GError **error)
{
  g_autoptr (WbPickSheet) sheet = wb_pick_sheet_read (self->book, wave_id, error);
  g_autoptr (WbPickList)  list = wb_pick_list_new ();

  if (sheet == NULL)
    return NULL;
  for (guint i = 0; i < sheet->lines->len; i++)
    add_line (list, sheet->lines->pdata[i]);
  if (wb_pick_list_count (list) == 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                   _ ("All of this wave is fetched: there is nothing to print"));
      return NULL;
    }
  return wb_desk_set_pick_list (self, list, wb_record_get_int (sheet->wave, WB_WAVE_CREATED_AT),
                                warnings, error);
}

static gboolean
is_open (WbOperation *operation)
{
  return wb_operation_is (operation, WB_OPERATION_PLANNED) ||
         wb_operation_is (operation, WB_OPERATION_SENDING) ||
         wb_operation_is (operation, WB_OPERATION_UNSURE);
}

/* The last request for the wave's list, if it is still open; @next: (out): the next one's key. */
static WbOperation *
find_open (WbDesk *self, gint64 wave_id, guint *number, char **next)
{
  g_autoptr (WbOperation) last = NULL;

  for (*number = 1;; (*number)++)
    {
      g_autofree char *key = g_strdup_printf ("%s:%s:wave-%" G_GINT64_FORMAT ":%u", WB_OP_PRINT,
                                              WB_DOCUMENT_PICK_LIST, wave_id, *number);
      g_autoptr (WbOperation) there = wb_book_find_operation (self->book, key, NULL);

      if (there == NULL)
        {
          *next = g_steal_pointer (&key);
          return last != NULL && is_open (last) ? g_steal_pointer (&last) : NULL;
        }
      g_set_object (&last, there);
    }
}

static WbOperation *
plan (WbDesk *self, gint64 wave_id, guint number, const char *key, GError **error)
{
  g_autoptr (WbPrinter) printer = wb_book_get_printer (self->book, WB_DOCUMENT_PICK_LIST, NULL);
  g_autoptr (GBytes)    list = NULL;
  g_autoptr (JsonNode)  request = NULL;
  g_autofree char      *hash = NULL, *title = NULL;

  if (printer == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, "%s",
                   _ ("No printer is set up for pick lists: choose one under Preferences, "
                      "Printing, or save the list as a file"));
      return NULL;
    }
  if ((list = wb_desk_make_wave_list (self, wave_id, NULL, error)) == NULL ||
      (hash = wb_book_put_document (self->book, list, "application/pdf", error)) == NULL)
    return NULL;
  title = g_strdup_printf ("%s-%" G_GINT64_FORMAT "-%u", WB_DOCUMENT_PICK_LIST, wave_id, number);
  wb_record_set_text (printer, WB_PRINTER_DOCUMENT, WB_DOCUMENT_PICK_LIST);
  request = wb_json_make ("s:document", hash, "s:format", WB_FORMAT_PDF, "s:document_kind",
                          WB_DOCUMENT_PICK_LIST, "s:title", title, "s:station", wb_station (),
                          "o:printer", wb_record_to_json (printer), NULL);
  return wb_journal_plan (self->journal, WB_OP_PRINT, key, 0, 0, 0, request, self->actor, error);
}

/**
 * wb_desk_print_wave_list:
 * @outcome: (out): printer and job, for people
 *
 * Prints wb_desk_make_wave_list() where pick lists are printed; again as often as it is asked for,
 * each time logged. A request that is still open is brought to its end instead of a second one.
 */
gboolean
wb_desk_print_wave_list (
    WbDesk *self, gint64 wave_id, char **outcome, GCancellable *cancellable, GError **error)
{
  g_autofree char        *key = NULL;
  guint                   number = 0;
  g_autoptr (WbOperation) operation = find_open (self, wave_id, &number, &key);
  g_autoptr (JsonNode)    reply = NULL;
  WbJson                  at;

  if (operation == NULL)
    operation = plan (self, wave_id, number, key, error);
  if (operation == NULL || !wb_journal_settle (self->journal, operation, cancellable, error) ||
      !wb_book_add_event (self->book, "wave", wave_id, "list-printed", self->actor, NULL, error))
    return FALSE;
  reply = wb_operation_reply (operation);
  at = wb_json_root (reply, "reply");
  /* Translators: a document was given to a printer; printer and number of the job there */
  *outcome = g_strdup_printf (_ ("%s, job %s"), wb_json_opt_string (&at, "printer"),
                              wb_json_opt_string (&at, "job"));
  return TRUE;
}
