/* SPDX-License-Identifier: GPL-3.0-or-later
 * The exceptions inbox: whatever needs a person, worst first, each with what it means and the next
 * step. */
#include "wb-exceptions-private.h"

#include "wb-clock.h"
#include "wb-refusals.h"
#include "wb-text.h"

#include <glib/gi18n-lib.h>

#define STUCK_AFTER (5 * 60) /* a job that has not come out by then is looked after by somebody */
#define PRINT_DAYS  3        /* older jobs are nobody's concern any more */

/** wb_exception_free: frees @exception. */
void
wb_exception_free (WbException *exception)
{
  g_free (exception->kind);
  g_free (exception->title);
  g_free (exception->meaning);
  g_free (exception->small);
  g_free (exception->next);
  g_free (exception->next_title);
  g_free (exception->hold_reason);
  g_free (exception);
}

static WbException *
add (GPtrArray  *list,
     const char *kind,
     guint       severity,
     WbInstant   since,
     char       *title,
     const char *meaning,
     const char *next,
     const char *next_title)
{
  WbException *exception = g_new0 (WbException, 1);

  exception->kind = g_strdup (kind);
  exception->severity = severity;
  exception->since = since;
  exception->title = title;
  exception->meaning = g_strdup (meaning);
  exception->next = g_strdup (next);
  exception->next_title = g_strdup (next_title);
  g_ptr_array_add (list, exception);
  return exception;
}

static char *
number_of (WbBook *book, gint64 order_id)
{
  g_autoptr (GPtrArray) heads =
      order_id != 0 ? wb_book_list_order_heads (book, &order_id, 1, NULL) : NULL;

  return g_strdup (heads != NULL && heads->len > 0
                       ? wb_record_get_text (heads->pdata[0], WB_ORDER_NUMBER)
                       : NULL);
}

/* What an unsure or refused operation means, by its kind. */
typedef struct
{
  const char *kind;
  guint       unsure_severity, refused_severity;
  const char *unsure, *refused;
  WbDecision  decide;
} Meaning;

static const Meaning meanings[] = {
  { WB_OP_CAPTURE, 95, 90,
    N_ ("The payment may or may not have been taken. Nothing is taken again before the gateway has "
        "said."),
    N_ ("The payment was not taken. Keep the parcel here until it is."), WB_DECIDE_WITH_REF },
  { WB_OP_REFUND, 94, 60, N_ ("The refund may or may not have been made."),
    N_ ("The customer's money has not been given back."), WB_DECIDE_WITH_REF },
  { WB_OP_CANCEL_CHARGE, 42, 35,
    N_ ("The rest of the authorisation may or may not have been let go. It lapses by itself."),
    N_ ("The customer's money stays reserved until the authorisation lapses by itself."),
    WB_DECIDE_EITHER },
  { WB_OP_RENEW, 87, 82,
    N_ ("The authorisation may or may not have been renewed. Nothing is renewed again before the "
        "gateway has said."),
    N_ ("The authorisation ends when it was to end. Ship in time, or ask the customer to pay "
        "again."),
    WB_DECIDE_WITH_REF },
  { WB_OP_TELL_REFUND, 64, 62, N_ ("The money was given back, but the shop may not know it."),
    N_ ("The money was given back, but the shop does not know it: its order still counts as paid "
        "in "
        "full."),
    WB_DECIDE_EITHER },
  { WB_OP_BUY_LABEL, 85, 50,
    N_ ("A label may have been bought and paid. None is bought again before the carrier has said."),
    N_ ("No label was bought and nothing was paid; the order still has to be shipped."),
    WB_DECIDE_NOT },
  { WB_OP_REPORT, 70, 65, N_ ("The shop may not know that the parcel was shipped."),
    N_ ("The shop does not know the parcel was shipped, so the customer has not been told."),
    WB_DECIDE_EITHER },
  { WB_OP_CHANGE_ORDER, 66, 58, N_ ("The shop's order may or may not have been changed."),
    N_ ("The shop's order is as it was."), WB_DECIDE_EITHER },
  { WB_OP_CREATE_ORDER, 66, 58,
    N_ ("The shop may have the new order or not. It is not made again before that is known."),
    N_ ("The shop has no such order."), WB_DECIDE_NOT },
  { WB_OP_SET_STOCK, 34, 33, N_ ("The channel may show the old number of pieces or the new one."),
    N_ ("The channel shows a number of pieces that is not right: too many may be sold."),
    WB_DECIDE_EITHER },
  { WB_OP_VOID_LABEL, 45, 30, N_ ("The label's money may or may not come back."),
    N_ ("The label's cost stays."), WB_DECIDE_EITHER },
  { WB_OP_PRINT, 40, 55, N_ ("It may have been printed. Look at the printer."),
    N_ ("The paper was not printed."), WB_DECIDE_EITHER },
};

