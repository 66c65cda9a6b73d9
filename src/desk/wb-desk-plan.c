/* SPDX-License-Identifier: GPL-3.0-or-later
 * Planning a shipment: what goes into the parcel, what it costs, and the row that everything else
 * hangs on. */
#include "wb-desk-customs.h"
#include "wb-pack.h"
#include "wb-rules.h"

#include "wb-text.h"

#include <glib/gi18n-lib.h>

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
  full->order_id = ask->order_id;
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

static WbOrigin *
chosen_origin (WbDesk *self, GError **error)
{
  g_autoptr (GPtrArray) origins = wb_book_list_origins (self->book, error);

  if (origins == NULL)
    return NULL;
  if (origins->len > 0)
    return g_object_ref (origins->pdata[0]);
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
               "No sender's address is set up: say first where parcels start");
  return NULL;
}

static const char *
label_format (WbDesk *self, WbOrder *order)
{
  g_autoptr (WbPrinter) printer = wb_desk_printer_for (self, wb_record_get_int (order, WB_ORDER_ID),
                                                       WB_DOCUMENT_LABEL, NULL, NULL);
  static const char *const known[] = { WB_FORMAT_PDF, WB_FORMAT_PNG, WB_FORMAT_ZPL };

  for (guint i = 0; printer != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (wb_record_get_text (printer, WB_PRINTER_FORMAT), known[i]) == 0)
      return known[i];
  return WB_FORMAT_PDF;
}

/* What insuring adds to each offer; without insurance nothing. */
static gboolean
add_insurance (WbCarrier       *carrier,
               WbOrder         *order,
               const WbShipAsk *full,
               GPtrArray       *rates,
               GCancellable    *cancellable,
               GError         **error)
{
  WbMoney value = wb_money (full->insured, wb_record_get_text (order, WB_ORDER_CURRENCY));
  WbMoney fee;

  return full->insured == 0 ||
         (wb_carrier_price_insurance (carrier, value, &fee, cancellable, error) &&
          wb_rates_insure (rates, fee, error));
}

/* Asks the carrier what the parcel would cost. Returns: (transfer full) (element-type WbRate): the
 * proposed one first, then the cheapest; each with its reason. */
GPtrArray *
wb_desk_rate (WbDesk          *self,
              WbOrder         *order,
              const WbShipAsk *full,
              const char      *reference,
              GCancellable    *cancellable,
              GError         **error)
{
  g_autoptr (WbOrigin)  origin = chosen_origin (self, error);
  g_autoptr (WbCarrier) carrier =
      origin != NULL ? wb_desk_open_carrier (self, full->carrier_id, error) : NULL;
  g_autoptr (GPtrArray) rates = NULL;
  g_autoptr (WbCustoms) customs = NULL;
  char                  date[WB_DATE_SIZE];
  WbParcelAsk           ask = { .from = origin,
                                .to = wb_record_get_one (order, WB_ORDER_SHIP_TO),
                                .reference = reference,
                                .ship_date = date };

  if (carrier == NULL ||
      !wb_date_at (wb_now (), wb_record_get_text (origin, WB_ORIGIN_ZONE), date, error))
    return NULL;
  if (ask.to == NULL)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "Order %s has no address to ship to",
                   wb_record_get_text (order, WB_ORDER_NUMBER));
      return NULL;
    }
  ask.weight_g = full->weight_g;
  ask.length_mm = full->length_mm;
  ask.width_mm = full->width_mm;
  ask.height_mm = full->height_mm;
  ask.currency = wb_record_get_text (order, WB_ORDER_CURRENCY);
  ask.value_minor = wb_ship_ask_value (order, full).minor;
  ask.label_format = label_format (self, order);
  ask.signature = full->signature;
  ask.customs = customs = wb_desk_customs_for_rating (self, order, origin, full, NULL);
  rates = wb_carrier_get_rates (carrier, &ask, cancellable, error);
  if (rates == NULL || !add_insurance (carrier, order, full, rates, cancellable, error))
    return NULL;
  wb_rates_reason (rates, order);
  return g_steal_pointer (&rates);
}

/* Ours, told to the carrier, to the gateway and to the shop, and on the slip: by it everything is
 * found again. */
