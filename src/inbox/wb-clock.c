/* SPDX-License-Identifier: GPL-3.0-or-later
 * The authorisation clock: whose money is only promised, until when as the provider's own object
 * says, and what can be done about it. */
#include "wb-clock.h"

#include "wb-desk-charge.h"

#define SETTING  "authorisation-warnings"
#define DEFAULT  "48,12"
#define MOST     8
#define HOUR     (60 * 60)
#define MAX_HOUR (31 * 24)

/** wb_clock_row_free: frees @row. */
void
wb_clock_row_free (WbClockRow *row)
{
  g_free (row->number);
  g_free (row->customer);
  g_free (row);
}

static int
longest_first (gconstpointer a, gconstpointer b)
{
  const gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left < right) - (left > right);
}

/* NULL: @text is not a list of hours. */
static GArray *
parse (const char *text)
{
  g_auto (GStrv)     parts = g_strsplit (text, ",", -1);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gint64 hours = 0;

      if (!g_ascii_string_to_signed (g_strstrip (parts[i]), 10, 1, MAX_HOUR, &hours, NULL))
        return NULL;
      hours *= HOUR;
      g_array_append_val (list, hours);
    }
  if (list->len == 0 || list->len > MOST)
    return NULL;
  g_array_sort (list, longest_first);
  return g_steal_pointer (&list);
}

/** wb_clock_warnings: Returns: (transfer full) (element-type gint64): how many seconds before
 * its end an authorisation is warned of, the longest first. */
GArray *
wb_clock_warnings (WbBook *book)
{
  g_autofree char *text = wb_book_get_setting (book, SETTING);
  GArray          *list = text != NULL ? parse (text) : NULL;

  return list != NULL ? list : parse (DEFAULT);
}

/** wb_desk_set_clock_warnings: @hours: “48,12”: hours before the end, one to eight of them. */
gboolean
wb_desk_set_clock_warnings (WbDesk *self, const char *hours, GError **error)
{
  g_autoptr (GArray) list = parse (hours);

  if (list != NULL)
    return wb_book_set_setting (wb_desk_get_book (self), SETTING, hours, error);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
               "“%s” is no list of hours before the end: write 48,12 (1 to %d hours, at most %d of "
               "them)",
               hours, MAX_HOUR, MOST);
  return FALSE;
}

static guint
level_of (WbInstant until, WbInstant now, GArray *warnings)
{
  guint level = 0;

  if (until <= now)
    return WB_CLOCK_OVER;
  for (guint i = 0; i < warnings->len; i++)
    level += until - now <= g_array_index (warnings, gint64, i);
  return level;
}

static WbClockRow *
make_row (WbBook *book, WbOrder *order, WbInstant now, GArray *warnings)
{
  WbClockRow           *row = g_new0 (WbClockRow, 1);
  g_autoptr (WbPayment) payment =
      wb_book_get_payment (book, wb_record_get_int (order, WB_ORDER_ID), NULL);
  gboolean renewable =
      payment != NULL && wb_record_get_text (payment, WB_PAYMENT_REAUTHORISE) != NULL;

  row->order_id = wb_record_get_int (order, WB_ORDER_ID);
  row->number = g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER));
  row->customer = g_strdup (wb_record_get_text (order, WB_ORDER_CUSTOMER_NAME));
  g_strlcpy (row->currency, wb_record_get_text (order, WB_ORDER_CURRENCY), sizeof row->currency);
  row->until = wb_record_get_int (order, WB_ORDER_CAPTURE_BEFORE);
  row->amount = payment != NULL ? wb_capture_still_due (order, payment)
                                : wb_record_get_int (order, WB_ORDER_TOTAL) -
                                      wb_record_get_int (order, WB_ORDER_CAPTURED);
  row->renew_from = renewable ? wb_record_get_int (payment, WB_PAYMENT_REAUTHORISE_FROM) : 0;
  row->level = level_of (row->until, now, warnings);
  row->next = row->level == WB_CLOCK_OVER                ? "request-payment"
              : wb_order_may_renew (order, payment, now) ? "renew-charge"
                                                         : "ship";
  return row;
}

/* What is at risk, compared between currencies by ten-thousandths of their whole units. */
static gint64
weight_of (const WbClockRow *row)
{
  gint64 value = MIN (row->amount, G_MAXINT64 / 10000);

  for (guint i = wb_currency_exponent (row->currency); i < 4; i++)
    value *= 10;
  return value;
}

static int
dearest_first (gconstpointer a, gconstpointer b)
{
  const WbClockRow *left = *(const WbClockRow *const *) a, *right = *(const WbClockRow *const *) b;
  gint64            l = weight_of (left), r = weight_of (right);

  if ((left->level > 0) != (right->level > 0))
    return left->level > 0 ? -1 : 1;
  if (l != r)
    return l > r ? -1 : 1;
  return (left->until > right->until) - (left->until < right->until);
}

/**
 * wb_list_clock:
 * Returns: (transfer full) (element-type WbClockRow): the orders still to ship whose money is
 * authorised and not captured; those whose warning time has come first, and among them the most
 * money at risk first.
 */
GPtrArray *
wb_list_clock (WbBook *book, WbInstant now, GError **error)
{
  g_autoptr (GArray)    warnings = wb_clock_warnings (book);
  g_autoptr (GPtrArray) orders = wb_book_list_promised_orders (book, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) wb_clock_row_free);

  for (guint i = 0; orders != NULL && i < orders->len; i++)
    {
      WbClockRow *row = make_row (book, orders->pdata[i], now, warnings);

      if (row->amount > 0)
        g_ptr_array_add (rows, row);
      else
        wb_clock_row_free (row);
    }
  g_ptr_array_sort (rows, dearest_first);
  return orders != NULL ? g_steal_pointer (&rows) : NULL;
}
