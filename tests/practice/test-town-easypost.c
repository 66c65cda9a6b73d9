/* SPDX-License-Identifier: GPL-3.0-or-later
 * The practice carrier: sells each label once, finds it again, takes it back, and prints what
 * scanners read. */
#include "asker.h"

#include "wb-test.h"

#include <string.h>

#define FROM_BERLIN                                                                                \
  "\"from_address\":{\"name\":\"Laden\",\"street1\":\"Invalidenstraße 117\",\"city\":\"Berlin\"," \
  "\"zip\":\"10115\",\"country\":\"DE\"}"
#define TO_ATHENS                                                                                                    \
  "\"to_address\":{\"name\":\"Ελένη Οικονόμου\",\"street1\":\"Ερμού 3\",\"city\":\"Αθήνα\"," \
  "\"zip\":\"105 63\",\"country\":\"GR\"}"
#define PARCEL "\"parcel\":{\"length\":10,\"width\":8,\"height\":4,\"weight\":15.4}"

typedef struct
{
  WbTown *town;
} Bench;

static void
bench_up (Bench *bench, gconstpointer data)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;

  bench->town = town_up (&options);
}

static void
bench_down (Bench *bench, gconstpointer data)
{
  wb_town_free (bench->town);
}

static Answer *
create (Bench *bench, const char *reference, const char *format)
{
  g_autofree char *body = g_strdup_printf ("{\"shipment\":{" FROM_BERLIN "," TO_ATHENS "," PARCEL
                                           ",\"reference\":\"%s\","
                                           "\"options\":{\"label_format\":\"%s\"}}}",
                                           reference, format);
  Answer          *answer = ask_easypost (bench->town, "POST", "/shipments", body);

  assert_status (answer, 201);
  return answer;
}

static Answer *
act (Bench *bench, const char *method, const Answer *shipment, const char *what, const char *body)
{
  g_autofree char *id = text_at (shipment, "id");
  g_autofree char *path = g_strdup_printf ("/shipments/%s%s", id, what);

  return ask_easypost (bench->town, method, path, body);
}

static Answer *
buy (Bench *bench, const Answer *shipment)
{
  g_autofree char *rate = text_at (shipment, "rates.0.id");
  g_autofree char *body = g_strdup_printf ("{\"rate\":{\"id\":\"%s\"}}", rate);

  return act (bench, "POST", shipment, "/buy", body);
}

static void
advance (Bench *bench, gint64 seconds)
{
  g_autofree char   *body = g_strdup_printf ("{\"advance\":%" G_GINT64_FORMAT "}", seconds);
  g_autoptr (Answer) answer = command (bench->town, "POST", "/town/clock", body);

  g_assert_nonnull (answer->json);
}

static void
test_key_is_needed (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) none = ask (bench->town, "GET", "/easypost/v2/shipments", NULL, NULL, 0);
  g_autoptr (Answer) good = ask_easypost (bench->town, "GET", "/shipments", NULL);

  assert_status (none, 401);
  assert_status (good, 200);
}

static void
test_bought_once (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) shipment = create (bench, "P-1000-1", "PNG");
  g_autoptr (Answer) once = buy (bench, shipment);
  g_autoptr (Answer) twice = buy (bench, shipment);
  g_autoptr (Answer) books = command (bench->town, "GET", "/town/books", NULL);
  g_autofree char   *cost = text_at (once, "selected_rate.rate");

  assert_status (once, 200);
  assert_text (once, "mode", "test");
  assert_text (once, "selected_rate.currency", "EUR");
  assert_status (twice, 422);
  assert_text (twice, "error.code", "SHIPMENT.POSTAGE.EXISTS");
  g_assert_cmpint (number_at (books, "totals.labels"), ==, 1);
  g_assert_cmpint (number_at (books, "orders.0.id"), ==, 1000); /* by the reference */
  g_assert_cmpint (number_at (books, "orders.0.labels.0.cost"), ==,
                   (gint64) (g_ascii_strtod (cost, NULL) * 100 + 0.5));
}

/* A reference stands in for an id; several shipments may bear it, and the newest is found. */
static void
test_found_again (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) older = create (bench, "P-1000-1", "PNG");
  g_autoptr (Answer) newer = create (bench, "P-1000-1", "PNG");
  g_autoptr (Answer) found = ask_easypost (bench->town, "GET", "/shipments/P-1000-1", NULL);
  g_autoptr (Answer) none = ask_easypost (bench->town, "GET", "/shipments/P-none", NULL);
  g_autofree char   *id = text_at (newer, "id");

  g_assert_nonnull (older);
  assert_text (found, "id", id);
  assert_status (none, 404);
  assert_text (none, "error.code", "NOT_FOUND");
}

