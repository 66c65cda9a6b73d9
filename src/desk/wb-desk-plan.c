/* SPDX-License-Identifier: GPL-3.0-or-later
 * Planning a shipment: what goes into the parcel, what it costs, and the row that everything else
 * hangs on. */
#include "wb-desk-customs.h"
#include "wb-desk-merge.h"
#include "wb-pack.h"
#include "wb-ship-parts.h"

#include "wb-text.h"

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
  g_autoptr (WbOrder)   order = wb_book_get_whole_order (self->book, ask->order_id, error);
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
  g_autoptr (WbOrder) order = wb_book_get_whole_order (self->book, ask->order_id, error);
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

/* @whole: what goes into the parcel in all; @carried: it lies in another shipment's, with no label
 * and no weight of its own. */
static WbParcel *
draft_parcel (const WbShipAsk *whole, const WbShipAsk *own, const char *reference, gboolean carried)
{
  WbParcel *parcel = wb_parcel_new ();

  wb_record_set_int (parcel, WB_PARCEL_POSITION, 1);
  wb_record_set_text (parcel, WB_PARCEL_REFERENCE, reference);
  wb_record_set_text (parcel, WB_PARCEL_PACKAGE, whole->package);
  wb_record_set_int (parcel, WB_PARCEL_WEIGHT_G, carried ? 0 : whole->weight_g);
  wb_record_set_int (parcel, WB_PARCEL_LENGTH_MM, whole->length_mm);
  wb_record_set_int (parcel, WB_PARCEL_WIDTH_MM, whole->width_mm);
  wb_record_set_int (parcel, WB_PARCEL_HEIGHT_MM, whole->height_mm);
  for (guint i = 0; i < own->n; i++)
    {
      WbParcelLine *line = wb_parcel_line_new ();

      wb_record_set_int (line, WB_PARCEL_LINE_LINE_ID, own->line_ids[i]);
      wb_record_set_int (line, WB_PARCEL_LINE_QUANTITY, own->quantities[i]);
      wb_record_add (parcel, WB_PARCEL_LINES, line);
    }
  return parcel;
}