static char *
make_reference (WbOrder *order, gint64 n)
{
  g_autofree char    *unique = wb_text_random_id (4);
  g_autoptr (GString) number = g_string_new (NULL);

  for (const char *p = wb_record_get_text (order, WB_ORDER_NUMBER); *p != '\0' && number->len < 12;
       p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (number, g_ascii_toupper (*p));
  return g_strdup_printf ("WB-%s-%d-%s", number->str, (int) n, unique);
}

/**
 * wb_desk_price_insurance:
 * @rates: (nullable) (element-type WbRate): what is offered for @ask uninsured: where none of it is
 * in the fee's currency, the two cannot be bought together
 * @value: (out): for how much: what @ask says, else what the goods in the parcel are worth
 * @fee: (out): what the carrier takes for insuring them
 *
 * Both outs are set on success only. %WB_ERROR_REFUSED, with the reason for people, when the
 * carrier does not insure them.
 */
gboolean
wb_desk_price_insurance (WbDesk          *self,
                         const WbShipAsk *ask,
                         GPtrArray       *rates,
                         WbMoney         *value,
                         WbMoney         *fee,
                         GCancellable    *cancellable,
                         GError         **error)
{
  g_autoptr (WbOrder)   order = wb_book_get_order (self->book, ask->order_id, error);
  g_auto (WbShipAsk)    full = { 0 };
  g_autoptr (WbCarrier) carrier = NULL;
  WbMoney               worth, cost;

  if (order == NULL || !wb_ship_ask_complete (self, ask, order, &full, error) ||
      (carrier = wb_desk_open_carrier (self, full.carrier_id, error)) == NULL)
    return FALSE;
  worth = full.insured > 0 ? wb_money (full.insured, wb_record_get_text (order, WB_ORDER_CURRENCY))
                           : wb_ship_ask_value (order, &full);
  if (!wb_carrier_price_insurance (carrier, worth, &cost, cancellable, error) ||
      (rates != NULL && !wb_rates_can_insure (rates, cost, error)))
    return FALSE;
  *value = worth;
  *fee = cost;
  return TRUE;
}

/** wb_desk_get_rates: Returns: (transfer full) (element-type WbRate): what shipping @ask would
 * cost: the proposed offer first, then the cheapest, each with the reason. */
GPtrArray *
wb_desk_get_rates (WbDesk *self, const WbShipAsk *ask, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOrder) order = wb_book_get_order (self->book, ask->order_id, error);
  g_auto (WbShipAsk)  full = { 0 };
  g_autofree char    *reference = NULL;

  if (order == NULL || !wb_ship_ask_complete (self, ask, order, &full, error))
    return NULL;
  reference = make_reference (order, 0);
  return wb_desk_rate (self, order, &full, reference, cancellable, error);
}

static gboolean
may_be_shipped (WbOrder *order, GError **error)
{
  const char *stage = wb_record_get_text (order, WB_ORDER_STAGE),
             *number = wb_record_get_text (order, WB_ORDER_NUMBER);

  if (g_str_equal (stage, WB_STAGE_READY) || g_str_equal (stage, WB_STAGE_PARTIAL))
    return TRUE;
  if (g_str_equal (stage, WB_STAGE_HOLD))
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "Order %s is on hold: %s. Release it first",
                 number, wb_order_why_held (order));
  else if (g_str_equal (stage, WB_STAGE_WAITING))
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "Order %s is not paid and not authorised yet",
                 number);
  else
    g_set_error (error, WB_ERROR, WB_ERROR_REFUSED, "Order %s is not to be shipped: it is “%s”",
                 number, stage);
  return FALSE;
}

/* The ship date is today's date where parcels start. */
gboolean
wb_desk_date_shipment (WbDesk *self, WbShipment *shipment, GError **error)
{
  g_autoptr (WbOrigin) origin = chosen_origin (self, error);
  char                 date[WB_DATE_SIZE];

  if (origin == NULL ||
      !wb_date_at (wb_now (), wb_record_get_text (origin, WB_ORIGIN_ZONE), date, error))
    return FALSE;
  wb_record_set_text (shipment, WB_SHIPMENT_SHIP_DATE, date);
  return TRUE;
}