/* Unless asked otherwise only bought ones are listed, newest first. */
static void
test_lists (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) open = create (bench, "a", "PNG");
  g_autoptr (Answer) first = create (bench, "b", "PNG");
  g_autoptr (Answer) second = create (bench, "c", "PNG");
  g_autoptr (Answer) one = buy (bench, first);
  g_autoptr (Answer) two = buy (bench, second);
  g_autoptr (Answer) bought = ask_easypost (bench->town, "GET", "/shipments?page_size=1", NULL);
  g_autoptr (Answer) all = ask_easypost (bench->town, "GET", "/shipments?purchased=false", NULL);
  g_autofree char   *id = text_at (second, "id");
  g_autofree char   *next = g_strdup_printf ("/shipments?page_size=1&before_id=%s", id);
  g_autoptr (Answer) rest = ask_easypost (bench->town, "GET", next, NULL);

  g_assert_nonnull (open);
  assert_status (one, 200);
  assert_status (two, 200);
  g_assert_cmpuint (length_at (bought, "shipments"), ==, 1);
  assert_text (bought, "shipments.0.id", id);
  assert_text (bought, "has_more", "true");
  assert_text (rest, "has_more", "false");
  assert_text (rest, "shipments.0.reference", "b");
  g_assert_cmpuint (length_at (all, "shipments"), ==, 3);
}

static void
test_rates_expire_and_rise (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) shipment = create (bench, "a", "PNG");
  g_autofree char   *before = text_at (shipment, "rates.0.rate");
  g_autoptr (Answer) late = NULL;
  g_autoptr (Answer) told = NULL;
  g_autoptr (Answer) rerated = NULL;
  g_autoptr (Answer) old = NULL;
  g_autofree char   *after = NULL;

  advance (bench, 24 * 3600);
  late = buy (bench, shipment);
  assert_status (late, 422);
  told = command (bench->town, "POST", "/town/prices", "{\"percent\":150}");
  rerated = act (bench, "POST", shipment, "/rerate", "{}");
  g_assert_cmpint (number_at (told, "price_percent"), ==, 150);
  assert_status (rerated, 200);
  after = text_at (rerated, "rates.0.rate");
  g_assert_cmpfloat (g_ascii_strtod (after, NULL), >, g_ascii_strtod (before, NULL));
  old = buy (bench, shipment); /* by the id of the rate that is gone */
  assert_status (old, 404);
}

static void
test_refunds (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) shipment = create (bench, "a", "PNG");
  g_autoptr (Answer) unbought = act (bench, "POST", shipment, "/refund", "{}");
  g_autoptr (Answer) bought = buy (bench, shipment);
  g_autoptr (Answer) asked = act (bench, "POST", shipment, "/refund", "{}");
  g_autoptr (Answer) again = act (bench, "POST", shipment, "/refund", "{}");
  g_autoptr (Answer) other = create (bench, "b", "PNG");
  g_autoptr (Answer) sent = buy (bench, other);
  g_autoptr (Answer) rejected = NULL;
  g_autoptr (Answer) later = NULL;

  assert_status (unbought, 422);
  assert_status (bought, 200);
  assert_status (sent, 200);
  assert_text (asked, "refund_status", "submitted");
  assert_status (again, 422);
  advance (bench, 86400);
  later = act (bench, "GET", shipment, "", NULL);
  assert_text (later, "refund_status", "refunded");
  assert_text (later, "fees.1.refunded", "true");
  rejected = act (bench, "POST", other, "/refund", "{}"); /* on its way by now */
  assert_text (rejected, "refund_status", "rejected");
  assert_text (rejected, "tracker.status", "in_transit");
}

static void
test_addresses (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) good = ask_easypost (
      bench->town, "POST", "/addresses",
      "{\"verify\":true,\"address\":{\"street1\":\"179 N Harbor Dr\",\"city\":\"Redondo Beach\","
      "\"state\":\"CA\",\"zip\":\"90277\",\"country\":\"US\"}}");
  g_autoptr (Answer) flat = ask_easypost (
      bench->town, "POST", "/addresses",
      "{\"verify\":true,\"address\":{\"street1\":\"350 5th Ave\",\"city\":\"New York\","
      "\"state\":\"NY\",\"zip\":\"10118\",\"country\":\"US\"}}");
  g_autoptr (Answer) bad = ask_easypost (
      bench->town, "POST", "/addresses",
      "{\"verify\":true,\"address\":{\"street1\":\"000 unknown street\",\"zip\":\"00001\"}}");
  g_autoptr (Answer) strict =
      ask_easypost (bench->town, "POST", "/addresses",
                    "{\"verify_strict\":true,\"address\":{\"street1\":\"Harbor Drive\"}}");

  assert_text (good, "street1", "179 N HARBOR DR");
  assert_text (good, "verifications.delivery.success", "true");
  assert_text (flat, "verifications.delivery.success", "true");
  assert_text (flat, "verifications.delivery.errors.0.code", "E.SECONDARY_INFORMATION.MISSING");
  assert_status (bad, 201); /* advisory */
  assert_text (bad, "verifications.delivery.success", "false");
  assert_status (strict, 422);
  assert_text (strict, "error.errors.1.code", "E.HOUSE_NUMBER.MISSING");
}

