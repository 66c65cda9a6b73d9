/* SPDX-License-Identifier: GPL-3.0-or-later
 * Asking the person at the terminal: yes or no, and secrets without showing them. Secrets never
 * come as arguments. */
#include "wb-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define MAX_SECRETS 65536

/**
 * wb_cli_confirm:
 * @question: ends with a question mark
 *
 * Returns: %TRUE for yes or with --yes. Without a terminal nobody can be asked: then --yes is
 * needed.
 */
gboolean
wb_cli_confirm (WbCli *self, const char *question, GError **error)
{
  char answer[16] = "";

  if (wb_cli_has (self, "yes"))
    return TRUE;
  if (!isatty (STDIN_FILENO) || !isatty (STDERR_FILENO))
    {
      g_set_error (error, WB_ERROR, WB_ERROR_INVALID,
                   _ ("Nobody is at the terminal to be asked “%s” Say --yes to go on"), question);
      return FALSE;
    }
  /* Translators: y for yes, n for no; the answers understood are y, yes and their translation below
   */
  fprintf (stderr, _ ("%s [y/N] "), question);
  if (fgets (answer, sizeof answer, stdin) != NULL)
    g_strstrip (answer);
  /* Translators: the letter that means yes */
  if (g_ascii_strcasecmp (answer, "y") == 0 || g_ascii_strcasecmp (answer, "yes") == 0 ||
      g_ascii_strcasecmp (answer, _ ("y")) == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "%s", _ ("Stopped; nothing was done"));
  return FALSE;
}

/* One line from the terminal that is not shown while it is typed. */
static char *
ask_unseen (const char *name, GError **error)
{
  struct termios before, unseen;
  char          *line = NULL;
  size_t         size = 0;
  ssize_t        length;

  if (tcgetattr (STDIN_FILENO, &before) != 0)
    {
      g_set_error (error, WB_ERROR, WB_ERROR_FAILED, "The terminal cannot be read: %s",
                   g_strerror (errno));
      return NULL;
    }
  unseen = before;
  unseen.c_lflag &= ~(tcflag_t) ECHO;
  fprintf (stderr, "%s: ", name);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);
  length = getline (&line, &size, stdin);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  fputc ('\n', stderr);
  if (length > 0)
    return g_strdup (g_strstrip (line));
  g_set_error (error, WB_ERROR, WB_ERROR_CANCELLED, "%s", _ ("Stopped; nothing was done"));
  return NULL;
}

/* A file with secrets that others may read is a leak to be mended first. */
static gboolean
check_private (int fd, const char *path, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode) || (info.st_mode & 077) == 0)
    return TRUE;
  g_set_error (error, WB_ERROR, WB_ERROR_SECRETS,
               _ ("“%s” holds keys but can be read by others. Set it right with: chmod 600 “%s”"),
               path, path);
  return FALSE;
}

static char *
read_all (const char *path, GError **error)
{
  gboolean         is_stdin = g_str_equal (path, "-");
  int              fd = is_stdin ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC);
  g_autofree char *buffer = g_malloc0 (MAX_SECRETS + 1);
  gsize            size = 0;
  gssize           got = -1;
  gboolean         ok = fd >= 0 && (is_stdin || check_private (fd, path, error));

  while (ok && size < MAX_SECRETS && (got = read (fd, buffer + size, MAX_SECRETS - size)) > 0)
    size += (gsize) got;
  if (fd >= 0 && !is_stdin)
    close (fd);
  if (fd >= 0 && !ok)
    return NULL;
  if (got >= 0 && g_utf8_validate (buffer, (gssize) size, NULL))
    return g_steal_pointer (&buffer);
  g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("The keys cannot be read from “%s”"), path);
  return NULL;
}

/* “name=value” by name, any other line in the order of @names. */
static char **
sort_lines (const char *text, const char *const *names)
{
  guint          n = g_strv_length ((char **) names);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  char         **values = g_new0 (char *, n + 1);
  guint          next = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      const char *equals = strchr (line, '=');
      guint       k = n;

      if (*line == '\0')
        continue;
      for (k = 0; equals != NULL && k < n; k++)
        if (strlen (names[k]) == (gsize) (equals - line) && g_str_has_prefix (line, names[k]))
          break;
      if (equals == NULL || k == n)
        {
          while (next < n && values[next] != NULL)
            next++;
          k = next;
          equals = line - 1;
        }
      if (k < n && values[k] == NULL)
        values[k] = g_strdup (equals + 1);
    }
  return values;
}

static char **
all_there (char **values, const char *const *names, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (values[i] == NULL || *values[i] == '\0')
      {
        g_set_error (error, WB_ERROR, WB_ERROR_INVALID, _ ("The %s is missing"), names[i]);
        for (guint k = 0; names[k] != NULL; k++)
          g_free (values[k]);
        g_free (values);
        return NULL;
      }
  return values;
}

/**
 * wb_cli_read_secrets:
 * @names: the secrets wanted, %NULL-terminated
 *
 * Reads them from --secrets-from, from the terminal without echo, or from standard input.
 *
 * Returns: (transfer full): values in the order of @names.
 */
char **
wb_cli_read_secrets (WbCli *self, const char *const *names, GError **error)
{
  const char      *from = wb_cli_option (self, "secrets-from");
  g_autofree char *text = NULL;
  char           **values;

  if (from != NULL || !isatty (STDIN_FILENO))
    {
      text = read_all (from != NULL ? from : "-", error);
      return text != NULL ? all_there (sort_lines (text, names), names, error) : NULL;
    }
  values = g_new0 (char *, g_strv_length ((char **) names) + 1);
  for (guint i = 0; names[i] != NULL; i++)
    if ((values[i] = ask_unseen (names[i], error)) == NULL)
      {
        g_strfreev (values);
        return NULL;
      }
  return all_there (values, names, error);
}