static const Meaning *
meaning_of (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_strcmp0 (meanings[i].kind, kind) == 0)
      return &meanings[i];
  return &meanings[G_N_ELEMENTS (meanings) - 1];
}

/* Keys end in the number of the attempt: what stands before is what was to be done; a later
 * attempt at the same takes its place. */
static gboolean
is_superseded (WbBook *book, WbOperation *operation)
{
  const char             *key = wb_record_get_text (operation, WB_OPERATION_KEY);
  g_autofree char        *aim = g_strndup (key, (gsize) (strrchr (key, ':') - key) + 1);
  g_autoptr (WbOperation) last = NULL;
  guint                   attempts = 0;
  last = wb_book_last_attempt (book, aim, &attempts, NULL);
  return last != NULL &&
         wb_record_get_int (last, WB_OPERATION_ID) > wb_record_get_int (operation, WB_OPERATION_ID);
}

/* What was refused for a shipment that is not made any more concerns nobody. */
static gboolean
is_given_up (WbBook *book, WbOperation *operation)
{
  gint64                 id = wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID);
  g_autoptr (WbShipment) shipment = id != 0 && wb_operation_is (operation, WB_OPERATION_REFUSED)
                                        ? wb_book_get_shipment (book, id, NULL)
                                        : NULL;

  return shipment != NULL &&
         g_str_equal (wb_record_get_text (shipment, WB_SHIPMENT_STATE), WB_SHIPMENT_VOID);
}

/* “#1042 · Take a payment: There is not enough money on the customer's card” */
static char *
title_of (WbBook *book, WbOperation *operation, const char *what, const char *said)
{
  g_autofree char *number = number_of (book, wb_record_get_int (operation, WB_OPERATION_ORDER_ID));

  if (number == NULL)
    /* Translators: what was to be done (or the printer), what the other side said */
    return g_strdup_printf (_ ("%s: %s"), what, said);
  /* Translators: order number, what was to be done (or the printer), what the other side said */
  return g_strdup_printf (_ ("#%s · %s: %s"), number, what, said);
}

static WbException *
note_operation (WbException *exception, WbOperation *operation)
{
  exception->order_id = wb_record_get_int (operation, WB_OPERATION_ORDER_ID);
  exception->shipment_id = wb_record_get_int (operation, WB_OPERATION_SHIPMENT_ID);
  exception->operation_id = wb_record_get_int (operation, WB_OPERATION_ID);
  return exception;
}

/* What the operation moves when it is sent (again). */
static WbMoney
amount_of (WbOperation *operation)
{
  g_autoptr (JsonNode) request = wb_operation_request (operation);
  WbJson               at = wb_json_root (request, "request");
  const char          *currency = wb_json_opt_string (&at, "currency");
  gint64               amount = 0;

  if (currency == NULL || !wb_json_opt_int (&at, "amount", 0, &amount, NULL))
    return (WbMoney){ 0 };
  return wb_money (amount, currency);
}

/* A refused one is done anew: with other offers, or by sending it again. */
static void
set_retry (WbException *exception, WbOperation *operation)
{
  g_autofree char *money = NULL;

  if (g_str_equal (wb_record_get_text (operation, WB_OPERATION_KIND), WB_OP_BUY_LABEL))
    {
      wb_set_str (&exception->next, "rebuy-label");
      wb_set_str (&exception->next_title, _ ("Choose another offer…"));
      return;
    }
  if (!g_str_equal (wb_record_get_text (operation, WB_OPERATION_KIND), WB_OP_CAPTURE))
    return;
  exception->amount = amount_of (operation);
  money = wb_money_to_text (exception->amount);
  g_free (exception->next_title);
  /* Translators: a button; the placeholder is an amount of money */
  exception->next_title = g_strdup_printf (_ ("Take %s"), money);
}

