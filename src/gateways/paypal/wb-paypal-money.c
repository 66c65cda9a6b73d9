/* SPDX-License-Identifier: GPL-3.0-or-later
 * The history of a PayPal balance, by the transaction search. It answers for at most 31 days at
 * once and three years back, and shows a transaction up to three hours late (reporting v1): it is
 * read in windows, and the last hours are read again each time. */
#include "wb-paypal-private.h"

#include "wb-text.h"

#include <stdio.h>
#include <string.h>

#define DAY       (24 * 60 * 60)
#define REACH     (3 * 365 * DAY)
#define LATE      (4 * 60 * 60)
#define WINDOW    (10 * DAY) /* an answer is cut at 10,000 transactions: 31 days could hold more */
#define PAGE_SIZE 500

/* By the first letters of the event code
 * (https://developer.paypal.com/docs/transaction-search/transaction-event-codes/); the first that
 * fits. Authorisations (T13) move no balance. */
static const struct
{
  const char *code;
  const char *kind; /* NULL: not a movement */
} kinds[] = {
  { "T00", WB_MOVED_CAPTURED },
  { "T01", WB_MOVED_FEE },
  { "T03", WB_MOVED_PAYOUT },
  { "T04", WB_MOVED_PAYOUT },
  { "T1107", WB_MOVED_REFUNDED },
  { "T1106", WB_MOVED_DISPUTE },
  { "T1108", WB_MOVED_FEE },
  { "T12", WB_MOVED_DISPUTE },
  { "T1110", WB_MOVED_DISPUTE },
  { "T1111", WB_MOVED_DISPUTE },
  { "T13", NULL },
  { "T20", WB_MOVED_PAYOUT },
  { "", WB_MOVED_ADJUSTMENT },
};

static const char *
kind_of (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_prefix (code, kinds[i].code))
      return kinds[i].kind;
  return WB_MOVED_ADJUSTMENT;
}

/* Money that only was announced (P) or refused (D) has not moved. */
static gboolean
has_moved (const WbJson *info)
{
  const char *status = wb_json_opt_string (info, "transaction_status");

  return status == NULL || strcmp (status, "S") == 0 || strcmp (status, "V") == 0;
}

static void
set_owner (WbBalance *balance, const WbJson *info, const char *kind)
{
  const char *base = wb_json_opt_string (info, "paypal_reference_id");
  const char *type = wb_json_opt_string (info, "paypal_reference_id_type");

  if (g_strcmp0 (type, "ODR") == 0)
    wb_record_set_text (balance, WB_BALANCE_PAYMENT_REF, base);
  else if (g_strcmp0 (type, "TXN") == 0)
    wb_record_set_text (balance, WB_BALANCE_CHARGE_REF, base);
  if (strcmp (kind, WB_MOVED_CAPTURED) == 0)
    wb_record_set_text (balance, WB_BALANCE_CHARGE_REF,
                        wb_json_opt_string (info, "transaction_id"));
  wb_record_set_text (balance, WB_BALANCE_REFERENCE, wb_json_opt_string (info, "invoice_id"));
}

static gboolean
set_amounts (WbBalance *balance, const WbJson *info, GError **error)
{
  WbJson  at = wb_json_member (info, "fee_amount");
  WbMoney gross, fee;

  if (!wb_paypal_read_money (info, "transaction_amount", &gross, error))
    return FALSE;
  fee = wb_money (0, gross.currency);
  if (wb_json_is_object (&at) && !wb_paypal_read_money (info, "fee_amount", &fee, error))
    return FALSE;
  if (strcmp (fee.currency, gross.currency) != 0)
    return wb_json_fail (&at, "a fee in the currency of its transaction", error);
  wb_record_set_text (balance, WB_BALANCE_CURRENCY, gross.currency);
  wb_record_set_int (balance, WB_BALANCE_AMOUNT, gross.minor);
  /* A balance is kept in each currency; an exchange is a pair of transactions of its own. */
  wb_record_set_text (balance, WB_BALANCE_SETTLE_CURRENCY, gross.currency);
  wb_record_set_int (balance, WB_BALANCE_GROSS, gross.minor);
  wb_record_set_int (balance, WB_BALANCE_FEE, -fee.minor);
  wb_record_set_int (balance, WB_BALANCE_NET, gross.minor + fee.minor);
  return TRUE;
}

