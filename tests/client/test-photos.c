/* SPDX-License-Identifier: GPL-3.0-or-later
 * A photo at the packing table, by the key: the camera's program writes it, it shows and is kept
 * with the order; a camera that fails is told in words, and nothing is kept. */
#include "wb-book-waves.h"
#include "wb-camera.h"
#include "window-bench.h"

#include <string.h>

/* A JPEG of 8 × 6 dots. */
static const char picture[] =
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwz"
    "Oko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09P"
    "T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wAARCAAGAAgDASIAAhEBAxEB/8QA"
    "FQABAQAAAAAAAAAAAAAAAAAAAAX/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAA"
    "AAAABv/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAMAwEAAhEDEQA/ALgAOQv/2Q==";

static WindowBench at;

static struct
{
  gint64 order_id;
  char  *number, *photo;
} here;

static void
set_camera (const char *command)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (wb_camera_set_command (at.book, wb_station (), command, &error));
  g_assert_no_error (error);
}

/* The photos that are kept with the order on the table. */
static GPtrArray *
list_photos (void)
{
  g_autoptr (GPtrArray) all = wb_book_list_evidence (at.book, here.order_id, 0, NULL);
  GPtrArray            *photos = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < all->len; i++)
    if (g_strcmp0 (wb_record_get_text (all->pdata[i], WB_EVIDENCE_KIND), WB_EVIDENCE_PHOTO) == 0)
      g_ptr_array_add (photos, g_object_ref (all->pdata[i]));
  return photos;
}

static void
put_on_table (void)
{
  g_autoptr (AtspiAccessible) entry = NULL;
  g_autofree char            *start = g_strdup_printf ("#%s · ", here.number);

  a11y_show_page (at.window, "Pack");
  entry = a11y_wait (at.window, ATSPI_ROLE_TEXT, "Order, tote or item");
  a11y_tab_to (entry);
  a11y_type (entry, here.number);
  a11y_key (0, A11Y_RETURN);
  a11y_expect_start (at.window, ATSPI_ROLE_LABEL, start);
}

static void
test_take (void)
{
  g_autofree char      *command = g_strdup_printf ("cp '%s' %%f", here.photo);
  g_autoptr (GPtrArray) photos = NULL;
  g_autoptr (GBytes)    kept = NULL;
  g_autofree char      *sent = NULL;
  gsize                 size = 0;

  set_camera (command);
  put_on_table ();
  a11y_key (A11Y_CONTROL, 'k');
  a11y_expect (at.window, ATSPI_ROLE_INVALID, "Photo 1");
  photos = list_photos ();
  g_assert_cmpuint (photos->len, ==, 1);
  kept = wb_book_get_document (at.book, wb_record_get_text (photos->pdata[0], WB_EVIDENCE_DOCUMENT),
                               NULL, NULL);
  g_assert_true (g_file_get_contents (here.photo, &sent, &size, NULL));
  g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept), sent, size);
}

static void
test_fails (void)
{
  g_autoptr (GPtrArray) photos = NULL;

  set_camera ("/nowhere/camera %f");
  a11y_key (A11Y_CONTROL, 'k');
  a11y_expect_part (at.window, ATSPI_ROLE_LABEL, "could not be started");
  photos = list_photos ();
  g_assert_cmpuint (photos->len, ==, 1);
}

static void
set_up (void)
{
  g_autoptr (GArray)  ready = wb_bench_ready (at.desk, WB_CHARGE_AUTHORISED);
  g_autoptr (WbOrder) order = NULL;
  g_autofree guchar  *bytes = NULL;
  gsize               size = 0;

  g_assert_cmpuint (ready->len, >, 0);
  here.order_id = g_array_index (ready, gint64, 0);
  order = wb_book_get_order (at.book, here.order_id, NULL);
  here.number = g_strdup (wb_record_get_text (order, WB_ORDER_NUMBER));
  here.photo = g_build_filename (at.bench->folder, "what the lens sees.jpg", NULL);
  bytes = g_base64_decode (picture, &size);
  g_assert_true (g_file_set_contents (here.photo, (const char *) bytes, (gssize) size, NULL));
}

int
main (int argc, char **argv)
{
  WbTownOptions options = WB_TOWN_OPTIONS_INIT;
  int           status;

  window_bench_begin (&at, &argc, &argv);
  options.orders = 40;
  options.seed = 7;
  window_bench_make (&at, &options);
  set_up ();
  window_bench_open (&at);
  g_test_add_func ("/client/photos/take", test_take);
  g_test_add_func ("/client/photos/fails", test_fails);
  status = window_bench_run (&at);
  g_free (here.number);
  g_free (here.photo);
  return status;
}