static void
add_operation (WbBook *book, GPtrArray *list, WbOperation *operation)
{
  const Meaning     *meaning = meaning_of (wb_record_get_text (operation, WB_OPERATION_KIND));
  gboolean           unsure = wb_operation_is (operation, WB_OPERATION_UNSURE);
  g_auto (WbRefusal) said = { 0 };
  const char        *means;
  WbException       *exception;

  wb_refusal_of_operation (operation, &said);
  /* Where the vendor's code is known, its advice says more than the kind of operation does. */
  means = unsure ? _ (meaning->unsure) : said.known ? said.advice : _ (meaning->refused);
  exception = note_operation (
      add (list, unsure ? "unsure" : "refused",
           unsure ? meaning->unsure_severity : meaning->refused_severity,
           wb_record_get_int (operation, WB_OPERATION_SENT_AT),
           title_of (book, operation,
                     wb_operation_title (wb_record_get_text (operation, WB_OPERATION_KIND)),
                     said.words),
           means, unsure ? "resolve" : "retry", unsure ? _ ("Ask what happened") : _ ("Try again")),
      operation);
  exception->small = g_steal_pointer (&said.code);
  if (unsure)
    exception->decide = meaning->decide;
  else
    set_retry (exception, operation);
}

static gboolean
add_operations (WbBook *book, GPtrArray *list, const char *state, GError **error)
{
  g_autoptr (GPtrArray) operations = wb_book_list_operations (book, state, 500, error);

  for (guint i = 0; operations != NULL && i < operations->len; i++)
    if (!is_superseded (book, operations->pdata[i]) && !is_given_up (book, operations->pdata[i]))
      add_operation (book, list, operations->pdata[i]);
  return operations != NULL;
}

/* A printer took it, but no paper came: cancelled, failed, or waiting for somebody. */
static void
add_print (WbBook *book, GPtrArray *list, WbOperation *operation)
{
  g_autoptr (JsonNode) reply = wb_operation_reply (operation);
  WbJson               at = wb_json_root (reply, "reply");
  const char *end = wb_json_opt_string (&at, "end"), *now = wb_json_opt_string (&at, "now");
  const char *state = wb_json_opt_string (&at, "state");
  const char *advice = wb_json_opt_string (&at, "advice");
  gboolean    over = g_strcmp0 (end, "failed") == 0 || g_strcmp0 (end, "cancelled") == 0 ||
                  g_strcmp0 (end, "gone") == 0;
  gboolean stuck = end == NULL && state != NULL &&
                   (g_str_equal (state, "held") || g_str_equal (state, "stopped") ||
                    wb_record_get_int (operation, WB_OPERATION_ENDED_AT) + STUCK_AFTER < wb_now ());
  const char  *printer = wb_json_opt_string (&at, "printer");
  WbException *exception;

  if ((!over && !stuck) || is_superseded (book, operation))
    return;
  exception = note_operation (
      add (list, "print", over ? 56 : 45, wb_record_get_int (operation, WB_OPERATION_ENDED_AT),
           title_of (book, operation, printer != NULL ? printer : _ ("Printer"),
                     now != NULL   ? now
                     : end != NULL ? end
                                   : _ ("It has not come out yet")),
           advice != NULL ? advice
           : over         ? _ ("The paper is missing; printing it again costs nothing.")
                          : _ ("The paper comes when the printer is looked after."),
           over ? "reprint" : "show", over ? _ ("Print again") : _ ("Show")),
      operation);
  exception->small = g_strdup (wb_json_opt_string (&at, "small"));
}

static gboolean
add_prints (WbBook *book, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) prints =
      wb_book_list_prints (book, wb_now () - PRINT_DAYS * 24 * 60 * 60, error);

  for (guint i = 0; prints != NULL && i < prints->len; i++)
    add_print (book, list, prints->pdata[i]);
  return prints != NULL;
}