/* What one order has in the parcel. @carried: another's shipment has the label and its cost. */
static WbShipment *
draft_shipment (const WbShipPart *part,
                const WbShipAsk  *full,
                WbRate           *rate,
                const char       *reference,
                const char       *format,
                gboolean          carried)
{
  const WbCapturePlan *plan = &part->plan;
  WbShipment          *shipment = wb_shipment_new ();

  wb_record_set_int (shipment, WB_SHIPMENT_ORDER_ID, wb_record_get_int (part->order, WB_ORDER_ID));
  wb_record_set_text (shipment, WB_SHIPMENT_STATE, WB_SHIPMENT_PLANNED);
  wb_record_set_int (shipment, WB_SHIPMENT_CARRIER_ID, full->carrier_id);
  wb_record_set_text (shipment, WB_SHIPMENT_CARRIER, wb_record_get_text (rate, WB_RATE_CARRIER));
  wb_record_set_text (shipment, WB_SHIPMENT_SERVICE, wb_record_get_text (rate, WB_RATE_SERVICE));
  wb_record_set_text (shipment, WB_SHIPMENT_CURRENCY, wb_record_get_text (rate, WB_RATE_CURRENCY));
  if (!carried)
    {
      wb_record_set_text (shipment, WB_SHIPMENT_REMOTE_ID,
                          wb_record_get_text (rate, WB_RATE_REMOTE_ID));
      wb_record_set_text (shipment, WB_SHIPMENT_RATE_REF, wb_record_get_text (rate, WB_RATE_REF));
      wb_record_set_int (shipment, WB_SHIPMENT_COST, wb_record_get_int (rate, WB_RATE_COST));
      wb_record_set_int (shipment, WB_SHIPMENT_INSURED, full->insured);
    }
  wb_record_set_text (shipment, WB_SHIPMENT_CAPTURE_CURRENCY, plan->currency);
  wb_record_set_int (shipment, WB_SHIPMENT_CAPTURE_AMOUNT, plan->amount);
  wb_record_set_text (shipment, WB_SHIPMENT_CAPTURE_REF, plan->payment_ref);
  wb_record_set_text (shipment, WB_SHIPMENT_CAPTURE_REASON, plan->reason);
  wb_record_set_int (shipment, WB_SHIPMENT_SHORTFALL, plan->shortfall);
  wb_record_set_text (shipment, WB_SHIPMENT_LABEL_FORMAT, format);
  wb_record_set_bool (shipment, WB_SHIPMENT_SIGNATURE, full->signature);
  wb_record_set_int (shipment, WB_SHIPMENT_CREATED_AT, wb_now ());
  wb_record_add (shipment, WB_SHIPMENT_PARCELS,
                 draft_parcel (full, &part->ask, reference, carried));
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

/* One order's shipment and what it takes from the order's lines. @by: the shipment that carries it,
 * 0: it has a parcel of its own. */
static gboolean
write_shipment (WbDesk *self, WbShipment *shipment, const WbShipAsk *own, gint64 by, GError **error)
{
  gboolean ok;

  wb_record_set_int (shipment, WB_SHIPMENT_CARRIED_BY, by);
  ok = wb_desk_date_shipment (self, shipment, error) &&
       wb_book_insert_shipment (self->book, shipment, error) &&
       wb_book_bind_evidence (self->book, own->order_id,
                              wb_record_get_int (shipment, WB_SHIPMENT_ID), error);
  for (guint i = 0; ok && i < own->n; i++)
    ok = wb_book_pack (self->book, own->line_ids[i], own->quantities[i], error);
  return ok && wb_book_add_event (self->book, "order", own->order_id, "shipment-planned",
                                  self->actor, NULL, error);
}

/* The shipments of @parts, the first carrying the others, and the label to buy: all of it or
 * nothing. Returns: the first one's number. */
static gint64
write_plan (WbDesk *self, GPtrArray *parts, GPtrArray *shipments, GError **error)
{
  g_autoptr (WbOperation) label = NULL;
  gint64                  first = 0;
  gboolean                ok = wb_book_begin (self->book, error);

  if (!ok)
    return 0;
  for (guint i = 0; ok && i < parts->len; i++)
    {
      ok = write_shipment (self, shipments->pdata[i], &((WbShipPart *) parts->pdata[i])->ask, first,
                           error);
      if (i == 0)
        first = wb_record_get_int (shipments->pdata[0], WB_SHIPMENT_ID);
    }
  label = ok ? wb_desk_plan_label (self, shipments->pdata[0], 1, error) : NULL;
  if (label != NULL)
    return wb_book_commit (self->book, error) ? first : 0;
  wb_book_rollback (self->book);
  return 0;
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

/* Every order that goes into the parcel may be shipped, still fits the others, and holds on to no
 * plan that cannot be carried out. Returns: (transfer full): the whole of them. */
static WbOrder *
take_whole (WbDesk *self, gint64 order_id, GError **error)
{
  g_autoptr (GArray) ids = wb_book_list_merged (self->book, order_id, error);

  if (ids == NULL || !wb_merge_still_fits (self->book, ids, error))
    return NULL;
  if (ids->len == 0)
    g_array_append_val (ids, order_id);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (WbOrder) order =
          wb_book_get_order (self->book, g_array_index (ids, gint64, i), error);

      if (order == NULL || !may_be_shipped (order, error) ||
          !wb_desk_drop_dead_plans (self, order, error))
        return NULL;
    }
  return wb_book_get_whole_order (self->book, order_id, error);
}

/* Our name for what @part has in the parcel. */
static char *
name_part (WbDesk *self, const WbShipPart *part, GError **error)
{
  g_autoptr (GPtrArray) shipments = wb_book_list_shipments (self->book, part->ask.order_id, error);

  return shipments != NULL ? make_reference (part->order, shipments->len + 1) : NULL;
}

/* Draws up the shipments of @parts at the offer that is like @wish. Returns: (transfer full)
 * (element-type WbShipment). */
static GPtrArray *
draft_all (WbDesk          *self,
           WbOrder         *whole,
           const WbShipAsk *full,
           GPtrArray       *parts,
           WbRate          *wish,
           GCancellable    *cancellable,
           GError         **error)
{
  g_autoptr (GPtrArray) shipments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) rates = NULL;
  g_autoptr (WbRate)    chosen = NULL;
  const char           *format = label_format (self, whole);

  for (guint i = 0; i < parts->len; i++)
    {
      g_autofree char *reference = name_part (self, parts->pdata[i], error);

      if (reference == NULL)
        return NULL;
      if (i == 0)
        {
          rates = wb_desk_rate (self, whole, full, reference, cancellable, error);
          chosen = rates != NULL ? match_rate (rates, wish, error) : NULL;
        }
      if (chosen == NULL)
        return NULL;
      g_ptr_array_add (shipments,
                       draft_shipment (parts->pdata[i], full, chosen, reference, format, i > 0));
    }
  return g_steal_pointer (&shipments);
}

/**
 * wb_desk_plan_shipment:
 * @rate: (nullable): the offer chosen, from wb_desk_get_rates(); %NULL: the proposed one. The
 * carrier is asked again under the parcel's own reference; a price above the chosen one is an error
 * (%WB_ERROR_CONFLICT), not a purchase
 *
 * Decides on a shipment and writes it down: parcel, quantities, service, capture plan. Nothing is
 * bought yet. An order that goes with others takes them along: each has a shipment of its own that
 * the first one's parcel carries. What @ask leaves open is then the whole of all of them; an order
 * none of whose lines is named stays behind.
 *
 * Returns: the shipment's number for wb_desk_ship(); 0 with @error.
 */
gint64
wb_desk_plan_shipment (
    WbDesk *self, const WbShipAsk *ask, WbRate *rate, GCancellable *cancellable, GError **error)
{
  g_autoptr (WbOrder)   whole = take_whole (self, ask->order_id, error);
  g_auto (WbShipAsk)    full = { 0 };
  g_autoptr (GPtrArray) parts = NULL, shipments = NULL;
  g_autoptr (WbOrigin)  origin = NULL;

  if (whole == NULL || !wb_ship_ask_complete (self, ask, whole, &full, error) ||
      (parts = wb_ship_parts_of (self, whole, &full, error)) == NULL ||
      !wb_ship_parts_plan (self, parts, cancellable, error))
    return 0;
  origin = chosen_origin (self, error);
  if (origin == NULL || !wb_desk_require_customs (self, whole, origin, &full, error) ||
      !wb_pack_check_verified (self->book, full.order_id, full.line_ids, full.quantities, full.n,
                               error))
    return 0;
  shipments = draft_all (self, whole, &full, parts, rate, cancellable, error);
  return shipments != NULL ? write_plan (self, parts, shipments, error) : 0;
}
