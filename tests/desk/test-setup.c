/* SPDX-License-Identifier: GPL-3.0-or-later
 * How the house is set up: connections and who captures, what the doctor finds, who is asked about
 * addresses. */
#include "wb-bench.h"
#include "wb-doctor.h"
#include "wb-test.h"

typedef struct
{
  WbBench *bench;
  WbDesk  *desk;
  WbBook  *book;
  gint64   id; /* an order to ship */
} Day;

static void
day_free (Day *self)
{
  g_object_unref (self->desk);
  wb_bench_free (self->bench);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Day, day_free)

static Day *
day_new (void)
{
  WbTownOptions      options = WB_TOWN_OPTIONS_INIT;
  Day               *self = g_new0 (Day, 1);
  g_autoptr (GArray) ready = NULL;

  options.orders = 20;
  options.seed = 11;
  self->bench = wb_bench_new (&options);
  self->desk = wb_bench_open (self->bench->book);
  self->book = wb_desk_get_book (self->desk);
  ready = wb_bench_ready (self->desk, WB_CHARGE_AUTHORISED);
  g_assert_cmpuint (ready->len, >, 0);
  self->id = g_array_index (ready, gint64, 0);
  return self;
}

static void
ask_town (Day *day, const char *path, const char *body)
{
  guint            status = 0;
  g_autofree char *reply = wb_town_control (day->bench->town, "POST", path, body, &status);

  g_test_message ("%s %s: %u", path, body, status);
  g_assert_cmpuint (status / 100, ==, 2);
}

static WbConnection *
draft (const char *kind, const char *provider, const char *name)
{
  WbConnection *made = wb_connection_new ();

  g_object_set (made, "kind", kind, "provider", provider, "name", name, "base-url",
                "https://shop.example", "currency", "EUR", NULL);
  return made;
}

/* One capturer a channel, and it must be said which. */
static void
test_capturer (void)
{
  static const char *const keys[] = { "ck_x", "cs_x", NULL }, *const half[] = { "ck_x", NULL };
  g_autoptr (Day)          day = day_new ();
  g_autoptr (WbConnection) shop = draft (WB_KIND_SHOP, "woocommerce", "second"), back = NULL,
                           gateway = wb_book_find_connection (day->book, "gateway", NULL);
  g_autoptr (GError) error = NULL;
  gint64             id;

  g_assert_cmpint (wb_desk_add_connection (day->desk, shop, keys, &error), ==,
                   0); /* nobody named */
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  wb_record_set_text (shop, WB_CONNECTION_CAPTURER, WB_CAPTURER_GATEWAY);
  g_assert_cmpint (wb_desk_add_connection (day->desk, shop, keys, &error), ==,
                   0); /* which gateway? */
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  {
    g_autoptr (WbConnection) carrier = wb_book_find_connection (day->book, "carrier", NULL);

    wb_record_set_int (shop, WB_CONNECTION_GATEWAY_ID,
                       wb_record_get_int (carrier, WB_CONNECTION_ID));
    g_assert_cmpint (wb_desk_add_connection (day->desk, shop, keys, &error), ==,
                     0); /* a carrier takes no money */
    g_clear_error (&error);
  }
  wb_record_set_int (shop, WB_CONNECTION_GATEWAY_ID, wb_record_get_int (gateway, WB_CONNECTION_ID));
  g_assert_cmpint (wb_desk_add_connection (day->desk, shop, half, &error), ==, 0);
  g_clear_error (&error);
  id = wb_desk_add_connection (day->desk, shop, keys, &error);
  g_assert_no_error (error);
  g_clear_object (&shop);
  shop = draft (WB_KIND_SHOP, "woocommerce", "second");
  wb_record_set_text (shop, WB_CONNECTION_CAPTURER, WB_CAPTURER_SHOP);
  wb_record_set_int (shop, WB_CONNECTION_GATEWAY_ID, wb_record_get_int (gateway, WB_CONNECTION_ID));
  g_assert_cmpint (wb_desk_add_connection (day->desk, shop, keys, &error), ==, id);
  back = wb_book_get_connection (day->book, id, NULL);
  g_assert_cmpstr (wb_record_get_text (back, WB_CONNECTION_CAPTURER), ==, WB_CAPTURER_SHOP);
  g_assert_cmpint (wb_record_get_int (back, WB_CONNECTION_GATEWAY_ID), ==, 0); /* never both */
  g_clear_object (&shop);
  shop = draft (WB_KIND_CARRIER, "easypost", "second"); /* a name stays what it is */
  g_assert_cmpint (wb_desk_add_connection (day->desk, shop, keys, &error), ==, 0);
  g_assert_error (error, WB_ERROR, WB_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_true (wb_desk_remove_connection (day->desk, id, &error));
  g_assert_no_error (error);
}

static void
change_capturer (WbConnection *channel, gint64 done, gint64 total, gpointer data)
{
  Day                     *day = data;
  g_autoptr (WbConnection) shop = wb_book_find_connection (day->book, "shop", NULL);

  wb_record_set_text (shop, WB_CONNECTION_CAPTURER, WB_CAPTURER_NONE);
  g_assert_true (wb_book_save (day->book, shop, NULL));
}

/* Who captures is changed while a sync runs: the sync does not bring back the old one. */
static void
test_sync_keeps_capturer (void)
{
  g_autoptr (Day)          day = day_new ();
  g_auto (WbSyncResult)    result = { 0 };
  g_autoptr (WbConnection) shop = NULL;
  g_autoptr (GError)       error = NULL;

  ask_town (day, "/town/arrive", "{\"n\": 2}");
  g_assert_true (wb_desk_sync (day->desk, 0, change_capturer, day, &result, NULL, &error));
  g_assert_no_error (error);
  shop = wb_book_find_connection (day->book, "shop", NULL);
  g_assert_cmpstr (wb_record_get_text (shop, WB_CONNECTION_CAPTURER), ==, WB_CAPTURER_NONE);
  g_assert_nonnull (wb_record_get_text (shop, WB_CONNECTION_CURSOR));
}

static const WbFindingRow *
find_row (GPtrArray *rows, const char *subject)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const WbFindingRow *row = rows->pdata[i];

      g_assert_true (row->ok ? row->advice == NULL : row->advice != NULL);
      if (g_str_equal (row->subject, subject))
        return row;
    }
  g_test_message ("no row “%s”", subject);
  g_test_fail ();
  return NULL;
}