/* The label of a parcel that has not left: the order's own, or one of several orders together. */
static WbLabel *
find_unused_label (WbBook *book, WbOrder *order)
{
  g_autoptr (GPtrArray) shipments =
      wb_book_list_shipments (book, wb_record_get_int (order, WB_ORDER_ID), NULL);

  for (guint i = shipments != NULL ? shipments->len : 0; i > 0; i--)
    {
      WbShipment *one = shipments->pdata[i - 1];
      WbLabel    *label = NULL;

      if (g_str_equal (wb_record_get_text (one, WB_SHIPMENT_STATE), WB_SHIPMENT_LABELLED))
        label = wb_book_get_live_label (
            book, wb_record_get_int (wb_shipment_parcel (one), WB_PARCEL_ID), NULL);
      if (label != NULL)
        return label;
    }
  return NULL;
}

/* A cancelled order whose label still lives. */
static WbException *
add_unused_label (WbBook *book, GPtrArray *list, WbOrder *order)
{
  g_autoptr (WbLabel) label = find_unused_label (book, order);
  WbException        *exception;
  g_autofree char    *money = NULL, *ask = NULL;

  if (label != NULL)
    {
      money = wb_money_to_text (wb_record_get_money (label, WB_LABEL_COST));
      /* Translators: a button; the placeholder is what the label has cost */
      ask = g_strdup_printf (_ ("Ask %s back"), money);
    }
  exception = add (
      list, "unused-label", 85, wb_record_get_int (order, WB_ORDER_MODIFIED_AT),
      g_strdup_printf (_ ("#%s was cancelled in the shop after its label was bought"),
                       wb_record_get_text (order, WB_ORDER_NUMBER)),
      _ ("The parcel must not leave. The carrier gives the label's money back when it is voided in "
         "time."),
      label != NULL ? "void-label" : "show", label != NULL ? ask : _ ("Show"));
  if (label != NULL)
    {
      exception->label_id = wb_record_get_int (label, WB_LABEL_ID);
      exception->shipment_id = wb_record_get_int (label, WB_LABEL_SHIPMENT_ID);
      exception->amount = wb_record_get_money (label, WB_LABEL_COST);
    }
  return exception;
}

/* All of it has left, and the money is still only promised. */
static WbException *
add_uncaptured (WbBook *book, GPtrArray *list, WbOrder *order)
{
  g_autoptr (WbPayment) payment =
      wb_book_get_payment (book, wb_record_get_int (order, WB_ORDER_ID), NULL);
  WbMoney          due = wb_record_get_money (order, WB_ORDER_TOTAL);
  g_autofree char *money = NULL, *take = NULL;
  WbException     *exception;

  if (payment != NULL)
    due = wb_order_rest_amount (order, payment);
  money = wb_money_to_text (due);
  take = g_strdup_printf (_ ("Take %s"), money);
  exception = add (list, "uncaptured", 92, wb_record_get_int (order, WB_ORDER_CAPTURE_BEFORE),
                   g_strdup_printf (_ ("#%s has left, but its payment was not taken"),
                                    wb_record_get_text (order, WB_ORDER_NUMBER)),
                   _ ("If it is not captured before the authorisation ends, the money is lost."),
                   "capture-rest", take);
  exception->amount = due;
  return exception;
}

static WbException *
add_hold (GPtrArray *list, WbOrder *order)
{
  const char  *reason = wb_record_get_text (order, WB_ORDER_HOLD_REASON);
  WbException *exception = add (
      list, "hold", 60, wb_record_get_int (order, WB_ORDER_MODIFIED_AT),
      /* Translators: order number, reason of the hold */
      g_strdup_printf (_ ("#%s is on hold: %s"), wb_record_get_text (order, WB_ORDER_NUMBER),
                       reason),
      _ ("Nothing of it is shipped or captured until it is released."), "release", _ ("Release"));

  exception->hold_reason = g_strdup (reason);
  return exception;
}

