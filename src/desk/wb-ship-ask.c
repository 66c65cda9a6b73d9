/* SPDX-License-Identifier: GPL-3.0-or-later
 * What is to go into a parcel: what the asker leaves open is filled in, what cannot be shipped is
 * refused. */
#include "wb-desk-private.h"
#include "wb-rules.h"

/** wb_ship_ask_clear: frees what @ask holds. */
void
wb_ship_ask_clear (WbShipAsk *ask)
{
  g_clear_pointer (&ask->line_ids, g_free);
  g_clear_pointer (&ask->quantities, g_free);
  g_clear_pointer (&ask->package, g_free);
}

static void
ask_for_all (WbOrder *order, WbShipAsk *full)
{
  GPtrArray *lines = wb_record_get_many (order, WB_ORDER_LINES);

  full->line_ids = g_new0 (gint64, lines->len);
  full->quantities = g_new0 (gint64, lines->len);
  for (guint i = 0; i < lines->len; i++)
    if (wb_order_line_to_pack (lines->pdata[i]) > 0)
      {
        full->line_ids[full->n] = wb_record_get_int (lines->pdata[i], WB_ORDER_LINE_ID);
        full->quantities[full->n++] = wb_order_line_to_pack (lines->pdata[i]);
      }
}

static gboolean
take_lines (const WbShipAsk *ask, WbOrder *order, WbShipAsk *full, GError **error)
{
  const char *number = wb_record_get_text (order, WB_ORDER_NUMBER);

  if (ask->n == 0)
    ask_for_all (order, full);
  else
    {
      full->n = ask->n;
      full->line_ids = g_memdup2 (ask->line_ids, ask->n * sizeof (gint64));
      full->quantities = g_memdup2 (ask->quantities, ask->n * sizeof (gint64));
    }
  for (guint i = 0; i < full->n; i++)
    {
      WbOrderLine *line = wb_order_find_line (order, full->line_ids[i]);

      if (line == NULL || full->quantities[i] <= 0 ||
          full->quantities[i] > wb_order_line_to_pack (line))
        {
          g_set_error (error, WB_ERROR, WB_ERROR_TOO_MUCH,
                       "Order %s: %" G_GINT64_FORMAT " of “%s” cannot be shipped; %" G_GINT64_FORMAT
                       " are still to ship",
                       number, full->quantities[i],
                       line != NULL ? wb_record_get_text (line, WB_ORDER_LINE_NAME) : "?",
                       line != NULL ? wb_order_line_to_pack (line) : 0);
          return FALSE;
        }
    }
  if (full->n > 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "Order %s: nothing of it is still to ship",
               number);
  return FALSE;
}

static WbPackage *
choose_package (WbDesk *self, const char *name, GError **error)
{
  g_autoptr (GPtrArray) packages = NULL;

  if (name != NULL)
    return wb_book_find_package (self->book, name, error);
  packages = wb_book_list_packages (self->book, error);
  if (packages == NULL)
    return NULL;
  if (packages->len > 0)
    return g_object_ref (packages->pdata[0]);
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
               "No package is set up: say what boxes you have first");
  return NULL;
}

static gint64
weigh (WbOrder *order, const WbShipAsk *full)
{
  gint64 grams = 0;

  for (guint i = 0; i < full->n; i++)
    {
      gint64 each =
          wb_record_get_int (wb_order_find_line (order, full->line_ids[i]), WB_ORDER_LINE_WEIGHT_G);

      if (each == 0)
        return 0; /* one unknown weight makes the sum a guess */
      grams += each * full->quantities[i];
    }
  return grams;
}

