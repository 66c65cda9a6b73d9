/* SPDX-License-Identifier: GPL-3.0-or-later
 * Photos of what lies in a box: taken by the merchant's own program, or brought as a file. The
 * program is run without a shell and writes a picture to the path that it is given. */
#include "wb-camera.h"

#include "wb-error.h"
#include "wb-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_BYTES (20 * 1024 * 1024)
#define POLL_US    20000
#define PLACE      "%f" /* stands for the path */

static char *
setting_of (const char *station)
{
  return g_strdup_printf ("packing:camera:%s", station);
}

/** wb_camera_get_command: Returns: (transfer full) (nullable): the program that takes a photo at
 * @station, with its arguments. */
char *
wb_camera_get_command (WbBook *book, const char *station)
{
  g_autofree char *name = setting_of (station);
  char            *command = wb_book_get_setting (book, name);

  if (wb_text_is_empty (command))
    g_clear_pointer (&command, g_free);
  return command;
}

/** wb_camera_set_command: @command: (nullable): none from now on; “%f” in it stands for the path of
 * the picture, which comes last where it has none. %WB_ERROR_INVALID when it cannot be read. */
gboolean
wb_camera_set_command (WbBook *book, const char *station, const char *command, GError **error)
{
  g_autofree char   *name = setting_of (station);
  g_autoptr (GError) local = NULL;

  if (!wb_text_is_empty (command) && !g_shell_parse_argv (command, NULL, NULL, &local))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("This is no command: %s"), local->message);
      return FALSE;
    }
  return wb_book_set_setting (book, name, command != NULL ? command : "", error);
}

/** wb_photo_type: Returns: (transfer none): the media type of @photo; %NULL with %WB_ERROR_INVALID
 * when it is neither a JPEG nor a PNG, or too large to be kept. */
const char *
wb_photo_type (GBytes *photo, GError **error)
{
  static const guint8 jpeg[] = { 0xff, 0xd8, 0xff }, png[] = { 0x89, 'P', 'N', 'G' };
  gsize               size;
  const guint8       *data = g_bytes_get_data (photo, &size);

  if (size > MOST_BYTES)
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                 _ ("A photo may have 20 MB at most: let the camera take smaller ones"));
  else if (size > sizeof jpeg && memcmp (data, jpeg, sizeof jpeg) == 0)
    return "image/jpeg";
  else if (size > sizeof png && memcmp (data, png, sizeof png) == 0)
    return "image/png";
  else
    g_set_error (error, WB_ERROR, WB_ERROR_INVALID, "%s",
                 _ ("This is no photo: only JPEG and PNG can be kept"));
  return NULL;
}

/** wb_photo_read: Returns: (transfer full): the photo in a file; fails as wb_photo_type(). */
GBytes *
wb_photo_read (const char *path, GError **error)
{
  char              *data = NULL;
  gsize              size = 0;
  g_autoptr (GError) local = NULL;
  g_autoptr (GBytes) photo = NULL;

  if (!g_file_get_contents (path, &data, &size, &local))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_NOT_FOUND, _ ("The photo cannot be read: %s"),
                   local->message);
      return NULL;
    }
  photo = g_bytes_new_take (data, size);
  return wb_photo_type (photo, error) != NULL ? g_steal_pointer (&photo) : NULL;
}

/* The program's words, with the path in its place. */
static char **
arguments_of (const char *command, const char *path, GError **error)
{
  g_auto (GStrv)           words = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  gboolean                 placed = FALSE;

  if (!g_shell_parse_argv (command, NULL, &words, error))
    return NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autoptr (GString) word = g_string_new (words[i]);

      placed |= g_string_replace (word, PLACE, path, 0) > 0;
      g_strv_builder_add (builder, word->str);
    }
  if (!placed)
    g_strv_builder_add (builder, path);
  return g_strv_builder_end (builder);
}

/* Waits for the end of @pid. Returns: whether it came in time; @status: (out). */
static gboolean
wait_for (GPid pid, guint patience_s, GCancellable *cancellable, int *status, GError **error)
{
  gint64 until = g_get_monotonic_time () + (gint64) patience_s * G_USEC_PER_SEC;

  for (;;)
    {
      pid_t ended = waitpid (pid, status, WNOHANG);

      if (ended == pid || (ended < 0 && errno != EINTR))
        return TRUE;
      if (g_get_monotonic_time () >= until || g_cancellable_is_cancelled (cancellable))
        break;
      g_usleep (POLL_US);
    }
  kill (pid, SIGKILL);
  while (waitpid (pid, status, 0) < 0 && errno == EINTR)
    ;
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
                 _ ("The camera’s program took longer than %u seconds and was ended"), patience_s);
  return FALSE;
}

/* Its last word on what went wrong. */
static char *
last_line (const char *path)
{
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;
  char            *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("");
  valid = g_utf8_make_valid (text, -1);
  g_strchomp (valid);
  line = strrchr (valid, '\n');
  return g_strdup (line != NULL ? line + 1 : valid);
}

static gboolean
run (
    char **arguments, const char *said, guint patience_s, GCancellable *cancellable, GError **error)
{
  int                fd = g_open (said, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), status = 0;
  GPid               pid;
  g_autoptr (GError) local = NULL;
  g_autofree char   *words = NULL;
  gboolean           started = g_spawn_async_with_fds (NULL, arguments, NULL,
                                                       G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH |
                                                           G_SPAWN_STDOUT_TO_DEV_NULL,
                                                       NULL, NULL, &pid, -1, -1, fd, &local);

  if (fd >= 0)
    g_close (fd, NULL);
  if (!started)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE,
                   _ ("The camera’s program could not be started: %s"), local->message);
      return FALSE;
    }
  if (!wait_for (pid, patience_s, cancellable, &status, error))
    return FALSE;
  if (g_spawn_check_wait_status (status, NULL))
    return TRUE;
  words = last_line (said);
  g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, _ ("The camera’s program failed: %s"),
               *words != '\0' ? words : _ ("it did not say why"));
  return FALSE;
}

/**
 * wb_camera_take:
 * @command: a program and its arguments; see wb_camera_set_command()
 * @patience_s: how long it may take
 *
 * Has it take a photo. %WB_ERROR_UNAVAILABLE when the program fails, says what it said.
 *
 * Returns: (transfer full): the photo, a JPEG or a PNG.
 */
GBytes *
wb_camera_take (const char *command, guint patience_s, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("waybill-photo-XXXXXX", error);
  g_autofree char *path = NULL, *said = NULL;
  g_auto (GStrv)   arguments = NULL;
  GBytes          *photo = NULL;

  if (folder == NULL)
    return NULL;
  path = g_build_filename (folder, "photo.jpg", NULL);
  said = g_build_filename (folder, "said", NULL);
  arguments = arguments_of (command, path, error);
  if (arguments != NULL && run (arguments, said, patience_s, cancellable, error))
    {
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        photo = wb_photo_read (path, error);
      else
        g_set_error (error, WB_ERROR, WB_ERROR_UNAVAILABLE, "%s",
                     _ ("The camera’s program ended well and wrote no picture: see that its "
                        "command names the path as %f"));
    }
  g_unlink (path);
  g_unlink (said);
  g_rmdir (folder);
  return photo;
}