/* ---- labels ---- */

static Answer *
label_file (Bench *bench, const Answer *bought, const char *suffix)
{
  g_autofree char *id = text_at (bought, "postage_label.id");
  g_autofree char *path = g_strdup_printf ("/easypost/labels/%s.%s", id, suffix);

  return ask (bench->town, "GET", path, NULL, NULL, 0);
}

static void
test_label_files (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) shipment = create (bench, "a", "ZPL");
  g_autoptr (Answer) bought = buy (bench, shipment);
  g_autoptr (Answer) pdf = label_file (bench, bought, "pdf");
  g_autoptr (Answer) png = label_file (bench, bought, "png");
  g_autoptr (Answer) zpl = label_file (bench, bought, "zpl");
  g_autoptr (Answer) again = label_file (bench, bought, "pdf");
  g_autoptr (Answer) none = ask (bench->town, "GET", "/easypost/labels/pl_none.png", NULL, NULL, 0);
  g_autofree char   *tracking = text_at (bought, "tracking_code");
  g_autofree char   *url = text_at (bought, "postage_label.label_zpl_url");

  assert_text (bought, "postage_label.label_file_type", "application/zpl");
  g_assert_true (g_str_has_suffix (url, ".zpl"));
  g_assert_true (g_str_has_prefix (pdf->body, "%PDF-"));
  g_assert_cmpint ((gint64) pdf->size, ==, pdf->promised);
  g_assert_cmpuint (again->size, ==, pdf->size);
  g_assert_cmpint (memcmp (png->body, "\x89PNG", 4), ==, 0);
  g_assert_true (g_str_has_prefix (zpl->body, "^XA"));
  g_assert_true (g_str_has_suffix (zpl->body, "^XZ\n"));
  g_assert_nonnull (strstr (zpl->body, tracking));
  g_assert_nonnull (strstr (zpl->body, "PRACTICE"));
  assert_status (none, 404);
}

/* A scanner reads the tracking number off the picture. */
static void
test_label_scans (Bench *bench, gconstpointer data)
{
  g_autofree char   *zbarimg = g_find_program_in_path ("zbarimg");
  g_autoptr (Answer) shipment = create (bench, "a", "PNG");
  g_autoptr (Answer) bought = buy (bench, shipment);
  g_autofree char   *id = text_at (bought, "postage_label.id");
  g_autofree char   *tracking = text_at (bought, "tracking_code");
  g_autofree char   *folder = wb_test_temp_folder ();
  g_autofree char   *file = g_build_filename (folder, "label.png", NULL);
  g_autofree char   *url = text_at (bought, "postage_label.label_url");
  g_autoptr (GFile)  to = g_file_new_for_path (file);
  g_autofree char   *read = NULL;
  g_autofree char   *expected = g_strdup_printf ("CODE-128:%s\n", tracking);
  g_autoptr (GError) error = NULL;

  if (zbarimg == NULL)
    {
      wb_test_skip ("zbarimg (zbar-tools) is not on this machine");
      wb_test_remove_folder (folder);
      return;
    }
  {
    g_autoptr (Answer) picture = label_file (bench, bought, "png");
    const char        *argv[] = { zbarimg, "-q", "--nodbus", file, NULL };

    g_assert_cmpint ((gint64) picture->size, ==, picture->promised);
    g_file_set_contents (file, picture->body, (gssize) picture->size, &error);
    g_assert_no_error (error);
    g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &read, NULL,
                  NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (read, ==, expected);
  }
  wb_test_remove_folder (folder);
}

static void
test_conversion (Bench *bench, gconstpointer data)
{
  g_autoptr (Answer) shipment = create (bench, "a", "PNG");
  g_autoptr (Answer) early = act (bench, "GET", shipment, "/label?file_format=ZPL", NULL);
  g_autoptr (Answer) bought = buy (bench, shipment);
  g_autoptr (Answer) converted = act (bench, "GET", shipment, "/label?file_format=ZPL", NULL);
  g_autofree char   *url = text_at (converted, "postage_label.label_zpl_url");

  assert_status (early, 422);
  assert_text (bought, "postage_label.label_zpl_url", NULL);
  g_assert_nonnull (url);
}

#define ADD(path, test) g_test_add ("/town/easypost/" path, Bench, NULL, bench_up, test, bench_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("key-is-needed", test_key_is_needed);
  ADD ("bought-once", test_bought_once);
  ADD ("found-again", test_found_again);
  ADD ("lists", test_lists);
  ADD ("rates-expire-and-rise", test_rates_expire_and_rise);
  ADD ("refunds", test_refunds);
  ADD ("addresses", test_addresses);
  ADD ("label-files", test_label_files);
  ADD ("label-scans", test_label_scans);
  ADD ("conversion", test_conversion);
  return g_test_run ();
}
