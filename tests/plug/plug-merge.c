/* SPDX-License-Identifier: GPL-3.0-or-later
 * The plug test of a parcel of two orders: the program is killed at every point of shipping it and
 * started again. Afterwards there is one label, each order was charged once and
 * told once to the shop, and the town's books agree with ours. Last line: “plug-merge: N points, 0
 * doubled, 0 lost”. */
#include "../desk/merge-day.h"
#include "plug-bench.h"
#include "wb-desk-merge.h"
#include "wb-practice-books.h"
#include "wb-test.h"

#include <stdio.h>
#include <string.h>

/* @shipment: its number; “recover”: what was begun goes on. */
static int
child (const char *book, const char *shipment)
{
  g_autoptr (WbDesk) desk = wb_bench_open (book);

  if (g_str_equal (shipment, "recover"))
    return wb_desk_recover (desk, NULL, NULL, NULL, NULL) ? 0 : 1;
  return wb_desk_ship (desk, g_ascii_strtoll (shipment, NULL, 10), NULL, NULL, NULL, NULL) ? 0 : 1;
}

static const PlugFault none = { 0 }; /* lost answers are another test's */

typedef struct
{
  Plug     plug;
  MergeDay day; /* the pair that is shipped just now */
  GArray  *calm;
  gint64   home; /* to whose address all of them go */
  guint    next;
} Parcel;

static gboolean
run_child (Parcel *self, const char *what, guint kill_at)
{
  return plug_run (&self->plug, kill_at, self->plug.bench->book, what, NULL);
}

/* Two fresh orders of one person to one address, in one parcel. Returns: its planned shipment. */
static gint64
next_parcel (Parcel *self)
{
  g_autoptr (GError) error = NULL;
  gint64             lead;

  g_assert_cmpuint (self->next + 2, <=, self->calm->len);
  for (guint i = 0; i < 2; i++)
    {
      self->day.ids[0] = self->home;
      merge_day_twin (&self->day, g_array_index (self->calm, gint64, self->next + i));
    }
  self->day.ids[0] = g_array_index (self->calm, gint64, self->next);
  self->day.ids[1] = g_array_index (self->calm, gint64, self->next + 1);
  self->day.n = 2;
  self->next += 2;
  lead = wb_desk_merge (self->day.desk, self->day.ids, 2, &error);
  g_assert_no_error (error);
  return merge_day_plan (&self->day, lead);
}

static void
judge (Parcel *self, gint64 shipment_id, const char *point)
{
  g_autoptr (WbShipment) first = wb_book_get_shipment (self->day.book, shipment_id, NULL);
  gint64                 left = 0, labels = 0, charged = 0;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (WbOrder)   order = merge_day_order (&self->day, self->day.ids[i]);
      g_autoptr (GPtrArray) all = wb_book_list_labels (self->day.book, self->day.ids[i], NULL);

      left += g_str_equal (wb_record_get_text (order, WB_ORDER_STAGE), WB_STAGE_SHIPPED);
      charged +=
          wb_record_get_int (order, WB_ORDER_CAPTURED) == wb_record_get_int (order, WB_ORDER_TOTAL);
      labels += all->len;
    }
  plug_judge (&self->plug, "orders that left", left, 2, point);
  plug_judge (&self->plug, "orders charged in full", charged, 2, point);
  plug_judge (&self->plug, "labels", labels, 1, point);
  plug_judge (&self->plug, "marked",
              g_str_equal (wb_record_get_text (first, WB_SHIPMENT_STATE), WB_SHIPMENT_SHIPPED), 1,
              point);
}

/* FALSE: shipping has no such point. */
static gboolean
try_point (Parcel *self, guint at)
{
  gint64           id = next_parcel (self);
  g_autofree char *what = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autofree char *name = plug_point (&none, at);
  gboolean         killed;

  killed = run_child (self, what, at);
  run_child (self, "recover", 0);
  judge (self, id, name);
  self->plug.points += killed;
  return killed;
}

/* The town's own books: no label, capture or report more than ours, and none less. */
static void
judge_books (Parcel *self)
{
  guint            status = 0;
  g_autofree char *theirs =
      wb_town_control (self->plug.bench->town, "GET", "/town/books", NULL, &status);
  g_autoptr (GError)       error = NULL;
  g_autoptr (WbConnection) shop = wb_book_find_connection (self->day.book, WB_KIND_SHOP, &error);
  g_auto (WbPracticeBooks) books = { 0 };

  wb_practice_compare_books (self->day.book, wb_record_get_int (shop, WB_CONNECTION_ID), theirs,
                             &books, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < books.differences->len; i++)
    printf ("%s\n", (const char *) books.differences->pdata[i]);
  self->plug.doubled += books.differences->len;
}

static gint64
find_home (Parcel *self)
{
  for (guint i = 0; i < self->calm->len; i++)
    {
      gint64              id = g_array_index (self->calm, gint64, i);
      g_autoptr (WbOrder) order = merge_day_order (&self->day, id);
      gpointer            to = wb_record_get_one (order, WB_ORDER_SHIP_TO);

      if (to != NULL && g_strcmp0 (wb_record_get_text (to, WB_ADDRESS_COUNTRY), "DE") == 0)
        return id;
    }
  g_assert_not_reached ();
}

/* Enough for a pair at each point. */
static void
let_arrive (Parcel *self)
{
  guint            status = 0;
  g_autofree char *reply =
      wb_town_control (self->plug.bench->town, "POST", "/town/arrive", "{\"n\": 700}", &status);
  g_auto (WbSyncResult) result = { 0 };
  g_autoptr (GError)    error = NULL;

  g_assert_cmpuint (status, ==, 200);
  wb_desk_sync (self->day.desk, 0, NULL, NULL, &result, NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  Parcel        self = { 0 };

  if (plug_is_child (argc, argv))
    return child (argv[3], argv[4]);
  options.orders = 60;
  options.seed = 9;
  self.plug.program = argv[0];
  self.plug.bench = self.day.bench = wb_bench_new (&options);
  self.plug.desk = self.day.desk = wb_bench_open (self.plug.bench->book);
  self.day.book = wb_desk_get_book (self.day.desk);
  let_arrive (&self);
  self.calm = wb_bench_calm (self.plug.bench, self.plug.desk);
  self.home = find_home (&self);
  for (guint at = 1; try_point (&self, at); at++)
    ;
  judge_books (&self);
  g_array_unref (self.calm);
  return plug_end (&self.plug, "plug-merge", 45);
}
