/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plug test of renewals: the program is killed at every point of keeping an authorisation
 * alive, under each fault, and started again. Afterwards the payer's bank was asked once, and the
 * ledger has what is promised now. Last line: “plug-renew: N points, 0 doubled, 0 lost”. */
#include "plug-bench.h"
#include "wb-desk-charge.h"
#include "wb-test.h"

#include <string.h>

#define AHEAD (4 * 24 * 60 * 60) /* from the fourth day on PayPal renews */

static const PlugFault faults[] = {
  { NULL, NULL, NULL, NULL },
  { "paypal", "POST", "/reauthorize$", "cut-before" },
  { "paypal", "POST", "/reauthorize$", "cut-after" },
  { "paypal", "POST", "/reauthorize$", "500-after" },
};

static WbInstant
clock_ahead (gpointer data)
{
  return g_get_real_time () / G_USEC_PER_SEC + AHEAD;
}

/* @what: “renew”, or “recover”: what was begun goes on. */
static int
child (const char *book, gint64 order_id, const char *what)
{
  g_autoptr (WbDesk) desk = NULL;
  WbInstant          until = 0;

  wb_clock_set (clock_ahead, NULL);
  desk = wb_bench_open (book);
  if (g_str_equal (what, "recover"))
    return wb_desk_recover (desk, NULL, NULL, NULL, NULL) ? 0 : 1;
  return wb_desk_renew (desk, order_id, &until, NULL, NULL) ? 0 : 1;
}

typedef struct
{
  Plug    plug;
  GArray *orders; /* paid from a PayPal account, authorised, each renewed once */
} Renew;

static void
connect_paypal (Renew *self)
{
  const char              *secrets[] = { WB_TOWN_PAYPAL_ID, WB_TOWN_PAYPAL_SECRET, NULL };
  g_autoptr (WbConnection) draft = wb_connection_new ();
  g_autofree char         *url = wb_town_dup_url (self->plug.bench->town, "paypal");
  g_autoptr (GError)       error = NULL;

  g_object_set (draft, "kind", WB_KIND_GATEWAY, "provider", "paypal", "name", "paypal", "base-url",
                url, NULL);
  wb_desk_add_connection (self->plug.desk, draft, secrets, &error);
  g_assert_no_error (error);
}

static char *
tell_town (Renew *self, const char *path, const char *body)
{
  guint status = 0;
  char *reply = wb_town_control (self->plug.bench->town, "POST", path, body, &status);

  g_assert_cmpuint (status / 100, ==, 2);
  return reply;
}

static void
collect_orders (Renew *self)
{
  static const char *const stages[] = { WB_STAGE_READY, NULL };
  WbOrderQuery             query = { .stages = stages, .sort = "placed_at" };
  WbBook                  *book = wb_desk_get_book (self->plug.desk);
  g_autoptr (GArray)       all = wb_book_list_order_ids (book, &query, NULL);

  self->orders = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < all->len; i++)
    {
      gint64                id = g_array_index (all, gint64, i);
      g_autoptr (WbOrder)   order = wb_book_get_order (book, id, NULL);
      g_autoptr (WbPayment) payment = NULL;

      if (!g_str_has_prefix (wb_record_get_text (order, WB_ORDER_PAYMENT_METHOD), "ppcp") ||
          !wb_desk_refresh_payment (self->plug.desk, id, NULL, NULL))
        continue;
      payment = wb_book_get_payment (book, id, NULL);
      if (payment != NULL && wb_order_may_renew (order, payment, wb_now ()))
        g_array_append_val (self->orders, id);
    }
}

/* How many authorisations the town has of the order's payment. */
static gint64
authorisations_of (Renew *self, gint64 order_id)
{
  g_autoptr (WbOrder) order =
      wb_book_get_order (wb_desk_get_book (self->plug.desk), order_id, NULL);
  g_autofree char *path =
      g_strdup_printf ("/town/payments/%s", wb_record_get_text (order, WB_ORDER_REMOTE_ID));
  g_autofree char     *reply = tell_town (self, path, "{\"declines\": false}");
  g_autoptr (JsonNode) root = wb_json_parse (reply, -1, "sale", NULL);
  WbJson               sale = wb_json_root (root, "sale"), units, one, payments, list;
  guint                n = 0;

  g_assert_true (wb_json_array (&sale, "purchase_units", &units, &n, NULL));
  one = wb_json_element (&units, 0);
  payments = wb_json_member (&one, "payments");
  g_assert_true (wb_json_array (&payments, "authorizations", &list, &n, NULL));
  return n;
}

