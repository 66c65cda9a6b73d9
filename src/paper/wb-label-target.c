/* SPDX-License-Identifier: GPL-3.0-or-later
 * A printer's profile as the label pipeline wants it: in its dots and its language's own scales. */
#include "wb-label-target.h"

#include "wb-printing.h"
#include "wb-text.h"

#include <math.h>

#define USUAL_DPI     203
#define DMM_PER_INCH  254.0
#define MM_PER_INCH   25.4
#define FULL_DARKNESS 100.0

/* @darkest: the end of the language's own scale of darkness; 0: it has none. */
static const struct
{
  const char     *format;
  WbLabelLanguage language;
  guint           darkest;
} languages[] = {
  { WB_PRINT_PDF, WB_LABEL_LANGUAGE_PDF, 0 },    { WB_PRINT_PNG, WB_LABEL_LANGUAGE_PDF, 0 },
  { WB_PRINT_PWG, WB_LABEL_LANGUAGE_RASTER, 0 }, { WB_PRINT_ZPL, WB_LABEL_LANGUAGE_ZPL, 30 },
  { WB_PRINT_EPL2, WB_LABEL_LANGUAGE_EPL2, 15 }, { WB_PRINT_TSPL, WB_LABEL_LANGUAGE_TSPL, 15 },
};

static const struct
{
  const char *word;
  WbLabelMark mark;
} sensors[] = {
  { WB_SENSOR_GAP, WB_LABEL_MARK_GAP },
  { WB_SENSOR_MARK, WB_LABEL_MARK_BLACK },
  { WB_SENSOR_CONTINUOUS, WB_LABEL_MARK_CONTINUOUS },
};

static const struct
{
  const char  *word;
  WbLabelAfter after;
} finishes[] = {
  { WB_FINISH_TEAR, WB_LABEL_AFTER_TEAR_OFF },
  { WB_FINISH_CUT, WB_LABEL_AFTER_CUT },
  { WB_FINISH_PEEL, WB_LABEL_AFTER_PEEL },
};

static int
dots (WbPrinter *printer, guint field, guint dpi)
{
  return (int) lround ((double) wb_record_get_int (printer, field) * dpi / DMM_PER_INCH);
}

/* Per cent in the language's own scale; something that was asked for is never 0, which means
 * “as the printer is set”. */
static guint
scaled (gint64 per_cent, guint darkest)
{
  guint value = (guint) lround ((double) per_cent * darkest / FULL_DARKNESS);

  return per_cent > 0 && darkest > 0 ? MAX (value, 1) : 0;
}

/**
 * wb_label_is_for_printer:
 * @format: what the label comes as
 *
 * Whether a label for @printer goes through wb_label_prepare(): when it is a printer of labels and
 * more is known of it than a size, or it speaks another language than the label. Otherwise labels
 * reach it as they are.
 */
gboolean
wb_label_is_for_printer (WbPrinter *printer, const char *format)
{
  static const guint settings[] = { WB_PRINTER_DPI,       WB_PRINTER_GAP_DMM,  WB_PRINTER_DARKNESS,
                                    WB_PRINTER_SPEED_MMS, WB_PRINTER_ROTATION, WB_PRINTER_NUDGE_X,
                                    WB_PRINTER_NUDGE_Y };
  const WbDocumentKind *kind = wb_document_kind (wb_record_get_text (printer, WB_PRINTER_DOCUMENT));
  const char           *wanted = wb_record_get_text (printer, WB_PRINTER_FORMAT);
  gboolean more = !wb_text_is_empty (wb_record_get_text (printer, WB_PRINTER_SENSOR)) ||
                  !wb_text_is_empty (wb_record_get_text (printer, WB_PRINTER_FINISH));

  if (kind == NULL || !kind->label || wb_text_is_empty (wanted))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    more = more || wb_record_get_int (printer, settings[i]) != 0;
  return more || (!g_str_equal (wanted, format) && !g_str_equal (wanted, WB_PRINT_PDF) &&
                  !g_str_equal (wanted, WB_PRINT_PNG));
}

/**
 * wb_label_target_for:
 * @dpi: what the printer says of its dots, for a profile that says nothing; 0: 203
 * @target: (out): untouched on failure
 *
 * Fails with %WB_ERROR_INVALID for a language or media that is not known.
 */
gboolean
wb_label_target_for (WbPrinter *printer, guint dpi, WbLabelTarget *target, GError **error)
{
  const char   *format = wb_record_get_text (printer, WB_PRINTER_FORMAT);
  const char   *media = wb_record_get_text (printer, WB_PRINTER_MEDIA);
  WbLabelTarget made = { 0 };
  guint at = G_N_ELEMENTS (languages), own = (guint) wb_record_get_int (printer, WB_PRINTER_DPI);

  if (own > 0 || dpi == 0)
    dpi = own > 0 ? own : USUAL_DPI;
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i].format, format) == 0)
      at = i;
  if (at == G_N_ELEMENTS (languages))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "printer.format: “%s” is no label's language",
                   format != NULL ? format : "");
      return FALSE;
    }
  if (!wb_label_target_set_media (&made, wb_text_is_empty (media) ? WB_MEDIA_4X6 : media, dpi,
                                  error))
    return FALSE;
  made.language = languages[at].language;
  made.dpi = dpi;
  made.rotation = (guint) wb_record_get_int (printer, WB_PRINTER_ROTATION);
  made.nudge_x = dots (printer, WB_PRINTER_NUDGE_X, dpi);
  made.nudge_y = dots (printer, WB_PRINTER_NUDGE_Y, dpi);
  made.gap = (guint) dots (printer, WB_PRINTER_GAP_DMM, dpi);
  made.darkness = scaled (wb_record_get_int (printer, WB_PRINTER_DARKNESS), languages[at].darkest);
  made.speed =
      (guint) lround ((double) wb_record_get_int (printer, WB_PRINTER_SPEED_MMS) / MM_PER_INCH);
  for (guint i = 0; i < G_N_ELEMENTS (sensors); i++)
    if (g_strcmp0 (sensors[i].word, wb_record_get_text (printer, WB_PRINTER_SENSOR)) == 0)
      made.mark = sensors[i].mark;
  for (guint i = 0; i < G_N_ELEMENTS (finishes); i++)
    if (g_strcmp0 (finishes[i].word, wb_record_get_text (printer, WB_PRINTER_FINISH)) == 0)
      made.after = finishes[i].after;
  *target = made;
  return TRUE;
}

/**
 * wb_label_for_printer:
 * @dpi: see wb_label_target_for()
 * @accepted: (nullable): a change as wb_label_change_to_text() writes it
 *
 * Returns: (transfer full): @document as it goes to @printer. Errors as wb_label_prepare().
 */
GBytes *
wb_label_for_printer (WbPrinter  *printer,
                      guint       dpi,
                      GBytes     *document,
                      const char *format,
                      const char *accepted,
                      GError    **error)
{
  WbLabelTarget target;
  WbLabelChange change;
  const char   *mime;
  GBytes       *made = NULL;

  if (!wb_label_target_for (printer, dpi, &target, error) ||
      (accepted != NULL && !wb_label_change_parse (accepted, &change, error)) ||
      !wb_label_prepare (document, format, &target, accepted != NULL ? &change : NULL, &made, &mime,
                         error))
    return NULL;
  return made;
}