static WbShipment *
draft_shipment (WbOrder             *order,
                const WbShipAsk     *full,
                WbRate              *rate,
                const WbCapturePlan *plan,
                const char          *reference,
                const char          *format)
{
  WbShipment *shipment = wb_shipment_new ();
  WbParcel   *parcel = wb_parcel_new ();

  wb_record_set_int (shipment, WB_SHIPMENT_ORDER_ID, wb_record_get_int (order, WB_ORDER_ID));
  wb_record_set_text (shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_PLANNED);
  wb_record_set_int (shipment, WB_SHIPMENT_CARRIER_ID, full->carrier_id);
  wb_record_set_text (shipment, WB_SHIPMENT_REMOTE_ID,
                      wb_record_get_text (rate, WB_RATE_REMOTE_ID));
  wb_record_set_text (shipment, WB_SHIPMENT_RATE_REF, wb_record_get_text (rate, WB_RATE_REF));
  wb_record_set_text (shipment, WB_SHIPMENT_CARRIER, wb_record_get_text (rate, WB_RATE_CARRIER));
  wb_record_set_text (shipment, WB_SHIPMENT_SERVICE, wb_record_get_text (rate, WB_RATE_SERVICE));
  wb_record_set_text (shipment, WB_SHIPMENT_CURRENCY, wb_record_get_text (rate, WB_RATE_CURRENCY));
  wb_record_set_int (shipment, WB_SHIPMENT_COST, wb_record_get_int (rate, WB_RATE_COST));
  wb_record_set_text (shipment, WB_SHIPMENT_CAPTURE_CURRENCY, plan->currency);
  wb_record_set_int (shipment, WB_SHIPMENT_CAPTURE_AMOUNT, plan->amount);
  wb_record_set_text (shipment, WB_SHIPMENT_CAPTURE_REF, plan->payment_ref);
  wb_record_set_text (shipment, WB_SHIPMENT_CAPTURE_REASON, plan->reason);
  wb_record_set_int (shipment, WB_SHIPMENT_SHORTFALL, plan->shortfall);
  wb_record_set_text (shipment, WB_SHIPMENT_LABEL_FORMAT, format);
  wb_record_set_bool (shipment, WB_SHIPMENT_SIGNATURE, full->signature);
  wb_record_set_int (shipment, WB_SHIPMENT_INSURED, full->insured);
  wb_record_set_int (shipment, WB_SHIPMENT_CREATED_AT, wb_now ());
  wb_record_set_int (parcel, WB_PARCEL_POSITION, 1);
  wb_record_set_text (parcel, WB_PARCEL_REFERENCE, reference);
  wb_record_set_text (parcel, WB_PARCEL_PACKAGE, full->package);
  wb_record_set_int (parcel, WB_PARCEL_WEIGHT_G, full->weight_g);
  wb_record_set_int (parcel, WB_PARCEL_LENGTH_MM, full->length_mm);
  wb_record_set_int (parcel, WB_PARCEL_WIDTH_MM, full->width_mm);
  wb_record_set_int (parcel, WB_PARCEL_HEIGHT_MM, full->height_mm);
  for (guint i = 0; i < full->n; i++)
    {
      WbParcelLine *line = wb_parcel_line_new ();

      wb_record_set_int (line, WB_PARCEL_LINE_LINE_ID, full->line_ids[i]);
      wb_record_set_int (line, WB_PARCEL_LINE_QUANTITY, full->quantities[i]);
      wb_record_add (parcel, WB_PARCEL_LINES, line);
    }
  wb_record_add (shipment, WB_SHIPMENT_PARCELS, parcel);
  return shipment;
}

/* Writes down the purchase of @shipment's label, as it is rated, for the @attempt-th time. */
WbOperation *
wb_desk_plan_label (WbDesk *self, WbShipment *shipment, guint attempt, GError **error)
{
  const char *reference = wb_record_get_text (wb_shipment_parcel (shipment), WB_PARCEL_REFERENCE);
  gint64      insured = wb_record_get_int (shipment, WB_SHIPMENT_INSURED);
  g_autofree char     *key = g_strdup_printf ("%s:%s:%u", WB_OP_BUY_LABEL, reference, attempt);
  g_autoptr (JsonNode) request = wb_json_make (
      "s:remote_id", wb_record_get_text (shipment, WB_SHIPMENT_REMOTE_ID), "s:rate",
      wb_record_get_text (shipment, WB_SHIPMENT_RATE_REF), "s:reference", reference, "s:format",
      wb_record_get_text (shipment, WB_SHIPMENT_LABEL_FORMAT), "i:cost",
      wb_record_get_int (shipment, WB_SHIPMENT_COST), "s:currency",
      wb_record_get_text (shipment, WB_SHIPMENT_CURRENCY), "i:insured", insured,
      "s:insured_currency", wb_record_get_text (shipment, WB_SHIPMENT_CAPTURE_CURRENCY), NULL);

  return wb_journal_plan (
      self->journal, WB_OP_BUY_LABEL, key, wb_record_get_int (shipment, WB_SHIPMENT_ORDER_ID),
      wb_record_get_int (shipment, WB_SHIPMENT_ID),
      wb_record_get_int (shipment, WB_SHIPMENT_CARRIER_ID), request, self->actor, error);
}

/* The shipment, what it takes from the order's lines, and the label to buy: all of it or nothing.
 */
