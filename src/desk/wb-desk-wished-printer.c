/* SPDX-License-Identifier: GPL-3.0-or-later
 * What prints an order's papers: the printers of the station that a rule wishes for, never another
 * unasked; what is set up here where nothing is wished. */
#include "wb-desk-private.h"
#include "wb-rules.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>

static char *
wish_of (WbDesk *self, gint64 order_id, char **number)
{
  g_autoptr (WbOrder) order = order_id != 0 ? wb_book_get_order (self->book, order_id, NULL) : NULL;
  g_auto (WbRuleWishes) wishes = { 0 };

  if (order == NULL || !wb_order_wishes (order, &wishes) || wb_text_is_empty (wishes.printer))
    return NULL;
  *number = g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER));
  return g_steal_pointer (&wishes.printer);
}

/* The station's own word, or that of the computer that was told to lend it. */
static gboolean
can_print_here (WbPrinter *printer)
{
  const char *host = wb_record_get_text (printer, WB_PRINTER_HOST);

  return wb_printer_is_reachable (
      printer, host != NULL ? host : wb_record_get_text (printer, WB_PRINTER_STATION));
}

static void
say_unknown (const char *number, const char *wish, GError **error)
{
  g_set_error (
      error, WB_ERROR, WB_ERROR_CONFLICT,
      /* Translators: an order's number; a station (a printer's name), three times */
      _ ("A rule wants the papers of order %s printed at “%s”, and no printer is set up "
         "for “%s”. Set one up for that station (waybillctl printer label --station “%s”), "
         "or change the rule and do the rules with the open orders again; then print"),
      number, wish, wish, wish);
}

static void
say_elsewhere (const char *number, const char *wish, WbPrinter *printer, GError **error)
{
  g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
               /* Translators: an order's number; a station; a printer's name */
               _ ("A rule wants the papers of order %s printed at “%s”, and only that station can "
                  "print on “%s”. Print them there, or set that printer up by its address in the "
                  "network"),
               number, wish, wb_record_get_text (printer, WB_PRINTER_TARGET));
}

/*
 * What prints @document (WB_DOCUMENT_…) of the order (0: of none): where a rule wishes for a
 * station, what prints it there, as if one stood there; else what prints it here.
 * @wished: (out) (optional) (nullable): the station that a rule wishes for; set on failure too.
 * Returns: (transfer full): %WB_ERROR_NOT_FOUND when nothing is set up, %WB_ERROR_CONFLICT when
 * the wish cannot be met: there is no such station, or only it can print there.
 */
WbPrinter *
wb_desk_printer_for (
    WbDesk *self, gint64 order_id, const char *document, char **wished, GError **error)
{
  g_autofree char      *number = NULL;
  g_autofree char      *wish = wish_of (self, order_id, &number);
  g_autoptr (WbPrinter) printer = NULL;

  if (wished != NULL)
    *wished = g_strdup (wish);
  if (wish != NULL && g_strcmp0 (wish, wb_station ()) != 0 &&
      !wb_book_has_station (self->book, wish))
    {
      say_unknown (number, wish, error);
      return NULL;
    }
  printer =
      wb_book_get_printer_at (self->book, wish != NULL ? wish : wb_station (), document, error);
  if (printer == NULL)
    g_prefix_error (error, "No printer is set up for this (%s): ", document);
  else if (wish != NULL && !can_print_here (printer))
    {
      say_elsewhere (number, wish, printer, error);
      return NULL;
    }
  return g_steal_pointer (&printer);
}