static void
add_order (WbBook *book, GPtrArray *list, WbOrder *order)
{
  const char  *number = wb_record_get_text (order, WB_ORDER_NUMBER);
  const char  *stage = wb_record_get_text (order, WB_ORDER_STAGE);
  WbException *exception;

  if (g_str_equal (stage, WB_STAGE_CANCELLED))
    exception = add_unused_label (book, list, order);
  else if (wb_record_get_text (order, WB_ORDER_HOLD_REASON) != NULL)
    exception = add_hold (list, order);
  else if (wb_record_get_bool (order, WB_ORDER_EDITED_AFTER_LABEL))
    exception =
        add (list, "edited", 80, wb_record_get_int (order, WB_ORDER_MODIFIED_AT),
             g_strdup_printf (_ ("#%s was changed in the shop after its label was bought"), number),
             _ ("Address, contents or amount may be wrong on the parcel. Look at the changes "
                "before it leaves."),
             "release", _ ("I have looked, go on"));
  else if (g_str_equal (stage, WB_STAGE_SHIPPED))
    exception = add_uncaptured (book, list, order);
  else if (wb_record_get_text (order, WB_ORDER_ADDRESS_DOUBT) != NULL)
    exception = add (list, "address", 40, wb_record_get_int (order, WB_ORDER_MODIFIED_AT),
                     /* Translators: order number, what the carrier said of its address */
                     g_strdup_printf (_ ("#%s: the carrier has doubts about the address. %s"),
                                      number, wb_record_get_text (order, WB_ORDER_ADDRESS_DOUBT)),
                     _ ("The parcel may come back. The carrier may also be wrong: a new house can "
                        "be unknown to it."),
                     "show", _ ("Look at it"));
  else
    return;
  exception->order_id = wb_record_get_int (order, WB_ORDER_ID);
}

/* The authorisation is over: by the gateway's word, or by its own date. */
static void
add_lapsed (GPtrArray *list, WbOrder *order, WbInstant now)
{
  WbInstant until = wb_record_get_int (order, WB_ORDER_CAPTURE_BEFORE);
  gboolean  told =
      g_strcmp0 (wb_record_get_text (order, WB_ORDER_CHARGE_STATE), WB_CHARGE_LAPSED) == 0;
  WbException *exception;

  if (!told && (until == 0 || until > now))
    return;
  exception =
      add (list, "lapsed", 88, until,
           g_strdup_printf (_ ("#%s: the authorisation has lapsed"),
                            wb_record_get_text (order, WB_ORDER_NUMBER)),
           _ ("It can no longer be captured. Ask the customer to pay again before shipping."),
           told ? "request-payment" : "refresh-payment",
           told ? _ ("Ask for the payment") : _ ("Ask the gateway"));
  exception->order_id = wb_record_get_int (order, WB_ORDER_ID);
}

/* What can be done about an authorisation that will end. */
static const struct
{
  const char *next;
  const char *title;   /* N_() */
  const char *meaning; /* N_() */
} clock_steps[] = {
  { "renew-charge", N_ ("Renew it"),
    N_ ("The gateway may keep it alive; it may also refuse. If neither that nor shipping happens "
        "in "
        "time, the money is lost unless the customer pays again.") },
  { "ship", N_ ("Ship it now…"),
    N_ ("If it is not shipped by then, the money is lost unless the customer pays again.") },
};

static void
add_lapsing (GPtrArray *list, const WbClockRow *row, WbInstant now)
{
  g_autofree char *money = wb_money_to_text (wb_money (row->amount, row->currency));
  int              hours = (int) ((row->until - now) / 3600);
  guint            step = g_strcmp0 (row->next, clock_steps[0].next) == 0 ? 0 : 1;
  WbException     *exception =
      add (list, "lapsing", MIN (73 + 2 * row->level, 81), row->until,
           /* Translators: order number, amount of money, number of hours */
           g_strdup_printf (ngettext ("#%s: %s is authorised for %d more hour",
                                      "#%s: %s is authorised for %d more hours", (gulong) hours),
                            row->number, money, hours),
           _ (clock_steps[step].meaning), clock_steps[step].next, _ (clock_steps[step].title));

  exception->order_id = row->order_id;
}

static gboolean
add_clock (WbBook *book, GPtrArray *list, GError **error)
{
  WbInstant             now = wb_now ();
  g_autoptr (GPtrArray) rows = wb_list_clock (book, now, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const WbClockRow *row = rows->pdata[i];

      if (row->level > 0 && row->level < WB_CLOCK_OVER)
        add_lapsing (list, row, now);
    }
  return rows != NULL;
}