static gint64
only_carrier (WbDesk *self, GError **error)
{
  g_autoptr (GPtrArray) carriers = wb_book_list_connections (self->book, WB_KIND_CARRIER, error);
  gint64                found = 0;

  for (guint i = 0; carriers != NULL && i < carriers->len; i++)
    if (wb_record_get_bool (carriers->pdata[i], WB_CONNECTION_ENABLED) && found == 0)
      found = wb_record_get_int (carriers->pdata[i], WB_CONNECTION_ID);
  if (carriers != NULL && found == 0)
    g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
                 "No carrier is connected: without one no label can be bought");
  return found;
}

/* What the goods in the parcel are worth: without tax, after discount, in the order's currency. */
WbMoney
wb_ship_ask_value (WbOrder *order, const WbShipAsk *full)
{
  gint64 value = 0;

  for (guint i = 0; i < full->n; i++)
    {
      WbOrderLine *line = wb_order_find_line (order, full->line_ids[i]);
      gint64       ordered = wb_record_get_int (line, WB_ORDER_LINE_QUANTITY);

      if (ordered > 0)
        value += (gint64) ((__int128) wb_record_get_int (line, WB_ORDER_LINE_TOTAL) *
                           full->quantities[i] / ordered);
    }
  return wb_money (value, wb_record_get_text (order, WB_ORDER_CURRENCY));
}

/* What rules wish for the order and @ask leaves open. A box that is no more is no reason not to
 * ship. */
static void
take_wishes (WbDesk *self, const WbShipAsk *ask, WbOrder *order, WbShipAsk *open)
{
  g_auto (WbRuleWishes) wishes = { 0 };
  g_autoptr (WbPackage) package = NULL;

  *open = *ask;
  open->package = g_strdup (ask->package);
  if (!ask->as_wished || !wb_order_wishes (order, &wishes))
    return;
  open->signature |= wishes.signature;
  if (open->insured == 0)
    open->insured = wishes.insured;
  if (open->package == NULL && wishes.package != NULL &&
      (package = wb_book_find_package (self->book, wishes.package, NULL)) != NULL)
    open->package = g_steal_pointer (&wishes.package);
}

/* Fills in what @ask leaves open: lines, package, sizes, weight, carrier. Refuses what cannot be
 * shipped. */
gboolean
wb_ship_ask_complete (
    WbDesk *self, const WbShipAsk *ask, WbOrder *order, WbShipAsk *full, GError **error)
{
  g_autofree char      *wished = NULL;
  g_autoptr (WbPackage) package = NULL;
  WbShipAsk             open;
  gint64                goods;

  take_wishes (self, ask, order, &open);
  wished = open.package;
  package = choose_package (self, wished, error);
  if (package == NULL || !take_lines (ask, order, full, error))
    return FALSE;
  full->order_id = wb_record_get_int (order, WB_ORDER_ID);
  full->signature = open.signature;
  full->insured =
      open.insured == WB_INSURE_GOODS ? wb_ship_ask_value (order, full).minor : open.insured;
  full->package = g_strdup (wb_record_get_text (package, WB_PACKAGE_NAME));
  full->length_mm =
      ask->length_mm > 0 ? ask->length_mm : wb_record_get_int (package, WB_PACKAGE_LENGTH_MM);
  full->width_mm =
      ask->width_mm > 0 ? ask->width_mm : wb_record_get_int (package, WB_PACKAGE_WIDTH_MM);
  full->height_mm =
      ask->height_mm > 0 ? ask->height_mm : wb_record_get_int (package, WB_PACKAGE_HEIGHT_MM);
  goods = weigh (order, full);
  full->weight_g = ask->weight_g > 0 ? ask->weight_g
                   : goods > 0       ? goods + wb_record_get_int (package, WB_PACKAGE_WEIGHT_G)
                                     : 0;
  full->carrier_id = ask->carrier_id != 0 ? ask->carrier_id : only_carrier (self, error);
  if (full->carrier_id == 0)
    return FALSE;
  if (full->weight_g > 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "Order %s: the parcel's weight is not known. Weigh it and say how many grams",
               wb_record_get_text (order, WB_ORDER_NUMBER));
  return FALSE;
}
