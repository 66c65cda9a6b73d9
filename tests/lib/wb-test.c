/* SPDX-License-Identifier: GPL-3.0-or-later
 * What the tests share: skipping with a reason, temporary folders, contract files. */
#include "wb-test.h"

#include <glib/gstdio.h>

/**
 * wb_test_skip:
 * Reports the running test as skipped for want of something a user's machine may lack; in CI (the
 * strict switch) the same is a failure, so that a missing tool cannot hide a broken suite.
 */
void
wb_test_skip (const char *reason)
{
  if (g_strcmp0 (g_getenv ("WAYBILL_STRICT_SKIPS"), "1") == 0)
    {
      g_test_message ("not skipped in CI: %s", reason);
      g_test_fail ();
      return;
    }
  g_test_skip (reason);
}

/**
 * wb_test_contract:
 * @relative: a path below the folder of the vendors' contracts
 *
 * Returns: (transfer full) (nullable): the full path, or %NULL after the test has been reported as
 * skipped.
 */
char *
wb_test_contract (const char *relative)
{
  const char      *folder = g_getenv ("WAYBILL_CONTRACTS");
  g_autofree char *path =
      g_build_filename (folder != NULL ? folder : "../shared/contracts", relative, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  wb_test_skip ("the vendors' contracts are not on this machine");
  return NULL;
}

/** wb_test_temp_folder: Returns: (transfer full): a new empty folder, readable by other users
 * (cupsd's filters need it). */
char *
wb_test_temp_folder (void)
{
  g_autoptr (GError) error = NULL;
  char              *path = g_dir_make_tmp ("waybill-test-XXXXXX", &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
  return path;
}

/** wb_test_remove_folder: removes @path and all below it, without following links. */
void
wb_test_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char      *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        wb_test_remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}
