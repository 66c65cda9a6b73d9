/* SPDX-License-Identifier: GPL-3.0-or-later
 * Whether a printer prints true: a test print, and what follows from what came out. */
#include "wb-desk-private.h"

#include "wb-order-paper.h"
#include "wb-printing.h"
#include "wb-test-page.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define DARKNESS_STEP  15
#define USUAL_DARKNESS 50
#define DMM_PER_MM     10

static double /* no money: a length in millimetres, to be written */
in_mm (gint64 dmm)
{
  return (double) dmm / DMM_PER_MM; /* no money */
}

/* What label printers are made with. */
static const gint64 known_dpi[] = { 203, 300, 406, 600 };

static const char *
test_media (WbPrinter *printer, const char *document)
{
  const char           *media = wb_record_get_text (printer, WB_PRINTER_MEDIA);
  const WbDocumentKind *kind = wb_document_kind (document);

  if (kind != NULL && !kind->label)
    return wb_paper_size (media, NULL) != NULL ? wb_paper_size (media, NULL) : media;
  return wb_text_is_empty (media) ? WB_MEDIA_4X6 : media;
}

/**
 * wb_desk_print_test:
 * @document: WB_DOCUMENT_…
 * @outcome: (out): printer and job, for people
 *
 * Prints a page with a frame, a ruler and a barcode on what is set up for @document: drawn at the
 * printer's dots, in its language and with its settings, through the journal like any other paper.
 */
gboolean
wb_desk_print_test (
    WbDesk *self, const char *document, char **outcome, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbPrinter) printer = wb_book_get_printer (self->book, document, error);
  g_autofree char      *id = wb_text_random_id (6);
  g_autofree char      *key = g_strdup_printf ("%s:test:%s", WB_OP_PRINT, id);
  g_autofree char      *title = g_strdup_printf ("test-%s-%s", document, id);
  g_autofree char      *hash = NULL;
  g_autoptr (GBytes)    page =
      printer != NULL ? wb_test_page_pdf (test_media (printer, document),
                                             wb_record_get_text (printer, WB_PRINTER_TARGET), error)
                         : NULL;
  g_autoptr (JsonNode)    request = NULL, reply = NULL;
  g_autoptr (WbOperation) operation = NULL;
  WbJson                  at;

  if (page == NULL ||
      (hash = wb_book_put_document (self->book, page, "application/pdf", error)) == NULL)
    return FALSE;
  wb_record_set_text (printer, WB_PRINTER_DOCUMENT, document);
  request = wb_json_make ("s:document", hash, "s:format", WB_PRINT_PDF, "s:document_kind", document,
                          "s:title", title, "s:station", wb_station (), "o:printer",
                          wb_record_to_json (printer), NULL);
  operation =
      wb_journal_plan (self->journal, WB_OP_PRINT, key, 0, 0, 0, request, self->actor, error);
  if (operation == NULL || !wb_journal_settle (self->journal, operation, cancellable, error))
    return FALSE;
  reply = wb_operation_reply (operation);
  at = wb_json_root (reply, "reply");
  *outcome = g_strdup_printf (_ ("%s, job %s"), wb_json_opt_string (&at, "printer"),
                              wb_json_opt_string (&at, "job"));
  return TRUE;
}

/* A ruler that is too long or too short was drawn for other dots than the printer has: they are
 * what makes it right. */
static gboolean
correct_dots (
    WbPrinter *printer, const char *document, gint64 ruler_dmm, GString *changes, GError **error)
{
  gint64 said = wb_test_page_ruler_mm (test_media (printer, document)) * DMM_PER_MM;
  gint64 dpi = wb_record_get_int (printer, WB_PRINTER_DPI);
  gint64 right;

  if (ruler_dmm <= 0 || ABS (ruler_dmm - said) * 100 <= said)
    return TRUE;
  if (dpi == 0)
    dpi = known_dpi[0];
  right = dpi * said / ruler_dmm;
  for (guint i = 0; i < G_N_ELEMENTS (known_dpi); i++)
    if (known_dpi[i] != dpi && ABS (right - known_dpi[i]) * 20 <= known_dpi[i])
      {
        wb_record_set_int (printer, WB_PRINTER_DPI, known_dpi[i]);
        g_string_append_printf (changes, _ ("The printer has %d dots an inch. "),
                                (int) known_dpi[i]);
        return TRUE;
      }
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED,
               "The ruler should be %.1f mm long and is %.1f mm: the printer or its queue scales "
               "what it gets. Switch that off there (“fit to page”, “scale”), then print again",
               in_mm (said), in_mm (ruler_dmm));
  return FALSE;
}

