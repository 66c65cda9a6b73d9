/* SPDX-License-Identifier: GPL-3.0-or-later
 * backup, restore: the whole order book in one verified file and back. Neither needs a key. */
#include "wb-cli.h"

#include <glib/gi18n.h>

static gboolean
must_exist (const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, _ ("There is no “%s”"), path);
  return FALSE;
}

static gboolean
cmd_backup (WbCli *self, GError **error)
{
  const char        *target = wb_cli_word (self, 0);
  g_autofree char   *path = wb_cli_book_path (self);
  g_autoptr (WbBook) book = NULL;

  if (!must_exist (path, error) || (book = wb_book_open (path, FALSE, error)) == NULL ||
      !wb_book_backup (book, target, error))
    return FALSE;
  wb_cli_say (self, _ ("“%s” is backed up in “%s”, and the copy has been read and found sound."),
              path, target);
  return TRUE;
}

static gboolean
cmd_restore (WbCli *self, GError **error)
{
  const char      *source = wb_cli_word (self, 0);
  g_autofree char *path = wb_cli_book_path (self);
  g_autofree char *question = NULL;

  if (!must_exist (source, error))
    return FALSE;
  question = g_strdup_printf (
      _ ("Put “%s” in the place of “%s”? What is there now is kept beside it."), source, path);
  if ((g_file_test (path, G_FILE_TEST_EXISTS) && !wb_cli_confirm (self, question, error)) ||
      !wb_book_restore (source, path, error))
    return FALSE;
  wb_cli_say (self,
              _ ("“%s” is restored. What was bought or captured since the backup is not in it: "
                 "sync, then look at the doctor's findings."),
              path);
  return TRUE;
}

const WbCommand wb_commands_keep[] = {
  { "backup",
    N_ ("FILE"),
    1,
    1,
    N_ ("write the whole order book to a new file, while it is in use"),
    N_ ("The copy is checked before it counts. It holds no keys; they stay in the password store."),
    cmd_backup,
    { { NULL } } },
  { "restore",
    N_ ("FILE"),
    1,
    1,
    N_ ("put a backup in the place of the order book"),
    N_ ("The backup is checked first, and the book that was there is kept beside it. No program "
        "may have it open."),
    cmd_restore,
    { { "yes", NULL, N_ ("do not ask") } } },
  { NULL },
};
