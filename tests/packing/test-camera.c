/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos by a program: what it writes is kept, and what goes wrong is told in words. */
#include "wb-camera.h"
#include "wb-error.h"
#include "wb-test.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

/* A program in the place of a camera. */
static char *
program (const char *name, const char *script)
{
  char              *path = g_build_filename (folder, name, NULL);
  g_autofree char   *text = g_strdup_printf ("#!/bin/sh\n%s\n", script);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  return path;
}

static void
refused (const char *command, guint patience_s, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) photo = wb_camera_take (command, patience_s, NULL, &error);

  g_assert_null (photo);
  g_assert_nonnull (error);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
}

#define PICTURE "printf '\\377\\330\\377\\340picture' > "

static void
test_takes (void)
{
  g_autofree char   *last = program ("last", PICTURE "\"$2\"");
  g_autofree char   *named = program ("named", PICTURE "\"${1#--out=}\"");
  g_autofree char   *first = g_strdup_printf ("%s --quiet", last);
  g_autofree char   *second = g_strdup_printf ("%s --out=%%f", named);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) photo = wb_camera_take (i == 0 ? first : second, 20, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (photo), ==, 11);
      g_assert_cmpstr (wb_photo_type (photo, &error), ==, "image/jpeg");
    }
}

static void
test_fails (void)
{
  g_autofree char *bad = program ("bad", "echo first >&2; echo 'the lens is closed' >&2; exit 3");
  g_autofree char *mute = program ("mute", "exit 3");
  g_autofree char *nothing = program ("nothing", "exit 0");
  g_autofree char *text = program ("text", "echo no picture > \"$1\"");
  g_autofree char *slow = program ("slow", "exec sleep 60");

  refused ("/nowhere/camera", 20, "could not be started");
  refused (bad, 20, "the lens is closed");
  refused (mute, 20, "did not say why");
  refused (nothing, 20, "wrote no picture");
  refused (text, 20, "only JPEG and PNG");
  refused (slow, 1, "longer than 1 seconds");
}

static void
test_command (void)
{
  g_autofree char   *path = g_build_filename (folder, "book.waybill", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (WbBook) book = wb_book_open (path, FALSE, &error);
  g_autofree char   *none = NULL, *kept = NULL, *other = NULL, *gone = NULL;

  g_assert_no_error (error);
  none = wb_camera_get_command (book, "here");
  g_assert_null (none);
  g_assert_false (wb_camera_set_command (book, "here", "camera 'open", &error));
  g_assert_error (error, WB_ERROR, WB_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (wb_camera_set_command (book, "here", "camera --to %f", &error));
  kept = wb_camera_get_command (book, "here");
  other = wb_camera_get_command (book, "there");
  g_assert_cmpstr (kept, ==, "camera --to %f");
  g_assert_null (other);
  g_assert_true (wb_camera_set_command (book, "here", NULL, &error));
  gone = wb_camera_get_command (book, "here");
  g_assert_null (gone);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = wb_test_temp_folder ();
  g_test_add_func ("/packing/camera/takes", test_takes);
  g_test_add_func ("/packing/camera/fails", test_fails);
  g_test_add_func ("/packing/camera/command", test_command);
  status = g_test_run ();
  wb_test_remove_folder (folder);
  g_free (folder);
  return status;
}