static gboolean
add_orders (WbBook *book, GPtrArray *list, GError **error)
{
  WbInstant             now = wb_now ();
  g_autoptr (GPtrArray) troubled = wb_book_list_troubled_orders (book, now, error);

  for (guint i = 0; troubled != NULL && i < troubled->len; i++)
    {
      add_order (book, list, troubled->pdata[i]);
      if (!g_str_equal (wb_record_get_text (troubled->pdata[i], WB_ORDER_STAGE),
                        WB_STAGE_CANCELLED))
        add_lapsed (list, troubled->pdata[i], now);
    }
  return troubled != NULL;
}

/* A bought label that failed a check: not printed before somebody decides. */
static gboolean
add_set_aside (WbBook *book, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) labels = wb_book_list_labels_set_aside (book, error);

  for (guint i = 0; labels != NULL && i < labels->len; i++)
    {
      WbLabel         *label = labels->pdata[i];
      g_autofree char *number = number_of (book, wb_record_get_int (label, WB_LABEL_ORDER_ID));
      g_autofree char *doubt = wb_label_dup_doubt (label);
      /* Translators: order number, what was found on the label */
      WbException *exception = add (
          list, "set-aside", 84, wb_record_get_int (label, WB_LABEL_BOUGHT_AT),
          g_strdup_printf (_ ("#%s: the label was set aside. %s"), number, doubt),
          _ ("It is paid but not printed. Look at it and accept it, or void it and buy another."),
          "show", _ ("Look at it"));

      exception->order_id = wb_record_get_int (label, WB_LABEL_ORDER_ID);
      exception->shipment_id = wb_record_get_int (label, WB_LABEL_SHIPMENT_ID);
      exception->label_id = wb_record_get_int (label, WB_LABEL_ID);
    }
  return labels != NULL;
}

static void
add_channel (GPtrArray *list, WbConnection *channel)
{
  g_auto (WbRefusal) said = { 0 };
  WbException       *exception;

  wb_refusal_read (WB_ERROR_UNAVAILABLE, wb_record_get_text (channel, WB_CONNECTION_ERROR), &said);
  exception = add (
      list, "channel", 50, wb_record_get_int (channel, WB_CONNECTION_SYNCED_AT),
      g_strdup_printf (_ ("%s: %s"), wb_record_get_text (channel, WB_CONNECTION_NAME), said.words),
      _ ("New orders and changes of this shop are not seen meanwhile."), "sync", _ ("Try again"));
  exception->connection_id = wb_record_get_int (channel, WB_CONNECTION_ID);
  exception->small = g_steal_pointer (&said.code);
}

static gboolean
add_channels (WbBook *book, GPtrArray *list, GError **error)
{
  g_autoptr (GPtrArray) channels = wb_book_list_connections (book, WB_KIND_SHOP, error);

  for (guint i = 0; channels != NULL && i < channels->len; i++)
    if (wb_record_get_text (channels->pdata[i], WB_CONNECTION_ERROR) != NULL &&
        wb_record_get_bool (channels->pdata[i], WB_CONNECTION_ENABLED))
      add_channel (list, channels->pdata[i]);
  return channels != NULL;
}

static int
worst_first (gconstpointer a, gconstpointer b)
{
  const WbException *left = *(const WbException *const *) a,
                    *right = *(const WbException *const *) b;

  if (left->severity != right->severity)
    return left->severity > right->severity ? -1 : 1;
  return (left->since > right->since) - (left->since < right->since);
}

/** wb_list_exceptions: Returns: (transfer full) (element-type WbException): what needs a
 * person, worst first. Quick: reads the book only. */
GPtrArray *
wb_list_exceptions (WbBook *book, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_exception_free);

  if (!add_operations (book, list, WB_OPERATION_UNSURE, error) ||
      !add_operations (book, list, WB_OPERATION_REFUSED, error) ||
      !add_prints (book, list, error) || !add_orders (book, list, error) ||
      !add_clock (book, list, error) || !add_set_aside (book, list, error) ||
      !add_channels (book, list, error) || !wb_channel_add_exceptions (book, list, error) ||
      !wb_money_add_exceptions (book, list, error) || !wb_stock_add_exceptions (book, list, error))
    return NULL;
  g_ptr_array_sort (list, worst_first);
  return g_steal_pointer (&list);
}