static void
move (WbPrinter *printer, const WbTestFindings *found, GString *changes)
{
  gint64 x = wb_record_get_int (printer, WB_PRINTER_NUDGE_X) - found->shift_x;
  gint64 y = wb_record_get_int (printer, WB_PRINTER_NUDGE_Y) - found->shift_y;

  if (found->shift_x == 0 && found->shift_y == 0)
    return;
  wb_record_set_int (printer, WB_PRINTER_NUDGE_X, x);
  wb_record_set_int (printer, WB_PRINTER_NUDGE_Y, y);
  /* Translators: two lengths in millimetres, to the right and down */
  g_string_append_printf (changes, _ ("Everything is moved: %.1f mm right, %.1f mm down. "),
                          in_mm (x), in_mm (y));
}

/* Blank labels after each: the printer looks for a gap where there is a mark, or the other way. */
static void
change_sensor (WbPrinter *printer, GString *changes)
{
  gboolean mark = g_strcmp0 (wb_record_get_text (printer, WB_PRINTER_SENSOR), WB_SENSOR_MARK) == 0;

  wb_record_set_text (printer, WB_PRINTER_SENSOR, mark ? WB_SENSOR_GAP : WB_SENSOR_MARK);
  g_string_append (changes, mark ? _ ("The printer looks for the gap between labels. ")
                                 : _ ("The printer looks for the black mark on the back. "));
}

static void
change_darkness (WbPrinter *printer, gint64 by, GString *changes)
{
  gint64 now = wb_record_get_int (printer, WB_PRINTER_DARKNESS);

  now = CLAMP ((now > 0 ? now : USUAL_DARKNESS) + by, 1, 100);
  wb_record_set_int (printer, WB_PRINTER_DARKNESS, now);
  g_string_append_printf (changes, _ ("The darkness is %d %%. "), (int) now);
}

static void
turn_back (WbPrinter *printer, gint64 turned, GString *changes)
{
  gint64 now = (wb_record_get_int (printer, WB_PRINTER_ROTATION) + 360 - turned) % 360;

  wb_record_set_int (printer, WB_PRINTER_ROTATION, now);
  g_string_append_printf (changes, _ ("Labels are turned by %d°. "), (int) now);
}

/**
 * wb_desk_adjust_printer:
 * @findings: what somebody saw on the test print
 * @changes: (out): what was changed, for people; “” when nothing was
 *
 * Changes the profile that prints @document so that the next test print comes out right.
 * %WB_ERROR_REFUSED when it is not the profile that is wrong.
 */
gboolean
wb_desk_adjust_printer (WbDesk               *self,
                        const char           *document,
                        const WbTestFindings *findings,
                        char                **changes,
                        GError              **error)
{
  g_autoptr (WbPrinter) printer = wb_book_get_printer (self->book, document, error);
  g_autoptr (GString)   said = g_string_new (NULL);

  if (printer == NULL || !correct_dots (printer, document, findings->ruler_dmm, said, error))
    return FALSE;
  move (printer, findings, said);
  if (findings->blank_labels)
    change_sensor (printer, said);
  if (findings->faint || findings->smeared)
    change_darkness (printer, findings->faint ? DARKNESS_STEP : -DARKNESS_STEP, said);
  if (findings->turned != 0)
    turn_back (printer, findings->turned, said);
  if (said->len > 0 && !wb_desk_save_printer (self, printer, error))
    return FALSE;
  *changes = g_strchomp (g_string_free (g_steal_pointer (&said), FALSE));
  return TRUE;
}