/* NULL without an error: nothing that moved the balance. */
static WbBalance *
read_transaction (const WbJson *detail, GError **error)
{
  g_autoptr (WbBalance) balance = wb_balance_new ();
  WbJson                info;
  const char           *id, *code, *kind;
  WbInstant             at;

  if (!wb_json_object (detail, "transaction_info", &info, error) ||
      (id = wb_json_string (&info, "transaction_id", error)) == NULL ||
      (code = wb_json_string (&info, "transaction_event_code", error)) == NULL ||
      !wb_json_instant (&info, "transaction_initiation_date", &at, error))
    return NULL;
  if ((kind = kind_of (code)) == NULL || !has_moved (&info))
    return NULL;
  if (!set_amounts (balance, &info, error))
    return NULL;
  wb_record_set_text (balance, WB_BALANCE_REF, id);
  wb_record_set_text (balance, WB_BALANCE_KIND, kind);
  wb_record_set_int (balance, WB_BALANCE_AT, at);
  wb_record_set_int (balance, WB_BALANCE_AVAILABLE_AT, at);
  wb_record_set_text (balance, WB_BALANCE_OBJECT_REF, id);
  wb_record_set_text (balance, WB_BALANCE_NOTE, code);
  set_owner (balance, &info, kind);
  return g_steal_pointer (&balance);
}

static gboolean
read_page (JsonNode *root, GPtrArray *items, gint64 *pages, GError **error)
{
  WbJson reply = wb_json_root (root, "transactions");
  WbJson all;
  guint  n = 0;

  *pages = 1;
  if (!wb_json_opt_int (&reply, "total_pages", 1, pages, error))
    return FALSE;
  if (!wb_json_array (&reply, "transaction_details", &all, &n, NULL))
    return TRUE; /* a window in which nothing happened */
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError)    local = NULL;
      WbJson                detail = wb_json_element (&all, i);
      g_autoptr (WbBalance) balance = read_transaction (&detail, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (balance != NULL)
        g_ptr_array_add (items, g_steal_pointer (&balance));
    }
  return TRUE;
}

/* Where the reading stands: the window's start and the page in it. */
typedef struct
{
  WbInstant start, end;
  gint64    page;
  gboolean  beyond;
} Place;

static Place
place_of (const char *cursor)
{
  WbInstant now = wb_now ();
  Place     place = { .start = now - REACH, .page = 1 };

  if (cursor != NULL &&
      sscanf (cursor, "%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, &place.start, &place.page) == 2)
    place.beyond = place.start < now - REACH;
  if (place.beyond)
    place.start = now - REACH;
  place.end = MIN (place.start + WINDOW, now);
  return place;
}

static WbHttpRequest *
page_request (const Place *place)
{
  WbHttpRequest   *request = wb_http_request_new ("GET", "/v1/reporting/transactions");
  g_autofree char *from = wb_instant_to_iso (place->start);
  g_autofree char *to = wb_instant_to_iso (place->end);

  wb_http_request_add_query (request, "start_date", from);
  wb_http_request_add_query (request, "end_date", to);
  wb_http_request_add_query (request, "fields", "transaction_info");
  wb_http_request_add_query_int (request, "page_size", PAGE_SIZE);
  wb_http_request_add_query_int (request, "page", place->page);
  return request;
}

static void
move_on (const Place *place, gint64 pages, WbMoneyPage *page)
{
  WbInstant now = wb_now ();
  gboolean  in_window = place->page < pages;
  gboolean  at_end = place->end >= now - LATE;
  WbInstant next = in_window ? place->start : at_end ? MAX (place->start, now - LATE) : place->end;

  page->more = in_window || !at_end;
  page->cursor = g_strdup_printf ("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, next,
                                  in_window ? place->page + 1 : 1);
}

/** wb_paypal_list_money: wb_gateway_list_money(). One page of one window. What PayPal sent to the
 * bank is in it as a withdrawal; PayPal says of none what it was made of. */
gboolean
wb_paypal_list_money (WbGateway    *gateway,
                      const char   *cursor,
                      WbMoneyPage  *page,
                      GCancellable *cancellable,
                      GError      **error)
{
  Place                     place = place_of (cursor);
  g_autoptr (WbHttpRequest) request = page_request (&place);
  g_autoptr (JsonNode)      root =
      wb_paypal_call (WB_PAYPAL (gateway), request, WB_PAYPAL_READ, cancellable, error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  gint64                pages;

  if (root == NULL || !read_page (root, items, &pages, error))
    return FALSE;
  page->items = g_steal_pointer (&items);
  page->beyond_reach = place.beyond;
  move_on (&place, pages, page);
  return TRUE;
}