static gboolean
write_plan (WbDesk *self, WbShipment *shipment, const WbShipAsk *full, GError **error)
{
  g_autoptr (WbOperation) label = NULL;
  gboolean                ok = wb_book_begin (self->book, error);

  if (!ok)
    return FALSE;
  ok = wb_book_insert_shipment (self->book, shipment, error) &&
       wb_book_bind_evidence (self->book, full->order_id,
                              wb_record_get_int (shipment, WB_SHIPMENT_ID), error);
  for (guint i = 0; ok && i < full->n; i++)
    ok = wb_book_pack (self->book, full->line_ids[i], full->quantities[i], error);
  label = ok ? wb_desk_plan_label (self, shipment, 1, error) : NULL;
  ok = label != NULL && wb_book_add_event (self->book, "order", full->order_id, "shipment-planned",
                                           self->actor, NULL, error);
  if (ok)
    return wb_book_commit (self->book, error);
  wb_book_rollback (self->book);
  return FALSE;
}

static WbRate *
match_rate (GPtrArray *rates, WbRate *wish, GError **error)
{
  for (guint i = 0; i < rates->len; i++)
    if (wish == NULL || (g_strcmp0 (wb_record_get_text (rates->pdata[i], WB_RATE_CARRIER),
                                    wb_record_get_text (wish, WB_RATE_CARRIER)) == 0 &&
                         g_strcmp0 (wb_record_get_text (rates->pdata[i], WB_RATE_SERVICE),
                                    wb_record_get_text (wish, WB_RATE_SERVICE)) == 0))
      {
        if (wish != NULL && wb_record_get_int (rates->pdata[i], WB_RATE_COST) >
                                wb_record_get_int (wish, WB_RATE_COST))
          {
            g_autofree char *now =
                wb_money_to_text (wb_record_get_money (rates->pdata[i], WB_RATE_COST));

            g_set_error (error, WB_ERROR, WB_ERROR_CONFLICT,
                         "The price has risen: %s %s now costs %s. Choose again",
                         wb_record_get_text (wish, WB_RATE_CARRIER),
                         wb_record_get_text (wish, WB_RATE_SERVICE), now);
            return NULL;
          }
        return g_object_ref (rates->pdata[i]);
      }
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND,
               "No carrier offers this service for this parcel any more. Choose another");
  return NULL;
}

/**
 * wb_desk_plan_shipment:
 * @rate: (nullable): the offer chosen, from wb_desk_get_rates(); %NULL: the proposed one. The
 * carrier is asked again under the parcel's own reference; a price above the chosen one is an error
 * (%WB_ERROR_CONFLICT), not a purchase
 *
 * Decides on a shipment and writes it down: parcel, quantities, service, capture plan. Nothing is
 * bought yet.
 *
 * Returns: the shipment's number for wb_desk_ship(); 0 with @error.
 */
gint64
wb_desk_plan_shipment (
    WbDesk *self, const WbShipAsk *ask, WbRate *rate, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOrder)    order = wb_book_get_order (self->book, ask->order_id, error);
  g_auto (WbShipAsk)     full = { 0 };
  g_auto (WbCapturePlan) plan = { 0 };
  g_autoptr (GPtrArray)  rates = NULL, shipments = NULL;
  g_autoptr (WbRate)     chosen = NULL;
  g_autoptr (WbShipment) shipment = NULL;
  g_autoptr (WbOrigin)   origin = NULL;
  g_autofree char       *reference = NULL;

  if (order == NULL || !may_be_shipped (order, error) ||
      !wb_desk_drop_dead_plans (self, order, error))
    return 0;
  g_clear_object (&order);
  order = wb_book_get_order (self->book, ask->order_id, error);
  if (order == NULL || !wb_ship_ask_complete (self, ask, order, &full, error) ||
      !wb_desk_plan_capture (self, ask, &plan, cancellable, error) ||
      (shipments = wb_book_list_shipments (self->book, ask->order_id, error)) == NULL)
    return 0;
  origin = chosen_origin (self, error);
  if (origin == NULL || !wb_desk_require_customs (self, order, origin, &full, error) ||
      !wb_pack_check_verified (self->book, ask->order_id, full.line_ids, full.quantities, full.n,
                               error))
    return 0;
  reference = make_reference (order, shipments->len + 1);
  rates = wb_desk_rate (self, order, &full, reference, cancellable, error);
  chosen = rates != NULL ? match_rate (rates, rate, error) : NULL;
  if (chosen == NULL)
    return 0;
  shipment = draft_shipment (order, &full, chosen, &plan, reference, label_format (self, order));
  if (!wb_desk_date_shipment (self, shipment, error))
    return 0;
  return write_plan (self, shipment, &full, error) ? wb_record_get_int (shipment, WB_SHIPMENT_ID)
                                                   : 0;
}