/* What the ledger says is promised: authorised, and neither released nor captured. */
static gint64
promised_of (WbBook *book, gint64 order_id, guint *authorised)
{
  g_autoptr (GPtrArray) entries = wb_book_list_entries (book, order_id, NULL);
  gint64                sum = 0;

  *authorised = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      const char *kind = wb_record_get_text (entries->pdata[i], WB_ENTRY_KIND);
      gint64      amount = wb_record_get_int (entries->pdata[i], WB_ENTRY_AMOUNT);

      sum += g_str_equal (kind, WB_ENTRY_AUTHORISED) ? amount : 0;
      sum -= g_str_equal (kind, WB_ENTRY_RELEASED) ? amount : 0;
      *authorised += g_str_equal (kind, WB_ENTRY_AUTHORISED);
    }
  return sum;
}

static void
judge_all (Renew *self, gint64 order_id, const char *point)
{
  WbBook               *book = wb_desk_get_book (self->plug.desk);
  g_autoptr (WbPayment) payment = NULL;
  guint                 authorised = 0;
  gint64                promised;

  g_assert_true (wb_desk_refresh_payment (self->plug.desk, order_id, NULL, NULL));
  payment = wb_book_get_payment (book, order_id, NULL);
  promised = promised_of (book, order_id, &authorised);
  plug_judge (&self->plug, "authorisations", authorisations_of (self, order_id), 2, point);
  plug_judge (&self->plug, "authorisations in the ledger", authorised, 2, point);
  plug_judge (&self->plug, "promised", promised, wb_record_get_int (payment, WB_PAYMENT_CAPTURABLE),
              point);
}

/* FALSE: renewing has no such point. A renewal that never reached the journal is asked for once
 * more; one that did is not begun anew by asking again. */
static gboolean
try_point (Renew *self, const PlugFault *fault, guint at)
{
  g_autofree char *name = plug_point (fault, at), *order = NULL;
  const char      *book = self->plug.bench->book;
  gint64           id;
  gboolean         killed;

  g_assert_cmpuint (self->orders->len, >, 0);
  id = g_array_index (self->orders, gint64, self->orders->len - 1);
  g_array_set_size (self->orders, self->orders->len - 1);
  order = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  plug_fault (&self->plug, fault);
  killed = plug_run (&self->plug, at, book, order, "renew", NULL);
  plug_run (&self->plug, 0, book, order, "recover", NULL);
  wb_bench_no_faults (self->plug.bench);
  plug_run (&self->plug, 0, book, order, "recover", NULL);
  if (authorisations_of (self, id) < 2)
    plug_run (&self->plug, 0, book, order, "renew", NULL);
  judge_all (self, id, name);
  self->plug.points += killed;
  return killed;
}

/* A town of its own for each fault: each renewal uses up an order. */
static void
try_fault (Renew *self, const PlugFault *fault)
{
  WbTownOptions    options = WB_TOWN_OPTIONS_INIT;
  g_autofree char *body = g_strdup_printf ("{\"advance\": %d}", AHEAD);

  options.orders = 700;
  options.seed = 9;
  options.paypal = TRUE;
  wb_clock_set (NULL, NULL);
  self->plug.bench = wb_bench_new (&options);
  self->plug.desk = wb_bench_open (self->plug.bench->book);
  connect_paypal (self);
  g_free (tell_town (self, "/town/clock", body));
  wb_clock_set (clock_ahead, NULL);
  collect_orders (self);
  for (guint at = 1; try_point (self, fault, at); at++)
    ;
  g_clear_pointer (&self->orders, g_array_unref);
  g_clear_object (&self->plug.desk);
  g_clear_pointer (&self->plug.bench, wb_bench_free);
}

int
main (int argc, char **argv)
{
  Renew self = { 0 };

  if (plug_is_child (argc, argv))
    return child (argv[3], g_ascii_strtoll (argv[4], NULL, 10), argv[5]);
  self.plug.program = argv[0];
  for (guint fault = 0; fault < G_N_ELEMENTS (faults); fault++)
    try_fault (&self, &faults[fault]);
  return plug_end (&self.plug, "plug-renew", 20);
}