static void
test_doctor (void)
{
  static const char *const subjects[] = { "Order book", "Secrets",       "shop",
                                          "carrier",    "gateway",       "Sender",
                                          "Packages",   "Label printer", "Slip printer" };
  g_autoptr (Day)          day = day_new ();
  g_autoptr (GPtrArray)    rows = wb_desk_examine (day->desk, TRUE, NULL, NULL), worse = NULL;
  g_autoptr (GPtrArray)    origins = wb_book_list_origins (day->book, NULL);
  g_autoptr (GError)       error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      const WbFindingRow *row = find_row (rows, subjects[i]);

      g_test_message ("%s: %s", row->subject, row->finding);
      g_assert_true (row->ok);
    }
  wb_test_remove_folder (day->bench->papers);
  ask_town (day, "/town/faults",
            "[{\"match\":{\"service\":\"stripe\"},\"kind\":\"html\",\"times\":100}]");
  wb_record_set_text (origins->pdata[0], WB_ORIGIN_ZONE, "Moon/Tycho");
  wb_book_save (day->book, origins->pdata[0], &error);
  g_assert_no_error (error);
  worse = wb_desk_examine (day->desk, TRUE, NULL, NULL);
  g_assert_false (find_row (worse, "gateway")->ok);
  g_assert_false (find_row (worse, "Label printer")->ok);
  g_assert_false (find_row (worse, wb_record_get_text (origins->pdata[0], WB_ORIGIN_NAME))->ok);
  g_assert_true (find_row (worse, "shop")->ok);
  wb_bench_no_faults (day->bench);
}

static void
test_address (void)
{
  g_autoptr (Day)          day = day_new ();
  g_autoptr (WbConnection) carrier = wb_book_find_connection (day->book, "carrier", NULL);
  g_autofree char         *remark = NULL, *none = NULL;
  g_autoptr (GError)       error = NULL;

  g_assert_true (wb_desk_check_address (day->desk, day->id, &remark, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (wb_desk_check_address (day->desk, 999999, &none, NULL, &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (
      wb_desk_remove_connection (day->desk, wb_record_get_int (carrier, WB_CONNECTION_ID), &error));
  g_assert_true (
      wb_desk_check_address (day->desk, day->id, &none, NULL, &error)); /* nobody to ask */
  g_assert_no_error (error);
  g_assert_null (none);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desk/connections/capturer", test_capturer);
  g_test_add_func ("/desk/connections/sync-keeps-capturer", test_sync_keeps_capturer);
  g_test_add_func ("/desk/doctor", test_doctor);
  g_test_add_func ("/desk/address", test_address);
  return g_test_run ();
}
